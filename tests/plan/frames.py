"""Small hand-made typed tables: what the tests of the plan build from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any

import pandas as pd

from migkit.migration.defaults import default_policies, load_map
from migkit.model.canonical import DTYPES, parse_schema
from migkit.model.messages import Message
from migkit.model.outcomes import RowOutcome
from migkit.model.people import Household, OwnerMatch, People
from migkit.model.records import Plan
from migkit.model.tables import CanonicalTables
from migkit.plan import build_plan
from migkit.resources import load_yaml
from migkit.workspace import Settings

SCHEMA = parse_schema(load_yaml("canonical.yaml"))
TODAY = date(2026, 3, 15)
SETTINGS = Settings("Bondi Dental", "Australia/Sydney", "AUD", "http://127.0.0.1:1", "growth", 2)


def tables(
    rows: Mapping[str, Any],
    row_outcomes: Sequence[RowOutcome] = (),
    files: Mapping[str, str] | None = None,
) -> CanonicalTables:
    """Return typed tables from table → rows; `_line` counts from 2, `_file` is `<table>.csv`; `files` is path → sha256, 15 MB each."""
    frames = {name: _frame(name, _Given(tuple(rows.get(name, ())))) for name in SCHEMA.tables}
    held = files or {}
    attachments = pd.DataFrame({"path": list(held), "sha256": list(held.values()), "size": [15 * 1024 * 1024] * len(held)})
    return CanonicalTables(frames, tuple(row_outcomes), pd.DataFrame(), attachments)


@dataclass(frozen=True)
class _Given:
    """Rows of one table, known by what they hold: most tests change one table of many."""

    rows: tuple[Mapping[str, Any], ...] = field(compare=False)
    said: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "said", repr(self.rows))


@lru_cache(maxsize=256)
def _frame(name: str, given: _Given) -> pd.DataFrame:
    """Return a typed frame; it is shared, since nothing that is tested here may change what it is given."""
    table, rows = SCHEMA[name], given.rows
    columns: dict[str, Any] = {}
    for one, spec in table.fields.items():
        columns[one] = pd.Series([row.get(one) for row in rows], dtype=DTYPES[spec.type])
    for one in dict.fromkeys(key for row in rows for key in row if key not in table.fields):
        columns[one] = pd.Series([row.get(one) for row in rows])
    columns["_file"] = pd.Series([f"{name}.csv"] * len(rows), dtype="string")
    columns["_line"] = pd.Series(range(2, len(rows) + 2), dtype="int64")
    columns["_key"] = pd.Series([f"{table.prefix}:{row.get(table.key[0])}" for row in rows], dtype="string")
    return pd.DataFrame(columns)


def people(
    survivors: Mapping[str, str] | None = None,
    households: Sequence[Household] = (),
    inherited: Mapping[str, tuple[str, ...]] | None = None,
    owners: Mapping[str, str] | None = None,
) -> People:
    """Return what identity would decide; `owners` is practitioner key → user e-mail."""
    matches = tuple(OwnerMatch(key, "", "", "", email, "matched by e-mail") for key, email in (owners or {}).items())
    return People(
        survivors=survivors or {},
        reasons={
            key: Message.of("certain-match", evidence="same name and birth date")
            for key, target in (survivors or {}).items()
            if key != target
        },
        households=tuple(households),
        inherited=inherited or {},
        pairs=pd.DataFrame(),
        adopted={},
        account_pairs=pd.DataFrame(),
        owners=matches,
        fallback_owner="desk@bondi.example",
        practitioner_owner=dict(owners or {}),
    )


def plan(
    rows: Mapping[str, Any],
    *,
    who: People | None = None,
    policies: Mapping[str, Any] | None = None,
    row_outcomes: Sequence[RowOutcome] = (),
    files: Mapping[str, str] | None = None,
    **options: Any,
) -> Plan:
    """Return the plan of hand-made rows with the default map, and the default policies where none are given."""
    settings = options.pop("settings", SETTINGS)
    return build_plan(
        tables(rows, row_outcomes, files),
        who or people(),
        settings=settings,
        today=options.pop("today", TODAY),
        schema=SCHEMA,
        pipedrive_map=options.pop("pipedrive_map", None) or load_map(),
        policies=default_policies(policies),
        **options,
    )
