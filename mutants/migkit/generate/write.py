"""Write one export folder: tables, attachments, file times; and the documents of truth beside it."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any

from .damage import Damage, spoil
from .flaws import ROW_RATES
from .layouts import lay_out
from .papers import FOLDER, file_bytes
from .practice import Practice
from .sheets import Sheet


def write_export(folder: Path, practice: Practice, style: str, seed: int, *, damage: bool, missing_patients: bool) -> Damage:
    """Write an export as it would be received on the practice's day and return its flaws, lines known."""
    sheets = lay_out(practice, style, damage)
    done = spoil(practice, sheets, seed, missing_patients=missing_patients) if damage else Damage(practice, sheets, seed)
    if missing_patients and not damage:
        done.lose_patients()
    unwritten = _split_from_index(done, sheets) if damage else set()
    done.note_shape()
    for sheet in sheets:
        sheet.write(folder)
    _write_files(folder, practice, unwritten)
    at = datetime.combine(practice.as_of, time(12), UTC).timestamp()
    for path in sorted(folder.rglob("*")):
        os.utime(path, (at, at))
    return done


def _split_from_index(damage: Damage, sheets: list[Sheet]) -> set[str]:
    """Take some files out of the index and leave some entries without their file; return the paths not to be written."""
    unwritten = set()
    for sheet in (s for s in sheets if s.table == "attachments"):
        place = sheet.fields.index("path")
        rows = [(sheet, row) for row in sheet.data()]
        unlisted = damage.choose("file-without-entry", ROW_RATES["file-without-entry"], rows)
        for _, row in unlisted:
            sheet.rows.remove(row)
            damage.note("file-without-entry", "absent", sheet, None, key=row.key, name="path", before=row.cells[place])
        for _, row in damage.choose("entry-without-file", ROW_RATES["entry-without-file"], [(sheet, row) for row in sheet.data()]):
            unwritten.add(row.cells[place])
            damage.note("entry-without-file", "found", sheet, row, name="path", before=row.cells[place])
    return unwritten


def _write_files(folder: Path, practice: Practice, unwritten: set[str]) -> None:
    invoices, lines = practice.index("invoices"), practice.grouped("invoice_lines", "invoice_id")
    for name in {Path(a["path"]).parent for a in practice["attachments"]} | {Path(FOLDER)}:
        (folder / name).mkdir(parents=True, exist_ok=True)
    for attachment in practice["attachments"]:
        if attachment["path"] not in unwritten:
            (folder / attachment["path"]).write_bytes(file_bytes(attachment, invoices, lines))


def write_json(path: Path, document: Any) -> None:
    """Write a JSON document, keys in the order in which they were put; without line breaks, which cost most of the time."""
    path.write_text(json.dumps(document, ensure_ascii=False) + "\n", encoding="utf-8")
