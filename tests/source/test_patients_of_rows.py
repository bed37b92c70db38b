"""A diary that carries its patients' birth dates, phones and e-mails completes the patient list, and stands in for one."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from migkit.model.tables import CanonicalTables
from migkit.source import read_export, type_tables

from . import maps

PATIENTS = """Id,First,Last,DOB,Mobile,Home,Email
1,Anna,Weber,13/04/1980,,,
2,Bo,Lind,01/02/1975,0412 333 444,,bo@lind.example
3,Kim,Lind,05/06/2012,,,
"""
PATIENT_COLUMNS = {
    "Id": "patient_id",
    "First": "first_name",
    "Last": "last_name",
    "DOB": "birth_date",
    "Mobile": "mobile",
    "Home": "home_phone",
    "Email": "email",
}
COLUMNS = {"Pt": "patient_id", "Patient": "patient_name", "Day": "date", "Born": "patient_birth_date", "Phone": "patient_phone"}
COLUMNS |= {"Mail": "patient_email"}


def typed(folder: Path, *rows: str, patients: str = PATIENTS, ids: bool = True) -> CanonicalTables:
    (folder / "book.csv").write_text("\n".join(["Pt,Patient,Day,Born,Phone,Mail", *rows]) + "\n")
    columns = COLUMNS if ids else {header: field for header, field in COLUMNS.items() if header != "Pt"}
    maps_ = [maps.table_map("book", "appointments", columns)]
    if patients:
        (folder / "patients.csv").write_text(patients)
        maps_.append(maps.table_map("patients", "patients", PATIENT_COLUMNS))
    return type_tables(read_export(folder), maps.source_map(*maps_), maps.schema(), today=date(2026, 11, 1), country=maps.AU)


def people(tables: CanonicalTables) -> dict[str, tuple[str, ...]]:
    frame = tables.frames["patients"].set_index("full_name")[["birth_date", "mobile", "home_phone", "email"]]
    return {name: tuple("" if pd.isna(v) else str(v).removesuffix(" 00:00:00") for v in row) for name, *row in frame.itertuples(name=None)}


def codes(tables: CanonicalTables) -> set[str]:
    return {finding.code for finding in tables.findings}


def test_what_a_patient_lacks_is_filled_in_where_all_rows_agree(tmp_path: Path) -> None:
    """A mobile is a mobile and another number one of a home; the repair is written down."""
    tables = typed(tmp_path, "1,,1/11/2026,,0412 345 678,anna@weber.example", ",Kim Lind,2/11/2026,,02 9555 1234,", "1,,3/11/2026,,,")
    found = people(tables)
    assert found["Anna Weber"] == ("1980-04-13", "+61412345678", "", "anna@weber.example")
    assert found["Kim Lind"] == ("2012-06-05", "", "+61295551234", "")
    assert len(tables.repairs[tables.repairs["rule"] == "from-other-rows"]) == 3
    assert "patient-differs" not in codes(tables)


def test_rows_that_disagree_fill_nothing_and_another_patients_phone_is_nobodys(tmp_path: Path) -> None:
    """Anna's rows give two e-mails, and Kim's booking gives Bo's phone and e-mail: a parent's."""
    rows = ["1,,1/11/2026,,,a@x.example", "1,,2/11/2026,,,b@x.example", "3,,3/11/2026,,0412 333 444,bo@lind.example"]
    found = people(typed(tmp_path, *rows))
    assert found["Anna Weber"] == ("1980-04-13", "", "", "")
    assert found["Kim Lind"] == ("2012-06-05", "", "", "")


def test_the_patients_own_row_counts_and_a_difference_is_said(tmp_path: Path) -> None:
    """Bo is booked with another phone and another e-mail: both are findings, neither is written."""
    tables = typed(tmp_path, "2,,1/11/2026,,0499 000 111,other@x.example")
    assert people(tables)["Bo Lind"] == ("1975-02-01", "+61412333444", "", "bo@lind.example")
    told = {(f.code, f.field) for f in tables.findings if f.code == "patient-differs"}
    assert told == {("patient-differs", "mobile"), ("patient-differs", "email")}


def test_without_a_patient_list_the_rows_make_the_patients(tmp_path: Path) -> None:
    """Two bookings of one id are one patient; a booking that gives a name alone waits, since nobody could be reached by it."""
    rows = [
        "7,Anna Weber,1/11/2026,13/04/1980,0412 345 678,",
        "7,Anna Weber,2/11/2026,,,anna@weber.example",
        "8,Bo Lind,3/11/2026,,,",
    ]
    tables = typed(tmp_path, *rows, patients="")
    assert people(tables) == {"Anna Weber": ("1980-04-13", "+61412345678", "", "anna@weber.example")}
    assert list(tables.frames["appointments"]["patient_id"]) == ["7", "7"]
    assert "patients-made" in codes(tables)
    assert sorted(one.outcome.value for one in tables.row_outcomes) == ["held"]


def test_without_ids_birth_dates_part_namesakes(tmp_path: Path) -> None:
    """Two Anna Webers by birth date; a row without one is hers whose e-mail it gives; one that gives nothing of either waits."""
    rows = [
        ",Anna Weber,1/11/2026,13/04/1980,,anna@weber.example",
        ',"WEBER, Anna",2/11/2026,13/04/1980,,',
        ",Anna Weber,3/11/2026,01/01/2015,,",
        ",Anna Weber,4/11/2026,,,anna@weber.example",
        ",Anna Weber,5/11/2026,,,",
    ]
    tables = typed(tmp_path, *rows, patients="", ids=False)
    born = sorted(str(day)[:10] for day in tables.frames["patients"]["birth_date"])
    assert born == ["1980-04-13", "2015-01-01"]
    patients = tables.frames["patients"].set_index("patient_id")["birth_date"].dt.year
    assert list(tables.frames["appointments"]["patient_id"].map(patients)) == [1980, 1980, 2015, 1980]
    assert sorted(one.outcome.value for one in tables.row_outcomes) == ["held"]


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (",Ada Lim,1/11/2026,,0412 345 678,", ("", "+61412345678", "", "")),
        (",Ada Lim,1/11/2026,,,ada@lim.example", ("", "", "", "ada@lim.example")),
        (",Ada Lim,1/11/2026,,02 9555 1234,", ("", "", "+61295551234", "")),
        ("7,Ada Lim,1/11/2026,,0412 345 678,", ("", "+61412345678", "", "")),
        (",Ada Lim,1/11/2026,05/06/1980,,", ("1980-06-05", "", "", "")),
    ],
)
def test_one_particular_makes_a_patient_whatever_the_others_lack(tmp_path: Path, row: str, expected: tuple[str, ...]) -> None:
    """A book of bookings with a phone and no birth date is read: nobody's birth date is a day all the same."""
    assert people(typed(tmp_path, row, patients="", ids=row.startswith("7"))) == {"Ada Lim": expected}
