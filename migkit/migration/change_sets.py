"""Sets of changes that somebody approved: what is written must be among them wherever it deletes, or changes much of what is there.

An approved set is kept as `decisions/changes/<digest>.csv`, one line a record, values as a hash. Carrying out a part of it leaves the rest
approved; nothing that it does not hold is covered by it.
"""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from migkit.load import Change, Op
from migkit.model.digest import digest
from migkit.model.objects import DATA_OBJECTS, SCHEMA_OBJECTS
from migkit.model.words import number_of
from migkit.workspace import Workspace, csv_text, write_atomically

from .migration import Migration

COLUMNS = ["key", "object", "operation", "fields", "record"]
WRITES = (Op.CREATE, Op.UPDATE, Op.ADOPT, Op.DELETE)
EXAMPLES = 5


def change_set(changes: Iterable[Change]) -> pd.DataFrame:
    """Return one row per record that would be written: key, object, operation, fields, record (a hash of how it shall be)."""
    rows = [(c.key, str(c.object), str(c.op), " ".join(c.fields), _record(c)) for c in changes if c.op in WRITES]
    return pd.DataFrame(sorted(rows), columns=COLUMNS)


def set_digest(changes: Iterable[Change]) -> str:
    """Return what an approval of these changes is bound to."""
    return digest(change_set(changes)[["key", "record"]].to_numpy().tolist())


def keep(workspace: Workspace, changes: Sequence[Change]) -> str:
    """Write the set down beside the decisions, and return its digest."""
    name, folder = set_digest(changes), workspace.decisions / "changes"
    folder.mkdir(parents=True, exist_ok=True)
    write_atomically(folder / f"{name}.csv", csv_text(change_set(changes)))
    return name


def approved(workspace: Workspace, entry: Mapping[str, Any] | None) -> frozenset[tuple[str, str]]:
    """Return (key, record) of everything in the set that an approval is bound to; nothing where its file is not what was approved."""
    name = entry["subject"].rpartition(":")[2] if entry else ""
    path = workspace.decisions / "changes" / f"{name}.csv"
    if not name or not path.is_file():
        return frozenset()
    frame = pd.read_csv(io.StringIO(path.read_text(encoding="utf-8")), dtype="string", keep_default_na=False)
    pairs: list[list[str]] = frame[["key", "record"]].to_numpy().tolist()
    return frozenset((key, record) for key, record in pairs) if digest(pairs) == name else frozenset()


def beyond(changes: Iterable[Change], approved_pairs: frozenset[tuple[str, str]]) -> list[Change]:
    """Return the writes that an approved set does not hold."""
    return [change for change in changes if change.op in WRITES and (change.key, _record(change)) not in approved_pairs]


def approved_part(migration: Migration, changes: Sequence[Change]) -> tuple[list[Change], list[Change]]:
    """Return what of `changes` the newest approval of a delta holds, with whatever writes nothing, and the writes that it does not hold."""
    left = beyond(changes, approved(migration.workspace, _newest(migration.inputs.approvals("delta"))))
    waiting = {change.key for change in left}
    return [change for change in changes if change.key not in waiting], left


@dataclass(frozen=True)
class Unapproved:
    """What of a change set needs an approval and has none."""

    decided_deletions: tuple[Change, ...]
    """Deletions of rows that a later export no longer has, decided row by row in `decisions/delta.yaml`."""
    deletions: tuple[Change, ...]
    """Deletions that nobody decided row by row."""
    many: tuple[Change, ...]
    """Updates and deletions, where they are more than the policy lets pass."""
    existing: int
    """Records of ours that are in Pipedrive."""


def unapproved(migration: Migration, todo: Sequence[Change], *, is_first_sample: bool = False) -> Unapproved:
    """Return what of `todo` must be approved first. A sample that nobody approved yet may be brought up to date as often as one likes."""
    inputs, workspace = migration.inputs, migration.workspace
    held = approved(workspace, _newest(inputs.approvals("delta"))) | approved(workspace, _newest(inputs.approvals("changes")))
    entries = migration.ledger.entries()
    existing = len(migration.ledger.entries(live=True, objects=DATA_OBJECTS))
    open_ones = [c for c in beyond(todo, held) if c.op in (Op.UPDATE, Op.DELETE) and c.object not in SCHEMA_OBJECTS]
    deletions = [c for c in open_ones if c.op is Op.DELETE]
    rows = {c.key: {c.key, *(entry.sources if (entry := entries.get(c.key)) else ())} for c in deletions}
    decided = [c for c in deletions if rows[c.key] & migration.decisions.deleted_rows]
    undecided = [c for c in deletions if c not in decided and not rows[c.key] & migration.decisions.same_people]
    share = 100 * len(open_ones) / existing if existing else 0.0
    is_much = share > migration.decisions.policies["max_changed_pct"] and not is_first_sample
    return Unapproved(tuple(decided), tuple(undecided), tuple(open_ones) if is_much else (), existing)


def in_words(changes: Sequence[Change]) -> str:
    """Return what the changes would write: records by operation, object and field, and the first few keys. No values."""
    parts, writes = [], [change for change in changes if change.op in WRITES]
    for op in WRITES:
        some = [change for change in writes if change.op is op]
        if some:
            objects = Counter(str(change.object) for change in some)
            parts.append(f"{op} {number_of(len(some), 'record')} ({', '.join(_by_field(some, kind) for kind in objects)})")
    keys = ", ".join(change.key for change in writes[:EXAMPLES])
    return f"{'; '.join(parts)}, for instance {keys}" if parts else "change nothing"


def _by_field(changes: Iterable[Change], kind: str) -> str:
    mine = [change for change in changes if str(change.object) == kind]
    fields = Counter(field for change in mine for field in change.fields)
    listed = ", ".join(f"{field} {number}" for field, number in fields.most_common(EXAMPLES))
    return f"{len(mine)} {kind}{f': {listed}' if listed else ''}"


def _record(change: Change) -> str:
    return "deleted" if change.op is Op.DELETE or change.record is None else change.record.digest()


def _newest(entries: Sequence[Mapping[str, Any]]) -> Mapping[str, Any] | None:
    return entries[-1] if entries else None
