"""Practice-local times and UTC, checked against the published daylight-saving changes of 2026."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from migkit.model.outcomes import Outcome
from migkit.plan.times import to_utc
from migkit.workspace import Settings

from .frames import plan

# Sydney 2026: clocks go back on 5 April at 3:00 (02:00-02:59 occurs twice), forward on 4 October at 2:00 (02:00-02:59 never is).
CASES = [
    ("Australia/Sydney", "2026-01-15 09:00", "2026-01-14 22:00", ""),
    ("Australia/Sydney", "2026-07-15 09:00", "2026-07-14 23:00", ""),
    ("Australia/Sydney", "2026-04-05 01:59", "2026-04-04 14:59", ""),
    ("Australia/Sydney", "2026-04-05 02:00", None, "ambiguous-hour"),
    ("Australia/Sydney", "2026-04-05 02:59", None, "ambiguous-hour"),
    ("Australia/Sydney", "2026-04-05 03:00", "2026-04-04 17:00", ""),
    ("Australia/Sydney", "2026-10-04 01:59", "2026-10-03 15:59", ""),
    ("Australia/Sydney", "2026-10-04 02:00", None, "nonexistent-hour"),
    ("Australia/Sydney", "2026-10-04 02:59", None, "nonexistent-hour"),
    ("Australia/Sydney", "2026-10-04 03:00", "2026-10-03 16:00", ""),
    ("Australia/Brisbane", "2026-04-05 02:30", "2026-04-04 16:30", ""),
    ("Australia/Perth", "2026-10-04 02:30", "2026-10-03 18:30", ""),
    ("Australia/Adelaide", "2026-01-15 09:00", "2026-01-14 22:30", ""),
    ("Australia/Lord_Howe", "2026-04-05 01:45", None, "ambiguous-hour"),  # half an hour of daylight saving
    ("Australia/Lord_Howe", "2026-10-04 02:15", None, "nonexistent-hour"),
    ("Europe/Dublin", "2026-10-25 01:30", None, "ambiguous-hour"),  # winter time is the "saving" one there
]


@pytest.mark.parametrize(("zone", "local", "utc", "problem"), CASES)
def test_local_times_become_utc_and_doubtful_hours_are_held(zone: str, local: str, utc: str | None, problem: str) -> None:
    """Hours that occur twice or never come back as None with the problem named."""
    moment, found = to_utc(datetime.fromisoformat(local), ZoneInfo(zone))
    assert (moment and moment.strftime("%Y-%m-%d %H:%M"), found) == (utc, problem)


@pytest.mark.parametrize(
    ("local", "choices", "utc"),
    [
        ("2026-04-05 02:30", {"ambiguous": "earlier"}, "2026-04-04 15:30"),
        ("2026-04-05 02:30", {"ambiguous": "later"}, "2026-04-04 16:30"),
        ("2026-10-04 02:30", {"nonexistent": "shift"}, "2026-10-03 16:30"),
    ],
)
def test_a_policy_decides_doubtful_hours(local: str, choices: dict[str, str], utc: str) -> None:
    """earlier and later choose one of two hours, shift moves the clock on by the gap."""
    moment, _ = to_utc(datetime.fromisoformat(local), ZoneInfo("Australia/Sydney"), **choices)
    assert moment is not None and moment.strftime("%Y-%m-%d %H:%M") == utc


def test_an_appointment_in_a_doubtful_hour_is_held_with_a_finding() -> None:
    """It is held, never guessed; with a decision it is planned."""
    rows = {
        "patients": [{"patient_id": "1", "first_name": "A", "last_name": "B"}],
        "appointments": [{"appointment_id": "1", "patient_id": "1", "start_at": "2026-04-05 02:30", "duration": 30}],
    }
    made = plan(rows)
    assert [(row.key, row.outcome) for row in made.row_outcomes] == [("appointment:1", Outcome.HELD)]
    assert [(finding.code, finding.keys) for finding in made.findings] == [("ambiguous-hour", ("appointment:1",))]
    decided = plan(rows, policies={"ambiguous_hour": "later"}).records["appointment:1"]
    assert (decided.fields["due_date"], decided.fields["due_time"]) == ("2026-04-04", "16:30:00")


def test_locations_have_their_own_zones() -> None:
    """An appointment in Perth and one in Sydney at the same wall-clock time are three hours apart in summer."""
    settings = Settings("P", "Australia/Sydney", "AUD", "http://127.0.0.1:1", "growth", 2, timezones={"Perth": "Australia/Perth"})
    visits = [
        {"appointment_id": str(n), "patient_id": "1", "start_at": "2026-01-15 09:00", "location": place}
        for n, place in enumerate(("Perth", "Bondi"))
    ]
    made = plan({"patients": [{"patient_id": "1", "first_name": "A"}], "appointments": visits}, settings=settings)
    assert made.records["appointment:0"].fields["due_time"] == "01:00:00"
    assert made.records["appointment:1"].fields["due_time"] == "22:00:00"
