"""Cells that a spreadsheet would run: a text of a patient's that begins like a formula is handed over as text, and read back as it was."""

from __future__ import annotations

import re

_RUNS = re.compile(r"'*[=@\t\r\n]|'+[+-]|[+-](?![\d\s.,/()+-]*$)")
_MARKED = re.compile(r"'(?='*[=+\-@\t\r\n])")


def neutral(value: object) -> object:
    """Return a cell so that no spreadsheet runs it: a text that would be a formula gets an apostrophe before it. Numbers stay.

    >>> neutral("=1+1"), neutral("+61 2 9999 0000"), neutral("-12.50")
    ("'=1+1", '+61 2 9999 0000', '-12.50')
    """
    return f"'{value}" if isinstance(value, str) and _RUNS.match(value) else value


def as_written(value: str) -> str:
    """Return the text that `neutral` was given.

    >>> as_written("'=1+1"), as_written("'s-Gravenhage")
    ('=1+1', "'s-Gravenhage")
    """
    return value[1:] if _MARKED.match(value) else value
