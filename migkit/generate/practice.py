"""The clean practice: canonical records as plain values, before anything is written or damaged.

A record is a dict of canonical fields (`templates/canonical.yaml`), an absent field is None. Values: dates `2026-10-31`, datetimes
`2026-10-31T14:15:00` (practice-local), times `14:15`, money in cents, phones in E.164, everything else as it is meant.
A column without a canonical home is held as `custom:<Header>`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

Record = dict[str, Any]

AS_OF = date(2026, 10, 31)
"""Day of the first export."""
SECOND_DAY = date(2026, 11, 9)
"""Day of the second export."""
SINCE = date(2025, 11, 1)
"""The practice began to use the system on this day: older balances came over as pseudo-item 997."""
TIMEZONE = "Australia/Sydney"
PRACTICE = "Harbour Dental"
DOMAIN = "harbourdental.example"

KEYS = {
    "practitioners": "practitioner_id", "families": "family_id", "patients": "patient_id", "appointments": "appointment_id",
    "treatment_plans": "plan_id", "treatment_items": "item_id", "invoices": "invoice_id", "invoice_lines": "line_id",
    "payments": "payment_id", "health_funds": "cover_id", "clinical_notes": "note_id", "attachments": "attachment_id",
    "products": "product_id", "leads": "lead_id", "communications": "communication_id", "recalls": "recall_id",
    "workflows": "workflow_id", "reports": "report_id",
}  # fmt: skip
"""Canonical table → the field that holds its id, in load order."""


@dataclass
class Practice:
    """Everything that is true about the practice on one day."""

    as_of: date
    tables: dict[str, list[Record]] = field(default_factory=lambda: {name: [] for name in KEYS})
    persons: dict[str, str] = field(default_factory=dict)
    """Patient id → id of the first record of the same human (itself for most)."""
    variations: dict[str, str] = field(default_factory=dict)
    """Patient id of a second record → how it differs from the first."""
    traits: dict[str, str] = field(default_factory=dict)
    """Patient id → twin, same-name-child, newborn."""
    households: list[Record] = field(default_factory=list)
    """key, kind (household | employer), name (None where the export names none), head, members (patient keys, head first)."""
    conditions: list[Record] = field(default_factory=list)
    """Awkward but true things that reading must find: kind, table, keys."""

    def __getitem__(self, table: str) -> list[Record]:
        return self.tables[table]

    def index(self, table: str) -> dict[str, Record]:
        """Return id → record of one table."""
        return {record[KEYS[table]]: record for record in self.tables[table]}

    def grouped(self, table: str, by: str) -> dict[str, list[Record]]:
        """Return value of `by` → records of one table, in table order."""
        groups: dict[str, list[Record]] = defaultdict(list)
        for record in self.tables[table]:
            groups[record[by]].append(record)
        return groups


def iso(day: date | datetime) -> str:
    """Return a day or a moment as the truth writes it."""
    return day.isoformat(timespec="seconds") if isinstance(day, datetime) else day.isoformat()


def day_of(text: str) -> date:
    """Return the day of an ISO date or datetime."""
    return date.fromisoformat(text[:10])


def moment(day: date, minutes: int) -> datetime:
    """Return the local time `minutes` after midnight of `day`."""
    return datetime(day.year, day.month, day.day) + timedelta(minutes=minutes)


def total(records: Iterable[Record], name: str) -> int:
    """Return the sum of one money field in cents."""
    return sum(record[name] or 0 for record in records)
