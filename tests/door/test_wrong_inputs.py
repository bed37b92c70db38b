"""Wrong inputs, one by one: a sentence on stderr, exit code 2, nothing written, no traceback, no secret, no patient's value."""

from __future__ import annotations

import hashlib
import shutil
import socket
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from migkit.cli import main

from .wrong_inputs import TARGET, Place, Wrong, as_it_is, wrong_inputs

SECRET = "secret-token"
ENVIRON = {"PIPEDRIVE_API_TOKEN": SECRET, "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring"}
LEDGERS_OWN = ("ledger.sqlite-wal", "ledger.sqlite-shm")
"""SQLite's files of an open ledger: empty, and gone with the process."""
PATIENT = "Quillfeather"
TABLE = wrong_inputs()


def migkit(*words: object, **environ: str | None) -> Result:
    """Run the door in this process."""
    return CliRunner().invoke(main, [str(word) for word in words], env=ENVIRON | environ)


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Place:
    """A good export and a workspace made of it, read and planned once."""
    place = Place(tmp_path_factory.mktemp("good"))
    place.export.mkdir()
    rows = f"Patient ID,First Name,Last Name,DOB,Mobile,Email\n1,Ann,{PATIENT},01/02/1980,0412345678,ann@x.example\n"
    (place.export / "Patients.csv").write_text(rows + "2,Bo,Ng,03/04/1990,0412345679,\n")
    (place.export / "Practitioners.csv").write_text('Provider ID,Name,Email\n1,"Shaw, Kim",kim@x.example\n')
    assert migkit("init", place.workspace, "--export", place.export, *TARGET).exit_code == 0
    result = migkit("plan", place.workspace)
    assert result.exit_code == 0, result.output
    return place


@pytest.fixture
def place(wrong: Wrong, good: Place, tmp_path: Path) -> Place:
    """Where a command is typed: a copy of its own, unless nothing is prepared there and, as the test says, nothing changes."""
    if wrong.prepare is as_it_is:
        return good
    for name in ("export", "acme"):
        shutil.copytree(good.folder / name, tmp_path / name)
    return Place(tmp_path)


@pytest.fixture(scope="module")
def taken() -> Iterator[int]:
    """A port that somebody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


@pytest.fixture(autouse=True)
def nothing_is_served(monkeypatch: pytest.MonkeyPatch) -> None:
    """A server that starts, and a demo that begins, end at once: then the wrong input was taken."""
    import uvicorn

    async def ended(self: object) -> None:
        pass

    def replaced(*_: object) -> None:
        raise AssertionError("this process would have become JupyterLab")

    monkeypatch.setattr(uvicorn.Server, "main_loop", ended)
    monkeypatch.setattr("os.execve", replaced)


def listing(folder: Path) -> dict[str, str]:
    """Return path → what is there, for everything but what may be deleted at any time."""
    found = {}
    for path in sorted(folder.rglob("*")):
        if "work" in path.relative_to(folder).parts or path.name in LEDGERS_OWN:
            continue
        mode = path.lstat().st_mode
        what = str(path.readlink()) if stat.S_ISLNK(mode) else str(stat.S_IFMT(mode))
        if stat.S_ISREG(mode):
            what = hashlib.sha256(path.read_bytes()).hexdigest()
        found[str(path)] = f"{what} {stat.S_IMODE(mode):o}"
    return found


@pytest.mark.parametrize("wrong", TABLE, ids=lambda wrong: wrong.name)
def test_a_wrong_input_is_one_sentence_and_changes_nothing(wrong: Wrong, place: Place, taken: int) -> None:
    wrong.prepare(place)
    filled = {"{w}": place.workspace, "{e}": place.export, "{t}": place.folder, "{taken}": taken}
    words, told = list(wrong.words), list(wrong.told)
    for name, value in filled.items():
        words = [word.replace(name, str(value)) for word in words]
        told = [word.replace(name, str(value)) for word in told]
    before = listing(place.folder)

    result = migkit(*words, **dict(wrong.environ))

    said = [line for line in result.stderr.splitlines() if line.startswith(("migkit: ", "Error: "))]
    assert (result.exit_code, len(said)) == (2, 1), (result.exit_code, result.stderr, result.exception)
    assert all(word in said[0] for word in told), said
    assert "Traceback" not in result.output
    assert SECRET not in result.output and PATIENT not in result.output
    after = listing(place.folder)
    assert after == before, {path: what for path, what in after.items() if before.get(path) != what}


def test_the_table_is_long_enough() -> None:
    """At least 120 inputs, each once."""
    assert len({wrong.name for wrong in TABLE}) == len(TABLE) >= 120
