"""What all activities share: due date and time in UTC, notes with their external id, overflow into notes, the summary of old ones."""

from __future__ import annotations

import html
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from migkit.model.messages import Message
from migkit.model.objects import ObjectType
from migkit.model.records import DesiredRecord

from .context import Context
from .people import Persons
from .policies import cut_off
from .rows import Row
from .text import NOTE_BYTES, external_id_line, paragraphs, part_keys, split_html
from .times import clock, nearest_utc, spaced, to_utc


def due(
    context: Context, row: Row, local: datetime | None, *, timed: bool, minutes: int | None, location: str | None
) -> dict[str, Any] | None:
    """Return due_date, due_time and duration of an activity, None after settling the row as held.

    Untimed activities keep their local date: they are tasks. Timed ones are written in UTC.
    """
    if local is None:
        context.note_problem("no-date", row["_table"], row["_key"])
        context.book.hold(row, Message.of("no-date"))
        return None
    if not timed:
        return {"due_date": local.date().isoformat()}
    policies = context.policies
    zone = context.settings.zone_of(location)
    moment, problem = to_utc(local, zone, ambiguous=policies["ambiguous_hour"], nonexistent=policies["nonexistent_hour"])
    if problem:
        context.note_problem(problem, row["_table"], row["_key"])
    if moment is None:
        context.book.hold(row, Message.of(problem))
        return None
    fields = {"due_date": moment.date().isoformat(), "due_time": moment.isoformat()[11:19]}
    return fields | ({"duration": clock(minutes)} if minutes else {})


def add_activity(
    context: Context,
    row: Row,
    kind: str,
    fields: Mapping[str, Any],
    lines: Sequence[str],
    *,
    person: DesiredRecord,
    deal: DesiredRecord | None = None,
    owner: str,
    wave: int,
) -> None:
    """Add one activity; text beyond what an activity's note may hold goes on in notes of the person."""
    key = row["_key"]
    parts = split_html(paragraphs(lines))
    line = external_id_line(key)
    first = parts[0] + paragraphs([f"(goes on in {len(parts) - 1} notes)"] if len(parts) > 1 else []) + paragraphs([line])
    where = {"person_id": person.key, "deal_id": deal.key if deal else None}
    links = {"type": f"activity_type:{kind}", **where}
    body = {**fields, "note": first}
    context.add(key, ObjectType.ACTIVITY, body, links=links, owner=owner, wave=wave, sources=[key])
    for part_key, part in zip(part_keys(f"note:{key}", len(parts))[1:], parts[1:], strict=True):
        content = part + paragraphs([external_id_line(part_key)])
        context.add(part_key, ObjectType.NOTE, {"content": content}, links=where, wave=wave, sources=[key])
    context.book.own(row, key)


def add_to_do(
    context: Context,
    persons: Persons,
    person: DesiredRecord,
    row: Row,
    kind: str,
    day: datetime | None,
    *,
    subject: str,
    is_open: bool,
    lines: Sequence[str],
) -> None:
    """Add an activity on the day on which something is to be done, open or done; nothing where the row is settled otherwise."""
    if context.take_over(row, f"note:{row['_key']}"):
        return
    when = due(context, row, day, timed=False, minutes=None, location=None)
    if when is None:
        return
    prefix = "Cancelled: " if row.get("status") == "cancelled" else ""
    fields = context.write.fields(ObjectType.ACTIVITY, row, **when, subject=prefix + subject, done=not is_open, busy=False)
    owner = context.owner(row.get("practitioner_id"), person.owner)
    add_activity(context, row, kind, fields, lines, person=person, owner=owner, wave=persons.wave(person, current=is_open))


@dataclass(frozen=True)
class Folded:
    """A row from before the policy's date, as its person's summary tells it."""

    person: DesiredRecord
    at: datetime
    line: str
    source: str


def fold_old(context: Context, row: Row, person: DesiredRecord, moment: datetime | None, what: str, subject: str = "") -> Folded | None:
    """Fold a row from before the policy's date into its person's summary note; return what the note says of it, None where it is not."""
    limit = cut_off(context.policies)
    if limit is None or moment is None or moment.date() >= limit:
        return None
    context.book.fold(row, f"note:older:{person.key}", Message.of("older-than", day=limit.isoformat()))
    line = context.write.line("folded", None, moment=moment, what=what, subject=subject, key=row["_key"])
    return Folded(person, moment, line, row["_key"])


def plan_summaries(context: Context, persons: Persons, folded: Iterable[Folded]) -> None:
    """Add one note per person with what the policy `older_than` folded, newest first, dated by the newest."""
    of_person: dict[str, list[Folded]] = defaultdict(list)
    for entry in folded:
        of_person[entry.person.key].append(entry)
    for person, entries in sorted(of_person.items()):
        entries.sort(key=lambda entry: (entry.at, entry.source), reverse=True)
        lines = ["Earlier history, summarised", *(entry.line for entry in entries)]
        wave = persons.wave(entries[0].person, current=False)
        sources = [entry.source for entry in entries]
        add_notes(context, f"note:older:{person}", lines, entries[0].at, links={"person_id": person}, sources=sources, wave=wave)


def add_notes(
    context: Context,
    key: str,
    lines: Sequence[str],
    local: datetime | None,
    *,
    links: Mapping[str, str | None],
    sources: Sequence[str],
    wave: int,
    amounts: Mapping[str, int] | None = None,
) -> None:
    """Add a note of plain lines, in as many parts as it needs, dated by a practice-local time; `amounts` is what it states."""
    add_html_note(context, key, paragraphs(lines), local, links=links, sources=sources, wave=wave, amounts=amounts)


def add_html_note(
    context: Context,
    key: str,
    content: str,
    local: datetime | None,
    *,
    header: str = "",
    links: Mapping[str, str | None],
    owner: str | None = None,
    sources: Sequence[str],
    wave: int,
    amounts: Mapping[str, int] | None = None,
) -> None:
    """Add a note of safe HTML under a header line, in as many parts as it needs; each part names itself in its last line."""
    parts = split_html(content, NOTE_BYTES)
    written = spaced(nearest_utc(local, context.settings.zone_of(None))) if local else None
    for number, (part_key, part) in enumerate(zip(part_keys(key, len(parts)), parts, strict=True), start=1):
        title = f"{header} (part {number} of {len(parts)})" if len(parts) > 1 else header
        head = f"<p><b>{html.escape(title, quote=False)}</b></p>" if title else ""
        fields = {
            "content": head + part + paragraphs([external_id_line(part_key)]),
            **context.write.fields(ObjectType.NOTE, None, written=written),
        }
        said = (amounts or {}) if number == 1 else {}
        context.add(
            part_key,
            ObjectType.NOTE,
            fields,
            links=links,
            owner=owner,
            wave=wave,
            sources=sources,
            amounts=said,
        )
