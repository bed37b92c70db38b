"""How a text file is encoded: proven by its bytes, and where they prove nothing by the letters that they make."""

from __future__ import annotations

import codecs
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path

from .letters import suspicious

BLOCK = 1 << 20
LONGEST_LINE = 32 << 20
"""Bytes in one line beyond which a file is no table."""
_TEXT_CONTROLS = b"\t\n\r\f\x1a"
_MOST_CONTROLS = 0.05
"""Share of control characters from which a file is not text; a stray NUL in a note is."""
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
CODE_PAGES = {"cp1250": "Windows in Central Europe", "mac_roman": "an old Macintosh", "cp850": "DOS"}
"""What a file may be in that is neither UTF-8 nor CP-1252, in words."""
_PROOF = 0.2
"""Share of a file's characters beyond ASCII that must make no sense in CP-1252 before another code page is believed."""
_USUAL = frozenset("éöüäëèáíóñçåøæßâêîôûàùìòãõïúýšžčřěůňťďłąęśżźćńőűÉÖÜÄÅØÇÁÓŠŽČŘŁŚŻ")
"""Letters that names in Europe are written with; others that a code page has are rarer."""


class Unreadable(Exception):
    """This file cannot be read as a table; `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Encoding:
    """A file's encoding and what its bytes give reason to look at more closely."""

    name: str
    """utf-8 | utf-8-sig | utf-16[-le|-be] | utf-32[-le|-be] | cp1252 | mixed (UTF-8 with CP-1252 bytes among it) | one of `CODE_PAGES`."""
    backslashes: bool = True
    """Whether there may be a backslash in the file."""
    suspicious: bool = True
    """Whether there may be letters in it that went wrong before it was written."""


def _as_cp1252(error: UnicodeError) -> tuple[str, int]:
    """Codec error handler: each byte that is no UTF-8 is the CP-1252 character that it would be there."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    byte = error.object[error.start : error.start + 1]
    try:
        return byte.decode("cp1252"), error.start + 1
    except UnicodeDecodeError:
        return byte.decode("latin-1"), error.start + 1


codecs.register_error("migkit-cp1252", _as_cp1252)


def detect_encoding(path: Path) -> Encoding:
    """Return the encoding of a text file. Raises Unreadable for an empty or a binary one."""
    with path.open("rb") as file:
        head = file.read(4096)
    if not head:
        raise Unreadable("empty-file")
    if wide := next((name for mark, name in _MARKS if head.startswith(mark)), "") or _unmarked_wide(head):
        return Encoding(wide)
    if sum(byte < 32 and byte not in _TEXT_CONTROLS for byte in head) > 2 + len(head) * _MOST_CONTROLS:
        raise Unreadable("file-not-text")
    _check_lines(path)
    found = _detect_8_bit(path)
    return replace(found, name="utf-8-sig") if head.startswith(codecs.BOM_UTF8) else found


def _check_lines(path: Path) -> None:
    run = 0
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            run = 0 if b"\n" in block or b"\r" in block else run + len(block)
            if run > LONGEST_LINE:
                raise Unreadable("endless-line")


def _unmarked_wide(head: bytes) -> str:
    """Return the encoding of text in two or four bytes a character, by where its zero bytes stand; "" for any other."""
    if b"\0" not in head:
        return ""
    quarters, halves = len(head) // 4, len(head) // 2
    if len(head) % 4 == 0 or quarters > 16:
        if head[3::4].count(0) >= quarters and head[2::4].count(0) > quarters * 0.9:
            return "utf-32-le"
        if head[0::4].count(0) >= quarters and head[1::4].count(0) > quarters * 0.9:
            return "utf-32-be"
    if head[1::2].count(0) > halves * 0.6:
        return "utf-16-le"
    return "utf-16-be" if head[0::2].count(0) > halves * 0.6 else ""


def _detect_8_bit(path: Path) -> Encoding:
    """Tell UTF-8 from the code pages by reading the whole file: one stray byte at its end counts as well."""
    good, bad = 0, 0
    backslashes = suspect = False
    strange: Counter[bytes] = Counter()
    tail = b""
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            data = tail + block
            backslashes = backslashes or b"\\" in block
            suspect = suspect or suspicious(data)
            if data.isascii():
                tail = b""
                continue
            data, tail = _whole_characters(data)
            try:
                good += len(data) - len(data.decode("utf-8"))
            except UnicodeDecodeError:
                high = [char for char in data.decode("utf-8", errors="surrogateescape") if char > "\x7f"]
                wrong = sum("\udc80" <= char <= "\udcff" for char in high)
                good, bad = good + len(high) - wrong, bad + wrong
                if len(strange) < 10_000:
                    strange.update(_neighbourhoods(data))
    bad += len(tail)
    if not bad:
        return Encoding("utf-8", backslashes, suspect)
    if good > 0 and good * 20 > bad:
        return Encoding("mixed", backslashes, suspect)
    return Encoding(_code_page(strange), backslashes, suspect)


def _whole_characters(data: bytes) -> tuple[bytes, bytes]:
    """Split off the bytes at the end that may be the beginning of a character of the next block."""
    for back in range(1, min(4, len(data)) + 1):
        byte = data[-back]
        if byte >= 0xC0:
            needed = 2 if byte < 0xE0 else 3 if byte < 0xF0 else 4
            return (data[:-back], data[-back:]) if needed > back else (data, b"")
        if byte < 0x80:
            break
    return data, b""


def _neighbourhoods(data: bytes) -> Counter[bytes]:
    """Count the bytes beyond ASCII, each with the byte before and after it."""
    padded = b" " + data + b" "
    return Counter(padded[at - 1 : at + 2] for at, byte in enumerate(padded) if byte > 0x7F)


def _code_page(strange: Counter[bytes]) -> str:
    """Return the code page in which the bytes make words: CP-1252 unless much of it is signs where letters belong."""
    senseless = {three: count for three, count in strange.items() if _sense("cp1252", three) < 0}
    if len(senseless) < 2 or sum(senseless.values()) <= _PROOF * strange.total():
        return "cp1252"
    scores = {name: sum(_sense(name, three) * count for three, count in strange.items()) for name in ("cp1252", *CODE_PAGES)}
    return max(scores, key=lambda name: scores[name])


def _sense(code_page: str, three: bytes) -> float:
    """Return how likely a byte's meaning is between its neighbours: a usual letter 1, another 0.3, a sign at its place 0, nonsense -1."""
    before, char, after = (bytes([byte]).decode(code_page, "replace") for byte in three)
    if char == "\ufffd" or not char.isprintable():
        return -1.0 if char != "\xa0" else 0.0
    if char.isalpha() and char not in "ªºƒˆ":
        misplaced = (char.isupper() and before.isalpha() and before.islower()) or (char.islower() and before.isupper() and after.isupper())
        return -1.0 if misplaced else 1.0 if char in _USUAL else 0.3
    if char in "–—•…™©®’·":
        return 0.0
    if char in "“‘„‚«¿¡£€":
        return -1.0 if before.isalpha() or (char in "£€" and after.isalpha()) else 0.0
    if char in "”»":
        return -1.0 if before.isspace() and after.isalpha() else 0.0
    return -1.0 if before.isalpha() or after.isalpha() else 0.0
