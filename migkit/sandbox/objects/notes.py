"""Notes and their comments (v1). HTML passes a sanitiser; what is stored is what it leaves."""

from __future__ import annotations

import nh3

from ..contract import is_date
from ..errors import forbidden, generic, invalid, not_found
from ..store import Body
from . import common
from .paging import chosen, page_v1, slice_v1
from .registry import Answer, Call, on

CONTENT_MAX = 102_400
CHARACTERS_MAX = 100_000
PARENTS = (("lead", "lead_id"), ("deal", "deal_id"), ("person", "person_id"), ("organization", "org_id"))
PINS = {"pinned_to_lead_flag": "lead_id", "pinned_to_deal_flag": "deal_id", "pinned_to_organization_flag": "org_id",
        "pinned_to_person_flag": "person_id", "pinned_to_project_flag": "project_id", "pinned_to_task_flag": "task_id"}  # fmt: skip
SORTS = ("id", "user_id", "deal_id", "person_id", "org_id", "content", "add_time", "update_time")
NARROW = {"a", "b", "strong", "i", "em", "u", "s", "strike", "p", "br", "div", "span", "ul", "ol", "li", "blockquote"}
WIDE = NARROW | {"h1", "h2", "h3", "h4", "table", "thead", "tbody", "tr", "td", "th", "img", "hr", "pre", "code", "sup", "sub"}


def clean(call: Call, html: str) -> str:
    """Return what the sanitiser leaves of `html`."""
    wide = call.account.switches["note_sanitiser"] == "wide"
    attributes = {"a": {"href"}} | ({"img": {"src", "alt"}, "*": {"style"}} if wide else {})
    return nh3.clean(
        html, tags=WIDE if wide else NARROW, attributes=attributes, link_rel=None, url_schemes={"http", "https", "mailto", "tel"}
    )


def render(call: Call, body: Body) -> Body:
    """Return a note as v1 shows it."""
    account = call.account
    user = account.get("user", body["user_id"]) or {}
    deal, person, organization = (account.get(kind, body[key]) if body[key] is not None else None for kind, key in PARENTS[1:])
    return {
        "id": body["id"], "active_flag": not body["is_deleted"], "content": body["content"], "user_id": body["user_id"],
        "add_time": common.v1_time(body["add_time"]), "update_time": common.v1_time(body["update_time"]),
        "last_update_user_id": body["last_update_user_id"], "lead_id": body["lead_id"], "deal_id": body["deal_id"],
        "person_id": body["person_id"], "org_id": body["org_id"], "project_id": None, "task_id": None, "project": None, "task": None,
        "deal": {"title": deal["title"]} if deal else None, "person": {"name": person["name"]} if person else None,
        "organization": {"name": organization["name"]} if organization else None,
        "user": {"email": user.get("email"), "icon_url": None, "is_you": user.get("id") == call.user_id, "name": user.get("name")},
    } | {pin: body.get(pin, False) for pin in PINS}  # fmt: skip


def _changes(call: Call, before: Body | None) -> Body:  # noqa: C901 - one branch a field, as the API documents them
    body = call.body
    changes: Body = {}
    for key in ("project_id", "task_id"):
        if body.get(key) is not None:
            raise invalid([f"{key}: The sandbox has no projects"])
    if before is None or "content" in body:
        changes["content"] = _content(call)
    for kind, key in PARENTS:
        if before is None or key in body:
            changes[key] = common.reference(call, kind, key)
    after = {**(before or {}), **changes}
    if all(after[key] is None for _, key in PARENTS):
        raise generic(400, "One of lead_id, deal_id, person_id, org_id, project_id or task_id is required.")
    if before is None or "user_id" in body:
        author = call.account.require("user", body.get("user_id", call.user_id), "user_id")["id"]
        if author != call.user_id and not call.user["is_admin"]:
            raise forbidden("Only an admin can change the author of a note.")
        changes |= {"user_id": author, "owner_id": author}
    if "add_time" in body:
        changes["add_time"] = common.moment(body["add_time"], "add_time", spaced=True)
    for pin, key in PINS.items():
        if pin in body:
            if body[pin] and after.get(key) is None:
                raise invalid([f"{pin}: Parameter '{key}' is required"])
            changes[pin] = bool(body[pin])
    return changes


def _content(call: Call) -> str:
    content = call.body["content"]
    if len(content) > CHARACTERS_MAX or len(content.encode("utf-8", "replace")) > CONTENT_MAX:
        raise generic(400, "The note is larger than 100 KB.")
    kept = clean(call, content)
    if not kept.strip():
        raise invalid(["content: The value must not be blank"])
    return kept


@on("POST /api/v1/notes")
def create(call: Call) -> Answer:
    """Add a note; `add_time` may be set."""
    now = call.account.now()
    body = {"add_time": now, "update_time": now, "is_deleted": False, "last_update_user_id": None}
    body |= common.of_deal(call, _changes(call, None))
    made = call.account.insert("note", body, call.user_id)
    common.touch_parents(call, made)
    return Answer(render(call, made))


@on("GET /api/v1/notes")
def index(call: Call) -> Answer:
    """List notes."""
    where, values = chosen(call, ("lead_id", "deal_id", "person_id", "org_id"))
    for key in ("project_id", "task_id"):
        if key in call.query:
            where = [*where, "0"]
    if "user_id" in call.query:
        where, values = [*where, "r.owner_id = ?"], [*values, call.query["user_id"]]
    for key, sign in (("start_date", ">="), ("end_date", "<=")):
        if key in call.query:
            if not is_date(call.query[key]):
                raise invalid([f"{key}: This value is not a valid date"])
            where, values = [*where, f"substr(r.add_time, 1, 10) {sign} ?"], [*values, call.query[key]]
    for pin in PINS:
        if pin in call.query:
            where, values = [*where, f"coalesce(json_extract(r.body, '$.{pin}'), 0) = ?"], [*values, int(call.query[pin])]
    return page_v1(call, "note", ([*where, "r.is_deleted = 0"], values), lambda body: render(call, body), sorts=SORTS)


@on("GET /api/v1/notes/{id}")
def show(call: Call) -> Answer:
    """Return one note."""
    return Answer(render(call, common.found(call, "note", call.path["id"])))


@on("PUT /api/v1/notes/{id}")
def change(call: Call) -> Answer:
    """Change a note; `add_time` may be set here too."""
    before = common.found(call, "note", call.path["id"])
    changes = _changes(call, before) | {"last_update_user_id": call.user_id}
    return Answer(render(call, call.account.update("note", before, changes, call.user_id)))


@on("DELETE /api/v1/notes/{id}")
def delete(call: Call) -> Answer:
    """Delete a note."""
    common.gone(call, "note", common.found(call, "note", call.path["id"]))
    return Answer(True)


# comments
def _comment(call: Call) -> Body:
    note = common.found(call, "note", call.path["id"])
    body = call.account.live("comment", str(call.path["commentId"]).lower())
    if body is None or body["note_id"] != note["id"]:
        raise not_found("Comment")
    return body


def _render_comment(call: Call, body: Body) -> Body:
    return {"uuid": body["id"], "active_flag": True, "add_time": common.v1_time(body["add_time"]), "content": body["content"],
            "update_time": common.v1_time(body["update_time"]), "object_id": str(body["note_id"]), "object_type": "note",
            "user_id": body["owner_id"], "updater_id": body["updater_id"], "company_id": call.account.id}  # fmt: skip


@on("GET /api/v1/notes/{id}/comments")
def comments(call: Call) -> Answer:
    """List a note's comments."""
    note = common.found(call, "note", call.path["id"])
    found = call.account.store.select(
        call.account.id, "comment", ["json_extract(r.body, '$.note_id') = ?", "r.is_deleted = 0"], [note["id"]]
    )
    return slice_v1(call, [_render_comment(call, each) for each in found])


@on("POST /api/v1/notes/{id}/comments")
def add_comment(call: Call) -> Answer:
    """Add a comment to a note."""
    note = common.found(call, "note", call.path["id"])
    now = call.account.now()
    body = {"note_id": note["id"], "content": _content(call), "owner_id": call.user_id, "updater_id": None, "add_time": now,
            "update_time": now,
            "is_deleted": False}  # fmt: skip
    return Answer(_render_comment(call, call.account.insert("comment", body, call.user_id, id=call.account.new_uuid())))


@on("GET /api/v1/notes/{id}/comments/{commentId}")
def comment(call: Call) -> Answer:
    """Return one comment."""
    return Answer(_render_comment(call, _comment(call)))


@on("PUT /api/v1/notes/{id}/comments/{commentId}")
def change_comment(call: Call) -> Answer:
    """Change a comment."""
    before = _comment(call)
    return Answer(
        _render_comment(call, call.account.update("comment", before, {"content": _content(call), "updater_id": call.user_id}, call.user_id))
    )


@on("DELETE /api/v1/notes/{id}/comments/{commentId}")
def delete_comment(call: Call) -> Answer:
    """Delete a comment."""
    call.account.update("comment", _comment(call), {"is_deleted": True}, call.user_id)
    return Answer(True)
