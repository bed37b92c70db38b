"""The page of instructions beside the files of an import: which file, which column to which field, what to expect, what to check."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from migkit.import_files import CARRIED, ImportSheet, Parting, Route, lost
from migkit.migration import Migration
from migkit.migration.import_rounds import Round
from migkit.model.messages import Message
from migkit.model.objects import OBJECTS, ObjectType
from migkit.report import Local, page
from migkit.workspace import write_atomically

NAME = "instructions.html"
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_ASIDE = {
    ObjectType.PERSON: "persons of one name who share a phone, e-mail or organization",
    ObjectType.ORGANIZATION: "organizations of one name",
}


def write_instructions(
    folder: Path, migration: Migration, one: Round, sheets: Sequence[ImportSheet], parting: Parting, left: Mapping[ObjectType, int]
) -> Path:
    """Write `instructions.html` into the folder of a round, carried whole: nothing is loaded from elsewhere. Return its path.

    `left`: object → records that go by a file of a later round.
    """
    settings = migration.workspace.settings
    local = Local(settings.country_rules.code, settings.currency, settings.timezone)
    values = {
        "practice": settings.practice,
        "target": settings.target_url,
        "number": one.number,
        "about": max(one.number, one.about),
        "is_hybrid": one.route is Route.HYBRID,
        "workspace": migration.workspace.typed,
        "folder": str(folder),
        "files": [_file(sheet, left.get(sheet.object, 0)) for sheet in sheets],
        "reasons": _reasons(parting),
        "merges": [_ASIDE[sheet.object] for sheet in sheets if sheet.object in _ASIDE],
        "given_up": [] if one.route is Route.HYBRID else _given_up(sheets, migration),
    }
    target = folder / NAME
    write_atomically(target, page("import_files.html.j2", local, values))
    return target


def _file(sheet: ImportSheet, left: int) -> dict[str, Any]:
    carried = CARRIED[sheet.object]
    columns = [
        {"letter": _letter(place), "header": column.header, "category": column.category, "label": column.label, "filled": filled}
        for place, column in enumerate(sheet.columns)
        for filled in [sum(row[place] is not None for row in sheet.rows)]
    ]
    return {
        "name": sheet.name,
        "object": carried.plural,
        "rows": len(sheet.rows),
        "columns": columns,
        "left": left,
        "is_contact": sheet.object in _ASIDE,
        "has_key_column": OBJECTS[sheet.object].entity is not None,
        "text": next((column.label for name, column in carried.fields.items() if name == OBJECTS[sheet.object].text), ""),
    }


def _letter(place: int) -> str:
    high, low = divmod(place, len(_LETTERS))
    return (_LETTERS[high - 1] if high else "") + _LETTERS[low]


def _reasons(parting: Parting) -> list[dict[str, Any]]:
    counts = Counter(_general(why) for why in parting.by_api.values())
    return [{"count": count, "sentence": sentence} for sentence, count in counts.items()]


_GENERAL = {
    "import-object": "Products, leads and files do not travel by Pipedrive's import.",
    "import-merge": "The import would merge it with another one: the same name, and a phone, e-mail or organization of both.",
    "import-promise": "It has an original time or author that the import is not known to set, and that the plan promises to keep.",
    "import-field": "It has a field that the import is not known to carry.",
    "import-came-wrong": "The first import into this account got one of its fields wrong.",
}


def _general(why: Message) -> str:
    """Return a reason without what is one record's own; why the import skipped it is what many may share."""
    return _GENERAL.get(why.code, str(why))


_LOST = {"add_time": "original time of creation", "owner_id": "author", "form": "bold, italics and lists in their text: the words stay"}


def _given_up(sheets: Sequence[ImportSheet], migration: Migration) -> list[dict[str, Any]]:
    records = migration.plan.records
    found: Counter[tuple[str, str]] = Counter()
    for sheet in sheets:
        for key in sheet.keys:
            for name in lost(records[key]) if key in records else ():
                found[CARRIED[sheet.object].plural, _LOST[name]] += 1
    return [{"object": object, "what": what, "count": count} for (object, what), count in sorted(found.items())]
