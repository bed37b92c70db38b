"""What the handover says: patients to persons, lists, open points with owner and day, and how a pack is checked."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from migkit import resources
from migkit.load import IMPORT, Entry, EntryState, Ledger, Origin
from migkit.model.canonical import CanonicalSchema
from migkit.model.messages import CATALOGUE, Message, Who
from migkit.model.objects import ObjectType
from migkit.model.outcomes import Outcome
from migkit.report import Local
from migkit.steps.handover.arrived import GROUP_OF, arrived_by_table, in_plain_words, patients_to_persons, place_of, reason_of_all
from migkit.steps.handover.insights_picture import LEFT, WIDTH, picture
from migkit.steps.handover.lists import MEANINGS, OUTCOME_WORDS
from migkit.steps.handover.rebuild import automations, reports
from migkit.steps.handover.responsible import Responsible, working_day
from migkit.steps.handover.verify import differences


def ledger_of(folder: Path, *keys: str) -> Ledger:
    """Return a ledger of persons that stand in Pipedrive."""
    ledger = Ledger(folder / "ledger.sqlite")
    for number, key in enumerate(keys, start=1):
        ledger.put(Entry(key, ObjectType.PERSON, number, Origin.CREATED, EntryState.LIVE, "r"))
    return ledger


def test_patients_become_persons_line_by_line(tmp_path: Path) -> None:
    """Seven rows: two come again, one is the same person, one was there before, one waits: three persons, and one for an enquiry."""
    outcomes = ["repeated", "repeated", "merged-into", "held", "created", "created", "matched"]
    rows = pd.DataFrame({"table": "patients", "outcome": outcomes})
    other = pd.DataFrame({"table": "recalls", "outcome": ["created"]})
    ledger = ledger_of(tmp_path, "patient:1", "patient:2", "patient:3", "person:lead:4")
    lines = patients_to_persons(pd.concat([rows, other]), ledger)
    assert [(line["what"], line["number"]) for line in lines] == [
        ("Rows in your lists of patients", 7),
        ("less: the same row again", -2),
        ("Patients in your lists", 5),
        ("less: entered twice", -1),
        ("less: waiting", -1),
        ("Patients who are persons in Pipedrive now", 3),
        ("and: persons made for enquiries", 1),
    ]
    assert lines[5]["why"] == "1 of them was in Pipedrive before and was completed"


def test_every_row_is_in_one_group_and_the_sums_add_up(schema: CanonicalSchema) -> None:
    """A list's groups make its rows; the last line sums every column; rows of no known list are not lost."""
    rows = pd.DataFrame(
        [("recalls", "created"), ("recalls", "held"), ("invoices", "folded-into"), ("", "rejected")], columns=["table", "outcome"]
    )
    lines = arrived_by_table(rows, schema)
    assert [line["what"] for line in lines] == ["Invoices", "Recalls", "Rows whose list is not known", "All"]
    assert lines[0] | {"becomes": ""} == {
        "what": "Invoices", "becomes": "", "rows": 1, "own record": 0, "in another record": 1, "as a document": 0,
        "same row again": 0, "left out": 0, "not arrived": 0,
    }  # fmt: skip
    assert (lines[-1]["rows"], lines[-1]["own record"], lines[-1]["not arrived"]) == (4, 1, 2)


def test_every_outcome_has_a_group_a_word_and_a_meaning() -> None:
    """A new outcome that no page knows would be a row that is shown nowhere."""
    assert {outcome.value for outcome in Outcome} == set(GROUP_OF) == set(OUTCOME_WORDS)
    assert set(OUTCOME_WORDS.values()) == set(MEANINGS)


def test_rows_of_one_reason_share_a_sentence(schema: CanonicalSchema) -> None:
    """What all reasons name is named; what they name differently is said in general; keys are words."""
    same = [Message.of("missing-parent", key="patient:9"), Message.of("missing-parent", key="patient:9")]
    mixed = [Message.of("missing-parent", key="patient:9"), Message.of("missing-parent", key="patient:10")]
    assert reason_of_all(same, schema) == "It belongs to patient 9, which the export lacks."
    assert reason_of_all(mixed, schema) == "It belongs to another record, which the export lacks."


def test_no_sentence_for_the_practice_holds_code(schema: CanonicalSchema) -> None:
    """Whatever the practice is told to do is said without commands, files of decisions and names of notebooks."""
    code = ("migkit", "decisions/", ".yaml", "steps.", "`", "_")
    for entry in CATALOGUE.values():
        if entry.who is Who.PRACTICE:
            said = in_plain_words(entry.action, schema).partition(", or the analyst")[0]
            assert not [mark for mark in code if mark in said.replace("{", "").replace("}", "")], said


def test_a_place_is_file_line_and_the_day_of_its_export() -> None:
    """The name of a snapshot is ours; what a person knows is the file and when it was exported."""
    taken = {"01-2026-10-31": date(2026, 10, 31)}
    assert place_of("01-2026-10-31/Recalls.csv:25", taken) == {"file": "Recalls.csv", "line": 25, "export": "2026-10-31"}
    assert place_of("Lists/Recalls.csv:25", taken) == {"file": "Lists/Recalls.csv", "line": 25, "export": ""}


def test_every_point_has_an_owner_and_a_working_day() -> None:
    """14 days for the practice and 7 for the analyst, a Monday instead of a week-end; what somebody decided counts before that."""
    named = Responsible("Jo Bennett", "Sam Roe", {"owners": {"until": "2026-12-24"}, "missing": {"owner": "Kim Lee"}})
    handed_over = date(2026, 11, 28)  # a Saturday
    assert working_day(date(2026, 12, 5)) == working_day(date(2026, 12, 6)) == working_day(date(2026, 12, 7)) == date(2026, 12, 7)
    assert named.of("reports", Who.PRACTICE, handed_over) == ("Jo Bennett", date(2026, 12, 14), False)
    assert named.of("differing", Who.ANALYST, handed_over) == ("Sam Roe", date(2026, 12, 7), False)
    assert named.of("owners", Who.PRACTICE, handed_over) == ("Jo Bennett", date(2026, 12, 24), True)
    assert named.of("missing", Who.PRACTICE, handed_over) == ("Kim Lee", date(2026, 12, 14), False)


def test_a_workflow_is_told_click_by_click() -> None:
    """Name, trigger, who, when, what, the text with its fields; what a delay cannot do is said; no text messages without an app."""
    flow = {
        "name": "Reminder", "trigger": "Appointment booked", "enabled": None, "channel": "SMS", "audience": "Patients with a mobile",
        "timing": {"text": "2 days before", "offset": 2, "unit": "days", "direction": "before"},
        "message": "See you {date}", "placeholders": ["date"],
        "rebuild": {"pipedrive_trigger": "Activity: due date", "how": "On type and `done`", "actions": ["Pipedrive sends no SMS itself"],
                    "needs_another_app": True},
    }  # fmt: skip
    (found,) = automations([flow])
    assert found["in_use"] and found["another_app"]
    assert found["steps"][1:3] == [
        "As trigger choose: Activity: due date. On type and done.", "As condition set who gets it: Patients with a mobile.",
    ]  # fmt: skip
    assert "2 days before the date" in found["steps"][3] and "Marketplace" in found["steps"][4]
    assert found["steps"][5] == "The text: “See you {date}” Put Pipedrive's merge fields in place of date."


def test_a_report_is_told_click_by_click_with_its_figure() -> None:
    """Kind, filter, days and measure as they stand in Insights, the figure in the practice's money; none where Insights cannot show it."""
    recipe = {
        "name": "Revenue", "description": "By month", "unit": "AUD", "must_show": 1646.6, "note": "By deal.", "groups": {"Jo": 10.0},
        "practice": {"shows": 2782.1},
        "insights": {"report": "Deals: performance", "measure": "sum of Total", "dated_by": "Created", "from": "2026-10-01",
                     "to": "2026-10-31", "filters": [{"field": "Status", "is_any_of": ["Open", "Paid"]}], "group_by": "Owner"},
    }  # fmt: skip
    known, unknown = reports([recipe, {"name": "Stock", "insights": None, "note": "No."}], Local("AU", "AUD", "Australia/Sydney"))
    assert known["steps"][1:] == [
        "Choose Deals, then performance, and name it “Revenue”.",
        "Set the date filter to “Created”, from 1 October 2026 to 31 October 2026. Later, choose a rolling period instead.",
        "Add the filter “Status” is any of: Open, Paid.",
        "As measure choose sum of Total.",
        "View it by “Owner”.",
        "It must show $1,646.60. Save it, and add it to a dashboard.",
    ]
    assert known["clicks"][0] == ["Insights", "+", "Report"] and known["clicks"][3] == ["Filter", "Status", "is any of", "Open, Paid"]
    assert known["bars"] == [["Jo", "$10.00", 1.0]] and unknown["clicks"] == unknown["bars"] == []
    assert (known["practice"], known["groups"]) == ("$2,782.10", [["Jo", "$10.00"]])
    assert (unknown["steps"], unknown["must_show"]) == ([], "")


def test_what_to_click_is_drawn_within_the_picture() -> None:
    """Each step has its number and its words, escaped; what is too long is shortened; nothing lies beside the picture or over the chart."""
    values = ", ".join(f"Type {number} & more" for number in range(20))
    clicks = [["Insights", "+", "Report"], ["Filter", "Type <b>", "is any of", values], ["Save", "it shows 3"]]
    report = {"name": "Visits", "clicks": clicks, "bars": [["A long name of a group", "3", 1.0], ["B", "0", 0.0]], "must_show": "3"}
    drawn = picture(report)
    tags = (dict(re.findall(r'(\w+)="([\d.]+)"', tag)) for tag in re.findall("<rect[^>]*>", drawn))
    boxes = [(float(one["x"]), float(one["width"])) for one in tags]

    assert len(re.findall("<circle", drawn)) == 3
    assert "Type &lt;b&gt;" in drawn and "Type 0 &amp; more" in drawn and "…" in drawn
    chips, chart = [one for one in boxes if one[0] < LEFT], [one for one in boxes if one[0] >= LEFT]
    assert len(chips) == 6 and all(x + width <= LEFT for x, width in chips) and all(x + width <= WIDTH for x, width in chart)
    assert picture(report | {"clicks": []}) == ""


def test_promises_name_only_figures_that_are_counted(tmp_path: Path) -> None:
    """Each line of the table has a verdict and can be filled in; a figure that nothing counts would stop a handover."""
    from migkit.model.records import Plan
    from migkit.steps.handover.promises import KEPT, NOTHING, counted, promises

    plan, ledger = Plan({}, {}, ()), ledger_of(tmp_path)
    known = counted(plan, ledger)
    for entry in resources.load_yaml("promises.yaml")["promises"]:
        entry["done"].format(**known)
        assert entry["counts"] in known and entry["kept"] in KEPT
    assert {line["kept"] for line in promises(plan, ledger)} == {NOTHING}


def test_what_came_by_an_import_has_not_its_original_time(tmp_path: Path) -> None:
    """Two notes with a time, one by the API and one by Pipedrive's import: one is dated as it was."""
    from migkit.model.records import Plan
    from migkit.steps.handover.promises import counted

    ledger, dated = ledger_of(tmp_path), {"add_time": "2020-01-01 00:00:00"}
    for number, run in enumerate(("loaded", "adopted"), start=1):
        entry = Entry(f"note:{number}", ObjectType.NOTE, number, Origin.CREATED, EntryState.LIVE, run, desired=dated)
        ledger.put(entry)
    ledger.start_run("adopted", IMPORT, 1)
    assert counted(Plan({}, {}, ()), ledger)["dated"] == 1


@pytest.mark.parametrize(
    ("said", "counted", "found"),
    [
        ({"a": {"b": [1, 2]}}, {"a": {"b": [1, 2]}}, []),
        ({"a": {"b": [1, 2]}}, {"a": {"b": [1, 3]}}, ["a.b 2: the pack says 2, it is 3 now"]),
        ({"a": 1}, {}, ["a: the pack says 1, and there is nothing now"]),
        ({}, {"a": 1}, ["a: it is 1 now, and the pack says nothing"]),
    ],
)
def test_each_figure_that_no_longer_holds_is_named(said: Any, counted: Any, found: list[str]) -> None:
    """By its place in the document, with what was said and what is."""
    assert differences(said, counted) == found


def test_the_page_is_drawn_without_anything_from_elsewhere(tmp_path: Path) -> None:
    """The sheet of styles names no address, and the page's template loads nothing: it works with the network off."""
    for name in ("handover.css", "handover.html.j2"):
        text = (resources.folder("templates") / name).read_text(encoding="utf-8")
        assert not [mark for mark in ("http:", "https:", "@import", "<script", "<link", "url(") if mark in text]
    assert json.loads((resources.folder("templates") / "workflow.schema.json").read_text(encoding="utf-8"))["title"]


def test_pages_of_the_analyst_are_of_what_was_done_last(tmp_path: Path) -> None:
    """A notebook that was run by hand after the last run is rendered; one that was run earlier is not; widgets leave nothing."""
    import os

    from migkit.migration import Migration
    from migkit.report import render
    from migkit.steps.handover.pack import last_pages
    from migkit.steps.lab import lay_out
    from migkit.workspace import Settings, Workspace

    workspace = Workspace.create(tmp_path / "acme", Settings("Acme", "Australia/Sydney", "AUD", "http://127.0.0.1:1", "growth", 1, 20, {}))
    folder = lay_out(workspace, "Kim")
    page = workspace.start_run("10_audit").path / "10_audit.html"
    page.write_text("old", encoding="utf-8")
    migration = Migration(workspace)
    assert last_pages(migration) == {"10_audit": page}
    notebook = json.loads((folder / "10_audit.ipynb").read_text(encoding="utf-8"))
    shown = {"output_type": "display_data", "metadata": {}}
    code = next(cell for cell in notebook["cells"] if cell["cell_type"] == "code")
    code["outputs"] = [
        {**shown, "data": {"application/vnd.jupyter.widget-view+json": {"model_id": "x"}, "text/plain": "VBox(children=...)"}},
        {**shown, "data": {"text/html": "<p>by hand</p>", "text/plain": "by hand"}},
    ]
    (folder / "10_audit.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
    os.utime(folder / "10_audit.ipynb", (page.stat().st_mtime + 60,) * 2)
    assert last_pages(migration) == {"10_audit": folder / "10_audit.ipynb"}
    drawn = render(folder / "10_audit.ipynb", tmp_path / "10_audit.html").read_text(encoding="utf-8")
    assert "<p>by hand</p>" in drawn and "VBox" not in drawn and not (folder / "10_audit.html").exists()
    os.utime(page, (page.stat().st_mtime + 120,) * 2)
    assert last_pages(migration) == {"10_audit": page}
