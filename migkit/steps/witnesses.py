"""Witnesses in 10_audit, 70_reconcile and 90_handover: what is stated, beside what was counted at every station of the way."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pandas as pd

from migkit.migration import Migration
from migkit.model.errors import DataError, UsageError
from migkit.model.tables import RawExport
from migkit.reconcile import (
    MEASURES,
    Records,
    Statement,
    Witness,
    count_files,
    count_records,
    records_of_plan,
    stated_balances,
    stated_counts,
    stated_debtors,
    stated_figures,
    stated_totals,
    witness,
)
from migkit.report import IN_REPORT
from migkit.steps.live import newest, renew
from migkit.workspace import Workspace


def state_figure(
    migration: Migration,
    measure: str,
    value: float,
    *,
    by: str,
    since: str = "",
    until: str = "",
    why: str = "read off the practice's screen",
) -> Migration:
    """Keep a figure that the practice reads off its screens in `decisions/witnesses.yaml`, in place of an earlier one.

    Money in whole units; `since` and `until` are the first and last day of a period, as 2026-11-30. Returns the migration with it.
    Raises UsageError for what is no measure, or has no period.
    """
    known = MEASURES.get(measure)
    if known is None:
        raise UsageError(f"{measure!r} is nothing that can be counted: choose one of {', '.join(MEASURES)}. Nothing was kept.")
    if bool(since) != bool(until) or (since and not known.is_dated):
        raise UsageError(f"{known.title} takes {'both days of a period, or none' if known.is_dated else 'no period'}. Nothing was kept.")
    span = {"since": since, "until": until} if since else {}
    told = {"measure": measure, "value": str(value), **span, "by": by, "at": datetime.now(UTC).isoformat(timespec="seconds"), "why": why}
    parse_figures({"figures": [told]})
    workspace = Workspace.open(migration.workspace.path)
    figures = list(workspace.read_decision("witnesses").get("figures") or ())
    others = [one for one in figures if any(one.get(name) != told.get(name) for name in ("measure", "since", "until"))]
    workspace.write_decision("witnesses", {"version": 1, "figures": [*others, told]})
    return migration.refreshed()


def figures_widget(migration: Migration, *, by: str) -> Any:
    """Return the form in which figures are typed that the practice reads off its screens, or None in a report; the page follows it."""
    if os.environ.get(IN_REPORT):
        return None
    from migkit.widgets import Asked, Done, FormBox

    titles = {measure.title: name for name, measure in MEASURES.items()}

    def act(answers: Mapping[str, str]) -> Done:
        try:
            value = float(answers["value"].replace(",", "").lstrip("$£€ "))
        except ValueError:
            raise UsageError("Write the figure as a number, 12345.60 for money. Nothing was kept.") from None
        span = {name: answers[name] for name in ("since", "until")}
        state_figure(newest(migration), titles[answers["figure"]], value, by=answers["by"] or by, **span)
        renew()
        return Done("Kept in decisions/witnesses.yaml. What was counted stands beside it below, and again after the load.")

    asked = (
        Asked("figure", "Figure", choices=tuple(titles)),
        Asked("value", "What the screen says", "310, or 12345.60 for money"),
        Asked("since", "From", "2026-11-01, where it is about a period; else empty"),
        Asked("until", "Until", "2026-11-30"),
        Asked("by", "Read by", by),
    )
    return FormBox(asked, button="Keep this figure", act=act)


def parse_figures(document: Mapping[str, Any]) -> tuple[Statement, ...]:
    """Return the figures of `decisions/witnesses.yaml`. Raises DataError naming the one that is malformed."""
    found = []
    for number, one in enumerate(document.get("figures") or (), start=1):
        try:
            measure = MEASURES[one["measure"]]
            value = int(Decimal(str(one["value"])) * (100 if measure.is_money else 1))
            span = (date.fromisoformat(str(one["since"])), date.fromisoformat(str(one["until"]))) if one.get("since") else None
            found.append(Statement(one["measure"], value, f"the practice ({one['by']})", span))
        except (KeyError, TypeError, ValueError, ArithmeticError):
            raise DataError(
                f"decisions/witnesses.yaml, figure {number}: it needs a measure ({', '.join(MEASURES)}), a value, by, and both days of a "
                "period or none. Mend it by hand; nothing was changed."
            ) from None
    return tuple(found)


def look_at_witnesses(migration: Migration, target: Records | None = None) -> tuple[Witness, ...]:
    """Return every statement beside the counts: what the practice typed in, and what the files state about each other.

    `target` is what stands in Pipedrive (`records_of_target`), None before it was read.
    """
    tables, person_of = migration.tables, migration.people.survivors
    planned = records_of_plan(migration.plan, migration.inputs.settings.zone_of(None))
    found = []
    latest = migration.readings.raw(migration.snapshots[-1])
    maps = migration.source_map.tables.values()
    read = [one.source for one in maps if one.table == "patients" and any(column.to == "balance" for column in one.columns.values())]
    for told in (
        *parse_figures(migration.inputs.document("witnesses")),
        *stated_balances(tables, person_of),
        *stated_debtors(latest, tables, person_of, read),
        *stated_figures(latest),
        *_totals(migration, latest),
    ):
        files = count_files(tables, told.measure, person_of, told.span)
        plan = count_records(planned, told.measure, told.span)
        found.append(witness(told, files, plan, count_records(target, told.measure, told.span) if target else None))
    titles = [told for snapshot in migration.snapshots for told in stated_counts(migration.mended(snapshot).raw)]
    return (*found, *(witness(told, told.files, None, None) for told in titles))


def _totals(migration: Migration, latest: RawExport) -> Iterable[Statement]:
    """Return what the total rows of the newest export state, where that holds everything."""
    *earlier, newest = migration.snapshots
    if not earlier:
        return stated_totals(latest, migration.source_map, migration.tables, migration.tables)
    if newest.kind != "full":
        return ()
    return stated_totals(latest, migration.reading_of(newest).source_map, migration.newest_tables, migration.tables)


def witnesses_frame(witnesses: Iterable[Witness]) -> pd.DataFrame:
    """Return one row per witness: what, stated by, stated, from the files, from the plan, in Pipedrive, difference, explained by."""
    rows = []
    for one in witnesses:
        told = one.statement
        measure = MEASURES.get(told.measure)
        per = 100 if measure and measure.is_money else 1
        span = f" from {told.span[0]:%d %b %Y} to {told.span[1]:%d %b %Y}" if told.span else ""
        counts = (told.value, one.files, one.plan, one.pipedrive, one.difference)
        more = f" and {one.differing - len(one.rows):,} more" if one.differing > len(one.rows) else ""
        rows.append(
            (
                (measure.title if measure else told.title) + span,
                told.by,
                *(None if count is None else count / per if per > 1 else count for count in counts),
                ", ".join(one.rows) + more,
            )
        )
    columns = ["what", "stated by", "stated", "from the files", "from the plan", "in Pipedrive", "difference", "rows that differ"]
    return pd.DataFrame(rows, columns=columns)
