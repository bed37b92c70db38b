"""Workflows and reports leave by another door: documents of the handover."""

from __future__ import annotations

import json
from datetime import date

import jsonschema
import pytest

from migkit.countries import country_of
from migkit.model.outcomes import Outcome
from migkit.plan.periods import period_of
from migkit.resources import folder

from .frames import TODAY, plan

FLOWS = [
    {"workflow_id": "1", "name": "Appointment reminder", "trigger": "Appointment booked", "timing": "2 days before",
     "channel": "SMS, Email",
     "audience": "All patients", "message": "Hi {FirstName}, see you on [Date]", "enabled": True},
    {"workflow_id": "2", "name": "Recall letter", "trigger": "Recall due", "timing": "1 week after", "channel": "Letter", "enabled": False},
    {"workflow_id": "3", "name": "Strange thing"},
]  # fmt: skip


def test_workflows_are_structured_and_annotated() -> None:
    """The document fits its schema; trigger, timing, channels and placeholders are read; those not switched off are counted."""
    made = plan({"workflows": FLOWS})
    document = made.documents["workflows.json"]
    jsonschema.validate(document, json.loads((folder("templates") / "workflow.schema.json").read_text(encoding="utf-8")))
    assert (document["automations_needed"], document["needs_another_app"]) == (2, 1)
    first, second, third = document["workflows"]
    assert first["timing"] == {"text": "2 days before", "offset": 2, "unit": "days", "direction": "before"}
    assert first["channels"] == ["sms", "email"]
    assert first["placeholders"] == ["Date", "FirstName"]
    assert first["rebuild"]["pipedrive_trigger"] == "Activity of an appointment type: due date"
    assert (second["channels"], second["enabled"]) == (["letter"], False)
    assert third["rebuild"]["pipedrive_trigger"] is None
    assert [(row.key, row.outcome, row.ref) for row in made.row_outcomes] == [
        (f"workflow:{n}", Outcome.EXPORTED, f"workflows.json#workflow:{n}") for n in (1, 2, 3)
    ]


PATIENT = {"patient_id": "1", "first_name": "A", "status": "active"}
BOOKS = {
    "patients": [PATIENT, {**PATIENT, "patient_id": "2", "status": "inactive"}],
    "invoices": [
        {"invoice_id": "1", "patient_id": "1", "total": 1005, "balance": 5, "status": "part_paid", "date": "2026-01-31"},
        {"invoice_id": "2", "patient_id": "1", "total": 2000, "status": "paid", "date": "2026-02-01"},
        {"invoice_id": "3", "patient_id": "1", "total": 9900, "status": "void", "date": "2026-02-02"},
    ],
    "payments": [
        {
            "payment_id": "1",
            "patient_id": "1",
            "invoice_id": "2",
            "kind": "payment",
            "method": "eftpos",
            "amount": 2000,
            "date": "2026-02-01",
        },
        {"payment_id": "2", "patient_id": "1", "kind": "prepayment", "method": "cash", "amount": 500, "date": "2026-02-01"},
        {"payment_id": "3", "patient_id": "1", "invoice_id": "1", "kind": "allocation", "amount": 500, "date": "2026-02-02"},
    ],
    "appointments": [
        {"appointment_id": "1", "patient_id": "1", "start_at": "2026-02-05 09:00", "status": "did_not_attend"},
        {"appointment_id": "2", "patient_id": "1", "start_at": "2026-02-05 10:00", "status": "completed"},
    ],
}


@pytest.mark.parametrize(
    ("report", "number", "unit", "groups"),
    [
        ({"measure": "production"}, 30.05, "AUD", None),
        ({"name": "Production by month", "measure": "invoiced", "grouping": "month"}, 30.05, "AUD", {"2026-01": 10.05, "2026-02": 20.0}),
        ({"measure": "production", "period": "last month"}, 20.0, "AUD", None),
        ({"measure": "sum of invoices.total", "filter": "status is not void", "period": "01/02/2026 to 28/02/2026"}, 20.0, "AUD", None),
        ({"measure": "sum of invoices.balance", "filter": "status is part_paid and date is not x"}, 0.05, "AUD", None),
        ({"measure": "count of invoices", "grouping": "status"}, 3, "invoices", {"paid": 1, "part_paid": 1, "void": 1}),
        ({"name": "Banking", "grouping": "payment method"}, 25.0, "AUD", {"cash": 5.0, "eftpos": 20.0}),
        ({"name": "Aged debtors"}, 0.05, "AUD", None),
        ({"measure": "no_shows"}, 1, "appointments", None),
        ({"measure": "appointments", "grouping": "status"}, 2, "appointments", {"completed": 1, "did_not_attend": 1}),
        ({"name": "Active patients"}, 1, "persons", None),
    ],
)
def test_a_recipe_names_the_practices_number(report: dict[str, str], number: float, unit: str, groups: dict | None) -> None:
    """Computed from the export: void invoices do not count, allocations are no new money, the period is seen from the export's day."""
    (recipe,) = plan({**BOOKS, "reports": [{"report_id": "1", **report}]}).documents["rebuild_recipes.json"]["recipes"]
    assert (recipe["practice"]["shows"], recipe["unit"], recipe["practice"]["groups"]) == (number, unit, groups)


@pytest.mark.parametrize(
    ("report", "shows", "difference", "groups", "why"),
    [
        ({"measure": "production"}, 30.05, 0, None, ""),
        ({"measure": "production", "period": "last month"}, 0.0, -20.0, None, "count on the day in Source created"),
        ({"measure": "production", "period": "2026-01"}, 30.05, 20.0, None, "count on the day in Source created"),
        ({"measure": "sum of invoices.total", "filter": "status is paid"}, 0.0, -20.0, None, "sums by deal"),
        ({"measure": "production", "grouping": "month"}, 30.05, 0, {"2026-01": 30.05}, ""),
        ({"name": "Aged debtors"}, 30.05, 30.0, None, "paid parts included"),
        ({"name": "Banking", "grouping": "payment method"}, 25.0, 0, None, "can't group payments by their payment method"),
        ({"measure": "no_shows"}, 1, 0, None, ""),
        ({"measure": "count of appointments", "filter": "status is completed"}, 1, 0, None, ""),
    ],
)
def test_insights_shows_what_the_records_hold(
    report: dict[str, str], shows: float, difference: float, groups: dict[str, float] | None, why: str
) -> None:
    """Invoices of 10.05 in January and 20.00 in February stand in one deal of January, part paid; the number is of that deal."""
    (recipe,) = plan({**BOOKS, "reports": [{"report_id": "1", **report}]}).documents["rebuild_recipes.json"]["recipes"]
    assert (recipe["must_show"], recipe["difference"], recipe["groups"]) == (shows, difference, groups)
    assert why in recipe["note"]


def test_an_activity_counts_on_the_practices_day() -> None:
    """8:30 in Sydney on 1 December is still November in UTC."""
    rows = {
        "patients": [PATIENT],
        "appointments": [
            {"appointment_id": "1", "patient_id": "1", "start_at": "2025-12-01 08:30", "type": "Check-up", "status": "completed"}
        ],
        "reports": [{"report_id": "1", "measure": "appointments", "period": "2025-12"}],
    }
    (recipe,) = plan(rows).documents["rebuild_recipes.json"]["recipes"]
    assert (recipe["must_show"], recipe["insights"]["time_zone"]) == (1, "Australia/Sydney")


def test_an_unknown_measure_says_so() -> None:
    """No number is made up; a filter in words and a period in unknown words are said too."""
    reports = [
        {"report_id": "1", "name": "Sunshine index", "measure": "sunshine"},
        {"report_id": "2", "measure": "production", "period": "since the flood", "filter": "the nice ones"},
    ]
    unknown, vague = plan({**BOOKS, "reports": reports}).documents["rebuild_recipes.json"]["recipes"]
    assert unknown["insights"] is None
    assert "unknown" in unknown["note"]
    assert "must_show" not in unknown
    assert "not understood and not applied" in vague["note"]
    assert "period is not understood" in vague["note"]


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("this month", "2026-03-01", "2026-03-31"),
        ("Last month", "2026-02-01", "2026-02-28"),
        ("this financial year", "2025-07-01", "2026-06-30"),
        ("last FY", "2024-07-01", "2025-06-30"),
        ("last quarter", "2025-10-01", "2025-12-31"),
        ("this quarter", "2026-01-01", "2026-03-31"),
        ("last 30 days", "2026-02-14", "2026-03-15"),
        ("last 12 months", "2025-03-16", "2026-03-15"),
        ("last week", "2026-03-02", "2026-03-08"),
        ("2025", "2025-01-01", "2025-12-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("01/10/2026 to 31/10/2026", "2026-10-01", "2026-10-31"),
        ("2026-10-01 - 2026-10-31", "2026-10-01", "2026-10-31"),
    ],
)
def test_periods_are_seen_from_the_exports_day(words: str, first: str, last: str) -> None:
    """15 March 2026 is a Sunday; the financial year starts in July."""
    assert period_of(words, TODAY, country_of("AU")) == (date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize(
    ("code", "first", "last"),
    [("NZ", "2025-04-01", "2026-03-31"), ("GB", "2025-04-06", "2026-04-05"), ("US", "2026-01-01", "2026-12-31")],
)
def test_the_financial_year_is_the_country_s(code: str, first: str, last: str) -> None:
    """From April in New Zealand, from the sixth of it in Britain; `01/10/2026` is the tenth of January in the United States."""
    assert period_of("financial year", TODAY, country_of(code)) == (date.fromisoformat(first), date.fromisoformat(last))
    october = period_of("01/10/2026 to 02/10/2026", TODAY, country_of(code))
    assert october == ((date(2026, 1, 10), date(2026, 2, 10)) if code == "US" else (date(2026, 10, 1), date(2026, 10, 2)))


@pytest.mark.parametrize("words", [None, "", "all time", "whenever"])
def test_no_period_is_no_period(words: str | None) -> None:
    """Then the number is over everything."""
    assert period_of(words, TODAY) is None


def test_kept_timestamps_are_listed() -> None:
    """Per object: where the original time stands, on how many records, and why nowhere else."""
    rows = {
        "patients": [{**PATIENT, "created_at": "2020-01-01 10:00"}, {**PATIENT, "patient_id": "2"}],
        "treatment_plans": [{"plan_id": "7", "patient_id": "1", "total": 1, "status": "completed", "completed_date": "2026-01-01"}],
    }
    document = plan(rows).documents["timestamps.json"]
    assert (document["objects"]["person"]["records"], document["objects"]["person"]["kept"]) == (2, 1)
    assert (document["objects"]["deal"]["kept"], document["objects"]["deal"]["field"]) == (0, "Source created")
    assert document["deals_closed_at_their_original_time"] == {"won_time": 1, "lost_time": 0}
