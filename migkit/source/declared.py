"""What a person says of a file where the reader guesses wrong: `decisions/files.yaml`, replayed on every export.

    files:
    - {file: "ledger*.xlsx", opens: ["Account*"], carry: [Date], by: Kim, at: ..., why: the account stands above its lines}
    - {file: patients.dat, holds: table, header: [Patient ID, First Name, Last Name], separator: "|", by: ..., at: ..., why: ...}
    - {file: recalls.xlsx, skip: ["Core Practice*"], by: ..., at: ..., why: the foot of a page}
    - {file: schema.sql, holds: nothing, by: ..., at: ..., why: ...}

A file is named as in the export, its sheet behind a `#`; `*` and `?` stand for anything.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from fnmatch import fnmatchcase
from typing import Any

from migkit.model.errors import DataError, UsageError

HOLDS = ("table", "nothing")
"""What a file may be declared to hold."""
APART = "apart"
TOGETHER = "together"
_LISTS = ("header", "opens", "carry", "skip")
_CHOICES = {"holds": HOLDS, "beside": (APART, TOGETHER), "rows": (APART, TOGETHER)}
_PASSING = ("file", "by", "at", "why")


@dataclass(frozen=True)
class Declared:
    """What is declared of one file; what is not is guessed."""

    holds: str = ""
    """`table`: it is one, whatever its ending; `nothing`: it is no data."""
    header: tuple[str, ...] = ()
    """The names of its columns, where it has no row that says them."""
    separator: str = ""
    opens: tuple[str, ...] | None = None
    """Patterns of the lines that open a block, cells joined by blanks; no other line opens one."""
    carry: tuple[str, ...] | None = None
    """Columns whose value stands in the first of several rows only and belongs to the others; no other column does so."""
    skip: tuple[str, ...] = ()
    """Patterns of the lines that are no rows: what a printer or a person added."""
    beside: str = ""
    """`apart`: what empty columns divide are several tables; `together`: it is one."""
    rows: str = ""
    """`apart`: rows of several kinds (invoices, their lines, receipts) are several tables; `together`: they stay one."""

    def opens_block(self, text: str) -> bool | None:
        """Return whether a line opens a block, None where nobody said so."""
        return None if self.opens is None else any(_matches(text, pattern) for pattern in self.opens)

    def is_no_row(self, text: str) -> bool:
        """Return whether a line is said to be no row."""
        return any(_matches(text, pattern) for pattern in self.skip)


UNDECLARED = Declared()


@dataclass(frozen=True)
class Declarations:
    """All that is declared, in order: a later entry counts where both say something."""

    entries: tuple[tuple[str, Declared], ...] = ()

    def of(self, file: str) -> Declared:
        """Return what is declared of a file, or of a sheet as `file#sheet`."""
        said: dict[str, Any] = {}
        for pattern, declared in self.entries:
            if _matches(file, pattern) or _matches(file.partition("#")[0], pattern):
                said |= {one.name: value for one in fields(Declared) if (value := getattr(declared, one.name)) not in ("", (), None)}
        return Declared(**said)


NOTHING_DECLARED = Declarations()


def parse_files(document: Mapping[str, Any]) -> Declarations:
    """Return the declarations of `decisions/files.yaml`. Raises DataError where an entry is malformed."""
    return Declarations(tuple(_entry(number, entry) for number, entry in enumerate(document.get("files") or (), start=1)))


def declare_file(document: Mapping[str, Any], file: str, said: Mapping[str, Any], *, by: str, at: str, why: str) -> dict[str, Any]:
    """Return the document with what is said of a file (keys as of `Declared`); replaces what was said of it before.

    Raises UsageError for something that cannot be said, or without a name or reason.
    """
    if not by.strip() or not why.strip():
        raise UsageError("A decision needs a name and a reason. Nothing was decided.")
    entry = {"file": file, **said, "by": by, "at": at, "why": why}
    try:
        _entry(1, entry)
    except DataError as wrong:
        raise UsageError(f"{str(wrong).partition(': ')[2].partition('. ')[0]}. Nothing was decided.") from None
    others = [one for one in document.get("files") or () if one.get("file") != file]
    return {"version": 1, "files": [*others, entry]}


def _entry(number: int, entry: object) -> tuple[str, Declared]:
    if not isinstance(entry, Mapping) or not isinstance(entry.get("file"), str) or not entry["file"].strip():
        raise _malformed(number, "'file' must name a file")
    said: dict[str, Any] = {name: value for name, value in entry.items() if name not in _PASSING}
    known = {one.name for one in fields(Declared)}
    if unknown := sorted(set(said) - known):
        raise _malformed(number, f"{unknown[0]!r} is nothing that can be said of a file; {', '.join(sorted(known))} can")
    for name, choices in _CHOICES.items():
        if name in said and said[name] not in choices:
            raise _malformed(number, f"{name!r} must be {' or '.join(choices)}")
    for name in _LISTS:
        if name in said:
            if not isinstance(said[name], Sequence) or isinstance(said[name], str) or not all(isinstance(one, str) for one in said[name]):
                raise _malformed(number, f"{name!r} must be a list of texts")
            said[name] = tuple(said[name])
    separator = said.get("separator", "")
    if not isinstance(separator, str) or len(separator) > 1:
        raise _malformed(number, "'separator' must be one character")
    return entry["file"], Declared(**said)


def _matches(text: str, pattern: str) -> bool:
    return fnmatchcase(text.casefold(), pattern.casefold())


def _malformed(number: int, problem: str) -> DataError:
    return DataError(f"decisions/files.yaml, entry {number}: {problem}. Mend it by hand; nothing was changed.")
