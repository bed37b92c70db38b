"""The token is shown to Pipedrive and to nobody else."""

from __future__ import annotations

import logging
import traceback

import httpx
import pytest

from migkit.model.errors import RemoteError, UsageError
from migkit.model.objects import ObjectType
from migkit.pipedrive import Pipedrive, token_for
from migkit.pipedrive.wire import TokenAuth

from .acting import TOKEN, URL, html, ok, play, refused, scripted


def test_the_token_travels_in_the_header_only() -> None:
    """Every request has it as `x-api-token`; address and body do not hold it."""
    log: list[httpx.Request] = []
    play(lambda c: c.create(ObjectType.PERSON, {"name": "Ann"}), scripted(ok({"id": 1}), log=log))
    assert log[0].headers["x-api-token"] == TOKEN
    assert TOKEN not in str(log[0].url)
    assert TOKEN.encode() not in log[0].content


@pytest.mark.parametrize("step", [refused(401, "unauthorized access"), html(500), httpx.ReadError("reset"), httpx.ConnectError("refused")])
def test_errors_and_logs_do_not_show_it(step: object, caplog: pytest.LogCaptureFixture) -> None:
    """Neither message, traceback with locals, chained errors, nor debug logging."""
    with caplog.at_level(logging.DEBUG), pytest.raises(RemoteError) as caught:
        play(lambda c: c.create(ObjectType.PERSON, {"name": "Ann"}), scripted(step))  # type: ignore[arg-type]
    told = "".join(traceback.TracebackException.from_exception(caught.value, capture_locals=True).format())
    assert TOKEN not in told + str(caught.value) + repr(caught.value) + caplog.text


def test_reprs_do_not_show_it() -> None:
    """Neither the client's, nor of anything that it holds."""
    client = Pipedrive(URL, TOKEN, transport=httpx.MockTransport(scripted(ok({}))))
    held = [repr(client), str(client), repr(vars(client)), repr(TokenAuth(TOKEN)), repr(vars(TokenAuth(TOKEN)))]
    assert TOKEN not in "".join(held)


@pytest.mark.parametrize("arguments", [{"url": "http://acme.pipedrive.com"}, {"url": "ftp://x"}, {"url": URL, "subscription_plan": "huge"}])
def test_a_refused_start_does_not_show_it(arguments: dict[str, str]) -> None:
    """A wrong address or plan is one sentence; its traceback with locals holds no token."""
    with pytest.raises(UsageError) as caught:
        Pipedrive(token=TOKEN, **arguments)  # type: ignore[arg-type]
    frames = traceback.TracebackException.from_exception(caught.value, capture_locals=True).stack
    own = [frame for frame in frames if "pipedrive/client" in frame.filename or "pipedrive/wire" in frame.filename]
    assert own
    assert TOKEN not in "".join(str(frame.locals) for frame in own)


@pytest.mark.parametrize("token", ["", "abc\ndef", "abc–def", "abc\x00"])
def test_what_cannot_be_a_token_is_refused(token: str) -> None:
    """Before anything is sent, and without showing it."""
    with pytest.raises(UsageError, match="token"):
        Pipedrive(URL, token)


def test_a_token_is_sent_encrypted_only() -> None:
    """Plain http is for this machine alone."""
    with pytest.raises(UsageError, match="https"):
        Pipedrive("http://acme.pipedrive.com", TOKEN)
    assert repr(Pipedrive("https://acme.pipedrive.com/api/v2", TOKEN)) == "<Pipedrive https://acme.pipedrive.com>"


def test_the_token_comes_from_the_environment() -> None:
    """Blanks around it are not part of it."""
    assert token_for(URL, {"PIPEDRIVE_API_TOKEN": f" {TOKEN}\n"}) == TOKEN


def test_an_account_whose_secret_has_a_name_is_never_opened_by_another(monkeypatch: pytest.MonkeyPatch) -> None:
    """The named variable counts, whatever `PIPEDRIVE_API_TOKEN` says; where it is not set, its name is said and nothing else is tried."""
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
    import keyring.core

    keyring.core.init_backend()
    of_another = {"PIPEDRIVE_API_TOKEN": "of another account"}
    assert token_for(URL, {**of_another, "ACME_TOKEN": TOKEN}, name="ACME_TOKEN") == TOKEN
    with pytest.raises(UsageError, match="ACME_TOKEN"):
        token_for(URL, of_another, name="ACME_TOKEN")


class InMemory:
    """A keyring that holds what it is given; none of keyring's own classes, which would then count on this machine."""

    def __init__(self, **entries: str) -> None:
        self.entries = entries

    def get_password(self, service: str, username: str) -> str | None:
        return self.entries.get(username) if service == "migkit" else None


def test_each_account_has_its_own_token_in_the_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    """By the account's address, or by the name that its workspace gives; a variable of that name comes first."""
    ring = InMemory(**{"acme.pipedrive.com": "of acme", "bondi.pipedrive.com": "of bondi", "COOGEE_TOKEN": "of coogee"})
    monkeypatch.setattr("keyring.core._keyring_backend", ring)
    assert [token_for(f"https://{name}.pipedrive.com", {}) for name in ("acme", "bondi")] == ["of acme", "of bondi"]
    assert token_for(URL, {"PIPEDRIVE_API_TOKEN": "of another account"}, name="COOGEE_TOKEN") == "of coogee"
    assert token_for(URL, {"COOGEE_TOKEN": "of the variable"}, name="COOGEE_TOKEN") == "of the variable"
    with pytest.raises(UsageError, match="keyring set migkit dural"):
        token_for("https://dural.pipedrive.com", {})


def test_without_a_token_the_way_to_set_one_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine without keyring and variable gets one sentence that names both."""
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")
    import keyring.core

    keyring.core.init_backend()
    with pytest.raises(UsageError, match=r"PIPEDRIVE_API_TOKEN.*keyring set migkit acme.pipedrive.com"):
        token_for("https://acme.pipedrive.com", {})


def test_a_download_elsewhere_goes_without_it() -> None:
    """Where a file's content lies in a storage, that is asked once, without the token."""
    log: list[httpx.Request] = []
    away = httpx.Response(302, headers={"location": "https://storage.example/file"})
    content = play(lambda c: c.download(5), scripted(away, httpx.Response(200, content=b"%PDF"), log=log))
    assert content == b"%PDF"
    assert [(request.url.host, "x-api-token" in request.headers) for request in log] == [("127.0.0.1", True), ("storage.example", False)]
