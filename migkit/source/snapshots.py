"""Two snapshots of one practice → what changed, and the tables that count from now on."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from migkit.model.canonical import PROVENANCE
from migkit.model.errors import UsageError
from migkit.model.messages import Message
from migkit.model.outcomes import Finding, Outcome, RowOutcome
from migkit.model.tables import CanonicalTables

from .keys import normalise

KINDS = ("full", "window")
MISSING_SHARE = 0.25
"""Share of a table's records from which their absence is more than records that were deleted."""
FEWEST = 20
"""Records below which shares say nothing."""
_REPLACED = 3
"""Records that must be gone, and others be new, before a table counts as another one under the same name."""
FILL_KEPT = 0.5
"""Share of a column's filled cells that a later export must still have."""
_NOT_CONTENT = frozenset({*PROVENANCE, "_synthetic"})


@dataclass(frozen=True)
class Merged:
    """The tables that count after a new snapshot, and what became of every record."""

    tables: CanonicalTables
    """Every record of the new snapshot, then those of the previous one that it does not hold; a record that is gone stays
    until a decision deletes it.

    Settled: every physical row of both snapshots that has no typed row here. A row of the previous snapshot whose record
    the new one brings is repeated (`older-snapshot: file:line counts`), also where it was held before. Rows are told apart by
    file and line: name the files by their snapshot (`placed`). Where a file and line stand in both, the new snapshot's row
    is meant, the previous one has no outcome and, if it stays, is `_synthetic`."""
    classes: pd.DataFrame
    """table, key, class (new | changed | gone | held | unchanged), fields (changed ones, comma-separated)."""


def merge_snapshots(previous: CanonicalTables, new: CanonicalTables, kind: str) -> Merged:
    """Compare by record key and content, never by date alone.

    `full`: what the new snapshot lacks is gone. `window`: it holds only what is new or changed, so absent means unchanged.
    A record that the new snapshot holds back (held, rejected) is not gone: it keeps its previous row, and counts as held, since
    that row may say something else.
    """
    if kind not in KINDS:
        raise UsageError(f"A snapshot is {' or '.join(KINDS)}, not {kind!r}.")
    waiting = {row.key for row in new.row_outcomes if row.key}
    places = _places(new)
    frames: dict[str, pd.DataFrame] = {}
    classes = [pd.DataFrame(columns=["table", "key", "class", "fields"])]
    superseded: list[RowOutcome] = []
    alarms: list[Finding] = []
    for table in dict.fromkeys([*new.frames, *previous.frames]):
        before, now = previous.frames.get(table), new.frames.get(table)
        if now is None:
            now = before.iloc[:0] if before is not None else pd.DataFrame()
        if before is None:
            before = now.iloc[:0]
        if before.empty and now.empty:
            frames[table] = now
            continue
        stays, known = before["_key"].isin(now["_key"]), now["_key"].isin(before["_key"])
        absent, fresh = before[~stays], now[~known]
        frames[table] = pd.concat([now, _unplaced(absent, places)], ignore_index=True) if len(absent) else now
        held = absent["_key"].isin(waiting)
        gone, others = (absent[~held], absent.iloc[:0]) if kind == "full" else (absent.iloc[:0], absent[~held])
        again = now[known]
        was = before.take(pd.Index(before["_key"]).get_indexer(again["_key"]))
        classes += [_classed(table, fresh, "new"), _compared(table, was, again)]
        classes += [_classed(table, *one) for one in ((gone, "gone"), (absent[held], "held"), (others, "unchanged")) if len(one[0])]
        superseded += _superseded(table, before[stays], now)
        missed = [int((~_made(rows)).sum()) for rows in (before, gone, fresh)]  # no line of the export was what was made of others
        alarms += [*_shrunk(table, *missed), *_emptied(table, was, again), *_corrected(table, gone, fresh)]
        alarms += _used_again(table, before, now)
    every = pd.concat(classes, ignore_index=True).astype("string")
    now_at = {str(key): f"{file}:{line}" for frame in new.frames.values() for key, file, line in _provenance(frame)}
    older = (*superseded, *(_renewed(row, now_at) for row in previous.row_outcomes))
    row_outcomes = (*new.row_outcomes, *(row for row in older if (row.file, row.line) not in places))
    tables = _tables(previous, new, frames, row_outcomes, kind, every)
    return Merged(replace(tables, findings=(*tables.findings, *alarms)), every)


def _provenance(frame: pd.DataFrame) -> Iterator[tuple[str, str, int]]:
    return zip(frame["_key"], frame["_file"], frame["_line"], strict=True)


def _places(tables: CanonicalTables) -> set[tuple[str, int]]:
    """Return (file, line) of every physical row of a snapshot."""
    typed = {
        (str(file), int(line))
        for frame in tables.frames.values()
        for file, line, made in zip(frame["_file"], frame["_line"], _made(frame), strict=True)
        if not made
    }
    return typed | {(row.file, row.line) for row in tables.row_outcomes}


def _made(frame: pd.DataFrame) -> pd.Series:
    return frame["_synthetic"].fillna(False).astype(bool) if "_synthetic" in frame else pd.Series(False, index=frame.index)


def _unplaced(frame: pd.DataFrame, places: set[tuple[str, int]]) -> pd.DataFrame:
    """Mark rows whose place the new snapshot uses for another row: they stand for no physical row of it."""
    taken = pd.Series([(str(file), int(line)) in places for file, line in zip(frame["_file"], frame["_line"], strict=True)], frame.index)
    return frame.assign(_synthetic=(_made(frame) | taken).astype("boolean")) if taken.any() else frame


def _shrunk(table: str, before: int, gone: int, fresh: int) -> Iterator[Finding]:
    if gone == before and min(before, fresh) >= _REPLACED:
        yield Finding.of("table-replaced", table=table, count=gone, fresh=fresh)
    elif before >= FEWEST and gone >= MISSING_SHARE * before:
        yield Finding.of("table-shrank", table=table, count=gone, before=before)


def _corrected(table: str, gone: pd.DataFrame, fresh: pd.DataFrame) -> Iterator[Finding]:
    """Yield a finding about records without a number that are gone, where a new one of the same patient and day, or sum, may be them."""
    columns = {"payments": ("date", "amount"), "appointments": ("date",)}.get(table, ())
    if not columns or gone.empty or fresh.empty:
        return
    old, new = (frame[frame["_key"].str.contains(":~", regex=False) & frame["patient_id"].notna()] for frame in (gone, fresh))
    keys = sorted({str(key) for name in columns for key in old.dropna(subset=name).merge(new, on=["patient_id", name])["_key_x"]})
    if keys:
        yield Finding.of("corrected-or-new", table=table, count=len(keys), keys=keys)


def _used_again(table: str, before: pd.DataFrame, now: pd.DataFrame) -> Iterator[Finding]:
    """Yield a finding about ids that an earlier export had for another person: no word of the name, nor the birth date, is the same."""
    if not {"full_name", "birth_date"} <= {*before.columns, *now.columns}:
        return
    old, new = (frame[frame["full_name"].notna() & frame["birth_date"].notna()] for frame in (before, now))
    both = old.merge(new, on="_key", suffixes=("", "_now"))
    both = both[both["birth_date"].ne(both["birth_date_now"])]
    names = zip(both["_key"], both["full_name"], both["full_name_now"], strict=True)
    keys = sorted(str(key) for key, one, other in names if _name_words(one).isdisjoint(_name_words(other)))
    if keys:
        yield Finding.of("id-used-again", table=table, count=len(keys), keys=keys)


def _name_words(name: object) -> set[str]:
    return set(re.findall(r"\w+", normalise(name)))


def _emptied(table: str, was: pd.DataFrame, again: pd.DataFrame) -> Iterator[Finding]:
    """Yield a finding per column that the records of both exports had filled and now mostly have not."""
    for name in was.columns if len(was) >= FEWEST else ():
        if str(name) in _NOT_CONTENT or name not in again:
            continue
        had = ~was[name].array.isna()
        if had.sum() >= FEWEST and (lost := int((had & again[name].array.isna()).sum())) > FILL_KEPT * had.sum():
            yield Finding.of("column-emptied", table=table, field=str(name), count=lost, before=int(had.sum()))


def _superseded(table: str, stays: pd.DataFrame, now: pd.DataFrame) -> list[RowOutcome]:
    """Return the outcome of the previous snapshot's physical rows whose record the new one brings again."""
    again = stays[~_made(stays)]
    at = {str(key): f"{file}:{line}" for key, file, line in _provenance(now)}
    return [
        RowOutcome(str(file), int(line), table, str(key), Outcome.REPEATED, Message.of("older-snapshot", place=at[str(key)]), str(key))
        for key, file, line in _provenance(again)
    ]


def _renewed(row: RowOutcome, now_at: Mapping[str, str]) -> RowOutcome:
    """A row that was held before and whose record the new snapshot brings is repeated there."""
    if row.outcome is not Outcome.HELD or row.key not in now_at:
        return row
    return replace(row, outcome=Outcome.REPEATED, reason=Message.of("older-snapshot", place=now_at[row.key]), ref=row.key)


def _compared(table: str, was: pd.DataFrame, again: pd.DataFrame) -> pd.DataFrame:
    """Return the classes of records that both snapshots hold, in the same order in both frames, with the fields that differ."""
    differing = np.full(len(again), "", dtype=object)
    for name in dict.fromkeys([*again.columns, *was.columns]):
        if name not in _NOT_CONTENT:
            differing[_unequal(was.get(name), again.get(name), len(again))] += f"{name},"
    classes = ["changed" if fields else "unchanged" for fields in differing]
    return pd.DataFrame({"table": table, "key": again["_key"].array, "class": classes, "fields": [one.rstrip(",") for one in differing]})


def _unequal(was: pd.Series | None, now: pd.Series | None, rows: int) -> np.ndarray:
    """Return by row whether two columns say something else, the one that a table lacks nothing."""
    empty = np.zeros(rows, dtype=bool)
    said, says = (empty if one is None else ~one.array.isna() for one in (was, now))
    unequal, both = said != says, said & says
    if was is not None and now is not None and both.any():
        left, right = was[both], now[both]
        alike = left.dtype == right.dtype
        old, new = (one.array if alike else one.map(normalise).to_numpy(object) for one in (left, right))
        unequal[both] = np.asarray(old != new, dtype=bool)
    return unequal


def _classed(table: str, frame: pd.DataFrame, name: str) -> pd.DataFrame:
    return pd.DataFrame({"table": table, "key": frame["_key"].array, "class": name, "fields": ""})


def _tables(
    previous: CanonicalTables,
    new: CanonicalTables,
    frames: Mapping[str, pd.DataFrame],
    row_outcomes: tuple[RowOutcome, ...],
    kind: str,
    classes: pd.DataFrame,
) -> CanonicalTables:
    gone = classes[classes["class"].eq("gone")]
    finding = Finding.of("gone-records", keys=[str(key) for key in gone["key"]])
    kept = previous.attachments[~previous.attachments["path"].isin(new.attachments["path"])]
    repairs = new.repairs if kind == "full" else pd.concat([new.repairs, previous.repairs], ignore_index=True)
    return CanonicalTables(
        frames=frames,
        row_outcomes=row_outcomes,
        repairs=repairs,
        attachments=pd.concat([new.attachments, kept], ignore_index=True) if len(kept) else new.attachments,
        findings=(*new.findings, finding) if len(gone) else new.findings,
    )
