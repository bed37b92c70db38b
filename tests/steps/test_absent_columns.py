"""A later export in which one of two tables of patients lost a column: nothing of its rows is emptied, whatever the other has."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from migkit.mapping import confirm, extend, replay
from migkit.migration import Migration
from migkit.model.mapping import dump_mapping
from migkit.steps.approvals import approve_gate
from migkit.steps.bulk_confirm import confirm_proposals
from migkit.workspace import Settings, Workspace

SETTINGS = Settings("Acme Dental", "Australia/Sydney", "AUD", "http://127.0.0.1:1", "growth", 1, 20, {})
HEAD = "Patient ID,First Name,Last Name,DOB"
CURRENT = [("10", "Ann", "Lee", "11/03/1960"), ("11", "Bo", "Ng", "12/03/1961"), ("12", "Cy", "Fox", "13/03/1962")]
CLOSED = [("40", "Di", "Po", "14/03/1950"), ("41", "Ed", "Ray", "15/03/1951"), ("42", "Flo", "Sim", "16/03/1952")]
NUMBERS = {key: f"0412 345 7{key}" for key in ("10", "11", "12", "40", "41", "42")}
KEPT = {f"patient:{key}": f"+614123457{key}" for key in NUMBERS}


def table(rows: list[tuple[str, ...]], header: str = "Mobile", numbers: dict[str, str] = NUMBERS) -> str:
    head = f"{HEAD},{header}" if header else HEAD
    return "\n".join([head, *(",".join([*row, *([numbers.get(row[0], "")] if header else [])]) for row in rows)]) + "\n"


def later(folder: Path, patients: str, archived: str) -> Migration:
    """A workspace with both tables and an approved map, and a later export of the two given ones."""
    for name, files in (("one", (table(CURRENT), table(CLOSED))), ("two", (patients, archived))):
        (folder / name).mkdir()
        (folder / name / "patients.csv").write_text(files[0])
        (folder / name / "archived_patients.csv").write_text(files[1])
    workspace = Workspace.create(folder / "acme", SETTINGS)
    workspace.add_snapshot(folder / "one", taken=date(2026, 11, 1))
    confirm_proposals(workspace.path, at_least=0, by="Kim")
    approve_gate(workspace.path, "mapping", by="Kim")
    workspace.add_snapshot(folder / "two", taken=date(2026, 11, 3))
    return Migration.open(workspace.path)


def result(migration: Migration) -> tuple[dict[str, str], dict[str, str]]:
    """Key → changed fields, and key → mobile."""
    assert migration.delta is not None
    found = migration.delta.merged.classes
    patients = migration.delta.merged.tables["patients"]
    mobiles = patients.set_index("_key")["mobile"]
    changed = {row.key: row.fields for row in found[found["class"].eq("changed")].itertuples()}
    return changed, {str(key): "" if pd.isna(value) else value for key, value in mobiles.items()}


OTHER = {**NUMBERS, "40": "0499 999 940"}
MOVED = {"patient:10": "status"}


@pytest.mark.parametrize(
    ("patients", "archived", "changed", "mobiles"),
    [
        pytest.param(table(CURRENT, "Mobile (SMS)"), table(CLOSED), {}, KEPT, id="renamed in one"),
        pytest.param(table(CURRENT, ""), table(CLOSED), {}, KEPT, id="dropped from one"),
        pytest.param(table(CURRENT), table(CLOSED, ""), {}, KEPT, id="dropped from the other"),
        pytest.param(table(CURRENT, ""), table(CLOSED, ""), {}, KEPT, id="dropped from both"),
        pytest.param(
            table(CURRENT, ""), table(CLOSED, numbers=OTHER), {"patient:40": "mobile"}, KEPT | {"patient:40": "+61499999940"},
            id="dropped from one, changed in the other",
        ),
        pytest.param(
            table(CURRENT, numbers={**NUMBERS, "11": ""}), table(CLOSED), {"patient:11": "mobile"}, KEPT | {"patient:11": ""},
            id="the column is there and a cell of it empty",
        ),
        pytest.param(
            table(CURRENT[1:]), table([*CLOSED, CURRENT[0]], ""), MOVED, KEPT, id="moved to the table without the column",
        ),
        pytest.param(
            table([*CURRENT, ("13", "Guy", "Orr", "17/03/1963")], ""), table(CLOSED), {}, KEPT | {"patient:13": ""},
            id="a new patient in the table without the column",
        ),
    ],
)  # fmt: skip
def test_a_table_keeps_what_it_has_no_column_for(
    tmp_path: Path, patients: str, archived: str, changed: dict[str, str], mobiles: dict[str, str]
) -> None:
    """Each row by its own table: an absent column changes nothing, an empty cell of a present one does."""
    assert result(later(tmp_path, patients, archived)) == (changed, mobiles)


def test_a_renamed_column_counts_once_it_is_confirmed(tmp_path: Path) -> None:
    """Confirmed as the mobile, the new header's values are taken, and only for the rows of its table."""
    migration = later(tmp_path, table(CURRENT, "Mobile (SMS)", {**NUMBERS, "12": "0499 999 912"}), table(CLOSED, ""))
    raw = migration.readings.raw(migration.under_review)
    shown, _ = replay(migration.source_map, raw, migration.proposals_of(migration.under_review))
    decided = confirm(shown, table="patients", by="Kim", at="2026-11-04T00:00:00+00:00")
    migration.workspace.write_decision("mapping", dump_mapping(extend(migration.source_map, decided)))
    again = Migration.open(migration.workspace.path)
    assert result(again) == ({"patient:12": "mobile"}, KEPT | {"patient:12": "+61499999912"})


def test_what_a_later_row_says_without_a_column_is_not_overwritten(tmp_path: Path) -> None:
    """A patient moves to the archived list, which has no column for the status but says it by its name: archived, not active as before."""
    for name, patients, archived in (
        ("one", f"{HEAD},Status\n10,Ann,Lee,11/03/1960,Active\n11,Bo,Ng,12/03/1961,Active\n", f"{HEAD}\n40,Di,Po,14/03/1950\n"),
        ("two", f"{HEAD},Status\n11,Bo,Ng,12/03/1961,Active\n", f"{HEAD}\n40,Di,Po,14/03/1950\n10,Ann,Lee,11/03/1960\n"),
    ):
        (tmp_path / name).mkdir()
        (tmp_path / name / "patients.csv").write_text(patients)
        (tmp_path / name / "archived_patients.csv").write_text(archived)
    workspace = Workspace.create(tmp_path / "acme", SETTINGS)
    workspace.add_snapshot(tmp_path / "one", taken=date(2026, 11, 1))
    confirm_proposals(workspace.path, at_least=0, by="Kim")
    approve_gate(workspace.path, "mapping", by="Kim")
    workspace.add_snapshot(tmp_path / "two", taken=date(2026, 11, 3))
    delta = Migration.open(workspace.path).delta
    assert delta is not None
    statuses = delta.merged.tables["patients"].set_index("_key")["status"]
    assert statuses.to_dict() == {"patient:11": "active", "patient:40": "archived", "patient:10": "archived"}
