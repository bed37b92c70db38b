"""A library may be imported without what it brings along and nobody uses yet."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from migkit.model.imports import on_first_use


def test_a_module_is_loaded_when_something_of_it_is_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not by the import of who imports it; then wholly, with what it imports itself; others are loaded at once."""
    monkeypatch.syspath_prepend(tmp_path)
    (tmp_path / "made_up_costly.py").write_text("import made_up_costlier\nanswer = made_up_costlier.answer\n")
    (tmp_path / "made_up_costlier.py").write_text("answer = 42\n")
    asks = "def ask():\n    return made_up_costly.answer\n"
    (tmp_path / "made_up_library.py").write_text(f"import made_up_costly\nimport made_up_plain\n\n{asks}")
    (tmp_path / "made_up_plain.py").write_text("")
    with on_first_use("made_up_costly"):
        library = __import__("made_up_library")
    assert "made_up_plain" in sys.modules and "made_up_costlier" not in sys.modules
    assert library.ask() == 42 and "made_up_costlier" in sys.modules
