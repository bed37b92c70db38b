"""Confirming in bulk: what is certain is confirmed, what nobody may pass over is left, and both are listed."""

from __future__ import annotations

from pathlib import Path

import pytest

from migkit.migration import Migration, state
from migkit.model.errors import GateClosed, UsageError
from migkit.steps.approvals import approve_gate
from migkit.steps.bulk_confirm import confirm_proposals
from migkit.workspace import Settings, Workspace

SETTINGS = Settings("Acme Dental", "Australia/Sydney", "AUD", "http://127.0.0.1:1", "growth", 1, 20, {})
PATIENTS = "Patient ID,First Name,Last Name,Favourite Music,Unused\n" + "".join(f"{n},Ann,Ng,Jazz {n},\n" for n in range(1, 9))
DEBTORS = """Patient ID,Patient Name,Current,30 Days,60 Days,90 Days,Total Due
1,Ann Ng,10.00,0.00,0.00,0.00,10.00
2,Ann Ng,0.00,20.00,0.00,0.00,20.00
"""


def opened(folder: Path, **files: str) -> Path:
    (folder / "export").mkdir()
    for name, text in files.items():
        (folder / "export" / f"{name.replace('_', ' ')}.csv").write_text(text)
    workspace = Workspace.create(folder / "acme", SETTINGS)
    workspace.add_snapshot(folder / "export")
    return workspace.path


def states(path: Path) -> dict[str, str]:
    tables = Workspace.open(path).read_decision("mapping")["tables"]
    return {name: column.get("state", "proposed") for table in tables.values() for name, column in table["columns"].items()}


def test_an_unseen_map_is_not_approved(tmp_path: Path) -> None:
    """On a fresh workspace approving the map says what is unconfirmed, records nothing and confirms nothing."""
    path = opened(tmp_path, Patients=PATIENTS)
    with pytest.raises(GateClosed, match=r"5 columns are not confirmed yet, the first is 'Patient ID'.*migkit confirm"):
        approve_gate(path, "mapping", by="Kim")
    assert not (path / "decisions" / "mapping.yaml").exists() and Workspace.open(path).approvals("mapping") == []


def test_what_is_certain_is_confirmed_and_a_column_with_values_is_never_left_out(tmp_path: Path) -> None:
    """Named columns are confirmed, an empty one too; one with values and no home is left, and said so; who confirmed is kept."""
    path = opened(tmp_path, Patients=PATIENTS)
    done = confirm_proposals(path, at_least=0.5, by="Kim")
    assert set(done.confirmed["column"]) == {"Patient ID", "First Name", "Last Name", "Unused"}
    assert done.left[["column", "why it was left"]].to_numpy().tolist() == [["Favourite Music", "it has values and no home"]]
    assert states(path) == dict.fromkeys(done.confirmed["column"], "confirmed") | {"Favourite Music": "proposed"}
    columns = Workspace.open(path).read_decision("mapping")["tables"]["Patients"]["columns"]
    assert columns["Last Name"]["by"] == "Kim" and "by" not in columns["Favourite Music"]
    assert done.to_text().endswith("4 columns were confirmed, 1 left.")


def test_less_than_certain_is_left(tmp_path: Path) -> None:
    """At a confidence that no proposal reaches only the empty column is confirmed, and the others say why not."""
    done = confirm_proposals(opened(tmp_path, Patients=PATIENTS), at_least=1, by="Kim")
    assert list(done.confirmed["column"]) == ["Unused"]
    assert set(done.left["why it was left"]) == {"less sure than 1", "it has values and no home"}


def test_one_table_alone(tmp_path: Path) -> None:
    """With a table only its columns are confirmed; a table that is not there is refused with those that are."""
    path = opened(tmp_path, Patients=PATIENTS, Staff="Practitioner ID,Name,Email\n1,Jo Park,jo@clinic.example\n")
    done = confirm_proposals(path, at_least=0, table="Staff", by="Kim")
    assert set(done.confirmed["table"]) == {"Staff"} and states(path)["Last Name"] == "proposed"
    with pytest.raises(UsageError, match="choose one of Patients, Staff"):
        confirm_proposals(path, at_least=0, table="Nurses", by="Kim")


def test_a_critical_conflict_is_passed_by_nobody(tmp_path: Path) -> None:
    """Debtors taken for invoices, without an invoice's number: bulk leaves them, and even a map confirmed by hand is not approved."""
    path = opened(tmp_path, Patients=PATIENTS, Invoices=DEBTORS)
    done = confirm_proposals(path, at_least=0, by="Kim")
    mine = done.left[done.left["table"] == "Invoices"]
    assert len(mine) == 7 and set(done.confirmed["table"]) == {"Patients"}
    assert mine["why it was left"].str.contains("cannot do without").all()

    workspace = Workspace.open(path)
    document = workspace.read_decision("mapping")
    for table in document["tables"].values():
        for column in table["columns"].values():
            column["state"] = "confirmed"
    workspace.write_decision("mapping", document)
    found = state(Migration.open(path), "mapping")
    assert found.blocks and "in the map must be decided" in str(found.message) and "Invoices" in str(found.message)
    with pytest.raises(GateClosed, match="must be decided"):
        approve_gate(path, "mapping", by="Kim")


@pytest.mark.parametrize(
    ("to", "new", "says"),
    [
        ({"First Name": "last_name"}, {}, "Last Name"),
        ({"First Name": "invoice_id"}, {}, "invoice_id"),
        ({"Favourite Music": "no_such_field"}, {}, "no_such_field"),
        ({"Favourite Music": "patient_id"}, {}, "Patient ID"),
        ({}, {"First Name": "varchar", "Favourite Music": "double"}, "same"),
        ({"Last Name": "mobile", "First Name": "mobile"}, {}, "First Name"),
    ],
    ids=["two for one field", "another table's field", "no field", "two keys", "one label of two types", "two phones in one"],
)
def test_each_critical_conflict_of_a_map_closes_its_gate(tmp_path: Path, to: dict[str, str], new: dict[str, str], says: str) -> None:
    """A map that was confirmed by hand, column by column, and says what cannot be: nothing of it can be approved."""
    path = opened(tmp_path, Patients=PATIENTS)
    confirm_proposals(path, at_least=0, by="Kim")
    workspace = Workspace.open(path)
    document = workspace.read_decision("mapping")
    columns = document["tables"]["Patients"]["columns"]
    for name, column in columns.items():
        column["state"] = "confirmed"
        if name in to:
            column["to"] = to[name]
        if name in new:
            column.pop("to", None)
            column["new_field"] = {"label": "Same", "type": new[name]}
    workspace.write_decision("mapping", document)
    with pytest.raises(GateClosed, match="must be decided") as refused:
        approve_gate(path, "mapping", by="Kim")
    assert says in str(refused.value) and not Workspace.open(path).approvals("mapping")
