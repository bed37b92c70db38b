"""Who is one person, who lives together, which user owns whose records: the whole answer in one value."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from migkit.model.account import AccountUser
from migkit.model.messages import Message
from migkit.model.outcomes import EXAMPLES, Finding
from migkit.model.people import People
from migkit.model.tables import CanonicalTables

from .account import link_account, match_account
from .clusters import follow_tombstones, join_clusters, survivor_rank
from .comparable import COLUMNS
from .decisions import DIFFERENT, SAME, decided_pairs, parse_policy, sort_key, without_household
from .households import find_households
from .inherited import declared_heads, find_inherited
from .limits import USUAL, DuckdbLimits
from .link import PAIR_COLUMNS, REVIEW, deduplicate
from .owners import match_owners


def find_pairs(tables: CanonicalTables, limits: DuckdbLimits = USUAL) -> pd.DataFrame:
    """Return the pairs of patients that may be one person, as `deduplicate` does. Costly; it rests on nothing but `compared`."""
    return deduplicate(compared(tables), limits=limits)


def find_account_pairs(tables: CanonicalTables, account_people: pd.DataFrame) -> pd.DataFrame:
    """Return the pairs of a patient with a person of the account that may be one person. Costly; it rests on these and `compared`."""
    return link_account(compared(tables, declared=False), account_people)


def compared(tables: CanonicalTables, *, declared: bool = True) -> pd.DataFrame:
    """Return the patients in the columns by which pairs are found (`COLUMNS`), index = key, in the order of their keys.

    `declared`: with the family heads that families name, not only those that a patient's own row does.
    """
    patients = _patients(tables)
    heads = declared_heads(patients, tables["families"]) if declared else patients["family_head_id"]
    return patients.assign(family_head_id=heads).set_index("_key")[[*COLUMNS]]


def resolve(
    tables: CanonicalTables,
    decisions: Mapping[str, Any],
    *,
    pairs: pd.DataFrame | None = None,
    users: Sequence[AccountUser] = (),
    account_people: pd.DataFrame | None = None,
    account_pairs: pd.DataFrame | None = None,
    fallback_owner: str | None = None,
) -> People:
    """Return who is who among the patients, their households, and their owners.

    `decisions`: {"identity": parsed identity.yaml, "owners": parsed owners.yaml} and, where a load went before,
    "households": person key → household key of that load. `pairs`: what `find_pairs` returned for these tables, where that is
    kept. `account_people`: persons that were in the account before us (person_id, name, emails, phones, birth_date, org_name),
    `account_pairs` what `find_account_pairs` returned for them, where that is kept. Undecided review pairs stay separate persons.
    Deterministic: the order of rows makes no difference. Raises DataError for decisions that cannot be read.
    """
    identity = decisions.get("identity") or {}
    policy = parse_policy(identity)
    patients = _patients(tables)
    merged_into = _merged_into(patients)
    tombstones, findings = follow_tombstones(merged_into, {*patients["_key"]})
    pairs = _decide(find_pairs(tables) if pairs is None else pairs, identity, patients, tombstones)
    clusters, pairs = _cluster(patients, pairs, tombstones)
    households, household_findings = find_households(
        tables,
        clusters.survivors,
        organization=policy.organization,
        known=decisions.get("households") or {},
        unreviewed=_waiting(pairs)[["left", "right"]].itertuples(index=False, name=None),
        alone=without_household(identity),
    )
    adopted, matched, account_findings = match_account(
        patients.set_index("_key"), clusters.survivors, account_people, identity, policy, account_pairs
    )
    owners = match_owners(tables["practitioners"], users, decisions.get("owners") or {}, fallback_owner)
    return People(
        survivors=clusters.survivors,
        reasons=_reasons(clusters.survivors, tombstones, pairs, identity),
        households=households,
        inherited=find_inherited(patients, households, clusters.survivors),
        pairs=pairs,
        adopted=adopted,
        account_pairs=matched,
        owners=owners.matches,
        fallback_owner=owners.fallback,
        findings=(*findings, *clusters.findings, *_undecided(pairs), *household_findings, *account_findings, *owners.findings),
        practitioner_owner=owners.by_practitioner,
    )


def _patients(tables: CanonicalTables) -> pd.DataFrame:
    """The patients in the order of their keys, whatever the order of the files."""
    return tables["patients"].sort_values("_key", key=lambda keys: keys.map(sort_key), kind="stable").reset_index(drop=True)


def _merged_into(patients: pd.DataFrame) -> dict[str, str]:
    rows = patients[patients["merged_into_id"].notna()]
    return {key: f"patient:{target}" for key, target in zip(rows["_key"], rows["merged_into_id"], strict=True)}


def _decide(pairs: pd.DataFrame, identity: Mapping[str, Any], patients: pd.DataFrame, tombstones: Mapping[str, str]) -> pd.DataFrame:
    """Put the decisions beside the pairs; decided pairs that linking did not propose are added, tombstones' own left out."""
    known = {*patients["_key"]}
    decided = {pair: entry for pair, entry in decided_pairs(identity).items() if pair[0] in known and pair[1] in known}
    ends = {key: tombstones.get(key, key) for key in known}
    pairs = pairs[pairs["left"].map(ends) != pairs["right"].map(ends)]
    proposed = {*zip(pairs["left"], pairs["right"], strict=True)}
    if by_hand := [pair for pair in decided if pair not in proposed]:
        found = pd.DataFrame(by_hand, columns=["left", "right"]).assign(band=REVIEW, evidence="decided by hand", asked="", weights="")
        pairs = pd.concat([pairs, found.reindex(columns=list(PAIR_COLUMNS)).astype(PAIR_COLUMNS)], ignore_index=True)
    said = [decided[pair]["decision"] if pair in decided else "" for pair in zip(pairs["left"], pairs["right"], strict=True)]
    return pairs.assign(decision=pd.Series(said, index=pairs.index, dtype="string")).reset_index(drop=True)


def _cluster(patients: pd.DataFrame, pairs: pd.DataFrame, tombstones: Mapping[str, str]) -> tuple[Any, pd.DataFrame]:
    def those(mask: pd.Series) -> list[tuple[str, str]]:
        return [*zip(pairs.loc[mask, "left"], pairs.loc[mask, "right"], strict=True)]

    dates = patients["birth_date"].dt.strftime("%Y-%m-%d")
    clusters = join_clusters(
        list(patients["_key"]),
        [*tombstones.items(), *those(pairs["decision"] == SAME)],
        those((pairs["band"] == SAME) & (pairs["decision"] == "")),
        {*those(pairs["decision"] == DIFFERENT)},
        {key: date for key, date in zip(patients["_key"], dates, strict=True) if pd.notna(date)},
        survivor_rank(patients),
    )
    why = pd.Series(
        [clusters.refused.get(pair) for pair in zip(pairs["left"], pairs["right"], strict=True)], index=pairs.index, dtype="string"
    )
    pairs = pairs.assign(band=pairs["band"].mask(why.notna(), REVIEW), asked=pairs["asked"].mask(why.notna(), why))
    return clusters, pairs


def _reasons(
    survivors: Mapping[str, str], tombstones: Mapping[str, str], pairs: pd.DataFrame, identity: Mapping[str, Any]
) -> dict[str, Message]:
    decided = decided_pairs(identity)
    joined = pairs[(pairs["decision"] == SAME) | ((pairs["band"] == SAME) & (pairs["decision"] == ""))]
    best: dict[str, tuple[bool, float, Message]] = {}
    for row in joined.itertuples(index=False):
        by = decided.get((row.left, row.right), {}).get("by", "")
        why = (
            Message.of("decided-same", by=by or "somebody") if row.decision == SAME else Message.of("certain-match", evidence=row.evidence)
        )
        score = 0.0 if pd.isna(row.score) else float(row.score)
        for key in (row.left, row.right):
            direct = survivors[key] in (row.left, row.right)
            best[key] = max(best.get(key, (False, -1.0, why)), (direct, score, why))
    in_practice = Message.of("merged-in-practice")
    reasons = {}
    for key, survivor in survivors.items():
        if key == survivor:
            continue
        reasons[key] = in_practice if key in tombstones or key not in best else best[key][2]
    return reasons


def _waiting(pairs: pd.DataFrame) -> pd.DataFrame:
    """The pairs that wait for somebody's decision."""
    return pairs[(pairs["band"] == REVIEW) & (pairs["decision"] == "")]


def _undecided(pairs: pd.DataFrame) -> tuple[Finding, ...]:
    waiting = _waiting(pairs)
    if waiting.empty:
        return ()
    keys = [f"{row.left} {row.right}" for row in waiting.head(EXAMPLES).itertuples(index=False)]
    return (Finding.of("identity-undecided", table="patients", count=len(waiting), keys=keys),)
