"""The web page of an account: what arrived, as one who uses Pipedrive would look at it."""

from __future__ import annotations

from .world import World


def page(world: World, account: str | None) -> str:
    """Return the page of one account."""
    chosen = world.accounts.get(int(account)) if account and account.isdecimal() else next(iter(world.accounts.values()))
    return f"<!DOCTYPE html><title>{chosen.name if chosen else 'No such account'}</title>"
