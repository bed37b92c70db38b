"""The canonical schema: what a dental practice's tables are called here, and what may stand in each column.

The schema itself is data (`templates/canonical.yaml`); these are the frozen values that every room reads it through.

Types and how a typed column is held in pandas (null policy: NA/NaT everywhere, never "" or 0):

    id text name code postcode item_code tooth email phone html path url   string
    date                                                                   datetime64[us], midnight
    datetime                                                               datetime64[us], practice-local, no zone
    time                                                                   string "HH:MM"
    money                                                                  Int64, cents
    integer, minutes                                                       Int64
    number, percent                                                        Float64 (percent 0-100)
    boolean                                                                boolean
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

PROVENANCE = ("_file", "_line", "_key")
"""Columns that every typed table carries: relative file (`a.xlsx#Sheet`), 1-based line where the row starts, record key."""

DTYPES: Mapping[str, str] = {
    "id": "string", "text": "string", "name": "string", "code": "string", "postcode": "string", "item_code": "string",
    "tooth": "string", "email": "string", "phone": "string", "html": "string", "path": "string", "url": "string",
    "date": "datetime64[us]", "datetime": "datetime64[us]", "time": "string", "money": "Int64", "integer": "Int64",
    "minutes": "Int64", "number": "Float64", "percent": "Float64", "boolean": "boolean",
}  # fmt: skip
"""Canonical type → pandas dtype."""


YES_NO: Mapping[str, tuple[str, ...]] = {
    "yes": ("y", "true", "t", "1", "on", "x", "checked"),
    "no": ("n", "false", "f", "0", "off", "unchecked"),
    "unknown": ("u", "not asked", "not known", "not stated"),
}
"""What a code of a boolean field may mean → spellings; unknown is no value."""


@dataclass(frozen=True)
class CanonicalField:
    """One column of a canonical table."""

    name: str
    type: str
    """A key of `DTYPES`."""
    title: str
    """How people call it."""
    sensitivity: str = "none"
    """none | personal | contact | health | financial | identifier: decides masking in reports."""
    synonyms: tuple[str, ...] = ()
    """Header spellings that mean this field, lower case."""
    ref: str | None = None
    """Canonical table that this field refers to by id."""
    ref_name: str | None = None
    """Field of this table holding the referred record's *name*, used where the id is absent."""
    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """For closed `code` fields: canonical value → spellings (lower case) that mean it. Empty: any text."""
    nothing: tuple[str, ...] = ()
    """Spellings (lower case) that say that there is none: a fund called `uninsured`."""
    required: bool = False
    exact: bool = False
    """Whether a code means something as a whole only: `Deposit used` is no deposit."""
    gathers: bool = False
    """Whether several columns may mean it, each under its header, and rows of tables of their own be lines of it."""

    @property
    def meanings(self) -> Mapping[str, tuple[str, ...]]:
        """What a code of this field may mean → spellings; {} where any text may stand."""
        return YES_NO if self.type == "boolean" else self.values

    @cached_property
    def spellings(self) -> frozenset[str]:
        """The codes of a closed code field and their spellings, lower case; empty where any text may stand."""
        return frozenset(spelling for code, known in self.values.items() for spelling in (code, *known))


@dataclass(frozen=True)
class CanonicalTable:
    """One canonical table."""

    name: str
    title: str
    prefix: str
    """First part of a record key: `patient` in `patient:12`."""
    primary: str
    """What its rows' outcome is read from: a Pipedrive object, `folded`, or `exported`."""
    key: tuple[str, ...]
    """Fields that make the source id."""
    natural_key: tuple[str, ...]
    """Fields that identify a row where the export has no id column."""
    synonyms: tuple[str, ...]
    """File, sheet and report names that mean this table, lower case."""
    fields: Mapping[str, CanonicalField]
    identity: tuple[str, ...] = ()
    """Fields that say what a row is about: two rows of one id that both have them all and agree in none are two things."""
    joins: bool = False
    """Whether rows of one id in several source tables are joined even where they differ, with a finding: lists of people."""
    essentials: tuple[tuple[str, ...], ...] = ()
    """Groups of fields: a table without any field of a group is hardly such a table, and of little use as one."""
    flattened: tuple[str, ...] = ()
    """Fields that rows of other tables may repeat beside the name of a record of this one: a diary with the patient's address."""


@dataclass(frozen=True)
class CanonicalSchema:
    """All canonical tables by name, in load order."""

    tables: Mapping[str, CanonicalTable]

    def __getitem__(self, table: str) -> CanonicalTable:
        return self.tables[table]

    def refs(self, table: str) -> Mapping[str, CanonicalField]:
        """Return the fields of `table` that refer to another table, by name."""
        return {name: spec for name, spec in self.tables[table].fields.items() if spec.ref}

    def flattened_into(self, table: str) -> tuple[str, ...]:
        """Return the tables of which rows of `table` name a record without being a part of it, and may say more (`flattened`)."""
        named = (spec.ref for spec in self.tables[table].fields.values() if spec.ref and spec.ref_name and not spec.required)
        return tuple(dict.fromkeys(ref for ref in named if ref != table and self.tables[ref].flattened))


def parse_schema(document: Mapping[str, Any]) -> CanonicalSchema:
    """Return the schema held in the parsed `templates/canonical.yaml`."""
    tables = {}
    for name, table in document["tables"].items():
        fields = {key: _parse_field(key, spec or {}) for key, spec in table["fields"].items()}
        tables[name] = CanonicalTable(
            name=name,
            title=table["title"],
            prefix=table["prefix"],
            primary=table["primary"],
            key=tuple(table["key"]),
            natural_key=tuple(table.get("natural_key", ())),
            synonyms=tuple(str(word).lower() for word in table.get("synonyms", ())),
            fields=fields,
            identity=tuple(table.get("identity", ())),
            joins=bool(table.get("joins", False)),
            essentials=tuple(map(tuple, table.get("essentials", ()))),
            flattened=tuple(table.get("flattened", ())),
        )
    return CanonicalSchema(tables)


def _parse_field(name: str, spec: Mapping[str, Any]) -> CanonicalField:
    values = {str(value): tuple(str(word).lower() for word in spellings or ()) for value, spellings in (spec.get("values") or {}).items()}
    return CanonicalField(
        name=name,
        type=spec.get("type", "text"),
        title=spec.get("title", name.replace("_", " ")),
        sensitivity=spec.get("sensitivity", "none"),
        synonyms=tuple(str(word).lower() for word in spec.get("synonyms", ())),
        ref=spec.get("ref"),
        ref_name=spec.get("ref_name"),
        values=values,
        nothing=tuple(str(word).lower() for word in spec.get("nothing", ())),
        required=bool(spec.get("required", False)),
        exact=bool(spec.get("exact", False)),
        gathers=bool(spec.get("gathers", False)),
    )
