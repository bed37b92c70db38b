"""What is around the API: faults, webhooks, several accounts, seeds, restarts, the process, the page."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, HTTPServer

import httpx
import pytest

from migkit.sandbox import Sandbox, SandboxConfig, Served, create_app
from migkit.steps.sandbox import serve_sandbox

SEED = {
    "company": "Harbour Dental", "domain": "harbour",
    "users": [{"name": "Desk", "email": "desk@example.com", "is_admin": False, "active": True},
              {"name": "Boss", "email": "boss@example.com", "is_admin": True, "active": True}],
    "fields": [{"entity": "person", "label": "Newsletter", "type": "enum", "options": ["Yes", "No"]}],
    "pipelines": [{"name": "Sales", "stages": ["New", "Won"]}], "activity_types": [{"name": "Site visit", "icon_key": "camera"}],
    "currencies": ["AUD", "NZD"], "organizations": [{"name": "Gym", "address": "1 High St"}],
    "persons": [{"name": "Ann", "emails": [{"value": "a@example.com", "label": "work", "primary": True}], "phones": [],
                 "organization": "Gym",
                 "owner": "desk@example.com", "custom": {"Newsletter": "No"}}],
    "products": [{"name": "Voucher", "code": "V", "prices": [{"price": 50.0, "currency": "AUD"}]}],
    "deals": [{"title": "Talk", "person": "Ann", "pipeline": "Sales", "stage": "Won", "value": 5, "currency": "AUD", "status": "won"}],
    "activities": [{"subject": "Call", "type": "Site visit", "person": "Ann", "due_date": "2024-01-01", "done": True}],
    "notes": [{"content": "<p>Hi</p>", "person": "Ann"}],
    "webhooks": [{"subscription_url": "http://127.0.0.1:9/", "event_action": "*", "event_object": "*", "name": "Tool"}],
}  # fmt: skip


def fault(api, **rule):
    assert api.post("/_sandbox/faults", json={"seed": 1, "rules": [rule]}).status_code == 200


def names(api):
    return [each["name"] for each in api.ok("GET", "/api/v2/persons")]


# faults
@pytest.mark.parametrize(("kind", "status"), [("500", 500), ("502", 502), ("503", 503), ("429", 429)])
def test_a_fault_before_the_work_does_nothing(api, kind, status):
    fault(api, kind=kind, method="POST", count=1)
    answer = api.post("/api/v2/persons", json={"name": "A"})
    assert answer.status_code == status
    assert ("html" in answer.headers["content-type"]) == (status == 502)
    assert names(api) == []
    assert api.post("/api/v2/persons", json={"name": "A"}).status_code == 200
    first = api.get("/_sandbox/requests").json()[0]
    assert (first["fault"], first["tokens"]) == (kind, 0)


@pytest.mark.parametrize(("kind", "made"), [("reset_before", []), ("reset_after", ["A"])])
def test_a_lost_connection_before_or_after_the_work(api, kind, made):
    fault(api, kind=kind, method="POST")
    with pytest.raises(ConnectionResetError):
        api.post("/api/v2/persons", json={"name": "A"})
    assert names(api) == made


def test_html_instead_of_json_after_the_work(api):
    fault(api, kind="html", method="POST")
    answer = api.post("/api/v2/persons", json={"name": "A"})
    assert (answer.status_code, answer.text[:15]) == (200, "<!DOCTYPE html>")
    assert names(api) == ["A"]


def test_faults_are_drawn_from_their_seed_at_their_rate_on_their_paths(make):
    def run():
        api = make()
        fault(api, kind="503", rate=0.3, path="/api/v1/*")
        assert all(api.get("/api/v2/persons").status_code == 200 for _ in range(20))
        return [api.get("/api/v1/leadSources").status_code for _ in range(200)]

    first = run()
    assert first == run()
    assert 40 < first.count(503) < 80


def test_a_fault_that_nobody_knows_is_refused(api):
    assert api.post("/_sandbox/faults", json={"rules": [{"kind": "flood"}]}).status_code == 400
    assert api.get("/_sandbox/faults").json() == {"rules": []}


def test_connections_really_break_over_the_network():
    rules = (
        {"kind": "reset_after", "path": "/api/v2/persons", "count": 1},
        {"kind": "reset_before", "path": "/api/v2/deals", "count": 1},
        {"kind": "truncated", "path": "/api/v1/users", "count": 1},
        {"kind": "slow", "path": "/api/v1/currencies", "count": 1, "ms": 40},
        {"kind": "latency", "path": "/api/v1/leadSources", "count": 1, "ms": 40},
    )
    with (
        Sandbox(SandboxConfig(faults=rules)) as sandbox,
        httpx.Client(base_url=sandbox.url, headers={"x-api-token": sandbox.token}) as client,
    ):
        for method, path, body in (
            ("POST", "/api/v2/persons", {"name": "A"}),
            ("POST", "/api/v2/deals", {"title": "D"}),
            ("GET", "/api/v1/users", None),
        ):
            with pytest.raises((httpx.ReadError, httpx.RemoteProtocolError)):
                client.request(method, path, json=body)
        assert len(client.get("/api/v2/persons").json()["data"]) == 1
        assert client.get("/api/v2/deals").json()["data"] == []
        for path in ("/api/v1/currencies", "/api/v1/leadSources"):
            assert client.get(path).json()["success"] is True
        assert [entry["fault"] for entry in client.get("/_sandbox/requests").json()][:3] == ["reset_after", "reset_before", "truncated"]


# webhooks
class Listener(BaseHTTPRequestHandler):
    heard: list = []  # noqa: RUF012

    def do_POST(self):
        self.heard.append(json.loads(self.rfile.read(int(self.headers["content-length"]))))
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_):
        pass


def test_a_webhook_hears_what_was_done_and_not_what_was_refused(api):
    server = HTTPServer(("127.0.0.1", 0), Listener)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    url = f"http://127.0.0.1:{server.server_port}/in"
    api.ok("POST", "/api/v1/webhooks", json={"subscription_url": url, "event_action": "*", "event_object": "person", "name": "x"})
    api.ok("POST", "/api/v2/persons", json={"name": "A"})
    api.ok("PATCH", "/api/v2/persons/1", json={"name": "B"})
    api.refused(400, "PATCH", "/api/v2/persons/1", json={"name": ""})
    api.ok("POST", "/api/v2/organizations", json={"name": "O"})
    api.ok("DELETE", "/api/v2/persons/1")
    api.run(asyncio.wait_for(api.world.hooks.drain(), 10))
    server.shutdown()
    assert [event["meta"]["action"] for event in Listener.heard] == ["create", "change", "delete"]
    create, change, delete = Listener.heard
    assert (create["data"]["name"], create["previous"]) == ("A", None)
    assert (change["data"]["name"], change["previous"]["name"]) == ("B", "A")
    assert (delete["data"], delete["meta"]["entity"], delete["meta"]["change_source"]) == (None, "person", "api")
    assert [each["status"] for each in api.get("/_sandbox/webhooks").json()] == [200, 200, 200]


def test_a_webhook_outside_this_machine_is_kept_but_never_sent(api):
    body = {"subscription_url": "https://example.com/in", "event_action": "create", "event_object": "*", "name": "x"}
    api.ok("POST", "/api/v1/webhooks", json=body)
    api.ok("POST", "/api/v2/persons", json={"name": "A"})
    api.ok("PATCH", "/api/v2/persons/1", json={"name": "B"})
    assert [(each["status"], each["event"]["meta"]["action"]) for each in api.get("/_sandbox/webhooks").json()] == [(None, "create")]


# accounts and seeds
def test_accounts_have_keys_plans_and_records_of_their_own(api):
    made = api.post("/_sandbox/accounts", json={"account": SEED, "plan": "lite", "seats": 1, "token": "second"}).json()
    assert (made["company"], made["plan"], made["tokens"]["budget"]) == ("Harbour Dental", "lite", 30_000)
    other = api.with_token("second")
    codes = [
        each.ok("POST", "/api/v2/personFields", json={"field_name": "Ref", "field_type": "varchar"})["field_code"] for each in (api, other)
    ]
    assert codes[0] != codes[1]
    assert (names(api), names(other)) == ([], ["Ann"])
    assert other.ok("GET", "/api/v1/users/me")["company_name"] == "Harbour Dental"
    assert api.post("/_sandbox/accounts", json={"token": "second"}).status_code == 400


def test_the_same_seed_gives_the_same_keys_and_another_seed_others(make):
    def codes(seed):
        api = make(seed=seed)
        return [api.ok("POST", "/api/v2/personFields", json={"field_name": n, "field_type": "varchar"})["field_code"] for n in "AB"]

    assert codes(1) == codes(1)
    assert not set(codes(1)) & set(codes(2))
    assert all(len(code) == 40 and int(code, 16) for code in codes(1))


def test_a_seed_file_fills_the_account(make, tmp_path):
    file = tmp_path / "account.json"
    file.write_text(json.dumps(SEED), encoding="utf-8")
    api = make(seed_file=file)
    me = api.ok("GET", "/api/v1/users/me")
    assert (me["name"], me["company_domain"]) == ("Boss", "harbour")
    person = api.ok("GET", "/api/v2/persons")[0]
    field = api.ok("GET", "/api/v2/personFields?limit=500")[-1]
    assert person["custom_fields"] == {field["field_code"]: field["options"][1]["id"]}
    assert (person["owner_id"], person["org_id"], person["emails"][0]["value"]) == (1, 1, "a@example.com")
    deal = api.ok("GET", "/api/v2/deals")[0]
    stages = {stage["id"]: stage["name"] for stage in api.ok("GET", "/api/v2/stages")}
    assert (deal["status"], stages[deal["stage_id"]], deal["person_id"]) == ("won", "Won", 1)
    assert [pipeline["name"] for pipeline in api.ok("GET", "/api/v2/pipelines")] == ["Sales"]
    activity = api.ok("GET", "/api/v2/activities")[0]
    assert (activity["type"], activity["done"], activity["person_id"]) == ("site_visit", True, 1)
    assert [each["code"] for each in api.ok("GET", "/api/v1/currencies")] == ["AUD", "NZD"]
    assert [each["name"] for each in api.ok("GET", "/api/v1/webhooks")] == ["Tool"]
    assert api.ok("GET", "/api/v1/notes")[0]["content"] == "<p>Hi</p>"


@pytest.mark.parametrize(
    ("part", "wrong", "says"),
    [("persons", [{"name": "A", "organization": "Nowhere"}], "persons, entry 1"),
     ("deals", [{"title": "D", "person": "Ann", "currency": "XTS"}], "Currency 'XTS'"),
     ("users", [{"name": "A", "email": "a@example.com", "is_admin": False}], "no active admin")],
)  # fmt: skip
def test_a_seed_that_contradicts_itself_says_where_and_leaves_nothing(api, part, wrong, says):
    answer = api.post("/_sandbox/accounts", json={"account": {**SEED, part: wrong}, "token": "t"})
    assert answer.status_code == 400
    assert says in answer.json()["error"]
    assert list(api.world.accounts) == [1]


# the process
def test_a_restart_finds_everything_again(tmp_path):
    config = SandboxConfig(data=tmp_path / "data", token="mine")
    with Sandbox(config) as sandbox, httpx.Client(base_url=sandbox.url, headers={"x-api-token": "mine"}) as client:
        code = client.post("/api/v2/personFields", json={"field_name": "Ref", "field_type": "varchar"}).json()["data"]["field_code"]
        client.post("/api/v2/persons", json={"name": "A", "custom_fields": {code: "x"}})
        client.post("/_sandbox/switches", json={"note_sanitiser": "wide"})
        client.post("/_sandbox/accounts", json={"token": "other", "account": SEED})
        before = client.get("/_sandbox/state").json()
    with Sandbox(config) as sandbox, httpx.Client(base_url=sandbox.url, headers={"x-api-token": "mine"}) as client:
        after = client.get("/_sandbox/state").json()
        assert {**after, "tokens": after["tokens"]["used"]} == {**before, "tokens": before["tokens"]["used"]}
        assert client.get("/api/v2/persons").json()["data"][0]["custom_fields"] == {code: "x"}
        assert len(client.get("/_sandbox/requests").json()) == 3
        assert client.get("/api/v2/persons", headers={"x-api-token": "other"}).json()["data"][0]["name"] == "Ann"


def test_what_was_answered_survives_a_kill(tmp_path):
    config = SandboxConfig(data=tmp_path / "data")
    sandbox = Sandbox(config).start()
    headers = {"x-api-token": sandbox.token}
    ids = [httpx.post(f"{sandbox.url}/api/v2/persons", json={"name": f"P{n}"}, headers=headers).json()["data"]["id"] for n in range(5)]
    sandbox.kill()
    with Sandbox(config) as again:
        found = httpx.get(f"{again.url}/api/v2/persons", headers=headers).json()["data"]
    assert [each["id"] for each in found] == ids


def test_it_dies_with_its_parent():
    code = "import os, sys; from migkit.sandbox import Sandbox; print(Sandbox().start().url, flush=True); sys.stdin.readline(); os._exit(1)"
    parent = subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    url = parent.stdout.readline().strip()
    assert httpx.get(f"{url}/_sandbox/state").status_code == 200
    parent.communicate("\n")
    until = time.monotonic() + 20
    while time.monotonic() < until:
        try:
            httpx.get(f"{url}/_sandbox/state", timeout=1)
        except httpx.TransportError:
            return
    raise AssertionError("the sandbox outlived its parent")


def test_a_port_that_is_taken_is_said_in_a_sentence():
    with Sandbox() as first, pytest.raises(RuntimeError, match="cannot take port"):
        Sandbox(SandboxConfig(port=int(first.url.rsplit(":", 1)[1]))).start()


@pytest.mark.parametrize("wrong", [{"plan": "gold"}, {"seats": 0}, {"clock_speed": 0}])
def test_a_wrong_setting_is_said_at_once(wrong):
    with pytest.raises(ValueError, match="The sandbox"):
        SandboxConfig(**wrong)


# the page and the log
def test_the_page_shows_what_arrived_and_escapes_it(make, tmp_path):
    file = tmp_path / "account.json"
    file.write_text(json.dumps(SEED), encoding="utf-8")
    api = make(seed_file=file)
    api.ok("POST", "/api/v2/persons", json={"name": "<script>alert(1)</script>"})
    html = api.get("/").text
    for text in (
        "Harbour Dental",
        "Ann",
        "a@example.com",
        "Newsletter",
        "Talk",
        "5.00 AUD",
        "Site visit",
        "Voucher",
        "tokens left today",
        "POST /api/v2/persons",
    ):
        assert text in html
    assert "<script" not in html
    assert "http://" not in html.replace("http://127.0.0.1:9/", "")


def test_the_log_tells_what_was_sent_and_answered(api):
    api.ok("POST", "/api/v2/persons", json={"name": "A", "visible_to": 3})
    first = api.get("/_sandbox/requests").json()[0]
    assert {key: first[key] for key in ("seq", "method", "path", "status", "tokens", "keys", "fault")} == {
        "seq": 1, "method": "POST", "path": "/api/v2/persons", "status": 200, "tokens": 5, "keys": ["name", "visible_to"], "fault": "",
    }  # fmt: skip
    api.get("/api/v2/persons?limit=1")
    full = api.get("/_sandbox/requests?since=1&full=1").json()
    assert [(each["query"], each["answer"]["data"][0]["name"]) for each in full] == [("limit=1", "A")]


def test_the_log_never_holds_the_token(make, tmp_path):
    api = make(data=tmp_path, token="very-secret-token")
    api.ok("POST", "/api/v2/persons", json={"name": "A"})
    api.world.log.flush()
    assert b"very-secret-token" not in (tmp_path / "requests.sqlite").read_bytes()
    assert "very-secret-token" not in json.dumps(api.get("/_sandbox/requests?full=1").json())


def test_a_client_that_goes_away_is_one_quiet_line_in_the_log(api, caplog):
    """Killed in the middle of its request: nothing is carried out, nobody is answered, and no traceback is printed."""
    path, sent = "/api/v2/persons", []
    headers = [(b"x-api-token", b"sandbox-token"), (b"content-type", b"application/json"), (b"content-length", b"99")]
    scope = {"type": "http", "method": "POST", "path": path, "raw_path": path.encode(), "query_string": b"", "headers": headers}

    async def receive():
        return {"type": "http.disconnect"}

    async def send(message):
        sent.append(message)

    api.run(api.app(scope, receive, send))
    log = api.get("/_sandbox/requests").json()
    assert [(entry["path"], entry["fault"], entry["tokens"]) for entry in log] == [(path, "client_left", 0)]
    assert names(api) == [] and caplog.records == []


def test_an_account_that_was_there_before_says_which_token_and_plan_are_its_own(tmp_path, monkeypatch):
    """Whatever it is started with: the line to copy opens the account."""
    create_app(SandboxConfig(data=tmp_path, token="its-own", plan="premium", seats=2)).state.world.close()

    def started(config, ready):
        world = create_app(config).state.world
        ready(Served("http://127.0.0.1:1", world.accounts[1].token(config.token), world.accounts[1].config.plan, 2))
        world.close()

    monkeypatch.setattr("migkit.steps.sandbox.serve", started)
    lines: list[str] = []
    options = {"port": 0, "plan": "growth", "seats": 1, "data": tmp_path, "seed_file": None, "no_limits": False, "latency_ms": 0.0}
    serve_sandbox(say=lines.append, token="another", clock_speed=1.0, switches=(), **options)
    assert "plan premium, 2 seats" in lines[0] and "keeps its own token" in lines[1]
    assert lines[2].endswith("PIPEDRIVE_API_TOKEN=its-own")
