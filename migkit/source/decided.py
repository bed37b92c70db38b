"""Which of two files counts where nothing in them says which is later: `decisions/versions.yaml`, replayed on every export.

files:
- {files: [invoices_a.csv, invoices_b.csv], counts: invoices_b.csv, by: Kim, at: ..., why: exported an hour later}
- {files: [patients.csv, patients.csv], counts: last, by: Kim, at: ..., why: the list repeats who was edited}
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from migkit.model.errors import DataError, UsageError

LINES = ("first", "last")
"""What may count of the lines of one file."""


def parse_versions(document: Mapping[str, Any], folder: str = "") -> dict[tuple[str, str], str]:
    """Return two files → the one that counts, the files named as in the export that lies in `folder`. Raises DataError where malformed."""
    found: dict[tuple[str, str], str] = {}
    for number, entry in enumerate(document.get("files") or (), start=1):
        names = entry.get("files") if isinstance(entry, Mapping) else None
        if not isinstance(names, list) or len(names) != 2 or not all(isinstance(name, str) for name in names):
            raise _malformed(number, "'files' must be a list of two file names")
        if entry.get("counts") not in _choices(names):
            raise _malformed(number, f"'counts' must be {' or '.join(_choices(names))}")
        first, second = (f"{folder}/{name}" if folder else name for name in names)
        counts = entry["counts"]
        found[first, second] = counts if counts in LINES and first == second else f"{folder}/{counts}" if folder else counts
    return found


def decide_version(document: Mapping[str, Any], files: tuple[str, str], counts: str, *, by: str, at: str, why: str) -> dict[str, Any]:
    """Return the document with what counts of two files (one file twice: `first` or `last` of its lines); replaces an earlier answer.

    Raises UsageError for an answer that is neither, or without a name or reason.
    """
    if counts not in _choices(list(files)):
        raise UsageError(
            f"Of {files[0]} and {files[1]} can count {' or '.join(_choices(list(files)))}, not {counts!r}. Nothing was decided."
        )
    if not by.strip() or not why.strip():
        raise UsageError("A decision needs a name and a reason. Nothing was decided.")
    others = [entry for entry in document.get("files") or () if sorted(entry["files"]) != sorted(files)]
    return {"version": 1, "files": [*others, {"files": list(files), "counts": counts, "by": by, "at": at, "why": why}]}


def _choices(names: list[str]) -> tuple[str, ...]:
    return LINES if names[0] == names[1] else tuple(names)


def _malformed(number: int, problem: str) -> DataError:
    return DataError(f"decisions/versions.yaml, entry {number}: {problem}. Mend it by hand; nothing was changed.")
