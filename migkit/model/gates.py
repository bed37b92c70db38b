"""How a gate stands: what the status, the notebooks and the approval box say of it."""

from __future__ import annotations

from dataclasses import dataclass

from .messages import Message


@dataclass(frozen=True)
class GateState:
    """How a gate stands right now."""

    approved: bool
    message: Message
    """Who approved it, or what is open, in a few words and without a full stop."""
    blocks: bool = False
    """Work is left that no click may pass over."""
    wants_reason: bool = False
    """Approving accepts something that is wrong: why must be said."""
