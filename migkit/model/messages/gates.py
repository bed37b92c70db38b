"""How a gate stands, in a few words and without a full stop."""

from __future__ import annotations

from .entry import Entry

ENTRIES: dict[str, Entry] = {}
