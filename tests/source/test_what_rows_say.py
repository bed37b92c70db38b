"""What a row, its file or its other columns say of whether and how it counts: kinds, statuses, days, flags, orders of dates, numbers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from migkit.model.messages import Message
from migkit.model.outcomes import Outcome
from migkit.model.tables import CanonicalTables
from migkit.source import read_export, type_tables

from . import maps

PATIENTS = {"patients": ("patients", {"Id": "patient_id", "Last": "last_name"}, "Id,Last\n7,Ng\n8,Weber\n")}
Tables = Mapping[str, tuple[str, dict[str, str], str]]


def typed(folder: Path, tables: Tables) -> CanonicalTables:
    """Source table → (canonical table, columns, text), beside two patients, of an export taken on 20 November 2026."""
    every = {**PATIENTS, **tables}
    for name, (_, _, text) in every.items():
        (folder / f"{name}.csv").write_text(text)
    mapping = maps.source_map(*(maps.table_map(name, table, columns) for name, (table, columns, _) in every.items()))
    return type_tables(read_export(folder), mapping, maps.schema(), today=date(2026, 11, 20), country=maps.AU)


def plain(tables: CanonicalTables, table: str, *names: str) -> list[Any]:
    """Values by row, None for NA; days as dd/mm."""
    frame = tables[table].sort_values("_line")
    columns = [frame[name].dt.strftime("%d/%m") if str(frame[name].dtype).startswith("datetime") else frame[name] for name in names]
    rows = zip(*(column.astype(object).where(column.notna(), None) for column in columns), strict=True)
    return [row[0] if len(names) == 1 else row for row in rows]


def codes(tables: CanonicalTables) -> set[str]:
    return {one.code for one in tables.findings}


@pytest.mark.parametrize(
    ("name", "kind", "status"),
    [
        ("Refunds", "refund", None),
        ("patient_refunds", "refund", None),
        ("reversals", "reversal", None),
        ("voided receipts", None, "failed"),
        ("PendingPayments", None, "pending"),
        ("refunded payments", None, "reversed"),
        ("payments and refunds", None, None),
        ("payments", None, None),
    ],
)
def test_the_name_of_a_file_says_what_its_payments_are(tmp_path: Path, name: str, kind: str | None, status: str | None) -> None:
    """Refunds are money out however their amounts are signed; what holds several things says nothing of each."""
    tables = typed(
        tmp_path, {name: ("payments", {"No": "payment_id", "Patient": "patient_id", "Sum": "amount"}, "No,Patient,Sum\n1,7,50\n")}
    )
    assert plain(tables, "payments", "kind", "status") == [(kind, status)]


@pytest.mark.parametrize(
    ("name", "status"),
    [("Paid", "paid"), ("Void", "void"), ("Outstanding", "open"), ("not paid", "open"), ("paid and unpaid", None), ("Sent invoices", None)],
)
def test_the_name_of_a_file_says_whether_its_invoices_are_paid(tmp_path: Path, name: str, status: str | None) -> None:
    """A status of its own counts before the name of the file."""
    columns = {"No": "invoice_id", "Patient": "patient_id", "Total": "total", "Status": "status"}
    tables = typed(tmp_path, {name: ("invoices", columns, "No,Patient,Total,Status\n1,7,50,\n2,7,50,overdue\n")})
    assert plain(tables, "invoices", "status") == [status, "overdue"]


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("cancelled appointments", "cancelled"),
        ("appointments excl cancelled", None),
        ("appointments without no shows and cancelled", None),
        ("no shows", "did_not_attend"),
        ("did not attend", "did_not_attend"),
        ("active and cancelled bookings", None),
        ("bookings not cancelled", None),
        ("bookings with cancelled removed", None),
        ("bookings cancelled excluded", None),
        ("bookings no shows left out", None),
        ("appointments cancelled omitted", None),
        ("cancelled filtered bookings", None),
        ("cancellation list", None),
    ],
)
def test_a_name_that_leaves_out_or_holds_others_says_nothing(tmp_path: Path, name: str, status: str | None) -> None:
    """Nor does a list of cancellations without a day or reason, which may be of those who would come earlier; what one says is told."""
    columns = {"No": "appointment_id", "Patient": "patient_id", "Day": "date"}
    tables = typed(tmp_path, {name: ("appointments", columns, "No,Patient,Day\n1,7,24/11/2026\n")})
    assert plain(tables, "appointments", "status") == ["booked" if status == "did_not_attend" else status]
    assert ("said-by-name" in codes(tables)) == (status is not None)


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("Attended", "completed"),
        ("attended appointments", "completed"),
        ("Arrived", "completed"),
        ("Departed", "completed"),
        ("Checked Out", "completed"),
        ("Finished", "completed"),
        ("Done", "completed"),
        ("Not attended", "did_not_attend"),
        ("Did not arrive", "did_not_attend"),
        ("Missed appointments", "did_not_attend"),
        ("FTAs", "did_not_attend"),
        ("DNAs", "did_not_attend"),
        ("UTA", "cancelled"),
        ("Broken appointments", "cancelled"),
        ("Rescheduled", "cancelled"),
        ("attended and missed", None),
        ("all but attended", None),
        ("New", None),
    ],
)
def test_a_sheet_of_bookings_that_is_called_by_what_became_of_them(tmp_path: Path, name: str, status: str | None) -> None:
    """What a cell of a status may say, the name of a sheet or file may say of all its bookings."""
    columns = {"No": "appointment_id", "Patient": "patient_id", "Day": "date"}
    tables = typed(tmp_path, {name: ("appointments", columns, "No,Patient,Day\n1,7,19/11/2026\n")})
    assert plain(tables, "appointments", "status") == [status]


WORDS: tuple[tuple[str, str | None, str | None], ...] = (
    ("EFTPOS Refund", "refund", "eftpos"),
    ("Refund - Visa", "refund", "eftpos"),
    ("Cheque dishonoured", "reversal", "cheque"),
    ("Chargeback Stripe", "reversal", "online"),
    ("EFTPOS VOID", "EFTPOS VOID", None),
    ("Applied from deposit", "Applied from deposit", None),
    ("Account Credit", "Account Credit", None),
    ("Paid from credit", "Paid from credit", None),
    ("From prepayment", "From prepayment", None),
    ("Prepaid", "Prepaid", None),
    ("Package Credit", "Package Credit", None),
    ("Prepayment used", "allocation", None),
    ("Transfer of credit", "Transfer of credit", None),
    ("Bad debt", "credit", None),
    ("W/O", "credit", None),
    ("Written off", "credit", None),
    ("Discount", "credit", None),
    ("Pensioner discount", "credit", "Pensioner"),
    ("Courtesy credit", "credit", None),
    ("Goodwill", "credit", None),
    ("Waived", "credit", None),
    ("Adjustment", "Adjustment", None),
    ("Fee adjustment", "Fee adjustment", None),
    ("Credit Card", None, "eftpos"),
    ("Direct deposit", None, "direct"),
    ("EFTPOS", None, "eftpos"),
)
"""What a receipt says of its method, and the kind and method that it is read as."""


@pytest.fixture(scope="module")
def by_method(tmp_path_factory: pytest.TempPathFactory) -> list[Any]:
    """Kind and method of one receipt for each of `WORDS`, all of one file, a sum each."""
    columns = {"No": "payment_id", "Patient": "patient_id", "Sum": "amount", "Method": "method"}
    lines = "".join(f"{row + 1},7,{50 + row},{word}\n" for row, (word, _, _) in enumerate(WORDS))
    tables = typed(tmp_path_factory.mktemp("methods"), {"receipts": ("payments", columns, f"No,Patient,Sum,Method\n{lines}")})
    return plain(tables, "payments", "payment_id", "kind", "method")


@pytest.mark.parametrize("row", range(len(WORDS)), ids=[word for word, _, _ in WORDS])
def test_a_method_that_says_refund_is_a_refund(by_method: list[Any], row: int) -> None:
    """A word of going out beside a way of paying is the kind; one of not coming in at all is a kind that nobody knows, and is held."""
    _, kind, method = WORDS[row]
    assert by_method[row] == (str(row + 1), kind, method)


def test_a_payment_of_a_day_to_come_is_due_and_a_visit_to_come_is_not_over(tmp_path: Path) -> None:
    """An export of 20 November holds no money of December, and nobody was treated on 24 November; both are said."""
    receipts = "No,Patient,Sum,Day\n1,7,50,20/11/2026\n2,7,25,15/12/2026\n"
    book = "No,Patient,Day,Status\n1,7,19/11/2026,C\n2,7,24/11/2026,C\n3,7,24/11/2026,Cancelled\n"
    tables = typed(
        tmp_path,
        {
            "receipts": ("payments", {"No": "payment_id", "Patient": "patient_id", "Sum": "amount", "Day": "date"}, receipts),
            "book": ("appointments", {"No": "appointment_id", "Patient": "patient_id", "Day": "date", "Status": "status"}, book),
        },
    )
    assert plain(tables, "payments", "status") == [None, "pending"]
    assert plain(tables, "appointments", "status") == ["completed", "booked", "cancelled"]
    assert codes(tables) >= {"payment-ahead", "visit-ahead"}


def test_days_and_marks_say_how_far_a_plan_is(tmp_path: Path) -> None:
    """Completed before all; of accepted and declined the later; one that is not active is declined; a status of its own counts."""
    text = "\n".join(
        [
            "No,Patient,Status,Accepted,Declined,Completed,Active",
            "1,7,,12/10/2026,,01/11/2026,Y",
            "2,7,,,05/10/2026,,Y",
            "3,7,,01/10/2026,05/10/2026,,",
            "4,7,,06/10/2026,05/10/2026,,",
            "5,7,,,,,N",
            "6,7,Proposed,01/10/2026,,,",
            "7,7,,,,,",
            "",
        ]
    )
    columns = {"No": "plan_id", "Patient": "patient_id", "Status": "status", "Accepted": "accepted_date", "Declined": "declined_date"}
    tables = typed(tmp_path, {"plans": ("treatment_plans", {**columns, "Completed": "completed_date", "Active": "active"}, text)})
    assert plain(tables, "treatment_plans", "status") == [
        "completed", "declined", "declined", "accepted", "declined", "proposed", None,
    ]  # fmt: skip
    assert [one.keys for one in tables.findings if one.code == "status-behind-days"] == [("plans.csv:7",)]


def test_an_item_that_the_patient_did_not_accept_is_dropped(tmp_path: Path) -> None:
    """What was done stays done; an answer that nobody gave says nothing."""
    text = "Plan,Code,Accepted,Status\nA,011,Y,\nA,022,N,\nA,114,,\nA,415,N,completed\n"
    columns = {"Plan": "plan_id", "Code": "item_code", "Accepted": "accepted", "Status": "status"}
    plans = ("treatment_plans", {"No": "plan_id", "Patient": "patient_id"}, "No,Patient\nA,7\n")
    tables = typed(tmp_path, {"plans": plans, "items": ("treatment_items", columns, text)})
    assert plain(tables, "treatment_items", "status") == [None, "cancelled", None, "completed"]


def test_notes_and_recalls_say_by_status_and_days_what_marks_say(tmp_path: Path) -> None:
    """A note with the status Deleted is deleted, a draft one a draft; a note is of its visit's day; a recall that is done is not due."""
    notes = "No,Patient,Visit,Entered,Status\n1,7,01/10/2026,15/11/2026,Deleted\n2,7,,15/11/2026,Draft\n3,7,01/10/2026,01/10/2026,Final\n"
    columns = {"No": "note_id", "Patient": "patient_id", "Visit": "at", "Entered": "entered_at", "Status": "status"}
    recalls = "No,Patient,Due,Done,Active\n1,7,01/12/2026,02/11/2026,Y\n2,7,01/12/2026,,N\n3,7,01/12/2026,,Y\n"
    of_recall = {"No": "recall_id", "Patient": "patient_id", "Due": "due_date", "Done": "completed_date", "Active": "active"}
    tables = typed(tmp_path, {"notes": ("clinical_notes", columns, notes), "recalls": ("recalls", of_recall, recalls)})
    assert plain(tables, "clinical_notes", "at", "entered_at", "deleted", "draft") == [
        ("01/10", "15/11", True, None), ("15/11", None, None, True), ("01/10", None, None, None),
    ]  # fmt: skip
    assert plain(tables, "recalls", "status") == ["completed", "cancelled", None]


def test_who_voided_it_and_why_say_that_it_is_void(tmp_path: Path) -> None:
    """`Voided By` holds a name: the receipt is reversed; an invoice's line with the status Voided is left out as a deleted one is."""
    receipts = "No,Patient,Sum,Voided By\n1,7,50,\n2,7,25,Kim Ho\n"
    lines = "Invoice,Item,Total,Line Status\n1,011,100,Active\n1,022,25,Voided\n"
    tables = typed(
        tmp_path,
        {
            "receipts": ("payments", {"No": "payment_id", "Patient": "patient_id", "Sum": "amount", "Voided By": "deleted"}, receipts),
            "invoices": ("invoices", {"No": "invoice_id", "Patient": "patient_id", "Total": "total"}, "No,Patient,Total\n1,7,100\n"),
            "lines": (
                "invoice_lines",
                {"Invoice": "invoice_id", "Item": "item_code", "Total": "total", "Line Status": "status"},
                lines,
            ),
        },
    )
    assert plain(tables, "payments", "reversed") == [None, True]
    assert plain(tables, "invoice_lines", "deleted") == [None, True]


@pytest.mark.parametrize(
    ("cells", "status"), [("Y", "paid"), ("05/09/2026", "paid"), ("N", None), ("", None)], ids=["yes", "a day", "no", "nothing"]
)
def test_an_invoice_that_is_paid_by_a_column_of_its_own_is_paid(tmp_path: Path, cells: str, status: str | None) -> None:
    columns = {"No": "invoice_id", "Patient": "patient_id", "Total": "total", "Paid": "is_paid"}
    tables = typed(tmp_path, {"invoices": ("invoices", columns, f"No,Patient,Total,Paid\n1,7,50,{cells}\n")})
    assert plain(tables, "invoices", "status") == [status]


def test_what_is_owed_proves_that_a_total_is_without_gst(tmp_path: Path) -> None:
    """150.00 and 15.00 GST of which 165.00 is owed: the total is 165.00, in every invoice of the file; where it may hold the GST, not."""
    columns = {"No": "invoice_id", "Patient": "patient_id", "Amount": "total", "GST": "gst", "Due": "balance"}
    rows = {"net": "1,7,150,15,165\n2,7,300,0,300\n3,7,80,8,0\n", "gross": "1,7,165,15,165\n2,7,88,8,96\n"}
    found = {}
    for name, text in rows.items():
        folder = tmp_path / name
        folder.mkdir()
        tables = typed(folder, {"invoices": ("invoices", columns, f"No,Patient,Amount,GST,Due\n{text}")})
        found[name] = plain(tables, "invoices", "net", "total")
    assert found == {"net": [(15000, 16500), (30000, 30000), (8000, 8800)], "gross": [(None, 16500), (None, 8800)]}


@pytest.mark.parametrize(("first", "kinds"), [("Cash", ["Cash", "Credit"]), ("Invoice", ["invoice", "credit"])])
def test_credit_beside_cash_is_no_credit_note(tmp_path: Path, first: str, kinds: list[str]) -> None:
    """Terms of sale: nobody knows what they ask for, so both are held when planned; beside an invoice it gives money back."""
    columns = {"No": "invoice_id", "Patient": "patient_id", "Total": "total", "Type": "kind"}
    tables = typed(tmp_path, {"invoices": ("invoices", columns, f"No,Patient,Total,Type\n1,7,50,{first}\n2,7,50,Credit\n")})
    assert plain(tables, "invoices", "kind") == kinds
    assert plain(tables, "invoices", "total") == [5000, 5000 if first == "Cash" else -5000]


US = "No,Patient,Total,Day,Due\n1,7,100,10/01/2026,10/15/2026\n2,7,100,10/05/2026,10/19/2026\n3,7,100,10/12/2026,10/26/2026\n"
INVOICES = {"No": "invoice_id", "Patient": "patient_id", "Total": "total", "Day": "date", "Due": "due_date"}


def test_one_column_proves_the_order_of_dates_for_its_file(tmp_path: Path) -> None:
    """Due dates that are month first only: the dates beside them are of October too, and another file's are read so, which is said."""
    receipts = "No,Patient,Sum,Day\n1,7,50,10/02/2026\n"
    columns = {"No": "payment_id", "Patient": "patient_id", "Sum": "amount", "Day": "date"}
    tables = typed(tmp_path, {"invoices": ("invoices", INVOICES, US), "receipts": ("payments", columns, receipts)})
    assert plain(tables, "invoices", "date", "due_date") == [("01/10", "15/10"), ("05/10", "19/10"), ("12/10", "26/10")]
    assert plain(tables, "payments", "date") == ["02/10"]
    assert [(one.table, one.count) for one in tables.findings if one.code == "date-order-of-others"] == [("payments", 1)]


def test_one_proof_in_another_file_is_none(tmp_path: Path) -> None:
    """A single date that is month first only may be a slip: the file beside it is read as the country writes dates."""
    one = "No,Patient,Total,Day,Due\n1,7,100,10/01/2026,10/15/2026\n"
    columns = {"No": "payment_id", "Patient": "patient_id", "Sum": "amount", "Day": "date"}
    receipts = ("payments", columns, "No,Patient,Sum,Day\n1,7,50,10/02/2026\n")
    tables = typed(tmp_path, {"invoices": ("invoices", INVOICES, one), "receipts": receipts})
    assert plain(tables, "payments", "date") == ["10/02"]


def test_a_column_that_proves_its_own_order_keeps_it(tmp_path: Path) -> None:
    """Day first by its own values, whatever another column of the file shows."""
    text = "No,Patient,Total,Day,Due\n1,7,100,13/10/2026,10/15/2026\n2,7,100,05/10/2026,10/19/2026\n"
    tables = typed(tmp_path, {"invoices": ("invoices", INVOICES, text)})
    assert plain(tables, "invoices", "date", "due_date") == [("13/10", "15/10"), ("05/10", "19/10")]


def test_invoices_of_days_to_come_and_due_before_their_day_are_said(tmp_path: Path) -> None:
    text = "No,Patient,Total,Day,Due\n1,7,100,25/12/2026,26/12/2026\n2,7,100,15/10/2026,01/10/2026\n3,7,100,15/10/2026,29/10/2026\n"
    tables = typed(tmp_path, {"invoices": ("invoices", INVOICES, text)})
    assert {one.code: one.keys for one in tables.findings} == {
        "invoice-ahead": ("invoices.csv:2",), "due-before-date": ("invoices.csv:3",),
    }  # fmt: skip


RENUMBERED = "Id,Old No,Last\n7002,7001,Weber\n7003,7002,Ng\n7004,7003,Patel\n"


@pytest.mark.parametrize(
    ("header", "rows", "expected", "code"),
    [
        ("Old No", ["7002", "7003"], ["7003", "7004"], None),
        ("Patient", ["7001", "7002", "7003"], ["7002", "7003", "7004"], None),
        ("Patient", ["7002", "7003"], ["7002", "7003"], None),
        ("Patient", ["7001", "7002", "7004"], ["7002", "7002", "7004"], "id-or-number"),
    ],
    ids=["the header says the number", "all are numbers and some no ids", "all are ids", "nobody knows"],
)
def test_a_file_refers_by_one_kind_of_number(tmp_path: Path, header: str, rows: list[str], expected: list[str], code: str | None) -> None:
    """An old number that is another patient's id now is the number all the same, where the file refers by it."""
    lines = [f"{number},{patient},10" for number, patient in enumerate(rows, start=1)]
    columns = {"Id": "patient_id", "Old No": "patient_number", "Last": "last_name"}
    tables = typed(
        tmp_path,
        {
            "patients": ("patients", columns, RENUMBERED),
            "invoices": (
                "invoices",
                {"No": "invoice_id", header: "patient_id", "Total": "total"},
                "\n".join([f"No,{header},Total", *lines, ""]),
            ),
        },
    )
    assert plain(tables, "invoices", "patient_id") == expected
    assert (code in codes(tables)) if code else "id-or-number" not in codes(tables)


@pytest.mark.parametrize(
    ("ours", "theirs", "expected"),
    [
        ("Chart Number", "Chart #", ["2", "3", "1"]),
        ("File Number", "File No", ["2", "3", "1"]),
        ("Card No.", "card_number", ["2", "3", "1"]),
        ("ChartNum", "Chart Nr", ["2", "3", "1"]),
        ("Account Number", "Acc No", ["2", "3", "1"]),
        ("Cust. No.", "Customer Number", ["2", "3", "1"]),
        ("Chart Number", "Patient", ["3", "1", "2"]),
    ],
)
def test_the_second_number_is_known_by_what_it_is_called(tmp_path: Path, ours: str, theirs: str, expected: list[str]) -> None:
    """`Chart #` of the invoices is `Chart Number` of the patients, though each value is some patient's id as well."""
    people = f"Id,{ours},Last\n1,2,Weber\n2,3,Ng\n3,1,Patel\n"
    columns = {"Id": "patient_id", ours: "patient_number", "Last": "last_name"}
    text = f"No,{theirs},Total\n1,3,100\n2,1,300\n3,2,80\n"
    tables = typed(
        tmp_path,
        {
            "patients": ("patients", columns, people),
            "invoices": ("invoices", {"No": "invoice_id", theirs: "patient_id", "Total": "total"}, text),
        },
    )
    assert plain(tables, "invoices", "patient_id") == expected


@pytest.mark.parametrize(
    ("key", "ours", "to", "theirs", "told"),
    [
        ("PatNo", "DebtorNo", None, "DebtorNo", True),
        ("Patient ID", "Account Code", "family_id", "Account", False),
        ("ID", "Old ID", None, "Old Patient ID", True),
        ("Patient ID", "UR Number", None, "UR", True),
        ("Patient ID", "Chart", "alerts", "Chart #", True),
        ("Client ID", "Code", None, "Client Code", True),
        ("ID", "Patient No", None, "Patient No", True),
        ("Patient ID", "Pt No", "patient_number", "Pt", False),
        ("Patient ID", "Ref", "patient_number", "Patient Ref", False),
        ("Patient ID", "Old ID", None, "Patient ID", False),
        ("Client No", "Debtor", None, "Client #", False),
        ("Patient ID", "Debtor", None, "Payer", False),
    ],
)
def test_a_number_that_stands_beside_the_patients_ids_is_none_of_them(
    tmp_path: Path, key: str, ours: str, to: str | None, theirs: str, told: bool
) -> None:
    """Invoices by `DebtorNo`, which stands beside the patients' `PatNo`, are asked about although each value is some patient's id; where
    it is mapped as the patients' number, or as that of their family, it counts."""
    people = f"{key},{ours},Last\n1,2,Weber\n2,3,Ng\n3,1,Patel\n"
    columns = {key: "patient_id", "Last": "last_name"} | ({ours: to} if to else {})
    tables = typed(
        tmp_path,
        {
            "patients": ("patients", columns, people),
            "invoices": ("invoices", {"Inv": "invoice_id", theirs: "patient_id", "Total": "total"}, f"Inv,{theirs},Total\n9,3,1\n8,1,2\n"),
        },
    )
    found = [one for one in tables.findings if one.code == "id-of-another-column"]
    assert [(one.severity.value, one.count) for one in found] == ([("critical", 2)] if told else [])
    if to in ("patient_number", "family_id"):
        assert plain(tables, "invoices", "invoice_id", "patient_id") == [("9", "2"), ("8", "3")]


@pytest.mark.parametrize(
    ("holders", "billed", "told"),
    [
        ("7,7", "7", False),
        ("8,8", "8", False),
        ("7,8", "8", False),
        ("8,7", "8", True),
        ("7,", "7", False),
    ],
    ids=["both pay to one", "the other one", "each for themselves", "a number of its own", "one says none"],
)
def test_who_pays_for_several_is_no_number_of_its_own(tmp_path: Path, holders: str, billed: str, told: bool) -> None:
    """A column of the patients that holds ids of patients, some twice, names patients: an invoice's payer by it is one of them."""
    first, second = holders.split(",")
    people = f"Id,Last,Account Holder ID\n7,Ng,{first}\n8,Weber,{second}\n"
    columns = {"Inv": "invoice_id", "Pat": "patient_id", "Account Holder ID": "bill_to_id", "Sum": "total"}
    invoices = ("invoices", columns, f"Inv,Pat,Account Holder ID,Sum\n1,7,{billed},50\n")
    tables = typed(tmp_path, {"patients": ("patients", {"Id": "patient_id", "Last": "last_name"}, people), "bills": invoices})
    assert plain(tables, "invoices", "bill_to_id") == [billed]
    assert ("id-of-another-column" in codes(tables)) is told


@pytest.mark.parametrize(
    ("numbers", "theirs", "told"),
    [
        ("2,1", "Family No", True),
        ("1,2", "Family No", False),
        ("2,1", "ID", False),
        ("2,1", "Family ID", True),
        ("8,9", "Family No", False),
    ],
)
def test_a_family_is_not_known_by_the_number_of_another(tmp_path: Path, numbers: str, theirs: str, told: bool) -> None:
    """Families have an ID and a number of their own: by which patients name theirs is asked, where both would do."""
    first, second = numbers.split(",")
    tables = typed(
        tmp_path,
        {
            "patients": (
                "patients",
                {"Pat": "patient_id", "Last": "last_name", theirs: "family_id"},
                f"Pat,Last,{theirs}\n7,Ng,2\n8,Weber,1\n",
            ),
            "families": ("families", {"ID": "family_id", "Name": "name"}, f"ID,Family Number,Name\n1,{first},Weber\n2,{second},Ng\n"),
        },
    )
    assert ("id-of-another-column" in codes(tables)) == told


def test_a_line_s_patient_is_known_by_the_number_too(tmp_path: Path) -> None:
    """`Card` on the lines of invoices that stand nowhere else is the patients' `Card No`."""
    people = {"patients": ("patients", {"Id": "patient_id", "Card No": "patient_number"}, "Id,Card No\n1,2\n2,3\n3,1\n")}
    lines = {"Inv": "invoice_id", "Card": "invoices.patient_id", "Total": "total"}
    tables = typed(tmp_path, {**people, "lines": ("invoice_lines", lines, "Inv,Card,Total\n1,2,100\n2,3,300\n3,1,80\n")})
    assert sorted(plain(tables, "invoices", "invoice_id", "patient_id")) == [("1", "1"), ("2", "2"), ("3", "3")]


def test_a_second_list_by_the_debtor_s_number_is_asked_about(tmp_path: Path) -> None:
    """Debtors numbered by what stands beside the patients' own ids would get each other's addresses and balances."""
    tables = typed(
        tmp_path,
        {
            "patients": ("patients", {"PatNo": "patient_id", "Last": "last_name"}, "PatNo,DebtorNo,Last\n1,2,Weber\n2,1,Ng\n"),
            "debtors": ("patients", {"DebtorNo": "patient_id", "Balance": "balance"}, "DebtorNo,Balance\n1,80\n2,100\n"),
        },
    )
    assert "id-of-another-column" in codes(tables)


def test_a_family_s_number_says_nobody_s_id(tmp_path: Path) -> None:
    """Account 200 is of patients 100 and 300, and not patient 200, whose account is 300: its invoice is held, with both as candidates."""
    people = "Id,Account No,Last\n100,200,Weber\n200,300,Ng\n300,200,Weber\n"
    columns = {"Id": "patient_id", "Account No": "patient_number", "Last": "last_name"}
    text = "No,Account No,Total\n1,200,100\n2,300,300\n"
    tables = typed(
        tmp_path,
        {
            "patients": ("patients", columns, people),
            "invoices": ("invoices", {"No": "invoice_id", "Account No": "patient_id", "Total": "total"}, text),
        },
    )
    assert plain(tables, "invoices", "invoice_id", "patient_id") == [("2", "200")]
    held = next(one for one in tables.row_outcomes if one.table == "invoices" and one.outcome is Outcome.HELD)
    assert str(held.reason) == str(Message.of("several-candidates", keys=("patient:100", "patient:300")))
    assert "number-of-several" in codes(tables)


@pytest.mark.parametrize(
    ("name", "born", "joined"),
    [
        ("Sam Green", "", False),
        ("Henry Schein", "01/02/1980", False),
        ("Patel, Raj", "", False),
        ("Anna Green", "", True),
        ("A Weber", "", True),
        ("Mia Green", "13/04/1980", True),
        ("", "", True),
    ],
)
def test_rows_of_two_tables_with_nothing_of_a_name_in_common_are_two_people(tmp_path: Path, name: str, born: str, joined: bool) -> None:
    """Suppliers are numbered from 1 as patients are; a new last name, an initial or the same birth date is of one person."""
    people = "Id,Name,Born\n1,Anna Weber,13/04/1980\n"
    columns = {"Id": "patient_id", "Name": "full_name", "Born": "birth_date"}
    tables = typed(
        tmp_path,
        {
            "patients": ("patients", columns, people),
            "others": ("patients", {**columns, "Fax": "work_phone"}, f"Id,Name,Born,Fax\n1,{name},{born},0295551111\n"),
        },
    )
    assert ("id-used-twice" not in codes(tables), len(tables["patients"])) == (joined, int(joined))


@pytest.mark.parametrize(
    ("name", "printed", "expected"),
    [
        ("NGO BEN", ["NGO BEN", "MARTIN JAMES"], ["3", "1"]),
        ("Ben Ngo", ["BEN NGO", "MARTIN JAMES"], ["3", "2"]),
        ("alone", ["MARTIN JAMES"], [None]),
        ("both ways", ["NGO BEN", "BEN NGO", "MARTIN JAMES"], ["3", "3", None]),
        ("commas", ["NGO, BEN", "MARTIN, JAMES"], ["3", "1"]),
        ("two words", ["VAN DAM EVA", "JAMES MARTIN"], ["4", "2"]),
    ],
)
def test_the_order_of_printed_names_is_proven_by_the_others(
    tmp_path: Path, name: str, printed: list[str], expected: list[str | None]
) -> None:
    """`MARTIN JAMES` is James Martin where the others stand last name first; where nothing proves it, it may be either, and is held."""
    people = "Id,First,Last\n1,James,Martin\n2,Martin,James\n3,Ben,Ngo\n4,Eva,Van Dam\n"
    columns = {"Id": "patient_id", "First": "first_name", "Last": "last_name"}
    lines = [f'{number},"{text}",10' for number, text in enumerate(printed, start=1)]
    tables = typed(
        tmp_path,
        {
            "patients": ("patients", columns, people),
            "invoices": (
                "invoices",
                {"No": "invoice_id", "Patient": "patient_name", "Total": "total"},
                "\n".join(["No,Patient,Total", *lines, ""]),
            ),
        },
    )
    found = dict(plain(tables, "invoices", "invoice_id", "patient_id"))
    assert [found.get(str(number)) for number in range(1, len(printed) + 1)] == expected


def test_names_beside_a_number_say_whether_it_is_the_id(tmp_path: Path) -> None:
    """Every name is that of the patient with this number, and none that of the patient with this id: the number is meant."""
    people = "Id,No,First,Last\n1,2,Anna,Weber\n2,3,Ben,Ngo\n3,1,Eva,Patel\n"
    columns = {"Id": "patient_id", "No": "patient_number", "First": "first_name", "Last": "last_name"}
    for folder, names, expected in (
        ("number", ["Anna Weber", "Ben Ngo"], ["1", "2"]),
        ("id", ["Ben Ngo", "Eva Patel"], ["2", "3"]),
        ("both", ["Anna Weber", "Eva Patel"], ["2", "3"]),
        ("nobody", ["Karl May", "Karl Weber"], ["2", "3"]),
        ("no names", ["", ""], ["2", "3"]),
    ):
        (tmp_path / folder).mkdir()
        text = "".join(f"{row},{value},{name},10\n" for row, (value, name) in enumerate(zip("23", names, strict=True), start=1))
        invoices = {"Invoice": "invoice_id", "Patient": "patient_id", "Name": "patient_name", "Total": "total"}
        tables = typed(
            tmp_path / folder,
            {"patients": ("patients", columns, people), "invoices": ("invoices", invoices, f"Invoice,Patient,Name,Total\n{text}")},
        )
        assert plain(tables, "invoices", "patient_id") == expected, folder


NOBODY = ("0", "None", "-", "N/A", "null", "", "00000000-0000-0000-0000-000000000000")


@pytest.mark.parametrize("header", ["Voided By", "Void Reason"])
def test_who_and_why_is_nobody_where_nought_stands(tmp_path: Path, header: str) -> None:
    """User 0, however it is written, voided nothing; user 12 did."""
    columns = {"No": "payment_id", "Patient": "patient_id", "Sum": "amount", header: "deleted"}
    lines = "".join(f"{row},7,{100 + row},{nobody}\n" for row, nobody in enumerate(NOBODY, start=1))
    tables = typed(tmp_path, {"receipts": ("payments", columns, f"No,Patient,Sum,{header}\n{lines}9,8,300,12\n")})
    assert plain(tables, "payments", "payment_id", "reversed") == [*((str(row), None) for row in range(1, 8)), ("9", True)]


def test_nobody_is_merged_into_patient_nought(tmp_path: Path) -> None:
    """Databases write 0 for none; who is merged into another stays so."""
    people = "Id,Last,Merged\n7,Ng,0\n8,Weber,7\n9,Patel,00000000-0000\n"
    columns = {"Id": "patient_id", "Last": "last_name", "Merged": "merged_into_id"}
    tables = typed(tmp_path, {"patients": ("patients", columns, people)})
    assert plain(tables, "patients", "status", "merged_into_id") == [(None, None), ("merged", "7"), (None, None)]


@pytest.mark.parametrize(
    ("one", "two", "expected"),
    [
        ("R1,7,05/10/2026,100", "R1,7,05/11/2026,60", []),
        ("R1,7,05/10/2026,100", "R1,7,05/10/2026,60", [6000]),
        ("R1,7,,100", "R1,7,,60", []),
        ("R1,7,,100", "R1,7,,100", [10000]),
        ("R1,7,05/10/2026,100", "R1,8,05/11/2026,60", []),
    ],
    ids=["each in its own month", "the first restated", "other sums without a day", "the same without a day", "other patients"],
)
def test_receipt_numbers_that_begin_anew_are_two_receipts(tmp_path: Path, one: str, two: str, expected: list[int]) -> None:
    """What came in after the first file's month had ended is no later version of its receipt: both wait, and it is critical."""
    columns = {"No": "payment_id", "Patient": "patient_id", "Day": "date", "Sum": "amount"}
    for month, row in (("10", one), ("11", two)):
        (tmp_path / f"receipts 2026-{month}.csv").write_text(f"No,Patient,Day,Sum\n{row}\n")
    mapping = maps.source_map(
        maps.table_map("patients", "patients", {"Id": "patient_id", "Last": "last_name"}), maps.table_map("receipts", "payments", columns)
    )
    (tmp_path / "patients.csv").write_text("Id,Last\n7,Ng\n8,Weber\n")
    tables = type_tables(read_export(tmp_path), mapping, maps.schema(), today=date(2026, 11, 20), country=maps.AU)
    kept = tables["payments"]
    assert list(kept.loc[kept["payment_id"].eq("R1"), "amount"]) == expected
    assert bool(codes(tables) & {"id-used-twice", "numbers-begin-anew"}) == (not expected)


@pytest.mark.parametrize(
    ("header", "rows", "statuses"),
    [
        ("Paid Date", ["01/09/2026,Debit", "02/10/2026,Debit", ","], [None, None, "pending"]),
        ("Received on", ["01/09/2026,Debit", ","], [None, "pending"]),
        ("Paid Date", ["01/09/2026,Debit", ",Cash"], [None, None]),
        ("Paid Date", [",", ","], [None, None]),
        ("Paid Date", ["01/09/2026,", ","], [None, None]),
        ("Due Date", ["01/09/2026,Debit", ","], [None, None]),
    ],
)
def test_an_instalment_without_its_paid_date_is_not_paid(tmp_path: Path, header: str, rows: list[str], statuses: list[str | None]) -> None:
    """Where others have the day and the way in which they were paid, a row with neither is still to be paid."""
    columns = {"No": "payment_id", "Patient": "patient_id", header: "date", "How": "method", "Sum": "amount"}
    lines = [f"{number},7,{row},200" for number, row in enumerate(rows, start=1)]
    tables = typed(tmp_path, {"plan": ("payments", columns, "\n".join([f"No,Patient,{header},How,Sum", *lines, ""]))})
    assert plain(tables, "payments", "status") == statuses


def test_a_row_that_knows_its_patient_by_e_mail_alone_is_theirs_alone(tmp_path: Path) -> None:
    """One patient has it: the row is theirs. Two have it, or none: it is held, and said."""
    people = "Id,Last,Mail\n7,Ng,a@example.com\n8,Weber,b@example.com\n9,Weber,b@example.com\n"
    columns = {"No": "payment_id", "Mail": "patient_email", "Sum": "amount"}
    tables = typed(
        tmp_path,
        {
            "patients": ("patients", {"Id": "patient_id", "Last": "last_name", "Mail": "email"}, people),
            "receipts": ("payments", columns, "No,Mail,Sum\n1,A@example.com,10\n2,b@example.com,20\n3,c@example.com,30\n"),
        },
    )
    assert plain(tables, "payments", "patient_id", "amount") == [("7", 1000)]
    assert [one.count for one in tables.findings if one.code == "no-patient"] == [2]


def test_two_columns_of_one_header_that_differ_are_critical(tmp_path: Path) -> None:
    """The invoice's amount and the receipt's are both called Amount: which was paid is for a person to say."""
    columns = {"No": "payment_id", "Patient": "patient_id", "Amount": "amount"}
    for name, second, told in (("differ", "200", True), ("same", "300", False)):
        folder = tmp_path / name
        folder.mkdir()
        tables = typed(folder, {"receipts": ("payments", columns, f"No,Patient,Amount,Amount\n1,7,300,{second}\n")})
        assert [one.severity.value for one in tables.findings if one.code == "header-twice"] == (["critical"] if told else [])


@pytest.mark.parametrize(
    ("reasons", "expected"),
    [
        (["", "Sick", ""], ["booked", "cancelled", "booked"]),
        (["None", "Sick", "N/A"], ["booked", "cancelled", "booked"]),
        (["0", "Moved away", "-"], ["booked", "cancelled", "booked"]),
        (["Check-up", "Crown", "Pain"], ["booked", "booked", "booked"]),
        (["", "", ""], ["booked", "booked", "booked"]),
    ],
)
def test_the_reason_why_it_was_cancelled_says_that_it_was(tmp_path: Path, reasons: list[str], expected: list[str]) -> None:
    """On one booking of three it says so; a word for nothing does not, nor a column that every row fills."""
    columns = {"No": "appointment_id", "Patient": "patient_id", "Day": "date", "Status": "status", "Why": "cancelled_reason"}
    rows = "".join(f"{number},7,2{number}/11/2026,Booked,{reason}\n" for number, reason in enumerate(reasons, start=1))
    assert (
        plain(typed(tmp_path, {"book": ("appointments", columns, f"No,Patient,Day,Status,Why\n{rows}")}), "appointments", "status")
        == expected
    )


@pytest.mark.parametrize(
    ("header", "cents"),
    [
        ("Credit Balance", -20000),
        ("Account Credit", -20000),
        ("Deposits", -20000),
        ("Balance", 20000),
        ("Debit or Credit", 20000),
        ("Balance Owing", 20000),
    ],
)
def test_a_balance_in_credit_is_the_patient_s_money(tmp_path: Path, header: str, cents: int) -> None:
    """What stands under Credit Balance is owed to the patient, not by them."""
    columns = {"No": "patient_id", "Last": "last_name", header: "balance"}
    assert plain(typed(tmp_path, {"people": ("patients", columns, f"No,Last,{header}\n7,Ng,200.00\n")}), "patients", "balance")[0] == cents


@pytest.mark.parametrize(
    ("received", "refunded", "expected"),
    [
        ("0.00", "30.00", ("refund", 3000)),
        ("", "30.00", ("refund", 3000)),
        ("0", "-30.00", ("refund", 3000)),
        ("30.00", "0.00", (None, 3000)),
        ("30.00", "", (None, 3000)),
    ],
)
def test_a_row_that_only_gave_money_back_is_a_refund(
    tmp_path: Path, received: str, refunded: str, expected: tuple[str | None, int]
) -> None:
    """Nothing received and 30.00 refunded is a refund of 30.00."""
    columns = {"No": "payment_id", "Patient": "patient_id", "In": "amount", "Out": "refunded"}
    tables = typed(tmp_path, {"receipts": ("payments", columns, f"No,Patient,In,Out\n1,7,{received},{refunded}\n2,7,5.00,\n")})
    assert (plain(tables, "payments", "kind")[0], plain(tables, "payments", "amount")[0]) == expected


@pytest.mark.parametrize(
    ("header", "text", "expected"),
    [
        ("Start (UTC)", "22/11/2026 22:00", "2026-11-23 09:00"),
        ("start_utc", "2026-11-22 22:00:00", "2026-11-23 09:00"),
        ("StartUtc", "2026-11-22T22:00:00", "2026-11-23 09:00"),
        ("Start GMT", "2026-11-22T22:00:00Z", "2026-11-23 09:00"),
        ("Start UTC", "2026-11-22T22:00:00+00:00", "2026-11-23 09:00"),
        ("Start", "2026-11-22 22:00", "2026-11-22 22:00"),
    ],
)
def test_a_moment_in_utc_is_one_of_the_practice_s_clock(tmp_path: Path, header: str, text: str, expected: str) -> None:
    """A header that says UTC says it of every time below it: 22:00 is 09:00 of the next morning in Sydney."""
    (tmp_path / "patients.csv").write_text("Id,Last\n7,Ng\n")
    (tmp_path / "book.csv").write_text(f"No,Patient,{header}\n1,7,{text}\n")
    mapping = maps.source_map(
        maps.table_map("patients", "patients", {"Id": "patient_id", "Last": "last_name"}),
        maps.table_map("book", "appointments", {"No": "appointment_id", "Patient": "patient_id", header: "start_at"}),
    )
    tables = type_tables(
        read_export(tmp_path), mapping, maps.schema(), today=date(2026, 11, 20), timezone="Australia/Sydney", country=maps.AU
    )
    assert [f"{one:%Y-%m-%d %H:%M}" for one in tables["appointments"]["start_at"]] == [expected]


@pytest.mark.parametrize(
    ("header", "did_not"),
    [
        ("Did Attend", False),
        ("Attended", False),
        ("PatientArrived", False),
        ("Did Not Attend", True),
        ("Not Attended", True),
        ("Failed To Attend", True),
        ("Didn't Attend", True),
        ("Missed", True),
    ],
)
def test_who_attended_did_not_fail_to(tmp_path: Path, header: str, did_not: bool) -> None:
    """1 below `Did Attend` says the opposite of 1 below `Did Not Attend`."""
    columns = {"No": "appointment_id", "Patient": "patient_id", header: "did_not_attend"}
    tables = typed(tmp_path, {"book": ("appointments", columns, f"No,Patient,{header}\n1,7,1\n2,8,0\n")})
    assert plain(tables, "appointments", "did_not_attend") == [did_not, not did_not]


@pytest.mark.parametrize(
    ("status", "day", "expected"),
    [
        ("D", "15/08/2026", "deceased"),
        ("Active", "15/08/2026", "deceased"),
        ("D", "", "D"),
        ("", "15/08/2026", "deceased"),
        ("X9", "1/1/2026", "deceased"),
    ],
)
def test_who_has_died_is_deceased_whatever_the_status_that_nobody_knows(tmp_path: Path, status: str, day: str, expected: str) -> None:
    """The day of a death counts more than a code."""
    columns = {"Id": "patient_id", "Last": "last_name", "Status": "status", "Died": "deceased_date"}
    tables = typed(tmp_path, {"patients": ("patients", columns, f"Id,Last,Status,Died\n7,Ng,{status},{day}\n")})
    assert plain(tables, "patients", "status") == [expected]


@pytest.mark.parametrize(("family", "expected"), [("0", None), ("00000000-0000", None), ("10", "10"), ("", None), ("F0", "F0")])
def test_family_nought_is_no_family(tmp_path: Path, family: str, expected: str | None) -> None:
    """Databases write 0 for none: strangers are no household by it."""
    columns = {"Id": "patient_id", "Last": "last_name", "Family": "family_id"}
    tables = typed(tmp_path, {"patients": ("patients", columns, f"Id,Last,Family\n7,Ng,{family}\n")})
    assert plain(tables, "patients", "family_id") == [expected]


@pytest.mark.parametrize("patient", ["99", "98", "Nobody Known", "0", ""])
def test_payments_of_invoices_that_all_wait_are_read(tmp_path: Path, patient: str) -> None:
    """No invoice goes on, for nobody knows whose they are: the receipts of 50.00 are their payer's all the same."""
    invoices = ("invoices", {"Inv": "invoice_id", "Patient": "patient_id", "Day": "date", "Sum": "total"}, "")
    text = f"Inv,Patient,Day,Sum\nI1,{patient},01/10/2026,50\nI2,{patient},02/10/2026,50\n"
    columns = {"No": "payment_id", "Patient": "patient_id", "Inv": "invoice_id", "Day": "date", "Sum": "amount"}
    paid = ("payments", columns, "No,Patient,Inv,Day,Sum\nR1,7,I1,02/10/2026,50\n")
    tables = typed(tmp_path, {"invoices": (*invoices[:2], text), "payments": paid})
    assert plain(tables, "payments", "patient_id", "amount", "date") == [("7", 5000, "02/10")]


@pytest.mark.parametrize(
    ("columns", "body", "has_plans", "found"),
    [
        ({"Item": "item_id", "Fee": "fee"}, "Item,Fee\n1,100\n2,200\n", True, [2]),
        ({"Item": "item_id", "Fee": "fee"}, "Item,Fee\n1,100\n2,200\n", False, [2]),
        ({"Item": "item_id", "What": "description"}, "Item,What\n1,Crown\n", True, [1]),
        ({"Item": "item_id", "Plan": "plan_id"}, "Item,Plan\n1,P1\n2,P1\n", True, []),
        ({"Item": "item_id", "Plan": "plan_id"}, "Item,Plan\n1,P9\n", True, []),
    ],
)
def test_items_that_name_no_plan_are_said(tmp_path: Path, columns: dict[str, str], body: str, has_plans: bool, found: list[int]) -> None:
    """They are held, and it is said how many; one that names a plan which the export lacks is told with that plan."""
    plans = ("treatment_plans", {"No": "plan_id", "Patient": "patient_id"}, "No,Patient\nP1,7\n")
    tables = typed(tmp_path, ({"plans": plans} if has_plans else {}) | {"items": ("treatment_items", columns, body)})
    assert [one.count for one in tables.findings if one.code == "names-no-parent"] == found
