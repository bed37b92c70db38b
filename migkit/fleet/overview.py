"""`migkit fleet status`: where each practice is, what it spent and has left, what failed, and who is waited for. Opens no workspace."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from math import ceil
from pathlib import Path
from typing import Any

import pandas as pd

from migkit.model.words import number_of

from .declaration import Fleet, Practice, read_fleet
from .state import PracticeState, State, read_state

ORDER = (State.FAILED, State.WAITING, State.SCHEDULED, State.RUNNING, State.NEW, State.DONE)
"""What wants somebody comes first."""


@dataclass(frozen=True)
class Overview:
    """All practices of a fleet as they were last seen."""

    fleet: Fleet
    states: Mapping[Path, PracticeState]
    """Workspace → its state."""

    @property
    def is_done(self) -> bool:
        """Whether nothing is left to do in any practice."""
        return all(state.state is State.DONE for state in self.states.values())

    @property
    def counts(self) -> dict[State, int]:
        """State → practices; states without any are left out."""
        found = Counter(state.state for state in self.states.values())
        return {state: found[state] for state in ORDER if found[state]}

    @property
    def facts(self) -> tuple[str, ...]:
        """What it rests on, for a page's head."""
        seen = [state.at for state in self.states.values() if state.at]
        newest = (f"as of {moment(max(seen))}",) if seen else ()
        return (str(self.fleet.path), number_of(len(self.states), "practice"), *newest)

    @property
    def headline(self) -> dict[str, int]:
        """The numbers at the top of a page."""
        every = self.states.values()
        counts = {str(state): sum(one.state is state for one in every) for state in ORDER}
        return counts | {"tokens spent": sum(one.tokens_spent for one in every), "tokens left": sum(one.tokens_left or 0 for one in every)}

    @property
    def tones(self) -> dict[str, str]:
        """Number of the headline → its colour."""
        tones = {State.FAILED: "bad", State.WAITING: "warn", State.DONE: "good"}
        return {str(state): tone for state, tone in tones.items() if self.counts.get(state)}

    @property
    def days_left(self) -> pd.Series:
        """Practice → days that its account's tokens still take, begun ones as whole ones; the longest first.

        Practices that are done, or whose plan is not known, are left out.
        """
        known = {practice.name: self.states[practice.workspace].days_left for practice in self.fleet.practices}
        return pd.Series({name: ceil(days) for name, days in known.items() if days}, dtype="Int64").sort_values(ascending=False)

    @property
    def practices(self) -> pd.DataFrame:
        """One row per practice, those that want somebody first: practice, group, state, step, what, who, tokens spent, tokens left, days
        left, refused records, as of (UTC; the year stands above). Figures that are not known yet are empty."""
        rows = [
            {
                "practice": practice.name,
                "group": practice.group,
                "state": str(state.state),
                "step": state.step,
                "what": what(state),
                "who": practice.analyst if state.state in (State.WAITING, State.FAILED) else "",
                "tokens spent": state.tokens_spent,
                "tokens left": state.tokens_left,
                "days left": state.days_left,
                "refused records": state.failed_records,
                "as of": f"{datetime.fromtimestamp(state.at, UTC):%d %b %H:%M}" if state.at else "",
            }
            for practice, state in sorted(
                ((practice, self.states[practice.workspace]) for practice in self.fleet.practices),
                key=lambda each: (ORDER.index(each[1].state), each[0].name),
            )
        ]
        found = pd.DataFrame(rows)
        return found.astype({"tokens left": "Int64", "days left": "Float64"})

    @property
    def waited_for(self) -> pd.DataFrame:
        """One row per person and gate that practices wait for, the longest list first: who, gate, practices."""
        waiting = [
            (practice.analyst or "nobody named", state.gate or state.step, practice.name)
            for practice in self.fleet.practices
            if (state := self.states[practice.workspace]).state is State.WAITING
        ]
        frame = pd.DataFrame(waiting, columns=["who", "gate", "practices"])
        if frame.empty:
            return frame
        found = frame.groupby(["who", "gate"], as_index=False)["practices"].agg(", ".join)
        return found.sort_values("practices", key=lambda names: -names.str.count(","), kind="stable", ignore_index=True)

    def to_json(self) -> dict[str, Any]:
        """Return the overview as a plain document."""
        rows = self.practices.astype(object).where(self.practices.notna(), None).to_dict(orient="records")
        return {"counts": {str(state): count for state, count in self.counts.items()}, "practices": rows}

    def to_text(self) -> str:
        """Return it for a terminal."""
        head = ", ".join(f"{count:,} {state}" for state, count in self.counts.items())
        shown = self.practices.drop(columns=["as of"]).astype(object)
        return f"{head}\n\n{shown.where(shown.notna(), '').to_string(index=False)}"


def look_at(fleet: Fleet | Path | str) -> Overview:
    """Return where the practices of a fleet, or of a FLEET.toml, are."""
    found = fleet if isinstance(fleet, Fleet) else read_fleet(Path(fleet))
    return Overview(found, {practice.workspace: read_state(practice.workspace) for practice in found.practices})


def what(state: PracticeState) -> str:
    """Return what a practice waits for or failed on, and for a moment when that is."""
    if state.state is State.SCHEDULED:
        return f"again from {moment(state.until)}"
    return f"the approval of {state.gate}" if state.gate and state.state is State.WAITING else state.why


def in_words(practice: Practice, state: PracticeState) -> str:
    """Return how work on a practice ended, in a sentence."""
    who = f" for {practice.analyst}" if practice.analyst else ""
    at = f" at {state.step}" if state.step else ""
    known = {
        State.DONE: "done",
        State.WAITING: f"waiting{who}{at}: {what(state)}",
        State.SCHEDULED: f"scheduled, {what(state)}: {state.why}",
        State.FAILED: f"failed{at}: {state.why}",
    }
    return known.get(state.state, str(state.state))


def moment(seconds: float) -> str:
    """Return a moment in UTC, as Pipedrive's days go."""
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%d %H:%M UTC")
