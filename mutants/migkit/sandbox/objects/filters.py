"""Filters (v1): kept conditions, and what they mean for a list."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..account import Account
from ..errors import capped, generic, not_found
from ..store import Body
from . import common
from .paging import Rows, chosen, id_list
from .registry import Answer, Call, on

CONDITIONS_MAX = 16
FILTERS_MAX = 500
OBJECTS = {"people": "person", "org": "organization", "deals": "deal", "leads": "lead", "products": "product", "activity": "activity"}
"""Filter type → entity whose records it picks."""
OPERATORS = ("IS NOT NULL", "IS NULL", "<=", ">=", "<", ">", "!=", "=", "LIKE '$%'", "LIKE '%$%'", "NOT LIKE '$%'")
_COLUMNS = {"phone": "phones", "email": "emails", "user_id": "owner_id"}


def narrowed(call: Call, kind: str, names: Sequence[str], *, more: Rows = ([], [])) -> Rows:
    """Return a list's conditions: those of `filter_id` where it is given (it overrides the others), else the query's own."""
    if "filter_id" not in call.query:
        where, values = chosen(call, names)
        return [*where, *more[0]], [*values, *more[1]]
    held = call.account.live("filter", call.query["filter_id"])
    if held is None or held["type"] != kind:
        raise generic(400, "The filter does not exist or is of another type.")
    archived = [each for each in more[0] if "is_archived" in each]
    where, values = conditions(call.account, held)
    return [*where, *archived], values


def conditions(account: Account, held: Body) -> Rows:
    """Return the SQL meaning of a filter."""
    where, values = [], []
    for group in held["conditions"]["conditions"]:
        parts = []
        for each in group["conditions"]:
            field = account.live("field", int(each["field_id"]))
            if field is None:
                parts.append("0")
                continue
            sql, bound = _condition(_column(field), each["operator"], each.get("value"))
            parts.append(sql)
            values += bound
        if parts:
            glue = f" {group['glue'].upper()} "
            where.append(f"({glue.join(parts)})")
    return where, values


def _column(field: Body) -> str:
    code = field["field_code"]
    if not field["is_custom_field"]:
        return f"json_extract(r.body, '$.{_COLUMNS.get(code, code)}')"
    tail = ".value" if field["field_type"] in ("monetary", "daterange", "time", "timerange", "address") else ""
    return f"json_extract(r.body, '$.custom_fields.\"{code}\"{tail}')"


def _condition(column: str, operator: str, value: Any) -> tuple[str, list[Any]]:
    if operator in ("IS NULL", "IS NOT NULL"):
        return f"{column} {operator}", []
    if "LIKE" in operator:
        pattern = f"%{value}%" if "%$%" in operator else f"{value}%"
        return f"coalesce({column}, '') {'NOT LIKE' if 'NOT' in operator else 'LIKE'} ?", [pattern]
    sign = "<>" if operator == "!=" else operator
    return f"CAST({column} AS TEXT) {sign} ?" if operator in ("=", "!=") else f"{column} {sign} ?", [
        str(value) if operator in ("=", "!=") else value
    ]


def _checked(call: Call, kind: str) -> Body:
    """Return conditions in the one structure that is allowed: an AND group and an OR group under AND."""
    given = call.body["conditions"]
    groups = given.get("conditions")
    wrong = generic(400, "The conditions must be glued with and, over one and group and one or group of at most 16 conditions in all.")
    if (
        given.get("glue") != "and"
        or not isinstance(groups, list)
        or len(groups) > 2
        or not all(isinstance(group, dict) for group in groups)
    ):
        raise wrong
    if [group.get("glue") for group in groups] != ["and", "or"][: len(groups)]:
        raise wrong
    flat = [each for group in groups for each in (group.get("conditions") or []) if isinstance(group.get("conditions"), list)]
    if len(flat) > CONDITIONS_MAX or not flat or not all(isinstance(each, dict) for each in flat):
        raise wrong
    for each in flat:
        _check_one(call.account, kind, each)
    return {
        "glue": "and",
        "conditions": [
            {"glue": group["glue"], "conditions": [_kept(call.account, each) for each in group["conditions"]]} for group in groups
        ],
    }


def _check_one(account: Account, kind: str, each: Body) -> None:
    id = str(each.get("field_id", ""))
    field = account.live("field", int(id)) if id.isascii() and id.isdecimal() and len(id) < 18 else None
    if field is None or field["entity"] not in {OBJECTS[kind], "deal" if kind == "leads" else OBJECTS[kind]}:
        raise generic(400, f"The field_id {id[:20]} is not a field of this object.")
    if each.get("operator") not in OPERATORS:
        raise generic(400, "The operator is not supported.")
    if not isinstance(each.get("value"), str | int | float | None):
        raise generic(400, "The value must be a text or a number.")


def _kept(account: Account, each: Body) -> Body:
    value = each.get("value")
    return {"object": str(each.get("object", "")), "field_id": str(each["field_id"]), "operator": each["operator"],
            "value": None if value is None else str(value), "extra_value": None, "json_value_flag": False}  # fmt: skip


def render(call: Call, body: Body, *, whole: bool) -> Body:
    """Return a filter as v1 shows it, with its conditions where `whole`."""
    record = {"id": body["id"], "name": body["name"], "filter_code": None, "is_editable": True, "active_flag": True, "type": body["type"],
              "temporary_flag": None, "user_id": body["owner_id"], "add_time": common.v1_time(body["add_time"]),
              "update_time": common.v1_time(body["update_time"]), "visible_to": "1", "last_used_time": None,
              "custom_view_id": None}  # fmt: skip
    if not whole:
        return record
    conditions = body["conditions"]
    if call.query.get("include_field_code"):
        conditions = {**conditions, "conditions": [{**group, "conditions": [_named(call.account, each) for each in group["conditions"]]}
                                                   for group in conditions["conditions"]]}  # fmt: skip
    return record | {"conditions": conditions}


def _named(account: Account, each: Body) -> Body:
    field = account.get("field", int(each["field_id"]))
    return {**each, "field_code": field["field_code"] if field else None}


def _found(call: Call) -> Body:
    body = call.account.live("filter", call.path["id"])
    if body is None:
        raise not_found("Filter")
    return body


@on("GET /api/v1/filters")
def index(call: Call) -> Answer:
    """List filters, of one type where asked for."""
    found = [each for each in call.account.small("filter").values() if not each["is_deleted"]]
    return Answer([render(call, each, whole=False) for each in found if call.query.get("type", each["type"]) == each["type"]])


@on("POST /api/v1/filters")
def create(call: Call) -> Answer:
    """Add a filter."""
    kind = call.body["type"]
    if kind not in OBJECTS:
        raise generic(400, f"The sandbox has no {kind} to filter.")
    if sum(not each["is_deleted"] for each in call.account.small("filter").values()) >= FILTERS_MAX:
        raise capped("You've reached the filter per company limit.")
    now = call.account.now()
    body = {"name": common.name_of(call.body["name"]), "type": kind, "conditions": _checked(call, kind), "owner_id": call.user_id,
            "is_deleted": False, "add_time": now, "update_time": now}  # fmt: skip
    return Answer(render(call, call.account.insert("filter", body, call.user_id), whole=True))


@on("GET /api/v1/filters/helpers")
def helpers(call: Call) -> Answer:
    """Return the operators."""
    return Answer({"operators": {"varchar": dict.fromkeys(OPERATORS, "")}})


@on("GET /api/v1/filters/{id}")
def show(call: Call) -> Answer:
    """Return one filter."""
    return Answer(render(call, _found(call), whole=True))


@on("PUT /api/v1/filters/{id}")
def change(call: Call) -> Answer:
    """Change a filter."""
    before = _found(call)
    changes: Body = {"conditions": _checked(call, before["type"])}
    if "name" in call.body:
        changes["name"] = common.name_of(call.body["name"])
    return Answer(render(call, call.account.update("filter", before, changes, call.user_id), whole=True))


@on("DELETE /api/v1/filters/{id}")
def delete(call: Call) -> Answer:
    """Delete a filter."""
    before = _found(call)
    call.account.update("filter", before, {"is_deleted": True}, call.user_id)
    return Answer({"id": before["id"]})


@on("DELETE /api/v1/filters")
def delete_many(call: Call) -> Answer:
    """Delete filters."""
    found = [call.account.live("filter", id) for id in id_list(call.query["ids"])]
    held = [each for each in found if each is not None]
    if len(held) != len(found):
        raise not_found("Filter")
    for each in held:
        call.account.update("filter", each, {"is_deleted": True}, call.user_id)
    return Answer({"id": [each["id"] for each in held]})
