"""What a handler is given, what it gives back, and which handler serves which endpoint."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from ..account import Account
from ..contract import Endpoint
from ..errors import forbidden, invalid
from ..store import Body


@dataclass(frozen=True)
class Upload:
    """A file that came in a multipart body."""

    name: str
    content: bytes
    media_type: str


@dataclass
class Call:
    """One admitted request whose path, query and body keep to the contract."""

    account: Account
    user: Body
    endpoint: Endpoint
    path: Mapping[str, Any]
    query: Mapping[str, Any]
    body: Any = None
    files: Mapping[str, Upload] = field(default_factory=dict)

    @property
    def user_id(self) -> int:
        """Id of the user whose token was sent."""
        return int(self.user["id"])

    def need_admin(self) -> None:
        """Refuse users who are no admins."""
        if not self.user["is_admin"]:
            raise forbidden()

    def need(self, permission: str) -> None:
        """Refuse users whose permission set lacks `permission`."""
        if not self.user["permissions"].get(permission, False):
            raise forbidden()

    def refuse(self, *problems: str) -> None:
        """Refuse the body, with one `key: problem` each."""
        raise invalid(problems)


@dataclass(frozen=True)
class Answer:
    """What goes back: `data` in the envelope, or `raw` bytes as they are."""

    data: Any = None
    additional: Any = None
    status: int | None = None
    """None: the status that the contract names."""
    extra: Mapping[str, Any] = field(default_factory=dict)
    """Further keys of the envelope."""
    no_data: bool = False
    """Leave `data` out of the envelope."""
    raw: bytes | None = None
    headers: Mapping[str, str] = field(default_factory=dict)


Handler = Callable[[Call], Answer]
HANDLERS: dict[str, Handler] = {}


def on(*names: str) -> Callable[[Handler], Handler]:
    """Register a handler for endpoints named `METHOD /api/…`."""

    def register(handler: Handler) -> Handler:
        for name in names:
            if name in HANDLERS:
                raise ValueError(f"Two handlers for {name}")
            HANDLERS[name] = handler
        return handler

    return register
