"""What all activities share: due date and time in UTC, notes with their marker, overflow into notes, the summary of old ones."""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from migkit.model.records import ObjectType

from .context import Context, make
from .policies import cut_off
from .rows import Row
from .text import NOTE_BYTES, day, marker, paragraphs, part_keys, short, split_html
from .times import clock, nearest_utc, spaced, to_utc


def due(
    context: Context, row: Row, local: datetime | None, *, timed: bool, minutes: int | None, location: str | None
) -> dict[str, Any] | None:
    """Return due_date, due_time and duration of an activity, None after settling the row as held.

    Untimed activities keep their local date: they are tasks. Timed ones are written in UTC.
    """
    if local is None:
        context.note_problem("no-date", row["_table"], row["_key"])
        context.book.hold(row, "it has no date")
        return None
    if not timed:
        return {"due_date": local.date().isoformat()}
    policies = context.policies
    zone = context.settings.zone_of(location)
    moment, problem = to_utc(local, zone, ambiguous=policies["ambiguous_hour"], nonexistent=policies["nonexistent_hour"])
    if problem:
        context.note_problem(problem, row["_table"], row["_key"])
    if moment is None:
        kind = "occurs twice" if problem == "ambiguous-hour" else "does not exist"
        context.book.hold(row, f"its local time {kind} because of daylight saving; the policy {problem.replace('-', '_')} decides")
        return None
    fields = {"due_date": moment.date().isoformat(), "due_time": moment.strftime("%H:%M:%S")}
    return fields | ({"duration": clock(minutes)} if minutes else {})


def add_activity(
    context: Context,
    row: Row,
    key: str,
    kind: str,
    fields: Mapping[str, Any],
    lines: Sequence[str],
    *,
    person: str | None,
    deal: str | None,
    owner: str,
    wave: int,
) -> None:
    """Add one activity; text beyond what an activity's note may hold goes on in notes of the person."""
    parts = split_html(paragraphs(lines))
    mark = marker(key)
    first = parts[0] + paragraphs([f"(goes on in {len(parts) - 1} notes)"] if len(parts) > 1 else []) + paragraphs([mark])
    links = {"type": f"activity_type:{kind}", "person_id": person, "deal_id": deal}
    body = {**fields, "subject": short(fields["subject"]), "note": first}
    sources = (row["_key"],)
    made = make(context, key, ObjectType.ACTIVITY, body, links=links, owner=owner, wave=wave, sources=sources, marker=mark)
    for part_key, part in zip(part_keys(f"note:{key}", len(parts))[1:], parts[1:], strict=True):
        content = part + paragraphs([marker(part_key)])
        where = {"person_id": person, "deal_id": deal}
        make(
            context, part_key, ObjectType.NOTE, {"content": content}, links=where, wave=made.wave, sources=sources, marker=marker(part_key)
        )
    context.book.own(row, key)


def fold_old(context: Context, row: Row, moment: datetime | None, text: str) -> bool:
    """Fold a row from before the policy's date into its person's summary note; return whether it was."""
    limit = cut_off(context.policies)
    person = context.person(row)
    if limit is None or moment is None or moment.date() >= limit or person is None:
        return False
    context.older.setdefault(person, []).append((moment, text, row["_key"]))
    context.book.fold(row, f"note:older:{person}", f"before {limit.isoformat()}: the policy older_than")
    return True


def plan_summaries(context: Context) -> None:
    """Add one note per person with what the policy `older_than` folded, newest first, dated by the newest."""
    for person, entries in sorted(context.older.items()):
        entries.sort(key=lambda entry: (entry[0], entry[2]), reverse=True)
        lines = [f"{day(moment)} · {text} ({key})" for moment, text, key in entries]
        keys = [key for _, _, key in entries]
        add_notes(context, f"note:older:{person}", ["Earlier history, summarised", *lines], entries[0][0], person=person, sources=keys)


def add_notes(
    context: Context,
    key: str,
    lines: Sequence[str],
    local: datetime | None,
    *,
    person: str | None = None,
    deal: str | None = None,
    lead: str | None = None,
    sources: Sequence[str],
    current: bool = False,
    location: str | None = None,
) -> None:
    """Add a note of plain lines, in as many parts as it needs, dated by a practice-local time."""
    add_html_note(
        context, key, paragraphs(lines), local, person=person, deal=deal, lead=lead, sources=sources, current=current, location=location
    )


def add_html_note(
    context: Context,
    key: str,
    content: str,
    local: datetime | None,
    *,
    header: str = "",
    person: str | None = None,
    deal: str | None = None,
    lead: str | None = None,
    owner: str | None = None,
    sources: Sequence[str],
    current: bool = False,
    location: str | None = None,
) -> None:
    """Add a note of safe HTML under a header line, in as many parts as it needs; each part names itself in its last line."""
    parts = split_html(content, NOTE_BYTES)
    links = {"person_id": person, "deal_id": deal, "lead_id": lead}
    wave = context.wave(person, current=current, parents=[person, deal, lead])
    added = spaced(nearest_utc(local, context.settings.zone_of(location))) if local else None
    for number, (part_key, part) in enumerate(zip(part_keys(key, len(parts)), parts, strict=True), start=1):
        title = f"{header} (part {number} of {len(parts)})" if len(parts) > 1 else header
        body = (f"<p><b>{html.escape(title, quote=False)}</b></p>" if title else "") + part + paragraphs([marker(part_key)])
        fields = {"content": body, "add_time": added}
        make(context, part_key, ObjectType.NOTE, fields, links=links, owner=owner, wave=wave, sources=sources, marker=marker(part_key))
