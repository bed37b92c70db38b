"""From pairs to persons: tombstones followed, clusters joined under the birth-date guard, one survivor for each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

import pandas as pd

from migkit.model.outcomes import Finding, Severity
from migkit.model.words import number_of

from .decisions import sort_key

NOT_CURRENT = ("merged", "deleted", "archived")
"""Statuses of rows that never represent a cluster while another row can."""


class Groups:
    """Disjoint groups of keys (union-find); deterministic whatever the order of joining."""

    def __init__(self) -> None:
        self._parent: dict[str, str] = {}

    def find(self, key: str) -> str:
        """Return the group's representative, the key itself where it was never joined."""
        root = key
        while (up := self._parent.get(root, root)) != root:
            root = up
        while (up := self._parent.get(key, key)) != root:
            self._parent[key], key = root, up
        return root

    def join(self, left: str, right: str) -> None:
        """Put both keys into one group."""
        first, second = sorted((self.find(left), self.find(right)), key=sort_key)
        self._parent[second] = first

    def members(self, keys: Iterable[str]) -> dict[str, list[str]]:
        """Return representative → its members among `keys`, each list in key order."""
        found: dict[str, list[str]] = defaultdict(list)
        for key in sorted(keys, key=sort_key):
            found[self.find(key)].append(key)
        return found


@dataclass(frozen=True)
class Clusters:
    """Who is one person."""

    survivors: Mapping[str, str]
    refused: Mapping[tuple[str, str], str]
    """Automatic pairs that were not joined → why; they are for review."""
    findings: tuple[Finding, ...]


def follow_tombstones(merged_into: Mapping[str, str], known: Collection[str]) -> tuple[dict[str, str], tuple[Finding, ...]]:
    """Return tombstone → final survivor, chains followed.

    A tombstone that points at a row which the export lacks, or that runs in a circle, is followed nowhere and reported.
    """
    followed, lost, circular = {}, [], []
    for start in sorted(merged_into, key=sort_key):
        path = [start]
        while path[-1] in merged_into and merged_into[path[-1]] not in path:
            path.append(merged_into[path[-1]])
        if path[-1] in merged_into:
            circular.append(start)
        elif path[-1] not in known:
            lost.append(start)
        else:
            followed[start] = path[-1]
    findings = []
    if lost:
        message = (
            f"{number_of(len(lost), 'patient is marked as merged into one', 'patients are marked as merged into ones')} "
            "that the export lacks, and so not merged."
        )
        findings.append(_finding("merged-into-missing", Severity.WARNING, message, lost))
    if circular:
        message = (
            f"{number_of(len(circular), 'patient is', 'patients are')} "
            "marked as merged in a circle; none of these merges is followed: decide who survives."
        )
        findings.append(_finding("merged-in-a-circle", Severity.WARNING, message, circular))
    return followed, tuple(findings)


def join_clusters(
    keys: Collection[str],
    certain: Iterable[tuple[str, str]],
    automatic: Iterable[tuple[str, str]],
    apart: Collection[tuple[str, str]],
    birth_dates: Mapping[str, str],
    rank: Mapping[str, tuple],
) -> Clusters:
    """Return the survivor of every key.

    `certain` pairs (decided by people, or tombstones) are joined whatever they say. `automatic` pairs are joined only where
    the whole cluster then holds one birth date at most and nobody decided two of its members to be `apart`; where it does
    not, those that agree on a known birth date still are, the rest is refused. `rank` orders the members of a cluster: the
    lowest survives.
    """
    decided = Groups()
    for left, right in certain:
        decided.join(left, right)
    automatic = sorted(automatic, key=lambda pair: (sort_key(pair[0]), sort_key(pair[1])))
    refused = dict.fromkeys(sorted({*automatic} & {*apart}), "decided to be different persons")
    candidates = [pair for pair in automatic if pair not in refused]
    groups = _joined(certain, candidates)
    bad = _conflicts(groups, keys, birth_dates, apart, decided)
    for pair in candidates:
        why = bad.get(groups.find(pair[0]))
        if why and not (why is TWO_DATES and birth_dates.get(pair[0]) and birth_dates.get(pair[0]) == birth_dates.get(pair[1])):
            refused[pair] = why
    groups = _joined(certain, [pair for pair in candidates if pair not in refused])
    survivors: dict[str, str] = {}
    for members in groups.members(keys).values():
        best = min(members, key=lambda key: rank[key])
        survivors |= dict.fromkeys(members, best)
    contradicted = sorted({key for pair in apart if survivors.get(pair[0], pair[0]) == survivors.get(pair[1], pair[1]) for key in pair})
    findings = []
    if contradicted:
        message = (
            f"{number_of(len(contradicted), 'patient is', 'patients are')} "
            "decided to be different from somebody that other decisions call the same: mend the decisions."
        )
        findings.append(_finding("identity-contradiction", Severity.CRITICAL, message, contradicted))
    return Clusters(survivors, refused, tuple(findings))


def survivor_rank(patients: pd.DataFrame) -> dict[str, tuple]:
    """Return key → what decides who represents a cluster: rows not merged, deleted or archived first, then the oldest
    (creation time, unknown last), then the smallest id: none of it changes when the cluster grows."""
    not_current = patients["status"].isin(NOT_CURRENT) | patients["archived"].fillna(False) | patients["merged_into_id"].notna()
    created = patients["created_at"].dt.strftime("%Y-%m-%dT%H:%M:%S").fillna("9999")
    return {key: (bool(old), c, sort_key(key)) for key, old, c in zip(patients["_key"], not_current, created, strict=True)}


TWO_DATES = "the cluster would join two birth dates"
DECIDED_APART = "the cluster would join two patients decided to be different"


def _joined(certain: Iterable[tuple[str, str]], automatic: Iterable[tuple[str, str]]) -> Groups:
    groups = Groups()
    for left, right in (*certain, *automatic):
        groups.join(left, right)
    return groups


def _conflicts(
    groups: Groups, keys: Collection[str], birth_dates: Mapping[str, str], apart: Collection[tuple[str, str]], decided: Groups
) -> dict[str, str]:
    bad = {}
    for root, members in groups.members(keys).items():
        if len({birth_dates[key] for key in members if birth_dates.get(key)}) > 1:
            bad[root] = TWO_DATES
    for left, right in apart:
        if groups.find(left) == groups.find(right) and decided.find(left) != decided.find(right):
            bad[groups.find(left)] = DECIDED_APART
    return bad


def _finding(code: str, severity: Severity, message: str, keys: list[str]) -> Finding:
    return Finding(code, severity, message, "patients", count=len(keys), keys=tuple(keys[:20]))
