"""Reports as practice systems print them: what stands above a block, in the day's first row, or among receipts, is told of every row."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from migkit.model.tables import RawExport
from migkit.source import parse_files, read_export

Rows = list[list[Any]]


def book(folder: Path, rows: Rows, name: str = "report.xlsx", /, **said: Any) -> RawExport:
    """Read rows as a workbook; `said`: what is declared of it."""
    with xlsxwriter.Workbook(str(folder / name)) as whole:
        sheet = whole.add_worksheet("Sheet1")
        for number, row in enumerate(rows):
            for place, cell in enumerate(row):
                if cell != "":
                    sheet.write_string(number, place, str(cell))
    return read_export(folder, declarations=parse_files({"files": [{"file": name, **said}]} if said else {}))


def cells(raw: RawExport, table: str, *columns: str) -> Rows:
    """Rows of the named columns, "" where empty; `table` "" for the only one."""
    frame = raw.tables[table].frame if table else next(iter(raw.tables.values())).frame
    rows: Rows = frame[list(columns)].fillna("").to_numpy().tolist()
    return rows


def accounted(raw: RawExport, rows: Rows) -> None:
    """Every line stands in exactly one place."""
    filled = [number for number, row in enumerate(rows, start=1) if any(cell != "" for cell in row)]
    lines = raw.lines[raw.lines["reason"] != "blank"]
    assert sorted(lines["line"]) == filled
    assert sum(len(table.frame) for table in raw.tables.values()) == int(raw.lines["kind"].eq("row").sum())


STATEMENT = [
    ["Bayview Dental Care"],
    ["Patient Account Statement"],
    ["Printed: 31/03/2026 4:12 PM", "", "", "", "Page 1"],
    [],
    ["Date", "Provider", "Description", "Charge", "Payment", "Balance"],
    ["1042 Nguyen, Thu Ha   DOB: 15/01/1997   Ph: 0412 345 678"],
    ["", "", "Opening balance", "", "", "50.00"],
    ["02/03/2026", "Dr Lee", "Invoice 2001", "180.00", "", "230.00"],
    ["", "", "011 Comprehensive exam", "", "", ""],
    ["", "", "022 Bitewing x-ray", "", "", ""],
    ["", "", "Payment EFTPOS 9001", "", "230.00", "0.00"],
    ["", "", "Closing balance", "", "", "0.00"],
    ["1043 Smith, Jo   DOB: 02/02/1980   Ph: 0413 000 111"],
    ["05/03/2026", "Dr Kay", "Invoice 2002", "95.00", "", "95.00"],
    ["", "", "Closing balance", "", "", "95.00"],
    ["Total", "", "", "275.00", "230.00", "95.00"],
]


def test_an_account_statement_without_references(tmp_path: Path) -> None:
    """Invoices, their lines and payments are a table each; the day, the dentist and the account stand in every row."""
    raw = book(tmp_path, STATEMENT)
    name = "Patient Account Statement"
    assert sorted(raw.tables) == [f"{name} Invoice", f"{name} Invoice lines", f"{name} Payment"]
    columns = ("Date", "Provider", "Description (number)", "Charge less Payment", "Group (number)", "Group (name)", "DOB", "Ph")
    assert cells(raw, f"{name} Invoice", *columns) == [
        ["02/03/2026", "Dr Lee", "2001", "180.00", "1042", "Nguyen, Thu Ha", "15/01/1997", "0412 345 678"],
        ["05/03/2026", "Dr Kay", "2002", "95.00", "1043", "Smith, Jo", "02/02/1980", "0413 000 111"],
    ]
    assert cells(raw, f"{name} Invoice lines", "Description (number)", "Description") == [
        ["2001", "011 Comprehensive exam"],
        ["2001", "022 Bitewing x-ray"],
    ]
    paid = ("Date", "Description (number)", "Payment less Charge", "Group (number)")
    assert cells(raw, f"{name} Payment", *paid) == [["02/03/2026", "9001", "230.00", "1042"]]
    assert not raw.findings
    accounted(raw, STATEMENT)


def test_a_balance_that_does_not_add_up_leaves_one_table(tmp_path: Path) -> None:
    """Nothing is parted that the report's own sums do not prove."""
    wrong = [[cell if cell != "230.00" or place != 5 else "231.00" for place, cell in enumerate(row)] for row in STATEMENT]
    raw = book(tmp_path, wrong)
    assert list(raw.tables) == ["Patient Account Statement"] and len(raw.tables["Patient Account Statement"].frame) == 5


TRANSACTIONS = [
    ["Transactions by Patient Account"],
    ["Period: 01/03/2026 - 31/03/2026"],
    ["Date", "Ref", "Description", "Qty", "Fee", "Amount", "DR", "CR", "Balance"],
    ["Account: Ng, Ann, Ms   DOB: 15/01/1997"],
    ["", "", "Brought forward", "", "", "", "", "", "20.00 CR"],
    ["02/03/2026", "Inv 1001", "Invoice - Dr Lee, Unley VOID", "", "", "", "80.00", "", "60.00 DR"],
    ["", "", "011  Exam", "1", "80.00", "80.00"],
    ["", "Inv 1001", "Void of Inv 1001", "", "", "", "", "80.00", "20.00 CR"],
    ["", "Inv 1002", "Invoice - Dr Lee, Unley (replaces Inv 1001)", "", "", "", "180.00", "", "160.00 DR"],
    ["", "", "011  Exam", "1", "80.00", "80.00"],
    ["", "", "022  X-ray", "2", "50.00", "100.00"],
    ["", "Rec 5001", "Receipt EFTPOS for Inv 1002 (paid by Ng, Bo)", "", "", "", "", "150.00", "10.00 DR"],
    ["05/03/2026", "Rec 5002", "Reversal of Rec 5001 - bounced for Inv 1002", "", "", "", "150.00", "", "160.00 DR"],
    ["", "Adj", "Goodwill for Inv 1002", "", "", "", "", "10.00", "150.00 DR"],
    ["Total Ng, Ann", "", "", "", "", "", "410.00", "240.00", "150.00 DR"],
    ["Transactions by Patient Account", "", "", "", "", "", "", "", "Page 2"],
    ["Date", "Ref", "Description", "Qty", "Fee", "Amount", "DR", "CR", "Balance"],
    ["Account: Oz, Bob"],
    ["03/03/2026", "Inv 1003", "Invoice - Dr Kay, Unley", "", "", "", "95.00", "", "95.00 DR"],
    ["", "", "114  Scale", "1", "95.00", "95.00"],
    ["", "", "Deposit Rec 4999 used for Inv 1003: 45.00"],
    ["", "Rec 5003", "Receipt Cash for Inv 1003", "", "", "", "", "95.00", "0.00"],
    ["Total Oz, Bob", "", "", "", "", "", "95.00", "95.00", "0.00"],
    ["REPORT TOTAL", "", "", "", "", "", "505.00", "335.00", "150.00 DR"],
]


def test_a_ledger_of_accounts_with_references(tmp_path: Path) -> None:
    """A void and what takes it back, receipts of somebody else, reversals and adjustments, each told apart and with what it names."""
    raw = book(tmp_path, TRANSACTIONS, "Transactions.xlsx")
    invoices = ("Date", "Ref (number)", "DR less CR", "Taken back", "Account", "DOB", "Description (Inv)")
    assert cells(raw, "Transactions Inv", *invoices) == [
        ["02/03/2026", "1001", "80.00", "void", "Ng, Ann, Ms", "15/01/1997", ""],
        ["02/03/2026", "1002", "180.00", "", "Ng, Ann, Ms", "15/01/1997", "1001"],
        ["03/03/2026", "1003", "95.00", "", "Oz, Bob", "", ""],
    ]
    lines = ("Ref (number)", "Description (code)", "Description (text)", "Qty", "Amount")
    assert cells(raw, "Transactions Inv lines", *lines) == [
        ["1001", "011", "Exam", "1", "80.00"],
        ["1002", "011", "Exam", "1", "80.00"],
        ["1002", "022", "X-ray", "2", "100.00"],
        ["1003", "114", "Scale", "1", "95.00"],
    ]
    receipts = ("Date", "Ref (number)", "CR less DR", "Description (word)", "Description (rest)", "Description (Inv)", "Description (Rec)")
    assert cells(raw, "Transactions Rec", *receipts, "Description (paid by)") == [
        ["02/03/2026", "5001", "150.00", "Receipt", "EFTPOS", "1002", "", "Ng, Bo"],
        ["05/03/2026", "5002", "-150.00", "Reversal", "", "1002", "5001", ""],
        ["03/03/2026", "5003", "95.00", "Receipt", "Cash", "1003", "", ""],
    ]
    assert cells(raw, "Transactions Adj", "CR less DR", "Description (Inv)") == [["10.00", "1002"]]
    assert cells(raw, "Transactions taken back", "Date", "Description (Inv)") == [["02/03/2026", ""]]
    remarks = ("Description (word)", "Description (Rec)", "Description (Inv)", "Description (amount)")
    assert cells(raw, "Transactions remarks", *remarks) == [["Deposit", "4999", "1003", "45.00"]]
    proofs = raw.shapes.loc[raw.shapes["what"].eq("kind-of-row"), "text"]
    assert set(proofs) == {"3 of 3; 7 of 7"}  # every invoice is the sum of its lines, every balance follows from the one above
    assert not raw.findings
    accounted(raw, TRANSACTIONS)


def test_an_account_can_be_kept_together(tmp_path: Path) -> None:
    """Where somebody says so, its rows stay one table."""
    raw = book(tmp_path, TRANSACTIONS, "Transactions.xlsx", rows="together")
    assert list(raw.tables) == ["Transactions"] and len(raw.tables["Transactions"].frame) == 13


JOURNAL = [
    ["Invoice Journal"],
    ["Invoice", "Date", "Patient", "Item", "Description", "Qty", "Amount", "Total", "Paid"],
    ["INV-2001", "02/03/2026", "Ng, Ann", "", "", "", "", "180.00", ""],
    ["", "", "", "011", "Exam", "1", "80.00", "", ""],
    ["", "", "", "022", "X-ray", "2", "100.00", "", ""],
    ["RCT-9001", "02/03/2026", "Ng, Ann", "", "EFTPOS", "", "", "", "180.00"],
    ["INV-2002", "05/03/2026", "Oz, Bob", "", "", "", "", "95.00", ""],
    ["", "", "", "114", "Scale", "1", "95.00", "", ""],
    ["Total", "", "", "", "", "", "275.00", "275.00", "180.00"],
]


def test_invoices_with_their_lines_below_and_receipts_between(tmp_path: Path) -> None:
    """No balance stands there; that the lines add up to their invoices proves what they are."""
    raw = book(tmp_path, JOURNAL, "journal.xlsx")
    assert cells(raw, "journal INV", "Invoice (number)", "Date", "Patient", "Total") == [
        ["2001", "02/03/2026", "Ng, Ann", "180.00"],
        ["2002", "05/03/2026", "Oz, Bob", "95.00"],
    ]
    assert cells(raw, "journal INV lines", "Invoice (number)", "Item", "Qty", "Amount") == [
        ["2001", "011", "1", "80.00"],
        ["2001", "022", "2", "100.00"],
        ["2002", "114", "1", "95.00"],
    ]
    assert cells(raw, "journal RCT", "Invoice (number)", "Description", "Paid") == [["9001", "EFTPOS", "180.00"]]
    accounted(raw, JOURNAL)


BOOK = [
    ["Appointment Schedule"],
    ["From 02/03/2026 to 03/03/2026"],
    [],
    ["Time", "Length", "Patient", "Phone", "Reason"],
    ["Dr Lee"],
    ["Monday, 2 March 2026"],
    ["9:00", "30", "Ann Ng", "0412", "Exam"],
    ["9:30", "60", "Bob Oz", "", "Crown"],
    ["Tuesday, 3 March 2026"],
    ["10:00", "30", "Cy Po", "0413", "Exam"],
    ["Dr Kay"],
    ["Monday, 2 March 2026"],
    ["9:00", "45", "Di Qu", "", "Filling"],
    ["9:45", "15", "Ed Ro", "0499", "Review"],
    ["5 appointments"],
]


def test_an_appointment_book_by_dentist_and_day(tmp_path: Path) -> None:
    """Two lines without labels, one within the other."""
    raw = book(tmp_path, BOOK)
    assert cells(raw, "", "Group", "Date", "Time", "Patient") == [
        ["Dr Lee", "Monday, 2 March 2026", "9:00", "Ann Ng"],
        ["Dr Lee", "Monday, 2 March 2026", "9:30", "Bob Oz"],
        ["Dr Lee", "Tuesday, 3 March 2026", "10:00", "Cy Po"],
        ["Dr Kay", "Monday, 2 March 2026", "9:00", "Di Qu"],
        ["Dr Kay", "Monday, 2 March 2026", "9:45", "Ed Ro"],
    ]
    opened = raw.shapes[raw.shapes["what"].eq("opens-block")]
    assert opened[["line", "text", "rows"]].to_numpy().tolist() == [
        [5, "Dr Lee", 0],
        [6, "Monday, 2 March 2026", 2],
        [9, "Tuesday, 3 March 2026", 1],
        [11, "Dr Kay", 0],
        [12, "Monday, 2 March 2026", 2],
    ]
    assert opened["below"].tolist()[1] == "9:00 | 30 | Ann Ng | 0412 | Exam"
    accounted(raw, BOOK)


DAYS = [
    ["Appointment Book"],
    ["Dentist: Lee, Dr Ann   Location: Unley"],
    ["Date", "Time", "Min", "Patient", "Remarks"],
    ["Mon 02/03/2026", "9:00", "30", "Ng, Ann", ""],
    ["", "9:30", "60", "Oz, Bob", "late?"],
    ["", "Day:", "90", "2 appointments", ""],
    ["Tue 03/03/2026", "10:00", "30", "Po, Cy", ""],
    ["Appointment Book", "", "", "", "Page 2"],
    ["Date", "Time", "Min", "Patient", "Remarks"],
    ["", "10:30", "15", "Qu, Di", ""],
    ["Wed 04/03/2026", "9:00", "15", "Ro, Ed", ""],
    ["Total Lee: 5 appointments", "", "150", "", ""],
]


def test_a_day_stands_in_its_first_row_only(tmp_path: Path) -> None:
    """It belongs to the rows below, over the page's end too; dentist and place of the title belong to all; `Day:` is no row."""
    raw = book(tmp_path, DAYS)
    assert cells(raw, "", "Date", "Time", "Dentist", "Location") == [
        ["Mon 02/03/2026", "9:00", "Lee, Dr Ann", "Unley"],
        ["Mon 02/03/2026", "9:30", "Lee, Dr Ann", "Unley"],
        ["Tue 03/03/2026", "10:00", "Lee, Dr Ann", "Unley"],
        ["Tue 03/03/2026", "10:30", "Lee, Dr Ann", "Unley"],
        ["Wed 04/03/2026", "9:00", "Lee, Dr Ann", "Unley"],
    ]
    assert not raw.findings
    accounted(raw, DAYS)


EMPTY = {
    "blanks last": ("Last visit,Patient,Phone", "01/03/2026,Ann,1|02/03/2026,Bob,2|,Cy,3|,Di,4", 2),
    "back and forth": ("Last visit,Patient,Phone", "05/03/2026,Ann,1|,Bob,2|02/03/2026,Cy,3|,Di,4|06/03/2026,Ed,5", 3),
    "first row empty": ("Last visit,Patient,Phone", ",Ann,1|01/03/2026,Bob,2|,Cy,3|02/03/2026,Di,4", 2),
    "not first": ("Patient,Last visit,Phone", "Ann,01/03/2026,1|Bob,,2|Cy,02/03/2026,3", 2),
    "card numbers": ("Card No,Patient,Phone", "C1,Ann,1|,Bob,2|C3,Cy,3|,Di,4", 2),
    "said again": ("Dentist,Patient,Phone", "Lee,Ann,1|,Bob,2|Lee,Cy,3|,Di,4|,Ed,5", 2),
    "days said again": ("Date,Patient,Fee", "01/03/2026,Ann,1|01/03/2026,Bob,2|,Cy,3|02/03/2026,Di,4", 3),
}
"""Header, rows, and in how many of them the first day, number or name stands."""


@pytest.mark.parametrize("name", EMPTY)
def test_an_empty_cell_stays_empty_where_it_may_be_so(name: str, tmp_path: Path) -> None:
    """What somebody does not have is not taken from the row above."""
    header, rows, filled = EMPTY[name]
    raw = book(tmp_path, [header.split(","), *[row.split(",") for row in rows.split("|")]])
    column = "Last visit" if "Last visit" in header else header.split(",")[0]
    assert sum(row[0] != "" for row in cells(raw, "", column)) == filled


def test_what_is_carried_down_can_be_said(tmp_path: Path) -> None:
    """The card number belongs to the family, says somebody who knows; and the day does not."""
    rows = [["Card No", "Patient", "Phone"], ["C1", "Ann", "1"], ["", "Bob", "2"], ["C3", "Cy", "3"]]
    assert cells(book(tmp_path, rows, carry=["card no"]), "", "Card No") == [["C1"], ["C1"], ["C3"]]
    assert cells(book(tmp_path, DAYS[2:], carry=[]), "", "Date")[1] == [""]


def test_further_items_stand_below_the_head_of_their_invoice(tmp_path: Path) -> None:
    """Number, day and patient in the first row only: rows without all three are no invoices of their own."""
    raw = book(
        tmp_path,
        [
            ["Invoice No", "Date", "Patient", "Item", "Description", "Amount"],
            ["2001", "02/03/2026", "Ng, Ann", "011", "Exam", "80.00"],
            ["", "", "", "022", "X-ray", "100.00"],
            ["2002", "05/03/2026", "Oz, Bob", "114", "Scale", "95.00"],
            ["2003", "05/03/2026", "Po, Cy", "531", "Filling", "240.00"],
            ["", "", "", "011", "Exam", "80.00"],
        ],
    )
    assert cells(raw, "", "Invoice No", "Date", "Patient", "Item") == [
        ["2001", "02/03/2026", "Ng, Ann", "011"],
        ["2001", "02/03/2026", "Ng, Ann", "022"],
        ["2002", "05/03/2026", "Oz, Bob", "114"],
        ["2003", "05/03/2026", "Po, Cy", "531"],
        ["2003", "05/03/2026", "Po, Cy", "011"],
    ]


PLANS = [
    ["Treatment Plan Listing by Patient"],
    [],
    ["Code", "Description", "Tooth", "Fee", "Status"],
    ["Patient:", "1042", "Nguyen, Thu", "DOB:", "15/01/1997"],
    ["Plan:", "Crown 36", "", "Provider:", "Dr Lee"],
    ["613", "Crown", "36", "1,500.00", "Accepted"],
    ["627", "Core", "36", "250.00", "Accepted"],
    ["", "Note: rings first\nin the morning"],
    ["Plan total", "", "", "1,750.00"],
    ["Plan:", "Hygiene", "", "Provider:", "Dr Kay"],
    ["114", "Scale", "", "120.00", "Proposed"],
    ["Plan total", "", "", "120.00"],
    ["Patient total", "", "", "1,870.00"],
    ["Patient:", "1043", "Smith, Jo", "DOB:", "02/02/1980"],
    ["Plan:", "Whitening", "", "Provider:", "Dr Lee"],
    ["118", "Bleach", "", "400.00", "Proposed"],
    ["Plan total", "", "", "400.00"],
    ["Patient total", "", "", "400.00"],
    ["Report total", "", "", "2,270.00"],
]


def test_plans_under_lines_whose_labels_are_cells(tmp_path: Path) -> None:
    """Patient and plan, a remark on the plan, totals of plan, patient and report that are right."""
    raw = book(tmp_path, PLANS)
    columns = ("Code", "Patient (number)", "Patient (name)", "DOB", "Plan", "Provider", "Note")
    assert cells(raw, "", *columns) == [
        ["613", "1042", "Nguyen, Thu", "15/01/1997", "Crown 36", "Dr Lee", "rings first\nin the morning"],
        ["627", "1042", "Nguyen, Thu", "15/01/1997", "Crown 36", "Dr Lee", "rings first\nin the morning"],
        ["114", "1042", "Nguyen, Thu", "15/01/1997", "Hygiene", "Dr Kay", ""],
        ["118", "1043", "Smith, Jo", "02/02/1980", "Whitening", "Dr Lee", ""],
    ]
    assert not raw.findings
    accounted(raw, PLANS)


def test_a_block_s_total_that_is_wrong_is_told(tmp_path: Path) -> None:
    """One plan's total is not what its items add up to: that total is named, the right ones are not."""
    wrong = [["Plan total", "", "", "130.00"] if row == ["Plan total", "", "", "120.00"] else row for row in PLANS]
    raw = book(tmp_path, wrong)
    assert [(finding.code, finding.keys) for finding in raw.findings] == [("report-total-mismatch", ("report.xlsx#Sheet1:12",))]


def test_a_key_of_a_block_outlasts_what_changes(tmp_path: Path) -> None:
    """A plan that is accepted meanwhile is the same plan."""
    later = [[cell.replace("Proposed", "Accepted") if isinstance(cell, str) else cell for cell in row] for row in ONE_PLAN]
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    (now,) = {row[0] for row in cells(book(tmp_path / "a", ONE_PLAN), "", "Block")}
    (then,) = {row[0] for row in cells(book(tmp_path / "b", later), "", "Block")}
    assert now == then == ("Patient: Ng Ann DOB: 15/01/1997 / Plan: Crown Dated: 02/03/2026")


ONE_PLAN = [
    ["Item", "Description", "Fee"],
    ["Patient: Ng, Ann   DOB: 15/01/1997   Tel: 0412"],
    ["Plan: Crown   Dated: 02/03/2026   Status: Proposed"],
    ["613", "Crown", "1500.00"],
    ["627", "Core", "250.00"],
]

DEBTORS = [
    ["Aged Debtors by Provider as at 31/03/2026"],
    ["Name", "Phone", "Current", "30 Days", "60 Days", "90+ Days", "Total"],
    ["Dr Lee"],
    ["Ng, Ann", "0412", "50.00", "", "", "", "50.00"],
    ["Oz, Bob", "", "", "20.00", "", "", "20.00"],
    ["Total Dr Lee", "", "50.00", "20.00", "0.00", "0.00", "70.00"],
    ["Dr Kay"],
    ["Po, Cy", "0413", "", "", "", "10.00", "10.00"],
    ["Total Dr Kay", "", "0.00", "0.00", "0.00", "10.00", "10.00"],
    ["Grand Total", "", "50.00", "20.00", "0.00", "10.00", "80.00"],
]


def test_names_alone_above_rows_that_begin_with_names(tmp_path: Path) -> None:
    """The title says what the report is laid out by."""
    raw = book(tmp_path, DEBTORS)
    assert cells(raw, "", "Name", "Provider", "Total") == [
        ["Ng, Ann", "Dr Lee", "50.00"],
        ["Oz, Bob", "Dr Lee", "20.00"],
        ["Po, Cy", "Dr Kay", "10.00"],
    ]
    assert not raw.findings
    accounted(raw, DEBTORS)


def test_what_opens_a_block_can_be_said(tmp_path: Path) -> None:
    """A line that nothing gives away, and one that only looks like it."""
    rows = [
        ["Item", "Description", "Fee", "Tooth"],
        ["613", "Crown", "1500.00", "36"],
        [">> Ng, Ann", "1042", "", ""],
        ["114", "Scale", "120.00", ""],
        ["Fee: agreed", "", "", ""],
    ]
    raw = book(tmp_path, rows, opens=[">> *"])
    assert cells(raw, "", "Item", "Group", "Group 2") == [
        ["613", "", ""],
        ["114", ">> Ng, Ann", "1042"],
        ["Fee: agreed", ">> Ng, Ann", "1042"],
    ]


CELLS = [
    ("HCF 63702408|Medibank Private 41355534|nib: 445566", {"name": "HCF|Medibank Private|nib", "number": "63702408|41355534|445566"}),
    ("Inactive|Archived 23/04/2026|Deceased on 08/07/2025", {"word": "Inactive|Archived|Deceased", "date": "|23/04/2026|08/07/2025"}),
    ("011  Exam|FLOSS-50  Floss, mint|022 - X-ray", {"code": "011|FLOSS-50|022", "text": "Exam|Floss, mint|X-ray"}),
    ("1042 Nguyen, Thu (Tina)|1043 - Smith, Jo|7 Oz, Bo", {"number": "1042|1043|7", "name": "Nguyen, Thu (Tina)|Smith, Jo|Oz, Bo"}),
    ("VISA ref 123456|EFTPOS 99887|Amex no. 4455667", {"name": "VISA|EFTPOS|Amex", "number": "123456|99887|4455667"}),
    ("Unley SA 5061|Glenelg SA 5045|Norwood SA 5067", {"name": "Unley SA|Glenelg SA|Norwood SA", "number": "5061|5045|5067"}),
    ("Fri 31/10/2025|Mon 03/11/2025|Tue 04/11/2025", {}),
    ("Jul 2024|Aug 2024|Sep 2024", {}),
    ("15/01/1997 (29)|02/02/1980 (46)|03/03/1990 (36)", {}),
    ("Exam|Crown|see 12345678", {}),
    ("Ann|Bob|Cy", {}),
    ("INV-10001|INV-10002|CN-10003", {}),
    ("R/100107|R/100108|R/100109", {}),
    ("PT#00412|PT#00413|PT#00414", {}),
    ("H001149|H001150|H001151", {}),
]


@pytest.mark.parametrize(("values", "parts"), CELLS)
def test_a_cell_of_two_values_has_its_parts_beside_it(values: str, parts: dict[str, str], tmp_path: Path) -> None:
    """The cell itself stays; what is one thing is not taken apart."""
    raw = book(tmp_path, [["Patient ID", "Seen", "Cell"], *[[str(n), "yes", value] for n, value in enumerate(values.split("|"), start=1)]])
    assert cells(raw, "", "Cell") == [[value] for value in values.split("|")]
    further = raw.tables["report"].columns[3:]
    assert {name[6:-1]: "|".join(row[0] for row in cells(raw, "", name)) for name in further} == parts


STATEMENTS: Rows = [
    ["Patient Account Statements"],
    ["Seaview Dental   Printed by Kim  31/10/2026  Page 1 of 2"],
    [],
    ["Patient: Vane, Lou (121)"],
    ["Date", "Ref", "Description", "Charges", "Payments", "Balance"],
    ["02/09/2026", "INV 700", "Invoice", "180.00", "", "180.00"],
    ["03/09/2026", "R70", "Payment - EFTPOS", "", "100.00", "80.00"],
    ["", "", "Carried forward", "", "", "80.00"],
    ["Seaview Dental   Printed by Kim  31/10/2026  Page 2 of 2"],
    ["Patient: Vane, Lou (121) continued"],
    ["Date", "Ref", "Description", "Charges", "Payments", "Balance"],
    ["", "", "Brought forward", "", "", "80.00"],
    ["09/09/2026", "INV 701", "Invoice", "60.00", "", "140.00"],
    ["09/09/2026", "R71", "Payment - HICAPS", "", "45.00", "95.00"],
    ["", "", "", "240.00", "145.00", "95.00"],
    [],
    ["Patient: Wood, Mia (122)"],
    ["Date", "Ref", "Description", "Charges", "Payments", "Balance"],
    ["", "", "Brought forward", "", "", "40.00"],
    ["04/09/2026", "ADJ 5", "Adjustment - goodwill", "-10.00", "", "30.00"],
    ["05/09/2026", "R72", "Payment - Cash", "", "30.00", "0.00"],
    ["", "", "", "-10.00", "30.00", "0.00"],
]


def test_statements_of_one_patient_each_below_a_title_of_their_own(tmp_path: Path) -> None:
    """The first patient stands in the title above the header, the second above the header that is printed again; sums have no word."""
    raw = book(tmp_path, STATEMENTS)
    amount = {True: "Charges less Payments", False: "Payments less Charges"}
    found = sorted(
        row for name, table in raw.tables.items() for row in cells(raw, name, "Ref", "Patient", amount[amount[True] in table.columns])
    )
    assert found == [
        ["ADJ 5", "Wood, Mia (122)", "10.00"],  # takes off, as a payment does
        ["INV 700", "Vane, Lou (121)", "180.00"],
        ["INV 701", "Vane, Lou (121)", "60.00"],
        ["R70", "Vane, Lou (121)", "100.00"],
        ["R71", "Vane, Lou (121)", "45.00"],
        ["R72", "Wood, Mia (122)", "30.00"],
    ]
    assert not {"Charges", "Payments", "Balance"} & {name for table in raw.tables.values() for name in table.columns}
    assert not raw.findings
    accounted(raw, STATEMENTS)


@pytest.mark.parametrize(
    "title", ["Printed: 31/10/2026 10:05", "Page: 1", "Run on: 1/3/2026", "Period: 1/3/2026 to 31/3/2026", "Time: 10:05"]
)
def test_a_title_that_says_when_opens_no_block(tmp_path: Path, title: str) -> None:
    """It changes from page to page, and the rows are of one table."""
    header, again = ["Date", "Patient", "Fee"], title.replace("1", "2")
    raw = book(tmp_path, [["Fees"], [title], header, ["01/03/2026", "Ada", "5.00"], [again], header, ["02/03/2026", "Sam", "6.00"]])
    assert cells(raw, "", *header) == [["01/03/2026", "Ada", "5.00"], ["02/03/2026", "Sam", "6.00"]]
    (table,) = raw.tables.values()
    assert set(table.columns) <= {*header, "Period"}


FOOTERS = [
    "Core Practice   Page 1 of 1",
    "Page 1 of 1   Core Practice",
    "Bright Smiles Dental - page: 2/3",
    "Patient List, Page 12 of 40 (printed by Kim)",
    "Page 3 of 3",
]


@pytest.mark.parametrize("footer", [["Core Practice", "", "Page 1 of 1"], ["", "Core Practice", "Page 12/40"], ["3", "", "page: 2 of 3"]])
def test_a_page_beside_other_words_in_another_cell_is_no_row(footer: list[str], tmp_path: Path) -> None:
    """What a printer puts at both edges of a page stands in two cells; a row that is full and mentions a page is one."""
    header = ["Patient ID", "First Name", "Surname", "Notes"]
    raw = book(tmp_path, [header, ["501", "Ann", "Lee", "x"], ["502", "Bo", "Ng", "Page 1 of 2"], [], footer])
    assert cells(raw, "", "Patient ID") == [["501"], ["502"]]


@pytest.mark.parametrize("footer", FOOTERS)
def test_the_number_of_a_page_beside_other_words_is_no_row(footer: str, tmp_path: Path) -> None:
    """Below the last row or between two pages, with a total above it or none; each line of the file is in one column of the account."""
    people = [
        ["Patient ID", "First Name", "Surname"],
        ["501", "Ann", "Lee"],
        ["502", "Bo", "Ng"],
        [footer],
        ["503", "Cy", "Oz"],
        [],
        [footer],
    ]
    raw = book(tmp_path, [["Patient List"], *people])
    assert cells(raw, "", "Patient ID") == [["501"], ["502"], ["503"]]
    account = raw.anatomy.iloc[0]
    assert [account[one] for one in ("title_rows", "blank_rows", "other_layout", "rows")] == [1, 1, 2, 3]


def test_what_a_printer_adds_below_rows_is_kept_as_it_stands(tmp_path: Path) -> None:
    """A count is no row, and is kept for whoever compares it."""
    raw = book(
        tmp_path, [["Patient ID", "First Name", "Surname"], ["501", "Ann", "Lee"], [], ["1 record"], ["Page 1 of 1"], ["Page 1 of 1"]]
    )
    (said,) = raw.files.values()
    assert said.footers[0] == "1 record" and cells(raw, "", "Patient ID") == [["501"]]


@pytest.mark.parametrize("text", ["Crown on page 2", "See letter of 3 pages", "Page", "Ann Page"])
def test_a_page_in_other_words_is_a_value(text: str, tmp_path: Path) -> None:
    """A row of a first cell alone that says no page of so many stays what it is."""
    raw = book(tmp_path, [["Note", "Patient ID", "By"], ["Exam", "501", "Kim"], [text, "502", "Kim"]])
    assert cells(raw, "", "Note") == [["Exam"], [text]]
