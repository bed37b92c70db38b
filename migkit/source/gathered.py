"""Fields that several columns or rows make: a note in four columns, each under its header; alerts of a patient, a row each."""

from __future__ import annotations

import html
import re
from collections.abc import Collection, Mapping, Sequence

import pandas as pd

from migkit.model.canonical import CanonicalSchema, CanonicalTable
from migkit.model.mapping import CUSTOM, ColumnMap, TableMap
from migkit.model.messages import Message
from migkit.model.outcomes import Outcome

from .carry import JOINED
from .contacts import EMAILS, PHONES, REMARKS
from .keys import normalise
from .log import Log
from .targets import Targets

_TAG = re.compile(r"</?[a-z][^<>]*>", re.IGNORECASE)
_BESIDE = ("full_name", "patient_name", "created_at", "modified_at", "booked_at")
"""Fields that say of a line whose or of when it is, and nothing of its record that the record does not say itself."""
_WHEN = ("created_at", "modified_at")
ADDRESS = ("address_line1", "address_line2", "suburb", "state", "postcode", "country")
_PHONES = ("mobile", "home_phone", "work_phone")
CONTACTS = frozenset({*ADDRESS, *_PHONES, "email"})
"""Fields of a patient that may stand in rows of a table of their own, also several of one kind."""
GATHERING = ("patients", "appointments")
"""Tables to whose records rows of other tables may be lines."""


def gathered_columns(table_map: TableMap, field: str, present: Collection[str]) -> list[ColumnMap]:
    """Return the columns of a source table that mean a field, in the map's order."""
    return [one for one in table_map.columns.values() if one.to == field and one.column in present]


def under_headers(parts: Mapping[str, pd.Series], kind: str) -> pd.Series:
    """Return by row the parts (header → typed text) that hold anything, each under its header; NA where none does.

    Parts of a note (`kind` html) are paragraphs, as markup where one of them is; those of any other text stand in one line.
    """
    headers = list(parts)
    rows = zip(*parts.values(), strict=True)
    texts = [_joined([(header, str(text)) for header, text in zip(headers, row, strict=True) if pd.notna(text)], kind) for row in rows]
    return pd.Series(texts, index=next(iter(parts.values())).index, dtype="string")


def _joined(parts: Sequence[tuple[str, str]], kind: str) -> str | None:
    if not parts:
        return None
    if kind != "html":
        return "; ".join(f"{header}: {' '.join(text.split())}" for header, text in parts)
    if not any(_TAG.search(text) for _, text in parts):
        return "\n\n".join(f"{header}: {text}" for header, text in parts)
    return "".join(f"<p>{html.escape(header)}:</p>{text if _TAG.search(text) else f'<p>{html.escape(text)}</p>'}" for header, text in parts)


def is_of_lines(table: TableMap, schema: CanonicalSchema) -> bool:
    """Return whether rows of a source table say nothing of a record but whose they are and what is gathered: each is a line of it."""
    spec = schema.tables.get(table.table or "")
    if spec is None or spec.name not in GATHERING:
        return False
    said = {column.to or CUSTOM for column in table.columns.values() if column.to or column.new_field}
    lines = {name for name in said if name in spec.fields and spec.fields[name].gathers}
    if spec.name == "patients" and not lines & said and spec.key[0] in said and said & CONTACTS:
        return said <= {*CONTACTS, spec.key[0], *_WHEN}
    return bool(lines) and spec.key[0] in said and said <= {*lines, spec.key[0], *_BESIDE}


def gather_lines(
    frame: pd.DataFrame, spec: CanonicalTable, files: Collection[str], earlier: Collection[str], targets: Targets, log: Log
) -> pd.DataFrame:
    """Return the typed rows, before keys, in which those of `files` are lines of their records, each line once.

    Such a row ends as folded into its record; where neither this export nor an earlier one (`earlier`: its ids) has it, the row waits.
    Nothing is a line where all rows would be, nor the first row that names a patient whom no other has.
    """
    if spec.name not in GATHERING or not files:
        return frame
    key = spec.key[0]
    is_line = frame["_file"].isin([file for file in files if _is_several(frame[frame["_file"].eq(file)], spec)])
    own = frame[~is_line]
    if own.empty or not is_line.any():
        return frame
    frame, rows_of = frame.copy(), _rows_of(own, key)
    names = [name for name in spec.fields if name.endswith("name") or name == "title"]
    for value, lines in frame[is_line].groupby(key, sort=False):
        rows = rows_of.get(str(value), [])
        if not rows and (str(value) in earlier or ("full_name" in lines and lines["full_name"].notna().any())):
            rows, lines = [int(lines.index[0])], lines.iloc[1:]
        for row in rows:
            for name in (one for one, field in spec.fields.items() if field.gathers):
                frame.at[row, name] = _lines(frame.at[row, name], lines[name])
            if spec.name == "patients":
                _fill_contacts(frame, row, lines)
            for name in (one for one in names if pd.isna(frame.at[row, one])):
                frame.at[row, name] = next(iter(lines[name].dropna()), pd.NA)
        if rows:
            record = f"{spec.prefix}:{frame.at[rows[0], key]}"
            reason = Message.of(JOINED, place=f"{frame.at[rows[0], '_file']}:{frame.at[rows[0], '_line']}")
        else:
            record = f"{spec.prefix}:{value}"
            reason = Message.of("missing-parent", key=record)
            targets.missing.setdefault(spec.name, set()).add(str(value))
        outcome = Outcome.FOLDED_INTO if rows else Outcome.HELD
        log.set_outcome(spec.name, lines, outcome, [reason] * len(lines), [record] * len(lines))
        frame = frame.drop(index=lines.index)
    return frame


def _is_several(lines: pd.DataFrame, spec: CanonicalTable) -> bool:
    """Return whether rows are lines whatever their number, or several stand for one record: one row of contacts for each patient is that
    patient's, and joined field by field."""
    gathered = [name for name, field in spec.fields.items() if field.gathers]
    return bool(lines[gathered].notna().any(axis=None)) or bool(lines[spec.key[0]].duplicated().any())


def _fill_contacts(frame: pd.DataFrame, row: int, lines: pd.DataFrame) -> None:
    """Fill (in place) what a patient's row lacks of phones, e-mail and address by the first of its lines that says it.

    What further ones say beyond that is a further phone or e-mail; a further address is a remark.
    """
    further: dict[str, list[str]] = {PHONES: [], EMAILS: [], REMARKS: []}
    for name in (*_PHONES, "email"):
        values = list(dict.fromkeys(lines[name].dropna()))
        if values and pd.isna(frame.at[row, name]):
            frame.at[row, name] = values.pop(0)
        further[EMAILS if name == "email" else PHONES] += [f"{name} {value}" for value in values if value != frame.at[row, name]]
    own = _address(frame.loc[row])
    for _, line in lines.iterrows():
        said = _address(line)
        if said and not own:
            for name in ADDRESS:
                frame.at[row, name] = line[name]
            own = said
        elif said and said != own:
            further[REMARKS].append(f"{ADDRESS[0]} {said}")
    for name, texts in further.items():
        known = [text for before in lines[name].dropna() for text in str(before).split("\n")]
        frame.at[row, name] = _lines(frame.at[row, name], pd.Series([*texts, *known], dtype="string"))


def _address(row: pd.Series) -> str:
    return ", ".join(str(row[name]).strip() for name in ADDRESS if pd.notna(row[name]))


def _rows_of(own: pd.DataFrame, key: str) -> dict[str, list[int]]:
    """Return id, or second number that one row alone has, → the rows of that record."""
    numbers = own["patient_number"].dropna() if "patient_number" in own else own[key][:0]
    found = {str(value): [int(row)] for row, value in numbers[~numbers.duplicated(keep=False)].items()}
    return found | {str(value): [int(row) for row in rows] for value, rows in own.groupby(key).groups.items()}


def _lines(before: object, added: pd.Series) -> str | None:
    """Return a text with further lines, none of which it has, whatever its spelling."""
    found = [str(before)] if pd.notna(before) else []
    known = {normalise(line) for text in found for line in [text, *text.split("\n")]}
    for text in added.dropna():
        if normalise(text) not in known:
            known.add(normalise(text))
            found.append(str(text))
    return "\n".join(found) or None
