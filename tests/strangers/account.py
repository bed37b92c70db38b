"""The loaded account as facts, read by plain HTTP: who, when, how much. Nothing here knows the product's code.

What stands in texts (invoices in notes, payments in histories, procedures in a field) is taken apart as a person would read it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date, datetime
from functools import cached_property, partial
from typing import Any

from tests.http_client import HTTP
from tests.journey.target import SOURCE, Record, Target, labelled

UNPAGED = {"/v1/users", "/v1/activityTypes", "/v1/leadLabels"}
"""Lists that come whole."""
_AMOUNT = r"-?[\d,]+\.\d\d"
_INVOICE = re.compile(r"^Invoice (\S+)")
_PRICE = re.compile(rf"^(?:(discount|total|GST|gap|fund rebate|balance|received|credited) )?({_AMOUNT})$")
_ENTRY = re.compile(rf"^(?:(\d\d \w{{3}} \d{{4}}) · )?.*?\breceipt ([^\s·]+).* · ({_AMOUNT})$")


def everything(url: str, token: str, path: str, size: int = 500) -> list[Record]:
    """All pages of a list, v1 or v2."""
    found: list[Record] = []
    params: dict[str, Any] = {} if path in UNPAGED else {"limit": size}
    while True:
        answer = HTTP.get(f"{url}{path}", params=params, headers={"x-api-token": token})
        answer.raise_for_status()
        page = answer.json()
        found += page["data"] or []
        extra = page.get("additional_data") or {}
        paging = extra.get("pagination") or {}
        if extra.get("next_cursor"):
            params["cursor"] = extra["next_cursor"]
        elif paging.get("more_items_in_collection"):
            params["start"] = paging["next_start"]
        else:
            return found


class Account:
    """What stands in the account."""

    def __init__(self, url: str, token: str) -> None:
        reader: Callable[..., list[Record]] = partial(everything, url, token)
        self.target = Target(reader, url, token)
        target = self.target
        self.organizations, self.persons, self.deals = target.organizations.ours, target.persons.ours, target.deals.ours
        self.activities, self.notes, self.leads = target.activities.ours, target.notes.ours, target.leads.ours
        self.twice = [key for kind in (target.persons, target.deals, target.activities, target.notes) for key in kind.twice]

    def of(self, prefix: str) -> dict[str, Record]:
        """Activities whose key has this prefix."""
        return {key: record for key, record in self.activities.items() if key.startswith(f"{prefix}:")}

    @cached_property
    def invoices(self) -> dict[str, list[Record]]:
        """Invoice number → the places where it is told: person, deal, date, status word, prices by their names, lines."""
        found: dict[str, list[Record]] = defaultdict(list)
        for key, note in self.notes.items():
            if not key.startswith("note:invoices:"):
                continue
            newest: Record = {"lines": []}
            for line in note["lines"]:
                if match := _INVOICE.match(line):
                    parts = line.split(" · ")
                    status = next((part.casefold() for part in parts if part in STATUSES), None)
                    facts = {"person": note["person"], "deal": note["deal"], "date": day_in(parts), "status": status}
                    newest = facts | prices(parts) | {"lines": []}
                    found[match[1]].append(newest)
                elif line.startswith("– "):
                    parts = line.removeprefix("– ").split(", ")
                    newest["lines"].append({"code": parts[0].split(" ")[0], **prices(parts)})
        return found

    @cached_property
    def receipts(self) -> dict[str, list[Record]]:
        """Receipt number → its entries in payment histories: person, deal, date, cents, words."""
        found: dict[str, list[Record]] = defaultdict(list)
        for key, activity in self.of("history").items():
            for line in activity["lines"]:
                if match := _ENTRY.match(line):
                    entry = {"person": activity["person"], "deal": activity["deal"], "date": _day(match[1]), "cents": to_cents(match[3])}
                    found[match[2].partition("/")[0]].append(entry | {"words": line, "history": key})
        return found


STATUSES = {"Paid", "Part paid", "Open", "Overdue", "Void"}


def ids_of(record: Record) -> list[str]:
    """All source keys of a record."""
    return [key for key in (record.get(SOURCE) or "").split(", ") if key]


def details(record: Record) -> dict[str, str]:
    """The labelled lines of a person's details."""
    return labelled((record.get("Patient details") or "").split("\n"))


def to_cents(text: str) -> int:
    """`-1,234.50` in cents."""
    return int(text.replace(",", "").replace(".", ""))


def prices(parts: Iterable[str]) -> dict[str, int]:
    """Amounts among the parts of a line by their names; one without a name is `fee` first, and `last` is the last of all."""
    found: dict[str, int] = {}
    for part in parts:
        if match := _PRICE.match(part.strip()):
            found.setdefault(match[1] or "fee", to_cents(match[2]))
            found["last"] = to_cents(match[2])
    return found


def procedures(deal: Record) -> list[Record]:
    """The items of a plan as its deal lists them."""
    found = []
    for line in (deal.get("Procedures") or "").split("\n"):
        if not line:
            continue
        parts = re.split(r", (?=tooth |surfaces |qty |discount |total |-?[\d,]+\.\d\d|planned$|completed$|cancelled$)", line)
        named = {
            word: part.removeprefix(f"{word} ") for word in ("tooth", "surfaces", "qty") for part in parts if part.startswith(f"{word} ")
        }
        found.append(named | prices(parts) | {"name": parts[0], "done": "completed" in parts})
    return found


def day_in(parts: Iterable[str]) -> str | None:
    """The first date among parts, ISO."""
    return next((found for part in parts if (found := _day(part))), None)


def _day(text: str | None) -> str | None:
    try:
        parsed: date = datetime.strptime((text or "").strip(), "%d %b %Y").date()  # a day has no zone
    except ValueError:
        return None
    return parsed.isoformat()
