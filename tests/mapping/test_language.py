"""The optional language model: asked for columns by name and shape, never shown a value."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

import pytest
from made import export, table

from migkit import mapping
from migkit.mapping import ChatModel
from migkit.mapping.shapes import shape
from migkit.migration.defaults import knowledge
from migkit.model.canonical import CanonicalSchema
from migkit.model.errors import RemoteError

SECRETS = [["88123", "Zwingli", "Aurelia", "0499 123 456", "aurelia.zwingli@example.net", "14/07/1981", "Allergic to latex"]]
HEADERS = "Nr, Nachname, Vorname, Handy, Post, Geb, Hinweis"


def answering(content: str, asked: list[dict[str, Any]]) -> Any:
    def post(url: str, headers: Mapping[str, str], body: Mapping[str, Any]) -> Mapping[str, Any]:
        asked.append({"url": url, "headers": dict(headers), "body": json.loads(json.dumps(body))})
        return {"choices": [{"message": {"content": content}}]}

    return post


def test_never_a_value_leaves_the_house(schema: CanonicalSchema) -> None:
    """Nothing of any cell stands in what is sent: headers, field names and shapes only."""
    asked: list[dict[str, Any]] = []
    model = ChatModel("http://127.0.0.1:1/v1", "some-model", answering('{"columns": {}}', asked))
    mapping.propose(
        export(table("Patienten", HEADERS, *SECRETS)), schema, knowledge(), language_model=model, tables={"Patienten": "patients"}
    )
    sent = json.dumps(asked)
    pieces = {piece for cell in SECRETS[0] for piece in (cell, *re.split(r"[\s@/.]", cell)) if len(piece) > 2}
    assert [piece for piece in pieces if piece in sent] == []
    assert "Nachname" in sent
    assert "birth_date" in sent


def test_without_a_model_nothing_is_asked(schema: CanonicalSchema) -> None:
    """Off by default: the proposer works alone."""
    assert (
        mapping.propose(export(table("Patients", "Surname")), schema, knowledge()).tables["Patients"].columns["Surname"].choice
        == "last_name"
    )


def test_its_answer_is_evidence(schema: CanonicalSchema) -> None:
    """A column that names alone leave open gets the field that the model ranks first, and the evidence says so."""
    raw = export(table("Patienten", HEADERS))
    model = ChatModel(
        "http://x/v1/", "m", answering('```json\n{"columns": {"Nachname": ["last_name"], "Post": ["no_such_field"]}}\n```', [])
    )
    fixed = {"Patienten": "patients"}
    alone = mapping.propose(raw, schema, knowledge(), tables=fixed).tables["Patienten"].columns["Nachname"]
    asked = mapping.propose(raw, schema, knowledge(), tables=fixed, language_model=model).tables["Patienten"].columns["Nachname"]
    top = {c.target: c for c in asked.candidates}["last_name"]
    assert "the language model says so" in top.evidence
    assert top.confidence > {c.target: c.confidence for c in alone.candidates}.get("last_name", 0.0)


@pytest.mark.parametrize("answer", ["I think it is the surname.", '{"columns": ["last_name"]}', "{}", "["])
def test_an_answer_that_is_not_the_json_asked_for_is_one_sentence(schema: CanonicalSchema, answer: str) -> None:
    """Prose or broken JSON ends in a RemoteError; nothing was changed."""
    model = ChatModel("http://x", "m", answering(answer, []))
    with pytest.raises(RemoteError, match="did not answer with the JSON"):
        mapping.propose(export(table("P", "Surname")), schema, knowledge(), language_model=model, tables={"P": "patients"})


def test_the_key_is_not_shown() -> None:
    """The API key goes into the header and into no repr."""
    model = ChatModel("http://x", "m", answering("{}", []), api_key="sk-hidden")
    assert "sk-hidden" not in repr(model)


@pytest.mark.parametrize(
    ("value", "expected"),
    [("Mary-Ann Ng", "Aa-Aa Aa"), ("0412 345 678", "9 9 9"), ("B12/4", "A9/9"), ("Đạt", "Aa"), ("", ""), ("ab@c.io", "a@a.a")],
)
def test_a_shape_keeps_neither_letters_nor_digits_nor_lengths(value: str, expected: str) -> None:
    """Runs are cut to one sign."""
    assert shape(value) == expected
