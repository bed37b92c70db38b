"""40_sample_diff: load 100 to 300 records of every shape, read them back, compare them field by field."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from migkit.load import ApplyResult
from migkit.migration import BEFORE_SAMPLE, Migration, require_approved, require_to_write
from migkit.model.words import number_of
from migkit.preflight import Preflight
from migkit.steps.carry_out import carry_out, require_end
from migkit.steps.preflight import preflight_of
from migkit.steps.reconcile import Compared, compare_records


@dataclass(frozen=True)
class SampleDiff:
    """The sample in the target, field by field."""

    migration: Migration
    """As it was when the sample was compared."""
    preflight: Preflight
    applied: ApplyResult
    compared: Compared
    chosen: pd.DataFrame
    """One row per object: records in the sample."""
    records: pd.DataFrame
    """One row per record of the sample: object, key, id in Pipedrive; where to look them up."""

    @property
    def headline(self) -> Mapping[str, Any]:
        """The numbers at the top of the report."""
        return {
            "records in the sample": int(self.chosen["records"].sum()),
            "failed": len(self.applied.failures),
            "fields compared": self.compared.compared,
            "normalised by a known rule": self.compared.normalised,
            "differing": self.compared.differing,
        }


def load_sample(migration: Migration, *, run_id: str) -> SampleDiff:
    """Load the sample, or bring it up to date, and compare it. Raises GateClosed before the first write, RemoteError where the sample
    is not all there yet."""
    migration = migration.refreshed()
    require_to_write(migration, *BEFORE_SAMPLE)
    sample = migration.sample
    todo = migration.changes(sample)
    require_approved(migration, todo, is_first_sample=not migration.inputs.approvals("sample"))
    migration.workspace.write_decision("sample", {**migration.workspace.read_decision("sample"), "version": 1, "keys": list(sample)})
    checked = preflight_of(migration)
    applied = carry_out(migration, todo, step="sample", run_id=run_id)
    require_end(applied)
    planned = [migration.plan.records[key] for key in sample if key in migration.plan.records]
    objects = pd.Series([str(record.object) for record in planned], dtype="string")
    chosen = objects.value_counts().rename_axis("object").reset_index(name="records")
    entries = migration.ledger.entries()
    rows = [(str(record.object), record.key, entries[record.key].target_id) for record in planned if record.key in entries]
    records = pd.DataFrame(rows, columns=["object", "record", "id in Pipedrive"])
    return SampleDiff(migration, checked, applied, compare_records(migration, sample, step="sample"), chosen, records)


def sample_in_words(migration: Migration, found: SampleDiff) -> str:
    """Say what the comparison says, and where to go on."""
    compared = found.compared
    differing = number_of(compared.differing, "differs", "differ")
    there = number_of(len(found.records), "record is", "records are")
    return (
        f"{there} in Pipedrive, {number_of(compared.compared, 'field')} compared, {differing}: look at them below, then approve the sample."
    )
