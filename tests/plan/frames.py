"""Small hand-made typed tables: what the tests of the plan build from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
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
    frames = {}
    for name, table in SCHEMA.tables.items():
        given = [dict(row) for row in rows.get(name, ())]
        columns: dict[str, Any] = {}
        for field, spec in table.fields.items():
            columns[field] = pd.Series([row.get(field) for row in given], dtype=DTYPES[spec.type])
        extra = [key for row in given for key in row if key not in table.fields]
        for field in dict.fromkeys(extra):
            columns[field] = pd.Series([row.get(field) for row in given])
        columns["_file"] = pd.Series([f"{name}.csv"] * len(given), dtype="string")
        columns["_line"] = pd.Series(range(2, len(given) + 2), dtype="int64")
        columns["_key"] = pd.Series([f"{table.prefix}:{row[table.key[0]]}" for row in given], dtype="string")
        frames[name] = pd.DataFrame(columns)
    held = files or {}
    attachments = pd.DataFrame({"path": list(held), "sha256": list(held.values()), "size": [15 * 1024 * 1024] * len(held)})
    return CanonicalTables(frames, tuple(row_outcomes), pd.DataFrame(), attachments)


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
