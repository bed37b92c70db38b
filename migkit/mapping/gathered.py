"""Fields that several columns or rows make: the parts of a clinical note, alerts of a patient in rows of their own, notes of a booking."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from migkit.source import CONTACTS

from .evidence import Evidence, Roles
from .names import split_words
from .proposals import Candidate, ColumnProposal
from .reading import Reading

ALERTS = "alerts"
NOTES = "clinical_notes"
CONTENT = "content"
_TELLING = frozenset(
    {"subjective", "objective", "assessment", "presenting complaint", "chief complaint", "complaint", "complaints", "reason for visit"}
    | {"examination", "exam", "clinical examination", "findings", "clinical findings", "diagnosis", "diagnoses", "provisional diagnosis"}
    | {"treatment provided", "treatment done", "treatment given", "history of presenting complaint", "intraoral", "extraoral", "oe", "dx"}
)
"""Headers of parts of a clinical note, as nothing else has them."""
_PARTS = _TELLING | frozenset(
    {"plan", "treatment", "treatment plan", "tx plan", "tx", "rx", "hx", "pc", "history", "advice", "advice given", "prescription"}
    | {"prescriptions", "medication", "medications", "follow up", "next visit", "notes", "note", "comments", "procedure", "radiographs"}
)
_INITIALS = frozenset({"s", "o", "a", "p"})
_LEAST = 2
"""Parts from which they are parts."""
_WHOLE = 3
"""Telling parts from which a table is one of notes, whatever it looks like otherwise."""
NOTED = 0.85
"""Confidence of what is proposed so: a person looks at it."""
_ALERTS = frozenset({"alert", "allergy", "allergies", "warning", "warnings", "condition", "conditions", "flag", "flags", "caution"})
_OF_ALERTS = frozenset({"medical", "patient", "health", "drug", "dental", "clinical", "note", "notes", "known"})
_FLAGS = frozenset({"y", "n", "yes", "no", "true", "false", "0", "1", "-", "nil", "none", "x"})
"""Words of a column that only says whether there is an alert."""
_LINES = frozenset(
    {"notes", "remark", "remarks", "message", "memo", "service", "item", "procedure", "treatment", "task", "tasks", "instruction"}
    | {"instructions"}
)
"""Ideas of names and headers of what is said of a patient, and of a booking."""
_NUMBERS = frozenset({"id", "number", "key", "uuid", "guid"})
_COLUMNS = 8
"""Columns beyond which a row is a thing of its own: a log of procedures with teeth, fees and states."""
_LEFT = 5
"""Columns beside the ways to reach somebody from which it is another table: kinds, flags, when it was entered."""
_PARTICULARS = frozenset({"first_name", "last_name", "full_name", "birth_date", "gender", "status", "balance", "alerts"})
_PLACE = frozenset({"suburb", "state", "postcode", "country"})
"""Parts of an address by which alone nobody is reached: the `Code` of a charge is no way to a patient."""
_FOUND = 0.8
"""Share of the rows that must name a record which the export has."""


def parts_of_note(evidence: Evidence, source: str, columns: Iterable[str]) -> list[str]:
    """Return the columns that are parts of a clinical note, in their order; [] where there are no two of them."""
    spoken = {column: " ".join(split_words(column)) for column in columns}
    initials = set(spoken.values()) >= _INITIALS
    parts = [one for one, words in spoken.items() if words in _PARTS or (initials and words in _INITIALS)]
    told = [one for one in parts if initials or spoken[one] in _TELLING]
    frame = evidence.export.raw.tables[source].frame
    written = [one for one in parts if _is_prose(frame[one])]
    return written if len(told) >= _LEAST and len(written) >= _LEAST else []


def is_of_notes(evidence: Evidence, source: str) -> bool:
    """Return whether a table's headers are those of the parts of a clinical note and nothing else."""
    columns = evidence.export.raw.tables[source].columns
    return sum(" ".join(split_words(one)) in _TELLING for one in parts_of_note(evidence, source, columns)) >= _WHOLE


def alerts_beside(evidence: Evidence, source: str, columns: Iterable[str]) -> list[str]:
    """Return the columns of a list of patients that are called as alerts, where there are several: `Medical Alert` beside `Allergies`."""
    frame, found = evidence.export.raw.tables[source].frame, []
    for column in columns:
        ideas, said = set(evidence.matcher.lexicon.ideas(column)), set(frame[column].dropna().str.strip().str.casefold())
        if ideas & _ALERTS and ideas <= _ALERTS | _OF_ALERTS and said - _FLAGS:
            found.append(column)
    return found if len(found) > 1 else []


def named_by_description(columns: Mapping[str, ColumnProposal]) -> str:
    """Return the column of products that is taken for their description where none is their name, "" where one is."""
    chosen = {one.choice: name for name, one in columns.items() if one.choice}
    return "" if "name" in chosen else chosen.get("description", "")


def _is_prose(values: pd.Series) -> bool:
    said = values.dropna()
    return bool(len(said)) and bool(said.str.contains(r"[^\W\d_]{2}").mean() > 1 / 2)


@dataclass(frozen=True)
class Lines:
    """A source table whose rows are lines of other tables' records."""

    table: str
    targets: Mapping[str, str]
    """Column → field of that table; the others say nothing of it."""
    evidence: str


def find_lines(evidence: Evidence, source: str, roles: Roles) -> Lines | None:
    """Return whose records the rows of a source table are lines of: alerts and allergies of patients, notes and services of bookings.

    None where no column names such a record, nothing says that the rest is about it, or the rest says more than a line does.
    """
    if len(evidence.export.raw.tables[source].columns) > _COLUMNS:
        return None
    ideas = {one: frozenset(evidence.matcher.lexicon.ideas(one)) for one in evidence.export.raw.tables[source].columns}
    known = [evidence.table_names.read(name) for name in evidence.export.raw.tables[source].names]
    called = {idea for name in known for idea in (name.noun, *name.described)}
    for owner, field, spoken in (("appointments", "notes", _LINES), ("patients", "alerts", _ALERTS)):
        key = next(_keys(evidence, source, owner, ideas, roles), "")
        rest = [one for one in ideas if one != key and not _is_number(evidence, ideas[one], owner)]  # `Sort Order`, `Note ID`
        names = [one for one in rest if owner == "patients" and _is_name(evidence, one, ideas[one])]
        lines = [one for one in rest if one not in names and evidence.export.profiles[source, one].filled]
        if key and lines and (called & spoken or any(ideas[one] & spoken for one in lines)):
            targets = {key: evidence.schema[owner].key[0]} | dict.fromkeys(lines, field) | dict.fromkeys(names[:1], "full_name")
            return Lines(owner, targets, f"each row is a line of the {field} of one of the {owner}")
    return None


def find_contacts(evidence: Evidence, source: str, roles: Roles, patients: Reading) -> Lines | None:
    """Return that the rows of a source table are phones, e-mails or addresses of patients whom another table has, a row each.

    `patients`: the table read as one of patients. None where no column names a patient, or where others say who they are.
    """
    columns = evidence.export.raw.tables[source].columns
    ideas = {one: frozenset(evidence.matcher.lexicon.ideas(one)) for one in columns}
    key = next(_keys(evidence, source, "patients", ideas, roles), "")
    said = {patients.columns[i]: patients.targets[j] for i, j in patients.chosen.items() if patients.columns[i] != key}
    found = {column: target for column, target in said.items() if target in CONTACTS and evidence.export.profiles[source, column].filled}
    if not key or not set(found.values()) - _PLACE or len(columns) > _COLUMNS + len(CONTACTS):
        return None
    rest = [one for one in columns if one != key and one not in found and not _is_number(evidence, ideas[one], "patients")]
    if any(patients.names.exact[patients.columns.index(one)].any() and said.get(one) in _PARTICULARS for one in rest):
        return None
    if len(rest) > _LEFT:
        return None
    return Lines("patients", {key: evidence.schema["patients"].key[0], **found}, "each row is a way to reach one of the patients")


def _keys(evidence: Evidence, source: str, owner: str, ideas: Mapping[str, frozenset[str]], roles: Roles) -> Iterator[str]:
    """Yield the columns that name records of a table: called so, and found among its ids."""
    ids: set[str] = set()
    for table, column in roles.keys.get(owner, ()):
        if table != source:
            ids.update(evidence.export.raw.tables[table].frame[column].dropna().str.strip())
    frame = evidence.export.raw.tables[source].frame
    for column in frame.columns.intersection(list(ideas)):
        values = frame[column].str.strip()
        called = evidence.table_names.says(column, owner) or any(column == name for _, name in roles.keys.get(owner, ()))
        if ids and called and values.isin(ids).mean() >= _FOUND:
            yield str(column)


def _is_number(evidence: Evidence, ideas: frozenset[str], owner: str) -> bool:
    """Return whether a header is that of a number: the row's own, or the patient's beside a booking's."""
    words = _ALERTS | _LINES | {"patient", "order", "line"} | evidence.table_names.nouns(owner)
    return bool(ideas & (_NUMBERS | {"order"})) and ideas <= _NUMBERS | words


def _is_name(evidence: Evidence, header: str, ideas: frozenset[str]) -> bool:
    return evidence.table_names.says(header, "patients") and not ideas & _NUMBERS


def with_choice(column: ColumnProposal, target: str | None, why: str) -> ColumnProposal:
    """Return a column that means a field because of what it is part of; None: nothing."""
    if target is None:
        return column
    others: Sequence[Candidate] = [one for one in column.candidates if one.target != target]
    candidates = (Candidate(target, NOTED, (why,)), *others)
    return ColumnProposal(column.column, target, NOTED, candidates[:5], column.profile, column.new_field)
