"""Would this plan fit this account? Every question, in the order in which the answers are shown."""

from __future__ import annotations

from . import effects, fit, rights, space
from .subject import Check, Question, Subject

QUESTIONS: tuple[Question, ...] = (
    rights.admin,
    rights.permissions,
    space.custom_fields,
    space.deals,
    fit.owners,
    fit.currencies,
    fit.contact_sync,
    fit.field_types,
    fit.names,
    effects.existing,
    effects.duplicates,
    effects.webhooks,
    effects.automations,
    effects.calendars,
    space.limits,
    space.budget,
)


def run_checks(subject: Subject) -> tuple[Check, ...]:
    """Return every question's answers."""
    return tuple(check for question in QUESTIONS for check in question(subject))
