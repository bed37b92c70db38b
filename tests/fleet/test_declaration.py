"""FLEET.toml: what a fleet is, and what cannot be one."""

from __future__ import annotations

from pathlib import Path

import pytest

from migkit.fleet import read_fleet
from migkit.model.errors import DataError, UsageError
from migkit.workspace import Settings, Workspace


def workspace(folder: Path, name: str, *, url: str = "", token: str = "") -> Path:
    """A workspace that names its token, or has an account of its own by its address."""
    target = url or f"https://{name}.pipedrive.com"
    return Workspace.create(folder / name, Settings(name, "Australia/Sydney", "AUD", target, "growth", 1, 20, {}, token=token)).path


def declared(folder: Path, text: str) -> Path:
    path = folder / "FLEET.toml"
    path.write_text(text)
    return path


def test_what_is_not_said_has_a_default(tmp_path: Path) -> None:
    """A list of workspaces is enough; paths are relative to the file; deltas and rollbacks are nobody's default."""
    for name in ("acme", "bondi"):
        workspace(tmp_path, name)
    rest = 'group = "core"\nanalyst = "Mia"\nsteps = ["load", "audit"]\n'
    fleet = read_fleet(declared(tmp_path, f'[[practice]]\nworkspace = "acme"\n[[practice]]\nworkspace = "./bondi"\n{rest}'))
    acme, bondi = fleet.practices
    assert (fleet.workers, fleet.cluster, fleet.lease_s) == (2, "", 60.0)
    assert acme.workspace == (tmp_path / "acme").resolve() and (acme.name, acme.group, acme.analyst) == ("acme", "", "")
    assert [step[:2] for step in acme.steps] == ["10", "20", "25", "30", "40", "50", "70", "90"]
    assert (bondi.group, bondi.analyst, bondi.steps) == ("core", "Mia", ("10_audit", "50_load"))


WRONG = {
    "no practices": ("[fleet]\nworkers = 2\n", "practice"),
    "no workers": ('[fleet]\nworkers = 0\n[[practice]]\nworkspace = "acme"\n', "workers"),
    "an unknown setting": ('[[practice]]\nworkspace = "acme"\ntoken = "5ec7e7"\n', "token"),
    "a workspace that is none": ('[[practice]]\nworkspace = "nowhere"\n', "nowhere is not a migkit workspace"),
    "a workspace twice": ('[[practice]]\nworkspace = "acme"\n[[practice]]\nworkspace = "acme/"\n', "the workspace .*acme is that of two"),
    "an unknown step": ('[[practice]]\nworkspace = "acme"\nsteps = ["fly"]\n', "no step 'fly'"),
    "no TOML": ("[[practice\n", "not valid TOML"),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_cannot_be_a_fleet_is_one_sentence(tmp_path: Path, name: str) -> None:
    """It names what is wrong and says that nothing was done; no value is repeated."""
    workspace(tmp_path, "acme")
    text, said = WRONG[name]
    with pytest.raises((DataError, UsageError), match=said) as refused:
        read_fleet(declared(tmp_path, text))
    assert "5ec7e7" not in str(refused.value)


def test_no_two_practices_share_a_token(tmp_path: Path) -> None:
    """Neither by name nor by the address under which the keyring keeps it; and one that has no own is not opened by whatever is set."""
    both = '[[practice]]\nworkspace = "acme"\n[[practice]]\nworkspace = "bondi"\n'
    workspace(tmp_path, "acme", token="ONE_TOKEN")
    workspace(tmp_path, "bondi", token="ONE_TOKEN")
    with pytest.raises(UsageError, match="the token ONE_TOKEN is that of two practices"):
        read_fleet(declared(tmp_path, both))
    (other := tmp_path / "other").mkdir()
    for name in ("acme", "bondi"):
        workspace(other, name, url="https://acme.pipedrive.com")
    with pytest.raises(UsageError, match=r"the token acme.pipedrive.com is that of two practices"):
        read_fleet(declared(other, both))
    (local := tmp_path / "local").mkdir()
    workspace(local, "acme", url="http://127.0.0.1:8765")
    with pytest.raises(UsageError, match="names no token of its own"):
        read_fleet(declared(local, '[[practice]]\nworkspace = "acme"\n'))


def test_no_two_practices_share_the_store_of_a_ledger(tmp_path: Path) -> None:
    """One would go on with the other's."""
    both = '[[practice]]\nworkspace = "acme"\n[[practice]]\nworkspace = "bondi"\n'
    for name, end in (("acme", ""), ("bondi", "/")):
        place = workspace(tmp_path, name) / "migration.toml"
        place.write_text(f'{place.read_text()}\n[ledger]\nstore = "s3://bucket/acme{end}"\n')
    with pytest.raises(UsageError, match="the ledger's store s3://bucket/acme is that of two practices"):
        read_fleet(declared(tmp_path, both))
