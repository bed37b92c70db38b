"""`CleaningReview`: what was mended on the way, rule by rule, each with examples and a veto that is saved at the click."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from html import escape

import ipywidgets as w
import pandas as pd

from migkit.model.canonical import CanonicalSchema
from migkit.model.errors import MigkitError
from migkit.model.words import number_of

from . import mapping_view as view
from .cleaning_state import CleaningState, Example, Rule, RuleLine
from .controls import button, choice, fill, line, pane, rows, scroll, text
from .people_state import Decisions

AGAIN = "Saved. It counts from the next reading on: run the notebook again to see the export read so."


class CleaningReview(w.VBox):
    """Lists the repairs by table, field and rule, and saves each veto to `decisions/cleaning.yaml`.

    `repairs` are those of the typed tables. Values are masked until "show values" is switched on.
    """

    def __init__(
        self,
        workspace: Decisions,
        repairs: pd.DataFrame,
        schema: CanonicalSchema,
        *,
        by: str = "",
        now: Callable[[], datetime] | None = None,
    ) -> None:
        self.state = CleaningState(workspace, repairs, schema, by=by, now=now)
        self._busy = False
        self._summary, self._head, self._examples, self._said = w.HTML(), w.HTML(), w.HTML(), w.HTML()
        self._by = text("Name", by, "220px", lambda _: None)
        self._table = choice("Table", [("all tables", ""), *self.state.tables()], lambda _: self._draw(), "260px", "44px")
        self._find = w.Text(placeholder="field or rule …", layout=w.Layout(width="170px"))
        self._find.observe(lambda _: self._draw(), "value")
        self._only = w.Checkbox(False, description="vetoed only", indent=False, layout=w.Layout(width="110px"))
        self._reveal = w.Checkbox(False, description="show values", indent=False, layout=w.Layout(width="112px"))
        self._rules, self._colours = rows("rules", lambda _: self._draw()), w.HTML()
        self._why = w.Text(placeholder="Why? (must be said)", layout=w.Layout(width="260px"))
        self._veto = button("Veto: leave as written", lambda: self._decide(self.state.veto), kind="mr-primary")
        self._allow = button("Take the veto back", lambda: self._decide(self.state.allow))
        for switch in (self._only, self._reveal):
            switch.observe(lambda _: self._draw(), "value")
        top = pane("mr-top", [self._summary, line(self._table, self._find, self._only, self._reveal, self._by)])
        listed = pane("mr-list", [scroll(self._rules, "420px"), self._colours])
        detail = pane("mr-detail", [self._head, self._examples, line(self._why, self._veto, self._allow), self._said])
        body = w.HBox([listed, detail])
        body.add_class("mr-body")
        super().__init__([w.HTML(view.style()), top, body])
        self.add_class("mr")
        self.add_class("mr-cleaning")
        self._draw()

    def _decide(self, action: Callable[[Rule, str], None]) -> None:
        self.state.by = self._by.value
        try:
            action(self._rules.value, self._why.value)
        except MigkitError as error:
            self._draw(f"<div class='note'>{escape(str(error))}</div>")
            return
        self._why.value = ""
        self._draw(f"<div class='soft'>{AGAIN}</div>")

    def _draw(self, said: str = "") -> None:
        if self._busy:
            return
        self._busy = True
        try:
            lines = self.state.lines(self._table.value, self._find.value, vetoed_only=self._only.value)
            known = [one.rule for one in lines]
            chosen = self._rules.value if self._rules.value in known else next(iter(known), None)
            fill(self._rules, [(_label(one), one.rule) for one in lines], chosen)
            self._colours.value = view.colours(".mr-rows.rules", ["ignored" if one.veto else "done" for one in lines])
            self._summary.value = _summary(self.state.lines(), len(lines))
            self._said.value = said
            self._draw_rule(None if chosen is None else self.state.line(chosen))
        finally:
            self._busy = False

    def _draw_rule(self, one: RuleLine | None) -> None:
        for control in (self._why, self._veto, self._allow):
            control.layout.display = "none" if one is None or not one.can_veto else ""
        if one is None:
            self._head.value, self._examples.value = "<div class='soft'>No rule is like that.</div>", ""
            return
        self._veto.disabled, self._allow.disabled = bool(one.veto), not one.veto
        self._head.value = _head(one)
        self._examples.value = _table(self.state.examples(one.rule, masked=not self._reveal.value), one)


def _label(one: RuleLine) -> str:
    count = "vetoed" if one.veto else f"{one.values:,}"
    return f"{view.shorten(one.title, 24)}\t{view.shorten(one.rule[2], 18)}  {count}"


def _summary(lines: list[RuleLine], shown: int) -> str:
    values, vetoed = sum(one.values for one in lines if not one.veto), sum(1 for one in lines if one.veto)
    return (
        f"<div class='mr-summary'><b>{number_of(values, 'value')} mended by {number_of(len(lines) - vetoed, 'rule')}</b>"
        f"<span class='soft'>{vetoed} vetoed · {shown} shown</span><span class='soft small'>saved to decisions/cleaning.yaml</span></div>"
    )


def _head(one: RuleLine) -> str:
    state = "<span class='pill good'>in force</span>"
    if one.veto:
        signed = f"{escape(str(one.veto.get('by', '')))}, {escape(str(one.veto.get('at', ''))[:10])}"
        state = f"<span class='pill warn'>vetoed</span> <span class='soft small'>by {signed}: {escape(str(one.veto.get('why', '')))}</span>"
    elif one.rule[2].startswith("cleaning:"):
        state = "<span class='pill'>yours: to change it, register the function again under the same name</span>"
    elif not one.can_veto:
        state = "<span class='pill'>nothing to veto: it fills in or reports, and replaces no value</span>"
    return f"<h3>{escape(one.title)}</h3><div>{escape(one.words[:1].upper() + one.words[1:])}.</div>{state}"


def _table(examples: list[Example], one: RuleLine) -> str:
    if not examples:
        return "<div class='soft'>The export was read without this rule, so there is nothing to show.</div>"
    body = "".join(
        f"<tr><td>{escape(e.where)}</td><td class='v'>{escape(e.before)}</td><td class='v'>{escape(e.after)}</td></tr>" for e in examples
    )
    more = f"<div class='soft small'>{len(examples)} different ones of {one.values:,}</div>"
    return f"<h4>Examples</h4><table class='mr-t'><tr><th>Row</th><th>Before</th><th>After</th></tr>{body}</table>{more}"
