"""Views on their way through reading and plan: every physical row of every file still ends in exactly one outcome."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from migkit.migration import Migration
from migkit.migration.defaults import default_policies, load_map
from migkit.model.errors import DataError
from migkit.model.outcomes import Severity
from migkit.model.records import Plan
from migkit.model.tables import CanonicalTables, RawExport
from migkit.plan import build_plan
from migkit.source import read_export, type_tables, write_rejects
from migkit.views import View, parse_views, shapes, with_views
from migkit.workspace import Workspace
from tests.plan.frames import SCHEMA, SETTINGS, people
from tests.source.maps import AU, source_map, table_map

FILES = {
    "patient": "PatNum,LName,FName,PatStatus,RecallDue\n1,Lee,Ann,0,2026-11-20\n2,Ray,Bo,0,\n3,Fox,Cy,6,\n4,,Di,9,\n",
    "patplan": "PatNum,InsSubNum\n1,7\n1,8\n2,7\n99,8\n",
    "inssub": "InsSubNum,CarrierNum,SubscriberID\n7,1,A100\n8,2,B200\n9,1,C300\n",
    "carrier": "CarrierNum,CarrierName\n1,HCF\n2,Bupa\n3,nib\n",
}
COVERS = View(
    "covers",
    "SELECT p.PatNum, c.CarrierName, s.SubscriberID FROM patplan p JOIN inssub s USING (InsSubNum) JOIN carrier c USING (CarrierNum)",
)
PEOPLE, ASKED = (
    View("people", shapes.rows_by_code("patient", "PatStatus", ["0"])),
    View("asked", shapes.rows_by_code("patient", "PatStatus", ["6"])),
)
RECALLS = View("recalls", "SELECT PatNum, RecallDue FROM patient WHERE RecallDue IS NOT NULL")
NAMES = {"LName": "last_name", "FName": "first_name"}
MAP = source_map(
    *(table_map(name, None, {}, "in views") for name in FILES),
    table_map("people", "patients", {"PatNum": "patient_id", **NAMES}),
    table_map("asked", "leads", {"PatNum": "lead_id", **NAMES}),
    table_map("recalls", "recalls", {"PatNum": "patient_id", "RecallDue": "due_date"}),
    table_map("covers", "health_funds", {"PatNum": "patient_id", "CarrierName": "fund", "SubscriberID": "member_number"}),
)


def read(folder: Path, *views: View, **files: str) -> RawExport:
    for name, text in {**FILES, **files}.items():
        (folder / f"{name}.csv").write_text(text)
    return with_views(read_export(folder), views)


def typed(raw: RawExport) -> CanonicalTables:
    return type_tables(raw, MAP, SCHEMA, country=AU, today=date(2026, 11, 1))


def planned(tables: CanonicalTables) -> Plan:
    return build_plan(
        tables, people(), settings=SETTINGS, today=date(2026, 11, 1), schema=SCHEMA, pipedrive_map=load_map(), policies=default_policies()
    )


def outcomes(made: Plan) -> dict[str, tuple[str, ...]]:
    """Return `file:line` → (outcome, code of the reason, ref); a row with a record of its own: (its key,)."""
    known = {f"{row.file}:{row.line}": (row.outcome.value, row.reason.code if row.reason else "", row.ref) for row in made.row_outcomes}
    assert len(known) == len(made.row_outcomes)
    assert not known.keys() & made.rows.keys()
    return {**known, **{place: (key,) for place, key in made.rows.items()}}


def test_rows_that_a_view_draws_in_go_where_it_goes(tmp_path: Path) -> None:
    """A cover over three tables: its rows stand in their person, the rows drawn in too, and what no view takes is left out by name."""
    tables = typed(read(tmp_path, PEOPLE, ASKED, RECALLS, COVERS))
    made = planned(tables)
    assert made.records["patient:1"].fields["custom:Insurance_Provider__c"] == "HCF"
    assert made.records["patient:1"].fields["custom:Policy_Number__c"] == "A100"
    assert {key for key in made.records if key.startswith(("patient:", "lead:"))} >= {"patient:1", "patient:2", "lead:3"}
    (recall,) = (record for record in made.records.values() if record.key.startswith("recall:"))
    assert (recall.links["person_id"], recall.fields["due_date"]) == ("patient:1", "2026-11-20")
    ann, bo = "patient:1", "patient:2"
    assert outcomes(made) == {
        "patient.csv:2": (ann,),
        "patient.csv:3": (bo,),
        "patient.csv:4": ("lead:3",),
        "patient.csv:5": ("excluded", "left-out-by-view", ""),
        "patplan.csv:2": ("folded-into", "", ann),
        "patplan.csv:3": ("folded-into", "", ann),
        "patplan.csv:4": ("folded-into", "", bo),
        "patplan.csv:5": ("held", "missing-parent", ""),
        "inssub.csv:2": ("folded-into", "drawn-into-several", ann),
        "inssub.csv:3": ("folded-into", "drawn-into", ann),
        "inssub.csv:4": ("excluded", "left-out-by-view", ""),
        "carrier.csv:2": ("folded-into", "drawn-into-several", ann),
        "carrier.csv:3": ("folded-into", "drawn-into", ann),
        "carrier.csv:4": ("excluded", "left-out-by-view", ""),
    }


def test_a_row_drawn_into_a_row_that_waits_waits_with_it(tmp_path: Path) -> None:
    """The only cover that carrier 2 is drawn into belongs to a patient who is not in the export."""
    made = planned(typed(read(tmp_path, PEOPLE, COVERS, patplan="PatNum,InsSubNum\n1,7\n99,8\n")))
    found = outcomes(made)
    assert found["carrier.csv:3"][:2] == ("held", "parent-held")
    assert found["inssub.csv:3"][:2] == ("held", "parent-held")


def test_a_table_that_is_mapped_itself_keeps_its_rows(tmp_path: Path) -> None:
    """The patients' own table is mapped, and a view makes recalls of it: its rows are the persons', and the recall is made beside them."""
    raw = read(tmp_path, RECALLS)
    own = source_map(
        *(table_map(name, None, {}, "not wanted") for name in ("patplan", "inssub", "carrier")),
        table_map("patient", "patients", {"PatNum": "patient_id", **NAMES}),
        table_map("recalls", "recalls", {"PatNum": "patient_id", "RecallDue": "due_date"}),
    )
    made = planned(type_tables(raw, own, SCHEMA, country=AU, today=date(2026, 11, 1)))
    assert [outcomes(made)[f"patient.csv:{line}"] for line in (2, 3, 4, 5)] == [
        ("patient:1",),
        ("patient:2",),
        ("patient:3",),
        ("patient:4",),
    ]
    assert sum(key.startswith("recall:") for key in made.records) == 1


def test_a_row_that_a_view_multiplies_loses_none_of_its_parts(tmp_path: Path) -> None:
    """A receipt of 100.00 that pays two invoices by a table of shares: both parts arrive, and the physical row has one outcome."""
    shares = View("shares", "SELECT receipt.*, Invoice, Share FROM receipt JOIN split USING (PayNum)")
    split = "PayNum,Invoice,Share\n5,31,70.00\n5,32,30.00\n"
    bill = "Num,PatNum,Sum\n31,1,70.00\n32,1,30.00\n"
    raw = read(tmp_path, shares, receipt="PayNum,PatNum,Date\n5,1,2026-10-01\n", split=split, bill=bill)
    columns = {"PayNum": "payment_id", "PatNum": "patient_id", "Date": "date", "Invoice": "invoice_id", "Share": "amount"}
    mapped = source_map(
        table_map("patient", "patients", {"PatNum": "patient_id", **NAMES}),
        table_map("bill", "invoices", {"Num": "invoice_id", "PatNum": "patient_id", "Sum": "total"}),
        table_map("shares", "payments", columns),
    )
    made = planned(type_tables(raw, mapped, SCHEMA, country=AU, today=date(2026, 11, 1)))
    deal = made.records["account:1"].fields
    assert (deal["custom:Total_Paid__c"]["value"], deal["custom:Invoice_Status__c"]) == (100.0, "Paid")
    found = outcomes(made)
    assert found["receipt.csv:2"][0] == found["split.csv:2"][0] == found["split.csv:3"][0] == "folded-into"


def test_rejects_of_a_view_are_written_as_rows_of_their_own_table(tmp_path: Path) -> None:
    """A row without a number is mended in the file that it came from."""
    raw = read(tmp_path, PEOPLE, patient="PatNum,LName,FName,PatStatus,RecallDue\n,Lee,Ann,0,\n2,Ray,Bo,0,\n")
    (path,) = write_rejects(raw, typed(raw).row_outcomes, tmp_path / "rejects")
    assert path.name == "patient.rejects.csv"
    assert path.read_text("utf-8-sig").splitlines()[1].startswith(",Lee,Ann,0,")


def test_a_view_that_cannot_be_made_is_a_critical_finding(tmp_path: Path) -> None:
    """A later export that lacks a table: the others are read, and the finding says which view."""
    raw = read(tmp_path, PEOPLE, View("covers", "SELECT * FROM patplan JOIN subscriber USING (InsSubNum)"))
    assert "people" in raw.tables
    assert "covers" not in raw.tables
    (finding,) = (one for one in typed(raw).findings if one.code == "view-failed")
    assert finding.severity is Severity.CRITICAL
    assert "subscriber" in str(finding)


def test_views_are_decisions_replayed_on_later_exports(tmp_path: Path) -> None:
    """The file names who and why; a later export's table has the view too, with its own files."""
    workspace = Workspace.create(tmp_path / "acme", SETTINGS)
    for number, rows in ((1, FILES["patplan"]), (2, "PatNum,InsSubNum\n1,9\n")):
        folder = tmp_path / str(number)
        folder.mkdir()
        read(folder, patplan=rows)
        workspace.add_snapshot(folder, taken=date(2026, 10, number))
    why = {"by": "Kim", "at": "2026-11-01T00:00:00+00:00", "why": "cover spread over three tables"}
    workspace.write_decision("views", {"version": 1, "views": {"covers": {"sql": COVERS.sql, **why}}})
    migration = Migration.open(workspace.path)
    first, later = (migration.readings.raw(snapshot).tables["covers"] for snapshot in migration.inputs.received)
    assert list(first.frame["SubscriberID"]) == ["A100", "B200", "A100", "B200"]
    assert list(later.frame["SubscriberID"]) == ["C300"]
    assert later.files == ("02-2026-10-02/patplan.csv",)
    assert migration.proposals.tables["covers"].table == "health_funds"


@pytest.mark.parametrize("spec", ["SELECT 1", {"by": "Kim"}, {"sql": 7}, {"sql": "SELECT 1", "table": "x"}])
def test_a_malformed_decision_is_named(spec: object) -> None:
    """The message names the file and the view."""
    with pytest.raises(DataError, match=r"decisions/views\.yaml, view covers"):
        parse_views({"views": {"covers": spec}})
