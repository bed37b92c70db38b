"""Limits change when a migration is done, and open questions about the API how; neither changes what stands there in the end."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from migkit.cli import main
from migkit.sandbox.switches import SWITCHES
from migkit.steps import Migration
from migkit.steps.demo import run_demo
from migkit.steps.load import load
from migkit.steps.reconcile import compare_with_target
from migkit.steps.rollback import roll_back

from .conftest import Journey, reopened
from .prepared import KINDS, Practice, configure, let_a_night_pass, seen, standing, state

pytestmark = pytest.mark.journey

DAY_TOKENS = 1000
OTHER = {name: switch.answers[1] for name, switch in SWITCHES.items()}
EACH = [(name, answer) for name, switch in SWITCHES.items() for answer in switch.answers[1:]]
PRICES = {"organizations": 5, "persons": 5, "deals": 5, "products": 5, "leads": 10, "activities": 5, "notes": 10, "files": 10}
"""Tokens of one create, as Pipedrive's own documentation of each call prices it."""
DEMO_LIMITS: dict[str, Any] = {"plan": "lite", "seats": 1, "limits": True, "daily_tokens": 1200, "clock_speed": 1440.0}


def test_a_load_over_several_days_paused_and_resumed_ends_the_same(practice, unlimited, tmp_path, monkeypatch):
    """Lite, a small daily budget: the door stops with exit 2 and says when to go on; again at once writes nothing; with --wait the rest
    is written over the next days. The end state is that of a load without limits, and no call was ever refused."""
    config: dict[str, Any] = {"plan": "lite", "seats": 1, "burst_limit": True, "daily_limit": True, "daily_tokens": DAY_TOKENS}
    with practice.before(tmp_path / "w", monkeypatch, **config) as journey:
        stopped = door(journey, "run", "load")
        assert stopped.exit_code == 2
        assert "tokens are used up" in stopped.stderr and "run the same again after midnight" in stopped.stderr
        assert DAY_TOKENS * 0.7 < state(journey)["used_ever"] <= DAY_TOKENS * 0.8, "a fifth of the day's tokens is the customer's"

        paused = journey.last_request()
        assert door(journey, "run", "load").exit_code == 2
        assert journey.writes_since(paused) == []

        configure(journey, clock_speed=86_400 / 8)
        monkeypatch.setenv("MIGKIT_DAY", "8")
        resumed = door(journey, "run", "load", "--wait")
        assert resumed.exit_code == 0, resumed.stderr
        assert refusals(journey) == []
        assert state(journey)["used_ever"] > 2 * DAY_TOKENS, "three days at the least"
        configure(journey, burst_limit=False, daily_limit=False)
        assert_ends_as(standing(journey), unlimited)


def test_running_again_day_after_day_finishes_too(practice, unlimited, tmp_path, monkeypatch):
    """Without --wait: the load is run again each day, and ends the same."""
    config: dict[str, Any] = {"seats": 1, "burst_limit": True, "daily_limit": True, "daily_tokens": DAY_TOKENS}
    with practice.before(tmp_path / "w", monkeypatch, **config) as journey:
        days = 1
        while load(Migration.open(journey.workspace), run_id=f"day-{days}").stopped:
            let_a_night_pass(journey)
            days += 1
        assert 3 <= days <= 5
        assert refusals(journey) == []
        configure(journey, burst_limit=False, daily_limit=False)
        assert_ends_as(standing(journey), unlimited)


def test_records_are_written_at_their_floor_and_nothing_is_searched(unlimited):
    """What is written of records costs at most 1.01 times one create (or, for adopted persons, one update) a record; no search."""
    calls, after = unlimited["calls"], unlimited["after"]
    paths = tuple(f"/{'v1' if name in ('leads', 'notes', 'files') else 'v2'}/{name}" for name in KINDS)
    spent = sum(call["tokens"] for call in calls if call["method"] != "GET" and call["path"].removeprefix("/api").startswith(paths))
    floor = sum(PRICES[name] * sum(1 for key in after[name] if isinstance(key, str)) for name in KINDS)

    assert floor > 1500
    assert spent <= 1.01 * floor
    assert [call["path"] for call in calls if "search" in call["path"].lower()] == []
    assert refused(calls) == []


def test_the_other_answer_to_every_open_question_at_once(practice, unlimited, tmp_path, monkeypatch):
    """Every switch the other way: the same end state, nothing to do the second time, and all of it can be undone."""
    assert_arrives(practice, unlimited, tmp_path / "w", monkeypatch, OTHER)


@pytest.mark.long
@pytest.mark.parametrize(("name", "answer"), EACH)
def test_the_other_answers_one_by_one(practice, unlimited, tmp_path, monkeypatch, name, answer):
    """Each answer of each switch, the rest strict."""
    assert_arrives(practice, unlimited, tmp_path / "w", monkeypatch, {name: answer})


@pytest.mark.long
@pytest.mark.parametrize("switches", [{}, {**OTHER, "undocumented_headers": "sent"}], ids=["strict", "other"])
def test_the_whole_demo_under_limits_ends_as_without(tmp_path, monkeypatch, switches):
    """All notebooks on lite over several simulated days, no call refused, end as on a plan without limits. (Without the undocumented
    headers nobody could know that this day has fewer tokens than the plan gives, so they are sent.)"""
    given = [f"{name}={answer}" for name, answer in switches.items()]
    run_demo(tmp_path / "free", say=lambda _: None, patients=20)
    run_demo(tmp_path / "lite", say=lambda _: None, patients=20, switches=given, **DEMO_LIMITS)
    with reopened(tmp_path / "free", monkeypatch) as free, reopened(tmp_path / "lite", monkeypatch) as lite:
        assert free.summary["agrees"] and lite.summary["agrees"]
        assert free.summary["tables"] == lite.summary["tables"]
        assert standing(free) == standing(lite)
        assert refusals(lite) == []
        assert sum(lite.summary["tokens"]["spent"].values()) > 3 * DEMO_LIMITS["daily_tokens"]


def door(journey: Journey, command: str, *rest: str) -> Any:
    return CliRunner().invoke(main, [command, str(journey.workspace), *rest])


def refusals(journey: Journey) -> list[str]:
    return refused(seen(journey))


def refused(calls: list[dict[str, Any]]) -> list[str]:
    return [f"{call['method']} {call['path']} {call['status']}" for call in calls if call["status"] >= 400]


def assert_ends_as(found: dict[str, Any], unlimited: dict[str, Any]) -> None:
    for name, expected in unlimited["after"].items():
        assert found[name] == expected, name


def assert_arrives(
    practice: Practice, unlimited: dict[str, Any], folder: Path, patch: pytest.MonkeyPatch, switches: dict[str, str]
) -> None:
    with practice.before(folder, patch, switches=switches) as journey:
        load(Migration.open(journey.workspace), run_id="load")
        assert_ends_as(standing(journey), unlimited)
        migration = Migration.open(journey.workspace)
        assert Counter(str(change.op) for change in migration.changes()).keys() <= {"skip", "hold"}
        assert compare_with_target(migration).agrees
        undone = roll_back(migration, preview=False)
        assert undone.counts["errored"] == 0 and not undone.stopped
        assert standing(journey) == unlimited["before"]
