"""A patient list that says when each is due again: a recall of each."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from migkit.source import read_export, type_tables

from . import maps

COLUMNS = {
    "Id": "patient_id",
    "Last": "last_name",
    "Next recall": "next_recall",
    "Every": "recall_interval",
    "Dentist": "practitioner_name",
}
RECALLS = {"Patient": "patient_id", "Due": "due_date"}


@pytest.mark.parametrize(
    ("patients", "recalls", "expected"),
    [
        (["1,Weber,10/12/2026,6/12,", "2,Ngo,,,"], None, [("1", "2026-12-10", "6/12")]),
        (["1,Weber,,6/12,"], None, []),
        (["1,Weber,10/12/2026,,", "2,Ngo,01/03/2027,12 months,"], None, [("1", "2026-12-10", None), ("2", "2027-03-01", "12 months")]),
        (["1,Weber,10/12/2026,,", "2,Ngo,01/03/2027,,"], ["1,11/12/2026"], [("1", "2026-12-11", None), ("2", "2027-03-01", None)]),
        (["1,Weber,10/12/2025,,"], None, [("1", "2025-12-10", None)]),
        (["1,Weber,soon,,"], None, []),
    ],
    ids=["a day", "an interval alone", "two", "one has a row of its own", "overdue", "no day"],
)
def test_a_next_recall_of_a_patient_is_a_recall(
    tmp_path: Path, patients: list[str], recalls: list[str] | None, expected: list[tuple[str, str, str | None]]
) -> None:
    """One recall at the day that the patient's row says, none beside those of a table of recalls."""
    (tmp_path / "patients.csv").write_text("\n".join(["Id,Last,Next recall,Every,Dentist", *patients]) + "\n")
    tables = [maps.table_map("patients", "patients", COLUMNS)]
    if recalls:
        (tmp_path / "recalls.csv").write_text("\n".join(["Patient,Due", *recalls]) + "\n")
        tables.append(maps.table_map("recalls", "recalls", RECALLS))
    typed = type_tables(read_export(tmp_path), maps.source_map(*tables), maps.schema(), today=date(2026, 11, 20), country=maps.AU)
    frame = typed["recalls"].sort_values("due_date")
    intervals = frame["interval"].astype(object).where(frame["interval"].notna(), None)
    assert list(zip(frame["patient_id"], frame["due_date"].astype(str), intervals, strict=True)) == expected
    assert len(typed["patients"]) == len(patients)


@pytest.mark.parametrize(
    ("outcome", "expected"),
    [
        ("No reply", None),
        ("Booked", "booked"),
        ("Declined", "cancelled"),
        ("completed", "completed"),
        ("Not interested", "cancelled"),
        ("", None),
    ],
)
def test_what_came_of_a_recall_closes_it(tmp_path: Path, outcome: str, expected: str | None) -> None:
    """Whoever declined is not called again, and the word stays beside it; whoever did not answer is still due."""
    (tmp_path / "patients.csv").write_text("Id,Last\n1,Weber\n")
    (tmp_path / "recalls.csv").write_text(f"Patient,Due,Outcome\n1,11/12/2026,{outcome}\n")
    mapping = maps.source_map(
        maps.table_map("patients", "patients", {"Id": "patient_id", "Last": "last_name"}),
        maps.table_map("recalls", "recalls", {**RECALLS, "Outcome": "outcome"}),
    )
    frame = type_tables(read_export(tmp_path), mapping, maps.schema(), today=date(2026, 11, 20), country=maps.AU)["recalls"]
    assert frame["status"].astype(object).where(frame["status"].notna(), None).tolist() == [expected]
    assert frame["outcome"].fillna("").tolist() == [outcome]


def test_a_task_that_was_done_is_done(tmp_path: Path) -> None:
    """By the day on which it was, where its status is still open or none is given."""
    (tmp_path / "patients.csv").write_text("Id,Last\n1,Weber\n")
    (tmp_path / "tasks.csv").write_text(
        "No,Patient,Task,Due,Done,State\n1,1,Call,11/12/2026,10/11/2026,Open\n2,1,Call,12/12/2026,,Open\n3,1,Call,13/12/2026,10/11/2026,\n"
    )
    of_task = {"No": "task_id", "Patient": "patient_id", "Task": "subject", "Due": "due_date", "Done": "completed_date", "State": "status"}
    mapping = maps.source_map(
        maps.table_map("patients", "patients", {"Id": "patient_id", "Last": "last_name"}), maps.table_map("tasks", "tasks", of_task)
    )
    frame = type_tables(read_export(tmp_path), mapping, maps.schema(), today=date(2026, 11, 20), country=maps.AU)["tasks"]
    assert dict(zip(frame["task_id"], frame["status"], strict=True)) == {"1": "completed", "2": "open", "3": "completed"}
