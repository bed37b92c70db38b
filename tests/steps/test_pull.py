"""A source with an HTTP API, read as a declaration says into an ordinary export folder: against a small server on loopback."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from migkit.model.errors import DataError, RemoteError, UsageError
from migkit.source import read_export
from migkit.steps.pull import pull

SECRET = "s3cret-of-the-source"
PATIENTS = [
    {
        "id": n,
        "name": {"first": f"Pat{n}", "last": "Lee"},
        "note": "=1+1" if n == 2 else None,
        "active": n != 3,
        "updated_at": f"2026-11-0{n}",
    }
    for n in range(1, 8)
]
WANTED = [[str(p["id"]), str(p["name"]["first"]), "Lee", p["note"] or "", str(p["active"]).lower(), str(p["updated_at"])] for p in PATIENTS]


class Source(BaseHTTPRequestHandler):
    """Seven patients in pages of three, in every way of paging; `trouble` is answered first."""

    asked: list[tuple[str, dict[str, str], dict[str, str]]]
    trouble: list[int]

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        query = {key: values[0] for key, values in parse_qs(parts.query).items()}
        type(self).asked.append((parts.path, query, {key.lower(): value for key, value in self.headers.items()}))
        if type(self).trouble:
            return self.answer(type(self).trouble.pop(0), {"error": SECRET})
        rows = [one for one in PATIENTS if str(one["updated_at"]) >= query.get("since", "")]
        start = {"page": 3 * (int(query.get("page", 1)) - 1), "offset": int(query.get("skip", 0))}.get(
            parts.path.split("/")[2], int(query.get("at") or 0)
        )
        page, more = rows[start : start + 3], start + 3 < len(rows)
        meta = {"next": str(start + 3) if more else None}
        link = f'<{parts.path}?at={start + 3}>; rel="next"' if more and parts.path.startswith("/v1/link") else ""
        return self.answer(200, page if parts.path.endswith("bare") else {"data": page, "meta": meta}, link)

    def answer(self, status: int, body: object, link: str = "") -> None:
        text = json.dumps(body).encode()
        self.send_response(status)
        for name, value in (("content-type", "application/json"), ("content-length", str(len(text))), ("link", link)):
            if value:
                self.send_header(name, value)
        self.end_headers()
        self.wfile.write(text)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def source() -> Iterator[type[Source]]:
    kind = type("Asked", (Source,), {"asked": [], "trouble": []})
    server = HTTPServer(("127.0.0.1", 0), kind)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    kind.url = f"http://127.0.0.1:{server.server_port}/v1"  # type: ignore[attr-defined]
    yield kind
    server.shutdown()
    server.server_close()


def declared(folder: Path, source: type[Source], pages: str = "{kind: none}", path: str = "page", more: str = "", auth: str = "") -> Path:
    text = f"base_url: {source.url}\nauth: {auth or '{kind: bearer, secret: CORE_KEY}'}\npages: {pages}\n"  # type: ignore[attr-defined]
    (folder / "core.yaml").write_text(f"{text}tables:\n  Patients: {{path: {path}, records: data{more}}}\n")
    return folder / "core.yaml"


def read(declaration: Path, into: Path, day: int = 9, **options: object) -> Path:
    """Pull, and return the export's folder."""
    slept: list[float] = []
    options |= {"environ": {"CORE_KEY": SECRET}, "clock": lambda: datetime(2026, 11, day, tzinfo=UTC), "sleep": slept.append}
    return pull(declaration, into, **options).folder  # type: ignore[arg-type]


WAYS = {
    "page": "{kind: page, param: page, size_param: size, size: 3}",
    "offset": "{kind: offset, param: skip, size_param: size, size: 3}",
    "cursor": "{kind: cursor, param: at, next: meta.next}",
    "link": "{kind: link}",
}


@pytest.mark.parametrize("way", WAYS)
def test_every_way_of_paging_gives_every_row_once(tmp_path: Path, source: type[Source], way: str) -> None:
    """Into a table as any file of the practice is read: nested names dotted, a text that looks like a formula as it is."""
    folder = read(declared(tmp_path, source, WAYS[way], way), tmp_path / "drop")
    (table,) = read_export(folder).tables.values()
    assert table.columns == ["id", "name.first", "name.last", "note", "active", "updated_at"]
    assert table.frame[table.columns].fillna("").to_numpy().tolist() == WANTED
    assert len(source.asked) == 3 and all(headers["authorization"] == f"Bearer {SECRET}" for _, _, headers in source.asked)


@pytest.mark.parametrize(
    ("auth", "place"), [("{kind: header, name: X-Key, secret: CORE_KEY}", 2), ("{kind: query, name: key, secret: CORE_KEY}", 1)]
)
def test_the_secret_goes_where_it_is_declared_and_stands_in_no_file(tmp_path: Path, source: type[Source], auth: str, place: int) -> None:
    """In a header or in the query of every request; neither declaration nor export holds it."""
    folder = read(declared(tmp_path, source, WAYS["link"], "link", auth=auth), tmp_path / "drop")
    name = "x-key" if place == 2 else "key"
    assert [asked[place][name] for asked in source.asked] == [SECRET] * 3
    files = [path for path in (*folder.rglob("*"), tmp_path / "core.yaml") if path.is_file()]
    assert len(files) == 3 and not any(SECRET in path.read_text() for path in files)


def test_the_next_reading_begins_where_the_one_before_ended(tmp_path: Path, source: type[Source]) -> None:
    """Only what changed since; `--whole` asks for everything again; nothing new makes no export."""
    declaration = declared(tmp_path, source, WAYS["page"], "page", more=", since: {param: since, field: updated_at}")
    read(declaration, tmp_path / "drop", day=8)
    assert "since" not in source.asked[0][1]
    later = pull(declaration, tmp_path / "drop", environ={"CORE_KEY": SECRET}, clock=lambda: datetime(2026, 11, 9, tzinfo=UTC))
    assert source.asked[-1][1]["since"] == "2026-11-07" and later.rows == {"Patients": 1} and "--kind window" in later.to_text()
    whole = pull(declaration, tmp_path / "drop", whole=True, environ={"CORE_KEY": SECRET}, clock=lambda: datetime(2026, 11, 10, tzinfo=UTC))
    assert whole.rows == {"Patients": 7} and "window" not in whole.to_text()


def test_a_source_that_fails_a_while_is_asked_again_and_one_that_refuses_is_said(tmp_path: Path, source: type[Source]) -> None:
    """Whatever ends a reading: one sentence without the secret or what was answered, and no half an export."""
    declaration = declared(tmp_path, source, WAYS["page"])
    source.trouble += [503, 429]
    read(declaration, tmp_path / "drop")
    for status, told in ((401, "secret"), (404, "404"), (500, "500")):
        source.trouble += [status] * 9
        with pytest.raises(RemoteError, match=told) as refused:
            read(declaration, tmp_path / "other")
        source.trouble.clear()
        assert SECRET not in str(refused.value) and list((tmp_path / "other").iterdir()) == []


def test_pages_that_never_end_and_answers_without_rows_are_said(tmp_path: Path, source: type[Source]) -> None:
    """A cursor that leads back to where it came from, and a path at which no list stands."""
    with pytest.raises(RemoteError, match="never end"):
        read(declared(tmp_path, source, "{kind: cursor, param: nothing, next: meta.next}", "cursor"), tmp_path / "drop")
    (tmp_path / "core.yaml").write_text((tmp_path / "core.yaml").read_text().replace("records: data", "records: rows"))
    with pytest.raises(RemoteError, match="no list at rows"):
        read(tmp_path / "core.yaml", tmp_path / "drop")


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("http://127.0.0.1", "http://core.example", "https"),
        ("kind: bearer, secret: CORE_KEY", "kind: bearer", "secret"),
        ("kind: bearer", "kind: cookie", "bearer"),
        ("{kind: none}", "{kind: page}", "pages.param"),
        ("path: page", "path: page, way: page", "way"),
        ("Patients", "../Patients", "Patients"),
    ],
)
def test_a_wrong_declaration_is_said_before_anything_is_asked(tmp_path: Path, source: type[Source], old: str, new: str, told: str) -> None:
    """An address without encryption, a sign-in without a secret, a word that is none, a name that is no file's."""
    declaration = declared(tmp_path, source)
    declaration.write_text(declaration.read_text().replace(old, new))
    with pytest.raises(DataError, match=told):
        read(declaration, tmp_path / "drop")
    assert source.asked == []


def test_a_secret_that_is_nowhere_is_said(tmp_path: Path, source: type[Source]) -> None:
    with pytest.raises(UsageError, match="CORE_KEY"):
        pull(declared(tmp_path, source), tmp_path / "drop", environ={})
