"""Apply brings the target to what the plan says, once."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Any

import pytest

from migkit.load import ApplyResult, EntryState, Ledger, Op, Origin, apply, diff, to_write
from migkit.model.errors import BudgetExhausted, DataError, TerminalError, TransientError, UsageError
from migkit.model.messages import Message
from migkit.model.objects import ObjectType
from migkit.model.outcomes import Outcome, RowOutcome
from migkit.model.records import DesiredRecord
from migkit.pipedrive import read_account

from .practice import DRILL, changed, matters, person, plan, record, without
from .world import World

Obj = ObjectType
STANDING: dict[str, Any] = {"owner_id": 1, "add_time": "2018-01-01T00:00:00Z", "custom_fields": {}}


def test_everything_of_a_plan_is_created_and_linked(world: World) -> None:
    """Every planned record stands in the target, bound to that account's ids, codes, options, users and links."""
    result = world.apply(plan())

    assert result.failures == () and result.held == {} and result.stopped == ""
    assert sum(n for (_, what), n in result.counts.items() if what == "create") == len(plan().records) == 20
    assert world.value("patient:1", "Source_System_ID__c") == "patient:1"
    options = {option["label"]: option["id"] for option in world.target("field:person/Patient status")["options"]}
    assert world.value("patient:1", "Patient status") == options["Active"]
    assert world.target("patient:1")["owner_id"] == 2
    assert world.target("patient:1")["org_id"] == world.target("household:1")["id"]
    deal = world.target("plan:1")
    assert deal["person_id"] == world.target("patient:1")["id"] and deal["stage_id"] == world.target("stage:Treatment plans/Accepted")["id"]
    assert world.value("plan:1", "Total_Invoice__c") == {"value": 120.5, "currency": "AUD"}
    activity = world.target("appointment:7")
    assert activity["participants"] == [{"person_id": world.target("patient:1")["id"], "primary": True}]
    assert activity["type"] == "check-up" and activity["deal_id"] == deal["id"]
    lead = world.target("lead:1")
    code = world.target("field:deal/Total_Invoice__c")["field_code"]
    assert (lead[code], lead[f"{code}_currency"]) == (120.5, "AUD")
    assert lead["label_ids"] == [world.target("lead_label:New")["id"]]
    assert world.target("note:5")["user_id"] == 2
    assert world.target("attachment:9")["name"] == "x-ray [attachment-9].png"


def test_a_second_apply_writes_nothing(world: World) -> None:
    """The same plan again sends no write, and none of its records counts as changed."""
    world.apply(plan())
    world.client.log.clear()
    again = world.apply(plan())
    assert world.client.log == []
    assert {what for _, what in again.counts} == {"skip"}
    assert again.counts[Obj.PERSON, "skip"] == 3


def test_a_changed_field_is_the_only_one_sent(world: World) -> None:
    """An update sends the field that changed in the plan and no other."""
    world.apply(plan())
    world.client.log.clear()
    result = world.apply(changed(plan(), "patient:1", name="Pat Renamed"))
    assert [(verb, object) for verb, object, _ in world.client.log] == [("update", Obj.PERSON)]
    assert world.ledger.history("patient:1")[-1].body == {"name": "Pat Renamed"}
    assert result.counts[Obj.PERSON, "update"] == 1
    assert world.target("patient:1")["name"] == "Pat Renamed"


def test_a_value_that_leaves_the_plan_is_emptied(world: World) -> None:
    """A field that we wrote and the plan no longer has is emptied in our own record."""
    world.apply(plan())
    world.apply(changed(plan(), "patient:1", phones=None))
    assert not world.target("patient:1")["phones"]


def test_an_edit_in_pipedrive_survives_an_update(world: World) -> None:
    """A field that somebody edited is left to them; a list is changed item by item around their additions."""
    world.apply(plan())
    target = world.target("patient:1")
    target["name"] = "Edited By Hand"
    target["phones"].append({"value": "+61290000000", "label": "work", "primary": False})
    new = changed(plan(), "patient:1", name="Ours New", phones=[{"value": "+61411111111", "label": "mobile", "primary": True}])
    result = world.apply(new)
    assert result.kept == {"patient:1": ("name",)}
    assert world.target("patient:1")["name"] == "Edited By Hand"
    assert {phone["value"] for phone in world.target("patient:1")["phones"]} == {"+61411111111", "+61290000000"}
    world.client.log.clear()
    assert world.apply(new).kept == {} and world.client.log == []


def test_one_refused_record_does_not_stop_the_others(world: World) -> None:
    """A refusal fails that record, holds what points at it, and leaves the rest alone; the next apply tries again."""
    create = world.client.create

    async def refusing(object: ObjectType, body: Any, **rest: Any) -> Any:
        if object is Obj.PERSON and body["name"] == "Pat Number1":
            raise TerminalError("Pipedrive refused POST persons (fields name) with 400: bad name.", status=400)
        return await create(object, body, **rest)

    world.client.create = refusing  # type: ignore[method-assign]
    result = world.apply(plan())
    assert [failure.key for failure in result.failures] == ["patient:1"]
    assert set(result.held) == {"plan:1", "appointment:7", "note:5", "attachment:9"}
    assert world.ledger.entries()["patient:1"].state is EntryState.FAILED
    assert "400" in str(world.ledger.entries()["patient:1"].error)
    assert set(world.ledger.holds()) == set(result.held)
    world.client.create = create  # type: ignore[method-assign]
    again = world.apply(plan())
    assert again.failures == () and again.held == {} and world.ledger.holds() == {}
    assert len(world.client.records[Obj.PERSON]) == 3


def test_an_exhausted_budget_stops_cleanly(world: World) -> None:
    """When the tokens end, what is done is done, the reason is told, and the next apply finishes the rest."""
    left = [9]

    def spend() -> None:
        left[0] -= 1
        if left[0] < 0:
            raise BudgetExhausted("The day's API tokens are used up: run again tomorrow.")

    world.client.before = spend
    result = world.apply(plan())
    assert "tomorrow" in result.stopped and len(world.client.log) == 9
    world.client.before = lambda: None
    assert world.apply(plan()).stopped == ""
    assert sum(len(found) for found in world.client.records.values()) == 20


def test_a_budget_that_ends_while_reading_stops_cleanly_too(world: World) -> None:
    """An update looks at the record first; where that read has no tokens left, nothing is raised and nothing is half done."""
    world.apply(plan())
    fetch = world.client.fetch

    async def exhausted(*_: Any, **__: Any) -> Any:
        raise BudgetExhausted("The day's API tokens are used up: run again tomorrow.")

    world.client.fetch = exhausted
    new = changed(plan(), "patient:1", name="Pat Renamed")
    assert "tomorrow" in world.apply(new).stopped
    world.client.fetch = fetch
    assert world.apply(new).counts[Obj.PERSON, "update"] == 1


def test_an_interrupted_load_goes_on_where_it_stopped(world: World) -> None:
    """Ctrl-C leaves what is done done; the next apply does the rest, nothing twice."""
    count = [0]

    def interrupt() -> None:
        count[0] += 1
        if count[0] == 14:
            raise KeyboardInterrupt

    world.client.after = interrupt
    with pytest.raises(KeyboardInterrupt):
        world.apply(plan())
    world.client.after = lambda: None
    world.apply(plan())
    assert sum(len(found) for found in world.client.records.values()) == 20 and world.ledger.unanswered() == []


def test_a_new_option_is_added_to_our_field(world: World) -> None:
    """A value that the field does not offer yet is added to its options before the record is written."""
    world.apply(plan())
    result = world.apply(changed(plan(), "patient:1", **{"custom:Patient status": "Deceased"}))
    options = {option["label"]: option["id"] for option in world.target("field:person/Patient status")["options"]}
    assert world.value("patient:1", "Patient status") == options["Deceased"]
    assert result.counts[Obj.FIELD, "update"] == 1 and list(options) == ["Active", "Archived", "Deceased"]


def test_what_bears_the_same_name_is_adopted_not_made_twice(world: World) -> None:
    """Set-up that stands in the account under the same name and type is taken over; missing options are added."""
    theirs = world.client.seed(Obj.FIELD, entity="person", field_name="Patient status", field_type="enum", options=[{"label": "Active"}])
    pipeline = world.client.seed(Obj.PIPELINE, name="Treatment plans")
    stage = world.client.seed(Obj.STAGE, name="Accepted", pipeline_id=pipeline["id"])
    world.apply(plan())
    entries = world.ledger.entries()
    assert entries["field:person/Patient status"].target_id == theirs["id"]
    assert entries["stage:Treatment plans/Accepted"].target_id == stage["id"]
    assert {entries[key].origin for key in ("field:person/Patient status", "pipeline:Treatment plans")} == {Origin.ADOPTED}
    assert [option["label"] for option in theirs["options"]] == ["Active", "Archived"]


def test_a_field_of_another_type_is_left_alone(world: World) -> None:
    """Where the account has a field of that label with another type, ours gets the label with a suffix, and that is said."""
    world.client.seed(Obj.FIELD, entity="deal", field_name="Total_Invoice__c", field_type="varchar")
    result = world.apply(plan())
    made = world.target("field:deal/Total_Invoice__c")
    assert (made["field_name"], made["field_type"]) == ("Total_Invoice__c (migrated)", "monetary")
    assert "another type" in str(result.notes[0])
    assert world.target("plan:1")["custom_fields"][made["field_code"]] == {"value": 120.5, "currency": "AUD"}


def test_an_adopted_person_keeps_what_was_there(world: World) -> None:
    """Blanks are filled, lists joined item by item, their name and primary e-mail kept; the pre-image is in the ledger."""
    theirs = world.client.seed(
        Obj.PERSON, name="P. Number", emails=[{"value": "old@mail.example", "label": "work", "primary": True}], owner_id=1, custom_fields={}
    )
    world.apply(plan(), adopted={"patient:1": theirs["id"]})
    assert theirs["name"] == "P. Number" and theirs["owner_id"] == 1
    assert [(mail["value"], mail["primary"]) for mail in theirs["emails"]] == [("old@mail.example", True), ("pat1@mail.example", False)]
    assert world.value("patient:1", "Source_System_ID__c") == "patient:1"
    entry = world.ledger.entries()["patient:1"]
    assert entry.origin is Origin.ADOPTED
    assert entry.pre_image["emails"] == [{"value": "old@mail.example", "label": "work", "primary": True}]
    assert "name" not in entry.pre_image and len(world.client.records[Obj.PERSON]) == 3


def test_a_phone_written_otherwise_is_not_added_twice(world: World) -> None:
    """The national writing that stands there and our international one are the same number."""
    theirs = world.client.seed(Obj.PERSON, name="P.", phones=[{"value": "0412 000 001", "primary": True}], **STANDING)
    world.apply(plan(), adopted={"patient:1": theirs["id"]})
    assert [phone["value"] for phone in theirs["phones"]] == ["0412 000 001"]
    assert world.agrees(plan())


def test_a_later_change_of_an_adopted_list_leaves_theirs(world: World) -> None:
    """When our e-mail changes, ours is replaced among theirs; when it leaves the plan, theirs alone is left."""
    theirs = world.client.seed(Obj.PERSON, name="P.", emails=[{"value": "old@mail.example", "primary": True}], custom_fields={})
    adopted = {"patient:1": theirs["id"]}
    world.apply(plan(), adopted=adopted)
    world.apply(changed(plan(), "patient:1", emails=[{"value": "new@mail.example", "label": "home", "primary": True}]), adopted=adopted)
    assert [mail["value"] for mail in theirs["emails"]] == ["old@mail.example", "new@mail.example"]
    world.apply(changed(plan(), "patient:1", emails=None), adopted=adopted)
    assert [mail["value"] for mail in theirs["emails"]] == ["old@mail.example"]


@pytest.mark.parametrize(("policy", "name"), [("keep_theirs", "P. Number"), ("ours", "Pat Number1"), ("fill_blanks", "P. Number")])
def test_the_policy_of_a_field_decides(world: World, policy: str, name: str) -> None:
    """Only `ours` overwrites what stands in an adopted record."""
    theirs = world.client.seed(Obj.PERSON, name="P. Number", custom_fields={})
    world.apply(plan(), adopted={"patient:1": theirs["id"]}, policy={"name": policy})
    assert theirs["name"] == name


def test_a_slice_pulls_in_its_parents(world: World) -> None:
    """A sample of one appointment loads its patient, household and deal too, and no other patient."""
    world.apply(plan(), keys=["appointment:7"])
    assert {key for key, entry in world.ledger.entries().items() if entry.object is Obj.PERSON} == {"patient:1"}
    assert "plan:1" in world.ledger.entries() and "household:1" in world.ledger.entries() and "note:5" not in world.ledger.entries()
    assert world.apply(plan()).counts[Obj.PERSON, "create"] == 2


def test_another_account_is_refused(world: World) -> None:
    """A ledger that was used with one company refuses another, and nothing is sent."""
    world.apply(plan())
    world.client.company_id = 78
    world.client.log.clear()
    with pytest.raises(UsageError, match="company 77"):
        world.apply(plan())
    assert world.client.log == []


def test_an_unknown_owner_holds_the_record(world: World) -> None:
    """A record whose owner is no user of the account waits instead of becoming ownerless."""
    from dataclasses import replace

    odd = plan()
    odd = replace(odd, records={**odd.records, "patient:3": odd.records["patient:3"].changed(owner="gone@practice.example")})
    result = world.apply(odd)
    assert result.held == {
        "patient:3": Message.of("account-lacks-user", email="gone@practice.example"),
        "lead:1": Message.of("link-not-there", link="person_id", key="patient:3"),
    }


def test_a_deleted_field_is_made_again_and_filled_again(world: World) -> None:
    """A field that was deleted in Pipedrive is created anew, and its values are written again."""
    world.apply(plan())
    lost = world.target("field:person/Patient status")["id"]
    del world.client.records[Obj.FIELD][lost]
    result = world.apply(plan())
    assert "Patient status" in str(result.notes[0]) and result.counts[Obj.FIELD, "create"] == 1
    assert result.counts[Obj.PERSON, "update"] == 3
    options = {option["label"]: option["id"] for option in world.target("field:person/Patient status")["options"]}
    assert world.value("patient:1", "Patient status") == options["Active"]


def test_a_gone_record_is_retired_only_by_decision(world: World) -> None:
    """A record that left the plan waits; decided to be gone, it is deleted with what was made from its row alone."""
    world.apply(plan())
    less = without(plan(), "note:5")
    assert world.apply(less).held["note:5"] == Message.of("left-the-plan")
    assert world.apply(less, delete=["note:5"]).counts[Obj.NOTE, "delete"] == 1
    assert world.client.records[Obj.NOTE] == {} and world.ledger.entries()["note:5"].state is EntryState.DELETED


def test_a_person_of_whom_only_one_of_two_rows_is_gone_waits(world: World) -> None:
    """Patient 2 was made of two rows: one is decided to be gone, the other is held for now. The person stays until that is decided, too."""
    other = record("patient:2", Obj.PERSON, {"name": "Zoë Nowak"}, sources=("patient:2", "patient:22"))
    world.apply(plan([other]))
    held = RowOutcome("patient.csv", 22, "patients", "patient:22", Outcome.HELD, Message.of("no-name"))
    result = world.apply(plan([], row_outcomes=[held]), delete=["patient:2"])
    assert result.held["patient:2"] == Message.of("left-the-plan") and len(world.client.records[Obj.PERSON]) == 1
    gone = world.apply(plan([], row_outcomes=[held]), delete=["patient:2", "patient:22"])
    assert gone.counts[Obj.PERSON, "delete"] == 1


def test_a_record_whose_rows_are_told_elsewhere_retires(world: World) -> None:
    """An account that is folded into another one goes by itself; while its row is merely held, it stays."""
    content = {"content": "<p>Invoice 9</p><p>Source: note:account:2</p>"}
    note = record("note:account:2", Obj.NOTE, content, links={"person_id": "patient:2"}, sources=("note:account:2", "invoice:9"))
    world.apply(plan([*matters(), note]))
    row = RowOutcome("Invoices.csv", 9, "invoices", "invoice:9", Outcome.HELD, Message.of("no-patient"))
    older = RowOutcome("Before.csv", 9, "invoices", "invoice:9", Outcome.REPEATED, Message.of("older-snapshot", place="Invoices.csv:9"))
    held = world.apply(plan(row_outcomes=[row, older]))
    folded = world.apply(plan(row_outcomes=[replace(row, outcome=Outcome.FOLDED_INTO, ref="account:1")]))

    assert "note:account:2" in held.held
    assert folded.counts[Obj.NOTE, "delete"] == 1
    assert world.ledger.entries()["note:account:2"].state is EntryState.DELETED


def test_a_gone_record_that_somebody_edited_stays(world: World) -> None:
    """An edited record is not deleted: it is held with the name of the field."""
    world.apply(plan())
    world.target("note:5")["content"] = "<p>Mine now</p>"
    result = world.apply(without(plan(), "note:5"), delete=["note:5"])
    assert "content" in str(result.held["note:5"]) and len(world.client.records[Obj.NOTE]) == 1


def test_a_household_keeps_its_key_when_its_head_changes(world: World) -> None:
    """The plan's new key becomes an alias of the loaded one: nothing is created, and members are not re-pointed."""
    from dataclasses import replace

    world.apply(plan())
    records = dict(plan().records)
    home = records.pop("household:1")
    records["household:2"] = home.changed(key="household:2", fields={**home.fields, "custom:Source_System_ID__c": "household:2"})
    for key in ("patient:1", "patient:2"):
        records[key] = records[key].changed(links={"org_id": "household:2"})
    world.client.log.clear()
    result = world.apply(replace(plan(), records=records))
    assert world.client.log == [] and result.counts[Obj.ORGANIZATION, "skip"] == 1
    assert world.ledger.entry("household:2") is world.ledger.entries()["household:1"]
    assert world.value("household:1", "Source_System_ID__c") == "household:1"


def test_two_loaded_persons_found_to_be_one(world: World) -> None:
    """Children are re-pointed to the survivor, then the merged person is deleted."""
    from dataclasses import replace

    from migkit.model.outcomes import Outcome, RowOutcome

    world.apply(plan())
    merged = without(
        plan(row_outcomes=[RowOutcome("patient.csv", 4, "patients", "patient:3", Outcome.MERGED_INTO, None, "patient:2")]), "patient:3"
    )
    records = dict(merged.records)
    records["patient:2"] = records["patient:2"].changed(sources=("patient:2", "patient:3"))
    records["lead:1"] = records["lead:1"].changed(links={"person_id": "patient:2"})
    result = world.apply(replace(merged, records=records))
    assert result.counts[Obj.PERSON, "delete"] == 1 and len(world.client.records[Obj.PERSON]) == 2
    assert world.target("lead:1")["person_id"] == world.target("patient:2")["id"]


def account_of(number: int, *, person: int, rows: tuple[str, ...]) -> list[DesiredRecord]:
    """The deal of what belongs to no plan, and the note of its invoices."""
    key, links = f"account:{number}", {"person_id": f"patient:{person}"}
    stage = {"stage_id": "stage:Treatment plans/Accepted", "pipeline_id": "pipeline:Treatment plans"}
    deal = {"title": "Account", "value": 80.0, "currency": "AUD", "status": "open", "custom:Source_System_ID__c": key}
    mark = f"Source: note:invoices:{key}"
    note = {"content": f"<p>Invoice 4</p><p>{mark}</p>"}
    return [
        record(key, Obj.DEAL, deal, links=links | stage, owner=DRILL, sources=rows),
        record(f"note:invoices:{key}", Obj.NOTE, note, links=links | {"deal_id": key}, owner=DRILL, sources=rows, external_id=mark),
    ]


def test_a_person_s_account_keeps_its_key_when_the_head_changes(world: World) -> None:
    """The account and its note are the loaded ones still: nothing is created, no cent counts twice."""
    from dataclasses import replace

    both = ("patient:3", "patient:4")
    first = {r.key: r for r in [*plan().records.values(), *account_of(3, person=3, rows=("invoice:4",))]}
    first["patient:3"] = first["patient:3"].changed(sources=both)
    world.apply(replace(plan(), records=first))
    then = {key: r for key, r in first.items() if not key.endswith((":3", ":account:3"))}
    then |= {"patient:4": first["patient:3"].changed(key="patient:4")} | {r.key: r for r in account_of(4, person=4, rows=("invoice:4",))}
    then["lead:1"] = then["lead:1"].changed(links={"person_id": "patient:4"})
    world.client.log.clear()

    result = world.apply(replace(plan(), records=then))
    assert world.client.log == [] and not result.held
    assert world.ledger.entry("account:4") is world.ledger.entries()["account:3"]
    assert world.ledger.entry("note:invoices:account:4") is world.ledger.entries()["note:invoices:account:3"]


def test_the_account_of_a_merged_person_goes_into_the_survivor_s(world: World) -> None:
    """Two loaded persons become one: the loser's deal and note are deleted once all their rows stand in the survivor's."""
    from dataclasses import replace

    from migkit.model.outcomes import Outcome, RowOutcome

    accounts = account_of(2, person=2, rows=("invoice:2",)) + account_of(3, person=3, rows=("invoice:3",))
    world.apply(replace(plan(), records={r.key: r for r in [*plan().records.values(), *accounts]}))
    merged = plan(row_outcomes=[RowOutcome("patient.csv", 4, "patients", "patient:3", Outcome.MERGED_INTO, None, "patient:2")])
    then = dict(without(merged, "patient:3").records) | {r.key: r for r in account_of(2, person=2, rows=("invoice:2", "invoice:3"))}
    then["patient:2"] = then["patient:2"].changed(sources=("patient:2", "patient:3"))
    then["lead:1"] = then["lead:1"].changed(links={"person_id": "patient:2"})

    result = world.apply(replace(merged, records=then))
    assert (result.counts[Obj.DEAL, "delete"], result.counts[Obj.NOTE, "delete"], result.counts[Obj.PERSON, "delete"]) == (1, 1, 1)
    assert not result.held and world.ledger.entries()["account:3"].state is EntryState.DELETED


def test_a_changed_file_replaces_the_old_one(world: World) -> None:
    """New content under the same attachment key is uploaded again; the old copy does not stay."""
    import hashlib

    world.apply(plan())
    (world.folder / "xrays" / "9.png").write_bytes(b"better x-ray")
    world.apply(changed(plan(), "attachment:9", sha256=hashlib.sha256(b"better x-ray").hexdigest()))
    assert [file["size"] for file in world.client.records[Obj.FILE].values()] == [12]


def test_every_write_is_in_the_audit_log(world: World) -> None:
    """One line a write: when it was intended and answered, what was sent, how it ended, what it cost."""
    world.apply(plan())
    log = world.ledger.writes()
    assert len(log) == len(world.client.log) == 20
    line = world.ledger.history("patient:3")[0]
    assert (line.operation, line.state, line.tokens, line.run) == ("create", "succeeded", 5, "run-1")
    assert (
        line.intended_at <= (line.answered_at or "")
        and line.body["name"] == "Pat Number3"
        and line.target_id == world.target("patient:3")["id"]
    )


def test_progress_is_told(world: World) -> None:
    """Whoever watches hears of every record, with the total and the tokens so far."""
    heard: list[tuple[int, int, str, int]] = []

    async def load() -> None:
        account = await read_account(world.client)
        changes = diff(plan(), world.ledger)
        await apply(
            changes,
            plan(),
            world.ledger,
            world.client,
            account,
            run_id="r",
            find_file=world.find,
            progress=lambda *told: heard.append(told),
        )

    asyncio.run(load())
    assert [done for done, _, _, _ in heard] == list(range(1, 21))
    assert heard[-1][1:3] == (20, "file") and heard[-1][3] == 100


def test_a_held_record_names_what_it_waits_for(world: World) -> None:
    """A link to nowhere holds the record, and what points at it in turn."""
    note = record("note:plan:1", Obj.NOTE, {"content": "<p>Crown</p>"}, links={"deal_id": "plan:1"})
    lone = plan([*(item for item in matters() if item.key in ("plan:1", "appointment:7")), note])
    held = {change.key: change.reason for change in diff(lone, world.ledger) if change.op is Op.HOLD}
    assert held["plan:1"] == Message.of("link-unknown", link="person_id", key="patient:1")
    assert held["appointment:7"] == Message.of("link-unknown", link="person_id", key="patient:1")
    assert held["note:plan:1"] == Message.of("link-waits", link="deal_id", key="plan:1")
    assert DRILL and person(1).owner == DRILL


def test_what_another_process_wrote_meanwhile_is_not_written_again(world: World) -> None:
    """Changes computed before another process loaded (a notebook left open beside a terminal) find its work in the ledger."""
    beside = Ledger(world.ledger.path)
    stale = diff(plan(), beside)
    world.apply(plan())
    world.client.log.clear()

    async def load() -> ApplyResult:
        account = await read_account(world.client)
        return await apply(stale, plan(), beside, world.client, account, run_id="beside", find_file=world.find)

    assert {what for _, what in asyncio.run(load()).counts} == {"skip"}
    assert world.client.log == []
    assert len(beside.entries()) == 20


def test_a_gone_record_that_others_hang_on_stays(world: World) -> None:
    """A patient who is gone, with somebody's own activity in Pipedrive, is not deleted from under it: that waits for somebody, and no
    load is said to be left. Once the activity is gone, the next load deletes the patient."""
    world.apply(plan())
    call = world.client.seed(Obj.ACTIVITY, subject="Call", participants=[{"person_id": world.target("patient:3")["id"], "primary": True}])
    less, gone = without(plan(), "patient:3", "lead:1"), ["patient:3", "lead:1"]
    assert len(to_write(diff(less, world.ledger, delete=gone), world.ledger.holds())) == 2
    result = world.apply(less, delete=gone)
    assert result.held == {"patient:3": Message.of("leaving-used", count=1)}
    assert len(world.client.records[Obj.PERSON]) == 3 and world.client.records[Obj.LEAD] == {}
    assert to_write(diff(less, world.ledger, delete=gone), world.ledger.holds()) == []

    del world.client.records[Obj.ACTIVITY][call["id"]]
    assert world.apply(less, delete=gone).held == {} and len(world.client.records[Obj.PERSON]) == 2


def test_a_slice_retires_only_what_was_decided(world: World) -> None:
    """What the plan tells elsewhere goes with the whole load, never with a sample."""
    note = record("note:account:2", Obj.NOTE, {"content": "<p>Invoice 9</p>"}, links={"person_id": "patient:2"}, sources=("invoice:9",))
    world.apply(plan([*matters(), note]))
    folded = plan(row_outcomes=[RowOutcome("Invoices.csv", 9, "invoices", "invoice:9", Outcome.FOLDED_INTO, None, "account:1")])
    assert [change.op for change in diff(folded, world.ledger, keys=["patient:1"]) if change.key == "note:account:2"] == []
    assert [change.op for change in diff(folded, world.ledger) if change.key == "note:account:2"] == [Op.DELETE]


def test_a_file_that_changed_since_the_plan_was_made_is_not_sent(world: World) -> None:
    """Other bytes under the planned name stop the load with the record's key, before that file is sent."""
    world.find = lambda _: world.folder / "xrays" / "9.png"  # type: ignore[method-assign]
    (world.folder / "xrays" / "9.png").write_bytes(b"somebody saved over it")
    with pytest.raises(DataError, match="attachment:9"):
        world.apply(plan())
    assert world.client.records[Obj.FILE] == {}


@pytest.mark.parametrize(
    ("error", "tried"),
    [(TerminalError("The token is refused.", status=401), 1), (TransientError("Pipedrive cannot be reached."), 10)],
    ids=["a bad token", "an unreachable target"],
)
def test_a_load_that_cannot_go_on_stops(world: World, error: Exception, tried: int) -> None:
    """A refused token ends the run at once, an unreachable target after ten records in a row; what was not tried stays pending."""
    people = [person(number) for number in range(3, 40)]
    world.apply(plan([]))
    world.client.log.clear()
    world.client.before = lambda: (_ for _ in ()).throw(error)
    result = world.apply(plan(people))
    assert result.stopped == str(error)
    assert tried <= len(result.failures) < 37
    world.client.before = lambda: None
    assert world.apply(plan(people)).counts[Obj.PERSON, "create"] == 37
