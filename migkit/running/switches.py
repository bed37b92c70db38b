"""Variables by which `migkit run` tells a notebook's kernel what its parameters do not."""

ONLY_FAILED = "MIGKIT_ONLY_FAILED"
"""A load tries only what was refused or waited before."""
ROUTE = "MIGKIT_ROUTE"
"""How a load reaches Pipedrive."""
WAIT = "MIGKIT_WAIT"
"""Every step goes on by itself after the day's tokens are renewed."""
