"""Approve a gate: take over what its notebook showed, then bind the approval to exactly that."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from datetime import UTC, datetime

from migkit.identity import decide_account_pair, decide_fallback, decide_owner
from migkit.mapping import confirm, unconfirmed
from migkit.migration import Migration
from migkit.migration.gates import accepted_findings, subject
from migkit.migration.memory import learn
from migkit.model.errors import UsageError
from migkit.model.mapping import dump_mapping
from migkit.model.words import number_of
from migkit.quality import unaccepted
from migkit.steps.people import look_at_people


def approve_gate(workspace: str | os.PathLike[str], gate: str, *, by: str, note: str = "") -> str:
    """Approve `gate` as it stands now, and return a sentence saying what was approved.

    Approving takes over what the gate's notebook showed: proposed columns become confirmed, matched users own their
    records, certain matches with the account are adopted, critical findings are accepted, a delta is merged.
    """
    if not by.strip():
        raise UsageError("An approval needs a name: give --by NAME.")
    migration = Migration.open(workspace)
    at = datetime.now(UTC).isoformat(timespec="seconds")
    taken = ""
    if gate in TAKE_OVER:
        taken = TAKE_OVER[gate](migration, by, at, note)
        migration = Migration.open(workspace)  # what was decided just now counts
    bound = subject(migration, gate)
    if gate == "mapping" and not migration.workspace.is_approved(gate, bound):
        learn(migration.source_map, migration.raw)
    migration.workspace.approve(gate, bound, by, note)
    return f"{gate}: approved by {by}.{f' {taken}' if taken else ''}"


def _confirm_all(migration: Migration, by: str, at: str, note: str) -> str:
    source_map = migration.source_map
    left = unconfirmed(source_map)
    if left or not migration.workspace.read_decision("mapping"):
        for table in {table for table, _ in left}:
            source_map = confirm(source_map, table=table, by=by, at=at)
        migration.workspace.write_decision("mapping", dump_mapping(source_map))
    return f"{number_of(len(left), 'column was', 'columns were')} confirmed as proposed." if left else "Every column had been confirmed."


def _accept_findings(migration: Migration, by: str, at: str, note: str) -> str:
    left = unaccepted(migration.quality.findings, accepted_findings(migration))
    new = {f.name: {"count": f.count, "by": by, "at": at, "note": note} for f in left}
    migration.workspace.write_decision("quality", {"version": 1, "accepted": {**accepted_findings(migration), **new}})
    accepted = number_of(len(left), "critical finding was", "critical findings were")
    return f"{accepted} accepted as found." if left else "No critical finding was open."


def _take_over_owners(migration: Migration, by: str, at: str, note: str) -> str:
    """Every practitioner who was matched by e-mail owns their records from now on; the fallback is written down too."""
    people = look_at_people(migration).people
    owners = migration.workspace.read_decision("owners")
    decided = owners.get("owners") or {}
    matched = [owner for owner in people.owners if owner.status == "matched by e-mail" and owner.practitioner not in decided]
    for owner in matched:
        owners = decide_owner(owners, owner.practitioner, owner.user_email, by=by, at=at, why=owner.status)
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
    return f"{number_of(len(loaded), 'record was', 'records were')} loaded and compared."


TAKE_OVER: Mapping[str, Callable[[Migration, str, str, str], str]] = {
    "mapping": _confirm_all,
    "owners": _take_over_owners,
    "identity": _take_over_matches,
    "quality": _accept_findings,
    "sample": _sample_was_seen,
}
