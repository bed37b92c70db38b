"""A later export that lacks columns: what is carried forward from the earlier one never says otherwise than the later row itself."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from migkit.model.tables import CanonicalTables
from migkit.source import carry_forward, placed, read_export, type_tables

from . import maps

TODAY = date(2026, 11, 29)
FIELDS = {
    "appointments": {
        "ID": "appointment_id", "Patient": "patient_id", "Day": "date", "From": "start_time", "To": "end_time", "Mins": "duration",
        "Begins": "start_at", "Ends": "end_at", "State": "status", "Off": "cancelled", "Why": "cancelled_reason",
        "Came": "attended",
    },
    "invoices": {
        "No": "invoice_id", "Patient": "patient_id", "Total": "total", "Net": "net", "GST": "gst", "Paid": "paid", "Left": "balance",
        "State": "status", "Settled": "is_paid",
    },
    "invoice_lines": {"Line": "line_id", "No": "invoice_id", "Item": "item_code", "Fee": "fee", "Qty": "quantity", "Sum": "total"},
    "payments": {"Receipt": "payment_id", "Patient": "patient_id", "No": "invoice_id", "Amount": "amount"},
    "recalls": {"ID": "recall_id", "Patient": "patient_id", "Due": "due_date", "State": "status"},
    "treatment_plans": {
        "ID": "plan_id", "Patient": "patient_id", "Name": "name", "State": "status", "Agreed": "accepted_date", "Done": "completed_date",
    },
}  # fmt: skip
KEYS = {
    "appointments": "appointment:503",
    "invoices": "invoice:903",
    "invoice_lines": "invoice_line:1",
    "recalls": "recall:7",
    "treatment_plans": "plan:4",
}


def typed(folder: Path, label: str, files: dict[str, str]) -> CanonicalTables:
    """The tables of one export; each file is called like its table and has headers of `FIELDS`."""
    (folder / label).mkdir()
    people = "Patient ID,Last Name\n103,Nunn\n"
    for name, text in {"patients": people, **files}.items():
        (folder / label / f"{name}.csv").write_text(text, encoding="utf-8")
    mapping = maps.source_map(
        maps.table_map("patients", "patients", {"Patient ID": "patient_id", "Last Name": "last_name"}),
        *(maps.table_map(table, table, {one: FIELDS[table][one] for one in headers(text)}) for table, text in files.items()),
    )
    return type_tables(placed(read_export(folder / label), label), mapping, maps.schema(), country=maps.AU, today=TODAY)


def headers(text: str) -> list[str]:
    return text.partition("\n")[0].split(",")


def carried(folder: Path, before: dict[str, str], *later: dict[str, str]) -> CanonicalTables:
    """The tables of the last export, where each one lacks what the first has a column for and it has not."""
    tables = typed(folder, "one", before)
    for number, files in enumerate(later):
        given = {table: frozenset(FIELDS[table][one] for one in headers(text)) for table, text in files.items()}
        filled = {table: frozenset(FIELDS[table][one] for one in headers(text)) for table, text in before.items()}
        label = f"later {number}"
        present = {f"{label}/{table}.csv": {table: fields} for table, fields in given.items()}
        absent = {f"{label}/{table}.csv": {table: filled[table] - fields} for table, fields in given.items()}
        tables = carry_forward(typed(folder, label, files), tables, present, absent, maps.schema(), TODAY)
    return tables


def said(tables: CanonicalTables, table: str, *names: str) -> tuple[object, ...]:
    """What the one row says in some fields, None where nothing."""
    row = tables[table].set_index("_key").loc[KEYS[table]]
    return tuple(None if pd.isna(row[name]) else row[name] for name in names)


def rows(head: str, row: str) -> dict[str, str]:
    return {"appointments": f"ID,Patient,{head}\n503,103,{row}\n"}


@pytest.mark.parametrize(
    ("before", "later", "expected"),
    [
        pytest.param(
            ("Day,From,To", "03/12/2026,14:00,14:30"), ("Day,From", "03/12/2026,11:00"), ("03 11:00", "03 11:30", 30), id="earlier, no end"
        ),
        pytest.param(
            ("Day,From,To", "03/12/2026,14:00,14:30"), ("Day,From", "03/12/2026,16:00"), ("03 16:00", "03 16:30", 30), id="later, no end"
        ),
        pytest.param(
            ("Day,From,To", "03/12/2026,14:00,14:30"), ("Day,From", "05/12/2026,14:00"), ("05 14:00", "05 14:30", 30), id="another day"
        ),
        pytest.param(
            ("Day,From,To", "03/12/2026,14:00,14:30"), ("Day,From", "03/12/2026,14:00"), ("03 14:00", "03 14:30", 30), id="not moved"
        ),
        pytest.param(
            ("Begins,Ends", "03/12/2026 14:00,03/12/2026 14:30"),
            ("Begins", "04/12/2026 11:00"),
            ("04 11:00", "04 11:30", 30),
            id="moments, no end",
        ),
        pytest.param(
            ("Day,From,To", "03/12/2026,14:00,14:30"),
            ("Day,From,Mins", "03/12/2026,14:00,45"),
            ("03 14:00", "03 14:45", 45),
            id="a length of its own instead of the end",
        ),
        pytest.param(
            ("Day,From,To,Mins", "03/12/2026,14:00,14:30,30"),
            ("Day,From,To", "03/12/2026,14:00,15:00"),
            ("03 14:00", "03 15:00", 60),
            id="an end of its own, no length",
        ),
        pytest.param(
            ("Day,From,To", "03/12/2026,14:00,14:30"), ("Day,To", "03/12/2026,11:30"), ("03 11:00", "03 11:30", 30), id="no start"
        ),
        pytest.param(
            ("Day,From,To", "03/12/2026,14:00,14:30"), ("From", "11:00"), ("03 11:00", "03 11:30", 30), id="no day and no end"
        ),
        pytest.param(
            ("Day,Begins,Ends", "03/12/2026,03/12/2026 14:00,03/12/2026 14:30"),
            ("Day", "05/12/2026"),
            ("05 14:00", "05 14:30", 30),
            id="nothing but the day",
        ),
        pytest.param(
            ("Day,From,To", "03/12/2026,14:00,13:00"), ("Day,From", "03/12/2026,11:00"), ("03 11:00", None, None), id="never had a length"
        ),
        pytest.param(
            ("Day,From,To", "03/12/2026,,14:30"), ("Day,From", "03/12/2026,14:00"), ("03 14:00", "03 14:30", 30), id="never had a start"
        ),
    ],
)  # fmt: skip
def test_a_booking_of_which_a_later_export_says_less_keeps_its_length(
    tmp_path: Path, before: tuple[str, str], later: tuple[str, str], expected: tuple[str, str | None, int | None]
) -> None:
    """Half an hour from 14:00 on: what a later export says of it moves it, and what it has no column for goes with that."""
    start, end, minutes = said(carried(tmp_path, rows(*before), rows(*later)), "appointments", "start_at", "end_at", "duration")
    assert (f"{start:%d %H:%M}", end if end is None else f"{end:%d %H:%M}", minutes) == expected


def test_a_booking_keeps_its_length_over_several_exports(tmp_path: Path) -> None:
    """Neither of two later exports has an end: moved by the first of them, it stays half an hour in the second."""
    moved = rows("Day,From", "03/12/2026,11:00")
    found = carried(tmp_path, rows("Day,From,To", "03/12/2026,14:00,14:30"), moved, moved)
    assert said(found, "appointments", "end_time", "duration") == ("11:30", 30)


UNPAID = {"invoices": "No,Patient,Total,Paid,Left,State\n903,103,300,0,300,Unpaid\n", "payments": "Receipt,Patient,No,Amount\n9,103,,5\n"}
RECEIPT = {"payments": "Receipt,Patient,No,Amount\n9,103,,5\n712,103,903,300\n"}


def invoices(head: str, row: str, receipts: dict[str, str] | None = None) -> dict[str, str]:
    return {"invoices": f"No,Patient,{head}\n903,103,{row}\n", "payments": UNPAID["payments"], **(receipts or {})}


@pytest.mark.parametrize(
    ("later", "expected"),
    [
        pytest.param(invoices("Total,Paid,Left", "300,300,0", RECEIPT), (30000, 0, None), id="paid, with a receipt"),
        pytest.param(invoices("Total,Paid,Left", "300,300,0"), (30000, 0, None), id="paid, without a receipt"),
        pytest.param(invoices("Total,Paid,Left", "300,0,300"), (0, 30000, "open"), id="nothing changed"),
        pytest.param(invoices("Total,Paid", "300,300"), (30000, None, None), id="no balance either"),
        pytest.param(invoices("Total,Left", "300,0"), (None, 0, None), id="no paid either"),
        pytest.param(invoices("Total", "300", RECEIPT), (None, None, None), id="nothing but a receipt"),
        pytest.param(invoices("Total", "300"), (0, 30000, "open"), id="nothing at all"),
        pytest.param(invoices("Total,State", "300,Paid"), (None, None, "paid"), id="paid by its status"),
    ],
)
def test_a_status_that_is_carried_gives_way_to_what_the_later_export_says(
    tmp_path: Path, later: dict[str, str], expected: tuple[int | None, int | None, str | None]
) -> None:
    """300.00 were unpaid: what a later export says of it in any of its words, or by a receipt, is not contradicted by the others."""
    assert said(carried(tmp_path, UNPAID, later), "invoices", "paid", "balance", "status") == expected


@pytest.mark.parametrize(
    ("before", "later", "expected"),
    [
        pytest.param(("State,Left", "Void,0"), ("Left", "300"), "void", id="void"),
        pytest.param(("State,Left", "Paid,0"), ("Left", "300"), None, id="owed again"),
        pytest.param(("State,Settled", "Unpaid,No"), ("Settled", "Yes"), "paid", id="a mark says so"),
        pytest.param(("State,Paid,Left", "Unpaid,,"), ("Paid,Left", ","), "open", id="columns that never held anything"),
    ],
)
def test_what_was_said_for_good_stays(tmp_path: Path, before: tuple[str, str], later: tuple[str, str], expected: str | None) -> None:
    """A void invoice is void, whatever is left of it; paid and unpaid are as long true as nothing says otherwise."""
    tables = carried(tmp_path, invoices(f"Total,{before[0]}", f"300,{before[1]}"), invoices(f"Total,{later[0]}", f"300,{later[1]}"))
    assert said(tables, "invoices", "status") == (expected,)


@pytest.mark.parametrize(
    ("table", "before", "later", "expected"),
    [
        pytest.param(
            "invoices", "No,Patient,Net,GST,Total\n903,103,300,30,330\n", "No,Patient,Total\n903,103,220\n",
            {"total": 22000, "net": None, "gst": None}, id="the net of another total",
        ),
        pytest.param(
            "invoices", "No,Patient,Net,GST,Total\n903,103,300,30,330\n", "No,Patient,Net,GST\n903,103,200,20\n",
            {"total": None, "net": 20000, "gst": 2000}, id="the total of another net",
        ),
        pytest.param(
            "invoice_lines", "Line,No,Item,Fee,Qty,Sum\n1,903,114,50,1,50\n", "Line,No,Item,Fee,Qty\n1,903,114,50,2\n",
            {"total": None, "fee": 5000}, id="the total of fewer items",
        ),
        pytest.param(
            "appointments", "ID,Patient,Day,State,Off,Why\n503,103,03/12/2026,Cancelled,Yes,ill\n",
            "ID,Patient,Day,Off\n503,103,03/12/2026,No\n",
            {"status": None, "cancelled": False, "cancelled_reason": None}, id="no longer cancelled",
        ),
        pytest.param(
            "appointments", "ID,Patient,Day,State,Off\n503,103,03/12/2026,Booked,Yes\n",
            "ID,Patient,Day,State\n503,103,03/12/2026,Booked\n",
            {"status": "cancelled", "cancelled": True}, id="cancelled by a mark that is not there any more",
        ),
        pytest.param(
            "recalls", "ID,Patient,Due,State\n7,103,01/06/2026,Completed\n", "ID,Patient,Due\n7,103,01/12/2026\n",
            {"status": None}, id="due again",
        ),
        pytest.param(
            "recalls", "ID,Patient,Due,State\n7,103,01/06/2026,Cancelled\n", "ID,Patient,Due\n7,103,01/12/2026\n",
            {"status": "cancelled"}, id="never wanted",
        ),
    ],
)  # fmt: skip
def test_what_the_later_row_overtakes_is_not_carried(
    tmp_path: Path, table: str, before: str, later: str, expected: dict[str, object]
) -> None:
    """What follows no longer from what the row says now is left empty; what no column speaks against any more stays."""
    others = {"invoices": "No,Patient\n903,103\n"} if table == "invoice_lines" else {}
    found = carried(tmp_path, {**others, table: before}, {**others, table: later})
    assert dict(zip(expected, said(found, table, *expected), strict=True)) == expected


@pytest.mark.parametrize(
    ("table", "before", "later", "expected"),
    [
        pytest.param(
            "treatment_plans", "ID,Patient,Name,State,Agreed\n4,103,Crown,Completed,01/06/2026\n",
            "ID,Patient,Name,Agreed\n4,103,Crown,01/06/2026\n", "completed", id="a plan",
        ),
        pytest.param(
            "treatment_plans", "ID,Patient,Name,State,Agreed,Done\n4,103,Crown,In progress,01/06/2026,\n",
            "ID,Patient,Name,Agreed,Done\n4,103,Crown,01/06/2026,02/11/2026\n", "completed", id="a plan that was completed since",
        ),
        pytest.param(
            "appointments", "ID,Patient,Day,State,Came\n503,103,03/12/2026,Cancelled,No\n",
            "ID,Patient,Day,Came\n503,103,03/12/2026,No\n", "cancelled", id="a booking",
        ),
        pytest.param(
            "appointments", "ID,Patient,Day,State,Came\n503,103,27/11/2026,Cancelled,No\n",
            "ID,Patient,Day,Came\n503,103,27/11/2026,Yes\n", "completed", id="a booking that took place after all",
        ),
        pytest.param(
            "appointments", "ID,Patient,Day,From,Came\n503,103,03/12/2026,09:00,No\n",
            "ID,Patient,Day,Came\n503,103,03/12/2026,No\n", "booked", id="a booking to come that nobody attended yet",
        ),
        pytest.param(
            "appointments", "ID,Patient,Day,State\n503,103,27/11/2026,Completed\n", "ID,Patient,Day\n503,103,03/12/2026\n", "booked",
            id="a visit that was over and is to come",
        ),
        pytest.param(
            "invoices", "No,Patient,Total,State,Settled\n903,103,300,Void,Yes\n", "No,Patient,Total,Settled\n903,103,300,Yes\n", "void",
            id="an invoice",
        ),
    ],
)  # fmt: skip
def test_a_status_is_not_displaced_by_what_it_was_said_beside(tmp_path: Path, table: str, before: str, later: str, expected: str) -> None:
    """Marks and days that make a status where there is none are weaker than the one that was stated, as long as they are as they were."""
    assert said(carried(tmp_path, {table: before}, {table: later}), table, "status") == (expected,)
