"""`migkit pull`: an export folder read from a source's HTTP API, as a declaration says; taken in like any other export."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

import httpx

from migkit.model.errors import DataError, RemoteError, UsageError
from migkit.model.words import number_of
from migkit.pipedrive import secret_named
from migkit.source import ApiSource, newest, parse_source, read_table
from migkit.workspace import read_document, write_as_received

STATE = ".source.json"
"""Beside the tables, and hidden, so that it is no part of the export: what the next reading begins from."""
LOOPBACK = ("127.0.0.1", "localhost", "::1")
MOST_BYTES = 256 << 20
TRIES = 4
SECONDS = 60.0


@dataclass(frozen=True)
class Pulled:
    """An export that was read."""

    folder: Path
    rows: Mapping[str, int]
    """Table → rows."""
    is_window: bool
    """Whether it holds only what changed since the one before: absence means nothing then."""

    def to_text(self) -> str:
        """Return what was read, and what to do with it."""
        counts = ", ".join(f"{name} {number_of(count, 'row')}" for name, count in self.rows.items())
        kind = " It holds what changed since the last one: take it in with --kind window." if self.is_window else ""
        return f"{self.folder}: {counts}.{kind}"


def pull(
    declaration: Path,
    into: Path,
    *,
    whole: bool = False,
    environ: Mapping[str, str] = os.environ,
    clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    sleep: Callable[[float], None] = time.sleep,
) -> Pulled:
    """Read every declared table into a new folder under `into`, which appears only when all of it is there.

    From the second time on, tables that know what changed are read from there; `whole` reads all anew. Raises DataError for a wrong
    declaration, UsageError where the secret is not set, RemoteError where the source refuses or fails.
    """
    source = parse_source(read_document(declaration, "api"))
    _check_address(source.base_url, declaration)
    headers, query = _signed(source, environ)
    into.mkdir(parents=True, exist_ok=True)
    earlier = {} if whole else _earlier(into)
    with httpx.Client(headers=headers, timeout=SECONDS, follow_redirects=False) as client:

        def ask(url: str, more: Mapping[str, str]) -> tuple[Any, Mapping[str, str]]:
            return _ask(client, source, url, {**query, **more}, sleep)

        tables = {table.name: read_table(source, table, ask, earlier.get(table.name, "")) for table in source.tables}
    state = {table.name: newest(table, tables[table.name], earlier.get(table.name, "")) for table in source.tables}
    folder = into / f"{clock():%Y-%m-%dT%H%M%SZ}"
    scratch = Path(tempfile.mkdtemp(dir=into, prefix="."))
    try:
        for name, rows in tables.items():
            columns = list(dict.fromkeys(column for row in rows for column in row))
            if columns:
                write_as_received([columns, *([row.get(column, "") for column in columns] for row in rows)], scratch / f"{name}.csv")
        (scratch / STATE).write_text(json.dumps(state, indent=1), encoding="utf-8")
        if not any(tables.values()):
            raise UsageError(f"Nothing changed at {source.base_url} since the last time. No export was made.")
        scratch.rename(folder)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    return Pulled(folder, {name: len(rows) for name, rows in tables.items()}, bool(earlier) and source.is_incremental)


def _check_address(url: str, declaration: Path) -> None:
    parts = urlsplit(url)
    if not parts.hostname or "@" in parts.netloc or not (parts.scheme == "https" or parts.hostname in LOOPBACK):
        raise DataError(f"{declaration}: base_url must be a plain https address, without a name or a secret in it. Nothing was read.")


def _signed(source: ApiSource, environ: Mapping[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """Return the headers and the query that sign requests in."""
    kind = source.auth["kind"]
    if kind == "none":
        return {}, {}
    secret = secret_named(source.auth["secret"], environ)
    if kind == "bearer":
        return {"authorization": f"Bearer {secret}"}, {}
    return ({source.auth["name"]: secret}, {}) if kind == "header" else ({}, {source.auth["name"]: secret})


def _earlier(into: Path) -> dict[str, str]:
    """Return what the newest reading before ended with: table → newest value."""
    found = sorted(path for path in into.glob(f"*/{STATE}") if not path.parent.name.startswith("."))
    return {name: value for name, value in json.loads(found[-1].read_text(encoding="utf-8")).items() if value} if found else {}


def _ask(
    client: httpx.Client, source: ApiSource, url: str, query: Mapping[str, str], sleep: Callable[[float], None]
) -> tuple[Any, Mapping[str, str]]:
    url = urljoin(f"{source.base_url}/", url)
    if urlsplit(url)[:2] != urlsplit(source.base_url)[:2]:  # the secret goes nowhere else
        raise RemoteError("The source's next page lies at another address than base_url: nothing was sent there, and nothing kept.")
    host = urlsplit(url).hostname
    for number in range(1, TRIES + 1):
        try:
            answer = client.get(httpx.URL(url).copy_merge_params(query))
        except httpx.HTTPError as error:
            status, why = None, f"{host} cannot be reached ({type(error).__name__})"
        else:
            if answer.is_success:
                return _parsed(answer, str(host)), {str(name): link["url"] for name, link in answer.links.items() if "url" in link}
            status, why = answer.status_code, f"{host} answered {answer.status_code}"
        if number == TRIES or not (status is None or status == 429 or status >= 500):
            break
        sleep(min(60.0, 2.0**number))
    signed = " Is the secret right?" if status in (401, 403) else ""
    raise RemoteError(f"{why} at {urlsplit(url).path}.{signed} Nothing was kept.", status=status)


def _parsed(answer: httpx.Response, host: str) -> Any:
    if len(answer.content) > MOST_BYTES:
        raise RemoteError(f"A page of {host} is larger than {MOST_BYTES >> 20} MB: ask for smaller ones (`pages.size`). Nothing was kept.")
    try:
        return answer.json()
    except ValueError:
        raise RemoteError(f"{host} answered with something that is no JSON: check base_url and path. Nothing was kept.") from None
