"""The choice of owners in a notebook: staff to users, saved at every change."""

from __future__ import annotations

import html
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

import ipywidgets as ipw

from migkit.model.account import AccountUser
from migkit.model.people import People
from migkit.model.words import number_of

from .owner_state import BY_NAME, OwnerRow, OwnerState
from .people_card import CSS
from .people_state import Decisions

NOBODY = "nobody: the fallback owns"


class OwnerReview(ipw.VBox):
    """Lists every practitioner with the user who owns their records, and saves each change to `decisions/owners.yaml`.

    `users`: all users of the account, so that any of them can be chosen; without it, those that were matched. `changed` is called
    after each choice.
    """

    def __init__(
        self,
        workspace: Decisions,
        people: People,
        *,
        users: Sequence[AccountUser] = (),
        by: str = "",
        now: Callable[[], datetime] | None = None,
        changed: Callable[[], object] = lambda: None,
    ) -> None:
        self.state, self._changed = OwnerState(workspace, people, users=users, by=by, now=now), changed
        self._by = ipw.Text(value=by, description="Your name", placeholder="who decides", layout={"width": "260px"})
        self._fallback = ipw.Dropdown(description="Fallback", layout={"width": "420px"}, options=self._users("choose who owns the rest"))
        self._settle = ipw.Button(description="Confirm the fallback", icon="check", layout={"width": "180px"})
        self._names = ipw.Button(description="Confirm all matched by name", icon="check", layout={"width": "240px"})
        self._undo = ipw.Button(description="Undo", icon="undo", layout={"width": "100px"})
        self._rows = ipw.VBox()
        self._said = ipw.HTML()
        self._drawing = False
        self._fallback.observe(self._fallback_chosen, "value")
        self._settle.on_click(lambda _: self._do(lambda: self.state.choose_fallback(self._fallback.value)))
        self._names.on_click(lambda _: self._do(lambda: self.state.confirm_names()))
        self._undo.on_click(lambda _: self._do(self.state.undo))
        top = ipw.HBox([self._fallback, self._settle, self._by], layout={"flex_flow": "row wrap", "grid_gap": "12px"})
        row = ipw.HBox([self._names, self._undo], layout={"flex_flow": "row wrap"})
        super().__init__([ipw.HTML(f"<style>{CSS}</style>"), top, self._rows, row, self._said])
        self.add_class("mk-owner-review")
        self._draw("")

    def renew(self) -> None:
        """Draw it as it is decided now: an approval takes over what was proposed."""
        self._draw("")

    def _users(self, nobody: str) -> list[tuple[str, str]]:
        return [(nobody, ""), *((shown, email) for email, shown in self.state.users.items())]

    def _fallback_chosen(self, change: dict[str, Any]) -> None:
        if not self._drawing and change["new"]:
            self._do(lambda: self.state.choose_fallback(change["new"]))

    def _chosen(self, practitioner: str) -> Callable[[dict[str, Any]], None]:
        def choose(change: dict[str, Any]) -> None:
            if not self._drawing:
                self._do(lambda: self.state.choose(practitioner, change["new"] or None))

        return choose

    def _do(self, action: Callable[[], object]) -> None:
        if not self._by.value.strip():
            self._draw("Write your name first: every decision says who made it.")
            return
        self.state.by = self._by.value.strip()
        action()
        self._draw("Saved.")
        self._changed()

    def _draw(self, said: str) -> None:
        self._drawing = True
        rows = self.state.rows()
        self._fallback.value = self.state.fallback if self.state.fallback in self.state.users else ""
        self._settle.disabled = self.state.fallback_is_decided or not self._fallback.value
        self._rows.children = [ipw.HTML(_summary(rows, self.state)), *(self._row(row) for row in rows)]
        self._names.disabled = not any(row.needs_look and row.match.status == BY_NAME for row in rows)
        self._undo.disabled = not self.state.can_undo
        self._said.value = f'<div class="mkp count" role="status">{html.escape(said)}</div>'
        self._drawing = False

    def _row(self, row: OwnerRow) -> ipw.HBox:
        chosen = row.chosen if row.chosen in self.state.users else ""
        style = {"description_width": "44px"}
        choice = ipw.Dropdown(description="owner", options=self._users(NOBODY), value=chosen, layout={"width": "384px"}, style=style)
        choice.observe(self._chosen(row.match.practitioner), "value")
        parts: list[ipw.Widget] = [ipw.HTML(_practitioner(row), layout={"width": "360px"}), choice]
        who = row.match.practitioner
        if row.needs_look and row.match.status == BY_NAME and row.match.user_email:
            confirm = ipw.Button(description="Confirm", icon="check", tooltip=f"Confirm {row.match.user_email}", layout={"width": "110px"})
            confirm.on_click(lambda _: self._do(lambda: self.state.choose(who, row.match.user_email, BY_NAME)))
            parts.append(confirm)
        if row.needs_look:
            leave = ipw.Button(description="Leave to the fallback", layout={"width": "170px"})
            leave.on_click(lambda _: self._do(lambda: self.state.choose(who, None)))
            parts.append(leave)
        return ipw.HBox(parts, layout={"flex_flow": "row wrap", "align_items": "center", "border_bottom": "1px solid #dfe6e9"})


def _practitioner(row: OwnerRow) -> str:
    match = row.match
    kind = "near" if row.needs_look else "same"
    candidate = f" ({html.escape(match.user_email)})" if row.needs_look and match.user_email else ""
    facts = " · ".join(html.escape(text) for text in (match.role, match.email) if text)
    status = f'<span class="m {kind}">{html.escape(row.status)}{candidate}</span>'
    return f'<div class="mkp"><b>{html.escape(match.name)}</b> <span class="count">{facts}</span><br>{status}</div>'


def _summary(rows: Sequence[OwnerRow], state: OwnerState) -> str:
    waiting = sum(row.needs_look for row in rows)
    left = sum(row.chosen is None and not row.needs_look for row in rows)
    counted = ((len(rows) - left - waiting, "with a user"), (left, "left to the fallback"), (waiting, "to decide"))
    text = f"{number_of(len(rows), 'practitioner')}: {', '.join(f'{number} {what}' for number, what in counted if number)}"
    if not rows:
        text = "The export names no practitioner: every record goes to the fallback."
    note = ""
    if not state.fallback:
        note = '<div class="note warn">Choose a fallback: nothing can be loaded without one.</div>'
    elif not state.fallback_is_decided:
        note = '<div class="note">The fallback is only proposed: confirm it, choose another, or approve <i>owners</i> with it.</div>'
    return f'<div class="mkp"><div class="count">{text}</div>{note}</div>'
