"""Attachments → Files: linked to the person, and to the deal of the invoice that they belong to."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
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
    """Add one file per attachment row whose file is in the export, or one ZIP a patient and year, as the policy `attachments` says."""
    files = context.attachments
    paths, hashes, bytes_of = (files[name].tolist() for name in ("path", "sha256", "size"))
    digests, sizes = dict(zip(paths, hashes, strict=True)), dict(zip(paths, bytes_of, strict=True))
    by_name: dict[str, list[str]] = defaultdict(list)
    for path in digests:
        by_name[PurePosixPath(path).name.casefold()].append(path)
    patient_of_note = {row["note_id"]: person for row in context.rows("clinical_notes") if (person := persons.of(row))}
    used, held = set(), []
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
                held.append(_Held(row, path, digests[path], int(sizes[path]), person, deal))
    for together in _bundles(held) if context.policies["attachments"] == "zip_per_patient_year" else [[one] for one in held]:
        _plan_file(context, persons, together)
    for number in range(1, len(set(digests) - used) + 1):  # by number: the name of a file may name a patient
        context.note_problem("file-not-indexed", "attachments", f"file {number}")


BUNDLE_BYTES = 40 * 1024 * 1024
"""What the files of one ZIP come to at most: no source names the limit of an upload, 50 MB are known to pass."""


@dataclass(frozen=True)
class _Held:
    """An attachment whose file is there and whose holder is known."""

    row: Row
    path: str
    digest: str
    size: int
    person: DesiredRecord
    deal: DesiredRecord | None

    @property
    def year(self) -> str:
        at = self.row.get("created_at")
        return str(at.year) if at else "undated"


def _bundles(held: Sequence[_Held]) -> list[list[_Held]]:
    """Return what goes together: the files of one patient, deal and year, in the order of their rows, as far as they fit into one ZIP."""
    grouped: dict[tuple[str, str, str], list[list[_Held]]] = {}
    for one in held:
        parts = grouped.setdefault((one.person.key, one.deal.key if one.deal else "", one.year), [[]])
        if parts[-1] and sum(other.size for other in parts[-1]) + one.size > BUNDLE_BYTES:
            parts.append([])
        parts[-1].append(one)
    return [part for parts in grouped.values() for part in parts]


def named(row: Row, path: str) -> str:
    """Return the name under which a file is uploaded: `26 (OPG, 2026-07-09) [attachment-12].png`.

    Category, original day and key stay visible, also in a downloaded copy: files take no other fields.
    """
    name = PurePosixPath((row.get("file_name") or path).replace("\\", "/"))
    facts = [row.get("category") or "", row["created_at"].date().isoformat() if row.get("created_at") else ""]
    about = ", ".join(fact for fact in facts if fact)
    end = f"{f' ({short(about, 60)})' if about else ''} {_external_id(row)}{name.suffix}"
    return short(name.stem, SHORT_CHARS - len(end)) + end


def _plan_file(context: Context, persons: Persons, together: Sequence[_Held]) -> None:
    """Add one upload: a file as it is, or a ZIP of several."""
    first = together[0]
    rows = [one.row for one in together]
    links = {"person_id": first.person.key, "deal_id": first.deal.key if first.deal else None}
    wave = persons.wave(first.person, current=False, parents=[first.deal])
    if len(together) == 1:
        key, external_id = first.row["_key"], _external_id(first.row)
        fields = context.write.fields(
            ObjectType.FILE, first.row, path=first.path, sha256=first.digest, file_name=named(first.row, first.path)
        )
    else:
        key = f"files:{first.row['_key']}"  # by its first row: which one that is does not hang on what comes later
        external_id = f"[{key.replace(':', '-')}]"
        members = [[one.digest, named(one.row, one.path)] for one in together]
        name = f"Files {first.year} ({len(together)}) {external_id}.zip"
        fields = context.write.fields(ObjectType.FILE, None, path=name, sha256=digest_of(members), file_name=name)
        fields["members"] = members
    file = context.add(key, ObjectType.FILE, fields, links=links, wave=wave, sources=[row["_key"] for row in rows], external_id=external_id)
    said = [[*context.write.parts("file_notes", row), *context.write.new_lines(row)] for row in rows]
    lines = [
        line
        for one, words in zip(together, said, strict=True)
        if words
        for line in (*context.write.parts("file_head", None, file_name=named(one.row, one.path)), *words)
    ]
    if lines:
        add_notes(context, f"note:{file.key}", lines, first.row.get("created_at"), links=links, sources=[file.key], wave=wave)
    for row in rows:
        context.book.own(row, file.key)


def digest_of(members: Sequence[Sequence[str]]) -> str:
    """Return what tells one ZIP from another: the digests of its files and their names in it."""
    return hashlib.sha256("\n".join(f"{digest} {name}" for digest, name in members).encode()).hexdigest()


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
