"""Conflicts are found where they are made."""

from __future__ import annotations

import pytest
from made import decided, export, table

from migkit import mapping
from migkit.mapping import Limits
from migkit.migration.defaults import knowledge
from migkit.model.canonical import CanonicalSchema
from migkit.model.mapping import NewField, SourceMap


def codes(found: list) -> list[tuple[str, str | None]]:
    return sorted((f.code, f.field) for f in found)


@pytest.mark.parametrize(
    ("source_map", "expected"),
    [
        pytest.param(decided("P", "patients", ID="patient_id", Name="full_name"), [], id="good"),
        pytest.param(decided("P", "patients", ID="patient_id", A="mobile", B="mobile"), [("field-taken-twice", "mobile")], id="twice"),
        pytest.param(decided("P", "patients", Name="full_name"), [("required-field-missing", "patient_id")], id="no-key"),
        pytest.param(decided("P", "patients", Name="full_name", DOB="birth_date"), [], id="told-apart-by-name-and-birth"),
        pytest.param(decided("I", "invoice_lines", Item="item_code"), [("required-field-missing", "invoice_id")], id="no-parent"),
        pytest.param(decided("I", "invoice_lines", No="invoice_id", Item="item_code", Date="invoices.date"), [], id="parent-column"),
        pytest.param(
            decided("R", "payments", No="payment_id", Name="patient_name", Day="date"), [("essential-missing", "amount")], id="no-amount"
        ),
        pytest.param(decided("R", "payments", No="payment_id", ID="patient_id", Paid="amount"), [], id="payments"),
        pytest.param(
            decided("A", "appointments", No="appointment_id", ID="patient_id", At="start_time"),
            [("essential-missing", "date")],
            id="no-day",
        ),
        pytest.param(
            decided("lab invoices", "invoices", No="invoice_id", ID="patient_id", Total="total"), [("issued-by-another", None)], id="lab"
        ),
        pytest.param(decided("P", "patients", ID="patient_id", Mobile="mobile"), [], id="a-second-list-of-patients"),
        pytest.param(decided("P", "patients", ID="patient_id", X="nonsense"), [("unknown-field", "nonsense")], id="unknown-field"),
        pytest.param(decided("P", "pets", ID="patient_id"), [("unknown-table", None)], id="unknown-table"),
    ],
)
def test_conflicts_of_a_map(schema: CanonicalSchema, source_map: SourceMap, expected: list[tuple[str, str | None]]) -> None:
    """Two columns on one field, a missing key, an unknown name: each has its own code."""
    assert codes(mapping.conflicts(source_map, schema)) == expected


def test_new_fields_are_counted_against_the_allowance(schema: CanonicalSchema) -> None:
    """Three new fields where two are left is a conflict that names the numbers."""
    made = decided("P", "patients", ID="patient_id", A=None, B=None, C=None)
    for name in "ABC":
        made = mapping.set_new_field(made, "P", name, NewField(name, "varchar"), by="Ann", at="x")
    found = mapping.conflicts(made, schema, Limits(custom_fields=30, custom_fields_used=28))
    assert [f.code for f in found] == ["custom-field-allowance"]
    assert "3 new custom fields are asked for, 2 are left of 30" in str(found[0])


def test_text_longer_than_its_field_is_a_conflict(schema: CanonicalSchema) -> None:
    """A column with 300 characters does not fit a varchar field, but fits a text field."""
    raw = export(table("P", "ID, Story", ["1", "long " * 60]))
    proposals = mapping.propose(raw, schema, knowledge())
    made = decided("P", "patients", ID="patient_id", Story=None)
    for kind, expected in (("varchar", ["text-too-long"]), ("text", [])):
        asked = mapping.set_new_field(made, "P", "Story", NewField("Story", kind), by="Ann", at="x")
        assert [f.code for f in mapping.conflicts(asked, schema, proposals=proposals)] == expected


def test_a_code_without_a_meaning_is_a_warning(schema: CanonicalSchema) -> None:
    """A status that nobody gave a meaning is named, with its rows."""
    raw = export(
        table("Appointments", "Appointment ID, Patient ID, Date, Status", ["1", "7", "1/2/2026", "Booked"], ["2", "7", "2/2/2026", "Zebra"])
    )
    proposals = mapping.propose(raw, schema, knowledge())
    found = mapping.conflicts(mapping.draft(proposals), schema, proposals=proposals)
    assert [(f.code, f.field, f.count) for f in found] == [("value-without-meaning", "status", 1)]
    assert str(found[0]).startswith("1 value of appointments.status has no meaning yet")
