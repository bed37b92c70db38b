"""Who lives together and who works for whom: one Organization per household or employer.

The rule, in order; each person is in one at most:

1. A family that the export declares (`families` row, `family_id`) is a household, or an employer where its kind or its name
   says so. Key `family:<id>`.
2. A declared family head and those who name them are a household.
3. Whoever is in neither lives with somebody at the same address if they share a last name, a phone or an e-mail too: an address
   alone is a share house's or a nursing home's. So does who shares a phone or an e-mail, where an address is missing. People of
   other last names who name another guarantor each do not live together, whatever they share. They live in that person's
   household where there is one and only one, else in a new one. What more than `SHARED_BY` persons share is an institution's
   and counts for nothing. Two rows of whom a person must still say whether they are one found no home by themselves.
4. Whoever has no household but an employer's name belongs to `employer:<name>`; the policy `organization: employer` puts this
   before the others.

Whoever is in none of these has no Organization; whom a person said to live in no household can have an employer's. Households of
2 and 3 have the key `household:<smallest patient id of all rows of their members>`, or the one that most of their members had
before (`known`): gaining or losing a member, or the head, changes no key.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import pandas as pd

from migkit.model.outcomes import Finding
from migkit.model.people import Household
from migkit.model.tables import CanonicalTables

from .clean import name_key
from .clusters import Groups
from .comparable import SHARED_BY, comparable
from .decisions import sort_key
from .inherited import GENERATION

HOUSEHOLD, EMPLOYER = "household", "employer"
FAMILY, HEAD = "family", "head"

_COMPARED = (
    "first_name", "last_name", "full_name", "former_last_name", "mobile", "home_phone", "work_phone", "email", "address_line1", "postcode",
)  # fmt: skip
"""Columns of patients that tell who shares a home: names, contact data, address."""

_COMPANY = re.compile(
    r"\b(pty|ltd|limited|inc|co|company|group|corp|services?|council|school|college|hospital|university|department)\b", re.I
)
_LEGAL_FORM = re.compile(r"\b(pty|ltd|limited|inc)\b\.?")


def find_households(
    tables: CanonicalTables,
    survivors: Mapping[str, str],
    *,
    organization: str = HOUSEHOLD,
    known: Mapping[str, str] | None = None,
    unreviewed: Iterable[tuple[str, str]] = (),
    alone: Iterable[str] = (),
) -> tuple[tuple[Household, ...], tuple[Finding, ...]]:
    """Return the households and employers, and what was found odd.

    Members are persons (survivors), the head first, then by id. A declared family without members is returned too, since its row
    must become something. `known`: person key → household key of an earlier load. `unreviewed`: pairs of patients that may be one
    person. `alone`: patients of whom somebody said that they live in no household; an employer they may have.
    """
    facts = _facts(tables["patients"], survivors)
    families = {str(row["family_id"]): row for row in tables["families"].to_dict("records")}
    employed = _employers(facts, {*facts.family_of}) if organization == EMPLOYER else []
    busy = {member for employer in employed for member in employer.members} | {survivors[key] for key in alone if key in survivors}
    declared = _declared(facts, families, busy)
    undeclared = _undeclared(facts, declared, busy, [(survivors[left], survivors[right]) for left, right in unreviewed])
    households = [_family(facts, name, families.get(name, {}), members) for (by, name), members in declared.items() if by == FAMILY]
    headed = [members for (by, _), members in declared.items() if by == HEAD and len(members) > 1]
    households += _keyed(facts, [*headed, *undeclared], known or {})
    if organization == HOUSEHOLD:
        employed = _employers(facts, {member for household in households for member in household.members})
    found = sorted((*households, *employed), key=lambda h: (h.kind, h.key.partition(":")[0], sort_key(h.key)))
    return tuple(found), _too_large(found)


@dataclass(frozen=True)
class _Facts:
    """What the patient rows say about persons, each a mapping by person (survivor)."""

    persons: tuple[str, ...]
    smallest: Mapping[str, str]
    """The smallest id among a person's rows."""
    family_of: Mapping[str, str]
    guarantor: Mapping[str, str]
    """The declared head as the row names them, who may be the person."""
    head_of: Mapping[str, str]
    """The head at the top of the chain of family heads; heads themselves are not in it."""
    last_name: Mapping[str, str]
    born: Mapping[str, Any]
    employer: Mapping[str, str]
    comparable: pd.DataFrame
    """Rows of `comparable` by person, of `_COMPARED` alone; contact data with what is the head's still in it."""
    contact: Mapping[str, set[str]]
    """Phones and e-mails."""


def _facts(patients: pd.DataFrame, survivors: Mapping[str, str]) -> _Facts:
    ordered = patients.sort_values("_key", key=lambda keys: keys.map(sort_key))
    own_first = pd.concat([ordered[ordered["_key"].map(survivors) == ordered["_key"]], ordered])
    person = own_first["_key"].map(survivors)

    def of_person(field: str) -> dict[str, Any]:
        """The person's first value: the surviving row's, else that of the smallest id."""
        known = own_first[field].notna()
        return dict(zip(person[known][::-1], own_first[field][known][::-1], strict=True))

    direct = {key: survivors[above] for key, head in of_person("family_head_id").items() if (above := f"patient:{head}") in survivors}
    by_person = ordered.set_index("_key")[[*ordered.columns.intersection(_COMPARED)]]
    compared = comparable(by_person[by_person.index.map(survivors) == by_person.index])
    return _Facts(
        persons=tuple(dict.fromkeys(survivors[key] for key in ordered["_key"])),
        smallest=dict(zip(ordered["_key"].map(survivors)[::-1], ordered["patient_id"][::-1], strict=True)),
        family_of={key: str(family) for key, family in of_person("family_id").items()},
        guarantor=direct,
        head_of=_tops(direct),
        last_name=of_person("last_name"),
        born=of_person("birth_date"),
        employer=of_person("employer"),
        comparable=compared,
        contact={
            key: {*phones, *emails} for key, phones, emails in zip(compared.index, compared["phones"], compared["emails"], strict=True)
        },
    )


def _tops(direct: Mapping[str, str]) -> dict[str, str]:
    """Follow heads of heads to the top; a circle leads nowhere."""
    top = {}
    for key in direct:
        path = [key]
        while (above := direct.get(path[-1], path[-1])) not in path:
            path.append(above)
        if above == path[-1] != key:
            top[key] = above
    return top


def _declared(facts: _Facts, families: Mapping[str, Mapping[str, Any]], busy: set[str]) -> dict[tuple[str, str], list[str]]:
    """(family, its id) or (head, their key) → members: who has the family's id, who names one of these as head, who heads."""
    members: dict[tuple[str, str], list[str]] = {(FAMILY, family): [] for family in families}
    family_of = {person: family for person, family in facts.family_of.items() if person not in busy}
    heads = {f"patient:{row['head_id']}": family for family, row in families.items() if pd.notna(row["head_id"])}
    named = {*facts.head_of.values()}
    for person in facts.persons:
        head = facts.head_of.get(person, person)
        family = family_of.get(person) or heads.get(person) or family_of.get(head)
        if person in busy:
            continue
        if family:
            members.setdefault((FAMILY, family), []).append(person)
        elif head in named and head not in busy:
            members.setdefault((HEAD, head), []).append(person)
    return members


def _undeclared(
    facts: _Facts, declared: dict[tuple[str, str], list[str]], busy: set[str], unreviewed: Iterable[tuple[str, str]]
) -> list[list[str]]:
    """Return the homes of those who are in no declared one; who lives with one declared home only is put into it."""
    undecided = Groups()
    for left, right in unreviewed:
        undecided.join(left, right)
    housed = {person: home for home, persons in declared.items() for person in persons}
    groups = Groups()
    neighbours: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for left, right in sorted(_ties(facts)):
        if {left, right} & busy or (left in housed and right in housed):
            continue
        if left in housed or right in housed:
            loose, housed_one = (right, left) if left in housed else (left, right)
            neighbours[loose].add(housed[housed_one])
        else:
            groups.join(left, right)
    found = []
    for persons in groups.members(person for person in facts.persons if person not in housed and person not in busy).values():
        near = {home for person in persons for home in neighbours[person]}
        if len(near) == 1:
            declared[near.pop()] += persons
        elif len(undecided.members(persons)) > 1:
            found.append(persons)
    return found


def _ties(facts: _Facts) -> set[tuple[str, str]]:
    """Pairs of persons that live together, as the third rule says."""
    people = facts.comparable
    address = (people["street"] + "|" + people["postcode"].fillna("")).dropna()
    names = {key: {*forms} for key, forms in people["last_forms"].items()}
    known = address.to_dict()
    ties = {(a, b) for a, b in _sharing(address.items()) if names[a] & names[b] or facts.contact[a] & facts.contact[b]}
    for column in ("phones", "emails"):
        shared = _sharing((key, value) for key, values in people[column].items() for value in values)
        ties |= {pair for pair in shared if known.get(pair[0]) is None or known.get(pair[1]) is None}

    def apart(one: str, other: str) -> bool:
        guarantors = {facts.guarantor.get(one), facts.guarantor.get(other)}
        return not names[one] & names[other] and len(guarantors) == 2 and None not in guarantors

    return {pair for pair in ties if not apart(*pair)}


def _sharing(values: Iterable[tuple[Any, str]]) -> set[tuple[str, str]]:
    holders: dict[str, list[str]] = defaultdict(list)
    for key, value in values:
        holders[value].append(str(key))
    few = (sorted({*keys}, key=sort_key) for keys in holders.values() if 1 < len(keys) <= SHARED_BY)
    return {pair for keys in few for pair in combinations(keys, 2)}


def _family(facts: _Facts, family: str, row: Mapping[str, Any], members: list[str]) -> Household:
    kind = _kind(row, [facts.last_name[m] for m in members if m in facts.last_name])
    head = None
    if kind == HOUSEHOLD:
        named = [f"patient:{row['head_id']}"] if row and pd.notna(row["head_id"]) else []
        named += [facts.head_of[m] for m in members if m in facts.head_of]
        head = next((key for key in named if key in members), None) or _likely_head(facts, members)
    name = str(row["name"]) if row and pd.notna(row["name"]) else None
    return _household(facts, f"family:{family}", kind, name, members, head)


def _keyed(facts: _Facts, homes: list[list[str]], known: Mapping[str, str]) -> list[Household]:
    """Give each home its key: the one that most of its members had before, each earlier key once, else a new one."""
    homes = [sorted(members, key=lambda m: sort_key(facts.smallest[m])) for members in homes]
    claims = sorted(
        (-count, sort_key(facts.smallest[members[0]]), key, number)
        for number, members in enumerate(homes)
        for key, count in Counter(known[m] for m in members if m in known).items()
    )
    keys: dict[int, str] = {}
    for _, _, key, number in claims:
        if number not in keys and key not in keys.values():
            keys[number] = key
    taken = {*keys.values()}
    found = []
    for number, members in enumerate(homes):
        new = (f"household:{facts.smallest[m]}" for m in members)
        key = keys.get(number) or next(candidate for candidate in new if candidate not in taken)
        taken.add(key)
        heads = Counter(facts.head_of[m] for m in members if facts.head_of.get(m) in members)
        head = min(heads, key=lambda h: (-heads[h], sort_key(h))) if heads else _likely_head(facts, members)
        found.append(_household(facts, key, HOUSEHOLD, None, members, head))
    return found


def _employers(facts: _Facts, housed: set[str]) -> list[Household]:
    staff: dict[str, list[str]] = defaultdict(list)
    for person, employer in sorted(facts.employer.items(), key=lambda item: sort_key(item[0])):
        slug = re.sub(r"[^a-z0-9]+", "-", _LEGAL_FORM.sub("", str(employer).lower())).strip("-")
        if slug and person not in housed:
            staff[slug].append(person)
    return [Household(f"employer:{slug}", EMPLOYER, str(facts.employer[m[0]]), tuple(m), None) for slug, m in sorted(staff.items())]


def _household(facts: _Facts, key: str, kind: str, name: str | None, members: list[str], head: str | None) -> Household:
    ordered = sorted({*members}, key=lambda member: (member != head, sort_key(member)))
    last_name = next((facts.last_name[m] for m in ordered if m in facts.last_name), key.partition(":")[2])
    return Household(key, kind, name or f"{last_name} family", tuple(ordered), head)


def _kind(row: Mapping[str, Any], last_names: list[str]) -> str:
    """As declared, else by a company's words in the name, else an employer where many members have as many names."""
    if row and pd.notna(row["kind"]):
        return EMPLOYER if row["kind"] == EMPLOYER else HOUSEHOLD
    if row and pd.notna(row["name"]) and _COMPANY.search(str(row["name"])):
        return EMPLOYER
    return EMPLOYER if len(last_names) > SHARED_BY and len({*map(name_key, last_names)}) > 0.7 * len(last_names) else HOUSEHOLD


def _likely_head(facts: _Facts, members: list[str]) -> str | None:
    """The one whose phone and e-mail most of the others have too; among these the eldest, then the smallest id. Children come last."""
    if not members:
        return None
    eldest = min((facts.born[m] for m in members if m in facts.born), default=pd.Timestamp.max)
    child = {m: m in facts.born and (facts.born[m] - eldest).days >= GENERATION * 365 for m in members}
    shared = {m: sum(len(facts.contact[m] & facts.contact[other]) for other in members if other != m) for m in members}
    return min(members, key=lambda m: (child[m], -shared[m], facts.born.get(m, pd.Timestamp.max), sort_key(m)))


def _too_large(households: Iterable[Household]) -> tuple[Finding, ...]:
    large = [h.key for h in households if h.kind == HOUSEHOLD and len(h.members) > 2 * SHARED_BY]
    if not large:
        return ()
    return (Finding.of("large-household", table="families", keys=large, most=2 * SHARED_BY),)
