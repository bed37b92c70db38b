"""Phones, e-mails, names, amounts and dates as strangers write them: `tests/fixtures/people_fields.yaml` says what is right."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import yaml

from migkit.countries import country_of
from migkit.model.canonical import CanonicalField
from migkit.model.outcomes import Finding
from migkit.model.tables import CanonicalTables
from migkit.source import carry_forward, read_export, type_tables
from migkit.source.cells.contacts import read_emails, read_phones, with_area_code
from migkit.source.cells.money import parse_money
from migkit.source.cells.texts import parse_name
from migkit.source.columns import Reading, type_column
from migkit.source.names import remark_of, split_name

from . import maps

RIGHT: dict[str, list[Any]] = yaml.safe_load((Path(__file__).parents[1] / "fixtures" / "people_fields.yaml").read_text(encoding="utf-8"))
COUNTRY_OF = {"AUD": "AU", "NZD": "NZ", "GBP": "GB", "EUR": "IE", "USD": "US", "CAD": "CA"}


@pytest.mark.parametrize(("code", "postcode", "text", "numbers", "remark"), RIGHT["phones"])
def test_every_number_of_a_cell_is_read(code: str, postcode: str, text: str, numbers: list[str], remark: str) -> None:
    """In the practice's country; what cannot be proven stays as written, and words are kept with the cell."""
    country = country_of(code)
    found = read_phones(text, country)
    assert [with_area_code(one, postcode, country) or one for one in found.values] == numbers
    assert found.remark == (text if remark else "")
    assert bool(found.problem) == (bool(remark) or len(numbers) != 1 or not found.values[0].startswith("+"))


@pytest.mark.parametrize(("code", "text"), RIGHT["filler_phones"])
def test_a_filler_is_no_number(code: str, text: str) -> None:
    """What a reception types where there is none."""
    found = read_phones(text, country_of(code))
    assert (found.values, found.remark, found.problem) == ((), "", "filler-phone")


@pytest.mark.parametrize(("code", "text"), RIGHT["real_phones"])
def test_an_odd_number_is_still_a_number(code: str, text: str) -> None:
    """Many equal digits are no filler by themselves."""
    assert len(read_phones(text, country_of(code)).values) == 1


def test_without_a_country_only_international_numbers_are_proven() -> None:
    """Nothing is silently taken for Australian."""
    assert read_phones("+61 412 345 678").values == ("+61412345678",)
    assert (read_phones("0412 345 678").values, read_phones("0412 345 678").problem) == (("0412 345 678",), "unproven-phone")


@pytest.mark.parametrize(("text", "addresses", "remark"), RIGHT["emails"])
def test_every_address_of_a_cell_is_read(text: str, addresses: list[str], remark: str) -> None:
    """What is no address is kept as a remark, a filler is nothing."""
    found = read_emails(text)
    assert list(found.values) == addresses and found.remark == (text if remark else "")


@pytest.mark.parametrize("text", RIGHT["filler_emails"])
def test_an_address_that_means_none_is_none(text: str) -> None:
    """none@…, the same word on both sides of the @."""
    assert (read_emails(text).values, read_emails(text).problem) == ((), "filler-email")


@pytest.mark.parametrize("text", RIGHT["real_emails"])
def test_an_address_that_looks_like_a_filler_is_kept(text: str) -> None:
    """Nona is no none."""
    assert (read_emails(text).values, read_emails(text).problem) == ((text,), "")


def test_a_real_name_on_both_sides_of_the_at_is_not_lost() -> None:
    """smith@smith.com.au may be Smith's own: no contact that ties people together, but kept as it was written."""
    assert (read_emails("smith@smith.com.au").values, read_emails("smith@smith.com.au").remark) == ((), "smith@smith.com.au")
    assert read_emails("none@none.com").remark == ""


@pytest.mark.parametrize(("written", "right"), RIGHT["capitals"])
def test_capitals_become_what_is_certain(written: str, right: str) -> None:
    """McDonald and O'Brien, but Macdonald and Machado; a name in both cases is the person's own spelling."""
    assert parse_name(written)[0] == right


@pytest.mark.parametrize(("currency", "text", "amount"), RIGHT["money"])
def test_an_amount_is_the_practice_s_only_in_its_currency(currency: str, text: str, amount: str | None) -> None:
    """As text, and as the reader writes a cell's currency; another currency is a problem, not the same figure."""
    value, _, problem = parse_money(text, country_of(COUNTRY_OF[currency], currency))
    assert (value, problem) == ((None, "foreign-currency") if amount is None else (int(amount.replace(".", "")), ""))


@pytest.mark.parametrize(("code", "text", "right"), RIGHT["dates"])
def test_a_slashed_date_is_read_as_its_country_writes_it(code: str, text: str, right: str | None) -> None:
    """Where a country writes both orders and the column shows neither, no day is made up."""
    column = type_column(pd.Series([text], dtype="string"), CanonicalField("f", "date", "f"), Reading(country=country_of(code)))
    assert column.values.dt.strftime("%Y-%m-%d").fillna("").tolist() == [right or ""]
    assert column.problems["code"].tolist() == ([] if right else ["date-order-ambiguous"])


def test_a_column_shows_its_order_where_the_country_has_none() -> None:
    """One date of the 25th says how all were written; a person's word says it too, against the country's usual way."""
    canada = Reading(country=country_of("CA"))
    for other, right in (("25/03/2024", "2024-04-03"), ("03/25/2024", "2024-03-04")):
        column = type_column(pd.Series(["03/04/2024", other], dtype="string"), CanonicalField("f", "date", "f"), canada)
        assert column.values.iloc[0] == pd.Timestamp(right) and column.problems.empty
    said = Reading(country=country_of("AU"), date_order="month")
    assert type_column(pd.Series(["03/04/2024"], dtype="string"), CanonicalField("f", "date", "f"), said).values[0] == pd.Timestamp(
        "2024-03-04"
    )


@pytest.mark.parametrize(("written", "name", "preferred", "title", "former"), RIGHT["names"])
def test_a_name_keeps_every_word_but_a_plain_title(written: str, name: str, preferred: str, title: str, former: str) -> None:
    """Guru, Prince and King are first names; a bracket goes to the preferred or former name where that is what it is, or stays."""
    parts = split_name(written)
    assert (f"{parts.first} {parts.last}".strip(), parts.preferred, parts.title, parts.former) == (name, preferred, title, former)


@pytest.mark.parametrize(("first", "last", "is_remark"), RIGHT["remark_in_name"])
def test_a_remark_in_a_name_is_found(first: str, last: str, is_remark: bool) -> None:
    """DO NOT CONTACT, ARCHIVED, Test; Testa, Archer and Callaghan are names."""
    assert bool(remark_of(f"{first} {last}")) == is_remark


def read(folder: Path, columns: dict[str, str], csv: str, country: str = "AU", **more: tuple[dict[str, str], str]) -> CanonicalTables:
    """Return the typed tables of a patients.csv, and of `more` tables of their own."""
    files = {"patients": (columns, csv), **more}
    folder.mkdir(exist_ok=True)
    for name, (_, text) in files.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    mapping = maps.source_map(*(maps.table_map(name, name, fields) for name, (fields, _) in files.items()))
    return type_tables(read_export(folder), mapping, maps.schema(), today=date(2026, 11, 1), country=country_of(country))


def finding(tables: CanonicalTables, code: str) -> Finding:
    return next(one for one in tables.findings if one.code == code)


CONTACTS = {
    "ID": "patient_id",
    "First": "first_name",
    "Last": "last_name",
    "Mobile": "mobile",
    "Home": "home_phone",
    "Email": "email",
    "Post": "postcode",
}


def test_everything_in_a_contact_cell_is_kept(tmp_path: Path) -> None:
    """Further numbers and addresses stand on lines of their own, remarks with the whole cell; a filler is told."""
    tables = read(
        tmp_path,
        CONTACTS,
        "ID,First,Last,Mobile,Home,Email,Post\n"
        "1,Ann,Lee,0412 345 678 wife,02 9999 1234,none@none.com,2000\n"
        "2,Bob,Ng,0412345679 / 0412345680,02 9999 1235 (after 5pm),bob@example.com; bob2@example.com,2000\n"
        "3,Bob,Ray,0442 656 806,9327 4338,silent,6008\n"
        "4,Di,Po,0400 000 000,9327 4338,,\n",
    )
    frame = tables["patients"].select_dtypes("string").fillna("")
    assert frame["mobile"].tolist() == ["+61412345678", "+61412345679", "0442 656 806", ""]
    assert frame["home_phone"].tolist() == ["+61299991234", "+61299991235", "+61893274338", "9327 4338"]
    assert frame["email"].tolist() == ["", "bob@example.com", "", ""]
    assert frame["other_phones"].tolist() == ["", "mobile +61412345680", "", ""]
    assert frame["other_emails"].tolist() == ["", "email bob2@example.com", "", ""]
    assert frame["contact_remarks"].tolist() == ["mobile 0412 345 678 wife", "home_phone 02 9999 1235 (after 5pm)", "email silent", ""]
    assert finding(tables, "filler-email").keys == ("patient:1",) and finding(tables, "filler-phone").keys == ("patient:4",)
    unproven = {one.field: one.keys for one in tables.findings if one.code == "unproven-phone"}
    assert unproven == {"mobile": ("patient:3",), "home_phone": ("patient:4",)}
    assert "phone-area" in set(tables.repairs["rule"])


FURTHER = {"ID": "patient_id", "Last": "last_name", "Other phones": "other_phones", "Mobile": "mobile", "Other emails": "other_emails"}


@pytest.mark.parametrize(
    ("cell", "lines", "remark"),
    [
        ("0295551308", "other_phones +61295551308", ""),
        ("02 9555 1309", "other_phones +61295551309", ""),
        ("0499 111 222 (mum)", "other_phones +61499111222", "other_phones 0499 111 222 (mum)"),
        ("+61 2 9555 1311 x3", "other_phones +61295551311", "other_phones +61 2 9555 1311 x3"),
        ("02 9555 1309; 02 9555 1310", "other_phones +61295551309\nother_phones +61295551310", ""),
        ('"02 9555 1309\n0499 111 222"', "other_phones +61295551309\nother_phones +61499111222", ""),
        ("9555 1309", "other_phones 9555 1309", ""),
        ("silent", "", "other_phones silent"),
    ],
)
def test_a_column_of_further_phones_keeps_every_number(tmp_path: Path, cell: str, lines: str, remark: str) -> None:
    """Read as a cell of phones is: normalised where a numbering plan proves it, else as written, and words stay beside it."""
    tables = read(tmp_path, FURTHER, f"ID,Last,Other phones,Mobile,Other emails\n1,Lee,{cell},,\n")
    frame = tables["patients"].select_dtypes("string").fillna("")
    assert (frame["other_phones"][0], frame["contact_remarks"][0]) == (lines, remark)


@pytest.mark.parametrize("columns", [["Other phones", "Mobile"], ["Mobile", "Other phones"]])
def test_further_numbers_of_two_columns_stand_beside_each_other(tmp_path: Path, columns: list[str]) -> None:
    """Whichever column comes first."""
    fields = {name: FURTHER[name] for name in ("ID", "Last", *columns)}
    cells = {"Mobile": "0412 345 679 / 0412 345 680", "Other phones": "02 9555 1309"}
    tables = read(tmp_path, fields, ",".join(fields) + "\n1,Lee," + ",".join(cells[name] for name in columns) + "\n")
    assert set(tables["patients"]["other_phones"][0].split("\n")) == {"mobile +61412345680", "other_phones +61295551309"}


def test_a_column_of_further_addresses_keeps_each(tmp_path: Path) -> None:
    """One alone, and two in a cell."""
    rows = "ID,Last,Other phones,Mobile,Other emails\n1,Lee,,,ann.work@example.com\n2,Ng,,,Bob2@example.com; bob3@example.com\n"
    assert read(tmp_path, FURTHER, rows)["patients"]["other_emails"].tolist() == [
        "other_emails ann.work@example.com",
        "other_emails bob2@example.com\nother_emails bob3@example.com",
    ]


def test_a_column_of_remarks_keeps_its_first_word(tmp_path: Path) -> None:
    """The remark is the cell, in one line."""
    rows = 'ID,Last,Note\n1,Lee,"silent\nring twice"\n2,Ng,silent\n'
    tables = read(tmp_path, {"ID": "patient_id", "Last": "last_name", "Note": "contact_remarks"}, rows)
    assert tables["patients"]["contact_remarks"].tolist() == ["contact_remarks silent ring twice", "contact_remarks silent"]


def test_a_further_number_of_a_field_of_several_words_is_whole(tmp_path: Path) -> None:
    """The name of the practice's own field, `Phone at school`, is one word of the line."""
    rows = "ID,Last,School\n1,Lee,02 9555 1309 / 02 9555 1310\n"
    tables = read(tmp_path, {"ID": "patient_id", "Last": "last_name", "School": "+Phone at school:phone"}, rows)
    assert tables["patients"]["custom:Phone at school"].tolist() == ["+61295551309"]
    assert tables["patients"]["other_phones"].tolist() == ["custom:Phone_at_school +61295551310"]


def test_a_later_export_without_a_column_of_further_phones_keeps_its_lines(tmp_path: Path) -> None:
    """And only its lines: the second mobile, whose column is there, was taken out."""
    fields = {name: FURTHER[name] for name in ("ID", "Last", "Mobile", "Other phones")} | {"School": "+Phone at school:phone"}
    before = "ID,Last,Mobile,Other phones,School\n1,Lee,0412 345 679 / 0412 345 680,02 9555 1309,02 9555 1311 / 02 9555 1312\n"
    earlier = read(tmp_path / "a", fields, before)
    later = read(tmp_path / "b", {name: FURTHER[name] for name in ("ID", "Last", "Mobile")}, "ID,Last,Mobile\n1,Lee,0412 345 679\n")
    present = {"patients.csv": {"patients": frozenset({"patient_id", "last_name", "mobile"})}}
    absent = {"patients.csv": {"patients": frozenset({"other_phones", "custom:Phone at school"})}}
    carried = carry_forward(later, earlier, present, absent, maps.schema(), date(2026, 11, 20))["patients"]
    assert carried["custom:Phone at school"].tolist() == ["+61295551311"]
    assert carried["other_phones"].tolist() == ["other_phones +61295551309\ncustom:Phone_at_school +61295551312"]


def test_a_number_from_auckland_is_new_zealand_s(tmp_path: Path) -> None:
    """021 123 4567 is +64 21 123 4567, and no Sydney number."""
    tables = read(tmp_path, CONTACTS, "ID,First,Last,Mobile,Home,Email,Post\n1,Ann,Lee,021 123 4567,379 2000,,1010\n", "NZ")
    assert (tables["patients"]["mobile"][0], tables["patients"]["home_phone"][0]) == ("+64211234567", "+6493792000")


def test_an_amount_in_another_currency_is_not_loaded_as_the_practice_s(tmp_path: Path) -> None:
    """100 US dollars are no 100 Australian dollars: empty, with a finding that names the row."""
    balances = "ID,First,Last,Balance\n1,Ann,Lee,USD 100.00\n2,Bob,Ng,$20.00\n3,Cy,Oz,NZ$5\n"
    tables = read(tmp_path, {"ID": "patient_id", "First": "first_name", "Last": "last_name", "Balance": "balance"}, balances)
    assert tables["patients"]["balance"].fillna(-1).tolist() == [-1, 2000, -1]
    assert finding(tables, "foreign-currency").keys == ("patient:1", "patient:3")


@pytest.mark.parametrize(
    ("header", "yes", "no"),
    [("Active", "Yes", "No"), ("is_active", "true", "false"), ("Current", "Y", "N"), ("Inactive", "0", "1"), ("isInactive", "N", "Y")],
)
def test_who_is_not_active_is_inactive(tmp_path: Path, header: str, yes: str, no: str) -> None:
    """`Active: No` and `Inactive: 1` say the same; who is active is active, and what a status says more strongly stands."""
    tables = read(
        tmp_path,
        {"ID": "patient_id", "First": "first_name", "Last": "last_name", header: "active", "Status": "status"},
        f"ID,First,Last,{header},Status\n1,Ann,Lee,{yes},\n2,Bob,Ng,{no},\n3,Cy,Oz,{no},Deceased\n4,Di,Po,{no},Active\n5,Ed,Qi,{yes},Archived\n",
    )
    assert [None if pd.isna(one) else one for one in tables["patients"]["status"]] == [None, "inactive", "deceased", "inactive", "archived"]


def test_receipts_that_are_mostly_taken_back_are_said(tmp_path: Path) -> None:
    """A yes beside every receipt is no reversal; one of five may be."""
    columns = {"No": "payment_id", "Patient": "patient_id", "Date": "date", "Amount": "amount", "Done": "reversed"}
    people = {"ID": "patient_id", "Last": "last_name"}

    def with_flags(folder: Path, flags: str) -> CanonicalTables:
        rows = "".join(f"R{n},1,0{n}/10/2026,10.00,{flag}\n" for n, flag in enumerate(flags.split(), start=1))
        return read(folder, people, "ID,Last\n1,Lee\n", payments=(columns, f"No,Patient,Date,Amount,Done\n{rows}"))

    found = finding(with_flags(tmp_path / "a", "Yes Yes Yes Yes No"), "mostly-reversed")
    assert found.count == 4 and "4 of 5 payments" in str(found)
    assert not [one for one in with_flags(tmp_path / "b", "No Yes No No No").findings if one.code == found.code]


def test_bookings_that_are_mostly_of_who_left_are_said(tmp_path: Path) -> None:
    """Where most of what is booked ahead is of inactive patients, yes and no are the wrong way round; a single one is no sign of it."""
    people = {"ID": "patient_id", "First": "first_name", "Last": "last_name", "Gone": "archived"}
    columns = {"ID": "appointment_id", "Patient": "patient_id", "Start": "start_at", "Status": "status"}
    visits = "ID,Patient,Start,Status\n" + "".join(f"{n},{n},0{n}/12/2026 09:00,booked\n" for n in range(1, 6))
    rows = ["1,Ann,Lee,{}", "2,Bob,Ng,{}", "3,Cy,Oz,{}", "4,Di,Po,{}", "5,Ed,Qi,{}"]
    wrong, right = ("ID,First,Last,Gone\n" + "\n".join(row.format(said) for row, said in zip(rows, flags, strict=True)) for flags in
                    (["yes", "yes", "yes", "yes", "no"], ["no", "yes", "no", "no", "yes"]))  # fmt: skip
    found = finding(read(tmp_path / "a", people, wrong, appointments=(columns, visits)), "bookings-of-inactive")
    assert found.count == 4 and "4 of 5 appointments ahead" in str(found)
    assert not [one for one in read(tmp_path / "b", people, right, appointments=(columns, visits)).findings if one.code == found.code]


def test_death_is_a_status_and_bookings_after_it_are_found(tmp_path: Path) -> None:
    """A date of death or a tick makes a patient deceased; a booking ahead is a finding, one long ago is not."""
    visits = "ID,Patient,Start,Status\n1,1,05/12/2026 09:00,booked\n2,1,05/12/2020 09:00,completed\n3,3,05/12/2026 10:00,booked\n"
    tables = read(
        tmp_path,
        {"ID": "patient_id", "First": "first_name", "Last": "last_name", "Died": "deceased_date", "Dead": "deceased", "Status": "status"},
        "ID,First,Last,Died,Dead,Status\n1,Ann,Lee,03/04/2026,,Active\n2,Bob,Ng,,yes,Archived\n3,Cy,Oz,,no,Active\n",
        appointments=({"ID": "appointment_id", "Patient": "patient_id", "Start": "start_at", "Status": "status"}, visits),
    )
    assert tables["patients"]["status"].tolist() == ["deceased", "deceased", "active"]
    assert finding(tables, "booking-of-deceased").keys == ("appointment:1",)


def test_recalls_of_patients_who_have_died_are_found(tmp_path: Path) -> None:
    """One that is due is a finding; one that is done, or of somebody who lives, is not."""
    recalls = "ID,Patient,Due,Status\n1,1,05/12/2026,due\n2,1,05/12/2020,completed\n3,2,05/12/2026,due\n4,1,05/12/2027,\n"
    columns = {"ID": "recall_id", "Patient": "patient_id", "Due": "due_date", "Status": "status"}
    tables = read(
        tmp_path,
        {"ID": "patient_id", "First": "first_name", "Last": "last_name", "Died": "deceased_date"},
        "ID,First,Last,Died\n1,Ann,Lee,03/04/2026\n2,Bob,Ng,\n",
        recalls=(columns, recalls),
    )
    assert finding(tables, "recall-of-deceased").keys == ("recall:1", "recall:4")


def test_what_a_name_says_of_its_record_is_a_finding(tmp_path: Path) -> None:
    """The name stays as it is; the finding names the choice. A bracket that is a nickname goes to the preferred name."""
    long = "Maria " + "Anna " * 60
    tables = read(
        tmp_path,
        {"ID": "patient_id", "Name": "full_name"},
        f'ID,Name\n1,Jane (DO NOT CALL) Doe\n2,Test Patient\n3,William (Bill) Smith\n4,"Smith, Mary (Molly)"\n5,{long}Lee\n',
    )
    frame = tables["patients"].select_dtypes("string").fillna("")
    assert frame["first_name"].tolist()[:4] == ["Jane (DO NOT CALL)", "Test", "William", "Mary"]
    assert frame["preferred_name"].tolist()[:4] == ["", "", "Bill", "Molly"]
    assert "do_not_contact_names" in str(finding(tables, "name-says-do-not-contact"))
    assert "test_patients" in str(finding(tables, "name-says-test"))
    assert finding(tables, "split-nickname").count == 2 and finding(tables, "name-cut").keys == ("patient:5",)


@pytest.mark.parametrize(
    ("name", "is_several"),
    [
        ("Orla & Sean Keane", True),
        ("Mr B and Mrs J Lowe", True),
        ("The Stone Family", True),
        ("Stone family", True),
        ("Ann+Bo Ray", True),
        ("Chandra Menon", False),
        ("Andrew Brand", False),
        ("The Nguyen", False),
        ("Anderson, Sandy", False),
        ("Theo Family-Jones", False),
    ],
)
def test_a_name_of_several_people_is_said(tmp_path: Path, name: str, is_several: bool) -> None:
    """Nobody is called two people: the practice is asked who they are."""
    (tmp_path / "patients.csv").write_text(f'Id,Name\n1,"{name}"\n2,Bo Lind\n')
    mapping = maps.source_map(maps.table_map("patients", "patients", {"Id": "patient_id", "Name": "full_name"}))
    tables = type_tables(read_export(tmp_path), mapping, maps.schema(), today=date(2026, 11, 20), country=maps.AU)
    assert [one.keys for one in tables.findings if one.code == "name-of-several"] == ([("patient:1",)] if is_several else [])
