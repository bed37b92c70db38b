"""What a column's values become in Pipedrive: typed as the load will type them, shown as the field will show them. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd

from migkit.mapping import field_of
from migkit.model.canonical import CanonicalField, CanonicalSchema
from migkit.model.mapping import ColumnMap, SourceMap
from migkit.resources import load_yaml
from migkit.source import TRANSFORMS, Reading, type_column

SHORT_TEXT = 255
"""Characters of a `varchar` field (Pipedrive's field reference, seen 2026-11-22)."""
_NEW_TYPES = {"double": "number", "monetary": "money", "date": "date", "phone": "phone"}
_OBJECTS = {
    "person": "Person",
    "organization": "Organization",
    "deal": "Deal",
    "product": "Product",
    "lead": "Lead",
    "activity": "Activity",
}
_PRIMARY = {"patients": "person", "families": "organization", "treatment_plans": "deal", "leads": "deal", "products": "product"}


@dataclass(frozen=True)
class Destination:
    """Where a column lands."""

    object: str
    field: str
    shown_as: str = "text"
    """text | day | moment | money | minutes | key."""

    @property
    def label(self) -> str:
        """How people say it."""
        return f"{self.object} · {self.field}" if self.field else self.object


class Destinations:
    """Canonical field → Pipedrive field, as the default map and its overrides have it."""

    def __init__(self, pipedrive_map: Mapping[str, Any], schema: CanonicalSchema) -> None:
        self._schema = schema
        self._known: dict[tuple[str, str], Destination] = {}
        self._lengths: dict[str, int] = {}
        for table, fields in load_yaml("destinations.yaml").items():
            self._known |= {(table, name): Destination(*spec) for name, spec in fields.items()}
        for table, entity in _PRIMARY.items():
            for label, spec in (pipedrive_map.get("fields", {}).get(entity) or {}).items():
                if spec and spec.get("from") in schema[table].fields:
                    self._known[table, spec["from"]] = Destination(_OBJECTS[entity], label, _shown_as(spec.get("type", "text")))
                    if spec.get("type") == "varchar":
                        self._lengths[f"{table}.{spec['from']}"] = SHORT_TEXT
        for line in pipedrive_map.get("details", ()):
            if line["from"] in schema["patients"].fields:
                self._known.setdefault(("patients", line["from"]), Destination("Person", f"line “{line['label']}” of Patient details"))

    def lengths(self) -> dict[str, int]:
        """Return `<canonical table>.<field>` → characters that its custom field takes, where that is limited."""
        return dict(self._lengths)

    def of(self, table: str, column: ColumnMap) -> Destination:
        """Return where a column of `table` lands under its map."""
        if column.new_field is not None:
            entity = _OBJECTS.get(_PRIMARY.get(table, ""), self._schema[table].title)
            return Destination(entity, f"new custom field “{column.new_field.label}”", _shown_as(column.new_field.type))
        if column.to is None:
            return Destination("Not taken over", "")
        owner, _, name = column.to.rpartition(".")
        return self._known.get(
            (owner or table, name), Destination(f"Used inside migkit ({self._schema[owner or table].title.lower()})", "")
        )


def previews(
    values: pd.Series,
    table: str,
    column: ColumnMap,
    source_map: SourceMap,
    schema: CanonicalSchema,
    destination: Destination,
    zone: str,
    currency: str,
) -> list[str]:
    """Return what each of the text `values` will show as in Pipedrive; "—" where nothing arrives."""
    if column.to is None and column.new_field is None:
        return ["—"] * len(values)
    if column.transform:
        values = values.map(TRANSFORMS[column.transform].apply, na_action="ignore").astype("string")
    spec, home = _spec(table, column, schema)
    reading = Reading(values=source_map.values.get(home, {}), zone=ZoneInfo(zone))
    typed = type_column(values.reset_index(drop=True), spec, reading).values
    prefix = schema[home.partition(".")[0] or table].prefix
    return [_show(value, destination.shown_as, spec.type, zone, currency, prefix) for value in typed]


def _spec(table: str, column: ColumnMap, schema: CanonicalSchema) -> tuple[CanonicalField, str]:
    if column.new_field is not None:
        return CanonicalField(column.new_field.label, _NEW_TYPES.get(column.new_field.type, "text"), column.new_field.label), ""
    to = str(column.to)
    return field_of(schema, table, to), to if "." in to else f"{table}.{to}"


def _show(value: Any, shown_as: str, kind: str, zone: str, currency: str, prefix: str) -> str:
    if value is None or value is pd.NA or value is pd.NaT or (isinstance(value, float) and pd.isna(value)):
        return "—"
    if isinstance(value, pd.Timestamp):
        if shown_as == "moment" and kind == "datetime":
            return value.tz_localize(zone, ambiguous=True, nonexistent="shift_forward").tz_convert("UTC").strftime("%Y-%m-%d %H:%M UTC")
        return value.strftime("%Y-%m-%d" if kind == "date" or value == value.normalize() else "%Y-%m-%d %H:%M")
    if kind == "money":
        return f"{int(value) / 100:,.2f} {currency}"
    if kind == "boolean":
        return "yes" if value else "no"
    if kind == "minutes":
        return f"{int(value) // 60:02d}:{int(value) % 60:02d}"
    if kind == "percent":
        return f"{float(value):g} %"
    return f"{prefix}:{value}" if shown_as == "key" else str(value)


def _shown_as(kind: str) -> str:
    return {"date": "day", "monetary": "money"}.get(kind, "text")
