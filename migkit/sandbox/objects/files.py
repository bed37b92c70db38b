"""Files (v1): multipart up, bytes down."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import PurePosixPath

from ..errors import generic, invalid
from ..store import Body
from . import common
from .paging import chosen, page_v1
from .registry import Answer, Call, on

PARENTS = (("deal", "deal_id", "title"), ("person", "person_id", "name"), ("organization", "org_id", "name"),
           ("product", "product_id", "name"), ("activity", "activity_id", "subject"), ("lead", "lead_id", "title"))  # fmt: skip
_SHOWN = {"deal_id": "deal_name", "person_id": "person_name", "org_id": "org_name", "product_id": "product_name", "lead_id": "lead_name"}
_OF_PRODUCT = ("id", "product_id", "add_time", "update_time", "file_name", "file_size", "active_flag", "inline_flag", "remote_location",
               "remote_id", "s3_bucket", "product_name", "url", "name", "description")  # fmt: skip
"""The fewer keys that a product's own list of files has."""
MEGABYTE = 1024 * 1024


def render(call: Call, body: Body) -> Body:
    """Return a file as v1 shows it."""
    record = {
        "id": body["id"], "user_id": body["owner_id"], "log_id": None, "add_time": common.v1_time(body["add_time"]),
        "update_time": common.v1_time(body["update_time"]), "file_name": body["file_name"], "file_type": body["file_type"],
        "file_size": body["file_size"], "active_flag": not body["is_deleted"], "inline_flag": False,
        "remote_location": body["remote_location"],
        "remote_id": body["remote_id"], "cid": None, "s3_bucket": None, "mail_message_id": None, "mail_template_id": None,
        "url": f"https://{call.account.domain}.pipedrive.com/v1/files/{body['id']}/download", "name": body["name"],
        "description": body["description"],
    }  # fmt: skip
    for kind, key, title in PARENTS:
        record[key] = body.get(key)
        if key in _SHOWN:
            parent = call.account.get(kind, body[key]) if body.get(key) is not None else None
            record[_SHOWN[key]] = parent[title] if parent else None
    return record


def _insert(call: Call, name: str, size: int, links: Body, *, remote: tuple[str, str] = ("", "")) -> Body:
    now = call.account.now()
    suffix = PurePosixPath(name).suffix.lstrip(".").lower()
    body = {"owner_id": call.user_id, "name": name, "file_size": size, "description": "", "add_time": now, "update_time": now,
            "is_deleted": False,
            "file_type": "img" if suffix in ("jpg", "jpeg", "png", "gif", "bmp") else suffix,
            "file_name": f"{call.account.new_uuid()}_{name}",
            "remote_location": remote[0], "remote_id": remote[1], **{key: None for _, key, _ in PARENTS}, **links}  # fmt: skip
    made = call.account.insert("file", body, call.user_id)
    common.touch_parents(call, made)
    return made


@on("POST /api/v1/files")
def create(call: Call) -> Answer:
    """Take a file up."""
    upload = call.files["file"]
    name = common.name_of(PurePosixPath(upload.name.replace("\\", "/")).name, "file")
    if not upload.content:
        raise generic(400, "The file is empty.")
    if len(upload.content) > int(call.account.switches["file_max_mb"]) * MEGABYTE:
        raise generic(400, "The file is too large.")
    links = common.of_deal(call, {key: common.reference(call, kind, key) for kind, key, _ in PARENTS if key in call.body})
    made = _insert(call, name, len(upload.content), links)
    call.account.store.write_content(call.account.id, made["id"], upload.content)
    return Answer(render(call, made))


def _remote(call: Call, name: str, remote_id: str) -> Answer:
    kind = call.body["item_type"]
    key = {"deal": "deal_id", "organization": "org_id", "person": "person_id"}[kind]
    item = call.account.require(kind, call.body["item_id"], "item_id")
    return Answer(render(call, _insert(call, name, 0, {key: item["id"]}, remote=(call.body["remote_location"], remote_id))))


@on("POST /api/v1/files/remote")
def remote(call: Call) -> Answer:
    """Make a remote document and link it."""
    return _remote(call, common.name_of(call.body["title"], "title"), call.account.new_uuid())


@on("POST /api/v1/files/remoteLink")
def remote_link(call: Call) -> Answer:
    """Link a remote document that exists."""
    return _remote(call, "Linked document", common.name_of(call.body["remote_id"], "remote_id"))


@on("GET /api/v1/files")
def index(call: Call) -> Answer:
    """List files."""
    return page_v1(call, "file", (["r.is_deleted = 0"], []), lambda body: render(call, body), sorts=("id", "update_time"))


def _of(kind: str, column: str) -> Callable[[Call], Answer]:
    def files(call: Call) -> Answer:
        parent = common.found(call, kind, call.path["id"])
        where, values = chosen(call, ())
        rows = ([*where, f"r.{column} = ?", "r.is_deleted = 0"], [*values, parent["id"]])
        shown = (
            (lambda body: {key: render(call, body)[key] for key in _OF_PRODUCT}) if kind == "product" else (lambda body: render(call, body))
        )
        return page_v1(call, "file", rows, shown, sorts=("id", "update_time"))

    return files


for _plural, _kind, _column in (("persons", "person", "person_id"), ("organizations", "organization", "org_id"),
                                ("deals", "deal", "deal_id"), ("products", "product", "product_id")):  # fmt: skip
    on(f"GET /api/v1/{_plural}/{{id}}/files")(_of(_kind, _column))


@on("GET /api/v1/files/{id}")
def show(call: Call) -> Answer:
    """Return what is known about one file."""
    return Answer(render(call, common.found(call, "file", call.path["id"])))


@on("GET /api/v1/files/{id}/download")
def download(call: Call) -> Answer:
    """Return a file's bytes."""
    body = common.found(call, "file", call.path["id"])
    return Answer(raw=call.account.store.read_content(call.account.id, body["id"]), headers={"content-type": "application/octet-stream"})


@on("PUT /api/v1/files/{id}")
def change(call: Call) -> Answer:
    """Change a file's name or description."""
    before = common.found(call, "file", call.path["id"])
    if not call.body:
        raise invalid(["body: Expected name or description"])
    if "name" in call.body:
        common.name_of(call.body["name"])
    return Answer(render(call, call.account.update("file", before, call.body, call.user_id)))


@on("DELETE /api/v1/files/{id}")
def delete(call: Call) -> Answer:
    """Mark a file as deleted."""
    return common.gone(call, "file", common.found(call, "file", call.path["id"]))
