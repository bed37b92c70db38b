"""A practice arrives by Pipedrive's own import, through all that goes wrong at an upload, ends as by the API, and is undone."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from openpyxl import Workbook, load_workbook

from migkit.cli import main
from migkit.import_files import parting
from migkit.migration import Migration, import_rounds
from migkit.model.errors import GateClosed
from migkit.steps.adopt import Adopted, adopt
from migkit.steps.approvals import approve_gate
from migkit.steps.delta import merge_delta
from migkit.steps.load import load
from migkit.steps.overview import reasons_of
from migkit.steps.reconcile import compare_with_target
from migkit.steps.rollback import roll_back
from tests.importing import import_file

from .conftest import Journey
from .prepared import KINDS, Practice, standing

pytestmark = pytest.mark.journey


FIRST = 4
"""Rows of a first file, so that a small practice has some."""


def rows(path: Path) -> int:
    return load_workbook(path).worksheets[0].max_row - 1


def located(journey: Journey) -> int:
    """How many appointments have a location."""
    return sum("location" in record.fields for record in Migration.open(journey.workspace).plan.records.values())


def waiting(journey: Journey) -> list[Path]:
    """The files of the round that waits."""
    one = import_rounds.waiting(Migration.open(journey.workspace).workspace)
    assert one is not None
    return [journey.workspace / "imports" / f"round-{one.number}" / file.name for file in one.files]


def listed(journey: Journey) -> dict[str, str]:
    """Key → why, as `plan.csv` says it."""
    migration = Migration.open(journey.workspace)
    todo = migration.changes()
    return dict(zip((change.key for change in todo), reasons_of(migration, todo), strict=True))


def loaded(journey: Journey, run: str, route: str = "") -> Any:
    return load(Migration.open(journey.workspace), run_id=run, route=route)


def rewritten(path: Path, change: Any) -> bytes:
    """The workbook as a person left it: `change` gets its rows, the header first, and returns others."""
    rows = [list(row) for row in load_workbook(path).worksheets[0].iter_rows(values_only=True)]
    book = Workbook()
    for row in change(rows):
        book.worksheets[0].append(row)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def test_by_files_it_ends_as_by_the_api_whatever_happens_on_the_way(
    practice: Practice, unlimited: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Organizations come half (with a skip file in German), persons twice, deals edited by hand and in another order, activities without
    a column that Pipedrive does not offer, of which the first few teach the rest.

    Each is said and mended by the next load; no activity goes by the API but those with that column, no field differs, the account is
    what a load by the API makes of it; a later export changes it as any other, and a rollback leaves nothing of ours.
    """
    monkeypatch.setattr(parting, "FIRST_FROM", 50)
    monkeypatch.setattr(parting, "FIRST_ROWS", FIRST)
    before, by_api = unlimited["before"], unlimited["after"]
    with practice.before(tmp_path / "files", monkeypatch) as journey:
        loaded(journey, "1", "files")
        with pytest.raises(GateClosed, match="waits for somebody"):
            loaded(journey, "too-soon")

        [organizations] = waiting(journey)
        lost = next(row[0].value for row in load_workbook(organizations).worksheets[0].iter_rows(min_row=2))
        done = import_file(journey.sandbox.url, organizations, content=rewritten(organizations, lambda rows: [rows[0], *rows[2:]]))
        assert done.unmapped == () and done.skipped == 0
        skip_file = tmp_path / "Übersprungen.csv"
        skip_file.write_text(
            f"Grund;Organization - Name;Organization - Source_System_ID__c\nName der Organisation muss angegeben werden;;{lost}\n",
            encoding="utf-8",
        )
        said = adopt(journey.workspace, skip_file)
        assert (said.lacking, said.skipped) == ((lost,), {lost: "Name der Organisation muss angegeben werden"})
        assert "in the skip file (Name der Organisation muss angegeben werden 1)" in said.to_text()
        assert any("skipped it: Name der Organisation" in why for why in listed(journey).values())
        assert sum(said.found.values()) == done.counts["organization created"]

        loaded(journey, "2")
        persons, activities, notes = waiting(journey)
        assert rows(activities) == rows(notes) == FIRST
        import_file(journey.sandbox.url, activities, without="Activity - Location")
        import_file(journey.sandbox.url, notes)
        number = import_file(journey.sandbox.url, persons).counts["person created"]
        import_file(journey.sandbox.url, persons, duplicates="separate")
        said = adopt(journey.workspace)
        assert len(said.doubled) == number and "came more than once" in said.to_text()
        copies = {key: why for key, why in listed(journey).items() if key.startswith("doubled:")}
        assert len(copies) == number and all("came once more by an import, as person" in why for why in copies.values())
        assert list(said.differing.values()) == [("location",)] * FIRST
        with pytest.raises(GateClosed, match="nobody decided these deletions"):
            loaded(journey, "3")
        approve_gate(journey.workspace, "changes", by="test")

        counts = loaded(journey, "3").counts
        assert sum(count for (_, what), count in counts.items() if what == "delete") == number
        [deals] = waiting(journey)
        place = [cell.value for cell in load_workbook(deals).worksheets[0][1]].index("Deal - Title")

        def by_hand(rows: list[list[Any]]) -> list[list[Any]]:
            rows[1][place] = "Somebody's own words"
            return [rows[0], *reversed(rows[1:])]

        import_file(journey.sandbox.url, deals, content=rewritten(deals, by_hand))
        said = adopt(journey.workspace)
        assert list(said.differing.values()) == [("title",)]

        loaded(journey, "4")
        for path in waiting(journey):
            assert import_file(journey.sandbox.url, path).skipped == 0
        assert not (said := adopt(journey.workspace)).differing and not said.lacking
        loaded(journey, "5")

        compared = compare_with_target(Migration.open(journey.workspace))
        assert compared.agrees and compared.differing == 0 and compared.adds_up
        assert without_author(standing(journey)) == without_author(by_api)
        assert journey.writes_since(0).count("POST /api/v2/activities") == located(journey) - FIRST

        later = date.fromisoformat(journey.truth["practice"]["later"])
        Migration.open(journey.workspace).workspace.add_snapshot(journey.folder / "practice" / "export_delta", taken=later)
        approve_gate(journey.workspace, "delta", by="test")
        assert not merge_delta(Migration.open(journey.workspace), run_id="delta").failures
        assert compare_with_target(Migration.open(journey.workspace)).differing == 0

        result = roll_back(Migration.open(journey.workspace), preview=False)
        assert result.counts["errored"] == 0 and result.counts["kept"] == 0
        after = standing(journey)
        assert {kind: after[kind] for kind in KINDS} == {kind: before[kind] for kind in KINDS}


def without_author(found: dict[str, Any]) -> dict[str, Any]:
    """What stands there without the author of the notes, which the import is not known to set."""
    notes = {key: {name: value for name, value in note.items() if name != "owner"} for key, note in found["notes"].items()}
    return found | {"notes": notes}


def test_the_door_stops_with_what_to_do(practice: Practice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`run load --route files` ends with exit code 1 and names the page, as `status` does; nothing is undone before somebody looked.

    `adopt` says that nothing arrived.
    """
    with practice.before(tmp_path / "door", monkeypatch) as journey:
        stopped = CliRunner().invoke(main, ["run", str(journey.workspace), "load", "--route", "files"])
        assert stopped.exit_code == 1 and "instructions.html" in stopped.output + stopped.stderr
        page = (journey.workspace / "imports" / "round-1" / "instructions.html").read_text(encoding="utf-8")
        assert "Organization - Source_System_ID__c" in page and "http://" not in page.replace(journey.sandbox.url, "")
        with pytest.raises(GateClosed, match="nobody looked yet"):
            roll_back(Migration.open(journey.workspace), preview=True)
        status = CliRunner().invoke(main, ["status", str(journey.workspace)])
        assert "next: import 1 file into Pipedrive (round 1), then run migkit adopt" in status.output
        said: Adopted = adopt(journey.workspace)
        assert said.not_uploaded == ("01-organizations.xlsx",) and said.lacking == ()
