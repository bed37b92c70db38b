"""Two snapshots: what is new, changed, gone, unchanged; and every physical row of both keeps one outcome."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from migkit.model.errors import UsageError
from migkit.model.mapping import SourceMap
from migkit.model.messages import Message
from migkit.model.outcomes import Outcome, Severity
from migkit.model.tables import CanonicalTables, RawExport
from migkit.source import Merged, hold_back, keep_numbers, merge_snapshots, placed, read_export, type_tables

from . import maps

MAP = maps.source_map(
    maps.table_map(
        "patients", "patients", {"Patient ID": "patient_id", "Last Name": "last_name", "Balance": "balance", "Fav": "+Fav:text"}
    ),
    maps.table_map("appointments", "appointments", {"ID": "appointment_id", "Patient ID": "patient_id", "Notes": "notes"}),
)

FIRST = {
    "patients.csv": "Patient ID,Last Name,Balance\n1,Ng,0\n2,Roe,5.00\n3,Low,0\n",
    "appointments.csv": "ID,Patient ID,Notes\n10,1,a\n11,99,waits for its patient\n",
}


def read(folder: Path, files: dict[str, str], label: str, previous: CanonicalTables | None = None) -> tuple[RawExport, CanonicalTables]:
    (folder / label).mkdir()
    for name, text in files.items():
        (folder / label / name).write_text(text, encoding="utf-8")
    raw = placed(read_export(folder / label), label)
    return raw, type_tables(raw, MAP, maps.schema(), country=maps.AU, today=date(2026, 11, 1), previous=previous)


def classes(merged: Merged) -> dict[str, tuple[str, str]]:
    frame = merged.classes
    return {key: (name, fields) for key, name, fields in zip(frame["key"], frame["class"], frame["fields"], strict=True)}


def test_a_full_snapshot_tells_new_changed_gone_and_unchanged(tmp_path: Path) -> None:
    """Patient 2 changed, 3 is gone, 4 is new; the patient that a held appointment waited for has come."""
    first_raw, first = read(tmp_path, FIRST, "one")
    second_raw, second = read(
        tmp_path,
        {
            "patients.csv": "Patient ID,Last Name,Balance,Fav\n4,New,0,\n2,Roe,7.50,tea\n1,Ng,0,\n99,Late,0,\n",
            "appointments.csv": "ID,Patient ID,Notes\n10,1,a\n11,99,waits for its patient\n",
        },
        "two",
    )
    merged = merge_snapshots(first, second, "full")
    assert classes(merged) == {
        "patient:4": ("new", ""),
        "patient:99": ("new", ""),
        "patient:1": ("unchanged", ""),
        "patient:2": ("changed", "balance,custom:Fav"),
        "patient:3": ("gone", ""),
        "appointment:10": ("unchanged", ""),
        "appointment:11": ("new", ""),
    }
    assert set(merged.tables["patients"]["patient_id"]) == {"1", "2", "3", "4", "99"}
    assert [f.keys for f in merged.tables.findings if f.code == "gone-records"] == [("patient:3",)]
    assert accounted(merged.tables) == physical(first_raw, second_raw)
    held_before = next(row for row in merged.tables.row_outcomes if (row.file, row.line) == ("one/appointments.csv", 3))
    assert (held_before.outcome, held_before.reason) == (Outcome.REPEATED, Message.of("older-snapshot", place="two/appointments.csv:3"))


def test_in_a_window_snapshot_absent_means_unchanged(tmp_path: Path) -> None:
    """Only what is new or changed is exported; an appointment refers to a patient of the snapshot before."""
    first_raw, first = read(tmp_path, FIRST, "one")
    window_raw, window = read(tmp_path, {"appointments.csv": "ID,Patient ID,Notes\n12,3,new one\n10,1,b\n"}, "two", previous=first)
    merged = merge_snapshots(first, window, "window")
    assert classes(merged) == {
        "patient:1": ("unchanged", ""),
        "patient:2": ("unchanged", ""),
        "patient:3": ("unchanged", ""),
        "appointment:10": ("changed", "notes"),
        "appointment:12": ("new", ""),
    }
    assert [row.outcome for row in merged.tables.row_outcomes if row.key == "appointment:11"] == [Outcome.HELD]
    assert not [f for f in window.findings if f.code == "missing-patients"]
    assert accounted(merged.tables) == physical(first_raw, window_raw)


def test_a_record_that_the_new_snapshot_holds_back_is_not_gone(tmp_path: Path) -> None:
    """Its patient is missing from the second export: the appointment is held there, which is told, and keeps its earlier row."""
    _, first = read(tmp_path, FIRST, "one")
    _, second = read(tmp_path, {**FIRST, "patients.csv": "Patient ID,Last Name,Balance\n2,Roe,5.00\n3,Low,0\n"}, "two")
    found = classes(merge_snapshots(first, second, "full"))
    assert found["patient:1"] == ("gone", "") and found["appointment:10"] == ("held", "")


BILLED = maps.source_map(
    maps.table_map("patients", "patients", {"Id": "patient_id", "Last": "last_name"}),
    maps.table_map("invoices", "invoices", {"No": "invoice_id", "Id": "patient_id", "Total": "total", "State": "status", "Kind": "kind"}),
    maps.table_map("payments", "payments", {"No": "payment_id", "Id": "patient_id", "Sum": "amount", "Result": "status", "Kind": "kind"}),
    maps.table_map("treatment_plans", "treatment_plans", {"No": "plan_id", "Id": "patient_id", "Name": "name", "State": "status"}),
    maps.table_map("treatment_items", "treatment_items", {"No": "item_id", "Plan": "plan_id", "Fee": "fee", "State": "status"}),
)
BILLS = {
    "patients.csv": "Id,Last\n103,Nunn\n",
    "invoices.csv": "No,Id,Total,State,Kind\n903,103,300,Unpaid,Invoice\n906,103,100,Paid,Invoice\n",
    "payments.csv": "No,Id,Sum,Result,Kind\n706,103,100,Approved,Payment\n",
    "treatment_plans.csv": "No,Id,Name,State\n7,103,Crown,Accepted\n",
    "treatment_items.csv": "No,Plan,Fee,State\n8,7,50,Planned\n",
}


@pytest.mark.parametrize(
    ("file", "was", "now", "key", "code"),
    [
        ("invoices", "Unpaid", "In dispute", "invoice:903", "unknown-invoice-status"),
        ("invoices", "Unpaid,Invoice", "Unpaid,Statement", "invoice:903", "unknown-invoice-kind"),
        ("payments", "Approved", "Query", "payment:706", "unknown-payment-status"),
        ("payments", "Approved,Payment", "Approved,Journal", "payment:706", "unknown-payment-kind"),
        ("payments", "103,100,", "103,1oo.oo,", "payment:706", "no-amount"),
        ("treatment_plans", "Accepted", "Consented", "plan:7", "unknown-plan-status"),
        ("treatment_items", "Planned", "Parked", "plan_item:8", "unknown-item-status"),
        ("payments", "Approved", "Declined", "", ""),
        ("payments", "706,103", "707,103", "", ""),
    ],
)
def test_a_row_that_nobody_can_read_yet_keeps_what_an_earlier_export_said(
    tmp_path: Path, file: str, was: str, now: str, key: str, code: str
) -> None:
    """It is held and named, and its earlier row counts; what says plainly that no money came, and a new receipt, count as they are."""

    def typed(label: str, files: dict[str, str]) -> tuple[RawExport, CanonicalTables]:
        (tmp_path / label).mkdir()
        for name, text in files.items():
            (tmp_path / label / name).write_text(text, encoding="utf-8")
        raw = placed(read_export(tmp_path / label), label)
        return raw, type_tables(raw, BILLED, maps.schema(), country=maps.AU, today=date(2026, 11, 29))

    name = f"{file}.csv"
    assert was in BILLS[name]
    (one_raw, one), (two_raw, two) = typed("one", BILLS), typed("two", {**BILLS, name: BILLS[name].replace(was, now, 1)})
    merged = merge_snapshots(one, hold_back(two, one, maps.schema()), "full")
    held = [(row.key, row.reason) for row in merged.tables.row_outcomes if row.outcome is Outcome.HELD]
    assert held == ([(key, Message.of(code))] if key else [])
    assert [one for one, (state, _) in classes(merged).items() if state == "held"] == ([key] if key else [])
    assert [f.keys for f in merged.tables.findings if f.code == code] == ([(key,)] if key else [])
    if key:
        assert merged.tables[file].set_index("_key").loc[key, "_file"] == f"one/{name}"
    assert accounted(merged.tables) == physical(one_raw, two_raw)


def test_rows_of_unlabelled_snapshots_are_counted_once(tmp_path: Path) -> None:
    """Where both snapshots use the same file and line, the new row is meant and the one that is kept stands for no line."""
    _, first = read(tmp_path, FIRST, "one")
    _, second = read(tmp_path, {**FIRST, "patients.csv": "Patient ID,Last Name,Balance\n1,Ng,0\n4,New,0\n2,Roe,5.00\n"}, "two")
    for tables in (first, second):
        for frame in tables.frames.values():
            frame["_file"] = frame["_file"].str.split("/").str[-1]
    merged = merge_snapshots(first, second, "full").tables["patients"].set_index("patient_id")
    assert merged["_synthetic"].to_dict() == {"1": False, "4": False, "2": False, "3": True}


def test_other_kinds_of_snapshot_are_refused(tmp_path: Path) -> None:
    """The word is full or window."""
    _, first = read(tmp_path, FIRST, "one")
    with pytest.raises(UsageError, match="full or window"):
        merge_snapshots(first, first, "partial")


def accounted(tables: CanonicalTables) -> list[tuple[str, int]]:
    rows = [
        (str(file), int(line))
        for frame in tables.frames.values()
        for file, line, made in zip(frame["_file"], frame["_line"], frame["_synthetic"], strict=True)
        if not made
    ]
    return sorted(rows + [(row.file, row.line) for row in tables.row_outcomes])


def physical(*raws: RawExport) -> list[tuple[str, int]]:
    lines = [raw.lines[raw.lines["kind"].ne("layout")] for raw in raws]
    return sorted((str(file), int(line)) for one in lines for file, line in zip(one["file"], one["line"], strict=True))


# -- what a later export suddenly lacks ---------------------------------------------------------------------------------

LONG = maps.source_map(
    maps.table_map("patients", "patients", {"Patient ID": "patient_id", "Last Name": "last_name", "Mobile": "mobile"}),
    maps.table_map("appointments", "appointments", {"ID": "appointment_id", "Patient ID": "patient_id", "Notes": "notes"}),
)


Typed = Callable[[str, SourceMap, dict[str, str]], CanonicalTables]


@pytest.fixture(scope="module")
def typed(tmp_path_factory: pytest.TempPathFactory) -> Typed:
    """One of two exports, by its label, map and files: what several cases compare with another is read once."""
    known: dict[tuple[Any, ...], CanonicalTables] = {}

    def make(label: str, mapping: SourceMap, files: dict[str, str]) -> CanonicalTables:
        key = (label, id(mapping), *files.items())
        if key not in known:
            folder = tmp_path_factory.mktemp(label)
            for name, text in files.items():
                (folder / name).write_text(text)
            known[key] = type_tables(placed(read_export(folder), label), mapping, maps.schema(), country=maps.AU, today=date(2026, 11, 1))
        return known[key]

    return make


def people(numbers: list[str], mobiles: int) -> str:
    rows = [f"{number},Name{number},{f'0412 345 {600 + at}' if at < mobiles else ''}" for at, number in enumerate(numbers)]
    return "\n".join(["Patient ID,Last Name,Mobile", *rows]) + "\n"


def alarms(typed: Typed, before: tuple[int, int], now: tuple[int, int]) -> list[tuple[str, str | None, str | None, int]]:
    """(patients, mobiles) of two exports → critical findings about the second: code, table, field, count."""
    tables = []
    for label, (count, mobiles) in (("one", before), ("two", now)):
        tables.append(typed(label, LONG, {"patients.csv": people([str(n) for n in range(100, 100 + count)], mobiles)}))
    found = merge_snapshots(tables[0], tables[1], "full").tables.findings
    return [(f.code, f.table, f.field, f.count) for f in found if f.severity is Severity.CRITICAL]


@pytest.mark.parametrize(
    ("before", "now", "expected"),
    [
        ((40, 40), (30, 30), [("table-shrank", "patients", None, 10)]),
        ((40, 40), (31, 31), []),
        ((40, 40), (1, 1), [("table-shrank", "patients", None, 39)]),
        ((12, 12), (3, 3), []),
        ((40, 40), (40, 19), [("column-emptied", "patients", "mobile", 21)]),
        ((40, 40), (40, 20), []),
        ((40, 10), (40, 0), []),
        ((40, 40), (45, 45), []),
    ],
)
def test_an_export_that_lacks_a_quarter_of_a_table_or_the_values_of_a_column_stops(
    typed: Typed, before: tuple[int, int], now: tuple[int, int], expected: list[tuple[str, str | None, str | None, int]]
) -> None:
    """Critical from a quarter of at least twenty records, and from more than half of at least twenty values."""
    assert alarms(typed, before, now) == expected


@pytest.mark.parametrize(
    ("before", "now", "known_again"),
    [
        (["00123", "00124", "00200"], ["123", "124", "200"], 3),
        (["123", "124", "200"], ["00123", "00124", "00200"], 3),
        (["00123", "00124", "00200"], ["123", "124", "300"], 2),
        (["00123", "00124", "00200"], ["123", "400", "300"], 0),
        (["00123", "0123", "00200"], ["123", "124", "200"], 0),
        (["A0123", "A0124"], ["A123", "A124"], 0),
    ],
)
def test_an_export_whose_ids_lost_their_noughts_is_recognised(typed: Typed, before: list[str], now: list[str], known_again: int) -> None:
    """Where most unknown ids are earlier ones with other noughts, and each of one only; bookings follow their patients."""
    tables = []
    for label, numbers in (("one", before), ("two", now)):
        bookings = "\n".join(["ID,Patient ID,Notes", *(f"b{at},{number},x" for at, number in enumerate(numbers))]) + "\n"
        tables.append(typed(label, LONG, {"patients.csv": people(numbers, 0), "appointments.csv": bookings}))
    later = keep_numbers(tables[1], tables[0], maps.schema())
    again = set(later["patients"]["patient_id"]) & set(before)
    assert len(again) == known_again and list(later["appointments"]["patient_id"]) == list(later["patients"]["patient_id"])
    assert [f.count for f in later.findings if f.code == "renumbered"] == ([known_again] if known_again else [])
    assert set(later["patients"]["_key"]) == {f"patient:{one}" for one in later["patients"]["patient_id"]}


PAID = maps.source_map(
    maps.table_map("patients", "patients", {"Id": "patient_id", "Last": "last_name"}),
    maps.table_map("payments", "payments", {"No": "payment_id", "Patient": "patient_id", "Day": "date", "Sum": "amount"}),
)

WITHOUT_NUMBERS = maps.source_map(
    maps.table_map("patients", "patients", {"Id": "patient_id", "Last": "last_name"}),
    maps.table_map("payments", "payments", {"Patient": "patient_id", "Day": "date", "Sum": "amount"}),
)


def paid_twice(typed: Typed, before: list[str], now: list[str]) -> list[tuple[str, int]]:
    """The critical findings about payments between two full exports, ids that are only written otherwise being known."""
    tables = []
    for label, rows in (("one", before), ("two", now)):
        mapping = PAID if not rows[0].startswith(",") else WITHOUT_NUMBERS
        payments = "\n".join(["No,Patient,Day,Sum", *rows, ""])
        tables.append(typed(label, mapping, {"patients.csv": "Id,Last\n1,Ng\n2,Roe\n3,Low\n", "payments.csv": payments}))
    merged = merge_snapshots(tables[0], keep_numbers(tables[1], tables[0], maps.schema()), "full")
    return [(one.code, one.count) for one in merged.tables.findings if one.severity is Severity.CRITICAL and one.table == "payments"]


OLD = ["1,1,05/10/2026,60", "2,2,06/10/2026,300", "3,3,07/10/2026,80"]


@pytest.mark.parametrize(
    ("before", "now", "expected"),
    [
        (OLD, ["R-001,1,05/10/2026,60", "R-002,2,06/10/2026,300", "R-003,3,07/10/2026,80"], []),
        (OLD, ["R-001,1,05/10/2026,60", "R-002,2,06/10/2026,300", "R-003,3,07/10/2026,80", "R-004,3,08/10/2026,5"], []),
        (OLD, ["R-001,3,01/02/2026,10", "R-002,1,02/02/2026,20", "R-003,2,03/02/2026,30"], [("table-replaced", 3)]),
        (OLD, ["xa,1,05/10/2026,60", "xb,2,06/10/2026,300", "xc,3,07/10/2026,80"], [("table-replaced", 3)]),
        (OLD, ["3,3,07/10/2026,80", "4,3,08/10/2026,5"], []),
        (OLD[:2], ["8,1,05/10/2026,60", "9,2,06/10/2026,300"], []),
        ([",1,05/10/2026,60", ",2,06/10/2026,300"], [",1,05/10/2026,65", ",2,06/10/2026,300"], [("corrected-or-new", 1)]),
        ([",1,05/10/2026,60", ",2,06/10/2026,300"], [",1,09/10/2026,60", ",2,06/10/2026,300"], [("corrected-or-new", 1)]),
        ([",1,05/10/2026,60", ",2,06/10/2026,300"], [",2,06/10/2026,300", ",3,05/10/2026,60"], []),
        ([",1,,60", ",2,06/10/2026,300"], [",1,,65", ",2,06/10/2026,300"], []),
        (["1,1,05/10/2026,60"], ["7,1,05/10/2026,65"], []),
    ],
    ids=[
        "rewritten",
        "and one new",
        "others",
        "not by their digits",
        "two gone",
        "too few",
        "sum",
        "day",
        "another's",
        "no day",
        "numbered",
    ],
)
def test_records_that_a_later_export_may_show_again_are_asked_about(
    typed: Typed, before: list[str], now: list[str], expected: list[tuple[str, int]]
) -> None:
    """Numbers written otherwise are the same receipts; a table wholly gone and wholly new, or a receipt without a number that is gone where
    one of the same patient and day or sum is new, would count twice."""
    assert paid_twice(typed, before, now) == expected


BORN = maps.source_map(
    maps.table_map("patients", "patients", {"Id": "patient_id", "First": "first_name", "Last": "last_name", "Born": "birth_date"})
)


@pytest.mark.parametrize(
    ("then", "again"),
    [
        ("105,Zoe,Novak,04/03/1988", True),
        ("105,Edward,Jove,12/07/2001", False),
        ("105,Ed,Novak,04/03/1988", False),
        ("105,Zoe,Novak,12/07/2001", False),
        ("105,Zoe,Novak,", False),
        ("106,Zoe,Novak,04/03/1988", False),
    ],
    ids=["somebody else", "the same", "one name kept", "the birth date kept", "no birth date", "an id of her own"],
)
def test_an_id_given_to_somebody_else_is_critical(typed: Typed, then: str, again: bool) -> None:
    """Ed Jove, born 2001, had it before: his person would be renamed, and keep his invoices."""
    sides = [
        typed(label, BORN, {"patients.csv": f"Id,First,Last,Born\n1,Ann,Lee,01/02/1980\n{row}\n"})
        for label, row in (("one", "105,Ed,Jove,12/07/2001"), ("two", then))
    ]
    found = [one for one in merge_snapshots(*sides, "full").tables.findings if one.code == "id-used-again"]
    assert [(one.severity, one.keys) for one in found] == ([(Severity.CRITICAL, ("patient:105",))] if again else [])
