"""Printed accounts: which rows of a report are movements, which are their lines, and what proves it.

Two things must hold to the cent: the lines below a movement add up to it, or the running balance goes from row to row by what the
row debits and credits.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import permutations

from .carried import blocks_of
from .cells.money import parse_money
from .layout import is_amount
from .sheet import Sheet

PROVEN = 0.9
"""Least share of sums or steps of the balance that must be right."""
STRAY = 0.05
"""Most of the movements that may hold an amount where only their lines should."""
KINDS = 8
"""Most kinds of movements."""
REFERENCE = re.compile(r"(?P<word>[^\W\d_][^\W\d_. ]{0,19}\.?)?[\s#:.-]*(?P<number>[A-Z]{0,4}-?\d[\w/-]{0,20})?", re.IGNORECASE)
"""`Inv 1002`, `RCT-9001`, `2001`, `Adj`: a word, a number, or both."""
KIND = re.compile(r"[^\W\d_]{2,20}(?=[\s:#.-]|$)")
"""The word that a text begins with."""
_NUMBER = re.compile(r"(?<![\w/-])(?P<number>[A-Z]{0,4}-?\d[\w/-]{0,20})(?![\w.,]*\d)", re.IGNORECASE)
_ITEM = re.compile(r"\d{3}[A-Z]?\b")
BALANCE = re.compile(r"\b(?:balance|bal|owing|outstanding|running)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Grid:
    """A sheet's own columns as lists of text and of cents, with the block of each row."""

    names: tuple[str, ...]
    text: Mapping[str, list[str]]
    cents: Mapping[str, list[int | None]]
    """Columns whose every value is an amount."""
    blocks: Sequence[int]
    balances: Mapping[int, list[tuple[int, int]]]
    """Row → block and cents of the lines above it that only say what is owed."""

    def __len__(self) -> int:
        return len(self.blocks)


@dataclass
class Account:
    """What the rows of an account are."""

    reference: str
    movements: list[int]
    details: dict[int, int]
    """Line → the movement that it belongs to."""
    remarks: list[int]
    debit: str
    credit: str
    """"" where one column holds both, credits negative."""
    balance: str
    words: dict[int, str]
    """Movement → its kind."""
    taken_back: dict[int, int] = field(default_factory=dict)
    """Movement that takes back → the one that it takes back."""
    in_words: bool = False
    """Whether the reference stands within a text."""

    def number(self, text: str) -> str:
        """Return the number of a reference."""
        found = _NUMBER.search(text) if self.in_words else REFERENCE.fullmatch(text)
        return (found["number"] or "") if found else ""


@dataclass(frozen=True)
class Witness:
    """What the report says of itself: how many sums of lines and steps of the balance there are, and how many hold."""

    lines: int = 0
    lines_right: int = 0
    steps: int = 0
    steps_right: int = 0


def may_be_account(sheet: Sheet) -> bool:
    """Return whether a closer look is worth it: a balance, or a reference that many rows lack; most tables have neither."""
    if any(BALANCE.search(name) for name in sheet.own):
        return True
    for name in sheet.own[:4]:
        column = sheet.table.column(name)
        some = [value for value in column.slice(0, 500).to_pylist() if value][:50]
        if 0 < column.null_count < len(column) and some and all(REFERENCE.fullmatch(value.strip()) for value in some):
            return True
    return False


def grid_of(sheet: Sheet) -> Grid:
    """Return a sheet's cells as text and cents, with the blocks and the stated balances."""
    text = {name: [str(value or "").strip() for value in sheet.table.column(name).to_pylist()] for name in sheet.own}
    cents = {}
    for name, values in text.items():
        spellings = set(values) - {""}
        if spellings and all(map(is_amount, spellings)):  # ends at the first that is none: most columns cost nothing
            known = {value: parse_money(value)[0] for value in spellings}
            cents[name] = [known.get(value) for value in values]
    balances: dict[int, list[tuple[int, int]]] = {}
    for one in sheet.balances:
        stated = parse_money(one.stated)[0]
        if stated is not None:
            block = sum(opening.line < one.line for opening in sheet.openings if not opening.again)
            balances.setdefault(one.rows_above, []).append((block, stated))
    return Grid(tuple(sheet.own), text, cents, blocks_of(sheet), balances)


def account_by(grid: Grid, reference: str, wanted: bool) -> tuple[Account | None, Witness]:
    """Return the account whose movements are known by this column, None where the sums do not prove it."""
    cells = grid.text[reference]
    movements = [row for row, cell in enumerate(cells) if cell]
    matched = [REFERENCE.fullmatch(cells[row]) for row in movements]
    known = {found["word"] or "" for found in matched if found}
    if not movements or not all(matched) or len(known) > KINDS or (reference in grid.cents and len(known) > 1):
        return None, Witness()
    if not any(found and found["number"] for found in matched):
        return None, Witness()
    debit, credit, balance, steps, right = _sides(grid, movements)
    details, amount = _details(grid, movements)
    sums = _sums(grid, details, amount, (debit, credit) if debit else tuple(grid.cents))
    witness = Witness(len(sums), sum(sums.values()), steps, right)
    by_lines = witness.lines >= 2 and witness.lines_right >= PROVEN * witness.lines
    by_balance = steps >= 3 and right >= PROVEN * steps and len(known) > 1
    if not (by_lines or by_balance or wanted):
        return None, witness
    if not by_lines and not wanted:
        details = {}
    inside = set(movements) | set(details)
    remarks = [row for row in range(len(grid)) if row not in inside]
    if not debit:
        debit = _whole(grid, movements)
    if not debit:
        return None, witness
    words = {row: (found["word"] or "").rstrip(".") for row, found in zip(movements, matched, strict=True) if found}
    if set(words.values()) == {""}:
        words = _by_side(grid, movements, debit, credit)
    account = Account(reference, movements, details, remarks, debit, credit, balance, words)
    _take_back(grid, account)
    return account, witness


def account_in_words(grid: Grid, wanted: bool) -> tuple[Account | None, Witness]:
    """Return the account whose movements are known by the first word of a text (`Invoice 2001`, `Payment EFTPOS`) and by the balance.

    None where the balance does not prove it. Rows that move nothing below a movement are its lines where they begin with an item's
    number, remarks else.
    """
    every = range(len(grid))
    debit, credit, balance, steps, right = _sides(grid, every)
    witness = Witness(0, 0, steps, right)
    if not debit or (steps < 3 and not wanted):
        return None, witness
    sides = [side for side in (debit, credit) if side]
    movements = [row for row in every if any(grid.cents[side][row] for side in sides)]
    for name in grid.names:
        if name in grid.cents or not all(KIND.match(grid.text[name][row]) for row in movements):
            continue
        words = {row: KIND.match(grid.text[name][row])[0].capitalize() for row in movements}  # type: ignore[index]
        if not 2 <= len(set(words.values())) <= KINDS or not _keep_sides(grid, words, debit, credit):
            continue
        inside, above, details = set(movements), -1, dict[int, int]()
        for row in every:
            above = row if row in inside else above
            if row not in inside and above >= 0 and grid.blocks[row] == grid.blocks[above] and _ITEM.match(grid.text[name][row]):
                details[row] = above
        remarks = [row for row in every if row not in inside and row not in details]
        account = Account(name, movements, details, remarks, debit, credit, balance, words, in_words=True)
        return account, witness
    return None, witness


def _keep_sides(grid: Grid, words: Mapping[int, str], debit: str, credit: str) -> bool:
    """Return whether the movements of a kind nearly all stand on one side: a word that stands on both says nothing."""
    counts: Counter[tuple[str, bool]] = Counter()
    for row, word in words.items():
        counts[word, (grid.cents[debit][row] or 0) - ((grid.cents[credit][row] or 0) if credit else 0) >= 0] += 1
    return sum(max(counts[word, True], counts[word, False]) for word in set(words.values())) >= PROVEN * len(words)


def _sides(grid: Grid, movements: Sequence[int]) -> tuple[str, str, str, int, int]:
    """Return the columns of debits, credits and the running balance that agree best, with the steps of the balance and the right ones.

    "" where there are none.
    """
    best = ("", "", "", 0, 0)
    for balance in (name for name in grid.cents if BALANCE.search(name)):
        others = [name for name in grid.cents if name != balance and any(grid.cents[name][row] is not None for row in movements)]
        for debit, credit in (*permutations(others, 2), *((name, "") for name in others)):
            steps, right = _steps(grid, debit, credit, balance)
            if steps and right >= PROVEN * steps and right > best[4]:
                best = (debit, credit, balance, steps, right)
    return best


def _steps(grid: Grid, debit: str, credit: str, balance: str) -> tuple[int, int]:
    """Return how often the balance goes from one row to the next, and how often by what the row debits less what it credits.

    It is given up where so many are wrong that the others cannot make up for them: nearly all pairs of a list's amounts mean nothing.
    """
    rows = len(grid)
    debits, credits, balances = grid.cents[debit], grid.cents.get(credit) or [None] * rows, grid.cents[balance]
    bearable = (1 - PROVEN) * (rows + sum(map(len, grid.balances.values())))
    steps = right = 0
    last: tuple[int, int] | None = None
    moved = 0
    for row in range(rows + 1):
        here: list[tuple[int, int | None, int]] = [(block, cents, 0) for block, cents in grid.balances.get(row, ())]
        if row < rows:
            here.append((grid.blocks[row], balances[row], (debits[row] or 0) - (credits[row] or 0)))
        for block, now, change in here:
            if last is not None and last[0] != block:
                last, moved = None, 0
            moved += change
            if now is None:
                continue
            if last is not None:
                steps += 1
                right += now - last[1] == moved
                if steps - right > bearable:
                    return steps, right
            last, moved = (block, now), 0
    return steps, right


def _details(grid: Grid, movements: Sequence[int]) -> tuple[dict[int, int], str]:
    """Return the rows below movements that hold an amount in a column that movements leave empty, and that column."""
    inside = set(movements)
    parents: dict[int, int] = {}
    above = -1
    for row, block in enumerate(grid.blocks):
        above = row if row in inside else above
        if above >= 0 and row not in inside and grid.blocks[above] == block:
            parents[row] = above
    best: tuple[dict[int, int], str] = ({}, "")
    for name, cents in grid.cents.items():
        if sum(cents[row] is not None for row in movements) > STRAY * len(movements):
            continue
        found = {row: parent for row, parent in parents.items() if cents[row] is not None}
        if len(found) >= len(best[0]):
            best = (found, name)
    return best


def _sums(grid: Grid, details: Mapping[int, int], amount: str, sides: Iterable[str]) -> dict[int, bool]:
    """Return movement → whether its lines add up to it. The line's amount is the last column of amounts that does so for most."""
    best: dict[int, bool] = {}
    parents = sorted(set(details.values()))
    for name in grid.cents:
        if amount and any(grid.cents[name][row] is None for row in details):
            continue
        added: Counter[int] = Counter()
        for row, parent in details.items():
            added[parent] += grid.cents[name][row] or 0
        sums = {
            parent: any(abs(grid.cents[side][parent] or 0) == added[parent] for side in sides if side and side != name)
            for parent in parents
        }
        if sum(sums.values()) >= sum(best.values()):
            best = sums
    return best


def _whole(grid: Grid, movements: Sequence[int]) -> str:
    """Return the column of amounts that most movements fill."""
    counts = Counter(
        {name: sum(cents[row] is not None for row in movements) for name, cents in grid.cents.items() if not BALANCE.search(name)}
    )
    return counts.most_common(1)[0][0] if counts and counts.most_common(1)[0][1] else ""


def _by_side(grid: Grid, movements: Sequence[int], debit: str, credit: str) -> dict[int, str]:
    """References without words: what is debited is a charge, what is credited a payment."""

    def net(row: int) -> int:
        return (grid.cents[debit][row] or 0) - ((grid.cents[credit][row] or 0) if credit else 0)

    return {row: "charges" if net(row) >= 0 else "payments" for row in movements}


def _take_back(grid: Grid, account: Account) -> None:
    """A movement under the reference of one above it, on the other side and of the same amount, takes that back."""
    if not account.credit:
        return
    seen: dict[tuple[int, str], int] = {}
    for row in account.movements:
        where = (grid.blocks[row], grid.text[account.reference][row])
        before = seen.get(where)
        if before is None:
            seen[where] = row
        elif (grid.cents[account.debit][row], grid.cents[account.credit][row]) == (
            grid.cents[account.credit][before],
            grid.cents[account.debit][before],
        ):
            account.taken_back[row] = before
