"""Whatever is sent, the answer is a documented one: no fault of its own, no traceback, and a refusal has changed nothing."""

from __future__ import annotations

import json
import random
from urllib.parse import quote

import pytest
import schemathesis
import yaml
from hypothesis import HealthCheck, Phase, given, seed, settings
from schemathesis.core import NotSet

from migkit.sandbox.contract import contract

from .api import REFERENCE
from .fuzz import request
from .session import play

DOCUMENTED = {200, 201, 400, 401, 402, 403, 404, 405, 410, 422, 429, 501}


def storm(api, number: int, seed_value: int) -> dict[int, int]:
    """Send made-up requests and return how many got which status."""
    play(api)
    fields = [field for field in api.world.accounts[1].small("field").values() if field["is_custom_field"] and not field["is_deleted"]]
    codes: dict[str, list[str]] = {}
    for field in fields:
        codes.setdefault(field["entity"], []).append(field["field_code"])
    rng = random.Random(seed_value)
    statuses: dict[int, int] = {}
    database = api.world.store._db
    for _ in range(number):
        made = request(rng, codes)
        before, touched = (api.everything(), database.total_changes) if made["method"] != "GET" else (None, database.total_changes)
        answer = api.request(made.pop("method"), made.pop("path"), **{key: value for key, value in made.items() if value is not None})
        statuses[answer.status_code] = statuses.get(answer.status_code, 0) + 1
        assert answer.status_code in DOCUMENTED, (
            answer.request.method,
            answer.request.url,
            answer.request.content[:500],
            answer.text[:500],
        )
        assert "Traceback" not in answer.text
        if answer.status_code >= 400:
            assert json.loads(answer.text)["success"] is False
            assert database.total_changes == touched or before is None or api.everything() == before
    return statuses


def check(api, specification) -> None:
    """Compare everything that was answered with the specification, where it is at hand."""
    if specification:
        assert specification.problems(api.get("/_sandbox/requests?full=1").json()) == []


def test_a_short_storm_of_made_up_requests(make, specification):
    api = make(seats=5)
    statuses = storm(api, 600, 7)
    assert statuses[200] > 100, "too few of the made-up requests are right for the test to mean anything"
    assert statuses[400] > 100
    check(api, specification)


@pytest.mark.long
@pytest.mark.parametrize("seed_value", [1, 2])
def test_a_long_storm_of_made_up_requests(make, specification, seed_value):
    api = make(seats=5, plan="ultimate")
    storm(api, 6_000, seed_value)
    check(api, specification)


# schemathesis makes requests from the published files themselves, knowing nothing of this project
MAIN = (
    "persons",
    "organizations",
    "deals",
    "activities",
    "products",
    "leads",
    "notes",
    "activityTypes",
    "personFields",
    "leadLabels",
    "pipelines",
)


def _send_all(api, version: str, operation, examples: int) -> int:
    sent = 0

    @seed(20261122)
    @settings(max_examples=examples, deadline=None, database=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
    @given(case=operation.as_strategy())
    def send(case):
        nonlocal sent
        sent += 1
        body = {} if isinstance(case.body, NotSet) else {"json": case.body}
        path = case.path
        for key, value in (case.path_parameters or {}).items():
            path = path.replace("{" + key + "}", quote(str(value), safe=""))
        before = api.everything()
        answer = api.request(case.method, f"/api/{version}{path}", params=case.query, **body)
        assert answer.status_code in DOCUMENTED, (case.method, path, answer.text)
        if answer.status_code >= 400:
            assert answer.json()["success"] is False
            assert api.everything() == before

    send()
    return sent


def from_the_published_files(api, wanted, examples: int) -> int:
    sent = 0
    for version in ("v1", "v2"):
        document = yaml.load((REFERENCE / f"pipedrive-openapi-{version}.yml").read_text("utf-8"), yaml.CSafeLoader)
        document["paths"] = {path: verbs for path, verbs in document["paths"].items() if wanted(path)}
        for operation in schemathesis.openapi.from_dict(document).get_all_operations():
            name = f"{operation.ok().method.upper()} /api/{version}{operation.ok().path}"
            if name not in contract().by_name or contract().by_name[name].media not in (None, "application/json"):
                continue

            sent += _send_all(api, version, operation.ok(), examples)
    return sent


@pytest.mark.skipif(not REFERENCE.is_dir(), reason="the OpenAPI files (../shared/reference) are not here")
def test_requests_made_from_the_published_files_are_answered_or_refused(api):
    assert from_the_published_files(api, lambda path: path.strip("/") in MAIN, 3) > 60


@pytest.mark.long
@pytest.mark.skipif(not REFERENCE.is_dir(), reason="the OpenAPI files (../shared/reference) are not here")
def test_many_requests_made_from_the_published_files_are_answered_or_refused(api):
    assert from_the_published_files(api, lambda path: True, 12) > 2_000
