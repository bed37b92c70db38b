"""The review of the cleaning in a real browser: veto a rule, reload with a new kernel, find it saved."""

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
import pandas as pd
from migkit.model.canonical import parse_schema
from migkit.resources import load_yaml
from migkit.widgets import CleaningReview
from migkit.workspace import Workspace
rows = [("patients", "last_name", "name-case", "patient:1", "p.csv", 2, "MACLEOD", "Macleod"),
        ("patients", "mobile", "phone-e164", "patient:1", "p.csv", 2, "0412 345 678", "+61412345678")]
repairs = pd.DataFrame(rows, columns=["table", "field", "rule", "key", "file", "line", "before", "after"])
display(CleaningReview(Workspace.open({workspace!r}), repairs, parse_schema(load_yaml("canonical.yaml")), by="anna"))
"""

pytestmark = pytest.mark.browser


def test_a_veto_is_clicked_and_survives_a_new_kernel(serve: Callable[[str, str], str], page: Any, workspace: Workspace) -> None:
    """Masked at first; refused without a reason; saved at the click; there after a reload."""
    page.goto(serve("voila", CELL.format(root=str(ROOT), workspace=str(workspace.path))))
    review = page.locator(".mr-cleaning")
    review.get_by_text("2 values mended by 2 rules").wait_for()
    review.locator(".rules button", has_text="name-case").click()
    review.get_by_text("A name in capitals written as names are.").wait_for()
    assert "MACLEOD" not in review.inner_text()
    page.get_by_text("show values").click()
    review.get_by_text("MACLEOD", exact=True).wait_for()
    page.get_by_role("button", name="Veto: leave as written").click()
    review.get_by_text("Say why in a few words").wait_for()
    assert workspace.read_decision("cleaning") == {}
    review.get_by_placeholder("Why? (must be said)").fill("MacLeod is a name")
    page.get_by_role("button", name="Veto: leave as written").click()
    review.get_by_text("1 value mended by 1 rule").wait_for()
    saved = [{name: entry[name] for name in ("rule", "by", "why")} for entry in workspace.read_decision("cleaning")["vetoes"]]
    assert saved == [{"rule": "name-case", "by": "anna", "why": "MacLeod is a name"}]
    page.reload()
    review.get_by_text("1 vetoed").wait_for()
    review.locator(".rules button", has_text="name-case").click()
    review.get_by_text("MacLeod is a name").first.wait_for()
