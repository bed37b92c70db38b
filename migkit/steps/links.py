"""Attached files that an index names by https link: fetched once into the snapshot, hashed, and found there ever after."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import pandas as pd

from migkit.model.tables import CanonicalTables
from migkit.source import Fetched, fetch_links
from migkit.workspace import Snapshot, Workspace

if TYPE_CHECKING:
    from migkit.steps.migration import Migration

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


def with_fetched(workspace: Workspace, snapshot: Snapshot, tables: CanonicalTables) -> CanonicalTables:
    """Return the tables with the files that were fetched for this snapshot in place; asks nobody."""
    index = tables.frames.get("attachments")
    if index is None or not index["url"].notna().any():
        return tables
    fetched: Fetched = fetch_links(index, workspace.links(snapshot), _nobody)
    return CanonicalTables(
        frames={**tables.frames, "attachments": fetched.index},
        settled=tables.settled,
        repairs=tables.repairs,
        attachments=pd.concat([tables.attachments, fetched.attachments], ignore_index=True),
        findings=(*tables.findings, *fetched.findings),
    )


def fetched_names(workspace: Workspace, snapshot: Snapshot) -> list[str]:
    """Return the names of the files fetched so far: part of what typed tables are made from."""
    return sorted(path.name for path in Path(workspace.links(snapshot)).glob("*"))


def _nobody(url: str) -> bytes:
    raise FileNotFoundError(url)
