"""Confirmed maps kept as examples: a plain YAML document that a person can read, move and delete."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from migkit.model.errors import DataError
from migkit.model.mapping import SourceMap
from migkit.model.tables import RawExport

from .names import squeeze

LEFT_OUT = "left out"
"""How the document says that a column was deliberately not taken."""

Counts = Mapping[str, Mapping[str, int]]


@dataclass(frozen=True)
class Memory:
    """What was confirmed before, counted. Headers and code values only; never a patient's value."""

    tables: Counts = field(default_factory=dict)
    """Source table's name → canonical table → times confirmed."""
    columns: Mapping[str, Counts] = field(default_factory=dict)
    """Canonical table → source header → field (or `left out`) → times confirmed."""
    values: Mapping[str, Counts] = field(default_factory=dict)
    """`<canonical table>.<field>` → source value → canonical value → times confirmed."""

    def share(self, table: str, header: str, target: str) -> float:
        """Return which share of the earlier decisions on this header in this table was `target`; spelling of the header aside."""
        wanted = squeeze(header)
        found: dict[str, int] = {}
        for known, counts in self.columns.get(table, {}).items():
            if squeeze(known) == wanted:
                for name, times in counts.items():
                    found[name] = found.get(name, 0) + times
        return found.get(target, 0) / sum(found.values()) if found else 0.0

    def table_share(self, source: str, table: str) -> float:
        """Return which share of the earlier decisions on a source table of this name was `table`."""
        counts = next((c for known, c in self.tables.items() if squeeze(known) == squeeze(source)), {})
        return counts.get(table, 0) / sum(counts.values()) if counts else 0.0


def remember(memory: Memory, source_map: SourceMap, raw: RawExport) -> Memory:
    """Return the memory with the confirmed columns of `source_map` added, as far as the export `raw` has them.

    Values are kept for coded fields only, as `source_map.values` has them; names of people are left out, and so are numbers, which stand
    for something else in each practice's system.
    """
    tables, columns, values = (
        _copy(memory.tables),
        {t: _copy(c) for t, c in memory.columns.items()},
        {f: _copy(v) for f, v in memory.values.items()},
    )
    for source, mapped in source_map.tables.items():
        present = raw.tables.get(source)
        confirmed = [c for c in mapped.columns.values() if c.state == "confirmed" and present is not None and c.column in present.columns]
        if not confirmed or mapped.table is None:
            continue
        _count(tables, source, mapped.table)
        for column in confirmed:
            if column.new_field is None:
                _count(columns.setdefault(mapped.table, {}), column.column, column.to or LEFT_OUT)
    for name, pairs in source_map.values.items():
        if not name.endswith("_name"):
            for value, meaning in pairs.items():
                if not value.isdecimal():
                    _count(values.setdefault(name, {}), value, meaning)
    return Memory(tables, columns, values)


def parse_memory(document: Mapping[str, Any]) -> Memory:
    """Return the memory held in a parsed document ({} is an empty memory). Raises DataError where it is malformed."""
    try:
        return Memory(
            tables={str(k): _counts(v) for k, v in (document.get("tables") or {}).items()},
            columns={str(t): {str(k): _counts(v) for k, v in c.items()} for t, c in (document.get("columns") or {}).items()},
            values={str(f): {str(k): _counts(v) for k, v in c.items()} for f, c in (document.get("values") or {}).items()},
        )
    except (AttributeError, TypeError, ValueError) as error:
        raise DataError(
            "The memory of earlier maps cannot be read: it must hold `tables`, `columns` and `values` with counts. "
            "Mend the file or delete it; proposals then start without memory."
        ) from error


def dump_memory(memory: Memory) -> dict[str, Any]:
    """Return the plain document of a memory, the inverse of `parse_memory`, in alphabetical order."""
    return {
        "version": 1,
        "tables": _sorted(memory.tables),
        "columns": {table: _sorted(counts) for table, counts in sorted(memory.columns.items())},
        "values": {name: _sorted(counts) for name, counts in sorted(memory.values.items())},
    }


def _copy(counts: Counts) -> dict[str, dict[str, int]]:
    return {name: dict(inner) for name, inner in counts.items()}


def _count(counts: dict[str, dict[str, int]], name: str, meaning: str) -> None:
    inner = counts.setdefault(name, {})
    inner[meaning] = inner.get(meaning, 0) + 1


def _counts(document: Mapping[str, Any]) -> dict[str, int]:
    return {str(name): int(times) for name, times in document.items()}


def _sorted(counts: Counts) -> dict[str, dict[str, int]]:
    return {name: dict(sorted(inner.items())) for name, inner in sorted(counts.items())}
