"""The practice account's import, walked in a real browser: choose a file, look at the mapping, start, download what was skipped."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from openpyxl import load_workbook

from migkit.report import Sheet, workbook
from migkit.sandbox import Sandbox, SandboxConfig
from tests.http_client import HTTP

pytestmark = pytest.mark.browser


def test_a_file_is_imported_by_hand(page: Any, tmp_path: Path, faults: Callable[[str], list[str]]) -> None:
    """Each column is mapped by its header; one that is taken out is not imported; axe finds nothing on either page."""
    rows = {"Person - Name": ["Ann Lee", None], "Person - Phone - Mobile": ["0412000111", "0412000222"], "Person - Owner": [None, None]}
    workbook(tmp_path / "01-persons.xlsx", [Sheet("persons", pd.DataFrame(rows, dtype=object))])
    with Sandbox(SandboxConfig()) as sandbox:
        page.goto(sandbox.url)
        page.get_by_role("link", name="Import data").click()
        page.get_by_label("File").set_input_files(tmp_path / "01-persons.xlsx")
        page.get_by_role("button", name="Upload").click()
        assert page.get_by_label("Person - Name").input_value() == "Person - Name"
        page.get_by_label("Person - Phone - Mobile").select_option("Person - Phone - Work")
        page.get_by_label("Person - Owner").select_option("")
        assert faults("main") == []
        page.get_by_role("button", name="Start import").click()
        page.get_by_text("person created").wait_for()
        assert page.locator("#skipped").inner_text() == "1" and faults("main") == []
        with page.expect_download() as download:
            page.get_by_role("link", name="Download skip file").click()
        lines = load_workbook(io.BytesIO(Path(download.value.path()).read_bytes())).worksheets[0].iter_rows(values_only=True)
        assert list(lines)[1][:3] == ("Name must be given", None, "0412000222")
        [person] = HTTP.get(f"{sandbox.url}/api/v2/persons", headers={"x-api-token": sandbox.token}).json()["data"]
        assert person["phones"] == [{"value": "0412000111", "primary": True, "label": "work"}]
