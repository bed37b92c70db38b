"""The approval box without a browser: what a press does."""

from __future__ import annotations

from migkit.model.errors import UsageError
from migkit.model.gates import GateState
from migkit.widgets import ApprovalBox

OPEN = GateState(False, "not approved yet")


class Gates:
    """Gates that are approved as soon as somebody does so."""

    def __init__(self, **states: GateState) -> None:
        self.states = states
        self.made: list[tuple[str, str, str]] = []

    def ask(self, gate: str) -> GateState:
        return self.states[gate]

    def approve(self, gate: str, by: str, note: str) -> str:
        self.made.append((gate, by, note))
        self.states[gate] = GateState(True, f"approved by {by}")
        return f"{gate}: approved by {by}."


def box(gates: Gates, by: str = "Kim") -> ApprovalBox:
    return ApprovalBox(tuple(gates.states), ask=gates.ask, approve=gates.approve, by=by)


def test_a_press_approves_that_gate_alone() -> None:
    """The approval carries name and note; the button of an approved gate is dead, the other gate stays as it was."""
    gates = Gates(owners=OPEN, identity=OPEN)
    made = box(gates)
    made._note.value = "asked the manager"
    made._buttons["owners"].click()
    assert gates.made == [("owners", "Kim", "asked the manager")]
    assert made._buttons["owners"].disabled and not made._buttons["identity"].disabled
    assert "approved by Kim" in made._states["owners"].value and "not approved yet" in made._states["identity"].value


def test_work_that_is_left_is_not_passed_over() -> None:
    """While columns are unconfirmed a press approves nothing and says what is left; once they are confirmed the same press approves."""
    gates = Gates(mapping=GateState(False, "3 columns are not confirmed yet", blocks=True))
    made = box(gates)
    made._buttons["mapping"].click()
    assert gates.made == [] and "mapping: 3 columns are not confirmed yet." in made._said.value
    gates.states["mapping"] = OPEN
    made._buttons["mapping"].click()
    assert gates.made == [("mapping", "Kim", "")]


def test_what_is_wrong_is_accepted_only_with_a_reason() -> None:
    """Critical findings are accepted by a press only when the note says why."""
    gates = Gates(quality=GateState(False, "2 critical findings are open", wants_reason=True))
    made = box(gates)
    made._buttons["quality"].click()
    assert gates.made == [] and "say why in the note" in made._said.value
    made._note.value = "the practice knows"
    made._buttons["quality"].click()
    assert gates.made == [("quality", "Kim", "the practice knows")]


def test_nobody_approves_without_a_name() -> None:
    """Without a name a press approves nothing."""
    gates = Gates(owners=OPEN)
    made = box(gates, by=" ")
    made._buttons["owners"].click()
    assert gates.made == [] and "Write your name first" in made._said.value


def test_a_refusal_is_shown_in_its_sentence() -> None:
    """What the approval refuses is said, as text and not as markup, and the gate stays open."""

    def refuse(gate: str, by: str, note: str) -> str:
        raise UsageError("The sample <b>has not been loaded yet.")

    made = ApprovalBox(("sample",), ask=lambda _: OPEN, approve=refuse, by="Kim")
    made._buttons["sample"].click()
    assert "The sample &lt;b&gt;has not been loaded yet." in made._said.value
    assert not made._buttons["sample"].disabled
