"""A skip file is read by the keys in its cells: whatever its language, its format and the order of its columns."""

from __future__ import annotations

from pathlib import Path

import pytest

from migkit.model.errors import UsageError
from migkit.sandbox.spreadsheets.workbook import skip_file
from migkit.steps.adopt import _keys_in

KEYS = {"patient:12", "patient:7", "appointment:9", "plan:1"}


def test_a_workbook_as_pipedrive_gives_it(tmp_path: Path) -> None:
    """A merged person's first key, and the marker that is the last line of a note; numbers and empty cells are none."""
    rows = [([None, 12, "patient:12, patient:13"], "Nombre obligatorio"), (["Chair 2\nSource: appointment:9", 1.5, None], "名前が必要です")]
    (tmp_path / "skipped.xlsx").write_bytes(skip_file(["a", "b", "c"], rows))
    assert _keys_in(tmp_path / "skipped.xlsx", KEYS) == {"patient:12", "appointment:9"}


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_text_of_any_delimiter(tmp_path: Path, delimiter: str) -> None:
    (tmp_path / "s.csv").write_text(f"﻿Grund{delimiter}Kennung\nüber dem Limit{delimiter}plan:1\n", encoding="utf-8")
    assert _keys_in(tmp_path / "s.csv", KEYS) == {"plan:1"}


def test_what_is_none_is_said(tmp_path: Path) -> None:
    """Another list, a file that is not there, one that cannot be read."""
    (tmp_path / "other.csv").write_text("Name\nAnn\n")
    with pytest.raises(UsageError, match="names nothing that was in the files"):
        _keys_in(tmp_path / "other.csv", KEYS)
    with pytest.raises(UsageError, match="does not exist"):
        _keys_in(tmp_path / "none.xlsx", KEYS)
    (tmp_path / "broken.xlsx").write_bytes(b"PK\3\4 no workbook")
    with pytest.raises(UsageError, match="cannot be read"):
        _keys_in(tmp_path / "broken.xlsx", KEYS)
