"""The must-probe questions are asked by records that are loaded, read back and rolled back; every account gives its own answers."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import Any

import pytest
from pipedrive.acting import practise

from migkit.load import Ledger, apply, diff, rollback
from migkit.model.cost import cost_of
from migkit.model.objects import ObjectType
from migkit.pipedrive import Pipedrive, read_account
from migkit.plan import count_tokens
from migkit.preflight import ProbeAnswer, probe_plan, read_probe_answers

STRICT = {
    "deal-add-time": "refused", "person-add-time": "accepted", "person-add-time-spaced": "refused", "birthday": "refused",
    "due-time": "accepted", "due-time-minutes": "refused", "lead-set": "text", "set-null": "refused",
    "person-org-null": "refused",
}  # fmt: skip
LENIENT = {
    "deal-add-time": "accepted", "person-add-time": "accepted", "person-add-time-spaced": "accepted", "birthday": "accepted",
    "due-time": "changed", "due-time-minutes": "accepted", "lead-set": "a list", "set-null": "accepted",
    "person-org-null": "accepted",
}  # fmt: skip
SWITCHES = {"deal_add_time": "accepted", "add_time_format": "either", "contact_sync": "on", "due_time_format": "minutes",
            "lead_set_format": "array", "note_sanitiser": "wide", "set_null": "accepted", "person_org_null": "accepted"}  # fmt: skip


def probe(folder: Path) -> Any:
    async def work(client: Pipedrive, world: Any) -> tuple[tuple[ProbeAnswer, ...], dict[str, int], dict[str, int]]:
        plan = probe_plan()
        before = world.state(world.accounts[1])["counts"]
        with contextlib.closing(Ledger(folder / "ledger.sqlite")) as ledger:
            account = await read_account(client)
            result = await apply(diff(plan, ledger), plan, ledger, client, account, run_id="probe", find_file=lambda _: None)
            entries = {key: (entry.object, entry.target_id) for key, entry in ledger.entries().items() if entry.target_id is not None}
            refused = {failure.key: str(failure.reason) for failure in result.failures}
            answers = await read_probe_answers(client, entries, refused)
            await rollback(ledger, client, run="probe", run_id="probe-undone")
        return answers, before, world.state(world.accounts[1])["counts"]

    return work


@pytest.mark.parametrize(("switches", "expected"), [({}, STRICT), (SWITCHES, LENIENT)], ids=["strict", "lenient"])
def test_the_answers_are_those_of_the_account(switches: dict[str, str], expected: dict[str, str], tmp_path: Path) -> None:
    """Both ways of each switch are told apart, and nothing of the probe is left."""
    answers, before, after = practise(probe(tmp_path), switches=switches)
    given = {answer.code: answer.answer for answer in answers}
    tags = given.pop("note-html")
    assert given == expected
    assert ("table" in tags.split(", ")) is bool(switches)
    assert "script" not in tags
    assert after == before


def test_an_ignored_creation_time_is_noticed(tmp_path: Path) -> None:
    """Accepted without effect is not accepted."""
    answers, _, _ = practise(probe(tmp_path), switches={"deal_add_time": "ignored"})
    assert next(answer.answer for answer in answers if answer.code == "deal-add-time") == "ignored"


def test_the_probe_costs_seventy_five_tokens() -> None:
    """One field, an organization, five people, a lead, two deals, two activities, a note."""
    cost = count_tokens(probe_plan())
    made = {ObjectType.FIELD: 1, ObjectType.ORGANIZATION: 1, ObjectType.PERSON: 5, ObjectType.LEAD: 1, ObjectType.DEAL: 2}
    assert cost == cost_of(made | {ObjectType.ACTIVITY: 2, ObjectType.NOTE: 1})
    assert cost.total == 75
