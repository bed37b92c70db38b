"""Who is one person, who lives together, which user owns whose records. Pure: Splink on an in-process DuckDB, no files."""

from .comparable import COLUMNS
from .decisions import decide_account_pair, decide_fallback, decide_owner, decide_pair, identity_digest, owners_digest
from .households import find_households
from .link import deduplicate, link
from .owners import match_owners
from .resolve import resolve

__all__ = [
    "COLUMNS",
    "decide_account_pair",
    "decide_fallback",
    "decide_owner",
    "decide_pair",
    "deduplicate",
    "find_households",
    "identity_digest",
    "link",
    "match_owners",
    "owners_digest",
    "resolve",
]
