"""Logs of procedures: items that name no treatment plan. What was done is a note of the patient's day, what is still planned one plan of
the patient."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pandas as pd

from migkit.model.canonical import CanonicalTable

from .log import Log, labels
from .note_lines import ORDER, TEXT

PLANNED, TITLE = "planned", "Treatment done"
PATIENT_OF = frozenset({"patient_id", "patient_name", "patient_birth_date", "patient_phone", "patient_email"})
"""Fields of a plan that say whose it is, and of a note."""
_OF_BOTH = ("practitioner_id", "appointment_id", "modified_at", "_file", "_line")


def part_items(
    items: pd.DataFrame, whose: Mapping[str, pd.Series], notes: CanonicalTable, nothing: pd.DataFrame, today: date, log: Log
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the items that are still planned, those of a patient under one plan number, and the notes of what was done, a row an item.

    `items`: typed rows of treatment items that name no plan; `whose`: what their rows say of the patient, by field;
    `nothing`: empty rows of notes, as many as there are items. An item without a status was done where its day is past. One whose status
    nobody knows stays as it is, and waits.
    """
    status = items["status"]
    past = items["completed_date"].fillna(items["date"]) <= pd.Timestamp(today)
    status = status.mask(status.isna(), "completed").where(status.notna() | past.fillna(False), PLANNED).astype("string")
    who = whose.get("patient_id", pd.Series(pd.NA, index=items.index, dtype="string"))
    who = who.fillna(whose["patient_name"]) if "patient_name" in whose else who
    is_planned, is_done = status.eq(PLANNED) & who.notna(), status.isin(("completed", "cancelled")) & who.notna()
    left = items[~is_done].copy()
    left.loc[is_planned[left.index], "plan_id"] = PLANNED + "-" + who[is_planned].str.strip()
    log.find("planned-without-plan", "treatment_items", labels(items, is_planned))
    done = items[is_done]
    log.find("done-without-plan", "treatment_items", labels(done))
    return left, _notes(done, {name: values[done.index] for name, values in whose.items()}, who[done.index], notes, nothing)


def _notes(done: pd.DataFrame, whose: Mapping[str, pd.Series], who: pd.Series, spec: CanonicalTable, nothing: pd.DataFrame) -> pd.DataFrame:
    made = nothing.iloc[: len(done)].copy()
    at = done["completed_date"].fillna(done["date"])
    for name, values in {**{name: done[name] for name in _OF_BOTH}, "at": at, **whose}.items():
        if name in spec.fields or name in ("_file", "_line"):
            made[name] = values.astype(made[name].dtype).array
    made["author"] = done["practitioner_name"].array
    made["title"] = TITLE
    day = at.dt.strftime("%Y%m%d").fillna("undated").array
    made["note_id"] = ("done-" + who.str.strip() + "-" + day).astype("string").array
    made[TEXT] = pd.array([_line(row) for row in done.to_dict("records")], dtype="string")
    made[ORDER] = (made.groupby(["_file", "note_id"]).cumcount() + 1).astype("Int64")
    return made


def _line(item: Mapping[str, object]) -> str:
    """Return an item in words: what, where, how much, and whether it was dropped."""

    def said(name: str) -> str:
        return "" if pd.isna(item[name]) else str(item[name])  # type: ignore[call-overload]

    what = " ".join(part for part in (said("item_code"), said("description")) if part)
    where = " ".join(part for part in (said("tooth"), said("surfaces")) if part)
    cents = item["fee"] if pd.notna(item["fee"]) else item["total"]  # type: ignore[call-overload]
    parts = (
        what,
        f"tooth {where}" if said("tooth") else where,
        f"qty {said('quantity')}" if said("quantity") not in ("", "1", "1.0") else "",
        f"{int(str(cents)) / 100:,.2f}" if pd.notna(cents) else "",  # type: ignore[call-overload]
        said("status") if said("status") == "cancelled" else "",
    )
    return ", ".join(part for part in parts if part)
