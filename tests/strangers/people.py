"""Who is who: the people of a truth and the persons of an account, by number where the files have numbers, else by name and birth."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

from .account import Account, ids_of

Record = dict[str, Any]


def words(name: str) -> list[str]:
    """The words of a name, in order, in small letters."""
    return re.findall(r"[\w'’-]+", name.casefold().replace("’", "'"))


class Book:
    """Patients of the truth beside persons of the account."""

    def __init__(self, truth: Mapping[str, Any], account: Account) -> None:
        self.truth, self.account = truth, account
        self.named = any("|" in person["key"] for person in truth["patients"])
        """True where the files have no numbers of patients."""
        self._record = dict(self._by_name() if self.named else self._by_number())
        self._keys: dict[int, list[str]] = defaultdict(list)
        for key, record in self._record.items():
            self._keys[record["id"]].append(key)

    def record(self, key: str) -> Record | None:
        """The person that stands for a patient of the truth."""
        return self._record.get(key)

    def is_of(self, person: str | None, key: str) -> bool:
        """Whether a person, by the key of a record, is this patient (or the same human under another number)."""
        record = self.account.persons.get(person or "")
        mine = self._record.get(key)
        return record is not None and mine is not None and record["id"] == mine["id"]

    def is_second(self, key: str) -> bool:
        """Whether the record of this patient stands for another patient of the truth first, rightly."""
        firsts = {pair["b"]: pair["a"] for pair in self.truth["same_person"]}
        return key in firsts and self._record.get(firsts[key]) is self._record.get(key)

    def strangers(self) -> Iterator[Record]:
        """Persons who are no patient and no lead of the truth."""
        for key, record in self.account.persons.items():
            if record["id"] not in self._keys and not self.is_lead(key):
                yield record

    def is_lead(self, person: str | None) -> bool:
        """Whether a person only enquired."""
        leads = {lead["key"] for lead in self.truth["leads"]}
        ids = ids_of(self.account.persons.get(person or "") or {})
        return any(one.rpartition(":")[2] in leads and ("lead:" in one or one.count(":") == 1) for one in ids)

    def remarks(self, key: str) -> list[str]:
        """The lines of a patient's notes."""
        record = self._record.get(key)
        return next((note["lines"] for name, note in self._patient_notes.items() if record and name in ids_of(record)), [])

    @cached_property
    def _patient_notes(self) -> dict[str, Record]:
        return {key.removeprefix("note:"): note for key, note in self.account.notes.items() if key.startswith("note:patient:")}

    def _by_number(self) -> Iterator[tuple[str, Record]]:
        found = {one.partition(":")[2]: record for record in self.account.persons.values() for one in ids_of(record)}
        for person in self.truth["patients"]:
            if person["key"] in found:
                yield person["key"], found[person["key"]]

    def _by_name(self) -> Iterator[tuple[str, Record]]:
        """Best fits first: name and birth date, then name and a contact, then the name alone."""
        pairs = []
        for person in self.truth["patients"]:
            need = set(words(f"{person['first']} {person['last']}"))
            for record in self.account.persons.values():
                if need <= set(words(record["name"])):
                    born = person["birth_date"] is not None and record.get("Date of birth") == person["birth_date"]
                    numbers = {value for value, _, _ in record["phones"]} & {phone["e164"] for phone in person["phones"]}
                    mails = {value for value, _, _ in record["emails"]} & set(person["emails"])
                    middle = set(words(person["middle"])) <= set(words(record["name"]))
                    pairs.append((-(8 * born + 2 * bool(numbers) + 2 * bool(mails) + middle), person["key"], record["id"], record))
        taken: set[str | int] = set()
        for _, key, number, record in sorted(pairs, key=lambda pair: pair[:3]):
            if key not in taken and number not in taken:
                taken |= {key, number}
                yield key, record
