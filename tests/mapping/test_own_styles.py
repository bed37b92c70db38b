"""The made-up practice of the demo: every column is what the generator's own lists say, surely enough to be confirmed in bulk."""

from __future__ import annotations

from pathlib import Path

from migkit import mapping
from migkit.generate import generate
from migkit.generate.columns import COLUMNS
from migkit.migration.defaults import knowledge
from migkit.model.canonical import CanonicalSchema
from migkit.source import read_export
from migkit.steps.demo import SURE


def test_the_demos_columns_are_proposed_surely(schema: CanonicalSchema, tmp_path: Path) -> None:
    """The table of most headers in common tells what each column means; what is stated below the demo's threshold would stay behind."""
    raw = read_export(generate(tmp_path / "p", patients=60, seed=7, style="tidy").export)
    found = mapping.propose(raw, schema, knowledge())
    missed = []
    for source, table in raw.tables.items():
        home, known = max(COLUMNS.items(), key=lambda pair: len(set(table.columns) & set(pair[1])))
        for column in set(table.columns) & set(known):
            field = known[column]
            proposed = found.tables[source].columns[column]
            if field and not field.startswith("custom:") and (proposed.choice != field or proposed.confidence < SURE):
                missed.append(f"{home}: {source}.{column} is {field}, said {proposed.choice} at {proposed.confidence:.2f}")
    assert missed == []
