"""A reason or a day that stands in the cell of a status is read."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from migkit.model.tables import CanonicalTables
from migkit.source import read_export, type_tables

from . import maps

PEOPLE = "Id,Last\n1,Weber\n"


def typed(folder: Path, table: str, columns: dict[str, str], text: str, values: dict[str, str]) -> CanonicalTables:
    (folder / "patients.csv").write_text(PEOPLE)
    (folder / "rows.csv").write_text(text)
    mapping = maps.source_map(
        maps.table_map("patients", "patients", {"Id": "patient_id", "Last": "last_name"}),
        maps.table_map("rows", table, columns),
        values={f"{table}.status": values},
    )
    return type_tables(read_export(folder), mapping, maps.schema(), today=date(2026, 11, 20), country=maps.AU)


WHY: tuple[tuple[str, str, str, str | None], ...] = (
    ("Cancelled - sick", "cancelled", "", "sick"),
    ("Cancelled by practice - Dr away", "cancelled", "", "by practice - Dr away"),
    ("CANCELLED (moved house)", "cancelled", "", "moved house"),
    ("Cancelled", "cancelled", "", None),
    ("Cancelled - FTA", "cancelled", "", None),
    ("Cancelled - sick", "cancelled", "Snow", "Snow"),
    ("Completed - sick", "completed", "", None),
    ("UTA: at work", "cancelled", "", "at work"),
)
"""Status, what it is mapped to, what another column says, and why the booking was cancelled."""

WORDS: tuple[tuple[str, str, str, str | None], ...] = (
    ("Confirmed", "booked", "", "Confirmed"),
    ("Left message x2", "booked", "", "Left message x2"),
    ("Not confirmed", "booked", "", "Not confirmed"),
    ("Booked - wants earlier", "booked", "", "Booked - wants earlier"),
    ("FTA, 2nd time", "did_not_attend", "", "2nd time"),
    ("Completed (late)", "completed", "", "late"),
    ("Booked", "booked", "", None),
    ("SCHEDULED", "booked", "", None),
    ("2", "booked", "", None),
    ("FTA", "did_not_attend", "", None),
    ("Cancelled - sick", "cancelled", "", None),
    ("Confirmed", "booked", "Y", None),
)
"""Status, what it is mapped to, whether another column says that it is off, and what is kept."""


def of_bookings(
    folder: Path, rows: Sequence[tuple[str, str, str, str | None]], month: int, beside: dict[str, str], field: str
) -> list[object]:
    """A field of one booking for each of the rows, all of one book, a day each; None for NA. `beside`: the other column and its field."""
    (header,) = beside
    lines = "".join(f'A{day},1,{day:02}/{month}/2026,"{status}",{other}\n' for day, (status, _, other, _) in enumerate(rows, start=1))
    columns = {"No": "appointment_id", "Patient": "patient_id", "Date": "date", "Status": "status", **beside}
    meanings = {status: value for status, value, *_ in rows}
    found = typed(folder, "appointments", columns, f"No,Patient,Date,Status,{header}\n{lines}", meanings)["appointments"].sort_values(
        "_line"
    )
    assert list(found["appointment_id"]) == [f"A{day}" for day in range(1, len(rows) + 1)]
    return list(found[field].astype(object).where(found[field].notna(), None))


@pytest.fixture(scope="module")
def cancelled(tmp_path_factory: pytest.TempPathFactory) -> list[object]:
    return of_bookings(tmp_path_factory.mktemp("why"), WHY, 10, {"Why": "cancelled_reason"}, "cancelled_reason")


@pytest.mark.parametrize("row", range(len(WHY)), ids=[f"{status}-{why}" for status, _, why, _ in WHY])
def test_why_a_booking_was_cancelled(cancelled: list[object], row: int) -> None:
    """What follows the status is the reason, where no column of its own gives one and it is no other status."""
    assert cancelled[row] == WHY[row][-1]


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> list[object]:
    return of_bookings(tmp_path_factory.mktemp("words"), WORDS, 12, {"Off": "cancelled"}, "status_words")


@pytest.mark.parametrize("row", range(len(WORDS)), ids=[f"{status}-{flag}" for status, _, flag, _ in WORDS])
def test_what_a_status_says_beyond_its_meaning_is_kept(kept: list[object], row: int) -> None:
    """The desk wants to see who has confirmed; of a booking that was cancelled in a column of its own nothing is left to confirm."""
    assert kept[row] == WORDS[row][-1]


@pytest.mark.parametrize(
    ("status", "value", "field", "expected"),
    [
        ("Declined 20/9/26", "declined", "declined_date", "2026-09-20"),
        ("Accepted 12/9/26", "accepted", "accepted_date", "2026-09-12"),
        ("Completed - 30/10/2026", "completed", "completed_date", "2026-10-30"),
        ("Declined, too dear", "declined", "declined_date", "NaT"),
        ("Declined", "declined", "declined_date", "NaT"),
    ],
)
def test_the_day_on_which_a_plan_was_settled(tmp_path: Path, status: str, value: str, field: str, expected: str) -> None:
    """A day after the status is the day of that; other words are none."""
    text = f'No,Patient,Made,Status\nP1,1,01/09/2026,"{status}"\n'
    columns = {"No": "plan_id", "Patient": "patient_id", "Made": "created_date", "Status": "status"}
    (found,) = typed(tmp_path, "treatment_plans", columns, text, {status: value})["treatment_plans"][field]
    assert str(found).removesuffix(" 00:00:00") == expected
