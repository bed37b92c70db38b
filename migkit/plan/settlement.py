"""Which payments settle which invoices, to the cent.

A receipt pays the invoice that it names, whoever paid it; what is left over is a prepayment of the payer. A receipt that names none
settles the payer's own invoices, then those billed to them and those of the family whose head they are, the oldest first, where nothing
in the export says what is owed. A reversal annuls the receipt that it names. Money that went out and names nothing takes back what its
payer has paid in advance, then what was paid for their invoices, the latest first.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from .rows import Row, amended, natural

OUT = ("reversal", "refund")
"""Kinds of payment that go out however they are signed."""
CREDIT = "credit"
"""Kind of payment that brings no money: what a credit note or a write-off takes off an invoice."""
KINDS = ("payment", "prepayment", "allocation", *OUT, CREDIT)
"""What a payment may be. Of any other word nobody knows whether it brings money, takes it out or moves it."""
ARRIVED = ("received", "reversed")
"""Statuses of a payment that was money once; whether it went back is told by `reversed`."""
_LAST = datetime(9999, 12, 31)
_TAKEN = ("patient_id", "invoice_id", "amount", "prepayment_number")
"""What a reversal that does not say it takes from the receipt that it names."""

PersonOf = Callable[[Row, str], str | None]
"""(row, column) → key of the planned person."""


@dataclass(frozen=True)
class Transfer:
    """Money that a payment brought to one account and that belongs to another."""

    payment: Row
    cents: int
    invoice: str | None
    """Id of the invoice that it settles; None: it is left over and stays the payer's."""
    of_invoice: str | None = None
    """Id of the invoice that it was paid for."""


@dataclass(frozen=True)
class Settlement:
    """What became of invoices and payments."""

    invoices: Mapping[str, Row]
    """Invoice key → the row with status and balance filled where the export has neither."""
    transfers: tuple[Transfer, ...]
    credited: Mapping[str, int]
    """Invoice id → what credits took off it, in cents."""


def settle(
    invoices: Iterable[Row], payments: Iterable[Row], today: date, person_of: PersonOf, family: Mapping[str, Sequence[str]]
) -> Settlement:
    """Return every invoice with its status, and what payments left over or settled beyond what they name.

    `invoices` with their totals (`with_totals`), `payments` with their reversals resolved (`with_receipts`); `family` is the key of a
    head → keys of the members.
    """
    rows = {str(row.get("invoice_id") or row["_key"]): row for row in invoices}
    receipts = list(payments)
    void = annulled(receipts)
    named: dict[str, list[Row]] = defaultdict(list)
    for row in receipts:
        if row.get("invoice_id") in rows:
            named[row["invoice_id"]].append(row)
    paid = {one: sum(0 if row["_key"] in void else signed(row) for row in named[one]) for one in rows}
    credited = Counter({one: sum(signed(row) for row in named[one] if row.get("kind") == CREDIT) for one in rows})
    off = {one: max(written_off(row) - credited[one], 0) for one, row in rows.items()}  # a row of its own for it counts once
    credited.update(off)
    open_ = {
        one: max(row["total"] - paid[one] - off[one], 0) for one, row in rows.items() if row["total"] is not None and not _is_stated(row)
    }
    transfers = [left for one, row in rows.items() if (left := _left_over(row, named[one], paid[one]))]
    entries, taken = _on_account(receipts, rows, void, person_of)
    _reopen(taken, rows, named, paid, receipts, open_, person_of)
    for receipt, cents in entries:
        for one in _candidates(person_of(receipt, "patient_id"), rows, open_, person_of, family):
            applied = min(cents, open_[one])
            if applied > 0:
                open_[one] -= applied
                cents -= applied
                if receipt.get("kind") == CREDIT:
                    credited[one] += applied
                elif receipt.get("_key"):
                    transfers.append(Transfer(receipt, applied, one))
    settled = {row["_key"]: _with_status(row, open_.get(one, _owing(row, named[one], paid[one])), today) for one, row in rows.items()}
    return Settlement(settled, tuple(transfers), credited)


def with_receipts(payments: Iterable[Row]) -> list[Row]:
    """Return the payments; a reversal that names a receipt has, where it says nothing itself, the receipt's patient, invoice and amount."""
    rows = list(payments)
    receipts = {str(row["payment_id"]): row for row in rows if row.get("kind") not in OUT}
    found = []
    for row in rows:
        receipt = _named_receipt(row, receipts)
        if receipt:
            taken = {name: receipt.get(name) for name in _TAKEN if row.get(name) is None and receipt.get(name) is not None}
            row = amended(row, **taken, _reverses=receipt["_key"])
        found.append(row)
    return found


def billed_elsewhere(invoice: Row) -> str:
    """Return the name of who is billed and is no patient, an insurer or an employer; "" where the patient or another one is."""
    return "" if invoice.get("bill_to_id") else str(invoice.get("bill_to_name") or "")


def written_off(invoice: Row) -> int:
    """Return what the invoice's own row says was credited or written off, in cents, however it is signed."""
    return abs(int(invoice.get("written_off") or 0))


def undecided(row: Row) -> str:
    """Return the code of what a payment lacks to count as money, "" where it lacks nothing; its reversals resolved (`with_receipts`)."""
    if row.get("kind") and row["kind"] not in KINDS:
        return "unknown-payment-kind"
    if row.get("status") not in (None, *ARRIVED):
        return {"pending": "payment-pending", "failed": "payment-failed"}.get(row["status"], "unknown-payment-status")
    return "" if row.get("amount") is not None else "no-amount"


def signed(row: Row) -> int:
    """Return what a payment settles, in cents: reversals and refunds go out, and credits come in, however they are signed."""
    cents = int(row.get("amount") or 0)
    return -abs(cents) if row.get("kind") in OUT else abs(cents) if row.get("kind") == CREDIT else cents


def annulled(payments: Iterable[Row]) -> frozenset[str]:
    """Return the keys of receipts that are marked as reversed without a reversal of their own: they brought no money.

    A reversal belongs to the receipt that it names, else to one of the same patient and amount; each answers for one receipt.
    """
    rows = list(payments)
    answered = {row["_reverses"] for row in rows if row.get("_reverses")}
    loose = [row for row in rows if not row.get("_reverses") and _takes_back(row)]
    found = set()
    for row in rows:
        if row.get("reversed") and row.get("kind") not in OUT and row["_key"] not in answered:
            other = next((one for one in loose if _is_other_side(one, row)), None)
            if other is not None:
                loose.remove(other)
            else:
                found.add(row["_key"])
    return frozenset(found)


def _is_other_side(row: Row, receipt: Row) -> bool:
    """Return whether a row may be what takes a receipt back: of the same patient and amount, and of no other invoice."""
    invoices = (row.get("invoice_id"), receipt.get("invoice_id"))
    return (row.get("patient_id"), signed(row)) == (receipt.get("patient_id"), -signed(receipt)) and (
        None in invoices or invoices[0] == invoices[1]
    )


def _takes_back(row: Row) -> bool:
    """Return whether a row is the other side of a receipt: a reversal, or an amount below nought of which nobody says what it is."""
    return row.get("kind") == "reversal" or (row.get("kind") in (None, "payment") and not row.get("reversed") and signed(row) < 0)


def with_totals(invoices: Iterable[Row], lines: Iterable[Row], payments: Iterable[Row]) -> list[Row]:
    """Return the invoices with their `total` in cents, None where nothing in the export proves it: what nobody gave is not nought.

    In this order: as exported; net and GST; the sum of its lines, where each of them has an amount; what was paid and what is still
    owed; what was paid, or the receipts that name it, where nothing is owed any more. `payments` as for `settle`.
    """
    of_invoice: dict[str, list[Row]] = defaultdict(list)
    received: Counter[str] = Counter()
    for line in lines:
        of_invoice[line.get("invoice_id") or ""].append(line)
    receipts = list(payments)
    void = annulled(receipts)
    for row in receipts:
        received[row.get("invoice_id") or ""] += 0 if row["_key"] in void else signed(row)
    rows = list(invoices)
    return [amended(row, total=_total(row, of_invoice[row["invoice_id"]], received[row["invoice_id"]])) for row in rows]


def line_amount(line: Row) -> int | None:
    """Return what a line of an invoice comes to, in cents: its total, else the fee of all of it less the discount.

    None where neither is given, and where GST stands beside a fee that may hold it or not.
    """
    if line.get("total") is not None:
        return int(line["total"])
    if line.get("fee") is None or line.get("gst"):
        return None
    quantity = line["quantity"] if line.get("quantity") is not None else 1
    return round(line["fee"] * quantity) - abs(int(line.get("discount") or 0))


def status_of(invoice: Row, today: date) -> str | None:
    """Return an invoice's status: as exported, else from its total, balance and due date; None where these are not known."""
    if invoice.get("status"):
        return str(invoice["status"])
    total, paid, balance = invoice.get("total"), invoice.get("paid"), invoice.get("balance")
    if total is not None and total < 0:
        return "credit"
    owing = balance if balance is not None else total - (paid or 0) - written_off(invoice) if total is not None else None
    if owing is None:
        return None
    if owing <= 0:
        return "paid"
    if invoice.get("due_date") and invoice["due_date"].date() < today:
        return "overdue"
    return "part_paid" if (owing < total if total is not None else paid) else "open"


def _total(invoice: Row, lines: Sequence[Row], received: int) -> int | None:
    total, net, paid, balance = (invoice.get(name) for name in ("total", "net", "paid", "balance"))
    if total is not None:
        return int(total)
    if net is not None:
        return int(net) + int(invoice.get("gst") or 0)
    amounts = [amount for line in lines if (amount := line_amount(line)) is not None]
    if amounts and len(amounts) == len(lines):
        return sum(amounts)
    if paid is not None and balance is not None:
        return int(paid) + int(balance) + written_off(invoice)
    if invoice.get("status") == "paid" or balance == 0:
        return int(paid) if paid is not None else received or None
    return None


def _named_receipt(row: Row, receipts: Mapping[str, Row]) -> Row | None:
    if row.get("kind") not in OUT:
        return None
    named = row.get("reverses_id") or (row.get("reference") if row["kind"] == "reversal" else None)
    return receipts.get(str(named)) if named else None


def _is_stated(invoice: Row) -> bool:
    """Return whether the export itself says what is owed, or the invoice asks for nothing."""
    return any(invoice.get(name) is not None for name in ("status", "balance", "paid")) or invoice["total"] < 0


def _left_over(invoice: Row, receipts: Sequence[Row], paid: int) -> Transfer | None:
    """Return what was paid for an invoice beyond its total: a prepayment of who paid last."""
    total = invoice["total"]
    last = max((row for row in receipts if signed(row) > 0 and row.get("kind") != CREDIT), key=_when, default=None)
    if total is None or invoice.get("status") == "void" or total < 0 or paid <= total or last is None:
        return None
    return Transfer(last, paid - total, None, invoice.get("invoice_id"))


def _on_account(
    receipts: Sequence[Row], invoices: Mapping[str, Row], void: frozenset[str], person_of: PersonOf
) -> tuple[list[tuple[Row, int]], Counter[str]]:
    """Return receipts that name no invoice, and credit notes, with what of them can settle invoices, the oldest first; and of each payer
    what went out beyond them."""
    loose = sorted((row for row in receipts if not row.get("invoice_id") and row["_key"] not in void), key=_when)
    credits = [row for row in invoices.values() if (row["total"] or 0) < 0 and row.get("status") in (None, "credit")]
    pool = [(row, signed(row)) for row in loose if row.get("kind") in (None, "payment", CREDIT) and signed(row) > 0]
    pool += [({"patient_id": row.get("patient_id")}, -row["total"]) for row in sorted(credits, key=_when)]
    beyond: Counter[str] = Counter()
    for row in loose:
        if not _goes_out(row) or row.get("prepayment_number"):
            continue
        taken, payer, reversed_ = -signed(row), person_of(row, "patient_id"), row.get("_reverses")
        for at, (entry, left) in reversed(list(enumerate(pool))):
            if entry.get("_key") == reversed_ if reversed_ else person_of(entry, "patient_id") == payer:
                less = min(taken, left)
                pool[at], taken = (entry, left - less), taken - less
        beyond[payer or ""] += taken
    return [(row, cents) for row, cents in pool if cents > 0], beyond


def _goes_out(row: Row) -> bool:
    """Return whether money goes out: by its kind, or by an amount below nought of which nobody says what it is."""
    return row.get("kind") in OUT or (row.get("kind") in (None, "payment") and signed(row) < 0)


def _reopen(
    taken: Mapping[str, int],
    invoices: Mapping[str, Row],
    named: Mapping[str, Sequence[Row]],
    paid: Mapping[str, int],
    receipts: Sequence[Row],
    open_: dict[str, int],
    person_of: PersonOf,
) -> None:
    """Owe again (in place, `open_`) what went out to a payer beyond their receipts on account: first what they paid in advance or too much
    goes back, then what was paid for their invoices, the latest first."""
    ahead: Counter[str] = Counter()
    for row in receipts:
        if row.get("kind") in ("prepayment", "allocation"):
            ahead[person_of(row, "patient_id") or ""] += signed(row) if row["kind"] == "prepayment" else -signed(row)
    for one, row in invoices.items():
        if named[one] and row["total"] is not None:
            due = 0 if row.get("status") == "void" else max(row["total"], 0)
            ahead[person_of(row, "patient_id") or ""] += max(paid[one] - due, 0)
    for payer, cents in taken.items():
        back = cents - min(cents, max(ahead[payer], 0))
        own = [one for one in open_ if payer and person_of(invoices[one], "patient_id") == payer]
        for one in sorted(own, key=lambda one: _when(invoices[one]), reverse=True):
            less = min(back, min(max(paid[one], 0), invoices[one]["total"]) if invoices[one]["total"] > 0 else 0)
            open_[one], back = open_[one] + less, back - less


def _candidates(
    payer: str | None, invoices: Mapping[str, Row], open_: Mapping[str, int], person_of: PersonOf, family: Mapping[str, Sequence[str]]
) -> list[str]:
    """Return ids of the invoices that a payer's receipt may settle: their own, those billed to them, their family's; oldest first."""
    if payer is None:
        return []
    members = frozenset(family.get(payer, ()))

    def nearness(row: Row) -> int | None:
        owner = person_of(row, "patient_id")
        return 0 if owner == payer else 1 if person_of(row, "bill_to_id") == payer else 2 if owner in members else None

    near = [
        (rank, _when(row), one)
        for one, row in invoices.items()
        if open_.get(one) and not billed_elsewhere(row) and (rank := nearness(row)) is not None
    ]
    return [one for *_, one in sorted(near)]


def _when(row: Row) -> tuple[datetime, str]:
    return row.get("date") or row.get("allocated_date") or _LAST, natural(row["_key"])


def _owing(invoice: Row, receipts: Sequence[Row], paid: int) -> int | None:
    """Return what an invoice that only says that it is open still owes after the receipts that name it; None where nothing tells."""
    if invoice["total"] is None or invoice.get("balance") is not None:
        return None
    if invoice.get("paid") is not None:
        return int(invoice["total"]) - int(invoice["paid"]) - written_off(invoice)
    return (
        int(invoice["total"]) - paid - written_off(invoice)
        if receipts and invoice.get("status") in ("open", "part_paid", "overdue")
        else None
    )


def _with_status(invoice: Row, owing: int | None, today: date) -> Row:
    """Return an invoice with its status, and with its balance where that follows from the payments or from what it states as paid."""
    known = invoice if owing is None else amended(invoice, balance=owing)
    if known.get("status") == "open" and owing is not None and 0 < owing < invoice["total"]:
        return amended(known, status="part_paid")
    return amended(known, status=status_of(known, today))
