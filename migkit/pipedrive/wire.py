"""The network edge: a few keep-alive connections that carry the token and never follow a redirect with it."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Callable, Generator
from urllib.parse import urlsplit

import httpx

from migkit.model.errors import UsageError

from .calls import Call

TIMEOUT = httpx.Timeout(60.0, connect=10.0)  # an upload of some 50 MB must fit
KEEP_ALIVE = 3.0  # seconds; shorter than servers' own, so that a request is not sent into a closing connection
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


class TokenAuth(httpx.Auth):
    """Sets the token on each request, and shows it to nobody."""

    def __init__(self, token: str) -> None:
        """Raises UsageError for what cannot stand in a header: such a token is none."""
        if not token or not token.isascii() or not token.isprintable():
            del token
            raise UsageError("The API token is empty or holds characters that no token has: copy it again from Pipedrive.")
        self._reveal = lambda: token

    def __repr__(self) -> str:
        return "TokenAuth(…)"

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        """Send the request once, with the token."""
        request.headers["x-api-token"] = self._reveal()
        yield request


def base_url(url: str) -> str:
    """Return scheme and host of the target, whatever path stands behind it. Raises UsageError unless it is safe for a token."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname or "@" in parts.netloc:
        raise UsageError("The target is not a web address: give it like https://acme-dental.pipedrive.com.")
    if parts.scheme == "http" and parts.hostname not in LOOPBACK:
        raise UsageError(f"The target {parts.hostname} is addressed without encryption: a token is sent over https only.")
    return f"{parts.scheme}://{parts.netloc}"


class Wire:
    """`size` clients of one connection each: one client shared by many tasks gets slower with every task."""

    def __init__(self, url: str, auth: httpx.Auth, transport: httpx.AsyncBaseTransport | None, size: int) -> None:
        self._url = base_url(url)
        local = urlsplit(self._url).hostname in LOOPBACK
        context: ssl.SSLContext | bool = False if local or transport else httpx.create_ssl_context()
        self._auth = auth
        self.before_write: Callable[[], None] = lambda: None
        self._clients = [
            httpx.AsyncClient(
                transport=transport,
                verify=context,
                timeout=TIMEOUT,
                trust_env=not local,
                follow_redirects=False,
                limits=httpx.Limits(max_connections=1, max_keepalive_connections=1, keepalive_expiry=KEEP_ALIVE),
                headers={"accept": "application/json"},
            )
            for _ in range(size)
        ]
        self._idle: asyncio.LifoQueue[httpx.AsyncClient] = asyncio.LifoQueue()
        for client in self._clients:
            self._idle.put_nowait(client)

    async def borrow(self) -> httpx.AsyncClient:
        """Return an idle client, the one used last first, as its connection is warm."""
        return await self._idle.get()

    def bring_back(self, client: httpx.AsyncClient) -> None:
        """Make a borrowed client idle again."""
        self._idle.put_nowait(client)

    async def send(self, client: httpx.AsyncClient, call: Call) -> httpx.Response:
        """Return the whole answer to a call. Raises httpx.TransportError, and for a call that writes what `before_write` raises."""
        given = {name: value for name, value in call.params.items() if value is not None}
        params = {name: [_text(each) for each in value] if isinstance(value, list) else _text(value) for name, value in given.items()}
        writes = call.verb != "GET"
        if writes:
            self.before_write()
        return await client.request(
            call.verb,
            self._url + call.path,
            params=params or None,
            json=call.json,
            data={name: _text(value) for name, value in call.form.items() if value is not None} or None,
            files={"file": call.file} if call.file else None,
            auth=self._auth,
            extensions={"trace": self._ask_again} if writes else None,
        )

    async def _ask_again(self, event: str, _: object) -> None:
        """Ask once more when the connection stands and the bytes are about to leave: that may have taken seconds."""
        if event.endswith((".send_request_headers.started", ".send_request_body.started")):
            self.before_write()

    async def fetch_elsewhere(self, client: httpx.AsyncClient, url: str) -> httpx.Response:
        """Return the answer of another host, asked without the token: where a download was redirected to."""
        return await client.get(url, auth=None)

    async def close(self) -> None:
        """Close all connections."""
        for client in self._clients:
            await client.aclose()


def _text(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
