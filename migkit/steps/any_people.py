"""`migkit identity FILE`: the same person twice in any table of people, its columns mapped by the same proposals."""

from __future__ import annotations

import shutil
import tempfile
from datetime import date
from pathlib import Path

import pandas as pd

from migkit import resources
from migkit.identity import deduplicate
from migkit.mapping import draft, propose
from migkit.model.canonical import parse_schema
from migkit.model.errors import DataError, UsageError
from migkit.source import read_export, type_tables


def pairs_in(file: Path) -> pd.DataFrame:
    """Return the candidate pairs of the file's people: left, right, score, band, evidence.

    Raises UsageError where there is no such file, DataError where it holds no table that looks like people.
    """
    if not file.is_file():
        raise UsageError(f"The file {file} does not exist: check the path.")
    schema = parse_schema(resources.load_yaml("canonical.yaml"))
    with tempfile.TemporaryDirectory() as scratch:
        shutil.copyfile(file, Path(scratch) / file.name)
        raw = read_export(Path(scratch))
        tables = type_tables(raw, draft(propose(raw, schema)), schema, today=date.today())
    people = tables.frames.get("patients")
    if people is None or people.empty:
        raise DataError(f"{file} holds no table that looks like people: it needs at least names, and better birth dates.")
    return deduplicate(people.set_index("_key"))
