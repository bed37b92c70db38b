"""A dentist with a provider number at each location is one person."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from migkit.source import read_export, type_tables

from . import maps

COLUMNS = {"Id": "practitioner_id", "Name": "full_name", "Email": "email", "Provider No": "provider_number", "Site": "location"}


@pytest.mark.parametrize(
    ("rows", "expected", "critical"),
    [
        (
            ["10,Dr Kim Tan,kim@d.example,2426541A,Smithfield", "10,Dr Kim Tan,kim@d.example,2426541B,Jonestown"],
            [("10", "2426541A (Smithfield), 2426541B (Jonestown)", "Smithfield, Jonestown")],
            False,
        ),
        (
            ["10,Dr Kim Tan,kim@d.example,2426541A,Smithfield", "10,Dr Kim Tan,kim@d.example,2426541A,Jonestown"],
            [("10", "2426541A", "Smithfield, Jonestown")],
            False,
        ),
        (
            [
                "10,Dr Kim Tan,kim@d.example,,Smithfield",
                "10,Dr Kim Tan,,2426541B,Jonestown",
                "11,Dr Jo Wu,,3426541A,Smithfield",
            ],
            [("10", "2426541B", "Smithfield, Jonestown"), ("11", "3426541A", "Smithfield")],
            False,
        ),
        (
            [f"10,Dr Kim Tan,kim@d.example,242654{n}A,Site {n}" for n in (1, 2, 3)],
            [("10", "2426541A (Site 1), 2426542A (Site 2), 2426543A (Site 3)", "Site 1, Site 2, Site 3")],
            False,
        ),
        (["10,Dr Kim Tan,kim@d.example,2426541A,Smithfield", "10,Dr Kim Tan,tan@d.example,2426541B,Jonestown"], [], True),
        (["10,Dr Kim Tan,kim@d.example,2426541A,Smithfield", "10,Dr Kim Tan,kim@d.example,2426541B,Smithfield"], [], True),
        (["10,Dr Kim Tan,kim@d.example,2426541A,Smithfield", "10,Dr Ana Cruz,kim@d.example,2426541B,Jonestown"], [], True),
    ],
)
def test_a_row_for_each_location(tmp_path: Path, rows: list[str], expected: list[tuple[str, str, str]], critical: bool) -> None:
    """Rows that differ in place and number alone are one dentist with both; another e-mail, another name or one place twice is asked."""
    (tmp_path / "staff.csv").write_text("\n".join([",".join(["Id", "Name", "Email", "Provider No", "Site"]), *rows]) + "\n")
    raw = read_export(tmp_path)
    mapping = maps.source_map(maps.table_map("staff", "practitioners", COLUMNS))
    tables = type_tables(raw, mapping, maps.schema(), today=date(2026, 11, 20), country=maps.AU)
    frame = tables["practitioners"]
    assert list(zip(frame["practitioner_id"], frame["provider_number"], frame["location"], strict=True)) == expected
    assert any(one.severity == "critical" for one in tables.findings) == critical
    assert len(tables.row_outcomes) + len(frame) == len(rows)
