"""Links of an attachment index are fetched once, beside the snapshot, and found there ever after."""

from __future__ import annotations

import hashlib

import httpx
import pytest

from migkit.steps import Migration, fetch_attachments
from migkit.workspace import Settings, Workspace

X_RAY = b"\x89PNG made up"
SETTINGS = Settings("Acme Dental", "Australia/Sydney", "AUD", "http://127.0.0.1:1", "growth", 1, 20, {})


@pytest.fixture
def workspace(tmp_path):
    export = tmp_path / "export"
    export.mkdir()
    (export / "Patients.csv").write_text("Patient ID,First Name,Last Name,DOB\n1,Ann,Lee,01/02/1980\n")
    index = "Attachment ID,Patient ID,File Name,URL,Category\n5,1,x.png,https://files.example/x.png,X-ray\n"
    (export / "Attachments.csv").write_text(index)
    made = Workspace.create(tmp_path / "acme", SETTINGS)
    made.add_snapshot(export)
    made.write_decision("policies", {"fetch_links": "public"})
    return made


def test_a_link_is_fetched_once_and_found_by_its_bytes(workspace):
    """Two runs ask the server once; the bytes are in the tables with their hash, and the snapshot itself is untouched."""
    asked = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(str(request.url))
        return httpx.Response(200, content=X_RAY)

    first = fetch_attachments(Migration.open(workspace.path), transport=httpx.MockTransport(answer))
    fetch_attachments(Migration.open(workspace.path), transport=httpx.MockTransport(answer))

    digest = hashlib.sha256(X_RAY).hexdigest()
    tables = Migration.open(workspace.path).tables
    assert asked == ["https://files.example/x.png"]
    assert list(first["sha256"]) == [digest]
    assert digest in set(tables.attachments["sha256"]) and tables["attachments"]["path"].notna().all()
    assert workspace.file_with(digest).read_bytes() == X_RAY
    assert {path.name for path in workspace.snapshot().path.iterdir()} == {"Patients.csv", "Attachments.csv"}


def test_a_link_that_fails_is_a_finding(workspace):
    """The server says 404: nothing is kept, and the next reading says which row lacks its file."""
    gone = httpx.MockTransport(lambda _: httpx.Response(404))

    assert fetch_attachments(Migration.open(workspace.path), transport=gone).empty
    findings = {finding.code: finding for finding in Migration.open(workspace.path).tables.findings}
    assert findings["link-not-fetched"].keys == ("attachment:5",)


def test_no_link_is_followed_unless_the_policy_allows_it(workspace):
    """As a workspace is made, nobody is asked."""
    (workspace.decisions / "policies.yaml").unlink()

    def asked(request: httpx.Request) -> httpx.Response:
        raise AssertionError("asked")

    assert fetch_attachments(Migration.open(workspace.path), transport=httpx.MockTransport(asked)).empty
