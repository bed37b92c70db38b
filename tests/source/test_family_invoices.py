"""One invoice number for several of a family: each cent stands with whom it belongs to, and once."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from migkit.model.outcomes import Outcome

from .test_what_rows_say import codes, plain, typed

PEOPLE = (
    "patients",
    {"Id": "patient_id", "First": "first_name", "Last": "last_name"},
    "Id,First,Last\n7,Ann,Ng\n8,Bo,Ng\n9,Cy,Ng\n10,Dee,Oz\n",
)
LINES = {"Inv": "invoice_id", "Day": "invoices.date", "Pat": "invoices.patient_id", "Name": "invoices.patient_name", "Fee": "total"}


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        (
            ["40,3/10/2026,7,Ann Ng,60", "40,3/10/2026,7,Ann Ng,120", "40,3/10/2026,8,Bo Ng,50", "41,4/10/2026,10,Dee Oz,30"],
            [("40/7", "7", 18000), ("40/8", "8", 5000), ("41", "10", 3000)],
        ),
        (
            ['40,3/10/2026,7,"Ng, Ann",60', '40,3/10/2026,8,"NG, Bo",50', '40,3/10/2026,9,"Ng, Cy",40'],
            [("40/7", "7", 6000), ("40/8", "8", 5000), ("40/9", "9", 4000)],
        ),
        (["40,3/10/2026,7,Ann Ng,60", "40,3/10/2026,7,Ann Ng,50"], [("40", "7", 11000)]),
        (["40,3/10/2026,7,Ann Ng,60", "40,3/10/2026,10,Dee Oz,50"], []),
        (["40,3/10/2026,7,Ann Ng,60", "40,9/10/2026,8,Bo Ng,50"], []),
    ],
    ids=["a family", "three, last name first", "one patient", "another name", "another day"],
)
def test_lines_of_a_family(tmp_path: Path, rows: Sequence[str], found: list[tuple[str, str, int]]) -> None:
    """Each patient's lines are an invoice of their own; where two locations may have the number, all lines wait."""
    lines = ("invoice_lines", LINES, "Inv,Day,Pat,Name,Fee\n" + "\n".join(rows) + "\n")
    tables = typed(tmp_path, {"patients": PEOPLE, "lines": lines})
    assert sorted(plain(tables, "invoices", "invoice_id", "patient_id", "total")) == found
    assert ("family-invoice" in codes(tables)) is (len(found) > 1)


@pytest.mark.parametrize(
    ("payments", "found"),
    [
        (["1,7,40,110"], [("40/7", 6000), ("40/8", 5000)]),
        (["1,7,40,60", "2,8,40,50"], [("40/7", 6000), ("40/8", 5000)]),
        (["1,7,40,75"], [(None, 7500)]),
    ],
    ids=["the whole", "each their part", "something else"],
)
def test_what_is_paid_for_the_whole_is_parted_where_it_adds_up(
    tmp_path: Path, payments: Sequence[str], found: list[tuple[str | None, int]]
) -> None:
    """Nothing is paid on an invoice that nobody can name; it stays with who paid it."""
    rows = "Inv,Day,Pat,Name,Fee\n40,3/10/2026,7,Ann Ng,60\n40,3/10/2026,8,Bo Ng,50\n"
    columns = {"No": "payment_id", "Pat": "patient_id", "Inv": "invoice_id", "Sum": "amount"}
    receipts = ("payments", columns, "No,Pat,Inv,Sum\n" + "\n".join(payments) + "\n")
    tables = typed(tmp_path, {"patients": PEOPLE, "lines": ("invoice_lines", LINES, rows), "receipts": receipts})
    assert plain(tables, "payments", "invoice_id", "amount") == found


INVOICES = {"Inv": "invoice_id", "Day": "date", "Pat": "patient_id", "Payer": "bill_to_id", "What": "notes", "Sum": "total"}


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        (["80,2/11/2026,8,7,Exam,150", "80,2/11/2026,9,7,Seal,140"], [("80", "7", 29000, "8: Exam 150.00; 9: Seal 140.00")]),
        (["80,2/11/2026,7,7,Exam,150", "80,2/11/2026,9,7,,140"], [("80", "7", 29000, "7: Exam 150.00; 9: 140.00")]),
        (["80,2/11/2026,8,7,Exam,150"], [("80", "8", 15000, "Exam")]),
        (["80,2/11/2026,8,7,Exam,150", "80,2/11/2026,9,10,Seal,140"], []),
        (["80,2/11/2026,8,7,Exam,150", "80,9/11/2026,9,7,Seal,140"], []),
    ],
    ids=["two children", "the payer's own", "one row", "two payers", "two days"],
)
def test_rows_that_one_payer_is_billed_for(tmp_path: Path, rows: Sequence[str], found: list[tuple[str, str, int, str]]) -> None:
    """They are one invoice of the payer, with what each part is for; others wait as before."""
    invoices = ("invoices", INVOICES, "Inv,Day,Pat,Payer,What,Sum\n" + "\n".join(rows) + "\n")
    tables = typed(tmp_path, {"patients": PEOPLE, "invoices": invoices})
    assert plain(tables, "invoices", "invoice_id", "patient_id", "total", "notes") == found
    held = [one for one in tables.row_outcomes if one.file == "invoices.csv" and one.outcome is Outcome.HELD]
    assert len(held) == (0 if found else len(rows))
