"""From `migkit lab` through 00 to 90 and back by clicking, with corrections, approvals, a delta, edits in the account, and a rollback."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from migkit.generate import generate
from migkit.sandbox import Sandbox, SandboxConfig
from migkit.steps.approvals import approve_gate
from migkit.workspace import Workspace
from tests.browsing import chromium
from tests.http_client import HTTP

from .prepared import Practice, standing
from .walking import Analyst, lab

PATIENTS = 20
pytestmark = [pytest.mark.browser, pytest.mark.journey, pytest.mark.long]


@pytest.fixture
def browser() -> Iterator[Any]:
    with chromium("nobody walked through the notebooks") as browser:
        yield browser


CLICKS = 60
"""What the whole way may take, keys not counted."""


def test_the_whole_way_by_clicking(
    browser: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, record_property: Callable[[str, object], None]
) -> None:
    """Every page is run as it is; a column that somebody left out does not arrive; what a person edited in the account stays through delta
    and rollback, and what is ours goes; axe finds nothing in what the pages draw."""
    kim = walk(browser, tmp_path)
    record_property("clicks", kim.clicks)
    record_property("silent seconds", kim.silent)
    assert kim.wrong == {}
    assert kim.clicks <= CLICKS


def test_a_load_by_files_by_clicking(browser: Any, practice: Practice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The load makes files, Pipedrive's import takes them on its own pages, a press takes over what came, until nothing is left.

    What stands there then is compared field by field, and a rollback leaves what was there before.
    """
    with practice.before(tmp_path / "files", monkeypatch) as journey, monkeypatch.context() as own:
        own.chdir(tmp_path)
        before = standing(journey)
        workspace = Workspace.open(journey.workspace)
        workspace.write_decision("policies", {"route": "files"})
        approve_gate(workspace.path, "policies", by="Kim")
        with lab(tmp_path, {"PIPEDRIVE_API_TOKEN": journey.sandbox.token}, str(workspace.path)) as address:
            page = browser.new_page(viewport={"width": 1280, "height": 900})
            page.set_default_timeout(120_000)
            kim = Analyst(page, address, "50_load")
            rounds = 0
            kim.run_all()
            while not round_is_over(kim):
                rounds += 1
                import_round(browser, journey.sandbox.url, workspace, rounds)
                kim.press("Take over what was imported")
                kim.says("Taken over:")
            assert 3 <= rounds <= 6
            kim.follow("70_reconcile")
            kim.run_all()
            assert differing(kim) == 0
            undo(kim, journey.truth["practice"]["name"])
        assert standing(journey) == before


def round_is_over(kim: Analyst) -> bool:
    """Load, and say whether that was the end of it."""
    kim.press("Write it to Pipedrive")
    kim.wait()  # what stands there is of this press, not of the one before
    kim.seek(kim.output.get_by_text(re.compile("The load ran to its end.|files that wait for you")).first)
    return bool(kim.output.get_by_text("The load ran to its end.").count())


def import_round(browser: Any, url: str, workspace: Workspace, number: int) -> None:
    """Upload each file that the page of instructions names, in its order, and leave the mapping as Pipedrive offers it."""
    page = browser.new_page()
    folder = workspace.path / "imports" / f"round-{number}"
    page.goto((folder / "instructions.html").as_uri())
    names = list(dict.fromkeys(re.findall(r"\d\d-[\w-]+\.xlsx", page.inner_text("body"))))
    assert names == sorted(path.name for path in folder.glob("*.xlsx"))
    for name in names:
        page.goto(f"{url}/import")
        page.get_by_label("File").set_input_files(folder / name)
        page.get_by_role("button", name="Upload").click()
        page.get_by_role("button", name="Start import").click()
        page.get_by_text("rows skipped").wait_for()
    page.close()


def differing(kim: Analyst) -> int:
    """How many fields 70_reconcile says to differ."""
    kim.seek(kim.output.get_by_text("differing", exact=True).first)
    return int(re.search(r"(\d+)\s+differing", kim.text()).group(1))  # type: ignore[union-attr]


def walk(browser: Any, folder: Path, pictures: Path | None = None) -> Analyst:
    """Go the whole way in `folder`, and say what it took; pictures of each page are kept where somebody wants to look at them."""
    generate(folder / "practice", patients=PATIENTS, seed=3)
    truth = json.loads((folder / "practice" / "truth.json").read_text())["practice"]
    account = folder / "practice" / "account.json"
    config = SandboxConfig(seed_file=account, plan="ultimate", seats=3, burst_limit=False, daily_limit=False)
    with Sandbox(config) as sandbox, lab(folder, {"PIPEDRIVE_API_TOKEN": sandbox.token}) as address:
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.set_default_timeout(120_000)
        before = {each["id"] for each in everything(sandbox, "/api/v2/persons")}
        kim = Analyst(page, address, pictures=pictures)
        start(kim, folder, truth, sandbox.url)
        kim.browse("acme", "notebooks", "10_audit.ipynb")
        kim.run_all()
        review(kim)
        people(kim)
        checks(kim)
        load(kim)
        details = [str(each["custom_fields"]) for each in everything(sandbox, "/api/v2/persons") if each["id"] not in before]
        assert any("First visit:" in each for each in details) and not any("Occupation:" in each for each in details)
        theirs = work_in(browser, sandbox, before)
        delta(kim, folder / "practice" / "export_delta")
        assert all(stands(sandbox, theirs).values()), stands(sandbox, theirs)
        hand_over(kim)
        assert (folder / "acme" / "handover" / "Handover.pdf").is_file()
        stay = before | {theirs.person, theirs.visited} | hang_on(sandbox, theirs)
        undo(kim, truth["name"])
        assert all(stands(sandbox, theirs).values()), stands(sandbox, theirs)
        assert {each["id"] for each in everything(sandbox, "/api/v2/persons")} == stay
        return kim


def start(kim: Analyst, folder: Path, truth: dict[str, Any], url: str) -> None:
    kim.run_all()
    for label, value in {"Export": str(folder / "practice" / "export"), "Workspace": str(folder / "acme"), "Practice": truth["name"],
                         "Pipedrive": url}.items():  # fmt: skip
        kim.fill(label, value)
    kim.page.keyboard.type("Ult")  # the plan, which the last Tab led to
    kim.keys += 3
    kim.fill("Time zone", truth["timezone"])
    kim.press("Does the account answer?")
    kim.says("answers; the token belongs to")
    kim.press("Make the workspace")
    kim.says("Next: open 10_audit")
    kim.picture("00_start")


def review(kim: Analyst) -> None:
    """Accept what is certain, leave one column out, look at what is left, approve."""
    kim.follow("20_mapping_review")
    kim.run_all()
    kim.click(kim.here.get_by_role("button", name="that are certain").first)
    left = kim.here.get_by_text(re.compile(r"\d+ of \d+ columns reviewed")).first
    kim.here.locator(".mr-rows.tables button").first.click()
    kim.click(kim.here.locator(".mr-rows.columns button", has_text="Occupation"))
    kim.here.locator(".mr-detail h3", has_text="Occupation").wait_for()
    kim.page.keyboard.press("x")
    kim.keys += 1
    for _ in range(80):
        done, of = map(int, re.search(r"(\d+) of (\d+) columns reviewed", left.inner_text()).groups())  # type: ignore[union-attr]
        if done == of:
            break
        kim.page.keyboard.press("n")
        kim.page.keyboard.press("a")
        kim.keys += 2
        kim.page.wait_for_timeout(300)
    kim.picture("20_mapping_review-done")
    kim.press("Approve mapping")
    kim.says("mapping: approved by Kim")


def people(kim: Analyst) -> None:
    kim.follow("25_people")
    kim.run_all()
    kim.press("Approve owners")
    kim.says("owners: approved by Kim")
    kim.press("Approve identity")
    kim.says("identity: approved by Kim")


def checks(kim: Analyst) -> None:
    kim.follow("30_validate")
    kim.run_all()
    kim.fill("Note", "looked at with the practice")
    kim.press("Approve quality")
    kim.says("quality: approved by Kim")


def load(kim: Analyst) -> None:
    kim.follow("40_sample_diff")
    kim.run_all()
    kim.press("Approve policies")
    kim.says("policies: approved by Kim")
    kim.press("Approve privacy")
    kim.says("privacy: approved by Kim")
    kim.press("Load the sample and compare it")
    kim.says("then approve the sample.")
    for number in range(5):
        kim.click(kim.here.locator(".mk-checklist input[type=checkbox]").nth(number))
        kim.says(f"{number + 1} of 5 questions looked at.")
    kim.press("Approve sample")
    kim.says("sample: approved by Kim")
    kim.follow("50_load")
    kim.run_all()
    kim.press("Write it to Pipedrive")
    kim.says("The load ran to its end.")


@dataclass(frozen=True)
class Theirs:
    """What people of the practice did in the account between load and delta."""

    person: int
    deal: int
    note: int
    """A note of ours whose text they changed."""
    visited: int
    """A person of ours to whom they added a note."""


def work_in(browser: Any, sandbox: Sandbox, before: set[int]) -> Theirs:
    """Change a phone, a deal's title and a note's text, and add a note, all on the account's web pages.

    They are chosen by their keys: which ids they got differs from load to load, since much is written at once.
    """
    persons = [each for each in everything(sandbox, "/api/v2/persons") if key_of(each).startswith("patient:") and len(each["phones"]) == 1]
    person, visited = sorted((each for each in persons if each["id"] not in before), key=key_of)[:2]
    deal = min((each for each in everything(sandbox, "/api/v2/deals") if key_of(each)), key=key_of)
    note = min((each for each in everything(sandbox, "/api/v1/notes") if note_key(each)), key=note_key)
    page = browser.new_page()

    def save(kind: str, id: int, **changes: str) -> None:
        page.goto(f"{sandbox.url}/records/1/{kind}/{id}")
        for label, value in changes.items():
            page.get_by_label(label, exact=True).fill(value)
        page.get_by_role("button", name="Add note" if "Note" in changes else "Save", exact=True).click()
        page.get_by_role("status").get_by_text("Saved.").wait_for()

    save("person", person["id"], Phones=f"{person['phones'][0]['value']} (mobile)\n+61299990000 (by hand)")
    save("deal", deal["id"], Title="Ring before we start")
    save("note", note["id"], Content=f"Read and agreed. {note['content']}")
    save("person", visited["id"], Note="Wants the later appointment")
    page.close()
    return Theirs(person["id"], deal["id"], note["id"], visited["id"])


def hang_on(sandbox: Sandbox, theirs: Theirs) -> set[int]:
    """Return the persons on whom the edited deal and the edited note hang as things stand: they stay with them."""
    deal = sandbox_get(sandbox, f"/api/v2/deals/{theirs.deal}")
    note = next(each for each in everything(sandbox, "/api/v1/notes") if each["id"] == theirs.note)
    holders = [sandbox_get(sandbox, f"/api/v2/deals/{note['deal_id']}")] if note["deal_id"] else []
    holders += [sandbox_get(sandbox, f"/api/v1/leads/{note['lead_id']}")] if note.get("lead_id") else []
    return {holder["person_id"] for holder in (deal, note, *holders)} - {None}


def stands(sandbox: Sandbox, theirs: Theirs) -> dict[str, bool]:
    """Whether each of their changes is there."""
    person, visited = (sandbox_get(sandbox, f"/api/v2/persons/{id}") for id in (theirs.person, theirs.visited))
    notes = everything(sandbox, "/api/v1/notes")
    return {
        "phone": bool(person) and "+61299990000" in [each["value"] for each in person["phones"]],
        "title": (sandbox_get(sandbox, f"/api/v2/deals/{theirs.deal}") or {}).get("title") == "Ring before we start",
        "text": any(each["id"] == theirs.note and each["content"].startswith("Read and agreed.") for each in notes),
        "note": bool(visited) and any(each["person_id"] == visited["id"] and "later appointment" in each["content"] for each in notes),
    }


def key_of(record: dict[str, Any]) -> str:
    """The key of a source row that a person or deal carries, "" where it carries none."""
    texts = (value for value in record["custom_fields"].values() if isinstance(value, str))
    return next((value for value in texts if re.fullmatch(r"(patient|plan|account|lead):.+", value)), "")


def note_key(note: dict[str, Any]) -> str:
    """The key of the clinical note that a note is made of, "" for any other."""
    found = re.search(r"Source: (note:\w+)", note["content"])
    return found.group(1) if found else ""


def sandbox_get(sandbox: Sandbox, path: str, **params: Any) -> Any:
    answer = HTTP.get(f"{sandbox.url}{path}", params=params, headers={"x-api-token": sandbox.token})
    return answer.json()["data"] if answer.status_code == 200 else None


def everything(sandbox: Sandbox, path: str) -> list[dict[str, Any]]:
    """All of a small account: no list is longer than a page."""
    found: list[dict[str, Any]] = sandbox_get(sandbox, path, limit=500) or []
    assert len(found) < 500
    return found


def delta(kim: Analyst, export: Path) -> None:
    kim.follow("60_delta")
    kim.run_all()
    kim.fill("Later export", str(export))
    kim.press("Take it in")
    kim.says("What it changes stands below")
    kim.press("Approve delta")
    kim.says("delta: approved by Kim")
    kim.press("Write it to Pipedrive")
    kim.says("The later export is written")


def hand_over(kim: Analyst) -> None:
    kim.follow("70_reconcile")
    kim.run_all()
    kim.follow("90_handover")
    kim.run_all()
    kim.press("Make the pack with that")
    kim.says("The pack lies in")


def undo(kim: Analyst, practice: str) -> None:
    kim.browse("80_rollback.ipynb")
    kim.run_all()
    kim.fill("Name of the practice", practice)
    kim.press("Undo it in Pipedrive")
    kim.says("Rolled back:")
    kim.says("The migration was undone on")
    kim.picture("80_rollback-undone")
