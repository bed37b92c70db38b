"""50_load by Pipedrive's own import: what has to go by the API is sent, the rest is written into files that somebody uploads."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pandas as pd

from migkit.import_files import (
    AccountFacts,
    ExistingContact,
    ImportSheet,
    Parting,
    Route,
    dated,
    make_sheets,
    part,
    ready,
    rounds_left,
    with_first_files,
)
from migkit.load import ApplyResult, Binder, Change, Op
from migkit.migration import Migration, import_rounds, with_target
from migkit.migration.import_rounds import ImportFile, Round
from migkit.model.account import AccountSchema
from migkit.model.objects import SCHEMA_OBJECTS, ObjectType
from migkit.model.records import DesiredRecord
from migkit.pipedrive import Pipedrive
from migkit.report import Sheet, workbook
from migkit.steps.carry_out import carry_out
from migkit.steps.import_page import write_instructions

CONTACTS = (ObjectType.ORGANIZATION, ObjectType.PERSON)
"""What Pipedrive's import may merge."""


def load_by_files(migration: Migration, todo: list[Change], route: Route, *, run_id: str, wait: bool = False) -> ApplyResult:
    """Send what has to go by the API and write the rest into the files of the next round; the round then waits to be uploaded.

    Raises GateClosed where one is waiting already. Without anything left for a file, this is a load like any other.
    """
    import_rounds.require_imported(migration.workspace)
    new = [change for change in todo if change.op is Op.CREATE and change.object not in SCHEMA_OBJECTS]
    records = [change.record for change in new if change.record is not None]
    facts, account = _facts(migration, records) if records else (AccountFacts(), None)
    parting = part(records, migration.plan, route, facts)
    by_file = [record for record in records if record.key not in parting.by_api]
    sent = _reachable(todo, {record.key for record in by_file}, _live(migration))
    applied = carry_out(migration, sent, step="load", run_id=run_id, wait=wait, account=account)
    if applied.stopped or not by_file:
        return applied
    coming = {change.key for change in new} - {change.key for change in sent}
    known, live = import_rounds.rounds(migration.workspace), _live(migration)
    carried = {object for one in known for object, count in one.arrived.items() if count}
    chosen = with_first_files(ready(by_file, live, coming), by_file, live, carried)
    if chosen:
        changed = any(object in SCHEMA_OBJECTS and what != "skip" for object, what in applied.counts)
        _make_round(migration, chosen, parting, route, run_id, account=None if changed else account)
    return applied


def _facts(migration: Migration, records: Collection[DesiredRecord]) -> tuple[AccountFacts, AccountSchema]:
    """Return what of the account decides how records can go, and its schema; persons and organizations are read where any are new."""
    known = import_rounds.rounds(migration.workspace)
    objects = [object for object in CONTACTS if any(record.object in CONTACTS for record in records)]

    async def read(client: Pipedrive, account: AccountSchema) -> tuple[AccountFacts, AccountSchema]:
        answers = {object: [answer async for answer in client.list(object, purpose="matching")] for object in objects}
        names = {answer["id"]: str(answer["name"]) for answer in answers.get(ObjectType.ORGANIZATION, ())}
        existing = [
            ExistingContact(
                object,
                str(answer["name"]),
                tuple(str(item["value"]) for item in answer.get("emails") or ()),
                tuple(str(item["value"]) for item in answer.get("phones") or ()),
                names.get(answer.get("org_id"), ""),
                str((answer.get("address") or {}).get("value") or ""),
            )
            for object in objects
            for answer in answers[object]
        ]
        facts = AccountFacts(
            users=account.users,
            existing=tuple(existing),
            adopted=frozenset(migration.adopted),
            tried=import_rounds.tried(known),
            not_carried=import_rounds.not_carried(known),
        )
        return facts, account

    return with_target(migration.workspace, read, step="load")


def _live(migration: Migration) -> set[str]:
    return set(migration.ledger.entries(live=True))


def _reachable(todo: Iterable[Change], by_file: Collection[str], live: Collection[str]) -> list[Change]:
    """Return the changes that the API can carry out now: none of those that go by a file, none that hang on what is not there yet."""
    sent: list[Change] = []
    known = set(live)
    for change in todo:
        if change.key in by_file:
            continue
        if change.op is Op.CREATE and change.record is not None and not known.issuperset(change.record.links.values()):
            continue
        known.add(change.key)
        sent.append(change)
    return sent


def _make_round(
    migration: Migration, records: Sequence[DesiredRecord], parting: Parting, route: Route, run_id: str, *, account: AccountSchema | None
) -> Round:
    workspace = migration.workspace
    known = import_rounds.rounds(workspace)
    number = len(known) + 1
    first = sum(len(one.files) for one in known) + 1

    async def look(client: Pipedrive, account: AccountSchema) -> tuple[list[ImportSheet], dict[ObjectType, int]]:
        found = make_sheets(records, AccountBinding(migration, account), first=first)
        return found, {object: await _newest(client, object) for object in dict.fromkeys(sheet.object for sheet in found)}

    sheets, last_ids = with_target(workspace, look, step="load", account=account)
    folder = import_rounds.folder(workspace, number)
    for sheet in sheets:
        frame = pd.DataFrame(list(sheet.rows), columns=[column.header for column in sheet.columns], dtype=object)
        workbook(folder / sheet.name, [Sheet(sheet.object.value, frame, dated=dated(sheet.columns))])
    left = Counter(migration.plan.records[key].object for key in parting.by_file if key in migration.plan.records)
    left.subtract(record.object for record in records)
    files = tuple(ImportFile(sheet.name, sheet.object, sheet.keys) for sheet in sheets)
    about = number + rounds_left(left)
    made = Round(number, route, run_id, datetime.now(UTC).isoformat(timespec="seconds"), files, last_ids, about=about)
    write_instructions(folder, migration, made, sheets, parting, left)
    import_rounds.keep(workspace, made)
    return made


async def _newest(client: Pipedrive, object: ObjectType) -> int:
    """Return the highest id of an object, 0 where there is none."""
    async for answer in client.list(object, purpose="matching", first="newest"):
        return int(answer["id"])
    return 0


class AccountBinding:
    """What the sheets need of one account: ids as the ledger holds them, names and labels as the account has them."""

    def __init__(self, migration: Migration, account: AccountSchema) -> None:
        self._ledger = migration.ledger
        self._records = migration.plan.records
        self._account = account
        self._binder = Binder(account, self._ledger)
        self.zone = ZoneInfo(account.timezone or migration.workspace.settings.timezone)

    def id_of(self, key: str) -> int:
        """Return the id of a record that stands there."""
        return int(self._ledger.entries()[key].target_id or 0)

    def name_of(self, key: str) -> str:
        """Return the name of a piece of set-up."""
        return str(self._records[key].fields["name"])

    def user_name(self, email: str) -> str:
        """Return a user's name."""
        user = self._account.user_by_email(email)
        return user.name if user else ""

    def field(self, entity: str, label: str) -> tuple[str, str]:
        """Return label and type of a custom field."""
        found = self._binder.field(entity, label)
        return (found.label, found.type) if found else (label, "varchar")
