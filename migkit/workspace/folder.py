"""One customer's folder: settings, snapshots, decisions, runs. Paths live nowhere else.

A gate is a decision bound to the hash of what was decided on: approving writes that hash, and a later question with
another subject finds the gate closed.
"""

from __future__ import annotations

import json
import os
import shlex
import shutil
import stat
import tempfile
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import tomlkit
import yaml

from migkit.foreign.archive import no_plain_file, unpack
from migkit.foreign.sheet import Refused
from migkit.model.errors import DataError, UsageError
from migkit.model.messages import CATALOGUE

from .documents import DECISIONS, check_document, check_manifest, decision_files, parse_document
from .files import file_digest, keep_private, made, write_atomically
from .settings import Settings

GATES = ("mapping", "owners", "identity", "quality", "policies", "privacy", "sample", "delta", "changes")
SETTINGS = "migration.toml"
FOLDERS = ("exports", "decisions", "work", "runs", "handover")
IGNORED = """# Patients' data never go under version control; what was decided (decisions/, migration.toml) may.
exports/
work/
runs/
imports/
handover/
notebooks/
ledger.sqlite*
"""
_DUMPER = getattr(yaml, "CSafeDumper", yaml.SafeDumper)  # the same text, five times as fast: a decision is saved at every click


@dataclass(frozen=True)
class Snapshot:
    """An export as it was received: read-only, every file hashed."""

    name: str
    path: Path
    taken: date
    """The snapshot's day: what "today" means everywhere."""
    kind: str
    """full (what is absent is gone) | window (only what is new or changed)."""
    files: Mapping[str, str]
    """Relative path → sha256."""
    written: Mapping[str, str] = field(default_factory=dict)
    """Relative path → when the file was last written, as received (ISO, UTC): a copy keeps no times."""


@dataclass(frozen=True)
class Run:
    """One execution of a step: its folder under `runs/`."""

    id: str
    step: str
    path: Path


class Workspace:
    """A customer's folder on disk."""

    def __init__(self, path: Path, settings: Settings) -> None:
        self.path = path
        self.settings = settings

    @property
    def typed(self) -> str:
        """The path as it is typed in a terminal."""
        return shlex.quote(str(self.path))

    @property
    def exports(self) -> Path:
        """Snapshots as they were received."""
        return self.path / "exports"

    @property
    def decisions(self) -> Path:
        """What people decided, as YAML."""
        return self.path / "decisions"

    @property
    def work(self) -> Path:
        """Derived files: may be deleted at any time."""
        return made(self.path / "work")

    @property
    def ledger(self) -> Path:
        """What was done: the one file that must never be lost."""
        return self.path / "ledger.sqlite"

    @property
    def ledger_copies(self) -> Path:
        """Copies of a ledger that lies on a store, for this machine."""
        return Path(self.settings.copies) if self.settings.copies else self.path / "work" / "ledger"

    @property
    def audit_log(self) -> Path:
        """What was written and on whose approval, without values; append-only, handed over."""
        return self.path / "audit.jsonl"

    @property
    def runs(self) -> Path:
        """One folder per executed step."""
        return made(self.path / "runs")

    @property
    def imports(self) -> Path:
        """Files for Pipedrive's own import, one folder a round."""
        return made(self.path / "imports")

    @property
    def notebooks(self) -> Path:
        """The workspace's own copies of the notebooks."""
        return made(self.path / "notebooks")

    @property
    def handover(self) -> Path:
        """What the customer gets."""
        return made(self.path / "handover")

    # -- opening ------------------------------------------------------------------------------------------------

    @classmethod
    def open(cls, path: str | os.PathLike[str]) -> Workspace:
        """Return the workspace at `path` (`~` is the home folder). Raises UsageError where there is none or its settings cannot be read."""
        if not str(path):
            raise UsageError(
                "No workspace is set: open the notebooks with `migkit lab WORKSPACE`, or set `workspace` in the first code cell."
            )
        folder = Path(path).expanduser().resolve()  # so that a command in a message can be pasted into any terminal
        settings = folder / SETTINGS
        if not settings.is_file():
            raise UsageError(f"{folder} is not a migkit workspace: it has no {SETTINGS}. Make one with `migkit init`.")
        parsed = Settings.read(settings)
        for name in FOLDERS:
            if (folder / name).exists() and not (folder / name).is_dir():
                raise UsageError(f"{folder / name} is a file where a folder must be: put the folder back. Nothing was changed.")
        if (ledger := folder / "ledger.sqlite").is_dir():
            raise UsageError(f"{ledger} is a folder where a file must be: move it away. Nothing was changed.")
        keep_private(folder)
        return cls(folder, parsed)

    @classmethod
    def create(cls, path: str | os.PathLike[str], settings: Settings) -> Workspace:
        """Make the workspace folder, or open it where the same settings stand already. Raises UsageError otherwise."""
        settings.check()
        folder = Path(path)
        if (folder / SETTINGS).exists():
            found = cls.open(folder)
            if found.settings != settings:
                raise UsageError(f"{folder} is already a workspace with other settings: edit its {SETTINGS}, or choose another folder.")
            return found
        if folder.is_dir() and any(not path.name.startswith(".") for path in folder.iterdir()):
            raise UsageError(f"{folder} holds other files already: choose a new folder for the workspace. Nothing was made.")
        made(folder)
        keep_private(folder)
        for name in FOLDERS:
            made(folder / name)
        write_atomically(folder / ".gitignore", IGNORED)
        write_atomically(folder / SETTINGS, tomlkit.dumps(settings.to_document()))
        return cls(folder, settings)

    @classmethod
    def create_from(
        cls, path: str | os.PathLike[str], settings: Settings, export: str | os.PathLike[str], *, taken: date | None = None
    ) -> tuple[Workspace, Snapshot]:
        """Make a workspace with its first export, or take the export into the one that is there. Both, or nothing is left behind."""
        folder, source = Path(path), Path(export)
        if not source.exists():
            raise UsageError(f"The export {source} does not exist: check the path. Nothing was made.")
        if _overlap(folder.resolve(), source.resolve()):
            raise UsageError(f"The workspace {folder} and the export {source} lie in each other: choose a folder apart. Nothing was made.")
        new = [one for one in (folder, *folder.parents) if not one.exists()]
        before = set(folder.iterdir()) if folder.is_dir() else set()
        try:
            workspace = cls.create(folder, settings)
            return workspace, workspace.add_snapshot(source, taken=taken)
        except BaseException:
            if new:
                shutil.rmtree(new[-1], ignore_errors=True)
            elif folder.is_dir() and folder / SETTINGS not in before:
                for one in set(folder.iterdir()) - before:
                    shutil.rmtree(one) if one.is_dir() else one.unlink()
            raise

    # -- snapshots ----------------------------------------------------------------------------------------------

    def add_snapshot(self, export: str | os.PathLike[str], *, kind: str = "full", taken: date | None = None) -> Snapshot:
        """Copy an export folder or zip into `exports/`, read-only and hashed; the same bytes again are the same snapshot.

        `taken` defaults to the newest modification day among the files. Raises UsageError for a missing or empty export.
        """
        source = Path(export)
        if not source.exists():
            raise UsageError(f"The export {source} does not exist: check the path.")
        if _overlap(self.path.resolve(), source.resolve()):
            raise UsageError(f"The workspace {self.path} and the export {source} lie in each other: give the export's own folder.")
        with tempfile.TemporaryDirectory(dir=made(self.path / "work")) as scratch:
            folder = source if source.is_dir() else _unzip(source, Path(scratch) / "unzipped")
            for path in sorted(folder.rglob("*")):
                if not _is_encodable(path.name):
                    raise UsageError(
                        f"The export {source} holds a file whose name is no text ({path.name!a}): rename it. Nothing was taken in."
                    )
                if not _is_hidden(path, folder) and (why := no_plain_file(path)):
                    sentence = f"The export {source} holds {path.relative_to(folder)}, which {_said(why)}"
                    raise UsageError(f"{sentence}: put the file itself there. Nothing was taken in.")
            files = {str(p.relative_to(folder).as_posix()): file_digest(p) for p in sorted(folder.rglob("*")) if _counts(p, folder)}
            if not files:
                raise UsageError(f"The export {source} holds no files: check the path.")
            known = next((s for s in self.snapshots() if s.files == files), None)
            if known:
                return known
            day = taken or date.fromtimestamp(max((folder / name).stat().st_mtime for name in files))
            written = {name: _written(folder / name) for name in files}
            name = f"{len(self.snapshots()) + 1:02d}-{day.isoformat()}"
            staging = Path(scratch) / "snapshot"
            for relative in files:
                made((staging / relative).parent)
                shutil.copyfile(folder / relative, staging / relative)
                (staging / relative).chmod(stat.S_IRUSR)
            manifest = {"taken": day.isoformat(), "kind": kind, "files": files, "written": written}
            write_atomically(self.exports / f"{name}.json", json.dumps(manifest, indent=1, sort_keys=True))
            staging.rename(self.exports / name)
        return self.snapshot(name)

    def snapshots(self) -> list[Snapshot]:
        """Return all complete snapshots, oldest first."""
        found = []
        for manifest in sorted(self.exports.glob("*.json")):
            folder = self.exports / manifest.stem
            if folder.is_dir():
                body = _manifest(manifest.read_bytes(), manifest)
                taken, written = date.fromisoformat(body["taken"]), body.get("written", {})
                found.append(Snapshot(manifest.stem, folder, taken, body["kind"], body["files"], written))
        return found

    def snapshot(self, name: str | None = None) -> Snapshot:
        """Return a snapshot by name, the newest for None. Raises UsageError where there is none."""
        found = self.snapshots()
        chosen = next((s for s in found if s.name == name), None) if name else (found[-1] if found else None)
        if chosen is None:
            raise UsageError(f"The workspace {self.path} has no snapshot {name or 'yet'}: add one with `migkit init --export`.")
        return chosen

    def file_with(self, digest: str) -> Path | None:
        """Return a received file with this sha256, the newest export's first; None where no export holds it."""
        for snapshot in reversed(self.snapshots()):
            name = next((name for name, known in snapshot.files.items() if known == digest), None)
            if name:
                return snapshot.path / name
            fetched = next((path for path in sorted(self.links(snapshot).glob("*")) if file_digest(path) == digest), None)
            if fetched:
                return fetched
        return None

    def links(self, snapshot: Snapshot) -> Path:
        """Return the folder for files that the snapshot names by link: beside it, because a snapshot is never changed."""
        return self.exports / f"{snapshot.name}.links"

    # -- decisions and gates ------------------------------------------------------------------------------------

    def read_decision(self, name: str) -> dict[str, Any]:
        """Return `decisions/<name>.yaml` as a dict, {} where it does not exist. Raises DataError on broken YAML."""
        path = decision_files(self.decisions).get(self._decision(name).stem)
        return parse_document(path.read_bytes(), path) if path else {}

    def set_plan(self, plan: str, seats: int) -> None:
        """Say in `migration.toml` which plan and how many seats the account has; the rest of the file stays as it is written.

        Raises UsageError for what is no plan, or no number of seats.
        """
        replace(self.settings, subscription_plan=plan, seats=seats).check()
        path = self.path / SETTINGS
        document = tomlkit.parse(path.read_text(encoding="utf-8"))
        document["target"].update({"subscription_plan": plan, "seats": seats})  # type: ignore[union-attr]
        write_atomically(path, tomlkit.dumps(document))

    def write_decision(self, name: str, document: Mapping[str, Any]) -> Path:
        """Write `decisions/<name>.yaml` so that a crash leaves either the old file or the new one."""
        made(self.decisions)
        path = self._decision(name)
        check_document(name, dict(document), path)
        write_atomically(path, yaml.dump(dict(document), Dumper=_DUMPER, sort_keys=False, allow_unicode=True, width=140))
        return path

    def _decision(self, name: str) -> Path:
        if name not in DECISIONS:
            raise ValueError(f"{name} is no decision: declare it in DECISIONS, and what it means in migration/inputs.py")
        return self.decisions / f"{name}.yaml"

    def approve(
        self,
        gate: str,
        subject: str,
        by: str,
        note: str = "",
        at: datetime | None = None,
        parts: Mapping[str, str] | None = None,
        with_gate: str = "",
    ) -> None:
        """Record that `by` approved `gate` for `subject` (the digest of what was decided on).

        `parts` (name → digest) tell later what of it changed; `with_gate`: the gate whose approval made this one hold on, without anybody
        having looked again.
        """
        if gate not in GATES:
            raise UsageError(f"There is no gate {gate!r}: the gates are {', '.join(GATES)}.")
        if self.is_approved(gate, subject):
            return
        when = (at or datetime.now(UTC)).isoformat(timespec="seconds")
        entry = {"gate": gate, "subject": subject, "by": by, "at": when, "note": note} | ({"parts": dict(parts)} if parts else {})
        entry |= {"with_gate": with_gate} if with_gate else {}
        entries = self.read_decision("approvals").get("approvals", [])
        self.write_decision("approvals", {"approvals": [*entries, entry]})

    def approvals(self, gate: str) -> list[dict[str, Any]]:
        """Return all approvals of `gate`, oldest first."""
        return [entry for entry in self.read_decision("approvals").get("approvals", []) if entry.get("gate") == gate]

    def is_approved(self, gate: str, subject: str) -> bool:
        """Return whether the newest approval of `gate` is for exactly this subject."""
        entries = self.approvals(gate)
        return bool(entries) and entries[-1].get("subject") == subject

    def run_folder(self, run_id: str) -> Path:
        """Return the folder of a run, made where it is not there yet (a notebook run by hand)."""
        return made(self.runs / run_id)

    # -- runs ---------------------------------------------------------------------------------------------------

    def start_run(self, step: str, at: datetime | None = None) -> Run:
        """Make a new folder under `runs/`; ids sort by time and never repeat."""
        stamp = (at or datetime.now(UTC)).strftime("%Y%m%dT%H%M%SZ")
        for number in range(1000):
            run_id = f"{stamp}-{number:03d}-{step}"
            try:
                (self.runs / run_id).mkdir()
            except FileExistsError:
                continue
            return Run(run_id, step, self.runs / run_id)
        raise UsageError(f"{self.runs} holds a thousand runs of this second: wait a second and try again.")


@lru_cache(maxsize=16)
def _manifest(text: bytes, path: Path) -> Mapping[str, Any]:
    """Return a snapshot's list of files; its text is proven once, since it is asked for at every click and may name thousands."""
    try:
        body: dict[str, Any] = json.loads(text)
        check_manifest(body, path)
        date.fromisoformat(body["taken"])
    except ValueError:
        raise DataError(
            f"{path} is damaged: put a copy of it back, or delete it and take the export in again. Nothing was changed."
        ) from None
    return body


def _overlap(one: Path, other: Path) -> bool:
    return one == other or one in other.parents or other in one.parents


def _is_encodable(name: str) -> bool:
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


def _written(path: Path) -> str:
    return datetime.fromtimestamp(path.stat().st_mtime, UTC).replace(tzinfo=None).isoformat(timespec="seconds")


def _said(code: str) -> str:
    """Return what the catalogue says of a refused file, without its subject and end."""
    return CATALOGUE[code].text.removeprefix("Its file ").removesuffix(".")


def _is_hidden(path: Path, root: Path) -> bool:
    return any(part.startswith((".", "__MACOSX", "~$")) for part in path.relative_to(root).parts)


def _counts(path: Path, root: Path) -> bool:
    return path.is_file() and not _is_hidden(path, root)


def _unzip(archive: Path, folder: Path) -> Path:
    try:
        unpack(archive, folder)
    except Refused as why:
        if not zipfile.is_zipfile(archive):
            sentence = f"The export {archive} is neither a folder nor a readable zip: unpack it by hand and give the folder."
            raise UsageError(sentence) from None
        raise UsageError(f"The export {archive} {_said(why.code)}. Nothing was taken in.") from None
    inner = [p for p in folder.iterdir() if not p.name.startswith((".", "__MACOSX"))]
    return inner[0] if len(inner) == 1 and inner[0].is_dir() else folder
