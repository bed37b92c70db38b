"""`migkit identity FILE`: the same person twice in any table of people, its columns mapped by the same proposals."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pandas as pd

from migkit.countries import country_of
from migkit.identity import deduplicate
from migkit.mapping import draft, propose
from migkit.migration.defaults import canonical_schema, knowledge
from migkit.migration.memory import known_maps
from migkit.model.country import NO_COUNTRY
from migkit.model.errors import DataError
from migkit.model.mapping import ColumnMap, SourceMap
from migkit.model.tables import RawExport
from migkit.source import read_export, type_tables

ROW = "row of the file"


def pairs_in(file: Path, country: str | None = None) -> pd.DataFrame:
    """Return the candidate pairs of the file's people: left, right (`file:line`), left_key, right_key, score, band, evidence.

    Whatever the file calls its people (patients, clients, leads), they are compared as people; phones and dates are read as those of
    `country`, an ISO 3166-1 code, where it is given. Raises UsageError where there is no such file or country, DataError where it
    holds no table that looks like people.
    """
    schema = canonical_schema()
    raw = read_export(file)
    here = country_of(country) if country else None
    proposals = propose(raw, schema, knowledge(), country=here, memory=known_maps(), tables=dict.fromkeys(raw.tables, "patients"))
    tables = type_tables(*_numbered(raw, draft(proposals)), schema, today=date.today(), country=here or NO_COUNTRY)
    people = tables.frames.get("patients")
    if people is None or people.empty or people[["full_name", "first_name", "last_name"]].isna().all(axis=None):
        raise DataError(f"{file} holds no table that looks like people: it needs at least names, and better birth dates.")
    people = people.set_index("_key")
    pairs = deduplicate(people)
    places = people["_file"] + ":" + people["_line"].astype("string")
    keys = {"left_key": pairs["left"], "right_key": pairs["right"]}
    return pairs.assign(left=pairs["left"].map(places), right=pairs["right"].map(places), **keys)[
        ["left", "right", "left_key", "right_key", "score", "band", "evidence"]
    ]


def _numbered(raw: RawExport, source_map: SourceMap) -> tuple[RawExport, SourceMap]:
    """The same with a number for each row where a table has no ids: without, two rows of one name and birth date are one row entered
    twice, and just these are looked for."""
    tables, maps = dict(raw.tables), dict(source_map.tables)
    for name, table in raw.tables.items():
        columns = maps[name].columns if name in maps else {}
        if columns and not any(column.to == "patient_id" for column in columns.values()):
            numbers = pd.Series([str(number) for number in range(1, len(table.frame) + 1)], index=table.frame.index, dtype="string")
            tables[name] = replace(table, frame=table.frame.assign(**{ROW: numbers}))
            maps[name] = replace(maps[name], columns={**columns, ROW: ColumnMap(ROW, "patient_id", state="confirmed")})
    return replace(raw, tables=tables), replace(source_map, tables=maps)
