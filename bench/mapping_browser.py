"""What it takes to confirm a whole map in the widget itself: clicks and corrections in a browser, and what the page lets one wait.

    python bench/mapping_browser.py [--practices api codes reports] [--pictures FOLDER]

A driver that knows the right answers confirms the map of each stranger's practice (`mapping_fresh`) as an analyst would, in the page of
JupyterLab that shows the review: it looks at each table, sets those that were taken for something else, accepts all that is certain in
one click, decides on the columns that the review goes on to by itself, leaves out what has no home a table at once when what is wrong of
it is corrected, and at last opens what was accepted wrongly. A mouse click counts one, a choice in a list and a typed name two.
"""

from __future__ import annotations

import argparse
import json
import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import click
from mapping_data import System, full
from mapping_fresh import STRANGERS, strangers
from widgets import CHROMIUM, open_notebook, run_first, serve, write_notebook

from migkit.mapping import choices_of
from migkit.migration.defaults import canonical_schema
from migkit.source import read_export
from migkit.widgets.mapping_shown import title
from migkit.widgets.mapping_view import shorten
from migkit.workspace import Settings, Workspace

CELL = """
from migkit.migration.defaults import canonical_schema
from migkit.source import read_export
from migkit.widgets import MappingReview
from migkit.workspace import Workspace
MappingReview(Workspace.open({workspace!r}), read_export(__import__("pathlib").Path({export!r})), schema=canonical_schema(), by="Kim")
"""
WATCH = """
window.drawn = 0;
new MutationObserver(all => { window.drawn += all.length }).observe(
    document.querySelector(".mr"), {subtree: true, childList: true, characterData: true, attributes: true})
"""
LOOK = 25
"""Milliseconds between two looks at the page."""
IDLE, STILL = 60, 4
"""Looks at an idle kernel after which a click has changed nothing; looks at an unchanged page after which it is drawn."""


@dataclass
class Trial:
    """What one practice took."""

    columns: int = 0
    clicks: int = 0
    corrected: int = 0
    """Columns whose first answer was wrong, whether it was taken from a button, left out, or typed."""
    typed: int = 0
    wrong_certain: int = 0
    """Of those corrected, accepted at first with all that was certain."""
    tables: int = 0
    """Tables that were set."""
    waits: list[float] = field(default_factory=list)
    """Seconds from each click until the page showed what it did."""
    appeared: float = 0.0

    def said(self) -> str:
        """Return one line."""
        answered = f"{1e3 * statistics.median(self.waits):.0f} ms (slowest {max(self.waits):.1f} s)"
        return (
            f"{self.columns} columns: {self.clicks} clicks, {self.corrected} columns corrected ({self.typed} typed, {self.wrong_certain} "
            f"accepted first as certain), {self.tables} tables set; the review stood there after {self.appeared:.0f} s, a click was "
            f"answered within {answered}, {sum(self.waits) / 60:.1f} minutes of waiting in all"
        )


class Reviewer:
    """A person at the page who knows what each column means."""

    def __init__(self, page: Any, system: System, workspace: Workspace, export: Path) -> None:
        self._page, self._system, self._workspace = page, system, workspace
        self._schema = canonical_schema()
        self._raw_columns = {source: list(table.columns) for source, table in read_export(export).tables.items()}
        self.trial = Trial(columns=len(system.truth))

    # -- hands --------------------------------------------------------------------------------------------------

    def _press(self, what: Any, *, clicks: int = 1, act: Callable[[Any], None] = lambda one: one.click()) -> None:
        """Do one thing and wait until the page has drawn what it did, or until it is clear that there is nothing to draw."""
        before = self._drawn
        started = time.perf_counter()
        act(what)
        idle = 0
        while self._drawn == before and idle < IDLE:
            self._page.wait_for_timeout(LOOK)
            idle = idle + 1 if self._is_idle else 0
        self.trial.waits.append(time.perf_counter() - started)
        self.trial.clicks += clicks
        still = 0
        while still < STILL:
            before = self._drawn
            self._page.wait_for_timeout(LOOK)
            still = still + 1 if self._drawn == before and self._is_idle else 0

    @property
    def _drawn(self) -> int:
        """How often something in the review was drawn."""
        return self._page.evaluate("window.drawn")

    @property
    def _is_idle(self) -> bool:
        return self._page.evaluate("document.querySelector('.jp-Notebook-ExecutionIndicator').dataset.status") == "idle"

    # -- eyes ---------------------------------------------------------------------------------------------------

    @property
    def _here(self) -> tuple[str, str]:
        column = self._page.locator(".mr-detail h3").first.evaluate("it => it.firstChild.textContent")
        return self._page.locator(".mr-list h3").first.inner_text().strip(), column.strip()

    @property
    def _left(self) -> int:
        done, total = self._page.locator(".mr-summary b").inner_text().split(" columns")[0].split(" of ")
        return int(total) - int(done)

    def _decided(self) -> dict[str, Any]:
        return self._workspace.read_decision("mapping").get("tables", {})

    def _now(self, source: str, column: str) -> str | None:
        said = self._page.locator(".mr-detail h3 .soft").first.evaluate("it => it.parentElement.textContent").split("→", 1)[1].strip()
        home = self._system.tables[source]
        if home is None or said in ("no home", "left out") or said.startswith("left out"):
            return None
        named = {title(self._schema, home, to): to for to in choices_of(self._schema, home)}
        return full(home, named.get(said.split(" because ")[0], "?" + said))

    def _homeless(self, source: str) -> list[str]:
        """The columns of the table that is shown which wait and for which nothing fits."""
        labels = self._page.locator(".mr-rows.columns button").all_inner_texts()
        waiting = {" ".join(label[1:].rpartition("no home")[0].split()) for label in labels if label.startswith("●") and "no home" in label}
        return [column for column in self._raw_columns[source] if " ".join(shorten(column, 21).split()) in waiting]

    # -- the review ---------------------------------------------------------------------------------------------

    def review(self) -> Trial:
        """Confirm the whole map."""
        sources = [source for source in self._system.raw.tables if source in self._system.tables]
        for source in sources:
            self._open_table(source)
            self._set_table(source)
        everywhere = self._page.get_by_role("button", name="that are certain")
        certain = {}
        if everywhere.count():
            self._press(everywhere.first)
            certain = self._confirmed()
        for _ in range(4 * self._left):
            if not self._left:
                break
            self._decide()
        for (source, column), to in sorted(certain.items()):
            if source in self._system.tables and full(self._system.tables[source], to) not in self._system.truth[source, column]:
                self.trial.wrong_certain += 1
                self._open_table(source)
                self._open_column(source, column)
                self._correct(source, column)
        return self.trial

    def _confirmed(self) -> dict[tuple[str, str], str | None]:
        return {
            (source, name): column.get("to")
            for source, table in self._decided().items()
            for name, column in table["columns"].items()
            if column.get("state") == "confirmed"
        }

    def _open_table(self, source: str) -> None:
        if self._page.locator(".mr-list h3").first.inner_text().strip() == source:
            return
        rows = self._page.locator(".mr-rows.tables button")
        for number in range(rows.count()):
            if self._looks_like(rows.nth(number).inner_text(), source, 18):
                self._press(rows.nth(number))
                if self._page.locator(".mr-list h3").first.inner_text().strip() == source:
                    return
        raise LookupError(f"no table {source} in the list")

    def _open_column(self, source: str, column: str) -> None:
        rows = self._page.locator(".mr-rows.columns button")
        for number in range(rows.count()):
            if self._looks_like(rows.nth(number).inner_text()[1:].strip(), column, 21):
                self._press(rows.nth(number))
                if self._here == (source, column):
                    return
        raise LookupError(f"no column {column} of {source} in the list")

    @staticmethod
    def _looks_like(label: str, name: str, most: int) -> bool:
        return " ".join(label.split()).startswith(" ".join(shorten(name, most).split()))

    def _set_table(self, source: str) -> None:
        kind = self._page.locator(".mr-list select").first
        home = self._system.tables[source] or ""
        title_of = self._schema.tables[home].title if home else "left out"
        if kind.evaluate("it => it.options[it.selectedIndex]?.text ?? ''") != title_of:
            self._press(kind, clicks=2, act=lambda one: one.select_option(label=title_of))
            self.trial.tables += 1

    def _decide(self) -> None:
        source, column = self._here
        if self._page.locator(".mr-detail .mr-primary").first.is_disabled():
            self._press(self._page.locator(".mr-detail").get_by_role("button", name="Next"))
            return
        if len(homeless := self._homeless(source)) > 1 and column in homeless:
            named = [one for one in homeless if None not in self._system.truth.get((source, one), {None})]
            if named:
                self._open_column(source, named[0])
                self._correct(source, named[0])
            else:
                whole = self._page.locator(".mr-list select").first.input_value() == "left out"
                self._press(self._page.get_by_role("button", name="Leave the table out" if whole else "without a home"))
            return
        asked = source in self._system.tables  # joins, and parts of a table, stay as they are proposed
        if not asked or self._system.tables[source] is None or self._now(source, column) in self._system.truth[source, column]:
            self._press(self._page.locator(".mr-detail .mr-primary").first)
        else:
            self._correct(source, column)
            if self._left and self._here == (source, column):
                self._press(self._page.locator(".mr-detail").get_by_role("button", name="Next"))

    def _correct(self, source: str, column: str) -> None:
        truth, home = self._system.truth[source, column], self._system.tables[source]
        self.trial.corrected += 1
        if None in truth:
            self._press(self._page.locator(".mr-detail").get_by_role("button", name="Leave out", exact=True))
            return
        titles = sorted(title(self._schema, str(home), answer.removeprefix(f"{home}.")) for answer in truth if answer)
        offered = self._page.locator(".mr-cands:visible button")
        for number in range(offered.count()):
            if offered.nth(number).inner_text().strip() in titles:
                self._press(offered.nth(number))
                return
        self.trial.typed += 1

        def name(one: Any) -> None:
            one.fill(titles[0])
            one.press("Enter")

        self._press(self._page.locator(".mr-detail input[placeholder^='other field']"), clicks=2, act=name)


def main() -> None:
    """Print a line a practice."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--practices", nargs="*", default=list(STRANGERS))
    options.add_argument("--pictures", type=Path, help="a folder for a picture of each review when it is done")
    given = options.parse_args()
    if not CHROMIUM.is_file():
        click.echo("no Chromium at /usr/bin/chromium: nothing was measured")
        return
    with tempfile.TemporaryDirectory(prefix="migkit-trial-") as folder:
        for system in strangers(Path(folder)):
            if system.name in given.practices:
                found, left = confirm(system, Path(folder) / system.name, given.pictures)
                click.echo(f"{system.name}: {found.said()}{left}")


def confirm(system: System, folder: Path, pictures: Path | None) -> tuple[Trial, str]:
    """Return what it took to confirm one practice's map, and what is not confirmed or wrong at the end, "" for nothing."""
    from playwright.sync_api import sync_playwright

    workspace = Workspace.create(folder / "w", Settings("Trial", "Australia/Sydney", "AUD", "http://127.0.0.1:1", "lite", 1))
    write_notebook(folder / "review.ipynb", CELL.format(workspace=str(workspace.path), export=str(folder / "export")))
    server, url = serve(folder)
    try:
        with sync_playwright() as playwright:
            page = open_notebook(playwright, f"{url}/lab/tree/review.ipynb")
            started = time.perf_counter()
            run_first(page)
            page.locator(".mr-rows.columns button").first.wait_for()
            reviewer = Reviewer(page, system, workspace, folder / "export")
            reviewer.trial.appeared = time.perf_counter() - started
            page.wait_for_timeout(1500)
            page.evaluate(WATCH)
            found = reviewer.review()
            if pictures:
                pictures.mkdir(parents=True, exist_ok=True)
                page.screenshot(path=pictures / f"{system.name}.png")
            return found, wrong(system, workspace)
    finally:
        server.terminate()
        server.wait(30)


def wrong(system: System, workspace: Workspace) -> str:
    """Return the columns that are not confirmed, or confirmed as something else than is right."""
    decided, found = workspace.read_decision("mapping").get("tables", {}), []
    for (source, column), truth in system.truth.items():
        one = decided.get(source, {}).get("columns", {}).get(column, {})
        if one.get("state") != "confirmed" or full(system.tables[source], one.get("to")) not in truth:
            found.append(f"{source}.{column}")
    return f"; {len(found)} NOT AS THEY SHOULD BE: {json.dumps(found[:6])}" if found else "; all confirmed as is right"


if __name__ == "__main__":
    main()
