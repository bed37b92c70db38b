"""What the machine proposes: ranked, with a confidence and its evidence in words. "No home" is an answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from migkit.model.mapping import NewField

from .shapes import Profile, in_words

CERTAIN = 0.9
"""Confidence from which a proposal may be accepted in one click with its table's others."""


@dataclass(frozen=True)
class Candidate:
    """One possible meaning."""

    target: str
    """A canonical table, a field of the proposed table, or `<parent table>.<field>` for a column of the row's parent."""
    confidence: float
    """Calibrated: of the proposals stated at 0.9, nine in ten are right."""
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True)
class ColumnProposal:
    """What one source column may mean."""

    column: str
    choice: str | None
    """The proposed field; None: no home proposed."""
    confidence: float
    """Of the choice, also where the choice is "no home"."""
    candidates: tuple[Candidate, ...]
    """Best first, at most five; the choice, where there is one, is the first."""
    profile: Profile
    new_field: NewField
    """What it would be as a custom field of its own."""
    words: Mapping[str, str] = field(default_factory=dict)
    """Code, as the column spells it → what another table of the export says that it means."""
    said_in: str = ""
    """`table.column` that says so, "" where none does."""

    @property
    def explained(self) -> dict[str, tuple[str, str]]:
        """Code → what another table says that it means, and the `table.column` that says so."""
        return {code: (said, self.said_in) for code, said in self.words.items()}


@dataclass(frozen=True)
class TableProposal:
    """What one source table may be; its columns are proposed for the first of `tables`."""

    source: str
    table: str | None
    confidence: float
    candidates: tuple[Candidate, ...]
    columns: Mapping[str, ColumnProposal]
    why: str = ""
    """Where it is proposed as nothing of ours: why, in a sentence; "" where it is proposed."""
    explains: tuple[str, ...] = ()
    """Columns (`table.column`) whose codes it explains: such a table is left out, its words are used."""


@dataclass(frozen=True)
class ValueProposal:
    """What one source value of a code column may mean."""

    value: str
    choice: str | None
    """Canonical value, or the spelling that its variants are brought to; None: nothing proposed."""
    confidence: float
    rows: int
    candidates: tuple[str, ...] = ()
    """Other possible values, best first."""
    words: str = ""
    """What a table of the export says that it means, "" where none does."""
    said_in: str = ""
    """`table.column` that says so."""


@dataclass(frozen=True)
class Proposals:
    """Every proposal for one export."""

    tables: Mapping[str, TableProposal]
    values: Mapping[str, tuple[ValueProposal, ...]] = field(default_factory=dict)
    """`<canonical table>.<field>` → proposals, most frequent value first."""
    again: Callable[[str, str | None, Mapping[str, str | None]], Proposals] | None = field(default=None, compare=False, repr=False)
    """Proposes one source table anew that a person says is another: (source table, canonical table, what the other ones are)."""

    def to_json(self) -> dict[str, Any]:
        """Return the one document of `migkit propose --json`: plain JSON values, no patient's value in it."""
        return {
            "tables": [
                {
                    "source": table.source,
                    "table": table.table,
                    "confidence": round(table.confidence, 3),
                    "candidates": [_candidate(c) for c in table.candidates],
                    "why": table.why,
                    "explains": list(table.explains),
                    "columns": [
                        {
                            "column": column.column,
                            "to": column.choice,
                            "confidence": round(column.confidence, 3),
                            "candidates": [_candidate(c) for c in column.candidates],
                            "values": in_words(column.profile),
                            "as_new_field": {"label": column.new_field.label, "type": column.new_field.type},
                        }
                        for column in table.columns.values()
                    ],
                }
                for table in self.tables.values()
            ],
            "values": {
                name: [
                    {"value": v.value, "to": v.choice, "confidence": round(v.confidence, 3), "rows": v.rows, "others": list(v.candidates)}
                    | ({"words": v.words, "said_in": v.said_in} if v.words else {})
                    for v in values
                ]
                for name, values in self.values.items()
            },
        }


def _candidate(candidate: Candidate) -> dict[str, Any]:
    return {"to": candidate.target, "confidence": round(candidate.confidence, 3), "evidence": list(candidate.evidence)}
