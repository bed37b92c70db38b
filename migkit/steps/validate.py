"""30_validate: run the suites; what is critical stops the load until it is mended or accepted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from migkit.migration import Migration
from migkit.model.outcomes import Finding, Outcome
from migkit.quality import QualityReport, unaccepted
from migkit.report import View, file_links
from migkit.source import write_rejects
from migkit.workspace import write_csv


@dataclass(frozen=True)
class Validation:
    """What validation found, and what of it is still open."""

    report: QualityReport
    open: tuple[Finding, ...]
    """Critical findings that nobody accepted."""
    reject_files: tuple[Path, ...]
    """Rows that could not be read, in their original columns: load again once mended."""
    failing_file: Path
    """Every failing row of every check, by key."""
    rejects: pd.DataFrame
    """One row per table and reason: rows rejected."""

    @property
    def headline(self) -> Mapping[str, Any]:
        """The numbers at the top of the report."""
        run = [check for check in self.report.checks if check.applicable]
        return {
            "checks run": len(run),
            "passed": sum(1 for check in run if check.passed),
            "failed": sum(1 for check in run if not check.passed),
            "not applicable": len(self.report.checks) - len(run),
            "critical and open": len(self.open),
            "rows rejected": int(self.rejects["rows"].sum()),
        }

    @property
    def failed(self) -> pd.DataFrame:
        """The checks that failed, most severe first."""
        frame = self.report.to_frame()
        order = {"critical": 0, "warning": 1, "info": 2}
        return frame[frame["result"] == "failed"].sort_values("severity", key=lambda s: s.map(order), kind="stable", ignore_index=True)


def failing_files(migration: Migration, found: Validation) -> View:
    """Return where failing and rejected rows lie as files, linked by hand."""
    rejects = {f"Rows rejected, {path.name}": path for path in found.reject_files}
    return file_links({"All rows that fail": found.failing_file, **rejects}, migration.workspace.notebooks)


def validate_export(migration: Migration, run_id: str) -> Validation:
    """Validate the typed tables and write reject files and failing rows into the run's folder."""
    folder = migration.workspace.run_folder(run_id)
    report = migration.quality
    failing = folder / "failing_rows.csv"
    write_csv(report.failing_rows(), failing)
    rejects = write_rejects(migration.mended(migration.snapshots[0]).raw, migration.tables.row_outcomes, folder / "rejects")
    reasons = [(row.table, str(row.reason)) for row in migration.tables.row_outcomes if row.outcome is Outcome.REJECTED]
    counted = pd.DataFrame(reasons, columns=["table", "reason"]).value_counts().rename("rows").reset_index()
    return Validation(report, unaccepted(report.findings, migration.decisions.accepted), tuple(rejects), failing, counted)
