"""Which user owns whose records: staff matched by e-mail, by name with confirmation, and a fallback for the rest."""

from __future__ import annotations

from migkit.identity import decide_fallback, decide_owner, match_owners, resolve, with_owners
from migkit.model.outcomes import Severity
from tests.identity.made import table, tables, user

WHO = {"by": "anna", "at": "2026-11-22T10:00:00+00:00"}
USERS = [
    user(1, "Jo Park", "jo@clinic.example"),
    user(2, "Robert Ng", "bob@clinic.example"),
    user(3, "Old Hand", "old@clinic.example", active=False),
    user(9, "Front Desk", "front@clinic.example"),
]
STAFF = [
    {"practitioner_id": "1", "full_name": "Dr Jo Park", "email": "JO@clinic.example", "role": "Dentist", "provider_number": "111A"},
    {"practitioner_id": "2", "full_name": "Park, Jo", "role": "Dentist", "provider_number": "111B", "location": "North"},
    {"practitioner_id": "3", "first_name": "Bob", "last_name": "Ng", "role": "Hygienist"},
    {"practitioner_id": "4", "full_name": "Old Hand", "email": "old@clinic.example", "role": "Dentist", "active": False},
    {"practitioner_id": "5", "full_name": "Una Known", "role": "Receptionist"},
]
FALLBACK = decide_fallback({}, "front@clinic.example", **WHO)


def test_the_owner_report_lists_every_practitioner() -> None:
    """Role, matched user and how it was matched; a dentist of two provider numbers stands there once; the fallback takes the rest."""
    owners = match_owners(table("practitioners", STAFF), USERS, FALLBACK)
    assert {m.practitioner: m.also for m in owners.matches if m.also} == {"practitioner:1": ("practitioner:2",)}
    assert [(m.practitioner, m.role, m.user_email, m.status) for m in owners.matches] == [
        ("practitioner:1", "Dentist", "jo@clinic.example", "matched by e-mail"),
        ("practitioner:3", "Hygienist", "bob@clinic.example", "matched by name"),
        ("practitioner:4", "Dentist", "old@clinic.example", "inactive user"),
        ("practitioner:5", "Receptionist", None, "no match found"),
    ]
    assert owners.by_practitioner == {
        "practitioner:1": "jo@clinic.example",
        "practitioner:2": "jo@clinic.example",
        "practitioner:3": "front@clinic.example",
        "practitioner:4": "front@clinic.example",
        "practitioner:5": "front@clinic.example",
    }
    assert [f.code for f in owners.findings] == ["owner-unconfirmed", "owner-not-active", "owner-unmatched"]


def test_a_match_by_name_owns_once_it_is_confirmed() -> None:
    """A confirmed user owns; "nobody" gives the records to the fallback without a further finding."""
    decided = decide_owner(FALLBACK, "practitioner:3", "bob@clinic.example", **WHO)
    decided = decide_owner(decided, "practitioner:5", None, **WHO)
    owners = match_owners(table("practitioners", STAFF), USERS, decided)
    assert owners.by_practitioner["practitioner:3"] == "bob@clinic.example"
    assert {m.practitioner: m.status for m in owners.matches}["practitioner:3"] == "confirmed"
    assert [f.code for f in owners.findings] == ["owner-not-active"]


def test_without_a_fallback_nothing_can_be_loaded() -> None:
    """No fallback, or one who is not an active user, is a critical finding."""
    people = resolve(tables(practitioners=STAFF), {}, users=USERS)
    assert [(f.code, f.severity) for f in people.findings if "fallback" in f.code] == [("no-fallback-owner", Severity.CRITICAL)]
    assert people.fallback_owner == ""
    gone = match_owners(table("practitioners", STAFF), USERS, {}, "old@clinic.example")
    assert [f.code for f in gone.findings if f.severity is Severity.CRITICAL] == ["fallback-owner-unknown"]
    given = resolve(tables(practitioners=STAFF), {}, users=USERS, fallback_owner="Front@clinic.example")
    assert given.fallback_owner == "front@clinic.example"


def test_two_people_of_one_name_are_two_owners() -> None:
    """Rows of one name with two e-mails are not taken for one dentist; a name that two users bear matches neither."""
    staff = [
        {"practitioner_id": "1", "full_name": "Jo Park", "email": "jo@clinic.example"},
        {"practitioner_id": "2", "full_name": "Jo Park", "email": "jo.park@elsewhere.example"},
    ]
    users = [USERS[0], user(5, "Jo Park", "jp@clinic.example")]
    owners = match_owners(table("practitioners", staff), users, {}, "jo@clinic.example")
    assert [(m.user_email, m.status) for m in owners.matches] == [("jo@clinic.example", "matched by e-mail"), (None, "no match found")]


def test_a_decision_for_a_user_who_is_gone_is_critical() -> None:
    """A chosen user whom the account lacks is reported, and the fallback owns."""
    decided = decide_owner(FALLBACK, "practitioner:1", "nobody@clinic.example", **WHO)
    owners = match_owners(table("practitioners", STAFF[:1]), USERS, decided)
    assert owners.by_practitioner == {"practitioner:1": "front@clinic.example"}
    assert [(f.code, f.severity) for f in owners.findings] == [("owner-decided-unknown", Severity.CRITICAL)]


def test_the_report_follows_a_choice_without_asking_the_account_again() -> None:
    """A choice made since changes owner, status and what is found of owners, and nothing else of who is who."""
    rows = tables(practitioners=STAFF)
    before = resolve(rows, {"identity": {}, "owners": FALLBACK}, users=USERS)
    assert [f.code for f in before.findings] == ["owner-unconfirmed", "owner-not-active", "owner-unmatched"]
    chosen = decide_owner(FALLBACK, "practitioner:3", "bob@clinic.example", **WHO)
    after = with_owners(before, rows["practitioners"], USERS, chosen)
    assert after.practitioner_owner["practitioner:3"] == "bob@clinic.example"
    assert [f.code for f in after.findings] == ["owner-not-active", "owner-unmatched"]
    assert (after.survivors, after.households) == (before.survivors, before.households)


def test_whom_somebody_left_to_the_fallback_is_no_miss() -> None:
    """Decided on purpose, no user owns their records; the report says so, and nothing is found of it."""
    chosen = decide_owner(FALLBACK, "practitioner:5", None, **WHO)
    owners = match_owners(table("practitioners", STAFF[4:]), USERS, chosen)
    assert [(m.user_email, m.status) for m in owners.matches] == [(None, "left to the fallback")]
    assert owners.by_practitioner == {"practitioner:5": "front@clinic.example"} and owners.findings == ()
