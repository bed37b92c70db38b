"""Most tables of a whole database are none that a CRM takes: they are not proposed as one, and those that are one are found among them."""

from __future__ import annotations

import pytest
from made import export, table

from migkit import mapping
from migkit.mapping.names import read_lexicon
from migkit.mapping.table_names import read_name
from migkit.migration.defaults import knowledge
from migkit.model.canonical import CanonicalSchema
from migkit.resources import load_yaml

HOMES = {
    "patients": ("patients", "id, patient_no, surname, othername, gender, dob, email, phone_no, address, created_at, updated_at"),
    "appointments": (
        "appointments",
        "id, appointment_no, notes, status, doctor_id, patient_id, start_date, end_date, start_time, created_at",
    ),
    "invoices": (
        "invoices",
        "id, invoice_no, notes, status, appointment_id, patient_id, invoice_date, subtotal, discount_amount, total_amount",
    ),
    "invoice_items": ("invoice_lines", "id, amount, invoice_id, medical_service_id, qty, doctor_id, price, tooth_no, created_at"),
    "invoice_payments": ("payments", "id, amount, payment_date, payment_method, cheque_no, invoice_id, patient_id, created_at"),
    "users": ("practitioners", "id, surname, othername, email, phone_no, password, role_id, branch_id, is_doctor, created_at"),
    "progress_notes": ("clinical_notes", "id, patient_id, doctor_id, note_date, note, created_at, updated_at"),
}
OTHERS = {
    "audit_logs": "id, user_id, event, table_name, record_id, old_values, new_values, ip_address, created_at",
    "leave_requests": "id, start_date, end_date, duration, leave_type_id, status, employee_id, created_at, updated_at",
    "roles": "id, name, slug, created_at, updated_at",
    "sessions": "id, user_id, ip_address, user_agent, payload, last_activity",
    "expense_categories": "id, name, created_at, updated_at, deleted_at",
    "prescriptions": "id, drug, qty, directions, appointment_id, patient_id, doctor_id, created_at",
    "allergies": "id, drug, body_reaction, status, patient_id, created_at",
    "sterilization_cycles": "id, sterilizer, cycle_no, started_at, ended_at, operator_id, result, notes",
    "salary_advances": "id, amount, employee_id, payment_date, payment_method, created_at",
    "clinic_holidays": "id, name, holiday_date, repeat_date, created_at",
    "password_resets": "email, token, created_at",
    "diseases": "id, disease_group_id, code, name, description, is_active, created_at",
    "perio_probes": "id, patient_code, tooth, probing_point, depth, bleeding, plaque, recorded_at",
}


@pytest.fixture(scope="module")
def found(schema: CanonicalSchema) -> mapping.Proposals:
    """What is proposed for a dump of these tables without rows."""
    listed = {**{name: columns for name, (_, columns) in HOMES.items()}, **OTHERS}
    return mapping.propose(export(*(table(name, columns) for name, columns in listed.items())), schema, knowledge())


@pytest.mark.parametrize("name", HOMES)
def test_a_table_of_ours_is_found_among_others(found: mapping.Proposals, name: str) -> None:
    """What each of these tables is, as their own systems describe them."""
    assert found.tables[name].table == HOMES[name][0]


@pytest.mark.parametrize("name", OTHERS)
def test_a_table_of_something_else_is_not_proposed(found: mapping.Proposals, name: str) -> None:
    """Logs, settings, stock, leave and charts have no home here; what they may be is shown, not chosen."""
    assert found.tables[name].table is None


@pytest.mark.parametrize(
    ("name", "noun", "described"),
    [
        ("patient_tags", "tags", ("patient",)),
        ("list of patients", "patient", ()),
        ("payments by dentist", "payment", ()),
        ("unpaid invoices 2026-11", "invoice", ("unpaid",)),
        ("Invoices unpaid", "invoice", ()),
        ("InvoiceCreatedReport", "invoice", ()),
        ("tbl_Patients", "patient", ()),
        ("Sheet1", "", ()),
        ("2026-11-20", "", ()),
    ],
)
def test_the_noun_of_a_name_says_what_its_rows_are(schema: CanonicalSchema, name: str, noun: str, described: tuple[str, ...]) -> None:
    """The last noun before any preposition; dates, numbers and words like report are passed over."""
    lexicon = read_lexicon(load_yaml("mapping.yaml")).with_words(text for one in schema.tables.values() for text in one.synonyms)
    read = read_name(name, lexicon)
    assert (read.noun, read.described) == (noun, described)
