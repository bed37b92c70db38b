"""What a column's values become in Pipedrive: typed as the load will type them, shown as the field will show them. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd

from migkit.mapping import field_of
from migkit.model.canonical import CanonicalField, CanonicalSchema
from migkit.model.country import Country
from migkit.model.landing import Place, parse_landing
from migkit.model.mapping import ColumnMap, SourceMap
from migkit.model.objects import OBJECTS, ObjectType
from migkit.model.records import CUSTOM, SOURCE_ID
from migkit.model.words import number_of
from migkit.plan import is_sent
from migkit.source import TRANSFORMS, Reading, transform_of, type_column

SHORT_TEXT = 255
"""Characters of a `varchar` field (Pipedrive's field reference, seen 2026-11-22)."""
_NEW_TYPES = {"double": "number", "monetary": "money", "date": "date", "phone": "phone"}
_MOST = 3
"""Objects that are named with their fields; further ones are only counted."""


@dataclass(frozen=True)
class LandingPreview:
    """Where a column lands."""

    label: str
    """How people say it."""
    shown_as: str = "text"
    """text | day | moment | money | key."""


class LandingPreviews:
    """Canonical field → where it lands, as the landing map and the privacy decisions have it."""

    def __init__(self, pipedrive_map: Mapping[str, Any], schema: CanonicalSchema) -> None:
        self._landing = parse_landing(pipedrive_map, schema)
        self._privacy = pipedrive_map["privacy"]

    def lengths(self) -> dict[str, int]:
        """Return `<canonical table>.<field>` → characters that its custom field takes, where that is limited."""
        custom = [entry for entries in self._landing.custom.values() for entry in entries]
        return {entry.sources[0]: SHORT_TEXT for entry in custom if entry.type == "varchar" and not entry.make}

    def of(self, table: str, column: ColumnMap) -> LandingPreview:
        """Return where a column of `table` lands under its map."""
        if column.new_field is not None:
            home = self._landing.new_fields.get(table)
            object = OBJECTS[ObjectType(home)].title if home else self._landing.schema[table].title
            kind = f"new custom field “{column.new_field.label}”" if home else f"line “{column.new_field.label}” of the text"
            return LandingPreview(f"{object} · {kind}", _shown_as(column.new_field.type))
        if column.to is None:
            return LandingPreview("Not taken over")
        source = column.to if "." in column.to else f"{table}.{column.to}"
        places = [place for place in self._landing.of(source) if not (place.text and place.text.policy)]
        if not places:
            return LandingPreview(f"Kept for matching, leaves in nothing: {self._landing.kept.get(source, 'found by its id')}")
        sent = [place for place in places if self._is_sent(place, source)]
        if not sent:
            names = {name for place in places for name in place.classes(source) if not is_sent(self._privacy, "", name)}
            classes = ", ".join(sorted(names)) or "by name"
            return LandingPreview(f"{_said(places)} – stays behind by the privacy decision ({classes})", _shown(places[0]))
        return LandingPreview(_said(sent), _shown(sent[0]))

    def _is_sent(self, place: Place, source: str) -> bool:
        text = place.text
        return is_sent(self._privacy, place.entry.decided_as, place.entry.class_of(source)) and (
            text is None or is_sent(self._privacy, text.decided_as, text.privacy)
        )


def _said(places: Sequence[Place]) -> str:
    """Return places in words: values before links, grouped by object."""
    values = [place for place in places if not place.is_link or place.field in ("type", "stage_id")] or places
    grouped: dict[str, list[str]] = {}
    for place in values:
        titles = grouped.setdefault(place.object_title, [])
        if place.title not in titles and place.field:
            titles.append(place.title)
    said = [" · ".join(part for part in (object, ", ".join(titles)) if part) for object, titles in grouped.items()]
    more = number_of(len(said) - _MOST, "further object") if len(said) > _MOST else ""
    return "; ".join([*said[:_MOST], *([f"and {more}"] if more else [])])


def _shown(place: Place) -> str:
    if place.field == CUSTOM + SOURCE_ID or (place.text is not None and place.text.name == "source"):
        return "key"
    return "moment" if place.field in ("add_time", "due_time", "due_date") else _shown_as(place.entry.type)


def previews(
    values: pd.Series,
    table: str,
    column: ColumnMap,
    source_map: SourceMap,
    schema: CanonicalSchema,
    landing: LandingPreview,
    zone: str,
    country: Country,
) -> list[str]:
    """Return what each of the text `values` will show as in Pipedrive in a practice of `country`; "—" where nothing arrives."""
    if column.to is None and column.new_field is None:
        return ["—"] * len(values)
    spec, home = _spec(table, column, schema)
    chosen = transform_of(column, spec)
    if chosen:
        values = values.map(TRANSFORMS[chosen].apply, na_action="ignore").astype("string")
    order = TRANSFORMS[chosen].date_order if chosen else ""
    reading = Reading(values=source_map.values.get(home, {}), zone=ZoneInfo(zone), country=country, date_order=order)
    typed = type_column(values.reset_index(drop=True), spec, reading).values
    prefix = schema[home.partition(".")[0] or table].prefix
    return [_show(value, landing.shown_as, spec.type, zone, country.currency, prefix) for value in typed]


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
