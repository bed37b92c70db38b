"""A booking without a number that a later export has at another time is shown beside the new one, where it is to come and alike."""

from __future__ import annotations

from datetime import date

import pytest

from migkit.source import merge_snapshots, moved_bookings, placed, read_export, type_tables

from . import maps

MAP = maps.source_map(
    maps.table_map("patients", "patients", {"Patient ID": "patient_id", "Last Name": "last_name"}),
    maps.table_map(
        "diary",
        "appointments",
        {"Patient ID": "patient_id", "Start": "start_at", "Type": "type", "Provider": "practitioner_name", "Length": "duration"},
    ),
)
CROWN = "1,{} 09:00,Crown,Dr Ash,45"
CASES: dict[str, tuple[list[str], list[str], list[list[str]]]] = {
    "day": ([CROWN.format("2026-12-04")], [CROWN.format("2026-12-05")], [["1", "04.12. 09:00", "05.12. 09:00"]]),
    "hour": ([CROWN.format("2026-12-04")], ["1,2026-12-04 15:30,Crown,Dr Ash,45"], [["1", "04.12. 09:00", "04.12. 15:30"]]),
    "another patient": ([CROWN.format("2026-12-04")], ["2,2026-12-05 09:00,Crown,Dr Ash,45"], []),
    "another kind": ([CROWN.format("2026-12-04")], ["1,2026-12-05 09:00,Clean,Dr Ash,45"], []),
    "another length": ([CROWN.format("2026-12-04")], ["1,2026-12-05 09:00,Crown,Dr Ash,60"], []),
    "the gone one is past": ([CROWN.format("2026-11-04")], [CROWN.format("2026-12-05")], []),
    "one gone, two new": ([CROWN.format("2026-12-04")], [CROWN.format("2026-12-05"), CROWN.format("2026-12-06")], []),
    "two and two": (
        [CROWN.format("2026-12-04"), CROWN.format("2026-12-11")],
        [CROWN.format("2026-12-12"), CROWN.format("2026-12-05")],
        [["1", "04.12. 09:00", "05.12. 09:00"], ["1", "11.12. 09:00", "12.12. 09:00"]],
    ),
}
"""Rows of the diary before and now, and patient, was and is now of what seems moved on 20 November 2026."""


@pytest.fixture(scope="module")
def moves(tmp_path_factory: pytest.TempPathFactory) -> list[list[str]]:
    """What seems moved between two exports that hold all cases, each with patients of its own: 1 of the third case is 31."""
    typed, folder, cases = [], tmp_path_factory.mktemp("moved"), list(enumerate(CASES.values(), start=1))
    for side, name in enumerate(("one", "two")):
        (folder / name).mkdir()
        patients = "".join(f"{case}1,Ng\n{case}2,Roe\n" for case, _ in cases)
        (folder / name / "patients.csv").write_text(f"Patient ID,Last Name\n{patients}")
        diary = "".join(f"{case}{row}\n" for case, rows in cases for row in rows[side])
        (folder / name / "diary.csv").write_text(f"Patient ID,Start,Type,Provider,Length\n{diary}")
        raw = placed(read_export(folder / name), name)
        typed.append(type_tables(raw, MAP, maps.schema(), country=maps.AU, today=date(2026, 11, 20)))
    found = moved_bookings(merge_snapshots(typed[0], typed[1], "full"), date(2026, 11, 20))
    return [[row.patient_id, f"{row.was:%d.%m. %H:%M}", f"{row.is_now:%d.%m. %H:%M}"] for row in found.itertuples()]


@pytest.mark.parametrize(("case", "name"), list(enumerate(CASES, start=1)), ids=list(CASES))
def test_what_was_moved_is_told_from_what_is_new(moves: list[list[str]], case: int, name: str) -> None:
    """Same patient, kind, dentist and length, both to come, as many gone as new."""
    mine = [[patient[1:], was, now] for patient, was, now in moves if patient[0] == str(case)]
    assert sorted(mine) == CASES[name][2]
