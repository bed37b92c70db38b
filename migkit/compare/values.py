"""What counts as the same value: one function per kind, answering equal, or the rule that explains the difference, or differing.

Each takes (desired, actual), both already known not to be identical and not both empty, and returns the name of the
server rule that makes them the same, or None where nothing known explains the difference.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

EMPTY: tuple[Any, ...] = (None, "", [], {}, ())
"""Values that mean "nothing": servers answer null for "" and for []."""

_BLOCK = re.compile(r"<\s*/?\s*(?:p|br|div|li|ul|ol|tr|td|th|table|h[1-6]|blockquote)\b[^>]*>", re.IGNORECASE)
_TAG = re.compile(r"<[^>]*>")
_SPACES = re.compile(r"\s+")


def is_empty(value: Any) -> bool:
    """Return whether a value means "nothing"; 0 and False are something."""
    return not isinstance(value, bool | int | float) and value in EMPTY


def text(desired: Any, actual: Any) -> str | None:
    """Text: trimmed ends, line ends and Unicode's composed form are the server's."""
    ours, theirs = str(desired), str(actual)
    if ours.replace("\r\n", "\n") == theirs.replace("\r\n", "\n"):
        return "line-ends"
    if _spaced(unicodedata.normalize("NFC", ours)) == _spaced(unicodedata.normalize("NFC", theirs)):
        return "unicode-form" if unicodedata.normalize("NFC", ours) != ours else "whitespace-trimmed"
    return None


def html_text(desired: Any, actual: Any) -> str | None:
    """HTML: the server may rewrite tags and entities, never the words."""
    return "html-sanitised" if words(str(desired)) == words(str(actual)) else None


def words(markup: str) -> str:
    """Return the readable text of some HTML: tags gone, blocks apart, entities resolved, runs of spaces one."""
    return _spaced(html.unescape(_TAG.sub("", _BLOCK.sub(" ", markup))))


def name(desired: Any, actual: Any) -> str | None:
    """A person's name: the server splits it into first and last and joins them again."""
    if isinstance(actual, Mapping):
        actual = " ".join(str(actual[part]) for part in ("first_name", "last_name") if actual.get(part))
    return "name-joined" if _spaced(str(desired)) == _spaced(str(actual)) else None


def number(desired: Any, actual: Any) -> str | None:
    """Numbers: `12.50`, `12.5` and `"12.5"` are one."""
    ours, theirs = _decimal(desired), _decimal(actual)
    if ours is None or ours != theirs:
        return None
    return "number-as-text" if isinstance(actual, str) != isinstance(desired, str) else "trailing-zeros"


def money(desired: Any, actual: Any) -> str | None:
    """Money: a number, or {value | amount, currency}; the currency counts where both name one."""
    ours, our_currency = _money(desired)
    theirs, their_currency = _money(actual)
    if ours is None or ours != theirs or (our_currency and their_currency and our_currency != their_currency):
        return None
    return "trailing-zeros" if isinstance(desired, Mapping) == isinstance(actual, Mapping) else "money-shape"


def date(desired: Any, actual: Any) -> str | None:
    """A day, however it is written."""
    return "date-format" if str(desired)[:10] == str(actual)[:10] and re.match(r"\d{4}-\d\d-\d\d", str(actual)) else None


def instant(desired: Any, actual: Any) -> str | None:
    """An instant: RFC 3339 or `YYYY-MM-DD HH:MM:SS`, UTC where no zone is written; fractions of a second are the server's."""
    ours, theirs = _instant(desired), _instant(actual)
    return "time-format" if ours is not None and ours == theirs else None


def time(desired: Any, actual: Any) -> str | None:
    """A time of day or a duration: `09:00` and `09:00:00` are one."""
    ours, theirs = _clock(desired), _clock(actual)
    return "time-format" if ours is not None and ours == theirs else None


def identity(desired: Any, actual: Any) -> str | None:
    """An id or option: 5, "5", {"id": 5, …} and {"value": 5, …} are one."""
    return "id-shape" if str(_bare(desired)) == str(_bare(actual)) else None


def members(desired: Any, actual: Any) -> str | None:
    """A set of ids or labels: order and shape (`"1,2"`, [{"id": 1}, …]) do not count."""
    ours, theirs = _members(desired), _members(actual)
    if ours != theirs:
        return None
    same_shape = isinstance(actual, Sequence) and not isinstance(actual, str) and not any(isinstance(item, Mapping) for item in actual)
    return "set-order" if same_shape else "set-shape"


def items(desired: Any, actual: Any) -> str | None:
    """E-mails, phones, prices: item by item, matched by value or currency; only the keys that we sent are compared."""
    if not isinstance(desired, Sequence) or not isinstance(actual, Sequence) or len(desired) != len(actual):
        return None
    theirs = {item_key(item): item for item in actual}
    if set(theirs) != {item_key(item) for item in desired} or len(theirs) != len(actual):
        return None
    if not all(_same_item(item, theirs[item_key(item)]) for item in desired):
        return None
    return "list-order" if [item_key(i) for i in desired] != [item_key(i) for i in actual] else "filled-nulls"


def item_key(item: Any) -> str:
    """Return what tells one item of a list from another: its value or currency, else itself; case ignored."""
    if isinstance(item, Mapping):
        item = item.get("value", item.get("currency", item.get("id", item)))
    return str(item).casefold()


def address(desired: Any, actual: Any) -> str | None:
    """An address: only its `value` is ours; the server fills the parts with nulls or by looking the place up."""
    ours = desired.get("value") if isinstance(desired, Mapping) else desired
    theirs = actual.get("value") if isinstance(actual, Mapping) else actual
    return "filled-nulls" if not is_empty(theirs) and _spaced(str(ours)) == _spaced(str(theirs)) else None


def boolean(desired: Any, actual: Any) -> str | None:
    """True and 1, false and 0."""
    truth = {"true": True, "1": True, "false": False, "0": False}
    ours, theirs = truth.get(str(desired).lower()), truth.get(str(actual).lower())
    return "boolean-as-number" if ours is not None and ours == theirs else None


def _same_item(ours: Any, theirs: Any) -> bool:
    if isinstance(ours, Mapping):
        return isinstance(theirs, Mapping) and all(_same(value, theirs.get(key)) for key, value in ours.items())
    return True


def _same(ours: Any, theirs: Any) -> bool:
    if ours == theirs or (is_empty(ours) and is_empty(theirs)):
        return True
    return number(ours, theirs) is not None


def _spaced(value: str) -> str:
    return _SPACES.sub(" ", value).strip()


def _decimal(value: Any) -> Decimal | None:
    if isinstance(value, bool):
        return None
    try:
        return Decimal(str(value).strip())
    except InvalidOperation:
        return None


def _money(value: Any) -> tuple[Decimal | None, str]:
    if isinstance(value, Mapping):
        amount = value.get("value", value.get("amount"))
        return _decimal(amount), str(value.get("currency") or "")
    return _decimal(value), ""


def _instant(value: Any) -> datetime | None:
    try:
        moment = datetime.fromisoformat(str(value).strip())
    except ValueError:
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return moment.astimezone(UTC).replace(microsecond=0)


def _clock(value: Any) -> int | None:
    """Seconds of `HH:MM[:SS]`, also inside {"value": …}; None for anything else."""
    found = re.fullmatch(r"(\d{1,3}):(\d\d)(?::(\d\d)(?:\.\d+)?)?", str(_bare(value)).strip())
    return int(found[1]) * 3600 + int(found[2]) * 60 + int(found[3] or 0) if found else None


def _bare(value: Any) -> Any:
    return value.get("id", value.get("value")) if isinstance(value, Mapping) else value


def _members(value: Any) -> set[str]:
    if isinstance(value, str):
        value = [part for part in value.split(",") if part.strip()]
    if not isinstance(value, Sequence):
        value = [] if value is None else [value]
    return {
        str(item.get("label", item.get("id")) if isinstance(item, Mapping) and "field" in item else _bare(item)).strip() for item in value
    }
