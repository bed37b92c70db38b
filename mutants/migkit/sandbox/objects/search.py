"""Search: per object, over all objects, and by the value of one field. The index learns of a change only after a while."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Any

from ..errors import invalid
from ..store import Body
from .paging import Rows, page_of, visible
from .registry import Answer, Call, on

SEARCHABLE = frozenset({"address", "varchar", "text", "varchar_auto", "double", "monetary", "phone"})
"""Types of custom fields whose values can be searched for."""
FIELDS = {
    "person": ("custom_fields", "email", "notes", "phone", "name"),
    "organization": ("address", "custom_fields", "notes", "name"),
    "deal": ("custom_fields", "notes", "title"),
    "lead": ("custom_fields", "notes", "title"),
    "product": ("code", "custom_fields", "name"),
    "file": ("name",),
}
_LINK = {"person": "person_id", "organization": "org_id", "deal": "deal_id", "lead": "lead_id"}
_CAP = 2_000


def _known(call: Call, kind: str, needle: str, more: Rows = ([], [])) -> list[Body]:
    """Return records that the index knows and whose text may hold the term."""
    account = call.account
    seen, values = visible(call, kind)
    line = account.clock() - account.config.search_lag_s
    escaped = json.dumps(needle, ensure_ascii=False)[1:-1].replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    text = ["r.body LIKE ? ESCAPE '\\'"] if kind not in _LINK else []
    where = ["r.known_at <= ?", "r.is_deleted = 0", *text, *seen, *more[0]]
    return account.store.select(account.id, kind, where, [line, *([f"%{escaped}%"] if text else []), *values, *more[1]])


def _texts(call: Call, kind: str, body: Body, fields: Iterable[str]) -> Iterable[tuple[str, str]]:
    for field in fields:
        if field in ("name", "title", "code") and body.get(field):
            yield field, str(body[field])
        elif field in ("email", "phone"):
            yield from ((field, each["value"]) for each in body[f"{field}s"])
        elif field == "address" and body.get("address"):
            yield field, body["address"]["value"]
        elif field == "custom_fields":
            yield from ((field, text) for text in _custom_texts(call, kind, body))
        elif field == "notes":
            notes = call.account.store.select(call.account.id, "note", [f"r.{_LINK[kind]} = ?", "r.is_deleted = 0"], [body["id"]])
            yield from ((field, note["content"]) for note in notes)


def _custom_texts(call: Call, kind: str, body: Body) -> Iterable[str]:
    entity = "deal" if kind == "lead" else kind
    for field in call.account.fields(entity, custom=True):
        value = body["custom_fields"].get(field["field_code"])
        if value is not None and field["field_type"] in SEARCHABLE:
            yield str(value["value"] if isinstance(value, dict) else value)


def _search(call: Call, kind: str, fields: list[str] | None = None, more: Rows = ([], [])) -> list[Body]:
    term = call.query["term"].strip()
    exact = call.query.get("exact_match", False)
    if len(term) < (1 if exact else 2):
        raise invalid([f"term: Expected at least {1 if exact else 2} characters"])
    wanted = fields if fields is not None else list(FIELDS[kind])
    low = term.lower()
    hits = []
    for body in _known(call, kind, term, more):
        matched = [
            (field, text) for field, text in _texts(call, kind, body, wanted) if (text.lower() == low if exact else low in text.lower())
        ]
        if matched:
            hits.append(_hit(call, kind, body, matched, 1.0 if any(text.lower() == low for _, text in matched) else 0.5))
        if len(hits) >= _CAP:
            break
    return sorted(hits, key=lambda hit: -hit["result_score"])


def _hit(call: Call, kind: str, body: Body, matched: list[tuple[str, str]], score: float) -> Body:
    account = call.account
    item: Body = {"id": body["id"], "type": kind, "visible_to": body.get("visible_to"), "owner": {"id": body.get("owner_id")}}
    item |= {key: body[key] for key in ("name", "title", "currency", "status", "is_archived", "code") if key in body}
    if kind in ("deal", "lead"):
        item["value"] = body["value"] if kind == "deal" else (body["value"] or {}).get("amount")
        item["currency"] = body["currency"] if kind == "deal" else (body["value"] or {}).get("currency")
        person = account.get("person", body["person_id"]) if body.get("person_id") else None
        item["person"] = {"id": person["id"], "name": person["name"]} if person else None
    if kind == "deal":
        stage = account.get("stage", body["stage_id"]) or {}
        item["stage"] = {"id": body["stage_id"], "name": stage.get("name")}
    if kind in ("person", "deal", "lead"):
        organization = account.get("organization", body["org_id"]) if body.get("org_id") else None
        item["organization"] = {"id": organization["id"], "name": organization["name"]} if organization else None
    if kind == "person":
        item |= {"phones": [each["value"] for each in body["phones"]], "emails": [each["value"] for each in body["emails"]]}
    if kind == "organization":
        item["address"] = (body["address"] or {}).get("value")
    item["custom_fields"] = [text for field, text in matched if field == "custom_fields"]
    if kind != "product":
        item["notes"] = [text for field, text in matched if field == "notes"]
    return {"result_score": score, "item": item}


def _fields(call: Call) -> list[str] | None:
    return call.query["fields"].split(",") if "fields" in call.query else None


def _items(call: Call, hits: list[Body], **more: Any) -> Answer:
    page = page_of(call, hits)
    return Answer({"items": page.data, **more}, page.additional)


def _by_links(call: Call) -> Rows:
    where, values = [], []
    for name, column in (("person_id", "person_id"), ("organization_id", "org_id"), ("status", "status")):
        if name in call.query:
            where.append(f"r.{column} = ?")
            values.append(call.query[name])
    return where, values


def _of(kind: str) -> Callable[[Call], Answer]:
    return lambda call: _items(call, _search(call, kind, _fields(call), _by_links(call)))


for _plural, _kind in (
    ("persons", "person"),
    ("organizations", "organization"),
    ("deals", "deal"),
    ("leads", "lead"),
    ("products", "product"),
):
    on(f"GET /api/v2/{_plural}/search")(_of(_kind))


@on("GET /api/v2/itemSearch")
def everything(call: Call) -> Answer:
    """Search several kinds of records at once."""
    kinds = call.query["item_types"].split(",") if "item_types" in call.query else list(FIELDS)
    asked = _fields(call)
    hits = []
    for kind in kinds:
        if kind in FIELDS:
            wanted = [field for field in asked if field in FIELDS[kind]] if asked else None
            hits += _search(call, kind, wanted) if wanted != [] else []
    return _items(call, sorted(hits, key=lambda hit: -hit["result_score"]), related_items=[])


@on("GET /api/v2/itemSearch/field")
def by_field(call: Call) -> Answer:
    """Return ids of records by the value of one field; upper and lower case differ here."""
    kind, code, term = call.query["entity_type"], call.query["field"], call.query["term"]
    match = call.query.get("match", "exact")
    if len(term) < (1 if match == "exact" else 2):
        raise invalid([f"term: Expected at least {1 if match == 'exact' else 2} characters"])
    if kind == "project":
        return page_of(call, [])
    field = call.account.field("deal" if kind == "lead" else kind, code)
    if field is None or (field["is_custom_field"] and field["field_type"] not in SEARCHABLE):
        raise invalid(["field: The field does not exist or cannot be searched"])
    tests: dict[str, Callable[[str, str], bool]] = {"exact": str.__eq__, "beginning": str.startswith, "middle": str.__contains__}
    test = tests[match]
    hits = []
    for body in _known(call, kind, term):
        value = body["custom_fields"].get(code) if field["is_custom_field"] else body.get(code)
        if value is not None and test(str(value["value"] if isinstance(value, dict) else value), term):
            hits.append({"id": body["id"], "name": body.get("name") or body.get("title")})
    return page_of(call, hits)
