"""An optional proposer: a language model behind any OpenAI-compatible endpoint. Off unless one is handed in.

It is sent names of tables and columns and the *shapes* of values (`Aa 9-9`), never a value; its answer is one more
piece of evidence beside the others, never the last word.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from migkit.model.canonical import CanonicalSchema
from migkit.model.errors import RemoteError

Post = Callable[[str, Mapping[str, str], Mapping[str, Any]], Mapping[str, Any]]
"""Send a JSON body to an URL with headers and return the parsed JSON answer: the caller brings the HTTP."""

_TASK = (
    "You match columns of a dental practice's export with fields of a schema. For each column answer the fields that it most "
    "likely means, best first, at most three, only from the fields listed; an empty list where none fits. "
    'Answer with JSON only: {"columns": {"<column>": ["<field>", ...]}}.'
)


@dataclass(frozen=True)
class ColumnQuestion:
    """What may leave the house about one column."""

    name: str
    shapes: tuple[str, ...]


class LanguageModel(Protocol):
    """Ranks fields for the columns of one table."""

    def rank(self, table: str, columns: Sequence[ColumnQuestion], fields: Mapping[str, str]) -> Mapping[str, Sequence[str]]:
        """Return column → fields, best first. `fields` is field name → its title; `table` the source table's name."""
        ...


@dataclass(frozen=True)
class ChatModel:
    """A language model behind `<url>/chat/completions`."""

    url: str
    """Up to and without `/chat/completions`."""
    model: str
    post: Post
    api_key: str = ""

    def __repr__(self) -> str:
        return f"ChatModel(url={self.url!r}, model={self.model!r})"

    def rank(self, table: str, columns: Sequence[ColumnQuestion], fields: Mapping[str, str]) -> Mapping[str, Sequence[str]]:
        """Return column → fields, best first. Raises RemoteError where the answer is not the JSON asked for."""
        question = {"table": table, "columns": {c.name: {"value shapes": list(c.shapes)} for c in columns}, "fields": dict(fields)}
        body = {
            "model": self.model,
            "temperature": 0,
            "messages": [{"role": "system", "content": _TASK}, {"role": "user", "content": json.dumps(question, ensure_ascii=False)}],
        }
        headers = {"Authorization": f"Bearer {self.api_key}"} if self.api_key else {}
        answer = self.post(f"{self.url.rstrip('/')}/chat/completions", headers, body)
        try:
            text = str(answer["choices"][0]["message"]["content"])
            ranked = json.loads(text[text.index("{") : text.rindex("}") + 1])["columns"]
            return {str(c): [str(f) for f in found] for c, found in ranked.items()}
        except (KeyError, IndexError, TypeError, ValueError, AttributeError) as error:
            raise RemoteError(
                f"The language model {self.model} did not answer with the JSON that was asked for (table {table}): "
                "nothing was changed; propose without it, or try another model."
            ) from error


def fields_of(schema: CanonicalSchema, table: str, targets: Sequence[str]) -> dict[str, str]:
    """Return target → title for the fields that a language model may choose from; dotted ones name their parent table."""
    titles = {}
    for target in targets:
        owner, _, name = target.rpartition(".")
        spec = schema[owner or table].fields[name]
        titles[target] = f"{schema[owner].title}: {spec.title}" if owner else spec.title
    return titles
