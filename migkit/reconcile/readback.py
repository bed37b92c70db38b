"""Everything that stands in the target, read by the largest pages."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from migkit.load import Remote, image, read_all
from migkit.model.account import AccountSchema
from migkit.model.objects import ObjectType
from migkit.pipedrive import Pipedrive

Id = int | str


@dataclass(frozen=True)
class ReadBack:
    """The target's data as read at one time, in flat form (see `migkit.load.answers`), empties left out."""

    company_id: int
    records: Mapping[ObjectType, Mapping[Id, Mapping[str, Any]]]
    """Object → id → field (native name, or 40-hex code) → value."""

    def get(self, object: ObjectType, id: Id | None) -> Mapping[str, Any] | None:
        """Return one record, None where it was not there."""
        return self.records.get(object, {}).get(id) if id is not None else None

    @property
    def remote(self) -> Remote:
        """The same as a graph of who points at whom."""
        return Remote({object: dict(records) for object, records in self.records.items()})  # type: ignore[arg-type]


async def read_back(client: Pipedrive, account: AccountSchema) -> ReadBack:
    """Return all organizations, persons, products, leads and deals (archived ones too), activities, notes and files.

    What the token's user may not see is not there: pre-flight says whether that matters.
    """
    images = (await read_all(client)).images
    return ReadBack(account.company_id, images)


async def read_records(client: Pipedrive, account: AccountSchema, ids: Collection[tuple[ObjectType, Id]]) -> ReadBack:
    """Return these records alone, asked for one by one: 1 or 2 tokens each. What does not stand there is not in it."""
    found: dict[ObjectType, dict[Id, Mapping[str, Any]]] = {}
    for object, id in ids:
        if (answer := await client.fetch(object, id)) is not None:
            found.setdefault(object, {})[id] = image(object, answer)
    return ReadBack(account.company_id, found)
