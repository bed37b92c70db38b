"""What a whole demo sent and what it was answered keeps to the published specification, and costs what it must."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import httpx
import pytest

from migkit.sandbox.conformity import Specification

from .conftest import WRITES

REFERENCE = Path(__file__).resolve().parents[3] / "shared" / "reference"
SETTING_UP = ("Fields", "activityTypes", "pipelines", "stages", "leadLabels")

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("journey")]


@pytest.fixture
def calls(journey) -> list[dict[str, Any]]:
    """Every call of the demo, bodies included, from the target's own log."""
    entries: list[dict[str, Any]] = httpx.get(f"{journey.sandbox.url}/_sandbox/requests", params={"full": 1}, timeout=300).json()
    return [entry for entry in entries if not entry["path"].startswith("/_sandbox")]


@pytest.mark.skipif(not REFERENCE.is_dir(), reason="the OpenAPI files (../shared/reference) are not here")
def test_every_request_and_answer_of_the_demo_is_valid(calls):
    """Against specification plus overlay; every kind of record was written."""
    assert len(calls) > 500
    assert Specification(REFERENCE).problems(calls) == []
    written = {call["path"].removeprefix("/api").split("/")[2] for call in calls if call["method"] == "POST"}
    assert {"organizations", "persons", "products", "leads", "deals", "activities", "notes", "files"} <= written


def test_the_demo_is_never_refused_never_searches_and_wastes_no_token(journey, calls):
    """No call is answered 4xx, none is a search, and the tokens of the summary are those that the target charged; writes of records
    cost at most 1.01 times what they cost when each is sent once."""
    tokens = journey.summary["tokens"]
    writes = [call for call in calls if call["method"] in WRITES - {"DELETE"} and not call["path"].endswith(SETTING_UP)]

    assert [f"{call['method']} {call['path']} {call['status']}" for call in calls if call["status"] >= 400] == []
    assert [call["path"] for call in calls if "search" in call["path"].lower()] == []
    assert sum(tokens["spent"].values()) == sum(call["tokens"] for call in calls)
    assert sum(call["tokens"] for call in writes) == tokens["spent"]["write"] <= 1.01 * tokens["floor_of_writes"]
