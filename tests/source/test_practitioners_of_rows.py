"""Practitioners whom only rows name are known all the same, so that somebody can say which user owns their records."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas as pd

from migkit.model.tables import CanonicalTables
from migkit.source import merge_snapshots, read_export, type_tables

from . import maps

PATIENTS = "Id,First,Last\n1,Anna,Weber\n2,Bo,Lind\n"
PATIENT_COLUMNS = {"Id": "patient_id", "First": "first_name", "Last": "last_name"}
BOOK_COLUMNS = {"Pt": "patient_id", "Day": "date", "Prov": "practitioner_id", "Dentist": "practitioner_name"}
STAFF_COLUMNS = {"No": "practitioner_id", "Name": "full_name", "Mail": "email"}


def typed(folder: Path, *rows: str, staff: str = "", previous: CanonicalTables | None = None) -> CanonicalTables:
    folder.mkdir(exist_ok=True)
    (folder / "book.csv").write_text("\n".join(["Pt,Day,Prov,Dentist", *rows]) + "\n")
    (folder / "patients.csv").write_text(PATIENTS)
    known = [maps.table_map("book", "appointments", BOOK_COLUMNS), maps.table_map("patients", "patients", PATIENT_COLUMNS)]
    if staff:
        (folder / "staff.csv").write_text("No,Name,Mail\n" + staff)
        known.append(maps.table_map("staff", "practitioners", STAFF_COLUMNS))
    source_map = maps.source_map(*known)
    return type_tables(read_export(folder), source_map, maps.schema(), today=date(2026, 11, 1), country=maps.AU, previous=previous)


def staff_of(tables: CanonicalTables) -> list[str]:
    frame = tables.frames["practitioners"]
    return sorted(frame["full_name"].fillna(frame["code"]).astype(str))


def whose(tables: CanonicalTables) -> list[str]:
    """Return by booking the name of the practitioner whom it refers to, "" for none."""
    names = tables.frames["practitioners"].set_index("practitioner_id")["full_name"]
    return ["" if pd.isna(one) else str(names[one]) for one in tables.frames["appointments"]["practitioner_id"]]


def codes(tables: CanonicalTables) -> set[str]:
    return {finding.code for finding in tables.findings}


def test_names_in_bookings_are_practitioners(tmp_path: Path) -> None:
    """Three spellings of one name are one person, who is called as they were first written; a booking of nobody stays so."""
    rows = ("1,1/11/2026,,Dr Priya Raman", "2,2/11/2026,,DR PRIYA RAMAN", "1,3/11/2026,,Léa Fournier", "2,4/11/2026,,", "1,5/11/2026,,n/a")
    tables = typed(tmp_path, *rows)
    assert staff_of(tables) == ["Dr Priya Raman", "Léa Fournier"]
    assert whose(tables) == ["Dr Priya Raman", "Dr Priya Raman", "Léa Fournier", "", ""]
    assert "practitioners-made" in codes(tables)


def test_numbers_alone_are_practitioners_too(tmp_path: Path) -> None:
    """A number without a name is asked about by the number; the name that stands beside it once is its name, in other rows too."""
    tables = typed(tmp_path, "1,1/11/2026,7,", "2,2/11/2026,8,Raman Priya", "1,3/11/2026,8,", "2,4/11/2026,,Raman Priya", "2,5/11/2026,0,")
    assert staff_of(tables) == ["7", "Raman Priya"]
    assert tables.frames["appointments"]["practitioner_id"].fillna("").tolist() == ["7", "8", "8", "8", ""]
    assert "unknown-reference" not in codes(tables)


def test_they_stand_for_no_row_of_a_file(tmp_path: Path) -> None:
    """The bookings keep their lines; nothing is counted twice."""
    tables = typed(tmp_path, "1,1/11/2026,,Dr Priya Raman")
    assert tables.frames["practitioners"]["_synthetic"].tolist() == [True]
    assert len(tables.frames["appointments"]) == 1
    assert not [row for row in tables.row_outcomes if row.table == "practitioners"]


def test_a_list_of_staff_counts_alone(tmp_path: Path) -> None:
    """Who is named and not on the list is no practitioner: it is said as before."""
    tables = typed(tmp_path, "1,1/11/2026,,Priya Raman", "2,2/11/2026,,Otto Nobody", staff="1,Priya Raman,p@x.example\n")
    assert staff_of(tables) == ["Priya Raman"]
    assert whose(tables) == ["Priya Raman", ""]
    assert {"unknown-name"} <= codes(tables) and "practitioners-made" not in codes(tables)


def test_a_later_export_keeps_their_keys(tmp_path: Path) -> None:
    """Who owns whose records was decided by these keys: another spelling, or days without any of theirs, change none."""
    first = typed(tmp_path / "one", "1,1/11/2026,,Dr Priya Raman", "2,2/11/2026,,Léa Fournier")
    later = typed(tmp_path / "two", "1,6/11/2026,,DR PRIYA RAMAN", "2,7/11/2026,,Kim Ono", previous=first)
    assert {*first.frames["practitioners"]["_key"]} < {*later.frames["practitioners"]["_key"]}
    assert len(later.frames["practitioners"]) == 3


def test_a_list_of_staff_that_comes_later_alarms_nobody(tmp_path: Path) -> None:
    """Those made of names are gone when the practice sends its list: nothing of what it sent before is missing."""
    rows = ("1,1/11/2026,,Priya Raman", "2,2/11/2026,,Léa Fournier", "1,3/11/2026,,Kim Ono")
    staff = "1,Priya Raman,p@x.example\n2,Léa Fournier,l@x.example\n3,Kim Ono,k@x.example\n"
    merged = merge_snapshots(typed(tmp_path / "one", *rows), typed(tmp_path / "two", *rows, staff=staff), "full")
    assert not {"table-replaced", "table-shrank"} & {finding.code for finding in merged.tables.findings}
