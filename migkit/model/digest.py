"""One way to tell whether two plain values are the same."""

from __future__ import annotations

import hashlib
import json
from typing import Any


def digest(value: Any, length: int = 20) -> str:
    """Return a short sha256 (hex) of a JSON-able value; what JSON does not know counts as its text.

    The order of a mapping counts, as it does in a map of columns.
    """
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:length]
