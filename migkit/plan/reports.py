"""Reports and dashboards that exist → `rebuild_recipes.json`: the Insights report to build, and the number that it will show.

Beside it stands the practice's own number, from its rows, and why the two differ where they do: Insights counts records by their fields.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from migkit.model.objects import ObjectType
from migkit.model.records import DesiredRecord
from migkit.model.words import number_of

from .context import Context
from .insights import CREATED, Query, figure
from .measures import Measure, filter_of, measure_of
from .people import Persons
from .periods import period_of
from .rows import Row
from .settlement import annulled
from .statements import LABELS
from .text import amount

DOCUMENT = "rebuild_recipes.json"

_GROUPS: Sequence[tuple[str, tuple[str, ...]]] = (
    (r"type|method|kind", ("type", "method", "kind")),
    (r"source|channel|campaign", ("source",)),
    (r"location|clinic|site", ("location",)),
    (r"fund|insurer", ("health_fund",)),
)
_BY_STAFF = r"practitioner|dentist|provider|clinician"


def plan_reports(context: Context, persons: Persons, invoices: Mapping[str, Row]) -> dict[str, Any]:
    """Return the document and settle the rows of reports as exported. `invoices`: key → the row as settled by its payments."""
    recipes = []
    for row in context.rows("reports"):
        recipes.append(_recipe(context, persons, row, invoices))
        context.book.export(row, f"{DOCUMENT}#{row['_key']}")
    return {"version": 1, "as_of": context.today.isoformat(), "recipes": recipes}


def _recipe(context: Context, persons: Persons, row: Row, invoices: Mapping[str, Row]) -> dict[str, Any]:
    measure = next((found for name in ("measure", "name", "description") if (found := measure_of(row.get(name)))), None)
    base = {"id": row["_key"]} | {name: row.get(name) for name in _COPIED}
    if measure is None:
        return {**base, "insights": None, "note": "The measure is unknown: ask the practice what this report counts."}
    span = period_of(row.get("period"), context.today, context.settings.country_rules)
    counted, notes = _counted(context, persons, measure, row, span, invoices)
    own = _number(measure, sum(value for _, value in counted))
    practice = {
        "table": measure.table,
        "rows": len(counted),
        "from": _iso(span, 0),
        "to": _iso(span, 1),
        "shows": own,
        "groups": _groups(context, measure, row.get("grouping"), counted),
    }
    unit = context.currency if measure.is_money else measure.counts
    if measure.query is None:
        return {**base, "practice": practice, "unit": unit, "insights": None, "note": " ".join([measure.why, *notes])}
    query, more = _query(context, measure, row, [counts for counts, _ in counted])
    zone = context.settings.zone_of(None)
    records: Iterable[DesiredRecord] = context.records.values()
    if span and query.dated_by == CREATED and context.adopted:  # who was there before keeps the day on which somebody made them there
        records = [record for record in records if record.key not in context.adopted]
        more = [*more, _MADE_BEFORE]
    shown = figure(query, records, span, zone)
    must_show = _number(measure, sum(shown.values()))
    difference = round(must_show - own, 2)
    return {
        **base,
        "practice": practice,
        "insights": query.plain(span, zone),
        "must_show": must_show,
        "groups": {name: _number(measure, total) for name, total in sorted(shown.items())} if query.group_by else None,
        "unit": unit,
        "difference": difference,
        "note": " ".join([*([measure.why or _OTHERWISE[difference > 0]] if difference else []), *more, *notes]),
    }


_MADE_BEFORE = "Persons who were in Pipedrive before count there under the day on which they were made: they are not in this number."
_OTHERWISE = {
    False: "Rows that wait, are left out, or are one with another row have no record of their own to be counted.",
    True: "Every record with these types and fields counts, also of rows that the practice's report leaves out.",
}
"""Whether Insights shows more → why, where nothing else says it."""

_GROUP_FIELDS: Mapping[ObjectType, Mapping[str, str]] = {
    ObjectType.ACTIVITY: {"type": "Type", "status": "Type"},
    ObjectType.DEAL: {"status": "Stage"},
    ObjectType.PERSON: {"status": "Patient status", "health_fund": "Insurance_Provider__c"},
    ObjectType.LEAD: {"source": "Lead source"},
}
"""Object → canonical field by which a report groups → the field of Pipedrive that Insights can group by; owner and month beside them."""
_OF_TABLE: Mapping[str, Mapping[str, str]] = {
    "invoices": {"status": "Invoice_Status__c"},
    "payments": {"status": "Invoice_Status__c"},
    "recalls": {"type": "", "status": "Done"},
    "communications": {"status": "Done"},
}
"""Canonical table → where it is otherwise."""


def _query(context: Context, measure: Measure, report: Row, counted: Sequence[Row]) -> tuple[Query, list[str]]:
    """Return the report of Insights with the types that the rows have, and its group; and what can't be set there."""
    query, notes = measure.query or Query(ObjectType.DEAL, ""), []
    filters, test = query.filters, (report.get("filter") or "").strip()
    is_set = not test
    if query.object is ObjectType.ACTIVITY:
        made = [record for row in counted if (record := context.records.get(row["_key"])) is not None]
        types = {record.links["type"].partition(":")[2] for record in made if "type" in record.links}
        filters = (("Type", tuple(sorted(types))), *filters)
        done = {"Yes" if record.fields.get("done") else "No" for record in made}
        if test and len(done) == 1:
            filters, is_set = (*filters, ("Done", tuple(done))), True
    elif measure.table == "invoices" and (status := re.fullmatch(r"status (?:is|=) (not )?(\w+)", test)):
        is_set = status[1] is None or status[2] == "void"  # void invoices are in no sum
        if status[1] is None and status[2] in LABELS:
            filters = (("Invoice_Status__c", (LABELS[status[2]],)),)
    if not is_set:
        notes.append("The report's own filter can't be set in Insights as it stands.")
    query = replace(query, filters=filters)
    words = (report.get("grouping") or "").strip().lower()
    if words:
        fields = {**_GROUP_FIELDS[query.object], **_OF_TABLE.get(measure.table, {})}
        known = next((fields[name] for pattern, names in _GROUPS if re.search(pattern, words) for name in names if name in fields), "")
        group = "Owner" if re.search(_BY_STAFF, words) else query.dated_by if "month" in words else known or fields.get(words, "")
        query = replace(query, group_by=group)
        notes += [] if group else [f"Insights can't group {measure.table.replace('_', ' ')} by their {words}."]
    return query, notes


_COPIED = ("name", "description", "measure", "grouping", "filter", "period", "schedule")


def _counted(
    context: Context, persons: Persons, measure: Measure, report: Row, span: tuple[date, date] | None, invoices: Mapping[str, Row]
) -> tuple[list[tuple[Row, float]], list[str]]:
    """Return the rows that count with what each adds, and what the reader must know about the number."""
    rows = [invoices.get(row["_key"], row) for row in context.rows(measure.table)]
    notes = []
    test = filter_of(report.get("filter"), list(rows[0]) if rows else [])
    if report.get("filter") and test is None:
        notes.append("The filter is not understood and not applied to the number: set it by hand in both.")
    if report.get("period") and span is None and not re.fullmatch(r"all( time)?|ever", report["period"].strip().lower()):
        notes.append("The period is not understood: the number is over the whole export.")
    void = annulled(rows) if measure.table == "payments" else frozenset()
    going = [
        row for row in rows if row["_key"] not in void and (test is None or test(row)) and (span is None or _within(row, measure, span))
    ]
    counted = [(row, value) for row in going if (value := measure.value(row, context.today)) is not None]
    merged = sum(persons.of_patient.get(row["_key"]) != row["_key"] for row, _ in counted) if measure.table == "patients" else 0
    if merged:
        who = number_of(merged, "of these patients is", "of these patients are")
        notes.append(f"{who} the same person as another one: Pipedrive shows that many fewer.")
    return counted, notes


def _within(row: Row, measure: Measure, span: tuple[date, date]) -> bool:
    if not measure.dated_by:
        return True
    moment = row.get(measure.dated_by) or row.get("date")
    return isinstance(moment, datetime) and span[0] <= moment.date() <= span[1]


def _groups(
    context: Context, measure: Measure, grouping: str | None, counted: Sequence[tuple[Row, float]]
) -> Mapping[str, float | int] | None:
    words = (grouping or "").strip().lower()
    if not words or not counted:
        return None
    sums: dict[str, float] = defaultdict(float)
    columns = next((columns for pattern, columns in _GROUPS if re.search(pattern, words)), (words,) if words in counted[0][0] else ())
    for row, value in counted:
        if re.search(_BY_STAFF, words):
            group = context.provider(row) or "–"
        elif "month" in words:
            moment = row.get(measure.dated_by) or row.get("date")
            group = moment.strftime("%Y-%m") if isinstance(moment, datetime) else "–"
        elif columns:
            group = str(next((row[column] for column in columns if row.get(column) is not None), "–"))
        else:
            return None
        sums[group] += value
    return {name: _number(measure, total) for name, total in sorted(sums.items())}


def _number(measure: Measure, total: float) -> float | int:
    return amount(round(total)) if measure.is_money else int(total)


def _iso(span: tuple[date, date] | None, side: int) -> str | None:
    return span[side].isoformat() if span else None
