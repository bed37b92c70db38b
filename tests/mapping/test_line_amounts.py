"""The price of one and the line's amount are told by what multiplies, and nothing that differs within a plan is the plan's."""

from __future__ import annotations

import pytest
from made import export, table

from migkit.mapping import propose
from migkit.migration.defaults import knowledge
from migkit.model.canonical import CanonicalSchema

ITEMS = [
    ("1", "011", "Exam", 195),
    ("1", "613", "Crown", 1845),
    ("2", "022", "X-ray", 268),
    ("2", "114", "Scale and clean", 120),
    ("3", "531", "Filling", 425),
    ("3", "121", "Fluoride", 242),
    ("4", "118", "Bleach", 49),
    ("4", "521", "Filling", 90),
]


@pytest.mark.parametrize("quantities", [[1, 1, 2, 1, 1, 3, 4, 1], [1] * 8])
@pytest.mark.parametrize(("fee", "amount"), [("Fee", "Amount"), ("Amount", "Total"), ("Price", "Amount")])
def test_what_multiplies_is_price_and_amount(schema: CanonicalSchema, quantities: list[int], fee: str, amount: str) -> None:
    """Quantity × price = the line's, and no plan's total; where each quantity is one, the price stands first."""
    rows = [
        (plan, "1" if plan in "13" else "2", code, what, str(number), str(each), str(each * number))
        for (plan, code, what, each), number in zip(ITEMS, quantities, strict=True)
    ]
    items = table("Treatment Plan Items", f"Plan No, Patient No, Item Code, Description, Qty, {fee}, {amount}", *rows)
    named = ("1", "Ned", "Park", "01/04/1980"), ("2", "Una", "Quill", "02/04/1981")
    people = table("Patients", "Patient No, First Name, Last Name, DOB", *named)
    found = propose(export(items, people), schema, knowledge()).tables["Treatment Plan Items"]
    assert (found.table, found.columns[fee].choice, found.columns[amount].choice) == ("treatment_items", "fee", "total")
