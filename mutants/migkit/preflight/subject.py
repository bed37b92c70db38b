"""What the checks look at, and what an answer is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from migkit.model.account import AccountSchema
from migkit.model.cost import Cost
from migkit.model.outcomes import Finding, Severity
from migkit.model.records import MIGRATED, DesiredRecord, ObjectType, Plan

from .days import DayPlan
from .standing import Standing


@dataclass(frozen=True)
class Check:
    """One question about the account and its answer."""

    code: str
    title: str
    answer: str
    """One sentence or two: what is, and what to do where it is not fine."""
    severity: Severity | None = None
    """None: fine."""
    count: int = 1
    keys: tuple[str, ...] = ()

    def finding(self) -> Finding | None:
        """Return the check as a finding, None where it is fine."""
        return Finding(self.code, self.severity, self.answer, count=self.count, keys=self.keys[:20]) if self.severity else None


@dataclass(frozen=True)
class Subject:
    """Everything that the checks look at."""

    plan: Plan
    account: AccountSchema
    standing: Standing
    cost: Cost
    days: DayPlan
    burst_limit: int
    """Requests per two seconds as the account's headers say, the plan's number where they do not."""
    daily_limit: int
    """Tokens a day as the account's headers say, the plan's number where they do not."""

    def records(self, *objects: ObjectType) -> Iterator[DesiredRecord]:
        """Yield the plan's records of these objects."""
        return (record for record in self.plan.records.values() if record.object in objects)


Question = Callable[[Subject], Iterator[Check]]


def field_identity(record: DesiredRecord) -> tuple[str, str, str]:
    """Return (entity, label, type) of a planned field."""
    return str(record.fields["entity"]), str(record.fields["field_name"]), str(record.fields["field_type"])


def ours_beside(entity: str, label: str, type_: str) -> tuple[str, str, str]:
    """Return the identity that a planned field has where it was made beside a field of the same label and another type."""
    return entity, label + MIGRATED, type_
