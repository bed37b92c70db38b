"""The optional language model: off unless named, asked once, told no value, and done without in one sentence."""

from __future__ import annotations

import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from migkit.model.errors import RemoteError, UsageError
from migkit.steps import Migration
from migkit.steps.mapping_review import propose_for
from migkit.workspace import Settings, Workspace

SETTINGS = Settings("Acme Dental", "Australia/Sydney", "AUD", "http://127.0.0.1:1", "growth", 1, 20, {})
EXPORT = "Patient ID,First Name,Last Name,Zibble\n" + "".join(f"{n},Annabel,Nguyen,0412 345 67{n}\n" for n in range(9))


class Endpoint(HTTPServer):
    """An OpenAI-compatible endpoint that says `Zibble` is the work phone, and writes down what it was asked."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answer)
        self.asked: list[tuple[str, dict[str, Any]]] = []
        self.status = 200


class Answer(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        assert isinstance(self.server, Endpoint)
        body = json.loads(self.rfile.read(int(self.headers["content-length"])))
        self.server.asked.append((self.headers.get("authorization", ""), body))
        content = json.dumps({"columns": {"Zibble": ["work_phone"]}})
        self.send_response(self.server.status)
        self.end_headers()
        self.wfile.write(json.dumps({"choices": [{"message": {"content": content}}]}).encode())

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def endpoint() -> Iterator[Endpoint]:
    server = Endpoint()
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def named(endpoint: Endpoint, monkeypatch: pytest.MonkeyPatch) -> Endpoint:
    monkeypatch.setenv("MIGKIT_MODEL_URL", f"http://127.0.0.1:{endpoint.server_port}/v1")
    monkeypatch.setenv("MIGKIT_MODEL_NAME", "small")
    monkeypatch.setenv("MIGKIT_MODEL_KEY", "s3cret")
    return endpoint


@pytest.fixture
def export(tmp_path: Path) -> Path:
    folder = tmp_path / "export"
    folder.mkdir()
    (folder / "Patients.csv").write_text(EXPORT)
    return folder


def opened(folder: Path, export: Path) -> Migration:
    workspace = Workspace.create(folder / "acme", SETTINGS)
    workspace.add_snapshot(export)
    return Migration.open(workspace.path)


def sure_of_work_phone(proposals: Any) -> float:
    found = {one.target: one.confidence for one in proposals.tables["Patients"].columns["Zibble"].candidates}
    return float(found.get("work_phone", 0.0))


def test_its_answer_counts_and_no_value_is_sent(export: Path, tmp_path: Path, endpoint: Endpoint, monkeypatch: pytest.MonkeyPatch) -> None:
    """Off by default; named, it is sent headers and shapes, with the key, and what it says raises the proposal."""
    without = sure_of_work_phone(propose_for(export))
    assert endpoint.asked == []
    monkeypatch.setenv("MIGKIT_MODEL_URL", f"http://127.0.0.1:{endpoint.server_port}/v1")
    monkeypatch.setenv("MIGKIT_MODEL_NAME", "small")
    monkeypatch.setenv("MIGKIT_MODEL_KEY", "s3cret")
    assert sure_of_work_phone(propose_for(export)) > without
    ((authorization, body),) = endpoint.asked
    assert (authorization, body["model"]) == ("Bearer s3cret", "small")
    sent = json.dumps(body)
    assert "Zibble" in sent
    assert not any(value in sent for value in ("Annabel", "Nguyen", "0412", "345 67"))


def test_a_workspace_asks_once(export: Path, tmp_path: Path, named: Endpoint) -> None:
    """Opened again, the same map is proposed from the answer that was kept; the key is kept nowhere."""
    migration = opened(tmp_path, export)
    first = sure_of_work_phone(migration.proposals)
    again = Migration.open(migration.workspace.path)
    assert sure_of_work_phone(again.proposals) == first
    assert len(named.asked) == 1
    assert not any(b"s3cret" in path.read_bytes() for path in migration.workspace.path.rglob("*") if path.is_file())


def test_a_model_that_fails_is_one_sentence(export: Path, named: Endpoint) -> None:
    """Neither key nor traceback; the sentence says how to go on."""
    named.status = 500
    with pytest.raises(RemoteError, match=r"answered 500.*Unset MIGKIT_MODEL_URL") as failed:
        propose_for(export)
    assert "s3cret" not in str(failed.value)


def test_an_address_without_a_name_is_refused(export: Path, named: Endpoint, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is asked before it is said which model."""
    monkeypatch.delenv("MIGKIT_MODEL_NAME")
    with pytest.raises(UsageError, match="MIGKIT_MODEL_NAME"):
        propose_for(export)
    assert named.asked == []
