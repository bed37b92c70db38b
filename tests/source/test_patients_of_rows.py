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
    assert not {"patient-differs", "rows-differ-of-patient"} & codes(tables)


def test_rows_that_disagree_fill_nothing_and_another_patients_phone_is_nobodys(tmp_path: Path) -> None:
    """Anna's rows give two e-mails, and Kim's booking gives Bo's phone and e-mail: a parent's."""
    rows = ["1,,1/11/2026,,,a@x.example", "1,,2/11/2026,,,b@x.example", "3,,3/11/2026,,0412 333 444,bo@lind.example"]
    tables = typed(tmp_path, *rows)
    found = people(tables)
    assert found["Anna Weber"] == ("1980-04-13", "", "", "")
    assert [(one.field, one.keys) for one in tables.findings if one.code == "rows-differ-of-patient"] == [("email", ("patient:1",))]
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


_PLACED = "Pt,Patient,Day,Born,Street,Town,State,PC,Home No\n"
_FURTHER = {"Street": "address_line1", "Town": "suburb", "State": "state", "PC": "postcode", "Home No": "home_phone"}
_OWN_ADDRESS = """Id,First,Last,DOB,Street,Town,State,PC
1,Anna,Weber,13/04/1980,,,,
2,Bo,Lind,01/02/1975,5 Elm St,Ryde,,2112
3,Kim,Lind,05/06/2012,,,,
"""


@pytest.mark.parametrize(
    ("rows", "whose", "expected", "differs"),
    [
        (["1,,1/11/2026,,3 Oak Rd,Ryde,NSW,2112,", "1,,2/11/2026,,,,,,"], "Anna Weber", ("3 Oak Rd", "Ryde", "NSW", "2112", ""), set()),
        (["1,,1/11/2026,,3 Oak Rd,Ryde,,2112,", "1,,2/11/2026,,9 Ivy Ln,Ryde,,2112,"], "Anna Weber", ("", "", "", "", ""), set()),
        ([",Kim Lind,1/11/2026,,3 Oak Rd,Ryde,NSW,2112,"], "Kim Lind", ("3 Oak Rd", "Ryde", "NSW", "2112", ""), set()),
        (["2,,1/11/2026,,5 ELM ST.,Ryde,NSW,2112,"], "Bo Lind", ("5 Elm St", "Ryde", "", "2112", ""), set()),
        (
            ["2,,1/11/2026,,8 Ash Ave,Manly,NSW,2095,"],
            "Bo Lind",
            ("5 Elm St", "Ryde", "", "2112", ""),
            {"address_line1", "suburb", "postcode"},
        ),
        (["1,,1/11/2026,,,,,,(02) 9555 1234"], "Anna Weber", ("", "", "", "", "+61295551234"), set()),
        (["1,,1/11/2026,,,,,,(02) 9555 1234", "3,,1/11/2026,,,,,,02 9555 1234"], "Kim Lind", ("", "", "", "", ""), set()),
    ],
    ids=["alike", "moved", "by name", "written otherwise", "another address", "a phone", "a family's phone"],
)  # fmt: skip
def test_a_diary_with_addresses_completes_the_patient_list(
    tmp_path: Path, rows: list[str], whose: str, expected: tuple[str, ...], differs: set[str]
) -> None:
    """What all rows of a patient say is filled in; of who has an address nothing of another one is, and a difference is said."""
    (tmp_path / "patients.csv").write_text(_OWN_ADDRESS)
    (tmp_path / "book.csv").write_text(_PLACED + "\n".join(rows) + "\n")
    placed = {name: field for name, field in _FURTHER.items() if name != "Home No"}
    mapping = maps.source_map(
        maps.table_map("patients", "patients", {**PATIENT_COLUMNS, **placed}),
        maps.table_map("book", "appointments", {**COLUMNS, **{name: f"patients.{field}" for name, field in _FURTHER.items()}}),
    )
    tables = type_tables(read_export(tmp_path), mapping, maps.schema(), today=date(2026, 11, 20), country=maps.AU)
    frame = tables["patients"].set_index("full_name")[list(_FURTHER.values())]
    assert tuple("" if pd.isna(value) else value for value in frame.loc[whose]) == expected
    assert {one.field for one in tables.findings if one.code == "patient-differs"} == differs
    assert len(tables["appointments"]) == len(rows)
    several = {one.field for one in tables.findings if one.code == "rows-differ-of-patient"}
    assert several == ({"address_line1"} if len({row.split(",")[4] for row in rows} - {""}) > 1 else set())


def test_patients_made_of_rows_have_the_address_that_these_say(tmp_path: Path) -> None:
    """Without a patient list, the first row that says it gives Anna her street and postcode, and a second street is said."""
    rows = ["7,Anna Weber,1/11/2026,13/04/1980,3 Oak Rd,,,2112,", "7,Anna Weber,2/11/2026,,9 Ivy Ln,Ryde,NSW,,"]
    (tmp_path / "book.csv").write_text(_PLACED + "\n".join(rows) + "\n")
    columns = {**COLUMNS, **{name: f"patients.{field}" for name, field in _FURTHER.items()}}
    mapping = maps.source_map(maps.table_map("book", "appointments", columns))
    tables = type_tables(read_export(tmp_path), mapping, maps.schema(), today=date(2026, 11, 20), country=maps.AU)
    (found,) = tables["patients"][["full_name", "address_line1", "suburb", "state", "postcode"]].itertuples(index=False, name=None)
    assert found == ("Anna Weber", "3 Oak Rd", "Ryde", "NSW", "2112")
    assert [one.keys for one in tables.findings if one.code == "header-differs"] == [("book.csv:2",)]
