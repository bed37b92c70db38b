"""The book of rows: what became of every physical row, and which keys must wait because their parent does."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from migkit.model.messages import Message
from migkit.model.outcomes import Outcome, RowOutcome
from migkit.source import DRAWN

from .rows import Row

SYNTHETIC = "_synthetic"
"""A true value here: the row was made from another one and is not a physical row of its own."""

_STOPPING = (Outcome.HELD, Outcome.REJECTED, Outcome.EXCLUDED, Outcome.FAILED)


class RowBook:
    """Collects the outcome of every row exactly once. Rows made from other rows (`_synthetic`) are not counted."""

    def __init__(self, row_outcomes: Iterable[RowOutcome], live: Collection[str] = ()) -> None:
        """`row_outcomes` is what reading decided; `live`: those of its keys that go on (of two rows with one key one may have stopped)."""
        self.rows: dict[str, str] = {}
        self.row_outcomes: dict[str, RowOutcome] = {}
        self.outcomes_by_key: dict[str, Outcome] = {}
        for outcome in row_outcomes:
            self.row_outcomes[f"{outcome.file}:{outcome.line}"] = outcome
            if outcome.outcome in _STOPPING and outcome.key and outcome.key not in live:
                self.outcomes_by_key.setdefault(outcome.key, outcome.outcome)

    def parents_only(self) -> RowBook:
        """Return a book that knows which keys do not go on, and of no row yet what became of it."""
        book = RowBook(())
        book.outcomes_by_key = dict(self.outcomes_by_key)
        return book

    def own(self, row: Row, key: str) -> None:
        """The row has a record of its own."""
        if self._counts(row):
            self.rows[_place(row)] = key

    def fold(self, row: Row, ref: str, reason: Message | None = None) -> None:
        """The row is carried by the record `ref`."""
        self._settle(row, Outcome.FOLDED_INTO, reason, ref)

    def merge(self, row: Row, ref: str, reason: Message | None) -> None:
        """The row is the same person as `ref`."""
        self._settle(row, Outcome.MERGED_INTO, reason, ref)

    def export(self, row: Row, document: str) -> None:
        """The row leaves in a document of the handover."""
        self._settle(row, Outcome.EXPORTED, None, document)

    def hold(self, row: Row, reason: Message, ref: str = "") -> None:
        """The row waits; whatever hangs on it waits too."""
        self._stop(row, Outcome.HELD, reason, ref)

    def exclude(self, row: Row, reason: Message, ref: str = "") -> None:
        """The row is left out by decision, and so is whatever hangs on it."""
        self._stop(row, Outcome.EXCLUDED, reason, ref)

    def leave_alone(self, keys: Iterable[str]) -> None:
        """These rows are left out and nothing else for it: what hangs on them goes on."""
        for key in keys:
            self.outcomes_by_key.pop(key, None)

    def stopped_by(self, row: Row, *parents: str | None) -> bool:
        """Settle the row like the first of its parents that does not go on; return whether there was one."""
        for parent in parents:
            if parent in self.outcomes_by_key:
                if self.outcomes_by_key[parent] is Outcome.EXCLUDED:
                    self.exclude(row, Message.of("parent-left-out", key=parent), parent)
                else:
                    self.hold(row, Message.of("parent-held", key=parent), parent)
                return True
        return False

    def drawn_into(self) -> set[str]:
        """Return the keys of the rows that a view drew others into."""
        return {row.ref for row in self.row_outcomes.values() if row.reason is not None and row.reason.code in DRAWN}

    def follow_views(self, places: Mapping[str, str]) -> None:
        """Rows that a view drew into another row go where that row went: into its record, or they wait or stay out with it.

        `places`: key of a typed row → `file:line`, of those in `drawn_into`.
        """
        for place, row in self.row_outcomes.items():
            if row.reason is None or row.reason.code not in DRAWN:
                continue
            if row.ref in self.outcomes_by_key:
                is_out = self.outcomes_by_key[row.ref] is Outcome.EXCLUDED
                reason = Message.of("parent-left-out" if is_out else "parent-held", key=row.ref)
                self.row_outcomes[place] = replace(row, outcome=self.outcomes_by_key[row.ref], reason=reason)
            elif (at := places.get(row.ref, "")) in self.rows:
                self.row_outcomes[place] = replace(row, ref=self.rows[at])
            elif at in self.row_outcomes and self.row_outcomes[at].ref:
                self.row_outcomes[place] = replace(row, ref=self.row_outcomes[at].ref)

    def _stop(self, row: Row, outcome: Outcome, reason: Message, ref: str) -> None:
        self.outcomes_by_key[row["_key"]] = outcome
        self._settle(row, outcome, reason, ref)

    def _settle(self, row: Row, outcome: Outcome, reason: Message | None, ref: str) -> None:
        if self._counts(row):
            self.row_outcomes[_place(row)] = RowOutcome(row["_file"], int(row["_line"]), row["_table"], row["_key"], outcome, reason, ref)

    def _counts(self, row: Row) -> bool:
        return not row.get(SYNTHETIC) and _place(row) not in self.rows and _place(row) not in self.row_outcomes


def _place(row: Row) -> str:
    return f"{row['_file']}:{int(row['_line'])}"
