"""What a record's source id field says."""

from __future__ import annotations

import pytest

from migkit.model.records import keys_in


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
