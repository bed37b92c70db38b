"""The review of people in a real browser: decide, reload with a new kernel, find it saved."""

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
from migkit.identity import resolve
from migkit.widgets import OwnerReview, PeopleReview
from migkit.workspace import Workspace
from tests.identity.made import patient, tables, user
home = dict(address_line1="1 Hill St", suburb="Kew", postcode="3101", email="lee@x.example", mobile="+61412000111")
rows = [patient(1, "Ann Lee", "1980-05-01", **home), patient(2, "Ann Lee", None, **home), patient(3, "Ann Lee", "1980-01-05", **home)]
staff = [dict(practitioner_id="2", full_name="Bob Ng", role="Hygienist")]
users = [user(2, "Robert Ng", "bob@clinic.example")]
typed = tables(patients=rows, practitioners=staff)
people = resolve(typed, {{}}, users=users)
workspace = Workspace.open({workspace!r})
display(PeopleReview(workspace, people, typed, by="anna"), OwnerReview(workspace, people, users=users, by="anna"))
"""

pytestmark = pytest.mark.browser


def test_a_decision_is_made_and_survives_a_new_kernel(
    serve: Callable[[str, str], str], page: Any, workspace: Workspace, faults: Callable[[str], list[str]]
) -> None:
    """Axe finds nothing; masked at first, shown by a switch; "same" and a confirmed owner are in the files and, reloaded, in the page."""
    page.goto(serve("voila", CELL.format(root=str(ROOT), workspace=str(workspace.path))))
    review = page.locator(".mk-people-review")
    review.get_by_text("0 decided · 3 left").wait_for()
    assert "lee@x.example" not in page.content()
    assert faults(".mk-people-review") + faults(".mk-owner-review") == []
    page.get_by_text("Show values").click()
    review.get_by_text("lee@x.example").first.wait_for()
    page.keyboard.press("s")
    review.get_by_text("1 decided · 2 left").wait_for()
    page.locator(".mk-owner-review button[title='Confirm bob@clinic.example']").click()
    page.get_by_text("confirmed by anna").wait_for()
    _check(workspace)
    page.reload()
    page.locator(".mk-people-review").get_by_text("1 decided · 2 left").wait_for()
    page.get_by_text("confirmed by anna").wait_for()


def _check(workspace: Workspace) -> None:
    pairs: list[dict[str, Any]] = workspace.read_decision("identity")["pairs"]
    assert [(entry["decision"], entry["by"]) for entry in pairs] == [("same", "anna")]
    assert workspace.read_decision("owners")["owners"]["practitioner:2"]["user"] == "bob@clinic.example"
