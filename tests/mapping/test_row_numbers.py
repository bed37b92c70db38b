"""Numbers of another table's rows are no item codes, and somebody else's small numbers are practitioners by coincidence only."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from made import export, table

from migkit import mapping
from migkit.migration.defaults import knowledge
from migkit.model.canonical import CanonicalSchema
from migkit.model.tables import SourceTable

CERTAIN = 0.9
CODES = ["011", "012", "022", "114", "121", "521", "613"]
DONE = ["Comprehensive exam", "Periodic exam", "Radiograph", "Removal of calculus", "Fluoride", "Restoration", "Full crown"]
INVOICES = table(
    "invoices", "Invoice No, Patient ID, Date, Total", *([str(500 + n), str(100 + n), f"2026-11-{n + 1:02}", "85.00"] for n in range(20))
)
STAFF = table(
    "providers", "ProvNum, Name, Role", *([str(n), name, "Dentist"] for n, name in enumerate(["Dr Howe", "Dr Ito", "Dr Judd"], 1))
)
USERS = table("users", "UserNum, UserName, ProvNum", ["1", "howe", "1"], ["2", "ito", "2"], ["3", "desk", "0"], ["4", "judd", "3"])


def column(schema: CanonicalSchema, of: str, name: str, *tables: SourceTable) -> mapping.ColumnProposal:
    return mapping.propose(export(*tables), schema, knowledge()).tables[of].columns[name]


def lines(header: str, values: Sequence[str]) -> SourceTable:
    rows = [[str(n + 1), str(500 + n // 2), values[n % 7], "1", f"{50 + n}.00"] for n in range(40)]
    return table("invoice lines", f"Line ID, Invoice No, {header}, Qty, Fee", *rows)


@pytest.mark.parametrize(
    ("header", "name", "key"), [("CodeNum", "procedurecode", "CodeNum"), ("Item ID", "items", "ID"), ("Item Num", "items", "Item Num")]
)
def test_numbers_of_rows_are_no_item_codes(schema: CanonicalSchema, header: str, name: str, key: str) -> None:
    """`CodeNum` 2 is the row that another table calls 012: never certain, and the evidence names that table's code and the view."""
    codes = table(name, f"{key}, ProcCode, Descript", *([str(n + 1), CODES[n], DONE[n]] for n in range(7)))
    found = column(schema, "invoice lines", header, INVOICES, lines(header, [str(n + 1) for n in range(7)]), codes)
    assert found.choice != "item_code"
    assert found.confidence < CERTAIN
    said = f"but its values are numbers of rows of {name} ({key}): a view that joins the two brings ProcCode"
    assert found.candidates[0].evidence[-1] == said


def test_codes_that_a_price_list_has_as_its_codes_stay_certain(schema: CanonicalSchema) -> None:
    """Lines that hold the codes themselves hold no numbers of rows."""
    prices = table("items", "ID, Code, Name, Price", *([str(n + 1), CODES[n], DONE[n], "55.00"] for n in range(7)))
    found = column(schema, "invoice lines", "Item Code", INVOICES, lines("Item Code", CODES), prices)
    assert (found.choice, found.confidence >= CERTAIN) == ("item_code", True)


def test_quantities_are_no_numbers_of_rows(schema: CanonicalSchema) -> None:
    """A quantity of 1 to 7 stands among any table's keys, and is called like none."""
    codes = table("procedurecode", "CodeNum, ProcCode, Descript", *([str(n + 1), CODES[n], DONE[n]] for n in range(7)))
    rows = [[str(n + 1), str(500 + n // 2), CODES[n % 7], str(n % 3 + 1), f"{50 + n}.00"] for n in range(40)]
    found = column(schema, "lines", "Qty", INVOICES, codes, table("lines", "Line ID, Invoice No, Item Code, Qty, Fee", *rows))
    assert (found.choice, found.confidence >= CERTAIN) == ("quantity", True)


@pytest.mark.parametrize(
    ("header", "values", "listed", "certain"),
    [
        ("UserNum", ["1", "2", "4"], (STAFF, USERS), False),
        ("UserNum", ["1", "2", "3"], (STAFF,), False),
        ("ProvNum", ["1", "2", "3"], (STAFF, USERS), True),
    ],
)
def test_small_numbers_of_users_are_practitioners_by_coincidence(
    schema: CanonicalSchema, header: str, values: Sequence[str], listed: tuple[SourceTable, ...], certain: bool
) -> None:
    """Users 1 to 4 and dentists 1 to 3 are numbered alike: who wrote a note is asked about, unless its header names the dentist."""
    rows = [[str(n + 1), str(100 + n), f"2026-11-{n + 1:02}", values[n % 3], "Fitted the splint; review in two weeks."] for n in range(24)]
    notes = table("clinical notes", f"Note ID, Patient ID, Date, {header}, Note", *rows)
    found = column(schema, "clinical notes", header, INVOICES, notes, *listed)
    assert (found.choice == "practitioner_id" and found.confidence >= CERTAIN) is certain


def test_users_who_are_all_the_practitioners_there_are_stay_certain(schema: CanonicalSchema) -> None:
    """Where the staff are listed under `UserNum` and nowhere else, who wrote a note is one of them."""
    staff = table(
        "practitioners",
        "UserNum, Name, Role",
        *([str(n), f"Dr {name}", "Dentist"] for n, name in enumerate(["Ann Howe", "Ben Ito", "Cal Judd"], 1)),
    )
    rows = [[str(n + 1), str(100 + n), f"2026-11-{n + 1:02}", str(n % 3 + 1), "Fitted the splint; review soon."] for n in range(24)]
    notes = table("clinical notes", "Note ID, Patient ID, Date, UserNum, Note", *rows)
    found = column(schema, "clinical notes", "UserNum", INVOICES, notes, staff)
    assert (found.choice, found.confidence >= CERTAIN) == ("practitioner_id", True)


def test_a_guarantor_is_a_patient_beside_another_table_with_addresses(schema: CanonicalSchema) -> None:
    """Ids of the patients' own table are looked for there, also where a second table looks like one of patients."""
    people = [[str(100 + n), f"Nam{chr(97 + n)}", "Park", f"{n + 1:02}/04/1960", str(100 + n // 2 * 2)] for n in range(20)]
    patients = table("patient", "PatNum, FName, LName, Birthdate, Guarantor", *people)
    clinics = table("clinic", "ClinicNum, Description, City, State, Zip", ["1", "Glebe Dental", "Glebe", "NSW", "2037"])
    found = column(schema, "patient", "Guarantor", patients, clinics)
    assert found.choice == "family_head_id"
    assert not any("none of its values" in said for said in found.candidates[0].evidence)
