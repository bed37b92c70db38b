"""A write whose answer was lost: what the server must have answered, judged by what was sent, what stood before, and what stands now."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .fields import State, compare_field, fitting
from .values import item_key


def answered(
    before: Mapping[str, Any] | None, sent: Mapping[str, Any], now: Mapping[str, Any], comparators: Mapping[str, str]
) -> dict[str, Any] | None:
    """Return what the server answered in the fields that were sent; None where the write never arrived.

    `before` is what stood in these fields just before an update, None for a creation, which is known to have arrived. A field that
    stands as it was sent, by its own comparator, is as it stands. One that stands otherwise was edited by somebody since: the answer
    held what was sent, so that the edit stays theirs. Lists are judged item by item. An update arrived where any of its fields shows it.

    >>> answered({"title": "A", "value": 1}, {"title": "B", "value": 2}, {"title": "C", "value": 2}, {})
    {'title': 'B', 'value': 2}
    >>> answered({"title": "A"}, {"title": "B"}, {"title": "C"}, {})
    """
    if before is not None and not any(_came(before.get(name), value, now.get(name), comparators.get(name)) for name, value in sent.items()):
        return None
    return {name: _answer(value, now.get(name), comparators.get(name)) for name, value in sent.items()}


def stands(sent: Any, now: Any, comparator: str | None) -> bool:
    """Return whether a value stands as it was sent, or as a known rule of the server makes of it."""
    return compare_field(sent, now, comparator or fitting(sent)).state is not State.DIFFERING


def _came(before: Any, sent: Any, now: Any, comparator: str | None) -> bool:
    """Return whether one field of an update shows that it arrived."""
    if stands(sent, now, comparator):
        return not stands(sent, before, comparator)
    if not isinstance(sent, list):
        return False
    earlier, current = (list(value or ()) for value in (before, now))
    new = [item for item in sent if not any(_holds(other, item) for other in earlier)]
    if new:
        return any(_holds(other, item) for item in new for other in current)
    taken = {item_key(item) for item in earlier} - {item_key(item) for item in sent}
    return bool(taken) and not taken & {item_key(item) for item in current}


def _answer(sent: Any, now: Any, comparator: str | None) -> Any:
    if stands(sent, now, comparator):
        return now
    if not isinstance(sent, list) or not isinstance(now, list):
        return sent
    current = {item_key(item): item for item in now}
    return [_item(item, current.get(item_key(item))) for item in sent]


def _item(sent: Any, now: Any) -> Any:
    """Return an item as the server completes it, as far as nobody edited it since."""
    return now if now is not None and _holds(now, sent) else sent


def _holds(now: Any, sent: Any) -> bool:
    """Return whether an item that stands there is what was sent, completed or not."""
    if isinstance(sent, Mapping) and isinstance(now, Mapping):
        return all(now.get(name) == value for name, value in sent.items())
    return item_key(now) == item_key(sent)
