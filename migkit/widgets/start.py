"""The form of 00_start: where the export lies, which account, look, go."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import ipywidgets as ipw

from migkit.model.errors import MigkitError

from .at_work import at_work, note
from .people_card import CSS

PLANS = (("Lite", "lite"), ("Growth", "growth"), ("Premium", "premium"), ("Ultimate", "ultimate"))


class StartBox(ipw.VBox):
    """Asks for what a workspace needs; `ask(address)` says whether the account answers, `make(values)` makes the workspace.

    Both return a sentence, or raise MigkitError, whose sentence is shown.
    """

    def __init__(self, *, ask: Callable[[str], str], make: Callable[[Mapping[str, Any]], str], by: str = "") -> None:
        self._ask, self._make = ask, make

        def text(label: str, placeholder: str, value: str = "") -> ipw.Text:
            return ipw.Text(value=value, description=label, placeholder=placeholder, layout={"width": "620px"}, style=_WIDE)

        self.fields: dict[str, Any] = {
            "export": text("Export", "folder or .zip with the practice's files, e.g. ~/Downloads/export"),
            "workspace": text("Workspace", "a new folder for this practice, e.g. ~/migrations/acme-dental"),
            "practice": text("Practice", "its name, as reports will carry it"),
            "target": text("Pipedrive", "https://COMPANY.pipedrive.com"),
            "plan": ipw.Dropdown(description="Plan", options=PLANS, value="growth", layout={"width": "260px"}, style=_WIDE),
            "seats": ipw.BoundedIntText(description="Paid seats", value=1, min=1, max=10_000, layout={"width": "260px"}, style=_WIDE),
            "timezone": text("Time zone", "e.g. Australia/Brisbane", "Australia/Sydney"),
            "by": text("Your name", "as approvals will carry it", by),
        }
        self._look = ipw.Button(description="Does the account answer?", icon="search", layout={"width": "230px"})
        self._go = ipw.Button(description="Make the workspace", icon="check", layout={"width": "200px"})
        self._look.on_click(lambda _: self._say(lambda: self._ask(self._target())))
        self._go.on_click(lambda _: self._say(lambda: self._make(self._values())))
        self._said = ipw.HTML()
        buttons = ipw.HBox([self._look, self._go], layout={"flex_flow": "row wrap"})
        super().__init__([ipw.HTML(f"<style>{CSS}</style>"), *self.fields.values(), buttons, self._said])
        self.add_class("mk-start")

    def _target(self) -> str:
        return str(self.fields["target"].value).strip()

    def _values(self) -> dict[str, Any]:
        return {name: field.value for name, field in self.fields.items()}

    def _say(self, action: Callable[[], str]) -> None:
        missing = [field.description for name, field in self.fields.items() if name in _NEEDED and not str(field.value).strip()]
        if missing:
            self._said.value = note(f"Fill in first: {', '.join(missing)}.", "warn")
            return
        try:
            with at_work(self._said):
                sentence = action()
            self._said.value = note(sentence)
        except MigkitError as error:
            self._said.value = note(str(error), "warn")


_WIDE = {"description_width": "90px"}
_NEEDED = ("export", "workspace", "target", "timezone")
