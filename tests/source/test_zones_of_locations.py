"""Instants of a practice with locations in two time zones."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from migkit.source import read_export, type_tables

from . import maps


@pytest.mark.parametrize(
    ("locations", "clocks"),
    [
        (("Perth", "Noumea"), ("09:00", "12:00")),
        (("", "Perth"), ("12:00", "09:00")),
        (("", ""), ("12:00", "12:00")),
        (("Hobart", ""), ("12:00", "12:00")),
    ],
)
def test_an_instant_is_read_on_the_clock_of_its_location(tmp_path: Path, locations: tuple[str, str], clocks: tuple[str, str]) -> None:
    """01:00 UTC is 9 in Perth and noon in Nouméa, whose clock is the practice's: also where a row names no location, or an unknown one."""
    (tmp_path / "patients.csv").write_text("Id,Last\n1,Ng\n")
    rows = "".join(f"{number},1,2026-06-15T01:00:00Z,{place}\n" for number, place in enumerate(locations, start=1))
    (tmp_path / "bookings.csv").write_text("Booking,Patient,Start,Site\n" + rows)
    mapping = maps.source_map(
        maps.table_map("patients", "patients", {"Id": "patient_id", "Last": "last_name"}),
        maps.table_map(
            "bookings", "appointments", {"Booking": "appointment_id", "Patient": "patient_id", "Start": "start_at", "Site": "location"}
        ),
    )
    typed = type_tables(
        read_export(tmp_path),
        mapping,
        maps.schema(),
        today=date(2026, 7, 1),
        country=maps.AU,
        timezone="Pacific/Noumea",
        timezones={"Perth": "Australia/Perth", "Noumea": "Pacific/Noumea"},
    )

    found = typed["appointments"].sort_values("appointment_id")["start_at"]
    assert found.dt.strftime("%H:%M").tolist() == list(clocks)
    assert pd.notna(found).all()
