"""Attached files and their index: which row is which file, whose file is it where no row says.

A file without an index row belongs to the record that its path names: a part of the path `patient 12`, `patient_12`, `pat-12`,
`INV-1001` or `invoice 1001` (the id of a patient or an invoice that the export has), or a folder or the beginning of the
file's name that is exactly a patient's id or patient number (`12/xray.jpg`, `12_xray.jpg`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

import pandas as pd

from migkit.model.canonical import CanonicalSchema
from migkit.model.tables import RawExport

from .keys import give_keys
from .log import Log
from .sources import empty_frame

_PATIENT = re.compile(r"(?:patient|pat|pt)[\s_#-]*([a-z]?\d+)(?![a-z0-9])", re.IGNORECASE)
_INVOICE = re.compile(r"(?:invoice|inv)[\s_#-]*([a-z]*-?\d+)(?![a-z0-9])", re.IGNORECASE)


def complete_attachments(frames: dict[str, pd.DataFrame], raw: RawExport, schema: CanonicalSchema, log: Log) -> None:
    """Point index rows at the files of the export, and add rows (`_synthetic`) for files that no index row names."""
    spec = schema["attachments"]
    index = frames.get("attachments", empty_frame(spec)).copy()
    files = [str(path) for path in raw.attachments["path"]]
    if not files and index.empty:
        return
    found = _locate(index, files)
    index.loc[found.index, "path"] = found.astype("string")
    bare = index[~index.index.isin(found.index) & index["url"].isna()]
    log.find("attachment-file-missing", "attachments", bare["_key"])
    named = set(found)
    loose = [path for path in files if path not in named]
    ids = _ids(frames)
    owners = {path: owner for path in loose if (owner := _owner(path, ids))}
    nobody = [path for path in loose if path not in owners]
    log.find("attachment-without-owner", "attachments", [f"file {position + 1}" for position in range(len(nobody))])
    if owners:
        made = empty_frame(spec, len(owners), int(index.index.max()) + 1 if len(index) else 0)
        made["path"] = pd.array(list(owners), dtype="string")
        made["file_name"] = pd.array([PurePosixPath(path).name for path in owners], dtype="string")
        made["patient_id"] = pd.array([patient for patient, _ in owners.values()], dtype="string")
        made["invoice_id"] = pd.array([invoice for _, invoice in owners.values()], dtype="string")
        made["_file"], made["_line"] = made["path"], 1
        made["_synthetic"] = pd.array([True] * len(made), dtype="boolean")
        made = give_keys(made, spec)
        log.place("attachments", made)
        index = pd.concat([index, made]) if len(index) else made
    frames["attachments"] = index


def _locate(index: pd.DataFrame, files: list[str]) -> pd.Series:
    """Return index row → path in the export, by whole path, by its end, then by a file name that only one file has."""
    whole = {path.casefold(): path for path in files}
    by_name: dict[str, list[str]] = {}
    for path in files:
        by_name.setdefault(PurePosixPath(path).name.casefold(), []).append(path)
    found = {}
    for row, given, name in zip(index.index, index["path"], index["file_name"], strict=True):
        for text in (_joined(given, name), _text(given), _text(name)):
            plain = text.replace("\\", "/").lstrip("./").casefold()
            same_name = by_name.get(PurePosixPath(plain).name, [])
            ends = [path for path in same_name if path.casefold().endswith("/" + plain) or plain.endswith("/" + path.casefold())]
            hit = whole.get(plain) or (ends[0] if len(ends) == 1 else None) or (same_name[0] if len(same_name) == 1 else None)
            if plain and hit:
                found[row] = hit
                break
    return pd.Series(found, dtype="string")


def _joined(folder: object, name: object) -> str:
    return f"{_text(folder).rstrip('/')}/{_text(name)}" if _text(folder) and _text(name) else ""


def _text(value: object) -> str:
    return "" if value is None or pd.isna(value) else str(value)


@dataclass(frozen=True)
class _Ids:
    """What a path may name."""

    patients: Mapping[str, str]
    """Patient id or patient number → patient id."""
    invoices: Mapping[str, tuple[str, str | None]]
    """Invoice id in lower case → (invoice id, its patient's id)."""


def _ids(frames: Mapping[str, pd.DataFrame]) -> _Ids:
    patients, invoices = {}, {}
    if "patients" in frames:
        ids = [str(one) for one in frames["patients"]["patient_id"]]
        patients = dict(zip(map(_text, frames["patients"]["patient_number"]), ids, strict=True)) | dict(zip(ids, ids, strict=True))
        patients.pop("", None)
    if "invoices" in frames:
        bills = zip(frames["invoices"]["invoice_id"], frames["invoices"]["patient_id"], strict=True)
        invoices = {str(one).casefold(): (str(one), _text(patient) or None) for one, patient in bills}
    return _Ids(patients, invoices)


def _owner(path: str, ids: _Ids) -> tuple[str | None, str | None] | None:
    """Return (patient id, invoice id) that a path names, None where it names none that exists."""
    for match in _INVOICE.finditer(path):
        for spelling in (match[0].casefold(), match[1].casefold(), f"inv-{match[1]}".casefold()):
            if spelling in ids.invoices:
                invoice, patient = ids.invoices[spelling]
                return patient, invoice
    parts = PurePosixPath(path).parts
    starts = [*parts[:-1], *re.split(r"[_\s.-]", parts[-1])[:1]]
    named = (*(match[1] for match in _PATIENT.finditer(path)), *starts)
    return next(((ids.patients[one], None) for one in named if one in ids.patients), None)
