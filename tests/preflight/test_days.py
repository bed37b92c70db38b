"""The plan of days is arithmetic that a customer can check, and policies are priced by counting."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from migkit.migration.defaults import default_policies
from migkit.model.cost import Cost, cost_of
from migkit.model.objects import ObjectType
from migkit.preflight import compare_policies, plan_of_days, policy_variants

PRACTICE = {ObjectType.PERSON: 10_000, ObjectType.ACTIVITY: 40_000, ObjectType.NOTE: 10_000, ObjectType.DEAL: 5_000}


def test_the_published_example() -> None:
    """375,000 tokens are 12.5 days on the smallest plan with one seat, 15.6 with a reserve of 20 %; undoing them 9.4."""
    days = plan_of_days(cost_of(PRACTICE), "lite", 1, 20)
    assert (days.tokens, days.days_without_reserve, days.days) == (375_000, 12.5, 15.6)
    assert (days.per_day, days.rollback_tokens, days.rollback_days, days.rollback_fits) == (24_000, 225_000, 9.4, False)
    assert "375,000 tokens at least: 15.6 days on lite with 1 seat, 20 % of each day left to the customer" in days.sentence()
    assert days.sentence(is_estimate=True).startswith("Estimate: ")


@pytest.mark.parametrize(
    ("plan", "seats", "days", "without"), [("premium", 1, 3.1, 2.5), ("ultimate", 2, 1.1, 0.9), ("growth", 3, 2.6, 2.1)]
)
def test_bigger_plans_and_seats_divide_it(plan: str, seats: int, days: float, without: float) -> None:
    """30,000 x multiplier x seats a day."""
    found = plan_of_days(cost_of(PRACTICE), plan, seats, 20)
    assert (found.days, found.days_without_reserve) == (days, without)


def test_tokens_are_told_per_object() -> None:
    """In the order of writing; notes cost twice what a version 2 object costs."""
    expected = pd.DataFrame(
        [("person", 10_000, 50_000, 2.1), ("deal", 5_000, 25_000, 1.0), ("activity", 40_000, 200_000, 8.3), ("note", 10_000, 100_000, 4.2)],
        columns=["object", "records", "tokens", "days"],
    )
    pd.testing.assert_frame_equal(plan_of_days(cost_of(PRACTICE), "lite", 1).by_object, expected)


def test_what_another_plan_would_change() -> None:
    """With the same seats and reserve; the present plan is marked."""
    found = plan_of_days(cost_of(PRACTICE), "growth", 1).alternatives
    expected = pd.DataFrame(
        [
            ("lite", False, 24_000, 15.6, 9.4),
            ("growth", True, 48_000, 7.8, 4.7),
            ("premium", False, 120_000, 3.1, 1.9),
            ("ultimate", False, 168_000, 2.2, 1.3),
        ],
        columns=["plan", "is the present one", "tokens a day", "days", "rollback days"],
    )
    pd.testing.assert_frame_equal(found, expected)


def test_what_a_top_up_would_change() -> None:
    """To be through in 1, 2, 5 or 10 days: the tokens a day that the plan lacks for it."""
    found = plan_of_days(cost_of(PRACTICE), "lite", 1).top_ups
    expected = pd.DataFrame([(1, 351_000), (2, 163_500), (5, 51_000), (10, 13_500)], columns=["days", "extra tokens a day"])
    pd.testing.assert_frame_equal(found, expected)


def test_nothing_to_load_takes_no_day() -> None:
    """And needs no top-up."""
    days = plan_of_days(cost_of({}), "lite", 1)
    assert (days.days, len(days.by_object), len(days.top_ups), days.rollback_fits) == (0.0, 0, 0, True)


def test_policies_are_priced_by_their_own_plans() -> None:
    """Greatest saving first; a policy that saves nothing says so."""
    base = cost_of(PRACTICE)
    variants = {
        "fold": cost_of(PRACTICE | {ObjectType.NOTE: 4_000}),
        "leave out": cost_of(PRACTICE | {ObjectType.ACTIVITY: 34_000}),
        "none": base,
    }
    found = compare_policies(base, variants, "lite", 1)
    assert found.to_dict("records") == [
        {"policy": "fold", "records fewer": 6_000, "tokens": 315_000, "tokens saved": 60_000, "days": 13.1, "days saved": 2.5},
        {"policy": "leave out", "records fewer": 6_000, "tokens": 345_000, "tokens saved": 30_000, "days": 14.4, "days saved": 1.2},
        {"policy": "none", "records fewer": 0, "tokens": 375_000, "tokens saved": 0, "days": 15.6, "days saved": 0.0},
    ]


def test_no_variants_no_rows() -> None:
    """An empty table with its columns."""
    assert "policy" in compare_policies(Cost({}, {}, 0, 0), {}, "lite", 1)


def test_variants_are_valid_policies_that_change_one_thing() -> None:
    """The plan room takes each of them; cut-offs are absolute dates before the snapshot's day, 29 February included."""
    base = default_policies()
    variants = policy_variants(base, date(2028, 2, 29))
    assert len(variants) == 6
    for variant in variants.values():
        assert default_policies(variant) == base | variant
        assert [base[name] != choice for name, choice in variant.items()] == [True]
    assert [variant["older_than"] for variant in variants.values() if "older_than" in variant] == ["2026-02-28", "2023-02-28", "2021-02-28"]
    assert len(policy_variants(base | {"cancelled_appointments": "exclude"}, date(2028, 2, 29))) == 5


def test_the_fair_use_rule_is_told_where_it_would_take_longer() -> None:
    """65,000 records are 7 days of 10,000 POST: said on a plan whose tokens last for 1.1 days, not on one that takes 15.6 anyway."""
    fast, slow = (plan_of_days(cost_of(PRACTICE), plan, seats, 20) for plan, seats in (("ultimate", 2), ("lite", 1)))
    assert (fast.days_by_writes, slow.days_by_writes) == (7, 7)
    assert "(10,000 POST and PUT a user and day), 7 days" in fast.sentence() and "fair-use" not in slow.sentence()
