"""Every flaw stands where damage.json says, seen in the raw bytes; all kinds are there, at their rates."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from .conftest import Made
from .raw import RawFile

BOTH = {
    "ambiguous-local-time", "ambiguous-name", "bad-email", "bad-phone", "blank-row", "booking-without-patient", "changed-amount", "crlf",
    "date-serial", "daylight-saving-day", "double-booked-chair", "double-booked-provider", "embedded-newline", "embedded-quote",
    "encoding-cp1252", "encoding-utf-16", "entry-without-file", "excel-item-code", "excel-mobile", "excel-postcode", "file-without-entry",
    "impossible-date", "last-first-name", "merged-title-cell", "money-brackets", "money-symbols", "name-for-id", "nonexistent-local-time",
    "padded-cell", "ragged-row", "repeated-booking", "repeated-header", "repeated-row", "scientific-notation", "second-record",
    "separator-semicolon", "separator-tab", "stacked-file", "stray-quote", "tombstone", "total-row", "unclosed-quote", "upper-case-name",
}  # fmt: skip
KINDS = {"tidy": BOTH | {"bare-quote", "encoding-utf-8-sig"}, "reports": BOTH | {"title-row"}}

CELLS: dict[str, tuple[tuple[str, ...], Callable[[Any], bool]]] = {
    "excel-item-code": (("Item Code", "Item"), lambda c: bool(re.fullmatch(r"[1-9]\d?", str(c)))),
    "excel-postcode": (("Postcode",), lambda c: bool(re.fullmatch(r"8\d\d", str(c)))),
    "excel-mobile": (("Mobile", "Phone"), lambda c: bool(re.fullmatch(r"4\d{8}", str(c)))),
    "scientific-notation": (("Medicare No",), lambda c: bool(re.fullmatch(r"\d\.\d\dE\+09", str(c)))),
    "money-brackets": (("Amount", "Balance"), lambda c: bool(re.fullmatch(r"\(\$[\d,]+\.\d\d\)", str(c)))),
    "money-symbols": (("Total", "Fee", "Amount"), lambda c: bool(re.fullmatch(r"\$[\d,]+\.\d\d", str(c)))),
    "upper-case-name": (("Last Name",), lambda c: str(c).isupper()),
    "bad-email": (("Email",), lambda c: "@" not in str(c) and "." in str(c)),
    "bad-phone": (("Home Phone",), lambda c: str(c) == "12345"),
    "impossible-date": (("DOB",), lambda c: str(c).startswith("31/02/")),
    "name-for-id": (("Patient ID",), lambda c: c in ("", None)),
    "ambiguous-name": (("Patient ID",), lambda c: c in ("", None)),
    "booking-without-patient": (("Patient ID",), lambda c: c in ("", None)),
    "tombstone": (("Merged Into",), lambda c: bool(c)),
}  # fmt: skip
"""Kind → headers, and what the cell under one of them looks like."""

DATES = ("DOB", "Invoice Date", "Due")
LINES: dict[str, Callable[[RawFile, int], bool]] = {
    "blank-row": lambda f, n: not (f.line(n) if f.lines else any(f.rows[n - 1] if n <= len(f.rows) else ())),
    "total-row": lambda f, n: str(f.cells(n)[0]) == "Total",
    "title-row": lambda f, n: str(f.cells(n)[0]) == "Dentist:",
    "merged-title-cell": lambda f, n: n < f.header_line and [c for c in f.rows[n - 1] if c is not None] == f.rows[n - 1][:1],
    "repeated-header": lambda f, n: n > f.header_line and [str(c) for c in f.cells(n)] == f.headers,
    "ragged-row": lambda f, n: len(f.cells(n)) != len(f.headers),
    "unclosed-quote": lambda f, n: f.line(n).replace('""', "").count('"') % 2 == 1,
    "stray-quote": lambda f, n: bool(re.search(r'[^\t"]"[^\t"]', f.line(n))) and f.line(n).endswith('"'),
    "bare-quote": lambda f, n: f.line(n).count('"') == 1,
    "embedded-newline": lambda f, n: any("\n" in str(c) for c in f.cells(n)),
    "embedded-quote": lambda f, n: '""' in "".join(f.lines[n - 1 : n + 2000]) and any('"' in str(c) for c in f.cells(n)),
    "date-serial": lambda f, n: any(re.fullmatch(r"[1-4]\d{3,4}", str(f.cell(n, h))) for h in DATES if h in f.headers),
    "padded-cell": lambda f, n: any(str(c).startswith("  ") and str(c).endswith(" ") for c in f.cells(n)),
}  # fmt: skip
FILES: dict[str, Callable[[RawFile], bool]] = {
    "crlf": lambda f: f.lines[0].endswith("\r"),
    "encoding-cp1252": lambda f: _is_not_utf8(f.path),
    "encoding-utf-16": lambda f: f.path.read_bytes()[:2] == b"\xff\xfe",
    "encoding-utf-8-sig": lambda f: f.path.read_bytes()[:3] == b"\xef\xbb\xbf",
    "separator-semicolon": lambda f: f.separator == ";",
    "separator-tab": lambda f: f.separator == "\t",
}


def _is_not_utf8(path: Path) -> bool:
    try:
        path.read_bytes().decode("utf-8")
    except UnicodeDecodeError:
        return True
    return False


def opener(folder: Path) -> Callable[[str], RawFile]:
    return cache(lambda name: RawFile(folder, name))


@pytest.mark.parametrize("export", ["export", "export_delta"])
def test_every_flaw_is_visible_where_it_is_said_to_be(made: Made, export: str) -> None:
    """The raw bytes at file and line show the flaw; kinds without a look of their own are checked by other tests."""
    open_file = opener(made.folder / export)
    seen: Counter[str] = Counter()
    for flaw in made.damage[export]["flaws"]:
        kind, line = flaw["kind"], flaw["line"]
        if kind in CELLS:
            headers, looks = CELLS[kind]
            assert looks(open_file(flaw["file"]).cell(line, *headers)), flaw
        elif kind in LINES:
            assert LINES[kind](open_file(flaw["file"]), line), flaw
        elif kind in FILES:
            assert FILES[kind](open_file(flaw["file"])), flaw
        else:
            continue
        seen[kind] += 1
    assert set(seen) == KINDS[made.style] & (set(CELLS) | set(LINES) | set(FILES))


def test_every_kind_of_flaw_is_there(made: Made) -> None:
    """The list of kinds is complete, and the counts are those of the list."""
    for export in ("export", "export_delta"):
        counts = made.damage[export]["counts"]
        assert set(counts) == KINDS[made.style]
        assert counts == Counter(flaw["kind"] for flaw in made.damage[export]["flaws"])


def test_flaws_come_at_their_rates(made: Made) -> None:
    """Of what could be spoiled, about the stated share is (within four standard deviations)."""
    patients = made.tables["patients"]
    could = {
        "excel-item-code": sum(r["item_code"][0] == "0" for t in ("treatment_items", "invoice_lines") for r in made.tables[t]),
        "excel-mobile": sum(bool(p["mobile"]) for p in patients) + len(made.tables["leads"]),
        "scientific-notation": sum(bool(p["medicare_number"]) for p in patients),
        "money-symbols": sum(len(made.tables[t]) for t in ("invoices", "treatment_items", "payments")),
        "date-serial": sum(bool(p["birth_date"]) for p in patients) + len(made.tables["invoices"]) + len(made.tables["recalls"]),
        "excel-postcode": sum((r["postcode"] or "").startswith("0") for t in ("patients", "families") for r in made.tables[t]),
    }  # fmt: skip
    for kind, n in could.items():
        rate = made.damage["rates"][kind]
        spread = 4 * (n * rate * (1 - rate)) ** 0.5 + 2
        assert abs(made.damage["export"]["counts"][kind] - n * rate) <= spread, (kind, n)


def test_repeated_rows_and_changed_amounts_stand_twice(made: Made) -> None:
    """A repeated row has a twin in the raw files; a changed amount has another one there, equal to the truth."""
    open_file = opener(made.folder / "export")
    truth = {f"payment:{p['payment_id']}": p["amount"] for p in made.tables["payments"]}
    checked: Counter[str] = Counter()
    for flaw in made.damage["export"]["flaws"]:
        if flaw["kind"] not in ("repeated-row", "changed-amount"):
            continue
        here = open_file(flaw["file"])
        cells = here.cells(flaw["line"])
        other = open_file(flaw["also"][0]) if flaw["also"] else here
        same_id = [n for n in other.lines_of(cells[0]) if (other, n) != (here, flaw["line"])]
        assert same_id, flaw
        again = other.cells(same_id[0])
        if flaw["kind"] == "repeated-row":
            assert again == cells
        else:
            amount = other.headers.index("Amount")
            assert again[amount] != cells[amount]
            assert round(float(re.sub(r"[$,)]", "", str(again[amount])).replace("(", "-")) * 100) == truth[flaw["key"]]
        checked[flaw["kind"]] += 1
    assert set(checked) == {"repeated-row", "changed-amount"}


def test_nothing_that_others_need_is_made_unreadable(made: Made) -> None:
    """Rows that may be rejected or held belong to tables that no record refers to."""
    struck = {f["table"] for f in made.damage["export"]["flaws"] if f["effect"] in ("rejected", "held", "either")}
    assert struck <= {"communications", "recalls", "leads", "appointments"}
    needed = {f"appointment:{r['appointment_id']}" for t in ("clinical_notes", "treatment_items") for r in made.tables[t]}
    held = {f["key"] for f in made.damage["export"]["flaws"] if f["table"] == "appointments" and f["effect"] == "held"}
    assert not held & needed


def test_the_same_rows_are_spoiled_in_the_second_export(made: Made) -> None:
    """A row that both exports hold is spoiled alike in both, so that a flaw is not mistaken for a change."""
    first, second = (
        {(f["kind"], f["key"], f["field"]) for f in made.damage[e]["flaws"] if f["kind"] in CELLS and f["effect"] in ("repaired", "lost")}
        for e in ("export", "export_delta")
    )
    assert len(first & second) / len(first) > 0.9
