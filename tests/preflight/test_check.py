"""Planted account faults are found, a fitting account is passed, and nothing is ever written."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from pipedrive.acting import practise, writes

from migkit.model.objects import ObjectType
from migkit.model.outcomes import Severity
from migkit.model.records import SOURCE_ID, DesiredRecord, Plan
from migkit.pipedrive import Pipedrive
from migkit.preflight import Preflight, check

from .made import OWNER, account, plan, settings


def look(plan: Plan, *, seats: int = 1, route: str = "api", before: Callable[[Any], None] | None = None, **more: Any) -> Any:
    async def work(client: Pipedrive, world: Any) -> Preflight:
        if before:
            before(world.accounts[2])
        found = await check(client, plan, settings(seats=seats), route=route, **more)
        assert writes(world) == []
        return found

    return work


def codes(found: Preflight) -> dict[str, Severity]:
    return {finding.code: finding.severity for finding in found.findings}


@dataclass(frozen=True)
class Fault:
    """One thing wrong with an account (or with what is to be loaded into it)."""

    code: str
    severity: Severity
    words: str
    account: dict[str, Any] = field(default_factory=dict)
    more: tuple[DesiredRecord, ...] = ()
    options: dict[str, Any] = field(default_factory=dict)
    before: Callable[[Any], None] | None = None


def permitted(**permissions: bool) -> dict[str, Any]:
    users = account()["users"]
    users[0]["permissions"] = permissions
    return {"users": users}


CAP = [{"entity": "deal", "label": f"Theirs {number}", "type": "varchar"} for number in range(29)]
HOOK = {"subscription_url": "https://hooks.example/1", "event_action": "create", "event_object": "person", "name": "Newsletter"}
STRANGER = {"name": "Somebody", "emails": [{"value": "ANN2@example.com "}], "phones": []}
GONE = {"name": "Cy Gone", "email": "cy@smiles.example", "is_admin": False, "active": False}


def spend(account: Any) -> None:
    account.limits.used = 22_000


def person(owner: str, **fields: Any) -> tuple[DesiredRecord, ...]:
    return (DesiredRecord("patient:9", ObjectType.PERSON, fields, owner=owner),)


TEXT_FUND = {"entity": "person", "label": "Fund", "type": "text"}
FUND = {"entity": "person", "label": "Fund", "type": "varchar"}
CRITICAL, WARNING = Severity.CRITICAL, Severity.WARNING
FAULTS = [
    Fault("token-not-admin", CRITICAL, "no admin", options={"user": "ben@smiles.example"}),
    Fault("permission-can-add-custom-fields", CRITICAL, "custom fields cannot be created", permitted(can_add_custom_fields=False)),
    Fault("permission-can-edit-deals-closed-date", WARNING, "the day of the load", permitted(can_edit_deals_closed_date=False)),
    Fault("permission-can-delete-deals", WARNING, "a rollback cannot delete", permitted(can_delete_deals=False)),
    Fault("custom-field-cap", CRITICAL, "2 too many. Fold the least used", {"fields": CAP}),
    Fault(
        "deal-cap", CRITICAL, "1 too many", more=tuple(DesiredRecord(f"lead:{n}", ObjectType.LEAD, {"title": "x"}) for n in range(2_499))
    ),
    Fault("owner-missing", CRITICAL, "bob@smiles.example", more=person("bob@smiles.example")),
    Fault("owner-inactive", CRITICAL, "inactive", {"users": [*account()["users"], GONE]}, person("cy@smiles.example")),
    Fault("currency-missing", CRITICAL, "does not use AUD", {"currencies": ["NZD"]}),
    Fault("contact-sync-off", CRITICAL, "birthday", more=person(OWNER, birthday="1990-01-01")),
    Fault("field-type-clash", WARNING, "person/Fund is text, not varchar", {"fields": [TEXT_FUND]}),
    Fault("account-duplicate-names", WARNING, "person/fund", {"fields": [FUND] * 2}),
    Fault("possible-duplicates", WARNING, "1 person to be loaded shares", {"persons": [STRANGER]}),
    Fault("webhooks", WARNING, "(create person)): what the whole load creates calls other programs about 3 times", {"webhooks": [HOOK]}),
    Fault("limits-differ", WARNING, "60,000 tokens a day and 40 requests", options={"plan": "growth"}),
    Fault("budget-low", WARNING, "of the day's 30,000 tokens are left", before=spend),
]  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.code)
def test_a_planted_fault_is_found(fault: Fault) -> None:
    """By its own code and severity, in words that name it; critical ones block. The request log holds no write."""
    found = practise(look(plan(*fault.more), before=fault.before), seed=account(**fault.account), **fault.options)
    assert codes(found)[fault.code] is fault.severity
    assert fault.words in next(str(finding) for finding in found.findings if finding.code == fault.code)
    assert found.blocks is (fault.severity is CRITICAL)


@pytest.mark.parametrize(("route", "severity"), [("api", None), ("hybrid", WARNING), ("files", WARNING)])
def test_who_may_not_import_is_said_where_files_are_to_be_imported(route: str, severity: Severity | None) -> None:
    """By the API nobody needs the permission; by files somebody else has to upload them."""
    found = practise(look(plan(), route=route), seed=account(**permitted(can_use_import=False)))
    assert codes(found).get("permission-can-use-import") is severity


def test_a_fitting_account_passes() -> None:
    """Nothing critical, no warning: only what one should know. 132 tokens for the schema, some for the lists."""

    async def work(client: Pipedrive, world: Any) -> Any:
        found = await check(client, plan(), settings())
        assert writes(world) == []
        return found, client.usage.tokens_by_purpose

    found, tokens = practise(work, seed=account())
    assert codes(found) == {"automations": Severity.INFO, "calendars": Severity.INFO}
    assert not found.blocks
    assert {check.code for check in found.checks} > {"token-user", "permissions", "custom-fields", "deals", "owners", "currency", "limits"}
    assert tokens == {"schema_read": 132, "preflight": 10 + 10 + 10 + (20 + 40) + (10 + 20) + 10}


def test_the_fields_that_are_least_used_are_named() -> None:
    """Where fields are too many, those that carry the fewest values go first: Total (2 deals) before Fund (3 people)."""
    found = practise(look(plan()), seed=account(fields=CAP))
    finding = next(finding for finding in found.findings if finding.code == "custom-field-cap")
    assert finding.keys == (f"person/{SOURCE_ID}", "deal/Total")


def test_fields_that_stand_there_cost_no_allowance() -> None:
    """Same entity, label and type: adopted, not created."""
    theirs = [{"entity": "person", "label": "Fund", "type": "varchar"}, {"entity": "deal", "label": "Total", "type": "monetary"}]
    found = practise(look(plan()), seed=account(fields=[*theirs, *CAP[:27]]))
    assert "custom-field-cap" not in codes(found)


def test_what_was_decided_of_people_is_not_asked_again() -> None:
    """Approved, who shares an e-mail and is made anew is told as decided; who was confirmed to be the same person is no double at all."""
    seed = account(persons=[STRANGER])
    key = next(key for key, record in plan().records.items() if record.object is ObjectType.PERSON and "ann2@" in str(record.fields))
    assert codes(practise(look(plan(), people_decided=True), seed=seed))["duplicates-decided"] is Severity.INFO
    found = codes(practise(look(plan(), people_decided=True, adopted=[key]), seed=seed))
    assert not {"duplicates-decided", "possible-duplicates"} & found.keys()


def test_what_was_loaded_before_is_recognised() -> None:
    """By its source key, without a ledger: it counts neither as a duplicate nor against the room that is left."""
    key = [{"entity": "person", "label": SOURCE_ID, "type": "varchar"}]
    ours = {"name": "Ann Example 1", "emails": [{"value": "ann1@example.com"}], "phones": [], "custom": {SOURCE_ID: "patient:1"}}
    foreign = {"name": "Old", "emails": [], "phones": [], "custom": {SOURCE_ID: "patient:777"}}
    found = practise(look(plan()), seed=account(fields=key, persons=[ours, foreign]))
    assert codes(found)["already-loaded"] is Severity.INFO
    assert codes(found)["foreign-keys"] is Severity.WARNING
    assert "possible-duplicates" not in codes(found)


def test_a_merged_person_is_known_by_its_own_key() -> None:
    """Its field names every row that it was made of; the first of them is the record's, and nothing of it is somebody else's."""
    key = [{"entity": "person", "label": SOURCE_ID, "type": "varchar"}]
    ours = {"name": "Ann Example 1", "emails": [], "phones": [], "custom": {SOURCE_ID: "patient:1, patient:777"}}
    found = codes(practise(look(plan()), seed=account(fields=key, persons=[ours])))
    assert "already-loaded" in found and "foreign-keys" not in found


def test_no_answer_shows_a_contact() -> None:
    """Neither text nor JSON holds an e-mail of a patient; keys do."""
    found = practise(look(plan()), seed=account(persons=[STRANGER]))
    shown = found.to_text() + str(found.to_json()) + found.table().to_string()
    assert "ann2@" not in shown.lower()
    assert next(check for check in found.checks if check.code == "possible-duplicates").keys == ("patient:2",)


def test_a_slow_rollback_is_said_before_loading() -> None:
    """60,000 activities take 180,000 tokens to delete: 7.5 days on the smallest plan."""
    many = tuple(DesiredRecord(f"appointment:{n}", ObjectType.ACTIVITY, {"subject": "x"}, owner=OWNER) for n in range(60_000))
    found = practise(look(plan(*many)), seed=account())
    assert "7.5 days" in next(str(finding) for finding in found.findings if finding.code == "rollback-slow")


def test_the_json_holds_what_the_door_promises() -> None:
    """Blocks, checks with codes, tokens by object with floor, days."""
    document = practise(look(plan()), seed=account()).to_json()
    assert json.loads(json.dumps(document)) == document
    assert document["blocks"] is False
    assert document["tokens"]["floor"] == 3 * 5 + 5 + 3 * 5 + 2 * 5 + 5 + 10
    assert document["tokens"]["by_object"]["note"] == 10
    assert document["days"]["days"] == 0.0


def test_a_field_of_ours_beside_a_clash_is_ours() -> None:
    """Made earlier under a marked label: neither created again nor a thing to decide; a key that it holds is recognised."""
    fields = [TEXT_FUND, {"entity": "person", "label": "Fund (migrated)", "type": "varchar"}]
    fields += [
        {"entity": "person", "label": SOURCE_ID, "type": "double"},
        {"entity": "person", "label": f"{SOURCE_ID} (migrated)", "type": "varchar"},
    ]
    ours = {"name": "Ann Example 1", "emails": [], "phones": [], "custom": {f"{SOURCE_ID} (migrated)": "patient:1"}}
    found = practise(look(plan()), seed=account(fields=fields, persons=[ours]))
    answers = {check.code: check.answer for check in found.checks}
    assert answers["custom-fields"].startswith("1 custom field to create, 26 of 30 left")
    assert codes(found)["fields-beside"] is Severity.INFO
    assert answers["already-loaded"].startswith("1 record of this plan was loaded before")


def test_a_plan_without_owners_does_not_praise_them() -> None:
    """Where nobody owns anything yet, the check says where owners are chosen."""
    nobody = Plan({key: record.changed(owner=None) for key, record in plan().records.items()}, {}, ())
    found = practise(look(nobody), seed=account())
    answer = next(check.answer for check in found.checks if check.code == "owners-not-chosen")
    assert answer == "No owner is chosen yet: 25_people matches them."


def test_a_short_load_is_not_zero_days() -> None:
    """65 tokens of 24,000 a day are less than a tenth of a day, not 0.0 days."""
    assert "less than a tenth of a day on lite with 1 seat" in practise(look(plan()), seed=account()).days.sentence()
