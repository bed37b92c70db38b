"""Snapshots as read, and what the machine proposes for them: each is read once for as long as a migration is open."""

from __future__ import annotations

from migkit.mapping import LanguageModel, Memory, Proposals, propose
from migkit.model.canonical import CanonicalSchema
from migkit.model.country import Country
from migkit.model.tables import RawExport
from migkit.source import NOTHING_DECLARED, Declarations, placed, read_export
from migkit.views import View, with_views
from migkit.workspace import Snapshot

from .defaults import knowledge


class Readings:
    """Raw exports with their views, and proposals, by snapshot; a snapshot never changes."""

    def __init__(
        self,
        schema: CanonicalSchema,
        country: Country,
        memory: Memory | None,
        language_model: LanguageModel | None,
        views: tuple[View, ...] = (),
        declarations: Declarations = NOTHING_DECLARED,
    ) -> None:
        self.schema, self.country, self.memory, self.language_model, self.views = schema, country, memory, language_model, views
        self.declarations = declarations
        self._raw: dict[str, RawExport] = {}
        self._proposals: dict[str, Proposals] = {}

    def raw(self, snapshot: Snapshot) -> RawExport:
        """Return a snapshot as read, with the decided views as tables of it."""
        if snapshot.name not in self._raw:
            read = placed(read_export(snapshot.path, snapshot.written, self.declarations), snapshot.name)
            self._raw[snapshot.name] = with_views(read, self.views)
        return self._raw[snapshot.name]

    def proposals(self, snapshot: Snapshot) -> Proposals:
        """Return what the machine proposes for every column of a snapshot."""
        if snapshot.name not in self._proposals:
            self._proposals[snapshot.name] = propose(
                self.raw(snapshot), self.schema, knowledge(), country=self.country, memory=self.memory, language_model=self.language_model
            )
        return self._proposals[snapshot.name]
