"""Products and consumables → Products."""

from __future__ import annotations

from migkit.model.records import ObjectType

from .context import Context, make
from .setup import custom_values, new_values
from .text import amount, short


def plan_products(context: Context) -> None:
    """Add one product per row; one without name and code is held."""
    for row in context.rows("products"):
        name = row.get("name") or row.get("code")
        if context.book.stopped_by(row, row["_key"]):
            continue
        if not name:
            context.note_problem("no-name", "products", row["_key"])
            context.book.hold(row, "it has no name, which Pipedrive requires")
            continue
        price: dict[str, object] = {"currency": context.currency, "price": amount(row.get("unit_price") or 0)}
        if row.get("cost_price") is not None:
            price["cost"] = amount(row["cost_price"])
        description = [row.get("description") or "", f"Category: {row['category']}" if row.get("category") else ""]
        values = {"source_ids": row["_key"], "stock": row.get("stock"), "supplier": row.get("supplier")}
        fields = {
            "name": short(name),
            "code": short(row["code"]) if row.get("code") else None,
            "description": "\n".join(line for line in description if line) or None,
            "tax": row.get("gst"),
            "prices": [price] if row.get("unit_price") is not None or row.get("cost_price") is not None else None,
            "is_linkable": row["active"] if row.get("active") is not None else None,
            **custom_values(context, "product", values),
            **new_values(context, "products", [row]),
        }
        make(context, row["_key"], ObjectType.PRODUCT, fields, owner=context.people.fallback_owner, wave=1, sources=[row["_key"]])
        context.book.own(row, row["_key"])
