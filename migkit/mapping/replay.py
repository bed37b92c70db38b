"""Decisions meet a later export, or a second reviewer's: what agrees is kept, only the difference is asked."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass, replace

from rapidfuzz import fuzz

from migkit.model.errors import DataError, UsageError
from migkit.model.mapping import ColumnMap, SourceMap, TableMap
from migkit.model.messages import Message
from migkit.model.tables import RawExport

from .edit import CONFIRMED, PROPOSED, draft_column, draft_table
from .names import squeeze
from .proposals import Proposals

_NEARLY = 0.8
"""Share of their columns that two tables have in common which are one."""
POLICIES = ("evolve", "freeze", "discard")
"""evolve: propose what is new and ask; freeze: refuse any difference; discard: leave what is new out."""


@dataclass(frozen=True)
class Question:
    """One difference between the decided map and what stands against it; `str()` is its sentence."""

    message: Message
    table: str
    column: str

    @classmethod
    def of(cls, code: str, source: str, column: str = "", /, **parameters: str) -> Question:
        """Return the question that the catalogue knows as `code`."""
        return cls(Message.of(code, source=source, **parameters), source, column)

    @property
    def kind(self) -> str:
        """new-table | lost-table | new-column | lost-column | renamed-column | renamed-table | new-value | maps-differ-…"""
        return self.message.code

    def __str__(self) -> str:
        return str(self.message)


def replay(decided: SourceMap, raw: RawExport, proposals: Proposals, policy: str = "evolve") -> tuple[SourceMap, tuple[Question, ...]]:
    """Return the map for the export `raw` with every earlier decision kept, and the differences that a person should see.

    A lost column leaves the map (`extend` lays it over the map of all exports); a lost table keeps its decisions. A renamed column
    keeps its decision as a proposal. Raises DataError under `freeze` where anything differs, UsageError for another policy.
    """
    if policy not in POLICIES:
        raise UsageError(f"{policy!r} is not a policy for changed columns: choose one of {', '.join(POLICIES)}.")
    questions: list[Question] = []
    absent = {name: table for name, table in decided.tables.items() if name not in raw.tables}
    tables: dict[str, TableMap] = {}
    for source in raw.tables:
        old = decided.tables.get(source) or _renamed_table(source, raw, absent, questions)
        if old is None:
            questions.append(Question.of("new-table", source))
            tables[source] = draft_table(proposals.tables[source])
            if policy == "discard":
                tables[source] = _discarded(tables[source])
            continue
        tables[source] = _replay_table(source, old, raw, proposals, policy, questions)
    questions += [Question.of("lost-table", name) for name in absent]
    values = {name: dict(pairs) for name, pairs in decided.values.items()}
    for name, proposed in proposals.values.items():
        for value in proposed:
            if value.value not in values.get(name, {}):
                questions.append(Question.of("new-value", name, value.value))
                if value.choice is not None and policy == "evolve":
                    values.setdefault(name, {})[value.value] = value.choice
    if policy == "freeze" and questions:
        raise DataError(
            f"The export differs from the confirmed map in {len(questions)} places, and the policy is freeze: {questions[0]} "
            "Nothing was changed; choose the policy evolve to look at the differences."
        )
    shown = () if policy == "discard" else tuple(questions)
    return SourceMap({**absent, **tables}, values, decided.key_prefixes), shown


def known_tables(decided: SourceMap, raw: RawExport) -> dict[str, str | None]:
    """Return source table → what the map takes it for, None: left out, of the tables of `raw` that it has with nearly the same columns."""
    same = {name: table for name, table in decided.tables.items() if name in raw.tables}
    return {name: table.table for name, table in same.items() if _overlap(table, set(raw.tables[name].columns)) >= _NEARLY}


def merge(a: SourceMap, b: SourceMap) -> tuple[SourceMap, tuple[Question, ...]]:
    """Return the map that both reviewers' decisions make, and where they disagree.

    What only one of them confirmed is taken. Where both confirmed something else, `a` stays and goes back to `proposed`.
    """
    questions: list[Question] = []
    tables = dict(a.tables)
    for source, theirs in b.tables.items():
        ours = tables.get(source)
        tables[source] = theirs if ours is None else _merge_table(source, ours, theirs, questions)
    values: dict[str, Mapping[str, str]] = {name: dict(pairs) for name, pairs in a.values.items()}
    for name, pairs in b.values.items():
        for value, meaning in pairs.items():
            known = values.get(name, {})
            if known.get(value, meaning) != meaning:
                questions.append(Question.of("maps-differ-in-value", name, value, ours=known[value], theirs=meaning))
            values[name] = {value: meaning, **known}
    for place, prefix in b.key_prefixes.items():
        if (ours_prefix := a.key_prefixes.get(place, prefix)) != prefix:
            questions.append(Question.of("maps-differ-in-prefix", place, ours=ours_prefix, theirs=prefix))
    return SourceMap(tables, values, {**b.key_prefixes, **a.key_prefixes}), tuple(questions)


def _merge_table(source: str, ours: TableMap, theirs: TableMap, questions: list[Question]) -> TableMap:
    if ours.table != theirs.table:
        decided = [any(c.state == CONFIRMED for c in t.columns.values()) for t in (ours, theirs)]
        if decided == [True, True]:
            questions.append(Question.of("maps-differ-in-table", source, ours=ours.table or "left out", theirs=theirs.table or "left out"))
        return theirs if decided == [False, True] else ours
    columns = dict(ours.columns)
    for name, other in theirs.columns.items():
        mine = columns.get(name)
        if mine is None or (mine.state != CONFIRMED and other.state == CONFIRMED):
            columns[name] = other
        elif mine.state == CONFIRMED and other.state == CONFIRMED and _says(mine) != _says(other):
            asked = {"column": name, "ours": f"{_say(mine)} ({mine.by})", "theirs": f"{_say(other)} ({other.by})"}
            questions.append(Question.of("maps-differ-in-column", source, name, **asked))
            columns[name] = replace(mine, state=PROPOSED)
        elif mine.comment != other.comment and other.comment and other.comment not in mine.comment:
            columns[name] = replace(mine, comment=f"{mine.comment} · {other.comment}" if mine.comment else other.comment)
    return replace(ours, columns=columns)


def _renamed_table(source: str, raw: RawExport, absent: dict[str, TableMap], questions: list[Question]) -> TableMap | None:
    """Return the decided table that this one is under another name: nearly the same columns; taken out of `absent`."""
    columns = set(raw.tables[source].columns)
    overlap = {name: _overlap(table, columns) for name, table in absent.items()}
    best = max(overlap, key=lambda name: overlap[name], default=None)
    if best is None or overlap[best] < _NEARLY:
        return None
    questions.append(Question.of("renamed-table", source, before=best))
    return absent.pop(best)


def _overlap(table: TableMap, columns: Set[str]) -> float:
    """Return the share of the columns of both that both have, 0 where neither has any."""
    every = columns | set(table.columns)
    return len(columns & set(table.columns)) / len(every) if every else 0.0


def _replay_table(source: str, old: TableMap, raw: RawExport, proposals: Proposals, policy: str, questions: list[Question]) -> TableMap:
    present, proposed = raw.tables[source].columns, proposals.tables[source].columns
    lost = {name: column for name, column in old.columns.items() if name not in present}
    columns: dict[str, ColumnMap] = {}
    for name in present:
        if name in old.columns:
            columns[name] = old.columns[name]
            continue
        before = _renamed(name, proposed[name].choice, lost)
        if before is not None:
            lost.pop(before.column)
            questions.append(Question.of("renamed-column", source, name, column=name, before=before.column))
            columns[name] = replace(before, column=name, state=PROPOSED, by="", at="")
        else:
            questions.append(Question.of("new-column", source, name, column=name))
            columns[name] = (
                draft_column(proposed[name]) if old.table == proposals.tables[source].table else ColumnMap(name, reason="new column")
            )
        if policy == "discard":
            columns[name] = _left_out(columns[name])
    answered = {c.to for c in columns.values() if c.state == CONFIRMED and c.to}
    for name, column in lost.items():
        if column.to not in answered:
            questions.append(Question.of("lost-column", source, name, column=name))
    return TableMap(source, old.table, columns, old.reason)


def _renamed(name: str, choice: str | None, lost: Mapping[str, ColumnMap]) -> ColumnMap | None:
    same = [c for c in lost.values() if choice is not None and c.to == choice]
    near = [c for c in lost.values() if fuzz.ratio(squeeze(c.column), squeeze(name)) >= 80]
    return next(iter(same or near), None)


def _discarded(table: TableMap) -> TableMap:
    return TableMap(table.source, None, {name: _left_out(c) for name, c in table.columns.items()}, "not in the confirmed map")


def _left_out(column: ColumnMap) -> ColumnMap:
    return ColumnMap(column.column, state=CONFIRMED, equivalence="unmatched", reason="not in the confirmed map", by="policy: discard")


def _says(column: ColumnMap) -> tuple[str | None, object, str]:
    return column.to, column.new_field, column.transform


def _say(column: ColumnMap) -> str:
    return column.to or (f"new field {column.new_field.label}" if column.new_field else f"left out because {column.reason}")
