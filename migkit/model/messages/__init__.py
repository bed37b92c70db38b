"""Reasons, findings and hints as a code with parameters. One catalogue says each in English, and who does what about it.

To add one: write an entry into the part of the catalogue that its room has (`source.py`, `plan.py`, `load.py`, …),

    "no-patient": Entry("It names no patient.", who=PRACTICE, does="names one; blocked time and breaks stay out"),

make it with `Message.of("no-patient")` (a reason) or `Finding.of("no-patient", table=…, keys=…)`, let a test make it, and renew
`docs/messages.md` with `make docs`. Parameters are keys, names of tables, fields and files, and numbers: never a patient's value.
A code, or a parameter, that the catalogue does not know cannot be made. No room reads a sentence: compare `message.code`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Union

from .entry import SENTENCES, Entry, Severity, Who, joined
from .page import PARTS

__all__ = ["CATALOGUE", "HELP", "Entry", "Message", "Severity", "Value", "Who"]

CATALOGUE: Mapping[str, Entry] = joined(*(part.ENTRIES for part in PARTS))
HELP = "docs/messages.md"
"""The page that lists every code under an anchor of its own; made from the catalogue."""

Value = Union[str, int, tuple[str, ...], "Message"]


@dataclass(frozen=True, order=True, slots=True)
class Message:
    """A code of the catalogue with its parameters; `str()` is its sentence in English."""

    code: str
    parameters: tuple[tuple[str, Value], ...] = ()

    @classmethod
    def of(cls, code: str, /, **parameters: Value) -> Message:
        """Return the message. Raises ValueError for a code or parameter that the catalogue lacks, and for one that is missing."""
        return cls.made(code, parameters, counted=False)

    @classmethod
    def made(cls, code: str, parameters: Mapping[str, Value], *, counted: bool) -> Message:
        """Return the message, for the sentence that counts rows where `counted`."""
        entry = CATALOGUE.get(code)
        if entry is None:
            raise ValueError(f"The catalogue has no code {code!r}.")
        missing, unknown = entry.needed(counted=counted) - parameters.keys(), parameters.keys() - entry.parameters
        if missing or unknown:
            raise ValueError(f"{code} takes {sorted(entry.parameters)}: {sorted(missing)} missing, {sorted(unknown)} unknown.")
        return cls(code, tuple(sorted(parameters.items())))

    @property
    def entry(self) -> Entry:
        """What the catalogue says of the code."""
        return CATALOGUE[self.code]

    def __str__(self) -> str:
        return self.sentence()

    def sentence(self, *, counted: bool = False) -> str:
        """Return the sentence about one row, or of a finding that counts them."""
        return self._said((counted and self.entry.counted) or self.entry.text)

    @property
    def action(self) -> str:
        """Who does what about it, in a sentence; "" where there is nothing to do."""
        return self._said(self.entry.action)

    @property
    def help(self) -> str:
        """Where the help page explains the code."""
        return f"{HELP}#{self.code}"

    def _said(self, text: str) -> str:
        return SENTENCES.vformat(text, (), dict(self.parameters))

    def to_json(self) -> dict[str, str]:
        """Return code and sentence, as the door's JSON documents carry it."""
        return {"code": self.code, "sentence": str(self)}

    def plain(self) -> dict[str, Any]:
        """Return code and parameters as plain JSON, to be kept."""
        kept = {name: value.plain() if isinstance(value, Message) else value for name, value in self.parameters}
        return {"code": self.code, "parameters": kept}

    def dump(self) -> str:
        """Return the same as text."""
        return json.dumps(self.plain(), ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def parse(cls, kept: Mapping[str, Any]) -> Message:
        """Return what `plain` gave."""
        return cls(kept["code"], tuple(sorted((name, _value(value)) for name, value in kept["parameters"].items())))

    @classmethod
    def load(cls, text: str) -> Message:
        """Return what `dump` gave; a text that is none (kept before there were codes) as it stands."""
        try:
            return cls.parse(json.loads(text))
        except (ValueError, TypeError, KeyError):
            return cls.of("text", text=text)


def _value(kept: Any) -> Value:
    if isinstance(kept, Mapping):
        return Message.parse(kept)
    return tuple(kept) if isinstance(kept, list) else kept
