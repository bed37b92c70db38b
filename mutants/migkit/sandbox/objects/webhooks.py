"""Webhooks (v1): who wants to hear of what. The sending is done in `..hooks`."""

from __future__ import annotations

from urllib.parse import urlsplit

from ..errors import Refusal, webhook_error
from ..store import Body
from .registry import Answer, Call, on

PER_USER = 40


def _render(call: Call, body: Body) -> Body:
    form = ("id", "event_action", "event_object", "subscription_url", "version", "http_auth_user", "http_auth_password", "name", "owner_id",
            "last_delivery_time", "last_http_status")  # fmt: skip
    return {key: body[key] for key in form} | {
        "company_id": call.account.id, "user_id": body["owner_id"], "admin_id": body["owner_id"], "is_active": 1, "type": "general",
        "add_time": body["add_time"].replace("Z", ".000Z"), "remove_time": None, "remove_reason": None,
    }  # fmt: skip


def _live(call: Call) -> list[Body]:
    return [each for each in call.account.small("webhook").values() if not each["is_deleted"]]


@on("GET /api/v1/webhooks")
def index(call: Call) -> Answer:
    """List webhooks."""
    return Answer([_render(call, each) for each in _live(call)], extra={"status": "ok"})


@on("POST /api/v1/webhooks")
def create(call: Call) -> Answer:
    """Add a webhook."""
    url = call.body["subscription_url"]
    try:
        parts = urlsplit(url)
        valid = parts.scheme in ("http", "https") and bool(parts.hostname) and "pipedrive.com" not in (parts.hostname or "")
    except ValueError:
        valid = False
    if not valid:
        raise webhook_error(400, "subscription_url", "invalid or non-reachable URL")
    if not call.body["name"].strip():
        raise webhook_error(400, "name", "must not be blank")
    owner = call.body.get("user_id", call.user_id)
    if call.account.live("user", owner) is None:
        raise webhook_error(400, "user_id", "not found")
    if owner != call.user_id and not call.user["is_admin"]:
        raise Refusal(403, {"success": False, "message": "Forbidden"})
    if sum(each["owner_id"] == owner for each in _live(call)) >= PER_USER:
        raise webhook_error(422, "subscription_url", "webhook limit reached")
    now = call.account.now()
    body = {"subscription_url": url, "event_action": call.body["event_action"], "event_object": call.body["event_object"],
            "name": call.body["name"],
            "owner_id": owner, "http_auth_user": call.body.get("http_auth_user"), "http_auth_password": call.body.get("http_auth_password"),
            "version": call.body.get("version", "2.0"), "is_deleted": False, "add_time": now, "update_time": now,
            "last_delivery_time": None,
            "last_http_status": None}  # fmt: skip
    return Answer(_render(call, call.account.store.insert(call.account.id, "webhook", body)), extra={"status": "ok"})


@on("DELETE /api/v1/webhooks/{id}")
def delete(call: Call) -> Answer:
    """Delete a webhook."""
    body = call.account.live("webhook", call.path["id"])
    if body is None:
        raise webhook_error(404, "id", "not found")
    if body["owner_id"] != call.user_id and not call.user["is_admin"]:
        raise Refusal(403, {"success": False, "message": "Forbidden"})
    call.account.store.update(call.account.id, "webhook", {**body, "is_deleted": True})
    return Answer(no_data=True, extra={"status": "ok"})
