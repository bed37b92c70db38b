"""A link in an export reaches public https addresses, and nothing else."""

from __future__ import annotations

import socket

import httpcore
import httpx
import pytest

from migkit.model.errors import RemoteError
from migkit.steps import public_web
from migkit.steps.public_web import NotPublicError, fetch, is_public, public_transport


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.216.34", True), ("2606:2800:220:1::1", True),
        ("127.0.0.1", False), ("10.1.2.3", False), ("172.16.0.1", False), ("192.168.1.1", False), ("169.254.169.254", False),
        ("100.64.0.1", False), ("0.0.0.0", False), ("224.0.0.1", False), ("240.0.0.1", False), ("255.255.255.255", False),
        ("::1", False), ("::", False), ("fe80::1", False), ("fc00::1", False), ("ff02::1", False), ("2001:db8::1", False),
        ("::ffff:127.0.0.1", False), ("::ffff:169.254.169.254", False), ("64:ff9b::a9fe:a9fe", False), ("2002:7f00:1::", False),
    ],
)  # fmt: skip
def test_which_addresses_are_public(address: str, public: bool) -> None:
    """Loopback, private, link-local, carrier, multicast, reserved and documentation addresses are not, nor one wrapped in IPv6."""
    assert is_public(address) is public


def resolving(monkeypatch: pytest.MonkeyPatch, *answers: list[str]) -> list[str]:
    """Let names resolve to these addresses, one list a question; return the addresses that are connected to."""
    asked, connected = iter(answers), []

    def found(host: str, port: int, **_: object) -> list[tuple[object, ...]]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in next(asked)]

    def connect(self: object, host: str, port: int, **_: object) -> httpcore.NetworkStream:
        connected.append(host)
        raise httpcore.ConnectError("nobody there")

    monkeypatch.setattr(socket, "getaddrinfo", found)
    monkeypatch.setattr(httpcore.SyncBackend, "connect_tcp", connect)
    return connected


@pytest.mark.parametrize("addresses", [["169.254.169.254"], ["127.0.0.1"], ["93.184.216.34", "10.0.0.8"], []])
def test_a_name_that_leads_inside_is_not_connected_to(monkeypatch: pytest.MonkeyPatch, addresses: list[str]) -> None:
    """Whatever a name resolves to when the connection is made: one address that is not public is enough."""
    connected = resolving(monkeypatch, addresses)
    with httpx.Client(transport=public_transport()) as client, pytest.raises(NotPublicError):
        fetch("https://files.example/x.png", client)
    assert connected == []


def test_the_address_that_was_looked_at_is_the_one_that_is_connected_to(monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that answers otherwise a moment later (DNS rebinding) is not asked again."""
    connected = resolving(monkeypatch, ["93.184.216.34"], ["127.0.0.1"])
    with httpx.Client(transport=public_transport()) as client, pytest.raises(httpx.ConnectError):
        fetch("https://files.example/x.png", client)
    assert connected == ["93.184.216.34"]


@pytest.mark.parametrize(
    "url",
    ["http://files.example/x", "ftp://files.example/x", "file:///etc/passwd", "https://me:pw@files.example/x",
     "https://files.example:8443/x", "gopher://x"],
)  # fmt: skip
@pytest.mark.parametrize("redirected", [False, True])
def test_only_plain_https_is_asked_for(url: str, redirected: bool) -> None:
    """At first and behind a redirect."""
    answers = [httpx.Response(302, headers={"location": url})] if redirected else []
    client = httpx.Client(transport=httpx.MockTransport(lambda _: answers.pop()))
    with pytest.raises(NotPublicError):
        fetch("https://files.example/start" if redirected else url, client)


def test_a_redirect_is_looked_at_when_it_is_connected_to(monkeypatch: pytest.MonkeyPatch) -> None:
    """A public host that sends us to the metadata service by name: the second connection is refused."""
    inside = public_transport()

    def answer(request: httpx.Request) -> httpx.Response:
        if request.url.host == "files.example":
            return httpx.Response(302, headers={"location": "https://metadata.example/token"})
        return inside.handle_request(request)

    connected = resolving(monkeypatch, ["169.254.169.254"])
    with pytest.raises(NotPublicError):
        fetch("https://files.example/x", httpx.Client(transport=httpx.MockTransport(answer)))
    assert connected == []


def test_size_time_and_redirects_have_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file beyond the limit, one that trickles in, and a circle of redirects are given up."""
    monkeypatch.setattr(public_web, "MOST_BYTES", 1000)
    large = httpx.Client(transport=httpx.MockTransport(lambda _: httpx.Response(200, content=b"x" * 1001)))
    with pytest.raises(RemoteError, match="larger"):
        fetch("https://files.example/x", large)
    circle = httpx.Client(transport=httpx.MockTransport(lambda _: httpx.Response(302, headers={"location": "/x"})))
    with pytest.raises(RemoteError, match="redirected"):
        fetch("https://files.example/x", circle)
    monkeypatch.setattr(public_web, "MOST_SECONDS", -1.0)
    slow = httpx.Client(transport=httpx.MockTransport(lambda _: httpx.Response(200, content=b"x")))
    with pytest.raises(RemoteError, match="longer"):
        fetch("https://files.example/x", slow)
