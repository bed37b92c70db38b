"""Whole records of the sample side by side, the shapes that it shows, and the questions that a person answers by looking at them."""

from __future__ import annotations

import html
import os
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd

from migkit.migration import Migration, subject
from migkit.migration import sample_questions as questions_of
from migkit.migration.sample_questions import tick, ticked
from migkit.model.landing import parse_landing
from migkit.model.messages import Message
from migkit.model.objects import ObjectType
from migkit.model.records import CUSTOM, DesiredRecord
from migkit.model.words import number_of
from migkit.plan import shapes_of
from migkit.reconcile import BY_RULE, Sides, cells
from migkit.report import IN_REPORT, View, format_value, mask, table
from migkit.steps.live import renew
from migkit.steps.sample_diff import SampleDiff

RESULTS = ("same", "same by rule", "both empty", "empty in Pipedrive", "only in Pipedrive", "differs")
PLAIN = frozenset({"status", "done", "busy", "type", "due_date", "due_time", "duration", "value", "currency", "add_time"})
"""Native fields whose values are no person's own, beside those that name another record."""


def strata_frame(migration: Migration, sample: SampleDiff) -> pd.DataFrame:
    """Return the shapes that the sample shows: shape, records in the plan, in the sample; rarest first."""
    shapes = shapes_of(migration.plan)
    everywhere = Counter(shape for found in shapes.values() for shape in found)
    chosen = {one.key for one in sample.compared.result.whole}
    here = Counter(shape for key, found in shapes.items() if key in chosen for shape in found)
    rows = [(shape, number, here[shape]) for shape, number in sorted(everywhere.items(), key=lambda one: (one[1], one[0]))]
    return pd.DataFrame(rows, columns=["shape", "in the plan", "in the sample"])


def columns_frame(sample: SampleDiff) -> pd.DataFrame:
    """Return, by object and field, how many records of the sample are the same, empty on one side or both, or differ; worst first."""
    frames = [one.fields.assign(object=str(one.object)) for one in sample.compared.result.whole]
    if not frames:
        return pd.DataFrame(columns=["object", "field", *RESULTS])
    counted = pd.concat(frames).groupby(["object", "field", "result"]).size().unstack(fill_value=0).reindex(columns=RESULTS, fill_value=0)
    worst = ["differs", "empty in Pipedrive", "only in Pipedrive", "same by rule"]
    return counted.reset_index().sort_values([*worst, "object", "field"], ascending=[False] * 4 + [True, True], ignore_index=True)


def side_by_side(migration: Migration, sample: SampleDiff) -> Any:
    """Return the sample's records to go through one by one, those that differ first; in a report one of each kind, masked."""
    shapes = shapes_of(migration.plan)
    found = sorted(sample.compared.result.whole, key=lambda one: not one.differs)
    plain = _plain_fields(migration)

    def draw(record: Sides, *, show_values: bool = False) -> str:
        return _drawn(migration, record, sorted(shapes.get(record.key, ())), plain, show_values)

    if os.environ.get(IN_REPORT):
        first = {str(one.object): one for one in reversed(found)}
        chosen = [one for one in found if one.differs][:5] + [one for one in first.values() if not one.differs]
        return View("".join(draw(one) for one in chosen), "\n".join(one.key for one in chosen))
    from migkit.widgets import RecordBrowser

    groups = {f"all {number_of(len(found), 'record')}": found, "those that differ": [one for one in found if one.differs]}
    for shape in sorted({shape for own in shapes.values() for shape in own}):
        own = [one for one in found if shape in shapes.get(one.key, ())]
        groups[f"{shape} ({len(own)})"] = own
    return RecordBrowser({name: [(one.key, one) for one in own] for name, own in groups.items() if own}, draw)


def questions(migration: Migration, sample: SampleDiff, *, by: str) -> Any:
    """Return what is to be looked at before the sample is approved, each with what it rests on and a box to tick; in a report a table.

    A tick counts for this sample alone: where a record of it changes, it is asked again.
    """
    asked, now, workspace = dict(_asked(migration, sample)), subject(migration, "sample"), migration.workspace
    known = ticked(workspace, now)
    if os.environ.get(IN_REPORT):
        rows = [(name, said, f"by {known[name]['by']}" if name in known else "not yet") for name, said in asked.items()]
        return table(pd.DataFrame(rows, columns=["question", "what stands there", "looked at"]), "What to look at")
    from migkit.widgets import CheckList

    def keep(name: str, by: str, *, looked: bool) -> None:
        tick(workspace, name, now, by, looked=looked)
        renew()

    return CheckList(asked, known, keep, by=by)


def _asked(migration: Migration, sample: SampleDiff) -> Iterator[tuple[str, str]]:
    """Yield each question with what stands in the plan of the sample's records."""
    records = [migration.plan.records[one.key] for one in sample.compared.result.whole if one.key in migration.plan.records]
    prefix = f"{migration.schema['appointments'].prefix}:"
    visits = [one for one in records if one.object is ObjectType.ACTIVITY and one.key.startswith(prefix)]
    deals = [one for one in records if one.object is ObjectType.DEAL]
    kinds = Counter(str(one.links.get("type", "")).partition(":")[2] or "none" for one in visits)
    yield questions_of.KINDS, _counted(kinds)
    yield questions_of.VALUES, _worth(deals, migration.workspace.settings.currency)
    yield questions_of.OWNERS, _counted(Counter(one.owner for one in records if one.owner))
    filled = Counter(name.removeprefix(CUSTOM) for one in records for name in one.fields if name.startswith(CUSTOM))
    yield questions_of.FIELDS, _counted(filled)
    yield questions_of.TIMES, _hours(visits, migration.workspace.settings.timezone)


def _worth(deals: Sequence[DesiredRecord], currency: str) -> str:
    """Return the sums of the deals, those of plans and those of invoices without one apart: together they count some treatment twice."""
    said = []
    for title, prefix in (("treatment plans", "plan:"), ("invoices without a plan", "account:")):
        own = [one for one in deals if one.key.startswith(prefix)]
        values = [float(one.fields["value"]) for one in own if one.fields.get("value") is not None]
        without = f" and {number_of(len(own) - len(values), 'deal')} without a value" if len(own) > len(values) else ""
        said += [f"{sum(values):,.2f} {currency} in {number_of(len(values), 'deal')} of {title}{without}"] if own else []
    return "; ".join(said) or "none in the sample"


def _hours(visits: Sequence[DesiredRecord], timezone: str) -> str:
    """Return from when to when visits begin by the practice's clocks."""
    zone = ZoneInfo(timezone)
    begins = [f"{one.fields['due_date']}T{one.fields['due_time']}+00:00" for one in visits if one.fields.get("due_time")]
    hours = sorted(f"{datetime.fromisoformat(one).astimezone(zone):%H:%M}" for one in begins)
    return f"from {hours[0]} to {hours[-1]} by the clocks of {timezone}" if hours else "no appointment has a time"


def _counted(counts: Counter[str]) -> str:
    return ", ".join(f"{name} {number:,}" for name, number in counts.most_common(12)) or "none in the sample"


def _plain_fields(migration: Migration) -> frozenset[str]:
    """Return labels of custom fields that hold nothing personal."""
    landing = parse_landing(migration.decisions.pipedrive_map, migration.schema)
    own = (entry for entries in landing.custom.values() for entry in entries)
    return frozenset(entry.name for entry in own if entry.privacy == "none" and not entry.classes)


def _drawn(migration: Migration, one: Sides, shapes: Sequence[str], plain: frozenset[str], show_values: bool) -> str:
    shown = readable if show_values else _masked
    rows = cells(one.sources, migration.raw, migration.tables, migration.source_map, migration.schema)
    for name in ("written", "read as"):
        rows[name] = [readable(value) if is_plain else shown(value) for value, is_plain in zip(rows[name], rows["is_plain"], strict=True)]
    fields = one.fields[one.fields["result"] != "both empty"].copy()
    empty = len(one.fields) - len(fields)
    for name in ("planned", "sent", "in Pipedrive"):
        pairs = zip(fields[name], fields["field"], strict=True)
        fields[name] = [
            readable(value) if label in plain or label in PLAIN or label.endswith("_id") else shown(value) for value, label in pairs
        ]
    by_rule = fields["result"] == BY_RULE
    fields.loc[by_rule, "why"] = [str(Message.of(f"same-{rule}")) for rule in fields.loc[by_rule, "why"]]
    said = ", ".join(shape for shape in shapes if not shape.startswith("any "))
    head = f"<h3>{html.escape(one.key)} · {one.object} {one.target_id} in Pipedrive</h3><div class='facts'>{html.escape(said)}</div>"
    files = [
        table(own.drop(columns=["row", "file", "line", "is_plain"]), f"{row}: {file}, line {line}, and as it was read").body
        for (row, file, line), own in rows.groupby(["row", "file", "line"], sort=False)
    ]
    note = f"{number_of(empty, 'further field is', 'further fields are')} empty on both sides" if empty else ""
    return "<br>".join([head, *files, table(fields, "As planned, as sent, and as it stands in Pipedrive", note=note).body])


def readable(value: Any) -> str:
    """Return a value as people read it: a text of several paragraphs in lines, a link by the key that it points to, an amount, an address
    or a phone by what it is, with its currency or label."""
    if isinstance(value, list | tuple):
        return ", ".join(map(readable, value))
    if isinstance(value, Mapping) and value.get("value") is not None:
        primary = "primary" if value.get("primary") else ""
        beside = ", ".join(filter(None, [str(value.get("label") or ""), primary]))
        return " ".join(filter(None, [format_value(value["value"]), str(value.get("currency") or ""), f"({beside})" if beside else ""]))
    text = format_value(value)
    if text.startswith("<") and text.endswith(">"):
        return re.sub(r"<[^>]*>", "", re.sub(r"</p>|<br ?/?>|</li>", " / ", text)).removesuffix(" / ")
    return text.removeprefix("@user:").removeprefix("@")


def _masked(value: Any) -> str:
    return "–" if value is None or value is pd.NA else mask(readable(value))
