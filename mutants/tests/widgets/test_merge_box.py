"""Handing in a second reviewer's map, without a browser."""

from __future__ import annotations

from migkit.model.errors import UsageError
from migkit.widgets import MergeBox


def test_a_press_merges_and_names_every_disagreement() -> None:
    """The path is handed on without its blanks; what came of it stands below, as text."""
    asked = []

    def merge(path: str) -> tuple[str, ...]:
        asked.append(path)
        return "2 columns were taken.", "Mobile <b>: this against that."

    box = MergeBox(merge)
    box._path.value = " /tmp/lou.yaml "
    box._take.click()
    assert asked == ["/tmp/lou.yaml"]
    assert "2 columns were taken." in box._said.value and "Mobile &lt;b&gt;: this against that." in box._said.value


def test_what_cannot_be_merged_is_said_in_a_sentence() -> None:
    """Without a path nothing is asked; a refusal is shown in its own sentence."""

    def refuse(path: str) -> tuple[str, ...]:
        raise UsageError("There is no file there. Nothing was changed.")

    box = MergeBox(refuse)
    box._take.click()
    assert "Write the path" in box._said.value
    box._path.value = "nowhere.yaml"
    box._take.click()
    assert "There is no file there. Nothing was changed." in box._said.value
