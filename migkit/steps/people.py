"""25_people: who is one person, who lives together, who was in the account before, and who owns what."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from migkit.identity import TRUSTED, with_owners
from migkit.load import Change, Ledger, Op, Origin
from migkit.migration import Migration, with_target
from migkit.model.account import AccountSchema, AccountUser
from migkit.model.objects import ObjectType
from migkit.model.people import OwnerMatch, People
from migkit.pipedrive import Pipedrive
from migkit.steps.live import Live


@dataclass(frozen=True)
class PeopleView:
    """Who is who, and the part of the account that it was compared with."""

    people: People
    users: tuple[AccountUser, ...]
    account_people: pd.DataFrame
    """One row per person who was in the account before us: person_id, name, emails, phones, birth_date."""

    @property
    def headline(self) -> Mapping[str, Any]:
        """The numbers at the top of the report."""
        people = self.people
        return {
            "patients in the export": len(people.survivors),
            "persons": len(set(people.survivors.values())),
            "households and employers": len(people.households),
            "pairs of patients to decide": _undecided(people.pairs),
            "already in the account": len(people.adopted),
            "account matches to decide": sum(f.count for f in people.findings if f.code == "account-match-undecided"),
            "practitioners whose records go to the fallback": sum(1 for owner in people.owners if owner.status not in TRUSTED),
        }


def look_at_people(migration: Migration) -> PeopleView:
    """Return who is who, the account's users and persons taken into view; persons that we created ourselves are not."""
    created = migration.ledger.entries(objects=(ObjectType.PERSON,), origin=Origin.CREATED)
    ours = {entry.target_id for entry in created.values()}

    async def ask(client: Pipedrive, account: AccountSchema) -> tuple[AccountSchema, list[dict[str, Any]]]:
        return account, [person async for person in client.list(ObjectType.PERSON, purpose="matching") if person["id"] not in ours]

    account, persons = with_target(migration.workspace, ask, step="people")
    before_us = _people_frame(persons, account)
    people = migration.people_beside(before_us, account.users, account.me.email)
    return PeopleView(people, account.users, before_us)


def owners_as_decided(migration: Migration, view: Live[PeopleView]) -> People:
    """Return who is who with the owners as they are decided by now; the account is not asked again."""
    seen = view.now
    decided = migration.workspace.read_decision("owners")
    return with_owners(seen.people, migration.tables["practitioners"], seen.users, decided)


def owners_frame(people: People) -> pd.DataFrame:
    """Return the owner report: practitioner, role, e-mail, the user who will own the records, status."""

    def owner(match: OwnerMatch) -> str:
        user = people.practitioner_owner.get(match.practitioner, people.fallback_owner)
        return user if user == match.user_email else f"{user} (fallback)"

    rows = [(o.name, o.role, o.email or "–", owner(o), o.status) for o in people.owners]
    return pd.DataFrame(rows, columns=["practitioner", "role", "e-mail in the export", "Pipedrive user", "status"])


def partings(todo: Sequence[Change], ledger: Ledger) -> pd.DataFrame:
    """Return what a merge taken back costs, a row per person who is made anew of rows that stand in somebody else's record now.

    `todo`: the changes that wait, as `changes` gives them. Columns: person, stood in (key of the record that held their rows), go
    with them (records whose rows name them, by object), tokens. Empty as long as nobody who is loaded was parted.
    """
    holder = {source: entry.key for entry in ledger.entries(live=True, objects=(ObjectType.PERSON,)).values() for source in entry.sources}
    rows = []
    for made in todo:
        if made.object is not ObjectType.PERSON or made.op is not Op.CREATE or made.record is None:
            continue
        stood_in = sorted({holder[source] for source in made.record.sources if source in holder})
        if stood_in:
            with_them = [change for change in todo if change.record is not None and made.key in change.record.links.values()]
            moved = Counter(str(change.object) for change in with_them)
            tokens = sum(change.tokens for change in (made, *with_them))
            rows.append((made.key, ", ".join(stood_in), ", ".join(f"{n} {kind}" for kind, n in sorted(moved.items())) or "nothing", tokens))
    return pd.DataFrame(rows, columns=["person", "stood in", "go with them", "tokens"])


def partings_frame(migration: Migration) -> pd.DataFrame:
    """Return `partings` for what is decided now; nothing is written before the next load."""
    return partings(migration.changes(), migration.ledger)


def _undecided(pairs: pd.DataFrame) -> int:
    return int(((pairs["band"] == "review") & (pairs["decision"].fillna("") == "")).sum())


BIRTH_DATE_LABELS = {"date of birth", "birth date", "birthdate", "dob", "birthday"}
"""How accounts call the field that holds a birth date."""


def _people_frame(persons: list[dict[str, Any]], account: AccountSchema) -> pd.DataFrame:
    labelled = [field.code for field in account.fields if field.entity == "person" and field.label.lower() in BIRTH_DATE_LABELS]
    rows = [
        {
            "person_id": person["id"],
            "name": person["name"],
            "emails": [item["value"] for item in person.get("emails") or []],
            "phones": [item["value"] for item in person.get("phones") or []],
            "birth_date": next((date for code in labelled if (date := person.get(code) or person["custom_fields"].get(code))), None),
        }
        for person in persons
    ]
    return pd.DataFrame(rows, columns=["person_id", "name", "emails", "phones", "birth_date"])
