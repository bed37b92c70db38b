"""Files whose names say that they hold different things (`payments Glebe`, `payments Newtown`, `takings Mon`): money without a number that
two of them show alike was paid twice, and is not one row in two overlapping exports; a patient's two bookings at one minute are two."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import combinations

import pandas as pd

from migkit.model.canonical import CanonicalTable
from migkit.model.words import spaced

from .keys import PLACE, joined_text, row_text
from .log import Log, labels

_TABLES = ("payments", "invoices", "appointments")
"""Tables of which a row that is not counted is money or a visit lost."""
_COPIED = 3
"""Rows of a file that must all stand in another one before it is a copy of that, whatever the two are called."""
_TIMES = frozenset(
    {
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec", "january", "february", "march",
        "april", "june", "july", "august", "september", "october", "november", "december", "mon", "tue", "tues", "wed", "thu", "thur",
        "thurs", "fri", "sat", "sun", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "q", "fy", "week",
        "day", "month", "year", "daily", "weekly", "monthly", "yearly", "today", "yesterday",
    }
)  # fmt: skip
"""Words of when the rows were: periods overlap, and a row with a day of its own in both is one row. `may` is a month here."""
_VIEWS = frozenset(
    {
        "a", "all", "and", "archive", "archived", "as", "at", "backup", "by", "complete", "copy", "corrected", "current", "data", "date",
        "detail", "details", "download", "draft", "duplicate", "earlier", "export", "exported", "exports", "file", "final", "fixed",
        "folder", "for", "from", "full", "in", "late", "later", "latest", "list", "new", "newer", "of", "old", "older", "on", "orig",
        "original", "output", "page", "part", "previous", "print", "provider", "patient", "practitioner", "re", "recent", "rerun",
        "report", "reports", "rev", "sheet", "sorted", "summary", "temp", "the", "tmp", "to", "total", "totals", "until", "up", "updated",
        "v", "ver", "version", "csv", "xls", "xlsx",
    }
)  # fmt: skip
"""Words of how and when a report was made: two of them may show the same rows."""
_GENERAL = frozenset(
    {
        "account", "accounts", "bill", "billing", "bills", "income", "invoice", "invoiced", "invoices", "money", "paid", "payment",
        "payments", "receipt", "receipts", "received", "sales", "taking", "takings", "transaction", "transactions",
    }
)  # fmt: skip
"""Words that any list of money may be called by."""


def tell_apart(frame: pd.DataFrame, spec: CanonicalTable, log: Log) -> pd.DataFrame:
    """Return the typed rows, before keys, marked (`PLACE`) where they are alike, have no number and stand in files that hold different
    things: each is a row of its own then, and it is said.

    Money is alike in all that its rows say. Bookings are of one patient and minute, and differ: those that do not are one, shown twice.
    """
    if spec.name not in _TABLES:
        return frame
    is_loose = frame[spec.key[0]].isna()
    if frame.loc[is_loose, "_file"].nunique() < len(("one", "another")):
        return frame
    loose = frame[is_loose]
    whole = row_text(loose, spec)
    is_visit = spec.name == "appointments"
    text = joined_text(loose, spec.natural_key, spec) if is_visit else whole
    shown: dict[str, set[str]] = {str(file): set(texts) for file, texts in text.groupby(loose["_file"].astype(str))}
    undated = loose["date"].isna().groupby(loose["_file"].astype(str)).all() if "date" in loose else pd.Series(dtype=bool)
    both: dict[str, list[str]] = defaultdict(list)
    for file in sorted(shown):
        for one in shown[file]:
            both[one].append(file)
    differ = whole.groupby(text).nunique().gt(1) if is_visit else pd.Series(dtype=bool)
    several = {one: tuple(files) for one, files in both.items() if len(files) > 1 and (not is_visit or differ[one])}
    if not several:
        return frame
    names = {file: (_words(file, with_times=True), _words(file, with_times=False)) for file in shown}
    apart = {
        frozenset(pair)
        for pair in combinations(sorted({file for files in several.values() for file in files}), 2)
        if _are_apart(*(names[file][0 if undated.get(file, False) else 1] for file in pair)) and not _is_copy(*(shown[f] for f in pair))
    }
    places = {files: _places(files, apart) for files in set(several.values())}
    rows = [
        (row, place)
        for row, one, file in zip(loose.index, text, loose["_file"].astype(str), strict=True)
        if one in several and (place := places[several[one]][file])
    ]
    frame = frame.assign(**{PLACE: pd.Series(dict(rows), dtype="Int64").reindex(frame.index)})
    log.find("booked-in-two-files" if is_visit else "equal-in-two-files", spec.name, labels(frame, [row for row, _ in rows]))
    return frame


def _places(files: Sequence[str], apart: Collection[frozenset[str]]) -> Mapping[str, int]:
    """Return file → 0 for the first, and for those that may repeat it; a number of its own for each that holds something else."""
    groups: list[list[str]] = []
    found = {}
    for file in files:
        at = next((at for at, group in enumerate(groups) if not any(frozenset((file, one)) in apart for one in group)), len(groups))
        if at == len(groups):
            groups.append([])
        groups[at].append(file)
        found[file] = at
    return found


def _are_apart(one: frozenset[str], other: frozenset[str]) -> bool:
    """Return whether each of two names says something of its rows that the other does not."""
    return bool(one - other) and bool(other - one)


def _is_copy(one: set[str], other: set[str]) -> bool:
    return min(len(one), len(other)) >= _COPIED and (one <= other or other <= one)


def _words(file: str, *, with_times: bool) -> frozenset[str]:
    """Return the words of a file's path and sheet that say what it holds; numbers and days are words of rows that say no day."""
    path, _, sheet = file.partition("#")
    bare = re.sub(r"[.]\w+$", "", path)
    words: Iterable[str] = re.findall(r"[^\W\d_]+|\d+", spaced(f"{bare} {sheet}").casefold())
    if not with_times:
        words = [word for word in words if word not in _TIMES and not word.isdigit()]
    return frozenset(words) - _VIEWS - _GENERAL
