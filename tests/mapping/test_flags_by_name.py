"""A flag that takes a row back is read where the header says it, and never by values alone."""

from __future__ import annotations

import pytest
from made import export, table

from migkit import mapping
from migkit.migration.defaults import knowledge
from migkit.model.canonical import CanonicalSchema


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("Banked", None),
        ("Printed", None),
        ("Emailed", None),
        ("Fully explained", None),
        ("Visible in Portal", None),
        ("Reversed", "reversed"),
        ("VOID_FG", "reversed"),
    ],
)
def test_a_flag_of_payments(schema: CanonicalSchema, header: str, field: str | None) -> None:
    """Every payment was banked: none of them is taken back for that."""
    rows = [(f"R{n}", f"{n}/10/2026", "1", "EFTPOS", "60.00", "Yes" if n > 1 else "No") for n in range(1, 9)]
    patients = table("Patients", "Patient ID,First Name,Last Name", ("1", "Ann", "Ng"), ("2", "Bo", "Oz"))
    raw = export(patients, table("Payments", f"Receipt No,Date,Patient ID,Method,Amount,{header}", *rows))
    found = mapping.propose(raw, schema, knowledge()).tables["Payments"].columns[header].choice
    assert found == field or (field is not None and found == "deleted")
