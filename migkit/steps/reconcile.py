"""70_reconcile: read everything back, compare every field, prove that every row of every file has one outcome."""

from __future__ import annotations

import json
import os
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import pandas as pd

from migkit.migration import Migration, with_target
from migkit.model.account import AccountSchema
from migkit.model.landing import parse_landing
from migkit.model.objects import ObjectType
from migkit.model.words import in_list, number_of
from migkit.pipedrive import Pipedrive
from migkit.plan import comparators
from migkit.reconcile import (
    ReadBack,
    Reconciliation,
    Records,
    Witness,
    outcome_table,
    read_back,
    reconcile,
    records_of_target,
    row_outcomes,
)
from migkit.steps.witnesses import look_at_witnesses

WAITING = ("held", "rejected", "failed", "pending")


@dataclass(frozen=True)
class Compared:
    """The records of the target compared with those of the plan, field by field."""

    result: Reconciliation

    @property
    def compared(self) -> int:
        """How many fields were compared."""
        return int(self.result.fields["records"].sum())

    @property
    def normalised(self) -> int:
        """How many fields are the same by a known rule only."""
        return int(self.result.fields.loc[self.result.fields["state"] == "normalised", "records"].sum())

    @property
    def differing(self) -> int:
        """How many fields nothing explains."""
        return len(self.result.differing)

    @property
    def fields(self) -> pd.DataFrame:
        """Return one row per object: fields equal, normalised, differing."""
        found = self.result.fields.pivot_table(index="object", columns="state", values="records", aggfunc="sum", fill_value=0)
        return found.reindex(columns=["equal", "normalised", "differing"], fill_value=0).rename_axis(None, axis=1).reset_index()

    @property
    def rules(self) -> pd.DataFrame:
        """Return one row per rule and field that made values differ to the letter only."""
        found = self.result.fields[self.result.fields["state"] == "normalised"]
        return found[["rule", "object", "field", "records"]].sort_values(["rule", "records"], ascending=[True, False], ignore_index=True)

    @property
    def differences(self) -> pd.DataFrame:
        """Return the differing fields by key: no values."""
        return self.result.differing[["key", "object", "field", "cause"]]


@dataclass(frozen=True)
class Proof(Compared):
    """The target compared with the plan, and the account of every row."""

    rows: pd.DataFrame
    """One row per data line: file, line, table, key, outcome, reason, ref."""
    outcome_table: pd.DataFrame
    """One row per table and a last one `all`, a column per outcome; the numbers add up to the rows in the files."""
    file_table: pd.DataFrame
    """The same per file, with layout lines: the numbers add up to the lines in the files."""
    field_keys: pd.DataFrame
    """The field dictionary, one row per custom field: object, label, key in this account, made from, privacy."""
    witnesses: tuple[Witness, ...] = ()
    """What the practice and its files state, beside the same counted in the files, in the plan and in Pipedrive."""

    @property
    def adds_up(self) -> bool:
        """True when every line of every file is accounted for exactly once."""
        return bool(self.file_table["adds_up"].all())

    @property
    def agrees(self) -> bool:
        """True when Pipedrive is as planned, every row is accounted for, and nothing of ours stands there beside the plan."""
        return self.result.agrees and self.adds_up and not self.beside_the_plan

    @property
    def beside_the_plan(self) -> int:
        """How many of our records still stand in Pipedrive although they left the plan; set-up that others may use not counted."""
        return len(self.result.left_plan)

    @property
    def wrong(self) -> list[str]:
        """What is not as planned, each in a few words."""
        records = self.result
        wrong = [
            (len(records.differing), "field differs from the plan", "fields differ from the plan"),
            (len(records.missing), "record was deleted in Pipedrive since", "records were deleted in Pipedrive since"),
            (len(records.unknown), "record carries our external id and is not known", "records carry our external id and are not known"),
            (
                self.beside_the_plan,
                "record is no longer wanted and still stands there",
                "records are no longer wanted and still stand there",
            ),
        ]
        found = [number_of(number, one, many) for number, one, many in wrong if number]
        return found + ([] if self.adds_up else ["the outcomes do not add up to the lines of the files"])

    @property
    def verdict(self) -> str:
        """What came of it, in sentences for the practice: whether all is as planned, and what has not arrived."""
        records, found = self.result, self.wrong
        kept = number_of(len(records.not_emptied), "record keeps", "records keep") + " a value there that only a person can empty"
        if found:
            state = f"Look at this: {'; '.join([*found, *([kept] if records.not_emptied else [])])}."
        else:
            but = f", but for this: {kept}." if records.not_emptied else ", to the last field."
            state = f"All that was loaded stands in Pipedrive as planned{but}"
        sums = "Every row of the export is accounted for." if self.adds_up else ""
        counts = self.rows["outcome"].value_counts()
        parts = ", ".join(f"{counts[outcome]:,} {outcome}" for outcome in WAITING if outcome in counts)
        waits = int(sum(counts.get(outcome, 0) for outcome in WAITING))
        late = (
            f"{number_of(waits, 'row has', 'rows have')} not arrived ({parts}): below stands why, and who does what about it."
            if waits
            else ""
        )
        return " ".join(part for part in (state, sums, late or "Nothing waits.") if part)

    @property
    def tone(self) -> str:
        """The colour of the verdict: good, warn where rows wait or a value is to be emptied, bad where something is not as planned."""
        waits = self.result.not_emptied or self.rows["outcome"].isin(WAITING).any()
        return "bad" if not self.agrees else "warn" if waits else "good"

    @property
    def not_emptied(self) -> pd.DataFrame:
        """Return records with a value that the export has no more and Pipedrive's API cannot empty: record, why, who does what."""
        rows = [(key, str(reason), reason.action) for key, reason in self.result.not_emptied]
        return pd.DataFrame(rows, columns=["record", "why", "who does what"])

    @property
    def outcomes_by_table(self) -> pd.DataFrame:
        """Return outcomes by table for a chart: index table, a column per outcome; rows that only repeat another one are left out."""
        frame = self.outcome_table[self.outcome_table["table"] != "all"].set_index("table")
        return frame.drop(columns=["lines", "adds_up", "repeated"], errors="ignore")

    @property
    def listed(self) -> pd.DataFrame:
        """Return the rows with each reason as its code and its sentence: file, line, table, key, outcome, code, reason, ref."""
        said = [("", "") if reason is None else (reason.code, str(reason)) for reason in self.rows["reason"]]
        words = pd.DataFrame(said, columns=["code", "reason"], index=self.rows.index)
        return pd.concat([self.rows[["file", "line", "table", "key", "outcome"]], words, self.rows[["ref"]]], axis=1)

    @property
    def waiting(self) -> pd.DataFrame:
        """Return rows that did not arrive, by table, outcome and reason (a `Message`): how many, and where the first stands."""
        rows = self.rows[self.rows["outcome"].isin(WAITING)]
        where = rows["file"] + ":" + rows["line"].astype(str)
        grouped = rows.assign(first=where).groupby(["outcome", "table", "reason"], as_index=False, sort=False)
        found = grouped.agg(rows=("line", "size"), first=("first", "first"))
        return found.sort_values(["rows", "outcome"], ascending=[False, True], ignore_index=True)

    def to_json(self) -> dict[str, Any]:
        """Return counts and keys, no values."""
        table = json.loads(self.outcome_table.to_json(orient="records"))
        waiting = [{**row, "reason": row["reason"].to_json()} for row in self.waiting.to_dict("records")]
        target = json.loads(self.result.to_json())
        return {"agrees": self.agrees, "adds_up": self.adds_up, "outcomes": table, "waiting": waiting, "target": target}

    def to_text(self) -> str:
        """Return the same for people."""
        pending = int((self.rows["outcome"] == "pending").sum())
        verdict = "Pipedrive agrees with the plan" if self.agrees else "Pipedrive differs from the plan"
        verdict += f" as far as it is loaded: {number_of(pending, 'row is', 'rows are')} pending" if pending else ""
        named = [f"no longer wanted: {in_list(self.result.left_plan['key'], most=3)}"] if self.beside_the_plan else []
        verdict += f" ({'; '.join([*self.wrong, *named])})" if self.wrong else ""
        line = f"{self.compared:,} fields compared, {self.normalised:,} normalised by a known rule, {self.differing:,} differing."
        return f"{self.outcome_table.to_string(index=False)}\n\n{verdict}. {line}"


def reconcile_target(workspace: str | os.PathLike[str]) -> Proof:
    """Return the comparison of the plan with what stands in Pipedrive now."""
    return compare_with_target(Migration.open(workspace))


def compare_records(migration: Migration, whole: Collection[str], *, step: str) -> Compared:
    """Return the comparison of the records alone, those of `whole` (keys) side by side too: what became of the rows is not asked.

    `step`: what its tokens are counted as; the strip takes a reconciliation alone for one.
    """

    async def read(client: Pipedrive, account: AccountSchema) -> Reconciliation:
        return _reconciled(migration, await read_back(client, account), account, whole)

    return Compared(with_target(migration.workspace, read, step=step))


def compare_with_target(migration: Migration) -> Proof:
    """Return the comparison of the plan with what stands in Pipedrive now, and what became of every row."""

    async def read(client: Pipedrive, account: AccountSchema) -> tuple[Reconciliation, Records]:
        found = await read_back(client, account)
        zone = migration.inputs.settings.zone_of(None)
        stands = records_of_target(migration.plan, migration.ledger, found, account, zone)
        return _reconciled(migration, found, account), stands

    result, stands = with_target(migration.workspace, read, step="reconcile")
    rows = row_outcomes(migration.plan, migration.ledger, migration.lines, migration.schema)
    named = rows.assign(table=rows["table"].replace("", "not read"))
    return Proof(
        result,
        rows,
        outcome_table(named, migration.lines, by="table"),
        outcome_table(rows, migration.lines),
        _field_keys(migration),
        look_at_witnesses(migration, stands),
    )


def _reconciled(migration: Migration, found: ReadBack, account: AccountSchema, whole: Collection[str] = ()) -> Reconciliation:
    named = comparators(migration.decisions.pipedrive_map)
    return reconcile(migration.plan, migration.ledger, found, account, comparators=named, whole=whole)


def _field_keys(migration: Migration) -> pd.DataFrame:
    """Return the field dictionary: every custom field's key in this account, what lands in it, and its privacy class."""
    landing = parse_landing(migration.decisions.pipedrive_map, migration.schema)
    known = {(entity, entry.name): entry for entity, entries in landing.custom.items() for entry in entries}
    rows = []
    for entry in migration.ledger.entries(live=True, objects=(ObjectType.FIELD,)).values():
        name = (str(entry.desired["entity"]), str(entry.desired["field_name"]))
        sources = ", ".join(landing.sources_of(*name)) if name in known else "a new field of the mapping review"
        rows.append((*name, str(entry.target_id), sources, known[name].privacy if name in known else ""))
    return pd.DataFrame(sorted(rows), columns=["object", "label", "key", "made from", "privacy"])
