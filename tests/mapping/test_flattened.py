"""A diary that repeats its patients' address and fund: columns that say more of whom the rows name."""

from __future__ import annotations

import pytest
from made import export, table

from migkit import mapping
from migkit.mapping.names import split_words
from migkit.migration.defaults import knowledge
from tests.source.maps import schema

NAMES = ["Lee, Ann", "Ray, Bo", "Day, Cy", "Fay, Di", "Wu, Ed", "Ng, Fay", "Tan, Gus", "Kim, Hal", "Ali, Ida", "Roy, Jo"]
PLACES = [
    ("Ryde", "NSW", "2112"),
    ("Manly", "NSW", "2095"),
    ("Epping", "NSW", "2121"),
    ("Geelong", "VIC", "3220"),
    ("Hobart", "TAS", "7000"),
]
FUNDS = ["Bupa", "HCF", "Medibank Private", "nib", "HBF"]


def diary(columns: dict[str, list[str]], visits: int = 30) -> dict[str, str | None]:
    """What the columns beside a diary's own are proposed as; each column has a value a patient."""
    rows = []
    for visit in range(visits):
        who = visit % len(NAMES)
        own = (f"{visit % 27 + 1:02d}/10/2026", f"{8 + visit % 9:02d}:30", NAMES[who], ("Exam", "Clean", "Filling")[visit % 3])
        rows.append((*own, *(values[(who if len(values) == len(NAMES) else visit) % len(values)] for values in columns.values())))
    raw = export(table("Appointment Listing", ",".join(["Date", "Time", "Patient", "Service", *columns]), *rows))
    found = mapping.propose(raw, schema(), knowledge()).tables["Appointment Listing"]
    assert found.table == "appointments"
    return {name: found.columns[name].choice for name in columns}


def of_patients(position: int) -> list[str]:
    return [PLACES[who % len(PLACES)][position] for who in range(len(NAMES))]


@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        ({"Suburb": of_patients(0)}, {"Suburb": "patients.suburb"}),
        ({"P/Code": of_patients(2)}, {"P/Code": "patients.postcode"}),
        ({"Town": of_patients(0), "State": of_patients(1)}, {"Town": "patients.suburb", "State": "patients.state"}),
        ({"Health Fund": [FUNDS[who % 5] for who in range(10)]}, {"Health Fund": "patients.health_fund"}),
        (
            {"Mobile": [f"0412 345 6{who}1" for who in range(10)], "Home Ph": [f"02 9555 12{who}1" for who in range(10)]},
            {"Mobile": "patient_phone", "Home Ph": "patients.home_phone"},
        ),
        ({"State": ["Completed", "Booked", "Cancelled", "Missed", "Booked", "Booked", "Completed"]}, {"State": "status"}),
        ({"State": ["Confirmed"] * len(NAMES)}, {"State": "status"}),
        ({"Gender": ["Confirmed", "Attended"] * 5}, {"Gender": "status"}),
        ({"Location": ["Ryde", "Manly", "Epping", "Ryde", "Manly", "Epping", "Ryde"]}, {"Location": "location"}),
        ({"Suburb": [place[0] for place in PLACES[:3]]}, {"Suburb": None}),
    ],
    ids=[
        "suburb",
        "postcode",
        "town and state",
        "fund",
        "two phones",
        "a visit's state",
        "one state",
        "no gender",
        "a visit's place",
        "changes from visit to visit",
    ],
)
def test_a_diary_repeats_what_its_patients_are(columns: dict[str, list[str]], expected: dict[str, str | None]) -> None:
    """What is the same on all rows of a patient and looks like the patient's is proposed so; what changes from visit to visit is not."""
    assert diary(columns) == expected


@pytest.mark.parametrize(
    ("header", "plain"),
    [
        ("Date (dd/mm/yyyy)", "Date"),
        ("DOB [ddmmyyyy]", "DOB"),
        ("Status (B/C/X)", "Status"),
        ("SMS? (yes/no)", "SMS?"),
        ("Fee ($)", "Fee"),
        ("Total (AUD)", "Total"),
        ("Phone (H)", "Phone H"),
        ("Duration (min)", "Duration min"),
    ],
)
def test_how_values_are_written_is_no_part_of_a_header(header: str, plain: str) -> None:
    """A header with a hint in brackets has the words of the same without; what a phone is of, and a unit, are no hints."""
    assert split_words(header) == split_words(plain)
