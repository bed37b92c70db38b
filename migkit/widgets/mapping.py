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

from migkit.mapping import LanguageModel, Memory, Proposals, field_of, in_words
from migkit.model.canonical import CanonicalSchema
from migkit.model.errors import MigkitError
from migkit.model.mapping import EQUIVALENCES
from migkit.model.tables import RawExport
from migkit.report import mask
from migkit.source import TRANSFORMS
from migkit.workspace import Workspace

from . import mapping_view as view
from .controls import button, choice, fill, line, pane, rows, scroll, text
from .keys import Keys
from .mapping_open import open_review
from .mapping_preview import previews

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


WAITING = ("conflict", "attention", "certain")
"""States of a column that somebody still has to look at."""
_NARROW = {"description_width": "38px"}


class MappingReview(w.VBox):
    """The review of one workspace's map. `state` holds everything that is shown; this only draws it."""

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
    ) -> None:
        self.state, self._destinations = open_review(
            workspace, raw, proposals, schema, by=by, memory=memory, language_model=language_model, policy=policy
        )
        self._settings, self._schema = workspace.settings, self.state.schema
        self._busy, self._source, self._column = False, "", ""
        self._codes_of = ("", "")
        self._build()
        super().__init__([w.HTML(view.style()), self._top, w.HBox([self._side, self._list, self._detail]), self._keys()])
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
        self._drop_table = button("Leave it out", self._on_drop_table)
        bulk = line(self._table_kind, self._accept_all, self._drop_table)
        self._list = pane("mr-list", [self._table_head, bulk, scroll(self._columns), self._column_colours, w.HTML(view.legend())])
        self._detail = pane("mr-detail", self._build_editor())

    def _build_editor(self) -> list[w.Widget]:
        self._head, self._notes, self._preview, self._why = w.HTML(), w.HTML(), w.HTML(), w.HTML()
        self._accept = button("Accept", self._on_accept, kind="mr-primary")
        self._reopen = button("Take back", lambda: self._act(lambda: self.state.reopen(*self._here)))
        self._candidates = w.ToggleButtons(options=[], value=None)
        self._candidates.add_class("mr-cands")
        self._candidates.observe(lambda change: self._on_target(change["new"]), "value")
        self._target = _combobox((), "other field …", "170px")
        self._target.observe(lambda change: self._on_named(change["new"]), "value")
        changes = [("as it is", ""), *((one.title, name) for name, one in TRANSFORMS.items())]
        self._transform = choice("Transform", changes, lambda v: self._act(lambda: self.state.set_transform(*self._here, v)), "420px")
        fits = [(word, word) for word in EQUIVALENCES]
        self._equivalence = choice("fit", fits, lambda v: self._act(lambda: self.state.set_equivalence(*self._here, v)), "170px", "24px")
        self._reason = _combobox(REASONS, "leave out, because …", "190px")
        self._leave = button("Leave out", lambda: self._act(lambda: self._then_next(self.state.leave_out, self._reason.value)))
        self._label = w.Text(description="Label", placeholder="of a new field", layout=w.Layout(width="230px"), style=_NARROW)
        self._kind = w.Dropdown(description="type", options=NEW_TYPES, layout=w.Layout(width="180px"), style={"description_width": "32px"})
        self._make = button("Make a new field", self._on_make)
        self._comment = text("Comment", "", "440px", lambda v: self._act(lambda: self.state.set_comment(*self._here, v)))
        self._codes, self._code_colours = rows("codes", lambda _: self._draw_code()), w.HTML()
        self._meaning = _combobox((), "means …", "200px")
        self._set_code = button("Set the meaning", self._on_code)
        self._find_code = w.Text(placeholder="find in codes …", layout=w.Layout(width="150px"))
        self._open_codes = w.Checkbox(False, description="without a meaning", indent=False, layout=w.Layout(width="150px"))
        for facet in (self._find_code, self._open_codes):
            facet.observe(lambda _: None if self._busy else self._draw_codes(), "value")
        self._set_codes = button("", self._on_codes)
        self._cluster = w.Dropdown(description="May be one", layout=w.Layout(width="400px"), style={"description_width": "76px"})
        self._join = button("One meaning for these", self._on_join)
        self._clusters = line(self._cluster, self._join)
        find, mean = line(self._find_code, self._open_codes), line(self._meaning, self._set_code, self._set_codes)
        codes = [w.HTML("<h4>Codes</h4>"), find, scroll(self._codes, "200px"), mean, self._clusters, self._code_colours]
        self._code_box = w.VBox(codes)
        self._forward = button("Next", self._on_next)
        bar = line(self._accept, self._forward, self._target, self._reason, self._leave, self._reopen)
        bar.add_class("mr-bar")
        return [
            self._head,
            bar,
            *(self._candidates, self._notes, self._preview, self._code_box, self._why),
            w.HTML("<h4>Finer points</h4>"),
            line(self._transform, self._equivalence),
            line(self._label, self._kind, self._make),
            self._comment,
        ]

    def _keys(self) -> Keys:
        """What the keyboard does; what has no key has a tab stop."""
        does = {
            "a": self._on_accept,
            "n": self._on_next,
            "u": lambda: self._act(self.state.undo),
            "x": lambda: self._act(lambda: self._then_next(self.state.leave_out, self._reason.value or REASONS[0])),
            "t": lambda: self._act(lambda: self.state.reopen(*self._here)),
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
            fill(self._tables, [(view.table_label(line), line.source) for line in lines], self._source)
            self._table_colours.value = view.table_colours(lines)
            fill(self._columns, [(view.column_label(line), line.column) for line in columns], self._column)
            self._column_colours.value = view.column_colours(columns)
            self._draw_table(sum(line.state == "certain" for line in columns))
        self._draw_column()

    def _draw_table(self, certain: int) -> None:
        source, table = self.state.raw.tables[self._source], self.state.table(self._source)
        proposal = self.state.table_proposal(self._source)
        findings = [f for f in self.state.conflicts_of(self._source) if not any(k.startswith(f"{self._source}.") for k in f.keys)]
        shown = [f for f in findings if f.code != "value-without-meaning"]
        self._table_head.value = view.table_heading(
            self._source, len(source.frame), source.files, proposal.candidates if proposal else (), shown
        )
        self._table_kind.value = table.table or ""
        self._accept_all.description = f"Accept {certain} certain" if certain else "Nothing certain is left"
        self._accept_all.disabled = not certain
        everywhere = len(self.state.certain())
        self._everywhere.description = f"Accept all {everywhere} that are certain" if everywhere else "Nothing certain is left"
        self._everywhere.disabled = not everywhere
        self._drop_table.disabled = table.table is None and all(c.state == "confirmed" for c in table.columns.values())

    def _draw_column(self) -> None:
        if not self._column:
            return
        state, source, name = self.state, self._source, self._column
        column, proposal = state.column(source, name), state.proposal(source, name)
        table = state.table(source).table
        column_state = next(line.state for line in state.columns(source) if line.column == name)
        titles = {t: label for label, t in state.targets(source)}
        with self._quiet():
            self._head.value = view.column_heading(
                column, self.state.said(source, name), column_state, in_words(proposal.profile) if proposal else ""
            )
            self._notes.value = view.notes(state.conflicts_of(source, name))
            self._draw_preview()
            self._why.value = view.evidence(proposal, titles)
            confirmed = column.state == "confirmed"
            proposed = self.state.said(source, name) if column.to or column.new_field else "leave it out"
            self._accept.description, self._accept.tooltip = "Accepted" if confirmed else "Accept", f"Accept: {proposed} (key a)"
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
            self._draw_codes()

    def _draw_preview(self) -> None:
        state, source, name = self.state, self._source, self._column
        column, table = state.column(source, name), state.table(source).table
        examples = state.examples(source, name)
        if table is None:
            self._preview.value = view.preview([], [], "The whole table is left out")
            return
        there = self._destinations.of(table, column)
        here = self._settings
        made = previews(examples, table, column, state.source_map, self._schema, there, here.timezone, here.country_rules)
        shown = [str(v) for v in examples]
        if not self._reveal.value and not self._is_plain(table, column.to):
            shown, made = [mask(v) for v in shown], [mask(v) if v != "—" else v for v in made]
        self._preview.value = view.preview(shown, made, there.label)

    def _draw_codes(self) -> None:
        if self._codes_of != self._here:  # what was looked for in another column is no question to this one
            self._codes_of = self._here
            with self._quiet():
                self._find_code.value, self._open_codes.value = "", False
        every = self.state.values(self._source, self._column)
        self._code_box.layout.display = "" if every else "none"
        like = set(self.state.codes_like(*self._here, self._find_code.value, only_open=self._open_codes.value))
        codes = [(value, decided) for value, decided in every if value.value in like]
        self._draw_clusters(len(codes), len(every))
        before = self._codes.value
        options = [(view.value_label(v.value, decided, v.rows), v.value) for v, decided in codes]
        open_codes = [v.value for v, decided in codes if decided is None]
        kept = before if before in {value for _, value in options} else next(iter([*open_codes, *(v for _, v in options)]), None)
        fill(self._codes, options, kept)
        self._code_colours.value = view.colours(".mr-rows.codes", ["attention" if d is None else "done" for _, d in codes])
        self._meaning.options = self.state.meanings(self._source, self._column) or sorted({d for _, d in every if d})
        self._draw_code()

    def _draw_clusters(self, shown: int, every: int) -> None:
        """Draw what is done to several codes at once: to all that are shown, and to spellings that may be one."""
        self._set_codes.description = f"Set it for all {shown} shown"
        self._set_codes.layout.display = "" if 1 < shown < every or self._open_codes.value else "none"
        found = self.state.code_clusters(*self._here)
        self._clusters.layout.display = "" if found else "none"
        self._cluster.options = [
            (view.cluster_label([(one.value, one.rows) for one in group]), number) for number, group in enumerate(found)
        ]

    def _draw_code(self) -> None:
        decided = {v.value: d or v.choice for v, d in self.state.values(*self._here)}
        self._meaning.value = decided.get(self._codes.value) or ""

    def _is_plain(self, table: str, to: str | None) -> bool:
        """Return whether values of this field may be shown without being asked for."""
        return to is not None and field_of(self._schema, table, to).sensitivity == "none"

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

    def _then_next(self, action: Callable[..., object], *args: object) -> None:
        """Do something to the column, then go on to the one that came after it and wants a look; stay where there is none."""
        here, after = self._here, self._following()
        action(*here, *args)
        self._source, self._column = next((place for place in after if self._waits(*place)), here)

    def _next(self) -> None:
        """Go on to the next column that wants a look; stay where there is none."""
        self._source, self._column = next((place for place in self._following() if self._waits(*place)), self._here)

    def _first(self) -> None:
        """Go to the first column of this table that wants a look, where it has one; else on."""
        here = next((line.column for line in self.state.columns(self._source) if line.state in WAITING), None)
        if here is None:
            self._next()
        else:
            self._column = here

    def _following(self) -> list[tuple[str, str]]:
        """Return every column as it stands in the lists: after this one, in the tables that follow, then from the top."""
        sources = [one.source for one in self.state.tables()]
        turn = sources.index(self._source) if self._source in sources else 0
        places = [(source, line.column) for source in sources[turn:] + sources[:turn] for line in self.state.columns(source)]
        here = places.index(self._here) + 1 if self._here in places else 0
        return places[here:] + places[:here]

    def _waits(self, source: str, column: str) -> bool:
        return any(line.column == column and line.state in WAITING for line in self.state.columns(source))

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
        self._act(lambda: self.state.set_table(self._source, table or None))

    def _on_column(self, column: Any) -> None:
        if not self._busy and column:
            self._column = column
            self._draw_column()

    def _on_accept(self) -> None:
        self._act(lambda: self._then_next(self.state.accept))

    def _on_accept_all(self) -> None:
        def accept() -> None:
            self.state.accept_certain(self._source)
            self._first()

        self._act(accept)

    def _on_drop_table(self) -> None:
        self._act(lambda: self.state.leave_out_table(self._source, "not needed in Pipedrive"))

    def _on_target(self, target: Any) -> None:
        if target and target != self.state.column(*self._here).to:
            self._act(lambda: self.state.set_target(*self._here, target))

    def _on_named(self, label: str) -> None:
        if not self._busy and label.strip():
            self._act(lambda: self._name_target(label))

    def _name_target(self, label: str) -> None:
        target = self.state.find_target(self._source, label)
        if target != self.state.column(*self._here).to:
            self.state.set_target(*self._here, target)

    def _on_make(self) -> None:
        self._act(lambda: self._then_next(self.state.set_new_field, self._label.value, self._kind.value))

    def _on_codes(self) -> None:
        like, meaning = (
            self.state.codes_like(*self._here, self._find_code.value, only_open=self._open_codes.value),
            self._meaning.value.strip(),
        )
        self._act(lambda: self.state.set_values(*self._here, like, meaning or None))

    def _on_join(self) -> None:
        found, chosen = self.state.code_clusters(*self._here), self._cluster.value
        if chosen is not None and chosen < len(found):
            self._act(lambda: self.state.join_codes(*self._here, found[chosen]))

    def _on_code(self) -> None:
        value, meaning = self._codes.value, self._meaning.value.strip()
        if value:
            self._act(lambda: self.state.set_value(*self._here, value, meaning or None))


def _combobox(options: Any, placeholder: str, width: str) -> w.Combobox:
    return w.Combobox(options=list(options), placeholder=placeholder, continuous_update=False, layout=w.Layout(width=width))
