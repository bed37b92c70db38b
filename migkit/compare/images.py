"""Three-way comparison: what stood there before us, what the server answered when we wrote, what stands there now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from .fields import State, compare_field
from .values import is_empty, item_key

SERVER_FIELDS = frozenset({
    "id", "creator_user_id", "add_time", "update_time", "stage_change_time", "marked_as_done_time", "last_update_user_id",
    "activities_count", "done_activities_count", "undone_activities_count", "notes_count", "files_count", "followers_count",
    "participants_count", "email_messages_count", "products_count", "open_deals_count", "closed_deals_count", "won_deals_count",
    "lost_deals_count", "related_open_deals_count", "related_closed_deals_count", "related_won_deals_count", "related_lost_deals_count",
    "participant_open_deals_count", "participant_closed_deals_count", "people_count", "last_activity_id", "last_activity_date",
    "next_activity_id", "next_activity_date", "next_activity_time", "last_incoming_mail_time", "last_outgoing_mail_time",
    "weighted_value", "acv", "arr", "mrr", "order_nr", "local_won_date", "local_lost_date", "local_close_date",
})  # fmt: skip
"""Fields that move by themselves when children are added or time passes: they never mean that a person touched the record."""


AS_ANSWERED = frozenset({"text", "html", "name"})
"""Comparators whose rules say what the server makes of a value as it takes it: its own answer it does not change again."""


def three_way(
    pre_image: Mapping[str, Any] | None,
    after_image: Mapping[str, Any],
    now: Mapping[str, Any],
    comparators: Mapping[str, str] = MappingProxyType({}),
) -> tuple[str, ...]:
    """Return the fields that somebody touched since we wrote: those that differ from what the server answered, in name order.

    A field back at its pre-image was touched too. Custom fields appear as `custom_fields.<code>`. A field that the
    after-image lacks counts only where it now holds something that it did not hold before us. `comparators`: field → its
    comparator; what the server completes after its answer by a rule that it names (the parts of an address) is no edit.
    """
    before, after, current = _flat(pre_image or {}), _flat(after_image), _flat(now)
    touched = {name for name, value in after.items() if name in current and not unchanged(value, current[name], comparators.get(name, ""))}
    touched |= {name for name, value in current.items() if name not in after and not is_empty(value) and not same(value, before.get(name))}
    if "is_deleted" in touched and not current.get("is_deleted"):
        touched.discard("is_deleted")
    return tuple(sorted(touched))


def put_back(pre: Any, after: Any, now: Any, comparator: str = "") -> Any:
    """Return the value to write so that only our own change is undone.

    Lists go item by item: what we added leaves, what we removed or altered comes back, what somebody added since stays.
    Anything else goes back to `pre` where it still is what we wrote, and stays as it is where somebody changed it.

    >>> put_back(["a"], ["a", "b"], ["a", "b", "c"])
    ['a', 'c']
    """
    lists = [value if value is not None else [] for value in (pre, after, now)]
    if any(isinstance(value, list) for value in (pre, after, now)) and all(isinstance(value, list) for value in lists):
        return _put_back_items(*lists)
    return pre if unchanged(after, now, comparator) else now


def unchanged(after: Any, now: Any, comparator: str = "") -> bool:
    """Return whether what stands there now still is what the server answered, or differs by a rule that its comparator names."""
    if same(after, now):
        return True
    judged = comparator and comparator not in AS_ANSWERED
    return bool(judged and compare_field(after, now, comparator).state is not State.DIFFERING)


def same(left: Any, right: Any) -> bool:
    """Return whether two values that the server gave mean the same: nulls and empties, key order and list order do not count."""
    if isinstance(left, Mapping) and isinstance(right, Mapping):
        return all(same(left.get(key), right.get(key)) for key in left.keys() | right.keys())
    if isinstance(left, list) and isinstance(right, list):
        ours, theirs = ({item_key(item): item for item in side} for side in (left, right))
        return len(left) == len(right) and ours.keys() == theirs.keys() and all(same(ours[key], theirs[key]) for key in ours)
    return bool(left == right) or (is_empty(left) and is_empty(right))


def _put_back_items(pre: Sequence[Any], after: Sequence[Any], now: Sequence[Any]) -> list[Any]:
    before, ours = ({item_key(item): item for item in side} for side in (pre, after))
    kept = []
    for item in now:
        key = item_key(item)
        if key in ours and key not in before:
            if not same(item, ours[key]):
                kept.append(item)  # we added it, somebody changed it since: theirs now
        elif key in before and key in ours and same(item, ours[key]):
            kept.append(before[key])
        else:
            kept.append(item)
    present = {item_key(item) for item in now}
    kept += [item for key, item in before.items() if key not in ours and key not in present]
    return _one_primary(kept, {key for key, item in before.items() if isinstance(item, Mapping) and item.get("primary")})


def _one_primary(items: list[Any], earlier: set[str]) -> list[Any]:
    """Leave exactly one primary item where items have such a mark: the earlier primary where it is still there."""
    if not items or not all(isinstance(item, Mapping) and "primary" in item for item in items):
        return items
    marked = [index for index, item in enumerate(items) if item["primary"]]
    chosen = next((index for index in marked if item_key(items[index]) in earlier), marked[0] if marked else 0)
    return [{**item, "primary": index == chosen} for index, item in enumerate(items)]


def _flat(image: Mapping[str, Any]) -> dict[str, Any]:
    flat = {name: value for name, value in image.items() if name not in SERVER_FIELDS and name != "custom_fields"}
    return flat | {f"custom_fields.{code}": value for code, value in (image.get("custom_fields") or {}).items()}
