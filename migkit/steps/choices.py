"""Policies and privacy, chosen in the notebook: what other choices would change is counted from a plan made with them."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from typing import Any

from migkit import resources
from migkit.migration import Migration
from migkit.migration.defaults import laid_over
from migkit.model.errors import UsageError
from migkit.model.landing import REQUIRED
from migkit.model.records import Plan
from migkit.model.words import number_of
from migkit.plan import CHOICES, count_tokens
from migkit.preflight import plan_of_days
from migkit.report import IN_REPORT, format_value, table
from migkit.steps.figures import comments, in_plain, names_by_kind, policies_frame, privacy_frame
from migkit.steps.live import renew

SENT = {"goes": "send", "stays behind": "leave_out"}


def policies_widget(migration: Migration) -> Any:
    """Return the form in which policies are chosen; in a report the table of what is chosen."""
    if os.environ.get(IN_REPORT):
        return table(policies_frame(migration), "Policies that this load follows")
    from migkit.widgets import Choice, ChoiceBox

    policies, means = migration.decisions.policies, comments(resources.load_text("policies.yaml"))
    choices = [
        Choice(
            name,
            name.replace("_", " "),
            policies[name],
            [(in_plain(format_value(option)), option) for option in options],
            means.get(name, ""),
        )
        for name, options in CHOICES.items()
    ]
    choices.append(Choice("older_than", "older than", str(policies["older_than"] or ""), (), means.get("older_than", "")))

    def compare(changed: Mapping[str, Any]) -> str:
        return _compared(migration, lambda opened: opened.desired_with(policies=_written(changed)))

    def keep(changed: Mapping[str, Any]) -> str:
        return _kept(migration, "policies", _written(changed))

    return ChoiceBox(choices, compare=compare, keep=keep)


def privacy_widget(migration: Migration) -> Any:
    """Return the form in which it is chosen what leaves the practice; in a report the table of what does."""
    if os.environ.get(IN_REPORT):
        return table(privacy_frame(migration), "What leaves the practice, and what stays behind")
    from migkit.widgets import Choice, ChoiceBox

    privacy, (kinds, held) = migration.decisions.pipedrive_map["privacy"], names_by_kind(migration)
    options = list(SENT.items())
    choices = [
        Choice(f"classes/{kind}", kind, choice, options, _of_these_files(kinds.get(kind, ()), held))
        for kind, choice in privacy["classes"].items()
        if kind not in ("none", REQUIRED)
    ]
    choices += [
        Choice(f"tables/{name}", name.replace("_", " "), choice, options, "The whole table.") for name, choice in privacy["tables"].items()
    ]
    decided_on = held | privacy["fields"].keys()
    personal = {name for kind, fields in kinds.items() if kind not in ("none", REQUIRED) for name in fields}
    names = sorted(personal & decided_on, key=str.casefold)
    for key, label, choice in (("goes", "go in any case", "send"), ("stays", "stay in any case", "leave_out")):
        chosen = tuple(name for name, decided in privacy["fields"].items() if decided == choice and name in names)
        means = "Single fields, whatever is chosen for their kind. Hold Ctrl to choose several."
        choices.append(Choice(f"fields/{key}", label, chosen, [(_shown(name), name) for name in names], means, is_several=True))

    def decided(changed: Mapping[str, Any]) -> dict[str, Any]:
        return _privacy_of(migration.decisions.pipedrive_map["privacy"]["fields"], changed)

    def compare(changed: Mapping[str, Any]) -> str:
        return _compared(migration, lambda opened: opened.desired_with(privacy=decided(changed)))

    def keep(changed: Mapping[str, Any]) -> str:
        return _kept(migration, "privacy", decided(changed))

    return ChoiceBox(choices, compare=compare, keep=keep)


def _of_these_files(names: Sequence[str], held: Collection[str]) -> str:
    """Return those of a kind's names of which the files hold something, and how many the decision covers beside."""
    there = [_shown(name) for name in names if name in held]
    if not there:
        return f"{number_of(len(names), 'field')}, of which these files hold none"
    others = len(names) - len(there)
    return f"{', '.join(there)}{f'; {others} more that these files do not hold' if others else ''}"


def _shown(name: str) -> str:
    """Return a name that privacy decides by as people read it: one of ours in words, a label of the account as it stands there."""
    return name if "__" in name else name[:1].upper() + name[1:].replace("_", " ")


def _written(changed: Mapping[str, Any]) -> dict[str, Any]:
    """Return policies as their file holds them. Raises UsageError for a day that is none."""
    written = dict(changed)
    if "older_than" in written:
        day = written["older_than"].strip()
        try:
            written["older_than"] = date.fromisoformat(day).isoformat() if day else None
        except ValueError:
            raise UsageError(f"{day} is no day: write it as 2021-01-01, or leave it empty. Nothing was kept.") from None
    return written


def _privacy_of(before: Mapping[str, str], changed: Mapping[str, Any]) -> dict[str, Any]:
    """Return a privacy decision of what was changed in the form; `before` is what is decided on single fields."""
    decided: dict[str, dict[str, Any]] = {}
    for key, value in changed.items():
        part, _, name = key.partition("/")
        if part != "fields":
            decided.setdefault(part, {})[name] = value
    fields: dict[str, Any] = {}
    for key, choice in (("fields/goes", "send"), ("fields/stays", "leave_out")):
        if key in changed:
            fields |= {name: None for name, was in before.items() if was == choice and name not in changed[key]}
            fields |= dict.fromkeys(changed[key], choice)
    return decided | ({"fields": fields} if fields else {})


def _compared(migration: Migration, planned: Callable[[Migration], Plan]) -> str:
    """Return in a sentence what a plan made otherwise holds beside the one as decided: records, values, tokens, days."""
    opened = migration.refreshed()
    before, after = _size(opened, opened.desired), _size(opened, planned(opened))
    parts = [_beside(name, was, now) for (name, was), now in zip(before.items(), after.values(), strict=True)]
    return f"With these choices: {', '.join(parts)}. Nothing is kept yet."


def _size(migration: Migration, plan: Plan) -> dict[str, float]:
    settings = migration.workspace.settings
    days = plan_of_days(count_tokens(plan), settings.subscription_plan, settings.seats, settings.reserve_pct)
    values = sum(len(record.fields) + len(record.links) for record in plan.records.values())
    return {"records": len(plan.records), "values": values, "tokens": days.tokens, "days": days.days}


def _beside(name: str, was: float, now: float) -> str:
    digits = ",.1f" if name == "days" else ",.0f"
    change = f"{now - was:+{digits}}" if now != was else "as before"
    return f"{now:{digits}} {name} ({change})"


def _kept(migration: Migration, document: str, changed: Mapping[str, Any]) -> str:
    """Lay what was changed over the decision, and say what follows."""
    opened = migration.refreshed()
    opened.workspace.write_decision(document, laid_over(opened.workspace.read_decision(document), changed))
    renew()
    return f"Kept in decisions/{document}.yaml. Approve {document} below: what was approved before is not what stands here now."
