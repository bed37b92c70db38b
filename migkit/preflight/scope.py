"""The scope card that ends an audit: five grades, each with the rule that gave it. Pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from migkit.model.outcomes import Severity
from migkit.model.words import in_days, number_of

from .days import ROLLBACK_PROMISE_H
from .result import Preflight

CERTAIN = 0.9
"""Confidence from which a proposed column counts as clear."""


@dataclass(frozen=True)
class ScopeFacts:
    """What the card is computed from, besides the pre-flight."""

    columns: int
    """Source columns in all files."""
    with_home: int
    """Columns that go somewhere: a canonical field or a new custom field."""
    clear: int
    """Columns that are confirmed, or proposed with a confidence of `CERTAIN` or more, or left out with a reason."""
    rows: int
    """Data rows in all files."""
    unreadable_rows: int
    """Rejected and held rows."""


@dataclass(frozen=True)
class Grade:
    """One line of the card."""

    aspect: str
    grade: str
    """A (nothing to do), B (some work), C (needs decisions), D (does not fit as it is)."""
    figure: str
    """What was measured."""
    rule: str
    """Why this grade, and where the next better one begins."""


def scope_card(preflight: Preflight, facts: ScopeFacts) -> tuple[Grade, ...]:
    """Return the five grades: compatibility, mapping clarity, API constraints, data volume, timeline."""
    critical = sum(1 for check in preflight.checks if check.severity is Severity.CRITICAL)
    warnings = sum(1 for check in preflight.checks if check.severity is Severity.WARNING)
    days = preflight.days
    homes, clear = _share(facts.with_home, facts.columns), _share(facts.clear, facts.columns)
    unreadable = _share(facts.unreadable_rows, facts.rows)
    return (
        Grade(
            "compatibility",
            _at_least(homes, 0.9, 0.75, 0.5),
            f"{facts.with_home} of {facts.columns} columns have a home in Pipedrive ({homes:.0%})",
            "A from 90 % of the columns with a home, B from 75 %, C from 50 %",
        ),
        Grade(
            "mapping clarity",
            _at_least(clear, 0.95, 0.8, 0.6),
            f"{facts.clear} of {facts.columns} columns are clear ({clear:.0%})",
            "A from 95 % of the columns confirmed or proposed at 0.9 or more, B from 80 %, C from 60 %",
        ),
        Grade(
            "API constraints",
            "D" if critical else _at_most(warnings, 0, 2, 5),
            f"{number_of(critical, 'check stops', 'checks stop')} the load, {number_of(warnings, 'needs', 'need')} a look",
            "A without either, B up to 2 to look at, C up to 5; D beyond that or where one stops the load",
        ),
        Grade(
            "data volume",
            _at_most(unreadable, 0.001, 0.01, 0.05),
            f"{number_of(facts.rows, 'row')}, {facts.unreadable_rows:,} of them unreadable or waiting ({unreadable:.1%})",
            "A up to 0.1 % of the rows unreadable or waiting, B up to 1 %, C up to 5 %",
        ),
        Grade(
            "timeline",
            _later(_at_most(days.days, 1, 5, 15), "C" if not days.rollback_fits else "A"),
            f"{in_days(days.days)} to load, {in_days(days.rollback_days)} to undo, on {days.subscription_plan}",
            f"A up to 1 day, B up to 5, C up to 15; at best C where undoing takes more than {ROLLBACK_PROMISE_H} hours",
        ),
    )


def scope_frame(card: tuple[Grade, ...]) -> pd.DataFrame:
    """Return the card as a table: aspect, grade, figure, rule."""
    return pd.DataFrame([(g.aspect, g.grade, g.figure, g.rule) for g in card], columns=["aspect", "grade", "figure", "rule"])


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 1.0


def _graded(is_met: Callable[[float], bool], bounds: tuple[float, float, float]) -> str:
    return next((grade for grade, bound in zip("ABC", bounds, strict=True) if is_met(bound)), "D")


def _at_least(value: float, *bounds: float) -> str:
    a, b, c = bounds
    return _graded(lambda bound: value >= bound, (a, b, c))


def _at_most(value: float, *bounds: float) -> str:
    a, b, c = bounds
    return _graded(lambda bound: value <= bound, (a, b, c))


def _later(one: str, other: str) -> str:
    return max(one, other)
