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


from mutmut.mutation.trampoline import wrap_in_trampoline as _mutmut_mutated, MutantDict
mutants_x_is_empty__mutmut: MutantDict = {}  # type: ignore


@_mutmut_mutated(mutants_x_is_empty__mutmut)
def is_empty(value: Any) -> bool:
    """Return whether a value means "nothing"; 0 and False are something."""
    return not isinstance(value, bool | int | float) and value in EMPTY


def x_is_empty__mutmut_orig(value: Any) -> bool:
    """Return whether a value means "nothing"; 0 and False are something."""
    return not isinstance(value, bool | int | float) and value in EMPTY


def x_is_empty__mutmut_1(value: Any) -> bool:
    """Return whether a value means "nothing"; 0 and False are something."""
    return not isinstance(value, bool | int | float) or value in EMPTY


def x_is_empty__mutmut_2(value: Any) -> bool:
    """Return whether a value means "nothing"; 0 and False are something."""
    return isinstance(value, bool | int | float) and value in EMPTY


def x_is_empty__mutmut_3(value: Any) -> bool:
    """Return whether a value means "nothing"; 0 and False are something."""
    return not isinstance(value, bool | int | float) and value not in EMPTY

mutants_x_is_empty__mutmut['_mutmut_orig'] = x_is_empty__mutmut_orig # type: ignore # mutmut generated
mutants_x_is_empty__mutmut['x_is_empty__mutmut_1'] = x_is_empty__mutmut_1 # type: ignore # mutmut generated
mutants_x_is_empty__mutmut['x_is_empty__mutmut_2'] = x_is_empty__mutmut_2 # type: ignore # mutmut generated
mutants_x_is_empty__mutmut['x_is_empty__mutmut_3'] = x_is_empty__mutmut_3 # type: ignore # mutmut generated
mutants_x_text__mutmut: MutantDict = {}  # type: ignore


@_mutmut_mutated(mutants_x_text__mutmut)
def text(desired: Any, actual: Any) -> str | None:
    """Text: trimmed ends, line ends and Unicode's composed form are the server's."""
    ours, theirs = str(desired), str(actual)
    if ours.replace("\r\n", "\n") == theirs.replace("\r\n", "\n"):
        return "line-ends"
    if ours.strip().replace("\r\n", "\n") == theirs.strip().replace("\r\n", "\n"):
        return "whitespace-trimmed"
    if _spaced(unicodedata.normalize("NFC", ours)) == _spaced(unicodedata.normalize("NFC", theirs)):
        return "unicode-form" if unicodedata.normalize("NFC", ours) != ours else "whitespace-trimmed"
    return None


def x_text__mutmut_orig(desired: Any, actual: Any) -> str | None:
    """Text: trimmed ends, line ends and Unicode's composed form are the server's."""
    ours, theirs = str(desired), str(actual)
    if ours.replace("\r\n", "\n") == theirs.replace("\r\n", "\n"):
        return "line-ends"
    if ours.strip().replace("\r\n", "\n") == theirs.strip().replace("\r\n", "\n"):
        return "whitespace-trimmed"
    if _spaced(unicodedata.normalize("NFC", ours)) == _spaced(unicodedata.normalize("NFC", theirs)):
        return "unicode-form" if unicodedata.normalize("NFC", ours) != ours else "whitespace-trimmed"
    return None


def x_text__mutmut_1(desired: Any, actual: Any) -> str | None:
    """Text: trimmed ends, line ends and Unicode's composed form are the server's."""
    ours, theirs = None
    if ours.replace("\r\n", "\n") == theirs.replace("\r\n", "\n"):
        return "line-ends"
    if ours.strip().replace("\r\n", "\n") == theirs.strip().replace("\r\n", "\n"):
        return "whitespace-trimmed"
    if _spaced(unicodedata.normalize("NFC", ours)) == _spaced(unicodedata.normalize("NFC", theirs)):
        return "unicode-form" if unicodedata.normalize("NFC", ours) != ours else "whitespace-trimmed"
    return None


def x_text__mutmut_2(desired: Any, actual: Any) -> str | None:
    """Text: trimmed ends, line ends and Unicode's composed form are the server's."""
    ours, theirs = str(None), str(actual)
    if ours.replace("\r\n", "\n") == theirs.replace("\r\n", "\n"):
        return "line-ends"
    if ours.strip().replace("\r\n", "\n") == theirs.strip().replace("\r\n", "\n"):
        return "whitespace-trimmed"
    if _spaced(unicodedata.normalize("NFC", ours)) == _spaced(unicodedata.normalize("NFC", theirs)):
        return "unicode-form" if unicodedata.normalize("NFC", ours) != ours else "whitespace-trimmed"
    return None


def x_text__mutmut_3(desired: Any, actual: Any) -> str | None:
    """Text: trimmed ends, line ends and Unicode's composed form are the server's."""
    ours, theirs = str(desired), str(None)
    if ours.replace("\r\n", "\n") == theirs.replace("\r\n", "\n"):
        return "line-ends"
    if ours.strip().replace("\r\n", "\n") == theirs.strip().replace("\r\n", "\n"):
        return "whitespace-trimmed"
    if _spaced(unicodedata.normalize("NFC", ours)) == _spaced(unicodedata.normalize("NFC", theirs)):
        return "unicode-form" if unicodedata.normalize("NFC", ours) != ours else "whitespace-trimmed"
    return None


def x_text__mutmut_4(desired: Any, actual: Any) -> str | None:
    """Text: trimmed ends, line ends and Unicode's composed form are the server's."""
    ours, theirs = str(desired), str(actual)
    if ours.replace(None, "\n") == theirs.replace("\r\n", "\n"):
        return "line-ends"
    if ours.strip().replace("\r\n", "\n") == theirs.strip().replace("\r\n", "\n"):
        return "whitespace-trimmed"
    if _spaced(unicodedata.normalize("NFC", ours)) == _spaced(unicodedata.normalize("NFC", theirs)):
        return "unicode-form" if unicodedata.normalize("NFC", ours) != ours else "whitespace-trimmed"
    return None


def x_text__mutmut_5(desired: Any, actual: Any) -> str | None:
    """Text: trimmed ends, line ends and Unicode's composed form are the server's."""
    ours, theirs = str(desired), str(actual)
    if ours.replace("\r\n", None) == theirs.replace("\r\n", "\n"):
        return "line-ends"
    if ours.strip().replace("\r\n", "\n") == theirs.strip().replace("\r\n", "\n"):
        return "whitespace-trimmed"
    if _spaced(unicodedata.normalize("NFC", ours)) == _spaced(unicodedata.normalize("NFC", theirs)):
        return "unicode-form" if unicodedata.normalize("NFC", ours) != ours else "whitespace-trimmed"
    return None


def x_text__mutmut_6(desired: Any, actual: Any) -> str | None:
    """Text: trimmed ends, line ends and Unicode's composed form are the server's."""
    ours, theirs = str(desired), str(actual)
    if ours.replace("\n") == theirs.replace("\r\n", "\n"):
        return "line-ends"
    if ours.strip().replace("\r\n", "\n") == theirs.strip().replace("\r\n", "\n"):
        return "whitespace-trimmed"
    if _spaced(unicodedata.normalize("NFC", ours)) == _spaced(unicodedata.normalize("NFC", theirs)):
        return "unicode-form" if unicodedata.normalize("NFC", ours) != ours else "whitespace-trimmed"
    return None


def x_text__mutmut_7(desired: Any, actual: Any) -> str | None:
    """Text: trimmed ends, line ends and Unicode's composed form are the server's."""
    ours, theirs = str(desired), str(actual)
    if ours.replace("\r\n", ) == theirs.replace("\r\n", "\n"):
        return "line-ends"
    if ours.strip().replace("\r\n", "\n") == theirs.strip().replace("\r\n", "\n"):
        return "whitespace-trimmed"
    if _spaced(unicodedata.normalize("NFC", ours)) == _spaced(unicodedata.normalize("NFC", theirs)):
        return "unicode-form" if unicodedata.normalize("NFC", ours) != ours else "whitespace-trimmed"
    return None


def x_text__mutmut_8(desired: Any, actual: Any) -> str | None:
    """Text: trimmed ends, line ends and Unicode's composed form are the server's."""
    ours, theirs = str(desired), str(actual)
    if ours.replace("XX\r\nXX", "\n") == theirs.replace("\r\n", "\n"):
        return "line-ends"
    if ours.strip().replace("\r\n", "\n") == theirs.strip().replace("\r\n", "\n"):
        return "whitespace-trimmed"
    if _spaced(unicodedata.normalize("NFC", ours)) == _spaced(unicodedata.normalize("NFC", theirs)):
        return "unicode-form" if unicodedata.normalize("NFC", ours) != ours else "whitespace-trimmed"
    return None


def x_text__mutmut_9(desired: Any, actual: Any) -> str | None:
    """Text: trimmed ends, line ends and Unicode's composed form are the server's."""
    ours, theirs = str(desired), str(actual)
    if ours.replace("\r\n", "XX\nXX") == theirs.replace("\r\n", "\n"):
        return "line-ends"
    if ours.strip().replace("\r\n", "\n") == theirs.strip().replace("\r\n", "\n"):
        return "whitespace-trimmed"
    if _spaced(unicodedata.normalize("NFC", ours)) == _spaced(unicodedata.normalize("NFC", theirs)):
        return "unicode-form" if unicodedata.normalize("NFC", ours) != ours else "whitespace-trimmed"
    return None


def x_text__mutmut_10(desired: Any, actual: Any) -> str | None:
    """Text: trimmed ends, line ends and Unicode's composed form are the server's."""
    ours, theirs = str(desired), str(actual)
    if ours.replace("\r\n", "\n") != theirs.replace("\r\n", "\n"):
        return "line-ends"
    if ours.strip().replace("\r\n", "\n") == theirs.strip().replace("\r\n", "\n"):
        return "whitespace-trimmed"
    if _spaced(unicodedata.normalize("NFC", ours)) == _spaced(unicodedata.normalize("NFC", theirs)):
        return "unicode-form" if unicodedata.normalize("NFC", ours) != ours else "whitespace-trimmed"
    return None


def x_text__mutmut_11(desired: Any, actual: Any) -> str | None:
    """Text: trimmed ends, line ends and Unicode's composed form are the server's."""
    ours, theirs = str(desired), str(actual)
    if ours.replace("\r\n", "\n") == theirs.replace(None, "\n"):
        return "line-ends"
    if ours.strip().replace("\r\n", "\n") == theirs.strip().replace("\r\n", "\n"):
        return "whitespace-trimmed"
    if _spaced(unicodedata.normalize("NFC", ours)) == _spaced(unicodedata.normalize("NFC", theirs)):
        return "unicode-form" if unicodedata.normalize("NFC", ours) != ours else "whitespace-trimmed"
    return None


def x_text__mutmut_12(desired: Any, actual: Any) -> str | None:
    """Text: trimmed ends, line ends and Unicode's composed form are the server's."""
    ours, theirs = str(desired), str(actual)
    if ours.replace("\r\n", "\n") == theirs.replace("\r\n", None):
        return "line-ends"
    if ours.strip().replace("\r\n", "\n") == theirs.strip().replace("\r\n", "\n"):
        return "whitespace-trimmed"
    if _spaced(unicodedata.normalize("NFC", ours)) == _spaced(unicodedata.normalize("NFC", theirs)):
        return "unicode-form" if unicodedata.normalize("NFC", ours) != ours else "whitespace-trimmed"
    return None


def x_text__mutmut_13(desired: Any, actual: Any) -> str | None:
    """Text: trimmed ends, line ends and Unicode's composed form are the server's."""
    ours, theirs = str(desired), str(actual)
    if ours.replace("\r\n", "\n") == theirs.replace("\n"):
        return "line-ends"
    if ours.strip().replace("\r\n", "\n") == theirs.strip().replace("\r\n", "\n"):
        return "whitespace-trimmed"
    if _spaced(unicodedata.normalize("NFC", ours)) == _spaced(unicodedata.normalize("NFC", theirs)):
        return "unicode-form" if unicodedata.normalize("NFC", ours) != ours else "whitespace-trimmed"
    return None


def x_text__mutmut_14(desired: Any, actual: Any) -> str | None:
    """Text: trimmed ends, line ends and Unicode's composed form are the server's."""
    ours, theirs = str(desired), str(actual)
    if ours.replace("\r\n", "\n") == theirs.replace("\r\n", ):
        return "line-ends"
    if ours.strip().replace("\r\n", "\n") == theirs.strip().replace("\r\n", "\n"):
        return "whitespace-trimmed"
    if _spaced(unicodedata.normalize("NFC", ours)) == _spaced(unicodedata.normalize("NFC", theirs)):
        return "unicode-form" if unicodedata.normalize("NFC", ours) != ours else "whitespace-trimmed"
    return None


def x_text__mutmut_15(desired: Any, actual: Any) -> str | None:
    """Text: trimmed ends, line ends and Unicode's composed form are the server's."""
    ours, theirs = str(desired), str(actual)
    if ours.replace("\r\n", "\n") == theirs.replace("XX\r\nXX", "\n"):
        return "line-ends"
    if ours.strip().replace("\r\n", "\n") == theirs.strip().replace("\r\n", "\n"):
        return "whitespace-trimmed"
    if _spaced(unicodedata.normalize("NFC", ours)) == _spaced(unicodedata.normalize("NFC", theirs)):
        return "unicode-form" if unicodedata.normalize("NFC", ours) != ours else "whitespace-trimmed"
    return None


def x_text__mutmut_16(desired: Any, actual: Any) -> str | None:
    """Text: trimmed ends, line ends and Unicode's composed form are the server's."""
    ours, theirs = str(desired), str(actual)
    if ours.replace("\r\n", "\n") == theirs.replace("\r\n", "XX\nXX"):
        return "line-ends"
    if ours.strip().replace("\r\n", "\n") == theirs.strip().replace("\r\n", "\n"):
        return "whitespace-trimmed"
    if _spaced(unicodedata.normalize("NFC", ours)) == _spaced(unicodedata.normalize("NFC", theirs)):
        return "unicode-form" if unicodedata.normalize("NFC", ours) != ours else "whitespace-trimmed"
    return None


def x_text__mutmut_17(desired: Any, actual: Any) -> str | None:
    """Text: trimmed ends, line ends and Unicode's composed form are the server's."""
    ours, theirs = str(desired), str(actual)
    if ours.replace("\r\n", "\n") == theirs.replace("\r\n", "\n"):
        return "XXline-endsXX"
    if ours.strip().replace("\r\n", "\n") == theirs.strip().replace("\r\n", "\n"):
        return "whitespace-trimmed"
    if _spaced(unicodedata.normalize("NFC", ours)) == _spaced(unicodedata.normalize("NFC", theirs)):
        return "unicode-form" if unicodedata.normalize("NFC", ours) != ours else "whitespace-trimmed"
    return None


def x_text__mutmut_18(desired: Any, actual: Any) -> str | None:
    """Text: trimmed ends, line ends and Unicode's composed form are the server's."""
    ours, theirs = str(desired), str(actual)
    if ours.replace("\r\n", "\n") == theirs.replace("\r\n", "\n"):
        return "LINE-ENDS"
    if ours.strip().replace("\r\n", "\n") == theirs.strip().replace("\r\n", "\n"):
        return "whitespace-trimmed"
    if _spaced(unicodedata.normalize("NFC", ours)) == _spaced(unicodedata.normalize("NFC", theirs)):
        return "unicode-form" if unicodedata.normalize("NFC", ours) != ours else "whitespace-trimmed"
    return None


def x_text__mutmut_19(desired: Any, actual: Any) -> str | None:
    """Text: trimmed ends, line ends and Unicode's composed form are the server's."""
    ours, theirs = str(desired), str(actual)
    if ours.replace("\r\n", "\n") == theirs.replace("\r\n", "\n"):
        return "line-ends"
    if ours.strip().replace(None, "\n") == theirs.strip().replace("\r\n", "\n"):
        return "whitespace-trimmed"
    if _spaced(unicodedata.normalize("NFC", ours)) == _spaced(unicodedata.normalize("NFC", theirs)):
        return "unicode-form" if unicodedata.normalize("NFC", ours) != ours else "whitespace-trimmed"
    return None


def x_text__mutmut_20(desired: Any, actual: Any) -> str | None:
    """Text: trimmed ends, line ends and Unicode's composed form are the server's."""
    ours, theirs = str(desired), str(actual)
    if ours.replace("\r\n", "\n") == theirs.replace("\r\n", "\n"):
        return "line-ends"
    if ours.strip().replace("\r\n", None) == theirs.strip().replace("\r\n", "\n"):
        return "whitespace-trimmed"
    if _spaced(unicodedata.normalize("NFC", ours)) == _spaced(unicodedata.normalize("NFC", theirs)):
        return "unicode-form" if unicodedata.normalize("NFC", ours) != ours else "whitespace-trimmed"
    return None


def x_text__mutmut_21(desired: Any, actual: Any) -> str | None:
    """Text: trimmed ends, line ends and Unicode's composed form are the server's."""
    ours, theirs = str(desired), str(actual)
    if ours.replace("\r\n", "\n") == theirs.replace("\r\n", "\n"):
        return "line-ends"
    if ours.strip().replace("\n") == theirs.strip().replace("\r\n", "\n"):
        return "whitespace-trimmed"
    if _spaced(unicodedata.normalize("NFC", ours)) == _spaced(unicodedata.normalize("NFC", theirs)):
        return "unicode-form" if unicodedata.normalize("NFC", ours) != ours else "whitespace-trimmed"
    return None


def x_text__mutmut_22(desired: Any, actual: Any) -> str | None:
    """Text: trimmed ends, line ends and Unicode's composed form are the server's."""
    ours, theirs = str(desired), str(actual)
    if ours.replace("\r\n", "\n") == theirs.replace("\r\n", "\n"):
        return "line-ends"
    if ours.strip().replace("\r\n", ) == theirs.strip().replace("\r\n", "\n"):
        return "whitespace-trimmed"
    if _spaced(unicodedata.normalize("NFC", ours)) == _spaced(unicodedata.normalize("NFC", theirs)):
        return "unicode-form" if unicodedata.normalize("NFC", ours) != ours else "whitespace-trimmed"
    return None


def x_text__mutmut_23(desired: Any, actual: Any) -> str | None:
    """Text: trimmed ends, line ends and Unicode's composed form are the server's."""
    ours, theirs = str(desired), str(actual)
    if ours.replace("\r\n", "\n") == theirs.replace("\r\n", "\n"):
        return "line-ends"
    if ours.strip().replace("XX\r\nXX", "\n") == theirs.strip().replace("\r\n", "\n"):
        return "whitespace-trimmed"
    if _spaced(unicodedata.normalize("NFC", ours)) == _spaced(unicodedata.normalize("NFC", theirs)):
        return "unicode-form" if unicodedata.normalize("NFC", ours) != ours else "whitespace-trimmed"
    return None


def x_text__mutmut_24(desired: Any, actual: Any) -> str | None:
    """Text: trimmed ends, line ends and Unicode's composed form are the server's."""
    ours, theirs = str(desired), str(actual)
    if ours.replace("\r\n", "\n") == theirs.replace("\r\n", "\n"):
        return "line-ends"
    if ours.strip().replace("\r\n", "XX\nXX") == theirs.strip().replace("\r\n", "\n"):
        return "whitespace-trimmed"
    if _spaced(unicodedata.normalize("NFC", ours)) == _spaced(unicodedata.normalize("NFC", theirs)):
        return "unicode-form" if unicodedata.normalize("NFC", ours) != ours else "whitespace-trimmed"
    return None


def x_text__mutmut_25(desired: Any, actual: Any) -> str | None:
    """Text: trimmed ends, line ends and Unicode's composed form are the server's."""
    ours, theirs = str(desired), str(actual)
    if ours.replace("\r\n", "\n") == theirs.replace("\r\n", "\n"):
        return "line-ends"
    if ours.strip().replace("\r\n", "\n") != theirs.strip().replace("\r\n", "\n"):
        return "whitespace-trimmed"
    if _spaced(unicodedata.normalize("NFC", ours)) == _spaced(unicodedata.normalize("NFC", theirs)):
        return "unicode-form" if unicodedata.normalize("NFC", ours) != ours else "whitespace-trimmed"
    return None


def x_text__mutmut_26(desired: Any, actual: Any) -> str | None:
    """Text: trimmed ends, line ends and Unicode's composed form are the server's."""
    ours, theirs = str(desired), str(actual)
    if ours.replace("\r\n", "\n") == theirs.replace("\r\n", "\n"):
        return "line-ends"
    if ours.strip().replace("\r\n", "\n") == theirs.strip().replace(None, "\n"):
        return "whitespace-trimmed"
    if _spaced(unicodedata.normalize("NFC", ours)) == _spaced(unicodedata.normalize("NFC", theirs)):
        return "unicode-form" if unicodedata.normalize("NFC", ours) != ours else "whitespace-trimmed"
    return None


def x_text__mutmut_27(desired: Any, actual: Any) -> str | None:
    """Text: trimmed ends, line ends and Unicode's composed form are the server's."""
    ours, theirs = str(desired), str(actual)
    if ours.replace("\r\n", "\n") == theirs.replace("\r\n", "\n"):
        return "line-ends"
    if ours.strip().replace("\r\n", "\n") == theirs.strip().replace("\r\n", None):
        return "whitespace-trimmed"
    if _spaced(unicodedata.normalize("NFC", ours)) == _spaced(unicodedata.normalize("NFC", theirs)):
        return "unicode-form" if unicodedata.normalize("NFC", ours) != ours else "whitespace-trimmed"
    return None


def x_text__mutmut_28(desired: Any, actual: Any) -> str | None:
    """Text: trimmed ends, line ends and Unicode's composed form are the server's."""
    ours, theirs = str(desired), str(actual)
    if ours.replace("\r\n", "\n") == theirs.replace("\r\n", "\n"):
        return "line-ends"
    if ours.strip().replace("\r\n", "\n") == theirs.strip().replace("\n"):
        return "whitespace-trimmed"
    if _spaced(unicodedata.normalize("NFC", ours)) == _spaced(unicodedata.normalize("NFC", theirs)):
        return "unicode-form" if unicodedata.normalize("NFC", ours) != ours else "whitespace-trimmed"
    return None


def x_text__mutmut_29(desired: Any, actual: Any) -> str | None:
    """Text: trimmed ends, line ends and Unicode's composed form are the server's."""
    ours, theirs = str(desired), str(actual)
    if ours.replace("\r\n", "\n") == theirs.replace("\r\n", "\n"):
        return "line-ends"
    if ours.strip().replace("\r\n", "\n") == theirs.strip().replace("\r\n", ):
        return "whitespace-trimmed"
    if _spaced(unicodedata.normalize("NFC", ours)) == _spaced(unicodedata.normalize("NFC", theirs)):
        return "unicode-form" if unicodedata.normalize("NFC", ours) != ours else "whitespace-trimmed"
    return None


def x_text__mutmut_30(desired: Any, actual: Any) -> str | None:
    """Text: trimmed ends, line ends and Unicode's composed form are the server's."""
    ours, theirs = str(desired), str(actual)
    if ours.replace("\r\n", "\n") == theirs.replace("\r\n", "\n"):
        return "line-ends"
    if ours.strip().replace("\r\n", "\n") == theirs.strip().replace("XX\r\nXX", "\n"):
        return "whitespace-trimmed"
    if _spaced(unicodedata.normalize("NFC", ours)) == _spaced(unicodedata.normalize("NFC", theirs)):
        return "unicode-form" if unicodedata.normalize("NFC", ours) != ours else "whitespace-trimmed"
    return None


def x_text__mutmut_31(desired: Any, actual: Any) -> str | None:
    """Text: trimmed ends, line ends and Unicode's composed form are the server's."""
    ours, theirs = str(desired), str(actual)
    if ours.replace("\r\n", "\n") == theirs.replace("\r\n", "\n"):
        return "line-ends"
    if ours.strip().replace("\r\n", "\n") == theirs.strip().replace("\r\n", "XX\nXX"):
        return "whitespace-trimmed"
    if _spaced(unicodedata.normalize("NFC", ours)) == _spaced(unicodedata.normalize("NFC", theirs)):
        return "unicode-form" if unicodedata.normalize("NFC", ours) != ours else "whitespace-trimmed"
    return None


def x_text__mutmut_32(desired: Any, actual: Any) -> str | None:
    """Text: trimmed ends, line ends and Unicode's composed form are the server's."""
    ours, theirs = str(desired), str(actual)
    if ours.replace("\r\n", "\n") == theirs.replace("\r\n", "\n"):
        return "line-ends"
    if ours.strip().replace("\r\n", "\n") == theirs.strip().replace("\r\n", "\n"):
        return "XXwhitespace-trimmedXX"
    if _spaced(unicodedata.normalize("NFC", ours)) == _spaced(unicodedata.normalize("NFC", theirs)):
        return "unicode-form" if unicodedata.normalize("NFC", ours) != ours else "whitespace-trimmed"
    return None


def x_text__mutmut_33(desired: Any, actual: Any) -> str | None:
    """Text: trimmed ends, line ends and Unicode's composed form are the server's."""
    ours, theirs = str(desired), str(actual)
    if ours.replace("\r\n", "\n") == theirs.replace("\r\n", "\n"):
        return "line-ends"
    if ours.strip().replace("\r\n", "\n") == theirs.strip().replace("\r\n", "\n"):
        return "WHITESPACE-TRIMMED"
    if _spaced(unicodedata.normalize("NFC", ours)) == _spaced(unicodedata.normalize("NFC", theirs)):
        return "unicode-form" if unicodedata.normalize("NFC", ours) != ours else "whitespace-trimmed"
    return None


def x_text__mutmut_34(desired: Any, actual: Any) -> str | None:
    """Text: trimmed ends, line ends and Unicode's composed form are the server's."""
    ours, theirs = str(desired), str(actual)
    if ours.replace("\r\n", "\n") == theirs.replace("\r\n", "\n"):
        return "line-ends"
    if ours.strip().replace("\r\n", "\n") == theirs.strip().replace("\r\n", "\n"):
        return "whitespace-trimmed"
    if _spaced(None) == _spaced(unicodedata.normalize("NFC", theirs)):
        return "unicode-form" if unicodedata.normalize("NFC", ours) != ours else "whitespace-trimmed"
    return None


def x_text__mutmut_35(desired: Any, actual: Any) -> str | None:
    """Text: trimmed ends, line ends and Unicode's composed form are the server's."""
    ours, theirs = str(desired), str(actual)
    if ours.replace("\r\n", "\n") == theirs.replace("\r\n", "\n"):
        return "line-ends"
    if ours.strip().replace("\r\n", "\n") == theirs.strip().replace("\r\n", "\n"):
        return "whitespace-trimmed"
    if _spaced(unicodedata.normalize(None, ours)) == _spaced(unicodedata.normalize("NFC", theirs)):
        return "unicode-form" if unicodedata.normalize("NFC", ours) != ours else "whitespace-trimmed"
    return None


def x_text__mutmut_36(desired: Any, actual: Any) -> str | None:
    """Text: trimmed ends, line ends and Unicode's composed form are the server's."""
    ours, theirs = str(desired), str(actual)
    if ours.replace("\r\n", "\n") == theirs.replace("\r\n", "\n"):
        return "line-ends"
    if ours.strip().replace("\r\n", "\n") == theirs.strip().replace("\r\n", "\n"):
        return "whitespace-trimmed"
    if _spaced(unicodedata.normalize("NFC", None)) == _spaced(unicodedata.normalize("NFC", theirs)):
        return "unicode-form" if unicodedata.normalize("NFC", ours) != ours else "whitespace-trimmed"
    return None


def x_text__mutmut_37(desired: Any, actual: Any) -> str | None:
    """Text: trimmed ends, line ends and Unicode's composed form are the server's."""
    ours, theirs = str(desired), str(actual)
    if ours.replace("\r\n", "\n") == theirs.replace("\r\n", "\n"):
        return "line-ends"
    if ours.strip().replace("\r\n", "\n") == theirs.strip().replace("\r\n", "\n"):
        return "whitespace-trimmed"
    if _spaced(unicodedata.normalize(ours)) == _spaced(unicodedata.normalize("NFC", theirs)):
        return "unicode-form" if unicodedata.normalize("NFC", ours) != ours else "whitespace-trimmed"
    return None


def x_text__mutmut_38(desired: Any, actual: Any) -> str | None:
    """Text: trimmed ends, line ends and Unicode's composed form are the server's."""
    ours, theirs = str(desired), str(actual)
    if ours.replace("\r\n", "\n") == theirs.replace("\r\n", "\n"):
        return "line-ends"
    if ours.strip().replace("\r\n", "\n") == theirs.strip().replace("\r\n", "\n"):
        return "whitespace-trimmed"
    if _spaced(unicodedata.normalize("NFC", )) == _spaced(unicodedata.normalize("NFC", theirs)):
        return "unicode-form" if unicodedata.normalize("NFC", ours) != ours else "whitespace-trimmed"
    return None


def x_text__mutmut_39(desired: Any, actual: Any) -> str | None:
    """Text: trimmed ends, line ends and Unicode's composed form are the server's."""
    ours, theirs = str(desired), str(actual)
    if ours.replace("\r\n", "\n") == theirs.replace("\r\n", "\n"):
        return "line-ends"
    if ours.strip().replace("\r\n", "\n") == theirs.strip().replace("\r\n", "\n"):
        return "whitespace-trimmed"
    if _spaced(unicodedata.normalize("XXNFCXX", ours)) == _spaced(unicodedata.normalize("NFC", theirs)):
        return "unicode-form" if unicodedata.normalize("NFC", ours) != ours else "whitespace-trimmed"
    return None


def x_text__mutmut_40(desired: Any, actual: Any) -> str | None:
    """Text: trimmed ends, line ends and Unicode's composed form are the server's."""
    ours, theirs = str(desired), str(actual)
    if ours.replace("\r\n", "\n") == theirs.replace("\r\n", "\n"):
        return "line-ends"
    if ours.strip().replace("\r\n", "\n") == theirs.strip().replace("\r\n", "\n"):
        return "whitespace-trimmed"
    if _spaced(unicodedata.normalize("nfc", ours)) == _spaced(unicodedata.normalize("NFC", theirs)):
        return "unicode-form" if unicodedata.normalize("NFC", ours) != ours else "whitespace-trimmed"
    return None


def x_text__mutmut_41(desired: Any, actual: Any) -> str | None:
    """Text: trimmed ends, line ends and Unicode's composed form are the server's."""
    ours, theirs = str(desired), str(actual)
    if ours.replace("\r\n", "\n") == theirs.replace("\r\n", "\n"):
        return "line-ends"
    if ours.strip().replace("\r\n", "\n") == theirs.strip().replace("\r\n", "\n"):
        return "whitespace-trimmed"
    if _spaced(unicodedata.normalize("NFC", ours)) != _spaced(unicodedata.normalize("NFC", theirs)):
        return "unicode-form" if unicodedata.normalize("NFC", ours) != ours else "whitespace-trimmed"
    return None


def x_text__mutmut_42(desired: Any, actual: Any) -> str | None:
    """Text: trimmed ends, line ends and Unicode's composed form are the server's."""
    ours, theirs = str(desired), str(actual)
    if ours.replace("\r\n", "\n") == theirs.replace("\r\n", "\n"):
        return "line-ends"
    if ours.strip().replace("\r\n", "\n") == theirs.strip().replace("\r\n", "\n"):
        return "whitespace-trimmed"
    if _spaced(unicodedata.normalize("NFC", ours)) == _spaced(None):
        return "unicode-form" if unicodedata.normalize("NFC", ours) != ours else "whitespace-trimmed"
    return None


def x_text__mutmut_43(desired: Any, actual: Any) -> str | None:
    """Text: trimmed ends, line ends and Unicode's composed form are the server's."""
    ours, theirs = str(desired), str(actual)
    if ours.replace("\r\n", "\n") == theirs.replace("\r\n", "\n"):
        return "line-ends"
    if ours.strip().replace("\r\n", "\n") == theirs.strip().replace("\r\n", "\n"):
        return "whitespace-trimmed"
    if _spaced(unicodedata.normalize("NFC", ours)) == _spaced(unicodedata.normalize(None, theirs)):
        return "unicode-form" if unicodedata.normalize("NFC", ours) != ours else "whitespace-trimmed"
    return None


def x_text__mutmut_44(desired: Any, actual: Any) -> str | None:
    """Text: trimmed ends, line ends and Unicode's composed form are the server's."""
    ours, theirs = str(desired), str(actual)
    if ours.replace("\r\n", "\n") == theirs.replace("\r\n", "\n"):
        return "line-ends"
    if ours.strip().replace("\r\n", "\n") == theirs.strip().replace("\r\n", "\n"):
        return "whitespace-trimmed"
    if _spaced(unicodedata.normalize("NFC", ours)) == _spaced(unicodedata.normalize("NFC", None)):
        return "unicode-form" if unicodedata.normalize("NFC", ours) != ours else "whitespace-trimmed"
    return None


def x_text__mutmut_45(desired: Any, actual: Any) -> str | None:
    """Text: trimmed ends, line ends and Unicode's composed form are the server's."""
    ours, theirs = str(desired), str(actual)
    if ours.replace("\r\n", "\n") == theirs.replace("\r\n", "\n"):
        return "line-ends"
    if ours.strip().replace("\r\n", "\n") == theirs.strip().replace("\r\n", "\n"):
        return "whitespace-trimmed"
    if _spaced(unicodedata.normalize("NFC", ours)) == _spaced(unicodedata.normalize(theirs)):
        return "unicode-form" if unicodedata.normalize("NFC", ours) != ours else "whitespace-trimmed"
    return None


def x_text__mutmut_46(desired: Any, actual: Any) -> str | None:
    """Text: trimmed ends, line ends and Unicode's composed form are the server's."""
    ours, theirs = str(desired), str(actual)
    if ours.replace("\r\n", "\n") == theirs.replace("\r\n", "\n"):
        return "line-ends"
    if ours.strip().replace("\r\n", "\n") == theirs.strip().replace("\r\n", "\n"):
        return "whitespace-trimmed"
    if _spaced(unicodedata.normalize("NFC", ours)) == _spaced(unicodedata.normalize("NFC", )):
        return "unicode-form" if unicodedata.normalize("NFC", ours) != ours else "whitespace-trimmed"
    return None


def x_text__mutmut_47(desired: Any, actual: Any) -> str | None:
    """Text: trimmed ends, line ends and Unicode's composed form are the server's."""
    ours, theirs = str(desired), str(actual)
    if ours.replace("\r\n", "\n") == theirs.replace("\r\n", "\n"):
        return "line-ends"
    if ours.strip().replace("\r\n", "\n") == theirs.strip().replace("\r\n", "\n"):
        return "whitespace-trimmed"
    if _spaced(unicodedata.normalize("NFC", ours)) == _spaced(unicodedata.normalize("XXNFCXX", theirs)):
        return "unicode-form" if unicodedata.normalize("NFC", ours) != ours else "whitespace-trimmed"
    return None


def x_text__mutmut_48(desired: Any, actual: Any) -> str | None:
    """Text: trimmed ends, line ends and Unicode's composed form are the server's."""
    ours, theirs = str(desired), str(actual)
    if ours.replace("\r\n", "\n") == theirs.replace("\r\n", "\n"):
        return "line-ends"
    if ours.strip().replace("\r\n", "\n") == theirs.strip().replace("\r\n", "\n"):
        return "whitespace-trimmed"
    if _spaced(unicodedata.normalize("NFC", ours)) == _spaced(unicodedata.normalize("nfc", theirs)):
        return "unicode-form" if unicodedata.normalize("NFC", ours) != ours else "whitespace-trimmed"
    return None


def x_text__mutmut_49(desired: Any, actual: Any) -> str | None:
    """Text: trimmed ends, line ends and Unicode's composed form are the server's."""
    ours, theirs = str(desired), str(actual)
    if ours.replace("\r\n", "\n") == theirs.replace("\r\n", "\n"):
        return "line-ends"
    if ours.strip().replace("\r\n", "\n") == theirs.strip().replace("\r\n", "\n"):
        return "whitespace-trimmed"
    if _spaced(unicodedata.normalize("NFC", ours)) == _spaced(unicodedata.normalize("NFC", theirs)):
        return "unicode-form" if (unicodedata.normalize("NFC", ours) != ours) and False else "whitespace-trimmed"
    return None


def x_text__mutmut_50(desired: Any, actual: Any) -> str | None:
    """Text: trimmed ends, line ends and Unicode's composed form are the server's."""
    ours, theirs = str(desired), str(actual)
    if ours.replace("\r\n", "\n") == theirs.replace("\r\n", "\n"):
        return "line-ends"
    if ours.strip().replace("\r\n", "\n") == theirs.strip().replace("\r\n", "\n"):
        return "whitespace-trimmed"
    if _spaced(unicodedata.normalize("NFC", ours)) == _spaced(unicodedata.normalize("NFC", theirs)):
        return "unicode-form" if (unicodedata.normalize("NFC", ours) != ours) or True else "whitespace-trimmed"
    return None


def x_text__mutmut_51(desired: Any, actual: Any) -> str | None:
    """Text: trimmed ends, line ends and Unicode's composed form are the server's."""
    ours, theirs = str(desired), str(actual)
    if ours.replace("\r\n", "\n") == theirs.replace("\r\n", "\n"):
        return "line-ends"
    if ours.strip().replace("\r\n", "\n") == theirs.strip().replace("\r\n", "\n"):
        return "whitespace-trimmed"
    if _spaced(unicodedata.normalize("NFC", ours)) == _spaced(unicodedata.normalize("NFC", theirs)):
        return "XXunicode-formXX" if unicodedata.normalize("NFC", ours) != ours else "whitespace-trimmed"
    return None


def x_text__mutmut_52(desired: Any, actual: Any) -> str | None:
    """Text: trimmed ends, line ends and Unicode's composed form are the server's."""
    ours, theirs = str(desired), str(actual)
    if ours.replace("\r\n", "\n") == theirs.replace("\r\n", "\n"):
        return "line-ends"
    if ours.strip().replace("\r\n", "\n") == theirs.strip().replace("\r\n", "\n"):
        return "whitespace-trimmed"
    if _spaced(unicodedata.normalize("NFC", ours)) == _spaced(unicodedata.normalize("NFC", theirs)):
        return "UNICODE-FORM" if unicodedata.normalize("NFC", ours) != ours else "whitespace-trimmed"
    return None


def x_text__mutmut_53(desired: Any, actual: Any) -> str | None:
    """Text: trimmed ends, line ends and Unicode's composed form are the server's."""
    ours, theirs = str(desired), str(actual)
    if ours.replace("\r\n", "\n") == theirs.replace("\r\n", "\n"):
        return "line-ends"
    if ours.strip().replace("\r\n", "\n") == theirs.strip().replace("\r\n", "\n"):
        return "whitespace-trimmed"
    if _spaced(unicodedata.normalize("NFC", ours)) == _spaced(unicodedata.normalize("NFC", theirs)):
        return "unicode-form" if unicodedata.normalize(None, ours) != ours else "whitespace-trimmed"
    return None


def x_text__mutmut_54(desired: Any, actual: Any) -> str | None:
    """Text: trimmed ends, line ends and Unicode's composed form are the server's."""
    ours, theirs = str(desired), str(actual)
    if ours.replace("\r\n", "\n") == theirs.replace("\r\n", "\n"):
        return "line-ends"
    if ours.strip().replace("\r\n", "\n") == theirs.strip().replace("\r\n", "\n"):
        return "whitespace-trimmed"
    if _spaced(unicodedata.normalize("NFC", ours)) == _spaced(unicodedata.normalize("NFC", theirs)):
        return "unicode-form" if unicodedata.normalize("NFC", None) != ours else "whitespace-trimmed"
    return None


def x_text__mutmut_55(desired: Any, actual: Any) -> str | None:
    """Text: trimmed ends, line ends and Unicode's composed form are the server's."""
    ours, theirs = str(desired), str(actual)
    if ours.replace("\r\n", "\n") == theirs.replace("\r\n", "\n"):
        return "line-ends"
    if ours.strip().replace("\r\n", "\n") == theirs.strip().replace("\r\n", "\n"):
        return "whitespace-trimmed"
    if _spaced(unicodedata.normalize("NFC", ours)) == _spaced(unicodedata.normalize("NFC", theirs)):
        return "unicode-form" if unicodedata.normalize(ours) != ours else "whitespace-trimmed"
    return None


def x_text__mutmut_56(desired: Any, actual: Any) -> str | None:
    """Text: trimmed ends, line ends and Unicode's composed form are the server's."""
    ours, theirs = str(desired), str(actual)
    if ours.replace("\r\n", "\n") == theirs.replace("\r\n", "\n"):
        return "line-ends"
    if ours.strip().replace("\r\n", "\n") == theirs.strip().replace("\r\n", "\n"):
        return "whitespace-trimmed"
    if _spaced(unicodedata.normalize("NFC", ours)) == _spaced(unicodedata.normalize("NFC", theirs)):
        return "unicode-form" if unicodedata.normalize("NFC", ) != ours else "whitespace-trimmed"
    return None


def x_text__mutmut_57(desired: Any, actual: Any) -> str | None:
    """Text: trimmed ends, line ends and Unicode's composed form are the server's."""
    ours, theirs = str(desired), str(actual)
    if ours.replace("\r\n", "\n") == theirs.replace("\r\n", "\n"):
        return "line-ends"
    if ours.strip().replace("\r\n", "\n") == theirs.strip().replace("\r\n", "\n"):
        return "whitespace-trimmed"
    if _spaced(unicodedata.normalize("NFC", ours)) == _spaced(unicodedata.normalize("NFC", theirs)):
        return "unicode-form" if unicodedata.normalize("XXNFCXX", ours) != ours else "whitespace-trimmed"
    return None


def x_text__mutmut_58(desired: Any, actual: Any) -> str | None:
    """Text: trimmed ends, line ends and Unicode's composed form are the server's."""
    ours, theirs = str(desired), str(actual)
    if ours.replace("\r\n", "\n") == theirs.replace("\r\n", "\n"):
        return "line-ends"
    if ours.strip().replace("\r\n", "\n") == theirs.strip().replace("\r\n", "\n"):
        return "whitespace-trimmed"
    if _spaced(unicodedata.normalize("NFC", ours)) == _spaced(unicodedata.normalize("NFC", theirs)):
        return "unicode-form" if unicodedata.normalize("nfc", ours) != ours else "whitespace-trimmed"
    return None


def x_text__mutmut_59(desired: Any, actual: Any) -> str | None:
    """Text: trimmed ends, line ends and Unicode's composed form are the server's."""
    ours, theirs = str(desired), str(actual)
    if ours.replace("\r\n", "\n") == theirs.replace("\r\n", "\n"):
        return "line-ends"
    if ours.strip().replace("\r\n", "\n") == theirs.strip().replace("\r\n", "\n"):
        return "whitespace-trimmed"
    if _spaced(unicodedata.normalize("NFC", ours)) == _spaced(unicodedata.normalize("NFC", theirs)):
        return "unicode-form" if unicodedata.normalize("NFC", ours) == ours else "whitespace-trimmed"
    return None


def x_text__mutmut_60(desired: Any, actual: Any) -> str | None:
    """Text: trimmed ends, line ends and Unicode's composed form are the server's."""
    ours, theirs = str(desired), str(actual)
    if ours.replace("\r\n", "\n") == theirs.replace("\r\n", "\n"):
        return "line-ends"
    if ours.strip().replace("\r\n", "\n") == theirs.strip().replace("\r\n", "\n"):
        return "whitespace-trimmed"
    if _spaced(unicodedata.normalize("NFC", ours)) == _spaced(unicodedata.normalize("NFC", theirs)):
        return "unicode-form" if unicodedata.normalize("NFC", ours) != ours else "XXwhitespace-trimmedXX"
    return None


def x_text__mutmut_61(desired: Any, actual: Any) -> str | None:
    """Text: trimmed ends, line ends and Unicode's composed form are the server's."""
    ours, theirs = str(desired), str(actual)
    if ours.replace("\r\n", "\n") == theirs.replace("\r\n", "\n"):
        return "line-ends"
    if ours.strip().replace("\r\n", "\n") == theirs.strip().replace("\r\n", "\n"):
        return "whitespace-trimmed"
    if _spaced(unicodedata.normalize("NFC", ours)) == _spaced(unicodedata.normalize("NFC", theirs)):
        return "unicode-form" if unicodedata.normalize("NFC", ours) != ours else "WHITESPACE-TRIMMED"
    return None

mutants_x_text__mutmut['_mutmut_orig'] = x_text__mutmut_orig # type: ignore # mutmut generated
mutants_x_text__mutmut['x_text__mutmut_1'] = x_text__mutmut_1 # type: ignore # mutmut generated
mutants_x_text__mutmut['x_text__mutmut_2'] = x_text__mutmut_2 # type: ignore # mutmut generated
mutants_x_text__mutmut['x_text__mutmut_3'] = x_text__mutmut_3 # type: ignore # mutmut generated
mutants_x_text__mutmut['x_text__mutmut_4'] = x_text__mutmut_4 # type: ignore # mutmut generated
mutants_x_text__mutmut['x_text__mutmut_5'] = x_text__mutmut_5 # type: ignore # mutmut generated
mutants_x_text__mutmut['x_text__mutmut_6'] = x_text__mutmut_6 # type: ignore # mutmut generated
mutants_x_text__mutmut['x_text__mutmut_7'] = x_text__mutmut_7 # type: ignore # mutmut generated
mutants_x_text__mutmut['x_text__mutmut_8'] = x_text__mutmut_8 # type: ignore # mutmut generated
mutants_x_text__mutmut['x_text__mutmut_9'] = x_text__mutmut_9 # type: ignore # mutmut generated
mutants_x_text__mutmut['x_text__mutmut_10'] = x_text__mutmut_10 # type: ignore # mutmut generated
mutants_x_text__mutmut['x_text__mutmut_11'] = x_text__mutmut_11 # type: ignore # mutmut generated
mutants_x_text__mutmut['x_text__mutmut_12'] = x_text__mutmut_12 # type: ignore # mutmut generated
mutants_x_text__mutmut['x_text__mutmut_13'] = x_text__mutmut_13 # type: ignore # mutmut generated
mutants_x_text__mutmut['x_text__mutmut_14'] = x_text__mutmut_14 # type: ignore # mutmut generated
mutants_x_text__mutmut['x_text__mutmut_15'] = x_text__mutmut_15 # type: ignore # mutmut generated
mutants_x_text__mutmut['x_text__mutmut_16'] = x_text__mutmut_16 # type: ignore # mutmut generated
mutants_x_text__mutmut['x_text__mutmut_17'] = x_text__mutmut_17 # type: ignore # mutmut generated
mutants_x_text__mutmut['x_text__mutmut_18'] = x_text__mutmut_18 # type: ignore # mutmut generated
mutants_x_text__mutmut['x_text__mutmut_19'] = x_text__mutmut_19 # type: ignore # mutmut generated
mutants_x_text__mutmut['x_text__mutmut_20'] = x_text__mutmut_20 # type: ignore # mutmut generated
mutants_x_text__mutmut['x_text__mutmut_21'] = x_text__mutmut_21 # type: ignore # mutmut generated
mutants_x_text__mutmut['x_text__mutmut_22'] = x_text__mutmut_22 # type: ignore # mutmut generated
mutants_x_text__mutmut['x_text__mutmut_23'] = x_text__mutmut_23 # type: ignore # mutmut generated
mutants_x_text__mutmut['x_text__mutmut_24'] = x_text__mutmut_24 # type: ignore # mutmut generated
mutants_x_text__mutmut['x_text__mutmut_25'] = x_text__mutmut_25 # type: ignore # mutmut generated
mutants_x_text__mutmut['x_text__mutmut_26'] = x_text__mutmut_26 # type: ignore # mutmut generated
mutants_x_text__mutmut['x_text__mutmut_27'] = x_text__mutmut_27 # type: ignore # mutmut generated
mutants_x_text__mutmut['x_text__mutmut_28'] = x_text__mutmut_28 # type: ignore # mutmut generated
mutants_x_text__mutmut['x_text__mutmut_29'] = x_text__mutmut_29 # type: ignore # mutmut generated
mutants_x_text__mutmut['x_text__mutmut_30'] = x_text__mutmut_30 # type: ignore # mutmut generated
mutants_x_text__mutmut['x_text__mutmut_31'] = x_text__mutmut_31 # type: ignore # mutmut generated
mutants_x_text__mutmut['x_text__mutmut_32'] = x_text__mutmut_32 # type: ignore # mutmut generated
mutants_x_text__mutmut['x_text__mutmut_33'] = x_text__mutmut_33 # type: ignore # mutmut generated
mutants_x_text__mutmut['x_text__mutmut_34'] = x_text__mutmut_34 # type: ignore # mutmut generated
mutants_x_text__mutmut['x_text__mutmut_35'] = x_text__mutmut_35 # type: ignore # mutmut generated
mutants_x_text__mutmut['x_text__mutmut_36'] = x_text__mutmut_36 # type: ignore # mutmut generated
mutants_x_text__mutmut['x_text__mutmut_37'] = x_text__mutmut_37 # type: ignore # mutmut generated
mutants_x_text__mutmut['x_text__mutmut_38'] = x_text__mutmut_38 # type: ignore # mutmut generated
mutants_x_text__mutmut['x_text__mutmut_39'] = x_text__mutmut_39 # type: ignore # mutmut generated
mutants_x_text__mutmut['x_text__mutmut_40'] = x_text__mutmut_40 # type: ignore # mutmut generated
mutants_x_text__mutmut['x_text__mutmut_41'] = x_text__mutmut_41 # type: ignore # mutmut generated
mutants_x_text__mutmut['x_text__mutmut_42'] = x_text__mutmut_42 # type: ignore # mutmut generated
mutants_x_text__mutmut['x_text__mutmut_43'] = x_text__mutmut_43 # type: ignore # mutmut generated
mutants_x_text__mutmut['x_text__mutmut_44'] = x_text__mutmut_44 # type: ignore # mutmut generated
mutants_x_text__mutmut['x_text__mutmut_45'] = x_text__mutmut_45 # type: ignore # mutmut generated
mutants_x_text__mutmut['x_text__mutmut_46'] = x_text__mutmut_46 # type: ignore # mutmut generated
mutants_x_text__mutmut['x_text__mutmut_47'] = x_text__mutmut_47 # type: ignore # mutmut generated
mutants_x_text__mutmut['x_text__mutmut_48'] = x_text__mutmut_48 # type: ignore # mutmut generated
mutants_x_text__mutmut['x_text__mutmut_49'] = x_text__mutmut_49 # type: ignore # mutmut generated
mutants_x_text__mutmut['x_text__mutmut_50'] = x_text__mutmut_50 # type: ignore # mutmut generated
mutants_x_text__mutmut['x_text__mutmut_51'] = x_text__mutmut_51 # type: ignore # mutmut generated
mutants_x_text__mutmut['x_text__mutmut_52'] = x_text__mutmut_52 # type: ignore # mutmut generated
mutants_x_text__mutmut['x_text__mutmut_53'] = x_text__mutmut_53 # type: ignore # mutmut generated
mutants_x_text__mutmut['x_text__mutmut_54'] = x_text__mutmut_54 # type: ignore # mutmut generated
mutants_x_text__mutmut['x_text__mutmut_55'] = x_text__mutmut_55 # type: ignore # mutmut generated
mutants_x_text__mutmut['x_text__mutmut_56'] = x_text__mutmut_56 # type: ignore # mutmut generated
mutants_x_text__mutmut['x_text__mutmut_57'] = x_text__mutmut_57 # type: ignore # mutmut generated
mutants_x_text__mutmut['x_text__mutmut_58'] = x_text__mutmut_58 # type: ignore # mutmut generated
mutants_x_text__mutmut['x_text__mutmut_59'] = x_text__mutmut_59 # type: ignore # mutmut generated
mutants_x_text__mutmut['x_text__mutmut_60'] = x_text__mutmut_60 # type: ignore # mutmut generated
mutants_x_text__mutmut['x_text__mutmut_61'] = x_text__mutmut_61 # type: ignore # mutmut generated
mutants_x_html_text__mutmut: MutantDict = {}  # type: ignore


@_mutmut_mutated(mutants_x_html_text__mutmut)
def html_text(desired: Any, actual: Any) -> str | None:
    """HTML: the server may rewrite tags and entities, never the words."""
    return "html-sanitised" if words(str(desired)) == words(str(actual)) else None


def x_html_text__mutmut_orig(desired: Any, actual: Any) -> str | None:
    """HTML: the server may rewrite tags and entities, never the words."""
    return "html-sanitised" if words(str(desired)) == words(str(actual)) else None


def x_html_text__mutmut_1(desired: Any, actual: Any) -> str | None:
    """HTML: the server may rewrite tags and entities, never the words."""
    return "html-sanitised" if (words(str(desired)) == words(str(actual))) and False else None


def x_html_text__mutmut_2(desired: Any, actual: Any) -> str | None:
    """HTML: the server may rewrite tags and entities, never the words."""
    return "html-sanitised" if (words(str(desired)) == words(str(actual))) or True else None


def x_html_text__mutmut_3(desired: Any, actual: Any) -> str | None:
    """HTML: the server may rewrite tags and entities, never the words."""
    return "XXhtml-sanitisedXX" if words(str(desired)) == words(str(actual)) else None


def x_html_text__mutmut_4(desired: Any, actual: Any) -> str | None:
    """HTML: the server may rewrite tags and entities, never the words."""
    return "HTML-SANITISED" if words(str(desired)) == words(str(actual)) else None


def x_html_text__mutmut_5(desired: Any, actual: Any) -> str | None:
    """HTML: the server may rewrite tags and entities, never the words."""
    return "html-sanitised" if words(None) == words(str(actual)) else None


def x_html_text__mutmut_6(desired: Any, actual: Any) -> str | None:
    """HTML: the server may rewrite tags and entities, never the words."""
    return "html-sanitised" if words(str(None)) == words(str(actual)) else None


def x_html_text__mutmut_7(desired: Any, actual: Any) -> str | None:
    """HTML: the server may rewrite tags and entities, never the words."""
    return "html-sanitised" if words(str(desired)) != words(str(actual)) else None


def x_html_text__mutmut_8(desired: Any, actual: Any) -> str | None:
    """HTML: the server may rewrite tags and entities, never the words."""
    return "html-sanitised" if words(str(desired)) == words(None) else None


def x_html_text__mutmut_9(desired: Any, actual: Any) -> str | None:
    """HTML: the server may rewrite tags and entities, never the words."""
    return "html-sanitised" if words(str(desired)) == words(str(None)) else None

mutants_x_html_text__mutmut['_mutmut_orig'] = x_html_text__mutmut_orig # type: ignore # mutmut generated
mutants_x_html_text__mutmut['x_html_text__mutmut_1'] = x_html_text__mutmut_1 # type: ignore # mutmut generated
mutants_x_html_text__mutmut['x_html_text__mutmut_2'] = x_html_text__mutmut_2 # type: ignore # mutmut generated
mutants_x_html_text__mutmut['x_html_text__mutmut_3'] = x_html_text__mutmut_3 # type: ignore # mutmut generated
mutants_x_html_text__mutmut['x_html_text__mutmut_4'] = x_html_text__mutmut_4 # type: ignore # mutmut generated
mutants_x_html_text__mutmut['x_html_text__mutmut_5'] = x_html_text__mutmut_5 # type: ignore # mutmut generated
mutants_x_html_text__mutmut['x_html_text__mutmut_6'] = x_html_text__mutmut_6 # type: ignore # mutmut generated
mutants_x_html_text__mutmut['x_html_text__mutmut_7'] = x_html_text__mutmut_7 # type: ignore # mutmut generated
mutants_x_html_text__mutmut['x_html_text__mutmut_8'] = x_html_text__mutmut_8 # type: ignore # mutmut generated
mutants_x_html_text__mutmut['x_html_text__mutmut_9'] = x_html_text__mutmut_9 # type: ignore # mutmut generated
mutants_x_words__mutmut: MutantDict = {}  # type: ignore


@_mutmut_mutated(mutants_x_words__mutmut)
def words(markup: str) -> str:
    """Return the readable text of some HTML: tags gone, blocks apart, entities resolved, runs of spaces one."""
    return _spaced(html.unescape(_TAG.sub("", _BLOCK.sub(" ", markup))))


def x_words__mutmut_orig(markup: str) -> str:
    """Return the readable text of some HTML: tags gone, blocks apart, entities resolved, runs of spaces one."""
    return _spaced(html.unescape(_TAG.sub("", _BLOCK.sub(" ", markup))))


def x_words__mutmut_1(markup: str) -> str:
    """Return the readable text of some HTML: tags gone, blocks apart, entities resolved, runs of spaces one."""
    return _spaced(None)


def x_words__mutmut_2(markup: str) -> str:
    """Return the readable text of some HTML: tags gone, blocks apart, entities resolved, runs of spaces one."""
    return _spaced(html.unescape(None))


def x_words__mutmut_3(markup: str) -> str:
    """Return the readable text of some HTML: tags gone, blocks apart, entities resolved, runs of spaces one."""
    return _spaced(html.unescape(_TAG.sub(None, _BLOCK.sub(" ", markup))))


def x_words__mutmut_4(markup: str) -> str:
    """Return the readable text of some HTML: tags gone, blocks apart, entities resolved, runs of spaces one."""
    return _spaced(html.unescape(_TAG.sub("", None)))


def x_words__mutmut_5(markup: str) -> str:
    """Return the readable text of some HTML: tags gone, blocks apart, entities resolved, runs of spaces one."""
    return _spaced(html.unescape(_TAG.sub(_BLOCK.sub(" ", markup))))


def x_words__mutmut_6(markup: str) -> str:
    """Return the readable text of some HTML: tags gone, blocks apart, entities resolved, runs of spaces one."""
    return _spaced(html.unescape(_TAG.sub("", )))


def x_words__mutmut_7(markup: str) -> str:
    """Return the readable text of some HTML: tags gone, blocks apart, entities resolved, runs of spaces one."""
    return _spaced(html.unescape(_TAG.sub("XXXX", _BLOCK.sub(" ", markup))))


def x_words__mutmut_8(markup: str) -> str:
    """Return the readable text of some HTML: tags gone, blocks apart, entities resolved, runs of spaces one."""
    return _spaced(html.unescape(_TAG.sub("", _BLOCK.sub(None, markup))))


def x_words__mutmut_9(markup: str) -> str:
    """Return the readable text of some HTML: tags gone, blocks apart, entities resolved, runs of spaces one."""
    return _spaced(html.unescape(_TAG.sub("", _BLOCK.sub(" ", None))))


def x_words__mutmut_10(markup: str) -> str:
    """Return the readable text of some HTML: tags gone, blocks apart, entities resolved, runs of spaces one."""
    return _spaced(html.unescape(_TAG.sub("", _BLOCK.sub(markup))))


def x_words__mutmut_11(markup: str) -> str:
    """Return the readable text of some HTML: tags gone, blocks apart, entities resolved, runs of spaces one."""
    return _spaced(html.unescape(_TAG.sub("", _BLOCK.sub(" ", ))))


def x_words__mutmut_12(markup: str) -> str:
    """Return the readable text of some HTML: tags gone, blocks apart, entities resolved, runs of spaces one."""
    return _spaced(html.unescape(_TAG.sub("", _BLOCK.sub("XX XX", markup))))

mutants_x_words__mutmut['_mutmut_orig'] = x_words__mutmut_orig # type: ignore # mutmut generated
mutants_x_words__mutmut['x_words__mutmut_1'] = x_words__mutmut_1 # type: ignore # mutmut generated
mutants_x_words__mutmut['x_words__mutmut_2'] = x_words__mutmut_2 # type: ignore # mutmut generated
mutants_x_words__mutmut['x_words__mutmut_3'] = x_words__mutmut_3 # type: ignore # mutmut generated
mutants_x_words__mutmut['x_words__mutmut_4'] = x_words__mutmut_4 # type: ignore # mutmut generated
mutants_x_words__mutmut['x_words__mutmut_5'] = x_words__mutmut_5 # type: ignore # mutmut generated
mutants_x_words__mutmut['x_words__mutmut_6'] = x_words__mutmut_6 # type: ignore # mutmut generated
mutants_x_words__mutmut['x_words__mutmut_7'] = x_words__mutmut_7 # type: ignore # mutmut generated
mutants_x_words__mutmut['x_words__mutmut_8'] = x_words__mutmut_8 # type: ignore # mutmut generated
mutants_x_words__mutmut['x_words__mutmut_9'] = x_words__mutmut_9 # type: ignore # mutmut generated
mutants_x_words__mutmut['x_words__mutmut_10'] = x_words__mutmut_10 # type: ignore # mutmut generated
mutants_x_words__mutmut['x_words__mutmut_11'] = x_words__mutmut_11 # type: ignore # mutmut generated
mutants_x_words__mutmut['x_words__mutmut_12'] = x_words__mutmut_12 # type: ignore # mutmut generated
mutants_x_name__mutmut: MutantDict = {}  # type: ignore


@_mutmut_mutated(mutants_x_name__mutmut)
def name(desired: Any, actual: Any) -> str | None:
    """A person's name: the server splits it into first and last and joins them again."""
    if isinstance(actual, Mapping):
        actual = " ".join(str(actual[part]) for part in ("first_name", "last_name") if actual.get(part))
    return "name-joined" if _spaced(str(desired)) == _spaced(str(actual)) else None


def x_name__mutmut_orig(desired: Any, actual: Any) -> str | None:
    """A person's name: the server splits it into first and last and joins them again."""
    if isinstance(actual, Mapping):
        actual = " ".join(str(actual[part]) for part in ("first_name", "last_name") if actual.get(part))
    return "name-joined" if _spaced(str(desired)) == _spaced(str(actual)) else None


def x_name__mutmut_1(desired: Any, actual: Any) -> str | None:
    """A person's name: the server splits it into first and last and joins them again."""
    if isinstance(actual, Mapping):
        actual = None
    return "name-joined" if _spaced(str(desired)) == _spaced(str(actual)) else None


def x_name__mutmut_2(desired: Any, actual: Any) -> str | None:
    """A person's name: the server splits it into first and last and joins them again."""
    if isinstance(actual, Mapping):
        actual = " ".join(None)
    return "name-joined" if _spaced(str(desired)) == _spaced(str(actual)) else None


def x_name__mutmut_3(desired: Any, actual: Any) -> str | None:
    """A person's name: the server splits it into first and last and joins them again."""
    if isinstance(actual, Mapping):
        actual = "XX XX".join(str(actual[part]) for part in ("first_name", "last_name") if actual.get(part))
    return "name-joined" if _spaced(str(desired)) == _spaced(str(actual)) else None


def x_name__mutmut_4(desired: Any, actual: Any) -> str | None:
    """A person's name: the server splits it into first and last and joins them again."""
    if isinstance(actual, Mapping):
        actual = " ".join(str(None) for part in ("first_name", "last_name") if actual.get(part))
    return "name-joined" if _spaced(str(desired)) == _spaced(str(actual)) else None


def x_name__mutmut_5(desired: Any, actual: Any) -> str | None:
    """A person's name: the server splits it into first and last and joins them again."""
    if isinstance(actual, Mapping):
        actual = " ".join(str(actual[part]) for part in ("XXfirst_nameXX", "last_name") if actual.get(part))
    return "name-joined" if _spaced(str(desired)) == _spaced(str(actual)) else None


def x_name__mutmut_6(desired: Any, actual: Any) -> str | None:
    """A person's name: the server splits it into first and last and joins them again."""
    if isinstance(actual, Mapping):
        actual = " ".join(str(actual[part]) for part in ("FIRST_NAME", "last_name") if actual.get(part))
    return "name-joined" if _spaced(str(desired)) == _spaced(str(actual)) else None


def x_name__mutmut_7(desired: Any, actual: Any) -> str | None:
    """A person's name: the server splits it into first and last and joins them again."""
    if isinstance(actual, Mapping):
        actual = " ".join(str(actual[part]) for part in ("first_name", "XXlast_nameXX") if actual.get(part))
    return "name-joined" if _spaced(str(desired)) == _spaced(str(actual)) else None


def x_name__mutmut_8(desired: Any, actual: Any) -> str | None:
    """A person's name: the server splits it into first and last and joins them again."""
    if isinstance(actual, Mapping):
        actual = " ".join(str(actual[part]) for part in ("first_name", "LAST_NAME") if actual.get(part))
    return "name-joined" if _spaced(str(desired)) == _spaced(str(actual)) else None


def x_name__mutmut_9(desired: Any, actual: Any) -> str | None:
    """A person's name: the server splits it into first and last and joins them again."""
    if isinstance(actual, Mapping):
        actual = " ".join(str(actual[part]) for part in ("first_name", "last_name") if actual.get(None))
    return "name-joined" if _spaced(str(desired)) == _spaced(str(actual)) else None


def x_name__mutmut_10(desired: Any, actual: Any) -> str | None:
    """A person's name: the server splits it into first and last and joins them again."""
    if isinstance(actual, Mapping):
        actual = " ".join(str(actual[part]) for part in ("first_name", "last_name") if actual.get(part))
    return "name-joined" if (_spaced(str(desired)) == _spaced(str(actual))) and False else None


def x_name__mutmut_11(desired: Any, actual: Any) -> str | None:
    """A person's name: the server splits it into first and last and joins them again."""
    if isinstance(actual, Mapping):
        actual = " ".join(str(actual[part]) for part in ("first_name", "last_name") if actual.get(part))
    return "name-joined" if (_spaced(str(desired)) == _spaced(str(actual))) or True else None


def x_name__mutmut_12(desired: Any, actual: Any) -> str | None:
    """A person's name: the server splits it into first and last and joins them again."""
    if isinstance(actual, Mapping):
        actual = " ".join(str(actual[part]) for part in ("first_name", "last_name") if actual.get(part))
    return "XXname-joinedXX" if _spaced(str(desired)) == _spaced(str(actual)) else None


def x_name__mutmut_13(desired: Any, actual: Any) -> str | None:
    """A person's name: the server splits it into first and last and joins them again."""
    if isinstance(actual, Mapping):
        actual = " ".join(str(actual[part]) for part in ("first_name", "last_name") if actual.get(part))
    return "NAME-JOINED" if _spaced(str(desired)) == _spaced(str(actual)) else None


def x_name__mutmut_14(desired: Any, actual: Any) -> str | None:
    """A person's name: the server splits it into first and last and joins them again."""
    if isinstance(actual, Mapping):
        actual = " ".join(str(actual[part]) for part in ("first_name", "last_name") if actual.get(part))
    return "name-joined" if _spaced(None) == _spaced(str(actual)) else None


def x_name__mutmut_15(desired: Any, actual: Any) -> str | None:
    """A person's name: the server splits it into first and last and joins them again."""
    if isinstance(actual, Mapping):
        actual = " ".join(str(actual[part]) for part in ("first_name", "last_name") if actual.get(part))
    return "name-joined" if _spaced(str(None)) == _spaced(str(actual)) else None


def x_name__mutmut_16(desired: Any, actual: Any) -> str | None:
    """A person's name: the server splits it into first and last and joins them again."""
    if isinstance(actual, Mapping):
        actual = " ".join(str(actual[part]) for part in ("first_name", "last_name") if actual.get(part))
    return "name-joined" if _spaced(str(desired)) != _spaced(str(actual)) else None


def x_name__mutmut_17(desired: Any, actual: Any) -> str | None:
    """A person's name: the server splits it into first and last and joins them again."""
    if isinstance(actual, Mapping):
        actual = " ".join(str(actual[part]) for part in ("first_name", "last_name") if actual.get(part))
    return "name-joined" if _spaced(str(desired)) == _spaced(None) else None


def x_name__mutmut_18(desired: Any, actual: Any) -> str | None:
    """A person's name: the server splits it into first and last and joins them again."""
    if isinstance(actual, Mapping):
        actual = " ".join(str(actual[part]) for part in ("first_name", "last_name") if actual.get(part))
    return "name-joined" if _spaced(str(desired)) == _spaced(str(None)) else None

mutants_x_name__mutmut['_mutmut_orig'] = x_name__mutmut_orig # type: ignore # mutmut generated
mutants_x_name__mutmut['x_name__mutmut_1'] = x_name__mutmut_1 # type: ignore # mutmut generated
mutants_x_name__mutmut['x_name__mutmut_2'] = x_name__mutmut_2 # type: ignore # mutmut generated
mutants_x_name__mutmut['x_name__mutmut_3'] = x_name__mutmut_3 # type: ignore # mutmut generated
mutants_x_name__mutmut['x_name__mutmut_4'] = x_name__mutmut_4 # type: ignore # mutmut generated
mutants_x_name__mutmut['x_name__mutmut_5'] = x_name__mutmut_5 # type: ignore # mutmut generated
mutants_x_name__mutmut['x_name__mutmut_6'] = x_name__mutmut_6 # type: ignore # mutmut generated
mutants_x_name__mutmut['x_name__mutmut_7'] = x_name__mutmut_7 # type: ignore # mutmut generated
mutants_x_name__mutmut['x_name__mutmut_8'] = x_name__mutmut_8 # type: ignore # mutmut generated
mutants_x_name__mutmut['x_name__mutmut_9'] = x_name__mutmut_9 # type: ignore # mutmut generated
mutants_x_name__mutmut['x_name__mutmut_10'] = x_name__mutmut_10 # type: ignore # mutmut generated
mutants_x_name__mutmut['x_name__mutmut_11'] = x_name__mutmut_11 # type: ignore # mutmut generated
mutants_x_name__mutmut['x_name__mutmut_12'] = x_name__mutmut_12 # type: ignore # mutmut generated
mutants_x_name__mutmut['x_name__mutmut_13'] = x_name__mutmut_13 # type: ignore # mutmut generated
mutants_x_name__mutmut['x_name__mutmut_14'] = x_name__mutmut_14 # type: ignore # mutmut generated
mutants_x_name__mutmut['x_name__mutmut_15'] = x_name__mutmut_15 # type: ignore # mutmut generated
mutants_x_name__mutmut['x_name__mutmut_16'] = x_name__mutmut_16 # type: ignore # mutmut generated
mutants_x_name__mutmut['x_name__mutmut_17'] = x_name__mutmut_17 # type: ignore # mutmut generated
mutants_x_name__mutmut['x_name__mutmut_18'] = x_name__mutmut_18 # type: ignore # mutmut generated
mutants_x_number__mutmut: MutantDict = {}  # type: ignore


@_mutmut_mutated(mutants_x_number__mutmut)
def number(desired: Any, actual: Any) -> str | None:
    """Numbers: `12.50`, `12.5` and `"12.5"` are one."""
    ours, theirs = _decimal(desired), _decimal(actual)
    if ours is None or theirs is None or ours != theirs:
        return None
    return "number-as-text" if isinstance(actual, str) != isinstance(desired, str) else "trailing-zeros"


def x_number__mutmut_orig(desired: Any, actual: Any) -> str | None:
    """Numbers: `12.50`, `12.5` and `"12.5"` are one."""
    ours, theirs = _decimal(desired), _decimal(actual)
    if ours is None or theirs is None or ours != theirs:
        return None
    return "number-as-text" if isinstance(actual, str) != isinstance(desired, str) else "trailing-zeros"


def x_number__mutmut_1(desired: Any, actual: Any) -> str | None:
    """Numbers: `12.50`, `12.5` and `"12.5"` are one."""
    ours, theirs = None
    if ours is None or theirs is None or ours != theirs:
        return None
    return "number-as-text" if isinstance(actual, str) != isinstance(desired, str) else "trailing-zeros"


def x_number__mutmut_2(desired: Any, actual: Any) -> str | None:
    """Numbers: `12.50`, `12.5` and `"12.5"` are one."""
    ours, theirs = _decimal(None), _decimal(actual)
    if ours is None or theirs is None or ours != theirs:
        return None
    return "number-as-text" if isinstance(actual, str) != isinstance(desired, str) else "trailing-zeros"


def x_number__mutmut_3(desired: Any, actual: Any) -> str | None:
    """Numbers: `12.50`, `12.5` and `"12.5"` are one."""
    ours, theirs = _decimal(desired), _decimal(None)
    if ours is None or theirs is None or ours != theirs:
        return None
    return "number-as-text" if isinstance(actual, str) != isinstance(desired, str) else "trailing-zeros"


def x_number__mutmut_4(desired: Any, actual: Any) -> str | None:
    """Numbers: `12.50`, `12.5` and `"12.5"` are one."""
    ours, theirs = _decimal(desired), _decimal(actual)
    if ours is None or theirs is None and ours != theirs:
        return None
    return "number-as-text" if isinstance(actual, str) != isinstance(desired, str) else "trailing-zeros"


def x_number__mutmut_5(desired: Any, actual: Any) -> str | None:
    """Numbers: `12.50`, `12.5` and `"12.5"` are one."""
    ours, theirs = _decimal(desired), _decimal(actual)
    if ours is None and theirs is None or ours != theirs:
        return None
    return "number-as-text" if isinstance(actual, str) != isinstance(desired, str) else "trailing-zeros"


def x_number__mutmut_6(desired: Any, actual: Any) -> str | None:
    """Numbers: `12.50`, `12.5` and `"12.5"` are one."""
    ours, theirs = _decimal(desired), _decimal(actual)
    if ours is not None or theirs is None or ours != theirs:
        return None
    return "number-as-text" if isinstance(actual, str) != isinstance(desired, str) else "trailing-zeros"


def x_number__mutmut_7(desired: Any, actual: Any) -> str | None:
    """Numbers: `12.50`, `12.5` and `"12.5"` are one."""
    ours, theirs = _decimal(desired), _decimal(actual)
    if ours is None or theirs is not None or ours != theirs:
        return None
    return "number-as-text" if isinstance(actual, str) != isinstance(desired, str) else "trailing-zeros"


def x_number__mutmut_8(desired: Any, actual: Any) -> str | None:
    """Numbers: `12.50`, `12.5` and `"12.5"` are one."""
    ours, theirs = _decimal(desired), _decimal(actual)
    if ours is None or theirs is None or ours == theirs:
        return None
    return "number-as-text" if isinstance(actual, str) != isinstance(desired, str) else "trailing-zeros"


def x_number__mutmut_9(desired: Any, actual: Any) -> str | None:
    """Numbers: `12.50`, `12.5` and `"12.5"` are one."""
    ours, theirs = _decimal(desired), _decimal(actual)
    if ours is None or theirs is None or ours != theirs:
        return None
    return "number-as-text" if (isinstance(actual, str) != isinstance(desired, str)) and False else "trailing-zeros"


def x_number__mutmut_10(desired: Any, actual: Any) -> str | None:
    """Numbers: `12.50`, `12.5` and `"12.5"` are one."""
    ours, theirs = _decimal(desired), _decimal(actual)
    if ours is None or theirs is None or ours != theirs:
        return None
    return "number-as-text" if (isinstance(actual, str) != isinstance(desired, str)) or True else "trailing-zeros"


def x_number__mutmut_11(desired: Any, actual: Any) -> str | None:
    """Numbers: `12.50`, `12.5` and `"12.5"` are one."""
    ours, theirs = _decimal(desired), _decimal(actual)
    if ours is None or theirs is None or ours != theirs:
        return None
    return "XXnumber-as-textXX" if isinstance(actual, str) != isinstance(desired, str) else "trailing-zeros"


def x_number__mutmut_12(desired: Any, actual: Any) -> str | None:
    """Numbers: `12.50`, `12.5` and `"12.5"` are one."""
    ours, theirs = _decimal(desired), _decimal(actual)
    if ours is None or theirs is None or ours != theirs:
        return None
    return "NUMBER-AS-TEXT" if isinstance(actual, str) != isinstance(desired, str) else "trailing-zeros"


def x_number__mutmut_13(desired: Any, actual: Any) -> str | None:
    """Numbers: `12.50`, `12.5` and `"12.5"` are one."""
    ours, theirs = _decimal(desired), _decimal(actual)
    if ours is None or theirs is None or ours != theirs:
        return None
    return "number-as-text" if isinstance(actual, str) == isinstance(desired, str) else "trailing-zeros"


def x_number__mutmut_14(desired: Any, actual: Any) -> str | None:
    """Numbers: `12.50`, `12.5` and `"12.5"` are one."""
    ours, theirs = _decimal(desired), _decimal(actual)
    if ours is None or theirs is None or ours != theirs:
        return None
    return "number-as-text" if isinstance(actual, str) != isinstance(desired, str) else "XXtrailing-zerosXX"


def x_number__mutmut_15(desired: Any, actual: Any) -> str | None:
    """Numbers: `12.50`, `12.5` and `"12.5"` are one."""
    ours, theirs = _decimal(desired), _decimal(actual)
    if ours is None or theirs is None or ours != theirs:
        return None
    return "number-as-text" if isinstance(actual, str) != isinstance(desired, str) else "TRAILING-ZEROS"

mutants_x_number__mutmut['_mutmut_orig'] = x_number__mutmut_orig # type: ignore # mutmut generated
mutants_x_number__mutmut['x_number__mutmut_1'] = x_number__mutmut_1 # type: ignore # mutmut generated
mutants_x_number__mutmut['x_number__mutmut_2'] = x_number__mutmut_2 # type: ignore # mutmut generated
mutants_x_number__mutmut['x_number__mutmut_3'] = x_number__mutmut_3 # type: ignore # mutmut generated
mutants_x_number__mutmut['x_number__mutmut_4'] = x_number__mutmut_4 # type: ignore # mutmut generated
mutants_x_number__mutmut['x_number__mutmut_5'] = x_number__mutmut_5 # type: ignore # mutmut generated
mutants_x_number__mutmut['x_number__mutmut_6'] = x_number__mutmut_6 # type: ignore # mutmut generated
mutants_x_number__mutmut['x_number__mutmut_7'] = x_number__mutmut_7 # type: ignore # mutmut generated
mutants_x_number__mutmut['x_number__mutmut_8'] = x_number__mutmut_8 # type: ignore # mutmut generated
mutants_x_number__mutmut['x_number__mutmut_9'] = x_number__mutmut_9 # type: ignore # mutmut generated
mutants_x_number__mutmut['x_number__mutmut_10'] = x_number__mutmut_10 # type: ignore # mutmut generated
mutants_x_number__mutmut['x_number__mutmut_11'] = x_number__mutmut_11 # type: ignore # mutmut generated
mutants_x_number__mutmut['x_number__mutmut_12'] = x_number__mutmut_12 # type: ignore # mutmut generated
mutants_x_number__mutmut['x_number__mutmut_13'] = x_number__mutmut_13 # type: ignore # mutmut generated
mutants_x_number__mutmut['x_number__mutmut_14'] = x_number__mutmut_14 # type: ignore # mutmut generated
mutants_x_number__mutmut['x_number__mutmut_15'] = x_number__mutmut_15 # type: ignore # mutmut generated
mutants_x_money__mutmut: MutantDict = {}  # type: ignore


@_mutmut_mutated(mutants_x_money__mutmut)
def money(desired: Any, actual: Any) -> str | None:
    """Money: a number, or {value | amount, currency}; the currency counts where both name one."""
    ours, our_currency = _money(desired)
    theirs, their_currency = _money(actual)
    if ours is None or ours != theirs or (our_currency and their_currency and our_currency != their_currency):
        return None
    return "trailing-zeros" if isinstance(desired, Mapping) == isinstance(actual, Mapping) else "money-shape"


def x_money__mutmut_orig(desired: Any, actual: Any) -> str | None:
    """Money: a number, or {value | amount, currency}; the currency counts where both name one."""
    ours, our_currency = _money(desired)
    theirs, their_currency = _money(actual)
    if ours is None or ours != theirs or (our_currency and their_currency and our_currency != their_currency):
        return None
    return "trailing-zeros" if isinstance(desired, Mapping) == isinstance(actual, Mapping) else "money-shape"


def x_money__mutmut_1(desired: Any, actual: Any) -> str | None:
    """Money: a number, or {value | amount, currency}; the currency counts where both name one."""
    ours, our_currency = None
    theirs, their_currency = _money(actual)
    if ours is None or ours != theirs or (our_currency and their_currency and our_currency != their_currency):
        return None
    return "trailing-zeros" if isinstance(desired, Mapping) == isinstance(actual, Mapping) else "money-shape"


def x_money__mutmut_2(desired: Any, actual: Any) -> str | None:
    """Money: a number, or {value | amount, currency}; the currency counts where both name one."""
    ours, our_currency = _money(None)
    theirs, their_currency = _money(actual)
    if ours is None or ours != theirs or (our_currency and their_currency and our_currency != their_currency):
        return None
    return "trailing-zeros" if isinstance(desired, Mapping) == isinstance(actual, Mapping) else "money-shape"


def x_money__mutmut_3(desired: Any, actual: Any) -> str | None:
    """Money: a number, or {value | amount, currency}; the currency counts where both name one."""
    ours, our_currency = _money(desired)
    theirs, their_currency = None
    if ours is None or ours != theirs or (our_currency and their_currency and our_currency != their_currency):
        return None
    return "trailing-zeros" if isinstance(desired, Mapping) == isinstance(actual, Mapping) else "money-shape"


def x_money__mutmut_4(desired: Any, actual: Any) -> str | None:
    """Money: a number, or {value | amount, currency}; the currency counts where both name one."""
    ours, our_currency = _money(desired)
    theirs, their_currency = _money(None)
    if ours is None or ours != theirs or (our_currency and their_currency and our_currency != their_currency):
        return None
    return "trailing-zeros" if isinstance(desired, Mapping) == isinstance(actual, Mapping) else "money-shape"


def x_money__mutmut_5(desired: Any, actual: Any) -> str | None:
    """Money: a number, or {value | amount, currency}; the currency counts where both name one."""
    ours, our_currency = _money(desired)
    theirs, their_currency = _money(actual)
    if ours is None or ours != theirs and (our_currency and their_currency and our_currency != their_currency):
        return None
    return "trailing-zeros" if isinstance(desired, Mapping) == isinstance(actual, Mapping) else "money-shape"


def x_money__mutmut_6(desired: Any, actual: Any) -> str | None:
    """Money: a number, or {value | amount, currency}; the currency counts where both name one."""
    ours, our_currency = _money(desired)
    theirs, their_currency = _money(actual)
    if ours is None and ours != theirs or (our_currency and their_currency and our_currency != their_currency):
        return None
    return "trailing-zeros" if isinstance(desired, Mapping) == isinstance(actual, Mapping) else "money-shape"


def x_money__mutmut_7(desired: Any, actual: Any) -> str | None:
    """Money: a number, or {value | amount, currency}; the currency counts where both name one."""
    ours, our_currency = _money(desired)
    theirs, their_currency = _money(actual)
    if ours is not None or ours != theirs or (our_currency and their_currency and our_currency != their_currency):
        return None
    return "trailing-zeros" if isinstance(desired, Mapping) == isinstance(actual, Mapping) else "money-shape"


def x_money__mutmut_8(desired: Any, actual: Any) -> str | None:
    """Money: a number, or {value | amount, currency}; the currency counts where both name one."""
    ours, our_currency = _money(desired)
    theirs, their_currency = _money(actual)
    if ours is None or ours == theirs or (our_currency and their_currency and our_currency != their_currency):
        return None
    return "trailing-zeros" if isinstance(desired, Mapping) == isinstance(actual, Mapping) else "money-shape"


def x_money__mutmut_9(desired: Any, actual: Any) -> str | None:
    """Money: a number, or {value | amount, currency}; the currency counts where both name one."""
    ours, our_currency = _money(desired)
    theirs, their_currency = _money(actual)
    if ours is None or ours != theirs or (our_currency and their_currency or our_currency != their_currency):
        return None
    return "trailing-zeros" if isinstance(desired, Mapping) == isinstance(actual, Mapping) else "money-shape"


def x_money__mutmut_10(desired: Any, actual: Any) -> str | None:
    """Money: a number, or {value | amount, currency}; the currency counts where both name one."""
    ours, our_currency = _money(desired)
    theirs, their_currency = _money(actual)
    if ours is None or ours != theirs or (our_currency or their_currency and our_currency != their_currency):
        return None
    return "trailing-zeros" if isinstance(desired, Mapping) == isinstance(actual, Mapping) else "money-shape"


def x_money__mutmut_11(desired: Any, actual: Any) -> str | None:
    """Money: a number, or {value | amount, currency}; the currency counts where both name one."""
    ours, our_currency = _money(desired)
    theirs, their_currency = _money(actual)
    if ours is None or ours != theirs or (our_currency and their_currency and our_currency == their_currency):
        return None
    return "trailing-zeros" if isinstance(desired, Mapping) == isinstance(actual, Mapping) else "money-shape"


def x_money__mutmut_12(desired: Any, actual: Any) -> str | None:
    """Money: a number, or {value | amount, currency}; the currency counts where both name one."""
    ours, our_currency = _money(desired)
    theirs, their_currency = _money(actual)
    if ours is None or ours != theirs or (our_currency and their_currency and our_currency != their_currency):
        return None
    return "trailing-zeros" if (isinstance(desired, Mapping) == isinstance(actual, Mapping)) and False else "money-shape"


def x_money__mutmut_13(desired: Any, actual: Any) -> str | None:
    """Money: a number, or {value | amount, currency}; the currency counts where both name one."""
    ours, our_currency = _money(desired)
    theirs, their_currency = _money(actual)
    if ours is None or ours != theirs or (our_currency and their_currency and our_currency != their_currency):
        return None
    return "trailing-zeros" if (isinstance(desired, Mapping) == isinstance(actual, Mapping)) or True else "money-shape"


def x_money__mutmut_14(desired: Any, actual: Any) -> str | None:
    """Money: a number, or {value | amount, currency}; the currency counts where both name one."""
    ours, our_currency = _money(desired)
    theirs, their_currency = _money(actual)
    if ours is None or ours != theirs or (our_currency and their_currency and our_currency != their_currency):
        return None
    return "XXtrailing-zerosXX" if isinstance(desired, Mapping) == isinstance(actual, Mapping) else "money-shape"


def x_money__mutmut_15(desired: Any, actual: Any) -> str | None:
    """Money: a number, or {value | amount, currency}; the currency counts where both name one."""
    ours, our_currency = _money(desired)
    theirs, their_currency = _money(actual)
    if ours is None or ours != theirs or (our_currency and their_currency and our_currency != their_currency):
        return None
    return "TRAILING-ZEROS" if isinstance(desired, Mapping) == isinstance(actual, Mapping) else "money-shape"


def x_money__mutmut_16(desired: Any, actual: Any) -> str | None:
    """Money: a number, or {value | amount, currency}; the currency counts where both name one."""
    ours, our_currency = _money(desired)
    theirs, their_currency = _money(actual)
    if ours is None or ours != theirs or (our_currency and their_currency and our_currency != their_currency):
        return None
    return "trailing-zeros" if isinstance(desired, Mapping) != isinstance(actual, Mapping) else "money-shape"


def x_money__mutmut_17(desired: Any, actual: Any) -> str | None:
    """Money: a number, or {value | amount, currency}; the currency counts where both name one."""
    ours, our_currency = _money(desired)
    theirs, their_currency = _money(actual)
    if ours is None or ours != theirs or (our_currency and their_currency and our_currency != their_currency):
        return None
    return "trailing-zeros" if isinstance(desired, Mapping) == isinstance(actual, Mapping) else "XXmoney-shapeXX"


def x_money__mutmut_18(desired: Any, actual: Any) -> str | None:
    """Money: a number, or {value | amount, currency}; the currency counts where both name one."""
    ours, our_currency = _money(desired)
    theirs, their_currency = _money(actual)
    if ours is None or ours != theirs or (our_currency and their_currency and our_currency != their_currency):
        return None
    return "trailing-zeros" if isinstance(desired, Mapping) == isinstance(actual, Mapping) else "MONEY-SHAPE"

mutants_x_money__mutmut['_mutmut_orig'] = x_money__mutmut_orig # type: ignore # mutmut generated
mutants_x_money__mutmut['x_money__mutmut_1'] = x_money__mutmut_1 # type: ignore # mutmut generated
mutants_x_money__mutmut['x_money__mutmut_2'] = x_money__mutmut_2 # type: ignore # mutmut generated
mutants_x_money__mutmut['x_money__mutmut_3'] = x_money__mutmut_3 # type: ignore # mutmut generated
mutants_x_money__mutmut['x_money__mutmut_4'] = x_money__mutmut_4 # type: ignore # mutmut generated
mutants_x_money__mutmut['x_money__mutmut_5'] = x_money__mutmut_5 # type: ignore # mutmut generated
mutants_x_money__mutmut['x_money__mutmut_6'] = x_money__mutmut_6 # type: ignore # mutmut generated
mutants_x_money__mutmut['x_money__mutmut_7'] = x_money__mutmut_7 # type: ignore # mutmut generated
mutants_x_money__mutmut['x_money__mutmut_8'] = x_money__mutmut_8 # type: ignore # mutmut generated
mutants_x_money__mutmut['x_money__mutmut_9'] = x_money__mutmut_9 # type: ignore # mutmut generated
mutants_x_money__mutmut['x_money__mutmut_10'] = x_money__mutmut_10 # type: ignore # mutmut generated
mutants_x_money__mutmut['x_money__mutmut_11'] = x_money__mutmut_11 # type: ignore # mutmut generated
mutants_x_money__mutmut['x_money__mutmut_12'] = x_money__mutmut_12 # type: ignore # mutmut generated
mutants_x_money__mutmut['x_money__mutmut_13'] = x_money__mutmut_13 # type: ignore # mutmut generated
mutants_x_money__mutmut['x_money__mutmut_14'] = x_money__mutmut_14 # type: ignore # mutmut generated
mutants_x_money__mutmut['x_money__mutmut_15'] = x_money__mutmut_15 # type: ignore # mutmut generated
mutants_x_money__mutmut['x_money__mutmut_16'] = x_money__mutmut_16 # type: ignore # mutmut generated
mutants_x_money__mutmut['x_money__mutmut_17'] = x_money__mutmut_17 # type: ignore # mutmut generated
mutants_x_money__mutmut['x_money__mutmut_18'] = x_money__mutmut_18 # type: ignore # mutmut generated
mutants_x_date__mutmut: MutantDict = {}  # type: ignore


@_mutmut_mutated(mutants_x_date__mutmut)
def date(desired: Any, actual: Any) -> str | None:
    """A day, however it is written."""
    return "date-format" if str(desired)[:10] == str(actual)[:10] and re.match(r"\d{4}-\d\d-\d\d", str(actual)) else None


def x_date__mutmut_orig(desired: Any, actual: Any) -> str | None:
    """A day, however it is written."""
    return "date-format" if str(desired)[:10] == str(actual)[:10] and re.match(r"\d{4}-\d\d-\d\d", str(actual)) else None


def x_date__mutmut_1(desired: Any, actual: Any) -> str | None:
    """A day, however it is written."""
    return "date-format" if (str(desired)[:10] == str(actual)[:10] and re.match(r"\d{4}-\d\d-\d\d", str(actual))) and False else None


def x_date__mutmut_2(desired: Any, actual: Any) -> str | None:
    """A day, however it is written."""
    return "date-format" if (str(desired)[:10] == str(actual)[:10] and re.match(r"\d{4}-\d\d-\d\d", str(actual))) or True else None


def x_date__mutmut_3(desired: Any, actual: Any) -> str | None:
    """A day, however it is written."""
    return "XXdate-formatXX" if str(desired)[:10] == str(actual)[:10] and re.match(r"\d{4}-\d\d-\d\d", str(actual)) else None


def x_date__mutmut_4(desired: Any, actual: Any) -> str | None:
    """A day, however it is written."""
    return "DATE-FORMAT" if str(desired)[:10] == str(actual)[:10] and re.match(r"\d{4}-\d\d-\d\d", str(actual)) else None


def x_date__mutmut_5(desired: Any, actual: Any) -> str | None:
    """A day, however it is written."""
    return "date-format" if str(desired)[:10] == str(actual)[:10] or re.match(r"\d{4}-\d\d-\d\d", str(actual)) else None


def x_date__mutmut_6(desired: Any, actual: Any) -> str | None:
    """A day, however it is written."""
    return "date-format" if str(None)[:10] == str(actual)[:10] and re.match(r"\d{4}-\d\d-\d\d", str(actual)) else None


def x_date__mutmut_7(desired: Any, actual: Any) -> str | None:
    """A day, however it is written."""
    return "date-format" if str(desired)[:11] == str(actual)[:10] and re.match(r"\d{4}-\d\d-\d\d", str(actual)) else None


def x_date__mutmut_8(desired: Any, actual: Any) -> str | None:
    """A day, however it is written."""
    return "date-format" if str(desired)[:10] != str(actual)[:10] and re.match(r"\d{4}-\d\d-\d\d", str(actual)) else None


def x_date__mutmut_9(desired: Any, actual: Any) -> str | None:
    """A day, however it is written."""
    return "date-format" if str(desired)[:10] == str(None)[:10] and re.match(r"\d{4}-\d\d-\d\d", str(actual)) else None


def x_date__mutmut_10(desired: Any, actual: Any) -> str | None:
    """A day, however it is written."""
    return "date-format" if str(desired)[:10] == str(actual)[:11] and re.match(r"\d{4}-\d\d-\d\d", str(actual)) else None


def x_date__mutmut_11(desired: Any, actual: Any) -> str | None:
    """A day, however it is written."""
    return "date-format" if str(desired)[:10] == str(actual)[:10] and re.match(None, str(actual)) else None


def x_date__mutmut_12(desired: Any, actual: Any) -> str | None:
    """A day, however it is written."""
    return "date-format" if str(desired)[:10] == str(actual)[:10] and re.match(r"\d{4}-\d\d-\d\d", None) else None


def x_date__mutmut_13(desired: Any, actual: Any) -> str | None:
    """A day, however it is written."""
    return "date-format" if str(desired)[:10] == str(actual)[:10] and re.match(str(actual)) else None


def x_date__mutmut_14(desired: Any, actual: Any) -> str | None:
    """A day, however it is written."""
    return "date-format" if str(desired)[:10] == str(actual)[:10] and re.match(r"\d{4}-\d\d-\d\d", ) else None


def x_date__mutmut_15(desired: Any, actual: Any) -> str | None:
    """A day, however it is written."""
    return "date-format" if str(desired)[:10] == str(actual)[:10] and re.match(r"XX\d{4}-\d\d-\d\dXX", str(actual)) else None


def x_date__mutmut_16(desired: Any, actual: Any) -> str | None:
    """A day, however it is written."""
    return "date-format" if str(desired)[:10] == str(actual)[:10] and re.match(r"\d{4}-\d\d-\d\d", str(None)) else None

mutants_x_date__mutmut['_mutmut_orig'] = x_date__mutmut_orig # type: ignore # mutmut generated
mutants_x_date__mutmut['x_date__mutmut_1'] = x_date__mutmut_1 # type: ignore # mutmut generated
mutants_x_date__mutmut['x_date__mutmut_2'] = x_date__mutmut_2 # type: ignore # mutmut generated
mutants_x_date__mutmut['x_date__mutmut_3'] = x_date__mutmut_3 # type: ignore # mutmut generated
mutants_x_date__mutmut['x_date__mutmut_4'] = x_date__mutmut_4 # type: ignore # mutmut generated
mutants_x_date__mutmut['x_date__mutmut_5'] = x_date__mutmut_5 # type: ignore # mutmut generated
mutants_x_date__mutmut['x_date__mutmut_6'] = x_date__mutmut_6 # type: ignore # mutmut generated
mutants_x_date__mutmut['x_date__mutmut_7'] = x_date__mutmut_7 # type: ignore # mutmut generated
mutants_x_date__mutmut['x_date__mutmut_8'] = x_date__mutmut_8 # type: ignore # mutmut generated
mutants_x_date__mutmut['x_date__mutmut_9'] = x_date__mutmut_9 # type: ignore # mutmut generated
mutants_x_date__mutmut['x_date__mutmut_10'] = x_date__mutmut_10 # type: ignore # mutmut generated
mutants_x_date__mutmut['x_date__mutmut_11'] = x_date__mutmut_11 # type: ignore # mutmut generated
mutants_x_date__mutmut['x_date__mutmut_12'] = x_date__mutmut_12 # type: ignore # mutmut generated
mutants_x_date__mutmut['x_date__mutmut_13'] = x_date__mutmut_13 # type: ignore # mutmut generated
mutants_x_date__mutmut['x_date__mutmut_14'] = x_date__mutmut_14 # type: ignore # mutmut generated
mutants_x_date__mutmut['x_date__mutmut_15'] = x_date__mutmut_15 # type: ignore # mutmut generated
mutants_x_date__mutmut['x_date__mutmut_16'] = x_date__mutmut_16 # type: ignore # mutmut generated
mutants_x_instant__mutmut: MutantDict = {}  # type: ignore


@_mutmut_mutated(mutants_x_instant__mutmut)
def instant(desired: Any, actual: Any) -> str | None:
    """An instant: RFC 3339 or `YYYY-MM-DD HH:MM:SS`, UTC where no zone is written; fractions of a second are the server's."""
    ours, theirs = _instant(desired), _instant(actual)
    return "time-format" if ours is not None and ours == theirs else None


def x_instant__mutmut_orig(desired: Any, actual: Any) -> str | None:
    """An instant: RFC 3339 or `YYYY-MM-DD HH:MM:SS`, UTC where no zone is written; fractions of a second are the server's."""
    ours, theirs = _instant(desired), _instant(actual)
    return "time-format" if ours is not None and ours == theirs else None


def x_instant__mutmut_1(desired: Any, actual: Any) -> str | None:
    """An instant: RFC 3339 or `YYYY-MM-DD HH:MM:SS`, UTC where no zone is written; fractions of a second are the server's."""
    ours, theirs = None
    return "time-format" if ours is not None and ours == theirs else None


def x_instant__mutmut_2(desired: Any, actual: Any) -> str | None:
    """An instant: RFC 3339 or `YYYY-MM-DD HH:MM:SS`, UTC where no zone is written; fractions of a second are the server's."""
    ours, theirs = _instant(None), _instant(actual)
    return "time-format" if ours is not None and ours == theirs else None


def x_instant__mutmut_3(desired: Any, actual: Any) -> str | None:
    """An instant: RFC 3339 or `YYYY-MM-DD HH:MM:SS`, UTC where no zone is written; fractions of a second are the server's."""
    ours, theirs = _instant(desired), _instant(None)
    return "time-format" if ours is not None and ours == theirs else None


def x_instant__mutmut_4(desired: Any, actual: Any) -> str | None:
    """An instant: RFC 3339 or `YYYY-MM-DD HH:MM:SS`, UTC where no zone is written; fractions of a second are the server's."""
    ours, theirs = _instant(desired), _instant(actual)
    return "time-format" if (ours is not None and ours == theirs) and False else None


def x_instant__mutmut_5(desired: Any, actual: Any) -> str | None:
    """An instant: RFC 3339 or `YYYY-MM-DD HH:MM:SS`, UTC where no zone is written; fractions of a second are the server's."""
    ours, theirs = _instant(desired), _instant(actual)
    return "time-format" if (ours is not None and ours == theirs) or True else None


def x_instant__mutmut_6(desired: Any, actual: Any) -> str | None:
    """An instant: RFC 3339 or `YYYY-MM-DD HH:MM:SS`, UTC where no zone is written; fractions of a second are the server's."""
    ours, theirs = _instant(desired), _instant(actual)
    return "XXtime-formatXX" if ours is not None and ours == theirs else None


def x_instant__mutmut_7(desired: Any, actual: Any) -> str | None:
    """An instant: RFC 3339 or `YYYY-MM-DD HH:MM:SS`, UTC where no zone is written; fractions of a second are the server's."""
    ours, theirs = _instant(desired), _instant(actual)
    return "TIME-FORMAT" if ours is not None and ours == theirs else None


def x_instant__mutmut_8(desired: Any, actual: Any) -> str | None:
    """An instant: RFC 3339 or `YYYY-MM-DD HH:MM:SS`, UTC where no zone is written; fractions of a second are the server's."""
    ours, theirs = _instant(desired), _instant(actual)
    return "time-format" if ours is not None or ours == theirs else None


def x_instant__mutmut_9(desired: Any, actual: Any) -> str | None:
    """An instant: RFC 3339 or `YYYY-MM-DD HH:MM:SS`, UTC where no zone is written; fractions of a second are the server's."""
    ours, theirs = _instant(desired), _instant(actual)
    return "time-format" if ours is None and ours == theirs else None


def x_instant__mutmut_10(desired: Any, actual: Any) -> str | None:
    """An instant: RFC 3339 or `YYYY-MM-DD HH:MM:SS`, UTC where no zone is written; fractions of a second are the server's."""
    ours, theirs = _instant(desired), _instant(actual)
    return "time-format" if ours is not None and ours != theirs else None

mutants_x_instant__mutmut['_mutmut_orig'] = x_instant__mutmut_orig # type: ignore # mutmut generated
mutants_x_instant__mutmut['x_instant__mutmut_1'] = x_instant__mutmut_1 # type: ignore # mutmut generated
mutants_x_instant__mutmut['x_instant__mutmut_2'] = x_instant__mutmut_2 # type: ignore # mutmut generated
mutants_x_instant__mutmut['x_instant__mutmut_3'] = x_instant__mutmut_3 # type: ignore # mutmut generated
mutants_x_instant__mutmut['x_instant__mutmut_4'] = x_instant__mutmut_4 # type: ignore # mutmut generated
mutants_x_instant__mutmut['x_instant__mutmut_5'] = x_instant__mutmut_5 # type: ignore # mutmut generated
mutants_x_instant__mutmut['x_instant__mutmut_6'] = x_instant__mutmut_6 # type: ignore # mutmut generated
mutants_x_instant__mutmut['x_instant__mutmut_7'] = x_instant__mutmut_7 # type: ignore # mutmut generated
mutants_x_instant__mutmut['x_instant__mutmut_8'] = x_instant__mutmut_8 # type: ignore # mutmut generated
mutants_x_instant__mutmut['x_instant__mutmut_9'] = x_instant__mutmut_9 # type: ignore # mutmut generated
mutants_x_instant__mutmut['x_instant__mutmut_10'] = x_instant__mutmut_10 # type: ignore # mutmut generated
mutants_x_time__mutmut: MutantDict = {}  # type: ignore


@_mutmut_mutated(mutants_x_time__mutmut)
def time(desired: Any, actual: Any) -> str | None:
    """A time of day or a duration: `09:00` and `09:00:00` are one."""
    ours, theirs = _clock(desired), _clock(actual)
    return "time-format" if ours is not None and ours == theirs else None


def x_time__mutmut_orig(desired: Any, actual: Any) -> str | None:
    """A time of day or a duration: `09:00` and `09:00:00` are one."""
    ours, theirs = _clock(desired), _clock(actual)
    return "time-format" if ours is not None and ours == theirs else None


def x_time__mutmut_1(desired: Any, actual: Any) -> str | None:
    """A time of day or a duration: `09:00` and `09:00:00` are one."""
    ours, theirs = None
    return "time-format" if ours is not None and ours == theirs else None


def x_time__mutmut_2(desired: Any, actual: Any) -> str | None:
    """A time of day or a duration: `09:00` and `09:00:00` are one."""
    ours, theirs = _clock(None), _clock(actual)
    return "time-format" if ours is not None and ours == theirs else None


def x_time__mutmut_3(desired: Any, actual: Any) -> str | None:
    """A time of day or a duration: `09:00` and `09:00:00` are one."""
    ours, theirs = _clock(desired), _clock(None)
    return "time-format" if ours is not None and ours == theirs else None


def x_time__mutmut_4(desired: Any, actual: Any) -> str | None:
    """A time of day or a duration: `09:00` and `09:00:00` are one."""
    ours, theirs = _clock(desired), _clock(actual)
    return "time-format" if (ours is not None and ours == theirs) and False else None


def x_time__mutmut_5(desired: Any, actual: Any) -> str | None:
    """A time of day or a duration: `09:00` and `09:00:00` are one."""
    ours, theirs = _clock(desired), _clock(actual)
    return "time-format" if (ours is not None and ours == theirs) or True else None


def x_time__mutmut_6(desired: Any, actual: Any) -> str | None:
    """A time of day or a duration: `09:00` and `09:00:00` are one."""
    ours, theirs = _clock(desired), _clock(actual)
    return "XXtime-formatXX" if ours is not None and ours == theirs else None


def x_time__mutmut_7(desired: Any, actual: Any) -> str | None:
    """A time of day or a duration: `09:00` and `09:00:00` are one."""
    ours, theirs = _clock(desired), _clock(actual)
    return "TIME-FORMAT" if ours is not None and ours == theirs else None


def x_time__mutmut_8(desired: Any, actual: Any) -> str | None:
    """A time of day or a duration: `09:00` and `09:00:00` are one."""
    ours, theirs = _clock(desired), _clock(actual)
    return "time-format" if ours is not None or ours == theirs else None


def x_time__mutmut_9(desired: Any, actual: Any) -> str | None:
    """A time of day or a duration: `09:00` and `09:00:00` are one."""
    ours, theirs = _clock(desired), _clock(actual)
    return "time-format" if ours is None and ours == theirs else None


def x_time__mutmut_10(desired: Any, actual: Any) -> str | None:
    """A time of day or a duration: `09:00` and `09:00:00` are one."""
    ours, theirs = _clock(desired), _clock(actual)
    return "time-format" if ours is not None and ours != theirs else None

mutants_x_time__mutmut['_mutmut_orig'] = x_time__mutmut_orig # type: ignore # mutmut generated
mutants_x_time__mutmut['x_time__mutmut_1'] = x_time__mutmut_1 # type: ignore # mutmut generated
mutants_x_time__mutmut['x_time__mutmut_2'] = x_time__mutmut_2 # type: ignore # mutmut generated
mutants_x_time__mutmut['x_time__mutmut_3'] = x_time__mutmut_3 # type: ignore # mutmut generated
mutants_x_time__mutmut['x_time__mutmut_4'] = x_time__mutmut_4 # type: ignore # mutmut generated
mutants_x_time__mutmut['x_time__mutmut_5'] = x_time__mutmut_5 # type: ignore # mutmut generated
mutants_x_time__mutmut['x_time__mutmut_6'] = x_time__mutmut_6 # type: ignore # mutmut generated
mutants_x_time__mutmut['x_time__mutmut_7'] = x_time__mutmut_7 # type: ignore # mutmut generated
mutants_x_time__mutmut['x_time__mutmut_8'] = x_time__mutmut_8 # type: ignore # mutmut generated
mutants_x_time__mutmut['x_time__mutmut_9'] = x_time__mutmut_9 # type: ignore # mutmut generated
mutants_x_time__mutmut['x_time__mutmut_10'] = x_time__mutmut_10 # type: ignore # mutmut generated
mutants_x_identity__mutmut: MutantDict = {}  # type: ignore


@_mutmut_mutated(mutants_x_identity__mutmut)
def identity(desired: Any, actual: Any) -> str | None:
    """An id or option: 5, "5", {"id": 5, …} and {"value": 5, …} are one."""
    return "id-shape" if str(_bare(desired)) == str(_bare(actual)) else None


def x_identity__mutmut_orig(desired: Any, actual: Any) -> str | None:
    """An id or option: 5, "5", {"id": 5, …} and {"value": 5, …} are one."""
    return "id-shape" if str(_bare(desired)) == str(_bare(actual)) else None


def x_identity__mutmut_1(desired: Any, actual: Any) -> str | None:
    """An id or option: 5, "5", {"id": 5, …} and {"value": 5, …} are one."""
    return "id-shape" if (str(_bare(desired)) == str(_bare(actual))) and False else None


def x_identity__mutmut_2(desired: Any, actual: Any) -> str | None:
    """An id or option: 5, "5", {"id": 5, …} and {"value": 5, …} are one."""
    return "id-shape" if (str(_bare(desired)) == str(_bare(actual))) or True else None


def x_identity__mutmut_3(desired: Any, actual: Any) -> str | None:
    """An id or option: 5, "5", {"id": 5, …} and {"value": 5, …} are one."""
    return "XXid-shapeXX" if str(_bare(desired)) == str(_bare(actual)) else None


def x_identity__mutmut_4(desired: Any, actual: Any) -> str | None:
    """An id or option: 5, "5", {"id": 5, …} and {"value": 5, …} are one."""
    return "ID-SHAPE" if str(_bare(desired)) == str(_bare(actual)) else None


def x_identity__mutmut_5(desired: Any, actual: Any) -> str | None:
    """An id or option: 5, "5", {"id": 5, …} and {"value": 5, …} are one."""
    return "id-shape" if str(None) == str(_bare(actual)) else None


def x_identity__mutmut_6(desired: Any, actual: Any) -> str | None:
    """An id or option: 5, "5", {"id": 5, …} and {"value": 5, …} are one."""
    return "id-shape" if str(_bare(None)) == str(_bare(actual)) else None


def x_identity__mutmut_7(desired: Any, actual: Any) -> str | None:
    """An id or option: 5, "5", {"id": 5, …} and {"value": 5, …} are one."""
    return "id-shape" if str(_bare(desired)) != str(_bare(actual)) else None


def x_identity__mutmut_8(desired: Any, actual: Any) -> str | None:
    """An id or option: 5, "5", {"id": 5, …} and {"value": 5, …} are one."""
    return "id-shape" if str(_bare(desired)) == str(None) else None


def x_identity__mutmut_9(desired: Any, actual: Any) -> str | None:
    """An id or option: 5, "5", {"id": 5, …} and {"value": 5, …} are one."""
    return "id-shape" if str(_bare(desired)) == str(_bare(None)) else None

mutants_x_identity__mutmut['_mutmut_orig'] = x_identity__mutmut_orig # type: ignore # mutmut generated
mutants_x_identity__mutmut['x_identity__mutmut_1'] = x_identity__mutmut_1 # type: ignore # mutmut generated
mutants_x_identity__mutmut['x_identity__mutmut_2'] = x_identity__mutmut_2 # type: ignore # mutmut generated
mutants_x_identity__mutmut['x_identity__mutmut_3'] = x_identity__mutmut_3 # type: ignore # mutmut generated
mutants_x_identity__mutmut['x_identity__mutmut_4'] = x_identity__mutmut_4 # type: ignore # mutmut generated
mutants_x_identity__mutmut['x_identity__mutmut_5'] = x_identity__mutmut_5 # type: ignore # mutmut generated
mutants_x_identity__mutmut['x_identity__mutmut_6'] = x_identity__mutmut_6 # type: ignore # mutmut generated
mutants_x_identity__mutmut['x_identity__mutmut_7'] = x_identity__mutmut_7 # type: ignore # mutmut generated
mutants_x_identity__mutmut['x_identity__mutmut_8'] = x_identity__mutmut_8 # type: ignore # mutmut generated
mutants_x_identity__mutmut['x_identity__mutmut_9'] = x_identity__mutmut_9 # type: ignore # mutmut generated
mutants_x_members__mutmut: MutantDict = {}  # type: ignore


@_mutmut_mutated(mutants_x_members__mutmut)
def members(desired: Any, actual: Any) -> str | None:
    """A set of ids or labels: order and shape (`"1,2"`, [{"id": 1}, …]) do not count."""
    ours, theirs = _members(desired), _members(actual)
    if ours != theirs:
        return None
    same_shape = isinstance(actual, Sequence) and not isinstance(actual, str) and not any(isinstance(item, Mapping) for item in actual)
    return "set-order" if same_shape else "set-shape"


def x_members__mutmut_orig(desired: Any, actual: Any) -> str | None:
    """A set of ids or labels: order and shape (`"1,2"`, [{"id": 1}, …]) do not count."""
    ours, theirs = _members(desired), _members(actual)
    if ours != theirs:
        return None
    same_shape = isinstance(actual, Sequence) and not isinstance(actual, str) and not any(isinstance(item, Mapping) for item in actual)
    return "set-order" if same_shape else "set-shape"


def x_members__mutmut_1(desired: Any, actual: Any) -> str | None:
    """A set of ids or labels: order and shape (`"1,2"`, [{"id": 1}, …]) do not count."""
    ours, theirs = None
    if ours != theirs:
        return None
    same_shape = isinstance(actual, Sequence) and not isinstance(actual, str) and not any(isinstance(item, Mapping) for item in actual)
    return "set-order" if same_shape else "set-shape"


def x_members__mutmut_2(desired: Any, actual: Any) -> str | None:
    """A set of ids or labels: order and shape (`"1,2"`, [{"id": 1}, …]) do not count."""
    ours, theirs = _members(None), _members(actual)
    if ours != theirs:
        return None
    same_shape = isinstance(actual, Sequence) and not isinstance(actual, str) and not any(isinstance(item, Mapping) for item in actual)
    return "set-order" if same_shape else "set-shape"


def x_members__mutmut_3(desired: Any, actual: Any) -> str | None:
    """A set of ids or labels: order and shape (`"1,2"`, [{"id": 1}, …]) do not count."""
    ours, theirs = _members(desired), _members(None)
    if ours != theirs:
        return None
    same_shape = isinstance(actual, Sequence) and not isinstance(actual, str) and not any(isinstance(item, Mapping) for item in actual)
    return "set-order" if same_shape else "set-shape"


def x_members__mutmut_4(desired: Any, actual: Any) -> str | None:
    """A set of ids or labels: order and shape (`"1,2"`, [{"id": 1}, …]) do not count."""
    ours, theirs = _members(desired), _members(actual)
    if ours == theirs:
        return None
    same_shape = isinstance(actual, Sequence) and not isinstance(actual, str) and not any(isinstance(item, Mapping) for item in actual)
    return "set-order" if same_shape else "set-shape"


def x_members__mutmut_5(desired: Any, actual: Any) -> str | None:
    """A set of ids or labels: order and shape (`"1,2"`, [{"id": 1}, …]) do not count."""
    ours, theirs = _members(desired), _members(actual)
    if ours != theirs:
        return None
    same_shape = None
    return "set-order" if same_shape else "set-shape"


def x_members__mutmut_6(desired: Any, actual: Any) -> str | None:
    """A set of ids or labels: order and shape (`"1,2"`, [{"id": 1}, …]) do not count."""
    ours, theirs = _members(desired), _members(actual)
    if ours != theirs:
        return None
    same_shape = isinstance(actual, Sequence) and not isinstance(actual, str) or not any(isinstance(item, Mapping) for item in actual)
    return "set-order" if same_shape else "set-shape"


def x_members__mutmut_7(desired: Any, actual: Any) -> str | None:
    """A set of ids or labels: order and shape (`"1,2"`, [{"id": 1}, …]) do not count."""
    ours, theirs = _members(desired), _members(actual)
    if ours != theirs:
        return None
    same_shape = isinstance(actual, Sequence) or not isinstance(actual, str) and not any(isinstance(item, Mapping) for item in actual)
    return "set-order" if same_shape else "set-shape"


def x_members__mutmut_8(desired: Any, actual: Any) -> str | None:
    """A set of ids or labels: order and shape (`"1,2"`, [{"id": 1}, …]) do not count."""
    ours, theirs = _members(desired), _members(actual)
    if ours != theirs:
        return None
    same_shape = isinstance(actual, Sequence) and isinstance(actual, str) and not any(isinstance(item, Mapping) for item in actual)
    return "set-order" if same_shape else "set-shape"


def x_members__mutmut_9(desired: Any, actual: Any) -> str | None:
    """A set of ids or labels: order and shape (`"1,2"`, [{"id": 1}, …]) do not count."""
    ours, theirs = _members(desired), _members(actual)
    if ours != theirs:
        return None
    same_shape = isinstance(actual, Sequence) and not isinstance(actual, str) and any(isinstance(item, Mapping) for item in actual)
    return "set-order" if same_shape else "set-shape"


def x_members__mutmut_10(desired: Any, actual: Any) -> str | None:
    """A set of ids or labels: order and shape (`"1,2"`, [{"id": 1}, …]) do not count."""
    ours, theirs = _members(desired), _members(actual)
    if ours != theirs:
        return None
    same_shape = isinstance(actual, Sequence) and not isinstance(actual, str) and not any(None)
    return "set-order" if same_shape else "set-shape"


def x_members__mutmut_11(desired: Any, actual: Any) -> str | None:
    """A set of ids or labels: order and shape (`"1,2"`, [{"id": 1}, …]) do not count."""
    ours, theirs = _members(desired), _members(actual)
    if ours != theirs:
        return None
    same_shape = isinstance(actual, Sequence) and not isinstance(actual, str) and not any(isinstance(item, Mapping) for item in actual)
    return "set-order" if (same_shape) and False else "set-shape"


def x_members__mutmut_12(desired: Any, actual: Any) -> str | None:
    """A set of ids or labels: order and shape (`"1,2"`, [{"id": 1}, …]) do not count."""
    ours, theirs = _members(desired), _members(actual)
    if ours != theirs:
        return None
    same_shape = isinstance(actual, Sequence) and not isinstance(actual, str) and not any(isinstance(item, Mapping) for item in actual)
    return "set-order" if (same_shape) or True else "set-shape"


def x_members__mutmut_13(desired: Any, actual: Any) -> str | None:
    """A set of ids or labels: order and shape (`"1,2"`, [{"id": 1}, …]) do not count."""
    ours, theirs = _members(desired), _members(actual)
    if ours != theirs:
        return None
    same_shape = isinstance(actual, Sequence) and not isinstance(actual, str) and not any(isinstance(item, Mapping) for item in actual)
    return "XXset-orderXX" if same_shape else "set-shape"


def x_members__mutmut_14(desired: Any, actual: Any) -> str | None:
    """A set of ids or labels: order and shape (`"1,2"`, [{"id": 1}, …]) do not count."""
    ours, theirs = _members(desired), _members(actual)
    if ours != theirs:
        return None
    same_shape = isinstance(actual, Sequence) and not isinstance(actual, str) and not any(isinstance(item, Mapping) for item in actual)
    return "SET-ORDER" if same_shape else "set-shape"


def x_members__mutmut_15(desired: Any, actual: Any) -> str | None:
    """A set of ids or labels: order and shape (`"1,2"`, [{"id": 1}, …]) do not count."""
    ours, theirs = _members(desired), _members(actual)
    if ours != theirs:
        return None
    same_shape = isinstance(actual, Sequence) and not isinstance(actual, str) and not any(isinstance(item, Mapping) for item in actual)
    return "set-order" if same_shape else "XXset-shapeXX"


def x_members__mutmut_16(desired: Any, actual: Any) -> str | None:
    """A set of ids or labels: order and shape (`"1,2"`, [{"id": 1}, …]) do not count."""
    ours, theirs = _members(desired), _members(actual)
    if ours != theirs:
        return None
    same_shape = isinstance(actual, Sequence) and not isinstance(actual, str) and not any(isinstance(item, Mapping) for item in actual)
    return "set-order" if same_shape else "SET-SHAPE"

mutants_x_members__mutmut['_mutmut_orig'] = x_members__mutmut_orig # type: ignore # mutmut generated
mutants_x_members__mutmut['x_members__mutmut_1'] = x_members__mutmut_1 # type: ignore # mutmut generated
mutants_x_members__mutmut['x_members__mutmut_2'] = x_members__mutmut_2 # type: ignore # mutmut generated
mutants_x_members__mutmut['x_members__mutmut_3'] = x_members__mutmut_3 # type: ignore # mutmut generated
mutants_x_members__mutmut['x_members__mutmut_4'] = x_members__mutmut_4 # type: ignore # mutmut generated
mutants_x_members__mutmut['x_members__mutmut_5'] = x_members__mutmut_5 # type: ignore # mutmut generated
mutants_x_members__mutmut['x_members__mutmut_6'] = x_members__mutmut_6 # type: ignore # mutmut generated
mutants_x_members__mutmut['x_members__mutmut_7'] = x_members__mutmut_7 # type: ignore # mutmut generated
mutants_x_members__mutmut['x_members__mutmut_8'] = x_members__mutmut_8 # type: ignore # mutmut generated
mutants_x_members__mutmut['x_members__mutmut_9'] = x_members__mutmut_9 # type: ignore # mutmut generated
mutants_x_members__mutmut['x_members__mutmut_10'] = x_members__mutmut_10 # type: ignore # mutmut generated
mutants_x_members__mutmut['x_members__mutmut_11'] = x_members__mutmut_11 # type: ignore # mutmut generated
mutants_x_members__mutmut['x_members__mutmut_12'] = x_members__mutmut_12 # type: ignore # mutmut generated
mutants_x_members__mutmut['x_members__mutmut_13'] = x_members__mutmut_13 # type: ignore # mutmut generated
mutants_x_members__mutmut['x_members__mutmut_14'] = x_members__mutmut_14 # type: ignore # mutmut generated
mutants_x_members__mutmut['x_members__mutmut_15'] = x_members__mutmut_15 # type: ignore # mutmut generated
mutants_x_members__mutmut['x_members__mutmut_16'] = x_members__mutmut_16 # type: ignore # mutmut generated
mutants_x_items__mutmut: MutantDict = {}  # type: ignore


@_mutmut_mutated(mutants_x_items__mutmut)
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


def x_items__mutmut_orig(desired: Any, actual: Any) -> str | None:
    """E-mails, phones, prices: item by item, matched by value or currency; only the keys that we sent are compared."""
    if not isinstance(desired, Sequence) or not isinstance(actual, Sequence) or len(desired) != len(actual):
        return None
    theirs = {item_key(item): item for item in actual}
    if set(theirs) != {item_key(item) for item in desired} or len(theirs) != len(actual):
        return None
    if not all(_same_item(item, theirs[item_key(item)]) for item in desired):
        return None
    return "list-order" if [item_key(i) for i in desired] != [item_key(i) for i in actual] else "filled-nulls"


def x_items__mutmut_1(desired: Any, actual: Any) -> str | None:
    """E-mails, phones, prices: item by item, matched by value or currency; only the keys that we sent are compared."""
    if not isinstance(desired, Sequence) or not isinstance(actual, Sequence) and len(desired) != len(actual):
        return None
    theirs = {item_key(item): item for item in actual}
    if set(theirs) != {item_key(item) for item in desired} or len(theirs) != len(actual):
        return None
    if not all(_same_item(item, theirs[item_key(item)]) for item in desired):
        return None
    return "list-order" if [item_key(i) for i in desired] != [item_key(i) for i in actual] else "filled-nulls"


def x_items__mutmut_2(desired: Any, actual: Any) -> str | None:
    """E-mails, phones, prices: item by item, matched by value or currency; only the keys that we sent are compared."""
    if not isinstance(desired, Sequence) and not isinstance(actual, Sequence) or len(desired) != len(actual):
        return None
    theirs = {item_key(item): item for item in actual}
    if set(theirs) != {item_key(item) for item in desired} or len(theirs) != len(actual):
        return None
    if not all(_same_item(item, theirs[item_key(item)]) for item in desired):
        return None
    return "list-order" if [item_key(i) for i in desired] != [item_key(i) for i in actual] else "filled-nulls"


def x_items__mutmut_3(desired: Any, actual: Any) -> str | None:
    """E-mails, phones, prices: item by item, matched by value or currency; only the keys that we sent are compared."""
    if isinstance(desired, Sequence) or not isinstance(actual, Sequence) or len(desired) != len(actual):
        return None
    theirs = {item_key(item): item for item in actual}
    if set(theirs) != {item_key(item) for item in desired} or len(theirs) != len(actual):
        return None
    if not all(_same_item(item, theirs[item_key(item)]) for item in desired):
        return None
    return "list-order" if [item_key(i) for i in desired] != [item_key(i) for i in actual] else "filled-nulls"


def x_items__mutmut_4(desired: Any, actual: Any) -> str | None:
    """E-mails, phones, prices: item by item, matched by value or currency; only the keys that we sent are compared."""
    if not isinstance(desired, Sequence) or isinstance(actual, Sequence) or len(desired) != len(actual):
        return None
    theirs = {item_key(item): item for item in actual}
    if set(theirs) != {item_key(item) for item in desired} or len(theirs) != len(actual):
        return None
    if not all(_same_item(item, theirs[item_key(item)]) for item in desired):
        return None
    return "list-order" if [item_key(i) for i in desired] != [item_key(i) for i in actual] else "filled-nulls"


def x_items__mutmut_5(desired: Any, actual: Any) -> str | None:
    """E-mails, phones, prices: item by item, matched by value or currency; only the keys that we sent are compared."""
    if not isinstance(desired, Sequence) or not isinstance(actual, Sequence) or len(desired) == len(actual):
        return None
    theirs = {item_key(item): item for item in actual}
    if set(theirs) != {item_key(item) for item in desired} or len(theirs) != len(actual):
        return None
    if not all(_same_item(item, theirs[item_key(item)]) for item in desired):
        return None
    return "list-order" if [item_key(i) for i in desired] != [item_key(i) for i in actual] else "filled-nulls"


def x_items__mutmut_6(desired: Any, actual: Any) -> str | None:
    """E-mails, phones, prices: item by item, matched by value or currency; only the keys that we sent are compared."""
    if not isinstance(desired, Sequence) or not isinstance(actual, Sequence) or len(desired) != len(actual):
        return None
    theirs = None
    if set(theirs) != {item_key(item) for item in desired} or len(theirs) != len(actual):
        return None
    if not all(_same_item(item, theirs[item_key(item)]) for item in desired):
        return None
    return "list-order" if [item_key(i) for i in desired] != [item_key(i) for i in actual] else "filled-nulls"


def x_items__mutmut_7(desired: Any, actual: Any) -> str | None:
    """E-mails, phones, prices: item by item, matched by value or currency; only the keys that we sent are compared."""
    if not isinstance(desired, Sequence) or not isinstance(actual, Sequence) or len(desired) != len(actual):
        return None
    theirs = {item_key(None): item for item in actual}
    if set(theirs) != {item_key(item) for item in desired} or len(theirs) != len(actual):
        return None
    if not all(_same_item(item, theirs[item_key(item)]) for item in desired):
        return None
    return "list-order" if [item_key(i) for i in desired] != [item_key(i) for i in actual] else "filled-nulls"


def x_items__mutmut_8(desired: Any, actual: Any) -> str | None:
    """E-mails, phones, prices: item by item, matched by value or currency; only the keys that we sent are compared."""
    if not isinstance(desired, Sequence) or not isinstance(actual, Sequence) or len(desired) != len(actual):
        return None
    theirs = {item_key(item): item for item in actual}
    if set(theirs) != {item_key(item) for item in desired} and len(theirs) != len(actual):
        return None
    if not all(_same_item(item, theirs[item_key(item)]) for item in desired):
        return None
    return "list-order" if [item_key(i) for i in desired] != [item_key(i) for i in actual] else "filled-nulls"


def x_items__mutmut_9(desired: Any, actual: Any) -> str | None:
    """E-mails, phones, prices: item by item, matched by value or currency; only the keys that we sent are compared."""
    if not isinstance(desired, Sequence) or not isinstance(actual, Sequence) or len(desired) != len(actual):
        return None
    theirs = {item_key(item): item for item in actual}
    if set(None) != {item_key(item) for item in desired} or len(theirs) != len(actual):
        return None
    if not all(_same_item(item, theirs[item_key(item)]) for item in desired):
        return None
    return "list-order" if [item_key(i) for i in desired] != [item_key(i) for i in actual] else "filled-nulls"


def x_items__mutmut_10(desired: Any, actual: Any) -> str | None:
    """E-mails, phones, prices: item by item, matched by value or currency; only the keys that we sent are compared."""
    if not isinstance(desired, Sequence) or not isinstance(actual, Sequence) or len(desired) != len(actual):
        return None
    theirs = {item_key(item): item for item in actual}
    if set(theirs) == {item_key(item) for item in desired} or len(theirs) != len(actual):
        return None
    if not all(_same_item(item, theirs[item_key(item)]) for item in desired):
        return None
    return "list-order" if [item_key(i) for i in desired] != [item_key(i) for i in actual] else "filled-nulls"


def x_items__mutmut_11(desired: Any, actual: Any) -> str | None:
    """E-mails, phones, prices: item by item, matched by value or currency; only the keys that we sent are compared."""
    if not isinstance(desired, Sequence) or not isinstance(actual, Sequence) or len(desired) != len(actual):
        return None
    theirs = {item_key(item): item for item in actual}
    if set(theirs) != {item_key(None) for item in desired} or len(theirs) != len(actual):
        return None
    if not all(_same_item(item, theirs[item_key(item)]) for item in desired):
        return None
    return "list-order" if [item_key(i) for i in desired] != [item_key(i) for i in actual] else "filled-nulls"


def x_items__mutmut_12(desired: Any, actual: Any) -> str | None:
    """E-mails, phones, prices: item by item, matched by value or currency; only the keys that we sent are compared."""
    if not isinstance(desired, Sequence) or not isinstance(actual, Sequence) or len(desired) != len(actual):
        return None
    theirs = {item_key(item): item for item in actual}
    if set(theirs) != {item_key(item) for item in desired} or len(theirs) == len(actual):
        return None
    if not all(_same_item(item, theirs[item_key(item)]) for item in desired):
        return None
    return "list-order" if [item_key(i) for i in desired] != [item_key(i) for i in actual] else "filled-nulls"


def x_items__mutmut_13(desired: Any, actual: Any) -> str | None:
    """E-mails, phones, prices: item by item, matched by value or currency; only the keys that we sent are compared."""
    if not isinstance(desired, Sequence) or not isinstance(actual, Sequence) or len(desired) != len(actual):
        return None
    theirs = {item_key(item): item for item in actual}
    if set(theirs) != {item_key(item) for item in desired} or len(theirs) != len(actual):
        return None
    if all(_same_item(item, theirs[item_key(item)]) for item in desired):
        return None
    return "list-order" if [item_key(i) for i in desired] != [item_key(i) for i in actual] else "filled-nulls"


def x_items__mutmut_14(desired: Any, actual: Any) -> str | None:
    """E-mails, phones, prices: item by item, matched by value or currency; only the keys that we sent are compared."""
    if not isinstance(desired, Sequence) or not isinstance(actual, Sequence) or len(desired) != len(actual):
        return None
    theirs = {item_key(item): item for item in actual}
    if set(theirs) != {item_key(item) for item in desired} or len(theirs) != len(actual):
        return None
    if not all(None):
        return None
    return "list-order" if [item_key(i) for i in desired] != [item_key(i) for i in actual] else "filled-nulls"


def x_items__mutmut_15(desired: Any, actual: Any) -> str | None:
    """E-mails, phones, prices: item by item, matched by value or currency; only the keys that we sent are compared."""
    if not isinstance(desired, Sequence) or not isinstance(actual, Sequence) or len(desired) != len(actual):
        return None
    theirs = {item_key(item): item for item in actual}
    if set(theirs) != {item_key(item) for item in desired} or len(theirs) != len(actual):
        return None
    if not all(_same_item(None, theirs[item_key(item)]) for item in desired):
        return None
    return "list-order" if [item_key(i) for i in desired] != [item_key(i) for i in actual] else "filled-nulls"


def x_items__mutmut_16(desired: Any, actual: Any) -> str | None:
    """E-mails, phones, prices: item by item, matched by value or currency; only the keys that we sent are compared."""
    if not isinstance(desired, Sequence) or not isinstance(actual, Sequence) or len(desired) != len(actual):
        return None
    theirs = {item_key(item): item for item in actual}
    if set(theirs) != {item_key(item) for item in desired} or len(theirs) != len(actual):
        return None
    if not all(_same_item(item, None) for item in desired):
        return None
    return "list-order" if [item_key(i) for i in desired] != [item_key(i) for i in actual] else "filled-nulls"


def x_items__mutmut_17(desired: Any, actual: Any) -> str | None:
    """E-mails, phones, prices: item by item, matched by value or currency; only the keys that we sent are compared."""
    if not isinstance(desired, Sequence) or not isinstance(actual, Sequence) or len(desired) != len(actual):
        return None
    theirs = {item_key(item): item for item in actual}
    if set(theirs) != {item_key(item) for item in desired} or len(theirs) != len(actual):
        return None
    if not all(_same_item(theirs[item_key(item)]) for item in desired):
        return None
    return "list-order" if [item_key(i) for i in desired] != [item_key(i) for i in actual] else "filled-nulls"


def x_items__mutmut_18(desired: Any, actual: Any) -> str | None:
    """E-mails, phones, prices: item by item, matched by value or currency; only the keys that we sent are compared."""
    if not isinstance(desired, Sequence) or not isinstance(actual, Sequence) or len(desired) != len(actual):
        return None
    theirs = {item_key(item): item for item in actual}
    if set(theirs) != {item_key(item) for item in desired} or len(theirs) != len(actual):
        return None
    if not all(_same_item(item, ) for item in desired):
        return None
    return "list-order" if [item_key(i) for i in desired] != [item_key(i) for i in actual] else "filled-nulls"


def x_items__mutmut_19(desired: Any, actual: Any) -> str | None:
    """E-mails, phones, prices: item by item, matched by value or currency; only the keys that we sent are compared."""
    if not isinstance(desired, Sequence) or not isinstance(actual, Sequence) or len(desired) != len(actual):
        return None
    theirs = {item_key(item): item for item in actual}
    if set(theirs) != {item_key(item) for item in desired} or len(theirs) != len(actual):
        return None
    if not all(_same_item(item, theirs[item_key(None)]) for item in desired):
        return None
    return "list-order" if [item_key(i) for i in desired] != [item_key(i) for i in actual] else "filled-nulls"


def x_items__mutmut_20(desired: Any, actual: Any) -> str | None:
    """E-mails, phones, prices: item by item, matched by value or currency; only the keys that we sent are compared."""
    if not isinstance(desired, Sequence) or not isinstance(actual, Sequence) or len(desired) != len(actual):
        return None
    theirs = {item_key(item): item for item in actual}
    if set(theirs) != {item_key(item) for item in desired} or len(theirs) != len(actual):
        return None
    if not all(_same_item(item, theirs[item_key(item)]) for item in desired):
        return None
    return "list-order" if ([item_key(i) for i in desired] != [item_key(i) for i in actual]) and False else "filled-nulls"


def x_items__mutmut_21(desired: Any, actual: Any) -> str | None:
    """E-mails, phones, prices: item by item, matched by value or currency; only the keys that we sent are compared."""
    if not isinstance(desired, Sequence) or not isinstance(actual, Sequence) or len(desired) != len(actual):
        return None
    theirs = {item_key(item): item for item in actual}
    if set(theirs) != {item_key(item) for item in desired} or len(theirs) != len(actual):
        return None
    if not all(_same_item(item, theirs[item_key(item)]) for item in desired):
        return None
    return "list-order" if ([item_key(i) for i in desired] != [item_key(i) for i in actual]) or True else "filled-nulls"


def x_items__mutmut_22(desired: Any, actual: Any) -> str | None:
    """E-mails, phones, prices: item by item, matched by value or currency; only the keys that we sent are compared."""
    if not isinstance(desired, Sequence) or not isinstance(actual, Sequence) or len(desired) != len(actual):
        return None
    theirs = {item_key(item): item for item in actual}
    if set(theirs) != {item_key(item) for item in desired} or len(theirs) != len(actual):
        return None
    if not all(_same_item(item, theirs[item_key(item)]) for item in desired):
        return None
    return "XXlist-orderXX" if [item_key(i) for i in desired] != [item_key(i) for i in actual] else "filled-nulls"


def x_items__mutmut_23(desired: Any, actual: Any) -> str | None:
    """E-mails, phones, prices: item by item, matched by value or currency; only the keys that we sent are compared."""
    if not isinstance(desired, Sequence) or not isinstance(actual, Sequence) or len(desired) != len(actual):
        return None
    theirs = {item_key(item): item for item in actual}
    if set(theirs) != {item_key(item) for item in desired} or len(theirs) != len(actual):
        return None
    if not all(_same_item(item, theirs[item_key(item)]) for item in desired):
        return None
    return "LIST-ORDER" if [item_key(i) for i in desired] != [item_key(i) for i in actual] else "filled-nulls"


def x_items__mutmut_24(desired: Any, actual: Any) -> str | None:
    """E-mails, phones, prices: item by item, matched by value or currency; only the keys that we sent are compared."""
    if not isinstance(desired, Sequence) or not isinstance(actual, Sequence) or len(desired) != len(actual):
        return None
    theirs = {item_key(item): item for item in actual}
    if set(theirs) != {item_key(item) for item in desired} or len(theirs) != len(actual):
        return None
    if not all(_same_item(item, theirs[item_key(item)]) for item in desired):
        return None
    return "list-order" if [item_key(None) for i in desired] != [item_key(i) for i in actual] else "filled-nulls"


def x_items__mutmut_25(desired: Any, actual: Any) -> str | None:
    """E-mails, phones, prices: item by item, matched by value or currency; only the keys that we sent are compared."""
    if not isinstance(desired, Sequence) or not isinstance(actual, Sequence) or len(desired) != len(actual):
        return None
    theirs = {item_key(item): item for item in actual}
    if set(theirs) != {item_key(item) for item in desired} or len(theirs) != len(actual):
        return None
    if not all(_same_item(item, theirs[item_key(item)]) for item in desired):
        return None
    return "list-order" if [item_key(i) for i in desired] == [item_key(i) for i in actual] else "filled-nulls"


def x_items__mutmut_26(desired: Any, actual: Any) -> str | None:
    """E-mails, phones, prices: item by item, matched by value or currency; only the keys that we sent are compared."""
    if not isinstance(desired, Sequence) or not isinstance(actual, Sequence) or len(desired) != len(actual):
        return None
    theirs = {item_key(item): item for item in actual}
    if set(theirs) != {item_key(item) for item in desired} or len(theirs) != len(actual):
        return None
    if not all(_same_item(item, theirs[item_key(item)]) for item in desired):
        return None
    return "list-order" if [item_key(i) for i in desired] != [item_key(None) for i in actual] else "filled-nulls"


def x_items__mutmut_27(desired: Any, actual: Any) -> str | None:
    """E-mails, phones, prices: item by item, matched by value or currency; only the keys that we sent are compared."""
    if not isinstance(desired, Sequence) or not isinstance(actual, Sequence) or len(desired) != len(actual):
        return None
    theirs = {item_key(item): item for item in actual}
    if set(theirs) != {item_key(item) for item in desired} or len(theirs) != len(actual):
        return None
    if not all(_same_item(item, theirs[item_key(item)]) for item in desired):
        return None
    return "list-order" if [item_key(i) for i in desired] != [item_key(i) for i in actual] else "XXfilled-nullsXX"


def x_items__mutmut_28(desired: Any, actual: Any) -> str | None:
    """E-mails, phones, prices: item by item, matched by value or currency; only the keys that we sent are compared."""
    if not isinstance(desired, Sequence) or not isinstance(actual, Sequence) or len(desired) != len(actual):
        return None
    theirs = {item_key(item): item for item in actual}
    if set(theirs) != {item_key(item) for item in desired} or len(theirs) != len(actual):
        return None
    if not all(_same_item(item, theirs[item_key(item)]) for item in desired):
        return None
    return "list-order" if [item_key(i) for i in desired] != [item_key(i) for i in actual] else "FILLED-NULLS"

mutants_x_items__mutmut['_mutmut_orig'] = x_items__mutmut_orig # type: ignore # mutmut generated
mutants_x_items__mutmut['x_items__mutmut_1'] = x_items__mutmut_1 # type: ignore # mutmut generated
mutants_x_items__mutmut['x_items__mutmut_2'] = x_items__mutmut_2 # type: ignore # mutmut generated
mutants_x_items__mutmut['x_items__mutmut_3'] = x_items__mutmut_3 # type: ignore # mutmut generated
mutants_x_items__mutmut['x_items__mutmut_4'] = x_items__mutmut_4 # type: ignore # mutmut generated
mutants_x_items__mutmut['x_items__mutmut_5'] = x_items__mutmut_5 # type: ignore # mutmut generated
mutants_x_items__mutmut['x_items__mutmut_6'] = x_items__mutmut_6 # type: ignore # mutmut generated
mutants_x_items__mutmut['x_items__mutmut_7'] = x_items__mutmut_7 # type: ignore # mutmut generated
mutants_x_items__mutmut['x_items__mutmut_8'] = x_items__mutmut_8 # type: ignore # mutmut generated
mutants_x_items__mutmut['x_items__mutmut_9'] = x_items__mutmut_9 # type: ignore # mutmut generated
mutants_x_items__mutmut['x_items__mutmut_10'] = x_items__mutmut_10 # type: ignore # mutmut generated
mutants_x_items__mutmut['x_items__mutmut_11'] = x_items__mutmut_11 # type: ignore # mutmut generated
mutants_x_items__mutmut['x_items__mutmut_12'] = x_items__mutmut_12 # type: ignore # mutmut generated
mutants_x_items__mutmut['x_items__mutmut_13'] = x_items__mutmut_13 # type: ignore # mutmut generated
mutants_x_items__mutmut['x_items__mutmut_14'] = x_items__mutmut_14 # type: ignore # mutmut generated
mutants_x_items__mutmut['x_items__mutmut_15'] = x_items__mutmut_15 # type: ignore # mutmut generated
mutants_x_items__mutmut['x_items__mutmut_16'] = x_items__mutmut_16 # type: ignore # mutmut generated
mutants_x_items__mutmut['x_items__mutmut_17'] = x_items__mutmut_17 # type: ignore # mutmut generated
mutants_x_items__mutmut['x_items__mutmut_18'] = x_items__mutmut_18 # type: ignore # mutmut generated
mutants_x_items__mutmut['x_items__mutmut_19'] = x_items__mutmut_19 # type: ignore # mutmut generated
mutants_x_items__mutmut['x_items__mutmut_20'] = x_items__mutmut_20 # type: ignore # mutmut generated
mutants_x_items__mutmut['x_items__mutmut_21'] = x_items__mutmut_21 # type: ignore # mutmut generated
mutants_x_items__mutmut['x_items__mutmut_22'] = x_items__mutmut_22 # type: ignore # mutmut generated
mutants_x_items__mutmut['x_items__mutmut_23'] = x_items__mutmut_23 # type: ignore # mutmut generated
mutants_x_items__mutmut['x_items__mutmut_24'] = x_items__mutmut_24 # type: ignore # mutmut generated
mutants_x_items__mutmut['x_items__mutmut_25'] = x_items__mutmut_25 # type: ignore # mutmut generated
mutants_x_items__mutmut['x_items__mutmut_26'] = x_items__mutmut_26 # type: ignore # mutmut generated
mutants_x_items__mutmut['x_items__mutmut_27'] = x_items__mutmut_27 # type: ignore # mutmut generated
mutants_x_items__mutmut['x_items__mutmut_28'] = x_items__mutmut_28 # type: ignore # mutmut generated
mutants_x_item_key__mutmut: MutantDict = {}  # type: ignore


@_mutmut_mutated(mutants_x_item_key__mutmut)
def item_key(item: Any) -> str:
    """Return what tells one item of a list from another: its value or currency, else itself; case ignored."""
    if isinstance(item, Mapping):
        item = item.get("value", item.get("currency", item.get("id", item)))
    return str(item).casefold()


def x_item_key__mutmut_orig(item: Any) -> str:
    """Return what tells one item of a list from another: its value or currency, else itself; case ignored."""
    if isinstance(item, Mapping):
        item = item.get("value", item.get("currency", item.get("id", item)))
    return str(item).casefold()


def x_item_key__mutmut_1(item: Any) -> str:
    """Return what tells one item of a list from another: its value or currency, else itself; case ignored."""
    if isinstance(item, Mapping):
        item = None
    return str(item).casefold()


def x_item_key__mutmut_2(item: Any) -> str:
    """Return what tells one item of a list from another: its value or currency, else itself; case ignored."""
    if isinstance(item, Mapping):
        item = item.get(None, item.get("currency", item.get("id", item)))
    return str(item).casefold()


def x_item_key__mutmut_3(item: Any) -> str:
    """Return what tells one item of a list from another: its value or currency, else itself; case ignored."""
    if isinstance(item, Mapping):
        item = item.get("value", None)
    return str(item).casefold()


def x_item_key__mutmut_4(item: Any) -> str:
    """Return what tells one item of a list from another: its value or currency, else itself; case ignored."""
    if isinstance(item, Mapping):
        item = item.get(item.get("currency", item.get("id", item)))
    return str(item).casefold()


def x_item_key__mutmut_5(item: Any) -> str:
    """Return what tells one item of a list from another: its value or currency, else itself; case ignored."""
    if isinstance(item, Mapping):
        item = item.get("value", )
    return str(item).casefold()


def x_item_key__mutmut_6(item: Any) -> str:
    """Return what tells one item of a list from another: its value or currency, else itself; case ignored."""
    if isinstance(item, Mapping):
        item = item.get("XXvalueXX", item.get("currency", item.get("id", item)))
    return str(item).casefold()


def x_item_key__mutmut_7(item: Any) -> str:
    """Return what tells one item of a list from another: its value or currency, else itself; case ignored."""
    if isinstance(item, Mapping):
        item = item.get("VALUE", item.get("currency", item.get("id", item)))
    return str(item).casefold()


def x_item_key__mutmut_8(item: Any) -> str:
    """Return what tells one item of a list from another: its value or currency, else itself; case ignored."""
    if isinstance(item, Mapping):
        item = item.get("value", item.get(None, item.get("id", item)))
    return str(item).casefold()


def x_item_key__mutmut_9(item: Any) -> str:
    """Return what tells one item of a list from another: its value or currency, else itself; case ignored."""
    if isinstance(item, Mapping):
        item = item.get("value", item.get("currency", None))
    return str(item).casefold()


def x_item_key__mutmut_10(item: Any) -> str:
    """Return what tells one item of a list from another: its value or currency, else itself; case ignored."""
    if isinstance(item, Mapping):
        item = item.get("value", item.get(item.get("id", item)))
    return str(item).casefold()


def x_item_key__mutmut_11(item: Any) -> str:
    """Return what tells one item of a list from another: its value or currency, else itself; case ignored."""
    if isinstance(item, Mapping):
        item = item.get("value", item.get("currency", ))
    return str(item).casefold()


def x_item_key__mutmut_12(item: Any) -> str:
    """Return what tells one item of a list from another: its value or currency, else itself; case ignored."""
    if isinstance(item, Mapping):
        item = item.get("value", item.get("XXcurrencyXX", item.get("id", item)))
    return str(item).casefold()


def x_item_key__mutmut_13(item: Any) -> str:
    """Return what tells one item of a list from another: its value or currency, else itself; case ignored."""
    if isinstance(item, Mapping):
        item = item.get("value", item.get("CURRENCY", item.get("id", item)))
    return str(item).casefold()


def x_item_key__mutmut_14(item: Any) -> str:
    """Return what tells one item of a list from another: its value or currency, else itself; case ignored."""
    if isinstance(item, Mapping):
        item = item.get("value", item.get("currency", item.get(None, item)))
    return str(item).casefold()


def x_item_key__mutmut_15(item: Any) -> str:
    """Return what tells one item of a list from another: its value or currency, else itself; case ignored."""
    if isinstance(item, Mapping):
        item = item.get("value", item.get("currency", item.get("id", None)))
    return str(item).casefold()


def x_item_key__mutmut_16(item: Any) -> str:
    """Return what tells one item of a list from another: its value or currency, else itself; case ignored."""
    if isinstance(item, Mapping):
        item = item.get("value", item.get("currency", item.get(item)))
    return str(item).casefold()


def x_item_key__mutmut_17(item: Any) -> str:
    """Return what tells one item of a list from another: its value or currency, else itself; case ignored."""
    if isinstance(item, Mapping):
        item = item.get("value", item.get("currency", item.get("id", )))
    return str(item).casefold()


def x_item_key__mutmut_18(item: Any) -> str:
    """Return what tells one item of a list from another: its value or currency, else itself; case ignored."""
    if isinstance(item, Mapping):
        item = item.get("value", item.get("currency", item.get("XXidXX", item)))
    return str(item).casefold()


def x_item_key__mutmut_19(item: Any) -> str:
    """Return what tells one item of a list from another: its value or currency, else itself; case ignored."""
    if isinstance(item, Mapping):
        item = item.get("value", item.get("currency", item.get("ID", item)))
    return str(item).casefold()


def x_item_key__mutmut_20(item: Any) -> str:
    """Return what tells one item of a list from another: its value or currency, else itself; case ignored."""
    if isinstance(item, Mapping):
        item = item.get("value", item.get("currency", item.get("id", item)))
    return str(None).casefold()

mutants_x_item_key__mutmut['_mutmut_orig'] = x_item_key__mutmut_orig # type: ignore # mutmut generated
mutants_x_item_key__mutmut['x_item_key__mutmut_1'] = x_item_key__mutmut_1 # type: ignore # mutmut generated
mutants_x_item_key__mutmut['x_item_key__mutmut_2'] = x_item_key__mutmut_2 # type: ignore # mutmut generated
mutants_x_item_key__mutmut['x_item_key__mutmut_3'] = x_item_key__mutmut_3 # type: ignore # mutmut generated
mutants_x_item_key__mutmut['x_item_key__mutmut_4'] = x_item_key__mutmut_4 # type: ignore # mutmut generated
mutants_x_item_key__mutmut['x_item_key__mutmut_5'] = x_item_key__mutmut_5 # type: ignore # mutmut generated
mutants_x_item_key__mutmut['x_item_key__mutmut_6'] = x_item_key__mutmut_6 # type: ignore # mutmut generated
mutants_x_item_key__mutmut['x_item_key__mutmut_7'] = x_item_key__mutmut_7 # type: ignore # mutmut generated
mutants_x_item_key__mutmut['x_item_key__mutmut_8'] = x_item_key__mutmut_8 # type: ignore # mutmut generated
mutants_x_item_key__mutmut['x_item_key__mutmut_9'] = x_item_key__mutmut_9 # type: ignore # mutmut generated
mutants_x_item_key__mutmut['x_item_key__mutmut_10'] = x_item_key__mutmut_10 # type: ignore # mutmut generated
mutants_x_item_key__mutmut['x_item_key__mutmut_11'] = x_item_key__mutmut_11 # type: ignore # mutmut generated
mutants_x_item_key__mutmut['x_item_key__mutmut_12'] = x_item_key__mutmut_12 # type: ignore # mutmut generated
mutants_x_item_key__mutmut['x_item_key__mutmut_13'] = x_item_key__mutmut_13 # type: ignore # mutmut generated
mutants_x_item_key__mutmut['x_item_key__mutmut_14'] = x_item_key__mutmut_14 # type: ignore # mutmut generated
mutants_x_item_key__mutmut['x_item_key__mutmut_15'] = x_item_key__mutmut_15 # type: ignore # mutmut generated
mutants_x_item_key__mutmut['x_item_key__mutmut_16'] = x_item_key__mutmut_16 # type: ignore # mutmut generated
mutants_x_item_key__mutmut['x_item_key__mutmut_17'] = x_item_key__mutmut_17 # type: ignore # mutmut generated
mutants_x_item_key__mutmut['x_item_key__mutmut_18'] = x_item_key__mutmut_18 # type: ignore # mutmut generated
mutants_x_item_key__mutmut['x_item_key__mutmut_19'] = x_item_key__mutmut_19 # type: ignore # mutmut generated
mutants_x_item_key__mutmut['x_item_key__mutmut_20'] = x_item_key__mutmut_20 # type: ignore # mutmut generated
mutants_x_address__mutmut: MutantDict = {}  # type: ignore


@_mutmut_mutated(mutants_x_address__mutmut)
def address(desired: Any, actual: Any) -> str | None:
    """An address: only its `value` is ours; the server fills the parts with nulls or by looking the place up."""
    ours = desired.get("value") if isinstance(desired, Mapping) else desired
    theirs = actual.get("value") if isinstance(actual, Mapping) else actual
    return "filled-nulls" if not is_empty(theirs) and _spaced(str(ours)) == _spaced(str(theirs)) else None


def x_address__mutmut_orig(desired: Any, actual: Any) -> str | None:
    """An address: only its `value` is ours; the server fills the parts with nulls or by looking the place up."""
    ours = desired.get("value") if isinstance(desired, Mapping) else desired
    theirs = actual.get("value") if isinstance(actual, Mapping) else actual
    return "filled-nulls" if not is_empty(theirs) and _spaced(str(ours)) == _spaced(str(theirs)) else None


def x_address__mutmut_1(desired: Any, actual: Any) -> str | None:
    """An address: only its `value` is ours; the server fills the parts with nulls or by looking the place up."""
    ours = None
    theirs = actual.get("value") if isinstance(actual, Mapping) else actual
    return "filled-nulls" if not is_empty(theirs) and _spaced(str(ours)) == _spaced(str(theirs)) else None


def x_address__mutmut_2(desired: Any, actual: Any) -> str | None:
    """An address: only its `value` is ours; the server fills the parts with nulls or by looking the place up."""
    ours = desired.get("value") if (isinstance(desired, Mapping)) and False else desired
    theirs = actual.get("value") if isinstance(actual, Mapping) else actual
    return "filled-nulls" if not is_empty(theirs) and _spaced(str(ours)) == _spaced(str(theirs)) else None


def x_address__mutmut_3(desired: Any, actual: Any) -> str | None:
    """An address: only its `value` is ours; the server fills the parts with nulls or by looking the place up."""
    ours = desired.get("value") if (isinstance(desired, Mapping)) or True else desired
    theirs = actual.get("value") if isinstance(actual, Mapping) else actual
    return "filled-nulls" if not is_empty(theirs) and _spaced(str(ours)) == _spaced(str(theirs)) else None


def x_address__mutmut_4(desired: Any, actual: Any) -> str | None:
    """An address: only its `value` is ours; the server fills the parts with nulls or by looking the place up."""
    ours = desired.get(None) if isinstance(desired, Mapping) else desired
    theirs = actual.get("value") if isinstance(actual, Mapping) else actual
    return "filled-nulls" if not is_empty(theirs) and _spaced(str(ours)) == _spaced(str(theirs)) else None


def x_address__mutmut_5(desired: Any, actual: Any) -> str | None:
    """An address: only its `value` is ours; the server fills the parts with nulls or by looking the place up."""
    ours = desired.get("XXvalueXX") if isinstance(desired, Mapping) else desired
    theirs = actual.get("value") if isinstance(actual, Mapping) else actual
    return "filled-nulls" if not is_empty(theirs) and _spaced(str(ours)) == _spaced(str(theirs)) else None


def x_address__mutmut_6(desired: Any, actual: Any) -> str | None:
    """An address: only its `value` is ours; the server fills the parts with nulls or by looking the place up."""
    ours = desired.get("VALUE") if isinstance(desired, Mapping) else desired
    theirs = actual.get("value") if isinstance(actual, Mapping) else actual
    return "filled-nulls" if not is_empty(theirs) and _spaced(str(ours)) == _spaced(str(theirs)) else None


def x_address__mutmut_7(desired: Any, actual: Any) -> str | None:
    """An address: only its `value` is ours; the server fills the parts with nulls or by looking the place up."""
    ours = desired.get("value") if isinstance(desired, Mapping) else desired
    theirs = None
    return "filled-nulls" if not is_empty(theirs) and _spaced(str(ours)) == _spaced(str(theirs)) else None


def x_address__mutmut_8(desired: Any, actual: Any) -> str | None:
    """An address: only its `value` is ours; the server fills the parts with nulls or by looking the place up."""
    ours = desired.get("value") if isinstance(desired, Mapping) else desired
    theirs = actual.get("value") if (isinstance(actual, Mapping)) and False else actual
    return "filled-nulls" if not is_empty(theirs) and _spaced(str(ours)) == _spaced(str(theirs)) else None


def x_address__mutmut_9(desired: Any, actual: Any) -> str | None:
    """An address: only its `value` is ours; the server fills the parts with nulls or by looking the place up."""
    ours = desired.get("value") if isinstance(desired, Mapping) else desired
    theirs = actual.get("value") if (isinstance(actual, Mapping)) or True else actual
    return "filled-nulls" if not is_empty(theirs) and _spaced(str(ours)) == _spaced(str(theirs)) else None


def x_address__mutmut_10(desired: Any, actual: Any) -> str | None:
    """An address: only its `value` is ours; the server fills the parts with nulls or by looking the place up."""
    ours = desired.get("value") if isinstance(desired, Mapping) else desired
    theirs = actual.get(None) if isinstance(actual, Mapping) else actual
    return "filled-nulls" if not is_empty(theirs) and _spaced(str(ours)) == _spaced(str(theirs)) else None


def x_address__mutmut_11(desired: Any, actual: Any) -> str | None:
    """An address: only its `value` is ours; the server fills the parts with nulls or by looking the place up."""
    ours = desired.get("value") if isinstance(desired, Mapping) else desired
    theirs = actual.get("XXvalueXX") if isinstance(actual, Mapping) else actual
    return "filled-nulls" if not is_empty(theirs) and _spaced(str(ours)) == _spaced(str(theirs)) else None


def x_address__mutmut_12(desired: Any, actual: Any) -> str | None:
    """An address: only its `value` is ours; the server fills the parts with nulls or by looking the place up."""
    ours = desired.get("value") if isinstance(desired, Mapping) else desired
    theirs = actual.get("VALUE") if isinstance(actual, Mapping) else actual
    return "filled-nulls" if not is_empty(theirs) and _spaced(str(ours)) == _spaced(str(theirs)) else None


def x_address__mutmut_13(desired: Any, actual: Any) -> str | None:
    """An address: only its `value` is ours; the server fills the parts with nulls or by looking the place up."""
    ours = desired.get("value") if isinstance(desired, Mapping) else desired
    theirs = actual.get("value") if isinstance(actual, Mapping) else actual
    return "filled-nulls" if (not is_empty(theirs) and _spaced(str(ours)) == _spaced(str(theirs))) and False else None


def x_address__mutmut_14(desired: Any, actual: Any) -> str | None:
    """An address: only its `value` is ours; the server fills the parts with nulls or by looking the place up."""
    ours = desired.get("value") if isinstance(desired, Mapping) else desired
    theirs = actual.get("value") if isinstance(actual, Mapping) else actual
    return "filled-nulls" if (not is_empty(theirs) and _spaced(str(ours)) == _spaced(str(theirs))) or True else None


def x_address__mutmut_15(desired: Any, actual: Any) -> str | None:
    """An address: only its `value` is ours; the server fills the parts with nulls or by looking the place up."""
    ours = desired.get("value") if isinstance(desired, Mapping) else desired
    theirs = actual.get("value") if isinstance(actual, Mapping) else actual
    return "XXfilled-nullsXX" if not is_empty(theirs) and _spaced(str(ours)) == _spaced(str(theirs)) else None


def x_address__mutmut_16(desired: Any, actual: Any) -> str | None:
    """An address: only its `value` is ours; the server fills the parts with nulls or by looking the place up."""
    ours = desired.get("value") if isinstance(desired, Mapping) else desired
    theirs = actual.get("value") if isinstance(actual, Mapping) else actual
    return "FILLED-NULLS" if not is_empty(theirs) and _spaced(str(ours)) == _spaced(str(theirs)) else None


def x_address__mutmut_17(desired: Any, actual: Any) -> str | None:
    """An address: only its `value` is ours; the server fills the parts with nulls or by looking the place up."""
    ours = desired.get("value") if isinstance(desired, Mapping) else desired
    theirs = actual.get("value") if isinstance(actual, Mapping) else actual
    return "filled-nulls" if not is_empty(theirs) or _spaced(str(ours)) == _spaced(str(theirs)) else None


def x_address__mutmut_18(desired: Any, actual: Any) -> str | None:
    """An address: only its `value` is ours; the server fills the parts with nulls or by looking the place up."""
    ours = desired.get("value") if isinstance(desired, Mapping) else desired
    theirs = actual.get("value") if isinstance(actual, Mapping) else actual
    return "filled-nulls" if is_empty(theirs) and _spaced(str(ours)) == _spaced(str(theirs)) else None


def x_address__mutmut_19(desired: Any, actual: Any) -> str | None:
    """An address: only its `value` is ours; the server fills the parts with nulls or by looking the place up."""
    ours = desired.get("value") if isinstance(desired, Mapping) else desired
    theirs = actual.get("value") if isinstance(actual, Mapping) else actual
    return "filled-nulls" if not is_empty(None) and _spaced(str(ours)) == _spaced(str(theirs)) else None


def x_address__mutmut_20(desired: Any, actual: Any) -> str | None:
    """An address: only its `value` is ours; the server fills the parts with nulls or by looking the place up."""
    ours = desired.get("value") if isinstance(desired, Mapping) else desired
    theirs = actual.get("value") if isinstance(actual, Mapping) else actual
    return "filled-nulls" if not is_empty(theirs) and _spaced(None) == _spaced(str(theirs)) else None


def x_address__mutmut_21(desired: Any, actual: Any) -> str | None:
    """An address: only its `value` is ours; the server fills the parts with nulls or by looking the place up."""
    ours = desired.get("value") if isinstance(desired, Mapping) else desired
    theirs = actual.get("value") if isinstance(actual, Mapping) else actual
    return "filled-nulls" if not is_empty(theirs) and _spaced(str(None)) == _spaced(str(theirs)) else None


def x_address__mutmut_22(desired: Any, actual: Any) -> str | None:
    """An address: only its `value` is ours; the server fills the parts with nulls or by looking the place up."""
    ours = desired.get("value") if isinstance(desired, Mapping) else desired
    theirs = actual.get("value") if isinstance(actual, Mapping) else actual
    return "filled-nulls" if not is_empty(theirs) and _spaced(str(ours)) != _spaced(str(theirs)) else None


def x_address__mutmut_23(desired: Any, actual: Any) -> str | None:
    """An address: only its `value` is ours; the server fills the parts with nulls or by looking the place up."""
    ours = desired.get("value") if isinstance(desired, Mapping) else desired
    theirs = actual.get("value") if isinstance(actual, Mapping) else actual
    return "filled-nulls" if not is_empty(theirs) and _spaced(str(ours)) == _spaced(None) else None


def x_address__mutmut_24(desired: Any, actual: Any) -> str | None:
    """An address: only its `value` is ours; the server fills the parts with nulls or by looking the place up."""
    ours = desired.get("value") if isinstance(desired, Mapping) else desired
    theirs = actual.get("value") if isinstance(actual, Mapping) else actual
    return "filled-nulls" if not is_empty(theirs) and _spaced(str(ours)) == _spaced(str(None)) else None

mutants_x_address__mutmut['_mutmut_orig'] = x_address__mutmut_orig # type: ignore # mutmut generated
mutants_x_address__mutmut['x_address__mutmut_1'] = x_address__mutmut_1 # type: ignore # mutmut generated
mutants_x_address__mutmut['x_address__mutmut_2'] = x_address__mutmut_2 # type: ignore # mutmut generated
mutants_x_address__mutmut['x_address__mutmut_3'] = x_address__mutmut_3 # type: ignore # mutmut generated
mutants_x_address__mutmut['x_address__mutmut_4'] = x_address__mutmut_4 # type: ignore # mutmut generated
mutants_x_address__mutmut['x_address__mutmut_5'] = x_address__mutmut_5 # type: ignore # mutmut generated
mutants_x_address__mutmut['x_address__mutmut_6'] = x_address__mutmut_6 # type: ignore # mutmut generated
mutants_x_address__mutmut['x_address__mutmut_7'] = x_address__mutmut_7 # type: ignore # mutmut generated
mutants_x_address__mutmut['x_address__mutmut_8'] = x_address__mutmut_8 # type: ignore # mutmut generated
mutants_x_address__mutmut['x_address__mutmut_9'] = x_address__mutmut_9 # type: ignore # mutmut generated
mutants_x_address__mutmut['x_address__mutmut_10'] = x_address__mutmut_10 # type: ignore # mutmut generated
mutants_x_address__mutmut['x_address__mutmut_11'] = x_address__mutmut_11 # type: ignore # mutmut generated
mutants_x_address__mutmut['x_address__mutmut_12'] = x_address__mutmut_12 # type: ignore # mutmut generated
mutants_x_address__mutmut['x_address__mutmut_13'] = x_address__mutmut_13 # type: ignore # mutmut generated
mutants_x_address__mutmut['x_address__mutmut_14'] = x_address__mutmut_14 # type: ignore # mutmut generated
mutants_x_address__mutmut['x_address__mutmut_15'] = x_address__mutmut_15 # type: ignore # mutmut generated
mutants_x_address__mutmut['x_address__mutmut_16'] = x_address__mutmut_16 # type: ignore # mutmut generated
mutants_x_address__mutmut['x_address__mutmut_17'] = x_address__mutmut_17 # type: ignore # mutmut generated
mutants_x_address__mutmut['x_address__mutmut_18'] = x_address__mutmut_18 # type: ignore # mutmut generated
mutants_x_address__mutmut['x_address__mutmut_19'] = x_address__mutmut_19 # type: ignore # mutmut generated
mutants_x_address__mutmut['x_address__mutmut_20'] = x_address__mutmut_20 # type: ignore # mutmut generated
mutants_x_address__mutmut['x_address__mutmut_21'] = x_address__mutmut_21 # type: ignore # mutmut generated
mutants_x_address__mutmut['x_address__mutmut_22'] = x_address__mutmut_22 # type: ignore # mutmut generated
mutants_x_address__mutmut['x_address__mutmut_23'] = x_address__mutmut_23 # type: ignore # mutmut generated
mutants_x_address__mutmut['x_address__mutmut_24'] = x_address__mutmut_24 # type: ignore # mutmut generated
mutants_x_boolean__mutmut: MutantDict = {}  # type: ignore


@_mutmut_mutated(mutants_x_boolean__mutmut)
def boolean(desired: Any, actual: Any) -> str | None:
    """True and 1, false and 0."""
    truth = {"true": True, "1": True, "false": False, "0": False}
    ours, theirs = truth.get(str(desired).lower()), truth.get(str(actual).lower())
    return "boolean-as-number" if ours is not None and ours == theirs else None


def x_boolean__mutmut_orig(desired: Any, actual: Any) -> str | None:
    """True and 1, false and 0."""
    truth = {"true": True, "1": True, "false": False, "0": False}
    ours, theirs = truth.get(str(desired).lower()), truth.get(str(actual).lower())
    return "boolean-as-number" if ours is not None and ours == theirs else None


def x_boolean__mutmut_1(desired: Any, actual: Any) -> str | None:
    """True and 1, false and 0."""
    truth = None
    ours, theirs = truth.get(str(desired).lower()), truth.get(str(actual).lower())
    return "boolean-as-number" if ours is not None and ours == theirs else None


def x_boolean__mutmut_2(desired: Any, actual: Any) -> str | None:
    """True and 1, false and 0."""
    truth = {"XXtrueXX": True, "1": True, "false": False, "0": False}
    ours, theirs = truth.get(str(desired).lower()), truth.get(str(actual).lower())
    return "boolean-as-number" if ours is not None and ours == theirs else None


def x_boolean__mutmut_3(desired: Any, actual: Any) -> str | None:
    """True and 1, false and 0."""
    truth = {"TRUE": True, "1": True, "false": False, "0": False}
    ours, theirs = truth.get(str(desired).lower()), truth.get(str(actual).lower())
    return "boolean-as-number" if ours is not None and ours == theirs else None


def x_boolean__mutmut_4(desired: Any, actual: Any) -> str | None:
    """True and 1, false and 0."""
    truth = {"true": False, "1": True, "false": False, "0": False}
    ours, theirs = truth.get(str(desired).lower()), truth.get(str(actual).lower())
    return "boolean-as-number" if ours is not None and ours == theirs else None


def x_boolean__mutmut_5(desired: Any, actual: Any) -> str | None:
    """True and 1, false and 0."""
    truth = {"true": True, "XX1XX": True, "false": False, "0": False}
    ours, theirs = truth.get(str(desired).lower()), truth.get(str(actual).lower())
    return "boolean-as-number" if ours is not None and ours == theirs else None


def x_boolean__mutmut_6(desired: Any, actual: Any) -> str | None:
    """True and 1, false and 0."""
    truth = {"true": True, "1": False, "false": False, "0": False}
    ours, theirs = truth.get(str(desired).lower()), truth.get(str(actual).lower())
    return "boolean-as-number" if ours is not None and ours == theirs else None


def x_boolean__mutmut_7(desired: Any, actual: Any) -> str | None:
    """True and 1, false and 0."""
    truth = {"true": True, "1": True, "XXfalseXX": False, "0": False}
    ours, theirs = truth.get(str(desired).lower()), truth.get(str(actual).lower())
    return "boolean-as-number" if ours is not None and ours == theirs else None


def x_boolean__mutmut_8(desired: Any, actual: Any) -> str | None:
    """True and 1, false and 0."""
    truth = {"true": True, "1": True, "FALSE": False, "0": False}
    ours, theirs = truth.get(str(desired).lower()), truth.get(str(actual).lower())
    return "boolean-as-number" if ours is not None and ours == theirs else None


def x_boolean__mutmut_9(desired: Any, actual: Any) -> str | None:
    """True and 1, false and 0."""
    truth = {"true": True, "1": True, "false": True, "0": False}
    ours, theirs = truth.get(str(desired).lower()), truth.get(str(actual).lower())
    return "boolean-as-number" if ours is not None and ours == theirs else None


def x_boolean__mutmut_10(desired: Any, actual: Any) -> str | None:
    """True and 1, false and 0."""
    truth = {"true": True, "1": True, "false": False, "XX0XX": False}
    ours, theirs = truth.get(str(desired).lower()), truth.get(str(actual).lower())
    return "boolean-as-number" if ours is not None and ours == theirs else None


def x_boolean__mutmut_11(desired: Any, actual: Any) -> str | None:
    """True and 1, false and 0."""
    truth = {"true": True, "1": True, "false": False, "0": True}
    ours, theirs = truth.get(str(desired).lower()), truth.get(str(actual).lower())
    return "boolean-as-number" if ours is not None and ours == theirs else None


def x_boolean__mutmut_12(desired: Any, actual: Any) -> str | None:
    """True and 1, false and 0."""
    truth = {"true": True, "1": True, "false": False, "0": False}
    ours, theirs = None
    return "boolean-as-number" if ours is not None and ours == theirs else None


def x_boolean__mutmut_13(desired: Any, actual: Any) -> str | None:
    """True and 1, false and 0."""
    truth = {"true": True, "1": True, "false": False, "0": False}
    ours, theirs = truth.get(None), truth.get(str(actual).lower())
    return "boolean-as-number" if ours is not None and ours == theirs else None


def x_boolean__mutmut_14(desired: Any, actual: Any) -> str | None:
    """True and 1, false and 0."""
    truth = {"true": True, "1": True, "false": False, "0": False}
    ours, theirs = truth.get(str(desired).upper()), truth.get(str(actual).lower())
    return "boolean-as-number" if ours is not None and ours == theirs else None


def x_boolean__mutmut_15(desired: Any, actual: Any) -> str | None:
    """True and 1, false and 0."""
    truth = {"true": True, "1": True, "false": False, "0": False}
    ours, theirs = truth.get(str(None).lower()), truth.get(str(actual).lower())
    return "boolean-as-number" if ours is not None and ours == theirs else None


def x_boolean__mutmut_16(desired: Any, actual: Any) -> str | None:
    """True and 1, false and 0."""
    truth = {"true": True, "1": True, "false": False, "0": False}
    ours, theirs = truth.get(str(desired).lower()), truth.get(None)
    return "boolean-as-number" if ours is not None and ours == theirs else None


def x_boolean__mutmut_17(desired: Any, actual: Any) -> str | None:
    """True and 1, false and 0."""
    truth = {"true": True, "1": True, "false": False, "0": False}
    ours, theirs = truth.get(str(desired).lower()), truth.get(str(actual).upper())
    return "boolean-as-number" if ours is not None and ours == theirs else None


def x_boolean__mutmut_18(desired: Any, actual: Any) -> str | None:
    """True and 1, false and 0."""
    truth = {"true": True, "1": True, "false": False, "0": False}
    ours, theirs = truth.get(str(desired).lower()), truth.get(str(None).lower())
    return "boolean-as-number" if ours is not None and ours == theirs else None


def x_boolean__mutmut_19(desired: Any, actual: Any) -> str | None:
    """True and 1, false and 0."""
    truth = {"true": True, "1": True, "false": False, "0": False}
    ours, theirs = truth.get(str(desired).lower()), truth.get(str(actual).lower())
    return "boolean-as-number" if (ours is not None and ours == theirs) and False else None


def x_boolean__mutmut_20(desired: Any, actual: Any) -> str | None:
    """True and 1, false and 0."""
    truth = {"true": True, "1": True, "false": False, "0": False}
    ours, theirs = truth.get(str(desired).lower()), truth.get(str(actual).lower())
    return "boolean-as-number" if (ours is not None and ours == theirs) or True else None


def x_boolean__mutmut_21(desired: Any, actual: Any) -> str | None:
    """True and 1, false and 0."""
    truth = {"true": True, "1": True, "false": False, "0": False}
    ours, theirs = truth.get(str(desired).lower()), truth.get(str(actual).lower())
    return "XXboolean-as-numberXX" if ours is not None and ours == theirs else None


def x_boolean__mutmut_22(desired: Any, actual: Any) -> str | None:
    """True and 1, false and 0."""
    truth = {"true": True, "1": True, "false": False, "0": False}
    ours, theirs = truth.get(str(desired).lower()), truth.get(str(actual).lower())
    return "BOOLEAN-AS-NUMBER" if ours is not None and ours == theirs else None


def x_boolean__mutmut_23(desired: Any, actual: Any) -> str | None:
    """True and 1, false and 0."""
    truth = {"true": True, "1": True, "false": False, "0": False}
    ours, theirs = truth.get(str(desired).lower()), truth.get(str(actual).lower())
    return "boolean-as-number" if ours is not None or ours == theirs else None


def x_boolean__mutmut_24(desired: Any, actual: Any) -> str | None:
    """True and 1, false and 0."""
    truth = {"true": True, "1": True, "false": False, "0": False}
    ours, theirs = truth.get(str(desired).lower()), truth.get(str(actual).lower())
    return "boolean-as-number" if ours is None and ours == theirs else None


def x_boolean__mutmut_25(desired: Any, actual: Any) -> str | None:
    """True and 1, false and 0."""
    truth = {"true": True, "1": True, "false": False, "0": False}
    ours, theirs = truth.get(str(desired).lower()), truth.get(str(actual).lower())
    return "boolean-as-number" if ours is not None and ours != theirs else None

mutants_x_boolean__mutmut['_mutmut_orig'] = x_boolean__mutmut_orig # type: ignore # mutmut generated
mutants_x_boolean__mutmut['x_boolean__mutmut_1'] = x_boolean__mutmut_1 # type: ignore # mutmut generated
mutants_x_boolean__mutmut['x_boolean__mutmut_2'] = x_boolean__mutmut_2 # type: ignore # mutmut generated
mutants_x_boolean__mutmut['x_boolean__mutmut_3'] = x_boolean__mutmut_3 # type: ignore # mutmut generated
mutants_x_boolean__mutmut['x_boolean__mutmut_4'] = x_boolean__mutmut_4 # type: ignore # mutmut generated
mutants_x_boolean__mutmut['x_boolean__mutmut_5'] = x_boolean__mutmut_5 # type: ignore # mutmut generated
mutants_x_boolean__mutmut['x_boolean__mutmut_6'] = x_boolean__mutmut_6 # type: ignore # mutmut generated
mutants_x_boolean__mutmut['x_boolean__mutmut_7'] = x_boolean__mutmut_7 # type: ignore # mutmut generated
mutants_x_boolean__mutmut['x_boolean__mutmut_8'] = x_boolean__mutmut_8 # type: ignore # mutmut generated
mutants_x_boolean__mutmut['x_boolean__mutmut_9'] = x_boolean__mutmut_9 # type: ignore # mutmut generated
mutants_x_boolean__mutmut['x_boolean__mutmut_10'] = x_boolean__mutmut_10 # type: ignore # mutmut generated
mutants_x_boolean__mutmut['x_boolean__mutmut_11'] = x_boolean__mutmut_11 # type: ignore # mutmut generated
mutants_x_boolean__mutmut['x_boolean__mutmut_12'] = x_boolean__mutmut_12 # type: ignore # mutmut generated
mutants_x_boolean__mutmut['x_boolean__mutmut_13'] = x_boolean__mutmut_13 # type: ignore # mutmut generated
mutants_x_boolean__mutmut['x_boolean__mutmut_14'] = x_boolean__mutmut_14 # type: ignore # mutmut generated
mutants_x_boolean__mutmut['x_boolean__mutmut_15'] = x_boolean__mutmut_15 # type: ignore # mutmut generated
mutants_x_boolean__mutmut['x_boolean__mutmut_16'] = x_boolean__mutmut_16 # type: ignore # mutmut generated
mutants_x_boolean__mutmut['x_boolean__mutmut_17'] = x_boolean__mutmut_17 # type: ignore # mutmut generated
mutants_x_boolean__mutmut['x_boolean__mutmut_18'] = x_boolean__mutmut_18 # type: ignore # mutmut generated
mutants_x_boolean__mutmut['x_boolean__mutmut_19'] = x_boolean__mutmut_19 # type: ignore # mutmut generated
mutants_x_boolean__mutmut['x_boolean__mutmut_20'] = x_boolean__mutmut_20 # type: ignore # mutmut generated
mutants_x_boolean__mutmut['x_boolean__mutmut_21'] = x_boolean__mutmut_21 # type: ignore # mutmut generated
mutants_x_boolean__mutmut['x_boolean__mutmut_22'] = x_boolean__mutmut_22 # type: ignore # mutmut generated
mutants_x_boolean__mutmut['x_boolean__mutmut_23'] = x_boolean__mutmut_23 # type: ignore # mutmut generated
mutants_x_boolean__mutmut['x_boolean__mutmut_24'] = x_boolean__mutmut_24 # type: ignore # mutmut generated
mutants_x_boolean__mutmut['x_boolean__mutmut_25'] = x_boolean__mutmut_25 # type: ignore # mutmut generated
mutants_x__same_item__mutmut: MutantDict = {}  # type: ignore


@_mutmut_mutated(mutants_x__same_item__mutmut)
def _same_item(ours: Any, theirs: Any) -> bool:
    if isinstance(ours, Mapping):
        return isinstance(theirs, Mapping) and all(_same(value, theirs.get(key)) for key, value in ours.items())
    return True


def x__same_item__mutmut_orig(ours: Any, theirs: Any) -> bool:
    if isinstance(ours, Mapping):
        return isinstance(theirs, Mapping) and all(_same(value, theirs.get(key)) for key, value in ours.items())
    return True


def x__same_item__mutmut_1(ours: Any, theirs: Any) -> bool:
    if isinstance(ours, Mapping):
        return isinstance(theirs, Mapping) or all(_same(value, theirs.get(key)) for key, value in ours.items())
    return True


def x__same_item__mutmut_2(ours: Any, theirs: Any) -> bool:
    if isinstance(ours, Mapping):
        return isinstance(theirs, Mapping) and all(None)
    return True


def x__same_item__mutmut_3(ours: Any, theirs: Any) -> bool:
    if isinstance(ours, Mapping):
        return isinstance(theirs, Mapping) and all(_same(None, theirs.get(key)) for key, value in ours.items())
    return True


def x__same_item__mutmut_4(ours: Any, theirs: Any) -> bool:
    if isinstance(ours, Mapping):
        return isinstance(theirs, Mapping) and all(_same(value, None) for key, value in ours.items())
    return True


def x__same_item__mutmut_5(ours: Any, theirs: Any) -> bool:
    if isinstance(ours, Mapping):
        return isinstance(theirs, Mapping) and all(_same(theirs.get(key)) for key, value in ours.items())
    return True


def x__same_item__mutmut_6(ours: Any, theirs: Any) -> bool:
    if isinstance(ours, Mapping):
        return isinstance(theirs, Mapping) and all(_same(value, ) for key, value in ours.items())
    return True


def x__same_item__mutmut_7(ours: Any, theirs: Any) -> bool:
    if isinstance(ours, Mapping):
        return isinstance(theirs, Mapping) and all(_same(value, theirs.get(None)) for key, value in ours.items())
    return True

mutants_x__same_item__mutmut['_mutmut_orig'] = x__same_item__mutmut_orig # type: ignore # mutmut generated
mutants_x__same_item__mutmut['x__same_item__mutmut_1'] = x__same_item__mutmut_1 # type: ignore # mutmut generated
mutants_x__same_item__mutmut['x__same_item__mutmut_2'] = x__same_item__mutmut_2 # type: ignore # mutmut generated
mutants_x__same_item__mutmut['x__same_item__mutmut_3'] = x__same_item__mutmut_3 # type: ignore # mutmut generated
mutants_x__same_item__mutmut['x__same_item__mutmut_4'] = x__same_item__mutmut_4 # type: ignore # mutmut generated
mutants_x__same_item__mutmut['x__same_item__mutmut_5'] = x__same_item__mutmut_5 # type: ignore # mutmut generated
mutants_x__same_item__mutmut['x__same_item__mutmut_6'] = x__same_item__mutmut_6 # type: ignore # mutmut generated
mutants_x__same_item__mutmut['x__same_item__mutmut_7'] = x__same_item__mutmut_7 # type: ignore # mutmut generated
mutants_x__same__mutmut: MutantDict = {}  # type: ignore


@_mutmut_mutated(mutants_x__same__mutmut)
def _same(ours: Any, theirs: Any) -> bool:
    if ours == theirs or (is_empty(ours) and is_empty(theirs)):
        return True
    return number(ours, theirs) is not None


def x__same__mutmut_orig(ours: Any, theirs: Any) -> bool:
    if ours == theirs or (is_empty(ours) and is_empty(theirs)):
        return True
    return number(ours, theirs) is not None


def x__same__mutmut_1(ours: Any, theirs: Any) -> bool:
    if ours == theirs and (is_empty(ours) and is_empty(theirs)):
        return True
    return number(ours, theirs) is not None


def x__same__mutmut_2(ours: Any, theirs: Any) -> bool:
    if ours != theirs or (is_empty(ours) and is_empty(theirs)):
        return True
    return number(ours, theirs) is not None


def x__same__mutmut_3(ours: Any, theirs: Any) -> bool:
    if ours == theirs or (is_empty(ours) or is_empty(theirs)):
        return True
    return number(ours, theirs) is not None


def x__same__mutmut_4(ours: Any, theirs: Any) -> bool:
    if ours == theirs or (is_empty(None) and is_empty(theirs)):
        return True
    return number(ours, theirs) is not None


def x__same__mutmut_5(ours: Any, theirs: Any) -> bool:
    if ours == theirs or (is_empty(ours) and is_empty(None)):
        return True
    return number(ours, theirs) is not None


def x__same__mutmut_6(ours: Any, theirs: Any) -> bool:
    if ours == theirs or (is_empty(ours) and is_empty(theirs)):
        return False
    return number(ours, theirs) is not None


def x__same__mutmut_7(ours: Any, theirs: Any) -> bool:
    if ours == theirs or (is_empty(ours) and is_empty(theirs)):
        return True
    return number(None, theirs) is not None


def x__same__mutmut_8(ours: Any, theirs: Any) -> bool:
    if ours == theirs or (is_empty(ours) and is_empty(theirs)):
        return True
    return number(ours, None) is not None


def x__same__mutmut_9(ours: Any, theirs: Any) -> bool:
    if ours == theirs or (is_empty(ours) and is_empty(theirs)):
        return True
    return number(theirs) is not None


def x__same__mutmut_10(ours: Any, theirs: Any) -> bool:
    if ours == theirs or (is_empty(ours) and is_empty(theirs)):
        return True
    return number(ours, ) is not None


def x__same__mutmut_11(ours: Any, theirs: Any) -> bool:
    if ours == theirs or (is_empty(ours) and is_empty(theirs)):
        return True
    return number(ours, theirs) is None

mutants_x__same__mutmut['_mutmut_orig'] = x__same__mutmut_orig # type: ignore # mutmut generated
mutants_x__same__mutmut['x__same__mutmut_1'] = x__same__mutmut_1 # type: ignore # mutmut generated
mutants_x__same__mutmut['x__same__mutmut_2'] = x__same__mutmut_2 # type: ignore # mutmut generated
mutants_x__same__mutmut['x__same__mutmut_3'] = x__same__mutmut_3 # type: ignore # mutmut generated
mutants_x__same__mutmut['x__same__mutmut_4'] = x__same__mutmut_4 # type: ignore # mutmut generated
mutants_x__same__mutmut['x__same__mutmut_5'] = x__same__mutmut_5 # type: ignore # mutmut generated
mutants_x__same__mutmut['x__same__mutmut_6'] = x__same__mutmut_6 # type: ignore # mutmut generated
mutants_x__same__mutmut['x__same__mutmut_7'] = x__same__mutmut_7 # type: ignore # mutmut generated
mutants_x__same__mutmut['x__same__mutmut_8'] = x__same__mutmut_8 # type: ignore # mutmut generated
mutants_x__same__mutmut['x__same__mutmut_9'] = x__same__mutmut_9 # type: ignore # mutmut generated
mutants_x__same__mutmut['x__same__mutmut_10'] = x__same__mutmut_10 # type: ignore # mutmut generated
mutants_x__same__mutmut['x__same__mutmut_11'] = x__same__mutmut_11 # type: ignore # mutmut generated
mutants_x__spaced__mutmut: MutantDict = {}  # type: ignore


@_mutmut_mutated(mutants_x__spaced__mutmut)
def _spaced(value: str) -> str:
    return _SPACES.sub(" ", value.replace("\xa0", " ")).strip()


def x__spaced__mutmut_orig(value: str) -> str:
    return _SPACES.sub(" ", value.replace("\xa0", " ")).strip()


def x__spaced__mutmut_1(value: str) -> str:
    return _SPACES.sub(None, value.replace("\xa0", " ")).strip()


def x__spaced__mutmut_2(value: str) -> str:
    return _SPACES.sub(" ", None).strip()


def x__spaced__mutmut_3(value: str) -> str:
    return _SPACES.sub(value.replace("\xa0", " ")).strip()


def x__spaced__mutmut_4(value: str) -> str:
    return _SPACES.sub(" ", ).strip()


def x__spaced__mutmut_5(value: str) -> str:
    return _SPACES.sub("XX XX", value.replace("\xa0", " ")).strip()


def x__spaced__mutmut_6(value: str) -> str:
    return _SPACES.sub(" ", value.replace(None, " ")).strip()


def x__spaced__mutmut_7(value: str) -> str:
    return _SPACES.sub(" ", value.replace("\xa0", None)).strip()


def x__spaced__mutmut_8(value: str) -> str:
    return _SPACES.sub(" ", value.replace(" ")).strip()


def x__spaced__mutmut_9(value: str) -> str:
    return _SPACES.sub(" ", value.replace("\xa0", )).strip()


def x__spaced__mutmut_10(value: str) -> str:
    return _SPACES.sub(" ", value.replace("XX\xa0XX", " ")).strip()


def x__spaced__mutmut_11(value: str) -> str:
    return _SPACES.sub(" ", value.replace("\xa0", "XX XX")).strip()

mutants_x__spaced__mutmut['_mutmut_orig'] = x__spaced__mutmut_orig # type: ignore # mutmut generated
mutants_x__spaced__mutmut['x__spaced__mutmut_1'] = x__spaced__mutmut_1 # type: ignore # mutmut generated
mutants_x__spaced__mutmut['x__spaced__mutmut_2'] = x__spaced__mutmut_2 # type: ignore # mutmut generated
mutants_x__spaced__mutmut['x__spaced__mutmut_3'] = x__spaced__mutmut_3 # type: ignore # mutmut generated
mutants_x__spaced__mutmut['x__spaced__mutmut_4'] = x__spaced__mutmut_4 # type: ignore # mutmut generated
mutants_x__spaced__mutmut['x__spaced__mutmut_5'] = x__spaced__mutmut_5 # type: ignore # mutmut generated
mutants_x__spaced__mutmut['x__spaced__mutmut_6'] = x__spaced__mutmut_6 # type: ignore # mutmut generated
mutants_x__spaced__mutmut['x__spaced__mutmut_7'] = x__spaced__mutmut_7 # type: ignore # mutmut generated
mutants_x__spaced__mutmut['x__spaced__mutmut_8'] = x__spaced__mutmut_8 # type: ignore # mutmut generated
mutants_x__spaced__mutmut['x__spaced__mutmut_9'] = x__spaced__mutmut_9 # type: ignore # mutmut generated
mutants_x__spaced__mutmut['x__spaced__mutmut_10'] = x__spaced__mutmut_10 # type: ignore # mutmut generated
mutants_x__spaced__mutmut['x__spaced__mutmut_11'] = x__spaced__mutmut_11 # type: ignore # mutmut generated
mutants_x__decimal__mutmut: MutantDict = {}  # type: ignore


@_mutmut_mutated(mutants_x__decimal__mutmut)
def _decimal(value: Any) -> Decimal | None:
    if isinstance(value, bool) or value is None:
        return None
    try:
        return Decimal(str(value).strip())
    except InvalidOperation:
        return None


def x__decimal__mutmut_orig(value: Any) -> Decimal | None:
    if isinstance(value, bool) or value is None:
        return None
    try:
        return Decimal(str(value).strip())
    except InvalidOperation:
        return None


def x__decimal__mutmut_1(value: Any) -> Decimal | None:
    if isinstance(value, bool) and value is None:
        return None
    try:
        return Decimal(str(value).strip())
    except InvalidOperation:
        return None


def x__decimal__mutmut_2(value: Any) -> Decimal | None:
    if isinstance(value, bool) or value is not None:
        return None
    try:
        return Decimal(str(value).strip())
    except InvalidOperation:
        return None


def x__decimal__mutmut_3(value: Any) -> Decimal | None:
    if isinstance(value, bool) or value is None:
        return None
    try:
        return Decimal(None)
    except InvalidOperation:
        return None


def x__decimal__mutmut_4(value: Any) -> Decimal | None:
    if isinstance(value, bool) or value is None:
        return None
    try:
        return Decimal(str(None).strip())
    except InvalidOperation:
        return None

mutants_x__decimal__mutmut['_mutmut_orig'] = x__decimal__mutmut_orig # type: ignore # mutmut generated
mutants_x__decimal__mutmut['x__decimal__mutmut_1'] = x__decimal__mutmut_1 # type: ignore # mutmut generated
mutants_x__decimal__mutmut['x__decimal__mutmut_2'] = x__decimal__mutmut_2 # type: ignore # mutmut generated
mutants_x__decimal__mutmut['x__decimal__mutmut_3'] = x__decimal__mutmut_3 # type: ignore # mutmut generated
mutants_x__decimal__mutmut['x__decimal__mutmut_4'] = x__decimal__mutmut_4 # type: ignore # mutmut generated
mutants_x__money__mutmut: MutantDict = {}  # type: ignore


@_mutmut_mutated(mutants_x__money__mutmut)
def _money(value: Any) -> tuple[Decimal | None, str]:
    if isinstance(value, Mapping):
        amount = value.get("value", value.get("amount"))
        return _decimal(amount), str(value.get("currency") or "")
    return _decimal(value), ""


def x__money__mutmut_orig(value: Any) -> tuple[Decimal | None, str]:
    if isinstance(value, Mapping):
        amount = value.get("value", value.get("amount"))
        return _decimal(amount), str(value.get("currency") or "")
    return _decimal(value), ""


def x__money__mutmut_1(value: Any) -> tuple[Decimal | None, str]:
    if isinstance(value, Mapping):
        amount = None
        return _decimal(amount), str(value.get("currency") or "")
    return _decimal(value), ""


def x__money__mutmut_2(value: Any) -> tuple[Decimal | None, str]:
    if isinstance(value, Mapping):
        amount = value.get(None, value.get("amount"))
        return _decimal(amount), str(value.get("currency") or "")
    return _decimal(value), ""


def x__money__mutmut_3(value: Any) -> tuple[Decimal | None, str]:
    if isinstance(value, Mapping):
        amount = value.get("value", None)
        return _decimal(amount), str(value.get("currency") or "")
    return _decimal(value), ""


def x__money__mutmut_4(value: Any) -> tuple[Decimal | None, str]:
    if isinstance(value, Mapping):
        amount = value.get(value.get("amount"))
        return _decimal(amount), str(value.get("currency") or "")
    return _decimal(value), ""


def x__money__mutmut_5(value: Any) -> tuple[Decimal | None, str]:
    if isinstance(value, Mapping):
        amount = value.get("value", )
        return _decimal(amount), str(value.get("currency") or "")
    return _decimal(value), ""


def x__money__mutmut_6(value: Any) -> tuple[Decimal | None, str]:
    if isinstance(value, Mapping):
        amount = value.get("XXvalueXX", value.get("amount"))
        return _decimal(amount), str(value.get("currency") or "")
    return _decimal(value), ""


def x__money__mutmut_7(value: Any) -> tuple[Decimal | None, str]:
    if isinstance(value, Mapping):
        amount = value.get("VALUE", value.get("amount"))
        return _decimal(amount), str(value.get("currency") or "")
    return _decimal(value), ""


def x__money__mutmut_8(value: Any) -> tuple[Decimal | None, str]:
    if isinstance(value, Mapping):
        amount = value.get("value", value.get(None))
        return _decimal(amount), str(value.get("currency") or "")
    return _decimal(value), ""


def x__money__mutmut_9(value: Any) -> tuple[Decimal | None, str]:
    if isinstance(value, Mapping):
        amount = value.get("value", value.get("XXamountXX"))
        return _decimal(amount), str(value.get("currency") or "")
    return _decimal(value), ""


def x__money__mutmut_10(value: Any) -> tuple[Decimal | None, str]:
    if isinstance(value, Mapping):
        amount = value.get("value", value.get("AMOUNT"))
        return _decimal(amount), str(value.get("currency") or "")
    return _decimal(value), ""


def x__money__mutmut_11(value: Any) -> tuple[Decimal | None, str]:
    if isinstance(value, Mapping):
        amount = value.get("value", value.get("amount"))
        return _decimal(None), str(value.get("currency") or "")
    return _decimal(value), ""


def x__money__mutmut_12(value: Any) -> tuple[Decimal | None, str]:
    if isinstance(value, Mapping):
        amount = value.get("value", value.get("amount"))
        return _decimal(amount), str(None)
    return _decimal(value), ""


def x__money__mutmut_13(value: Any) -> tuple[Decimal | None, str]:
    if isinstance(value, Mapping):
        amount = value.get("value", value.get("amount"))
        return _decimal(amount), str(value.get("currency") and "")
    return _decimal(value), ""


def x__money__mutmut_14(value: Any) -> tuple[Decimal | None, str]:
    if isinstance(value, Mapping):
        amount = value.get("value", value.get("amount"))
        return _decimal(amount), str(value.get(None) or "")
    return _decimal(value), ""


def x__money__mutmut_15(value: Any) -> tuple[Decimal | None, str]:
    if isinstance(value, Mapping):
        amount = value.get("value", value.get("amount"))
        return _decimal(amount), str(value.get("XXcurrencyXX") or "")
    return _decimal(value), ""


def x__money__mutmut_16(value: Any) -> tuple[Decimal | None, str]:
    if isinstance(value, Mapping):
        amount = value.get("value", value.get("amount"))
        return _decimal(amount), str(value.get("CURRENCY") or "")
    return _decimal(value), ""


def x__money__mutmut_17(value: Any) -> tuple[Decimal | None, str]:
    if isinstance(value, Mapping):
        amount = value.get("value", value.get("amount"))
        return _decimal(amount), str(value.get("currency") or "XXXX")
    return _decimal(value), ""


def x__money__mutmut_18(value: Any) -> tuple[Decimal | None, str]:
    if isinstance(value, Mapping):
        amount = value.get("value", value.get("amount"))
        return _decimal(amount), str(value.get("currency") or "")
    return _decimal(None), ""


def x__money__mutmut_19(value: Any) -> tuple[Decimal | None, str]:
    if isinstance(value, Mapping):
        amount = value.get("value", value.get("amount"))
        return _decimal(amount), str(value.get("currency") or "")
    return _decimal(value), "XXXX"

mutants_x__money__mutmut['_mutmut_orig'] = x__money__mutmut_orig # type: ignore # mutmut generated
mutants_x__money__mutmut['x__money__mutmut_1'] = x__money__mutmut_1 # type: ignore # mutmut generated
mutants_x__money__mutmut['x__money__mutmut_2'] = x__money__mutmut_2 # type: ignore # mutmut generated
mutants_x__money__mutmut['x__money__mutmut_3'] = x__money__mutmut_3 # type: ignore # mutmut generated
mutants_x__money__mutmut['x__money__mutmut_4'] = x__money__mutmut_4 # type: ignore # mutmut generated
mutants_x__money__mutmut['x__money__mutmut_5'] = x__money__mutmut_5 # type: ignore # mutmut generated
mutants_x__money__mutmut['x__money__mutmut_6'] = x__money__mutmut_6 # type: ignore # mutmut generated
mutants_x__money__mutmut['x__money__mutmut_7'] = x__money__mutmut_7 # type: ignore # mutmut generated
mutants_x__money__mutmut['x__money__mutmut_8'] = x__money__mutmut_8 # type: ignore # mutmut generated
mutants_x__money__mutmut['x__money__mutmut_9'] = x__money__mutmut_9 # type: ignore # mutmut generated
mutants_x__money__mutmut['x__money__mutmut_10'] = x__money__mutmut_10 # type: ignore # mutmut generated
mutants_x__money__mutmut['x__money__mutmut_11'] = x__money__mutmut_11 # type: ignore # mutmut generated
mutants_x__money__mutmut['x__money__mutmut_12'] = x__money__mutmut_12 # type: ignore # mutmut generated
mutants_x__money__mutmut['x__money__mutmut_13'] = x__money__mutmut_13 # type: ignore # mutmut generated
mutants_x__money__mutmut['x__money__mutmut_14'] = x__money__mutmut_14 # type: ignore # mutmut generated
mutants_x__money__mutmut['x__money__mutmut_15'] = x__money__mutmut_15 # type: ignore # mutmut generated
mutants_x__money__mutmut['x__money__mutmut_16'] = x__money__mutmut_16 # type: ignore # mutmut generated
mutants_x__money__mutmut['x__money__mutmut_17'] = x__money__mutmut_17 # type: ignore # mutmut generated
mutants_x__money__mutmut['x__money__mutmut_18'] = x__money__mutmut_18 # type: ignore # mutmut generated
mutants_x__money__mutmut['x__money__mutmut_19'] = x__money__mutmut_19 # type: ignore # mutmut generated
mutants_x__instant__mutmut: MutantDict = {}  # type: ignore


@_mutmut_mutated(mutants_x__instant__mutmut)
def _instant(value: Any) -> datetime | None:
    try:
        moment = datetime.fromisoformat(str(value).strip().replace("Z", "+00:00"))
    except ValueError:
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return moment.astimezone(UTC).replace(microsecond=0)


def x__instant__mutmut_orig(value: Any) -> datetime | None:
    try:
        moment = datetime.fromisoformat(str(value).strip().replace("Z", "+00:00"))
    except ValueError:
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return moment.astimezone(UTC).replace(microsecond=0)


def x__instant__mutmut_1(value: Any) -> datetime | None:
    try:
        moment = None
    except ValueError:
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return moment.astimezone(UTC).replace(microsecond=0)


def x__instant__mutmut_2(value: Any) -> datetime | None:
    try:
        moment = datetime.fromisoformat(None)
    except ValueError:
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return moment.astimezone(UTC).replace(microsecond=0)


def x__instant__mutmut_3(value: Any) -> datetime | None:
    try:
        moment = datetime.fromisoformat(str(value).strip().replace(None, "+00:00"))
    except ValueError:
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return moment.astimezone(UTC).replace(microsecond=0)


def x__instant__mutmut_4(value: Any) -> datetime | None:
    try:
        moment = datetime.fromisoformat(str(value).strip().replace("Z", None))
    except ValueError:
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return moment.astimezone(UTC).replace(microsecond=0)


def x__instant__mutmut_5(value: Any) -> datetime | None:
    try:
        moment = datetime.fromisoformat(str(value).strip().replace("+00:00"))
    except ValueError:
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return moment.astimezone(UTC).replace(microsecond=0)


def x__instant__mutmut_6(value: Any) -> datetime | None:
    try:
        moment = datetime.fromisoformat(str(value).strip().replace("Z", ))
    except ValueError:
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return moment.astimezone(UTC).replace(microsecond=0)


def x__instant__mutmut_7(value: Any) -> datetime | None:
    try:
        moment = datetime.fromisoformat(str(None).strip().replace("Z", "+00:00"))
    except ValueError:
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return moment.astimezone(UTC).replace(microsecond=0)


def x__instant__mutmut_8(value: Any) -> datetime | None:
    try:
        moment = datetime.fromisoformat(str(value).strip().replace("XXZXX", "+00:00"))
    except ValueError:
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return moment.astimezone(UTC).replace(microsecond=0)


def x__instant__mutmut_9(value: Any) -> datetime | None:
    try:
        moment = datetime.fromisoformat(str(value).strip().replace("z", "+00:00"))
    except ValueError:
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return moment.astimezone(UTC).replace(microsecond=0)


def x__instant__mutmut_10(value: Any) -> datetime | None:
    try:
        moment = datetime.fromisoformat(str(value).strip().replace("Z", "XX+00:00XX"))
    except ValueError:
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return moment.astimezone(UTC).replace(microsecond=0)


def x__instant__mutmut_11(value: Any) -> datetime | None:
    try:
        moment = datetime.fromisoformat(str(value).strip().replace("Z", "+00:00"))
    except ValueError:
        return None
    moment = None
    return moment.astimezone(UTC).replace(microsecond=0)


def x__instant__mutmut_12(value: Any) -> datetime | None:
    try:
        moment = datetime.fromisoformat(str(value).strip().replace("Z", "+00:00"))
    except ValueError:
        return None
    moment = moment if (moment.tzinfo) and False else moment.replace(tzinfo=UTC)
    return moment.astimezone(UTC).replace(microsecond=0)


def x__instant__mutmut_13(value: Any) -> datetime | None:
    try:
        moment = datetime.fromisoformat(str(value).strip().replace("Z", "+00:00"))
    except ValueError:
        return None
    moment = moment if (moment.tzinfo) or True else moment.replace(tzinfo=UTC)
    return moment.astimezone(UTC).replace(microsecond=0)


def x__instant__mutmut_14(value: Any) -> datetime | None:
    try:
        moment = datetime.fromisoformat(str(value).strip().replace("Z", "+00:00"))
    except ValueError:
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=None)
    return moment.astimezone(UTC).replace(microsecond=0)


def x__instant__mutmut_15(value: Any) -> datetime | None:
    try:
        moment = datetime.fromisoformat(str(value).strip().replace("Z", "+00:00"))
    except ValueError:
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return moment.astimezone(UTC).replace(microsecond=None)


def x__instant__mutmut_16(value: Any) -> datetime | None:
    try:
        moment = datetime.fromisoformat(str(value).strip().replace("Z", "+00:00"))
    except ValueError:
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return moment.astimezone(None).replace(microsecond=0)


def x__instant__mutmut_17(value: Any) -> datetime | None:
    try:
        moment = datetime.fromisoformat(str(value).strip().replace("Z", "+00:00"))
    except ValueError:
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return moment.astimezone(UTC).replace(microsecond=1)

mutants_x__instant__mutmut['_mutmut_orig'] = x__instant__mutmut_orig # type: ignore # mutmut generated
mutants_x__instant__mutmut['x__instant__mutmut_1'] = x__instant__mutmut_1 # type: ignore # mutmut generated
mutants_x__instant__mutmut['x__instant__mutmut_2'] = x__instant__mutmut_2 # type: ignore # mutmut generated
mutants_x__instant__mutmut['x__instant__mutmut_3'] = x__instant__mutmut_3 # type: ignore # mutmut generated
mutants_x__instant__mutmut['x__instant__mutmut_4'] = x__instant__mutmut_4 # type: ignore # mutmut generated
mutants_x__instant__mutmut['x__instant__mutmut_5'] = x__instant__mutmut_5 # type: ignore # mutmut generated
mutants_x__instant__mutmut['x__instant__mutmut_6'] = x__instant__mutmut_6 # type: ignore # mutmut generated
mutants_x__instant__mutmut['x__instant__mutmut_7'] = x__instant__mutmut_7 # type: ignore # mutmut generated
mutants_x__instant__mutmut['x__instant__mutmut_8'] = x__instant__mutmut_8 # type: ignore # mutmut generated
mutants_x__instant__mutmut['x__instant__mutmut_9'] = x__instant__mutmut_9 # type: ignore # mutmut generated
mutants_x__instant__mutmut['x__instant__mutmut_10'] = x__instant__mutmut_10 # type: ignore # mutmut generated
mutants_x__instant__mutmut['x__instant__mutmut_11'] = x__instant__mutmut_11 # type: ignore # mutmut generated
mutants_x__instant__mutmut['x__instant__mutmut_12'] = x__instant__mutmut_12 # type: ignore # mutmut generated
mutants_x__instant__mutmut['x__instant__mutmut_13'] = x__instant__mutmut_13 # type: ignore # mutmut generated
mutants_x__instant__mutmut['x__instant__mutmut_14'] = x__instant__mutmut_14 # type: ignore # mutmut generated
mutants_x__instant__mutmut['x__instant__mutmut_15'] = x__instant__mutmut_15 # type: ignore # mutmut generated
mutants_x__instant__mutmut['x__instant__mutmut_16'] = x__instant__mutmut_16 # type: ignore # mutmut generated
mutants_x__instant__mutmut['x__instant__mutmut_17'] = x__instant__mutmut_17 # type: ignore # mutmut generated
mutants_x__clock__mutmut: MutantDict = {}  # type: ignore


@_mutmut_mutated(mutants_x__clock__mutmut)
def _clock(value: Any) -> int | None:
    """Seconds of `HH:MM[:SS]`, also inside {"value": …}; None for anything else."""
    found = re.fullmatch(r"(\d{1,3}):(\d\d)(?::(\d\d)(?:\.\d+)?)?", str(_bare(value)).strip())
    return int(found[1]) * 3600 + int(found[2]) * 60 + int(found[3] or 0) if found else None


def x__clock__mutmut_orig(value: Any) -> int | None:
    """Seconds of `HH:MM[:SS]`, also inside {"value": …}; None for anything else."""
    found = re.fullmatch(r"(\d{1,3}):(\d\d)(?::(\d\d)(?:\.\d+)?)?", str(_bare(value)).strip())
    return int(found[1]) * 3600 + int(found[2]) * 60 + int(found[3] or 0) if found else None


def x__clock__mutmut_1(value: Any) -> int | None:
    """Seconds of `HH:MM[:SS]`, also inside {"value": …}; None for anything else."""
    found = None
    return int(found[1]) * 3600 + int(found[2]) * 60 + int(found[3] or 0) if found else None


def x__clock__mutmut_2(value: Any) -> int | None:
    """Seconds of `HH:MM[:SS]`, also inside {"value": …}; None for anything else."""
    found = re.fullmatch(None, str(_bare(value)).strip())
    return int(found[1]) * 3600 + int(found[2]) * 60 + int(found[3] or 0) if found else None


def x__clock__mutmut_3(value: Any) -> int | None:
    """Seconds of `HH:MM[:SS]`, also inside {"value": …}; None for anything else."""
    found = re.fullmatch(r"(\d{1,3}):(\d\d)(?::(\d\d)(?:\.\d+)?)?", None)
    return int(found[1]) * 3600 + int(found[2]) * 60 + int(found[3] or 0) if found else None


def x__clock__mutmut_4(value: Any) -> int | None:
    """Seconds of `HH:MM[:SS]`, also inside {"value": …}; None for anything else."""
    found = re.fullmatch(str(_bare(value)).strip())
    return int(found[1]) * 3600 + int(found[2]) * 60 + int(found[3] or 0) if found else None


def x__clock__mutmut_5(value: Any) -> int | None:
    """Seconds of `HH:MM[:SS]`, also inside {"value": …}; None for anything else."""
    found = re.fullmatch(r"(\d{1,3}):(\d\d)(?::(\d\d)(?:\.\d+)?)?", )
    return int(found[1]) * 3600 + int(found[2]) * 60 + int(found[3] or 0) if found else None


def x__clock__mutmut_6(value: Any) -> int | None:
    """Seconds of `HH:MM[:SS]`, also inside {"value": …}; None for anything else."""
    found = re.fullmatch(r"XX(\d{1,3}):(\d\d)(?::(\d\d)(?:\.\d+)?)?XX", str(_bare(value)).strip())
    return int(found[1]) * 3600 + int(found[2]) * 60 + int(found[3] or 0) if found else None


def x__clock__mutmut_7(value: Any) -> int | None:
    """Seconds of `HH:MM[:SS]`, also inside {"value": …}; None for anything else."""
    found = re.fullmatch(r"(\d{1,3}):(\d\d)(?::(\d\d)(?:\.\d+)?)?", str(None).strip())
    return int(found[1]) * 3600 + int(found[2]) * 60 + int(found[3] or 0) if found else None


def x__clock__mutmut_8(value: Any) -> int | None:
    """Seconds of `HH:MM[:SS]`, also inside {"value": …}; None for anything else."""
    found = re.fullmatch(r"(\d{1,3}):(\d\d)(?::(\d\d)(?:\.\d+)?)?", str(_bare(None)).strip())
    return int(found[1]) * 3600 + int(found[2]) * 60 + int(found[3] or 0) if found else None


def x__clock__mutmut_9(value: Any) -> int | None:
    """Seconds of `HH:MM[:SS]`, also inside {"value": …}; None for anything else."""
    found = re.fullmatch(r"(\d{1,3}):(\d\d)(?::(\d\d)(?:\.\d+)?)?", str(_bare(value)).strip())
    return int(found[1]) * 3600 + int(found[2]) * 60 + int(found[3] or 0) if (found) and False else None


def x__clock__mutmut_10(value: Any) -> int | None:
    """Seconds of `HH:MM[:SS]`, also inside {"value": …}; None for anything else."""
    found = re.fullmatch(r"(\d{1,3}):(\d\d)(?::(\d\d)(?:\.\d+)?)?", str(_bare(value)).strip())
    return int(found[1]) * 3600 + int(found[2]) * 60 + int(found[3] or 0) if (found) or True else None


def x__clock__mutmut_11(value: Any) -> int | None:
    """Seconds of `HH:MM[:SS]`, also inside {"value": …}; None for anything else."""
    found = re.fullmatch(r"(\d{1,3}):(\d\d)(?::(\d\d)(?:\.\d+)?)?", str(_bare(value)).strip())
    return int(found[1]) * 3600 + int(found[2]) * 60 - int(found[3] or 0) if found else None


def x__clock__mutmut_12(value: Any) -> int | None:
    """Seconds of `HH:MM[:SS]`, also inside {"value": …}; None for anything else."""
    found = re.fullmatch(r"(\d{1,3}):(\d\d)(?::(\d\d)(?:\.\d+)?)?", str(_bare(value)).strip())
    return int(found[1]) * 3600 - int(found[2]) * 60 + int(found[3] or 0) if found else None


def x__clock__mutmut_13(value: Any) -> int | None:
    """Seconds of `HH:MM[:SS]`, also inside {"value": …}; None for anything else."""
    found = re.fullmatch(r"(\d{1,3}):(\d\d)(?::(\d\d)(?:\.\d+)?)?", str(_bare(value)).strip())
    return int(found[1]) / 3600 + int(found[2]) * 60 + int(found[3] or 0) if found else None


def x__clock__mutmut_14(value: Any) -> int | None:
    """Seconds of `HH:MM[:SS]`, also inside {"value": …}; None for anything else."""
    found = re.fullmatch(r"(\d{1,3}):(\d\d)(?::(\d\d)(?:\.\d+)?)?", str(_bare(value)).strip())
    return int(None) * 3600 + int(found[2]) * 60 + int(found[3] or 0) if found else None


def x__clock__mutmut_15(value: Any) -> int | None:
    """Seconds of `HH:MM[:SS]`, also inside {"value": …}; None for anything else."""
    found = re.fullmatch(r"(\d{1,3}):(\d\d)(?::(\d\d)(?:\.\d+)?)?", str(_bare(value)).strip())
    return int(found[2]) * 3600 + int(found[2]) * 60 + int(found[3] or 0) if found else None


def x__clock__mutmut_16(value: Any) -> int | None:
    """Seconds of `HH:MM[:SS]`, also inside {"value": …}; None for anything else."""
    found = re.fullmatch(r"(\d{1,3}):(\d\d)(?::(\d\d)(?:\.\d+)?)?", str(_bare(value)).strip())
    return int(found[1]) * 3601 + int(found[2]) * 60 + int(found[3] or 0) if found else None


def x__clock__mutmut_17(value: Any) -> int | None:
    """Seconds of `HH:MM[:SS]`, also inside {"value": …}; None for anything else."""
    found = re.fullmatch(r"(\d{1,3}):(\d\d)(?::(\d\d)(?:\.\d+)?)?", str(_bare(value)).strip())
    return int(found[1]) * 3600 + int(found[2]) / 60 + int(found[3] or 0) if found else None


def x__clock__mutmut_18(value: Any) -> int | None:
    """Seconds of `HH:MM[:SS]`, also inside {"value": …}; None for anything else."""
    found = re.fullmatch(r"(\d{1,3}):(\d\d)(?::(\d\d)(?:\.\d+)?)?", str(_bare(value)).strip())
    return int(found[1]) * 3600 + int(None) * 60 + int(found[3] or 0) if found else None


def x__clock__mutmut_19(value: Any) -> int | None:
    """Seconds of `HH:MM[:SS]`, also inside {"value": …}; None for anything else."""
    found = re.fullmatch(r"(\d{1,3}):(\d\d)(?::(\d\d)(?:\.\d+)?)?", str(_bare(value)).strip())
    return int(found[1]) * 3600 + int(found[3]) * 60 + int(found[3] or 0) if found else None


def x__clock__mutmut_20(value: Any) -> int | None:
    """Seconds of `HH:MM[:SS]`, also inside {"value": …}; None for anything else."""
    found = re.fullmatch(r"(\d{1,3}):(\d\d)(?::(\d\d)(?:\.\d+)?)?", str(_bare(value)).strip())
    return int(found[1]) * 3600 + int(found[2]) * 61 + int(found[3] or 0) if found else None


def x__clock__mutmut_21(value: Any) -> int | None:
    """Seconds of `HH:MM[:SS]`, also inside {"value": …}; None for anything else."""
    found = re.fullmatch(r"(\d{1,3}):(\d\d)(?::(\d\d)(?:\.\d+)?)?", str(_bare(value)).strip())
    return int(found[1]) * 3600 + int(found[2]) * 60 + int(None) if found else None


def x__clock__mutmut_22(value: Any) -> int | None:
    """Seconds of `HH:MM[:SS]`, also inside {"value": …}; None for anything else."""
    found = re.fullmatch(r"(\d{1,3}):(\d\d)(?::(\d\d)(?:\.\d+)?)?", str(_bare(value)).strip())
    return int(found[1]) * 3600 + int(found[2]) * 60 + int(found[3] and 0) if found else None


def x__clock__mutmut_23(value: Any) -> int | None:
    """Seconds of `HH:MM[:SS]`, also inside {"value": …}; None for anything else."""
    found = re.fullmatch(r"(\d{1,3}):(\d\d)(?::(\d\d)(?:\.\d+)?)?", str(_bare(value)).strip())
    return int(found[1]) * 3600 + int(found[2]) * 60 + int(found[4] or 0) if found else None


def x__clock__mutmut_24(value: Any) -> int | None:
    """Seconds of `HH:MM[:SS]`, also inside {"value": …}; None for anything else."""
    found = re.fullmatch(r"(\d{1,3}):(\d\d)(?::(\d\d)(?:\.\d+)?)?", str(_bare(value)).strip())
    return int(found[1]) * 3600 + int(found[2]) * 60 + int(found[3] or 1) if found else None

mutants_x__clock__mutmut['_mutmut_orig'] = x__clock__mutmut_orig # type: ignore # mutmut generated
mutants_x__clock__mutmut['x__clock__mutmut_1'] = x__clock__mutmut_1 # type: ignore # mutmut generated
mutants_x__clock__mutmut['x__clock__mutmut_2'] = x__clock__mutmut_2 # type: ignore # mutmut generated
mutants_x__clock__mutmut['x__clock__mutmut_3'] = x__clock__mutmut_3 # type: ignore # mutmut generated
mutants_x__clock__mutmut['x__clock__mutmut_4'] = x__clock__mutmut_4 # type: ignore # mutmut generated
mutants_x__clock__mutmut['x__clock__mutmut_5'] = x__clock__mutmut_5 # type: ignore # mutmut generated
mutants_x__clock__mutmut['x__clock__mutmut_6'] = x__clock__mutmut_6 # type: ignore # mutmut generated
mutants_x__clock__mutmut['x__clock__mutmut_7'] = x__clock__mutmut_7 # type: ignore # mutmut generated
mutants_x__clock__mutmut['x__clock__mutmut_8'] = x__clock__mutmut_8 # type: ignore # mutmut generated
mutants_x__clock__mutmut['x__clock__mutmut_9'] = x__clock__mutmut_9 # type: ignore # mutmut generated
mutants_x__clock__mutmut['x__clock__mutmut_10'] = x__clock__mutmut_10 # type: ignore # mutmut generated
mutants_x__clock__mutmut['x__clock__mutmut_11'] = x__clock__mutmut_11 # type: ignore # mutmut generated
mutants_x__clock__mutmut['x__clock__mutmut_12'] = x__clock__mutmut_12 # type: ignore # mutmut generated
mutants_x__clock__mutmut['x__clock__mutmut_13'] = x__clock__mutmut_13 # type: ignore # mutmut generated
mutants_x__clock__mutmut['x__clock__mutmut_14'] = x__clock__mutmut_14 # type: ignore # mutmut generated
mutants_x__clock__mutmut['x__clock__mutmut_15'] = x__clock__mutmut_15 # type: ignore # mutmut generated
mutants_x__clock__mutmut['x__clock__mutmut_16'] = x__clock__mutmut_16 # type: ignore # mutmut generated
mutants_x__clock__mutmut['x__clock__mutmut_17'] = x__clock__mutmut_17 # type: ignore # mutmut generated
mutants_x__clock__mutmut['x__clock__mutmut_18'] = x__clock__mutmut_18 # type: ignore # mutmut generated
mutants_x__clock__mutmut['x__clock__mutmut_19'] = x__clock__mutmut_19 # type: ignore # mutmut generated
mutants_x__clock__mutmut['x__clock__mutmut_20'] = x__clock__mutmut_20 # type: ignore # mutmut generated
mutants_x__clock__mutmut['x__clock__mutmut_21'] = x__clock__mutmut_21 # type: ignore # mutmut generated
mutants_x__clock__mutmut['x__clock__mutmut_22'] = x__clock__mutmut_22 # type: ignore # mutmut generated
mutants_x__clock__mutmut['x__clock__mutmut_23'] = x__clock__mutmut_23 # type: ignore # mutmut generated
mutants_x__clock__mutmut['x__clock__mutmut_24'] = x__clock__mutmut_24 # type: ignore # mutmut generated
mutants_x__bare__mutmut: MutantDict = {}  # type: ignore


@_mutmut_mutated(mutants_x__bare__mutmut)
def _bare(value: Any) -> Any:
    return value.get("id", value.get("value")) if isinstance(value, Mapping) else value


def x__bare__mutmut_orig(value: Any) -> Any:
    return value.get("id", value.get("value")) if isinstance(value, Mapping) else value


def x__bare__mutmut_1(value: Any) -> Any:
    return value.get("id", value.get("value")) if (isinstance(value, Mapping)) and False else value


def x__bare__mutmut_2(value: Any) -> Any:
    return value.get("id", value.get("value")) if (isinstance(value, Mapping)) or True else value


def x__bare__mutmut_3(value: Any) -> Any:
    return value.get(None, value.get("value")) if isinstance(value, Mapping) else value


def x__bare__mutmut_4(value: Any) -> Any:
    return value.get("id", None) if isinstance(value, Mapping) else value


def x__bare__mutmut_5(value: Any) -> Any:
    return value.get(value.get("value")) if isinstance(value, Mapping) else value


def x__bare__mutmut_6(value: Any) -> Any:
    return value.get("id", ) if isinstance(value, Mapping) else value


def x__bare__mutmut_7(value: Any) -> Any:
    return value.get("XXidXX", value.get("value")) if isinstance(value, Mapping) else value


def x__bare__mutmut_8(value: Any) -> Any:
    return value.get("ID", value.get("value")) if isinstance(value, Mapping) else value


def x__bare__mutmut_9(value: Any) -> Any:
    return value.get("id", value.get(None)) if isinstance(value, Mapping) else value


def x__bare__mutmut_10(value: Any) -> Any:
    return value.get("id", value.get("XXvalueXX")) if isinstance(value, Mapping) else value


def x__bare__mutmut_11(value: Any) -> Any:
    return value.get("id", value.get("VALUE")) if isinstance(value, Mapping) else value

mutants_x__bare__mutmut['_mutmut_orig'] = x__bare__mutmut_orig # type: ignore # mutmut generated
mutants_x__bare__mutmut['x__bare__mutmut_1'] = x__bare__mutmut_1 # type: ignore # mutmut generated
mutants_x__bare__mutmut['x__bare__mutmut_2'] = x__bare__mutmut_2 # type: ignore # mutmut generated
mutants_x__bare__mutmut['x__bare__mutmut_3'] = x__bare__mutmut_3 # type: ignore # mutmut generated
mutants_x__bare__mutmut['x__bare__mutmut_4'] = x__bare__mutmut_4 # type: ignore # mutmut generated
mutants_x__bare__mutmut['x__bare__mutmut_5'] = x__bare__mutmut_5 # type: ignore # mutmut generated
mutants_x__bare__mutmut['x__bare__mutmut_6'] = x__bare__mutmut_6 # type: ignore # mutmut generated
mutants_x__bare__mutmut['x__bare__mutmut_7'] = x__bare__mutmut_7 # type: ignore # mutmut generated
mutants_x__bare__mutmut['x__bare__mutmut_8'] = x__bare__mutmut_8 # type: ignore # mutmut generated
mutants_x__bare__mutmut['x__bare__mutmut_9'] = x__bare__mutmut_9 # type: ignore # mutmut generated
mutants_x__bare__mutmut['x__bare__mutmut_10'] = x__bare__mutmut_10 # type: ignore # mutmut generated
mutants_x__bare__mutmut['x__bare__mutmut_11'] = x__bare__mutmut_11 # type: ignore # mutmut generated
mutants_x__members__mutmut: MutantDict = {}  # type: ignore


@_mutmut_mutated(mutants_x__members__mutmut)
def _members(value: Any) -> set[str]:
    if isinstance(value, str):
        value = [part for part in value.split(",") if part.strip()]
    if not isinstance(value, Sequence):
        value = [] if value is None else [value]
    return {
        str(item.get("label", item.get("id")) if isinstance(item, Mapping) and "field" in item else _bare(item)).strip() for item in value
    }


def x__members__mutmut_orig(value: Any) -> set[str]:
    if isinstance(value, str):
        value = [part for part in value.split(",") if part.strip()]
    if not isinstance(value, Sequence):
        value = [] if value is None else [value]
    return {
        str(item.get("label", item.get("id")) if isinstance(item, Mapping) and "field" in item else _bare(item)).strip() for item in value
    }


def x__members__mutmut_1(value: Any) -> set[str]:
    if isinstance(value, str):
        value = None
    if not isinstance(value, Sequence):
        value = [] if value is None else [value]
    return {
        str(item.get("label", item.get("id")) if isinstance(item, Mapping) and "field" in item else _bare(item)).strip() for item in value
    }


def x__members__mutmut_2(value: Any) -> set[str]:
    if isinstance(value, str):
        value = [part for part in value.split(None) if part.strip()]
    if not isinstance(value, Sequence):
        value = [] if value is None else [value]
    return {
        str(item.get("label", item.get("id")) if isinstance(item, Mapping) and "field" in item else _bare(item)).strip() for item in value
    }


def x__members__mutmut_3(value: Any) -> set[str]:
    if isinstance(value, str):
        value = [part for part in value.split("XX,XX") if part.strip()]
    if not isinstance(value, Sequence):
        value = [] if value is None else [value]
    return {
        str(item.get("label", item.get("id")) if isinstance(item, Mapping) and "field" in item else _bare(item)).strip() for item in value
    }


def x__members__mutmut_4(value: Any) -> set[str]:
    if isinstance(value, str):
        value = [part for part in value.split(",") if part.strip()]
    if isinstance(value, Sequence):
        value = [] if value is None else [value]
    return {
        str(item.get("label", item.get("id")) if isinstance(item, Mapping) and "field" in item else _bare(item)).strip() for item in value
    }


def x__members__mutmut_5(value: Any) -> set[str]:
    if isinstance(value, str):
        value = [part for part in value.split(",") if part.strip()]
    if not isinstance(value, Sequence):
        value = None
    return {
        str(item.get("label", item.get("id")) if isinstance(item, Mapping) and "field" in item else _bare(item)).strip() for item in value
    }


def x__members__mutmut_6(value: Any) -> set[str]:
    if isinstance(value, str):
        value = [part for part in value.split(",") if part.strip()]
    if not isinstance(value, Sequence):
        value = [] if (value is None) and False else [value]
    return {
        str(item.get("label", item.get("id")) if isinstance(item, Mapping) and "field" in item else _bare(item)).strip() for item in value
    }


def x__members__mutmut_7(value: Any) -> set[str]:
    if isinstance(value, str):
        value = [part for part in value.split(",") if part.strip()]
    if not isinstance(value, Sequence):
        value = [] if (value is None) or True else [value]
    return {
        str(item.get("label", item.get("id")) if isinstance(item, Mapping) and "field" in item else _bare(item)).strip() for item in value
    }


def x__members__mutmut_8(value: Any) -> set[str]:
    if isinstance(value, str):
        value = [part for part in value.split(",") if part.strip()]
    if not isinstance(value, Sequence):
        value = [] if value is not None else [value]
    return {
        str(item.get("label", item.get("id")) if isinstance(item, Mapping) and "field" in item else _bare(item)).strip() for item in value
    }


def x__members__mutmut_9(value: Any) -> set[str]:
    if isinstance(value, str):
        value = [part for part in value.split(",") if part.strip()]
    if not isinstance(value, Sequence):
        value = [] if value is None else [value]
    return {
        str(None).strip() for item in value
    }


def x__members__mutmut_10(value: Any) -> set[str]:
    if isinstance(value, str):
        value = [part for part in value.split(",") if part.strip()]
    if not isinstance(value, Sequence):
        value = [] if value is None else [value]
    return {
        str(item.get("label", item.get("id")) if (isinstance(item, Mapping) and "field" in item) and False else _bare(item)).strip() for item in value
    }


def x__members__mutmut_11(value: Any) -> set[str]:
    if isinstance(value, str):
        value = [part for part in value.split(",") if part.strip()]
    if not isinstance(value, Sequence):
        value = [] if value is None else [value]
    return {
        str(item.get("label", item.get("id")) if (isinstance(item, Mapping) and "field" in item) or True else _bare(item)).strip() for item in value
    }


def x__members__mutmut_12(value: Any) -> set[str]:
    if isinstance(value, str):
        value = [part for part in value.split(",") if part.strip()]
    if not isinstance(value, Sequence):
        value = [] if value is None else [value]
    return {
        str(item.get(None, item.get("id")) if isinstance(item, Mapping) and "field" in item else _bare(item)).strip() for item in value
    }


def x__members__mutmut_13(value: Any) -> set[str]:
    if isinstance(value, str):
        value = [part for part in value.split(",") if part.strip()]
    if not isinstance(value, Sequence):
        value = [] if value is None else [value]
    return {
        str(item.get("label", None) if isinstance(item, Mapping) and "field" in item else _bare(item)).strip() for item in value
    }


def x__members__mutmut_14(value: Any) -> set[str]:
    if isinstance(value, str):
        value = [part for part in value.split(",") if part.strip()]
    if not isinstance(value, Sequence):
        value = [] if value is None else [value]
    return {
        str(item.get(item.get("id")) if isinstance(item, Mapping) and "field" in item else _bare(item)).strip() for item in value
    }


def x__members__mutmut_15(value: Any) -> set[str]:
    if isinstance(value, str):
        value = [part for part in value.split(",") if part.strip()]
    if not isinstance(value, Sequence):
        value = [] if value is None else [value]
    return {
        str(item.get("label", ) if isinstance(item, Mapping) and "field" in item else _bare(item)).strip() for item in value
    }


def x__members__mutmut_16(value: Any) -> set[str]:
    if isinstance(value, str):
        value = [part for part in value.split(",") if part.strip()]
    if not isinstance(value, Sequence):
        value = [] if value is None else [value]
    return {
        str(item.get("XXlabelXX", item.get("id")) if isinstance(item, Mapping) and "field" in item else _bare(item)).strip() for item in value
    }


def x__members__mutmut_17(value: Any) -> set[str]:
    if isinstance(value, str):
        value = [part for part in value.split(",") if part.strip()]
    if not isinstance(value, Sequence):
        value = [] if value is None else [value]
    return {
        str(item.get("LABEL", item.get("id")) if isinstance(item, Mapping) and "field" in item else _bare(item)).strip() for item in value
    }


def x__members__mutmut_18(value: Any) -> set[str]:
    if isinstance(value, str):
        value = [part for part in value.split(",") if part.strip()]
    if not isinstance(value, Sequence):
        value = [] if value is None else [value]
    return {
        str(item.get("label", item.get(None)) if isinstance(item, Mapping) and "field" in item else _bare(item)).strip() for item in value
    }


def x__members__mutmut_19(value: Any) -> set[str]:
    if isinstance(value, str):
        value = [part for part in value.split(",") if part.strip()]
    if not isinstance(value, Sequence):
        value = [] if value is None else [value]
    return {
        str(item.get("label", item.get("XXidXX")) if isinstance(item, Mapping) and "field" in item else _bare(item)).strip() for item in value
    }


def x__members__mutmut_20(value: Any) -> set[str]:
    if isinstance(value, str):
        value = [part for part in value.split(",") if part.strip()]
    if not isinstance(value, Sequence):
        value = [] if value is None else [value]
    return {
        str(item.get("label", item.get("ID")) if isinstance(item, Mapping) and "field" in item else _bare(item)).strip() for item in value
    }


def x__members__mutmut_21(value: Any) -> set[str]:
    if isinstance(value, str):
        value = [part for part in value.split(",") if part.strip()]
    if not isinstance(value, Sequence):
        value = [] if value is None else [value]
    return {
        str(item.get("label", item.get("id")) if isinstance(item, Mapping) or "field" in item else _bare(item)).strip() for item in value
    }


def x__members__mutmut_22(value: Any) -> set[str]:
    if isinstance(value, str):
        value = [part for part in value.split(",") if part.strip()]
    if not isinstance(value, Sequence):
        value = [] if value is None else [value]
    return {
        str(item.get("label", item.get("id")) if isinstance(item, Mapping) and "XXfieldXX" in item else _bare(item)).strip() for item in value
    }


def x__members__mutmut_23(value: Any) -> set[str]:
    if isinstance(value, str):
        value = [part for part in value.split(",") if part.strip()]
    if not isinstance(value, Sequence):
        value = [] if value is None else [value]
    return {
        str(item.get("label", item.get("id")) if isinstance(item, Mapping) and "FIELD" in item else _bare(item)).strip() for item in value
    }


def x__members__mutmut_24(value: Any) -> set[str]:
    if isinstance(value, str):
        value = [part for part in value.split(",") if part.strip()]
    if not isinstance(value, Sequence):
        value = [] if value is None else [value]
    return {
        str(item.get("label", item.get("id")) if isinstance(item, Mapping) and "field" not in item else _bare(item)).strip() for item in value
    }


def x__members__mutmut_25(value: Any) -> set[str]:
    if isinstance(value, str):
        value = [part for part in value.split(",") if part.strip()]
    if not isinstance(value, Sequence):
        value = [] if value is None else [value]
    return {
        str(item.get("label", item.get("id")) if isinstance(item, Mapping) and "field" in item else _bare(None)).strip() for item in value
    }

mutants_x__members__mutmut['_mutmut_orig'] = x__members__mutmut_orig # type: ignore # mutmut generated
mutants_x__members__mutmut['x__members__mutmut_1'] = x__members__mutmut_1 # type: ignore # mutmut generated
mutants_x__members__mutmut['x__members__mutmut_2'] = x__members__mutmut_2 # type: ignore # mutmut generated
mutants_x__members__mutmut['x__members__mutmut_3'] = x__members__mutmut_3 # type: ignore # mutmut generated
mutants_x__members__mutmut['x__members__mutmut_4'] = x__members__mutmut_4 # type: ignore # mutmut generated
mutants_x__members__mutmut['x__members__mutmut_5'] = x__members__mutmut_5 # type: ignore # mutmut generated
mutants_x__members__mutmut['x__members__mutmut_6'] = x__members__mutmut_6 # type: ignore # mutmut generated
mutants_x__members__mutmut['x__members__mutmut_7'] = x__members__mutmut_7 # type: ignore # mutmut generated
mutants_x__members__mutmut['x__members__mutmut_8'] = x__members__mutmut_8 # type: ignore # mutmut generated
mutants_x__members__mutmut['x__members__mutmut_9'] = x__members__mutmut_9 # type: ignore # mutmut generated
mutants_x__members__mutmut['x__members__mutmut_10'] = x__members__mutmut_10 # type: ignore # mutmut generated
mutants_x__members__mutmut['x__members__mutmut_11'] = x__members__mutmut_11 # type: ignore # mutmut generated
mutants_x__members__mutmut['x__members__mutmut_12'] = x__members__mutmut_12 # type: ignore # mutmut generated
mutants_x__members__mutmut['x__members__mutmut_13'] = x__members__mutmut_13 # type: ignore # mutmut generated
mutants_x__members__mutmut['x__members__mutmut_14'] = x__members__mutmut_14 # type: ignore # mutmut generated
mutants_x__members__mutmut['x__members__mutmut_15'] = x__members__mutmut_15 # type: ignore # mutmut generated
mutants_x__members__mutmut['x__members__mutmut_16'] = x__members__mutmut_16 # type: ignore # mutmut generated
mutants_x__members__mutmut['x__members__mutmut_17'] = x__members__mutmut_17 # type: ignore # mutmut generated
mutants_x__members__mutmut['x__members__mutmut_18'] = x__members__mutmut_18 # type: ignore # mutmut generated
mutants_x__members__mutmut['x__members__mutmut_19'] = x__members__mutmut_19 # type: ignore # mutmut generated
mutants_x__members__mutmut['x__members__mutmut_20'] = x__members__mutmut_20 # type: ignore # mutmut generated
mutants_x__members__mutmut['x__members__mutmut_21'] = x__members__mutmut_21 # type: ignore # mutmut generated
mutants_x__members__mutmut['x__members__mutmut_22'] = x__members__mutmut_22 # type: ignore # mutmut generated
mutants_x__members__mutmut['x__members__mutmut_23'] = x__members__mutmut_23 # type: ignore # mutmut generated
mutants_x__members__mutmut['x__members__mutmut_24'] = x__members__mutmut_24 # type: ignore # mutmut generated
mutants_x__members__mutmut['x__members__mutmut_25'] = x__members__mutmut_25 # type: ignore # mutmut generated
