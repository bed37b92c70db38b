"""What somebody touched since we wrote, and how our own change alone is undone."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from migkit.compare import put_back, same, three_way

AFTER = {
    "id": 1, "name": "Anna", "update_time": "2026-03-01T09:00:00Z", "activities_count": 0, "label_ids": [1, 2], "is_deleted": False,
    "emails": [{"value": "a@example.com", "primary": True, "label": "home"}], "custom_fields": {"aa": 1, "bb": None},
}  # fmt: skip


@pytest.mark.parametrize(
    ("now", "touched"),
    [
        ({}, ()),
        ({"update_time": "2027-01-01T00:00:00Z", "activities_count": 5}, ()),
        ({"label_ids": [2, 1]}, ()),
        ({"name": "Anne"}, ("name",)),
        ({"emails": []}, ("emails",)),
        ({"emails": [{"value": "a@example.com", "primary": True, "label": "work"}]}, ("emails",)),
        ({"custom_fields": {"aa": 2, "bb": None}}, ("custom_fields.aa",)),
        ({"custom_fields": {"aa": 1, "bb": None, "cc": 7}}, ("custom_fields.cc",)),
        ({"custom_fields": {"aa": 1, "bb": None, "cc": None}}, ()),
        ({"org_id": 4}, ("org_id",)),
        ({"is_deleted": True}, ("is_deleted",)),
    ],
    ids=str,
)
def test_touched_is_what_differs_from_the_servers_answer(now: dict[str, Any], touched: tuple[str, ...]) -> None:
    """Never merely that update_time or a count of children moved; a field that is new and empty is not touched."""
    assert three_way(None, AFTER, {**AFTER, **now}) == touched


def test_a_field_back_at_its_old_value_was_touched() -> None:
    """Somebody undid our change by hand; a field that already held this before us was not touched."""
    assert three_way({"name": "Ann", "org_id": 4}, AFTER, {**AFTER, "name": "Ann", "org_id": 4}) == ("name",)


def test_a_record_that_somebody_took_out_of_the_bin_was_not_touched() -> None:
    """It was answered as deleted and is there again: all that was ours stands."""
    assert three_way(None, {**AFTER, "is_deleted": True}, AFTER) == ()
    assert three_way(None, {**AFTER, "is_deleted": True}, {**AFTER, "name": "Anne"}) == ("name",)


@pytest.mark.parametrize(
    ("left", "right", "alike"),
    [
        ({"a": 1, "b": None}, {"a": 1}, True),
        ({"a": 1, "b": 2}, {"a": 1}, False),
        ({"a": 1}, {"a": 1, "b": 2}, False),
        ({"a": 1}, [("a", 1)], False),
        ([1, 2], [2, 1], True),
        ([1, 2], [1, 2, 2], False),
        ([1], "1", False),
        ("", [], True),
        ("x", None, False),
        (0, None, False),
        ([{"value": "A", "label": "x"}], [{"value": "a", "label": "x"}], False),
        ([{"value": "a", "label": "x"}], [{"value": "a", "label": "y"}], False),
    ],
)
def test_two_answers_of_the_server_mean_the_same(left: Any, right: Any, alike: bool) -> None:
    """Nulls, empties and order do not count; a key, an item or a letter more does."""
    assert same(left, right) is alike
    assert same(right, left) is alike


def mail(value: str, primary: bool = False, label: str = "home") -> dict[str, Any]:
    return {"value": value, "primary": primary, "label": label}


@pytest.mark.parametrize(
    ("pre", "after", "now", "expected"),
    [
        ("Ann", "Anna", "Anna", "Ann"),
        ("Ann", "Anna", "Anne", "Anne"),
        (None, "Anna", "Anna", None),
        ([1], [1, 2], [1, 2, 3], [1, 3]),
        ([1, 2], [1], [1], [1, 2]),
        (None, [1], [1, 5], [5]),
        ([mail("a", True)], [mail("a", True), mail("b")], [mail("a", True), mail("b"), mail("c")], [mail("a", True), mail("c")]),
        ([mail("a", True)], [mail("a"), mail("b", True)], [mail("a"), mail("b", True)], [mail("a", True)]),
        ([mail("a", True)], [mail("a", True), mail("b")], [mail("a", True), mail("b", label="work")],
         [mail("a", True), mail("b", label="work")]),
        ([mail("a", True)], [mail("b", True)], [mail("b", True)], [mail("a", True)]),
        ([], [mail("b", True)], [mail("b", True), mail("c")], [mail("c", True)]),
        ([mail("a"), mail("b", True)], [mail("a", True), mail("b")], [mail("a", True), mail("b")], [mail("a"), mail("b", True)]),
        ([mail("b"), mail("a", True)], [mail("c", True)], [mail("d", True)], [mail("d"), mail("b"), mail("a", True)]),
        ([mail("a", True)], [mail("a", True)], [mail("c", True), mail("a", True)], [mail("c"), mail("a", True)]),
        ([mail("a", True)], [mail("a", True, "work")], [mail("a", True, "other")], [mail("a", True, "other")]),
        ([mail("a", True)], [mail("a", True, "work")], [mail("a", True, "work")], [mail("a", True)]),
        ([mail("a", True)], [], [mail("a", True, "work")], [mail("a", True, "work")]),
        ([1], [1], "x", "x"),
        ([1], "x", "x", [1]),
    ],
)  # fmt: skip
def test_only_our_own_change_is_undone(pre: Any, after: Any, now: Any, expected: Any) -> None:
    """Item by item: ours leave, theirs stay, what we removed comes back, one item stays primary."""
    assert put_back(pre, after, now) == expected


@given(st.lists(st.integers(0, 9), unique=True), st.lists(st.integers(0, 9), unique=True))
def test_without_later_edits_everything_is_as_before(pre: list[int], after: list[int]) -> None:
    """Putting back what nobody touched gives exactly the items of before."""
    assert sorted(put_back(pre, after, after)) == sorted(pre)


@given(*[st.lists(st.integers(0, 9), unique=True)] * 3)
def test_what_somebody_added_is_never_lost(pre: list[int], after: list[int], now: list[int]) -> None:
    """Items that are neither ours nor from before us stay."""
    assert set(now) - set(after) <= set(put_back(pre, after, now))
