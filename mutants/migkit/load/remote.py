"""What stands in the target now, read by whole lists, and who points at whom."""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from migkit.model.records import ObjectType
from migkit.pipedrive import Pipedrive

from .answers import image
from .entries import TargetId

DATA_OBJECTS = (
    ObjectType.ORGANIZATION,
    ObjectType.PERSON,
    ObjectType.PRODUCT,
    ObjectType.LEAD,
    ObjectType.DEAL,
    ObjectType.ACTIVITY,
    ObjectType.NOTE,
    ObjectType.FILE,
)
"""Objects that carry data, parents first."""

_PARENTS: Mapping[str, ObjectType] = {
    "org_id": ObjectType.ORGANIZATION,
    "person_id": ObjectType.PERSON,
    "product_id": ObjectType.PRODUCT,
    "lead_id": ObjectType.LEAD,
    "deal_id": ObjectType.DEAL,
    "activity_id": ObjectType.ACTIVITY,
}

Node = tuple[ObjectType, TargetId]


@dataclass
class Remote:
    """Flat images of all records by object and id; deletions and changes are followed while we work."""

    images: dict[ObjectType, dict[TargetId, dict[str, Any]]]
    _children: dict[Node, set[Node]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for object, records in self.images.items():
            for id, flat in records.items():
                for parent in _parents(flat):
                    self._children.setdefault(parent, set()).add((object, id))

    def get(self, object: ObjectType, id: TargetId | None) -> dict[str, Any] | None:
        """Return a record's image, None where it is not there (or not visible)."""
        return self.images.get(object, {}).get(id) if id is not None else None

    def children(self, object: ObjectType, id: TargetId) -> list[Node]:
        """Return what points at a record and still stands."""
        found = self._children.get((object, id), set())
        return sorted((node for node in found if (object, id) in _parents(self.get(*node) or {})), key=str)

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


async def read_all(client: Pipedrive, objects: Collection[ObjectType] = DATA_OBJECTS) -> Remote:
    """Return what stands in the target, archived deals and leads too, listed by the largest pages."""
    images: dict[ObjectType, dict[TargetId, dict[str, Any]]] = {}
    for object in objects:
        images[object] = {answer["id"]: image(object, answer) async for answer in every(client, object)}
    return Remote(images)


async def every(client: Pipedrive, object: ObjectType) -> AsyncIterator[dict[str, Any]]:
    """Yield every record of an object as answered, the archived ones last."""
    async for answer in client.list(object):
        yield answer
    async for answer in client.list_archived(object):
        yield answer


def _parents(flat: Mapping[str, Any]) -> Iterator[Node]:
    for name, object in _PARENTS.items():
        if flat.get(name) is not None:
            yield object, flat[name]
    for person in flat.get("participants") or ():
        yield ObjectType.PERSON, person
