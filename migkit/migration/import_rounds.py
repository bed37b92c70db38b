"""Rounds of Pipedrive's import: what was put into files, for whom it waits, and what came of it. One folder a round under `imports/`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

from migkit.import_files import Route
from migkit.model.errors import DataError, GateClosed
from migkit.model.messages import Message
from migkit.model.objects import ObjectType
from migkit.workspace import Workspace, write_atomically

MANIFEST = "manifest.json"
WAITING, ADOPTED, WITHDRAWN = "waiting", "adopted", "withdrawn"
GATE = "import"
"""What a load stops at while files wait for somebody."""
LEARNED_FROM = 3
"""Records of one object in which a field must have come out wrong before it goes by the API."""


@dataclass(frozen=True)
class ImportFile:
    """One file of a round."""

    name: str
    object: ObjectType
    keys: tuple[str, ...]


@dataclass(frozen=True)
class Round:
    """Files that are uploaded one after the other, and then taken over."""

    number: int
    route: Route
    run: str
    """The load that made it."""
    made_at: str
    files: tuple[ImportFile, ...]
    last_ids: Mapping[ObjectType, int]
    """Object → the highest id in the account when the files were made."""
    state: str = WAITING
    lacking: tuple[str, ...] = ()
    """Keys that did not arrive, of files of which some did: they go by the API."""
    came_wrong: Mapping[ObjectType, Mapping[str, int]] = field(default_factory=dict)
    """Object → planned field → records in which it stood otherwise than planned."""
    arrived: Mapping[ObjectType, int] = field(default_factory=dict)
    skipped: Mapping[str, str] = field(default_factory=dict)
    """Key → why Pipedrive's import left it out, in the words of its skip file."""
    about: int = 0
    """How many rounds there will be, as far as was known when it was made."""

    @property
    def keys(self) -> dict[str, ObjectType]:
        """Key of each of its records → its object."""
        return {key: file.object for file in self.files for key in file.keys}


def folder(workspace: Workspace, number: int) -> Path:
    """Return the folder of a round, made where it is not there."""
    found = workspace.imports / f"round-{number}"
    found.mkdir(exist_ok=True)
    return found


def rounds(workspace: Workspace) -> list[Round]:
    """Return all rounds, oldest first. Raises DataError for a damaged one."""
    if not (workspace.path / "imports").is_dir():
        return []
    found = [_read(path) for path in (workspace.path / "imports").glob(f"round-*/{MANIFEST}")]
    return sorted(found, key=lambda one: one.number)


def waiting(workspace: Workspace) -> Round | None:
    """Return the round that waits for somebody to upload it, None where none does."""
    return next((one for one in rounds(workspace) if one.state == WAITING), None)


def keep(workspace: Workspace, one: Round) -> None:
    """Write a round down."""
    write_atomically(folder(workspace, one.number) / MANIFEST, json.dumps(asdict(one), indent=1, ensure_ascii=False))


def withdraw(workspace: Workspace) -> None:
    """Give up waiting: what was not uploaded goes another way."""
    for one in rounds(workspace):
        if one.state == WAITING:
            keep(workspace, replace(one, state=WITHDRAWN))


def require_imported(workspace: Workspace) -> None:
    """Raise GateClosed while files wait to be uploaded and taken over: what they hold must not be written twice."""
    one = waiting(workspace)
    if one is not None:
        page = folder(workspace, one.number) / "instructions.html"
        raise GateClosed(
            GATE,
            str(
                Message.of(
                    "import-waits",
                    number=one.number,
                    about=max(one.number, one.about),
                    count=len(one.files),
                    page=str(page),
                    workspace=workspace.typed,
                )
            ),
        )


def route_of(workspace: Workspace, named: str, chosen: str) -> Route:
    """Return the route of a load: the one that is named, else that of the newest round, else the one that the policies choose."""
    known = rounds(workspace)
    return Route(named) if named else known[-1].route if known and known[-1].state != WITHDRAWN else Route(chosen)


def not_carried(known: list[Round]) -> dict[ObjectType, frozenset[str]]:
    """Return object → planned fields that came out wrong in half of the records of an import, or more: this account's import is at odds."""
    found: dict[ObjectType, frozenset[str]] = {}
    for one in known:
        for object, wrong in one.came_wrong.items():
            least = max(LEARNED_FROM, one.arrived.get(object, 0) / 2)
            found[object] = found.get(object, frozenset()) | {name for name, count in wrong.items() if count >= least}
    return found


def tried(known: list[Round]) -> dict[str, str]:
    """Return key → why, in Pipedrive's words or "", of what went out in a file and did not arrive."""
    return {key: one.skipped.get(key, "") for one in known for key in one.lacking}


def _read(path: Path) -> Round:
    try:
        body = json.loads(path.read_text(encoding="utf-8"))
        files = tuple(ImportFile(each["name"], ObjectType(each["object"]), tuple(each["keys"])) for each in body["files"])
        by_object = {
            name: {ObjectType(object): each for object, each in body[name].items()} for name in ("last_ids", "came_wrong", "arrived")
        }
        return Round(**(body | by_object | {"files": files, "route": Route(body["route"]), "lacking": tuple(body["lacking"])}))
    except (ValueError, KeyError, TypeError):
        raise DataError(
            f"{path} is damaged, so that nobody knows which records went out in its files: put a copy of it back. Nothing was written."
        ) from None
