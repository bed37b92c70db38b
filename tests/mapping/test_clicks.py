"""How many clicks a whole map takes is counted as somebody would make them (the short version of `bench/mapping.py --clicks`)."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path
from types import ModuleType

import pytest
from made import export, table

from migkit.mapping import propose
from migkit.migration.defaults import knowledge
from migkit.model.canonical import CanonicalSchema

BENCH = Path(__file__).parents[2] / "bench"
ROWS = [[str(n), f"Ann{n}", f"Weber{n}", f"{n + 1:02d}/04/1980", str(n % 3)] for n in range(20)]
TRUTH = {"Patient ID": "patient_id", "First Name": "first_name", "Surname": "last_name", "Date of Birth": "birth_date", "Sort Order": None}


@pytest.fixture
def bench(monkeypatch: pytest.MonkeyPatch) -> tuple[ModuleType, ModuleType]:
    monkeypatch.syspath_prepend(str(BENCH))
    names = ("mapping_data", "mapping_clicks")
    for name in names:
        monkeypatch.delitem(sys.modules, name, raising=False)
    return importlib.import_module(names[0]), importlib.import_module(names[1])


@pytest.mark.parametrize(
    ("wrong", "accepted", "corrected", "typed", "clicks"),
    [
        ({}, 1, 0, 0, 2),  # what is certain by one click; the column without a home is looked at by itself
        ({"Surname": "middle_name"}, 1, 0, 1, 5),  # a typed field is two clicks, one more to open what was accepted
        ({"Surname": "middle_name", "Sort Order": "notes"}, 0, 0, 2, 6),
    ],
)
def test_clicks_are_counted(
    schema: CanonicalSchema,
    bench: tuple[ModuleType, ModuleType],
    wrong: dict[str, str],
    accepted: int,
    corrected: int,
    typed: int,
    clicks: int,
) -> None:
    """Four plain headers and one that says nothing, with a truth that is now and then not what is proposed."""
    data, counting = bench
    raw = export(table("Patients", ", ".join(TRUTH), *ROWS))
    truth = {("Patients", column): frozenset([data.full("patients", wrong.get(column, field))]) for column, field in TRUTH.items()}
    system = data.System("made", "final", raw, truth, {"Patients": "patients"})
    found = counting.confirm_all(system, propose(raw, schema, knowledge()), schema)
    assert (found.columns, found.accepted, found.corrected, found.typed, found.tables) == (5, accepted, corrected, typed, 0)
    assert found.clicks == clicks and found.impossible == []
