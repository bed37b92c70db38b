"""What a person looks at before the sample is approved, and what of it was looked at: nothing but a person can answer these."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from migkit.workspace import Workspace

KINDS = "Is every kind of appointment the activity type that it should be?"
VALUES = "Is every deal worth what its treatment plan or its invoices say?"
OWNERS = "Does every record belong to whom it should?"
FIELDS = "Are the custom fields filled as the practice expects?"
TIMES = "Do appointments stand at the time that the practice's own diary says?"
QUESTIONS = (KINDS, VALUES, OWNERS, FIELDS, TIMES)


def ticked(workspace: Workspace, subject: str) -> Mapping[str, Mapping[str, str]]:
    """Return question → who ticked it and when (by, at, subject), for the sample with this subject: another one is asked about again."""
    kept = workspace.read_decision("sample").get("looked_at") or {}
    return {name: entry for name, entry in kept.items() if name in QUESTIONS and entry.get("subject") == subject}


def not_ticked(workspace: Workspace, subject: str) -> Sequence[str]:
    """Return the questions that nobody ticked for the sample with this subject."""
    known = ticked(workspace, subject)
    return [name for name in QUESTIONS if name not in known]


def tick(workspace: Workspace, question: str, subject: str, by: str, *, looked: bool) -> None:
    """Write down that `by` looked at what a question asks, or take that back."""
    document = workspace.read_decision("sample")
    others = {one: entry for one, entry in (document.get("looked_at") or {}).items() if one != question}
    entry = {"by": by, "at": datetime.now(UTC).isoformat(timespec="seconds"), "subject": subject}
    workspace.write_decision("sample", document | {"looked_at": others | ({question: entry} if looked else {})})
