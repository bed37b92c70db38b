"""25_people: who lives together, by name where somebody asks for it, and a person's word that somebody lives in no household."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import pandas as pd

from migkit.identity import decide_no_household, without_household
from migkit.migration import Migration
from migkit.model.errors import UsageError
from migkit.model.people import Household, People
from migkit.model.words import number_of
from migkit.report import IN_REPORT, View, explore, mask
from migkit.steps.live import Live, newest, renew, unmasked
from migkit.steps.people import PeopleView

NONE, AS_FOUND = "they live in no household", "as it was found: take that back"
"""What a person may say of patients whom the export seems to put under one roof."""


def households_frame(people: People) -> pd.DataFrame:
    """Return how many households and employers there are, by size."""
    sizes = Counter((h.kind, len(h.members)) for h in people.households)
    rows = [(kind, size, number) for (kind, size), number in sorted(sizes.items())]
    return pd.DataFrame(rows, columns=["kind", "members", "organizations"])


def members_frame(migration: Migration, people: People, *, show_values: bool = False) -> pd.DataFrame:
    """Return each household and employer: organization (key), its name, kind, patients (keys, the head first), their names.

    Names are masked unless `show_values`.
    """
    patients = migration.tables["patients"]
    called = {row["_key"]: row for row in patients[["_key", "first_name", "last_name"]].to_dict("records")}

    def name_of(key: str) -> str:
        row = called.get(key, {})
        return " ".join(str(part) for part in (row.get("first_name"), row.get("last_name")) if pd.notna(part) and part)

    rows = [(one.key, one.name, one.kind, ", ".join(one.members), ", ".join(map(name_of, one.members))) for one in people.households]
    shown = pd.DataFrame(rows, columns=["organization", "name", "kind", "patients", "their names"])
    if not show_values:
        for column in ("name", "their names"):
            shown[column] = shown[column].map(mask)
    return shown


def members_widget(migration: Migration, view: Live[PeopleView]) -> Any:
    """Return who belongs to which organization, names masked until a box is ticked; masked in a report."""

    def draw(show: bool) -> View | None:
        frame = members_frame(newest(migration), view.now.people, show_values=show)
        note = f"the first is the head; names {'as they are' if show else 'masked'}"
        return explore(frame, "Who belongs to which", note=note) if len(frame) else None

    return unmasked(draw)


def no_household_widget(migration: Migration, view: Live[PeopleView], *, by: str) -> Any:
    """Return the form in which a household, or one of its members, is said to be none; None in a report."""
    if os.environ.get(IN_REPORT):
        return None
    from migkit.widgets import Asked, Done, FormBox

    def act(answers: Mapping[str, str]) -> Done:
        keys = [part.strip() for part in answers["who"].split(",") if part.strip()]
        patients = live_in_no_household(
            newest(migration), view.now.people, keys, by=by, why=answers["why"], undo=answers["what"] == AS_FOUND
        )
        renew()
        return Done(f"Decided for {number_of(patients, 'patient')}: the organizations above are as decided now. Approve identity below.")

    asked = (
        Asked("who", "Household or patient", "household:12, or patient:31, as listed above; several with commas"),
        Asked("what", "What is true", choices=(NONE, AS_FOUND)),
        Asked("why", "Why", "father and son of one name, who live apart"),
    )
    return FormBox(asked, button="Decide", act=act)


def live_in_no_household(migration: Migration, people: People, keys: list[str], *, by: str, why: str, undo: bool = False) -> int:
    """Write to `decisions/identity.yaml` that patients live in no household, and return how many that are; `undo` takes it back.

    `keys`: patients, or households for all of their members. Raises UsageError for a key that is neither, for an
    employer, and without a reason.
    """
    if not why.strip() and not undo:
        raise UsageError("Say why, and who told you so: it is kept with your name. Nothing was decided.")
    households = {one.key: one for one in people.households}
    found = {member for key in keys for member in _members(key, households, people)}
    identity = migration.workspace.read_decision("identity")
    if undo and (others := found - without_household(identity)):
        raise UsageError(f"{min(others)} was not said to live in no household: there is nothing to take back. Nothing was decided.")
    if not found:
        raise UsageError("Name a household or a patient by the key that stands above, household:12 or patient:31. Nothing was decided.")
    at = datetime.now(UTC).isoformat(timespec="seconds")
    migration.workspace.write_decision("identity", decide_no_household(identity, found, by=by, at=at, why=why, undo=undo))
    return len(found)


def _members(key: str, households: Mapping[str, Household], people: People) -> tuple[str, ...]:
    if key in people.survivors:
        return (key,)
    if key not in households:
        raise UsageError(f"There is no household and no patient {key}: take the key from the list above. Nothing was decided.")
    if households[key].kind == "employer":
        raise UsageError(
            f"{key} is an employer, as a column of the export says: leave that column out in 20_mapping_review. Nothing was decided."
        )
    return households[key].members


def no_household_frame(migration: Migration) -> pd.DataFrame:
    """Return of whom a person said that they live in no household: patient, by, why, a row each."""
    entries = migration.workspace.read_decision("identity").get("no_household") or ()
    return pd.DataFrame([(e["patient"], e.get("by", ""), e.get("why", "")) for e in entries], columns=["patient", "said by", "why"])
