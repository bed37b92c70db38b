"""The account's schema is read whole, in a dozen calls, and what could mislead in it is said."""

from __future__ import annotations

from typing import Any

import pytest

from migkit.model.errors import TerminalError
from migkit.model.objects import ObjectType
from migkit.model.outcomes import Severity
from migkit.pipedrive import Pipedrive, read_account

from .acting import practise, writes

SEED = {
    "company": "Smiles",
    "domain": "smiles",
    "users": [
        {"name": "Ada Admin", "email": "Ada@smiles.example", "is_admin": True, "active": True},
        {"name": "Ben Booker", "email": "ben@smiles.example", "is_admin": False, "active": True},
        {"name": "Cy Gone", "email": "cy@smiles.example", "is_admin": False, "active": False},
    ],
    "currencies": ["AUD", "NZD"],
    "fields": [
        {"entity": "person", "label": "Status", "type": "enum", "options": ["Active", "Archived"]},
        {"entity": "person", "label": "Fund", "type": "varchar"},
        {"entity": "person", "label": "fund ", "type": "text"},
        {"entity": "deal", "label": "Fund", "type": "varchar"},
    ],
    "pipelines": [{"name": "Sales", "stages": ["New", "Won over"]}, {"name": "Accounts", "stages": ["New"]}],
    "activity_types": [{"name": "Check-up", "icon_key": "bell"}],
}


async def look(client: Pipedrive, world: Any) -> Any:
    account = await read_account(client)
    assert writes(world) == []
    return account, client.usage.tokens_by_purpose


def test_everything_is_read() -> None:
    """Fields with options by label, users, pipelines, stages, types, labels, currencies, permissions."""
    account, tokens = practise(look, seed=SEED)
    assert account.company_domain == "smiles"
    assert (account.me.email, account.me.is_admin) == ("Ada@smiles.example", True)
    assert [(user.name, user.active, user.is_admin) for user in account.users] == [
        ("Ada Admin", True, True), ("Ben Booker", True, False), ("Cy Gone", False, False)]  # fmt: skip
    assert account.user_by_email("ada@SMILES.example").name == "Ada Admin"
    status = account.field_of("person", "Status")
    assert (status.type, status.is_custom, len(status.code), set(status.options)) == ("enum", True, 40, {"Active", "Archived"})
    assert account.field_of("deal", "Status") is None
    assert list(account.pipelines) == ["Sales", "Accounts"]
    assert sorted(account.stages) == [("Accounts", "New"), ("Sales", "New"), ("Sales", "Won over")]
    assert "Check-up" in account.activity_types
    assert account.activity_types["Call"][1] == "call"
    assert set(account.lead_labels) == {"Hot", "Warm", "Cold"}
    assert account.currencies == ("AUD", "NZD")
    assert account.permissions["can_add_custom_fields"] is True
    assert not account.has_contact_sync
    assert tokens == {"schema_read": 2 + 20 + 4 * 10 + 5 + 5 + 20 + 10 + 20 + 10}


def test_names_that_several_things_bear_are_found() -> None:
    """Labels that differ in case and blanks only are one name, within one entity."""
    account, _ = practise(look, seed=SEED)
    assert [(finding.code, finding.severity, finding.keys) for finding in account.findings] == [
        ("account-duplicate-names", Severity.WARNING, ("person/fund",))
    ]


def test_the_oldest_of_equal_names_counts() -> None:
    """So that a second reading means the same thing."""

    async def work(client: Pipedrive, world: Any) -> Any:
        first = await client.create(ObjectType.PIPELINE, {"name": "Treatment"})
        await client.create(ObjectType.PIPELINE, {"name": "Treatment"})
        account = await read_account(client)
        return first["id"] == account.pipelines["Treatment"], [str(finding) for finding in account.findings]

    is_first, messages = practise(work)
    assert is_first
    assert len(messages) == 1
    assert "several pipelines of the same name (treatment)" in messages[0]


def test_contact_sync_is_seen_by_its_fields() -> None:
    """The native birthday exists only with it."""
    account, _ = practise(look, switches={"contact_sync": "on"})
    assert account.has_contact_sync


def test_a_regular_user_reads_the_schema_too() -> None:
    """Who they are shows; they are no admin."""
    account, _ = practise(look, seed=SEED, user="ben@smiles.example")
    assert (account.me.email, account.me.is_admin) == ("ben@smiles.example", False)


def test_a_deleted_field_is_noticed() -> None:
    """Nothing is remembered between readings."""

    async def work(client: Pipedrive, world: Any) -> Any:
        made = await client.create(ObjectType.FIELD, {"entity": "deal", "field_name": "Total", "field_type": "monetary"})
        before = (await read_account(client)).field_of("deal", "Total")
        await client.delete(ObjectType.FIELD, made["id"])
        return before is not None, (await read_account(client)).field_of("deal", "Total")

    assert practise(work) == (True, None)


def test_a_bad_token_is_one_sentence() -> None:
    """401 before anything else."""

    with pytest.raises(TerminalError, match="does not accept the API token"):
        practise(look, token="wrong")
