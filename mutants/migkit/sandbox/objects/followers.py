"""Followers of persons, organizations, deals and products (v2), and who may see a record (v1)."""

from __future__ import annotations

from collections.abc import Callable

from ..errors import generic, not_found
from ..store import Body
from . import common
from .paging import page_of
from .registry import Answer, Call, on

_KINDS = (("persons", "person", "person_id"), ("organizations", "organization", "org_id"), ("deals", "deal", "deal_id"),
          ("products", "product", "product_id"))  # fmt: skip


def _of(call: Call, column: str, id: int) -> list[Body]:
    return call.account.store.select(call.account.id, "follower", [f"r.{column} = ?"], [id])


def _brief(body: Body) -> Body:
    return {"user_id": body["user_id"], "add_time": body["add_time"]}


def _index(kind: str, column: str) -> Callable[[Call], Answer]:
    def handler(call: Call) -> Answer:
        record = common.found(call, kind, call.path["id"])
        return page_of(call, [_brief(each) for each in _of(call, column, record["id"])])

    return handler


def _add(kind: str, column: str) -> Callable[[Call], Answer]:
    def handler(call: Call) -> Answer:
        record = common.found(call, kind, call.path["id"])
        user = call.account.require("user", call.body["user_id"], "user_id")["id"]
        if any(each["user_id"] == user for each in _of(call, column, record["id"])):
            raise generic(400, "The user is already a follower.")
        body = {column: record["id"], "user_id": user, "add_time": call.account.now(), "is_deleted": False}
        return Answer(_brief(call.account.store.insert(call.account.id, "follower", body)))

    return handler


def _remove(kind: str, column: str) -> Callable[[Call], Answer]:
    def handler(call: Call) -> Answer:
        record = common.found(call, kind, call.path["id"])
        held = [each for each in _of(call, column, record["id"]) if each["user_id"] == call.path["follower_id"]]
        if not held:
            raise not_found("Follower")
        call.account.store.remove(call.account.id, "follower", held[0]["id"])
        return Answer({"user_id": call.path["follower_id"]})

    return handler


def _permitted(kind: str) -> Callable[[Call], Answer]:
    def handler(call: Call) -> Answer:
        record = common.found(call, kind, str(call.path["id"]).lower() if kind == "lead" else call.path["id"])
        users = [user for user in call.account.small("user").values() if user["active"]]
        widest = call.account.default_visibility()
        return Answer(
            [user["id"] for user in users if user["is_admin"] or user["id"] == record["owner_id"] or record["visible_to"] == widest]
        )

    return handler


for _plural, _kind, _column in _KINDS:
    on(f"GET /api/v2/{_plural}/{{id}}/followers")(_index(_kind, _column))
    on(f"POST /api/v2/{_plural}/{{id}}/followers")(_add(_kind, _column))
    on(f"DELETE /api/v2/{_plural}/{{id}}/followers/{{follower_id}}")(_remove(_kind, _column))
    on(f"GET /api/v1/{_plural}/{{id}}/permittedUsers")(_permitted(_kind))
on("GET /api/v1/leads/{id}/permittedUsers")(_permitted("lead"))
