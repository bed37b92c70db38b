"""Notes, as the truth says they must stand: clinical ones word by word, and the itemised ones of plans and invoices."""

from __future__ import annotations

import re
from collections import defaultdict
from datetime import UTC

from .deals import SHOWN, accounts, procedure
from .matters import minute
from .target import Record, lines_of
from .truth import Row, Truth, day, money

NOTE_LIMIT = 100_000
"""Bytes that a note may hold."""


def notes(truth: Truth, persons: dict[str, Record]) -> dict[str, Record]:
    """Note key → Note: words, date, owner and links. Parts of a split note are taken as one."""
    found = _clinical(truth, persons)
    for key, rows in truth.groups.items():
        lines = [f"{word}: {row[name]}" for row in rows for word, name in (("Alerts", "alerts"), ("Remarks", "notes")) if row[name]]
        if lines:
            found[f"note:{key}"] = {"words": _words(["Patient notes", *dict.fromkeys(lines)]), "person": key, "owner": truth.fallback}
    for row in truth.rows("leads"):
        facts = {"Enquired about": "interest", "Preferred location": "location", "Status": "status", "Notes": "notes"}
        if row["notes"] or row["location"]:
            lines = [f"{label}: {row[name]}" for label, name in facts.items() if row[name]]
            found[f"note:lead:{row['lead_id']}"] = {
                "words": _words(["Enquiry", *lines]),
                "lead": f"lead:{row['lead_id']}",
                "owner": truth.fallback,
                "add_time": v1(truth, row["created_at"]),
            }
    return found


def _clinical(truth: Truth, persons: dict[str, Record]) -> dict[str, Record]:
    found = {}
    for row in truth.rows("clinical_notes"):
        person = truth.person_of[row["patient_id"]]
        author = truth.provider(row["practitioner_id"]) or row["author"]
        header = " · ".join(part for part in ("Clinical note", minute(row["at"]), author, row["title"]) if part)
        found[f"note:{row['note_id']}"] = {
            "words": _words([header, *lines_of(safe(row["content"]))]),
            "add_time": v1(truth, row["at"]),
            "person": person,
            "owner": truth.user(row["practitioner_id"], persons[person]["owner"]),
        } | ({"deal": f"plan:{row['plan_id']}"} if row.get("plan_id") else {})
    return found


def v1(truth: Truth, local: str) -> str:
    """A practice-local time as v1 writes it, in UTC."""
    return truth.utc(local).astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S")


def safe(content: str | None) -> str:
    """Markup without what runs: scripts and frames go with what is in them."""
    return re.sub(r"<(script|iframe|style)\b.*?</\1>", "", content or "", flags=re.DOTALL).replace("</td>", " </td>").replace("\n", "<br>")


def _words(lines: list[str]) -> list[str]:
    return [word for line in lines for word in line.split()]


def notes_as_found(ours: dict[str, Record]) -> dict[str, Record]:
    """Notes as read, parts put together: their headers say `(part 1 of 2)`."""
    found: dict[str, Record] = {}
    for key in sorted(ours, key=lambda key: (key.partition("#")[0], int(key.partition("#")[2] or 1))):
        whole, _, part = key.partition("#")
        record = ours[key]
        assert record["bytes"] <= NOTE_LIMIT, f"{key} is larger than a note may be"
        if re.match(r"note:(patient|person):", key):
            record = record | {"add_time": None}  # alerts have no date in the source
        lines = [re.sub(r" \(part \d+ of \d+\)$", "", line) for line in record["lines"][:1]] + record["lines"][1:]
        shaped = {name: record[name] for name in ("add_time", "person", "deal", "lead", "owner") if record[name] is not None}
        if part:
            rest = {name: found[whole][name] for name in shaped}
            assert (shaped, lines[0]) == (rest, found[whole]["header"]), f"{key} differs from its first part"
            found[whole]["words"] += _words(lines[1:])
        else:
            found[key] = shaped | {"words": _words(lines), "header": lines[0]}
    return {key: {name: value for name, value in record.items() if name != "header"} for key, record in found.items()}


def papers(truth: Truth) -> dict[str, Record]:
    """Note key → what the notes of plans and invoices must say: items or invoices, sum, links and day."""
    items, lines = defaultdict(list), defaultdict(list)
    for item in truth.rows("treatment_items"):
        items[item["plan_id"]].append(procedure(item))
    for line in truth.rows("invoice_lines"):
        lines[line["invoice_id"]].append(f"{line['item_code']} {line['description']} … {money(line['total'])}")
    found = {}
    for key, account in accounts(truth).items():
        if key.startswith("plan:"):
            plan = truth.tables["treatment_plans"][key.removeprefix("plan:")]
            found[f"note:{key}"] = {
                "items": sorted(items[plan["plan_id"]]),
                "total": f"Total: {money(plan['total'])} {truth.currency}",
                "person": account.person,
                "deal": key,
                "add_time": v1(truth, f"{plan['created_date']}T12:00:00"),
            }
        if account.invoices:
            found[f"note:invoices:{key}"] = {
                "items": sorted(_invoice(row) for row in account.invoices)
                + sorted(x for r in account.invoices for x in lines[r["invoice_id"]]),
                "total": f"Invoiced: {money(account.invoiced)} {truth.currency}",
                "person": account.person,
                "deal": key,
                "add_time": v1(truth, f"{max(row['date'] for row in account.invoices)}T12:00:00"),
            }
    return found


def _invoice(row: Row) -> str:
    return f"{row['invoice_id']} {day(row['date'])} {SHOWN[row['status']]} {money(row['total'])}"


_INVOICE = re.compile(r"^Invoice (\S+) · (\d\d \w{3} \d{4}) · ([\w ]+) · total (-?[\d,.]+)")
_LINE = re.compile(r"^– (.+?)(?:, (?:opening|tooth|×|discount|GST|Dr |[A-ZĐ]).*)?, (-?[\d,]+\.\d\d)$")
_ITEM = re.compile(r"^(\d{3} .*?, qty \d+, -?[\d,]+\.\d\d, \w+)")


def paper_as_found(key: str, record: Record) -> Record:
    """A note of a plan or of invoices as read, its lines taken apart."""
    shaped = {name: record[name] for name in ("person", "deal", "add_time") if record[name] is not None}
    lines = record["lines"]
    if key.startswith("note:plan:"):
        items = sorted(match[1] for line in lines if (match := _ITEM.match(line)))
    else:
        bills = sorted(" ".join(match.groups()) for line in lines if (match := _INVOICE.match(line)))
        items = bills + sorted(f"{match[1]} … {match[2]}" for line in lines if (match := _LINE.match(line)))
    return shaped | {"items": items, "total": lines[-1]}
