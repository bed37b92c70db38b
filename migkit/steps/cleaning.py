"""Cleaning that a person decides on: repairs that are vetoed, and named steps made by hand that later exports get too.

`decisions/cleaning.yaml` says who, when and why; the functions themselves lie beside it under `decisions/cleaning/`.
"""

from __future__ import annotations

import hashlib
import importlib.util
import inspect
import textwrap
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from migkit.model.errors import DataError, UsageError
from migkit.source import Step, apply_steps
from migkit.workspace import Workspace, write_atomically

if TYPE_CHECKING:
    from migkit.steps.migration import Migration

Change = Callable[[pd.DataFrame], pd.DataFrame]
HEADER = "import pandas as pd\n\n\n"


def register_step(migration: Migration, change: Change, *, table: str, by: str, why: str) -> Migration:
    """Record a function over a typed table as a named, replayable step, and return the migration read anew.

    `change` takes the frame of `table` and returns it with other values: same rows, keys and columns; it may use pandas as
    `pd` and nothing else from outside. It is tried before it is recorded; a function of the same name replaces the earlier one.
    """
    name = change.__name__
    if not name.isidentifier() or not by.strip() or not why.strip():
        raise UsageError("A cleaning step is a function with a name, and needs to say by whom and why.")
    source = HEADER + textwrap.dedent(inspect.getsource(change))
    folder = migration.workspace.decisions / "cleaning"
    trial = Step(name, table, _compiled(source, name, name), by, why)
    apply_steps(migration.tables, [trial])
    folder.mkdir(exist_ok=True)
    write_atomically(folder / f"{name}.py", source)
    document = migration.workspace.read_decision("cleaning")
    others = [entry for entry in document.get("steps", []) if entry["name"] != name]
    entry = {"name": name, "table": table, "by": by, "at": _now(), "why": why, "sha256": _digest(source)}
    migration.workspace.write_decision("cleaning", {"version": 1, **document, "steps": [*others, entry]})
    return type(migration)(migration.workspace)


def registered_steps(workspace: Workspace) -> list[Step]:
    """Return the steps of `decisions/cleaning.yaml`. Raises DataError where a function is missing or was changed since."""
    found = []
    for entry in workspace.read_decision("cleaning").get("steps", []):
        path = workspace.decisions / "cleaning" / f"{entry['name']}.py"
        source = path.read_text(encoding="utf-8") if path.is_file() else ""
        if _digest(source) != entry["sha256"]:
            raise DataError(f"{path} is not the cleaning step that {entry['by']} registered: register it again, nothing was loaded.")
        found.append(Step(entry["name"], entry["table"], _compiled(source, entry["name"], path), entry["by"], entry["why"]))
    return found


def vetoes(workspace: Workspace) -> frozenset[tuple[str, str, str]]:
    """Return the vetoed repairs as (table, field, rule)."""
    entries: list[Mapping[str, Any]] = workspace.read_decision("cleaning").get("vetoes", [])
    return frozenset((entry["table"], entry["field"], entry["rule"]) for entry in entries)


def _compiled(source: str, name: str, path: str | Path) -> Change:
    spec = importlib.util.spec_from_loader(f"cleaning_{name}", loader=None)
    assert spec is not None
    module = importlib.util.module_from_spec(spec)
    try:
        exec(compile(source, str(path), "exec"), module.__dict__)
        change: Change = getattr(module, name)
    except Exception as error:
        raise DataError(f"The cleaning step {name} cannot be read ({type(error).__name__}): mend {path}.") from error
    return change


def _digest(source: str) -> str:
    return hashlib.sha256(source.encode()).hexdigest()


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
