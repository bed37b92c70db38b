"""Staff to users: who of the practice owns whose records in Pipedrive, by e-mail, then by name once somebody confirms it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from migkit.model.account import AccountUser
from migkit.model.outcomes import Finding
from migkit.model.people import OwnerMatch, People

from .clean import FirstName, first_name, name_key
from .clusters import Groups
from .decisions import sort_key

BY_EMAIL, BY_NAME, CONFIRMED = "matched by e-mail", "matched by name", "confirmed"
NO_MATCH, INACTIVE, LEFT = "no match found", "inactive user", "left to the fallback"
TRUSTED = (BY_EMAIL, CONFIRMED)
"""Statuses whose user owns records; a match by name only proposes."""
_FINDINGS = {BY_NAME: "owner-unconfirmed", INACTIVE: "owner-not-active", NO_MATCH: "owner-unmatched"}
FINDINGS = frozenset({*_FINDINGS.values(), "owner-decided-unknown", "no-fallback-owner", "fallback-owner-unknown"})
"""Codes of all that is said of owners."""


@dataclass(frozen=True)
class Owners:
    """The owner report, and what the plan uses of it."""

    matches: tuple[OwnerMatch, ...]
    by_practitioner: Mapping[str, str]
    """Practitioner key → owner's e-mail, the fallback's where there is no trusted match ("" where there is no fallback)."""
    fallback: str
    findings: tuple[Finding, ...]


def match_owners(
    practitioners: pd.DataFrame, users: Sequence[AccountUser], decisions: Mapping[str, Any], fallback_owner: str | None = None
) -> Owners:
    """Return every practitioner of the export once, with the user who owns their records.

    Rows of one dentist (same e-mail, AHPRA number, or same full name without another e-mail) are one practitioner, however many
    provider numbers and locations they have. `decisions`: the parsed `owners.yaml`; its fallback wins over `fallback_owner`.
    """
    by_email = {user.email.lower(): user for user in users}
    chosen = decisions.get("owners") or {}
    staff = practitioners.to_dict("records")
    matches = []
    for group in _dentists(staff):
        user, status = _match(group, users, by_email, chosen)
        first, *further = (row["_key"] for row in group)
        role, email = (next(filter(None, (_text(row[name]) for row in group)), "") for name in ("role", "email"))
        matches.append(OwnerMatch(first, _name(group[0]), role, email, user.email if user else None, status, tuple(further)))
    ordered = tuple(sorted(matches, key=lambda match: sort_key(match.practitioner)))
    fallback, findings = _fallback(decisions, fallback_owner, by_email)
    by_practitioner = {key: m.user_email if m.status in TRUSTED and m.user_email else fallback for m in ordered for key in m.rows}
    return Owners(ordered, by_practitioner, fallback, (*findings, *_report(ordered, chosen)))


def with_owners(people: People, practitioners: pd.DataFrame, users: Sequence[AccountUser], decisions: Mapping[str, Any]) -> People:
    """Return who is who with the owners as `decisions` (the parsed `owners.yaml`) say now: nothing else of it depends on them."""
    owners = match_owners(practitioners, users, decisions, people.fallback_owner)
    others = tuple(finding for finding in people.findings if finding.code not in FINDINGS)
    return replace(
        people,
        owners=owners.matches,
        fallback_owner=owners.fallback,
        practitioner_owner=owners.by_practitioner,
        findings=(*others, *owners.findings),
    )


def _dentists(staff: Sequence[Mapping[str, Any]]) -> list[list[Mapping[str, Any]]]:
    """Group the rows of one dentist."""
    groups = Groups()
    emails: dict[str, set[str]] = defaultdict(set)
    for row in staff:
        if _text(row["email"]):
            emails[_name_of(row)].add(_text(row["email"]).lower())
    seen: dict[tuple[str, str], str] = {}
    for row in staff:
        name = _name_of(row)
        identifiers = [("email", _text(row["email"]).lower()), ("ahpra", _text(row["ahpra_number"]).upper())]
        identifiers.append(("name", name if len(emails[name]) < 2 else ""))  # two e-mails under one name may be two people
        for identifier in identifiers:
            if identifier[1]:
                groups.join(seen.setdefault(identifier, row["_key"]), row["_key"])
    rows = {row["_key"]: row for row in staff}
    return [[rows[key] for key in members] for members in groups.members(rows).values()]


def _match(
    group: Sequence[Mapping[str, Any]], users: Sequence[AccountUser], by_email: Mapping[str, AccountUser], chosen: Mapping[str, Any]
) -> tuple[AccountUser | None, str]:
    for row in group:
        if row["_key"] in chosen:
            if not chosen[row["_key"]].get("user"):
                return None, LEFT
            user = by_email.get(_text(chosen[row["_key"]].get("user")).lower())
            return (user, CONFIRMED if user.active else INACTIVE) if user else (None, NO_MATCH)
    found = [by_email[email] for row in group if (email := _text(row["email"]).lower()) in by_email]
    status = BY_EMAIL
    if not found:
        names = [_parts(_name(row)) for row in group]
        found = [user for user in users if any(_agree(name, _parts(user.name)) for name in names)]
        status = BY_NAME
    active = [user for user in found if user.active] or found
    if not active or (status == BY_NAME and len({user.id for user in active}) > 1):
        return None, NO_MATCH
    user = min(active, key=lambda u: u.id)
    return user, status if user.active else INACTIVE


def _fallback(
    decisions: Mapping[str, Any], fallback_owner: str | None, by_email: Mapping[str, AccountUser]
) -> tuple[str, tuple[Finding, ...]]:
    wanted = _text((decisions.get("fallback") or {}).get("user")) or _text(fallback_owner)
    if not wanted:
        return "", (Finding.of("no-fallback-owner", table="practitioners"),)
    user = by_email.get(wanted.lower())
    if by_email and (user is None or not user.active):
        return wanted, (Finding.of("fallback-owner-unknown", table="practitioners"),)
    return (user.email if user else wanted), ()


def _report(matches: Sequence[OwnerMatch], chosen: Mapping[str, Any]) -> tuple[Finding, ...]:
    findings = []
    for status, code in _FINDINGS.items():
        keys = [m.practitioner for m in matches if m.status == status and not chosen.keys() & set(m.rows)]
        if keys:
            findings.append(Finding.of(code, table="practitioners", keys=keys))
    unknown = sorted(key for key, entry in chosen.items() if entry.get("user") and any(key in m.rows and not m.user_email for m in matches))
    if unknown:
        findings.append(Finding.of("owner-decided-unknown", table="practitioners", keys=unknown))
    return tuple(findings)


def _name(row: Mapping[str, Any]) -> str:
    parts = [_text(row["first_name"]), _text(row["last_name"])]
    return " ".join(filter(None, parts)) if all(parts) else _text(row["full_name"]) or " ".join(filter(None, parts)) or _text(row["code"])


def _name_of(row: Mapping[str, Any]) -> str:
    human = _human(_name(row))
    return f"{name_key(human.first) or ''} {name_key(human.last) or ''}".strip()


def _human(name: str) -> Any:
    from nameparser import HumanName  # here, since most commands link nobody

    return HumanName(name)


def _parts(name: str) -> tuple[FirstName, str | None]:
    """First and last name of a person's full name: titles dropped, `Last, First` turned."""
    human = _human(name)
    return first_name(human.first, None), name_key(human.last)


def _agree(left: tuple[FirstName, str | None], right: tuple[FirstName, str | None]) -> bool:
    return left[1] is not None and left[1] == right[1] and left[0].agrees(right[0])


def _text(value: Any) -> str:
    return "" if value is None or pd.isna(value) else str(value).strip()
