"""The review of people without the browser: what is to decide, what was decided, and every decision saved at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Protocol

import pandas as pd

from migkit.identity import DIFFERENT, REVIEW, SAME, decide_account_pair, decide_pair
from migkit.model.people import People

OPEN, DECIDED, AUTOMATIC = "to decide", "decided", "merged without asking"
VIEWS = (OPEN, DECIDED, AUTOMATIC)


class Decisions(Protocol):
    """The part of a workspace that the widgets use."""

    def read_decision(self, name: str) -> dict[str, Any]:
        """Return the decision document."""

    def write_decision(self, name: str, document: Mapping[str, Any]) -> Path:
        """Write it."""


@dataclass(frozen=True)
class Case:
    """Two rows that may be one person, or a patient and a person of the account."""

    left: str
    right: str
    """Patient key, or `account:<person id>`."""
    score: float | None
    band: str
    evidence: str
    asked: str = ""
    """Why a person is asked, in words; "" where nobody is."""
    weights: str = ""
    """What each answer weighs, as `deduplicate` gives it; "" where it was not weighed."""

    @property
    def person_id(self) -> int | None:
        """Id of the Pipedrive person on the right, None where both are patients."""
        return int(self.right.removeprefix("account:")) if self.right.startswith("account:") else None


@dataclass(frozen=True)
class Progress:
    """How far the review is."""

    decided: int
    left: int
    skipped: int
    answered_elsewhere: int
    """Pairs that other decisions answer: A is B and B is C makes A and C one person."""


class PeopleState:
    """What the review shows and saves; the widget only draws it.

    `decide` saves to `decisions/identity.yaml` before it returns. The document is read anew each time, so that what another
    reviewer or an editor wrote meanwhile stays.
    """

    def __init__(
        self,
        workspace: Decisions,
        people: People,
        *,
        by: str = "",
        now: Callable[[], datetime] | None = None,
        records: Mapping[str, int] | None = None,
    ) -> None:
        self._workspace = workspace
        self._now = now or (lambda: datetime.now(UTC))
        self._undo: list[tuple[Case, Mapping[str, Any] | None]] = []
        self._skipped: list[Case] = []
        self.by = by
        self.view = OPEN
        self.place = 0
        self.cases = _by_use(_cases(people), records or {})
        self._survivors = _concerned(people.survivors, self.cases)
        self._read()

    # -- looking ------------------------------------------------------------------------------------------------

    def listed(self) -> list[Case]:
        """Return the cases of the present view, in the order in which they are shown."""
        if self.view == DECIDED:
            return [case for case in self.cases if self.decision(case)]
        if self.view == AUTOMATIC:
            return [case for case in self.cases if case.band == SAME and case.person_id is None and not self.decision(case)]
        waiting = [case for case in self.cases if case.band == REVIEW or case.person_id is not None]
        waiting = [case for case in waiting if not self.decision(case) and not self.answered_elsewhere(case)]
        return [case for case in waiting if case not in self._skipped] + [case for case in self._skipped if case in waiting]

    @property
    def current(self) -> Case | None:
        """The case that is shown, None where the view is empty."""
        cases = self.listed()
        return cases[min(self.place, len(cases) - 1)] if cases else None

    @property
    def progress(self) -> Progress:
        """How many are decided, left, skipped, and answered_elsewhere by other decisions."""
        waiting = [case for case in self.cases if (case.band == REVIEW or case.person_id is not None) and not self.decision(case)]
        answered_elsewhere = [case for case in waiting if self.answered_elsewhere(case)]
        skipped = [case for case in self._skipped if case in waiting and case not in answered_elsewhere]
        decided = sum(1 for case in self.cases if self.decision(case))
        return Progress(decided, len(waiting) - len(answered_elsewhere), len(skipped), len(answered_elsewhere))

    def decision(self, case: Case) -> str:
        """Return `same`, `different`, or "" where nobody decided."""
        return str((self._entries.get((case.left, case.right)) or {}).get("decision", ""))

    def entry(self, case: Case) -> Mapping[str, Any]:
        """Return the decision with who, when and why; {} where there is none."""
        return self._entries.get((case.left, case.right), {})

    def answered_elsewhere(self, case: Case) -> bool:
        """Return whether other decisions already say what this pair is."""
        if case.person_id is not None:
            return False
        left, right = self._group(case.left), self._group(case.right)
        return left == right or frozenset((left, right)) in self._apart

    def joined(self, case: Case) -> list[str]:
        """Return all patient keys that would be one person if the pair were the same."""
        wanted = {self._group(case.left)} | ({self._group(case.right)} if case.person_id is None else set())
        return [key for key in self._survivors if self._group(key) in wanted]

    # -- deciding -----------------------------------------------------------------------------------------------

    def decide(self, decision: str, why: str = "") -> None:
        """Decide the present case (`same` or `different`) and save it; nothing where the view is empty."""
        case = self.current
        if case is None:
            return
        self._undo.append((case, self._entries.get((case.left, case.right))))
        self._write(case, decision, by=self.by, why=why)

    def skip(self) -> None:
        """Leave the present case for the end of the queue; in other views, go on to the next."""
        case = self.current
        if case is None:
            return
        if self.view == OPEN:
            self._skipped = [other for other in self._skipped if other != case] + [case]
        else:
            self.place = (self.place + 1) % len(self.listed())

    def back(self) -> None:
        """Go to the case before the present one, round the end."""
        count = len(self.listed())
        self.place = (self.place - 1) % count if count else 0

    def show(self, view: str) -> None:
        """Change the view."""
        self.view, self.place = view, 0

    @property
    def can_undo(self) -> bool:
        """Whether there is a decision of this session to take back."""
        return bool(self._undo)

    def undo(self) -> None:
        """Take back the last decision of this session, save, and show its case again."""
        if not self._undo:
            return
        case, before = self._undo.pop()
        before = before or {}
        self._write(case, before.get("decision"), by=before.get("by", ""), why=before.get("why", ""), at=before.get("at"))
        self._skipped = [other for other in self._skipped if other != case]
        cases = self.listed()
        self.place = cases.index(case) if case in cases else 0

    # -- within -------------------------------------------------------------------------------------------------

    def _write(self, case: Case, decision: str | None, *, by: str, why: str, at: str | None = None) -> None:
        document = self._workspace.read_decision("identity")
        at = at or self._now().isoformat(timespec="seconds")
        if case.person_id is None:
            document = decide_pair(document, case.left, case.right, decision, by=by, at=at, why=why)
        else:
            document = decide_account_pair(document, case.left, case.person_id, decision, by=by, at=at, why=why)
        self._workspace.write_decision("identity", document)
        self._read()

    def _read(self) -> None:
        document = self._workspace.read_decision("identity")
        entries = {(e["left"], e["right"]): e for e in document.get("pairs") or ()}
        entries |= {(e["left"], f"account:{e['person_id']}"): e for e in document.get("account") or ()}
        self._entries: dict[tuple[str, str], Mapping[str, Any]] = entries
        self._regroup()

    def _regroup(self) -> None:
        """Who is one person by what is decided now: the merges of the last run, without the pairs that were parted since."""
        parted = {pair for pair, entry in self._entries.items() if entry["decision"] == DIFFERENT}
        loose = {self._survivors[key] for pair in parted for key in pair if key in self._survivors}
        self._above = {key: key if to in loose else to for key, to in self._survivors.items()}
        for (left, right), entry in self._entries.items():
            if entry["decision"] == SAME and left in self._above and right in self._above:
                self._above[self._group(right)] = self._group(left)
        self._apart = {frozenset((self._group(a), self._group(b))) for a, b in parted if a in self._above and b in self._above}

    def _group(self, key: str) -> str:
        while (above := self._above.get(key, key)) != key:
            key = above
        return key


def _cases(people: People) -> list[Case]:
    pairs = people.pairs[people.pairs["band"].isin([SAME, REVIEW]) | (people.pairs["decision"] != "")]
    found = [
        Case(row.left, row.right, _number(row.score), row.band, row.evidence, row.asked, row.weights)
        for row in pairs.itertuples(index=False)
    ]
    matches = people.account_pairs
    matches = matches[matches["band"].isin([SAME, REVIEW]) | (matches["decision"] != "")] if len(matches) else matches
    by_account = [row for row in matches.itertuples(index=False) if people.adopted.get(row.left) != row.person_id or row.decision]
    found += [
        Case(row.left, f"account:{row.person_id}", _number(row.score), row.band, row.evidence, row.asked, row.weights) for row in by_account
    ]
    return found


def _by_use(cases: list[Case], records: Mapping[str, int]) -> list[Case]:
    """Put first what an answer helps with most: what would stand double if they are one, and the other pairs that it settles.

    `records`: patient key → how many appointments, plans and invoices hang on it.
    """
    partners: dict[str, set[str]] = defaultdict(set)
    for case in cases:
        partners[case.left].add(case.right)
        partners[case.right].add(case.left)

    def use(case: Case) -> float:
        double = min(records.get(case.left, 0), records.get(case.right, 0))
        answered_elsewhere = len(partners[case.left] & partners[case.right])
        return (case.score or 0.0) * (1 + double + answered_elsewhere)

    return sorted(cases, key=use, reverse=True)


def _concerned(survivors: Mapping[str, str], cases: list[Case]) -> dict[str, str]:
    """The rows that are in a case or were merged: of all others every decision is independent, and they may be 200,000."""
    merged = {key for key, to in survivors.items() if key != to}
    keys = merged | {survivors[key] for key in merged} | {key for case in cases for key in (case.left, case.right)}
    return {key: survivors[key] for key in survivors if key in keys}


def _number(score: Any) -> float | None:
    return None if pd.isna(score) else float(score)
