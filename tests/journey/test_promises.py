"""The promises of the whole: nothing is written twice, nothing without a decision, and everything can be undone."""

from __future__ import annotations

import csv
import random
import shutil
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
import yaml

from migkit.migration import BEFORE_LOAD
from migkit.model.errors import GateClosed, UsageError
from migkit.model.messages import Message
from migkit.running import STEPS, run_steps
from migkit.steps import Migration
from migkit.steps.approvals import approve_gate
from migkit.steps.deleted import keep_deleted
from migkit.steps.load import carry_out, load
from migkit.steps.reconcile import compare_with_target
from migkit.steps.rollback import roll_back
from tests.http_client import HTTP

pytestmark = pytest.mark.journey

SAMPLE = [*STEPS].index("sample_diff")
"""Place of the first step that writes."""
LISTS = (
    "/api/v2/persons", "/api/v2/organizations", "/api/v2/deals", "/api/v2/activities", "/api/v2/products", "/api/v2/pipelines",
    "/api/v2/stages", "/api/v2/personFields", "/api/v2/organizationFields", "/api/v2/dealFields", "/api/v2/productFields",
    "/v1/leads", "/v1/notes", "/v1/files", "/v1/activityTypes", "/v1/leadLabels", "/v1/users", "/v1/webhooks", "/v1/currencies",
)  # fmt: skip


def test_the_demo_agrees_and_adds_up(journey):
    """Every line of every file has one outcome, nothing differs, and every table of the design has rows."""
    summary = journey.summary

    assert summary["agrees"] and summary["outcomes_add_up"]
    assert summary["fields"]["differing"] == 0
    assert not [table for table, counts in summary["tables"].items() if counts["outcomes"].get("unaccounted")]
    assert len([table for table in summary["tables"] if table != "not read"]) == 18


def test_a_second_run_writes_nothing(journey):
    """All ten notebooks again, also without `work/`: the target's own log shows no write."""
    shutil.rmtree(journey.workspace / "work")
    before = journey.last_request()

    assert len(list(run_steps(journey.workspace, ["all"]))) == 10
    assert journey.writes_since(before) == []


def test_shuffled_rows_change_nothing(journey, tmp_path):
    """The newest export with its rows in another order is a delta without content, and loads without a write."""
    export = tmp_path / "shuffled"
    shutil.copytree(journey.folder / "practice" / "export_delta", export)
    dice = random.Random(7)
    for name in ("ClinicalNotes.csv", "TreatmentPlans.csv", "Patients.csv"):
        _shuffle(export / name, dice)
    migration = Migration.open(journey.workspace)
    digest = migration.plan.digest()
    migration.workspace.add_snapshot(export, taken=date(2026, 11, 9))
    approve_gate(journey.workspace, "delta", by="test")
    before = journey.last_request()

    shuffled = Migration.open(journey.workspace)
    assert len(shuffled.snapshots) == 3
    assert shuffled.plan.digest() == digest
    carry_out(shuffled, shuffled.changes(), step="delta", run_id="shuffled")
    assert journey.writes_since(before) == []


@pytest.mark.parametrize("gate", (*BEFORE_LOAD, "delta"))
def test_without_an_approval_the_run_stops_before_it_writes(journey, gate):
    """One approval taken away: `run all` stops at that gate, and the target sees no write. (The steps before the sample, which look
    and write nothing, are run for one gate only.)"""
    path = journey.workspace / "decisions" / "approvals.yaml"
    document = yaml.safe_load(path.read_text())
    path.write_text(yaml.safe_dump({"approvals": [entry for entry in document["approvals"] if entry["gate"] != gate]}))
    before, done = journey.last_request(), []

    with pytest.raises(GateClosed) as closed:
        for name, _ in run_steps(journey.workspace, ["all"] if gate == BEFORE_LOAD[0] else [*STEPS][SAMPLE:]):
            done.append(name)
    assert closed.value.gate == gate
    assert gate != BEFORE_LOAD[0] or done == ["10_audit"]
    assert journey.writes_since(before) == []


def test_a_changed_map_closes_its_gate(journey):
    """A column decided otherwise after the approval: nothing loads."""
    path = journey.workspace / "decisions" / "mapping.yaml"
    document = yaml.safe_load(path.read_text())
    table = next(t for t in document["tables"].values() if t["table"] == "patients")
    column = next(c for c in table["columns"].values() if c.get("to") == "preferred_name")
    column.update(to=None, reason="not wanted", state="confirmed")
    path.write_text(yaml.safe_dump(document))
    before = journey.last_request()

    with pytest.raises(GateClosed) as closed:
        list(run_steps(journey.workspace, ["load"]))
    assert closed.value.gate == "mapping"
    assert journey.writes_since(before) == []


def test_rows_decided_to_be_gone_stay_until_their_delta_is_approved(journey):
    """A row added to the gone ones after the approval closes the gate for every step, also where the load alone is run."""
    path = journey.workspace / "decisions" / "delta.yaml"
    migration = Migration.open(journey.workspace)
    vanished = next(key for key, kind in migration.delta.merged.classes[["key", "class"]].to_numpy() if kind == "gone")
    document = yaml.safe_load(path.read_text())
    path.write_text(yaml.safe_dump({**document, "gone": {vanished: "delete"}}))
    before = journey.last_request()

    with pytest.raises(GateClosed, match="nobody approved that") as closed:
        load(Migration.open(journey.workspace), run_id="load")
    assert closed.value.gate == "delta"
    assert journey.writes_since(before) == []

    approve_gate(journey.workspace, "delta", by="test")
    load(Migration.open(journey.workspace), run_id="load")
    assert [line.partition(" ")[0] for line in journey.writes_since(before)] == ["DELETE"]


def test_rollback_leaves_the_account_as_it_was(fresh):
    """Every list before the load and after the rollback has the same ids and values.

    Excepted by name: update times; activity types that were ours stay as inactive ones.
    """
    before = {path: _plain(fresh.everything(path, 100)) for path in LISTS}
    migration = Migration.open(fresh.workspace)
    loaded = load(migration, run_id="load")
    assert not loaded.failures and len(fresh.everything("/api/v2/persons")) > len(before["/api/v2/persons"])

    roll_back(Migration.open(fresh.workspace), preview=False)

    after = {path: _plain(fresh.everything(path, 100)) for path in LISTS}
    assert {path: len(rows) for path, rows in after.items()} == {path: len(rows) for path, rows in before.items()}
    assert after == before


def test_a_column_without_a_home_travels_as_a_new_field(fresh):
    """“Hygiene Club”, confirmed as a new custom field, is made in the account and holds the values of the truth."""
    path = fresh.workspace / "decisions" / "mapping.yaml"
    document = yaml.safe_load(path.read_text())
    table = next(t for t in document["tables"].values() if t["table"] == "patients")
    table["columns"]["Hygiene Club"] = {"new_field": {"label": "Hygiene Club", "type": "enum"}, "state": "confirmed", "by": "test"}
    path.write_text(yaml.safe_dump(document, allow_unicode=True, sort_keys=False))
    migration = Migration.open(fresh.workspace)

    assert not carry_out(migration, migration.changes(), step="load", run_id="load").failures

    field = next(f for f in fresh.everything("/api/v2/personFields", 100) if f["field_name"] == "Hygiene Club")
    labels = {option["id"]: option["label"] for option in field["options"]}
    arrived = Counter(labels[value] for p in fresh.everything("/api/v2/persons") if (value := p["custom_fields"].get(field["field_code"])))
    patients = {row["patient_id"]: row for row in fresh.truth["tables"]["patients"]}
    known = Counter(row["custom:Hygiene Club"] for row in patients.values() if row.get("custom:Hygiene Club"))
    assert known and set(arrived) <= set(known)
    assert abs(sum(arrived.values()) - sum(known.values())) <= 3  # second records of one person, and the later export's changes
    assert compare_with_target(Migration.open(fresh.workspace)).differing == 0


def test_a_preview_of_the_rollback_writes_nothing(journey):
    """Looking at what a rollback would do sends no write and reverses everything that it lists."""
    before = journey.last_request()

    result = roll_back(Migration.open(journey.workspace), preview=True)
    assert journey.writes_since(before) == []
    assert result.counts["reversed"] > 500 and result.counts["errored"] == 0


def test_somebody_elses_edit_survives_the_rollback(journey):
    """A person who was edited in Pipedrive after the load stays, and is listed as kept."""
    migration = Migration.open(journey.workspace)
    entry = next(e for e in migration.ledger.entries().values() if e.object == "person" and e.origin == "created")
    headers = {"x-api-token": journey.sandbox.token}
    url = f"{journey.sandbox.url}/api/v2/persons/{entry.target_id}"
    HTTP.patch(url, json={"name": "Edited Later"}, headers=headers).raise_for_status()

    result = roll_back(migration, preview=False)
    kept = {row.key for row in result.rows if row.bucket.startswith("kept")}
    assert entry.key in kept
    assert HTTP.get(url, headers=headers).json()["data"]["name"] == "Edited Later"


def test_a_person_deleted_in_pipedrive_stays_deleted_by_decision(journey):
    """Missing until somebody decides; then the account agrees again, the row is excluded with the reason, and nothing is written."""
    migration = Migration.open(journey.workspace)
    entry = next(e for e in migration.ledger.entries().values() if e.object == "person" and e.origin == "created")
    headers = {"x-api-token": journey.sandbox.token}
    HTTP.delete(f"{journey.sandbox.url}/api/v2/persons/{entry.target_id}", headers=headers).raise_for_status()
    missing = compare_with_target(migration)
    assert (missing.agrees, missing.result.missing["key"].to_list()) == (False, [entry.key])

    with pytest.raises(UsageError, match="needs a name and a reason"):
        keep_deleted(migration, [entry.key], by="Kim", why=" ")
    keep_deleted(migration, missing.result.missing["key"], by="Kim", why="a test patient")
    before = journey.last_request()

    proof = compare_with_target(Migration.open(journey.workspace))
    assert proof.agrees, proof.result.to_json()
    rows = proof.rows[proof.rows["key"] == entry.key].set_index("outcome")["reason"].to_dict()
    assert rows.pop("excluded") == Message.of("deleted-by-decision", by="Kim", why="a test patient")
    assert rows.keys() <= {"repeated"}  # the later export may bring the same row again
    load(Migration.open(journey.workspace), run_id="again")
    assert journey.writes_since(before) == []


def test_reconciliation_sees_a_change_made_behind_our_back(journey):
    """A deal's value changed in Pipedrive is found, by key and field."""
    migration = Migration.open(journey.workspace)
    entry = next(e for e in migration.ledger.entries().values() if e.object == "deal")
    url = f"{journey.sandbox.url}/api/v2/deals/{entry.target_id}"
    HTTP.patch(url, json={"value": 1.23}, headers={"x-api-token": journey.sandbox.token}).raise_for_status()

    proof = compare_with_target(migration)
    assert not proof.agrees
    assert [(row.key, row.field) for row in proof.differences.itertuples()] == [(entry.key, "value")]


def _shuffle(path: Path, dice: random.Random) -> None:
    raw = path.read_bytes()
    encoding = "utf-8-sig" if raw.startswith(b"\xef\xbb\xbf") else "utf-8"
    lines = list(csv.reader(raw.decode(encoding).splitlines(keepends=True), strict=False))
    head, rows = lines[0], [line for line in lines[1:] if line]
    dice.shuffle(rows)
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file).writerows([head, *rows])


def _plain(rows: list[dict]) -> list[dict]:
    kept = [row for row in rows if row.get("active_flag", True)]
    return sorted(
        ({k: v for k, v in row.items() if k != "update_time"} for row in kept), key=lambda row: str(row.get("id") or row.get("code"))
    )
