"""Who settles what is open, until when; and a button that makes the pack with that."""

from __future__ import annotations

import html
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

import ipywidgets as ipw

from migkit.model.errors import MigkitError

from .at_work import at_work, note
from .people_card import CSS


class HandoverBox(ipw.VBox):
    """Shows each open point with its owner and day. `make(people, points)` keeps what was changed, makes the pack and returns a sentence.

    `points`: id, what, count, owner, until (ISO) of each; `people`: practice and analyst by name.
    """

    def __init__(
        self,
        people: Mapping[str, str],
        points: Sequence[Mapping[str, Any]],
        *,
        make: Callable[[Mapping[str, str], Mapping[str, tuple[str, str]]], str],
    ) -> None:
        self._make, self._given = make, {point["id"]: (str(point["owner"]), str(point["until"])) for point in points}
        wide = {"description_width": "170px"}
        self.people = {
            side: ipw.Text(value=people[side], description=label, layout={"width": "420px"}, style=wide)
            for side, label in (("practice", "For the practice answers"), ("analyst", "For the move answers"))
        }
        self.points: dict[str, tuple[ipw.Text, ipw.DatePicker]] = {}
        rows = []
        for point in points:
            owner = ipw.Text(value=point["owner"], description="owner", layout={"width": "300px"}, style={"description_width": "50px"})
            day = date.fromisoformat(str(point["until"]))
            until = ipw.DatePicker(value=day, description="until", layout={"width": "220px"}, style={"description_width": "40px"})
            self.points[point["id"]] = (owner, until)
            why = f'<div class="count">{html.escape(point["why"])}</div>' if point.get("first") else ""
            said = f"<b>{html.escape(point['what'])}</b> ({point['count']:,}){why}"
            rows.append(ipw.HBox([ipw.HTML(f'<div class="mkp">{said}</div>', layout={"width": "300px"}), owner, until], layout=_WRAP))
        self._button = ipw.Button(description="Make the pack with that", icon="check", layout={"width": "220px"})
        self._button.on_click(lambda _: self._pressed())
        self._said = ipw.HTML()
        super().__init__([ipw.HTML(f"<style>{CSS}</style>"), *self.people.values(), *rows, self._button, self._said])
        self.add_class("mk-handover")

    def _pressed(self) -> None:
        typed = {
            point: (owner.value.strip(), until.value.isoformat() if until.value else "") for point, (owner, until) in self.points.items()
        }
        changed = {point: said for point, said in typed.items() if said != self._given[point]}
        try:
            with at_work(self._said):
                sentence = self._make({side: field.value for side, field in self.people.items()}, changed)
            self._said.value = note(sentence)
            self._given = typed
        except MigkitError as error:
            self._said.value = note(str(error))


_WRAP = {"flex_flow": "row wrap", "align_items": "center"}
