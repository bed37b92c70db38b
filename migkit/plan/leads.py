"""Leads and enquiries → Leads, each with a person: the patient it became, a patient of the same name and contact, or a new one."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from migkit.model.messages import Message
from migkit.model.objects import ObjectType
from migkit.model.records import DesiredRecord

from .activities import add_notes
from .context import Context
from .people import Persons, contact_remarks, full_name, further, with_primary
from .rows import Row
from .text import short


def plan_leads(context: Context, persons: Persons) -> None:
    """Add one lead per row, with a person for enquirers who are no patients and a note for what a lead has no field for."""
    enquirers: dict[str, DesiredRecord] = {}
    known = _known(context, persons)
    for row in context.rows("leads"):
        patient = f"patient:{row['converted_patient_id']}" if row.get("converted_patient_id") else None
        if row.get("status") == "converted" and context.policies["converted_leads"] == "exclude":
            context.book.exclude(row, Message.of("converted-left-out"))
            continue
        if context.book.stopped_by(row, patient):
            continue
        key = persons.key(row, "converted_patient_id") or _same_person(row, known)
        person = (persons.records.get(key) or enquirers.get(key)) if key else _enquirer(context, row)
        if person is None:
            context.note_problem("no-name", "leads", row["_key"])
            context.book.hold(row, Message.of("lead-without-person"))
            continue
        if key is None:
            enquirers[person.key] = person
            _know(known, row, person.key)
        _plan_lead(context, row, person, first=person.key in persons.first or person.key in enquirers)


def _plan_lead(context: Context, row: Row, person: DesiredRecord, *, first: bool) -> None:
    key, write = row["_key"], context.write
    label = context.map["lead_labels"].get(row.get("status") or "new")
    interest = write.visible(ObjectType.LEAD, "title", row).get("interest")
    fields = {
        **write.fields(
            ObjectType.LEAD,
            row,
            title=short(f"{person.fields['name']} – {interest or 'Enquiry'}"),
            labels=[label["name"]] if label else None,
            source_ids=key,
            created=row.get("created_at"),
        ),
        **write.new_fields("leads", [row]),
    }
    owner = context.owner(row.get("practitioner_id"), person.owner)
    open_ = row.get("status") in (None, "new", "contacted")
    wave = context.wave(first=first, current=open_, parents=[person])
    lead = context.add(key, ObjectType.LEAD, fields, links={"person_id": person.key}, owner=owner, wave=wave, sources=[key])
    if row.get("notes") or row.get("location"):
        lines = ["Enquiry", *write.parts("lead", row)]
        wave = context.wave(first=True, current=open_, parents=[lead])
        add_notes(context, f"note:{key}", lines, row.get("created_at"), links={"lead_id": key}, sources=[key], wave=wave)
    context.book.own(row, key)


def _enquirer(context: Context, row: Row) -> DesiredRecord | None:
    """Make the person of an enquirer who is no patient, None where the row has no name."""
    name = full_name(row)
    if not name:
        return None
    key = f"person:{row['_key']}"
    emails = _contacts(row, "email", "home")
    fields = context.write.fields(
        ObjectType.PERSON,
        row,
        name=name,
        emails=emails,
        phones=_contacts(row, "phone", "mobile"),
        source_ids=key,
        no_email=None if emails else "No e-mail on file",
        details=context.write.line("patient_details", row, contact_remarks=contact_remarks([row])),
    )
    owner = context.owner(row.get("practitioner_id"))
    wave = context.wave(first=True, current=True)
    return context.add(key, ObjectType.PERSON, fields, owner=owner, wave=wave, sources=[row["_key"]])


def _contacts(row: Row, column: str, kind: str) -> list[dict[str, Any]] | None:
    values = [row.get(column), *(value for _, value in further(row, f"other_{column}s"))]
    return with_primary({value: {"value": value, "label": kind} for value in values if value}) or None


def _know(known: dict[tuple[str, str], set[str]], row: Row, key: str) -> None:
    """Remember an enquirer: the same name with the same e-mail or phone is one person."""
    for contact in (row.get("email"), row.get("phone")):
        if contact:
            known[full_name(row).casefold(), contact.casefold()].add(key)


def _same_person(row: Row, known: dict[tuple[str, str], set[str]]) -> str | None:
    """Return the one planned person with this name and this e-mail or phone, None where there is none or are several."""
    name = full_name(row).casefold()
    found: set[str] = set()
    for contact in (row.get("email"), row.get("phone")):
        if name and contact:
            found |= known.get((name, contact.casefold()), set())
    return next(iter(found)) if len(found) == 1 else None


def _known(context: Context, persons: Persons) -> dict[tuple[str, str], set[str]]:
    known: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in context.rows("patients"):
        person = persons.of_patient.get(row["_key"])
        names = {full_name(row).casefold(), " ".join(str(row[part]) for part in ("first_name", "last_name") if row.get(part)).casefold()}
        for name in names - {""}:
            for contact in (row.get("email"), row.get("mobile"), row.get("home_phone"), row.get("work_phone")):
                if person and contact:
                    known[name, contact.casefold()].add(person)
    return known
