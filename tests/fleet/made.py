"""Made-up practices of one layout, each with an account of its own in one sandbox; every decision is made, nothing is loaded."""

from __future__ import annotations

import json
import secrets
import shutil
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import httpx
import pytest

from migkit.migration import BEFORE_SAMPLE
from migkit.sandbox import Sandbox, SandboxConfig
from migkit.steps import Migration
from migkit.steps.approvals import approve_gate
from migkit.steps.bulk_confirm import confirm_proposals
from migkit.steps.sample_diff import load_sample
from migkit.workspace import Settings, Workspace

ACCOUNT = {
    "company": "Practice",
    "users": [{"name": "Front", "email": "front@example.com", "is_admin": True, "active": True}],
    "currencies": ["AUD"],
}
HTTP = httpx.Client(verify=False, timeout=60)  # loopback alone
NAMES = ("Ann Lee", "Bo Ng", "Cy Fox", "Di Ray", "Ed Poe", "Flo Orr", "Gus Ito", "Hal Abe")


def export(folder: Path, patients: int) -> Path:
    """Write patients with a visit each."""
    folder.mkdir(parents=True)
    lines = ["Patient ID,First Name,Last Name,Date of Birth,Mobile,Suburb"]
    visits = ["Appointment ID,Patient ID,Start,Duration (min),Status,Provider"]
    for number in range(1, patients + 1):
        first, last = NAMES[number % 8].split()
        born = f"{number % 27 + 1:02d}/{number // 27 % 12 + 1:02d}/{1940 + number % 61}"
        lines.append(f"{number},{first},{last}{chr(97 + number % 26)}{chr(97 + number // 26 % 26)},{born},04{number:08d},Newtown")
        visits.append(f"{number},{number},{number % 27 + 1:02d}/10/2026 09:00,30,Completed,Dr Jo Park")
    (folder / "Patients.csv").write_text("\n".join(lines) + "\n")
    (folder / "Appointments.csv").write_text("\n".join(visits) + "\n")
    return folder


@dataclass(frozen=True)
class Made:
    """Practices ready to be loaded, and where they go."""

    sandbox: Sandbox
    fleet_file: Path
    accounts: dict[Path, int]
    """Workspace → number of its account."""
    tokens: dict[str, str]
    """Variable → token."""

    def records(self, workspace: Path, path: str, api: str = "v2") -> list[dict[str, Any]]:
        """Return what stands in a practice's account, by plain HTTP."""
        found: list[dict[str, Any]] = []
        params: dict[str, Any] = {"limit": 500}
        while True:
            answer = HTTP.get(f"{self.sandbox.url}/api/{api}/{path}", params=params, headers={"x-api-token": self.token(workspace)})
            body = answer.raise_for_status().json()
            found += body["data"] or []
            params["cursor"] = (body.get("additional_data") or {}).get("next_cursor")
            if not params["cursor"]:
                return found

    def token(self, workspace: Path) -> str:
        return self.tokens[Workspace.open(workspace).settings.token]

    def stands(self, workspace: Path) -> dict[str, Counter[str]]:
        """Return names of persons and sources of activities in a practice's account, each with how often it stands there."""
        visits = self.records(workspace, "activities")
        return {
            "persons": Counter(person["name"] for person in self.records(workspace, "persons")),
            "visits": Counter(line for visit in visits for line in visit["note"].replace("<", "\n").splitlines() if "Source:" in line),
        }

    def assert_loaded_once(self, workspace: Path, patients: int) -> None:
        """Every patient and every visit stands there once."""
        for kind, found in self.stands(workspace).items():
            assert len(found) == patients and set(found.values()) == {1}, (workspace.name, kind, found)

    def writes(self, workspace: Path) -> int:
        """Return how many writing requests a practice's account has seen."""
        log = HTTP.get(f"{self.sandbox.url}/_sandbox/requests", params={"account": self.accounts[workspace]}).json()
        return sum(entry["method"] not in ("GET", "HEAD") for entry in log)


@dataclass(frozen=True)
class Layout:
    """One practice with every decision made, to be copied, and the sandbox that accounts are made in."""

    sandbox: Sandbox
    first: Path
    patients: int

    def copies(self, folder: Path, practices: int, patch: pytest.MonkeyPatch, *, fleet: str) -> Made:
        """Return practices `p1`, `p2`, … each with an account of its own. `fleet`: lines of the [fleet] table."""
        tokens, places = dict[str, str](), []
        for number in range(1, practices + 1):
            place, variable = folder / f"p{number}", f"P{number}_TOKEN"
            shutil.copytree(self.first, place)
            settings = place / "migration.toml"
            settings.write_text(settings.read_text().replace("FIRST_TOKEN", variable))
            tokens[variable] = secrets.token_hex(20)
            given = {"account": ACCOUNT, "token": tokens[variable], "plan": "ultimate"}
            answer = HTTP.post(f"{self.sandbox.url}/_sandbox/accounts", json=given)
            places.append((place, answer.raise_for_status().json()["account"]))
            patch.setenv(variable, tokens[variable])
        patch.delenv("PIPEDRIVE_API_TOKEN", raising=False)
        lines = "".join(f'[[practice]]\nworkspace = "{place.name}"\nanalyst = "Kim"\nsteps = ["load"]\n' for place, _ in places)
        (folder / "FLEET.toml").write_text(f"[fleet]\n{fleet}\n{lines}")
        return Made(self.sandbox, folder / "FLEET.toml", dict(places), tokens)


@contextmanager
def layout(folder: Path, patients: int, **config: Any) -> Iterator[Layout]:
    """Make a practice, decide everything, and serve a sandbox for it."""
    (folder / "account.json").write_text(json.dumps(ACCOUNT))
    limits = {"plan": "ultimate", "burst_limit": False, "daily_limit": False, "record_bodies": False} | config
    with Sandbox(SandboxConfig(seed_file=folder / "account.json", **limits)) as sandbox, pytest.MonkeyPatch.context() as patch:
        patch.setenv("FIRST_TOKEN", sandbox.token)
        yield Layout(sandbox, decided(folder / "first", export(folder / "export", patients), sandbox.url), patients)


def decided(place: Path, received: Path, url: str) -> Path:
    """Return a workspace with every gate approved, the sample's too, and nothing in its ledger."""
    workspace = Workspace.create(place, Settings("Acme Dental", "Australia/Sydney", "AUD", url, "ultimate", 1, 20, {}, token="FIRST_TOKEN"))
    workspace.add_snapshot(received, taken=date(2026, 11, 1))
    confirm_proposals(workspace.path, at_least=0, by="Kim")
    workspace.write_decision("owners", {"version": 1, "fallback": {"user": "front@example.com", "by": "Kim"}})
    for gate in BEFORE_SAMPLE:
        approve_gate(workspace.path, gate, by="Kim", note="a test")
    load_sample(Migration.open(workspace.path), run_id="sample")
    approve_gate(workspace.path, "sample", by="Kim")
    shutil.rmtree(workspace.runs)
    for path in (*place.glob(f"{workspace.ledger.name}*"), workspace.audit_log):
        path.unlink()
    return place
