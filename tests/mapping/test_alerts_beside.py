"""A patient list with several columns of alerts: each stands under its header."""

from __future__ import annotations

import pytest
from made import export, table

from migkit import mapping
from migkit.migration.defaults import knowledge
from migkit.model.canonical import CanonicalSchema


@pytest.mark.parametrize(
    ("headers", "alerts"),
    [
        ("Medical Alert,Allergies", {"Medical Alert", "Allergies"}),
        ("Allergies,Medical Conditions", {"Allergies", "Medical Conditions"}),
        ("Alerts,Warnings", {"Alerts", "Warnings"}),
        ("Drug Allergies,Medical Alerts", {"Drug Allergies", "Medical Alerts"}),
        ("Medical Alert,Occupation", {"Medical Alert"}),
        ("Occupation,Any allergies?", {"Any allergies?"}),
    ],
)
def test_every_column_of_alerts_is_one(schema: CanonicalSchema, headers: str, alerts: set[str]) -> None:
    """None of two is left out because the other one is taken for the alerts."""
    rows = [
        ("1", "Ann", "Ng", "02/03/1980", "Warfarin", "Penicillin"),
        ("2", "Bo", "Oz", "04/05/1990", None, "Latex"),
        ("3", "Cy", "Po", "05/06/2000", "Pacemaker", None),
    ]
    raw = export(table("Patients", f"Patient ID,First Name,Last Name,DOB,{headers}", *rows))
    found = mapping.propose(raw, schema, knowledge()).tables["Patients"]
    assert {name for name, one in found.columns.items() if one.choice == "alerts"} == alerts
