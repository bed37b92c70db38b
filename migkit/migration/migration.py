"""One customer's migration: the workspace, opened, with everything that follows from its inputs, made once and kept under `work/`.

    snapshots ─ read ─► raw ─ map ─► tables ─ identity ─► people ─ plan ─► plan

A later snapshot counts from the moment its delta is approved. What was read is frozen: decisions that are written later count in a
migration that is opened later (`refreshed`).
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any, TypeVar

import pandas as pd
import pyarrow as pa

from migkit import resources
from migkit.identity import compared, find_account_pairs, find_pairs, resolve
from migkit.import_files import AccountFacts, RouteCost, route_costs
from migkit.load import Change, Ledger, LedgerStore, diff, find_aliases
from migkit.mapping import (
    Limits,
    Proposals,
    Question,
    absent_columns,
    conflicts,
    decided_part,
    draft,
    known_tables,
    present_columns,
    replay,
    unconfirmed,
    with_known_ids,
)
from migkit.model.account import AccountUser
from migkit.model.canonical import CanonicalSchema
from migkit.model.collecting import without_collecting
from migkit.model.cost import Cost
from migkit.model.digest import digest
from migkit.model.mapping import NewField, SourceMap
from migkit.model.outcomes import Finding, Severity
from migkit.model.people import People
from migkit.model.records import Plan
from migkit.model.tables import CanonicalTables, RawExport
from migkit.plan import Planning, leave_deleted, sample
from migkit.preflight import FIELD_CAP, policy_variants
from migkit.quality import QualityReport, validate
from migkit.source import (
    Mended,
    Merged,
    Scan,
    apply_cleanings,
    carry_forward,
    hold_back,
    keep_numbers,
    mend_findings,
    merge_snapshots,
    parse_versions,
    profile_of,
    repairs_of,
    type_tables,
)
from migkit.workspace import Snapshot, Workspace

from . import staging
from .cleaning import registered_cleanings, vetoes, with_mends
from .decisions import Decisions
from .defaults import default_policies, laid_over, load_map
from .duckdb import duckdb_limits
from .fetched import with_fetched
from .inputs import Inputs
from .readings import Readings
from .stages import key, parts_of

T = TypeVar("T")


@dataclass(frozen=True)
class IncrementalReading:
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

    def __init__(self, workspace: Workspace, inputs: Inputs | None = None, readings: Readings | None = None) -> None:
        self.workspace = workspace
        self.inputs = inputs or Inputs.read(workspace)
        self.decisions = Decisions(self.inputs)
        self._readings = readings
        self._compared: tuple[tuple[int, int, int], list[Change]] | None = None

    @classmethod
    def open(cls, path: str | os.PathLike[str]) -> Migration:
        """Open the workspace at `path`. Raises UsageError where there is none."""
        return cls(Workspace.open(path))

    def refreshed(self) -> Migration:
        """Return the migration with its inputs as they are now: itself, if nothing changed."""
        workspace = Workspace.open(self.workspace.path)
        inputs = Inputs.read(workspace)
        return self if inputs == self.inputs else Migration(workspace, inputs)

    def with_all_received(self) -> Migration:
        """Return the migration as it would be if every export that was received counted."""
        if self.inputs.snapshots == self.inputs.received:
            return self
        return Migration(self.workspace, replace(self.inputs, snapshots=self.inputs.received), self.readings)

    # -- what was received --------------------------------------------------------------------------------------

    @property
    def schema(self) -> CanonicalSchema:
        """The canonical schema."""
        return self.readings.schema

    @cached_property
    def readings(self) -> Readings:
        """Snapshots as read, their profiles, and what the machine proposes for them."""
        return self._readings or Readings(self.workspace.work, self.inputs)

    @property
    def snapshots(self) -> tuple[Snapshot, ...]:
        """The snapshots that count: the first, and each later one whose delta was approved or has been merged."""
        return self.inputs.snapshots or (self.workspace.snapshot(),)

    @property
    def today(self) -> date:
        """The day of the newest snapshot that counts."""
        return self.snapshots[-1].taken

    @property
    def raw(self) -> RawExport:
        """The first snapshot as read: what the map is made for."""
        return self.readings.raw(self.snapshots[0])

    @property
    def scan(self) -> Scan:
        """The profile of the first snapshot."""
        return self.readings.scan(self.snapshots[0])

    @property
    def proposals(self) -> Proposals:
        """What the machine proposes for every column of the first snapshot."""
        return self.readings.proposals(self.snapshots[0])

    def proposals_of(self, snapshot: Snapshot) -> Proposals:
        """What the machine proposes for every column of a snapshot; a later one's tables are those that the map knows by their columns."""
        if snapshot.name == self.snapshots[0].name:
            return self.proposals
        return self.readings.proposals(snapshot, known_tables(self.source_map, self.readings.raw(snapshot)))

    @cached_property
    def lines(self) -> pd.DataFrame:
        """Every physical line of every file of every snapshot that counts: file, line, kind."""
        return pd.concat([self.mended(snapshot).raw.lines for snapshot in self.snapshots], ignore_index=True)

    def mended(self, snapshot: Snapshot) -> Mended:
        """Return a snapshot as read with the cells that somebody mended by hand, and which of these no longer fit."""
        if snapshot.name not in self._mended:
            self._mended[snapshot.name] = with_mends(self.readings.raw(snapshot), self.inputs)
        return self._mended[snapshot.name]

    @cached_property
    def _mended(self) -> dict[str, Mended]:
        return {}

    # -- the map ------------------------------------------------------------------------------------------------

    @cached_property
    def source_map(self) -> SourceMap:
        """The map as decided so far; where nothing is decided yet, as proposed."""
        return self.decisions.source_map or draft(self.proposals)

    @property
    def under_review(self) -> Snapshot:
        """The snapshot whose columns the mapping review shows: the first as long as any of its own wait, then the newest."""
        first, *incremental = self.inputs.received or (self.workspace.snapshot(),)
        waiting = unconfirmed(self.source_map) if incremental else ()
        tables = self.readings.raw(first).tables if waiting else {}
        return first if not incremental or any(t in tables and c in tables[t].columns for t, c in waiting) else incremental[-1]

    @cached_property
    def conflicts(self) -> tuple[Finding, ...]:
        """What is wrong with the map, for the columns of each export that was received."""
        return tuple(finding for snapshot in self.inputs.received for finding in self._conflicts(snapshot))

    def _conflicts(self, snapshot: Snapshot) -> tuple[Finding, ...]:
        def found() -> tuple[Finding, ...]:
            raw = self.readings.raw(snapshot)
            limits = Limits(custom_fields=FIELD_CAP[self.inputs.settings.subscription_plan])
            all_of_it = conflicts(present(self.source_map, raw), self.schema, limits, self.proposals_of(snapshot))
            # A later export that lacks a column holds only its own rows.
            lacking = {"required-field-missing"} if snapshot != self.inputs.received[0] else set()
            return tuple(finding for finding in all_of_it if finding.code not in lacking)

        place = self.workspace.work / "conflicts" / snapshot.name
        return staging.staged(place, key("conflicts", self.inputs.only(snapshot)), tuple[Finding, ...], found)

    def reading_of(self, snapshot: Snapshot) -> IncrementalReading:
        """Return how a later snapshot is read: by what was decided, and what it asks. Raises DataError under the policy freeze."""
        raw, decided = self.readings.raw(snapshot), self.source_map
        proposals = self.proposals_of(snapshot)
        replayed, questions = replay(decided, raw, proposals, self.decisions.policies["incremental_columns"])
        earlier = [self.readings.raw(one) for one in self.snapshots if one.name < snapshot.name]
        known, renamed = with_known_ids(decided, replayed, raw, earlier, self.schema)
        used = decided_part(decided, known)
        fields = present_columns(used, raw)
        recognised = {(one.table, one.column) for one in renamed}
        asked = (*renamed, *(one for one in questions if (one.table, one.column) not in recognised))
        return IncrementalReading(used, fields, absent_columns(decided, fields), asked)

    @property
    def new_fields(self) -> dict[str, list[NewField]]:
        """Canonical table → custom fields that the analyst asked for."""
        found: dict[str, list[NewField]] = {}
        for table in self.source_map.tables.values():
            for column in table.columns.values():
                if table.table and column.new_field:
                    found.setdefault(table.table, []).append(column.new_field)
        return found

    # -- tables and people --------------------------------------------------------------------------------------

    @cached_property
    def profile(self) -> dict[str, Any]:
        """The first export as shapes and frequencies, which may leave the practice."""
        return self._kept("profile", dict[str, Any], lambda: profile_of(self.raw, self.source_map.tables, self.schema))

    @cached_property
    def tables(self) -> CanonicalTables:
        """Typed canonical tables of all snapshots that count, merged."""
        return self._merged(self.snapshots)

    @cached_property
    def newest_tables(self) -> CanonicalTables:
        """The typed tables of the newest export that counts, without what only earlier ones hold."""
        *earlier, newest = self.snapshots
        return self._typed(newest, self._merged(earlier)) if earlier else self.tables

    @cached_property
    def pairs(self) -> pd.DataFrame:
        """Pairs of patients that may be one person, before anybody decided on them."""
        limits = duckdb_limits(os.environ, self.inputs.settings.memory_bytes)
        return self._of_patients("pairs", compared(self.tables), None, lambda: find_pairs(self.tables, limits))

    @cached_property
    def people(self) -> People:
        """Who is one person, who lives together, who owns what; matches with the account only as decided."""

        def found() -> People:
            return resolve(self.tables, self.decisions.people, pairs=self.pairs, users=self.decisions.chosen_users)

        return self._kept("people", People, found)

    def people_beside(self, account_people: pd.DataFrame, users: Sequence[AccountUser], fallback_owner: str) -> People:
        """Return who is who with the account's persons and users taken into view: kept for the very persons and users that were read."""
        persons = account_people.to_dict("split")

        def matches() -> pd.DataFrame:
            return find_account_pairs(self.tables, account_people)

        read = [persons, [asdict(user) for user in users], fallback_owner]

        def found() -> People:
            return resolve(
                self.tables,
                self.decisions.people,
                pairs=self.pairs,
                users=users,
                account_people=account_people,
                account_pairs=self._of_patients("account_pairs", compared(self.tables, declared=False), persons, matches),
                fallback_owner=fallback_owner,
            )

        return staging.staged(self.workspace.work / "people_beside", digest([self._key("people", self.inputs), read]), People, found)

    def _of_patients(self, name: str, patients: pd.DataFrame, read: Any, make: Callable[[], pd.DataFrame]) -> pd.DataFrame:
        """Return the pairs that are kept for these very patients, and for what was read beside them.

        They are known by what is compared, not by what the tables are made from: most decisions on the map change nothing of it.
        """
        code = [self.inputs.part(part) for part in sorted(parts_of("pairs", self.inputs)) if part.startswith("code.")]
        rows = staging.frame_digest(patients.reset_index())
        return staging.staged(self.workspace.work / name, digest([name, code, rows, read]), pd.DataFrame, make)

    @cached_property
    def quality(self) -> QualityReport:
        """The suites' results over the typed tables."""

        def found() -> QualityReport:
            return validate(self.tables, resources.folder("expectations"), self.today, self.inputs.settings.country_rules)

        return self._kept("quality", QualityReport, found)

    # -- the plan, and what of it is done -------------------------------------------------------------------------

    @cached_property
    def desired(self) -> Plan:
        """Every Pipedrive record as the export, the map and the decisions make it, whatever was loaded so far."""
        return self._kept_plan(lambda: self._planning().plan())

    @cached_property
    def plan(self) -> Plan:
        """Every Pipedrive record as it should be: those that somebody deleted in Pipedrive stay deleted, as decided."""
        return self._without_deleted(self.desired)

    def desired_with(self, *, policies: Mapping[str, Any] | None = None, privacy: Mapping[str, Any] | None = None) -> Plan:
        """Return the desired records as other choices would make them, laid over what is decided; nothing of it is kept.

        Raises DataError for a policy or choice that does not exist.
        """
        own_policies = default_policies(laid_over(self.inputs.document("policies"), policies or {}))
        own_map = load_map(self.inputs.document("pipedrive"), laid_over(self.inputs.document("privacy"), privacy or {}))
        return self._planning(own_policies, own_map).plan()

    @cached_property
    def policy_costs(self) -> Mapping[str, Cost]:
        """What the desired records would cost under each policy that is worth pricing beside the present ones, by its name in words."""

        @without_collecting()
        def priced() -> Mapping[str, Cost]:
            planning = self._planning()
            vars(self).setdefault("desired", self._kept_plan(planning.plan))  # made on the way, where it was not kept
            variants = policy_variants(self.decisions.policies, self.today)
            return {name: planning.cost_under(choices) for name, choices in variants.items()}

        return self._kept("policy_costs", Mapping[str, Cost], priced)

    @cached_property
    def route_costs(self) -> tuple[RouteCost, ...]:
        """What each way of loading the desired records would cost, as if nothing were loaded."""
        facts = AccountFacts(adopted=frozenset(self.adopted))
        return self._kept("route_costs", tuple[RouteCost, ...], lambda: route_costs(self.desired, facts))

    @property
    def adopted(self) -> dict[str, int]:
        """Person key → id of the Pipedrive person that somebody confirmed to be the same."""
        survivors = self.people.survivors
        return {survivors.get(patient, patient): person for patient, person in self.decisions.account_matches.items()}

    @cached_property
    def sample(self) -> tuple[str, ...]:
        """Keys of the records that are loaded and looked at first: as chosen once, also when a later export brings more."""
        return self.decisions.sample or sample(self.plan)

    @property
    def ledger(self) -> Ledger:
        """What was done so far, by other processes too."""
        self._ledger.catch_up()
        return self._ledger

    @cached_property
    def _ledger(self) -> Ledger:
        own, url = self.workspace, self.workspace.settings.store
        return Ledger(own.ledger, store=LedgerStore(url, own.ledger_copies, own.ledger) if url else None)

    @without_collecting()
    def changes(self, keys: Collection[str] | None = None) -> list[Change]:
        """Return what has to be done so that Pipedrive is as the plan says; `keys` narrows to a slice with its parents."""
        ledger = self.ledger
        if keys is not None:
            return diff(self.plan, ledger, adopted=self.adopted, keys=keys, delete=self.decisions.deleted_rows)
        if self._compared is None or self._compared[0] != ledger.version:
            todo = diff(self.plan, ledger, adopted=self.adopted, delete=self.decisions.deleted_rows)
            self._compared = ledger.version, todo
        return list(self._compared[1])

    # -- later exports ------------------------------------------------------------------------------------------

    @cached_property
    def delta(self) -> Delta | None:
        """The newest snapshot beside everything before it; None while there is only one."""
        *earlier, newest = self.inputs.received
        if not earlier:
            return None
        counted = [snapshot for snapshot in self.snapshots if snapshot.name < newest.name]
        return Delta(newest, self._newest_over([*counted, newest]))

    # -- how it is made -----------------------------------------------------------------------------------------

    def _key(self, stage: str, inputs: Inputs) -> str:
        """Return the key of a stage; a map that nobody decided on yet is known by what it means, as it will be once it is decided."""
        return key(stage, inputs if self.decisions.source_map else inputs.deciding(self.source_map))

    def _kept(self, stage: str, kind: Any, make: Callable[[], T]) -> T:
        """Return what is kept of a stage that is made once for all snapshots that count."""
        return staging.staged(self.workspace.work / stage, self._key(stage, self.inputs), kind, make)

    def _merged(self, snapshots: Sequence[Snapshot]) -> CanonicalTables:
        return self._newest_over(snapshots).tables if len(snapshots) > 1 else self._typed(snapshots[0])

    def _newest_over(self, snapshots: Sequence[Snapshot]) -> Merged:
        """Return the newest of several exports beside what those before it came to: kept, since every page of a later export asks."""
        *earlier, newest = snapshots

        def merged() -> Merged:
            before = self._merged(earlier)
            return merge_snapshots(before, self._typed(newest, before), newest.kind)

        known = self._key("tables", replace(self.inputs, snapshots=tuple(snapshots)))
        return staging.staged(self.workspace.work / "tables" / "merged" / newest.name, known, Merged, merged)

    def _typed(self, snapshot: Snapshot, before: CanonicalTables | None = None) -> CanonicalTables:
        place = self.workspace.work / "tables" / snapshot.name
        return staging.staged(
            place, self._key("tables", self.inputs.until(snapshot)), CanonicalTables, lambda: self._type(snapshot, before)
        )

    def _type(self, snapshot: Snapshot, before: CanonicalTables | None) -> CanonicalTables:
        incremental = self.reading_of(snapshot) if snapshot != self.snapshots[0] else None
        mended, source_map = self.mended(snapshot), incremental.source_map if incremental else self.source_map
        tables = type_tables(
            mended.raw,
            source_map,
            self.schema,
            today=snapshot.taken,
            timezone=self.inputs.settings.timezone,
            timezones=self.inputs.settings.timezones,
            country=self.inputs.settings.country_rules,
            vetoes=vetoes(self.inputs),
            previous=before if snapshot.kind == "window" else None,
            versions=parse_versions(self.inputs.document("versions"), snapshot.name),
        )
        tables = _with_mends(tables, mended, source_map, snapshot)
        tables = with_fetched(self.workspace, snapshot, apply_cleanings(tables, registered_cleanings(self.inputs)))
        if incremental is None or before is None:
            return tables
        asked = tuple(Finding(q.message, Severity.WARNING, keys=(f"{q.table} {q.column}",)) for q in incremental.questions)
        numbered = keep_numbers(replace(tables, findings=(*tables.findings, *asked)), before, self.schema)
        carried = carry_forward(numbered, before, incremental.present, incremental.absent, self.schema, snapshot.taken)
        return hold_back(carried, before, self.schema)

    @without_collecting()
    def _kept_plan(self, make: Callable[[], Plan]) -> Plan:
        """Return the plan that is kept, with the digest of each record, since every comparison needs them all."""

        def counted() -> Plan:
            plan = make()
            for record in plan.records.values():
                record.digest()
            return plan

        return self._kept("plan", Plan, counted)

    def _planning(self, policies: Mapping[str, Any] | None = None, pipedrive_map: Mapping[str, Any] | None = None) -> Planning:
        people = self.people
        self._let_go()  # the rows of a large export take enough without its cells
        tables = self.tables
        self._let_go()  # the plan alone holds them
        return Planning(
            tables,
            people,
            settings=self.inputs.settings,
            today=self.today,
            schema=self.schema,
            pipedrive_map=pipedrive_map or self.decisions.pipedrive_map,
            policies=policies or self.decisions.policies,
            new_fields=self.new_fields,
            gone=self.decisions.gone,
            adopted=self.adopted,
        )

    def _let_go(self) -> None:
        """Forget exports and tables as they were made: whoever asks again has what is kept of them, which takes half of the memory."""
        self.readings.let_go()
        self._mended.clear()
        vars(self).pop("tables", None)
        pa.default_memory_pool().release_unused()

    def _without_deleted(self, whole: Plan) -> Plan:
        if not self.decisions.deleted:
            return whole
        planned = {loaded: key for key, loaded in find_aliases(whole, self.ledger).items()}
        existing = {planned.get(key, key) for key in self.ledger.entries(live=True)}
        decided = self.decisions.deleted
        decided |= {planned[key]: why for key, why in decided.items() if key in planned}
        return leave_deleted(whole, decided, self.schema, existing or None)


def _with_mends(tables: CanonicalTables, mended: Mended, source_map: SourceMap, snapshot: Snapshot) -> CanonicalTables:
    """Return the tables with the mended cells among the repairs, and what no longer fits among the findings."""
    homes = {name: {column.column: column.to or "" for column in one.columns.values()} for name, one in source_map.tables.items()}
    repairs = [one for one in (tables.repairs, repairs_of(mended, tables, homes)) if len(one)]
    findings = mend_findings(mended, tables, snapshot.name, is_whole=snapshot.kind == "full")
    whole = pd.concat(repairs, ignore_index=True) if repairs else tables.repairs
    return replace(tables, repairs=whole, findings=(*tables.findings, *findings))


def present(source_map: SourceMap, raw: RawExport) -> SourceMap:
    """Return the part of a map that is about tables and columns of this export."""
    tables = {
        source: replace(table, columns={name: column for name, column in table.columns.items() if name in raw.tables[source].columns})
        for source, table in source_map.tables.items()
        if source in raw.tables
    }
    return replace(source_map, tables=tables)
