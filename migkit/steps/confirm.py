"""The widgets of the notebooks; in a report, run by papermill, nobody can click and the tables beside them say the same."""

from __future__ import annotations

import os
from typing import Any

from migkit.model.people import People
from migkit.report import IN_REPORT
from migkit.steps.migration import Migration


def mapping_widget(migration: Migration, *, by: str) -> Any:
    """Return the mapping review, or None in a report."""
    if os.environ.get(IN_REPORT):
        return None
    from migkit.widgets import MappingReview

    return MappingReview(migration.workspace, migration.raw, migration.proposals, migration.schema, by=by)


def people_widget(migration: Migration, people: People, *, by: str) -> Any:
    """Return the review of pairs, or None in a report."""
    if os.environ.get(IN_REPORT):
        return None
    from migkit.widgets import PeopleReview

    return PeopleReview(migration.workspace, people, migration.tables, by=by)


def owners_widget(migration: Migration, people: People, *, by: str) -> Any:
    """Return the choice of owners, or None in a report."""
    if os.environ.get(IN_REPORT):
        return None
    from migkit.widgets import OwnerReview

    return OwnerReview(migration.workspace, people, by=by)
