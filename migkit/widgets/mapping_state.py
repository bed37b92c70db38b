"""What a click does in the review of the map, and what is saved. Nothing here draws; what is shown is `mapping_shown`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from migkit import mapping
from migkit.mapping import Limits, Proposals, Question, ValueProposal
from migkit.model.canonical import CanonicalSchema
from migkit.model.errors import UsageError
from migkit.model.mapping import NewField, SourceMap
from migkit.model.tables import RawExport
from migkit.model.words import number_of

from .mapping_shown import CERTAIN_OPEN, ShownMap

Save = Callable[[SourceMap], None]
Now = Callable[[], datetime]


class ReviewState(ShownMap):
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
        super().__init__(source_map, raw, proposals, schema, limits)
        self.by, self.questions = by, tuple(questions)
        self._save, self._now = save, now
        self._meanwhile = meanwhile
        self._history: list[tuple[str, SourceMap, Proposals]] = []

    @property
    def last(self) -> str:
        """What undo would take back, "" for nothing."""
        return self._history[-1][0] if self._history else ""

    # -- clicks -------------------------------------------------------------------------------------------------

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

    def accept_certain_everywhere(self) -> int:
        """Confirm what is certain and without conflict in all tables, in one step; return how many columns that were."""
        chosen, changed = self.certain(), self.source_map
        for source, column in chosen:
            changed = mapping.confirm(changed, table=source, column=column, **self._signed)
        if chosen:
            self._do(f"accept {len(chosen)} columns of all tables", changed)
        return len(chosen)

    def leave_out_homeless(self, source: str) -> int:
        """Leave out what has no home in one table, in one step; return how many columns that were."""
        chosen, changed = self.homeless(source), self.source_map
        for column in chosen:
            changed = mapping.confirm(changed, table=source, column=column, **self._signed)
        if chosen:
            self._do(f"leave out {number_of(len(chosen), 'column')} of {source}", changed)
        return len(chosen)

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

    def set_values(self, source: str, column: str, values: Sequence[str], meaning: str | None) -> int:
        """Say what several codes of a column mean, in one step; return how many that were. Raises UsageError as `set_value` does."""
        changed, home, meaning = self.source_map, self.home(source, column), self._may_mean(source, column, meaning)
        for value in values:
            changed = mapping.set_value(changed, home, value, meaning)
        if values:
            self._do(f"meaning of {number_of(len(values), 'code')}", changed)
        return len(values)

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


def _with_meanings(changed: SourceMap, home: str, found: Iterable[ValueProposal]) -> SourceMap:
    """Return the map with the meanings that are proposed for codes of a field which have none yet."""
    for value in found:
        if value.choice is not None and value.value not in changed.values.get(home, {}):
            changed = mapping.set_value(changed, home, value.value, value.choice)
    return changed
