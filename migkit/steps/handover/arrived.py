"""What arrived and what did not, in a practice's words: how patients became persons, and what became of the rows of each list."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

import pandas as pd

from migkit.load import Ledger
from migkit.model.canonical import CanonicalSchema
from migkit.model.messages import CATALOGUE, Message
from migkit.model.messages.entry import SENTENCES
from migkit.model.objects import OBJECTS, SCHEMA_OBJECTS, ObjectType
from migkit.model.outcomes import Outcome
from migkit.model.words import number_of
from migkit.steps.reconcile import WAITING, Proof

GROUPS: Mapping[str, tuple[Outcome, ...]] = {
    "own record": (Outcome.CREATED, Outcome.UPDATED, Outcome.UNCHANGED, Outcome.MATCHED),
    "in another record": (Outcome.MERGED_INTO, Outcome.FOLDED_INTO),
    "as a document": (Outcome.EXPORTED,),
    "same row again": (Outcome.REPEATED,),
    "left out": (Outcome.EXCLUDED,),
    "not arrived": tuple(Outcome(name) for name in WAITING),
}
"""How a page sums the outcomes up; every outcome is in exactly one."""
GROUP_OF = {outcome.value: group for group, outcomes in GROUPS.items() for outcome in outcomes}
SET_ASIDE = {"folded": "part of others", "exported": "documents of this pack"}

_STANDS_FOR = {
    "key": "another record", "keys": "others in each row",
    "target": "its kind", "field": "one of its values", "fields": "some of its values",
    "file": "its file", "link": "a link", "why": "see there", "words": "Pipedrive refused it", "name": "a name",
}  # fmt: skip
"""What a page says where the rows of one reason name different things."""


def patients_to_persons(rows: pd.DataFrame, ledger: Ledger) -> list[dict[str, Any]]:
    """Return, line by line, how the rows of patients became persons in Pipedrive: what, number, why; sums marked by `sum`.

    `rows` as `Proof.rows`. The last line is counted in the ledger, not summed: it must be what the lines before it come to.
    """
    counts = rows.loc[rows["table"] == "patients", "outcome"].value_counts()
    received = int(counts.sum())
    lines = [{"what": "Rows in your lists of patients", "number": received, "why": "all exports together", "sum": False}]
    less = {
        Outcome.REPEATED: "The same row again: a later export brings everybody once more.",
        Outcome.MERGED_INTO: "The same person was in the list twice; the two became one.",
        Outcome.FOLDED_INTO: "They became part of another record.",
        Outcome.EXCLUDED: "Left out, as was decided.",
        Outcome.HELD: "They wait for a decision: see “What is still open”.",
        Outcome.REJECTED: "They could not be read: see “What is still open”.",
        Outcome.FAILED: "Pipedrive refused them: see “What is still open”.",
        Outcome.PENDING: "Not loaded yet.",
        Outcome.EXPORTED: "Handed over as a document.",
    }
    repeated = int(counts.get(Outcome.REPEATED, 0))
    for outcome, why in less.items():
        if number := int(counts.get(outcome, 0)):
            lines.append({"what": f"less: {_WHAT[outcome]}", "number": -number, "why": why, "sum": False})
        if outcome is Outcome.REPEATED and repeated:
            lines.append({"what": "Patients in your lists", "number": received - repeated, "why": "each counted once", "sum": True})
    live = ledger.entries(live=True, objects=(ObjectType.PERSON,))
    patients = sum(key.startswith("patient:") for key in live)
    before = int(counts.get(Outcome.MATCHED, 0))
    known = number_of(before, "of them was in Pipedrive before and was completed", "of them were in Pipedrive before and were completed")
    lines.append({"what": "Patients who are persons in Pipedrive now", "number": patients, "why": known if before else "", "sum": True})
    if others := len(live) - patients:
        lines.append(
            {"what": "and: persons made for enquiries", "number": others, "why": "Pipedrive needs a person for each lead.", "sum": False}
        )
    return lines


_WHAT = {
    Outcome.REPEATED: "the same row again", Outcome.MERGED_INTO: "entered twice", Outcome.FOLDED_INTO: "part of another record",
    Outcome.EXCLUDED: "left out by decision", Outcome.HELD: "waiting", Outcome.REJECTED: "not readable", Outcome.FAILED: "refused",
    Outcome.PENDING: "not loaded yet", Outcome.EXPORTED: "as a document",
}  # fmt: skip


def arrived_by_table(rows: pd.DataFrame, schema: CanonicalSchema) -> list[dict[str, Any]]:
    """Return one line a list: what, becomes (in Pipedrive), rows, a number per group of `GROUPS`; and a last line of sums."""
    grouped = rows.assign(group=rows["outcome"].map(GROUP_OF).fillna("not arrived"), table=rows["table"].replace("", "–"))
    counts = grouped.groupby(["table", "group"]).size().unstack(fill_value=0).reindex(columns=list(GROUPS), fill_value=0)
    order = [name for name in schema.tables if name in counts.index]
    lines: list[dict[str, Any]] = []
    for name in (*order, *(name for name in counts.index if name not in order)):
        spec = schema.tables.get(name)
        numbers = {group: int(counts.loc[name, group]) for group in GROUPS}
        what, becomes = (spec.title, _becomes(spec.primary)) if spec else ("Rows whose list is not known", "–")
        lines.append({"what": what, "becomes": becomes, "rows": sum(numbers.values())} | numbers)
    total = {name: sum(int(line[name]) for line in lines) for name in ("rows", *GROUPS)}
    return [*lines, {"what": "All", "becomes": "", **total}]


def _becomes(primary: str) -> str:
    if primary in SET_ASIDE:
        return SET_ASIDE[primary]
    return f"{OBJECTS[ObjectType(primary)].title.lower().removesuffix('y')}{'ies' if primary == 'activity' else 's'}"


def what_of(table: str, schema: CanonicalSchema) -> str:
    """Return what a practice calls a canonical table."""
    spec = schema.tables.get(table)
    return spec.title if spec else "Rows whose list is not known"


def reason_of_all(reasons: list[Message], schema: CanonicalSchema) -> str:
    """Return one sentence for rows that wait for the same reason: what their reasons name differently is said in general."""
    first = reasons[0]
    values = {name: {dict(reason.parameters).get(name) for reason in reasons} for name, _ in first.parameters}
    said = {
        name: dict(first.parameters)[name]
        if len(found) == 1 or isinstance(dict(first.parameters)[name], int)
        else _STANDS_FOR.get(name, "…")
        for name, found in values.items()
    }
    return in_plain_words(SENTENCES.vformat(CATALOGUE[first.code].text, (), said), schema)


def in_plain_words(text: str, schema: CanonicalSchema) -> str:
    """Return a sentence without the marks of code: `patient:12` as “patient 12”, `02-2026-11-09/A.csv:7` as “A.csv, line 7”."""
    text = re.sub(r"(\.\w{2,4}(?:#[^:\s]*)?):(\d+)", r"\1, line \2", without_names_of_exports(text))
    prefixes = "|".join(sorted((table.prefix for table in schema.tables.values()), key=len, reverse=True))
    spaced = re.sub(rf"\b({prefixes}):(?=\S)", lambda found: f"{found[1].replace('_', ' ')} ", text)
    return re.sub(r"(?<=[a-z])_(?=[a-z])", " ", spaced.replace("`", "").replace("_id", " number"))


def without_names_of_exports(text: str) -> str:
    """Return a text without the names of snapshots in it: `01-2026-10-31/Patients.csv` is `Patients.csv` to people."""
    return re.sub(r"\b\d\d-\d{4}-\d\d-\d\d(/| )", "", text)


def place_of(place: str, taken: Mapping[str, date]) -> dict[str, Any]:
    """Return where a row stands, `01-2026-10-31/Recalls.csv:25`, as file, line and the day of its export; `taken`: export → its day."""
    path, _, line = place.rpartition(":")
    folder, _, name = path.partition("/")
    known = folder in taken and bool(name)
    return {"file": name if known else path, "line": int(line or 0), "export": taken[folder].isoformat() if known else ""}


def proof_of_rows(proof: Proof) -> dict[str, Any]:
    """Return the numbers of the verdict: rows, rows of which nothing is known, values compared, normalised and differing, and records
    that keep a value which only a person can empty."""
    counts, records = proof.rows["outcome"].value_counts(), proof.result.records
    records = records[~records["object"].isin([kind.value for kind in SCHEMA_OBJECTS])]
    return {
        "rows": len(proof.rows),
        "adds_up": proof.adds_up,
        "not_arrived": int(sum(counts.get(name, 0) for name in WAITING)),
        "compared": proof.compared,
        "normalised": proof.normalised,
        "differing": proof.differing,
        "missing": len(proof.result.missing),
        "unknown": len(proof.result.unknown),
        "beside_the_plan": proof.beside_the_plan,
        "not_emptied": len(proof.result.not_emptied),
        "agrees": proof.agrees,
        "records": int(records[["created", "adopted"]].to_numpy().sum()),
    }
