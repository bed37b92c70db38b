"""The page of the pack, drawn from literal facts: what a manager reads, on screen and on A4, and what axe-core says of it."""

from __future__ import annotations

import copy
import html
import re
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from migkit import resources
from migkit.report import Local, cards, heading, note_box, page, print_pdf, table
from migkit.steps.handover.pack import CHAPTERS, draw
from migkit.steps.strip import BLOCKED, DONE, WAITING, StepState, draw_strip
from tests.reading import reading_ease

LOCAL = Local("AU", "AUD", "Australia/Sydney")
POINT = {
    "id": "owners", "what": "Staff without a user", "why": "Bo Ng: no user in Pipedrive.", "count": 1, "side": "The practice",
    "owner": "Jo Bennett", "until": "2026-12-14", "decided": True, "todo": "invites them", "look": "", "first": None,
}  # fmt: skip
ROW_POINT = POINT | {
    "id": "no-patient.recalls", "what": "Recalls", "why": "It names no patient <b>.", "count": 1234, "decided": False,
    "first": {"file": "Recalls.csv", "line": 25, "export": "2026-10-31"}, "look": "the folder to-mend",
}  # fmt: skip
GROUPS = {"own record": 3, "in another record": 1, "as a document": 0, "same row again": 0, "left out": 0, "not arrived": 1}
FACTS: dict[str, Any] = {
    "version": 1, "practice": "Smile & Co", "made_at": "2026-11-28T17:00:00+00:00", "for": "Jo Bennett", "by": "Kim Lee",
    "exports": [{"taken": "2026-10-31", "files": 3}, {"taken": "2026-11-09", "files": 3}],
    "account": {"url": "https://acme.pipedrive.com", "plan": "growth", "seats": 2},
    "proof": {"rows": 2069, "adds_up": True, "not_arrived": 15, "problems": 9,
              "compared": 6643, "normalised": 3, "differing": 0, "missing": 0,
              "unknown": 0, "beside_the_plan": 0, "not_emptied": 0, "agrees": True, "records": 745},
    "tone": "warn",
    "records": [{"number": 70, "one": "person", "many": "persons"}],
    "patients": [{"what": "Rows", "number": 200, "why": "", "sum": False}, {"what": "Persons", "number": 194, "why": "x", "sum": True}],
    "arrived": [{"what": "Recalls", "becomes": "activities", "rows": 5} | GROUPS, {"what": "All", "becomes": "", "rows": 5} | GROUPS],
    "points": [POINT, ROW_POINT, POINT | {"id": "x", "side": "The analyst", "owner": "Kim Lee"}], "wait_for_others": 1,
    "coming": 12,
    "promises": [{"promised": "p", "allows": "a", "done": "d", "kept": kept} for kept in ("kept", "kept otherwise", "not kept")],
    "money": [{"measure": "Invoiced", "export": 1234.5, "plan": 1234.5, "held": 0.0, "excluded": 0.0, "difference": 0.0}],
    "witnesses": [{"what": "Patients", "by": "you", "stated": 9, "files": 9, "plan": None, "pipedrive": 9, "difference": 0,
                   "money": False}],
    "approvals": [{"what": "The map", "by": "Kim Lee", "at": "2026-11-28T03:04:05+00:00", "note": ""}],
    "people": {"patients": 200, "merged": 6, "merged_pct": 3.0, "undecided_pairs": 1, "households": 2, "employers": 1,
               "in_account_before": 1,
               "without_email": 4, "persons": 194,
               "owners": [{"name": "Bo Ng", "role": "Dentist", "user": "a@b.example", "matched": False}]},
    "privacy": [{"kind": "Health", "went": "Procedures", "stayed": "–"}],
    "delta": [{"what": "Recalls", "new": 1, "changed": 0, "gone": 0, "held": 0, "unchanged": 4}],
    "gone": [{"what": "Appointments", "key": "appointment 12", "patient": "1269", "day": "10 December 2026"}],
    "automations": [{"name": "Reminder", "in_use": False, "summary": "s", "steps": ["Open Automations."], "another_app": True}],
    "reports": [{"name": "Revenue", "description": "d", "note": "n", "steps": ["Open Insights."], "groups": [["Jo", "$1.00"]],
                 "clicks": [["Insights", "+", "Report"]], "bars": [["Jo", "$1.00", 1.0]],
                 "practice": "$2.00", "must_show": "$1.00"},
                {"name": "Stock", "description": "", "note": "n", "steps": [],
                 "clicks": [], "bars": [], "groups": [], "practice": "", "must_show": ""}],
    "fields": [{"object": "deal", "label": "Total_Invoice__c", "key": "a" * 40, "type": "monetary", "made_from": "Invoices: total",
                "how": "sum", "compared": "to the cent", "privacy": "financial"}],
    "dates": [{"object": "Person", "records": 1, "kept": 1, "field": "add time", "why": "w"}],
    "undo": {"to_delete": 700, "setup_to_delete": 57, "to_put_back": 1, "kept": 0, "waits_for_import": False,
             "last_written": "2026-11-27T05:00:00+00:00", "promised_until": "2026-11-29T05:00:00+00:00", "days": 1},
    "effort": {"tokens": [{"step": "the load", "tokens": 3670}], "total": 3670, "a_day": 120000,
               "days_written": ["2026-11-27"], "writes": 7},
    "look": {"accent": "#0b6e6e", "logo": ""}, "files": [{"file": "to-mend/a.csv", "what": "rows"}],
}  # fmt: skip


def words(drawn: str) -> str:
    """What a person reads of a page."""
    return " ".join(html.unescape(re.sub(r"<style>.*?</style>|<[^>]+>", " ", drawn, flags=re.DOTALL)).split())


def test_the_first_page_says_what_a_manager_asks() -> None:
    """What arrived, what is open and who does what until when, until when it can be undone; days and numbers as Australians write them."""
    said = words(draw(FACTS, LOCAL))
    for part in (
        "What was loaded stands in Pipedrive as planned.", "All 745 records were read back, 6,643 values were compared, none differs.",
        "9 things have not arrived (15 rows, as a later export brings them again)", "3 points are open",
        "Recalls (1,234): It names no patient <b>.", "Jo Bennett invites them", "14 December 2026", "Until 29 November 2026, 16:00",
        ("switch on again the automations that were paused for the move, and tell everybody who syncs a calendar with Pipedrive that 12 "
        "appointments to come stand in it now."),
        "$1,234.50", "28 November 2026, 14:04", "Recalls.csv, line 25 (export of 31 October 2026)",
    ):  # fmt: skip
        assert part in said, part
    assert draw(FACTS, LOCAL) == draw(copy.deepcopy(FACTS), LOCAL)


def test_undoing_counts_the_records_that_the_page_counts_and_the_set_up_apart() -> None:
    """A manager adds up: 700 records and 1, not 757."""
    said = words(draw(FACTS, LOCAL))
    assert (
        "Deleted : 700 records that the move made, as far as nobody edited or used them since; and the 57 fields, types and stages" in said
    )
    assert "Rows that are gone: say which of their records shall be deleted" in said and "appointment 12 1269 10 December 2026" in said
    assert "Put back : 1 record that was there before and was completed" in said and "Kept : nothing so far" in said
    without = copy.deepcopy(FACTS)
    without["undo"] |= {"setup_to_delete": 0, "kept": 3}
    drawn = words(draw(without, LOCAL))
    assert (
        "that it set up for them" not in drawn
        and "Kept : 3 records, since your team edited or used them or a value in them cannot be emptied" in drawn
    )


def test_a_page_without_a_preview_of_undoing_says_why() -> None:
    """How much would be kept is known from a preview alone, which reads the account: what stood in its way is said."""
    without = copy.deepcopy(FACTS)
    without["undo"]["kept"] = None
    assert (
        "No preview could be made for this page, since the day's tokens in Pipedrive were used up: how much would be kept is not known yet."
        " A preview comes first. Then three things happen:"
    ) in words(draw(without, LOCAL))
    without["undo"]["waits_for_import"] = True
    assert "since files still wait for Pipedrive's import: how much" in words(draw(without, LOCAL))
    without["undo"] |= {"last_written": "", "promised_until": ""}
    said = words(draw(without, LOCAL))
    assert "Nothing was written so far." in said and "No preview could be made" not in said


def test_the_page_is_plain_english() -> None:
    """Flesch's reading ease is 60 for plain English and 70 for easy: the page as a whole is easy, and no paragraph is for scholars."""
    promises = resources.load_yaml("promises.yaml")["promises"]
    drawn = draw(FACTS, LOCAL)
    prose = [words(part) for part in re.findall(r"<(?:p|li)\b[^>]*>.*?</(?:p|li)>", drawn, flags=re.DOTALL)]
    prose += [one[part] for one in promises for part in ("allows", "done", "none") if one.get(part)]
    long = [one for one in prose if len(one.split()) > 8]
    assert len(long) > 40 and reading_ease(" ".join(f"{one.rstrip('.')}." for one in long)) >= 70
    assert {one: ease for one in long if (ease := round(reading_ease(one))) < 30} == {}


def test_what_is_wrong_comes_first() -> None:
    """Where something differs the page begins with it, and says how much of what."""
    wrong = copy.deepcopy(FACTS)
    wrong["proof"] |= {"agrees": False, "differing": 2, "missing": 1, "adds_up": False}
    said = words(draw(wrong, LOCAL))
    assert "Look at this first. 2 values differ from what was planned, 1 record was deleted in Pipedrive since." in said
    assert "Not every row of your files is accounted for." in said


def test_a_value_that_only_a_person_can_empty_stands_in_the_headline() -> None:
    """Nothing stands there "as planned" without a word about the record that keeps a value which the files have no more."""
    kept = copy.deepcopy(FACTS)
    kept["proof"] |= {"not_emptied": 1}
    headline = "What was loaded stands in Pipedrive as planned; 1 record keeps a value that only a person can empty."
    assert f"{headline} All 745 records were read back" in words(draw(kept, LOCAL))
    kept["proof"] |= {"agrees": False, "differing": 2, "not_emptied": 3}
    assert "2 values differ from what was planned, 3 records keep a value that only a person can empty." in words(draw(kept, LOCAL))


def test_nothing_open_and_nothing_written_are_said() -> None:
    """An empty pack draws too: no points, no delta, nothing to undo."""
    empty = copy.deepcopy(FACTS)
    empty |= {"points": [], "delta": [], "gone": [], "automations": [], "reports": [], "files": []}
    empty["undo"]["promised_until"] = ""
    said = words(draw(empty, LOCAL))
    assert "Nothing is open." in said and "Nothing was written, so there is nothing to undo." in said
    assert "What the later export changed" not in said


def test_it_prints_with_numbered_pages_contents_and_bookmarks(tmp_path: Path) -> None:
    """On A4: the first page holds all that a manager asks, the second the contents; every chapter has a bookmark; name and number below."""
    assert print_pdf(draw(FACTS, LOCAL), tmp_path / "Handover.pdf") == ""
    printed = PdfReader(tmp_path / "Handover.pdf")
    first, second = printed.pages[0].extract_text(), printed.pages[1].extract_text()
    assert "If you want it undone" in first and f"Page 1 of {len(printed.pages)}" in first and "Smile & Co · Handover" in first
    assert second.startswith("Contents") and "How to undo" in second
    titles = [str(entry.title) for entry in _flat(printed.outline)]
    assert [title for _, title in CHAPTERS if title not in titles] == []
    assert round(float(printed.pages[0].mediabox.width)) == 595
    assert printed.trailer["/Root"]["/MarkInfo"]["/Marked"] and printed.trailer["/Root"]["/Lang"] == "en"  # for screen readers


def _flat(outline: Any) -> list[Any]:
    return [one for entry in outline for one in (_flat(entry) if isinstance(entry, list) else [entry])]


def test_without_pango_one_sentence_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The pack is made all the same; what to install, and what to do instead, is said."""
    import builtins

    real = builtins.__import__

    def no_pango(name: str, *args: Any, **kwargs: Any) -> Any:
        if name == "weasyprint":
            raise OSError("cannot load library 'libpango-1.0-0'")
        return real(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", no_pango)
    said = print_pdf("<p>x", tmp_path / "x.pdf")
    assert "Pango" in said and "index.html" in said and not (tmp_path / "x.pdf").exists()


@pytest.mark.browser
def test_axe_finds_nothing_on_the_page_and_on_a_report(tmp_path: Path) -> None:
    """The pack's page, and a report with every kind of view; neither is wider than 1280 pixels."""
    chromium = Path("/usr/bin/chromium")
    if not chromium.is_file():
        pytest.skip("Debian's Chromium is not installed: the widgets were not tried in a browser")
    from axe_playwright_python.sync_playwright import Axe
    from jinja2 import Template
    from playwright.sync_api import sync_playwright

    from migkit import resources

    (tmp_path / "index.html").write_text(draw(FACTS, LOCAL), encoding="utf-8")
    import pandas as pd

    frame = pd.DataFrame({"severity": ["critical", "warning", "info"], "rows": [0, 1.5, 2000], "why": ["x" * 60, "", None]})
    steps = [StepState("10_audit", DONE, ""), StepState("20_mapping_review", WAITING, "approve"), StepState("25_people", BLOCKED, "waits")]
    views = [
        heading("Smile", ["a"]),
        draw_strip(steps, "10_audit"),
        cards({"rows": 3, "wrong": 1}, {"wrong": "bad"}),
        table(frame, "Findings"),
    ]
    views += [note_box("good", "good"), note_box("warn", "warn"), note_box("bad", "bad"), table(frame, "Again", total=True)]
    body = "<h1>Report</h1>" + "".join(view._repr_html_() for view in views)
    report = Template(resources.load_text("report.html.j2"))
    css = resources.load_text("report.css")
    (tmp_path / "report.html").write_text(report.render(title="Report", css=css, body=body, footer="x"), encoding="utf-8")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=str(chromium), args=["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
        )
        shown = browser.new_page(viewport={"width": 1280, "height": 900})
        for name in ("index.html", "report.html"):
            shown.goto((tmp_path / name).as_uri())
            found = Axe().run(shown).response["violations"]
            assert [f"{one['id']}: {node['html'][:120]}" for one in found for node in one["nodes"]] == []
            assert shown.evaluate("document.documentElement.scrollWidth") <= 1280
        browser.close()


def test_a_template_that_lacks_a_fact_says_so() -> None:
    """A fact that the page names and nobody counts is an error, never an empty place."""
    from jinja2 import UndefinedError

    with pytest.raises(UndefinedError):
        page("handover.html.j2", LOCAL, {"facts": {}})
