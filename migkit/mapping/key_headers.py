"""References that headers say outright: a column that is called just like another table's key, or that names another table."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from migkit.model.canonical import CanonicalField

from .evidence import Evidence, Roles, field_of
from .names import NameScores, is_mute, split_words
from .own_numbers import first_references, is_bare
from .structure import Column

SAME, OTHER, ELSEWHERE = 8.0, -8.0, -4.0
"""Log-odds that a header adds to what it says outright, to every other id, and to ids where it speaks of something else: `Clinic ID`."""
_FOUND = 0.5
"""Share of the values that must stand in the key."""
_PARTS = frozenset({"procedure", "treatment", "service", "item", "line", "detail"})
"""What rows that belong to another record are called: the number of one that stands in no other row is the row's own."""
_OTHERS = frozenset({"gp", "dr", "doctor", "physician", "guardian", "carer", "nok", "kin", "referrer", "specialist", "solicitor"})
"""Words of a header that name somebody else than the patient: a `GP Phone` is not theirs."""
_MANY = 5
"""Values of a column of which it is no chance that none stands in a key."""
_NEAR = 0.5
"""Share of a header's words that a field's name has, from which the header is not about something else."""


def what_headers_say(
    evidence: Evidence, roles: Roles, source: str, table: str, columns: Sequence[str], targets: Sequence[str], names: NameScores
) -> np.ndarray:
    """Return what the headers add to the log-odds of ids and references, columns by targets.

    `File No` in the receipts is the patient wherever patients are keyed by their `File No`, whatever else its values may fit. A bare `ID`
    is the row's own number, and no other record's, but the patient's where it repeats and nothing else is that. An id that is another
    table's key is no address: nobody lives at `Address_ID` 70.
    """
    specs = [field_of(evidence.schema, table, target) for target in targets]
    ids = np.array([spec.type == "id" for spec in specs])
    key = next((j for j, target in enumerate(targets) if (target,) == evidence.schema[table].key), None)
    about = [spec.ref or table if "." not in target or spec.ref else "" for spec, target in zip(specs, targets, strict=True)]
    refs = [targets.index(target) for target in first_references(evidence, table, targets)]
    parents = [j for j, spec in enumerate(specs) if spec.ref and spec.required]
    bare = [is_bare(evidence, column) for column in columns]
    said = np.zeros((len(columns), len(targets)))
    if key is not None:
        said[:, key] = _known_by(evidence, source, table, columns, names.exact[:, key])
    for i, column in enumerate(columns):
        j = next((j for j in refs if _is_key(evidence, roles, (source, column), about[j])), None)
        own = key is not None and names.exact[i, key] and not np.delete(names.exact[:, key], i).any()
        if j is not None and (about[j] == "patients" or not (own or bare[i])):
            only = _leaves_only_the_patient(bare, i, j, key, names) or _is_of_patients(
                evidence, roles, source, columns, i, names.exact[:, j]
            )
            is_vague = bare[i] and not only
            said[i, ids] = OTHER
            said[i, j] = 0.0 if is_vague else SAME
            if is_vague and key is not None:
                said[i, key] = 0.0
            continue
        if key is not None and names.exact[i, key] and bare[i]:
            said[i, ids] = OTHER
            said[i, key] = 0.0
            continue
        said[i, _contacts_of_others(evidence, source, table, column, specs)] = OTHER
        if bare[i]:
            said[i, [j for j in refs if _stands_nowhere(evidence, roles, (source, column), about[j])]] = ELSEWHERE
        for k in parents if _numbers_rows(evidence, source, column) else ():
            said[i, k] = 0.0 if evidence.table_names.says(column, about[k]) else OTHER
        another, known = _names_another(evidence, column), evidence.matcher.unknown(column) == 0.0 and not is_mute(column)
        for k in map(int, np.flatnonzero(ids)):
            if not about[k] or names.loose[i, k] or evidence.table_names.says(column, about[k]):
                continue
            if another:
                said[i, k] = OTHER
            elif known and names.covered[i, k] < _NEAR:
                said[i, k] = ELSEWHERE
    return said


def _known_by(evidence: Evidence, source: str, table: str, columns: Sequence[str], exact: np.ndarray) -> np.ndarray:
    """Return by column what other tables add to the log-odds of its being the key, by the headers under which they hold its values.

    Of `id` and `user_id` of practitioners the key is the one that stands under `practitioner_id` elsewhere. `exact`: 1 where a column is
    called like the key.
    """
    words = {table, table.removesuffix("s")}
    referring = [evidence.export.structure.referred_by((source, column)) for column in columns]
    called = np.array([any(not words.isdisjoint(split_words(name)) for _, name in held) for held in referring], dtype=bool)
    return np.where((exact > 0) & ~called & (called & (exact > 0)).any(), ELSEWHERE, 0.0)


def _is_of_patients(evidence: Evidence, roles: Roles, source: str, columns: Sequence[str], i: int, called: np.ndarray) -> bool:
    """Return whether the values of a bare `ID` are all patients', of whom some stand in several rows, and no other column is called so."""
    column = columns[i]
    keys = [key for key in roles.keys.get("patients", ()) if split_words(key[1]) == split_words(column)]
    if np.delete(called, i).any() or not any(evidence.stand_in((source, column), key) == 1.0 for key in keys):
        return False
    rows = evidence.export.raw.tables[source].frame[[*columns]].drop_duplicates()
    return bool(rows[column].dropna().duplicated().any())


def _is_id_of_another(evidence: Evidence, source: str, column: str) -> bool:
    """Return whether a column ends in *id* and holds the values of the column of this name in another table, where none stands twice."""
    words = split_words(column)
    if len(words) == 1 or words[-1] != "id":
        return False
    others = [
        (name, other) for name, table in evidence.export.raw.tables.items() if name != source for other in table.columns
        if split_words(other) == words and evidence.export.profiles[name, other].uniqueness == 1.0
    ]  # fmt: skip
    return any(evidence.stand_in((source, column), other) >= _FOUND for other in others)


def _numbers_rows(evidence: Evidence, source: str, column: str) -> bool:
    """Return whether a column is called as a number of parts (`ProcNum`), and every row has another one."""
    seen = evidence.export.profiles[source, column]
    return seen.filled > 1 and seen.uniqueness == 1.0 and not _PARTS.isdisjoint(evidence.matcher.lexicon.ideas(column))


def _contacts_of_others(evidence: Evidence, source: str, table: str, column: str, specs: Sequence[CanonicalField]) -> list[int]:
    """Return the contact fields that a column is none of: it names somebody else, or is an id: nobody lives at `Address_ID` 70."""
    contacts = [k for k, spec in enumerate(specs) if spec.sensitivity == "contact"]
    others = _OTHERS.intersection(split_words(column)) if table != "practitioners" else frozenset()
    if contacts and _is_id_of_another(evidence, source, column):
        return contacts
    return [k for k in contacts if not _speaks_of(others, specs[k])] if others else []


def _speaks_of(words: frozenset[str], spec: CanonicalField) -> bool:
    """Return whether a field is known by one of the words."""
    return any(not words.isdisjoint(split_words(spelling)) for spelling in (spec.name, *spec.synonyms))


def _stands_nowhere(evidence: Evidence, roles: Roles, column: Column, table: str) -> bool:
    """Return whether the export has such a table, and of a column's many values none is in its key: such a `Num` numbers the rows."""
    keys = [key for key in roles.keys.get(table, ()) if key[0] != column[0]]
    is_looked_at = bool(keys) and evidence.export.profiles[column].filled >= _MANY
    return is_looked_at and all(evidence.stand_in(column, key) == 0.0 for key in keys)


def _is_key(evidence: Evidence, roles: Roles, column: Column, table: str) -> bool:
    """Return whether a column has the header of the key of such a table, and its values."""
    if is_mute(column[1]):
        return False
    alike = [key for key in roles.keys.get(table, ()) if key[0] != column[0] and split_words(key[1]) == split_words(column[1])]
    return any(evidence.stand_in(column, key) >= _FOUND for key in alike)


def _leaves_only_the_patient(bare: Sequence[bool], i: int, patient: int, key: int | None, names: NameScores) -> bool:
    """Return whether other columns are called like the table's own key, in words of its own, and none like the patient: `Invoice No`."""
    others = [k for k in range(len(bare)) if k != i]
    is_numbered = key is not None and any(names.exact[k, key] and not bare[k] for k in others)
    return is_numbered and not any(names.exact[k, patient] for k in others)


def _names_another(evidence: Evidence, column: str) -> bool:
    """Return whether a header names a table; an account may be a patient's, a household's or a payer's."""
    return any(evidence.table_names.says(column, table) for table in evidence.schema.tables if table != "families")
