"""A mapping that stays where it is kept until somebody looks at it: hashes as text, images in the ledger's file."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeVar

import msgspec

Value = TypeVar("Value")


class _Kept(Mapping[str, Value]):
    """A mapping whose content `look` returns."""

    __slots__ = ()

    @abstractmethod
    def look(self) -> Mapping[str, Value]:
        """Return the content."""

    def __getitem__(self, name: str) -> Value:
        return self.look()[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.look())

    def __len__(self) -> int:
        return len(self.look())


class Stored(_Kept[Any]):
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

    def __repr__(self) -> str:
        return repr(self.look())


class Text(_Kept[str]):
    """A JSON object that is kept as text and read at each look: small where there are a million of them."""

    __slots__ = ("text",)

    def __init__(self, text: str) -> None:
        self.text = text

    def look(self) -> Mapping[str, str]:
        """Return the mapping."""
        found: Mapping[str, str] = msgspec.json.decode(self.text)
        return found

    def __repr__(self) -> str:
        return self.text
