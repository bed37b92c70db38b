"""The plan: every Pipedrive record as it should be, from tables, people, map and decisions. Pure: same input, same bytes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property
from itertools import islice
from typing import Any

import pandas as pd

from migkit.model.among import among
from migkit.model.canonical import CanonicalSchema
from migkit.model.cost import Cost, cost_of
from migkit.model.landing import parse_landing
from migkit.model.mapping import NewField
from migkit.model.objects import SCHEMA_OBJECTS, ObjectType
from migkit.model.people import People
from migkit.model.records import DesiredRecord, Plan
from migkit.model.tables import CanonicalTables
from migkit.workspace import Settings

from .context import Context
from .deals import plan_deals
from .documents import no_email, timestamps
from .history import PRICED_POLICIES, Planned, counted, plan_history
from .landing import Writer
from .leads import plan_leads
from .people import plan_people
from .products import plan_products
from .reports import DOCUMENT as RECIPES
from .reports import plan_reports
from .row_book import RowBook
from .rows import natural
from .setup import plan_setup
from .workflows import DOCUMENT as WORKFLOWS
from .workflows import plan_workflows

_ORDER = {kind: position for position, kind in enumerate(ObjectType)}


def build_plan(
    tables: CanonicalTables,
    people: People,
    *,
    settings: Settings,
    today: date,
    schema: CanonicalSchema,
    pipedrive_map: Mapping[str, Any],
    policies: Mapping[str, Any],
    new_fields: Mapping[str, Sequence[NewField]] | None = None,
    gone: Mapping[str, str] | None = None,
    adopted: Collection[str] = (),
) -> Plan:
    """Return the plan. `today` is the snapshot's day; `pipedrive_map` and `policies` are complete (`load_map`, `default_policies`).

    `new_fields` are the analyst's new custom fields by canonical table; their values stand in the typed columns `custom:<Label>`.
    `gone` is the decision on rows that vanished from the export, by key: `delete` leaves a row that the tables still carry
    out of the plan; everything else keeps it. `adopted` are the keys of persons that were in the account before, as decided.
    The order of rows in the tables does not matter, nothing is changed in place.
    """
    return Planning(
        tables,
        people,
        settings=settings,
        today=today,
        schema=schema,
        pipedrive_map=pipedrive_map,
        policies=policies,
        new_fields=new_fields,
        gone=gone,
        adopted=adopted,
    ).plan()


class Planning:
    """A plan in the making, which can be priced under other policies about history without being made again."""

    def __init__(
        self,
        tables: CanonicalTables,
        people: People,
        *,
        settings: Settings,
        today: date,
        schema: CanonicalSchema,
        pipedrive_map: Mapping[str, Any],
        policies: Mapping[str, Any],
        new_fields: Mapping[str, Sequence[NewField]] | None = None,
        gone: Mapping[str, str] | None = None,
        adopted: Collection[str] = (),
    ) -> None:
        """Takes what `build_plan` takes, and plans every record."""
        stopped = {row.key for row in tables.row_outcomes if row.key}
        live = {key for rows in _rows_of(tables, stopped) for key in rows["_key"]}
        book = RowBook(tables.row_outcomes, live)
        landing = parse_landing(pipedrive_map, schema)
        write = Writer(landing, pipedrive_map["privacy"], settings, policies["native_contact_fields"], new_fields or {})
        self._drawn_places = _places(tables, book.drawn_into())
        frames, attached = dict(tables.frames), tables.attachments
        self._context = context = Context(
            frames, attached, people, settings, today, pipedrive_map, policies, write, gone or {}, adopted, book
        )
        self._persons = persons = plan_people(context)
        plan_products(context)
        plan_leads(context, persons)
        self._deals = deals = plan_deals(context, persons)
        lasting = len(context.records)
        self._history = plan_history(context, persons, deals)
        self._of_history = frozenset(islice(context.records, lasting, None))

    def plan(self) -> Plan:
        """Return the plan."""
        context, book = self._context, self._context.book
        documents = {WORKFLOWS: plan_workflows(context), RECIPES: plan_reports(context, self._persons, self._deals.invoices)}
        plan_setup(context)
        records = _in_order(context.records.values())
        documents |= {"no_email.json": no_email(records), "timestamps.json": timestamps(records)}
        book.follow_views(self._drawn_places)
        row_outcomes = tuple(book.row_outcomes[place] for place in sorted(book.row_outcomes, key=natural))
        rows = dict(sorted(book.rows.items(), key=lambda pair: natural(pair[0])))
        return Plan(records, rows, row_outcomes, documents, context.findings())

    def cost_under(self, choices: Mapping[str, Any]) -> Cost:
        """Return the cost of the plan with other choices of `PRICED_POLICIES`: counted record by record, once the plan is made.

        A row that the choices treat alike costs what it costs in the plan; only what becomes of it otherwise is planned.
        Raises ValueError where another policy is named.
        """
        if others := sorted(choices.keys() - PRICED_POLICIES):
            raise ValueError(f"Only {', '.join(sorted(PRICED_POLICIES))} can be chosen otherwise, not {', '.join(others)}.")
        context = self._context.under({**self._context.policies, **choices})
        history = plan_history(context, replace(self._persons, context=context), self._deals, self._history, choices.keys())
        parts = [self._beside_history, *history.values()]
        types = frozenset[str]().union(*(part.types for part in parts))
        return cost_of(sum((Counter(part.records) for part in parts), Counter({ObjectType.ACTIVITY_TYPE: len(types)})))

    @cached_property
    def _beside_history(self) -> Planned:
        return counted(record for key, record in self._context.records.items() if key not in self._of_history)


def count_tokens(plan: Plan) -> Cost:
    """Return creates and tokens by object when everything in the plan is created, their total, and what a full rollback would cost."""
    return cost_of(Counter(record.object for record in plan.records.values()))


def _rows_of(tables: CanonicalTables, keys: Collection[str]) -> Iterator[pd.DataFrame]:
    """Yield of each table the rows that have one of these keys."""
    if keys:
        yield from (frame[among(frame["_key"], keys)] for frame in tables.frames.values() if len(frame))


def _places(tables: CanonicalTables, keys: Collection[str]) -> dict[str, str]:
    """Return key → `file:line` of the rows with one of these keys that go on and stand for a physical row."""
    found: dict[str, str] = {}
    for frame in _rows_of(tables, keys):
        real = frame[~frame["_synthetic"].fillna(False).astype(bool)] if "_synthetic" in frame else frame
        columns = (real[name].tolist() for name in ("_key", "_file", "_line"))
        found |= {key: f"{file}:{line}" for key, file, line in zip(*columns, strict=True)}
    return found


def _in_order(records: Any) -> dict[str, DesiredRecord]:
    def rank(record: DesiredRecord) -> tuple[Any, ...]:
        return record.object not in SCHEMA_OBJECTS, record.wave, _ORDER[record.object]

    by_key = sorted(records, key=lambda record: natural(record.key) if record.object not in SCHEMA_OBJECTS else "")
    return {record.key: record for record in sorted(by_key, key=rank)}
