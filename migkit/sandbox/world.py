"""Everything one running sandbox holds: its disk, accounts, request log, faults, webhooks."""

from __future__ import annotations

import hashlib
import json
import tempfile
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
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
        self.folder = Path(config.data or self._temporary.name)  # type: ignore[union-attr]
        self.folder.mkdir(parents=True, exist_ok=True)
        self.store = Store(self.folder / "records.sqlite", clock)
        self.log = RequestLog(self.folder / "requests.sqlite", record_bodies=config.record_bodies)
        self.faults = Faults(config.faults, config.seed)
        self.hooks = Hooks()
        self.accounts: dict[int, Account] = {}
        self._tokens: dict[str, tuple[Account, int]] = {}
        self._tokens_of: tuple[int, int] = (0, 0)
        self._open()

    def close(self) -> None:
        """Keep what is counted, close the files; a temporary folder goes."""
        for account in self.accounts.values():
            self._keep(account)
        self.log.close()
        self.store.close()
        if self._temporary:
            self._temporary.cleanup()

    def _open(self) -> None:
        for id, body in self.store.accounts():
            config = replace(self.config, plan=body["plan"], seats=body["seats"], seed=body["seed"])
            account = self._account(id, body["name"], body["domain"], config, body["switches"] | dict(self.config.switches))
            account.limits.restore(body["used"], body["used_ever"], body["day"])
            account.rng.setstate((body["rng"][0], tuple(body["rng"][1]), body["rng"][2]))
        if not self.accounts:
            seed = json.loads(self.config.seed_file.read_text(encoding="utf-8")) if self.config.seed_file else {}
            self.add_account(seed, token=self.config.token)

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
        token = token or hashlib.sha256(f"token/{config.seed}/{id}".encode()).hexdigest()[:40]
        if self.owner_of(token):
            raise ValueError("This token belongs to another account.")
        account = self._account(id, seed.get("company") or "Practice", seed.get("domain") or f"practice{id}", config, config.switches)
        account.emit = None
        self.store.begin()
        try:
            fill(account, token, seed)
            self._keep(account)
        except (ValueError, Refusal, KeyError, TypeError) as error:
            self.store.rollback()
            del self.accounts[id]
            raise ValueError(str(error)) from error
        self.store.commit()
        account.emit = self.hooks.note
        return account

    def _keep(self, account: Account) -> None:
        limits = account.limits
        version, state, gauss = account.rng.getstate()
        self.store.write_account(account.id, {
            "name": account.name, "domain": account.domain, "plan": account.config.plan, "seats": account.config.seats,
            "seed": account.config.seed,
            "switches": account.switches, "used": limits.used, "used_ever": limits.used_ever, "day": limits.day(), "rng": [version,
                                                                                                                           state, gauss],
        })  # fmt: skip

    def keep(self, account: Account) -> None:
        """Write down the account's counters and switches."""
        self._keep(account)

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
        kinds = ("organization", "person", "product", "lead", "deal", "activity", "note", "file")
        with suppress(KeyError):
            account.limits.left  # noqa: B018  (turns the day over)
        return {
            "account": account.id, "company": account.name, "domain": account.domain, "plan": account.config.plan,
            "seats": account.config.seats,
            "tokens": {"budget": account.limits.budget, "used": account.limits.used, "left": account.limits.left,
                       "used_ever": account.limits.used_ever,
                       "seconds_to_reset": round(account.limits.seconds_to_reset(), 3)},
            "counts": {kind: self.store.count(account.id, kind, ["r.is_deleted = 0"]) for kind in kinds}
            | {kind: sum(not each.get("is_deleted") for each in account.small(kind).values())
               for kind in ("user", "pipeline", "stage", "activity_type", "lead_label", "filter", "webhook")}
            | {"custom_field": sum(each["is_custom_field"] and not each["is_deleted"] for each in account.small("field").values())},
            "deleted": {kind: self.store.count(account.id, kind, ["r.is_deleted = 1"]) for kind in kinds},
            "switches": dict(account.switches),
            "users": [{key: user[key] for key in ("id", "name", "email", "is_admin", "active",
                                                  "token")} for user in account.small("user").values()],
        }  # fmt: skip
