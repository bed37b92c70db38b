"""A table that is proposed as nothing of ours says why, in one sentence."""

from __future__ import annotations

import pytest
from made import export, table

from migkit import mapping
from migkit.migration.defaults import knowledge
from migkit.model.canonical import CanonicalSchema
from migkit.model.tables import SourceTable
from migkit.widgets.mapping_view import table_heading

TYPES = table("appointment_types", "ID, Name", ["1", "Examination"], ["2", "Hygiene"])
VISITS = table(
    "appointments",
    "Appointment ID, Patient ID, Date, Start Time, Type ID",
    *([str(n), str(40 + n), "04/10/2026", "09:30", str(n % 2 + 1)] for n in range(1, 9)),
)
AUDIT = table("audit_log", "ID, IP, Agent", *([str(n), f"10.0.0.{n}", "Chrome"] for n in range(1, 9)))
SCHEDULE = table(
    "payment schedules", "Patient ID, Date, Amount, Method", *([str(40 + n), f"2027-0{n}-01", "250.00", "EFTPOS"] for n in range(1, 9))
)


@pytest.mark.parametrize(
    ("left_out", "why"),
    [
        (TYPES, "left out: its words stand for the codes of appointments.Type ID"),
        (SCHEDULE, "left out: it looks like payments, but its name speaks of what is to be paid, which is not what was received"),
    ],
)
def test_a_table_that_is_left_out_says_why(schema: CanonicalSchema, left_out: SourceTable, why: str) -> None:
    """Because it explains codes, or because something speaks against what it looks like."""
    found = mapping.propose(export(VISITS, left_out), schema, knowledge()).tables[left_out.name]
    assert (found.table, found.why) == (None, why)
    assert why in table_heading(left_out.name, 2, left_out.files, found, ())


def test_a_table_like_nothing_says_what_it_would_be_and_lacks(schema: CanonicalSchema) -> None:
    """The likeliest table, how likely that is, how many of its columns would have a home there."""
    found = mapping.propose(export(VISITS, AUDIT), schema, knowledge()).tables["audit_log"]
    assert found.table is None
    assert found.why.startswith(f"left out: the likeliest would be {found.candidates[0].target.replace('_', ' ')} (")
    assert " of 3 columns have a home" in found.why


def test_a_table_that_is_proposed_says_nothing_of_leaving_out(schema: CanonicalSchema) -> None:
    """It has its evidence."""
    assert mapping.propose(export(VISITS), schema, knowledge()).tables["appointments"].why == ""
