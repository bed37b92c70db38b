"""Pieces of a notebook that are drawn again when something was decided."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import ipywidgets as ipw

from migkit.model.errors import MigkitError

from .at_work import note

_WHOLE = {"width": "100%", "margin": "0"}
"""As wide as its cell: the margin that widgets have by themselves makes a scroll bar below it."""


class Renewed(ipw.Output):
    """What `draw` makes (anything with `_repr_html_`, or None), now and at each `renew()`; a MigkitError stands there as its sentence.

    An output rather than HTML: tables that sort and filter bring a script, which runs in an output alone.
    """

    def __init__(self, draw: Callable[[], Any]) -> None:
        self._draw = draw
        super().__init__(layout=_WHOLE)
        self.renew()

    def renew(self) -> None:
        """Draw it as it is now."""
        try:
            drawn = self._draw()
            data = {} if drawn is None else {"text/html": drawn._repr_html_(), "text/plain": repr(drawn)}
        except MigkitError as error:
            data = {"text/html": note(str(error), "warn"), "text/plain": str(error)}
        self.outputs = ({"output_type": "display_data", "data": data, "metadata": {}},) if data else ()


class Remade(ipw.VBox):
    """The widget that `make` makes for what `which()` names; empty until that names anything, or where it makes none, and made anew when it
    names something else.

    Where it names nothing any more, what was made last stays: it may hold what a press just said.
    """

    def __init__(self, which: Callable[[], object], make: Callable[[], Any]) -> None:
        self._which, self._make = which, make
        self._made: object = None
        super().__init__(layout=_WHOLE)
        self.renew()

    def renew(self) -> None:
        """Make it as it is now."""
        which = self._which()
        if which is not None and which != self._made:
            made = self._make()
            self._made, self.children = which, () if made is None else (made,)


class Unmasked(ipw.VBox):
    """What `draw(show)` makes, with a box to tick that shows values as they are; drawn anew by `renew()` and at each tick."""

    def __init__(self, draw: Callable[[bool], Any]) -> None:
        self.values = ipw.Checkbox(value=False, description="Show values", indent=False, layout={"width": "auto"})
        self._shown = Renewed(lambda: draw(self.values.value))
        self.values.observe(lambda _: self.renew(), "value")
        super().__init__([self.values, self._shown], layout=_WHOLE)
        self._offer()

    def renew(self) -> None:
        """Draw it as it is now."""
        self._shown.renew()
        self._offer()

    def _offer(self) -> None:
        """Show the box only where there is something to see."""
        self.values.layout.display = "flex" if self._shown.outputs else "none"
