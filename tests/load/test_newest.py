"""Lists that are read from the newest record back."""

from __future__ import annotations

import asyncio
from typing import Any

from migkit.load.newest import newest
from migkit.model.objects import ObjectType

from .fake import FakePipedrive


def sought(kinds: str) -> tuple[list[str], int]:
    """Return what is found, and how many records were read, of records made in this order: s sought, k known, . another."""
    client: Any = FakePipedrive()
    for number, kind in enumerate(kinds):
        client.seed(ObjectType.PERSON, name=f"{kind}{number}")

    async def read() -> list[str]:
        verdicts = {"s": True, "k": False, ".": None}
        return [flat["name"] async for _, flat in newest(client, ObjectType.PERSON, lambda _, flat: verdicts[flat["name"][0]])]

    return asyncio.run(read()), client.listed[ObjectType.PERSON]


def test_what_was_on_its_way_at_the_same_time_is_found_behind_known_ones() -> None:
    """Two dozen records are sent at once, and may get their ids in any order."""
    assert sought("k" * 60 + "s" + "k" * 24 + "s" + "k" * 23)[0] == ["s85", "s60"]


def test_what_others_made_since_does_not_end_the_search() -> None:
    """However much people added meanwhile, the search goes on until something known is seen, and ends soon after."""
    found, read = sought("k" * 500 + "s" + "." * 200)
    assert found == ["s500"] and read == 251


def test_without_anything_known_the_whole_list_is_read() -> None:
    """Nothing tells where ours begin."""
    assert sought("s" + "." * 200) == (["s0"], 201)
