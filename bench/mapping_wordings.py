"""The headers of an export as other people would have written them, and where the values stay: the truth stays with the values."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path

import yaml
from mapping_data import System

WORDINGS = Path(__file__).parent / "data" / "wordings.yaml"
VARIANTS = ("shown", "hidden", "abbreviated", "foreign", "plain", "rotated")
ROTATED = 3
"""One header in so many stands over another column's values, of those that are rotated."""
_SYLLABLES = [c + v for c in "bdfgklmnprstvz" for v in "aeiou"] + [
    "sch",
    "ung",
    "heit",
    "ijk",
    "ado",
    "ción",
    "zen",
    "lov",
    "mento",
    "eur",
    "ske",
]


@cache
def wordings(which: str) -> Mapping[str, Mapping[str, list[str]]]:
    """Return the `tuning` or the `final` wordings: way → field → headers."""
    return yaml.safe_load(WORDINGS.read_text(encoding="utf-8"))[which]


def vary(system: System, variant: str, seed: int = 0, which: str = "tuning") -> System:
    """Return the system under other headers. Table names are kept in half of the cases, as files keep theirs."""
    if variant == "shown":
        return system
    rng = random.Random(f"{system.name}/{variant}/{seed}/{which}")
    tables, truth, homes = {}, {}, {}
    for number, (source, table) in enumerate(system.raw.tables.items(), start=1):
        names = list(table.columns)
        if variant == "rotated":
            new = _rotate(names, [c for c in names if table.frame[c].notna().any()], rng)
        else:
            make: Callable[[str, str, int], str] = {
                "hidden": lambda _, __, n: f"c{n}",
                "abbreviated": lambda column, field, _: _abbreviated(column, field, rng, which),
                "foreign": lambda _, field, __: _spoken("foreign", field, rng, which) or _invented(rng),
                "plain": lambda column, field, _: _spoken("plain", field, rng, which) or (column if rng.random() < 0.5 else _invented(rng)),
            }[variant]
            new = _different([make(c, _field(system, source, c), n) for n, c in enumerate(names, start=1)])
        called = (
            source
            if variant == "rotated" or rng.random() < 0.5
            else rng.choice([f"t{number}", f"export {number}", f"{_invented(rng)}{number}"])
        )
        tables[called] = replace(table, name=called, title="", frame=table.frame.rename(columns=dict(zip(names, new, strict=True))))
        homes[called] = system.tables[source]
        truth |= {(called, after): system.truth[source, before] for before, after in zip(names, new, strict=True)}
    return replace(system, name=f"{system.name}, {variant}", raw=replace(system.raw, tables=tables), truth=truth, tables=homes)


def _field(system: System, source: str, column: str) -> str:
    answers = sorted(answer for answer in system.truth[source, column] if answer)
    return answers[0].partition(".")[2] if answers else ""


def _rotate(names: list[str], filled: list[str], rng: random.Random) -> list[str]:
    chosen = rng.sample(filled, max(2, len(filled) // ROTATED)) if len(filled) > 2 else []
    moved = dict(zip(chosen, chosen[1:] + chosen[:1], strict=True))
    return [moved.get(name, name) for name in names]


def _spoken(way: str, field: str, rng: random.Random, which: str) -> str:
    known = wordings(which)[way].get(field)
    return rng.choice(known) if known else ""


def _abbreviated(column: str, field: str, rng: random.Random, which: str) -> str:
    if (habit := _spoken("habits", field, rng, which)) and rng.random() < 0.6:
        return habit
    words = re.findall(r"[A-Za-z]+|\d+", re.sub(r"(?<=[a-z])(?=[A-Z])", " ", column)) or [column]
    rule = rng.choice(["vowels", "short", "initials"])
    if rule == "initials" and len(words) > 1:
        return "".join(word[0].upper() for word in words)
    cut = [word[: rng.choice([2, 3, 4])] if rule == "short" else word[0] + re.sub("[aeiou]", "", word[1:]) for word in words]
    return rng.choice([" ", "", "_", ". "]).join(cut)


def _invented(rng: random.Random) -> str:
    words = ["".join(rng.choice(_SYLLABLES) for _ in range(rng.choice([2, 2, 3, 4]))) for _ in range(rng.choice([1, 1, 2]))]
    return rng.choice([str.title, str.lower, str.capitalize])(" ".join(words))


def _different(names: list[str]) -> list[str]:
    found: dict[str, int] = {}
    result = []
    for name in names:
        found[name] = found.get(name, 0) + 1
        result.append(name if found[name] == 1 else f"{name} {found[name]}")
    return result
