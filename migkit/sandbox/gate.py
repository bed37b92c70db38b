"""From a request to its answer: token, limits, contract, handler, tokens charged, log written; and the faults in between."""

from __future__ import annotations

import asyncio
import logging
import re
import time
import uuid
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from python_multipart.exceptions import FormParserError
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from . import breakage
from .account import Account
from .contract import Contract, Endpoint, contract
from .errors import Refusal, generic, invalid, not_found, unauthorized
from .log import Entry
from .objects import HANDLERS, Answer, Call
from .objects.registry import Upload
from .store import Body
from .wire import read_json, write_json
from .world import World

KEEP_EVERY = 10
"""Calls between two writings of the tokens used: what a crash may forget."""
BODY_MAX = 120 * 1024 * 1024
CLIENT_LEFT, CLIENT_LEFT_STATUS = "client_left", 499
"""How the request log shows a call whose client went away before all of it was read."""
_logger = logging.getLogger("migkit.sandbox")


@dataclass
class Passage:
    """What becomes known of a call on its way."""

    account: Account | None = None
    user: Body | None = None
    endpoint: Endpoint | None = None
    tokens: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    raw: bytes = b""
    keys: list[str] = field(default_factory=list)
    fault: str = ""


class Gate:
    """Serves the API of all accounts of one world."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.contract: Contract = contract()
        self._calls = 0

    async def serve(self, request: Request) -> Response:
        """Answer one request; whatever happens, it is logged."""
        passage = Passage()
        fault = self.world.faults.draw(request.method, request.url.path)
        passage.fault = fault.kind if fault else ""
        if self.world.config.latency_ms or (fault and fault.kind == "latency"):
            await asyncio.sleep((self.world.config.latency_ms + (fault.ms if fault and fault.kind == "latency" else 0)) / 1000)
        response = breakage.before(fault)
        if response is None and fault and fault.kind == "reset_before":
            self._log(request, passage, 0, b"")
            return await breakage.reset(request)
        if response is None:
            try:
                response = await self._answer(request, passage)
            except ClientDisconnect:  # nobody is there to be answered, and nothing was carried out
                _logger.info("The client went away in the middle of %s %s", request.method, request.url.path)
                passage.fault, passage.tokens = passage.fault or CLIENT_LEFT, 0
                response = Response(status_code=CLIENT_LEFT_STATUS)
        self._log(request, passage, response.status_code, bytes(response.body))
        return await breakage.after(request, response, fault)

    async def _answer(self, request: Request, passage: Passage) -> Response:
        try:
            try:
                answer = await self._carry_out(request, passage)
            except (Refusal, ClientDisconnect):
                self._undo()
                raise
            except Exception as error:
                self._undo()
                _logger.exception("The sandbox failed at %s %s", request.method, request.url.path)
                raise generic(500, "Internal server error", "The sandbox has a fault of its own; see its log.") from error
            self.world.store.commit()
            self.world.hooks.release()
            self._charge(passage)
            return self._respond(passage, answer)
        except Refusal as refusal:
            if 400 <= refusal.status < 500 and refusal.status not in (401, 429) and passage.tokens and passage.account:
                passage.tokens = passage.tokens if passage.account.switches["failed_calls_cost"] == "yes" else 0
                self._charge(passage)
            else:
                passage.tokens = 0
            return self._refused(passage, refusal)

    def _undo(self) -> None:
        self.world.store.rollback()
        self.world.hooks.forget()

    async def _carry_out(self, request: Request, passage: Passage) -> Answer:
        path = request.url.path
        if not path.startswith("/api/") and path.startswith("/v1/"):
            path = "/api" + path
        self._authenticate(request, passage)
        endpoint, raw_path = self._find(request.method, path)
        passage.endpoint = endpoint
        assert passage.account is not None and passage.user is not None
        if not endpoint.is_specified and passage.account.switches["out_of_support"] == "gone":
            raise generic(410, "This method is gone.")
        self._admit(request, passage, endpoint)
        given = endpoint.path_values(raw_path)
        sent = [(key, value) for key, value in request.query_params.multi_items() if key != "api_token"]
        is_v1_list = endpoint.method == "GET" and endpoint.path.startswith("/api/v1/")
        query, problems = endpoint.query_values(sent, ignore_unknown=is_v1_list and passage.account.switches["unknown_query"] == "ignored")
        if problems:
            raise invalid(problems)
        body, files = await self._read(request, passage, endpoint)
        if given is None:
            raise not_found()
        call = Call(passage.account, passage.user, endpoint, given, query, body, files)
        self.world.store.begin()
        return HANDLERS[endpoint.name](call)

    def _authenticate(self, request: Request, passage: Passage) -> None:
        token, _ = _token(request)
        owner = self.world.owner_of(token) if token else None
        if owner is None or (_is_in_query(request) and owner[0].switches["token_in_query"] == "refused"):
            raise unauthorized()
        passage.account, passage.user = owner
        if not passage.user["permissions"].get("can_use_api", True):
            raise generic(403, "API access is disabled for this user.")

    def _find(self, method: str, path: str) -> tuple[Endpoint, dict[str, str]]:
        found = self.contract.find(path)
        if found is None:
            raise generic(404, "Unknown method.")
        methods, parts = found
        if method not in methods:
            raise Refusal(405, generic(405, "Method not allowed.").body, {"allow": ", ".join(sorted(methods))})
        endpoint, names = methods[method]
        if endpoint is None:
            raise generic(501, "Pipedrive has this call, the sandbox does not offer it.")
        return endpoint, dict(zip(names, parts, strict=True))

    def _admit(self, request: Request, passage: Passage, endpoint: Endpoint) -> None:
        assert passage.account is not None
        token, oauth = _token(request)
        undocumented = passage.account.switches["undocumented_headers"] == "sent"
        passage.headers = passage.account.limits.admit(token, search=endpoint.is_search, oauth=oauth, undocumented=undocumented)
        if not oauth:
            passage.headers |= passage.account.limits.write(token, request.method, passage.account.switches["daily_writes"])
        passage.tokens = endpoint.cost

    def _charge(self, passage: Passage) -> None:
        if passage.account:
            passage.account.limits.charge(passage.tokens)
            self._calls += 1
            if self._calls % KEEP_EVERY == 0:
                self.world.keep(passage.account)
            undocumented = passage.account.switches["undocumented_headers"] == "sent"
            passage.headers |= passage.account.limits.daily_headers(undocumented)

    async def _read(self, request: Request, passage: Passage, endpoint: Endpoint) -> tuple[Any, dict[str, Upload]]:
        if int(request.headers.get("content-length") or 0) > BODY_MAX:
            raise generic(400, "The request is too large.")
        if endpoint.media is None:
            passage.raw = await request.body()
            if passage.raw.strip() not in (b"", b"{}"):
                raise invalid(["body: A body is not allowed for this request"])
            return {}, {}
        if endpoint.media != "application/json":
            return await _form(request, passage, endpoint)
        passage.raw = await request.body()
        body = _json(passage.raw, request.headers.get("content-type", ""))
        passage.keys = sorted(body) if isinstance(body, dict) else []
        assert passage.account is not None
        null_clears = passage.account.switches["null_clears"] == "accepted" and endpoint.method in ("PATCH", "PUT")
        ignored = endpoint.name == "POST /api/v2/deals" and passage.account.switches["deal_add_time"] != "refused"
        checked = {key: value for key, value in body.items() if key != "add_time"} if ignored and isinstance(body, dict) else body
        if problems := endpoint.body_problems(checked, null_clears=null_clears):
            raise invalid(problems[:20])
        return body, {}

    def _respond(self, passage: Passage, answer: Answer) -> Response:
        assert passage.endpoint is not None
        headers = passage.headers | dict(answer.headers) | _correlation()
        if answer.raw is not None:
            return Response(answer.raw, headers=headers)
        envelope: dict[str, Any] = {"success": True}
        if not answer.no_data:
            envelope["data"] = answer.data
        if answer.additional is not None:
            envelope["additional_data"] = answer.additional
        return _json_response(answer.status or passage.endpoint.status, envelope | dict(answer.extra), headers)

    def _refused(self, passage: Passage, refusal: Refusal) -> Response:
        headers = passage.headers | refusal.headers | _correlation()
        if isinstance(refusal.body, str):
            return Response(refusal.body, refusal.status, headers, media_type="text/html")
        return _json_response(refusal.status, refusal.body, headers)

    def _log(self, request: Request, passage: Passage, status: int, answer: bytes) -> None:
        now = datetime.fromtimestamp(time.time(), UTC).isoformat(timespec="milliseconds")
        account = passage.account.id if passage.account else None
        self.world.log.add(
            Entry(account, now, request.method, request.url.path, _without_token(request.url.query), status, passage.tokens, passage.keys,
                  passage.fault, passage.raw, answer)
        )  # fmt: skip


def _token(request: Request) -> tuple[str, bool]:
    """Return the token and whether it came as OAuth's Bearer."""
    scheme, _, bearer = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer" and bearer:
        return bearer.strip(), True
    return request.headers.get("x-api-token") or request.query_params.get("api_token", ""), False


def _without_token(query: str) -> str:
    return re.sub(r"(^|&)api_token=[^&]*", r"\1api_token=…", query)


def _is_in_query(request: Request) -> bool:
    return "api_token" in request.query_params and not request.headers.get("x-api-token") and not request.headers.get("authorization")


def _json(raw: bytes, media: str) -> Any:
    if media.partition(";")[0].strip().lower() != "application/json":
        raise generic(400, "The body must be JSON with content-type application/json.")
    try:
        return read_json(raw)
    except ValueError:
        raise generic(400, "The body is not valid JSON.") from None


async def _form(request: Request, passage: Passage, endpoint: Endpoint) -> tuple[Any, dict[str, Upload]]:
    wanted = endpoint.media or ""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != wanted:
        raise generic(400, f"The body must be {wanted}.")
    try:
        form = await request.form(max_files=2, max_fields=50)
    except (MultiPartException, FormParserError, HTTPException, ValueError, KeyError, AttributeError):
        raise generic(400, "The form cannot be read.") from None
    body: dict[str, Any] = {}
    files: dict[str, Upload] = {}
    schema = endpoint.body.get("properties", {})
    for key, value in form.multi_items():
        if key in body:
            raise invalid([f"{key}: Parameter '{key}' is given more than once"])
        if isinstance(value, UploadFile):
            files[key] = Upload(value.filename or "", await value.read(), value.content_type or "")
            body[key] = ""
        else:
            is_number = schema.get(key, {}).get("type") == "integer"
            body[key] = int(value) if is_number and re.fullmatch(r"-?[0-9]{1,18}", value) else value
    passage.keys = sorted(body)
    sizes = {key: f"<{len(file.content)} bytes>" for key, file in files.items()}
    passage.raw = write_json(body | sizes)
    problems = endpoint.body_problems(body)
    problems += [
        f"{key}: Expected a file" for key, part in schema.items() if part.get("format") == "binary" and key in body and key not in files
    ]
    if problems:
        raise invalid(problems)
    return body, files


def _json_response(status: int, value: Any, headers: dict[str, str]) -> Response:
    return Response(write_json(value), status, headers, media_type="application/json")


def _correlation() -> dict[str, str]:
    return {"x-correlation-id": str(uuid.uuid4())}
