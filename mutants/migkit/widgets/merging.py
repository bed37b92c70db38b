"""Where a second reviewer's map is handed in."""

from __future__ import annotations

import html
from collections.abc import Callable

import ipywidgets as ipw

from migkit.model.errors import MigkitError

from .people_card import CSS


class MergeBox(ipw.VBox):
    """A field for the path of the other reviewer's `mapping.yaml`, and a button.

    `merge(path)` brings that file in and returns sentences, what was taken first, then each disagreement; or raises MigkitError,
    whose sentence is shown.
    """

    def __init__(self, merge: Callable[[str], tuple[str, ...]]) -> None:
        self._merge = merge
        layout = {"width": "560px"}
        self._path = ipw.Text(description="Their map", placeholder="path of the other reviewer's mapping.yaml", layout=layout)
        self._take = ipw.Button(description="Take over", icon="code-fork", layout={"width": "140px"})
        self._said = ipw.HTML()
        self._take.on_click(lambda _: self._clicked())
        super().__init__([ipw.HTML(f"<style>{CSS}</style>"), ipw.HBox([self._path, self._take]), self._said])
        self.add_class("mk-merge")

    def _clicked(self) -> None:
        path = self._path.value.strip()
        try:
            sentences = self._merge(path) if path else ("Write the path of the other reviewer's mapping.yaml first.",)
        except MigkitError as error:
            sentences = (str(error),)
        lines = "".join(f'<div class="note" role="status">{html.escape(sentence)}</div>' for sentence in sentences)
        self._said.value = f'<div class="mkp">{lines}</div>'
