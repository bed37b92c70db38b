"""Products and their variations (v2)."""

from __future__ import annotations

from typing import Any

from ..errors import capped, invalid, not_found
from ..store import Body
from . import common
from .extras import extras
from .filters import narrowed
from .paging import page_of, page_v2
from .registry import Answer, Call, on

_FORM = ("id", "name", "code", "description", "unit", "tax", "category", "is_linkable", "is_deleted", "visible_to", "owner_id", "add_time",
         "update_time", "billing_frequency", "billing_frequency_cycles", "prices")  # fmt: skip
_DEFAULTS: Body = {"code": None, "description": None, "unit": "", "tax": 0, "category": None, "is_linkable": True,
                   "billing_frequency": "one-time", "billing_frequency_cycles": None, "prices": []}  # fmt: skip


def render(call: Call, body: Body) -> Body:
    """Return a product as v2 shows it."""
    prices = [{"product_id": body["id"], **price} for price in body["prices"]]
    record = {key: body.get(key) for key in _FORM} | {"prices": prices, "custom_fields": common.custom(call, "product", body)}
    return record | extras(call, "product", body)


def needs_growth(call: Call) -> None:
    """Refuse recurring billing where the plan has none."""
    recurring = call.body.get("billing_frequency", "one-time") != "one-time" or call.body.get("billing_frequency_cycles") is not None
    if recurring and call.account.config.plan == "lite":
        raise capped("Recurring billing is not part of your plan.")


def _changes(call: Call, before: Body | None) -> Body:
    body = call.body
    needs_growth(call)
    changes = common.shared(call, "product", before)
    if before is None or "name" in body:
        changes["name"] = common.name_of(body.get("name"))
    changes |= {key: body[key] for key in _DEFAULTS if key in body}
    if body.get("code"):
        common.name_of(body["code"], "code")
    if body.get("category") is not None:
        field = call.account.field("product", "category")
        if field is None or body["category"] not in {option["id"] for option in field["options"]}:
            raise invalid([f"category: Option {body['category']} does not exist"])
    if "prices" in body:
        changes["prices"] = prices(call, body["prices"])
    return changes


def prices(call: Call, given: list[dict[str, Any]]) -> list[Body]:
    """Return checked prices, one per currency."""
    codes = [call.account.require_currency(price["currency"], "prices") for price in given]
    if len(set(codes)) != len(codes):
        raise invalid(["prices: Only one price per currency is allowed"])
    for price in given:
        for key in ("price", "cost", "direct_cost"):
            if price.get(key) is not None:
                common.number(price[key], f"prices.{key}")
    return [{"currency": price["currency"], "price": price.get("price", 0), "cost": price.get("cost", 0),
             "direct_cost": price.get("direct_cost"), "notes": price.get("notes", "")} for price in given]  # fmt: skip


@on("POST /api/v2/products")
def create(call: Call) -> Answer:
    """Add a product."""
    call.need("can_add_products")
    now = call.account.now()
    body = {**_DEFAULTS, "add_time": now, "update_time": now, "is_deleted": False, **_changes(call, None)}
    if not body["prices"] and call.account.switches["missing_price"] == "zero":
        body["prices"] = prices(call, [{"currency": call.user["default_currency"], "price": 0}])
        body["description"] = body["description"] or ""
    return Answer(render(call, call.account.insert("product", body, call.user_id)))


@on("GET /api/v2/products")
def index(call: Call) -> Answer:
    """List products."""
    return page_v2(call, "product", narrowed(call, "products", ("owner_id",)), lambda body: render(call, body))


@on("GET /api/v2/products/{id}")
def show(call: Call) -> Answer:
    """Return one product."""
    return Answer(render(call, common.found(call, "product", call.path["id"])))


@on("PATCH /api/v2/products/{id}")
def change(call: Call) -> Answer:
    """Change a product; the prices are replaced as a whole."""
    before = common.found(call, "product", call.path["id"])
    call.need("can_edit_products")
    return Answer(render(call, call.account.update("product", before, _changes(call, before), call.user_id)))


@on("DELETE /api/v2/products/{id}")
def delete(call: Call) -> Answer:
    """Mark a product as deleted."""
    before = common.found(call, "product", call.path["id"])
    call.need("can_edit_products")
    return common.gone(call, "product", before)


@on("POST /api/v2/products/{id}/duplicate")
def duplicate(call: Call) -> Answer:
    """Add a copy of a product."""
    before = common.found(call, "product", call.path["id"])
    call.need("can_add_products")
    now = call.account.now()
    copy = {**before, "name": f"{before['name']} (copy)"[: common.NAME_MAX], "add_time": now, "update_time": now}
    return Answer(render(call, call.account.insert("product", copy, call.user_id)))


# variations
def _variation(call: Call) -> Body:
    product = common.found(call, "product", call.path["id"])
    held = call.account.get("variation", call.path["product_variation_id"])
    if held is None or held["product_id"] != product["id"]:
        raise not_found("Product variation")
    return held


def _render_variation(body: Body) -> Body:
    prices_of = [{"product_variation_id": body["id"], **price} for price in body["prices"]]
    return {"id": body["id"], "name": body["name"], "product_id": body["product_id"], "prices": prices_of}


@on("GET /api/v2/products/{id}/variations")
def variations(call: Call) -> Answer:
    """List a product's variations."""
    product = common.found(call, "product", call.path["id"])
    found = call.account.store.select(call.account.id, "variation", ["r.product_id = ?"], [product["id"]])
    return page_of(call, [_render_variation(each) for each in found])


@on("POST /api/v2/products/{id}/variations")
def add_variation(call: Call) -> Answer:
    """Add a variation to a product."""
    product = common.found(call, "product", call.path["id"])
    body = {"product_id": product["id"], "name": common.name_of(call.body["name"]), "prices": prices(call, call.body.get("prices", []))}
    return Answer(_render_variation(call.account.store.insert(call.account.id, "variation", body)))


@on("PATCH /api/v2/products/{id}/variations/{product_variation_id}")
def change_variation(call: Call) -> Answer:
    """Change a variation."""
    held = _variation(call)
    changes: Body = {"name": common.name_of(call.body["name"])} if "name" in call.body else {}
    if "prices" in call.body:
        changes["prices"] = prices(call, call.body["prices"])
    return Answer(_render_variation(call.account.store.update(call.account.id, "variation", {**held, **changes})))


@on("DELETE /api/v2/products/{id}/variations/{product_variation_id}")
def remove_variation(call: Call) -> Answer:
    """Take a variation away."""
    held = _variation(call)
    call.account.store.remove(call.account.id, "variation", held["id"])
    return Answer({"id": held["id"]})
