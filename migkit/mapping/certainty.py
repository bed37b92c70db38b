"""What keeps an answer from being certain, whatever its header says: references that lead nowhere, names of nobody, and the like."""

from __future__ import annotations

import numpy as np

from .evidence import Evidence, Roles, field_of
from .people_names import NAMED, are_nobodys
from .reading import Reading
from .shapes import CODES

MOST = 0.85
"""The most that an answer is stated at against which something speaks: it is looked at."""
_MANY = 5
"""Values of a column of which it is no chance that none stands in a key."""
_TWO, _FEW = 2, 12
"""How many different codes a column has that may be a field's."""
_MOSTLY = 0.8
"""Share of the values that must look like codes."""
_HALF = 0.4
"""Share of what a header says that a field's name says too, from which it speaks of that field: `interval_months` of the interval."""


def what_is_against(evidence: Evidence, reading: Reading, roles: Roles, i: int, chosen: int) -> str:
    """Return why column `i` may not be the target that was `chosen` for it, "" where nothing says so."""
    target, column = reading.targets[chosen], (reading.source, reading.columns[i])
    spec = field_of(evidence.schema, reading.table, target)
    keys = [key for key in roles.keys.get(str(spec.ref), ()) if key[0] != reading.source]
    filled = evidence.export.profiles[column].filled
    if keys and filled >= _MANY and spec.type == "id" and not any(evidence.stand_in(column, key) for key in keys):
        return f"but none of its values is an id of {spec.ref}"
    people = NAMED.get(spec.name)
    listed = roles.names.get(str(people)) or (roles.staff if people == "practitioners" else None)
    if people and not reading.names.loose[i, chosen] and are_nobodys(evidence, listed, column):
        return f"but none of its names is among the {people}"
    return ""


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
