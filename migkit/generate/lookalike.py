"""An export of made-up people that looks like a practice's own: made from its profile, which holds shapes and frequencies alone."""

from __future__ import annotations

import json
import os
import random
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pandas as pd

from migkit.model.errors import DataError, UsageError

from .population import people
from .sheets import Row, Sheet
from .words import stream

WORDS = (
    "the", "tooth", "was", "seen", "again", "and", "cleaned", "with", "care", "gum", "fine", "no", "pain", "talked", "about", "brushing",
    "next", "visit", "in", "six", "months", "filling", "looks", "good", "advice", "given", "left", "upper", "lower", "right",
)  # fmt: skip
"""What texts are made of."""
PERSON = {
    "first_name": "first_name", "middle_name": "first_name", "preferred_name": "first_name", "last_name": "last_name",
    "former_last_name": "last_name", "mobile": "mobile", "home_phone": "home_phone", "email": "email", "address_line1": "address_line1",
    "suburb": "suburb", "postcode": "postcode", "medicare_number": "medicare_number", "medicare_irn": "medicare_irn",
}  # fmt: skip
"""Canonical field → what of a made-up person stands there."""
AS_WRITTEN = frozenset({"mobile", "home_phone", "postcode"})
"""What is made as the practice writes it instead."""


def generate_lookalike(folder: str | os.PathLike[str], profile: str | os.PathLike[str], patients: int | None = None, seed: int = 1) -> Path:
    """Write `export/` under `folder` with the tables, headers, formats, fill, codes and references of a profile; return that folder.

    `patients` scales the rows of every table but lists that do not grow with them; None keeps the profile's. Same arguments, same bytes.
    Raises DataError for a file that is no profile, UsageError for a folder that holds something already.
    """
    try:
        document = json.loads(Path(profile).read_text(encoding="utf-8"))
        tables = {str(table["name"]): table for table in document["tables"]}
    except (OSError, ValueError, KeyError, TypeError):
        raise DataError(f"{profile} is no profile: 10_audit and `migkit profile` write one. Nothing was written.") from None
    root = Path(folder)
    if root.exists() and (not root.is_dir() or any(not path.name.startswith(".") for path in root.iterdir())):
        raise UsageError(f"{root} holds something already: choose another folder, or empty it. Nothing was written.")
    export = root / "export"
    export.mkdir(parents=True)
    made = _Lookalike(tables, patients, seed)
    for name in tables:
        for sheet in made.sheets(name):
            sheet.write(export)
    return export


class _Lookalike:
    """The tables of a profile, each with as many made-up rows as it shall have."""

    def __init__(self, tables: Mapping[str, Any], patients: int | None, seed: int) -> None:
        self._tables, self._seed = tables, seed
        known = next((table["rows"] for table in tables.values() if table["holds"] == "patients"), 0)
        self._scale = patients / known if patients and known else 1.0
        self._rows = {name: self._count(table) for name, table in tables.items()}
        self._people = {name: self._made_up(name, number) for number, name in enumerate(tables)}
        self._numbers = {name: self._own_numbers(name) for name in tables}

    def sheets(self, name: str) -> list[Sheet]:
        """Return the table's files, its rows shared among them in order."""
        table = self._tables[name]
        columns = [self._column(name, column) for column in table["columns"]]
        rows = [[column[number] for column in columns] for number in range(self._rows[name])]
        files, found = table["files"], []
        for number, file in enumerate(files):
            part = rows[number * len(rows) // len(files) : (number + 1) * len(rows) // len(files)]
            path = str(file["file"]) if str(file["file"]).endswith((".xlsx", ".csv", ".tsv", ".txt")) else f"{Path(file['file']).stem}.csv"
            above = [Row([name], layout="title") for _ in range(min(int(file["title_rows"]), 1))]
            headers = [str(column["name"]) for column in table["columns"]]
            encoding = "utf-8" if file["encoding"] == "ascii" else str(file["encoding"])
            sheet = Sheet(path, str(table["holds"]), headers, headers, [Row(list(cells)) for cells in part], above)
            sheet.encoding, sheet.separator = encoding, str(file["separator"])
            found.append(sheet)
        return found

    def _count(self, table: Mapping[str, Any]) -> int:
        grows = table["holds"] == "patients" or any(
            column.get("to") and self._holds(column["to"]) == "patients" for column in table["columns"]
        )
        grows = grows or table["holds"] in ("families", "invoice_lines", "treatment_items", "leads")
        return max(1, round(table["rows"] * (self._scale if grows else 1)))

    def _holds(self, name: str) -> str:
        return str(self._tables[name]["holds"]) if name in self._tables else ""

    def _made_up(self, name: str, number: int) -> pd.DataFrame:
        made, _ = people(max(1, self._rows[name]), seed=self._seed * 100 + number, duplicates=0)
        return made.astype(object).where(made.notna(), None)

    def _own_numbers(self, name: str) -> list[str]:
        column = next((one for one in self._tables[name]["columns"] if one["kind"] == "number of the row"), None)
        shape = next(iter(column["shapes"]), "####") if column else "####"
        return [_numbered(shape, number) for number in range(self._rows[name])]

    def _column(self, name: str, column: Mapping[str, Any]) -> list[str]:
        count, dice = self._rows[name], stream(self._seed, f"{name}/{column['name']}")
        make = self._maker(name, column, dice)
        is_own = column["kind"] == "number of the row"
        return [make(row) if is_own or dice.random() < float(column.get("fill", 0)) else "" for row in range(count)]

    def _maker(self, name: str, column: Mapping[str, Any], dice: random.Random) -> Callable[[int], str]:
        kind, field = str(column["kind"]), str(column.get("field", "")).rpartition(".")[2]
        own, persons = self._numbers[name], self._people[name]
        if kind == "empty":
            return lambda _: ""
        if kind == "number of the row":
            return lambda row: own[row]
        if kind == "reference":
            there = self._numbers.get(str(column["to"]), ["1"])
            return lambda row: there[self._referred(name, str(column["to"]), row)]
        if kind == "name" and field not in PERSON:
            return lambda row: _full_name(self._person(name, field, row), has_comma=float(column["comma"]) > 0.5)
        if kind in ("name", "email", "text", "shape", "unique") and field in PERSON and PERSON[field] not in AS_WRITTEN:
            return lambda row: str(persons.iloc[row][PERSON[field]] or "")
        if kind == "email":
            return lambda row: str(persons.iloc[row]["email"] or "")
        if kind in ("shape", "unique"):
            shapes = column["shapes"] or {"####": 1.0}
            return lambda _: _filled(dice.choices(list(shapes), list(shapes.values()))[0], dice)
        if kind == "code":
            codes = column["values"] or {"Other": 1.0}
            return lambda _: dice.choices(list(codes), list(codes.values()))[0]
        if kind == "date":
            return lambda _: _moment(column, dice).strftime(str(column["format"]))
        if kind == "number":
            return lambda _: _number(column, dice)
        return lambda _: _text(column, dice)

    def _referred(self, name: str, to: str, row: int) -> int:
        """Return which row another one refers to: the same for every column of the row, so that number and name agree."""
        return stream(self._seed, f"{name}/{to}/{row}").randrange(max(1, self._rows.get(to, 1)))

    def _person(self, name: str, field: str, row: int) -> Mapping[str, Any]:
        """Return whose name stands in a row: the referred person's where the field names one, else the row's own."""
        wanted = "practitioners" if field in ("practitioner_name", "author", "booked_by") else "patients" if "patient" in field else ""
        to = next((other for other, table in self._tables.items() if wanted and table["holds"] == wanted), None)
        if to is None or to == name:
            return dict(self._people[name].iloc[row])
        return dict(self._people[to].iloc[self._referred(name, to, row)])


def _numbered(shape: str, number: int) -> str:
    """Return the number-th number of a shape: `INV-#####` → INV-10001, with letters for the places of letters."""
    places = shape.count("#")
    digits = str(10 ** max(0, places - 1) + 1 + number) if places > 1 else str(number + 1)
    digits = digits.rjust(places, "0")
    spare, found = list(digits), []
    for letter in shape:
        if letter == "#" and spare:
            found.append(spare.pop(0))
        else:
            found.append({"^": "K", "~": "k", "#": ""}.get(letter, letter))
    return "".join(found) + "".join(spare)


def _filled(shape: str, dice: random.Random) -> str:
    letters = {"#": "0123456789", "^": "ABCDEFGHJKLMNPRSTUVWXYZ", "~": "abcdefghjklmnoprstuvwxyz"}
    return "".join(dice.choice(letters[letter]) if letter in letters else letter for letter in shape)


def _full_name(person: Mapping[str, Any], *, has_comma: bool) -> str:
    first, last = str(person["first_name"]), str(person["last_name"])
    return f"{last}, {first}" if has_comma else f"{first} {last}"


def _moment(column: Mapping[str, Any], dice: random.Random) -> datetime:
    years = column["years"] or {str(year): 1.0 for year in range(1950, 2015)}
    year = int(dice.choices(list(years), list(years.values()))[0])
    day = date(year, 1, 1) + timedelta(days=dice.randrange(365))
    return datetime(day.year, day.month, day.day, dice.randrange(8, 18), dice.choice((0, 15, 30, 45)))


def _number(column: Mapping[str, Any], dice: random.Random) -> str:
    low, *_ = quantiles = [float(value) for value in column["quantiles"]]
    part = dice.randrange(len(quantiles) - 1)
    value = dice.uniform(quantiles[part], quantiles[part + 1]) if quantiles[-1] > low else low
    text = f"{value:,.{column['places']}f}" if column["thousands"] else f"{value:.{column['places']}f}"
    return f"{column['before']}{text}{column['after']}"


def _text(column: Mapping[str, Any], dice: random.Random) -> str:
    count = max(1, round(float(column.get("words", 1))))
    pool = WORDS[: max(2, min(len(WORDS), round(float(column.get("distinct", 1)) * 60)))]
    said = " ".join(dice.choice(pool) for _ in range(min(count, 200))).capitalize()
    return f"<p>{said}.</p>" if column.get("html") else said
