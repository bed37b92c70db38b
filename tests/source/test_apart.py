"""Money without a number that two files show alike: once where the files repeat each other, twice where they hold different things."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from migkit.source import read_export, type_tables
from migkit.source.origins import day_of

from . import maps

DATED = {"Day": "date", "Patient": "patient_id", "Sum": "amount"}
ROWS = ["05/10/2026,7,50", "05/10/2026,8,30"]


def amounts(folder: Path, files: dict[str, list[str]], header: str = "Day,Patient,Sum") -> tuple[list[int], list[str], set[str]]:
    """Amounts in cents, days and codes of findings of payments in these files; `header` says which columns they have."""
    for name, rows in files.items():
        path = folder / f"{name}.csv"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n".join([header, *rows, ""]))
    (folder / "patients.csv").write_text("Who,Name\n7,Ada Lim\n8,Ben Ost\n9,Cy Pau\n")
    raw = read_export(folder)
    columns = {name: DATED[name] for name in header.split(",")}
    homes = [maps.table_map(name, "payments", columns) for name in raw.tables if name != "patients"]
    mapping = maps.source_map(maps.table_map("patients", "patients", {"Who": "patient_id", "Name": "full_name"}), *homes)
    tables = type_tables(raw, mapping, maps.schema(), today=date(2026, 11, 20), country=maps.AU)
    frame = tables["payments"]
    days = sorted(f"{day:%d/%m/%Y}" for day in frame["date"].dropna())
    return sorted(int(cents) for cents in frame["amount"]), days, {one.code for one in tables.findings}


@pytest.mark.parametrize(
    ("names", "count"),
    [
        (("payments Glebe", "payments Newtown"), 4),
        (("Glebe/payments", "Newtown/payments"), 4),
        (("till 1 front desk", "till 2 back office"), 4),
        (("payments", "payments copy"), 2),
        (("payments", "payments Glebe"), 2),
        (("payments by date", "payments by provider"), 2),
        (("old/payments", "new/payments"), 2),
        (("payments Oct 2026", "payments Sep-Oct 2026"), 2),
        (("payments 1", "payments 2"), 2),
    ],
)
def test_two_files_are_called_after_different_things_or_repeat_each_other(tmp_path: Path, names: tuple[str, str], count: int) -> None:
    """Two people paid 50.00 and 30.00 at each of two sites: 160.00. Where the names say nothing of that, one file repeats the other."""
    cents, _, codes = amounts(tmp_path, dict.fromkeys(names, ROWS))
    assert cents == sorted([3000, 5000] * (count // 2))
    assert ("equal-in-two-files" in codes) == (count == 4)


def test_a_whole_file_that_stands_in_another_is_a_copy_whatever_it_is_called(tmp_path: Path) -> None:
    """Three rows of Glebe that all are in the file of head office were paid once."""
    rows = [*ROWS, "06/10/2026,9,20"]
    cents, _, codes = amounts(tmp_path, {"payments Glebe": rows, "payments head office": [*rows, "07/10/2026,9,10"]})
    assert cents == [1000, 2000, 3000, 5000]
    assert "equal-in-two-files" not in codes


@pytest.mark.parametrize(
    ("names", "days"),
    [
        (("takings Mon 16 Nov", "takings Tue 17 Nov"), ["16/11/2026", "17/11/2026"]),
        (("takings 16 Nov", "takings 17 Nov"), ["16/11/2026", "17/11/2026"]),
        (("takings Monday", "takings Tuesday"), []),
        (("takings 1", "takings 2"), []),
    ],
)
def test_rows_that_say_no_day_are_of_the_day_of_their_file(tmp_path: Path, names: tuple[str, str], days: list[str]) -> None:
    """50.00 on Monday and 50.00 on Tuesday are 100.00, also where the names say no day of the calendar."""
    cents, found, codes = amounts(tmp_path, {name: ["7,50"] for name in names}, "Patient,Sum")
    assert (cents, found) == ([5000, 5000], days)
    assert ("equal-in-two-files" in codes) == (not days)


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("Mon 16 Nov", date(2026, 11, 16)),
        ("Mon 30 Nov", date(2026, 11, 30)),
        ("Tuesday 18th November", date(2025, 11, 18)),
        ("30 Nov", date(2025, 11, 30)),
        ("Wed 16 Nov", None),
        ("Nov 25", None),
        ("Feb 30", None),
        ("16 Nov to 17 Nov", None),
        ("16 Nov 2024", date(2024, 11, 16)),
    ],
)
def test_a_day_without_a_year_is_of_the_year_that_its_weekday_proves(name: str, day: date | None) -> None:
    """Seen on Friday, 20 November 2026, by the calendar; `Nov 25` may be the year."""
    assert day_of(name, date(2026, 11, 20)) == day


@pytest.mark.parametrize(
    ("names", "reasons", "count"),
    [
        (("hygienist", "dentist"), ("Clean", "Exam"), 2),
        (("hygienist", "dentist"), ("Clean", "Clean"), 1),
        (("book by day", "book by provider"), ("Clean", "Clean"), 1),
    ],
    ids=["two visits", "one visit in both", "two reports"],
)
def test_two_bookings_at_one_minute_in_two_books(tmp_path: Path, names: tuple[str, str], reasons: tuple[str, str], count: int) -> None:
    """A clean in the hygienist's book and an exam in the dentist's at 09:00 are two; the same visit in both is one."""
    people = {"Who": "patient_id", "Name": "full_name"}
    columns = {"Who": "patient_id", "Start": "start_at", "Reason": "type"}
    (tmp_path / "patients.csv").write_text("Who,Name\n7,Ada Lim\n")
    for name, reason in zip(names, reasons, strict=True):
        (tmp_path / f"{name} appointments.csv").write_text(f"Who,Start,Reason\n7,23/11/2026 09:00,{reason}\n")
    raw = read_export(tmp_path)
    homes = [maps.table_map(name, "appointments", columns) for name in raw.tables if name != "patients"]
    mapping = maps.source_map(maps.table_map("patients", "patients", people), *homes)
    tables = type_tables(raw, mapping, maps.schema(), today=date(2026, 11, 20), country=maps.AU)
    assert sorted(tables["appointments"]["type"]) == sorted(reasons)[:count]
    assert ("booked-in-two-files" in {one.code for one in tables.findings}) == (count == 2)


@pytest.mark.parametrize(("other", "told"), [("Active", 1), ("Current patients", 1), ("Patients", 0)])
def test_a_patient_in_an_active_and_an_inactive_list_is_said(tmp_path: Path, other: str, told: int) -> None:
    """Ben stands in both lists: the one that calls him inactive counts, and a list that is called active contradicts it."""
    for name, rows in ((other, "7,Ada Lim\n8,Ben Ost\n"), ("Inactive", "8,Ben Ost\n")):
        (tmp_path / f"{name}.csv").write_text(f"Who,Name\n{rows}")
    raw = read_export(tmp_path)
    mapping = maps.source_map(*(maps.table_map(name, "patients", {"Who": "patient_id", "Name": "full_name"}) for name in raw.tables))
    tables = type_tables(raw, mapping, maps.schema(), today=date(2026, 11, 20), country=maps.AU)
    assert dict(zip(tables["patients"]["patient_id"], tables["patients"]["status"].astype(object), strict=True))["8"] == "inactive"
    assert [one.keys for one in tables.findings if one.code == "conflicting-tables"] == [("patient:8",)] * told
