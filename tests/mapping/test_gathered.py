"""Notes in several columns, and tables whose rows are lines of patients or bookings, are proposed as what they are."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from made import export, table

from migkit import mapping
from migkit.migration.defaults import knowledge
from migkit.model.canonical import CanonicalSchema

PATIENTS = table(
    "patients",
    "Patient ID, First Name, Last Name, DOB",
    *[[str(n), first, last, f"0{n}/02/1980"] for n, (first, last) in enumerate([("Ann", "Lee"), ("Bob", "Ng"), ("Cy", "Pau")], start=1)],
)
BOOKINGS = table(
    "appointments",
    "Appointment ID, Patient ID, Date, Start Time, Duration",
    *[[str(10 + n), str(n), f"0{n}/12/2026", "09:30", "30"] for n in range(1, 4)],
)


def means(schema: CanonicalSchema, name: str, rows: Mapping[str, list[str]]) -> tuple[str | None, dict[str, str]]:
    """What a table beside patients and bookings is, and column → field; `rows`: column → values."""
    made = table(name, ", ".join(rows), *zip(*rows.values(), strict=True))
    found = mapping.propose(export(PATIENTS, BOOKINGS, made), schema, knowledge()).tables[name]
    return found.table, {one.column: one.choice for one in found.columns.values() if one.choice}


WHOSE = {"Patient ID": ["1", "2", "3"], "Date": ["01/11/2026", "02/11/2026", "03/11/2026"]}
SAID = [
    ["Sore tooth", "Nil", "Bleeding gums"],
    ["26 tender", "Sound", "Red"],
    ["Pulpitis", "Healthy", "Gingivitis"],
    ["Root", "Recall", "Clean"],
]


@pytest.mark.parametrize(
    ("name", "headers"),
    [
        ("soap_notes", ["Subjective", "Objective", "Assessment", "Plan"]),
        ("Clinical Notes", ["Presenting Complaint", "Examination", "Diagnosis", "Treatment"]),
        ("progress notes", ["S", "O", "A", "P"]),
        ("Consultations", ["Chief Complaint", "Findings", "Diagnosis", "Treatment Plan"]),
        ("chart notes", ["Reason for visit", "O/E", "Dx", "Tx"]),
        ("notes", ["presenting_complaint", "clinical_findings", "diagnosis", "advice_given"]),
    ],
)
def test_the_parts_of_a_note_are_its_text(schema: CanonicalSchema, name: str, headers: list[str]) -> None:
    """Four columns, one text; the plan is no treatment plan's number."""
    home, fields = means(schema, name, WHOSE | dict(zip(headers, SAID, strict=True)))
    assert home == "clinical_notes"
    assert {header: fields.get(header) for header in headers} == dict.fromkeys(headers, "content")


def test_one_part_alone_is_no_note_in_parts(schema: CanonicalSchema) -> None:
    """A treatment beside the text of a note does not become a part of it."""
    _, fields = means(schema, "Clinical Notes", WHOSE | {"Note": SAID[0], "Treatment": SAID[3]})
    assert fields["Note"] == "content"
    assert fields.get("Treatment") != "content"


WORDS = [["Penicillin", "Asthma", "Latex"], ["Rash", "Wheeze", "Hives"]]
SERVICES = [["Exam", "Scale", "Crown"], ["30", "15", "60"]]


@pytest.mark.parametrize(
    ("name", "key", "lines", "owner"),
    [
        ("alerts", "Patient ID", {"Alert": WORDS[0], "Added": ["2020", "2021", "2022"]}, "patients"),
        ("medical_alerts", "PatientID", {"Description": WORDS[0]}, "patients"),
        ("Allergies", "Patient ID", {"Allergy": WORDS[0], "Reaction": WORDS[1]}, "patients"),
        ("patient_conditions", "patient_id", {"condition": WORDS[0]}, "patients"),
        ("Warnings", "Patient ID", {"Warning": ["Pays late", "Nervous", "Deaf"]}, "patients"),
        ("appointment_notes", "Appointment ID", {"Note": ["Bring guard", "Late", "Check bite"]}, "appointments"),
        ("appointment_services", "appointment_id", {"description": SERVICES[0]}, "appointments"),
        ("Booked services", "Booking ID", {"Service": SERVICES[0], "Minutes": SERVICES[1]}, "appointments"),
        ("AppointmentItems", "AppointmentID", {"ItemCode": ["011", "114", "613"], "Qty": ["1", "1", "1"]}, "appointments"),
    ],
)
def test_rows_are_lines_of_patients_or_bookings(
    schema: CanonicalSchema, name: str, key: str, lines: Mapping[str, list[str]], owner: str
) -> None:
    """Everything but the row's own number is kept: the alert and when it was added, the item and how many."""
    ids, field = (["1", "1", "3"], "alerts") if owner == "patients" else (["11", "11", "13"], "notes")
    home, fields = means(schema, name, {"Line ID": ["1", "2", "3"], key: ids, **lines})
    assert home == owner
    assert fields == {key: f"{owner[:-1]}_id"} | dict.fromkeys(lines, field)


@pytest.mark.parametrize(
    ("name", "columns"),
    [
        ("alerts", {"Patient ID": ["71", "72", "73"], "Alert": ["Penicillin", "Asthma", "Latex"]}),
        ("stock alerts", {"Product ID": ["1", "2", "3"], "Alert": ["Low", "Low", "Out"]}),
        ("stock comments", {"Product ID": ["1", "2", "3"], "Comment": ["Low", "Low", "Out"]}),
        ("patient tags", {"Patient ID": ["1", "1", "2"], "Tag": ["VIP", "Friend", "Staff"]}),
        ("appointment log", {"Appointment ID": ["11", "11", "12"], "Changed by": ["Kim", "Lee", "Kim"]}),
    ],
)
def test_rows_of_nobody_or_of_something_else_are_asked_about(schema: CanonicalSchema, name: str, columns: Mapping[str, list[str]]) -> None:
    """Ids that the export lacks, other things, and facts that are no alert or note."""
    assert means(schema, name, columns)[0] is None


def test_what_several_columns_or_rows_make_is_no_conflict(schema: CanonicalSchema) -> None:
    """Parts of one note mean one field, and the lines of a booking need no day of their own."""
    notes = table("notes", "Patient ID, Date, Subjective, Objective", ["1", "01/11/2026", "Sore tooth", "26 tender"])
    lines = table("appointment_notes", "Appointment ID, Note", ["11", "Late"], ["12", "Guard"], ["12", "Check bite"])
    proposals = mapping.propose(export(PATIENTS, BOOKINGS, notes, lines), schema, knowledge())
    found = mapping.conflicts(mapping.draft(proposals), schema, proposals=proposals)
    assert {one.code for one in found}.isdisjoint({"field-taken-twice", "essential-missing"})


def test_a_row_of_many_columns_is_no_line(schema: CanonicalSchema) -> None:
    """A log with teeth, fees and states is a thing of its own, though it names bookings; five of its columns would be lines."""
    log = {"Appointment ID": ["11", "11", "12"]} | {f"Service {word}": ["a1", "b2", "c3"] for word in "KLMNOPQR"}
    assert "notes" not in means(schema, "appointment_services", log)[1].values()
    few = dict(list(log.items())[:5])
    assert list(means(schema, "appointment_services", few)[1].values()).count("notes") == 4
