"""The physical rows behind views: which of a view's rows stand for one, and what becomes of the rows that were drawn in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

import pandas as pd

from migkit.model.mapping import SourceMap
from migkit.model.messages import Message
from migkit.model.outcomes import Outcome, RowOutcome
from migkit.model.tables import RawExport, SourceTable

from .log import Log

DRAWN = ("drawn-into", "drawn-into-several")
"""Codes of the reasons of rows that a view draws into another row's record."""

Place = tuple[str, int]


@dataclass
class Views:
    """The mapped views of an export, and where their rows went."""

    raw: RawExport
    source_map: SourceMap
    starts: dict[str, tuple[str, int]] = field(default_factory=dict)
    """View → (canonical table, number of its first row there)."""
    _taken: set[Place] = field(default_factory=set)

    def mapped(self) -> Iterator[SourceTable]:
        """Yield the views that mean a canonical table, in the map's order."""
        for name, table_map in self.source_map.tables.items():
            source = self.raw.tables.get(name)
            if source is not None and source.drawn is not None and table_map.table is not None:
                yield source

    def sources(self) -> frozenset[str]:
        """Return the files' own tables of which nothing but mapped views is made."""
        named = {table for view in self.mapped() if view.drawn for table in view.drawn.tables}
        return frozenset(name for name in named if (known := self.source_map.tables.get(name)) is None or known.table is None)

    def with_repeated_marked(self, source: SourceTable) -> SourceTable:
        """Return a table with `_synthetic` true where another row already stands for the same physical row."""
        places = _places(source.frame)
        if source.drawn is None:
            if any(True for _ in self.mapped()):
                self._taken.update(places)
            return source
        made = []
        for place in places:
            made.append(place in self._taken)
            self._taken.add(place)
        return replace(source, frame=source.frame.assign(_synthetic=pd.array(made, dtype="boolean")))

    def set_outcomes(self, frames: Mapping[str, pd.DataFrame], log: Log) -> None:
        """Settle the rows of tables of which only views are made: folded into the row that they went to, or left out.

        A row that gives a row of a view its place is settled with that row.
        """
        homes: dict[Place, list[tuple[str, str, int]]] = defaultdict(list)
        own: set[Place] = set()
        for view in self.mapped():
            own.update(_places(view.frame))
            table, start = self.starts[view.name]
            for row, file, line in view.drawn.rows.itertuples(index=False) if view.drawn else ():
                homes[str(file), int(line)].append((view.name, table, start + int(row)))
        going = {table: set(frame["_key"]) for table, frame in frames.items()}
        for name in sorted(self.sources()):
            views = tuple(view.name for view in self.mapped() if view.drawn and name in view.drawn.tables)
            for file, line in _places(self.raw.tables[name].frame):
                if (file, line) not in own:
                    outcome, reason, ref = _outcome(homes.get((file, line), []), views, going, log)
                    log.row_outcomes.append(RowOutcome(file, line, "", "", outcome, reason, ref))


def _outcome(
    homes: list[tuple[str, str, int]], views: tuple[str, ...], going: Mapping[str, set[str]], log: Log
) -> tuple[Outcome, Message, str]:
    if not homes:
        return Outcome.EXCLUDED, Message.of("left-out-by-view", views=views), ""
    keys = {(view, str(key)): str(key) in going.get(table, ()) for view, table, row in homes if pd.notna(key := _key(log, table, row))}
    into = [pair for pair, goes in keys.items() if goes]
    if into:
        (view, key), *others = into
        if others:
            return Outcome.FOLDED_INTO, Message.of("drawn-into-several", view=view, key=key, others=len(others)), key
        return Outcome.FOLDED_INTO, Message.of("drawn-into", view=view, key=key), key
    if keys:
        _, key = next(iter(keys))
        return Outcome.HELD, Message.of("parent-held", key=key), key
    return Outcome.HELD, Message.of("drawn-into-nothing", view=homes[0][0]), ""


def _key(log: Log, table: str, row: int) -> object:
    places = log.places.get(table)
    return places.at[row, "_key"] if places is not None and row in places.index else pd.NA


def _places(frame: pd.DataFrame) -> list[Place]:
    return list(zip(map(str, frame["_file"].tolist()), map(int, frame["_line"].tolist()), strict=True))
