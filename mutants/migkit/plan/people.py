"""Patients → Persons; households and employers → Organizations."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from migkit.model.people import Household
from migkit.model.records import ObjectType

from .context import Context, make
from .cover import cover_values
from .policies import is_sent
from .rows import Row
from .setup import custom_values, new_values
from .text import SHORT_CHARS, day, money, short
from .times import nearest_utc, rfc3339

HEADS = "family head"
"""Label of an e-mail or phone that is the family head's, not the person's own."""

_PHONES = (("mobile", "mobile"), ("home_phone", "home"), ("work_phone", "work"))


def plan_people(context: Context) -> None:
    """Add organizations and persons, and settle the rows of patients, families and health_funds."""
    groups = _groups(context)
    homes = {member: home.key for home in reversed(_by_rank(context.people.households)) for member in home.members}
    context.first = _first(context, groups)
    home_of = {key: home for key, rows in groups.items() if (home := next((homes[r["_key"]] for r in rows if r["_key"] in homes), None))}
    members: dict[str, list[str]] = defaultdict(list)
    for key, home in home_of.items():
        members[home].append(key)
    _plan_organizations(context, groups, members)
    covers = _covers(context)
    for key, rows in groups.items():
        _plan_person(context, key, rows, home_of.get(key), covers.get(key, []))


def full_name(row: Row) -> str:
    """Return a patient's or lead's name as one line: first, middle and last, else the full name as exported."""
    parts = [row.get(part) for part in ("first_name", "middle_name", "last_name")]
    return short(" ".join(part for part in parts if part) if row.get("first_name") or row.get("last_name") else row.get("full_name") or "")


def address(row: Row) -> str | None:
    """Return an address in one line, None where the row has none."""
    town = " ".join(str(row[part]) for part in ("suburb", "state", "postcode") if row.get(part))
    parts = [row.get("address_line1"), row.get("address_line2"), town or None, row.get("country")]
    found = ", ".join(str(part) for part in parts if part)
    return found if found and found != row.get("country") else None


def source_ids(keys: Sequence[str]) -> str:
    """Return the keys of all rows that a record stands for, its own first, as many as fit into the field."""
    text = keys[0]
    for position, key in enumerate(keys[1:], start=1):
        if len(text) + len(key) + 2 > SHORT_CHARS - 12:
            return f"{text}, +{len(keys) - position} more"
        text += f", {key}"
    return text


def _groups(context: Context) -> dict[str, list[Row]]:
    """Return person key → patient rows that make it, its own row first; settles rows that are held, left out or merged away."""
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in context.rows("patients"):
        key = context.people.survivors.get(row["_key"], row["_key"])
        if context.book.stopped_by(row, key):
            continue
        if row.get("status") == "deleted" and context.policies["deleted_patients"] == "exclude":
            context.book.exclude(row, "deleted in the practice system, left out by the policy deleted_patients")
        else:
            groups[key].append(row)
    named: dict[str, list[Row]] = {}
    for key, rows in groups.items():
        rows.sort(key=lambda row: row["_key"] != key)
        if not any(map(full_name, rows)):
            for row in rows:
                context.note_problem("no-name", "patients", row["_key"])
                context.book.hold(row, "it has no name, which Pipedrive requires")
            continue
        named[key] = rows
        for row in rows:
            context.person_of[row["_key"]] = key
            if row["_key"] == key:
                context.book.own(row, key)
            else:
                reason = context.people.reasons.get(row["_key"], "the same person")
                context.book.merge(row, key, reason)
    return named


def _first(context: Context, groups: Mapping[str, Sequence[Row]]) -> set[str]:
    """Return the persons of the first waves: active patients, and whoever has an appointment ahead."""
    first = {key for key, rows in groups.items() if any(_status(row) == "active" for row in rows)}
    for row in context.rows("appointments"):
        moment = row.get("start_at") or row.get("date")
        if moment and moment.date() >= context.today and row.get("status") in (None, "booked"):
            first.add(context.person_of.get(f"patient:{row['patient_id']}", ""))
    return first


def _plan_person(context: Context, key: str, rows: Sequence[Row], organization: str | None, covers: Sequence[Row]) -> None:
    merged = {column: next((row[column] for row in rows if row.get(column) is not None), None) for column in rows[0]}
    if any(row.get("sms_opt_out") for row in rows):  # a "no" to messages counts on whichever of the records it stands
        merged["sms_opt_out"] = True
    emails, own_email = _emails(context, rows)
    flag = None if own_email else ("Only the family head's e-mail" if emails else "No e-mail on file")
    keys = [key, *(row["_key"] for row in rows if row["_key"] != key)]
    cover = cover_values(context, merged, covers)
    values = {
        **merged,
        **cover,
        "source_ids": source_ids(keys),
        "address": address(merged),
        "status_label": context.map["patient_status"].get(_status(rows[0]) or ""),
        "no_email": flag,
        "details": _details(context, {**merged, **cover, "merged_ids": ", ".join(keys[1:])}),
    }
    created = min((row["created_at"] for row in rows if row.get("created_at")), default=None)
    zone = context.settings.zone_of(None)
    fields = {
        "name": next(name for name in map(full_name, rows) if name),
        "emails": emails if emails and is_sent(context.map, "E-mails", "contact") else None,
        "phones": _phones(context, rows) or None if is_sent(context.map, "Phones", "contact") else None,
        "add_time": rfc3339(nearest_utc(created, zone)) if created else None,
        **custom_values(context, "person", values),
        **new_values(context, "patients", rows),
        **new_values(context, "health_funds", covers),
    }
    sources = [*keys, *(row["_key"] for row in covers)]
    wave = context.wave(key, current=True)
    make(context, key, ObjectType.PERSON, fields, links={"org_id": organization}, owner=_owner(context, rows), wave=wave, sources=sources)


def _status(row: Row) -> str | None:
    """Return a patient's status; the archived flag counts where the status says no more than active."""
    status: str | None = row.get("status") or ("active" if not row.get("archived") else None)
    return "archived" if row.get("archived") and status in (None, "active") else status


def _emails(context: Context, rows: Sequence[Row]) -> tuple[list[dict[str, Any]], bool]:
    """Return the e-mails of a person, own ones first, and whether any is their own."""
    found: dict[str, dict[str, Any]] = {}
    own = False
    for inherited in (False, True):
        for row in rows:
            if row.get("email") and ("email" in context.people.inherited.get(row["_key"], ())) is inherited:
                found.setdefault(row["email"].casefold(), {"value": row["email"], "label": HEADS if inherited else "home"})
                own = own or not inherited
    return _with_primary(found), own


def _phones(context: Context, rows: Sequence[Row]) -> list[dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for inherited in (False, True):
        for column, label in _PHONES:
            for row in rows:
                if row.get(column) and (column in context.people.inherited.get(row["_key"], ())) is inherited:
                    found.setdefault(row[column], {"value": row[column], "label": HEADS if inherited else label})
    return _with_primary(found)


def _with_primary(found: Mapping[str, dict[str, Any]]) -> list[dict[str, Any]]:
    return [{**item, "primary": index == 0} for index, item in enumerate(found.values())]


def _details(context: Context, values: Mapping[str, Any]) -> str:
    lines = []
    for line in context.map["details"]:
        value = values.get(line["from"])
        if value is not None and value != "" and is_sent(context.map, line["label"], line.get("privacy", "none")):
            if isinstance(value, bool):
                value = "yes" if value else "no"
            elif isinstance(value, datetime):
                value = day(value)
            elif line["from"] == "balance":
                value = f"{money(value)} {context.currency}"
            lines.append(f"{line['label']}: {value}")
    return "\n".join(lines)


def _owner(context: Context, rows: Sequence[Row]) -> str:
    return context.owner(next((row["practitioner_id"] for row in rows if row.get("practitioner_id")), None))


def _covers(context: Context) -> dict[str, list[Row]]:
    """Return person key → cover rows in order of priority; each is folded into its person."""
    found: dict[str, list[Row]] = defaultdict(list)
    for row in context.rows("health_funds"):
        if context.waits(row, ("patient_id", "patients")):
            continue
        person = context.person(row)
        if person is None:
            context.note_problem("no-patient", "health_funds", row["_key"])
            context.book.hold(row, "it names no patient")
            continue
        context.book.fold(row, person)
        found[person].append(row)
    for rows in found.values():
        rows.sort(key=lambda row: row["priority"] if row.get("priority") is not None else 99)
    return found


def _plan_organizations(context: Context, groups: Mapping[str, Sequence[Row]], members: Mapping[str, Sequence[str]]) -> None:
    families = {row["_key"]: row for row in context.rows("families")}
    patients = {row["_key"]: row for rows in groups.values() for row in rows}
    for home in context.people.households:
        persons = members.get(home.key, ())
        if not persons:
            continue
        family = families.pop(home.key, None)
        head = patients.get(home.head or "") or groups[persons[0]][0]
        place = address(family) if family else None
        if place is None and home.kind == "household":
            place = address(head)
        values = {"source_ids": home.key, "kind_label": home.kind.capitalize()}
        created = family.get("created_at") if family else None
        fields = {
            "name": short(home.name),
            "address": {"value": place} if place and is_sent(context.map, "Address", "contact") else None,
            "add_time": rfc3339(nearest_utc(created, context.settings.zone_of(None))) if created else None,
            **custom_values(context, "organization", values),
            **(new_values(context, "families", [family]) if family else {}),
        }
        wave = min(context.wave(person, current=True) for person in persons)
        sources = [home.key] if family else [patients[member]["_key"] for member in home.members if member in patients]
        make(context, home.key, ObjectType.ORGANIZATION, fields, owner=_owner(context, [head]), wave=wave, sources=sources)
        if family:
            context.book.own(family, home.key)
    for family in families.values():
        context.note_problem("family-without-members", "families", family["_key"])
        context.book.exclude(family, "no Organization: nobody in it goes on, or the people were decided otherwise")


def _by_rank(households: Sequence[Household]) -> list[Household]:
    """Return households before employers: a person has one Organization, and the family it is."""
    return sorted(households, key=lambda home: (home.kind != "household", home.key))
