"""Rows that no line of the export is, but that follow from rows that are: cover and recalls from patients, totals from lines."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from migkit.model.among import among
from migkit.model.canonical import CanonicalSchema

from .keys import give_keys
from .log import Log
from .sources import empty_frame


def add_covers(frames: dict[str, pd.DataFrame], schema: CanonicalSchema, log: Log) -> None:
    """Give patients with a health fund on their own row a cover row (same file and line), where no cover table gives one."""
    columns = {"fund": "health_fund", "member_number": "health_fund_number", "card_ref": "health_fund_card_ref"}
    _add_of_patients("health_funds", "health_fund", columns, frames, schema, log)


def add_recalls(frames: dict[str, pd.DataFrame], schema: CanonicalSchema, log: Log) -> None:
    """Give patients with a next recall on their own row a recall (same file and line), where no table of recalls gives them one.

    An interval without a day (`6/12`) makes none: nobody knows since when.
    """
    columns = {"practitioner_id": "practitioner_id", "due_date": "next_recall", "interval": "recall_interval"}
    _add_of_patients("recalls", "next_recall", columns, frames, schema, log)


def _add_of_patients(
    table: str, needed: str, columns: Mapping[str, str], frames: dict[str, pd.DataFrame], schema: CanonicalSchema, log: Log
) -> None:
    """Add a row of `table` for each patient whose own row has the field `needed` and of whom the table says nothing; `columns`: field →
    field of the patient."""
    patients = frames.get("patients")
    if patients is None:
        return
    if patients[needed].isna().all():
        return
    spec = schema[table]
    known = frames.get(table, empty_frame(spec))
    lacking = patients[needed].notna() & ~among(patients["patient_id"], known["patient_id"])
    if not lacking.any():
        return
    rows = patients[lacking]
    made = empty_frame(spec, len(rows), int(known.index.max()) + 1 if len(known) else 0)
    for name, source in {"patient_id": "patient_id", "_file": "_file", "_line": "_line", **columns}.items():
        made[name] = rows[source].array
    made["_synthetic"] = pd.array([True] * len(made), dtype="boolean")
    made = give_keys(made, spec)
    log.place(table, made)
    frames[table] = pd.concat([known, made]) if len(known) else made


def add_totals(frames: dict[str, pd.DataFrame]) -> None:
    """Invoices made from their lines get the sum of these where the header columns gave no total."""
    invoices, lines = frames.get("invoices"), frames.get("invoice_lines")
    if invoices is None or lines is None:
        return
    made = invoices["_synthetic"].fillna(False).astype(bool)
    deleted = lines["deleted"].fillna(False).astype(bool)
    counted = lines.assign(**{name: lines[name].mask(deleted, 0) for name in ("total", "gst")})
    sums = counted.groupby("invoice_id")[["total", "gst"]].sum(min_count=1)
    for name in ("total", "gst"):
        rows = made & invoices[name].isna()
        invoices.loc[rows, name] = invoices.loc[rows, "invoice_id"].map(sums[name]).astype("Int64")
    frames["invoices"] = invoices
