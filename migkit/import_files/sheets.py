"""Records → the sheets that Pipedrive's import reads: one object a file, a row a record, a column a field. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol
from zoneinfo import ZoneInfo

from migkit.model.objects import OBJECTS, ObjectType
from migkit.model.records import CUSTOM, SOURCE_ID, DesiredRecord

from .cells import Cell, cell, due
from .importer import CARRIED, CUSTOM_KINDS, MOST_BYTES, MOST_ROWS, SYSTEM_ID, Carried, Column, Kind, currency_column

_ROOM = 10  # a workbook of text is smaller than its text; so much smaller than the limit is safe whatever is in it


class Binding(Protocol):
    """What only the account knows: ids, names, labels."""

    def id_of(self, key: str) -> int:
        """Return the id under which a record stands there."""
        ...

    def name_of(self, key: str) -> str:
        """Return the name of a piece of set-up: a pipeline, a stage, an activity type."""
        ...

    def user_name(self, email: str) -> str:
        """Return what a user is called there."""
        ...

    def field(self, entity: str, label: str) -> tuple[str, str]:
        """Return label and type of a custom field there."""
        ...

    @property
    def zone(self) -> ZoneInfo:
        """The time zone of the user who imports."""
        ...


@dataclass(frozen=True)
class ImportSheet:
    """One file to import."""

    object: ObjectType
    name: str
    """File name: `03-persons.xlsx`."""
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    keys: tuple[str, ...]
    """Key of each row's record."""


def make_sheets(records: Iterable[DesiredRecord], binding: Binding, *, first: int = 1) -> list[ImportSheet]:
    """Return the files of these records in the order in which they are to be imported, numbered from `first`."""
    by_object: dict[ObjectType, list[DesiredRecord]] = {}
    for record in records:
        by_object.setdefault(record.object, []).append(record)
    found: list[ImportSheet] = []
    for object in (kind for kind in CARRIED if kind in by_object):
        cells = [(record.key, _row(record, binding)) for record in by_object[object]]
        columns = _in_order(object, [row for _, row in cells])
        for part in _parts(cells):
            name = f"{first + len(found):02d}-{CARRIED[object].plural}.xlsx"
            rows = tuple(tuple(row.get(column) for column in columns) for _, row in part)
            found.append(ImportSheet(object, name, columns, rows, tuple(key for key, _ in part)))
    return found


_Row = dict[Column, Cell]


def _row(record: DesiredRecord, binding: Binding) -> _Row:
    carried = CARRIED[record.object]
    row: _Row = {}
    for name, value in record.fields.items():
        if name.startswith(CUSTOM):
            row |= _custom(record.object, carried, name.removeprefix(CUSTOM), value, binding)
        elif name in carried.contacts:
            labels = {column.label.rpartition(" - ")[2].lower(): column for column in carried.contacts[name]}
            row |= {labels[item["label"]]: str(item["value"]) for item in value or ()}
        elif name in carried.fields and name not in ("due_date", "due_time"):
            column = carried.fields[name]
            row[column] = cell(value, column.kind, binding.zone)
    if record.fields.get("due_date"):
        day, clock = due(record.fields["due_date"], record.fields.get("due_time"), binding.zone)
        row |= {carried.fields["due_date"]: day, carried.fields["due_time"]: clock}
    for name, key in record.links.items():
        column = carried.links[name]
        row[column] = binding.id_of(key) if column.label == SYSTEM_ID else binding.name_of(key)
    if record.owner and carried.owner:
        row[carried.owner] = binding.user_name(record.owner)
    return row


def _custom(object: ObjectType, carried: Carried, label: str, value: object, binding: Binding) -> _Row:
    there, type = binding.field(OBJECTS[object].entity or "", label)
    column = Column(carried.category, there, CUSTOM_KINDS[type])
    row: _Row = {column: cell(value, column.kind, binding.zone)}
    if isinstance(value, Mapping) and "currency" in value:
        row[currency_column(column)] = str(value["currency"])
    return row


def _in_order(object: ObjectType, rows: Sequence[_Row]) -> tuple[Column, ...]:
    """Return the columns that any row fills: what names the row first, then links, then native fields, then custom ones."""
    carried = CARRIED[object]
    filled = {column: None for row in rows for column, value in row.items() if value is not None}
    native = [*carried.links.values(), *carried.fields.values(), *(c for columns in carried.contacts.values() for c in columns)]
    native += [carried.owner] if carried.owner else []
    own = [column for column in filled if column.label == SOURCE_ID]
    custom = sorted((column for column in filled if column not in native and column not in own), key=_beside_its_amount)
    return (*own, *(column for column in native if column in filled), *custom)


def _beside_its_amount(column: Column) -> tuple[str, bool]:
    amount = column.label.removeprefix("Currency of ")
    return amount, amount != column.label


def _parts(cells: Sequence[tuple[str, _Row]]) -> Iterator[list[tuple[str, _Row]]]:
    part: list[tuple[str, _Row]] = []
    size = 0
    for key, row in cells:
        bytes_ = sum(len(str(value).encode()) + _ROOM for value in row.values() if value is not None)
        if part and (len(part) == MOST_ROWS or size + bytes_ > MOST_BYTES):
            yield part
            part, size = [], 0
        part.append((key, row))
        size += bytes_
    if part:
        yield part


def dated(columns: Iterable[Column]) -> list[str]:
    """Return the headers of columns that hold true days and moments."""
    return [column.header for column in columns if column.kind in (Kind.DAY, Kind.MOMENT)]
