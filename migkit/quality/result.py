"""What validation found: one Check per expectation, folded into findings that a gate can be asked about."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from migkit.model.outcomes import EXAMPLES, Finding, Severity


@dataclass(frozen=True)
class Check:
    """One expectation and what it found in one table."""

    table: str
    column: str
    type: str
    severity: Severity
    category: str
    """completeness | conformance | plausibility (Kahn's terms)."""
    note: str
    """Why the check is there."""
    threshold: float
    """Share of rows that must hold, 0-1."""
    rows: int
    failing: int
    passed: bool
    applicable: bool
    failing_rows: pd.DataFrame
    """The failing rows' `_file`, `_line`, `_key`: never their values."""

    @classmethod
    def not_applicable(cls, table: str, expectation: Mapping[str, Any], rows: int) -> Check:
        """Return the check of a column that the export does not have."""
        return cls(**_described(table, expectation), rows=rows, failing=0, passed=True, applicable=False, failing_rows=pd.DataFrame())

    @classmethod
    def ran(cls, table: str, expectation: Mapping[str, Any], rows: int, passed: bool, failing: pd.DataFrame) -> Check:
        """Return the check as it came out; `failing` are the typed rows that break it."""
        where = failing[["_file", "_line", "_key"]].reset_index(drop=True)
        return cls(**_described(table, expectation), rows=rows, failing=len(failing), passed=passed, applicable=True, failing_rows=where)

    @property
    def code(self) -> str:
        """Stable name of the finding: `patients.birth_date.be-between`."""
        short = self.type.removeprefix("expect_column_").removeprefix("values_to_").removeprefix("pair_values_").replace("_", "-")
        return f"{self.table}.{self.column}.{short}"


@dataclass(frozen=True)
class QualityReport:
    """All checks, and what reading had already found."""

    checks: tuple[Check, ...]
    earlier: tuple[Finding, ...]

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Every finding, most severe first: those of reading and one per failed check."""
        failed = [
            Finding.of(
                "expectation-failed",
                check=check.code,
                severity=check.severity,
                table=check.table,
                field=check.column,
                count=check.failing,
                keys=list(check.failing_rows["_key"].head(EXAMPLES)),
                rows=check.rows,
                note=check.note,
            )
            for check in self.checks
            if not check.passed
        ]
        order = [Severity.CRITICAL, Severity.WARNING, Severity.INFO]
        return tuple(sorted([*self.earlier, *failed], key=lambda f: (order.index(f.severity), f.table or "", f.name)))

    @property
    def critical(self) -> tuple[Finding, ...]:
        """The findings that stop a load until they are mended or accepted."""
        return tuple(finding for finding in self.findings if finding.severity is Severity.CRITICAL)

    def to_frame(self) -> pd.DataFrame:
        """Return one row per check: table, field, check, category, severity, must hold, rows, failing, result."""
        rows = [
            {
                "table": c.table,
                "field": c.column,
                "why": c.note,
                "category": c.category,
                "severity": str(c.severity),
                "must hold %": round(c.threshold * 100, 1),
                "rows": c.rows,
                "failing": c.failing,
                "result": "not applicable" if not c.applicable else "passed" if c.passed else "failed",
            }
            for c in self.checks
        ]
        return pd.DataFrame(rows)

    def failing_rows(self) -> pd.DataFrame:
        """Return one row per failing row and check, with the check's reason: file, line, key, why, severity, check."""
        parts = [
            check.failing_rows.set_axis(["file", "line", "key"], axis=1).assign(
                why=check.note, severity=str(check.severity), check=check.code
            )
            for check in self.checks
            if check.failing
        ]
        return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=["file", "line", "key", "why", "severity", "check"])


def unaccepted(findings: Iterable[Finding], accepted: Mapping[str, Any]) -> tuple[Finding, ...]:
    """Return the critical findings that no decision accepts. `accepted`: name → who, when, why, up to how many rows.

    A finding that now concerns more rows than were accepted is open again.
    """
    return tuple(
        finding
        for finding in findings
        if finding.severity is Severity.CRITICAL and finding.count > int(accepted.get(finding.name, {}).get("count", -1))
    )


def quality_digest(folder: Path, accepted: Mapping[str, Any]) -> str:
    """Return the quality gate's subject: the suites and the findings accepted, and no more."""
    suites = {path.name: json.loads(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.json"))}
    body = json.dumps([suites, {code: entry.get("count") for code, entry in accepted.items()}], sort_keys=True)
    return hashlib.sha256(body.encode()).hexdigest()


def _described(table: str, expectation: Mapping[str, Any]) -> dict[str, Any]:
    kwargs, meta = expectation["kwargs"], expectation["meta"]
    column = kwargs.get("column") or f"{kwargs['column_A']} / {kwargs['column_B']}"
    return {
        "table": table,
        "column": column,
        "type": expectation["type"],
        "severity": Severity(expectation["severity"]),
        "category": meta["category"],
        "note": meta["note"],
        "threshold": float(kwargs.get("mostly", 1.0)),
    }
