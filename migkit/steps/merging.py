"""Bring a second reviewer's map into the workspace's own."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from migkit.mapping import merge
from migkit.migration import Migration
from migkit.model.errors import UsageError
from migkit.model.mapping import SourceMap, dump_mapping, parse_mapping
from migkit.workspace import read_document


@dataclass(frozen=True)
class MergedReviews:
    """What came of two reviews."""

    taken: int
    """Columns that the other reviewer had confirmed and the workspace's map had not."""
    disagreements: pd.DataFrame
    """One row per place where both decided otherwise: source table, column, what each says."""

    @property
    def sentence(self) -> str:
        """What happened, and what is left to do."""
        left = len(self.disagreements)
        ask = f"{left} decisions disagree: confirm these columns anew in the review above." if left else "The two maps agree in all else."
        return f"{self.taken} columns were taken from the other review. {ask} Run all cells again to see the map as it is now."


def merge_reviews(migration: Migration, other: str | os.PathLike[str]) -> MergedReviews:
    """Take over what the other reviewer confirmed in the file `other`, and save the map.

    Where both confirmed something else the workspace's own decision stays, as a proposal that must be confirmed anew. Tables that
    this export does not have are left alone. Raises UsageError or DataError for a file that is no map; nothing is written then.
    """
    path = Path(other).absolute()
    if not path.is_file():
        raise UsageError(f"There is no file {path}: give the path of the other reviewer's mapping.yaml. Nothing was changed.")
    document = read_document(path)
    if not document.get("tables"):
        raise UsageError(f"{path} holds no map: it has no tables. Give the other reviewer's decisions/mapping.yaml. Nothing was changed.")
    own, theirs = migration.refreshed().source_map, parse_mapping(document)
    present = {name: table for name, table in theirs.tables.items() if name in own.tables}
    merged, questions = merge(own, replace(theirs, tables=present))
    migration.workspace.write_decision("mapping", dump_mapping(merged))
    rows = [(one.table, one.column, one.message) for one in questions]
    before = _confirmed(own)
    return MergedReviews(len(_confirmed(merged) - before), pd.DataFrame(rows, columns=["source table", "column", "what each says"]))


def _confirmed(source_map: SourceMap) -> set[tuple[str, str]]:
    return {
        (name, column.column)
        for name, table in source_map.tables.items()
        for column in table.columns.values()
        if column.state == "confirmed"
    }
