"""What a fault does to a call: a refusal instead of the work, or an answer lost, cut, slowed or replaced after it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from .faults import Rule
from .wire import write_json

HTML = b"<!DOCTYPE html><html><head><title>502</title></head><body><h1>Bad gateway</h1></body></html>"


def before(fault: Rule | None) -> Response | None:
    """Return the refusal that comes instead of the work, None where the work goes on."""
    if fault is None or fault.kind not in ("500", "502", "503", "429"):
        return None
    status = int(fault.kind)
    if status == 502:
        return Response(HTML, 502, media_type="text/html")
    error = "request over limit" if status == 429 else "Server error"
    body = {
        "success": False,
        "error": error,
        "errorCode": status,
        "error_info": "A fault was asked for.",
        "data": None,
        "additional_data": None,
    }
    headers = {"retry-after": "1"} if status == 429 else {}
    return Response(write_json(body), status, headers, media_type="application/json")


async def after(request: Request, response: Response, fault: Rule | None) -> Response:
    """Return what becomes of the answer after the work."""
    if fault is None:
        return response
    if fault.kind == "reset_after":
        return await reset(request)
    if fault.kind == "html":
        return Response(HTML, 200, media_type="text/html")
    if fault.kind == "truncated":
        return _Truncated(request, response)
    if fault.kind == "slow":
        return StreamingResponse(
            _drip(bytes(response.body), fault.ms / 1000), response.status_code, {"content-type": response.headers["content-type"]}
        )
    return response


async def _drip(content: bytes, seconds: float) -> AsyncIterator[bytes]:
    size = max(1, len(content) // 4)
    for start in range(0, len(content), size):
        await asyncio.sleep(seconds / 4)
        yield content[start : start + size]


async def reset(request: Request) -> Response:
    """Lose the connection. Without a network (in-process tests) it is an error of the transport."""
    transport = request.scope.get("state", {}).get("transport")
    if transport is None:
        raise ConnectionResetError("The sandbox lost the connection because a fault was asked for.")
    transport.abort()
    await asyncio.sleep(0.01)
    return Response(b"")


class _Truncated(Response):
    """Half of an answer that promised to be whole."""

    def __init__(self, request: Request, whole: Response) -> None:
        super().__init__(b"", whole.status_code)
        self._whole = whole
        self._transport = request.scope.get("state", {}).get("transport")

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Send the headers of the whole answer and half of its bytes, then close."""
        await send({"type": "http.response.start", "status": self._whole.status_code, "headers": self._whole.raw_headers})
        content = bytes(self._whole.body)
        await send({"type": "http.response.body", "body": content[: len(content) // 2], "more_body": self._transport is not None})
        if self._transport is not None:
            self._transport.close()
            await asyncio.sleep(0.01)
