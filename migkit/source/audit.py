"""A scan of the raw export: what stands in every column, and how every file is built."""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass

import pandas as pd

from migkit.model.country import NO_COUNTRY, Country
from migkit.model.tables import RawExport

from .cells import parsers

_GUESSES = ("boolean", "integer", "money", "date", "datetime", "time", "email", "phone")
"""Types tried, in this order; the first that reads nearly every value is the guess, else text."""
_ENOUGH = 0.95
_LOOKED_AT = 500
TOP = 20
HIDDEN = "(rare values hidden)"


@dataclass(frozen=True)
class Scan:
    """The profile of an export. No value that fewer than `min_cell_count` rows have is shown."""

    tables: pd.DataFrame
    """One row per source table: table, title, files, rows, columns, empty_columns."""
    columns: pd.DataFrame
    """One row per source column: table, column, type (guess), max_length, rows, fraction_empty, unique, fraction_unique,
    minimum, maximum, mean, median, deviation (numbers; dates have minimum and maximum only), kept as text."""
    values: pd.DataFrame
    """Frequent values: table, column, value, rows; the rest of a column as one row `(rare values hidden)`."""
    files: pd.DataFrame
    """As `RawExport.anatomy`, and the files that could not be read."""
    min_cell_count: int


def scan(raw: RawExport, country: Country = NO_COUNTRY, min_cell_count: int = 5) -> Scan:
    """Return the profile of the raw export of a practice in `country`; values shared by fewer than `min_cell_count` rows are hidden."""
    tables, columns, values = [], [], []
    for source in raw.tables.values():
        frame, empty = source.frame, 0
        for name in source.columns:
            counts = frame[name].value_counts()
            empty += counts.empty
            columns.append({"table": source.name, "column": name, **_profile(frame[name], counts, country, min_cell_count)})
            values += [{"table": source.name, "column": name, **row} for row in _frequent(counts, min_cell_count)]
        tables.append(
            {
                "table": source.name,
                "title": source.title,
                "files": len(source.files),
                "rows": len(frame),
                "columns": len(source.columns),
                "empty_columns": empty,
            }
        )
    unread = raw.lines[~raw.lines["file"].isin(raw.anatomy["file"])]
    refused = pd.DataFrame({"file": unread["file"], "encoding": unread["reason"], "rejects": 1})
    return Scan(
        pd.DataFrame(tables),
        pd.DataFrame(columns),
        pd.DataFrame(values, columns=["table", "column", "value", "rows"]),
        pd.concat([raw.anatomy, refused], ignore_index=True) if len(refused) else raw.anatomy,
        min_cell_count,
    )


def guess_type(values: list[str], country: Country = NO_COUNTRY) -> str:
    """Return the canonical type that reads nearly all of the values, `text` where none does, `empty` for no values."""
    if not values:
        return "empty"
    for kind in _GUESSES:
        if (kind != "boolean" or len(set(values)) <= 3) and _reads(kind, values, country):
            return kind
    return "text"


def _reads(kind: str, values: list[str], country: Country) -> bool:
    """Whether nearly all of the values are read as `kind`, and proven to be; ends where too many were not."""
    parser, spare = parsers(country)[kind], len(values) - math.ceil(_ENOUGH * len(values))
    read = (parser(value.strip()) for value in values)
    unread = (True for value, _, problem in read if value is None or problem.startswith("unproven"))
    return next(itertools.islice(unread, spare, None), None) is None


def _profile(column: pd.Series, counts: pd.Series, country: Country, min_cell_count: int) -> dict[str, object]:
    kind = guess_type([str(value) for value in counts.index[:_LOOKED_AT]], country)
    filled = int(counts.sum())
    return {
        "type": kind,
        "max_length": int(column.str.len().max()) if filled else 0,
        "rows": len(column),
        "fraction_empty": round(1 - filled / len(column), 4) if len(column) else 0.0,
        "unique": len(counts),
        "fraction_unique": round(len(counts) / filled, 4) if filled else 0.0,
        **_extras(kind, counts, country, filled >= min_cell_count),
    }


def _extras(kind: str, counts: pd.Series, country: Country, enough: bool) -> dict[str, str]:
    blank = dict.fromkeys(("minimum", "maximum", "mean", "median", "deviation"), "")
    if not enough or kind not in ("integer", "money", "date", "datetime"):
        return blank
    parse = parsers(country)[kind]
    read = [(parse(str(value).strip())[0], int(count)) for value, count in counts.items()]
    known = [(value, count) for value, count in read if value is not None]
    if not known:
        return blank
    low, high = min(value for value, _ in known), max(value for value, _ in known)
    if kind in ("date", "datetime"):
        return {**blank, "minimum": f"{low:%Y-%m-%d}", "maximum": f"{high:%Y-%m-%d}"}
    scale = 100 if kind == "money" else 1
    numbers = pd.Series([value / scale for value, _ in known]).repeat([count for _, count in known])
    return {
        "minimum": f"{low / scale:.15g}",
        "maximum": f"{high / scale:.15g}",
        "mean": f"{numbers.mean():.4g}",
        "median": f"{numbers.median():.4g}",
        "deviation": f"{numbers.std(ddof=0):.4g}",
    }


def _frequent(counts: pd.Series, min_cell_count: int) -> list[dict[str, object]]:
    shown = counts[counts >= min_cell_count].head(TOP)
    rest = int(counts.sum() - shown.sum())
    rows: list[dict[str, object]] = [{"value": str(value), "rows": int(count)} for value, count in shown.items()]
    return [*rows, {"value": HIDDEN, "rows": rest}] if rest else rows
