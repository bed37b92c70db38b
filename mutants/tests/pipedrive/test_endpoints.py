"""The project's own price list agrees with Pipedrive's, operation by operation."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from migkit.model.cost import PRICES, cost_of
from migkit.model.records import ObjectType
from migkit.pipedrive import ENDPOINTS, TOKEN_COSTS

OFFICIAL = Path(__file__).resolve().parents[3] / "shared" / "reference" / "pipedrive-token-costs.tsv"


@pytest.mark.skipif(not OFFICIAL.exists(), reason="../shared is absent")
def test_every_price_is_the_official_one() -> None:
    """Each (verb, path) of the table stands in the official list with the same price."""
    with OFFICIAL.open(encoding="utf-8") as file:
        official = {(row["method"], row["path"]): int(row["token_cost"]) for row in csv.DictReader(file, delimiter="\t")}
    assert {call: official.get(call) for call in TOKEN_COSTS} == dict(TOKEN_COSTS)


@pytest.mark.parametrize("object", ObjectType)
def test_prices_per_object_are_those_of_its_calls(object: ObjectType) -> None:
    """What the plan counts with is what the client pays."""
    endpoint, price = ENDPOINTS[object], PRICES[object]
    path, one = (each.replace("{entity}", "person") for each in (endpoint.path, endpoint.one))
    paid = [TOKEN_COSTS[call] for call in (("POST", path), (endpoint.update, one), ("DELETE", one), ("GET", path))]
    assert paid == [price.create, price.update, price.delete, price.page]
    assert endpoint.page_size == price.page_size


def test_the_published_example() -> None:
    """10,000 people, 40,000 appointments, 10,000 notes and 5,000 deals cost 375,000 tokens; deleting them again 225,000 and notes' more."""
    cost = cost_of({ObjectType.PERSON: 10_000, ObjectType.ACTIVITY: 40_000, ObjectType.NOTE: 10_000, ObjectType.DEAL: 5_000})
    assert cost.total == 375_000
    assert cost.rollback_tokens == 30_000 + 120_000 + 60_000 + 15_000
    assert cost.read_back_tokens == 20 * 10 + 80 * 10 + 20 * 20 + 10 * 10
    assert dict(cost.creates) == {"person": 10_000, "deal": 5_000, "activity": 40_000, "note": 10_000}
