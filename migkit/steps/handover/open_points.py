"""What is still open: what, how many, who does what about it and until when. Every point has an owner and a day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from migkit.identity import LEFT
from migkit.migration import Migration
from migkit.model.canonical import CanonicalSchema
from migkit.model.messages import Message, Who
from migkit.model.messages.mapping import QUESTIONS
from migkit.model.words import in_list, titles_of
from migkit.steps.gone import undecided_rows
from migkit.steps.handover.arrived import in_plain_words, place_of, reason_of_all, what_of
from migkit.steps.handover.responsible import Responsible
from migkit.steps.reconcile import WAITING, Proof

MEND = "to-mend"
"""Folder of the pack with the rows that did not arrive, as files that load again."""
_ANALYST = "settles it, asks you where it needs your word, and loads it"


@dataclass(frozen=True)
class OpenPoint:
    """One thing that somebody still has to do."""

    id: str
    """By it `decisions/handover.yaml` names an owner and a day."""
    what: str
    why: str
    count: int
    """Rows, records or things that it is about."""
    who: Who
    todo: str
    """What that one does, without a subject: "sends the file"."""
    look: str = ""
    """The file of the pack, or the chapter, where it stands in full."""
    first: Mapping[str, Any] | None = None
    """Where the first of its rows stands: file, line, export."""
    analyst_todo: str = ""
    """What the analyst does, in the words of the analyst's own tools."""

    def plain(self, responsible: Responsible, handed_over: date) -> dict[str, Any]:
        """Return it as JSON, with its owner and day."""
        owner, until, decided = responsible.of(self.id, self.who, handed_over)
        return {
            "id": self.id, "what": self.what, "why": self.why, "count": self.count, "side": self.who.value, "owner": owner,
            "until": until.isoformat(), "decided": decided, "todo": self.todo, "look": self.look,
            "first": dict(self.first) if self.first else None,
        }  # fmt: skip


def open_points(migration: Migration, proof: Proof) -> list[OpenPoint]:
    """Return all open points, those of the practice first, the largest first."""
    found = [
        *_rows(migration, proof),
        *_records(proof, migration.schema),
        *_people(migration),
        *_figures(proof),
        *_gone(migration),
        *_questions(migration),
        *_rebuild(migration),
    ]
    return sorted(found, key=lambda point: (point.who is not Who.PRACTICE, -point.count, point.id))


@dataclass(frozen=True)
class Problem:
    """A row that did not arrive, or the same row in several exports: the newest counts."""

    file: str
    line: int
    table: str
    key: str
    reason: Message
    rows: int
    """In how many exports it stands."""


def problems(migration: Migration, proof: Proof) -> list[Problem]:
    """Return what did not arrive, each once: a later export brings the same row again, which is no second problem.

    A row is known again by its key, one that could not be read by its text.
    """
    newest: dict[tuple[str, str, str], Problem] = {}
    text_of: dict[tuple[str, int], str] = {}
    for snapshot in migration.snapshots:
        lines = migration.mended(snapshot).raw.lines
        unread = lines[lines["kind"] == "reject"]
        text_of |= {(file, int(line)): str(text) for file, line, text in zip(unread["file"], unread["line"], unread["text"], strict=True)}
    rows = proof.rows[proof.rows["outcome"].isin(WAITING)]
    for row in rows.sort_values(["file", "line"], kind="stable").to_dict("records"):
        reason = row["reason"] if isinstance(row["reason"], Message) else Message.of("text", text="The reason is not known.")
        place = (str(row["file"]), int(row["line"]))
        known = str(row["key"]) or text_of.get(place, "") or f"{place[0]}:{place[1]}"
        same = (str(row["table"]), reason.code, known)
        before = newest[same].rows if same in newest else 0
        newest[same] = Problem(*place, str(row["table"]), str(row["key"]), reason, before + 1)
    return list(newest.values())


def waiting_for_others(migration: Migration, proof: Proof) -> int:
    """Return how many rows wait for another row only: nobody needs to do anything about them."""
    return sum(one.reason.entry.who is Who.NOBODY for one in problems(migration, proof))


def _rows(migration: Migration, proof: Proof) -> Iterator[OpenPoint]:
    """Yield a point for the rows of one list that wait for one reason."""
    schema = migration.schema
    taken = {snapshot.name: snapshot.taken for snapshot in migration.workspace.snapshots()}
    groups: dict[tuple[str, str], list[Problem]] = defaultdict(list)
    for one in problems(migration, proof):
        if one.reason.entry.who is not Who.NOBODY:
            groups[one.table, one.reason.code].append(one)
    for (table, code), found in groups.items():
        reasons = [one.reason for one in found]
        who = reasons[0].entry.who or Who.ANALYST
        action = in_plain_words(reasons[0].action, schema)
        does = action.removeprefix(who.value).strip().rstrip(".") if len({reason.action for reason in reasons}) == 1 else ""
        yield OpenPoint(
            id=f"{code}.{table or 'unread'}",
            what=what_of(table, schema),
            why=reason_of_all(reasons, schema),
            count=len(found),
            who=who,
            todo=_ANALYST if who is Who.ANALYST else does.partition(", or the analyst")[0] or "says what is meant",
            look=f"the folder {MEND}",
            first=place_of(f"{found[0].file}:{found[0].line}", taken),
            analyst_todo=action,
        )


def _records(proof: Proof, schema: CanonicalSchema) -> Iterator[OpenPoint]:
    """Yield what in Pipedrive is not as planned."""
    if missing := len(proof.result.missing):
        why = "They were loaded, and somebody deleted them in Pipedrive since."
        yield OpenPoint("missing", "Records deleted in Pipedrive", why, missing, Who.PRACTICE, "says whether that was meant")
    if differing := proof.differing:
        why = "The value in Pipedrive is not the planned one, and nothing explains it: most often somebody edited it."
        yield OpenPoint("differing", "Values that differ", why, differing, Who.ANALYST, "finds out why, and says so")
    if kept := proof.result.not_emptied:
        named = (dict(reason.parameters)["fields"] for _, reason in kept)
        fields = in_list(sorted({title for names in named if isinstance(names, tuple) for title in titles_of(names)}))
        records = in_plain_words(in_list((key for key, _ in kept), most=3), schema)
        why = f"{fields} of {records}: your files have the value no more, and Pipedrive lets no program empty it."
        yield OpenPoint("not-emptied", "Values to empty by hand", why, len(kept), Who.PRACTICE, f"empties {fields} there, if that is meant")
    if unknown := len(proof.result.unknown):
        why = "They carry a key of this migration, and it did not make them: copies, most often."
        yield OpenPoint("unknown", "Records that are not known", why, unknown, Who.ANALYST, "finds out who made them")
    if beside := proof.beside_the_plan:
        records = in_plain_words(in_list(proof.result.left_plan["key"], most=3), schema)
        why = f"They were loaded, and the newer export has them no more: {records}."
        yield OpenPoint("beside-the-plan", "Records no longer wanted", why, beside, Who.PRACTICE, "says whether they may be deleted")


def _people(migration: Migration) -> Iterator[OpenPoint]:
    unmatched = [owner for owner in migration.people.owners if owner.user_email is None and owner.status != LEFT]
    if unmatched:
        names = ", ".join(owner.name for owner in unmatched)
        why = f"{names}: no user in Pipedrive. Their records belong to {migration.people.fallback_owner} meanwhile."
        todo = "invites them to Pipedrive, or says that it stays so"
        yield OpenPoint("owners", "Staff without a user", why, len(unmatched), Who.PRACTICE, todo, "the chapter People")


def _figures(proof: Proof) -> Iterator[OpenPoint]:
    wrong = [one for one in proof.witnesses if one.difference]
    if wrong:
        why = "A figure that you or your files state is not the one that was counted."
        yield OpenPoint(
            "figures", "Figures that differ", why, len(wrong), Who.ANALYST, "explains them to you, row by row", "the chapter Control totals"
        )


def _gone(migration: Migration) -> Iterator[OpenPoint]:
    undecided = undecided_rows(migration)
    if len(undecided):
        why = "The later export has them no more. What was made of them stays in Pipedrive until somebody decides."
        todo = "says which of them shall be deleted in Pipedrive"
        look = "the chapter What the later export changed"
        yield OpenPoint("gone-rows", "Rows gone from your lists", why, len(undecided), Who.PRACTICE, todo, look)


def _questions(migration: Migration) -> Iterator[OpenPoint]:
    findings = migration.delta.merged.tables.findings if migration.delta else ()
    asked = [finding for finding in findings if finding.code in QUESTIONS]
    if asked:
        why = "The later export has lists, columns or codes that the first one did not have. Until somebody decides, they wait."
        yield OpenPoint("new-in-later-export", "New in the later export", why, len(asked), Who.ANALYST, "asks you what they mean")


def _rebuild(migration: Migration) -> Iterator[OpenPoint]:
    documents = migration.plan.documents
    if needed := int(documents.get("workflows.json", {}).get("automations_needed", 0)):
        why = "Pipedrive lets nobody make automations from outside; each is described step by step."
        todo = "builds them in Pipedrive, with the steps at hand"
        yield OpenPoint(
            "automations", "Reminders and workflows to build", why, needed, Who.PRACTICE, todo, "the chapter Reminders and workflows"
        )
    if recipes := [one for one in documents.get("rebuild_recipes.json", {}).get("recipes", ()) if one.get("insights")]:
        why = "Pipedrive lets nobody make Insights reports from outside; each is described step by step, with the figure that it must show."
        todo = "builds those that are still needed, with the steps at hand"
        yield OpenPoint("reports", "Reports to build", why, len(recipes), Who.PRACTICE, todo, "the chapter Reports")
