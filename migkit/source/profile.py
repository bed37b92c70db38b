"""A practice's export as shapes and frequencies: enough to make a look-alike export, and nothing of anybody in it.

A value stands in the profile only where it is a code (a status, a type, a sex, an item), in at least five rows and, where the rows name
patients, of at least five patients. Everything else is told by what it looks like: fill, shape, years, rounded quantiles, references.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

import pandas as pd

from migkit.model.among import among
from migkit.model.canonical import CanonicalField, CanonicalSchema
from migkit.model.mapping import TableMap
from migkit.model.tables import RawExport, SourceTable

T = TypeVar("T")

FEW = 5
"""What fewer rows, or fewer patients, share is not told."""
FORMATS = (
    "%d/%m/%Y %H:%M:%S", "%d/%m/%Y %H:%M", "%d/%m/%Y", "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M", "%Y-%m-%d",
    "%d-%m-%Y", "%d.%m.%Y", "%m/%d/%Y", "%d/%m/%y", "%d %b %Y", "%d-%b-%Y", "%d %B %Y", "%Y%m%d", "%H:%M:%S", "%H:%M", "%I:%M %p",
)  # fmt: skip
_DATED = re.compile(r"\d{6,8}|\d{1,4}[-/: ].+|\d{1,2}\.\d{1,2}\.\d{4}")
"""What any of the formats looks like: to ask `strptime` eighteen times of a text that is none takes longest."""
_NEARLY = 0.9
"""Share of a column's values that are written in its format."""
CODES = frozenset({"code", "boolean", "item_code", "tooth"})
"""Types of fields whose values are codes, never anybody's own."""
PLAIN = frozenset(
    {"title", "country", "location", "interval", "category", "trigger", "timing", "channel", "measure", "grouping", "schedule"}
)
"""Fields of text whose frequent values are codes too."""
_NUMBER = re.compile(r"(?P<before>[^\d-]{0,3})-?[\d,]*\d(?:\.(?P<places>\d+))?(?P<after>\D{0,3})")


def profile_of(raw: RawExport, tables: Mapping[str, TableMap], schema: CanonicalSchema) -> dict[str, Any]:
    """Return the profile of an export as a JSON-able value: files, tables, columns; a map of its columns says what each is about."""
    own = {name: table for name, table in raw.tables.items() if table.drawn is None}
    names = _Names(own, tables, schema)
    homes = {name: tables[name].table or "" for name in own if name in tables}
    found: list[dict[str, Any]] = []
    for name, table in own.items():
        found.append(
            {
                "name": names.clean(name, f"Table {len(found) + 1}"),
                "holds": homes.get(name, ""),
                "rows": rounded(len(table.frame)),
                "files": _files(raw, table, names),
                "columns": [_column(table, column, name, own, tables, schema, names) for column in table.columns],
            }
        )
    for told in found:
        for number, column in enumerate(told["columns"], start=1):
            column["name"] = names.clean(column["name"], f"Column {number}")
    return {"version": 1, "fewest": FEW, "tables": found}


def rounded(number: float) -> float:
    """Return a number with two figures that count: 1,234 as 1,200, and 0.4567 as 0.46."""
    if number == 0:
        return 0
    places = 1 - math.floor(math.log10(abs(number)))
    near = round(float(number), places)
    return int(near) if near == int(near) else near


def shape_of(text: str, keep: int = 0) -> str:
    """Return what a text looks like: `#` a digit, `^` a capital, `~` a small letter; `keep` characters at its beginning, and up to three
    capitals in a row, stay as they are (`INV-#####`)."""
    masked = re.sub(r"[A-Z]{4,}|[^\W\d_]*[a-z\u00c0-\uffff][^\W\d_]*", lambda found: _letters(found[0]), text[keep:])
    return text[:keep] + re.sub(r"\d", "#", masked)


def _letters(text: str) -> str:
    return "".join("^" if letter.isupper() else "~" for letter in text)


def _column(
    table: SourceTable,
    column: str,
    name: str,
    own: Mapping[str, SourceTable],
    tables: Mapping[str, TableMap],
    schema: CanonicalSchema,
    names: _Names,
) -> dict[str, Any]:
    values = table.frame[column].dropna().astype(str).str.strip()
    told: dict[str, Any] = {"name": column, "kind": "empty", "fill": 0.0}
    if len(values) < FEW:
        return told
    told["fill"] = round(len(values) / len(table.frame), 2)
    told["distinct"] = rounded(values.nunique() / len(values))
    holds = tables[name].table if name in tables else None
    home = next((one.to for one in tables[name].columns.values() if one.column == column), None) if holds else None
    spec = schema[holds].fields.get(home) if holds and home else None
    told["field"] = f"{holds}.{home}" if spec else ""
    if holds and home == schema[holds].key[0]:
        return told | {"kind": "number of the row", "shapes": _shapes(values, is_phone=False)}
    return told | _values(values, table, spec, _target(spec, own, tables, schema), own, names)


def _values(
    values: pd.Series,
    table: SourceTable,
    spec: CanonicalField | None,
    target: tuple[str, str] | None,
    own: Mapping[str, SourceTable],
    names: _Names,
) -> dict[str, Any]:
    if target is not None and spec is not None and spec.ref:
        found = among(values, own[target[0]].frame[target[1]].dropna().astype(str))
        if found.mean() >= 0.5:
            return {"kind": "reference", "to": names.clean(target[0], target[0]), "found": round(float(found.mean()), 2)}
    if (form := _format(values)) is not None:
        days = values if "%H" not in form[:2] else values.head(0)
        years = pd.to_datetime(days, format=form, errors="coerce").dt.year.value_counts()
        counted = {str(int(year)): number for year, number in sorted(years.items()) if number >= FEW}
        return {"kind": "date", "format": form, "years": {year: rounded(n / len(values)) for year, n in counted.items()}}
    kind = spec.type if spec else ""
    if kind in CODES or (kind == "text" and spec and spec.name in PLAIN):
        return {"kind": "code", "values": _frequent(values, table, names)}
    if kind in ("name", "email"):
        return {
            "kind": kind,
            "comma": round(float(values.str.contains(",").mean()), 2),
            "words": rounded(values.str.split().str.len().mean()),
        }
    if kind in ("phone", "postcode", "id") or (not kind and values.is_unique and values.str.contains(r"\d").mean() > 0.9):
        return {"kind": "unique" if values.is_unique else "shape", "shapes": _shapes(values, is_phone=kind == "phone")}
    if numbers := _numbers(values):
        return numbers
    if values.str.fullmatch(r"[\d\W]+").mean() > 0.9:
        return {"kind": "shape", "shapes": _shapes(values, is_phone=False)}
    return {"kind": "text", "words": rounded(values.str.split().str.len().median()), "html": bool(values.str.startswith("<").mean() > 0.5)}


def _frequent(values: pd.Series, table: SourceTable, names: _Names) -> dict[str, float]:
    """Return code → share, of those that enough rows and enough patients have, the most common first."""
    counts = values.value_counts()
    patients = names.patients_of(table)
    shared = patients[values.index].groupby(values).nunique() if patients is not None else counts
    return {str(value): rounded(n / len(values)) for value, n in counts.items() if n >= FEW and shared[value] >= FEW}


def _shapes(values: pd.Series, *, is_phone: bool) -> dict[str, float]:
    """Return shape → share of the shapes that enough rows have; a phone keeps how it begins where enough begin so."""
    texts = Counter[str](values.tolist())
    close = {text: shape_of(text, (3 if text.startswith("+") else 2) if is_phone else 0) for text in texts}
    counts = _summed((close[text], n) for text, n in texts.items())
    wide = (re.sub(r"[A-Z]", "^", shape_of(text)) if counts[close[text]] < FEW else close[text] for text in texts)
    final = _summed(zip(wide, texts.values(), strict=True))
    return {shape: rounded(n / len(values)) for shape, n in final.most_common() if n >= FEW}


def _summed(counts: Iterable[tuple[T, int]]) -> Counter[T]:
    """Return how often each value stands: values may come several times, each with its own number."""
    summed = Counter[T]()
    for name, number in counts:
        summed[name] += number
    return summed


def _numbers(values: pd.Series) -> dict[str, Any]:
    texts = Counter[str](values.tolist())
    found = [(text, match, texts[text]) for text in texts if (match := _NUMBER.fullmatch(text))]
    if sum(n for *_, n in found) < 0.95 * len(values):
        return {}
    read = [float(re.sub(r"[^\d.-]", "", text.replace(match["after"] or "\0", ""))) for text, match, _ in found]
    amounts = pd.Series(read).repeat([n for *_, n in found])
    places = _summed((len(match["places"] or ""), n) for _, match, n in found).most_common(1)[0][0]
    before, after = (_summed((match[side], n) for _, match, n in found).most_common(1)[0] for side in ("before", "after"))
    return {
        "kind": "number",
        "places": places,
        "thousands": any("," in text for text, *_ in found),
        "before": before[0] if before[1] >= FEW else "",
        "after": after[0] if after[1] >= FEW else "",
        "quantiles": [rounded(float(amounts.quantile(share))) for share in (0.05, 0.25, 0.5, 0.75, 0.95)],
    }


def _format(values: pd.Series) -> str | None:
    """Return the first format in which nine of ten values are written."""
    some = values.head(300).value_counts()
    if some[[_DATED.fullmatch(str(text)) is not None for text in some.index]].sum() < _NEARLY * some.sum():
        return None
    return next((form for form in FORMATS if _is_format_of(some, form)), None)


def _is_format_of(counts: pd.Series, form: str) -> bool:
    """Return whether at least nine of ten read; looks no further than it takes to say no, since most columns hold no dates."""
    wanted, left = _NEARLY * counts.sum(), counts.sum()
    for text, number in counts.items():
        if _read(str(text), form) is None:
            left -= number
            if left < wanted:
                return False
    return True


def _read(text: str, form: str) -> datetime | None:
    try:
        return datetime.strptime(text, form)
    except ValueError:
        return None


def _target(
    spec: CanonicalField | None, own: Mapping[str, SourceTable], tables: Mapping[str, TableMap], schema: CanonicalSchema
) -> tuple[str, str] | None:
    """Return the source table and column that number what a field refers to, None where the export has none."""
    if spec is None or not spec.ref:
        return None
    return next(_numbered(spec.ref, own, tables, schema), None)


def _numbered(
    table: str, own: Mapping[str, SourceTable], tables: Mapping[str, TableMap], schema: CanonicalSchema
) -> Iterator[tuple[str, str]]:
    for name, one in tables.items():
        if one.table == table and name in own:
            yield from ((name, column.column) for column in one.columns.values() if column.to == schema[table].key[0])


def _files(raw: RawExport, table: SourceTable, names: _Names) -> list[dict[str, Any]]:
    known = {row["file"]: row for row in raw.anatomy.to_dict("records")}
    found = []
    for number, file in enumerate(table.files, start=1):
        path, _, sheet = file.partition("#")
        name, otherwise = Path(path.split("/", 1)[-1]), f"{names.clean(table.name, 'Table')} {number}"
        one = known.get(file, {})
        found.append(
            {
                "file": f"{names.clean(name.stem, otherwise)}{name.suffix.lower()}",
                "sheet": names.clean(sheet, "Sheet1") if sheet else "",
                "encoding": str(one.get("encoding") or "utf-8"),
                "separator": str(one.get("separator") or ","),
                "title_rows": int(one.get("title_rows") or 0),
            }
        )
    return found


class _Names:
    """Words that are, or may be, somebody's name: no file, sheet or column keeps one; and who the rows of a table are about."""

    def __init__(self, own: Mapping[str, SourceTable], tables: Mapping[str, TableMap], schema: CanonicalSchema) -> None:
        self._tables, self._own = tables, own
        plain = {word for table in schema.tables.values() for text in _said(table) for word in _words(text)}
        people = set[str]()
        for name, table in own.items():
            holds = tables[name].table if name in tables else None
            fields = schema[holds].fields if holds else {}
            for column in tables[name].columns.values() if holds else ():
                if column.to and column.to in fields and fields[column.to].type == "name" and column.column in table.columns:
                    people |= {word for text in table.frame[column.column].dropna().unique() for word in _words(str(text))}
        self._people = {word for word in people - plain if len(word) > 2}

    def clean(self, text: str, otherwise: str) -> str:
        """Return a name of a file or column, or what stands for it where it holds a word of somebody's name."""
        return otherwise if self._people & set(_words(text)) else text

    def patients_of(self, table: SourceTable) -> pd.Series | None:
        """Return the patient's number of each row, None where the table names no patient."""
        columns = self._tables[table.name].columns.values() if table.name in self._tables else ()
        named = next((one.column for one in columns if one.to == "patient_id" and one.column in table.columns), None)
        return table.frame[named] if named else None


def _said(table: Any) -> Iterable[str]:
    yield from (table.title, table.name, *table.synonyms)
    for field in table.fields.values():
        yield from (field.title, field.name, *field.synonyms)


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W\d_]+", text.casefold())
