"""One customer's migration: the workspace and everything derived from it, made once and kept under `work/`.

    snapshots ─ read ─► raw ─ map ─► tables ─ identity ─► people ─ plan ─► plan

Each property is made on first use. A later snapshot counts from the moment its delta is approved.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

import pandas as pd

from migkit import resources
from migkit.identity import find_pairs, resolve
from migkit.load import Ledger, find_aliases
from migkit.mapping import (
    LanguageModel,
    Memory,
    Proposals,
    Question,
    absent_columns,
    decided_part,
    draft,
    present_columns,
    propose,
    replay,
    unconfirmed,
)
from migkit.migration import staging
from migkit.migration.cleaning import registered_steps, vetoes
from migkit.migration.fetched import fetched_names, with_fetched
from migkit.migration.language import language_model
from migkit.migration.memory import known_maps
from migkit.model.account import AccountUser
from migkit.model.canonical import CanonicalSchema, parse_schema
from migkit.model.mapping import NewField, SourceMap, dump_mapping, parse_mapping
from migkit.model.outcomes import Finding, Severity
from migkit.model.people import People
from migkit.model.records import Plan
from migkit.model.tables import CanonicalTables, RawExport
from migkit.plan import build_plan, default_policies, leave_deleted, load_map, sample
from migkit.quality import QualityReport, quality_digest, validate
from migkit.source import (
    Merged,
    apply_steps,
    carry_forward,
    keep_numbers,
    merge_snapshots,
    parse_versions,
    placed,
    read_export,
    type_tables,
)
from migkit.workspace import Snapshot, Workspace


@dataclass(frozen=True)
class LaterReading:
    """How a later export is read by the decided map."""

    source_map: SourceMap
    """What somebody decided on, as far as this export has it."""
    present: Mapping[str, Mapping[str, frozenset[str]]]
    """File → canonical table → fields that it has a decided column for."""
    absent: Mapping[str, Mapping[str, frozenset[str]]]
    """File → canonical table → fields that the decided map fills and the file has no column for: they stay as they were."""
    questions: tuple[Question, ...]
    """What it has that nobody decided on yet."""


@dataclass(frozen=True)
class Delta:
    """A later snapshot, and what it changes."""

    snapshot: Snapshot
    merged: Merged


class Migration:
    """A workspace, opened, with everything that can be derived from its files."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self._proposed: dict[str, Proposals] = {}

    @classmethod
    def open(cls, path: str | os.PathLike[str]) -> Migration:
        """Open the workspace at `path`. Raises UsageError where there is none."""
        return cls(Workspace.open(path))

    # -- what was received --------------------------------------------------------------------------------------

    @cached_property
    def schema(self) -> CanonicalSchema:
        """The canonical schema."""
        return parse_schema(resources.load_yaml("canonical.yaml"))

    @cached_property
    def snapshots(self) -> list[Snapshot]:
        """The snapshots that count: the first, and each later one whose delta was approved or has been merged."""
        first, *later = self.workspace.snapshots() or [self.workspace.snapshot()]
        return [first, *(s for s in later if s.name in self.merged or self.is_delta_approved(s.name))]

    @property
    def merged(self) -> list[str]:
        """Names of the later snapshots that were written to Pipedrive: there is no way back but a rollback."""
        return list(self.workspace.read_decision("delta").get("merged") or [])

    def is_delta_approved(self, snapshot: str) -> bool:
        """Return whether somebody approved what this later snapshot changes."""
        return any(entry["subject"].startswith(f"{snapshot}:") for entry in self.workspace.approvals("delta"))

    @property
    def today(self) -> date:
        """The day of the newest snapshot that counts."""
        return self.snapshots[-1].taken

    @cached_property
    def raw(self) -> RawExport:
        """The first snapshot as read: what the map is made for."""
        return _read(self.snapshots[0])

    # -- what was decided ---------------------------------------------------------------------------------------

    @cached_property
    def proposals(self) -> Proposals:
        """What the machine proposes for every column of the first snapshot."""
        return self.proposals_of(self.snapshots[0])

    @cached_property
    def memory(self) -> Memory | None:
        """What earlier maps taught, where the analyst keeps a memory file."""
        return known_maps()

    @property
    def language_model(self) -> LanguageModel | None:
        """The language model that the environment names, if it names one; what it answered is kept under `work/`."""
        return language_model(self.workspace.work / "language")

    @property
    def source_map(self) -> SourceMap:
        """The map as decided so far; where nothing is decided yet, as proposed."""
        document = self.workspace.read_decision("mapping")
        return parse_mapping(document) if document else draft(self.proposals)

    @property
    def policies(self) -> Mapping[str, Any]:
        """The policies: the defaults, with what `decisions/policies.yaml` overrides."""
        return default_policies(self.workspace.read_decision("policies"))

    @property
    def pipedrive_map(self) -> Mapping[str, Any]:
        """The map to Pipedrive: the default, with what `decisions/pipedrive.yaml` and `privacy.yaml` override."""
        return load_map(self.workspace.read_decision("pipedrive"), self.workspace.read_decision("privacy"))

    @property
    def decisions(self) -> dict[str, Any]:
        """What `identity` needs: the decided pairs and owners."""
        return {name: self.workspace.read_decision(name) for name in ("identity", "owners")}

    @property
    def chosen_users(self) -> list[AccountUser]:
        """The users that `decisions/owners.yaml` names: enough to resolve owners without asking the account."""
        owners = self.decisions["owners"]
        named = {entry.get("user") for entry in (owners.get("owners") or {}).values()} | {(owners.get("fallback") or {}).get("user")}
        return [AccountUser(0, email, email, active=True) for email in sorted(str(name) for name in named if name)]

    @property
    def adopted(self) -> dict[str, int]:
        """Person key → id of the Pipedrive person that somebody confirmed to be the same."""
        confirmed = [entry for entry in self.decisions["identity"].get("account") or () if entry["decision"] == "same"]
        return {self.people.survivors.get(entry["left"], entry["left"]): int(entry["person_id"]) for entry in confirmed}

    @property
    def gone(self) -> Mapping[str, str]:
        """Key of a row that vanished from a later export → keep | retire, as decided."""
        return self.workspace.read_decision("delta").get("gone") or {}

    @property
    def retired(self) -> set[str]:
        """Keys of vanished rows that somebody decided to be gone for good."""
        return {key for key, choice in self.gone.items() if choice == "retire"}

    @property
    def deleted(self) -> dict[str, str]:
        """Key of a loaded record that somebody deleted in Pipedrive → that it stays so, by whose decision and why."""
        decided = self.workspace.read_decision("deleted").get("deleted") or {}
        return {key: f"deleted in Pipedrive, kept so by {entry['by']}: {entry['why']}" for key, entry in decided.items()}

    # -- what follows -------------------------------------------------------------------------------------------

    @cached_property
    def tables(self) -> CanonicalTables:
        """Typed canonical tables of all snapshots that count, merged."""
        return self._merged(self.snapshots)

    @cached_property
    def pairs(self) -> pd.DataFrame:
        """Pairs of patients that may be one person, before anybody decided on them."""
        return staging.staged(
            self.workspace.work / "pairs",
            staging.digest("pairs", self._inputs()),
            lambda: find_pairs(self.tables),
            staging.save_frame,
            staging.load_frame,
        )

    @cached_property
    def people(self) -> People:
        """Who is one person, who lives together, who owns what; matches with the account only as decided."""
        key = staging.digest("people", self._inputs(), self.decisions)
        return staging.staged(
            self.workspace.work / "people",
            key,
            lambda: resolve(self.tables, self.decisions, pairs=self.pairs, users=self.chosen_users),
            staging.save_people,
            staging.load_people,
        )

    @cached_property
    def quality(self) -> QualityReport:
        """The suites' results over the typed tables."""
        suites = resources.folder("expectations")
        key = staging.digest("quality", self._inputs(), self.today, self.workspace.settings.country, quality_digest(suites, {}))
        return staging.staged(
            self.workspace.work / "quality",
            key,
            lambda: validate(self.tables, suites, self.today, self.workspace.settings.country_rules),
            staging.save_quality,
            lambda folder: staging.load_quality(folder, self.tables.findings),
        )

    @cached_property
    def plan(self) -> Plan:
        """Every Pipedrive record as it should be."""
        return self.plan_with(self.policies)

    def plan_with(self, policies: Mapping[str, Any]) -> Plan:
        """Return the plan as it would be with other policies."""
        whole = build_plan(
            self.tables,
            self.people,
            settings=self.workspace.settings,
            today=self.today,
            schema=self.schema,
            pipedrive_map=self.pipedrive_map,
            policies=policies,
            new_fields=self.new_fields,
            gone=self.gone,
        )
        planned = {loaded: key for key, loaded in find_aliases(whole, self.ledger).items()}
        standing = {planned.get(entry.key, entry.key) for entry in self.ledger.entries().values() if entry.is_live}
        decided = self.deleted | {planned[key]: why for key, why in self.deleted.items() if key in planned}
        return leave_deleted(whole, decided, self.schema, standing or None)

    @property
    def new_fields(self) -> dict[str, list[NewField]]:
        """Canonical table → custom fields that the analyst asked for."""
        found: dict[str, list[NewField]] = {}
        for table in self.source_map.tables.values():
            for column in table.columns.values():
                if table.table and column.new_field:
                    found.setdefault(table.table, []).append(column.new_field)
        return found

    @property
    def ledger(self) -> Ledger:
        """What was done so far, by other processes too."""
        self._ledger.catch_up()
        return self._ledger

    @cached_property
    def _ledger(self) -> Ledger:
        return Ledger(self.workspace.ledger)

    @cached_property
    def lines(self) -> pd.DataFrame:
        """Every physical line of every file of every snapshot that counts: file, line, kind."""
        return pd.concat([self.raw_of(snapshot).lines for snapshot in self.snapshots], ignore_index=True)

    @cached_property
    def delta(self) -> Delta | None:
        """The newest snapshot beside everything before it; None while there is only one."""
        *earlier, newest = self.workspace.snapshots()
        return self._delta(newest) if earlier else None

    @cached_property
    def counting_delta(self) -> Delta | None:
        """The newest snapshot that counts beside everything before it; None where none but the first counts."""
        newest = self.snapshots[-1]
        if self.delta is not None and self.delta.snapshot == newest:
            return self.delta
        return self._delta(newest) if len(self.snapshots) > 1 else None

    def _delta(self, snapshot: Snapshot) -> Delta:
        before = self._merged([earlier for earlier in self.snapshots if earlier.name < snapshot.name])
        return Delta(snapshot, merge_snapshots(before, self._typed(snapshot, before), snapshot.kind))

    @property
    def sample(self) -> tuple[str, ...]:
        """Keys of the records that are loaded and looked at first: as chosen once, also when a later export brings more."""
        chosen = self.workspace.read_decision("sample").get("keys")
        return tuple(chosen) if chosen else sample(self.plan)

    def reading_of(self, snapshot: Snapshot) -> LaterReading:
        """Return how a later snapshot is read: by what was decided, and what it asks. Raises DataError under the policy freeze."""
        raw, decided = self.raw_of(snapshot), self.source_map
        replayed, questions = replay(decided, raw, self.proposals_of(snapshot), self.policies["later_columns"])
        used = decided_part(decided, replayed)
        present = present_columns(used, raw)
        return LaterReading(used, present, absent_columns(decided, present), questions)

    @property
    def under_review(self) -> Snapshot:
        """The snapshot whose columns the mapping review shows: the first as long as any of its own wait, then the newest."""
        first, *later = self.workspace.snapshots()
        waiting = {(t, c) for t, c in unconfirmed(self.source_map) if t in self.raw.tables and c in self.raw.tables[t].columns}
        return first if waiting or not later else later[-1]

    def raw_of(self, snapshot: Snapshot) -> RawExport:
        """Return a snapshot as read."""
        return self.raw if snapshot == self.snapshots[0] else _read(snapshot)

    def proposals_of(self, snapshot: Snapshot) -> Proposals:
        """Return what the machine proposes for every column of a snapshot; asked once."""
        if snapshot.name not in self._proposed:
            raw = self.raw_of(snapshot)
            self._proposed[snapshot.name] = propose(
                raw,
                self.schema,
                country=self.workspace.settings.country_rules,
                memory=self.memory,
                language_model=self.language_model,
            )
        return self._proposed[snapshot.name]

    def _merged(self, snapshots: list[Snapshot]) -> CanonicalTables:
        merged = self._typed(snapshots[0])
        for snapshot in snapshots[1:]:
            merged = merge_snapshots(merged, self._typed(snapshot, merged), snapshot.kind).tables
        return merged

    def _typed(self, snapshot: Snapshot, before: CanonicalTables | None = None) -> CanonicalTables:
        names = [s.name for s in self.workspace.snapshots() if s.name <= snapshot.name]
        fetched = fetched_names(self.workspace, snapshot)
        cleaning = self.workspace.read_decision("cleaning")
        counting = [s.name for s in self.snapshots if s.name < snapshot.name]
        later_columns = self.policies["later_columns"]
        versions = self.workspace.read_decision("versions")
        here = self.workspace.settings
        decided = (dump_mapping(self.source_map), cleaning, versions, later_columns, here.country, here.currency, here.timezone)
        key = staging.digest("tables", names, counting, snapshot.files, snapshot.written, fetched, *decided)
        return staging.staged(
            self.workspace.work / "tables" / snapshot.name,
            key,
            lambda: self._type(snapshot, before),
            staging.save_tables,
            staging.load_tables,
        )

    def _type(self, snapshot: Snapshot, before: CanonicalTables | None) -> CanonicalTables:
        raw = self.raw_of(snapshot)
        later = self.reading_of(snapshot) if snapshot != self.snapshots[0] else None
        tables = type_tables(
            raw,
            later.source_map if later else self.source_map,
            self.schema,
            today=snapshot.taken,
            timezone=self.workspace.settings.timezone,
            country=self.workspace.settings.country_rules,
            vetoes=vetoes(self.workspace),
            previous=before if snapshot.kind == "window" else None,
            versions=parse_versions(self.workspace.read_decision("versions"), snapshot.name),
        )
        tables = with_fetched(self.workspace, snapshot, apply_steps(tables, registered_steps(self.workspace)))
        if later is None or before is None:
            return tables
        asked = tuple(
            Finding(f"later-{q.kind}", Severity.WARNING, q.message, None, keys=(f"{q.table} {q.column}",)) for q in later.questions
        )
        numbered = keep_numbers(replace(tables, findings=(*tables.findings, *asked)), before, self.schema)
        return carry_forward(numbered, before, later.present, later.absent)

    def _inputs(self) -> list[Any]:
        decisions = [self.workspace.read_decision(name) for name in ("cleaning", "versions")]
        here = self.workspace.settings
        place = [here.country, here.currency, here.timezone]
        return [[(s.name, s.files) for s in self.snapshots], dump_mapping(self.source_map), place, *decisions]


def _read(snapshot: Snapshot) -> RawExport:
    return placed(read_export(snapshot.path, snapshot.written), snapshot.name)
