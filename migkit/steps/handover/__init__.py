"""90_handover and `migkit handover`: what the customer keeps, made whole from what was done, and checked again at any time."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pandas as pd

from migkit.load import AuditLog, to_write
from migkit.migration import Migration
from migkit.model.errors import UsageError
from migkit.model.words import number_of
from migkit.report import IN_REPORT, View, csv_text, file_links
from migkit.steps.handover.facts import gather_facts, local_of
from migkit.steps.handover.pack import FACTS, INDEX, PDF, Pack, draw, look_of, print_page, seal, write_analyst, write_lists
from migkit.steps.handover.responsible import assign, name_people
from migkit.steps.handover.undoing import preview_of_undoing
from migkit.steps.handover.verify import Verified, verify_handover
from migkit.steps.live import Live, newest, renew
from migkit.steps.reconcile import Proof, compare_with_target
from migkit.steps.undone import in_words, kept_handover, last_undone
from migkit.workspace import Workspace

__all__ = [
    "Handover",
    "Verified",
    "assign",
    "hand_over",
    "hand_over_workspace",
    "handover_widget",
    "name_people",
    "pack_links",
    "verify_handover",
    "verify_workspace",
]

AUDIT_COLUMNS = ["id", "run", "key", "object", "operation", "target_id", "intended_at", "state", "answered_at", "status", "tokens"]


@dataclass(frozen=True)
class Handover:
    """The pack, and what its page says."""

    folder: Path
    compared: Proof
    facts: dict[str, Any]
    manifest_sha256: str
    no_print: str = ""
    """Why there is no PDF, "" where there is one."""

    @property
    def files(self) -> pd.DataFrame:
        """One row a file: file, what it is."""
        return pd.DataFrame(self.facts["files"]).rename(columns={"what": "what it is"})

    @property
    def points(self) -> pd.DataFrame:
        """One row an open point: point (its id), what, how many, owner, until, whether somebody decided that day."""
        rows = [(one["id"], one["what"], one["count"], one["owner"], one["until"], one["decided"]) for one in self.facts["points"]]
        return pd.DataFrame(rows, columns=["point", "what", "how many", "owner", "until", "decided"])

    @property
    def verdict(self) -> str:
        """Say what lies where, in a sentence or two."""
        printed = f" and {PDF}" if not self.no_print else ""
        opened = number_of(len(self.facts["points"]), "point is", "points are")
        where = f"The pack lies in {self.folder}: give the practice that folder, and let them begin with {INDEX}{printed}."
        return f"{where} {opened} open. {self.no_print}".strip()

    @property
    def tone(self) -> str:
        """The colour of the verdict: good, warn where something is open, bad where something is not as planned."""
        return str(self.facts["tone"])

    def to_json(self) -> dict[str, Any]:
        """Return where it lies and what is open."""
        files = [one["file"] for one in self.facts["files"]]
        points = self.points.to_dict("records")
        return {
            "folder": str(self.folder),
            "files": files,
            "open": points,
            "manifest_sha256": self.manifest_sha256,
            "no_print": self.no_print,
        }


def hand_over(migration: Migration) -> Handover:
    """Make the folder `handover/` anew, from ledger, account and decisions as they are now, however the steps were done.

    A pack that stood there is replaced at the end, in one move. The manifest's digest is noted in the audit log. Raises UsageError after an
    undoing that left less of ours than it took: a pack would tell of what is no longer there.
    """
    workspace, local = migration.workspace, local_of(migration)
    undone = last_undone(migration.ledger)
    if undone and len(to_write(migration.changes(), migration.ledger.holds())) > undone.left:  # not one run of several
        raise UsageError(
            f"The migration was {in_words(undone, workspace.settings)}: a handover would tell of what is no longer there. "
            f"The pack of before is kept in {kept_handover(workspace)}. Nothing was made."
        )
    look = look_of(migration)
    proof, preview = compare_with_target(migration), preview_of_undoing(migration)
    made_at = datetime.now(UTC).replace(microsecond=0)
    found = gather_facts(migration, proof, preview, made_at)
    making = workspace.path / ".handover"
    shutil.rmtree(making, ignore_errors=True)
    making.mkdir()
    pack = Pack(making)
    pack.note(INDEX, "this page: begin here")
    pack.note(PDF, "the same, to print and to file")
    write_lists(pack, migration, proof, found, local)
    write_analyst(pack, migration, proof, _audit_csv(migration))
    pack.note(FACTS, "for analysts: every figure of this page as data")
    said = json.loads(json.dumps({**found, "look": {"accent": look.accent, "logo": look.logo}, "files": pack.files}))
    (making / FACTS).write_text(json.dumps(said, indent=1, ensure_ascii=False), encoding="utf-8")
    no_print = print_page(pack, draw(said, local))
    digest = seal(pack, said["made_at"])
    shutil.rmtree(workspace.handover)
    making.rename(workspace.path / "handover")
    AuditLog(workspace.audit_log).handed_over(digest, said["made_at"], said["by"])
    return Handover(workspace.handover, proof, said, digest, no_print)


def handover_widget(migration: Migration, made: Live[Handover], *, by: str) -> Any:
    """Return the form that says who settles what until when and makes the pack with that, or None in a report."""
    if os.environ.get(IN_REPORT):
        return None
    from migkit.widgets import HandoverBox

    def make(people: Mapping[str, str], points: Mapping[str, tuple[str, str]]) -> str:
        opened = name_people(newest(migration), practice=people["practice"], analyst=people["analyst"])
        for point, (owner, until) in points.items():
            opened = assign(opened, point, by=by, owner=owner, until=until)
        again = hand_over(opened)
        made.put(again)
        renew()
        return again.verdict

    pack = made.now
    people = {"practice": pack.facts["for"], "analyst": pack.facts["by"]}
    return HandoverBox(people, pack.facts["points"], make=make)


def pack_links(migration: Migration, made: Handover) -> View:
    """Return what the practice opens first, linked by hand."""
    first = {"For the practice manager": made.folder / INDEX} | ({} if made.no_print else {"The same on paper": made.folder / PDF})
    return file_links(first, migration.workspace.notebooks)


def hand_over_workspace(workspace: str | os.PathLike[str]) -> Handover:
    """Make the pack of a workspace."""
    return hand_over(Migration.open(workspace))


def verify_workspace(workspace: str | os.PathLike[str]) -> Verified:
    """Check the pack of a workspace against manifest, audit log, ledger and account. Raises UsageError where there is none."""
    return verify_handover(Workspace.open(workspace))


def _audit_csv(migration: Migration) -> str:
    rows = [[getattr(write, name) for name in AUDIT_COLUMNS] for write in migration.ledger.writes()]
    return csv_text(pd.DataFrame(rows, columns=AUDIT_COLUMNS))
