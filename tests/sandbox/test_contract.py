"""What goes over the wire keeps to the published specification, its named mistakes excepted; and the contract table is made from it."""

from __future__ import annotations

import pytest

from migkit.sandbox import contract_build
from migkit.sandbox.conformity import Specification
from migkit.sandbox.contract import contract
from migkit.sandbox.objects import HANDLERS

from .api import REFERENCE
from .session import play

needs_reference = pytest.mark.skipif(not REFERENCE.is_dir(), reason="the OpenAPI files (../shared/reference) are not here")


def test_every_endpoint_of_the_contract_has_a_handler_and_no_handler_stands_outside_it():
    assert set(HANDLERS) == set(contract().by_name)


@needs_reference
def test_the_contract_table_is_what_specification_and_overlay_give():
    assert contract_build.text(contract_build.build(REFERENCE)) == contract_build.CONTRACT.read_text(encoding="utf-8")


@needs_reference
def test_token_costs_are_those_of_the_published_table():
    lines = (REFERENCE / "pipedrive-token-costs.tsv").read_text(encoding="utf-8").splitlines()[1:]
    published = {f"{method} {path}": int(cost) for _, method, path, cost, *_ in (line.split("\t") for line in lines)}
    specified = [endpoint for endpoint in contract().endpoints if endpoint.is_specified]
    assert {endpoint.name: endpoint.cost for endpoint in specified} == {endpoint.name: published[endpoint.name] for endpoint in specified}


def test_the_scripted_session_calls_every_endpoint_with_success(make):
    api = make(seats=5)
    play(api)
    called = {Specification.name_of(entry) for entry in api.get("/_sandbox/requests").json() if entry["status"] < 400}
    assert set(contract().by_name) - called == set()


@needs_reference
def test_every_request_and_answer_of_the_session_is_valid(make, specification):
    api = make(seats=5)
    play(api)
    entries = api.get("/_sandbox/requests?full=1").json()
    assert len(entries) > 300
    assert specification.problems(entries) == []
    assert specification.unused() == [], "exceptions that nothing needs any more"


@needs_reference
def test_an_answer_that_breaks_the_specification_is_noticed(specification):
    answer = {"success": True, "data": {"id": "one", "name": "A", "shoe_size": 9}}
    entry = {"method": "GET", "path": "/api/v2/persons/1", "status": 200, "fault": "", "body": None, "answer": answer}
    problems = "\n".join(specification.problems([entry]))
    assert "data/id: type" in problems
    assert "shoe_size" in problems
