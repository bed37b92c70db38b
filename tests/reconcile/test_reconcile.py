"""Plan, ledger and read-back are compared field by field; every planted difference is found and named."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pytest

from migkit.load import Entry, EntryState, Ledger, Origin
from migkit.model.account import AccountField, AccountSchema, AccountUser
from migkit.model.messages import Message
from migkit.model.objects import ObjectType
from migkit.model.records import DesiredRecord, Plan
from migkit.reconcile import ReadBack, Reconciliation, reconcile

CODE = "a" * 40
ADA = AccountUser(1, "Ada", "ada@practice.example", True, True)
ACCOUNT = AccountSchema(
    company_id=7,
    company_domain="practice",
    me=ADA,
    fields=(AccountField("person", CODE, "Source_System_ID__c", "varchar", True),),
    users=(ADA,),
    pipelines={},
    stages={},
    activity_types={},
    lead_labels={},
    currencies=("AUD",),
    has_contact_sync=False,
)
MAIL = [{"value": "pat@mail.example", "label": "home", "primary": True}]
STANDS = {"name": "Pat Mild", "emails": MAIL, "owner_id": 1, "add_time": "2019-03-01T00:00:00Z", CODE: "patient:1"}
COMPARE = {ObjectType.PERSON: {"name": "name", "emails": "list", "add_time": "datetime", "owner_id": "owner"}}


def person(key: str = "patient:1", **fields: Any) -> DesiredRecord:
    usual = {"name": "Pat Mild", "emails": MAIL, "add_time": "2019-03-01T00:00:00Z", "custom:Source_System_ID__c": key}
    return DesiredRecord(key, ObjectType.PERSON, usual | fields, owner=ADA.email, sources=(key,))


def plan(*records: DesiredRecord) -> Plan:
    return Plan({record.key: record for record in records}, {}, ())


def put(ledger: Ledger, record: DesiredRecord, id: int = 5, *, after: Mapping[str, Any] = STANDS, origin: Origin = Origin.CREATED) -> None:
    state = EntryState.LIVE
    ledger.put(Entry(record.key, record.object, id, origin, state, "first", record.hashes(), record.unbound(), after, {}, record.sources))


def compared(ledger: Ledger, plan: Plan, people: Mapping[int | str, Mapping[str, Any]]) -> Reconciliation:
    return reconcile(plan, ledger, ReadBack(7, {ObjectType.PERSON: people}), ACCOUNT, comparators=COMPARE)


def test_equal_is_equal(ledger: Ledger) -> None:
    """All five fields of the one record agree, and nothing is left to explain."""
    put(ledger, person())
    found = compared(ledger, plan(person()), {5: STANDS})
    assert found.agrees and found.details.empty and found.unfinished == 0
    assert found.fields["records"].sum() == 5 and set(found.fields["state"]) == {"equal"}
    assert found.records.set_index("object").loc["person", ["planned", "created", "missing", "unknown"]].to_list() == [1, 1, 0, 0]


def test_a_known_server_rule_is_named(ledger: Ledger) -> None:
    """The same instant in another writing is normalised, not a difference."""
    put(ledger, person())
    found = compared(ledger, plan(person()), {5: {**STANDS, "add_time": "2019-03-01 00:00:00"}})
    assert found.agrees
    row = found.details.iloc[0]
    assert (row["field"], row["state"], row["rule"]) == ("add_time", "normalised", "time-format")


@pytest.mark.parametrize(
    ("now", "after", "cause"),
    [
        ({**STANDS, "name": "Someone Else"}, STANDS, "edited in Pipedrive since"),
        ({**STANDS, "name": "Pat M"}, {**STANDS, "name": "Pat M"}, "not as sent"),
        ({k: v for k, v in STANDS.items() if k != "name"}, STANDS, "edited in Pipedrive since"),
    ],
    ids=["edited", "taken otherwise", "emptied"],
)
def test_a_difference_says_its_cause(ledger: Ledger, now: dict[str, Any], after: dict[str, Any], cause: str) -> None:
    """What we answered for tells an edit from a value that never arrived."""
    put(ledger, person(), after=after)
    found = compared(ledger, plan(person()), {5: now})
    assert not found.agrees
    row = found.differing.iloc[0]
    assert (row["key"], row["field"], row["cause"], row["desired"]) == ("patient:1", "name", cause, "Pat Mild")


def test_a_plan_that_moved_on_is_not_written_yet(ledger: Ledger) -> None:
    """A field that changed in the plan since the last apply says so."""
    put(ledger, person())
    found = compared(ledger, plan(person(name="Pat New")), {5: STANDS})
    assert found.differing.iloc[0]["cause"] == "not written yet"


def test_a_record_that_vanished_is_missing(ledger: Ledger) -> None:
    """A record of ours that the target no longer lists breaks the agreement."""
    put(ledger, person())
    found = compared(ledger, plan(person()), {})
    assert not found.agrees and found.missing.to_dict("records") == [{"key": "patient:1", "object": "person", "target_id": 5}]


def test_a_record_with_our_mark_that_nobody_wrote_is_unknown(ledger: Ledger) -> None:
    """A second record with our source id is found, as a double would be."""
    put(ledger, person())
    found = compared(ledger, plan(person()), {5: STANDS, 6: STANDS, 9: {"name": "Old Friend"}})
    assert not found.agrees and found.unknown.to_dict("records") == [{"object": "person", "target_id": 6, "external_id": "patient:1"}]


def test_what_does_not_stand_there_yet_is_unfinished(ledger: Ledger) -> None:
    """Planned and not loaded is no difference, but it is not done either."""
    found = compared(ledger, plan(person()), {})
    assert found.agrees and found.unfinished == 1


def test_an_adopted_record_keeps_theirs_by_policy(ledger: Ledger) -> None:
    """Their name, which the policy left, and our e-mail among theirs are explained."""
    put(ledger, person(), origin=Origin.ADOPTED, after={"emails": MAIL})
    theirs = [{"value": "old@mail.example", "label": "work", "primary": True}, {**MAIL[0], "primary": False}]
    found = compared(ledger, plan(person()), {5: {**STANDS, "name": "P. M.", "emails": theirs}})
    assert found.agrees
    assert dict(zip(found.details["field"], found.details["rule"], strict=True)) == {"name": "kept-theirs", "emails": "joined-with-theirs"}


def test_an_adopted_field_that_we_wrote_is_ours_to_answer_for(ledger: Ledger) -> None:
    """A name that we wrote over theirs and that somebody changed since differs; so does one of ours that was never written."""
    entry = Entry(
        "patient:1", ObjectType.PERSON, 5, Origin.ADOPTED, EntryState.LIVE, "first", person().hashes(), person().unbound(),
        {"name": "Pat Mild"}, {"name": "P. M."}, ("patient:1",),
    )  # fmt: skip
    ledger.put(entry)
    found = compared(ledger, plan(person()), {5: {**STANDS, "name": "Third Name", CODE: None}})
    assert dict(zip(found.differing["field"], found.differing["cause"], strict=True)) == {
        "name": "edited in Pipedrive since",
        "custom:Source_System_ID__c": "not as sent",
    }


def test_another_creation_time_is_a_difference(ledger: Ledger) -> None:
    """The rule for what is set at creation only explains a plan that moved on, and nobody's edit."""
    moved = {**STANDS, "add_time": "2020-01-01T00:00:00Z"}
    put(ledger, person())
    assert compared(ledger, plan(person()), {5: moved}).differing["cause"].to_list() == ["not as sent"]
    later = compared(ledger, plan(person(add_time="2018-05-05T00:00:00Z")), {5: STANDS})
    assert later.agrees and later.details["rule"].to_list() == ["set-at-creation-only"]


def test_set_up_that_vanished_is_missing(ledger: Ledger) -> None:
    """A field that somebody deleted in Pipedrive breaks the agreement; one that stands does not."""
    for key, code in (("Source_System_ID__c", CODE), ("Recall", "b" * 40)):
        fields = {"entity": "person", "field_name": key, "field_type": "varchar"}
        put(ledger, DesiredRecord(f"field:person/{key}", ObjectType.FIELD, fields), f"person/{code}")  # type: ignore[arg-type]
    records = [DesiredRecord(e.key, e.object, e.desired) for e in ledger.entries().values()]
    found = compared(ledger, plan(*records), {})
    assert not found.agrees
    assert found.missing["key"].to_list() == ["field:person/Recall"]


def test_what_left_the_plan_is_counted(ledger: Ledger) -> None:
    """A record of ours that stands there beside the plan is seen; one that was retired is not."""
    put(ledger, person())
    put(ledger, person("patient:2"), 6)
    ledger.put(ledger.entries()["patient:2"].with_state(EntryState.DELETED))
    found = compared(ledger, plan(), {5: STANDS})
    assert found.records.set_index("object").loc["person", ["planned", "left_plan"]].to_list() == [0, 1]


def test_a_value_that_only_a_person_can_empty_is_told(ledger: Ledger) -> None:
    """The record stands there, so that it is neither held nor differing; what waits for another reason is not told as that."""
    why = Message.of("cannot-be-emptied", fields=("org_id",))
    put(ledger, person())
    put(ledger, person("patient:2"), 6, after=STANDS | {CODE: "patient:2"})
    ledger.hold({"patient:1": why, "patient:2": Message.of("no-date")}, "first", seen=["patient:1", "patient:2"])
    found = compared(ledger, plan(person(), person("patient:2")), {5: STANDS, 6: STANDS | {CODE: "patient:2"}})
    assert found.agrees and found.unfinished == 0 and found.not_emptied == (("patient:1", why),)
    assert "no Organization any more" in str(why) and why.action == "The practice empties Organization in Pipedrive by hand."


def test_held_failed_and_pending_are_told_apart(ledger: Ledger) -> None:
    """Three records that do not stand there: one waits, one was refused, one was never tried; all three are unfinished."""
    refused = Entry(
        "patient:2", ObjectType.PERSON, None, Origin.CREATED, EntryState.FAILED, "first", error=Message.of("refused", words="400")
    )
    ledger.put(refused)
    ledger.hold({"patient:1": Message.of("no-date")}, "first", seen=["patient:1"])
    found = compared(ledger, plan(*(person(f"patient:{number}") for number in (1, 2, 3))), {})
    assert found.records.set_index("object").loc["person", ["held", "failed", "pending"]].to_list() == [1, 1, 1]
    assert found.unfinished == 3


def test_a_file_under_one_of_our_names_that_nobody_wrote_is_unknown(ledger: Ledger) -> None:
    """A second upload is found by its name; a file of theirs is none of our business."""
    ours = DesiredRecord("attachment:9", ObjectType.FILE, {"file_name": "x [attachment-9].png", "sha256": "0" * 64, "path": "x.png"})
    put(ledger, ours, 3, after={"name": "x [attachment-9].png"})
    files = {number: {"name": name} for number, name in ((3, "x [attachment-9].png"), (4, "x [attachment-9].png"), (5, "theirs.png"))}
    found = reconcile(plan(ours), ledger, ReadBack(7, {ObjectType.FILE: files}), ACCOUNT)
    assert found.unknown[["object", "target_id"]].to_numpy().tolist() == [["file", 4]]


def test_the_printed_document_holds_no_value(ledger: Ledger) -> None:
    """Counts, keys and field names only: it may be printed."""
    put(ledger, person())
    text = compared(ledger, plan(person()), {5: {**STANDS, "name": "Someone Else"}}).to_json()
    document = json.loads(text)
    assert document["agrees"] is False
    assert document["differing"] == [{"key": "patient:1", "object": "person", "field": "name", "cause": "edited in Pipedrive since"}]
    assert "Someone" not in text and "Mild" not in text
