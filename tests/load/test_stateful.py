"""Random lives of one account (load, edit, crash, rollback, lost and older ledgers) against a model: nothing lost, nothing twice."""

from __future__ import annotations

import shutil
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule, run_state_machine_as_test

from migkit.load import EntryState, Ledger, recover
from migkit.load.answers import image
from migkit.load.bind import Binder
from migkit.load.external_ids import external_id_of
from migkit.model.errors import UsageError
from migkit.model.objects import ObjectType
from migkit.model.records import Plan
from migkit.pipedrive import read_account

from .practice import changed, plan
from .test_crash import INSTANTS, kill_at, survive
from .world import World

Obj = ObjectType
TEXTS = {Obj.PERSON: "name", Obj.DEAL: "title", Obj.NOTE: "content", Obj.PRODUCT: "description"}
PLANNED = (("patient:1", "name"), ("patient:3", "phones"), ("plan:1", "title"), ("note:5", "content"), ("product:1", "description"))
CRASH = st.none() | st.tuples(st.integers(1, 14), st.sampled_from(INSTANTS))


class Life(RuleBasedStateMachine):
    """One account, one ledger, and people."""

    @initialize(is_adopting=st.booleans())
    def begin(self, is_adopting: bool) -> None:
        """An account with somebody in it already, who may be one of the practice's patients."""
        memory = Path("/dev/shm")
        self.folder = Path(tempfile.mkdtemp(dir=memory if memory.is_dir() else None))
        self.world = World(self.folder)
        friend = {"name": "P. Number", "emails": [{"value": "old@mail.example", "primary": True}], "custom_fields": {}}
        self.friend = self.world.client.seed(Obj.PERSON, **friend)
        self.adopted = {"patient:3": self.friend["id"]} if is_adopting else {}
        self.before = {name: value for name, value in friend.items() if name != "custom_fields"}
        self.versions: dict[tuple[str, str], int] = {}
        self.edits: dict[tuple[Obj, Any, str], Any] = {}
        self.number = 0
        self.copy: Path | None = None

    def teardown(self) -> None:
        if hasattr(self, "world"):
            self.world.ledger.close()
            shutil.rmtree(self.folder)

    # -- what may happen ------------------------------------------------------------------------------------------

    @rule(crash=CRASH)
    def load(self, crash: tuple[int, str] | None) -> None:
        """Load the plan as it is now; perhaps the process dies on the way."""
        if not self.survives(crash, lambda: self.apply()):
            return
        keys = Counter(self.ours())
        assert max(keys.values()) == 1, f"twice: {keys.most_common(3)}"
        assert not set(self.plan.records) - {key for _, key in keys} - self.setup - self.held, "missing"

    @rule(what=st.sampled_from(PLANNED))
    def plan_changes(self, what: tuple[str, str]) -> None:
        """A later export says something else about one field."""
        self.versions[what] = self.versions.get(what, 0) + 1

    @rule(data=st.data())
    def edit(self, data: st.DataObject) -> None:
        """Somebody edits a record in Pipedrive: a text, a further phone number, a label."""
        targets = [(object, id) for object in TEXTS for id in self.world.client.records[object]]
        object, id = data.draw(st.sampled_from(targets))
        record, self.number = self.world.client.records[object][id], self.number + 1
        kinds = ("text", "phone", "label") if object is Obj.PERSON else ("text",)
        if record is self.friend and self.adopted and not self.is_ours("patient:3"):
            kinds = ("phone", "label")  # its name becomes ours by policy once it is adopted, whoever wrote it
        kind = data.draw(st.sampled_from(kinds))
        if kind == "text":
            name, value = TEXTS[object], f"by hand {self.number}"
            record[name] = f"<p>{value}</p><p>Source: note:5</p>" if object is Obj.NOTE else value
        elif kind == "phone":
            name, value = "phones", {"value": f"+6129999{self.number:04d}", "label": "work", "primary": False}
            record["phones"] = [*(record.get("phones") or []), value]
        else:
            name, value = "label_ids", [self.number]
            record["label_ids"] = value
        self.edits[object, id, f"{name} {value['value']}" if isinstance(value, dict) else name] = record[name] if kind != "phone" else value

    @rule(crash=CRASH)
    def rollback(self, crash: tuple[int, str] | None) -> None:
        """Undo everything; perhaps the process dies on the way."""
        result: list[Any] = []
        self.copy = None  # an older ledger knows nothing of a rollback: putting it back is another question
        if not self.survives(crash, lambda: result.append(self.world.rollback())):
            return
        told = {row.key: row for row in result[0].rows}
        for object, key in self.ours():
            assert key in told and told[key].bucket in ("kept", "skipped") and told[key].detail, f"left without a word: {object} {key}"
        row = told.get("patient:3")
        if self.adopted and row and row.bucket == "reversed":
            for name, value in self.before.items():
                if (Obj.PERSON, self.friend["id"], name) not in self.edits:
                    assert self.friend[name] == value

    @precondition(lambda self: hasattr(self, "world") and not self.world.ledger.unanswered() and self.world.ledger.entries())
    @rule()
    def lose_the_ledger(self) -> None:
        """The file is gone; it is rebuilt from the account."""
        self.replace_ledger(None)
        self.recover()

    @rule()
    def copy_the_ledger(self) -> None:
        """Somebody keeps a copy of the one file."""
        if self.world.ledger.entries() and not self.world.ledger.unanswered():
            self.copy = Path(shutil.copy(self.world.ledger.path, self.folder / "copy.sqlite"))

    @precondition(lambda self: getattr(self, "copy", None) is not None)
    @rule()
    def put_the_copy_back(self) -> None:
        """Somebody puts the copy back, and loads; where that is refused, the ledger is completed first, as the message says."""
        self.replace_ledger(self.copy)
        try:
            self.apply()
        except UsageError as error:
            assert "migkit recover" in str(error)
            self.recover()
            self.apply()
        assert max(Counter(self.ours()).values()) == 1

    # -- how it is done -------------------------------------------------------------------------------------------

    @property
    def plan(self) -> Plan:
        """Return the plan as the newest export has it."""
        whole = plan()
        for (key, name), number in self.versions.items():
            value: Any = f"planned {number}"
            if name == "phones":
                value = [{"value": f"+6141200{number:04d}", "label": "mobile", "primary": True}]
            if name == "content":
                value = f"<p>planned {number}</p><p>Source: note:5</p>"
            whole = changed(whole, key, **{name: value})
        return whole

    @property
    def setup(self) -> set[str]:
        return {key for key, record in self.plan.records.items() if ":" in key and not record.sources}

    def is_ours(self, key: str) -> bool:
        entry = self.world.ledger.entry(key)
        return entry is not None and entry.state in (EntryState.LIVE, EntryState.PENDING)

    def apply(self) -> None:
        result = self.world.apply(self.plan, adopted=self.adopted, policy={"name": "ours"})
        self.held = set(result.held)
        assert not result.failures and not result.stopped

    def survives(self, crash: tuple[int, str] | None, work: Any) -> bool:
        """Do something, and return whether the process lived on."""
        if crash is None:
            work()
            return True
        kill_at(self.world, *crash)
        try:
            work()
        except UsageError:
            raise
        except BaseException:  # the ledger's own error may hide the kill
            survive(self.world)
            return False
        survive(self.world)
        return True

    def replace_ledger(self, by: Path | None) -> None:
        self.world.ledger.close()
        for file in self.folder.glob("ledger.sqlite*"):
            file.unlink()
        if by is not None:
            shutil.copy(by, self.folder / "ledger.sqlite")
        self.world.ledger = Ledger(self.folder / "ledger.sqlite")

    def recover(self) -> None:
        async def work(client: Any) -> None:
            await recover(self.plan, client, await read_account(client), self.world.ledger, run_id=f"r{self.number}", adopted=self.adopted)

        self.number += 1
        self.world.run(work)

    def ours(self) -> list[tuple[Obj, str]]:
        """Return (object, key) of everything in the account that carries a key of ours."""

        async def read(client: Any) -> list[tuple[Obj, str]]:
            binder = Binder(await read_account(client), self.world.ledger)
            codes = {r["field_code"] for r in client.records[Obj.FIELD].values() if r["field_name"] == "Source_System_ID__c"}
            found = []
            for object in (Obj.ORGANIZATION, Obj.PERSON, Obj.PRODUCT, Obj.LEAD, Obj.DEAL, Obj.ACTIVITY, Obj.NOTE, Obj.FILE):
                for record in client.records[object].values():
                    flat = image(object, record)
                    key = next((str(flat[code]) for code in codes if flat.get(code)), None) or external_id_of(object, flat, binder)
                    found += [(object, "attachment:9" if object is Obj.FILE else key)] if key else []
            return found

        return self.world.run(read)

    def check_invariants(self, *rest: Any) -> None:
        """After each step: what somebody wrote still stands there."""
        for (object, id, name), value in getattr(self, "edits", {}).items():
            record = self.world.client.records[object].get(id)
            assert record is not None, f"an edited {object} was deleted"
            if isinstance(value, dict):
                assert any(phone["value"] == value["value"] for phone in record["phones"]), f"{name} is gone"
            else:
                assert record[name] == value, f"{name} is {record[name]!r}, not {value!r}"
        super().check_invariants(*rest)


def live(examples: int, steps: int) -> None:
    chosen = settings(
        max_examples=examples, stateful_step_count=steps, deadline=None, derandomize=examples < 100, suppress_health_check=list(HealthCheck)
    )
    run_state_machine_as_test(Life, settings=chosen)


def test_a_few_lives() -> None:
    """No edit is lost, nothing stands twice, and what a rollback leaves it names with the reason."""
    live(25, 12)


@pytest.mark.long
def test_many_lives() -> None:
    """The same, for as long as a night allows."""
    live(3000, 25)
