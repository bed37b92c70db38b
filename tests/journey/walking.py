"""An analyst in JupyterLab: opens notebooks, runs them, presses buttons, and counts each click and each silent second."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

PANEL = ".jp-NotebookPanel:not(.lm-mod-hidden)"
FOLDERS = ("IPYTHONDIR", "JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR")
SCROLLER = ".jp-WindowedPanel-outer"
SILENT_AFTER = 2.0
"""Seconds without anything new on the page after which waiting counts as silent."""
WATCH = """
([panel, after]) => {
  window.lastChange = performance.now(); window.silent = 0;
  window.seen = () => {
    const now = performance.now(), gap = (now - window.lastChange) / 1000;
    if (window.waiting && gap > after) window.silent += gap - after;
    window.lastChange = now;
  };
  window.watcher?.disconnect();
  window.watcher = new MutationObserver(window.seen);
  window.watcher.observe(document.querySelector(panel), {childList: true, subtree: true, characterData: true});
}
"""
"""Counts the seconds without a change in the open notebook, while somebody waits for it."""


RESTS = """
panel => {
  const prompts = [...document.querySelectorAll(panel + " .jp-InputPrompt")].map(one => one.textContent);
  const rests = document.querySelector(".jp-StatusBar-Left, #jp-main-statusbar").textContent.includes("| Idle")
    && !prompts.some(one => one.includes("[*]"));
  if (!rests) { window.restsSince = undefined; return false; }
  window.restsSince ??= performance.now();
  return performance.now() - window.restsSince > 1000;
}
"""
"""Whether the open notebook has rested for a second."""


@contextmanager
def lab(folder: Path, environ: dict[str, str], *words: str) -> Iterator[str]:
    """`migkit lab` typed in `folder`, with a workspace among `words` or none; yields its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    options = [f"--ServerApp.port={port}", "--ServerApp.ip=127.0.0.1", "--no-browser", "--IdentityProvider.token=", "--ServerApp.password=",
               "--allow-root", "--ServerApp.port_retries=0"]  # fmt: skip
    own = {name: str(folder / f".{name.lower()}") for name in FOLDERS}
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    with (folder / "lab.log").open("w") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", "migkit", "lab", "--by", "Kim", *words, *options],
            cwd=folder,
            env={**os.environ, **own, **environ, "PATH": path},
            stdout=log,
            stderr=log,
        )
    try:
        while server.poll() is None:
            with socket.socket() as knock:
                if knock.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        assert server.poll() is None, (folder / "lab.log").read_text()
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(30)


class Analyst:
    """Somebody with a mouse. `page` is a page of Playwright with JupyterLab open."""

    def __init__(self, page: Any, address: str, opens: str = "00_start", pictures: Path | None = None) -> None:
        self.page, self.clicks, self.keys, self._pictures = page, 0, 0, pictures
        self.silent: dict[str, float] = {}
        """Notebook and what was waited for → seconds that somebody waited before a page on which nothing moved, beyond two at a time."""
        self.wrong: dict[str, list[str]] = {}
        """Notebook → what axe finds wrong in what its cells drew."""
        self._here = ""
        page.goto(f"{address}/lab/tree/{opens}.ipynb?reset")
        self._opened(opens)

    # -- what a hand does ---------------------------------------------------------------------------------------

    def click(self, what: Any) -> None:
        """One click, where it stands; a click finds again what was drawn anew in the same moment."""
        self._find(what)
        what.click()
        self.clicks += 1

    def press(self, name: str) -> None:
        """Press a button of the open notebook."""
        self.click(self.here.locator("button", has_text=name).first)

    def fill(self, label: str, value: str) -> None:
        """Type into a field, after a click where the Tab key did not lead there already; then Tab."""
        field = self.here.locator(".widget-text", has=self.page.get_by_text(label, exact=True)).locator("input").first
        if not field.count() or not field.evaluate("one => one === document.activeElement"):
            self.click(field)
        field.fill(value)
        field.press("Tab")
        self.keys += 1

    def browse(self, *names: str) -> None:
        """Open folders, and a notebook at last, by double clicks in the file browser."""
        for name in names:
            item = self.page.locator(".jp-DirListing-item", has=self.page.get_by_text(name, exact=True))
            item.wait_for()
            item.dblclick()
            self.clicks += 2
        self._opened(names[-1].removesuffix(".ipynb"))

    def follow(self, name: str) -> None:
        """Click the link to another notebook."""
        self.click(self.here.locator("a", has_text=name).last)
        self._opened(name)

    def run_all(self) -> None:
        """Run all cells; returns when the kernel rests again. Fails where a cell ended in a traceback."""
        self.click(self.here.locator(".jp-Toolbar").get_by_text("Run all cells"))
        self.wait()
        assert self.here.locator("text=Traceback (most recent call last)").count() == 0, self._here
        self.picture(self._here)
        if found := self.faults():
            self.wrong[self._here] = found

    def says(self, sentence: str) -> None:
        """Wait until the open notebook says this, near where the last click was."""
        self._waiting()
        self.output.get_by_text(sentence).locator("visible=true").first.wait_for()
        self._waited(sentence)

    def seek(self, what: Any) -> None:
        """Scroll to where it stands."""
        self._find(what)
        what.scroll_into_view_if_needed()

    def _find(self, what: Any) -> None:
        """Scroll until it is there: JupyterLab holds only the cells that are near the eye, and puts them back some time after the scroll.

        A page that moves while it is searched is searched again, more slowly.
        """
        scroller = self.here.locator(SCROLLER).first
        for pause in (250, 500, 1000, 2000):
            top = 0
            while top <= scroller.evaluate("one => one.scrollHeight"):
                if what.count():
                    return
                scroller.evaluate("(one, top) => one.scrollTo(0, top)", top)
                self.page.wait_for_timeout(pause)
                top += scroller.evaluate("one => one.clientHeight * 0.7")

    # -- what an eye sees ---------------------------------------------------------------------------------------

    @property
    def here(self) -> Any:
        """The open notebook."""
        return self.page.locator(PANEL)

    @property
    def output(self) -> Any:
        """What its cells have drawn."""
        return self.here.locator(".jp-OutputArea")

    def text(self) -> str:
        """What stands in the open notebook near the eye."""
        return "\n".join(self.here.locator(".jp-Cell").all_inner_texts())

    def faults(self) -> list[str]:
        """What axe finds wrong in what our cells drew, screen by screen: rule and where."""
        from axe_playwright_python.sync_playwright import Axe

        drawn, found = f"{PANEL} .jp-OutputArea-output", dict[str, None]()
        for _ in self._screens():
            if self.page.locator(drawn).count():
                violations = Axe().run(self.page, context=drawn).response["violations"]
                found |= dict.fromkeys(f"{one['id']}: {node['html'][:160]}" for one in violations for node in one["nodes"])
        return list(found)

    def picture(self, name: str) -> None:
        """Keep the whole notebook as pictures, screen by screen, where somebody wants to look at them."""
        if self._pictures is not None:
            for number in self._screens():
                self.page.screenshot(path=str(self._pictures / f"{name}-{number:02}.png"))

    def _screens(self) -> Iterator[int]:
        """Scroll from top to bottom, a screen at a time, and back to the top: JupyterLab holds only the cells that are near the eye."""
        scroller = self.here.locator(SCROLLER).first
        height, step = scroller.evaluate("one => [one.scrollHeight, one.clientHeight]")
        for number, top in enumerate(range(0, height, step)):
            scroller.evaluate("(one, top) => one.scrollTo(0, top)", top)
            self.page.wait_for_timeout(300)
            yield number
        scroller.evaluate("one => one.scrollTo(0, 0)")

    # -- waiting ------------------------------------------------------------------------------------------------

    def wait(self) -> None:
        """Wait until no cell that stands near the eye runs and the kernel rests, for a second."""
        self._waiting()
        self.page.wait_for_function(RESTS, arg=PANEL, timeout=600_000, polling=250)
        self._waited("until it rests")

    def _waiting(self) -> None:
        self.page.evaluate("() => { window.seen(); window.silent = 0; window.waiting = true; window.restsSince = undefined }")

    def _waited(self, what: str) -> None:
        if gone := self.page.evaluate("() => { window.seen(); window.waiting = false; return window.silent }"):
            self.silent[f"{self._here}: {what}"] = gone

    def _opened(self, name: str) -> None:
        self._here = name
        self.page.locator("#jp-main-dock-panel .lm-TabBar-tab.lm-mod-current", has_text=name).wait_for()
        self.here.locator(".jp-Cell").first.wait_for()
        self.page.evaluate(WATCH, [PANEL, SILENT_AFTER])
        self.page.evaluate("() => { window.restsSince = undefined }")  # that the page before rests says nothing of this one's kernel
        self.page.wait_for_function(RESTS, arg=PANEL, polling=250)  # what is asked before the kernel listens is lost
