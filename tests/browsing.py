"""Debian's Chromium for the tests that click; where there is none they are skipped, saying what was not tried."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

CHROMIUM = Path("/usr/bin/chromium")


@contextmanager
def chromium(untried: str) -> Iterator[Any]:
    """A headless browser of Playwright. `untried`: what is not tried without it."""
    if not CHROMIUM.is_file():
        pytest.skip(f"Debian's Chromium is not installed: {untried}")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        switches = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=switches)
        yield browser
        browser.close()
