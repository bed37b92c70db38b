"""Decisions about the map: immutable edits, progress, and the hash that the gate is bound to."""

from __future__ import annotations

from dataclasses import replace

import pytest
from made import decided, export, table

from migkit import mapping
from migkit.migration.defaults import knowledge
from migkit.model.canonical import CanonicalSchema
from migkit.model.errors import UsageError
from migkit.model.mapping import NewField, SourceMap, dump_mapping, parse_mapping

SIGNED = {"by": "Ben", "at": "2026-11-22T10:00:00+00:00"}


@pytest.fixture
def drafted(schema: CanonicalSchema) -> SourceMap:
    raw = export(table("Patients", "Patient ID, Surname, Favourite colour"))
    return mapping.draft(mapping.propose(raw, schema, knowledge()))


def test_a_draft_is_proposed_throughout_and_leaves_out_what_has_no_home(drafted: SourceMap) -> None:
    """Every column is `proposed`; one without a home says why it is left out."""
    columns = drafted.tables["Patients"].columns
    assert {c.state for c in columns.values()} == {"proposed"}
    assert (columns["Surname"].to, columns["Favourite colour"].to) == ("last_name", None)
    assert columns["Favourite colour"].reason == "no home was found"


def test_confirming_signs_and_a_threshold_leaves_the_doubtful_open(drafted: SourceMap) -> None:
    """Only columns at or above the threshold are confirmed, each with who and when."""
    patients = drafted.tables["Patients"]
    stated = {"Patient ID": 0.94, "Surname": 0.95, "Favourite colour": 0.5}
    columns = {name: replace(column, confidence=stated[name]) for name, column in patients.columns.items()}
    drafted = replace(drafted, tables={"Patients": replace(patients, columns=columns)})
    done = mapping.confirm(drafted, table="Patients", threshold=0.95, **SIGNED)
    columns = dict(done.tables["Patients"].columns)
    assert (columns["Surname"].state, columns["Surname"].by, columns["Surname"].at) == ("confirmed", "Ben", SIGNED["at"])
    assert mapping.unconfirmed(done) == [("Patients", "Patient ID"), ("Patients", "Favourite colour")]
    assert mapping.unconfirmed(drafted) == [("Patients", name) for name in ("Patient ID", "Surname", "Favourite colour")]


def test_progress_tells_mapped_from_deliberately_ignored(drafted: SourceMap) -> None:
    """Reviewed is mapped plus left out; the rest is left."""
    done = mapping.confirm(drafted, table="Patients", column="Surname", **SIGNED)
    done = mapping.leave_out(done, "Patients", "Favourite colour", "not needed", **SIGNED)
    seen = mapping.progress(done)
    assert (seen.total, seen.mapped, seen.ignored, seen.left, seen.reviewed) == (3, 1, 1, 1, 2)


def test_every_edit_survives_the_file(drafted: SourceMap) -> None:
    """Target, new field, reason, transform, equivalence, comment and codes come back from the document as they were."""
    made = mapping.set_new_field(drafted, "Patients", "Favourite colour", NewField("Favourite colour", "enum"), **SIGNED)
    made = mapping.set_target(made, "Patients", "Surname", "former_last_name", **SIGNED)
    made = mapping.set_transform(made, "Patients", "Patient ID", "digits", **SIGNED)
    made = mapping.set_equivalence(made, "Patients", "Surname", "narrower")
    made = mapping.set_comment(made, "Patients", "Surname", "asked the practice")
    made = mapping.set_value(made, "appointments.status", "FTA", "did_not_attend")
    assert parse_mapping(dump_mapping(made)) == made


@pytest.mark.parametrize(
    ("edit", "changes"),
    [
        pytest.param(lambda m: mapping.set_comment(m, "P", "Name", "hm"), False, id="comment"),
        pytest.param(lambda m: mapping.confirm(m, by="Cleo", at="2030-01-01"), False, id="confirmed-again"),
        pytest.param(lambda m: mapping.set_equivalence(m, "P", "Name", "wider"), False, id="equivalence"),
        pytest.param(lambda m: mapping.set_target(m, "P", "Name", "last_name", **SIGNED), True, id="target"),
        pytest.param(lambda m: mapping.set_transform(m, "P", "Name", "digits", **SIGNED), True, id="transform"),
        pytest.param(lambda m: mapping.set_value(m, "patients.gender", "W", "female"), True, id="code"),
        pytest.param(lambda m: mapping.reopen(m, "P", "Name"), True, id="reopened"),
        pytest.param(lambda m: mapping.leave_out_table(m, "P", "not needed", **SIGNED), True, id="table-left-out"),
    ],
)
def test_the_digest_moves_with_meaning_only(edit: object, changes: bool) -> None:
    """Comments, names and times do not close the gate; targets, transforms, codes and confirmations do."""
    before = decided("P", "patients", Name="full_name", DOB="birth_date")
    assert (mapping.map_digest(edit(before)) != mapping.map_digest(before)) is changes  # type: ignore[operator]


def test_the_digest_does_not_depend_on_order() -> None:
    """The same decisions in another order are the same map."""
    one, two = decided("P", "patients", Name="full_name", DOB="birth_date"), decided("P", "patients", DOB="birth_date", Name="full_name")
    assert mapping.map_digest(one) == mapping.map_digest(two)


@pytest.mark.parametrize(
    "edit",
    [
        pytest.param(lambda m: mapping.leave_out(m, "P", "Name", " ", **SIGNED), id="no-reason"),
        pytest.param(lambda m: mapping.confirm(m, by="", at="x"), id="no-name"),
        pytest.param(lambda m: mapping.set_target(m, "P", "Nme", "full_name", **SIGNED), id="unknown-column"),
        pytest.param(lambda m: mapping.confirm(m, table="Q", **SIGNED), id="unknown-table"),
        pytest.param(lambda m: mapping.set_equivalence(m, "P", "Name", "same"), id="unknown-equivalence"),
    ],
)
def test_a_decision_that_cannot_be_made_says_so(edit: object) -> None:
    """No reason, no name, an unknown column or word: one sentence, nothing changed."""
    with pytest.raises(UsageError):
        edit(decided("P", "patients", Name="full_name"))  # type: ignore[operator]
