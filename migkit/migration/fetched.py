"""Attached files that were fetched into a snapshot by link: put in place in the typed tables. Asks nobody."""

from __future__ import annotations

import pandas as pd

from migkit.model.tables import CanonicalTables
from migkit.source import Fetched, fetch_links
from migkit.workspace import Snapshot, Workspace


def with_fetched(workspace: Workspace, snapshot: Snapshot, tables: CanonicalTables) -> CanonicalTables:
    """Return the tables with the files that were fetched for this snapshot in place; asks nobody."""
    index = tables.frames.get("attachments")
    if index is None or not index["url"].notna().any():
        return tables
    fetched: Fetched = fetch_links(index, workspace.links(snapshot), _nobody)
    return CanonicalTables(
        frames={**tables.frames, "attachments": fetched.index},
        row_outcomes=tables.row_outcomes,
        repairs=tables.repairs,
        attachments=pd.concat([tables.attachments, fetched.attachments], ignore_index=True),
        findings=(*tables.findings, *fetched.findings),
    )


def _nobody(url: str) -> bytes:
    raise FileNotFoundError(url)
