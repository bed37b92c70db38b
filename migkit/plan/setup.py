"""Set-up records: fields, activity types, pipelines, stages, lead labels; and how each field is compared."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from migkit.model.errors import DataError
from migkit.model.mapping import NewField
from migkit.model.objects import OBJECTS, ObjectType
from migkit.model.records import CUSTOM, DesiredRecord

from .context import Context


def comparators(
    pipedrive_map: Mapping[str, Any], new_fields: Mapping[str, Sequence[NewField]] | None = None
) -> dict[ObjectType, dict[str, str]]:
    """Return object → field (`name`, `custom:<Label>`) → comparator name, for every field that a plan may hold."""
    types = pipedrive_map["types"]
    custom: dict[str, dict[str, str]] = {
        entity: {f"{CUSTOM}{label}": types[spec["type"]] for label, spec in specs.items()}
        for entity, specs in pipedrive_map["fields"].items()
    }
    for table, fields in (new_fields or {}).items():
        if entity := pipedrive_map["new_fields"].get(table):
            custom[entity] |= {f"{CUSTOM}{new.label}": types.get(new.type, "text") for new in fields}
    return {kind: {**declared.comparators, **custom.get(declared.entity or "", {})} for kind, declared in OBJECTS.items()}


def plan_setup(context: Context) -> None:  # noqa: C901, PLR0912 - the set-up in the order in which Pipedrive takes it
    """Add the set-up records: the fields of the map, the activity types and the lead labels that a record holds, the new fields that
    somebody asked for, and the pipelines with their stages."""
    records = list(context.records.values())
    write = context.write
    used = {(OBJECTS[record.object].entity, name) for record in records for name in record.fields if name.startswith(CUSTOM)}
    for entity, entries in write.landing.custom.items():
        for entry in entries:
            if (entity, CUSTOM + entry.name) in used and write.sends(entry) and write.field_of(entity, entry) == CUSTOM + entry.name:
                _field(context, entity, entry.name, entry.type, entry.options)
    for table, fields in sorted(write.new.items()):
        for new in fields:
            home = write.landing.new_fields.get(table)
            if home is None:
                context.note_problem("field-without-home", table, f"{table}.{new.label}")
            elif write.sends_new(new):
                _field(context, home, new.label, new.type, _options(records, home, new.label))
    for pipeline, stages in context.map["pipelines"].items():
        context.add(f"pipeline:{pipeline}", ObjectType.PIPELINE, {"name": pipeline})
        for stage in stages:
            links = {"pipeline_id": f"pipeline:{pipeline}"}
            context.add(f"stage:{pipeline}/{stage}", ObjectType.STAGE, {"name": stage}, links=links)
    rules = context.map["appointment_types"]
    icons = {spec["name"]: spec["icon"] for spec in context.map["activity_types"].values()}
    icons |= {rules[name]: icon for name, icon in rules["icons"].items()}
    for key in sorted({target for record in records for target in record.links.values()}):
        kind, _, name = key.partition(":")
        if kind == "activity_type":
            context.add(key, ObjectType.ACTIVITY_TYPE, {"name": name, "icon_key": icons.get(name, rules["icon"])})
    labels = {label for record in records if record.object is ObjectType.LEAD for label in record.fields.get("label_ids", ())}
    for spec in context.map["lead_labels"].values():
        if spec["name"] in labels:
            context.add(f"lead_label:{spec['name']}", ObjectType.LEAD_LABEL, {"name": spec["name"], "color": spec["color"]})


def _options(records: Sequence[DesiredRecord], entity: str, label: str) -> list[str]:
    """Return what a new field holds on the records."""
    values = [record.fields.get(f"{CUSTOM}{label}") for record in records if OBJECTS[record.object].entity == entity]
    return sorted({option for value in values if value is not None for option in (value if isinstance(value, list) else [str(value)])})


def _field(context: Context, entity: str, label: str, kind: str, options: Sequence[str]) -> None:
    fields: dict[str, Any] = {"entity": entity, "field_name": label, "field_type": kind}
    if kind in ("enum", "set"):
        fields["options"] = list(options or ["–"])
    key = f"field:{entity}/{label}"
    if key in context.records and context.records[key].fields["field_type"] != kind:
        raise DataError(f"Two custom fields of the {entity} are called {label!r} with different types: rename one in the mapping review.")
    context.add(key, ObjectType.FIELD, fields)
