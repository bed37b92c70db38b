"""One idea has one word: no public name of the package uses a word that the glossary's third column gives up."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
NAMED_OTHERWISE = {"account", "plan", "practice", "cleaning step", "keep untold", "company account"}
"""Given up for one meaning and kept for another (or more than a word): what a name means is no matter of its letters."""


def given_up() -> set[str]:
    """The words of the third column, with their plural."""
    rows = [line.split("|") for line in (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8").splitlines() if line.startswith("| ")]
    words = {word.strip() for row in rows[1:] for word in row[3].split(",")} - {"", "not"} - NAMED_OTHERWISE
    return words | {f"{word}s" for word in words} | {"retired", "doubtful", "crowded"}


def words(name: str) -> set[str]:
    """The words of a name: `LaterReading`, `later_columns` and `LATER` all say `later`."""
    return {part.lower() for part in re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+", name)}


def public_names(node: ast.AST) -> Iterator[str]:
    """Names that other code may use: of functions and their arguments, of classes and what they hold, of constants."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef) and not child.name.startswith("_"):
            yield child.name
            yield from (one.arg for one in (*child.args.posonlyargs, *child.args.args, *child.args.kwonlyargs))
        elif isinstance(child, ast.ClassDef) and not child.name.startswith("_"):
            yield child.name
            yield from public_names(child)
        elif isinstance(child, ast.Assign | ast.AnnAssign):
            targets = child.targets if isinstance(child, ast.Assign) else [child.target]
            yield from (one.id for target in targets for one in ast.walk(target) if isinstance(one, ast.Name) and one.id[0] != "_")


def test_names_that_would_be_given_up_are_found() -> None:
    """A class, a method's argument, a field and a constant count; a private name does not."""
    source = "class LaterReading:\n    doubt: int\n    def go(self, *, marker): ...\nFATES = 1\ndef _mark(): ..."
    assert {word for name in public_names(ast.parse(source)) for word in words(name)} & given_up() == {"later", "doubt", "marker", "fates"}


@pytest.mark.parametrize(
    "room", sorted(path.name for path in (ROOT / "migkit").iterdir() if path.suffix == ".py" or (path / "__init__.py").exists())
)
def test_public_names_use_the_words_of_the_glossary(room: str) -> None:
    """Public names of a room, and the names of its files, use no word that is given up."""
    path = ROOT / "migkit" / room
    sources = [path] if path.suffix == ".py" else sorted(path.rglob("*.py"))
    named = [(source, name) for source in sources for name in (source.stem, *public_names(ast.parse(source.read_text(encoding="utf-8"))))]
    assert [f"{source.relative_to(ROOT)}: {name}" for source, name in named if words(name) & given_up()] == []


def test_what_people_write_and_read_uses_them_too() -> None:
    """The keys of settings, policies, canonical fields and message codes are public names as well."""
    from migkit.model.messages import CATALOGUE

    keys = re.findall(
        r"^\s*([a-z_]+):", "".join(p.read_text(encoding="utf-8") for p in sorted((ROOT / "templates").glob("*.yaml"))), re.MULTILINE
    )
    assert sorted({key for key in (*keys, *CATALOGUE) if words(key) & (given_up() - {"customer", "rehearsal"})}) == []
