"""Printed accounts: one table of invoices, their lines, receipts and credits → a table of each.

Where nothing proves what the rows are (accounts.py), the table stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import pyarrow as pa

from .accounts import KIND, REFERENCE, Account, Grid, Witness, account_by, account_in_words, grid_of, may_be_account
from .header import Header, fold, name_columns
from .ledgers import Ledger, further_columns, ledger_of, may_be_ledger
from .sheet import Sheet

_SIDE = re.compile(r"(debit|dr|charge|credit|cr|payment)s?\b")
"""What the two sides of a ledger are called, folded."""
LINES, REMARKS, TAKEN_BACK = "lines", "remarks", "taken back"
INVOICES, PAYMENTS = "invoices", "payments"
"""What the parts of a ledger are called."""
_BRACKETS = re.compile(r"\((?P<label>paid by|for|by|from|per|to)\s+(?P<value>[^()]{1,80})\)", re.IGNORECASE)
_PREPOSITION = re.compile(r"(?:\b(?:for|of|to|from|on|against|used|applied|replaces|re)\b[\s:]*)+$", re.IGNORECASE)
_STATED = re.compile(r":\s*(?P<amount>[$]?[\d,]+\.\d\d)\s*$")


def part_movements(sheet: Sheet, apart: bool | None = None) -> tuple[list[Sheet], Witness]:
    """Return a sheet of each kind of row, the sheet alone where it is no account; `apart`: False keeps it together."""
    if apart is False or len(sheet.table) < 2 or len(sheet.own) < 4:
        return [sheet], Witness()
    printed, ledger = apart or may_be_account(sheet), may_be_ledger(sheet)
    if not (printed or ledger):
        return [sheet], Witness()
    grid = grid_of(sheet)
    for reference in grid.names[:4] if printed else ():
        account, witness = account_by(grid, reference, apart is True)
        if account is not None:
            return _parts(sheet, grid, account), witness
    account, witness = account_in_words(grid, apart is True) if printed else (None, Witness())
    if account is not None:
        return _parts(sheet, grid, account), witness
    found = ledger_of(grid) if ledger else None
    return (_parts_of_ledger(sheet, grid, found), found.witness) if found is not None else ([sheet], witness)


def _parts_of_ledger(sheet: Sheet, grid: Grid, ledger: Ledger) -> list[Sheet]:
    rest = sorted(set(range(len(sheet.table))) - {*ledger.charges, *ledger.receipts})
    parts = [_part(sheet, REMARKS, rest, {})] if rest else []
    for kind, rows in ((INVOICES, ledger.charges), (PAYMENTS, ledger.receipts)):
        if not rows:
            continue
        columns = further_columns(ledger, grid, rows, kind == PAYMENTS)
        parts.append(without_columns(_part(sheet, kind, rows, columns), set(ledger.spent) - set(columns)))
    return parts


def _parts(sheet: Sheet, grid: Grid, account: Account) -> list[Sheet]:
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
    return [_without(part, account) for part in parts if len(part.table)]


Columns = dict[str, list[str]]


@dataclass(frozen=True)
class _Sayings:
    """What a movement's own cells say beyond themselves."""

    grid: Grid
    account: Account
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
            found[_one_amount(account)[sign < 0]] = [f"{sign * net[row] / 100:.2f}" for row in rows]
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


def _words_column(grid: Grid, account: Account) -> str:
    """Return the column of the longest texts, "" where none holds more than names and numbers."""
    plain = [name for name in grid.names if name not in grid.cents and (account.in_words or name != account.reference)]
    texts = {name: [grid.text[name][row] for row in account.movements if grid.text[name][row]] for name in plain}
    lengths = {name: sum(map(len, cells)) for name, cells in texts.items() if cells and 2 * sum(map(_says_something, cells)) > len(cells)}
    return max(lengths, key=lambda name: lengths[name]) if lengths else ""


def _says_something(text: str) -> bool:
    """Return whether a text is more than a name: it begins with a word and goes on, without a comma behind that."""
    return bool(KIND.match(text)) and " " in text


def _of_parents(grid: Grid, account: Account, lines: Sequence[int]) -> Columns:
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


def _without(part: Sheet, account: Account) -> Sheet:
    """Return a sheet whose rows have one amount made of debit and credit without these, and without the running balance: it is of no
    row. Columns that are called otherwise (`Net`, `Paid` of an invoice) stay: they may be what their names say."""
    called = all(_SIDE.match(fold(name or "")) for name in (account.debit, account.credit))
    if not called or not any(name in part.table.column_names for name in _one_amount(account)):
        return part
    return without_columns(part, (account.debit, account.credit, account.balance))


def without_columns(part: Sheet, names: Iterable[str]) -> Sheet:
    """Return a sheet without these columns, of which it may lack some."""
    gone = [name for name in names if name in part.table.column_names]
    kept = [(name, cell) for name, cell in zip(part.header.names, part.header.cells, strict=True) if name not in gone]
    header = replace(part.header, names=tuple(name for name, _ in kept), cells=tuple(cell for _, cell in kept))
    own = tuple(name for name in part.own if name not in gone)
    return replace(part, table=part.table.drop_columns(gone), header=header, own=own)


def _one_amount(account: Account) -> tuple[str, str]:
    """Return what the column of one amount is called where most rows debit, and where most credit."""
    return f"{account.debit} less {account.credit}", f"{account.credit} less {account.debit}"


def _with(header: Header, name: str) -> Header:
    return replace(header, names=(*header.names, name), cells=(*header.cells, name))


def _word(reference: str) -> str:
    found = REFERENCE.fullmatch(reference)
    return (found["word"] or "").rstrip(".") if found else ""
