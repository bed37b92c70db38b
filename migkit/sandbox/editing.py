"""The pages on which a person changes the account by hand: a record's form, its deletion, a note about it.

What is sent goes through the handlers of the API, so that a change made here is refused, dated and told to listeners as any other; a person
at the web page pays no tokens.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import jinja2
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from .account import Account
from .contract import contract
from .errors import Refusal, invalid
from .objects import HANDLERS, Call
from .store import Body
from .world import World


@dataclass(frozen=True)
class Input:
    """One line of a form: `kind` says which control, `value` what it shows and how it comes back when nobody touches it."""

    key: str
    label: str
    kind: str
    """text, lines, number, date, time, check, contacts, address, money, choice or choices"""
    value: Any
    options: tuple[tuple[str, str], ...] = ()
    is_custom: bool = False


@dataclass(frozen=True)
class Kind:
    """How a kind of record is edited."""

    path: str
    """Of its record in the API."""
    change: str
    own: tuple[tuple[str, str, str], ...]
    """Key, label and control of the fields that every account has."""
    note_key: str = ""
    """Key by which a note names it, empty where none can."""


_OWNER = ("owner_id", "Owner", "choice")
KINDS = {
    "person": Kind("/api/v2/persons/{id}", "PATCH", (("name", "Name", "text"), ("emails", "E-mails", "contacts"),
                   ("phones", "Phones", "contacts"), _OWNER), "person_id"),
    "organization": Kind("/api/v2/organizations/{id}", "PATCH", (("name", "Name", "text"), ("address", "Address", "address"), _OWNER),
                         "org_id"),
    "deal": Kind("/api/v2/deals/{id}", "PATCH", (("title", "Title", "text"), ("value", "Value", "number"), ("stage_id", "Stage", "choice"),
                 ("status", "Status", "choice"), _OWNER), "deal_id"),
    "activity": Kind("/api/v2/activities/{id}", "PATCH", (("subject", "Subject", "text"), ("due_date", "Due date", "date"),
                     ("due_time", "Due time (UTC)", "time"), ("done", "Done", "check"), ("note", "Note", "lines"), _OWNER)),
    "note": Kind("/api/v1/notes/{id}", "PUT", (("content", "Content", "lines"),)),
    "lead": Kind("/api/v1/leads/{id}", "PATCH", (("title", "Title", "text"), _OWNER), "lead_id"),
    "product": Kind("/api/v2/products/{id}", "PATCH", (("name", "Name", "text"), ("code", "Code", "text"), _OWNER)),
    "file": Kind("/api/v1/files/{id}", "PUT", (("name", "Name", "text"), ("description", "Description", "lines"))),
}  # fmt: skip
_CONTROLS = {"varchar": "text", "varchar_auto": "text", "phone": "text", "text": "lines", "double": "number", "date": "date",
             "enum": "choice", "set": "choices", "monetary": "money", "address": "address"}  # fmt: skip
"""Type of a custom field → control; fields of other types are not offered."""


def editing_routes(world: World) -> list[Route]:
    """Return the routes of the forms."""
    pages = _Pages(world)
    at = "/records/{account:int}/{kind}/{id}"
    return [
        Route(at, pages.show),
        Route(at, pages.save, methods=["POST"]),
        Route(f"{at}/delete", pages.delete, methods=["POST"]),
        Route(f"{at}/note", pages.note, methods=["POST"]),
    ]


@cache
def _template() -> jinja2.Template:
    source = (Path(__file__).parent / "editing.html").read_text(encoding="utf-8")
    return jinja2.Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True).from_string(source)


@dataclass(frozen=True)
class _Record:
    """What a request is about."""

    account: Account
    name: str
    kind: Kind
    body: Body

    @property
    def inputs(self) -> list[Input]:
        own = [self._own(*each) for each in self.kind.own]
        entity = "" if self.name == "lead" else self.name  # a lead's custom fields are the deal's, and are edited there
        custom = [field for field in self.account.fields(entity, custom=True) if field["field_type"] in _CONTROLS]
        return own + [self._custom(field) for field in custom]

    def _own(self, key: str, label: str, control: str) -> Input:
        value = self.body.get(key)
        options: tuple[tuple[str, str], ...] = ()
        if key == "owner_id":
            options = tuple((str(id), user["name"]) for id, user in self.account.small("user").items() if user["active"])
        elif key == "stage_id":
            options = tuple((str(each["id"]), each["name"]) for each in self.account.stages_of(self.body["pipeline_id"]))
        elif key == "status":
            options = tuple((each, each) for each in ("open", "won", "lost"))
        return Input(key, label, control, _shown(control, value), options)

    def _custom(self, field: Body) -> Input:
        control = _CONTROLS[field["field_type"]]
        options = tuple((str(each["id"]), each["label"]) for each in field["options"])
        value = _shown(control, self.body["custom_fields"].get(field["field_code"]))
        return Input(field["field_code"], field["field_name"], control, value, options, is_custom=True)

    @property
    def title(self) -> str:
        return str(self.body.get("name") or self.body.get("title") or self.body.get("subject") or f"{self.name} {self.body['id']}")


class _Pages:
    def __init__(self, world: World) -> None:
        self.world = world

    def _record(self, request: Request) -> _Record | None:
        path = request.path_params
        account, kind = self.world.accounts.get(path["account"]), KINDS.get(path["kind"])
        id = int(path["id"]) if path["id"].isascii() and path["id"].isdecimal() else path["id"]
        body = account.live(path["kind"], id) if account and kind else None
        return _Record(account, path["kind"], kind, body) if account and kind and body else None

    def _shown(self, record: _Record | None, *, problem: str = "", said: str = "", status: int = 200) -> Response:
        if record is None:
            return Response("There is no such record.", 404, media_type="text/plain")
        return Response(_template().render(record=record, problem=problem, said=said), status, media_type="text/html")

    async def show(self, request: Request) -> Response:
        return self._shown(self._record(request), said="Saved." if "saved" in request.query_params else "")

    async def save(self, request: Request) -> Response:
        record = self._record(request)
        if record is None:
            return self._shown(None)
        try:
            if changes := _changes(record, await request.form(max_fields=1000)):
                self._carry_out(record, record.kind.change, record.kind.path, changes)
        except Refusal as refusal:
            return self._shown(record, problem=_words(refusal), status=400)
        return RedirectResponse(f"{request.url.path}?saved", 303)

    async def delete(self, request: Request) -> Response:
        record = self._record(request)
        if record is None:
            return self._shown(None)
        try:
            self._carry_out(record, "DELETE", record.kind.path, {})
        except Refusal as refusal:
            return self._shown(record, problem=_words(refusal), status=400)
        return RedirectResponse(f"/?account={record.account.id}", 303)

    async def note(self, request: Request) -> Response:
        record = self._record(request)
        if record is None or not record.kind.note_key:
            return self._shown(None)
        content = str((await request.form()).get("content") or "")
        try:
            self._carry_out(record, "POST", "/api/v1/notes", {"content": content, record.kind.note_key: record.body["id"]})
        except Refusal as refusal:
            return self._shown(record, problem=_words(refusal), status=400)
        return RedirectResponse(f"{request.url.path.removesuffix('/note')}?saved", 303)

    def _carry_out(self, record: _Record, method: str, path: str, body: Body) -> None:
        """Do what the API would do for an administrator, wholly or not at all. Raises Refusal."""
        endpoint = contract().by_name[f"{method} {path}"]
        if problems := endpoint.body_problems(body, null_clears=True) if body else ():
            raise invalid(problems)
        given = {"id": record.body["id"]} if "{id}" in path else {}
        self.world.store.begin()
        try:
            HANDLERS[endpoint.name](Call(record.account, record.account.administrator(), endpoint, given, {}, body))
        except BaseException:
            self.world.store.rollback()
            self.world.hooks.forget()
            raise
        self.world.store.commit()
        self.world.hooks.release()


def _words(refusal: Refusal) -> str:
    return str(refusal.body["error"]) if isinstance(refusal.body, dict) else refusal.body


def _changes(record: _Record, form: FormData) -> Body:
    """Return what somebody changed in a form, as the API takes it. Raises Refusal for what no field can hold."""
    own: Body = {}
    custom: Body = {}
    for each in record.inputs:
        sent: Any = [str(value) for value in form.getlist(each.key)]
        if each.kind != "choices":
            sent = sent[0].replace("\r\n", "\n").strip() if sent else ""
        if sent == each.value or (each.kind == "lines" and sent == each.value.strip()):
            continue
        (custom if each.is_custom else own)[each.key] = _read(each, sent)
    return own | ({"custom_fields": custom} if custom else {})


def _shown(control: str, value: Any) -> Any:
    """Return a value as its control shows it."""
    if control == "choices":
        return [str(each) for each in value or ()]
    if control == "check":
        return "yes" if value else ""
    if value is None:
        return ""
    if control == "contacts":
        return "\n".join(f"{each['value']} ({each['label']})" for each in value)
    if control in ("address", "time"):
        return str(value["value"] if isinstance(value, Mapping) else value)
    if control == "money":
        return f"{value['value']} {value['currency']}"
    return str(value)


def _read(each: Input, sent: Any) -> Any:
    """Return what a control sent as the API takes it; an emptied one is null. Raises Refusal."""
    try:
        if each.kind == "choices":
            return [int(one) for one in sent] or None
        if each.kind == "check":
            return sent == "yes"
        if each.kind == "contacts":
            return [_contact(line, place) for place, line in enumerate(filter(None, map(str.strip, sent.split("\n"))))]
        if not sent:
            return None
        if each.kind == "choice":
            return int(sent) if sent.isdecimal() else sent
        if each.kind == "number":
            return float(sent)
        if each.kind == "money":
            amount, _, currency = sent.partition(" ")
            return {"value": float(amount), "currency": currency}
        if each.kind == "address":
            return {"value": sent}
    except ValueError:
        raise invalid([f"{each.label}: this is no {each.kind}"]) from None
    return sent


def _contact(line: str, place: int) -> Body:
    value, _, label = line.removesuffix(")").partition(" (")
    return {"value": value, "label": label or "work", "primary": place == 0}
