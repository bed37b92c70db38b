"""The account of one patient as a ledger: what a report of transactions prints, as things stood on the day of the run."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from .model import Books, Invoice, Payment, Person, World


@dataclass
class Move:
    """One row of an account; `lines` stand below an invoice (code, text, tooth, quantity, fee, discount, amount)."""

    day: date
    order: int
    ref: str
    text: str
    debit: int = 0
    credit: int = 0
    lines: list[tuple[str, str, str, int, int, int, int]] = field(default_factory=list)


def transactions(world: World, books: Books, person: Person, as_of: date) -> list[Move]:
    """Every movement of a person's account up to a day, in order; a restated invoice as it was before, where the day is before."""
    moves = [move for invoice in books.by_person[person.n] if invoice.day <= as_of for move in bill(invoice, as_of)]
    for payment in books.account[person.n]:
        if payment.day > as_of:
            continue
        own = [(invoice, cents) for invoice, cents in payment.parts if invoice.person is person]
        by = "" if payment.payer is person else f" (paid by {payment.payer.last}, {payment.payer.first})"
        moves += [receipt(payment, f" for Inv {invoice.n + 1000}{by}", cents) for invoice, cents in own]
        ahead = payment.amount - sum(cents for _, cents in payment.parts)
        if payment.payer is person and ahead:
            moves.append(receipt(payment, "", ahead))
        for invoice, cents, day in payment.applied:
            if payment.payer is person and day <= as_of:
                text = f"Deposit Rec {payment.n + 5000} used for Inv {invoice.n + 1000}: {cents / 100:,.2f}"
                moves.append(Move(day, 3, "", text))
    for credit in world.credits:
        if credit.invoice.person is person and credit.day <= as_of:
            moves.append(Move(credit.day, 4, "Adj", f"{credit.reason} for Inv {credit.invoice.n + 1000}", credit=credit.cents))
    return sorted(moves, key=lambda move: (move.day, move.order, move.ref))


def receipt(payment: Payment, about: str, cents: int) -> Move:
    """Money in, or out again where it was reversed."""
    number = f"Rec {payment.n + 5000}"
    if payment.reverses:
        text = f"Reversal of Rec {payment.reverses.n + 5000} - {payment.note}{about}"
        return Move(payment.day, 2, number, text, debit=-cents)
    fund = f" {payment.fund}" if payment.fund else ""
    word = "Deposit" if not about else "Receipt"
    return Move(payment.day, 2, number, f"{word} {payment.method}{fund}{about}", credit=cents)


def bill(invoice: Invoice, as_of: date) -> list[Move]:
    """An invoice with its lines; a void one and what takes it away."""
    old = bool(invoice.restated_on) and as_of < invoice.restated_on  # type: ignore[operator]
    discounts = invoice.first_discounts if old else [line.discount for line in invoice.lines]
    lines = [
        (line.code, line.text, line.tooth, line.quantity, line.fee, discount, line.quantity * line.fee - discount)
        for line, discount in zip(invoice.lines, discounts, strict=True)
    ]
    total = sum(line[6] for line in lines)
    number = f"Inv {invoice.n + 1000}"
    text = f"Invoice - {invoice.dentist.title} {invoice.dentist.last}, {invoice.site.suburb}"
    if invoice.replaces:
        text += f" (replaces Inv {invoice.replaces.n + 1000})"
    moves = [Move(invoice.day, 0, number, text + (" VOID" if invoice.void else ""), debit=total, lines=lines)]
    if invoice.void:
        moves.append(Move(invoice.day, 1, number, f"Void of {number}", credit=total))
    return moves
