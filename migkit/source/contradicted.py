"""Links that every row of a file contradicts: a receipt's own running number is no invoice's, however the column was taken."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pandas as pd

from migkit.model.among import among
from migkit.model.canonical import CanonicalTable

from .log import ROW_PLACE, Log, labels

LEAST = 2
"""Rows of a file that must contradict, and none agree: one may be somebody who paid for another. Of a column that is called by nothing
but a word for a number (`No`), it is enough that more contradict than agree."""


def refuse_links(
    frame: pd.DataFrame,
    spec: CanonicalTable,
    names: Iterable[str],
    parents: Mapping[str, tuple[pd.DataFrame, str]],
    bare: Mapping[tuple[str, str], frozenset[str]],
    log: Log,
) -> None:
    """Empty the references of a file (in place) whose rows name other patients than what they refer to.

    `names`: resolved reference fields; `parents`: table → its typed frame and the name of its id; `bare`: (table, field) → files whose
    column says nothing of what it refers to. Relatives of one family, and whom an invoice is billed to, agree.
    """
    if "patient_id" not in frame:
        return
    own = frame["patient_id"].astype("string")
    for name in names:
        target = str(spec.fields[name].ref)
        parent, key = parents.get(target, (None, ""))
        if parent is None or target == "patients" or "patient_id" not in parent:
            continue
        if frame[name].isna().all():
            continue
        given = frame[name].astype("string")
        whose = given.map(parent.drop_duplicates(key).set_index(key)["patient_id"])
        known = frame.loc[own.notna() & among(given, parent[key]), [*ROW_PLACE]]
        for file, rows in known.groupby("_file"):
            is_bare = file in bare.get((spec.name, name), ())
            agreeing = whose[rows.index].eq(own[rows.index])
            if agreeing.all() or (not is_bare and (agreeing.any() or len(rows) < LEAST)):  # nearly always: nothing more is looked at
                continue
            home = _homes(parents["patients"][0]) if "patients" in parents else {}
            owners = _owners(parent[parent[key].isin(given[rows.index])], key)
            rows = rows[given[rows.index].isin(owners)]
            wrong_rows = [row for row in rows.index if not _agree(own[row], owners[given[row]], home)]
            if 2 * len(wrong_rows) <= len(rows) if is_bare else len(wrong_rows) < max(len(rows), LEAST):
                continue
            if not is_bare and _pay_in_full(frame.loc[rows.index], parent, key, given[rows.index]):
                continue
            wrong = frame.index[frame["_file"].eq(file) & given.notna()]
            log.find("links-of-others", spec.name, labels(rows, wrong_rows), name, target=target)
            log.repair(spec.name, name, wrong, "links-of-others", given[wrong], [None] * len(wrong))
            frame.loc[wrong, name] = pd.NA


def _pay_in_full(frame: pd.DataFrame, parent: pd.DataFrame, key: str, given: pd.Series) -> bool:
    """Return whether each receipt is what the invoice that it names comes to: a mother pays her children's invoices."""
    if "amount" not in frame or "total" not in parent or parent.loc[parent[key].isin(given), "total"].nunique() < LEAST:
        return False
    total = given.map(parent.drop_duplicates(key).set_index(key)["total"])
    return bool(frame["amount"].eq(total).fillna(False).all())


def _agree(patient: str, owners: set[str], home: Mapping[str, str]) -> bool:
    return patient in owners or home.get(patient, "") in {home.get(owner) for owner in owners}


def _owners(parent: pd.DataFrame, key: str) -> dict[str, set[str]]:
    """Return id → the patients that a row is about, or billed to; rows of nobody are left out."""
    found: dict[str, set[str]] = {}
    for column in {"patient_id", "bill_to_id"} & set(parent.columns):
        rows = parent[parent[column].notna()]
        for one, patient in zip(rows[key].astype(str), rows[column].astype(str), strict=True):
            found.setdefault(one, set()).add(patient)
    return found


def _homes(patients: pd.DataFrame | None) -> dict[str, str]:
    """Return patient → what their family is known by."""
    if patients is None:
        return {}
    heads = patients["family_head_id"].astype("string")
    home = patients["family_id"].astype("string").radd("family ").fillna(heads.radd("head "))
    found = dict(zip(patients["patient_id"].astype(str), home, strict=True))
    found |= {str(head): f"head {head}" for head in heads.dropna() if pd.isna(found.get(str(head)))}
    return {patient: str(one) for patient, one in found.items() if pd.notna(one)}
