"""The web as far as a practice's file may make us ask it: public https addresses, looked at when the connection is made.

A link in an export is a stranger's word. It must not reach this machine, its network or a cloud's metadata service, by its name, by what
the name resolves to, or by a redirect; nor fill the disk, nor keep us for ever.
"""

from __future__ import annotations

import ipaddress
import socket
import time
from collections.abc import Iterable
from typing import Any
from urllib.parse import urljoin, urlsplit

import httpcore
import httpx

from migkit.model.errors import RemoteError

MOST_BYTES = 100 << 20
"""Of one file: Pipedrive takes less."""
MOST_SECONDS = 120.0
"""For one file, redirects included."""
MOST_REDIRECTS = 5
SILENCE_S = 20.0
PORT = 443


class NotPublicError(RemoteError):
    """An address that no link may lead to."""


class PublicNetwork(httpcore.SyncBackend):
    """Connects to public addresses only, and to the very address that was looked at: a name cannot change in between."""

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """Connect. Raises NotPublicError where any address of the host is not public."""
        address = public_address(host, port)
        return super().connect_tcp(address, port, timeout=timeout, local_address=local_address, socket_options=socket_options)


def public_address(host: str, port: int = PORT) -> str:
    """Return the address that a host resolves to. Raises NotPublicError unless it, and any other, is public."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError:
        raise NotPublicError("The host of a link is not known.") from None
    addresses = [str(entry[4][0]).partition("%")[0] for entry in found]
    if not addresses or not all(is_public(address) for address in addresses):
        raise NotPublicError("A link leads to an address that is not public.")
    return addresses[0]


def is_public(address: str) -> bool:
    """Return whether an IP address belongs to the public internet, also where IPv6 wraps an IPv4 address."""
    parsed = ipaddress.ip_address(address)
    if isinstance(parsed, ipaddress.IPv6Address):
        wrapped = parsed.ipv4_mapped or parsed.sixtofour or (parsed.teredo or (None, None))[1] or _nat64(parsed)
        if wrapped is not None:
            return is_public(str(wrapped))
    return parsed.is_global and not parsed.is_multicast and not parsed.is_reserved


def _nat64(address: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF) if address in ipaddress.ip_network("64:ff9b::/96") else None


def public_transport() -> httpx.HTTPTransport:
    """Return a transport that reaches public addresses only."""
    transport = httpx.HTTPTransport()
    transport._pool = httpcore.ConnectionPool(ssl_context=httpx.create_ssl_context(), network_backend=PublicNetwork())
    return transport


def fetch(url: str, client: httpx.Client) -> bytes:
    """Return what stands at a public https address. Raises RemoteError for any other, and beyond size, time or redirects."""
    deadline = time.monotonic() + MOST_SECONDS
    for _ in range(MOST_REDIRECTS + 1):
        parts = urlsplit(url)
        if parts.scheme != "https" or not parts.hostname or "@" in parts.netloc or (parts.port or PORT) != PORT:
            raise NotPublicError("A link is no plain https address.")
        with client.stream("GET", url, follow_redirects=False) as answer:
            if answer.is_redirect:
                url = urljoin(url, answer.headers["location"])
                continue
            answer.raise_for_status()
            return _body(answer, deadline)
    raise RemoteError(f"A link is redirected more than {MOST_REDIRECTS} times.")


def _body(answer: httpx.Response, deadline: float) -> bytes:
    found = bytearray()
    for piece in answer.iter_bytes(chunk_size=1 << 16):
        found += piece
        if len(found) > MOST_BYTES:
            raise RemoteError(f"A linked file is larger than {MOST_BYTES >> 20} MB.")
        if time.monotonic() > deadline:
            raise RemoteError(f"A linked file takes longer than {MOST_SECONDS:.0f} seconds.")
    return bytes(found)
