"""The review of the map without its widgets: what is shown, what a click does, what is saved. Nothing here draws."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from difflib import get_close_matches
from typing import Any

import pandas as pd

from migkit import mapping
from migkit.mapping import CERTAIN, ColumnProposal, Limits, Progress, Proposals, Question, TableProposal, ValueProposal
from migkit.model.canonical import CanonicalSchema
from migkit.model.errors import UsageError
from migkit.model.mapping import ColumnMap, NewField, SourceMap, TableMap
from migkit.model.outcomes import Finding
from migkit.model.tables import RawExport
from migkit.model.words import number_of
from migkit.source import transform_of

from .code_clusters import clusters

Save = Callable[[SourceMap], None]
Now = Callable[[], datetime]

EXAMPLES = 5
_INITIALS = re.compile(r"\b(?:id|gst|sms|dva|irn|ahpra|url)\b")
CONFLICT, OPEN, CERTAIN_OPEN, DONE, IGNORED = "conflict", "attention", "certain", "done", "ignored"
"""What a column is in the list, in the order in which it wants to be looked at."""
_ORDER = (CONFLICT, OPEN, CERTAIN_OPEN, DONE, IGNORED)
NO_HOME = "no home"
"""What is said of a column for which nothing fits and about which nobody decided yet."""


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


class ReviewState:
    """The map under review. Every change is saved at once and can be undone.

    `meanwhile` returns the stored map where somebody else changed it (a second tab, a merge, an editor), else None: then a click
    changes nothing, and the map is shown as it is now.
    """

    def __init__(
        self,
        source_map: SourceMap,
        raw: RawExport,
        proposals: Proposals,
        schema: CanonicalSchema,
        *,
        by: str,
        save: Save,
        limits: Limits | None = None,
        questions: Iterable[Question] = (),
        meanwhile: Callable[[], SourceMap | None] = lambda: None,
        now: Now = lambda: datetime.now(UTC),
    ) -> None:
        self.source_map, self.raw, self.proposals, self.schema = source_map, raw, proposals, schema
        self.by, self.questions = by, tuple(questions)
        self._save, self._limits, self._now = save, limits or Limits(), now
        self._meanwhile = meanwhile
        self._history: list[tuple[str, SourceMap, Proposals]] = []
        self._conflicts: tuple[SourceMap, list[Finding]] | None = None

    # -- what is shown ------------------------------------------------------------------------------------------

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

    @property
    def last(self) -> str:
        """What undo would take back, "" for nothing."""
        return self._history[-1][0] if self._history else ""

    # -- what a click does --------------------------------------------------------------------------------------

    def accept(self, source: str, column: str) -> None:
        """Confirm a column as it is proposed."""
        self._do(f"accept {column}", mapping.confirm(self.source_map, table=source, column=column, **self._signed))

    def accept_certain(self, source: str) -> int:
        """Confirm what is certain and without conflict in one table; return how many columns that were."""
        chosen = [line.column for line in self.columns(source) if line.state == CERTAIN_OPEN]
        changed = self.source_map
        for column in chosen:
            changed = mapping.confirm(changed, table=source, column=column, **self._signed)
        if chosen:
            self._do(f"accept {len(chosen)} columns of {source}", changed)
        return len(chosen)

    def certain(self) -> list[tuple[str, str]]:
        """Return (source table, column) of all that is certain and without conflict, in all tables."""
        every = [line.source for line in self.tables()]
        return [(source, line.column) for source in every for line in self.columns(source) if line.state == CERTAIN_OPEN]

    def accept_certain_everywhere(self) -> int:
        """Confirm what is certain and without conflict in all tables, in one step; return how many columns that were."""
        chosen, changed = self.certain(), self.source_map
        for source, column in chosen:
            changed = mapping.confirm(changed, table=source, column=column, **self._signed)
        if chosen:
            self._do(f"accept {len(chosen)} columns of all tables", changed)
        return len(chosen)

    def homeless(self, source: str) -> list[str]:
        """Return the columns of one table that wait for a look and for which nothing fits, in the order of the list."""
        waiting = [line.column for line in self.columns(source) if line.state == OPEN]
        return [name for name in waiting if meaning(self.column(source, name)) == NO_HOME]

    def leave_out_homeless(self, source: str) -> int:
        """Leave out what has no home in one table, in one step; return how many columns that were."""
        chosen, changed = self.homeless(source), self.source_map
        for column in chosen:
            changed = mapping.confirm(changed, table=source, column=column, **self._signed)
        if chosen:
            self._do(f"leave out {number_of(len(chosen), 'column')} of {source}", changed)
        return len(chosen)

    def like(self, source: str) -> tuple[str, list[str]]:
        """Return the table of the same kind that has most of this table's open headers decided, and these columns; ("", []) for none.

        `patients` and `archived_patients` are mostly of one shape.
        """
        kind = self.table(source).table
        waiting = [name for name, column in self.table(source).columns.items() if column.state != "confirmed"]
        found: tuple[str, list[str]] = ("", [])
        for other, table in self.source_map.tables.items():
            if kind is None or other == source or table.table != kind or other not in self.raw.tables:
                continue
            decided = [name for name in waiting if name in table.columns and table.columns[name].state == "confirmed"]
            if len(decided) > len(found[1]):
                found = (other, decided)
        return found

    def decide_as(self, source: str) -> int:
        """Decide the open columns of a table as the same headers are decided in `like`, in one step; return how many columns that were."""
        other, columns = self.like(source)
        changed, proposals = self.source_map, self.proposals
        for column in columns:
            before, changed = self.column(source, column).to, mapping.decide_as(changed, source, other, column, **self._signed)
            if (to := self.column(other, column).to) and to != before:
                changed, proposals = self._with_codes(changed, proposals, source, column, to)
        if columns:
            self._do(f"decide {number_of(len(columns), 'column')} of {source} as in {other}", changed, proposals)
        return len(columns)

    def decided(self, source: str) -> int:
        """Return how many columns of a table somebody decided."""
        return mapping.progress(self.source_map, source).reviewed

    def set_target(self, source: str, column: str, to: str) -> None:
        """Let a column mean another field, with the codes that the machine knows for it."""
        changed = mapping.set_target(self.source_map, source, column, to, **self._signed)
        self._do(f"{column} → {to}", *self._with_codes(changed, self.proposals, source, column, to))

    def _with_codes(self, changed: SourceMap, proposals: Proposals, source: str, column: str, to: str) -> tuple[SourceMap, Proposals]:
        """Return map and proposals with the codes that the machine knows for a column that now means `to`."""
        table = str(self.table(source).table)
        home, field = to if "." in to else f"{table}.{to}", mapping.field_of(self.schema, table, to)
        values = self.raw.tables[source].frame[column].dropna().str.strip()
        proposed = proposals.tables[source].columns.get(column)
        told = proposed.explained if proposed and mapping.takes_words(field) else {}
        if told or mapping.is_coded(field, values):
            found = mapping.value_proposals(home, field, values.value_counts(), words=told)
            own = {value.value for value in found}
            others = [value for value in self._codes_of_others(home, source, column) if value.value not in own]
            proposals = replace(proposals, values={**proposals.values, home: (*found, *others)})
            changed = _with_meanings(changed, home, found)
        return changed, proposals

    def _codes_of_others(self, home: str, source: str, column: str) -> tuple[ValueProposal, ...]:
        """Return the codes of a field that stand in other columns which mean it: those of a column that no longer does are not asked."""
        elsewhere = [
            (name, one.column)
            for name, table in self.source_map.tables.items()
            for one in table.columns.values()
            if name in self.raw.tables and self.home(name, one.column) == home and (name, one.column) != (source, column)
        ]
        present = [self.raw.tables[name].frame[one].dropna().str.strip() for name, one in elsewhere if one in self.raw.tables[name].columns]
        spellings = {str(value) for values in present for value in values.unique()}
        return tuple(value for value in self.proposals.values.get(home, ()) if value.value in spellings)

    def set_new_field(self, source: str, column: str, label: str, kind: str) -> None:
        """Make a column a custom field of its own."""
        if not label.strip():
            raise UsageError("A new custom field needs a label. Nothing was changed.")
        self._do(
            f"new field {label}", mapping.set_new_field(self.source_map, source, column, NewField(label.strip(), kind), **self._signed)
        )

    def leave_out(self, source: str, column: str, reason: str) -> None:
        """Leave a column out, because of `reason`."""
        self._do(f"leave out {column}", mapping.leave_out(self.source_map, source, column, reason, **self._signed))

    def leave_out_table(self, source: str, reason: str) -> None:
        """Leave a whole source table out, because of `reason`."""
        self._do(f"leave out {source}", mapping.leave_out_table(self.source_map, source, reason, **self._signed))

    def set_table(self, source: str, table: str | None) -> None:
        """Say what a source table is; its columns are proposed anew for that table."""
        if self.proposals.again is None or table == self.table(source).table:
            return
        fresh = self.proposals.again(source, table, {name: known.table for name, known in self.source_map.tables.items()})
        proposals = replace(
            self.proposals,
            tables={**self.proposals.tables, source: fresh.tables[source]},
            values={**fresh.values, **self.proposals.values},
        )
        changed = mapping.set_table(self.source_map, mapping.draft_table(fresh.tables[source]))
        for home, found in fresh.values.items():
            changed = _with_meanings(changed, home, found)
        self._do(f"{source} is {table or 'nothing of ours'}", changed, proposals)

    def set_transform(self, source: str, column: str, transform: str) -> None:
        """Have a column's text changed by a declared transform before it is typed."""
        self._do(f"transform of {column}", mapping.set_transform(self.source_map, source, column, transform, **self._signed))

    def set_equivalence(self, source: str, column: str, equivalence: str) -> None:
        """Say how well a column fits its target."""
        self._do(f"equivalence of {column}", mapping.set_equivalence(self.source_map, source, column, equivalence))

    def set_comment(self, source: str, column: str, comment: str) -> None:
        """Comment on a column."""
        self._do(f"comment on {column}", mapping.set_comment(self.source_map, source, column, comment))

    def set_value(self, source: str, column: str, value: str, meaning: str | None) -> None:
        """Say what one code of a column means. Raises UsageError for what a code of this field cannot mean."""
        meaning = self._may_mean(source, column, meaning)
        self._do(f"meaning of {value}", mapping.set_value(self.source_map, self.home(source, column), value, meaning))

    def _may_mean(self, source: str, column: str, meaning: str | None) -> str | None:
        """Return a meaning as the field knows it, `did_not_attend` for `Did not attend`; any text where the field takes any."""
        known = self.meanings(source, column)
        if meaning is None or not known:
            return meaning
        spelled = "_".join(meaning.casefold().replace("_", " ").split())
        if (found := next((name for name in known if name.replace(" ", "_") == spelled), None)) is None:
            choices = ", ".join(name.replace("_", " ") for name in known)
            raise UsageError(f"“{meaning}” is nothing that this field can hold: choose one of {choices}. Nothing was changed.")
        return found

    def codes_like(self, source: str, column: str, words: str = "", *, only_open: bool = False) -> list[str]:
        """Return the codes of a column that hold a text (case aside) in themselves or in what they mean; `only_open`: without a meaning."""
        wanted = words.strip().casefold()
        return [
            value.value
            for value, decided in self.values(source, column)
            if wanted in f"{value.value}\n{decided or ''}".casefold() and not (only_open and decided is not None)
        ]

    def set_values(self, source: str, column: str, values: Sequence[str], meaning: str | None) -> int:
        """Say what several codes of a column mean, in one step; return how many that were. Raises UsageError as `set_value` does."""
        changed, home, meaning = self.source_map, self.home(source, column), self._may_mean(source, column, meaning)
        for value in values:
            changed = mapping.set_value(changed, home, value, meaning)
        if values:
            self._do(f"meaning of {number_of(len(values), 'code')}", changed)
        return len(values)

    def code_clusters(self, source: str, column: str) -> list[tuple[ValueProposal, ...]]:
        """Return the codes of a column that may be one and do not mean one yet, the most frequent spelling of each first."""
        decided = {value.value: meaning for value, meaning in self.values(source, column)}
        found = clusters([value for value, _ in self.values(source, column)])
        return [group for group in found if None in (means := {decided[one.value] for one in group}) or len(means) > 1]

    def join_codes(self, source: str, column: str, group: Sequence[ValueProposal]) -> int:
        """Let codes that are one mean what the most frequent of them means, or, where any text may stand, its spelling.

        Raises UsageError where nobody said yet what that one means and it must be one of a list.
        """
        decided = {value.value: meaning for value, meaning in self.values(source, column)}
        known = next((decided[one.value] for one in group if decided[one.value] is not None), None)
        meaning = known or ("" if self.meanings(source, column) else group[0].value)
        if not meaning:
            raise UsageError(f"Say first what “{group[0].value}” means: the others then follow. Nothing was changed.")
        return self.set_values(source, column, [one.value for one in group], meaning)

    def reopen(self, source: str, column: str) -> None:
        """Take a confirmation back."""
        self._do(f"reopen {column}", mapping.reopen(self.source_map, source, column))

    def undo(self) -> str:
        """Take the last change back; return what it was, "" where there was none."""
        self._look_again()
        if not self._history:
            return ""
        what, self.source_map, self.proposals = self._history.pop()
        self._save(self.source_map)
        return what

    # -- inside -------------------------------------------------------------------------------------------------

    @property
    def _signed(self) -> dict[str, Any]:
        return {"by": self.by, "at": self._now().isoformat(timespec="seconds")}

    def _do(self, what: str, changed: SourceMap, proposals: Proposals | None = None) -> None:
        self._look_again()
        before = (what, self.source_map, self.proposals)
        self._save(changed)
        self._history.append(before)
        self.source_map, self.proposals = changed, proposals or self.proposals

    def _look_again(self) -> None:
        found = self._meanwhile()
        if found is not None:
            self.source_map, self._history = found, []
            raise UsageError(
                "The map was changed elsewhere meanwhile (another tab, a merge, an editor): it is shown as it is now. "
                "Your last click changed nothing; make it again."
            )

    def _state(self, source: str, column: ColumnMap, clashes: bool) -> str:
        if clashes:
            return CONFLICT
        if column.state == "confirmed":
            return DONE if column.to or column.new_field else IGNORED
        proposal = self.proposal(source, column.column)
        if column.to is None:  # leaving values behind is never a matter of course, leaving nothing behind always is
            return CERTAIN_OPEN if proposal is not None and not proposal.profile.filled else OPEN
        return CERTAIN_OPEN if (column.confidence or 0.0) >= CERTAIN else OPEN


def _with_meanings(changed: SourceMap, home: str, found: Iterable[ValueProposal]) -> SourceMap:
    """Return the map with the meanings that are proposed for codes of a field which have none yet."""
    for value in found:
        if value.choice is not None and value.value not in changed.values.get(home, {}):
            changed = mapping.set_value(changed, home, value.value, value.choice)
    return changed


def meaning(column: ColumnMap) -> str:
    """Return what a column means, in a few words."""
    if column.new_field is not None:
        return f"new field “{column.new_field.label}”"
    return column.to or ("left out" if column.state == "confirmed" else NO_HOME)


def title(schema: CanonicalSchema, table: str, target: str) -> str:
    """Return a target as people say it: `Birth date`, `Invoices: date`."""
    owner, _, _ = target.rpartition(".")
    name = _INITIALS.sub(lambda found: found[0].upper(), mapping.field_of(schema, table, target).title)
    return f"{schema[owner].title}: {name}" if owner else name[:1].upper() + name[1:]
