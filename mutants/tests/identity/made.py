"""Made-up patients as typed tables, a row per dict."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from migkit.model.account import AccountUser
from migkit.model.canonical import DTYPES, parse_schema
from migkit.model.tables import CanonicalTables
from migkit.resources import load_yaml

SCHEMA = parse_schema(load_yaml("canonical.yaml"))


def table(name: str, rows: list[Mapping[str, Any]]) -> pd.DataFrame:
    """Return a typed canonical table; absent fields are NA, `_key` is made from the id."""
    spec = SCHEMA[name]
    frame = pd.DataFrame(index=range(len(rows)))
    for field in spec.fields.values():
        values = [row.get(field.name) for row in rows]
        dtype = DTYPES[field.type]
        frame[field.name] = (
            pd.to_datetime(pd.Series(values, dtype=object)).astype(dtype)
            if dtype.startswith("datetime")
            else pd.Series(values, dtype=dtype)
        )
    frame["_file"], frame["_line"] = f"{name}.csv", range(2, len(rows) + 2)
    frame["_key"] = pd.Series([f"{spec.prefix}:{row[spec.key[0]]}" for row in rows], dtype="string")
    return frame


def tables(**rows: list[Mapping[str, Any]]) -> CanonicalTables:
    """Return canonical tables; those not given are empty."""
    frames = {name: table(name, rows.get(name, [])) for name in SCHEMA.tables}
    return CanonicalTables(frames, (), pd.DataFrame(), pd.DataFrame())


def patient(number: int, name: str, born: str | None = None, **more: Any) -> dict[str, Any]:
    """Return one patient row: `patient(1, "Ann Lee", "1980-05-01", email="a@x.example")`."""
    first, _, last = name.partition(" ")
    return {"patient_id": str(number), "first_name": first or None, "last_name": last or None, "birth_date": born, **more}


def user(number: int, name: str, email: str, *, active: bool = True) -> AccountUser:
    """Return a user of the account."""
    return AccountUser(number, name, email, active)
