"""How fast the sandbox is: creates per second over the network, and pages of a list with 50,000 rows. `python bench/sandbox.py`."""

from __future__ import annotations

import sys
import time

import httpx

from migkit.sandbox import Sandbox, SandboxConfig

ROWS = 50_000
CREATES = 2_000


def main() -> None:
    """Measure and print."""
    config = SandboxConfig(burst_limit=False, daily_limit=False, plan="ultimate", seats=10)
    with Sandbox(config) as sandbox, httpx.Client(base_url=sandbox.url, headers={"x-api-token": sandbox.token}, timeout=60) as client:
        body = {"field_name": "Source_System_ID__c", "field_type": "varchar"}
        code = client.post("/api/v2/personFields", json=body).json()["data"]["field_code"]
        for label, number in (("empty", CREATES), (f"up to {ROWS:,} rows", ROWS - CREATES)):
            start = time.perf_counter()
            for row in range(number):
                person = {"name": f"Person {row}", "emails": [{"value": f"p{row}@example.com"}], "custom_fields": {code: f"patient:{row}"}}
                client.post("/api/v2/persons", json=person).raise_for_status()
            sys.stdout.write(f"creates, {label}: {number / (time.perf_counter() - start):,.0f} a second\n")
        start, pages, cursor = time.perf_counter(), 0, ""
        while cursor is not None:
            page = client.get("/api/v2/persons", params={"limit": 500} | ({"cursor": cursor} if cursor else {})).json()
            cursor, pages = page["additional_data"]["next_cursor"], pages + 1
        sys.stdout.write(f"pages of 500 over {ROWS:,} rows: {1000 * (time.perf_counter() - start) / pages:,.1f} ms each\n")


if __name__ == "__main__":
    main()
