"""What Pipedrive Insights can show: a report over one object, by fields, periods and groups that it has; and the figure that it will show.

The figure is computed from the records as planned, as Insights computes it: it knows nothing of invoices or receipts, only of deals,
activities, persons and leads with their fields.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from migkit.model.objects import ObjectType
from migkit.model.records import CUSTOM, DesiredRecord

Filters = tuple[tuple[str, tuple[str, ...]], ...]
"""(field, any of these values) that must all hold."""


CREATED = "Person created"
"""The field that says when a person was made: ours can be set, an earlier one's can't be changed."""


@dataclass(frozen=True)
class Query:
    """One Insights report."""

    object: ObjectType
    report: str
    """What the report is called where it is made."""
    measure: str = ""
    """The field that is summed; "" counts records."""
    filters: Filters = ()
    dated_by: str = ""
    """The field by which a period is meant, "" where the report is about the present."""
    group_by: str = ""
    """The field by which it is grouped, "" for none; a date is grouped by month."""

    def plain(self, span: tuple[date, date] | None, zone: ZoneInfo) -> dict[str, Any]:
        """Return what to click, as data: all that is needed to compute the figure from the account itself."""
        return {
            "report": self.report,
            "object": self.object.value,
            "measure": f"sum of {self.measure}" if self.measure else "number of records",
            "filters": [{"field": field, "is_any_of": list(values)} for field, values in self.filters],
            "dated_by": self.dated_by if span else "",
            "from": span[0].isoformat() if span else None,
            "to": span[1].isoformat() if span else None,
            "time_zone": zone.key,
            "group_by": self.group_by,
        }


def figure(query: Query, records: Iterable[DesiredRecord], span: tuple[date, date] | None, zone: ZoneInfo) -> Mapping[str, int]:
    """Return group → what Insights shows for it (money in cents); one group `""` where the query has none."""
    found: dict[str, int] = defaultdict(int)
    for record in records:
        if record.object is not query.object or not all(_value(record, field, zone) in values for field, values in query.filters):
            continue
        if span is not None:
            day = _value(record, query.dated_by, zone)
            if not day or not span[0].isoformat() <= str(day) <= span[1].isoformat():
                continue
        found[_group(record, query, zone)] += _amount(record, query.measure) if query.measure else 1
    return found


def _group(record: DesiredRecord, query: Query, zone: ZoneInfo) -> str:
    if not query.group_by:
        return ""
    shown = str(_value(record, query.group_by, zone) or "–")
    return shown[:7] if query.group_by == query.dated_by else shown


def _amount(record: DesiredRecord, field: str) -> int:
    value = record.fields.get("value" if field == "Value" else CUSTOM + field)
    number = value.get("value", value.get("amount")) if isinstance(value, Mapping) else value
    return round(float(number or 0) * 100)


def _value(record: DesiredRecord, field: str, zone: ZoneInfo) -> Any:
    """Return what a field shows: links and owners by name, moments as local days."""
    if field in _LINKS:
        link = record.links.get(_LINKS[field], "").partition(":")[2]
        return link.rpartition("/")[2] if field == "Stage" else link
    if field == "Owner":
        return record.owner
    values = record.fields
    if field == "Status":
        return values.get("status")
    if field == "Done":
        return "Yes" if values.get("done") else "No"
    if field == "Due date":
        return _local(f"{values['due_date']}T{values['due_time']}", zone) if values.get("due_time") else values.get("due_date")
    if field == CREATED:
        return _local(values["add_time"].removesuffix("Z"), zone) if values.get("add_time") else None
    return values.get(CUSTOM + field)


_LINKS = {"Type": "type", "Pipeline": "pipeline_id", "Stage": "stage_id"}


def _local(moment: str, zone: ZoneInfo) -> str:
    return datetime.fromisoformat(moment).replace(tzinfo=UTC).astimezone(zone).date().isoformat()
