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
from migkit.model.messages import Message
from migkit.model.outcomes import Finding, Severity
from migkit.plan import privacy_digest
from migkit.quality import unaccepted

from .change_sets import Unapproved, approved, beyond, in_words, set_digest, unapproved
from .inputs import Inputs
from .migration import Migration
from .sample_questions import QUESTIONS, not_ticked
from .stages import parts_of

BEFORE_SAMPLE = ("mapping", "owners", "identity", "quality", "policies", "privacy")
BEFORE_LOAD = (*BEFORE_SAMPLE, "sample")
MADE_BY = ("code.", "templates/", "expectations/")
"""How parts begin that are the toolkit's own."""


@dataclass(frozen=True)
class Gate:
    """What a person decides on: parts of the inputs, and what came of them."""

    reads: Callable[[Inputs], Iterable[str]] = lambda inputs: ()
    outcome: Callable[[Migration], Any] = lambda migration: None
    """The part of a result that is decided on; a JSON-able value."""


def rules(inputs: Inputs) -> Iterable[str]:
    """Return the parts that say how records are made: settings, map, map to Pipedrive, policies, privacy, cleaning, and whatever a stage
    comes to read. What has a gate of its own, and the exports with their mended cells and the code that the rules are applied to, are no
    rules."""
    own = {
        "snapshots",
        "cleaning.mends",
        "identity",
        "owners",
        "delta.gone",
        "mapping.confirmed",
        "mapping.reasons",
        "memory",
        "language_model",
    }
    apart = {"policies.incremental_columns"}  # how a later export is read: seen in its delta
    return {part for part in parts_of("plan", inputs) if part not in own | apart and not part.startswith(MADE_BY)} | {"policies.adopt"}


def _sampled(migration: Migration) -> Any:
    records = migration.desired.records
    return [[key, sorted(records[key].hashes().items()) if key in records else None] for key in migration.sample]


GATES: Mapping[str, Gate] = {
    "mapping": Gate(lambda i: ("views", "mapping", "mapping.confirmed")),
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


TOOLKIT = "toolkit"
"""Part kept with an approval beside those that its gate is bound to: what makes results of the inputs."""


def parts_to_keep(migration: Migration, gate: str) -> dict[str, str]:
    """Return part → digest to keep with an approval: those that the gate is bound to, and the toolkit, which may make other results."""
    inputs = migration.inputs
    made_by = [[part, inputs.part(part)] for part in sorted(inputs.names()) if part.startswith(MADE_BY)]
    return {**bound_parts(migration, gate), TOOLKIT: digest(made_by)}


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
            raise GateClosed(gate, closed(migration, gate, found.message))


def require_to_write(migration: Migration, *gates: str) -> None:
    """Raise GateClosed unless these gates are approved, and a later export that counts counts as it was approved."""
    require(migration, *(("delta",) if len(migration.snapshots) > 1 else ()), *gates)


def require_approved(migration: Migration, todo: Sequence[Change], *, is_first_sample: bool = False) -> None:
    """Raise GateClosed where `todo` deletes, or changes much, and nobody approved that."""
    found = unapproved(migration, todo, is_first_sample=is_first_sample)
    gate = "delta" if found.decided_deletions else "changes"
    if message := _open_changes(migration, found):
        raise GateClosed(gate, closed(migration, gate, message))


def rules_hold(migration: Migration) -> bool:
    """Return whether the sample was approved under the very rules that make records now, whatever became of its records."""
    entry = _newest(migration.inputs.approvals("sample"))
    kept = {part: value for part, value in (entry or {}).get("parts", {}).items() if part != TOOLKIT}
    return kept == bound_parts(migration, "sample")


def closed(migration: Migration, gate: str, state: Message) -> str:
    """Return the sentence of a closed gate: what is open, and what to do."""
    workspace = str(migration.workspace.typed)
    own = WAYS_ON.get(gate)
    way_on = Message.of(own, workspace=workspace) if own else Message.of("approve-gate", workspace=workspace, gate=gate)
    return str(Message.of("gate-closed", gate=gate, state=state, way_on=way_on))


WAYS_ON = {"mapping": "approve-mapping", "quality": "approve-quality", "delta": "approve-delta", "changes": "approve-changes"}
"""Gate → what to do, where that is more than to look and to approve."""


def states(migration: Migration) -> Mapping[str, str]:
    """Return gate → approved by whom, or why it is open; for the status."""
    found = {gate: state(migration, gate) for gate in BEFORE_LOAD}
    if len(migration.inputs.received) > 1:
        found["delta"] = state(migration, "delta")
    if not (changes := state(migration, "changes")).approved:
        found["changes"] = changes
    return {gate: str(one.message) if one.approved else f"open: {one.message}" for gate, one in found.items()}


def state(migration: Migration, gate: str) -> GateState:
    """Return how `gate` is now; what blocks it or wants a reason comes before who approved it."""
    special = SPECIAL.get(gate)
    if special and (found := special(migration)):
        return found
    entry = _newest(migration.inputs.approvals(gate))
    if entry is None:
        return _sample_open(migration) if gate == "sample" else GateState(False, Message.of("gate-not-approved"))
    now = subject(migration, gate)
    if entry["subject"] == now:
        return _approved(entry)
    changed = _changed(migration, gate, entry)
    effect = Message.of("load-would", effect=in_words(migration.changes())) if gate == "sample" else Message.of("look-again")
    unseen = gate == "sample" and bool(not_ticked(migration.workspace, now))
    parts = f" ({', '.join(changed)})" if changed else ""
    return GateState(False, Message.of("gate-changed", parts=parts, effect=effect), wants_reason=unseen)


def _approved(entry: Mapping[str, Any]) -> GateState:
    return GateState(True, Message.of("gate-approved", by=str(entry.get("by", ""))))


def _sample_open(migration: Migration) -> GateState:
    """Return how a sample stands that nobody approved: to pass over a question that nobody looked at takes a reason."""
    left = len(not_ticked(migration.workspace, subject(migration, "sample")))
    if not left:
        return GateState(False, Message.of("gate-not-approved"))
    return GateState(False, Message.of("gate-not-looked-at", count=left, questions=len(QUESTIONS)), wants_reason=True)


def _mapping_state(migration: Migration) -> GateState | None:
    left = unconfirmed(migration.source_map)
    if conflicts := critical_conflicts(migration):
        first = str(conflicts[0]).rstrip(".")
        return GateState(False, Message.of("gate-map-conflicts", count=len(conflicts), first=first), blocks=True)
    if left:
        table, column = left[0]
        return GateState(False, Message.of("gate-map-unconfirmed", count=len(left), column=repr(column), table=table), blocks=True)
    return None


def critical_conflicts(migration: Migration) -> tuple[Finding, ...]:
    """Return what is so wrong with the map that nothing may pass over it."""
    return tuple(finding for finding in migration.conflicts if finding.severity is Severity.CRITICAL)


def _quality_state(migration: Migration) -> GateState | None:
    if findings := unaccepted(migration.quality.findings, migration.decisions.accepted):
        message = Message.of("gate-critical-findings", count=len(findings), first=findings[0].name)
        return GateState(False, message, wants_reason=True)
    return None


def _delta_state(migration: Migration) -> GateState:
    if len(migration.inputs.received) < 2:
        return GateState(False, Message.of("gate-no-delta"), blocks=True)
    newest = migration.inputs.received[-1].name
    lost = [name for name in (*migration.inputs.merged, newest) if not _delta_approval(migration, name)]
    if lost and lost[0] in migration.inputs.merged:
        return GateState(False, Message.of("gate-approval-lost", snapshot=lost[0]))
    entry = _delta_approval(migration, newest)
    if entry is None:
        return GateState(False, Message.of("gate-not-approved"))
    todo = migration.changes()
    if newest in migration.inputs.merged:  # written: what follows is a load like any other, but for the rows that are decided to go
        found = unapproved(migration, todo)
        message = _open_changes(migration, found) if found.decided_deletions else None
        return GateState(False, message) if message else _approved(entry)
    if more := beyond(todo, approved(migration.workspace, entry)):
        return GateState(False, Message.of("gate-other-changes", effect=in_words(more)))
    return _approved(entry)


def _changes_state(migration: Migration) -> GateState:
    found = unapproved(migration, migration.changes())
    if message := _open_changes(migration, found):
        return GateState(False, message)
    entry = _newest(migration.inputs.approvals("changes"))
    return _approved(entry) if entry else GateState(True, Message.of("gate-needs-none"))


SPECIAL: Mapping[str, Callable[[Migration], GateState | None]] = {
    "mapping": _mapping_state,
    "quality": _quality_state,
    "delta": _delta_state,
    "changes": _changes_state,
}


def _open_changes(migration: Migration, found: Unapproved) -> Message | None:
    if found.decided_deletions:
        return Message.of("gate-decided-deletions", effect=in_words(found.decided_deletions))
    if found.deletions:
        return Message.of("gate-undecided-deletions", effect=in_words(found.deletions))
    if found.many:
        most, effect = f"{migration.decisions.policies['max_changed_pct']:g}", in_words(found.many)
        return Message.of("gate-many-changes", count=len(found.many), existing=found.existing, most=most, effect=effect)
    return None


def _delta_approval(migration: Migration, snapshot: str) -> Mapping[str, Any] | None:
    return _newest([entry for entry in migration.inputs.approvals("delta") if entry["subject"].startswith(f"{snapshot}:")])


def _newest(entries: Sequence[Mapping[str, Any]]) -> Mapping[str, Any] | None:
    return entries[-1] if entries else None


def _changed(migration: Migration, gate: str, entry: Mapping[str, Any]) -> list[str]:
    then, now = dict(entry.get("parts") or {}), parts_to_keep(migration, gate)
    if TOOLKIT not in then:  # approved by a toolkit that did not keep it yet
        del now[TOOLKIT]
    changed = [part for part in sorted(then.keys() | now.keys()) if then.get(part) != now.get(part)] if then else []
    return [_title(part) for part in changed if part != TOOLKIT or len(changed) == 1]  # what people changed themselves explains it


def _title(part: str) -> str:
    family, _, name = part.partition(".")
    known = {
        "mapping": "decisions/mapping.yaml",
        "pipedrive": "decisions/pipedrive.yaml",
        "privacy": "decisions/privacy.yaml",
        "quality": "decisions/quality.yaml",
        "cleaning": "decisions/cleaning.yaml",
        "versions": "decisions/versions.yaml",
        "files": "decisions/files.yaml",
        TOOLKIT: "the toolkit alone, which was updated and makes something else of the same inputs",
    }
    if part.startswith(MADE_BY):
        return f"{part} of the toolkit, which was updated"
    if family == "settings":
        return f"{name} in migration.toml"
    return f"the policy {name}" if family == "policies" else known.get(family, part)
