"""JSON as it goes over the wire: numbers that a column can hold, text that is text, nothing else."""

from __future__ import annotations

import json
import math
from typing import Any

INT_MAX = 2**63 - 1


def read_json(raw: bytes) -> Any:
    """Return the parsed document; raise ValueError for what is no JSON, no text (half a surrogate pair) or out of any range."""
    try:
        document = json.loads(raw, parse_constant=_refuse, parse_float=_finite, parse_int=_whole)
        if b"\\u" in raw:
            json.dumps(document, ensure_ascii=False).encode()
    except RecursionError:
        raise ValueError("nested too deeply") from None
    return document


def write_json(document: Any) -> bytes:
    """Return the document as compact UTF-8."""
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def _refuse(name: str) -> Any:
    raise ValueError(f"{name} is no JSON")


def _finite(text: str) -> float:
    value = float(text)
    if not math.isfinite(value):
        raise ValueError("a number is out of range")
    return value


def _whole(text: str) -> int:
    if len(text) > 20 or abs(int(text)) > INT_MAX:
        raise ValueError("a number is out of range")
    return int(text)
