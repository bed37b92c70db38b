"""Practitioners become owners: their rows are carried by the user who owns their records."""

from __future__ import annotations

from .context import Context


def settle_staff(context: Context) -> None:
    """Settle the rows of practitioners: folded into their user, or into the fallback owner where none matches."""
    matches = {match.practitioner: match for match in context.people.owners}
    for row in context.rows("practitioners"):
        match = matches.get(row["_key"])
        owner = context.people.practitioner_owner.get(row["_key"]) or context.people.fallback_owner
        context.book.fold(row, f"user:{owner}", match.status if match else "no match found")
