"""The map applied: transforms, derived fields, header columns on lines, keys, repetitions, references, attachments."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from migkit.model.errors import DataError
from migkit.model.mapping import SourceMap
from migkit.model.messages import Message
from migkit.model.outcomes import Outcome
from migkit.model.tables import CanonicalTables
from migkit.source import read_export, type_tables

from . import maps

PATIENTS = "Patient ID,First,Last,DOB\n1,Ada,Ng,01/02/1980\n2,Sam,Roe,03/04/1990\n"
PATIENT_MAP = maps.table_map(
    "patients", "patients", {"Patient ID": "patient_id", "First": "first_name", "Last": "last_name", "DOB": "birth_date"}
)


def read(folder: Path, files: dict[str, str | bytes], source_map: SourceMap, **options: Any) -> CanonicalTables:
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content.encode() if isinstance(content, str) else content)
    return type_tables(read_export(folder), source_map, maps.schema(), country=maps.AU, today=date(2026, 11, 1), **options)


def values(frame: pd.DataFrame, *columns: str) -> list[tuple[Any, ...]]:
    plain = frame[list(columns)].astype(object).where(frame[list(columns)].notna(), None)
    return list(plain.itertuples(index=False, name=None))


def finding(tables: CanonicalTables, code: str) -> Any:
    return next((one for one in tables.findings if one.code == code), None)


def outcomes(tables: CanonicalTables) -> dict[str, tuple[str, str]]:
    return {f"{row.file}:{row.line}": (row.outcome.value, row.reason.code if row.reason else "") for row in tables.row_outcomes}


# -- keys and repetitions ---------------------------------------------------------------------------------------------


def test_rows_without_an_id_get_one_from_their_natural_key(tmp_path: Path) -> None:
    """The id is ~ and ten hex digits, stands in the key field too, and does not depend on case, spaces or row order."""
    columns = {"First": "first_name", "Last": "last_name", "DOB": "birth_date", "Town": "suburb"}
    mapping = maps.source_map(maps.table_map("patients", "patients", columns))
    one = read(tmp_path / "a", {"patients.csv": "First,Last,DOB,Town\nAda,Ng,01/02/1980,Perth\nSam,Roe,,\n"}, mapping)["patients"]
    two = read(tmp_path / "b", {"patients.csv": "First,Last,DOB,Town\nsam,Roe,,\nADA,Ng ,1980-02-01,Darwin\n"}, mapping)["patients"]
    assert one["patient_id"].str.fullmatch("~[0-9a-f]{10}").all() and (one["_key"] == "patient:" + one["patient_id"]).all()
    assert list(one["_key"]) == list(two["_key"])[::-1]


def test_the_same_row_again_is_repeated_and_of_two_versions_the_later_file_counts(tmp_path: Path) -> None:
    """March is exported before April, whatever the alphabet says; the refs name the row that counts."""
    header = "Receipt No,Patient ID,Amount\n"
    mapping = maps.source_map(
        PATIENT_MAP, maps.table_map("Payments", "payments", {"Receipt No": "payment_id", "Patient ID": "patient_id", "Amount": "amount"})
    )
    tables = read(
        tmp_path,
        {
            "patients.csv": PATIENTS,
            "Payments Mar 2026.csv": header + "R1,1,10\nR2,1,20\nR3,2,30\n",
            "Payments Apr 2026.csv": header + "R2,1,25\nR3,2,30\nR4,2,40\n",
        },
        mapping,
    )
    assert sorted(values(tables["payments"], "payment_id", "amount")) == [("R1", 1000), ("R2", 2500), ("R3", 3000), ("R4", 4000)]
    settled = {(row.file, row.line): row for row in tables.row_outcomes}
    assert {place: (row.outcome, row.ref, row.reason) for place, row in settled.items()} == {
        ("Payments Mar 2026.csv", 3): (Outcome.REPEATED, "payment:R2", Message.of("older-version", place="Payments Apr 2026.csv:2")),
        ("Payments Apr 2026.csv", 3): (Outcome.REPEATED, "payment:R3", Message.of("same-row", place="Payments Mar 2026.csv:4")),
    }
    assert (finding(tables, "changed-amount").keys, finding(tables, "repeated-rows").keys) == (("payment:R2",), ("payment:R3",))
    assert "amount" in str(finding(tables, "changed-amount"))


def test_a_receipt_paid_against_two_invoices_is_two_payments(tmp_path: Path) -> None:
    """One receipt number, two allocations in one file: both rows go on under keys of their own."""
    mapping = maps.source_map(
        PATIENT_MAP,
        maps.table_map(
            "payments", "payments", {"Receipt": "payment_id", "Patient ID": "patient_id", "Invoice": "invoice_id", "Amount": "amount"}
        ),
        maps.table_map("invoices", "invoices", {"Invoice": "invoice_id", "Patient ID": "patient_id"}),
    )
    tables = read(
        tmp_path,
        {
            "patients.csv": PATIENTS,
            "invoices.csv": "Invoice,Patient ID\nI1,1\nI2,1\n",
            "payments.csv": "Receipt,Patient ID,Invoice,Amount\nR1,1,I1,10\nR1,1,I2,15\nR2,1,I1,5\n",
        },
        mapping,
    )
    assert values(tables["payments"], "payment_id", "amount") == [("R1/i1", 1000), ("R1/i2", 1500), ("R2", 500)]
    assert tables.row_outcomes == ()


@pytest.mark.parametrize(
    ("files", "fees"),
    [
        ({"plan items.csv": ["T1,022,,50", "T1,022,,50", "T1,415,46,350"]}, [5000, 5000, 35000]),
        ({"plan items.csv": ["T1,022,,50", "T1,415,46,350", "T1,022,,50", "T1,022,,50"]}, [5000, 5000, 5000, 35000]),
        ({"plan items.csv": ["T1,022,,50", "T2,022,,50"]}, [5000, 5000]),
        (
            {
                "plan items Mar 2026.csv": ["T1,022,,50", "T1,022,,50", "T1,415,46,350"],
                "plan items Apr 2026.csv": ["T1,022,,50", "T1,022,,50", "T1,415,46,350", "T2,011,,60"],
            },
            [5000, 5000, 6000, 35000],
        ),
        ({"plan items Mar 2026.csv": ["T1,022,,50", "T1,022,,50"], "plan items Apr 2026.csv": ["T1,022,,50"]}, [5000]),
    ],
    ids=["two X-rays", "three, apart", "of two plans", "overlapping exports", "fewer in the later one"],
)
def test_items_of_a_plan_that_are_alike_in_one_file_are_as_many_items(tmp_path: Path, files: dict[str, list[str]], fees: list[int]) -> None:
    """Two X-rays are two; what a second export shows again is the same two, and what the later one shows of a plan counts."""
    header = "Plan,Item,Tooth,Fee\n"
    columns = {"Plan": "plan_id", "Item": "item_code", "Tooth": "tooth", "Fee": "fee"}
    mapping = maps.source_map(
        PATIENT_MAP,
        maps.table_map("plans", "treatment_plans", {"Plan": "plan_id", "Patient ID": "patient_id"}),
        maps.table_map("plan items", "treatment_items", columns),
    )
    texts = {name: header + "".join(f"{row}\n" for row in rows) for name, rows in files.items()}
    tables = read(tmp_path, {"patients.csv": PATIENTS, "plans.csv": "Plan,Patient ID\nT1,1\nT2,2\n", **texts}, mapping)
    assert sorted(tables["treatment_items"]["fee"]) == fees
    assert tables["treatment_items"]["_key"].is_unique


def test_rows_of_one_file_that_share_a_natural_key_but_differ_both_go_on(tmp_path: Path) -> None:
    """Two notes of one patient, moment and title with different texts are two notes."""
    mapping = maps.source_map(
        PATIENT_MAP, maps.table_map("notes", "clinical_notes", {"Patient": "patient_id", "At": "at", "Text": "content"})
    )
    tables = read(
        tmp_path,
        {"patients.csv": PATIENTS, "notes.csv": "Patient,At,Text\n1,01/09/2026,a\n1,01/09/2026,b\n1,01/09/2026,a\n"},
        mapping,
    )
    assert sorted(tables["clinical_notes"]["content"]) == ["a", "b"] and tables["clinical_notes"]["_key"].is_unique
    assert outcomes(tables) == {"notes.csv:4": ("repeated", "same-row")}


def test_a_row_without_a_readable_key_is_rejected(tmp_path: Path) -> None:
    """An empty id and an id in 1.23E+09 cannot be used; the rows stand in no table."""
    tables = read(
        tmp_path, {"patients.csv": "Patient ID,First,Last,DOB\n,Ada,Ng,\n2.12E+09,Sam,Roe,\n3,Kim,Low,\n"}, maps.source_map(PATIENT_MAP)
    )
    assert list(tables["patients"]["patient_id"]) == ["3"]
    assert outcomes(tables) == {
        "patients.csv:2": ("rejected", "missing-field"),
        "patients.csv:3": ("rejected", "unreadable-field"),
    }


# -- references -------------------------------------------------------------------------------------------------------

REFERENCES = maps.source_map(
    maps.table_map(
        "patients",
        "patients",
        {"ID": "patient_id", "Card": "patient_number", "Name": "full_name", "Known as": "preferred_name", "Merged": "merged_into_id"},
    ),
    maps.table_map("providers", "practitioners", {"ID": "practitioner_id", "Name": "full_name", "AHPRA": "ahpra_number"}),
    maps.table_map(
        "bookings",
        "appointments",
        {"ID": "appointment_id", "Pat": "patient_id", "Patient": "patient_name", "Dentist": "practitioner_name", "Day": "date"},
    ),
)
NAMED = (
    'ID,Card,Name,Known as,Merged\n1,C1,"Ng, Ada",,\n2,C2,"O\'Brien, Seán",Shaun,\n3,C3,"Smith, John",,\n4,C4,"Smith, John",,\n'
    '5,C5,Anneke van der Berg,,\n007,C7,"Bond, James",,\n8,C8,"Ng, Adah",,1\n'
)


WHO: tuple[tuple[str, str, str | Message], ...] = (
    ("1", "", "1"),
    ("C2", "", "2"),
    ("7", "", "007"),
    ("", "Ng, Ada", "1"),
    ("", "Ada Ng", "1"),
    ("", "NG, ADA", "1"),
    ("", "Mrs Ada Ng", "1"),
    ("", "O’Brien, Seán", "2"),
    ("", "O'Brien, Sean", "2"),
    ("", "O'Brien, Shaun", "2"),
    ("", "van der Berg, Anneke", "5"),
    ("99", "Ng, Ada", Message.of("missing-but-named", key="patient:99", keys=("patient:1",))),
    ("99", "Smith, John", Message.of("missing-but-named", key="patient:99", keys=("patient:3", "patient:4"))),
    ("99", "Nobody, Known", Message.of("missing-parent", key="patient:99")),
    ("1", "O'Brien, Sean", "1"),
    ("0", "Ng, Ada", "1"),
    ("7", "Ng, Ada", "007"),
    ("", "Smith, John", Message.of("several-candidates", keys=("patient:3", "patient:4"))),
    ("", "Nobody, Known", Message.of("no-candidate", target="patients")),
    ("99", "", Message.of("missing-parent", key="patient:99")),
    ("0", "", Message.of("no-patient")),
    ("", "", Message.of("no-patient")),
)
"""What a booking says of its patient: number, name; the patient's id, or the reason why the booking waits."""


@pytest.fixture(scope="module")
def booked(tmp_path_factory: pytest.TempPathFactory) -> CanonicalTables:
    """One book with a booking for each of `WHO`, a day each."""
    lines = "".join(f'b{row},{pat},"{patient}",,{row + 1:02}/09/2026\n' for row, (pat, patient, _) in enumerate(WHO))
    files: dict[str, str | bytes] = {"patients.csv": NAMED, "bookings.csv": f"ID,Pat,Patient,Dentist,Day\n{lines}"}
    return read(tmp_path_factory.mktemp("booked"), files, REFERENCES)


@pytest.mark.parametrize("row", range(len(WHO)), ids=[f"{pat}-{patient}" for pat, patient, _ in WHO])
def test_a_patient_is_found_by_id_number_or_name_or_the_row_is_held(booked: CanonicalTables, row: int) -> None:
    """Each row of the book by itself, whatever the others say."""
    _, _, expected = WHO[row]
    bookings, key = booked["appointments"].set_index("_key")["patient_id"], f"appointment:b{row}"
    waits = [(one.outcome, one.reason) for one in booked.row_outcomes if one.key == key]
    if isinstance(expected, str):
        assert (bookings[key], waits) == (expected, [])
    else:
        assert key not in bookings and waits == [(Outcome.HELD, expected)]


def test_no_reference_whose_id_is_not_found_is_replaced_by_a_name(tmp_path: Path) -> None:
    """Nor a provider's: the reference stays empty, the name stays as text; a payment of a held invoice waits with it."""
    mapping = maps.source_map(
        PATIENT_MAP,
        maps.table_map("providers", "practitioners", {"ID": "practitioner_id", "Name": "full_name"}),
        maps.table_map(
            "invoices",
            "invoices",
            {"No": "invoice_id", "Pat": "patient_id", "Patient": "patient_name", "Prov": "practitioner_id", "Dentist": "practitioner_name"},
        ),
        maps.table_map("payments", "payments", {"Receipt": "payment_id", "Inv": "invoice_id", "Paid": "amount"}),
    )
    files: dict[str, str | bytes] = {
        "patients.csv": PATIENTS,
        "providers.csv": 'ID,Name\n3,"Kim, Jo"\n',
        "invoices.csv": 'No,Pat,Patient,Prov,Dentist\n7,1148,"Roe, Sam",3,\n8,1,"Ng, Ada",9,"Kim, Jo"\n',
        "payments.csv": "Receipt,Inv,Paid\n1,7,60.00\n2,8,60.00\n",
    }
    tables = read(tmp_path, files, mapping)
    assert values(tables["invoices"], "invoice_id", "patient_id", "practitioner_id", "practitioner_name") == [("8", "1", None, "Kim, Jo")]
    assert next((row.key, row.reason) for row in tables.row_outcomes if row.outcome is Outcome.HELD) == (
        "invoice:7",
        Message.of("missing-but-named", key="patient:1148", keys=("patient:2",)),
    )
    assert finding(tables, "missing-patients").keys == ("patient:1148",)
    assert finding(tables, "unknown-reference").keys == ("invoices.csv:3",)


BILLED: tuple[tuple[str, str | None, str | None], ...] = (
    ("Ng, Ada", "1", None),
    ("Ada Ng", "1", None),
    ("van der Berg, Anneke", "5", None),
    ("Smith, John", None, "ambiguous-reference"),
    ("Acme Insurance Pty Ltd", None, None),
    ("99", None, "unknown-reference"),
    ("DVA", None, None),
)
"""What stands under Bill To, who that is, and what is said of it."""


@pytest.fixture(scope="module")
def billed(tmp_path_factory: pytest.TempPathFactory) -> CanonicalTables:
    """One invoice for each of `BILLED`."""
    columns = maps.table_map("invoices", "invoices", {"No": "invoice_id", "Pat": "patient_id", "Bill To": "bill_to_id"})
    rows = "".join(f'{number},1,"{cell}"\n' for number, (cell, _, _) in enumerate(BILLED))
    files: dict[str, str | bytes] = {"patients.csv": NAMED, "invoices.csv": f"No,Pat,Bill To\n{rows}"}
    mapping = maps.source_map(*(t for t in REFERENCES.tables.values() if t.table == "patients"), columns)
    return read(tmp_path_factory.mktemp("billed"), files, mapping)


@pytest.mark.parametrize("row", range(len(BILLED)), ids=[cell for cell, _, _ in BILLED])
def test_a_name_in_the_column_of_ids_is_one(billed: CanonicalTables, row: int) -> None:
    """`Bill To: Ng, Ada` is a patient whom the export has; who is nobody there is no missing patient."""
    _, expected, code = BILLED[row]
    assert values(billed["invoices"], "invoice_id", "bill_to_id")[row] == (str(row), expected)
    about = {one.code for one in billed.findings if f"invoices.csv:{row + 2}" in one.keys}
    assert about & {"ambiguous-reference", "unknown-name", "unknown-reference"} == ({code} if code else set())


def test_who_is_nobody_there_is_no_missing_patient(billed: CanonicalTables) -> None:
    """Only the id 99, which is a patient's, lacks its patient."""
    assert finding(billed, "missing-patients").keys == ("patient:99",)


@pytest.mark.parametrize("name", ["Dr Who", "MK", "Who, Dr", "Dr Jo Lee", "Jo"])
def test_without_a_list_of_staff_a_dentist_is_who_is_written(tmp_path: Path, name: str) -> None:
    """Nothing is to be warned about: the booking keeps the name, and refers to a practitioner who is called so."""
    bookings = maps.table_map("bookings", "appointments", {"ID": "appointment_id", "Pat": "patient_id", "Dentist": "practitioner_name"})
    files: dict[str, str | bytes] = {"patients.csv": NAMED, "bookings.csv": f'ID,Pat,Dentist\n10,1,"{name}"\n'}
    tables = read(tmp_path, files, maps.source_map(*(t for t in REFERENCES.tables.values() if t.table == "patients"), bookings))
    assert finding(tables, "unknown-name") is None
    ((written, refers),) = values(tables["appointments"], "practitioner_name", "practitioner_id")
    assert (written, [(refers, name)]) == (name, values(tables["practitioners"], "practitioner_id", "full_name"))


def test_a_provider_is_one_person_at_two_locations_and_unknown_ones_are_left_open(tmp_path: Path) -> None:
    """Two numbers with one registration are one dentist; a name that two dentists have, or nobody, leaves the reference empty."""
    providers = 'ID,Name,AHPRA\n1,"Fitz, Bo",D1\n2,"Fitz, Bo",D1\n3,"Lee, Jo",D2\n4,"Lee, Jo",D3\n'
    bookings = 'ID,Pat,Patient,Dentist,Day\n10,1,,"Fitz, Bo",1/9/2026\n11,1,,"Lee, Jo",2/9/2026\n12,1,,"Who, Dr",3/9/2026\n'
    tables = read(tmp_path, {"patients.csv": NAMED, "providers.csv": providers, "bookings.csv": bookings}, REFERENCES)
    assert values(tables["appointments"], "practitioner_id") == [("1",), (None,), (None,)]
    assert finding(tables, "ambiguous-reference").keys == ("bookings.csv:3",)
    assert finding(tables, "unknown-name").keys == ("bookings.csv:4",)


def test_missing_patients_are_counted_once_each_and_their_rows_wait(tmp_path: Path) -> None:
    """An invoice of an absent patient is held, its lines too, and the finding is critical."""
    mapping = maps.source_map(
        PATIENT_MAP,
        maps.table_map("invoices", "invoices", {"No": "invoice_id", "Patient": "patient_id", "Total": "total"}),
        maps.table_map("lines", "invoice_lines", {"No": "invoice_id", "Item": "item_code", "Total": "total"}),
    )
    tables = read(
        tmp_path,
        {
            "patients.csv": PATIENTS,
            "invoices.csv": "No,Patient,Total\nI1,1,10\nI2,98,5\nI3,98,5\nI4,99,5\n",
            "lines.csv": "No,Item,Total\nI1,11,9\nI2,11,5\nI9,11,5\n",
        },
        mapping,
    )
    missing = finding(tables, "missing-patients")
    assert (missing.severity, missing.count, missing.keys) == ("critical", 2, ("patient:98", "patient:99"))
    assert outcomes(tables) == {
        "invoices.csv:3": ("held", "missing-parent"),
        "invoices.csv:4": ("held", "missing-parent"),
        "invoices.csv:5": ("held", "missing-parent"),
        "lines.csv:3": ("held", "parent-held"),
        "lines.csv:4": ("held", "missing-parent"),
    }
    assert finding(tables, "invoice-total-mismatch").keys == ("invoice:I1",)


def test_a_payment_without_a_patient_is_its_invoice_s(tmp_path: Path) -> None:
    """Certain, and written down as a repair."""
    mapping = maps.source_map(
        PATIENT_MAP,
        maps.table_map("invoices", "invoices", {"No": "invoice_id", "Patient": "patient_id"}),
        maps.table_map("payments", "payments", {"R": "payment_id", "No": "invoice_id", "Amount": "amount"}),
    )
    tables = read(
        tmp_path, {"patients.csv": PATIENTS, "invoices.csv": "No,Patient\nI1,2\n", "payments.csv": "R,No,Amount\nR1,I1,5\nR2,,6\n"}, mapping
    )
    assert values(tables["payments"], "payment_id", "patient_id") == [("R1", "2")]
    assert list(tables.repairs.query("field == 'patient_id'")["rule"]) == ["patient-from-invoice"]
    assert outcomes(tables) == {"payments.csv:3": ("held", "no-patient")}


# -- header columns on lines ------------------------------------------------------------------------------------------

LINES = maps.source_map(
    PATIENT_MAP,
    maps.table_map(
        "InvoiceCreatedReport",
        "invoice_lines",
        {
            "Invoice No": "invoice_id",
            "Date": "invoices.date",
            "Patient": "invoices.patient_name",
            "Status": "invoices.status",
            "Item": "item_code",
            "GST": "gst",
            "Total": "total",
        },
    ),
)


def test_invoices_are_made_from_a_report_of_lines(tmp_path: Path) -> None:
    """Each physical row stays a line; the invoice stands at its first line, is synthetic, and sums its lines."""
    report = (
        "InvoiceCreatedReport,,,,,,\nInvoice No,Date,Patient,Status,Item,GST,Total\n"
        'I1,01/09/2026,"Ng, Ada",Paid,11,0,65.00\nI1,01/09/2026,"Ng, Ada",Paid,22,1.00,46.00\n'
        'I2,02/09/2026,"Roe, Sam",Open,997,0,5\nI3,03/09/2026,"Who, Dr",Open,11,0,5\nTotal,,,,,1.00,121.00\n'
    )
    tables = read(tmp_path, {"patients.csv": PATIENTS, "InvoiceCreatedReport 2026-09.csv": report}, LINES)
    invoices = tables["invoices"]
    assert values(invoices, "invoice_id", "patient_id", "total", "gst", "status", "_line", "_synthetic") == [
        ("I1", "1", 11100, 100, "paid", 3, True),
        ("I2", "2", 500, 0, "open", 5, True),
    ]
    assert values(tables["invoice_lines"], "invoice_id", "line_no", "item_code", "total", "_synthetic") == [
        ("I1", 1, "011", 6500, False),
        ("I1", 2, "022", 4600, False),
        ("I2", 1, "997", 500, False),
    ]
    assert outcomes(tables) == {"InvoiceCreatedReport 2026-09.csv:6": ("held", "parent-held")}
    assert finding(tables, "report-total-mismatch") is None


def test_lines_that_disagree_about_their_header_are_told(tmp_path: Path) -> None:
    """The first line's value counts."""
    report = 'Invoice No,Date,Patient,Status,Item,GST,Total\nI1,01/09/2026,"Ng, Ada",Paid,11,0,65\nI1,02/09/2026,"Ng, Ada",Paid,22,0,46\n'
    tables = read(tmp_path, {"patients.csv": PATIENTS, "InvoiceCreatedReport.csv": report}, LINES)
    assert tables["invoices"]["date"].tolist() == [pd.Timestamp(2026, 9, 1)]
    assert finding(tables, "header-differs").keys == ("invoice:I1",)


# -- derived fields ---------------------------------------------------------------------------------------------------


def test_times_of_an_appointment_follow_from_what_is_given(tmp_path: Path) -> None:
    """Date and time make the start; end or duration make the other; an end before the start is the next day
    only where the length says so, else it is not known."""
    mapping = maps.source_map(
        PATIENT_MAP,
        maps.table_map(
            "appts",
            "appointments",
            {"ID": "appointment_id", "Pat": "patient_id", "Day": "date", "From": "start_time", "To": "end_time", "Mins": "duration"},
        ),
    )
    rows = (
        "ID,Pat,Day,From,To,Mins\n1,1,01/09/2026,09:00,09:45,\n2,1,01/09/2026,10:00,,30\n3,1,01/09/2026,23:30,00:15,45\n"
        "4,1,01/09/2026,,,\n5,1,02/09/2026,9am,9:30,45\n6,1,03/09/2026,12:30,01:00,\n7,1,03/09/2026,09:00,08:30,20\n"
    )
    tables = read(tmp_path, {"patients.csv": PATIENTS, "appts.csv": rows}, mapping)
    shown = tables["appointments"][["start_at", "end_at"]].apply(lambda column: column.dt.strftime("%d %H:%M"))
    assert values(shown, "start_at", "end_at") == [
        ("01 09:00", "01 09:45"), ("01 10:00", "01 10:30"), ("01 23:30", "02 00:15"), (None, None), ("02 09:00", "02 09:30"),
        ("03 12:30", "03 01:00"), ("03 09:00", "03 09:20"),
    ]  # fmt: skip
    assert tables["appointments"]["duration"].tolist() == [45, 30, 45, pd.NA, 30, pd.NA, 20]
    assert finding(tables, "end-before-start").keys == ("appts.csv:8",)
    assert finding(tables, "duration-mismatch").keys == ("appts.csv:6",)


def test_status_names_and_cover_follow_from_other_columns(tmp_path: Path) -> None:
    """Flags sharpen a status, never soften it; consent is never made up; a fund on the patient is a cover row."""
    columns = {
        "ID": "patient_id", "Name": "full_name", "Status": "status", "Archived": "archived", "Into": "merged_into_id",
        "No SMS": "sms_opt_out", "Fund": "health_fund", "Member": "health_fund_number",
    }  # fmt: skip
    rows = (
        "ID,Name,Status,Archived,Into,No SMS,Fund,Member\n"
        '1,"NGUYEN, Dr Ada May",Active,Yes,,Yes,HCF,001\n'
        "2,Sam van der Berg,Deceased,Yes,,No,,\n3,Sam Low,Active,,2,,Bupa,\n4,Kim Low,,,,,,\n"
    )
    tables = read(tmp_path, {"patients.csv": rows}, maps.source_map(maps.table_map("patients", "patients", columns)))
    assert values(tables["patients"], "title", "first_name", "last_name", "status", "sms_consent") == [
        ("Dr", "Ada May", "Nguyen", "archived", None),
        (None, "Sam", "van der Berg", "deceased", None),
        (None, "Sam", "Low", "merged", None),
        (None, "Kim", "Low", None, None),
    ]
    assert values(tables["health_funds"], "patient_id", "fund", "member_number", "_line", "_synthetic") == [
        ("1", "HCF", "001", 2, True),
        ("3", "Bupa", None, 4, True),
    ]


def test_a_file_s_name_says_the_status_of_rows_that_have_none(tmp_path: Path) -> None:
    """Archived patients in a file of their own are not active ones, unless their row says so."""
    columns = {"ID": "patient_id", "Name": "full_name", "Status": "status"}
    mapping = maps.source_map(*(maps.table_map(name, "patients", columns) for name in ("patients", "archived_patients")))
    files: dict[str, str | bytes] = {
        "patients.csv": "ID,Name,Status\n1,Ada Ng,\n",
        "archived_patients.csv": "ID,Name,Status\n2,Sam Roe,\n3,Kim Low,Deceased\n",
    }
    tables = read(tmp_path, files, mapping)
    assert sorted(values(tables["patients"], "patient_id", "status")) == [("1", None), ("2", "archived"), ("3", "deceased")]
    assert tables.repairs.query("rule == 'status-from-name'")["key"].tolist() == ["patient:2"]


def test_nobody_is_born_after_the_snapshot(tmp_path: Path) -> None:
    """A two-digit year in a birth date is never in the future: 05/06/28 was 1928."""
    tables = read(
        tmp_path, {"patients.csv": "Patient ID,First,Last,DOB\n1,Old,One,05/06/28\n2,New,One,05/06/26\n"}, maps.source_map(PATIENT_MAP)
    )
    assert tables["patients"]["birth_date"].dt.year.tolist() == [1928, 2026]
    assert "date-century" in set(tables.repairs["rule"])


def test_a_flag_that_says_the_opposite_is_turned_round(tmp_path: Path) -> None:
    """A column IsHidden mapped to active is read as its opposite; so is any column with the transform `not`."""
    mapping = maps.source_map(
        maps.table_map("provider", "practitioners", {"ID": "practitioner_id", "Name": "full_name", "IsHidden": "active"}),
        maps.table_map("stock", "products", {"ID": "product_id", "Retired": "active|not"}),
    )
    files: dict[str, str | bytes] = {"provider.csv": "ID,Name,IsHidden\n1,A B,0\n2,C D,1\n", "stock.csv": "ID,Retired\n1,Yes\n2,No\n"}
    tables = read(tmp_path, files, mapping)
    assert tables["practitioners"]["active"].tolist() == [True, False] and tables["products"]["active"].tolist() == [False, True]


def test_a_boolean_takes_codes(tmp_path: Path) -> None:
    """What a code of yes and no means is decided like any other: 0 is unknown here, 1 yes, 2 no; what nobody said is read as written."""
    mapped = maps.source_map(
        maps.table_map("patients", "patients", {"No": "patient_id", "Name": "full_name", "Texts": "sms_consent"}),
        values={"patients.sms_consent": {"0": "unknown", "1": "yes", "2": "no"}},
    )
    tables = read(tmp_path, {"patients.csv": "No,Name,Texts\n1,Ada Ng,0\n2,Bo Li,1\n3,Cy Fox,2\n4,Di Ro,Yes\n5,Ed Po,7\n"}, mapped)
    assert values(tables["patients"], "sms_consent") == [(None,), (True,), (False,), (True,), (None,)]
    assert finding(tables, "unreadable-boolean").keys == ("patient:5",)


def test_the_day_of_archiving_archives_who_has_no_other_status(tmp_path: Path) -> None:
    """A day alone says that the file is closed; who came back keeps the day and is active."""
    text = "No,Name,Status,Archived on\n1,Ada Ng,,03/05/2026\n2,Bo Li,Active,03/05/2026\n3,Cy Fox,,\n"
    columns = {"No": "patient_id", "Name": "full_name", "Status": "status", "Archived on": "archived_date"}
    tables = read(tmp_path, {"patients.csv": text}, maps.source_map(maps.table_map("patients", "patients", columns)))
    assert values(tables["patients"], "status") == [("archived",), ("active",), (None,)]
    assert tables["patients"]["archived_date"].dt.strftime("%Y-%m-%d").fillna("").tolist() == ["2026-05-03", "2026-05-03", ""]


@pytest.mark.parametrize(
    ("target", "text", "expected"),
    [
        ("unit_price|cents", "1250", 1250),
        ("unit_price|cents", "-5", -5),
        ("unit_price|negate", "12.50", -1250),
        ("unit_price|negate", "-12.50", 1250),
        ("gst|fraction-percent", "0.1", 10.0),
        ("code|digits", "SKU-0012", "0012"),
    ],
)
def test_declared_transforms_change_the_text_before_it_is_typed(tmp_path: Path, target: str, text: str, expected: object) -> None:
    """Cents are cents, a fraction is a percentage, a sign is turned round."""
    mapping = maps.source_map(maps.table_map("stock", "products", {"ID": "product_id", "X": target}))
    tables = read(tmp_path, {"stock.csv": f"ID,X\n1,{text}\n"}, mapping)
    assert tables["products"][target.partition("|")[0]].tolist() == [expected]


@pytest.mark.parametrize(
    ("header", "text", "expected", "told"),
    [
        ("total_cents", "10000", 10000, True),
        ("Price (cents)", "-5", -5, True),
        ("amountCents", "10000", 10000, True),
        ("Amount in pence", "250", 250, True),
        ("total_cents", "100.00", None, True),
        ("Dollars and cents", "100.00", 10000, False),
        ("Recents", "100.00", 10000, False),
        ("Incentive", "100", 10000, False),
    ],
)
def test_an_amount_under_a_header_that_says_cents_is_in_cents(
    tmp_path: Path, header: str, text: str, expected: int | None, told: bool
) -> None:
    """10000 under `total_cents` is 100.00, and it is said; 100.00 there is no number of cents, and is left empty."""
    mapping = maps.source_map(maps.table_map("stock", "products", {"ID": "product_id", header: "unit_price"}))
    tables = read(tmp_path, {"stock.csv": f"ID,{header}\n1,{text}\n"}, mapping)
    found = tables["products"]["unit_price"].tolist()
    assert found == [expected] if expected is not None else pd.isna(found[0])
    assert ("amounts-in-cents" in {one.code for one in tables.findings}) == told


ACCESS = """No,Patient,ApptDate,ApptTime,Ends
1,1,23/11/2026 00:00:00,30/12/1899 09:00:00,30/12/1899 09:30:00
2,1,24/11/2026 00:00:00,30/12/1899 14:30:00,30/12/1899 15:00:00
"""


def test_a_time_of_day_on_a_database_s_first_day_has_no_day(tmp_path: Path) -> None:
    """Access keeps times on 30 December 1899: the day is that of the column beside it. Without one there is none, and it is said."""
    patients = maps.table_map("patients", "patients", {"Id": "patient_id", "Last": "last_name"})
    columns = {"No": "appointment_id", "Patient": "patient_id", "ApptDate": "date", "ApptTime": "start_at", "Ends": "end_at"}
    files = {"patients.csv": "Id,Last\n1,Ng\n", "book.csv": ACCESS}
    tables = read(tmp_path, files, maps.source_map(patients, maps.table_map("book", "appointments", columns)))
    book = tables["appointments"]
    assert [str(one) for one in book["start_at"]] == ["2026-11-23 09:00:00", "2026-11-24 14:30:00"]
    assert book["duration"].tolist() == [30, 30]
    assert "clock-without-day" in {one.code for one in tables.findings}
    del columns["ApptDate"]
    book = read(tmp_path, files, maps.source_map(patients, maps.table_map("book", "appointments", columns)))["appointments"]
    assert book["start_at"].isna().all() and book["start_time"].tolist() == ["09:00", "14:30"]


def test_a_start_on_another_day_than_the_row_s_date_is_told(tmp_path: Path) -> None:
    """One of three bookings begins on 1 January 1970 by its start: the analyst is told which."""
    mapping = maps.source_map(
        maps.table_map("patients", "patients", {"Id": "patient_id", "Last": "last_name"}),
        maps.table_map("book", "appointments", {"No": "appointment_id", "Patient": "patient_id", "Day": "date", "Start": "start_at"}),
    )
    rows = ["1,1,23/11/2026,23/11/2026 09:00", "2,1,24/11/2026,01/01/1970 09:00", "3,1,24/11/2026,"]
    text = "\n".join(["No,Patient,Day,Start", *rows, ""])
    tables = read(tmp_path, {"patients.csv": "Id,Last\n1,Ng\n", "book.csv": text}, mapping)
    assert [(one.count, one.keys) for one in tables.findings if one.code == "day-contradicted"] == [(1, ("book.csv:3",))]


def test_new_fields_carry_their_values_typed(tmp_path: Path) -> None:
    """A custom column stands beside the canonical ones under `custom:<label>`."""
    columns = {
        "ID": "patient_id",
        "Club": "+Hygiene club:enum",
        "Points": "+Points:double",
        "Spent": "+Spent:monetary",
        "Joined": "+Joined:date",
    }
    tables = read(
        tmp_path,
        {"patients.csv": "ID,Club,Points,Spent,Joined\n1,Gold,2.5,$10.00,01/02/2020\n"},
        maps.source_map(maps.table_map("patients", "patients", columns)),
    )
    row = tables["patients"].iloc[0]
    assert (row["custom:Hygiene club"], row["custom:Points"], row["custom:Spent"]) == ("Gold", 2.5, 1000)
    assert row["custom:Joined"] == pd.Timestamp(2020, 2, 1)


# -- the map ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("columns", "words"),
    [
        ({"ID": "patient_id", "A": "last_name", "B": "last_name"}, "two columns of patients to last_name"),
        ({"ID": "patient_id", "A": "surname"}, "surname, which is no field"),
        ({"ID": "patient_id", "A": "invoices.colour"}, "invoices.colour, which is no field"),
        ({"ID": "patient_id", "A": "invoices.date"}, "do not refer to"),
        ({"ID": "patient_id", "A": "last_name|sparkle"}, "'sparkle'"),
    ],
)
def test_an_impossible_map_is_refused_in_one_sentence(tmp_path: Path, columns: dict[str, str], words: str) -> None:
    """Two columns to one field, unknown fields, parents and transforms."""
    with pytest.raises(DataError) as told:
        read(tmp_path, {"patients.csv": "ID,A,B\n1,x,y\n"}, maps.source_map(maps.table_map("patients", "patients", columns)))
    assert words in str(told.value) and "\n" not in str(told.value)


def test_tables_that_the_map_leaves_out_are_excluded_and_unknown_ones_wait(tmp_path: Path) -> None:
    """Left out by decision: excluded; unknown to the map: held until somebody decides, and told."""
    mapping = maps.source_map(PATIENT_MAP, maps.table_map("audit", None, {}, reason="system log"))
    files: dict[str, str | bytes] = {
        "patients.csv": PATIENTS,
        "audit.csv": "When,What\n1,login\n",
        "extra.csv": "Colour,Shape\nred,round\nblue,flat\n",
    }
    tables = read(tmp_path, files, mapping)
    assert outcomes(tables) == {
        "audit.csv:2": ("excluded", "left-out-by-map"),
        "extra.csv:2": ("held", "undecided-table"),
        "extra.csv:3": ("held", "undecided-table"),
    }
    assert finding(tables, "unmapped-table").count == 2


def test_a_line_whose_cells_a_stray_quote_hides_is_rejected_with_its_reason(tmp_path: Path) -> None:
    """`"He said "ouch", then left"`: nobody can tell where the cell ends; the other rows are read."""
    mapping = maps.source_map(maps.table_map("stock", "products", {"ID": "product_id", "X": "name"}))
    tables = read(tmp_path, {"stock.csv": 'ID,X\n1,"He said "ouch", then left"\n2,"Bib, large"\n3,"Cup, small"\n'}, mapping)
    assert values(tables["products"], "name") == [("Bib, large",), ("Cup, small",)]
    assert [(row.line, row.outcome.value, row.reason.code) for row in tables.row_outcomes if row.reason] == [(2, "rejected", "stray-quote")]


def test_vetoed_rules_are_not_applied(tmp_path: Path) -> None:
    """A veto names table, field and rule; other fields keep the rule."""
    rows: dict[str, str | bytes] = {"patients.csv": "Patient ID,First,Last,DOB\n1,ADA,NGUYEN,\n"}
    tables = read(tmp_path, rows, maps.source_map(PATIENT_MAP), vetoes={("patients", "last_name", "name-case")})
    assert values(tables["patients"], "first_name", "last_name") == [("Ada", "NGUYEN")]


# -- attachments ------------------------------------------------------------------------------------------------------


def test_index_rows_and_files_find_each_other_and_names_tell_the_rest(tmp_path: Path) -> None:
    """By path, by the end of a path, by a file name; files without a row by the patient or invoice that their path names."""
    mapping = maps.source_map(
        maps.table_map(
            "patients", "patients", {"Patient ID": "patient_id", "First": "first_name", "Last": "last_name", "DOB": "birth_date"}
        ),
        maps.table_map("invoices", "invoices", {"No": "invoice_id", "Patient": "patient_id"}),
        maps.table_map(
            "index", "attachments", {"ID": "attachment_id", "Patient": "patient_id", "Path": "path", "File": "file_name", "Link": "url"}
        ),
    )
    index = (
        "ID,Patient,Path,File,Link\n1,1,files/a.pdf,,\n2,1,C:\\export\\files\\b.pdf,,\n3,2,,c.pdf,\n4,2,files/gone.pdf,,\n"
        "5,2,,,https://example.com/d.pdf\n"
    )
    files: dict[str, str | bytes] = {"patients.csv": PATIENTS, "invoices.csv": "No,Patient\nINV-77,2\n", "index.csv": index}
    for name in ("a.pdf", "b.pdf", "c.pdf", "patient_1_xray.jpg", "INV-77.pdf", "2/scan.png", "holiday.jpg", "letter.txt"):
        files[f"files/{name}"] = b"\x89 " + name.encode()
    tables = read(tmp_path, files, mapping)
    assert values(tables["attachments"], "attachment_id", "patient_id", "invoice_id", "path")[:5] == [
        ("1", "1", None, "files/a.pdf"),
        ("2", "1", None, "files/b.pdf"),
        ("3", "2", None, "files/c.pdf"),
        ("4", "2", None, "files/gone.pdf"),
        ("5", "2", None, None),
    ]
    made = tables["attachments"].iloc[5:]
    assert sorted(values(made, "path", "patient_id", "invoice_id", "_synthetic")) == [
        ("files/2/scan.png", "2", None, True),
        ("files/INV-77.pdf", "2", "INV-77", True),
        ("files/patient_1_xray.jpg", "1", None, True),
    ]
    assert finding(tables, "attachment-file-missing").keys == ("attachment:4",)
    assert finding(tables, "attachment-without-owner").count == 2
    assert set(tables.attachments.columns) == {"path", "sha256", "size", "content_type"} and len(tables.attachments) == 8


LINES_MAP = {
    "Invoice": "invoice_id",
    "Date": "invoices.date",
    "Patient": "invoices.patient_name",
    "Item": "item_code",
    "Total": "total",
}


@pytest.mark.parametrize(
    ("second", "held"),
    [
        ('1001,05/10/2026,"Roe, Sam",012,200.00', True),
        ('1001,01/10/2026,"Roe, Sam",012,200.00', True),
        ("1001,01/10/2026,Ada Ng,012,200.00", False),
        ('1001,05/10/2026,"NG,  ADA",012,200.00', False),
        ("1001,,,012,200.00", False),
        ('1002,05/10/2026,"Roe, Sam",012,200.00', False),
    ],
    ids=[
        "two locations' numbers",
        "a family's invoice",
        "last name behind",
        "written otherwise on another day",
        "blank below the first",
        "another number",
    ],
)
def test_lines_of_one_number_for_two_patients_are_held(tmp_path: Path, second: str, held: bool) -> None:
    """One patient's invoice is not added to another's: both lines wait, a critical finding names the number, and no invoice is made."""
    mapping = maps.source_map(PATIENT_MAP, maps.table_map("lines", "invoice_lines", LINES_MAP))
    tables = read(
        tmp_path,
        {"patients.csv": PATIENTS, "lines.csv": f'Invoice,Date,Patient,Item,Total\n1001,01/10/2026,"Ng, Ada",011,50.00\n{second}\n'},
        mapping,
    )
    found = finding(tables, "header-of-several")
    assert (found is not None and found.keys == ("invoice:1001",) and found.severity.value == "critical") is held
    assert len(tables["invoice_lines"]) == (0 if held else 2)
    assert (outcomes(tables).get("lines.csv:2") == ("held", "header-of-several")) is held


NOTES = {"Note": "note_id", "Patient": "patient_id", "Day": "at", "Line": "line_no", "Text": "content"}


def test_the_rows_of_one_note_are_joined_in_the_order_of_their_lines(tmp_path: Path) -> None:
    """Note 71 stands in three rows, out of order; 72 has two rows of one number and 73 rows of two patients: these wait."""
    text = (
        "Note,Patient,Day,Line,Text\n71,1,1/10/2026,2,b\n71,1,1/10/2026,1,a\n71,1,1/10/2026,3,c\n72,2,2/10/2026,1,x\n72,2,2/10/2026,1,y\n"
        "73,1,1/10/2026,1,p\n73,2,1/10/2026,2,q\n"
    )
    mapping = maps.source_map(PATIENT_MAP, maps.table_map("notes", "clinical_notes", NOTES))
    tables = read(tmp_path, {"patients.csv": PATIENTS, "notes.csv": text}, mapping)
    assert values(tables["clinical_notes"], "note_id", "content") == [("71", "a\nb\nc")]
    assert outcomes(tables)["notes.csv:2"] == ("folded-into", "line-of-note") and outcomes(tables)["notes.csv:4"][0] == "folded-into"


def test_the_alternatives_of_a_plan_are_plans_of_their_own(tmp_path: Path) -> None:
    """Of one number, A was declined and B accepted: two plans, with their own status and items; a number with one option stays."""
    columns = {"Plan": "plan_id", "Patient": "treatment_plans.patient_id", "Opt": "option", "State": "treatment_plans.status", "Fee": "fee"}
    text = "Plan,Patient,Opt,State,Fee\n9,1,A,Declined,3700\n9,1,A,Declined,1500\n9,1,B,Accepted,1950\n10,2,A,Proposed,400\n"
    mapping = maps.source_map(PATIENT_MAP, maps.table_map("plans", "treatment_items", columns))
    tables = read(tmp_path, {"patients.csv": PATIENTS, "plans.csv": text}, mapping)
    assert sorted(values(tables["treatment_plans"], "plan_id", "status")) == [("10", "proposed"), ("9/A", "declined"), ("9/B", "accepted")]
    assert values(tables["treatment_items"], "plan_id", "fee") == [("9/A", 370000), ("9/A", 150000), ("9/B", 195000), ("10", 40000)]


BOOK = {
    "No": "appointment_id",
    "Patient": "patient_id",
    "Day": "date",
    "Time": "start_time",
    "State": "status",
    "Off": "cancelled",
    "Off on": "cancelled_at",
    "DNA": "did_not_attend",
}


def test_a_booking_s_status_follows_from_columns_of_their_own(tmp_path: Path) -> None:
    """Cancelled by a mark or a day, not attended by a mark or a day; what was done stays done; a day in the evening is told apart."""
    rows = [
        "1,1,1/6/2026,09:00,Booked,,,",
        "2,1,2/6/2026,09:00,Booked,Yes,,",
        "3,1,3/6/2026,09:00,,,2/6/2026,",
        "4,1,4/6/2026,09:00,Booked,,,2026-06-04",
        "5,1,5/6/2026,09:00,Completed,,4/6/2026,",
        "6,1,6/6/2026,01:30,Booked,No,,No",
        "7,1,7/6/2026,00:00,Booked,,,",
    ]
    mapping = maps.source_map(PATIENT_MAP, maps.table_map("book", "appointments", BOOK))
    text = "No,Patient,Day,Time,State,Off,Off on,DNA\n" + "\n".join(rows) + "\n"
    tables = read(tmp_path, {"patients.csv": PATIENTS, "book.csv": text}, mapping)
    expected = ["booked", "cancelled", "cancelled", "did_not_attend", "completed", "booked", "booked"]
    assert list(tables["appointments"].sort_values("appointment_id")["status"]) == expected
    assert finding(tables, "bookings-at-night").keys == ("book.csv:7",)


@pytest.mark.parametrize(
    ("columns", "cells", "expected"),
    [
        (("Attended",), ("Y",), "completed"),
        (("Attended",), ("N",), "did_not_attend"),
        (("Attended",), ("",), "booked"),
        (("Attended", "FTA"), ("", "Y"), "did_not_attend"),
        (("Attended", "FTA"), ("Y", "N"), "completed"),
        (("Attended", "Cancelled"), ("N", "Y"), "cancelled"),
    ],
)
def test_who_attended_was_there(tmp_path: Path, columns: tuple[str, ...], cells: tuple[str, ...], expected: str) -> None:
    """Ticks of the front desk make the status; where a column of its own says who did not attend, an empty one says nothing."""
    known = {"Attended": "attended", "FTA": "did_not_attend", "Cancelled": "cancelled"}
    book = {"No": "appointment_id", "Patient": "patient_id", "Day": "date", "State": "status", **{one: known[one] for one in columns}}
    text = f"No,Patient,Day,State,{','.join(columns)}\n1,1,2/6/2026,Booked,{','.join(cells)}\n"
    mapping = maps.source_map(PATIENT_MAP, maps.table_map("book", "appointments", book))
    assert list(read(tmp_path, {"patients.csv": PATIENTS, "book.csv": text}, mapping)["appointments"]["status"]) == [expected]


def test_a_credit_note_takes_off_and_a_recall_that_nobody_wants_is_off(tmp_path: Path) -> None:
    """Amounts of a credit note are negative however it is printed; `Do not recall` closes a recall that is due."""
    invoice = {"No": "invoice_id", "Patient": "patient_id", "Kind": "kind", "Total": "total", "GST": "gst"}
    recall = {"Patient": "patient_id", "Due": "due_date", "State": "status", "Never": "do_not_recall"}
    files = {
        "patients.csv": PATIENTS,
        "invoices.csv": "No,Patient,Kind,Total,GST\n1,1,Invoice,300,27.27\n2,1,Credit Note,40,3.64\n3,1,Credit Note,-5,0\n",
        "recalls.csv": "Patient,Due,State,Never\n1,1/3/2027,Due,Y\n2,1/3/2027,Due,N\n2,1/4/2027,Completed,Y\n",
    }
    mapping = maps.source_map(PATIENT_MAP, maps.table_map("invoices", "invoices", invoice), maps.table_map("recalls", "recalls", recall))
    tables = read(tmp_path, files, mapping)
    assert values(tables["invoices"], "total", "gst") == [(30000, 2727), (-4000, -364), (-500, 0)]
    assert sorted(values(tables["recalls"], "patient_id", "status")) == [("1", "cancelled"), ("2", "completed"), ("2", "due")]


@pytest.mark.parametrize(
    ("rows", "rates"),
    [
        ("A,150.00,15.00\nB,1200.00,120.00\nC,80.00,0\n", [10.0, 10.0, 0.0]),
        ("A,150.00,10\nB,1200.00,10\n", [10.0, 10.0]),
        ("A,150.00,15.00\n", [10.0]),
        ("A,100.00,10\n", [10.0]),
        ("A,70.00,15.00\n", [15.0]),
        ("A,100.00,10\nB,50.00,5\nC,20.00,10\n", [10.0, 5.0, 10.0]),
    ],
    ids=["amounts", "rates", "one of a usual rate", "rate and amount alike", "one proves nothing", "not all in proportion"],
)
def test_a_tax_in_proportion_to_the_price_is_an_amount(tmp_path: Path, rows: str, rates: list[float]) -> None:
    """15.00 on 150.00 and 120.00 on 1,200.00 are ten per cent, and not fifteen and a hundred and twenty."""
    mapping = maps.source_map(maps.table_map("prices", "products", {"Name": "name", "Price": "unit_price", "GST": "gst"}))
    tables = read(tmp_path, {"prices.csv": f"Name,Price,GST\n{rows}"}, mapping)
    assert list(tables["products"].sort_values("name")["gst"]) == rates


def test_a_day_beside_a_clock_is_a_moment_and_nobody_is_born_in_the_future(tmp_path: Path) -> None:
    """A column of days that is mapped as the beginning takes its time from the next column; a time of its own stays."""
    book = {"No": "appointment_id", "Patient": "patient_id", "Start": "start_at", "Time": "start_time", "Until": "end_time"}
    text = "No,Patient,Start,Time,Until\n1,1,2026-06-01,09:30,10:00\n2,1,2026-06-02 11:15,09:30,\n"
    mapping = maps.source_map(PATIENT_MAP, maps.table_map("book", "appointments", book))
    patients = PATIENTS + "3,Kim,Poe,05/03/2027\n"
    tables = read(tmp_path, {"patients.csv": patients, "book.csv": text}, mapping)
    assert [str(at) for at in tables["appointments"]["start_at"]] == ["2026-06-01 09:30:00", "2026-06-02 11:15:00"]
    assert tables["appointments"]["duration"].iloc[0] == 30
    assert finding(tables, "born-in-future").keys == ("patients.csv:4",) and tables["patients"]["birth_date"].isna().sum() == 1


def test_a_deleted_line_is_no_part_of_what_its_invoice_comes_to(tmp_path: Path) -> None:
    """Of 375.00 on two lines, 300.00 are deleted: 75.00 are left; an invoice of deleted lines alone comes to nothing."""
    columns = {"Invoice": "invoice_id", "Patient": "invoices.patient_name", "Item": "item_code", "Total": "total", "Del": "deleted"}
    text = 'Invoice,Patient,Item,Total,Del\n1,"Ng, Ada",011,75,No\n1,"Ng, Ada",613,300,Yes\n2,"Roe, Sam",011,200,Yes\n'
    mapping = maps.source_map(PATIENT_MAP, maps.table_map("lines", "invoice_lines", columns))
    tables = read(tmp_path, {"patients.csv": PATIENTS, "lines.csv": text}, mapping)
    assert sorted(values(tables["invoices"], "invoice_id", "total")) == [("1", 7500), ("2", 0)]


@pytest.mark.parametrize(
    ("staff", "columns", "dentist", "expected"),
    [
        ("9,MK,Dr Mia Kerr,", {"Code": "code"}, "MK", "9"),
        ("9,MK,Dr Mia Kerr,", {"Code": "provider_number"}, "MK", "9"),
        ("9,MK,Dr Mia Kerr,", {"Code": "code"}, "mk", "9"),
        ("9,MK,Dr Mia Kerr,", {"Code": "code"}, "Dr Mia Kerr", "9"),
        ("9,MK,Dr Mia Kerr,", {"Code": "code"}, "9", "9"),
        ("9,MK,Dr Mia Kerr,\n10,MK,Dr Mo Kay,", {"Code": "code"}, "MK", None),
        ("9,MK,Dr Mia Kerr,", {"Code": "code"}, "JB", None),
    ],
    ids=["code", "called a provider number", "lower case", "name", "id", "two of one code", "nobody's"],
)
def test_a_dentist_is_found_by_the_code_that_stands_for_his_name(
    tmp_path: Path, staff: str, columns: dict[str, str], dentist: str, expected: str | None
) -> None:
    """Initials under Dentist are the dentist who alone has them as code."""
    book = {"Date": "date", "Patient": "patient_id", "Dentist": "practitioner_name"}
    mapping = maps.source_map(
        maps.table_map("staff", "practitioners", {"Id": "practitioner_id", "Name": "full_name", **columns}),
        maps.table_map("patients", "patients", {"Id": "patient_id", "Last": "last_name"}),
        maps.table_map("book", "appointments", book),
    )
    files: dict[str, str | bytes] = {
        "staff.csv": f"Id,Code,Name,Note\n{staff}\n",
        "patients.csv": "Id,Last\n1,Weber\n",
        "book.csv": f"Date,Patient,Dentist\n01/10/2026,1,{dentist}\n",
    }
    assert values(read(tmp_path, files, mapping)["appointments"], "practitioner_id") == [(expected,)]
