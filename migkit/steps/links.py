"""Attached files that an index names by https link: fetched once into the snapshot, hashed, and found there ever after."""

from __future__ import annotations

import httpx
import pandas as pd

from migkit.migration import Migration
from migkit.source import fetch_links
from migkit.steps.public_web import SILENCE_S, fetch, public_transport


def fetch_attachments(migration: Migration, *, transport: httpx.BaseTransport | None = None) -> pd.DataFrame:
    """Fetch what the attachment index names by link, where the policy `fetch_links` allows it; one row per file: path, size, sha256.

    Asks nobody for what was fetched before. A link that fails, or leads to no public https address, is a finding of the next reading.
    """
    snapshot = migration.snapshots[-1]
    index = migration.tables["attachments"]
    if migration.decisions.policies["fetch_links"] != "public" or not index["url"].notna().any():
        return pd.DataFrame(columns=["path", "size", "sha256"])
    with httpx.Client(timeout=SILENCE_S, trust_env=False, transport=transport or public_transport()) as client:
        fetched = fetch_links(index, migration.workspace.links(snapshot), lambda url: fetch(url, client))
    return fetched.attachments[["path", "size", "sha256"]]
