"""The generator's clean truth as the target should hold it in the end: the first export, what changed since, what a flaw took away.

Every way in which the truth is not to be expected as it stands is counted in `explained`, under the name of its rule.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from .target import CONTRACT, SOURCE, Target

Row = dict[str, Any]
ID = {
    "practitioners": ("practitioner", "practitioner_id"), "families": ("family", "family_id"), "patients": ("patient", "patient_id"),
    "appointments": ("appointment", "appointment_id"), "treatment_plans": ("plan", "plan_id"), "treatment_items": ("plan_item", "item_id"),
    "invoices": ("invoice", "invoice_id"), "invoice_lines": ("invoice_line", "line_id"), "payments": ("payment", "payment_id"),
    "health_funds": ("cover", "cover_id"), "clinical_notes": ("note", "note_id"), "attachments": ("attachment", "attachment_id"),
    "products": ("product", "product_id"), "leads": ("lead", "lead_id"), "communications": ("communication", "communication_id"),
    "recalls": ("recall", "recall_id"), "workflows": ("workflow", "workflow_id"), "reports": ("report", "report_id"),
}  # fmt: skip
STAY_BEHIND = {"medicare_number", "medicare_irn", "medicare_expiry", "dva_number"}
"""Government identifiers: the privacy section of the map leaves them out."""
HOMELESS = ("custom:Hygiene Club", "custom:Favourite Music")
"""Columns that the demo confirms as without a home."""
GENERATION = 15
"""Years from parent to child, at least."""
CONTACTS = frozenset({"mobile", "home_phone", "work_phone", "phone", "email"})
DOUBTFUL = {"ambiguous-local-time", "nonexistent-local-time"}
"""Hours that occur twice or never: the policies hold them."""


class Truth:
    """Tables by id, persons, households and owners on the day of the second export."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.document: Row = json.loads((folder / "truth.json").read_text(encoding="utf-8"))
        self.account: Row = json.loads((folder / "account.json").read_text(encoding="utf-8"))
        self.zone = ZoneInfo(self.document["practice"]["timezone"])
        self.currency: str = self.document["practice"]["currency"]
        self.today: str = self.document["practice"]["later"]
        self.explained: Counter[str] = Counter()
        self.tables = {table: self._end_state(table) for table in ID}
        self.gone = {f"{ID[table][0]}:{key}" for table, change in self.document["delta"]["tables"].items() for key in change["gone"]}
        self.either: set[str] = set()
        self.dropped: dict[str, list[Row]] = defaultdict(list)
        self.apart: dict[str, str] = {}
        """Person key of a second record kept apart → key of the person it is."""
        self.unlisted: list[Row] = []
        """Attachments that no index names, but whose file name says whose they are."""
        self.as_written: dict[str, list[str]] = defaultdict(list)
        """Key of a row → its phones and e-mails that cannot be read, as they were written."""
        self._damage()
        for field in self.account["fields"]:
            mine = CONTRACT["fields"][field["entity"]].get(field["label"])
            self.explained["renamed: the label belongs to a field of another type"] += bool(mine and mine["type"] != field["type"])
        for row in self.tables["patients"].values():
            self.explained["left out: a government identifier"] += sum(row.get(name) is not None for name in STAY_BEHIND)
            self.explained["left out: a column without a home"] += sum(row.get(name) is not None for name in HOMELESS)

    def _end_state(self, table: str) -> dict[str, Row]:
        """The rows of the second export, and those of the first that it lacks: what is gone stays (policy keep)."""
        name, change = ID[table][1], self.document["delta"]["tables"][table]
        rows = {row[name]: dict(row) for row in [*self.document["tables"][table], *change["new"]]}
        for key, values in change["changed"].items():
            rows[key] |= values
        self.explained["kept: gone from the second export"] += len(change["gone"])
        return rows

    def _damage(self) -> None:
        damage = json.loads((self.folder / "damage.json").read_text(encoding="utf-8"))
        found: dict[str, dict[tuple[str, str, str], Row]] = defaultdict(dict)
        for export in ("export", "export_delta"):
            for flaw in damage[export]["flaws"]:
                if flaw["key"] and (export == "export_delta" or flaw["key"] in self.gone):
                    found[flaw["effect"]][flaw["key"], flaw["field"], flaw["kind"]] = flaw
        for (key, name, kind), flaw in found["lost"].items():
            if name not in STAY_BEHIND:
                self.tables[flaw["table"]][key.partition(":")[2]][name] = None
                self.explained[f"lost: {kind}"] += 1
                if name in CONTACTS:
                    self.as_written[key].append(f"{name.replace('_', ' ')} {flaw['after']}")
        for effect in ("rejected", "held", "absent", "found"):
            for (key, _, kind), flaw in found[effect].items():
                if effect != "found" or kind in DOUBTFUL or kind == "entry-without-file":
                    row = self.tables[flaw["table"]].pop(key.partition(":")[2])
                    self.dropped[flaw["table"]].append(row)
                    self.explained[f"{'held' if effect == 'found' else effect}: {kind}"] += 1
        numbers = {row["patient_number"] for row in self.tables["patients"].values()}
        for row in self.dropped["attachments"]:
            name = row["path"].rpartition("/")[2]
            if self.file(row["path"]) and ((row["invoice_id"] or "-") in name or name.split(" ")[0] in numbers):
                self.unlisted.append(row)
        self.either = {key for key, _, _ in found["either"]}

    def rows(self, table: str) -> list[Row]:
        """The rows of a table in the order of their ids."""
        return sorted(self.tables[table].values(), key=lambda row: (len(row[ID[table][1]]), row[ID[table][1]]))

    def settle(self, target: Target) -> None:
        """Take out what a flaw may cost or not, where it did, and keep apart the second records that wait for a review."""
        for key in sorted(self.either - target.leads.ours.keys()):
            self.tables["leads"].pop(key.partition(":")[2])
            self.explained["rejected: stray-quote"] += 1
        survivor = {part: key for key, record in target.persons.ours.items() for part in record[SOURCE].split(", ")}
        for key, rows in list(self.groups.items()):
            ids = [f"patient:{row['patient_id']}" for row in rows]
            if len(ids) == 1:
                continue
            how = " and ".join(self.variations[one] for one in ids if one in self.variations)
            head = survivor.get(key)
            if head in ids[1:]:
                del self.groups[key]
                self.groups[head] = rows
                if self.tables["patients"][head.partition(":")[2]]["status"] == "merged":
                    self.explained[f"the key of the first load stays, though its record is a tombstone now: {how}"] += 1
                else:
                    self.explained[f"one person under the id of the older record: {how}"] += 1
                    rows.sort(key=lambda row: f"patient:{row['patient_id']}" != head)
            for one in ids[1:]:
                if survivor.get(one) not in (head, None):
                    rows.remove(self.tables["patients"][one.partition(":")[2]])
                    self.groups[one] = [self.tables["patients"][one.partition(":")[2]]]
                    self.apart[one] = key
                    self.explained[f"kept apart for review: {self.variations[one]}"] += 1

    @cached_property
    def variations(self) -> dict[str, str]:
        """Second record of somebody → how it differs from the first."""
        return self.document["variations"] | self.document["delta"]["variations"]

    @cached_property
    def groups(self) -> dict[str, list[Row]]:
        """Person key → its patient rows, the surviving row first."""
        patients = self.tables["patients"]
        persons = self.document["persons"] | self.document["delta"]["persons"]
        return {key: [patients[row.partition(":")[2]] for row in sorted(rows, key=lambda row: row != key)] for key, rows in persons.items()}

    @cached_property
    def person_of(self) -> dict[str, str]:
        """Patient id → person key."""
        return {row["patient_id"]: key for key, rows in self.groups.items() for row in rows}

    @cached_property
    def _known(self) -> dict[tuple[str, str], str]:
        """(name, contact) of every patient → person key."""
        return {
            (f"{row['first_name']} {row['last_name']}".casefold(), row[contact].casefold()): key
            for key, rows in self.groups.items()
            for row in rows
            for contact in ("email", "mobile", "home_phone", "work_phone")
            if row[contact]
        }

    def lead_person(self, lead: Row) -> str:
        """Who enquired: the patient that they became, the patient of that name and contact, or somebody new."""
        if lead["converted_patient_id"]:
            return self.person_of[lead["converted_patient_id"]]
        contacts = [(lead["full_name"].casefold(), lead[contact].casefold()) for contact in ("email", "phone") if lead[contact]]
        return next((self._known[contact] for contact in contacts if contact in self._known), f"person:lead:{lead['lead_id']}")

    @cached_property
    def households(self) -> list[Row]:
        """Households as they are on the later day, of the persons as they came out; kept-apart records live with their first."""
        found = []
        for home in self.document["delta"]["households"]:
            members = [self.person_of[member.partition(":")[2]] for member in home["members"]]
            members += [one for one, person in self.apart.items() if person in members]
            head = home["head"] and self.person_of[home["head"].partition(":")[2]]
            found.append(
                self._undeclared(members, head) if home["key"].startswith("household:") else home | {"members": members, "head": head}
            )
        return found

    def _undeclared(self, members: list[str], head: str) -> Row:
        """A household that nobody declared: who shares the address as the elder record has it, headed by whose contacts most share."""
        street = {one: self.groups[one][0]["address_line1"] for one in members}
        usual = Counter(street.values()).most_common(1)[0][0]
        here = [one for one in members if street[one] == usual]
        self.explained["no member of an undeclared household: the older record has another address"] += len(members) - len(here)
        contact = {
            one: {row[name] for row in self.groups[one] for name in ("email", "mobile", "home_phone", "work_phone")} - {None}
            for one in here
        }
        born = {one: next((row["birth_date"] for row in self.groups[one] if row["birth_date"]), None) for one in here}
        eldest = min((day for day in born.values() if day), default="")
        young = {one: _years(eldest, day) if day else False for one, day in born.items()}
        shared = {one: sum(len(contact[one] & contact[other]) for other in here if other != one) for one in here}
        chosen = min(here, key=lambda one: (young[one], -shared[one], born[one] or "9999", len(one), one))
        self.explained["head of an undeclared household: the eldest of those whose contacts most share"] += chosen != head
        key = min((row["patient_id"] for one in here for row in self.groups[one]), key=lambda one: (len(one), one))
        return {"key": f"household:{key}", "kind": "household", "name": None, "head": chosen, "members": here}

    def theirs(self, key: str, value: str) -> bool:
        """Whether a person's phone or e-mail is the family head's: always of a declared one, else of a parent.

        Adults who share a number without a declared head both own it, and so does who may be one.
        """
        home = next((home for home in self.households if key in home["members"] and home["kind"] == "household"), None)
        head = home["head"] if home and home["head"] else key
        contacts = ("email", "mobile", "home_phone", "work_phone")
        if home is None or head == key or value not in {row[name] for row in self.groups[head] for name in contacts}:
            return False
        if home["key"].startswith("family:"):
            return True
        born, parent = (next((row["birth_date"] for row in self.groups[one] if row["birth_date"]), None) for one in (key, head))
        if born and parent and _years(parent, born):
            return True
        rule = "adults share it" if born and parent else "a birth date was lost"
        self.explained[f"own, not the head's, in an undeclared household: {rule}"] += 1
        return False

    @cached_property
    def fallback(self) -> str:
        """Who owns what nobody owns: the account's admin, by whose token the load is made."""
        return next(user["email"] for user in self.account["users"] if user["is_admin"])

    def user(self, practitioner_id: str | None, otherwise: str | None = None) -> str:
        """E-mail of a practitioner's user; the fallback for one who has none or an inactive one; `otherwise` for no practitioner."""
        if practitioner_id is None:
            return otherwise or self.fallback
        return self._users[f"practitioner:{practitioner_id}"] or self.fallback

    @cached_property
    def _users(self) -> dict[str, str | None]:
        return {owner["practitioner"]: owner["user_email"] for owner in self.document["owners"]}

    def provider(self, practitioner_id: str | None) -> str | None:
        """A practitioner as spoken of: `Dr Fiona Sullivan`."""
        row = self.tables["practitioners"].get(practitioner_id or "")
        return " ".join(row[part] for part in ("title", "first_name", "last_name") if row[part]) if row else None

    def utc(self, local: str) -> datetime:
        """An instant from the practice's wall clock; of an hour that occurs twice the first."""
        return datetime.fromisoformat(local).replace(tzinfo=self.zone).astimezone(UTC)

    def noon(self, day: str) -> str:
        """Noon of a bare date, as v2 writes times."""
        return v2(self.utc(f"{day[:10]}T12:00:00"))

    def file(self, path: str) -> Path | None:
        """A file of the newest export that has it."""
        places = (self.folder / export / path for export in ("export_delta", "export"))
        return next((place for place in places if place.exists()), None)


def _years(parent: str, born: str) -> bool:
    """Whether a generation lies between two births."""
    return (date.fromisoformat(born) - date.fromisoformat(parent)).days >= GENERATION * 365


def v2(moment: datetime) -> str:
    """`2026-03-01T09:00:00Z`."""
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def day(value: str | None) -> str | None:
    """`03 May 2021`."""
    return date.fromisoformat(value[:10]).strftime("%d %b %Y") if value else None


def money(cents: int) -> str:
    """`-1,234.50`."""
    return f"{'-' if cents < 0 else ''}{abs(cents) // 100:,}.{abs(cents) % 100:02d}"
