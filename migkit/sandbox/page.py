"""The web page of an account: what arrived, as one who uses Pipedrive would look at it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from html import unescape
from pathlib import Path
from typing import Any

import jinja2
import nh3

from .account import Account
from .store import Body
from .world import World

SHOWN = 25
SHOWN_SHORT = 12
PER_STAGE = 8
REQUESTS = 30


@cache
def _template() -> jinja2.Template:
    source = (Path(__file__).parent / "page.html").read_text(encoding="utf-8")
    return jinja2.Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True).from_string(source)


def page(world: World, account: str | None, find: str = "") -> str:
    """Return the page of one account, of the first where none is named; `find` narrows the lists to records that hold these words."""
    known = world.accounts.get(int(account)) if account and account.isascii() and account.isdecimal() else None
    chosen = known or next(iter(world.accounts.values()))
    state = world.state(chosen)
    counts = state["counts"]
    titles = ("deals", "persons", "activities", "notes", "files", "leads", "organizations", "products")
    kinds = ("deal", "person", "activity", "note", "file", "lead", "organization", "product")
    sections = [(title, title.capitalize(), counts[kind]) for title, kind in zip(titles, kinds, strict=True)]
    view = _View(chosen, find)
    return _template().render(
        state=state,
        find=find,
        sections=[*sections, ("requests", "Requests", None)],
        pipelines=view.pipelines(),
        persons=[view.person(each) for each in view.latest("person")],
        activities=[view.activity(each) for each in view.latest("activity")],
        notes=[view.note(each) for each in view.latest("note")],
        files=[view.file(each) for each in view.latest("file", SHOWN_SHORT)],
        leads=[view.lead(each) for each in view.latest("lead", SHOWN_SHORT)],
        organizations=[view.organization(each) for each in view.latest("organization", SHOWN_SHORT)],
        products=[view.product(each) for each in view.latest("product", SHOWN_SHORT)],
        requests=world.log.since(0, account=chosen.id, full=False, limit=REQUESTS, newest=True),
    )


class _View:
    """An account's records in the words of the page."""

    def __init__(self, account: Account, find: str) -> None:
        self.account = account
        self.where, self.values = ["r.is_deleted = 0"], []
        if find:
            self.where.append("instr(lower(r.body), lower(?)) > 0")
            self.values.append(find)

    def latest(self, kind: str, number: int = SHOWN) -> list[Body]:
        """Return the newest records of a kind that are not deleted and hold what is looked for."""
        return self.account.store.select(self.account.id, kind, self.where, self.values, order="r.seq DESC", limit=number)

    def _name(self, kind: str, id: Any) -> str:
        body = self.account.get(kind, id) if id is not None else None
        return str(body.get("name") or body.get("title") or body.get("subject")) if body else ""

    def _about(self, body: Mapping[str, Any]) -> str:
        links = (("person", "person_id"), ("deal", "deal_id"), ("organization", "org_id"), ("lead", "lead_id"), ("product", "product_id"))
        return " · ".join(filter(None, (self._name(kind, body.get(key)) for kind, key in links)))

    def _fields(self, entity: str, body: Mapping[str, Any]) -> list[tuple[str, str]]:
        held = body["custom_fields"]
        fields = [field for field in self.account.fields(entity, custom=True) if field["field_code"] in held]
        return [(field["field_name"], _value(field, held[field["field_code"]])) for field in fields]

    def pipelines(self) -> list[Body]:
        """Return the boards: pipelines with their stages, counts, sums and newest deals."""
        boards = []
        for pipeline in self.account.small("pipeline").values():
            if not pipeline["is_deleted"]:
                stages = [self._stage(stage) for stage in self.account.stages_of(pipeline["id"])]
                boards.append({"name": pipeline["name"], "stages": stages, "count": sum(stage["count"] for stage in stages)})
        return boards

    def _stage(self, stage: Body) -> Body:
        account, where, values = self.account, ["r.stage_id = ?", *self.where], [stage["id"], *self.values]
        deals = account.store.select(account.id, "deal", where, values, order="r.seq DESC", limit=PER_STAGE)
        shown = [{**each, "person": self._name("person", each["person_id"]), "organization": self._name("organization", each["org_id"]),
                  "value": _money(each["value"], each["currency"])} for each in deals]  # fmt: skip
        sums = account.store.sums(account.id, "deal", "value", "currency", where, values)
        worth = " + ".join(_money(amount, currency) for currency, amount in sums) or _money(0, "")
        return {
            "name": stage["name"],
            "deals": shown,
            "worth": worth,
            "count": account.store.count(account.id, "deal", where, values),
        }

    def person(self, body: Body) -> Body:
        """Return a person's row."""
        return {"id": body["id"], "name": body["name"], "ways": [each["value"] for each in (*body["emails"], *body["phones"])][:4],
                "organization": self._name("organization", body["org_id"]), "fields": self._fields("person", body),
                "owner": self._name("user", body["owner_id"]), "added": body["add_time"][:10]}  # fmt: skip

    def activity(self, body: Body) -> Body:
        """Return an activity's row."""
        types = {each["key_string"]: each["name"] for each in self.account.small("activity_type").values()}
        due = f"{body['due_date'] or ''} {(body['due_time'] or '')[:5]}".strip()
        return {"id": body["id"], "due": due, "subject": body["subject"], "done": body["done"],
                "type": types.get(body["type"], body["type"]), "person": self._name("person", body["person_id"]),
                "deal": self._name("deal", body["deal_id"]),
                "note": _text(body["note"] or ""), "owner": self._name("user", body["owner_id"])}  # fmt: skip

    def note(self, body: Body) -> Body:
        """Return a note's row."""
        return {"id": body["id"], "added": body["add_time"][:10], "about": self._about(body), "text": _text(body["content"])}

    def file(self, body: Body) -> Body:
        """Return a file's row."""
        return {
            "id": body["id"],
            "name": body["name"],
            "about": self._about(body),
            "size": _size(body["file_size"]),
            "added": body["add_time"][:10],
        }

    def lead(self, body: Body) -> Body:
        """Return a lead's row."""
        worth = _money(body["value"]["amount"], body["value"]["currency"]) if body["value"] else ""
        return {"id": body["id"], "title": body["title"], "person": self._name("person", body["person_id"]), "added": body["add_time"][:10],
                "organization": self._name("organization", body["org_id"]), "value": worth}  # fmt: skip

    def organization(self, body: Body) -> Body:
        """Return an organization's row."""
        people = self.account.store.count(self.account.id, "person", ["r.org_id = ?", "r.is_deleted = 0"], [body["id"]])
        return {"id": body["id"], "name": body["name"], "address": (body["address"] or {}).get("value", ""), "people": people}

    def product(self, body: Body) -> Body:
        """Return a product's row."""
        price = body["prices"][0] if body["prices"] else None
        return {
            "id": body["id"],
            "code": body["code"] or "",
            "name": body["name"],
            "price": _money(price["price"], price["currency"]) if price else "",
        }


def _value(field: Body, value: Any) -> str:
    labels = {option["id"]: option["label"] for option in field["options"]}
    if field["field_type"] == "enum":
        return str(labels.get(value, value))
    if field["field_type"] == "set":
        return ", ".join(str(labels.get(each, each)) for each in value)
    if field["field_type"] == "monetary":
        return _money(value["value"], value["currency"])
    return str(value["value"] if isinstance(value, dict) else value)


def _money(amount: float, currency: str) -> str:
    return f"{amount:,.2f} {currency}".strip()


def _size(size: int) -> str:
    return f"{size:,} B" if size < 1024 else f"{size / 1024:,.0f} KB" if size < 1024 * 1024 else f"{size / 1024 / 1024:,.1f} MB"


def _text(html: str) -> str:
    """Return the words of a note, its lines kept apart, no longer than a glance."""
    lines = re.sub(r"<br */?>|</(p|li|div|tr|h\d)>", "\n", html)
    plain = unescape(nh3.clean(lines, tags=set())).replace("\xa0", " ")
    return " · ".join(" ".join(line.split()) for line in plain.split("\n") if line.strip())[:400]
