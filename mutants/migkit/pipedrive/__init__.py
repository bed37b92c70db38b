"""The only room that speaks to Pipedrive: client, token budget, account schema."""

from .account import read_account
from .budget import PURPOSES, Budget, Usage
from .client import Pipedrive
from .clock import Clock, SystemClock
from .endpoints import ENDPOINTS, TOKEN_COSTS, Endpoint
from .records import Data, Id
from .runner import run
from .scheduler import BURST, SEARCH_BURST
from .token import token_for

__all__ = [
    "BURST",
    "ENDPOINTS",
    "PURPOSES",
    "SEARCH_BURST",
    "TOKEN_COSTS",
    "Budget",
    "Clock",
    "Data",
    "Endpoint",
    "Id",
    "Pipedrive",
    "SystemClock",
    "Usage",
    "read_account",
    "run",
    "token_for",
]
