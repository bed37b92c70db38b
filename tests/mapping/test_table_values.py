"""What a table is by what it holds, where neither its name nor its headers say anything; and that known headers are not overruled."""

from __future__ import annotations

from datetime import datetime, timedelta

from made import export, table

from migkit import mapping
from migkit.countries import anywhere
from migkit.mapping.evidence import read_evidence
from migkit.migration.defaults import knowledge
from migkit.model.canonical import CanonicalSchema
from migkit.model.tables import RawExport, SourceTable

GIVEN = ["Olivia", "Jack", "Mia", "Noah", "Ava", "Liam", "Grace", "Ethan", "Chloe", "Lucas", "Ruby", "Oscar", "Zoe", "Henry"]
FAMILY = ["Nguyen", "Smith", "Brown", "Taylor", "Wilson", "Papas", "Costa", "Walker", "Murphy", "Roberts", "Evans", "Turner", "Ito"]
KINDS = ["Check up", "Hygiene visit", "Crown prep", "Emergency visit"]
ITEMS = [("011", "Comprehensive oral examination", 62.5), ("114", "Removal of calculus", 118.4), ("311", "Removal of a tooth", 199.0)]
METHODS = ["Cash", "EFTPOS", "Credit Card", "Cheque"]


def when(n: int) -> datetime:
    """Return a quarter of an hour of a working day, one a day from 5 January 2026."""
    return datetime(2026, 1, 5, 8) + timedelta(days=n, minutes=15 * (n * 7 % 36))


def practice() -> dict[str, list[list[str]]]:
    """Return the rows of a small practice: people, bookings of them, invoices' lines, and receipts for the invoices."""
    ids = [str(4001 + 3 * n) for n in range(60)]
    lines = [(invoice, k, *ITEMS[(invoice + k) % 3]) for invoice in range(700, 770) for k in range(1 + invoice % 3)]
    return {
        "people": [
            [
                *(ids[n], GIVEN[n % 14], FAMILY[n * 5 % 13], f"{n % 28 + 1:02d}/{n % 12 + 1:02d}/{1938 + n * 7 % 70}"),
                *(f"04{n * 7919 % 10**8:08d}", f"{GIVEN[n % 14]}.{FAMILY[n * 5 % 13]}{n}@example.com".lower()),
            ]
            for n in range(60)
        ],
        "bookings": [
            [str(90001 + n), ids[n * 11 % 60], f"{when(n):%d/%m/%Y %H:%M}", ["15", "30", "45"][n % 3], KINDS[n % 4], f"Chair {n % 2 + 1}"]
            for n in range(150)
        ],
        "lines": [[str(50000 + n), str(invoice), code, said, "1", f"{fee:.2f}"] for n, (invoice, _, code, said, fee) in enumerate(lines)],
        "receipts": [
            [str(300 + n), ids[n * 17 % 60], f"{when(n):%d/%m/%Y}", METHODS[n % 4], f"{ITEMS[n % 3][2] * (1 + n % 2):.2f}", str(700 + n)]
            for n in range(70)
        ],
    }


def nameless(rows: dict[str, list[list[str]]]) -> RawExport:
    """Return the tables as `t1`, `t2` and so on, under headers that say nothing."""
    return export(*(bare(f"t{number}", each) for number, each in enumerate(rows.values(), start=1)))


def bare(name: str, rows: list[list[str]]) -> SourceTable:
    """Return a table whose headers say nothing."""
    return table(name, ", ".join(f"c{n}" for n in range(1, len(rows[0]) + 1)), *rows)


def test_tables_are_known_by_what_they_hold(schema: CanonicalSchema) -> None:
    """People, bookings of them, lines with item codes, and receipts by method are told apart, surely, without a word that names them."""
    proposed = mapping.propose(nameless(practice()), schema, knowledge()).tables
    assert [proposed[f"t{n}"].table for n in (1, 2, 3, 4)] == ["patients", "appointments", "invoice_lines", "payments"]
    assert all(proposed[f"t{n}"].confidence >= 0.9 for n in (1, 2, 3, 4))


def test_a_table_of_few_rows_says_less(schema: CanonicalSchema) -> None:
    """Three people may look like anything: what they hold counts half of what sixty of them do, or less."""
    rows = practice()["people"]
    seen = {}
    for count in (3, 60):
        raw = export(bare("t1", rows[:count]))
        seen[count] = knowledge().tables.lift(read_evidence(raw, anywhere()), schema)["t1"]["patients"]
    assert 0.0 < seen[3] <= 0.55 * seen[60]
    assert 0.5 < seen[60] <= 1.0


def test_what_a_table_holds_does_not_overrule_headers_that_are_known(schema: CanonicalSchema) -> None:
    """Recalls with the birth date and phone of everybody are recalls where headers say so, though they look like a list of people."""
    people = practice()["people"]
    rows = [[one[0], one[3], one[4], f"{when(n):%d/%m/%Y}", "Six month"] for n, one in enumerate(people)]
    named = table("Recalls", "Patient ID, Date of Birth, Mobile, Recall Due Date, Recall Type", *rows)
    assert mapping.propose(export(named), schema, knowledge()).tables["Recalls"].table == "recalls"
