"""What a run left: its original rows with the reason, loadable as they are, and tried again alone."""

from __future__ import annotations

import csv
from pathlib import Path

from migkit.load import ApplyResult, Change, Failure, Op
from migkit.model.errors import TerminalError
from migkit.model.messages import Message
from migkit.model.objects import ObjectType
from migkit.source import read_export
from migkit.steps.skipped import failed_only, write_skipped
from tests.load.practice import changed, plan
from tests.load.world import World

WAITS = Message.of("link-waits", link="person_id", key="patient:9")
REFUSED = Message.of("refused", words="Pipedrive refused POST persons with 400: name.")


def applied(**rest: object) -> ApplyResult:
    empty: dict[str, object] = {"failures": (), "held": {}, "kept": {}, "notes": (), "stopped": "", "tokens": 0}
    return ApplyResult("run-1", {}, **(empty | rest))  # type: ignore[arg-type]


def test_the_rows_of_what_was_left_come_with_their_reason_and_load_again(tmp_path: Path) -> None:
    """One refused patient of three, one waiting: their rows stand in a file as they came, which is read as rows of the same table."""
    export = tmp_path / "export"
    export.mkdir()
    (export / "patients.csv").write_text('PatNum,Name,Phone\n1,Ann,0412\n2,Bob,0413\n3,"Cy, Jr",0414\n')
    raw = read_export(export)
    rows = {"patients.csv:2": "patient:1", "patients.csv:3": "patient:2", "patients.csv:4": "patient:3"}
    left = applied(failures=(Failure("old:3", ObjectType.PERSON, REFUSED),), held={"patient:1": WAITS})
    todo = [Change("old:3", ObjectType.PERSON, Op.CREATE, planned_key="patient:3"), Change("patient:1", ObjectType.PERSON, Op.CREATE)]
    written = write_skipped(left, todo, rows, raw, tmp_path / "skipped")
    assert [path.name for path in written] == ["skipped.csv", "patients.rejects.csv"]
    with written[1].open(encoding="utf-8-sig", newline="") as file:
        read = list(csv.DictReader(file))
    assert [(row["PatNum"], row["Name"], row["Phone"], row["reject_code"]) for row in read] == [
        ("1", "Ann", "0412", "link-waits"), ("3", "Cy, Jr", "0414", "refused"),
    ]  # fmt: skip
    with written[0].open(newline="") as file:
        assert [(row["key"], row["code"]) for row in csv.DictReader(file)] == [("old:3", "refused"), ("patient:1", "link-waits")]


def test_where_nothing_was_left_nothing_is_written(tmp_path: Path) -> None:
    """A clean run leaves no skip file."""
    (tmp_path / "export").mkdir()
    (tmp_path / "export" / "patients.csv").write_text("PatNum,Name\n1,Ann\n")
    assert write_skipped(applied(), [], {}, read_export(tmp_path / "export"), tmp_path / "skipped") == []
    assert not (tmp_path / "skipped").exists()


def test_only_what_failed_or_waited_is_tried_again(tmp_path: Path) -> None:
    """One person is refused, its lead waits, another person's name changed since: only the first two are in the second try."""
    world = World(tmp_path)
    create = world.client.create

    async def refusing(object: ObjectType, body: dict[str, object], **rest: object) -> dict[str, object]:
        if body.get("name") == "Pat Number3":
            raise TerminalError("Pipedrive refused POST persons with 400.", status=400)
        return await create(object, body, **rest)

    world.client.create = refusing
    world.apply(plan())
    world.client.create = create
    from migkit.load import diff

    todo = diff(changed(plan(), "patient:1", name="Pat Renamed"), world.ledger)
    assert [change.key for change in failed_only(todo, world.ledger)] == ["patient:3", "lead:1"]
    assert {change.key for change in todo if change.op is Op.UPDATE} == {"patient:1"}
