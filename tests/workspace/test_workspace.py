"""A workspace keeps what was received and decided, and opens a gate only for what was approved."""

from __future__ import annotations

import os
import zipfile
from dataclasses import replace
from datetime import date

import pytest

from migkit.model.errors import DataError, UsageError
from migkit.workspace import Settings, Workspace

SETTINGS = Settings("Acme Dental", "Australia/Sydney", "AUD", "http://127.0.0.1:1", "growth", 3, 20, {})


@pytest.fixture
def workspace(tmp_path):
    return Workspace.create(tmp_path / "acme", SETTINGS)


@pytest.fixture
def export(tmp_path):
    folder = tmp_path / "export"
    (folder / "sub").mkdir(parents=True)
    (folder / "patients.csv").write_text("id\n1\n")
    (folder / "sub" / "x.png").write_bytes(b"x")
    return folder


def test_settings_survive_opening_again(workspace):
    """What was given at creation is what is read later."""
    assert Workspace.open(workspace.path).settings == SETTINGS


def test_where_a_ledger_lies_is_a_setting(tmp_path):
    """On a store, with copies on a disk of this machine: the workspace's own where no other is named; no password in an address."""
    on_store = replace(SETTINGS, store="s3://bucket/acme", copies="/scratch/acme")
    stored = Workspace.create(tmp_path / "stored", on_store)
    assert Workspace.open(stored.path).settings == on_store and str(stored.ledger_copies) == "/scratch/acme"
    plain = Workspace.create(tmp_path / "plain", replace(on_store, copies=""))
    assert Workspace.open(plain.path).ledger_copies == plain.path / "work" / "ledger"
    settings = plain.path / "migration.toml"
    settings.write_text(settings.read_text().replace("s3://", "s3://key:secret@"))
    with pytest.raises(DataError, match=r"ledger › store must be written like s3://bucket/acme"):
        Workspace.open(plain.path)


def test_how_much_memory_may_be_taken_is_a_setting(tmp_path):
    """As it is written; half of the machine's where nothing is said; a size without a unit is refused."""
    some = Workspace.create(tmp_path / "some", replace(SETTINGS, memory="1.5 GB"))
    assert Workspace.open(some.path).settings.memory_bytes == 1_500_000_000
    machine = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    assert 0 < SETTINGS.memory_bytes <= machine / 2
    settings = some.path / "migration.toml"
    settings.write_text(settings.read_text().replace("1.5 GB", "1500"))
    with pytest.raises(DataError, match=r"machine › memory must be written like 8 GB"):
        Workspace.open(some.path)


def test_creating_twice_is_safe_and_other_settings_are_refused(workspace):
    """The same settings open the same workspace; others are a mistake that changes nothing."""
    assert Workspace.create(workspace.path, SETTINGS).settings == SETTINGS
    with pytest.raises(UsageError, match="other settings"):
        Workspace.create(workspace.path, replace(SETTINGS, seats=9))
    assert Workspace.open(workspace.path).settings.seats == 3


def test_a_snapshot_is_read_only_hashed_and_not_taken_twice(workspace, export):
    """The same bytes again, as a folder or as a zip, are the same snapshot."""
    first = workspace.add_snapshot(export, taken=date(2026, 5, 1))
    bundle = export.parent / "export.zip"
    with zipfile.ZipFile(bundle, "w") as archive:
        for name in first.files:
            archive.write(export / name, name)

    assert set(first.files) == {"patients.csv", "sub/x.png"}
    assert not (first.path / "patients.csv").stat().st_mode & 0o222
    assert workspace.add_snapshot(bundle) == first
    assert [s.name for s in workspace.snapshots()] == [first.name]


@pytest.mark.parametrize("name", ["missing", "empty"])
def test_an_export_without_files_is_refused(workspace, tmp_path, name):
    """A missing or empty folder is one sentence and leaves no snapshot behind."""
    (tmp_path / "empty").mkdir()

    with pytest.raises(UsageError, match=name if name == "missing" else "holds no files"):
        workspace.add_snapshot(tmp_path / name)
    assert workspace.snapshots() == []


def test_a_gate_opens_for_its_subject_only(workspace):
    """Approved for one hash it is not approved for another; the newest approval counts."""
    assert not workspace.is_approved("mapping", "aaa")
    workspace.approve("mapping", "aaa", "Kim", "looked at all")
    assert workspace.is_approved("mapping", "aaa") and not workspace.is_approved("mapping", "bbb")
    workspace.approve("mapping", "bbb", "Kim")
    assert not workspace.is_approved("mapping", "aaa")


def test_a_decision_that_nobody_declared_is_refused(workspace):
    """Another file name than those declared is a fault of the program's, so that none escapes the inputs."""
    with pytest.raises(ValueError, match="declare it"):
        workspace.write_decision("hunches", {})


def test_a_command_in_a_message_can_be_pasted(tmp_path, monkeypatch):
    """Wherever it is read: absolute, without `..`, and quoted where a folder's name has a space."""
    made = Workspace.create(tmp_path / "Acme Dental", SETTINGS)
    monkeypatch.chdir(made.decisions)
    assert Workspace.open("../../Acme Dental").typed == f"'{tmp_path.resolve()}/Acme Dental'"


def test_broken_decision_file_is_named(workspace):
    """A YAML slip of the pen names the file and loses nothing."""
    (workspace.decisions / "owners.yaml").write_text("a: [")

    with pytest.raises(DataError, match=r"owners\.yaml"):
        workspace.read_decision("owners")


def test_a_key_that_stands_twice_is_refused(workspace):
    """Two answers for one column: neither is taken in silence; the line is named, the value is not."""
    (workspace.decisions / "owners.yaml").write_text(
        "owners:\n  practitioner:2: {user: a@x.example}\n  practitioner:2: {user: b@x.example}\n"
    )
    with pytest.raises(DataError, match=r"owners\.yaml, line 3 .* a second time") as refused:
        workspace.read_decision("owners")
    assert "x.example" not in str(refused.value)


@pytest.mark.parametrize(
    ("change", "message"),
    [({"timezone": "Sydney"}, "time zone"), ({"subscription_plan": "gold"}, "not a Pipedrive plan"), ({"seats": 0}, "seat")],
)
def test_wrong_settings_are_refused(tmp_path, change, message):
    """A wrong zone, plan or seat count is refused before anything is made."""
    with pytest.raises(UsageError, match=message):
        Workspace.create(tmp_path / "w", replace(SETTINGS, **change))
    assert not (tmp_path / "w").exists()


def test_runs_of_one_second_do_not_collide(workspace):
    """Two runs started at once have folders of their own."""
    assert workspace.start_run("50_load").path != workspace.start_run("50_load").path


def _linked(folder):
    (folder / "scan.png").symlink_to("/etc/hostname")


def _linked_folder(folder):
    (folder / "scans").symlink_to("/etc")


def _piped(folder):
    os.mkfifo(folder / "pipe.csv")


@pytest.mark.parametrize(
    ("make", "words"), [(_linked, "link to elsewhere"), (_linked_folder, "link to elsewhere"), (_piped, "device or pipe")]
)
def test_what_is_no_file_of_its_own_is_not_taken_in(workspace, export, make, words):
    """A link would bring a file of this machine into the snapshot, and into the account: the export is refused, nothing is left."""
    make(export)
    with pytest.raises(UsageError, match=words):
        workspace.add_snapshot(export)
    assert workspace.snapshots() == []


@pytest.mark.parametrize("name", ["../out.csv", "/out.csv", "sub/../../out.csv", "C:\\out.csv", "..\\out.csv"])
def test_a_zip_that_reaches_outside_is_not_taken_in(workspace, tmp_path, name):
    """Absolute paths and those that climb out of the folder."""
    bundle = tmp_path / "export.zip"
    with zipfile.ZipFile(bundle, "w") as archive:
        archive.writestr("patients.csv", "Patient ID,Name\n1,Ann\n")
        archive.writestr(zipfile.ZipInfo(name), "x")
    with pytest.raises(UsageError, match="outside of its folder"):
        workspace.add_snapshot(bundle)
    assert workspace.snapshots() == [] and not (tmp_path.parent / "out.csv").exists()


def test_a_link_within_a_zip_is_not_taken_in(workspace, tmp_path):
    """A zip can hold links as well."""
    bundle = tmp_path / "export.zip"
    link = zipfile.ZipInfo("scan.png")
    link.create_system, link.external_attr = 3, 0o120777 << 16
    with zipfile.ZipFile(bundle, "w") as archive:
        archive.writestr(link, "/etc/hostname")
    with pytest.raises(UsageError, match="link to elsewhere"):
        workspace.add_snapshot(bundle)
