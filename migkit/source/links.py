"""Attached files that an index names by https link: fetched once, kept with the snapshot, hashed."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pandas as pd

from migkit.model.outcomes import Finding

from .files import content_type

Fetch = Callable[[str], bytes]


@dataclass(frozen=True)
class Fetched:
    """What came of an index's links."""

    index: pd.DataFrame
    """The index with `path` filled for every link that was fetched."""
    attachments: pd.DataFrame
    """path, sha256, size, content_type of the fetched files, as in `RawExport.attachments`."""
    findings: tuple[Finding, ...]


def fetch_links(index: pd.DataFrame, folder: Path, fetch: Fetch) -> Fetched:
    """Fetch every https `url` of a typed attachments table that has no file yet into `folder`, once.

    A file is named by the hash of its link, so that a second run finds it and asks nobody. `fetch` returns the bytes or
    raises; a link that fails, or is not https, is a finding and its row stays without a file.
    """
    folder.mkdir(parents=True, exist_ok=True)
    index = index.copy()
    files: list[dict[str, object]] = []
    failed: list[str] = []
    wanted = index[index["url"].notna() & index["path"].isna()]
    for row, url, name, key in zip(wanted.index, wanted["url"], wanted["file_name"], wanted["_key"], strict=True):
        path = folder / _file_name(str(url), None if pd.isna(name) else str(name))
        if not path.exists() and not _fetch_into(path, str(url), fetch):
            failed.append(str(key))
            continue
        index.loc[row, "path"] = path.name
        body = path.read_bytes()
        files.append(
            {"path": path.name, "sha256": hashlib.sha256(body).hexdigest(), "size": len(body), "content_type": content_type(path.name)}
        )
    attachments = pd.DataFrame(files, columns=["path", "sha256", "size", "content_type"]).drop_duplicates("path", ignore_index=True)
    findings = (Finding.of("link-not-fetched", table="attachments", field="url", keys=failed),) if failed else ()
    return Fetched(index, attachments, findings)


def _fetch_into(path: Path, url: str, fetch: Fetch) -> bool:
    if urlsplit(url).scheme != "https":
        return False
    try:
        body = fetch(url)
    except Exception:  # whatever the injected client raises, the other links go on; the finding says which row failed
        return False
    scratch = path.with_name(f".{path.name}.part")
    scratch.write_bytes(body)
    scratch.replace(path)
    return True


def _file_name(url: str, name: str | None) -> str:
    digest = hashlib.sha256(url.encode()).hexdigest()[:16]
    plain = re.sub(r"[^\w.-]+", "_", name or Path(urlsplit(url).path).name or "file")
    return f"{digest}-{plain[-80:]}"
