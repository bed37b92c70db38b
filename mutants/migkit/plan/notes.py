"""Clinical notes → Notes: original date, author and date in the header, HTML made safe, split where too long."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from .activities import add_html_note, add_notes
from .context import Context
from .policies import is_sent, is_table_sent
from .rows import Row
from .setup import new_lines
from .text import paragraphs, safe_html


def plan_notes(context: Context) -> None:
    """Add the clinical notes, each or folded per patient and year, and one note per person with the patients' own remarks."""
    folded: dict[tuple[str, int], list[Row]] = defaultdict(list)
    for row in context.rows("clinical_notes"):
        if not is_table_sent(context.map, "clinical_notes"):
            context.book.exclude(row, "clinical notes are left out by the privacy decision")
        elif context.waits(row, ("patient_id", "patients")):
            continue
        elif context.person(row) is None:
            context.note_problem("no-patient", "clinical_notes", row["_key"])
            context.book.hold(row, "it names no patient")
        elif not row.get("content") and not row.get("title"):
            context.note_problem("no-note-text", "clinical_notes", row["_key"])
            context.book.exclude(row, "it has neither text nor title")
        elif context.policies["clinical_notes"] == "per_patient_year" and row.get("at"):
            folded[str(context.person(row)), row["at"].year].append(row)
        else:
            _plan_note(context, row)
    for (person, year), rows in folded.items():
        _plan_year(context, person, year, rows)
    _plan_remarks(context)


def _plan_note(context: Context, row: Row) -> None:
    person, deal = str(context.person(row)), f"plan:{row['plan_id']}" if row.get("plan_id") else None
    add_html_note(
        context,
        row["_key"],
        _body(context, row),
        row.get("at"),
        header=_header(context, row),
        person=person,
        deal=deal if deal in context.made else None,
        owner=context.owner(row.get("practitioner_id"), context.made[person].owner),
        sources=[row["_key"]],
    )
    context.book.own(row, row["_key"])


def _plan_year(context: Context, person: str, year: int, rows: Sequence[Row]) -> None:
    rows = sorted(rows, key=lambda row: (row["at"], row["_key"]))
    key = f"note:{person}/{year}"
    content = "".join(paragraphs([f"{_header(context, row)} ({row['_key']})"]) + _body(context, row) for row in rows)
    keys = [row["_key"] for row in rows]
    add_html_note(context, key, content, rows[-1]["at"], header=f"Clinical notes of {year}", person=person, sources=keys)
    for row in rows:
        context.book.fold(row, key, "the policy clinical_notes")


def _header(context: Context, row: Row) -> str:
    author = context.practitioners.get(f"practitioner:{row.get('practitioner_id')}") or row.get("author")
    at = row["at"].strftime("%d %b %Y %H:%M") if row.get("at") else ""
    return " · ".join(part for part in ("Clinical note", at, author, row.get("title")) if part)


def _body(context: Context, row: Row) -> str:
    return safe_html(row.get("content") or "") + paragraphs(new_lines(context, row))


def _plan_remarks(context: Context) -> None:
    """Alerts and remarks stand on the patient's row; they become one note per person, those of its own row first, undated as they are
    in the source."""
    if not is_sent(context.map, "Patient notes", "health"):
        return
    found: dict[str, list[str]] = defaultdict(list)
    for row in sorted(context.rows("patients"), key=lambda row: context.person_of.get(row["_key"]) != row["_key"]):
        person = context.person_of.get(row["_key"])
        if person:
            found[person] += [f"Alerts: {row['alerts']}"] if row.get("alerts") else []
            found[person] += [f"Remarks: {row['notes']}"] if row.get("notes") else []
    for person, lines in found.items():
        if lines:
            unique = list(dict.fromkeys(lines))
            add_notes(context, f"note:{person}", ["Patient notes", *unique], None, person=person, sources=context.made[person].sources)
