"""What columns without a home say that the others get wrong, and amounts that are read in one of two ways."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from migkit.model.tables import CanonicalTables
from migkit.source import read_export, type_tables

from . import maps
from .test_what_rows_say import codes, plain, typed

INVOICES = {"No": "invoice_id", "Patient": "patient_id", "Total": "total"}


@pytest.mark.parametrize(
    ("header", "values", "told"),
    [
        ("Credit Note", ["", "CN9", ""], 1),
        ("Refunded", ["", "", "30.00"], 1),
        ("WrittenOff", ["100.00", "120.00", "5.00"], 3),
        ("Cancelled By", ["0", "12", "0"], 1),
        ("void_reason", ["N/A", "Wrong patient", "-"], 1),
        ("Written Off", ["0.00", "0.00", "0.00"], 0),
        ("Credit Card", ["4111", "", ""], 0),
        ("Credit Terms", ["30 days", "", ""], 0),
        ("Remark", ["", "paid late", ""], 0),
        ("Deleted", ["No", "No", "No"], 0),
    ],
)
def test_a_mark_of_what_was_taken_back_is_said_where_it_has_no_home(tmp_path: Path, header: str, values: list[str], told: int) -> None:
    """A credit note's number in one row of three, or amounts written off, without a home: their invoices count in full, and it is said."""
    rows = "".join(f"{number},7,100,{value}\n" for number, value in enumerate(values, 1))
    tables = typed(tmp_path, {"invoices": ("invoices", INVOICES, f"No,Patient,Total,{header}\n{rows}")})
    assert [one.count for one in tables.findings if one.code == "reversal-without-home"] == ([told] if told else [])


def of(folder: Path, table: str, columns: dict[str, str], text: str) -> CanonicalTables:
    """One table of a practice in Sydney."""
    (folder / "some.csv").write_text(text)
    mapping = maps.source_map(maps.table_map("some", table, columns))
    return type_tables(read_export(folder), mapping, maps.schema(), today=date(2026, 11, 20), timezone="Australia/Sydney", country=maps.AU)


@pytest.mark.parametrize(
    ("header", "values", "told"),
    [
        ("Confidential", ["Y", "N"], 1),
        ("Is Private", ["true", "true"], 2),
        ("restricted", ["", "Dr Lee only"], 1),
        ("DoNotShare", ["1", "0"], 1),
        ("Sensitive", ["Normal", "No"], 0),
        ("Private Fee", ["80.00", "90.00"], 0),
        ("Remark", ["Y", "N"], 0),
    ],
)
def test_a_confidential_row_is_asked_about(tmp_path: Path, header: str, values: list[str], told: int) -> None:
    """A note that not everybody may read is not loaded for all without a word."""
    rows = "".join(f"{number},7,Exam,{value}\n" for number, value in enumerate(values, 1))
    columns = {"No": "note_id", "Patient": "patient_id", "Text": "content"}
    tables = typed(tmp_path, {"notes": ("clinical_notes", columns, f"No,Patient,Text,{header}\n{rows}")})
    found = [one for one in tables.findings if one.code == "confidential-without-home"]
    assert [(one.severity.value, one.count) for one in found] == ([("critical", told)] if told else [])


@pytest.mark.parametrize(
    ("zones", "told"),
    [
        (["Australia/Perth", "Australia/Sydney"], 1),
        (["Australia/Perth", "Australia/Adelaide"], 2),
        (["Australia/Sydney", "Australia/Sydney"], 0),
        (["Main/Rear", "Main/Front"], 0),
        (["", ""], 0),
    ],
)
def test_bookings_of_another_time_zone_are_critical(tmp_path: Path, zones: list[str], told: int) -> None:
    """09:00 in Perth is not 09:00 in Sydney."""
    rows = "".join(f"{number},01/12/2026 09:00,{zone}\n" for number, zone in enumerate(zones, 1))
    tables = of(tmp_path, "appointments", {"No": "appointment_id", "Start": "start_at"}, f"No,Start,Time Zone\n{rows}")
    found = [one for one in tables.findings if one.code == "zone-without-home"]
    assert [(one.severity.value, one.count) for one in found] == ([("critical", told)] if told else [])


@pytest.mark.parametrize(
    ("headers", "chosen", "others"),
    [
        ("Medibank Fee,Private Fee,DVA Fee", "Medibank Fee", ("Private Fee", "DVA Fee")),
        ("Price,Member Price", "Price", ("Member Price",)),
        ("Price,Weight", "Price", None),
        ("Fee,Cost Rate", "Fee", ("Cost Rate",)),
        ("Price", "Price", None),
    ],
)
def test_several_prices_are_said(tmp_path: Path, headers: str, chosen: str, others: tuple[str, ...] | None) -> None:
    """Which of a schedule's fees is the practice's own, its headers do not say."""
    count = headers.count(",") + 1
    text = f"Code,{headers}\n011,{','.join(['62.50'] * count)}\n022,{','.join(['99.00'] * count)}\n"
    tables = of(tmp_path, "products", {"Code": "code", chosen: "unit_price"}, text)
    assert [dict(one.message.parameters)["others"] for one in tables.findings if one.code == "several-prices"] == (
        [others] if others else []
    )


@pytest.mark.parametrize(
    ("amounts", "told"),
    [
        (["1.250", "2.500", "80"], 2),
        (["$1.250", "900"], 1),
        (["1.250", "2.50"], 0),
        (["1250.000", "80.500"], 0),
        (["0.500", "1.250"], 0),
        (["1,250.00", "80"], 0),
        (["80", "1250"], 0),
    ],
)
def test_points_before_three_digits_may_part_thousands(tmp_path: Path, amounts: list[str], told: int) -> None:
    """Nobody knows whether 1.250 is a thousand or one and a quarter where nothing in the column proves it; chosen, it is a thousand."""
    rows = "".join(f'{number},7,"{amount}"\n' for number, amount in enumerate(amounts, 1))
    tables = typed(tmp_path, {"invoices": ("invoices", INVOICES, f"No,Patient,Total\n{rows}")})
    found = [one for one in tables.findings if one.code == "decimals-or-thousands"]
    assert [(one.severity.value, one.count) for one in found] == ([("critical", told)] if told else [])


@pytest.mark.parametrize(
    ("amounts", "cents"),
    [
        (["500,00", "1.000"], [50000, 100000]),
        (["1.250", "$80,5", "2.500"], [125000, 8050, 250000]),
        (["1.250", "-12,50"], [125000, -1250]),
        (["1.234.567", "1.250"], [123456700, 125000]),
    ],
)
def test_points_part_thousands_beside_decimal_commas(tmp_path: Path, amounts: list[str], cents: list[int]) -> None:
    """Where another amount of the column has a decimal comma, or two points, 1.250 is a thousand and more: nobody need be asked."""
    rows = "".join(f'{number},7,"{amount}"\n' for number, amount in enumerate(amounts, 1))
    tables = typed(tmp_path, {"invoices": ("invoices", INVOICES, f"No,Patient,Total\n{rows}")})
    assert plain(tables, "invoices", "total") == cents
    assert "decimals-or-thousands" not in codes(tables)


def test_points_that_part_thousands_are_chosen_for_a_column(tmp_path: Path) -> None:
    """1.250 and 2.500,50 are 1,250.00 and 2,500.50."""
    (tmp_path / "invoices.csv").write_text('No,Patient,Total\n1,7,1.250\n2,7,"2.500,50"\n')
    (tmp_path / "patients.csv").write_text("Id,Last\n7,Ng\n")
    one = maps.table_map("invoices", "invoices", INVOICES)
    columns = {**one.columns, "Total": replace(one.columns["Total"], transform="thousands-points")}
    patients = maps.table_map("patients", "patients", {"Id": "patient_id", "Last": "last_name"})
    mapping = maps.source_map(replace(one, columns=columns), patients)
    tables = type_tables(read_export(tmp_path), mapping, maps.schema(), today=date(2026, 11, 20), country=maps.AU)
    assert plain(tables, "invoices", "total") == [125000, 250050]
    assert "decimals-or-thousands" not in codes(tables)


@pytest.mark.parametrize(
    ("header", "rows", "cents"),
    [
        ("Gross,Discount %,Net", ["100,10,90", "300,0,300", "80,25,60"], [9000, 30000, 6000]),
        ("Gross,Disc. %,Payable", ["100,10%,90", "80,5%,76"], [9000, 7600]),
        ("Gross,Discount Rate,Net", ["99.95,15,84.96", "10.05,50,5.03"], [8496, 503]),
        ("Gross,GST %,Net", ["110,10,100", "88,10,80"], [11000, 8800]),
        ("Gross,Discount %,Net", ["100,10,90", "80,25,61"], [10000, 8000]),
        ("Gross,Discount %,Net", ["100,0,100", "80,0,80"], [10000, 8000]),
    ],
)
def test_a_total_less_a_percentage_is_what_is_left(tmp_path: Path, header: str, rows: list[str], cents: list[int]) -> None:
    """What is owed is proven to the cent by every row; a tax is a percentage of what is left."""
    lines = "".join(f"{number},7,{row}\n" for number, row in enumerate(rows, 1))
    columns = {"No": "invoice_id", "Patient": "patient_id", "Gross": "total"}
    tables = typed(tmp_path, {"invoices": ("invoices", columns, f"No,Patient,{header}\n{lines}")})
    assert plain(tables, "invoices", "total") == cents
    assert ("total-before-percentage" in codes(tables)) == (cents[0] != int(float(rows[0].split(",")[0]) * 100))


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (["100,100", "300,0", "80,20"], [(10000, 0), (30000, 30000), (8000, 6000)]),
        (["0,100", "300,0", "60,20"], [(None, 0), (None, 30000), (None, 6000)]),
        (["100,50", "300,0", "80,20"], [(None, 10000), (None, 30000), (None, 8000)]),
        (["300,0", "80,0"], [(None, 30000), (None, 8000)]),
    ],
    ids=["due before", "due after", "nothing proves it", "nothing paid"],
)
def test_what_was_due_before_the_payment_is_the_total(tmp_path: Path, rows: list[str], expected: list[tuple[int | None, int]]) -> None:
    """100.00 due and 100.00 paid is a paid invoice of 100.00 where nothing that was paid is due no more; it is said."""
    columns = {"No": "invoice_id", "Patient": "patient_id", "Amount Due": "balance", "Amount Paid": "paid"}
    text = "\n".join(["No,Patient,Amount Due,Amount Paid", *(f"{number},7,{row}" for number, row in enumerate(rows, 1)), ""])
    tables = typed(tmp_path, {"invoices": ("invoices", columns, text)})
    assert plain(tables, "invoices", "total", "balance") == expected
    assert ("due-before-payment" in codes(tables)) == (expected[0][0] is not None)
