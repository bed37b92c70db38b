"""Printed accounts: one table of invoices, their lines, receipts and credits → a table of each.

The rows of an account are known by two things that must hold to the cent: the lines below a movement add up to it, or the running
balance goes from row to row by what the row debits and credits. Where neither does, the table stays as it is.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import permutations

import pyarrow as pa

from .carried import blocks_of
from .cells.money import parse_money
from .header import Header, fold, name_columns
from .layout import is_amount
from .sheet import Sheet

PROVEN = 0.9
"""Least share of sums or steps of the balance that must be right."""
STRAY = 0.05
"""Most of the movements that may hold an amount where only their lines should."""
KINDS = 8
"""Most kinds of movements."""
LINES, REMARKS, TAKEN_BACK = "lines", "remarks", "taken back"
_REFERENCE = re.compile(r"(?P<word>[^\W\d_][^\W\d_. ]{0,19}\.?)?[\s#:.-]*(?P<number>[A-Z]{0,4}-?\d[\w/-]{0,20})?", re.IGNORECASE)
_KIND = re.compile(r"[^\W\d_]{2,20}(?=[\s:#.-]|$)")
_NUMBER = re.compile(r"(?<![\w/-])(?P<number>[A-Z]{0,4}-?\d[\w/-]{0,20})(?![\w.,]*\d)", re.IGNORECASE)
_ITEM = re.compile(r"\d{3}[A-Z]?\b")
_BALANCE = re.compile(r"\b(?:balance|bal|owing|outstanding|running)\b", re.IGNORECASE)
_BRACKETS = re.compile(r"\((?P<label>paid by|for|by|from|per|to)\s+(?P<value>[^()]{1,80})\)", re.IGNORECASE)
_PREPOSITION = re.compile(r"(?:\b(?:for|of|to|from|on|against|used|applied|replaces|re)\b[\s:]*)+$", re.IGNORECASE)
_STATED = re.compile(r":\s*(?P<amount>[$]?[\d,]+\.\d\d)\s*$")


@dataclass(frozen=True)
class _Grid:
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
class _Account:
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
        found = _NUMBER.search(text) if self.in_words else _REFERENCE.fullmatch(text)
        return (found["number"] or "") if found else ""


@dataclass(frozen=True)
class Witness:
    """What the report says of itself: how many sums of lines and steps of the balance there are, and how many hold."""

    lines: int = 0
    lines_right: int = 0
    steps: int = 0
    steps_right: int = 0


def part_movements(sheet: Sheet, apart: bool | None = None) -> tuple[list[Sheet], Witness]:
    """Return a sheet of each kind of row, the sheet alone where it is no account; `apart`: False keeps it together."""
    if apart is False or len(sheet.table) < 2 or len(sheet.own) < 4 or not (apart or _may_be_account(sheet)):
        return [sheet], Witness()
    grid = _grid(sheet)
    for reference in grid.names[:4]:
        account, witness = _account(grid, reference, apart is True)
        if account is not None:
            return _parts(sheet, grid, account), witness
    account, witness = _account_in_words(grid, apart is True)
    return (_parts(sheet, grid, account) if account is not None else [sheet]), witness


def _may_be_account(sheet: Sheet) -> bool:
    """Return whether a closer look is worth it: a balance, or a reference that many rows lack; most tables have neither."""
    if any(_BALANCE.search(name) for name in sheet.own):
        return True
    for name in sheet.own[:4]:
        column = sheet.table.column(name)
        some = [value for value in column.slice(0, 500).to_pylist() if value][:50]
        if 0 < column.null_count < len(column) and some and all(_REFERENCE.fullmatch(value.strip()) for value in some):
            return True
    return False


def _grid(sheet: Sheet) -> _Grid:
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
    return _Grid(tuple(sheet.own), text, cents, blocks_of(sheet), balances)


# -- what the rows are --------------------------------------------------------------------------------------------------


def _account(grid: _Grid, reference: str, wanted: bool) -> tuple[_Account | None, Witness]:
    """Return the account whose movements are known by this column, None where the sums do not prove it."""
    cells = grid.text[reference]
    movements = [row for row, cell in enumerate(cells) if cell]
    matched = [_REFERENCE.fullmatch(cells[row]) for row in movements]
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
    account = _Account(reference, movements, details, remarks, debit, credit, balance, words)
    _take_back(grid, account)
    return account, witness


def _account_in_words(grid: _Grid, wanted: bool) -> tuple[_Account | None, Witness]:
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
        if name in grid.cents or not all(_KIND.match(grid.text[name][row]) for row in movements):
            continue
        words = {row: _KIND.match(grid.text[name][row])[0].capitalize() for row in movements}  # type: ignore[index]
        if not 2 <= len(set(words.values())) <= KINDS or not _keep_sides(grid, words, debit, credit):
            continue
        inside, above, details = set(movements), -1, dict[int, int]()
        for row in every:
            above = row if row in inside else above
            if row not in inside and above >= 0 and grid.blocks[row] == grid.blocks[above] and _ITEM.match(grid.text[name][row]):
                details[row] = above
        remarks = [row for row in every if row not in inside and row not in details]
        account = _Account(name, movements, details, remarks, debit, credit, balance, words, in_words=True)
        return account, witness
    return None, witness


def _keep_sides(grid: _Grid, words: Mapping[int, str], debit: str, credit: str) -> bool:
    """Return whether the movements of a kind nearly all stand on one side: a word that stands on both says nothing."""
    counts: Counter[tuple[str, bool]] = Counter()
    for row, word in words.items():
        counts[word, (grid.cents[debit][row] or 0) - ((grid.cents[credit][row] or 0) if credit else 0) >= 0] += 1
    return sum(max(counts[word, True], counts[word, False]) for word in set(words.values())) >= PROVEN * len(words)


def _sides(grid: _Grid, movements: Sequence[int]) -> tuple[str, str, str, int, int]:
    """Return the columns of debits, credits and the running balance that agree best, with the steps of the balance and the right ones.

    "" where there are none.
    """
    best = ("", "", "", 0, 0)
    for balance in (name for name in grid.cents if _BALANCE.search(name)):
        others = [name for name in grid.cents if name != balance and any(grid.cents[name][row] is not None for row in movements)]
        for debit, credit in (*permutations(others, 2), *((name, "") for name in others)):
            steps, right = _steps(grid, debit, credit, balance)
            if steps and right >= PROVEN * steps and right > best[4]:
                best = (debit, credit, balance, steps, right)
    return best


def _steps(grid: _Grid, debit: str, credit: str, balance: str) -> tuple[int, int]:
    """Return how often the balance goes from one row to the next, and how often by what the row debits less what it credits."""
    steps = right = 0
    last: tuple[int, int] | None = None
    moved = 0
    for row in range(len(grid) + 1):
        here: list[tuple[int, int | None, int]] = [(block, cents, 0) for block, cents in grid.balances.get(row, ())]
        if row < len(grid):
            change = (grid.cents[debit][row] or 0) - ((grid.cents[credit][row] or 0) if credit else 0)
            here.append((grid.blocks[row], grid.cents[balance][row], change))
        for block, now, change in here:
            if last is not None and last[0] != block:
                last, moved = None, 0
            moved += change
            if now is None:
                continue
            if last is not None:
                steps += 1
                right += now - last[1] == moved
            last, moved = (block, now), 0
    return steps, right


def _details(grid: _Grid, movements: Sequence[int]) -> tuple[dict[int, int], str]:
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


def _sums(grid: _Grid, details: Mapping[int, int], amount: str, sides: Iterable[str]) -> dict[int, bool]:
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


def _whole(grid: _Grid, movements: Sequence[int]) -> str:
    """Return the column of amounts that most movements fill."""
    counts = Counter(
        {name: sum(cents[row] is not None for row in movements) for name, cents in grid.cents.items() if not _BALANCE.search(name)}
    )
    return counts.most_common(1)[0][0] if counts and counts.most_common(1)[0][1] else ""


def _by_side(grid: _Grid, movements: Sequence[int], debit: str, credit: str) -> dict[int, str]:
    """References without words: what is debited is a charge, what is credited a payment."""

    def net(row: int) -> int:
        return (grid.cents[debit][row] or 0) - ((grid.cents[credit][row] or 0) if credit else 0)

    return {row: "charges" if net(row) >= 0 else "payments" for row in movements}


def _take_back(grid: _Grid, account: _Account) -> None:
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


# -- a table of each kind -----------------------------------------------------------------------------------------------


def _parts(sheet: Sheet, grid: _Grid, account: _Account) -> list[Sheet]:
    kinds = list(dict.fromkeys(account.words[row] for row in account.movements))
    said = _Sayings(grid, account, _words_column(grid, account), kinds)
    parts = []
    for kind in kinds:
        rows = [row for row in account.movements if account.words[row] == kind and row not in account.taken_back]
        lines = [row for row, parent in account.details.items() if account.words[parent] == kind]
        parts += [
            _part(sheet, kind, rows, said.of(rows, kind)),
            _part(sheet, f"{kind} {LINES}", lines, _of_parents(grid, account, lines)),
        ]
    back = sorted(account.taken_back)
    parts += [_part(sheet, TAKEN_BACK, back, said.of(back, "")), _part(sheet, REMARKS, account.remarks, said.of(account.remarks, ""))]
    return [part for part in parts if len(part.table)]


Columns = dict[str, list[str]]


@dataclass(frozen=True)
class _Sayings:
    """What a movement's own cells say beyond themselves."""

    grid: _Grid
    account: _Account
    column: str
    """The column of words, "" where there is none."""
    kinds: Sequence[str]

    def of(self, rows: Sequence[int], kind: str) -> Columns:
        """Return further columns of these rows: the reference's number, the movement's amount, what was taken back, what its text names."""
        grid, account = self.grid, self.account
        numbers = [account.number(grid.text[account.reference][row]) for row in rows]
        found: Columns = {f"{account.reference} (number)": numbers} if kind else {}
        if account.credit and kind:
            net = {row: (grid.cents[account.debit][row] or 0) - (grid.cents[account.credit][row] or 0) for row in rows}
            sign = 1 if sum(value > 0 for value in net.values()) * 2 >= len(rows) else -1
            name = f"{account.debit} less {account.credit}" if sign > 0 else f"{account.credit} less {account.debit}"
            found[name] = [f"{sign * net[row] / 100:.2f}" for row in rows]
        if kind:
            gone = set(account.taken_back.values())
            found["Taken back"] = ["void" if row in gone else "" for row in rows]
        if self.column:
            texts = [grid.text[self.column][row] for row in rows]
            found |= self._texts(texts, [grid.text[account.reference][row] for row in rows])
        return found

    def _texts(self, texts: Sequence[str], own: Sequence[str]) -> Columns:
        named = [kind for kind in self.kinds if kind]
        label = self.column
        mention = (
            re.compile(rf"\b({'|'.join(map(re.escape, named))})\.?[\s#:-]*([A-Z]{{0,4}}-?\d[\w/-]*)", re.IGNORECASE) if named else None
        )
        columns: Columns = {f"{label} ({word})": [] for word in ("word", "rest", "amount", "paid by", *named)}
        for text, reference in zip(texts, own, strict=True):
            rest, said = text, dict.fromkeys(columns, "")
            for found in _BRACKETS.finditer(text):
                if found["label"].casefold() == "paid by":
                    said[f"{label} (paid by)"] = found["value"].strip()
            rest = _BRACKETS.sub("", rest)
            if stated := _STATED.search(rest):
                said[f"{label} (amount)"], rest = stated["amount"], rest[: stated.start()]
            if mention:
                for found in mention.finditer(rest):
                    word = next(one for one in named if one.casefold() == found[1].casefold())
                    if self.account.number(reference) != found[2] or _word(reference).casefold() != word.casefold():
                        said[f"{label} ({word})"] = said[f"{label} ({word})"] or found[2]
                first = mention.search(rest)
                rest = _PREPOSITION.sub("", rest[: first.start()]).strip() if first else rest
            word, _, after = rest.strip(" -–:").partition(" ")
            said[f"{label} (word)"], said[f"{label} (rest)"] = word.strip(" -–:"), after.strip(" -–:")
            for name, value in said.items():
                columns[name].append(value)
        return columns


def _words_column(grid: _Grid, account: _Account) -> str:
    """Return the column of the longest texts, "" where none holds more than names and numbers."""
    plain = [name for name in grid.names if name not in grid.cents and (account.in_words or name != account.reference)]
    texts = {name: [grid.text[name][row] for row in account.movements if grid.text[name][row]] for name in plain}
    lengths = {name: sum(map(len, cells)) for name, cells in texts.items() if cells and 2 * sum(map(_says_something, cells)) > len(cells)}
    return max(lengths, key=lambda name: lengths[name]) if lengths else ""


def _says_something(text: str) -> bool:
    """Return whether a text is more than a name: it begins with a word and goes on, without a comma behind that."""
    return bool(_KIND.match(text)) and " " in text


def _of_parents(grid: _Grid, account: _Account, lines: Sequence[int]) -> Columns:
    reference = [grid.text[account.reference][account.details[row]] for row in lines]
    numbers = {f"{account.reference} (number)": [account.number(one) for one in reference]}
    return numbers if account.in_words else {account.reference: reference} | numbers


def _part(sheet: Sheet, suffix: str, rows: Sequence[int], columns: Columns) -> Sheet:
    """Return the sheet with these rows only, and with these columns changed or added."""
    table = sheet.table.take(pa.array(sorted(rows), pa.int64()))
    order = {row: place for place, row in enumerate(rows)}
    header = sheet.header
    for name, values in columns.items():
        cells = pa.array([values[order[row]] or None for row in sorted(rows)], pa.large_string())
        if name in table.column_names:
            table = table.set_column(table.column_names.index(name), name, cells)
            continue
        name = name_columns([*header.names, name])[-1] if fold(name) in map(fold, header.names) else name
        header = _with(header, name)
        table = table.append_column(name, cells)
    return replace(sheet, table=table, header=header, part=suffix)


def _with(header: Header, name: str) -> Header:
    return replace(header, names=(*header.names, name), cells=(*header.cells, name))


def _word(reference: str) -> str:
    found = _REFERENCE.fullmatch(reference)
    return (found["word"] or "").rstrip(".") if found else ""
