"""What stands in the target now, read by whole lists, and who points at whom."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from migkit.model.objects import DATA_OBJECTS, LINKS, OBJECTS, ObjectType
from migkit.model.records import keys_in
from migkit.pipedrive import Pipedrive

from .answers import image
from .entries import TargetId

Node = tuple[ObjectType, TargetId]


@dataclass
class Remote:
    """Flat images of all records by object and id; deletions and changes are followed while we work."""

    images: dict[ObjectType, dict[TargetId, dict[str, Any]]]
    uses_of: dict[Node, tuple[str, ...]] = field(default_factory=dict)
    """What else hangs on a record (`followers`, `products`, `a deal's products`), where that was asked for."""
    changed_at: dict[ObjectType, str] = field(default_factory=dict)
    """The newest time of a change that was seen, as the server writes it."""
    _children: dict[Node, set[Node]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for object, records in self.images.items():
            for id, flat in records.items():
                self._point(object, id, flat)

    def get(self, object: ObjectType, id: TargetId | None) -> dict[str, Any] | None:
        """Return a record's image, None where it is not there (or not visible)."""
        return self.images.get(object, {}).get(id) if id is not None else None

    def children(self, object: ObjectType, id: TargetId) -> list[Node]:
        """Return what points at a record and still stands."""
        found = self._children.get((object, id), set())
        return sorted((node for node in found if (object, id) in _parents(self.get(*node) or {})), key=str)

    def by_external_id(self, object: ObjectType, code: str | None, key: str) -> TargetId | None:
        """Return the id of a record that carries a key of ours in the field `code`, None where there is none."""
        found = (id for id, flat in self.images.get(object, {}).items() if code and keys_in(flat.get(code))[0] == key)
        return next(found, None)

    def seen(self, object: ObjectType, answer: Mapping[str, Any]) -> None:
        """Take in how a record stands now, one that was not there before too."""
        flat = image(object, answer)
        self.images.setdefault(object, {})[answer["id"]] = flat
        self.changed_at[object] = max(self.changed_at.get(object, ""), str(answer.get("update_time") or ""))
        self._point(object, answer["id"], flat)

    def _point(self, object: ObjectType, id: TargetId, flat: Mapping[str, Any]) -> None:
        for parent in _parents(flat):
            self._children.setdefault(parent, set()).add((object, id))

    def removed(self, object: ObjectType, id: TargetId) -> None:
        """Follow a deletion."""
        self.images.get(object, {}).pop(id, None)

    def changed(self, object: ObjectType, id: TargetId, flat: Mapping[str, Any]) -> None:
        """Follow a change of some fields."""
        self.images[object][id] = {**self.images[object][id], **flat}

    def uses(self, objects: Collection[ObjectType], name: str) -> Iterator[Any]:
        """Yield what stands in a field of all remaining records of these objects, empties left out."""
        for object in objects:
            for flat in self.images.get(object, {}).values():
                if flat.get(name) is not None:
                    yield flat[name]


async def read_all(client: Pipedrive, objects: Collection[ObjectType] = DATA_OBJECTS, *, ours: Collection[Node] | None = None) -> Remote:
    """Return what stands in the target, archived deals and leads too, listed by the largest pages.

    Where `ours` names the records of ours, what else may hang on a record is read as well: followers, participants, mail, products.
    """
    images: dict[ObjectType, dict[TargetId, dict[str, Any]]] = {object: {} for object in objects}
    counts: dict[Node, Mapping[str, int]] = {}
    changed_at: dict[ObjectType, str] = {}

    async def read(object: ObjectType) -> None:
        counters = OBJECTS[object].counters if ours is not None else {}
        async for answer in every(client, object, **({"include_fields": ",".join(counters)} if counters else {})):
            images[object][answer["id"]] = image(object, answer)
            changed_at[object] = max(changed_at.get(object, ""), str(answer.get("update_time") or ""))
            counts[object, answer["id"]] = {name: answer[name] for name in counters if answer.get(name)}

    try:
        async with asyncio.TaskGroup() as group:  # while one object's page is on its way, another's is read
            for object in objects:
                group.create_task(read(object))
    except BaseExceptionGroup as problems:
        raise problems.exceptions[0] from None
    return Remote(images, await _uses(client, counts, ours) if ours is not None else {}, changed_at)


async def catch_up(client: Pipedrive, remote: Remote) -> None:
    """Read what was changed or made since `remote` was read, the newest first, and no further than that: most often two pages an object."""
    for object, known in remote.images.items():
        for listed in (client.list, client.list_archived):
            since = remote.changed_at.get(object, "")
            async for answer in listed(object, first="changed"):
                if not answer.get("update_time") or str(answer["update_time"]) < since:  # never changed, or seen as it is
                    break
                remote.seen(object, answer)
        async for answer in client.list(object, first="newest"):
            if answer["id"] in known:
                break
            remote.seen(object, answer)


async def every(client: Pipedrive, object: ObjectType, **filters: Any) -> AsyncIterator[dict[str, Any]]:
    """Yield every record of an object as answered, the archived ones last."""
    async for answer in client.list(object, **filters):
        yield answer
    async for answer in client.list_archived(object, **filters):
        yield answer


async def _uses(client: Pipedrive, counts: Mapping[Node, Mapping[str, int]], ours: Collection[Node]) -> dict[Node, tuple[str, ...]]:
    found: dict[Node, list[str]] = {}
    usual = _usual(counts, ours)
    for node, numbers in counts.items():
        words = [OBJECTS[node[0]].counters[name] for name, number in numbers.items() if number > usual.get((node[0], name), 0)]
        if words:
            found[node] = words
    sold = [id for (object, id), numbers in counts.items() if object is ObjectType.DEAL and numbers.get("products_count")]
    async for line in client.deal_lines(sold):
        found.setdefault((ObjectType.PRODUCT, line["product_id"]), []).append("a deal's products")
    return {node: tuple(dict.fromkeys(words)) for node, words in found.items()}


def _usual(counts: Mapping[Node, Mapping[str, int]], ours: Collection[Node]) -> dict[tuple[ObjectType, str], int]:
    """Return what an untouched record has by itself: its owner as follower, its person as participant, where this account does so."""
    found = {}
    for object in {object for object, _ in ours}:
        for name in {"followers_count", "participants_count"} & OBJECTS[object].counters.keys():
            numbers = Counter(counts[node].get(name, 0) for node in ours if node[0] is object and node in counts)
            found[object, name] = min(1, numbers.most_common(1)[0][0]) if numbers else 0
    return found


def _parents(flat: Mapping[str, Any]) -> Iterator[Node]:
    for name, object in LINKS.items():
        if flat.get(name) is not None:
            yield object, flat[name]
    for person in flat.get("participants") or ():
        yield ObjectType.PERSON, person
