"""`migkit adopt`: what Pipedrive's import brought is read back once and taken over; the next load sends only what is missing or differs."""

from __future__ import annotations

import csv
import io
import os
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from migkit.foreign import ForeignReader
from migkit.foreign.sheet import Refused
from migkit.import_files import CARRIED, NOT_SET
from migkit.load import Imported, RecoverResult, recover
from migkit.migration import Migration, import_rounds, with_target
from migkit.migration.import_rounds import ADOPTED, WITHDRAWN, Round
from migkit.model.account import AccountSchema
from migkit.model.errors import UsageError
from migkit.model.objects import ObjectType
from migkit.model.records import CUSTOM
from migkit.model.words import number_of
from migkit.pipedrive import Pipedrive
from migkit.plan import comparators
from migkit.steps.carry_out import audited

EXAMPLES = 5
_MARKER = re.compile(r"Source: (\S.*)$")
_OURS = re.compile(rf"({'|'.join(carried.category for carried in CARRIED.values())}) - ")
"""How the columns of our files are called."""
REASON_CHARS = 200


@dataclass(frozen=True)
class Adopted:
    """What was taken over, and what was not there."""

    found: Mapping[ObjectType, int]
    """Object → records that arrived."""
    not_uploaded: tuple[str, ...]
    """Files of which nothing arrived: the next load makes them again."""
    lacking: tuple[str, ...]
    """Keys that did not arrive though others of their file did: they go by the API."""
    skipped: Mapping[str, str]
    """Those of them that the skip file names, each with Pipedrive's reason, "" where none can be told from the row's own cells."""
    differing: Mapping[str, tuple[str, ...]]
    """Key → fields that stand otherwise than planned: the next load writes them."""
    doubled: Mapping[str, tuple[Any, ...]]
    """Key → ids of a record that came more than once."""
    merged: tuple[str, ...]
    """Keys that the import put into a record of before: it stays at a rollback."""
    workspace: str

    def to_json(self) -> dict[str, Any]:
        """Return keys, fields and counts: no values."""
        return {
            "found": {object.value: count for object, count in self.found.items()},
            "not_uploaded": list(self.not_uploaded),
            "lacking": list(self.lacking),
            "skipped": dict(self.skipped),
            "differing": {key: list(names) for key, names in self.differing.items()},
            "doubled": {key: list(ids) for key, ids in self.doubled.items()},
            "merged": list(self.merged),
        }

    def to_text(self) -> str:
        """Return the same for people, and what to do next."""
        counts = ", ".join(
            number_of(count, CARRIED[object].category.lower(), CARRIED[object].plural) for object, count in self.found.items() if count
        )
        lines = [f"Taken over: {counts or 'nothing new'}."]
        if self.not_uploaded:
            lines.append(
                f"Of {', '.join(self.not_uploaded)} nothing arrived: the next load makes these files again; throw the old ones away."
            )
        if self.lacking:
            reasons = Counter(why for why in self.skipped.values() if why).most_common(EXAMPLES)
            said = f" ({', '.join(f'{why} {count:,}' for why, count in reasons)})" if reasons else ""
            known = f", {len(self.skipped):,} of them in the skip file{said}" if self.skipped else ""
            lines.append(f"{number_of(len(self.lacking), 'record')} did not arrive{known}, such as {_some(self.lacking)}: by the API.")
        if self.differing:
            fields = Counter(name.removeprefix(CUSTOM) for names in self.differing.values() for name in names)
            named = ", ".join(f"{name} {count:,}" for name, count in fields.most_common(EXAMPLES))
            lines.append(
                f"{number_of(len(self.differing), 'record stands', 'records stand')} otherwise than planned ({named}), such as "
                f"{_some(self.differing)}: a column was mapped to another field, or somebody edited them since. The next load writes what "
                "is planned, and empties what stands in a field that nothing of ours belongs in; whoever edited them there should know."
            )
        if self.doubled:
            lines.append(
                f"{number_of(len(self.doubled), 'record')} came more than once (a file was imported twice), such as {_some(self.doubled)}: "
                "the first of each stays, the next load deletes the further ones once that is approved."
            )
        if self.merged:
            lines.append(
                f"{number_of(len(self.merged), 'record')} went into a record of before, such as {_some(self.merged)}: a rollback leaves it."
            )
        approved = f"migkit plan {self.workspace}, then migkit approve {self.workspace} changes --by NAME, then " if self.doubled else ""
        return "\n".join([*lines, f"Next: {approved}migkit run {self.workspace} load"])


def _some(keys: Iterable[str]) -> str:
    return ", ".join(list(keys)[:EXAMPLES])


def adopt(workspace: str | os.PathLike[str], skip_file: Path | None = None) -> Adopted:
    """Read back what was imported, take it into the ledger, and return what came of it. Writes nothing to Pipedrive.

    Without a round that waits, all earlier rounds are looked at again: a file may have been imported once more. Raises UsageError where no
    file was ever made, or where the skip file names nothing that was in one.
    """
    migration = Migration.open(workspace)
    known = import_rounds.rounds(migration.workspace)
    if not known:
        raise UsageError(
            f"No file was made for Pipedrive's import yet: `migkit run {migration.workspace.typed} load --route files` makes them."
        )
    chosen = [one for one in known if one.state not in (ADOPTED, WITHDRAWN)] or known
    keys = {key: object for one in chosen for key, object in one.keys.items()}
    skipped = _skipped(skip_file, keys) if skip_file else {}
    last_ids = {object: min(one.last_ids[object] for one in chosen if object in one.last_ids) for one in chosen for object in one.last_ids}
    run_id = f"adopt-{datetime.now(UTC):%Y%m%dT%H%M%SZ}"

    async def work(client: Pipedrive, account: AccountSchema) -> RecoverResult:
        return await recover(
            migration.plan,
            client,
            account,
            migration.ledger,
            run_id=run_id,
            comparators=comparators(migration.decisions.pipedrive_map),
            imported=Imported(keys, last_ids, NOT_SET),
        )

    with audited(migration, run_id, "adopt"):
        result = with_target(migration.workspace, work, step="adopt")
    absent = set(result.lacking)
    settled = [_settled(one, absent, result, skipped) for one in chosen]
    for one in settled:
        import_rounds.keep(migration.workspace, one)
    lacking = tuple(sorted({key for one in settled for key in one.lacking} & absent))
    return Adopted(
        found=result.found,
        not_uploaded=tuple(file.name for one in settled for file in one.files if absent.issuperset(file.keys)),
        lacking=lacking,
        skipped={key: skipped[key] for key in lacking if key in skipped},
        differing=result.differing,
        doubled={key: ids for key, ids in result.doubled.items() if key in keys},
        merged=result.without_image,
        workspace=migration.workspace.typed,
    )


def _settled(one: Round, absent: Collection[str], result: RecoverResult, skipped: Mapping[str, str]) -> Round:
    """Return a round as it is now that it was looked for. `skipped`: key → why, of what a skip file names."""
    wrong: dict[ObjectType, Counter[str]] = {file.object: Counter() for file in one.files}
    arrived: Counter[ObjectType] = Counter()
    lacking: list[str] = []
    for file in one.files:
        there = [key for key in file.keys if key not in absent]
        lacking += [key for key in file.keys if key in absent] if there else []
        arrived[file.object] += len(there)
        for key in there:
            wrong[file.object].update(result.differing.get(key, ()))
    known = one.came_wrong or {object: dict(counts) for object, counts in wrong.items()}  # what was learned once stays, looked at again
    reasons = {key: why for key, why in {**one.skipped, **skipped}.items() if key in lacking}
    return replace(one, state=ADOPTED, lacking=tuple(lacking), arrived=dict(arrived), came_wrong=known, skipped=reasons)


def _skipped(path: Path, keys: Collection[str]) -> dict[str, str]:
    """Return key → reason of what a skip file names: by its source ids and marker lines, whatever its language and its columns' order.

    The reason is what stands in the one column that no file of ours has; "" where there is no such column, or there are several.
    """
    if not path.is_file():
        raise UsageError(f"The skip file {path} does not exist: check the path. Nothing was taken over.")
    found: dict[str, str] = {}
    for header, *rows in _tables(path):
        added = [place for place, name in enumerate(header) if name.strip() and not _OURS.match(name.strip())]
        for row in rows:
            reason = row[added[0]].strip() if len(added) == 1 and added[0] < len(row) else ""
            found |= {key: reason[:REASON_CHARS] for cell in row for key in _named(cell) if key in keys}
    if not found:
        raise UsageError(
            f"{path} names nothing that was in the files of the import: give the skip file of one of them. Nothing was taken over."
        )
    return found


def _tables(path: Path) -> Iterator[list[list[str]]]:
    """Yield the tables of a workbook, or the one of a text by the separator that makes the most columns; each has a row at least."""
    if path.suffix.lower() in (".xlsx", ".xls"):
        try:
            with ForeignReader() as reader:
                yield from (
                    rows for sheet in reader.read(path, "workbook") if (rows := [[str(cell) for cell in row] for row in sheet.rows])
                )
        except Refused as why:
            raise UsageError(f"The skip file {path} cannot be read ({why.code}): download it again. Nothing was taken over.") from None
        return
    text = path.read_text(encoding="utf-8-sig", errors="replace")
    read = [[row for row in csv.reader(io.StringIO(text), delimiter=delimiter) if row] for delimiter in ",;\t"]
    yield max((rows for rows in read if rows), key=lambda rows: len(rows[0]), default=[[]])


def _named(cell: str) -> list[str]:
    marker = _MARKER.search(cell.strip())
    return [cell.strip(), cell.strip().partition(", ")[0], *([marker.group(1).strip()] if marker else [])]
