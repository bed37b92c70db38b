"""50_load: the same apply as the sample's over everything, by the API alone or with Pipedrive's own import for what that carries."""

from __future__ import annotations

import os
from collections.abc import Sequence

from migkit.import_files import Route
from migkit.load import ApplyResult, Change, to_write
from migkit.migration import BEFORE_LOAD, Migration, import_rounds, require_approved, require_to_write
from migkit.model.words import number_of
from migkit.report import View, note_box
from migkit.running import ONLY_FAILED, ROUTE
from migkit.steps.carry_out import carry_out
from migkit.steps.import_route import load_by_files
from migkit.steps.skipped import failed_only
from migkit.steps.undone import in_words, last_undone


def load(migration: Migration, *, run_id: str, wait: bool = False, only_failed: bool = False, route: str = "") -> ApplyResult:
    """Write everything that differs, or only what was refused or waited before.

    `route` (api, files, hybrid) is the one of the load before where it is not named, that of the policies where there was none. By files or
    hybrid, what Pipedrive's import can carry is written into files, which then wait for somebody: `files_to_import` says for what.
    Raises GateClosed before the first write where a decision is missing, or where files of an earlier load wait.
    """
    migration = migration.refreshed()
    require_to_write(migration, *BEFORE_LOAD)
    todo = migration.changes()
    if only_failed or os.environ.get(ONLY_FAILED):
        todo = failed_only(todo, migration.ledger)
    require_approved(migration, todo)
    named = route or os.environ.get(ROUTE, "")
    chosen = import_rounds.route_of(migration.workspace, named, migration.decisions.policies["route"])
    if chosen is not Route.API:
        return load_by_files(migration, todo, chosen, run_id=run_id, wait=wait)
    if named:
        import_rounds.withdraw(migration.workspace)
    return carry_out(migration, todo, step="load", run_id=run_id, wait=wait)


def left_to_write(migration: Migration, todo: Sequence[Change]) -> View:
    """Say how many records a load would write now, and whether that would bring back what was undone."""
    left = len(to_write(todo, migration.ledger.holds()))
    if not left:
        return note_box("Nothing is left to write: all of it stands in Pipedrive as planned.", "good")
    if again := would_bring_back(migration, todo):
        return note_box(again, "warn")
    return note_box(f"{number_of(left, 'record is', 'records are')} to write.")


def would_bring_back(migration: Migration, todo: Sequence[Change] | None = None) -> str:
    """Return what is to be said before `todo` (what a load would write now) is written after an undoing; "" where nothing was undone."""
    undone = last_undone(migration.ledger)
    if undone is None:
        return ""
    left = len(to_write(migration.changes() if todo is None else todo, migration.ledger.holds()))
    when = in_words(undone, migration.workspace.settings)
    return f"The migration was {when}. Writing it again would make {number_of(left, 'record')} anew." if left else ""


def load_in_words(migration: Migration, applied: ApplyResult) -> str:
    """Say how a load ended, and where to go on."""
    if applied.stopped:
        return applied.stopped
    if import_rounds.waiting(migration.workspace):
        return "What goes by the API is written; the rest lies in files that wait for you: below stands what to do."
    return "The load ran to its end. 70_reconcile reads everything back."
