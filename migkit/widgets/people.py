"""The review of people in a notebook: pairs side by side, a decision saved at every click."""

from __future__ import annotations

import html
from collections.abc import Callable
from datetime import datetime
from typing import Any

import ipywidgets as ipw
import pandas as pd

from migkit.identity import DIFFERENT, SAME
from migkit.model.people import People
from migkit.model.tables import CanonicalTables

from .keys import Keys
from .people_card import CSS, PeopleCard
from .people_state import DECIDED, OPEN, VIEWS, Decisions, PeopleState


class PeopleReview(ipw.VBox):
    """Shows pairs that may be one person, one at a time, and saves each decision to `decisions/identity.yaml`.

    Values are masked until "Show values" is switched on. `account_people` (as given to `resolve`) lets matches with persons of
    the account be seen side by side too. The file is the truth: after a restart the review goes on where it stood.
    """

    def __init__(
        self,
        workspace: Decisions,
        people: People,
        tables: CanonicalTables,
        *,
        by: str = "",
        account_people: pd.DataFrame | None = None,
        now: Callable[[], datetime] | None = None,
    ) -> None:
        self.state = PeopleState(workspace, people, by=by, now=now, records=_records(tables))
        self._card = PeopleCard(people, tables, account_people)
        self._view = ipw.ToggleButtons(options=VIEWS, value=OPEN, style={"button_width": "auto"})
        self._values = ipw.Checkbox(value=False, description="Show values", indent=False, layout={"width": "130px"})
        self._by = ipw.Text(value=by, description="Your name", placeholder="who decides", layout={"width": "260px"})
        self._why = ipw.Text(placeholder="Why? (may stay empty)", layout={"width": "230px"})
        self._progress, self._body, self._said = ipw.HTML(), ipw.HTML(), ipw.HTML()
        self._same = ipw.Button(description="Same person", button_style="success", icon="check", layout={"width": "150px"})
        self._same.style.button_color = "#1d7a46"
        self._different = ipw.Button(description="Different people", button_style="danger", icon="times", layout={"width": "160px"})
        self._back = ipw.Button(description="Back", icon="arrow-left", layout={"width": "100px"})
        self._skip = ipw.Button(description="Skip", icon="arrow-right", layout={"width": "100px"})
        self._undo = ipw.Button(description="Undo", icon="undo", layout={"width": "100px"})
        self._wire()
        top = ipw.HBox([self._view, self._values, self._by], layout={"flex_flow": "row wrap", "align_items": "center", "grid_gap": "12px"})
        buttons = [self._same, self._different, self._back, self._skip, self._undo, self._why]
        row = ipw.HBox(buttons, layout={"flex_flow": "row wrap", "align_items": "center", "grid_gap": "4px"})
        row.add_class("mk-people-act")
        hint = ipw.HTML('<div class="mkp count">Keys: s same · d different · n skip · b back · u undo</div>')
        inside = [ipw.HTML(f"<style>{CSS}</style>"), top, self._progress, row, self._said, self._body, hint, self._keys()]
        super().__init__(inside)
        self.add_class("mk-people-review")
        self._draw("")

    def _wire(self) -> None:
        self._same.on_click(lambda _: self._decide(SAME))
        self._different.on_click(lambda _: self._decide(DIFFERENT))
        self._skip.on_click(lambda _: self._do(self.state.skip, ""))
        self._back.on_click(lambda _: self._do(self.state.back, ""))
        self._undo.on_click(lambda _: self._do(self.state.undo, "The last decision is taken back and saved."))
        self._values.observe(lambda _: self._draw(""), "value")
        self._view.observe(lambda change: self._do(lambda: self.state.show(change["new"]), ""), "value")

    def _keys(self) -> Keys:
        """What the keyboard does."""

        def press(button: ipw.Button) -> Callable[[], None]:
            return lambda: None if button.disabled else button.click()

        buttons = {"s": self._same, "d": self._different, "n": self._skip, "b": self._back, "u": self._undo}
        return Keys("mk-people-review", {key: press(button) for key, button in buttons.items()})

    def _decide(self, decision: str) -> None:
        case = self.state.current
        if not self._by.value.strip():
            self._draw("Write your name first: every decision says who made it.")
            return
        self.state.by = self._by.value.strip()
        said = f"{case.left} and {case.right}: {decision}. Saved." if case else ""
        self._do(lambda: self.state.decide(decision, self._why.value.strip()), said)
        self._why.value = ""

    def _do(self, action: Callable[[], None], said: str) -> None:
        action()
        self._draw(said)

    def _draw(self, said: str) -> None:
        case, progress = self.state.current, self.state.progress
        self._progress.value = _progress(progress.decided, progress.left, progress.skipped, progress.answered_elsewhere)
        self._said.value = f'<div class="mkp count" role="status">{html.escape(said)}</div>'
        for button in (self._same, self._different, self._skip, self._back):
            button.disabled = case is None
        self._undo.disabled = not self.state.can_undo
        self._skip.description = "Skip" if self.state.view == OPEN else "Next"
        if case is None:
            self._body.value = f'<div class="mkp"><div class="note">{_nothing(self.state.view)}</div></div>'
            return
        cases = self.state.listed()
        number = f'<div class="count">{cases.index(case) + 1} of {len(cases)}{_decided(self.state.entry(case))}</div>'
        drawn = self._card.draw(case, masked=not self._values.value, joined=self.state.joined(case))
        self._body.value = f'<div class="mkp">{number}{drawn}</div>'


def _records(tables: CanonicalTables) -> dict[str, int]:
    """Patient key → how many appointments, treatment plans and invoices hang on it."""
    ids = pd.concat([tables[name]["patient_id"].dropna() for name in ("appointments", "treatment_plans", "invoices")])
    return {f"patient:{patient}": int(number) for patient, number in ids.value_counts().items()}


def _progress(decided: int, left: int, skipped: int, answered_elsewhere: int) -> str:
    total = decided + left
    share = 100 * decided / total if total else 100
    parts = [f"{decided} decided", f"{left} left"]
    parts += [f"{skipped} skipped"] if skipped else []
    parts += [f"{answered_elsewhere} settled by other decisions"] if answered_elsewhere else []
    bar = f'<div class="bar" role="progressbar" aria-label="decided" aria-valuenow="{share:.0f}"><i style="width:{share:.0f}%"></i></div>'
    return f'<div class="mkp">{bar}<div class="count">{" · ".join(parts)}</div></div>'


def _decided(entry: Any) -> str:
    if not entry:
        return ""
    why = f": {html.escape(entry['why'])}" if entry.get("why") else ""
    return f" · decided <b>{entry['decision']}</b> by {html.escape(str(entry.get('by', '')))}, {str(entry.get('at', ''))[:10]}{why}"


def _nothing(view: str) -> str:
    return {
        OPEN: "Nothing is left to decide. Press “Approve identity” below when you agree with the merges.",
        DECIDED: "Nobody has decided anything yet.",
    }.get(view, "No rows were merged without asking.")
