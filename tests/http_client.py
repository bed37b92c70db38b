"""One client for the plain requests of all tests: `httpx.get` makes one for each, which reads the machine's certificates every time."""

from __future__ import annotations

import httpx

HTTP = httpx.Client(verify=False, timeout=60)  # of servers on this machine, without encryption
