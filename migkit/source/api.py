"""A source with an HTTP API, read as a declaration says: base address, sign-in, pages, and what changed since the last time.

    base_url: https://api.example.com/v1
    auth: {kind: header, name: X-Api-Key, secret: CORE_API_KEY}
    pages: {kind: page, param: page, size_param: per_page, size: 100}
    tables:
      Patients: {path: patients, records: data, since: {param: updated_since, field: updated_at}}

A secret never stands in the declaration: `secret` names an environment variable, or an entry of the keyring. The network enters as a
function, and what comes out is rows of text, as from a file.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from migkit.model.errors import DataError, RemoteError

Ask = Callable[[str, Mapping[str, str]], tuple[Any, Mapping[str, str]]]
"""(address, query) → the answer's JSON, and the relations of its Link header by name (`next` → address)."""
MOST_PAGES = 100_000
"""Pages of one table beyond which an API is taken for one that never ends."""


@dataclass(frozen=True)
class Pages:
    """How an API gives a long list: by number of page, by offset, by a cursor in the answer, by a Link header, or all at once."""

    kind: str = "none"
    """none | page | offset | cursor | link"""
    param: str = ""
    """Query key of the page's number, the offset, or the cursor."""
    size_param: str = ""
    size: int = 100
    first: int = 1
    """Number of the first page."""
    next: str = ""
    """Cursors: where the next one stands in the answer, dotted: `meta.next`."""


@dataclass(frozen=True)
class ApiTable:
    """One table of the source."""

    name: str
    path: str
    records: str = ""
    """Where the list of records stands in the answer, dotted; "" where the answer is the list."""
    params: Mapping[str, str] = field(default_factory=dict)
    since_param: str = ""
    since_field: str = ""
    """Field whose newest value the next reading begins from, "" where the table is read whole each time."""


@dataclass(frozen=True)
class ApiSource:
    """A declared source."""

    base_url: str
    auth: Mapping[str, str]
    """kind (none | bearer | header | query), name (of the header or query key), secret (name of the environment variable)."""
    pages: Pages
    tables: tuple[ApiTable, ...]

    @property
    def is_incremental(self) -> bool:
        """Whether a later reading brings only what changed."""
        return any(table.since_field for table in self.tables)


def parse_source(document: Mapping[str, Any]) -> ApiSource:
    """Return a declaration whose shape is known to be right (`api` in `templates/decisions.schema.yaml`)."""
    tables = tuple(
        ApiTable(
            name,
            one["path"],
            one.get("records", ""),
            {key: str(value) for key, value in (one.get("params") or {}).items()},
            (one.get("since") or {}).get("param", ""),
            (one.get("since") or {}).get("field", ""),
        )
        for name, one in document["tables"].items()
    )
    pages = Pages(**(document.get("pages") or {}))
    if pages.kind not in ("none", "link") and not pages.param:
        raise DataError(f"pages.param is missing: pages of the kind {pages.kind} need the name of a query key. Nothing was read.")
    if pages.kind == "cursor" and not pages.next:
        raise DataError("pages.next is missing: say where the next cursor stands in the answer. Nothing was read.")
    return ApiSource(document["base_url"].rstrip("/"), document.get("auth") or {"kind": "none"}, pages, tables)


def read_table(source: ApiSource, table: ApiTable, ask: Ask, since: str = "") -> list[dict[str, str]]:
    """Return all records of a table as flat rows of text, from `since` on where the table knows what changed. Raises RemoteError."""
    return [flat(record) for page in _pages(source, table, ask, since) for record in page]


def newest(table: ApiTable, rows: Sequence[Mapping[str, str]], before: str = "") -> str:
    """Return the value that the next reading of a table begins from."""
    return max([before, *(row.get(table.since_field, "") for row in rows)]) if table.since_field else ""


def flat(record: Any) -> dict[str, str]:
    """Return a record as columns of text: what is nested under dotted names, lists as JSON, null as nothing.

    >>> flat({"id": 7, "name": {"first": "Ann"}, "tags": ["a"], "active": True, "note": None})
    {'id': '7', 'name.first': 'Ann', 'tags': '["a"]', 'active': 'true', 'note': ''}
    """
    if not isinstance(record, Mapping):
        return {"value": _text(record)}
    found: dict[str, str] = {}
    for name, value in record.items():
        if isinstance(value, Mapping):
            found |= {f"{name}.{inner}": text for inner, text in flat(value).items()}
        else:
            found[str(name)] = _text(value)
    return found


def _text(value: Any) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _pages(source: ApiSource, table: ApiTable, ask: Ask, since: str) -> Iterator[list[Any]]:
    pages, url = source.pages, f"{source.base_url}/{table.path.lstrip('/')}"
    query = dict(table.params) | ({table.since_param: since} if since and table.since_param else {})
    query |= {pages.size_param: str(pages.size)} if pages.size_param else {}
    place: str | None = {"page": str(pages.first), "offset": "0"}.get(pages.kind, "")
    asked: set[str] = set()
    while place is not None:
        is_link = pages.kind == "link" and place
        here = {} if is_link else query | ({pages.param: place} if place else {})
        answer, links = ask(place if is_link else url, here)
        records = _at(answer, table.records)
        if not isinstance(records, list):
            raise RemoteError(f"{table.name}: the answer has no list at {table.records or 'its top'}: look at `records`. Nothing was kept.")
        yield records
        asked.add(place)
        place = _next(pages, place, answer, links, len(records))
        if place in asked or len(asked) >= MOST_PAGES:
            raise RemoteError(f"{table.name}: the pages of the source never end: look at `pages`. Nothing was kept.")


def _next(pages: Pages, place: str, answer: Any, links: Mapping[str, str], count: int) -> str | None:
    if pages.kind == "link":
        return links.get("next")
    if pages.kind == "cursor":
        found = _at(answer, pages.next)
        return str(found) if found not in (None, "", False) else None
    if pages.kind == "none" or count == 0 or (pages.size_param and count < pages.size):
        return None
    return str(int(place) + (1 if pages.kind == "page" else count))


def _at(answer: Any, path: str) -> Any:
    for step in path.split(".") if path else ():
        answer = answer.get(step) if isinstance(answer, Mapping) else None
    return answer
