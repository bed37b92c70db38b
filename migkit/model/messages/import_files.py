"""Why a record goes by the API though the load goes by import files"""

from __future__ import annotations

from .entry import Entry, Who

ENTRIES: dict[str, Entry] = {
    "import-api": Entry("The load goes by the API."),
    "import-object": Entry("Pipedrive's import is not used for this object ({object})."),
    "import-merge": Entry("Pipedrive's import would merge it with {key}: the same name, and a phone, e-mail or organization of both."),
    "import-merge-there": Entry(
        "Pipedrive's import would merge it into a record of the same name that stands in the account.",
    ),
    "import-adopted": Entry("It was matched with a record that stands in the account, which an import would double."),
    "import-html": Entry("Its text has links, lists or other marks that an import is not known to keep."),
    "import-long": Entry("Its text is longer than a cell of a workbook holds."),
    "import-contacts": Entry("Its e-mails or phones do not fit an import: several of a kind, or of a kind that Pipedrive does not have."),
    "import-owner": Entry(
        "Its owner cannot be told by name in the account: inactive, unknown, or one of two users who are called the same.",
        who=Who.NOBODY,
        does="the API knows users by their id",
    ),
    "import-promise": Entry("An import is not known to set its {fields}, which the plan promises to keep."),
    "import-field": Entry("An import is not known to carry its {fields}."),
    "import-came-wrong": Entry("The first import into this account got {fields} wrong."),
    "import-waits": Entry(
        "Round {number} of about {about} waits for somebody: upload {count} {count:file|files} as {page} says, then "
        "`migkit adopt {workspace}`. Until then nothing more is written."
    ),
    "import-unknown": Entry(
        "Round {number} of Pipedrive's import was made, and nobody looked yet what of it was uploaded: run `migkit adopt {workspace}` "
        "first, then undo. Nothing was undone."
    ),
    "import-not-arrived": Entry("It went out in a file and did not arrive: skipped, or taken out of the sheet."),
    "import-skipped": Entry("It went out in a file, and Pipedrive's import skipped it: {words}."),
    "import-copy": Entry(
        "It came once more by an import, as {object} {id} in Pipedrive; its planned fields stand as those of {first}, which stays. "
        "Look at it there: a person may have begun to work with this one instead."
    ),
}
