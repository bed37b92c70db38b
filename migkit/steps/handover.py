"""90_handover: what the customer keeps: reports, lists, documents for rebuilding, and how to undo."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from migkit.load import AuditLog, find_aliases, rekey
from migkit.migration import Migration
from migkit.model.records import Plan
from migkit.plan import no_email
from migkit.report import NOTEBOOKS
from migkit.steps.reconcile import Proof, compare_with_target
from migkit.steps.witnesses import witnesses_frame
from migkit.workspace import csv_text, write_atomically

AUDIT_COLUMNS = ["id", "run", "key", "object", "operation", "target_id", "intended_at", "state", "answered_at", "status", "tokens"]


@dataclass(frozen=True)
class Handover:
    """The pack, and the numbers that its page shows."""

    folder: Path
    files: pd.DataFrame
    """One row per file: file, what it is."""
    compared: Proof
    documents: dict[str, Any]

    @property
    def no_email(self) -> pd.DataFrame:
        """Patients without e-mail, by key."""
        return pd.DataFrame(self.documents["no_email.json"]["list"], columns=["key", "why"])

    @property
    def workflows(self) -> pd.DataFrame:
        """The automations to build."""
        return pd.DataFrame(self.documents["workflows.json"]["workflows"])

    @property
    def recipes(self) -> pd.DataFrame:
        """The Insights reports to build."""
        return pd.DataFrame(self.documents["rebuild_recipes.json"]["recipes"])

    @property
    def timestamps(self) -> pd.DataFrame:
        """Which original dates were kept where."""
        return pd.DataFrame(self.documents["timestamps.json"]["objects"]).T.rename_axis("object").reset_index()


def hand_over(migration: Migration) -> Handover:
    """Write the handover folder anew: the newest report of every step, outcomes, audit log, field keys, documents."""
    folder = migration.workspace.handover
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "reports").mkdir(parents=True)
    compared = compare_with_target(migration)
    written: list[tuple[str, str]] = []

    def keep(name: str, text: str, what: str) -> None:
        write_atomically(folder / name, text)
        written.append((name, what))

    for notebook in NOTEBOOKS:
        pages = sorted(migration.workspace.runs.glob(f"*-{notebook}/{notebook}.html"))
        if pages:
            shutil.copyfile(pages[-1], folder / "reports" / f"{notebook}.html")
            written.append((f"reports/{notebook}.html", REPORTS[notebook]))
    keep("outcomes.csv", csv_text(compared.listed), "what became of every row of every file")
    keep("audit_log.csv", _audit_log(migration), "every write, when, and what it cost; no values")
    keep("audit_log.jsonl", _sealed_log(migration), "the same with the approvals it rests on, each line sealed by the one before")
    keep(
        "field_keys.csv",
        csv_text(compared.field_keys),
        "the field dictionary: each custom field's key in this account, and what lands in it",
    )
    keep("witnesses.csv", csv_text(witnesses_frame(compared.witnesses)), "what the practice states, beside what was counted")
    documents = dict(migration.plan.documents) | {"no_email.json": no_email(_as_loaded(migration).records)}
    for name, document in documents.items():
        keep(name, json.dumps(document, indent=1, ensure_ascii=False), DOCUMENTS.get(name, "document"))
    return Handover(folder, pd.DataFrame(written, columns=["file", "what it is"]), compared, documents)


REPORTS = {
    "10_audit": "what the practice handed over, and what was found in it",
    "20_mapping_review": "what every column was taken for",
    "25_people": "who is the same person, who lives together, who owns whose records",
    "30_validate": "the checks before the load, and the rows to mend",
    "40_sample_diff": "the sample, compared field by field",
    "50_load": "what the full load wrote",
    "60_delta": "what a later export changed",
    "70_reconcile": "the proof: every row accounted for, every field compared",
    "80_rollback": "what undoing it would do",
    "90_handover": "this page",
}

DOCUMENTS = {
    "workflows.json": "reminders and workflows, ready for rebuilding in Pipedrive Automations",
    "rebuild_recipes.json": "the Insights report to build for each report of the practice, its number, and the practice's own",
    "no_email.json": "patients without an e-mail address, by key",
    "timestamps.json": "which original dates were kept where",
}


def _as_loaded(migration: Migration) -> Plan:
    """The plan under the keys that stand in Pipedrive: a person whose head changed since keeps the key of the first load."""
    return rekey(migration.plan, find_aliases(migration.plan, migration.ledger))


def _sealed_log(migration: Migration) -> str:
    """Return the audit log as it lies in the workspace. Raises DataError where a line of it was changed."""
    path = migration.workspace.audit_log
    for _ in AuditLog(path).lines():
        pass
    return path.read_text(encoding="utf-8") if path.exists() else ""


def _audit_log(migration: Migration) -> str:
    rows = [[getattr(write, name) for name in AUDIT_COLUMNS] for write in migration.ledger.writes()]
    return csv_text(pd.DataFrame(rows, columns=AUDIT_COLUMNS))
