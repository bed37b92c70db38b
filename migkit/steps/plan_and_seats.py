"""10_audit: which plan and how many paid seats the account has, chosen anew where it answers with other tokens than they give."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any

from migkit.migration import Migration
from migkit.model.cost import PLAN_MULTIPLIER, daily_tokens
from migkit.model.words import number_of
from migkit.preflight import Preflight
from migkit.report import IN_REPORT
from migkit.steps.live import newest, renew

DIFFER = "limits-differ"
"""Code of the pre-flight's answer where the account has another number of tokens than plan and seats give."""


def seats_by_plan(tokens: int) -> dict[str, int]:
    """Return plan → seats for each plan that gives so many tokens a day by whole seats."""
    return {plan: tokens // daily_tokens(plan, 1) for plan in PLAN_MULTIPLIER if tokens and tokens % daily_tokens(plan, 1) == 0}


def plan_widget(migration: Migration, checked: Preflight | None) -> Any:
    """Return the choice of plan and seats that give what the account says; None where they do already, where none do, and in a report."""
    differs = next((check for check in checked.checks if check.code == DIFFER), None) if checked else None
    if os.environ.get(IN_REPORT) or differs is None:
        return None
    found = seats_by_plan(int(dict(differs.message.parameters)["tokens"]))  # type: ignore[arg-type]
    if not found:
        return None
    from migkit.widgets import Asked, Done, FormBox

    choices = {f"{plan} with {number_of(seats, 'paid seat')}": (plan, seats) for plan, seats in found.items()}

    def act(answers: Mapping[str, str]) -> Done:
        newest(migration).workspace.set_plan(*choices[answers["has"]])
        renew()
        return Done(f"Kept in migration.toml: {answers['has']}. The days above are counted with it.")

    return FormBox([Asked("has", "The account has", choices=tuple(choices))], button="Keep this", act=act)
