"""The common shape of a practice's truth, from its world; each practice says how its files name things."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC
from typing import Any
from zoneinfo import ZoneInfo

from .model import Appointment, Books, Dentist, Invoice, Payment, Person, Plan, World


@dataclass
class Keys:
    """How the files name a thing, so that a truth can be looked up from a row."""

    person: Callable[[Person], str]
    dentist: Callable[[Dentist], str]
    appointment: Callable[[Appointment], str]
    plan: Callable[[Plan], str]
    invoice: Callable[[Invoice], str]
    payment: Callable[[Payment], str]


def day(value: Any) -> str | None:
    """ISO text of a date, None for none."""
    return value.isoformat() if value else None


def of_world(world: World, keys: Keys) -> dict[str, Any]:
    """The truth of everything in a world; a practice then adds what its files leave out or add."""
    books = Books(world)
    persons = [person for person in world.persons if person.status != "prospective"]
    heads: dict[int, list[Person]] = defaultdict(list)
    for person in persons:
        heads[person.head.n].append(person)
    by_n = {person.n: person for person in persons}
    plans_of = {invoice.n: [keys.plan(plan) for plan in invoice.plans] for invoice in world.invoices}
    return {
        "practice": {
            "name": world.name,
            "export_date": day(world.today),
            "currency": "AUD",
            "locations": [
                {"name": site.name, "suburb": site.suburb, "state": site.state, "postcode": site.postcode, "time_zone": site.zone}
                for site in world.sites
            ],
        },
        "staff": [
            {"key": keys.dentist(each), "title": each.title, "first": each.first, "last": each.last, "role": each.role}
            | {"email": each.email, "location": each.site.name, "active": each.active}
            for each in world.dentists
        ],
        "patients": [patient(person, keys, books) for person in persons],
        "leads": [patient(person, keys, books) for person in world.persons if person.status == "prospective"],
        "households": [
            {"head": keys.person(by_n[head]), "members": [keys.person(person) for person in members], "certain": True}
            for head, members in heads.items()
            if len(members) > 1
        ],
        "never_merge": [{"a": keys.person(one), "b": keys.person(two), "why": why} for one, two, why in world.never_merge],
        "same_person": [
            {"a": keys.person(person.copy_of), "b": keys.person(person), "why": "one human keyed in twice; the second record is archived"}
            for person in persons
            if person.copy_of
        ],
        "appointments": [appointment(visit, keys) for visit in world.appointments],
        "plans": [plan_truth(plan, keys, books) for plan in world.plans],
        "invoices": [
            {
                "key": keys.invoice(invoice),
                "patient": keys.person(invoice.person),
                "dentist": keys.dentist(invoice.dentist),
                "location": invoice.site.name,
                "date": day(invoice.day),
                "lines": [
                    {"code": line.code, "description": line.text, "tooth": line.tooth, "surfaces": line.surfaces}
                    | {"quantity": line.quantity, "fee_cents": line.fee, "discount_cents": line.discount, "tax_cents": line.tax}
                    | {"total_cents": line.total, "plan": keys.plan(line.plan) if line.plan else None}
                    for line in invoice.lines
                ],
                "total_cents": invoice.total,
                "credited_cents": books.credited[invoice.n],
                "paid_cents": books.paid[invoice.n],
                "open_cents": books.open(invoice),
                "status": books.status(invoice),
                "plans": plans_of[invoice.n],
                "replaces": keys.invoice(invoice.replaces) if invoice.replaces else None,
                "earlier_total_cents": invoice.first_total if invoice.restated_on else None,
            }
            for invoice in world.invoices
        ],
        "payments": [
            {
                "key": keys.payment(payment),
                "payer": keys.person(payment.payer),
                "payer_kind": "fund" if payment.fund else "patient",
                "fund": payment.fund,
                "date": day(payment.day),
                "method": payment.method,
                "amount_cents": payment.amount,
                "invoices": [{"invoice": keys.invoice(invoice), "cents": cents} for invoice, cents in payment.parts]
                + [{"invoice": keys.invoice(invoice), "cents": cents} for invoice, cents, _ in payment.applied],
                "unallocated_cents": payment.unallocated,
                "reverses": keys.payment(payment.reverses) if payment.reverses else None,
                "reversed": payment.reversed_by is not None,
            }
            for payment in world.payments
        ],
        "credits": [
            {"invoice": keys.invoice(credit.invoice), "patient": keys.person(credit.invoice.person), "date": day(credit.day)}
            | {"cents": credit.cents, "reason": credit.reason}
            for credit in world.credits
        ],
        "notes": [
            {
                "patient": keys.person(note.person),
                "author": keys.dentist(note.dentist),
                "at_local": note.at.isoformat(),
                "kind": note.kind,
                "text": note.text,
            }
            for note in world.notes
        ],
        "recalls": [
            {"patient": keys.person(recall.person), "kind": recall.kind, "months": recall.months, "due": day(recall.due)}
            | {"last": day(recall.last), "disabled": recall.disabled}
            for recall in world.recalls
        ],
        "documents": [
            {"patient": keys.person(document.person), "date": day(document.day), "file": document.name, "description": document.text}
            for document in world.documents
        ],
        "unattachable": [],
        "totals": totals(world, keys, books),
    }


def patient(person: Person, keys: Keys, books: Books) -> dict[str, Any]:
    """One patient. `phones` are E.164; `emails` has real ones only, fillers stand apart."""
    phones = [(kind, phone) for kind, phone in (("mobile", person.mobile), ("home", person.home), ("work", person.work)) if phone]
    return {
        "key": keys.person(person),
        "title": person.title,
        "first": person.first,
        "middle": person.middle,
        "last": person.last,
        "preferred": person.preferred,
        "birth_date": day(person.birth),
        "gender": person.gender,
        "phones": [{"kind": kind, "e164": phone.e164} for kind, phone in phones],
        "emails": [person.email] if person.email else [],
        "filler_emails": [person.filler_email] if person.filler_email else [],
        "address": {
            "street": person.street,
            "street2": person.street2,
            "suburb": person.suburb,
            "state": person.state,
            "postcode": person.postcode,
            "country": person.country,
        },
        "status": person.status,
        "status_on": day(person.status_on),
        "location": person.site.name,
        "dentist": keys.dentist(person.dentist),
        "fund": person.fund,
        "member_number": person.member_no,
        "note": person.note,
        "head": keys.person(person.head) if person.head is not person else None,
        "balance_cents": books.balance(person),
        "owed_cents": sum(books.open(invoice) for invoice in books.by_person[person.n]),
        "paid_ahead_cents": books.unallocated[person.n],
    }


def appointment(visit: Appointment, keys: Keys) -> dict[str, Any]:
    """One appointment, local and UTC. `outcome`: kept, cancelled, missed, booked."""
    local = visit.start.replace(tzinfo=ZoneInfo(visit.site.zone))
    return {
        "key": keys.appointment(visit),
        "patient": keys.person(visit.person),
        "dentist": keys.dentist(visit.dentist),
        "location": visit.site.name,
        "start_local": visit.start.isoformat(),
        "time_zone": visit.site.zone,
        "start_utc": local.astimezone(UTC).isoformat().replace("+00:00", "Z"),
        "minutes": visit.minutes,
        "outcome": visit.outcome,
        "type": visit.kind,
        "note": visit.note,
        "reason": visit.reason,
    }


def plan_truth(plan: Plan, keys: Keys, books: Books) -> dict[str, Any]:
    """One plan; the sums of its invoices leave the void ones out."""
    invoices = books.plan_invoices(plan)
    return {
        "key": keys.plan(plan),
        "patient": keys.person(plan.person),
        "dentist": keys.dentist(plan.dentist),
        "date": day(plan.day),
        "heading": plan.heading,
        "note": plan.note,
        "signed": day(plan.signed),
        "status": plan.status,
        "items": [
            {"code": item.code, "description": item.text, "tooth": item.tooth, "surfaces": item.surfaces, "quantity": item.quantity}
            | {"fee_cents": item.fee, "discount_cents": item.discount, "total_cents": item.total}
            | {"done": item.done is not None, "done_on": day(item.done.start.date()) if item.done else None}
            for item in plan.items
        ],
        "total_cents": plan.total,
        "invoices": [keys.invoice(invoice) for invoice in invoices],
        "invoiced_cents": sum(invoice.total for invoice in invoices if not invoice.void),
        "paid_cents": sum(books.paid[invoice.n] for invoice in invoices if not invoice.void),
        "open_cents": sum(books.open(invoice) for invoice in invoices),
    }


def totals(world: World, keys: Keys, books: Books) -> dict[str, Any]:
    """Counts and sums of the whole practice; revenue is what was invoiced, void ones left out, before later credits."""
    invoiced: dict[str, int] = defaultdict(int)
    received: dict[str, int] = defaultdict(int)
    for invoice in world.invoices:
        if not invoice.void:
            invoiced[f"{invoice.day:%Y-%m}"] += invoice.total
    for payment in world.payments:
        received[f"{payment.day:%Y-%m}"] += payment.amount
    outcomes: dict[str, int] = defaultdict(int)
    for visit in world.appointments:
        outcomes[visit.outcome] += 1
    debtors = [(person, books.ageing([person])) for person in world.persons if books.balance(person) > 0]
    return {
        "counts": {
            "patients": sum(person.status != "prospective" for person in world.persons),
            "leads": sum(person.status == "prospective" for person in world.persons),
            "appointments": len(world.appointments),
            "appointments_by_outcome": dict(sorted(outcomes.items())),
            "plans": len(world.plans),
            "plan_items": sum(len(plan.items) for plan in world.plans),
            "invoices": len(world.invoices),
            "invoices_void": sum(invoice.void for invoice in world.invoices),
            "payments": len(world.payments),
            "credits": len(world.credits),
            "notes": len(world.notes),
        },
        "invoiced_by_month_cents": dict(sorted(invoiced.items())),
        "received_by_month_cents": dict(sorted(received.items())),
        "invoiced_cents": sum(invoiced.values()),
        "received_cents": sum(received.values()),
        "credited_cents": sum(credit.cents for credit in world.credits),
        "open_cents": sum(books.open(invoice) for invoice in world.invoices),
        "paid_ahead_cents": sum(books.unallocated.values()),
        "debtors": [
            {"patient": keys.person(person), "balance_cents": books.balance(person), "ageing_cents": buckets} for person, buckets in debtors
        ],
        "plans_cents": sum(plan.total for plan in world.plans),
    }
