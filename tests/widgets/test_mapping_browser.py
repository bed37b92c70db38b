"""The mapping review in a real browser, through JupyterLab and through Voilà: accept, change, comment, reload, find it saved."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from migkit.workspace import Workspace
from tests.http_client import HTTP

ROOT = Path(__file__).resolve().parents[2]
CELL = """
import sys
sys.path[:0] = [{root!r}, {root!r} + "/tests/mapping"]
from made import export, table
from migkit.model.canonical import parse_schema
from migkit.resources import load_yaml
from migkit.widgets import MappingReview
from migkit.workspace import Workspace
people = [[str(1040 + n), "Kaur", "Ana", "0412 000 00" + str(n), "Gold"] for n in range(9)]
visits = [[str(70231 + n), str(1040 + n), "%02d/02/2026" % (3 + 2 * n), ["Booked", "Completed"][n % 2]] for n in range(9)]
raw = export(
    table("Patients", "Patient ID, Surname, First Name, Mobile, Hygiene club", *people),
    table("Appointments", "Appointment ID, Patient ID, Date, Status", *visits),
)
MappingReview(Workspace.open({workspace!r}), raw, schema=parse_schema(load_yaml("canonical.yaml")), by="anna")
"""

pytestmark = pytest.mark.browser


def show(page: Any, kind: str, address: str) -> None:
    """Open the notebook so that the review stands on the page."""
    if kind == "voila":
        page.goto(address)
    else:
        page.goto("about:blank")
        page.add_locator_handler(page.locator("dialog.jp-Dialog"), lambda dialog: dialog.locator(".jp-mod-accept").first.click())
        for session in HTTP.get(f"{address}/api/sessions").json():  # a page that finds its old kernel changes it under the first key
            HTTP.delete(f"{address}/api/sessions/{session['id']}").raise_for_status()
        page.goto(f"{address}/lab/tree/review.ipynb?reset")
        cell = page.locator(".jp-Notebook .jp-CodeCell").first
        cell.wait_for()
        page.locator(".jp-Notebook-ExecutionIndicator[data-status='idle']").first.wait_for()
        for _ in range(20):  # a key pressed before the kernel listens is lost
            cell.locator(".jp-InputArea-editor").click()
            page.keyboard.press("Shift+Enter")
            page.wait_for_timeout(1000)
            if "[" in cell.locator(".jp-InputPrompt").inner_text().replace("[ ]", ""):
                break
    page.locator(".mr-rows.columns button").first.wait_for()


def open_column(page: Any, column: str, target: str) -> None:
    """Choose a column; what the page says of it is there in full (a redraw that comes later would write over what is typed).

    A click into a list that is just being redrawn reaches nobody: then it is made again, as a person would.
    """
    from playwright.sync_api import TimeoutError as NotThere
    from playwright.sync_api import expect

    heading = page.locator(".mr-detail h3", has_text=f"{column} → {target}")
    for patience in (15_000, 90_000):
        page.locator(".mr-rows.columns button", has_text=column).click()
        with suppress(NotThere):
            heading.wait_for(timeout=patience)
            break
    heading.wait_for()
    expect(page.locator("input[placeholder='other field …']")).to_have_value(target)


@pytest.mark.parametrize("kind", ["lab", "voila"])
def test_decisions_are_made_and_found_again(kind: str, serve: Callable[[str, str], str], page: Any, workspace: Workspace) -> None:
    """Accept a table in one click, change one target, comment, reload with a new kernel: all of it is there, page and file."""
    from playwright.sync_api import expect

    address = serve(kind, CELL.format(root=str(ROOT), workspace=str(workspace.path)))
    comment = page.locator(".mr-detail .widget-text", has_text="Comment").locator("input")
    show(page, kind, address)
    page.locator(".mr-rows.tables button", has_text="Appointments").click()
    page.get_by_role("button", name="Accept 4 certain").click()
    page.get_by_text("4 of 9 columns reviewed").wait_for()
    page.locator(".mr-rows.tables button", has_text="Patients").click()
    open_column(page, "Mobile", "Mobile")
    assert "0412" not in page.locator(".mr-detail").inner_text()
    page.locator("input[placeholder='other field …']").fill("Work phone")
    page.locator("input[placeholder='other field …']").press("Enter")
    page.get_by_text("5 of 9 columns reviewed").wait_for()
    comment.fill("the practice rings this one")
    comment.press("Enter")
    open_column(page, "Surname", "Last name")
    check(workspace)
    show(page, kind, address)
    page.get_by_text("5 of 9 columns reviewed").wait_for()
    page.locator(".mr-rows.tables button", has_text="Patients").click()
    open_column(page, "Mobile", "Work phone")
    expect(comment).to_have_value("the practice rings this one")
    check(workspace)


def check(workspace: Workspace) -> None:
    tables = workspace.read_decision("mapping")["tables"]
    mobile = tables["Patients"]["columns"]["Mobile"]
    assert (mobile["to"], mobile["state"], mobile["by"], mobile["comment"]) == (
        "work_phone",
        "confirmed",
        "anna",
        "the practice rings this one",
    )
    assert {c["state"] for c in tables["Appointments"]["columns"].values()} == {"confirmed"}


def test_keys_decide_and_go_on(
    serve: Callable[[str, str], str], page: Any, workspace: Workspace, faults: Callable[[str], list[str]]
) -> None:
    """At 900 px, as beside the side bar of 1280: buttons in view, keys accept, go on, leave out and take back; axe finds nothing."""
    from playwright.sync_api import expect

    page.set_viewport_size({"width": 900, "height": 800})
    show(page, "voila", serve("voila", CELL.format(root=str(ROOT), workspace=str(workspace.path))))
    for name in ("Leave out: no home", "Next", "Leave out", "Take back", "Undo"):  # the first column has no home, and the button says so
        expect(page.get_by_role("button", name=name, exact=True)).to_be_in_viewport(ratio=1)
    assert page.locator(".mr-detail").bounding_box()["width"] > 500
    assert faults(".mr") == []
    heading = page.locator(".mr-detail h3")
    page.locator(".mr-rows.columns button").first.click()
    before = heading.inner_text()
    page.keyboard.press("n")
    expect(heading).not_to_have_text(before)
    second = heading.inner_text()
    expect(page.get_by_role("button", name="Accept", exact=True)).to_be_in_viewport(ratio=1)
    page.keyboard.press("a")
    page.get_by_text("1 of 9 columns reviewed").wait_for()
    expect(heading).not_to_have_text(second)
    page.keyboard.press("u")
    page.get_by_text("0 of 9 columns reviewed").wait_for()
    page.keyboard.press("o")
    other = page.locator("input[placeholder='other field …']")
    expect(other).to_be_focused()
    page.keyboard.press("Escape")
    page.keyboard.press("o")
    page.keyboard.type("Email")
    page.keyboard.press("Enter")
    page.get_by_text("1 of 9 columns reviewed").wait_for()
    expect(other).not_to_be_focused()
    page.keyboard.press("u")
    page.get_by_text("0 of 9 columns reviewed").wait_for()
    page.keyboard.press("x")
    page.get_by_text("1 of 9 columns reviewed").wait_for()
    page.get_by_role("button", name="that are certain").click()
    page.get_by_text("certain is left").first.wait_for()
