"""An address of more columns than fields of that name arrives whole, in the order in which it is written."""

from __future__ import annotations

import pytest
from made import export, table

from migkit import mapping
from migkit.migration.defaults import knowledge
from migkit.model.canonical import CanonicalSchema

NAMES = ("Anna,Weber", "Ben,Ngo", "Priya,Patel", "Omar,Said", "Lena,Koch", "Tom,Hardy")


@pytest.mark.parametrize(
    ("headers", "cells", "right"),
    [
        ("Street,Suburb,City,Postcode", "1 Elm St,Mount Eden,Auckland,1024", ("address_line1", "address_line2", "suburb", "postcode")),
        ("Address,City,Suburb,Post Code", "1 Elm St,Auckland,Mount Eden,1024", ("address_line1", "suburb", "address_line2", "postcode")),
        ("street,suburb,town,postcode", "1 Elm St,Fendalton,Christchurch,8052", ("address_line1", "address_line2", "suburb", "postcode")),
        ("Address 1,Address 2,Address 3,Postcode", "8 Quay Rd,Truro,Cornwall,TR1 2HE",
         ("address_line1", "address_line2", "suburb", "postcode")),
        ("Addr Line 1,Addr Line 2,Addr Line 3,Town,Postcode", "Flat 2,8 Quay Rd,Newlyn,Penzance,TR18 5HW",
         ("address_line1", "address_line2", "state", "suburb", "postcode")),
        ("Address,Suburb,State,Postcode", "1 Elm St,Kew,VIC,3101", ("address_line1", "suburb", "state", "postcode")),
    ],
)  # fmt: skip
def test_no_line_of_an_address_is_left_behind(schema: CanonicalSchema, headers: str, cells: str, right: tuple[str, ...]) -> None:
    """In New Zealand a suburb lies in a city; in Britain the third line is a place or a county."""
    rows = [
        [f"P00{i}", *name.split(","), f"1{i}/04/198{i}", *cells.replace("1 Elm", f"{i + 1} Elm").split(",")] for i, name in enumerate(NAMES)
    ]
    found = mapping.propose(
        export(table("patients", f"Patient ID,First Name,Last Name,DOB,{headers}".replace(",", ", "), *rows)), schema, knowledge()
    )
    columns = found.tables["patients"].columns
    assert tuple(columns[header].choice for header in headers.split(",")) == right
