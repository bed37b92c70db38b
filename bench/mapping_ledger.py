"""What happened in a made-up practice, so that the rows of its tables hang together: lines add up to invoices, receipts pay them.

`events(table)` has one dict a row: who, with whom, when, of what record it is part, and its amounts. How many rows each table has beside
the patients, how long it goes back and how far ahead is each practice's own; some reports show a part of the time only.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any

Row = dict[str, Any]

PER_PATIENT = {
    "appointments": (0.6, 4.0),
    "treatment_plans": (0.15, 0.9),
    "invoices": (0.4, 2.2),
    "health_funds": (0.3, 0.9),
    "clinical_notes": (0.4, 2.5),
    "attachments": (0.2, 1.5),
    "communications": (0.3, 2.5),
    "recalls": (0.3, 1.0),
    "tasks": (0.05, 0.4),
    "families": (0.3, 0.7),
}
"""Table → least and most rows a patient."""
PARTS = {"invoice_lines": ("invoices", 4), "treatment_items": ("treatment_plans", 6)}
"""Table → the one whose records it is part of, and how many of each at most."""
MOST = 320
"""Rows of a table at most: more say no more of it."""
FEES = [45, 62.5, 75, 110, 185, 199, 220, 260.4, 330, 1650, 1890.75]


class Ledger:
    """One practice's events."""

    def __init__(self, rng: random.Random, people: list[Row], staff: list[Row], items: Mapping[str, str], today: date, tax: float) -> None:
        self._rng, self._people, self._staff, self._today = rng, people, staff, today
        self._codes, self._tax = list(items), tax
        self._days = rng.choice([200, 500, 900, 2500])
        self._ahead = {"appointments": rng.choice([0, 10, 40, 90, 200]), "recalls": rng.choice([30, 120, 365])}
        """Table → days to come that it goes to."""
        self._coming = rng.choice([0.0, 0.03, 0.1, 0.3])
        self._grid = rng.choice([5, 10, 15, 15, 30])
        self._sorted = rng.random() < 0.75
        self._part = 1.0 if rng.random() < 0.8 else rng.uniform(0.3, 0.8)
        """Share of the invoices and plans whose records are shown beside their parts."""
        self._prices = {code: rng.choice(FEES) * rng.choice([1, 1, 1.1]) for code in self._codes}
        self._made: dict[str, list[Row]] = {}

    def events(self, table: str | None) -> list[Row]:
        """Return the rows of a table, in the order in which it is printed."""
        name = table or "none"
        if name not in self._made:
            self._made[name] = self._make(name)
        return self._made[name]

    def shown(self, table: str | None) -> list[Row]:
        """Return the rows that an export has of a table."""
        every = self.events(table)
        return every[-max(3, int(len(every) * self._part)) :] if table in ("invoices", "treatment_plans") else every

    @cached_property
    def _size(self) -> dict[str, int]:
        count = len(self._people)
        return {name: min(MOST, max(3, int(count * self._rng.uniform(*share)))) for name, share in PER_PATIENT.items()}

    def _make(self, table: str) -> list[Row]:
        if table in ("patients", "practitioners"):
            return [self._row(table, n) for n in range(len(self._people if table == "patients" else self._staff))]
        if table in PARTS:
            parent = PARTS[table][0]
            return [part for one in self.events(parent) for part in one["parts"]]
        if table == "payments":
            return self._payments()
        rng = self._rng
        size = self._size.get(table) or rng.randint(8, 90)
        rows = [self._row(table, n) for n in range(size)]
        if table == "families":
            rows = rows[: len(self._people)]
        if table in ("recalls", "health_funds", "families"):  # one a person, as a rule
            for row, person in zip(rows, rng.sample(self._people, min(size, len(self._people))), strict=False):
                row["person"] = person
        if self._sorted and table != "families":
            rows.sort(key=lambda row: row["start"], reverse=rng.random() < 0.2)
        for n, row in enumerate(rows):
            row["n"] = n
        if table in ("clinical_notes", "invoices", "attachments"):
            self._of_visits(rows)
        parts = next((name for name, (parent, _) in PARTS.items() if parent == table), "")
        if parts:
            self._break_down(rows, parts)
        return rows

    def _row(self, table: str, n: int) -> Row:
        rng = self._rng
        ahead = self._ahead.get(table, 0)
        coming = ahead and rng.random() < (0.6 if table == "recalls" else self._coming)
        event = self._today + timedelta(days=rng.randint(1, ahead) if coming else -int(rng.random() ** 1.3 * self._days))
        event -= timedelta(days=max(0, event.weekday() - 5))
        start = datetime.combine(event, datetime.min.time()) + timedelta(minutes=rng.choice(range(8 * 60, 18 * 60, self._grid)))
        code = rng.choice(self._codes)
        fee, quantity = self._prices[code], rng.choice([1, 1, 1, 1, 2, 3])
        row = {
            "n": n,
            "person": self._people[n] if table == "patients" else rng.choice(self._people),
            "dentist": self._staff[n] if table == "practitioners" else rng.choice(self._staff),
            "start": start,
            "length": rng.choice([15, 30, 30, 45, 60, 90]),
            "code": code,
            "fee": fee,
            "quantity": quantity,
            "discount": rng.choice([0, 0, 0, 10, fee / 10]),
            "part": 0,
            "parent": {"n": n},
            "visit": {"n": rng.randint(0, 300)},
            "booked": start - timedelta(minutes=rng.randint(60, 120_000)),
            "edited": start + timedelta(seconds=rng.randint(-50_000, 3_000_000)),
            "other": rng.choice(self._people),
        }
        return row | self._sums(fee * quantity - row["discount"])

    def _sums(self, total: float) -> Row:
        share = self._rng.choice([1, 1, 1, 1, 0, 0.5])
        return {"total": total, "tax": total / self._tax, "paid": round(total * share, 2), "amount": round(total * share, 2) or total}

    def _of_visits(self, rows: list[Row]) -> None:
        """Let records be made after visits of their patients."""
        past = [visit for visit in self.events("appointments") if visit["start"].date() <= self._today]
        for row in rows if past and self._rng.random() < 0.7 else ():
            visit = self._rng.choice(past)
            row |= {"person": visit["person"], "dentist": visit["dentist"], "visit": visit}

    def _break_down(self, rows: list[Row], parts: str) -> None:
        """Give each record its parts, which add up to it."""
        count, most = 0, self._rng.choice([1, 2, PARTS[parts][1], PARTS[parts][1]])
        for row in rows:
            row["parts"] = [self._row(parts, count + k) for k in range(self._rng.randint(1, most))]
            count += len(row["parts"])
            for number, part in enumerate(row["parts"]):
                when = {"start": row["start"], "booked": row["booked"], "edited": row["edited"], "visit": row["visit"]}
                part |= when | {"person": row["person"], "dentist": row["dentist"], "parent": row, "part": number}
            row |= self._sums(sum(part["total"] for part in row["parts"]))

    def _payments(self) -> list[Row]:
        paid = [one for one in self.events("invoices") if one["paid"]]
        rows = []
        for one in paid or self.events("invoices"):
            for share in self._rng.choice([[1.0], [1.0], [1.0], [0.5, 0.5]]):
                row = self._row("payments", len(rows)) | {"person": one["person"], "dentist": one["dentist"], "parent": one}
                late = timedelta(days=self._rng.choice([0, 0, 0, 3, 14, 40]), minutes=self._rng.randint(0, 500))
                row |= {"start": one["start"] + late, "amount": round(one["amount"] * share, 2), "total": round(one["amount"] * share, 2)}
                row |= {"booked": row["start"], "edited": row["start"] + timedelta(seconds=self._rng.randint(1, 90_000))}
                rows.append(row)
        if self._sorted:
            rows.sort(key=lambda row: row["start"])
        for n, row in enumerate(rows):
            row["n"] = n
        return rows
