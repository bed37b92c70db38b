"""10_audit, drawn: how full the columns are, rows by month with gaps, ages and funds, who refers to whom; and the whole as one workbook."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

import pandas as pd

from migkit.migration import Migration
from migkit.model.among import among
from migkit.model.words import in_list, number_of
from migkit.report import Reference, Sheet, View, bars, fill_map, months, note_box, references, workbook
from migkit.steps.audit import Audit

HAPPENED = {
    "appointments": ("start_at", "date"),
    "treatment_plans": ("created_date", "presented_date"),
    "invoices": ("date",),
    "payments": ("date",),
    "clinical_notes": ("at",),
    "communications": ("at",),
    "leads": ("created_at",),
    "patients": ("created_at", "first_visit"),
}
"""Table → the fields that say when its rows happened, the first that the export has."""
FEW = 5
"""Fewer patients than this are not counted apart; where the months around one without rows have fewer each, it says nothing."""
WORKBOOK = "ScanReport.xlsx"


def draw_fill(audit: Audit) -> View:
    """Return how full every column of every table is."""
    return fill_map(audit.columns, "Columns by table, and in how many rows each has a value")


def rows_by_month(migration: Migration) -> pd.DataFrame:
    """Return rows by month until that of the export: index month, a column per table that says when its rows happened."""
    found = {}
    for name, fields in HAPPENED.items():
        frame = migration.tables.frames.get(name)
        known = next((field for field in fields if frame is not None and frame[field].notna().any()), None)
        if frame is not None and known is not None:
            found[name] = frame[known].dropna().dt.to_period("M").value_counts()
    counts = pd.DataFrame(found)
    if counts.empty:
        return counts
    last = pd.Period(migration.workspace.snapshots()[-1].taken, "M")
    first = counts.drop(columns="patients", errors="ignore").dropna(how="all").index.min()  # people were registered long before
    if pd.isna(first):
        first = counts.index.min()
    return counts.reindex(pd.period_range(first, last, freq="M"), fill_value=0).fillna(0).astype(int).tail(120)


def gaps(counts: pd.DataFrame) -> Mapping[str, list[pd.Period]]:
    """Return, by table, months without a row although the three before and the three after have many: is a file missing?"""
    found = {}
    for name in counts.columns:
        own = counts[name]
        before, after = own.shift(1).rolling(3, min_periods=1).sum(), own[::-1].shift(1).rolling(3, min_periods=1).sum()[::-1]
        found[name] = list(own.index[(own == 0) & (before >= 3 * FEW) & (after >= 3 * FEW)])
    return {name: months for name, months in found.items() if months}


def draw_months(migration: Migration) -> View:
    """Return rows by month, with the gaps that betray a lost file in words."""
    counts = rows_by_month(migration)
    if counts.empty:
        return note_box("No table says when its rows happened.")
    lost = gaps(counts)
    drawn = months(counts, lost, "Rows by month, darker for more")
    if not lost:
        return drawn
    parts = [f"{migration.schema[name].title.lower()} in {in_list(f'{month:%B %Y}' for month in found)}" for name, found in lost.items()]
    asked = note_box(
        f"There are no {'; no '.join(parts)}, though before and after there are: ask the practice whether a file is missing.", "warn"
    )
    return View(asked.body + drawn.body, f"{asked.text}\n{drawn.text}")


def draw_ages(migration: Migration) -> View:
    """Return patients by age on the day of the export, in steps of ten years; steps of fewer than five are counted together."""
    born = migration.tables["patients"]["birth_date"].dropna()
    days = pd.Timestamp(migration.workspace.snapshots()[-1].taken) - born
    decades = ((days.dt.days / 365.25).clip(lower=0) // 10 * 10).astype(int).clip(upper=100).value_counts().sort_index()
    return bars(_without_few(decades.rename(index=lambda age: "100 and more" if age == 100 else f"{age} to {age + 9}")), "Patients by age")


def draw_funds(migration: Migration) -> View:
    """Return patients by health fund, the most common first; funds of fewer than five are counted together."""
    covers = migration.tables["health_funds"][["patient_id", "fund"]].dropna()  # a patient's own columns of a fund are covers too
    counts = covers.drop_duplicates()["fund"].value_counts().head(15)
    return bars(_without_few(counts), "Patients by health fund") if len(counts) else note_box("The export names no health fund.")


def draw_references(migration: Migration) -> View:
    """Return which table refers to which, and how many rows refer to what is not there."""
    frames = {name: frame for name, frame in migration.tables.frames.items() if len(frame)}
    found, missing = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
    ids = {name: set(frame[migration.schema[name].key[0]].dropna()) for name, frame in frames.items()}
    for name, frame in frames.items():
        for field, spec in migration.schema.refs(name).items():
            given = frame[field].dropna()
            if len(given) and spec.ref in frames and spec.ref != name:
                there = int(among(given, ids[spec.ref]).sum())
                found[name, spec.ref] += there
                missing[name, spec.ref] += len(given) - there
    prefixes = {table.prefix: table.name for table in migration.schema.tables.values()}
    for row in migration.tables.row_outcomes:
        if row.reason is not None and row.reason.code == "missing-parent":
            target = prefixes.get(str(dict(row.reason.parameters)["key"]).partition(":")[0], "")
            if row.table in frames and target in frames:
                missing[row.table, target] += 1
    refs = [Reference(*pair, found[pair], missing[pair]) for pair in sorted(found | missing) if found[pair] or missing[pair]]
    return references({name: len(frame) for name, frame in frames.items()}, refs, "Which table refers to which, from left to right")


def write_scan(migration: Migration, audit: Audit) -> View:
    """Write the scan as a workbook in WhiteRabbit's layout, and say where it lies: no value that fewer than five rows have is in it."""
    scan, path = audit.scan, migration.workspace.runs / WORKBOOK
    fields = pd.DataFrame(
        {
            "Table": scan.columns["table"], "Field": scan.columns["column"], "Description": "", "Type": scan.columns["type"],
            "Max length": scan.columns["max_length"], "N rows": scan.columns["rows"], "N rows checked": scan.columns["rows"],
            "Fraction empty": scan.columns["fraction_empty"], "N unique values": scan.columns["unique"],
            "Fraction unique": scan.columns["fraction_unique"],
        }
    )  # fmt: skip
    tables = pd.DataFrame(
        {
            "Table": scan.tables["table"], "Description": scan.tables["title"], "N rows": scan.tables["rows"],
            "N rows checked": scan.tables["rows"], "N Fields": scan.tables["columns"], "N Fields Empty": scan.tables["empty_columns"],
        }
    )  # fmt: skip
    sheets = [Sheet("Field Overview", fields), Sheet("Table Overview", tables)]
    for number, (name, own) in enumerate(scan.values.groupby("table", sort=False), start=1):
        columns: dict[str, pd.Series] = {}
        for column, values in own.groupby("column", sort=False):
            columns[str(column)] = values["value"].reset_index(drop=True)
            columns[f"Frequency {len(columns) // 2 + 1}"] = values["rows"].reset_index(drop=True)
        sheets.append(Sheet(f"{number} {name}"[:31], pd.DataFrame(columns)))
    path.parent.mkdir(parents=True, exist_ok=True)
    workbook(path, sheets)
    return note_box(
        f"The whole as one workbook, in the layout of WhiteRabbit: {path.parent.name}/{path.name}. {number_of(len(fields), 'column')}; "
        f"values that fewer than {scan.min_cell_count} rows have are not in it."
    )


def _without_few(counts: pd.Series) -> pd.Series:
    shown, rest = counts[counts >= FEW], int(counts[counts < FEW].sum())
    return pd.concat([shown, pd.Series({"(fewer than five each)": rest})]) if rest else shown
