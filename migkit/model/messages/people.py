"""What finding out who is one person, who lives together and who owns whose records comes upon."""

from __future__ import annotations

from .entry import Entry, Severity

_WARNING, _CRITICAL = Severity.WARNING, Severity.CRITICAL

ENTRIES = {
    "large-household": Entry(
        "{count} {count:household has|households have} more than {most} members: look for employers or institutions among them.", _WARNING
    ),
    "no-fallback-owner": Entry(
        "No fallback owner is chosen: decide in 25_people which user owns the records that nobody else does.", _CRITICAL
    ),
    "fallback-owner-unknown": Entry("The fallback owner is not an active user of the account: choose another in 25_people.", _CRITICAL),
    "owner-unconfirmed": Entry(
        "{count} {count:practitioner matches|practitioners match} a user by name only; the fallback owns their records until somebody "
        "confirms it.",
        _WARNING,
    ),
    "owner-not-active": Entry(
        "{count} {count:practitioner matches|practitioners match} a user who is not active; the fallback owns their records.", _WARNING
    ),
    "owner-unmatched": Entry(
        "{count} {count:practitioner has|practitioners have} no user in the account; the fallback owns their records.", _WARNING
    ),
    "owner-decided-unknown": Entry(
        "{count} {count:practitioner is|practitioners are} given to a user whom the account lacks: choose again.", _CRITICAL
    ),
    "account-match-undecided": Entry(
        "{count} {count:possible match|possible matches} with persons of the account to be decided in 25_people; until then a new person "
        "is made for each.",
        _WARNING,
    ),
    "identity-undecided": Entry(
        "{count} {count:pair of patients waits|pairs of patients wait} for a decision in 25_people, whether they are one person; until "
        "then they stay separate.",
        _WARNING,
    ),
    "identity-contradiction": Entry(
        "{count} {count:patient is|patients are} decided to be different from somebody that other decisions call the same: mend the "
        "decisions.",
        _CRITICAL,
    ),
    "merged-into-missing": Entry(
        "{count} {count:patient is marked as merged into one|patients are marked as merged into ones} that the export lacks, and so not "
        "merged.",
        _WARNING,
    ),
    "merged-in-a-circle": Entry(
        "{count} {count:patient is|patients are} marked as merged in a circle; none of these merges is followed: decide who survives.",
        _WARNING,
    ),
    "merged-in-practice": Entry("The practice system merged it into that one."),
    "decided-same": Entry("{by} decided that they are one person."),
    "certain-match": Entry("They are one person: {evidence}."),
}
