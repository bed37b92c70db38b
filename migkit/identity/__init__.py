"""Who is one person, who lives together, which user owns whose records. Pure: Splink on an in-process DuckDB, no files."""

from .account import account_frame
from .comparable import COLUMNS
from .decisions import (
    decide_account_pair,
    decide_fallback,
    decide_no_household,
    decide_owner,
    decide_pair,
    identity_digest,
    owners_digest,
    without_household,
)
from .households import find_households
from .limits import DuckdbLimits
from .link import DIFFERENT, REVIEW, SAME, deduplicate, link, one_to_one, read_evidence
from .owners import LEFT, TRUSTED, match_owners, with_owners
from .resolve import compared, find_account_pairs, find_pairs, resolve

__all__ = [
    "COLUMNS",
    "DIFFERENT",
    "LEFT",
    "REVIEW",
    "SAME",
    "TRUSTED",
    "DuckdbLimits",
    "account_frame",
    "compared",
    "decide_account_pair",
    "decide_fallback",
    "decide_no_household",
    "decide_owner",
    "decide_pair",
    "deduplicate",
    "find_account_pairs",
    "find_households",
    "find_pairs",
    "identity_digest",
    "link",
    "match_owners",
    "one_to_one",
    "owners_digest",
    "read_evidence",
    "resolve",
    "with_owners",
    "without_household",
]
