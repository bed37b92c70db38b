"""The help page: every code of the catalogue under an anchor of its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from . import account, cells, comparing, gates, import_files, load, mapping, people, plan, quality, repairs, source, views
from .entry import Entry

PARTS = (source, cells, quality, people, views, mapping, plan, account, import_files, load, gates, repairs, comparing)
"""The parts of the catalogue, one a room, in the order of the way of the data."""


def help_page() -> str:
    """Return `docs/messages.md`."""
    lines = [
        "# What migkit says, and who does what about it",
        "",
        "Every reason, finding and hint has a code, under which it stands here. `{…}` is a key, a name or a number that is filled in;",
        "`{count:row|rows}` the word that goes with a number. This page is made from the catalogue (`make docs`): edit it there.",
    ]
    for part in PARTS:
        doc = (part.__doc__ or "").strip().rstrip(".")
        lines += ["", f"## {doc}", "", *_entries(part.ENTRIES)]
    return "\n".join(lines) + "\n"


def _entries(entries: Mapping[str, Entry]) -> Iterator[str]:
    for code, entry in entries.items():
        weight = f" ({entry.severity})" if entry.severity else ""
        yield f'<a id="{code}"></a>'
        yield f"- `{code}`{weight}: {' / '.join(dict.fromkeys(_shown(part) for part in (entry.text, entry.counted) if part))}"
        if entry.action:
            yield f"  *{_shown(entry.action)}*"


def _shown(text: str) -> str:
    """Return a sentence with the names of its parameters alone, but for choices of words."""
    return text.replace(":field}", "}")
