"""Dates that something beside them proves: weekdays say which number is the month, invoices when they cannot have been paid."""

from __future__ import annotations

from pathlib import Path

import pytest

from .test_what_rows_say import codes, plain, typed


@pytest.mark.parametrize(
    ("header", "rows", "days"),
    [
        ("Day", ["Tue,12/01/2026", "Fri,12/04/2026", "Mon,12/07/2026"], ["01/12", "04/12", "07/12"]),
        ("Weekday", ["Monday,12/01/2026", "Sunday,12/04/2026", "Sunday,12/07/2026"], ["12/01", "12/04", "12/07"]),
        ("Day", ["Tue,12/01/2026", "Sunday,12/04/2026", "Mon,12/07/2026"], ["12/01", "12/04", "12/07"]),
        ("Day", ["Tue,12/01/2026", "Wed,12/04/2026", "Mon,12/07/2026"], ["12/01", "12/04", "12/07"]),
        ("Dentist", ["Tue Lee,12/01/2026", "Fri Day,12/04/2026", "Mon Roe,12/07/2026"], ["12/01", "12/04", "12/07"]),
    ],
    ids=["month first", "day first", "both", "neither", "no weekdays"],
)
def test_a_weekday_beside_a_date_says_which_number_is_the_month(tmp_path: Path, header: str, rows: list[str], days: list[str]) -> None:
    """By the calendar of 2026 the first of December is a Tuesday, and the twelfth of January a Monday."""
    text = "\n".join([f"No,Patient,{header},Date", *(f"{number},7,{row}" for number, row in enumerate(rows, 1)), ""])
    columns = {"No": "appointment_id", "Patient": "patient_id", "Date": "date"}
    assert plain(typed(tmp_path, {"book": ("appointments", columns, text)}), "appointments", "date") == days


@pytest.mark.parametrize(
    ("header", "dates", "days"),
    [
        ("Date (mm/dd/yyyy)", ["12/01/2026", "12/04/2026"], ["01/12", "04/12"]),
        ("Date (dd/mm/yyyy)", ["12/01/2026", "12/04/2026"], ["12/01", "12/04"]),
        ("Date MM-DD-YY", ["12-01-2026", "12-04-2026"], ["01/12", "04/12"]),
        ("Date (mm/dd/yyyy)", ["12/01/2026", "13/04/2026"], ["12/01", "13/04"]),
        ("Date (mm/yyyy)", ["12/01/2026", "12/04/2026"], ["12/01", "12/04"]),
    ],
    ids=["month first", "day first", "without brackets", "contradicted", "no order"],
)
def test_a_header_says_which_number_is_the_month(tmp_path: Path, header: str, dates: list[str], days: list[str]) -> None:
    """The order that the header names counts where no date of the column can only be read otherwise."""
    text = "\n".join([f"No,Patient,{header}", *(f"{number},7,{day}" for number, day in enumerate(dates, 1)), ""])
    columns = {"No": "appointment_id", "Patient": "patient_id", header: "date"}
    assert plain(typed(tmp_path, {"book": ("appointments", columns, text)}), "appointments", "date") == days


@pytest.mark.parametrize(
    ("days", "told"),
    [
        (["2026-05-10", "2026-06-10", "2026-02-11"], 3),
        (["2026-05-10", "2026-06-10", "2026-11-11"], 2),
        (["2026-05-10", "2026-06-10", "2026-11-13"], 0),
        (["2026-05-10", "2026-10-06", "2026-11-02"], 0),
        (["2026-10-05", "2026-10-06", "2026-11-02"], 0),
        (["2026-04-09", "2026-05-09", "2026-06-09"], 0),
    ],
    ids=["all turned", "one is the same either way", "one has no other reading", "one is early", "right", "early either way"],
)
def test_receipts_months_before_their_invoices_are_asked_about(tmp_path: Path, days: list[str], told: int) -> None:
    """Invoices of 5 and 6 October and 2 November that were paid on 10 May, 10 June and 11 February were paid on 5 October and so on."""
    invoices = "No,Patient,Day,Total\n1,7,05/10/2026,100\n2,8,06/10/2026,300\n3,7,02/11/2026,80\n"
    receipts = "No,For,Day,Sum\n" + "".join(f"R{number},{number},{day},80\n" for number, day in enumerate(days, 1))
    tables = typed(
        tmp_path,
        {
            "invoices": ("invoices", {"No": "invoice_id", "Patient": "patient_id", "Day": "date", "Total": "total"}, invoices),
            "receipts": ("payments", {"No": "payment_id", "For": "invoice_id", "Day": "date", "Sum": "amount"}, receipts),
        },
    )
    found = [one for one in tables.findings if one.code == "paid-before-billed"]
    assert [(one.severity.value, one.count) for one in found] == ([("critical", told)] if told else [])
    assert "unknown-reference" not in codes(tables)
