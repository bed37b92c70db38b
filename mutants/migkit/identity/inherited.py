"""Whose contact data it is: a member's phone or e-mail that is the family head's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from migkit.model.people import Household

CONTACT = ("mobile", "home_phone", "work_phone", "email")
GENERATION = 15
"""Years between parent and child, at least. The head of a household that nobody declared gives contact data to members this
much younger only, since spouses who share a number both own it."""


def find_inherited(patients: pd.DataFrame, households: Sequence[Household], survivors: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """Return patient key → contact fields that hold the family head's value, for every row but the head's own."""
    rows = {row["_key"]: row for row in patients[["_key", "birth_date", "family_head_id", *CONTACT]].to_dict("records")}
    contact: dict[str, set[str]] = {}
    for key, row in rows.items():
        contact.setdefault(survivors[key], set()).update(row[field] for field in CONTACT if pd.notna(row[field]))
    born: dict[str, Any] = {}
    for key, row in rows.items():  # a second record may lack the birth date that the first one has
        if pd.notna(row["birth_date"]):
            born.setdefault(survivors[key], row["birth_date"])
    household_of = {member: household for household in households if household.head for member in household.members}
    inherited = {}
    for key, row in rows.items():
        head, declared = _head(key, row, rows, household_of, survivors)
        if head is None or survivors[head] == survivors[key]:
            continue
        if declared or _is_child(born.get(survivors[key]), born.get(survivors[head])):
            theirs = contact[survivors[head]]
            fields = tuple(field for field in CONTACT if pd.notna(row[field]) and row[field] in theirs)
            if fields:
                inherited[key] = fields
    return inherited


def declared_heads(patients: pd.DataFrame, families: pd.DataFrame) -> pd.Series:
    """Return each row's family head as declared: by the row itself, else by its family's row."""
    heads = families.dropna(subset=["family_id", "head_id"]).drop_duplicates("family_id").set_index("family_id")["head_id"]
    return patients["family_head_id"].fillna(patients["family_id"].map(heads.to_dict()).astype("string"))


def _head(
    key: str, row: Mapping[str, Any], rows: Mapping[str, Any], household_of: Mapping[str, Household], survivors: Mapping[str, str]
) -> tuple[str | None, bool]:
    """The row's family head, and whether the export declares it."""
    if pd.notna(row["family_head_id"]) and (named := f"patient:{row['family_head_id']}") in rows:
        return named, True
    household = household_of.get(survivors[key])
    return (household.head, household.key.startswith("family:")) if household else (None, False)


def _is_child(birth_date: Any, head_birth_date: Any) -> bool:
    return bool(pd.notna(birth_date) and pd.notna(head_birth_date) and (birth_date - head_birth_date).days >= GENERATION * 365)
