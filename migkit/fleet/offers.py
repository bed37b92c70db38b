"""Offer what one practice decided to the others of its group: a confirmed map, and policies. Each is still approved by its own."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass
from pathlib import Path

from migkit.migration import Migration
from migkit.model.errors import MigkitError, UsageError
from migkit.model.words import number_of
from migkit.steps.merging import merge_reviews

from .declaration import Practice, read_fleet

OFFERED = ("policies", "pipedrive", "privacy")
"""Decisions that are offered whole, to practices that have none of their own."""

Layout = Mapping[str, Set[str]]
"""Source table → its columns."""


@dataclass(frozen=True)
class Offer:
    """What became of an offer to one practice."""

    practice: Practice
    said: str
    is_taken: bool


def offer(path: Path, workspace: Path) -> list[Offer]:
    """Offer the confirmed map and the policies of one practice to the other practices of its group, and return what became of each.

    Taken by practices whose export has the same tables and columns: columns that nobody confirmed there yet are confirmed as here; what was
    decided otherwise stays, and is asked for again; decisions of their own stay. No gate is opened: each practice approves by itself.
    Raises UsageError for a practice that is not in the fleet, has no group, or no confirmed map.
    """
    fleet, place = read_fleet(path), workspace.expanduser().resolve()
    source = next((practice for practice in fleet.practices if practice.workspace == place), None)
    if source is None:
        raise UsageError(f"{place} is no practice of {path}: give one that stands there. Nothing was offered.")
    if not source.group:
        raise UsageError(
            f"{source.name} has no group in {path}: give it, and those that it is like, the same `group`. Nothing was offered."
        )
    migration = Migration.open(place)
    if "mapping" not in migration.inputs.decisions:
        raise UsageError(f"{source.name} has no confirmed map yet: confirm it in 20_mapping_review. Nothing was offered.")
    others = [practice for practice in fleet.practices if practice.group == source.group and practice != source]
    return [_offered(migration, practice) for practice in others]


def _offered(source: Migration, practice: Practice) -> Offer:
    try:
        own = Migration.open(practice.workspace)
        if differing := _differing(_layout(source), _layout(own)):
            return Offer(practice, f"its export has another layout ({differing}): nothing was offered", False)
        merged = merge_reviews(own, source.workspace.decisions / "mapping.yaml")
        taken = [name for name in OFFERED if name in source.inputs.decisions and name not in own.inputs.decisions]
        for name in taken:
            own.workspace.write_decision(name, source.workspace.read_decision(name))
    except MigkitError as error:
        return Offer(practice, str(error), False)
    asked = len(merged.disagreements)
    parts = [
        number_of(merged.taken, "column was taken over", "columns were taken over"),
        *([f"{number_of(asked, 'column is', 'columns are')} decided otherwise there and must be confirmed anew"] if asked else []),
        *([f"{', '.join(taken)} too"] if taken else []),
    ]
    return Offer(practice, f"{'; '.join(parts)}. Its gates are as they were: look, and approve there.", True)


def _layout(migration: Migration) -> Layout:
    return {name: frozenset(table.columns) for name, table in migration.raw.tables.items()}


def _differing(one: Layout, other: Layout) -> str:
    """Return the first table in which two layouts differ, "" where they are the same."""
    return next((name for name in sorted(one.keys() | other.keys()) if one.get(name) != other.get(name)), "")
