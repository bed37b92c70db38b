"""The widgets of the notebooks; in a report, run by papermill, nobody can click and the tables beside them say the same."""

from __future__ import annotations

import os
from typing import Any

from migkit.report import IN_REPORT
from migkit.steps.migration import Migration
from migkit.steps.people import PeopleView


def mapping_widget(migration: Migration, *, by: str) -> Any:
    """Return the mapping review, or None in a report."""
    if os.environ.get(IN_REPORT):
        return None
    from migkit.widgets import MappingReview

    return MappingReview(migration.workspace, migration.raw, migration.proposals, migration.schema, by=by)


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


def owners_widget(migration: Migration, view: PeopleView, *, by: str) -> Any:
    """Return the choice of owners, or None in a report."""
    if os.environ.get(IN_REPORT):
        return None
    from migkit.widgets import OwnerReview

    return OwnerReview(migration.workspace, view.people, users=view.users, by=by)
