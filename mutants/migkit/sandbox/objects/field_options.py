"""Options of enum and set fields (v2): added, renamed and taken away in one atomic call each."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..errors import generic, invalid
from ..store import Body
from . import common, fields
from .registry import Answer, Call, on


def _field(call: Call, entity: str) -> Body:
    call.need("can_edit_custom_fields")
    body = fields.found(call, entity)
    label_field = body["field_code"] == "label_ids" and call.account.switches["label_options"] == "accepted"
    if not body["is_custom_field"] and not label_field:
        raise generic(403, "The options of a default field cannot be changed.")
    if body["field_type"] not in ("enum", "set"):
        raise generic(400, f"Fields of type {body['field_type']} have no options.")
    if not call.body:
        raise invalid(["body: Expected at least one option"])
    return body


def _brief(options: list[Body]) -> list[Body]:
    return [{"id": option["id"], "label": option["label"]} for option in options]


def _wanted(call: Call, body: Body) -> dict[int, dict[str, Any]]:
    known = {option["id"] for option in body["options"]}
    wanted = {each["id"]: each for each in call.body}
    if unknown := [id for id in wanted if id not in known]:
        raise invalid([f"id: Option {unknown[0]} does not exist"])
    if len(wanted) != len(call.body):
        raise invalid(["id: An option is named twice"])
    return wanted


def _add(entity: str) -> Callable[[Call], Answer]:
    def handler(call: Call) -> Answer:
        body = _field(call, entity)
        made = fields.new_options(call.account, call.body, body["options"])
        call.account.update("field", body, {"options": [*body["options"], *made]}, call.user_id)
        return Answer(_brief(made))

    return handler


def _rename(entity: str) -> Callable[[Call], Answer]:
    def handler(call: Call) -> Answer:
        body = _field(call, entity)
        wanted = _wanted(call, body)
        for each in wanted.values():
            common.name_of(each["label"], "label")
        options = [option | ({"label": wanted[option["id"]]["label"]} if option["id"] in wanted else {}) for option in body["options"]]
        if len({option["label"] for option in options}) != len(options):
            raise invalid(["label: A label is used twice"])
        call.account.update("field", body, {"options": options}, call.user_id)
        return Answer(_brief([option for option in options if option["id"] in wanted]))

    return handler


def _remove(entity: str) -> Callable[[Call], Answer]:
    def handler(call: Call) -> Answer:
        body = _field(call, entity)
        wanted = _wanted(call, body)
        kept = [option for option in body["options"] if option["id"] not in wanted]
        if not kept:
            raise generic(400, "The last option of a field cannot be deleted.")
        call.account.update("field", body, {"options": kept}, call.user_id)
        return Answer(_brief([option for option in body["options"] if option["id"] in wanted]))

    return handler


for _entity in fields.ENTITIES:
    on(f"POST /api/v2/{_entity}Fields/{{field_code}}/options")(_add(_entity))
    on(f"PATCH /api/v2/{_entity}Fields/{{field_code}}/options")(_rename(_entity))
    on(f"DELETE /api/v2/{_entity}Fields/{{field_code}}/options")(_remove(_entity))
