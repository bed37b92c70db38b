"""A form with one button, without a browser: what a press hands on, shows and refuses."""

from __future__ import annotations

from collections.abc import Mapping

import ipywidgets
import pytest

from migkit.model.errors import GateClosed, UsageError
from migkit.report import View
from migkit.widgets import Asked, Done, FormBox

ASKED = Asked("export", "Later export", "a folder"), Asked("kind", "It holds", choices=("everything", "what changed"))


def test_a_press_hands_on_what_was_typed_and_shows_what_came_of_it() -> None:
    """Blanks around an answer are cut; the sentence is text, the tables are drawn; the button rests while it works."""
    seen: list[tuple[Mapping[str, str], bool]] = []

    def act(answers: Mapping[str, str]) -> Done:
        seen.append((answers, box._button.disabled))
        return Done("12 <files> taken in.", (View("<b>table</b>", "table"),))

    box = FormBox(ASKED, button="Take it in", act=act)
    box.fields["export"].value, box.fields["kind"].value = "  ~/monday ", "what changed"
    box._button.click()
    assert seen == [({"export": "~/monday", "kind": "what changed"}, True)]
    assert "12 &lt;files&gt; taken in." in box._said.value
    assert "<b>table</b>" in box._views.value
    assert not box._button.disabled


def test_a_refusal_is_shown_in_its_sentence_and_the_button_works_again() -> None:
    """What a press before had shown is gone: it would look like the result of this one."""
    answers = iter([Done("Good.", (View("<b>old</b>", "old"),)), UsageError("There is no such folder.")])

    def act(_: Mapping[str, str]) -> Done:
        said = next(answers)
        if isinstance(said, UsageError):
            raise said
        return said

    box = FormBox(ASKED, button="Take it in", act=act)
    box._button.click()
    box._button.click()
    assert "There is no such folder." in box._said.value
    assert (box._views.value, box._button.disabled) == ("", False)


@pytest.mark.parametrize(
    ("raised", "said"),
    [
        (UsageError("There is no such folder."), "There is no such folder."),
        (GateClosed("delta", "Approve delta first."), "Approve delta first."),
        (KeyboardInterrupt(), "Interrupted."),
        (ZeroDivisionError("Ann Lee"), "a fault of migkit: ZeroDivisionError at test_form.py, line "),
    ],
)
def test_a_refusal_is_shown_in_a_kernel_too(monkeypatch: pytest.MonkeyPatch, raised: BaseException, said: str) -> None:
    """There the output that shows progress swallows what is raised within it: "One moment" would stand there for ever."""
    monkeypatch.setattr(ipywidgets.Output, "__exit__", lambda *_: True)

    def act(_: Mapping[str, str]) -> Done:
        raise raised

    box = FormBox(ASKED, button="Take it in", act=act)
    box._button.click()
    assert said in box._said.value.replace("<wbr>", "") and not box._button.disabled
    assert "Ann Lee" not in box._said.value
