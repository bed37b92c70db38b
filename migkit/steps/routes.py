"""The ways to load side by side, and what waits for somebody where files were made."""

from __future__ import annotations

import pandas as pd

from migkit.migration import Migration, import_rounds
from migkit.model.words import number_of
from migkit.preflight import compare_routes
from migkit.report import View, note_box


def routes_frame(migration: Migration) -> pd.DataFrame:
    """Return the ways of loading the whole plan side by side, one row a route, as if nothing were loaded yet."""
    settings = migration.workspace.settings
    return compare_routes(migration.route_costs, settings.subscription_plan, settings.seats, settings.reserve_pct)


def files_to_import(migration: Migration) -> View | None:
    """Return which files wait to be imported, and where the instructions lie; None where none wait."""
    one = import_rounds.waiting(migration.workspace)
    if one is None:
        return None
    folder = import_rounds.folder(migration.workspace, one.number)
    names = ", ".join(file.name for file in one.files)
    return note_box(
        f"Round {one.number} of Pipedrive's own import waits for you: {number_of(len(one.files), 'file')} ({names}) in {folder}. "
        f"Follow {folder / 'instructions.html'}, then run `migkit adopt {migration.workspace.typed}` and this page again.",
        "warn",
    )


def require_imported(migration: Migration) -> None:
    """Raise GateClosed while files wait to be imported: the load is not done before."""
    import_rounds.require_imported(migration.workspace)
