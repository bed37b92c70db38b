"""How a library is imported without what nobody here needs of it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def light_jsonschema() -> Iterator[None]:
    """Let jsonschema be imported, by whatever library, without its grammar of IRIs: building it takes 2 s, and no schema here has any."""
    name = "rfc3987_syntax"
    if name in sys.modules or "jsonschema" in sys.modules:
        yield
        return
    sys.modules[name] = None  # type: ignore[assignment]  # how Python is told that a module is not there
    try:
        yield
    finally:
        del sys.modules[name]
