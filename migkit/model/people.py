"""What `identity` decides and `plan` follows: who is one person, who lives together, which user owns whose records."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

from .messages import Message
from .outcomes import Finding


@dataclass(frozen=True)
class Household:
    """A family that lives together, or an employer: becomes one Organization."""

    key: str
    """`family:<id>` where the export names it, else `household:<head's patient id>` or `employer:<slug>`."""
    kind: str
    """household | employer."""
    name: str
    members: tuple[str, ...]
    """Patient keys, head first."""
    head: str | None
    """Patient key of the family head, None for an employer."""


@dataclass(frozen=True)
class OwnerMatch:
    """One practitioner and the Pipedrive user who owns their records."""

    practitioner: str
    """Key, `practitioner:4`: of the first of their rows."""
    name: str
    role: str
    email: str
    """The practitioner's own e-mail in the export, "" when absent."""
    user_email: str | None
    """E-mail of the matched user; None when there is none (then the fallback owns the records)."""
    status: str
    """matched by e-mail | matched by name | confirmed | left to the fallback | no match found | inactive user."""
    also: tuple[str, ...] = ()
    """Keys of their further rows: other provider numbers, other locations."""

    @property
    def rows(self) -> tuple[str, ...]:
        """The keys of all their rows."""
        return (self.practitioner, *self.also)


@dataclass(frozen=True)
class People:
    """Everything that the plan needs to know about persons."""

    survivors: Mapping[str, str]
    """Patient key → key of the person it belongs to (itself for most); merged-into tombstones followed."""
    reasons: Mapping[str, Message]
    """Merged patient key → why."""
    households: tuple[Household, ...]
    inherited: Mapping[str, tuple[str, ...]]
    """Patient key → contact fields that are the family head's, not their own (`mobile`, `email`, …)."""
    pairs: pd.DataFrame
    """Candidate pairs: left, right (patient keys), score (0-1), band (same | review | different), evidence, decision."""
    adopted: Mapping[str, int]
    """Person key → id of the Pipedrive person that was there before and is confirmed to be the same."""
    account_pairs: pd.DataFrame
    """Candidate pairs with people already in the account: left (patient key), person_id, score, band, evidence, decision."""
    owners: tuple[OwnerMatch, ...]
    fallback_owner: str
    """E-mail of the user who owns what nobody else does."""
    findings: tuple[Finding, ...] = ()

    practitioner_owner: Mapping[str, str] = field(default_factory=dict)
    """Practitioner key → owner's e-mail, fallback already applied."""
