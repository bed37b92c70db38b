"""How a library is imported without what nobody here needs of it, or not yet."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder
from importlib.util import LazyLoader
from types import ModuleType

_FORMATS = ("rfc3987_syntax", "isoduration", "rfc3986_validator", "webcolors", "fqdn", "uri_template")


@contextmanager
def light_jsonschema() -> Iterator[None]:
    """Let jsonschema be imported, by whatever library, without what checks IRIs, durations, colours and the like, which no schema here
    has: the grammar and the calendar of the first two take 2 s."""
    with without(*(() if "jsonschema" in sys.modules else _FORMATS)):
        yield


@contextmanager
def without(*names: str) -> Iterator[None]:
    """Let these modules, where whatever library imports them meanwhile, not be found; what was imported before stays."""
    hidden = set(names) - sys.modules.keys()
    sys.modules.update(dict.fromkeys(hidden))  # type: ignore[arg-type]  # None is how Python is told that a module is not there
    try:
        yield
    finally:
        for name in hidden:
            del sys.modules[name]


@contextmanager
def on_first_use(*names: str) -> Iterator[None]:
    """Let these modules, where whatever library imports them meanwhile, be loaded when somebody first uses something of them."""
    finder = _Later(names)
    sys.meta_path.insert(0, finder)
    try:
        yield
    finally:
        sys.meta_path.remove(finder)


class _Later(MetaPathFinder):
    """Finds some modules so that they are loaded on first use."""

    def __init__(self, names: Sequence[str]) -> None:
        self._names = names

    def find_spec(self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None) -> ModuleSpec | None:
        spec = PathFinder.find_spec(fullname, path, target) if fullname in self._names else None
        if spec is not None and spec.loader is not None:
            spec.loader = LazyLoader(spec.loader)
        return spec
