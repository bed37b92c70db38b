"""The people who work in the practice, and the things that it keeps: products, workflows, reports, leads."""

from __future__ import annotations

import random
from datetime import timedelta

from .practice import AS_OF, DOMAIN, SINCE, Practice, Record, iso, moment
from .words import plain, stream, words

STAFF = [  # id, first, last, role, location, active, has a user
    ("1", "Fiona", "Sullivan", "Dentist", "Parramatta", True),
    ("2", "Đức", "Nguyễn", "Dentist", "Parramatta", True),
    ("3", "Đức", "Nguyễn", "Dentist", "Newtown", True),  # the same dentist, another provider number
    ("4", "Chidi", "Okafor", "Dentist", "Newtown", True),
    ("5", "Marco", "Rossi", "Dentist", "Parramatta", False),
    ("6", "Bridget", "Walsh", "Hygienist", "Parramatta", True),
    ("7", "Harpreet", "Singh", "Oral health therapist", "Newtown", True),
    ("8", "Kim", "Taylor", "Receptionist", "Parramatta", True),
    ("9", "Jo", "Bennett", "Practice manager", "Parramatta", True),
]
WITHOUT_USER = ("6",)
"""Practitioners whom no user of the account matches."""
PATIENTS_PER_DENTIST = 800


def add_practitioners(practice: Practice, patients: int) -> None:
    """Fill practitioners: the nine above, and more dentists where there are many patients."""
    names = words("names")
    staff = list(STAFF)
    for extra in range(max(0, patients // PATIENTS_PER_DENTIST - 4)):
        # last names of their own, so that a name in a report means one practitioner
        first, last = names["female"][extra % 100], names["surnames"][60 + extra % 150]
        staff.append((str(10 + extra), first, last, "Dentist", ("Parramatta", "Newtown")[extra % 2], True))
    for number, first, last, role, location, active in staff:
        clinical = role not in ("Receptionist", "Practice manager")
        practice["practitioners"].append({
            "practitioner_id": number, "code": "".join(word[0] for word in (first, last)).upper() + number,
            "full_name": f"{last}, {first}", "title": "Dr" if role == "Dentist" else None, "first_name": first, "last_name": last,
            "role": role, "provider_number": f"2{100000 + 37 * int(number):06d}{'ABFHJKLTWXY'[int(number) % 11]}" if clinical else None,
            "ahpra_number": f"DEN{1000000 + 97 * int('2' if number == '3' else number):010d}" if clinical else None,
            "email": f"{plain(first)}.{plain(last)}@{DOMAIN}", "phone": f"+6128000{1000 + int(number):04d}", "location": location,
            "active": active,
        })  # fmt: skip


def add_products(practice: Practice, seed: int) -> None:
    """Fill products: forty lines of stock."""
    dice = stream(seed, "products")
    kinds = words("dental")["products"]
    for number in range(40):
        name, category, price, cost, supplier = kinds[number % len(kinds)]
        again = number >= len(kinds)
        name = f"{name} (large)" if again else name
        practice["products"].append({
            "product_id": str(301 + number), "code": f"{category[:3].upper()}{number + 1:03d}", "name": name,
            "description": f"{name}, {category.lower()}" if dice.random() < 0.6 else None, "unit_price": price * (2 if again else 1),
            "cost_price": cost * (2 if again else 1), "gst": 10 if category in ("Cosmetic", "Home care") else 0,
            "stock": dice.randint(0, 120), "supplier": supplier, "category": category, "active": dice.random() < 0.92,
        })  # fmt: skip


def add_leads(practice: Practice, seed: int) -> None:
    """Fill leads, one to five patients; some became patients."""
    dice = stream(seed, "leads")
    lists, names = words("dental"), words("names")
    adults = [p for p in practice["patients"] if p["status"] == "active" and p["birth_date"] and p["birth_date"] < "2000" and p["mobile"]]
    for number in range(max(10, len(practice["patients"]) // 5)):
        first, last = dice.choice(names[dice.choice(["female", "male"])]), dice.choice(names["surnames"])
        status = dice.choices(["new", "contacted", "converted", "lost"], [4, 3, 2, 1])[0]
        patient: Record | None = dice.choice(adults) if status == "converted" and adults else None
        status = "contacted" if status == "converted" and not patient else status
        if patient:
            first, last = patient["first_name"], patient["last_name"]
        created = moment(AS_OF - timedelta(days=dice.randint(0, 300)), dice.randint(480, 1140))
        practice["leads"].append({
            "lead_id": str(4001 + number), "created_at": iso(created), "full_name": f"{first} {last}",
            "phone": patient["mobile"] if patient else f"+614{dice.randint(10**7, 4 * 10**7 - 1)}",
            "email": patient["email"] if patient else f"{plain(first)}.{plain(last)}.{number}@example.net",
            "source": dice.choice(lists["sources"]), "interest": dice.choice(lists["interests"]),
            "location": dice.choice(["Parramatta", "Newtown"]), "status": status,
            "value": dice.choice([None, 15000, 80000, 350000, 650000]),
            "converted_patient_id": patient["patient_id"] if patient else None, "practitioner_id": dice.choice(["1", "2", "4"]),
            "notes": dice.choice([None, "Asked for a quote", "Prefers \"late\" times; works shifts"]),
        })  # fmt: skip


def add_workflows(practice: Practice) -> None:
    """Fill workflows: the eight reminders that a practice runs."""
    fields = ("name", "trigger", "timing", "channel", "audience", "message", "enabled")
    for number, values in enumerate(words("dental")["workflows"]):
        practice["workflows"].append({"workflow_id": str(11 + number)} | dict(zip(fields, values, strict=True)))


REPORTS = [  # name, description, measure, grouping, filter
    ("Revenue by dentist", "Invoiced per dentist, month", "sum of invoices.total", "practitioner", "status is not void"),
    ("Appointments by status", "Attendance, month", "count of appointments", "status", ""),
    ("Recalls due", "Recalls due until the end of the period", "count of recalls", "type", "status is due"),
    ("Treatment plans by status", "Acceptance, year", "count of treatment_plans", "status", ""),
    ("New patients", "Registrations by month, year", "count of patients", "month", ""),
    ("Outstanding debt", "Open balances by status, year", "sum of invoices.balance", "status", "status is not void"),
]


def add_reports(practice: Practice) -> None:
    """Fill reports: the dashboards that exist, each with what it measures over which days."""
    month, year = "01/10/2026 to 31/10/2026", f"{SINCE:%d/%m/%Y} to {AS_OF:%d/%m/%Y}"
    for number, (name, description, measure, grouping, chosen) in enumerate(REPORTS):
        practice["reports"].append({
            "report_id": str(21 + number), "name": name, "description": description, "measure": measure, "grouping": grouping,
            "filter": chosen or None, "period": month if "month" in description and "year" not in description else year,
            "schedule": random.Random(number).choice(["Monthly", "Weekly"]),
        })  # fmt: skip
