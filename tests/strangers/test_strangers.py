"""Three strangers' practices through the product: what arrives is what their files say, but for what KNOWN says it is not yet.

KNOWN is literal: a fault more fails, and so does a fault less until the table says so. The second test
proves that the score sees.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import httpx
import pytest

from tests.strangers.run import Loaded, loaded

pytestmark = pytest.mark.journey
PATIENTS, SEED = 40, 1

KNOWN: dict[str, dict[str, tuple[int, str]]] = {"codes": {}, "api": {}, "reports": {}}
"""Practice → fault → how many of 40 patients' records, and why."""


SAID = {
    "codes": {},
    "api": {"patients.phones": 1},  # of another country and without its plus: kept as it is written
    "reports": {},
}
"""Practice → what is not read for sure, stands as the files write it, and is said by a finding."""


@pytest.fixture(scope="module", params=sorted(KNOWN))
def practice(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Loaded]]:
    """A practice in its account."""
    with ExitStack() as stack:
        folder = tmp_path_factory.mktemp(request.param)
        yield request.param, stack.enter_context(loaded(request.param, Path(folder), PATIENTS, SEED))


def test_what_is_wrong_is_known(practice: tuple[str, Loaded]) -> None:
    """Every difference between the account and the truth stands in KNOWN, and nothing else does."""
    name, account = practice
    found = account.score()
    known = {fault: count for fault, (count, _) in KNOWN[name].items()}
    worse = {fault: f"{count} for {known.get(fault, 0)}" for fault, count in found.faults.items() if count > known.get(fault, 0)}
    assert not worse, (worse, dict(found.examples))
    assert dict(found.faults) == known, "there are fewer faults than KNOWN says: update it"
    assert dict(found.said) == SAID[name]
    assert account.migrated.agrees


def test_the_score_sees_what_is_changed_in_the_account(practice: tuple[str, Loaded]) -> None:
    """The score is no blind witness: an appointment moved to another person and a name changed are seen."""
    _, account = practice
    before = account.score()
    with httpx.Client(base_url=account.url, headers={"x-api-token": account.token}, timeout=60) as client:
        persons = client.get("/api/v2/persons", params={"limit": 500}).json()["data"]
        visits = client.get("/api/v2/activities", params={"limit": 500}).json()["data"]
        visit = next(row for row in visits if "Source: appointment:" in (row["note"] or ""))
        other = next(row["id"] for row in persons if row["id"] != visit["person_id"])
        moved = client.patch(f"/api/v2/activities/{visit['id']}", json={"participants": [{"person_id": other, "primary": True}]})
        moved.raise_for_status()
        assert (account.score().faults - before.faults)["appointments: wrong person"] == 1
        client.patch(f"/api/v2/persons/{persons[0]['id']}", json={"name": "Somebody Else"}).raise_for_status()
    gained = account.score().faults - before.faults
    assert gained["patients.name"] or gained["patients: missing"]
