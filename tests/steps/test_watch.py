"""Watching a folder for later exports: what is complete, what is approved in advance, what waits; killed and started again."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from migkit.load import Change, Op
from migkit.migration import BEFORE_SAMPLE, covered
from migkit.model.errors import DataError, GateClosed, UsageError
from migkit.model.objects import ObjectType
from migkit.sandbox import Sandbox, SandboxConfig
from migkit.steps import Migration
from migkit.steps.approvals import approve_gate
from migkit.steps.bulk_confirm import confirm_proposals
from migkit.steps.delta import look_at_delta
from migkit.steps.load import load
from migkit.steps.sample_diff import load_sample
from migkit.steps.watch import Landing, watch
from migkit.workspace import Settings, Workspace
from tests.http_client import HTTP

PATIENTS = """Patient ID,First Name,Last Name,Date of Birth,Mobile,Suburb
1,Ann,Lee,01/02/1980,0412 345 671,Newtown
2,Bo,Ng,03/04/1990,0412 345 672,Glebe
3,Cy,Fox,05/06/1970,0412 345 673,Enmore
"""
APPOINTMENTS = "Appointment ID,Patient ID,Start,Duration (min),Status,Provider\n10,1,20/10/2026 09:00,30,Completed,Dr Jo Park\n"
ACCOUNT = {
    "company": "Acme",
    "users": [{"name": "Front", "email": "front@example.com", "is_admin": True, "active": True}],
    "currencies": ["AUD"],
}
IN_ADVANCE = {"by": "Kim", "note": "two days", "approved": [{"object": "activity", "operation": "create", "at_most": 2}]}


class Hours:
    """A clock that moves when somebody sleeps; `then` is done at each sleep."""

    def __init__(self, *then: Callable[[], object]) -> None:
        self.now, self.then = datetime(2026, 11, 9, 12, 0, tzinfo=ZoneInfo("Australia/Sydney")).timestamp(), list(then)

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds
        if self.then:
            self.then.pop(0)()


def put(folder: Path, name: str, patients: str = PATIENTS, appointments: str = APPOINTMENTS, day: int = 9) -> Path:
    """Write an export of a day of November."""
    export = folder / name
    export.mkdir(parents=True, exist_ok=True)
    for file, text in (("Patients.csv", patients), ("Appointments.csv", appointments)):
        (export / file).write_text(text)
        os.utime(export / file, (datetime(2026, 11, day).timestamp(),) * 2)
    return export


# -- when an export is complete --------------------------------------------------------------------------------------


def test_an_export_is_complete_when_nothing_changed_for_a_while(tmp_path: Path) -> None:
    """Still growing, it waits from its last change on; it is given once, and again only when it is another one."""
    landing, export = Landing(tmp_path, settle_s=60), put(tmp_path, "one")
    assert landing.complete(0) == [] and landing.complete(59) == []
    (export / "Patients.csv").write_text(PATIENTS + "4,Di,Orr,07/08/1960,0412 345 674,Glebe\n")
    assert landing.complete(61) == [] and landing.complete(120) == [] and landing.complete(121) == [export]
    assert landing.complete(999) == []
    (export / "Patients.csv").write_text(PATIENTS)
    assert landing.complete(1000) == [] and landing.complete(1060) == [export]


def test_a_file_beside_it_says_that_it_is_complete(tmp_path: Path) -> None:
    """Folders and zips alike, however long nothing changed before; loose files and hidden folders are no exports."""
    landing, export = Landing(tmp_path, settle_s=60, done=".done"), put(tmp_path, "one")
    (tmp_path / "two.zip").write_bytes(b"PK")
    (tmp_path / "notes.txt").write_text("x")
    put(tmp_path, ".partial")
    assert landing.complete(0) == [] and landing.complete(9999) == []
    (tmp_path / "one.done").touch()
    assert landing.complete(9999) == [export]
    (tmp_path / "two.zip.done").touch()
    assert landing.complete(9999) == [tmp_path / "two.zip"]


# -- what is approved in advance -------------------------------------------------------------------------------------


def change(object: ObjectType, op: Op, number: int) -> Change:
    return Change(f"{object}:{number}", object, op)


def test_a_class_is_covered_up_to_its_number_and_deletions_never() -> None:
    """One more than was approved, and none of the class is written; what writes nothing is neither covered nor waiting."""
    made = [change(ObjectType.ACTIVITY, Op.CREATE, n) for n in range(3)]
    changed = [change(ObjectType.ACTIVITY, Op.UPDATE, 9)]
    gone, skipped = [change(ObjectType.NOTE, Op.DELETE, 1)], [change(ObjectType.DEAL, Op.SKIP, 1)]
    todo = [*made, *changed, *gone, *skipped]
    assert covered(todo, {("activity", "create"): 3}) == (made, [*changed, *gone])
    assert covered(todo, {("activity", "create"): 2}) == ([], [*made, *changed, *gone])
    assert covered(todo, {}) == ([], [*made, *changed, *gone])


@pytest.mark.parametrize(
    "approved", [{"object": "note", "operation": "delete", "at_most": 9}, {"object": "note", "operation": "create", "at_most": 0}]
)
def test_what_cannot_be_approved_in_advance_is_refused(tmp_path: Path, approved: dict[str, object]) -> None:
    """A deletion, and a number that is none: the file is not written."""
    workspace = Workspace.create(tmp_path / "acme", Settings("Acme", "Australia/Sydney", "AUD", "http://127.0.0.1:1", "growth", 1, 20, {}))
    with pytest.raises(DataError, match="watch"):
        workspace.write_decision("watch", {"by": "Kim", "approved": [approved]})


def test_a_folder_that_is_none_is_said(tmp_path: Path) -> None:
    workspace = Workspace.create(tmp_path / "acme", Settings("Acme", "Australia/Sydney", "AUD", "http://127.0.0.1:1", "growth", 1, 20, {}))
    workspace.add_snapshot(put(tmp_path, "first"))
    with pytest.raises(UsageError, match="is no folder"):
        watch(workspace.path, tmp_path / "drop", say=print)


# -- from the folder into Pipedrive ----------------------------------------------------------------------------------


@pytest.fixture
def loaded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Workspace, Sandbox]]:
    """Three patients and a visit, every gate approved, loaded into a sandbox."""
    (tmp_path / "account.json").write_text(json.dumps(ACCOUNT))
    config = SandboxConfig(seed_file=tmp_path / "account.json", plan="ultimate", burst_limit=False, daily_limit=False)
    with Sandbox(config) as sandbox:
        monkeypatch.setenv("PIPEDRIVE_API_TOKEN", sandbox.token)
        settings = Settings("Acme Dental", "Australia/Sydney", "AUD", sandbox.url, "ultimate", 1, 20, {})
        workspace = Workspace.create(tmp_path / "acme", settings)
        workspace.add_snapshot(put(tmp_path, "first", day=1), taken=date(2026, 11, 1))
        confirm_proposals(workspace.path, at_least=0, by="Kim")
        workspace.write_decision("owners", {"version": 1, "fallback": {"user": "front@example.com", "by": "Kim"}})
        for gate in BEFORE_SAMPLE:
            approve_gate(workspace.path, gate, by="Kim", note="a test")
        load_sample(Migration.open(workspace.path), run_id="sample")
        approve_gate(workspace.path, "sample", by="Kim")
        assert not load(Migration.open(workspace.path), run_id="load").failures
        yield workspace, sandbox


def names(sandbox: Sandbox, path: str, field: str) -> list[str]:
    answer = HTTP.get(f"{sandbox.url}/api/v2/{path}?limit=500", headers={"x-api-token": sandbox.token})
    return sorted(record[field] for record in answer.json()["data"])


def beside(workspace: Workspace) -> list[list[object]]:
    """What `60_delta` shows beside each other: object, operation, records, approved in advance up to, waiting."""
    seen = look_at_delta(Migration.open(workspace.path), "looked")
    assert seen is not None and seen.in_advance is not None
    return list(seen.in_advance.to_numpy().tolist())


def test_what_is_approved_in_advance_is_written_and_the_rest_waits(tmp_path: Path, loaded: tuple[Workspace, Sandbox]) -> None:
    """Killed after a take-in, it goes on, and nothing is written twice. Then a visit more and a name changed: the visit is written by
    itself, no load goes around the rest, and the name follows when somebody approved it while the watch goes on."""
    workspace, sandbox = loaded
    workspace.write_decision("watch", IN_ADVANCE)
    drop, said = tmp_path / "drop", list[str]()
    drop.mkdir()

    def watched(hours: Hours, minutes: int) -> str:
        said.clear()
        until, rest = datetime(2026, 11, 9, 12, minutes), {"clock": hours, "sleep": hours.sleep}
        watch(workspace.path, drop, say=said.append, until=until, every_s=60, settle_s=60, **rest)
        return "\n".join(said)

    before = len(names(sandbox, "activities", "subject"))
    visits = APPOINTMENTS + "11,2,05/11/2026 10:30,45,Completed,Dr Jo Park\n"
    workspace.add_snapshot(put(tmp_path, "later", appointments=visits, day=8))
    assert beside(workspace) == [["activity", "create", 1, 2, 0]]
    for _ in range(2):
        watched(Hours(), 0)
        assert len(names(sandbox, "activities", "subject")) == before + 1
    assert Migration.open(workspace.path).inputs.merged == ["02-2026-11-08"]

    friday = PATIENTS.replace("Cy,Fox", "Cyril,Fox"), visits + "12,1,06/11/2026 10:30,45,Completed,Dr Jo Park\n"
    text = watched(Hours(lambda: put(drop, "friday", *friday)), 5)
    assert "friday: taken in as 03-2026-11-09" in text and "create 1 record (1 activity)" in text
    assert "for you (update" in text and "migkit approve" in text
    assert beside(workspace) == [["person", "update", 1, 0, 1]]
    assert len(names(sandbox, "activities", "subject")) == before + 2
    assert [name for name in names(sandbox, "persons", "name") if "Fox" in name] == ["Cy Fox"]
    with pytest.raises(GateClosed):
        load(Migration.open(workspace.path), run_id="around")
    assert Migration.open(workspace.path).inputs.merged == ["02-2026-11-08"]
    text = watched(Hours(lambda: approve_gate(workspace.path, "delta", by="Jo")), 3)
    assert text.count("for you (update") == 1 and "written as approved" in text
    assert [name for name in names(sandbox, "persons", "name") if "Fox" in name] == ["Cyril Fox"]
    assert watched(Hours(), 2).splitlines()[1:] == ["friday: the same files as 03-2026-11-09, which is here already."]
