"""The catalogue of messages: every code that is made is in it, every code in it is made, and each says who does what."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

import pytest

from migkit.model.messages import CATALOGUE, Entry, Message, Severity, Who
from migkit.model.messages.comparing import ENTRIES as COMPARING
from migkit.model.messages.entry import joined
from migkit.model.messages.gates import EFFECTS, STATES, WAYS_ON
from migkit.model.messages.load import WAITING
from migkit.model.messages.page import help_page
from migkit.model.messages.plan import HELD
from migkit.model.messages.repairs import ENTRIES as REPAIRS
from migkit.model.messages.source import REFERENCES
from migkit.model.outcomes import Finding

ROOT = Path(__file__).parents[2]
MAKERS = {("Message", "of"), ("Finding", "of"), ("Question", "of"), ("Check", "of"), ("log", "find"), ("context", "note_problem")}
"""Owner and name of the functions whose first argument is a code."""


RULES = {**REPAIRS, **COMPARING}
PHRASES = {**STATES, **EFFECTS, **WAYS_ON, **REPAIRS}
"""What stands inside of a sentence, without a full stop."""


@cache
def nodes() -> list[ast.AST]:
    """Everything that the package's sources say outside the catalogue."""
    sources = [path for path in sorted((ROOT / "migkit").rglob("*.py")) if "messages" not in path.parts]
    return [node for path in sources for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))]


def literals(node: ast.AST) -> set[str]:
    """The strings that an expression may be: both arms of a choice, none for a name."""
    if isinstance(node, ast.IfExp):
        return literals(node.body) | literals(node.orelse)
    return {node.value} if isinstance(node, ast.Constant) and isinstance(node.value, str) else set()


def made() -> set[str]:
    """Codes that stand as a literal where a message is made."""
    codes = set()
    for call in (node for node in nodes() if isinstance(node, ast.Call) and node.args):
        name = call.func
        if isinstance(name, ast.Attribute):
            owner = name.value.attr if isinstance(name.value, ast.Attribute) else getattr(name.value, "id", "")
            if (owner, name.attr) in MAKERS:
                codes |= literals(call.args[0])
    return codes


def written() -> set[str]:
    """Every string of the package outside the catalogue; a string with a hole (`f"unreadable-{kind}"`) for all that begin or end so."""
    found = set()
    for node in nodes():
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            found.add(node.value)
        if isinstance(node, ast.JoinedStr):
            first, last = (str(part.value) if isinstance(part, ast.Constant) else "" for part in (node.values[0], node.values[-1]))
            found |= {code for code in CATALOGUE if len(first) > 3 and first.endswith("-") and code.startswith(first)}
            found |= {code for code in CATALOGUE if len(last) > 3 and last.startswith("-") and code.endswith(last)}
    return found


def test_every_code_that_is_made_is_in_the_catalogue() -> None:
    """Found in the sources, without running them."""
    assert made() - CATALOGUE.keys() == set()
    assert len(made()) > 100


def test_every_code_of_the_catalogue_is_made_somewhere() -> None:
    """None stands there that nothing says any more. Rules of cleaning and comparing are written without the word before their code."""
    said = written() - RULES.keys()
    assert CATALOGUE.keys() - said - RULES.keys() == set()
    assert {rule for rule in RULES if rule.partition("-")[2] not in said} == {"rule-unreadable", "rule-patient-from", "rule-own-cleaning"}


def test_every_row_that_waits_says_who_does_what() -> None:
    """A reason for which a row or record waits names who does something about it, and it is not an analyst looking into it."""
    waiting = {**HELD, **WAITING} | {code: entry for code, entry in REFERENCES.items() if not (entry.severity and not entry.counted)}
    assert [code for code, entry in waiting.items() if entry.who is None or not entry.does] == []
    assert [code for code, entry in CATALOGUE.items() if "looks into it" in entry.does] == ["text"]


@pytest.mark.parametrize("code", CATALOGUE)
def test_every_sentence_can_be_made(code: str) -> None:
    """With one of everything and with many: no placeholder stays open, numbers and words agree, a sentence ends as one."""
    entry = CATALOGUE[code]
    for number in (1, 1200):
        values = {name: number if f"{{{name}:" in entry.text + entry.counted else "x" for name in entry.parameters}
        message = Message(code, tuple(sorted(values.items())))
        for sentence in (str(message), message.sentence(counted=True), message.action):
            assert "{" not in sentence and "}" not in sentence and "|" not in sentence
            assert not sentence or sentence.endswith((".", "x")) is (code not in PHRASES or sentence.endswith("x")), sentence


def test_number_and_words_agree() -> None:
    """One row names, two rows name, thousands are separated."""
    said = [str(Finding.of("no-patient", table="appointments", count=count)) for count in (1, 2000)]
    assert said == [
        "1 row names no patient and is held: it has nobody to belong to.",
        "2,000 rows name no patient and are held: they have nobody to belong to.",
    ]


def test_what_the_catalogue_does_not_know_cannot_be_made() -> None:
    """An unknown code, a parameter too many, one too few, a finding without a weight, a code told twice."""
    for wrong in (
        lambda: Message.of("no-such-code"),
        lambda: Message.of("missing-parent"),
        lambda: Message.of("no-patient", key="patient:1"),
        lambda: Finding.of("missing-parent", key="patient:1"),
        lambda: joined({"a": Entry("A.")}, {"a": Entry("B.")}),
    ):
        with pytest.raises(ValueError, match=r"no-such-code|missing-parent|no-patient|catalogue holds a"):
            wrong()


def test_a_message_is_kept_as_text_and_comes_back() -> None:
    """With lists, numbers and a message inside; a text that an older ledger kept is shown as it stands."""
    inner = Message.of("several-candidates", keys=("patient:3", "patient:4"))
    message = Message.of("carrier-waits", key="plan:7", why=inner)
    assert Message.load(message.dump()) == message and str(message).endswith("The name that it gives fits several: patient:3, patient:4.")
    assert str(Message.load("waits for its household")) == "waits for its household"
    assert message.to_json() == {"code": "carrier-waits", "sentence": str(message)}


def test_who_does_what_is_one_sentence() -> None:
    """The practice, the analyst, or nobody."""
    assert Message.of("no-date").action == "The practice says the date, or that it stays out."
    assert Message.of("parent-held", key="plan:7").action == "Nobody: it comes with that one."
    assert {entry.who for entry in CATALOGUE.values()} == {*Who, None}
    assert {entry.severity for entry in CATALOGUE.values()} == {*Severity, None}


def test_the_help_page_is_current() -> None:
    """`docs/messages.md` is what the catalogue says now (`make docs`), with an anchor for every code."""
    page = (ROOT / "docs" / "messages.md").read_text(encoding="utf-8")
    assert page == help_page()
    assert all(f'<a id="{code}"></a>' in page for code in CATALOGUE)
