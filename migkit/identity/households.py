"""Who lives together and who works for whom: one Organization per household or employer, and whose contact data is whose.

The rule, in order:

1. A family that the export declares (`families` row, `family_id`) is one household, or one employer where its kind or its
   name says so. Its key is `family:<id>`.
2. A declared family head joins head and members, heads of heads followed. The key is `household:<smallest id>`.
3. Only where the export declares neither for anybody, a household is inferred: two persons belong together when two of
   address, phone, e-mail and last name agree, one of them being more than the name.
4. Who has no household but an employer's name belongs to `employer:<name>`. (policy `organization: employer` puts this first.)

Whoever is in none of these has no Organization. A household keeps the key that most of its members had before (`known`),
so that gaining or losing members, or its head, does not change it.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping
from itertools import combinations
from typing import Any

import pandas as pd

from migkit.model.outcomes import Finding, Severity
from migkit.model.people import Household
from migkit.model.tables import CanonicalTables

from .clean import name_key
from .clusters import Groups
from .comparable import comparable
from .decisions import sort_key

HOUSEHOLD, EMPLOYER = "household", "employer"
CROWD = 8
"""A value that more persons share is an institution's (a school, a clinic's own number) and ties nobody together."""
CONTACT = ("mobile", "home_phone", "work_phone", "email")
GENERATION = 15
"""Years between a parent and a child, at least: who is this much younger than an inferred head inherits their contact data."""

_COMPANY = re.compile(
    r"\b(pty|ltd|limited|inc|co|company|group|corp|services?|council|school|college|hospital|university|department)\b", re.I
)


def find_households(
    tables: CanonicalTables, survivors: Mapping[str, str], *, organization: str = HOUSEHOLD, known: Mapping[str, str] | None = None
) -> tuple[tuple[Household, ...], tuple[Finding, ...]]:
    """Return the households and employers, each person in one at most, and what was found odd.

    Members are persons (survivors), the head first, then by id. A declared family that has no members is returned too, since
    its row must become something. `known`: person key → household key of an earlier load.
    """
    patients, families = tables["patients"], tables["families"]
    heads = _heads(patients, survivors)
    declared = _declared(patients, families, survivors)
    households = _families(patients, families, declared, survivors, heads)
    taken = {member for household in households for member in household.members}
    if patients["family_id"].notna().any() or patients["family_head_id"].notna().any():
        households += _headed(patients, heads, taken, known or {})
    else:
        households += _inferred(patients, survivors, taken, known or {})
    households = _with_employers(households, patients, survivors, organization)
    findings = []
    crowded = [h.key for h in households if h.kind == HOUSEHOLD and len(h.members) > 2 * CROWD]
    if crowded:
        message = f"{len(crowded)} households have more than {2 * CROWD} members: look whether they are employers or institutions."
        findings.append(Finding("crowded-household", Severity.WARNING, message, "families", count=len(crowded), keys=tuple(crowded[:20])))
    return tuple(sorted(households, key=lambda h: (h.kind, sort_key(h.key)))), tuple(findings)


def find_inherited(patients: pd.DataFrame, households: tuple[Household, ...], survivors: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """Return patient key → contact fields that hold the family head's value, for every patient but the head.

    Declared heads (family head, family row) give to all members; the head of an inferred household only to members at least
    `GENERATION` years younger, since spouses who share a number both own it.
    """
    rows = patients.set_index("_key")
    head_of = {member: h for h in households if h.kind == HOUSEHOLD and h.head for member in h.members}
    declared = {key for key, head in zip(patients["_key"], patients["family_head_id"], strict=True) if pd.notna(head)}
    own_head = _heads(patients, {key: key for key in patients["_key"]})
    inherited = {}
    for key in patients["_key"]:
        household = head_of.get(survivors.get(key, key))
        head = own_head.get(key) or (household.head if household else None)
        if head is None or head == key or survivors.get(head, head) == survivors.get(key, key) or head not in rows.index:
            continue
        trusted = key in declared or (household is not None and household.key.startswith("family:"))
        if not trusted and not _is_child(rows.at[key, "birth_date"], rows.at[head, "birth_date"]):
            continue
        theirs = {rows.at[head, field] for field in CONTACT if pd.notna(rows.at[head, field])}
        fields = tuple(field for field in CONTACT if pd.notna(rows.at[key, field]) and rows.at[key, field] in theirs)
        if fields:
            inherited[key] = fields
    return inherited


def _heads(patients: pd.DataFrame, survivors: Mapping[str, str]) -> dict[str, str]:
    """Person → the head at the top of their chain of family heads, themselves excluded; circles lead nowhere."""
    direct: dict[str, str] = {}
    for key, head in zip(patients["_key"], patients["family_head_id"], strict=True):
        if pd.notna(head) and (above := f"patient:{head}") in survivors:
            direct.setdefault(survivors[key], survivors[above])
    top = {}
    for key in direct:
        path = [key]
        while (above := direct.get(path[-1], path[-1])) not in path:
            path.append(above)
        if above == path[-1]:
            top[key] = above
    return top


def _declared(patients: pd.DataFrame, families: pd.DataFrame, survivors: Mapping[str, str]) -> dict[str, list[str]]:
    """Family id → persons. A person whose rows name several families belongs to that of the surviving row."""
    of_person: dict[str, str] = {}
    for key, family in zip(patients["_key"], patients["family_id"], strict=True):
        if pd.notna(family) and (survivors[key] not in of_person or survivors[key] == key):
            of_person[survivors[key]] = str(family)
    found: dict[str, list[str]] = {str(family): [] for family in families["family_id"].dropna()}
    for person, family in of_person.items():
        found.setdefault(family, []).append(person)
    return found


def _families(
    patients: pd.DataFrame,
    families: pd.DataFrame,
    declared: Mapping[str, list[str]],
    survivors: Mapping[str, str],
    heads: Mapping[str, str],
) -> list[Household]:
    rows = {str(row["family_id"]): row for row in families.to_dict("records")}
    last_names = dict(zip(patients["_key"], patients["last_name"], strict=True))
    family_of = {member: family for family, members in declared.items() for member in members}
    for person, above in heads.items():  # who names a head is in the head's family even without a family id
        if above in family_of and person not in family_of:
            declared[family_of[above]].append(person)
    found = []
    for family, members in declared.items():
        row = rows.get(family, {})
        kind = _kind(row, [last_names[m] for m in members if pd.notna(last_names[m])])
        head = _family_head(patients, row, members, survivors, heads) if kind == HOUSEHOLD else None
        name = row.get("name") if row else None
        found.append(_household(f"family:{family}", kind, None if pd.isna(name) else str(name), members, head, last_names))
    return found


def _family_head(
    patients: pd.DataFrame, row: Mapping[str, Any], members: list[str], survivors: Mapping[str, str], heads: Mapping[str, str]
) -> str | None:
    """The head that the family's row names, else the one that most members name, else the eldest."""
    if row and pd.notna(row["head_id"]) and (named := survivors.get(f"patient:{row['head_id']}")):
        return named
    named_by_members = Counter(sorted((heads[m] for m in members if heads.get(m) in members), key=sort_key))
    return named_by_members.most_common(1)[0][0] if named_by_members else _eldest(patients, members)


def _headed(patients: pd.DataFrame, heads: Mapping[str, str], taken: set[str], known: Mapping[str, str]) -> list[Household]:
    last_names = dict(zip(patients["_key"], patients["last_name"], strict=True))
    members: dict[str, set[str]] = defaultdict(set)
    for person, head in heads.items():
        if person not in taken and head not in taken:
            members[head] |= {head, person}
    return _keyed([(head, sorted(group, key=sort_key)) for head, group in members.items() if len(group) > 1], known, last_names)


def _inferred(patients: pd.DataFrame, survivors: Mapping[str, str], taken: set[str], known: Mapping[str, str]) -> list[Household]:
    people = comparable(patients.set_index("_key"))
    address = (people["street"] + "|" + people["postcode"].fillna("")).dropna()
    ties: Counter[tuple[str, str]] = Counter()
    for values in (address, people["phones"].explode().dropna(), people["emails"].explode().dropna()):
        shared: dict[Any, set[str]] = defaultdict(set)
        for key, value in values.items():
            shared[value].add(survivors[str(key)])
        agreeing = {pair for group in shared.values() if 1 < len(group) <= CROWD for pair in combinations(sorted(group, key=sort_key), 2)}
        ties.update(agreeing)
    forms = people["last_forms"].to_dict()
    groups = Groups()
    for (left, right), count in sorted(ties.items()):
        if count + bool({*forms[left]} & {*forms[right]}) >= 2 and not {left, right} & taken:
            groups.join(left, right)
    found = [members for members in groups.members(dict.fromkeys(survivors.values())).values() if len(members) > 1]
    last_names = dict(zip(patients["_key"], patients["last_name"], strict=True))
    return _keyed([(_eldest(patients, members) or members[0], members) for members in found], known, last_names)


def _keyed(groups: list[tuple[str, list[str]]], known: Mapping[str, str], last_names: Mapping[str, Any]) -> list[Household]:
    """Give every group its key: that of an earlier load where its members had one, each earlier key once; else a new one."""
    claims = [
        (-count, sort_key(members[0]), key, number)
        for number, (_, members) in enumerate(groups)
        for key, count in Counter(known[m] for m in members if m in known).items()
    ]
    keys: dict[int, str] = {}
    for _, _, key, number in sorted(claims):
        if number not in keys and key not in keys.values():
            keys[number] = key
    found = []
    for number, (head, members) in enumerate(groups):
        key = keys.get(number) or next(k for m in members if (k := f"household:{m.partition(':')[2]}") not in keys.values())
        keys[number] = key
        found.append(_household(key, HOUSEHOLD, None, members, head, last_names))
    return found


def _with_employers(
    households: list[Household], patients: pd.DataFrame, survivors: Mapping[str, str], organization: str
) -> list[Household]:
    if patients["employer"].isna().all():
        return households
    housed = {member for household in households for member in household.members}
    staff: dict[str, list[str]] = defaultdict(list)
    names: dict[str, str] = {}
    employers = {survivors[k]: str(e) for k, e in zip(patients["_key"], patients["employer"], strict=True) if pd.notna(e)}
    for person, employer in employers.items():
        slug = re.sub(r"[^a-z0-9]+", "-", re.sub(r"\b(pty|ltd|limited|inc)\b\.?", "", employer.lower())).strip("-")
        if slug and (organization == EMPLOYER or person not in housed):
            staff[slug].append(person)
            names.setdefault(slug, employer)
    moved = {person for persons in staff.values() for person in persons}
    kept = []
    for household in households:
        members = tuple(member for member in household.members if member not in moved)
        if members or household.key.startswith("family:"):
            head = household.head if household.head in members else (members[0] if members and household.head else None)
            kept.append(Household(household.key, household.kind, household.name, members, head))
    return kept + [
        Household(f"employer:{slug}", EMPLOYER, names[slug], tuple(sorted(persons, key=sort_key)), None) for slug, persons in staff.items()
    ]


def _household(key: str, kind: str, name: str | None, members: list[str], head: str | None, last_names: Mapping[str, Any]) -> Household:
    head = head if head in members else None
    ordered = sorted(members, key=lambda member: (member != head, sort_key(member)))
    if name is None:
        first = next((str(last_names[m]) for m in ordered if pd.notna(last_names.get(m))), key.partition(":")[2])
        name = f"{first} family"
    return Household(key, kind, name, tuple(ordered), head)


def _kind(row: Mapping[str, Any], last_names: list[str]) -> str:
    """Household or employer: as declared, else by a company's words in the name, else by many members of many names."""
    if row and pd.notna(row["kind"]):
        return EMPLOYER if row["kind"] == EMPLOYER else HOUSEHOLD
    if row and pd.notna(row["name"]) and _COMPANY.search(str(row["name"])):
        return EMPLOYER
    distinct = {name_key(name) for name in last_names}
    return EMPLOYER if len(last_names) > CROWD and len(distinct) > len(last_names) * 0.7 else HOUSEHOLD


def _eldest(patients: pd.DataFrame, members: list[str]) -> str | None:
    dated = patients.loc[patients["_key"].isin(members) & patients["birth_date"].notna(), ["_key", "birth_date"]]
    rows = sorted(dated.itertuples(index=False), key=lambda row: (row.birth_date, sort_key(row[0])))
    return str(rows[0][0]) if rows else None


def _is_child(birth_date: Any, head_birth_date: Any) -> bool:
    return bool(pd.notna(birth_date) and pd.notna(head_birth_date) and (birth_date - head_birth_date).days >= GENERATION * 365)
