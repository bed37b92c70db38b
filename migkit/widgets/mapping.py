"""`MappingReview`: the mapping review in a notebook. Draws what `ReviewState` says and hands clicks back to it.

One table's columns are one toggle list and one column's editor is one set of controls that are filled anew, so that 250
columns cost no more widgets than ten.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from html import escape
from typing import Any

import ipywidgets as w

from migkit.mapping import LanguageModel, Memory, Proposals
from migkit.model.canonical import CanonicalSchema
from migkit.model.errors import MigkitError
from migkit.model.tables import RawExport
from migkit.workspace import Workspace

from . import mapping_view as view
from .controls import button, choice, fill, line, pane, rows, scroll, text
from .keys import Keys
from .mapping_editor import ColumnEditor
from .mapping_open import open_review
from .mapping_walk import first_waiting, following


class MappingReview(w.VBox):
    """The review of one workspace's map. `state` holds everything that is shown; this only draws it.

    `completed()` is called when the last column is confirmed, and when one is opened again after that.
    """

    def __init__(
        self,
        workspace: Workspace,
        raw: RawExport | None = None,
        proposals: Proposals | None = None,
        schema: CanonicalSchema | None = None,
        *,
        by: str = "analyst",
        memory: Memory | None = None,
        language_model: LanguageModel | None = None,
        policy: str = "evolve",
        completed: Callable[[], None] = lambda: None,
    ) -> None:
        self.state, self._destinations = open_review(
            workspace, raw, proposals, schema, by=by, memory=memory, language_model=language_model, policy=policy
        )
        self._settings, self._completed, self._is_complete = workspace.settings, completed, not self.state.progress.left
        self._busy, self._source, self._column = False, "", ""
        self._build()
        super().__init__([w.HTML(view.style()), self._top, w.HBox([self._side, self._list, self._editor]), self._keys()])
        self.add_class("mr")
        self.children[2].add_class("mr-body")
        lines = self.state.tables()
        if lines:
            self._source = lines[0].source
            self._open_table()

    # -- the parts ----------------------------------------------------------------------------------------------

    def _build(self) -> None:
        self._summary, self._error = w.HTML(), w.HTML()
        self._who = text("Reviewer", self.state.by, "200px", self._on_who)
        self._reveal = w.Checkbox(False, description="show values", indent=False, layout=w.Layout(width="112px"))
        self._reveal.observe(lambda _: self._draw_column(), "value")
        self._undo = button("Undo", lambda: self._act(self.state.undo), "84px")
        self._everywhere = button("", lambda: self._act(self._accept_everywhere), kind="mr-primary")
        left = line(self._everywhere, self._undo, self._reveal, self._who)
        head = w.VBox([self._summary, left])
        head.add_class("mr-head")
        self._top = pane("mr-top", [head, w.HTML(view.questions(self.state.questions)), self._error])
        self._tables, self._table_colours = rows("tables", self._on_table), w.HTML()
        self._side = pane("mr-side", [w.HTML("<h3 class='mr-small'>Source tables</h3>"), scroll(self._tables), self._table_colours])
        self._columns, self._column_colours = rows("columns", self._on_column), w.HTML()
        self._table_head = w.HTML()
        kinds = [("left out", ""), *((table.title, name) for name, table in self.state.schema.tables.items())]
        self._table_kind = choice("holds", kinds, self._on_table_kind, "222px", "36px")
        self._accept_all = button("", self._on_accept_all, kind="mr-primary")
        self._drop_homeless = button("", self._on_drop_homeless)
        self._as_other = button("", self._on_as_other)
        self._drop_table = button("Leave the table out", self._on_drop_table)
        bulk = line(self._table_kind, self._accept_all, self._as_other, self._drop_homeless, self._drop_table)
        self._list = pane("mr-list", [self._table_head, bulk, scroll(self._columns), self._column_colours, w.HTML(view.legend())])
        self._editor = ColumnEditor(self.state, self._destinations, self._settings, act=self._act, decide=self._decide, go_on=self._on_next)

    def _keys(self) -> Keys:
        """What the keyboard does; what has no key has a tab stop."""
        does = {
            "a": self._editor.accept,
            "n": self._on_next,
            "u": lambda: self._act(self.state.undo),
            "x": self._editor.leave_out,
            "t": self._editor.reopen,
        }
        return Keys("mr", does, {"o": ".mr-bar input[placeholder^='other']"})

    @property
    def _here(self) -> tuple[str, str]:
        return self._source, self._column

    # -- drawing ------------------------------------------------------------------------------------------------

    @contextmanager
    def _quiet(self) -> Iterator[None]:
        """Fill controls without taking that for a click."""
        before, self._busy = self._busy, True
        try:
            yield
        finally:
            self._busy = before

    def _draw(self) -> None:
        state = self.state
        lines, columns = state.tables(), state.columns(self._source)
        with self._quiet():
            self._summary.value = view.summary(state.progress, len(state.conflicts), "every click is saved")
            self._undo.disabled, self._undo.tooltip = not state.last, f"take back: {state.last}"
            names = [line.source for line in lines]
            fill(self._tables, [(view.table_label(line), line.source) for line in lines], self._source, names)
            self._table_colours.value = view.table_colours(lines)
            whole = [f"{line.column} → {line.meaning}" for line in columns]
            fill(self._columns, [(view.column_label(line), line.column) for line in columns], self._column, whole)
            self._column_colours.value = view.column_colours(columns)
            self._draw_table(sum(line.state == "certain" for line in columns))
        self._draw_column()

    def _draw_table(self, certain: int) -> None:
        source, table = self.state.raw.tables[self._source], self.state.table(self._source)
        proposal = self.state.table_proposal(self._source)
        findings = [f for f in self.state.conflicts_of(self._source) if not any(k.startswith(f"{self._source}.") for k in f.keys)]
        shown = [f for f in findings if f.code != "value-without-meaning"]
        self._table_head.value = view.table_heading(self._source, len(source.frame), source.files, proposal, shown)
        self._table_kind.value = table.table or ""
        self._accept_all.description = f"Accept {certain} certain" if certain else "Nothing certain is left"
        self._accept_all.disabled = not certain
        everywhere = len(self.state.certain())
        self._everywhere.description = f"Accept all {everywhere} that are certain" if everywhere else "Nothing certain is left"
        self._everywhere.disabled = not everywhere
        other, columns = self.state.like(self._source)
        self._as_other.description = f"Decide {len(columns)} as in {view.shorten(other, 18)}"
        self._as_other.tooltip = f"as the same headers are decided in {other}: {', '.join(columns)}"
        self._as_other.layout.display = "" if columns else "none"
        homeless = len(self.state.homeless(self._source))
        self._drop_homeless.description = f"Leave out all {homeless} without a home"
        self._drop_homeless.layout.display = "" if homeless > 1 and table.table else "none"
        self._drop_table.disabled = table.table is None and all(c.state == "confirmed" for c in table.columns.values())

    def _draw_column(self) -> None:
        if self._column:
            self._editor.draw(*self._here, is_revealed=self._reveal.value)

    # -- clicks -------------------------------------------------------------------------------------------------

    def _act(self, change: Callable[[], object]) -> None:
        """Do what was clicked, show it, and say in one sentence what could not be done."""
        if self._busy:
            return
        self._error.value = ""
        try:
            change()
        except MigkitError as error:
            self._error.value = f"<div class='note'>{escape(str(error))}</div>"
        self._draw()
        if self._is_complete == bool(self.state.progress.left):
            self._is_complete = not self._is_complete
            self._completed()

    def _decide(self, action: Callable[..., object], *args: object) -> None:
        """Decide about the column, show it, and go on."""
        self._act(lambda: self._then_next(action, *args))

    def _then_next(self, action: Callable[..., object], *args: object) -> None:
        """Do something to the column, then go on to the one that came after it and wants a look; stay where there is none."""
        here, after = self._here, following(self.state, self._here)
        action(*here, *args)
        self._source, self._column = first_waiting(self.state, after, here)

    def _next(self) -> None:
        """Go on to the next column that wants a look; stay where there is none."""
        self._source, self._column = first_waiting(self.state, following(self.state, self._here), self._here)

    def _first(self) -> None:
        """Go to the first column of this table that wants a look, where it has one; else on."""
        here = [(self._source, line.column) for line in self.state.columns(self._source)]
        self._source, self._column = first_waiting(self.state, here + following(self.state, self._here), self._here)

    def _on_next(self) -> None:
        """Go on without deciding."""
        self._next()
        self._draw()

    def _accept_everywhere(self) -> None:
        self.state.accept_certain_everywhere()
        self._first()

    def _open_table(self) -> None:
        columns = self.state.columns(self._source)
        self._column = columns[0].column if columns else ""
        self._draw()

    def _on_who(self, name: str) -> None:
        self.state.by = name.strip() or self.state.by

    def _on_table(self, source: Any) -> None:
        if not self._busy and source:
            self._source = source
            self._open_table()

    def _on_table_kind(self, table: str) -> None:
        if self._busy:
            return
        decided = self.state.decided(self._source)
        self._act(lambda: self.state.set_table(self._source, table or None))
        if decided and not self._error.value:
            self._error.value = view.opened_again(decided)

    def _on_column(self, column: Any) -> None:
        if not self._busy and column:
            self._column = column
            self._draw_column()

    def _on_accept_all(self) -> None:
        self._act(lambda: self._then_first(self.state.accept_certain))

    def _on_as_other(self) -> None:
        self._act(lambda: self._then_first(self.state.decide_as))

    def _on_drop_homeless(self) -> None:
        self._act(lambda: self._then_first(self.state.leave_out_homeless))

    def _on_drop_table(self) -> None:
        self._act(lambda: self._then_first(self.state.leave_out_table, "not needed in Pipedrive"))

    def _then_first(self, action: Callable[..., object], *args: object) -> None:
        """Do something to this table, then go to its first column that wants a look, or on."""
        action(self._source, *args)
        self._first()
