"""What the written files say: same seed same bytes, total rows that add up, clean files that hold the truth."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from PIL import Image
from pypdf import PdfReader

from migkit.generate import generate
from migkit.model.errors import UsageError

from .conftest import Made
from .raw import RawFile, decode, digests


@pytest.mark.parametrize("style", ["tidy", "reports"])
def test_the_same_seed_gives_the_same_bytes(tmp_path: Path, style: str) -> None:
    """Two runs agree byte for byte, file times included; another seed gives another practice."""
    for name, seed in (("a", 5), ("b", 5), ("c", 6)):
        generate(tmp_path / name, 30, seed, style)
    assert digests(tmp_path / "a") == digests(tmp_path / "b")
    assert digests(tmp_path / "a")["truth.json"] != digests(tmp_path / "c")["truth.json"]
    times = {p.stat().st_mtime for p in (tmp_path / "a" / "export").rglob("*") if p.is_file()}
    assert times == {p.stat().st_mtime for p in (tmp_path / "b" / "export").rglob("*") if p.is_file()}
    assert len(times) == 1


def amount(cell: object) -> int:
    """Return cents of a raw money cell."""
    text = str(cell).replace("$", "").replace(",", "")
    sign = -1 if text.startswith("(") else 1
    return sign * round(float(text.strip("()")) * 100)


def test_total_rows_add_up_to_the_cent(made: Made) -> None:
    """Each total row of the raw invoice and payment files is the sum of the rows above it."""
    checked = 0
    for flaw in made.damage["export"]["flaws"]:
        if flaw["kind"] != "total-row" or flaw["table"] not in ("invoices", "payments"):
            continue
        file, last = RawFile(made.folder / "export", flaw["file"]), flaw["line"]
        for header in ("Total", "Amount", "Paid", "Balance"):
            if header in file.headers:
                column = file.headers.index(header)
                rows = (file.cells(n) for n in range(file.header_line + 1, last))
                cells = [row[column] for row in rows if any(row) and row[0] != file.headers[0]]
                assert sum(amount(c) for c in cells if c not in (None, "")) == amount(file.cells(last)[column]), (flaw["file"], header)
                checked += 1
    assert checked >= 5


def test_an_undamaged_dump_holds_the_truth_as_it_stands(clean: Made) -> None:
    """Without damage the patients file, read by the csv module alone, has the truth's ids, names and numbers, in order."""
    rows = list(csv.DictReader(io.StringIO(decode(clean.folder / "export" / "Patients.csv"), newline="")))
    columns = {
        "Patient ID": "patient_id",
        "Last Name": "last_name",
        "Postcode": "postcode",
        "Email": "email",
        "Merged Into": "merged_into_id",
    }
    expected = [{header: p[name] or "" for header, name in columns.items()} for p in clean.tables["patients"]]
    assert [{header: row[header] for header in columns} for row in rows] == expected
    assert {f["effect"] for f in clean.damage["export"]["flaws"]} <= {"found", "read", "held", "layout"}
    assert clean.damage["rates"] == {}


def test_attachments_are_real_files(made: Made) -> None:
    """Invoice PDFs open and name their invoice, pictures open; index and folder differ as damage.json says."""
    folder = made.folder / "export"
    flaws = made.damage["export"]["flaws"]
    absent = {f["before"] for f in flaws if f["kind"] == "entry-without-file"}
    unlisted = {f["before"] for f in flaws if f["kind"] == "file-without-entry"}
    index = RawFile(folder, "Attachments/index.csv")
    listed = {str(index.cell(n, "Path")) for n in range(2, len(index.lines))}
    on_disk = {p.relative_to(folder).as_posix() for p in (folder / "Attachments").rglob("*") if p.is_file() and p.name != "index.csv"}
    assert absent
    assert listed - on_disk == absent
    assert on_disk - listed == unlisted
    pdf = next(p for p in sorted(on_disk) if p.endswith(".pdf"))
    assert Path(pdf).stem in PdfReader(folder / pdf).pages[0].extract_text()
    for path in on_disk:
        if path.endswith((".png", ".jpg")):
            with Image.open(folder / path) as picture:
                picture.verify()


def test_missing_patients_are_absent_and_referred_to(incomplete: Made) -> None:
    """With the switch some patients that appointments refer to are in no file; the truth still has them."""
    gone = {f["key"].removeprefix("patient:") for f in incomplete.damage["export"]["flaws"] if f["kind"] == "missing-patient"}
    rows = csv.DictReader(io.StringIO(decode(incomplete.folder / "export" / "Patients.csv"), newline=""))
    there = {row["Patient ID"] for row in rows}
    assert gone
    assert not gone & there
    assert gone <= {a["patient_id"] for a in incomplete.tables["appointments"]}
    assert gone <= {p["patient_id"] for p in incomplete.tables["patients"]}


@pytest.mark.parametrize(("patients", "style", "said"), [(5, "tidy", "at least 20"), (40, "neat", "tidy, reports")])
def test_wrong_wishes_are_refused(tmp_path: Path, patients: int, style: str, said: str) -> None:
    """Too few patients or an unknown style is one clear sentence, and nothing is written."""
    with pytest.raises(UsageError, match=said):
        generate(tmp_path / "x", patients, 1, style)
    assert not (tmp_path / "x").exists()


def test_an_existing_export_is_not_overwritten(tmp_path: Path) -> None:
    """A second run into the same folder is refused and leaves it as it was."""
    generate(tmp_path, 20)
    before = digests(tmp_path)
    with pytest.raises(UsageError, match="holds an export already"):
        generate(tmp_path, 20, 2)
    assert digests(tmp_path) == before
    assert json.loads((tmp_path / "truth.json").read_text(encoding="utf-8"))["seed"] == 1
