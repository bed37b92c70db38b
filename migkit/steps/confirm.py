"""The widgets of the notebooks; in a report, run by papermill, nobody can click and the tables beside them say the same."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

import pandas as pd

from migkit.migration import Migration
from migkit.report import IN_REPORT
from migkit.steps.live import live, renew
from migkit.steps.merging import merge_reviews
from migkit.steps.people import PeopleView
from migkit.steps.views import save_view, try_view


def mapping_widget(migration: Migration, *, by: str) -> Any:
    """Return the mapping review, or None in a report."""
    if os.environ.get(IN_REPORT):
        return None
    from migkit.widgets import MappingReview

    snapshot = migration.under_review
    return MappingReview(
        migration.workspace,
        migration.readings.raw(snapshot),
        migration.proposals_of(snapshot),
        migration.schema,
        by=by,
        policy=migration.decisions.policies["incremental_columns"],
        memory=migration.readings.memory,
        language_model=migration.readings.language_model,
        completed=renew,
    )


def cleaning_widget(migration: Migration, *, by: str) -> Any:
    """Return the review of the cleaning rules, or None in a report."""
    if os.environ.get(IN_REPORT):
        return None
    from migkit.widgets import CleaningReview

    return CleaningReview(migration.workspace, migration.tables.repairs, migration.schema, by=by)


def people_widget(migration: Migration, view: PeopleView, *, by: str) -> Any:
    """Return the review of pairs, or None in a report."""
    if os.environ.get(IN_REPORT):
        return None
    from migkit.widgets import PeopleReview

    return PeopleReview(migration.workspace, view.people, migration.tables, by=by, account_people=view.account_people)


def owners_widget(migration: Migration, view: PeopleView, *, by: str, changed: Callable[[], object] = lambda: None) -> Any:
    """Return the choice of owners, or None in a report; `changed` is called after each choice."""
    if os.environ.get(IN_REPORT):
        return None
    from migkit.widgets import OwnerReview

    return live(OwnerReview(migration.workspace, view.people, users=view.users, by=by, changed=changed))


def merge_widget(migration: Migration) -> Any:
    """Return the field for a second reviewer's map, or None in a report."""
    if os.environ.get(IN_REPORT):
        return None
    from migkit.widgets import MergeBox

    def merge(path: str) -> tuple[str, ...]:
        merged = merge_reviews(migration, path)
        return (merged.sentence, *merged.disagreements["what each says"])

    return MergeBox(merge)


def views_widget(migration: Migration, *, by: str) -> Any:
    """Return the box that makes views, or None in a report."""
    if os.environ.get(IN_REPORT):
        return None
    from migkit.widgets import ViewBox

    tables = migration.readings.raw(migration.under_review).tables

    def attempt(sql: str) -> tuple[str, pd.DataFrame]:
        seen, rows = try_view(migration, sql)
        return seen.sentence(), rows

    def keep(name: str, sql: str, by: str, why: str) -> str:
        seen = save_view(migration, name, sql, by=by, why=why)
        return f"The view {name.strip()} is kept: {seen.sentence()} Run all cells again to map it."

    own = {name: table.columns for name, table in tables.items() if table.drawn is None}
    return ViewBox(own, attempt=attempt, keep=keep, by=by)
