"""One row at a time: contacts are found or made, then what hangs on them. What would be the same contact twice is merged.

The rule, from "How to avoid duplicates during an import": persons of one name with the same organization, phone or e-mail; organizations of
one name with the same address; deals never. New data is added to what stands there. Skip reasons: "Importing: errors and skip files".
"""

from __future__ import annotations

import html
from collections import defaultdict
from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

from ..account import Account
from ..contract import contract
from ..errors import Refusal
from ..objects import HANDLERS, Call
from ..objects.users import TIMEZONE
from ..store import Body
from . import fields
from .fields import SYSTEM_ID, Field, Skipped

Row = Mapping[Field, Any]
"""Field → cell, empty cells left out."""


class Importer:
    """One import into one account by one user."""

    def __init__(self, account: Account, user: Body, *, merges: bool) -> None:
        self.account, self.user, self.merges = account, user, merges
        self.zone = ZoneInfo(TIMEZONE)
        self.counts: dict[str, int] = defaultdict(int)
        """What became of the records: `person created`, `person merged`, … → how many."""
        self._named: dict[tuple[str, str], list[int]] = defaultdict(list)
        for kind in ("person", "organization"):
            for body in account.store.select(account.id, kind, ["r.is_deleted = 0"]):
                self._named[kind, _plain(body["name"])].append(body["id"])

    def take(self, row: Row) -> None:
        """Import one row. Raises Skipped with the reason; nothing of the row stays then."""
        before = dict(self.counts)
        try:
            self._take(row)
        except Refusal as refusal:
            self.counts.clear()
            self.counts.update(before)
            raise Skipped(_said(refusal)) from None
        except Skipped:
            self.counts.clear()
            self.counts.update(before)
            raise

    def _take(self, row: Row) -> None:
        organization = self._contact("Organization", "organization", row)
        person = self._contact("Person", "person", row, organization)
        deal = self._deal(row, person, organization)
        activity = _of(row, "Activity")
        if activity:
            self._activity(activity, person, organization, deal)
        if content := fields.text(_value(row, "Note", "Content")):
            if person is None and organization is None and deal is None:
                raise Skipped("A note must be linked to a person, organization, deal, lead or project")
            links = {"person_id": person, "org_id": None if person or deal else organization, "deal_id": deal}
            body = {"content": _paragraphs(content), **{key: id for key, id in links.items() if id is not None}}
            self._call("POST", "/api/v1/notes", body)
            self.counts["note created"] += 1

    # -- contacts -----------------------------------------------------------------------------------------------

    def _contact(self, category: str, kind: str, row: Row, organization: int | None = None) -> int | None:
        own = _of(row, category)
        given = own.pop(SYSTEM_ID, None)
        if given is not None and self.account.live(kind, fields.whole(given[1])) is None:
            raise Skipped(f"{category} not found")
        if given is not None and not own:
            return fields.whole(given[1])
        if not own:
            return None
        body = self._contact_body(category, kind, own, organization)
        if given is not None:
            self._call("PATCH", f"/api/v2/{kind}s/{{id}}", body, id=fields.whole(given[1]))
            self.counts[f"{kind} updated"] += 1
            return fields.whole(given[1])
        if not body.get("name"):
            raise Skipped("Name must be given" if kind == "person" else "Organization name must be given")
        same = self._same(kind, body) if self.merges else None
        if same is not None:
            self._add_to(kind, same, body)
            return same
        id = int(self._call("POST", f"/api/v2/{kind}s", body)["id"])
        self._named[kind, _plain(body["name"])].append(id)
        self.counts[f"{kind} created"] += 1
        return id

    def _contact_body(self, category: str, kind: str, own: Mapping[str, tuple[Field, Any]], organization: int | None) -> Body:
        body: Body = {"name": fields.text(own["Name"][1])} if "Name" in own else {}
        if "Owner" in own:
            body["owner_id"] = self._user(own["Owner"][1])
        if "Address" in own:
            body["address"] = {"value": fields.text(own["Address"][1])}
        for name, key in (("Email", "emails"), ("Phone", "phones")):
            found = [(label, cell) for label, (field, cell) in own.items() if label.startswith(f"{name} - ") and not field.code]
            if found:
                body[key] = [{"value": fields.text(cell), "label": label.partition(" - ")[2].lower()} for label, cell in found]
        if organization is not None and kind == "person":
            body["org_id"] = organization
        custom = fields.custom(self.account, kind, dict(own.values()), self.user["default_currency"])
        return body | ({"custom_fields": custom} if custom else {})

    def _same(self, kind: str, body: Body) -> int | None:
        """Return the contact that a new one would double, None where there is none."""
        for id in self._named[kind, _plain(body["name"])]:
            there = self.account.live(kind, id)
            if there is not None and self._are_same(kind, there, body):
                return id
        return None

    def _are_same(self, kind: str, there: Body, body: Body) -> bool:
        if kind == "organization":
            return _plain((there["address"] or {}).get("value") or "") == _plain((body.get("address") or {}).get("value") or "")
        if body.get("org_id") is not None and there["org_id"] == body["org_id"]:
            return True
        for key, plain in (("emails", _plain), ("phones", _digits)):
            if {plain(each["value"]) for each in there[key]} & {plain(each["value"]) for each in body.get(key, ())}:
                return True
        return False

    def _add_to(self, kind: str, id: int, body: Body) -> None:
        there = self.account.live(kind, id) or {}
        changes: Body = {}
        for key in ("emails", "phones"):
            known = [{name: each[name] for name in ("value", "label", "primary")} for each in there.get(key, ())]
            values = {each["value"] for each in known}
            new = [{**each, "primary": False} for each in body.get(key, ()) if each["value"] not in values]
            changes |= {key: known + new} if new else {}
        held = there["custom_fields"]
        blank = {code: value for code, value in body.get("custom_fields", {}).items() if held.get(code) is None}
        changes |= {"custom_fields": blank} if blank else {}
        if body.get("org_id") is not None:
            changes["org_id"] = body["org_id"]
        if changes:
            self._call("PATCH", f"/api/v2/{kind}s/{{id}}", changes, id=id)
        self.counts[f"{kind} merged"] += 1

    # -- what hangs on them -------------------------------------------------------------------------------------

    def _deal(self, row: Row, person: int | None, organization: int | None) -> int | None:
        own = _of(row, "Deal")
        given = own.pop(SYSTEM_ID, None)
        if given is not None:
            if self.account.live("deal", fields.whole(given[1])) is None:
                raise Skipped("Deal not found")
            return fields.whole(given[1])
        if not own:
            return None
        contact = (
            self.account.live("person", person) if person else self.account.live("organization", organization) if organization else None
        )
        title = fields.text(own["Title"][1]) if "Title" in own else f"{contact['name']} deal" if contact else ""
        if not title:
            raise Skipped("Deal title must be given")
        body: Body = {"title": title, **{key: id for key, id in (("person_id", person), ("org_id", organization)) if id is not None}}
        for label, key, read in (
            ("Value", "value", fields.number), ("Currency", "currency", fields.text), ("Lost reason", "lost_reason", fields.text),
            ("Expected close date", "expected_close_date", fields.day), ("Owner", "owner_id", self._user),
            ("Won time", "won_time", self._moment), ("Lost time", "lost_time", self._moment),
        ):  # fmt: skip
            if label in own:
                body[key] = read(own[label][1])
        if "currency" in body and not any(
            e["code"] == body["currency"] and e["active_flag"] for e in self.account.small("currency").values()
        ):
            raise Skipped("Please provide valid currency")
        if "Status" in own:
            body["status"] = fields.text(own["Status"][1]).lower()
        body |= self._stage(own)
        custom = fields.custom(self.account, "deal", dict(own.values()), self.user["default_currency"])
        id = int(self._call("POST", "/api/v2/deals", body | ({"custom_fields": custom} if custom else {}))["id"])
        self.counts["deal created"] += 1
        return id

    def _stage(self, own: Mapping[str, tuple[Field, Any]]) -> Body:
        pipeline, stage = (fields.text(own[label][1]) if label in own else "" for label in ("Pipeline", "Stage"))
        pipelines = [each for each in self.account.small("pipeline").values() if not each["is_deleted"]]
        chosen = next((each for each in pipelines if each["name"] == pipeline), None) if pipeline else self.account.default_pipeline()
        if chosen is None:
            raise Skipped("Pipeline not found")
        found = next((each for each in self.account.stages_of(chosen["id"]) if each["name"] == stage), None)
        if stage and found is None:
            raise Skipped("Stage not found")
        return {"stage_id": found["id"]} if found else {"pipeline_id": chosen["id"]}

    def _activity(self, own: Mapping[str, tuple[Field, Any]], person: int | None, organization: int | None, deal: int | None) -> None:
        cells = {label: cell for label, (_, cell) in own.items()}
        types = {each["name"]: each["key_string"] for each in self.account.small("activity_type").values() if not each["is_deleted"]}
        if "Type" in cells and fields.text(cells["Type"]) not in types:
            raise Skipped("Activity type not found")
        body: Body = {"participants": [{"person_id": person, "primary": True}]} if person else {}
        body |= {key: id for key, id in (("org_id", None if person or deal else organization), ("deal_id", deal)) if id is not None}
        body |= {"subject": fields.text(cells["Subject"])} if "Subject" in cells else {}
        body |= {"type": types[fields.text(cells["Type"])]} if "Type" in cells else {}
        body |= {"owner_id": self._user(cells["Assigned to user"])} if "Assigned to user" in cells else {}
        body |= {"done": fields.text(cells["Done"]).lower() == "done"} if "Done" in cells else {}
        body |= {"busy": fields.text(cells["Free/busy"]).lower() == "busy"} if "Free/busy" in cells else {}
        body |= {"location": {"value": fields.text(cells["Location"])}} if "Location" in cells else {}
        body |= {"duration": fields.clock(cells["Duration"])} if "Duration" in cells else {}
        body |= {"note": _paragraphs(fields.text(cells["Note"]))} if "Note" in cells else {}
        if "Due date" in cells:
            body["due_date"] = fields.day(cells["Due date"])
            if "Due time" in cells:
                moment = self._moment(f"{body['due_date']} {fields.clock(cells['Due time'])}")
                body |= {"due_date": moment[:10], "due_time": moment[11:19]}
        self._call("POST", "/api/v2/activities", body)
        self.counts["activity created"] += 1

    # -- common ---------------------------------------------------------------------------------------------------

    def _moment(self, value: Any) -> str:
        return fields.moment(value, self.zone)

    def _user(self, value: Any) -> int:
        name = _plain(fields.text(value))
        found = [each["id"] for each in self.account.small("user").values() if each["active"] and _plain(each["name"]) == name]
        if not found:
            raise Skipped("Owner not found")
        return int(found[0])

    def _call(self, method: str, path: str, body: Body, **given: int) -> Body:
        found = contract().find(path.replace("{id}", "1"))
        assert found is not None
        endpoint = found[0][method][0]
        assert endpoint is not None
        answer: Body = HANDLERS[f"{method} {path}"](Call(self.account, self.user, endpoint, given, {}, body)).data
        return answer


def _of(row: Row, category: str) -> dict[str, tuple[Field, Any]]:
    return {field.label: (field, value) for field, value in row.items() if field.category == category}


def _value(row: Row, category: str, label: str) -> Any:
    return next((value for field, value in row.items() if (field.category, field.label) == (category, label)), None)


def _paragraphs(words: str) -> str:
    return html.escape(words, quote=False).replace("\n", "<br>")


def _plain(words: str) -> str:
    return " ".join(str(words).casefold().split())


def _digits(words: str) -> str:
    return "".join(character for character in words if character.isdecimal())


def _said(refusal: Refusal) -> str:
    return str(refusal.body.get("error") if isinstance(refusal.body, dict) else refusal.body).removeprefix("Validation failed: ")
