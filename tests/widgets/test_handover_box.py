"""The form of the handover without a browser: what a press keeps and says."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from migkit.model.errors import UsageError
from migkit.widgets import HandoverBox

POINTS = [
    {"id": "owners", "what": "Staff <b>", "count": 2, "owner": "the practice manager", "until": "2026-12-14"},
    {"id": "reports", "what": "Reports", "count": 6, "owner": "the practice manager", "until": "2026-12-14"},
]
PEOPLE = {"practice": "the practice manager", "analyst": "Kim"}


def test_a_press_keeps_what_was_changed_and_makes_the_pack() -> None:
    """Only the point that was changed is decided; the other one stays proposed; the sentence is shown as text."""
    seen: list[tuple[Mapping[str, str], Mapping[str, tuple[str, str]]]] = []

    def make(people: Mapping[str, str], points: Mapping[str, tuple[str, str]]) -> str:
        seen.append((people, points))
        return "The pack lies in <there>."

    box = HandoverBox(PEOPLE, POINTS, make=make)
    box.people["practice"].value = "Jo Bennett"
    owner, until = box.points["owners"]
    owner.value, until.value = "Jo Bennett", date(2026, 12, 24)
    box._button.click()
    assert seen == [({"practice": "Jo Bennett", "analyst": "Kim"}, {"owners": ("Jo Bennett", "2026-12-24")})]
    assert "The pack lies in &lt;there&gt;." in box._said.value
    box._button.click()
    assert seen[-1][1] == {}


def test_a_refusal_is_shown_in_its_sentence() -> None:
    """What cannot be made is said; what was typed stays."""

    def refuse(people: Mapping[str, str], points: Mapping[str, tuple[str, str]]) -> str:
        raise UsageError("The account does not answer.")

    box = HandoverBox(PEOPLE, POINTS, make=refuse)
    box._button.click()
    assert "The account does not answer." in box._said.value
