"""What a file says about when it was made: the evidence, in a declared order, for which version of a row counts.

A modified column in the rows comes first; then what is read here: "run on" in the title, the end of the period that title or
name give (an open end being the latest), and the file's own time.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import PurePosixPath

from migkit.model.tables import SourceFile

from .cells.dates import WEEKDAYS

MODIFIED, RUN_ON, PERIOD, FILE_TIME, DECIDED = "modified column", "run date in the title", "period", "file's own time", "decision"
EVIDENCE = (DECIDED, MODIFIED, RUN_ON, PERIOD, FILE_TIME)
"""What settles which of two versions counts, the strongest first."""
COPIED_WITHIN = timedelta(days=1)
"""Files whose own times lie closer together may have been written by one copy, or by clocks of two zones: their times say nothing."""

_MONTHS = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
_WORD = rf"(?P<{{}}>{_MONTHS})[a-z]*"
_SEP = r"[-_/. ]"
_DATES = (
    re.compile(rf"(?<!\d)(?P<y>20\d\d){_SEP}?(?P<m>0[1-9]|1[0-2]){_SEP}?(?P<d>0[1-9]|[12]\d|3[01])(?!\d)"),
    re.compile(rf"(?<!\d)(?P<d>[0-3]?\d){_SEP}(?P<m>[01]?\d){_SEP}(?P<y>20\d\d)(?!\d)"),
    re.compile(rf"(?<!\d)(?P<d>[0-3]?\d)(?:st|nd|rd|th)?{_SEP}*{_WORD.format('w')}\.?,?{_SEP}*(?P<y>20\d\d|\d\d)(?!\d)"),
    re.compile(rf"(?<![a-z]){_WORD.format('w')}\.?{_SEP}*(?P<y>20\d\d|\d\d)(?!\d)"),
    re.compile(rf"(?<!\d)(?P<y>20\d\d){_SEP}?(?P<m>0[1-9]|1[0-2])(?!\d)"),
    re.compile(r"(?<!\d)(?P<m>0?[1-9]|1[0-2])[-_/](?P<y>20\d\d)(?!\d)"),
    re.compile(rf"(?<!\w)q(?P<q>[1-4]){_SEP}*(?P<y>20\d\d)(?!\d)"),
    re.compile(rf"(?<!\d)(?P<y>20\d\d){_SEP}*q(?P<q>[1-4])(?!\w)"),
    re.compile(r"(?<!\d)(?P<y>20\d\d)(?!\d)"),
)
"""How dates, months, quarters and years are written; day before month."""
_YEARLESS = (
    re.compile(rf"(?<!\d)(?P<d>[0-3]?\d)(?:st|nd|rd|th)?{_SEP}*{_WORD.format('w')}(?![a-z\d])"),
    re.compile(rf"(?<![a-z]){_WORD.format('w')}\.?{_SEP}*(?P<d>[0-3]?\d)(?:st|nd|rd|th)?(?!\d)"),
)
_WEEKDAY = re.compile(rf"(?<![a-z])(?P<day>{'|'.join(WEEKDAYS)})(?:s|nes|rs|ur|urs)?(?:day)?(?![a-z])")
_RUN = re.compile(
    r"\b(?<!re-)(?:run|printed|generated|produced|exported|extracted|report date|as at|as of)(?: on| at| date)?\s*[:\-]?\s*(?=\d|[a-z]{3})"
)
_CLOCK = re.compile(r"\s*,?\s*(?:at\s+)?(?P<h>[0-2]?\d):(?P<n>[0-5]\d)\s*(?P<half>am|pm)?")
_OPEN_AFTER = re.compile(r"[-_ .]*(?:onwards?|on(?![a-z])|to[-_ ](?:date|now|present|today)|till[-_ ]now|current)")
_OPEN_BEFORE = re.compile(r"(?:since|after|starting)[-_ .]*$")


@dataclass(frozen=True)
class Origin:
    """What one file says about when it was made. None: it says nothing."""

    run_on: datetime | None = None
    end: date | None = None
    """The last day of its period; `date.max` for an open end."""
    written: datetime | None = None


def origin_of(name: str, file: SourceFile) -> Origin:
    """Return what a file's title, name and own time say. A sheet's name speaks before its workbook's, a file's before its folder's."""
    title = file.title.casefold()
    run_on, rest = _run_on(title)
    path, _, sheet = name.casefold().partition("#")
    parts = PurePosixPath(path)
    if run_on is None:
        run_on, stem = _run_on(parts.stem)
    else:
        stem = parts.stem
    ends = (period_end(text) for text in (rest, sheet, stem, *reversed(parts.parts[:-1])))
    written = datetime.fromisoformat(file.written) if file.written else None
    return Origin(run_on, next((end for end in ends if end is not None), None), written)


def day_of(text: str, today: date) -> date | None:
    """Return the one day that a name gives, None where it gives none, several, or a longer time.

    `Mon 16 Nov` is of the year in which that was the weekday; without a weekday, of the last year before `today`.
    """
    found = {(first, last) for _, _, first, last in _all_dates(text.casefold())}
    if not found:
        return _day_without_year(text.casefold(), today)
    first, last = found.pop() if len(found) == 1 else (None, None)
    return first if first == last else None


def _day_without_year(text: str, today: date) -> date | None:
    """Return the day of the latest year up to `today`'s next that has it on the weekday beside it; without one, up to `today`."""
    said = [match for pattern in _YEARLESS for match in pattern.finditer(text)]
    if len(said) != 1:
        return None
    weekday = _WEEKDAY.search(text[: said[0].start()] + " " + text[said[0].end() :])
    month, day = _MONTHS.split("|").index(said[0]["w"][:3]) + 1, int(said[0]["d"])
    for year in (today.year + 1, today.year, today.year - 1):
        if not 1 <= day <= calendar.monthrange(year, month)[1]:
            continue
        found = date(year, month, day)
        if found.weekday() == WEEKDAYS.index(weekday["day"][:3]) if weekday else found <= today:
            return found
    return None


def period_end(text: str) -> date | None:
    """Return the last day of the (last) period in a text, `date.max` where its end is open, None where it names none."""
    found = _all_dates(text.casefold())
    if not found:
        return None
    begin, until, _, last = found[-1]
    lower = text.casefold()
    if _OPEN_AFTER.match(lower, until) or (len(found) == 1 and _OPEN_BEFORE.search(lower[:begin])):
        return date.max
    return last


def _run_on(text: str) -> tuple[datetime | None, str]:
    """Return the moment at which the report was run, and the text without it."""
    for said in _RUN.finditer(text):
        found = next((one for one in _all_dates(text[said.end() :]) if one[0] == 0), None)
        if found is not None:
            _, until, day, _ = found
            clock = _CLOCK.match(text, said.end() + until)
            moment = datetime(day.year, day.month, day.day)
            if clock:
                hours = int(clock["h"]) % 12 + 12 * (clock["half"] == "pm") if clock["half"] else int(clock["h"])
                moment += timedelta(hours=min(hours, 23), minutes=int(clock["n"]))
            return moment, text[: said.start()] + text[clock.end() if clock else said.end() + until :]
    return None, text


def _all_dates(text: str) -> list[tuple[int, int, date, date]]:
    """Return (begin, end, first day, last day) of every date, month, quarter or year in a text, in order, none inside another."""
    taken: list[tuple[int, int, date, date]] = []
    for pattern in _DATES:
        for match in pattern.finditer(text):
            span = _days(match.groupdict())
            if span and not any(match.start() < end and begin < match.end() for begin, end, *_ in taken):
                taken.append((match.start(), match.end(), *span))
    return sorted(taken)


def _days(parts: Mapping[str, str | None]) -> tuple[date, date] | None:
    year = int(str(parts["y"]))
    year += 2000 if year < 100 else 0
    if parts.get("q"):
        first, last = 3 * int(str(parts["q"])) - 2, 3 * int(str(parts["q"]))
    else:
        word = parts.get("w")
        month = _MONTHS.split("|").index(word[:3]) + 1 if word else int(parts.get("m") or 0)
        first, last = (month, month) if month else (1, 12)
    if not 1 <= first <= 12:
        return None
    if parts.get("d"):
        day = int(str(parts["d"]))
        return (date(year, first, day),) * 2 if 1 <= day <= calendar.monthrange(year, first)[1] else None
    return date(year, first, 1), date(year, last, calendar.monthrange(year, last)[1])


@dataclass(frozen=True)
class Place:
    """One version of a row: where it stands, and when it says that it was modified."""

    file: str
    line: int
    modified: datetime | None = None


@dataclass(frozen=True)
class Order:
    """Which of two versions is the later one: as decided, else by the evidence."""

    origins: Mapping[str, Origin]
    decided: Mapping[tuple[str, str], str] = field(default_factory=dict)
    """Two files → the one that counts; one file twice → `first` or `last` of its lines."""

    def compare(self, a: Place, b: Place) -> tuple[int, str]:
        """Return 1 where `a` is later, -1 where `b` is, 0 where nothing settles it; and by which evidence."""
        chosen = self.decided.get((a.file, b.file)) or self.decided.get((b.file, a.file))
        if chosen is not None:
            later = (a.line > b.line) == (chosen == "last") if a.file == b.file else a.file == chosen
            return (1 if later else -1), DECIDED
        if a.modified and b.modified and a.modified != b.modified:
            return (1 if a.modified > b.modified else -1), MODIFIED
        mine, theirs = self.origins.get(a.file, Origin()), self.origins.get(b.file, Origin())
        for evidence, one, other in ((RUN_ON, mine.run_on, theirs.run_on), (PERIOD, mine.end, theirs.end)):
            if one is not None and other is not None and one != other:
                return (1 if one > other else -1), evidence  # type: ignore[operator]
        if mine.written and theirs.written and abs(mine.written - theirs.written) >= COPIED_WITHIN:
            return (1 if mine.written > theirs.written else -1), FILE_TIME
        return 0, ""

    def latest(self, places: Iterable[tuple[Place, object]]) -> tuple[Place | None, set[str]]:
        """Return the place that is later than every one of another content, None where there is none; and the evidence for it."""
        every = list(places)
        for place, content in every:
            others = [self.compare(place, other) for other, theirs in every if theirs != content]
            if all(sign > 0 for sign, _ in others):
                return place, {evidence for _, evidence in others}
        return None, set()


def undecided_pairs(order: Order, places: Iterable[tuple[Place, object]]) -> set[tuple[str, str]]:
    """Return the pairs of files between which nothing settles which version counts, each pair sorted."""
    every = list(places)
    return {
        (min(a.file, b.file), max(a.file, b.file))
        for number, (a, mine) in enumerate(every)
        for b, theirs in every[number + 1 :]
        if mine != theirs and not order.compare(a, b)[0]
    }
