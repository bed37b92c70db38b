"""The cleaning without its widgets: what each rule changed, what was vetoed, and every veto saved at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pandas as pd

from migkit.model.canonical import CanonicalSchema
from migkit.model.errors import UsageError
from migkit.report import mask
from migkit.source import can_be_vetoed, rule_in_words

from .people_state import Decisions

Rule = tuple[str, str, str]
"""(canonical table, field, rule)."""

EXAMPLES = 8


@dataclass(frozen=True)
class RuleLine:
    """One rule on one field."""

    rule: Rule
    title: str
    """Table and field as people say them: `Patients: mobile`."""
    words: str
    """What the rule does."""
    values: int
    """How many values it changed when the export was read; 0 where a veto stood already."""
    can_veto: bool
    veto: Mapping[str, str]
    """by, at, why; {} where the rule is in force."""


@dataclass(frozen=True)
class Example:
    """One changed value."""

    where: str
    """The row's key, or file and line where it has none."""
    before: str
    after: str


class CleaningState:
    """What the review of the cleaning shows and saves.

    `veto` and `allow` write `decisions/cleaning.yaml` before they return. The document is read anew each time, so that what
    somebody else wrote meanwhile stays. A veto that is taken back moves to `taken_back`, with who, when and why.
    """

    def __init__(
        self,
        workspace: Decisions,
        repairs: pd.DataFrame,
        schema: CanonicalSchema,
        *,
        by: str = "",
        now: Callable[[], datetime] | None = None,
    ) -> None:
        self._workspace, self._schema = workspace, schema
        self._now = now or (lambda: datetime.now(UTC))
        self._groups = {(str(t), str(f), str(r)): rows for (t, f, r), rows in repairs.groupby(["table", "field", "rule"], sort=False)}
        self.by = by

    # -- looking ------------------------------------------------------------------------------------------------

    def lines(self, table: str = "", text: str = "", *, vetoed_only: bool = False) -> list[RuleLine]:
        """Return the rules that a person may veto, those that changed most first, then the others.

        Filtered by table, by a text in title, rule or words, or to those that are vetoed.
        """
        vetoes = self._vetoes()
        lines = [self._line(rule, vetoes.get(rule, {})) for rule in {**self._groups, **vetoes}]
        wanted = [
            line
            for line in lines
            if table in ("", line.rule[0])
            and (not vetoed_only or line.veto)
            and text.strip().casefold() in f"{line.title} {line.rule[2]} {line.words}".casefold()
        ]
        return sorted(wanted, key=lambda line: (not (line.can_veto or line.veto), -line.values, line.rule))

    def line(self, rule: Rule) -> RuleLine:
        """Return one rule as it stands now."""
        return self._line(rule, self._vetoes().get(rule, {}))

    def tables(self) -> list[tuple[str, str]]:
        """Return (title, name) of the tables that have rules, in the schema's order."""
        named = {line.rule[0] for line in self.lines()}
        return [(table.title, name) for name, table in self._schema.tables.items() if name in named]

    def examples(self, rule: Rule, *, masked: bool = True) -> list[Example]:
        """Return up to eight different changes of a rule; none where a veto stood already when the export was read."""
        rows = self._groups.get(rule)
        if rows is None:
            return []
        shown = rows.drop_duplicates(["before", "after"]).head(EXAMPLES)
        table, name, _ = rule
        spec = self._schema[table].fields.get(name)
        is_money = spec is not None and spec.type == "money"
        hide = masked and (spec is None or spec.sensitivity != "none")
        return [
            Example(
                f"{row.file}, line {row.line}" if pd.isna(row.key) else str(row.key),
                _shown(row.before, hide),
                _shown(_dollars(row.after) if is_money else row.after, hide),
            )
            for row in shown.itertuples(index=False)
        ]

    # -- deciding -----------------------------------------------------------------------------------------------

    def veto(self, rule: Rule, why: str) -> None:
        """Leave the values of a field as they were written, from the next reading on. Raises UsageError without who and why."""
        self._sign(why)
        if not can_be_vetoed(rule[2]):
            raise UsageError(f"The rule {rule[2]} cannot be vetoed: {rule_in_words(rule[2])}. Nothing was changed.")
        document = self._workspace.read_decision("cleaning")
        others = [entry for entry in document.get("vetoes", []) if _rule(entry) != rule]
        self._write({**document, "vetoes": [*others, self._entry(rule, why)]})

    def allow(self, rule: Rule, why: str) -> None:
        """Take a veto back. Raises UsageError without who and why."""
        self._sign(why)
        document = self._workspace.read_decision("cleaning")
        left = [entry for entry in document.get("vetoes", []) if _rule(entry) != rule]
        self._write({**document, "vetoes": left, "taken_back": [*document.get("taken_back", []), self._entry(rule, why)]})

    # -- within -------------------------------------------------------------------------------------------------

    def _sign(self, why: str) -> None:
        if not self.by.strip():
            raise UsageError("Write your name first: every decision says who made it. Nothing was changed.")
        if not why.strip():
            raise UsageError("Say why in a few words: whoever reads this next year will ask. Nothing was changed.")

    def _entry(self, rule: Rule, why: str) -> dict[str, str]:
        table, name, kind = rule
        at = self._now().isoformat(timespec="seconds")
        return {"table": table, "field": name, "rule": kind, "by": self.by.strip(), "at": at, "why": why.strip()}

    def _write(self, document: Mapping[str, Any]) -> None:
        self._workspace.write_decision("cleaning", {"version": 1, **document})

    def _vetoes(self) -> dict[Rule, Mapping[str, str]]:
        return {_rule(entry): entry for entry in self._workspace.read_decision("cleaning").get("vetoes", [])}

    def _line(self, rule: Rule, veto: Mapping[str, str]) -> RuleLine:
        table, name, kind = rule
        spec = self._schema[table].fields.get(name)
        title = f"{self._schema[table].title}: {spec.title if spec else name}"
        return RuleLine(rule, title, rule_in_words(kind), len(self._groups.get(rule, ())), can_be_vetoed(kind), veto)


def _rule(entry: Mapping[str, str]) -> Rule:
    return entry["table"], entry["field"], entry["rule"]


def _shown(value: Any, masked: bool) -> str:
    if pd.isna(value):
        return "–"
    return mask(value) if masked else str(value)


def _dollars(cents: Any) -> Any:
    return cents if pd.isna(cents) else f"{int(cents) / 100:.2f}"
