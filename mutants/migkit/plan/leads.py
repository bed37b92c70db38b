"""Leads and enquiries → Leads, each with a person: the patient it became, a patient of the same name and contact, or a new one."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from migkit.model.records import ObjectType

from .activities import add_notes
from .context import Context, make
from .people import full_name
from .policies import is_sent
from .rows import Row
from .setup import custom_values, new_values
from .text import amount, short


def plan_leads(context: Context) -> None:
    """Add one lead per row, with a person for enquirers who are no patients and a note for what a lead has no field for."""
    known = _known(context)
    for row in context.rows("leads"):
        patient = f"patient:{row['converted_patient_id']}" if row.get("converted_patient_id") else None
        if row.get("status") == "converted" and context.policies["converted_leads"] == "exclude":
            context.book.exclude(row, "became a patient, left out by the policy converted_leads")
            continue
        if context.book.stopped_by(row, patient):
            continue
        person = context.person(row, "converted_patient_id") or _same_person(row, known) or _enquirer(context, row, known)
        if person is None:
            context.note_problem("no-name", "leads", row["_key"])
            context.book.hold(row, "it has neither a name nor a patient, and a lead needs a person")
            continue
        _plan_lead(context, row, person)


def _plan_lead(context: Context, row: Row, person: str) -> None:
    key = row["_key"]
    name = context.made[person].fields["name"]
    interest = row.get("interest") if is_sent(context.map, "Lead interest", "health") else None
    label = context.map["lead_labels"].get(row.get("status") or "new")
    values = {"source_ids": key, "created": row.get("created_at"), "lead_source": row.get("source")}
    fields = {
        "title": short(f"{name} – {interest or 'Enquiry'}"),
        "value": {"amount": amount(row["value"]), "currency": context.currency} if row.get("value") is not None else None,
        "label_ids": [label["name"]] if label else None,
        **custom_values(context, "deal", values),
        **new_values(context, "leads", [row]),
    }
    owner = context.owner(row.get("practitioner_id"), context.made[person].owner)
    open_ = row.get("status") in (None, "new", "contacted")
    wave = context.wave(person, current=open_, parents=[person])
    make(context, key, ObjectType.LEAD, fields, links={"person_id": person}, owner=owner, wave=wave, sources=[key])
    facts = [
        ("Enquired about", interest),
        ("Preferred location", row.get("location")),
        ("Status", row.get("status")),
        ("Notes", row.get("notes")),
    ]
    lines = [f"{title}: {value}" for title, value in facts if value]
    if row.get("notes") or row.get("location"):
        add_notes(context, f"note:{key}", ["Enquiry", *lines], row.get("created_at"), lead=key, sources=[key], current=open_)
    context.book.own(row, key)


def _enquirer(context: Context, row: Row, known: dict[tuple[str, str], set[str]]) -> str | None:
    """Make the person of an enquirer who is no patient; the same name with the same e-mail or phone is one person."""
    name = full_name(row)
    if not name:
        return None
    key = f"person:{row['_key']}"
    fields = {
        "name": name,
        "emails": _contact(context, "E-mails", row.get("email"), "home"),
        "phones": _contact(context, "Phones", row.get("phone"), "mobile"),
        **custom_values(context, "person", {"source_ids": key, "no_email": None if row.get("email") else "No e-mail on file"}),
    }
    context.first.add(key)
    owner = context.owner(row.get("practitioner_id"))
    make(context, key, ObjectType.PERSON, fields, owner=owner, wave=context.wave(key, current=True), sources=[row["_key"]])
    for contact in (row.get("email"), row.get("phone")):
        if contact:
            known[name.casefold(), contact.casefold()].add(key)
    return key


def _contact(context: Context, label: str, value: str | None, kind: str) -> list[dict[str, Any]] | None:
    return [{"value": value, "label": kind, "primary": True}] if value and is_sent(context.map, label, "contact") else None


def _same_person(row: Row, known: dict[tuple[str, str], set[str]]) -> str | None:
    """Return the one planned person with this name and this e-mail or phone, None where there is none or are several."""
    name = full_name(row).casefold()
    found: set[str] = set()
    for contact in (row.get("email"), row.get("phone")):
        if name and contact:
            found |= known.get((name, contact.casefold()), set())
    return next(iter(found)) if len(found) == 1 else None


def _known(context: Context) -> dict[tuple[str, str], set[str]]:
    known: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in context.rows("patients"):
        person = context.person_of.get(row["_key"])
        names = {full_name(row).casefold(), " ".join(str(row[part]) for part in ("first_name", "last_name") if row.get(part)).casefold()}
        for name in names - {""}:
            for contact in (row.get("email"), row.get("mobile"), row.get("home_phone"), row.get("work_phone")):
                if person and contact:
                    known[name, contact.casefold()].add(person)
    return known
