"""A merge taken back after the load: who is made anew, what goes with them, what it costs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from migkit.load import diff
from migkit.model.objects import ObjectType
from migkit.steps.people import partings
from tests.load.practice import plan, without
from tests.load.world import World


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    yield World(tmp_path)


def test_a_parted_person_takes_what_their_own_rows_name(world: World) -> None:
    """Patients 2 and 3 were loaded as one; parted, 3 is made, their lead goes over, priced as the two writes."""
    records = dict(without(plan(), "patient:3").records)
    records["patient:2"] = records["patient:2"].changed(sources=("patient:2", "patient:3"))
    records["lead:1"] = records["lead:1"].changed(links={"person_id": "patient:2"})
    world.apply(replace(plan(), records=records))
    assert len(world.client.records[ObjectType.PERSON]) == 2
    assert partings(diff(replace(plan(), records=records), world.ledger), world.ledger).empty

    found = partings(diff(plan(), world.ledger), world.ledger)
    assert found[["person", "stood in", "go with them"]].to_numpy().tolist() == [["patient:3", "patient:2", "1 lead"]]
    world.apply(plan())
    assert len(world.client.records[ObjectType.PERSON]) == 3
    assert world.target("lead:1")["person_id"] == world.target("patient:3")["id"]
    assert found["tokens"][0] == 5 + 10  # a person is made for 5 tokens, a lead is changed for 10
