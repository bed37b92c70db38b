"""60_delta: what a later export changes; shown first, then written."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from migkit.load import ApplyResult, Change, Entry, Op
from migkit.migration import BEFORE_LOAD, WRITES, Migration, approved_part, covered, limits, require, require_approved
from migkit.model.errors import UsageError
from migkit.model.messages.mapping import QUESTIONS
from migkit.model.records import CUSTOM
from migkit.model.words import number_of
from migkit.report import IN_REPORT, View, explore, file_links, mask
from migkit.source import moved_bookings
from migkit.steps.audit import findings_frame
from migkit.steps.carry_out import carry_out
from migkit.steps.delta_file import field_changes, past_months
from migkit.steps.gone import gone_frame
from migkit.steps.live import Live, newest, renew, unmasked
from migkit.workspace import write_csv

if TYPE_CHECKING:
    from migkit.widgets import Done


@dataclass(frozen=True)
class DeltaView:
    """What the later export changes."""

    snapshot: str
    classes: pd.DataFrame
    """One row per table: new, changed, gone, held (a row of this export waits, the earlier one stays), unchanged."""
    rows: pd.DataFrame
    """One row per new, changed, gone or held row: table, key, class, changed fields. No values."""
    changes: pd.DataFrame
    """One row per object and operation that approving it would bring about: how many records."""
    fields: pd.DataFrame
    """One row per object and field that it would update: how many records."""
    updates: pd.DataFrame
    """One row per field that it would update: key, object, field, before, after, as they are: `updates_widget` masks them."""
    in_advance: pd.DataFrame | None
    """One row per object and operation that it would write: how many records, up to how many `migkit watch` writes without asking, and how
    many of them wait for somebody; None where nothing is approved in advance."""
    gone: pd.DataFrame
    """One row per row of an earlier export that this one lacks, as `gone_frame` gives them."""
    moved: pd.DataFrame
    """One row per booking without a number that was probably moved and that nobody decided on: the gone one's key and time, the new one's,
    the patient's key and what it is. Until the earlier one is decided to be deleted, both stand in Pipedrive."""
    questions: pd.DataFrame
    """Findings, one per table, column or code of this export that nobody decided on: it holds only itself."""
    past: pd.DataFrame
    """One row per table, past month and class: figures that were looked at once and are different now."""
    file: Path
    """The same rows as a file."""
    fields_file: Path
    """Every field that would change, before and after, masked: written before anything else is."""


KINDS = {"everything: a row that is missing is gone": "full", "what changed: a row that is missing is as before": "window"}
"""What a person is asked of a later export → what absence from it means."""


def delta_export_widget(migration: Migration) -> Any:
    """Return the form that takes a later export in, or None in a report; what it changes is drawn anew in the page."""
    if os.environ.get(IN_REPORT):
        return None
    from migkit.widgets import Asked, Done, FormBox

    def act(answers: Mapping[str, str]) -> Done:
        if not answers["export"]:
            raise UsageError("Say first where the later export lies. Nothing was taken in.")
        try:
            taken = date.fromisoformat(answers["taken"]) if answers["taken"] else None
        except ValueError:
            raise UsageError(f"{answers['taken']} is no day: write it as 2026-11-30. Nothing was taken in.") from None
        workspace = newest(migration).workspace
        snapshot = workspace.add_snapshot(_found(answers["export"], workspace.path), kind=KINDS[answers["kind"]], taken=taken)
        renew()
        taken_in = f"{number_of(len(snapshot.files), 'file is', 'files are')} taken in."
        return Done(f"{taken_in} What it changes stands below: look at it, and approve it there.")

    asked = (
        Asked("export", "Later export", "folder or .zip, e.g. ~/Downloads/export-monday"),
        Asked("taken", "Its day", "2026-11-30; empty: the newest day of its files"),
        Asked("kind", "It holds", choices=tuple(KINDS)),
    )
    return FormBox(asked, button="Take it in", act=act)


def _found(typed: str, workspace: Path) -> Path:
    """Return a path as somebody meant it who sees folders beside the workspace: this page runs in a folder within it."""
    path = Path(typed).expanduser()
    near = [folder / path for folder in (Path.cwd(), workspace.parent, workspace)]
    return next((one for one in near if one.exists()), path)


def look_at_delta(migration: Migration, run_id: str, *, show_values: bool = False) -> DeltaView | None:
    """Write the delta files into the run's folder and return what is in them; None while there is only one export.

    Values in `delta_fields.csv` are masked unless `show_values`.
    """
    if migration.delta is None:
        return None
    found = migration.delta.merged.classes
    rows = found[found["class"] != "unchanged"].reset_index(drop=True)
    path = migration.workspace.run_folder(run_id) / "delta.csv"
    write_csv(rows, path)
    counts = found.groupby(["table", "class"]).size().unstack(fill_value=0)
    counts = counts.reindex(columns=["new", "changed", "gone", "held", "unchanged"], fill_value=0).reset_index()
    asked = tuple(f for f in migration.delta.merged.tables.findings if f.code in QUESTIONS)
    todo = migration.with_all_received().changes()
    entries = migration.ledger.entries()
    fields_file = _write_fields(migration, todo, entries, run_id, show_values)
    earlier = [snapshot for snapshot in migration.inputs.received if snapshot.name < migration.delta.snapshot.name][-1]
    past = past_months(migration.delta.merged, earlier.taken)
    moved = moved_bookings(migration.delta.merged, migration.delta.snapshot.taken)
    moved = moved[~moved["key"].isin(list(migration.decisions.gone))].reset_index(drop=True)
    gone = gone_frame(migration.delta.merged, migration.decisions.gone)
    updates = field_changes([one for one in todo if one.op is Op.UPDATE], entries, show_values=True)
    of_fields = changed_fields(todo), updates.drop(columns="operation")
    views = change_set(todo), *of_fields, _in_advance(migration, todo), gone, moved, findings_frame(asked)
    return DeltaView(migration.delta.snapshot.name, counts, rows, *views, past, path, fields_file)


def delta_files(migration: Migration, found: DeltaView | None) -> View | None:
    """Return where the delta lies as files, linked by hand; None while there is only one export."""
    files = {"All of them": found.file, "Each field that would change, before and after, masked": found.fields_file} if found else None
    return file_links(files, migration.workspace.notebooks) if files else None


def updates_widget(delta: Live[DeltaView | None]) -> Any:
    """Return the old and new values of what an update changes, masked until a box is ticked; masked in a report."""

    def draw(show: bool) -> View | None:
        found = delta.now
        if found is None or found.updates.empty:
            return None
        shown = found.updates.copy()
        for name in ("before", "after"):
            shown[name] = [value if show else _in_short(mask(value)) for value in shown[name]]
        return explore(shown, "Old and new values", note="as they are" if show else "masked")

    return unmasked(draw)


SHOWN = 160
"""Characters of a masked value that are shown."""


def _in_short(masked: Any) -> Any:
    """Return the begin of a long masked text: its shape tells nothing more."""
    return f"{masked[:SHOWN]} …" if isinstance(masked, str) and len(masked) > SHOWN else masked


def _in_advance(migration: Migration, todo: Sequence[Change]) -> pd.DataFrame | None:
    most = limits(migration.workspace.read_decision("watch"))
    if not most:
        return None
    held, left = approved_part(migration, todo)
    waits = Counter((str(change.object), str(change.op)) for change in covered(left, most)[1])
    found = Counter((str(change.object), str(change.op)) for change in (*held, *left) if change.op in WRITES)
    rows = [(*one, number, most.get(one, 0), waits[one]) for one, number in sorted(found.items())]
    return pd.DataFrame(rows, columns=["object", "operation", "records", "approved in advance up to", "wait for you"])


def _write_fields(migration: Migration, todo: list[Change], entries: Mapping[str, Entry], run_id: str, show_values: bool = False) -> Path:
    path = migration.workspace.run_folder(run_id) / "delta_fields.csv"
    if path.exists() and migration.inputs.received[-1].name in migration.inputs.merged and not todo:
        return path  # what was written stands there; nothing is left to say
    write_csv(field_changes(todo, entries, show_values=show_values), path)
    return path


def merge_delta(migration: Migration, *, run_id: str, wait: bool = False) -> ApplyResult | None:
    """Write what the approved delta changes; None in a report without a later export.

    Raises GateClosed before the first write where a decision is missing, UsageError by hand where there is no later export.
    """
    migration = migration.refreshed()
    if migration.delta is None:
        if os.environ.get(IN_REPORT):
            return None
        raise UsageError("There is no later export yet: take one in above. Nothing was written.")
    require(migration, "delta", *BEFORE_LOAD)
    return _merge(migration, migration.changes(), run_id, wait, is_all=True)


def delta_in_words(migration: Migration, merged: ApplyResult) -> str:
    """Say how the writing of a later export ended, and where to go on."""
    return merged.stopped or "The later export is written; 70_reconcile reads everything back."


def merge_approved_part(migration: Migration, *, run_id: str, wait: bool = False) -> ApplyResult:
    """Write what is approved of the newest delta, and leave the rest of it waiting. Raises GateClosed as `merge_delta` does."""
    migration = migration.refreshed()
    require(migration, *BEFORE_LOAD)
    todo, left = approved_part(migration, migration.changes())
    return _merge(migration, todo, run_id, wait, is_all=not left)


def _merge(migration: Migration, todo: list[Change], run_id: str, wait: bool, *, is_all: bool) -> ApplyResult:
    require_approved(migration, todo)
    _write_fields(migration, todo, migration.ledger.entries(), run_id)
    if is_all:
        document, names = migration.workspace.read_decision("delta"), [snapshot.name for snapshot in migration.snapshots[1:]]
        migration.workspace.write_decision("delta", {"version": 1, **document, "merged": names})
    return carry_out(migration, todo, step="delta", run_id=run_id, wait=wait)


def changes_to_make(migration: Migration) -> list[Change]:
    """Return what a load would write now."""
    return migration.changes()


def change_set(todo: list[Change]) -> pd.DataFrame:
    """Return one row per object and operation: how many records."""
    return _counted([(str(change.object), str(change.op)) for change in todo], ["object", "operation"])


def changed_fields(todo: list[Change]) -> pd.DataFrame:
    """Return one row per object and field that updates would change: how many records. No values."""
    fields = [(str(change.object), name.removeprefix(CUSTOM)) for change in todo if change.op is Op.UPDATE for name in change.fields]
    return _counted(fields, ["object", "field"])


def _counted(rows: list[tuple[str, str]], names: list[str]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=names).value_counts().rename("records").reset_index().sort_values(names, ignore_index=True)
