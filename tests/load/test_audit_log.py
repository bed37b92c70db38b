"""The audit log: what was written and on whose approval, without values, so sealed that a change shows."""

from __future__ import annotations

from pathlib import Path

import pytest

from migkit.load import AuditLog
from migkit.load.ledger import _write
from migkit.model.errors import DataError

from .practice import changed, plan
from .test_crash import INSTANTS, kill_at, survive
from .world import World

APPROVAL = {"gate": "sample", "by": "Kim", "at": "2026-03-01T09:00:00", "subject": "sample:abc", "note": "Pat looks fine"}


def logged(world: World) -> AuditLog:
    log = AuditLog(world.folder / "audit.jsonl")
    log.began(f"run-{world.runs + 1}", "load", "2026-03-01T10:00:00", [APPROVAL])
    return log


def test_every_write_is_in_it_once_with_its_approval_and_no_value(world: World) -> None:
    """Two loads: each write once, in order, with key, id, status and tokens; names, numbers and notes appear nowhere."""
    log = logged(world)
    world.apply(plan())
    assert log.follow(world.ledger) == 20 and log.follow(world.ledger) == 0
    world.apply(changed(plan(), "patient:1", name="Pat Renamed"))
    assert log.follow(world.ledger) == 1
    lines = list(log.lines())
    assert lines[0]["approvals"] == [{name: APPROVAL[name] for name in ("gate", "by", "at", "subject")}]
    assert [line["write"] for line in lines[1:]] == list(range(1, 22))
    last = lines[-1]
    assert (last["key"], last["operation"], last["fields"], last["tokens"]) == ("patient:1", "update", ["name"], 5)
    text = log.path.read_text()
    assert not any(value in text for value in ("Pat Number", "Pat Renamed", "mail.example", "+61412", "All well", "Crown"))
    assert log.path.stat().st_mode & 0o777 == 0o600


def test_what_a_killed_run_wrote_follows_once_its_outcome_is_known(world: World) -> None:
    """A write without an outcome waits for the run that settles it; nothing is left out or doubled."""
    log = logged(world)
    kill_at(world, 15, INSTANTS[1])
    with pytest.raises(BaseException):  # noqa: B017
        world.apply(plan())
    survive(world)
    log.follow(world.ledger)
    world.apply(plan())
    log.follow(world.ledger)
    writes = [line["write"] for line in log.lines() if line["kind"] == "write"]
    assert writes == [write.id for write in world.ledger.writes()]


def test_what_is_told_is_not_read_again(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a ledger of a hundred thousand writes a run that writes one more reads that one."""
    log = logged(world)
    world.apply(plan())
    log.follow(world.ledger)
    world.apply(changed(plan(), "patient:1", name="Pat Renamed"))
    read: list[int] = []
    monkeypatch.setattr("migkit.load.ledger._write", lambda row: read.append(row[0]) or _write(row))
    log.follow(world.ledger)
    log.follow(world.ledger)
    assert read == [21]


def test_a_line_says_what_was_written_where_and_when(world: World) -> None:
    """Every line has the same names; the moment is that of the answer, the id the target's own, the state that of the write."""
    log = logged(world)
    world.apply(plan())
    log.follow(world.ledger)
    lines = {line["write"]: line for line in log.lines() if line["kind"] == "write"}
    for write in world.ledger.writes():
        line = lines[write.id]
        assert sorted(line) == sorted(
            ["kind", "write", "run", "at", "object", "key", "operation", "target_id", "fields", "state", "status", "tokens", "body_sha256"]
        )
        assert line["at"] == write.answered_at and line["at"] > write.intended_at[:10]
        assert (line["target_id"], line["state"], line["run"]) == (write.target_id, "succeeded", write.run)


@pytest.mark.parametrize("change", ["a value", "a line taken out", "a line put between", "no JSON"])
def test_a_change_shows(world: World, change: str) -> None:
    """Whatever was changed, the first line that does not fit is named."""
    log = logged(world)
    world.apply(plan())
    log.follow(world.ledger)
    lines = log.path.read_text().splitlines()
    if change == "a value":
        lines[3] = lines[3].replace('"tokens":', '"tokens":1')
    elif change == "a line taken out":
        del lines[3]
    elif change == "a line put between":
        lines.insert(3, lines[2])
    else:
        lines[3] = "nothing"
    log.path.write_text("\n".join(lines) + "\n")
    with pytest.raises(DataError, match=r"audit.jsonl, line 4.*changed"):
        list(log.lines())


def test_another_ledger_goes_on_in_the_same_log(tmp_path: Path) -> None:
    """A rebuilt ledger counts its writes anew: they are logged too, under their own run."""
    log = AuditLog(tmp_path / "audit.jsonl")
    for number in (1, 2):
        world = World(tmp_path / str(number))
        world.runs = number * 10
        world.apply(plan())
        assert log.follow(world.ledger) == 20
    assert len(list(log.lines())) == 40
