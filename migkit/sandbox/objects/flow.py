"""What happened to a deal (v1): how it was made, and what hangs on it. The sandbox keeps no history, so no later change is told."""

from __future__ import annotations

from collections.abc import Iterator

from ..store import Body
from . import common
from .paging import slice_v1
from .recents import ITEMS
from .registry import Answer, Call, on

_HANGING = ("note", "activity", "file")


@on("GET /api/v1/deals/{id}/flow")
def flow(call: Call) -> Answer:
    """List updates about a deal, the newest first; `items` narrows them by kind."""
    deal = common.found(call, "deal", call.path["id"])
    wanted = call.query["items"].split(",") if "items" in call.query else None
    updates = [update for update in _updates(call, deal) if wanted is None or update["object"] in wanted]
    answer = slice_v1(call, sorted(updates, key=lambda update: update["timestamp"], reverse=True))
    return Answer(answer.data, answer.additional, extra={"related_objects": {}})


def _updates(call: Call, deal: Body) -> Iterator[Body]:
    made = common.v1_time(deal["add_time"])
    yield _update("dealChange", made, {
        "id": deal["id"], "item_id": deal["id"], "user_id": deal["creator_user_id"], "field_key": "add_time", "old_value": None,
        "new_value": made, "is_bulk_update_flag": None, "log_time": made, "change_source": "api", "change_source_user_agent": None,
        "additional_data": [],
    })  # fmt: skip
    for item in _HANGING:
        kind, render = ITEMS[item]
        for body in call.account.store.select(call.account.id, kind, ["r.deal_id = ?", "r.is_deleted = 0"], [deal["id"]]):
            yield _update(item, common.v1_time(body["add_time"]), render(call, body))


def _update(what: str, at: str | None, data: Body | list[Body]) -> Body:
    return {"object": what, "timestamp": at, "data": data}
