"""What each gate is bound to right now, and what must be open before anything is written."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from migkit import resources
from migkit.identity import identity_digest, owners_digest
from migkit.mapping import map_digest, unconfirmed
from migkit.migration import staging
from migkit.migration.migration import Delta, Migration
from migkit.model.errors import GateClosed, UsageError
from migkit.model.gates import GateState
from migkit.model.words import number_of
from migkit.plan import policies_digest, privacy_digest
from migkit.quality import quality_digest, unaccepted

BEFORE_SAMPLE = ("mapping", "owners", "identity", "quality", "policies", "privacy")
BEFORE_LOAD = (*BEFORE_SAMPLE, "sample")


def subject(migration: Migration, gate: str) -> str:
    """Return the hash of what `gate` decides on, as it stands now."""
    return SUBJECTS[gate](migration)


def require(migration: Migration, *gates: str) -> None:
    """Raise GateClosed for the first gate that is not approved for its present subject.

    Whatever the step, a later export that was merged, and rows that were decided to be gone, count only as they were approved.
    """
    for name in migration.merged:
        if not migration.is_delta_approved(name):
            raise GateClosed("delta", f"The delta of {name} was merged, but its approval is gone: put it back. Nothing was written.")
    _gone_is_approved(migration)
    for gate in gates:
        OPEN.get(gate, lambda _: None)(migration)
        migration.workspace.require(gate, subject(migration, gate))


def states(migration: Migration) -> Mapping[str, str]:
    """Return gate → approved by whom, or why it is open; for the status."""
    found = {gate: state(migration, gate) for gate in BEFORE_LOAD}
    lost = [name for name in migration.merged if not migration.is_delta_approved(name)]
    if lost:
        found["delta"] = GateState(False, f"the delta of {lost[0]} was merged, but its approval is gone")
    return {gate: one.said if one.approved else f"open: {one.said}" for gate, one in found.items()}


def state(migration: Migration, gate: str) -> GateState:
    """Return how `gate` stands now; what blocks it or wants a reason comes before who approved it."""
    if gate == "mapping" and (left := unconfirmed(migration.source_map)):
        table, column = left[0]
        said = f"{number_of(len(left), 'column is', 'columns are')} not confirmed yet, the first is {column!r} of {table}"
        return GateState(False, said, blocks=True)
    if gate == "delta" and migration.delta is None:
        return GateState(False, "there is no later export yet", blocks=True)
    if gate == "quality" and (findings := unaccepted(migration.quality.findings, accepted_findings(migration))):
        said = f"{number_of(len(findings), 'critical finding is', 'critical findings are')} open, neither mended nor accepted"
        said += f", the first is {findings[0].name}"
        return GateState(False, said, wants_reason=True)
    entry = migration.workspace.approval(gate)
    if entry and migration.workspace.is_approved(gate, subject(migration, gate)):
        return GateState(True, f"approved by {entry.get('by', '')}")
    return GateState(False, "approved for something that has changed since: look again" if entry else "not approved yet")


def _gone_is_approved(migration: Migration) -> None:
    delta = migration.counting_delta
    if migration.gone and not (delta and migration.workspace.is_approved("delta", _delta(migration, delta))):
        raise GateClosed(
            "delta",
            f"What decisions/delta.yaml says of {len(migration.gone)} gone rows is not approved: look at it in 60_delta, then "
            f"`migkit approve {migration.workspace.typed} delta --by NAME`. Nothing was written.",
        )


def _mapping_is_confirmed(migration: Migration) -> None:
    left = unconfirmed(migration.source_map)
    if left:
        table, column = left[0]
        raise GateClosed(
            "mapping",
            f"{number_of(len(left), 'column is', 'columns are')} not confirmed yet, the first is {column!r} of {table}: "
            f"confirm in 20_mapping_review, or all as proposed with `migkit approve {migration.workspace.typed} mapping --by NAME`. "
            "Nothing was written.",
        )


def _findings_are_accepted(migration: Migration) -> None:
    left = unaccepted(migration.quality.findings, accepted_findings(migration))
    if left:
        raise GateClosed(
            "quality",
            f"{number_of(len(left), 'critical finding is', 'critical findings are')} neither mended nor accepted, "
            f"the first is {left[0].name}: see 30_validate, then `migkit approve {migration.workspace.typed} quality --by NAME` to accept. "
            "Nothing was written.",
        )


def accepted_findings(migration: Migration) -> Mapping[str, Mapping[str, object]]:
    """Return code → who accepted it, when, why, for how many rows."""
    return migration.workspace.read_decision("quality").get("accepted") or {}


def _delta(migration: Migration, delta: Delta | None) -> str:
    if delta is None:
        raise UsageError(
            f"There is no later export yet: take one in with `migkit run {migration.workspace.typed} delta --export DIR`. "
            "Nothing was approved."
        )
    return f"{delta.snapshot.name}:{staging.digest(delta.merged.classes.to_csv(index=False), sorted(migration.gone.items()))}"


SUBJECTS: Mapping[str, Callable[[Migration], str]] = {
    "mapping": lambda m: map_digest(m.source_map),
    "owners": lambda m: owners_digest(m.people, m.decisions),
    "identity": lambda m: identity_digest(m.people, m.decisions),
    "quality": lambda m: quality_digest(resources.folder("expectations"), accepted_findings(m)),
    "policies": lambda m: policies_digest(m.policies),
    "privacy": lambda m: privacy_digest(m.pipedrive_map),
    "sample": lambda m: staging.digest("sample", map_digest(m.source_map), m.sample),
    "delta": lambda m: _delta(m, m.delta),
}
OPEN: Mapping[str, Callable[[Migration], None]] = {"mapping": _mapping_is_confirmed, "quality": _findings_are_accepted}
