"""Attached files that an index names by https link: fetched once into the snapshot, hashed, and found there ever after."""

from __future__ import annotations

import httpx
import pandas as pd

from migkit.migration import Migration
from migkit.source import fetch_links

TIMEOUT_S = 60.0


def fetch_attachments(migration: Migration, *, transport: httpx.BaseTransport | None = None) -> pd.DataFrame:
    """Fetch what the attachment index names by link and return one row per fetched file: path, size, sha256.

    Asks nobody for what was fetched before. A link that fails is a finding of the next reading.
    """
    snapshot = migration.snapshots[-1]
    index = migration.tables["attachments"]
    if not index["url"].notna().any():
        return pd.DataFrame(columns=["path", "size", "sha256"])
    with httpx.Client(timeout=TIMEOUT_S, follow_redirects=True, transport=transport) as client:
        fetched = fetch_links(index, migration.workspace.links(snapshot), lambda url: client.get(url).raise_for_status().content)
    return fetched.attachments[["path", "size", "sha256"]]
