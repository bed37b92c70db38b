"""A later export that lacks columns: what is carried forward from the earlier one never says otherwise than the later row itself."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from migkit.model.tables import CanonicalTables
from migkit.source import carry_forward, placed, read_export, type_tables

from . import maps

FIELDS = {
    "appointments": {
        "ID": "appointment_id", "Patient": "patient_id", "Day": "date", "From": "start_time", "To": "end_time", "Mins": "duration",
        "Begins": "start_at", "Ends": "end_at", "State": "status",
    },
}  # fmt: skip
KEYS = {"appointments": "appointment:503"}


def typed(folder: Path, label: str, files: dict[str, str]) -> CanonicalTables:
    """The tables of one export; each file is called like its table and has headers of `FIELDS`."""
    (folder / label).mkdir()
    people = "Patient ID,Last Name\n103,Nunn\n"
    for name, text in {"patients": people, **files}.items():
        (folder / label / f"{name}.csv").write_text(text, encoding="utf-8")
    mapping = maps.source_map(
        maps.table_map("patients", "patients", {"Patient ID": "patient_id", "Last Name": "last_name"}),
        *(maps.table_map(table, table, {one: FIELDS[table][one] for one in headers(text)}) for table, text in files.items()),
    )
    return type_tables(placed(read_export(folder / label), label), mapping, maps.schema(), country=maps.AU, today=date(2026, 11, 29))


def headers(text: str) -> list[str]:
    return text.partition("\n")[0].split(",")


def carried(folder: Path, before: dict[str, str], *later: dict[str, str]) -> CanonicalTables:
    """The tables of the last export, where each one lacks what the first has a column for and it has not."""
    tables = typed(folder, "one", before)
    for number, files in enumerate(later):
        given = {table: frozenset(FIELDS[table][one] for one in headers(text)) for table, text in files.items()}
        filled = {table: frozenset(FIELDS[table][one] for one in headers(text)) for table, text in before.items()}
        label = f"later {number}"
        present = {f"{label}/{table}.csv": {table: fields} for table, fields in given.items()}
        absent = {f"{label}/{table}.csv": {table: filled[table] - fields} for table, fields in given.items()}
        tables = carry_forward(typed(folder, label, files), tables, present, absent, maps.schema())
    return tables


def said(tables: CanonicalTables, table: str, *names: str) -> tuple[object, ...]:
    """What the one row says in some fields, None where nothing."""
    row = tables[table].set_index("_key").loc[KEYS[table]]
    return tuple(None if pd.isna(row[name]) else row[name] for name in names)


def rows(head: str, row: str) -> dict[str, str]:
    return {"appointments": f"ID,Patient,{head}\n503,103,{row}\n"}


@pytest.mark.parametrize(
    ("before", "later", "expected"),
    [
        pytest.param(
            ("Day,From,To", "03/12/2026,14:00,14:30"), ("Day,From", "03/12/2026,11:00"), ("03 11:00", "03 11:30", 30), id="earlier, no end"
        ),
        pytest.param(
            ("Day,From,To", "03/12/2026,14:00,14:30"), ("Day,From", "03/12/2026,16:00"), ("03 16:00", "03 16:30", 30), id="later, no end"
        ),
        pytest.param(
            ("Day,From,To", "03/12/2026,14:00,14:30"), ("Day,From", "05/12/2026,14:00"), ("05 14:00", "05 14:30", 30), id="another day"
        ),
        pytest.param(
            ("Day,From,To", "03/12/2026,14:00,14:30"), ("Day,From", "03/12/2026,14:00"), ("03 14:00", "03 14:30", 30), id="not moved"
        ),
        pytest.param(
            ("Begins,Ends", "03/12/2026 14:00,03/12/2026 14:30"),
            ("Begins", "04/12/2026 11:00"),
            ("04 11:00", "04 11:30", 30),
            id="moments, no end",
        ),
        pytest.param(
            ("Day,From,To", "03/12/2026,14:00,14:30"),
            ("Day,From,Mins", "03/12/2026,14:00,45"),
            ("03 14:00", "03 14:45", 45),
            id="a length of its own instead of the end",
        ),
        pytest.param(
            ("Day,From,To,Mins", "03/12/2026,14:00,14:30,30"),
            ("Day,From,To", "03/12/2026,14:00,15:00"),
            ("03 14:00", "03 15:00", 60),
            id="an end of its own, no length",
        ),
        pytest.param(
            ("Day,From,To", "03/12/2026,14:00,14:30"), ("Day,To", "03/12/2026,11:30"), ("03 11:00", "03 11:30", 30), id="no start"
        ),
        pytest.param(
            ("Day,From,To", "03/12/2026,14:00,14:30"), ("From", "11:00"), ("03 11:00", "03 11:30", 30), id="no day and no end"
        ),
        pytest.param(
            ("Day,Begins,Ends", "03/12/2026,03/12/2026 14:00,03/12/2026 14:30"),
            ("Day", "05/12/2026"),
            ("05 14:00", "05 14:30", 30),
            id="nothing but the day",
        ),
        pytest.param(
            ("Day,From,To", "03/12/2026,14:00,13:00"), ("Day,From", "03/12/2026,11:00"), ("03 11:00", None, None), id="never had a length"
        ),
        pytest.param(
            ("Day,From,To", "03/12/2026,,14:30"), ("Day,From", "03/12/2026,14:00"), ("03 14:00", "03 14:30", 30), id="never had a start"
        ),
    ],
)  # fmt: skip
def test_a_booking_of_which_a_later_export_says_less_keeps_its_length(
    tmp_path: Path, before: tuple[str, str], later: tuple[str, str], expected: tuple[str, str | None, int | None]
) -> None:
    """Half an hour from 14:00 on: what a later export says of it moves it, and what it has no column for goes with that."""
    start, end, minutes = said(carried(tmp_path, rows(*before), rows(*later)), "appointments", "start_at", "end_at", "duration")
    assert (f"{start:%d %H:%M}", end if end is None else f"{end:%d %H:%M}", minutes) == expected


def test_a_booking_keeps_its_length_over_several_exports(tmp_path: Path) -> None:
    """Neither of two later exports has an end: moved by the first of them, it stays half an hour in the second."""
    moved = rows("Day,From", "03/12/2026,11:00")
    found = carried(tmp_path, rows("Day,From,To", "03/12/2026,14:00,14:30"), moved, moved)
    assert said(found, "appointments", "end_time", "duration") == ("11:30", 30)
