"""The ways to load side by side, and what waits for somebody where files were made."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from migkit.migration import Migration, import_rounds
from migkit.model.words import number_of
from migkit.preflight import compare_routes
from migkit.report import IN_REPORT, View, note_box
from migkit.steps.adopt import adopt
from migkit.steps.live import live, renew


def routes_frame(migration: Migration) -> pd.DataFrame:
    """Return the ways of loading the whole plan side by side, one row a route, as if nothing were loaded yet."""
    settings = migration.workspace.settings
    return compare_routes(migration.route_costs, settings.subscription_plan, settings.seats, settings.reserve_pct)


def files_to_import(migration: Migration) -> Any:
    """Return which files wait to be imported, and where the instructions lie, nothing where none wait; by hand it follows each press."""
    if os.environ.get(IN_REPORT):
        return _files_that_wait(migration)
    from migkit.widgets import Renewed

    return live(Renewed(lambda: _files_that_wait(migration)))


def _files_that_wait(migration: Migration) -> View | None:
    one = import_rounds.waiting(migration.workspace)
    if one is None:
        return None
    folder = import_rounds.folder(migration.workspace, one.number)
    names = ", ".join(file.name for file in one.files)
    return note_box(
        f"Round {one.number} of Pipedrive's own import waits for you: {number_of(len(one.files), 'file')} ({names}) in {folder}. "
        f"Follow {folder / 'instructions.html'}, then take over what was imported, and write again: the rest goes then.",
        "warn",
    )


def adopt_widget(migration: Migration) -> Any:
    """Return the form that takes over what was imported, empty as long as no files wait, or None in a report."""
    if os.environ.get(IN_REPORT):
        return None
    from migkit.widgets import Asked, Done, FormBox, Remade

    def act(answers: Mapping[str, str]) -> Done:
        found = adopt(migration.workspace.path, Path(answers["skipped"]).expanduser() if answers["skipped"] else None)
        renew()
        return Done(found.to_text())

    asked = Asked("skipped", "Skip file", "what Pipedrive offered to download, e.g. ~/Downloads/skipped.xlsx; empty: none")

    def waiting() -> int | None:
        one = import_rounds.waiting(migration.workspace)
        return one.number if one else None

    return live(Remade(waiting, lambda: FormBox([asked], button="Take over what was imported", act=act)))
