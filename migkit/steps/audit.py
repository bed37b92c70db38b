"""10_audit: what was received, what is in it, what is wrong with it, and whether the target would take it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from migkit.migration import Migration
from migkit.model.errors import RemoteError, UsageError
from migkit.model.outcomes import Finding, Severity
from migkit.model.words import number_of
from migkit.plan import new_findings
from migkit.preflight import Preflight
from migkit.reconcile import Witness
from migkit.source import Scan, rule_in_words
from migkit.steps.people import look_at_people
from migkit.steps.preflight import data_rows, policy_savings, preflight_of, scope_of
from migkit.steps.witnesses import look_at_witnesses


@dataclass(frozen=True)
class Audit:
    """What the audit found."""

    migration: Migration
    """As it was when it was looked at."""
    scan: Scan
    proposed: pd.DataFrame
    """One row per source table: source table, meaning, columns, columns with a home, rows."""
    rows: pd.DataFrame
    """One row per canonical table: rows read, rejected, repeated, held."""
    repairs: pd.DataFrame
    """One row per field and what a rule of cleaning did to it: how many values it changed."""
    findings: tuple[Finding, ...]
    preflight: Preflight | None
    """None where the target could not be asked; `unreachable` says why."""
    unreachable: str
    scope_card: pd.DataFrame
    """Five grades, each with its figure and its rule; empty where the target could not be asked."""
    savings: pd.DataFrame
    """One row per policy that could be chosen otherwise: tokens and days that it would save, counted on a plan built with it."""
    sensitive: frozenset[tuple[str, str]] = frozenset()
    """(source table, column) whose values are a patient's: their smallest and largest are not shown."""
    witnesses: tuple[Witness, ...] = ()
    """What the practice and its files state, beside the same counted in the files and in the plan."""

    @property
    def columns(self) -> pd.DataFrame:
        """One row per source column: table, column, type, filled (percent), distinct values, longest, smallest, largest.

        Smallest and largest are somebody's values: they are empty where the column is, or may be, sensitive.
        """
        found = self.scan.columns
        filled = ((1 - found["fraction_empty"]) * 100).round(1)
        shown = found[["table", "column", "type", "unique", "max_length", "minimum", "maximum"]].copy()
        shown.insert(3, "filled %", filled)
        hidden = [pair in self.sensitive for pair in zip(shown["table"], shown["column"], strict=True)]
        shown.loc[hidden, ["minimum", "maximum"]] = ""
        return shown.rename(columns={"unique": "distinct", "max_length": "longest", "minimum": "from", "maximum": "to"})

    @property
    def verdict(self) -> str:
        """What came of it, in sentences for the practice."""
        critical, warnings = (sum(1 for f in self.findings if f.severity is kind) for kind in (Severity.CRITICAL, Severity.WARNING))
        stops = number_of(critical, "finding stops", "findings stop") + " the load until mended or accepted" if critical else ""
        look = (
            f"{number_of(warnings, 'warning wants', 'warnings want')} a look: “What is wrong with it” lists what to do." if warnings else ""
        )
        if self.preflight is None:
            account = "The Pipedrive account could not be asked."
        else:
            account = "The Pipedrive account would not take it yet." if self.preflight.blocks else "The Pipedrive account would take it."
        return " ".join(part for part in (f"{stops or 'Nothing in the export stops the load'}.", look, account) if part)

    @property
    def tone(self) -> str:
        """The colour of the verdict: bad where something stops the load, warn where something wants a look."""
        severities = {finding.severity for finding in self.findings}
        if Severity.CRITICAL in severities or (self.preflight is not None and self.preflight.blocks):
            return "bad"
        return "warn" if Severity.WARNING in severities or self.preflight is None else "good"

    @property
    def headline(self) -> Mapping[str, Any]:
        """The numbers at the top of the report."""
        critical = sum(1 for finding in self.findings if finding.severity is Severity.CRITICAL)
        return {
            "files": len(self.scan.files),
            "tables": int((self.proposed["means"] != "left out").sum()),
            "rows in the files": data_rows(self.migration),
            "values mended": int(self.repairs["values"].sum()),
            "findings": len(self.findings),
            "critical": critical,
        }


def audit(migration: Migration) -> Audit:
    """Look at the export and, read-only, at the target. Figures rest on the map as it stands: proposed ones are estimates."""
    unreachable, checked, people, read = "", None, migration.people, migration.tables.findings
    savings = policy_savings(migration)  # first, since it makes the plan on its way
    try:
        people = look_at_people(migration).people
        checked = preflight_of(migration)
    except (RemoteError, UsageError) as error:
        unreachable = str(error)
    return Audit(
        migration=migration,
        scan=migration.scan,
        proposed=_proposed(migration),
        rows=_rows(migration),
        repairs=summarise_repairs(migration.tables.repairs),
        findings=(*read, *people.findings, *new_findings(read, migration.plan.findings)),
        preflight=checked,
        unreachable=unreachable,
        scope_card=scope_of(migration, checked) if checked else pd.DataFrame(),
        savings=savings,
        sensitive=frozenset(_sensitive(migration)),
        witnesses=look_at_witnesses(migration),
    )


def summarise_repairs(repairs: pd.DataFrame) -> pd.DataFrame:
    """Return one row per table, field and what was done (the rule, in words): values changed, most first."""
    repairs = repairs.assign(rule=repairs["rule"].map(rule_in_words))
    counted = repairs.groupby(["table", "field", "rule"], as_index=False).size().rename(columns={"size": "values"})
    counted = counted.sort_values(["values", "table", "field", "rule"], ascending=[False, True, True, True], ignore_index=True)
    return counted.rename(columns={"rule": "what was done"})


def findings_frame(findings: tuple[Finding, ...]) -> pd.DataFrame:
    """Return findings as a table: severity, finding, table, rows, what it means, examples (keys only)."""
    order = {"critical": 0, "warning": 1, "info": 2}
    rows = [
        {
            "severity": str(f.severity),
            "finding": f.name,
            "table": f.table,
            "rows": f.count,
            "what it means": str(f),
            "examples": ", ".join(f.keys[:3]),
        }
        for f in sorted(findings, key=lambda f: (order[f.severity], f.table or "", f.name))
    ]
    return pd.DataFrame(rows, columns=["severity", "finding", "table", "rows", "what it means", "examples"])


def _sensitive(migration: Migration) -> Iterator[tuple[str, str]]:
    for name, table in migration.source_map.tables.items():
        fields = migration.schema[table.table].fields if table.table else {}
        for column in table.columns.values():
            known = fields.get(column.to or "")
            if known is None or known.sensitivity != "none":
                yield name, column.column


def _proposed(migration: Migration) -> pd.DataFrame:
    rows = []
    for name, table in migration.source_map.tables.items():
        homes = sum(1 for column in table.columns.values() if column.to or column.new_field)
        source = migration.raw.tables.get(name)
        rows.append(
            {
                "source table": name,
                "means": table.table or "left out",
                "files": len(source.files) if source else 0,
                "rows": len(source.frame) if source else 0,
                "columns": len(table.columns),
                "with a home": homes,
            }
        )
    return pd.DataFrame(rows)


def _rows(migration: Migration) -> pd.DataFrame:
    outcomes = pd.DataFrame([(row.table, str(row.outcome)) for row in migration.tables.row_outcomes], columns=["table", "outcome"])
    counts = outcomes.groupby(["table", "outcome"]).size().unstack(fill_value=0) if len(outcomes) else pd.DataFrame()
    rows = []
    for name, frame in migration.tables.frames.items():
        own = counts.loc[name] if name in counts.index else pd.Series(dtype=int)
        physical = len(frame) - int(frame["_synthetic"].fillna(False).sum()) if "_synthetic" in frame else len(frame)
        found = {outcome: int(own.get(outcome, 0)) for outcome in ("repeated", "rejected", "held")}
        if physical or any(found.values()):
            rows.append({"table": migration.schema[name].title, "goes on": physical, **found})
    return pd.DataFrame(rows)
