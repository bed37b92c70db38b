"""Products on deals (v2): where there are any, the deal's value is computed from them."""

from __future__ import annotations

from datetime import date
from typing import Any

from ..contract import is_date
from ..errors import capped, invalid, not_found
from ..store import Body
from . import common
from .paging import id_list, page_v2
from .registry import Answer, Call, on

PER_DEAL = 100
RECURRING_PER_DEAL = 20
_FORM = ("id", "sum", "tax", "deal_id", "name", "product_id", "product_variation_id", "order_nr", "add_time", "update_time", "comments",
         "currency",
         "discount", "discount_type", "quantity", "item_price", "tax_method", "is_enabled", "billing_frequency", "billing_frequency_cycles",
         "billing_start_date")  # fmt: skip
_DEFAULTS: Body = {"tax": 0, "comments": "", "discount": 0, "is_enabled": True, "tax_method": "inclusive", "discount_type": "percentage",
                   "product_variation_id": None, "billing_frequency": "one-time", "billing_frequency_cycles": None,
                   "billing_start_date": None}  # fmt: skip


def _render(body: Body) -> Body:
    return {key: body.get(key) for key in _FORM}


def lines_of(call: Call, deal_id: int) -> list[Body]:
    """Return the products on a deal."""
    return call.account.store.select(call.account.id, "deal_product", ["r.deal_id = ?"], [deal_id])


def _sum(line: Body) -> float:
    gross = line["item_price"] * line["quantity"]
    off = gross * line["discount"] / 100 if line["discount_type"] == "percentage" else line["discount"]
    net = gross - off
    return round(net * (1 + line["tax"] / 100) if line["tax_method"] == "exclusive" else net, 2)


def _line(call: Call, deal: Body, given: dict[str, Any], before: Body | None) -> Body:
    account = call.account
    product = account.require("product", given.get("product_id", before["product_id"] if before else None), "product_id")
    body = {**_DEFAULTS, **(before or {}), **given, "name": product["name"], "deal_id": deal["id"], "currency": deal["currency"]}
    for key in ("item_price", "quantity", "tax", "discount"):
        if common.number(body[key], key) < 0:
            raise invalid([f"{key}: Expected zero or more"])
    if body["product_variation_id"] is not None:
        variation = account.get("variation", body["product_variation_id"])
        if variation is None or variation["product_id"] != product["id"]:
            raise invalid(["product_variation_id: The variation does not exist"])
    if account.config.plan == "lite" and (body["billing_frequency"] != "one-time" or body["billing_start_date"] is not None):
        raise capped("Recurring billing is not part of your plan.")
    start = body["billing_start_date"]
    if start is not None and not (is_date(start) and abs(date.fromisoformat(start).year - int(account.now()[:4])) <= 10):
        raise invalid(["billing_start_date: Expected a date within ten years"])
    return body | {"sum": _sum(body)}


def _recompute(call: Call, deal_id: int) -> None:
    deal = call.account.get("deal", deal_id)
    lines = lines_of(call, deal_id)
    if deal and lines:
        call.account.update("deal", deal, {"value": round(sum(line["sum"] for line in lines if line["is_enabled"]), 2)}, call.user_id)


def _add(call: Call, deal: Body, given: list[dict[str, Any]]) -> list[Body]:
    held = lines_of(call, deal["id"])
    if len(held) + len(given) > PER_DEAL:
        raise capped("You've reached the product per deal limit.")
    lines = [_line(call, deal, each, None) for each in given]
    if sum(line["billing_frequency"] != "one-time" for line in [*held, *lines]) > RECURRING_PER_DEAL:
        raise invalid(["billing_frequency: At most 20 recurring products per deal"])
    now = call.account.now()
    stamp = {"add_time": now, "update_time": now, "is_deleted": False}
    made = [
        call.account.store.insert(call.account.id, "deal_product", {**line, **stamp, "order_nr": len(held) + number})
        for number, line in enumerate(lines, 1)
    ]
    _one_tax_method(call, deal["id"], made[-1]["tax_method"])
    _recompute(call, deal["id"])
    return [call.account.get("deal_product", line["id"]) or line for line in made]


def _one_tax_method(call: Call, deal_id: int, method: str) -> None:
    """Give every line of a deal the same tax method: changing one changes all."""
    for line in lines_of(call, deal_id):
        if line["tax_method"] != method:
            changed = {**line, "tax_method": method}
            call.account.store.update(call.account.id, "deal_product", changed | {"sum": _sum(changed)})


def held_on(call: Call, kind: str, key: str, deal: Body) -> Body:
    """Return what the path's `key` names, if it hangs on the deal."""
    id = call.path[key]
    body = call.account.get(kind, id.lower() if isinstance(id, str) else id)
    if body is None or body["deal_id"] != deal["id"]:
        raise not_found("Deal " + kind.removeprefix("deal_"))
    return body


def deal_of(call: Call) -> Body:
    """Return the deal that the path names."""
    return common.found(call, "deal", call.path["id"])


def several(call: Call) -> tuple[list[str], list[Any]]:
    """Return the condition that the query's `deal_ids` makes."""
    ids = call.query["deal_ids"]
    if len(ids) > 100:
        raise invalid(["deal_ids: Expected at most 100 ids"])
    return [f"r.deal_id IN ({', '.join('?' * len(ids))})"], list(ids)


@on("GET /api/v2/deals/products")
def of_many(call: Call) -> Answer:
    """List the products of several deals."""
    return page_v2(call, "deal_product", several(call), _render)


@on("GET /api/v2/deals/{id}/products")
def index(call: Call) -> Answer:
    """List a deal's products."""
    return page_v2(call, "deal_product", (["r.deal_id = ?"], [deal_of(call)["id"]]), _render)


@on("POST /api/v2/deals/{id}/products")
def add(call: Call) -> Answer:
    """Add a product to a deal."""
    return Answer(_render(_add(call, deal_of(call), [call.body])[0]))


@on("POST /api/v2/deals/{id}/products/bulk")
def add_many(call: Call) -> Answer:
    """Add up to 100 products to a deal, all or none."""
    deal = deal_of(call)
    if not call.body["data"]:
        raise invalid(["data: Expected at least one product"])
    return Answer([_render(line) for line in _add(call, deal, call.body["data"])])


@on("PATCH /api/v2/deals/{id}/products/{product_attachment_id}")
def change(call: Call) -> Answer:
    """Change a product on a deal."""
    deal = deal_of(call)
    held = held_on(call, "deal_product", "product_attachment_id", deal)
    line = _line(call, deal, call.body, held) | {"update_time": call.account.now()}
    call.account.store.update(call.account.id, "deal_product", line)
    _one_tax_method(call, deal["id"], line["tax_method"])
    _recompute(call, deal["id"])
    return Answer(_render(line))


@on("DELETE /api/v2/deals/{id}/products/{product_attachment_id}")
def remove(call: Call) -> Answer:
    """Take a product off a deal."""
    deal = deal_of(call)
    held = held_on(call, "deal_product", "product_attachment_id", deal)
    call.account.store.remove(call.account.id, "deal_product", held["id"])
    _recompute(call, deal["id"])
    return Answer({"id": held["id"]})


@on("DELETE /api/v2/deals/{id}/products")
def remove_many(call: Call) -> Answer:
    """Take the named products, or the first 100, off a deal."""
    deal = deal_of(call)
    lines = {line["id"]: line for line in lines_of(call, deal["id"])}
    wanted = id_list(call.query["ids"]) if "ids" in call.query else list(lines)[:100]
    if any(id not in lines for id in wanted):
        raise not_found("Deal product")
    for id in wanted:
        call.account.store.remove(call.account.id, "deal_product", id)
    _recompute(call, deal["id"])
    return Answer({"ids": wanted}, {"more_items_in_collection": len(lines) > len(wanted)})
