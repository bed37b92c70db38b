"""Reports and dashboards that exist → `rebuild_recipes.json`: the Insights report to build, and the number that it must show."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from .billing import annulled
from .context import Context
from .measures import MEASURES, Measure
from .periods import period_of
from .rows import Row
from .text import amount

DOCUMENT = "rebuild_recipes.json"


_GROUPS: Sequence[tuple[str, tuple[str, ...]]] = (
    (r"practitioner|dentist|provider|clinician", ("practitioner_name", "practitioner_id")),
    (r"status", ("status",)),
    (r"type|method|kind", ("type", "method", "kind")),
    (r"source|channel|campaign", ("source",)),
    (r"location|clinic|site", ("location",)),
    (r"fund|insurer", ("health_fund",)),
    (r"month", ()),
)


def plan_reports(context: Context) -> dict[str, Any]:
    """Return the document and settle the rows of reports as exported."""
    recipes = []
    for row in context.rows("reports"):
        recipes.append(_recipe(context, row))
        context.book.export(row, f"{DOCUMENT}#{row['_key']}")
    return {"version": 1, "as_of": context.today.isoformat(), "recipes": recipes}


def _recipe(context: Context, row: Row) -> dict[str, Any]:
    about = next((text for text in (row.get("measure"), row.get("name"), row.get("description")) if _measure(text)), None)
    measure = _measure(about)
    base = {name: row.get(name) for name in ("name", "description", "measure", "grouping", "filter", "period", "schedule")}
    if measure is None:
        return {"id": row["_key"], **base, "insights": None, "note": "The measure is unknown: ask the practice what this report counts."}
    span = period_of(row.get("period"), context.today)
    void = annulled(context.rows("payments")) if measure.table == "payments" else frozenset()
    rows = [one for one in context.rows(measure.table) if one["_key"] not in void and (span is None or _within(one, measure, span))]
    counted = [(one, value) for one in rows if (value := measure.value(one, context.today)) is not None]
    notes = []
    if row.get("filter"):
        notes.append("The source filter is text and is not applied to the number: set it by hand in both.")
    if row.get("period") and span is None:
        notes.append("The period is not understood: the number is over the whole export.")
    return {
        "id": row["_key"],
        **base,
        "insights": {"report": measure.insights, "fields": list(measure.fields), "group_by": row.get("grouping")},
        "counted_from": {"table": measure.table, "rows": len(counted), "from": _iso(span, 0), "to": _iso(span, 1)},
        "must_show": _number(measure, sum(value for _, value in counted)),
        "unit": context.currency if measure.unit == "money" else measure.unit,
        "groups": _groups(measure, row.get("grouping"), counted),
        "note": " ".join(notes),
    }


def _measure(text: str | None) -> Measure | None:
    words = (text or "").lower().replace("_", " ")
    return next((measure for measure in MEASURES if re.search(measure.pattern, words)), None) if words else None


def _within(row: Row, measure: Measure, span: tuple[date, date]) -> bool:
    if not measure.dated_by:
        return True
    moment = row.get(measure.dated_by) or row.get("date")
    return isinstance(moment, datetime) and span[0] <= moment.date() <= span[1]


def _groups(measure: Measure, grouping: str | None, counted: Sequence[tuple[Row, float]]) -> Mapping[str, float | int] | None:
    words = (grouping or "").lower()
    columns = next((columns for pattern, columns in _GROUPS if re.search(pattern, words)), None) if words else None
    if columns is None:
        return None
    sums: Counter[str] = Counter()
    for row, value in counted:
        sums[_group(row, columns, measure)] += value  # type: ignore[assignment]
    return {name: _number(measure, total) for name, total in sorted(sums.items())}


def _group(row: Row, columns: Sequence[str], measure: Measure) -> str:
    if columns:
        return str(next((row[column] for column in columns if row.get(column)), "–"))
    moment = row.get(measure.dated_by) or row.get("date")
    return moment.strftime("%Y-%m") if isinstance(moment, datetime) else "–"


def _number(measure: Measure, total: float) -> float | int:
    return amount(round(total)) if measure.unit == "money" else int(total)


def _iso(span: tuple[date, date] | None, side: int) -> str | None:
    return span[side].isoformat() if span else None
