"""Lists of v1 that the specification no longer has and that clients still read: they may answer, or be gone (a switch)."""

from __future__ import annotations

from ..store import Body
from . import common
from .deal_products import lines_of
from .paging import page_v1, slice_v1
from .recents import organization
from .registry import Answer, Call, on


@on("GET /api/v1/organizations")
def organizations(call: Call) -> Answer:
    """List organizations in v1's form."""
    return page_v1(call, "organization", (["r.is_deleted = 0"], []), lambda body: organization(call, body))


@on("GET /api/v1/deals/{id}/products")
def deal_products(call: Call) -> Answer:
    """List the products on a deal in v1's form."""
    deal = common.found(call, "deal", call.path["id"])
    return slice_v1(call, [_line(line) for line in lines_of(call, deal["id"])])


def _line(line: Body) -> Body:
    names = ("id", "deal_id", "product_id", "product_variation_id", "name", "order_nr", "item_price", "quantity", "sum", "currency",
             "discount", "discount_type", "tax", "tax_method", "comments")  # fmt: skip
    times = {"add_time": common.v1_time(line["add_time"]), "last_edit": common.v1_time(line["update_time"])}
    return {name: line.get(name) for name in names} | times | {"enabled_flag": line["is_enabled"], "active_flag": True}
