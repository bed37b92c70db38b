"""What each route costs: tokens, files, rounds, and the minutes of whoever uploads, counted on a plan. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil

from migkit.model.cost import cost_of
from migkit.model.objects import OBJECTS, SCHEMA_OBJECTS, ObjectType
from migkit.model.records import Plan

from .fit import AccountFacts
from .importer import FIRST_FROM, MOST_ROWS, Route
from .parting import Parting, partings, rounds_left

MINUTES_A_FILE = 5
"""Choose, check the mapping, start, look at what was skipped. An estimate; the import itself runs unattended."""
SCHEMA_TOKENS = 133
"""Reading an account's schema, as each command does: a dozen calls."""
MINUTES_A_ROUND = 3
"""Two commands, and opening the page of instructions."""


@dataclass(frozen=True)
class RouteCost:
    """One way of loading a plan, as it looks before anything is written."""

    route: Route
    by_file: int
    """Records that go by Pipedrive's import."""
    by_api: int
    files: int
    rounds: int
    """Times that files are made, uploaded and taken over: organizations, persons, deals, what hangs on these; one more for first files."""
    write_tokens: int
    read_tokens: int
    """Tokens for reading, once, what was imported and the contacts of before; and the schema, a load and an `adopt` a round."""
    imported: Mapping[ObjectType, int]
    """Object → records that go by a file."""
    reasons: Mapping[str, int]
    """Code of why → records that go by the API though a file was asked for."""
    given_up: Mapping[str, int]
    """`<object> <field>` → records that go by a file and lose what the import is not known to set."""

    @property
    def tokens(self) -> int:
        """All tokens that the load takes."""
        return self.write_tokens + self.read_tokens

    @property
    def minutes(self) -> int:
        """Minutes of somebody at the screen."""
        return self.files * MINUTES_A_FILE + self.rounds * MINUTES_A_ROUND


def route_costs(plan: Plan, facts: AccountFacts | None = None) -> tuple[RouteCost, ...]:
    """Return what each route would cost for a plan of which nothing is loaded."""
    data = [record for record in plan.records.values() if record.object not in SCHEMA_OBJECTS]
    return tuple(_cost(plan, route, parting) for route, parting in partings(data, plan, facts or AccountFacts()).items())


def _cost(plan: Plan, route: Route, parting: Parting) -> RouteCost:
    setup = Counter(record.object for record in plan.records.values() if record.object in SCHEMA_OBJECTS)
    by_api = Counter(plan.records[key].object for key in parting.by_api)
    by_file = Counter(plan.records[key].object for key in parting.by_file)
    given_up = Counter(f"{plan.records[key].object} {name}" for key, names in parting.lost.items() for name in names)
    first = sum(count >= FIRST_FROM for count in by_file.values())
    rounds = rounds_left(by_file) + bool(first)
    return RouteCost(
        route=route,
        by_file=len(parting.by_file),
        by_api=len(parting.by_api),
        files=sum(ceil(count / MOST_ROWS) for count in by_file.values()) + first,
        rounds=rounds,
        write_tokens=cost_of(setup).total + cost_of(by_api).total,
        read_tokens=sum(_reading(object, count) for object, count in by_file.items()) + SCHEMA_TOKENS * (1 + 2 * rounds),
        imported=dict(by_file),
        reasons={} if route is Route.API else dict(Counter(why.code for why in parting.by_api.values())),
        given_up=dict(given_up),
    )


def _reading(object: ObjectType, count: int) -> int:
    """Return the tokens for reading what was imported; persons and organizations are looked at before as well, and all have a last page."""
    declared = OBJECTS[object]
    looks = 2 if object in (ObjectType.PERSON, ObjectType.ORGANIZATION) else 1
    return declared.read_back(count) + looks * declared.price.page
