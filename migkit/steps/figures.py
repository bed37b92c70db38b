"""The few numbers that stand at the top of each report, and small tables made from results: what notebooks show."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from migkit import resources
from migkit.load import ApplyResult, RollbackResult
from migkit.migration import Migration
from migkit.model.landing import NONE, Entry, LandingMap, parse_landing
from migkit.model.words import exports_of
from migkit.plan import CHOICES, is_sent, money_summary
from migkit.preflight import Preflight
from migkit.report import View, format_value, note_box
from migkit.steps.reconcile import Proof


def facts(migration: Migration) -> list[str]:
    """Return what a report's head says: which exports, which target, which plan."""
    settings = migration.workspace.settings
    days = [f"{s.taken.day} {s.taken:%B %Y}" for s in migration.workspace.snapshots()]
    exports = exports_of(days).removeprefix("the ")
    seats = f"{settings.seats} seat{'' if settings.seats == 1 else 's'}"
    return [exports, f"target {settings.target_url}", f"plan {settings.subscription_plan}, {seats}", settings.timezone]


def days_box(checked: Preflight) -> View:
    """Return the plan of days in a sentence, which says where it rests on an unconfirmed map; marked where it takes more than a day."""
    return note_box(checked.days.sentence(is_estimate=checked.is_estimate), "warn" if checked.days.days > 1 else "")


def policies_frame(migration: Migration) -> pd.DataFrame:
    """Return policy, choice, what else may be chosen, and what they mean, one row each."""
    means = comments(resources.load_text("policies.yaml"))
    rows = [
        (name.replace("_", " "), in_plain(format_value(choice)), in_plain(_else(name, choice)), means.get(name, ""))
        for name, choice in migration.decisions.policies.items()
        if name != "version"
    ]
    return pd.DataFrame(rows, columns=["policy", "choice", "or", "meaning"])


def comments(yaml: str) -> dict[str, str]:
    """Return what the comment above each top-level key of a YAML file says, its lines joined, names of ours in plain words."""
    found: dict[str, str] = {}
    above: list[str] = []
    for line in yaml.splitlines():
        if line.startswith("#"):
            above.append(line.lstrip("# ").rstrip().replace("`", ""))
        elif key := re.match(r"(\w+):", line):
            found[key[1]] = in_plain(re.sub(r" {2,}", ": ", "; ".join(above)).replace(".; ", ". ").replace(",; ", ", "))
            above = []
        else:
            above = []
    return found


def in_plain(text: str) -> str:
    """Return a text of ours without the marks of code: `zip_per_patient_year` in words; labels of the account stay as they are."""
    return re.sub(r"(?<=[a-z])_(?=[a-z])", " ", text)


def _else(policy: str, choice: Any) -> str:
    return ", ".join(format_value(other) for other in CHOICES.get(policy, ()) if other != choice)


_NAMES = frozenset({"first_name", "middle_name", "last_name", "full_name"})
"""Fields of a person's name, which stand in the titles of other things, too."""


def privacy_frame(migration: Migration, *, of_these_files: bool = False) -> pd.DataFrame:
    """Return, by kind of data, what goes to Pipedrive and what stays behind; and the tables that go or stay whole.

    `of_these_files`: only what the practice's files hold, as they are read; else whatever the decision covers.
    """
    privacy = migration.decisions.pipedrive_map["privacy"]
    landing = parse_landing(migration.decisions.pipedrive_map, migration.schema)
    held = _held(migration) if of_these_files else None
    named = [(kind, name, is_sent(privacy, name, kind) and is_held_sent) for kind, name, is_held_sent in _decided(landing, privacy, held)]
    rows = []
    for kind in privacy["classes"]:
        names = {name: sent for found, name, sent in named if found == kind}
        parts = [", ".join(name for name, sent in names.items() if sent is goes) for goes in (True, False)]
        rows.append(("not personal" if kind == "none" else kind, *parts))
    tables = {
        name: choice
        for name, choice in privacy.get("tables", {}).items()
        if held is None or any(one.startswith(f"{name}.") for one in held)
    }
    parts = [", ".join(name for name, choice in tables.items() if choice == wanted) for wanted in ("send", "leave_out")]
    return pd.DataFrame([*rows, ("whole tables", *parts)], columns=["kind of data", "goes to Pipedrive", "stays behind"])


def _held(migration: Migration) -> frozenset[str]:
    """Return the fields (`patients.occupation`) of which the files hold a value."""
    frames = migration.tables.frames
    return frozenset(f"{table}.{field}" for table, frame in frames.items() for field in frame.columns if frame[field].notna().any())


def names_by_kind(migration: Migration) -> tuple[dict[str, tuple[str, ...]], frozenset[str]]:
    """Return, by kind of data, the names that privacy decides by, and those of them of which the practice's files hold something."""
    privacy = migration.decisions.pipedrive_map["privacy"]
    landing = parse_landing(migration.decisions.pipedrive_map, migration.schema)
    named = [(kind, name) for kind, name, _ in _decided(landing, privacy, None)]
    held = frozenset(name for _, name, _ in _decided(landing, privacy, _held(migration)))
    return {kind: tuple(dict.fromkeys(name for found, name in named if found == kind)) for kind, _ in named}, held


def _decided(landing: LandingMap, privacy: Mapping[str, Any], held: frozenset[str] | None) -> Iterator[tuple[str, str, bool]]:
    """Yield (kind of data, name, whether what holds it goes): a part of a text that is of no kind itself is of the kind of its text.

    What is made of none of the fields that are `held` is left out.
    """

    def is_made(entry: Entry) -> bool:
        own = [source for source in entry.sources if source.rpartition(".")[2] not in _NAMES]  # a deal's title has the person's name, too
        return held is None or not held.isdisjoint(own or entry.sources)

    for name, entry in landing.entries():
        if not is_made(entry):
            continue
        text = landing.texts.get(name)
        of_text = text.privacy if text and text.privacy != NONE else NONE
        goes = text is None or of_text == NONE or is_sent(privacy, text.decided_as, of_text)
        own = entry.privacy if entry.privacy != NONE or entry.classes else of_text
        yield from ((kind, entry.decided_as, goes) for kind in dict.fromkeys((*entry.classes.values(), own)))
    yield from (
        (text.privacy, text.decided_as, True)
        for text in landing.texts.values()
        if text.decided_as != text.name and any(map(is_made, text.parts))
    )  # a name that people know


def load_headline(result: ApplyResult) -> Mapping[str, Any]:
    """Return what a run wrote."""
    totals: dict[str, int] = {}
    for (_, operation), number in result.counts.items():
        totals[operation] = totals.get(operation, 0) + number
    return {
        "created": totals.get("create", 0),
        "updated": totals.get("update", 0),
        "adopted": totals.get("adopt", 0),
        "already as they should be": totals.get("skip", 0),
        "failed": len(result.failures),
        "held": len(result.held),
        "tokens": result.tokens,
    }


def load_problems(result: ApplyResult) -> pd.DataFrame:
    """Return refused and waiting records: key, what, why."""
    rows = [(failure.key, "failed", str(failure.reason)) for failure in result.failures]
    rows += [(key, "held", str(why)) for key, why in result.held.items()]
    rows += [(key, "kept", "edited in Pipedrive since: " + ", ".join(fields)) for key, fields in result.kept.items()]
    return pd.DataFrame(rows, columns=["record", "what", "why"])


def reconcile_headline(result: Proof) -> Mapping[str, Any]:
    """Return the verdict and its numbers."""
    return {
        "verdict": "agrees" if result.agrees else "differs",
        "rows accounted for": len(result.rows),
        "outcomes add up": result.adds_up,
        "fields compared": result.compared,
        "normalised by a known rule": result.normalised,
        "differing": result.differing,
        "no longer wanted, still there": result.beside_the_plan,
    }


def reconcile_tones(result: Proof) -> Mapping[str, str]:
    """Return the colours of those numbers."""
    return {
        "verdict": "good" if result.agrees else "bad",
        "outcomes add up": "good" if result.adds_up else "bad",
        "differing": "good" if not result.differing else "bad",
        "no longer wanted, still there": "good" if not result.beside_the_plan else "warn",
    }


def money_frame(migration: Migration) -> pd.DataFrame:
    """Return measure by measure what the export says and what the plan's records say, in the practice's currency."""
    cents = money_summary(migration.tables, migration.plan)
    money = cents.drop(columns="measure").astype(float).div(100)
    money.columns = money.columns.str.removesuffix("_cents")
    return pd.concat([cents["measure"], money], axis=1)


def rollback_headline(result: RollbackResult) -> Mapping[str, Any]:
    """Return the buckets and the price."""
    would = "would be " if result.preview else ""
    return {f"{would}{bucket}": number for bucket, number in result.counts.items()} | {"tokens": result.tokens}
