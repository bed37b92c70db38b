"""The codes of one column in the mapping review: what each means, one by one, all that are shown at once, or spellings that may be one."""

from __future__ import annotations

from collections.abc import Callable

import ipywidgets as w

from . import mapping_view as view
from .controls import button, combobox, fill, line, rows, scroll
from .mapping_state import ReviewState


class CodeBox(w.VBox):
    """Draws the codes of the column that `draw` names, and hands decisions to `act`, which does what it is given and draws all anew."""

    def __init__(self, state: ReviewState, act: Callable[[Callable[[], object]], None]) -> None:
        self._state, self._act = state, act
        self._here, self._busy = ("", ""), False
        self._codes, self._colours = rows("codes", lambda _: self._draw_code()), w.HTML()
        self._meaning = combobox((), "means …", "200px")
        self._find = w.Text(placeholder="find in codes …", layout=w.Layout(width="150px"))
        self._only_open = w.Checkbox(False, description="without a meaning", indent=False, layout=w.Layout(width="150px"))
        for facet in (self._find, self._only_open):
            facet.observe(lambda _: None if self._busy else self._draw(), "value")
        self._set_all = button("", self._on_all)
        self._cluster = w.Dropdown(description="May be one", layout=w.Layout(width="400px"), style={"description_width": "76px"})
        self._clusters = line(self._cluster, button("One meaning for these", self._on_join))
        mean = line(self._meaning, button("Set the meaning", self._on_code), self._set_all)
        find = line(self._find, self._only_open)
        super().__init__([w.HTML("<h4>Codes</h4>"), find, scroll(self._codes, "200px"), mean, self._clusters, self._colours])

    def draw(self, source: str, column: str) -> None:
        """Draw the codes of a column; nothing is shown where it has none."""
        if self._here != (source, column):  # what was looked for in another column is no question to this one
            self._here, self._busy = (source, column), True
            self._find.value, self._only_open.value, self._busy = "", False, False
        self._draw()

    def _draw(self) -> None:
        every = self._state.values(*self._here)
        self.layout.display = "" if every else "none"
        like = set(self._shown())
        codes = [(value, decided) for value, decided in every if value.value in like]
        self._draw_clusters(len(codes), len(every))
        before = self._codes.value
        options = [(view.value_label(v, decided, self._state.is_proposed(*self._here, v)), v.value) for v, decided in codes]
        open_codes = [v.value for v, decided in codes if decided is None]
        kept = before if before in like else next(iter([*open_codes, *(v for _, v in options)]), None)
        fill(self._codes, options, kept, [f"{v.value}, {v.words} by {v.said_in}" if v.said_in else v.value for v, _ in codes])
        self._colours.value = view.colours(".mr-rows.codes", ["attention" if d is None else "done" for _, d in codes])
        self._meaning.options = self._state.meanings(*self._here) or sorted({d for _, d in every if d})
        self._draw_code()

    def _draw_clusters(self, shown: int, every: int) -> None:
        """Draw what is done to several codes at once: to all that are shown, and to spellings that may be one."""
        self._set_all.description = f"Set it for all {shown} shown"
        self._set_all.layout.display = "" if 1 < shown < every or self._only_open.value else "none"
        found = self._state.code_clusters(*self._here)
        self._clusters.layout.display = "" if found else "none"
        self._cluster.options = [
            (view.cluster_label([(one.value, one.rows) for one in group]), number) for number, group in enumerate(found)
        ]

    def _draw_code(self) -> None:
        decided = {v.value: d or v.choice for v, d in self._state.values(*self._here)}
        self._meaning.value = decided.get(self._codes.value) or ""

    def _shown(self) -> tuple[str, ...]:
        return tuple(self._state.codes_like(*self._here, self._find.value, only_open=self._only_open.value))

    def _said(self) -> str | None:
        return self._meaning.value.strip() or None

    def _on_code(self) -> None:
        value, meaning = self._codes.value, self._said()
        if value:
            self._act(lambda: self._state.set_value(*self._here, value, meaning))

    def _on_all(self) -> None:
        like, meaning = self._shown(), self._said()
        self._act(lambda: self._state.set_values(*self._here, like, meaning))

    def _on_join(self) -> None:
        found, chosen = self._state.code_clusters(*self._here), self._cluster.value
        if chosen is not None and chosen < len(found):
            self._act(lambda: self._state.join_codes(*self._here, found[chosen]))
