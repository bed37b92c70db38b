"""A ledger and a target, and the steps between them."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Callable, Coroutine
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

from migkit.load import ApplyResult, Ledger, Progress, RollbackResult, apply, diff, rollback
from migkit.model.account import AccountSchema
from migkit.model.objects import ObjectType
from migkit.model.records import Plan
from migkit.pipedrive import read_account
from migkit.reconcile import Comparators, ReadBack, Reconciliation, read_back, reconcile

from .fake import FakePipedrive
from .practice import snapshot

T = TypeVar("T")


class World:
    """A ledger and a target."""

    def __init__(self, folder: Path) -> None:
        self.folder = snapshot(folder)
        self.client: Any = FakePipedrive()
        self.ledger = Ledger(folder / "ledger.sqlite")
        self.runs = 0
        self.clears: frozenset[str] = frozenset()

    def find(self, digest: str) -> Path | None:
        """Return the attachment with these bytes."""
        return next((path for path in self.folder.rglob("*.png") if hashlib.sha256(path.read_bytes()).hexdigest() == digest), None)

    def apply(
        self,
        plan: Plan,
        *,
        adopted: dict[str, int] | None = None,
        policy: dict[str, str] | None = None,
        progress: Progress | None = None,
        **chosen: Any,
    ) -> ApplyResult:
        """Compare and carry out, as a step does."""

        async def load(client: Any) -> ApplyResult:
            account = replace(await read_account(client), clears=self.clears)
            changes = diff(plan, self.ledger, adopted=adopted, **chosen)
            self.runs += 1
            return await apply(
                changes,
                plan,
                self.ledger,
                client,
                account,
                run_id=f"run-{self.runs}",
                find_file=self.find,
                adopt_policy=policy,
                progress=progress,
            )

        return self.run(load)

    def run(self, work: Callable[[Any], Coroutine[Any, Any, T]]) -> T:
        """Return what `work` returns for a client of the target."""
        return asyncio.run(work(self.client))

    def rollback(self, **chosen: Any) -> RollbackResult:
        return self.run(lambda client: rollback(self.ledger, client, **chosen))

    def read_back(self) -> tuple[ReadBack, AccountSchema]:
        async def read(client: Any) -> tuple[ReadBack, AccountSchema]:
            account = await read_account(client)
            return await read_back(client, account), account

        return self.run(read)

    def reconcile(self, plan: Plan, comparators: Comparators | None = None) -> Reconciliation:
        found, account = self.read_back()
        return reconcile(plan, self.ledger, found, account, comparators=comparators)

    def agrees(self, plan: Plan) -> bool:
        return self.reconcile(plan).agrees

    def reopen(self) -> None:
        """Open the ledger anew, as the next process does."""
        self.ledger.close()
        self.ledger = Ledger(self.folder / "ledger.sqlite")

    def state(self) -> list[str]:
        """Return the whole target as sorted text, ids replaced by what they are called, so that two targets can be compared."""
        records = [record for found in self.client.records.values() for record in found.values()]
        options = [option for record in records for option in record.get("options", ())]
        names = {
            item["id"]: f"<{item.get('field_name') or item.get('label') or self.external_id_of(item)}>" for item in [*options, *records]
        }
        codes = {record["field_code"]: record["field_name"] for record in records if "field_code" in record}
        return sorted(repr(_named(record, names, codes)) for record in records)

    def external_id_of(self, record: dict[str, Any]) -> str:
        return str(record.get("name") or record.get("title") or record.get("subject") or record.get("content"))

    def target(self, key: str) -> dict[str, Any]:
        entry = self.ledger.entries()[key]
        return self.client.records[entry.object][entry.target_id]

    def value(self, key: str, label: str) -> Any:
        """Return what a record holds in the custom field with this label."""
        record = self.target(key)
        entities = {"patient": "person", "household": "organization", "plan": "deal", "lead": "deal", "product": "product"}
        entity = entities[key.split(":")[0]]
        fields = self.client.records[ObjectType.FIELD].values()
        code = next(f["field_code"] for f in fields if (f["entity"], f["field_name"]) == (entity, label))
        return record.get("custom_fields", record).get(code)


def _named(value: Any, names: dict[Any, str], codes: dict[Any, str]) -> Any:
    if isinstance(value, dict):
        kept = {name: inner for name, inner in value.items() if name not in ("update_time", "id")}
        return dict(sorted((codes.get(k[:40], k[:40]) + k[40:], _named(v, names, codes)) for k, v in kept.items()))
    if isinstance(value, list):
        return [_named(item, names, codes) for item in value]
    return names.get(value, codes.get(value, value)) if isinstance(value, int | str) and not isinstance(value, bool) else value
