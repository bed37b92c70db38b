"""Clinical notes → Notes: original date, author and date in the header, HTML made safe, split where too long."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from migkit.model.messages import Message
from migkit.model.records import DesiredRecord

from .activities import add_html_note, add_notes
from .context import Context
from .deals import Deals
from .people import Persons
from .policies import is_table_sent
from .rows import Row
from .text import paragraphs, safe_html


def plan_notes(context: Context, persons: Persons, deals: Deals) -> None:
    """Add the clinical notes, each or folded per patient and year, and one note per person with the patients' own remarks."""
    folded: dict[tuple[str, int], list[Row]] = defaultdict(list)
    is_sent = is_table_sent(context.map["privacy"], "clinical_notes") and context.write.sends_text("clinical_note")
    for row in context.rows("clinical_notes"):
        if not is_sent:
            context.book.exclude(row, Message.of("private-left-out", table="clinical notes"))
            continue
        person = persons.required(row)
        if person is None:
            continue
        if not row.get("content") and not row.get("title"):
            context.note_problem("no-note-text", "clinical_notes", row["_key"])
            context.book.exclude(row, Message.of("empty-note"))
        elif context.policies["clinical_notes"] == "per_patient_year" and row.get("at"):
            folded[person, row["at"].year].append(row)
        elif not context.take_over(row, row["_key"]):
            _plan_note(context, row, persons, persons.records[person], deals.of_treatment_plan(row.get("plan_id")))
    for (person, year), rows in folded.items():
        _plan_year(context, persons, persons.records[person], year, rows)
    _plan_remarks(context, persons)


def _plan_note(context: Context, row: Row, persons: Persons, person: DesiredRecord, deal: DesiredRecord | None) -> None:
    add_html_note(
        context,
        row["_key"],
        _body(context, row),
        row.get("at"),
        header=_header(context, row),
        links={"person_id": person.key, "deal_id": deal.key if deal else None},
        owner=context.owner(row.get("practitioner_id"), person.owner),
        sources=[row["_key"]],
        wave=persons.wave(person, current=False, parents=[deal]),
    )
    context.book.own(row, row["_key"])


def _plan_year(context: Context, persons: Persons, person: DesiredRecord, year: int, rows: Sequence[Row]) -> None:
    rows = sorted(rows, key=lambda row: (row["at"], row["_key"]))
    key = f"note:{person.key}/{year}"
    content = "".join(paragraphs([f"{_header(context, row)} ({row['_key']})"]) + _body(context, row) for row in rows)
    add_html_note(
        context,
        key,
        content,
        rows[-1]["at"],
        header=f"Clinical notes of {year}",
        links={"person_id": person.key},
        sources=[row["_key"] for row in rows],
        wave=persons.wave(person, current=False),
    )
    for row in rows:
        context.book.fold(row, key, Message.of("notes-by-year"))


def _header(context: Context, row: Row) -> str:
    author = context.practitioners.get(f"practitioner:{row.get('practitioner_id')}") or row.get("author")
    return " · ".join(part for part in ("Clinical note", context.write.line("clinical_note_head", row, author=author)) if part)


def _body(context: Context, row: Row) -> str:
    return safe_html(context.write.line("clinical_note", row)) + paragraphs(context.write.new_lines(row))


def _plan_remarks(context: Context, persons: Persons) -> None:
    """Alerts and remarks stand on the patient's row; they become one note per person, those of its own row first, undated as they are
    in the source."""
    found: dict[str, list[str]] = defaultdict(list)
    for row in sorted(context.rows("patients"), key=lambda row: persons.of_patient.get(row["_key"]) != row["_key"]):
        if key := persons.of_patient.get(row["_key"]):
            found[key] += context.write.parts("patient_notes", row)
    for key, lines in found.items():
        if lines:
            person = persons.records[key]
            text = ["Patient notes", *dict.fromkeys(lines)]
            wave = persons.wave(person, current=False)
            add_notes(context, f"note:{key}", text, None, links={"person_id": key}, sources=person.sources, wave=wave)
