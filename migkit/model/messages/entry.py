"""What the catalogue says of one code: the sentence, how much it matters, who does what about it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from string import Formatter
from typing import Any

from migkit.model.words import in_list, titles_of


class Severity(StrEnum):
    """How much a finding matters: critical stops the load until it is mended or accepted."""

    INFO = "info"
    WARNING = "warning"
    CRITICAL = "critical"


class Who(StrEnum):
    """Who does something about it."""

    PRACTICE = "The practice"
    ANALYST = "The analyst"
    NOBODY = "Nobody:"


class _Sentences(Formatter):
    """`str.format` in which `{n:one|many}` chooses the words that go with a number, `{names:field}` gives fields of Pipedrive as its
    users call them, and numbers and lists are written as read."""

    def format_field(self, value: Any, format_spec: str) -> str:
        if "|" in format_spec:
            one, many = format_spec.split("|")
            return one if value == 1 else many
        if isinstance(value, int):
            return f"{value:,}"
        if format_spec == "field":
            return in_list(titles_of(value))
        return ", ".join(value) if isinstance(value, tuple) else str(value)

    def names(self, text: str) -> Iterator[str]:
        """Yield the parameters that a sentence names, those inside of a choice of words too."""
        for _, name, spec, _ in self.parse(text):
            if name is not None:
                yield name
                yield from self.names(spec or "")


SENTENCES = _Sentences()


@dataclass(frozen=True)
class Entry:
    """One code of the catalogue. Sentences name parameters as `{key}`; `{count} {count:row lies|rows lie}` counts properly."""

    text: str
    """The sentence about one row, record or thing; what went wrong and, where `does` is empty, what to do."""
    severity: Severity | None = None
    """How much a finding of this code matters; None where it is no finding, or the one who finds it says."""
    who: Who | None = None
    does: str = ""
    """What `who` does about it, without subject and full stop: `names one; breaks stay out`."""
    counted: str = ""
    """The sentence of a finding over `{count}` rows, where it differs from `text`."""
    title: str = ""
    """Pre-flight: the question that it answers."""

    @property
    def action(self) -> str:
        """Who does what about it, as a sentence with its parameters still open; "" where there is nothing to do."""
        return f"{self.who} {self.does}." if self.who else ""

    @cached_property
    def parameters(self) -> frozenset[str]:
        """The parameters that the sentences name."""
        return frozenset(SENTENCES.names(self.text + self.action + self.counted))

    def needed(self, *, counted: bool) -> frozenset[str]:
        """Return the parameters without which the sentence cannot be made."""
        return frozenset(SENTENCES.names(((counted and self.counted) or self.text) + self.action))


def joined(*parts: Mapping[str, Entry]) -> dict[str, Entry]:
    """Return one catalogue of several. Raises ValueError where two parts hold one code."""
    whole: dict[str, Entry] = {}
    for part in parts:
        if twice := whole.keys() & part.keys():
            raise ValueError(f"The catalogue holds {', '.join(sorted(twice))} twice.")
        whole |= part
    return whole
