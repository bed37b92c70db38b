"""Invoices and payments gathered into accounts: one per treatment plan, and one (or as the policy says) per patient.

Every cent of the export stands in exactly one account. An allocation moves a prepayment from the account that received it
to the account of the invoice that it pays, so it is posted twice, once out and once in, and never counts as new money.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from migkit.model.messages import Message

from .context import Context
from .people import Persons
from .rows import Row, natural

WORST_FIRST = ("overdue", "part_paid", "open", "paid", "void")
"""Invoice statuses, the one that an account shows first."""

_LAST = datetime(9999, 12, 31)
_OUT = ("reversal", "refund")
_KINDS = {"payment": "Payment", "prepayment": "Prepayment", "allocation": "Allocation", "reversal": "Reversal", "refund": "Refund"}


@dataclass(frozen=True)
class Posting:
    """One line of an account's payment history."""

    on: date | None
    line: str
    """As the payment history tells it."""
    cents: int
    source: str


@dataclass
class Account:
    """Invoices and payments that belong together."""

    key: str
    """Key of the deal, or of the person where the policy wants no deal."""
    person: str
    invoices: list[Row] = field(default_factory=list)
    lines: dict[str, list[Row]] = field(default_factory=dict)
    """Invoice id → its lines."""
    payments: list[Row] = field(default_factory=list)
    postings: list[Posting] = field(default_factory=list)

    @property
    def status(self) -> str | None:
        """The worst status among the invoices, None where there are none."""
        found = {row["_status"] for row in self.invoices}
        return next((status for status in WORST_FIRST if status in found), None)

    @property
    def invoiced(self) -> int:
        """Sum of the invoices that are not void, in cents."""
        return sum(row["_total"] for row in self.invoices if row["_status"] != "void")

    @property
    def paid(self) -> int:
        """Money received for this account, in cents: less what was reversed, refunded or allocated elsewhere."""
        return sum(posting.cents for posting in self.postings)

    @property
    def first_day(self) -> datetime | None:
        """The earliest date of an invoice or payment."""
        return min(self._days(), default=None)

    @property
    def last_day(self) -> datetime | None:
        """The latest date of an invoice or payment."""
        return max(self._days(), default=None)

    def _days(self) -> list[datetime]:
        return [row["date"] for row in self.invoices if row.get("date")] + [
            datetime(posting.on.year, posting.on.month, posting.on.day) for posting in self.postings if posting.on
        ]


def gather_accounts(context: Context, persons: Persons, plan_person: Mapping[str, str]) -> dict[str, Account]:
    """Return account key → account; settles the rows of invoices, invoice_lines and payments that cannot go on.

    `plan_person` is treatment plan key → key of its person, for the plans that go on.
    """
    accounts: dict[str, Account] = {}
    account_of = _gather_invoices(context, persons, plan_person, accounts)
    _gather_lines(context, persons, accounts, account_of)
    _gather_payments(context, persons, accounts, account_of)
    return accounts


def signed(row: Row) -> int:
    """Return a payment's amount as money coming in, in cents: reversals and refunds go out however they are signed."""
    cents = int(row.get("amount") or 0)
    return -abs(cents) if row.get("kind") in _OUT else cents


def annulled(payments: Iterable[Row]) -> frozenset[str]:
    """Return the keys of receipts that are marked as reversed without a reversal of their own: they brought no money.

    A reversal belongs to a receipt of the same patient and amount; each reversal answers for one receipt.
    """
    rows = list(payments)
    reversals = Counter((row.get("patient_id"), signed(row)) for row in rows if row.get("kind") == "reversal")
    found = set()
    for row in rows:
        if row.get("reversed") and row.get("kind") not in _OUT:
            pair = (row.get("patient_id"), -signed(row))
            if reversals[pair]:
                reversals[pair] -= 1
            else:
                found.add(row["_key"])
    return frozenset(found)


def status_of(invoice: Row, today: date) -> str:
    """Return an invoice's status: as exported, else from its balance and due date."""
    if invoice.get("status"):
        return str(invoice["status"])
    total, paid, balance = (invoice.get(name) for name in ("total", "paid", "balance"))
    owing = balance if balance is not None else (total or 0) - (paid or 0)
    if owing <= 0:
        return "paid"
    if invoice.get("due_date") and invoice["due_date"].date() < today:
        return "overdue"
    return "part_paid" if owing < (total or 0) else "open"


def _gather_invoices(context: Context, persons: Persons, plan_person: Mapping[str, str], accounts: dict[str, Account]) -> dict[str, str]:
    """Fill the accounts with invoices; return invoice id → account key."""
    account_of = {}
    for row in context.rows("invoices"):
        if persons.wait(row, ("patient_id", "patients"), ("plan_id", "treatment_plans")):
            continue
        plan = f"plan:{row['plan_id']}" if row.get("plan_id") else None
        person = persons.key(row) or persons.key(row, "bill_to_id") or plan_person.get(plan or "")
        if person is None:
            context.note_problem("no-patient", "invoices", row["_key"])
            context.book.hold(row, Message.of("no-patient"))
            continue
        if plan in plan_person:
            key, person = str(plan), plan_person[str(plan)]
        elif context.policies["invoices_without_plan"] == "deal_per_invoice":
            key = row["_key"]
        else:
            key = _loose_key(context, person)
        account = accounts.setdefault(key, Account(key, person))
        total = row["total"] if row.get("total") is not None else (row.get("net") or 0) + (row.get("gst") or 0)
        payer = persons.of(row, "bill_to_id")
        name = payer.fields["name"] if payer and payer.key != person else None
        account.invoices.append(
            {**row, "_status": status_of(row, context.today), "_total": int(total), "_payer": name, "_provider": context.provider(row)}
        )
        account_of[row["invoice_id"]] = key
    for account in accounts.values():
        account.invoices.sort(key=lambda row: (row.get("date") or _LAST, natural(row["_key"])))
    return account_of


def _gather_lines(context: Context, persons: Persons, accounts: Mapping[str, Account], account_of: Mapping[str, str]) -> None:
    for row in context.rows("invoice_lines"):
        if persons.wait(row, ("invoice_id", "invoices")):
            continue
        key = account_of.get(row.get("invoice_id") or "")
        if key is None:
            context.book.hold(row, Message.of("missing-parent", key=f"invoice:{row.get('invoice_id')}"))
            continue
        accounts[key].lines.setdefault(row["invoice_id"], []).append(row)
    for account in accounts.values():
        for lines in account.lines.values():
            lines.sort(key=lambda row: (row["line_no"] if row.get("line_no") is not None else 9999, natural(row["_key"])))


def _gather_payments(context: Context, persons: Persons, accounts: dict[str, Account], account_of: Mapping[str, str]) -> None:
    void = annulled(context.rows("payments"))
    received = {
        row["prepayment_number"]: row
        for row in context.rows("payments")
        if row.get("kind") == "prepayment" and row.get("prepayment_number")
    }
    for row in context.rows("payments"):
        if persons.wait(row, ("patient_id", "patients"), ("invoice_id", "invoices")):
            continue
        payer = persons.key(row)
        target = account_of.get(row.get("invoice_id") or "") or (payer and _loose_key(context, payer))
        if target is None:
            context.note_problem("no-patient", "payments", row["_key"])
            context.book.hold(row, Message.of("no-holder"))
            continue
        account = accounts.setdefault(target, Account(target, payer or ""))
        if row.get("kind") in _OUT and (row.get("amount") or 0) > 0:
            context.note_problem("unsigned-reversal", "payments", row["_key"])
        cents = 0 if row["_key"] in void else signed(row)
        account.payments.append(row)
        account.postings.append(_posting(context, persons, row, account, cents))
        if row.get("kind") == "allocation":
            prepayment = received.get(row.get("prepayment_number"))
            holder = (persons.key(prepayment) if prepayment else None) or payer or account.person
            source = accounts.setdefault(_loose_key(context, holder), Account(_loose_key(context, holder), holder))
            source.postings.append(_posting(context, persons, row, source, -cents, out=True))
        context.book.fold(row, f"history:{target}")
    for account in accounts.values():
        account.postings.sort(key=lambda posting: (posting.on or date.max, natural(posting.source), posting.cents))


def _posting(context: Context, persons: Persons, row: Row, account: Account, cents: int, *, out: bool = False) -> Posting:
    payer, method = persons.of(row), row.get("method") or ""
    on = row.get("date") or row.get("allocated_date")
    line = context.write.line(
        "payment",
        row,
        day=on,
        kind=f"{_KINDS.get(row.get('kind') or 'payment', row.get('kind'))}{' to an invoice' if out else ''}",
        method=method.upper() if method in ("eftpos", "hicaps") else method.capitalize(),
        payer=payer.fields["name"] if payer and payer.key != account.person else None,
        amount=cents,
    )
    return Posting(on.date() if on else None, line, cents, row["_key"])


def _loose_key(context: Context, person: str) -> str:
    """Return the key of the account for what belongs to no plan."""
    return person if context.policies["invoices_without_plan"] == "person_note" else f"account:{person.partition(':')[2]}"
