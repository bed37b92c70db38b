"""The scope card follows its own rules, at their borders too."""

from __future__ import annotations

from typing import Any

import pytest
from pipedrive.acting import practise

from migkit.model.cost import cost_of
from migkit.model.messages import Message
from migkit.model.objects import ObjectType
from migkit.pipedrive import Pipedrive
from migkit.preflight import Check, Preflight, ScopeFacts, check, plan_of_days, scope_card, scope_frame

from .made import account, plan, settings

FACTS = ScopeFacts(columns=100, with_home=95, clear=97, rows=10_000, unreadable_rows=5)


def grades(preflight: Any, **facts: int) -> dict[str, str]:
    return {grade.aspect: grade.grade for grade in scope_card(preflight, ScopeFacts(**(vars(FACTS) | facts)))}


@pytest.fixture(scope="module")
def fitting() -> Preflight:
    async def work(client: Pipedrive, world: Any) -> Preflight:
        return await check(client, plan(), settings())

    return practise(work, seed=account())


def with_checks(preflight: Preflight, **counts: int) -> Preflight:
    codes = {"critical": "token-not-admin", "warning": "webhooks-unknown", "info": "automations"}
    more = tuple(Check(Message(codes[name])) for name, count in counts.items() for _ in range(count))
    return Preflight((*preflight.checks, *more), preflight.account, preflight.cost, preflight.days, preflight.is_estimate)


def with_activities(preflight: Preflight, count: int) -> Preflight:
    cost = cost_of({ObjectType.ACTIVITY: count})
    return Preflight(preflight.checks, preflight.account, cost, plan_of_days(cost, "lite", 1), preflight.is_estimate)


def test_all_well_is_all_a(fitting: Preflight) -> None:
    """Five aspects, each with its figure and rule in words."""
    assert grades(fitting) == dict.fromkeys(("compatibility", "mapping clarity", "API constraints", "data volume", "timeline"), "A")
    table = scope_frame(scope_card(fitting, FACTS))
    assert table.loc[0, "figure"] == "95 of 100 columns have a home in Pipedrive (95%)"
    assert all(table["rule"].str.startswith("A "))


@pytest.mark.parametrize(
    ("aspect", "facts", "grade"),
    [
        ("compatibility", {"with_home": 90}, "A"), ("compatibility", {"with_home": 89}, "B"), ("compatibility", {"with_home": 49}, "D"),
        ("mapping clarity", {"clear": 94}, "B"), ("mapping clarity", {"clear": 79}, "C"), ("mapping clarity", {"clear": 0}, "D"),
        ("data volume", {"unreadable_rows": 10}, "A"), ("data volume", {"unreadable_rows": 11}, "B"),
        ("data volume", {"unreadable_rows": 501}, "D"), ("data volume", {"rows": 0, "unreadable_rows": 0}, "D"),
    ],
)  # fmt: skip
def test_facts_move_their_grade(fitting: Preflight, aspect: str, facts: dict[str, int], grade: str) -> None:
    """Borders as the rules state them."""
    assert grades(fitting, **facts)[aspect] == grade


@pytest.mark.parametrize(("counts", "grade"), [({"warning": 2}, "B"), ({"warning": 5}, "C"), ({"warning": 6}, "D"), ({"critical": 1}, "D")])
def test_checks_move_the_grade_of_constraints(fitting: Preflight, counts: dict[str, int], grade: str) -> None:
    """What stops the load is a D whatever else is well."""
    assert grades(with_checks(fitting, **counts))["API constraints"] == grade


@pytest.mark.parametrize(("activities", "grade"), [(4_800, "A"), (4_801, "A"), (5_300, "B"), (16_100, "C"), (72_000, "C"), (73_000, "D")])
def test_days_move_the_timeline(fitting: Preflight, activities: int, grade: str) -> None:
    """4,800 activities are a day on the smallest plan; from 2 days of undoing on it is a C at best."""
    assert grades(with_activities(fitting, activities))["timeline"] == grade
