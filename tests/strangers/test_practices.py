"""The truth of each made-up practice agrees with its files, read again with nothing but csv and openpyxl."""

from __future__ import annotations

import csv
import hashlib
import json
import re
from collections import defaultdict
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import openpyxl
import pytest

from tests.strangers.practices import PRACTICES, columns, generate

Rows = list[dict[str, str]]


def cents(text: str) -> int:
    """Cents of a decimal in text."""
    return int(Decimal(text or "0") * 100)


@pytest.fixture(scope="module", params=[(60, 1), (60, 2), (150, 3)], ids=["60-1", "60-2", "150-3"])
def made(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Path, dict[str, Any]]]:
    """All three practices of a size and a seed: folder and truth as it stands in truth.json."""
    patients, seed = request.param
    folder = tmp_path_factory.mktemp("practices")
    out = {}
    for name in PRACTICES:
        generate(name, folder / name, patients, seed)
        out[name] = (folder / name / "export", json.loads((folder / name / "truth.json").read_text(encoding="utf-8")))
    return out


def read(folder: Path, pattern: str) -> Rows:
    """All rows of all files that match, oldest page first."""
    rows: Rows = []
    for path in sorted(folder.glob(pattern), key=lambda each: (len(each.name), each.name)):
        with path.open(encoding="utf-8", newline="") as file:
            rows += csv.DictReader(file)
    return rows


def by(rows: Rows, column: str) -> dict[str, dict[str, str]]:
    """Rows by their key; a later row of one key wins."""
    return {row[column]: row for row in rows}


def test_one_seed_gives_the_same_files(tmp_path: Path) -> None:
    """Same name, size and seed: same bytes; another seed: others."""
    for name in PRACTICES:
        sums = []
        for place, seed in enumerate((5, 5, 6)):
            generate(name, tmp_path / f"{name}{place}", 60, seed)
            files = sorted(path for path in (tmp_path / f"{name}{place}").rglob("*") if path.is_file())
            sums.append([(path.name, hashlib.sha256(path.read_bytes()).hexdigest()) for path in files])
        assert sums[0] == sums[1]
        assert sums[0] != sums[2]


def test_a_truth_is_whole(made: dict[str, tuple[Path, dict[str, Any]]]) -> None:
    """What the truth points at stands in the truth, keys are unique, invoice sums follow from lines, payments and credits."""
    for _, facts in made.values():
        people = {person["key"] for person in facts["patients"] + facts["leads"]}
        assert len(people) == len(facts["patients"]) + len(facts["leads"])
        for kind in ("appointments", "plans", "invoices"):
            assert len({each["key"] for each in facts[kind]}) == len(facts[kind])
            assert {each["patient"] for each in facts[kind]} <= people
        paid: dict[str, int] = defaultdict(int)
        taken: dict[str, int] = defaultdict(int)
        for payment in facts["payments"]:
            assert payment["payer"] in people
            assert payment["amount_cents"] == sum(part["cents"] for part in payment["invoices"]) + payment["unallocated_cents"]
            for part in payment["invoices"]:
                paid[part["invoice"]] += part["cents"]
        for credit in facts["credits"]:
            taken[credit["invoice"]] += credit["cents"]
        invoices = {invoice["key"]: invoice for invoice in facts["invoices"]}
        for number, invoice in invoices.items():
            assert invoice["total_cents"] == sum(line["total_cents"] for line in invoice["lines"])
            assert all(
                line["total_cents"] == line["quantity"] * line["fee_cents"] - line["discount_cents"] and line["total_cents"] > 0
                for line in invoice["lines"]
            )
            assert (invoice["paid_cents"], invoice["credited_cents"]) == (paid[number], taken[number])
            left = 0 if invoice["status"] == "void" else invoice["total_cents"] - paid[number] - taken[number]
            assert invoice["open_cents"] == left >= 0
        owed: dict[str, int] = defaultdict(int)
        for invoice in facts["invoices"]:
            owed[invoice["patient"]] += invoice["open_cents"]
        for payment in facts["payments"]:
            owed[payment["payer"]] -= payment["unallocated_cents"]
        assert {person["key"]: person["balance_cents"] for person in facts["patients"]} == {
            key: owed[key] for key in (p["key"] for p in facts["patients"])
        }
        for plan in facts["plans"]:
            live = [invoices[number] for number in plan["invoices"] if invoices[number]["status"] != "void"]
            assert plan["invoiced_cents"] == sum(invoice["total_cents"] for invoice in live)
            assert plan["open_cents"] == sum(invoice["open_cents"] for invoice in live)
            assert plan["total_cents"] == sum(item["total_cents"] for item in plan["items"])
        assert {"paid", "part paid", "open", "void"} <= {invoice["status"] for invoice in facts["invoices"]}
        assert {"kept", "cancelled", "missed", "booked"} <= {visit["outcome"] for visit in facts["appointments"]}
        assert facts["never_merge"] and facts["unattachable"] and any(payment["reverses"] for payment in facts["payments"])
        assert facts["totals"]["open_cents"] == sum(invoice["open_cents"] for invoice in facts["invoices"])


def test_meanings_name_every_column(made: dict[str, tuple[Path, dict[str, Any]]]) -> None:
    """meanings.json has a plain meaning for every column of every file, and for no other."""
    for name, (folder, _) in made.items():
        meanings = json.loads((folder.parent / "meanings.json").read_text(encoding="utf-8"))["files"]
        used: dict[str, set[str]] = defaultdict(set)
        for path in folder.iterdir():
            matches = [pattern for pattern in meanings if path.match(pattern)]
            assert len(matches) == 1, (name, path.name, matches)
            known = set(meanings[matches[0]]["columns"])
            if path.suffix == ".csv":
                with path.open(encoding="utf-8", newline="") as file:
                    heads = [next(csv.reader(file))]
            else:
                book = openpyxl.load_workbook(path)
                rows = [[str(cell) for cell in row if cell is not None] for tab in book for row in tab.iter_rows(values_only=True)]
                heads = [row for row in rows if len(row) > 1 and set(row) <= known]
            assert heads, path.name
            for names in heads:
                assert set(names) <= known, (path.name, sorted(set(names) - known))
            used[matches[0]] |= {name for names in heads for name in names}
        optional = re.compile(r"\.[1-9]\.")  # a second phone, a second invoice of a payment
        for pattern, seen in used.items():
            missing = {column for column in set(meanings[pattern]["columns"]) - seen if not optional.search(column)}
            assert not missing or "archived" in pattern, (pattern, missing)


def test_the_page_of_columns_is_up_to_date() -> None:
    """COLUMNS.md says what the meanings say."""
    assert columns.PAGE.read_text(encoding="utf-8") == columns.page()


# -- codes -------------------------------------------------------------------------------------------------------------------------


def test_codes_patients_and_visits(made: dict[str, tuple[Path, dict[str, Any]]]) -> None:
    """PatNum, Guarantor and AptNum lead to what the truth says; the rest of the rows are named as belonging to nobody."""
    folder, facts = made["codes"]
    rows = by(read(folder, "patient.csv"), "PatNum")
    people = facts["patients"] + facts["leads"]
    assert set(rows) == {person["key"] for person in people} | {row["key"] for row in facts["deleted_patients"]}
    for person in people:
        row = rows[person["key"]]
        assert (row["FName"], row["LName"], row["MiddleI"], row["Preferred"]) == tuple(
            person[part] for part in ("first", "last", "middle", "preferred")
        )
        assert row["Birthdate"] == (person["birth_date"] or "0001-01-01")
        assert row["Guarantor"] == (person["head"] or person["key"])
        assert cents(row["EstBalance"]) == person["balance_cents"]
        typed = {"mobile": row["WirelessPhone"], "home": row["HmPhone"], "work": row["WkPhone"]}
        assert {kind for kind, text in typed.items() if text} == {phone["kind"] for phone in person["phones"]}
        for phone in person["phones"]:
            assert re.sub(r"\D", "", typed[phone["kind"]])[-6:] == phone["e164"][-6:]
        family = [each for each in people if each["head"] == person["key"] or each is person]
        if row["Guarantor"] == person["key"]:
            assert cents(row["BalTotal"]) == sum(each["balance_cents"] for each in family)
            ages = [cents(row[column]) for column in ("Bal_0_30", "Bal_31_60", "Bal_61_90", "BalOver90")]
            assert sum(ages) == max(cents(row["BalTotal"]), 0)
    visits = by(read(folder, "appointment.csv"), "AptNum")
    known = {visit["key"] for visit in facts["appointments"]}
    known |= {visit["key"] for visit in facts["planned_appointments"] + facts["not_appointments"]}
    assert set(visits) - known == {row["key"] for row in facts["unattachable"] if row["file"] == "appointment.csv"}
    codes = {row["CodeNum"]: row["ProcCode"] for row in read(folder, "procedurecode.csv")}
    broken = {row["AptNum"]: codes[row["CodeNum"]] for row in read(folder, "procedurelog.csv") if codes[row["CodeNum"]].startswith("D")}
    for visit in facts["appointments"]:
        row = visits[visit["key"]]
        assert row["AptDateTime"].replace(" ", "T") == visit["start_local"]
        assert len(row["Pattern"]) * 5 == visit["minutes"]
        assert visit["dentist"] in (row["ProvNum"], row["ProvHyg"])
        word = {"1": "booked", "2": "kept"}.get(row["AptStatus"]) or {"D9986": "missed", "D9987": "cancelled"}[broken[visit["key"]]]
        assert word == visit["outcome"]


def test_codes_money(made: dict[str, tuple[Path, dict[str, Any]]]) -> None:
    """Procedures, adjustments, splits and claim payments add up to every invoice, plan and balance of the truth."""
    folder, facts = made["codes"]
    procs = by(read(folder, "procedurelog.csv"), "ProcNum")
    total: dict[str, int] = defaultdict(int)
    for row in procs.values():
        if row["ProcStatus"] == "2" or (row["ProcStatus"] == "6" and row["StatementNum"] != "0"):
            total[row["StatementNum"]] += cents(row["ProcFee"]) * int(row["UnitQty"])
    credited: dict[str, int] = defaultdict(int)
    for row in read(folder, "adjustment.csv"):
        if row["StatementNum"] != "0":
            total[row["StatementNum"]] += cents(row["AdjAmt"])
        else:
            credited[procs[row["ProcNum"]]["StatementNum"]] -= cents(row["AdjAmt"])
    paid: dict[str, int] = defaultdict(int)
    ahead: dict[str, int] = defaultdict(int)
    lost = {row["key"] for row in facts["unattachable"] if row["file"] == "paysplit.csv"}
    for row in read(folder, "paysplit.csv"):
        if row["ProcNum"] != "0":
            paid[procs[row["ProcNum"]]["StatementNum"]] += cents(row["SplitAmt"])
        elif row["SplitNum"] not in lost:
            ahead[row["PatNum"]] += cents(row["SplitAmt"])
    for row in read(folder, "claimproc.csv"):
        if row["Status"] == "1":
            paid[procs[row["ProcNum"]]["StatementNum"]] += cents(row["InsPayAmt"])
    bills = by(read(folder, "statement.csv"), "StatementNum")
    assert set(bills) == {invoice["key"] for invoice in facts["invoices"]}
    for invoice in facts["invoices"]:
        number = invoice["key"]
        assert bills[number]["PatNum"] == invoice["patient"]
        if invoice["status"] == "void":
            assert {row["ProcStatus"] for row in procs.values() if row["StatementNum"] == number} == {"6"}
            continue
        assert (total[number], paid[number], credited[number]) == (invoice["total_cents"], invoice["paid_cents"], invoice["credited_cents"])
    assert {key: value for key, value in ahead.items() if value} == {
        person["key"]: person["paid_ahead_cents"] for person in facts["patients"] if person["paid_ahead_cents"]
    }
    payments = by(read(folder, "payment.csv"), "PayNum")
    cheques = by(read(folder, "claimpayment.csv"), "ClaimPaymentNum")
    for payment in facts["payments"]:
        table, number = payment["key"].split()
        if table == "payment":
            assert (cents(payments[number]["PayAmt"]), payments[number]["PatNum"]) == (payment["amount_cents"], payment["payer"])
        else:
            assert cents(cheques[number]["CheckAmt"]) == payment["amount_cents"]
    received = sum(cents(row["PayAmt"]) for row in payments.values()) + sum(cents(row["CheckAmt"]) for row in cheques.values())
    assert received - 8550 == facts["totals"]["received_cents"]
    splits: dict[str, int] = defaultdict(int)
    for row in read(folder, "paysplit.csv"):
        splits[row["PayNum"]] += cents(row["SplitAmt"])
    assert all(splits[number] == cents(row["PayAmt"]) for number, row in payments.items())
    plans = by(read(folder, "treatplan.csv"), "TreatPlanNum")
    quoted: dict[str, int] = defaultdict(int)
    reached: dict[str, set[str]] = defaultdict(set)
    for row in read(folder, "proctp.csv"):
        quoted[row["TreatPlanNum"]] += cents(row["FeeAmt"]) - cents(row["Discount"])
        if procs[row["ProcNumOrig"]]["StatementNum"] != "0":
            reached[row["TreatPlanNum"]].add(procs[row["ProcNumOrig"]]["StatementNum"])
    for row in read(folder, "treatplanattach.csv"):
        proc = procs[row["ProcNum"]]
        quoted[row["TreatPlanNum"]] += cents(proc["ProcFee"]) * int(proc["UnitQty"]) - cents(proc["Discount"])
    assert set(plans) == {plan["key"] for plan in facts["plans"]}
    for plan in facts["plans"]:
        assert (plans[plan["key"]]["PatNum"], quoted[plan["key"]]) == (plan["patient"], plan["total_cents"])
        assert reached[plan["key"]] == set(plan["invoices"])
        assert (plans[plan["key"]]["DateTSigned"][:4] != "0001") == (plan["status"] in ("accepted", "in progress", "completed"))


# -- api ---------------------------------------------------------------------------------------------------------------------------


def test_api_patients_and_visits(made: dict[str, tuple[Path, dict[str, Any]]]) -> None:
    """Ids lead to what the truth says; starts in UTC are the local ones in the location's zone."""
    folder, facts = made["api"]
    rows = by(read(folder, "patients_page_*.csv") + read(folder, "archived_patients_page_*.csv"), "id")
    assert set(rows) == {person["key"] for person in facts["patients"]}
    assert all(int(key) > 2**53 for key in rows)
    for person in facts["patients"]:
        row = rows[person["key"]]
        assert (row["first_name"], row["last_name"], row["date_of_birth"] or None) == (
            person["first"],
            person["last"],
            person["birth_date"],
        )
        numbers = {
            "+" + row[f"patient_phone_numbers.{place}.number"] for place in range(3) if row.get(f"patient_phone_numbers.{place}.number")
        }
        assert numbers == {phone["e164"] for phone in person["phones"]}
        assert bool(row["archived_at"]) == (person["status"] in ("archived", "deceased"))
        assert row["email"] in [*person["emails"], *person["filler_emails"], ""]
    holders = {row["id"]: row["patient.id"] for row in read(folder, "accounts_page_*.csv")}
    for person in facts["patients"]:
        assert holders[rows[person["key"]]["account.id"]] == (person["head"] or person["key"])
    visits = by(read(folder, "individual_appointments_page_*.csv") + read(folder, "cancelled_individual_appointments_page_*.csv"), "id")
    lost = {row["key"] for row in facts["unattachable"] if row["file"] == "individual_appointments"}
    assert set(visits) == {visit["key"] for visit in facts["appointments"]} | lost
    assert all(visits[key]["patient.id"] not in rows for key in lost)
    zones = {row["id"]: row["time_zone_identifier"] for row in read(folder, "businesses.csv")}
    assert len(set(zones.values())) == 2
    for visit in facts["appointments"]:
        row = visits[visit["key"]]
        start = datetime.fromisoformat(row["starts_at"])
        assert start.astimezone(ZoneInfo(zones[row["business.id"]])).replace(tzinfo=None).isoformat() == visit["start_local"]
        assert datetime.fromisoformat(row["ends_at"]) - start == timedelta(minutes=visit["minutes"])
        assert row["patient.id"] == visit["patient"] == row["patient.links.self"].rsplit("/", 1)[1]
        if row["cancelled_at"]:
            outcome = "cancelled"
        elif row["did_not_arrive"] == "true":
            outcome = "missed"
        else:
            outcome = "kept" if row["patient_arrived"] == "true" else "booked"
        assert outcome == visit["outcome"]


def test_api_money(made: dict[str, tuple[Path, dict[str, Any]]]) -> None:
    """The later row of an invoice counts; items, explanations and credit notes add up to it."""
    folder, facts = made["api"]
    old = by(read(folder, "invoices_page_*.csv"), "id")
    new = by(read(folder, "invoices_updated_since_*.csv"), "id")
    rows = old | new
    void = by(read(folder, "deleted_invoices_page_*.csv"), "id")
    assert all(row["updated_at"] > old[key]["updated_at"] for key, row in new.items() if key in old)
    items = by(read(folder, "invoice_items_page_*.csv") + read(folder, "invoice_items_updated_since_*.csv"), "id")
    dead = by(read(folder, "deleted_invoice_items_page_*.csv"), "id")
    assert {invoice["key"] for invoice in facts["invoices"]} == {*rows, *void}
    sums: dict[str, int] = defaultdict(int)
    plan_items = by(read(folder, "treatment_plan_items_page_*.csv"), "id")
    reached: dict[str, set[str]] = defaultdict(set)
    for row in [*items.values(), *dead.values()]:
        sums[row["invoice.id"]] += cents(row["total_including_tax"])
        assert cents(row["unit_price"]) * int(row["quantity"]) - cents(row["discounted_amount"]) + cents(row["tax_amount"]) == cents(
            row["total_including_tax"]
        )
        if row["treatment_plan_item.id"]:
            reached[plan_items[row["treatment_plan_item.id"]]["treatment_plan.id"]].add(row["invoice.id"])
    restated = 0
    for invoice in facts["invoices"]:
        row = (void if invoice["status"] == "void" else rows)[invoice["key"]]
        assert cents(row["total_amount"]) == sums[invoice["key"]] == invoice["total_cents"]
        assert cents(row["net_amount"]) + cents(row["tax_amount"]) == invoice["total_cents"]
        assert (row["patient.id"], cents(row["amount_outstanding"])) == (invoice["patient"], invoice["open_cents"])
        if invoice["earlier_total_cents"] and invoice["status"] != "void":
            assert cents(old[invoice["key"]]["total_amount"]) == invoice["earlier_total_cents"] != invoice["total_cents"]
            restated += 1
    assert restated
    payments = by(read(folder, "payments_page_*.csv"), "id")
    lost = {row["key"] for row in facts["unattachable"] if row["file"] == "payments"}
    assert set(payments) == {payment["key"] for payment in facts["payments"]} | lost
    for payment in facts["payments"]:
        row = payments[payment["key"]]
        shares = {
            (row[f"explanations.{place}.invoice.id"], cents(row[f"explanations.{place}.amount"]))
            for place in range(9)
            if row.get(f"explanations.{place}.invoice.id")
        }
        assert shares == {(part["invoice"], part["cents"]) for part in payment["invoices"]}
        assert (row["patient.id"], cents(row["amount"])) == (payment["payer"], payment["amount_cents"])
        assert cents(row["amount_unexplained"]) == payment["unallocated_cents"]
    assert sum(cents(row["amount"]) for row in read(folder, "credit_notes.csv")) == facts["totals"]["credited_cents"]
    balances = {row["patient.id"]: cents(row["current_balance"]) for row in read(folder, "accounts_page_*.csv")}
    assert sum(balances.values()) == facts["totals"]["open_cents"] - facts["totals"]["paid_ahead_cents"]
    plans = by(read(folder, "treatment_plans_page_*.csv"), "id")
    for plan in facts["plans"]:
        own = [row for row in plan_items.values() if row["treatment_plan.id"] == plan["key"]]
        assert plan["total_cents"] == sum(cents(row["total_price"]) for row in own) == cents(plans[plan["key"]]["private_treatment_value"])
        assert reached[plan["key"]] == set(plan["invoices"])


# -- reports -----------------------------------------------------------------------------------------------------------------------


def sheet(folder: Path, name: str, tab: str = "") -> list[list[Any]]:
    """All rows of a sheet as they stand."""
    book = openpyxl.load_workbook(folder / name)
    return [list(row) for row in (book[tab] if tab else book.worksheets[0]).iter_rows(values_only=True)]


def side(text: str) -> int:
    """Cents of 1,250.00 DR or 50.00 CR."""
    amount, _, word = text.replace(",", "").partition(" ")
    return cents(amount) * (-1 if word == "CR" else 1)


def number(value: Any) -> int:
    """Cents of a cell."""
    return round((value or 0) * 100)


def ledger(folder: Path, name: str) -> tuple[dict[str, dict[str, int]], dict[str, int], dict[str, int]]:
    """Per account DR, CR and closing balance of a transactions report; per invoice its total and its lines; per receipt its sum."""
    accounts: dict[str, dict[str, int]] = {}
    invoices: dict[str, int] = defaultdict(int)
    receipts: dict[str, int] = defaultdict(int)
    account: dict[str, int] = {}
    lines = owed = 0
    current = ""
    for row in sheet(folder, name)[6:]:
        first, ref, text = (str(value or "") for value in row[:3])
        if first.startswith("Account: "):
            if not first.endswith("(continued)"):
                who = re.match(r"Account: (.*?)(?: \(.*?\))?(?:, (?:Mr|Mrs|Ms|Miss|Dr|Master))?   DOB: (\S+)", first)
                assert who
                account = accounts[f"{who[1]}|{who[2]}"] = {"DR": 0, "CR": 0, "balance": 0}
            continue
        if first.startswith("Total "):
            assert lines == owed, current
            assert (number(row[8]), number(row[9])) == (account["DR"], account["CR"])
            assert side(row[10]) == account["balance"]
            continue
        if first == "REPORT TOTAL":
            assert number(row[8]) == sum(each["DR"] for each in accounts.values())
            assert number(row[9]) == sum(each["CR"] for each in accounts.values())
            continue
        if text == "Brought forward":
            account["balance"] = side(row[10])
        if row[7] is not None and isinstance(row[7], int | float):
            lines += number(row[7])
            continue
        debit, credit = (number(value) if isinstance(value, int | float) else 0 for value in row[8:10])
        if not debit and not credit:
            continue
        assert debit >= 0 and credit >= 0
        assert lines == owed, current
        lines = owed = 0
        account["DR"] += debit
        account["CR"] += credit
        account["balance"] += debit - credit
        assert side(row[10]) == account["balance"]
        if ref.startswith("Inv ") and text.startswith("Invoice"):
            current, owed = ref, debit
            invoices[ref[4:]] = debit
        elif ref.startswith("Rec "):
            receipts[ref[4:]] += credit - debit
    return accounts, invoices, receipts


def test_reports_turn_pages(made: dict[str, tuple[Path, dict[str, Any]]]) -> None:
    """No forty rows and a few go by without the heads; a block that goes on says so."""
    folder, _ = made["reports"]
    for name in ("Patient List.xlsx", "Transactions 2024-07 to 2026-06.xlsx", "Treatment Plans.xlsx"):
        rows = sheet(folder, name)
        head = next(row for row in rows if row[0] in ("Patient", "Date", "Item"))
        places = [place for place, row in enumerate(rows) if row == head]
        assert len(places) > 1
        assert all(after - before <= 60 for before, after in zip(places, [*places[1:], len(rows)], strict=True))
        assert all(str(rows[place - 1][-1]).startswith("Page ") for place in places[1:])
        texts = [str(row[0]) for row in rows]
        assert name == "Patient List.xlsx" or any(text.endswith("(continued)") for text in texts)


def test_reports_patients(made: dict[str, tuple[Path, dict[str, Any]]]) -> None:
    """Every patient stands once in the list with birth date, phones and balance; the printed total is the sum."""
    folder, facts = made["reports"]
    rows = [row for row in sheet(folder, "Patient List.xlsx") if row[10] and row[10] != "Balance" and not str(row[10]).startswith("Page")]
    total, rows = rows[-1], rows[:-1]
    assert total[0] == f"Total patients: {len(facts['patients'])}" and len(rows) == len(facts["patients"])
    people = sorted(
        facts["patients"], key=lambda person: (person["last"].casefold(), person["first"].casefold(), person["birth_date"] or "")
    )
    assert side(total[10]) == sum(side(row[10]) for row in rows)
    for row, person in zip(rows, people, strict=True):
        assert row[0].startswith(f"{person['last']}, {person['first']}")
        assert person["preferred"] in row[0] and person["title"] in row[0] and person["middle"] in row[0]
        if person["birth_date"]:
            assert datetime.strptime(row[1].split(" (")[0], "%d/%m/%Y").date().isoformat() == person["birth_date"]
        digits = re.sub(r"[^\d+]", "", row[2] or "")
        assert all(phone["e164"][-6:] in digits for phone in person["phones"])
        assert side(row[10]) == person["balance_cents"]
        head = next((each for each in people if each["key"] == person["head"]), None)
        assert (row[5] or "") == (f"{head['last']}, {head['first']}" if head else "")


def test_reports_book(made: dict[str, tuple[Path, dict[str, Any]]]) -> None:
    """With the date carried down, the book has every visit of the truth, and no other than those named as nobody's."""
    folder, facts = made["reports"]
    status = {"Seen": "kept", "UTA": "cancelled", "FTA": "missed", None: "booked"}
    seen = {}
    for tab in openpyxl.load_workbook(folder / "Appointment Book.xlsx").sheetnames:
        day, count, minutes, total = "", 0, 0, None
        for row in sheet(folder, "Appointment Book.xlsx", tab):
            if re.fullmatch(r"\w{3} \d\d/\d\d/\d{4}", str(row[0])):
                day = row[0][4:]
            if re.fullmatch(r"\d+:\d\d [AP]M", str(row[1])):
                start = datetime.strptime(f"{day} {row[1]}", "%d/%m/%Y %I:%M %p")
                seen[f"{tab}|{start.isoformat(timespec='minutes')}"] = row
                count, minutes = count + 1, minutes + row[2]
            elif str(row[0]).startswith("Total "):
                total = row
        assert total and (total[0], total[2]) == (f"Total {tab}: {count} appointments", minutes)
    visits = {visit["key"]: visit for visit in facts["appointments"]}
    lost = {row["key"] for row in facts["unattachable"] if row["file"] == "Appointment Book.xlsx"}
    assert set(seen) == set(visits) | {key for key in lost if key not in visits}
    for key, visit in visits.items():
        row = seen[key]
        assert (row[3], row[2], row[5], status[row[6]]) == (
            visit["patient"].split("|")[0],
            visit["minutes"],
            visit["type"],
            visit["outcome"],
        )


def test_reports_money(made: dict[str, tuple[Path, dict[str, Any]]]) -> None:
    """Running balances, totals and overlapping reports agree with the truth; what was restated stands as it was in the earlier report."""
    folder, facts = made["reports"]
    first, second = (ledger(folder, name) for name in ("Transactions 2024-07 to 2026-06.xlsx", "Transactions 2026-04 to 2026-10.xlsx"))
    totals: dict[str, int] = {}
    restated = 0
    for invoice in facts["invoices"]:
        number_, day = invoice["key"], invoice["date"]
        assert (number_ in first[1]) == (day <= "2026-06-30")
        assert (number_ in second[1]) == (day >= "2026-04-01")
        if number_ in first[1]:
            assert first[1][number_] == (invoice["earlier_total_cents"] or invoice["total_cents"])
        if number_ in second[1]:
            assert second[1][number_] == invoice["total_cents"]
            restated += bool(invoice["earlier_total_cents"] and number_ in first[1])
        totals[number_] = invoice["total_cents"]
    assert restated
    assert set(first[1]) | set(second[1]) == set(totals)
    for payment in facts["payments"]:
        ledgers = [
            each[2] for each, inside in ((first, payment["date"] <= "2026-06-30"), (second, payment["date"] >= "2026-04-01")) if inside
        ]
        assert ledgers
        for receipts in ledgers:
            assert receipts[payment["key"]] == payment["amount_cents"]
    for person in facts["patients"]:
        birth = datetime.fromisoformat(person["birth_date"]).strftime("%d/%m/%Y") if person["birth_date"] else "-"
        name = f"{person['last']}, {person['first']}{' ' + person['middle'] if person['middle'] else ''}|{birth}"
        if name in second[0]:
            assert second[0][name]["balance"] == person["balance_cents"]
        else:
            assert person["balance_cents"] == 0
    printed = {(each["file"], each["label"]): each["cents"] for each in facts["totals"]["printed"]}
    name = "Transactions 2026-04 to 2026-10.xlsx"
    assert printed[name, "REPORT TOTAL Balance"] == facts["totals"]["open_cents"] - facts["totals"]["paid_ahead_cents"]
    rows = [row for row in sheet(folder, "Income Summary.xlsx") if re.fullmatch(r"\w{3} \d{4}", str(row[0]))]
    months = {datetime.strptime(row[0], "%b %Y").strftime("%Y-%m"): row for row in rows}
    assert {month: number(row[1]) for month, row in months.items() if row[1]} == facts["totals"]["invoiced_by_month_cents"]
    assert {month: number(row[7]) for month, row in months.items() if row[7] or month in facts["totals"]["received_by_month_cents"]} == (
        facts["totals"]["received_by_month_cents"]
    )


def test_reports_plans_and_debtors(made: dict[str, tuple[Path, dict[str, Any]]]) -> None:
    """Plan totals, patient totals and the grand total are the sums of the lines; debtors are those of the truth."""
    folder, facts = made["reports"]
    plans = {plan["key"]: plan for plan in facts["plans"]}
    seen: dict[str, tuple[int, set[str]]] = {}
    patient = key = ""
    lines = whole = grand = 0
    for row in sheet(folder, "Treatment Plans.xlsx"):
        text = str(row[0] or "")
        if text.startswith("Patient: ") and "(continued)" not in text:
            name, birth = re.match(r"Patient: (.*?)   DOB: (\S+)", text).groups()  # type: ignore[union-attr]
            iso = datetime.strptime(birth, "%d/%m/%Y").date().isoformat() if birth != "-" else ""
            patient = next(
                p["key"] for p in facts["patients"] if name.startswith(p["key"].split("|")[0]) and (p["birth_date"] or "") == iso
            )
            whole = 0
        elif text.startswith("Plan: "):
            heading, dated = re.match(r"Plan: (.*?)   Dated: (\S+)", text).groups()  # type: ignore[union-attr]
            key = f"{patient}|{datetime.strptime(dated, '%d/%m/%Y').date().isoformat()}|{heading}"
            seen[key], lines = (0, set()), 0
        elif text == "Plan total":
            assert number(row[7]) == lines == plans[key]["total_cents"]
            whole += lines
        elif text.startswith("Total "):
            assert number(row[7]) == whole
            grand += whole
        elif text == "GRAND TOTAL":
            assert number(row[7]) == grand == facts["totals"]["plans_cents"]
        elif isinstance(row[7], int | float):
            assert number(row[7]) == round(row[4] * number(row[5]) - number(row[6]))
            lines += number(row[7])
            if row[9]:
                seen[key][1].add(row[9])
    assert set(seen) == set(plans)
    assert all(seen[key][1] == set(plan["invoices"]) for key, plan in plans.items())
    rows = sheet(folder, "Aged Debtors.xlsx")
    debts = [row for row in rows if isinstance(row[7], int | float) and not re.match(r"Subtotal|Total", str(row[0]))]
    found = {
        f"{row[0]}|{row[1].date().isoformat() if row[1] else ''}": (number(row[7]), [number(cell) for cell in row[3:7]]) for row in debts
    }
    assert found == {row["patient"]: (row["balance_cents"], row["ageing_cents"]) for row in facts["totals"]["debtors"]}
    total = next(row for row in rows if row[0] == "Total")
    assert [number(cell) for cell in total[3:8]] == [sum(number(row[place]) for row in debts) for place in range(3, 8)]
