"""The form of choices, without a browser: what is handed on is what stands otherwise than it is kept."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from migkit.model.errors import UsageError
from migkit.widgets import Choice, ChoiceBox

CHOICES = (
    Choice("cancelled", "cancelled visits", "keep", [("keep", "keep"), ("exclude", "exclude")], "Visits <that> were not."),
    Choice("older_than", "older than", ""),
    Choice("fields", "stay behind", ("DOB",), [("DOB", "DOB"), ("SMS", "SMS")], is_several=True),
)


def test_only_what_was_chosen_otherwise_is_compared_and_kept() -> None:
    """Comparing keeps nothing; keeping makes it what stands; a second press has nothing to do."""
    compared: list[Mapping[str, Any]] = []
    kept: list[Mapping[str, Any]] = []
    box = ChoiceBox(CHOICES, compare=lambda c: compared.append(c) or "12 fewer.", keep=lambda c: kept.append(c) or "Kept.")  # type: ignore[func-returns-value]
    look, take = box.buttons
    look.click()
    assert "Nothing is chosen otherwise" in box._said.value
    box.fields["cancelled"].value, box.fields["fields"].value = "exclude", ("DOB", "SMS")
    changed = {"cancelled": "exclude", "fields": ("DOB", "SMS")}
    look.click()
    assert "12 fewer." in box._said.value and compared == [changed]
    take.click()
    assert "Kept." in box._said.value and kept == [changed]
    take.click()
    assert kept == [changed] and "Nothing is chosen otherwise" in box._said.value


def test_a_refusal_is_a_sentence_and_keeps_the_choice_open() -> None:
    """What was refused is still otherwise than it is kept."""

    def refuse(_: Mapping[str, Any]) -> str:
        raise UsageError("monday is no day.")

    box = ChoiceBox(CHOICES, compare=refuse, keep=refuse)
    box.fields["older_than"].value = "monday"
    box.buttons[1].click()
    assert "monday is no day." in box._said.value and box.changed() == {"older_than": "monday"}
