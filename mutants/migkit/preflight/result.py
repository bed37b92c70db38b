"""The pre-flight's answer, for the notebook, for `--json` and for a terminal."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from migkit.model.account import AccountSchema
from migkit.model.cost import Cost
from migkit.model.outcomes import Finding, Severity

from .days import DayPlan
from .subject import Check

SHOWN = {None: "fine", Severity.INFO: "to know", Severity.WARNING: "look", Severity.CRITICAL: "stops the load"}


@dataclass(frozen=True)
class Preflight:
    """Would the plan fit the account, and how long would it take?"""

    checks: tuple[Check, ...]
    account: AccountSchema
    cost: Cost
    days: DayPlan
    is_estimate: bool
    """True where the figures rest on a map that nobody has confirmed yet."""

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What is not fine."""
        return tuple(finding for check in self.checks if (finding := check.finding()))

    @property
    def blocks(self) -> bool:
        """Whether something would stop the load."""
        return any(check.severity is Severity.CRITICAL for check in self.checks)

    def table(self) -> pd.DataFrame:
        """Return one row per check: check, state, answer; what stops the load first."""
        order = list(reversed(SHOWN))
        rows = [(check.title, SHOWN[check.severity], check.answer) for check in sorted(self.checks, key=lambda c: order.index(c.severity))]
        return pd.DataFrame(rows, columns=["check", "state", "answer"])

    def to_json(self) -> dict[str, Any]:
        """Return one plain document: blocks, checks, tokens, days."""
        checks = [{"code": c.code, "severity": str(c.severity or "ok"), "count": c.count, "answer": c.answer} for c in self.checks]
        cost = self.cost
        return {
            "blocks": self.blocks,
            "estimate": self.is_estimate,
            "account": self.account.company_domain,
            "checks": checks,
            "tokens": {
                "by_object": dict(cost.tokens),
                "floor": cost.total,
                "rollback": cost.rollback_tokens,
                "read_back": cost.read_back_tokens,
            },
            "days": self.days.to_json(),
        }

    def to_text(self) -> str:
        """Return the checks and the plan of days for a terminal."""
        lines = [f"{state:<15} {title}: {answer}" for title, state, answer in self.table().itertuples(index=False)]
        return "\n".join([*lines, "", self.days.sentence(is_estimate=self.is_estimate)])
