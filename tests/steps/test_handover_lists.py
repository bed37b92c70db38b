"""The rows of the pack: where each stands in Pipedrive, and whose page shows it."""

from __future__ import annotations

from pathlib import Path

from migkit.steps.handover.lists import Places
from tests.load.practice import plan
from tests.load.world import World


def test_what_has_no_page_of_its_own_says_whose_page_it_opens(tmp_path: Path) -> None:
    """A person and a deal open their own page, a visit that of its deal, a note that of its person; what is not there opens nothing."""
    world = World(tmp_path)
    world.apply(plan())
    ids = {key: world.target(key)["id"] for key in ("patient:1", "plan:1", "appointment:7", "note:5")}
    places = Places(plan(), world.ledger, "https://acme.pipedrive.com/")
    person, deal, visit, note = ids.values()
    assert places.of("patient:1") == ("Person", str(person), "its own page", f"https://acme.pipedrive.com/person/{person}")
    assert places.of("plan:1") == ("Deal", str(deal), "its own page", f"https://acme.pipedrive.com/deal/{deal}")
    assert places.of("appointment:7") == ("Activity", str(visit), f"Deal {deal}", f"https://acme.pipedrive.com/deal/{deal}")
    assert places.of("note:5") == ("Note", str(note), f"Person {person}", f"https://acme.pipedrive.com/person/{person}")
    assert places.of("patient:99") == ("", "", "", "")
