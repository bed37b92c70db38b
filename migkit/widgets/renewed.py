"""A piece of a notebook that is drawn again when something was decided."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import ipywidgets as ipw

from migkit.model.errors import MigkitError

from .at_work import note


class Renewed(ipw.Output):
    """What `draw` makes (anything with `_repr_html_`, or None), now and at each `renew()`; a MigkitError stands there as its sentence.

    An output rather than HTML: tables that sort and filter bring a script, which runs in an output alone.
    """

    def __init__(self, draw: Callable[[], Any]) -> None:
        self._draw = draw
        super().__init__(layout={"width": "100%"})
        self.renew()

    def renew(self) -> None:
        """Draw it as it is now."""
        try:
            drawn = self._draw()
            data = {} if drawn is None else {"text/html": drawn._repr_html_(), "text/plain": repr(drawn)}
        except MigkitError as error:
            data = {"text/html": note(str(error), "warn"), "text/plain": str(error)}
        self.outputs = ({"output_type": "display_data", "data": data, "metadata": {}},) if data else ()
