"""What each gate is bound to, as data; how it is now; and what must be passed before anything is written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from migkit.identity import identity_digest, owners_digest
from migkit.load import Change
from migkit.mapping import unconfirmed
from migkit.model.digest import digest
from migkit.model.errors import GateClosed
from migkit.model.gates import GateState
from migkit.model.outcomes import Finding, Severity
from migkit.model.words import number_of
from migkit.plan import privacy_digest
from migkit.quality import unaccepted

from .change_sets import Unapproved, approved, beyond, in_words, set_digest, unapproved
from .inputs import Inputs
from .migration import Migration
from .stages import parts_of

BEFORE_SAMPLE = ("mapping", "owners", "identity", "quality", "policies", "privacy")
BEFORE_LOAD = (*BEFORE_SAMPLE, "sample")


@dataclass(frozen=True)
class Gate:
    """What a person decides on: parts of the inputs, and what came of them."""

    reads: Callable[[Inputs], Iterable[str]] = lambda inputs: ()
    outcome: Callable[[Migration], Any] = lambda migration: None
    """The part of a result that is decided on; a JSON-able value."""


def rules(inputs: Inputs) -> Iterable[str]:
    """Return the parts that say how records are made: settings, map, map to Pipedrive, policies, privacy, cleaning, and whatever a stage
    comes to read. What has a gate of its own, and the exports and code that the rules are applied to, are no rules."""
    own = {"snapshots", "identity", "owners", "delta.gone", "mapping.confirmed", "mapping.reasons", "memory", "language_model"}
    apart = {"policies.incremental_columns"}  # how a later export is read: seen in its delta
    made_by = ("code.", "templates/", "expectations/")
    return {part for part in parts_of("plan", inputs) if part not in own | apart and not part.startswith(made_by)} | {"policies.adopt"}


def _sampled(migration: Migration) -> Any:
    records = migration.desired.records
    return [[key, sorted(records[key].hashes().items()) if key in records else None] for key in migration.sample]


GATES: Mapping[str, Gate] = {
    "mapping": Gate(lambda i: ("mapping", "mapping.confirmed")),
    "owners": Gate(outcome=lambda m: owners_digest(m.people, m.decisions.people)),
    "identity": Gate(outcome=lambda m: identity_digest(m.people, m.decisions.people)),
    "quality": Gate(lambda i: (*i.matching("expectations/*"), "quality")),
    "policies": Gate(lambda i: i.matching("policies.*")),
    "privacy": Gate(outcome=lambda m: privacy_digest(m.decisions.pipedrive_map)),
    "sample": Gate(rules, _sampled),
    "delta": Gate(outcome=lambda m: set_digest(m.with_all_received().changes())),
    "changes": Gate(outcome=lambda m: set_digest(m.changes())),
}
"""`delta` and `changes` are bound to the very set of changes, which is kept with the approval."""


def bound_parts(migration: Migration, gate: str) -> dict[str, str]:
    """Return part → digest, for the parts that a gate is bound to: kept with an approval, so that a later difference has a name."""
    return {part: migration.inputs.part(part) for part in sorted(GATES[gate].reads(migration.inputs))}


def subject(migration: Migration, gate: str) -> str:
    """Return the digest of what `gate` decides on, as it is in this migration."""
    outcome = GATES[gate].outcome(migration)
    if gate == "changes":
        return str(outcome)
    if gate == "delta":
        return f"{migration.inputs.received[-1].name}:{outcome}"
    return digest([gate, bound_parts(migration, gate), outcome])


def require(migration: Migration, *gates: str) -> None:
    """Raise GateClosed for the first gate that is not approved for its present subject."""
    for gate in gates:
        found = state(migration, gate)
        if not found.approved:
            raise GateClosed(gate, closed(migration, gate, found.said))


def require_to_write(migration: Migration, *gates: str) -> None:
    """Raise GateClosed unless these gates are approved, and a later export that counts counts as it was approved."""
    require(migration, *(("delta",) if len(migration.snapshots) > 1 else ()), *gates)


def require_approved(migration: Migration, todo: Sequence[Change], *, is_first_sample: bool = False) -> None:
    """Raise GateClosed where `todo` deletes, or changes much, and nobody approved that."""
    found = unapproved(migration, todo, is_first_sample=is_first_sample)
    gate = "delta" if found.decided_deletions else "changes"
    if said := _said_of_changes(migration, found):
        raise GateClosed(gate, closed(migration, gate, said))


def rules_hold(migration: Migration) -> bool:
    """Return whether the sample was approved under the very rules that make records now, whatever became of its records."""
    entry = _newest(migration.inputs.approvals("sample"))
    return entry is not None and entry.get("parts") == bound_parts(migration, "sample")


def closed(migration: Migration, gate: str, said: str) -> str:
    """Return the sentence of a closed gate: what is open, and what to do."""
    do = DO.get(gate, "look at it, then approve it with the button in its notebook or with `migkit approve {workspace} {gate} --by NAME`")
    do = do.format(workspace=migration.workspace.typed, gate=gate)
    return f"The gate `{gate}` is closed: {said}. What to do: {do}. Until then nothing more is written."


DO = {
    "mapping": "confirm in 20_mapping_review, or what is certain with `migkit confirm {workspace} --at-least 0.95 --by NAME`; then "
    "`migkit approve {workspace} mapping --by NAME`",
    "quality": "see 30_validate, then `migkit approve {workspace} quality --by NAME` to accept",
    "delta": "look at it in 60_delta, then `migkit approve {workspace} delta --by NAME`",
    "changes": "`migkit plan {workspace}` lists them; then `migkit approve {workspace} changes --by NAME`",
}
"""Gate → what to do, where that is more than to look and to approve."""


def states(migration: Migration) -> Mapping[str, str]:
    """Return gate → approved by whom, or why it is open; for the status."""
    found = {gate: state(migration, gate) for gate in BEFORE_LOAD}
    if len(migration.inputs.received) > 1:
        found["delta"] = state(migration, "delta")
    if not (changes := state(migration, "changes")).approved:
        found["changes"] = changes
    return {gate: one.said if one.approved else f"open: {one.said}" for gate, one in found.items()}


def state(migration: Migration, gate: str) -> GateState:
    """Return how `gate` is now; what blocks it or wants a reason comes before who approved it."""
    special = SPECIAL.get(gate)
    if special and (found := special(migration)):
        return found
    entry = _newest(migration.inputs.approvals(gate))
    if entry and entry["subject"] == subject(migration, gate):
        return GateState(True, f"approved by {entry.get('by', '')}")
    if entry is None:
        return GateState(False, "not approved yet")
    changed = _changed(migration, gate, entry)
    named = f" ({', '.join(changed)})" if changed else ""
    effect = f"a load would now {in_words(migration.changes())}" if gate == "sample" else "look again"
    return GateState(False, f"approved for something that has changed since{named}: {effect}")


def _mapping_state(migration: Migration) -> GateState | None:
    left = unconfirmed(migration.source_map)
    if conflicts := critical_conflicts(migration):
        said = f"{number_of(len(conflicts), 'conflict')} in the map must be decided, the first is: {str(conflicts[0]).rstrip('.')}"
        return GateState(False, said, blocks=True)
    if left:
        table, column = left[0]
        said = f"{number_of(len(left), 'column is', 'columns are')} not confirmed yet, the first is {column!r} of {table}"
        return GateState(False, said, blocks=True)
    return None


def critical_conflicts(migration: Migration) -> tuple[Finding, ...]:
    """Return what is so wrong with the map that nothing may pass over it."""
    return tuple(finding for finding in migration.conflicts if finding.severity is Severity.CRITICAL)


def _quality_state(migration: Migration) -> GateState | None:
    if findings := unaccepted(migration.quality.findings, migration.decisions.accepted):
        said = f"{number_of(len(findings), 'critical finding is', 'critical findings are')} open, neither mended nor accepted"
        return GateState(False, f"{said}, the first is {findings[0].name}", wants_reason=True)
    return None


def _delta_state(migration: Migration) -> GateState:
    if len(migration.inputs.received) < 2:
        return GateState(False, "there is no later export yet", blocks=True)
    newest = migration.inputs.received[-1].name
    lost = [name for name in (*migration.inputs.merged, newest) if not _delta_approval(migration, name)]
    if lost and lost[0] in migration.inputs.merged:
        return GateState(False, f"the delta of {lost[0]} was merged, but its approval is gone")
    entry = _delta_approval(migration, newest)
    if entry is None:
        return GateState(False, "not approved yet")
    todo = migration.changes()
    if newest in migration.inputs.merged:  # written: what follows is a load like any other, but for the rows that are decided to go
        found = unapproved(migration, todo)
        said = _said_of_changes(migration, found) if found.decided_deletions else ""
        return GateState(not said, said or f"approved by {entry.get('by', '')}")
    if more := beyond(todo, approved(migration.workspace, entry)):
        return GateState(False, f"the changes are no longer those that were approved: it would now also {in_words(more)}")
    return GateState(True, f"approved by {entry.get('by', '')}")


def _changes_state(migration: Migration) -> GateState:
    found = unapproved(migration, migration.changes())
    if said := _said_of_changes(migration, found):
        return GateState(False, said)
    entry = _newest(migration.inputs.approvals("changes"))
    return GateState(True, f"approved by {entry.get('by', '')}" if entry else "nothing needs an approval of its own")


SPECIAL: Mapping[str, Callable[[Migration], GateState | None]] = {
    "mapping": _mapping_state,
    "quality": _quality_state,
    "delta": _delta_state,
    "changes": _changes_state,
}


def _said_of_changes(migration: Migration, found: Unapproved) -> str:
    if found.decided_deletions:
        return f"decisions/delta.yaml says that rows go, and nobody approved that: it would {in_words(found.decided_deletions)}"
    if found.deletions:
        return f"nobody decided these deletions row by row: it would {in_words(found.deletions)}"
    if found.many:
        most = migration.decisions.policies["max_changed_pct"]
        many = f"{len(found.many):,} of {number_of(found.existing, 'record')} in Pipedrive, more than {most:g} %"
        return f"it would change {many} (policy max_changed_pct): {in_words(found.many)}"
    return ""


def _delta_approval(migration: Migration, snapshot: str) -> Mapping[str, Any] | None:
    return _newest([entry for entry in migration.inputs.approvals("delta") if entry["subject"].startswith(f"{snapshot}:")])


def _newest(entries: Sequence[Mapping[str, Any]]) -> Mapping[str, Any] | None:
    return entries[-1] if entries else None


def _changed(migration: Migration, gate: str, entry: Mapping[str, Any]) -> list[str]:
    then, now = entry.get("parts") or {}, bound_parts(migration, gate)
    return [_title(part) for part in sorted(then.keys() | now.keys()) if then.get(part) != now.get(part)] if then else []


def _title(part: str) -> str:
    family, _, name = part.partition(".")
    known = {
        "mapping": "decisions/mapping.yaml",
        "pipedrive": "decisions/pipedrive.yaml",
        "privacy": "decisions/privacy.yaml",
        "quality": "decisions/quality.yaml",
        "cleaning": "decisions/cleaning.yaml",
        "versions": "decisions/versions.yaml",
    }
    if family == "settings":
        return f"{name} in migration.toml"
    return f"the policy {name}" if family == "policies" else known.get(family, part)
