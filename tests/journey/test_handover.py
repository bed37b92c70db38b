"""The pack that a practice keeps: whole, without code, made again at any time, and checked figure by figure."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook
from pypdf import PdfReader

from migkit.cli import main
from migkit.steps.handover import hand_over_workspace, verify_workspace
from tests.http_client import HTTP

from .conftest import Journey

pytestmark = pytest.mark.journey
CODE = ("migkit ", "steps.", "decisions/", ".yaml", "`", "_review", "_reconcile", "_id\b", "patient:", "Traceback", "None")


class _Text(HTMLParser):
    """What a person reads of a page, and where its links go."""

    def __init__(self) -> None:
        super().__init__()
        self.text: list[str] = []
        self.links: list[str] = []
        self.inside: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.inside.append(tag)
        self.links += [str(value) for name, value in attrs if name in ("href", "src") and value]

    def handle_endtag(self, tag: str) -> None:
        while self.inside and self.inside.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        if not {"style", "script"} & {*self.inside}:
            self.text.append(data)


def test_the_pack_is_whole_and_holds_until_something_changes(journey: Journey) -> None:
    """Made by one command that writes nothing to Pipedrive; what a manager reads holds no code; what it cites is there; an edit, of a file
    or in Pipedrive, is named."""
    for folder in journey.workspace.glob("runs/*-*"):  # as after steps by hand: no pages of runs
        for page in folder.glob("*.html"):
            page.unlink()
    before = journey.last_request()
    made = hand_over_workspace(journey.workspace)
    assert journey.writes_since(before) == []
    pack = journey.workspace / "handover"

    page = _Text()
    page.feed((pack / "index.html").read_text(encoding="utf-8"))
    said = " ".join(" ".join(page.text).split())
    assert [mark for mark in CODE if re.search(mark if "\b" in mark else re.escape(mark), said)] == []
    cited = {unquote(link) for link in page.links if not link.startswith(("#", "data:"))}
    assert [link for link in cited if "://" in link] == []
    assert [link for link in cited if not (pack / link).exists()] == []
    truth = journey.truth["tables"]
    patients = [line for line in made.facts["patients"] if line["sum"]]
    assert patients[-1]["number"] == patients[0]["number"] + sum(
        line["number"] for line in made.facts["patients"][made.facts["patients"].index(patients[0]) + 1 : -1] if line["number"] < 0
    )
    assert {one["list"] if "list" in one else one["what"] for one in made.facts["arrived"]} >= {"Patients", "Recalls", "All"}
    assert len(truth["reports"]) == len(made.facts["reports"])
    assert all(point["owner"] and point["until"] for point in made.facts["points"]) and made.facts["points"]

    printed = PdfReader(pack / "Handover.pdf")
    assert "Page 1 of" in printed.pages[0].extract_text() and "If you want it undone" in printed.pages[0].extract_text()
    assert "Contents" in printed.pages[1].extract_text()

    rows = load_workbook(pack / "Outcomes.xlsx", read_only=True)["Outcomes"]
    assert rows.max_row == 3 + made.facts["proof"]["rows"]  # a note, a blank line, the header

    assert verify_workspace(journey.workspace).problems == ()
    outcome = CliRunner().invoke(main, ["handover", str(journey.workspace), "--verify", "--json"])
    assert (outcome.exit_code, json.loads(outcome.stdout)["holds"]) == (0, True)

    index = pack / "index.html"
    index.write_text(index.read_text(encoding="utf-8").replace("Your patients", "Our patients"), encoding="utf-8")
    (pack / "lists" / "more.csv").write_text("x", encoding="utf-8")
    _edit_a_person(journey)
    problems = verify_workspace(journey.workspace).problems
    assert {
        "index.html was changed",
        "lists/more.csv was put there later",
        "index.html does not show the figures of analyst/facts.json",
    } <= {*problems}
    assert "proof.differing: the pack says 0, it is 1 now" in problems


def _edit_a_person(journey: Journey) -> None:
    """Somebody at the practice writes another name."""
    ours = [one for one in journey.everything("/api/v2/persons") if _is_ours(journey, one)]
    person = max(ours, key=lambda one: one["id"])  # those who were there before have low numbers: what stood there may stay
    answer = HTTP.patch(
        f"{journey.sandbox.url}/api/v2/persons/{person['id']}",
        json={"name": "Somebody Else"},
        headers={"x-api-token": journey.sandbox.token},
        timeout=60,
    )
    answer.raise_for_status()


def _is_ours(journey: Journey, person: dict) -> bool:
    return any(str(value).startswith("patient:") for value in (person.get("custom_fields") or {}).values())


def test_a_pack_that_is_not_there_is_said(tmp_path: Path, journey: Journey) -> None:
    """One sentence with what to do; nothing is checked."""
    (journey.workspace / "handover" / "manifest.json").unlink()
    outcome = CliRunner().invoke(main, ["handover", str(journey.workspace), "--verify"])
    assert outcome.exit_code == 2
    assert "There is no pack in" in outcome.stderr and outcome.stderr.count("\n") == 1
