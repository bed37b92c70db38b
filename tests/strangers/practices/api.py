"""Practice 2: what a script saved from a modern API (see README.md): nested names flattened with dots, long ids, UTC, pages, deltas."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from . import api_meanings, names, truth
from .care import Diary
from .files import write_csv, write_json
from .model import Appointment, Books, Invoice, Line, Payment, Person, Plan, Site, World
from .people import Town, staff

TODAY = date(2026, 10, 30)
PULLED = date(2026, 10, 1)  # when invoices were first fetched; what changed since stands in a second set of files
RESTATE = (date(2026, 8, 3), date(2026, 9, 29))
HOST = "https://api.au1.example.com/v1"
KINDS = [
    "patients",
    "accounts",
    "individual_appointments",
    "invoices",
    "invoice_items",
    "payments",
    "credit_notes",
    "treatment_plans",
    "treatment_plan_items",
    "treatment_notes",
    "communications",
    "patient_attachments",
    "practitioners",
    "businesses",
    "appointment_types",
    "users",
    "products",
]


def ident(kind: str, n: int) -> str:
    """A long id: nineteen digits, more than a float can hold."""
    return str(1_390_000_000_000_000_000 + (KINDS.index(kind) + 1) * 10_000_000_000_000 + n * 104_729 + 7)


def link(kind: str, number: str) -> str:
    """Where the API would answer with it."""
    return f"{HOST}/{kind}/{number}"


def ref(name: str, kind: str, number: str) -> dict[str, str]:
    """A reference to another resource: its id and its link."""
    return {f"{name}.id": number, f"{name}.links.self": link(kind, number) if number else ""}


def money(cents: int) -> str:
    """A decimal as the API prints it: 50.0, 18.15."""
    text = f"{cents / 100:.2f}"
    return text[:-1] if text.endswith("0") else text


def yes(value: bool) -> str:
    """JSON's word for it."""
    return "true" if value else "false"


def utc(value: datetime, zone: str) -> str:
    """A local time as the API says it."""
    return f"{value.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def stamp(day: date | None, hour: int = 14) -> str:
    """A day as a UTC time; blank for none."""
    return f"{datetime.combine(day, time(hour, 5, 9)):%Y-%m-%dT%H:%M:%SZ}" if day else ""


class Pull:
    """Writes the files of one world."""

    def __init__(self, world: World, folder: Path) -> None:
        self.world, self.folder, self.books = world, folder, Books(world)
        self.size = 25 if len(world.persons) <= 200 else 200
        self.extra: dict[str, list[dict[str, Any]]] = defaultdict(list)
        self.recall = {recall.person.n: recall for recall in world.recalls if not recall.disabled}
        self.family: dict[int, list[Person]] = defaultdict(list)
        for person in world.persons:
            self.family[person.head.n].append(person)

    def pages(self, name: str, rows: Iterable[dict[str, Any]], *, size: int = 0) -> None:
        """Several files of one resource; a page has only the columns that its own rows have."""
        rows, size = list(rows), size or self.size
        for place in range(0, len(rows), size):
            write_csv(self.folder / f"{name}_page_{place // size + 1}.csv", rows[place : place + size])

    def fill(self) -> None:
        """All resources."""
        self.lists()
        self.patients()
        self.appointments()
        self.invoices()
        self.payments()
        self.plans()
        self.notes()

    def lists(self) -> None:
        """Businesses, practitioners and users, appointment types, products."""
        world = self.world
        write_csv(
            self.folder / "businesses.csv",
            [
                {
                    "id": ident("businesses", site.n),
                    "business_name": site.name,
                    "city": site.suburb,
                    "state": site.state,
                    "post_code": site.postcode,
                    "country": "Australia",
                    "time_zone_identifier": site.zone,
                    "archived_at": "",
                    "links.self": link("businesses", ident("businesses", site.n)),
                }
                for site in world.sites
            ],
        )
        write_csv(
            self.folder / "practitioners.csv",
            [
                {
                    "id": ident("practitioners", each.n),
                    "title": each.title,
                    "first_name": each.first,
                    "last_name": each.last,
                    "label": f"{each.title} {each.first} {each.last}",
                    "designation": each.role.capitalize(),
                    "active": yes(each.active),
                    "default_business.id": ident("businesses", each.site.n),
                    **ref("user", "users", ident("users", each.n)),
                    "links.self": link("practitioners", ident("practitioners", each.n)),
                }
                for each in world.dentists
            ],
        )
        write_csv(
            self.folder / "users.csv",
            [
                {
                    "id": ident("users", each.n),
                    "email": each.email,
                    "first_name": each.first,
                    "last_name": each.last,
                    "role": "practitioner",
                    "user_active": yes(each.active),
                    "time_zone_identifier": each.site.zone,
                }
                for each in world.dentists
            ],
        )
        write_csv(
            self.folder / "appointment_types.csv",
            [
                {
                    "id": ident("appointment_types", place),
                    "name": name,
                    "duration_in_minutes": minutes,
                    "max_attendees": 1,
                    "archived_at": "",
                }
                for place, (name, minutes) in enumerate(names.APPOINTMENT_TYPES, 1)
            ],
        )
        write_csv(
            self.folder / "products.csv",
            [
                {
                    "id": ident("products", place),
                    "item_code": code,
                    "name": name,
                    "price_including_tax": money(price),
                    "tax.name": "GST",
                    "tax.rate": "10.0",
                    "stock_level": 7 * place,
                    "archived_at": "",
                }
                for place, (code, name, price) in enumerate(names.PRODUCTS, 1)
            ],
        )

    def patients(self) -> None:
        """Patients, the archived ones from their own call, and the accounts that families share."""
        people = self.world.persons
        gone = ("archived", "deceased")
        archived = [person for person in people if person.status in gone]
        self.pages("patients", [self.patient(person) for person in people if person.status not in gone])
        self.pages("archived_patients", [self.patient(person) for person in archived])
        self.pages(
            "accounts",
            [
                {
                    "id": ident("accounts", person.n),
                    "name": f"{person.title} {person.full}".strip(),
                    **ref("patient", "patients", ident("patients", person.n)),
                    "current_balance": money(sum(self.books.balance(each) for each in self.family[person.n])),
                    "created_at": stamp(person.created),
                }
                for person in people
                if person.head is person
            ],
        )

    def patient(self, person: Person) -> dict[str, Any]:
        """One patient, flattened; absent parts leave no column."""
        row: dict[str, Any] = {
            "id": ident("patients", person.n),
            "title": person.title,
            "first_name": person.first,
            "last_name": person.last,
            "preferred_first_name": person.preferred,
            "date_of_birth": person.birth.isoformat() if person.birth else "",
            "sex": {"F": "Female", "M": "Male"}[person.gender],
            "email": person.email or person.filler_email,
            "address_1": person.street,
            "address_2": person.street2,
            "address_3": "",
            "city": person.suburb,
            "state": person.state,
            "post_code": person.postcode,
            "country": person.country,
            "occupation": "",
            "medicare": "",
            "notes": person.note,
            "reminder_type": "SMS & Email",
            "accepted_privacy_policy": "" if person.n % 5 == 0 else yes(person.n % 11 != 0),
            "time_zone": "",
            "old_reference_id": "",
            "archived_at": stamp(person.status_on) if person.status in ("archived", "deceased") else "",
            "archived_reason": {"archived": "Moved away", "deceased": "Deceased"}.get(person.status, ""),
            "deleted_at": "",
            "created_at": stamp(person.created),
            "updated_at": stamp(person.status_on or person.created, 23),
            **ref("account", "accounts", ident("accounts", person.head.n)),
            "practitioner.id": ident("practitioners", person.dentist.n),
            "business.id": ident("businesses", person.site.n),
        }
        phones = [(kind, phone) for kind, phone in (("Mobile", person.mobile), ("Home", person.home), ("Work", person.work)) if phone]
        for place, (kind, phone) in enumerate(phones):
            row |= {f"patient_phone_numbers.{place}.phone_type": kind, f"patient_phone_numbers.{place}.number": phone.e164[1:]}
        if person.fund:
            part = "custom_fields.sections.0"
            row |= {f"{part}.name": "Insurance coverage", f"{part}.fields.0.name": "Provider", f"{part}.fields.0.value": person.fund}
            row |= {f"{part}.fields.1.name": "Policy number", f"{part}.fields.1.value": person.member_no}
        recall = self.recall.get(person.n)
        if recall:
            row |= {"dentist_recall_date": recall.due.isoformat(), "dentist_recall_interval": recall.months}
        return row | {"links.self": link("patients", ident("patients", person.n))}

    # -- appointments --------------------------------------------------------------------------------------------------------------

    def appointments(self) -> None:
        """Kept, missed and booked ones from one call, cancelled and deleted ones from two others; some of a patient that is not there."""
        world = self.world
        rows = [self.appointment(visit) for visit in world.appointments if visit.outcome != "cancelled"]
        people = [person for person in world.persons if person.status == "active"]
        for step in range(max(2, len(world.appointments) // 150)):
            person = people[step % len(people)]
            absent = ident("patients", len(world.persons) + 500 + step)
            number = ident("individual_appointments", 900_000 + step)
            first = rows[step]
            rows.insert(
                5 + 9 * step,
                first | {"id": number, "links.self": link("individual_appointments", number)} | ref("patient", "patients", absent),
            )
            rows[5 + 9 * step] |= {
                "patient_name": person.full if step % 2 == 0 else "Deleted Patient",
                "notes": "",
                "starts_at": "2026-02-10T23:00:00Z",
            }
            rows[5 + 9 * step] |= {"ends_at": "2026-02-10T23:45:00Z"}
            why = "the patient's id is in no file" + ("; the name alone is that of a patient of another id" if step % 2 == 0 else "")
            self.extra["unattachable"].append({"file": "individual_appointments", "key": number, "absent_id": absent, "why": why})
        self.pages("individual_appointments", rows, size=self.size * 2)
        self.pages(
            "cancelled_individual_appointments", [self.appointment(visit) for visit in world.appointments if visit.outcome == "cancelled"]
        )
        number = ident("individual_appointments", 990_000)
        gone = self.appointment(world.appointments[0]) | {
            "id": number,
            "deleted_at": "2026-03-01T01:00:00Z",
            "starts_at": "2026-03-02T22:00:00Z",
        }
        self.pages(
            "deleted_individual_appointments",
            [gone | {"ends_at": "2026-03-02T22:30:00Z", "links.self": link("individual_appointments", number)}],
        )
        self.extra["deleted_appointments"].append({"key": number, "why": "deleted in the source (deleted_at): entered by mistake"})

    def appointment(self, visit: Appointment) -> dict[str, Any]:
        """One appointment, flattened."""
        number, zone = ident("individual_appointments", visit.n), visit.site.zone
        kinds = [kind for kind, _ in names.APPOINTMENT_TYPES]
        kind = ident("appointment_types", kinds.index(visit.kind) + 1)
        cancelled = visit.start - timedelta(hours=20)
        return {
            "id": number,
            "starts_at": utc(visit.start, zone),
            "ends_at": utc(visit.start + timedelta(minutes=visit.minutes), zone),
            "patient_name": visit.person.full,
            "patient_arrived": yes(visit.outcome == "kept"),
            "did_not_arrive": yes(visit.outcome == "missed"),
            "cancelled_at": utc(cancelled, zone) if visit.outcome == "cancelled" else "",
            "cancellation_reason": 50 if visit.outcome == "cancelled" else "",
            "cancellation_reason_description": visit.reason,
            "cancellation_note": "",
            "email_reminder_sent": yes(visit.n % 2 == 0),
            "sms_reminder_sent": yes(visit.n % 3 == 0),
            "notes": visit.note,
            "deleted_at": "",
            "created_at": stamp(visit.booked_on, 3),
            "updated_at": stamp(visit.booked_on, 4),
            **ref("patient", "patients", ident("patients", visit.person.n)),
            **ref("practitioner", "practitioners", ident("practitioners", visit.dentist.n)),
            **ref("business", "businesses", ident("businesses", visit.site.n)),
            **ref("appointment_type", "appointment_types", kind),
            "links.self": link("individual_appointments", number),
        }

    # -- invoices ------------------------------------------------------------------------------------------------------------------

    def invoices(self) -> None:
        """Invoices as fetched first, those changed since, and the deleted (void) ones; their items likewise."""
        changed = [invoice for invoice in self.world.invoices if not invoice.void and self.changed(invoice)]
        first = [invoice for invoice in self.world.invoices if not invoice.void and invoice.day <= PULLED]
        void = [invoice for invoice in self.world.invoices if invoice.void]
        self.pages("invoices", [self.invoice(invoice, PULLED) for invoice in first], size=self.size * 2)
        self.pages("invoices_updated_since_2026-10-01", [self.invoice(invoice, TODAY) for invoice in changed])
        self.pages("deleted_invoices", [self.invoice(invoice, TODAY) for invoice in void])
        items = [self.item(invoice, line, place, PULLED) for invoice in first for place, line in enumerate(invoice.lines)]
        self.pages("invoice_items", items, size=self.size * 4)
        fresh = [invoice for invoice in changed if invoice.day > PULLED or invoice.restated_on]
        items = [self.item(invoice, line, place, TODAY) for invoice in fresh for place, line in enumerate(invoice.lines)]
        self.pages("invoice_items_updated_since_2026-10-01", items)
        self.pages(
            "deleted_invoice_items",
            [self.item(invoice, line, place, TODAY) for invoice in void for place, line in enumerate(invoice.lines)],
        )

    def changed(self, invoice: Invoice) -> bool:
        """Was anything done to it after the first fetch?"""
        if invoice.day > PULLED or invoice.restated_on:
            return True
        return any(day > PULLED for day, _ in self.books.moves[invoice.n])

    def invoice(self, invoice: Invoice, as_of: date) -> dict[str, Any]:
        """One invoice as it stood on a day."""
        number = ident("invoices", invoice.n)
        old = bool(invoice.restated_on) and as_of == PULLED
        total = invoice.first_total if old else invoice.total
        tax = sum(line.tax * line.quantity for line in invoice.lines)
        discounts = sum(invoice.first_discounts if old else [line.discount for line in invoice.lines])
        left = total - sum(cents for day, cents in self.books.moves[invoice.n] if day <= as_of)
        left = 0 if invoice.void else left
        status = (30, "Void") if invoice.void else (20, "Paid") if left == 0 else (10, "Open")
        person = invoice.person
        return {
            "id": number,
            "number": 1000 + invoice.n,
            "issue_date": invoice.day.isoformat(),
            "status": status[0],
            "status_description": status[1],
            "net_amount": money(total - tax),
            "tax_amount": money(tax),
            "total_amount": money(total),
            "discounted_amount": money(discounts),
            "amount_outstanding": money(left),
            "invoice_to": "\r\n".join(
                text for text in (f"{person.head.title} {person.head.full}".strip(), person.head.street, person.head.suburb) if text
            ),
            "notes": f"Replaces invoice {1000 + invoice.replaces.n}" if invoice.replaces else "",
            "closed_at": "",
            "deleted_at": stamp(invoice.day, 22) if invoice.void else "",
            "created_at": stamp(invoice.day, 5),
            "updated_at": stamp(self.touched(invoice, as_of), 6),
            **ref("patient", "patients", ident("patients", person.n)),
            **ref("practitioner", "practitioners", ident("practitioners", invoice.dentist.n)),
            **ref("business", "businesses", ident("businesses", invoice.site.n)),
            **ref(
                "appointment",
                "individual_appointments",
                ident("individual_appointments", invoice.appointment.n) if invoice.appointment else "",
            ),
            "links.self": link("invoices", number),
        }

    def touched(self, invoice: Invoice, as_of: date) -> date:
        """The last day on which something happened to an invoice."""
        days = [invoice.day, *([invoice.restated_on] if invoice.restated_on else [])]
        days += [day for day, _ in self.books.moves[invoice.n]]
        return max(day for day in days if day <= as_of)

    def item(self, invoice: Invoice, line: Line, place: int, as_of: date) -> dict[str, Any]:
        """One line of an invoice as it stood on a day; unit_price has no tax in it."""
        old = bool(invoice.restated_on) and as_of == PULLED
        discount = invoice.first_discounts[place] if old else line.discount
        number = ident("invoice_items", line.n)
        return {
            "id": number,
            "code": line.code,
            "name": line.text,
            "quantity": line.quantity,
            "unit_price": money(line.fee - line.tax),
            "discounted_amount": money(discount),
            "is_monetary_discount": yes(bool(discount)),
            "net_price": money(line.quantity * (line.fee - line.tax) - discount),
            "tax_name": "GST" if line.tax else "",
            "tax_rate": "10.0" if line.tax else "",
            "tax_amount": money(line.tax * line.quantity),
            "total_including_tax": money(line.quantity * line.fee - discount),
            "tooth": line.tooth,
            "deleted_at": stamp(invoice.day, 22) if invoice.void else "",
            "created_at": stamp(invoice.day, 5),
            "updated_at": stamp(invoice.restated_on if invoice.restated_on and not old else invoice.day, 6),
            **ref("invoice", "invoices", ident("invoices", invoice.n)),
            **ref("treatment_plan_item", "treatment_plan_items", ident("treatment_plan_items", line.item.n) if line.item else ""),
            "links.self": link("invoice_items", number),
        }

    def payments(self) -> None:
        """Payments with what they explain, credit notes, and one payment of nobody."""
        rows = [self.payment(payment) for payment in self.world.payments]
        absent, number = ident("patients", len(self.world.persons) + 500), ident("payments", 900_000)
        stray = {"id": number, "amount": "85.5", "amount_unexplained": "85.5", "dated_on": "2025-03-03", "method": "Cash", "deleted_at": ""}
        stray |= ref("patient", "patients", absent) | {"created_at": "2025-03-03T02:00:00Z", "links.self": link("payments", number)}
        rows.insert(len(rows) // 2, stray)
        why = "the payer's id is in no file"
        self.extra["unattachable"].append({"file": "payments", "key": number, "absent_id": absent, "why": why, "cents": 8550})
        self.pages("payments", rows, size=self.size * 2)
        write_csv(
            self.folder / "credit_notes.csv",
            [
                {
                    "id": ident("credit_notes", credit.n),
                    "amount": money(credit.cents),
                    "dated_on": credit.day.isoformat(),
                    "reason": credit.reason,
                    **ref("invoice", "invoices", ident("invoices", credit.invoice.n)),
                    "patient.id": ident("patients", credit.invoice.person.n),
                }
                for credit in self.world.credits
            ],
        )

    def payment(self, payment: Payment) -> dict[str, Any]:
        """One payment; `explanations` says which invoices it settles."""
        number = ident("payments", payment.n)
        row = {
            "id": number,
            "amount": money(payment.amount),
            "amount_unexplained": money(payment.unallocated),
            "dated_on": payment.day.isoformat(),
            "method": "Health fund" if payment.fund else payment.method,
            "health_fund.name": payment.fund,
            "reference": payment.note,
            "reverses.id": ident("payments", payment.reverses.n) if payment.reverses else "",
            "deleted_at": "",
            "created_at": stamp(payment.day, 4),
            **ref("account", "accounts", ident("accounts", payment.payer.head.n)),
            **ref("patient", "patients", ident("patients", payment.payer.n)),
        }
        shares = [*payment.parts, *((invoice, cents) for invoice, cents, _ in payment.applied)]
        for place, (invoice, cents) in enumerate(shares):
            row |= {f"explanations.{place}.amount": money(cents), f"explanations.{place}.invoice.id": ident("invoices", invoice.n)}
        return row | {"links.self": link("payments", number)}

    # -- plans and notes -----------------------------------------------------------------------------------------------------------

    def plans(self) -> None:
        """Treatment plans and their items."""
        self.pages("treatment_plans", [self.plan(plan) for plan in self.world.plans])
        rows = []
        for plan in self.world.plans:
            for item in plan.items:
                number = ident("treatment_plan_items", item.n)
                row = {
                    "id": number,
                    **ref("treatment_plan", "treatment_plans", ident("treatment_plans", plan.n)),
                    "patient.id": ident("patients", plan.person.n),
                    "practitioner.id": ident("practitioners", plan.dentist.n),
                    "code": item.code,
                    "nomenclature": item.text,
                    "teeth.0": item.tooth,
                    "surfaces": item.surfaces,
                    "quantity": item.quantity,
                    "price": money(item.fee),
                    "discount_amount": money(item.discount),
                    "total_price": money(item.total),
                    "completed": yes(item.done is not None),
                    "completed_at": utc(item.done.start, item.done.site.zone) if item.done else "",
                    "appointment.id": ident("individual_appointments", item.done.n) if item.done else "",
                    "links.self": link("treatment_plan_items", number),
                }
                rows.append(row)
        self.pages("treatment_plan_items", rows, size=self.size * 3)

    def plan(self, plan: Plan) -> dict[str, Any]:
        """One treatment plan, flattened."""
        number = ident("treatment_plans", plan.n)
        done = max((item.done.start.date() for item in plan.items if item.done), default=None)
        return {
            "id": number,
            "nickname": plan.heading,
            "start_date": plan.day.isoformat(),
            "accepted_at": stamp(plan.signed, 2),
            "declined_at": stamp(plan.day + timedelta(days=9), 2) if plan.status == "declined" else "",
            "completed": yes(plan.status == "completed"),
            "completed_at": stamp(done, 7) if plan.status == "completed" else "",
            "private_treatment_value": money(plan.total),
            "notes": plan.note,
            **ref("patient", "patients", ident("patients", plan.person.n)),
            **ref("practitioner", "practitioners", ident("practitioners", plan.dentist.n)),
            "created_at": stamp(plan.day, 1),
            "links.self": link("treatment_plans", number),
        }

    def notes(self) -> None:
        """Treatment notes, communications, attachments; a note of nobody."""
        world = self.world
        clinical = [self.note(place, note.person.n, note) for place, note in enumerate(world.notes, 1) if note.kind == "clinical"]
        absent, number = len(world.persons) + 500, ident("treatment_notes", 900_000)
        clinical.append(
            clinical[0]
            | {"id": number, "links.self": link("treatment_notes", number)}
            | ref("patient", "patients", ident("patients", absent))
        )
        self.extra["unattachable"].append(
            {"file": "treatment_notes", "key": number, "absent_id": ident("patients", absent), "why": "the patient's id is in no file"}
        )
        self.pages("treatment_notes", clinical)
        self.pages(
            "communications",
            [
                {
                    "id": ident("communications", note.n),
                    "type": "Phone call",
                    "direction": "outbound",
                    "content": note.text,
                    "created_at": utc(note.at, note.person.site.zone),
                    **ref("patient", "patients", ident("patients", note.person.n)),
                    "practitioner.id": ident("practitioners", note.dentist.n),
                }
                for note in world.notes
                if note.kind != "clinical"
            ],
        )
        self.pages(
            "patient_attachments",
            [
                {
                    "id": ident("patient_attachments", document.n),
                    "filename": document.name,
                    "content_type": "image/jpeg" if document.name.endswith("jpg") else "application/pdf",
                    "size": 40_000 + 913 * document.n,
                    "description": document.text,
                    "content.links.self": link("patient_attachments", f"{ident('patient_attachments', document.n)}/content"),
                    "created_at": stamp(document.day, 3),
                    **ref("patient", "patients", ident("patients", document.person.n)),
                }
                for document in world.documents
            ],
        )

    def note(self, place: int, person: int, note: Any) -> dict[str, Any]:
        """One treatment note, flattened."""
        number = ident("treatment_notes", note.n)
        return {
            "id": number,
            "title": "Progress note",
            "draft": yes(False),
            "author_name": f"{note.dentist.first} {note.dentist.last}",
            "content.sections.0.name": "Notes",
            "content.sections.0.questions.0.name": "Today",
            "content.sections.0.questions.0.answer": note.text,
            "created_at": utc(note.at, note.person.site.zone),
            **ref("patient", "patients", ident("patients", person)),
            **ref("practitioner", "practitioners", ident("practitioners", note.dentist.n)),
            "links.self": link("treatment_notes", number),
        }


def world(patients: int, seed: int) -> World:
    """The practice's world: one town on both sides of a border, where the clocks differ in summer."""
    rng = random.Random(f"api {seed}")
    sites = [
        Site(1, "Border Dental Tweed Heads", "Tweed Heads", "NSW", "2485", "Australia/Sydney"),
        Site(2, "Border Dental Coolangatta", "Coolangatta", "QLD", "4225", "Australia/Brisbane"),
    ]
    made = World("Border Dental", TODAY, sites, staff(sites, "border.example.com"))
    Town(made, rng, "7", duplicates=True, prospects=False).fill(patients)
    Diary(made, rng, first_day=date(2024, 7, 1), restate=RESTATE).fill()
    return made


def keyed(kind: str) -> Callable[[Any], str]:
    """A truth key: the long id."""
    return lambda thing: ident(kind, thing.n)


def write(target: Path, patients: int, seed: int) -> dict[str, Any]:
    """Write export/, truth.json and meanings.json under `target`; gives the truth."""
    made = world(patients, seed)
    pull = Pull(made, target / "export")
    pull.fill()
    keys = ("patients", "practitioners", "individual_appointments", "treatment_plans", "invoices", "payments")
    facts = truth.of_world(made, truth.Keys(*(keyed(kind) for kind in keys)))
    fit_to_files(facts)
    facts |= pull.extra
    write_json(target / "truth.json", facts)
    write_json(target / "meanings.json", api_meanings.MEANINGS)
    return facts


def fit_to_files(facts: dict[str, Any]) -> None:
    """Take out of the truth what this layout cannot say."""
    for person in facts["patients"]:
        person["middle"] = ""
        if person["status"] == "inactive":
            person["status"], person["status_on"] = "active", None
    facts["recalls"] = [recall | {"last": None} for recall in facts["recalls"] if not recall["disabled"]]
    for invoice in facts["invoices"]:
        for line in invoice["lines"]:
            line["surfaces"] = ""  # invoice items name the tooth only
