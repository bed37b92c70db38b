"""A piece of a notebook that is drawn again when something was decided."""

from __future__ import annotations

from collections.abc import Callable

import ipywidgets as ipw


class Renewed(ipw.HTML):
    """HTML that `draw` makes, now and at each `renew()`."""

    def __init__(self, draw: Callable[[], str]) -> None:
        self._draw = draw
        super().__init__(draw())
        self.layout.width = "100%"

    def renew(self) -> None:
        """Draw it as it is now."""
        self.value = self._draw()
