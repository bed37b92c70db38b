"""Set-up records: fields, activity types, pipelines, stages, lead labels; and what the map says about each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from migkit.model.errors import DataError
from migkit.model.mapping import CUSTOM as NEW_COLUMN
from migkit.model.mapping import NewField
from migkit.model.records import CUSTOM, ObjectType

from .context import Context, make
from .policies import is_sent
from .rows import Row
from .text import FIELD_CHARS, SHORT_CHARS, amount, short

ENTITY_OF: Mapping[str, str] = {
    "patients": "person", "health_funds": "person", "families": "organization", "treatment_plans": "deal", "treatment_items": "deal",
    "invoices": "deal", "invoice_lines": "deal", "payments": "deal", "leads": "deal", "products": "product",
}  # fmt: skip
"""Canonical table → the entity whose custom fields its new fields become; the others take none."""

NATIVE = {"birth_date": "birthday", "address": "postal_address"}
"""Value of a field's `from` → native person field, where the policy `native_contact_fields` asks for it."""


def comparators(
    pipedrive_map: Mapping[str, Any], new_fields: Mapping[str, Sequence[NewField]] | None = None
) -> dict[ObjectType, dict[str, str]]:
    """Return object → field (`name`, `custom:<Label>`) → comparator name, for every field that a plan may hold."""
    found = {ObjectType(name): dict(fields) for name, fields in pipedrive_map["comparators"].items()}
    types = pipedrive_map["types"]
    for entity, specs in pipedrive_map["fields"].items():
        found[ObjectType(entity)] |= {f"{CUSTOM}{label}": types[spec["type"]] for label, spec in specs.items()}
    for table, fields in (new_fields or {}).items():
        if table in ENTITY_OF:
            found[ObjectType(ENTITY_OF[table])] |= {f"{CUSTOM}{new.label}": types.get(new.type, "text") for new in fields}
    custom = {name: rule for name, rule in found[ObjectType.DEAL].items() if name.startswith(CUSTOM)}
    found[ObjectType.LEAD] |= custom
    return found


def custom_values(context: Context, entity: str, values: Mapping[str, Any], labels: Sequence[str] | None = None) -> dict[str, Any]:
    """Return `custom:<Label>` → value in Pipedrive's shape, for the fields of the map that `values` (by `from`) has something for.

    `labels` restricts to some fields. What privacy leaves out is absent.
    """
    out: dict[str, Any] = {}
    for label, spec in context.map["fields"].get(entity, {}).items():
        if (labels is not None and label not in labels) or not is_sent(context.map, label, spec.get("privacy", "none")):
            continue
        value = shaped(values.get(spec["from"]), spec["type"], context.currency)
        if value is None:
            continue
        native = NATIVE.get(spec["from"]) if entity == "person" and context.policies["native_contact_fields"] else None
        out[native or f"{CUSTOM}{label}"] = value
    return out


def new_values(context: Context, table: str, rows: Sequence[Row]) -> dict[str, Any]:
    """Return the values of the analyst's new fields for one record, from the rows of `table` that it is made of.

    The first row that has something wins; text of several rows is joined.
    """
    out: dict[str, Any] = {}
    for new in context.new_fields.get(table, ()):
        values = [shaped(row.get(f"{NEW_COLUMN}{new.label}"), new.type, context.currency) for row in rows]
        values = [value for value in values if value is not None]
        if not values or not is_sent(context.map, new.label, "personal"):
            continue
        several = new.type in ("varchar", "text") and len(set(map(str, values))) > 1
        value = (
            short("; ".join(dict.fromkeys(map(str, values))), SHORT_CHARS if new.type == "varchar" else FIELD_CHARS)
            if several
            else values[0]
        )
        if new.type in ("enum", "set"):
            context.options.setdefault((ENTITY_OF[table], new.label), set()).update(value if isinstance(value, list) else [value])
        out[f"{CUSTOM}{new.label}"] = value
    return out


def new_lines(context: Context, row: Row) -> list[str]:
    """Return the analyst's new fields of a row as labelled lines, for objects that take no custom fields."""
    table = row["_table"]
    lines = []
    for new in context.new_fields.get(table, ()):
        value = row.get(f"{NEW_COLUMN}{new.label}")
        if value is not None and is_sent(context.map, new.label, "personal"):
            lines.append(f"{new.label}: {_read(shaped(value, new.type, context.currency))}")
    return lines


def shaped(value: Any, kind: str, currency: str) -> Any:
    """Return a value in the shape that Pipedrive's field type wants (unbound: options by label), None for nothing.

    Money comes as int cents; text that cannot be a number or date for such a field is None.
    """
    if value is None or value == "" or value == []:
        return None
    if kind == "monetary":
        cents = value if isinstance(value, int) else _cents(value)
        return None if cents is None else {"value": amount(cents), "currency": currency}
    if kind == "double":
        number = _number(value)
        return int(number) if number is not None and number == int(number) else number
    if kind == "date":
        return value.date().isoformat() if isinstance(value, datetime) else str(value)[:10]
    if kind == "set":
        parts = value if isinstance(value, list) else str(value).replace(";", ",").split(",")
        return sorted({part.strip() for part in parts if part.strip()}) or None
    if kind == "address":
        return {"value": short(str(value))}
    if kind == "text":
        return str(value)[:FIELD_CHARS]
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, datetime):
        return value.date().isoformat()
    return short(str(value))


def plan_setup(context: Context) -> None:
    """Add the set-up records: every field of the map, the new fields, pipelines with stages, activity types and lead labels in use."""
    for entity, specs in context.map["fields"].items():
        for label, spec in specs.items():
            native = entity == "person" and context.policies["native_contact_fields"] and spec["from"] in NATIVE
            if is_sent(context.map, label, spec.get("privacy", "none")) and not native:
                _field(context, entity, label, spec["type"], spec.get("options"))
    for table, fields in sorted(context.new_fields.items()):
        for new in fields:
            if table not in ENTITY_OF:
                context.note_problem("field-without-home", table, f"{table}.{new.label}")
            elif is_sent(context.map, new.label, "personal"):
                _field(context, ENTITY_OF[table], new.label, new.type, sorted(context.options.get((ENTITY_OF[table], new.label), ())))
    used = {target for record in context.made.values() for target in record.links.values()}
    for pipeline, stages in context.map["pipelines"].items():
        make(context, f"pipeline:{pipeline}", ObjectType.PIPELINE, {"name": pipeline}, wave=0, sources=())
        for stage in stages:
            links = {"pipeline_id": f"pipeline:{pipeline}"}
            make(context, f"stage:{pipeline}/{stage}", ObjectType.STAGE, {"name": stage}, links=links, wave=0, sources=())
    icons = {spec["name"]: spec["icon"] for spec in context.map["activity_types"].values()} | _appointment_icons(
        context.map["appointment_types"]
    )
    for key in sorted(used):
        kind, _, name = key.partition(":")
        if kind == "activity_type":
            icon = icons.get(name, context.map["appointment_types"]["icon"])
            make(context, key, ObjectType.ACTIVITY_TYPE, {"name": name, "icon_key": icon}, wave=0, sources=())
    labels = {label for record in context.made.values() if record.object is ObjectType.LEAD for label in record.fields.get("label_ids", ())}
    for spec in context.map["lead_labels"].values():
        if spec["name"] in labels:
            make(
                context,
                f"lead_label:{spec['name']}",
                ObjectType.LEAD_LABEL,
                {"name": spec["name"], "color": spec["color"]},
                wave=0,
                sources=(),
            )


def _field(context: Context, entity: str, label: str, kind: str, options: Sequence[str] | None) -> None:
    fields: dict[str, Any] = {"entity": entity, "field_name": label, "field_type": kind}
    if kind in ("enum", "set"):
        fields["options"] = list(options or ["–"])
    key = f"field:{entity}/{label}"
    if key in context.made and context.made[key].fields["field_type"] != kind:
        raise DataError(f"Two custom fields of the {entity} are called {label!r} with different types: rename one in the mapping review.")
    make(context, key, ObjectType.FIELD, fields, wave=0, sources=())


def _appointment_icons(rules: Mapping[str, Any]) -> dict[str, str]:
    return {rules[name]: icon for name, icon in rules["icons"].items()}


def _number(value: Any) -> float | None:
    try:
        return float(value)
    except (TypeError, ValueError):
        return None


def _cents(value: Any) -> int | None:
    try:
        return int((Decimal(str(value).replace("$", "").replace(",", "")) * 100).to_integral_value())
    except InvalidOperation:
        return None


def _read(value: Any) -> str:
    if isinstance(value, Mapping):
        return f"{value['value']:,.2f} {value['currency']}" if "currency" in value else str(value["value"])
    return ", ".join(value) if isinstance(value, list) else str(value)
