"""A mapping that stays in the ledger's file until somebody looks at it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import msgspec


class Stored(Mapping[str, Any]):
    """What `text` returns, a JSON object, read and kept from the first look on."""

    __slots__ = ("_found", "_text")

    def __init__(self, text: Callable[[], str]) -> None:
        self._text: Callable[[], str] | None = text
        self._found: Mapping[str, Any] = {}

    def look(self) -> Mapping[str, Any]:
        """Return the mapping as it was when it was first looked at."""
        if self._text is not None:
            self._found, self._text = msgspec.json.decode(self._text()), None
        return self._found

    def __getitem__(self, name: str) -> Any:
        return self.look()[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.look())

    def __len__(self) -> int:
        return len(self.look())

    def __repr__(self) -> str:
        return repr(self.look())
