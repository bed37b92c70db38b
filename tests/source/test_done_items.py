"""Logs of procedures: what was done without a plan is a note of the patient's day, what is planned one plan of the patient."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from migkit import mapping
from migkit.migration.defaults import knowledge
from migkit.model.outcomes import Outcome
from migkit.source import read_export

from . import maps
from .test_what_rows_say import codes, plain, typed

COLUMNS = {
    "No": "item_id",
    "Pat": "treatment_plans.patient_id",
    "Day": "date",
    "Code": "item_code",
    "What": "description",
    "Tooth": "tooth",
    "Fee": "fee",
    "State": "status",
}
HEADER = "No,Pat,Day,Code,What,Tooth,Fee,State\n"


@pytest.mark.parametrize(
    ("rows", "notes", "plans"),
    [
        (
            ["1,7,05/10/2026,012,Exam,,60,Completed", "2,7,05/10/2026,114,Scale,,120,Completed", "3,8,06/10/2026,311,Out,48,210,Done"],
            [("7", "05/10", "012 Exam, 60.00\n114 Scale, 120.00"), ("8", "06/10", "311 Out, tooth 48, 210.00")],
            [],
        ),
        (["1,7,05/10/2026,615,Crown,16,1700,Planned", "2,7,06/10/2026,615,Crown,17,1700,TP"], [], [("planned-7", "7")]),
        (
            ["1,7,05/10/2026,012,Exam,,60,C", "2,7,05/10/2026,615,Crown,16,1700,TP", "3,8,05/10/2026,615,Crown,16,1700,TP"],
            [("7", "05/10", "012 Exam, 60.00")],
            [("planned-7", "7"), ("planned-8", "8")],
        ),
        (
            ["1,7,05/10/2026,012,Exam,,60,", "2,7,05/12/2026,114,Scale,,120,"],
            [("7", "05/10", "012 Exam, 60.00")],
            [("planned-7", "7")],
        ),
        (["1,7,05/10/2026,012,Exam,,,Cancelled"], [("7", "05/10", "012 Exam, cancelled")], []),
    ],
    ids=["done", "planned", "both", "without a status", "dropped"],
)
def test_items_without_a_plan(tmp_path: Path, rows: Sequence[str], notes: list[tuple[str, str, str]], plans: list[tuple[str, str]]) -> None:
    """A day's work is one note with a line each; no row opens a plan of its own."""
    tables = typed(tmp_path, {"log": ("treatment_items", COLUMNS, HEADER + "\n".join(rows) + "\n")})
    assert (plain(tables, "clinical_notes", "patient_id", "at", "content") if notes else []) == notes
    assert (plain(tables, "treatment_plans", "plan_id", "patient_id") if plans else []) == plans
    assert not any(one.outcome is Outcome.HELD for one in tables.row_outcomes)
    assert codes(tables) >= {name for name, some in (("done-without-plan", notes), ("planned-without-plan", plans)) if some}


def test_an_item_whose_status_nobody_knows_waits(tmp_path: Path) -> None:
    """It is neither done nor planned, and makes no plan."""
    tables = typed(tmp_path, {"log": ("treatment_items", COLUMNS, HEADER + "1,7,05/10/2026,012,Exam,,60,EO\n")})
    assert [one.outcome for one in tables.row_outcomes if one.file == "log.csv"] == [Outcome.HELD]
    assert "unknown-code" in codes(tables) and tables["treatment_plans"].empty


def test_an_item_that_names_its_plan_stays_in_it(tmp_path: Path) -> None:
    """Beside one that names none."""
    columns = {"Plan": "plan_id", **COLUMNS}
    rows = "Plan,No,Pat,Day,Code,What,Tooth,Fee,State\n50,1,7,05/10/2026,012,Exam,,60,C\n,2,7,05/10/2026,114,Scale,,120,C\n"
    tables = typed(tmp_path, {"log": ("treatment_items", columns, rows)})
    assert plain(tables, "treatment_items", "item_id", "plan_id") == [("1", "50")]
    assert plain(tables, "clinical_notes", "content") == ["114 Scale, 120.00"]


@pytest.mark.parametrize("number", ["ProcNum", "Proc ID", "TreatmentID", "Treatment No", "Item No"])
def test_the_number_of_a_procedure_is_no_plan_s(tmp_path: Path, number: str) -> None:
    """Where every row has another one, it numbers the rows."""
    rows = [f"{n},{7 + n % 2},2026-10-0{n},D0120,Exam {n},55.00,C" for n in range(1, 8)]
    (tmp_path / "procedures.csv").write_text(f"{number},PatNum,ProcDate,ProcCode,Descript,ProcFee,ProcStatus\n" + "\n".join(rows) + "\n")
    (tmp_path / "patient.csv").write_text("PatNum,LName,FName\n7,Ng,Ann\n8,Weber,Bo\n")
    found = mapping.propose(read_export(tmp_path), maps.schema(), knowledge()).tables["procedures"]
    assert (found.table, found.columns[number].choice) == ("treatment_items", "item_id")
