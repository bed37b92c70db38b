"""What stands in the target, read by plain HTTP and written in the practice's words: labels, e-mails and source keys, no ids."""

from __future__ import annotations

import hashlib
import html
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

from tests.http_client import HTTP

Record = dict[str, Any]
SOURCE = "Source_System_ID__c"
CONTRACT: dict[str, Any] = {
    name: part
    for file in ("pipedrive.yaml", "landing.yaml")
    for name, part in yaml.load((Path(__file__).parents[2] / "templates" / file).read_text(encoding="utf-8"), yaml.CSafeLoader).items()
}
"""The documented default map: labels, types, stages, activity types."""

_MARK = re.compile(r"^Source: ([a-z_]+:\S.*)$")
_FILE_MARK = re.compile(r"\[([a-z_]+)-([^\]]+)\]")


@dataclass
class Kind:
    """The records of one object: ours by source key, the rest by id."""

    ours: dict[str, Record] = field(default_factory=dict)
    theirs: dict[int, Record] = field(default_factory=dict)
    twice: list[str] = field(default_factory=list)

    def add(self, key: str | None, record: Record) -> None:
        if key is None:
            self.theirs[record["id"]] = record
        elif key in self.ours:
            self.twice.append(key)
        else:
            self.ours[key] = record


class Target:
    """Every object of the account, each record a flat dictionary whose references are keys of our records."""

    def __init__(self, everything: Callable[..., list[Record]], url: str, token: str) -> None:
        self._all, self._url, self._token = everything, url, token
        self.user = {row["id"]: row["email"] for row in everything("/v1/users")}
        self.types = {row["key_string"]: row["name"] for row in everything("/v1/activityTypes")}
        self.pipeline = {row["id"]: row["name"] for row in everything("/api/v2/pipelines")}
        self.stage = {row["id"]: row["name"] for row in everything("/api/v2/stages")}
        self.lead_label = {row["id"]: row["name"] for row in everything("/v1/leadLabels")}
        self._key: dict[tuple[str, Any], str] = {}

    @cached_property
    def organizations(self) -> Kind:
        return self._custom("organization", "/api/v2/organizations", lambda row: {"name": row["name"], "address": _place(row["address"])})

    @cached_property
    def persons(self) -> Kind:
        def read(row: Record) -> Record:
            contacts = {
                name: [(item["value"], item["label"], item["primary"]) for item in row[name] or []] for name in ("emails", "phones")
            }
            return {"name": row["name"], **contacts, "org": self._refer(self.organizations, "organization", row["org_id"])}

        return self._custom("person", "/api/v2/persons", read)

    @cached_property
    def deals(self) -> Kind:
        def read(row: Record) -> Record:
            links = {"person": self._person(row), "org": self._refer(self.organizations, "organization", row["org_id"])}
            stands = {"pipeline": self.pipeline[row["pipeline_id"]], "stage": self.stage[row["stage_id"]], "value": cents(row["value"])}
            plain = {name: row[name] for name in ("title", "currency", "status", "won_time", "lost_time", "lost_reason")}
            return plain | stands | links

        return self._custom("deal", "/api/v2/deals", read)

    @cached_property
    def products(self) -> Kind:
        def read(row: Record) -> Record:
            prices = [(price["currency"], cents(price["price"]), cents(price["cost"])) for price in row["prices"]]
            return {name: row[name] for name in ("name", "code", "description", "tax", "is_linkable")} | {"prices": prices}

        return self._custom("product", "/api/v2/products", read)

    @cached_property
    def leads(self) -> Kind:
        """Leads carry the fields of deals, by their keys, beside their own."""
        found, fields = Kind(), self._fields("deal")
        for row in self._all("/v1/leads"):
            money = row["value"] and (row["value"]["currency"], cents(row["value"]["amount"]))
            custom = {name: read(row[code]) for code, (name, read) in fields.items() if row.get(code) is not None}
            labels = sorted(self.lead_label[label] for label in row["label_ids"])
            record = {"id": row["id"], "title": row["title"], "value": money, "labels": labels, "person": self._person(row)}
            self._keep(found, "lead", record | {"owner": self.user[row["owner_id"]], **custom})
        return found

    @cached_property
    def activities(self) -> Kind:
        found = Kind()
        for row in self._all("/api/v2/activities"):
            key, lines = marked(row["note"] or "")
            plain = {name: row[name] for name in ("id", "subject", "due_date", "done", "busy")}
            when = {"due_time": (row["due_time"] or "")[:5] or None, "duration": (row["duration"] or "")[:5] or None}
            links = {"person": self._person(row), "deal": self._refer(self.deals, "deal", row["deal_id"])}
            rest = {"type": self.types[row["type"]], "location": _place(row["location"]), "owner": self.user[row["owner_id"]]}
            found.add(key, plain | when | links | rest | {"lines": lines})
        return found

    @cached_property
    def notes(self) -> Kind:
        found = Kind()
        for row in self._all("/v1/notes", 100):
            key, lines = marked(row["content"])
            links = {
                "person": self._person(row),
                "deal": self._refer(self.deals, "deal", row["deal_id"]),
                "lead": self._refer(self.leads, "lead", row["lead_id"]),
            }
            rest = {"id": row["id"], "add_time": row["add_time"], "owner": self.user[row["user_id"]], "markup": row["content"]}
            found.add(key, links | rest | {"lines": lines, "bytes": len(row["content"].encode())})
        return found

    @cached_property
    def files(self) -> Kind:
        found = Kind()
        for row in self._all("/v1/files", 100):
            mark = _FILE_MARK.search(row["name"])
            answer = HTTP.get(
                f"{self._url}/v1/files/{row['id']}/download", headers={"x-api-token": self._token}, follow_redirects=True, timeout=60
            )
            answer.raise_for_status()
            links = {"person": self._person(row), "deal": self._refer(self.deals, "deal", row["deal_id"])}
            record = {"id": row["id"], "name": row["name"], "sha256": hashlib.sha256(answer.content).hexdigest(), **links}
            found.add(f"{mark[1]}:{mark[2]}" if mark else None, record)
        return found

    def _person(self, row: Record) -> str | None:
        return self._refer(self.persons, "person", row["person_id"])

    def _refer(self, kind: Kind, name: str, number: Any) -> str | None:
        """The key of our record behind an id; `theirs 12` for one that was there before, None for none."""
        return None if number is None else self._key.get((name, number), f"theirs {number}")

    def _custom(self, name: str, path: str, read: Callable[[Record], Record]) -> Kind:
        found, fields = Kind(), self._fields(name)
        for row in self._all(path):
            values = {label: value(row["custom_fields"][code]) for code, (label, value) in fields.items()}
            shared = {"id": row["id"], "owner": self.user[row["owner_id"]], "add_time": row["add_time"]}
            self._keep(found, name, shared | read(row) | {label: value for label, value in values.items() if value is not None})
        return found

    def _keep(self, kind: Kind, name: str, record: Record) -> None:
        ids = record.get(SOURCE)
        key = ids.split(", ")[0] if ids else None
        if key:
            self._key[name, record["id"]] = key
        kind.add(key, record)

    def _fields(self, name: str) -> dict[str, tuple[str, Callable[[Any], Any]]]:
        """Code of each custom field → label and reader.

        A field of another type than documented carries it in its label; ours beside such a one is called `… (migrated)`.
        """
        documented = CONTRACT["fields"][name]
        rows = [row for row in self._all(f"/api/v2/{name}Fields") if row["is_custom_field"]]
        taken = {row["field_name"] for row in rows if row["field_type"] != documented.get(row["field_name"], {}).get("type")}
        found = {}
        for row in rows:
            label, kind = row["field_name"], row["field_type"]
            if label.removesuffix(" (migrated)") in taken:
                label = label.removesuffix(" (migrated)")
            options = {option["id"]: option["label"] for option in row["options"] or []}
            is_ours = label in documented and documented[label]["type"] == kind
            found[row["field_code"]] = (label if is_ours else f"{label} [{kind}]", _reader(kind, options))
        return found


def _reader(kind: str, options: dict[int, str]) -> Callable[[Any], Any]:
    readers: dict[str, Callable[[Any], Any]] = {
        "enum": options.__getitem__,
        "monetary": lambda value: (value["currency"], cents(value["value"])),
        "address": _place,
    }
    read = readers.get(kind, lambda value: value)
    return lambda value: None if value is None else read(value)


def _place(value: Any) -> str | None:
    return value["value"] if value else None


def cents(value: float | None) -> int:
    """Money as the target writes it, in cents; it must be exact to the cent."""
    found = round((value or 0) * 100)
    assert abs(found - (value or 0) * 100) < 1e-6, f"{value} is no whole number of cents"
    return found


def lines_of(markup: str) -> list[str]:
    """The words of HTML, a line a paragraph or list item; tags and empty lines dropped."""
    broken = re.sub(r"<br\s*/?>|</(?:p|li|ul|ol|div|tr|table|h\d)>", "\n", markup)
    plain = html.unescape(re.sub(r"<[^>]*>", "", broken))
    return [line for line in (" ".join(part.split()) for part in plain.split("\n")) if line]


def marked(markup: str) -> tuple[str | None, list[str]]:
    """The source key in the last line of a text, None where there is none, and the lines above it."""
    lines = lines_of(markup)
    found = _MARK.match(lines[-1]) if lines else None
    return (found[1], lines[:-1]) if found else (None, lines)


def labelled(lines: Iterable[str]) -> dict[str, str]:
    """`Label: value` lines as a dictionary; other lines are left out."""
    return {label: value for label, colon, value in (line.partition(": ") for line in lines) if colon}
