"""Records to go through one by one, and a list of things to look at, each with a box to tick."""

from __future__ import annotations

import html
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol

import ipywidgets as ipw

from migkit.model.words import number_of

from .at_work import note
from .keys import Keys
from .people_card import CSS


class Draw(Protocol):
    """Draws one record as HTML."""

    def __call__(self, record: Any, *, show_values: bool) -> str:
        """Return the record, masked unless `show_values`."""


class RecordBrowser(ipw.VBox):
    """Shows the records of a group one at a time. `groups`: name → its records, each with a label; the first is shown at first.

    Values are masked until "Show values" is switched on.
    """

    def __init__(self, groups: Mapping[str, Sequence[tuple[str, Any]]], draw: Draw) -> None:
        self._groups, self._draw_one = groups, draw
        layout, style = {"width": "420px"}, {"description_width": "60px"}
        self.group = ipw.Dropdown(options=list(groups), description="Shape", layout=layout, style=style)
        first = _options(next(iter(groups.values()), ()))
        self.record = ipw.Dropdown(options=first, description="Record", layout=layout, style=style)
        self.values = ipw.Checkbox(value=False, description="Show values", indent=False, layout={"width": "130px"})
        self.back = ipw.Button(description="Back", icon="arrow-left", layout={"width": "100px"})
        self.next = ipw.Button(description="Next", icon="arrow-right", layout={"width": "100px"})
        self._where, self.body = ipw.HTML(), ipw.HTML()
        self.group.observe(lambda _: self._fill(), "value")
        self.record.observe(lambda _: self._draw(), "value")
        self.values.observe(lambda _: self._draw(), "value")
        self.back.on_click(lambda _: self._go(-1))
        self.next.on_click(lambda _: self._go(1))
        keys = Keys("mk-records", {"n": self.next.click, "b": self.back.click})
        row = {"flex_flow": "row wrap", "align_items": "center", "grid_gap": "8px"}
        choose = ipw.HBox([self.group, self.record], layout=row)
        go = ipw.HBox([self.back, self.next, self.values, self._where], layout=row)
        super().__init__([ipw.HTML(f"<style>{CSS}</style>"), choose, go, self.body, keys])
        self.add_class("mk-records")
        self._draw()

    def _fill(self) -> None:
        self.record.options = _options(self._groups.get(self.group.value, ()))
        self._draw()

    def _go(self, by: int) -> None:
        if self.record.options:
            self.record.value = ((self.record.value or 0) + by) % len(self.record.options)

    def _draw(self) -> None:
        own = self._groups.get(self.group.value, ())
        number = self.record.value or 0  # a browser that drew the list late says that nothing of it is chosen
        if number >= len(own):
            self._where.value, self.body.value = "", note("There is no record.")
            return
        label, record = own[number]
        where = f"{number + 1} of {number_of(len(own), 'record')} · keys: n next, b back"
        self._where.value = f'<div class="mkp count" role="status">{html.escape(where)}</div>'
        self.body.value = f'<div class="mk" aria-label="{html.escape(label)}">{self._draw_one(record, show_values=self.values.value)}</div>'


def _options(records: Sequence[tuple[str, Any]]) -> list[tuple[str, int]]:
    return [(label, number) for number, (label, _) in enumerate(records)]


class CheckList(ipw.VBox):
    """Things to look at, each with what it rests on and a box to tick, kept at the click by `keep(name, by, looked=…)`."""

    def __init__(
        self, asked: Mapping[str, str], ticked: Mapping[str, Mapping[str, str]], keep: Callable[..., None], *, by: str = ""
    ) -> None:
        self._keep = keep
        self._by = ipw.Text(value=by, description="Your name", placeholder="who looked", layout={"width": "260px"})
        self._said = ipw.HTML()
        self.boxes = {name: ipw.Checkbox(value=name in ticked, description=name, indent=False, layout={"width": "auto"}) for name in asked}
        rows = []
        for name, box in self.boxes.items():
            box.observe(lambda change, name=name: self._ticked(name, looked=change["new"]), "value")
            by_whom = f" · looked at by {ticked[name]['by']}" if name in ticked else ""
            told = f'<div class="mkp count" style="margin:0 0 6px 24px">{html.escape(asked[name] + by_whom)}</div>'
            rows += [box, ipw.HTML(told)]
        super().__init__([ipw.HTML(f"<style>{CSS}</style>"), self._by, *rows, self._said])
        self.add_class("mk-checklist")
        self._count()

    def _ticked(self, name: str, *, looked: bool) -> None:
        by = self._by.value.strip()
        if looked and not by:
            self.boxes[name].value = False
            self._said.value = note("Write your name first: every tick says who looked.")
        elif looked or by:
            self._keep(name, by, looked=looked)
            self._count()

    def _count(self) -> None:
        done = sum(box.value for box in self.boxes.values())
        self._said.value = note(f"{done} of {number_of(len(self.boxes), 'question')} looked at.")
