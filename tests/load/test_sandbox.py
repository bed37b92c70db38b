"""The same, against the sandbox through the real client: strict bodies, sanitised notes, hashed fields, v1 and v2."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Coroutine, Iterator
from pathlib import Path
from typing import Any, TypeVar

import httpx
import pytest

from migkit.migration.defaults import load_map
from migkit.model.account import AccountSchema
from migkit.model.messages import Message
from migkit.model.objects import ObjectType
from migkit.pipedrive import Pipedrive, read_account
from migkit.plan import comparators
from migkit.sandbox import SandboxConfig, create_app
from migkit.sandbox.faults import Faults

from .practice import changed, plan, without
from .world import World

T = TypeVar("T")
USERS = [
    {"name": "Ada Admin", "email": "admin@practice.example", "is_admin": True, "active": True},
    {"name": "Dr Drill", "email": "drill@practice.example", "is_admin": False, "active": True},
]


class NoTime:
    """A clock that waits for nothing."""

    now = 0.0

    def monotonic(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.now += seconds
        await asyncio.sleep(0)


class InProcess(httpx.ASGITransport):
    """The sandbox without a socket; a connection that it loses is told as a socket would."""

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        try:
            return await super().handle_async_request(request)
        except ConnectionResetError:
            raise httpx.ReadError("lost") from None


class SandboxWorld(World):
    """A ledger, and a sandbox in the same process."""

    def __init__(self, folder: Path, **config: Any) -> None:
        super().__init__(folder)
        seed = folder / "account.json"
        seed.write_text(json.dumps({"company": "Practice", "users": USERS, "currencies": ["AUD"]}))
        self.app = create_app(SandboxConfig(burst_limit=False, seed_file=seed, data=folder / "sandbox", **config))

    def run(self, work: Callable[[Any], Coroutine[Any, Any, T]]) -> T:
        async def act() -> T:
            transport = InProcess(app=self.app)
            async with Pipedrive(
                "http://127.0.0.1:1", "sandbox-token", subscription_plan="ultimate", transport=transport, clock=NoTime()
            ) as client:
                return await work(client)

        return asyncio.run(act())

    def lists(self) -> dict[str, list[dict[str, Any]]]:
        """Return what every list endpoint answers, times and soft-deleted things left out."""

        async def read(client: Pipedrive) -> dict[str, list[dict[str, Any]]]:
            found = {object.value: [record async for record in client.list(object)] for object in ObjectType}
            dropped = ("update_time", "notes_count", "files_count", "activities_count", "order_nr")
            return {name: [{k: v for k, v in r.items() if k not in dropped} for r in records] for name, records in found.items()}

        return self.run(read)

    def writes(self) -> int:
        """Return how many writing requests the sandbox has logged."""
        log = self.app.state.world.log
        log.flush()
        return int(log._db.execute("SELECT count(*) FROM requests WHERE method NOT IN ('GET', 'HEAD')").fetchone()[0])


@pytest.fixture
def world(folder: Path) -> Iterator[SandboxWorld]:
    made = SandboxWorld(folder)
    yield made
    made.app.state.world.close()


def test_a_load_agrees_field_by_field(world: SandboxWorld) -> None:
    """Everything is taken, stands as planned, and a second apply writes nothing."""
    result = world.apply(plan())
    assert (result.failures, result.held, result.stopped) == ((), {}, "")
    found = world.reconcile(plan(), comparators(load_map()))
    assert found.differing.to_dict("records") == [] and found.agrees and found.unfinished == 0
    assert found.records["created"].sum() == 20
    before = world.writes()
    world.apply(plan())
    assert world.writes() == before


def test_a_rollback_leaves_the_lists_as_they_were(world: SandboxWorld) -> None:
    """Every list endpoint answers as before the load."""
    before = world.lists()
    world.apply(plan())
    result = world.rollback()
    assert result.counts["reversed"] == 20, result.to_frame().to_string()
    assert world.lists() == before


def test_values_change_and_leave(world: SandboxWorld) -> None:
    """Updates of every kind of object are taken: v2, v1, custom fields, lists, and values that leave the plan."""
    world.apply(plan())
    new = changed(plan(), "patient:1", name="Pat Renamed", phones=None, **{"custom:Patient status": "Archived"})
    new = changed(new, "patient:2", **{"custom:Patient status": None})
    new = changed(new, "plan:1", value=1300.0, **{"custom:Total_Invoice__c": {"value": 99.0, "currency": "AUD"}})
    new = changed(new, "lead:1", title="Enquiry again", label_ids=None, **{"custom:Total_Invoice__c": None})
    new = changed(new, "note:5", content="<p>Better</p><p>Source: note:5</p>")
    new = changed(new, "appointment:7", subject="Check-up moved", due_date="2026-03-03", note="<p>Chair 3</p><p>Source: appointment:7</p>")
    new = changed(new, "attachment:9", file_name="x-ray renamed [attachment-9].png")
    result = world.apply(new)
    assert result.failures == () and result.kept == {} and result.held == {}
    assert sum(number for (_, what), number in result.counts.items() if what == "update") == 7
    found = world.reconcile(new, comparators(load_map()))
    assert found.agrees, found.differing.to_string()
    assert world.rollback().counts["kept"] == 0


def test_what_the_server_derives_is_nobodys_edit(world: SandboxWorld) -> None:
    """A deal that an update wins gets closing times from the server; undoing that run, and then all, leaves nothing behind."""
    before = world.lists()
    world.apply(plan())
    won = changed(plan(), "plan:1", status="won", won_time="2026-03-01T00:00:00Z")
    assert world.apply(won).failures == ()
    assert world.reconcile(won, comparators(load_map())).agrees
    assert world.rollback(run="run-2").counts == {"reversed": 1, "kept": 0, "errored": 0, "skipped": 0}
    assert world.lists()["deal"][0]["status"] == "open"
    assert world.rollback().counts["kept"] == 0
    assert world.lists() == before


@pytest.mark.parametrize("fault", ["reset_after", "reset_before", "truncated", "html", "503", "429"])
def test_faults_on_the_way_cost_nothing(folder: Path, fault: str) -> None:
    """With a third of all writes disturbed, a few applies end in the same state, nothing twice."""
    rules = ({"kind": fault, "rate": 0.3, "method": "POST"},)
    world = SandboxWorld(folder, faults=rules)
    for _ in range(12):
        result = world.apply(plan())
        if not result.failures and not result.held and not world.ledger.unanswered():
            break
    found = world.reconcile(plan(), comparators(load_map()))
    assert found.agrees and found.unfinished == 0
    lists = world.lists()
    names = [record["name"] for record in lists["person"]]
    assert sorted(names) == ["Pat Number1", "Pat Number2", "Pat Number3"]
    assert {name: len(lists[name]) for name in ("organization", "deal", "activity", "note", "file", "lead", "product")} == {
        "organization": 1, "deal": 1, "activity": 1, "note": 1, "file": 1, "lead": 1, "product": 1,
    }  # fmt: skip
    world.app.state.world.close()


def test_a_person_that_was_there_gets_back_what_it_had(world: SandboxWorld) -> None:
    """Adopt, fill blanks, join lists, undo: through the real endpoints."""

    async def seed(client: Pipedrive) -> int:
        body = {"name": "P. Number", "emails": [{"value": "old@mail.example", "label": "work", "primary": True}]}
        return int((await client.create(ObjectType.PERSON, body))["id"])

    theirs = world.run(seed)
    before = world.lists()["person"]
    world.apply(plan(), adopted={"patient:3": theirs})
    after = next(record for record in world.lists()["person"] if record["id"] == theirs)
    assert [mail["value"] for mail in after["emails"]] == ["old@mail.example", "pat3@mail.example"]
    found = world.reconcile(plan(), comparators(load_map()))
    assert found.agrees, found.differing.to_string()
    assert set(found.details[found.details["key"] == "patient:3"]["rule"]) >= {"kept-theirs", "joined-with-theirs"}
    world.rollback()
    assert world.lists()["person"] == before


def test_a_gone_patient_is_retired(world: SandboxWorld) -> None:
    """By decision, a patient and all that was made from its row leave; the rest stays."""
    world.apply(plan())
    less = without(plan(), "patient:3", "lead:1")
    result = world.apply(less, delete=["patient:3", "lead:1"])
    assert result.counts[ObjectType.PERSON, "delete"] == result.counts[ObjectType.LEAD, "delete"] == 1
    assert len(world.lists()["person"]) == 2 and world.reconcile(less, comparators(load_map())).agrees


def test_the_account_is_read_as_it_is(world: SandboxWorld) -> None:
    """The sandbox's schema has our users, so that owners bind."""

    async def read(client: Pipedrive) -> AccountSchema:
        return await read_account(client)

    assert [user.email for user in world.run(read).users] == [user["email"] for user in USERS]


def test_a_deal_that_somebody_archived_is_read_back_and_kept(world: SandboxWorld) -> None:
    """The plain lists lack it, but it stands there: it is no missing record, and a rollback counts it as edited."""
    world.apply(plan())
    id = world.ledger.entries()["plan:1"].target_id
    world.run(lambda client: client.update(ObjectType.DEAL, id, {"is_archived": True}))
    assert world.reconcile(plan(), comparators(load_map())).agrees
    kept = {row.key: row.detail for row in world.rollback().rows if row.bucket == "kept"}
    assert kept["plan:1"] == Message.of("edited", fields=("is_archived",))


def test_what_the_server_derives_from_a_lost_update_is_nobodys_edit(world: SandboxWorld) -> None:
    """The answer to an update that won a deal is lost: the closing times that came with it are ours, and all of it can be undone."""
    world.apply(plan())
    world.app.state.world.faults = Faults([{"kind": "reset_after", "rate": 1.0, "method": "PATCH"}], 1)
    won = changed(plan(), "plan:1", status="won")
    world.apply(won)
    world.app.state.world.faults = Faults([], 1)
    assert world.apply(won).kept == {}
    assert world.reconcile(won, comparators(load_map())).agrees
    assert world.rollback().counts["kept"] == 0
