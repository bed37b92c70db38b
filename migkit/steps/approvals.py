"""Approve a gate: take over what its notebook showed, then bind the approval to exactly that."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime

from migkit.identity import decide_account_pair, decide_fallback, decide_owner
from migkit.load import Change
from migkit.migration import Migration, closed, keep, parts_to_keep, rules_hold, state, subject
from migkit.migration.memory import learn
from migkit.migration.sample_questions import QUESTIONS, ticked
from migkit.model.errors import GateClosed, UsageError
from migkit.model.words import number_of
from migkit.quality import unaccepted
from migkit.steps.people import look_at_people


def approve_gate(workspace: str | os.PathLike[str], gate: str, *, by: str, note: str = "") -> str:
    """Approve `gate` as it is now, and return a sentence saying what was approved.

    Approving takes over what the gate's notebook showed: matched users own their records, certain matches with the account are
    adopted, critical findings are accepted, a delta counts. Nothing is confirmed that nobody looked at: raises GateClosed while a
    column of the map is unconfirmed or in critical conflict.
    """
    if not by.strip():
        raise UsageError("An approval needs a name: give --by NAME.")
    migration = Migration.open(workspace)
    found = state(migration, gate) if gate == "mapping" else None
    if found and found.blocks:
        raise GateClosed(gate, closed(migration, gate, found.message))
    at = datetime.now(UTC).isoformat(timespec="seconds")
    taken = TAKE_OVER[gate](migration, by, at, note) if gate in TAKE_OVER else ""
    migration = migration.refreshed()  # what was decided just now counts
    if found and not found.approved:
        learn(migration.source_map, migration.raw)
    _record(migration, gate, by, note)
    return f"{gate}: approved by {by}.{f' {taken}' if taken else ''}"


def _record(migration: Migration, gate: str, by: str, note: str) -> None:
    """Write the approval down; with `delta` and `changes` the set of changes too."""
    if gate == "delta":
        approve_delta(migration, migration.with_all_received().changes(), by=by, note=note)
        return
    if gate == "changes":
        keep(migration.workspace, migration.changes())
    migration.workspace.approve(gate, subject(migration, gate), by, note, parts=parts_to_keep(migration, gate))


def approve_delta(migration: Migration, changes: Sequence[Change], *, by: str, note: str) -> None:
    """Approve the newest delta as far as `changes` go; from then on its export counts, and those before it that nobody approved: what was
    shown, and is approved, is what all of them change.

    A sample that was approved stays so for what an approved delta makes of its records: they are among its changes.
    """
    workspace, holds = migration.workspace, rules_hold(migration)
    name = keep(workspace, changes)
    for snapshot in (one for one in migration.inputs.received[1:-1] if one not in migration.inputs.snapshots):
        workspace.approve("delta", f"{snapshot.name}:{name}", by, note, parts=parts_to_keep(migration, "delta"))
    workspace.approve("delta", f"{migration.inputs.received[-1].name}:{name}", by, note, parts=parts_to_keep(migration, "delta"))
    if holds:
        counting = migration.refreshed()
        because = f"as the later export {counting.snapshots[-1].name} changes it"
        parts = parts_to_keep(counting, "sample")
        workspace.approve("sample", subject(counting, "sample"), by, because, parts=parts, with_gate="delta")


def _accept_findings(migration: Migration, by: str, at: str, note: str) -> str:
    accepted = migration.decisions.accepted
    left = unaccepted(migration.quality.findings, accepted)
    new = {f.name: {"count": f.count, "by": by, "at": at, "note": note} for f in left}
    migration.workspace.write_decision("quality", {"version": 1, "accepted": {**accepted, **new}})
    said = number_of(len(left), "critical finding was", "critical findings were")
    return f"{said} accepted as found." if left else "No critical finding was open."


def _take_over_owners(migration: Migration, by: str, at: str, note: str) -> str:
    """Every practitioner who was matched by e-mail owns their records from now on; the fallback is written down too."""
    people = look_at_people(migration).people
    owners = migration.workspace.read_decision("owners")
    decided = owners.get("owners") or {}
    matched = [owner for owner in people.owners if owner.status == "matched by e-mail" and not decided.keys() & set(owner.rows)]
    for owner in matched:
        for row in owner.rows:
            owners = decide_owner(owners, row, owner.user_email, by=by, at=at, why=owner.status)
    if not people.fallback_owner:
        raise UsageError(
            "No fallback owner is chosen: choose one in 25_people, or write it to decisions/owners.yaml. Nothing was approved."
        )
    if not owners.get("fallback"):
        owners = decide_fallback(owners, people.fallback_owner, by=by, at=at, why="proposed")
    migration.workspace.write_decision("owners", owners)
    return f"{number_of(len(matched), 'practitioner was', 'practitioners were')} matched by e-mail; what nobody owns goes to the fallback."


def _take_over_matches(migration: Migration, by: str, at: str, note: str) -> str:
    """Every certain match with a person who was in the account before is adopted."""
    people = look_at_people(migration).people
    identity = migration.workspace.read_decision("identity")
    decided = {(entry["left"], int(entry["person_id"])) for entry in identity.get("account") or ()}
    new = [(key, person) for key, person in people.adopted.items() if (key, person) not in decided]
    for key, person in new:
        identity = decide_account_pair(identity, key, person, "same", by=by, at=at, why="certain match")
    migration.workspace.write_decision("identity", identity)
    return f"Persons of the account who are patients: {len(decided) + len(new)} decided, {len(new)} of them certain matches taken over now."


def _sample_was_seen(migration: Migration, by: str, at: str, note: str) -> str:
    """Nobody can agree with a sample that was never loaded."""
    loaded = migration.ledger.entries().keys() & set(migration.sample)
    if not loaded:
        raise UsageError(
            f"The sample has not been loaded yet: run `migkit run {migration.workspace.typed} sample_diff`, look at it in Pipedrive, "
            "then approve it. Nothing was approved."
        )
    looked = len(ticked(migration.workspace, subject(migration, "sample")))
    return f"{number_of(len(loaded), 'record was', 'records were')} loaded and compared, {looked} of {len(QUESTIONS)} questions looked at."


def _delta_is_there(migration: Migration, by: str, at: str, note: str) -> str:
    if len(migration.inputs.received) < 2:
        raise UsageError(
            f"There is no later export yet: take one in with `migkit run {migration.workspace.typed} delta --export DIR`. "
            "Nothing was approved."
        )
    return ""


TAKE_OVER: Mapping[str, Callable[[Migration, str, str, str], str]] = {
    "owners": _take_over_owners,
    "identity": _take_over_matches,
    "quality": _accept_findings,
    "sample": _sample_was_seen,
    "delta": _delta_is_there,
}
