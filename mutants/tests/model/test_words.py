"""How a number meets its noun."""

import pytest

from migkit.model.words import number_of


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (number_of(0, "row"), "0 rows"),
        (number_of(1, "row"), "1 row"),
        (number_of(1_234, "row"), "1,234 rows"),
        (number_of(1, "person has", "people have"), "1 person has"),
        (number_of(2, "person has", "people have"), "2 people have"),
    ],
)
def test_only_one_is_singular(said: str, expected: str) -> None:
    """Zero and many take the plural; thousands are separated; an irregular plural, or its verb, is given."""
    assert said == expected
