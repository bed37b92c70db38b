"""Tokens a day, requests in two seconds, what the headers say, and what happens to those who do not listen."""

from __future__ import annotations

import csv

import pytest

from migkit.sandbox.contract import contract

from .api import REFERENCE

PERSON = "/api/v2/persons"


def flood(api, number, path="/api/v1/leadSources", **more):
    return [api.get(path, **more).status_code for _ in range(number)]


@pytest.mark.parametrize(
    ("plan", "api_token", "oauth"), [("lite", 20, 80), ("growth", 40, 160), ("premium", 100, 400), ("ultimate", 120, 480)]
)
def test_the_burst_of_two_seconds_per_plan_and_kind_of_token(make, clock, plan, api_token, oauth):
    api = make(plan=plan, burst_limit=True)
    assert flood(api, api_token + 1) == [200] * api_token + [429]
    clock.now += 2
    bearer = {"x-api-token": "", "authorization": "Bearer sandbox-token"}
    assert flood(api, oauth + 1, headers=bearer) == [200] * oauth + [429]


def test_the_window_rolls_it_does_not_start_anew_every_two_seconds(make, clock):
    api = make(plan="lite", burst_limit=True)
    flood(api, 10)
    clock.now += 1.5
    flood(api, 10)
    clock.now += 0.6
    assert flood(api, 11) == [200] * 10 + [429]


def test_searches_have_a_window_of_their_own_of_ten_on_every_plan(make):
    api = make(plan="ultimate", burst_limit=True)
    assert flood(api, 11, "/api/v2/persons/search?term=ab") == [200] * 10 + [429]
    assert flood(api, 1) == [200]


def test_tokens_of_two_users_have_windows_of_their_own(make):
    api = make(plan="lite", burst_limit=True, seats=3)
    api.world.add_account({"users": [{"name": "B", "email": "b@example.com", "is_admin": True, "active": True}]}, token="other")
    assert flood(api, 21)[-1] == 429
    assert flood(api, 20, headers={"x-api-token": "other"}) == [200] * 20


def test_a_refused_request_says_when_to_come_back(make):
    api = make(plan="lite", burst_limit=True)
    flood(api, 20)
    answer = api.get("/api/v1/leadSources")
    assert answer.status_code == 429
    assert answer.headers["retry-after"] == "2"
    assert answer.headers["x-ratelimit-remaining"] == "0"
    assert answer.json()["success"] is False


def test_every_answer_tells_the_window_and_the_day(make):
    api = make(plan="growth", burst_limit=True)
    headers = api.get(PERSON).headers
    assert headers["x-ratelimit-limit"] == "40"
    assert headers["x-ratelimit-remaining"] == "39"
    assert headers["x-ratelimit-reset"] == "2"
    assert headers["x-daily-ratelimit-token-limit"] == "60000"
    assert headers["x-daily-ratelimit-token-remaining"] == "59990"
    assert headers["x-correlation-id"]


def test_without_a_burst_limit_every_answer_says_so(make):
    headers = make(plan="growth", burst_limit=False).get(PERSON).headers
    assert headers["x-ratelimit-limit"] == "unlimited"
    assert "x-ratelimit-remaining" not in headers


def test_the_undocumented_headers_can_be_left_out(make):
    api = make(plan="lite", burst_limit=True, switches={"undocumented_headers": "absent"})
    answers = [api.get("/api/v1/leadSources") for _ in range(21)]
    for answer in answers:
        assert not {"retry-after", "x-daily-ratelimit-token-limit", "x-daily-ratelimit-token-remaining"} & set(answer.headers)
        assert answer.headers["x-ratelimit-limit"] == "20"


@pytest.mark.parametrize(
    ("plan", "seats", "budget"), [("lite", 1, 30_000), ("growth", 2, 120_000), ("premium", 1, 150_000), ("ultimate", 3, 630_000)]
)
def test_the_budget_of_a_day_is_30000_times_plan_times_seats(make, plan, seats, budget):
    assert make(plan=plan, seats=seats).get("/_sandbox/state").json()["tokens"]["budget"] == budget


def test_when_the_day_is_used_up_every_call_is_refused_until_midnight(make, clock):
    api = make(plan="lite", daily_limit=True)
    api.world.accounts[1].limits.used = 30_000 - 12
    assert [api.get(PERSON).status_code for _ in range(3)] == [200, 200, 429]
    answer = api.get("/api/v1/users/me")
    assert answer.status_code == 429
    assert answer.headers["x-daily-ratelimit-token-remaining"] == "0"
    assert int(answer.headers["retry-after"]) == 86_400 - int(clock.now) % 86_400 + 1
    clock.now += 86_400 - clock.now % 86_400
    assert api.get(PERSON).status_code == 200


def test_the_clock_speed_hastens_the_day_but_not_the_window(make, clock):
    api = make(plan="lite", daily_limit=True, burst_limit=True, clock_speed=86_400)
    api.world.accounts[1].limits.used = 30_000
    assert api.get(PERSON).status_code == 429
    clock.now += 1
    assert flood(api, 21)[:20] == [200] * 20
    clock.now += 1.9
    assert flood(api, 1) == [429]
    clock.now += 0.2
    assert flood(api, 1) == [200]


def test_the_zone_of_midnight_can_be_another(make, clock):
    clock.now = 20_000 * 86_400 + 86_400 - 3 * 3600 - 10.0
    api = make(daily_limit=True, switches={"reset_utc_offset": "3"})
    api.world.accounts[1].limits.used = 10**9
    assert api.get(PERSON).status_code == 429
    clock.now += 11
    assert api.get(PERSON).status_code == 200


def test_who_goes_on_after_429_is_shut_out_with_a_web_page(make, clock):
    api = make(plan="lite", burst_limit=True)
    statuses = flood(api, 90)
    assert statuses[20:80] == [429] * 60
    answer = api.get(PERSON)
    assert answer.status_code == 403
    assert answer.headers["content-type"].startswith("text/html")
    assert "Cloudflare" in answer.text
    clock.now += 11
    assert api.get(PERSON).status_code == 200


def test_who_comes_back_now_and_then_while_the_day_is_used_up_is_not_shut_out(make, clock):
    api = make(plan="lite", daily_limit=True)
    api.world.accounts[1].limits.used = 30_000
    for _ in range(200):
        assert api.get("/api/v1/users/me").status_code == 429
        clock.now += 5


def test_costs_are_charged_as_published(api):
    before = api.get("/_sandbox/state").json()["tokens"]["used_ever"]
    api.ok("POST", PERSON, json={"name": "A"})  # 5
    api.ok("POST", "/api/v1/notes", json={"content": "A", "person_id": 1})  # 10
    api.ok("GET", "/api/v2/persons?limit=500")  # 10
    api.ok("GET", "/api/v2/persons/1")  # 1
    api.ok("DELETE", "/api/v2/persons/1")  # 3
    assert api.get("/_sandbox/state").json()["tokens"]["used_ever"] - before == 29
    assert [entry["tokens"] for entry in api.get("/_sandbox/requests").json()] == [5, 10, 10, 1, 3]


def test_a_refused_call_costs_what_it_would_have_or_nothing(api):
    api.refused(400, "POST", PERSON, json={})
    api.refused(401, "GET", PERSON, headers={"x-api-token": "x"})
    api.refused(404, "GET", "/api/v2/patients")
    assert [entry["tokens"] for entry in api.get("/_sandbox/requests").json()] == [5, 0, 0]
    api.switch(failed_calls_cost="no")
    api.refused(400, "POST", PERSON, json={})
    assert api.get("/_sandbox/requests").json()[-1]["tokens"] == 0


@pytest.mark.skipif(not REFERENCE.is_dir(), reason="the published table of costs (../shared/reference) is not here")
def test_every_call_of_a_session_is_logged_with_its_published_cost(make):
    from migkit.sandbox.conformity import Specification

    from .session import play

    api = make(seats=5)
    play(api)
    rows = csv.DictReader((REFERENCE / "pipedrive-token-costs.tsv").open(encoding="utf-8"), delimiter="\t")
    published = {f"{row['method']} {row['path']}": int(row["token_cost"]) for row in rows}
    published |= {endpoint.name: endpoint.cost for endpoint in contract().endpoints if not endpoint.is_specified}
    log = api.get("/_sandbox/requests").json()
    assert [entry["tokens"] for entry in log] == [published[Specification.name_of(entry)] for entry in log]
