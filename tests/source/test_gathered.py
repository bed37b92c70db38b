"""Several columns are one text, each under its header; rows of tables of their own are lines of their patient or booking."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pandas as pd
import pytest

from migkit.model.outcomes import Outcome

from .test_what_rows_say import plain, typed

PARTS = {"No": "note_id", "Patient": "patient_id", "S": "content", "O": "content", "Plan": "content"}


@pytest.mark.parametrize(
    ("row", "content"),
    [
        ("Pain,26 tender,Root canal", "S: Pain\n\nO: 26 tender\n\nPlan: Root canal"),
        ("Pain,,Root canal", "S: Pain\n\nPlan: Root canal"),
        (",,Root canal", "Plan: Root canal"),
        (",,", None),
        ("<p>Pain</p>,3 < 4,", "<p>S:</p><p>Pain</p><p>O:</p><p>3 &lt; 4</p>"),
        ("n/a,OK,-", "S: n/a\n\nO: OK\n\nPlan: -"),
    ],
)
def test_each_part_of_a_note_stands_under_its_header(tmp_path: Path, row: str, content: str | None) -> None:
    """Nothing is lost, and what is empty says nothing."""
    tables = typed(tmp_path, {"notes": ("clinical_notes", PARTS, f"No,Patient,S,O,Plan\n1,7,{row}\n")})
    assert plain(tables, "clinical_notes", "content") == [content]


ALERTS = {"Patient": "patient_id", "Alert": "alerts"}


@pytest.mark.parametrize(
    ("rows", "alerts"),
    [
        (["7,Latex", "7,Asthma"], ["Latex\nAsthma", None]),
        (["7,Latex", "7,latex ", "8,Latex"], ["Latex", "Latex"]),
        (["8,Asthma"], [None, "Asthma"]),
        (["7,Latex", "7,Asthma", "7,Gout", "8,"], ["Latex\nAsthma\nGout", None]),
        ([], [None, None]),
    ],
)
def test_alerts_in_rows_of_their_own_are_the_patients_each_once(tmp_path: Path, rows: Sequence[str], alerts: list[str | None]) -> None:
    """Two patients stay two; their own rows say who they are."""
    tables = typed(tmp_path, {"alerts": ("patients", ALERTS, "\n".join(["Patient,Alert", *rows, ""]))})
    assert plain(tables, "patients", "patient_id", "last_name", "alerts") == [("7", "Ng", alerts[0]), ("8", "Weber", alerts[1])]
    folded = [one.ref for one in tables.row_outcomes if one.outcome is Outcome.FOLDED_INTO]
    assert folded == [f"patient:{row.partition(',')[0]}" for row in rows]


def test_an_alert_adds_to_what_the_patients_row_says(tmp_path: Path) -> None:
    """The list of patients has one alert, the table of alerts that one and another."""
    own = ("patients", {"Id": "patient_id", "Last": "last_name", "Flag": "alerts"}, "Id,Last,Flag\n7,Ng,Latex\n")
    tables = typed(tmp_path, {"patients": own, "alerts": ("patients", ALERTS, "Patient,Alert\n7,LATEX\n7,Asthma\n")})
    assert plain(tables, "patients", "alerts") == ["Latex\nAsthma"]


def test_an_alert_of_nobody_waits(tmp_path: Path) -> None:
    """No patient is made of it, and it is said whose it is."""
    tables = typed(tmp_path, {"alerts": ("patients", ALERTS, "Patient,Alert\n9,Latex\n7,Asthma\n")})
    assert plain(tables, "patients", "patient_id", "alerts") == [("7", "Asthma"), ("8", None)]
    held = [(one.ref, str(one.reason)) for one in tables.row_outcomes if one.outcome is Outcome.HELD]
    assert held == [("patient:9", "It belongs to patient:9, which the export lacks.")]
    assert "missing-patients" in {one.code for one in tables.findings}


def test_a_list_of_patients_with_alerts_alone_is_a_list_of_patients(tmp_path: Path) -> None:
    """Where no other table has them, the rows are the patients."""
    columns = {"Patient": "patient_id", "Name": "full_name", "Alert": "alerts"}
    tables = typed(tmp_path, {"patients": ("patients", columns, "Patient,Name,Alert\n1,Ada Lim,Latex\n2,Ben Ost,\n")})
    assert plain(tables, "patients", "full_name", "alerts") == [("Ada Lim", "Latex"), ("Ben Ost", None)]


BOOK = ("appointments", {"No": "appointment_id", "Patient": "patient_id", "Day": "date", "Note": "notes"})
LINES = {"Booking": "appointment_id", "Note": "notes"}


@pytest.mark.parametrize(
    ("rows", "notes"),
    [
        (["11,Guard", "11,Late"], ["Own words\nGuard\nLate", None]),
        (["12,Guard"], ["Own words", "Guard"]),
        (["11,own words", "12,Late", "12,Late"], ["Own words", "Late"]),
        (["99,Guard"], ["Own words", None]),
        (["12,Guard", "11,Late"], ["Own words\nLate", "Guard"]),
    ],
)
def test_notes_of_bookings_are_lines_of_their_note(tmp_path: Path, rows: Sequence[str], notes: list[str | None]) -> None:
    """A booking stays one of its patient and day, with all that is said of it."""
    book = (*BOOK, "No,Patient,Day,Note\n11,7,01/12/2026,Own words\n12,8,02/12/2026,\n")
    tables = typed(tmp_path, {"book": book, "lines": ("appointments", LINES, "\n".join(["Booking,Note", *rows, ""]))})
    assert plain(tables, "appointments", "patient_id", "date", "notes") == [("7", "01/12", notes[0]), ("8", "02/12", notes[1])]
    lines = {one.outcome.value for one in tables.row_outcomes if one.file == "lines.csv"}
    assert lines == {"held" if rows[0].startswith("99") else "folded-into"}


def test_services_of_a_booking_keep_code_and_length(tmp_path: Path) -> None:
    """Two columns of a line stand under their headers, a line each."""
    book = (*BOOK, "No,Patient,Day,Note\n11,7,01/12/2026,\n")
    columns = {"Booking": "appointment_id", "Service": "notes", "Min": "notes"}
    tables = typed(tmp_path, {"book": book, "services": ("appointments", columns, "Booking,Service,Min\n11,Exam,30\n11,Scale,15\n")})
    assert plain(tables, "appointments", "notes") == ["Service: Exam; Min: 30\nService: Scale; Min: 15"]
    assert pd.isna(tables["appointments"]["duration"]).all()
