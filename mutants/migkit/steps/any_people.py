"""`migkit identity FILE`: the same person twice in any table of people, its columns mapped by the same proposals."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas as pd

from migkit import resources
from migkit.identity import deduplicate
from migkit.mapping import draft, propose
from migkit.migration.memory import known_maps
from migkit.model.canonical import parse_schema
from migkit.model.errors import DataError
from migkit.source import read_export, type_tables


def pairs_in(file: Path) -> pd.DataFrame:
    """Return the candidate pairs of the file's people: left, right (`file:line`), left_key, right_key, score, band, evidence.

    Whatever the file calls its people (patients, clients, leads), they are compared as people. Raises UsageError where there is no
    such file, DataError where it holds no table that looks like people.
    """
    schema = parse_schema(resources.load_yaml("canonical.yaml"))
    raw = read_export(file)
    proposals = propose(raw, schema, memory=known_maps(), tables=dict.fromkeys(raw.tables, "patients"))
    tables = type_tables(raw, draft(proposals), schema, today=date.today())
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
