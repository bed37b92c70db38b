"""The approval of gates in a notebook: a button for each, and a sentence saying what was approved."""

from __future__ import annotations

import html
from collections.abc import Callable, Sequence

import ipywidgets as ipw

from migkit.model.errors import MigkitError
from migkit.model.gates import GateState

from .at_work import at_work, note
from .people_card import CSS


class ApprovalBox(ipw.VBox):
    """One row per gate: how it stands, and a button that approves it.

    `ask(gate)` says how a gate stands now; `approve(gate, by, note)` records the approval and returns a sentence, or raises
    MigkitError, whose sentence is shown. A gate is asked about anew at every click: what was decided meanwhile counts.
    """

    def __init__(
        self, gates: Sequence[str], *, ask: Callable[[str], GateState], approve: Callable[[str, str, str], str], by: str = ""
    ) -> None:
        self._ask, self._approve = ask, approve
        self._by = ipw.Text(value=by, description="Your name", placeholder="who approves", layout={"width": "260px"})
        self._note = ipw.Text(description="Note", placeholder="what you looked at, or why", layout={"width": "420px"})
        self._buttons = {gate: ipw.Button(description=f"Approve {gate}", icon="check", layout={"width": "180px"}) for gate in gates}
        self._states = {gate: ipw.HTML() for gate in gates}
        self._said = ipw.HTML()
        for gate, button in self._buttons.items():
            button.on_click(lambda _, gate=gate: self._clicked(gate))
        rows = [ipw.HBox([self._buttons[gate], self._states[gate]], layout={"flex_flow": "row wrap"}) for gate in gates]
        names = ipw.HBox([self._by, self._note], layout={"flex_flow": "row wrap"})
        super().__init__([ipw.HTML(f"<style>{CSS}</style>"), names, *rows, self._said])
        self.add_class("mk-approval")
        self.renew()

    def renew(self) -> None:
        """Draw how each gate stands now."""
        try:
            for gate in self._buttons:
                self._draw(gate, self._ask(gate))
        except MigkitError as error:
            self._said.value = note(str(error), "warn")

    def _clicked(self, gate: str) -> None:
        try:
            with at_work(self._said):
                sentence = self._try(gate)
                self.renew()
            self._said.value = note(sentence)
        except MigkitError as error:
            self._said.value = note(str(error))

    def _try(self, gate: str) -> str:
        by, note, state = self._by.value.strip(), self._note.value.strip(), self._ask(gate)
        if state.approved or state.blocks:
            return f"{gate}: {state.message}."
        if not by:
            return "Write your name first: every approval says who made it."
        if state.wants_reason and not note:
            return f"{gate}: {state.message}. To accept that, say why in the note, then press the button again."
        return self._approve(gate, by, note)

    def _draw(self, gate: str, state: GateState) -> None:
        self._buttons[gate].disabled = state.approved
        kind = "same" if state.approved else "near"
        self._states[gate].value = f'<div class="mkp"><span class="m {kind}">{html.escape(str(state.message))}</span></div>'
