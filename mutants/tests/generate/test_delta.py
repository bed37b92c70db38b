"""The second export: what is new, changed, gone, moved, and altered in an earlier month."""

from __future__ import annotations

from typing import Any

from .conftest import Made

KEY = {"invoice_lines": "line_id", "payments": "payment_id", "patients": "patient_id", "appointments": "appointment_id"}


def test_every_kind_of_change_happens(made: Made) -> None:
    """There are new, changed and gone patients and appointments between the exports."""
    tables = made.truth["delta"]["tables"]
    for table in ("patients", "appointments"):
        assert all(tables[table][kind] for kind in ("new", "changed", "gone")), table
    assert tables["families"]["changed"]
    assert tables["leads"]["gone"]
    assert tables["communications"]["gone"]
    assert tables["attachments"]["new"]


def test_a_payment_and_an_invoice_of_an_earlier_month_are_altered(made: Made) -> None:
    """An amount paid before July differs in the second export, and so does the total of an old invoice."""
    changed = made.truth["delta"]["tables"]
    paid = {p["payment_id"]: p for p in made.tables["payments"]}
    assert any("amount" in fields and paid[key]["date"] < "2026-07" for key, fields in changed["payments"]["changed"].items())
    dated = {i["invoice_id"]: i for i in made.tables["invoices"]}
    assert any("total" in fields and dated[key]["date"] < "2026-08" for key, fields in changed["invoices"]["changed"].items())


def test_a_household_moves_and_a_member_leaves(made: Made) -> None:
    """All members of one family get another address; in another family one member fewer lives."""
    before = {h["key"]: h["members"] for h in made.truth["households"]}
    after = {h["key"]: h["members"] for h in made.truth["delta"]["households"]}
    assert any(len(after[key]) == len(before[key]) - 1 for key in before)
    changed: dict[str, dict[str, Any]] = made.truth["delta"]["tables"]["patients"]["changed"]
    moved = {key for key, fields in changed.items() if "address_line1" in fields}
    assert any(all(member.removeprefix("patient:") in moved for member in members) for members in before.values())


def test_what_is_gone_was_needed_by_nobody(made: Made) -> None:
    """No record of the second export refers to a patient that is gone from it."""
    delta = made.truth["delta"]["tables"]
    gone = set(delta["patients"]["gone"])
    for table, records in made.tables.items():
        if table == "patients":
            continue
        left = [r for r in records if r.get("patient_id") in gone]
        ids = set(delta[table]["gone"])
        assert all(next(iter(r.values())) in ids for r in left), table


def test_control_figures_are_those_of_the_later_day(made: Made) -> None:
    """Money received later is the earlier sum, the new money, and the altered amounts."""
    received = ("payment", "prepayment", "reversal", "refund")
    changes = made.truth["delta"]["tables"]["payments"]
    old = {p["payment_id"]: p for p in made.tables["payments"]}
    new = sum(p["amount"] for p in changes["new"] if p["kind"] in received)
    altered = sum(fields["amount"] - old[key]["amount"] for key, fields in changes["changed"].items() if "amount" in fields)
    assert made.truth["delta"]["sums"]["received"] == made.truth["sums"]["received"] + new + altered
