"""The optional language model for proposals: off unless the analyst names one; its answers are kept, so that a map is proposed alike.

It is sent names of tables and columns and the shapes of values, never a value (`migkit.mapping.language`).
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import httpx

from migkit.mapping import ChatModel, ColumnQuestion, LanguageModel
from migkit.model.digest import digest
from migkit.model.errors import RemoteError, UsageError
from migkit.workspace import write_atomically

URL, NAME, KEY = "MIGKIT_MODEL_URL", "MIGKIT_MODEL_NAME", "MIGKIT_MODEL_KEY"
"""Address of an OpenAI-compatible endpoint (up to and without `/chat/completions`), the model's name, the secret where it wants one."""
TIMEOUT_S = 120.0


def named_model() -> str:
    """Return the address and name of the model that the environment names, "" where it names none."""
    return f"{os.environ[URL]} {os.environ.get(NAME, '')}" if os.environ.get(URL) else ""


def language_model(folder: Path | None = None) -> LanguageModel | None:
    """Return the language model that the environment names, None where it names none; answers are kept in `folder`.

    Raises UsageError where the address is given without the model's name.
    """
    url, name = os.environ.get(URL), os.environ.get(NAME)
    if not url:
        return None
    if not name:
        raise UsageError(f"{URL} names a language model's address, but {NAME} does not say which model: set it, or unset {URL}.")
    model = ChatModel(url, name, _post, os.environ.get(KEY, ""))
    return _Kept(model, folder) if folder else model


class _Kept:
    """A language model that is asked once for the same thing: a second answer might be another."""

    def __init__(self, model: ChatModel, folder: Path) -> None:
        self._model, self._folder = model, folder

    def rank(self, table: str, columns: Sequence[ColumnQuestion], fields: Mapping[str, str]) -> Mapping[str, Sequence[str]]:
        """Return column → fields, best first."""
        asked = [[column.name, *column.shapes] for column in columns]
        place = self._folder / f"{digest([self._model.url, self._model.model, table, asked, sorted(fields.items())])}.json"
        if place.is_file():
            kept: dict[str, list[str]] = json.loads(place.read_text(encoding="utf-8"))
            return kept
        answer = self._model.rank(table, columns, fields)
        self._folder.mkdir(parents=True, exist_ok=True)
        write_atomically(place, json.dumps(answer, ensure_ascii=False))
        return answer


def _post(url: str, headers: Mapping[str, str], body: Mapping[str, Any]) -> Mapping[str, Any]:
    try:
        response = httpx.post(url, headers=dict(headers), json=dict(body), timeout=TIMEOUT_S)
        response.raise_for_status()
        answer: Mapping[str, Any] = response.json()
    except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
        said = f"it answered {error.response.status_code}" if isinstance(error, httpx.HTTPStatusError) else type(error).__name__
        raise RemoteError(
            f"The language model at {url} could not be asked ({said}): nothing was changed. Unset {URL} to go on without it."
        ) from None  # the broken request's own frames hold the key
    return answer
