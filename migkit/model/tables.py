"""What reading an export yields: stacked text tables, then typed tables, with every physical line accounted for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

import pandas as pd

from .outcomes import Finding, RowOutcome


@dataclass(frozen=True)
class Drawn:
    """What the rows of a view were made of."""

    tables: tuple[str, ...]
    """The source tables that it reads."""
    driving: tuple[str, ...]
    """Those of them that its rows take file and line from: the first after FROM, of each part of a UNION ALL."""
    rows: pd.DataFrame
    """One row per physical row that stands in a row of the view: row (its position in the view), file, line."""


@dataclass(frozen=True)
class SourceTable:
    """Files of one shape stacked into one table of text, or a view over such tables."""

    name: str
    """Stable, readable name made from the file, sheet or report title: `patients`, `InvoiceCreatedReport`."""
    frame: pd.DataFrame
    """One row per data row; every source column as `string` (NA where empty) plus `_file`, `_line`."""
    files: tuple[str, ...]
    """The files (`a.xlsx#Sheet`) that were stacked, in name order."""
    title: str = ""
    """Text of the title rows above the header, where there were any."""
    orders: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """File → what its cells are from left to right: this table's columns, "" for a cell that no column is made of."""
    drawn: Drawn | None = None
    """What a view was made of; None for the files' own tables. Each of its rows has file and line of its driving row."""

    @property
    def names(self) -> list[str]:
        """What it is called: by its file or sheet, and by its title where it has one."""
        return [name for name in (self.name, self.title) if name]

    @cached_property
    def columns(self) -> list[str]:
        """The source columns, without the provenance ones, in file order."""
        return [str(name) for name in self.frame.columns if not str(name).startswith("_")]


@dataclass(frozen=True)
class SourceFile:
    """What a table's file says about itself besides its rows."""

    title: str = ""
    """Text of the title rows above the header."""
    written: str = ""
    """When it was last written (ISO, local time without an offset), "" where that is not known."""
    footers: tuple[str, ...] = ()
    """What a printer added below its rows, each text once: `25 records`."""
    sums: Mapping[str, int] = field(default_factory=dict)
    """Column of its table → cents that its total rows say of all its rows; not here where they say it of a part, or add up to nothing."""


@dataclass(frozen=True)
class RawExport:
    """An export folder as read: text only, nothing interpreted."""

    tables: Mapping[str, SourceTable]
    lines: pd.DataFrame
    """One row per physical line or record of every table file: file, line, kind (layout | row | reject), reason, text.
    `text` is kept for rejects only (NA else), so that the reject file can be written."""
    attachments: pd.DataFrame
    """One row per file that is not a table: path (relative to the snapshot), sha256, size (bytes), content_type."""
    findings: tuple[Finding, ...] = ()
    documents: Mapping[str, str] = field(default_factory=dict)
    """Text files that are not tables (README, …): relative path → why they were left alone."""
    anatomy: pd.DataFrame = field(default_factory=pd.DataFrame)
    """One row per table file: file, table (its source table), encoding, separator, header_line, title_rows, blank_rows,
    total_rows, repeated_headers, other_layout (footers, headings of blocks, remarks), rows, rejects. With the header these are all
    lines."""
    files: Mapping[str, SourceFile] = field(default_factory=dict)
    """Table file (`a.xlsx#Sheet`) → its title and time."""
    shapes: pd.DataFrame = field(default_factory=pd.DataFrame)
    """One row per thing that a report's layout was taken to mean: file, line (0: no single one), what (a code), text, below (the first
    row that it belongs to), columns, rows."""


@dataclass(frozen=True)
class CanonicalTables:
    """Typed tables in canonical columns.

    Each frame has every field of its canonical table (dtype by `DTYPES`, NA where the export lacks it), then
    `custom:<Label>` columns for new custom fields, then `_file`, `_line`, `_key`. Keys are unique within a table.
    """

    frames: Mapping[str, pd.DataFrame]
    """Canonical table → typed rows that go on (rejected, repeated and held rows are not here)."""
    row_outcomes: tuple[RowOutcome, ...]
    """Rows that reading already settled: rejected, repeated, held, or excluded by the map."""
    repairs: pd.DataFrame
    """One row per changed value: table, field, key, file, line, rule, before, after."""
    attachments: pd.DataFrame
    """As in `RawExport`."""
    findings: tuple[Finding, ...] = ()

    def __getitem__(self, table: str) -> pd.DataFrame:
        return self.frames[table]
