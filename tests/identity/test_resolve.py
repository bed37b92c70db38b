"""Who is one person: what decisions, tombstones and the birth-date guard do to the clusters."""

from __future__ import annotations

import pandas as pd
import pytest

from migkit.identity import decide_fallback, decide_no_household, decide_owner, decide_pair, identity_digest, owners_digest, resolve
from migkit.model.errors import DataError
from migkit.model.messages import Message
from tests.identity.made import patient, tables, user, who_is_who

WHO = {"by": "anna", "at": "2026-11-22T10:00:00+00:00"}
EMPTY: dict = {"identity": {}, "owners": {}}


def survivors(rows: list[dict], identity: dict | None = None) -> dict[str, str]:
    people = who_is_who(rows, {"identity": identity or {}, "owners": {}})
    return {key.partition(":")[2]: to.partition(":")[2] for key, to in people.survivors.items()}


def test_same_name_birth_date_and_email_is_one_person() -> None:
    """Two rows that agree on name, birth date and e-mail are one person, the older row survives, the reason is in words."""
    rows = [
        patient(7, "Ann Lee", "1980-05-01", email="ann@x.example", created_at="2020-01-01"),
        patient(3, "Ann Lee", "1980-05-01", email="ANN@x.example", created_at="2021-01-01"),
    ]
    people = resolve(tables(patients=rows), EMPTY)
    assert people.survivors == {"patient:3": "patient:7", "patient:7": "patient:7"}
    assert "e-mail" in str(people.reasons["patient:3"])


def test_a_shared_family_email_merges_nobody() -> None:
    """Mother and child with one e-mail, mobile and address stay two persons."""
    home = {"email": "lee@x.example", "mobile": "+61412000111", "address_line1": "1 Hill St", "postcode": "2000"}
    rows = [patient(1, "Ann Lee", "1980-05-01", **home), patient(2, "Tim Lee", "2012-02-03", **home)]
    assert survivors(rows) == {"1": "1", "2": "2"}


def test_tombstones_are_followed_to_the_last_survivor() -> None:
    """A chain of merged-into marks ends at its survivor; a circle and a missing target are reported and followed nowhere."""
    rows = [
        patient(1, "A B", merged_into_id="2", status="merged"),
        patient(2, "C D", merged_into_id="3", status="merged"),
        patient(3, "E F"),
        patient(4, "G H", merged_into_id="5"),
        patient(5, "I J", merged_into_id="4"),
        patient(6, "K L", merged_into_id="99"),
    ]
    people = who_is_who(rows, EMPTY)
    assert survivors(rows) == {"1": "3", "2": "3", "3": "3", "4": "4", "5": "5", "6": "6"}
    assert {f.code: f.keys for f in people.findings if f.code.startswith("merged")} == {
        "merged-into-missing": ("patient:6",),
        "merged-in-a-circle": ("patient:4", "patient:5"),
    }
    assert people.reasons["patient:1"] == Message.of("merged-in-practice")


def test_decisions_join_and_part() -> None:
    """A person's "same" joins rows that nothing else would join; "different" parts rows that are merged otherwise."""
    rows = [
        patient(1, "Ann Lee", "1980-05-01", email="ann@x.example"),
        patient(2, "Ann Lee", "1980-05-01", email="ann@x.example"),
        patient(3, "Anna Kowalski", "1981-05-01"),
    ]
    identity = decide_pair({}, "patient:2", "patient:1", "different", **WHO)
    identity = decide_pair(identity, "patient:3", "patient:2", "same", **WHO)
    assert survivors(rows, identity) == {"1": "1", "2": "2", "3": "2"}
    assert survivors(rows, decide_pair(identity, "patient:1", "patient:2", None, **WHO)) == {"1": "1", "2": "1", "3": "1"}


def test_a_cluster_never_joins_two_birth_dates_by_itself() -> None:
    """A row without birth date that matches two rows of different birth dates joins neither; the pairs go to review."""
    same = {"email": "j@x.example", "mobile": "+61412000111", "address_line1": "1 Hill St", "suburb": "Kew", "postcode": "3101"}
    rows = [
        patient(1, "Jordan Quartermaine", "1980-05-01", **same),
        patient(2, "Jordan Quartermaine", None, **same),
        patient(3, "Jordan Quartermaine", "2004-09-09", **same),
    ]
    people = resolve(tables(patients=rows), EMPTY)
    assert set(people.survivors.values()) == {"patient:1", "patient:2", "patient:3"}
    assert "same" not in set(people.pairs["band"])


def test_contradicting_decisions_are_critical() -> None:
    """A = B and B = C with A ≠ C is a critical finding; one pair decided both ways in the file is refused in one sentence."""
    rows = [patient(1, "A B"), patient(2, "C D"), patient(3, "E F")]
    identity = decide_pair({}, "patient:1", "patient:2", "same", **WHO)
    identity = decide_pair(identity, "patient:2", "patient:3", "same", **WHO)
    identity = decide_pair(identity, "patient:1", "patient:3", "different", **WHO)
    people = who_is_who(rows, {"identity": identity, "owners": {}})
    assert [(f.code, f.severity.value) for f in people.findings if f.code == "identity-contradiction"] == [
        ("identity-contradiction", "critical")
    ]
    entry = identity["pairs"][0]
    with pytest.raises(DataError, match="both same and different"):
        who_is_who(rows, {"identity": {"pairs": [entry, entry | {"decision": "different"}]}})


def test_gates_are_bound_to_what_was_decided() -> None:
    """The identity subject changes with a decision and not with new rows; the owners subject with staff, choice and fallback."""
    rows = [patient(1, "Ann Lee", "1980-05-01"), patient(2, "Bo Ek", "1981-01-01")]
    decided = {"identity": decide_pair({}, "patient:1", "patient:2", "different", **WHO), "owners": {}}
    first = who_is_who(rows, EMPTY)
    later = resolve(tables(patients=[*rows, patient(3, "Ann Lee", "1980-05-01")]), EMPTY)
    assert identity_digest(first, EMPTY) == identity_digest(later, EMPTY)
    assert identity_digest(who_is_who(rows, decided), decided) != identity_digest(first, EMPTY)
    alone = {"identity": decide_no_household({}, ["patient:1"], why="they only share a flat", **WHO), "owners": {}}
    assert identity_digest(first, alone) != identity_digest(first, EMPTY)
    taken_back = {"identity": decide_no_household(alone["identity"], ["patient:1"], why="", undo=True, **WHO), "owners": {}}
    assert identity_digest(first, taken_back) == identity_digest(first, EMPTY)

    staff = [{"practitioner_id": "4", "full_name": "Jo Park"}]
    users = [user(1, "Jo Park", "jo@c.example"), user(2, "Front Desk", "front@c.example")]

    def owners(document: dict, staff: list[dict] = staff) -> str:
        decisions = {"identity": {}, "owners": document}
        return owners_digest(resolve(tables(practitioners=staff), decisions, users=users), decisions)

    fallback = decide_fallback({}, "front@c.example", **WHO)
    chosen = decide_owner(fallback, "practitioner:4", "jo@c.example", **WHO)
    more_staff = [*staff, {"practitioner_id": "5", "full_name": "Al Ng"}]
    assert len({owners({}), owners(fallback), owners(chosen), owners(chosen, more_staff)}) == 4


def test_row_order_makes_no_difference() -> None:
    """Shuffled rows give the same survivors, pairs and households."""
    rows = [
        patient(n, f"Ann Lee{n % 4}", f"198{n % 4}-05-01", email=f"a{n % 4}@x.example", family_head_id=str(n % 4 + 1)) for n in range(1, 13)
    ]
    first = resolve(tables(patients=rows), EMPTY)
    second = resolve(tables(patients=rows[::-1]), EMPTY)
    assert dict(first.survivors) == dict(second.survivors)
    assert first.households == second.households
    pd.testing.assert_frame_equal(first.pairs, second.pairs)


def test_no_patients_at_all() -> None:
    """An export without patients still yields a complete answer."""
    people = resolve(tables(), EMPTY)
    assert (dict(people.survivors), people.households, people.pairs.empty) == ({}, (), True)
