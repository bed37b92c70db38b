"""One row's life, from the line in the file to what stands in Pipedrive."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from migkit.load import Entry, Ledger, Write, find_aliases
from migkit.model.canonical import CanonicalSchema
from migkit.model.errors import UsageError
from migkit.model.messages import Message
from migkit.model.objects import ObjectType
from migkit.model.records import DesiredRecord, Plan
from migkit.model.tables import CanonicalTables

from .outcomes import row_outcome_of
from .readback import ReadBack


@dataclass(frozen=True)
class RecordStory:
    """One Pipedrive record that the row went into."""

    record: DesiredRecord | None
    """As planned; None where it left the plan."""
    entry: Entry | None
    """As the ledger holds it; None where it was never written."""
    writes: tuple[Write, ...]
    now: Mapping[str, Any] | None = None
    """As read back, None where it does not stand there (or nothing was read back)."""


@dataclass(frozen=True)
class Explanation:
    """One row's life. Holds the patient's own values: mask it before it leaves the practice."""

    key: str
    file: str
    line: int | None
    table: str
    typed: Mapping[str, Any]
    """Canonical field → typed value; empties left out."""
    repairs: pd.DataFrame
    """What reading changed: field, rule, before, after."""
    outcome: str
    reason: Message | None
    ref: str
    stories: tuple[RecordStory, ...]
    """Primary record first."""

    @property
    def ids(self) -> tuple[tuple[ObjectType, int | str], ...]:
        """Object and id of every record that was written."""
        entries = [story.entry for story in self.stories if story.entry is not None]
        return tuple((entry.object, entry.target_id) for entry in entries if entry.target_id is not None)

    def beside(self, readback: ReadBack) -> Explanation:
        """Return the same with what stands in Pipedrive."""
        seen = [(story, readback.get(story.entry.object, story.entry.target_id) if story.entry else None) for story in self.stories]
        return replace(self, stories=tuple(replace(story, now=now) for story, now in seen))

    def to_frame(self) -> pd.DataFrame:
        """Return one row per step: step, what, detail."""
        rows: list[tuple[str, str, str]] = [("line", f"{self.file}:{self.line}" if self.file else "", self.table)]
        rows += [("typed", name, str(value)) for name, value in self.typed.items()]
        rows += [("repaired", r.field, f"{r.before} → {r.after} ({r.rule})") for r in self.repairs.itertuples(index=False)]
        for story in self.stories:
            if story.record is not None:
                rows += [(f"desired {story.record.key}", name, str(value)) for name, value in story.record.unbound().items()]
            for write in story.writes:
                rows.append(
                    (
                        f"write {write.key}",
                        f"{write.operation} {write.state}",
                        f"{write.intended_at} run {write.run} {write.error}".rstrip(),
                    )
                )
            if story.now is not None and story.entry is not None:
                rows += [(f"read back {story.entry.key}", name, str(value)) for name, value in story.now.items()]
        rows.append(("outcome", self.outcome, " ".join(str(part) for part in (self.reason, self.ref) if part)))
        return pd.DataFrame(rows, columns=["step", "what", "detail"])

    def to_json(self) -> str:
        """Return the whole life as one JSON document."""
        stories = [
            {
                "record": story.record.key if story.record else None,
                "object": (story.record or story.entry).object.value,  # type: ignore[union-attr]
                "desired": story.record.unbound() if story.record else None,
                "target_id": story.entry.target_id if story.entry else None,
                "state": story.entry.state.value if story.entry else None,
                "sent": [
                    {
                        "run": w.run,
                        "operation": w.operation.value,
                        "state": w.state.value,
                        "at": w.intended_at,
                        "body": dict(w.body),
                        "error": w.error,
                    }
                    for w in story.writes
                ],
                "answered": dict(story.entry.after_image) if story.entry else None,
                "read_back": dict(story.now) if story.now is not None else None,
            }
            for story in self.stories
        ]
        document = {
            "key": self.key,
            "file": self.file,
            "line": self.line,
            "table": self.table,
            "typed": dict(self.typed),
            "repairs": self.repairs.astype("string").to_dict("records"),
            "outcome": self.outcome,
            "reason": self.reason.to_json() if self.reason else None,
            "ref": self.ref,
            "records": stories,
        }
        return json.dumps(document, ensure_ascii=False, default=str)


def explain(key: str, plan: Plan, tables: CanonicalTables, schema: CanonicalSchema, ledger: Ledger) -> Explanation:
    """Return the life of the row (`appointment:12`) or record (`note:plan:7`) with this key, as far as is known without asking Pipedrive.

    Raises UsageError where neither the export, nor the plan, nor the ledger knows the key.
    """
    row = next((row for row in plan.row_outcomes if row.key == key), None)
    file, line, table, typed = _typed(key, tables, schema)
    if row is not None:
        file, line, table = row.file, row.line, row.table
    aliases = find_aliases(plan, ledger)
    keys = _records_of(key, plan, row.ref if row else "")
    if not (keys or typed or row or ledger.entry(key)):
        raise UsageError(f"Nothing is known of {key!r}: keys look like patient:12, appointment:77 or note:plan:7.")
    keys = keys or ([key] if ledger.entry(key) else [])
    stories = tuple(_story(record, plan, ledger, aliases) for record in keys)
    outcome, reason, ref = row_outcome_of(key, plan, ledger)
    repairs = tables.repairs[tables.repairs["key"] == key] if len(tables.repairs) else tables.repairs
    return Explanation(key, file, line, table, typed, repairs, outcome, reason, ref, stories)


def _typed(key: str, tables: CanonicalTables, schema: CanonicalSchema) -> tuple[str, int | None, str, dict[str, Any]]:
    prefixes = {table.prefix: table.name for table in schema.tables.values()}
    frame = tables.frames.get(prefixes.get(key.partition(":")[0], ""))
    if frame is None:
        return "", None, "", {}
    found = frame[frame["_key"] == key]
    if found.empty:
        return "", None, "", {}
    row = found.iloc[0]
    typed = {str(name): value for name, value in row.items() if not str(name).startswith("_") and not pd.isna(value)}
    return str(row["_file"]), int(row["_line"]), prefixes[key.partition(":")[0]], typed


def _records_of(key: str, plan: Plan, ref: str) -> list[str]:
    """Return the keys of the records that a row went into, the primary one first."""
    found = [record.key for record in plan.records.values() if key in record.sources]
    primary = [name for name in (key, ref) if name in plan.records]
    return list(dict.fromkeys([*primary, *found]))


def _story(key: str, plan: Plan, ledger: Ledger, aliases: Mapping[str, str]) -> RecordStory:
    entry = ledger.entry(aliases.get(key, key))
    return RecordStory(plan.records.get(key), entry, tuple(ledger.history(entry.key)) if entry else ())
