"""What every builder of the plan needs to know, gathered once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any

from migkit.model.mapping import NewField
from migkit.model.outcomes import Finding
from migkit.model.people import People
from migkit.model.records import DesiredRecord, ObjectType
from migkit.model.tables import CanonicalTables
from migkit.model.words import number_of
from migkit.workspace import Settings

from .messages import MESSAGES
from .rows import PREFIX, Row, RowBook, records


@dataclass
class Context:
    """The inputs of one plan, the book of rows, and what the builders before found out."""

    tables: CanonicalTables
    people: People
    settings: Settings
    today: date
    map: Mapping[str, Any]
    policies: Mapping[str, Any]
    new_fields: Mapping[str, Sequence[NewField]]
    gone: Mapping[str, str]
    book: RowBook
    made: dict[str, DesiredRecord] = field(default_factory=dict)
    """Key → record, as made so far."""
    person_of: dict[str, str] = field(default_factory=dict)
    """Patient key → key of the planned person; lacks those that are held or left out."""
    plan_person: dict[str, str] = field(default_factory=dict)
    """Treatment plan key → key of its person, for the plans that go on."""
    first: set[str] = field(default_factory=set)
    """Keys of the persons that go in the first waves."""
    options: dict[tuple[str, str], set[str]] = field(default_factory=dict)
    """(entity, label) → option labels that new enum and set fields need."""
    older: dict[str, list[tuple[datetime, str, str]]] = field(default_factory=dict)
    """Person key → (local time, text, row key) of what the policy `older_than` folds into one note."""
    problems: dict[tuple[str, str], list[str]] = field(default_factory=dict)
    """(code, table) → keys of the rows that a finding is about."""

    def rows(self, table: str) -> list[Row]:
        """Return the rows of a table that go on, as plain dicts in key order; rows retired by decision are settled here."""
        if table not in self._rows:
            going = []
            for row in records(table, self.tables.frames[table]) if table in self.tables.frames else []:
                if self.gone.get(row["_key"]) == "retire":
                    self.book.exclude(row, "gone from the export, retired by decision")
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

    def provider(self, row: Row) -> str:
        """Return the name of the practitioner of a row: of the one referred to, else as written in the row; "" for none."""
        return self.practitioners.get(f"practitioner:{row.get('practitioner_id')}") or row.get("practitioner_name") or ""

    @cached_property
    def currency(self) -> str:
        """The practice's currency code."""
        return self.settings.currency

    def add(self, record: DesiredRecord) -> DesiredRecord:
        """Keep a record of the plan; its wave is never before that of the records it links to."""
        self.made[record.key] = record
        return record

    def wave(self, person: str | None, *, current: bool, parents: Sequence[str | None] = ()) -> int:
        """Return the wave of a record: 1 current matters of active patients, 2 their history, 3 everybody else."""
        if self.policies["waves"] == "one":
            return 1
        own = (1 if current else 2) if person is None or person in self.first else 3
        return max([own, *(self.made[key].wave for key in parents if key in self.made)])

    def owner(self, practitioner_id: str | None, *fallbacks: str | None) -> str:
        """Return the e-mail of the user who owns a practitioner's records; then the fallbacks, then the fallback owner."""
        found = self.people.practitioner_owner.get(f"practitioner:{practitioner_id}") if practitioner_id else None
        return found or next((email for email in fallbacks if email), self.people.fallback_owner)

    def person(self, row: Row, column: str = "patient_id") -> str | None:
        """Return the key of the planned person that a row's patient belongs to, None where there is none."""
        return self.person_of.get(f"patient:{row[column]}") if row.get(column) else None

    def waits(self, row: Row, *columns_and_tables: tuple[str, str]) -> bool:
        """Settle a row whose patient, or one of the other named parents, is held or left out; return whether it was.

        Each pair is (column holding the source id, table it refers to). A patient must be planned, the others only not stopped.
        """
        parents = [f"{PREFIX[table]}:{row[column]}" for column, table in columns_and_tables if row.get(column)]
        if self.book.stopped_by(row, *parents):
            return True
        for column, table in columns_and_tables:
            if table == "patients" and row.get(column) and self.person(row, column) is None:
                self.book.hold(row, f"patient:{row[column]}, which it belongs to, is not in the export", f"patient:{row[column]}")
                return True
        return False

    def note_problem(self, code: str, table: str, key: str) -> None:
        """Remember that a finding concerns this row."""
        self.problems.setdefault((code, table), []).append(key)

    def findings(self) -> tuple[Finding, ...]:
        """Return what building the plan found out, one finding per kind and table."""
        found = []
        for (code, table), keys in sorted(self.problems.items()):
            severity, one, many = MESSAGES[code]
            found.append(Finding(code, severity, number_of(len(keys), one, many), table, None, len(keys), tuple(keys[:20])))
        return tuple(found)


def make(
    context: Context,
    key: str,
    kind: ObjectType,
    fields: Mapping[str, Any],
    *,
    links: Mapping[str, str | None] | None = None,
    owner: str | None = None,
    wave: int,
    sources: Sequence[str],
    marker: str = "",
) -> DesiredRecord:
    """Make a record and add it to the plan; links to nothing are dropped and absent values (None) are not ours to touch."""
    return context.add(
        DesiredRecord(
            key=key,
            object=kind,
            fields={name: value for name, value in fields.items() if value is not None},
            links={name: target for name, target in (links or {}).items() if target},
            owner=owner,
            wave=wave,
            sources=tuple(dict.fromkeys(sources)),
            marker=marker,
        )
    )
