"""The documentation: pages that follow from the code are as the code is, and every page is in the site."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from types import ModuleType

DOCS = Path(__file__).resolve().parents[1] / "docs"


def reference() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_reference", DOCS / "make_reference.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_pages_of_the_reference_are_as_the_code_is() -> None:
    """Commands with their help, policies with their comments: `make docs` was run."""
    pages = reference()
    assert (DOCS / "commands.md").read_text(encoding="utf-8") == pages.commands_page()
    assert (DOCS / "policies.md").read_text(encoding="utf-8") == pages.policies_page()


def test_every_page_is_in_the_site_and_every_link_goes_somewhere() -> None:
    """The contents name each page, and a page that links to another one names it rightly."""
    contents = (DOCS / "index.md").read_text(encoding="utf-8")
    listed = set(re.findall(r"^[a-z][\w/-]*$", contents, re.MULTILINE))
    pages = {path.relative_to(DOCS).with_suffix("").as_posix() for path in DOCS.rglob("*.md")}
    assert {page for page in pages if not page.startswith("adr/0") and page != "index"} <= listed | {"adr/README"}
    for page in DOCS.rglob("*.md"):
        for link in re.findall(r"\]\((?!https?:)([^)#\s]+)[)#]", page.read_text(encoding="utf-8")):
            assert (page.parent / link).exists(), f"{page.name} links to {link}"


def test_no_command_of_a_how_to_is_made_up() -> None:
    """Whatever a page tells to type is a command with these options."""
    from migkit.cli import main

    known = {
        name: {option for one in (command, *getattr(command, "commands", {}).values()) for param in one.params for option in param.opts}
        for name, command in main.commands.items()
    }
    for page in [*(DOCS / "howto").glob("*.md"), DOCS / "tutorial.md"]:
        for name, rest in re.findall(r"(?:`|^)migkit ([a-z]+)([^`\n|]*)", page.read_text(encoding="utf-8"), re.MULTILINE):
            assert name in known, f"{page.name}: migkit {name}"
            assert set(re.findall(r"--[a-z-]+", rest)) <= known[name], f"{page.name}: migkit {name}{rest}"
