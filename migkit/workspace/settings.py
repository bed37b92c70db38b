"""What `migration.toml` says, and what may stand in it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from migkit.countries import check_currency, check_zone, code_of, country_of, name_of
from migkit.model.country import NO_COUNTRY, Country
from migkit.model.errors import UsageError

from .documents import read_settings
from .machine import half_of_machine, size_of

PLANS = ("lite", "growth", "premium", "ultimate")
LOOPBACK = ("127.0.0.1", "localhost", "::1")
PIPEDRIVE = ".pipedrive.com"


@dataclass(frozen=True)
class Settings:
    """What `migration.toml` says."""

    practice: str
    timezone: str
    """IANA name, e.g. `Australia/Sydney`."""
    currency: str
    """ISO 4217 code."""
    target_url: str
    subscription_plan: str
    """lite | growth | premium | ultimate."""
    seats: int
    reserve_pct: int = 20
    """Share of the day's token budget left to the customer, percent."""
    timezones: Mapping[str, str] | None = None
    """Location name → IANA zone, where the practice has locations in several zones."""
    country: str = ""
    """ISO 3166-1 code of the practice's country; the one that its time zone lies in where none is given, "" where that lies in none."""
    token: str = ""
    """Name of the secret that opens the account, a variable of the environment or an entry of the keyring; "" where none has a name."""
    store: str = ""
    """Folder of a shared or object store on which the ledger lies, as fsspec writes it; "" where it lies in the workspace."""
    copies: str = ""
    """Folder on a disk of each machine for copies of a ledger that lies on a store; "" for the workspace's own."""
    memory: str = ""
    """What may be taken of the machine's memory, as `8 GB`; "" for half of what it has."""

    def __post_init__(self) -> None:
        if not self.country:
            object.__setattr__(self, "country", code_of(self.timezone) or "")

    @classmethod
    def read(cls, path: Path) -> Settings:
        """Return the settings of a `migration.toml`. Raises DataError or UsageError, naming the file, where they are wrong."""
        document = read_settings(path)
        practice, target, ledger = document["practice"], document["target"], document.get("ledger", {})
        found = cls(
            practice=practice["name"],
            timezone=practice["timezone"],
            currency=practice["currency"],
            timezones=practice.get("timezones", {}),
            country=practice.get("country", ""),
            target_url=target["url"],
            subscription_plan=target["subscription_plan"],
            seats=target["seats"],
            reserve_pct=target.get("reserve_pct", 20),
            token=target.get("token", ""),
            store=ledger.get("store", ""),
            copies=ledger.get("copies", ""),
            memory=document.get("machine", {}).get("memory", ""),
        )
        try:
            found.check()
        except UsageError as error:
            raise UsageError(f"{path}: {error}") from None
        return found

    def to_document(self) -> dict[str, Any]:
        """Return what `migration.toml` holds."""
        practice = {"name": self.practice, "country": self.country, "timezone": self.timezone, "currency": self.currency}
        target = {"url": self.target_url, "subscription_plan": self.subscription_plan, "seats": self.seats, "reserve_pct": self.reserve_pct}
        named = {"token": self.token} if self.token else {}
        ledger = {name: value for name, value in (("store", self.store), ("copies", self.copies)) if value}
        document = {"practice": {**practice, "timezones": dict(self.timezones or {})}, "target": target | named}
        machine = {"memory": self.memory} if self.memory else {}
        return document | {name: table for name, table in (("ledger", ledger), ("machine", machine)) if table}

    def check(self) -> None:
        """Raise UsageError for a value that cannot be right."""
        if not self.practice.strip() or not self.practice.isprintable():
            raise UsageError("The practice's name must be a line of text: give --practice NAME.")
        for zone in (self.timezone, *(self.timezones or {}).values()):
            check_zone(zone)
        if self.country:
            name_of(self.country)
        check_currency(self.currency)
        check_target(self.target_url)
        if self.subscription_plan not in PLANS:
            raise UsageError(f"{self.subscription_plan!r} is not a Pipedrive plan: choose one of {', '.join(PLANS)}.")
        if self.seats < 1:
            raise UsageError("A Pipedrive account has at least one seat: give --seats 1 or more.")

    @property
    def country_rules(self) -> Country:
        """How the practice's country writes phones, amounts and dates."""
        return country_of(self.country, self.currency) if self.country else NO_COUNTRY

    @property
    def memory_bytes(self) -> int:
        """What may be taken of the machine's memory, in bytes."""
        return size_of(self.memory) if self.memory else half_of_machine()

    def zone_of(self, location: str | None) -> ZoneInfo:
        """Return the zone of a location, the practice's own where the location is unknown."""
        return ZoneInfo((self.timezones or {}).get(location or "", self.timezone))


def check_target(url: str) -> None:
    """Raise UsageError unless a token may be sent there: https://COMPANY.pipedrive.com, or this machine (`migkit sandbox`).

    The message repeats only what is surely no secret: a host's name.
    """
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        raise UsageError("The target is no address: write https://COMPANY.pipedrive.com, or the address of `migkit sandbox`.") from None
    here = host in LOOPBACK and parts.scheme in ("http", "https")
    there = parts.scheme == "https" and host.endswith(PIPEDRIVE) and bool(re.fullmatch(r"[a-z0-9.-]+", host)) and parts.port is None
    bare = parts.path in ("", "/") and not parts.query and not parts.fragment and "@" not in parts.netloc
    if not (bare and (here or there)):
        named = f" {host}" if host else f" {url!r}" if re.fullmatch(r"[\w.-]{1,40}", url) else ""
        raise UsageError(
            f"The target{named} is not where a token may be sent: write https://COMPANY{PIPEDRIVE} and nothing behind it, "
            "or the address of `migkit sandbox` on this machine."
        )
