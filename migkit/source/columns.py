"""One text column → one typed column, every change and every problem written down.

Values are parsed once per distinct spelling, so that a column of two million dates costs what its few thousand days cost.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
from pandas.api.extensions import ExtensionArray

from migkit.model.canonical import DTYPES, CanonicalField
from migkit.model.country import DAY, MONTH, NO_COUNTRY, Country

from .cells import NO_VALUE, NOUGHT, Parser, parsers
from .cells.contacts import read_emails, read_phones
from .cells.dates import is_ambiguous, is_day_first, is_month_first, parse_date, parse_datetime
from .cells.money import has_decimal_comma, parse_comma_money
from .compact_dates import with_separators
from .swapped import swapped_dates

_WHOLE_COLUMN = 2
"""Dates that can only be month first, with none that can only be day first, after which the whole column is month first."""
_LOOSE = frozenset({"text", "html"})
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
"""Characters of no width and marks of direction."""
_EDGE = f"(?:{_INVISIBLE.pattern}|\\s)"
_EDGES = re.compile(f"^{_EDGE}+|(?<!{_EDGE}){_EDGE}+$")
_LINE_BREAKS = str.maketrans("\x0b\x0c", "\n\n")
"""How FileMaker breaks a line within a cell, and a report a page."""
_SEPARATORS = re.compile("[\x1c-\x1f][\x1c-\x1f ]*")
"""What parts the values of a cell that holds several: FileMaker's repeating fields have group separators."""
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
_QUOTED = re.compile(r'="(.*)"', re.DOTALL)
"""How a CSV file keeps a spreadsheet from taking noughts away."""
_READ_WHOLE = frozenset({"phone", "email"})
"""Types of which a cell may hold several values, and remarks."""
_WRITTEN = frozenset({"text", "html", "path", "url"})
_LONGEST = 2000
"""Characters beyond which nothing is parsed as a name, an amount or a phone number: the parsers' patterns are given no more."""
_NULL_WORDS = frozenset({"null", "(null)", "\\n", "#n/a", "#ref!", "#value!", "#name?", "#div/0!", "#null!", "#num!"})


Shown = Mapping[str, int]
"""Order (`migkit.model.country`) → how many dates can be read in no other."""


@dataclass(frozen=True)
class Reading:
    """How a column is to be read beyond its type."""

    values: Mapping[str, str] = field(default_factory=dict)
    """Confirmed value map: source spelling → canonical value."""
    vetoes: frozenset[str] = frozenset()
    """Repair rules that must not be applied to this field."""
    zone: ZoneInfo | None = None
    country: Country = NO_COUNTRY
    date_order: str = ""
    """Which number comes first in a slashed date, where a person said so for this column (`migkit.model.country`)."""
    shown: Mapping[str, Shown] = field(default_factory=dict)
    """File → which orders the dates of all its columns prove: one system wrote them all."""
    elsewhere: Shown = field(default_factory=dict)
    """Which orders the files of the export prove."""


@dataclass(frozen=True)
class TypedColumn:
    """A typed column with what was done to it. Positions count from 0 in the given series."""

    values: pd.Series
    repairs: pd.DataFrame
    """position, rule, before, after (text, NA where the value is gone)."""
    problems: pd.DataFrame
    """position, code."""
    further: pd.DataFrame = field(default_factory=lambda: pd.DataFrame({"position": [], "value": [], "is_remark": []}))
    """What a cell of phones or e-mails holds beyond its value: position, value (a further number or address, or the cell as it was
    written where it says more), is_remark."""


@dataclass
class _Parsed:
    value: Any = None
    steps: list[tuple[str, str, str | None]] = field(default_factory=list)
    """rule, before, after."""
    problem: str = ""
    further: list[tuple[str, bool]] = field(default_factory=list)
    """value, is_remark."""


def type_column(text: pd.Series, spec: CanonicalField, reading: Reading = Reading()) -> TypedColumn:
    """Return `text` (string, NA where empty) as the field's dtype."""
    codes, uniques = pd.factorize(text)
    spellings: list[str] = uniques.to_numpy(object).tolist()
    parser, ambiguous, doubt = _parser(spec, spellings, reading)
    parsed = [_parse(value, spec, parser, reading) for value in spellings]
    for index in ambiguous:
        parsed[index].problem = parsed[index].problem or doubt
        if not reading.country.date_order:  # nothing says which: a day that may be another is not made up
            unread = ("date-order-ambiguous", spellings[index], None)
            parsed[index] = _Parsed(steps=[*parsed[index].steps, unread], problem="date-order-ambiguous")
    dtype = DTYPES[spec.type]
    distinct = _array([one.value for one in parsed], dtype)
    values = pd.Series(distinct.take(codes, allow_fill=True), index=text.index)
    return TypedColumn(values, _repairs(codes, parsed), _problems(codes, parsed), _further(codes, parsed))


def shown(value: Any) -> str | None:
    """Return a typed value as text for the repairs table, None where there is none."""
    if value is None or value is pd.NA or value is pd.NaT:
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == datetime.min.time() else value.isoformat(sep=" ")
    return str(value)


def type_files(text: pd.Series, files: pd.Series, spec: CanonicalField, reading: Reading = Reading()) -> TypedColumn:
    """Return `text` as the field's dtype; where its dates are written in both orders, each file is read by itself.

    In a column of both orders, the dates of a file that shows neither are said to be ambiguous.
    """
    if spec.type not in ("date", "datetime"):
        return type_column(text, spec, reading)
    separated = with_separators(text, files)
    if (compact := separated.ne(text).fillna(False)).any():
        return _with_rewritten(type_files(separated, files, spec, reading), text, separated, compact, "date-compact", "")
    if reading.date_order:
        return type_column(text, spec, reading)
    swapped = swapped_dates(text, files)
    if not swapped.any():
        return _type_files(text, files, spec, reading)
    right = text.mask(swapped, text.str.replace(r"^(\d{4})-(\d\d)-(\d\d)", r"\1-\3-\2", regex=True))
    return _with_rewritten(_type_files(right, files, spec, reading), text, right, swapped, "date-swapped", "dates-swapped")


def _type_files(text: pd.Series, files: pd.Series, spec: CanonicalField, reading: Reading) -> TypedColumn:
    spellings = [str(one).strip() for one in text.dropna().unique()]
    here = {str(file): reading.shown[str(file)] for file in files.unique() if str(file) in reading.shown}
    reading = replace(reading, shown=here)
    if not all(_added([orders_of(spellings), *here.values()]).values()):
        return type_column(text, spec, reading)
    parts, places = [], []
    for file in files.unique():
        place = np.flatnonzero(files.eq(file).to_numpy())
        part = text.iloc[place]
        own = {str(file): here[str(file)]} if str(file) in here else {}
        typed = type_column(part, spec, replace(reading, shown=own))
        known = {one: str(one).strip() for one in part.dropna().unique()}
        if not any(_added([orders_of(known.values()), *own.values()]).values()):
            ambiguous = np.flatnonzero(part.isin([one for one, bare in known.items() if is_ambiguous(bare)]))
            ambiguous = ambiguous[~np.isin(ambiguous, typed.problems["position"])]
            codes = pd.DataFrame(
                {"position": ambiguous.astype("int64"), "code": pd.array(["date-order-ambiguous"] * len(ambiguous), "string")}
            )
            typed = replace(typed, problems=pd.concat([typed.problems, codes], ignore_index=True))
        parts.append(typed)
        places.append(place)
    return _joined(parts, places, text.index)


def _with_rewritten(typed: TypedColumn, text: pd.Series, right: pd.Series, changed: pd.Series, rule: str, problem: str) -> TypedColumn:
    """Return the column, typed from `right`, with what is said of the dates that were written otherwise: a repair, and a problem if any."""
    places = np.flatnonzero(changed.to_numpy())
    repairs = pd.DataFrame({"position": places, "rule": rule, "before": text.iloc[places], "after": right.iloc[places]})
    problems = pd.DataFrame({"position": places, "code": pd.array([problem] * len(places), "string")}) if problem else _NO_PROBLEMS
    return replace(
        typed,
        repairs=pd.concat([repairs.astype(typed.repairs.dtypes.to_dict()), typed.repairs], ignore_index=True),
        problems=pd.concat([typed.problems, problems.astype(typed.problems.dtypes.to_dict())], ignore_index=True),
    )


def type_zones(
    text: pd.Series, files: pd.Series, zones: Mapping[str, ZoneInfo], locations: pd.Series, spec: CanonicalField, reading: Reading
) -> TypedColumn:
    """Return `text` as the field's dtype; an instant is read on the clock of its row's location, where `zones` knows that."""
    if spec.type not in ("date", "datetime") or not zones:
        return type_files(text, files, spec, reading)
    of_row = [zones.get(location, reading.zone) for location in locations.fillna("")]
    parts, places = [], []
    for zone in dict.fromkeys(of_row):
        place = np.array([row for row, one in enumerate(of_row) if one == zone])
        parts.append(type_files(text.iloc[place], files.iloc[place], spec, replace(reading, zone=zone)))
        places.append(place)
    return _joined(parts, places, text.index) if parts else type_files(text, files, spec, reading)


def _joined(parts: list[TypedColumn], places: list[np.ndarray], index: pd.Index) -> TypedColumn:
    """Return one column of several that stand at these places of it."""
    return TypedColumn(
        pd.concat([part.values for part in parts]).reindex(index),
        pd.concat([part.repairs.assign(position=place[part.repairs["position"]]) for part, place in zip(parts, places, strict=True)]),
        pd.concat([part.problems.assign(position=place[part.problems["position"]]) for part, place in zip(parts, places, strict=True)]),
    )


def _parser(spec: CanonicalField, spellings: list[str], reading: Reading) -> tuple[Parser, list[int], str]:
    """Return the cell parser, the positions of spellings whose date order cannot be told, and the code of that problem."""
    if spec.type == "money" and "money-comma" not in reading.vetoes and has_decimal_comma(spellings):
        return partial(parse_comma_money, country=reading.country), [], ""
    if spec.type not in ("date", "datetime"):
        return parsers(reading.country)[spec.type], [], ""
    read = parse_datetime if spec.type == "datetime" else parse_date

    def base(text: str) -> tuple[Any, str, str]:
        return read(text, reading.zone)

    stripped = [value.strip() for value in spellings]
    order, doubt = _date_order(stripped, reading)
    parser = (lambda text: _month_first(text, base, reading)) if order == MONTH else base
    return parser, [index for index, value in enumerate(stripped) if is_ambiguous(value)] if doubt else [], doubt


def _date_order(texts: list[str], reading: Reading) -> tuple[str, str]:
    """Return the order of a column's slashed dates, and the code of the problem that those have which could be the other, "" for none.

    A person's word counts first, then what the column and the others of its file show: one way by the country's own order unless that is
    contradicted, the other way only where no date contradicts it. Where a file shows none, it is read as all the other files are written,
    and that is said. Without a country's order the column must show its own.
    """
    if reading.date_order:
        return reading.date_order, ""
    shown = orders_of(texts)
    usual = reading.country.date_order
    if not usual:
        certain = [order for order, count in shown.items() if count]
        return (certain[0], "") if len(certain) == 1 else (DAY, "date-order-ambiguous")
    other = MONTH if usual == DAY else DAY
    if not shown[usual]:
        shown = _added([shown, *reading.shown.values()])
    if shown[other] >= _WHOLE_COLUMN and not shown[usual]:
        return other, ""
    if not any(shown.values()) and reading.elsewhere.get(other, 0) >= _WHOLE_COLUMN and not reading.elsewhere.get(usual):
        return other, "date-order-of-others"
    return usual, "date-order-ambiguous" if shown[other] else ""


_ORDER_SAID = re.compile(r"\b(dd?[/.-]mm?|mm?[/.-]dd?)[/.-]yy", re.IGNORECASE)
"""What a header says of the order of its dates."""


def orders_of(texts: Iterable[str]) -> Shown:
    """Return how many of these texts are slashed dates that can be read day first only, and month first only."""
    known = list(texts)
    return {DAY: sum(map(is_day_first, known)), MONTH: sum(map(is_month_first, known))}


def orders_by_header(header: str, texts: Sequence[str]) -> Shown:
    """Return how many of these dates the header says to be written day first or month first (`Date (mm/dd/yyyy)`); none where one of
    them can only be read otherwise."""
    said = _ORDER_SAID.search(header)
    if said is None:
        return {DAY: 0, MONTH: 0}
    order, shown = (DAY if said[1][0] in "dD" else MONTH), orders_of(texts)
    if shown[MONTH if order == DAY else DAY]:
        return {DAY: 0, MONTH: 0}
    return {DAY: 0, MONTH: 0, order: sum(map(is_ambiguous, texts))}


def _added(counts: Sequence[Shown]) -> Shown:
    return {order: sum(one.get(order, 0) for one in counts) for order in (DAY, MONTH)}


def _month_first(text: str, base: Parser, reading: Reading) -> tuple[Any, str, str]:
    usual = reading.country.date_order == MONTH or bool(reading.date_order)
    if not is_ambiguous(text):
        value, rule, problem = base(text)
        return value, "" if usual and rule == "date-us" else rule, problem
    first, second, rest = re.split(r"[/.\- ]", text, maxsplit=2)
    value, rule, problem = base(f"{second}/{first}/{rest}")
    return value, rule if usual else "date-us", problem


def _parse(text: str, spec: CanonicalField, parser: Parser, reading: Reading) -> _Parsed:  # noqa: C901 - the rules of cleaning in the order in which they are applied
    done = _Parsed()
    trimmed = _trim(text, spec.type)
    if "trim" in reading.vetoes:
        trimmed = text
    elif trimmed != text:
        done.steps.append(("trim", text, trimmed or None))
    bare = trimmed if "text-prefix" in reading.vetoes else _unmarked(trimmed, spec.type)
    if bare != trimmed:
        done.steps.append(("text-prefix", trimmed, bare or None))
    if not (trimmed := bare):
        return done
    if (mapped := _mapped(trimmed, spec, reading)) is not None:
        done.value = parser(mapped)[0] if spec.type == "boolean" else mapped
        return done
    if says_nothing(trimmed, spec):
        done.steps.append(("no-value", trimmed, None))
        return done
    if spec.values:
        done.value, done.problem = trimmed, "unknown-code"
        return done
    if len(trimmed) > _LONGEST and spec.type not in _WRITTEN:
        done.value, done.problem = (trimmed if DTYPES[spec.type] == "string" else None), f"unreadable-{spec.type}"
        return done
    if spec.type in _READ_WHOLE:
        found = read_phones(trimmed, reading.country) if spec.type == "phone" else read_emails(trimmed)
        done.further = [*((one, False) for one in found.values[1:]), *([(found.remark, True)] if found.remark else [])]
    value, rule, done.problem = parser(trimmed)
    if rule and rule in reading.vetoes:
        value, rule = (trimmed, "") if DTYPES[spec.type] == "string" else (None, f"unreadable-{spec.type}")
        done.problem, done.further = rule, []
    if value is None and done.problem:
        rule = done.problem
    if rule:
        done.steps.append((rule, trimmed, shown(value)))
    done.value = value
    return done


def _trim(text: str, kind: str) -> str:
    """Return the text without spaces around it and without what cannot be seen; inside a long text only control characters go.

    Several values of a cell are told apart by semicolons, in one line as well. So are amounts on lines of their own, of which blanks
    would make one.
    """
    if text.isascii() and text.isprintable() and "  " not in text:  # as nearly all are
        return text.strip()
    bare = _SEPARATORS.sub("; ", text.strip())
    bare = _CONTROLS.sub("", bare.translate(_LINE_BREAKS))
    if kind == "money":
        bare = re.sub("[\r\n]+", "; ", bare)
    if not bare.isascii():
        bare = unicodedata.normalize("NFC", bare).replace("\xa0", " ")
        bare = _EDGES.sub("", bare) if kind in _WRITTEN else _INVISIBLE.sub("", bare)
    return bare.strip() if kind in _WRITTEN else re.sub(r"\s+", " ", bare).strip()


def _unmarked(text: str, kind: str) -> str:
    """Return the text without the mark by which a spreadsheet was told that it is one: `="0412"`, and `'0412` but for words."""
    if marked := _QUOTED.fullmatch(text):
        return marked[1].strip()
    return text[1:] if text.startswith("'") and kind not in _WRITTEN | {"name"} and not text.endswith("'") else text


def _mapped(text: str, spec: CanonicalField, reading: Reading) -> str | None:
    """Return the canonical value: the confirmed map first, then the schema's own spellings."""
    if not (reading.values or spec.values):
        return None
    if text in reading.values:
        return reading.values[text]
    folded = text.casefold()
    for spelling, value in reading.values.items():
        if spelling.casefold() == folded:
            return value
    return spelled(text, spec)


def spelled(text: str, spec: CanonicalField) -> str | None:
    """Return the code of the field that a text spells, None where it is none of the schema's own spellings."""
    folded = text.casefold()
    plain = folded.replace("_", " ")
    return next((value for value, words in spec.values.items() if folded in words or plain == value.replace("_", " ")), None)


def says_nothing(text: str, spec: CanonicalField) -> bool:
    """Return whether a value, without spaces around it, is a word for "nothing" (`n/a`) in this field."""
    folded = text.casefold()
    if spec.type == "money" and folded in NOUGHT:
        return False
    words = _NULL_WORDS if spec.type in _LOOSE else NO_VALUE
    return (folded in words and not _is_a_name(text, spec)) or folded in spec.nothing


def _is_a_name(text: str, spec: CanonicalField) -> bool:
    """`Na`, `None`, `Nil` and `Null` are people's names; `n/a`, `-` and a database's `NULL` are not."""
    return spec.type == "name" and text.isalpha() and (text.casefold() != "null" or text == "Null")


def _array(values: list[Any], dtype: str) -> ExtensionArray:
    return pd.array(np.array(values, dtype=dtype) if dtype == "datetime64[us]" else values, dtype=dtype)


_NO_REPAIRS = pd.DataFrame(
    {"position": pd.Series(dtype="int64"), **{name: pd.Series(dtype="string") for name in ("rule", "before", "after")}}
)
_NO_PROBLEMS = pd.DataFrame({"position": pd.Series(dtype="int64"), "code": pd.Series(dtype="string")})
_NO_MORE = pd.DataFrame([], columns=["position", "value", "is_remark"])


def _with(codes: np.ndarray, has: list[bool]) -> np.ndarray:
    """Return the positions of the rows whose spelling has something."""
    return np.flatnonzero((codes >= 0) & np.array(has, dtype=bool)[codes]) if any(has) else np.array([], dtype="int64")


def _repairs(codes: np.ndarray, parsed: list[_Parsed]) -> pd.DataFrame:
    rows = _with(codes, [bool(one.steps) for one in parsed])
    if not len(rows):
        return _NO_REPAIRS
    parts = [(row, *step) for row, code in zip(rows.tolist(), codes[rows].tolist(), strict=True) for step in parsed[code].steps]
    positions, *texts = zip(*parts, strict=True)
    named = zip(("rule", "before", "after"), texts, strict=True)
    return pd.DataFrame({"position": np.array(positions, dtype="int64"), **{name: pd.array(text, dtype="string") for name, text in named}})


def _problems(codes: np.ndarray, parsed: list[_Parsed]) -> pd.DataFrame:
    rows = _with(codes, [bool(one.problem) for one in parsed])
    if not len(rows):
        return _NO_PROBLEMS
    return pd.DataFrame({"position": rows.astype("int64"), "code": pd.array([parsed[codes[row]].problem for row in rows], dtype="string")})


def _further(codes: np.ndarray, parsed: list[_Parsed]) -> pd.DataFrame:
    rows = _with(codes, [bool(one.further) for one in parsed])
    if not len(rows):
        return _NO_MORE
    parts = [(int(row), *one) for row in rows for one in parsed[codes[row]].further]
    return pd.DataFrame(parts, columns=["position", "value", "is_remark"])
