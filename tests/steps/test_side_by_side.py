"""The sample's records from the cells of the files to what stands in Pipedrive: what was planted there by plain HTTP is seen."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from migkit.migration import BEFORE_SAMPLE, state
from migkit.report import IN_REPORT
from migkit.sandbox import Sandbox, SandboxConfig
from migkit.steps import Migration, columns_frame, questions, side_by_side, strata_frame
from migkit.steps.approvals import approve_gate
from migkit.steps.bulk_confirm import confirm_proposals
from migkit.steps.sample_diff import SampleDiff, load_sample
from migkit.steps.side_by_side import readable
from migkit.workspace import Settings, Workspace
from tests.http_client import HTTP

ACCOUNT = {
    "company": "Practice",
    "users": [
        {"name": "Front", "email": "front@example.com", "is_admin": True, "active": True},
        {"name": "Jo Park", "email": "jo@example.com", "is_admin": False, "active": True},
    ],
    "currencies": ["AUD"],
}
FILES = {
    "Patients.csv": "Patient ID,First Name,Last Name,Date of Birth,Mobile,Suburb\n"
    "1,Ann,Lee,03/04/1980,0411 222 333,Newtown\n2,Bo,Ng,05/06/1975,0411 222 444,\n",
    "Appointments.csv": "Appointment ID,Patient ID,Start,Duration (min),Status,Provider\n"
    "10,1,02/10/2026 09:00,30,Completed,Dr Jo Park\n11,2,03/10/2026 10:30,45,Completed,Dr Jo Park\n",
    "Treatment Plans.csv": "Plan ID,Patient ID,Plan Name,Status,Created,Total Fee\n20,1,Crown,Accepted,01/10/2026,1250.50\n",
    "Clinical Notes.csv": "Note ID,Patient ID,Date,Provider,Note\n"
    '30,1,02/10/2026,Dr Jo Park,"Tooth 36 sore.\nCrown advised.\nBack in May."\n',
}


@dataclass(frozen=True)
class Sampled:
    """A practice whose sample stands in a sandbox."""

    workspace: Workspace
    sandbox: Sandbox
    sample: SampleDiff

    @property
    def migration(self) -> Migration:
        return Migration.open(self.workspace.path)

    def call(self, method: str, path: str, **body: Any) -> Any:
        """Ask the account by plain HTTP."""
        headers = {"x-api-token": self.sandbox.token}
        answer = HTTP.request(method, f"{self.sandbox.url}/{path}", headers=headers, json=body or None)
        assert answer.is_success, answer.text
        return answer.json()["data"]


@pytest.fixture(scope="module")
def sampled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sampled]:
    """Two patients, a visit each, a plan and a note, every gate approved, the sample loaded: looked at by all, changed by the last."""
    folder = tmp_path_factory.mktemp("sampled")
    (folder / "account.json").write_text(json.dumps(ACCOUNT))
    received = folder / "export"
    received.mkdir()
    for name, text in FILES.items():
        (received / name).write_text(text)
    config = SandboxConfig(seed_file=folder / "account.json", plan="ultimate", burst_limit=False, daily_limit=False)
    with Sandbox(config) as sandbox, pytest.MonkeyPatch.context() as patch:
        patch.setenv("PIPEDRIVE_API_TOKEN", sandbox.token)
        settings = Settings("Acme Dental", "Australia/Sydney", "AUD", sandbox.url, "ultimate", 1, 20, {})
        workspace = Workspace.create(folder / "acme", settings)
        workspace.add_snapshot(received, taken=date(2026, 11, 1))
        confirm_proposals(workspace.path, at_least=0, by="Kim")
        workspace.write_decision("owners", {"version": 1, "fallback": {"user": "front@example.com", "by": "Kim"}})
        for gate in BEFORE_SAMPLE:
            approve_gate(workspace.path, gate, by="Kim", note="a test")
        yield Sampled(workspace, sandbox, load_sample(Migration.open(workspace.path), run_id="sample"))


def record(sample: SampleDiff, key: str) -> Any:
    return next(one for one in sample.compared.result.whole if one.key == key)


def field(sample: SampleDiff, key: str, name: str) -> dict[str, Any]:
    return record(sample, key).fields.set_index("field").loc[name].to_dict()


def test_a_record_is_shown_from_its_cells_on(sampled: Sampled) -> None:
    """File, line and cell as written stand beside what was read; values are masked until they are asked for."""
    browser = side_by_side(sampled.migration, sampled.sample)
    browser.record.value = next(number for label, number in browser.record.options if label == "patient:1")
    assert "Patients.csv" in browser.body.value and "0411 222 333" not in browser.body.value and "03/04/1980" not in browser.body.value
    browser.values.value = True
    shown = browser.body.value.replace("<wbr>", "")
    for text in ("0411 222 333", "+61411222333", "03/04/1980", "1980-04-03", "Newtown"):
        assert text in shown, text
    first = browser.record.value
    browser.next.click()
    browser.back.click()
    assert browser.record.value == first


def test_both_sides_empty_is_not_the_same_as_equal(sampled: Sampled) -> None:
    """One of two persons has a suburb: the other's address is empty on both sides."""
    found = columns_frame(sampled.sample).set_index(["object", "field"])
    assert found.loc[("person", "name"), ["same", "both empty"]].to_list() == [2, 0]
    assert found.loc[("person", "Address"), ["same by rule", "both empty"]].to_list() == [1, 1]


def test_shapes_are_counted(sampled: Sampled) -> None:
    """Two persons of a plan of two persons: the sample holds what the plan holds."""
    strata = strata_frame(sampled.migration, sampled.sample).set_index("shape")
    assert strata.loc["any person"].to_list() == [2, 2] and strata.loc["any deal"].to_list() == [1, 1]


def test_a_tick_is_kept_with_its_name_and_counts_for_this_sample(sampled: Sampled, tmp_path: Path) -> None:
    """Without a name nothing is kept; with one it is there when the page opens anew; another name for a plan asks again."""
    own = Workspace.open(shutil.copytree(sampled.workspace.path, tmp_path / "acme"))
    sampled = replace(sampled, workspace=own)
    asked = questions(sampled.migration, sampled.sample, by="")
    name = next(one for one in asked.boxes if "worth" in one)
    asked.boxes[name].value = True
    assert not asked.boxes[name].value and "looked_at" not in sampled.workspace.read_decision("sample")
    asked = questions(sampled.migration, sampled.sample, by="Kim")
    assert "1,250.50 AUD in 1 deal of treatment plans" in "".join(
        child.value for child in asked.children if hasattr(child, "value") and child.value
    )
    asked.boxes[name].value = True
    assert sampled.workspace.read_decision("sample")["looked_at"][name]["by"] == "Kim"
    assert questions(sampled.migration, sampled.sample, by="Kim").boxes[name].value
    approve_gate(sampled.workspace.path, "sample", by="Kim")
    sampled.workspace.write_decision("policies", {"version": 1, "native_contact_fields": True})
    assert not questions(sampled.migration, sampled.sample, by="Kim").boxes[name].value


def test_a_sample_with_questions_that_nobody_looked_at_wants_a_reason(sampled: Sampled, tmp_path: Path) -> None:
    """Five questions: each tick takes one away, the last leaves a plain approval; how many were ticked is said with it."""
    own = Workspace.open(shutil.copytree(sampled.workspace.path, tmp_path / "acme"))
    own.write_decision("approvals", {"approvals": [e for e in own.read_decision("approvals")["approvals"] if e["gate"] != "sample"]})
    sampled = replace(sampled, workspace=own)
    boxes = questions(sampled.migration, sampled.sample, by="Kim").boxes
    for left, box in zip((5, 4, 3, 2, 1), boxes.values(), strict=True):
        found = state(sampled.migration, "sample")
        assert found.wants_reason and f"{left} of its 5 questions" in str(found.message)
        box.value = True
    assert not state(sampled.migration, "sample").wants_reason
    assert "5 of 5 questions looked at" in approve_gate(own.path, "sample", by="Kim")
    assert state(sampled.migration, "sample").approved


def test_times_are_told_by_the_practices_clocks(sampled: Sampled) -> None:
    """09:00 and 10:30 stand in the practice's files, both before daylight saving begins."""
    shown = "".join(str(getattr(child, "value", "")) for child in questions(sampled.migration, sampled.sample, by="Kim").children)
    assert "from 09:00 to 10:30 by the clocks of Australia/Sydney" in shown


def test_defects_planted_in_the_account_are_seen(sampled: Sampled, monkeypatch: pytest.MonkeyPatch) -> None:
    """At first all is the same. Then day and month of a birth date swapped, fifty cents less, an owner changed, a note's line lost,
    and a time ten hours off: each is one field that differs, in its record and in the table by column, and nothing else does."""
    assert not any(one.differs for one in sampled.sample.compared.result.whole)
    person, deal, visit, note = (record(sampled.sample, key).target_id for key in ("patient:1", "plan:20", "appointment:10", "note:30"))
    fields = sampled.call("GET", "api/v2/personFields?limit=500")
    born = next(one["field_code"] for one in fields if one["field_name"] == "Date of birth")
    users = {user["email"]: user["id"] for user in sampled.call("GET", "v1/users")}
    sampled.call("PATCH", f"api/v2/persons/{person}", custom_fields={born: "1980-03-04"})
    sampled.call("PATCH", f"api/v2/deals/{deal}", value=1250)
    other = next(id for email, id in users.items() if id != sampled.call("GET", f"api/v2/activities/{visit}")["owner_id"])
    sampled.call("PATCH", f"api/v2/activities/{visit}", owner_id=other, due_time="09:00:00")
    content = sampled.call("GET", f"v1/notes/{note}")["content"]
    assert "Crown advised." in content
    sampled.call("PUT", f"v1/notes/{note}", content=content.replace("Crown advised.", ""))

    seen = load_sample(sampled.migration, run_id="again")
    differing = {
        (one.key, row["field"]) for one in seen.compared.result.whole for _, row in one.fields.iterrows() if row["result"] == "differs"
    }
    assert differing == {
        ("patient:1", "Date of birth"),
        ("plan:20", "value"),
        ("appointment:10", "owner_id"),
        ("appointment:10", "due_time"),
        ("note:30", "content"),
    }
    assert (columns_frame(seen)["differs"].sum(), set(columns_frame(seen).head(5)["differs"])) == (5, {1})
    born_there = field(seen, "patient:1", "Date of birth")
    told = (born_there["planned"], born_there["sent"], born_there["in Pipedrive"], born_there["why"])
    assert told == ("1980-04-03", "1980-04-03", "1980-03-04", "edited in Pipedrive since")

    browser = side_by_side(sampled.migration, seen)
    assert browser.group.options[1] == "those that differ"
    browser.group.value = "those that differ"
    assert {label for label, _ in browser.record.options} == {"patient:1", "plan:20", "appointment:10", "note:30"}
    monkeypatch.setenv(IN_REPORT, "1")
    assert side_by_side(sampled.migration, seen).body.count('class="pill bad"') == 5


def test_values_of_several_parts_are_read_as_one() -> None:
    """An amount with its currency, a phone with its label, an address as it is written; never `value: …`."""
    assert readable({"value": 1250.5, "currency": "AUD"}) == "1,250.50 AUD"
    phones = [{"value": "+61411222333", "label": "mobile", "primary": True}, {"value": "+61298765432", "label": "home", "primary": False}]
    assert readable(phones) == "+61411222333 (mobile, primary), +61298765432 (home)"
    assert readable({"value": "1 High St, Newtown", "locality": "Newtown"}) == "1 High St, Newtown"
