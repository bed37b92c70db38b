"""Makes what happens to the people: appointments, plans, invoices, receipts, credits, notes, recalls."""

from __future__ import annotations

import random
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any

from . import names
from .model import Appointment, Books, Credit, Dentist, Document, Invoice, Item, Line, Note, Payment, Person, Plan, Recall, World

METHODS = ("EFTPOS", "EFTPOS", "EFTPOS", "Cash", "Direct deposit", "Visa")


class Diary:
    """Fills a world that has people; `restate_from` is the first day of invoices that an earlier report showed without a later discount."""

    def __init__(self, world: World, rng: random.Random, *, first_day: date, restate: tuple[date, date] | None) -> None:
        self.world, self.rng, self.first_day, self.restate = world, rng, first_day, restate
        self.taken: set[tuple[int, datetime]] = set()
        self.days = self.working_days()
        self.items = 0
        self.lines = 0

    def fill(self) -> None:
        """Give everybody a history, then see that every kind of awkwardness stands there at least once."""
        for person in self.world.persons:
            if person.copy_of is None:
                self.history(person)
        self.at_least_once()
        self.number_care()  # the sums below go by invoice number
        self.settle()
        self.number_money()

    # -- time ----------------------------------------------------------------------------------------------------------------------

    def working_days(self) -> dict[int, list[date]]:
        """Per dentist the days with a surgery: every second one; a small practice opens less often, so that its days are full."""
        world = self.world
        week = (self.first_day + timedelta(days=step) for step in range((world.today - self.first_day).days + 200))
        week = (day for day in week if day.weekday() < 5 and (day.month, day.day) not in ((1, 1), (1, 26), (4, 25), (12, 25), (12, 26)))
        open_days = list(week)[:: max(1, 600 // max(len(world.persons), 1))]
        return {dentist.n: open_days[dentist.n % 2 :: 2] for dentist in world.dentists}

    def slot(self, dentist: Dentist, after: date, before: date, minutes: int) -> datetime | None:
        """A start between two days (both included), free in the dentist's book; None where there is none."""
        days = self.days[dentist.n]
        days = days[bisect_left(days, after) : bisect_right(days, before)]
        for _ in range(40 if days else 0):
            start = datetime.combine(self.rng.choice(days), time(8, 0)) + timedelta(minutes=5 * self.rng.randrange(0, 110))
            steps = [start + timedelta(minutes=5 * step) for step in range(minutes // 5)]
            if not any((dentist.n, step) in self.taken for step in steps):
                self.taken.update((dentist.n, step) for step in steps)
                return start
        return None

    def appointment(
        self, person: Person, kind: str, after: date, before: date, outcome: str, dentist: Dentist | None = None
    ) -> Appointment | None:
        """Book one; None where the book is full."""
        rng, today = self.rng, self.world.today
        minutes = dict(names.APPOINTMENT_TYPES)[kind] + rng.choice((0, 0, 0, 15, -5))
        hygienist = next(dentist for dentist in self.world.dentists if dentist.role == "hygienist")
        dentist = dentist or (hygienist if kind == "Hygiene" else person.dentist)
        start = self.slot(dentist, after, before, minutes)
        if start is None:
            return None
        visit = Appointment(
            n=0,
            person=person,
            dentist=dentist,
            site=person.site,
            start=start,
            minutes=minutes,
            kind=kind,
            outcome=outcome,
            booked_on=min(start.date() - timedelta(days=rng.randrange(0, 60)), today),
            note=""
            if rng.random() < 0.8
            else rng.choice(("Running late?\nrang 8:05", 'Asked for "the gentle one"', "Bitte um Rückruf", "bring old plate")),
            reason=rng.choice(("Sick", "Work", "Transport", "Feeling better")) if outcome == "cancelled" and rng.random() < 0.7 else "",
        )
        self.world.appointments.append(visit)
        return visit

    # -- one patient ---------------------------------------------------------------------------------------------------------------

    def history(self, person: Person) -> None:
        """Past visits with their bills, perhaps plans, perhaps a next visit."""
        rng, world = self.rng, self.world
        if person.status == "prospective":
            return
        last = (
            person.status_on
            if person.status in ("deceased", "archived", "inactive") and person.status_on
            else world.today - timedelta(days=1)
        )
        first = max(self.first_day, person.created)
        for _ in range(rng.choice((0, 1, 1, 2, 2, 3, 4))):
            outcome = rng.choices(("kept", "cancelled", "missed"), weights=[80, 12, 8])[0]
            kind = rng.choice(("Check-up & clean", "Check-up & clean", "Hygiene", "New patient exam", "Emergency", "Consultation"))
            visit = self.appointment(person, kind, first, last, outcome)
            if visit and outcome == "kept":
                if rng.random() < 0.85:
                    self.exam_invoice(visit)
                self.note(visit)
        for _ in range(rng.choice((0, 0, 0, 1, 1, 2))):
            self.plan(person, first, last)
        if person.status == "active":
            if rng.random() < 0.35:
                self.appointment(person, "Check-up & clean", world.today, world.today + timedelta(days=180), "booked")
            if rng.random() < 0.6:
                months = rng.choice((6, 6, 12))
                world.recalls.append(
                    Recall(
                        0, person, "Exam & clean", months, world.today + timedelta(days=rng.randrange(-120, 200)), None, rng.random() < 0.05
                    )
                )
        if rng.random() < 0.2:
            day = first + timedelta(days=rng.randrange(max((last - first).days, 1)))
            name = rng.choice(("consent form", "OPG", "referral letter", "Röntgen 2024"))
            world.documents.append(Document(0, person, day, f"{name} {person.n:04d}.{'jpg' if name == 'OPG' else 'pdf'}", name))

    def note(self, visit: Appointment) -> None:
        """A clinical note as a rule; sometimes a call about it."""
        rng = self.rng
        if rng.random() < 0.7:
            at = visit.start + timedelta(minutes=visit.minutes)
            self.world.notes.append(Note(0, visit.person, visit.dentist, at, rng.choice(names.NOTES), "clinical", visit))
        if rng.random() < 0.15:
            at = visit.start + timedelta(days=1, minutes=30)
            text = rng.choice(("Rang to see how she is; all fine.", "Left message re account;\nno answer", 'SMS "please call us" sent'))
            self.world.notes.append(Note(0, visit.person, visit.dentist, at, text, "communication"))

    def plan(self, person: Person, first: date, last: date) -> None:
        """A plan of one to five items; what is done of it is billed on its visits."""
        rng, world = self.rng, self.world
        span = (last - first).days
        if span < 60:
            return
        day = first + timedelta(days=rng.randrange(span - 50))
        status = rng.choices(("proposed", "accepted", "in progress", "completed", "declined"), weights=[25, 10, 25, 30, 10])[0]
        dentist = rng.choice([each for each in world.dentists if each.role in ("dentist", "prosthodontist")])
        plan = Plan(
            0, person, dentist, day, rng.choice(("Restorative", "Crown upper right", "Stage 1", "Whole mouth", "Gum treatment")), status
        )
        if status in ("accepted", "in progress", "completed"):
            plan.signed = day + timedelta(days=rng.randrange(0, 10))
        plan.note = (
            ""
            if rng.random() < 0.8
            else rng.choice(("Valid 90 days", 'Patient wants to "think about it"\nring in June', "Kostenvoranschlag an Kasse"))
        )
        wanted = rng.choice((1, 2, 2, 3, 4, 5)) if status != "in progress" else rng.choice((2, 3, 4, 5))
        for code, text, fee, surf, teeth in rng.sample(names.TREATMENTS, wanted):
            self.items += 1
            quantity = rng.choice((2, 4)) if code in ("222", "118") else 1
            discount = 0
            if rng.random() < 0.2:
                discount = rng.choice((round(fee * quantity / 10), 5000 if fee * quantity > 15000 else 1000))
            tooth = str(rng.choice((1, 2, 3, 4)) * 10 + rng.randrange(1, 8)) if teeth and quantity == 1 else ""
            surfaces = "".join(sorted(rng.sample("MODBL", 1 + int(code[-1]) % 3))) if surf else ""
            plan.items.append(Item(self.items, code, text, tooth, surfaces, quantity, fee, discount))
        world.plans.append(plan)
        if status == "completed":
            done = len(plan.items)
        elif status == "in progress":
            done = rng.randrange(1, len(plan.items))
        else:
            done = 0
        todo, start = plan.items[:done], (plan.signed or day) + timedelta(days=1)
        while todo:
            batch, todo = todo[: (size := rng.choice((1, 2, 2)))], todo[size:]
            visit = self.appointment(person, "Treatment", start, last, "kept", dentist)
            if visit is None:  # no room in the book: these items were never begun
                plan.items = [item for item in plan.items if item.done or item not in batch + todo]
                break
            start = visit.start.date()
            for item in batch:
                item.done = visit
            self.note(visit)
            self.plan_invoice(visit, plan, batch)
        if not plan.items:
            world.plans.remove(plan)
        elif status in ("in progress", "completed"):
            finished = sum(item.done is not None for item in plan.items)
            plan.status = "completed" if finished == len(plan.items) else "in progress" if finished else "accepted"

    # -- bills ----------------------------------------------------------------------------------------------------------------------

    def line(self, code: str, text: str, fee: int, quantity: int = 1, **more: object) -> Line:
        """One line of a bill."""
        self.lines += 1
        return Line(self.lines, code, text, str(more.pop("tooth", "")), str(more.pop("surfaces", "")), quantity, fee, **more)  # type: ignore[arg-type]

    def invoice(self, visit: Appointment, lines: list[Line]) -> Invoice:
        """A bill for one visit; sometimes void (and written again), sometimes restated."""
        rng = self.rng
        invoice = Invoice(0, visit.person, visit.dentist, visit.site, visit.start.date(), visit, lines)
        if rng.random() < 0.04:
            code, text, fee = rng.choice(names.PRODUCTS)
            invoice.lines.append(self.line(code, text, fee, tax=fee // 11))
        self.world.invoices.append(invoice)
        if rng.random() < 0.03:
            invoice = self.make_void(invoice)
        elif self.restate and self.restate[0] <= invoice.day <= self.restate[1] and rng.random() < 0.2:
            self.make_restated(invoice)
        return invoice

    def make_void(self, invoice: Invoice) -> Invoice:
        """Void it and write it again, the same day."""
        again = Invoice(0, invoice.person, invoice.dentist, invoice.site, invoice.day, invoice.appointment, [], replaces=invoice)
        for old in invoice.lines:
            self.lines += 1
            again.lines.append(Line(**{**old.__dict__, "n": self.lines}))
        invoice.void = True
        self.world.invoices.append(again)
        return again

    def make_restated(self, invoice: Invoice) -> None:
        """A discount was given after an earlier report had been printed."""
        line = next((line for line in invoice.lines if line.discount == 0 and not line.tax and not line.item), None)
        if line is None or self.restate is None:
            return
        invoice.first_discounts = [each.discount for each in invoice.lines]
        line.discount = round(line.fee * line.quantity / 5)
        invoice.restated_on = self.restate[1] + timedelta(days=6)

    def exam_invoice(self, visit: Appointment) -> Invoice:
        """The bill of a check-up or the like."""
        rng = self.rng
        chosen = [names.EXAMS[0 if visit.kind == "New patient exam" else 2 if visit.kind == "Emergency" else 1]]
        chosen += rng.sample(names.EXAMS[3:], rng.choice((0, 1, 2, 3)))
        lines = [self.line(code, text, fee, rng.choice((2, 4)) if code == "022" else 1) for code, text, fee in chosen]
        if rng.random() < 0.1:
            lines[0].discount = round(lines[0].fee / 10)
        return self.invoice(visit, lines)

    def plan_invoice(self, visit: Appointment, plan: Plan, items: list[Item]) -> Invoice:
        """The bill of items of a plan, now and then with an X-ray that the plan does not have."""
        lines = [
            self.line(
                item.code,
                item.text,
                item.fee,
                item.quantity,
                tooth=item.tooth,
                surfaces=item.surfaces,
                discount=item.discount,
                item=item,
                plan=plan,
            )
            for item in items
        ]
        if self.rng.random() < 0.2:
            code, text, fee = names.EXAMS[3]
            lines.append(self.line(code, text, fee))
        return self.invoice(visit, lines)

    # -- money -----------------------------------------------------------------------------------------------------------------------

    def pay(
        self,
        invoice: Invoice,
        cents: int,
        day: date,
        *,
        payer: Person | None = None,
        fund: str = "",
        also: tuple[Invoice, int] | None = None,
    ) -> Payment:
        """Money for one invoice, and perhaps for one more."""
        parts = [(invoice, cents), *([also] if also else [])]
        method = "HICAPS" if fund else self.rng.choice(METHODS)
        payment = Payment(0, payer or invoice.person, day, method, sum(part for _, part in parts), parts, fund=fund)
        self.world.payments.append(payment)
        return payment

    def settle(self) -> None:
        """Pay the bills, as people do: at once, by fund and gap, in part, later, by the head of the family, or not."""
        rng, world = self.rng, self.world
        waiting: dict[tuple[int, date], tuple[Invoice, int]] = {}
        same_day: dict[tuple[int, date], int] = defaultdict(int)
        for invoice in world.invoices:
            same_day[invoice.person.head.n, invoice.day] += not invoice.void
        for invoice in sorted(world.invoices, key=lambda each: each.day):
            if invoice.void:
                continue
            payer = invoice.person.head if not invoice.person.adult or rng.random() < 0.4 else invoice.person
            left, day = invoice.total, invoice.day
            way = rng.random()
            if way > 0.88:
                continue
            if way < 0.3 and invoice.person.fund:
                benefit = round(left * rng.choice((0.4, 0.55, 0.6)))
                self.pay(invoice, benefit, day, fund=invoice.person.fund)
                left -= benefit
            if way > 0.76:
                part = min(left, max(1000, left // 300 * 100))
                self.pay(invoice, part, day, payer=payer)
                later = day + timedelta(days=rng.randrange(14, 50))
                if part < left and way > 0.82 and later < world.today:
                    self.pay(invoice, left - part, later, payer=payer)
                continue
            other = waiting.pop((payer.n, day), None)
            if other is None and payer is not invoice.person and same_day[payer.n, day] > 1 and rng.random() < 0.5:
                waiting[(payer.n, day)] = (invoice, left)
                continue
            self.pay(invoice, left, day, payer=payer, also=other)
        for (payer_n, day), (invoice, left) in waiting.items():
            self.pay(invoice, left, day, payer=next(person for person in world.persons if person.n == payer_n))
        self.reverse()
        self.deposits()
        self.write_off()

    def reverse(self) -> None:
        """A payment bounced; half of them were paid again."""
        rng, world = self.rng, self.world
        candidates = [
            payment for payment in world.payments if not payment.fund and payment.amount > 0 and (world.today - payment.day).days > 30
        ]
        for payment in rng.sample(candidates, max(1, round(len(candidates) * 0.015))):
            day = payment.day + timedelta(days=rng.randrange(2, 9))
            back = Payment(
                0, payment.payer, day, payment.method, -payment.amount, [(each, -cents) for each, cents in payment.parts], reverses=payment
            )
            back.note = "Dishonoured"
            payment.reversed_by = back
            world.payments.append(back)
            if rng.random() < 0.5:
                again = Payment(0, payment.payer, day + timedelta(days=5), "Cash", payment.amount, list(payment.parts))
                world.payments.append(again)

    def deposits(self) -> None:
        """Money paid ahead for a plan: some of it used since, some not."""
        rng, world = self.rng, self.world
        books = Books(world)
        open_invoices = [invoice for invoice in world.invoices if books.open(invoice) > 20000]
        for invoice in rng.sample(open_invoices, min(len(open_invoices), max(1, round(len(world.invoices) * 0.01)))):
            cents = books.open(invoice) // 200 * 100
            day = max(self.first_day, invoice.day - timedelta(days=rng.randrange(3, 20)))
            deposit = Payment(0, invoice.person, day, "Direct deposit", cents + rng.choice((0, 5000)), [], note="Deposit")
            deposit.applied.append((invoice, cents, invoice.day))
            world.payments.append(deposit)
        active = [person for person in world.persons if person.status == "active" and person.adult and person.copy_of is None]
        for person in rng.sample(active, max(1, round(len(active) * 0.015))):
            day = world.today - timedelta(days=rng.randrange(5, 60))
            world.payments.append(Payment(0, person, day, "Direct deposit", rng.choice((10000, 25000, 50000)), [], note="Deposit"))

    def write_off(self) -> None:
        """What was taken off bills afterwards."""
        rng, world = self.rng, self.world
        books = Books(world)
        owing = [invoice for invoice in world.invoices if books.open(invoice) > 5000 and (world.today - invoice.day).days > 25]
        for invoice in rng.sample(owing, min(len(owing), max(2, round(len(world.invoices) * 0.015)))):
            left = books.open(invoice)
            cents, reason = (left, "Bad debt written off") if rng.random() < 0.4 else (left // 300 * 100, "Goodwill credit")
            day = invoice.day + timedelta(days=rng.randrange(10, 25))
            world.credits.append(Credit(0, invoice, day, cents, reason))

    def at_least_once(self) -> None:
        """One void invoice, also of a plan, and one restated one, whatever the seed."""
        invoices = self.world.invoices
        if not any(invoice.void and invoice.plans for invoice in invoices):
            self.make_void(next(invoice for invoice in invoices if invoice.plans and not invoice.void and not invoice.restated_on))
        if self.restate and not any(invoice.restated_on and not invoice.void for invoice in invoices):
            for invoice in invoices:
                if self.restate[0] <= invoice.day <= self.restate[1] and not invoice.void and not invoice.replaces:
                    self.make_restated(invoice)
                    if invoice.restated_on:
                        break
        outcomes = {visit.outcome for visit in self.world.appointments}
        for missing in {"cancelled", "missed"} - outcomes:
            person = next(each for each in self.world.persons if each.status == "active" and each.adult)
            self.appointment(
                person, "Check-up & clean", self.world.today - timedelta(days=60), self.world.today - timedelta(days=5), missing
            )

    def number_care(self) -> None:
        """Number visits, plans and invoices in the order of their dates, as a practice's own counter would."""
        world = self.world
        world.appointments.sort(key=lambda each: (each.booked_on, each.start, each.person.n))
        world.plans.sort(key=lambda each: (each.day, each.person.n))
        world.invoices.sort(key=lambda each: (each.day, each.person.n, not each.void))
        for things in (world.appointments, world.plans, world.invoices):
            count(things)

    def number_money(self) -> None:
        """Number what came after: receipts, credits, notes, recalls, documents."""
        world = self.world
        world.payments.sort(key=lambda each: (each.day, each.payer.n, -each.amount))
        world.credits.sort(key=lambda each: (each.day, each.invoice.n))
        world.notes.sort(key=lambda each: (each.at, each.person.n))
        for things in (world.payments, world.credits, world.notes, world.recalls, world.documents):
            count(things)
        kept: dict[int, list[date]] = defaultdict(list)
        for visit in world.appointments:
            if visit.outcome == "kept":
                kept[visit.person.n].append(visit.start.date())
        for recall in world.recalls:
            recall.last = max(kept[recall.person.n], default=None)


def count(things: Iterable[Any]) -> None:
    """Number them from 1."""
    for place, thing in enumerate(things, 1):
        thing.n = place
