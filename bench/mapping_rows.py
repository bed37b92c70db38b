"""Rows for the header lists of `bench/data/headers`: what a practice somewhere would have under those headers.

Every system gets a style of its own (country, dates, phones, numbers, codes, what is left empty) and people who are the same in all
of its tables. Columns that have no home are filled too, by what their header asks for. Nothing here reads `migkit.mapping`,
`migkit.generate` or the strangers' practices, which stay apart for the final figures.
"""

from __future__ import annotations

import random
import re
import string
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

import pandas as pd
from faker import Faker
from mapping_data import System
from mapping_ledger import Ledger

from migkit.model.tables import SourceTable

LOCALES = {"en_AU": 10, "en_NZ": 3, "en_GB": 4, "en_US": 5, "en_IE": 1, "de_DE": 2, "nl_NL": 1, "es_ES": 1}
"""Locale → how often; the practices that are meant are mostly Australian."""
NUMBERINGS = {"plain": 6, "gaps": 3, "prefixed": 2, "padded": 2, "uuid": 1, "hex": 0.5, "letters": 0.5, "long": 2}
"""How records are numbered → how often."""
_POOL = 500
NARROW = 7
"""Columns of a narrow report at most."""


@dataclass(frozen=True)
class Pool:
    """What people and places of a locale are called."""

    women: list[str]
    men: list[str]
    last: list[str]
    cities: list[str]
    streets: list[str]
    jobs: list[str]
    firms: list[str]
    states: list[str]
    postcodes: list[str]
    sentences: list[str]
    words: list[str]


@cache
def pool(locale: str) -> Pool:
    """Return the names of a locale; a tenth of the people's are from elsewhere."""
    fake, other = Faker(locale), Faker(["vi_VN", "zh_TW", "it_IT", "ar_AA", "hi_IN", "pl_PL", "el_GR", "es_MX"], use_weighting=False)
    fake.seed_instance(len(locale) + ord(locale[-1]))
    other.seed_instance(7)
    english = Faker("en_AU")
    english.seed_instance(11)

    def some(make: Callable[[], str], n: int = _POOL) -> list[str]:
        return [make() for _ in range(n)]

    latin = [w for w in some(other.last_name, 400) if w.isascii()][:50]
    given = [w for w in some(other.first_name, 400) if w.isascii()][:60]
    state = getattr(fake, "state_abbr", None) or getattr(fake, "state", None) or (lambda: "")
    long = getattr(fake, "state", None) or state
    states = list(dict.fromkeys(some(random.Random(locale).choice([state, state, long]), 40)))[:9]
    return Pool(
        some(fake.first_name_female) + given[::2],
        some(fake.first_name_male) + given[1::2],
        some(fake.last_name) + latin,
        list(dict.fromkeys(some(fake.city)))[:120],
        some(fake.street_address),
        [job.split(",")[0] for job in some(english.job, 200)],
        some(fake.company, 120),
        states,
        some(fake.postcode),
        some(lambda: english.sentence(nb_words=random.Random(english.random.random()).choice([3, 5, 8, 12])), 200),
        list(dict.fromkeys(english.words(200))),
    )


SERVICES = [
    "Exam and clean",
    "New patient exam",
    "Hygiene",
    "Emergency",
    "Crown prep",
    "Crown seat",
    "Root canal",
    "Recall",
    "Consult",
    "Implant consult",
    "Whitening",
    "Extraction",
    "Filling",
    "Ortho review",
    "Child check up",
    "Denture try in",
    "Checkup & scale",
    "Veneer prep",
    "Surgery",
    "Botox",
]
ITEMS = {
    "011": "Comprehensive oral examination",
    "012": "Periodic examination",
    "022": "Intraoral radiograph",
    "114": "Removal of calculus",
    "121": "Topical remineralisation",
    "311": "Removal of a tooth",
    "415": "Complete chemo-mechanical prep",
    "521": "Adhesive restoration - one surface",
    "531": "Adhesive restoration posterior",
    "613": "Full crown non metallic",
    "618": "Full crown metallic",
    "037": "Panoramic radiograph",
    "965": "Occlusal splint",
    "118": "Bleaching, home",
    "661": "Fitting of implant abutment",
}
CDT = {
    "D0120": "Periodic oral evaluation",
    "D1110": "Prophylaxis adult",
    "D0274": "Bitewings four",
    "D2740": "Crown porcelain",
    "D2391": "Resin one surface",
    "D7140": "Extraction erupted tooth",
    "D4341": "Perio scaling root planing",
    "D0330": "Panoramic film",
    "D3330": "Endodontic molar",
}
FUNDS = ["HCF", "Medibank Private", "Bupa", "NIB", "AHM", "HBF", "Teachers Health", "Defence Health", "Australian Unity", "GU Health"]
FUNDS_ELSEWHERE = ["Delta Dental", "Aetna", "Cigna", "MetLife", "Guardian", "Southern Cross", "AXA PPP", "Denplan", "Vhi", "AOK", "Barmer"]
METHODS = ["Cash", "EFTPOS", "Credit Card", "Visa", "Mastercard", "HICAPS", "Direct Deposit", "Cheque", "Medicare", "Amex", "Bank transfer"]
SOURCES = [
    "Google",
    "Facebook",
    "Friend",
    "Walk in",
    "Website",
    "Yellow Pages",
    "Instagram",
    "Local doctor",
    "Word of mouth",
    "Flyer",
    "Referral",
]
NOTES = [
    "Patient reports sensitivity upper left, reviewed x-rays and discussed options.",
    "Prefers morning appointments.",
    "Call before 5pm on weekdays please",
    "Anxious, needs extra time and a gentle approach.",
    "LA 2.2ml lignocaine, rubber dam, caries removed, A2 composite.",
    "Sent reminder, no reply so far",
    "Running late, will ring back",
    "Paid in full at reception today.",
    "Allergic to penicillin",
    "Discussed treatment plan and costs with mum",
    "To bring referral letter",
    "Wants quote for implants",
    "Scale and clean, OHI given, review in six months.",
    "moved from another practice last year",
]
STATUSES = {
    "payments": ["Approved", "Declined", "Completed", "Pending", "Paid", "Voided", "Failed", "Settled"],
    "appointments": [
        "Completed",
        "Booked",
        "Cancelled",
        "DNA",
        "Confirmed",
        "Arrived",
        "No Show",
        "Scheduled",
        "Checked out",
        "Rescheduled",
    ],
    "patients": ["Active", "Inactive", "Archived", "Deceased", "Non-patient", "Prospect"],
    "treatment_plans": ["Presented", "Accepted", "Completed", "Declined", "In progress", "Draft"],
    "treatment_items": ["Planned", "Completed", "Cancelled", "TP", "C", "Referred"],
    "invoice_lines": ["Active", "Void", "Billed"],
    "clinical_notes": ["Final", "Draft", "Signed", "Deleted"],
    "invoices": ["Paid", "Part paid", "Open", "Overdue", "Void", "Sent"],
    "leads": ["New", "Contacted", "Booked", "Lost", "Qualified", "Won"],
    "recalls": ["Due", "Sent", "Booked", "Completed", "Overdue"],
}
DATES = {
    "day": ["%d/%m/%Y", "%Y-%m-%d", "%d-%m-%Y", "%d %b %Y", "%d.%m.%Y", "%d/%m/%y"],
    "month": ["%m/%d/%Y", "%Y-%m-%d", "%m/%d/%y", "%b %d, %Y"],
}
CLOCKS = ["%H:%M", "%I:%M %p", "%H:%M:%S", "%I:%M%p"]


class World:
    """One system's style, people and money; `value` fills a cell of a field."""

    def __init__(self, name: str, seed: int) -> None:
        rng = self.rng = random.Random(f"{name}/{seed}")
        self.locale = rng.choices(list(LOCALES), list(LOCALES.values()))[0]
        self.pool = pool(self.locale)
        self.today = date(2026, 10, 30) - timedelta(days=rng.randint(0, 2000))
        self.date = rng.choice(DATES["month" if self.locale == "en_US" else "day"])
        self.clock = rng.choice(CLOCKS)
        self.instant = rng.choice(
            [f"{self.date} {self.clock}", "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%SZ", f"{self.date} %H:%M:%S", "%Y-%m-%dT%H:%M:%S+10:00"]
        )
        self.dates_alone = rng.random() < 0.35
        """Whether instants are written as dates."""
        self.sign = (
            rng.choice(["", "", "", "$"])
            if self.locale in ("en_AU", "en_NZ", "en_US")
            else rng.choice(["", "", "€" if self.locale != "en_GB" else "£"])
        )
        self.cents = rng.random() < 0.08
        self.bare = rng.random() < 0.25
        """Whether amounts are numbers as a workbook keeps them: 85, 12.5."""
        self.yes = rng.choice(
            [("Yes", "No"), ("Y", "N"), ("1", "0"), ("true", "false"), ("TRUE", "FALSE"), ("True", "False"), ("Yes", None)]
        )
        self.sex = rng.choice([("F", "M"), ("Female", "Male"), ("female", "male"), ("f", "m"), ("2", "1"), ("Woman", "Man")])
        self.number = self._numberings()
        self.numbered = rng.choice([0.0, 0.0, 0.0, 0.3, 0.8])
        """Share of its lists of codes that are numbers: what each means stands in a table of its own."""
        self.untaxed, self.tax = rng.choice([0.8, 0.8, 0.95, 0.0]), rng.choice([11, 11, 10, 7.667])
        """Share of what is sold without tax, and the part of a price that the tax is."""
        self.grouped = rng.random() < 0.5
        self.plus = rng.random() < 0.25
        self.upper = rng.random() < 0.12
        self.filled: dict[str, float] = {}
        self.size = _size(rng)
        self.reach = min(rng.choice([6, 15, 40, 100]), len(self.pool.cities))
        self.items = ITEMS if self.locale != "en_US" else CDT
        self.codes: dict[str, list[str]] = {}
        self.people = [self._person(n) for n in range(self.size)]
        self.staff = [self._staff(n) for n in range(rng.randint(3, 9))]
        self.listed = rng.choice(["{first} {last}", "{last}, {first}", "{title} {first} {last}", "{first} {last}"])
        self.ledger = Ledger(rng, self.people, self.staff, self.items, self.today, self.tax)
        self.dentist = rng.choice(["Dr {first} {last}", "{first} {last}", "Dr {last}", "{last}, {first}", "{code}"])

    # -- who and where ------------------------------------------------------------------------------------------

    def _numberings(self) -> Callable[[str, int], str]:
        """Return what gives the id of a table's row: most systems number all tables in one way, each from a number of its own or from 1."""
        rng = self.rng
        kind = rng.choices(list(NUMBERINGS), list(NUMBERINGS.values()))[0]
        alike, together = rng.random() < 0.75, rng.random() < 0.3
        firsts = {True: 1, False: None}[together]
        ways: dict[str, Callable[[int], str]] = {}

        def number(table: str, n: int) -> str:
            if table not in ways:
                ways[table] = self._numbering(kind if alike else "", firsts)
            return ways[table](n)

        return number

    def _numbering(self, kind: str, begin: int | None) -> Callable[[int], str]:
        rng = self.rng
        first, step, letters = (
            begin or rng.choice([1, 100, 1000, rng.randint(2, 99_999), rng.randint(2, 99_999), 700000]),
            rng.choice([1, 1, 1, 3, 17]),
            rng.choice(["P", "PT-", "C", "AB", "REF", "R-"]),
        )
        salt = rng.random()
        kind = kind or rng.choices(list(NUMBERINGS), list(NUMBERINGS.values()))[0]
        digits, mark = rng.randint(10, 19), "".join(rng.choices(string.ascii_letters, k=3))

        def number(n: int) -> str:
            own = random.Random(f"{salt}/{n}")
            value = first + step * n
            made = {
                "uuid": lambda: str(uuid.UUID(int=own.getrandbits(128), version=4)),
                "hex": lambda: f"{own.getrandbits(96):024x}",
                "letters": lambda: mark + "".join(own.choices(string.ascii_letters + string.digits, k=12)) + str(n % 10),
                "plain": lambda: str(value),
                "gaps": lambda: str(first + 9 * n + own.randint(0, 8)),
                "prefixed": lambda: f"{letters}{value}",
                "padded": lambda: f"{value:06d}",
                "long": lambda: str(10 ** (digits - 1) + 7919 * value),
            }
            return made[kind]()

        return number

    def _person(self, n: int) -> dict[str, Any]:
        rng, names = self.rng, self.pool
        female = rng.random() < 0.53
        first, last = rng.choice(names.women if female else names.men), rng.choice(names.last)
        if n and rng.random() < 0.25:
            family = rng.choice(self.people if hasattr(self, "people") else [{"last": last, "place": None, "street": None}])
            last = family["last"]
        age = min(int(abs(rng.gauss(38, 22))), 97)
        born = self.today - timedelta(days=age * 365 + rng.randint(0, 364))
        place = int(rng.random() ** 2 * self.reach)  # most live near by
        handle = rng.choice(["{f}.{l}", "{f}{l}", "{f0}{l}", "{l}{y}", "{f}_{l}", "{w}{y}"])
        plain = {"f": _plain(first), "l": _plain(last), "f0": _plain(first)[:1], "y": str(born.year)[2:], "w": rng.choice(names.words)}
        created = datetime.combine(self.today - timedelta(days=int(rng.random() ** 1.4 * 4000)), datetime.min.time()) + timedelta(
            seconds=rng.randint(28_000, 66_000)
        )
        return {
            "n": n,
            "first": first,
            "last": last.upper() if self.upper else last,
            "female": female,
            "born": born,
            "created": created,
            "age": age,
            "title": rng.choice(["Mrs", "Ms", "Miss", "Dr"] if female else ["Mr", "Mr", "Mr", "Dr"])
            if age > 15
            else rng.choice(["Miss", "Mast", ""]),
            "city": names.cities[place],
            "state": names.states[place % len(names.states)] if names.states else "",
            "postcode": names.postcodes[place],
            "street": rng.choice(names.streets).split("\n")[-1 if rng.random() < 0.5 else 0],
            "email": handle.format(**plain) + rng.choice(["@gmail.com", "@hotmail.com", "@bigpond.com", "@example.com", "@outlook.com"]),
            "mobile": self._phone(True),
            "home": self._phone(False),
            "work": self._phone(False),
            "middle": rng.choice(names.women if female else names.men),
        }

    def _staff(self, n: int) -> dict[str, Any]:
        rng, names = self.rng, self.pool
        first, last = rng.choice(names.women + names.men), rng.choice(names.last)
        return {
            "n": n,
            "first": first,
            "last": last,
            "title": "Dr",
            "code": (first[0] + last[:2]).upper(),
            "role": rng.choice(["Dentist", "Hygienist", "Receptionist", "Orthodontist", "Therapist"]),
        }

    def _phone(self, mobile: bool) -> str:
        rng = self.rng
        digits = lambda n: "".join(rng.choice(string.digits) for _ in range(n))  # noqa: E731
        begin = {
            "en_AU": ("04", rng.choice(["02", "03", "07", "08"]), 8),
            "en_NZ": (rng.choice(["021", "022", "027"]), rng.choice(["09", "04", "03"]), 7),
            "en_GB": ("07", rng.choice(["020", "0161", "01392"]), 9 if mobile else 7),
            "en_IE": ("08", "01", 8 if mobile else 7),
            "en_US": (rng.choice(["212", "415", "702"]), rng.choice(["212", "415", "702"]), 7),
            "de_DE": ("0171", "030", 7),
            "nl_NL": ("06", "020", 8 if mobile else 7),
            "es_ES": ("6", "91", 8 if mobile else 7),
        }[self.locale]
        text = begin[0 if mobile else 1] + digits(begin[2])
        if self.locale == "en_US":
            return f"({text[:3]}) {text[3:6]}-{text[6:]}" if self.grouped else text
        if self.plus and mobile:
            return {"en_AU": "+61", "en_NZ": "+64", "en_GB": "+44", "en_IE": "+353", "de_DE": "+49", "nl_NL": "+31", "es_ES": "+34"}[
                self.locale
            ] + text.lstrip("0")
        if not self.grouped:
            return text
        return f"{text[:4]} {text[4:7]} {text[7:]}" if mobile else f"({text[:2]}) {text[2:6]} {text[6:]}" if rng.random() < 0.8 else text

    # -- cells --------------------------------------------------------------------------------------------------

    def day(self, when: date | datetime | None) -> str | None:
        """Return a date as this system writes it."""
        return f"{when:{self.date}}" if when else None

    def at(self, when: datetime) -> str:
        """Return an instant as this system writes it."""
        return f"{when:{self.date if self.dates_alone else self.instant}}"

    def money(self, amount: float) -> str:
        """Return an amount as this system writes it."""
        if self.bare:
            return f"{round(amount, 2)}".removesuffix(".0")
        return str(round(amount * 100)) if self.cents else f"{self.sign}{amount:,.2f}" if self.sign else f"{amount:.2f}"

    def flag(self, share: float) -> str | None:
        """Return yes or no."""
        return self.yes[0 if self.rng.random() < share else 1]

    def some_of(self, what: str, every: list[str], least: int = 2) -> str:
        """Return one of this system's few values for `what`, some more often than others."""
        if what not in self.codes:
            chosen = self.rng.sample(every, min(len(every), self.rng.randint(least, max(least, len(every)))))
            style = self.rng.random()
            self.codes[what] = (
                [str(n) for n in range(len(chosen))]
                if style > 1 - self.numbered
                else [c.upper() if style < 0.12 else c.lower() if style < 0.2 else c for c in chosen]
            )
        codes = self.codes[what]
        return codes[min(int(self.rng.random() ** 2 * len(codes)), len(codes) - 1)]

    def name(self, person: dict[str, Any], form: str) -> str:
        """Return a whole name."""
        return form.format(**person).strip()


def _size(rng: random.Random) -> int:
    """Return how many rows a table has: a few now and then, dozens mostly."""
    return rng.choice([rng.randint(3, 12), rng.randint(13, 40), *(rng.randint(40, 200) for _ in range(5))])


def _plain(text: str) -> str:
    return re.sub(r"[^a-z]", "", text.lower())


def fill(system: System, seed: int = 0) -> System:
    """Return the system with rows; of some tables only a few columns were printed."""
    world = World(system.name, seed)
    tables, truth = {}, {}
    for source, table in system.raw.tables.items():
        columns = {column: system.truth[source, column] for column in table.columns}
        tables[source] = fill_table(world, table, system.tables[source], columns)
        truth |= {(source, column): columns[column] for column in tables[source].columns}
    return replace(system, raw=replace(system.raw, tables=tables), truth=truth)


def fill_table(world: World, table: SourceTable, home: str | None, truth: Mapping[str, frozenset[str | None]]) -> SourceTable:
    """Return a table with rows of a practice."""
    columns = list(table.columns)
    if len(columns) > NARROW and world.rng.random() < 0.2:
        chosen = set(world.rng.sample(columns, world.rng.randint(4, NARROW)))
        columns = [column for column in columns if column in chosen]
    makers = {column: _maker(world, home, column, truth[column]) for column in columns}
    rows = [[make(row) for make in makers.values()] for row in world.ledger.shown(home)]
    return replace(table, frame=pd.DataFrame(rows, columns=columns, dtype="string"))


Make = Callable[[dict[str, Any]], str | None]


def _maker(world: World, home: str | None, column: str, truth: frozenset[str | None]) -> Make:
    """Return what fills a column; some columns are sparse, and some hardly filled."""
    answers = sorted(answer for answer in truth if answer)
    table, _, field = answers[0].partition(".") if answers else ("", "", "")
    make = _field(world, home or "", table, field) if answers else None
    found = make or _homeless(world, column)
    needed = field.endswith(("_id", "name")) or field in ("date", "start_at", "at", "amount", "total", "status")
    filled = (
        1.0
        if needed and make
        else world.rng.choice([1.0, 1.0, 1.0, 0.97, 0.9, 0.8, 0.5, 0.15] if make else [1.0, 1.0, 0.8, 0.3, 0.05, 0.0])
    )

    def cell(row: dict[str, Any]) -> str | None:
        value = found(row) if world.rng.random() < filled else None
        return value or None

    return cell


def _field(world: World, home: str, table: str, field: str) -> Make | None:
    """Return what fills a column of a field."""
    w, rng = world, world.rng
    own = table == home
    person: dict[str, Make] = {
        "first_name": lambda r: r["person"]["first"],
        "last_name": lambda r: r["person"]["last"],
        "middle_name": lambda r: r["person"]["middle"] if rng.random() < 0.5 else r["person"]["middle"][0],
        "preferred_name": lambda r: r["person"]["first"][: rng.choice([3, 4, 20])],
        "former_last_name": lambda r: rng.choice(w.pool.last),
        "full_name": lambda r: w.name(r["person"], w.listed),
        "patient_name": lambda r: w.name(r["person"], w.listed),
        "name": lambda r: r["person"]["last"],
        "head_name": lambda r: w.name(r["person"], w.listed),
        "family_head_name": lambda r: w.name(r["other"], w.listed),
        "emergency_name": lambda r: w.name(r["other"], w.listed),
        "emergency_phone": lambda r: r["other"]["mobile"],
        "related_name": lambda r: w.name(r["other"], w.listed),
        "related_phone": lambda r: r["other"]["mobile"],
        "related_email": lambda r: r["other"]["email"],
        "title": lambda r: r["person"]["title"],
        "gender": lambda r: w.sex[0 if r["person"]["female"] else 1],
        "birth_date": lambda r: w.day(r["person"]["born"]),
        "mobile": lambda r: r["person"]["mobile"],
        "home_phone": lambda r: r["person"]["home"],
        "work_phone": lambda r: r["person"]["work"],
        "phone": lambda r: r["person"]["mobile" if rng.random() < 0.7 else "home"],
        "email": lambda r: r["person"]["email"],
        "patient_birth_date": lambda r: w.day(r["person"]["born"]),
        "patient_phone": lambda r: r["person"]["mobile" if rng.random() < 0.7 else "home"],
        "patient_email": lambda r: r["person"]["email"],
        "address_line1": lambda r: r["person"]["street"],
        "address_line2": lambda r: rng.choice(
            [f"Unit {rng.randint(1, 40)}", f"Level {rng.randint(1, 9)}", f"PO Box {rng.randint(1, 999)}", f"Flat {rng.randint(1, 9)}"]
        ),
        "suburb": lambda r: r["person"]["city"],
        "state": lambda r: r["person"]["state"],
        "postcode": lambda r: r["person"]["postcode"],
        "country": lambda r: w.some_of(
            "country",
            [
                {"en_AU": "Australia", "en_NZ": "New Zealand", "en_GB": "UK", "en_US": "USA", "en_IE": "Ireland"}.get(
                    w.locale, w.locale[-2:]
                ),
                "New Zealand",
                "China",
            ],
            1,
        ),
        "occupation": lambda r: rng.choice(w.pool.jobs),
        "employer": lambda r: rng.choice(w.pool.firms),
        "relationship": lambda r: w.some_of("relation", ["Self", "Spouse", "Child", "Parent", "Partner"]),
        "patient_id": lambda r: w.number("patients", r["person"]["n"]),
        "patient_number": lambda r: str(4000 + r["person"]["n"] * 7),
        "family_id": lambda r: str(100 + r["person"]["n"] // 2),
        "family_head_id": lambda r: w.number("patients", r["person"]["n"] // 2),
        "head_id": lambda r: w.number("patients", r["person"]["n"]),
        "bill_to_id": lambda r: w.number("patients", r["person"]["n"] // 2),
        "converted_patient_id": lambda r: w.number("patients", r["person"]["n"]) if rng.random() < 0.4 else None,
        "merged_into_id": lambda r: w.number("patients", r["other"]["n"]) if rng.random() < 0.03 else None,
        "health_fund": lambda r: w.some_of("fund", FUNDS if w.locale == "en_AU" else FUNDS_ELSEWHERE, 5),
        "fund": lambda r: w.some_of("fund", FUNDS if w.locale == "en_AU" else FUNDS_ELSEWHERE, 5),
        "health_fund_number": lambda r: _member(r["person"]["n"]),
        "member_number": lambda r: _member(r["person"]["n"]),
        "health_fund_card_ref": lambda r: str(rng.randint(0, 5)),
        "card_ref": lambda r: str(rng.randint(0, 5)),
        "medicare_number": lambda r: f"{2 + r['person']['n'] % 5}{random.Random(r['person']['n']).randint(10**8, 10**9 - 1)}",
        "medicare_irn": lambda r: str(rng.randint(1, 5)),
        "medicare_expiry": lambda r: f"{rng.randint(1, 12):02d}/{rng.randint(2026, 2031)}",
        "national_id": lambda r: f"{rng.choice('ABCZ')}{rng.choice('ABCK')}{rng.choice('XYZ')}{rng.randint(1000, 9999)}",
        "dva_number": lambda r: f"{rng.choice(['NX', 'QX', 'VX'])}{rng.randint(10000, 999999)}",
        "referred_by": lambda r: w.some_of("source", SOURCES, 5) if rng.random() < 0.7 else w.name(r["other"], "{first} {last}"),
        "alerts": lambda r: rng.choice(
            ["Penicillin allergy", "Asthma", "Pregnant", "Warfarin", "Latex allergy", "High blood pressure; diabetes", "Pacemaker"]
        ),
        "first_visit": lambda r: w.day(r["person"]["created"] + timedelta(days=rng.randint(0, 30))),
        "last_visit": lambda r: w.day(w.today - timedelta(days=rng.randint(1, 700))),
        "next_visit": lambda r: w.day(w.today + timedelta(days=rng.randint(1, 200))),
        "next_recall": lambda r: w.day(w.today + timedelta(days=rng.randint(-90, 300))),
        "recall_interval": lambda r: rng.choice(["6 months", "12 months", "6/12", "12/12", "3 months"]),
        "sms_consent": lambda r: w.flag(0.8),
        "sms_opt_out": lambda r: w.flag(0.1),
        "email_consent": lambda r: w.flag(0.8),
        "email_opt_out": lambda r: w.flag(0.1),
        "deceased": lambda r: w.flag(0.03),
        "archived": lambda r: w.flag(0.1),
        "deceased_date": lambda r: w.day(w.today - timedelta(days=rng.randint(1, 2000))),
        "created_at": lambda r: w.at(r["person"]["created"] if own and home == "patients" else r["booked"]),
        "source": lambda r: w.some_of("source", SOURCES, 5),
        "interest": lambda r: w.some_of("interest", SERVICES, 5),
        "value": lambda r: w.money(rng.choice([500, 1200, 3500, 6000])),
    }
    staff: dict[str, Make] = {
        "practitioner_id": lambda r: w.number("practitioners", r["dentist"]["n"]),
        "practitioner_name": lambda r: w.name(r["dentist"], w.dentist),
        "author": lambda r: w.name(r["dentist"], w.dentist),
        "booked_by": lambda r: w.name(r["dentist"], rng.choice(["{first}", "{code}"])),
        "provider_number": lambda r: f"{random.Random(r['dentist']['n']).randint(100000, 999999)}{r['dentist']['n']}{rng.choice('ABFX')}",
        "ahpra_number": lambda r: f"DEN{10**9 + r['dentist']['n'] * 37}",
        "location": lambda r: w.some_of("location", [f"{w.pool.cities[n]} Dental" if n % 2 else w.pool.cities[n] for n in range(6)], 1),
        "chair": lambda r: w.some_of("chair", ["Chair 1", "Chair 2", "OP1", "OP2", "Room 3", "Hyg 1", "1", "2"]),
        "role": lambda r: r["dentist"]["role"],
        "active": lambda r: w.flag(0.8),
        "code": lambda r: r["dentist"]["code"],
    }
    of_staff: dict[str, Make] = {
        "full_name": lambda r: w.name(r["dentist"], "Dr {first} {last}"),
        "first_name": lambda r: r["dentist"]["first"],
        "last_name": lambda r: r["dentist"]["last"],
        "title": lambda r: "Dr",
        "email": lambda r: f"{_plain(r['dentist']['first'])}@smiles.example.com",
        "phone": lambda r: w._phone(rng.random() < 0.5),
    }
    visit: dict[str, Make] = {
        "appointment_id": lambda r: w.number("appointments", r["n"] if home == "appointments" else r["visit"]["n"]),
        "date": lambda r: w.day(r["start"]),
        "start_time": lambda r: f"{r['start']:{w.clock}}",
        "end_time": lambda r: f"{r['start'] + timedelta(minutes=r['length']):{w.clock}}",
        "start_at": lambda r: f"{r['start']:{w.instant}}",
        "end_at": lambda r: f"{r['start'] + timedelta(minutes=r['length']):{w.instant}}",
        "duration": lambda r: str(r["length"]),
        "booked_at": lambda r: w.at(r["booked"]),
        "at": lambda r: w.at(r["edited"]),
        "entered_at": lambda r: w.at(r["edited"]),
        "online_booking": lambda r: w.flag(0.2),
        **{name: lambda r: w.flag(0.06) for name in ("deleted", "draft", "cancelled", "did_not_attend", "do_not_contact", "do_not_recall")},
        "attended": lambda r: w.flag(0.9),
        "cancelled_at": lambda r: w.at(r["edited"]) if rng.random() < 0.2 else None,
        "cancelled_reason": lambda r: (
            w.some_of("why", ["Sick", "Work", "Child care", "Cost", "Forgot", "Practice"]) if rng.random() < 0.2 else None
        ),
        "modified_at": lambda r: w.at(r["edited"]),
        "type": lambda r: w.some_of(
            f"type {home}", SERVICES if home == "appointments" else ["Six month", "Hygiene", "Perio", "Ortho", "Annual"], 4
        ),
        "created_date": lambda r: w.day(r["booked"]),
        "presented_date": lambda r: w.day(r["start"]),
        "accepted_date": lambda r: w.day(r["start"] + timedelta(days=rng.randint(0, 20))),
        "completed_date": lambda r: w.day(r["start"] + timedelta(days=rng.randint(10, 90))),
        "declined_date": lambda r: w.day(r["edited"]),
        "due_date": lambda r: w.day(r["start"] + timedelta(days=rng.choice([7, 14, 30]) if home == "invoices" else rng.randint(100, 400))),
        "last_sent": lambda r: w.day(r["edited"]),
        "allocated_date": lambda r: w.day(r["edited"]),
        "valid_from": lambda r: w.day(r["person"]["created"]),
        "valid_to": lambda r: w.day(w.today + timedelta(days=rng.randint(30, 600))),
        "interval": lambda r: rng.choice(["6 months", "12 months", "3 months", "6m1d"]),
    }
    line = home in ("invoice_lines", "treatment_items")
    money: dict[str, Make] = {
        "invoice_id": lambda r: w.number("invoices", r["n"] if home == "invoices" else r["parent"]["n"]),
        "payment_id": lambda r: w.number("payments", r["n"]),
        "plan_id": lambda r: w.number("treatment_plans", r["parent"]["n"] if line else r["n"]),
        "line_id": lambda r: w.number("invoice_lines", r["n"]),
        "item_id": lambda r: w.number("treatment_items", r["n"]),
        "line_no": lambda r: str(r["part"] + 1),
        "visit": lambda r: str(r["part"] + 1),
        "item_code": lambda r: r["code"],
        "description": lambda r: w.items[r["code"]] if line else rng.choice(NOTES[:6]),
        "tooth": lambda r: str(rng.randint(1, 4) * 10 + rng.randint(1, 8)) if w.locale != "en_US" else str(rng.randint(1, 32)),
        "surfaces": lambda r: rng.choice(["MO", "DO", "MOD", "B", "O", "OL"]),
        "quantity": lambda r: str(r["quantity"]),
        "fee": lambda r: w.money(r["fee"]),
        "gst": lambda r: w.money(0 if rng.random() < w.untaxed else r["tax"]),
        "tax": lambda r: w.money(r["tax"]),
        "discount": lambda r: w.money(r["discount"]),
        "total": lambda r: w.money(r["total"]),
        "net": lambda r: w.money(r["total"] - r["tax"]),
        "paid": lambda r: w.money(r["paid"]),
        "balance": lambda r: w.money(r["total"] - r["paid"] if home != "patients" else rng.choice([0, 0, 0, 45, 185, -20])),
        "amount": lambda r: w.money(r["amount"]),
        "refunded": lambda r: w.money(rng.choice([0, 0, 0, 0, r["fee"] / 2])),
        "fund_rebate": lambda r: w.money(r["fee"] * 0.6),
        "gap": lambda r: w.money(r["fee"] * 0.4),
        "method": lambda r: w.some_of("method", METHODS, 4) if home == "payments" else rng.choice(["SMS", "Email", "Phone"]),
        "reference": lambda r: rng.choice([f"{rng.randint(10**5, 10**7)}", f"CHQ {rng.randint(100, 999)}", f"txn_{rng.getrandbits(40):x}"]),
        "reversed": lambda r: w.flag(0.03),
        "is_paid": lambda r: w.flag(0.6) if w.dates_alone else w.day(r["edited"]) if rng.random() < 0.6 else None,
        "accepted": lambda r: w.flag(0.7),
        "prepayment_number": lambda r: str(rng.randint(10, 400)),
        "unit_price": lambda r: w.money(r["fee"] / 10),
        "cost_price": lambda r: w.money(r["fee"] / 14),
        "stock": lambda r: str(rng.randint(0, 200)),
        "supplier": lambda r: w.some_of("supplier", w.pool.firms[:8], 3),
        "coverage": lambda r: f"{rng.choice([50, 60, 80, 100])}%",
        "priority": lambda r: rng.choice("12"),
    }
    texts: dict[str, Make] = {
        "notes": lambda r: rng.choice(NOTES) if rng.random() < 0.7 else rng.choice(w.pool.sentences),
        "content": lambda r: f"<p>{rng.choice(NOTES)}</p>" if w.cents or w.plus else f"{rng.choice(NOTES)} {rng.choice(w.pool.sentences)}",
        "message": lambda r: rng.choice(NOTES),
        "subject": lambda r: rng.choice(["Appointment reminder", "Recall notice", "Re: your account", "Missed call", "Follow up"]),
        "outcome": lambda r: w.some_of("outcome", ["Left message", "Spoke to patient", "No answer", "Done"]),
        "direction": lambda r: w.some_of("direction", ["Outbound", "Inbound"]),
        "kind": lambda r: w.some_of(
            f"kind {home}",
            {
                "payments": ["Payment", "Refund", "Deposit", "Allocation"],
                "families": ["Family", "Employer"],
                "invoices": ["Invoice", "Credit Note", "Tax invoice"],
            }.get(home, ["Call", "SMS", "Email", "Letter"]),
        ),
        "status": lambda r: w.some_of(f"status {table}", STATUSES.get(table, ["Open", "Closed"]), 3),
        "category": lambda r: w.some_of(f"category {home}", ["X-ray", "Consent", "Letter", "Photo", "Consumables", "Instruments"], 3),
        "file_name": lambda r: f"{rng.choice(['xray', 'scan', 'letter', 'OPG'])}_{rng.randint(1, 999)}.{rng.choice(['pdf', 'jpg'])}",
        "path": lambda r: f"docs/{r['person']['n']}/{rng.randint(1, 999)}.pdf",
        "url": lambda r: f"https://files.example.com/{rng.getrandbits(50):x}",
        "name": lambda r: rng.choice(
            ["Upper crowns", "Implant 36", "Full mouth rehab", "Ortho phase 1", "Whitening and veneers", "Perio plan"]
        ),
        "trigger": lambda r: rng.choice(["Booked", "Recall due"]),
    }
    key = {
        "communications": "communication_id",
        "clinical_notes": "note_id",
        "attachments": "attachment_id",
        "products": "product_id",
        "leads": "lead_id",
        "recalls": "recall_id",
        "health_funds": "cover_id",
        "families": "family_id",
    }.get(table)
    if own and field == key:
        return lambda r: w.number(table, r["n"])
    if table == "practitioners" and field in of_staff:
        return of_staff[field]
    if table == "products" and field in ("name", "code", "description", "gst"):
        goods = {
            "name": lambda r: (
                f"{rng.choice(['Nitrile gloves', 'Composite A2', 'Bur', 'Bib', 'Etch gel', 'Mask'])} {rng.choice('SML')}{r['n']}"
            ),
            "code": lambda r: f"SKU{1000 + r['n']}",
            "description": lambda r: rng.choice(w.pool.sentences),
            "gst": lambda r: "10%",
        }
        return goods[field]  # type: ignore[no-any-return]
    if table in ("treatment_plans", "workflows", "reports") and field == "name":
        return texts["name"]
    if table == "clinical_notes" and field == "title":
        return lambda r: rng.choice(["Exam", "Progress note", "Phone call", "Consent", "Treatment"])
    if table in ("invoice_lines", "treatment_items") and field == "created_date":
        return visit[field]
    return person.get(field) or staff.get(field) or visit.get(field) or money.get(field) or texts.get(field)


def _member(n: int) -> str:
    return str(random.Random(f"member/{n}").randint(10**6, 10**8))


def _homeless(world: World, column: str) -> Make:
    """Return what fills a column that has no home, by what its header asks for."""
    w, rng = world, world.rng
    said = set(re.findall(r"[a-z]+", re.sub(r"(?<=[a-z])(?=[A-Z])", " ", column).lower()))
    asked: list[tuple[set[str], Make]] = [
        ({"email", "mail"}, lambda r: r["other"]["email"]),
        ({"phone", "mobile", "fax", "tel", "cell"}, lambda r: r["other"]["home"]),
        ({"url", "link", "website", "web", "href"}, lambda r: f"https://app.example.com/{rng.getrandbits(30):x}"),
        ({"first", "firstname"}, lambda r: r["other"]["first"]),
        ({"last", "surname", "lastname"}, lambda r: r["other"]["last"]),
        ({"street", "address"}, lambda r: r["other"]["street"]),
        ({"city", "suburb", "town"}, lambda r: r["other"]["city"]),
        ({"state"}, lambda r: r["other"]["state"]),
        ({"zip", "postcode", "postal"}, lambda r: r["other"]["postcode"]),
        (
            {"by", "owner", "user", "contact", "guardian", "doctor", "emergency"},
            lambda r: w.name(r["other"] if rng.random() < 0.3 else r["dentist"], "{first} {last}"),
        ),
        ({"time", "at", "timestamp", "datetime"}, lambda r: w.at(r["edited"])),
        ({"date", "on", "birthday", "due", "expiry"}, lambda r: w.day(r["start"] + timedelta(days=rng.randint(-300, 300)))),
        (
            {"is", "has", "flag", "enabled", "allow", "sent", "opt", "do", "not", "hide", "hidden", "consent", "no"},
            lambda r: w.flag(rng.choice([0.05, 0.9])),
        ),
        (
            {"id", "guid", "uuid", "key", "num", "nbr", "number", "code", "ref"},
            lambda r: str(rng.randint(1, 60)) if rng.random() < 0.7 else w.number(column, r["n"]),
        ),
        (
            {"amount", "fee", "price", "total", "balance", "cost", "paid", "discount", "tax", "value", "due", "credit", "charge", "bal"},
            lambda r: w.money(rng.choice([0, 0, 12.5, 80, r["fee"]])),
        ),
        (
            {"count", "qty", "quantity", "order", "sequence", "age", "days", "months", "size", "seq", "level"},
            lambda r: str(rng.randint(0, 70)),
        ),
        (
            {"note", "notes", "comment", "comments", "description", "text", "message", "reason", "memo"},
            lambda r: rng.choice(NOTES + w.pool.sentences),
        ),
        (
            {"type", "status", "category", "class", "group", "kind", "language", "race", "ethnicity", "marital", "mode", "color", "colour"},
            lambda r: w.some_of(column, w.pool.words[:30], 3),
        ),
        ({"name", "title", "label"}, lambda r: w.some_of(column, w.pool.firms + w.pool.words[:40], 6)),
        ({"tags", "labels"}, lambda r: ", ".join(rng.sample(w.pool.words[:20], 2))),
    ]
    for words, make in asked:
        if words & said:
            return make
    anything: list[Make] = [
        lambda r: w.flag(0.3),
        lambda r: str(rng.randint(0, 9)),
        lambda r: w.some_of(column, w.pool.words[:30], 2),
        lambda r: None,
        lambda r: str(rng.randint(0, 5000)),
        lambda r: rng.choice(w.pool.sentences),
        lambda r: "0",
        lambda r: w.at(r["edited"]),
        lambda r: w.money(rng.choice([0, 5, 20])),
    ]
    return rng.choice(anything)
