"""What has to be built by hand in Pipedrive, step by step: automations and Insights reports, in words of what to click."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from migkit.model.words import in_list
from migkit.report import Local

_SMS = "Pipedrive sends no text messages itself: choose an app for that in its Marketplace, and as action what that app offers."
_TEST = "Try it on a person of your own first, then switch it on."


def automations(workflows: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return one entry a workflow of `workflows.json`: name, in_use, summary, steps (sentences), another_app."""
    return [
        {
            "name": flow["name"],
            "in_use": flow["enabled"] is not False,
            "summary": ", ".join(part for part in (flow["trigger"], flow["timing"]["text"], flow["channel"], flow["audience"]) if part),
            "steps": _steps(flow),
            "another_app": bool(flow["rebuild"]["needs_another_app"]),
        }
        for flow in workflows
    ]


def _steps(flow: Mapping[str, Any]) -> list[str]:
    rebuild, timing = flow["rebuild"], flow["timing"]
    trigger = _plain(rebuild["pipedrive_trigger"] or "")
    start = f"As trigger choose: {trigger}. {_plain(rebuild['how'])}." if trigger else f"{_plain(rebuild['how'])}."
    steps = [f"Open Automations in Pipedrive, choose Add automation, and name it “{flow['name']}”.", start]
    if flow["audience"]:
        steps.append(f"As condition set who gets it: {flow['audience']}.")
    if timing["offset"] is not None:
        when = f"{timing['offset']} {timing['unit'] if timing['offset'] != 1 else timing['unit'].removesuffix('s')}"
        if timing["direction"] == "before":
            steps.append(
                f"It shall happen {when} before the date: use the trigger on a date with that offset, since a delay only counts onwards."
            )
        else:
            steps.append(f"Add a delay of {when}.")
    elif timing["text"]:
        steps.append(f"It shall happen: {timing['text']}.")
    steps += [_SMS if "no SMS" in action else f"As action choose: {_plain(action)}." for action in rebuild["actions"]]
    if flow["message"]:
        fields = f" Put Pipedrive's merge fields in place of {in_list(flow['placeholders'])}." if flow["placeholders"] else ""
        steps.append(f"The text: “{flow['message']}”{fields}")
    return [*steps, _TEST]


def reports(recipes: Iterable[Mapping[str, Any]], local: Local) -> list[dict[str, Any]]:
    """Return one entry a recipe of `rebuild_recipes.json`: name, steps (sentences), clicks and bars (for the picture), must_show, practice,
    groups, note; no steps if Insights can't."""
    return [_report(recipe, local) for recipe in recipes]


def _report(recipe: Mapping[str, Any], local: Local) -> dict[str, Any]:
    query, practice = recipe.get("insights"), recipe.get("practice") or {}
    unit = str(recipe.get("unit") or "")
    found = {
        "name": recipe["name"],
        "description": recipe.get("description") or "",
        "note": recipe.get("note") or "",
        "steps": [],
        "clicks": [],
        "groups": [],
        "bars": [],
    }
    found["practice"] = _figure(practice.get("shows"), unit, local)
    found["must_show"] = _figure(recipe.get("must_show"), unit, local) if query else ""
    if not query:
        return found
    steps = list(_clicks(query, recipe["name"], found["must_show"], local))
    own = unit if unit == local.currency else ""  # what is counted is said above
    groups = recipe.get("groups") or {}
    most = max((abs(float(value)) for value in groups.values()), default=0) or 1
    shown = [(_month(name), _figure(value, own, local), abs(float(value)) / most) for name, value in groups.items()]
    return {
        **found,
        "steps": [sentence for sentence, _ in steps],
        "clicks": [list(clicks) for _, clicks in steps],
        "groups": [[name, figure] for name, figure, _ in shown],
        "bars": [list(bar) for bar in shown],
    }


def _clicks(query: Mapping[str, Any], name: str, must_show: str, local: Local) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield each step as a sentence, and as where to look and what to choose there."""
    kind, _, report = str(query["report"]).partition(": ")
    measure = "the number of records" if query["measure"] == "number of records" else str(query["measure"])
    yield "Open Insights in Pipedrive, choose the plus sign, then Report.", ("Insights", "+", "Report")
    yield f"Choose {kind}, then {report}, and name it “{name}”.", ("Report", kind, report)
    if query["dated_by"] and query["from"] and query["to"]:
        first, last = (local.day(date.fromisoformat(query[end])) for end in ("from", "to"))
        said = f"Set the date filter to “{query['dated_by']}”, from {first} to {last}. Later, choose a rolling period instead."
        yield said, ("Filter", query["dated_by"], f"{first} to {last}")
    for one in query["filters"]:
        values = ", ".join(one["is_any_of"])
        yield f"Add the filter “{one['field']}” is any of: {values}.", ("Filter", one["field"], "is any of", values)
    yield f"As measure choose {measure}.", ("Measure", measure.removeprefix("the "))
    if query["group_by"]:
        yield f"View it by “{query['group_by']}”.", ("View by", query["group_by"])
    yield f"It must show {must_show}. Save it, and add it to a dashboard.", ("Save", f"it shows {must_show}")


def _figure(value: Any, unit: str, local: Local) -> str:
    if value is None:
        return ""
    return local.money(float(value)) if unit == local.currency else f"{local.number(float(value))} {unit}".strip()


def _month(group: str) -> str:
    """Return a group as people read it: the month `2026-03` as March 2026, everything else as it stands."""
    return f"{date.fromisoformat(group + '-01'):%B %Y}" if re.fullmatch(r"\d{4}-\d\d", group) else group


def _plain(text: str) -> str:
    return text.replace("`", "").rstrip(".")
