"""Looking around in the typed tables: masked unless asked otherwise, what is missing, how values are spread, what a flaw looks like."""

from __future__ import annotations

import os
from collections.abc import Iterable

import pandas as pd

from migkit.migration import Migration
from migkit.model.errors import UsageError
from migkit.model.outcomes import Finding
from migkit.model.words import number_of
from migkit.report import IN_REPORT, View, bars, explore, mask, mask_frame

FEW = 5
"""A value that fewer rows share is somebody's: it is counted, not shown."""
MOST = 15


def look_at_table(migration: Migration, table: str, *, show_values: bool = False) -> View | None:
    """Return a typed table to sort and filter, sensitive fields masked unless `show_values`; None in a report."""
    if os.environ.get(IN_REPORT):
        return None
    frame = _frame(migration, table)
    shown = frame if show_values else mask_frame(frame, migration.schema, table)
    kept = [name for name in shown.columns if not str(name).startswith("_") and frame[name].notna().any()]
    caption = f"{migration.schema[table].title}: {number_of(len(frame), 'row')}"
    return explore(shown[["_key", *kept]].rename(columns={"_key": "key"}), caption)


def missing_by_column(migration: Migration, table: str) -> View:
    """Return a chart of the share of rows without a value, by column that the export has, emptiest first."""
    frame = _frame(migration, table)
    maps = [source.columns.values() for source in migration.source_map.tables.values() if source.table == table]
    named = {column.to: column.column for columns in maps for column in columns if column.to in frame}
    shares = frame[list(named)].isna().mean().mul(100).rename(index=named).sort_values(ascending=False, kind="stable")
    some = shares[shares > 0].head(2 * MOST)
    title = migration.schema[table].title
    full = number_of(len(shares) - len(shares[shares > 0]), "column is", "columns are")
    return bars(some, f"{title}: rows without a value, percent, by column ({full} filled in every row)", " %")


def distribution(migration: Migration, table: str, field: str) -> View:
    """Return a chart of how often each value of a field stands in the table: dates by year, numbers in ten ranges.

    Sensitive text is counted by its shape. Values that fewer than five rows share are counted together.
    """
    frame = _frame(migration, table)
    if field not in frame.columns or str(field).startswith("_"):
        known = [str(name) for name in frame.columns if not str(name).startswith("_") and frame[name].notna().any()]
        raise UsageError(f"{table} has no field {field!r}: choose one of {', '.join(known)}.")
    spec = migration.schema[table].fields.get(field)
    counts = _counts(
        frame[field].dropna(), is_money=spec is not None and spec.type == "money", hide=spec is None or spec.sensitivity != "none"
    )
    empty = int(frame[field].isna().sum())
    counts = pd.concat([counts, pd.Series({"(empty)": empty})]) if empty else counts
    return bars(counts, f"{migration.schema[table].title}: {spec.title if spec else field}")


def flaw_examples(migration: Migration, findings: Iterable[Finding], each: int = 3) -> pd.DataFrame:
    """Return rows that findings name, up to `each` a finding: finding, row, file, line, field, in the export, as read (masked)."""
    rows = []
    by_key = {name: frame.drop_duplicates("_key").set_index("_key") for name, frame in migration.tables.frames.items()}
    written = migration.tables.repairs.drop_duplicates(["table", "key", "field"]).set_index(["table", "key", "field"])["before"]
    for finding in findings:
        if finding.table not in by_key:
            continue
        frame = by_key[finding.table]
        for key in [one for one in finding.keys if one in frame.index][:each]:
            row, name = frame.loc[key], finding.field if finding.field in frame.columns else None
            rows.append(
                {
                    "finding": finding.name,
                    "row": key,
                    "file": row["_file"],
                    "line": row["_line"],
                    "field": name,
                    "in the export": mask(written.get((finding.table, key, name))) if name else None,
                    "as read": mask(row[name]) if name else None,
                }
            )
    return pd.DataFrame(rows, columns=["finding", "row", "file", "line", "field", "in the export", "as read"])


def _frame(migration: Migration, table: str) -> pd.DataFrame:
    if table not in migration.tables.frames:
        raise UsageError(f"There is no table {table!r}: choose one of {', '.join(migration.tables.frames)}.")
    return migration.tables[table]


def _counts(values: pd.Series, *, is_money: bool, hide: bool) -> pd.Series:
    if pd.api.types.is_datetime64_any_dtype(values):
        return values.dt.year.value_counts().sort_index()
    if pd.api.types.is_bool_dtype(values):
        return values.map({True: "yes", False: "no"}).value_counts()
    if pd.api.types.is_numeric_dtype(values) and values.nunique() > MOST:
        ranges = pd.cut(values.astype(float) / (100 if is_money else 1), 10, precision=0)
        counts = ranges.value_counts().sort_index()
        return counts.set_axis([f"{one.left:,.0f} to {one.right:,.0f}" for one in counts.index])
    counts = (values.map(mask) if hide else values.astype("string")).value_counts()
    shown = counts[counts >= FEW].head(MOST)
    rest = int(counts.sum() - shown.sum())
    return pd.concat([shown, pd.Series({"(rarer values)": rest})]) if rest else shown
