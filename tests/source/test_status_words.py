"""A reason or a day that stands in the cell of a status is read."""

from __future__ import annotations

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


@pytest.mark.parametrize(
    ("status", "value", "why", "expected"),
    [
        ("Cancelled - sick", "cancelled", "", "sick"),
        ("Cancelled by practice - Dr away", "cancelled", "", "by practice - Dr away"),
        ("CANCELLED (moved house)", "cancelled", "", "moved house"),
        ("Cancelled", "cancelled", "", None),
        ("Cancelled - FTA", "cancelled", "", None),
        ("Cancelled - sick", "cancelled", "Snow", "Snow"),
        ("Completed - sick", "completed", "", None),
        ("UTA: at work", "cancelled", "", "at work"),
    ],
)
def test_why_a_booking_was_cancelled(tmp_path: Path, status: str, value: str, why: str, expected: str | None) -> None:
    """What follows the status is the reason, where no column of its own gives one and it is no other status."""
    text = f"No,Patient,Date,Status,Why\nA1,1,01/10/2026,{status},{why}\n"
    columns = {"No": "appointment_id", "Patient": "patient_id", "Date": "date", "Status": "status", "Why": "cancelled_reason"}
    (found,) = typed(tmp_path, "appointments", columns, text, {status: value})["appointments"]["cancelled_reason"]
    assert (found if found == found else None) == expected if expected else str(found) == "<NA>"


@pytest.mark.parametrize(
    ("status", "value", "flag", "expected"),
    [
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
    ],
)
def test_what_a_status_says_beyond_its_meaning_is_kept(tmp_path: Path, status: str, value: str, flag: str, expected: str | None) -> None:
    """The desk wants to see who has confirmed; of a booking that was cancelled in a column of its own nothing is left to confirm."""
    text = f'No,Patient,Date,Status,Off\nA1,1,01/12/2026,"{status}",{flag}\n'
    columns = {"No": "appointment_id", "Patient": "patient_id", "Date": "date", "Status": "status", "Off": "cancelled"}
    (found,) = typed(tmp_path, "appointments", columns, text, {status: value})["appointments"]["status_words"]
    assert (found if isinstance(found, str) else None) == expected


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
