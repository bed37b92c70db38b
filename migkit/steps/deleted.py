"""What the customer deleted in Pipedrive after the load: decided in 70_reconcile, kept in `decisions/deleted.yaml`."""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping
from datetime import UTC, datetime
from typing import Any

from migkit.migration import Migration
from migkit.model.errors import UsageError
from migkit.model.objects import SCHEMA_OBJECTS
from migkit.report import IN_REPORT
from migkit.steps.live import newest, renew


def keep_deleted(migration: Migration, keys: Collection[str], *, by: str, why: str) -> str:
    """Decide that records which somebody deleted in Pipedrive stay deleted, and return a sentence saying so.

    They are then neither made again nor a difference. Raises UsageError without a name or a reason, and for a key that is no
    loaded record; set-up (a field, a pipeline) comes back by itself with the next load. Taking a key out of the file undoes it.
    """
    if not by.strip() or not why.strip():
        raise UsageError("Keeping records deleted needs a name and a reason: by=…, why=…. Nothing was decided.")
    entries = migration.ledger.entries()
    for key in keys:
        if key not in entries or not entries[key].is_live or entries[key].object in SCHEMA_OBJECTS:
            raise UsageError(f"{key} is no record that was loaded: take the keys from the list of missing records. Nothing was decided.")
    document = migration.workspace.read_decision("deleted")
    at = datetime.now(UTC).isoformat(timespec="seconds")
    new = {key: {"by": by, "at": at, "why": why} for key in keys}
    migration.workspace.write_decision("deleted", {"version": 1, "deleted": {**(document.get("deleted") or {}), **new}})
    return f"{len(new):,} deleted records stay deleted, decided by {by}: run all cells again."


def deleted_widget(migration: Migration, missing: Collection[str]) -> Any:
    """Return the form that keeps records deleted which somebody deleted in Pipedrive; None in a report, or where none are missing."""
    if os.environ.get(IN_REPORT) or not len(missing):
        return None
    from migkit.widgets import Asked, Done, FormBox

    def act(answers: Mapping[str, str]) -> Done:
        keys = [key.strip() for key in answers["keys"].split(",") if key.strip()] or [*missing]
        said = keep_deleted(newest(migration), keys, by=answers["by"], why=answers["why"])
        renew()
        return Done(said)

    asked = (
        Asked("keys", "Keys", f"{next(iter(missing))}, … as listed above; empty: all of them"),
        Asked("by", "Decided by", "who of the practice says so"),
        Asked("why", "Why", "a test patient"),
    )
    return FormBox(asked, button="They stay deleted", act=act)
