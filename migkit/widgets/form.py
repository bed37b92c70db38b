"""A short form with one button: what to fill in, what the press does, and the sentence that it says afterwards."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import ipywidgets as ipw

from migkit.model.errors import MigkitError

from .at_work import at_work, note
from .people_card import CSS


@dataclass(frozen=True)
class Asked:
    """One line of a form: its key, its label, an example of what goes in, and the choices where there are any."""

    key: str
    label: str
    example: str = ""
    choices: Sequence[str] = ()


@dataclass(frozen=True)
class Done:
    """What a press led to: a sentence, and tables that show it."""

    sentence: str
    views: Sequence[Shown] = ()


class Shown(Protocol):
    """Anything that a notebook draws as HTML."""

    def _repr_html_(self) -> str: ...


def _unforeseen(error: Exception) -> str:
    """Return what to say of a fault of ours: its kind and place, which hold no value of a patient."""
    at = traceback.extract_tb(error.__traceback__)[-1]
    return (
        f"This stopped at a fault of migkit: {type(error).__name__} at {Path(at.filename).name}, line {at.lineno}. Tell whoever "
        "looks after migkit these words. What was written until now is known."
    )


class FormBox(ipw.VBox):
    """Asks, and acts at a press: `act(answers)` gets key → text without blanks around it.

    What it raises as MigkitError is shown as its sentence, and so is an interrupt; progress that it draws stands below the button until
    it is done. The button rests meanwhile, so that a second press does not begin it twice. `is_grave` draws the button as one that takes
    something away.
    """

    def __init__(self, asked: Sequence[Asked], *, button: str, act: Callable[[Mapping[str, str]], Done], is_grave: bool = False) -> None:
        self._act = act
        self.fields = {each.key: _field(each) for each in asked}
        self._button = ipw.Button(
            description=button, layout={"width": "auto", "align_self": "flex-start"}, button_style="danger" if is_grave else ""
        )
        self._button.on_click(lambda _: self._pressed())
        self._progress, self._said, self._views = ipw.Output(), ipw.HTML(), ipw.HTML()
        super().__init__([ipw.HTML(f"<style>{CSS}</style>"), *self.fields.values(), self._button, self._progress, self._said, self._views])
        self.add_class("mk-form")

    def _pressed(self) -> None:
        self._button.disabled = True
        self._views.value = ""
        outcome: Done | str = ""
        try:
            with at_work(self._said), self._progress:
                outcome = self._outcome()
        finally:
            self._progress.clear_output()
            self._button.disabled = False
        if isinstance(outcome, Done):
            self._said.value = note(outcome.sentence)
            self._views.value = "".join(view._repr_html_() for view in outcome.views)
        else:
            self._said.value = note(outcome, "warn")

    def _outcome(self) -> Done | str:
        """Act, and return what came of it, or the sentence of a refusal: a kernel's output swallows what is raised within it."""
        try:
            return self._act({key: str(field.value or "").strip() for key, field in self.fields.items()})
        except MigkitError as error:
            return str(error)
        except KeyboardInterrupt:
            return "Interrupted. What was written until now is known: press again to go on from there."
        except Exception as error:
            return _unforeseen(error)


def _field(each: Asked) -> ipw.Text | ipw.Dropdown:
    layout, style = {"width": "620px"}, {"description_width": "150px"}
    if each.choices:
        return ipw.Dropdown(options=list(each.choices), description=each.label, layout=layout, style=style)
    return ipw.Text(description=each.label, placeholder=each.example, layout=layout, style=style)
