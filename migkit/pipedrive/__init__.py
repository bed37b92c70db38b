"""The only room that speaks to Pipedrive: client, token budget, account schema."""

from migkit.model.imports import without

with without("pygments", "rich"):  # what httpx's own command draws with
    import httpx  # noqa: F401

from .account import account_user, read_account
from .budget import PURPOSES, Budget, Usage
from .client import Pipedrive
from .clock import Clock, SystemClock
from .endpoints import TOKEN_COSTS
from .records import Data, Id
from .runner import run
from .scheduler import BURST, SEARCH_BURST
from .token import secret_named, token_for

__all__ = [
    "BURST",
    "PURPOSES",
    "SEARCH_BURST",
    "TOKEN_COSTS",
    "Budget",
    "Clock",
    "Data",
    "Id",
    "Pipedrive",
    "SystemClock",
    "Usage",
    "account_user",
    "read_account",
    "run",
    "secret_named",
    "token_for",
]
