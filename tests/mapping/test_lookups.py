"""Tables that explain the codes of other tables: their words are proposed for the codes, and such a table is left out by that reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest
from made import export, table

from migkit import mapping
from migkit.mapping.memory import Memory, remember
from migkit.migration.defaults import knowledge
from migkit.model.canonical import CanonicalSchema
from migkit.model.tables import SourceTable
from migkit.widgets.mapping_state import ReviewState
from migkit.widgets.mapping_view import value_label

Rows = Sequence[Sequence[str | None]]


def visits(header: str, *codes: str) -> SourceTable:
    """A diary whose last column holds these codes."""
    rows = [[str(n), str(40 + n), "04/10/2026", "09:30", code] for n, code in enumerate(codes, start=1)]
    return table("appointments", f"Appointment ID, Patient ID, Date, Start Time, {header}", *rows)


def proposed(schema: CanonicalSchema, *tables: SourceTable) -> tuple[Mapping[str, Mapping[str, str]], Mapping[str, str]]:
    """Values of the map as drafted, and the reasons of the tables that are left out."""
    made = mapping.draft(mapping.propose(export(*tables), schema, knowledge()))
    return made.values, {name: one.reason for name, one in made.tables.items() if one.table is None}


TYPES = [["1", "Examination"], ["2", "Hygiene"], ["3", "Crown prep"]]
STATES = [["1", "Booked"], ["2", "Completed"], ["3", "Cancelled"], ["4", "Did not attend"]]
LEGEND = [["B", "Booked"], ["D", "Did not attend"], ["W", "Walked out"]]
KINDS = [["Status", "1", "Booked"], ["Status", "2", "Did not attend"], ["Type", "1", "Examination"], ["Type", "2", "Hygiene"]]
SETUP = [["7", "Examination", "#ff0000", "30"], ["8", "Hygiene", "#00ff00", "45"]]


@pytest.mark.parametrize(
    ("header", "codes", "name", "columns", "rows", "field", "expected"),
    [
        ("Type ID", "12", "appointment_types", "ID, Name", TYPES, "type", {"1": "Examination", "2": "Hygiene"}),
        (
            "AppointmentTypeID",
            "31",
            "tblApptType",
            "AppointmentTypeID, Description",
            TYPES,
            "type",
            {"1": "Examination", "3": "Crown prep"},
        ),
        ("Status", "24", "status codes", "Code, Description", STATES, "status", {"2": "completed", "4": "did_not_attend"}),
        ("Status ID", "13", "appointment_statuses", "ID, Name", STATES, "status", {"1": "booked", "3": "cancelled"}),
        ("Status", "BD", "Legend", "Code, Meaning", LEGEND, "status", {"B": "booked", "D": "did_not_attend"}),
        ("Status", "BBD", "Codes", "Key, What it means", LEGEND, "status", {"B": "booked", "D": "did_not_attend"}),
        ("Status", "12", "Lookups", "Field, Code, Meaning", KINDS, "status", {"1": "booked", "2": "did_not_attend"}),
        ("Type", "12", "Lookups", "Field, Code, Meaning", KINDS, "type", {"1": "Examination", "2": "Hygiene"}),
        ("Type ID", "78", "Appointment Types", "ID, Name, Colour, Minutes", SETUP, "type", {"7": "Examination", "8": "Hygiene"}),
        ("Location ID", "12", "locations", "ID, Name", [["1", "Glebe"], ["2", "Newtown"]], "location", {"1": "Glebe", "2": "Newtown"}),
    ],
)
def test_codes_take_the_words_of_the_table_that_explains_them(
    schema: CanonicalSchema, header: str, codes: str, name: str, columns: str, rows: Rows, field: str, expected: Mapping[str, str]
) -> None:
    """By the table's name, by a header, by a column that says which field, or by letters that it alone explains."""
    values, left_out = proposed(schema, visits(header, *codes), table(name, columns, *rows))
    assert values[f"appointments.{field}"] == expected
    assert left_out == {name: f"its words stand for the codes of appointments.{header}"}


@pytest.mark.parametrize(
    ("header", "codes", "name", "columns", "rows"),
    [
        ("Status", ["1", "2"], "recall_types", "ID, Name", TYPES),
        ("Status", ["1", "2"], "Codes", "Code, Meaning", TYPES),
        ("Status", ["Booked", "Completed"], "status codes", "Code, Description", STATES),
        ("Status", ["B", "X"], "Legend", "Code, Meaning", LEGEND),
        ("Status", ["8", "9"], "appointment_statuses", "ID, Name", STATES),
    ],
)
def test_codes_of_something_else_stay(schema: CanonicalSchema, header: str, codes: list[str], name: str, columns: str, rows: Rows) -> None:
    """Numbers of another list, of no one's list, words themselves, and codes that the list lacks."""
    values, left_out = proposed(schema, visits(header, *codes), table(name, columns, *rows))
    said = {word for _, *words in rows for word in words}
    assert said.isdisjoint(values.get("appointments.status", {}).values())
    assert left_out == {name: "no table proposed"}


def test_words_without_a_known_meaning_are_shown_and_asked_about(schema: CanonicalSchema) -> None:
    """`W` is explained as walked out, which is no status of ours: a person says what it is, with the words before them."""
    made = mapping.propose(export(visits("Status", "B", "W"), table("Legend", "Code, Meaning", *LEGEND)), schema, knowledge())
    asked = {value.value: (value.words, value.choice) for value in made.values["appointments.status"]}
    assert asked == {"B": ("Booked", "booked"), "W": ("Walked out", None)}


def test_another_target_asks_with_the_words_of_its_codes(schema: CanonicalSchema) -> None:
    """A person says that `Kind` is the type: the codes are explained as before."""
    kinds = table("kinds", "ID, Name", *TYPES)
    raw = export(visits("Kind", "1", "3"), kinds)
    proposals = mapping.propose(raw, schema, knowledge(), tables={"appointments": "appointments"})
    made = ReviewState(mapping.draft(proposals), raw, proposals, schema, by="Ann", save=lambda _: None)
    made.set_target("appointments", "Kind", "type")
    assert made.source_map.values["appointments.type"] == {"1": "Examination", "3": "Crown prep"}


def test_numbers_are_not_remembered_for_another_practice(schema: CanonicalSchema) -> None:
    """Its 1 is another type; letters and words mean the same elsewhere."""
    raw = export(visits("Status", "1", "FTA"))
    made = mapping.draft(mapping.propose(raw, schema, knowledge()))
    made = mapping.set_value(mapping.set_value(made, "appointments.status", "1", "booked"), "appointments.status", "FTA", "did_not_attend")
    assert remember(Memory(), made, raw).values["appointments.status"] == {"FTA": {"did_not_attend": 1}}


def test_where_a_meaning_is_from_is_said(schema: CanonicalSchema) -> None:
    """A code's words are a proposal until its column is confirmed, and name the table and column that have them."""
    raw = export(visits("Type ID", "1", "2"), table("appointment_types", "ID, Name", *TYPES))
    proposals = mapping.propose(raw, schema, knowledge())
    made = ReviewState(mapping.draft(proposals), raw, proposals, schema, by="Ann", save=lambda _: None)
    (first, meaning), _ = made.values("appointments", "Type ID")
    assert (first.words, first.said_in) == ("Examination", "appointment_types.Name")
    assert (
        value_label(first, meaning, made.is_proposed("appointments", "Type ID", first))
        == "○  1\tExamination  ·  1  ·  by appointment_types.Name"
    )
    made.accept("appointments", "Type ID")
    assert value_label(first, meaning, made.is_proposed("appointments", "Type ID", first)).startswith("✓")


def test_a_meaning_that_somebody_gave_is_no_proposal(schema: CanonicalSchema) -> None:
    """Another meaning than the proposed one is somebody's."""
    raw = export(visits("Type ID", "1", "2"), table("appointment_types", "ID, Name", *TYPES))
    proposals = mapping.propose(raw, schema, knowledge())
    made = ReviewState(mapping.draft(proposals), raw, proposals, schema, by="Ann", save=lambda _: None)
    made.set_value("appointments", "Type ID", "1", "Check-up")
    (first, _), (second, _) = made.values("appointments", "Type ID")
    assert [made.is_proposed("appointments", "Type ID", one) for one in (first, second)] == [False, True]


def test_words_that_tell_codes_not_apart_are_no_meaning(schema: CanonicalSchema) -> None:
    """Four types called *Extras* are four types: their words are shown, and somebody says what each is."""
    extras = [[code, "Extras"] for code in "1234"]
    made = mapping.propose(export(visits("Type ID", *"1234"), table("appointment_types", "ID, Name", *extras)), schema, knowledge())
    assert [(value.choice, value.words) for value in made.values["appointments.type"]] == [(None, "Extras")] * 4


def test_a_status_of_procedures_is_no_procedure(schema: CanonicalSchema) -> None:
    """A table of procedures says nothing of the codes under `ProcStatus`."""
    procedures = table("procedures", "ID, Descript", ["1", "Examination"], ["2", "Radiograph"], ["3", "Crown"])
    rows = [[str(n), str(40 + n), "011", "Exam", "85.00", str(n % 2 + 1)] for n in range(1, 25)]
    done = table("treatment items", "Item ID, Plan ID, Item Code, Description, Fee, ProcStatus", *rows)
    made = mapping.propose(export(done, procedures), schema, knowledge(), tables={"treatment items": "treatment_items"})
    assert not made.tables["treatment items"].columns["ProcStatus"].words
