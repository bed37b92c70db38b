"""One company in the sandbox: its users and their tokens, plan, switches, limits, and short ways to its records."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from .config import SandboxConfig
from .errors import invalid
from .limits import Limits
from .store import Body, Store
from .switches import resolved

ENTITY_KIND = {"person": "person", "organization": "organization", "deal": "deal", "product": "product"}
PURGE_AFTER = timedelta(days=30)
WHAT = {"organization": "Organization", "person": "Person", "deal": "Deal", "lead": "Lead", "product": "Product", "user": "User",
        "stage": "Stage", "pipeline": "Pipeline", "activity": "Activity", "note": "Note", "file": "File", "filter": "Filter"}  # fmt: skip
"""Kind → how messages call it."""


@dataclass
class Account:
    """A company. `clock` gives seconds since the epoch; nothing else here knows the time."""

    id: int
    name: str
    domain: str
    config: SandboxConfig
    store: Store
    clock: Callable[[], float]
    switches: dict[str, str] = field(default_factory=dict)
    limits: Limits = field(init=False)
    emit: Callable[[Account, str, str, Body | None, Body | None, int], None] | None = None
    """Told of every change: (account, action, kind, new, old, user id); webhooks listen here."""

    def __post_init__(self) -> None:
        self.switches = resolved(self.switches or self.config.switches)
        self.limits = Limits(self.config, self.clock, lambda: int(self.switches["reset_utc_offset"]))

    # time and chance
    def now(self) -> str:
        """Return this second as RFC 3339 UTC."""
        return datetime.fromtimestamp(self.clock(), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

    def purge_line(self) -> str:
        """Return the moment before which deleted records are beyond reach."""
        return (datetime.fromtimestamp(self.clock(), UTC) - PURGE_AFTER).strftime("%Y-%m-%dT%H:%M:%SZ")

    def new_hash(self) -> str:
        """Return 40 hexadecimal digits that nobody can guess from another account, and that the same seed gives again."""
        number = self.store.next_id(self.id, "hash")
        return hashlib.sha256(f"{self.config.seed}/{self.id}/{number}".encode()).hexdigest()[:40]

    def new_uuid(self) -> str:
        """Return a fresh UUID."""
        return str(uuid.uuid4())

    def token(self, wanted: str) -> str:
        """Return `wanted` where it is an active user's token, else the first active admin's."""
        known = any(user["active"] and user["token"] == wanted for user in self.small("user").values())
        return wanted if known else str(self.administrator()["token"])

    def administrator(self) -> Body:
        """Return the first active admin: who works at the account's web pages."""
        return next(user for user in self.small("user").values() if user["active"] and user["is_admin"])

    # records
    def small(self, kind: str) -> dict[Any, Body]:
        """Return the records of a small kind by id, deleted ones too."""
        return self.store.small(self.id, kind)

    def get(self, kind: str, id: Any) -> Body | None:
        """Return a record, deleted ones too."""
        return self.store.get(self.id, kind, id)

    def live(self, kind: str, id: Any) -> Body | None:
        """Return a record that is not deleted."""
        body = self.get(kind, id)
        return None if body is None or body.get("is_deleted") else body

    def insert(self, kind: str, body: Body, user: int, *, id: Any = None) -> Body:
        """Store a new record and tell who listens."""
        made = self.store.insert(self.id, kind, body, id=id)
        self._tell("create", kind, made, None, user)
        return made

    def update(self, kind: str, old: Body, changes: Mapping[str, Any], user: int) -> Body:
        """Store the changed record, its update_time moved, and tell who listens."""
        new = {**old, **changes, "update_time": changes.get("update_time") or self.now()}
        self.store.update(self.id, kind, new)
        self._tell("delete" if changes.get("is_deleted") else "change", kind, new, old, user)
        return new

    def remove(self, kind: str, id: Any, user: int) -> None:
        """Take a record away for good and tell who listens."""
        old = self.get(kind, id)
        self.store.remove(self.id, kind, id)
        self._tell("delete", kind, None, old, user)

    def touch(self, kind: str, id: Any) -> None:
        """Move a parent's update_time because a child was added, where the switch says that it moves."""
        if self.switches["parent_update_time"] == "moves" and (body := self.live(kind, id)):
            self.store.update(self.id, kind, {**body, "update_time": self.now()})

    def _tell(self, action: str, kind: str, new: Body | None, old: Body | None, user: int) -> None:
        if self.emit:
            self.emit(self, action, kind, new, old, user)

    # what must exist
    def require(self, kind: str, id: Any, key: str) -> Body:
        """Return the live record that a body's `key` refers to; raise the validation refusal when there is none."""
        body = self.live(kind, id)
        if body is None or (kind == "user" and not body["active"]):
            raise invalid([f"{key}: {WHAT.get(kind, kind)} with id {id} does not exist"])
        return body

    def require_currency(self, code: str, key: str) -> str:
        """Return the currency code if the account has it active."""
        if not any(each["code"] == code and each["active_flag"] for each in self.small("currency").values()):
            raise invalid([f"{key}: Currency '{code}' is not available in this account"])
        return code

    def fields(self, entity: str, *, custom: bool | None = None) -> list[Body]:
        """Return the live field definitions of an entity, in their order."""
        found = [each for each in self.small("field").values() if each["entity"] == entity and not each["is_deleted"]]
        found = [each for each in found if self.switches["contact_sync"] == "on" or not each.get("contact_sync")]
        return [each for each in found if custom is None or each["is_custom_field"] == custom]

    def field(self, entity: str, code: str) -> Body | None:
        """Return one live field definition by its code."""
        return next((each for each in self.fields(entity) if each["field_code"] == code), None)

    def default_pipeline(self) -> Body:
        """Return the first live pipeline."""
        return next(each for each in self.small("pipeline").values() if not each["is_deleted"])

    def stages_of(self, pipeline_id: int) -> list[Body]:
        """Return a pipeline's live stages in their order."""
        found = [each for each in self.small("stage").values() if each["pipeline_id"] == pipeline_id and not each["is_deleted"]]
        return sorted(found, key=lambda each: each["order_nr"])

    def default_visibility(self) -> int:
        """Return the widest visibility that the plan knows: the whole company."""
        return 7 if self.config.plan in ("premium", "ultimate") else 3

    def reconfigure(self, **changes: Any) -> None:
        """Change plan, seats or limits of a running account."""
        self.config = replace(self.config, **changes)
        used, ever, day = self.limits.used, self.limits.used_ever, self.limits.day()
        self.limits = Limits(self.config, self.clock, lambda: int(self.switches["reset_utc_offset"]))
        self.limits.restore(used, ever, day)
