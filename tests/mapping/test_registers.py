"""Tables that look like what the practice bills or receives and are something else are asked about, not proposed."""

from __future__ import annotations

import pytest
from made import export, table

from migkit import mapping
from migkit.migration.defaults import knowledge
from migkit.model.canonical import CanonicalSchema

PEOPLE = table(
    "patients", "Patient ID, First Name, Last Name, DOB", ["P001", "Anna", "Weber", "13/04/1980"], ["P002", "Ben", "Ngo", "25/12/1975"]
)


def rows(text: str) -> list[list[str]]:
    return [line.split(",") for line in text.split(";")]


@pytest.mark.parametrize(
    ("name", "header", "body"),
    [
        (
            "lab invoices",
            "Lab Invoice No, Date, Laboratory, Patient ID, Work, Total",
            "S1,01/10/2026,Acme,P001,Crown,240.00;S2,02/10/2026,Acme,P002,Veneer,185.00",
        ),
        (
            "bills",
            "Invoice No, Invoice Date, Supplier, Patient ID, Total, Due Date",
            "9,01/10/2026,Schein,P001,80.00,01/11/2026;8,02/10/2026,Schein,P002,90.00,02/11/2026",
        ),
        (
            "purchase invoices",
            "Invoice No, Invoice Date, Vendor Name, Vendor No, Total",
            "9,01/10/2026,Schein,V1,80.00;8,02/10/2026,Henry,V2,90.00",
        ),
        (
            "gift vouchers",
            "Voucher No, Issued, Purchaser, Patient ID, Balance, Expiry",
            "GV1,01/10/2026,A Weber,P001,50.00,01/10/2027;GV2,02/10/2026,B Ngo,P002,100.00,02/10/2027",
        ),
        (
            "patient totals",
            "Patient ID, Patient, Visits, Total Invoiced, Total Paid, Balance",
            "P001,Anna Weber,3,100.00,100.00,0.00;P002,Ben Ngo,2,300.00,180.00,120.00;P003,Priya Patel,1,80.00,0.00,80.00",
        ),
        (
            "payments by patient",
            "Patient ID, Patient, Amount Paid",
            "P001,Anna Weber,100.00;P002,Ben Ngo,180.00;P003,Priya Patel,20.00",
        ),
        ("emergency_contacts", "ID, Patient ID, Name, Phone", "1,P002,Karl Ngo,0499 555 111;2,P001,Eva Weber,0499 555 222"),
        ("suppliers", "ID, Company, First Name, Last Name, Phone", "1,Schein,Joe,Blow,02 9111 2222;2,Acme,Ann,Cow,02 9111 3333"),
        ("referrers", "ID, Title, First Name, Last Name, Phone", "1,Dr,Sam,Green,02 9111 2222;2,Dr,Eva,Brown,02 9111 3333"),
        ("account_holders", "ID, First Name, Last Name, Mobile", "1,Karl,Weber,0499 555 111;2,Mei,Ngo,0499 555 222"),
        ("deceased register", "ID, Patient ID, Patient, Date of Death", "1,P002,Ben Ngo,01/05/2026;2,P001,Anna Weber,02/05/2026"),
        ("family_links", "ID, Patient ID, Related Patient ID, Relationship", "1,P002,P001,Spouse;2,P001,P002,Spouse"),
        ("stock_movements", "ID, Product ID, Qty, Cost", "1,2,10,4.00;2,1,5,60.00;3,2,-1,4.00"),
        ("stock_movements", "ID, Product ID, Qty, Date, Cost", "1,2,10,01/10/2026,60.00;2,1,100,01/10/2026,2.00"),
        ("invoice_notes", "ID, Invoice ID, Note, Amount", "1,3,Disputed,20.00;2,1,Sent to collection,100.00;3,2,ok,0.00"),
        ("appointment_notes", "ID, Appointment ID, Note, Created By", "1,3,wants am,kim;2,1,pays cash,kim;3,2,late,kim"),
        ("patient_funds", "ID, Patient ID, Fund ID, Member No", "1,P003,1,111;2,P001,2,222;3,P002,1,333"),
        ("provider_numbers", "ID, Practitioner ID, Location, Provider No", "1,2,Manly,2011234A;2,1,Manly,2011234B"),
        ("appointment_types", "ID, Name", "1,Check-up;2,Filling"),
        (
            "prescriptions",
            "Patient ID, Date, Drug, Dose, Repeats",
            "P001,01/10/2026,Amoxicillin,500 mg,1;P002,02/10/2026,Ibuprofen,200 mg,0",
        ),
        (
            "perio",
            "Exam ID, Patient ID, Date, Tooth, MB, B, DB",
            "1,P001,01/10/2026,11,3,2,3;2,P001,01/10/2026,12,4,2,3;3,P002,02/10/2026,11,5,5,4",
        ),
        ("medical_history", "Patient ID, Question, Answer, Date", "P001,Do you smoke?,No,01/10/2026;P002,Do you smoke?,Yes,02/10/2026"),
        ("Legend", "Status, Meaning", "1,Booked;2,Confirmed;3,Completed;4,Failed to attend;5,Cancelled"),
    ],
)
def test_what_is_no_invoice_of_a_patient_is_asked(schema: CanonicalSchema, name: str, header: str, body: str) -> None:
    """No table is proposed, nor a home for any column: what has none is looked at one by one, whatever the confidence."""
    found = mapping.propose(export(PEOPLE, table(name, header, *rows(body))), schema, knowledge()).tables[name]
    assert found.table is None
    assert {column.choice for column in found.columns.values()} == {None}


@pytest.mark.parametrize(
    ("name", "header", "body", "wanted"),
    [
        (
            "invoices",
            "Invoice No, Invoice Date, Patient ID, Lab Fee, Total",
            "1,01/10/2026,P001,20.00,100.00;2,02/10/2026,P002,,300.00;3,02/10/2026,P003,,80.00",
            "invoices",
        ),
        ("invoices", "Invoice No, Patient ID, Total", "1,P001,100.00;2,P002,300.00;3,P003,80.00", "invoices"),
        ("receipts", "Receipt No, Patient ID, Amount", "R1,P001,100.00;R2,P002,300.00;R3,P003,80.00", "payments"),
        (
            "payments",
            "Date, Patient ID, Method, Amount",
            "01/10/2026,P001,Cash,100.00;02/10/2026,P002,Cash,300.00;02/10/2026,P003,Cash,80.00",
            "payments",
        ),
        (
            "TREATMENT",
            "TRANS_NO, PATIENT_NO, PROV_CODE, TREAT_DATE, ITEM_CODE, TOOTH, SURFACE, DESCRIPTION, FEE, INVOICE_NO",
            "1,P001,AB,01/10/2026,011,,,Exam,60.00,1;2,P001,AB,01/10/2026,114,,,Clean,90.00,1;3,P002,AB,02/10/2026,521,11,M,Filling,180.00,2",
            "treatment_items",
        ),
        ("prepayments", "Patient ID, Patient, Credit Balance", "P001,Anna Weber,100.00;P002,Ben Ngo,180.00", "patients"),
        ("aged debtors", "Patient ID, Patient, Balance", "P001,Anna Weber,100.00;P002,Ben Ngo,180.00;P003,Priya Patel,20.00", "patients"),
    ],
)
def test_what_a_practice_bills_is_proposed(schema: CanonicalSchema, name: str, header: str, body: str, wanted: str) -> None:
    """A laboratory's fee within the practice's own invoice, and lists that lack a day or a number alone, say nothing against them."""
    assert mapping.propose(export(PEOPLE, table(name, header, *rows(body))), schema, knowledge()).tables[name].table == wanted


def test_the_key_is_the_one_that_is_called_so_where_the_rows_are_something_else(schema: CanonicalSchema) -> None:
    """How one receipt was shared out: three rows of two receipts, not three receipts."""
    raw = export(PEOPLE, table("payment_allocations", "ID, Payment ID, Invoice ID, Amount", *rows("1,1,1,100.00;2,1,2,50.00;3,2,3,300.00")))
    found = mapping.propose(raw, schema, knowledge()).tables["payment_allocations"]
    assert (found.table, found.columns["Payment ID"].choice, found.columns["ID"].choice) == ("payments", "payment_id", None)


@pytest.mark.parametrize(
    ("name", "header", "body", "wanted"),
    [
        (
            "credit_notes",
            "Credit Note No, Date, Invoice No, Patient ID, Amount",
            "1,10/10/2026,2,P002,50.00;2,11/10/2026,1,P001,20.00",
            {"Credit Note No": "payment_id", "Invoice No": "invoice_id", "Amount": "amount"},
        ),
        (
            "Bad debts",
            "Patient No, Invoice No, Amount, Reason",
            "P001,1,100.00,Uncollectable;P002,2,50.00,Moved away",
            {"Invoice No": "invoice_id", "Amount": "amount"},
        ),
        (
            "adjustments",
            "Adjustment No, Date, Patient ID, Invoice No, Reason, Amount",
            "1,05/10/2026,P002,2,Write-off,-120.00;2,05/10/2026,P001,1,Discount,-10.00",
            {"Adjustment No": "payment_id", "Invoice No": "invoice_id", "Amount": "amount"},
        ),
        (
            "refunds",
            "Refund No, Date, Receipt No, Patient ID, Amount",
            "1,12/10/2026,2,P002,30.00;2,13/10/2026,1,P001,5.00",
            {"Refund No": "payment_id", "Receipt No": "reverses_id", "Amount": "amount"},
        ),
        (
            "refunds",
            "ID, Payment ID, Date, Amount",
            "1,2,12/10/2026,30.00;2,1,13/10/2026,5.00",
            {"ID": "payment_id", "Payment ID": "reverses_id", "Amount": "amount"},
        ),
    ],
)
def test_what_takes_something_off_names_it(schema: CanonicalSchema, name: str, header: str, body: str, wanted: dict[str, str]) -> None:
    """A credit note credits its invoice and is no version of it; a refund names its receipt. Their own numbers are their own."""
    found = mapping.propose(export(PEOPLE, table(name, header, *rows(body))), schema, knowledge()).tables[name]
    assert found.table == "payments"
    assert {column: found.columns[column].choice for column in wanted} == wanted


@pytest.mark.parametrize(("key", "other"), [("Patient ID", "Client ID"), ("Client ID", "Patient ID"), ("Patient Code", "Client Code")])
@pytest.mark.parametrize("turned", [False, True])
def test_a_row_is_of_the_patient_whose_own_key_its_column_is_called_like(
    schema: CanonicalSchema, key: str, other: str, turned: bool
) -> None:
    """Beside it stands who pays, also a patient: all values of both columns are ids. What that one says is asked."""
    people = table("patients", f"{key}, First Name, Last Name, DOB", *rows("1,Ned,Park,4/6/1985;2,Una,Quill,17/9/1990;3,Sol,Reid,1/3/1970"))
    names = (key, other) if turned else (other, key)
    lines = [("7", "01/10/2026", "2", "1", "100.00"), ("8", "02/10/2026", "3", "2", "300.00"), ("9", "02/10/2026", "1", "3", "80.00")]
    bills = table("invoices", f"Invoice No, Invoice Date, {names[0]}, {names[1]}, Total", *lines)
    notes = table("notes", f"Note No, Date, {names[0]}, {names[1]}, Note", *[(*line[:4], "Sore tooth, reviewed") for line in lines])
    found = mapping.propose(export(people, bills, notes), schema, knowledge()).tables
    for one in ("invoices", "notes"):
        assert found[one].columns[key].choice == "patient_id", one
        assert found[one].columns[other].choice is None, one


@pytest.mark.parametrize("other", ["Client Name", "Customer Name", "Contact"])
def test_a_row_of_two_names_is_of_the_one_called_patient(schema: CanonicalSchema, other: str) -> None:
    """Files without ids: who else stands there (who pays, whom to call) is asked, and taken neither for the patient nor for an id."""
    people = table("patients", "First Name, Last Name, DOB", *rows("Ned,Park,4/6/1985;Una,Quill,17/9/1990;Sol,Reyes,1/3/1970"))
    lines = rows("1,01/10/2026,Una Quill,Ned Park,100.00;2,02/10/2026,Sol Reyes,Una Quill,300.00;3,02/10/2026,Ned Park,Sol Reyes,80.00")
    bills = table("invoices", f"Invoice No, Invoice Date, {other}, Patient Name, Total", *lines)
    found = mapping.propose(export(people, bills), schema, knowledge()).tables["invoices"].columns
    assert (found["Patient Name"].choice, found[other].choice) == ("patient_name", None)


@pytest.mark.parametrize("name", ["InvoiceCreatedReport", "Invoice report"])
def test_lines_that_are_called_after_their_invoices_are_numbered_by_these(schema: CanonicalSchema, name: str) -> None:
    """`Invoice No` of a report of lines is the invoice's, and no number of the lines themselves."""
    head = "Invoice No, Invoice Date, Patient ID, Item, Description, Qty, Fee, Total"
    lines = rows("31,26/09/2026,P001,011,Exam,1,60.00,60.00;31,26/09/2026,P001,114,Scale,1,165.00,165.00")
    found = mapping.propose(export(PEOPLE, table(name, head, *lines)), schema, knowledge()).tables[name]
    assert (found.table, found.columns["Invoice No"].choice) == ("invoice_lines", "invoice_id")


def test_receipts_with_an_id_beside_their_number_reverse_nothing(schema: CanonicalSchema) -> None:
    """A file of receipts is one of payments: `Receipt No` beside `ID` is no receipt that each takes back."""
    head, body = "ID, Receipt No, Date, Patient ID, Method, Amount", "1,501,01/10/2026,P001,Cash,100.00;2,502,02/10/2026,P002,Cash,300.00"
    found = mapping.propose(export(PEOPLE, table("receipts", head, *rows(body))), schema, knowledge()).tables["receipts"]
    assert found.table == "payments"
    assert "reverses_id" not in {column.choice for column in found.columns.values()}


def test_lines_whose_invoices_have_an_empty_reference_are_lines(schema: CanonicalSchema) -> None:
    """`InvoiceNumber` repeats: no empty column beside it makes each row an invoice of its own."""
    head = "ContactName, InvoiceNumber, Reference, InvoiceDate, Total, Description, Quantity, UnitAmount, LineAmount, Status"
    crown, xray = (f"Anna Weber,INV-41,,3/11/2026,165.00,{line},Open" for line in ("Crown,1,100.00,100.00", "Xray,1,50.00,50.00"))
    raw = export(
        PEOPLE, table("SalesInvoices", head, *rows(f"{crown};{xray};Ben Ngo,INV-42,,4/11/2026,88.00,Whitening,1,80.00,80.00,Paid"))
    )
    found = mapping.propose(raw, schema, knowledge()).tables["SalesInvoices"]
    assert (found.table, found.columns["InvoiceNumber"].choice) == ("invoice_lines", "invoice_id")


def test_credit_notes_that_name_no_invoice_are_invoices(schema: CanonicalSchema) -> None:
    """They stand on the patient's account alone, as invoices below nought do."""
    text = "7,10/10/2026,P002,50.00;8,11/10/2026,P001,20.00"
    raw = export(PEOPLE, table("credit_notes", "Credit Note No, Date, Patient ID, Total", *rows(text)))
    found = mapping.propose(raw, schema, knowledge()).tables["credit_notes"]
    assert (found.table, found.columns["Credit Note No"].choice) == ("invoices", "invoice_id")


def test_what_a_person_says_a_table_is_stands(schema: CanonicalSchema) -> None:
    """Somebody who looked at it may take bills of a laboratory for invoices; the columns are then proposed."""
    raw = export(
        PEOPLE, table("lab invoices", "Lab Invoice No, Date, Laboratory, Patient ID, Total", *rows("S1,01/10/2026,Acme,P001,9.00"))
    )
    found = mapping.propose(raw, schema, knowledge(), tables={"lab invoices": "invoices"}).tables["lab invoices"]
    assert (found.table, found.columns["Total"].choice) == ("invoices", "total")


@pytest.mark.parametrize(
    ("name", "header", "expected"),
    [
        ("Invoice Procedures", "Invoice No, Date, Patient No, Item, Procedure, Tooth, Qty, Amount, Provider, Quote No", "invoice_lines"),
        ("procedures", "Invoice No, Date, Patient No, Item, Procedure, Tooth, Qty, Amount, Provider, Estimate No", "invoice_lines"),
        ("work done", "Invoice No, Date, Patient No, Item, Procedure, Tooth, Qty, Amount, Provider, Plan No", "invoice_lines"),
        ("quote items", "Quote No, Date, Patient No, Item, Procedure, Tooth, Qty, Amount, Provider, Invoice No", "treatment_items"),
        ("procedures", "Plan No, Date, Patient No, Item, Procedure, Tooth, Qty, Amount, Provider, Invoice No", "treatment_items"),
    ],
)
def test_whose_number_stands_in_the_rows_tells_what_they_are_parts_of(
    schema: CanonicalSchema, name: str, header: str, expected: str
) -> None:
    """Every row is of an invoice, and one of eight came from a quote: these are lines of invoices; the other way round, items of plans."""
    body = [
        [
            f"{22017 + i // 2}",
            f"0{i + 1}/06/2026",
            f"P00{1 + i % 2}",
            "013",
            "Oral examination",
            "",
            "1",
            "59.00",
            "Dr Lee",
            "7" if i == 3 else None,
        ]
        for i in range(8)
    ]
    found = mapping.propose(export(PEOPLE, table(name, header, *body)), schema, knowledge())
    assert found.tables[name].table == expected


@pytest.mark.parametrize(
    ("name", "columns", "expected"),
    [
        pytest.param("Item Fees", "Item,Description,Fee", "products", id="fees"),
        pytest.param("Price List", "Item Code,Description,Price", "products", id="prices"),
        pytest.param("Item Fees", "Item,Description,Quantity", None, id="counted"),
    ],
)
def test_a_price_list_is_products_under_their_descriptions(schema: CanonicalSchema, name: str, columns: str, expected: str | None) -> None:
    """One row an item with its price and nothing else: what says what it is, is its name. What is counted is asked about."""
    rows = [
        ("011", "Comprehensive oral examination", "72.50"),
        ("114", "Removal of calculus", "128.75"),
        ("521", "Adhesive restoration", "210"),
    ]
    found = mapping.propose(export(table(name, columns, *rows)), schema, knowledge()).tables[name]
    assert found.table == expected
    assert found.columns["Description"].choice == ("name" if expected else None)


CHARGED = [
    ["88011", "06/12/2026", "P001", "Dr Ash", "D1206", "Fluoride varnish", "39.95"],
    ["88012", "06/12/2026", "P001", "Dr Ash", "D2392", "Resin composite", "241.80"],
    ["88021", "07/13/2026", "P002", "Dr Ash", "D2740", "Crown", "1425.00"],
]


@pytest.mark.parametrize(
    ("name", "headers", "expected"),
    [
        pytest.param(
            "ledger charges",
            "Transaction ID,Date of service,Patient ID,Provider,Procedure code,Description,Amount",
            "invoices",
            id="ledger",
        ),
        pytest.param("Charges", "Transaction ID,Date,Patient ID,Provider,Code,Description,Amount", "invoices", id="charges"),
        pytest.param("lab charges", "Lab Invoice No,Date,Patient ID,Laboratory,Code,Description,Amount", None, id="a laboratory's"),
    ],
)
def test_charges_without_invoices_are_invoices(schema: CanonicalSchema, name: str, headers: str, expected: str | None) -> None:
    """Each row is charged by itself, under its own number: what is received beside them pays something."""
    found = mapping.propose(export(PEOPLE, table(name, headers, *CHARGED)), schema, knowledge()).tables[name]
    assert found.table == expected
    if expected:
        chosen = {column: one.choice for column, one in found.columns.items()}
        assert (chosen["Transaction ID"], chosen["Patient ID"], chosen["Amount"]) == ("invoice_id", "patient_id", "total")


def test_the_patients_id_beside_the_invoices_is_no_number_of_the_rows(schema: CanonicalSchema) -> None:
    """A bare `ID` that repeats, with the values of the patients' own `ID`, is theirs; `INV` is the invoice's number."""
    people = table("PATIENTS", "ID,LASTNAME,FIRSTNAME,BIRTH", ["2100", "Ng", "Ann", "08/14/1955"], ["2106", "Oz", "Bo", "06/05/2014"])
    bills = [["8801", "2100", "06/03/2026", "90.00", "90.00", "0.00"], ["8802", "2106", "06/08/2026", "20.00", "20.00", "0.00"],
             ["8803", "2106", "06/09/2026", "40.00", "0.00", "40.00"]]  # fmt: skip
    raw = export(people, table("ACCOUNTS", "INV,ID,DATE,CHARGE,PAID,BAL", *bills))
    found = mapping.propose(raw, schema, knowledge()).tables["ACCOUNTS"]
    assert found.table == "invoices"
    assert {column: one.choice for column, one in found.columns.items()} == {
        "INV": "invoice_id", "ID": "patient_id", "DATE": "date", "CHARGE": "total", "PAID": "paid", "BAL": "balance",
    }  # fmt: skip


@pytest.mark.parametrize("headers", ["Time,Chair 1,Chair 2,Chair 3", "Time,Dr Ash,Ms Bly,Dr Cox", "Time,Surgery 1,Surgery 2,Surgery 3"])
def test_an_appointment_book_as_it_is_printed_is_said_to_be_one(schema: CanonicalSchema, headers: str) -> None:
    """A column a chair: nothing is taken from it, and the review says what to have exported."""
    book = [
        ["09:00", "Anna Weber - Exam", None, "Ben Ngo - Clean"],
        ["09:30", None, "Anna Weber - Crown", None],
        ["10:00", "Ben Ngo", None, None],
    ]
    found = mapping.propose(export(PEOPLE, table("Appointment Book", headers, *book)), schema, knowledge()).tables["Appointment Book"]
    assert found.table is None
    assert "have it exported as a list, with a row a booking" in found.candidates[0].evidence[-1]


@pytest.mark.parametrize("name", ["Payment Plan Schedule", "Payment schedule"])
def test_what_is_to_be_paid_is_no_payment(schema: CanonicalSchema, name: str) -> None:
    """Its numbers begin at 1 as the receipts' do, and nothing of it was received: it is asked about."""
    due = [[f"{i + 1}", "P001", "1001", f"{i + 1}", f"03/{i + 1:02}/2027", "1000.00", "Pending"] for i in range(5)]
    bills = table(
        "Invoices", "Invoice No,Date,Patient ID,Total", ["1001", "03/09/2026", "P001", "6000.00"], ["1002", "04/09/2026", "P002", "120.00"]
    )
    raw = export(PEOPLE, bills, table(name, "Schedule ID,Patient ID,Invoice No,Instalment,Due Date,Amount,Status", *due))
    found = mapping.propose(raw, schema, knowledge()).tables[name]
    assert found.table is None
    assert "what is to be paid" in found.candidates[0].evidence[-1]


def test_after_a_discount_the_net_is_the_total(schema: CanonicalSchema) -> None:
    """Gross less discount is what is billed: it is paid and owed. Where there is a tax instead, the gross is the total."""
    bills = rows(
        "1001,03/09/2026,P001,300.00,30.00,270.00,270.00,0.00;1002,04/09/2026,P002,300.00,10.00,290.00,0.00,290.00;"
        "1003,05/09/2026,P002,80.00,0.00,80.00,80.00,0.00"
    )
    headers = "Invoice No,Date,Patient ID,Gross,{},Net,Paid,Owing"
    off = mapping.propose(export(PEOPLE, table("Invoices", headers.format("Discount"), *bills)), schema, knowledge()).tables["Invoices"]
    taxed = mapping.propose(export(PEOPLE, table("Invoices", headers.format("GST"), *bills)), schema, knowledge()).tables["Invoices"]
    assert (off.columns["Net"].choice, off.columns["Gross"].choice) == ("total", None)
    assert (taxed.columns["Net"].choice, taxed.columns["Gross"].choice) == ("net", "total")
