"""Lists read from the newest record back, only as far as they may hold something that the ledger does not know yet."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from typing import Any

from migkit.model.objects import ObjectType
from migkit.pipedrive import Pipedrive

from .answers import image
from .entries import TargetId

QUIET = 50
"""Records in a row that are not sought, after one that is known, at which a list is left: twice what a load has on its way at once."""


async def newest(
    client: Pipedrive, object: ObjectType, judge: Callable[[TargetId, dict[str, Any]], bool | None]
) -> AsyncIterator[tuple[TargetId, dict[str, Any]]]:
    """Yield (id, flat image) of what `judge` seeks, the newest first, archived ones too.

    `judge` returns True for one that is sought, False for one from which on all older ones are known, None for any other. Ids grow in
    the order in which records are made, but what was sent at the same time may stand in any order.
    """
    for listed in (client.list, client.list_archived):
        is_known, quiet = False, 0
        async for answer in listed(object, purpose="matching", first="newest"):
            flat = image(object, answer)
            verdict = judge(answer["id"], flat)
            if verdict:
                quiet = 0
                yield answer["id"], flat
                continue
            is_known |= verdict is False
            quiet += is_known
            if quiet >= QUIET:
                break
