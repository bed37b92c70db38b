"""What the checks look at, and what an answer is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from migkit.model.account import AccountSchema
from migkit.model.cost import Cost
from migkit.model.messages import Message, Value
from migkit.model.objects import ObjectType
from migkit.model.outcomes import EXAMPLES, Finding, Severity
from migkit.model.records import MIGRATED, DesiredRecord, Plan

from .days import DayPlan
from .existing import Existing


@dataclass(frozen=True)
class Check:
    """One question about the account and its answer."""

    message: Message
    count: int = 1
    keys: tuple[str, ...] = ()

    @classmethod
    def of(cls, code: str, /, *, keys: tuple[str, ...] = (), **parameters: Value) -> Check:
        """Return the answer that the catalogue knows as `code`; a parameter `count` is how many things it concerns."""
        count = parameters.get("count", 1)
        return cls(Message.of(code, **parameters), count if isinstance(count, int) else 1, keys)

    @property
    def code(self) -> str:
        """The answer's code."""
        return self.message.code

    @property
    def title(self) -> str:
        """The question in a few words."""
        return self.message.entry.title

    @property
    def answer(self) -> str:
        """One sentence or two: what is, and what to do where it is not fine."""
        return str(self.message)

    @property
    def severity(self) -> Severity | None:
        """How much it matters, None: fine."""
        return self.message.entry.severity

    def finding(self) -> Finding | None:
        """Return the check as a finding, None where it is fine."""
        return Finding(self.message, self.severity, count=self.count, keys=self.keys[:EXAMPLES]) if self.severity else None


@dataclass(frozen=True)
class Subject:
    """Everything that the checks look at."""

    plan: Plan
    account: AccountSchema
    existing: Existing
    cost: Cost
    days: DayPlan
    burst_limit: int
    """Requests per two seconds as the account's headers say, the plan's number where they do not."""
    daily_limit: int
    """Tokens a day as the account's headers say, the plan's number where they do not."""
    route: str = "api"
    """How the plan is to be loaded: api, hybrid or files."""
    people_decided: bool = False
    """Whether somebody approved who of the people to be loaded is in the account already."""
    adopted: frozenset[str] = frozenset()
    """Keys of those who are: they are completed, not made anew."""

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
