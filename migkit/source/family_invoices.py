"""One invoice number for several of a family: lines that name each a patient of their own, or a row a patient, billed to one of them."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from migkit.model.mapping import ColumnMap
from migkit.model.messages import Message
from migkit.model.outcomes import Outcome

from .log import Log, labels
from .names import split_name

BETWEEN = "/"
"""What stands between the number of a family's invoice and whose part of it is meant: `4001/103`."""
_MONEY = ("net", "gst", "total", "paid", "balance", "written_off")
_ITS_OWN = ("patient_id", "patient_name", "patient_birth_date", "patient_phone", "patient_email", "notes", *_MONEY)
"""Fields in which the rows of a family's invoice may differ."""


def part_family_lines(raw: pd.DataFrame, frame: pd.DataFrame, link: str, columns: Mapping[str, ColumnMap], log: Log) -> None:
    """Give lines of one number that are of several patients of one family name, all of one day, a number for each patient (in place).

    `link`: the field of the number; `columns`: what lines say of their invoice. Other lines of several patients may be of two locations,
    each with numbers of its own: they are left to whoever holds them.
    """
    if not {"date", "patient_name"} <= columns.keys():
        return
    names = raw[columns["patient_name"].column]
    last = names.map({text: split_name(text).last.casefold() for text in names.dropna().unique()})
    whose = raw[columns["patient_id" if "patient_id" in columns else "patient_name"].column].str.strip()
    about = pd.DataFrame({"last": last, "day": raw[columns["date"].column], "whose": whose, "file": frame["_file"], "number": frame[link]})
    about = about[about["number"].notna()]
    groups = about.groupby(["file", "number"])
    of_one = groups["last"].transform("nunique").eq(1) & groups["day"].transform("nunique").eq(1)
    of_several = groups["whose"].transform("nunique").gt(1)
    complete = about[["last", "day", "whose"]].notna().all(axis=1).groupby([about["file"], about["number"]]).transform("all")
    rows = about.index[of_one & of_several & complete]
    log.find("family-invoice", "invoices", dict.fromkeys("invoice:" + frame.loc[rows, link]))
    frame.loc[rows, link] = frame.loc[rows, link] + BETWEEN + whose[rows]


def join_family_invoices(frame: pd.DataFrame, log: Log) -> pd.DataFrame:
    """Return the typed invoices, with their keys, in which rows of one file, number and day that are of several patients, and billed to
    one payer, are one invoice of that payer: the sum of them all, with what each is for.

    The first row keeps the invoice; the others end as folded into it.
    """
    billed = frame[frame["bill_to_id"].notna() & frame["patient_id"].notna() & frame["total"].notna()]
    billed = billed[billed.duplicated(["_file", "_key"], keep=False)]
    groups = [rows for _, rows in billed.groupby(["_file", "_key"], sort=False) if _is_family(frame, rows)]
    if not groups:
        return frame
    frame = frame.copy()
    for rows in groups:
        first = int(rows.index[0])
        parts = rows.fillna({"notes": ""}).to_dict("records")
        said = [f"{part['patient_id']}: {part['notes']} {part['total'] / 100:,.2f}" for part in parts]
        for name in _MONEY:
            frame.loc[first, name] = rows[name].sum() if rows[name].notna().all() else pd.NA
        frame.at[first, "notes"] = "; ".join(" ".join(text.split()) for text in said)
        frame.at[first, "patient_id"] = rows["bill_to_id"].iloc[0]
        frame.loc[first, ["patient_name", "patient_phone", "patient_email"]] = pd.NA
        frame.at[first, "patient_birth_date"] = pd.NaT
        gone = rows.iloc[1:]
        reason = Message.of("row-of-family-invoice", place=f"{rows.at[first, '_file']}:{rows.at[first, '_line']}")
        log.set_outcome("invoices", gone, Outcome.FOLDED_INTO, [reason] * len(gone), list(gone["_key"]))
    log.find("family-invoice-of-payer", "invoices", labels(pd.concat([rows.iloc[:1] for rows in groups])))
    return frame.drop(index=[row for rows in groups for row in rows.index[1:]])


def _is_family(frame: pd.DataFrame, rows: pd.DataFrame) -> bool:
    """Return whether rows of one number are the parts of one invoice: all of it, of different patients, alike in all else."""
    whole = frame["_key"].eq(rows["_key"].iloc[0]).sum() == len(rows)
    others = [name for name in rows if not name.startswith("_") and name not in _ITS_OWN]
    return bool(whole) and rows["patient_id"].is_unique and all(rows[name].nunique(dropna=False) == 1 for name in others)
