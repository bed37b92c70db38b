"""FLEET.toml: which practices, each a workspace of its own, and what works on them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from migkit.load import LEASE_S
from migkit.model.errors import UsageError
from migkit.report import NOTEBOOKS
from migkit.workspace import Settings, Workspace, read_settings

DEFAULT_STEPS = tuple(name for name in NOTEBOOKS if name not in ("60_delta", "80_rollback"))
"""What is done with a practice unless it says otherwise: all but what only somebody who wants it starts."""


@dataclass(frozen=True)
class Practice:
    """One practice of the fleet."""

    workspace: Path
    """Its folder, absolute."""
    group: str = ""
    """Practices of one group have exports of the same layout, "" for none."""
    analyst: str = ""
    """Who decides where it waits, "" where nobody is named."""
    steps: tuple[str, ...] = DEFAULT_STEPS
    """Its notebooks, in order."""

    @property
    def name(self) -> str:
        """What it is called in lists: the name of its folder."""
        return self.workspace.name


@dataclass(frozen=True)
class Fleet:
    """Practices, and what works on them."""

    path: Path
    practices: tuple[Practice, ...]
    workers: int = 2
    """Processes on this machine; one needs no engine. Without meaning where there is a cluster."""
    cluster: str = ""
    """Address of an engine that runs already, "" for one that is started here and ends with the command."""
    lease_s: float = LEASE_S
    """Seconds after which a worker that does not answer has lost its practice."""
    duckdb_memory: str = ""
    """What DuckDB may take in one worker, as it writes sizes; "" for the usual."""

    @property
    def duckdb_threads(self) -> int:
        """Threads of DuckDB in one worker: one where there are others beside it, 0 for every core."""
        return 1 if self.cluster or self.workers > 1 else 0


def read_fleet(path: Path) -> Fleet:
    """Return the fleet that a FLEET.toml declares; its paths are relative to it.

    Raises DataError or UsageError, naming the file, for what cannot be read, a workspace that is none or stands twice, a step that does not
    exist, and for practices that would share a token.
    """
    if not path.is_file():
        raise UsageError(f"There is no {path}: write one, or give its path. Nothing was done.")
    document = read_settings(path, "fleet")
    practices = tuple(
        Practice(
            workspace=(path.parent / given["workspace"]).expanduser().resolve(),
            group=given.get("group", ""),
            analyst=given.get("analyst", ""),
            steps=_steps(path, given.get("steps")),
        )
        for given in document["practice"]
    )
    _require_once(path, "workspace", (str(practice.workspace) for practice in practices))
    opened = [(practice, Workspace.open(practice.workspace).settings) for practice in practices]
    _require_own_tokens(path, opened)
    _require_once(path, "ledger's store", (settings.store.rstrip("/") for _, settings in opened if settings.store))
    return Fleet(path, practices, **document.get("fleet", {}))


def _steps(path: Path, given: list[str] | None) -> tuple[str, ...]:
    if given is None:
        return DEFAULT_STEPS
    known = {name.split("_", 1)[1]: name for name in NOTEBOOKS}
    if unknown := [step for step in given if step not in known]:
        raise UsageError(f"{path}: there is no step {unknown[0]!r}; the steps are {', '.join(known)}. Nothing was done.")
    return tuple(name for step, name in known.items() if step in given)


def _require_own_tokens(path: Path, opened: Iterable[tuple[Practice, Settings]]) -> None:
    secrets = []
    for practice, settings in opened:
        host = urlsplit(settings.target_url).netloc.lower()
        if not settings.token and not host.endswith(".pipedrive.com"):
            raise UsageError(
                f'{practice.workspace} names no token of its own: write `token = "ACME_TOKEN"` under [target] in its migration.toml, '
                "and set that variable, or that entry of the keyring. Nothing was done."
            )
        secrets.append(settings.token or host)
    _require_once(path, "token", secrets)


def _require_once(path: Path, what: str, names: Iterable[str]) -> None:
    twice = [name for name, times in Counter(names).items() if times > 1]
    if twice:
        raise UsageError(f"{path}: the {what} {twice[0]} is that of two practices: each has its own. Nothing was done.")
