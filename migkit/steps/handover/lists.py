"""The lists of the pack: every row with its outcome and its place in Pipedrive, and every value that changed, before and after."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

import pandas as pd

from migkit.load import Entry, Ledger, Operation, WriteState, find_aliases
from migkit.migration import Migration
from migkit.model.messages import Message
from migkit.model.objects import OBJECTS, ObjectType
from migkit.model.records import CUSTOM, Plan
from migkit.report import Sheet
from migkit.steps.handover.arrived import in_plain_words, what_of
from migkit.steps.reconcile import Proof

PAGES = {ObjectType.PERSON: "person", ObjectType.ORGANIZATION: "organization", ObjectType.DEAL: "deal", ObjectType.LEAD: "leads/inbox"}
"""Objects that Pipedrive has a page for; activities, notes and files are seen on the page of what they belong to."""
SHOWN_ON, LINK = "Shown on", "Open in Pipedrive"
OWN_PAGE = "its own page"
WIDTHS = {"File": 30, "List": 22, "Key": 20, "Outcome": 14, "Why": 60, "In": 22, "Number there": 13, SHOWN_ON: 16, LINK: 16}
OUTCOME_WORDS = {
    "created": "made", "updated": "changed", "unchanged": "as it was", "matched": "completed", "merged-into": "same person",
    "folded-into": "part of another", "exported": "as a document", "repeated": "same row again", "excluded": "left out",
    "rejected": "not readable", "held": "waits", "failed": "refused", "pending": "not loaded yet",
}  # fmt: skip
MEANINGS = {
    "made": "It is a record of its own in Pipedrive.",
    "changed": "Its record in Pipedrive was changed by the later export.",
    "as it was": "Its record in Pipedrive needed no change.",
    "completed": "It was in Pipedrive before; what was missing there was filled in.",
    "same person": "It is the same person as another row; the column “Part of” says which.",
    "part of another": "It is part of another record, as an invoice is part of its deal; the column “Part of” says which.",
    "as a document": "It is described in this pack, since Pipedrive cannot take it.",
    "same row again": "Another row says the same, most often in a later export; that one counts.",
    "left out": "Somebody decided to leave it out; the column “Why” says for what reason.",
    "not readable": "It could not be read; it lies in the folder to-mend.",
    "waits": "It waits for a decision, or for another row.",
    "refused": "Pipedrive refused it; the column “Why” says what it said.",
    "not loaded yet": "It loads with the next run.",
}


NOTE = (
    f"“Open” leads to the page that “{SHOWN_ON}” names: activities, notes and files have none of their own in Pipedrive. "
    "The sheet Words says what the words mean."
)


class Places:
    """Where a row or record stands in Pipedrive."""

    def __init__(self, plan: Plan, ledger: Ledger, url: str) -> None:
        self._entries = ledger.entries()
        self._aliases: Mapping[str, str] = find_aliases(plan, ledger)
        self._url = url.rstrip("/")

    def of(self, key: str) -> tuple[str, str, str, str]:
        """Return (object, its number there, the record whose page shows it, address of that page) of a planned key; "" for what is not
        there, and for what no page shows."""
        entry = self._entry(key)
        if entry is None:
            return "", "", "", ""
        shown = self._shown_on(entry)
        if shown is None:
            return OBJECTS[entry.object].title, str(entry.target_id), "", ""
        said = OWN_PAGE if shown.key == entry.key else f"{OBJECTS[shown.object].title} {shown.target_id}"
        return OBJECTS[entry.object].title, str(entry.target_id), said, f"{self._url}/{PAGES[shown.object]}/{shown.target_id}"

    def _entry(self, key: str) -> Entry | None:
        entry = self._entries.get(self._aliases.get(key, key))
        return entry if entry is not None and entry.is_live else None

    def _shown_on(self, entry: Entry) -> Entry | None:
        if entry.object in PAGES:
            return entry
        links = entry.links
        holders = (self._entry(links[name]) for name in ("deal_id", "lead_id", "person_id", "org_id") if name in links)
        return next((one for one in holders if one is not None and one.object in PAGES), None)


def outcomes(migration: Migration, proof: Proof) -> pd.DataFrame:
    """Return one row a row of every file: export, file, line, list, key, outcome, why, what it is part of, its place in Pipedrive, and
    whose page there shows it."""
    places = Places(migration.plan, migration.ledger, migration.workspace.settings.target_url)
    taken = {snapshot.name: snapshot.taken.isoformat() for snapshot in migration.workspace.snapshots()}
    found = []
    for row in proof.rows.to_dict("records"):
        folder, _, name = str(row["file"]).partition("/")
        known = folder in taken and bool(name)
        why = in_plain_words(str(row["reason"]), migration.schema) if isinstance(row["reason"], Message) else ""
        record = row["ref"] or row["key"]
        found.append(
            (
                taken[folder] if known else "", name if known else row["file"], int(row["line"]), what_of(row["table"], migration.schema),
                row["key"], OUTCOME_WORDS.get(row["outcome"], row["outcome"]), why, row["ref"], *places.of(record),
            )
        )  # fmt: skip
    columns = ["Export", "File", "Line", "List", "Key", "Outcome", "Why", "Part of", "In", "Number there", SHOWN_ON, LINK]
    return pd.DataFrame(found, columns=columns)


def changes(migration: Migration) -> pd.DataFrame:
    """Return one row a value that an update changed in Pipedrive, oldest first: when, run, key, object, field, before, after.

    Before and after are in the words of the plan, as they were written. What was written and then refused is left out.
    """
    ledger = migration.ledger
    after: dict[tuple[str, str], Any] = {}
    found = []
    for write in reversed(ledger.writes()):
        if write.operation is not Operation.UPDATE or write.state not in (WriteState.SUCCEEDED, WriteState.RESOLVED):
            continue
        before, entry = write.before.get("desired") or {}, ledger.entry(write.key)
        for name, value in before.items():
            now = after.get((write.key, name), entry.desired.get(name) if entry else None)
            after[write.key, name] = value
            if now != value:
                found.append((write.answered_at or write.intended_at, write.run, write.key, write.object.value, name, value, now))
    rows = [
        (at, run, key, kind, name.removeprefix(CUSTOM), _said(value), _said(now))
        for at, run, key, kind, name, value, now in reversed(found)
    ]
    return pd.DataFrame(rows, columns=["when", "run", "key", "object", "field", "before", "after"])


def _with_day(file: str, taken: Mapping[str, date]) -> str:
    folder, _, name = file.partition("/")
    return f"{name} (export of {taken[folder].isoformat()})" if folder in taken else file


def _said(value: Any) -> str:
    """Return a planned value as people read it: an address or amount as it is shown, a list item by item."""
    if value is None:
        return ""
    if isinstance(value, list):
        return "; ".join(_said(item) for item in value)
    if isinstance(value, Mapping):
        shown = value.get("value", value.get("amount"))
        return f"{_said(shown)} {value.get('currency', '')}".strip() if shown is not None else json.dumps(value, ensure_ascii=False)
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def sheets(migration: Migration, proof: Proof, dictionary: pd.DataFrame, points: pd.DataFrame) -> list[Sheet]:
    """Return the sheets of `Outcomes.xlsx`."""
    rows = outcomes(migration, proof)
    counts = rows.groupby(["List", "Outcome"]).size().unstack(fill_value=0)
    counts["All rows"] = counts.sum(axis=1)
    counts.loc["All"] = counts.sum()
    meanings = pd.DataFrame(MEANINGS.items(), columns=["Outcome", "Means"])
    files = proof.file_table.rename(columns={"adds_up": "adds up", **OUTCOME_WORDS})
    files["adds up"] = files["adds up"].map({True: "yes", False: "no"})
    taken = {one.name: one.taken for one in migration.workspace.snapshots()}
    files["file"] = files["file"].map(lambda name: _with_day(str(name), taken))
    practice = migration.workspace.settings.practice
    return [
        Sheet("Outcomes", rows, f"{practice}: what became of each row. {NOTE}", WIDTHS, [LINK]),
        Sheet("By list", counts.reset_index(), "The same, counted by list.", {"List": 28}),
        Sheet("By file", files, "The same, counted by file; with titles and blank lines (layout) they add up to its lines.", {"file": 44}),
        Sheet("Still open", points, "Who settles what, until when.", {"What": 28, "Why": 60, "Who": 22, "Does what": 44}),
        Sheet("Fields", dictionary, "The field dictionary of your account.", {"field": 26, "key": 44, "made from": 60}),
        Sheet("Words", meanings, "", {"Outcome": 18, "Means": 90}),
    ]  # fmt: skip
