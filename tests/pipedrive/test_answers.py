"""Every answer ends in data or in a typed error that says whether a write may have happened."""

from __future__ import annotations

import httpx
import pytest

from migkit.model.errors import MigkitError, TerminalError, TransientError, UnconfirmedWrite
from migkit.model.objects import ObjectType
from migkit.pipedrive import Pipedrive

from .acting import html, ok, play, refused, scripted

PERSON = {"name": "Bartholomew Quince", "phones": [{"value": "+61491570156"}]}


def create(client: Pipedrive) -> object:
    return client.create(ObjectType.PERSON, PERSON)


def update(client: Pipedrive) -> object:
    return client.update(ObjectType.PERSON, 7, {"name": "Bartholomew Quince"})


def fetch(client: Pipedrive) -> object:
    return client.fetch(ObjectType.PERSON, 7)


def delete(client: Pipedrive) -> object:
    return client.delete(ObjectType.PERSON, 7)


BROKEN = httpx.Response(201, content=b'{"success": true, "da', headers={"content-type": "application/json"})
NO_ID = ok({"name": "x"}, status=201)
RESET = httpx.ReadError("reset")
CUT = httpx.RemoteProtocolError("peer closed connection without sending complete message body")
SLOW = httpx.ReadTimeout("slow")
UNSENT = httpx.ConnectError("refused")


@pytest.mark.parametrize(
    "answer",
    [
        html(500),
        html(502),
        refused(503, "busy"),
        html(504),
        html(200),
        BROKEN,
        NO_ID,
        ok([], status=201),
        RESET,
        CUT,
        SLOW,
        httpx.WriteError(""),
    ],
    ids=["500", "502", "503", "504", "html 200", "truncated json", "no id", "a list", "reset", "cut body", "timeout", "write error"],
)
@pytest.mark.parametrize("write", [create, update])
def test_a_write_without_a_usable_answer_is_in_doubt(write: object, answer: object) -> None:
    """It was sent once, is not sent again, and the error says that it may have been carried out."""
    log: list[httpx.Request] = []
    with pytest.raises(UnconfirmedWrite, match="may or may not have been carried out"):
        play(write, scripted(answer, log=log))  # type: ignore[arg-type]
    assert len(log) == 1


@pytest.mark.parametrize(
    "answer", [html(500), refused(503, "busy"), html(502), BROKEN, RESET, CUT, SLOW, UNSENT], ids=lambda answer: type(answer).__name__
)
def test_a_read_is_repeated(answer: object) -> None:
    """Two bad answers and a good one are a good one."""
    log: list[httpx.Request] = []
    found = play(fetch, scripted(answer, answer, ok({"id": 7}), log=log))  # type: ignore[arg-type]
    assert found == {"id": 7}
    assert len(log) == 3


def test_a_read_gives_up_after_five_retries() -> None:
    """Six bad answers end in a transient error that names the call."""
    log: list[httpx.Request] = []
    with pytest.raises(TransientError, match="GET /api/v2/persons/7"):
        play(fetch, scripted(html(502), log=log))  # type: ignore[arg-type]
    assert len(log) == 6


def test_a_write_that_was_never_sent_is_repeated() -> None:
    """No connection means nothing written: it is tried again."""
    assert play(create, scripted(UNSENT, UNSENT, ok({"id": 3}, status=201)))["id"] == 3  # type: ignore[arg-type]


def test_a_write_refused_by_429_is_repeated() -> None:
    """A 429 comes before the work."""
    assert play(create, scripted(refused(429, "slow down"), ok({"id": 3}, status=201)))["id"] == 3  # type: ignore[arg-type]


@pytest.mark.parametrize("answers", [(RESET, refused(404, "gone")), (html(502), refused(410, "gone")), (refused(404, "gone"),)])
def test_deleting_what_is_gone_is_fine(answers: tuple[object, ...]) -> None:
    """A deletion is repeated after a lost answer, and finding nothing is success."""
    play(delete, scripted(*answers))  # type: ignore[arg-type]


@pytest.mark.parametrize("status", [400, 402, 403, 404, 405, 410, 415, 422, 501])
def test_a_refusal_is_terminal(status: int) -> None:
    """It is not repeated, says that nothing was written, and carries status and code."""
    log: list[httpx.Request] = []
    with pytest.raises(TerminalError) as caught:
        play(create, scripted(refused(status, "No.", code="feature_capping_deals_limit"), log=log))  # type: ignore[arg-type]
    assert caught.value.status == status
    assert len(log) == 1
    if status != 402:
        assert caught.value.code == "feature_capping_deals_limit"
        assert "Nothing was written" in str(caught.value)


def test_a_refusal_within_a_2xx_is_terminal() -> None:
    """`success: false` counts, whatever the status says."""
    with pytest.raises(TerminalError, match="refused POST /api/v2/persons"):
        play(create, scripted(refused(200, "No.")))  # type: ignore[arg-type]


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_no_redirect_is_followed(status: int) -> None:
    """The token stays at home."""
    log: list[httpx.Request] = []
    step = httpx.Response(status, headers={"location": "https://elsewhere.example/"})
    with pytest.raises(TerminalError, match="redirect"):
        play(fetch, scripted(step, log=log))  # type: ignore[arg-type]
    assert [request.url.host for request in log] == ["127.0.0.1"]


def test_the_blocking_page_stops_everything() -> None:
    """The 403 page that ignoring 429 earns is not called again, and nothing was written."""
    log: list[httpx.Request] = []
    with pytest.raises(TransientError, match="too many requests") as caught:
        play(create, scripted(html(403), log=log))  # type: ignore[arg-type]
    assert caught.value.code == "blocked"
    assert len(log) == 1


@pytest.mark.parametrize(
    ("answer", "error", "words"),
    [
        (refused(401, "unauthorized access", errorCode=401), TerminalError, "does not accept the API token"),
        (httpx.Response(200, json={"hello": "world"}), TerminalError, "does not answer as Pipedrive does"),
        (html(200), TransientError, "the address is not Pipedrive's"),
        (html(404), TerminalError, "check that the target is Pipedrive"),
        (UNSENT, TransientError, "could not be sent"),
    ],
    ids=["bad token", "other json", "a web page", "404 page", "unreachable"],
)
def test_a_wrong_target_is_one_sentence(answer: object, error: type[MigkitError], words: str) -> None:
    """A bad token, another server, a web page, nothing at all: each says what to check."""
    with pytest.raises(error, match=words):
        play(lambda client: client.read("/api/v1/users/me"), scripted(answer))  # type: ignore[arg-type]


def test_messages_name_fields_and_no_values() -> None:
    """Pipedrive's words are shown, what was sent is not: neither whole nor word by word."""
    said = "Validation failed: phones[0]: '+61491570156' of bartholomew (Quince) is not allowed for this request"
    with pytest.raises(TerminalError) as caught:
        play(create, scripted(refused(400, said, code="ERR_SCHEMA_VALIDATION_FAILED")))  # type: ignore[arg-type]
    message = str(caught.value)
    assert "fields name, phones" in message
    assert "is not allowed for this request (ERR_SCHEMA_VALIDATION_FAILED)" in message
    for value in ("61491570156", "bartholomew", "quince"):
        assert value not in message.lower()
