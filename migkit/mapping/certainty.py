"""What keeps an answer from being certain, whatever its header says: references that lead nowhere, names of nobody, and the like."""

from __future__ import annotations

import numpy as np

from migkit.model.canonical import CanonicalField

from .evidence import FEATURES, Evidence, Roles, field_of
from .names import squeeze
from .people_names import NAMED, are_nobodys
from .reading import Reading
from .row_numbers import are_by_chance, rows_given
from .shapes import CODES, Profile

MOST = 0.85
"""The most that an answer is stated at against which something speaks: it is looked at."""
_MANY = 5
"""Values of a column of which it is no chance that none stands in a key."""
_TWO, _FEW = 2, 12
"""How many different codes a column has that may be a field's."""
CALLED = 0.5
"""What a column is stated at that is called just like a field, and of which nothing else says so: of ten such, eight were that."""
_CANNOT, _SPEAKS = 1e-3, 0.5
"""Share below which a column cannot be what it is called like, and how much its values must speak against it for that."""
_MOSTLY = 0.8
"""Share of the values that must look like codes."""
_HALF = 0.4
"""Share of what a header says that a field's name says too, from which it speaks of that field: `interval_months` of the interval."""


def what_is_against(evidence: Evidence, reading: Reading, roles: Roles, i: int, chosen: int) -> str:
    """Return why column `i` may not be the target that was `chosen` for it, "" where nothing says so."""
    target, column = reading.targets[chosen], (reading.source, reading.columns[i])
    spec = field_of(evidence.schema, reading.table, target)
    keys = [key for key in roles.keys.get(str(spec.ref), ()) if key != column]
    filled = evidence.export.profiles[column].filled
    if keys and filled >= _MANY and spec.type == "id" and not any(evidence.stand_in(column, key) for key in keys):
        return f"but none of its values is an id of {spec.ref}"
    if spec.ref == "practitioners" and are_by_chance(evidence, roles, column, spec.ref):
        return f"but its name speaks of somebody else, and numbers so small stand among the ids of {spec.ref} by chance"
    if (spec.type == "item_code" or (spec.ref and not keys)) and (rows := rows_given(evidence, column)):
        return rows.said()
    if senses := _in_two_senses(evidence, column[1], evidence.export.profiles[column], spec):
        return f"but it can mean {senses}, and its values do not tell which"
    people = NAMED.get(spec.name)
    listed = roles.names.get(str(people)) or (roles.staff if people == "practitioners" else None)
    if people and not reading.names.loose[i, chosen] and are_nobodys(evidence, listed, column):
        return f"but none of its names is among the {people}"
    return ""


def code_elsewhere(evidence: Evidence, reading: Reading, i: int) -> tuple[int, str] | None:
    """Return the field and why of a column for which nothing was chosen, where it gives by number the rows that have that field."""
    taken = {reading.targets[j] for j in reading.chosen.values()}
    for j, target in enumerate(reading.targets):
        spec = field_of(evidence.schema, reading.table, target)
        if spec.type == "item_code" and target not in taken:
            rows = rows_given(evidence, (reading.source, reading.columns[i]))
            return (j, rows.said()) if rows and rows.named and rows.code else None
    return None


def called_like(evidence: Evidence, reading: Reading) -> dict[int, int]:
    """Return column → field for columns that are called just like a field of the table, which no other column is, and are no other one.

    What is asked about may be left out; what has no home is left out unseen. Ids are none of these: they would put a row on another person;
    nor is what the values speak against, a name of two senses, or what was left out before.
    """
    found: dict[int, int] = {}
    profiles = [evidence.export.profiles[reading.source, column] for column in reading.columns]
    against, remembered = (reading.features[:, :, FEATURES.index(name)] for name in ("against", "remembered"))
    for j, target in enumerate(reading.targets):
        spec = field_of(evidence.schema, reading.table, target)
        if "." in target or spec.type == "id":
            continue
        may_be = (reading.names.exact[:, j] > 0) & (reading.shares[:, j] > _CANNOT) & (remembered[:, j] >= 0)
        may_be &= (against[:, j] < _SPEAKS) | bool(spec.values)
        holder = next((i for i, taken in reading.chosen.items() if taken == j), None)
        free = [holder] if holder is not None else [i for i in range(len(may_be)) if i not in reading.chosen and i not in found]
        if called := [i for i in free if may_be[i] and not _in_two_senses(evidence, reading.columns[i], profiles[i], spec)]:
            found[max(called, key=lambda i: reading.shares[i, j])] = j
    return found


def _in_two_senses(evidence: Evidence, header: str, seen: Profile, spec: CanonicalField) -> str:
    """Return the senses of a header that has two, "" for one that has not, or where only those that are of such a field fit its values."""
    senses = evidence.knowledge.two_senses.get(squeeze(header), {})
    fits = {sense for sense, kinds in senses.items() if seen.share(*kinds) >= _MOSTLY}
    meant = {sense for sense, kinds in senses.items() if not {*kinds}.isdisjoint(evidence.knowledge.kinds(spec))}
    return "" if len(fits) == 1 and fits == meant else " or ".join(senses)


def may_have_home(evidence: Evidence, reading: Reading, i: int) -> bool:
    """Return whether a column for which nothing was chosen may yet be some field that no column is read as.

    Its header says what a field of this table, or of the record that its rows name, is called; or neither the header nor its few codes are
    known, and the table has a field of codes: `RCL_TYP` with EX and HY.
    """
    column, names, schema = reading.columns[i], reading.names, evidence.schema
    free = np.setdiff1d(np.arange(len(reading.targets)), list(reading.chosen.values()))
    if ((names.explained[i, free] >= 1.0) & (names.covered[i, free] >= _HALF)).any():
        return True
    if any(evidence.matcher.compare([column], of).exact.any() for of in schema.flattened_into(reading.table)):
        return True
    seen, words = evidence.export.profiles[reading.source, column], evidence.export.words.get((reading.source, column), ())
    are_codes = _TWO <= len(words) <= _FEW and seen.share(CODES, "one word") >= _MOSTLY
    return bool(reading.unknown[i] == 1.0 and are_codes and any(_is_coded(evidence, reading, j) for j in free))


def _is_coded(evidence: Evidence, reading: Reading, target: int) -> bool:
    name = reading.targets[target]
    return "." not in name and field_of(evidence.schema, reading.table, name).type == "code"
