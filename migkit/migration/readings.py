"""Snapshots as read, their profiles, and what the machine proposes for them: each is made once, and kept under `work/`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache, cached_property
from pathlib import Path
from typing import Any, TypeVar

from migkit.mapping import LanguageModel, Memory, Proposals, Proposer, TableProposal, ValueProposal
from migkit.model.canonical import CanonicalSchema
from migkit.model.digest import digest
from migkit.model.tables import RawExport
from migkit.source import Scan, parse_files, placed, read_export, scan
from migkit.views import parse_views, with_views
from migkit.workspace import Snapshot

from . import staging
from .defaults import canonical_schema, knowledge
from .inputs import Inputs
from .language import language_model
from .memory import known_maps
from .stages import key

T = TypeVar("T")
_Proposed = tuple[Mapping[str, TableProposal], Mapping[str, tuple[ValueProposal, ...]]]


class Readings:
    """Raw exports with their views, profiles and proposals, by snapshot; a snapshot never changes."""

    def __init__(self, work: Path, inputs: Inputs) -> None:
        self._work, self._inputs = work, inputs
        self._made: dict[tuple[str, str, str], Any] = {}

    @cached_property
    def schema(self) -> CanonicalSchema:
        """The canonical schema."""
        return canonical_schema()

    @cached_property
    def memory(self) -> Memory | None:
        """What earlier maps taught, None where no file is kept."""
        return known_maps()

    @cached_property
    def language_model(self) -> LanguageModel | None:
        """The language model that proposes, None where none does; its answers are kept under `work/`."""
        return language_model(self._work / "language")

    def raw(self, snapshot: Snapshot) -> RawExport:
        """Return a snapshot as read, with the decided views as tables of it."""

        def read() -> RawExport:
            declared = parse_files(self._inputs.document("files"))
            found = placed(read_export(snapshot.path, snapshot.written, declared, self._inputs.settings.memory_bytes), snapshot.name)
            return with_views(found, parse_views(self._inputs.document("views")))

        return self._once("raw", snapshot, RawExport, read)

    def let_go(self) -> None:
        """Forget the exports as read: they are kept under `work/`, and come from there when somebody asks again."""
        self._made = {place: made for place, made in self._made.items() if place[0] != "raw"}

    def scan(self, snapshot: Snapshot) -> Scan:
        """Return the profile of a snapshot."""
        return self._once("scan", snapshot, Scan, lambda: scan(self.raw(snapshot), self._inputs.settings.country_rules))

    def proposals(self, snapshot: Snapshot, tables: Mapping[str, str | None] | None = None) -> Proposals:
        """Return what the machine proposes for every column of a snapshot; `tables` fixes what some of its tables are."""

        @cache
        def proposer() -> Proposer:
            return Proposer(
                self.raw(snapshot),
                self.schema,
                knowledge(),
                country=self._inputs.settings.country_rules,
                memory=self.memory,
                language_model=self.language_model,
            )

        def proposed() -> _Proposed:
            found = proposer().propose(tables)
            return found.tables, found.values

        def again(source: str, table: str | None, tables: Mapping[str, str | None]) -> Proposals:
            return proposer().propose_table(source, table, tables)

        return Proposals(*self._once("proposals", snapshot, _Proposed, proposed, sorted(tables.items()) if tables else None), again)

    def _once(self, stage: str, snapshot: Snapshot, kind: Any, make: Callable[[], T], beside: Any = None) -> T:
        """Return what was made of a snapshot before, in this process or another; `beside`: what else it was made of."""
        inputs = self._inputs.only(snapshot)
        known = key(stage, inputs) if beside is None else digest([key(stage, inputs), beside])
        if (stage, snapshot.name, known) not in self._made:
            self._made[stage, snapshot.name, known] = staging.staged(self._work / stage / snapshot.name, known, kind, make)
        found: T = self._made[stage, snapshot.name, known]
        return found
