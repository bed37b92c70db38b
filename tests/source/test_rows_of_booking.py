"""A booking of several rows is one booking: a row a service, or a row a slot."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from migkit.model.outcomes import Outcome

from .test_what_rows_say import codes, plain, typed

NUMBERED = {
    "No": "appointment_id",
    "Pat": "patient_id",
    "Day": "date",
    "From": "start_time",
    "To": "end_time",
    "What": "type",
    "State": "status",
}
HEADER = "No,Pat,Day,From,To,What,State\n"


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        (
            [
                "70,7,09/12/2026,10:00,11:00,Exam,Booked",
                "70,7,09/12/2026,10:00,11:00,Scale,Booked",
                "71,8,09/12/2026,11:00,11:30,Fill,Booked",
            ],
            [("70", "Exam", 60, "Services: Exam; Scale"), ("71", "Fill", 30, None)],
        ),
        (
            ["70,7,09/12/2026,10:00,10:15,Crown,Booked", "70,7,09/12/2026,10:15,10:30,Crown,Booked"],
            [("70", "Crown", 30, None)],
        ),
        (
            [
                "70,7,09/12/2026,10:00,10:15,Crown,Booked",
                "70,7,09/12/2026,10:15,10:30,Exam,Booked",
                "70,7,09/12/2026,10:30,10:45,Exam,Booked",
            ],
            [("70", "Crown", 45, "Services: Crown; Exam")],
        ),
        (
            [f"70,7,09/12/2026,10:{minute},,Crown,Booked" for minute in ("00", "10", "20")],
            [("70", "Crown", 30, None)],
        ),
        (
            [
                "70,7,09/12/2026,10:00,11:00,Exam,Booked",
                "70,7,09/12/2026,10:00,11:00,Fluoride,Booked",
                "70,7,09/12/2026,10:00,11:00,,Booked",
            ],
            [("70", "Exam", 60, "Services: Exam; Fluoride")],
        ),
    ],
    ids=["services", "two slots", "slots of two services", "slots without an end", "one without a service"],
)
def test_rows_of_one_number(tmp_path: Path, rows: Sequence[str], found: list[tuple[str, str, int, str | None]]) -> None:
    """Nothing is held, and every service stands in the note."""
    tables = typed(tmp_path, {"book": ("appointments", NUMBERED, HEADER + "\n".join(rows) + "\n")})
    assert plain(tables, "appointments", "appointment_id", "type", "duration", "notes") == found
    assert "rows-of-booking" in codes(tables)
    assert not any(one.outcome is Outcome.HELD for one in tables.row_outcomes)


@pytest.mark.parametrize(
    "rows",
    [
        ["70,7,09/12/2026,10:00,11:00,Exam,Booked", "70,7,10/12/2026,10:00,11:00,Exam,Booked"],
        ["70,7,09/12/2026,10:00,11:00,Exam,Booked", "70,7,09/12/2026,10:00,11:00,Exam,Cancelled"],
        ["70,7,09/12/2026,10:00,,Exam,Booked", "70,7,09/12/2026,10:15,,Exam,Booked"],
        ["70,7,09/12/2026,10:00,11:00,Exam,Booked", "70,8,09/12/2026,10:00,11:00,Scale,Booked"],
    ],
    ids=["another day", "another status", "moved by a quarter of an hour", "another patient"],
)
def test_versions_of_a_booking_are_no_services(tmp_path: Path, rows: Sequence[str]) -> None:
    """Two rows that cannot be one booking wait, as before."""
    tables = typed(tmp_path, {"book": ("appointments", NUMBERED, HEADER + "\n".join(rows) + "\n")})
    assert [one.outcome for one in tables.row_outcomes if one.file == "book.csv"] == [Outcome.HELD, Outcome.HELD]


SLOTS = {"Day": "date", "Time": "start_time", "Chair": "chair", "Pat": "patient_id", "What": "type"}


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        (
            ["09/12/2026,10:00,1,7,Crown", "09/12/2026,10:15,1,7,Crown", "09/12/2026,10:30,1,8,Exam", "09/12/2026,10:45,1,8,Exam"],
            [("7", "10:00", 30), ("8", "10:30", 30)],
        ),
        (["09/12/2026,10:00,1,7,Exam", "09/12/2026,10:15,1,7,Crown"], [("7", "10:00", None), ("7", "10:15", None)]),
        (["09/12/2026,10:00,1,7,Exam", "09/12/2026,10:15,2,7,Exam"], [("7", "10:00", None), ("7", "10:15", None)]),
        (["09/12/2026,10:00,1,7,Exam", "09/12/2026,11:00,1,7,Exam"], [("7", "10:00", None), ("7", "11:00", None)]),
        (
            ["09/12/2026,10:00,1,7,Exam", "09/12/2026,10:10,1,7,Exam", "09/12/2026,10:30,1,7,Exam"],
            [("7", "10:00", 20), ("7", "10:30", None)],
        ),
    ],
    ids=["slots", "two services", "two chairs", "an hour apart", "a gap"],
)
def test_slots_without_numbers(tmp_path: Path, rows: Sequence[str], found: list[tuple[str, str, int | None]]) -> None:
    """One after the other and alike in all else they are one booking."""
    tables = typed(tmp_path, {"book": ("appointments", SLOTS, "Day,Time,Chair,Pat,What\n" + "\n".join(rows) + "\n")})
    assert plain(tables, "appointments", "patient_id", "start_time", "duration") == found
