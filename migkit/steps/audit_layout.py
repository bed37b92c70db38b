"""How reports were taken apart: what opened a block, what was carried down, which rows were parted; a person's word where it is wrong."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import pandas as pd

from migkit.migration import Migration
from migkit.model.errors import UsageError
from migkit.report import IN_REPORT, View, explore, mask
from migkit.source import declare_file
from migkit.steps.live import newest, renew, unmasked

WHAT = {
    "opens-block": "opens a block",
    "carried-down": "carried down",
    "not-carried": "left empty",
    "running-balance": "a balance that runs from row to row, left out",
    "kind-of-row": "rows of one kind",
    "cell-of-two": "cells of two values",
    "column-a-kind": "values of each kind in a column of their own",
    "columns-repeat": "groups of columns beside each other, a row each",
}
"""Code of a shape → what it is called."""
_LABELLED = re.compile(r"([^\W\d_][\w/.&'-]*:)")
"""The one word before a colon: what stands before that may be somebody's name."""


def layout_read(migration: Migration, show_values: bool = False) -> pd.DataFrame:
    """Return one row per thing that a report's layout was taken to mean, with the line that says so and the first row below it.

    Columns: file, line, taken for, the line, the first row below, columns, rows. Values are masked unless `show_values`.
    """
    shapes = migration.raw.shapes
    shown = pd.DataFrame(
        {
            "file": shapes["file"],
            "line": shapes["line"].map(lambda line: str(line) if line else ""),
            "taken for": shapes["what"].map(WHAT),
            "the line": shapes["text"],
            "first row below": shapes["below"],
            "columns": shapes["columns"],
            "rows": shapes["rows"],
        }
    )
    opens = shapes["what"].eq("opens-block")
    if not show_values:
        for column in ("the line", "first row below"):
            shown.loc[opens, column] = shown.loc[opens, column].map(_masked)
    return shown.reset_index(drop=True)


def declare_layout(migration: Migration, file: str, *, by: str, why: str, **said: Any) -> Migration:
    """Keep what a person says of a file's layout in `decisions/files.yaml`, and return the migration read anew.

    `file`: as the table above names it, `*` for anything; `said`: `skip` (patterns of lines that are no rows), `opens` (patterns of the
    lines that open a block), `carry` (columns carried down), `rows` and `beside` (`apart` or `together`), `holds` (`table` or `nothing`),
    `header`, `separator`.
    Raises UsageError for something that cannot be said.
    """
    document = migration.workspace.read_decision("files")
    at = datetime.now(UTC).isoformat(timespec="seconds")
    name = next((file.removeprefix(f"{one.name}/") for one in migration.snapshots if file.startswith(f"{one.name}/")), file)
    migration.workspace.write_decision("files", declare_file(document, name, said, by=by, at=at, why=why))
    return migration.refreshed()


def layout_table(migration: Migration) -> Any:
    """Return what the layout was taken to mean, masked until a box is ticked; masked in a report."""

    def draw(show: bool) -> View:
        return explore(layout_read(newest(migration), show), "What the layout was taken to mean", note="as it is" if show else "masked")

    return unmasked(draw)


SAID: Mapping[str, tuple[str, str | None]] = {
    "these lines are no rows": ("skip", None),
    "these lines, and no others, open a block": ("opens", None),
    "these columns stand in the first of several rows only": ("carry", None),
    "it has no header: its columns are these": ("header", None),
    "it is no data": ("holds", "nothing"),
    "it is a table": ("holds", "table"),
    "rows of several kinds are one table": ("rows", "together"),
    "rows of several kinds are several tables": ("rows", "apart"),
    "what an empty column divides is one table": ("beside", "together"),
    "what an empty column divides are several tables": ("beside", "apart"),
}
"""What a person may say of a file → what is declared, and its value; None: what stands in the form."""


def layout_widget(migration: Migration, *, by: str) -> Any:
    """Return the form in which a person says how a file is laid out, or None in a report; the export is read anew, and the page follows."""
    if os.environ.get(IN_REPORT):
        return None
    from migkit.widgets import Asked, Done, FormBox

    def act(answers: Mapping[str, str]) -> Done:
        name, value = SAID[answers["what"]]
        listed = [part.strip() for part in answers["which"].split(";") if part.strip()]
        if value is None and not listed:
            raise UsageError("Write which lines or columns: with `;` between them, and * for anything. Nothing was decided.")
        said = {name: listed if value is None else value} | ({"holds": "table"} if name == "header" else {})
        declare_layout(newest(migration), answers["file"], by=by, why=answers["why"], **said)
        renew()
        return Done(f"{answers['file']} is read so from now on, in later exports too. What came of it stands above.")

    files = sorted(set(migration.raw.lines["file"]))
    asked = (
        Asked("file", "File", choices=tuple(files)),
        Asked("what", "What is true of it", choices=tuple(SAID)),
        Asked("which", "Lines or columns", "Account*; Plan: *   or   Date; Dentist"),
        Asked("why", "Why", "the account stands above its lines"),
    )
    return FormBox(asked, button="Read it so", act=act) if files else None


def _masked(text: str) -> str:
    """Return a line with what stands behind its labels masked."""
    return "".join(piece if number % 2 else mask(piece) for number, piece in enumerate(_LABELLED.split(str(text))))
