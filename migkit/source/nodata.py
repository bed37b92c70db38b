"""Files that belong to an export and hold no data: a readme, a database's schema, checksums."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from .files import Found

TEXT_ENDINGS = frozenset({"", ".dat", ".prn", ".asc", ".out", ".lst", ".rpt", ".exp", ".data", ".text", ".del", ".unl"})
"""Endings under which a table may stand that nobody named one."""
_WORDS = frozenset({"readme", "read me", "license", "licence", "changelog", "manifest", "checksums", "sha256sums", "md5sums", "version"})
_CHECKSUMS = frozenset({".sha256", ".sha1", ".md5", ".sfv", ".asc.sig", ".sig"})
_TEXTS = frozenset({"", ".txt", ".md", ".rst", ".pdf", ".docx", ".doc", ".rtf", ".html", ".htm"})
_SCHEMA = re.compile(rb"\b(?:create|alter)\s+(?:table|view|index|schema|database|type|unique)", re.IGNORECASE)
_DATA = re.compile(rb"\b(?:insert\s+into|copy\s+\S+(?:\s*\([^)]{0,2000}\))?\s+from\s+stdin|load\s+data)", re.IGNORECASE)


def no_data(found: Found) -> str:
    """Return what a file is that holds no data, "" where it may hold some."""
    if found.refused:
        return ""
    path = PurePosixPath(found.name)
    suffix, stem = path.suffix.casefold(), re.sub(r"[-_]+", " ", path.stem.casefold()).strip()
    if suffix in _CHECKSUMS or (stem in _WORDS and suffix in _TEXTS):
        return "it says something about the export, and holds no data"
    return "the schema of a database, without data" if suffix == ".sql" and _is_schema(found) else ""


def _is_schema(found: Found) -> bool:
    """Return whether a file defines tables and fills none."""
    defines = False
    with found.path.open("rb") as file:
        tail = b""
        while block := file.read(1 << 20):
            text = tail + block
            if _DATA.search(text):
                return False
            defines = defines or bool(_SCHEMA.search(text))
            tail = block[-4096:]
    return defines
