"""Rows of one key: the same row again, versions of one thing, rows of two tables to be joined, or two things under one id.

Of versions, the one counts that is known to be the latest; where nothing says which is, the rows wait and a person decides, file by
file. Rows of two tables are joined field by field: what a row does not say erases nothing that another says.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

import pandas as pd

from migkit.model.canonical import CanonicalTable
from migkit.model.messages import Message
from migkit.model.outcomes import Outcome

from .carry import JOINED
from .derive import FOLLOWING, derive
from .keys import OWN, joined_text, normalise
from .log import Log, labels
from .named import own_name
from .origins import DECIDED, EVIDENCE, Order, Place, undecided_pairs
from .stack import file_order

_DAYS = ("date", "at", "start_at")
"""Fields of the day on which something was."""
_NO_CHANCE = 2
"""Shared numbers from which two files of days of their own count anew, whatever says that one of them is later."""
STATED_ELSEWHERE = ("modified_at",)
"""Fields in which versions differ without being two versions of anything."""

_ACTIVE = re.compile(r"\b(?:active|current)\b", re.IGNORECASE)
_NAME_PARTS = ("first_name", "middle_name", "last_name")


@dataclass
class Choices:
    """What became of the rows of several keys, to be written down together."""

    overlapping: frozenset[frozenset[str]] = frozenset()
    """Pairs of files that show a row of one key alike: they repeat each other."""
    winners: dict[int, int] = field(default_factory=dict)
    """Row → the row that counts instead."""
    again: list[int] = field(default_factory=list)
    stale: list[int] = field(default_factory=list)
    joined: list[int] = field(default_factory=list)
    evidence: Counter[str] = field(default_factory=Counter)
    begun_anew: Mapping[frozenset[str], int] = field(default_factory=dict)
    """Pairs of files, each of days of its own, that share numbers all the same → how many: the numbers begin anew."""
    two_things: list[str] = field(default_factory=list)
    renumbered: dict[tuple[str, str], list[int]] = field(default_factory=lambda: defaultdict(list))
    """Pair of files that each number from their beginning → rows."""
    undecided: dict[tuple[str, str], list[int]] = field(default_factory=lambda: defaultdict(list))
    conflicts: dict[tuple[str, str, str], list[str]] = field(default_factory=lambda: defaultdict(list))
    """(field, file, other file) → keys."""


def choose_versions(
    frame: pd.DataFrame, held: pd.Series, spec: CanonicalTable, homes: Mapping[str, str], order: Order, log: Log
) -> tuple[pd.DataFrame, pd.Series]:
    """Return the frame with one row per key among those that go on, and the reasons for which rows wait, also for those here.

    `homes`: file → source table. Rows whose key waits already are left alone.
    """
    is_doubled = frame["_key"].duplicated(keep=False)
    if not is_doubled.any():
        return frame, held
    doubled = frame[is_doubled]
    content = joined_text(doubled, [name for name in frame.columns if name not in (*OWN, *STATED_ELSEWHERE)])
    files = {file: file_order(file) for file in doubled["_file"].astype(str).unique()}
    placed = sorted(
        (str(key), files[str(file)], int(line), row)
        for key, file, line, row in zip(doubled["_key"], doubled["_file"], doubled["_line"], doubled.index, strict=True)
    )
    groups: dict[str, list[int]] = defaultdict(list)
    for key, _, _, row in placed:
        groups[key].append(row)
    choices = Choices(_overlapping(doubled, content), begun_anew=_begun_anew(frame, doubled))
    frame, held = frame.copy(), held.copy()
    for key, rows in groups.items():
        if held[rows].notna().all() and content[rows].nunique() > 1:
            continue
        _settle_key(key, rows, frame, held, content, spec, homes, order, choices)
    _write_down(frame, spec, choices, log)
    dropped = [*choices.again, *choices.stale, *choices.joined]
    return frame.drop(index=dropped), held.drop(index=dropped)


def places(frame: pd.DataFrame, rows: Iterable[int]) -> list[Place]:
    """Return where rows stand and when they say that they were modified."""
    modified = frame["modified_at"] if "modified_at" in frame else pd.Series(pd.NaT, index=frame.index)
    return [
        Place(str(frame.at[row, "_file"]), int(frame.at[row, "_line"]), None if pd.isna(moment := modified[row]) else moment)
        for row in rows
    ]


def at(frame: pd.DataFrame, row: int) -> str:
    """Return `file:line` of a row."""
    return f"{frame.at[row, '_file']}:{frame.at[row, '_line']}"


def _settle_key(
    key: str,
    rows: list[int],
    frame: pd.DataFrame,
    held: pd.Series,
    content: pd.Series,
    spec: CanonicalTable,
    homes: Mapping[str, str],
    order: Order,
    choices: Choices,
) -> None:
    distinct = list({content[row]: row for row in reversed(rows)}.values())
    home = {row: homes.get(str(frame.at[row, "_file"]), "") for row in distinct}
    pairs = list(combinations(distinct, 2))
    two_things = any(_two_things(frame, spec, a, b) or (home[a] != home[b] and _other_people(frame, spec, a, b)) for a, b in pairs)
    anew = [] if two_things else [pair for pair in pairs if _restarted(frame, order, *pair, choices)]
    if two_things or anew:
        if two_things:
            choices.two_things.append(key)
        for pair in anew:
            one, other = sorted(str(frame.at[row, "_file"]) for row in pair)
            choices.renumbered[one, other] += pair
        held[rows] = Message.of("id-used-twice", places=tuple(at(frame, row) for row in rows))
        return
    tables: dict[str, list[int]] = defaultdict(list)
    for row in rows:
        tables[homes.get(str(frame.at[row, "_file"]), "")].append(row)
    kept: list[int] = []
    for versions in tables.values():
        winner = _latest(versions, frame, content, order, choices)
        if winner is None:
            held[rows] = _waits(frame, rows)
            return
        kept.append(winner)
    if len(kept) > 1 and not _join(key, kept, frame, spec, order, choices):
        held[rows] = _waits(frame, rows)


def _waits(frame: pd.DataFrame, rows: Sequence[int]) -> Message:
    return Message.of("undecided-version", places=tuple(at(frame, row) for row in rows))


def _two_things(frame: pd.DataFrame, spec: CanonicalTable, a: int, b: int) -> bool:
    """Rows that both say who or what they are and agree in nothing of it cannot be versions of one thing."""
    if not spec.identity:
        return False
    pairs = [(name, frame.at[a, name], frame.at[b, name]) for name in spec.identity]
    return all(pd.notna(one) and pd.notna(other) and _words(name, one) != _words(name, other) for name, one, other in pairs)


def _other_people(frame: pd.DataFrame, spec: CanonicalTable, a: int, b: int) -> bool:
    """Rows of two tables whose names have no word in common are of two people, unless both say the same birth date: suppliers and
    contacts are numbered from 1 too."""
    if not {"full_name", "birth_date"} <= set(spec.identity):
        return False
    one, other = (frame.at[row, "full_name"] for row in (a, b))
    if pd.isna(one) or pd.isna(other) or not _words("full_name", one).isdisjoint(_words("full_name", other)):  # type: ignore[attr-defined]
        return False
    return bool(frame.loc[[a, b], "birth_date"].isna().any()) or bool(frame.at[a, "birth_date"] != frame.at[b, "birth_date"])


def _overlapping(frame: pd.DataFrame, content: pd.Series) -> frozenset[frozenset[str]]:
    files = frame["_file"].astype(str).groupby([frame["_key"], content]).agg(set)
    return frozenset(frozenset(pair) for some in files if len(some) > 1 for pair in combinations(sorted(some), 2))


def _restarted(frame: pd.DataFrame, order: Order, a: int, b: int, choices: Choices) -> bool:
    """Rows whose numbers begin anew in each period's file: the later one is of a day after the earlier one's file had ended.

    Where the names of files say no period, their rows' days do. Where neither row says its day, the periods of the files are all that is
    known of it: other money is another thing, unless the two files repeat rows of each other.
    """
    files = [str(frame.at[row, "_file"]) for row in (a, b)]
    later, evidence = order.compare(*places(frame, (a, b)))
    if evidence == DECIDED:
        return False
    if choices.begun_anew.get(frozenset(files), 0) >= (_NO_CHANCE if later else 1):
        return True
    known = [(order.origins[file].end, row) for file, row in zip(files, (a, b), strict=True) if file in order.origins]
    ends = [(end, row) for end, row in known if end is not None]
    day = _day_of(frame)
    if len(ends) < len((a, b)) or ends[0][0] == ends[1][0] or day is None:
        return False
    (end, first), (_, last) = sorted(ends)
    one, other = frame.at[first, day], frame.at[last, day]
    if pd.isna(one) and pd.isna(other):
        is_money = "amount" in frame and bool(frame.at[first, "amount"] != frame.at[last, "amount"])
        return is_money and frozenset(files) not in choices.overlapping
    return bool(pd.notna(one) and pd.notna(other) and other.date() > end >= one.date())


def _day_of(frame: pd.DataFrame) -> str | None:
    return next((name for name in _DAYS if name in frame), None)


def _begun_anew(frame: pd.DataFrame, doubled: pd.DataFrame) -> dict[frozenset[str], int]:
    """Return pairs of files that show other days, one before the other, and share at least half of the fewer numbers (`doubled`: their
    rows), with how many: a booking that was moved into another month's file is one number of many."""
    day = _day_of(frame)
    shared = doubled["_file"].astype(str).groupby(doubled["_key"]).unique()
    pairs = {frozenset(pair) for files in shared for pair in combinations(sorted(files), 2)} if day else set()
    if not pairs or day is None:
        return {}
    rows = pd.DataFrame({"file": frame["_file"].astype(str), "key": frame["_key"], "day": frame[day]}).dropna()
    rows = rows[rows["file"].isin({file for pair in pairs for file in pair})]
    shown = {str(file): part.groupby("key")["day"].first() for file, part in rows.groupby("file")}
    counts = {pair: _shared_apart(*(shown[file] for file in pair)) for pair in pairs if pair <= shown.keys()}
    return {pair: count for pair, count in counts.items() if count}


def _shared_apart(one: pd.Series, other: pd.Series) -> int:
    """Return how many numbers two files (key → day) share, at least half of the fewer, where one ends before the other; else 0."""
    count = len(one.index.intersection(other.index))
    return count if (one.max() < other.min() or other.max() < one.min()) and 2 * count >= min(len(one), len(other)) else 0


def _words(name: str, value: object) -> object:
    """Return a value as it is compared: names by their words, whatever the order, case, title and signs."""
    text = normalise(value)
    return frozenset(re.findall(r"\w+", text)) - {"mr", "mrs", "ms", "miss", "dr"} if name.endswith("name") else text


def _latest(rows: list[int], frame: pd.DataFrame, content: pd.Series, order: Order, choices: Choices) -> int | None:
    """Return the row that counts among versions of one table, None where nothing settles which; writes down what the others are."""
    pairs = list(zip(places(frame, rows), (content[row] for row in rows), strict=True))
    place, evidence = order.latest(pairs)
    if place is None:
        for pair in undecided_pairs(order, pairs):
            choices.undecided[pair].extend(rows)
        return None
    newest = next(text for one, text in pairs if one == place)
    winner = next(row for row in rows if content[row] == newest)
    choices.evidence.update(dict.fromkeys(evidence, 1))
    for row in rows:
        if row != winner:
            choices.winners[row] = winner
            (choices.again if content[row] == newest else choices.stale).append(row)
    return winner


def _join(key: str, rows: list[int], frame: pd.DataFrame, spec: CanonicalTable, order: Order, choices: Choices) -> bool:
    """Join rows of several tables into the fullest one, field by field; return whether that can be done without a decision."""
    names = [name for name in frame.columns if name not in (*OWN, *STATED_ELSEWHERE)]
    grid = frame.loc[rows, names].to_numpy(dtype=object)
    cells = {
        name: {row: value for row, value, says in zip(rows, values, filled, strict=True) if says}
        for name, values, filled in zip(names, grid.T, pd.notna(grid).T, strict=True)
    }
    fullest = sorted(rows, key=lambda row: -sum(row in known for known in cells.values()))
    base, spots = fullest[0], dict(zip(rows, places(frame, rows), strict=True))
    values: dict[str, object] = {}
    for name, known in cells.items():
        saying = [row for row in fullest if row in known]
        if not saying or name == spec.key[0]:
            continue
        chosen = saying[0]
        differing = [row for row in saying[1:] if _words(name, known[row]) != _words(name, known[chosen])]
        if differing and not _follows(frame, spec.name, name, [chosen, *differing]):
            place, _ = order.latest([(spots[row], _words(name, known[row])) for row in saying])
            if place is None and not spec.joins:
                one, other = sorted((spots[chosen].file, spots[differing[0]].file))
                choices.undecided[one, other] += rows
                return False
            choices.conflicts[name, spots[chosen].file, spots[differing[0]].file].append(key)
            chosen = next(row for row in saying if spots[row] == place) if place else chosen
        values[name] = known[chosen]
    _tell_active(key, frame, rows, choices)
    for name, value in values.items():
        frame.at[base, name] = value
    moments = [moment for spot in spots.values() if (moment := spot.modified)]
    if moments:
        frame.at[base, "modified_at"] = max(moments)
    if any(_flagged(frame, "status", [row]) for row in rows) and "status" in values:
        frame.at[base, "status"] = pd.NA
        frame.loc[[base]] = derive(spec, frame.loc[[base]], Log())
    for row in rows:
        if row != base:
            choices.winners[row] = base
            choices.joined.append(row)
    for loser, winner in list(choices.winners.items()):
        if winner in choices.winners:
            choices.winners[loser] = choices.winners[winner]
    return True


def _tell_active(key: str, frame: pd.DataFrame, rows: Iterable[int], choices: Choices) -> None:
    """Write down where a patient whom one file calls inactive stands in another one that is called active and says nothing else."""
    said = {str(frame.at[row, "_file"]): frame.at[row, "status"] for row in rows if "status" in frame}
    silent = [file for file, status in said.items() if pd.isna(status)]
    off = [file for file, status in said.items() if file not in silent and status in ("inactive", "archived")]
    active = next((file for file in silent if _ACTIVE.search(own_name(file))), "")
    if off and active:
        choices.conflicts["status", off[0], active].append(key)


def _follows(frame: pd.DataFrame, table: str, name: str, rows: Sequence[int]) -> bool:
    """Return whether a field differs without saying anything else: what follows from others, and the parts of one name read two ways."""
    if name in _NAME_PARTS and "full_name" in frame:
        return len({_words("full_name", frame.at[row, "full_name"]) for row in rows}) == 1
    return name in FOLLOWING.get(table, ()) or _flagged(frame, name, rows)


def _flagged(frame: pd.DataFrame, name: str, rows: Iterable[int]) -> bool:
    """A status that follows from a merge or an archive mark is the mark's, and no conflict with what another table says."""
    if name != "status" or "merged_into_id" not in frame:
        return False
    return any(pd.notna(frame.at[row, "merged_into_id"]) or frame.at[row, "archived"] is True for row in rows)


def _write_down(frame: pd.DataFrame, spec: CanonicalTable, choices: Choices, log: Log) -> None:
    for code, rows, outcome in (
        ("same-row", choices.again, Outcome.REPEATED),
        ("older-version", choices.stale, Outcome.REPEATED),
        (JOINED, choices.joined, Outcome.FOLDED_INTO),
    ):
        reasons = [Message.of(code, place=at(frame, choices.winners[row])) for row in rows]
        log.set_outcome(spec.name, frame.loc[rows], outcome, reasons, [str(frame.at[row, "_key"]) for row in rows])
    log.find("repeated-rows", spec.name, frame.loc[choices.again, "_key"])
    if spec.name == "payments":
        own = frame[spec.key[0]].astype(str).str.startswith("~")
        equal = [row for row in choices.again if own[row] and frame.at[row, "_file"] == frame.at[choices.winners[row], "_file"]]
        log.find("equal-payments", spec.name, labels(frame, equal))
    changed = _changed_fields(frame, choices.stale, choices.winners)
    amounts = any(spec.fields[name].type == "money" for name in changed if name in spec.fields)
    by, code = tuple(name for name in EVIDENCE if choices.evidence[name]), "changed-amount" if amounts else "changed-row"
    log.find(code, spec.name, frame.loc[choices.stale, "_key"], fields=tuple(changed), evidence=by)
    fields = " nor in ".join(spec.fields[name].title for name in spec.identity)
    log.find("id-used-twice", spec.name, choices.two_things, fields=fields)
    for (one, other), rows in sorted(choices.renumbered.items()):
        keys, known = list(dict.fromkeys(str(key) for key in frame.loc[rows, "_key"])), frame.loc[list(dict.fromkeys(rows))]
        log.find("numbers-begin-anew", spec.name, keys, one=one, other=other, fields=_differing(known))
    for pair, rows in sorted(choices.undecided.items()):
        find_undecided(spec.name, pair, frame, rows, log)
    for (name, one, other), keys in sorted(choices.conflicts.items()):
        log.find("conflicting-tables", spec.name, keys, name, one=one, other=other)


def find_undecided(table: str, pair: tuple[str, str], frame: pd.DataFrame, rows: Sequence[int], log: Log) -> None:
    """Write down that a person must say which of two files counts, with the fields in which they differ."""
    keys = list(dict.fromkeys(str(key) for key in frame.loc[list(rows), "_key"]))
    known = frame.loc[list(dict.fromkeys(rows))]
    where = f"{pair[0]} and {pair[1]}" if pair[0] != pair[1] else f"{pair[0]} twice"
    if pair[0] != pair[1]:
        log.find("undecided-version", table, keys, where=where, fields=_differing(known))
    else:
        log.find("undecided-line", table, keys, where=where, fields=_differing(known))


def _differing(rows: pd.DataFrame) -> tuple[str, ...]:
    """Return the fields in which rows of one key differ."""
    keys = rows["_key"].tolist()

    def differs(name: str) -> bool:
        first: dict[str, str] = {}
        return any(first.setdefault(key, text) != text for key, text in zip(keys, map(normalise, rows[name].tolist()), strict=True))

    return tuple(name for name in rows.columns if name not in (*OWN, *STATED_ELSEWHERE) and differs(name))


def _changed_fields(frame: pd.DataFrame, stale: Sequence[int], winners: Mapping[int, int]) -> list[str]:
    """Return the fields in which older versions differ from the rows that count."""
    if not stale:
        return []
    old, now = frame.loc[list(stale)], frame.loc[[winners[row] for row in stale]]
    content = [name for name in frame.columns if name not in OWN]
    return sorted(name for name in content if list(old[name].map(normalise)) != list(now[name].map(normalise)))
