"""Numbers of another table's rows: no item codes, and no practitioners where somebody else's small numbers are theirs by coincidence."""

from __future__ import annotations

from dataclasses import dataclass

from .evidence import Evidence, Roles
from .names import split_words
from .own_numbers import is_bare
from .structure import Column

_NUMBERS = frozenset({"id", "ids", "num", "key", "pk", "uid"})
"""Last words of a header that numbers the rows of a table; an `Item No` may be what people call the item by."""
_NEARLY_ALL = 0.95
"""Share of a column's values that must be row numbers of a table."""
_UNIQUE = 0.98
"""Share of different values from which a column tells the rows of a table apart: an overlap of two reports may repeat some."""
_CODE = 16
"""Characters of the longest item code."""
_OTHERS = frozenset({"user", "users", "userid", "login", "clerk", "operator", "employee", "creator", "createdby"})
"""Words of a header that name somebody who works there, who need not be a practitioner."""
_SMALL = 2
"""Digits up to which numbers stand in any table's key by chance."""
_EACH = 20
"""Different people up to whom that is so."""


@dataclass(frozen=True)
class Rows:
    """Rows of a table that a column gives by their number."""

    table: str
    key: str
    code: str
    """The column that says what people call such a row, "" where none does."""
    named: bool
    """Whether the column is called after them: `CodeNum` as the key is, `Item ID` of items."""

    def said(self) -> str:
        """Return in words what speaks against the numbers being the codes."""
        brings = f": a view that joins the two brings {self.code}" if self.code else ""
        return f"but its values are numbers of rows of {self.table} ({self.key}){brings}"


def rows_given(evidence: Evidence, column: Column) -> Rows | None:
    """Return the rows that a column gives by number, where their table has a code of its own, which it does not hold: `CodeNum` 2 is what
    `procedurecode` calls 012. Without such a code they are those of a table with this very key, and have too few digits for a code."""
    here = evidence.export.profiles[column]
    if not here.filled or here.share("whole number") < _NEARLY_ALL:
        return None
    found: list[Rows] = []
    for name, table in evidence.export.raw.tables.items():
        unique = [one for one in table.columns if name != column[0] and evidence.export.profiles[name, one].uniqueness >= _UNIQUE]
        for key in (one for one in unique if (split_words(one) or ("",))[-1] in _NUMBERS):
            if evidence.stand_in(column, (name, key)) < _NEARLY_ALL:
                continue
            codes = [one for one in unique if one != key and _is_code(evidence, (name, one))]
            named = _is_called_after(evidence, column[1], name, key)
            if codes and all(evidence.stand_in(column, (name, one)) < _NEARLY_ALL for one in codes):
                found.append(Rows(name, key, codes[0], named))
            elif not codes and named and here.share("single digit"):
                found.append(Rows(name, key, "", named))
    return max(found, key=lambda one: (one.named, bool(one.code)), default=None)


def are_by_chance(evidence: Evidence, roles: Roles, column: Column, table: str) -> bool:
    """Return whether a header names somebody who need not be of `table`, and all values are so small that they stand in its key by chance.

    Where that table is keyed under this very header, and under no other one, they are of it.
    """
    seen = evidence.export.profiles[column]
    words = split_words(column[1])
    if _OTHERS.isdisjoint(words) or not seen.filled or seen.distinct > _EACH or seen.max_length > _SMALL:
        return False
    alike = [split_words(key) == words for source, key in roles.keys.get(table, ()) if source != column[0]]
    return not alike or not all(alike)


def _is_called_after(evidence: Evidence, header: str, table: str, key: str) -> bool:
    words = split_words(header)
    if words == split_words(key):
        return not is_bare(evidence, key) or len(words) > 1
    ideas, noun = evidence.matcher.lexicon.ideas(header), evidence.table_names.read(table).noun
    return words[-1:] != () and words[-1] in _NUMBERS and bool(noun) and noun in ideas


def _is_code(evidence: Evidence, column: Column) -> bool:
    """Return whether a column is called a code, and holds what may be one."""
    seen = evidence.export.profiles[column]
    return "code" in evidence.matcher.lexicon.ideas(column[1]) and 0 < seen.max_length <= _CODE and not seen.share("prose")
