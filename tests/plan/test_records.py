"""Notes, files, products and leads."""

from __future__ import annotations

from migkit.migration.defaults import load_map
from migkit.model.messages import Message
from migkit.model.objects import ObjectType
from migkit.model.outcomes import Outcome

from .frames import people, plan

ANNA = {"patient_id": "12", "first_name": "Anna", "last_name": "Rossi", "status": "active", "email": "anna@example.com"}
NOTE = {"note_id": "5", "patient_id": "12", "at": "2026-02-02 11:05", "author": "Dr Jane Wong", "title": "Exam", "practitioner_id": "1"}


def test_a_clinical_note_keeps_its_date_and_says_who_wrote_it() -> None:
    """The original time is set (UTC, v1's spelling), author and date head the text, the last line names the source."""
    made = plan({"patients": [ANNA], "clinical_notes": [{**NOTE, "content": "BP <120 & fine\n\nReview"}]})
    assert made.records["note:5"].fields == {
        "content": "<p><b>Clinical note · 02 Feb 2026 11:05 · Dr Jane Wong · Exam</b></p>"
        "<p>BP &lt;120 &amp; fine</p><p>Review</p><p>Source: note:5</p>",
        "add_time": "2026-02-02 00:05:00",
    }
    assert made.records["note:5"].links == {"person_id": "patient:12"}


def test_a_note_of_a_day_says_no_time() -> None:
    """Where the export has no time, midnight is none."""
    made = plan({"patients": [ANNA], "clinical_notes": [{**NOTE, "at": "2026-02-02", "content": "x"}]})
    assert made.records["note:5"].fields["content"].startswith("<p><b>Clinical note · 02 Feb 2026 · Dr Jane Wong · Exam</b></p>")


def test_html_is_made_safe_without_losing_words() -> None:
    """Scripts and handlers go, unknown tags go but not their words, table cells stay apart."""
    content = '<div onclick="x()">Exam <b>ok</b><script>alert(1)</script></div>'
    content += '<table><tr><td>26</td><td>MO</td></tr></table><a href="javascript:x">l</a>'
    body = plan({"patients": [ANNA], "clinical_notes": [{**NOTE, "content": content}]}).records["note:5"].fields["content"]
    assert body.split("</b></p>", 1)[1] == "Exam <b>ok</b><br>26 MO <br><a>l</a><p>Source: note:5</p>"


def test_a_note_over_100_kb_is_split_with_its_tags_closed() -> None:
    """Parts are numbered, each within the limit and well-formed, no word is lost, each names itself."""
    made = plan({"patients": [ANNA], "clinical_notes": [{**NOTE, "content": "<p><i>" + "zähne " * 30_000 + "</i></p>"}]})
    parts = [made.records[key].fields["content"] for key in ("note:5", "note:5#2", "note:5#3")]
    assert "note:5#4" not in made.records
    assert sum(part.count("zähne") for part in parts) == 30_000
    for number, part in enumerate(parts, start=1):
        assert len(part.encode()) < 100_000
        assert f"(part {number} of 3)" in part
        assert part.count("<i>") == part.count("</i>") == 1
    assert parts[2].endswith("<p>Source: note:5#3</p>")
    assert made.rows["clinical_notes.csv:2"] == "note:5"


def test_notes_fold_per_patient_and_year_by_policy() -> None:
    """One note per year with all its texts in order, dated by the newest; the rows point at it."""
    rows = [{**NOTE, "note_id": str(n), "at": f"{year}-02-02 11:05", "content": f"text {n}"} for n, year in enumerate((2024, 2025, 2025))]
    made = plan({"patients": [ANNA], "clinical_notes": rows}, policies={"clinical_notes": "per_patient_year"})
    assert {row.key: row.ref for row in made.row_outcomes} == {
        "note:0": "note:patient:12/2024", "note:1": "note:patient:12/2025", "note:2": "note:patient:12/2025",
    }  # fmt: skip
    assert made.records["note:patient:12/2025"].fields["content"].index("text 1") < made.records["note:patient:12/2025"].fields[
        "content"
    ].index("text 2")


def test_privacy_leaves_whole_tables_out() -> None:
    """Clinical notes that the practice does not want in a CRM are excluded row by row."""
    made = plan(
        {"patients": [ANNA], "clinical_notes": [{**NOTE, "content": "x"}]},
        pipedrive_map=load_map(privacy={"tables": {"clinical_notes": "leave_out"}}),
    )
    assert [(row.key, row.outcome) for row in made.row_outcomes] == [("note:5", Outcome.EXCLUDED)]


def test_files_are_found_linked_and_named() -> None:
    """By path or by a name that only one file has; linked to the person and the invoice's deal; the key is visible in the name."""
    files = {"docs/INV77.pdf": "a1", "xray/26.png": "b2", "a/twice.png": "c3", "b/twice.png": "d4", "loose.txt": "e5"}
    rows = [
        {"attachment_id": "1", "patient_id": "12", "invoice_id": "77", "file_name": "inv77.pdf"},
        {"attachment_id": "2", "note_id": "5", "path": "xray\\26.png"},
        {"attachment_id": "3", "patient_id": "12", "file_name": "twice.png"},
        {"attachment_id": "4", "patient_id": "12", "path": "a/twice.png", "file_name": "twice.png"},
    ]
    made = plan(
        {
            "patients": [ANNA],
            "clinical_notes": [{**NOTE, "content": "x"}],
            "invoices": [{"invoice_id": "77", "patient_id": "12", "total": 100, "status": "open"}],
            "attachments": rows,
        },
        files=files,
    )
    first, second = made.records["attachment:1"], made.records["attachment:2"]
    assert first.fields == {"path": "docs/INV77.pdf", "sha256": "a1", "file_name": "inv77 [attachment-1].pdf"}
    assert first.links == {"person_id": "patient:12", "deal_id": "account:12"}
    assert second.links == {"person_id": "patient:12"}
    assert made.records["attachment:4"].fields["path"] == "a/twice.png"
    assert [(row.key, row.outcome, row.reason) for row in made.row_outcomes if row.table == "attachments"] == [
        ("attachment:3", Outcome.HELD, Message.of("file-missing"))
    ]
    assert {finding.code: finding.keys for finding in made.findings} == {
        "file-missing": ("attachment:3",),
        "file-not-indexed": ("file 1", "file 2"),
    }


def test_a_file_says_what_it_was_and_when() -> None:
    """Files take no fields: category and original day stand in the name, a description in a note beside it."""
    row = {
        "attachment_id": "1", "patient_id": "12", "path": "xray/26.png", "category": "OPG", "created_at": "2021-05-03 10:00",
        "description": "Before extraction",
    }  # fmt: skip
    made = plan({"patients": [ANNA], "attachments": [row]}, files={"xray/26.png": "b2"})
    assert made.records["attachment:1"].fields["file_name"] == "26 (OPG, 2021-05-03) [attachment-1].png"
    assert made.records["attachment:1"].external_id == "[attachment-1]"
    assert made.records["note:attachment:1"].fields == {
        "content": "<p>About the file 26 (OPG, 2021-05-03) [attachment-1].png</p><p>Before extraction</p><p>Source: note:attachment:1</p>",
        "add_time": "2021-05-03 00:00:00",
    }
    assert made.documents["timestamps.json"]["objects"]["file"]["kept"] == 1


def test_files_of_one_patient_and_year_go_as_one_zip_where_the_policy_says_so() -> None:
    """Three of 2021 are more than one ZIP holds, so two and one; another year, a deal and another patient stand apart; one alone stays a
    file; what they say stands in one note; each row ends in the upload that holds it."""
    files = {f"x/{number}.png": f"{number}" * 4 for number in range(1, 9)}

    def row(number: int, patient: str, day: str, **more: str) -> dict[str, str]:
        return {"attachment_id": str(number), "patient_id": patient, "path": f"x/{number}.png", "created_at": f"{day} 10:00", **more}

    rows = [
        row(1, "12", "2021-05-03", description="Before"), row(2, "12", "2021-06-03"), row(3, "12", "2021-07-03", description="After"),
        row(4, "12", "2022-01-01"), row(5, "12", "2022-12-31", description="Late"), row(6, "13", "2021-05-03"),
        row(7, "12", "2022-02-01", invoice_id="77"), row(8, "12", "2022-02-02", invoice_id="77"),
    ]  # fmt: skip
    given = {
        "patients": [ANNA, {"patient_id": "13", "last_name": "Po"}],
        "invoices": [{"invoice_id": "77", "patient_id": "12", "total": 100, "status": "open"}],
        "attachments": rows,
    }
    made = plan(given, files=files, policies={"attachments": "zip_per_patient_year"})
    names = {key: record.fields["file_name"] for key, record in made.records.items() if record.object is ObjectType.FILE}
    assert names == {
        "files:attachment:1": "Files 2021 (2) [files-attachment-1].zip",
        "attachment:3": "3 (2021-07-03) [attachment-3].png",
        "files:attachment:4": "Files 2022 (2) [files-attachment-4].zip",
        "attachment:6": "6 (2021-05-03) [attachment-6].png",
        "files:attachment:7": "Files 2022 (2) [files-attachment-7].zip",
    }
    first = made.records["files:attachment:1"]
    assert first.fields["members"] == [["1111", "1 (2021-05-03) [attachment-1].png"], ["2222", "2 (2021-06-03) [attachment-2].png"]]
    assert first.sources == ("attachment:1", "attachment:2") and first.links == {"person_id": "patient:12"}
    assert made.records["files:attachment:7"].links == {"person_id": "patient:12", "deal_id": "account:12"}
    said = {key: record.fields["content"] for key, record in made.records.items() if key.startswith(("note:files", "note:attachment"))}

    def note(key: str, name: str, words: str) -> dict[str, str]:
        return {key: f"<p>About the file {name}</p><p>{words}</p><p>Source: {key}</p>"}

    assert said == {
        **note("note:files:attachment:1", "1 (2021-05-03) [attachment-1].png", "Before"),
        **note("note:attachment:3", "3 (2021-07-03) [attachment-3].png", "After"),
        **note("note:files:attachment:4", "5 (2022-12-31) [attachment-5].png", "Late"),
    }
    assert [row for row in made.row_outcomes if row.table == "attachments"] == []


def test_a_product_lands_with_price_stock_and_supplier() -> None:
    """Prices are lists per currency; what is no longer sold cannot be put on deals."""
    row = {
        "product_id": "3", "code": "TB1", "name": "Brush", "description": "Soft", "unit_price": 550, "cost_price": 210, "gst": 10.0,
        "stock": 4.0, "supplier": "Oral Co", "category": "Hygiene", "active": False,
    }  # fmt: skip
    assert plan({"products": [row]}).records["product:3"].fields == {
        "name": "Brush",
        "code": "TB1",
        "description": "Soft\nCategory: Hygiene",
        "tax": 10.0,
        "prices": [{"currency": "AUD", "price": 5.5, "cost": 2.1}],
        "is_linkable": False,
        "custom:Source_System_ID__c": "product:3",
        "custom:Stock": 4,
        "custom:Supplier": "Oral Co",
    }


LEAD = {
    "lead_id": "9",
    "full_name": "Bob Lee",
    "email": "bob@example.com",
    "source": "Google",
    "status": "new",
    "created_at": "2026-03-01 10:00",
}


def test_an_enquirer_gets_a_person() -> None:
    """A lead needs a person; deal fields are inherited; a second enquiry by the same name and e-mail is by the same person."""
    made = plan({"leads": [{**LEAD, "interest": "Implant", "value": 350000}, {**LEAD, "lead_id": "10", "email": "BOB@example.com"}]})
    assert made.records["lead:9"].fields == {
        "title": "Bob Lee – Implant",
        "value": {"amount": 3500.0, "currency": "AUD"},
        "label_ids": ["New"],
        "custom:Source_System_ID__c": "lead:9",
        "custom:Source created": "2026-03-01",
        "custom:Lead source": "Google",
    }
    assert made.records["lead:9"].links == made.records["lead:10"].links == {"person_id": "person:lead:9"}
    assert made.records["person:lead:9"].fields == {
        "name": "Bob Lee",
        "emails": [{"value": "bob@example.com", "label": "home", "primary": True}],
        "custom:Source_System_ID__c": "person:lead:9",
    }
    assert "lead_label:New" in made.records


def test_a_lead_points_at_the_patient_that_it_became() -> None:
    """By its converted patient (also one merged away), else by the same name and e-mail; a namesake alone is somebody else."""
    leads = [
        {**LEAD, "lead_id": "1", "converted_patient_id": "15", "status": "converted"},
        {**LEAD, "lead_id": "2", "full_name": "Anna Rossi", "email": "anna@example.com"},
        {**LEAD, "lead_id": "3", "full_name": "Anna Rossi", "email": "other@example.com"},
    ]
    rows = {"patients": [ANNA, {**ANNA, "patient_id": "15"}], "leads": leads}
    made = plan(rows, who=people({"patient:12": "patient:12", "patient:15": "patient:12"}))
    assert [made.records[f"lead:{n}"].links["person_id"] for n in (1, 2, 3)] == ["patient:12", "patient:12", "person:lead:3"]
    excluded = plan(rows, policies={"converted_leads": "exclude"})
    assert [row.outcome for row in excluded.row_outcomes if row.key == "lead:1"] == [Outcome.EXCLUDED]


def test_staff_become_owners() -> None:
    """A practitioner's row is carried by their user, or by the fallback owner where none matches."""
    rows = {"practitioners": [{"practitioner_id": "1", "full_name": "A"}, {"practitioner_id": "2", "full_name": "B"}]}
    made = plan(rows, who=people(owners={"practitioner:1": "jane@example.com"}))
    assert [(row.key, row.ref, row.reason) for row in made.row_outcomes] == [
        ("practitioner:1", "user:jane@example.com", Message.of("owner-status", status="matched by e-mail")),
        ("practitioner:2", "user:desk@bondi.example", Message.of("owner-status", status="no match found")),
    ]
