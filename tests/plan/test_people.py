"""Patients, their families and employers, and their health funds."""

from __future__ import annotations

from typing import Any

import pytest

from migkit.migration.defaults import load_map
from migkit.model.messages import Message
from migkit.model.outcomes import Outcome, RowOutcome
from migkit.model.people import Household
from migkit.plan import privacy_digest

from .frames import people, plan

ANNA = {
    "patient_id": "12", "first_name": "Anna", "last_name": "Rossi", "birth_date": "1980-05-03", "status": "active",
    "mobile": "+61412345678", "home_phone": "+61293001234", "email": "anna@example.com", "practitioner_id": "1",
    "address_line1": "1 Sea St", "suburb": "Bondi", "state": "NSW", "postcode": "2026", "created_at": "2015-03-02 09:30",
}  # fmt: skip


def test_a_patient_becomes_a_person_with_native_and_custom_fields() -> None:
    """Name, e-mail, phones with labels, address, birth date, status and creation time land in Pipedrive's shapes, times in UTC."""
    made = plan({"patients": [ANNA]}, who=people(owners={"practitioner:1": "jane@example.com"}))
    record = made.records["patient:12"]
    assert record.fields == {
        "name": "Anna Rossi",
        "emails": [{"value": "anna@example.com", "label": "home", "primary": True}],
        "phones": [
            {"value": "+61412345678", "label": "mobile", "primary": True},
            {"value": "+61293001234", "label": "home", "primary": False},
        ],
        "add_time": "2015-03-01T22:30:00Z",
        "custom:Source_System_ID__c": "patient:12",
        "custom:Date of birth": "1980-05-03",
        "custom:Address": {"value": "1 Sea St, Bondi NSW 2026"},
        "custom:Patient status": "Active",
    }
    assert record.owner == "jane@example.com"
    assert record.links == {}
    assert made.rows == {"patients.csv:2": "patient:12"}


def test_nobody_gets_a_made_up_address() -> None:
    """A person without an e-mail has a flag and stands in no_email.json; one with only the family head's has another flag."""
    child = {**ANNA, "patient_id": "13", "first_name": "Leo", "mobile": None, "home_phone": None}
    bare = {**ANNA, "patient_id": "14", "first_name": "Gus", "email": None, "mobile": None, "home_phone": None}
    made = plan({"patients": [ANNA, child, bare]}, who=people(inherited={"patient:13": ("email",)}))
    assert made.records["patient:13"].fields["emails"] == [{"value": "anna@example.com", "label": "family head", "primary": True}]
    assert made.records["patient:13"].fields["custom:No e-mail"] == "Only the family head's e-mail"
    assert "emails" not in made.records["patient:14"].fields
    assert made.records["patient:14"].fields["custom:No e-mail"] == "No e-mail on file"
    assert made.documents["no_email.json"] == {
        "version": 1,
        "persons": 3,
        "without_own_email": 2,
        "list": [
            {"key": "patient:13", "why": "Only the family head's e-mail"},
            {"key": "patient:14", "why": "No e-mail on file"},
        ],
    }


def test_the_survivor_s_alerts_stand_first() -> None:
    """One note for the person: first what stood on the surviving row, whatever its id, then the others'."""
    rows = [{**ANNA, "patient_id": "12", "alerts": "Pacemaker"}, {**ANNA, "patient_id": "13", "alerts": "Penicillin allergy"}]
    made = plan({"patients": rows}, who=people({"patient:12": "patient:13", "patient:13": "patient:13"}))
    content = made.records["note:patient:13"].fields["content"]
    assert 0 < content.index("Penicillin allergy") < content.index("Pacemaker")


def test_merged_patients_are_one_person_with_all_source_ids() -> None:
    """The survivor's values count, its blanks are filled by the others, contacts are joined, the other rows are merged into it."""
    double = {**ANNA, "patient_id": "15", "email": "a.rossi@example.com", "occupation": "Baker", "created_at": "2012-01-05 10:00"}
    made = plan({"patients": [double, ANNA]}, who=people({"patient:12": "patient:12", "patient:15": "patient:12"}))
    fields = made.records["patient:12"].fields
    assert [key for key in made.records if key.startswith("patient:")] == ["patient:12"]
    assert fields["custom:Source_System_ID__c"] == "patient:12, patient:15"
    assert [mail["value"] for mail in fields["emails"]] == ["anna@example.com", "a.rossi@example.com"]
    assert [mail["primary"] for mail in fields["emails"]] == [True, False]
    assert fields["add_time"] == "2012-01-04T23:00:00Z"
    assert fields["custom:Patient details"] == "Occupation: Baker\nAlso known by these ids: patient:15"
    assert made.row_outcomes == (
        RowOutcome(
            "patients.csv",
            2,
            "patients",
            "patient:15",
            Outcome.MERGED_INTO,
            Message.of("certain-match", evidence="same name and birth date"),
            "patient:12",
        ),
    )
    assert made.rows == {"patients.csv:3": "patient:12"}


def test_an_opt_out_on_any_record_of_a_person_counts() -> None:
    """A person who is in there twice and said no to messages once has said no."""
    rows = [{**ANNA, "sms_opt_out": False}, {**ANNA, "patient_id": "15", "sms_opt_out": True}]
    made = plan({"patients": rows}, who=people({"patient:12": "patient:12", "patient:15": "patient:12"}))
    assert "SMS opt-out: yes" in made.records["patient:12"].fields["custom:Patient details"].split("\n")


@pytest.mark.parametrize(
    ("column", "survivor", "other", "said"),
    [
        ("do_not_contact", False, True, "Do not contact: yes"),
        ("do_not_contact", None, True, "Do not contact: yes"),
        ("sms_consent", True, False, "SMS consent: no"),
        ("sms_opt_out", None, True, "SMS opt-out: yes"),
        ("email_consent", True, False, "E-mail consent: no"),
        ("email_opt_out", None, True, "E-mail opt-out: yes"),
        ("do_not_contact", True, False, "Do not contact: yes"),
    ],
)
def test_the_stricter_wish_of_a_person_counts(column: str, survivor: bool | None, other: bool, said: str) -> None:
    """Whoever is in there twice and refused once has refused."""
    rows = [{**ANNA, column: survivor}, {**ANNA, "patient_id": "15", column: other}]
    made = plan({"patients": rows}, who=people({"patient:12": "patient:12", "patient:15": "patient:12"}))
    assert said in made.records["patient:12"].fields["custom:Patient details"].split("\n")


@pytest.mark.parametrize(
    ("survivor", "other"), [("active", "deceased"), ("archived", "deceased"), ("deceased", "active"), (None, "deceased")]
)
def test_who_died_by_one_of_two_rows_is_dead(survivor: str | None, other: str) -> None:
    """The person is deceased; where the row that counts says otherwise, both are named."""
    rows = [{**ANNA, "status": survivor}, {**ANNA, "patient_id": "15", "status": other}]
    made = plan({"patients": rows}, who=people({"patient:12": "patient:12", "patient:15": "patient:12"}))
    assert made.records["patient:12"].fields["custom:Patient status"] == "Deceased"
    named = [finding.keys for finding in made.findings if finding.code == "merged-with-deceased"]
    assert named == ([] if survivor == "deceased" else [("patient:12", "patient:15")])


@pytest.mark.parametrize(
    ("survivor", "other", "is_named"),
    [
        ({"balance": 5000}, {"balance": 3000}, True),
        ({"suburb": "Bondi"}, {"suburb": "Manly"}, True),
        ({"suburb": "Bondi"}, {"suburb": "BONDI"}, False),
        ({"suburb": "Bondi"}, {}, False),
        ({"medicare_number": "2123456701"}, {"medicare_number": "2123 45670 1"}, False),
        ({"medicare_number": "2123456701"}, {"medicare_number": "2123 45671 1"}, True),
        ({}, {"occupation": "Nurse"}, False),
        ({"occupation": "Baker"}, {"occupation": "Nurse"}, True),
    ],
)
def test_a_merged_row_that_says_something_else_is_named(survivor: dict[str, Any], other: dict[str, Any], is_named: bool) -> None:
    """One value has room; that another one was given is told, blanks and capitals are not."""
    rows = [{**ANNA, **survivor}, {**ANNA, "patient_id": "15", **other}]
    made = plan({"patients": rows}, who=people({"patient:12": "patient:12", "patient:15": "patient:12"}))
    assert [finding.keys for finding in made.findings if finding.code == "merged-rows-differ"] == ([("patient:15",)] if is_named else [])


def test_every_status_is_carried() -> None:
    """Archived, inactive, deceased and deleted patients are persons with a status; an archived flag counts where the status says active."""
    rows = [{**ANNA, "patient_id": str(n), "status": status} for n, status in enumerate(("inactive", "archived", "deceased", "deleted"))]
    made = plan({"patients": [*rows, {**ANNA, "patient_id": "9", "archived": True}]})
    statuses = {key: record.fields["custom:Patient status"] for key, record in made.records.items() if key.startswith("patient:")}
    assert statuses == {
        "patient:0": "Inactive", "patient:1": "Archived", "patient:2": "Deceased", "patient:3": "Deleted", "patient:9": "Archived",
    }  # fmt: skip


def test_deleted_patients_can_be_left_out_with_all_that_hangs_on_them() -> None:
    """The policy deleted_patients: exclude leaves out the patient, and each child row names its parent."""
    rows = {"patients": [{**ANNA, "status": "deleted"}], "recalls": [{"recall_id": "1", "patient_id": "12", "due_date": "2026-05-01"}]}
    made = plan(rows, policies={"deleted_patients": "exclude"})
    assert {(row.key, row.outcome, row.ref) for row in made.row_outcomes} == {
        ("patient:12", Outcome.EXCLUDED, ""),
        ("recall:1", Outcome.EXCLUDED, "patient:12"),
    }
    assert made.rows == {}


def test_a_held_patient_holds_its_children() -> None:
    """Rows of a patient that reading held are held too, with a reason that names the patient, down to the items of a plan."""
    held = RowOutcome("patients.csv", 9, "patients", "patient:12", Outcome.HELD, Message.of("no-name"))
    rows = {
        "treatment_plans": [{"plan_id": "7", "patient_id": "12", "total": 100}],
        "treatment_items": [{"item_id": "1", "plan_id": "7", "fee": 100}],
        "clinical_notes": [{"note_id": "5", "patient_id": "12", "content": "x"}],
    }
    made = plan(rows, row_outcomes=[held])
    assert {row.key: (row.outcome, row.reason) for row in made.row_outcomes} == {
        "patient:12": (Outcome.HELD, Message.of("no-name")),
        "plan:7": (Outcome.HELD, Message.of("parent-held", key="patient:12")),
        "plan_item:1": (Outcome.HELD, Message.of("parent-held", key="plan:7")),
        "note:5": (Outcome.HELD, Message.of("parent-held", key="patient:12")),
    }
    assert made.rows == {}


def test_households_and_employers_become_organizations() -> None:
    """A household takes the family's address, else the head's; who is in both has the household; who is in neither has none."""
    son = {**ANNA, "patient_id": "13", "first_name": "Leo"}
    lone = {**ANNA, "patient_id": "14", "first_name": "Gus", "suburb": None}
    home = Household("family:3", "household", "Rossi family", ("patient:12", "patient:13"), "patient:12")
    firm = Household("employer:acme", "employer", "Acme Pty Ltd", ("patient:13",), None)
    made = plan({"patients": [ANNA, son, lone], "families": [{"family_id": "3", "name": "Rossi"}]}, who=people(households=[firm, home]))
    assert made.records["family:3"].fields == {
        "name": "Rossi family",
        "address": {"value": "1 Sea St, Bondi NSW 2026"},
        "custom:Source_System_ID__c": "family:3",
        "custom:Organization kind": "Household",
    }
    assert made.records["patient:13"].links == {"org_id": "family:3"}
    assert made.records["patient:14"].links == {}
    assert "employer:acme" not in made.records  # its only member lives with the family
    assert made.rows["families.csv:2"] == "family:3"


def test_an_employer_has_no_private_address() -> None:
    """An employer's organization does not take an employee's home address."""
    firm = Household("employer:acme", "employer", "Acme Pty Ltd", ("patient:12",), None)
    record = plan({"patients": [ANNA]}, who=people(households=[firm])).records["employer:acme"]
    assert record.fields == {"name": "Acme Pty Ltd", "custom:Source_System_ID__c": "employer:acme", "custom:Organization kind": "Employer"}


def test_the_first_cover_stands_in_fields_the_others_in_text() -> None:
    """Cover in force comes before cover that has ended, then by priority; the rows are folded into the person."""
    covers = [
        {
            "cover_id": "1",
            "patient_id": "12",
            "fund": "Bupa",
            "member_number": "111",
            "coverage": 60.0,
            "priority": 1,
            "valid_to": "2020-01-31",
        },
        {"cover_id": "2", "patient_id": "12", "fund": "HCF", "member_number": "222", "coverage": 55.5, "priority": 2},
        {"cover_id": "3", "patient_id": "12", "fund": "nib", "member_number": "333", "card_ref": "02", "priority": 3},
    ]
    made = plan({"patients": [ANNA], "health_funds": covers})
    fields = made.records["patient:12"].fields
    assert fields["custom:Insurance_Provider__c"] == "HCF"
    assert fields["custom:Policy_Number__c"] == "222"
    assert fields["custom:Coverage_Pct__c"] == 55.5
    assert "custom:Patient details" not in fields
    assert fields["custom:Other health funds"] == "nib, no. 333, card 02\nBupa, no. 111, 60 %, until 31 Jan 2020"
    assert {(row.key, row.outcome, row.ref) for row in made.row_outcomes} == {
        (f"cover:{n}", Outcome.FOLDED_INTO, "patient:12") for n in (1, 2, 3)
    }


def test_government_identifiers_stay_behind_unless_decided_otherwise() -> None:
    """Medicare numbers are left out by default; a privacy decision sends them; leaving out contact data leaves out e-mails."""
    row = {**ANNA, "medicare_number": "2123456701", "gender": "female"}
    assert plan({"patients": [row]}).records["patient:12"].fields["custom:Patient details"] == "Gender: female"
    sent = load_map(privacy={"fields": {"Medicare number": "send"}})
    details = plan({"patients": [row]}, pipedrive_map=sent).records["patient:12"].fields["custom:Patient details"]
    assert details == "Gender: female\nMedicare number: 2123456701"
    silent = load_map(privacy={"classes": {"contact": "leave_out"}})
    made = plan({"patients": [row]}, pipedrive_map=silent)
    assert not {"emails", "phones", "custom:Address"} & set(made.records["patient:12"].fields)
    assert "field:person/Address" not in made.records


def test_native_contact_fields_by_decision() -> None:
    """With the policy native_contact_fields, birth date and address go to Pipedrive's own fields and no custom ones are made."""
    made = plan({"patients": [ANNA]}, policies={"native_contact_fields": True})
    fields = made.records["patient:12"].fields
    assert fields["birthday"] == "1980-05-03"
    assert fields["postal_address"] == {"value": "1 Sea St, Bondi NSW 2026"}
    assert not {"field:person/Date of birth", "field:person/Address"} & set(made.records)


def test_the_privacy_gate_is_bound_to_each_field_s_class() -> None:
    """A field that is moved into another privacy class may leave the house by it: the approval no longer holds."""
    moved = load_map({"fields": {"person": {"Date of birth": {"privacy": "none"}}}})
    assert load_map()["fields"]["person"]["Date of birth"].get("privacy") != "none"
    assert privacy_digest(moved) != privacy_digest(load_map())
    assert privacy_digest(load_map()) == privacy_digest(load_map({}))


def test_further_numbers_addresses_and_remarks_are_loaded() -> None:
    """Every number and address of a cell is an item with a label, the words beside them stand in the details."""
    remarks = "mobile 0412 345 678 or 0412 345 679 (mum)"
    more = {
        "other_phones": "mobile +61412345679\nhome_phone +61293009999",
        "other_emails": "email b@example.com",
        "contact_remarks": remarks,
    }
    fields = plan({"patients": [{**ANNA, **more}]}).records["patient:12"].fields
    assert [(one["value"], one["label"], one["primary"]) for one in fields["phones"]] == [
        ("+61412345678", "mobile", True), ("+61293001234", "home", False), ("+61412345679", "mobile", False),
        ("+61293009999", "home", False),
    ]  # fmt: skip
    assert [one["value"] for one in fields["emails"]] == ["anna@example.com", "b@example.com"]
    assert [one["label"] for one in fields["emails"]] == ["home", "other"]
    assert fields["custom:Patient details"] == f"Phones and e-mails as written: {remarks}"
    head_s = plan({"patients": [{**ANNA, **more}]}, who=people(inherited={"patient:12": ("email", "mobile")})).records["patient:12"].fields
    assert [one["label"] for one in head_s["emails"]] == ["family head", "family head"]
    assert head_s["custom:No e-mail"] == "Only the family head's e-mail"


def test_columns_of_further_contacts_are_loaded() -> None:
    """Their numbers and addresses are others of the person; what was a remark already, or the practice's own field, is called so."""
    more = {
        "other_phones": "other_phones +61295551309\ncustom:Phone_at_school +61295551310",
        "other_emails": "other_emails b@example.com",
        "contact_remarks": "contact_remarks silent\ncustom:Phone_at_school ask for Di 02 9555 1310",
    }
    fields = plan({"patients": [{**ANNA, **more}]}).records["patient:12"].fields
    assert [(one["value"], one["label"]) for one in fields["phones"]][-2:] == [("+61295551309", "other"), ("+61295551310", "other")]
    assert [one["value"] for one in fields["emails"]] == ["anna@example.com", "b@example.com"]
    written = "silent; Phone at school ask for Di 02 9555 1310"
    assert fields["custom:Patient details"] == f"Phones and e-mails as written: {written}"


def test_an_enquirer_keeps_every_contact() -> None:
    """As a patient does."""
    lead = {"lead_id": "9", "full_name": "Bob Lee", "other_emails": "email b@example.com", "contact_remarks": "phone ring his wife"}
    fields = plan({"leads": [lead]}).records["person:lead:9"].fields
    assert fields["emails"] == [{"value": "b@example.com", "label": "home", "primary": True}]
    assert fields["custom:Patient details"] == "Phones and e-mails as written: phone ring his wife"


def test_what_a_name_says_is_obeyed_by_policy() -> None:
    """By default nothing changes; the policies leave out, archive or opt out."""
    rows = [
        {**ANNA, "patient_id": str(number), "name_remark": remark} for number, remark in enumerate(("test", "archived", "do_not_contact"))
    ]
    kept = plan({"patients": rows})
    assert {record.fields["custom:Patient status"] for key, record in kept.records.items() if key.startswith("patient:")} == {"Active"}
    policies = {"test_patients": "exclude", "archived_names": "archive", "do_not_contact_names": "opt_out"}
    obeyed = plan({"patients": rows}, policies=policies)
    assert "patient:0" not in obeyed.records
    assert obeyed.records["patient:1"].fields["custom:Patient status"] == "Archived"
    assert obeyed.records["patient:2"].fields["custom:Patient details"] == "SMS opt-out: yes"
