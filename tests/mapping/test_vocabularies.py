"""Columns of free words are known by the words, under headers that say nothing."""

from __future__ import annotations

import pytest
from made import export, table

from migkit import mapping
from migkit.migration.defaults import knowledge
from migkit.model.canonical import CanonicalSchema

PEOPLE = ("Anna Weber", "Ben Ngo", "Priya Patel", "Omar Said", "Lena Koch", "Tom Hardy", "Mei Lin", "Jo Park")
VISITS = ("Check-up", "Scale and clean", "Filling", "Crown prep", "Check-up", "Filling", "Emergency", "Review")


def diary(header: str, values: tuple[str, ...], **others: tuple[str, ...]) -> mapping.Proposals:
    """Eight bookings: who and when, one column more, and others by their headers."""
    rows = [[f"0{i + 1}/09/2026", f"{9 + i % 8:02}:30", PEOPLE[i], values[i % len(values)]] for i in range(8)]
    for column in others.values():
        rows = [[*row, column[i % len(column)]] for i, row in enumerate(rows)]
    heads = ", ".join(["Date", "Time", "Patient", header, *others])
    return mapping.propose(export(table("diary", heads, *rows)), SCHEMA[0], knowledge())


SCHEMA: list[CanonicalSchema] = []


@pytest.fixture(autouse=True)
def _schema(schema: CanonicalSchema) -> None:
    SCHEMA[:] = [schema]


@pytest.mark.parametrize("header", ["What for", "Subject", "Zweck", "xq7", "Coming in for"])
def test_visits_are_known_by_the_words_of_dentistry(header: str) -> None:
    """Whatever the front desk calls the column, `Crown prep` and `Scale and clean` are kinds of visits."""
    assert diary(header, VISITS).tables["diary"].columns[header].choice == "type"


@pytest.mark.parametrize(
    ("header", "values"),
    [("Where to", ("Surgery 1", "Surgery 2")), ("xq7", ("Chair 1", "Chair 2", "Chair 3")), ("Sits in", ("Room A", "Room B")),
     ("Zimmer Nr", ("Op 1", "Op 2")), ("c5", ("Bay 1", "Bay 2"))],
)  # fmt: skip
def test_chairs_are_known_by_what_they_are_called(header: str, values: tuple[str, ...]) -> None:
    """Two values are enough, since nothing else is called a chair; what is a kind of visit beside it stays that."""
    found = diary(header, values, Type=VISITS).tables["diary"].columns
    assert (found[header].choice, found["Type"].choice) == ("chair", "type")


def test_reasons_of_due_visits_are_their_kind() -> None:
    """`For` says nothing, and two words of dentistry do."""
    rows = [[f"0{i + 1}/12/2026", PEOPLE[i], ("Check-up", "Scale and clean")[i % 2]] for i in range(8)]
    found = mapping.propose(export(table("recalls", "Due, Patient, For", *rows)), SCHEMA[0], knowledge())
    assert found.tables["recalls"].columns["For"].choice == "type"


def test_words_of_other_trades_are_no_kinds_of_visits() -> None:
    """Colours under a header that says nothing stay without a home."""
    found = diary("xq7", ("Lime", "Navy", "Teal", "Plum"), Type=VISITS).tables["diary"].columns
    assert found["xq7"].choice != "type" and found["Type"].choice == "type"
