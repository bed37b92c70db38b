"""Field definitions (v2): what an entity's records may hold, and adding to it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..account import Account
from ..config import FIELD_CAP
from ..errors import capped, generic, invalid, not_found
from ..store import Body
from . import common
from .paging import page_of
from .registry import Answer, Call, on

ENTITIES = ("person", "organization", "deal", "product")
"""Entities whose fields can be added to."""
_ADDRESS_PARTS = (
    ("value", "Address value"), ("street_number", "House number"), ("route", "Street/road name"), ("subpremise", "Apartment/suite no"),
    ("locality", "City/town/village/locality"), ("sublocality", "District/sublocality"), ("admin_area_level_1", "State/county"),
    ("admin_area_level_2", "Region"), ("country", "Country"), ("postal_code", "ZIP/Postal code"),
)  # fmt: skip
_SUBFIELDS: dict[str, tuple[tuple[str, str, str], ...]] = {
    "monetary": (("value", "Amount", "double"), ("currency", "Currency", "varchar")),
    "daterange": (("value", "Start date", "date"), ("until", "End date", "date")),
    "timerange": (("value", "Start time", "time"), ("until", "End time", "time"), ("timezone_id", "Timezone", "varchar")),
    "time": (("value", "Time", "time"), ("timezone_id", "Timezone", "varchar")),
    "address": tuple((code, name, "varchar") for code, name in _ADDRESS_PARTS),
}


def definition(entity: str, code: str, name: str, kind: str, now: str, **more: Any) -> Body:
    """Return a field definition as it is kept."""
    subfields = [
        {"field_code": part, "field_name": f"{title} of {name}", "field_type": type} for part, title, type in _SUBFIELDS.get(kind, ())
    ]
    return {
        "entity": entity, "field_code": code, "field_name": name, "field_type": kind, "description": None, "options": [],
        "subfields": subfields,
        "is_custom_field": False, "is_optional_response_field": False, "is_deleted": False, "add_time": now, "update_time": now,
        "ui_visibility": {}, "important_fields": {}, "required_fields": {}, **more,
    }  # fmt: skip


def render(call: Call, body: Body) -> Body:
    """Return a definition as v2 shows it, with the parts that `include_fields` asks for."""
    form = ("field_name", "field_code", "field_type", "options", "subfields", "is_custom_field", "is_optional_response_field")
    entity = body["entity"]
    record = {key: body[key] for key in form} | (
        {} if entity in ("organization", "product") else {"description": body["description"] or ""}
    )
    asked = call.query.get("include_fields")
    parts = {
        "ui_visibility": {"add_visible_flag": False, "details_visible_flag": True}
        | ({"show_in_add_deal_dialog": {"show": False, "order": None}} if entity in ("person", "organization") else {})
        | (
            {"projects_detail_visible_flag": False, "show_in_pipelines": {"show_in_all": True, "pipeline_ids": []}}
            if entity == "deal"
            else {}
        ),
        "important_fields": {"enabled": False, "stage_ids": []},
        "required_fields": {"enabled": False} | ({"stage_ids": [], "statuses": {}} if entity == "deal" else {}),
    }
    return record | {part: default | body[part] for part, default in parts.items() if asked and part in asked.split(",")}


def found(call: Call, entity: str) -> Body:
    """Return the live field that the path names by its code."""
    body = call.account.field(entity, str(call.path["field_code"]))
    if body is None:
        raise not_found("Field")
    return body


def room_for_one(call: Call) -> None:
    """Refuse one more custom field where the plan's limit, over all entities, is reached."""
    account = call.account
    held = sum(each["is_custom_field"] and not each["is_deleted"] for each in account.small("field").values())
    if held >= FIELD_CAP[account.config.plan]:
        raise capped("You have reached the limit of custom fields of your plan.", "feature_capping_custom_fields_limit")


def new_options(account: Account, given: list[dict[str, Any]], held: list[Body]) -> list[Body]:
    """Return options with ids of their own; labels are used once per field."""
    if len(held) + len(given) > int(account.switches["option_cap"]):
        raise capped("You have reached the limit of options of a field.")
    labels = [option["label"] for option in held]
    for option in given:
        common.name_of(option["label"], "options.label")
        if option["label"] in labels:
            raise invalid([f"options: The label '{option['label']}' is used twice"])
        labels.append(option["label"])
    now = account.now()
    return [{"id": account.store.next_id(account.id, "option"), "label": option["label"], "color": None, "add_time": now,
             "update_time": None}
            for option in given]  # fmt: skip


def create_field(call: Call, entity: str, name: str, kind: str, options: list[dict[str, Any]] | None, **more: Any) -> Body:
    """Add a custom field and return it."""
    call.need("can_add_custom_fields")
    common.name_of(name, "field_name")
    if kind in ("enum", "set") and not options:
        raise invalid([f"options: Parameter 'options' is required for fields of type {kind}"])
    if kind not in ("enum", "set") and options is not None:
        raise invalid([f"options: Parameter 'options' is not allowed for fields of type {kind}"])
    room_for_one(call)
    account = call.account
    made = new_options(account, options or [], [])
    body = definition(entity, account.new_hash(), name, kind, account.now(), options=made, is_custom_field=True, **more)
    return account.insert("field", body, call.user_id)


def _need_custom(body: Body) -> None:
    if not body["is_custom_field"]:
        raise generic(403, "A default field cannot be changed.")


def delete_field(call: Call, body: Body) -> None:
    """Mark a custom field as deleted; the values under it are out of reach from then on."""
    call.need("can_delete_custom_fields")
    _need_custom(body)
    call.account.update("field", body, {"is_deleted": True}, call.user_id)


def edit_field(call: Call, body: Body, changes: Body) -> Body:
    """Change a custom field; its code and type stay."""
    call.need("can_edit_custom_fields")
    _need_custom(body)
    if not changes:
        raise invalid(["body: Expected at least one key"])
    return call.account.update("field", body, changes, call.user_id)


_Maker = Callable[[str], Callable[[Call], Answer]]


def _index(entity: str) -> Callable[[Call], Answer]:
    def handler(call: Call) -> Answer:
        return page_of(call, [render(call, each) for each in call.account.fields(entity)])

    return handler


def _show(entity: str) -> Callable[[Call], Answer]:
    return lambda call: Answer(render(call, found(call, entity)))


def _create(entity: str) -> Callable[[Call], Answer]:
    def handler(call: Call) -> Answer:
        parts = ("description", "ui_visibility", "important_fields", "required_fields")
        more = {key: call.body[key] for key in parts if key in call.body}
        body = create_field(call, entity, call.body["field_name"], call.body["field_type"], call.body.get("options"), **more)
        return Answer(render(call, body))

    return handler


def _change(entity: str) -> Callable[[Call], Answer]:
    def handler(call: Call) -> Answer:
        before = found(call, entity)
        if "field_name" in call.body:
            common.name_of(call.body["field_name"], "field_name")
        return Answer(render(call, edit_field(call, before, dict(call.body))))

    return handler


def _delete(entity: str) -> Callable[[Call], Answer]:
    def handler(call: Call) -> Answer:
        before = found(call, entity)
        delete_field(call, before)
        return Answer(render(call, before))

    return handler


on("GET /api/v2/activityFields")(_index("activity"))
on("GET /api/v2/activityFields/{field_code}")(_show("activity"))
for _entity in ENTITIES:
    on(f"GET /api/v2/{_entity}Fields")(_index(_entity))
    on(f"POST /api/v2/{_entity}Fields")(_create(_entity))
    on(f"GET /api/v2/{_entity}Fields/{{field_code}}")(_show(_entity))
    on(f"PATCH /api/v2/{_entity}Fields/{{field_code}}")(_change(_entity))
    on(f"DELETE /api/v2/{_entity}Fields/{{field_code}}")(_delete(_entity))
