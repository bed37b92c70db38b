"""The choice of owners without the browser: every practitioner with a user, and the fallback, saved at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from migkit.identity import decide_fallback, decide_owner
from migkit.model.account import AccountUser
from migkit.model.people import OwnerMatch, People

from .people_state import Decisions

MATCHED = "matched by e-mail"
BY_NAME = "matched by name"


@dataclass(frozen=True)
class OwnerRow:
    """One practitioner as the review shows them."""

    match: OwnerMatch
    chosen: str | None
    """E-mail of the user who would own the records now; None: the fallback."""
    status: str
    """As in the owner report, or `confirmed by …` once somebody decided."""
    needs_look: bool
    """Nobody decided, and no e-mail matched an active user."""


class OwnerState:
    """What the review shows and saves; each change is written to `decisions/owners.yaml` before the call returns."""

    def __init__(
        self,
        workspace: Decisions,
        people: People,
        *,
        users: Sequence[AccountUser] = (),
        by: str = "",
        now: Callable[[], datetime] | None = None,
    ) -> None:
        self._workspace = workspace
        self._now = now or (lambda: datetime.now(UTC))
        self._undo: list[dict[str, Any]] = []
        self._proposed_fallback = people.fallback_owner
        self.by = by
        named = {m.user_email for m in people.owners if m.user_email} | {people.fallback_owner}
        known = {user.email: f"{user.name} <{user.email}>" for user in users if user.active}
        self.users: Mapping[str, str] = known or {email: email for email in sorted(named) if email}
        """E-mail → how the user is shown; active users of the account, or those that were matched where none are given."""
        decided = self._document().get("owners") or {}
        rows = [self._row(match, decided) for match in people.owners]
        self._matches = [row.match for row in sorted(rows, key=lambda row: not row.needs_look)]

    def rows(self) -> list[OwnerRow]:
        """Return the practitioners, those that needed a look when the review was opened first: no row moves under a click."""
        decided = self._document().get("owners") or {}
        return [self._row(match, decided) for match in self._matches]

    @property
    def fallback(self) -> str:
        """The user who owns what nobody else does: as decided, else as proposed; "" where there is neither."""
        return str((self._document().get("fallback") or {}).get("user") or self._proposed_fallback)

    @property
    def fallback_is_decided(self) -> bool:
        """Whether somebody chose the fallback."""
        return bool((self._document().get("fallback") or {}).get("user"))

    def choose(self, practitioner: str, user: str | None, why: str = "") -> None:
        """Give a practitioner's records to a user, or to the fallback (None)."""
        match = next(match for match in self._matches if match.practitioner == practitioner)
        self._change(lambda owners, at: self._decide(owners, match, user, at, why))

    def choose_fallback(self, user: str) -> None:
        """Choose who owns what nobody else does."""
        self._change(lambda owners, at: decide_fallback(owners, user, by=self.by, at=at))

    def confirm_names(self) -> int:
        """Confirm all matches by name that nobody decided yet; return how many."""
        waiting = [row for row in self.rows() if row.needs_look and row.match.status == BY_NAME]

        def confirm(owners: Mapping[str, Any], at: str) -> dict[str, Any]:
            document = dict(owners)
            for row in waiting:
                document = self._decide(document, row.match, row.match.user_email, at, BY_NAME)
            return document

        if waiting:
            self._change(confirm)
        return len(waiting)

    @property
    def can_undo(self) -> bool:
        """Whether there is a change of this session to take back."""
        return bool(self._undo)

    def undo(self) -> None:
        """Take back the last change of this session and save."""
        if self._undo:
            self._workspace.write_decision("owners", self._undo.pop())

    def _decide(self, owners: Mapping[str, Any], match: OwnerMatch, user: str | None, at: str, why: str) -> dict[str, Any]:
        document = dict(owners)
        for row in match.rows:  # each by itself: a later export may not show any more that they are one
            document = decide_owner(document, row, user, by=self.by, at=at, why=why)
        return document

    def _change(self, change: Callable[[Mapping[str, Any], str], dict[str, Any]]) -> None:
        before = self._document()
        self._workspace.write_decision("owners", change(before, self._now().isoformat(timespec="seconds")))
        self._undo.append(before)

    def _document(self) -> dict[str, Any]:
        return self._workspace.read_decision("owners")

    def _row(self, match: OwnerMatch, decided: Mapping[str, Mapping[str, Any]]) -> OwnerRow:
        entry = next((decided[row] for row in match.rows if row in decided), None)
        if entry is None:
            chosen = match.user_email if match.status in (MATCHED, "confirmed") else None
            return OwnerRow(match, chosen, match.status, match.status not in (MATCHED, "confirmed"))
        said = "confirmed" if entry.get("user") else "left to the fallback"
        return OwnerRow(match, entry.get("user"), f"{said} by {entry.get('by') or 'somebody'}", False)
