"""Attachments → Files: linked to the person, and to the deal of the invoice that they belong to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from pathlib import PurePosixPath

from migkit.model.messages import Message
from migkit.model.objects import ObjectType
from migkit.model.records import DesiredRecord

from .activities import add_notes
from .context import Context
from .deals import Deals
from .people import Persons
from .policies import is_table_sent
from .rows import Row
from .text import SHORT_CHARS, short


def plan_files(context: Context, persons: Persons, deals: Deals) -> None:
    """Add one file per attachment row whose file is in the export."""
    digests = dict(zip(context.tables.attachments["path"], context.tables.attachments["sha256"], strict=True))
    by_name: dict[str, list[str]] = defaultdict(list)
    for path in digests:
        by_name[PurePosixPath(path).name.casefold()].append(path)
    patient_of_note = {row["note_id"]: person for row in context.rows("clinical_notes") if (person := persons.of(row))}
    used = set()
    for row in context.rows("attachments"):
        path = _path(row, digests, by_name)
        used.add(path)
        if not is_table_sent(context.map["privacy"], "attachments"):
            context.book.exclude(row, Message.of("private-left-out", table="attachments"))
        elif persons.wait(row, ("patient_id", "patients"), ("invoice_id", "invoices")):
            continue
        elif path is None:
            context.note_problem("file-missing", "attachments", row["_key"])
            context.book.hold(row, Message.of("file-missing"))
        else:
            deal = deals.records.get(deals.of_invoice.get(row.get("invoice_id") or "", ""))
            person = (
                persons.of(row)
                or patient_of_note.get(row.get("note_id") or "")
                or (persons.records[deal.links["person_id"]] if deal else None)
            )
            if person is None:
                context.note_problem("no-patient", "attachments", row["_key"])
                context.book.hold(row, Message.of("no-holder"))
            else:
                _plan_file(context, row, path, digests[path], persons, person, deal)
    for number in range(1, len(set(digests) - used) + 1):  # by number: the name of a file may name a patient
        context.note_problem("file-not-indexed", "attachments", f"file {number}")


def named(row: Row, path: str) -> str:
    """Return the name under which a file is uploaded: `26 (OPG, 2026-07-09) [attachment-12].png`.

    Category, original day and key stay visible, also in a downloaded copy: files take no other fields.
    """
    name = PurePosixPath((row.get("file_name") or path).replace("\\", "/"))
    facts = [row.get("category") or "", row["created_at"].date().isoformat() if row.get("created_at") else ""]
    about = ", ".join(fact for fact in facts if fact)
    end = f"{f' ({short(about, 60)})' if about else ''} {_external_id(row)}{name.suffix}"
    return short(name.stem, SHORT_CHARS - len(end)) + end


def _plan_file(
    context: Context, row: Row, path: str, digest: str, persons: Persons, person: DesiredRecord, deal: DesiredRecord | None
) -> None:
    fields = context.write.fields(ObjectType.FILE, row, path=path, sha256=digest, file_name=named(row, path))
    links = {"person_id": person.key, "deal_id": deal.key if deal else None}
    wave = persons.wave(person, current=False, parents=[deal])
    file = context.add(row["_key"], ObjectType.FILE, fields, links=links, wave=wave, sources=[row["_key"]], external_id=_external_id(row))
    said = [*context.write.parts("file_notes", row), *context.write.new_lines(row)]
    if said:
        lines = [*context.write.parts("file_head", None, file_name=file.fields["file_name"]), *said]
        add_notes(context, f"note:{file.key}", lines, row.get("created_at"), links=links, sources=[file.key], wave=wave)
    context.book.own(row, file.key)


def _external_id(row: Row) -> str:
    return f"[{row['_key'].replace(':', '-')}]"


def _path(row: Row, digests: Mapping[str, str], by_name: Mapping[str, list[str]]) -> str | None:
    """Return the file that a row means: by its path, else by its name where only one file has it."""
    for column in ("path", "file_name"):
        written = (row.get(column) or "").replace("\\", "/").lstrip("./")
        if written in digests:
            return written
    for column in ("path", "file_name"):
        written = (row.get(column) or "").replace("\\", "/")
        if not written:
            continue
        ending = [path for path in digests if path.casefold().endswith("/" + written.strip("/").casefold())] if "/" in written else []
        found = ending or by_name.get(PurePosixPath(written).name.casefold(), [])
        if len(found) == 1:
            return found[0]
    return None
