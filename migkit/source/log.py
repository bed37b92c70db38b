"""What typing an export writes down as it goes: repairs, row outcomes, findings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import pandas as pd

from migkit.model.messages import Message, Value
from migkit.model.outcomes import EXAMPLES, Finding, Outcome, RowOutcome

ROW_PLACE = ("_file", "_line", "_key")
"""Where a row stands, and its key."""
_NOWHERE = (pd.NA, pd.NA, pd.NA)
REPAIR_COLUMNS = ("table", "field", "key", "file", "line", "rule", "before", "after")


def labels(frame: pd.DataFrame, rows: pd.Series | Sequence[int] | pd.Index | None = None) -> list[str]:
    """Return how findings name the rows of a frame: by key, by `file:line` where a row has none yet.

    `rows`: those of them that are meant, as a mask or by their labels; None: all.
    """
    if isinstance(rows, pd.Series) and rows.dtype.kind == "b" and not rows.any():
        return []
    if rows is not None and len(rows):
        frame = frame[[*ROW_PLACE]].loc[rows]  # not the whole rows, of which most tables have dozens of columns
    if frame.empty or (rows is not None and not len(rows)):
        return []
    places = frame["_file"].astype("string") + ":" + frame["_line"].astype("string")
    return [str(label) for label in frame["_key"].fillna(places)]


@dataclass(frozen=True)
class Repaired:
    """What was repaired in one field: by row its number in the table, the rule, the text before and after."""

    table: str
    field: str
    rows: Sequence[int]
    rules: Sequence[str]
    before: Sequence[object]
    after: Sequence[object]


@dataclass
class Log:
    """Collects what is found; what another column settles is taken back."""

    repairs: list[Repaired] = field(default_factory=list)
    row_outcomes: list[RowOutcome] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    places: dict[str, pd.DataFrame] = field(default_factory=dict)
    """Canonical table → _file, _line, _key of every row that was ever typed, by row number."""
    _problems: dict[tuple[str, str, str], list[int]] = field(default_factory=dict)

    def place(self, table: str, frame: pd.DataFrame) -> None:
        """Remember where rows stand; the same rows again with their keys replace what was known."""
        known = self.places.get(table)
        mine = frame[[*ROW_PLACE]]
        others = None if known is None else known[~known.index.isin(mine.index)]
        self.places[table] = mine if others is None or others.empty else pd.concat([others, mine])

    def problem(self, code: str, table: str, name: str, rows: Iterable[int]) -> None:
        """Note values of one field that are not right; they become one finding with the rows' keys."""
        self._problems.setdefault((table, name, code), []).extend(int(row) for row in rows)

    def solved(self, code: str, table: str, name: str, rows: Iterable[int]) -> None:
        """Take back a problem of single values that another column of their rows has answered."""
        left = sorted({*self._problems.get((table, name, code), ())} - {int(row) for row in rows})
        if left:
            self._problems[table, name, code] = left
        else:
            self._problems.pop((table, name, code), None)

    def repair(self, table: str, name: str, rows: Iterable[int], rule: str, before: Iterable[object], after: Iterable[object]) -> None:
        """Note one rule applied to several rows of one field."""
        if numbers := list(rows):
            self.repairs.append(Repaired(table, name, numbers, [rule] * len(numbers), list(before), list(after)))

    def set_outcome(self, table: str, frame: pd.DataFrame, outcome: Outcome, reasons: Iterable[Message], refs: Iterable[str]) -> None:
        """Settle the physical rows of `frame`; rows that we made ourselves are nobody's outcome."""
        for file, line, key, made, reason, ref in zip(
            frame["_file"], frame["_line"], frame["_key"], frame["_synthetic"], reasons, refs, strict=True
        ):
            if not made:
                self.row_outcomes.append(RowOutcome(str(file), int(line), table, "" if pd.isna(key) else str(key), outcome, reason, ref))

    def find(
        self,
        code: str,
        table: str | None,
        keys: Iterable[object],
        field: str | None = None,
        count: int | None = None,
        **parameters: Value,
    ) -> None:
        """Add a finding about `keys`; nothing where there are none."""
        every = [str(key) for key in keys]
        if every:
            self.findings.append(Finding.of(code, table=table, field=field, count=count, keys=every, **parameters))  # type: ignore[arg-type]

    def all_findings(self) -> tuple[Finding, ...]:
        """Return the findings, those about values with the keys that their rows got meanwhile."""
        found = []
        for (table, name, code), rows in self._problems.items():
            places = self.places[table].reindex(rows[:EXAMPLES])
            found.append(Finding.of(code, table=table, field=name, count=len(rows), keys=labels(places)))
        return (*found, *self.findings)

    def repairs_frame(self) -> pd.DataFrame:
        """Return all repairs with key, file and line."""
        places = {
            table: {row: (key, file, line) for row, file, line, key in self.places[table][[*ROW_PLACE]].itertuples(name=None)}
            for table in {one.table for one in self.repairs}
        }
        rows = [
            (one.table, one.field, *places[one.table].get(row, _NOWHERE), rule, before, after)
            for one in self.repairs
            for row, rule, before, after in zip(one.rows, one.rules, one.before, one.after, strict=True)
        ]
        columns = zip(*rows, strict=True) if rows else ([] for _ in REPAIR_COLUMNS)
        return pd.DataFrame(
            {
                name: pd.Series(list(values), dtype="Int64" if name == "line" else "string")
                for name, values in zip(REPAIR_COLUMNS, columns, strict=True)
            },
            copy=False,
        )
