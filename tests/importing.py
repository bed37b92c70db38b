"""Somebody at the practice account's import page, by plain HTTP: uploads a file, leaves the mapping as it is offered, starts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape
from pathlib import Path

import httpx


@dataclass(frozen=True)
class Done:
    """What the page says of a finished import."""

    counts: dict[str, int]
    skipped: int
    skip_file: bytes
    unmapped: tuple[str, ...]
    """Columns for which the page offered no field by itself."""


def import_file(url: str, path: Path, *, duplicates: str = "merge", content: bytes | None = None, without: str = "") -> Done:
    """Import one file; the column `without` is not offered a field."""
    with httpx.Client(base_url=url, follow_redirects=True, timeout=120) as web:
        page = web.post("/import", files={"file": (path.name, content if content is not None else path.read_bytes())})
        page.raise_for_status()
        columns = re.findall(r'<select name="(column-\d+)" aria-label="([^"]*)">(.*?)</select>', page.text, re.DOTALL)
        chosen = {name: re.findall(r'value="([^"]*)" selected', options) for name, _, options in columns}
        unmapped = tuple(unescape(label) for name, label, _ in columns if not chosen[name])
        form = {name: unescape(values[0]) for name, values in chosen.items() if values and values[0] != without} | {
            "duplicates": duplicates
        }
        done = web.post(str(page.url), data=form)
        done.raise_for_status()
        counts = dict(re.findall(r"<tr><td>([a-z]+ [a-z]+)</td><td>([\d,]+)</td></tr>", done.text))
        found = re.search(r'id="skipped">([\d,]+)<', done.text)
        skipped = int(found.group(1).replace(",", "")) if found else 0
        file = web.get(f"{done.url}/skipped.xlsx").content if skipped else b""
        return Done({what: int(count.replace(",", "")) for what, count in counts.items()}, skipped, file, unmapped)
