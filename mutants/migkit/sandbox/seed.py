"""What an account holds from the start: what Pipedrive gives a new customer, and what a seed file adds.

The seed file (`account.json`) speaks in names: persons name their organization, deals their person, stages their pipeline.
It is written by the generator; its records are as if they had been there before any migration.
"""

from __future__ import annotations

import random
import uuid
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from .account import Account
from .contract import contract
from .errors import Refusal
from .objects import activities, activity_types, deals, fields, leads, notes, organizations, persons, pipelines, products, users, webhooks
from .objects.registry import Answer, Call
from .store import Body

FRESH: Mapping[str, Any] = yaml.safe_load((Path(__file__).parent / "fresh.yaml").read_text(encoding="utf-8"))
"""What a new customer gets."""


def fill(account: Account, token: str, seed: Mapping[str, Any]) -> None:
    """Make the account: what everybody gets, then what `seed` holds. Raises ValueError where the seed contradicts itself."""
    _bare(account)
    _people(
        account, token, seed.get("users") or [{"name": "Practice admin", "email": "admin@example.com", "is_admin": True, "active": True}]
    )
    for name in seed.get("currencies") or FRESH["currencies"]:
        _currency(account, name)
    _natives(account)
    _schema(account, seed)
    writer = _Writer(account)
    for part in ("organizations", "persons", "products", "deals", "leads", "activities", "notes", "webhooks"):
        for number, given in enumerate(seed.get(part) or [], 1):
            try:
                getattr(writer, part)(given)
            except Refusal as refusal:
                raise ValueError(f"Seed file, {part}, entry {number}: {refusal.body}") from None
            except KeyError as error:
                raise ValueError(f"Seed file, {part}, entry {number}: {error} is missing or names nothing") from None


def _bare(account: Account) -> None:
    rng = random.Random(f"labels/{account.config.seed}/{account.id}")
    now = account.now()
    for name, color in FRESH["deal_labels"]:
        id = str(uuid.UUID(int=rng.getrandbits(128), version=4))
        account.insert("lead_label", {"name": name, "color": color, "is_deleted": False, "add_time": now, "update_time": now}, 1, id=id)


def _people(account: Account, token: str, given: list[Mapping[str, Any]]) -> None:
    now = account.now()
    owner_found = False
    for user in given:
        admin = bool(user.get("is_admin"))
        is_owner = admin and not owner_found and user.get("active", True)
        owner_found = owner_found or is_owner
        permissions = {name: admin or name in users.REGULAR for name in users.PERMISSIONS} | dict(user.get("permissions") or {})
        account.insert("user", {
            "name": user["name"], "email": user["email"], "is_admin": admin, "active": bool(user.get("active", True)),
            "role_id": user.get("role_id", 1),
            "default_currency": "AUD", "permissions": permissions, "token": token if is_owner else account.new_hash(),
            "add_time": now, "update_time": now,
        }, 1)  # fmt: skip
    if not owner_found:
        raise ValueError("The seed file names no active admin user, so nobody could own the token.")


def _currency(account: Account, code: str) -> None:
    name, symbol = FRESH["currencies"].get(code, (code, code))
    account.insert("currency", {"code": code, "name": name, "symbol": symbol, "decimal_points": 0 if code == "JPY" else 2,
                                "active_flag": True,
                                "is_custom_flag": False}, 1)  # fmt: skip


def _natives(account: Account) -> None:
    now = account.now()
    for entity, natives in FRESH["fields"].items():
        for code, name, kind in natives:
            named = [(label, None) for label in FRESH["options"].get(f"{entity}.{code}", ())]
            if code == "label_ids":
                named = [] if entity == "lead" else FRESH["deal_labels" if entity == "deal" else "labels"]
            options = [{"id": account.store.next_id(account.id, "option"), "label": label, "color": color, "add_time": now,
                        "update_time": None}
                       for label, color in named]  # fmt: skip
            synced = entity == "person" and code in FRESH["contact_sync"]
            account.insert("field", fields.definition(entity, code, name, kind, now, options=options, contact_sync=synced), 1)


def _schema(account: Account, seed: Mapping[str, Any]) -> None:
    call = caller(account, "GET /api/v2/personFields")
    for given in seed.get("fields") or []:
        options = [{"label": label} for label in given.get("options") or []] or None
        fields.create_field(call, given["entity"], given["label"], given["type"], options)
    for pipeline in seed.get("pipelines") or [FRESH["pipeline"]]:
        made = send(account, "POST /api/v2/pipelines", pipelines.add_pipeline, {"name": pipeline["name"]})
        for stage in pipeline["stages"]:
            send(account, "POST /api/v2/stages", pipelines.add_stage, {"name": stage, "pipeline_id": made["id"]})
    now = account.now()
    for number, (name, icon) in enumerate(FRESH["activity_types"], 1):
        account.insert("activity_type", {"name": name, "icon_key": icon, "key_string": icon, "color": "FFFFFF", "order_nr": number,
                                         "is_custom_flag": False, "is_deleted": False, "add_time": now, "update_time": now}, 1)  # fmt: skip
    held = {each["name"] for each in account.small("activity_type").values()}
    for kind in seed.get("activity_types") or []:
        if kind["name"] not in held:
            send(account, "POST /api/v1/activityTypes", activity_types.create, {"name": kind["name"], "icon_key": kind["icon_key"]})


def caller(account: Account, endpoint: str, body: Any = None) -> Call:
    """Return a call by the account's first admin that never came over the wire."""
    owner = next(user for user in account.small("user").values() if user["is_admin"] and user["active"])
    return Call(account, owner, contract().by_name[endpoint], {}, {}, body)


def send(account: Account, endpoint: str, handler: Any, body: Body) -> Any:
    """Carry a handler out and return its data."""
    answer: Answer = handler(caller(account, endpoint, body))
    return answer.data


class _Writer:
    """Turns the seed's names into ids and sends each record through its own handler."""

    def __init__(self, account: Account) -> None:
        self.account = account
        self.ids: dict[tuple[str, str], Any] = {}
        self.users = {user["email"].lower(): user["id"] for user in account.small("user").values()}

    def _custom(self, entity: str, given: Mapping[str, Any]) -> dict[str, Any]:
        result = {}
        for label, value in (given.get("custom") or {}).items():
            field = next((each for each in self.account.fields(entity, custom=True) if each["field_name"] == label), None)
            if field is None:
                raise KeyError(label)
            ids = {option["label"]: option["id"] for option in field["options"]}
            if field["field_type"] == "enum":
                value = ids[value]
            elif field["field_type"] == "set":
                value = [ids[each] for each in value]
            result[field["field_code"]] = value
        return {"custom_fields": result} if result else {}

    def _shared(self, given: Mapping[str, Any]) -> Body:
        body: Body = {}
        if given.get("owner"):
            body["owner_id"] = self.users[given["owner"].lower()]
        if given.get("add_time"):
            body["add_time"] = given["add_time"]
        return body

    def _link(self, kind: str, given: Mapping[str, Any], name: str, key: str) -> Body:
        return {key: self.ids[kind, given[name]]} if given.get(name) else {}

    def organizations(self, given: Mapping[str, Any]) -> None:
        """Add an organization."""
        address = given.get("address")
        body = {"name": given["name"], **self._shared(given), **self._custom("organization", given)}
        body |= {"address": {"value": address} if isinstance(address, str) else address} if address else {}
        self.ids["organization", given["name"]] = send(self.account, "POST /api/v2/organizations", organizations.create, body)["id"]

    def persons(self, given: Mapping[str, Any]) -> None:
        """Add a person."""
        lists = {key: [{k: v for k, v in each.items() if v is not None} for each in given.get(key) or []] for key in ("emails", "phones")}
        body = {"name": given["name"], **lists, **self._shared(given), **self._custom("person", given)}
        body |= self._link("organization", given, "organization", "org_id")
        self.ids["person", given["name"]] = send(self.account, "POST /api/v2/persons", persons.create, body)["id"]

    def products(self, given: Mapping[str, Any]) -> None:
        """Add a product."""
        plain = {key: given[key] for key in ("name", "code", "description", "unit", "tax", "prices") if given.get(key) is not None}
        body = {**plain, **self._shared(given), **self._custom("product", given)}
        self.ids["product", given["name"]] = send(self.account, "POST /api/v2/products", products.create, body)["id"]

    def deals(self, given: Mapping[str, Any]) -> None:
        """Add a deal."""
        body = {key: given[key] for key in ("title", "value", "currency", "status") if given.get(key) is not None}
        if given.get("pipeline"):
            pipeline = next(each for each in self.account.small("pipeline").values() if each["name"] == given["pipeline"])
            stages = {each["name"]: each["id"] for each in self.account.stages_of(pipeline["id"])}
            body |= {"pipeline_id": pipeline["id"]} | ({"stage_id": stages[given["stage"]]} if given.get("stage") else {})
        body |= self._link("person", given, "person", "person_id") | self._link("organization", given, "organization", "org_id")
        body |= self._shared(given) | self._custom("deal", given)
        body.pop("add_time", None)
        self.ids["deal", given["title"]] = send(self.account, "POST /api/v2/deals", deals.create, body)["id"]

    def leads(self, given: Mapping[str, Any]) -> None:
        """Add a lead."""
        body = {"title": given["title"], **self._link("person", given, "person", "person_id"),
                **self._link("organization", given, "organization", "organization_id")}  # fmt: skip
        send(self.account, "POST /api/v1/leads", leads.create, body)

    def activities(self, given: Mapping[str, Any]) -> None:
        """Add an activity."""
        kinds = {each["name"].lower(): each["key_string"] for each in self.account.small("activity_type").values()}
        keys = set(kinds.values())
        body = {key: given[key] for key in ("subject", "due_date", "done", "note") if given.get(key) is not None}
        if given.get("type"):
            body["type"] = given["type"] if given["type"] in keys else kinds[given["type"].lower()]
        if given.get("person"):
            body["participants"] = [{"person_id": self.ids["person", given["person"]], "primary": True}]
        send(
            self.account,
            "POST /api/v2/activities",
            activities.create,
            body | {k: v for k, v in self._shared(given).items() if k != "add_time"},
        )

    def notes(self, given: Mapping[str, Any]) -> None:
        """Add a note."""
        body = {"content": given["content"], **self._link("person", given, "person", "person_id")}
        body |= self._link("deal", given, "deal", "deal_id") | self._link("organization", given, "organization", "org_id")
        send(self.account, "POST /api/v1/notes", notes.create, body)

    def webhooks(self, given: Mapping[str, Any]) -> None:
        """Add a webhook."""
        body = {key: given[key] for key in ("subscription_url", "event_action", "event_object", "name")}
        send(self.account, "POST /api/v1/webhooks", webhooks.create, body)
