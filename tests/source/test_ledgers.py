"""Ledgers: one table of charges, payments, refunds and adjustments becomes invoices and payments, to the cent."""

from __future__ import annotations

from pathlib import Path

import pytest

from migkit import mapping
from migkit.migration.defaults import knowledge
from migkit.source import parse_files, read_export

from . import maps
from .test_printed_reports import cells

DEBITS = """Trans No,Date,Patient ID,Type,Details,Debit,Credit
1,01/10/2026,1,Invoice,Crown,1600.00,
2,01/10/2026,1,Payment,EFTPOS,,1000.00
3,05/10/2026,1,Discount,Pensioner,,100.00
4,06/10/2026,2,Invoice,Clean,120.00,
5,07/10/2026,2,Refund,Overpaid,20.00,
6,06/10/2026,2,Payment,Cash,,140.00
7,20/10/2026,1,Write off,Bad debt,,500.00
"""
SIGNED = """Entry,Date,Patient ID,Type,Description,Amount
1,09/01/2026,11,Charge,Exam,250.00
2,09/15/2026,11,Ins Payment,Delta check,-190.00
3,09/15/2026,11,Ins Adjustment,PPO write-off,-20.00
4,09/16/2026,11,Pt Payment,Visa,-40.00
5,09/17/2026,11,Pt Refund,Visa,10.00
6,09/18/2026,11,Late charge adjustment,Late,5.00
"""
UNSIGNED = """Date,Chart,Kind,Amount
2026-10-01,7,Procedure,80.00
2026-10-01,7,Payment,60.00
2026-10-02,7,Refund,10.00
2026-10-03,7,Adjustment,30.00
"""
BALANCES = """Date,Patient,Transaction,Reference,Charge,Payment,Balance
01/10/2026,Orla Keane,Invoice,901,1600.00,,1600.00
01/10/2026,Bert Lowe,Invoice,902,60.00,,60.00
01/10/2026,Orla Keane,Payment EFTPOS,R1,,1000.00,600.00
02/10/2026,Bert Lowe,Payment Cash,R2,,60.00,0.00
09/10/2026,Orla Keane,Refund Cash,R3,100.00,,700.00
"""
SIDES = """Date,Client No,What,DR,CR
01/10/2026,4,Filling,190.00,
02/10/2026,4,Visa,,100.00
03/10/2026,5,Clean,85.50,0.00
04/10/2026,5,Cash,0.00,85.50
"""


@pytest.mark.parametrize(
    ("text", "invoices", "payments"),
    [
        (
            DEBITS,
            ["1600.00", "120.00"],
            [
                ("payment", "1000.00"),
                ("credit adjustment", "100.00"),
                ("refund", "-20.00"),
                ("payment", "140.00"),
                ("credit adjustment", "500.00"),
            ],
        ),
        (
            SIGNED,
            ["250.00", "5.00"],
            [("payment", "190.00"), ("credit adjustment", "20.00"), ("payment", "40.00"), ("refund", "-10.00")],
        ),
        (UNSIGNED, ["80.00"], [("payment", "60.00"), ("refund", "-10.00"), ("credit adjustment", "30.00")]),
        (BALANCES, ["1600.00", "60.00"], [("payment", "1000.00"), ("payment", "60.00"), ("refund", "-100.00")]),
        (SIDES, ["190.00", "85.50"], [("payment", "100.00"), ("payment", "85.50")]),
    ],
)
def test_a_ledger_is_invoices_and_payments(tmp_path: Path, text: str, invoices: list[str], payments: list[tuple[str, str]]) -> None:
    """What is billed stands in one table, what settles it in another, whatever the signs; every line stays in one of them."""
    (tmp_path / "ledger.csv").write_text(text)
    raw = read_export(tmp_path)
    assert sorted(raw.tables) == ["ledger invoices", "ledger payments"]
    assert cells(raw, "ledger invoices", "Debit less Credit") == [[one] for one in invoices]
    assert cells(raw, "ledger payments", "Kind", "Credit less Debit") == [list(one) for one in payments]
    lines = [line for table in raw.tables.values() for line in table.frame["_line"]]
    assert sorted(lines) == list(range(2, len(text.splitlines()) + 1))


SHORT = """Patient ID,Entry,Date,Type,Ref,Debit,Credit
1,1,03/02/2026,CHG,INV1,210.00,
1,2,04/02/2026,{word},INV1,,10.00
1,3,04/02/2026,RCT,INV1,,200.00
2,4,05/02/2026,CHG,INV2,55.00,
2,5,05/02/2026,RCT,INV2,,60.00
2,6,06/02/2026,RFD,INV2,5.00,
"""


@pytest.mark.parametrize("unknown", ["", "7,7,07/02/2026,ZQ4,INV3,30.00,\n"], ids=["all known", "an unknown charge"])
@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("W/O", "credit adjustment"),
        ("WO", "credit adjustment"),
        ("Bad debt", "credit adjustment"),
        ("Discount", "credit adjustment"),
        ("Disc", "credit adjustment"),
        ("Adjustment", "credit adjustment"),
        ("Courtesy credit", "credit adjustment"),
        ("Goodwill", "credit adjustment"),
        ("Waived", "credit adjustment"),
        ("CN", "credit adjustment"),
        ("ZQ5", "ZQ5"),
        ("EFTPOS", "payment"),
        ("Direct credit", "payment"),
    ],
)
def test_what_is_written_off_in_a_ledger_was_not_received(tmp_path: Path, word: str, kind: str, unknown: str) -> None:
    """200.00 and 60.00 came in, 5.00 went back; 10.00 was written off, or is of a kind that nobody knows, unless a word says how it was
    paid. A charge of an unknown word is a charge."""
    (tmp_path / "ledger.csv").write_text(SHORT.format(word=word) + unknown)
    raw = read_export(tmp_path)
    assert cells(raw, "ledger payments", "Kind", "Credit less Debit") == [
        [kind, "10.00"],
        ["payment", "200.00"],
        ["payment", "60.00"],
        ["refund", "-5.00"],
    ]
    assert cells(raw, "ledger invoices", "Debit less Credit") == [["210.00"], ["55.00"], *([["30.00"]] if unknown else [])]


def test_a_root_canal_is_no_receipt(tmp_path: Path) -> None:
    """`RCT` among treatments is one: it stands under Debit alone; the discount beside it is none of the money that came in."""
    rows = ("1/10/2026,4,RCT,900.00,", "2/10/2026,4,Visa,,800.00", "2/10/2026,4,Discount,,100.00", "3/10/2026,5,Clean,85.50,")
    text = "\n".join(["Date,Client No,What,DR,CR", *rows, ""])
    (tmp_path / "ledger.csv").write_text(text)
    raw = read_export(tmp_path)
    assert cells(raw, "ledger invoices", "Debit less Credit") == [["900.00"], ["85.50"]]
    assert cells(raw, "ledger payments", "Kind", "Credit less Debit") == [["payment", "800.00"], ["credit adjustment", "100.00"]]


OPENED = """Patient ID,Date,Description,Charge,Payment,Balance
101,01/01/2026,Opening balance,,,150.00
101,13/10/2026,Invoice 8801,182.00,,332.00
101,14/10/2026,Payment - EFTPOS,,182.00,150.00
102,01/01/2026,Opening balance,,,0.00
102,14/10/2026,Invoice 8802,61.00,,61.00
103,01/01/2026,Balance brought forward,,,-20.00
103,14/10/2026,Invoice 8803,50.00,,30.00
"""


def test_what_an_account_opens_with_is_owed(tmp_path: Path) -> None:
    """The balance before the first row is a charge of its own, one in credit a credit; the texts say the numbers."""
    (tmp_path / "statements.csv").write_text(OPENED)
    raw = read_export(tmp_path)
    assert cells(raw, "statements invoices", "Invoice Number", "Debit less Credit") == [
        ["opening-101", "150.00"],
        ["8801", "182.00"],
        ["8802", "61.00"],
        ["8803", "50.00"],
    ]
    assert cells(raw, "statements payments", "Kind", "Credit less Debit") == [["payment", "182.00"], ["credit adjustment", "20.00"]]
    assert cells(raw, "statements remarks", "Description") == [["Opening balance"]]


@pytest.mark.parametrize("text", [DEBITS, SIGNED, BALANCES])
def test_its_columns_are_proposed(tmp_path: Path, text: str) -> None:
    """Amount, kind, day and patient of both parts are known without a question."""
    (tmp_path / "ledger.csv").write_text(text)
    (tmp_path / "patients.csv").write_text("Patient ID,First Name,Last Name\n1,Orla,Keane\n2,Bert,Lowe\n11,Dana,Ferro\n")
    found = mapping.propose(read_export(tmp_path), maps.schema(), knowledge()).tables
    assert [found[f"ledger {one}"].table for one in ("invoices", "payments")] == ["invoices", "payments"]
    assert {"total", "date"} <= {column.choice for column in found["ledger invoices"].columns.values()}
    assert {"kind", "amount", "date"} <= {column.choice for column in found["ledger payments"].columns.values()}


def test_what_other_tables_show_counts_once(tmp_path: Path) -> None:
    """Beside a list of invoices the charges of a ledger are asked about; its payments, which nothing else has, are proposed."""
    (tmp_path / "ledger.csv").write_text(DEBITS)
    (tmp_path / "patients.csv").write_text("Patient ID,First Name,Last Name\n1,Orla,Keane\n2,Bert,Lowe\n")
    (tmp_path / "invoices.csv").write_text("Invoice No,Date,Patient ID,Total\n901,01/10/2026,1,1600.00\n902,06/10/2026,2,120.00\n")
    found = mapping.propose(read_export(tmp_path), maps.schema(), knowledge()).tables
    tables = {name: one.table for name, one in found.items()}
    assert tables == {"invoices": "invoices", "ledger invoices": None, "ledger payments": "payments", "patients": "patients"}
    assert "twice" in " ".join(found["ledger invoices"].candidates[0].evidence)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "Date,Receipt,Client,How,Debit,Credit\n1/10/2026,R1,1,Cash,,61.00\n2/10/2026,R2,1,Visa,,40.00\n3/10/2026,R3,1,Visa,20.00,\n",
            [["payment", "61.00"], ["payment", "40.00"], ["refund", "-20.00"]],
        ),
        (
            "Date,Patient ID,Type,Debit,Credit\n1/10/2026,1,Payment,,61.00\n2/10/2026,1,Refund,20.00,\n3/10/2026,2,Payment,,5.00\n",
            [["payment", "61.00"], ["refund", "-20.00"], ["payment", "5.00"]],
        ),
        (
            "Date,Patient ID,Type,Debit,Credit\n1/10/2026,1,Payment,,61.00\n2/10/2026,1,Payment,20.00,\n3/10/2026,2,Payment,,5.00\n",
            [["payment", "61.00"], ["refund", "-20.00"], ["payment", "5.00"]],
        ),
    ],
    ids=["by a method", "by kinds", "all of one kind"],
)
def test_receipts_with_two_sides_are_no_charges(tmp_path: Path, text: str, found: list[list[str]]) -> None:
    """What stands under Debit went back: nobody was billed."""
    (tmp_path / "banking.csv").write_text(text)
    raw = read_export(tmp_path)
    assert list(raw.tables) == ["banking payments"]
    assert cells(raw, "banking payments", "Kind", "Credit less Debit") == found


def test_the_way_of_paying_stands_beside_the_kind(tmp_path: Path) -> None:
    """`Payment EFTPOS` is a payment by EFTPOS."""
    (tmp_path / "ledger.csv").write_text(BALANCES)
    assert cells(read_export(tmp_path), "ledger payments", "Method") == [["EFTPOS"], ["Cash"], ["Cash"]]


@pytest.mark.parametrize(
    "text",
    [
        BALANCES.replace("700.00", "600.00").replace("600.00\n02", "500.00\n02"),
        "Date,Details,Debit,Credit\n1/2/2026,Rent,900.00,\n2/2/2026,Deposit,,120.00\n3/2/2026,Wages,700.00,\n",
        "No,Patient,Date,Type,Total\n1,7,1/2/2026,Invoice,80.00\n2,7,2/2/2026,Credit note,-20.00\n",
        "No,Patient,Date,Type,Amount\n1,7,1/2/2026,Payment,80.00\n2,7,2/2/2026,Refund,-20.00\n",
        "No,Patient,Date,Charge,Payment\n1,7,1/2/2026,80.00,80.00\n2,7,2/2/2026,60.00,\n3,7,2/2/2026,,10.00\n",
        "No,Patient,Type,Amount\n1,7,Invoice,80.00\n2,7,Payment,60.00\n3,7,Stock take,5.00\n",
        "No,Patient,Date,Type,Debit,Credit\n1,7,1/2/2026,Invoice,80.00,\n2,7,2/2/2026,Credit note,,20.00\n",
    ],
    ids=["balance", "bank", "invoices", "payments", "both sides", "unknown kind", "credit notes"],
)
def test_what_is_no_ledger_stays_one_table(tmp_path: Path, text: str) -> None:
    """Balances that do not follow, a bank's statement, invoices with credit notes, receipts with refunds, a word that nobody knows."""
    (tmp_path / "ledger.csv").write_text(text)
    assert list(read_export(tmp_path).tables) == ["ledger"]


def test_a_ledger_can_be_kept_together(tmp_path: Path) -> None:
    """Where somebody says so, its rows stay one table."""
    (tmp_path / "ledger.csv").write_text(DEBITS)
    raw = read_export(tmp_path, declarations=parse_files({"files": [{"file": "ledger.csv", "rows": "together"}]}))
    assert list(raw.tables) == ["ledger"]


RUNNING = """No,Date,Patient ID,Type,Invoice,Amount,Balance
1,01/10/2026,1,Invoice,I1,200.00,200.00
2,01/10/2026,1,Payment,I1,-200.00,0.00
3,02/10/2026,1,Invoice,I2,100.00,100.00
4,05/10/2026,1,Payment,I2,-100.00,0.00
5,05/10/2026,2,Invoice,I3,180.00,180.00
6,06/10/2026,2,Write off,I3,-180.00,0.00
"""
BY_PATIENT = """No,Patient,What,Amount,Balance
1,1,Invoice,200.00,200.00
2,2,Invoice,90.00,90.00
3,1,Stock take,60.00,260.00
4,2,Payment,-40.00,50.00
5,1,Payment,-260.00,0.00
6,2,Payment,-50.00,0.00
"""
NO_SIGNS = """No,Patient,What,Amount,Owing
1,1,Invoice,200.00,200.00
2,1,Stock take,60.00,260.00
3,1,Payment,200.00,60.00
4,1,Payment,60.00,0.00
"""
OF_INVOICES = """Invoice,Patient,Total,Balance
I1,1,200.00,200.00
I2,1,60.00,260.00
I3,2,80.00,80.00
I4,2,20.00,100.00
I5,1,40.00,300.00
"""
OWN = """Invoice,Patient,Total,Paid,Balance
I1,1,200.00,0.00,200.00
I2,1,60.00,60.00,0.00
I3,2,80.00,30.00,50.00
I4,2,100.00,0.00,100.00
I5,1,100.00,0.00,100.00
I6,1,100.00,100.00,0.00
"""


def from_below(text: str) -> str:
    """The same list, newest first."""
    header, *rows = text.splitlines()
    return "\n".join([header, *reversed(rows), ""])


@pytest.mark.parametrize(
    ("text", "is_running"),
    [
        (RUNNING, True),
        (from_below(RUNNING), True),
        (from_below(BALANCES), True),
        (BY_PATIENT, True),
        (NO_SIGNS, True),
        (OF_INVOICES, True),
        (OWN, False),
        (OWN.replace("200.00,0.00,200.00", "200.00,100.00,100.00"), False),
        ("Invoice,Patient,Total,GST,Balance\n" + "".join(f"I{n},1,50.00,0.00,50.00\n" for n in range(9)), False),
        ("Invoice,Patient,Total,Balance\nI1,1,50.00,50.00\nI2,1,40.00,90.00\nI3,2,10.00,10.00\n", False),
    ],
    ids=["signed", "newest first", "two sides, newest first", "by patient", "without signs", "invoices alone", "their own",
         "in part", "all alike", "once is chance"],
)  # fmt: skip
def test_a_balance_that_runs_over_the_rows_is_no_invoice_s(tmp_path: Path, text: str, is_running: bool) -> None:
    """What an account owes after each row is what it owed before and the row's amount; an invoice's own balance is its total less what
    was paid for it, whatever stands above."""
    (tmp_path / "transactions.csv").write_text(text)
    raw = read_export(tmp_path)
    columns = {name for table in raw.tables.values() for name in table.columns}
    assert columns.isdisjoint({"Balance", "Owing"}) == is_running
    assert [one.count for one in raw.findings if one.code == "running-balance"] == ([len(text.splitlines()) - 1] if is_running else [])


def test_months_of_one_list_prove_the_running_balance_together(tmp_path: Path) -> None:
    """Two steps of October and two of November are four; the balance of neither file is left as the invoices'."""
    header = "No,Patient,What,Amount,Balance\n"
    (tmp_path / "list Oct 2026.csv").write_text(
        f"{header}1,1,Invoice,200.00,200.00\n2,1,Stock take,60.00,260.00\n3,1,Payment,-60.00,200.00\n"
    )
    (tmp_path / "list Nov 2026.csv").write_text(
        f"{header}4,1,Stock take,20.00,220.00\n5,1,Payment,-200.00,20.00\n6,1,Payment,-20.00,0.00\n"
    )
    raw = read_export(tmp_path)
    assert all("Balance" not in table.columns for table in raw.tables.values())
    assert sum(one.code == "running-balance" for one in raw.findings) == 2


def test_who_paid_all_of_a_signed_list_owes_nothing(tmp_path: Path) -> None:
    """The balance beside an invoice in the list of an account is never proposed as the invoice's."""
    (tmp_path / "transactions.csv").write_text(RUNNING)
    (tmp_path / "patients.csv").write_text("Patient ID,First Name,Last Name\n1,Orla,Keane\n2,Bert,Lowe\n")
    found = mapping.propose(read_export(tmp_path), maps.schema(), knowledge()).tables
    assert "balance" not in {column.choice for one in found.values() for column in one.columns.values()}
