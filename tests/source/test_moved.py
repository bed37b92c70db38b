"""A booking without a number that a later export has at another time is shown beside the new one, where it is to come and alike."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from migkit.source import merge_snapshots, moved_bookings, placed, read_export, type_tables

from . import maps

HEAD = "Patient ID,Start,Type,Provider,Length\n"
MAP = maps.source_map(
    maps.table_map("patients", "patients", {"Patient ID": "patient_id", "Last Name": "last_name"}),
    maps.table_map(
        "diary",
        "appointments",
        {"Patient ID": "patient_id", "Start": "start_at", "Type": "type", "Provider": "practitioner_name", "Length": "duration"},
    ),
)
CROWN = "1,{} 09:00,Crown,Dr Ash,45\n"


def moves(folder: Path, before: str, now: str) -> list[list[str]]:
    """Patient, was and is now of what seems moved on 20 November 2026."""
    typed = []
    for name, diary in (("one", before), ("two", now)):
        (folder / name).mkdir()
        (folder / name / "patients.csv").write_text("Patient ID,Last Name\n1,Ng\n2,Roe\n")
        (folder / name / "diary.csv").write_text(HEAD + diary)
        raw = placed(read_export(folder / name), name)
        typed.append(type_tables(raw, MAP, maps.schema(), country=maps.AU, today=date(2026, 11, 20)))
    found = moved_bookings(merge_snapshots(typed[0], typed[1], "full"), date(2026, 11, 20))
    return [[row.patient_id, f"{row.was:%d.%m. %H:%M}", f"{row.is_now:%d.%m. %H:%M}"] for row in found.itertuples()]


@pytest.mark.parametrize(
    "before, now, expected",
    [
        pytest.param(CROWN.format("2026-12-04"), CROWN.format("2026-12-05"), [["1", "04.12. 09:00", "05.12. 09:00"]], id="day"),
        pytest.param(
            CROWN.format("2026-12-04"), "1,2026-12-04 15:30,Crown,Dr Ash,45\n", [["1", "04.12. 09:00", "04.12. 15:30"]], id="hour"
        ),
        pytest.param(CROWN.format("2026-12-04"), "2,2026-12-05 09:00,Crown,Dr Ash,45\n", [], id="another patient"),
        pytest.param(CROWN.format("2026-12-04"), "1,2026-12-05 09:00,Clean,Dr Ash,45\n", [], id="another kind"),
        pytest.param(CROWN.format("2026-12-04"), "1,2026-12-05 09:00,Crown,Dr Ash,60\n", [], id="another length"),
        pytest.param(CROWN.format("2026-11-04"), CROWN.format("2026-12-05"), [], id="the gone one is past"),
        pytest.param(CROWN.format("2026-12-04"), CROWN.format("2026-12-05") + CROWN.format("2026-12-06"), [], id="one gone, two new"),
        pytest.param(
            CROWN.format("2026-12-04") + CROWN.format("2026-12-11"),
            CROWN.format("2026-12-12") + CROWN.format("2026-12-05"),
            [["1", "04.12. 09:00", "05.12. 09:00"], ["1", "11.12. 09:00", "12.12. 09:00"]],
            id="two and two",
        ),
    ],
)
def test_what_was_moved_is_told_from_what_is_new(tmp_path: Path, before: str, now: str, expected: list[list[str]]) -> None:
    """Same patient, kind, dentist and length, both to come, as many gone as new."""
    assert sorted(moves(tmp_path, before, now)) == expected
