"""The account beside itself, before and after a rollback: what we took away, what of ours is left, and what others did meanwhile."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import astuple, dataclass
from typing import Any

import pandas as pd

from migkit.model.objects import OBJECTS, ObjectType

from .entries import TargetId
from .remote import Node

Images = Mapping[ObjectType, Mapping[TargetId, Mapping[str, Any]]]


@dataclass(frozen=True)
class AccountRow:
    """One object's records: `before` − `deleted` + `made` − `gone` = `now`."""

    object: ObjectType
    before: int
    """All records when the rollback began, the practice's own too."""
    deleted: int
    """Taken away by this rollback."""
    left: int
    """Of those that migkit made, still there now: each is listed with its reason."""
    made: int
    """Not there before: somebody made them meanwhile."""
    gone: int
    """Taken away meanwhile, and not by us."""
    changed: int
    """Never ours, and otherwise than before: somebody edited them meanwhile."""
    now: int


def beside_itself(
    before: Images, after: Images, ours: Collection[Node], deleted: Collection[Node], put_back: Collection[Node] = ()
) -> tuple[AccountRow, ...]:
    """Return one row per object that has or had records. Pure.

    `ours`: every record that migkit created; `deleted`: those that this rollback took away; `put_back`: the practice's own that it
    gave back what stood there.
    """
    rows = []
    for object in OBJECTS:
        then, now = before.get(object, {}), after.get(object, {})
        if not then and not now:
            continue
        own = {id for kind, id in ours if kind is object}
        taken = {id for kind, id in deleted if kind is object}
        stayed = (then.keys() & now.keys()) - own - {id for kind, id in put_back if kind is object}
        rows.append(
            AccountRow(
                object,
                before=len(then),
                deleted=len(taken & then.keys()),
                left=len(own & now.keys()),
                made=len(now.keys() - then.keys()),
                gone=len(then.keys() - now.keys() - taken),
                changed=sum(_differ(object, then[id], now[id]) for id in stayed),
                now=len(now),
            )
        )
    return tuple(rows)


def account_frame(rows: Iterable[AccountRow]) -> pd.DataFrame:
    """Return one row per object: object, before, deleted here, ours left, made by others, deleted by others, edited by others, now."""
    columns = ["object", "before", "deleted here", "ours left", "made by others", "deleted by others", "edited by others", "now"]
    return pd.DataFrame([(row.object.value, *astuple(row)[1:]) for row in rows], columns=columns)


def _differ(object: ObjectType, then: Mapping[str, Any], now: Mapping[str, Any]) -> bool:
    return any(then.get(name) != now.get(name) for name in OBJECTS[object].editable)
