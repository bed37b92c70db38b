"""What a record says, by what it is known, and what its source id field holds."""

from __future__ import annotations

import pytest

from migkit.model.objects import ObjectType
from migkit.model.records import DesiredRecord, keys_in


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("patient:12", ["patient:12"]),
        ("patient:12, patient:13", ["patient:12", "patient:13"]),
        ("patient:Smith, Jo", ["patient:Smith, Jo"]),
        ("patient:Smith, Ann, patient:Smith, Jo", ["patient:Smith, Ann", "patient:Smith, Jo"]),
        ("patient:1,234", ["patient:1,234"]),
        ("patient:1, patient:2, +3 more", ["patient:1", "patient:2", "+3 more"]),
        ("treatment_plan:7, account:1", ["treatment_plan:7", "account:1"]),
        (None, [""]),
    ],
)
def test_a_comma_inside_an_id_parts_no_keys(text: str | None, keys: list[str]) -> None:
    """Smith, Ann and Smith, Jo are two people, where an export has nothing but names to know them by."""
    assert keys_in(text) == keys


def test_a_record_says_what_it_was_made_with() -> None:
    """Every part of it, a date that is emptied too; what somebody does to a part that he read changes no record."""
    record = made()
    record.fields["name"] = "Somebody else"
    record.links.clear()
    assert record.fields == {"name": "Zoë Miles", "birthday": None, "phones": [{"value": "+61412", "primary": True}]}
    assert record.links == {"org_id": "household:3"}
    assert (record.owner, record.wave, record.sources) == ("front@example.com", 2, ("patient:12", "patient:9"))
    assert (record.external_id, record.amounts) == ("", {"received": 1250})
    assert DesiredRecord("patient:1", ObjectType.PERSON, {}).links == {}


def test_the_digest_is_that_of_every_ledger() -> None:
    """A ledger compares by it: if it changed, everything that was loaded would be written again. Amounts and sources are no part of it."""
    assert made().digest() == "bdbe31e67394f0e35282"
    assert made().changed(amounts={}, sources=()).digest() == "bdbe31e67394f0e35282"
    assert made().changed(owner=None).digest() != "bdbe31e67394f0e35282"


def test_a_changed_record_keeps_what_was_not_named() -> None:
    """All else stays, and its digest is counted anew."""
    record = made()
    _ = record.digest()
    moved = record.changed(key="patient:9", links={"org_id": "household:4"})
    assert (moved.key, moved.links, moved.fields, moved.owner) == ("patient:9", {"org_id": "household:4"}, record.fields, record.owner)
    assert moved.digest() != record.digest()
    assert moved.changed(key="patient:12", links={"org_id": "household:3"}) == record


def made() -> DesiredRecord:
    fields = {"name": "Zoë Miles", "birthday": None, "phones": [{"value": "+61412", "primary": True}]}
    sources = ("patient:12", "patient:9")
    return DesiredRecord(
        "patient:12", ObjectType.PERSON, fields, {"org_id": "household:3"}, "front@example.com", 2, sources, amounts={"received": 1250}
    )
