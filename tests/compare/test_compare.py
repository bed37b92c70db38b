"""What counts as equal, as normalised by a named rule, and as differing."""

from __future__ import annotations

from typing import Any

import pytest

from migkit.compare import COMPARATORS, FieldResult, State, compare_field

MAIL = {"value": "a@example.com", "label": "home", "primary": True}
PHONE = {"value": "+61412345678", "label": "mobile", "primary": False}

NORMALISED: list[tuple[str, Any, Any, str]] = [
    ("text", "a\r\nb", "a\nb", "line-ends"),
    ("text", " Anna ", "Anna", "whitespace-trimmed"),
    ("text", "Zoe\u0308", "Zoë", "unicode-form"),
    ("text", "a\nb", "a\r\nb", "line-ends"),
    ("text", " a\r\nb", "a\nb", "whitespace-trimmed"),
    ("text", "a\nb", " a\r\nb ", "whitespace-trimmed"),
    ("text", "Zoë  Li", "Zoë Li", "whitespace-trimmed"),
    ("text", "Zoë\xa0Li", "Zoë Li", "whitespace-trimmed"),
    ("text", "", None, "null-is-empty"),
    ("text", None, "", "null-is-empty"),
    ("list", [], None, "null-is-empty"),
    ("html", "<p>BP &lt;120</p>", "BP &lt;120<br>", "html-sanitised"),
    ("html", "<p><b>a</b></p><p>b</p>", "<div>a</div><div>b</div>", "html-sanitised"),
    ("name", "Anna  Maria Rossi", "Anna Maria Rossi", "name-joined"),
    ("name", "Anna Rossi", {"first_name": "Anna", "last_name": "Rossi"}, "name-joined"),
    ("number", 12.5, "12.50", "number-as-text"),
    ("number", "12.5", "12.50", "trailing-zeros"),
    ("money", {"value": 12.5, "currency": "AUD"}, {"value": "12.50", "currency": "AUD"}, "trailing-zeros"),
    ("money", {"amount": 12.5, "currency": "AUD"}, 12.5, "money-shape"),
    ("money", {"value": 12.5}, {"value": 12.5, "currency": "AUD"}, "trailing-zeros"),
    ("number", " 12.5", 12.5, "number-as-text"),
    ("date", "2026-03-01", "2026-03-01T00:00:00Z", "date-format"),
    ("datetime", "2026-03-01T09:00:00Z", "2026-03-01 09:00:00", "time-format"),
    ("datetime", "2026-03-01T09:00:00Z", "2026-03-01T20:00:00+11:00", "time-format"),
    ("datetime", "2026-03-01T09:00:00Z", "2026-03-01T09:00:00.123Z", "time-format"),
    ("datetime", "2026-03-01T09:00:00Z", "2026-03-01T09:00:00", "time-format"),
    ("datetime", "2026-03-01T20:00:00+11:00", "2026-03-01 09:00:00", "time-format"),
    ("datetime", "2026-03-01T09:00:00.700Z", "2026-03-01T09:00:00.200Z", "time-format"),
    ("time", "09:00:00", "09:00", "time-format"),
    ("time", "09:00:30", "9:00:30.0", "time-format"),
    ("time", "01:30", "00:90", "time-format"),
    ("time", "09:00:00", {"value": "09:00:00", "timezone_name": None}, "time-format"),
    ("enum", 12, "12", "id-shape"),
    ("enum", 12, {"id": 12, "label": "Active"}, "id-shape"),
    ("id", 5, {"value": 5, "name": "Anna"}, "id-shape"),
    ("owner", 7, {"id": 7, "email": "x"}, "id-shape"),
    ("set", [1, 2], [2, 1], "set-order"),
    ("set", [1, 2], "2,1", "set-shape"),
    ("set", [1, 2], [{"id": 2, "label": "b"}, {"id": 1, "label": "a"}], "set-shape"),
    ("set", [1, 2], (2, 1), "set-order"),
    ("set", [3], 3, "set-shape"),
    ("set", 3, [3], "set-order"),
    ("set", ["Crowns", 4], [{"field": "x", "id": 7, "label": " Crowns "}, {"field": "x", "id": 4}], "set-shape"),
    ("set", ["7"], [{"id": 7, "label": "Crowns"}], "set-shape"),
    ("list", [MAIL, PHONE], [PHONE, MAIL], "list-order"),
    ("list", [{"id": 4, "name": "a"}, {"id": 5, "name": "b"}], [{"id": 5, "name": "b"}, {"id": 4, "name": "a"}], "list-order"),
    ("list", [{"value": "a", "label": ""}], [{"value": "a", "label": None, "primary": True}], "filled-nulls"),
    ("list", [{"currency": "AUD", "price": 5.5}], [{"currency": "AUD", "price": "5.50"}], "filled-nulls"),
    ("list", [{"currency": "AUD", "price": 5.5}], [{"currency": "AUD", "price": 5.5, "cost": 0, "id": 3}], "filled-nulls"),
    ("address", {"value": "1 Sea St"}, {"value": "1 Sea St", "country": None, "locality": "Bondi"}, "filled-nulls"),
    ("address", "1 Sea St", {"value": "1  Sea St"}, "filled-nulls"),
    ("address", {"value": "1 Sea St"}, "1 Sea St", "filled-nulls"),
    ("boolean", True, 1, "boolean-as-number"),
    ("boolean", True, "TRUE", "boolean-as-number"),
    ("boolean", "False", 0, "boolean-as-number"),
    ("boolean", False, "0", "boolean-as-number"),
]

DIFFERING: list[tuple[str, Any, Any]] = [
    ("text", "Anna", "anna"),
    ("text", "Anna", None),
    ("text", None, "Anna"),
    ("text", "Anna", "Anna (2)"),
    ("html", "<p>tooth 26</p>", "<p>tooth 27</p>"),
    ("html", "<p>26</p><p>27</p>", "<p>2627</p>"),
    ("name", "Anna Rossi", "Rossi Anna"),
    ("number", 12.5, 12.51),
    ("number", 0, None),
    ("money", {"value": 12.5, "currency": "AUD"}, {"value": 12.5, "currency": "EUR"}),
    ("money", 12.5, 12.51),
    ("date", "2026-03-01", "2026-03-02"),
    ("date", "2026-03-01", "01/03/2026"),
    ("datetime", "2026-03-01T09:00:00Z", "2026-03-01T09:00:00+10:00"),
    ("datetime", "2026-03-01T09:00:00Z", "2026-03-01T09:00:01Z"),
    ("datetime", "2026-03-01T09:00:00Z", "soon"),
    ("datetime", "later", "soon"),
    ("date", "2026-03-01", "2026-03-0"),
    ("date", "soon", "soon "),
    ("time", "09:00:00", "09:01"),
    ("time", "00:01", "00:00:01"),
    ("time", "10:01", "09:02"),
    ("time", "02:00", "01:01"),
    ("time", "soon", "later"),
    ("number", "soon", "later"),
    ("number", True, 1.0),
    ("money", {"currency": "AUD"}, {"currency": "AUD", "value": None}),
    ("enum", 12, 13),
    ("set", [1, 2], [1]),
    ("list", [MAIL], [MAIL, PHONE]),
    ("list", [MAIL, PHONE], [MAIL, MAIL]),
    ("list", [MAIL, MAIL], [MAIL, PHONE]),
    ("list", [MAIL], {"value": "a@example.com"}),
    ("list", 5, [MAIL]),
    ("list", [MAIL], ["a@example.com"]),
    ("list", [{"currency": "AUD", "price": 5.5}], [{"currency": "NZD", "price": 5.5}]),
    ("list", [{"currency": "AUD", "price": None}], [{"currency": "AUD", "price": 5.5}]),
    ("list", [{"currency": "AUD", "price": 5.5}], [{"currency": "AUD", "price": None}]),
    ("set", ["7"], [{"field": "x", "id": 7, "label": "Crowns"}]),
    ("list", [MAIL], [{**MAIL, "label": "work"}]),
    ("list", [MAIL], [{**MAIL, "primary": False}]),
    ("address", {"value": "1 Sea St"}, {"value": "2 Sea St"}),
    ("address", {"value": "1 Sea St"}, {"value": None, "locality": "Bondi"}),
    ("boolean", True, 0),
]


@pytest.mark.parametrize(("comparator", "desired", "actual", "rule"), NORMALISED)
def test_a_known_server_rule_is_named(comparator: str, desired: Any, actual: Any, rule: str) -> None:
    """The values differ as written and mean the same; the rule says why."""
    expected = FieldResult(State.NORMALISED, rule, "a field", desired, actual)
    assert compare_field(desired, actual, comparator, "a field") == expected


@pytest.mark.parametrize(("comparator", "desired", "actual"), DIFFERING)
def test_a_real_difference_is_never_explained_away(comparator: str, desired: Any, actual: Any) -> None:
    """No rule applies."""
    expected = FieldResult(State.DIFFERING, "", "a field", desired, actual)
    assert compare_field(desired, actual, comparator, "a field") == expected


@pytest.mark.parametrize("comparator", COMPARATORS)
@pytest.mark.parametrize("value", ["x", 5, 1.5, True, None, [], [1], {"value": 1}], ids=repr)
def test_the_same_value_is_equal_under_every_comparator(comparator: str, value: Any) -> None:
    """Identity needs no rule."""
    assert compare_field(value, value, comparator) == FieldResult(State.EQUAL, "", "", value, value)
