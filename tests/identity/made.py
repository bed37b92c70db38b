"""Made-up patients as typed tables, a row per dict."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Any

import pandas as pd

from migkit.identity import find_account_pairs, find_pairs, resolve
from migkit.model.account import AccountUser
from migkit.model.canonical import DTYPES, parse_schema
from migkit.model.people import People
from migkit.model.tables import CanonicalTables
from migkit.resources import load_yaml

SCHEMA = parse_schema(load_yaml("canonical.yaml"))


def table(name: str, rows: Sequence[Mapping[str, Any]]) -> pd.DataFrame:
    """Return a typed canonical table; absent fields are NA, `_key` is made from the id."""
    spec = SCHEMA[name]
    columns = {field.name: _column([row.get(field.name) for row in rows], DTYPES[field.type]) for field in spec.fields.values()}
    columns["_file"], columns["_line"] = pd.Series([f"{name}.csv"] * len(rows), dtype="str"), pd.Series(range(2, len(rows) + 2))
    columns["_key"] = pd.Series([f"{spec.prefix}:{row[spec.key[0]]}" for row in rows], dtype="string")
    return pd.DataFrame(columns)


def _column(values: list[Any], dtype: str) -> pd.Series:
    if dtype.startswith("datetime"):
        return pd.to_datetime(pd.Series(values, dtype=object)).astype(dtype)
    return pd.Series(values, dtype=dtype)


@cache
def _without_rows(name: str) -> pd.DataFrame:
    return table(name, ())


def tables(**rows: list[Mapping[str, Any]]) -> CanonicalTables:
    """Return canonical tables; those not given are empty, and shared: nothing that is tested here may change what it is given."""
    frames = {name: table(name, given) if (given := rows.get(name)) else _without_rows(name) for name in SCHEMA.tables}
    return CanonicalTables(frames, (), pd.DataFrame(), pd.DataFrame())


@dataclass(frozen=True)
class _Given:
    """Rows, known by what they hold."""

    rows: Any = field(compare=False)
    said: str


@lru_cache(maxsize=32)
def _pairs(patients: _Given) -> pd.DataFrame:
    return find_pairs(tables(patients=patients.rows))


@lru_cache(maxsize=32)
def _account_pairs(patients: _Given, account: _Given) -> pd.DataFrame:
    return find_account_pairs(tables(patients=patients.rows), account.rows)


def who_is_who(patients: list[dict[str, Any]], decisions: Mapping[str, Any], account: pd.DataFrame | None = None) -> People:
    """Return who is who among some patients under some decisions; the pairs, which no decision changes, are found once for all."""
    known, theirs = _Given(patients, repr(patients)), _Given(account, "" if account is None else repr(account.to_dict()))
    return resolve(
        tables(patients=patients),
        decisions,
        pairs=_pairs(known),
        account_people=account,
        account_pairs=None if account is None else _account_pairs(known, theirs),
    )


def patient(number: int, name: str, born: str | None = None, **more: Any) -> dict[str, Any]:
    """Return one patient row: `patient(1, "Ann Lee", "1980-05-01", email="a@x.example")`."""
    first, _, last = name.partition(" ")
    return {"patient_id": str(number), "first_name": first or None, "last_name": last or None, "birth_date": born, **more}


def user(number: int, name: str, email: str, *, active: bool = True) -> AccountUser:
    """Return a user of the account."""
    return AccountUser(number, name, email, active)
