"""The sandbox's own paths, which no client of Pipedrive may know: log, state, faults, switches, further accounts."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from .account import Account
from .faults import Faults
from .switches import SWITCHES, resolved
from .world import World


def control_routes(world: World) -> list[Route]:  # noqa: C901 - a list of routes with their handlers inside
    """Return the routes under `/_sandbox/`."""

    def account_of(request: Request) -> Account:
        try:
            return world.accounts[int(request.query_params.get("account", "1"))]
        except (KeyError, ValueError):
            raise ValueError("There is no such account.") from None

    async def requests(request: Request) -> Response:
        since = int(request.query_params.get("since", "0"))
        account = account_of(request).id if "account" in request.query_params else None
        limit = int(request.query_params.get("limit", "100000"))
        return JSONResponse(world.log.since(since, account=account, full=request.query_params.get("full") == "1", limit=limit))

    async def state(request: Request) -> Response:
        return JSONResponse(world.state(account_of(request)))

    async def set_faults(request: Request) -> Response:
        given = await _document(request)
        world.faults = Faults(given.get("rules", []), int(given.get("seed", 1)))
        return JSONResponse({"rules": [vars(rule) for rule in world.faults.rules]})

    async def faults(_: Request) -> Response:
        return JSONResponse({"rules": [vars(rule) for rule in world.faults.rules]})

    async def set_switches(request: Request) -> Response:
        account = account_of(request)
        account.switches = resolved(account.switches | await _document(request))
        world.keep(account)
        return JSONResponse(account.switches)

    async def switches(request: Request) -> Response:
        now = account_of(request).switches
        return JSONResponse(
            {name: {"question": each.question, "answers": each.answers, "now": now[name]} for name, each in SWITCHES.items()}
        )

    async def add_account(request: Request) -> Response:
        given = await _document(request)
        names = ("token", "plan", "seats", "seed", "switches")
        account = world.add_account(given.get("account") or {}, **{name: given[name] for name in names if name in given})
        return JSONResponse(world.state(account), 201)

    async def configure(request: Request) -> Response:
        account = account_of(request)
        given = await _document(request)
        allowed = {"plan", "seats", "daily_limit", "burst_limit", "clock_speed", "daily_tokens"}
        if set(given) - allowed:
            raise ValueError(f"Only {', '.join(sorted(allowed))} can be changed.")
        account.reconfigure(**given)
        world.keep(account)
        return JSONResponse(world.state(account))

    async def webhooks(request: Request) -> Response:
        since = int(request.query_params.get("since", "0"))
        fired = [{key: value for key, value in each.items() if key != "auth"} for each in world.hooks.sent]
        return JSONResponse(fired[since:])

    table: list[tuple[str, str, Callable[[Request], Any]]] = [
        ("GET", "requests", requests), ("GET", "state", state), ("POST", "faults", set_faults), ("GET", "faults", faults),
        ("POST", "switches", set_switches), ("GET", "switches", switches), ("POST", "accounts", add_account), ("POST", "config", configure),
        ("GET", "webhooks", webhooks),
    ]  # fmt: skip
    return [Route(f"/_sandbox/{name}", _careful(handler), methods=[method]) for method, name, handler in table]


def _careful(handler: Callable[[Request], Any]) -> Callable[[Request], Any]:
    async def wrapped(request: Request) -> Response:
        try:
            return await handler(request)
        except (ValueError, TypeError) as error:
            return JSONResponse({"error": str(error)}, 400)

    return wrapped


async def _document(request: Request) -> dict[str, Any]:
    document = json.loads(await request.body() or b"{}")
    if not isinstance(document, dict):
        raise ValueError("The body must be a JSON object.")
    return document
