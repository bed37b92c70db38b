"""What every planner reads, and where it writes: the records, the book of rows, the findings."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from itertools import count
from typing import Any

import pandas as pd

from migkit.model.landing import LandingMap
from migkit.model.messages import Message
from migkit.model.objects import OBJECTS, KnownBy, ObjectType
from migkit.model.outcomes import Finding
from migkit.model.people import People
from migkit.model.records import DesiredRecord
from migkit.workspace import Settings

from .landing import Writer
from .row_book import RowBook
from .rows import Row, records
from .text import external_id_line


@dataclass
class Context:
    """The inputs of one plan and what is made of them. What one planner needs from another is its argument, never found here."""

    frames: dict[str, pd.DataFrame]
    """The typed tables of which nobody asked for the rows yet: of a large practice the same values are not held twice."""
    attachments: pd.DataFrame
    people: People
    settings: Settings
    today: date
    map: Mapping[str, Any]
    policies: Mapping[str, Any]
    write: Writer
    gone: Mapping[str, str]
    adopted: Collection[str]
    """Keys of the persons that were in the account before."""
    book: RowBook
    records: dict[str, DesiredRecord] = field(default_factory=dict)
    """Key → record, as made so far: only `plan_reports` and `plan_setup`, which are last, read it."""
    problems: dict[tuple[str, str], list[str]] = field(default_factory=dict)
    """(code, table) → keys of the rows that a finding is about."""
    made: Mapping[str, DesiredRecord] = field(default_factory=dict)
    """Records that the same rows became under other policies about history: taken over where the policies make no difference."""

    def under(self, policies: Mapping[str, Any]) -> Context:
        """Return a context to see what history becomes under other policies: same rows and parents, no records yet."""
        found = replace(self, policies=policies, records={}, problems={}, made=self.records, book=self.book.parents_only())
        vars(found).update({name: vars(self)[name] for name in ("_rows", "practitioners") if name in vars(self)})
        return found

    def take_over(self, row: Row, stem: str) -> bool:
        """Take over what was made of a row alone, its parts named after `stem`; return False where nothing was."""
        key = row["_key"]
        if key not in self.made:
            return False
        self.records[key] = self.made[key]
        for number in count(2):
            part = f"{stem}#{number}"
            if part not in self.made:
                return True
            self.records[part] = self.made[part]
        return True

    def rows(self, table: str) -> list[Row]:
        """Return the rows of a table that go on, as plain dicts in key order; those deleted by decision, or in the practice
        system, are settled here."""
        if table not in self._rows:
            going = []
            for row in records(table, self.frames.pop(table)) if table in self.frames else []:
                if self.gone.get(row["_key"]) == "delete":
                    self.book.exclude(row, Message.of("gone-by-decision"))
                elif row.get("deleted"):
                    self.note_problem("marked-deleted", table, row["_key"])
                    self.book.exclude(row, Message.of("marked-deleted"))
                else:
                    going.append(row)
            self._rows[table] = going
        return self._rows[table]

    @cached_property
    def _rows(self) -> dict[str, list[Row]]:
        return {}

    @cached_property
    def practitioners(self) -> dict[str, str]:
        """Practitioner key → name."""
        found = {}
        for row in self.rows("practitioners"):
            parts = [row.get(name) for name in ("title", "first_name", "last_name")]
            spoken = " ".join(part for part in parts if part) if row.get("first_name") and row.get("last_name") else row.get("full_name")
            if spoken:
                found[row["_key"]] = spoken
        return found

    @property
    def landing(self) -> LandingMap:
        """Where every canonical field goes."""
        return self.write.landing

    @property
    def currency(self) -> str:
        """The practice's currency code."""
        return self.settings.currency

    def key(self, table: str, source_id: str) -> str:
        """Return the key of the row with this source id."""
        return f"{self.landing.schema[table].prefix}:{source_id}"

    def provider(self, row: Row) -> str:
        """Return the name of the practitioner of a row: of the one referred to, else as written in the row; "" for none."""
        return self.practitioners.get(f"practitioner:{row.get('practitioner_id')}") or row.get("practitioner_name") or ""

    def owner(self, practitioner_id: str | None, *fallbacks: str | None) -> str:
        """Return the e-mail of the user who owns a practitioner's records; then the fallbacks, then the fallback owner."""
        found = self.people.practitioner_owner.get(f"practitioner:{practitioner_id}") if practitioner_id else None
        return found or next((email for email in fallbacks if email), self.people.fallback_owner)

    def wave(self, *, first: bool, current: bool, parents: Sequence[DesiredRecord | None] = ()) -> int:
        """Return the wave of a record: 1 current matters of those who go first, 2 their history, 3 the others; never before a parent."""
        if self.policies["waves"] == "one":
            return 1
        own = (1 if current else 2) if first else 3
        return max([own, *(parent.wave for parent in parents if parent)])

    def add(
        self,
        key: str,
        kind: ObjectType,
        fields: Mapping[str, Any],
        *,
        links: Mapping[str, str | None] | None = None,
        owner: str | None = None,
        wave: int = 0,
        sources: Sequence[str] = (),
        external_id: str = "",
        amounts: Mapping[str, int] | None = None,
    ) -> DesiredRecord:
        """Make a record and add it to the plan; links to nothing are dropped and absent values (None) are not ours to touch."""
        record = DesiredRecord(
            key=key,
            object=kind,
            fields={name: value for name, value in fields.items() if value is not None},
            links={name: target for name, target in (links or {}).items() if target},
            owner=owner,
            wave=wave,
            sources=tuple(dict.fromkeys(sources)),
            external_id=external_id or (external_id_line(key) if OBJECTS[kind].known_by is KnownBy.TEXT else ""),
            amounts=amounts or {},
        )
        self.records[key] = record
        return record

    def note_problem(self, code: str, table: str, key: str) -> None:
        """Remember that a finding concerns this row."""
        self.problems.setdefault((code, table), []).append(key)

    def findings(self) -> tuple[Finding, ...]:
        """Return what building the plan found out, one finding per kind and table."""
        found = []
        for (code, table), keys in sorted(self.problems.items()):
            found.append(Finding.of(code, table=table, keys=keys))
        return tuple(found)
