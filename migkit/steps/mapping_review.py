"""20_mapping_review: the machine's proposals, what people made of them, and what is left."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from migkit.countries import country_of
from migkit.mapping import Progress, Proposals, Question, field_of, progress, propose, replay
from migkit.migration import Migration
from migkit.migration.defaults import canonical_schema, knowledge
from migkit.migration.language import language_model
from migkit.migration.memory import known_maps
from migkit.model.outcomes import Finding
from migkit.source import read_export, transform_of


@dataclass(frozen=True)
class MappingState:
    """The map as it stands."""

    columns: pd.DataFrame
    """One row per source column: source table, column, means, confidence, evidence, state, equivalence, comment."""
    progress: Progress
    conflicts: tuple[Finding, ...]
    questions: pd.DataFrame
    """One row per difference between this export and what was decided for earlier ones: table, column, what to look at."""

    @property
    def headline(self) -> Mapping[str, Any]:
        """The numbers at the top of the report."""
        left_out = self.columns["means"].str.startswith("left out")
        confirmed = self.columns["state"] == "confirmed"
        return {
            "columns": len(self.columns),
            "confirmed": int(confirmed.sum()),
            "still proposed": int((~confirmed).sum()),
            "left out on purpose": int((left_out & confirmed).sum()),
            "new custom fields": int(self.columns["means"].str.startswith("new field").sum()),
            "conflicts": len(self.conflicts),
        }


def look_at_mapping(migration: Migration) -> MappingState:
    """Return the map as decided so far, beside the evidence for it."""
    snapshot = migration.under_review
    raw, proposals = migration.readings.raw(snapshot), migration.proposals_of(snapshot)
    source_map, questions = replay(migration.source_map, raw, proposals, migration.decisions.policies["incremental_columns"])
    evidence = {(table.source, column.column): column for table in proposals.tables.values() for column in table.columns.values()}
    rows = []
    for name, table in source_map.tables.items():
        for column in table.columns.values():
            proposed = evidence.get((name, column.column))
            best = proposed.candidates[0] if proposed and proposed.candidates else None
            new = f"new field “{column.new_field.label}”" if column.new_field else None
            is_turned = table.table and column.to and transform_of(column, field_of(migration.schema, table.table, column.to)) == "not"
            turned = f"not {column.to}" if is_turned else None
            rows.append(
                {
                    "source table": name,
                    "column": column.column,
                    "means": turned or column.to or new or f"left out: {column.reason or 'no reason given'}",
                    "in": table.table or "–",
                    "confidence": column.confidence,
                    "evidence": "; ".join(best.evidence) if best and best.target == column.to else "",
                    "state": column.state,
                    "equivalence": column.equivalence,
                    "comment": column.comment,
                }
            )
    shown = pd.DataFrame(rows)
    if len(shown) and not shown["comment"].astype(bool).any():
        shown = shown.drop(columns="comment")
    asked = questions if len(migration.inputs.received) > 1 else ()  # of the first export everything is new
    return MappingState(shown, progress(source_map), migration.conflicts, questions_frame(asked))


def questions_frame(questions: Iterable[Question]) -> pd.DataFrame:
    """Return questions as a table: table, column, what to look at."""
    return pd.DataFrame([(q.table, q.column, str(q)) for q in questions], columns=["table", "column", "what to look at"])


def proposals_table(proposals: Proposals) -> pd.DataFrame:
    """Return one row per column: source table, column, first guess, confidence, the next two."""
    rows = []
    for table in proposals.tables.values():
        for column in table.columns.values():
            others = [c for c in column.candidates if c.target != column.choice][:2]
            rows.append(
                {
                    "source table": f"{table.source} → {table.table or 'left out'}",
                    "column": column.column,
                    "means": column.choice or "no home",
                    "confidence": round(column.confidence, 2),
                    "else": ", ".join(f"{c.target} {c.confidence:.2f}" for c in others),
                }
            )
    return pd.DataFrame(rows)


def propose_for(export: str | Path, country: str | None = None) -> Proposals:
    """Return proposals for any export (a folder, a zip or a file), without a workspace. `country` is an ISO 3166-1 code."""
    raw, schema = read_export(export), canonical_schema()
    here = country_of(country) if country else None
    return propose(raw, schema, knowledge(), country=here, memory=known_maps(), language_model=language_model())
