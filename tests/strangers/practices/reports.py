"""Practice 3: printed reports saved as XLSX (see README.md): no patient numbers, facts above the lines they belong to."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import xlsxwriter

from . import reports_meanings, truth
from .accounts import transactions
from .care import Diary
from .files import write_json
from .model import Appointment, Books, Person, Phone, Plan, Site, World
from .paper import Paper, dmy, side
from .people import Town, staff

TODAY = date(2026, 10, 30)
RESTATE = (date(2026, 4, 1), date(2026, 6, 30))
PERIODS = ((date(2024, 7, 1), date(2026, 6, 30), datetime(2026, 7, 1, 8, 14)), (date(2026, 4, 1), TODAY, datetime(2026, 10, 30, 17, 42)))
STATUS = {"kept": "Seen", "cancelled": "UTA", "missed": "FTA", "booked": ""}
PLAN_STATUS = {
    "proposed": "Proposed",
    "accepted": "Accepted",
    "in progress": "In progress",
    "completed": "Completed",
    "declined": "Declined",
}


def key(person: Person) -> str:
    """The natural key of a patient: name and birth date."""
    return f"{person.last}, {person.first}|{person.birth.isoformat() if person.birth else ''}"


def short(person: Person) -> str:
    """Last, First."""
    return f"{person.last}, {person.first}"


def long(person: Person) -> str:
    """Last, First Middle (Nickname), Title."""
    nick = f" ({person.preferred})" if person.preferred else ""
    title = f", {person.title}" if person.title else ""
    return f"{person.last}, {person.first}{' ' + person.middle if person.middle else ''}{nick}{title}"


def who(person: Person) -> str:
    """The words above a patient's block."""
    return f"{long(person)}   DOB: {dmy(person.birth) or '-'}"


def shown(person: Person) -> Phone | None:
    """The one number that a list has room for."""
    return person.mobile or person.home


class Reports:
    """Prints the reports of one world."""

    def __init__(self, world: World, folder: Path, rng: random.Random) -> None:
        self.world, self.folder, self.rng, self.books = world, folder, rng, Books(world)
        self.extra: dict[str, list[dict[str, Any]]] = defaultdict(list)
        self.printed: list[dict[str, Any]] = []
        self.names = Counter(short(person) for person in world.persons)
        self.sorted = sorted(world.persons, key=lambda person: (person.last.casefold(), person.first.casefold(), person.birth or date.min))
        self.run_on = "Run on: 30/10/2026 5:42 PM by RECEPTION"
        self.book_order = {visit.n: place for place, visit in enumerate(sorted(world.appointments, key=lambda each: each.start))}

    def fill(self) -> None:
        """All reports."""
        self.folder.mkdir(parents=True, exist_ok=True)
        self.patient_list()
        self.appointment_book()
        for start, end, run in PERIODS:
            self.transactions(start, end, run)
        self.plans()
        self.debtors()
        self.recalls()
        self.clinical_notes()
        self.income()

    def paper(self, book: xlsxwriter.Workbook, name: str, title: str, facts: list[str], head: list[str], widths: list[int]) -> Paper:
        """A sheet of one report."""
        return Paper(book, name, self.world.name, title, facts, head, widths)

    def open(self, name: str) -> xlsxwriter.Workbook:
        """A workbook of the export; its properties carry no time of writing, so a seed gives the same bytes."""
        book = xlsxwriter.Workbook(self.folder / name)
        book.set_properties({"created": datetime(2026, 10, 30, 17, 42)})
        return book

    def note_sum(self, file: str, sheet: str, label: str, cents: int) -> None:
        """Remember a sum that stands in print."""
        self.printed.append({"file": file, "sheet": sheet, "label": label, "cents": cents})

    # -- patients ------------------------------------------------------------------------------------------------------------------

    def patient_list(self) -> None:
        """All patients, alphabetical; two values in most cells."""
        head = [
            "Patient",
            "DOB (age)",
            "Telephone",
            "E-mail",
            "Address",
            "Bill to",
            "Dentist",
            "Fund / member",
            "Status",
            "Since",
            "Balance",
        ]
        with self.open("Patient List.xlsx") as book:
            paper = self.paper(
                book,
                "Report",
                "Patient List",
                [self.run_on, "Selection: all patients, all locations"],
                head,
                [34, 18, 40, 34, 34, 24, 22, 22, 22, 12, 14],
            )
            for person in self.sorted:
                age = (TODAY - person.birth).days * 100 // 36525 if person.birth else 0
                status = {"active": "", "inactive": "Inactive", "archived": "Archived", "deceased": "Deceased"}[person.status]
                if person.status in ("deceased", "archived"):
                    status += f" {dmy(person.status_on)}"
                place = " ".join(text for text in (person.suburb, person.state, person.postcode) if text)
                paper.line(
                    [
                        long(person),
                        f"{dmy(person.birth)} ({age})" if person.birth else "",
                        self.phones(person),
                        person.email or person.filler_email,
                        "\n".join(text for text in (f"{person.street2}, {person.street}".strip(", "), place) if text),
                        "" if person.head is person else short(person.head),
                        f"{person.dentist.last}, {person.dentist.title} {person.dentist.first}",
                        f"{person.fund} {person.member_no}".strip(),
                        status,
                        person.created,
                        side(self.books.balance(person)),
                    ]
                )
            total = sum(self.books.balance(person) for person in self.sorted)
            paper.line([f"Total patients: {len(self.sorted)}", *[None] * 9, side(total)], strong=True)
            self.note_sum("Patient List.xlsx", "Report", "Total patients", total)
            self.world_count = len(self.sorted)

    def phones(self, person: Person) -> str:
        """Several numbers in a cell, with what reception wrote beside them."""
        parts = []
        for letter, phone in (("M", person.mobile), ("H", person.home), ("W", person.work)):
            if phone:
                remark = ""
                if letter == "M" and person.head is not person and person.mobile is person.head.mobile:
                    remark = " (parent)"
                elif self.rng.random() < 0.08:
                    remark = self.rng.choice((" (after 5pm)", " (no voicemail)", " - try first", " (husband's)"))
                parts.append(f"{letter}: {phone.typed}{remark}")
        return self.rng.choice((" / ", "\n", "  ")).join(parts)

    # -- appointments ----------------------------------------------------------------------------------------------------------------

    def appointment_book(self) -> None:
        """A sheet per dentist; the date stands on the day's first row only."""
        head = ["Date", "Time", "Min", "Patient", "Phone", "Type", "Status", "Room", "Remarks"]
        strangers = self.strangers()
        with self.open("Appointment Book.xlsx") as book:
            for dentist in self.world.dentists:
                visits = [visit for visit in self.world.appointments if visit.dentist is dentist]
                rows = [self.visit_row(visit) for visit in visits] + [row for row in strangers if row[2] == dentist.n]
                if not rows:
                    continue
                rows.sort(key=lambda row: row[0])
                days = f"Period: {dmy(rows[0][0].date())} - {dmy(rows[-1][0].date())}"
                paper = self.paper(book, dentist.last, "Appointment Book", [self.run_on, days], head, [16, 10, 6, 30, 20, 20, 8, 12, 40])
                paper.above(f"Dentist: {dentist.last}, {dentist.title} {dentist.first}")
                last: date | None = None
                minutes = count = 0
                for start, cells, _ in rows:
                    if last and start.date() != last and count > 1:
                        paper.line([None, "Day:", ("n", minutes), f"{count} appointments"], strong=True)
                    if start.date() != last:
                        minutes = count = 0
                    clock = f"{start:%I:%M %p}".lstrip("0")
                    paper.line([f"{start:%a %d/%m/%Y}" if start.date() != last else None, clock, *cells])
                    minutes, count, last = minutes + cells[0][1], count + 1, start.date()
                paper.line([f"Total {dentist.last}: {len(rows)} appointments", None, ("n", sum(row[1][0][1] for row in rows))], strong=True)
                self.extra["book_totals"].append(
                    {"sheet": dentist.last, "appointments": len(rows), "minutes": sum(row[1][0][1] for row in rows)}
                )

    def visit_row(self, visit: Appointment) -> tuple[datetime, list[Any], int]:
        """One line of the book; says in the truth where name and phone leave two patients open."""
        person = visit.person
        phone = shown(person)
        twins = [each for each in self.world.persons if short(each) == short(person) and each is not person]
        hidden = bool(twins) and self.book_order[visit.n] % 3 == 0
        typed = phone.typed if phone and not hidden else ""
        open_question = twins and (not typed or any(shown(each) and shown(each).e164 == phone.e164 for each in twins))  # type: ignore[union-attr]
        if open_question:
            self.extra["unattachable"].append(
                {
                    "file": "Appointment Book.xlsx",
                    "key": self.visit_key(visit),
                    "absent_id": None,
                    "why": "two patients of this name; the line has neither birth date nor a phone that tells them apart",
                    "candidates": [key(each) for each in [person, *twins]],
                }
            )
        remarks = "\n".join(text for text in (visit.note, f"UTA: {visit.reason}" if visit.reason else "") if text)
        return (
            visit.start,
            [("n", visit.minutes), short(person), typed, visit.kind, STATUS[visit.outcome], visit.site.suburb, remarks],
            visit.dentist.n,
        )

    def visit_key(self, visit: Appointment) -> str:
        """A visit's natural key: dentist and start (a dentist has one patient at a time)."""
        return f"{visit.dentist.last}|{visit.start.isoformat(timespec='minutes')}"

    def strangers(self) -> list[tuple[datetime, list[Any], int]]:
        """Lines of the book for people who are not in the patient list."""
        dentist = self.world.dentists[0]
        taken = {visit.start.date() for visit in self.world.appointments if visit.dentist is dentist}
        rows = []
        for name, step in (("Backpacker, Sven", 11), ("Quigley, Tourist", 200), ("Lunch - staff training", 420)):
            day = date(2025, 2, 3) + timedelta(days=step)
            while day in taken or day.weekday() > 4:
                day += timedelta(days=1)
            start = datetime(day.year, day.month, day.day, 12, 30)
            kind = "" if "Lunch" in name else "Emergency"
            rows.append((start, [("n", 45), name, "", kind, "Seen" if kind else "", "Unley", "" if kind else "do not book"], dentist.n))
            why = "nobody of this name is in the patient list" if kind else "not a patient: time blocked in the book"
            self.extra["unattachable"].append(
                {
                    "file": "Appointment Book.xlsx",
                    "key": f"{dentist.last}|{start.isoformat(timespec='minutes')}",
                    "absent_id": name,
                    "why": why,
                }
            )
        return rows

    # -- money -----------------------------------------------------------------------------------------------------------------------

    def transactions(self, start: date, end: date, run: datetime) -> None:
        """Accounts with invoices, their lines indented, and receipts between; what stood there on the day of the run."""
        name = f"Transactions {start:%Y-%m} to {end:%Y-%m}.xlsx"
        head = ["Date", "Ref", "Description", "Tooth", "Qty", "Fee", "Disc", "Amount", "DR", "CR", "Balance"]
        facts = [
            f"Run on: {run:%d/%m/%Y} {run:%I:%M %p} by RECEPTION",
            f"Period: {dmy(start)} - {dmy(end)}",
            "Accounts: all with movement or balance",
        ]
        debits = credits = 0
        with self.open(name) as book:
            paper = self.paper(
                book, "Transactions", "Transactions by Patient Account", facts, head, [12, 12, 64, 7, 6, 11, 11, 12, 12, 12, 16]
            )
            closing = 0
            for person in self.sorted:
                moves = [move for move in transactions(self.world, self.books, person, run.date()) if move.day <= end]
                before = sum(move.debit - move.credit for move in moves if move.day < start)
                moves = [move for move in moves if move.day >= start]
                if not moves and not before:
                    continue
                phone = shown(person)
                paper.above(f"Account: {who(person)}" + (f"   Tel: {phone.typed}" if phone else ""))
                balance, last = before, None
                if before:
                    paper.line([None, None, "Brought forward", *[None] * 7, side(before)])
                for move in moves:
                    balance += move.debit - move.credit
                    day = move.day if move.day != last else None
                    last = move.day
                    money = [move.debit or None, move.credit or None]
                    paper.line(
                        [
                            day,
                            move.ref,
                            move.text,
                            None,
                            None,
                            None,
                            None,
                            None,
                            *money,
                            side(balance) if move.debit or move.credit else None,
                        ]
                    )
                    for line in move.lines:
                        paper.line(
                            [None, None, f"{line[0]}  {line[1]}", line[2], ("n", line[3]), line[4], line[5] or None, line[6]], indented=2
                        )
                in_, out = sum(move.debit for move in moves), sum(move.credit for move in moves)
                paper.line([f"Total {short(person)}", *[None] * 7, in_, out, side(balance)], strong=True)
                debits, credits, closing = debits + in_, credits + out, closing + balance
            paper.above("")
            paper.line(["REPORT TOTAL", *[None] * 7, debits, credits, side(closing)], strong=True)
        for label, cents in (("REPORT TOTAL DR", debits), ("REPORT TOTAL CR", credits), ("REPORT TOTAL Balance", closing)):
            self.note_sum(name, "Transactions", label, cents)

    def plans(self) -> None:
        """Plans under their patients: plan total, patient total, grand total."""
        head = ["Item", "Description", "Tooth", "Surf", "Qty", "Fee", "Discount", "Total", "Done", "Invoice"]
        books = self.books
        grand = 0
        with self.open("Treatment Plans.xlsx") as book:
            paper = self.paper(
                book, "Plans", "Treatment Plans by Patient", [self.run_on, "Status: all"], head, [10, 64, 7, 7, 6, 12, 12, 14, 12, 12]
            )
            for person in self.sorted:
                plans = [plan for plan in self.world.plans if plan.person is person]
                if not plans:
                    continue
                paper.above(f"Patient: {who(person)}")
                for plan in plans:
                    accepted = f"   Accepted: {dmy(plan.signed)}" if plan.signed else ""
                    dentist = f"{plan.dentist.title} {plan.dentist.last}"
                    text = f"Plan: {plan.heading}   Dated: {dmy(plan.day)}   {dentist}   Status: {PLAN_STATUS[plan.status]}{accepted}"
                    paper.line([text], strong=True)
                    bills = {
                        line.item.n: invoice.n
                        for invoice in books.by_person[person.n]
                        for line in invoice.lines
                        if line.item and not invoice.void
                    }
                    for item in plan.items:
                        done = item.done.start.date() if item.done else None
                        bill = str(bills[item.n] + 1000) if item.n in bills else None
                        money = [item.fee, item.discount or None, item.total]
                        paper.line([item.code, item.text, item.tooth, item.surfaces, ("n", item.quantity), *money, done, bill])
                    if plan.note:
                        paper.line([None, f"Note: {plan.note}"])
                    paper.line(["Plan total", *[None] * 6, plan.total], strong=True)
                total = sum(plan.total for plan in plans)
                grand += total
                paper.line([f"Total {short(person)}", *[None] * 6, total], strong=True)
            paper.above("")
            paper.line(["GRAND TOTAL", *[None] * 6, grand], strong=True)
        self.note_sum("Treatment Plans.xlsx", "Plans", "GRAND TOTAL", grand)

    def debtors(self) -> None:
        """Who owes, by location, in ages."""
        head = ["Patient", "DOB", "Phone", "Current", "31-60 days", "61-90 days", "Over 90 days", "Balance", "Last payment"]
        totals = [0] * 5
        with self.open("Aged Debtors.xlsx") as book:
            facts = [self.run_on, "As at: 30/10/2026", "Balances of 0.01 and more"]
            paper = self.paper(book, "Aged Debtors", "Aged Debtors", facts, head, [32, 12, 20, 12, 12, 12, 14, 14, 14])
            for site in self.world.sites:
                people = [person for person in self.sorted if person.site is site and self.books.balance(person) > 0]
                paper.above(f"Location: {site.name}")
                sums = [0] * 5
                for person in people:
                    amounts = [*self.books.ageing([person]), self.books.balance(person)]
                    paid = [
                        payment.day
                        for payment in self.books.account[person.n]
                        if payment.payer is person and payment.amount > 0 and not payment.fund
                    ]
                    phone = shown(person)
                    cells = [cents or None for cents in amounts]
                    paper.line([short(person), person.birth, phone.typed if phone else None, *cells, dmy(max(paid, default=None))])
                    sums = [one + two for one, two in zip(sums, amounts, strict=True)]
                paper.line([f"Subtotal {site.name} ({len(people)})", None, None, *sums], strong=True)
                self.note_sum("Aged Debtors.xlsx", "Aged Debtors", f"Subtotal {site.name}", sums[4])
                totals = [one + two for one, two in zip(totals, sums, strict=True)]
            paper.above("")
            paper.line(["Total", None, None, *totals], strong=True)
        self.note_sum("Aged Debtors.xlsx", "Aged Debtors", "Total", totals[4])

    def recalls(self) -> None:
        """Who is due, under the month."""
        head = ["Patient", "DOB", "Contact", "Recall", "Every", "Due", "Last seen"]
        months: dict[date, list[Any]] = defaultdict(list)
        for recall in self.world.recalls:
            if not recall.disabled:
                months[recall.due.replace(day=1)].append(recall)
        with self.open("Recalls Due.xlsx") as book:
            paper = self.paper(book, "Recalls", "Recalls Due", [self.run_on, "Excluding disabled"], head, [32, 12, 50, 16, 10, 12, 12])
            for month in sorted(months):
                paper.above(f"Due: {month:%B %Y}")
                for recall in sorted(months[month], key=lambda each: (each.due, each.person.last)):
                    person = recall.person
                    contact = " ".join(text for text in (shown(person).typed if shown(person) else "", person.email) if text)  # type: ignore[union-attr]
                    paper.line([short(person), person.birth, contact, recall.kind, f"{recall.months} mths", recall.due, recall.last])
                paper.line([f"{len(months[month])} recalls"], strong=True)

    def clinical_notes(self) -> None:
        """Notes under their patients; line breaks within a cell."""
        with self.open("Clinical Notes.xlsx") as book:
            paper = self.paper(
                book, "Notes", "Clinical Notes by Patient", [self.run_on], ["Date", "Time", "Dentist", "Note"], [12, 10, 22, 90]
            )
            for person in self.sorted:
                notes = [note for note in self.world.notes if note.person is person]
                if not notes:
                    continue
                paper.above(f"Patient: {who(person)}")
                last = None
                for note in notes:
                    day = note.at.date()
                    text = note.text.replace("\r\n", "\n")
                    label = "" if note.kind == "clinical" else "[Phone] "
                    paper.line(
                        [day if day != last else None, f"{note.at:%H:%M}", f"{note.dentist.title} {note.dentist.last}", label + text]
                    )
                    last = day

    def income(self) -> None:
        """Month by month: invoiced, received by method, taken off."""
        methods = ["Cash", "EFTPOS", "Visa", "Direct deposit", "HICAPS"]
        head = ["Month", "Invoiced", *methods, "Total received", "Adjustments"]
        invoiced: Counter[str] = Counter()
        received: dict[str, Counter[str]] = defaultdict(Counter)
        adjusted: Counter[str] = Counter()
        for invoice in self.world.invoices:
            if not invoice.void:
                invoiced[f"{invoice.day:%Y-%m}"] += invoice.total
        for payment in self.world.payments:
            received[f"{payment.day:%Y-%m}"][payment.method] += payment.amount
        for credit in self.world.credits:
            adjusted[f"{credit.day:%Y-%m}"] += credit.cents
        with self.open("Income Summary.xlsx") as book:
            paper = self.paper(book, "Income", "Income Summary", [self.run_on, "Void invoices left out"], head, [14, *[14] * 8])
            sums = [0] * 8
            for month in sorted({*invoiced, *received, *adjusted}):
                by_method = [received[month][method] for method in methods]
                row = [invoiced[month], *by_method, sum(by_method), -adjusted[month]]
                paper.line([f"{date.fromisoformat(month + '-01'):%b %Y}", *row])
                sums = [one + two for one, two in zip(sums, row, strict=True)]
            paper.line(["Total", *sums], strong=True)
        for label, cents in zip(head[1:], sums, strict=True):
            self.note_sum("Income Summary.xlsx", "Income", f"Total {label}", cents)


def world(patients: int, seed: int) -> World:
    """The practice's world: two locations in Adelaide."""
    rng = random.Random(f"reports {seed}")
    sites = [
        Site(1, "Parkside Dental Unley", "Unley", "SA", "5061", "Australia/Adelaide"),
        Site(2, "Parkside Dental Glenelg", "Glenelg", "SA", "5045", "Australia/Adelaide"),
    ]
    made = World("Parkside Dental", TODAY, sites, staff(sites, "parkside.example.com"))
    Town(made, rng, "8", duplicates=False, prospects=False).fill(patients)
    Diary(made, rng, first_day=date(2024, 7, 1), restate=RESTATE).fill()
    seen: Counter[tuple[int, date, str]] = Counter()
    for plan in made.plans:  # a plan has no number: patient, day and heading must tell it from the next
        seen[plan.person.n, plan.day, plan.heading] += 1
        if seen[plan.person.n, plan.day, plan.heading] > 1:
            plan.heading += f" option {seen[plan.person.n, plan.day, plan.heading]}"
    return made


def plan_key(plan: Plan) -> str:
    """The natural key of a plan."""
    return f"{key(plan.person)}|{plan.day.isoformat()}|{plan.heading}"


def write(target: Path, patients: int, seed: int) -> dict[str, Any]:
    """Write export/, truth.json and meanings.json under `target`; gives the truth."""
    made = world(patients, seed)
    reports = Reports(made, target / "export", random.Random(f"reports paper {seed}"))
    reports.fill()
    facts = truth.of_world(
        made,
        truth.Keys(
            person=key,
            dentist=lambda each: f"{each.last}, {each.first}",
            appointment=reports.visit_key,
            plan=plan_key,
            invoice=lambda invoice: str(invoice.n + 1000),
            payment=lambda payment: str(payment.n + 5000),
        ),
    )
    fit_to_files(facts, made)
    facts |= reports.extra
    open_keys = {row["key"] for row in facts["unattachable"]}
    for visit in facts["appointments"]:
        visit["ambiguous"] = visit["key"] in open_keys
    facts["totals"]["printed"] = reports.printed
    write_json(target / "truth.json", facts)
    write_json(target / "meanings.json", reports_meanings.MEANINGS)
    return facts


def fit_to_files(facts: dict[str, Any], made: World) -> None:
    """Take out of the truth what this layout cannot say."""
    names = Counter(short(person) for person in made.persons)
    heads = {key(person): names[short(person)] == 1 for person in made.persons}
    for household in facts["households"]:
        household["certain"] = heads[household["head"]]  # "Bill to" is a name: of two namesakes it could be either
    for person in facts["patients"]:
        person["gender"], person["note"] = "", ""
        person["address"]["country"] = ""
        if person["status"] == "inactive":
            person["status_on"] = None
    for person in facts["staff"]:
        person["email"], person["role"], person["active"], person["location"] = "", "", None, ""
    void = {invoice["key"] for invoice in facts["invoices"] if invoice["status"] == "void"}
    for plan in facts["plans"]:  # the plan's lines name the invoice that counts
        plan["invoices"] = [number for number in plan["invoices"] if number not in void]
    for invoice in facts["invoices"]:
        if invoice["key"] in void:
            invoice["plans"] = []
        for line in invoice["lines"]:
            line["surfaces"], line["tax_cents"] = "", 0
            line["plan"] = None if invoice["key"] in void else line["plan"]
    for note in facts["notes"]:
        note["text"] = note["text"].replace("\r\n", "\n")
    facts["recalls"] = [recall for recall in facts["recalls"] if not recall["disabled"]]
    facts["documents"] = []
