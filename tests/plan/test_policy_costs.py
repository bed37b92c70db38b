"""What a plan would cost under other policies about history: counted without planning again, and exactly what planning again gives."""

from __future__ import annotations

import itertools
from typing import Any

import pytest

from migkit.migration.defaults import default_policies, load_map
from migkit.plan import Planning, count_tokens

from .frames import SCHEMA, SETTINGS, TODAY, people, plan, tables

LONG = "word " * 21_000
"""More than one note holds."""


def visit(number: int, at: str, status: str = "completed", **more: Any) -> dict[str, Any]:
    return {"appointment_id": str(number), "patient_id": "12", "start_at": at, "type": "Check-up", "status": status, **more}


ROWS: dict[str, Any] = {
    "patients": [{"patient_id": "12", "first_name": "Anna", "last_name": "Rossi"}, {"patient_id": "13", "last_name": "Po"}],
    "appointments": [
        visit(1, "2018-05-03 09:00"),
        visit(2, "2018-06-04 09:00", "cancelled"),
        visit(3, "2020-02-03 09:00", "did_not_attend", type="Hygiene"),
        visit(4, "2026-02-03 09:00", "cancelled", notes=LONG),
        visit(5, "2026-02-04 09:00", notes=LONG),
        visit(6, "2019-10-06 02:30"),  # an hour that the clocks leave out: held, or folded
        visit(7, "2026-04-03 09:00", "booked", patient_id="99"),  # of nobody
    ],
    "communications": [
        {"communication_id": "1", "patient_id": "12", "kind": "sms", "at": "2018-01-02 10:00", "subject": "Reminder"},
        {"communication_id": "2", "patient_id": "13", "kind": "call", "at": "2026-01-02 10:00", "body": LONG},
    ],
    "recalls": [
        {"recall_id": "1", "patient_id": "12", "due_date": "2018-03-01", "status": "completed"},
        {"recall_id": "2", "patient_id": "13", "due_date": "2026-09-01", "status": "due"},
    ],
    "clinical_notes": [
        {"note_id": "1", "patient_id": "12", "at": "2018-05-03 09:00", "content": LONG},
        {"note_id": "2", "patient_id": "12", "at": "2018-09-03 09:00", "content": "Well."},
        {"note_id": "3", "patient_id": "12", "content": "Undated."},
        {"note_id": "4", "patient_id": "13", "at": "2026-01-03 09:00", "content": ""},
    ],
    "attachments": [
        {"attachment_id": str(number), "patient_id": "12", "path": f"{number}.png", "created_at": "2020-01-01 10:00", "description": "x"}
        for number in range(5)
    ],
}
FILES = {f"{number}.png": str(number) for number in range(5)}
CHOICES: dict[str, tuple[Any, ...]] = {
    "cancelled_appointments": ("keep", "exclude"),
    "older_than": (None, "2019-01-01", "2025-01-01"),
    "clinical_notes": ("each", "per_patient_year"),
    "attachments": ("each", "zip_per_patient_year"),
}
ALL = [dict(zip(CHOICES, chosen, strict=True)) for chosen in itertools.product(*CHOICES.values())]


def planning(policies: dict[str, Any]) -> Planning:
    whole = {"settings": SETTINGS, "today": TODAY, "schema": SCHEMA, "pipedrive_map": load_map()}
    found = Planning(tables(ROWS, files=FILES), people(), policies=default_policies(policies), **whole)
    found.plan()
    return found


@pytest.fixture(scope="module")
def costs() -> list[Any]:
    """What the plan that is made with each choice costs."""
    return [count_tokens(plan(ROWS, files=FILES, policies=other)) for other in ALL]


@pytest.mark.parametrize("own", ALL[::5], ids=str)
def test_the_cost_under_other_policies_is_that_of_the_other_plan(own: dict[str, Any], costs: list[Any]) -> None:
    """Whatever the plan's own policies are, every other choice is priced as a plan that is made with it."""
    made = planning(own)
    for other, cost in zip(ALL, costs, strict=True):
        assert made.cost_under(other) == cost, other


def test_what_a_choice_saves_in_records() -> None:
    """Without cancelled appointments: three activities, the long one's overflow note, and two activity types fewer."""
    made = planning({})
    kept, without = (
        made.cost_under({}).creates,
        made.cost_under({"cancelled_appointments": "exclude"}).creates,
    )
    assert {kind: number - without.get(kind, 0) for kind, number in kept.items() if number != without.get(kind, 0)} == {
        "activity": 3,
        "note": 1,
        "activity_type": 2,
    }


def test_a_policy_of_another_kind_is_refused() -> None:
    """What persons and deals follow cannot be priced without planning them."""
    with pytest.raises(ValueError, match="not waves"):
        planning({}).cost_under({"waves": "one"})
