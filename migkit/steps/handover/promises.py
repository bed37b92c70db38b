"""Promised and kept: `templates/promises.yaml` with the figures of this account, counted in the ledger."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from migkit import resources
from migkit.import_files import NOT_SET
from migkit.load import IMPORT, Entry, Ledger
from migkit.model.objects import OBJECTS, KnownBy, ObjectType
from migkit.model.outcomes import Outcome
from migkit.model.records import CUSTOM, SOURCE_ID, Plan

_BORN = "Date of birth"
KEPT = {"yes": "kept", "otherwise": "kept in another way", "no": "not kept"}
NOTHING = "nothing to keep"
"""Verdict where the practice had nothing that the promise is about."""
_MISSED = ("activity_type:Appointment – cancelled", "activity_type:Appointment – did not attend")


def promises(plan: Plan, ledger: Ledger) -> list[dict[str, Any]]:
    """Return one line a promise: promised, allows, done, kept."""
    figures = counted(plan, ledger)
    return [_line(entry, figures) for entry in resources.load_yaml("promises.yaml")["promises"]]


def _line(entry: Mapping[str, str], figures: Mapping[str, int | str]) -> dict[str, Any]:
    said = {name: f"{value:,}" if isinstance(value, int) else value for name, value in figures.items()}
    there = bool(figures[entry["counts"]])
    done = entry["done"].format(**said) if there else entry["none"]
    return {"promised": entry["promised"], "allows": entry["allows"], "done": done, "kept": KEPT[entry["kept"]] if there else NOTHING}


def counted(plan: Plan, ledger: Ledger) -> dict[str, int | str]:
    """Return the figures that a promise may name, of the records that stand in Pipedrive."""
    live = list(ledger.entries(live=True).values())
    of: dict[ObjectType, list[Entry]] = {kind: [entry for entry in live if entry.object is kind] for kind in ObjectType}
    people, deals, activities = of[ObjectType.PERSON], of[ObjectType.DEAL], of[ObjectType.ACTIVITY]
    appointments = [entry for entry in activities if entry.key.startswith("appointment:")]
    documents, imports = plan.documents, ledger.runs_of(IMPORT)
    native = sum("birthday" in entry.desired for entry in people)
    born = ledger.entry(f"field:person/{_BORN}")
    merged = sum(row.table == "patients" and row.outcome is Outcome.MERGED_INTO for row in plan.row_outcomes)
    return {
        "persons": sum(entry.key.startswith("patient:") for entry in people),
        "merged": merged,
        "enquirers": sum(not entry.key.startswith("patient:") for entry in people),
        "keyed": sum(CUSTOM + SOURCE_ID in entry.desired for entry in live),
        "marked": sum(OBJECTS[entry.object].known_by is KnownBy.TEXT for entry in live),
        "appointments": len(appointments),
        "types": len({entry.desired.get("type") for entry in appointments}),
        "timed": sum(bool(entry.desired.get("due_time")) for entry in appointments),
        "untimed": sum(not entry.desired.get("due_time") for entry in appointments),
        "cancelled": sum(str(entry.desired.get("type")).removeprefix("@") in _MISSED for entry in appointments),
        "invoiced": _with(deals, f"{CUSTOM}Total_Invoice__c"),
        "procedures": _with(deals, f"{CUSTOM}Procedures"),
        "histories": sum(entry.key.startswith("history:") for entry in activities),
        "births": native or _with(people, f"{CUSTOM}{_BORN}"),
        "birth_field": "Pipedrive's own field" if native else f"the field {born.field_label if born else _BORN}",
        "funds": _with(people, f"{CUSTOM}Insurance_Provider__c"),
        "households": len(of[ObjectType.ORGANIZATION]),
        "files": len(of[ObjectType.FILE]),
        "dated": sum(_dated(entry, name, imports) for entry in live for name in ("add_time", "won_time", "lost_time")),
        "leads": len(of[ObjectType.LEAD]),
        "workflows": len(documents.get("workflows.json", {}).get("workflows", ())),
        "workflows_on": int(documents.get("workflows.json", {}).get("automations_needed", 0)),
        "reports": sum(bool(one.get("insights")) for one in documents.get("rebuild_recipes.json", {}).get("recipes", ())),
        "records": sum(not OBJECTS[entry.object].is_setup for entry in live),
    }


def _dated(entry: Entry, name: str, imports: Collection[str]) -> bool:
    """Return whether a record has its original time: what came by Pipedrive's import has that of the import."""
    return bool(entry.desired.get(name)) and not (entry.run in imports and name in NOT_SET[entry.object])


def _with(entries: list[Entry], name: str) -> int:
    return sum(entry.desired.get(name) not in (None, "") for entry in entries)
