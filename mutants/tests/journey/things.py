"""Files, products, leads and the documents for rebuilding, as the truth says they must stand."""

from __future__ import annotations

import hashlib
import re
from collections import Counter

from .deals import accounts
from .target import CONTRACT, SOURCE, Record
from .truth import Row, Truth


def files(truth: Truth) -> dict[str, Record]:
    """Attachment key → File: its bytes are those of the export."""
    deal_of = {invoice["invoice_id"]: key for key, account in accounts(truth).items() for invoice in account.invoices}
    found = {}
    for row in [*truth.rows("attachments"), *truth.unlisted]:
        path = truth.file(row["path"])
        assert path is not None, f"{row['path']} is in no export"
        found[f"attachment:{row['attachment_id']}"] = {
            "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
            "person": truth.person_of[row["patient_id"]],
            **({"deal": deal_of[row["invoice_id"]]} if row["invoice_id"] else {}),
            "kind": path.suffix,
            "stem": path.stem,
        }
    return found


def files_as_found(ours: dict[str, Record], truth: Truth) -> dict[str, Record]:
    """Files as read; one without an id of its own is known by its name."""
    unlisted = {row["file_name"].rpartition(".")[0]: f"attachment:{row['attachment_id']}" for row in truth.unlisted}
    found = {}
    for key, record in ours.items():
        shaped = file_as_found(record)
        found[unlisted.pop(shaped["stem"], key) if key.startswith("attachment:~") else key] = shaped
    return found


def file_as_found(record: Record) -> Record:
    """A file as read, its name taken apart."""
    stem, dot, kind = record["name"].rpartition(".")
    shaped = {"kind": dot + kind, "stem": re.split(r" [(\[]", stem)[0], **{name: record.get(name) for name in ("sha256", "person", "deal")}}
    return {name: value for name, value in shaped.items() if value is not None}


def products(truth: Truth) -> dict[str, Record]:
    """Product key → Product."""
    found = {}
    for row in truth.rows("products"):
        texts = [row["description"], f"Category: {row['category']}" if row["category"] else None]
        record = {
            "name": row["name"],
            "code": row["code"],
            "description": "\n".join(text for text in texts if text) or None,
            "tax": row["gst"],
            "prices": [(truth.currency, row["unit_price"], row["cost_price"] or 0)],
            "is_linkable": row["active"],
            "owner": truth.fallback,
            SOURCE: f"product:{row['product_id']}",
            "Stock": row["stock"],
            "Supplier": row["supplier"],
        }
        found[record[SOURCE]] = {name: value for name, value in record.items() if value is not None}
    return found


def leads(truth: Truth, persons: dict[str, Record]) -> dict[str, Record]:
    """Lead key → Lead."""
    found = {}
    for row in truth.rows("leads"):
        person = truth.lead_person(row)
        record = {
            "title": f"{persons[person]['name']} – {row['interest']}",
            "value": (truth.currency, row["value"]) if row["value"] is not None else None,
            "labels": [CONTRACT["lead_labels"][row["status"]]["name"]],
            "person": person,
            "owner": truth.user(row["practitioner_id"], persons[person]["owner"]),
            SOURCE: f"lead:{row['lead_id']}",
            "Source created": row["created_at"][:10],
            "Lead source": row["source"],
        }
        found[record[SOURCE]] = {name: value for name, value in record.items() if value is not None}
    return found


def channel(row: Row) -> str:
    """The way in which a workflow speaks."""
    return {"SMS": "sms", "E-mail": "email", "Call": "call"}[row["channel"]]


def reports(truth: Truth) -> dict[str, tuple[float, list[float]]]:
    """Recipe id → the number that its report must show, and those of its groups: without what was held or rejected."""
    found = {}
    for report, numbers in truth.document["delta"]["sums"]["reports"].items():
        row = truth.tables["reports"][report]
        groups = Counter(numbers["groups"])
        if row["measure"] == "count of recalls":
            first, last = ("-".join(reversed(day.split("/"))) for day in row["period"].split(" to "))
            out = [recall for recall in truth.dropped["recalls"] if recall["status"] == "due" and first <= recall["due_date"] <= last]
            groups.subtract(recall[row["grouping"]] for recall in out)
            truth.explained["not in a report's number: held or rejected"] += len(out)
        if row["measure"] == "count of patients":
            first, last = ("-".join(reversed(day.split("/"))) for day in row["period"].split(" to "))
            kept = [truth.tables["patients"][key.partition(":")[2]] for key in truth.gone if key.startswith("patient:")]
            kept = [patient for patient in kept if first <= patient["created_at"][:10] <= last]
            groups.update(patient["created_at"][: len("2026-01")] for patient in kept)
            truth.explained["in a report's number: gone from the second export, kept"] += len(kept)
        unit = 100 if row["measure"].startswith("sum") else 1
        found[f"report:{report}"] = (sum(groups.values()) / unit, sorted(number / unit for number in groups.values()))
    return found
