"""The pack as files: the page and its print, the lists, the analyst's part, and the manifest that seals them."""

from __future__ import annotations

import base64
import hashlib
import json
import mimetypes
import re
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pandas as pd

from migkit import resources
from migkit.load import AuditLog
from migkit.migration import Migration
from migkit.model.errors import UsageError
from migkit.model.messages import Who
from migkit.model.outcomes import Outcome, RowOutcome
from migkit.report import NOTEBOOKS, Local, csv_text, page, print_pdf, render, workbook
from migkit.source import write_rejects
from migkit.steps.handover.facts import analyst_list, sides, without_email
from migkit.steps.handover.insights_picture import picture
from migkit.steps.handover.lists import changes, sheets
from migkit.steps.handover.open_points import MEND, open_points, problems
from migkit.steps.reconcile import Proof
from migkit.steps.witnesses import witnesses_frame
from migkit.workspace import file_digest, write_atomically

INDEX, PDF, MANIFEST, FACTS = "index.html", "Handover.pdf", "manifest.json", "analyst/facts.json"
ACCENT = "#0b6e6e"
CHAPTERS = (
    ("arrived", "What arrived"), ("points", "What is still open, and who settles it"), ("promises", "Promised and kept"),
    ("totals", "Control totals"), ("decided", "Who decided what"), ("people", "People"), ("privacy", "What left your practice"),
    ("later", "What the later export changed"), ("automations", "Reminders and workflows, step by step"),
    ("reports", "Reports, step by step"),
    ("fields", "Field dictionary"), ("dates", "Where original dates stand"), ("effort", "What it took"), ("undo", "How to undo"),
    ("pack", "What is in this pack"),
)  # fmt: skip


@dataclass(frozen=True)
class Look:
    """How the practice's page looks."""

    accent: str = ACCENT
    logo: str = ""
    """The picture as a data URL, "" for none."""


def look_of(migration: Migration) -> Look:
    """Return colour and logo of `decisions/handover.yaml` (`look`). Raises UsageError for a colour or a picture that is none."""
    said = migration.inputs.document("handover").get("look") or {}
    accent = str(said.get("accent") or ACCENT)
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", accent):
        raise UsageError(f"decisions/handover.yaml: the colour {accent!r} is none; write it like #0b6e6e. No pack was made.")
    if not said.get("logo"):
        return Look(accent)
    path = migration.workspace.path / str(said["logo"])
    kind = mimetypes.guess_type(path.name)[0] or ""
    if not path.is_file() or not kind.startswith("image/"):
        raise UsageError(f"decisions/handover.yaml: the logo {said['logo']} is no picture in the workspace's folder. No pack was made.")
    return Look(accent, f"data:{kind};base64,{base64.b64encode(path.read_bytes()).decode()}")


def draw(facts: Mapping[str, Any], local: Local) -> str:
    """Return the page of a pack, drawn from its facts and nothing else: the same facts, the same bytes."""
    css = resources.load_text("handover.css")
    parts = sides(facts["points"])
    moments = [[one["what"], one["by"], local.moment(one["at"]), one["note"]] for one in facts["approvals"]]
    stated = [
        [
            one["what"],
            one["by"],
            *(_amount(one[name], local, is_money=one["money"]) for name in ("stated", "files", "plan", "pipedrive", "difference")),
        ]
        for one in facts["witnesses"]
    ]
    values = {
        "facts": facts,
        "sides": parts,
        "css": css,
        "accent": facts["look"]["accent"],
        "logo": facts["look"]["logo"],
        "chapters": [chapter for chapter in CHAPTERS if chapter[0] != "later" or facts["delta"]],
        "approvals": moments,
        "witnesses": stated,
        "owners": [
            (one["name"], one["role"], one["user"], "" if one["matched"] else "no user of their own") for one in facts["people"]["owners"]
        ],
        "files": [[one["file"], one["what"]] for one in facts["files"]],
        "pictures": [picture(one) for one in facts["reports"]],
        "has_mend": any(one["file"].startswith(f"{MEND}/") for one in facts["files"]),
    }  # fmt: skip
    return page("handover.html.j2", local, values)


def _amount(value: float | None, local: Local, *, is_money: bool) -> Any:
    return local.money(value) if is_money and value is not None else value


class Pack:
    """A pack being written: each file with what it is."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.files: list[dict[str, str]] = []

    def text(self, name: str, text: str, what: str) -> None:
        """Write a text."""
        (self.folder / name).parent.mkdir(parents=True, exist_ok=True)
        write_atomically(self.folder / name, text)
        self.note(name, what)

    def table(self, name: str, frame: pd.DataFrame, what: str) -> None:
        """Write a frame as CSV."""
        self.text(name, csv_text(frame), what)

    def document(self, name: str, document: Any, what: str) -> None:
        """Write JSON."""
        self.text(name, json.dumps(document, indent=1, ensure_ascii=False), what)

    def note(self, name: str, what: str) -> None:
        """Note a file that somebody else wrote."""
        self.files.append({"file": name, "what": what})


def write_lists(pack: Pack, migration: Migration, proof: Proof, facts: Mapping[str, Any], local: Local) -> None:
    """Write all but the page itself."""
    dictionary = pd.DataFrame(facts["fields"]).rename(columns={"label": "field", "made_from": "made from"})
    points = pd.DataFrame(
        [(one["what"], one["count"], one["why"], one["owner"], one["todo"], one["until"]) for one in facts["points"]],
        columns=["What", "How many", "Why", "Who", "Does what", "Until"],
    )
    workbook(pack.folder / "Outcomes.xlsx", sheets(migration, proof, dictionary, points))
    pack.note("Outcomes.xlsx", "what became of each row of each file, where it is in Pipedrive, and why if it is not")
    _to_mend(pack, migration, proof)
    documents = migration.plan.documents
    without = without_email(migration)
    pack.table(
        "lists/no_email.csv",
        pd.DataFrame(without["list"], columns=["key", "why"]),
        "persons without an e-mail of their own, by their number",
    )
    pack.table("lists/field_dictionary.csv", dictionary, "your own fields in Pipedrive: label, key, and what they are made from")
    pack.table("lists/changes.csv", changes(migration), "each value that a later export changed in Pipedrive, before and after")
    pack.table("lists/control_totals.csv", witnesses_frame(proof.witnesses), "what you or your files state, beside what was counted")
    pack.table("lists/original_dates.csv", pd.DataFrame(facts["dates"]), "which original dates stand where")
    pack.document("rebuild/workflows.json", documents.get("workflows.json", {}), "reminders and workflows as data, for whoever builds them")
    schema = resources.load_text("workflow.schema.json")
    pack.text("rebuild/workflows.schema.json", schema, "what each part of workflows.json means")
    pack.document(
        "rebuild/reports.json", documents.get("rebuild_recipes.json", {}), "reports as data, each with the figure that it must show"
    )


def write_analyst(pack: Pack, migration: Migration, proof: Proof, audit_csv: str) -> None:
    """Write the analyst's part: the notebooks' pages as they were run last, the audit log, the open points in the tools' words."""
    for name, source in last_pages(migration).items():
        target = pack.folder / "analyst" / "reports" / f"{name}.html"
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.suffix == ".ipynb":
            render(source, target)
        else:
            shutil.copyfile(source, target)
        pack.note(f"analyst/reports/{name}.html", f"for analysts: {REPORTS[name]}")
    pack.text("analyst/audit_log.csv", audit_csv, "for analysts: every write, when, and what it cost; no values")
    pack.text("analyst/audit_log.jsonl", _sealed_log(migration), "for analysts: the same, each line sealed by the one before")
    pack.table(
        "analyst/open_points.csv", analyst_list(open_points(migration, proof)), "for analysts: the open points in the words of the tools"
    )


REPORTS = {
    "10_audit": "what was handed over, and what was found in it",
    "20_mapping_review": "what every column was taken for",
    "25_people": "who is the same person, who lives together, who owns whose records",
    "30_validate": "the checks before the load, and the rows to mend",
    "40_sample_diff": "the sample, compared field by field",
    "50_load": "what the full load wrote",
    "60_delta": "what a later export changed",
    "70_reconcile": "the proof: every row accounted for, every field compared",
    "80_rollback": "what undoing it would do",
}


def last_pages(migration: Migration) -> dict[str, Path]:
    """Return notebook → its newest page of a run, or the analyst's own copy where that was run by hand since."""
    found: dict[str, Path] = {}
    for name in NOTEBOOKS:
        pages = sorted(migration.workspace.runs.glob(f"*-{name}/{name}.html"))
        copy = migration.workspace.path / "notebooks" / f"{name}.ipynb"
        own = copy if copy.is_file() and _was_run(copy) else None
        if own and (not pages or own.stat().st_mtime > pages[-1].stat().st_mtime):
            found[name] = own
        elif pages:
            found[name] = pages[-1]
    return {name: path for name, path in found.items() if name in REPORTS}


def _was_run(notebook: Path) -> bool:
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    return any(cell.get("outputs") for cell in cells)


def _to_mend(pack: Pack, migration: Migration, proof: Proof) -> None:
    """Write the rows that somebody has to mend, per export and list, as they came, each once: each file loads again as it is."""
    waiting = [
        RowOutcome(one.file, one.line, one.table, one.key, Outcome.REJECTED, one.reason)
        for one in problems(migration, proof)
        if one.reason.entry.who is not Who.NOBODY
    ]
    for snapshot in migration.snapshots:
        folder = pack.folder / MEND / f"export of {snapshot.taken.isoformat()}"
        here = [one for one in waiting if one.file.startswith(f"{snapshot.name}/") or len(migration.snapshots) == 1]
        unread = {(one.file, one.line) for one in waiting}
        raw = migration.mended(snapshot).raw
        kept = [(file, line) in unread for file, line in zip(raw.lines["file"], raw.lines["line"], strict=True)]
        for path in write_rejects(replace(raw, lines=raw.lines[kept]), here, folder):
            pack.note(path.relative_to(pack.folder).as_posix(), "rows that did not arrive, as they came, with the reason: mend them here")
        if folder.exists() and not any(folder.iterdir()):
            folder.rmdir()


def _sealed_log(migration: Migration) -> str:
    """Return the audit log as it lies in the workspace. Raises DataError where a line of it was changed."""
    path = migration.workspace.audit_log
    for _ in AuditLog(path).lines():
        pass
    return path.read_text(encoding="utf-8") if path.exists() else ""


def seal(pack: Pack, made_at: str) -> str:
    """Write the manifest, sha256 by file, and return its own sha256."""
    paths = sorted(path for path in pack.folder.rglob("*") if path.is_file())
    digests = {path.relative_to(pack.folder).as_posix(): file_digest(path) for path in paths}
    text = json.dumps({"version": 1, "made_at": made_at, "files": digests}, indent=1, ensure_ascii=False)
    write_atomically(pack.folder / MANIFEST, text)
    return hashlib.sha256(text.encode()).hexdigest()


def print_page(pack: Pack, html: str, printer: Callable[[str, Path], str] = print_pdf) -> str:
    """Write the page and its print; return "" or why there is no print."""
    write_atomically(pack.folder / INDEX, html)
    return printer(html, pack.folder / PDF)
