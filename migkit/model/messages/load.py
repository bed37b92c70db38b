"""Why a record waits, failed, was taken back or stays; and what became of a row that was carried by it."""

from __future__ import annotations

from .entry import Entry, Who

_PRACTICE, _ANALYST, _NOBODY = Who.PRACTICE, Who.ANALYST, Who.NOBODY

GENERAL = {
    "text": Entry("{text}", who=_ANALYST, does="looks into it"),  # kept before there were codes
}

WAITING = {
    "carrier-waits": Entry("It is part of {key}, which waits: {why}", who=_NOBODY, does="it comes with that one"),
    "not-loaded": Entry("It is not loaded yet.", who=_ANALYST, does="runs the load again"),
    "write-cut-short": Entry("Its write was cut short.", who=_ANALYST, does="runs the load again"),
    "rolled-back": Entry("It was rolled back.", who=_ANALYST, does="loads it again, if it is wanted"),
    "was-deleted": Entry("It was deleted in Pipedrive, as its source was gone.", who=_ANALYST, does="loads it again, if it is wanted"),
    "unaccounted": Entry("Neither the plan nor the ledger knows this row.", who=_ANALYST, does="reports it: this must not be"),
    "link-unknown": Entry(
        "Its {link} points at {key}, which is neither in the plan nor in Pipedrive.",
        who=_ANALYST,
        does="finds out in the mapping review why {key} is not planned",
    ),
    "link-waits": Entry("Its {link} points at {key}, which waits itself.", who=_NOBODY, does="it comes with that one"),
    "link-not-there": Entry(
        "Its {link} points at {key}, which is not in Pipedrive.", who=_ANALYST, does="runs the load again once {key} is there"
    ),
    "left-the-plan": Entry(
        "It stands in Pipedrive but left the plan.", who=_ANALYST, does="decides with the practice in 60_delta whether it is gone"
    ),
    "account-lacks-field": Entry(
        "The account has no field for {name}.", who=_ANALYST, does="runs the load again, which makes it, or takes it out of the map"
    ),
    "account-lacks-user": Entry("The account has no user {email}.", who=_ANALYST, does="matches the owner anew in 25_people"),
    "account-lacks-options": Entry(
        "The field {name} lacks {count} of its options.", who=_ANALYST, does="runs the load again, which adds them"
    ),
    "account-lacks-label": Entry("The account has no lead label {name}.", who=_ANALYST, does="runs the load again, which makes it"),
    "activity-type-inactive": Entry(
        "The activity type {key} is no longer active in the account.",
        who=_ANALYST,
        does="activates it in Pipedrive and runs the load again",
    ),
    "match-taken": Entry("The record that it was matched with already is {key}.", who=_ANALYST, does="decides the match anew in 25_people"),
    "match-gone": Entry(
        "The record that it was matched with is no longer in Pipedrive.", who=_ANALYST, does="decides the match anew in 25_people"
    ),
    "deleted-meanwhile": Entry(
        "Somebody deleted it in Pipedrive.", who=_ANALYST, does="loads it anew, or keeps it deleted, after 70_reconcile showed it"
    ),
    "cannot-be-emptied": Entry(
        "It should have no {fields:field} any more, which Pipedrive's API is not known to empty: the rest is as it should be.",
        who=_PRACTICE,
        does="empties {fields:field} in Pipedrive by hand",
    ),
    "lead-converted": Entry(
        "Somebody made the deal {deal} of it in Pipedrive, which is the practice's now.",
        who=_PRACTICE,
        does="changes in that deal what is still to be changed",
    ),
    "file-not-at-hand": Entry("No export holds its file.", who=_PRACTICE, does="sends the file"),
}
"""Why a record waits."""

REFUSED = {
    "refused": Entry("{words}", who=_ANALYST, does="mends what Pipedrive names, and runs the load again"),
    "not-reached": Entry("{words}", who=_ANALYST, does="runs the load again once Pipedrive can be reached"),
}
"""Why a write failed: the client's sentence with Pipedrive's own words, sent values blotted out."""

LEAVING = {
    "source-gone": Entry("Its source is gone, by decision."),
    "merged-away": Entry("It was merged into another one."),
    "planned-elsewhere": Entry("All that it was made from stands elsewhere in the plan now."),
    "leaving-edited": Entry(
        "It should leave, but somebody edited it in Pipedrive ({fields}): it stays.", who=_PRACTICE, does="says whether it may be deleted"
    ),
    "leaving-used-there": Entry(
        "It should leave, but has {what} in Pipedrive: it stays.", who=_PRACTICE, does="says whether it may be deleted"
    ),
    "leaving-used": Entry(
        "It should leave, but {count} {count:record still points|records still point} at it: it stays.",
        who=_ANALYST,
        does="deletes it in Pipedrive once nothing points at it",
    ),
}
"""Why a record leaves, or stays although it should."""

NOTES = {
    "field-made-again": Entry("The {entity} field {name} was deleted in Pipedrive: it is made again, and its values are written again."),
    "field-beside": Entry("The account has a {entity} field {name} of another type: ours is {ours}."),
}
"""What a load did on its way that somebody should know."""

UNDONE = {
    "edited": Entry("It was edited in Pipedrive: {fields}."),
    "used-there": Entry("It is in use in Pipedrive: it has {what}."),
    "points-at-it": Entry("{count} {count:record still points|records still point} at it, such as {key}."),
    "strangers-point-at-it": Entry("{count} {count:record still points|records still point} at it, such as a {object} that is not ours."),
    "earlier-value-lost": Entry(
        "It holds what we wrote in {fields}; what stood there before was lost with the old ledger: it stays.",
        who=_PRACTICE,
        does="says what it should hold",
    ),
    "found-again": Entry(
        "It was found again when the ledger was rebuilt; whether we made it is not known: it stays.",
        who=_ANALYST,
        does="deletes it in Pipedrive if it is not wanted",
    ),
    "deleted-there": Entry("Somebody deleted it in Pipedrive."),
    "not-listed": Entry("The token's user may not list it.", who=_ANALYST, does="uses an admin's token"),
    "nothing-left": Entry("Nothing of ours was left in it."),
    "written-again": Entry("A later run wrote it again."),
    "still-used": Entry("{count} {count:record still uses|records still use} it."),
    "stages-left": Entry("{count} {count:stage still stands|stages still stand} in it."),
    "options-still-used": Entry("{count} of the options that we added {count:is|are} still used."),
    "was-there-before": Entry("It was there before us."),
}
"""What a rollback says of a record."""

ENTRIES = GENERAL | WAITING | REFUSED | LEAVING | NOTES | UNDONE
