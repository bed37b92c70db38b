"""Which version of a row counts: known by evidence of a declared order, or asked; and what no versions of one thing are."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from migkit.mapping import draft, propose, set_key_prefix
from migkit.migration.defaults import knowledge
from migkit.model.errors import DataError, UsageError
from migkit.model.mapping import SourceMap
from migkit.model.messages import Message
from migkit.model.outcomes import Outcome, Severity
from migkit.model.tables import CanonicalTables, RawExport, SourceFile
from migkit.source import decide_version, parse_versions, read_export, type_tables
from migkit.source.origins import origin_of, period_end

from . import maps

NOVEMBER = datetime(2026, 11, 1, 12, tzinfo=UTC)


def export(folder: Path, files: dict[str, str], times: dict[str, datetime] | None = None) -> RawExport:
    """An export whose files were all written by one copy, unless `times` says otherwise."""
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
        moment = (times or {}).get(name, NOVEMBER).timestamp()
        os.utime(folder / name, (moment, moment))
    return read_export(folder)


COLUMNS = {
    "patients": {
        "Patient ID": "patient_id", "First Name": "first_name", "Last Name": "last_name", "DOB": "birth_date", "Mobile": "mobile",
    },
    "invoices": {
        "invoice_id": "invoice_id", "issue_date": "date", "patient_id": "patient_id", "total_amount": "total", "amount_owing": "balance",
        "status": "status", "modified": "modified_at",
    },
    "invoice_lines": {
        "Invoice No": "invoice_id", "Invoice Date": "invoices.date", "Patient ID": "invoices.patient_id", "Item": "item_code",
        "Description": "description", "Qty": "quantity", "Fee": "fee", "Total": "total", "Dentist": "practitioner_name",
    },
    "payments": {
        "Receipt No": "payment_id", "Date": "date", "Patient ID": "patient_id", "Method": "method", "Amount": "amount",
    },
    "appointments": {
        "Appointment ID": "appointment_id", "Date": "date", "Start Time": "start_time", "Patient ID": "patient_id",
        "Duration": "duration", "Provider ID": "practitioner_id",
    },
    "practitioners": {"Provider ID": "practitioner_id", "Name": "full_name", "Provider Number": "provider_number"},
}  # fmt: skip
VALUES = {"invoices.status": {"Paid": "paid", "Part paid": "part_paid"}, "payments.method": {"Cash": "cash"}}


def decided_map(raw: RawExport) -> SourceMap:
    """What somebody confirmed that each column means: each table is the one that has all its columns."""
    tables = []
    for one in raw.tables.values():
        table, known = next((table, known) for table, known in COLUMNS.items() if {*one.columns} <= {*known})
        tables.append(maps.table_map(one.name, table, {name: known[name] for name in one.columns}))
    return maps.source_map(*tables, values=VALUES)


def typed(raw: RawExport, **options: Any) -> CanonicalTables:
    return type_tables(raw, decided_map(raw), maps.schema(), country=maps.AU, today=date(2026, 11, 1), **options)


def found(tables: CanonicalTables, code: str) -> list[tuple[str, ...]]:
    return [finding.keys for finding in tables.findings if finding.code == code]


def waiting(tables: CanonicalTables) -> list[str]:
    return sorted(f"{row.file}:{row.line}" for row in tables.row_outcomes if row.outcome is Outcome.HELD)


# -- which file is later ----------------------------------------------------------------------------------------------

PATIENTS = "Patient ID,First Name,Last Name,DOB\n1,Ann,Lee,01/02/1980\n2,Bob,Ray,01/02/1981\n"
HEAD = "invoice_id,issue_date,patient_id,total_amount,amount_owing,status"
PAID = "31214,2026-09-26,1,225.00,0.00,Paid"
PART = "31214,2026-09-26,1,250.00,25.00,Part paid"


@pytest.mark.parametrize(
    ("name", "end"),
    [
        ("invoices_2026-01_to_2026-10", date(2026, 10, 31)),
        ("invoices_2026-09_onward", date.max),
        ("InvoiceCreatedReport Sep 2026", date(2026, 9, 30)),
        ("InvoiceCreatedReport 01-09-2026 to 31-10-2026 (re-run)", date(2026, 10, 31)),
        ("Invoices Q3 2026", date(2026, 9, 30)),
        ("invoices 20260915", date(2026, 9, 15)),
        ("invoices since 1 Sep 2026", date.max),
        ("invoices 01.09.2026 to date", date.max),
        ("Sept-26", date(2026, 9, 30)),
        ("1st July 2026 - 30th June 2027", date(2027, 6, 30)),
        ("invoices 2025", date(2025, 12, 31)),
        ("invoices v2", None),
        ("item 31-02-2026", date(2026, 2, 28)),
    ],
)
def test_the_end_of_a_period_is_read_from_a_name(name: str, end: date | None) -> None:
    """The last date, month, quarter or year that it names; an open end is later than any; a day that never was leaves its month."""
    assert period_end(name) == end


@pytest.mark.parametrize(
    ("title", "run_on", "end"),
    [
        ("Invoices 01/09/2026 to 30/09/2026 · Run on 02/11/2026 14:33", datetime(2026, 11, 2, 14, 33), date(2026, 9, 30)),
        ("Printed: 2 Nov 2026 2:33 pm", datetime(2026, 11, 2, 14, 33), None),
        ("Debtors as at 30 June 2026", datetime(2026, 6, 30), None),
        ("Report generated 2026-11-02 for Sep 2026", datetime(2026, 11, 2), date(2026, 9, 30)),
        ("Invoices created 01/09/2026 to 30/09/2026", None, date(2026, 9, 30)),
        ("Invoices (re-run)", None, None),
    ],
)
def test_a_title_says_when_it_was_run_and_for_which_period(title: str, run_on: datetime | None, end: date | None) -> None:
    """The run date is no part of the period."""
    origin = origin_of("invoices.csv", SourceFile(title))
    assert (origin.run_on, origin.end) == (run_on, end)


@pytest.mark.parametrize(
    ("paid_in", "part_in", "counts"),
    [
        pytest.param(("invoices_2026-01_to_2026-10.csv", ""), ("invoices_2026-09_onward.csv", ""), "part", id="an open end is the latest"),
        pytest.param(("invoices_2026-01_to_2026-10.csv", ""), ("invoices_2026-09_to_2026-12.csv", ""), "part", id="the later end"),
        pytest.param(("invoices_2026-09.csv", ""), ("invoices_2026-09-01_to_2026-09-30.csv", ""), None, id="the same end"),
        pytest.param(("invoices a.csv", ""), ("invoices b.csv", ""), None, id="nothing"),
        pytest.param(
            ("invoices Sep 2026.csv", "Invoice list,,,,,\nRun on 02/11/2026,,,,,\n"),
            ("invoices Oct 2026.csv", "Invoice list,,,,,\nRun on 15/10/2026,,,,,\n"),
            "paid",
            id="the run date before the period",
        ),
        pytest.param(
            ("invoices a.csv", "Invoice list 01/08/2026 to 31/08/2026,,,,,\n"),
            ("invoices b.csv", "Invoice list 01/07/2026 to 31/07/2026,,,,,\n"),
            "paid",
            id="the period in the title",
        ),
    ],
)
def test_the_later_file_counts_where_something_says_which_it_is(
    tmp_path: Path, paid_in: tuple[str, str], part_in: tuple[str, str], counts: str | None
) -> None:
    """Of invoice 31214 one file has a paid version over 225.00, the other a part paid one over 250.00."""
    files = {f: f"{title}{HEAD}\n{row}\n" for (f, title), row in ((paid_in, PAID), (part_in, PART))}
    tables = typed(export(tmp_path, {"patients.csv": PATIENTS, **files}))
    rows = list(tables["invoices"][["total", "balance", "status"]].itertuples(index=False, name=None))
    if counts is None:
        assert rows == [] and found(tables, "undecided-version") == [("invoice:31214",)]
        assert waiting(tables) == sorted([f"{paid_in[0]}:2", f"{part_in[0]}:2"])
    else:
        assert rows == [(22500, 0, "paid") if counts == "paid" else (25000, 2500, "part_paid")]
        assert found(tables, "changed-amount") == [("invoice:31214",)] and waiting(tables) == []


def test_a_modified_column_counts_before_any_name_and_the_files_own_times_last(tmp_path: Path) -> None:
    """The row modified last counts though its file's period ends earlier; without anything else the file written days later does."""
    head = f"{HEAD},modified"
    rows = {"invoices_2026-01_to_2026-10.csv": f"{PAID},2026-11-02 09:00", "invoices_2026-09_onward.csv": f"{PART},2026-10-02 09:00"}
    tables = typed(export(tmp_path / "a", {"patients.csv": PATIENTS, **{name: f"{head}\n{row}\n" for name, row in rows.items()}}))
    assert list(tables["invoices"]["total"]) == [22500]
    half = {name: f"{head}\n{row}\n" for name, row in zip(rows, (f"{PAID},2026-11-02 09:00", f"{PART},"), strict=True)}
    assert list(typed(export(tmp_path / "b", {"patients.csv": PATIENTS, **half}))["invoices"]["total"]) == [25000]
    plain = {"patients.csv": PATIENTS, "invoices a.csv": f"{HEAD}\n{PAID}\n", "invoices b.csv": f"{HEAD}\n{PART}\n"}
    written = {"invoices a.csv": datetime(2026, 11, 5, tzinfo=UTC)}
    assert list(typed(export(tmp_path / "c", plain, written))["invoices"]["total"]) == [22500]
    minutes = {"invoices a.csv": datetime(2026, 11, 1, 12, 40, tzinfo=UTC)}
    assert list(typed(export(tmp_path / "d", plain, minutes))["invoices"]["total"]) == []


def test_one_list_that_has_a_row_twice_is_asked_about_unless_it_is_the_same_row(tmp_path: Path) -> None:
    """Of two lines of one file neither is known to be later; the same line again is a repetition."""
    twice = f"{HEAD}\n{PAID}\n{PART}\n31215,2026-09-27,2,10.00,0.00,Paid\n31215,2026-09-27,2,10.00,0.00,Paid\n"
    tables = typed(export(tmp_path, {"patients.csv": PATIENTS, "invoices.csv": twice}))
    assert list(tables["invoices"]["invoice_id"]) == ["31215"]
    assert found(tables, "undecided-line") == [("invoice:31214",)] and found(tables, "repeated-rows") == [("invoice:31215",)]


@pytest.mark.parametrize(("counts", "total"), [("invoices a.csv", 22500), ("invoices b.csv", 25000)])
def test_what_somebody_decided_of_two_files_counts_on_every_export(tmp_path: Path, counts: str, total: int) -> None:
    """The decision is kept as data, by file names without the snapshot's folder."""
    raw = export(tmp_path, {"patients.csv": PATIENTS, "invoices a.csv": f"{HEAD}\n{PAID}\n", "invoices b.csv": f"{HEAD}\n{PART}\n"})
    document = decide_version({}, ("invoices b.csv", "invoices a.csv"), counts, by="Kim", at="2026-11-01", why="the practice said so")
    tables = typed(raw, versions=parse_versions(document))
    assert list(tables["invoices"]["total"]) == [total] and found(tables, "undecided-version") == []
    assert parse_versions(document, "02-2026") == {("02-2026/invoices b.csv", "02-2026/invoices a.csv"): f"02-2026/{counts}"}


def test_of_one_file_the_first_or_the_last_line_can_be_decided_on(tmp_path: Path) -> None:
    """By the file's name, twice."""
    raw = export(tmp_path, {"patients.csv": PATIENTS, "invoices.csv": f"{HEAD}\n{PAID}\n{PART}\n"})
    for counts, total in (("first", 22500), ("last", 25000)):
        document = decide_version({}, ("invoices.csv", "invoices.csv"), counts, by="Kim", at="", why="w")
        assert list(typed(raw, versions=parse_versions(document))["invoices"]["total"]) == [total]


def test_a_decision_that_says_nothing_is_refused() -> None:
    """A file that is none of the two, no name, no reason; a document mended badly names its entry."""
    with pytest.raises(UsageError, match=r"a\.csv or b\.csv"):
        decide_version({}, ("a.csv", "b.csv"), "c.csv", by="Kim", at="", why="w")
    with pytest.raises(UsageError, match="a name and a reason"):
        decide_version({}, ("a.csv", "b.csv"), "b.csv", by="Kim", at="", why=" ")
    with pytest.raises(DataError, match="entry 1: 'counts' must be first or last"):
        parse_versions({"files": [{"files": ["a.csv", "a.csv"], "counts": "a.csv"}]})


# -- what a later report restates ---------------------------------------------------------------------------------------

LINES = "Invoice No,Invoice Date,Patient ID,Item,Description,Qty,Fee,Total"
EXAM, SCALE = "31214,26/09/2026,1,011,Exam,1,60.00,60.00", "31214,26/09/2026,1,114,Scale,1,165.00,165.00"
DEARER = "31214,26/09/2026,1,114,Scale,1,190.00,190.00"
SEALANT = "31214,26/09/2026,1,161,Sealant,1,40.00,40.00"
OTHER = "31215,02/10/2026,2,011,Exam,1,60.00,60.00"
SEPTEMBER, RERUN = "InvoiceCreatedReport Sep 2026.csv", "InvoiceCreatedReport 01-09-2026 to 31-10-2026 (re-run).csv"


@pytest.mark.parametrize(
    ("before", "now", "totals", "sums"),
    [
        pytest.param([EXAM, SCALE], [EXAM, DEARER], {"31214": 25000}, "225.00 before, 250.00 now", id="a line is dearer"),
        pytest.param([EXAM, SCALE], [EXAM], {"31214": 6000}, "225.00 before, 60.00 now", id="a line is gone"),
        pytest.param([EXAM, SCALE], [EXAM, SCALE, SEALANT], {"31214": 26500}, "225.00 before, 265.00 now", id="a line more"),
        pytest.param([EXAM, SCALE], [SCALE, EXAM], {"31214": 22500}, None, id="the same in another order"),
        pytest.param([SCALE, SCALE], [SCALE, SCALE], {"31214": 33000}, None, id="two equal lines stay two"),
        pytest.param([SCALE, SCALE], [SCALE], {"31214": 16500}, "330.00 before, 165.00 now", id="two equal lines become one"),
        pytest.param([EXAM, SCALE], [OTHER], {"31214": 22500, "31215": 6000}, None, id="another invoice"),
        pytest.param(
            [EXAM, SCALE], [EXAM, DEARER, OTHER], {"31214": 25000, "31215": 6000}, "225.00 before, 250.00 now", id="and another invoice"
        ),
    ],
)
def test_lines_of_an_invoice_shown_again_replace_the_earlier_reports(
    tmp_path: Path, before: list[str], now: list[str], totals: dict[str, int], sums: str | None
) -> None:
    """As a whole, and the change is told with both sums; every line of the files keeps one outcome."""
    raw = export(
        tmp_path,
        {"patients.csv": PATIENTS, SEPTEMBER: "\n".join([LINES, *before]) + "\n", RERUN: "\n".join([LINES, *now]) + "\n"},
    )
    tables = typed(raw)
    assert dict(zip(tables["invoices"]["invoice_id"], tables["invoices"]["total"], strict=True)) == totals
    assert tables["invoice_lines"].groupby("invoice_id")["total"].sum().to_dict() == totals
    said = [str(finding) for finding in tables.findings if finding.code == "restated-record"]
    assert (sums is None and said == []) or (sums is not None and sums in said[0])
    assert len(tables["invoice_lines"]) + sum(row.table == "invoice_lines" for row in tables.row_outcomes) == len(before) + len(now)


def test_the_last_of_three_reports_counts(tmp_path: Path) -> None:
    """By the end of its period, whatever the alphabet says."""
    files = {
        f"InvoiceCreatedReport {month} 2026.csv": f"{LINES}\n{line}\n" for month, line in (("Sep", SCALE), ("Oct", DEARER), ("Aug", EXAM))
    }
    tables = typed(export(tmp_path, {"patients.csv": PATIENTS, **files}))
    assert list(tables["invoice_lines"]["total"]) == [19000]


def test_restated_lines_of_an_unknown_order_wait_with_their_invoice(tmp_path: Path) -> None:
    """Neither sum is taken; once somebody says which report counts, its lines do."""
    files = {"InvoiceCreatedReport a.csv": f"{LINES}\n{EXAM}\n{SCALE}\n", "InvoiceCreatedReport b.csv": f"{LINES}\n{EXAM}\n{DEARER}\n"}
    raw = export(tmp_path, {"patients.csv": PATIENTS, **files})
    tables = typed(raw)
    assert tables["invoices"].empty and tables["invoice_lines"].empty
    assert found(tables, "undecided-version") == [("invoice:31214",)] and len(waiting(tables)) == 3
    document = decide_version(
        {}, ("InvoiceCreatedReport a.csv", "InvoiceCreatedReport b.csv"), "InvoiceCreatedReport b.csv", by="K", at="", why="w"
    )
    assert list(typed(raw, versions=parse_versions(document))["invoices"]["total"]) == [25000]


def test_two_dentists_parts_of_one_invoice_stay_together(tmp_path: Path) -> None:
    """Reports by dentist each show their own lines: parts of one invoice, no versions of it."""
    files = {
        f"InvoiceCreatedReport Sep 2026 {who}.csv": f"{LINES},Dentist\n{line},{who}\n"
        for who, line in (("Nguyen", EXAM), ("Fitzgerald", SCALE))
    }
    tables = typed(export(tmp_path, {"patients.csv": PATIENTS, **files}))
    assert list(tables["invoices"]["total"]) == [22500] and sorted(tables["invoice_lines"]["total"]) == [6000, 16500]


# -- one id, two things -------------------------------------------------------------------------------------------------

PERSON = "Patient ID,First Name,Last Name,DOB,Mobile"
ANN = "1,Ann,Lee,1/2/1980,0412345678"


@pytest.mark.parametrize(
    ("other", "are_two"),
    [
        pytest.param("1,Cy,Oz,1/3/1980,0412345688", True, id="another name and birth date"),
        pytest.param("1,Ann,Wong,1/2/1980,0412345678", False, id="married"),
        pytest.param("1,Ann,Lee,2/1/1980,0412345678", False, id="a birth date mended"),
        pytest.param("1,Cy,Oz,,0412345688", False, id="no birth date"),
        pytest.param("1,ANN,LEE,3/4/1981,0412345678", False, id="capitals"),
        pytest.param("1,Lee,Ann,3/4/1981,0412345678", False, id="the other way round"),
        pytest.param("1,Bo,Lee,3/4/1990,0412345688", True, id="a sibling's"),
    ],
)
@pytest.mark.parametrize(
    "places", [("Glebe/Patients.csv", "Newtown/Patients.csv"), ("Patients Glebe.csv", "Patients Newtown.csv"), ("p.csv",) * 2]
)
def test_rows_of_one_id_that_differ_in_name_and_birth_date_are_two_people(
    tmp_path: Path, other: str, are_two: bool, places: tuple[str, str]
) -> None:
    """In two folders, two files or one: they wait, critically; else they are versions, of which nothing here says which is later."""
    (one, two), second, rest = places, "2,Di,Po,1/3/1981,0412345689", "3,Bob,Ng,1/2/1981,0412345679"
    files = {one: f"{PERSON}\n{ANN}\n{second}\n", two: f"{PERSON}\n{other}\n{rest}\n"}
    if one == two:
        files = {one: f"{PERSON}\n{ANN}\n{other}\n{second}\n{rest}\n"}
    raw = export(tmp_path, files)
    mapped = maps.table_map(
        next(iter(raw.tables)),
        "patients",
        {"Patient ID": "patient_id", "First Name": "first_name", "Last Name": "last_name", "DOB": "birth_date", "Mobile": "mobile"},
    )
    tables = type_tables(raw, maps.source_map(mapped), maps.schema(), country=maps.AU, today=date(2026, 11, 1))
    assert found(tables, "id-used-twice") == ([("patient:1",)] if are_two else [])
    code = "undecided-version" if len(set(places)) > 1 else "undecided-line"
    assert found(tables, code) == ([] if are_two else [("patient:1",)])
    assert sorted(tables["patients"]["patient_id"]) == ["2", "3"] and len(waiting(tables)) == 2
    assert all(f.severity is Severity.CRITICAL for f in tables.findings if f.code in ("id-used-twice", "undecided-version"))


# -- numbers that begin anew in each file ------------------------------------------------------------------------------

RECEIPTS = "Receipt No,Date,Patient ID,Method,Amount\n"
WEEKS = {
    "receipts Week 46.csv": f"{RECEIPTS}1,09/11/2026,1,Cash,100.00\n2,10/11/2026,2,Cash,300.00\n",
    "receipts Week 47.csv": f"{RECEIPTS}1,16/11/2026,1,Cash,60.00\n2,17/11/2026,2,Cash,80.00\n",
}
LATER = {"receipts Week 47.csv": datetime(2026, 11, 18, tzinfo=UTC)}


@pytest.mark.parametrize("times", [None, LATER], ids=["copied at once", "written a week apart"])
def test_numbers_that_begin_anew_in_each_file_are_said_and_held(tmp_path: Path, times: dict[str, datetime] | None) -> None:
    """Receipts 1 and 2 of two weeks are four receipts, whenever the files were written: none replaces another."""
    tables = typed(export(tmp_path, {"patients.csv": PATIENTS, **WEEKS}, times))
    assert found(tables, "numbers-begin-anew") == [("payment:1", "payment:2")] and found(tables, "undecided-version") == []
    assert tables["payments"].empty and len(waiting(tables)) == 4
    sentence = next(str(one.message) for one in tables.findings if one.code == "numbers-begin-anew")
    assert "receipts Week 46.csv" in sentence and "date, amount" in sentence and "key_prefixes" in sentence


def test_a_prefix_for_one_file_ends_the_question_and_all_money_counts(tmp_path: Path) -> None:
    """The way on that the finding names: 100, 60, 300 and 80 of the right patients."""
    raw = export(tmp_path, {"patients.csv": PATIENTS, **WEEKS})
    decided = set_key_prefix(decided_map(raw), "receipts Week 47.csv", "W47-")
    tables = type_tables(raw, decided, maps.schema(), country=maps.AU, today=date(2026, 11, 20))
    money = tables["payments"].set_index("payment_id")
    assert money["amount"].to_dict() == {"1": 10000, "2": 30000, "W47-1": 6000, "W47-2": 8000} and waiting(tables) == []
    assert money["patient_id"].to_dict() == {"1": "1", "2": "2", "W47-1": "1", "W47-2": "2"}


def test_the_opposite_answer_is_taken_too(tmp_path: Path) -> None:
    """Somebody who knows that they are versions says which file counts."""
    raw = export(tmp_path, {"patients.csv": PATIENTS, **WEEKS})
    document = decide_version({}, tuple(WEEKS), "receipts Week 47.csv", by="K", at="", why="corrected")  # type: ignore[arg-type]
    tables = typed(raw, versions=parse_versions(document))
    assert sorted(tables["payments"]["amount"]) == [6000, 8000] and found(tables, "numbers-begin-anew") == []


def test_a_booking_moved_into_the_next_months_file_is_one_booking(tmp_path: Path) -> None:
    """One number of four in both files: which day counts is asked, and no prefix would be right for the whole file."""
    head = "Appointment ID,Date,Start Time,Patient ID,Duration\n"
    first = "".join(f"{number},{number}/11/2026,09:00,1,30\n" for number in (11, 12, 13, 14))
    then = "".join(f"{number},{number}/12/2026,09:00,2,30\n" for number in (21, 22, 23)) + "14,24/12/2026,09:00,1,30\n"
    tables = typed(export(tmp_path, {"patients.csv": PATIENTS, "bookings a.csv": head + first, "bookings b.csv": head + then}))
    assert found(tables, "undecided-version") == [("appointment:14",)] and found(tables, "numbers-begin-anew") == []


SITES = {
    "Glebe/Patients.csv": f"{PERSON}\n1,Cy,Oz,1/3/1980,0412345688\n2,Di,Po,1/3/1981,0412345689\n",
    "Glebe/Appointments.csv": "Appointment ID,Patient ID,Date,Start Time,Duration\n1,1,1/2/2026,10:00,30\n",
    "Newtown/Patients.csv": f"{PERSON}\n1,Ann,Lee,1/2/1980,0412345678\n2,Bob,Ng,1/2/1981,0412345679\n",
    "Newtown/Appointments.csv": "Appointment ID,Patient ID,Date,Start Time,Duration\n1,1,1/2/2026,09:00,30\n",
}


def test_two_sites_with_their_own_numbers_are_told_and_held(tmp_path: Path) -> None:
    """The ids are proposed as what they are, strangers stay strangers, and nothing of either site is loaded for the other."""
    raw = export(tmp_path, SITES)
    proposed = draft(propose(raw, maps.schema(), knowledge()))
    tables = type_tables(raw, proposed, maps.schema(), country=maps.AU, today=date(2026, 11, 1))
    assert found(tables, "id-used-twice") == [("patient:1", "patient:2")]
    assert tables["patients"].empty and tables["appointments"].empty and len(waiting(tables)) == 6


@pytest.mark.parametrize(
    ("prefixes", "patients", "bookings"),
    [
        ({"Glebe": "G-", "Newtown": "N-"}, ["G-1", "G-2", "N-1", "N-2"], {"G-1": ("G-1", "10:00"), "N-1": ("N-1", "09:00")}),
        ({"Newtown": "N-"}, ["1", "2", "N-1", "N-2"], {"1": ("1", "10:00"), "N-1": ("N-1", "09:00")}),
        (
            {"Glebe/Patients.csv": "G-", "Glebe/Appointments.csv": "G-"},
            ["1", "2", "G-1", "G-2"],
            {"G-1": ("G-1", "10:00"), "1": ("1", "09:00")},
        ),
    ],
)
def test_a_key_prefix_tells_the_sites_apart(
    tmp_path: Path, prefixes: dict[str, str], patients: list[str], bookings: dict[str, tuple[str, str]]
) -> None:
    """Declared in the map, for folders or files: ids and references begin with it, and every row goes on."""
    raw = export(tmp_path, SITES)
    decided = decided_map(raw)
    for place, prefix in prefixes.items():
        decided = set_key_prefix(decided, place, prefix)
    tables = type_tables(raw, decided, maps.schema(), country=maps.AU, today=date(2026, 11, 1))
    assert sorted(tables["patients"]["patient_id"]) == patients and waiting(tables) == []
    rows = tables["appointments"][["appointment_id", "patient_id", "start_time"]].itertuples(index=False, name=None)
    assert {one: (patient, time) for one, patient, time in rows} == bookings


@pytest.mark.parametrize(
    ("place", "unused"), [("Glebe", False), ("glebe", True), ("Glebe/*", True), ("Manly", True), ("Glebe/Patients.csv", False)]
)
def test_a_key_prefix_without_a_folder_or_file_is_said(tmp_path: Path, place: str, unused: bool) -> None:
    """The name must be written as it stands in the export: one that is not has no effect, and says so."""
    raw = export(tmp_path, SITES)
    decided = set_key_prefix(decided_map(raw), place, "G-")
    tables = type_tables(raw, decided, maps.schema(), country=maps.AU, today=date(2026, 11, 1))
    assert found(tables, "unused-key-prefix") == ([(place,)] if unused else [])


def test_a_table_that_all_sites_share_is_found_without_the_prefix(tmp_path: Path) -> None:
    """The provider list lies above the folders: provider 7 of either site is the one provider 7."""
    files = {name: text.replace("Duration\n", "Duration,Provider ID\n").replace(",30\n", ",30,7\n") for name, text in SITES.items()}
    raw = export(tmp_path, {**files, "Providers.csv": 'Provider ID,Name,Provider Number\n7,"Kim, Jo",1234567A\n8,"Fitz, Bo",2345678B\n'})
    decided = set_key_prefix(set_key_prefix(decided_map(raw), "Glebe", "G-"), "Newtown", "N-")
    tables = type_tables(raw, decided, maps.schema(), country=maps.AU, today=date(2026, 11, 1))
    assert list(tables["appointments"]["practitioner_id"]) == ["7", "7"]


# -- one patient in two tables ------------------------------------------------------------------------------------------

LIST = "Patient ID,First Name,Last Name,DOB,Mobile,Email\n1,Ann,Lee,01/02/1980,0412 345 671,\n2,Bo,Ng,03/04/1990,,bo@example.org\n"
MAPPED = {
    "Patient ID": "patient_id", "First Name": "first_name", "Last Name": "last_name", "Name": "full_name", "DOB": "birth_date",
    "Mobile": "mobile", "Email": "email", "Closed": "custom", "Balance": "balance", "Merged Into": "merged_into_id", "Status": "status",
    "Modified": "modified_at",
}  # fmt: skip


def joined(folder: Path, files: dict[str, str], **options: Any) -> CanonicalTables:
    raw = export(folder, files)
    tables = [maps.table_map(one.name, "patients", {c: MAPPED[c] for c in one.columns}) for one in raw.tables.values()]
    return type_tables(raw, maps.source_map(*tables), maps.schema(), country=maps.AU, today=date(2026, 11, 1), **options)


@pytest.mark.parametrize(
    ("other", "expected", "conflicts"),
    [
        pytest.param(
            ("debtors.csv", "Patient ID,Name,Balance\n1,\"Lee, Ann\",120.00\n"),
            {"mobile": "+61412345671", "balance": 12000, "birth_date": "1980-02-01", "full_name": "Ann Lee"}, [], id="a debtors' list adds",
        ),
        pytest.param(
            ("closed_patients.csv", "Patient ID,First Name,Last Name,Email\n1,Ann,Lee,ann@example.org\n"),
            {"mobile": "+61412345671", "email": "ann@example.org"}, [], id="what one does not say the other does",
        ),
        pytest.param(
            ("merged.csv", "Patient ID,Merged Into\n1,2\n"),
            {"mobile": "+61412345671", "merged_into_id": "2", "status": "merged", "last_name": "Lee"}, [], id="a merge list",
        ),
        pytest.param(
            ("contacts.csv", "Patient ID,Mobile,Email\n1,0499 999 991,ann@example.org\n"),
            {"mobile": "+61412345671", "email": "ann@example.org"}, [("mobile", ("patient:1",))], id="a conflict is a finding",
        ),
        pytest.param(
            ("contacts.csv", "Patient ID,Name,Mobile\n1,LEE Ann,0412345671\n"),
            {"mobile": "+61412345671", "last_name": "Lee"}, [], id="another spelling is none",
        ),
        pytest.param(
            ("debtors.csv", "Patient ID,Name,Balance\n9,\"Fox, Cy\",5.00\n"),
            {"mobile": "+61412345671", "balance": None}, [], id="another patient is not joined",
        ),
    ],
)  # fmt: skip
def test_a_patient_of_two_tables_is_joined_field_by_field(
    tmp_path: Path, other: tuple[str, str], expected: dict[str, Any], conflicts: list[tuple[str, tuple[str, ...]]]
) -> None:
    """Patient 1 of the list, and what the other table says of them."""
    tables = joined(tmp_path, {"patients.csv": LIST, other[0]: other[1]})
    patients = tables["patients"].set_index("patient_id").astype(object)
    row = patients.where(patients.notna(), None).loc["1"]
    assert {name: str(row[name].date()) if name == "birth_date" else row[name] for name in expected} == expected
    assert [(f.field, f.keys) for f in tables.findings if f.code == "conflicting-tables"] == conflicts
    folded = [(row.file, row.ref, row.reason) for row in tables.row_outcomes if row.outcome is Outcome.FOLDED_INTO]
    assert folded == ([(other[0], "patient:1", Message.of("joined", place="patients.csv:2"))] if "\n1," in other[1] else [])


def test_of_conflicting_tables_the_later_or_the_decided_counts(tmp_path: Path) -> None:
    """A modified column says which; else a decision by file."""
    contacts = {"contacts.csv": "Patient ID,Mobile\n1,0499 999 991\n"}
    decided = decide_version({}, ("contacts.csv", "patients.csv"), "contacts.csv", by="Kim", at="", why="the newer list")
    tables = joined(tmp_path / "a", {"patients.csv": LIST, **contacts}, versions=parse_versions(decided))
    assert tables["patients"].set_index("patient_id").at["1", "mobile"] == "+61499999991"
    moments = {
        "patients.csv": "Patient ID,First Name,Last Name,DOB,Mobile,Modified\n1,Ann,Lee,01/02/1980,0412 345 671,2026-10-01 10:00\n",
        "contacts.csv": "Patient ID,Mobile,Modified\n1,0499 999 991,2026-10-02 10:00\n",
    }
    tables = joined(tmp_path / "b", moments)
    assert tables["patients"].set_index("patient_id").at["1", "mobile"] == "+61499999991"
