"""The field dictionary of the pack: every custom field as it stands in the account, in the practice's words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from migkit.load.bind import field_code
from migkit.migration import Migration
from migkit.model.landing import Entry as LandingEntry
from migkit.model.landing import parse_landing
from migkit.model.objects import OBJECTS, ObjectType
from migkit.model.records import CUSTOM
from migkit.plan import comparators, is_sent
from migkit.steps.handover.arrived import what_of
from migkit.steps.handover.kinds_of_data import KINDS


def field_dictionary(migration: Migration) -> list[dict[str, Any]]:
    """Return the field dictionary: every custom field as it stands in this account; what stayed behind is no part of what it is made from.

    object, label, key in this account, type, made_from (in the practice's words), how (what was done to the value), compared, privacy.
    """
    landing = parse_landing(migration.decisions.pipedrive_map, migration.schema)
    compared, privacy = comparators(migration.decisions.pipedrive_map, migration.new_fields), migration.decisions.pipedrive_map["privacy"]
    known = {(entity, entry.name): entry for entity, entries in landing.custom.items() for entry in entries}
    found = []

    def goes(part: LandingEntry, source: str) -> bool:
        return is_sent(privacy, part.decided_as, part.class_of(source))

    for entry in migration.ledger.entries(live=True, objects=(ObjectType.FIELD,)).values():
        entity, label = str(entry.desired["entity"]), str(entry.desired["field_name"])
        declared = known.get((entity, label))
        sources = landing.sources_of(entity, label, goes) if declared else ()
        comparator = next(
            (names[CUSTOM + label] for kind, names in compared.items() if OBJECTS[kind].entity == entity and CUSTOM + label in names), ""
        )
        found.append(
            {
                "object": entity,
                "label": entry.field_label,
                "key": field_code(str(entry.target_id)),
                "type": str(entry.desired.get("field_type") or (declared.type if declared else "")),
                "made_from": _sources(sources, migration) or ("made by the move" if declared else "a column that you asked for"),
                "how": HOW.get(declared.make, declared.make.replace("_", " ")) if declared and declared.make else "as it stands",
                "compared": COMPARED.get(comparator, comparator),
                "privacy": KINDS.get(declared.privacy, "–") if declared else "–",
            }
        )  # fmt: skip
    return sorted(found, key=lambda one: (one["object"], one["label"]))


COMPARED: Mapping[str, str] = {
    "text": "letter by letter",
    "set": "as a list, in any order",
    "money": "to the cent",
    "number": "as a number",
    "date": "as a day",
    "datetime": "as a moment",
    "enum": "as the option that is shown",
    "address": "as an address",
    "html": "as text, without its layout",
    "phone": "as a phone number",
}


HOW: Mapping[str, str] = {
    "source_ids": "its numbers in the old system",
    "address": "put together as one address",
    "status_label": "in words",
    "kind_label": "in words",
    "no_email": "a flag where there is none",
    "cover_fund": "of the first fund",
    "cover_number": "of the first fund",
    "cover_pct": "of the first fund",
    "cover_others": "a line for each other fund",
    "details": "a line for each",
    "created": "the earliest day",
    "procedures": "a line for each",
    "procedure_count": "counted",
    "invoice_status": "the most urgent of its invoices",
    "invoice_total": "sum of its invoices that are not void",
    "paid_total": "sum of its receipts",
}
"""Value that the plan makes → what is done, for people."""


def _sources(names: Iterable[str], migration: Migration) -> str:
    """Return canonical fields as people read them, by list: `Patients: suburb, state; Families: suburb`."""
    found: dict[str, list[str]] = {}
    for name in names:
        table, _, field = name.partition(".")
        spec = migration.schema[table].fields.get(field) if table in migration.schema.tables else None
        found.setdefault(what_of(table, migration.schema), []).append(_in_words(spec.title if spec else field))
    return "; ".join(f"{table}: {', '.join(dict.fromkeys(fields))}" for table, fields in found.items())


def _in_words(title: str) -> str:
    """Return a field's title as a letter writes it: `dva number` as `DVA number`, `family id` as `family number`."""
    said = re.sub(r"\b(irn|dva|gst|sms)\b", lambda found: found[0].upper(), title.replace("_", " "))
    return re.sub(r"(?<=[a-z])(?=\d)", " ", re.sub(r"\bid\b", "number", said))
