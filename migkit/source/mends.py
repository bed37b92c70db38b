"""Cells that somebody mended by hand: laid over each export as it was read, as long as the cell holds what it held then."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from migkit.model.digest import digest
from migkit.model.outcomes import Finding
from migkit.model.tables import CanonicalTables, RawExport, SourceTable

from .log import REPAIR_COLUMNS
from .rejects import cells_of_line

MENDED = "mended-by-hand"
"""The rule by which the repairs know a mended cell."""


@dataclass(frozen=True)
class RowName:
    """How a row of a source table is known again in a later export: by the value of its own number, else by all that it holds."""

    column: str
    """The column of its number; "" where it has none that is its own."""
    value: str
    """The number as it is written, or sha256 of the row's cells or of a line that could not be read."""

    @classmethod
    def kept(cls, entry: Mapping[str, Any]) -> RowName:
        """Return the name that an entry of `decisions/cleaning.yaml` gives its row."""
        return cls(entry["row"].get("column", ""), entry["row"]["value"])


@dataclass(frozen=True)
class Mend:
    """One mended cell. `before` and `after` are texts as in the file, "" for an empty cell."""

    source: str
    """Source table."""
    row: RowName
    column: str
    before: str
    after: str
    since: str = ""
    """Name of the export that it was mended in: of an earlier one nothing is told."""


def parse_mends(document: Mapping[str, Any]) -> tuple[Mend, ...]:
    """Return the mends of `decisions/cleaning.yaml`, whose shape was looked at when it was read."""
    return tuple(
        Mend(
            entry["source"],
            RowName.kept(entry),
            entry["column"],
            entry["before"],
            entry["after"],
            entry.get("since", ""),
        )
        for entry in document.get("mends") or ()
    )


@dataclass(frozen=True)
class Mended:
    """An export with the mends laid over it."""

    raw: RawExport
    done: tuple[tuple[Mend, str, int], ...]
    """Each mend that found its cell: (mend, file, line)."""
    otherwise: tuple[tuple[Mend, str, int], ...]
    """Each whose row is there and holds another value: left as it came."""
    lost: tuple[Mend, ...]
    """Those whose row is not there; its number, or any cell of a row without one, may have changed."""


def apply_mends(raw: RawExport, mends: Sequence[Mend]) -> Mended:
    """Lay mended cells over the files' own tables (views have to be made anew). A line that could not be read becomes a row."""
    tables, lines, findings = dict(raw.tables), raw.lines, raw.findings
    done: list[tuple[Mend, str, int]] = []
    otherwise: list[tuple[Mend, str, int]] = []
    lost: list[Mend] = []
    by_source: dict[str, list[Mend]] = defaultdict(list)
    for mend in mends:
        by_source[mend.source].append(mend)
    for source, own in by_source.items():
        table = tables.get(source)
        if table is None or table.drawn is not None:
            lost += own
            continue
        frame, read = _with_lines(table, raw, {mend.row.value for mend in own if not mend.row.column})
        rows, changed = _Rows(table, frame, read), frame.copy()
        for mend in own:
            found = rows.named(mend.row) if mend.column in frame.columns else []
            if not found:
                lost.append(mend)
            for position in found:
                place = str(frame["_file"].iat[position]), int(frame["_line"].iat[position])
                if _text(frame[mend.column].iat[position]) == mend.before:
                    changed.iat[position, changed.columns.get_loc(mend.column)] = mend.after or pd.NA
                    done.append((mend, *place))
                elif _text(frame[mend.column].iat[position]) != mend.after:
                    otherwise.append((mend, *place))
        tables[source] = replace(table, frame=changed)
        lines, findings = _as_rows(lines, read), _without(findings, source, read)
    return Mended(replace(raw, tables=tables, lines=lines, findings=findings), tuple(done), tuple(otherwise), tuple(lost))


def name_row(table: SourceTable, position: int, number: str = "") -> RowName:
    """Return how a row is known again; `number` is the column that numbers the table's rows, "" for none."""
    value = _text(table.frame[number].iat[position]) if number in table.columns else ""
    if value and int(table.frame[number].eq(value).fillna(False).sum()) == 1:
        return RowName(number, value)
    return RowName("", _digest(table, position))


def unread_lines(raw: RawExport, source: str) -> Iterator[tuple[str, int, RowName, Mapping[str, str]]]:
    """Yield (file, line, name, column → cell) of each line of a table that could not be read; its cells stand in the order of its file."""
    table, separators = raw.tables[source], _separators(raw)
    for file, line, text in _texts(raw, table):
        yield file, line, RowName("", _sha(text)), cells_of_line(text, separators.get(file), table, file)


def repairs_of(mended: Mended, tables: CanonicalTables, homes: Mapping[str, Mapping[str, str]]) -> pd.DataFrame:
    """Return the mended cells as repairs. `homes`: source table → column → canonical field."""
    known = _keys(tables) if mended.done else {}
    rows = []
    for mend, file, line in mended.done:
        table, key = known.get((file, line), ("", ""))
        field = homes.get(mend.source, {}).get(mend.column) or mend.column
        rows.append((table or mend.source, field, key, file, line, MENDED, mend.before or None, mend.after or None))
    columns = ["table", "field", "key", "file", "line", "rule", "before", "after"]
    text = dict.fromkeys((name for name in REPAIR_COLUMNS if name != "line"), "string")
    return pd.DataFrame(rows, columns=columns).astype({**text, "line": "Int64"})


def mend_findings(mended: Mended, tables: CanonicalTables, snapshot: str, *, is_whole: bool) -> tuple[Finding, ...]:
    """Return what no longer fits: mended cells that hold another value in this export, and, of a whole one, rows that are not there."""
    known = _keys(tables) if mended.otherwise else {}
    places = [known.get((file, line), ("", ""))[1] or f"{file}:{line}" for mend, file, line in mended.otherwise if mend.since <= snapshot]
    lost = sorted({f"{mend.source} {mend.row.column or 'row'}" for mend in mended.lost if is_whole and mend.since <= snapshot})
    count = sum(1 for mend in mended.lost if is_whole and mend.since <= snapshot)
    found = []
    if places:
        found.append(Finding.of("mend-outdated", keys=places))
    if lost:
        found.append(Finding.of("mend-without-row", keys=lost, count=count))
    return tuple(found)


class _Rows:
    """The rows of a table by their names, looked up once."""

    def __init__(self, table: SourceTable, frame: pd.DataFrame, read: Iterable[tuple[str, int, str]]) -> None:
        self._table, self._frame = table, frame
        self._read = {(file, line): name for file, line, name in read}
        self._digests: dict[str, list[int]] | None = None

    def named(self, name: RowName) -> list[int]:
        if name.column:
            if name.column not in self._frame.columns:
                return []
            return [int(one) for one in self._frame[name.column].eq(name.value).fillna(False).to_numpy().nonzero()[0]]
        if self._digests is None:
            self._digests = defaultdict(list)
            whole = replace(self._table, frame=self._frame)
            for position, at in enumerate(zip(self._frame["_file"], self._frame["_line"], strict=True)):
                self._digests[self._read.get((str(at[0]), int(at[1]))) or _digest(whole, position)].append(position)
        return self._digests.get(name.value, [])


def _with_lines(table: SourceTable, raw: RawExport, wanted: set[str]) -> tuple[pd.DataFrame, list[tuple[str, int, str]]]:
    """Return the table's rows with those unread lines that were mended, and (file, line, name) of these."""
    separators = _separators(raw)
    some = [(file, line, text) for file, line, text in _texts(raw, table) if _sha(text) in wanted] if wanted else []
    if not some:
        return table.frame, []
    rows = [cells_of_line(text, separators.get(file), table, file) | {"_file": file, "_line": line} for file, line, text in some]
    added = pd.DataFrame(rows).reindex(columns=table.frame.columns)
    added[table.columns] = added[table.columns].replace("", pd.NA)
    whole = pd.concat([table.frame, added.astype(table.frame.dtypes.to_dict())], ignore_index=True)
    order = {file: number for number, file in enumerate(table.files)}
    places = pd.DataFrame({"file": whole["_file"].map(order), "line": whole["_line"]})
    return whole.loc[places.sort_values(["file", "line"], kind="stable").index].reset_index(drop=True), [
        (file, line, _sha(text)) for file, line, text in some
    ]


def _as_rows(lines: pd.DataFrame, read: Sequence[tuple[str, int, str]]) -> pd.DataFrame:
    if not read:
        return lines
    places = {(file, line) for file, line, _ in read}
    rows = [(str(file), int(line)) in places for file, line in zip(lines["file"], lines["line"], strict=True)]
    changed = lines.copy()
    changed.loc[rows, "kind"] = "row"
    changed.loc[rows, ["reason", "text"]] = pd.NA
    return changed


def _without(findings: tuple[Finding, ...], source: str, read: Sequence[tuple[str, int, str]]) -> tuple[Finding, ...]:
    """Return the findings with those lines of the table that are rows now taken out of the one that counts unread lines."""
    now = {f"{file}:{line}" for file, line, _ in read}
    left = []
    for finding in findings:
        if now and finding.code == "rejected-lines" and finding.table == source:
            keys, count = [key for key in finding.keys if key not in now], finding.count - len(now)
            if count:
                left.append(Finding.of("rejected-lines", table=source, keys=keys, count=count, name=source))
        else:
            left.append(finding)
    return tuple(left)


def _texts(raw: RawExport, table: SourceTable) -> list[tuple[str, int, str]]:
    unread = raw.lines[raw.lines["kind"].eq("reject") & raw.lines["file"].isin(table.files)]
    return [(str(f), int(n), str(t)) for f, n, t in zip(unread["file"], unread["line"], unread["text"], strict=True)]


def _separators(raw: RawExport) -> Mapping[str, str]:
    return dict(zip(raw.anatomy["file"], raw.anatomy["separator"], strict=True)) if len(raw.anatomy) else {}


def _keys(tables: CanonicalTables) -> dict[tuple[str, int], tuple[str, str]]:
    """Return (file, line) → (canonical table, key) of every row that is known by a key."""
    found = {(row.file, row.line): (row.table, row.key) for row in tables.row_outcomes}
    for name, frame in tables.frames.items():
        own = frame[~frame["_synthetic"].astype(bool)] if "_synthetic" in frame else frame
        places = zip(own["_file"], own["_line"], own["_key"], strict=True)
        found |= {(str(file), int(line)): (name, str(key)) for file, line, key in places if pd.notna(line)}
    return found


def _digest(table: SourceTable, position: int) -> str:
    return digest([_text(table.frame[name].iat[position]) for name in table.columns])


def _sha(text: str) -> str:
    return hashlib.sha256(text.strip().encode()).hexdigest()


def _text(value: Any) -> str:
    return "" if pd.isna(value) else str(value)
