"""Files that are not what their names say, web pages and Excel's XML, and what is no table at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from migkit.source import read_export

PAGE = """<html><head><style>td {mso-number-format:"\\@"}</style></head><body>
<table><tr><td colspan=3>Recall Report</td></tr></table>
<table border=1><tr><th>Recall ID</th><th>Patient</th><th>Note</th></tr>
<tr><td rowspan=2>7</td><td>O&#39;Brien, Zo&euml;</td><td>one<br>two</td></tr>
<tr><td>Roe &amp; Co<td>  0412 <b>345</b>
 678 </tr></table></body></html>"""

XML = """<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">
<Worksheet ss:Name="Invoices"><Table>
<Row><Cell><Data ss:Type="String">Invoice No</Data></Cell><Cell><Data ss:Type="String">Date</Data></Cell>
<Cell><Data ss:Type="String">Paid</Data></Cell></Row>
<Row><Cell><Data ss:Type="String">007</Data></Cell><Cell ss:Index="3"><Data ss:Type="Boolean">1</Data></Cell></Row>
<Row ss:Index="5"><Cell><Data ss:Type="Number">8</Data></Cell><Cell><Data ss:Type="DateTime">2026-03-01T00:00:00.000</Data></Cell>
<Cell><Data ss:Type="DateTime">2026-03-01T09:05:00.000</Data></Cell></Row>
</Table></Worksheet></Workbook>"""


def put(folder: Path, name: str, body: str | bytes) -> None:
    (folder / name).write_bytes(body.encode() if isinstance(body, str) else body)


@pytest.mark.parametrize("name", ["recalls.xls", "recalls.csv", "recalls.xlsx"])
def test_a_web_page_under_a_table_s_name_is_read(tmp_path: Path, name: str) -> None:
    """Cells as they are shown: entities, line breaks, cells over two rows, rows left open; the small table above is its title."""
    put(tmp_path, name, PAGE)
    (table,) = read_export(tmp_path).tables.values()
    assert table.files == (f"{name}#Table 1",) and table.title == "Recall Report"
    assert table.frame[["Recall ID", "Patient", "Note", "_line"]].to_numpy().tolist() == [
        ["7", "O'Brien, Zoë", "one\ntwo", 3],
        ["7", "Roe & Co", "0412 345 678", 4],
    ]


@pytest.mark.parametrize("name", ["invoices.xls", "invoices.xml"])
def test_excel_s_xml_of_2003_is_read(tmp_path: Path, name: str) -> None:
    """Left-out cells and rows keep their places, texts their noughts."""
    put(tmp_path, name, XML)
    frame = read_export(tmp_path).tables["Invoices"].frame.fillna("")
    assert frame[["Invoice No", "Date", "Paid", "_line"]].to_numpy().tolist() == [
        ["007", "", "TRUE", 2],
        ["8", "2026-03-01", "2026-03-01 09:05:00", 5],
    ]


def test_text_under_any_workbook_s_name_is_read_as_text(tmp_path: Path) -> None:
    """Somebody renamed the file instead of saving it anew."""
    put(tmp_path, "products.xlsx", "Code,Name\nA,Brush\n")
    assert read_export(tmp_path).tables["products"].frame["Name"].tolist() == ["Brush"]


@pytest.mark.parametrize(
    ("name", "body", "code", "words"),
    [
        ("all.7z", b"7z\xbc\xaf\x27\x1c", "archive-not-opened", "archive"),
        ("practice.accdb", b"\0\1\0\0Standard ACE DB", "file-is-database", "database"),
        ("backup.sql", b"INSERT INTO patients VALUES (1)", "file-is-database", "database"),
        ("patients.json", b'[{"id": 1}]', "unread-document", "JSON"),
        ("contacts.vcf", b"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ann Ng\r\nEND:VCARD\r\n", "unread-contacts", "contacts (vCard"),
        ("diary.ics", b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY:Ann\r\nEND:VEVENT\r\n", "unread-calendar", "calendar (iCalendar"),
        ("invoices.xls", XML[:400].encode(), "file-damaged", "truncated"),
    ],
)
def test_what_may_hold_records_and_is_not_read_is_said(tmp_path: Path, name: str, body: bytes, code: str, words: str) -> None:
    """An archive, a database, a dump: never taken for an attachment or a readme in silence."""
    put(tmp_path, "products.csv", "Code,Name\nA,Brush\n")
    put(tmp_path, name, body)
    raw = read_export(tmp_path)
    ((finding),) = raw.findings
    assert list(raw.tables) == ["products"] and (finding.code, finding.keys) == (code, (name,)) and words in str(finding)
    assert len(raw.attachments) == 0


def test_the_clutter_of_an_operating_system_is_nothing(tmp_path: Path) -> None:
    """Neither table nor attachment nor finding."""
    put(tmp_path, "products.csv", "Code,Name\nA,Brush\n")
    for name in ("Thumbs.db", "desktop.ini", ".DS_Store", "~$products.xlsx"):
        put(tmp_path, name, b"x")
    raw = read_export(tmp_path)
    assert (raw.findings, raw.documents, len(raw.attachments)) == ((), {}, 0)
