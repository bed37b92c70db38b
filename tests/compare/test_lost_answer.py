"""What the server must have answered to a write whose answer was lost."""

from __future__ import annotations

from typing import Any

import pytest

from migkit.compare import answered, three_way

HOME = {"value": "+61212345678", "label": "home", "primary": True}
WORK = {"value": "+61299990000", "label": "work", "primary": False}
MOBILE = {"value": "+61412000099", "label": "mobile", "primary": False}


@pytest.mark.parametrize(
    ("before", "sent", "now", "found"),
    [
        pytest.param({"t": "A"}, {"t": "B"}, {"t": "B"}, {"t": "B"}, id="arrived"),
        pytest.param({"t": "A"}, {"t": "B"}, {"t": "A"}, None, id="never arrived"),
        pytest.param({"t": "A"}, {"t": "B"}, {"t": "C"}, None, id="edited, and nothing shows that it arrived"),
        pytest.param({"t": "A", "v": 1}, {"t": "B", "v": 2}, {"t": "C", "v": 2}, {"t": "B", "v": 2}, id="edited after it arrived"),
        pytest.param({"t": None}, {"t": "B"}, {}, None, id="emptied by somebody, or never written"),
        pytest.param(None, {"t": "B"}, {"t": "C"}, {"t": "B"}, id="a creation that was edited"),
        pytest.param({"n": 1}, {"n": 2.50}, {"n": "2.5"}, {"n": "2.5"}, id="by the field's comparator"),
        pytest.param({"p": [HOME]}, {"p": [HOME, MOBILE]}, {"p": [HOME, MOBILE, WORK]}, {"p": [HOME, MOBILE]}, id="an item added since"),
        pytest.param({"p": [HOME]}, {"p": [HOME, MOBILE]}, {"p": [HOME, WORK]}, None, id="an item added, ours never arrived"),
        pytest.param({"p": [HOME, WORK]}, {"p": [HOME]}, {"p": [HOME, MOBILE]}, {"p": [HOME]}, id="taken away, then added to"),
        pytest.param({"p": [HOME]}, {"p": [HOME | {"label": "old"}]}, {"p": [HOME, WORK]}, None, id="a label that was not changed"),
    ],
)
def test_the_answer_is_judged_by_three_images(
    before: dict[str, Any] | None, sent: dict[str, Any], now: dict[str, Any], found: dict[str, Any] | None
) -> None:
    """Before, sent and now tell whether it arrived, and an edit that came after it stays out of the answer."""
    assert answered(before, sent, now, {"t": "text", "n": "number", "p": "list"}) == found


def test_what_the_server_completes_in_an_item_is_no_edit() -> None:
    """A label that the server filled belongs to the answer, one that somebody changed does not."""
    sent = {"p": [{"value": "a@x.example"}, {"value": "b@x.example", "label": "home"}]}
    now = {"p": [{"value": "a@x.example", "label": "work", "primary": True}, {"value": "b@x.example", "label": "other", "primary": False}]}
    assert answered(None, sent, now, {"p": "list"}) == {"p": [now["p"][0], sent["p"][1]]}


def test_parts_of_an_address_that_come_later_are_the_servers() -> None:
    """The map service fills street and town some time after the answer; another street is an edit. Text is judged as it stands."""
    after = {"address": {"value": "1 High St", "locality": None}, "name": "Smith Household"}
    later = {"address": {"value": "1 High St", "locality": "Perth"}, "name": "Smith Household"}
    by = {"address": "address", "name": "text"}
    assert three_way(None, after, later, by) == ()
    assert three_way(None, after, later) == ("address",)
    assert three_way(None, after, {**later, "address": {"value": "2 High St"}}, by) == ("address",)
    assert three_way(None, after, {**later, "name": "Smith  Household"}, by) == ("name",)
