"""Figures as Pipedrive Insights shows them, reckoned from records read by plain HTTP: filters, a period on the practice's clock, groups."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from .target import Record, Target

KINDS = {"deal": "deals", "activity": "activities", "person": "persons", "lead": "leads"}
FIELDS = {
    "Type": "type", "Pipeline": "pipeline", "Stage": "stage", "Status": "status", "Owner": "owner", "Value": "value",
    "Due date": "due_date", "Person created": "add_time",
}  # fmt: skip
"""Field as Pipedrive calls it → as the target's records hold it; custom fields go by their labels."""


def figure(recipe: dict[str, Any], target: Target) -> tuple[float, dict[str, float]]:
    """Return the sum that a recipe's report shows for our records, and by group."""
    query = recipe["insights"]
    zone = ZoneInfo(query["time_zone"])
    measured = query["measure"].removeprefix("sum of ") if query["measure"].startswith("sum of ") else None
    groups: dict[str, float] = defaultdict(float)
    for record in getattr(target, KINDS[query["object"]]).ours.values():
        shown = all(_shown(record, each["field"], zone) in each["is_any_of"] for each in query["filters"])
        day = _shown(record, query["dated_by"], zone) if query["dated_by"] else None
        if not shown or (query["from"] and not (day and query["from"] <= day <= query["to"])):
            continue
        group = str(_shown(record, query["group_by"], zone) or "–") if query["group_by"] else ""
        dated = query["group_by"] and query["group_by"] == query["dated_by"]
        groups[group[:7] if dated else group] += _cents(record.get(FIELDS.get(measured, measured))) / 100 if measured else 1
    rounded = {name: round(value, 2) for name, value in sorted(groups.items())}
    return round(sum(groups.values()), 2), rounded


def _shown(record: Record, field: str, zone: ZoneInfo) -> Any:
    if field == "Done":
        return "Yes" if record["done"] else "No"
    value = record.get(FIELDS.get(field, field))
    if field == "Due date" and record["due_time"]:
        return _local(f"{value}T{record['due_time']}", zone)
    return _local(value.removesuffix("Z").replace(" ", "T"), zone) if field == "Person created" else value


def _local(moment: str, zone: ZoneInfo) -> str:
    return datetime.fromisoformat(moment).replace(tzinfo=UTC).astimezone(zone).date().isoformat()


def _cents(value: Any) -> int:
    return value[1] if isinstance(value, tuple) else value or 0
