"""Confirmed maps are examples for later ones, in a document that a person can read."""

from __future__ import annotations

import pytest
import yaml
from made import decided, export, table

from migkit import mapping
from migkit.mapping import Memory
from migkit.migration.defaults import knowledge
from migkit.model.canonical import CanonicalSchema
from migkit.model.errors import DataError


def test_a_confirmed_oddity_is_proposed_the_next_time(schema: CanonicalSchema) -> None:
    """`Ref X` means nothing by itself; after one confirmation it is proposed for certain."""
    raw = export(table("Patients", "Patient ID, Last Name, First Name, Xyzzy"))
    learnt = mapping.remember(Memory(), decided("Patients", "patients", Xyzzy="occupation"), raw)
    before = mapping.propose(raw, schema, knowledge()).tables["Patients"].columns["Xyzzy"]
    after = mapping.propose(raw, schema, knowledge(), memory=learnt).tables["Patients"].columns["Xyzzy"]
    assert before.choice != "occupation"
    assert after.choice == "occupation"
    assert "confirmed so before" in after.candidates[0].evidence


def test_what_was_left_out_is_not_proposed_again(schema: CanonicalSchema) -> None:
    """A column left out on purpose stays without a home."""
    raw = export(table("Patients", "Patient ID, Last Name, First Name, Occupation"))
    learnt = mapping.remember(Memory(), decided("Patients", "patients", Occupation=None), raw)
    assert mapping.propose(raw, schema, knowledge(), memory=learnt).tables["Patients"].columns["Occupation"].choice is None


def test_the_document_is_readable_and_comes_back() -> None:
    """Headers, fields and counts in plain YAML; reading it gives the same memory."""
    raw = export(table("Patients", "Pt Name, Notes"))
    memory = mapping.remember(Memory(), decided("Patients", "patients", **{"Pt Name": "full_name", "Notes": None}), raw)
    memory = mapping.remember(memory, decided("Patients", "patients", **{"Pt Name": "full_name"}), raw)
    document = yaml.safe_load(yaml.safe_dump(mapping.dump_memory(memory)))
    assert document["columns"] == {"patients": {"Notes": {"left out": 1}, "Pt Name": {"full_name": 2}}}
    assert document["tables"] == {"Patients": {"patients": 2}}
    assert mapping.parse_memory(document) == memory


def test_no_name_of_a_person_is_remembered() -> None:
    """Codes are kept, practitioners' names are not."""
    decided_map = decided("A", "appointments", Status="status")
    decided_map = mapping.set_value(decided_map, "appointments.status", "FTA", "did_not_attend")
    decided_map = mapping.set_value(decided_map, "appointments.practitioner_name", "Ito, Mei", "Dr Mei Ito")
    kept = mapping.remember(Memory(), decided_map, export(table("A", "Status")))
    assert kept.values == {"appointments.status": {"FTA": {"did_not_attend": 1}}}


def test_a_broken_memory_is_one_sentence() -> None:
    """A file that holds something else is named, not a traceback."""
    with pytest.raises(DataError, match="memory of earlier maps cannot be read"):
        mapping.parse_memory({"columns": ["a", "b"]})
