"""Candidate pairs and their answers: Splink on an in-process DuckDB, trained where the table is large enough."""

from __future__ import annotations

import logging
import tempfile
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import duckdb
import pandas as pd
from splink import DuckDBAPI, Linker, block_on

from .comparable import FIRST_NAME
from .limits import USUAL, DuckdbLimits
from .model import BLOCKS, COMPARISONS, EXPLODED, SWAPPED, TRAINING, Comparison
from .shares import smoothed

ENOUGH = 100
"""Pairs with the same first name, last name and birth date from which on the training is worth its name. In a smaller table
expectation maximisation follows chance, or takes the relatives for the matches; such a table takes the model as committed."""
PRIOR = 50
"""How many pairs the committed probabilities weigh, when they are joined with what the training found."""
RECALL = 0.5
"""Share of all duplicates that agree exactly on name and birth date, about: it turns their number into the number of all."""
SHARE = 0.1
"""Duplicates expected per row before anything is known; what an untrained model starts from."""
LEAST_WEIGHT = -3.0
"""Pairs below this match weight (log2 of the odds) are left out: one in nine, at most, before relatives are considered."""
SAMPLE = 1e6  # pairs that each step of the training looks at
DIGITS = 10  # decimals of a trained probability: sums over threads differ after those
EXACT = ["first", "last", "birth_date"]

ALWAYS = ("first", "last", "birth_date", "suburb", "last_forms", *(f"first_{name}" for name in FIRST_NAME))
"""Columns that a comparison may look at beside its own."""

_KEY = "key"


@dataclass(frozen=True)
class Scored:
    """Candidate pairs, and the model that scored them."""

    pairs: pd.DataFrame
    """left, right (index values), weight (log2 of the odds that both rows are one person rather than strangers), and for every
    comparison that was asked, under its name, the number of the level that applied: 0 the strongest, NA where a value is absent; and
    as `weight_<name>` what the answer adds to the weight, which is `prior` before any is heard."""
    m: Mapping[str, tuple[float, ...]]
    """Comparison → probability of each level among rows of one person, as trained."""


def score_pairs(left: pd.DataFrame, right: pd.DataFrame | None = None, limits: DuckdbLimits = USUAL) -> Scored:
    """Return the candidate pairs within `left`, or between `left` and `right` (frames of `comparable`, unique index).

    Which comparisons are asked depends on the columns that hold anything. The order of the rows makes no difference.
    """
    tables = [left] if right is None else [left, right]
    asked = [c for c in COMPARISONS if all(_holds(table, c) for table in tables)]
    rules = _rules({c.name for c in asked})
    empty = pd.DataFrame({"left": [], "right": [], "weight": []}).astype({"left": "string", "right": "string", "weight": "float64"})
    if not asked or not rules or min(len(table) for table in tables) == 0 or sum(len(table) for table in tables) < 2:
        return Scored(empty, {})
    columns = [_KEY, *dict.fromkeys([*(c.name for c in asked), *ALWAYS])]
    frames = [_plain(table)[columns] for table in tables]
    shares: dict[str, pd.DataFrame] = {kind: _shares_of(kind, tables) for kind in ("first", "last") if kind in {c.name for c in asked}}
    with _database(limits) as database:
        sources = [database.register(frame, table_name=f"people_{number}") for number, frame in enumerate(frames)]
        settings = _settings(asked, rules, frames)
        if set(EXACT) <= {c.name for c in asked} and (exact := _exact_pairs(frames)) >= ENOUGH:
            settings = _trained(
                lambda settings: _linker(database, sources, settings, shares), settings, asked, exact / RECALL, _possible_pairs(frames)
            )
        linker = _linker(database, sources, settings, shares)
        predicted = linker.inference.predict(threshold_match_weight=LEAST_WEIGHT, warning_mode="never")
        held = {column.unquote().name for column in predicted.columns}
        parts = {c.name: [f'"{part}"' for part in (f"mw_{c.name}", f"mw_tf_adj_{c.name}") if part in held] for c in asked}
        names = ", ".join(f'"gamma_{name}", {" + ".join(weights)} AS "weight_{name}"' for name, weights in parts.items())
        found = database.duckdb_con.sql(
            f'SELECT "{_KEY}_l" AS left, "{_KEY}_r" AS right, match_weight AS weight, {names} FROM {predicted.physical_name}'
        ).df()
    return Scored(_levels(found, asked), {c.name: _matched(spec) for c, spec in zip(asked, settings["comparisons"], strict=True)})


@contextmanager
def _database(limits: DuckdbLimits) -> Iterator[DuckDBAPI]:
    """An in-process DuckDB that spills to a temporary folder, and Splink kept quiet about it."""
    log = logging.getLogger("splink")
    before = log.level
    log.setLevel(logging.ERROR)
    with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        settings: dict[str, Any] = {"memory_limit": limits.memory, "temp_directory": folder, "preserve_insertion_order": False}
        settings |= {"threads": limits.threads} if limits.threads else {}
        connection = duckdb.connect(":memory:", config=settings)
        try:
            yield DuckDBAPI(connection)
        finally:
            connection.close()
            log.setLevel(before)


def _linker(database: DuckDBAPI, sources: Sequence[Any], settings: dict[str, Any], shares: Mapping[str, pd.DataFrame]) -> Linker:
    linker = Linker(list(sources) if len(sources) > 1 else sources[0], settings, log_level=logging.ERROR, validate_settings=False)
    for name, table in shares.items():
        linker.table_management.register_term_frequency_lookup(database.register(table), name)
    return linker


def _shares_of(kind: str, tables: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """How common each name of the tables is, as Splink reads it."""
    names = pd.concat([pd.DataFrame({"key": table[kind], "words": table[f"{kind}_words"]}) for table in tables]).dropna(subset="key")
    shares = smoothed(kind, names).sort_index().round(DIGITS)
    return pd.DataFrame({kind: shares.index.astype("string"), f"tf_{kind}": shares.to_numpy()})


def _settings(asked: Sequence[Comparison], rules: list[Any], frames: Sequence[pd.DataFrame]) -> dict[str, Any]:
    """The model as committed."""
    return {
        "link_type": "link_only" if len(frames) > 1 else "dedupe_only",
        "unique_id_column_name": _KEY,
        "comparisons": [c.settings(large=False) for c in asked],
        "blocking_rules_to_generate_predictions": rules,
        "probability_two_random_records_match": SHARE / max(1, *(len(frame) - 1 for frame in frames)),
        "retain_matching_columns": True,
        "retain_intermediate_calculation_columns": True,
        "max_iterations": 25,
        "em_convergence": 0.001,
    }


def _trained(
    linker_of: Callable[[dict[str, Any]], Linker], settings: dict[str, Any], asked: Sequence[Comparison], matched: float, possible: float
) -> dict[str, Any]:
    """The same settings with the probabilities that the table itself shows, joined with the committed ones."""
    start = [c.settings(large=True) for c in asked]
    chance = round(matched / possible, 12)
    settings = settings | {"comparisons": start, "probability_two_random_records_match": chance}
    linker = linker_of(settings)
    linker.training.estimate_u_using_random_sampling(max_pairs=SAMPLE, seed=1)
    for block in TRAINING:
        linker.training.estimate_parameters_using_expectation_maximisation(
            block_on(*block), estimate_without_term_frequencies=True, max_pairs=SAMPLE
        )
    found = linker.misc.save_model_to_json()["comparisons"]
    for comparison, committed in zip(found, start, strict=True):
        for level, before in zip(comparison["comparison_levels"], committed["comparison_levels"], strict=True):
            for name, weight in (("m_probability", matched), ("u_probability", SAMPLE)):
                if name in before:
                    seen = level.get(name)
                    joined = (seen * weight + before[name] * PRIOR) / (weight + PRIOR) if isinstance(seen, float) else before[name]
                    level[name] = round(joined, DIGITS)
    return settings | {"comparisons": found}


def _matched(comparison: Mapping[str, Any]) -> tuple[float, ...]:
    return tuple(level["m_probability"] for level in comparison["comparison_levels"] if "m_probability" in level)


def _rules(asked: set[str]) -> list[Any]:
    """The blocking rules whose columns the tables hold."""
    rules = [block_on(*block) for block in BLOCKS if all(_column(part) in asked for part in block)]
    rules += [block_on(name, arrays_to_explode=[name]) for name in EXPLODED if name in asked]
    return rules + ([SWAPPED] if {"first", "last"} <= asked else [])


def _column(part: str) -> str:
    return part.removeprefix("substr(").partition(",")[0]


def _holds(table: pd.DataFrame, comparison: Comparison) -> bool:
    values = table[comparison.name]
    return bool(values.map(len).any() if comparison.is_list else values.notna().any()) if len(values) else False


def _exact_pairs(frames: Sequence[pd.DataFrame]) -> int:
    """How many pairs agree on first name, last name and birth date."""
    counts = [frame.dropna(subset=EXACT).groupby(EXACT).size() for frame in frames]
    if len(counts) == 1:
        return int((counts[0] * (counts[0] - 1) // 2).sum())
    return int((counts[0] * counts[1]).dropna().sum())


def _possible_pairs(frames: Sequence[pd.DataFrame]) -> float:
    sizes = [len(frame) for frame in frames]
    return sizes[0] * (sizes[0] - 1) / 2 if len(sizes) == 1 else float(sizes[0] * sizes[1])


def _plain(table: pd.DataFrame) -> pd.DataFrame:
    """The table in key order, the index as a column: what DuckDB reads, and the same whatever order the rows came in."""
    return table.rename_axis(_KEY).reset_index().astype({_KEY: "string"}).sort_values(_KEY, ignore_index=True)


def _levels(found: pd.DataFrame, asked: Sequence[Comparison]) -> pd.DataFrame:
    """Turn Splink's level numbers, which count upwards from the weakest, into places in the comparison's levels."""
    pairs = found[["left", "right"]].astype("string").assign(weight=found["weight"].round(4))
    heard = {f"weight_{c.name}": found[f"weight_{c.name}"].astype("float64").round(2) for c in asked}
    pairs = pairs.assign(prior=(pairs["weight"] - sum(heard.values())).round(2), **heard)
    for comparison in asked:
        level = found[f"gamma_{comparison.name}"]
        pairs[comparison.name] = (len(comparison.levels) - 1 - level).where(level >= 0).astype("Int8")
    return pairs.sort_values(["left", "right"], ignore_index=True)
