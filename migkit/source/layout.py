"""What a single cell or row of a report says about itself: value or label, total, footer, heading of a group."""

from __future__ import annotations

import re
from collections.abc import Sequence

LONGEST = 500
"""Characters beyond which a cell is prose: no value, no total, no footer. What the patterns below are given is cut there."""
_MAIL = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")
_VALUE = re.compile(r"[-+($]?\s*[\d$][\d\s.,:/()+$%-]*(?:[ap]m)?|\d{4}-\d\d-\d\d.*", re.IGNORECASE)
_RANGE = re.compile(r"\d{1,3}\s*(?:-|to)\s*\d{1,3}|\d{1,3}\s*\+|>\s*\d{1,3}")
"""Headers of aged balances: `0-30`, `90+`."""
_AMOUNT = re.compile(r"[-(]?\s*\$?\s*-?(?:0|[1-9]\d{0,2}(?:,\d{3})+|[1-9]\d{0,8})?(?:\.\d+)?\s*%?\)?(?:\s*(?:-|CR|DR))?", re.IGNORECASE)
"""Amounts, counts and shares; no date, no time, no phone number."""

_WORDS = (
    "grand|sub|report|overall|page|net|gross|running|final|period|group|daily|weekly|monthly|yearly|day|week|month|year"
    "|plan|patient|client|account|invoice|dentist|provider|clinic|location|practice"
)
_COUNTED = (
    "amounts?|payments?|invoices?|fees?|received|receipts?|paid|owing|outstanding|charges?|records?|patients?|appointments?|items?|rows?"
)
_TOTAL = re.compile(
    rf"(?:(?:{_WORDS})[\s-]*)?totals?(?:\s*[:=.]?|\s*[:=(\-–].{{0,60}}|\s+(?:for|of|by|in|on|from|to|as at|{_COUNTED})\b.{{0,60}})",
    re.IGNORECASE,
)
_SUM = re.compile(r"sum(?:\s*[:=]|\s+of\b.{0,60})?", re.IGNORECASE)
_NAMED_TOTAL = re.compile(r"(?:sub[\s-]*)?totals?\s+[^,]{1,60}|[^,]{1,60}\s(?:sub[\s-]*)?totals?:?", re.IGNORECASE)
"""`Total Lee`, and Excel's own `Lee Total`: a product may be called that too, so the amounts must prove it."""

_PAGE = re.compile(r"page:?\s*\d+(?:\s*(?:of|/)\s*\d+)?", re.IGNORECASE)
_PAGE_OF = re.compile(r"page:?\s*\d+\s*(?:of|/)\s*\d+", re.IGNORECASE)
_PAGED = re.compile(r"(?:[^\W\d_].{0,80}\W)?page:?\s*\d+\s*(?:of|/)\s*\d+(?:\W.{0,80})?", re.IGNORECASE)
"""A page of so many, with whatever stands beside it: `Core Practice   Page 1 of 1`."""
_COUNT = re.compile(
    r"(?:count|records?|rows?)\s*[:=]?\s*\d+|(?:1\s+(?:\w+\s+)?\w+|(?:0|[1-9]\d*)\s+(?:\w+\s+)?\w+s)(?:\s+\w+)?"
    r"|end of (?:report|file|list)\b.*",
    re.IGNORECASE,
)
_PRINTED = re.compile(
    r"(?:(?:report )?(?:printed|generated|exported|created by|run (?:on|by)|produced)|report run|copyright|©|confidential)\b.*",
    re.IGNORECASE | re.DOTALL,
)
_FACT = re.compile(r"([^\W\d_][\w /-]{1,30}?)\s*:\s*(\S.*)")
_CONTINUED = re.compile(r"\s*\((?:continued|cont(?:'d|\.)?)\)$|\s+(?:[-–,]\s*)?(?:continued|cont'd)$", re.IGNORECASE)
"""What a printer adds to a heading that it repeats on the next page."""
_PIECE = re.compile(r"([^\W\d_][\w /.&'-]{0,30}?)\s*:\s*(\S.*)?")
_LABEL = re.compile(r"[^\W\d_][\w /.&'-]{0,30}\s*:")
_BALANCE = re.compile(
    r"(?:(?:opening|closing|previous|current|account|running|total|final)\s+)?(?:balance|bal\.?)(?:\s+(?:brought|carried)\s+(?:forward|down)"
    r"|\s+[bc]/?(?:f|fwd|d)|\s+due|\s+owing)?|(?:brought|carried)\s+(?:forward|down)|[bc]/(?:f|fwd|d)|amount due|please pay",
    re.IGNORECASE,
)
"""What stands beside an amount that is no movement: what was owed before, or is owed now."""
_HOW_MANY = re.compile(r"\d+\s+[^\W\d_]+(?:\s+[^\W\d_]+)?")
_SUMMED = re.compile(r"[-($]?\s*\$?[\d,]+(?:\.\d+)?\)?\s*(?:%|cr|dr|mins?|minutes|hrs?|hours)?\.?", re.IGNORECASE)
_NOTE = re.compile(r"(notes?|remarks?|comments?|memo)\s*:\s*(\S.*)", re.IGNORECASE | re.DOTALL)
_INVISIBLE = re.compile("[\u200b\u200c\u200d\u2060\ufeff]")


def visible(cell: str) -> str:
    """Return a cell as it is seen: without spaces around it, without characters of no width, without the end mark of DOS."""
    return (cell if cell.isascii() else _INVISIBLE.sub("", cell)).strip().strip("\0\x1a")


def is_value(cell: str) -> bool:
    """Return whether a cell is a number, amount, date or time: no label."""
    return len(cell) <= LONGEST and bool(_VALUE.fullmatch(cell)) and not _RANGE.fullmatch(cell)


def is_amount(cell: str) -> bool:
    """Return whether a cell may be an amount, a count or a share in a total row: `0412345678` and `1/2/1980` may not."""
    return len(cell) <= LONGEST and any(char.isdecimal() for char in cell) and bool(_AMOUNT.fullmatch(cell))


def holds_mail(cell: str) -> bool:
    """Return whether an e-mail address stands in a cell that is no prose."""
    return "@" in cell and len(cell) <= LONGEST and bool(_MAIL.search(cell))


def is_total_label(cell: str) -> bool:
    """Return whether a cell says that its row is a total."""
    return len(cell) <= LONGEST and bool(_TOTAL.fullmatch(cell) or _SUM.fullmatch(cell))


def is_total(cells: Sequence[str], filled: Sequence[str]) -> bool:
    """A total row: a total's word comes first, and but for the words around it only amounts stand in it.

    `Sum` is a family name as well: beside it there may be nothing but amounts.
    """
    label = next((cell for cell in filled[: 1 if cells[0] else 2] if is_total_label(cell)), None)
    if label is None:
        return False
    others = [cell for cell in filled if cell != label]
    if all(map(is_amount, others)):
        return bool(others) or not _SUM.fullmatch(label) or label[-1] in ":="
    if _SUM.fullmatch(label) and label[-1] not in ":=":
        return False
    words = [cell for cell in others if not is_value(cell)]
    return (len(filled) < len(cells) and len(words) <= 1 and any(map(is_amount, others))) or len(filled) <= max(2, len(cells) // 3)


def may_be_total(cells: Sequence[str], filled: Sequence[str]) -> bool:
    """Return whether the row is a total if its amounts are the sums of the rows above it: `Total Lee`, no word at all, or none but the
    group's, where rows have their number in the first cell (`is_bare_total`)."""
    if any(len(cell) > LONGEST for cell in filled):
        return False
    others = [cell for cell in filled if not _NAMED_TOTAL.fullmatch(cell) and not is_total_label(cell)]
    if not others or len(filled) >= len(cells):
        return False
    amounts = sum(map(is_amount, others))
    if len(others) == len(filled):
        return amounts > 0 and (amounts == len(others) or is_bare_total(cells, filled))
    return amounts > 0 and len(others) - amounts <= 1


def is_bare_total(cells: Sequence[str], filled: Sequence[str]) -> bool:
    """Return whether a row holds nothing but one word and two amounts or more, and no first cell: `Lee, Ann` and the sums of her rows."""
    words = [cell for cell in filled if not is_amount(cell)]
    named = any(_NAMED_TOTAL.fullmatch(word) or is_total_label(word) for word in words)
    return not cells[0] and len(words) == 1 and not named and len(filled) > 2


def is_footer(text: str, *, counts: bool = True) -> bool:
    """Return whether a cell that stands alone in its row is what a printer adds; `counts`: `12 patients` is one too."""
    printed = (_PRINTED, _PAGE, _PAGED, *((_COUNT,) if counts else ()))
    return len(text) <= LONGEST and any(pattern.fullmatch(text) for pattern in printed)


def is_page_line(filled: Sequence[str]) -> bool:
    """Return whether a row of a few cells is what a printer adds: `Printed 1/4/2026 | Page 2 of 9`, `Core Practice | Page 1 of 1`."""
    if len(filled) > 3 or any(len(cell) > LONGEST for cell in filled):
        return False
    if any(_PAGE_OF.fullmatch(cell) for cell in filled) and sum(map(is_value, filled)) <= 1:
        return True
    printed = [bool(_PRINTED.fullmatch(cell) or _PAGE.fullmatch(cell)) for cell in filled]
    return any(printed) and all(known or is_value(cell) for known, cell in zip(printed, filled, strict=True))


_SPECIAL = re.compile(
    rf"[\s\0\x1a\ufeff\u200b]|(?:(?:{_WORDS})[\s-]*)?totals?\b|sum\b|(?:(?:{_COUNT.pattern}|{_PRINTED.pattern}|{_PAGE.pattern}|{_PAGED.pattern})$)",
    re.IGNORECASE | re.DOTALL,
)
_ENDS_AS_TOTAL = ("Total", "total", "TOTAL", "Totals", "Total:")


def is_special(first: str) -> bool:
    """Return whether a row whose first cell is this is worth a closer look."""
    if first.isalnum() and not first.isalpha():
        return False  # an id, at once: every row of a file comes by here
    return bool(_SPECIAL.match(first[:LONGEST])) or first.endswith(_ENDS_AS_TOTAL)


def fact(cells: Sequence[str]) -> tuple[str, str] | None:
    """Return label and value of a row that says one thing: `Dentist: Dr Lee`, or `Dentist: | Dr Lee`; None for any other."""
    filled = [cell for cell in cells if cell]
    if len(filled) == 2 and filled[0].endswith(":"):
        filled = [" ".join(filled)]
    found = _FACT.fullmatch(filled[0]) if len(filled) == 1 and len(filled[0]) <= LONGEST else None
    return (found[1].strip(), found[2].strip()) if found else None


def is_page_number(cell: str) -> bool:
    """Return whether a cell is the number of a page: `Page 2`, `Page 2 of 9`."""
    return len(cell) <= LONGEST and bool(_PAGE.fullmatch(cell))


def is_continued(value: str) -> bool:
    """Return whether a heading says that it is repeated on a further page."""
    return bool(_CONTINUED.search(value))


def facts(label: str, value: str) -> list[tuple[str, str]]:
    """Return what the heading of a group says, one thing after another: `Patient: Lee, Ann   DOB: 1/2/1980   Dr Wu`.

    Things stand two blanks apart; one without a label of its own is called by the first label and its number. A heading that says
    one thing only is left as it stands.
    """
    bare = _CONTINUED.sub("", value)
    first, *rest = re.split(r"\s{2,}", bare)
    named = [_FACT.fullmatch(piece) for piece in rest]
    if not any(named):
        return [(label, bare)]
    parts = [
        (found[1], found[2]) if found else (f"{label} {number}", piece)
        for number, (found, piece) in enumerate(zip(named, rest, strict=True), start=2)
    ]
    return [(label, first), *parts]


def pairs(cells: Sequence[str]) -> list[tuple[str, str]]:
    """Return label and value of everything that a row says, [] for a row that does not begin with a label or says something without one.

    A label is a cell that ends in a colon, or what stands before a colon; values are what follows up to the next label.
    """
    filled = [_CONTINUED.sub("", cell) for cell in cells if cell]
    if len(filled) < 3 or any(len(cell) > LONGEST for cell in filled) or not _PIECE.fullmatch(filled[0]):
        return []
    found: list[tuple[str, str]] = []
    for cell in filled:
        if _LABEL.fullmatch(cell):
            found.append((cell.rstrip(": "), ""))
        elif (said := fact([cell])) is not None:
            found.append(said)
        elif not found:
            return []
        elif not found[-1][1]:
            found[-1] = (found[-1][0], cell)
        else:
            found[-1] = (found[-1][0], f"{found[-1][1]} {cell}")
    return found if 3 * len(found) >= len(filled) else []


def is_summary(filled: Sequence[str]) -> bool:
    """Return whether a row of a few cells only sums up: `Day: | 60 | 2 appointments`, `Brought forward | 120.00 DR`."""
    if not filled or len(filled) > 4 or any(len(cell) > LONGEST for cell in filled):
        return False
    label, *rest = filled
    said = fact([label])
    label, rest = (said[0], [said[1], *rest]) if said else (label, rest)
    words = label.rstrip(": ")
    if not rest or not all(_SUMMED.fullmatch(one) or _HOW_MANY.fullmatch(one) for one in rest):
        return False
    return bool(_BALANCE.fullmatch(words)) or (label.endswith(":") and len(rest) > 1 and any(map(_HOW_MANY.fullmatch, rest)))


def balance_of(filled: Sequence[str]) -> str | None:
    """Return the amount that a row says is owed, None for a row that says something else: `Brought forward | 120.00 DR`."""
    said = fact([filled[0]])
    words, rest = (said[0], [said[1], *filled[1:]]) if said else (filled[0], list(filled[1:]))
    return rest[-1] if rest and _BALANCE.fullmatch(words.rstrip(": ")) else None


def note_of(cell: str) -> tuple[str, str] | None:
    """Return label and text of a remark: `Note: rings first`, over several lines too; None for any other cell."""
    found = _NOTE.fullmatch(cell)
    return (found[1], found[2].strip()) if found else None
