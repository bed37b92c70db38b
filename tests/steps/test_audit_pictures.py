"""The audit, drawn: counts are those of the files, small groups are hidden, and a lost month is seen."""

from __future__ import annotations

from datetime import date

import openpyxl
import pandas as pd
import pytest

from migkit.steps import Migration, draw_ages, draw_fill, draw_funds, draw_months, draw_references, write_scan
from migkit.steps.audit import audit
from migkit.steps.audit_pictures import gaps, rows_by_month
from migkit.workspace import Settings, Workspace

SETTINGS = Settings("Acme Dental", "Australia/Sydney", "AUD", "http://127.0.0.1:1", "growth", 1, 20, {})


@pytest.fixture(scope="module")
def migration(tmp_path_factory: pytest.TempPathFactory) -> Migration:
    """Twelve patients; nine visits a month in January, February, April and May 2026, none in March; one of nobody known."""
    export = tmp_path_factory.mktemp("drawn") / "export"
    export.mkdir()
    born = [1941, 1985, 1986, 1987, 1988, 1989, 1985, 2015, 2016, 2017, 2018, 2019]
    rows = [
        f"{n},Ann,Quill{n},01/02/{year},{'Bupa' if n < 7 else 'HCF'},{'a@b.example' if n == 1 else ''}\n" for n, year in enumerate(born, 1)
    ]
    (export / "Patients.csv").write_text("Patient ID,First Name,Last Name,DOB,Health Fund,Email\n" + "".join(rows))
    visits = [f"{100 * month + n},{n},0{n}/0{month}/2026 09:00,30,Completed\n" for month in (1, 2, 4, 5) for n in range(1, 10)]
    visits.append("999,77,03/05/2026 10:00,30,Completed\n")
    (export / "Appointments.csv").write_text("Appointment ID,Patient ID,Start,Duration (min),Status\n" + "".join(visits))
    workspace = Workspace.create(export.parent / "acme", SETTINGS)
    workspace.add_snapshot(export, taken=date(2026, 6, 1))
    return Migration.open(workspace.path)


def test_a_month_without_rows_between_others_is_asked_about(migration: Migration) -> None:
    """Nine visits in each of four months, none in March: March is named. June, after which nothing follows, is not."""
    counts = rows_by_month(migration)
    assert counts["appointments"].to_dict() == {
        pd.Period("2026-01"): 9, pd.Period("2026-02"): 9, pd.Period("2026-03"): 0, pd.Period("2026-04"): 9, pd.Period("2026-05"): 9,
        pd.Period("2026-06"): 0,
    }  # fmt: skip
    assert gaps(counts) == {"appointments": [pd.Period("2026-03")]}
    assert "no appointments in March 2026, though" in draw_months(migration).body.replace("are no appointments", "no appointments")


def test_few_rows_around_say_nothing() -> None:
    """A table that has a row now and then has months without any."""
    counts = pd.DataFrame({"leads": [1, 0, 2, 0, 1]}, index=pd.period_range("2026-01", periods=5, freq="M"))
    assert gaps(counts) == {}


def test_references_that_lead_nowhere_are_counted(migration: Migration) -> None:
    """36 visits find their patient; the one of patient 77 does not."""
    assert "appointments → patients: 36 found, 1 not found" in draw_references(migration).body


def test_groups_of_fewer_than_five_patients_are_not_shown(migration: Migration) -> None:
    """Six patients are in their thirties or forties by age, five are ten or under; the one of 85 is counted with the few."""
    drawn = draw_ages(migration).body
    assert "80 to 89" not in drawn and "(fewer than five each): 1" in drawn
    assert "Bupa: 6" in draw_funds(migration).body and "HCF: 6" in draw_funds(migration).body


def test_the_workbook_is_that_of_whiterabbit_and_holds_nobodys_value(migration: Migration) -> None:
    """Both overviews by their usual headers; names, which one row each has, are in no cell; funds are, with how many rows."""
    found = audit(migration)
    assert "1 of" not in write_scan(migration, found).text
    book = openpyxl.load_workbook(migration.workspace.runs / "ScanReport.xlsx")
    fields, tables = book["Field Overview"], book["Table Overview"]
    head = ["Table", "Field", "Description", "Type", "Max length", "N rows", "N rows checked", "Fraction empty"]
    assert [cell.value for cell in fields[1]][:8] == head
    assert {row[0].value: row[2].value for row in tables.iter_rows(min_row=2)} == {"Appointments": 37, "Patients": 12}
    cells = {str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row}
    assert "Bupa" in cells and not any("Quill" in text or "a@b.example" in text for text in cells)


def test_each_column_is_drawn_with_its_fill(migration: Migration) -> None:
    """One patient of twelve has an e-mail."""
    body = draw_fill(audit(migration)).body
    assert '<li class="f1"><span>Email</span> <b>8 %</b></li>' in body and body.count('class="f5"') == 10
