"""Write one export folder: tables, attachments, file times; and the documents of truth beside it, part by part."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time
from pathlib import Path
from types import TracebackType
from typing import Any

from .damage import Damage, spoil
from .flaws import ROW_RATES
from .layouts import lay_out
from .papers import FOLDER, file_bytes
from .practice import Practice
from .sheets import Sheet


@dataclass(frozen=True)
class Written:
    """What was written into one export; its rows are gone."""

    fields: dict[str, list[str]]
    """Canonical table → canonical fields that some file of it has a column for."""
    flaws: dict[str, Any]
    """As `damage.json` has them: how many of each kind, and each with its file and line."""


def write_export(folder: Path, practice: Practice, style: str, seed: int, *, damage: bool, missing_patients: bool) -> Written:
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
    fields: dict[str, list[str]] = {}
    for sheet in sheets:
        fields[sheet.table] = sorted({*fields.get(sheet.table, []), *sheet.fields})
    return Written(fields, {"counts": done.counts(), "flaws": [flaw.plain() for flaw in done.flaws]})


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


class Document:
    """A JSON object that is written part by part, keys in the order in which they are put: none is held for longer than that takes.

    Without line breaks, which cost most of the time.
    """

    def __init__(self, path: Path) -> None:
        self._file = path.open("w", encoding="utf-8")
        self._before = "{"

    def put(self, parts: Mapping[str, Any]) -> None:
        """Write further keys."""
        for name, value in parts.items():
            self._file.write(f"{self._before}{_encode(name)}: ")
            self._file.writelines(_pieces(value, 3))
            self._before = ", "

    def __enter__(self) -> Document:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._file.write("}\n")
        self._file.close()


_encode = json.JSONEncoder(ensure_ascii=False).encode


def _pieces(value: Any, depth: int) -> Iterator[str]:
    """Yield a value as JSON, record by record: as one text it takes more memory than all that it tells of."""
    if not value or not depth or not isinstance(value, dict | list):
        yield _encode(value)
        return
    opening, closing = "{}" if isinstance(value, dict) else "[]"
    for name in value:
        yield opening
        opening = ", "
        if isinstance(value, dict):
            yield f"{_encode(name)}: "
        yield from _pieces(value[name] if isinstance(value, dict) else name, depth - 1)
    yield closing
