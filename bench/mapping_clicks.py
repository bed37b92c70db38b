"""What it takes to confirm a whole map in the review: clicks and corrections, as somebody who knows the right answers would make them.

Drives the review behind the widget (`ReviewState`): one click accepts all that is certain, one sets a table, one accepts a column, one
takes another of the shown fields, one leaves a column out, one all columns of a table that have no home, once those that have one are
corrected; a field that is not shown is typed. A column that was accepted wrongly with
all the certain ones is opened again, which is a click more. Codes are counted apart: each that nothing is proposed for is one to explain.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field

from mapping_data import System, full

from migkit.mapping import Proposals, draft
from migkit.model.canonical import CanonicalSchema
from migkit.model.errors import MigkitError
from migkit.widgets.mapping_shown import CERTAIN_OPEN
from migkit.widgets.mapping_state import ReviewState

SHOWN = 0.01
"""Candidates that are likelier have a button (`widgets.mapping.LIKELY`)."""
ACCEPTED, CORRECTED, TYPED, SET, EMPTIED = 3, 10, 20, 8, 20
"""Seconds that one who knows the practice is taken to need: a column accepted, another button, a typed field, a table set,
the columns of a table that have no home looked through."""


@dataclass
class Clicks:
    """What one practice took."""

    columns: int = 0
    accepted: int = 0
    corrected: int = 0
    """Columns whose first answer was wrong and that another button settled."""
    typed: int = 0
    tables: int = 0
    """Tables that were set."""
    emptied: int = 0
    """Tables of which all columns without a home were left out at once."""
    wrong_certain: int = 0
    """Of those corrected, accepted at first with all the certain ones."""
    codes: int = 0
    slowest: float = 0.0
    """Seconds of the slowest setting of a table."""
    impossible: list[str] = field(default_factory=list)
    """Answers that the review did not take."""

    @property
    def clicks(self) -> int:
        """All clicks, a typed field for two."""
        return 1 + self.accepted + self.corrected + 2 * self.typed + self.tables + self.emptied + self.wrong_certain

    @property
    def minutes(self) -> float:
        """About how long somebody who knows the practice is at it, codes aside."""
        seconds = ACCEPTED * self.accepted + CORRECTED * self.corrected + TYPED * self.typed
        return (seconds + SET * self.tables + EMPTIED * self.emptied) / 60

    def said(self) -> str:
        """Return one line."""
        return (
            f"{self.columns} columns: {self.clicks} clicks, {self.corrected + self.typed} columns corrected ({self.typed} typed, "
            f"{self.wrong_certain} of them accepted as certain), {self.tables} tables set (slowest {self.slowest:.2f} s), "
            f"{self.codes} codes to explain, about {self.minutes:.0f} min"
        )


def confirm_all(system: System, proposals: Proposals, schema: CanonicalSchema) -> Clicks:
    """Return what it takes until every column of the practice is confirmed as the truth has it."""
    state = ReviewState(draft(proposals), system.raw, proposals, schema, by="analyst", save=lambda _: None)
    found = Clicks(columns=len(system.truth))
    for source, table in system.tables.items():
        if state.table(source).table != table:
            began = time.perf_counter()
            state.set_table(source, table)
            found.slowest = max(found.slowest, time.perf_counter() - began)
            found.tables += 1
    certain = {(source, line.column) for source in system.tables for line in state.columns(source) if line.state == CERTAIN_OPEN}
    state.accept_certain_everywhere()
    for source in system.tables:
        _leave_out_homeless(state, source, system, found)
    for (source, column), truth in system.truth.items():
        now, home = state.column(source, column), system.tables[source]
        if full(home, now.to) in truth:
            if now.state != "confirmed":
                state.accept(source, column)
                found.accepted += 1
            continue
        found.wrong_certain += (source, column) in certain
        _correct(state, source, column, home, truth, found)
    found.codes = sum(decided is None for source, column in system.truth for _, decided in state.values(source, column))
    return found


def _leave_out_homeless(state: ReviewState, source: str, system: System, found: Clicks) -> None:
    home = system.tables[source]
    for column in state.homeless(source):
        if None not in (truth := system.truth[source, column]):
            _correct(state, source, column, home, truth, found)
    if len(state.homeless(source)) > 1:
        state.leave_out_homeless(source)
        found.emptied += 1


def _correct(state: ReviewState, source: str, column: str, home: str | None, truth: frozenset[str | None], found: Clicks) -> None:
    if None in truth:
        state.leave_out(source, column, "not needed in Pipedrive")
        found.corrected += 1
        return
    proposal = state.proposal(source, column)
    shown = {c.target for c in proposal.candidates if c.confidence >= SHOWN} if proposal else set()
    wanted = {answer.removeprefix(f"{home}.") for answer in truth if answer}
    try:
        state.set_target(source, column, min(wanted & shown or wanted))
    except (MigkitError, KeyError) as error:
        found.impossible.append(f"{source}.{column}: {error}")
    if wanted & shown:
        found.corrected += 1
    else:
        found.typed += 1
