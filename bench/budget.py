"""What a load costs in tokens by each route, beside the floors that no way can undercut.

floor    by the API: every record created once; by files: set-up, and every imported list read once
goal     the usual mix (10,000 persons, 40,000 activities, 10,000 notes, 5,000 deals): <= 5,000 tokens and 10 for each row by the API
days     on the smallest plan with one seat, a fifth of each day left to the customer

Counted on plans, nothing is loaded: the mix in three sizes, every record as the planner writes it and half of the persons of one family
name; then made-up practices, planned as they are. `python bench/budget.py [--patients 200]`: half a minute.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from math import ceil
from pathlib import Path

import click
import pandas as pd
from made import generated, workspace_of

from migkit.import_files import Route, RouteCost, route_costs
from migkit.migration import Migration
from migkit.model.cost import cost_of
from migkit.model.objects import OBJECTS, SCHEMA_OBJECTS, ObjectType
from migkit.model.records import DesiredRecord, Plan
from migkit.preflight import compare_routes
from migkit.steps.demo import decide_map

OBJ = ObjectType
SIZES = (1_000, 10_000, 50_000)
"""Persons of the mix; a practice has four activities, one note and half a deal a person."""


def mix(persons: int) -> Plan:
    """Return a plan of the usual mix: plain notes, a phone each; every tenth shares name and phone with the one before."""
    fields = [
        DesiredRecord(
            f"field:{entity}/Source_System_ID__c",
            OBJ.FIELD,
            {"entity": entity, "field_name": "Source_System_ID__c", "field_type": "varchar"},
        )
        for entity in ("person", "deal")
    ]
    return Plan(records={record.key: record for record in [*fields, *_records(persons)]}, rows={}, row_outcomes=())


def _records(persons: int) -> Iterator[DesiredRecord]:
    for number in range(persons):
        who = number - 1 if number % 10 == 1 else number
        phones = [{"value": f"+614{who:08d}", "label": "mobile", "primary": True}]
        own = {"name": f"Pat {who}", "phones": phones, "custom:Source_System_ID__c": f"patient:{number}"}
        yield DesiredRecord(f"patient:{number}", OBJ.PERSON, own)
        link = {"person_id": f"patient:{number}"}
        if number % 2:
            deal = {"title": "Plan", "value": 100.0, "currency": "AUD", "custom:Source_System_ID__c": f"plan:{number}"}
            yield DesiredRecord(f"plan:{number}", OBJ.DEAL, deal, links=link)
        for visit in range(4):
            key = f"appointment:{number}-{visit}"
            yield DesiredRecord(key, OBJ.ACTIVITY, {"subject": "Check-up", "note": f"<p>Chair 1</p><p>Source: {key}</p>"}, links=link)
        said = {"content": f"<p>All well</p><p>Source: note:{number}</p>", "add_time": "2020-01-01 00:00:00"}
        yield DesiredRecord(f"note:{number}", OBJ.NOTE, said, links=link)


def floor(plan: Plan, cost: RouteCost) -> int:
    """Return the least that a route can cost: what it must create by the API once, what it imports listed once."""
    records = list(plan.records.values())
    if cost.route is Route.API:
        return cost_of(_counts(records)).total
    setup = cost_of(_counts([record for record in records if record.object in SCHEMA_OBJECTS])).total
    imported = (OBJECTS[object].read_back(count) for object, count in cost.imported.items())
    return setup + sum(imported)


def _counts(records: list[DesiredRecord]) -> dict[ObjectType, int]:
    found: dict[ObjectType, int] = {}
    for record in records:
        found[record.object] = found.get(record.object, 0) + 1
    return found


def shown(name: str, plan: Plan) -> None:
    """Print one plan's routes."""
    costs = route_costs(plan)
    table = compare_routes(costs, "lite", 1).drop(columns=["keeps"])
    table.insert(2, "floor", [floor(plan, cost) for cost in costs])
    data = sum(record.object not in SCHEMA_OBJECTS for record in plan.records.values())
    files = next(cost for cost in costs if cost.route is Route.FILES)
    click.echo(f"\n{name}: {data:,} records")
    with pd.option_context("display.width", 250, "display.max_columns", 20, "display.max_colwidth", 70):
        click.echo(table.to_string(index=False))
    goal = 5_000 * ceil(data / 65_000) + 10 * files.by_api
    click.echo(f"files: {files.tokens:,} tokens, goal <= {goal:,}: {'met' if files.tokens <= goal else 'missed'}")
    click.echo(f"by the API because: {files.reasons}")


@click.command()
@click.option("--patients", type=int, multiple=True, default=(200,), show_default=True, help="Sizes of made-up practices.")
def main(patients: tuple[int, ...]) -> None:
    """Print tokens by route."""
    for persons in SIZES:
        shown(f"The usual mix, {persons:,} persons", mix(persons))
    for number in patients:
        with tempfile.TemporaryDirectory() as folder:
            workspace = workspace_of(generated(Path(folder), number), "http://127.0.0.1:1")
            decide_map(workspace)
            shown(f"A made-up practice of {number:,} patients, as planned", Migration.open(workspace).desired)


if __name__ == "__main__":
    main()
