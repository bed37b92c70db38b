"""Phones, e-mails and addresses in a table of their own are the patient's: what is primary or home first, the others as further ones."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from migkit import mapping
from migkit.migration.defaults import knowledge
from migkit.model.outcomes import Outcome
from migkit.source import read_export

from . import maps
from .test_printed_reports import cells
from .test_what_rows_say import plain, typed


@pytest.mark.parametrize(
    ("text", "columns", "found"),
    [
        (
            "Patient ID,Type,Number\n7,Work,08 8212 0201\n7,Mobile,0411 222 201\n8,Home,08 8294 0202\n",
            ["Home Phone", "Mobile", "Work Phone"],
            [["08 8294 0202", "", ""], ["", "", "08 8212 0201"], ["", "0411 222 201", ""]],
        ),
        (
            "Pat,ContactType,ContactValue,IsPrimary\n7,Mobile,021 555 2101,N\n7,Email,o.k@example.com,Y\n7,Home Phone,09 555 2202,N\n",
            ["Email", "Home Phone", "Mobile"],
            [["o.k@example.com", "", ""], ["", "", "021 555 2101"], ["", "09 555 2202", ""]],
        ),
        (
            "Id,Kind,Contact\n7,cell,(503) 555-0101\n7,work email,w@example.com\n",
            ["Email", "Mobile"],
            [["", "(503) 555-0101"], ["w@example.com", ""]],
        ),
        ("Pat,Label,Phone\n7,m,0411 222 201\n7,bh,08 8212 0201\n", ["Mobile", "Work Phone"], [["0411 222 201", ""], ["", "08 8212 0201"]]),
        (
            "Pat,Usage,Phone No\n7,Fax,08 8212 0201\n7,Landline,08 8212 0202\n",
            ["Fax", "Home Phone"],
            [["08 8212 0201", ""], ["", "08 8212 0202"]],
        ),
    ],
)
def test_each_kind_has_a_column(tmp_path: Path, text: str, columns: list[str], found: list[list[str]]) -> None:
    """The word of each row says in which its value stands; primary and home come first."""
    (tmp_path / "phones.csv").write_text(text)
    raw = read_export(tmp_path)
    assert cells(raw, "phones", *columns) == found
    assert sorted(raw.tables["phones"].frame["_line"]) == list(range(2, len(text.splitlines()) + 1))


@pytest.mark.parametrize(
    "text",
    [
        "Pat,Type,Amount\n7,Home,80.00\n7,Work,60.00\n",
        "No,Type,Phone\n1,Supplier,08 8212 0201\n2,Lab,08 8212 0202\n",
        "No,Type,Phone,Fax\n1,Home,08 8212 0201,08 8212 0203\n2,Work,08 8212 0202,08 8212 0204\n",
    ],
)
def test_other_tables_stay_as_they_are(tmp_path: Path, text: str) -> None:
    """Amounts, other words, two columns of numbers."""
    (tmp_path / "t.csv").write_text(text)
    assert read_export(tmp_path).tables["t"].columns == text.splitlines()[0].split(",")


PHONES = {"Pat": "patient_id", "M": "mobile", "H": "home_phone", "E": "email"}
PLACES = {"Pat": "patient_id", "Street": "address_line1", "Town": "suburb"}


@pytest.mark.parametrize(
    ("columns", "rows", "fields", "found"),
    [
        (
            PHONES,
            ["7,0412 345 601,,", "7,,02 9876 0001,"],
            ("mobile", "home_phone", "other_phones"),
            ("+61412345601", "+61298760001", None),
        ),
        (PHONES, ["7,0412 345 601,,", "7,0412 345 602,,"], ("mobile", "other_phones"), ("+61412345601", "mobile +61412345602")),
        (PHONES, ["7,0412 345 601,,", "7,0412 345 601,,"], ("mobile", "other_phones"), ("+61412345601", None)),
        (PHONES, ["7,,,a@example.com", "7,,,b@example.com"], ("email", "other_emails"), ("a@example.com", "email b@example.com")),
        (PLACES, ["7,1 Elm St,Kew", "7,PO Box 8,Kew"], ("address_line1", "contact_remarks"), ("1 Elm St", "address_line1 PO Box 8, Kew")),
        (PLACES, ["7,1 Elm St,Kew", "7,1 Elm St,Kew"], ("address_line1", "contact_remarks"), ("1 Elm St", None)),
    ],
)
def test_they_are_the_patients(
    tmp_path: Path, columns: dict[str, str], rows: Sequence[str], fields: tuple[str, ...], found: tuple[str | None, ...]
) -> None:
    """Nobody else's row changes, and each line ends in that of its patient."""
    text = ",".join(columns) + "\n" + "\n".join(rows) + "\n"
    tables = typed(tmp_path, {"reach": ("patients", columns, text)})
    assert plain(tables, "patients", "last_name", *fields) == [("Ng", *found), ("Weber", *[None] * len(fields))]
    assert {(one.outcome, one.ref) for one in tables.row_outcomes if one.file == "reach.csv"} == {(Outcome.FOLDED_INTO, "patient:7")}


def test_what_a_patient_has_stays(tmp_path: Path) -> None:
    """A number beside the one of the patient's own row is a further one."""
    own = ("patients", {"Id": "patient_id", "Last": "last_name", "Mob": "mobile"}, "Id,Last,Mob\n7,Ng,0412 345 600\n")
    tables = typed(tmp_path, {"patients": own, "reach": ("patients", PHONES, "Pat,M,H,E\n7,0412 345 601,,\n7,0412 345 600,,\n")})
    assert plain(tables, "patients", "mobile", "other_phones") == [("+61412345600", "mobile +61412345601")]


def test_they_are_proposed(tmp_path: Path) -> None:
    """Without a name of a patient in them, by the number alone."""
    (tmp_path / "patients.csv").write_text("Patient ID,First Name,Last Name,DOB\n1,Ann,Ng,1/2/1980\n2,Bo,Oz,3/4/1990\n3,Cy,Po,5/6/2000\n")
    (tmp_path / "phones.csv").write_text(
        "Phone ID,Patient ID,Type,Number\n1,1,Mobile,0411 222 201\n2,1,Work,08 8212 0201\n3,3,Home,08 8294 0202\n"
    )
    (tmp_path / "addresses.csv").write_text(
        "Address ID,Patient ID,Line 1,Suburb,Postcode\n1,1,14 Fern Gr,Unley,5061\n2,2,2 Quay St,Kew,3101\n"
    )
    found = mapping.propose(read_export(tmp_path), maps.schema(), knowledge()).tables
    choices = {name: {one.choice for one in found[name].columns.values()} - {None} for name in ("phones", "addresses")}
    assert [found[name].table for name in choices] == ["patients", "patients"]
    assert choices == {
        "phones": {"patient_id", "mobile", "work_phone", "home_phone"},
        "addresses": {"patient_id", "address_line1", "suburb", "postcode"},
    }


def test_addresses_that_several_patients_share_are_asked_about(tmp_path: Path) -> None:
    """Known by a number of their own they are no patients."""
    (tmp_path / "patients.csv").write_text("Patient_ID,First,Last,Address_ID\n1,Ann,Ng,70\n2,Bo,Ng,70\n3,Cy,Po,71\n")
    (tmp_path / "addresses.csv").write_text("Address_ID,Street,City,Postcode\n70,14 Fern Gr,Unley,5061\n71,2 Quay St,Kew,3101\n")
    found = mapping.propose(read_export(tmp_path), maps.schema(), knowledge()).tables["addresses"]
    assert found.table is None and "Address_ID" in " ".join(found.candidates[0].evidence)
