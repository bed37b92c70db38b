"""From the files of an export to the records as planned, by the commands that an analyst types."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pandas as pd
from click.testing import CliRunner

from migkit.cli import main
from migkit.migration import Migration
from migkit.model.records import DesiredRecord

from .books import WRITERS


def planned(tmp_path: Path) -> tuple[Migration, dict[str, DesiredRecord]]:
    """`migkit init` and `migkit plan --json` on `export`; return the records by key."""
    where = ["--target", "http://127.0.0.1:1", "--plan", "growth", "--seats", "2", "--timezone", "Australia/Sydney", "--currency", "AUD"]
    made = CliRunner().invoke(main, ["init", str(tmp_path / "acme"), "--export", str(tmp_path / "export"), *where])
    assert made.exit_code == 0, made.output
    told = CliRunner().invoke(main, ["plan", str(tmp_path / "acme"), "--json"])
    assert told.exit_code == 0, told.output
    migration = Migration.open(tmp_path / "acme")
    records = dict(migration.plan.records)
    counts = json.loads(told.stdout)["records"]
    assert counts["person"]["create"] == sum(record.object == "person" for record in records.values())
    return migration, records


def write(tmp_path: Path, files: dict[str, Any]) -> None:
    (tmp_path / "export").mkdir()
    for name, body in files.items():
        path = tmp_path / "export" / name
        if isinstance(body, str):
            path.write_text(body, encoding="utf-8")
        else:
            WRITERS[path.suffix[1:]](path, body)


FORMATS = {
    "dollars of the practice": ('"$"#,##0.00', 10000),
    "American dollars": ("[$USD] #,##0.00", None),
    "New Zealand's": ("[$NZD] #,##0.00", None),
    "American dollars by their sign": ('"US$"#,##0.00', None),
    "euros": ("#,##0.00 [$€-407]", None),
    "Australian dollars, stated": ("[$$-C09]#,##0.00", 10000),
    "no currency": ("0.00", 10000),
}


def test_an_amount_whose_cell_shows_a_currency(tmp_path: Path) -> None:
    """Invoices over 100.00 as the cells' formats show it: another country's money is told, and is no amount of the practice's."""
    rows = [[f"I{n}", 1, "01/02/2026", (100, shown)] for n, (shown, _) in enumerate(FORMATS.values(), start=1)]
    patients = "Patient ID,First Name,Last Name\n1,Ann,Lee\n"
    write(tmp_path, {"Patients.csv": patients, "Invoices.xlsx": [["Invoice No", "Patient ID", "Date", "Total"], *rows]})
    migration, records = planned(tmp_path)
    totals = migration.tables["invoices"].set_index("invoice_id")["total"]
    found = {name: None if pd.isna(totals[f"I{n}"]) else totals[f"I{n}"] for n, name in enumerate(FORMATS, start=1)}
    assert found == {name: cents for name, (_, cents) in FORMATS.items()}
    assert [(finding.code, finding.count) for finding in migration.tables.findings if finding.field == "total"] == [("foreign-currency", 4)]
    assert sum(record.amounts.get("invoiced", 0) for record in records.values()) == 30000


def test_an_amount_whose_open_document_cell_names_a_currency(tmp_path: Path) -> None:
    """The cell's own currency, and noughts and percent beside it."""
    cells = {
        "Patient ID": 'office:value-type="float" office:value="123"><text:p>00123</text:p>',
        "First Name": "Ann",
        "Last Name": "Lee",
        "Coverage": 'office:value-type="percentage" office:value="0.8"><text:p>80%</text:p>',
        "Balance": 'office:value-type="currency" office:value="45.5" office:currency="NZD"><text:p>NZ$45.50</text:p>',
    }
    write(tmp_path, {"Balances.ods": [list(cells), list(cells.values())]})
    migration, records = planned(tmp_path)
    assert {key for key, record in records.items() if record.object == "person"} == {"patient:00123"}
    assert [finding.code for finding in migration.tables.findings if finding.field == "balance"] == ["foreign-currency"]
    assert "45.50" not in json.dumps(dict(records["patient:00123"].fields))


CONTACTS: dict[str, tuple[tuple[str, str, str], list[str], list[str], str]] = {
    "a remark behind a number": (("0412 345 678 wife", "02 9999 1234", ""), ["+61412345678", "+61299991234"], [], "0412 345 678 wife"),
    "two of each": (
        ("0412345679 / 0412345680", "02 9999 1235 (after 5pm)", "bob@example.com; bob2@example.com"),
        ["+61412345679", "+61299991235", "+61412345680"],
        ["bob@example.com", "bob2@example.com"],
        "02 9999 1235 (after 5pm)",
    ),
    "as Google writes them": (
        ("0412 345 681 ::: 0412 345 682", "", "cy@example.com ::: cy@work.example"),
        ["+61412345681", "+61412345682"],
        ["cy@example.com", "cy@work.example"],
        "",
    ),
    "whose it is": (
        ("0412345681 Mum 0412345682 Dad", "", "cy@example.com cc dad@example.com"),
        ["+61412345681", "+61412345682"],
        ["cy@example.com", "dad@example.com"],
        "0412345681 Mum 0412345682 Dad",
    ),
    "not to be called": (("0412345685 do not call", "1300 975 707", ""), ["+61412345685", "+611300975707"], [], "0412345685 do not call"),
    "or the other": (("0412345688 or 02 9999 1238", "0400 000 000", ""), ["+61412345688", "+61299991238"], [], ""),
    "an extension": (("", "(02)99991237 ext 12", ""), ["+61299991237"], [], "(02)99991237 ext 12"),
    "no address": (("0412345684", "", "declined"), ["+61412345684"], [], "declined"),
}


def test_further_numbers_and_remarks_arrive(tmp_path: Path) -> None:
    """Every number and address that can be read is the person's, and what was written beside it stands in the details."""
    rows = [f'{n},Ann{n},Lee{n},"{mobile}","{home}","{email}"' for n, ((mobile, home, email), *_) in enumerate(CONTACTS.values(), start=1)]
    write(tmp_path, {"Patients.csv": "\n".join(["Patient ID,First Name,Last Name,Mobile,Home Phone,Email", *rows]) + "\n"})
    _, records = planned(tmp_path)
    for n, (name, (_, phones, emails, words)) in enumerate(CONTACTS.items(), start=1):
        fields = records[f"patient:{n}"].fields
        assert [phone["value"] for phone in fields.get("phones", [])] == phones, name
        assert [address["value"] for address in fields.get("emails", [])] == emails, name
        assert words in str(fields.get("custom:Patient details", "")), name
