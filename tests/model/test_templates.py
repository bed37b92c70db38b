"""The templates say everything once, and the lists that go by canonical table know every table."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest
import yaml

from migkit.resources import folder, load_yaml

TEMPLATES = sorted(folder("templates").glob("*.yaml"))
TABLES = set(load_yaml("canonical.yaml")["tables"])


def repeated(node: yaml.Node | None) -> list[str]:
    """Return `key, line n` of every key that stands twice in one mapping, however deep."""
    if isinstance(node, yaml.MappingNode):
        times = Counter(key.value for key, _ in node.value)
        here = [f"{key.value}, line {key.start_mark.line + 1}" for key, _ in node.value if times[key.value] > 1]
        return here + [each for _, value in node.value for each in repeated(value)]
    return [each for value in node.value for each in repeated(value)] if isinstance(node, yaml.SequenceNode) else []


def test_a_repeated_key_is_seen() -> None:
    """Two keys `b` one level down, each with its line."""
    assert repeated(yaml.compose("a:\n  b: 1\n  b: 2\n")) == ["b, line 2", "b, line 3"]


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_no_template_says_a_thing_twice(path: Path) -> None:
    """YAML takes the last of two equal keys without a word, so an edit of the first would change nothing."""
    assert repeated(yaml.compose(path.read_text(encoding="utf-8"), yaml.SafeLoader)) == []


@pytest.mark.parametrize("part", ["table_words", "common"])
def test_every_canonical_table_can_be_proposed(part: str) -> None:
    """`templates/mapping.yaml` knows each table by its words, its share and what it cannot lack; without them no export is proposed."""
    assert set(load_yaml("mapping.yaml")[part]) == TABLES


def test_every_canonical_table_has_a_suite() -> None:
    """`expectations/<table>.json` stands for each table and for nothing else."""
    assert {path.stem for path in folder("expectations").glob("*.json")} == TABLES


@pytest.mark.parametrize("path", sorted(folder("expectations").glob("*.json")), ids=lambda path: path.stem)
def test_no_suite_takes_a_word_of_the_schema_for_an_unknown_one(path: Path) -> None:
    """What a code is read as (a credit note, a cheque) is none that nobody has mapped."""
    fields = load_yaml("canonical.yaml")["tables"][path.stem]["fields"]
    sets = [one["kwargs"] for one in json.loads(path.read_text())["expectations"] if "value_set" in one["kwargs"]]
    lacking = {one["column"]: {*fields[one["column"]].get("values", ())} - {*one["value_set"]} for one in sets if one["column"] in fields}
    assert not any(lacking.values()), lacking
