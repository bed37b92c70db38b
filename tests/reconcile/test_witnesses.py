"""Witnesses: figures that somebody states, beside the same counted in files, plan and Pipedrive; what differs has its rows named."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd
import pytest

from migkit.migration import Migration
from migkit.model.errors import DataError, UsageError
from migkit.model.tables import RawExport, SourceFile
from migkit.reconcile import Statement, count_files, count_records, records_of_plan, stated_balances, stated_counts, witness
from migkit.report import IN_REPORT
from migkit.steps.bulk_confirm import confirm_proposals
from migkit.steps.witnesses import figures_widget, look_at_witnesses, parse_figures, state_figure, witnesses_frame
from migkit.workspace import Settings, Workspace
from tests.plan.frames import people, plan, tables

SYDNEY = ZoneInfo("Australia/Sydney")
SAME = {"patient:3": "patient:1"}
ROWS: dict[str, list[dict[str, Any]]] = {
    "patients": [
        {"patient_id": "1", "full_name": "Ann Lee", "first_name": "Ann", "last_name": "Lee", "status": "active", "balance": 5000},
        {"patient_id": "2", "full_name": "Bo Ray", "first_name": "Bo", "last_name": "Ray", "status": "inactive", "balance": -2500},
        {"patient_id": "3", "full_name": "Anne Lee", "first_name": "Anne", "last_name": "Lee", "balance": 1000},
    ],
    "appointments": [
        {"appointment_id": "1", "patient_id": "1", "start_at": "2026-11-30 09:00", "date": "2026-11-30", "status": "completed"},
        {"appointment_id": "2", "patient_id": "1", "start_at": "2026-12-01 08:00", "date": "2026-12-01", "status": "booked"},
        {"appointment_id": "3", "patient_id": "2", "start_at": "2026-12-31 18:00", "date": "2026-12-31", "status": "booked"},
        {"appointment_id": "4", "patient_id": "2", "start_at": "2026-12-08 10:00", "date": "2026-12-08", "status": "cancelled"},
    ],
    "treatment_plans": [
        {"plan_id": "7", "patient_id": "1", "total": 20000, "status": "accepted"},
        {"plan_id": "8", "patient_id": "2", "status": "proposed"},
    ],
    "treatment_items": [{"item_id": "1", "plan_id": "8", "fee": 1500, "quantity": 2.0, "discount": 500}],
    "invoices": [
        {"invoice_id": "1", "patient_id": "1", "total": 9000},
        {"invoice_id": "2", "patient_id": "2"},
        {"invoice_id": "3", "patient_id": "3", "net": 1000, "gst": 100},
        {"invoice_id": "4", "patient_id": "1", "total": 7700, "status": "void"},
    ],
    "invoice_lines": [
        {"line_id": "1", "invoice_id": "2", "total": 3000},
        {"line_id": "2", "invoice_id": "2", "fee": 250, "quantity": 2.0},
    ],
    "payments": [
        {"payment_id": "1", "patient_id": "2", "invoice_id": "1", "amount": 4000, "kind": "payment"},
        {"payment_id": "2", "patient_id": "2", "amount": 6000, "kind": "payment"},
        {"payment_id": "3", "patient_id": "1", "invoice_id": "1", "amount": 1000, "kind": "payment", "reversed": True},
        {"payment_id": "4", "patient_id": "1", "invoice_id": "1", "amount": 900, "kind": "payment"},
        {"payment_id": "5", "patient_id": "1", "invoice_id": "1", "amount": -900, "kind": "reversal", "reverses_id": "4"},
    ],
}  # fmt: skip
"""Ann owes 90.00 less 40.00 that Bo paid of it, and 11.00 under her other number; Bo was billed 35.00 and paid 60.00 on account."""
DECEMBER = (date(2026, 12, 1), date(2026, 12, 31))


@pytest.mark.parametrize(
    ("measure", "span", "figure"),
    [
        ("patients", None, {"patient:1": 1, "patient:2": 1}),
        ("active_patients", None, {"patient:1": 1}),
        ("appointments", DECEMBER, {"appointment:2": 1, "appointment:3": 1, "appointment:4": 1}),
        ("booked_appointments", DECEMBER, {"appointment:2": 1, "appointment:3": 1}),
        ("appointments", None, {f"appointment:{n}": 1 for n in (1, 2, 3, 4)}),
        ("invoiced", None, {"patient:1": 10100, "patient:2": 3500}),
        ("received", None, {"patient:1": 4000, "patient:2": 6000}),
        ("balances", None, {"patient:1": 6100, "patient:2": -2500}),
        ("receivables", None, {"patient:1": 6100}),
        ("plans", None, {"plan:7": 20000, "plan:8": 2500}),
    ],
)
def test_files_and_plan_are_counted_apart_and_agree(measure: str, span: Any, figure: dict[str, int]) -> None:
    """Each figure, reckoned by hand, from the rows and from the planned records."""
    made = records_of_plan(plan(ROWS, who=people(survivors={"patient:1": "patient:1", **SAME}), today=date(2026, 12, 1)), SYDNEY)
    from_files = count_files(tables(ROWS), measure, SAME, span)
    from_plan = count_records(made, measure, span)
    assert {key: count for key, count in from_files.items() if count} == figure
    assert {key: count for key, count in from_plan.items() if count} == figure


def test_a_difference_names_its_rows() -> None:
    """The practice says 70.00 of receivables, the files 61.00; the plan lost Bo's payment."""
    stated = Statement("balances", 7000, "the practice (Kim)")
    seen = witness(stated, {"patient:1": 6100, "patient:2": -2500}, {"patient:1": 6100, "patient:2": 0}, None)
    assert (seen.files, seen.plan, seen.pipedrive, seen.difference) == (3600, 6100, None, -900)
    assert (seen.rows, seen.differing) == (("patient:2",), 1)


def test_the_balance_column_is_a_witness_patient_by_patient() -> None:
    """The list says that Ann owes 50.00 and 10.00, the invoices and payments 61.00; Bo's agrees."""
    (stated,) = stated_balances(tables(ROWS), SAME)
    assert (stated.value, stated.parts) == (3500, {"patient:1": 6000, "patient:2": -2500})
    assert "patients.csv" in stated.by
    assert witness(stated, count_files(tables(ROWS), "balances", SAME), None, None).rows == ("patient:1",)


@pytest.mark.parametrize(
    ("title", "value"),
    [
        ("Patient List · 3 patients", 3),
        ("Recalls due (1,204 records)", 1204),
        ("Number of patients: 17", 17),
        ("Total appointments = 5", 5),
        ("Report 2026-10-31", None),
        ("Run on 31/10/2026 14:30", None),
        ("Patients of Dr Lee", None),
        ("Invoices over 90 days", None),
        ("Total invoices: 1,234.50", None),
    ],
)
def test_a_count_in_a_title_is_compared_with_the_rows_below_it(title: str, value: int | None) -> None:
    """Two rows stand below; dates, amounts and ages are no counts."""
    lines = pd.DataFrame({"file": ["a.csv"] * 3, "line": [1, 2, 3], "kind": ["layout", "row", "row"]})
    found = list(stated_counts(RawExport({}, lines, pd.DataFrame(), files={"a.csv": SourceFile(title)})))
    assert [(one.value, one.files) for one in found] == ([(value, {"a.csv": 2})] if value is not None else [])


@pytest.mark.parametrize(
    ("below", "value"),
    [
        (("2 records", "Acme Dental   Page 1 of 1"), 2),
        (("Total records: 3",), 3),
        (("1 record", "4 records"), None),
        (("Page 1 of 2",), None),
        (("Printed 27/11/2026 17:12",), None),
    ],
)
def test_a_count_below_rows_is_compared_with_them(below: tuple[str, ...], value: int | None) -> None:
    """Two rows stand above; several counts are those of parts, a page is none."""
    lines = pd.DataFrame({"file": ["a.csv"] * 3, "line": [1, 2, 3], "kind": ["row", "row", "layout"]})
    found = list(stated_counts(RawExport({}, lines, pd.DataFrame(), files={"a.csv": SourceFile(footers=below)})))
    assert [(one.value, one.files) for one in found] == ([(value, {"a.csv": 2})] if value is not None else [])


@pytest.fixture
def migration(tmp_path: Path) -> Migration:
    export = tmp_path / "export"
    export.mkdir()
    (export / "Patients.csv").write_text("Patient ID,First Name,Last Name,Status\n1,Ann,Lee,Active\n2,Bo,Ray,Inactive\n")
    workspace = Workspace.create(tmp_path / "acme", Settings("Acme", "Australia/Sydney", "AUD", "http://127.0.0.1:1", "growth", 1))
    workspace.add_snapshot(export, taken=date(2026, 10, 1))
    return Migration.open(workspace.path)


def test_a_typed_figure_is_a_decision_and_is_shown(migration: Migration) -> None:
    """Kim reads three active patients off the screen; the files and the plan have one. A second figure replaces the first."""
    again = state_figure(state_figure(migration, "active_patients", 4, by="Kim"), "active_patients", 3, by="Kim")
    (row,) = witnesses_frame(look_at_witnesses(again)).to_dict("records")
    assert (row["what"], row["stated by"], row["stated"]) == ("Active patients", "the practice (Kim)", 3)
    assert (row["from the files"], row["from the plan"], row["in Pipedrive"], row["difference"]) == (1, 1, None, -2)


def test_a_figure_is_typed_into_a_form(migration: Migration, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is no number is refused in a sentence and keeps nothing; a number is kept under the name of who read it."""
    monkeypatch.delenv(IN_REPORT, raising=False)
    form = figures_widget(migration, by="Kim")
    form.fields["figure"].value = "Active patients"
    form.fields["value"].value = "three"
    form._button.click()
    assert "Write the figure as a number" in form._said.value
    assert not Workspace.open(migration.workspace.path).read_decision("witnesses")
    form.fields["value"].value = "1,003"
    form._button.click()
    (kept,) = Workspace.open(migration.workspace.path).read_decision("witnesses")["figures"]
    assert (kept["measure"], float(kept["value"]), kept["by"]) == ("active_patients", 1003.0, "Kim")


@pytest.mark.parametrize(
    ("measure", "more", "says"),
    [("teeth", {}, "nothing that can be counted"), ("patients", {"since": "2026-01-01", "until": "2026-01-02"}, "no period"),
     ("appointments", {"since": "2026-01-01"}, "both days")],
)  # fmt: skip
def test_a_figure_that_cannot_be_counted_is_refused(migration: Migration, measure: str, more: dict[str, Any], says: str) -> None:
    """Nothing is kept."""
    with pytest.raises(UsageError, match=says):
        state_figure(migration, measure, 1, by="Kim", **more)
    assert not Workspace.open(migration.workspace.path).read_decision("witnesses")


@pytest.mark.parametrize("one", [{}, {"measure": "patients", "by": "Kim"}, {"measure": "patients", "value": "many", "by": "Kim"}])
def test_a_malformed_figure_is_named(one: dict[str, Any]) -> None:
    """The message names the file and the figure."""
    with pytest.raises(DataError, match=r"decisions/witnesses\.yaml, figure 1"):
        parse_figures({"figures": [one]})


@pytest.mark.parametrize(
    ("later", "kind", "stated"),
    [
        (["7,1,100.00", "8,2,50.00", "9,2,25.00", "Total,,175.00"], "full", [175.0]),
        (["7,1,100.00", "9,2,25.00", "Total,,125.00"], "full", []),  # 8 is gone, and stays until somebody decides
        (["9,2,25.00", "Total,,25.00"], "window", []),
    ],
)
def test_a_later_report_of_everything_states_its_total_too(tmp_path: Path, later: list[str], kind: str, stated: list[float]) -> None:
    """150.00 in the first export; the later one's total counts where it holds all that counts."""
    workspace = Workspace.create(tmp_path / "acme", Settings("Acme", "Australia/Sydney", "AUD", "http://127.0.0.1:1", "growth", 1))
    for name, rows, how in (("one", ["7,1,100.00", "8,2,50.00", "Total,,150.00"], "full"), ("two", later, kind)):
        export = tmp_path / name
        export.mkdir()
        (export / "Patients.csv").write_text("Patient ID,First Name,Last Name\n1,Ann,Lee\n2,Bo,Ray\n")
        (export / "Invoices.csv").write_text("\n".join(["Invoice No,Patient ID,Total", *rows]) + "\n")
        workspace.add_snapshot(export, kind=how, taken=date(2026, 10, 1 + len(workspace.snapshots())))
        if name == "one":
            confirm_proposals(workspace.path, at_least=0.0, by="Kim")
            first = witnesses_frame(look_at_witnesses(Migration.open(workspace.path)))
            assert first["stated"].tolist() == [150.0]
    found = witnesses_frame(look_at_witnesses(Migration.open(workspace.path).with_all_received()))
    assert found["stated"].tolist() == stated and not found["difference"].any()
