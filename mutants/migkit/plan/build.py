"""The plan: every Pipedrive record as it should be, from tables, people, map and decisions. Pure: same input, same bytes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import chain
from typing import Any

from migkit.model.mapping import NewField
from migkit.model.people import People
from migkit.model.records import SCHEMA_OBJECTS, DesiredRecord, ObjectType, Plan
from migkit.model.tables import CanonicalTables
from migkit.workspace import Settings

from .activities import plan_summaries
from .appointments import plan_appointments
from .communications import plan_communications, plan_recalls
from .context import Context
from .deals import plan_deals
from .documents import no_email, timestamps
from .files import plan_files
from .leads import plan_leads
from .notes import plan_notes
from .people import plan_people
from .products import plan_products
from .reports import DOCUMENT as RECIPES
from .reports import plan_reports
from .rows import RowBook, natural
from .setup import plan_setup
from .staff import settle_staff
from .workflows import DOCUMENT as WORKFLOWS
from .workflows import plan_workflows

_ORDER = {kind: position for position, kind in enumerate(ObjectType)}


def build_plan(
    tables: CanonicalTables,
    people: People,
    *,
    settings: Settings,
    today: date,
    pipedrive_map: Mapping[str, Any],
    policies: Mapping[str, Any],
    new_fields: Mapping[str, Sequence[NewField]] | None = None,
    gone: Mapping[str, str] | None = None,
) -> Plan:
    """Return the plan. `today` is the snapshot's day; `pipedrive_map` and `policies` are complete (`load_map`, `default_policies`).

    `new_fields` are the analyst's new custom fields by canonical table; their values stand in the typed columns `custom:<Label>`.
    `gone` is the decision on rows that vanished from the export, by key: `retire` leaves a row that the tables still carry
    out of the plan; everything else keeps it. The order of rows in the tables does not matter, nothing is changed in place.
    """
    live = set(chain.from_iterable(frame["_key"] for frame in tables.frames.values()))
    book = RowBook(tables.settled, live)
    context = Context(tables, people, settings, today, pipedrive_map, policies, new_fields or {}, gone or {}, book)
    plan_people(context)
    plan_products(context)
    plan_leads(context)
    deal_of = plan_deals(context)
    plan_appointments(context)
    plan_communications(context)
    plan_recalls(context)
    plan_notes(context)
    plan_summaries(context)
    plan_files(context, deal_of)
    settle_staff(context)
    documents = {WORKFLOWS: plan_workflows(context), RECIPES: plan_reports(context)}
    plan_setup(context)
    records = _in_order(context.made.values())
    documents |= {"no_email.json": no_email(records), "timestamps.json": timestamps(records)}
    settled = tuple(book.settled[place] for place in sorted(book.settled, key=natural))
    rows = dict(sorted(book.rows.items(), key=lambda pair: natural(pair[0])))
    return Plan(records, rows, settled, documents, context.findings())


def _in_order(records: Any) -> dict[str, DesiredRecord]:
    def rank(record: DesiredRecord) -> tuple[Any, ...]:
        return record.object not in SCHEMA_OBJECTS, record.wave, _ORDER[record.object]

    by_key = sorted(records, key=lambda record: natural(record.key) if record.object not in SCHEMA_OBJECTS else ())
    return {record.key: record for record in sorted(by_key, key=rank)}
