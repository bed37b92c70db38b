"""The bytes of an upload: a file as it is, or a ZIP that is made when it is sent."""

from __future__ import annotations

import hashlib
import io
import zipfile
from pathlib import Path

import pytest

from migkit.load.bind import UnboundError
from migkit.load.records import file_content
from migkit.model.errors import DataError
from migkit.model.objects import ObjectType
from migkit.model.records import DesiredRecord


@pytest.fixture
def held(tmp_path: Path) -> dict[str, Path]:
    """sha256 → file, of two files."""
    found = {}
    for name, content in (("a.png", b"first"), ("b.png", b"second")):
        (tmp_path / name).write_bytes(content)
        found[hashlib.sha256(content).hexdigest()] = tmp_path / name
    return found


def packed(digests: list[str]) -> DesiredRecord:
    members = [[digest, f"{number} (X-ray).png"] for number, digest in enumerate(digests)]
    return DesiredRecord(
        "files:attachment:1", ObjectType.FILE, {"path": "x.zip", "sha256": "of all", "file_name": "x.zip", "members": members}
    )


def test_a_zip_holds_its_files_under_their_names_and_is_the_same_each_time(held: dict[str, Path]) -> None:
    """Read by another library's eyes: names, contents, order; two makings are equal to the byte."""
    content = file_content(held.get, packed(list(held)))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        assert [(name, archive.read(name)) for name in archive.namelist()] == [("0 (X-ray).png", b"first"), ("1 (X-ray).png", b"second")]
    assert file_content(held.get, packed(list(held))) == content


def test_a_file_of_a_zip_that_is_gone_or_changed_stops_it(held: dict[str, Path]) -> None:
    """Gone: the record waits; changed: the plan has to be made anew. Nothing half is sent."""
    digests = list(held)
    held[digests[1]].write_bytes(b"other")
    with pytest.raises(DataError, match="changed since the plan was made"):
        file_content(held.get, packed(digests))
    held[digests[1]].unlink()
    with pytest.raises(UnboundError):
        file_content(held.get, packed(digests))
