"""Questions that the API's documents leave open or answer twice, and the answer this sandbox gives to each.

The first answer is the strict one and holds unless a switch says otherwise. A migration has to arrive under every answer.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Switch:
    """One open question."""

    question: str
    answers: tuple[str, ...]
    """Allowed answers, the strict one first."""


SWITCHES: Mapping[str, Switch] = {
    "deal_add_time": Switch("What does a v2 deal body with add_time get?", ("refused", "accepted", "ignored")),
    "add_time_format": Switch("How may add_time of persons and organizations be written?", ("rfc3339", "either")),
    "add_time_needs_admin": Switch("May only an admin set add_time?", ("yes", "no")),
    "due_time_format": Switch(
        "How are due_time and duration of v2 activities written? seconds: HH:MM:SS in and out; minutes: HH:MM:SS or HH:MM in, HH:MM out",
        ("seconds", "minutes"),
    ),
    "contact_sync": Switch("Is contact sync set up, so that birthday, postal_address and their like exist?", ("off", "on")),
    "undocumented_headers": Switch("Are x-daily-ratelimit-token-* and retry-after sent?", ("sent", "absent")),
    "reset_utc_offset": Switch("Hours from UTC of the server's midnight, when the budget is reset", ("0", "3", "-5")),
    "file_max_mb": Switch("Largest file in megabytes", ("50", "10", "100")),
    "deal_undelete": Switch("Does PATCH is_deleted:false bring a deleted deal back?", ("refused", "accepted")),
    "delete_cascade": Switch(
        "Are a deleted person's, organization's or deal's notes, activities and files deleted too?", ("none", "children")
    ),
    "label_options": Switch("Can labels be made through /personFields/label_ids/options?", ("refused", "accepted")),
    "activity_type_cap": Switch("How many activity types may a company have?", ("40", "200")),
    "option_cap": Switch("How many options may a field have?", ("500", "10000")),
    "note_sanitiser": Switch(
        "Which HTML survives in notes? narrow: inline marks, paragraphs, lists, links; wide: also headings, tables, images, styles",
        ("narrow", "wide"),
    ),
    "failed_calls_cost": Switch("Does a refused call (4xx but 401 and 429) cost its tokens?", ("yes", "no")),
    "lead_set_format": Switch("How is a custom field of type set written and read on leads? text: '1,2'", ("text", "array")),
    "parent_update_time": Switch("Does a parent's update_time move when a child is added to it?", ("moves", "stays")),
    "null_clears": Switch("May null empty a native field where no document says so?", ("refused", "accepted")),
    "set_null": Switch("What do null and [] get in a field of several options?", ("refused", "accepted")),
    "person_org_null": Switch("May null take a person out of its organization?", ("refused", "accepted")),
    "new_update_time": Switch("What is update_time in the answer to a new person, organization or deal?", ("null", "now")),
    "missing_due_date": Switch("Which due_date does an activity without one get?", ("today", "none")),
    "missing_price": Switch("Does a product without prices get one of zero in the company's currency?", ("zero", "none")),
    "links_of_deal": Switch("Do a note and a file of a deal take its person and organization?", ("taken", "none")),
    "name_split": Switch("At which blank is a person's name split into first and last?", ("last", "first")),
    "address_parts": Switch("Are the parts of an address found by a map service, after the answer?", ("later", "never")),
    "token_in_query": Switch("Does ?api_token= open the API, beside the header?", ("accepted", "refused")),
    "unknown_query": Switch("What do unknown query keys get on v1 lists?", ("ignored", "refused")),
    "old_recents": Switch("What does /v1/recents do with a time more than a month ago?", ("capped", "refused")),
    "out_of_support": Switch("Do v1 lists that are out of support since 2026-08 still answer?", ("answer", "gone")),
    "daily_writes": Switch("What of the rule of 10,000 POST and PUT a user and UTC day?", ("told", "enforced", "absent")),
    "deals_counted": Switch("Which deals count towards the plan's limit of leads and deals?", ("all", "open")),
}


def resolved(chosen: Mapping[str, str]) -> dict[str, str]:
    """Return the answer to every question: `chosen` where given, else the strict one. Raises ValueError for an unknown one."""
    for name, answer in chosen.items():
        if name not in SWITCHES:
            raise ValueError(f"The sandbox has no switch {name!r}; it has {', '.join(SWITCHES)}.")
        if str(answer) not in SWITCHES[name].answers:
            raise ValueError(f"Switch {name!r} takes {' or '.join(SWITCHES[name].answers)}, not {answer!r}.")
    return {name: str(chosen.get(name, switch.answers[0])) for name, switch in SWITCHES.items()}
