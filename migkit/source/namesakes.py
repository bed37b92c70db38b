"""Namesakes told apart by what a row says of its patient besides the name: birth date, phone, e-mail."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import pandas as pd

SAID = ("patient_birth_date", "patient_phone", "patient_email")
"""Fields of a row that repeat what its patient's own row says."""
OWN = {"patient_phone": ("mobile", "home_phone", "work_phone"), "patient_email": ("email",)}
"""Field of a row → fields of the patient's own row that may say the same."""


@dataclass(frozen=True)
class Particulars:
    """What the patients' own rows say of each, by id."""

    birth_dates: dict[str, tuple[int, int, int]] = field(default_factory=dict)
    """Year of the century, month, day: a year of two digits may be of either."""
    contacts: dict[str, dict[str, frozenset[str]]] = field(default_factory=dict)
    """Field of a row → id → what the patient has of it."""

    def left(self, row: pd.Series, candidates: Sequence[str]) -> list[str]:
        """Return the candidates (ids) that a row may mean.

        Who was born on another day is not meant. Of several, those whose birth date, else whose phone or e-mail the row gives are; a
        phone that differs proves nothing: people change theirs.
        """
        born = _day(row.get(SAID[0]))
        found = [one for one in candidates if born is None or self.birth_dates.get(one, born) == born]
        same = [one for one in found if born is not None and one in self.birth_dates]
        found = same or found
        for name in SAID[1:]:
            value = row.get(name)
            alike = [one for one in found if not pd.isna(value) and value in self.contacts.get(name, {}).get(one, ())]
            found = alike if len(found) > 1 and alike else found
        return found

    def alone(self, name: str) -> dict[str, str]:
        """Return phone or e-mail → id, of those that one patient alone has."""
        holders: dict[str, list[str]] = {}
        for one, values in self.contacts.get(name, {}).items():
            for value in values:
                holders.setdefault(value, []).append(one)
        return {value: ids[0] for value, ids in holders.items() if len(ids) == 1}

    def contradicts(self, row: pd.Series, one: str) -> bool:
        """Return whether a row gives another birth date than the patient has."""
        born = _day(row.get(SAID[0]))
        return born is not None and self.birth_dates.get(one, born) != born


def read_particulars(patients: pd.DataFrame | None) -> Particulars:
    """Return what the typed patients say of themselves."""
    if patients is None or patients.empty:
        return Particulars()
    ids = patients["patient_id"].astype(str)
    days = {one: day for one, when in zip(ids, patients["birth_date"], strict=True) if (day := _day(when))}
    contacts = {
        name: {
            one: frozenset(value for value in values if not pd.isna(value))
            for one, values in zip(ids, patients[list(own)].itertuples(index=False, name=None), strict=True)
        }
        for name, own in OWN.items()
    }
    return Particulars(days, contacts)


def _day(when: object) -> tuple[int, int, int] | None:
    return None if pd.isna(when) else (when.year % 100, when.month, when.day)  # type: ignore[call-overload, attr-defined]
