"""Cells mended by hand without their widgets: the rows that want it, what was mended, and every mend saved at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from migkit.model.errors import UsageError
from migkit.source import RowName

from .people_state import Decisions


@dataclass(frozen=True)
class MendRow:
    """One row of a file that may be mended."""

    label: str
    """Its key, or file and line where it has none."""
    place: str
    """File and line."""
    why: str
    """What is wrong with it, a sentence."""
    source: str
    """Source table."""
    name: RowName
    """How it is known again in a later export."""
    cells: Mapping[str, str]
    """Column → text as in the file, "" where it is empty."""
    column: str = ""
    """The column that most likely wants the mend; "" where nobody knows."""
    plain: frozenset[str] = field(default_factory=frozenset)
    """Columns that hold nothing personal."""
    since: str = ""
    """Name of the export that it stands in."""


Groups = Mapping[str, Sequence[MendRow]]


class MendState:
    """What the table of rows to mend shows and saves.

    `mend` and `undo` write `decisions/cleaning.yaml` before they return. The document is read anew each time, so that what somebody
    else wrote meanwhile stays. A mend that is taken back moves to `mends_taken_back`, with who, when and why.
    """

    def __init__(self, workspace: Decisions, groups: Groups, *, by: str = "", now: Callable[[], datetime] | None = None) -> None:
        self._workspace = workspace
        self._now = now or (lambda: datetime.now(UTC))
        self.groups = groups
        self.by = by

    def entry(self, row: MendRow, column: str) -> Mapping[str, Any] | None:
        """Return the mend of a cell as it was kept, None where there is none."""
        return next((one for one in self._entries() if _is_about(one, row, column)), None)

    def columns(self, rows: Iterable[MendRow]) -> list[str]:
        """Return the columns of the rows, in the order of their file."""
        return list(dict.fromkeys(column for row in rows for column in row.cells))

    def mend(self, row: MendRow, column: str, after: str, why: str) -> None:
        """Keep another text for a cell, from the next reading on. Raises UsageError without who and why, or where nothing would change."""
        if column not in row.cells:
            raise UsageError(f"{row.source} has no column {column}. Nothing was changed.")
        before, after = row.cells[column], after.strip()
        if after == before:
            raise UsageError("That is what stands in the file already. Nothing was changed.")
        self._sign(why)
        document = self._workspace.read_decision("cleaning")
        others = [one for one in document.get("mends") or [] if not _is_about(one, row, column)]
        name = {"column": row.name.column, "value": row.name.value} if row.name.column else {"value": row.name.value}
        since = {"since": row.since} if row.since else {}
        entry = {"source": row.source, "row": name, "column": column, "before": before, "after": after, **since, **self._signed(why)}
        self._write({**document, "mends": [*others, entry]})

    def undo(self, row: MendRow, column: str, why: str) -> None:
        """Take a mend back: the cell counts as it is written again. Raises UsageError without who and why."""
        self._sign(why)
        document = self._workspace.read_decision("cleaning")
        taken = [one for one in document.get("mends") or [] if _is_about(one, row, column)]
        left = [one for one in document.get("mends") or [] if not _is_about(one, row, column)]
        back = [{**one, **self._signed(why)} for one in taken]
        self._write({**document, "mends": left, "mends_taken_back": [*(document.get("mends_taken_back") or []), *back]})

    def _sign(self, why: str) -> None:
        if not self.by.strip():
            raise UsageError("Write your name first: every mend says who made it. Nothing was changed.")
        if not why.strip():
            raise UsageError("Say why in a few words, e.g. whom you asked: whoever reads this next year will ask. Nothing was changed.")

    def _signed(self, why: str) -> dict[str, str]:
        return {"by": self.by.strip(), "at": self._now().isoformat(timespec="seconds"), "why": why.strip()}

    def _entries(self) -> Sequence[Mapping[str, Any]]:
        return self._workspace.read_decision("cleaning").get("mends") or []

    def _write(self, document: Mapping[str, Any]) -> None:
        self._workspace.write_decision("cleaning", {"version": 1, **document})


def _is_about(entry: Mapping[str, Any], row: MendRow, column: str) -> bool:
    return (entry["source"], RowName.kept(entry), entry["column"]) == (row.source, row.name, column)
