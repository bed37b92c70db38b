"""A view in the making: the common shapes as buttons, the SELECT to edit, its rows before and after, and the button that keeps it."""

from __future__ import annotations

import html
from collections.abc import Callable, Mapping, Sequence
from functools import partial

import ipywidgets as ipw
import pandas as pd

from migkit.model.errors import MigkitError
from migkit.report.masking import mask
from migkit.views import shapes

from .people_card import CSS

Tried = tuple[str, pd.DataFrame]
"""What a view would do, in a sentence, and its first rows."""


class ViewBox(ipw.VBox):
    """Writes, tries and keeps views.

    `tables`: name → columns of the export's tables. `attempt(sql)` says what a SELECT would do, `keep(name, sql, by, why)` keeps it and
    returns a sentence; both raise MigkitError, whose sentence is shown. Values are masked until "show values" is switched on.
    """

    def __init__(
        self,
        tables: Mapping[str, Sequence[str]],
        *,
        attempt: Callable[[str], Tried],
        keep: Callable[[str, str, str, str], str],
        by: str = "",
    ) -> None:
        self._tables, self._attempt, self._keep = tables, attempt, keep
        wide = {"width": "260px"}
        self.table = ipw.Dropdown(options=list(tables), description="Table", layout=wide)
        self.column = ipw.Dropdown(description="Column", layout=wide)
        self.columns = ipw.SelectMultiple(description="Columns", rows=4, layout=wide)
        self.other = ipw.Dropdown(options=list(tables), description="Other table", layout=wide)
        self.other_column = ipw.Dropdown(description="Its key", layout=wide)
        self.taken = ipw.SelectMultiple(description="Take", rows=4, layout=wide)
        self.text = ipw.Text(description="Text", placeholder="codes, or what stands between texts", layout=wide)
        self.called = ipw.Text(description="Call it", placeholder="name of the new column", layout=wide)
        self.sql = ipw.Textarea(placeholder="SELECT … FROM …", layout={"width": "820px", "height": "130px"})
        self.name = ipw.Text(description="Name", placeholder="of the view", layout=wide)
        self.why = ipw.Text(description="Why", placeholder="what the map can't say without it", layout={"width": "420px"})
        self.by = ipw.Text(value=by, description="Your name", layout=wide)
        self.reveal = ipw.Checkbox(False, description="show values", indent=False, layout={"width": "120px"})
        self._tried = pd.DataFrame()
        self._said, self._rows = ipw.HTML(), ipw.HTML()
        self.reveal.observe(lambda _: self._show(), "value")
        self.table.observe(lambda _: self._list_columns(), "value")
        self.other.observe(lambda _: self._list_columns(), "value")
        self._list_columns()
        written = {
            "Join by key": self._join,
            "First filled": lambda: shapes.first_filled(self.table.value, self.columns.value, self._called(), self._codes()),
            "Join texts": lambda: shapes.join_texts(self.table.value, self.columns.value, self._called(), self.text.value or " "),
            "Rows of a code": lambda: shapes.rows_by_code(self.table.value, self.column.value, self._codes()),
            "All other rows": lambda: shapes.rows_by_code(self.table.value, self.column.value, self._codes(), others=True),
        }
        self.buttons = {label: self._button(label, partial(self._write, write)) for label, write in written.items()}
        self.buttons |= {"Try": self._button("Try", self._try), "Keep": self._button("Keep", self._save)}
        shape = [self.buttons[label] for label in written]
        rows = [
            ipw.HBox([self.table, self.column, self.columns], layout={"flex_flow": "row wrap"}),
            ipw.HBox([self.other, self.other_column, self.taken], layout={"flex_flow": "row wrap"}),
            ipw.HBox([self.text, self.called], layout={"flex_flow": "row wrap"}),
            ipw.HBox(shape, layout={"flex_flow": "row wrap"}),
            self.sql,
            ipw.HBox([self.name, self.why, self.by], layout={"flex_flow": "row wrap"}),
            ipw.HBox([self.buttons["Try"], self.buttons["Keep"], self.reveal]),
            self._said,
            self._rows,
        ]
        super().__init__([ipw.HTML(f"<style>{CSS}</style>"), *rows])
        self.add_class("mk-views")

    @property
    def said(self) -> str:
        """The sentence that stands there now, as HTML."""
        return str(self._said.value)

    @property
    def rows(self) -> str:
        """The first rows of the view as tried, as HTML."""
        return str(self._rows.value)

    def _button(self, label: str, act: Callable[[], None]) -> ipw.Button:
        button = ipw.Button(description=label, layout={"width": "140px"})
        button.on_click(lambda _: act())
        return button

    def _list_columns(self) -> None:
        own, other = self._tables.get(self.table.value, ()), self._tables.get(self.other.value, ())
        self.column.options = self.columns.options = list(own)
        self.other_column.options = self.taken.options = list(other)

    def _join(self) -> str:
        taken = {column: column for column in self.taken.value}
        return shapes.join_by_key(self.table.value, self.column.value, self.other.value, self.other_column.value, taken)

    def _codes(self) -> list[str]:
        return [code.strip() for code in self.text.value.split(",") if code.strip()]

    def _called(self) -> str:
        return self.called.value.strip() or "joined"

    def _write(self, write: Callable[[], str]) -> None:
        self.sql.value = write()
        self._try()

    def _try(self) -> None:
        try:
            sentence, rows = self._attempt(self.sql.value)
        except MigkitError as error:
            self._say(str(error))
            self._tried = pd.DataFrame()
            self._show()
            return
        self._say(sentence)
        self._tried = rows
        self._show()

    def _show(self) -> None:
        shown = self._tried.astype(object).where(self._tried.notna(), "")
        values = [name for name in shown if not str(name).startswith("_")]
        shown[values] = shown[values] if self.reveal.value else shown[values].map(mask)
        self._rows.value = shown.rename(columns={"_file": "file", "_line": "line"}).to_html(index=False, border=0)

    def _save(self) -> None:
        if not self.by.value.strip():
            self._say("Write your name first: every decision says who made it.")
            return
        try:
            self._say(self._keep(self.name.value, self.sql.value, self.by.value.strip(), self.why.value))
        except MigkitError as error:
            self._say(str(error))

    def _say(self, sentence: str) -> None:
        self._said.value = f'<div class="mkp"><div class="note" role="status">{html.escape(sentence)}</div></div>'
