"""One way to tell whether two plain values are the same."""

from __future__ import annotations

import hashlib
import json
from typing import Any


def digest(value: Any, length: int = 20) -> str:
    """Return a short sha256 (hex) of a JSON-able value; what JSON does not know counts as its text.

    The order of a mapping counts, as it does in a map of columns.
    """
    return hashlib.sha256(_encode(value).encode()).hexdigest()[:length]


_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=str).encode  # made once: `dumps` makes one a call
