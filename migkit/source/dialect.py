"""How a text file is written: encoding, separator, blanks beside it, the quoting character, escapes by backslash."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from operator import methodcaller
from pathlib import Path
from typing import Any

from .encoding import Encoding, Unreadable, detect_encoding

SEPARATORS = (",", ";", "\t", "|")
SAMPLE_LINES = 400
_LONGEST_LINE = 1 << 20
QUOTE_LINES = 5_000
"""Lines among which a file that quotes by apostrophes must do so."""
_BARE = methodcaller("removeprefix", "\ufeff")
"""Takes away the mark that begins a file: files put together by copying have it in their middle."""
_PAIR = re.compile(r"\\(.)", re.DOTALL)
_HIDDEN = 0xF700
"""An escaped character goes through the csv module as this private character plus its own code, and comes out as what it means."""
_SHOWN = {_HIDDEN + code: chr(code) for code in range(128)}
_CONTROLS = {_HIDDEN + ord(letter): meant for letter, meant in {"n": "\n", "r": "\r", "t": "\t", "0": "", "Z": "", "b": ""}.items()}
_NULL = chr(_HIDDEN + ord("N"))

csv.field_size_limit(2**31 - 1)  # clinical notes are longer than the csv module's 128 KB


@dataclass(frozen=True)
class Dialect:
    """How a text file is written."""

    encoding: str
    """As in `Encoding`."""
    separator: str
    quote: str = '"'
    blanks: bool = False
    """Whether blanks stand beside the separators that are no part of the cells."""
    escapes: str = ""
    r"""Characters that a backslash stands before to take away their meaning, "" where it means itself; with `N` among them the
    file is a database's dump, where `\N` is no value and `\n` a line's end."""
    suspicious: bool = field(default=True, compare=False)
    """Whether there may be letters in it that went wrong before it was written."""
    codes: dict[int, str] = field(default_factory=dict, compare=False, repr=False)

    def __post_init__(self) -> None:
        self.codes.update(_SHOWN | (_CONTROLS if "N" in self.escapes else {}))

    def open(self, path: Path) -> io.TextIOBase:
        """Return the decoded text, line ends as they are; bytes that are no UTF-8 are read as CP-1252."""
        codec = {"mixed": "utf-8", "cp1252": "utf-8"}.get(self.encoding, self.encoding)
        return path.open(encoding=codec, errors="migkit-cp1252" if codec.startswith("utf-8") else "replace", newline="")

    def lines(self, text: Iterable[str]) -> Iterator[str]:
        """Yield the lines with their escaped characters hidden from the csv module.

        A line that goes on behind an escaped line end takes the next one in, and "" stands in that one's place.
        """
        bare = map(_BARE, text)
        if not self.escapes:
            yield from bare
            return
        for line in bare:
            hidden, taken = self._hide(line), 0
            while "N" in self.escapes and hidden.endswith(chr(_HIDDEN + 10)):
                further = next(bare, None)
                if further is None:
                    break
                hidden, taken = hidden + self._hide(further), taken + 1
            yield hidden
            yield from [""] * taken

    def _hide(self, line: str) -> str:
        if "\\" not in line:
            return line
        line = line.replace("\\\r\n", "\\\n") if "N" in self.escapes else line
        return _PAIR.sub(lambda pair: chr(_HIDDEN + ord(pair[1])) if pair[1] in self.escapes else pair[0], line)

    def cell(self, cell: str) -> str:
        """Return what a cell means whose escapes were hidden."""
        shown = cell if cell.isascii() or not self.escapes else "" if cell == _NULL else cell.translate(self.codes)
        return shown.strip(" ") if self.blanks else shown

    def raw(self, text: str) -> str:
        """Return a line as it stands in the file."""
        if not self.escapes or text.isascii():
            return text
        return "".join("\\" + chr(ord(char) - _HIDDEN) if _HIDDEN <= ord(char) < _HIDDEN + 128 else char for char in text)

    @property
    def plain(self) -> bool:
        """Whether cells mean what the csv module makes of them."""
        return not self.blanks and not self.escapes

    def reader(self, lines: Iterable[str], *, strict: bool = False) -> Any:
        """Return the csv module's reader for lines of this dialect."""
        options: dict[str, Any] = {"delimiter": self.separator, "quotechar": self.quote, "skipinitialspace": self.blanks}
        return csv.reader(lines, strict=strict, **options)


def detect_dialect(path: Path, separator: str = "") -> Dialect:
    """Return how a text file is written; `separator`: where somebody said which. Raises Unreadable for an empty or a binary one."""
    encoding = detect_encoding(path)
    with Dialect(encoding.name, ",").open(path) as text:
        lines = list(_sample(islice(text, QUOTE_LINES)))
    if not any(line.strip() for line in lines):
        raise Unreadable("empty-file")
    hint = lines[0].rstrip("\r\n")
    said = hint[4] if hint.strip().lower().startswith("sep=") and len(hint) == 5 else ""
    separator = separator or said or _detect_separator(lines[:SAMPLE_LINES])
    quote = _detect_quote(lines, separator)
    blanks = _has_blanks(lines, separator, quote)
    return Dialect(encoding.name, separator, quote, blanks, _detect_escapes(path, encoding, separator, quote), encoding.suspicious)


def _sample(lines: Iterable[str]) -> Iterator[str]:
    """Yield the lines that are looked at: not those of a megabyte, and not more than a few megabytes in all."""
    size = 0
    for line in lines:
        if len(line) <= _LONGEST_LINE:
            yield line
        size += len(line)
        if size > 8 * _LONGEST_LINE:
            return


def _detect_separator(lines: list[str]) -> str:
    """Return the separator under which most records have the same number of cells, more cells before fewer."""
    best, best_score = ",", 0.0
    for separator in SEPARATORS:
        score = max(_evenness(lines, separator, quote) for quote in ('"', "'"))
        if score > best_score:
            best, best_score = separator, score
    return best


def _evenness(lines: list[str], separator: str, quote: str) -> float:
    rows = csv.reader(lines, delimiter=separator, quotechar=quote, skipinitialspace=separator != "\t")
    widths = [len(row) for row in rows if any(cell.strip() for cell in row)]
    wide = Counter(width for width in widths if width > 1)
    if not wide:
        return 0.0
    width, count = max(wide.items(), key=lambda item: (item[1], item[0]))
    return (count / len(widths)) * (1 + min(width, 30) / 30)


def _detect_quote(lines: list[str], separator: str) -> str:
    """Return an apostrophe where cells begin and end with one and none only begins so, and no cell begins with a quotation mark."""
    whole = "".join(lines)
    blanks = "" if separator == "\t" else " *"
    begin = rf"(?:^|{re.escape(separator)}){blanks}"
    if "'" not in whole or re.search(rf'{begin}"', whole, re.MULTILINE):
        return '"'
    closed = re.compile(
        rf"{begin}'(?:[^'\\]|''|\\.|'(?! *(?:{re.escape(separator)}|[\r\n]|\Z)))*'(?= *(?:{re.escape(separator)}|[\r\n]|\Z))", re.M | re.S
    )
    # a cell that is closed takes its text along, so that an apostrophe within it opens nothing
    begun = len(re.findall(rf"{begin}'", closed.sub("", whole), re.MULTILINE))
    return "'" if len(closed.findall(whole)) >= 2 and not begun else '"'


def _has_blanks(lines: list[str], separator: str, quote: str) -> bool:
    """Whether quotes stand behind a blank, and only there, or each separator of the first line has a blank behind it."""
    if separator == "\t":
        return False
    apart, close = re.escape(separator), re.escape(quote)
    whole = "".join(lines)
    behind, at_once = len(re.findall(rf"{apart} +{close}", whole)), len(re.findall(rf"{apart}{close}", whole))
    if at_once:
        return False
    first = next(line for line in lines if line.strip())
    return behind > 0 or (first.count(separator) > 0 and len(re.findall(rf"{apart} ", first)) == first.count(separator))


def _detect_escapes(path: Path, encoding: Encoding, separator: str, quote: str) -> str:
    r"""Return which characters a backslash takes the meaning from, by what stands behind the file's backslashes.

    `\"` before more text, `\N` alone in a cell, or separators that make a row too wide prove that it escapes; a folder's last
    backslash (`"C:\scans\"`) and network paths do not.
    """
    if not encoding.backslashes:
        return ""
    apart, close = re.escape(separator), re.escape(quote)
    null = re.compile(rf"(?:^|{apart})\\N(?={apart}|[\r\n]|$)")
    inner = re.compile(rf"(?<!\\)(?:\\\\)*\\{close}(?! *(?:{apart}|[\r\n]|$|{close}))")
    plain, escaped = Dialect(encoding.name, separator, quote), Dialect(encoding.name, separator, quote, escapes=f"{quote}{separator}\\")
    behind: Counter[str] = Counter()
    nulls = quotes = too_wide = 0
    width = 0
    with plain.open(path) as text:
        for line in text:
            width = width or len(next(plain.reader([line])))
            if "\\" not in line:
                continue
            behind.update(_PAIR.findall(line))
            nulls += bool(null.search(line))
            quotes += bool(inner.search(line))
            if f"\\{separator}" in line and quote not in line:
                too_wide += len(next(plain.reader([line]))) > width == len(next(escaped.reader(escaped.lines([line]))))
    if nulls:
        return "".join(map(chr, range(9, 127)))
    if not (quotes or too_wide):
        return ""
    lonely = sum(count for char, count in behind.items() if char not in f"{quote}{separator}\\")
    return f"{quote}{separator}" + ("" if lonely else "\\")
