"""Persons who were in the account before: found by the same method, adopted once confirmed."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any

import pandas as pd

from migkit.model.outcomes import Finding

from .clean import FirstName
from .comparable import FIRST_NAME, comparable
from .decisions import DIFFERENT, SAME, Policy, decided_account_pairs
from .link import PAIR_COLUMNS, REVIEW, link

ACCOUNT_COLUMNS = {
    "left": "string", "person_id": "Int64", "score": "Float64", "band": "string", "evidence": "string", "asked": "string",
    "weights": "string", "decision": "string",
}  # fmt: skip
_PREFIX = "account:"
_ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def link_account(patients: pd.DataFrame, account_people: pd.DataFrame) -> pd.DataFrame:
    """Return what `link` finds between patients (index = key) and persons of the account; none where either is empty."""
    if account_people.empty or patients.empty:
        return pd.DataFrame({name: pd.Series(dtype=dtype) for name, dtype in PAIR_COLUMNS.items()})
    return link(patients, account_frame(account_people))


def match_account(
    patients: pd.DataFrame,
    survivors: Mapping[str, str],
    account_people: pd.DataFrame | None,
    identity: Mapping[str, Any],
    policy: Policy,
    pairs: pd.DataFrame | None = None,
) -> tuple[dict[str, int], pd.DataFrame, tuple[Finding, ...]]:
    """Return person key → adopted person id, the candidate pairs, and findings.

    `patients`: all rows, index = key; a person is found by any of its rows. `account_people`: person_id, name, emails, phones
    (lists), birth_date, org_name; only persons that were there before the first load. `pairs`: what `link_account` returned for
    these, where that is kept. A pair is *same* when linking says so, or
    when e-mail and name agree, no birth date contradicts and nobody else fits either side. It is adopted when somebody decided
    `same`, or, with `auto_adopt`, when it is *same* with e-mail and name agreeing. One person adopts one record, and one record
    is adopted once.
    """
    if account_people is None or account_people.empty or patients.empty:
        return {}, pd.DataFrame({name: pd.Series(dtype=dtype) for name, dtype in ACCOUNT_COLUMNS.items()}), ()
    theirs = account_frame(account_people)
    pairs = link_account(patients, account_people) if pairs is None else pairs
    agrees = _email_and_name(pairs, patients, theirs)
    pairs = pairs.assign(
        left=pairs["left"].map(survivors).astype("string"),
        person_id=pairs["right"].str.removeprefix(_PREFIX).astype("Int64"),
        agrees=agrees,
    )
    pairs = pairs.sort_values(["agrees", "score", "left", "person_id"], ascending=[False, False, True, True], kind="stable")
    pairs = pairs.drop_duplicates(["left", "person_id"])
    alone = ~pairs[pairs["agrees"]].duplicated("left", keep=False) & ~pairs[pairs["agrees"]].duplicated("person_id", keep=False)
    certain = pairs["agrees"] & alone.reindex(pairs.index, fill_value=False)
    pairs["band"] = pairs["band"].mask(pairs["agrees"], REVIEW).mask(certain, SAME)
    pairs = _decide(pairs.assign(certain=certain), identity, survivors, {int(number) for number in account_people["person_id"]})
    adopted = _adopt(pairs, policy)
    return adopted, pairs[list(ACCOUNT_COLUMNS)].astype(ACCOUNT_COLUMNS), _undecided(pairs, adopted)


def account_frame(account_people: pd.DataFrame) -> pd.DataFrame:
    """Return people of the account in the columns that patients are compared by, index `account:<person_id>`."""
    people = account_people.drop_duplicates("person_id")
    phones = [[*_values(row), None, None, None] for row in people["phones"]]
    rows = pd.DataFrame(index=[f"{_PREFIX}{number}" for number in people["person_id"]])
    rows["full_name"] = people["name"].astype("string").array
    rows["birth_date"] = [_date(value) for value in people["birth_date"]] if "birth_date" in people else pd.NaT
    rows["email"] = [next(iter(_values(row)), None) for row in people["emails"]]
    for place, name in enumerate(("mobile", "home_phone", "work_phone")):
        rows[name] = [row[place] for row in phones]
    return rows


def _email_and_name(pairs: pd.DataFrame, patients: pd.DataFrame, theirs: pd.DataFrame) -> list[bool]:
    ours = comparable(patients.loc[patients.index.isin(pairs["left"])]).to_dict("index")
    others = comparable(theirs).to_dict("index")
    return [_agree(ours[left], others[right]) for left, right in zip(pairs["left"], pairs["right"], strict=True)]


def _agree(left: Mapping[str, Any], right: Mapping[str, Any]) -> bool:
    dates = {date for date in (left["birth_date"], right["birth_date"]) if pd.notna(date)}
    if len(dates) > 1 or not all({*left[name]} & {*right[name]} for name in ("emails", "last_forms")):
        return False
    ours, theirs = (FirstName(*(row[f"first_{name}"] for name in FIRST_NAME)) for row in (left, right))
    return ours.agrees(theirs)


def _decide(pairs: pd.DataFrame, identity: Mapping[str, Any], survivors: Mapping[str, str], known: set[int]) -> pd.DataFrame:
    """Put the decisions beside the pairs; decided pairs that linking did not propose are added."""
    decided = {
        (survivors[left], number): str(entry["decision"])
        for (left, number), entry in decided_account_pairs(identity).items()
        if left in survivors and number in known
    }
    proposed = {*zip(pairs["left"], pairs["person_id"], strict=True)}
    if by_hand := [pair for pair in decided if pair not in proposed]:
        added = pd.DataFrame(by_hand, columns=["left", "person_id"]).assign(band=REVIEW, evidence="decided by hand", asked="", weights="")
        pairs = pd.concat([pairs, added], ignore_index=True)
    said = [decided.get(pair, "") for pair in zip(pairs["left"], pairs["person_id"], strict=True)]
    return pairs.assign(decision=said, certain=pairs["certain"].eq(True)).reset_index(drop=True)


def _adopt(pairs: pd.DataFrame, policy: Policy) -> dict[str, int]:
    confirmed = pairs["decision"] == SAME
    automatic = policy.auto_adopt & pairs["certain"] & (pairs["decision"] != DIFFERENT)
    adopted: dict[str, int] = {}
    for row in pd.concat([pairs[confirmed], pairs[automatic & ~confirmed]]).itertuples(index=False):
        if row.left not in adopted and row.person_id not in adopted.values():
            adopted[row.left] = int(row.person_id)
    return adopted


def _undecided(pairs: pd.DataFrame, adopted: Mapping[str, int]) -> tuple[Finding, ...]:
    open_pairs = pairs[pairs["band"].isin([SAME, REVIEW]) & (pairs["decision"] == "")]
    waiting = open_pairs[~open_pairs["left"].isin([*adopted]) & ~open_pairs["person_id"].isin([*adopted.values()])]
    if waiting.empty:
        return ()
    return (Finding.of("account-match-undecided", table="patients", keys=list(waiting["left"])),)


def _date(value: Any) -> pd.Timestamp | None:
    """A date as an account may hold it in a text field: ISO, or day first as Australians write."""
    if _ISO_DAY.fullmatch(str(value)):  # most are: pandas guesses the format of each text anew, a millisecond a person
        with suppress(ValueError):
            return pd.Timestamp(str(value))
        return None
    parsed = pd.to_datetime(value, errors="coerce", dayfirst="/" in str(value))
    return None if pd.isna(parsed) else pd.Timestamp(parsed)


def _values(cell: Any) -> list[str]:
    return [str(value) for value in cell if value] if isinstance(cell, Sequence) and not isinstance(cell, str) else []
