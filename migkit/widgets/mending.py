"""`MendTable`: rows that want mending, a cell to type into for each, saved when it is left, and read again at a press."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from html import escape

import ipywidgets as ipw

from migkit.model.errors import MigkitError
from migkit.model.words import number_of
from migkit.report import mask

from .at_work import at_work, note
from .mend_state import Groups, MendRow, MendState
from .people_card import CSS

PAGE = 12
"""Rows that are shown at once."""
_STYLE = (
    CSS
    + """
.mk-mend .mk-mend-row { border-bottom:1px solid #dfe6e9; padding:3px 0; align-items:baseline; }
.mk-mend .mkp summary { cursor:pointer; color:#0b6e6e; } .mk-mend .mkp del { color:#8a4b00; }
.mk-mend .mkp .soft { color:#5b6b73; }
"""
)


class MendTable(ipw.VBox):
    """Shows the rows of one problem at a time; what is typed into a cell is saved when Enter is hit or the cell is left.

    `again()` reads the export with what was mended and returns a sentence and the rows that are left. Values are masked until "Show
    values" is ticked. Between cells one moves by Tab.
    """

    def __init__(self, state: MendState, again: Callable[[], tuple[str, Groups]], find: Callable[[str], MendRow]) -> None:
        self.state, self._again, self._find_row = state, again, find
        self._busy, self._page = False, 0
        wide, style = {"width": "560px"}, {"description_width": "80px"}
        self.group = ipw.Dropdown(description="Problem", layout=wide, style=style)
        self.column = ipw.Dropdown(description="Column", layout={"width": "320px"}, style=style)
        self.values = ipw.Checkbox(value=False, description="Show values", indent=False, layout={"width": "120px"})
        self.by = ipw.Text(value=state.by, description="Your name", layout={"width": "260px"}, style=style)
        self.why = ipw.Text(description="Why", placeholder="e.g. the practice told us by phone", layout={"width": "460px"}, style=style)
        self.key = ipw.Text(
            description="Other row", placeholder="its key: patient:12", continuous_update=False, layout={"width": "320px"}, style=style
        )
        self.more = ipw.Button(description="Next rows", layout={"width": "110px"})
        self.read = ipw.Button(description="Read the export with that", icon="refresh", layout={"width": "230px"})
        self.said, self.rows = ipw.HTML(), ipw.VBox()
        self.group.observe(lambda _: self._choose(), "value")
        self.column.observe(lambda _: self._draw(), "value")
        self.values.observe(lambda _: self._draw(), "value")
        self.key.observe(lambda _: self._find(), "value")
        self.more.on_click(lambda _: self._next())
        self.read.on_click(lambda _: self._read())
        row = {"flex_flow": "row wrap", "align_items": "center", "grid_gap": "6px"}
        super().__init__(
            [
                ipw.HTML(f"<style>{_STYLE}</style>"),
                ipw.HBox([self.by, self.why], layout=row),
                ipw.HBox([self.group, self.key], layout=row),
                ipw.HBox([self.column, self.values, self.more], layout=row),
                self.rows,
                self.said,
                self.read,
            ]
        )
        self.add_class("mk-mend")
        self._fill()

    # -- choosing -------------------------------------------------------------------------------------------------------

    def _fill(self, chosen: str = "") -> None:
        self._busy = True
        names = list(self.state.groups)
        self.group.options = [(f"{name} ({len(self.state.groups[name])})", name) for name in names]
        self.group.value = chosen if chosen in names else next(iter(names), None)
        self._busy = False
        self._choose()

    def _shown(self) -> list[MendRow]:
        return list(self.state.groups.get(self.group.value or "", ()))

    def _choose(self) -> None:
        if self._busy:
            return
        self._busy, self._page, rows = True, 0, self._shown()
        self.column.options = self.state.columns(rows)
        known = next((row.column for row in rows if row.column in self.column.options), None)
        self.column.value = known or next(iter(self.column.options), None)
        self._busy = False
        self._draw()

    def _next(self) -> None:
        self._page = (self._page + 1) % max(1, -(-len(self._shown()) // PAGE))
        self._draw()

    def _find(self) -> None:
        if not self.key.value.strip():
            return
        try:
            row = self._find_row(self.key.value.strip())
        except MigkitError as error:
            self.said.value = note(str(error), "warn")
            return
        name = f"Row {row.label}"
        self.state.groups = {**self.state.groups, name: [row]}
        self._fill(name)

    # -- drawing --------------------------------------------------------------------------------------------------------

    def _draw(self) -> None:
        if self._busy:
            return
        rows = self._shown()
        self.more.layout.display = "" if len(rows) > PAGE else "none"
        here = rows[self._page * PAGE : (self._page + 1) * PAGE]
        self.rows.children = [self._row(row, row.column if self._mixed() else str(self.column.value)) for row in here]
        if not rows:
            self.said.value = note("No row wants mending.")
        elif len(rows) > PAGE:
            self.said.value = note(f"Rows {self._page * PAGE + 1} to {self._page * PAGE + len(here)} of {number_of(len(rows), 'row')}.")

    def _mixed(self) -> bool:
        """Whether the rows are about several columns: each shows its own then."""
        return len({(row.source, row.column) for row in self._shown()}) > 1

    def _row(self, row: MendRow, column: str) -> ipw.Widget:
        entry = self.state.entry(row, column)
        typed = ipw.Text(
            value=str(entry["after"]) if entry and self._open(row, column) else "",
            description=row.label,
            description_tooltip=f"{row.label}: {column}",
            placeholder=_typed_before(entry) if entry else f"{column} as it should be",
            continuous_update=False,
            layout={"width": "420px"},
            style={"description_width": "150px"},
        )
        told, whole = ipw.HTML(), ipw.HTML(self._whole(row))  # apart: what is redrawn must not take the focus away that Tab gave
        undo = ipw.Button(description="Undo", tooltip=f"Undo the mend of {row.label}", layout={"width": "80px"}, disabled=entry is None)
        told.value = self._told(row, column)
        typed.observe(lambda change: self._typed(row, column, str(change["new"]), told, undo), "value")
        undo.on_click(lambda _: self._undo(row, column))
        line = ipw.HBox([typed, undo, ipw.VBox([told, whole], layout={"width": "430px"})], layout={"flex_flow": "row wrap"})
        line.add_class("mk-mend-row")
        return line

    def _open(self, row: MendRow, column: str) -> bool:
        return self.values.value or column in row.plain

    def _seen(self, row: MendRow, column: str, text: str) -> str:
        return escape(text if self._open(row, column) else mask(text)) if text else "empty"

    def _told(self, row: MendRow, column: str) -> str:
        entry, before = self.state.entry(row, column), row.cells.get(column, "")
        now = self._seen(row, column, before)
        if entry is not None:
            now = f"<del>{self._seen(row, column, str(entry['before']))}</del> → <b>{self._seen(row, column, str(entry['after']))}</b>"
            signed = f"by {entry['by']}, {str(entry.get('at', ''))[:10]}: {entry['why']}"
            now += f' <span class="soft">{escape(signed)}</span>'
        place = "" if row.place == row.label else f"{escape(row.place)}. "
        return f'<div class="mkp">{escape(column)}: {now}<div class="soft">{place}{escape(row.why)}</div></div>'

    def _whole(self, row: MendRow) -> str:
        cells = "".join(
            f"<tr><th scope='row'>{escape(name)}</th><td>{self._seen(row, name, text)}</td></tr>"
            for name, text in row.cells.items()
            if text
        )
        return f'<div class="mkp"><details><summary>the whole row</summary><table>{cells}</table></details></div>' if cells else ""

    # -- deciding -------------------------------------------------------------------------------------------------------

    def _typed(self, row: MendRow, column: str, text: str, told: ipw.HTML, undo: ipw.Button) -> None:
        if not text.strip():
            return
        if self._decide(partial(self.state.mend, row, column, text), f"{row.label} is mended"):
            told.value, undo.disabled = self._told(row, column), False

    def _undo(self, row: MendRow, column: str) -> None:
        if self._decide(partial(self.state.undo, row, column), f"{row.label} counts as it is written again"):
            self._draw()

    def _decide(self, act: Callable[[str], None], done: str) -> bool:
        self.state.by = self.by.value
        try:
            act(self.why.value)
        except MigkitError as error:
            self.said.value = note(str(error), "warn")
            return False
        self.said.value = note(f"{done}: saved. Press “{self.read.description}” when you have mended what you wanted.")
        return True

    def _read(self) -> None:
        self.read.disabled = True
        try:
            with at_work(self.said):
                sentence, groups = self._again()
            self.state.groups = groups
            self._fill(str(self.group.value or ""))
            self.said.value = note(sentence)
        except MigkitError as error:
            self.said.value = note(str(error), "warn")
        finally:
            self.read.disabled = False


def _typed_before(entry: object) -> str:
    return "mended: type again to change it"
