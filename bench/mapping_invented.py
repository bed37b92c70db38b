"""Whole invented exports: most tables of the schema with some of their columns, beside tables that are none of ours.

The header lists have few recalls, plans and practitioners, and hardly a whole database; what a table is from what it holds
(`migkit/mapping/table_values.py`) is learnt from these too. Headers are the fields' names and say nothing here.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

import pandas as pd
from mapping_data import System, full
from mapping_rows import World, fill_table

from migkit.model.canonical import CanonicalSchema
from migkit.model.tables import RawExport, SourceTable

PRESENT = {"patients": 1.0, "appointments": 0.95, "invoices": 0.8, "invoice_lines": 0.75, "payments": 0.85, "practitioners": 0.7}
"""Table → how likely an export has it; others are in half of them."""
LEFT_OUT = ("workflows", "reports")
"""Tables of settings that no export of a practice's records has."""
STRANGE = 5
"""Columns without a home that a table has at most."""
COLUMNS = (
    "status",
    "is_locked",
    "user_id",
    "updated at",
    "sort order",
    "colour",
    "remark",
    "clinic",
    "flag",
    "type",
    "row version",
    "batch",
)


def invent(number: int, schema: CanonicalSchema, common: Mapping[str, float]) -> System:
    """Return one export; `common` is `<table>/<field>` → share of such tables that have it."""
    rng = random.Random(f"invented/{number}")
    world = World(f"invented {number}", number)
    homes: dict[str, str | None] = {t: t for t in schema.tables if t not in LEFT_OUT and rng.random() < PRESENT.get(t, 0.5)}
    tables, truth = {}, {}
    for home in homes:
        richer = rng.choice([0.6, 1.0, 1.5, 2.5])
        fields = [f for f, spec in schema[home].fields.items() if rng.random() < _likely(home, f, spec.required, common) * richer]
        columns = {f: frozenset([full(home, f)]) for f in fields}
        columns |= {c: frozenset([None]) for c in rng.sample(COLUMNS, rng.randint(0, STRANGE)) if c not in columns}
        if len(fields) >= 2:  # else there is nothing to know it by
            names = list(columns)
            if rng.random() < 0.3:
                rng.shuffle(names)
            tables[home] = fill_table(world, SourceTable(home, pd.DataFrame(columns=names), ()), home, columns)
            truth |= {(home, column): columns[column] for column in tables[home].columns}
    homes = {home: home for home in tables}
    for name in rng.sample(list(_NONE), rng.randint(0, 3)):
        tables[name] = _none(world, name)
        homes[name] = None
        truth |= {(name, column): frozenset([None]) for column in tables[name].columns}
    return System(f"invented {number}", "tuning", RawExport(tables, pd.DataFrame(), pd.DataFrame()), truth, homes, 0.5)


def _likely(table: str, field: str, required: bool, common: Mapping[str, float]) -> float:
    return max(common.get(f"{table}/{field}", 0.05), 0.8 if required else 0.0)


def _none(world: World, name: str) -> SourceTable:
    rng, made = world.rng, _NONE[name]
    rows = [made(world, n) for n in range(rng.choice([6, 15, 40, 120, 250]))]
    return SourceTable(name, pd.DataFrame(rows, columns=[f"c{n}" for n in range(len(rows[0]))], dtype="string"), ())


Cell = str | None


def _when(w: World, n: int) -> datetime:
    return datetime.combine(w.today, datetime.min.time()) - timedelta(
        hours=7 * n, minutes=w.rng.randint(0, 400), seconds=w.rng.randint(0, 59)
    )


def _who(w: World) -> str:
    return w.name(w.rng.choice(w.staff), w.dentist)


def _back(w: World, days: int) -> Cell:
    return w.day(w.today - timedelta(days=days))


def _one_of(w: World, *values: float) -> str:
    return w.money(w.rng.choice(values))


_NONE: Mapping[str, Callable[[World, int], list[Cell]]] = {
    "log": lambda w, n: [
        *(str(n + 1), w.number("practitioners", w.rng.choice(w.staff)["n"]), w.at(_when(w, n))),
        w.rng.choice(["login", "open", "print"]),
    ],
    "settings": lambda w, n: [f"{w.pool.words[n % len(w.pool.words)]}.{n}", w.rng.choice(["1", "0", "true", "A4", "15", "none"])],
    "rooms": lambda w, n: [w.number("rooms", n), f"Room {n + 1}", f"#{w.rng.randint(0, 16777215):06x}", w.flag(0.9)],
    "roster": lambda w, n: [_back(w, n), _who(w), f"{8 + n % 2}:00", f"{16 + n % 3}:00"],
    "totals": lambda w, n: [
        _back(w, n),
        str(w.rng.randint(3, 30)),
        w.money(float(w.rng.randint(500, 9000))),
        _one_of(w, 0.0, 250.0, 410.5),
    ],
    "petty cash": lambda w, n: [_back(w, 3 * n), w.rng.choice(w.pool.words), _one_of(w, 4.5, 12.0, 33.2), w.rng.choice(w.staff)["first"]],
    "lab": lambda w, n: [
        *(w.name(w.rng.choice(w.people), w.listed), w.rng.choice(w.pool.firms[:4]), _back(w, 2 * n), _back(w, 2 * n - 9)),
        *(w.rng.choice(["crown", "bridge", "splint"]), _one_of(w, 120.0, 260.0, 95.0)),
    ],
    "list of codes": lambda w, n: [str(n + 1), w.pool.words[n % len(w.pool.words)]],
    "tags": lambda w, n: [w.number("patients", w.rng.choice(w.people)["n"]), w.rng.choice(w.pool.words[:8])],
    "splits": lambda w, n: [
        w.number("splits", n),
        w.number("payments", w.rng.choice(w.ledger.events("payments"))["n"]),
        w.number("invoices", w.rng.choice(w.ledger.events("invoices"))["n"]),
        _one_of(w, 40.0, 120.5, 310.0),
    ],
    "messages to staff": lambda w, n: [w.at(_when(w, n)), w.rng.choice(w.staff)["first"], w.rng.choice(w.pool.sentences)],
    "stock movements": lambda w, n: [_back(w, n), str(1000 + n % 30), str(w.rng.randint(-20, 50)), w.rng.choice(["in", "out"])],
}
"""Tables that are none of ours, as whole databases have them: what makes a row."""
