"""Persons who were in the account before: found by the same method, adopted once confirmed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from migkit.model.outcomes import Finding, Severity

from .comparable import comparable
from .decisions import SAME, Policy, decided_account_pairs
from .link import link

ACCOUNT_COLUMNS = {"left": "string", "person_id": "Int64", "score": "Float64", "band": "string", "evidence": "string", "decision": "string"}
_PREFIX = "account:"


def match_account(
    persons: pd.DataFrame, account_people: pd.DataFrame | None, identity: Mapping[str, Any], policy: Policy
) -> tuple[dict[str, int], pd.DataFrame, tuple[Finding, ...]]:
    """Return person key → adopted person id, the candidate pairs, and findings.

    `persons`: surviving patients, index = key. `account_people`: person_id, name, emails, phones (lists), birth_date, org_name;
    those only that were there before the first load. A pair is adopted when somebody decided `same`, or when `auto_adopt` is on,
    the band is `same` and e-mail and name agree; one person adopts one record, and one record is adopted once.
    """
    if account_people is None or account_people.empty or persons.empty:
        return {}, pd.DataFrame(columns=list(ACCOUNT_COLUMNS)).astype(ACCOUNT_COLUMNS), ()
    theirs = account_frame(account_people)
    pairs = link(persons, theirs).rename(columns={"right": "person_id"})
    pairs["person_id"] = pairs["person_id"].str.removeprefix(_PREFIX).astype("Int64")
    decided = decided_account_pairs(identity)
    missing = [pair for pair in decided if pair not in {*zip(pairs["left"], pairs["person_id"], strict=True)}]
    present = [p for p in missing if p[0] in persons.index and f"{_PREFIX}{p[1]}" in theirs.index]
    by_hand = pd.DataFrame([(*p, pd.NA, "review", "decided by hand") for p in present], columns=pairs.columns)
    pairs = pd.concat([pairs, by_hand.astype(pairs.dtypes)], ignore_index=True) if present else pairs
    pairs["decision"] = pd.Series(
        [decided.get(pair, {}).get("decision", "") for pair in zip(pairs["left"], pairs["person_id"], strict=True)],
        index=pairs.index,
        dtype="string",
    )
    adopted, findings = _adopt(pairs, persons, theirs, policy)
    return adopted, pairs[list(ACCOUNT_COLUMNS)].reset_index(drop=True), findings


def account_frame(account_people: pd.DataFrame) -> pd.DataFrame:
    """Return people of the account in the columns that patients are compared by, index `account:<person_id>`."""
    phones = [_values(row) for row in account_people["phones"]]
    rows = pd.DataFrame(
        {
            "full_name": account_people["name"].astype("string").array,
            "birth_date": pd.to_datetime(account_people["birth_date"], errors="coerce").array if "birth_date" in account_people else pd.NaT,
            "email": [next(iter(_values(row)), None) for row in account_people["emails"]],
            "mobile": [row[0] if row else None for row in phones],
            "home_phone": [row[1] if len(row) > 1 else None for row in phones],
            "work_phone": [row[2] if len(row) > 2 else None for row in phones],
        },
        index=[f"{_PREFIX}{number}" for number in account_people["person_id"]],
    )
    return rows[~rows.index.duplicated()]


def _adopt(pairs: pd.DataFrame, persons: pd.DataFrame, theirs: pd.DataFrame, policy: Policy) -> tuple[dict[str, int], tuple[Finding, ...]]:
    ours, others = comparable(persons.loc[persons.index.intersection(pairs["left"])]), comparable(theirs)
    adopted: dict[str, int] = {}
    undecided = 0
    rows = pairs.assign(confirmed=pairs["decision"] == SAME).sort_values(
        ["confirmed", "score", "left", "person_id"], ascending=[False, False, True, True], kind="stable"
    )
    for row in rows.itertuples(index=False):
        if row.decision == "different":
            continue
        left, right = ours.loc[row.left], others.loc[f"{_PREFIX}{row.person_id}"]
        email_agrees = bool({*left["emails"]} & {*right["emails"]})
        certain = policy.auto_adopt and row.band == SAME and email_agrees and _same_name(left, right)
        if row.left in adopted or row.person_id in adopted.values():
            continue
        if row.confirmed or certain:
            adopted[row.left] = int(row.person_id)
        else:
            undecided += 1
    if not undecided:
        return adopted, ()
    message = f"{undecided} possible matches with persons of the account wait for a decision; until then a new person is made for each."
    return adopted, (Finding("account-match-undecided", Severity.WARNING, message, "patients", count=undecided),)


def _same_name(left: pd.Series, right: pd.Series) -> bool:
    return bool({*left["first_forms"]} & {*right["first_forms"]}) and bool({*left["last_forms"]} & {*right["last_forms"]})


def _values(cell: Any) -> list[str]:
    values = cell if isinstance(cell, Sequence) and not isinstance(cell, str) else ([] if cell is None or cell is pd.NA else [cell])
    return [str(value) for value in values if value]
