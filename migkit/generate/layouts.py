"""The two styles of export: which files there are, which columns they have, how the rows are cut into files.

`tidy`: one CSV dump per table with ids. `reports`: workbooks with title rows, monthly and per dentist, names where the dump has ids.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from .columns import ALLOCATED_COLUMNS, COLUMNS, RECEIVED_COLUMNS, TIDY_FILES
from .practice import KEYS, PRACTICE, Practice, Record, total
from .render import cell, schema, shown_as
from .sheets import Row, Sheet

STYLES = ("tidy", "reports")


def lay_out(practice: Practice, style: str, damage: bool) -> list[Sheet]:
    """Return the export's tables, undamaged but for their layout; with `damage` off a tidy dump is plain UTF-8 with commas."""
    names = {p["patient_id"]: _listed(p) for p in practice["patients"]}
    sheets = (_tidy if style == "tidy" else _reports)(practice, names)
    if not damage:
        return [sheet if sheet.is_workbook else replace(sheet, encoding="utf-8", separator=",", newline="\n") for sheet in sheets]
    return sheets


def _listed(patient: Record) -> str:
    return f"{patient['last_name']}, {patient['first_name']}"


def _sheet(path: str, table: str, columns: dict[str, str], records: Iterable[Record], names: dict[str, str], **shape: Any) -> Sheet:
    """Return a table of records; `patient_name` is looked up, the rest is taken from the record."""
    prefix, key, native = schema()[table].prefix, KEYS[table], path.endswith(".xlsx")
    shown = [(name, shown_as(table, name, native)) for name in columns.values()]
    rows = []
    for record in records:
        known = record | {"patient_name": names.get(record.get("patient_id") or "")} if "patient_name" in columns.values() else record
        cells = [None if (value := known.get(name)) is None else show(value) for name, show in shown]
        rows.append(Row(cells, key=f"{prefix}:{record[key]}"))
    return Sheet(path, table, list(columns), list(columns.values()), rows, **shape)


def _titled(sheet: Sheet, title: str, note: str, records: list[Record] | None = None) -> Sheet:
    """Put a merged title, a line about the period and a blank row above the header, and a total row below the data."""
    sheet.above = [Row([title], layout="title", merged=True), Row([note], layout="title", merged=True), Row([], layout="blank")]
    if records is not None:
        sheet.below = [Row([], layout="blank"), total_row(sheet, records)]
    return sheet


SUMMED = {"invoices": ("net", "gst", "total", "paid", "balance"), "payments": ("amount",), "products": ("stock",)}
"""Fields that a total row adds up."""


def total_row(sheet: Sheet, records: list[Record]) -> Row:
    """Return the total row over `records`; void invoices count like the others, as they do in the system."""
    cells: list[Any] = ["Total"] + [None] * (len(sheet.fields) - 1)
    for place, name in enumerate(sheet.fields):
        if name in SUMMED[sheet.table]:
            cells[place] = cell(sheet.table, name, total(records, name), native=sheet.is_workbook)
    return Row(cells, layout="total")


# -- tidy -----------------------------------------------------------------------------------------------------------


def _tidy(practice: Practice, names: dict[str, str]) -> list[Sheet]:
    sheets = []
    for table, (path, encoding, separator, newline) in TIDY_FILES.items():
        records = practice[table]
        shape = {"encoding": encoding, "separator": separator, "newline": newline}
        if table == "payments":
            for half in _halves(records):
                name = path.format(first=half[0]["date"][:7], last=half[-1]["date"][:7])
                sheet = _sheet(name, table, COLUMNS[table], half, names, **shape)
                sheets.append(replace(sheet, below=[total_row(sheet, half)]))
        elif table == "products":
            sheets.append(_titled(_sheet(path, table, COLUMNS[table], records, names), "Stock List", PRACTICE, records))
        else:
            sheet = _sheet(path, table, COLUMNS[table], records, names, **shape)
            sheets.append(replace(sheet, below=[total_row(sheet, records)]) if table == "invoices" else sheet)
    return sheets


def _halves(payments: list[Record]) -> list[list[Record]]:
    ordered = sorted(payments, key=lambda p: (p["date"], p["payment_id"]))
    first = [p for p in ordered if p["date"] < "2026-05"]
    return [half for half in (first, ordered[len(first) :]) if half]


ALWAYS_TEXT = (
    "families", "treatment_items", "invoice_lines", "health_funds", "clinical_notes", "attachments", "leads", "communications",
    "workflows", "reports",
)  # fmt: skip
"""Tables that come as text dumps in either style."""

# -- reports --------------------------------------------------------------------------------------------------------


def _named(table: str, patient: str | None = None, **instead: str) -> dict[str, str]:
    """Return the columns of a report: the dentist by name instead of by id, the patient's name beside the id."""
    columns: dict[str, str] = {}
    for header, name in COLUMNS[table].items():
        if name == "practitioner_id" and "practitioner_name" not in COLUMNS[table].values():
            columns["Dentist"] = "practitioner_name"
        elif header not in instead:
            columns[header] = name
        if name == "patient_id" and patient:
            columns[patient] = "patient_name"
    return columns


def _reports(practice: Practice, names: dict[str, str]) -> list[Sheet]:
    day = f"{practice.as_of:%d/%m/%Y}"
    sheets = []
    for table, path, title in (
        ("practitioners", "Provider List.xlsx", "Provider List"),
        ("patients", "Patient List.xlsx", "Patient List"),
        ("treatment_plans", "Treatment Plans.xlsx", "Treatment Plans"),
        ("products", "Stock List.xlsx", "Stock List"),
        ("recalls", "Recall List.xlsx", "Recall List"),
    ):
        records = practice[table]
        named = table in ("patients", "treatment_plans", "recalls")
        columns = _named(table, "Patient" if table == "treatment_plans" else None) if named else COLUMNS[table]
        sheet = _sheet(path, table, columns, records, names)
        sheets.append(_titled(sheet, title, f"{PRACTICE}    Printed {day}", records if table == "products" else None))
    sheets += _monthly(practice["appointments"], "start_at", lambda month, records: _titled(
        _sheet(f"Appointment Book {month}.xlsx", "appointments", _named("appointments", "Patient"), records, names),
        "Appointment Book", _period(month)))  # fmt: skip
    for (month, who), records in sorted(_cut(practice["invoices"], lambda r: (r["date"][:7], r["practitioner_name"])).items()):
        columns = _named("invoices", "Patient", Notes="")
        path = f"InvoiceCreatedReport {month} {who.replace(', ', ' ')}.xlsx"
        sheet = _titled(_sheet(path, "invoices", columns, records, names), "InvoiceCreatedReport", _period(month), records)
        sheet.above.append(Row(["Dentist:", who], layout="title"))
        sheets.append(sheet)
    received = [p for p in practice["payments"] if p["kind"] != "allocation"]
    allocated = [p for p in practice["payments"] if p["kind"] == "allocation"]
    sheets += _monthly(received, "date", lambda month, records: _titled(
        _sheet(f"PaymentReceivedReport {month}.xlsx", "payments", RECEIVED_COLUMNS, records, names),
        "PaymentReceivedReport", _period(month), records))  # fmt: skip
    sheets += _monthly(allocated, "date", lambda month, records: _titled(
        _sheet(f"PaymentAllocationReport {month}.xlsx", "payments", ALLOCATED_COLUMNS, records, names),
        "PaymentAllocationReport", _period(month), records))  # fmt: skip
    others = (
        "families",
        "treatment_items",
        "invoice_lines",
        "health_funds",
        "clinical_notes",
        "attachments",
        "leads",
        "communications",
        "workflows",
        "reports",
    )
    for table in others:
        path, encoding, separator, newline = TIDY_FILES[table]
        shape = {"encoding": encoding, "separator": separator, "newline": newline}
        sheets.append(_sheet(path, table, COLUMNS[table], practice[table], names, **shape))
    return sheets


def _period(month: str) -> str:
    first = date.fromisoformat(f"{month}-01")
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return f"{PRACTICE}    Period: {first:%d/%m/%Y} to {last:%d/%m/%Y}"


def _cut(records: Iterable[Record], by: Callable[[Record], Any]) -> dict[Any, list[Record]]:
    groups: dict[Any, list[Record]] = defaultdict(list)
    for record in records:
        groups[by(record)].append(record)
    return groups


def _monthly(records: list[Record], by: str, make: Callable[[str, list[Record]], Sheet]) -> list[Sheet]:
    return [make(month, rows) for month, rows in sorted(_cut(records, lambda r: r[by][:7]).items())]
