"""A sandbox starts in a process of its own, answers, and stops."""

import httpx

from migkit.sandbox import Sandbox, SandboxConfig


def test_a_sandbox_in_its_own_process_answers_and_stops():
    with Sandbox(SandboxConfig()) as sandbox:
        answer = httpx.get(sandbox.url + "/api/v1/users/me", headers={"x-api-token": sandbox.token})
        assert answer.status_code == 200
        assert answer.json()["data"]["access"][0]["admin"] is True
        url = sandbox.url
    try:
        httpx.get(url)
    except httpx.ConnectError:
        return
    raise AssertionError("the sandbox still answers after it was stopped")
