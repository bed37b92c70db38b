"""Letters that went wrong before the file was written: texts encoded twice are repaired, lost letters are counted."""

from __future__ import annotations

import re

import pyarrow as pa
import pyarrow.compute as pc

_AS_BYTE = {bytes([byte]).decode("cp1252", "ignore") or chr(byte): byte for byte in range(0x80, 0x100)} | {
    chr(byte): byte for byte in range(0x80, 0xA0)
}
"""Character → the byte that was taken for it."""
_FOLLOWING = "".join(sorted(char for char, byte in _AS_BYTE.items() if byte < 0xC0))
_TWICE = re.compile(f"[\u00c2-\u00df][{_FOLLOWING}]|[\u00e0-\u00ef][{_FOLLOWING}]{{2}}|[\u00f0-\u00f4][{_FOLLOWING}]{{3}}")
_LEADS = "[\u00c2-\u00c5\u00c7-\u00cf\u00e2\u00ef\u00f0]"
_QUOTES = "\u2018\u2019\u201c\u201d\u2013\u2014\u2026"
ERROR = re.compile(rb"#(?:REF!|N/A|VALUE!|NAME\?|DIV/0!|NUM!|NULL!|####)")
"""What a spreadsheet shows where a formula has no value, or a column is too narrow for it."""
LOST = "\ufffd"
"""What stands where a letter could not be read, once, by another program."""


def suspicious(data: bytes) -> bool:
    """Return whether UTF-8 bytes may hold texts that were encoded twice, lost letters, or a spreadsheet's errors."""
    return bool(ERROR.search(data)) or any(
        mark in data for mark in (b"\xc3\x82", b"\xc3\x83", b"\xc3\x84", b"\xc3\x85", b"\xc3\xa2\xe2\x82\xac", b"\xef\xbf\xbd")
    )


def repaired(text: str) -> str:
    """Return the text with what was encoded twice put right; any other text as it is.

    `GarcÃ­a` is `García`, and `JOÃO` is nothing else. A capital before a closing quote (`CAFÉ”`) stays a capital.
    """
    for _ in range(3):
        once = _TWICE.sub(_decoded, text)
        if once == text:
            break
        text = once
    return text


def _decoded(match: re.Match[str]) -> str:
    before = match.string[match.start() - 1 : match.start()]
    if match[0][1] in _QUOTES and before.isupper():
        return match[0]
    try:
        char = bytes(_AS_BYTE[sign] for sign in match[0]).decode("utf-8")
    except (KeyError, UnicodeDecodeError):
        return match[0]
    known = char < "\u0180" or "\u2010" <= char <= "\u2044" or char in "\u20ac\u2122\ufeff\ufffd"
    return char if known or len(match[0]) == 4 else match[0]


def mend_letters(table: pa.Table) -> tuple[pa.Table, dict[str, int], dict[str, int]]:
    """Return the table repaired, and by column how many cells were repaired and in how many letters are lost."""
    twice: dict[str, int] = {}
    lost: dict[str, int] = {}
    for position, name in enumerate(table.column_names):
        column = table.column(name)
        if not pa.types.is_large_string(column.type):
            continue
        if pc.any(pc.match_substring_regex(column, _LEADS)).as_py():
            before = column.to_pylist()
            after = [cell if cell is None or cell.isascii() else repaired(cell) for cell in before]
            if count := sum(a != b for a, b in zip(before, after, strict=True)):
                twice[name] = count
                column = pa.chunked_array([pa.array(after, pa.large_string())])
                table = table.set_column(position, name, column)
        if count := pc.sum(pc.match_substring(column, LOST)).as_py():
            lost[name] = count
    return table, twice, lost
