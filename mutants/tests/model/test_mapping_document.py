"""`decisions/mapping.yaml` as people edit it by hand: a slip is named, never a traceback."""

from __future__ import annotations

from typing import Any

import pytest

from migkit.model.errors import DataError
from migkit.model.mapping import ColumnMap, NewField, parse_mapping


def one(column: Any) -> dict[str, Any]:
    return {"tables": {"Patients": {"table": "patients", "columns": {"Mobile": column}}}}


def test_a_column_is_read_as_it_stands() -> None:
    """A target, a new field and a column of which nothing is said are read; what is left out has its default."""
    columns = {
        "A": {"to": "mobile", "state": "confirmed", "confidence": 1},
        "B": {"new_field": {"label": "Club", "type": "enum"}},
        "C": None,
    }
    read = parse_mapping({"tables": {"P": {"table": "patients", "columns": columns}}}).tables["P"].columns
    assert read["A"] == ColumnMap("A", to="mobile", state="confirmed", confidence=1)
    assert read["B"] == ColumnMap("B", new_field=NewField("Club", "enum"))
    assert read["C"] == ColumnMap("C")


@pytest.mark.parametrize(
    ("column", "said"),
    [
        ("mobile", "names and settings must stand here"),
        ({"to": "mobile", "stat": "confirmed"}, "'stat' is no setting of a column"),
        ({"to": "mobile", "state": "confirm"}, "the state 'confirm' must be proposed or confirmed"),
        ({"to": 5}, "'to' must be the name of a field, not 5"),
        ({"to": "mobile", "confidence": "high"}, "the confidence 'high' must be a number"),
        ({"to": "mobile", "equivalence": "kinda"}, "the equivalence 'kinda' must be one of equal, wider"),
        ({"new_field": "Club"}, "column Mobile, new_field: names and settings must stand here"),
        ({"new_field": {"label": "Club"}}, "a new_field has a label and a type"),
        ({"new_field": {"label": "Club", "type": "emun"}}, "the type 'emun' of the new field must be one of varchar"),
    ],
)
def test_a_slip_is_named_with_its_table_and_column(column: Any, said: str) -> None:
    """The sentence names table, column and what is wrong, and that nothing was changed."""
    with pytest.raises(DataError, match="table Patients, column Mobile") as caught:
        parse_mapping(one(column))
    assert said in str(caught.value)
    assert "nothing was changed" in str(caught.value)


@pytest.mark.parametrize(
    ("document", "where"),
    [
        ({"tables": ["Patients"]}, "mapping.yaml, tables:"),
        ({"tables": {"Patients": "patients"}}, "table Patients:"),
        ({"tables": {"Patients": {"columns": ["Mobile"]}}}, "table Patients, columns:"),
        ({"tables": {}, "values": {"appointments.status": ["FTA"]}}, "values of appointments.status:"),
    ],
)
def test_a_list_where_names_belong_is_refused(document: dict[str, Any], where: str) -> None:
    """Tables, columns and values are named; a list or a word in their place is refused with its place."""
    with pytest.raises(DataError, match=where):
        parse_mapping(document)
