"""Small controls that the mapping review is made of: rows to choose from, buttons, texts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import ipywidgets as w


def rows(name: str, on_choose: Callable[[Any], None]) -> w.ToggleButtons:
    """Return a list of rows of which one is chosen. One widget, however many rows: what makes 250 columns cheap."""
    made = w.ToggleButtons(options=[], value=None)
    made.add_class("mr-rows")
    made.add_class(name)
    made.observe(lambda change: on_choose(change["new"]), "value")
    return made


def fill(choices: w.ToggleButtons, options: Sequence[tuple[str, Any]], value: Any, hover: Sequence[str] = ()) -> None:
    """Give a list its rows, what each says on hover, and its choice; nothing is sent where nothing changed."""
    if tuple(choices.options) != tuple(options):
        choices.options = options
    if list(choices.tooltips) != list(hover):
        choices.tooltips = list(hover)
    if choices.value != value:
        choices.value = value


def button(label: str, on_click: Callable[[], None], width: str = "auto", kind: str = "mr-plain") -> w.Button:
    """Return a button."""
    made = w.Button(description=label, layout=w.Layout(width=width, height="30px"))
    made.add_class(kind)
    made.on_click(lambda _: on_click())
    return made


def text(label: str, value: str, width: str, on_change: Callable[[str], None]) -> w.Text:
    """Return a text field that tells of its change when it is left or Enter is hit."""
    made = w.Text(value, description=label, continuous_update=False, layout=w.Layout(width=width), style={"description_width": "62px"})
    made.observe(lambda change: on_change(change["new"]), "value")
    return made


def choice(label: str, options: Sequence[tuple[str, str]], on_change: Callable[[str], None], width: str, room: str = "62px") -> w.Dropdown:
    """Return a drop-down list; `room` is the width of its label."""
    made = w.Dropdown(description=label, options=options, layout=w.Layout(width=width), style={"description_width": room})
    made.observe(lambda change: on_change(change["new"]), "value")
    return made


def combobox(options: Iterable[str], placeholder: str, width: str) -> w.Combobox:
    """Return a text field that offers these; it tells of its change when it is left or Enter is hit."""
    return w.Combobox(options=list(options), placeholder=placeholder, continuous_update=False, layout=w.Layout(width=width))


def scroll(inner: w.Widget, most: str = "620px") -> w.Box:
    """Return a box that scrolls its content beyond a height."""
    box = w.VBox([inner], layout=w.Layout(max_height=most))
    box.add_class("mr-scroll")
    return box


def pane(name: str, children: Sequence[w.Widget]) -> w.VBox:
    """Return one of the review's columns."""
    box = w.VBox(list(children))
    box.add_class(name)
    return box


def line(*children: w.Widget) -> w.HBox:
    """Return controls side by side, wrapping where they do not fit."""
    box = w.HBox(list(children))
    box.add_class("mr-act")
    return box
