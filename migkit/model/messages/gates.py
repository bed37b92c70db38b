"""How a gate stands, in a few words and without a full stop; what to do at a closed one; the sentence that says both."""

from __future__ import annotations

from .entry import Entry

STATES = {
    "gate-approved": Entry("approved by {by}"),
    "gate-needs-none": Entry("nothing needs an approval of its own"),
    "gate-not-approved": Entry("not approved yet"),
    "gate-not-looked-at": Entry("not approved yet, and {count} of its {questions} questions {count:is|are} not ticked as looked at"),
    "gate-changed": Entry("approved for something that has changed since{parts}: {effect}"),
    "gate-map-conflicts": Entry("{count} {count:conflict|conflicts} in the map must be decided, the first is: {first}"),
    "gate-map-unconfirmed": Entry("{count} {count:column is|columns are} not confirmed yet, the first is {column} of {table}"),
    "gate-critical-findings": Entry(
        "{count} {count:critical finding is|critical findings are} open, neither mended nor accepted, the first is {first}"
    ),
    "gate-no-delta": Entry("there is no later export yet"),
    "gate-approval-lost": Entry("the delta of {snapshot} was merged, but its approval is gone"),
    "gate-other-changes": Entry("the changes are no longer those that were approved: it would now also {effect}"),
    "gate-decided-deletions": Entry("decisions/delta.yaml says that rows go, and nobody approved that: it would {effect}"),
    "gate-undecided-deletions": Entry("nobody decided these deletions row by row: it would {effect}"),
    "gate-many-changes": Entry(
        "it would change {count} of {existing} {existing:record|records} in Pipedrive, more than {most} % (policy max_changed_pct): "
        "{effect}"
    ),
}

EFFECTS = {
    "look-again": Entry("look again"),
    "load-would": Entry("a load would now {effect}"),
}

WAYS_ON = {
    "approve-gate": Entry(
        "look at it, then approve it with the button in its notebook or with `migkit approve {workspace} {gate} --by NAME`"
    ),
    "approve-mapping": Entry(
        "confirm in 20_mapping_review, or what is certain with `migkit confirm {workspace} --at-least 0.95 --by NAME`; then "
        "`migkit approve {workspace} mapping --by NAME`"
    ),
    "approve-quality": Entry("see 30_validate, then `migkit approve {workspace} quality --by NAME` to accept"),
    "approve-delta": Entry("look at it in 60_delta, then `migkit approve {workspace} delta --by NAME`"),
    "approve-changes": Entry("`migkit plan {workspace}` lists them; then `migkit approve {workspace} changes --by NAME`"),
}

ENTRIES: dict[str, Entry] = {
    "gate-closed": Entry("The gate `{gate}` is closed: {state}. What to do: {way_on}. Until then nothing more is written."),
    "gate-closed-by-hand": Entry("Not yet: {state}. Press Approve {gate} in {page}, then press here again. Nothing was written."),
    **STATES,
    **EFFECTS,
    **WAYS_ON,
}
