"""Two snapshots of one practice → what changed, and the tables that count from now on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import pandas as pd

from migkit.model.canonical import PROVENANCE
from migkit.model.errors import UsageError
from migkit.model.outcomes import Finding, Severity
from migkit.model.tables import CanonicalTables

from .keys import normalise

KINDS = ("full", "window")
_NOT_CONTENT = frozenset({*PROVENANCE, "_synthetic"})


@dataclass(frozen=True)
class Merged:
    """The tables that count after a new snapshot, and what became of every record."""

    tables: CanonicalTables
    """Every record of the new snapshot, then those of the previous one that it does not hold. A record that is gone stays
    here until a decision retires it. Settled rows and repairs are the new snapshot's, for a window export the previous one's
    too, because its rows still stand; rows of the previous snapshot that the new one replaces are not settled again."""
    classes: pd.DataFrame
    """table, key, class (new | changed | gone | unchanged), fields (changed ones, comma-separated)."""


def merge_snapshots(previous: CanonicalTables, new: CanonicalTables, kind: str) -> Merged:
    """Compare by record key and content, never by date alone.

    `full`: what the new snapshot lacks is gone. `window`: it holds only what is new or changed, so absent means unchanged.
    A record that the new snapshot holds back (held, rejected) is not gone: it keeps its previous row and counts as unchanged.
    """
    if kind not in KINDS:
        raise UsageError(f"A snapshot is {' or '.join(KINDS)}, not {kind!r}.")
    waiting = {row.key for row in new.settled if row.key}
    frames: dict[str, pd.DataFrame] = {}
    classes = []
    for table in dict.fromkeys([*new.frames, *previous.frames]):
        before, now = previous.frames.get(table), new.frames.get(table)
        if before is None or now is None:
            frames[table] = now if now is not None else before  # type: ignore[assignment]
            classes.append(_classed(table, frames[table], "new" if before is None else "gone" if kind == "full" else "unchanged"))
            continue
        absent = before[~before["_key"].isin(now["_key"])]
        frames[table] = pd.concat([now, absent], ignore_index=True) if len(absent) else now
        classes += [_classed(table, now[~now["_key"].isin(before["_key"])], "new"), _compared(table, before, now)]
        gone = absent[~absent["_key"].isin(waiting)] if kind == "full" else absent.iloc[:0]
        classes += [_classed(table, gone, "gone"), _classed(table, absent[~absent["_key"].isin(gone["_key"])], "unchanged")]
    every = pd.concat(classes, ignore_index=True).astype("string")
    return Merged(_tables(previous, new, frames, kind, every), every)


def _compared(table: str, before: pd.DataFrame, now: pd.DataFrame) -> pd.DataFrame:
    """Return the classes of records that both snapshots hold, with the fields that differ."""
    columns = [name for name in dict.fromkeys([*now.columns, *before.columns]) if name not in _NOT_CONTENT]
    keys = now.loc[now["_key"].isin(before["_key"]), "_key"]
    old, fresh = before.set_index("_key").reindex(keys), now.set_index("_key").reindex(keys)
    differing = pd.Series("", index=keys.array, dtype="string")
    for name in columns:
        left = old[name] if name in old else pd.Series(pd.NA, index=old.index)
        right = fresh[name] if name in fresh else pd.Series(pd.NA, index=fresh.index)
        unequal = (left.isna() != right.isna()).to_numpy() | _unequal(left, right)
        differing = differing.mask(unequal, differing + f"{name},")
    classes = differing.ne("").map({True: "changed", False: "unchanged"})
    return pd.DataFrame({"table": table, "key": keys.array, "class": classes.array, "fields": differing.str.rstrip(",").array})


def _unequal(left: pd.Series, right: pd.Series) -> pd.Series:
    both = left.notna().to_numpy() & right.notna().to_numpy()
    if left.dtype == right.dtype:
        return both & left.ne(right).fillna(False).to_numpy(dtype=bool)
    return both & (left.map(normalise).to_numpy() != right.map(normalise).to_numpy())


def _classed(table: str, frame: pd.DataFrame, name: str) -> pd.DataFrame:
    return pd.DataFrame({"table": table, "key": frame["_key"].array, "class": name, "fields": ""})


def _tables(
    previous: CanonicalTables, new: CanonicalTables, frames: Mapping[str, pd.DataFrame], kind: str, classes: pd.DataFrame
) -> CanonicalTables:
    gone = classes[classes["class"].eq("gone")]
    finding = Finding(
        "gone-records",
        Severity.WARNING,
        f"{len(gone)} records of the previous export are absent from this one: decide whether each is retired; until then they stay.",
        count=len(gone),
        keys=tuple(str(key) for key in gone["key"].head(20)),
    )
    findings = (*new.findings, finding) if len(gone) else new.findings
    if kind == "full":
        kept = previous.attachments[~previous.attachments["path"].isin(new.attachments["path"])]
        return replace(new, frames=frames, findings=findings, attachments=pd.concat([new.attachments, kept], ignore_index=True))
    here = {(row.file, row.line) for row in new.settled}
    older = tuple(row for row in previous.settled if (row.file, row.line) not in here)
    kept = previous.attachments[~previous.attachments["path"].isin(new.attachments["path"])]
    return CanonicalTables(
        frames=frames,
        settled=(*new.settled, *older),
        repairs=pd.concat([new.repairs, previous.repairs], ignore_index=True),
        attachments=pd.concat([new.attachments, kept], ignore_index=True),
        findings=findings,
    )
