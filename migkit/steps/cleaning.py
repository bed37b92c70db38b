"""Record a cleaning made by hand as a named cleaning that later exports get too."""

from __future__ import annotations

import hashlib
import inspect
import textwrap
from datetime import UTC, datetime

from migkit.migration import Migration
from migkit.migration.cleaning import Change, compiled
from migkit.model.errors import UsageError
from migkit.source import Cleaning, apply_cleanings
from migkit.workspace import write_atomically

HEADER = "import pandas as pd\n\n\n"


def register_cleaning(migration: Migration, change: Change, *, table: str, by: str, why: str) -> Migration:
    """Record a function over a typed table as a named, replayable cleaning, and return the migration read anew.

    `change` takes the frame of `table` and returns it with other values: same rows, keys and columns; it may use pandas as
    `pd` and nothing else from outside. It is tried before it is recorded; a function of the same name replaces the earlier one.
    """
    name = change.__name__
    if not name.isidentifier() or not by.strip() or not why.strip():
        raise UsageError("A cleaning is a function with a name, and needs to say by whom and why.")
    source = HEADER + textwrap.dedent(inspect.getsource(change))
    folder = migration.workspace.decisions / "cleaning"
    trial = Cleaning(name, table, compiled(source, name, name), by, why)
    apply_cleanings(migration.tables, [trial])
    folder.mkdir(exist_ok=True)
    write_atomically(folder / f"{name}.py", source)
    document = migration.workspace.read_decision("cleaning")
    others = [entry for entry in document.get("cleanings", []) if entry["name"] != name]
    at = datetime.now(UTC).isoformat(timespec="seconds")
    entry = {"name": name, "table": table, "by": by, "at": at, "why": why, "sha256": hashlib.sha256(source.encode()).hexdigest()}
    migration.workspace.write_decision("cleaning", {"version": 1, **document, "cleanings": [*others, entry]})
    return migration.refreshed()
