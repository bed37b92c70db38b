"""Declared transforms: what a confirmed map may do to a column's text before it is typed."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from migkit.model.canonical import CanonicalField
from migkit.model.country import DAY, MONTH
from migkit.model.mapping import ColumnMap
from migkit.model.words import spaced


@dataclass(frozen=True)
class Transform:
    """One named transform of a cell's text."""

    title: str
    apply: Callable[[str], str] = str
    date_order: str = ""
    """For one that changes no text but says which number of the column's slashed dates comes first (`migkit.model.country`)."""


def _not(text: str) -> str:
    from .cells.numbers import parse_boolean

    value = parse_boolean(text.strip())[0]
    return text if value is None else ("no" if value else "yes")


NOBODY = re.compile(r"|[0.\-–—\s]+|none|nil|null|n\.?/?a\.?|not applicable|nobody|no|false|system", re.IGNORECASE)
"""What a column of who or why holds where nobody did it: user 0, `None`, `-`."""

_ZONED = re.compile(r"(?:Z|UTC|GMT|[+-]\d\d:?\d\d)\s*$|^\s*$|^\s*\d{4}-\d\d-\d\d\s*$", re.IGNORECASE)
"""What ends in a zone, and what has no time."""

TRANSFORMS: Mapping[str, Transform] = {
    "not": Transform("yes and no swapped (a column `Hidden` for a field `active`)", _not),
    "pattern-minutes": Transform(
        "a pattern of one character per five minutes → minutes (Open Dental)", lambda text: str(len(text.strip()) * 5)
    ),
    "day-first": Transform("dates written day first (31/12/2024)", date_order=DAY),
    "month-first": Transform("dates written month first (12/31/2024)", date_order=MONTH),
    "cents": Transform(
        "an amount in cents → in dollars", lambda text: f"{text.strip()}e-2" if not text.strip().lstrip("-").isdecimal() else _dollars(text)
    ),
    "fraction-percent": Transform("a fraction → percent (0.8 is 80)", lambda text: _times_hundred(text)),
    "hours-minutes": Transform("a duration in hours → minutes", lambda text: _minutes(text)),
    "seconds-minutes": Transform("a duration in seconds → minutes", lambda text: _whole_minutes(text)),
    "negate": Transform(
        "an amount with the opposite sign", lambda text: text.strip()[1:] if text.strip().startswith("-") else f"-{text.strip()}"
    ),
    "filled": Transform(
        "anything that is written there but nought and words for nothing is a yes (`Voided by`, `Void reason`)",
        lambda text: "no" if NOBODY.fullmatch(text.strip()) else "yes",
    ),
    "utc": Transform("a moment written in UTC without saying so", lambda text: text if _ZONED.search(text) else f"{text.strip()}Z"),
    "thousands-points": Transform(
        "an amount whose points part thousands (1.250 is 1250)", lambda text: text.replace(".", "").replace(",", ".")
    ),
    "digits": Transform("only the digits of the text", lambda text: re.sub(r"\D", "", text)),
}
"""Name → transform."""

OPPOSITE = re.compile(
    r"(?:is|patient|client)?[\s_]*(?:hidden|inactive|disabled|not[\s_]active|retired|terminated)(?:[\s_](?:patient|client))?", re.IGNORECASE
)
"""Headers that say the opposite of a field `active` or `enabled`."""
_IN_CENTS = re.compile(r"(?i:(?<![^\W_])(?:cents|pence)(?![^\W_]))|(?<=[a-z])(?:Cents|Pence)(?![a-z])")
"""Headers that say that an amount is written in the hundredth part of the currency: `total_cents`, `Amount (cents)`, `amountCents`."""
_IN_BOTH = re.compile(r"dollar|pound|euro|&|\band\b", re.IGNORECASE)


_IN_SECONDS = re.compile(r"(?i:(?<![^\W_])(?:secs?|seconds)(?![^\W_]))|(?<=[a-z])(?:Secs?|Seconds)(?![a-z])")
"""Headers that say that a duration is written in seconds: `Duration (sec)`, `duration_seconds`, `durationSecs`."""
_IN_UTC = re.compile(r"\b(?:utc|gmt|zulu)\b", re.IGNORECASE)
_IN_FORCE = re.compile(r"(?:is[\s_]*)?(?:valid|active|finali[sz]ed)", re.IGNORECASE)
"""Headers that say the opposite of a field `deleted`."""
_DENIALS = frozenset({"not", "no", "never", "out", "without", "failed", "missed"})
"""Words that turn a yes into a no; `out` as in opt out."""
_SLIGHT = _DENIALS | {"did", "do", "is"}
"""Words of a field's name that do not say what it is about."""
_STEM = 4
"""Letters by which two words are forms of one: attend, attended."""
_UN = r"un(?:paid|settled|signed|accepted|approved|cancelled|canceled|void|voided|deleted|confirmed|archived|reversed|reconciled)"
_WHO_OR_WHY = re.compile(r"(?:(?<![^\W_])|(?<=[a-z]))(?:by|reason|why)$|^reason\b", re.IGNORECASE)
"""Headers of who did it or why: whatever stands there says that it was done."""


def transform_of(column: ColumnMap, spec: CanonicalField) -> str:
    """Return the transform that somebody chose for a column, else the one that its own header asks for; "" for none."""
    if column.transform:
        return column.transform
    if spec.name in ("active", "enabled") and OPPOSITE.fullmatch(spaced(column.column).strip()):
        return "not"
    if spec.type == "datetime" and _IN_UTC.search(spaced(column.column)):
        return "utc"
    if spec.type == "minutes" and _IN_SECONDS.search(column.column):
        return "seconds-minutes"
    if spec.name == "deleted" and _IN_FORCE.fullmatch(column.column.strip()):
        return "not"
    if spec.type == "boolean" and _denies(column.column, spec):
        return "not"
    if spec.type == "boolean" and _WHO_OR_WHY.search(column.column):
        return "filled"
    return "cents" if spec.type == "money" and _IN_CENTS.search(column.column) and not _IN_BOTH.search(column.column) else ""


def _denies(header: str, spec: CanonicalField) -> bool:
    """Return whether a header says the opposite of a yes-or-no field: `Not Paid` of paid, `Did Attend` of did not attend.

    A known spelling of the field never does. Where the field itself is a denial, the header must speak of what it denies.
    """
    known = [_words(text) for text in (spec.name, spec.title, *spec.synonyms)]
    said = _words(header)
    if said in known:
        return False
    denied = {word[:_STEM] for words in known if not _DENIALS.isdisjoint(words) for word in words if word not in _SLIGHT}
    denials, of_field = sum(word in _DENIALS for word in said), sum(word in _DENIALS for word in known[0])
    return denials % 2 != of_field % 2 and (denials > 0 or not denied.isdisjoint(word[:_STEM] for word in said))


def _words(text: str) -> list[str]:
    """Return the words of a header, lower case; a denial within a word is one of its own: `unpaid`, `non-active`."""
    words = re.findall(r"[a-z]+", spaced(text.replace("n't", " not")).lower())
    parted = [part for word in words for part in (("not", word[2:]) if re.fullmatch(_UN, word) else (word,))]
    return ["not" if word == "non" else word for word in parted]


def _dollars(text: str) -> str:
    cents = int(text)
    return f"{'-' if cents < 0 else ''}{abs(cents) // 100}.{abs(cents) % 100:02d}"


def _whole_minutes(text: str) -> str:
    return str(round(int(text) / 60)) if text.strip().isdecimal() else text


def _times_hundred(text: str) -> str:
    try:
        return f"{float(text) * 100:.10g}"
    except ValueError:
        return text


def _minutes(text: str) -> str:
    try:
        return str(round(float(text) * 60))
    except ValueError:
        return text
