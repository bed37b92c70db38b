"""Installments and discounts of a deal (v2)."""

from __future__ import annotations

from ..contract import is_date
from ..errors import capped, generic, invalid
from ..store import Body
from . import common
from .deal_products import deal_of, held_on, lines_of, several
from .paging import page_v2
from .registry import Answer, Call, on


def _installment(call: Call, given: Body) -> Body:
    if "description" in given:
        common.name_of(given["description"], "description")
    if "amount" in given and common.number(given["amount"], "amount") <= 0:
        raise invalid(["amount: Expected more than zero"])
    if "billing_date" in given and not is_date(given["billing_date"]):
        raise invalid(["billing_date: This value is not a valid date"])
    return given


def _render_installment(body: Body) -> Body:
    return {key: body[key] for key in ("id", "amount", "billing_date", "description", "deal_id")}


def _need_growth(call: Call) -> None:
    if call.account.config.plan == "lite":
        raise capped("Installments are not part of your plan.")


@on("GET /api/v2/deals/installments")
def installments(call: Call) -> Answer:
    """List the installments of several deals."""
    _need_growth(call)
    return page_v2(call, "installment", several(call), _render_installment)


@on("POST /api/v2/deals/{id}/installments")
def add_installment(call: Call) -> Answer:
    """Add an installment: the deal needs a one-time product and no recurring one."""
    deal = deal_of(call)
    _need_growth(call)
    frequencies = {line["billing_frequency"] for line in lines_of(call, deal["id"])}
    if frequencies != {"one-time"}:
        raise generic(400, "A deal with installments needs at least one one-time product and no recurring product.")
    body = {**_installment(call, call.body), "deal_id": deal["id"], "is_deleted": False}
    return Answer(_render_installment(call.account.store.insert(call.account.id, "installment", body)))


@on("PATCH /api/v2/deals/{id}/installments/{installment_id}")
def change_installment(call: Call) -> Answer:
    """Change an installment."""
    held = held_on(call, "installment", "installment_id", deal_of(call))
    return Answer(_render_installment(call.account.store.update(call.account.id, "installment", {**held, **_installment(call, call.body)})))


@on("DELETE /api/v2/deals/{id}/installments/{installment_id}")
def remove_installment(call: Call) -> Answer:
    """Take an installment away."""
    held = held_on(call, "installment", "installment_id", deal_of(call))
    call.account.store.remove(call.account.id, "installment", held["id"])
    return Answer({"id": held["id"]})


# discounts
def _discount(given: Body) -> Body:
    if "amount" in given and common.number(given["amount"], "amount") <= 0:
        raise invalid(["amount: Expected more than zero"])
    if "description" in given:
        common.name_of(given["description"], "description")
    return given


def _render_discount(body: Body) -> Body:
    return {
        key: body[key] for key in ("id", "type", "amount", "description", "deal_id", "created_at", "created_by", "updated_at", "updated_by")
    }


@on("GET /api/v2/deals/{id}/discounts")
def discounts(call: Call) -> Answer:
    """List a deal's discounts."""
    found = call.account.store.select(call.account.id, "discount", ["r.deal_id = ?"], [deal_of(call)["id"]])
    return Answer([_render_discount(each) for each in found])


@on("POST /api/v2/deals/{id}/discounts")
def add_discount(call: Call) -> Answer:
    """Add a discount to a deal."""
    deal = deal_of(call)
    now = call.account.now()
    body = {
        **_discount(call.body),
        "deal_id": deal["id"],
        "created_at": now,
        "created_by": call.user_id,
        "updated_at": now,
        "updated_by": call.user_id,
    }
    return Answer(_render_discount(call.account.store.insert(call.account.id, "discount", body, id=call.account.new_uuid())))


@on("PATCH /api/v2/deals/{id}/discounts/{discount_id}")
def change_discount(call: Call) -> Answer:
    """Change a discount."""
    held = held_on(call, "discount", "discount_id", deal_of(call))
    changed = {**held, **_discount(call.body), "updated_at": call.account.now(), "updated_by": call.user_id}
    return Answer(_render_discount(call.account.store.update(call.account.id, "discount", changed)))


@on("DELETE /api/v2/deals/{id}/discounts/{discount_id}")
def remove_discount(call: Call) -> Answer:
    """Take a discount away."""
    held = held_on(call, "discount", "discount_id", deal_of(call))
    call.account.store.remove(call.account.id, "discount", held["id"])
    return Answer({"id": held["id"]})
