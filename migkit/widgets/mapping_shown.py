"""The map under review as it is shown: its tables, columns, codes and conflicts, and what waits. Nothing here changes or draws it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import get_close_matches

import pandas as pd

from migkit import mapping
from migkit.mapping import CERTAIN, ColumnProposal, Limits, Progress, Proposals, TableProposal, ValueProposal
from migkit.model.canonical import CanonicalSchema
from migkit.model.errors import UsageError
from migkit.model.mapping import ColumnMap, SourceMap, TableMap
from migkit.model.outcomes import Finding
from migkit.model.tables import RawExport
from migkit.source import transform_of

from .code_clusters import clusters

EXAMPLES = 5
_INITIALS = re.compile(r"\b(?:id|gst|sms|dva|irn|ahpra|url)\b")
CONFLICT, OPEN, CERTAIN_OPEN, DONE, IGNORED = "conflict", "attention", "certain", "done", "ignored"
"""What a column is in the list, in the order in which it wants to be looked at."""
_ORDER = (CONFLICT, OPEN, CERTAIN_OPEN, DONE, IGNORED)
NO_HOME, LEFT_OUT = "no home", "left out"
"""What is said of a column for which nothing fits and about which nobody decided yet, and of one that somebody left out."""


@dataclass(frozen=True)
class TableLine:
    """One source table in the list."""

    source: str
    table: str | None
    progress: Progress
    attention: int
    """Columns that wait for a look of their own."""
    certain: int
    """Columns that one click accepts."""


@dataclass(frozen=True)
class ColumnLine:
    """One column in the list."""

    column: str
    meaning: str
    state: str
    """conflict | attention | certain | done | ignored."""
    confidence: float | None


class ShownMap:
    """A map, with the export that it is for and what the machine proposed."""

    def __init__(
        self, source_map: SourceMap, raw: RawExport, proposals: Proposals, schema: CanonicalSchema, limits: Limits | None = None
    ) -> None:
        self.source_map, self.raw, self.proposals, self.schema = source_map, raw, proposals, schema
        self._limits = limits or Limits()
        self._conflicts: tuple[SourceMap, list[Finding]] | None = None

    @property
    def progress(self) -> Progress:
        """How far the whole review is."""
        return mapping.progress(self.source_map)

    @property
    def conflicts(self) -> list[Finding]:
        """What is wrong with the map as it stands."""
        if self._conflicts is None or self._conflicts[0] is not self.source_map:
            self._conflicts = (self.source_map, mapping.conflicts(self.source_map, self.schema, self._limits, self.proposals))
        return self._conflicts[1]

    def conflicts_of(self, source: str, column: str | None = None) -> list[Finding]:
        """Return the conflicts of one source table, or of one of its columns."""
        wanted = f"{source}.{column}" if column is not None else None
        homes = {self.home(source, column)} if column is not None else {self.home(source, name) for name in self.table(source).columns}
        return [
            f
            for f in self.conflicts
            if (any(k == wanted for k in f.keys) if wanted else any(k == source or k.startswith(f"{source}.") for k in f.keys))
            or (f.code == "value-without-meaning" and f"{f.table}.{f.field}" in homes)
        ]

    def table(self, source: str) -> TableMap:
        """Return one source table of the map."""
        return self.source_map.tables[source]

    def tables(self) -> list[TableLine]:
        """Return the source tables: those with most to look at first, finished ones last."""
        lines = []
        for source, table in self.source_map.tables.items():
            if source not in self.raw.tables:
                continue
            states = [line.state for line in self.columns(source)]
            attention = sum(s in (CONFLICT, OPEN) for s in states)
            lines.append(TableLine(source, table.table, mapping.progress(self.source_map, source), attention, states.count(CERTAIN_OPEN)))
        return sorted(lines, key=lambda line: (line.progress.left == 0 and not line.attention, -line.attention))

    def columns(self, source: str) -> list[ColumnLine]:
        """Return the columns of one table: conflicts, then what needs a look, then the certain ones, then what is done."""
        clashing = {key for finding in self.conflicts for key in finding.keys}
        lines = []
        for column in self.table(source).columns.values():
            state = self._state(source, column, f"{source}.{column.column}" in clashing)
            lines.append(ColumnLine(column.column, self.said(source, column.column), state, column.confidence))
        return sorted(lines, key=lambda line: _ORDER.index(line.state))

    def column(self, source: str, column: str) -> ColumnMap:
        """Return one column of the map."""
        return self.table(source).columns[column]

    def said(self, source: str, column: str) -> str:
        """Return what a column means in a few words, a field by its title; one that says the opposite of a field with a `not`."""
        table, decided = self.table(source).table, self.column(source, column)
        if not decided.to or not table:
            return meaning(decided)
        said = title(self.schema, table, decided.to)
        turned = transform_of(decided, mapping.field_of(self.schema, table, decided.to)) == "not"
        return f"Not {said[:1].lower()}{said[1:]}" if turned else said

    def proposal(self, source: str, column: str) -> ColumnProposal | None:
        """Return what the machine proposed for a column."""
        table = self.proposals.tables.get(source)
        return table.columns.get(column) if table else None

    def table_proposal(self, source: str) -> TableProposal | None:
        """Return what the machine proposed for a table."""
        return self.proposals.tables.get(source)

    def examples(self, source: str, column: str) -> pd.Series:
        """Return up to five different values, the most frequent first, so that rare ones do not stand out."""
        counts = self.raw.tables[source].frame[column].dropna().value_counts()
        return pd.Series(counts.index[:EXAMPLES], dtype="string")

    def targets(self, source: str) -> list[tuple[str, str]]:
        """Return (label, target) of everything that a column of this table may mean, by title."""
        table = self.table(source).table
        return [] if table is None else [(title(self.schema, table, t), t) for t in mapping.choices_of(self.schema, table)]

    def find_target(self, source: str, words: str) -> str:
        """Return the field that a person named by its title or its name, case aside. Raises UsageError naming the nearest ones."""
        known = {name.casefold(): target for label, target in self.targets(source) for name in (label, target)}
        if (found := known.get(words.strip().casefold())) is not None:
            return found
        near = ", ".join(get_close_matches(words.strip().casefold(), known, 3, 0.5))
        raise UsageError(f"There is no field “{words}” in this table{f': is it {near}?' if near else '.'} Choose one from the list.")

    def home(self, source: str, column: str) -> str:
        """Return `<canonical table>.<field>` of a column, "" where it has none."""
        table, to = self.table(source).table, self.column(source, column).to
        return "" if not to or not table else to if "." in to else f"{table}.{to}"

    def values(self, source: str, column: str) -> list[tuple[ValueProposal, str | None]]:
        """Return the codes of a column with what they are decided to mean, most frequent first; [] where it holds none."""
        home = self.home(source, column)
        decided = self.source_map.values.get(home, {})
        return [(value, decided.get(value.value)) for value in self.proposals.values.get(home, ())]

    def is_proposed(self, source: str, column: str, value: ValueProposal) -> bool:
        """Return whether what a code means is what was proposed, in a column that nobody confirmed."""
        decided = self.source_map.values.get(self.home(source, column), {}).get(value.value)
        return decided is not None and decided == value.choice and self.column(source, column).state != "confirmed"

    def meanings(self, source: str, column: str) -> list[str]:
        """Return the canonical values that a code of this column may mean, [] where any text may stand."""
        table, _, name = self.home(source, column).partition(".")
        return list(self.schema[table].fields[name].meanings) if name else []

    def certain(self) -> list[tuple[str, str]]:
        """Return (source table, column) of all that is certain and without conflict, in all tables."""
        every = [line.source for line in self.tables()]
        return [(source, line.column) for source in every for line in self.columns(source) if line.state == CERTAIN_OPEN]

    def homeless(self, source: str) -> list[str]:
        """Return the columns of one table that wait for a look and for which nothing fits, in the order of the list."""
        waiting = [line.column for line in self.columns(source) if line.state == OPEN]
        return [name for name in waiting if meaning(self.column(source, name)) == NO_HOME]

    def like(self, source: str) -> tuple[str, list[str]]:
        """Return the table of the same kind that has most of this table's open headers decided, and these columns; ("", []) for none.

        `patients` and `archived_patients` are mostly of one shape. What was left out there because it is always empty is no decision on
        a column with values.
        """
        kind = self.table(source).table
        waiting = [name for name, column in self.table(source).columns.items() if column.state != "confirmed"]
        found: tuple[str, list[str]] = ("", [])
        for other, table in self.source_map.tables.items():
            if kind is None or other == source or table.table != kind or other not in self.raw.tables:
                continue
            there = {name: column for name, column in table.columns.items() if column.state == "confirmed"}
            left = {name for name, column in there.items() if meaning(column) == LEFT_OUT and not self._is_filled(other, name)}
            decided = [name for name in waiting if name in there and not (name in left and self._is_filled(source, name))]
            if len(decided) > len(found[1]):
                found = (other, decided)
        return found

    def _is_filled(self, source: str, column: str) -> bool:
        return bool(self.raw.tables[source].frame[column].notna().any())

    def decided(self, source: str) -> int:
        """Return how many columns of a table somebody decided."""
        return mapping.progress(self.source_map, source).reviewed

    def codes_like(self, source: str, column: str, words: str = "", *, only_open: bool = False) -> list[str]:
        """Return the codes of a column that hold a text (case aside) in themselves or in what they mean; `only_open`: without a meaning."""
        wanted = words.strip().casefold()
        return [
            value.value
            for value, decided in self.values(source, column)
            if wanted in f"{value.value}\n{decided or ''}".casefold() and not (only_open and decided is not None)
        ]

    def code_clusters(self, source: str, column: str) -> list[tuple[ValueProposal, ...]]:
        """Return the codes of a column that may be one and do not mean one yet, the most frequent spelling of each first."""
        decided = {value.value: meaning for value, meaning in self.values(source, column)}
        found = clusters([value for value, _ in self.values(source, column)])
        return [group for group in found if None in (means := {decided[one.value] for one in group}) or len(means) > 1]

    def _state(self, source: str, column: ColumnMap, clashes: bool) -> str:
        if clashes:
            return CONFLICT
        if column.state == "confirmed":
            return DONE if column.to or column.new_field else IGNORED
        proposal = self.proposal(source, column.column)
        if column.to is None:  # leaving values behind is never a matter of course, leaving nothing behind always is
            return CERTAIN_OPEN if proposal is not None and not proposal.profile.filled else OPEN
        return CERTAIN_OPEN if (column.confidence or 0.0) >= CERTAIN else OPEN


def meaning(column: ColumnMap) -> str:
    """Return what a column means, in a few words."""
    if column.new_field is not None:
        return f"new field “{column.new_field.label}”"
    return column.to or (LEFT_OUT if column.state == "confirmed" else NO_HOME)


def title(schema: CanonicalSchema, table: str, target: str) -> str:
    """Return a target as people say it: `Birth date`, `Invoices: date`."""
    owner, _, _ = target.rpartition(".")
    name = _INITIALS.sub(lambda found: found[0].upper(), mapping.field_of(schema, table, target).title)
    return f"{schema[owner].title}: {name}" if owner else name[:1].upper() + name[1:]
