"""What a whole demo sent and what it was answered keeps to the published specification, and costs what it must."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from migkit.sandbox.conformity import Specification
from tests.http_client import HTTP

from .conftest import WRITES, Journey

REFERENCE = Path(__file__).resolve().parents[3] / "shared" / "reference"
SETTING_UP = ("Fields", "activityTypes", "pipelines", "stages", "leadLabels")

pytestmark = pytest.mark.journey


def calls(journey: Journey, **params: int) -> list[dict[str, Any]]:
    """Every call of the demo, from the target's own log."""
    entries: list[dict[str, Any]] = HTTP.get(f"{journey.sandbox.url}/_sandbox/requests", params=params, timeout=300).json()
    return [entry for entry in entries if not entry["path"].startswith("/_sandbox")]


@pytest.mark.skipif(not REFERENCE.is_dir(), reason="the OpenAPI files (../shared/reference) are not here")
def test_every_request_and_answer_of_the_demo_is_valid(journey):
    """Against specification plus overlay; every kind of record was written."""
    whole = calls(journey, full=1)
    assert len(whole) > 500
    assert Specification(REFERENCE).problems(whole) == []
    written = {call["path"].removeprefix("/api").split("/")[2] for call in whole if call["method"] == "POST"}
    assert {"organizations", "persons", "products", "leads", "deals", "activities", "notes", "files"} <= written


def test_the_demo_is_never_refused_never_searches_and_wastes_no_token(journey):
    """No call is answered 4xx, none is a search, and the tokens of the summary are those that the target charged; writes of records
    cost at most 1.01 times what they cost when each is sent once."""
    sent, tokens = calls(journey), journey.summary["tokens"]
    writes = [call for call in sent if call["method"] in WRITES - {"DELETE"} and not call["path"].endswith(SETTING_UP)]

    assert [f"{call['method']} {call['path']} {call['status']}" for call in sent if call["status"] >= 400] == []
    assert [call["path"] for call in sent if "search" in call["path"].lower()] == []
    assert sum(tokens["spent"].values()) == sum(call["tokens"] for call in sent)
    assert sum(call["tokens"] for call in writes) == tokens["spent"]["write"] <= 1.01 * tokens["floor_of_writes"]
