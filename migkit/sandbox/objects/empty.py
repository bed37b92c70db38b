"""What no account of the sandbox has any of, and clients that read everything ask for all the same."""

from __future__ import annotations

from .paging import slice_v1
from .registry import Answer, Call, on


@on("GET /api/v1/goals/find")
def goals(call: Call) -> Answer:
    """List goals: none."""
    return Answer({"goals": []})


@on("GET /api/v1/mailbox/mailThreads")
def mail_threads(call: Call) -> Answer:
    """List mail threads: none."""
    return slice_v1(call, [])
