"""What holds for every plan: determinism, every row accounted for, legal bodies, few fields, waves that respect parents."""

from __future__ import annotations

import json
import random
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from migkit.migration.defaults import default_policies, load_map
from migkit.model.landing import parse_landing
from migkit.model.mapping import NewField
from migkit.model.objects import OBJECTS, SCHEMA_OBJECTS, ObjectType
from migkit.model.people import Household
from migkit.model.records import CUSTOM, DesiredRecord, Plan
from migkit.plan import build_plan, comparators, count_tokens, policies_digest, privacy_digest, sample

from .frames import SCHEMA, SETTINGS, TODAY, people, plan, tables

SPECIFICATION = Path(__file__).resolve().parents[3] / "shared" / "reference"


def practice(patients: int = 60, seed: int = 4) -> dict[str, list[dict[str, Any]]]:
    """Return plain rows of a practice with every shape that a plan knows, and some rows that must be held or left out."""
    dice = random.Random(seed)
    statuses = ["active"] * 6 + ["inactive", "archived", "deceased", "deleted"]
    ids = [str(n) for n in range(1, patients + 1)]
    names = ["Anna", "Zoë", "Nguyễn", "Bob"]

    def when() -> str:
        return f"20{dice.randint(23, 26)}-{dice.randint(1, 12):02d}-{dice.randint(1, 28):02d} {dice.randint(8, 17):02d}:15"

    rows: dict[str, list[dict[str, Any]]] = {
        "practitioners": [{"practitioner_id": str(n), "full_name": f"Dr {n}"} for n in range(1, 4)],
        "families": [{"family_id": "1", "name": "Rossi"}, {"family_id": "2", "name": "Nobody"}],
        "patients": [
            {
                "patient_id": i, "first_name": dice.choice(names), "last_name": f"Rossi{i}", "status": dice.choice(statuses),
                "birth_date": f"{dice.randint(1950, 2020)}-05-01", "email": dice.choice([None, f"p{i}@example.com"]),
                "practitioner_id": dice.choice(["1", "2", None]), "created_at": when(), "notes": dice.choice([None, "Prefers mornings"]),
                "custom:Hygiene club": dice.choice(["Gold", "Silver", None]),
            }
            for i in ids
        ],
        "health_funds": [{"cover_id": i, "patient_id": i, "fund": "HCF", "member_number": i} for i in ids[::3]],
        "appointments": [
            {
                "appointment_id": str(n), "patient_id": dice.choice([*ids, "999", None]), "start_at": dice.choice([when(), when(), None]),
                "duration": 30, "type": dice.choice(["Clean", "Check-up"]), "practitioner_id": "1",
                "status": dice.choice(["completed", "booked", "cancelled", "did_not_attend"]),
            }
            for n in range(patients * 2)
        ],
        "treatment_plans": [
            {
                "plan_id": str(n), "patient_id": dice.choice(ids), "name": "Crown", "total": 10000, "created_date": "2025-05-01",
                "status": dice.choice(["proposed", "accepted", "in_progress", "completed", "declined"]),
            }
            for n in range(patients // 2)
        ],
        "treatment_items": [{"item_id": str(n), "plan_id": str(n % (patients // 2)), "fee": 10000} for n in range(patients // 2)],
        "invoices": [
            {
                "invoice_id": str(n), "patient_id": dice.choice(ids), "plan_id": dice.choice([None, str(n % (patients // 2))]),
                "total": dice.randint(1, 99999), "status": dice.choice(["paid", "open", "overdue", "void"]), "date": "2025-06-01",
            }
            for n in range(patients)
        ],
        "invoice_lines": [{"line_id": str(n), "invoice_id": str(n % patients), "total": 5} for n in range(patients * 2)],
        "payments": [
            {
                "payment_id": str(n), "patient_id": dice.choice([*ids, None]), "invoice_id": dice.choice([None, str(n % patients)]),
                "kind": dice.choice(["payment", "prepayment", "allocation", "reversal"]), "amount": dice.randint(1, 9999),
                "prepayment_number": "PP1", "date": "2025-06-02",
            }
            for n in range(patients)
        ],
        "clinical_notes": [{"note_id": str(n), "patient_id": dice.choice(ids), "at": when(), "content": "x"} for n in range(patients)],
        "attachments": [{"attachment_id": str(n), "patient_id": dice.choice(ids), "path": f"x{n}.png"} for n in range(10)],
        "products": [{"product_id": str(n), "name": f"Brush {n}", "unit_price": 550, "stock": 4.0, "supplier": "O"} for n in range(5)],
        "leads": [
            {"lead_id": str(n), "full_name": f"Lead {n}", "status": s, "source": "Google", "value": 100, "notes": "hi"}
            for n, s in enumerate(["new", "contacted", "converted", "lost"])
        ],
        "communications": [{"communication_id": str(n), "patient_id": dice.choice(ids), "at": when(), "kind": "sms"} for n in range(20)],
        "recalls": [{"recall_id": str(n), "patient_id": dice.choice(ids), "due_date": "2026-06-01", "status": "due"} for n in range(20)],
        "workflows": [{"workflow_id": "1", "name": "Recall SMS", "channel": "SMS"}],
        "reports": [{"report_id": "1", "name": "Production"}],
    }  # fmt: skip
    return rows


WHO = people(
    {"patient:3": "patient:3", "patient:4": "patient:3"},
    [Household("family:1", "household", "Rossi family", ("patient:1", "patient:2", "patient:5"), "patient:1")],
    {"patient:2": ("email",)},
    {"practitioner:1": "jane@example.com"},
)
FILES = {f"x{n}.png": f"{n:064x}" for n in range(8)}
NEW = {"patients": [NewField("Hygiene club", "enum")]}


@pytest.fixture(scope="module")
def made() -> Plan:
    return plan(practice(), who=WHO, files=FILES, new_fields=NEW)


def test_the_order_of_rows_and_a_second_run_change_nothing(made: Plan) -> None:
    """Shuffled rows give the same records, byte for byte, the same documents and findings."""
    rows = practice()
    for table in rows.values():
        random.Random(9).shuffle(table)
    shuffled = plan(rows, who=WHO, files=FILES, new_fields=NEW)
    assert shuffled.digest() == made.digest()
    assert list(shuffled.records) == list(made.records)
    assert shuffled.documents == made.documents
    assert shuffled.findings == made.findings


def test_every_physical_row_has_exactly_one_outcome(made: Plan) -> None:
    """Each row of each table is in `rows` or in `settled`, never in both; made-up rows are in neither."""
    rows = practice()
    rows["health_funds"].append({"cover_id": "77", "patient_id": "1", "_synthetic": True})
    made = plan(rows, who=WHO, files=FILES)
    physical = {f"{name}.csv:{line}" for name, table in rows.items() for line, row in enumerate(table, 2) if not row.get("_synthetic")}
    settled = [f"{row.file}:{row.line}" for row in made.row_outcomes]
    assert Counter([*made.rows, *settled]) == dict.fromkeys(physical, 1)
    assert set(made.rows.values()) <= set(made.records)


def test_folded_rows_point_at_what_carries_them(made: Plan) -> None:
    """The ref of a folded or merged row is a record of the plan, or a user."""
    refs = {row.ref for row in made.row_outcomes if row.outcome in ("folded-into", "merged-into")}
    assert {ref for ref in refs if ref not in made.records and not ref.startswith("user:")} == set()


def test_links_point_at_records_of_no_later_wave(made: Plan) -> None:
    """Every link resolves inside the plan, parents stand before their children, set-up first."""
    place = {key: position for position, key in enumerate(made.records)}
    for record in made.records.values():
        assert (record.wave == 0) == (record.object in SCHEMA_OBJECTS)
        for target in record.links.values():
            assert place[target] < place[record.key], (record.key, target)


def test_nothing_is_ownerless(made: Plan) -> None:
    """Every record that can have an owner has one; no title or name is empty or longer than 255."""
    owned = {ObjectType.PERSON, ObjectType.ORGANIZATION, ObjectType.DEAL, ObjectType.LEAD, ObjectType.ACTIVITY, ObjectType.PRODUCT}
    for record in made.records.values():
        assert record.owner or record.object not in owned
        assert all(0 < len(record.fields.get(name, "x")) <= 255 for name in ("name", "title", "subject"))


def test_the_default_map_needs_at_most_24_custom_fields() -> None:
    """Where everything has a value; of a practice only those are made of which a record holds one, each once."""
    assert sum(map(len, parse_landing(load_map(), SCHEMA).custom.values())) == 24
    records = plan(practice(), who=WHO).records.values()
    fields = [(record.fields["entity"], record.fields["field_name"]) for record in records if record.object is ObjectType.FIELD]
    held = {(OBJECTS[one.object].entity, name.removeprefix(CUSTOM)) for one in records for name in one.fields if name.startswith(CUSTOM)}
    assert len(fields) == 20 and set(fields) == held


def test_the_analysts_new_field_travels(made: Plan) -> None:
    """It becomes a field with its options and a value on the person."""
    assert made.records["field:person/Hygiene club"].fields == {
        "entity": "person", "field_name": "Hygiene club", "field_type": "enum", "options": ["Gold", "Silver"],
    }  # fmt: skip
    found = Counter(record.fields.get(f"{CUSTOM}Hygiene club") for record in made.records.values() if record.object is ObjectType.PERSON)
    assert found["Gold"] > 5
    assert found["Silver"] > 5


@pytest.mark.parametrize("cell", ["Gold, Silver", "Gold; Silver", "Gold\nSilver"])
def test_a_new_field_of_several_options_parts_them(cell: str) -> None:
    """By commas, semicolons and lines."""
    rows = {"patients": [{"patient_id": "1", "first_name": "A", "custom:Clubs": cell}]}
    made = plan(rows, new_fields={"patients": [NewField("Clubs", "set")]})
    assert made.records["patient:1"].fields[f"{CUSTOM}Clubs"] == ["Gold", "Silver"]


def test_a_new_field_where_no_custom_fields_are_becomes_a_line() -> None:
    """Activities take no custom fields: the value stands in the note under its label, and a finding says so."""
    row = {"appointment_id": "1", "patient_id": "1", "start_at": "2026-04-10 09:00", "custom:Room temp": "21"}
    rows = {"patients": [{"patient_id": "1", "first_name": "A"}], "appointments": [row]}
    made = plan(rows, new_fields={"appointments": [NewField("Room temp", "double")]})
    assert "<p>Room temp: 21</p>" in made.records["appointment:1"].fields["note"]
    assert [finding.code for finding in made.findings] == ["field-without-home"]


def test_rows_retired_by_decision_leave_the_plan() -> None:
    """A row that vanished from the export and was decided to be gone is left out, and so is what hangs on it."""
    rows = {
        "patients": [{"patient_id": "1", "first_name": "A"}],
        "recalls": [{"recall_id": "1", "patient_id": "1", "due_date": "2026-05-01"}],
    }
    made = plan(rows, gone={"patient:1": "delete"})
    assert made.rows == {}
    assert {row.key: row.outcome.value for row in made.row_outcomes} == {"patient:1": "excluded", "recall:1": "excluded"}


@pytest.mark.parametrize("gone", ["102", "110"])
def test_an_id_that_left_by_decision_takes_nothing_of_a_person_who_stays(gone: str) -> None:
    """Ben stood there twice, as 102 and 110, and the practice joined his records: with the row that vanished goes none of what is his.

    Neither his household, his account over 200.00 with 50.00 paid and his booking, nor a recall that still names the id that left.
    """
    stays = {"102": "110", "110": "102"}[gone]
    ben = {"first_name": "Ben", "last_name": "Moss", "birth_date": "1964-02-04", "status": "active"}
    rows = {
        "patients": [
            {**ben, "patient_id": gone, "mobile": "+61412000102"},
            {**ben, "patient_id": stays, "mobile": "+61412000110", "address_line1": "2 Long St"},
            {**ben, "patient_id": "103", "first_name": "Cleo"},
        ],
        "appointments": [{"appointment_id": "520", "patient_id": stays, "start_at": "2026-12-03 10:00"}],
        "invoices": [{"invoice_id": "902", "patient_id": stays, "date": "2026-11-11", "total": 20000, "paid": 5000, "balance": 15000}],
        "payments": [{"payment_id": "702", "patient_id": stays, "invoice_id": "902", "date": "2026-11-11", "amount": 5000}],
        "recalls": [{"recall_id": "9", "patient_id": gone, "due_date": "2027-05-01"}],
    }
    home = Household("household:102", "household", "Moss", ("patient:102", "patient:103"), "patient:102")
    who = people({"patient:102": "patient:102", "patient:110": "patient:102"}, households=[home])
    made = plan(rows, who=who, gone={f"patient:{gone}": "delete"}, today=date(2026, 11, 29))
    assert made.rows == {
        "patients.csv:3": "patient:102", "patients.csv:4": "patient:103", "appointments.csv:2": "appointment:520",
        "recalls.csv:2": "recall:9",
    }  # fmt: skip
    assert {row.key: row.outcome.value for row in made.row_outcomes} == {
        f"patient:{gone}": "excluded", "invoice:902": "folded-into", "payment:702": "folded-into",
    }  # fmt: skip
    person, account = made.records["patient:102"], made.records["account:102"]
    assert (account.fields["value"], account.fields["custom:Total_Paid__c"]["value"]) == (200, 50)
    assert [phone["value"] for phone in person.fields["phones"]] == ["+61412000110"]
    assert person.links == {"org_id": "household:102"} and made.records["household:102"].fields["address"]["value"] == "2 Long St"
    assert {made.records[key].links["person_id"] for key in ("account:102", "appointment:520", "recall:9")} == {"patient:102"}


def test_every_field_has_a_comparator(made: Plan) -> None:
    """The map names how each planned field is compared."""
    rules = comparators(load_map(), NEW)
    unknown = {
        (record.object.value, name)
        for record in made.records.values()
        for name in record.unbound()
        if name not in rules[record.object] and (record.object, name) not in {(ObjectType.FIELD, "entity"), (ObjectType.FILE, "path")}
    }
    assert unknown == set()


def test_the_cost_is_the_price_of_every_create(made: Plan) -> None:
    """10 tokens per note, lead and file (v1), 5 per person, deal and activity (v2)."""
    counts = Counter(record.object.value for record in made.records.values())
    cost = count_tokens(made)
    assert cost.creates == counts
    assert cost.tokens["note"] == 10 * counts["note"]
    assert cost.tokens["activity"] == 5 * counts["activity"]
    assert cost.total == sum(cost.tokens.values())


def test_the_sample_shows_every_shape_and_is_closed() -> None:
    """200-300 records, the same for the same plan, with the parents of each, every patient status, deal stage and activity type."""
    made = plan(practice(400), who=WHO, files=FILES)
    keys = sample(made)
    assert 200 <= len(keys) <= 300
    assert sample(made) == keys
    chosen = {key: made.records[key] for key in keys}
    setup = {key for key, record in made.records.items() if record.object in SCHEMA_OBJECTS}
    assert all(target in chosen or target in setup for record in chosen.values() for target in record.links.values())

    def shapes(records: dict[str, DesiredRecord]) -> set[object]:
        found: set[object] = {record.object for record in records.values()}
        found |= {record.fields.get(f"{CUSTOM}Patient status") for record in records.values()}
        found |= {record.links.get(name) for record in records.values() for name in ("stage_id", "type")}
        found |= {record.fields.get(f"{CUSTOM}No e-mail") for record in records.values()}
        found |= {not str(record.fields.get("name", "")).isascii() for record in records.values()}
        found |= {len(record.sources) > 1 for record in records.values() if record.object is ObjectType.PERSON}
        return found | {"prepayment" for record in records.values() if "Prepayment" in str(record.fields.get("note"))}

    everything = {key: record for key, record in made.records.items() if key not in setup}
    assert shapes(everything) == shapes(chosen)
    persons = [key for key in keys if chosen[key].object is ObjectType.PERSON]
    hanging = [key for key, record in everything.items() if record.links.get("person_id") == persons[0]]
    assert set(hanging) <= set(keys)


def test_a_small_plan_is_its_own_sample() -> None:
    """Nothing is drawn where everything fits."""
    made = plan({"patients": [{"patient_id": "1", "first_name": "A"}]})
    assert sample(made) == ("patient:1",)


def test_gates_are_bound_to_content() -> None:
    """A changed policy or privacy choice changes its digest; the order in which it is written does not."""
    policies = default_policies()
    assert policies_digest(policies) == policies_digest(dict(reversed(policies.items())))
    assert policies_digest(policies) != policies_digest(default_policies({"clinical_notes": "per_patient_year"}))
    assert privacy_digest(load_map()) != privacy_digest(load_map(privacy={"classes": {"health": "leave_out"}}))


def test_the_inputs_are_left_alone() -> None:
    """Building twice from the same tables gives the same plan."""
    frames, policies, mapping = tables(practice(), files=FILES), default_policies(), load_map()
    before = json.dumps([policies, mapping], default=str)
    inputs: dict[str, Any] = {"settings": SETTINGS, "today": TODAY, "schema": SCHEMA, "pipedrive_map": mapping, "policies": policies}
    digests = {build_plan(frames, WHO, **inputs).digest() for _ in range(2)}
    assert len(digests) == 1
    assert json.dumps([policies, mapping], default=str) == before


BODIES = {
    ObjectType.PERSON: ("v2", "/persons"), ObjectType.ORGANIZATION: ("v2", "/organizations"), ObjectType.DEAL: ("v2", "/deals"),
    ObjectType.ACTIVITY: ("v2", "/activities"), ObjectType.PRODUCT: ("v2", "/products"), ObjectType.PIPELINE: ("v2", "/pipelines"),
    ObjectType.STAGE: ("v2", "/stages"), ObjectType.FIELD: ("v2", "/personFields"), ObjectType.LEAD: ("v1", "/leads"),
    ObjectType.NOTE: ("v1", "/notes"), ObjectType.ACTIVITY_TYPE: ("v1", "/activityTypes"), ObjectType.LEAD_LABEL: ("v1", "/leadLabels"),
}  # fmt: skip
OWN_WORDS = {"entity"}
"""Fields of a record that say where it goes rather than what is sent."""


@pytest.mark.skipif(not SPECIFICATION.is_dir(), reason="the API specification of ../shared is absent")
def test_bodies_have_only_keys_that_the_specification_knows(made: Plan) -> None:
    """Pipedrive's v2 refuses a body with one unknown key; custom fields travel apart."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    specifications = {
        version: yaml.load((SPECIFICATION / f"pipedrive-openapi-{version}.yml").read_text(encoding="utf-8"), Loader=loader)
        for version in ("v1", "v2")
    }
    for kind, (version, path) in BODIES.items():
        legal = _keys(specifications[version], specifications[version]["paths"][path]["post"]) | OWN_WORDS
        used = {
            name for record in made.records.values() if record.object is kind for name in record.unbound() if not name.startswith(CUSTOM)
        }
        legal |= {"owner_id"} if kind is ObjectType.NOTE else set()  # sent as user_id
        assert used, f"the practice of this test has no {kind}"
        assert used <= legal, (kind, used - legal)


def _keys(specification: dict[str, Any], operation: dict[str, Any]) -> set[str]:
    def keys(schema: dict[str, Any]) -> set[str]:
        if "$ref" in schema:
            target: Any = specification
            for part in schema["$ref"].removeprefix("#/").split("/"):
                target = target[part]
            return keys(target)
        found = set(schema.get("properties", ()))
        for part in (*schema.get("allOf", ()), *schema.get("oneOf", ()), *schema.get("anyOf", ())):
            found |= keys(part)
        return found

    return keys(operation["requestBody"]["content"]["application/json"]["schema"])
