"""A stranger's export goes through the product as an analyst would take it: map, gates, sample, load, outcomes. No special path.

`answers/<practice>.yaml` says what somebody who knows the source system would click; `meanings.json` of the practice says why a
column that is not named there is left out.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import pandas as pd
import yaml

from migkit.migration import Migration
from migkit.model.mapping import ColumnMap, SourceMap, TableMap, dump_mapping
from migkit.model.outcomes import Finding
from migkit.model.tables import RawExport
from migkit.sandbox import Sandbox
from migkit.steps.approvals import approve_gate
from migkit.steps.carry_out import require_end
from migkit.steps.environment import environment
from migkit.steps.load import load
from migkit.steps.reconcile import compare_with_target
from migkit.steps.sample_diff import load_sample
from migkit.workspace import Settings, Workspace

ANSWERS = Path(__file__).parent / "answers"
BY = "analyst"
TOKEN = "PIPEDRIVE_API_TOKEN"  # the name of a variable


@dataclass(frozen=True)
class Migrated:
    """What the product says of its own work."""

    rows: pd.DataFrame
    """One row per line of a file: file, line, table, key, outcome, reason, ref."""
    agrees: bool
    """True where the product finds the account as planned."""
    findings: tuple[Finding, ...] = ()
    """What it says of the export as it was read."""


def answers_of(name: str) -> dict[str, Any]:
    """Return what the analyst says of a practice."""
    document: dict[str, Any] = yaml.safe_load((ANSWERS / f"{name}.yaml").read_text(encoding="utf-8"))
    return document


def migrate(practice: Path, workspace: Path, sandbox: Sandbox, name: str) -> Migrated:
    """Take `practice`/export into a new workspace, decide as the analyst would, load it into the sandbox and reconcile."""
    truth = json.loads((practice / "truth.json").read_text(encoding="utf-8"))["practice"]
    answers = answers_of(name)
    zone = answers["settings"]["timezone"]
    zones = answers["settings"].get("timezones", {})
    made = Workspace.create(workspace, Settings(truth["name"], zone, truth["currency"], sandbox.url, "ultimate", 3, 20, zones))
    made.add_snapshot(practice / "export", taken=date.fromisoformat(truth["export_date"]))
    with environment({TOKEN: sandbox.token}):
        said = {name: {**spec, "by": BY} for name, spec in (answers.get("views") or {}).items()}
        made.write_decision("views", {"version": 1, "views": said})
        meanings = json.loads((practice / "meanings.json").read_text(encoding="utf-8"))
        made.write_decision("mapping", dump_mapping(source_map(Migration.open(workspace).raw, answers, meanings)))
        for gate in ("mapping", "owners", "identity", "quality", "policies", "privacy"):
            approve_gate(workspace, gate, by=BY, note="as the documentation of the source system says")
        require_end(load_sample(Migration.open(workspace), run_id="sample").applied)
        approve_gate(workspace, "sample", by=BY, note="looked at in the account")
        migration = Migration.open(workspace)
        require_end(load(migration, run_id="load"))
        proof = compare_with_target(migration)
    return Migrated(proof.rows, proof.agrees, migration.tables.findings)


def source_map(raw: RawExport, answers: Mapping[str, Any], meanings: Mapping[str, Any]) -> SourceMap:
    """Return the confirmed map: what the answers name, everything else left out for what it means.

    Raises AssertionError where the answers name a table or column that the export has not and its documentation does not know.
    """
    at = datetime(2026, 10, 30, tzinfo=UTC).isoformat()
    unknown = set(answers["tables"]) - set(raw.tables)
    assert not unknown, f"answers for tables that nobody read: {sorted(unknown)}; read were {sorted(raw.tables)}"
    tables = {}
    for source, table in raw.tables.items():
        answer = answers["tables"].get(source, {"table": None, "columns": {}})
        said = _meanings_of(table.files, meanings)
        stray = set(answer["columns"]) - set(table.columns) - set(said)
        assert not stray, f"answers for columns of {source} that nobody knows: {sorted(stray)}"
        columns = {}
        for column in table.columns:
            given = answer["columns"].get(column)
            spec = {"to": given} if isinstance(given, str) else given or {}
            reason = "" if spec else f"not wanted: {said.get(column, 'a line above its block')}"
            columns[column] = ColumnMap(column, state="confirmed", reason=reason, by=BY, at=at, **spec)
        tables[source] = TableMap(source, answer["table"], columns, "" if answer["table"] else "not wanted")
    return SourceMap(tables, {field: codes for field, codes in answers["values"].items() if codes})


def _meanings_of(files: tuple[str, ...], meanings: Mapping[str, Any]) -> dict[str, str]:
    """Return column → plain meaning of the files that a source table was stacked from."""
    found: dict[str, str] = {}
    for file in files:
        for pattern, facts in meanings["files"].items():
            if fnmatch(file.partition("#")[0].rpartition("/")[2], pattern):
                found |= facts["columns"]
    return found
