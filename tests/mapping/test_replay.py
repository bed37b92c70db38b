"""A later export, and a second reviewer: what agrees is kept, the difference is asked."""

from __future__ import annotations

from dataclasses import replace

import pytest
from made import decided, export, table

from migkit import mapping
from migkit.migration.defaults import knowledge
from migkit.model.canonical import CanonicalSchema
from migkit.model.errors import DataError, UsageError

ROWS = [["1", "Ito", "0412 000 001", "VIP"], ["2", "Kaur", "0412 000 002", ""], ["3", "Lee", "0412 000 003", ""]]


def kinds(questions: tuple[mapping.Question, ...]) -> list[tuple[str, str]]:
    return sorted((q.kind, q.column) for q in questions)


def test_the_same_export_asks_nothing(schema: CanonicalSchema) -> None:
    """Replaying over an unchanged export returns the same map and no question."""
    raw = export(table("Patients", "ID, Surname"))
    before = decided("Patients", "patients", ID="patient_id", Surname="last_name")
    assert mapping.replay(before, raw, mapping.propose(raw, schema, knowledge())) == (before, ())


def test_new_lost_and_renamed_columns_are_the_only_questions(schema: CanonicalSchema) -> None:
    """A renamed column keeps its decision as a proposal, a new one is proposed, a lost one leaves the map."""
    before = decided("Patients", "patients", ID="patient_id", Surname="last_name", Mobile="mobile", Fax=None)
    raw = export(table("Patients", "ID, Surname, Mobile Phone, Flags", *ROWS))
    after, questions = mapping.replay(before, raw, mapping.propose(raw, schema, knowledge()))
    columns = after.tables["Patients"].columns
    assert kinds(questions) == [("lost-column", "Fax"), ("new-column", "Flags"), ("renamed-column", "Mobile Phone")]
    assert (columns["ID"].state, columns["Surname"].by) == ("confirmed", "Ann")
    assert (columns["Mobile Phone"].to, columns["Mobile Phone"].state) == ("mobile", "proposed")
    assert columns["Flags"].state == "proposed"
    assert mapping.unconfirmed(after) == [("Patients", "Mobile Phone"), ("Patients", "Flags")]


def test_the_tables_that_a_map_knows_are_those_of_its_names_with_nearly_its_columns() -> None:
    """Decided and left-out tables are known by name and columns; one of the name that holds something else is not, nor a new one."""
    people = {"ID": "patient_id", "Surname": "last_name", "Given": "first_name", "Mobile": "mobile", "Fax": None}
    before = decided("Patients", "patients", **people)
    log = decided("Log", None, At=None, What=None).tables["Log"]
    before = replace(before, tables={**before.tables, "Log": log})
    same, other = table("Patients", "ID, Surname, Given, Mobile, Fax, Flags"), table("Patients", "ID, Surname, Item, Fee")
    assert mapping.known_tables(before, export(same, table("Log", "At, What"), table("Extra", "A, B"))) == {
        "Patients": "patients",
        "Log": None,
    }
    assert mapping.known_tables(before, export(other)) == {}


def test_a_new_column_is_proposed_under_the_table_that_was_decided(schema: CanonicalSchema) -> None:
    """Somebody took for leads what looks like patients: a later export's new column is asked about as one of leads."""
    given = {"ID": "lead_id", "Surname": "last_name", "Given": "first_name", "Suburb": None, "Mobile": "phone"}
    raw = export(table("Patients", "ID, Surname, Given, Suburb, Mobile, Email", ["1", "Ito", "Aki", "Yass", "0412 000 001", "a@b.example"]))
    before = decided("Patients", "leads", **given)
    fixed = mapping.known_tables(before, raw)
    after, questions = mapping.replay(before, raw, mapping.Proposer(raw, schema, knowledge()).propose(fixed))
    assert kinds(questions) == [("new-column", "Email")]
    assert (after.tables["Patients"].table, after.tables["Patients"].columns["Email"].to) == ("leads", "email")


def test_freeze_refuses_any_difference(schema: CanonicalSchema) -> None:
    """Under freeze a changed export stops with one sentence."""
    raw = export(table("Patients", "ID, Surname, Flags"))
    with pytest.raises(DataError, match="Flags of Patients is new"):
        mapping.replay(
            decided("Patients", "patients", ID="patient_id", Surname="last_name"), raw, mapping.propose(raw, schema, knowledge()), "freeze"
        )


def test_discard_leaves_new_columns_out_without_asking(schema: CanonicalSchema) -> None:
    """Under discard what is new is left out, with the policy as the reason, and the map stays confirmed."""
    raw = export(table("Patients", "ID, Surname, Flags"), table("Extra", "A, B"))
    before = decided("Patients", "patients", ID="patient_id", Surname="last_name")
    after, questions = mapping.replay(before, raw, mapping.propose(raw, schema, knowledge()), "discard")
    assert questions == ()
    assert (after.tables["Patients"].columns["Flags"].to, after.tables["Extra"].table) == (None, None)
    assert mapping.unconfirmed(after) == []


def test_an_absent_table_keeps_its_decisions_and_the_gate(schema: CanonicalSchema) -> None:
    """A window export without some tables does not change the approved map."""
    before = decided("Patients", "patients", ID="patient_id")
    after, questions = mapping.replay(before, export(), mapping.propose(export(), schema, knowledge()))
    assert [q.kind for q in questions] == ["lost-table"]
    assert mapping.map_digest(after) == mapping.map_digest(before)


def test_a_renamed_file_keeps_its_decisions(schema: CanonicalSchema) -> None:
    """A table under another name with the same columns is the same table."""
    raw = export(table("Patients 2026-12", "ID, Surname, Mobile, Fax"))
    before = decided("Patients", "patients", ID="patient_id", Surname="last_name", Mobile="mobile", Fax=None)
    after, questions = mapping.replay(before, raw, mapping.propose(raw, schema, knowledge()))
    assert list(after.tables) == ["Patients 2026-12"]
    assert [q.kind for q in questions] == ["renamed-table"]
    assert mapping.unconfirmed(after) == []


def test_an_unknown_policy_is_named(schema: CanonicalSchema) -> None:
    """The policies are evolve, freeze and discard."""
    with pytest.raises(UsageError, match="evolve, freeze, discard"):
        mapping.replay(decided("P", "patients"), export(), mapping.propose(export(), schema, knowledge()), "keep")


def test_two_reviewers_maps_are_merged_and_their_disagreement_is_named() -> None:
    """What only one confirmed is taken; where both confirmed something else, it is open again and named."""
    ours = decided("P", "patients", Name="full_name", Phone="home_phone")
    theirs = decided("P", "patients", Name="full_name", Phone="mobile", Mail="email")
    both, conflicts = mapping.merge(ours, theirs)
    columns = both.tables["P"].columns
    assert [(c.table, c.column) for c in conflicts] == [("P", "Phone")]
    assert (columns["Mail"].to, columns["Phone"].to, columns["Phone"].state) == ("email", "home_phone", "proposed")
