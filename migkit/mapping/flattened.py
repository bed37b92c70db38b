"""Columns in which rows of a table say more of the record that they name: a diary with the patient's suburb."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from migkit.model.canonical import CanonicalSchema

from .evidence import Evidence
from .proposals import Candidate, ColumnProposal
from .reading import Reading
from .structure import constant_within
from .wording import about_column

_LEAST = 0.5
"""Confidence from which a column without a home of its own is proposed as one that tells of the record named."""
_TELLING, _LEAST_SHOWN = 0.7, 0.5
"""What a kind of value must count to tell what a column is, and how many of the values must be of it: `State` over *Confirmed* is none."""
_UNNAMED = 0.8
"""The same where its header does not say so: 1 and 2 may be a gender, and are a chair."""
_MORE = 0.25
"""How much likelier than the home that it has that must be, for it to be proposed instead."""


def propose_flattened(
    evidence: Evidence,
    source: str,
    table: str,
    columns: Mapping[str, ColumnProposal],
    read_as: Callable[[str], Reading],
    confidence_of: Callable[[Reading, int, int], float],
) -> dict[str, ColumnProposal]:
    """Return the columns of `source`, a table of `table`, some of them proposed as what its rows say of the patient whom they name: those
    without a home, and those of which that is much likelier (`P/Code` as a patient's id).

    Where a patient stands in several rows, all of them must say the same: what changes from visit to visit is the visit's. `read_as`
    reads the source table as another one; `confidence_of` is (reading, column, target) → how often such a choice is right.
    """
    found = dict(columns)
    for of in evidence.schema.flattened_into(table):
        holder = _holder(evidence.schema, table, of, columns)
        if holder is None:
            continue
        reading, frame = read_as(of), evidence.export.raw.tables[source].frame
        for i, j in reading.chosen.items():
            name, target = reading.columns[i], reading.targets[j]
            if name == holder or target not in evidence.schema[of].flattened or not _looks_so(evidence, source, name, of, target):
                continue
            confidence, before = confidence_of(reading, i, j), columns[name]
            least = _LEAST if reading.names.loose[i, j] else _UNNAMED
            least = least if before.choice is None else max(least, before.confidence + _MORE)
            repeats = not frame[holder].dropna().is_unique
            if confidence >= least and not (repeats and not constant_within(frame, holder, name)):
                found[name] = _with(columns[name], f"{of}.{target}", confidence, about_column(evidence, reading, i, j))
    return found


def _looks_so(evidence: Evidence, source: str, column: str, of: str, target: str) -> bool:
    """Return whether the values of a column look like a field, where that has looks of its own; an empty one looks like nothing."""
    known, seen = evidence.knowledge, evidence.export.profiles[source, column]
    if seen.rows and not seen.filled:
        return False
    kinds = [kind for kind in known.kinds(evidence.schema[of].fields[target]) if known.vague_kinds.get(kind, 1.0) >= _TELLING]
    return not kinds or seen.share(*kinds) >= _LEAST_SHOWN


def _holder(schema: CanonicalSchema, table: str, of: str, columns: Mapping[str, ColumnProposal]) -> str | None:
    """Return the column by which rows most surely name a record of `of`."""
    naming = {field for name, spec in schema.refs(table).items() if spec.ref == of and spec.ref_name for field in (name, spec.ref_name)}
    found = [one for one in columns.values() if one.choice in naming]
    return max(found, key=lambda one: one.confidence).column if found else None


def _with(before: ColumnProposal, target: str, confidence: float, evidence: tuple[str, ...]) -> ColumnProposal:
    others = tuple(one for one in before.candidates if one.target != target)
    first = Candidate(target, confidence, evidence)
    return ColumnProposal(before.column, target, confidence, (first, *others)[:5], before.profile, before.new_field)
