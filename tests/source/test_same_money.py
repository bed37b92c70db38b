"""Money and records that two tables show, each in its own way, count once; sides and words say which way money went."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from migkit.source import read_export, type_tables

from . import maps
from .test_what_rows_say import codes, plain, typed

NUMBERED = "No,Patient,Day,Method,Sum\nR1,7,05/10/2026,EFTPOS,100\nR2,8,06/10/2026,Cash,300\nR3,8,06/10/2026,Cash,300\n"
BY_NUMBER = {"No": "payment_id", "Patient": "patient_id", "Day": "date", "Method": "method", "Sum": "amount"}
BY_DAY = {"Day": "date", "Patient": "patient_id", "How": "method", "Sum": "amount"}


@pytest.mark.parametrize(
    ("rows", "cents", "code"),
    [
        (["05/10/2026,7,Card,100", "06/10/2026,8,Cash,300", "06/10/2026,8,Cash,300"], [10000, 30000, 30000], "same-takings"),
        (["05/10/2026,7,,100", "06/10/2026,8,Cash,300"], [10000, 30000, 30000], "same-takings"),
        (
            ["05/10/2026,7,EFTPOS,100", "06/10/2026,8,Cash,300", "08/10/2026,8,Cash,5"],
            [500, 10000, 10000, 30000, 30000, 30000],
            "takings-in-part",
        ),
        (["05/10/2026,7,EFTPOS,100"], [10000, 10000, 30000, 30000], None),
        (["05/10/2026,8,EFTPOS,100", "06/10/2026,7,Cash,300"], [10000, 10000, 30000, 30000, 30000], None),
        (["05/10/2026,7,Cash,100", "06/10/2026,8,Card,300"], [10000, 10000, 30000, 30000, 30000], None),
    ],
    ids=["all of them", "a method less, fewer rows", "one is another", "one is chance", "other patients", "other methods"],
)
def test_takings_without_numbers_that_all_stand_in_another_table_count_once(
    tmp_path: Path, rows: list[str], cents: list[int], code: str | None
) -> None:
    """Equal rows are paired one by one; where a row of the report is nowhere else, nothing is folded and it is critical."""
    tables = typed(
        tmp_path,
        {
            "receipts": ("payments", BY_NUMBER, NUMBERED),
            "daily": ("payments", BY_DAY, "\n".join(["Day,Patient,How,Sum", *rows, ""])),
        },
    )
    assert sorted(plain(tables, "payments", "amount")) == cents
    assert codes(tables) & {"same-takings", "takings-in-part"} == ({code} if code else set())


def test_a_list_of_reminders_shows_bookings_again(tmp_path: Path) -> None:
    """A row without a number is the booking of its patient at its time; a time that nobody booked stays."""
    book = "No,Patient,Start\n1,7,24/11/2026 09:00\n2,8,24/11/2026 10:00\n"
    sms = "Patient,Start\n7,24/11/2026 09:00\n8,24/11/2026 10:15\n"
    columns = {"No": "appointment_id", "Patient": "patient_id", "Start": "start_at"}
    tables = typed(
        tmp_path,
        {"book": ("appointments", columns, book), "sms": ("appointments", {"Patient": "patient_id", "Start": "start_at"}, sms)},
    )
    assert sorted(str(one)[11:16] for one in tables["appointments"]["start_at"]) == ["09:00", "10:00", "10:15"]


def test_the_shares_of_two_dentists_in_another_report_are_the_receipt(tmp_path: Path) -> None:
    """60.00 and 40.00 under the number of a receipt of 100.00 are that receipt, for its invoice; 60.00 and 30.00 wait with it."""
    receipts = "No,Patient,Day,Method,Sum\nR1,7,05/10/2026,EFTPOS,100\n"
    of_dentists = {"No": "payment_id", "Patient": "patient_id", "Dentist": "practitioner_name", "Share": "amount"}
    for name, second, cents in (("parts", 40, [4000, 6000]), ("others", 30, [])):
        folder = tmp_path / name
        folder.mkdir()
        shares = f"No,Patient,Dentist,Share\nR1,7,Dr Lee,60\nR1,7,Dr Ahmed,{second}\n"
        tables = typed(folder, {"receipts": ("payments", BY_NUMBER, receipts), "shares": ("payments", of_dentists, shares)})
        assert sorted(plain(tables, "payments", "amount")) == cents


@pytest.mark.parametrize(
    ("rows", "cents"),
    [
        (["100.00 CR", "50.00 DR", "20.00 DR"], [10000, -5000, -2000]),
        (["CR 100.00", "20.00DR"], [10000, -2000]),
        (["100.00 CR", "50.00"], [10000, 5000]),
        (["-100.00", "50.00"], [-10000, 5000]),
    ],
)
def test_what_a_receipt_credits_came_in(tmp_path: Path, rows: list[str], cents: list[int]) -> None:
    """CR credits the patient's account, DR debits it, however many there are of each; a sign alone says nothing of sides."""
    lines = [f"{number},7,{amount}" for number, amount in enumerate(rows, start=1)]
    columns = {"No": "payment_id", "Patient": "patient_id", "Sum": "amount"}
    tables = typed(tmp_path, {"receipts": ("payments", columns, "\n".join(["No,Patient,Sum", *lines, ""]))})
    assert plain(tables, "payments", "amount") == cents
    assert ("receipts-by-side" in codes(tables)) == ("R" in rows[0])


@pytest.mark.parametrize(
    ("text", "kind"),
    [("Refund - overpaid crown", "refund"), ("Patient refund", "refund"), ("Payment - thank you", None), ("Will refund later", None)],
)
def test_a_text_beside_a_payment_that_begins_with_refund_says_so(tmp_path: Path, text: str, kind: str | None) -> None:
    columns = {"No": "payment_id", "Patient": "patient_id", "Sum": "amount", "Text": "reference"}
    tables = typed(tmp_path, {"receipts": ("payments", columns, f"No,Patient,Sum,Text\n1,7,50,{text}\n")})
    assert plain(tables, "payments", "kind") == [kind]


def test_a_row_that_names_the_receipt_that_it_refunds_goes_out_and_one_that_is_not_valid_does_not_count(tmp_path: Path) -> None:
    """`Refund Of` R1 is no money that came in, whatever its sign; `Valid` N says what `Void` Y does."""
    text = "No,Patient,Sum,Refund Of,Valid\nR1,7,300,,Y\nR2,7,50,R1,Y\nR3,7,20,,N\n"
    columns = {"No": "payment_id", "Patient": "patient_id", "Sum": "amount", "Refund Of": "reverses_id", "Valid": "deleted"}
    tables = typed(tmp_path, {"receipts": ("payments", columns, text)})
    assert plain(tables, "payments", "kind", "reversed") == [(None, None), ("reversal", None), (None, True)]


@pytest.mark.parametrize(
    ("table", "header", "rows", "cents", "code"),
    [
        ("invoices", "Total,Discount,Amount Payable", ["100,10,90", "300,,300", "80,8,72"], [9000, 30000, 7200], "total-before-discount"),
        ("invoices", "Total,Less Rebate,Net", ["100,25,75", "80,20,60"], [7500, 6000], "total-before-discount"),
        ("invoices", "Total,Disc,To Pay", ["100,-10,90", "80,-8,72"], [9000, 7200], "total-before-discount"),
        ("invoices", "Gross,Discount,Total", ["110,10,100", "88,8,80"], [10000, 8000], None),
        ("invoices", "Total,Benefit,Gap", ["100,60,40", "80,30,50"], [10000, 8000], "amount-of-parts"),
        ("invoices", "Total,Fund Rebate,Gap", ["100,60,40", "80,30,50"], [10000, 8000], "amount-of-parts"),
        ("invoices", "Total,Health Fund Rebate,To Pay", ["100,60,40", "80,30,50"], [10000, 8000], "amount-of-parts"),
        ("invoices", "Total,Less Medicare,Net", ["100,60,40", "80,30,50"], [10000, 8000], "amount-of-parts"),
        ("invoices", "Total,HICAPS Rebate,Gap", ["100,60,40", "80,30,50"], [10000, 8000], "amount-of-parts"),
        ("invoices", "Total,Insurer Reduction,Left", ["100,60,40", "80,30,50"], [10000, 8000], "amount-of-parts"),
        ("invoices", "Total,Discount,Amount Payable", ["100,10,90", "80,8,71"], [10000, 8000], None),
        ("payments", "Total,Concession,Received", ["100,10,90", "80,8,72"], [9000, 7200], "total-before-discount"),
        ("payments", "Total,Surcharge,Net", ["102,2,100", "81,1,80"], [10200, 8100], "amount-of-parts"),
    ],
)
def test_a_total_less_a_discount_is_what_is_left(
    tmp_path: Path, table: str, header: str, rows: list[str], cents: list[int], code: str | None
) -> None:
    """What is asked for after a discount counts, and it is said; other sums of columns are told, and change nothing."""
    key, field = {"invoices": ("invoice_id", "total"), "payments": ("payment_id", "amount")}[table]
    lines = [f"No,Patient,{header}", *(f"{number},7,{row}" for number, row in enumerate(rows, start=1)), ""]
    tables = typed(tmp_path, {"list": (table, {"No": key, "Patient": "patient_id", "Total": field}, "\n".join(lines))})
    assert plain(tables, table, field) == cents
    assert codes(tables) & {"total-before-discount", "amount-of-parts"} == ({code} if code else set())


def test_a_file_in_another_s_folder_is_told(tmp_path: Path) -> None:
    """A letter of patient 7 lies in the folder of patient 8."""
    index = "File,Patient\nfiles/8/letter.pdf,7\nfiles/7/xray.jpg,7\n"
    tables = typed(tmp_path, {"index": ("attachments", {"File": "path", "Patient": "patient_id"}, index)})
    assert [one.count for one in tables.findings if one.code == "folder-of-another"] == [1]


LINES = "Invoice,Day,Patient,Item,Sum\n1,01/10/2026,7,011,60\n1,01/10/2026,7,114,40\n2,02/10/2026,8,613,300\n"
HEADERS = "No,Day,Patient,Total\nINV-00001,01/10/2026,7,100\nINV-00002,02/10/2026,8,300\n"


@pytest.mark.parametrize(
    ("headers", "ids"),
    [
        (HEADERS, ["INV-00001", "INV-00002"]),
        (HEADERS.replace("INV-00002,02/10/2026,8", "INV-00002,09/10/2026,8"), ["1", "2", "INV-00001", "INV-00002"]),
        (HEADERS.replace("INV-00002,02/10/2026,8", "INV-00002,02/10/2026,7"), ["1", "2", "INV-00001", "INV-00002"]),
    ],
    ids=["the same", "another day", "another patient"],
)
def test_invoices_that_a_report_of_lines_numbers_otherwise_are_the_same(tmp_path: Path, headers: str, ids: list[str]) -> None:
    """Register and lines show two invoices, not four; where one is another's or of another day, they are not taken for the same."""
    columns = {"Invoice": "invoice_id", "Day": "invoices.date", "Patient": "invoices.patient_id", "Item": "item_code", "Sum": "total"}
    of_invoice = {"No": "invoice_id", "Day": "date", "Patient": "patient_id", "Total": "total"}
    tables = typed(tmp_path, {"register": ("invoices", of_invoice, headers), "lines": ("invoice_lines", columns, LINES)})
    assert sorted(tables["invoices"]["invoice_id"]) == ids
    assert set(tables["invoice_lines"]["invoice_id"]) <= set(ids)
    assert ("numbered-otherwise" in codes(tables)) == (len(ids) == 2)


@pytest.mark.parametrize(
    ("second", "cents"),
    [
        (["Dr Lee,05/10/2026,7,Cash,100", "Dr Kim,06/10/2026,8,EFTPOS,200"], [10000, 20000]),
        (["Dr Lee,05/10/2026,7,,100", "Dr Kim,06/10/2026,8,,200"], [10000, 20000]),
        (["Dr Lee,05/10/2026,7,Cash,100"], [10000, 10000, 20000]),
        (["Dr Lee,05/10/2026,7,Cash,100", "Dr Kim,06/10/2026,8,Cash,200"], [10000, 10000, 20000, 20000]),
        (["Dr Lee,08/10/2026,7,Cash,100", "Dr Kim,09/10/2026,8,EFTPOS,200"], [10000, 10000, 20000, 20000]),
    ],
    ids=["by provider", "without methods", "one is chance", "another method", "other days"],
)
def test_two_reports_of_payments_without_numbers_count_once(tmp_path: Path, second: list[str], cents: list[int]) -> None:
    """Payments by date and by provider are the same money where each row of one is a row of the other."""
    first = "Day,Patient,How,Sum\n05/10/2026,7,Cash,100\n06/10/2026,8,EFTPOS,200\n"
    tables = typed(
        tmp_path,
        {
            "by date": ("payments", BY_DAY, first),
            "by provider": ("payments", {**BY_DAY, "Dr": "practitioner_name"}, "\n".join(["Dr,Day,Patient,How,Sum", *second, ""])),
        },
    )
    assert sorted(plain(tables, "payments", "amount")) == cents


@pytest.mark.parametrize(
    ("first", "second", "count"),
    [
        (("refunds", "Kind", "Refund"), ("credits", "Kind", "Credit note"), 4),
        (("refunds", "", ""), ("credit notes", "", ""), 4),
        (("refunds", "", ""), ("write offs", "", ""), 4),
        (("payments", "", ""), ("credits", "Kind", "Credit note"), 4),
        (("credits", "Kind", "Credit note"), ("daily takings", "", ""), 4),
        (("payments", "", ""), ("refunds by day", "", ""), 4),
        (("deposits", "Kind", "Deposit"), ("used", "Kind", "Deposit used"), 4),
        (("deposits", "Kind", "Deposit"), ("daily takings", "", ""), 2),
        (("payments", "Kind", "Payment"), ("daily takings", "", ""), 2),
        (("refunds", "Kind", "Refund"), ("refunds by day", "", ""), 2),
        (("credits", "Kind", "Credit note"), ("credit notes", "", ""), 2),
        (("payments", "For", "I1"), ("daily takings", "For", "I2"), 4),
        (("payments", "For", "I1"), ("daily takings", "", ""), 2),
        (("payments", "How", "EFTPOS"), ("health fund payments", "", ""), 4),
        (("payments", "How", "Cash"), ("medicare", "", ""), 4),
        (("payments", "How", "Cash"), ("gift vouchers", "", ""), 4),
        (("payments", "How", "HICAPS"), ("health fund claims", "", ""), 2),
        (("payments", "How", "EFTPOS"), ("claims", "Fund", "Bupa"), 4),
        (("payments", "How", "HICAPS"), ("claims", "Fund", "Bupa"), 2),
        (("payments", "", ""), ("claims", "Fund", "Bupa"), 2),
    ],
)
def test_money_of_another_kind_invoice_or_payer_is_other_money(
    tmp_path: Path, first: tuple[str, str, str], second: tuple[str, str, str], count: int
) -> None:
    """100.00 of 7 and 300.00 of 8 on one day, in a file with numbers and in one without: a refund pays back and a credit note pays
    nothing, what a fund pays is beside what the card pays. Only what the files do not say otherwise is the same money in two reports."""
    fields = {"Kind": "kind", "For": "invoice_id", "How": "method", "Fund": "patients.health_fund"}
    invoices = ("invoices", {"Number": "invoice_id", "Patient": "patient_id"}, "Number,Patient\nI1,7\nI2,7\n")
    files = {}
    for numbers, (name, column, value) in ((("R1", "R2"), first), ((), second)):
        header = ",".join(filter(None, ("No" if numbers else "", "Patient,Day,Sum", column)))
        rows = [
            ",".join([*numbers[at : at + 1], patient, "05/10/2026", cents, *([value] if column else [])])
            for at, (patient, cents) in enumerate((("7", "100"), ("8", "300")))
        ]
        known = {"Patient": "patient_id", "Day": "date", "Sum": "amount"} | ({"No": "payment_id"} if numbers else {})
        files[name] = ("payments", known | ({column: fields[column]} if column else {}), "\n".join([header, *rows, ""]))
    tables = typed(tmp_path, {"invoices": invoices, **files})
    assert len(tables["payments"]) == count
    assert ("same-takings" in codes(tables)) == (count == 2)


def test_a_fund_beside_some_rows_is_the_patient_s_own(tmp_path: Path) -> None:
    """A list of takings that repeats each patient's health fund says nothing of who paid: the second patient has none."""
    daily = "Day,Patient,Sum,Fund\n05/10/2026,7,100,Bupa\n06/10/2026,8,300,\n06/10/2026,8,300,\n"
    columns = {"Day": "date", "Patient": "patient_id", "Sum": "amount", "Fund": "patients.health_fund"}
    tables = typed(tmp_path, {"receipts": ("payments", BY_NUMBER, NUMBERED), "daily": ("payments", columns, daily)})
    assert sorted(plain(tables, "payments", "amount")) == [10000, 30000, 30000]


@pytest.mark.parametrize(
    ("rows", "count"),
    [
        (["Dr Lee,7,23/11/2026 09:00", "Dr Kim,8,24/11/2026 10:00"], 2),
        (["Dr Lee,7,23/11/2026 09:00"], 2),
        (["Dr Lee,7,23/11/2026 09:15"], 3),
        (["Dr Lee,8,23/11/2026 09:00"], 3),
        (["Dr Lee,7,23/11/2026 09:00", "Dr Lee,8,25/11/2026 09:00"], 3),
    ],
)
def test_two_reports_of_bookings_without_numbers_are_one_calendar(tmp_path: Path, rows: list[str], count: int) -> None:
    """A patient is booked once at one time; the row that says more stays."""
    tables = typed(
        tmp_path,
        {
            "by day": (
                "appointments",
                {"Patient": "patient_id", "Start": "start_at"},
                "Patient,Start\n7,23/11/2026 09:00\n8,24/11/2026 10:00\n",
            ),
            "by dentist": (
                "appointments",
                {"Dr": "practitioner_name", "Patient": "patient_id", "Start": "start_at"},
                "\n".join(["Dr,Patient,Start", *rows, ""]),
            ),
        },
    )
    assert len(tables["appointments"]) == count
    assert ("same-bookings" in codes(tables)) == (count < 2 + len(rows))
    assert int(tables["appointments"]["practitioner_name"].notna().sum()) == len(rows)


@pytest.mark.parametrize(
    ("names", "cents"),
    [
        (("cash", "eftpos"), [5000, 5000]),
        (("cash takings", "hicaps"), [5000, 5000]),
        (("bank transfers", "cash book"), [5000, 5000]),
        (("direct debit", "cheques"), [5000, 5000]),
        (("takings", "money"), [5000]),
    ],
)
def test_files_of_two_ways_of_paying_are_two_payments(tmp_path: Path, names: tuple[str, str], cents: list[int]) -> None:
    """50.00 in cash and 50.00 by card on one day are 100.00."""
    columns = {"Day": "date", "Patient": "patient_id", "Sum": "amount"}
    tables = typed(tmp_path, dict.fromkeys(names, ("payments", columns, "Day,Patient,Sum\n05/10/2026,7,50\n")))
    assert plain(tables, "payments", "amount") == cents


@pytest.mark.parametrize(
    ("second", "count"),
    [
        ("7,23/11/2026 09:00,Exam,15", 2),
        ("7,23/11/2026 09:00,Clean,30", 1),
        ("7,23/11/2026 09:00,Scale and clean,30", 1),
        ("7,23/11/2026 09:00,,", 1),
        ("7,23/11/2026 09:00,Exam,", 1),
    ],
    ids=["another visit", "the same", "in other words", "says neither", "one difference is a wording"],
)
def test_a_clean_and_an_exam_at_one_time_are_not_taken_for_one(tmp_path: Path, second: str, count: int) -> None:
    """Two lists, of the hygienist and the dentist: what differs in type and length is no second showing: two bookings, and it is said."""
    columns = {"Patient": "patient_id", "Start": "start_at", "What": "type", "Minutes": "duration"}
    head = "Patient,Start,What,Minutes\n"
    tables = typed(
        tmp_path,
        {
            "hygienist": ("appointments", columns, f"{head}7,23/11/2026 09:00,Clean,30\n"),
            "dentist": ("appointments", columns, f"{head}{second}\n"),
        },
    )
    assert len(tables["appointments"]) == count
    assert ("booked-in-two-files" if count == 2 else "same-bookings") in codes(tables)


@pytest.mark.parametrize(
    ("name", "totals", "cents", "is_told"),
    [
        ("invoices", ["-100", "-300", "-80"], [-10000, -30000, -8000], True),
        ("invoices", ["-100", "-300", "80"], [-10000, -30000, 8000], False),
        ("invoices", ["-100", "-300"], [-10000, -30000], False),
        ("credit notes", ["-100", "-300", "-80"], [-10000, -30000, -8000], False),
        ("invoices", ["100", "300", "80"], [10000, 30000, 8000], False),
        ("adjustments", ["-100", "-300", "-80"], [-10000, -30000, -8000], False),
    ],
)
def test_invoices_that_are_all_below_nought_were_billed(
    tmp_path: Path, name: str, totals: list[str], cents: list[int], is_told: bool
) -> None:
    """A ledger's view of debts is negative; a file of credit notes, or one that mixes signs, means what it says."""
    text = "No,Patient,Sum\n" + "".join(f"{number},7,{total}\n" for number, total in enumerate(totals, start=1))
    tables = typed(tmp_path, {name: ("invoices", {"No": "invoice_id", "Patient": "patient_id", "Sum": "total"}, text)})
    assert plain(tables, "invoices", "total") == [abs(one) if is_told else one for one in cents]
    assert ("invoices-as-credits" in codes(tables)) == is_told


@pytest.mark.parametrize(
    ("header", "lengths", "minutes", "is_told"),
    [
        ("Duration (sec)", ["1800", "2700"], [30, 45], False),
        ("duration_seconds", ["1800", "2700"], [30, 45], False),
        ("durationSecs", ["900", "3600"], [15, 60], False),
        ("Duration", ["1800", "2700"], [1800, 2700], True),
        ("Duration", ["30", "45"], [30, 45], False),
        ("Second duration", ["30", "45"], [30, 45], False),
    ],
)
def test_lengths_in_seconds_are_read_where_the_header_says_so(
    tmp_path: Path, header: str, lengths: list[str], minutes: list[int], is_told: bool
) -> None:
    """1800 seconds are half an hour; where nothing says seconds, a visit of thirty hours is told."""
    text = f"No,Patient,Start,{header}\n" + "".join(f"{n},7,2{n}/11/2026 09:00,{length}\n" for n, length in enumerate(lengths, start=3))
    columns = {"No": "appointment_id", "Patient": "patient_id", "Start": "start_at", header: "duration"}
    tables = typed(tmp_path, {"book": ("appointments", columns, text)})
    assert plain(tables, "appointments", "duration") == minutes
    assert ("bookings-of-hours" in codes(tables)) == is_told


def test_digits_that_are_no_numbers_are_text(tmp_path: Path) -> None:
    """Circled and raised digits, which some list of a practice uses for footnotes, stand in no number and no date, and stop nothing."""
    text = "No,Patient,Start,Minutes,What\n①,7,23/11/2026 09:00,³,Exam ②\n2,7,③,45,①\n3,7,24/11/2026 09:00,45,²\n"
    columns = {"No": "appointment_id", "Patient": "patient_id", "Start": "start_at", "Minutes": "duration", "What": "type"}
    tables = typed(tmp_path, {"book": ("appointments", columns, text)})
    assert plain(tables, "appointments", "appointment_id", "type") == [("①", "Exam ②"), ("2", "①"), ("3", "²")]
    assert plain(tables, "appointments", "duration") == [None, 45, 45]


@pytest.mark.parametrize(
    ("names", "count"),
    [(("lines_page_1", "lines_page_2"), 3), (("lines part 1", "lines part 2"), 3), (("lines a", "lines b"), 0)],
)
def test_the_lines_of_an_invoice_go_on_on_the_next_page(tmp_path: Path, names: tuple[str, str], count: int) -> None:
    """What an interface gives page by page is one list; two files of other names may be two versions of it, and wait."""
    columns = {"Line": "line_id", "Invoice": "invoice_id", "Item": "item_code", "Sum": "total"}
    head = "Line,Invoice,Item,Sum\n"
    (tmp_path / f"{names[0]}.csv").write_text(f"{head}1,1,011,60\n2,1,114,90\n")
    (tmp_path / f"{names[1]}.csv").write_text(f"{head}3,1,521,180\n")
    (tmp_path / "invoices.csv").write_text("No,Patient,Sum\n1,7,330\n")
    (tmp_path / "patients.csv").write_text("Id,Last\n7,Ng\n")
    raw = read_export(tmp_path)
    invoices = {"No": "invoice_id", "Patient": "patient_id", "Sum": "total"}
    mapping = maps.source_map(
        maps.table_map("patients", "patients", {"Id": "patient_id", "Last": "last_name"}),
        maps.table_map("invoices", "invoices", invoices),
        *(maps.table_map(name, "invoice_lines", columns) for name in raw.tables if name not in ("patients", "invoices")),
    )
    tables = type_tables(raw, mapping, maps.schema(), today=date(2026, 11, 20), country=maps.AU)
    assert len(tables["invoice_lines"]) == count


@pytest.mark.parametrize(
    ("rows", "cents", "code"),
    [
        (["R1,1,150,100", "R1,4,150,50", "R2,2,300,300"], [5000, 10000, 30000], "receipt-in-each-row"),
        (["R1,1,150,100", "R1,4,150,50", "R2,2,300,250"], [15000, 15000, 30000], "receipt-left-in-part"),
        (["R1,1,100,100", "R1,4,50,50"], [5000, 10000], None),
        (["R1,1,150,0", "R1,4,150,0"], [15000, 15000], None),
        (["R1,1,150,100", "R2,4,150,50"], [15000, 15000], None),
    ],
    ids=["the parts come to it", "a receipt has something left", "the parts stand there", "nothing is applied", "a receipt a row"],
)
def test_a_receipt_that_stands_whole_in_each_of_its_rows_counts_once(
    tmp_path: Path, rows: list[str], cents: list[int], code: str | None
) -> None:
    """150.00 of one receipt, 100.00 for one invoice and 50.00 for another, are 150.00; what would be left out is asked about first."""
    columns = {"No": "payment_id", "For": "invoice_id", "Amount": "amount"}
    invoices = "".join(f"{number},7,300\n" for number in (1, 2, 4))
    tables = typed(
        tmp_path,
        {
            "invoices": (
                "invoices",
                {"Number": "invoice_id", "Patient": "patient_id", "Total": "total"},
                "Number,Patient,Total\n" + invoices,
            ),
            "receipts": ("payments", columns, "\n".join(["No,For,Amount,Amount Applied", *rows, ""])),
        },
    )
    assert sorted(plain(tables, "payments", "amount")) == cents
    found = [one for one in tables.findings if one.code.startswith("receipt-")]
    severity = {"receipt-in-each-row": "warning", "receipt-left-in-part": "critical"}
    assert [(one.code, one.severity.value) for one in found] == ([(code, severity[code])] if code else [])
