"""Rows that want mending: gathered from what did not arrive and what failed a check, mended in a table, and read again."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import pandas as pd

from migkit.migration import Migration
from migkit.model.errors import UsageError
from migkit.model.messages import Message, Who
from migkit.model.outcomes import Outcome
from migkit.model.tables import RawExport
from migkit.model.words import number_of
from migkit.quality import Check
from migkit.report import IN_REPORT, mask
from migkit.source import RowName, name_row, unread_lines
from migkit.steps.live import newest, renew

if TYPE_CHECKING:
    from migkit.widgets import MendRow
    from migkit.workspace import Snapshot

MOST = 500
"""Rows of one problem that are offered; more of one kind are mended at their root, or by a cleaning."""
MENDED_GROUP = "Mended already"
_NO_EMAIL = "Patients without an e-mail address"


def mend_widget(migration: Migration, checks: Iterable[Check] = (), *, by: str) -> Any:
    """Return the table in which rows are mended, or None in a report. With `checks`, the rows that failed one are offered too."""
    if os.environ.get(IN_REPORT):
        return None
    from migkit.widgets import MendState, MendTable

    latest = [migration]
    with_checks = bool(checks)

    def again() -> tuple[str, Mapping[str, list[MendRow]]]:
        before = _waiting(latest[0])
        latest[0] = newest(migration)
        after = _waiting(latest[0])
        groups = rows_to_mend(latest[0], latest[0].quality.checks if with_checks else ())
        renew()
        went = f"{number_of(before - after, 'row that waited goes', 'rows that waited go')} on now; " if after < before else ""
        return f"Read again: {went}{number_of(after, 'row waits', 'rows wait')} still.", groups

    def find(key: str) -> MendRow:
        return row_of(latest[0], key)

    return MendTable(MendState(migration.workspace, rows_to_mend(migration, checks), by=by), again, find)


def rows_to_mend(migration: Migration, checks: Iterable[Check] = ()) -> dict[str, list[MendRow]]:
    """Return the rows that want mending by what is wrong with them, each once although several exports have it.

    Rejected and held rows (but those that wait for another row only), patients without an e-mail address, rows that failed one of
    `checks`, and what was mended already.
    """
    export, groups = _Export(migration), defaultdict[str, list["MendRow"]](list)
    for row in migration.tables.row_outcomes:
        if row.outcome in (Outcome.REJECTED, Outcome.HELD) and row.reason and row.reason.entry.who is not Who.NOBODY:
            title = f"{export.title(row.table)} {row.outcome}: {row.reason}"
            export.add(groups[title], row.file, row.line, row.table, row.key, str(row.reason), export.field_of(row.table, row.reason))
    patients = migration.tables["patients"]
    for _, patient in patients[patients["email"].isna() & ~patients["_synthetic"].astype(bool)].head(MOST).iterrows():
        where = (str(patient["_file"]), int(patient["_line"]), "patients", str(patient["_key"]))
        export.add(groups[_NO_EMAIL], *where, "It has no e-mail address.", "email")
    for check in checks:
        if not check.passed:
            title = f"{export.title(check.table)}: {export.field_title(check.table, check.column)} ({check.code.rpartition('.')[2]})"
            for file, line, key in check.failing_rows.head(MOST).itertuples(index=False):
                if pd.notna(line):
                    export.add(groups[title], str(file), int(line), check.table, str(key), check.note, check.column)
    mended = export.mended()
    return {name: rows for name, rows in groups.items() if rows} | ({MENDED_GROUP: mended} if mended else {})


def row_of(migration: Migration, key: str) -> MendRow:
    """Return the row of a key, to be mended. Raises UsageError where no file has it."""
    return _Export(migration).by_key(key)


def mends_frame(migration: Migration) -> pd.DataFrame:
    """Return the cells mended by hand, masked: row, column, before, after, by, on, why, and whether the newest export takes them."""
    mended = [(snapshot, migration.mended(snapshot)) for snapshot in migration.snapshots]
    rows = []
    for entry in migration.inputs.document("cleaning").get("mends") or ():
        name = RowName.kept(entry)
        state = "no such row"
        for _, one in mended:
            for states, found in (("in force", one.done), ("other value there", one.otherwise)):
                if any((m.source, m.row, m.column) == (entry["source"], name, entry["column"]) for m, _, _ in found):
                    state = states
        row = f"{entry['source']}, {name.column} {name.value}" if name.column else f"{entry['source']}, a row without a number"
        told = [entry["column"], mask(entry["before"]) or "empty", mask(entry["after"]) or "empty"]
        rows.append([row, *told, entry["by"], str(entry.get("at", ""))[:10], entry["why"], state])
    return pd.DataFrame(rows, columns=["row", "column", "before", "after", "by", "on", "why", "state"])


def _waiting(migration: Migration) -> int:
    return sum(row.outcome in (Outcome.REJECTED, Outcome.HELD) for row in migration.tables.row_outcomes)


@dataclass(frozen=True)
class _Place:
    """Where a row lies in an export as read: a position in a table, or an unread line's own cells."""

    snapshot: Snapshot
    source: str
    name: RowName
    cells: Mapping[str, str]


class _Export:
    """The exports that count, row by row, as they were received."""

    def __init__(self, migration: Migration) -> None:
        self._migration, self._schema = migration, migration.schema
        self._known: dict[tuple[str, RowName], set[int]] = defaultdict(set)

    def title(self, table: str) -> str:
        return self._schema[table].title if table in self._schema.tables else table

    def field_title(self, table: str, field: str) -> str:
        known = self._schema[table].fields.get(field) if table in self._schema.tables else None
        return known.title if known else field

    def field_of(self, table: str, reason: Message) -> str:
        """Return the canonical field that a reason is about, "" where it names none."""
        said = str(dict(reason.parameters).get("field", ""))
        fields = self._schema[table].fields if table in self._schema.tables else {}
        named = next((name for name, field in fields.items() if said and said.casefold() in (name, field.title.casefold())), "")
        return named or ("patient_id" if "patient" in reason.code and "patient_id" in fields else "")

    def add(self, group: list[MendRow], file: str, line: int, table: str, key: str, why: str, field: str) -> None:
        """Add the row to a group, once; a row that no file of the exports holds (it stands for others) is left out."""
        place = self._places.get((file, line)) or self._unread.get((file, line))
        if place is None or len(group) >= MOST or id(group) in self._known[place.source, place.name]:
            return
        self._known[place.source, place.name].add(id(group))
        group.append(self._row(place, file, line, key, why, field))

    def by_key(self, key: str) -> MendRow:
        """Return the row of a key. Raises UsageError where there is none."""
        for frame in self._migration.tables.frames.values():
            for _, row in frame[frame["_key"].eq(key)].iterrows():
                place = self._places.get((str(row["_file"]), int(row["_line"])))
                if place is not None:
                    return self._row(place, str(row["_file"]), int(row["_line"]), key, "You looked it up.", "")
        raise UsageError(f"No row of the files has the key {key}: a key is like patient:12, the findings name them.")

    def mended(self) -> list[MendRow]:
        """Return the rows of the mends that still find theirs, each with the mended column."""
        rows, seen = [], set()
        for snapshot in self._migration.snapshots:
            found = self._migration.mended(snapshot)
            for mend, file, line in (*found.done, *found.otherwise):
                place = self._places.get((file, line)) or self._unread.get((file, line))
                if place is None or (mend.source, mend.row, mend.column) in seen:
                    continue
                seen.add((mend.source, mend.row, mend.column))
                row = self._row(place, file, line, "", "Mended by hand.", "", mend.column)
                rows.append(row)
        return rows

    def _row(self, place: _Place, file: str, line: int, key: str, why: str, field: str, column: str = "") -> MendRow:
        from migkit.widgets import MendRow

        where = f"{file.removeprefix(f'{place.snapshot.name}/')}, line {line}"
        table = self._migration.source_map.tables.get(place.source)
        homes = {one.column: one.to or "" for one in table.columns.values()} if table else {}
        fields = self._schema[table.table].fields if table and table.table else {}
        plain = frozenset(name for name, home in homes.items() if home in fields and fields[home].sensitivity == "none")
        wanted = column or next((name for name, home in homes.items() if field and home == field and name in place.cells), "")
        label = key or (f"{place.name.column} {place.name.value}" if place.name.column else f"line {line}")
        return MendRow(label, where, why, place.source, place.name, place.cells, wanted, plain, place.snapshot.name)

    @cached_property
    def _places(self) -> _Places:
        return _Places(self._migration)

    @cached_property
    def _unread(self) -> dict[tuple[str, int], _Place]:
        found = {}
        for snapshot in self._migration.snapshots:
            raw = self._migration.readings.raw(snapshot)
            for source in _own(raw):
                for file, line, name, cells in unread_lines(raw, source):
                    found[file, line] = _Place(snapshot, source, name, cells)
        return found


class _Places:
    """File and line → the row there; only rows that are asked for are looked at as a whole."""

    def __init__(self, migration: Migration) -> None:
        self._raws = [(snapshot, migration.readings.raw(snapshot)) for snapshot in migration.snapshots]
        numbers = migration.source_map.tables.items()
        self._number = {
            name: next((c.column for c in one.columns.values() if c.to == migration.schema[one.table].key[0]), "")
            for name, one in numbers
            if one.table
        }
        self._index: dict[str, dict[int, tuple[int, str, int]]] = {}
        self._columns: dict[tuple[int, str], list[tuple[str, Any]]] = {}

    def get(self, at: tuple[str, int]) -> _Place | None:
        file, line = at
        if file not in self._index:
            self._index[file] = dict(self._lines(file))
        found = self._index[file].get(line)
        if found is None:
            return None
        number, source, position = found
        snapshot, raw = self._raws[number]
        table = raw.tables[source]
        if (number, source) not in self._columns:  # a whole row of a frame takes a hundred times as long as its cells
            self._columns[number, source] = [(name, table.frame[name].array) for name in table.columns]
        values = ((name, column[position]) for name, column in self._columns[number, source])
        cells = {name: "" if pd.isna(value) else str(value) for name, value in values}
        return _Place(snapshot, source, name_row(table, position, self._number.get(source, "")), cells)

    def _lines(self, file: str) -> Iterator[tuple[int, tuple[int, str, int]]]:
        for number, (_, raw) in enumerate(self._raws):
            for source in _own(raw):
                if file not in raw.tables[source].files:
                    continue
                frame = raw.tables[source].frame
                positions = frame["_file"].eq(file).to_numpy().nonzero()[0]
                for line, position in zip(frame["_line"].to_numpy()[positions].tolist(), positions.tolist(), strict=True):
                    yield int(line), (number, source, position)


def _own(raw: RawExport) -> list[str]:
    return [name for name, table in raw.tables.items() if table.drawn is None]
