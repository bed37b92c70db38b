"""One made-up practice in each style, made once."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from migkit.generate import generate

PATIENTS = 240


@dataclass(frozen=True)
class Made:
    style: str
    folder: Path
    truth: Mapping[str, Any]
    damage: Mapping[str, Any]
    account: Mapping[str, Any]

    @property
    def tables(self) -> Mapping[str, list[dict[str, Any]]]:
        return self.truth["tables"]


def _make(folder: Path, style: str, **switches: bool) -> Made:
    generate(folder, PATIENTS, 3, style, **switches)
    documents = (json.loads((folder / f"{name}.json").read_text(encoding="utf-8")) for name in ("truth", "damage", "account"))
    return Made(style, folder, *documents)


@pytest.fixture(scope="session", params=["tidy", "reports"])
def made(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Made:
    return _make(tmp_path_factory.mktemp("practice") / request.param, request.param)


@pytest.fixture(scope="session")
def clean(tmp_path_factory: pytest.TempPathFactory) -> Made:
    return _make(tmp_path_factory.mktemp("practice") / "clean", "tidy", damage=False)


@pytest.fixture(scope="session")
def incomplete(tmp_path_factory: pytest.TempPathFactory) -> Made:
    return _make(tmp_path_factory.mktemp("practice") / "incomplete", "tidy", missing_patients=True)
