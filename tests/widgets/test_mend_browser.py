"""Rows mended by hand in a real browser: typed with the keyboard, refused without a reason, kept, undone; nothing for axe to find."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from migkit.workspace import Workspace

ROOT = Path(__file__).resolve().parents[2]
CELL = """
import sys
sys.path.insert(0, {root!r})
from migkit.source import RowName
from migkit.widgets import MendRow, MendState, MendTable
from migkit.workspace import Workspace
def row(number, email):
    cells = {{"Patient ID": str(number), "Name": "Bo", "Email": email}}
    name = RowName("Patient ID", str(number))
    place, plain = f"Patients.csv, line {{number}}", frozenset({{"Patient ID"}})
    return MendRow(f"patient:{{number}}", place, "No e-mail.", "Patients", name, cells, "Email", plain, "01")
groups = {{"Patients without an e-mail address": [row(2, ""), row(3, "")], "Odd addresses": [row(4, "bo@wrong")]}}
state = MendState(Workspace.open({workspace!r}), groups, by="anna")
display(MendTable(state, lambda: ("Read again: 1 row waits still.", groups), lambda key: row(9, "nine@example.com")))
"""

pytestmark = pytest.mark.browser


def test_a_cell_is_mended_by_keyboard(
    serve: Callable[[str, str], str], page: Any, workspace: Workspace, faults: Callable[[str], list[str]]
) -> None:
    """Type, Enter: refused without a reason, then kept; Tab leads on; masked until values are shown; Undo by keyboard; 1280 px wide."""
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(serve("voila", CELL.format(root=str(ROOT), workspace=str(workspace.path))))
    table = page.locator(".mk-mend")
    cell = table.get_by_label("patient:2")
    cell.fill("bo@example.com")
    cell.press("Enter")
    table.get_by_text("Say why in a few words").wait_for()
    assert workspace.read_decision("cleaning") == {}
    table.get_by_label("Why").fill("asked by phone")
    cell.fill("bo.ng@example.com")
    cell.press("Tab")
    table.get_by_text("patient:2 is mended: saved.").wait_for()
    kept = [(one["row"], one["before"], one["after"], one["by"], one["why"]) for one in workspace.read_decision("cleaning")["mends"]]
    assert kept == [({"column": "Patient ID", "value": "2"}, "", "bo.ng@example.com", "anna", "asked by phone")]
    assert "bo.ng@" not in table.locator(".mkp").first.inner_text() and table.get_by_text("by anna").count() == 1
    assert page.evaluate("document.activeElement.tagName") in ("BUTTON", "SUMMARY", "INPUT")
    table.get_by_text("Show values").click()
    table.get_by_text("bo.ng@example.com").first.wait_for()
    assert faults(".mk-mend") == []
    assert page.evaluate("document.querySelector('.mk-mend').scrollWidth <= 1280")
    undo = table.get_by_role("button", name="Undo").first
    undo.focus()
    page.keyboard.press("Enter")
    table.get_by_text("patient:2 counts as it is written again").wait_for()
    assert workspace.read_decision("cleaning")["mends"] == []
    page.get_by_role("button", name="Read the export with that").click()
    table.get_by_text("Read again: 1 row waits still.").wait_for()
