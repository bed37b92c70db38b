"""Ledgers: charges, payments, refunds and adjustments in one table, each row by itself, told apart by a column that says what it is or by
the side on which its amount stands."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from .accounts import BALANCE, PROVEN, Grid, Witness
from .header import fold
from .sheet import Sheet

CHARGE, PAYMENT, REFUND, REVERSAL, ADJUSTMENT, REMARK = "charge", "payment", "refund", "reversal", "credit adjustment", "remark"
"""What a row of a ledger is; all but charges and remarks in the words of a payment's kind."""
OWED, RECEIVED = "Debit less Credit", "Credit less Debit"
"""Columns of what the rows of each part come to."""
KINDS_OF_ROWS = 20
"""Most words that a column of kinds may have."""
_LOOKED_AT = 500
"""Rows that are looked at before the whole table is."""
DEBIT = re.compile(r"(?:debit|dr|charge)(?:s|ed)?\b|amount (?:debit|charge)(?:ed)?$")
CREDIT = re.compile(r"(?:credit|cr|payment|receipt)(?:s|ed)?\b|amount credit(?:ed)?$")
"""What the two sides of a ledger are called, folded."""
_AMOUNT = re.compile(r"(?:[\w ]+ )?(?:amount|amt|value)\b")
_WAY = re.compile(
    r"\b(?:cash|eftpos|eft|cards?|visa|mastercard|amex|cheque|check|chq|hicaps|medicare|bank|direct|transfer|health fund|paypal|afterpay"
    r"|zip|voucher|bpay|payid|tyro|stripe|online)\b",
    re.IGNORECASE,
)
"""Ways of paying, of which one at least stands beside the kinds where that says how money came."""
_SOMEBODY = re.compile(r"\b(?:pat|patients?|patnum|clients?|customers?|guarantor|chart|accounts?|acct)\b|patient|client|customer")
_OF_RECEIPTS = re.compile(r"\b(?:receipt|rct|method|tender|paid by|pay(?:ment)? (?:type|method|mode))\b")
"""Headers of what every row of a list of receipts says, and no charge does."""
_OPENING = re.compile(r"\b(?:opening|previous) balance|balance (?:brought )?forward|\bb/f\b|\bbrought forward", re.IGNORECASE)
_OWN = {
    "Invoice Number": re.compile(
        r"\b(?:invoice|inv)\b\.?[\s#:.-]*(?:no\.?|number)?[\s#:.-]*(?P<number>[A-Z]{0,4}-?\d[\w/-]*)", re.IGNORECASE
    ),
    "Receipt Number": re.compile(
        r"\b(?:receipt|rct|rec)\b\.?[\s#:.-]*(?:no\.?|number)?[\s#:.-]*(?P<number>[A-Z]{0,4}-?\d[\w/-]*)", re.IGNORECASE
    ),
}
"""Column → the number that a text says of a row of a ledger: `Invoice 8801`, `Receipt R12 for invoice 8801`."""
_SAID = tuple(
    (kind, re.compile(rf"\b(?:{words})\b", re.IGNORECASE))
    for kind, words in (
        (REMARK, r"(?:opening|closing|previous) balance|balance (?:brought |carried )?forward|[bc]/f|brought forward|carried forward"),
        (REVERSAL, r"reversals?|reversed|bounced|dishonou?r(?:ed)?|nsf|returned cheque|returned check|charge-?backs?"),
        (REFUND, r"refund(?:s|ed)?|rfn?d"),
        (PAYMENT, r"(?:credit|debit) cards?|(?:direct|bank|eft) credits?"),
        (ADJUSTMENT, r"adjustments?|adj|discounts?|disc|concessions?|allowances?|rebates?|courtesy|goodwill|waive[rd]s?"),
        (ADJUSTMENT, r"writ(?:e|ten)[ -]?offs?|w/?o|w/offs?|bad debts?|uncollectible|credits?|credit notes?|c/?n"),
        (PAYMENT, r"payments?|pmts?|pymts?|receipts?|rct|rec|deposits?|prepayments?|paid"),
        (CHARGE, r"invoices?|inv|charges?|chgs?|procedures?|proc|treatments?|services?|sales?|bills?|fees?"),
    )
)
"""Kind → the words that say it; the first that is found counts: an `Invoice payment` pays, a `Payment reversal` takes back."""


@dataclass(frozen=True)
class Ledger:
    """What the rows of a ledger are, and to how much each comes: positive what is owed more, in cents."""

    kinds: Sequence[str]
    net: Sequence[int]
    spent: tuple[str, ...]
    """Columns that `net` was read from, and the running balance, which is of no row."""
    witness: Witness
    said_by: str
    """The column that says of each row what it is, "" where the sides alone do."""

    @property
    def charges(self) -> list[int]:
        """Rows that bill something: also adjustments that add."""
        return [row for row, kind in enumerate(self.kinds) if kind == CHARGE and self.net[row] >= 0]

    @property
    def receipts(self) -> list[int]:
        """Rows that settle something, or take that back."""
        return [row for row, kind in enumerate(self.kinds) if kind != REMARK and not (kind == CHARGE and self.net[row] >= 0)]

    def kind_of_receipt(self, row: int) -> str:
        """Return what a receipt is in the words of a payment's kind: what adds to the debt takes a payment back, a charge below nothing is
        a credit."""
        kind = self.kinds[row]
        if kind == PAYMENT and self.net[row] > 0:
            return REFUND
        return ADJUSTMENT if kind == CHARGE else kind


def may_be_ledger(sheet: Sheet) -> bool:
    """Return whether a closer look is worth it: both sides are there, or a column says of some rows that they bill, of others that they
    pay."""
    names = [fold(name) for name in sheet.own]
    if any(map(DEBIT.match, names)) and any(map(CREDIT.match, names)):
        return True
    for name in sheet.own:
        some = {str(value).strip() for value in sheet.table.column(name).slice(0, _LOOKED_AT).to_pylist() if value}
        if 1 < len(some) <= KINDS_OF_ROWS and {CHARGE, PAYMENT} <= set(map(kind_said, some)):
            return True
    return False


def kind_said(text: str) -> str:
    """Return what a word says that a row of a ledger is, "" where it says nothing."""
    return next((kind for kind, words in _SAID if words.search(text)), "")


def ledger_of(grid: Grid) -> Ledger | None:
    """Return the ledger that a table is; None where its rows are not both charges and payments, where a word of its kinds is unknown, where
    a kind stands on both sides alike, or where the running balance does not follow.

    The sides alone tell it where each row is somebody's: a bank's statement has both as well. A word beside them that is known all the
    same says what its rows are: what is written off was not received. A list of receipts alone that has two sides is one of receipts and
    refunds.
    """
    said_by = list(_kinds(grid))
    for said, column in said_by:
        for net, spent in _nets(grid, said):
            ledger = _ledger(grid, said, net, spent, column) if {CHARGE, PAYMENT} <= set(said) else None
            ledger = ledger or (_receipts(grid, said, net, spent, column) if CHARGE not in said else None)
            if ledger is not None:
                return ledger
    if said_by or not (len(set(grid.blocks)) > 1 or whose(grid)):
        return None
    for column in _known_in_part(grid):
        for net, spent in _nets(grid, ()):
            ledger = _ledger(grid, _by_words(grid.text[column], net), net, spent, column)
            if ledger is not None and not {CHARGE, PAYMENT, REMARK}.issuperset(ledger.kinds):
                return ledger
    nobody = [""] * len(grid)
    of_receipts = any(_OF_RECEIPTS.search(fold(name)) and all(grid.text[name]) for name in grid.names)
    return next(
        filter(None, ((_receipts if of_receipts else _ledger)(grid, nobody, net, spent, "") for net, spent in _nets(grid, nobody))), None
    )


def _kinds(grid: Grid) -> Iterable[tuple[list[str], str]]:
    """Yield for each column that says of every row what it is these kinds, and the column."""
    for name in grid.names:
        words = set(grid.text[name])
        if "" in words or not 0 < len(words) <= KINDS_OF_ROWS or name in grid.cents:
            continue
        known = {word: kind_said(word) for word in words}
        if not {CHARGE, PAYMENT}.isdisjoint(known.values()) and "" not in known.values():
            yield [known[word] for word in grid.text[name]], name


def _known_in_part(grid: Grid) -> list[str]:
    """Return the columns that say of each row something, of which some words are known, those with most known rows first."""
    known = {name: sum(bool(kind_said(word)) for word in grid.text[name]) for name in grid.names if name not in grid.cents}
    few = [name for name, rows in known.items() if rows and all(grid.text[name]) and len(set(grid.text[name])) <= KINDS_OF_ROWS]
    return sorted(few, key=lambda name: -known[name])


def _by_words(words: Sequence[str], net: Sequence[int]) -> list[str]:
    """Return what each row is by its word, "" where its side alone says it.

    What is debited alone is no payment (`RCT` is a root canal, too). Beside words of payments, a word on the credit side that is neither
    known nor a way of paying is a kind of its own, of which nobody knows whether money came in.
    """
    credited = {word for word, cents in zip(words, net, strict=True) if cents < 0}
    known = {word: kind_said(word) for word in set(words)}
    known |= {word: "" for word, kind in known.items() if kind == PAYMENT and word not in credited}
    if PAYMENT in known.values():
        known |= {word: word for word in credited if not known[word] and not _WAY.search(word)}
    return [kind if kind != word or cents < 0 else "" for word, kind, cents in zip(words, map(known.__getitem__, words), net, strict=True)]


def _receipts(grid: Grid, said: Sequence[str], net: Sequence[int], spent: tuple[str, ...], said_by: str) -> Ledger | None:
    """Return a list of receipts that has a column for what came in and one for what went out, as a ledger without charges."""
    kinds = [kind or (REFUND if cents > 0 else PAYMENT) for kind, cents in zip(said, net, strict=True)]
    came_in = sum(cents < 0 for cents in net)
    if len(spent) < 2 or not 0 < sum(cents > 0 for cents in net) < came_in:
        return None
    return Ledger(kinds, net, (*spent, *([said_by] if said_by else [])), Witness(), said_by)


def _nets(grid: Grid, said: Sequence[str]) -> Iterable[tuple[list[int], tuple[str, ...]]]:
    """Yield what each row comes to, and the columns that say so: those of the two sides, else one of signed amounts beside the kinds."""
    debits = [name for name in grid.cents if DEBIT.match(fold(name))]
    credits = [name for name in grid.cents if CREDIT.match(fold(name))]
    for debit in debits:
        for credit in credits:
            pairs = [(one or 0, other or 0) for one, other in zip(grid.cents[debit], grid.cents[credit], strict=True)]
            if debit != credit and not any(one and other for one, other in pairs):
                yield [one - abs(other) for one, other in pairs], (debit, credit)
    if not any(said):
        return
    for name in grid.cents:
        if _AMOUNT.match(fold(name)) and not BALANCE.search(fold(name)):
            yield _signed(said, [cents or 0 for cents in grid.cents[name]]), (name,)


def _signed(said: Sequence[str], cents: Sequence[int]) -> list[int]:
    """Return amounts as what is owed more. Where charges and payments have the same sign, each kind says its side itself."""
    below = {
        kind: sum((cents[row] > 0) - (cents[row] < 0) for row, one in enumerate(said) if one == kind) < 0 for kind in (CHARGE, PAYMENT)
    }
    if below[CHARGE] != below[PAYMENT]:
        return [-one if below[CHARGE] else one for one in cents]
    return [one if kind == CHARGE else abs(one) if kind in (REFUND, REVERSAL) else -one for kind, one in zip(said, cents, strict=True)]


def _ledger(grid: Grid, said: Sequence[str], net: Sequence[int], spent: tuple[str, ...], said_by: str) -> Ledger | None:
    kinds = [
        kind if kind and not (kind == ADJUSTMENT and cents > 0) else CHARGE if cents > 0 else PAYMENT if cents else REMARK
        for kind, cents in zip(said, net, strict=True)
    ]
    if not {CHARGE, PAYMENT} <= set(kinds):
        return None
    for kind, sign in ((CHARGE, 1), (PAYMENT, -1)):
        sides = [cents * sign > 0 for one, cents in zip(kinds, net, strict=True) if one == kind and cents]
        if not sides or sum(sides) < PROVEN * len(sides):
            return None
    balances = tuple(name for name in grid.cents if BALANCE.search(fold(name)) and name not in spent)
    witness = Witness()
    for balance in balances:
        opened = _opened(grid, net, kinds, balance)
        proven = _witness(grid, opened, balance)
        if proven.steps_right >= witness.steps_right:
            witness, net = proven, opened
    if witness.steps_right < PROVEN * witness.steps:
        return None
    kinds = [_of_opening(cents) if kind == REMARK and cents else kind for kind, cents in zip(kinds, net, strict=True)]
    return Ledger(kinds, net, (*spent, *balances, *([said_by] if said_by else [])), witness, said_by)


def _opened(grid: Grid, net: Sequence[int], kinds: Sequence[str], balance: str) -> list[int]:
    """Return what the rows come to, where those that open an account (`Opening balance`) come to the balance beside them."""
    return [
        cents
        if cents or kind != REMARK or not any(_OPENING.search(grid.text[name][row]) for name in grid.names)
        else grid.cents[balance][row] or 0
        for row, (cents, kind) in enumerate(zip(net, kinds, strict=True))
    ]


def _of_opening(cents: int) -> str:
    return CHARGE if cents > 0 else ADJUSTMENT


def _witness(grid: Grid, net: Sequence[int], balance: str) -> Witness:
    """Return how often the balance goes on from the row before by what the row comes to: of all rows, or of those of one patient."""
    ways = [_steps(grid, net, balance, groups) for groups in ([""] * len(grid), *whose(grid))]
    return max(ways, key=lambda one: (one.steps_right / max(one.steps, 1), one.steps))


def _steps(grid: Grid, net: Sequence[int], balance: str, groups: Sequence[str]) -> Witness:
    last: dict[tuple[int, str], int] = {}
    moved: dict[tuple[int, str], int] = defaultdict(int)
    steps = right = 0
    for row, group in enumerate(groups):
        where, now = (grid.blocks[row], group), grid.cents[balance][row]
        moved[where] += net[row]
        if now is None:
            continue
        if where in last:
            steps += 1
            right += now - last[where] == moved[where]
        last[where], moved[where] = now, 0
    return Witness(0, 0, steps, right)


def whose(grid: Grid) -> list[Sequence[str]]:
    """Return the columns that say whose each row is."""
    return [grid.text[name] for name in grid.names if _SOMEBODY.search(fold(name))]


def further_columns(ledger: Ledger, grid: Grid, rows: Sequence[int], receipts: bool) -> dict[str, list[str]]:
    """Return the columns that a part of a ledger has beside its own: what each row comes to, of receipts what they are, and what the column
    of kinds says beyond that (`EFTPOS` of `Payment EFTPOS`)."""
    rest = [_beyond(grid.text[ledger.said_by][row], ledger.kinds[row]) for row in rows] if ledger.said_by else []
    said = {"Method" if receipts and any(map(_WAY.search, rest)) else f"{ledger.said_by} (rest)": rest} if any(rest) else {}
    said |= _numbers(grid, rows, "Receipt Number" if receipts else "Invoice Number") | (
        _numbers(grid, rows, "Invoice Number") if receipts else {}
    )
    if not receipts:
        return said | {OWED: [f"{ledger.net[row] / 100:.2f}" for row in rows]}
    amounts = [f"{-ledger.net[row] / 100:.2f}" for row in rows]
    return said | {"Kind": [ledger.kind_of_receipt(row) for row in rows], RECEIVED: amounts}


def _numbers(grid: Grid, rows: Sequence[int], name: str) -> dict[str, list[str]]:
    """Return a column of the numbers that a text says of all rows, none where one says none or a column is called so already; what opens an
    account is numbered by whose it is."""
    if any(fold(name).split()[0] in fold(known).split() for known in grid.names):
        return {}
    owners = next(iter(whose(grid)), grid.blocks)
    for cells in (grid.text[known] for known in grid.names if known not in grid.cents):
        found = [_OWN[name].search(cells[row]) for row in rows]
        opening = [f"opening-{owners[row]}" if _OPENING.search(cells[row]) else "" for row in rows]
        if any(found) and all(one or other for one, other in zip(found, opening, strict=True)):
            return {name: [match["number"] if match else other for match, other in zip(found, opening, strict=True)]}
    return {}


def _beyond(text: str, kind: str) -> str:
    """Return what a word of a kind says beside that, nothing where it is a kind of its own."""
    if text == kind:
        return ""
    for one, words in _SAID:
        if one == kind:
            text = words.sub(" ", text)
    return " ".join(text.split()).strip(" -–:/()")
