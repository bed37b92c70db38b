"""Choices with what each means: what would change is counted before they are kept."""

from __future__ import annotations

import html
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import ipywidgets as ipw

from migkit.model.errors import MigkitError

from .at_work import at_work, note
from .people_card import CSS


@dataclass(frozen=True)
class Choice:
    """One thing to choose: `options` are pairs of what people read and what is kept; none where a text is typed."""

    key: str
    label: str
    value: Any
    options: Sequence[tuple[str, Any]] = ()
    means: str = ""
    """What it is about, in a sentence or two."""
    is_several: bool = False
    """Whether any number of the options may be chosen; the value is a tuple then."""


class ChoiceBox(ipw.VBox):
    """Shows what is chosen. `compare(changed)` says what other choices would lead to, `keep(changed)` keeps them; both return a sentence.

    `changed` holds key → value of what stands otherwise than when the box was drawn or last kept. What they raise as MigkitError is
    shown as its sentence.
    """

    def __init__(
        self, choices: Sequence[Choice], *, compare: Callable[[Mapping[str, Any]], str], keep: Callable[[Mapping[str, Any]], str]
    ) -> None:
        self._kept = {each.key: each.value for each in choices}
        self.fields = {each.key: _field(each) for each in choices}
        self._said = ipw.HTML()
        look = ipw.Button(description="What would that change?", icon="search", layout={"width": "220px"})
        take = ipw.Button(description="Keep these choices", icon="check", layout={"width": "200px"})
        look.on_click(lambda _: self._pressed(compare, is_kept=False))
        take.on_click(lambda _: self._pressed(keep, is_kept=True))
        self.buttons = look, take
        rows = [_row(each, self.fields[each.key]) for each in choices]
        buttons = ipw.HBox([look, take], layout={"flex_flow": "row wrap"})
        super().__init__([ipw.HTML(f"<style>{CSS}</style>"), *rows, buttons, self._said])
        self.add_class("mk-choices")

    def changed(self) -> dict[str, Any]:
        """Return what was chosen otherwise."""
        return {key: field.value for key, field in self.fields.items() if field.value != self._kept[key]}

    def _pressed(self, act: Callable[[Mapping[str, Any]], str], *, is_kept: bool) -> None:
        changed = self.changed()
        if not changed:
            self._said.value = note("Nothing is chosen otherwise than it is kept.")
            return
        try:
            with at_work(self._said):
                sentence = act(changed)
            self._said.value = note(sentence)
            self._kept |= changed if is_kept else {}
        except MigkitError as error:
            self._said.value = note(str(error), "warn")


def _field(each: Choice) -> Any:
    layout, style = {"width": "420px"}, {"description_width": "170px"}
    if each.is_several:
        rows = min(6, max(3, len(each.options)))
        return ipw.SelectMultiple(options=each.options, value=each.value, description=each.label, layout=layout, style=style, rows=rows)
    if each.options:
        return ipw.Dropdown(options=each.options, value=each.value, description=each.label, layout=layout, style=style)
    return ipw.Text(value=each.value, description=each.label, layout=layout, style=style)


def _row(each: Choice, field: Any) -> ipw.HBox:
    means = ipw.HTML(f'<div class="mkp"><div class="count">{html.escape(each.means)}</div></div>', layout={"width": "480px"})
    return ipw.HBox([field, means], layout={"flex_flow": "row wrap", "align_items": "center"})
