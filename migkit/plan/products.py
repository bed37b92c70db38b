"""Products and consumables → Products."""

from __future__ import annotations

from typing import Any

from migkit.model.messages import Message
from migkit.model.objects import ObjectType

from .context import Context
from .rows import Row
from .text import amount


def plan_products(context: Context) -> None:
    """Add one product per row; one without name and code is held."""
    for row in context.rows("products"):
        name = row.get("name") or row.get("code")
        if context.book.stopped_by(row, row["_key"]):
            continue
        if not name:
            context.note_problem("no-name", "products", row["_key"])
            context.book.hold(row, Message.of("no-name"))
            continue
        cost = row.get("cost_price") if row.get("unit_price") is None else None
        if cost is not None:
            context.note_problem("product-without-price", "products", row["_key"])
        fields = {
            **context.write.fields(
                ObjectType.PRODUCT,
                row,
                name=name,
                description=context.write.line("product", row, cost=cost) or None,
                prices=_prices(context, row),
                source_ids=row["_key"],
            ),
            **context.write.new_fields("products", [row]),
        }
        context.add(row["_key"], ObjectType.PRODUCT, fields, owner=context.people.fallback_owner, wave=1, sources=[row["_key"]])
        context.book.own(row, row["_key"])


def _prices(context: Context, row: Row) -> list[dict[str, Any]] | None:
    row = context.write.visible(ObjectType.PRODUCT, "prices", row)
    if row.get("unit_price") is None:  # a price of 0.00 would be one
        return None
    price: dict[str, Any] = {"currency": context.currency, "price": amount(row["unit_price"])}
    return [price | {"cost": amount(row["cost_price"])}] if row.get("cost_price") is not None else [price]
