"""Reports printed for people: headings of several facts, heads of pages, names and dates that carry more than one fact."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pandas as pd
import pytest

from migkit.model.canonical import CanonicalField
from migkit.source import read_export
from migkit.source.cells.dates import parse_date
from migkit.source.columns import Reading, type_zones
from migkit.source.layout import facts
from migkit.source.names import index_names, split_name

PLANS = """Seaside Dental,,,
Treatment Plans,,,
Item,Description,Fee,Total
"Patient: Lee, Ann, Ms   DOB: 15/01/1997",,,
Plan: Crown   Dated: 02/07/2026   Dr Wu   Status: Accepted   Accepted: 03/07/2026,,,
613,Full crown,1500.00,1500.00
011,Examination,60.00,60.00
Plan total,,,1560.00
Plan: Crown   Dated: 09/07/2026   Dr Wu   Status: Proposed,,,
613,Full crown,1400.00,1400.00
Plan total,,,1400.00
Seaside Dental - Treatment Plans,Page 2,,
Item,Description,Fee,Total
"Patient: Lee, Ann, Ms   DOB: 15/01/1997 (continued)",,,
012,Periodic examination,50.00,50.00
"Total Lee, Ann",,,3010.00
"Patient: Lee, Bo   DOB: -",,,
Plan: Crown   Dated: 09/07/2026   Dr Wu   Status: Proposed,,,
613,Full crown,1400.00,1400.00
"""


def test_a_heading_of_several_facts_is_a_column_each(tmp_path: Path) -> None:
    """Each fact stands beside the rows below it, an absent one is empty again, and the block tells apart plans of one name."""
    (tmp_path / "plans.csv").write_text(PLANS, encoding="utf-8")
    (table,) = read_export(tmp_path).tables.values()
    frame = table.frame.fillna("")
    assert frame["Item"].tolist() == ["613", "011", "613", "012", "613"]
    assert frame["Patient"].tolist() == ["Lee, Ann, Ms"] * 4 + ["Lee, Bo"]
    assert frame["DOB"].tolist() == ["15/01/1997"] * 4 + ["-"]
    assert frame["Plan"].tolist() == ["Crown"] * 5
    assert frame["Dated"].tolist() == ["02/07/2026", "02/07/2026", "09/07/2026", "09/07/2026", "09/07/2026"]
    assert frame["Plan 3"].tolist() == ["Dr Wu"] * 5
    assert frame["Accepted"].tolist() == ["03/07/2026", "03/07/2026", "", "", ""]
    block = frame["Block"].tolist()
    assert block[0] == block[1] and block[2] == block[3] and len(set(block)) == 3


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("Dr Lee", [("Dentist", "Dr Lee")]),
        ("Dr Lee  (Unley)", [("Dentist", "Dr Lee  (Unley)")]),
        ("Dr Lee   Room: 2", [("Dentist", "Dr Lee"), ("Room", "2")]),
        ("Dr Lee   Room: 2 (continued)", [("Dentist", "Dr Lee"), ("Room", "2")]),
        ("Dr Lee   Unley   Room: 2", [("Dentist", "Dr Lee"), ("Dentist 2", "Unley"), ("Room", "2")]),
    ],
)
def test_facts_of_a_heading(value: str, said: list[tuple[str, str]]) -> None:
    """Only a heading that names a second thing is taken apart."""
    assert facts("Dentist", value) == said


@pytest.mark.parametrize(
    ("text", "title", "first", "last", "preferred"),
    [
        ("Nguyen, Thu, Ms", "Ms", "Thu", "Nguyen", ""),
        ("Nguyen, Thu Ha (Tina), Miss", "Miss", "Thu Ha", "Nguyen", "Tina"),
        ("O'Brien, Liam, Master", "Master", "Liam", "O'Brien", ""),
        ("van der Berg, Jan, Dr.", "Dr.", "Jan", "van der Berg", ""),
        ("Nguyen, Dr Thu", "Dr", "Thu", "Nguyen", ""),
        ("Nguyen, Master", "", "Master", "Nguyen", ""),
    ],
)
def test_a_title_behind_the_first_names(text: str, title: str, first: str, last: str, preferred: str) -> None:
    """A title may stand behind a second comma."""
    parts = split_name(text)
    assert (parts.title, parts.first, parts.last, parts.preferred) == (title, first, last, preferred)


def test_a_shorter_name_has_every_longer_one_as_candidate() -> None:
    """`Lee, Mary` may be Mary Lee or Mary Ann Lee; with a title behind it, it is the same name."""
    people = pd.DataFrame(
        {
            "patient_id": ["1", "2", "3"],
            "first_name": ["Mary", "Mary Ann", "Tom"],
            "last_name": ["Lee", "Lee", "Lee"],
            "full_name": [None] * 3,
        }
    )
    index = index_names(people, "patient_id")
    assert index.candidates("Lee, Mary") == ["1", "2"]
    assert index.candidates("Lee, Mary Ann, Ms") == ["2"]
    assert index.candidates("Lee, Tom, Mr") == ["3"]


@pytest.mark.parametrize(
    "text", ["15/01/1997 (29)", "15/01/1997 (aged 29)", "15/01/1997, 29 yrs", "1997-01-15 29 years old", "15/01/1997(29 y)"]
)
def test_an_age_behind_a_birth_date(text: str) -> None:
    """The date is read, the age left out, and said so."""
    assert parse_date(text) == (datetime(1997, 1, 15), "age-left-out", "")


def test_an_instant_is_read_on_its_locations_clock() -> None:
    """05:15 UTC on 4 November is 16:15 in Sydney, which has daylight saving, and 15:15 in Brisbane."""
    text = pd.Series(["2024-11-04T05:15:00Z"] * 3, dtype="string")
    files = pd.Series(["a.csv"] * 3)
    zones = {"NSW": ZoneInfo("Australia/Sydney"), "QLD": ZoneInfo("Australia/Brisbane")}
    places = pd.Series(["NSW", "QLD", None], dtype="string")
    typed = type_zones(text, files, zones, places, CanonicalField("start_at", "datetime", ""), Reading(zone=ZoneInfo("Australia/Perth")))
    assert typed.values.dt.strftime("%H:%M").tolist() == ["16:15", "15:15", "13:15"]


@pytest.mark.parametrize(
    ("header", "rows", "named"),
    [
        ("Patient ID,Patient,Invoice No,Date", ["1,Ned Park,11,01/10/2026", ",,12,02/10/2026", "2,Una Li,13,03/10/2026"], [0, None, 2]),
        ("Patient ID,Patient,Date,Reason", ["1,Ned Park,23/11/2026,Exam", ",,23/11/2026,Lunch", "2,Una Li,23/11/2026,Clean"], [0, None, 2]),
        ("Card No,Client,Invoice No,Date", ["1,Ned Park,11,01/10/2026", "2,Una Li,12,02/10/2026", ",,13,03/10/2026"], [0, 1, None]),
        ("Fund,Member No,Patient ID,First Name", ["Bupa,111,1,Ned", ",,2,Una", "HCF,222,3,Sol"], [0, None, 2]),
        ("Voided On,Voided By,Receipt No,How", ["05/10/2026,R7,1,Cash", ",,2,Cash", "06/10/2026,R8,3,Cash"], [0, None, 2]),
        ("Invoice No,Patient,Item No,Text", ["11,Ned Park,011,Exam", ",,114,Scale", "12,Una Li,613,Crown"], [0, 0, 2]),
        ("Invoice No,Patient,Item,Fee", ["11,Ned Park,Exam,60", ",,Clean,90", "12,Una Li,Exam,60"], [0, 0, 2]),
        ("Patient ID,Patient,Item,Fee", ["1,Ned Park,Exam,60", ",,Clean,90", "2,Una Li,Exam,60"], [0, 0, 2]),
    ],
    ids=[
        "a sale without a patient",
        "a break in the book",
        "the last row",
        "a patient without a fund",
        "a receipt that is not void",
        "numbers of items",
        "lines of an invoice",
        "items of a patient",
    ],
)
def test_a_row_with_a_number_or_day_of_its_own_is_nobodys_where_it_names_nobody(
    tmp_path: Path, header: str, rows: list[str], named: list[int | None]
) -> None:
    """A sale over the counter below Ned's invoice is not Ned's, nor is lunch his visit; a further line of his invoice is. It is said."""
    (tmp_path / "list.csv").write_text("\n".join([header, *rows, ""]))
    raw = read_export(tmp_path)
    (table,) = raw.tables.values()
    names = [None if one is None else rows[one].split(",")[1] for one in named]
    assert [None if pd.isna(name) else str(name) for name in table.frame[table.columns[1]]] == names
    assert [(one.code, one.count) for one in raw.findings] == ([("heads-left-empty", 1)] if None in named else [])


BOOK = [
    ["Appointment book"],
    [],
    ["Thursday 26 November 2026"],
    ["Practitioner: Dr Kemp"],
    ["Ref", "Time", "Mins", "Patient"],
    ["1", "09:00", "30", "Tully, Gwen"],
    [],
    ["{second}"],
    ["Practitioner: Dr Osei"],
    ["Ref", "Time", "Mins", "Patient"],
    ["2", "10:30", "60", "Rowe, Kylie"],
    [],
    ["{third}"],
    ["Practitioner: Dr Kemp"],
    ["Ref", "Time", "Mins", "Patient"],
    ["3", "11:00", "15", "Rowe, Dane"],
]


@pytest.mark.parametrize(
    ("second", "third", "days"),
    [
        ("Saturday 28 November 2026", "Monday 30 November 2026", ["Thursday 26", "Saturday 28", "Monday 30"]),
        ("Thursday 26 November 2026", "Thursday 3 December 2026", ["Thursday 26", "Thursday 26", "Thursday 3"]),
        ("Thursday 26 November 2026", "Thursday 26 November 2026", None),
    ],
    ids=["days", "two blocks of one day", "the day of printing"],
)
def test_a_day_above_each_blocks_header_is_that_of_its_rows(tmp_path: Path, second: str, third: str, days: list[str] | None) -> None:
    """Also that above the first header, which looks like a title; a day that stands on every page alike is that of printing."""
    rows = [[cell.format(second=second, third=third) for cell in row] for row in BOOK]
    (tmp_path / "book.csv").write_text("".join(",".join(f'"{cell}"' for cell in [*row, *[""] * (4 - len(row))]) + "\n" for row in rows))
    (table,) = read_export(tmp_path).tables.values()
    assert table.frame["Practitioner"].tolist() == ["Dr Kemp", "Dr Osei", "Dr Kemp"]
    assert ("Date" in table.frame) == (days is not None)
    if days is not None:
        assert [" ".join(day.split()[:2]) for day in table.frame["Date"]] == days
