"""What arrived is the generator's clean truth, value by value, object by object, and nothing else.

Expected values come from `truth.json`, `damage.json` and `account.json` and the documented map alone; the target is read by
plain HTTP. Every way in which the truth is not to be expected as it stands is a rule with a name, and the rules are counted.
"""

from __future__ import annotations

import csv
import io
import json
import shutil
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest

from migkit.sandbox import Sandbox, SandboxConfig
from migkit.steps.demo import run_demo

from . import deals, insights, matters, notes, people, things
from .conftest import PATIENTS, Journey
from .target import Kind, Record, Target
from .truth import ID, Truth

pytestmark = pytest.mark.journey

EXPLAINED: dict[int, dict[str, int]] = {
    60: {
        "absent: file-without-entry": 1,
        "adopted, theirs kept: same-email-and-name": 4,
        "head of an undeclared household: the eldest of those whose contacts most share": 2,
        "held: ambiguous-local-time": 1,
        "held: ambiguous-name": 2,
        "held: booking-without-patient": 1,
        "held: entry-without-file": 1,
        "held: nonexistent-local-time": 1,
        "in a report's number: gone from the second export, kept": 1,
        "kept: gone from the second export": 4,
        "left out: a column without a home": 30,
        "left out: a government identifier": 123,
        "lost: bad-email": 1,
        "lost: bad-phone": 1,
        "lost: impossible-date": 1,
        "not adopted: older-phone": 3,
        "not adopted: same-email-other-spelling": 2,
        "not adopted: same-phone-and-name": 1,
        "not in a report's number: held or rejected": 1,
        "one person under the id of the older record: no-contact": 1,
        "own, not the head's, in an undeclared household: a birth date was lost": 1,
        "own, not the head's, in an undeclared household: adults share it": 2,
        "rejected: ragged-row": 2,
        "rejected: unclosed-quote": 1,
        "renamed: the label belongs to a field of another type": 3,
        "the key of the first load stays, though its record is a tombstone now: new-mobile": 1,
    },
    2000: {
        "absent: file-without-entry": 19,
        "adopted, theirs kept: same-email-and-name": 4,
        "head of an undeclared household: the eldest of those whose contacts most share": 17,
        "held: ambiguous-local-time": 1,
        "held: ambiguous-name": 89,
        "held: booking-without-patient": 20,
        "held: entry-without-file": 11,
        "held: nonexistent-local-time": 1,
        "kept apart for review: day-month-swapped": 2,
        "kept apart for review: nickname": 2,
        "kept apart for review: no-birth-date": 10,
        "kept: gone from the second export": 6,
        "left out: a column without a home": 937,
        "left out: a government identifier": 4496,
        "lost: bad-email": 21,
        "lost: bad-phone": 2,
        "lost: impossible-date": 10,
        "no member of an undeclared household: the older record has another address": 2,
        "not adopted: older-phone": 3,
        "not adopted: same-email-other-spelling": 2,
        "not adopted: same-phone-and-name": 1,
        "not in a report's number: held or rejected": 19,
        "one person under the id of the older record: moved": 4,
        "one person under the id of the older record: new-mobile": 9,
        "one person under the id of the older record: no-contact": 3,
        "one person under the id of the older record: same-again": 6,
        "one person under the id of the older record: typo": 4,
        "own, not the head's, in an undeclared household: a birth date was lost": 2,
        "own, not the head's, in an undeclared household: adults share it": 57,
        "rejected: ragged-row": 35,
        "rejected: unclosed-quote": 6,
        "renamed: the label belongs to a field of another type": 3,
        "the key of the first load stays, though its record is a tombstone now: nickname": 1,
    },
}
"""Patients → rule → how many values or rows it explains, for the demo's seed. A size that is not here is checked all the same."""

TIMELESS = frozenset({"id", "add_time"})
"""Creation times cannot be set on deals and products."""


@dataclass
class Arrived:
    """A finished demo: what should have arrived, and what has."""

    folder: Path
    truth: Truth
    target: Target

    @cached_property
    def planned(self) -> dict[str, Record]:
        """Persons as the practice has them."""
        return people.persons(self.truth)

    @cached_property
    def persons(self) -> dict[str, Record]:
        """Persons with those taken over from the account as they must have come out."""
        return people.adopted(self.truth, self.target, self.planned)

    @cached_property
    def reports(self) -> dict[str, tuple[float, list[float]]]:
        """What each of the practice's reports must show, by recipe id."""
        return things.reports(self.truth)

    def document(self, name: str) -> Any:
        return json.loads((self.folder / "workspace" / "handover" / name).read_text(encoding="utf-8"))


@pytest.fixture(scope="module", params=[PATIENTS, pytest.param(2000, marks=pytest.mark.long)])
def arrived(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Arrived]:
    """A demo's end state, read once for all tests."""
    folder = tmp_path_factory.mktemp("truth") / "demo"
    if request.param == PATIENTS:
        shutil.copytree(request.getfixturevalue("finished"), folder)
    else:
        run_demo(folder, say=lambda _: None, patients=request.param)
    with Sandbox(SandboxConfig(data=folder / "pipedrive", plan="ultimate", seats=3, burst_limit=False, daily_limit=False)) as sandbox:
        yield read(folder, sandbox)


def read(folder: Path, sandbox: Sandbox) -> Arrived:
    truth, target = Truth(folder / "practice"), Target(Journey(folder, sandbox).everything, sandbox.url, sandbox.token)
    truth.settle(target)
    return Arrived(folder, truth, target)


def not_emptied(arrived: Arrived, field: str) -> set[str]:
    """Keys of records that wait since Pipedrive does not let this field be emptied."""
    with sqlite3.connect(arrived.folder / "workspace" / "ledger.sqlite") as ledger:
        held = [(key, json.loads(reason)) for key, reason in ledger.execute("SELECT key, reason FROM holds")]
    return {key for key, reason in held if reason["code"] == "cannot-be-emptied" and reason["parameters"]["fields"] == [field]}


def test_patients_and_enquirers_are_persons(arrived: Arrived) -> None:
    """Names, contacts with labels, birth date, address, status, cover, details, owner, household, original creation time."""
    untimed = {key for key, record in arrived.persons.items() if "add_time" not in record}
    expected, found = dict(arrived.persons), without_time(shaped(arrived.target.persons, people.as_found), untimed)
    earlier = {member: home["key"] for home in arrived.truth.document["households"] for member in home["members"]}
    for key in not_emptied(arrived, "org_id"):  # Pipedrive takes nobody out of an organization: the change is held, and says so
        assert (expected[key].get("org"), found[key].get("org")) == (None, earlier[key])
        expected[key], found[key] = ({**record[key], "org": None} for record in (expected, found))
    assert differences(expected, found) == []


def test_households_and_employers_are_organizations(arrived: Arrived) -> None:
    """Each with its kind, address and owner, and the original creation time where the source has one."""
    expected = people.organizations(arrived.truth)
    untimed = {key for key, record in expected.items() if "add_time" not in record}
    assert differences(expected, without_time(shaped(arrived.target.organizations, bare), untimed)) == []


def test_plans_and_accounts_are_deals(arrived: Arrived) -> None:
    """Value to the cent, pipeline, stage, status, closing times, procedures, invoice status and sums, links."""
    assert differences(deals.deals(arrived.truth, arrived.planned), shaped(arrived.target.deals, deals.as_found), TIMELESS) == []


def test_payments_are_histories(arrived: Arrived) -> None:
    """Every payment stands in one history with its day, receipt and amount; each history adds up."""
    found = shaped(arrived.target.activities, deals.history_as_found, lambda key: key.startswith("history:"))
    assert differences(deals.histories(arrived.truth, arrived.planned), found) == []


def test_money_adds_up_to_the_practice_s_own_sums(arrived: Arrived) -> None:
    """Plans, invoices and receipts sum to the generator's control figures."""
    sums = arrived.truth.document["delta"]["sums"]
    found = arrived.target.deals.ours
    void = sum(row["total"] for row in arrived.truth.rows("invoices") if row["status"] == "void")

    assert sum(record["value"] for key, record in found.items() if key.startswith("plan:")) == sums["plans"]
    assert sum(record["Total_Invoice__c"][1] for record in found.values() if "Total_Invoice__c" in record) + void == sums["invoiced"]
    assert sum(record["Total_Paid__c"][1] for record in found.values() if "Total_Paid__c" in record) == sums["received"]


def test_appointments_messages_and_recalls_are_activities(arrived: Arrived) -> None:
    """UTC across daylight saving, duration, type, done, busy, provider as owner, person, deal, every line of the note."""
    found = shaped(arrived.target.activities, matters.activity_as_found, lambda key: not key.startswith("history:"))
    assert differences(matters.activities(arrived.truth, arrived.planned), found) == []


def test_eight_in_the_morning_is_another_hour_in_winter(arrived: Arrived) -> None:
    """Written out: Sydney's 08:00 is 21:00 UTC of the day before while daylight saving lasts, 22:00 without it."""
    found = arrived.target.activities.ours
    hours: dict[bool, set[str]] = {True: set(), False: set()}
    for row in arrived.truth.rows("appointments"):
        if row["start_time"] == "08:00":
            summer = not ("2026-04-05" <= row["date"] < "2026-10-04" or row["date"] >= "2027-04-04")
            hours[summer].add(found[f"appointment:{row['appointment_id']}"]["due_time"])
    assert hours == {True: {"21:00"}, False: {"22:00"}}


def test_notes_are_whole(arrived: Arrived) -> None:
    """Clinical notes word by word with author and original time, also where they were split; alerts and enquiries too."""
    found = {key: record for key, record in arrived.target.notes.ours.items() if not is_paper(key)}
    assert not arrived.target.notes.twice
    assert differences(notes.notes(arrived.truth, arrived.planned), notes.notes_as_found(found)) == []
    assert not [key for key, record in found.items() if "<script" in record["markup"] or "javascript:" in record["markup"]]
    assert any("#2" in key for key in found)


def test_plans_and_invoices_are_itemised(arrived: Arrived) -> None:
    """Each plan's note lists its procedures, each account's its invoices with their lines; both end in their sum."""
    found = {key: notes.paper_as_found(key, record) for key, record in arrived.target.notes.ours.items() if is_paper(key)}
    assert differences(notes.papers(arrived.truth), found) == []


def test_attachments_are_files_byte_for_byte(arrived: Arrived) -> None:
    """What is downloaded is what lies in the export, linked to the person and to the invoice's deal."""
    found = things.files_as_found(shaped(arrived.target.files, bare), arrived.truth)
    assert differences(things.files(arrived.truth), found) == []


def test_products_and_leads(arrived: Arrived) -> None:
    """Prices to the cent, stock and supplier; enquiries with their person, label, value and source."""
    assert differences(things.products(arrived.truth), shaped(arrived.target.products, bare), TIMELESS) == []
    assert differences(things.leads(arrived.truth, arrived.planned), shaped(arrived.target.leads, bare)) == []


def test_the_account_as_it_was_stays(arrived: Arrived) -> None:
    """Persons who are nobody's match, and every other record that was there, are as before."""
    account, target = arrived.truth.account, arrived.target
    before = people.theirs(arrived.truth)
    strangers = {str(number): record for number, record in before.items() if number in target.persons.theirs}
    found = {str(number): people.as_found(record) for number, record in target.persons.theirs.items()}

    taken_over = [record for record in target.persons.ours.values() if record["id"] in before]
    assert len(before) == 40 and len(strangers) + len(taken_over) == 40
    assert differences(strangers, found, TIMELESS) == []
    assert [record["name"] for record in target.organizations.theirs.values()] == [home["name"] for home in account["organizations"]]
    named = [
        (record["title"], record["pipeline"], record["stage"], record["value"], record["status"]) for record in target.deals.theirs.values()
    ]
    assert named == [
        (deal["title"], deal["pipeline"], deal["stage"], round(deal["value"] * 100), deal["status"]) for deal in account["deals"]
    ]
    activities = [(record["subject"], record["due_date"], record["done"]) for record in target.activities.theirs.values()]
    assert activities == [(entry["subject"], entry["due_date"], entry["done"]) for entry in account["activities"]]
    assert [record["markup"] for record in target.notes.theirs.values()] == [note["content"] for note in account["notes"]]
    assert [record["code"] for record in target.products.theirs.values()] == [product["code"] for product in account["products"]]
    assert not target.leads.theirs and not target.files.theirs


def test_workflows_and_reports_are_documents(arrived: Arrived) -> None:
    """Each workflow word by word, each report with the number that the practice's own shows."""
    workflows = {entry["id"]: entry for entry in arrived.document("rebuild/workflows.json")["workflows"]}
    for row in arrived.truth.rows("workflows"):
        entry = workflows.pop(f"workflow:{row['workflow_id']}")
        told = (entry["name"], entry["trigger"], entry["timing"]["text"], entry["audience"], entry["message"], entry["enabled"])
        assert told == tuple(row[name] for name in ("name", "trigger", "timing", "audience", "message", "enabled"))
        assert entry["channels"] == [things.channel(row)]
    assert workflows == {}

    found = {
        entry["id"]: (entry["practice"]["shows"], sorted(entry["practice"]["groups"].values()))
        for entry in arrived.document("rebuild/reports.json")["recipes"]
    }
    assert found == arrived.reports


def test_insights_will_show_what_the_recipes_say(arrived: Arrived) -> None:
    """Each report, reckoned from the account's records by plain HTTP as Insights does; where the practice's number differs, it says why."""
    recipes = [entry for entry in arrived.document("rebuild/reports.json")["recipes"] if entry["insights"]]
    assert len(recipes) >= 4
    for entry in recipes:
        total, groups = insights.figure(entry, arrived.target)
        assert (entry["name"], entry["must_show"]) == (entry["name"], total)
        assert entry["groups"] in (None, groups)
        assert round(entry["must_show"] - entry["practice"]["shows"], 2) == entry["difference"]
        assert bool(entry["difference"]) <= bool(entry["note"])


def test_who_has_no_e_mail_is_listed(arrived: Arrived) -> None:
    """The handover lists everybody without an e-mail of their own, and why."""
    text = (arrived.folder / "workspace" / "handover" / "lists" / "no_email.csv").read_text(encoding="utf-8-sig")
    listed = {entry["key"]: entry["why"] for entry in csv.DictReader(io.StringIO(text))}
    assert listed == {key: record["No e-mail"] for key, record in arrived.planned.items() if "No e-mail" in record}


def test_outcomes_add_up_to_the_rows_of_the_files(arrived: Arrived) -> None:
    """Per table, the outcomes of both exports sum to the rows that the generator wrote into their files."""
    damage = json.loads((arrived.folder / "practice" / "damage.json").read_text(encoding="utf-8"))
    delta = arrived.truth.document["delta"]["tables"]
    written = Counter({table: 2 * len(rows) for table, rows in arrived.truth.document["tables"].items()})
    for table in ID:
        written[table] += len(delta[table]["new"]) - len(delta[table]["gone"])
    for export in ("export", "export_delta"):
        for flaw in damage[export]["flaws"]:
            written[flaw["table"]] += {"repeated": 1, "absent": -1}.get(flaw["effect"], 0)
    tables = json.loads((arrived.folder / "summary.json").read_text(encoding="utf-8"))["tables"]

    assert {table: counts["rows"] for table, counts in tables.items()} == dict(written)
    assert {table: sum(counts["outcomes"].values()) for table, counts in tables.items()} == dict(written)


def test_every_explained_difference_has_a_rule(arrived: Arrived) -> None:
    """The rules that were needed, and how often: a change here is a change of behaviour."""
    assert arrived.persons and arrived.reports and arrived.truth.households  # each counts what it explains, once
    found = {rule: number for rule, number in sorted(arrived.truth.explained.items()) if number}
    known = EXPLAINED.get(len(arrived.truth.document["tables"]["patients"]))
    if known:
        assert found == known
    else:
        assert found.keys() <= EXPLAINED[60].keys() | EXPLAINED[2000].keys()


def is_paper(key: str) -> bool:
    return key.startswith(("note:plan:", "note:invoices:"))


def differences(expected: dict[str, Record], found: dict[str, Record], without: frozenset[str] = frozenset({"id"})) -> list[str]:
    """Every missing, unexpected and differing value, by key and field, both ways."""
    lines = [f"{key} is missing" for key in expected.keys() - found.keys()]
    lines += [f"{key} was not expected" for key in found.keys() - expected.keys()]
    for key in expected.keys() & found.keys():
        for name in (expected[key].keys() | found[key].keys()) - without:
            if expected[key].get(name) != found[key].get(name):
                lines.append(f"{key} {name}: expected {expected[key].get(name)!r}, found {found[key].get(name)!r}")
    return sorted(lines)


def shaped(kind: Kind, reading: Callable[[Record], Record], keep: Callable[[str], bool] = lambda _: True) -> dict[str, Record]:
    """Our records as they are compared, by source key."""
    assert not kind.twice, f"more than one record has the source key {kind.twice}"
    return {key: reading(record) for key, record in kind.ours.items() if keep(key)}


def without_time(found: dict[str, Record], keys: Iterable[str]) -> dict[str, Record]:
    """Records without their creation time where the source has none, or where the record was there before."""
    return {key: {n: v for n, v in record.items() if n != "add_time" or key not in keys} for key, record in found.items()}


def bare(record: Record) -> Record:
    return {name: value for name, value in record.items() if value is not None}
