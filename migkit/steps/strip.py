"""Where the migration stands: each step done, waiting for somebody, or blocked and by what; what every notebook opens and ends with.

Only what was approved before is looked at again; what nobody approved yet is said without making anything for it, so that the strip of
the first notebook costs nothing.
"""

from __future__ import annotations

import html
import json
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from migkit.load import to_write
from migkit.migration import Migration, import_rounds, require, state
from migkit.migration.target import usage
from migkit.model.words import in_list, number_of
from migkit.report import IN_REPORT, NOTEBOOKS, View, note_box, to_page
from migkit.steps.approvals import approve_gate
from migkit.steps.live import live, newest, renew
from migkit.steps.undone import in_words, last_undone

DONE, WAITING, BLOCKED, OPTIONAL = "done", "waiting", "blocked", "optional"
TONES = {DONE: "good", WAITING: "warn", BLOCKED: "", OPTIONAL: ""}
TITLES = dict(
    zip(
        NOTEBOOKS,
        ("Audit", "Map", "People", "Checks", "Sample", "Load", "Later export", "Reconciliation", "Rollback", "Handover"),
        strict=True,
    )
)
GATES_OF: dict[str, tuple[str, ...]] = {
    "20_mapping_review": ("mapping",),
    "25_people": ("owners", "identity"),
    "30_validate": ("quality",),
    "40_sample_diff": ("policies", "privacy", "sample"),
}


PAGE_OF = {gate: page for page, gates in GATES_OF.items() for gate in gates} | {"delta": "60_delta", "changes": "50_load"}
"""Gate → the notebook that has its button."""

_SHOWN = "audit-shown"
"""Marks in `work/` that the audit was run to its end by hand: it is there to be looked at, and has nothing to press."""


@dataclass(frozen=True)
class StepState:
    """How one step stands."""

    notebook: str
    state: str
    """done | waiting (for somebody) | blocked | optional."""
    why: str
    """What it waits for or is blocked by, in a few words."""
    gate: str = ""
    """The gate whose approval it waits for, "" for anything else."""

    @property
    def title(self) -> str:
        """What people call the step."""
        return TITLES[self.notebook]


def where_it_stands(migration: Migration) -> list[StepState]:
    """Return each step in order, as it stands now."""
    found: list[StepState] = []
    for notebook, look in _STEPS.items():
        blocking = next((one for one in found if one.state in (WAITING, BLOCKED)), None)
        found.append(look(migration, notebook, blocking))
    return found


def _audit(migration: Migration, notebook: str, _: StepState | None) -> StepState:
    decided = "mapping" in migration.inputs.decisions
    workspace = migration.workspace
    looked = decided or (workspace.work / _SHOWN).exists() or any(workspace.runs.glob(f"*-{notebook}"))
    return StepState(notebook, DONE if looked else WAITING, "" if looked else "look at what was received")


def _gated(migration: Migration, notebook: str, blocking: StepState | None) -> StepState:
    gates = GATES_OF[notebook]
    if blocking and (blocking.notebook, notebook) != NOTEBOOKS[:2]:  # a map can be begun before anybody looked at the audit
        return _blocked(notebook, blocking)
    for gate in gates:
        if gate != "mapping" and not migration.inputs.approvals(gate):
            return StepState(notebook, WAITING, f"approve {gate}", gate)
        found = state(migration, gate)
        if not found.approved:
            return StepState(notebook, WAITING, f"{gate}: {found.message}", gate)
    return StepState(notebook, DONE, "")


def _load(migration: Migration, notebook: str, blocking: StepState | None) -> StepState:
    if blocking:
        return _blocked(notebook, blocking)
    if one := import_rounds.waiting(migration.workspace):
        return StepState(notebook, WAITING, f"import {number_of(len(one.files), 'file')} into Pipedrive, then run migkit adopt")
    left = len(to_write(migration.changes(), migration.ledger.holds()))
    if left and (undone := last_undone(migration.ledger)):
        when = in_words(undone, migration.workspace.settings)
        return StepState(notebook, OPTIONAL, f"{when}: loading again would write {number_of(left, 'record')}")
    return (
        StepState(notebook, WAITING, f"{number_of(left, 'record is', 'records are')} to write")
        if left
        else StepState(notebook, DONE, "nothing is left to write")
    )


def _delta(migration: Migration, notebook: str, blocking: StepState | None) -> StepState:
    if len(migration.inputs.received) < 2:
        return StepState(notebook, OPTIONAL, "there is no later export yet")
    newest = migration.inputs.received[-1].name
    if newest in migration.inputs.merged:
        return StepState(notebook, DONE, "")
    if blocking and blocking.notebook != "50_load":
        return _blocked(notebook, blocking)
    return StepState(notebook, WAITING, "look at what it changes, and approve it")


def _reconcile(migration: Migration, notebook: str, blocking: StepState | None) -> StepState:
    written = migration.ledger.last_write()
    if written is None:
        return StepState(notebook, BLOCKED, "nothing is written yet")
    if undone := last_undone(migration.ledger):
        return StepState(notebook, OPTIONAL, in_words(undone, migration.workspace.settings))
    if blocking and blocking.notebook != "60_delta":  # the sample read back is not everything
        return _blocked(notebook, blocking)
    read = [datetime.fromisoformat(line["at"]) for line in usage(migration.workspace) if line["step"] == "reconcile"]
    if read and max(read) >= written.replace(microsecond=0):
        return StepState(notebook, DONE, "all was read back since it was written")
    return _blocked(notebook, blocking) if blocking else StepState(notebook, WAITING, "something was written since it was last read back")


def _rollback(migration: Migration, notebook: str, blocking: StepState | None) -> StepState:
    if undone := last_undone(migration.ledger):
        kept = f", {number_of(undone.left, 'record')} of ours stay there" if undone.left else ""
        return StepState(notebook, DONE, f"{in_words(undone, migration.workspace.settings)}{kept}")
    return StepState(notebook, OPTIONAL, "only where it shall be undone")


def _handover(migration: Migration, notebook: str, blocking: StepState | None) -> StepState:
    manifest, written = migration.workspace.handover / "manifest.json", migration.ledger.last_write()
    if written is None:
        return StepState(notebook, BLOCKED, "nothing is written yet")
    if undone := last_undone(migration.ledger):
        return StepState(notebook, OPTIONAL, f"{in_words(undone, migration.workspace.settings)}: the pack of before is kept aside")
    if manifest.is_file() and datetime.fromisoformat(json.loads(manifest.read_text(encoding="utf-8"))["made_at"]) >= written.replace(
        microsecond=0
    ):
        return StepState(notebook, DONE, "")
    return _blocked(notebook, blocking) if blocking else StepState(notebook, WAITING, "make the pack")


def _blocked(notebook: str, by: StepState) -> StepState:
    first = by.why.removeprefix("waits for ") if by.state == BLOCKED else by.title
    return StepState(notebook, BLOCKED, f"waits for {first}")


_STEPS: dict[str, Callable[[Migration, str, StepState | None], StepState]] = dict(
    zip(NOTEBOOKS, (_audit, _gated, _gated, _gated, _gated, _load, _delta, _reconcile, _rollback, _handover), strict=True)
)


# -- shown --------------------------------------------------------------------------------------------------------------


def draw_strip(found: Sequence[StepState], here: str = "", when: str = "") -> View:
    """Return the steps side by side, each with its state in words; `here` is the notebook that is open, `when` says of when it is."""
    items = []
    for one in found:
        current = ' aria-current="step"' if one.notebook == here else ""
        name = f"{one.notebook[:2]} {one.title}"
        why = f' <span class="why">{html.escape(one.why)}</span>' if one.why else ""
        items.append(
            f'<li{current}><b>{to_page(one.notebook, name)}</b> <span class="pill {TONES[one.state]}">{one.state}</span>{why}</li>'
        )
    said = "\n".join(f"{one.notebook}: {one.state}{f' ({one.why})' if one.why else ''}" for one in found)
    caption, label = (f'<div class="facts">{when}</div>', f", {when.lower()}") if when else ("", "")
    drawn = f'{caption}<nav aria-label="Where the migration stands{label}"><ol class="mk-strip">{"".join(items)}</ol></nav>'
    return View(drawn, f"{when}:\n{said}" if when else said)


def next_sentence(found: Sequence[StepState], here: str = "") -> str:
    """Return what is next: what is left on this page, else which notebook to open."""
    names = [one.notebook for one in found]
    own = found[names.index(here)] if here in names else None
    if own and own.state == WAITING:
        return f"Left to do on this page: {own.why}."
    waiting = next((one for one in found if one.state == WAITING), None)
    if waiting is None:
        optional = [one.title.lower() for one in found if one.state == OPTIONAL]
        undone = next((one.why for one in found if one.notebook == "80_rollback" and one.state == DONE), "")
        said = f"The migration was {undone}." if undone else "Everything is done."
        return f"{said}{f' Left to choice: {in_list(optional)}.' if optional else ''}"
    following = f"Next: {waiting.notebook} ({waiting.why})."
    if own and own.state == BLOCKED:
        return f"This page is blocked: {own.why}. {following}"
    between = found[names.index(here) + 1 : names.index(waiting.notebook)] if own else []
    done = [f"{one.notebook} ({one.why})" for one in between if one.why and one.state == DONE]
    return f"This page is done{f', and so is what would follow: {in_list(done)}' if done else ''}. {following}"


def strip(migration: Migration, here: str) -> Any:
    """Return the strip as a notebook opens with it: in a report as it was then, by hand one that follows each approval."""
    if os.environ.get(IN_REPORT):
        return draw_strip(where_it_stands(migration), here, "When this page was begun")
    return _shown(migration, lambda found: draw_strip(found, here))


def conclude(migration: Migration, here: str, *gates: str, by: str = "") -> Any:
    """Return what a notebook ends with: a button for each gate, and what is next, which follows each press.

    In a report the strip stands there once more, as it is when the page has done what it does; raises GateClosed for the first gate that is
    not approved.
    """
    if os.environ.get(IN_REPORT):
        opened = migration.refreshed()
        require(opened, *gates)
        found = where_it_stands(opened)
        end, now = note_box(next_sentence(found, here), "good"), draw_strip(found, here, "Now")
        return View(now.body + end.body, f"{now.text}\n{end.text}")
    if here == NOTEBOOKS[0]:
        migration.workspace.work.mkdir(parents=True, exist_ok=True)
        (migration.workspace.work / _SHOWN).touch()
    renew()  # what this page wrote counts in the strip that it opened with

    def said(found: Sequence[StepState]) -> View:
        sentence = next_sentence(found, here)
        return note_box(sentence, "warn" if sentence.startswith(("Left", "This page is blocked")) else "good")

    from ipywidgets import VBox

    ending = _shown(migration, said)
    return VBox([approvals(migration, *gates, by=by), ending]) if gates else ending


def approvals(migration: Migration, *gates: str, by: str) -> Any:
    """Return a button for each gate, or None in a report. What was decided since counts; each press renews the strips of the page."""
    if os.environ.get(IN_REPORT):
        return None
    from migkit.widgets import ApprovalBox

    path = migration.workspace.path

    def approve(gate: str, by: str, note: str) -> str:
        sentence = approve_gate(path, gate, by=by, note=note)
        renew()
        return sentence

    return live(ApprovalBox(gates, ask=lambda gate: state(newest(migration), gate), approve=approve, by=by))


def _shown(migration: Migration, drawn: Callable[[list[StepState]], View]) -> Any:
    from migkit.widgets import Renewed

    return live(Renewed(lambda: drawn(where_it_stands(newest(migration)))))
