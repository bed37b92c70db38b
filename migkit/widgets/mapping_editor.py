"""One column in the mapping review: what it means, what becomes of its values, and everything that can be decided about it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import ipywidgets as w

from migkit.mapping import field_of, in_words
from migkit.model.mapping import EQUIVALENCES
from migkit.report import mask
from migkit.source import TRANSFORMS
from migkit.workspace import Settings

from . import mapping_view as view
from .controls import button, choice, combobox, fill, line, text
from .mapping_codes import CodeBox
from .mapping_preview import LandingPreviews, previews
from .mapping_state import ReviewState

NEW_TYPES = (
    ("short text", "varchar"),
    ("long text", "text"),
    ("one of a list", "enum"),
    ("several of a list", "set"),
    ("number", "double"),
    ("money", "monetary"),
    ("date", "date"),
    ("phone", "phone"),
)
"""(how people call it, Pipedrive's type)."""
LIKELY = 0.01
"""Candidates less likely than this are no choice worth a button."""
REASONS = (
    "not needed in Pipedrive",
    "internal to the practice system",
    "always empty",
    "the same as another column",
    "must not leave the practice",
)

_NARROW = {"description_width": "38px"}


class ColumnEditor(w.VBox):
    """Draws the column that `draw` names. `act` does what it is given and draws all anew; `decide` does something to this column and goes
    on to the next one; `go_on` goes on without deciding."""

    def __init__(
        self,
        state: ReviewState,
        destinations: LandingPreviews,
        settings: Settings,
        *,
        act: Callable[[Callable[[], object]], None],
        decide: Callable[..., None],
        go_on: Callable[[], None],
    ) -> None:
        self._state, self._destinations, self._settings = state, destinations, settings
        self._act, self._decide = act, decide
        self._here, self._busy, self._is_revealed = ("", ""), False, False
        self._head, self._notes, self._preview, self._why = w.HTML(), w.HTML(), w.HTML(), w.HTML()
        self._accept = button("Accept", self.accept, kind="mr-primary")
        self._reopen = button("Take back", self.reopen)
        self._candidates = w.ToggleButtons(options=[], value=None)
        self._candidates.add_class("mr-cands")
        self._candidates.observe(lambda change: self._on_target(change["new"]), "value")
        self._target = combobox((), "other field …", "170px")
        self._target.observe(lambda change: self._on_named(change["new"]), "value")
        changes = [("as it is", ""), *((one.title, name) for name, one in TRANSFORMS.items())]
        self._transform = choice("Transform", changes, lambda v: self._set(state.set_transform, v), "420px")
        self._equivalence = choice(
            "fit", [(word, word) for word in EQUIVALENCES], lambda v: self._set(state.set_equivalence, v), "170px", "24px"
        )
        self._reason = combobox(REASONS, "leave out, because …", "190px")
        self._leave = button("Leave out", self.leave_out)
        self._label = w.Text(description="Label", placeholder="of a new field", layout=w.Layout(width="230px"), style=_NARROW)
        self._kind = w.Dropdown(description="type", options=NEW_TYPES, layout=w.Layout(width="180px"), style={"description_width": "32px"})
        self._make = button("Make a new field", lambda: self._decide(state.set_new_field, self._label.value, self._kind.value))
        self._comment = text("Comment", "", "440px", lambda v: self._set(state.set_comment, v))
        self._codes = CodeBox(state, act)
        bar = line(self._accept, button("Next", go_on), self._target, self._reason, self._leave, self._reopen)
        bar.add_class("mr-bar")
        finer = [line(self._transform, self._equivalence), line(self._label, self._kind, self._make), self._comment]
        shown = [self._candidates, self._notes, self._preview, self._codes, self._why]
        super().__init__([self._head, bar, *shown, w.HTML("<h4>Finer points</h4>"), *finer])
        self.add_class("mr-detail")

    # -- drawing ------------------------------------------------------------------------------------------------

    def draw(self, source: str, name: str, *, is_revealed: bool) -> None:
        """Draw a column as it is decided now; its examples are masked unless `is_revealed`, but where nobody's values stand in it."""
        self._here, self._is_revealed, self._busy = (source, name), is_revealed, True
        try:
            self._draw(source, name)
        finally:
            self._busy = False

    def _draw(self, source: str, name: str) -> None:
        state = self._state
        column, proposal = state.column(source, name), state.proposal(source, name)
        table = state.table(source).table
        column_state = next(line.state for line in state.columns(source) if line.column == name)
        titles = {t: label for label, t in state.targets(source)}
        said = state.said(source, name)
        self._head.value = view.column_heading(column, said, column_state, in_words(proposal.profile) if proposal else "")
        self._notes.value = view.notes(state.conflicts_of(source, name))
        self._draw_preview(source, name)
        self._why.value = view.evidence(proposal, titles)
        confirmed = column.state == "confirmed"
        proposed = said if column.to or column.new_field else "leave it out"
        accept = "Accept" if column.to or column.new_field else "Leave out: no home"
        self._accept.description, self._accept.tooltip = "Accepted" if confirmed else accept, f"Accept: {proposed} (key a)"
        self._accept.disabled, self._reopen.disabled = confirmed, not confirmed
        chosen = [c.target for c in proposal.candidates if c.confidence >= LIKELY] if proposal else []
        fill(self._candidates, [(titles.get(t, t), t) for t in chosen if t in titles], column.to if column.to in chosen else None)
        self._candidates.layout.display = "" if chosen and chosen != [column.to] else "none"
        self._target.options = list(titles.values())
        self._target.value = titles.get(column.to or "", "")
        self._transform.value, self._equivalence.value = column.transform, column.equivalence
        self._reason.value = column.reason if column.to is None and column.new_field is None else ""
        new = column.new_field or (proposal.new_field if proposal else None)
        self._label.value, self._kind.value = (new.label, new.type) if new else (name, "varchar")
        self._comment.value = column.comment
        for control in (self._candidates, self._target, self._transform, self._equivalence, self._make, self._label, self._kind):
            control.disabled = table is None
        self._codes.draw(source, name)

    def _draw_preview(self, source: str, name: str) -> None:
        state, here = self._state, self._settings
        column, table = state.column(source, name), state.table(source).table
        examples = state.examples(source, name)
        if table is None:
            self._preview.value = view.left_out()
            return
        there = self._destinations.of(table, column)
        made = previews(examples, table, column, state.source_map, state.schema, there, here.timezone, here.country_rules)
        shown = [str(v) for v in examples]
        if not self._is_revealed and not self._is_plain(table, column.to):
            shown, made = [mask(v) for v in shown], [mask(v) if v != "—" else v for v in made]
        self._preview.value = view.preview(shown, made, there.label)

    def _is_plain(self, table: str, to: str | None) -> bool:
        """Return whether values of this field may be shown without being asked for."""
        return to is not None and field_of(self._state.schema, table, to).sensitivity == "none"

    # -- clicks -------------------------------------------------------------------------------------------------

    def accept(self) -> None:
        """Take what is proposed."""
        self._decide(self._state.accept)

    def reopen(self) -> None:
        """Take the decision back."""
        self._act(lambda: self._state.reopen(*self._here))

    def leave_out(self) -> None:
        """Leave the column out for the reason that stands there, or as not needed."""
        self._decide(self._state.leave_out, self._reason.value or REASONS[0])

    def _set(self, change: Callable[[str, str, str], object], value: str) -> None:
        if not self._busy:
            self._act(lambda: change(*self._here, value))

    def _on_target(self, target: Any) -> None:
        if not self._busy and target and target != self._state.column(*self._here).to:
            self._act(lambda: self._state.set_target(*self._here, target))

    def _on_named(self, label: str) -> None:
        if not self._busy and label.strip():
            self._act(lambda: self._name_target(label))

    def _name_target(self, label: str) -> None:
        target = self._state.find_target(self._here[0], label)
        if target != self._state.column(*self._here).to:
            self._state.set_target(*self._here, target)
