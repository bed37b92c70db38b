"""00_start: a workspace for those who know no terminal: choose the export and the account, look whether it answers, go."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from migkit.countries import resolve_place
from migkit.model.words import number_of
from migkit.pipedrive import Pipedrive, account_user, run, token_for
from migkit.steps.lab import lay_out
from migkit.steps.plan_and_seats import seats_by_plan
from migkit.workspace import Settings, Workspace


@dataclass(frozen=True)
class Begun:
    """A workspace with its first export."""

    workspace: Workspace
    place: str
    """What is taken for granted of the country, in words."""
    snapshot: str
    files: int


def begin(  # noqa: PLR0913 - what a workspace needs to be told
    workspace: Path,
    export: Path,
    *,
    target: str,
    plan: str,
    seats: int,
    timezone: str | None = None,
    country: str | None = None,
    currency: str | None = None,
    practice: str | None = None,
    taken: date | None = None,
    reserve: int = 20,
) -> Begun:
    """Make a workspace and take the export into it, read-only and hashed. Raises UsageError before anything is made."""
    name = practice or workspace.resolve().name.replace("-", " ").title()
    place = resolve_place(timezone, country, currency)
    settings = Settings(name, place.timezone, place.currency, target.rstrip("/"), plan, seats, reserve, {}, place.country)
    settings.check()
    made, snapshot = Workspace.create_from(workspace, settings, export, taken=taken)
    return Begun(made, place.in_words(), snapshot.name, len(snapshot.files))


def ask_target(url: str) -> str:
    """Return who the account at `url` takes the token's user for, in a sentence. Costs 2 tokens.

    Raises UsageError without a token, RemoteError where nothing of Pipedrive's answers or the token is refused.
    """

    async def ask() -> tuple[Mapping[str, Any], int]:
        async with Pipedrive(url, token_for(url)) as client:
            found: Mapping[str, Any] = await client.read("/api/v1/users/me", purpose="schema_read")
            return found, 0 if client.budget.reported is None else client.budget.limit

    me, tokens = run(ask())
    user = account_user(me)
    admin = "an administrator" if user.is_admin else "no administrator: use the token of one, or not everything can be read back"
    whose = f"The account of {me.get('company_name') or url} answers; the token belongs to {user.name or user.email}, {admin}."
    return f"{whose} {plans_with(tokens)}" if tokens else whose


def plans_with(tokens: int) -> str:
    """Say which plan and seats give so many tokens a day, so that they can be chosen; none do where some were bought beside."""
    seats = seats_by_plan(tokens)
    known = " or ".join(f"{plan} with {number_of(number, 'seat')}" for plan, number in seats.items())
    given = f"It is given {tokens:,} tokens a day"
    return f"{given}, as {known} is: choose plan and seats so." if seats else f"{given}, which no plan gives by itself."


def start_widget(*, by: str) -> Any:
    """Return the form that makes a workspace and lays its notebooks out."""
    from migkit.widgets import StartBox

    def make(values: Mapping[str, Any]) -> str:
        begun = begin(
            Path(str(values["workspace"])).expanduser().resolve(),  # the notebooks lie, and run, in another folder than this page
            Path(str(values["export"])).expanduser().resolve(),
            target=str(values["target"]).strip(),
            plan=str(values["plan"]),
            seats=int(values["seats"]),
            timezone=str(values["timezone"]).strip() or None,
            practice=str(values["practice"]).strip() or None,
        )
        folder = lay_out(begun.workspace, str(values["by"]).strip() or by)
        said = f"{begun.place} {number_of(begun.files, 'file is', 'files are')} taken in."
        return f"{said} Next: open 10_audit in the folder {folder}, and press Run all cells at its top."

    return StartBox(ask=ask_target, make=make, by=by)
