"""What is there to say after an undoing: when it was, and that the handover of before tells of what is no longer there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from migkit.load import Ledger
from migkit.report import Local
from migkit.workspace import Settings, Workspace

STEP = "rollback"
_ASIDE = "handover-before-undoing-"


@dataclass(frozen=True)
class Undone:
    """The undoing that was the last thing written."""

    at: datetime
    """When the last of it was written (UTC)."""
    left: int
    """Records of ours that stand there still: kept since somebody edited them, or of another run."""


def last_undone(ledger: Ledger) -> Undone | None:
    """Return the undoing that was the last thing written to the account, None where something was loaded since, or nothing undone."""
    newest = ledger.newest_step()
    return Undone(newest[1], len(ledger.live())) if newest and newest[0] == STEP else None


def in_words(undone: Undone, settings: Settings) -> str:
    """Say when it was, by the practice's clocks: `undone on 1 November 2026, 20:00`."""
    return f"undone on {Local(settings.country, settings.currency, settings.timezone).moment(undone.at.isoformat())}"


def put_handover_aside(workspace: Workspace, at: datetime) -> Path | None:
    """Rename the handover folder, which tells of what was undone just now; return its new name, None where nothing was handed over."""
    if not any(workspace.handover.iterdir()):
        return None
    aside = workspace.path / f"{_ASIDE}{at:%Y%m%dT%H%M%SZ}"
    workspace.handover.rename(aside)
    return aside


def kept_handover(workspace: Workspace) -> Path:
    """Return the folder of the handover as it is, or where nothing stands in it of the newest that an undoing put aside."""
    aside = sorted(workspace.path.glob(f"{_ASIDE}*"))
    return workspace.handover if any(workspace.handover.iterdir()) or not aside else aside[-1]
