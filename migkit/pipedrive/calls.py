"""One call and what became of it: pure reading of answers into data or a typed error.

What a write's answer means:

    2xx with the record                      carried out
    400 401 402 403 404 410 415 422 501 3xx  refused, nothing written: TerminalError
    429, no connection, HTML 403 of the      not carried out: tried again
      protecting proxy
    500 502 503 504, a 2xx that cannot be    may have been carried out: UnconfirmedWrite. 503 belongs here too: a gateway sends it
      read, a lost connection, a timeout     before the work as well as after it, and nothing in the answer tells which.

Reads are harmless to repeat, and so are deletes (the second one finds nothing): for these the last row is transient.
Messages name verb, path and field names, never a value: what Pipedrive says is shown with every sent value taken out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

import httpx

from migkit.model.errors import RemoteError, TerminalError, TransientError, UnconfirmedWrite
from migkit.model.words import spaced

from .endpoints import TOKEN_COSTS

NOT_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError, httpx.UnsupportedProtocol)
"""Failures that come before a request leaves."""


@dataclass(frozen=True)
class Call:
    """One request, not yet sent."""

    verb: str
    template: str
    """Path with its placeholders: `/api/v2/persons/{id}`."""
    purpose: str
    args: Mapping[str, Any] = field(default_factory=dict)
    """Placeholder → value."""
    params: Mapping[str, Any] = field(default_factory=dict)
    json: Any = field(default=None, repr=False)
    form: Mapping[str, Any] = field(default_factory=dict, repr=False)
    file: tuple[str, bytes] | None = field(default=None, repr=False)
    """(name, content) of a multipart upload."""

    @property
    def path(self) -> str:
        """The path with its placeholders filled."""
        return self.template.format_map({name: quote(str(value), safe="") for name, value in self.args.items()})

    @property
    def cost(self) -> int:
        """Tokens of this call."""
        return TOKEN_COSTS[self.verb, self.template]

    @property
    def endpoint(self) -> str:
        """Verb and path template: the row of the usage table."""
        return f"{self.verb} {self.template}"

    @property
    def repeatable(self) -> bool:
        """Whether sending it twice leaves the same state as sending it once."""
        return self.verb in ("GET", "DELETE")

    def __str__(self) -> str:
        sent = self.json if isinstance(self.json, Mapping) else self.form
        return f"{self.verb} {self.path}" + (f" (fields {', '.join(sorted(map(str, sent)))})" if sent else "")


def read_answer(call: Call, response: httpx.Response, *, is_known: bool = True) -> dict[str, Any]:
    """Return the envelope (`success`, `data`, `additional_data`) of a 2xx answer. Raises RemoteError for everything else.

    `is_known` is False until the target has once answered as Pipedrive does.
    """
    status = response.status_code
    body = _json_object(response)
    if response.is_success and body is not None and body.get("success") is True and ("data" in body or call.verb == "DELETE"):
        return body
    if 300 <= status < 400:
        raise TerminalError(
            f"{call} was answered with a redirect ({status}), which is not followed, so as not to carry the token away: "
            "check the target's address. Nothing was written.",
            status=status,
        )
    if response.is_success and body is not None and body.get("success") is False:
        raise TerminalError(f"Pipedrive refused {call}: {_said(call, body)}. Nothing was written.", status=status, code=_code(body))
    if response.is_success and body is not None and not is_known:
        raise TerminalError(f"{response.url.host} does not answer as Pipedrive does: check the target's address.", status=status)
    if response.is_success or (status >= 500 and status != 501):
        came = "JSON that is not Pipedrive's" if body is not None else _kind(response)
        raise unconfirmed(call, f"was answered {status} with {came}", status, is_known=is_known)
    raise _refusal(call, status, body, response)


def no_answer(call: Call, error: httpx.RequestError) -> RemoteError:
    """Return the typed error for an exchange that broke off: transient where nothing was sent, else unconfirmed."""
    if isinstance(error, NOT_SENT):
        where = error.request.url.netloc.decode()
        return TransientError(
            f"{call} could not be sent to {where}: {_reason(error)}. Check the target's address and the network; nothing was written."
        )
    return unconfirmed(call, f"was sent and not answered ({_reason(error)})")


def refused_download(call: Call, response: httpx.Response) -> TerminalError:
    """Return the error for a file whose content was not handed out."""
    return TerminalError(f"{call} was answered {response.status_code} without the file's content.", status=response.status_code)


def unconfirmed(call: Call, happened: str, status: int | None = None, *, is_known: bool = True) -> RemoteError:
    """Return UnconfirmedWrite for a write that may have been carried out, TransientError for a call that may be repeated."""
    if not call.repeatable:
        return UnconfirmedWrite(f"{call} {happened}: it may or may not have been carried out. Look before it is sent again.", status=status)
    advice = "Try again later." if is_known else "If that lasts, the address is not Pipedrive's: check the target."
    return TransientError(f"{call} {happened}. {advice}", status=status)


def _refusal(call: Call, status: int, body: dict[str, Any] | None, response: httpx.Response) -> RemoteError:
    if status == 401:
        host = response.url.host
        way_on = "set PIPEDRIVE_API_TOKEN, or the secret that the workspace names, to a valid one."
        return TerminalError(f"{host} does not accept the API token (401): {way_on}", status=status)
    if status == 402:
        return TerminalError("Pipedrive says that this company's account is not open (402): its owner has to settle that.", status=status)
    if status == 403 and body is None:
        return TransientError(
            f"{call} was refused with a page ({_kind(response)}, 403), as happens after too many requests: nothing was written. Stop "
            "everything else that uses this token and try again in an hour.",
            status=status,
            code="blocked",
        )
    if body is None:
        came = f"{status} with {_kind(response)} instead of JSON"
        return TerminalError(f"{call} was answered {came}: check that the target is Pipedrive. Nothing was written.", status=status)
    said = _said(call, body)
    return TerminalError(f"Pipedrive refused {call} with {status}: {said}. Nothing was written.", status=status, code=_code(body))


def _json_object(response: httpx.Response) -> dict[str, Any] | None:
    if "json" not in response.headers.get("content-type", "").lower():
        return None
    try:
        body = response.json()
    except ValueError:  # broken JSON or broken UTF-8
        return None
    return body if isinstance(body, dict) else None


def _code(body: Mapping[str, Any]) -> str | None:
    code = body.get("code") or body.get("errorCode")
    return str(code) if code else None


def _said(call: Call, body: Mapping[str, Any]) -> str:
    words = body.get("error") or body.get("message") or "no reason given"
    text = words if isinstance(words, str) else "no reason given"
    code = _code(body)
    return redact(text, (call.json, dict(call.form))).rstrip(". ") + (f" ({code})" if code else "")


def redact(text: str, sent: Any) -> str:
    """Return at most 300 characters of `text` with every sent value, and every word of a short one, replaced by `…`."""
    values = {str(leaf) for leaf in _leaves(sent) if len(str(leaf)) > 1}
    words = {word for value in values if len(value) <= 120 for word in re.findall(r"[^\W_]{3,}", value)}
    for value in sorted(values, key=len, reverse=True):
        text = text.replace(value, "…")
    if words:
        text = re.sub(r"\b(" + "|".join(map(re.escape, sorted(words, key=len, reverse=True))) + r")\b", "…", text, flags=re.IGNORECASE)
    return text[:300]


def _leaves(value: Any) -> Iterator[Any]:
    if isinstance(value, Mapping):
        for item in value.values():
            yield from _leaves(item)
    elif isinstance(value, (list, tuple)):
        for item in value:
            yield from _leaves(item)
    elif value is not None and not isinstance(value, (bool, bytes)):
        yield value


def _kind(response: httpx.Response) -> str:
    return response.headers.get("content-type", "").split(";")[0].strip() or "an answer without a type"


def _reason(error: httpx.RequestError) -> str:
    """Return the error's class in words; its own text could name addresses and is left out."""
    return spaced(type(error).__name__).lower()
