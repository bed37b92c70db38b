"""Everything that the pack says, as one JSON document: each page is drawn from it, and `verify` reckons it anew."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import pandas as pd

from migkit.load import Ledger, RollbackResult, find_aliases, rekey
from migkit.migration import Migration
from migkit.migration.sample_questions import QUESTIONS, ticked
from migkit.migration.target import usage
from migkit.model.cost import daily_tokens
from migkit.model.messages import Who
from migkit.model.objects import DATA_OBJECTS, OBJECTS, ObjectType
from migkit.plan import no_email
from migkit.reconcile import MEASURES
from migkit.report import Local
from migkit.steps.figures import money_frame
from migkit.steps.gone import undecided_rows
from migkit.steps.handover.arrived import (
    arrived_by_table,
    in_plain_words,
    patients_to_persons,
    proof_of_rows,
    what_of,
    without_names_of_exports,
)
from migkit.steps.handover.field_dictionary import field_dictionary
from migkit.steps.handover.kinds_of_data import went_and_stayed
from migkit.steps.handover.open_points import OpenPoint, open_points, problems, waiting_for_others
from migkit.steps.handover.promises import promises
from migkit.steps.handover.rebuild import automations, reports
from migkit.steps.handover.responsible import responsible
from migkit.steps.handover.undoing import undoing
from migkit.steps.reconcile import Proof

GATE_MEANS: Mapping[str, str] = {
    "mapping": "What every column of your files means",
    "owners": "Which user owns whose records",
    "identity": "Who is the same person",
    "quality": "Which flaws of the files may load as they are",
    "policies": "How old, cancelled and unpaid things are treated",
    "privacy": "What leaves your practice and what stays",
    "sample": "The sample in Pipedrive",
    "delta": "What the later export changes",
    "changes": "Changes to many records at once",
}


def local_of(migration: Migration) -> Local:
    """Return how the practice writes numbers, money and days."""
    settings = migration.workspace.settings
    return Local(settings.country, settings.currency, settings.timezone)


def gather_facts(migration: Migration, proof: Proof, preview: RollbackResult | None, made_at: datetime) -> dict[str, Any]:
    """Return the document. `preview`: of undoing; `made_at`: the moment of the handover, with its offset: what was spent later is not
    counted."""
    settings, local = migration.workspace.settings, local_of(migration)
    who = responsible(migration)
    handed_over = made_at.astimezone(settings.zone_of(None)).date()
    points = [point.plain(who, handed_over) for point in open_points(migration, proof)]
    documents = migration.plan.documents
    by_figure = proof_of_rows(proof) | {"problems": len(problems(migration, proof))}
    return {
        "version": 1,
        "practice": settings.practice,
        "made_at": made_at.isoformat(timespec="seconds"),
        "for": who.practice,
        "by": who.analyst,
        "exports": [{"taken": one.taken.isoformat(), "files": len(one.files)} for one in migration.snapshots],
        "account": {"url": settings.target_url, "plan": settings.subscription_plan, "seats": settings.seats},
        "proof": by_figure,
        "tone": "bad" if not proof.agrees else "warn" if by_figure["not_arrived"] or by_figure["not_emptied"] else "good",
        "records": _records_there(migration.ledger),
        "patients": patients_to_persons(proof.rows, migration.ledger),
        "arrived": arrived_by_table(proof.rows, migration.schema),
        "points": points,
        "coming": _coming(migration, made_at),
        "wait_for_others": waiting_for_others(migration, proof),
        "promises": promises(migration.plan, migration.ledger),
        "money": _records(money_frame(migration).assign(measure=lambda frame: frame["measure"].str.capitalize())),
        "witnesses": _witnesses(proof, local),
        "approvals": _approvals(migration),
        "people": _people(migration),
        "privacy": went_and_stayed(migration),
        "delta": _delta(migration),
        "gone": _gone_rows(migration, local),
        "automations": automations(documents.get("workflows.json", {}).get("workflows", ())),
        "reports": reports(documents.get("rebuild_recipes.json", {}).get("recipes", ()), local),
        "fields": field_dictionary(migration),
        "dates": _dates(documents.get("timestamps.json", {}).get("objects", {})),
        "undo": undoing(migration, preview),
        "effort": _effort(migration, made_at),
    }


def _witnesses(proof: Proof, local: Local) -> list[dict[str, Any]]:
    """Return one line a figure that somebody states: what, by, stated, files, plan, pipedrive, difference (whole units), money."""
    found = []
    for one in proof.witnesses:
        told, measure = one.statement, MEASURES.get(one.statement.measure)
        per = 100 if measure and measure.is_money else 1
        counts = {"stated": told.value, "files": one.files, "plan": one.plan, "pipedrive": one.pipedrive, "difference": one.difference}
        span = f" from {local.day(told.span[0])} to {local.day(told.span[1])}" if told.span else ""
        by = re.sub(r"([^ ,]+)(?:, \1)+", r"\1", without_names_of_exports(told.by))
        values = {name: None if count is None else count / per if per > 1 else count for name, count in counts.items()}
        found.append({"what": (measure.title if measure else told.title) + span, "by": by, **values, "money": per > 1})
    return found


def _records_there(ledger: Ledger) -> list[dict[str, Any]]:
    """Return how many records of each object stand in Pipedrive, set-up left out: number, one, many."""
    live = {kind: len(ledger.entries(live=True, objects=(kind,))) for kind in DATA_OBJECTS}
    names = {kind: OBJECTS[kind].title.lower() for kind in live}
    many = {kind: f"{name[:-1]}ies" if name.endswith("y") else f"{name}s" for kind, name in names.items()}
    return [{"number": live[kind], "one": names[kind], "many": many[kind]} for kind in DATA_OBJECTS if live[kind]]


def _coming(migration: Migration, moment: datetime) -> int:
    """Return how many activities with a time are still to come at a moment: they turn up in calendars that are synced."""
    planned = (one.fields for one in migration.plan.records.values() if one.object is ObjectType.ACTIVITY)
    begins = (f"{fields['due_date']}T{fields['due_time']}+00:00" for fields in planned if fields.get("due_time") and not fields.get("done"))
    return sum(datetime.fromisoformat(one) >= moment for one in begins)


def _approvals(migration: Migration) -> list[dict[str, Any]]:
    """Return the newest approval of each gate, oldest first: what, by, at, note; one that only held on with another's is none."""
    newest: dict[str, Mapping[str, Any]] = {}
    for entry in migration.inputs.document("approvals").get("approvals") or ():
        if not entry.get("with_gate"):
            newest[str(entry["gate"])] = entry
    looked = f"{len(ticked(migration.workspace, newest.get('sample', {}).get('subject', '')))} of {len(QUESTIONS)}"
    return [
        {
            "what": f"{GATE_MEANS.get(gate, gate)}{f' ({looked} questions ticked)' if gate == 'sample' else ''}",
            "by": str(entry.get("by", "")),
            "at": str(entry.get("at", "")),
            "note": without_names_of_exports(str(entry.get("note") or "")),
        }
        for gate, entry in sorted(newest.items(), key=lambda found: str(found[1].get("at", "")))
    ]


def without_email(migration: Migration) -> dict[str, Any]:
    """Return who has no e-mail of their own, by the keys that stand in Pipedrive: a person keeps that of the first load."""
    return no_email(rekey(migration.plan, find_aliases(migration.plan, migration.ledger)).records)


def _people(migration: Migration) -> dict[str, Any]:
    people = migration.people
    merged = sum(key != person for key, person in people.survivors.items())
    persons = without_email(migration)
    undecided = people.pairs[(people.pairs["band"] == "review") & people.pairs["decision"].isna()] if len(people.pairs) else people.pairs
    return {
        "patients": len(people.survivors),
        "merged": merged,
        "merged_pct": round(100 * merged / max(len(people.survivors), 1), 1),
        "undecided_pairs": len(undecided),
        "households": sum(home.kind == "household" for home in people.households),
        "employers": sum(home.kind != "household" for home in people.households),
        "in_account_before": len(migration.adopted),
        "without_email": persons["without_own_email"],
        "persons": persons["persons"],
        "owners": [
            {
                "name": one.name,
                "role": one.role,
                "user": one.user_email or people.fallback_owner,
                "matched": one.user_email is not None,
            }
            for one in people.owners
        ],
    }


def _delta(migration: Migration) -> list[dict[str, Any]]:
    """Return one line a list that the newest export changes: new, changed, gone, held, unchanged rows; [] for one export."""
    if migration.delta is None:
        return []
    counts = migration.delta.merged.classes.groupby(["table", "class"]).size().unstack(fill_value=0)
    counts = counts.reindex(columns=["new", "changed", "gone", "held", "unchanged"], fill_value=0)
    counts = counts.reindex([name for name in migration.schema.tables if name in counts.index])
    lines = [
        {"what": what_of(str(table), migration.schema), **{str(k): int(v) for k, v in row.items()}} for table, row in counts.iterrows()
    ]
    return [*lines, {"what": "All", **{str(name): int(total) for name, total in counts.sum().items()}}]


def _gone_rows(migration: Migration, local: Local) -> list[dict[str, str]]:
    """Return the rows that are gone and wait for a decision, by list, number, patient's number and day, so that the practice finds them."""
    return [
        {
            "what": what_of(row.table, migration.schema),
            "key": "" if ":~" in row.key else in_plain_words(row.key, migration.schema),
            "patient": row.patient.partition(":")[2],
            "day": local.day(row.when) if row.when else "",
        }
        for row in undecided_rows(migration).itertuples()
    ]


DATE_FIELDS: Mapping[str, str] = {"add_time": "Pipedrive's own creation date", "Source created": "the field Source created"}
"""Field that holds an original date → what people see it as."""


def _dates(objects: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [
        {"object": OBJECTS[ObjectType(name)].title, "records": one["records"], "kept": one["kept"],
         "field": DATE_FIELDS.get(one["field"], one["field"] or "–").replace("_", " "), "why": one["why"]}
        for name, one in objects.items()
    ]  # fmt: skip


def _effort(migration: Migration, made_at: datetime) -> dict[str, Any]:
    """Return what the migration took: tokens by what they were for, days on which something was written, and the days' budget."""
    settings = migration.workspace.settings
    steps: dict[str, int] = {}
    for line in usage(migration.workspace):
        if datetime.fromisoformat(line["at"]) <= made_at:
            steps[line["step"]] = steps.get(line["step"], 0) + sum(line["tokens"].values())
    zone = settings.zone_of(None)
    written = {datetime.fromisoformat(write.intended_at).astimezone(zone).date().isoformat() for write in migration.ledger.writes()}
    return {
        "tokens": [{"step": STEPS.get(step, step), "tokens": tokens} for step, tokens in steps.items()],
        "total": sum(steps.values()),
        "a_day": daily_tokens(settings.subscription_plan, settings.seats),
        "days_written": sorted(written),
        "writes": len(migration.ledger.writes()),
    }


STEPS = {
    "people": "looking who is in the account",
    "preflight": "checking the account",
    "sample": "the sample",
    "load": "the load",
    "delta": "the later export",
    "reconcile": "reading everything back",
    "rollback": "undoing, or looking what that would do",
    "recover": "rebuilding the ledger",
    "explain": "looking single records up",
}


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Return a frame's rows as plain JSON: no value is None."""
    plain = frame.astype(object).where(frame.notna(), None)
    return [
        {str(name): getattr(value, "item", lambda value=value: value)() for name, value in row.items()} for row in plain.to_dict("records")
    ]


def analyst_list(points: list[OpenPoint]) -> pd.DataFrame:
    """Return the open points as the analyst works through them, with what to do in the words of the tools."""
    rows = [(one.id, one.what, one.count, one.why, one.who.value, one.analyst_todo or one.todo) for one in points]
    return pd.DataFrame(rows, columns=["point", "what", "count", "why", "who", "to_do"])


def sides(points: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    """Return the points of the practice and those of the analyst, as `practice` and `analyst`."""
    return {
        "practice": [point for point in points if point["side"] == Who.PRACTICE.value],
        "analyst": [point for point in points if point["side"] == Who.ANALYST.value],
    }
