"""What values say of a column whose header says nothing, or something else; and that one table is proposed anew alone."""

from __future__ import annotations

import random
import sys
from datetime import date, timedelta

import pytest
from made import export, table

from migkit import mapping
from migkit.countries import anywhere
from migkit.mapping.evidence import read_evidence
from migkit.mapping.looks import LOOKS
from migkit.migration.defaults import knowledge
from migkit.model.canonical import CanonicalSchema
from migkit.model.tables import SourceTable

FIRST = ["Olivia", "Jack", "Mia", "Noah", "Ava", "Liam", "Grace", "Ethan", "Chloe", "Lucas", "Ruby", "Oscar", "Zoe", "Henry"]
LAST = [
    *("Nguyen", "Smith", "Brown", "Taylor", "Wilson", "Papas", "Costa", "Walker", "Murphy", "Roberts", "Evans", "Turner", "Ito", "Shaw"),
    *("Hartley", "Osborne", "Petrov", "Lindqvist", "Abdallah", "Fraser", "Coutts", "Vella", "Zammit", "Okafor", "Bergmann", "Doyle"),
]
PLACES = [
    ("Newtown", "NSW", "2042"),
    ("Carlton", "VIC", "3053"),
    ("Ascot", "QLD", "4007"),
    ("Glenelg", "SA", "5045"),
    ("Epping", "NSW", "2121"),
    ("West End", "QLD", "4101"),
    ("St Kilda", "VIC", "3182"),
    ("Balmain", "NSW", "2041"),
]
ROADS = ["Smith Street", "Railway Parade", "Park Road", "King Street", "Beach Avenue"]
HEADERS = ["given", "family", "born", "sex", "mobile", "mail", "street", "town", "state", "post"]


def people(n: int = 60, seed: int = 3) -> dict[str, list[str]]:
    """Columns of made-up patients."""
    rng = random.Random(seed)
    rows = []
    for _ in range(n):
        first, last, place = rng.choice(FIRST), rng.choice(LAST), rng.choice(PLACES)
        born = date(2020, 1, 1) - timedelta(days=rng.randint(0, 29_000))
        mail = f"{first}.{last}@example.com".lower()
        street = f"{rng.randint(1, 300)} {rng.choice(ROADS)}"
        rows.append([first, last, f"{born:%d/%m/%Y}", rng.choice("MF"), f"04{rng.randint(10**7, 10**8 - 1)}", mail, street, *place])
    columns: dict[str, list[str]] = {name: [row[i] for row in rows] for i, name in enumerate(HEADERS)}
    columns["entered"] = [f"{date(2026, 9, 1) - timedelta(days=rng.randint(0, 2500)):%d/%m/%Y} 10:{rng.randint(10, 59)}:07" for _ in rows]
    return columns


def of(name: str, headers: list[str], columns: list[list[str]]) -> SourceTable:
    """Return a table of these columns."""
    return table(name, ", ".join(headers), *[list(row) for row in zip(*columns, strict=True)])


MEANT = ["first_name", "last_name", "birth_date", "gender", "mobile", "email", "address_line1", "suburb", "state", "postcode"]


@pytest.mark.parametrize(
    "headers",
    [
        [f"c{n}" for n in range(1, 11)],
        ["Vorname", "Nachname", "Geburtsdatum", "Geschlecht", "Handy", "E-Mail-Adresse", "Straße", "Ort", "Bundesland", "PLZ"],
        [
            "Called",
            "Last bit",
            "When they were born",
            "He or she",
            "Ring them on",
            "Write to",
            "Lives at",
            "Comes from",
            "Area",
            "Letter code",
        ],
    ],
    ids=["hidden", "German", "front desk"],
)
def test_people_are_known_by_what_stands_in_the_columns(schema: CanonicalSchema, headers: list[str]) -> None:
    """A file of no telling name under headers that say nothing, or nothing that is known, is a list of patients, column by column."""
    columns = people()
    proposed = mapping.propose(export(of("t1", headers, [columns[name] for name in HEADERS])), schema, knowledge()).tables["t1"]
    assert proposed.table == "patients"
    assert [column.choice for column in proposed.columns.values()] == MEANT


def test_values_speak_against_a_name(schema: CanonicalSchema) -> None:
    """A header `Suburb` over streets and `DOB` over days of entry are not certain, and it is said what the values fit."""
    columns = people()
    headers = ["First Name", "Last Name", "DOB", "Mobile", "Suburb"]
    raw = export(of("Patients", headers, [columns[name] for name in ("given", "family", "entered", "mobile", "street")]))
    proposed = mapping.propose(raw, schema, knowledge()).tables["Patients"].columns
    for header, better in (("DOB", "created"), ("Suburb", "address")):
        column = proposed[header]
        assert column.confidence < 0.9
        said = " ".join(word for candidate in column.candidates for word in candidate.evidence)
        assert better in (column.choice or "") or "better" in said
    assert proposed["Mobile"].choice == "mobile"
    assert proposed["Mobile"].confidence >= 0.9


def test_dates_look_like_what_they_are_of(schema: CanonicalSchema) -> None:
    """Births go back over a life and have no clock; entries are of the last years, with one; names stand in e-mails."""
    columns = people()
    raw = export(of("t", list(columns), list(columns.values())))
    looks = {column: dict(zip(LOOKS, seen, strict=True)) for (_, column), seen in read_evidence(raw, anywhere()).looks.items()}
    assert looks["born"]["over fifteen years"] > 0.6 > 0.1 > looks["entered"]["over fifteen years"]
    assert (looks["born"]["clock"], looks["entered"]["clock"], looks["entered"]["odd seconds"]) == (0.0, 1.0, 1.0)
    assert (looks["given"]["in e-mail"], looks["family"]["in e-mail"], looks["town"]["in e-mail"]) == (1.0, 1.0, 0.0)


def test_a_table_set_by_a_person_is_proposed_anew_alone(schema: CanonicalSchema, monkeypatch: pytest.MonkeyPatch) -> None:
    """No other table is read again, and what is proposed is what a whole proposal with that answer says."""
    columns = people(20)
    patients = of("people", HEADERS, [columns[name] for name in HEADERS])
    diary = table("diary", "Client, Date, Start, Status", *[[LAST[n], "01/02/2026", "09:00", "Booked"] for n in range(20)])
    raw = export(patients, diary)
    proposals = mapping.propose(raw, schema, knowledge())
    assert proposals.again is not None
    read: list[str] = []

    def counted(evidence: object, source: str, *rest: object) -> object:
        read.append(source)
        return whole(evidence, source, *rest)  # type: ignore[arg-type]

    proposing = sys.modules["migkit.mapping.propose"]  # the package's own `propose` is the function
    whole = proposing.read
    monkeypatch.setattr(proposing, "read", counted)
    fresh = proposals.again("people", "leads", {"people": "patients", "diary": "appointments"})
    assert set(read) == {"people"}
    expected = mapping.propose(raw, schema, knowledge(), tables={"people": "leads", "diary": "appointments"})
    assert fresh.tables["people"] == expected.tables["people"]


def test_a_number_beside_the_key_is_no_second_key(schema: CanonicalSchema) -> None:
    """The chart number tells all rows apart as the id does; under its own name, beside the id, it is surely the number."""
    made = people()
    ids = [str(1001 + n) for n in range(60)]
    numbers = [f"H00{one}" for one in ids]
    patients = of(
        "Patients",
        ["Patient ID", "Patient No", "First Name", "Last Name", "DOB"],
        [ids, numbers, made["given"], made["family"], made["born"]],
    )
    columns = mapping.propose(export(patients), schema, knowledge()).tables["Patients"].columns
    assert [columns[name].choice for name in ("Patient ID", "Patient No")] == ["patient_id", "patient_number"]
    assert columns["Patient No"].confidence >= 0.9


def test_a_day_of_eight_digits_is_a_day(schema: CanonicalSchema) -> None:
    """`19560409` under a birth date's header is no number that contradicts it."""
    columns = people()
    born = [f"{text[6:]}{text[3:5]}{text[:2]}" for text in columns["born"]]
    raw = export(of("people", ["given_name", "surname", "date_of_birth"], [columns["given"], columns["family"], born]))
    found = mapping.propose(raw, schema, knowledge(), tables={"people": "patients"}).tables["people"].columns["date_of_birth"]
    assert (found.choice, found.confidence >= 0.9) == ("birth_date", True)
