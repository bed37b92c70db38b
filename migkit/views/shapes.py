"""The common shapes of a view, written as SQL: what buttons do, and what an analyst may start from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence


def name(column: str) -> str:
    """Return a name as SQL writes it: `Patient List` → `"Patient List"`."""
    return '"' + column.replace('"', '""') + '"'


def text(value: str) -> str:
    """Return a value as SQL writes it."""
    return "'" + value.replace("'", "''") + "'"


def join_by_key(table: str, key: str, other: str, other_key: str, columns: Mapping[str, str]) -> str:
    """Return the view of every row of `table` with `columns` (column of `other` → its name here) of the row that it names.

    Rows that name none stay, without these.
    """
    drawn = "".join(f",\n       {name(other)}.{name(column)} AS {name(called)}" for column, called in columns.items())
    on = f"{name(table)}.{name(key)} = {name(other)}.{name(other_key)}"
    return f"SELECT {name(table)}.*{drawn}\nFROM {name(table)} LEFT JOIN {name(other)} ON {on}"


def first_filled(table: str, columns: Sequence[str], called: str, fillers: Sequence[str] = ()) -> str:
    """Return the view of `table` with the first of `columns` that holds anything; `fillers` (`0`, `-`) count as nothing."""
    each = [f"nullif(trim({name(column)}), '')" for column in columns]
    for filler in fillers:
        each = [f"nullif({one}, {text(filler)})" for one in each]
    return f"SELECT *, coalesce({', '.join(each)}) AS {name(called)}\nFROM {name(table)}"


def join_texts(table: str, columns: Sequence[str], called: str, separator: str = " ") -> str:
    """Return the view of `table` with the texts of `columns` in one, what is empty left out."""
    each = ", ".join(f"nullif(trim({name(column)}), '')" for column in columns)
    return f"SELECT *, concat_ws({text(separator)}, {each}) AS {name(called)}\nFROM {name(table)}"


def rows_by_code(table: str, column: str, codes: Sequence[str], *, others: bool = False) -> str:
    """Return the view of the rows of `table` whose `column` holds one of `codes`; of all the others, the empty ones too, if `others`."""
    listed = ", ".join(text(code) for code in codes)
    return f"SELECT *\nFROM {name(table)}\nWHERE coalesce({name(column)}, '') {'NOT ' if others else ''}IN ({listed})"
