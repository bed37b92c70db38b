"""Bad input at the door: one clear sentence on stderr, exit code 2, no traceback, nothing written."""

from __future__ import annotations

import http.server
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result
from xlsxwriter import Workbook

from migkit.cli import main
from migkit.sandbox import Sandbox, SandboxConfig

UNREACHABLE = "http://127.0.0.1:9"


ENVIRON = {"PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring"}


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is tried again is tried again at once."""
    monkeypatch.setattr("migkit.pipedrive.session.BACKOFF", 0.0)


def migkit(*words: object, token: str | None = "t") -> Result:
    """Run the door in this process."""
    return CliRunner().invoke(main, [*map(str, words)], env=ENVIRON | {"PIPEDRIVE_API_TOKEN": token})


def assert_one_sentence(result: Result, *words: str, code: int = 2) -> None:
    """Exit code, a single line of message that names these words, no traceback."""
    assert result.exit_code == code, (result.stderr, result.exception)
    assert_one_line(result.stdout, result.stderr, *words)


def assert_one_line(stdout: str, stderr: str, *words: str) -> None:
    assert "Traceback" not in stderr + stdout
    message = [line for line in stderr.splitlines() if line.startswith("migkit:")]
    assert len(message) == 1, stderr
    for word in words:
        assert word in message[0]


@pytest.fixture(scope="module")
def planned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace of a good export, read and planned once."""
    folder = tmp_path_factory.mktemp("good")
    export = folder / "export"
    export.mkdir()
    rows = (
        "Patient ID,First Name,Last Name,DOB,Mobile,Email\n1,Ann,Lee,01/02/1980,0412345678,ann@x.example\n2,Bo,Ng,03/04/1990,0412345679,\n"
    )
    (export / "Patients.csv").write_text(rows)
    (export / "Practitioners.csv").write_text('Provider ID,Name,Email\n1,"Shaw, Kim",kim@x.example\n')
    plan = "Plan ID,Patient ID,Plan Name,Status,Created,Provider ID,Total\n7,1,Crown,Proposed,05/06/2026,1,$1,200.00\n"
    (export / "TreatmentPlans.csv").write_text(plan.replace("$1,200.00", '"$1,200.00"'))
    assert migkit("init", folder / "acme", "--export", export, "--target", UNREACHABLE).exit_code == 0
    assert migkit("plan", folder / "acme").exit_code == 0
    return folder / "acme"


@pytest.fixture
def workspace(tmp_path: Path, planned: Path) -> Path:
    return Path(shutil.copytree(planned, tmp_path / "acme"))


@pytest.fixture
def web_page() -> Iterator[str]:
    """A server that is not Pipedrive: it answers every request with a page."""

    class Page(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(b"<html>hello</html>")

        def log_message(self, *_: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Page)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


def point_at(workspace: Path, url: str) -> None:
    settings = workspace / "migration.toml"
    settings.write_text(settings.read_text().replace(UNREACHABLE, url))


def test_a_process_of_its_own_ends_as_the_door_says(tmp_path):
    """As a user starts it: the exit code is the process's own, and stderr has the sentence alone."""
    environ = os.environ | ENVIRON
    words = ["init", tmp_path / "w", "--export", tmp_path / "nowhere", "--target", UNREACHABLE]
    result = subprocess.run([sys.executable, "-m", "migkit", *words], capture_output=True, text=True, env=environ, timeout=120)

    assert result.returncode == 2
    assert_one_line(result.stdout, result.stderr, "nowhere", "does not exist")


def test_missing_export_folder(tmp_path):
    """A path that does not exist is named, and no workspace is left behind."""
    result = migkit("init", tmp_path / "w", "--export", tmp_path / "nowhere", "--target", UNREACHABLE)

    assert_one_sentence(result, "nowhere", "does not exist")
    assert not (tmp_path / "w").exists()


def test_export_of_empty_files(tmp_path):
    """A file without a byte is no export."""
    (tmp_path / "e").mkdir()
    (tmp_path / "e" / "Patients.csv").write_bytes(b"")

    assert_one_sentence(migkit("propose", tmp_path / "e"), "Patients.csv", "empty")


def test_password_protected_workbook(tmp_path):
    """An encrypted workbook (an OLE container) is refused by name."""
    (tmp_path / "e").mkdir()
    (tmp_path / "e" / "Patients.xlsx").write_bytes(bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 2048)

    assert_one_sentence(migkit("propose", tmp_path / "e"), "Patients.xlsx", "password")


def test_truncated_workbook(tmp_path):
    """A workbook cut off half way is refused by name."""
    (tmp_path / "e").mkdir()
    path = tmp_path / "e" / "Patients.xlsx"
    with Workbook(path) as book:
        book.add_worksheet().write_row(0, 0, ["Patient ID", "Last Name"])
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])

    assert_one_sentence(migkit("propose", tmp_path / "e"), "Patients.xlsx")


def test_unknown_workspace(tmp_path):
    """A folder that is no workspace is named, with the command that makes one."""
    assert_one_sentence(migkit("status", tmp_path), "migration.toml", "migkit init")


def test_unknown_step(workspace):
    """An unknown step is answered with the known ones."""
    assert_one_sentence(migkit("run", workspace, "lod"), "lod", "audit")


def test_column_mapped_twice(workspace):
    """Two columns for one field: the gate stays closed and says which."""
    assert migkit("confirm", workspace, "--at-least", "0", "--by", "Kim").exit_code == 0
    assert migkit("approve", workspace, "mapping", "--by", "Kim").exit_code == 0
    path = workspace / "decisions" / "mapping.yaml"
    document = yaml.safe_load(path.read_text())
    table = next(t for t in document["tables"].values() if t["table"] == "patients")
    table["columns"]["Email"]["to"] = "mobile"
    path.write_text(yaml.safe_dump(document))

    assert_one_sentence(migkit("plan", workspace), "Email", "mobile")


def test_decision_file_that_is_not_yaml(workspace):
    """A slip of the pen in a decision file names the file."""
    (workspace / "decisions" / "owners.yaml").write_text("owners: [")

    assert_one_sentence(migkit("plan", workspace), "owners.yaml")


def test_no_token(workspace):
    """Without a token: where to put it."""
    assert_one_sentence(migkit("preflight", workspace, token=None), "PIPEDRIVE_API_TOKEN")


def test_unreachable_target(workspace):
    """Nobody listens there: the address is named, the token is not."""
    result = migkit("preflight", workspace, token="secret-token")

    assert_one_sentence(result, "127.0.0.1:9")
    assert "secret-token" not in result.stderr + result.stdout


def test_target_that_is_not_pipedrive(workspace, web_page):
    """A page where an API should be: said so, not parsed."""
    point_at(workspace, web_page)

    assert_one_sentence(migkit("preflight", workspace), "not", "Pipedrive")


def test_wrong_token(workspace):
    """Pipedrive refuses the token: said so, and nothing was written."""
    with Sandbox(SandboxConfig(burst_limit=False)) as sandbox:
        point_at(workspace, sandbox.url)

        result = migkit("preflight", workspace, token="wrong-secret")
    assert_one_sentence(result, "token")
    assert "wrong-secret" not in result.stderr + result.stdout


def test_wrong_token_stops_a_notebook_with_the_same_sentence(workspace):
    """Inside a notebook the sentence is the same, and the executed copy holds neither traceback nor token."""
    with Sandbox(SandboxConfig(burst_limit=False)) as sandbox:
        point_at(workspace, sandbox.url)
        assert migkit("confirm", workspace, "--at-least", "0", "--by", "Kim").exit_code == 0
        assert migkit("approve", workspace, "mapping", "--by", "Kim").exit_code == 0

        result = migkit("run", workspace, "people", token="wrong-secret")
    assert_one_sentence(result, "token")
    copies = "".join(path.read_text() for path in workspace.glob("runs/*/25_people.*"))
    assert "wrong-secret" not in copies and "Traceback" not in copies


def test_gate_that_is_not_approved_ends_with_one(workspace):
    """A closed gate is no error of the user's: exit code 1, and the command that opens it."""
    with Sandbox(SandboxConfig(burst_limit=False)) as sandbox:
        point_at(workspace, sandbox.url)

        result = migkit("run", workspace, "load", token=sandbox.token)
    assert_one_sentence(result, "mapping", "migkit approve", code=1)


def test_currency_and_user_that_the_account_lacks(workspace):
    """Pre-flight names both and stops the load with exit code 1; it has written nothing."""
    with Sandbox(SandboxConfig(burst_limit=False)) as sandbox:
        settings = (workspace / "migration.toml").read_text().replace(UNREACHABLE, sandbox.url).replace('"AUD"', '"XTS"')
        (workspace / "migration.toml").write_text(settings)
        (workspace / "decisions" / "owners.yaml").write_text("fallback: {user: nobody@x.example, by: t, at: '', why: ''}\n")

        result = migkit("preflight", workspace, token=sandbox.token)
    assert result.exit_code == 1 and "Traceback" not in result.stderr
    assert "XTS" in result.stdout and "nobody@x.example" in result.stdout
