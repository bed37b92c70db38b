"""Field definitions in v1's form: the numeric ids that filters need, leadFields, activityFields, noteFields."""

from __future__ import annotations

from collections.abc import Callable

from ..errors import generic, not_found
from ..store import Body
from . import common, fields
from .paging import slice_v1
from .registry import Answer, Call, on

_TYPES = {"deals": "deal", "label": "enum"}


def render(body: Body, order: int) -> Body:
    """Return a definition as v1 shows it."""
    custom = body["is_custom_field"]
    return {
        "id": body["id"], "key": body["field_code"], "name": body["field_name"], "order_nr": order,
        "field_type": _TYPES.get(body["field_type"], body["field_type"]),
        "add_time": common.v1_time(body["add_time"]), "update_time": common.v1_time(body["update_time"]), "last_updated_by_user_id": 1,
        "created_by_user_id": 1, "active_flag": True, "edit_flag": custom, "index_visible_flag": True, "details_visible_flag": True,
        "add_visible_flag": bool(body["ui_visibility"].get("add_visible_flag", False)), "important_flag": False, "bulk_edit_allowed": True,
        "searchable_flag": body["field_type"] in ("varchar", "text", "varchar_auto", "phone", "address", "double", "monetary"),
        "filtering_allowed": True, "sortable_flag": True, "mandatory_flag": body["field_code"] in ("name", "title"),
        "options": [{"id": option["id"], "label": option["label"]} for option in body["options"]],
    }  # fmt: skip


def _all(call: Call, entity: str) -> list[Body]:
    if entity == "lead":
        found = [*call.account.fields("lead"), *call.account.fields("deal", custom=True)]
    else:
        found = call.account.fields(entity)
    return [render(each, order) for order, each in enumerate(found, 1)]


def _index(entity: str) -> Callable[[Call], Answer]:
    return lambda call: slice_v1(call, _all(call, entity))


def _found(call: Call, entity: str) -> Body:
    body = call.account.live("field", call.path["id"])
    if body is None or body["entity"] != entity:
        raise not_found("Field")
    return body


def _show(entity: str) -> Callable[[Call], Answer]:
    return lambda call: Answer(render(_found(call, entity), 1))


def _create(entity: str) -> Callable[[Call], Answer]:
    def handler(call: Call) -> Answer:
        if call.body["field_type"] == "visible_to":
            raise generic(400, "Fields of type visible_to cannot be added.")
        options = call.body.get("options")
        if options and any("id" in option for option in options):
            raise generic(400, "New options take no id.")
        body = fields.create_field(call, entity, call.body["name"], call.body["field_type"], options)
        return Answer(render(body, len(call.account.fields(entity))))

    return handler


def _change(entity: str) -> Callable[[Call], Answer]:
    """Rename a field, or replace its options: those with an id stay, those without are new, those left out go."""

    def handler(call: Call) -> Answer:
        before = _found(call, entity)
        changes: Body = {}
        if "name" in call.body:
            changes["field_name"] = common.name_of(call.body["name"])
        if "options" in call.body:
            if before["field_type"] not in ("enum", "set"):
                raise generic(400, f"Fields of type {before['field_type']} have no options.")
            known = {option["id"]: option for option in before["options"]}
            if any(option["id"] not in known for option in call.body["options"] if "id" in option):
                raise generic(400, "An option with this id does not exist.")
            kept = [known[option["id"]] | {"label": option["label"]} for option in call.body["options"] if "id" in option]
            added = fields.new_options(call.account, [option for option in call.body["options"] if "id" not in option], kept)
            changes["options"] = [*kept, *added]
        if "add_visible_flag" in call.body:
            changes["ui_visibility"] = before["ui_visibility"] | {"add_visible_flag": call.body["add_visible_flag"]}
        return Answer(render(fields.edit_field(call, before, changes), 1))

    return handler


def _delete(entity: str) -> Callable[[Call], Answer]:
    def handler(call: Call) -> Answer:
        before = _found(call, entity)
        fields.delete_field(call, before)
        return Answer({"id": before["id"]})

    return handler


def _delete_many(entity: str) -> Callable[[Call], Answer]:
    def handler(call: Call) -> Answer:
        from .paging import id_list

        found = [call.account.live("field", id) for id in id_list(call.query["ids"])]
        held = [body for body in found if body is not None and body["entity"] == entity]
        if len(held) != len(found):
            raise not_found("Field")
        for body in held:
            fields.delete_field(call, body)
        return Answer({"id": [body["id"] for body in held]})

    return handler


for _entity in fields.ENTITIES:
    on(f"GET /api/v1/{_entity}Fields")(_index(_entity))
    on(f"POST /api/v1/{_entity}Fields")(_create(_entity))
    on(f"DELETE /api/v1/{_entity}Fields")(_delete_many(_entity))
    on(f"GET /api/v1/{_entity}Fields/{{id}}")(_show(_entity))
    on(f"PUT /api/v1/{_entity}Fields/{{id}}")(_change(_entity))
    on(f"DELETE /api/v1/{_entity}Fields/{{id}}")(_delete(_entity))
on("GET /api/v1/leadFields")(_index("lead"))
on("GET /api/v1/activityFields")(_index("activity"))


@on("GET /api/v1/noteFields")
def note_fields(call: Call) -> Answer:
    """List the fields of notes, which nobody can add to."""
    form = ("id", "key", "name", "field_type", "active_flag", "edit_flag", "bulk_edit_allowed", "mandatory_flag", "options")
    return slice_v1(call, [{key: field[key] for key in form} for field in _all(call, "note")])
