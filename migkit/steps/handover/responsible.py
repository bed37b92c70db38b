"""Who does what about an open point, and until when: `decisions/handover.yaml`, with what is proposed where nobody said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from migkit.migration import Migration
from migkit.model.errors import DataError, UsageError
from migkit.model.messages import Who

DAYS = {Who.PRACTICE: 14, Who.ANALYST: 7}
"""Days after the handover in which a point is proposed to be settled, where nobody said another day."""
PRACTICE = "the practice manager"


@dataclass(frozen=True)
class Responsible:
    """The two sides by name, and what was decided on single points."""

    practice: str
    analyst: str
    points: Mapping[str, Mapping[str, Any]]
    """Open point's id → owner, until (ISO day), by, at."""

    def of(self, point: str, who: Who, handed_over: date) -> tuple[str, date, bool]:
        """Return (owner, until, whether somebody decided the day) of an open point."""
        said = self.points.get(point, {})
        owner = str(said.get("owner") or (self.practice if who is Who.PRACTICE else self.analyst))
        if said.get("until"):
            return owner, date.fromisoformat(str(said["until"])), True
        return owner, working_day(handed_over + timedelta(days=DAYS.get(who, 14))), False


def working_day(day: date) -> date:
    """Return the day, or the Monday after it where it is a Saturday or Sunday."""
    return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)


def responsible(migration: Migration) -> Responsible:
    """Return who is responsible. The analyst is whoever approved last, where none is named. Raises DataError on a day that is none."""
    document = migration.inputs.document("handover")
    names, points = document.get("people") or {}, document.get("points") or {}
    for point, said in points.items():
        try:
            date.fromisoformat(str(said.get("until") or "2000-01-01"))
        except (AttributeError, ValueError):
            sentence = f"decisions/handover.yaml: the open point {point!r} needs a day like 2026-12-14 as `until`."
            raise DataError(f"{sentence} Mend it by hand; nothing was changed.") from None
    approvals = migration.inputs.document("approvals").get("approvals") or ()
    last: Mapping[str, Any] = max(approvals, key=lambda entry: str(entry.get("at", "")), default={})
    return Responsible(str(names.get("practice") or PRACTICE), str(names.get("analyst") or last.get("by") or "the analyst"), points)


def name_people(migration: Migration, *, practice: str = "", analyst: str = "") -> Migration:
    """Keep who answers for the practice and who for the migration in `decisions/handover.yaml`; "" leaves a name as it is."""
    document = migration.workspace.read_decision("handover")
    given = {side: name.strip() for side, name in (("practice", practice), ("analyst", analyst)) if name.strip()}
    migration.workspace.write_decision("handover", {"version": 1, **document, "people": {**(document.get("people") or {}), **given}})
    return migration.refreshed()


def assign(migration: Migration, point: str, *, by: str, owner: str = "", until: str = "") -> Migration:
    """Keep who settles an open point, and until which day (ISO), in `decisions/handover.yaml`. Raises UsageError for a day that is none."""
    if until:
        try:
            date.fromisoformat(until)
        except ValueError:
            raise UsageError(f"{until!r} is no day: write it like 2026-12-14. Nothing was kept.") from None
    document = migration.workspace.read_decision("handover")
    points = dict(document.get("points") or {})
    said = {"owner": owner.strip(), "until": until, "by": by, "at": datetime.now(UTC).isoformat(timespec="seconds")}
    points[point] = {**points.get(point, {}), **{name: value for name, value in said.items() if value}}
    migration.workspace.write_decision("handover", {"version": 1, **document, "points": points})
    return migration.refreshed()
