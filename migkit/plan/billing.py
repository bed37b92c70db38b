"""Invoices and payments gathered into accounts: one per treatment plan, and one (or as the policy says) per patient.

Every cent of the export stands in exactly one account. An allocation moves a prepayment from the account that received it
to the account of the invoice that it pays, so it is posted twice, once out and once in, and never counts as new money.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from migkit.model.messages import Message

from .context import Context
from .people import Persons
from .rows import Row, amended, natural
from .settlement import (
    CREDIT,
    OUT,
    Settlement,
    annulled,
    billed_elsewhere,
    settle,
    signed,
    undecided,
    with_receipts,
    with_totals,
    written_off,
)

WORST_FIRST = ("overdue", "part_paid", "open", "paid", "credit", "void")
"""Invoice statuses, the one that an account shows first."""
OWING = ("overdue", "part_paid", "open")
"""Statuses of an invoice of which something is still to be paid."""

_LAST = datetime(9999, 12, 31)
_KINDS = {
    "payment": "Payment",
    "prepayment": "Prepayment",
    "allocation": "Allocation",
    "reversal": "Reversal",
    "refund": "Refund",
    CREDIT: "Credit",
}


@dataclass(frozen=True, slots=True)
class Posting:
    """One line of an account's payment history."""

    on: date | None
    line: str
    """As the payment history tells it."""
    cents: int
    source: str


@dataclass(slots=True)
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
    payer: str = ""
    """Who is billed for all of it and is no patient: what they owe is not the patient's debt."""
    stated_paid: int | None = None
    """What its invoices say was paid, in cents; only where the export has no payments to tell."""

    @property
    def status(self) -> str | None:
        """The worst status among the invoices, None where there are none, and where one that is not known may be worse."""
        found = {row["_status"] for row in self.invoices}
        worst = next((status for status in WORST_FIRST if status in found), None)
        return None if None in found and worst not in OWING else worst

    @property
    def invoiced(self) -> int | None:
        """Sum of the invoices that are not void, in cents; None where the total of one of them is not known."""
        totals = [row["total"] for row in self.invoices if row["_status"] != "void"]
        return None if None in totals else sum(totals)

    @property
    def invoiced_in_part(self) -> tuple[int, int]:
        """How many invoices that are not void have no known total, and the sum of the others in cents."""
        totals = [row["total"] for row in self.invoices if row["_status"] != "void"]
        return totals.count(None), sum(total for total in totals if total is not None)

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


def gather_accounts(context: Context, persons: Persons, treatment_plan_person: Mapping[str, str]) -> dict[str, Account]:
    """Return account key → account; settles the rows of invoices, invoice_lines and payments that cannot go on.

    `treatment_plan_person` is treatment plan key → key of its person, for the plans that go on.
    """
    accounts: dict[str, Account] = {}
    standing = context.rows("invoices")
    gone = {key.partition(":")[2] for key in context.problems.get(("marked-deleted", "invoices"), ())}
    payments = _decided(context, with_receipts(context.rows("payments")))
    payments = [amended(row, invoice_id=None) if row.get("invoice_id") in gone else row for row in payments]  # that money came in
    invoices = with_totals(standing, context.rows("invoice_lines"), payments)
    settled = settle(invoices, payments, context.today, persons.key, _families(context, persons))
    _tell_contradicted(context, persons, invoices, payments)
    account_of = _gather_invoices(context, persons, treatment_plan_person, accounts, settled)
    _gather_lines(context, persons, accounts, account_of)
    _gather_payments(context, persons, accounts, account_of, payments)
    _transfer(context, persons, accounts, account_of, settled)
    for account in accounts.values():
        _tell_beyond(context, account)
        account.postings.sort(key=lambda posting: (posting.on or date.max, natural(posting.source), posting.cents))
    return accounts


def _decided(context: Context, payments: Iterable[Row]) -> list[Row]:
    """Return the payments that count as money; hold the others."""
    found = []
    for row in payments:
        if code := undecided(row):
            context.note_problem(code, "payments", row["_key"])
            context.book.hold(row, Message.of(code))
        else:
            found.append(row)
    return found


def _tell_contradicted(context: Context, persons: Persons, invoices: Iterable[Row], payments: Sequence[Row]) -> None:
    """Say which invoices state as paid, or as owed, what the receipts that name them do not come to, or of what there is no receipt."""
    void, received, credited = annulled(payments), Counter[str](), Counter[str]()
    for row in payments:
        if row.get("invoice_id") and row["_key"] not in void:
            (credited if row.get("kind") == CREDIT else received)[row["invoice_id"]] += signed(row)
    lack_receipts = _without_receipts(context, persons, invoices, payments) - received.keys()
    for row in invoices:
        one, paid, owed = row["invoice_id"], row.get("paid"), row.get("balance")
        off = max(credited[one], written_off(row))
        stated = int(row["total"] or 0) - int(owed or 0) - off if paid is None and None not in (row["total"], owed) else paid
        if stated is not None and stated != received[one] and (one in received or (stated > 0 and one in lack_receipts)):
            context.note_problem("paid-contradicted", "invoices", row["_key"])
        above = None not in (row["total"], owed) and 0 <= int(row["total"] or 0) < int(owed or 0)
        if above or (None not in (row["total"], paid, owed) and int(row["total"] or 0) - int(paid or 0) - int(owed or 0) != off):
            context.note_problem("sums-contradicted", "invoices", row["_key"])
        if owed is not None and ((row.get("status") == "paid" and owed > 0) or (row.get("status") in OWING and owed == 0)):
            context.note_problem("status-contradicted", "invoices", row["_key"])


def _without_receipts(context: Context, persons: Persons, invoices: Iterable[Row], payments: Sequence[Row]) -> set[str]:
    """Return the invoices that a receipt would name, had it been exported.

    Where receipts name invoices at all: those from the first receipt's day on for which nobody may have paid on account, neither the
    patient, nor who is billed, nor the family's head.
    """
    naming = [row for row in payments if row.get("invoice_id") and row.get("kind") != CREDIT]
    first = min((row["date"] for row in naming if row.get("date")), default=None)
    on_account = {persons.key(row) for row in payments if not row.get("invoice_id")} - {None}
    heads = {member: head for head, members in _families(context, persons).items() for member in members}
    found = set()
    for row in invoices if naming else ():
        person = persons.key(row)
        payers = {person, persons.key(row, "bill_to_id"), heads.get(person or "")}
        is_older = first and row.get("date") and row["date"] < first
        if row.get("status") != "void" and not is_older and payers.isdisjoint(on_account):
            found.add(row["invoice_id"])
    return found


def _tell_beyond(context: Context, account: Account) -> None:
    """Say of which accounts more was received than invoiced, where nothing in it says that it was paid in advance."""
    invoiced = account.invoiced
    if (
        account.invoices
        and invoiced is not None
        and account.paid > max(invoiced, 0)
        and all(row.get("kind") != "prepayment" for row in account.payments)
    ):
        context.note_problem("paid-beyond-invoiced", "invoices", account.invoices[-1]["_key"])


def _families(context: Context, persons: Persons) -> dict[str, tuple[str, ...]]:
    """Return person key of a family head → person keys of the others."""
    found = {}
    for household in context.people.households:
        head = persons.of_patient.get(household.head or "")
        if head and household.kind == "household":
            members = (persons.of_patient.get(member) for member in household.members)
            found[head] = tuple(dict.fromkeys(one for one in members if one and one != head))
    return found


def _gather_invoices(
    context: Context, persons: Persons, treatment_plan_person: Mapping[str, str], accounts: dict[str, Account], settled: Settlement
) -> dict[str, str]:
    """Fill the accounts with invoices; return invoice id → account key."""
    account_of = {}
    billed = _plans_by_items(context)
    for row in context.rows("invoices"):
        if persons.wait(row, ("patient_id", "patients"), ("plan_id", "treatment_plans")):
            continue
        if row.get("kind") not in (None, "invoice", CREDIT):
            context.note_problem("unknown-invoice-kind", "invoices", row["_key"])
            context.book.hold(row, Message.of("unknown-invoice-kind"))
            continue
        if row.get("status") not in (None, *WORST_FIRST):
            context.note_problem("unknown-invoice-status", "invoices", row["_key"])
            context.book.hold(row, Message.of("unknown-invoice-status"))
            continue
        plan_id = row.get("plan_id") or billed.get(row["invoice_id"])
        plan = f"plan:{plan_id}" if plan_id else None
        person = persons.key(row) or persons.key(row, "bill_to_id") or treatment_plan_person.get(plan or "")
        if person is None:
            context.note_problem("no-patient", "invoices", row["_key"])
            context.book.hold(row, Message.of("no-patient"))
            continue
        if plan in treatment_plan_person:
            key, person = str(plan), treatment_plan_person[str(plan)]
        elif context.policies["invoices_without_plan"] == "deal_per_invoice":
            key = row["_key"]
        else:
            key = _loose_key(context, person)
        elsewhere = billed_elsewhere(row)
        if elsewhere:
            context.note_problem("billed-elsewhere", "invoices", row["_key"])
            key = key if key != f"account:{person.partition(':')[2]}" else f"{key}:{slug(elsewhere)}"
        account = accounts.setdefault(key, Account(key, person, payer=elsewhere if key != person else ""))
        row = settled.invoices[row["_key"]]
        payer = persons.of(row, "bill_to_id")
        name = payer.fields["name"] if payer and payer.key != person else elsewhere or None
        if row["total"] is None and row["status"] != "void":
            context.note_problem("invoice-total-unknown", "invoices", row["_key"])
        credited = settled.credited.get(row["invoice_id"]) or None
        account.invoices.append(amended(row, _status=row["status"], _payer=name, _provider=context.provider(row), _credited=credited))
        account_of[row["invoice_id"]] = key
    for account in accounts.values():
        account.invoices.sort(key=lambda row: (row.get("date") or _LAST, natural(row["_key"])))
        if not context.rows("payments"):
            stated = [row.get("paid") for row in account.invoices if row["_status"] != "void"]
            account.stated_paid = sum(cents or 0 for cents in stated) if stated and None not in stated else None
    return account_of


def _plans_by_items(context: Context) -> dict[str, str]:
    """Return invoice id → plan id where an item or a line says what is billed; of several plans the one that most is billed of."""
    plan_of = {row["item_id"]: row["plan_id"] for row in context.rows("treatment_items") if row.get("plan_id")}
    billed: dict[str, Counter[str]] = defaultdict(Counter)
    for table, amount in (("treatment_items", "fee"), ("invoice_lines", "total")):
        for row in context.rows(table):
            plan = row.get("plan_id") or plan_of.get(row.get("item_id") or "")
            if row.get("invoice_id") and plan:
                billed[row["invoice_id"]][plan] += int(row.get(amount) or row.get("fee") or 0)
    return {invoice: min(plans, key=lambda plan: (-plans[plan], natural(plan))) for invoice, plans in billed.items()}


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


def _gather_payments(
    context: Context, persons: Persons, accounts: dict[str, Account], account_of: Mapping[str, str], payments: Sequence[Row]
) -> None:
    void = annulled(payments)
    received = {row["prepayment_number"]: row for row in payments if row.get("kind") == "prepayment" and row.get("prepayment_number")}
    for row in payments:
        if persons.wait(row, ("patient_id", "patients"), ("invoice_id", "invoices")):
            continue
        payer = persons.key(row)
        target = account_of.get(row.get("invoice_id") or "") or (payer and _loose_key(context, payer))
        if target is None:
            context.note_problem("no-patient", "payments", row["_key"])
            context.book.hold(row, Message.of("no-holder"))
            continue
        account = accounts.setdefault(target, Account(target, payer or ""))
        if row.get("kind") == CREDIT and row.get("invoice_id") in account_of:
            context.book.fold(row, f"note:invoices:{target}")  # it stands there, beside the invoice that it is taken off
            continue
        if not row.get("date") and not row.get("allocated_date"):
            context.note_problem("payment-without-date", "payments", row["_key"])
        if row.get("kind") in OUT and (row.get("amount") or 0) > 0:
            context.note_problem("unsigned-reversal", "payments", row["_key"])
        cents = 0 if row["_key"] in void or row.get("kind") == CREDIT else signed(row)
        account.payments.append(row)
        account.postings.append(_posting(context, persons, row, account, cents))
        if row.get("kind") == "allocation":
            prepayment = received.get(row.get("prepayment_number"))
            holder = (persons.key(prepayment) if prepayment else None) or payer or account.person
            source = accounts.setdefault(_loose_key(context, holder), Account(_loose_key(context, holder), holder))
            source.postings.append(_posting(context, persons, row, source, -cents, "Allocation to an invoice"))
        context.book.fold(row, f"history:{target}")


def _transfer(context: Context, persons: Persons, accounts: dict[str, Account], account_of: Mapping[str, str], settled: Settlement) -> None:
    """Post what a payment left over to its payer's account, and what it settled elsewhere to the account of that invoice."""
    for one in settled.transfers:
        payer = persons.key(one.payment)
        if payer is None:
            continue
        own = _loose_key(context, payer)
        source, target = (account_of.get(one.of_invoice or ""), own) if one.invoice is None else (own, account_of.get(one.invoice))
        if source is None or target is None or source == target or source not in accounts:
            continue
        account = accounts.setdefault(target, Account(target, payer))
        row = amended(one.payment, invoice_id=one.invoice or one.of_invoice)
        kinds = ("Left over", "Prepayment left over") if one.invoice is None else ("To an invoice", "Payment on account")
        accounts[source].postings.append(_posting(context, persons, row, accounts[source], -one.cents, kinds[0]))
        account.postings.append(_posting(context, persons, row, account, one.cents, kinds[1]))


def _posting(context: Context, persons: Persons, row: Row, account: Account, cents: int, kind: str = "") -> Posting:
    payer, method = persons.of(row), row.get("method") or ""
    name = str(payer.fields["name"]) if payer else ""
    said = row.get("patient_name") or ""
    if payer and payer.key == account.person:
        is_own = set(slug(said).split("-")) & set(slug(name).split("-"))
        name = "" if is_own else said  # an insurer paid the patient's invoice
    credit = signed(row) if row.get("kind") == CREDIT else None
    on = row.get("date") or row.get("allocated_date")
    line = context.write.line(
        "payment",
        row,
        day=on,
        kind=kind or _KINDS.get(row.get("kind") or "payment", row.get("kind")),
        method=method_in_words(method, context.settings.country),
        payer=name or None,
        credit=credit,
        amount=cents,
    )
    return Posting(on.date() if on else None, line, cents, row["_key"])


def method_in_words(method: str, country: str) -> str:
    """Return what a way of paying is called in the practice's country (ISO code, "" where it is not known): EFTPOS is a word of two."""
    if method == "eftpos" and country not in ("AU", "NZ", ""):
        return "Card"
    if method == "cheque" and country == "US":
        return "Check"
    return method.upper() if method in ("eftpos", "hicaps") else method.capitalize()


def slug(name: str) -> str:
    """Return a name as part of a key: `medibank-private`."""
    return "-".join(re.findall(r"\w+", name.casefold()))


def _loose_key(context: Context, person: str) -> str:
    """Return the key of the account for what belongs to no plan."""
    return person if context.policies["invoices_without_plan"] == "person_note" else f"account:{person.partition(':')[2]}"
