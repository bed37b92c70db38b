"""The refusals that the API's documents describe, each with its body."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

INFO = "Please check developers.pipedrive.com"
VALIDATION = "ERR_SCHEMA_VALIDATION_FAILED"


class Refusal(Exception):
    """A call that is not carried out: `status` and `body` go to the caller, and nothing has changed."""

    def __init__(self, status: int, body: dict[str, Any] | str, headers: dict[str, str] | None = None) -> None:
        super().__init__(status, body)
        self.status = status
        self.body = body
        self.headers = headers or {}


def generic(status: int, error: str, info: str = INFO, **more: Any) -> Refusal:
    """Return the documented generic refusal."""
    return Refusal(status, {"success": False, "error": error, "error_info": info, "data": None, "additional_data": None} | more)


def invalid(problems: Sequence[str], **more: Any) -> Refusal:
    """Return what v2 answers to a body or query that breaks the schema. Each problem reads `key: what is wrong`."""
    return Refusal(400, {"success": False, "error": "Validation failed: " + "; ".join(problems), "code": VALIDATION} | more)


def not_found(what: str = "Object") -> Refusal:
    """Return the 404 of a record that is not there, or not visible."""
    if what == "Lead":
        return generic(404, "requested lead not found", "Object was not found.")
    return generic(404, f"{what} not found", "Object was not found.")


def forbidden(error: str = "You do not have permissions to do this.") -> Refusal:
    """Return the 403 of a user who may not."""
    return generic(403, error)


def capped(error: str, code: str | None = None) -> Refusal:
    """Return the 403 of a company that has reached a limit of its plan; some limits have a code, some do not."""
    return generic(403, error, **({"code": code} if code else {}))


def unauthorized() -> Refusal:
    """Return the 401 of a missing or wrong token."""
    body = {"success": False, "error": "unauthorized access", "errorCode": 401, "error_info": INFO, "data": None, "additional_data": None}
    return Refusal(401, body)


def webhook_error(status: int, key: str, problem: str) -> Refusal:
    """Return a refusal in the shape that only the webhook endpoints use."""
    return Refusal(status, {"status": "error", "success": False, "errors": {key: [problem]}})
