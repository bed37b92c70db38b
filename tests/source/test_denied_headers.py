"""A header that denies what a yes-or-no field says turns its values round; one that the field is known by does not."""

from __future__ import annotations

import pytest

from migkit.model.canonical import CanonicalSchema
from migkit.model.mapping import ColumnMap
from migkit.source import transform_of


@pytest.mark.parametrize(
    ("header", "table", "field"),
    [
        ("Not Paid", "invoices", "is_paid"),
        ("Unpaid", "invoices", "is_paid"),
        ("isUnpaid", "invoices", "is_paid"),
        ("Not Void", "payments", "reversed"),
        ("not_deleted", "clinical_notes", "deleted"),
        ("Did Attend", "appointments", "did_not_attend"),
        ("Attended", "appointments", "did_not_attend"),
        ("OK to contact", "patients", "do_not_contact"),
        ("Contactable", "patients", "do_not_contact"),
        ("SMS opt in", "patients", "sms_opt_out"),
        ("Recall", "recalls", "do_not_recall"),
        ("Not draft", "clinical_notes", "draft"),
        ("Non-active", "practitioners", "active"),
        ("Inactive", "patients", "active"),
        ("is_inactive", "patients", "active"),
        ("InactivePatient", "patients", "active"),
        ("Is Valid", "payments", "deleted"),
    ],
)
def test_a_denial_turns_the_values_round(schema: CanonicalSchema, header: str, table: str, field: str) -> None:
    """A yes under `Not Paid` says that nothing was paid; the invoice that is paid has a no there."""
    assert transform_of(ColumnMap(header, to=field), schema[table].fields[field]) == "not"


@pytest.mark.parametrize(
    ("header", "table", "field"),
    [
        ("Paid Y/N", "invoices", "is_paid"),
        ("Active", "patients", "active"),
        ("Current Patient", "patients", "active"),
        ("Void", "payments", "reversed"),
        ("FTA?", "appointments", "did_not_attend"),
        ("No Show", "appointments", "did_not_attend"),
        ("no_show_flag", "appointments", "did_not_attend"),
        ("Did not arrive", "appointments", "did_not_attend"),
        ("Failed Attendance", "appointments", "did_not_attend"),
        ("No marketing", "patients", "do_not_contact"),
        ("Opt Out", "patients", "do_not_contact"),
        ("SMS Opt Out", "patients", "sms_opt_out"),
        ("Unsigned", "clinical_notes", "draft"),
        ("Not signed", "clinical_notes", "draft"),
    ],
)
def test_what_the_field_itself_denies_is_no_denial(schema: CanonicalSchema, header: str, table: str, field: str) -> None:
    """`No Show` is another word for did not attend: its yes is a yes."""
    assert transform_of(ColumnMap(header, to=field), schema[table].fields[field]) == ""
