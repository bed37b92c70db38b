"""What happens in a made-up practice: people, appointments, plans, invoices, money. All money in cents; all times local to the site."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime


@dataclass
class Phone:
    """A number as somebody typed it and as it is dialled."""

    e164: str
    typed: str
    remark: str = ""


@dataclass
class Site:
    """A location of the practice; `zone` is an IANA name."""

    n: int
    name: str
    suburb: str
    state: str
    postcode: str
    zone: str


@dataclass
class Dentist:
    """A member of staff who sees patients."""

    n: int
    title: str
    first: str
    last: str
    role: str
    site: Site
    email: str
    active: bool = True


@dataclass
class Person:
    """A patient. `head` is the person who answers for the account; one's own head where nobody else does."""

    n: int
    title: str
    first: str
    middle: str
    last: str
    preferred: str
    birth: date | None
    gender: str
    street: str
    street2: str
    suburb: str
    state: str
    postcode: str
    country: str
    site: Site
    dentist: Dentist
    created: date
    mobile: Phone | None = None
    home: Phone | None = None
    work: Phone | None = None
    email: str = ""
    filler_email: str = ""
    status: str = "active"  # active, inactive, archived, deceased, prospective
    status_on: date | None = None
    fund: str = ""
    member_no: str = ""
    note: str = ""
    head: Person = None  # type: ignore[assignment]
    copy_of: Person | None = None

    @property
    def full(self) -> str:
        """First and last name."""
        return f"{self.first} {self.last}"

    @property
    def adult(self) -> bool:
        """Old enough to answer for an account."""
        return self.birth is None or self.birth.year < 2007


@dataclass
class Appointment:
    """`outcome`: kept, cancelled, missed, booked."""

    n: int
    person: Person
    dentist: Dentist
    site: Site
    start: datetime
    minutes: int
    kind: str
    outcome: str
    booked_on: date
    note: str = ""
    reason: str = ""


@dataclass
class Item:
    """One quoted treatment of a plan. `total` = quantity x fee - discount."""

    n: int
    code: str
    text: str
    tooth: str
    surfaces: str
    quantity: int
    fee: int
    discount: int
    done: Appointment | None = None

    @property
    def total(self) -> int:
        """Cents for the whole line."""
        return self.quantity * self.fee - self.discount


@dataclass
class Plan:
    """`status`: proposed, accepted, in progress, completed, declined."""

    n: int
    person: Person
    dentist: Dentist
    day: date
    heading: str
    status: str
    note: str = ""
    signed: date | None = None
    items: list[Item] = field(default_factory=list)

    @property
    def total(self) -> int:
        """Cents of all items."""
        return sum(item.total for item in self.items)


@dataclass
class Line:
    """One line of an invoice. `total` includes `tax`; `fee` is per unit, with tax, before discount."""

    n: int
    code: str
    text: str
    tooth: str
    surfaces: str
    quantity: int
    fee: int
    discount: int = 0
    tax: int = 0
    item: Item | None = None
    plan: Plan | None = None

    @property
    def total(self) -> int:
        """Cents for the whole line."""
        return self.quantity * self.fee - self.discount


@dataclass
class Invoice:
    """A bill to one patient. `first_discounts`: what the lines' discounts were when an earlier report was printed, where they differ."""

    n: int
    person: Person
    dentist: Dentist
    site: Site
    day: date
    appointment: Appointment | None
    lines: list[Line] = field(default_factory=list)
    void: bool = False
    replaces: Invoice | None = None
    restated_on: date | None = None
    first_discounts: list[int] = field(default_factory=list)
    note: str = ""

    @property
    def total(self) -> int:
        """Cents of all lines, void or not."""
        return sum(line.total for line in self.lines)

    @property
    def first_total(self) -> int:
        """Cents as an earlier report had them."""
        if not self.restated_on:
            return self.total
        return sum(line.quantity * line.fee - discount for line, discount in zip(self.lines, self.first_discounts, strict=True))

    @property
    def plans(self) -> list[Plan]:
        """The plans whose items stand on it."""
        return list({line.plan.n: line.plan for line in self.lines if line.plan}.values())


@dataclass
class Payment:
    """Money received (negative when reversed). `payer` is who paid; a fund pays for `payer` where `fund` is named."""

    n: int
    payer: Person
    day: date
    method: str
    amount: int
    parts: list[tuple[Invoice, int]] = field(default_factory=list)
    applied: list[tuple[Invoice, int, date]] = field(default_factory=list)  # a deposit, used later
    fund: str = ""
    reverses: Payment | None = None
    reversed_by: Payment | None = None
    note: str = ""

    @property
    def unallocated(self) -> int:
        """Cents that stand on no invoice."""
        return self.amount - sum(cents for _, cents in self.parts) - sum(cents for _, cents, _ in self.applied)


@dataclass
class Credit:
    """An amount (positive cents) taken off one invoice afterwards."""

    n: int
    invoice: Invoice
    day: date
    cents: int
    reason: str


@dataclass
class Note:
    """`kind`: clinical or communication."""

    n: int
    person: Person
    dentist: Dentist
    at: datetime
    text: str
    kind: str
    appointment: Appointment | None = None


@dataclass
class Recall:
    """When a patient should come again."""

    n: int
    person: Person
    kind: str
    months: int
    due: date
    last: date | None
    disabled: bool = False


@dataclass
class Document:
    """A file that the practice keeps on a patient."""

    n: int
    person: Person
    day: date
    name: str
    text: str


@dataclass
class World:
    """Everything that is true of one practice on `today`."""

    name: str
    today: date
    sites: list[Site]
    dentists: list[Dentist]
    persons: list[Person] = field(default_factory=list)
    appointments: list[Appointment] = field(default_factory=list)
    plans: list[Plan] = field(default_factory=list)
    invoices: list[Invoice] = field(default_factory=list)
    payments: list[Payment] = field(default_factory=list)
    credits: list[Credit] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    recalls: list[Recall] = field(default_factory=list)
    documents: list[Document] = field(default_factory=list)
    never_merge: list[tuple[Person, Person, str]] = field(default_factory=list)


class Books:
    """The sums of a world: per invoice paid, credited and open; per person and family the balance."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.paid: dict[int, int] = defaultdict(int)
        self.credited: dict[int, int] = defaultdict(int)
        self.unallocated: dict[int, int] = defaultdict(int)
        self.moves: dict[int, list[tuple[date, int]]] = defaultdict(list)  # per invoice: what came off it, and when
        self.account: dict[int, list[Payment]] = defaultdict(list)  # per person: payments of or for them
        for payment in world.payments:
            shares = [(invoice, cents, payment.day) for invoice, cents in payment.parts] + payment.applied
            for invoice, cents, day in shares:
                self.paid[invoice.n] += cents
                self.moves[invoice.n].append((day, cents))
            for n in dict.fromkeys([payment.payer.n, *(invoice.person.n for invoice, _ in payment.parts)]):
                self.account[n].append(payment)
            self.unallocated[payment.payer.n] += payment.unallocated
        for credit in world.credits:
            self.credited[credit.invoice.n] += credit.cents
            self.moves[credit.invoice.n].append((credit.day, credit.cents))
        self.by_person: dict[int, list[Invoice]] = defaultdict(list)
        for invoice in world.invoices:
            self.by_person[invoice.person.n].append(invoice)

    def open(self, invoice: Invoice) -> int:
        """Cents still owed on an invoice; 0 for a void one."""
        return 0 if invoice.void else invoice.total - self.credited[invoice.n] - self.paid[invoice.n]

    def status(self, invoice: Invoice) -> str:
        """void, paid, part paid or open."""
        if invoice.void:
            return "void"
        if self.open(invoice) == 0:
            return "paid"
        return "part paid" if self.paid[invoice.n] or self.credited[invoice.n] else "open"

    def balance(self, person: Person) -> int:
        """Cents that a person owes, less what was paid ahead."""
        return sum(self.open(invoice) for invoice in self.by_person[person.n]) - self.unallocated[person.n]

    def ageing(self, persons: list[Person]) -> list[int]:
        """Owed cents in buckets 0-30, 31-60, 61-90 and over 90 days; money paid ahead is taken from the oldest first."""
        buckets = [0, 0, 0, 0]
        ahead = 0
        for person in persons:
            ahead += self.unallocated[person.n]
            for invoice in self.by_person[person.n]:
                days = (self.world.today - invoice.day).days
                buckets[0 if days <= 30 else 1 if days <= 60 else 2 if days <= 90 else 3] += self.open(invoice)
        for place in (3, 2, 1, 0):
            used = min(max(ahead, 0), buckets[place])
            buckets[place] -= used
            ahead -= used
        return buckets

    def plan_invoices(self, plan: Plan) -> list[Invoice]:
        """The invoices on which items of the plan stand, void ones too."""
        return [invoice for invoice in self.by_person[plan.person.n] if plan in invoice.plans]
