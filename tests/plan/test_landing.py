"""The landing map is what happens: change one field of one row, and exactly the places that the map names change."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any

import pytest

from migkit.migration.defaults import default_policies, load_map
from migkit.model.canonical import CanonicalField
from migkit.model.errors import DataError
from migkit.model.landing import LandingMap, Place, parse_landing
from migkit.model.objects import SCHEMA_OBJECTS
from migkit.model.people import Household, People
from migkit.model.records import CUSTOM, Plan
from migkit.model.tables import CanonicalTables
from migkit.plan import build_plan

from .frames import SCHEMA, SETTINGS, TODAY, people, plan, tables

LANDING = parse_landing(load_map(), SCHEMA)
EVERYTHING = {"classes": {"identifier": "send"}}
FIELDS = {f"{table.name}.{name}": spec for table in SCHEMA.tables.values() for name, spec in table.fields.items()}

Slot = tuple[str, str]
"""(object, field), or (document, "")."""

IDENTITY: frozenset[Slot] = frozenset(
    {("organization", f"{CUSTOM}{label}") for label in ("Source_System_ID__c", "Organization kind")}
    | {("organization", "name"), ("person", "org_id")}
)
"""Decided by who is whose family, which is the business of another room and given here."""

EARLIER, LATER = "2024-03-05", "2026-03-01"
VALUES: Mapping[str, tuple[Any, Any]] = {
    "date": (EARLIER, LATER), "datetime": (f"{EARLIER} 15:15", f"{LATER} 16:45"), "time": ("15:15", "16:45"), "money": (12345, 98765),
    "integer": (3, 4), "minutes": (35, 50), "number": (2.0, 3.0), "percent": (40.0, 60.0), "boolean": (True, False),
    "email": ("a@example.com", "b@example.com"), "phone": ("+61400000001", "+61400000002"), "html": ("<p>one</p>", "<p>two</p>"),
    "tooth": ("16", "26"), "postcode": ("2026", "2027"), "item_code": ("011", "012"), "url": ("https://a.example", "https://b.example"),
}  # fmt: skip
"""Type → two values that a field may hold, both on the same side of the day of the export."""

SPECIAL: Mapping[str, tuple[Any, ...]] = {
    "payments.patient_name": ("Medibank Private", "Nib Health"),
    "attachments.path": ("a.png", "b.png"), "attachments.file_name": ("a.png", "b.png"), "communications.author": ("Jane Wong", "Kim Lee"),
    "reports.measure": ("count of patients", "count of leads"), "payments.method": ("cash", "eftpos"),
    **{name: (None, False) for name in FIELDS if name.endswith(".deleted")}, "payments.status": ("received", "reversed"),
    "payments.reversed": (False, True), "payments.amount": (12345, 4567, 0), "health_funds.valid_to": ("2027-03-05", "2028-03-01"),
    "invoice_lines.item_code": ("011", "997"), "invoice_lines.gst": (12345, 98765, 0),
    "treatment_plans.accepted_date": (EARLIER, LATER, None),
    "leads.email": ("c@example.com", "d@example.com"), "leads.phone": ("+61400000003", "+61400000004"),
}  # fmt: skip


@dataclass(frozen=True)
class Scenario:
    """What else the rows hold, where the plain rows would not show a field."""

    rows: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    policies: Mapping[str, Any] = field(default_factory=dict)
    without: tuple[str, ...] = ()
    """Tables that the export has not."""


SCENARIOS = (
    Scenario(),
    Scenario({"treatment_plans": {"status": "completed"}, "treatment_items": {}}),
    Scenario({"treatment_plans": {"status": "completed", "completed_date": None}, "treatment_items": {}}),
    Scenario({"treatment_plans": {"status": "declined"}}),
    Scenario({"treatment_plans": {"status": "declined", "declined_date": None}, "treatment_items": {}}),
    Scenario({"treatment_plans": {"total": None, "name": None}, "treatment_items": {"status": "planned"}}),
    Scenario({"invoices": {"plan_id": None}, "payments": {"invoice_id": None}}),
    Scenario({"invoices": {"plan_id": None, "status": "paid"}, "payments": {"invoice_id": None}}),
    Scenario({"invoices": {"plan_id": None, "status": "void"}, "payments": {"invoice_id": None}}),
    Scenario({"invoices": {"plan_id": None, "total": None}}, {"invoices_without_plan": "deal_per_invoice"}),
    Scenario({"invoices": {"plan_id": None, "status": "void"}, "payments": {"invoice_id": None, "date": None}}),
    Scenario({"invoices": {"plan_id": None}, "payments": {"date": None, "allocated_date": None}}),
    Scenario({"payments": {"invoice_id": None}}),
    Scenario({"invoices": {"balance": None, "total": 200000}}),
    Scenario({"invoices": {}}, without=("payments",)),
    Scenario({"payments": {"invoice_id": None, "amount": 0}}),
    Scenario({"payments": {"invoice_id": None, "amount": 0, "date": None}}),
    Scenario({"invoices": {"plan_id": None, "patient_id": "13"}, "payments": {}, "patients": {}}),
    Scenario({"invoice_lines": {"total": None}}),
    Scenario({"invoices": {"plan_id": None, "total": None, "net": None}, "invoice_lines": {}}),
    Scenario({"invoices": {"plan_id": None, "total": None, "net": None}, "invoice_lines": {"total": None}}),
    Scenario({"invoices": {"plan_id": None, "total": None, "net": None}, "invoice_lines": {"total": None, "gst": None}}),
    Scenario({"invoices": {"plan_id": None, "total": None, "net": None, "balance": None}, "invoice_lines": {"total": None}}),
    Scenario(
        {
            "invoices": {"plan_id": None, "total": None, "net": None, "status": "paid", "paid": None, "balance": None},
            "invoice_lines": {"total": None},
            "payments": {},
        }
    ),
    Scenario({"appointments": {"start_at": None, "end_at": None}}),
    Scenario({"appointments": {"start_at": None, "end_at": None, "duration": None}}),
    Scenario({"appointments": {"start_at": "2024-03-05 14:00", "duration": None, "plan_id": None}, "treatment_items": {}}),
    Scenario({"appointments": {"start_at": "2026-06-05 14:00", "status": "booked", "type": None}}),
    Scenario({"appointments": {}, "recalls": {}, "tasks": {}, "communications": {}}, {"older_than": "2026-03-14"}),
    Scenario({"appointments": {"start_at": None}, "tasks": {"due_date": None}}, {"older_than": "2026-03-14"}),
    Scenario({"tasks": {"due_date": None}}),
    Scenario({"communications": {"subject": None}}),
    Scenario({"patients": {"first_name": None, "last_name": None, "middle_name": None}}),
    Scenario({"invoices": {"patient_id": "13", "plan_id": None}, "patients": {"first_name": None, "last_name": None}}),
    Scenario({"patients": {"health_fund": None, "health_fund_number": None, "health_fund_card_ref": None}, "health_funds": {}}),
    Scenario({"patients": {"status": None}}),
    Scenario({"patients": {"status": "active", "archived": None}}, {"archived_names": "archive", "do_not_contact_names": "opt_out"}),
    Scenario({"treatment_plans": {"total": None}, "treatment_items": {"status": "planned", "total": None, "discount": None}}),
    Scenario({"treatment_plans": {"total": None}, "treatment_items": {"status": "planned", "total": None}}),
    Scenario({"treatment_items": {"fee": None}}),
    Scenario({"practitioners": {"first_name": None}}),
    Scenario({name: {"practitioner_id": None} for name in SCHEMA.tables if name != "practitioners"}),
    Scenario({"leads": {"converted_patient_id": None}}),
    Scenario({"invoices": {"bill_to_id": None}}),
    Scenario({"products": {"unit_price": None}}),
    Scenario({"leads": {"converted_patient_id": None, "first_name": None, "last_name": None}}),
    Scenario({"attachments": {"path": None}}),
    Scenario({"attachments": {"file_name": None}}),
    Scenario({"attachments": {"patient_id": None}, "clinical_notes": {}}),
    Scenario({"attachments": {"patient_id": None, "note_id": None}}),
    Scenario({"products": {"name": None}}),
    Scenario({"families": dict.fromkeys(("address_line1", "address_line2", "suburb", "state", "postcode")), "patients": {}}),
)  # fmt: skip

KEYS = {"patients": "12", "practitioners": "1", "treatment_plans": "7", "invoices": "77", "clinical_notes": "5", "appointments": "123"}
"""Table → id of its row; the others' is 1."""

OTHERS = {"patients": "13", "practitioners": "2", "treatment_plans": "8", "invoices": "78", "clinical_notes": "6", "appointments": "124"}
"""Table → id of its second row, which a reference can be turned to."""


def values_of(name: str) -> tuple[Any, ...]:
    """Return values of a field, the first as every row holds it; of a reference, the ids of the first and second row."""
    spec, table = FIELDS[name], name.partition(".")[0]
    if name in SPECIAL:
        return SPECIAL[name]
    if spec.ref:
        return KEYS.get(spec.ref, "1"), OTHERS.get(spec.ref, "2")
    if spec.name in SCHEMA[table].key:
        return KEYS.get(table, "1"), OTHERS.get(table, "2")
    if spec.values:
        return tuple(spec.values)
    return VALUES.get(spec.type, (f"Some {table} {spec.name} one", f"Some {table} {spec.name} two"))


@cache
def filled(table: str) -> dict[str, Any]:
    """Return a row of a table with a value in every field."""
    return {name.partition(".")[2]: values_of(name)[0] for name in FIELDS if name.startswith(f"{table}.")}


SECOND = {
    "patients": [{"patient_id": "13", "first_name": "Mia", "last_name": "Rossi", "practitioner_id": "2"}],
    "practitioners": [{"practitioner_id": "2", "full_name": "Lee, Kim", "first_name": "Kim", "last_name": "Lee"}],
    "treatment_plans": [{"plan_id": "8", "patient_id": "13"}],
    "invoices": [{"invoice_id": "78", "patient_id": "13", "total": 100, "status": "paid"}],
    "clinical_notes": [{"note_id": "6", "patient_id": "13", "content": "x"}],
    "appointments": [{"appointment_id": "124", "patient_id": "13", "start_at": "2024-03-05 15:15"}],
    "health_funds": [{"cover_id": "2", "patient_id": "12", "fund": "Another fund", "priority": 9}],
}


@cache
def bare() -> CanonicalTables:
    """Return the tables with nothing in them but keys: the rows are handed to the plan as plain Python, which is much faster."""
    return tables({}, files={"a.png": "aa", "b.png": "bb"})


@cache
def map_of(privacy: str) -> dict[str, Any]:
    return load_map(privacy=json.loads(privacy))


@cache
def landing_of(privacy: str) -> LandingMap:
    return parse_landing(map_of(privacy), SCHEMA)


@cache
def policies_of(decided: str) -> dict[str, Any]:
    return default_policies(json.loads(decided))


def typed(table: str, line: int, row: Mapping[str, Any]) -> dict[str, Any]:
    """Return a row as reading types it, in plain Python."""
    spec = SCHEMA[table]
    dated = {name for name, each in spec.fields.items() if each.type in ("date", "datetime") and row.get(name)}
    values = {name: datetime.fromisoformat(row[name]) if name in dated else row.get(name) for name in spec.fields}
    key = f"{spec.prefix}:{row[spec.key[0]]}"
    return {**values, "_file": f"{table}.csv", "_line": line, "_key": key, "_table": table}


_WAYS = {"treatment_items": ("invoice_id",), "invoice_lines": ("plan_id", "item_id")}
"""Table → fields by which an invoice finds its treatment plan, beside its own."""


def rows_of(number: int, name: str, change: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return one full row of a table, and some second ones, with a scenario and a change laid over the first."""
    scenario = SCENARIOS[number]
    if name in scenario.without:
        return []
    first = {**filled(name), **scenario.rows.get(name, {}), **change}
    if scenario.rows.get("invoices", {}).get("plan_id", "") is None:  # then no other way may lead to the plan
        first |= dict.fromkeys(_WAYS.get(name, ()))
    if name == "patients":
        first["merged_into_id"] = None
    return [typed(name, line, row) for line, row in enumerate([first, *SECOND.get(name, ())], 2)]


@cache
def rows_as_filled(number: int, name: str) -> list[dict[str, Any]]:
    """Return the same without a change: most tables of a plan, whose rows no planner changes."""
    return rows_of(number, name, {})


@cache
def everybody() -> People:
    return people(
        households=[Household("family:1", "household", "Rossi family", ("patient:12",), "patient:12")],
        owners={"practitioner:1": "jane@bondi.example", "practitioner:2": "kim@bondi.example"},
    )


def build(number: int, table: str, change: Mapping[str, Any], privacy: Mapping[str, Any] = EVERYTHING) -> Plan:
    """Return the plan of one full row a table, and some second rows, with a scenario and a change laid over them."""
    rows = {name: rows_of(number, name, change) if name == table else rows_as_filled(number, name) for name in SCHEMA.tables}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("migkit.plan.context.records", lambda table, _: rows[table])
        patch.setattr("migkit.plan.build.parse_landing", lambda *_: landing_of(json.dumps(privacy)))
        return build_plan(
            bare(),
            everybody(),
            settings=SETTINGS,
            today=TODAY,
            schema=SCHEMA,
            pipedrive_map=map_of(json.dumps(privacy)),
            policies=policies_of(json.dumps(SCENARIOS[number].policies)),
        )


def held(made: Plan) -> dict[tuple[str, str, str], str]:
    """Return (record, object, field) → what stands there; and the documents."""
    found = {}
    for record in made.records.values():
        if record.object not in SCHEMA_OBJECTS:
            slots = {**record.fields, **record.links, **({"owner_id": record.owner} if record.owner else {})}
            found |= {(record.key, record.object.value, name): json.dumps(value, sort_keys=True) for name, value in slots.items()}
    return found | {(name, name, ""): json.dumps(made.documents[name], default=str) for name in LANDING.documents}


@cache
def unchanged(number: int, privacy: str) -> dict[tuple[str, str, str], str]:
    """Return what a scenario gives as it is: the same for every field that holds what all rows hold."""
    return held(build(number, "", {}, json.loads(privacy)))


def changed(name: str, privacy: Mapping[str, Any] = EVERYTHING) -> set[Slot]:
    """Return where a field's value lands: what is no longer the same where only that value changes, in any scenario.

    Records that are only in one of two plans do not count, but for a reference, which may turn to another record.
    """
    table, _, column = name.partition(".")
    before, *others = values_of(name)
    found: set[Slot] = set()
    for number, scenario in enumerate(SCENARIOS):
        if number and (table not in scenario.rows or scenario.rows[table].get(column, "") is None):
            continue
        is_as_filled = scenario.rows.get(table, {}).get(column, before) == before
        one = unchanged(number, json.dumps(privacy)) if is_as_filled else held(build(number, table, {column: before}, privacy))
        for other in others:
            two = held(build(number, table, {column: other}, privacy))
            both = {key for key, *_ in one} & {key for key, *_ in two}
            differing = [place for place in one.keys() | two.keys() if one.get(place) != two.get(place)]
            found |= {(object, slot) for key, object, slot in differing if key in both or FIELDS[name].ref}
    return found - IDENTITY


def declared(name: str, without: str = "") -> set[Slot]:
    """Return where the map says that a field lands, where one privacy class is left out."""
    return {slot(place) for place in LANDING.of(name) if without not in place.classes(name)} - IDENTITY


def slot(place: Place) -> Slot:
    return place.object, place.field


def is_name_of(name: str) -> bool:
    """Whether reading resolves this name to an id of the same row."""
    table, _, column = name.partition(".")
    return any(spec.ref_name == column for spec in SCHEMA[table].fields.values())


def is_id(spec: CanonicalField, table: str) -> bool:
    return spec.ref is not None or spec.name in SCHEMA[table].key


PLAIN = [name for name, spec in FIELDS.items() if not is_id(spec, name.partition(".")[0])]


@pytest.mark.parametrize("name", PLAIN)
def test_a_field_lands_where_the_map_says_and_nowhere_else(name: str) -> None:
    """Every plain field of every table: the places that change with it are the places of the map."""
    places = {slot(place) for place in LANDING.of(name) if not (is_name_of(name) and place.is_link)} - IDENTITY
    found = changed(name)
    if name in LANDING.kept:
        found = {place for place in found if contains(name, place)}
    assert found == places


def contains(name: str, place: Slot) -> bool:
    """Whether the value itself stands there; what is kept for matching may order or decide."""
    table, _, column = name.partition(".")
    after = values_of(name)[1]
    made = held(build(0, table, {column: after}))
    return isinstance(after, str) and any((object, field) == place and after in value for (_, object, field), value in made.items())


CLASSED = [(name, kind) for name in PLAIN for kind in sorted({kind for place in LANDING.of(name) for kind in place.classes(name)})]


@pytest.mark.parametrize(("name", "kind"), CLASSED)
def test_leaving_a_class_out_takes_away_what_is_in_it(name: str, kind: str) -> None:
    """Every place under the class no longer changes with the value; every other place still does."""
    by_name = dict.fromkeys(("Policy_Number__c", "Health fund card"))  # sent by name whatever their class: not here
    found = changed(name, {"classes": {"identifier": "send", kind: "leave_out"}, "fields": by_name})
    links = {slot(place) for place in LANDING.of(name) if place.is_link and is_name_of(name)}
    assert found == declared(name, kind) - links


@pytest.mark.parametrize("name", [name for name, spec in FIELDS.items() if spec.ref])
def test_a_reference_decides_the_links_that_the_map_says(name: str) -> None:
    """Turned to another record, it changes at least those links."""
    links = {slot(place) for place in LANDING.of(name) if place.is_link} - IDENTITY
    assert links - changed(name) == set()


def test_every_canonical_field_has_a_landing() -> None:
    """A new field of the schema must say where it goes, or that it is kept for matching; none says both."""
    lost = [name for name in FIELDS if not LANDING.of(name) and name not in LANDING.kept and not is_name_of(name)]
    assert lost == []
    assert [name for name in LANDING.kept if LANDING.of(name)] == []


def test_labels_stand_before_their_values() -> None:
    """A labelled line names what follows it."""
    fields = build(0, "appointments", {"chair": "Zx7q"}).records["appointment:123"].fields
    assert "<p>Chair: Zx7q</p>" in fields["note"]


def test_a_landing_is_an_edit_of_data() -> None:
    """A decision adds a line to a note, moves a field into a field of its own, and takes another away; no code is touched."""
    decided = {
        "texts": {"appointment": {"lines": {"Wing": {"from": "appointments.online_booking"}, "Chair": None}}},
        "fields": {"person": {"Job": {"type": "varchar", "from": "patients.occupation", "privacy": "personal"}}},
    }
    rows = {"patients": [filled("patients")], "appointments": [filled("appointments")]}
    made = plan(rows, pipedrive_map=load_map(decided))
    note = made.records["appointment:123"].fields["note"]
    assert "<p>Wing: yes</p>" in note
    assert "Chair" not in note
    assert made.records["patient:12"].fields[f"{CUSTOM}Job"] == "Some patients occupation one"
    assert "field:person/Job" in made.records


@pytest.mark.parametrize(
    ("decided", "says"),
    [
        ({"fields": {"person": {"X": {"type": "varchar", "from": "patients.shoe_size"}}}}, "patients.shoe_size"),
        ({"fields": {"person": {"X": {"type": "varchar", "form": "patients.notes"}}}}, "form"),
        ({"fields": {"person": {"X": {"type": "varchar", "from": ["patients.notes", "patients.alerts"]}}}}, "2 fields"),
        ({"fields": {"activity": {"X": {"type": "varchar", "from": "patients.notes"}}}}, "activity"),
    ],
)
def test_a_landing_that_means_nothing_is_refused(decided: Mapping[str, Any], says: str) -> None:
    """The message names the part."""
    with pytest.raises(DataError, match=says):
        parse_landing(load_map(decided), SCHEMA)
