"""Everything one running sandbox holds: its disk, accounts, request log, faults, webhooks."""

from __future__ import annotations

import hashlib
import json
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from .account import Account
from .config import SandboxConfig
from .errors import Refusal
from .faults import Faults
from .hooks import Hooks
from .log import RequestLog
from .seed import fill
from .store import Body, Store


class World:
    """One running sandbox. `clock` gives seconds since the epoch."""

    def __init__(self, config: SandboxConfig, clock: Callable[[], float] = time.time) -> None:
        self.config = config
        self.clock = clock
        self._temporary = None if config.data else tempfile.TemporaryDirectory(prefix="migkit-sandbox-")
        seed = _read_seed(config.seed_file)
        self.folder = Path(config.data or self._temporary.name)  # type: ignore[union-attr]
        self.folder.mkdir(parents=True, exist_ok=True)
        self.store = Store(self.folder / "records.sqlite", clock)
        self.log = RequestLog(self.folder / "requests.sqlite", record_bodies=config.record_bodies)
        self.faults = Faults(config.faults, config.seed)
        self.hooks = Hooks()
        self.accounts: dict[int, Account] = {}
        self._tokens: dict[str, tuple[Account, int]] = {}
        self._tokens_of: tuple[int, int] = (0, 0)
        self._open(seed)

    def close(self) -> None:
        """Keep what is counted, close the files; a temporary folder goes."""
        for account in self.accounts.values():
            self.keep(account)
        self.log.close()
        self.store.close()
        if self._temporary:
            self._temporary.cleanup()

    def _open(self, seed: Mapping[str, Any]) -> None:
        for id, body in self.store.accounts():
            config = replace(self.config, plan=body["plan"], seats=body["seats"], seed=body["seed"])
            account = self._account(id, body["name"], body["domain"], config, body["switches"] | dict(self.config.switches))
            account.limits.restore(body["used"], body["used_ever"], body["day"])
        if not self.accounts:
            try:
                self.add_account(seed, token=self.config.token)
            except (AttributeError, TypeError, KeyError) as error:
                raise ValueError(f"{self.config.seed_file} is no account.json of a made-up practice ({error}).") from error

    def _account(self, id: int, name: str, domain: str, config: SandboxConfig, switches: Mapping[str, str]) -> Account:
        account = Account(id, name, domain, config, self.store, self.clock, dict(switches))
        self.accounts[id] = account
        account.emit = self.hooks.note
        return account

    def add_account(self, seed: Mapping[str, Any], *, token: str | None = None, **changes: Any) -> Account:
        """Add a company made from a seed document. `changes` are config values of its own: plan, seats, switches, seed, …

        Raises ValueError where the seed or a change is wrong; nothing is kept then.
        """
        id = max(self.accounts, default=0) + 1
        config = replace(self.config, **changes)
        token = token or hashlib.sha256(f"owner/{config.seed}/{id}".encode()).hexdigest()[:40]
        if self.owner_of(token):
            raise ValueError("This token belongs to another account.")
        account = self._account(id, seed.get("company") or "Practice", seed.get("domain") or f"practice{id}", config, config.switches)
        account.emit = None
        self.store.begin()
        try:
            fill(account, token, seed)
            self.keep(account)
        except (ValueError, Refusal, KeyError, TypeError) as error:
            self.store.rollback()
            del self.accounts[id]
            raise ValueError(str(error)) from error
        self.store.commit()
        account.emit = self.hooks.note
        return account

    def keep(self, account: Account) -> None:
        """Write down what is known about the account itself: plan, switches, tokens used."""
        limits, config = account.limits, account.config
        self.store.write_account(account.id, {
            "name": account.name, "domain": account.domain, "plan": config.plan, "seats": config.seats, "seed": config.seed,
            "switches": account.switches, "used": limits.used, "used_ever": limits.used_ever, "day": limits.day(),
        })  # fmt: skip

    def owner_of(self, token: str) -> tuple[Account, Body] | None:
        """Return the account and active user whose token this is."""
        marks = (len(self.accounts), sum(len(account.small("user")) for account in self.accounts.values()))
        if marks != self._tokens_of:
            self._tokens_of = marks
            self._tokens = {
                user["token"]: (account, user["id"]) for account in self.accounts.values() for user in account.small("user").values()
            }
        found = self._tokens.get(token)
        user = found[0].small("user").get(found[1]) if found else None
        return (found[0], user) if found and user and user["active"] else None

    def state(self, account: Account) -> dict[str, Any]:
        """Return what tests and demos ask about an account."""
        limits = account.limits
        large = ("organization", "person", "product", "lead", "deal", "activity", "note", "file")
        small = ("user", "pipeline", "stage", "activity_type", "lead_label", "filter", "webhook")
        counts = {kind: self.store.count(account.id, kind, ["r.is_deleted = 0"]) for kind in large}
        counts |= {kind: sum(not each.get("is_deleted") for each in account.small(kind).values()) for kind in small}
        counts["custom_field"] = sum(each["is_custom_field"] and not each["is_deleted"] for each in account.small("field").values())
        shown = ("id", "name", "email", "is_admin", "active", "token")
        return {
            "account": account.id, "company": account.name, "domain": account.domain, "plan": account.config.plan,
            "seats": account.config.seats, "counts": counts, "switches": dict(account.switches),
            "tokens": {"left": limits.left, "budget": limits.budget, "used": limits.used, "used_ever": limits.used_ever,
                       "seconds_to_reset": round(limits.seconds_to_reset(), 3)},
            "deleted": {kind: self.store.count(account.id, kind, ["r.is_deleted = 1"]) for kind in large},
            "users": [{key: user[key] for key in shown} for user in account.small("user").values()],
        }  # fmt: skip


def _read_seed(path: Path | None) -> dict[str, Any]:
    try:
        seed = json.loads(path.read_text(encoding="utf-8")) if path else {}
    except ValueError as error:
        raise ValueError(f"{path} is no JSON ({error}).") from None
    if not isinstance(seed, dict):
        raise ValueError(f"{path} is no account.json of a made-up practice: it must hold names and their values.")
    return seed
