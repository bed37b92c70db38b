"""A skip file is read by the keys in its cells: whatever its language, its format and the order of its columns."""

from __future__ import annotations

from pathlib import Path

import pytest

from migkit.model.errors import UsageError
from migkit.sandbox.spreadsheets.workbook import skip_file
from migkit.steps.adopt import _skipped

KEYS = {"patient:12", "patient:7", "appointment:9", "plan:1"}


def test_a_workbook_as_pipedrive_gives_it(tmp_path: Path) -> None:
    """A merged person's first key, and the marker that is the last line of a note, each with the reason as it stands; numbers and empty
    cells are none."""
    rows = [([None, 12, "patient:12, patient:13"], "Nombre obligatorio"), (["Chair 2\nSource: appointment:9", 1.5, None], "名前が必要です")]
    header = ["Activity - Note", "Activity - Duration", "Person - Source_System_ID__c"]
    (tmp_path / "skipped.xlsx").write_bytes(skip_file(header, rows))
    assert _skipped(tmp_path / "skipped.xlsx", KEYS) == {"patient:12": "Nombre obligatorio", "appointment:9": "名前が必要です"}


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_text_of_any_delimiter(tmp_path: Path, delimiter: str) -> None:
    """The reason is the column that no file of ours has, wherever it stands."""
    text = f"\ufeffDeal - Source_System_ID__c{delimiter}Grund\nplan:1{delimiter}über dem Limit\n"
    (tmp_path / "s.csv").write_text(text, encoding="utf-8")
    assert _skipped(tmp_path / "s.csv", KEYS) == {"plan:1": "über dem Limit"}


def test_a_cell_of_the_row_is_no_reason(tmp_path: Path) -> None:
    """Where columns were called otherwise nobody knows which one is the reason, and a patient's value must not be taken for it."""
    (tmp_path / "s.csv").write_text("Reason,Surname,Key\nPerson not found,Weber,patient:7\n")
    assert _skipped(tmp_path / "s.csv", KEYS) == {"patient:7": ""}


def test_what_is_none_is_said(tmp_path: Path) -> None:
    """Another list, a file that is not there, one that cannot be read."""
    (tmp_path / "other.csv").write_text("Name\nAnn\n")
    with pytest.raises(UsageError, match="names nothing that was in the files"):
        _skipped(tmp_path / "other.csv", KEYS)
    with pytest.raises(UsageError, match="does not exist"):
        _skipped(tmp_path / "none.xlsx", KEYS)
    (tmp_path / "broken.xlsx").write_bytes(b"PK\3\4 no workbook")
    with pytest.raises(UsageError, match="cannot be read"):
        _skipped(tmp_path / "broken.xlsx", KEYS)
