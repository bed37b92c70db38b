"""The map of all exports, and what of it one later export may be read by."""

from __future__ import annotations

from made import decided, export, table

from migkit import mapping
from migkit.migration.defaults import knowledge
from migkit.model.canonical import CanonicalSchema
from migkit.model.mapping import SourceMap


def test_the_map_of_all_exports_keeps_what_only_one_of_them_has() -> None:
    """Laid over it, a later export's map adds its columns and takes none away."""
    whole = decided("Patients", "patients", ID="patient_id", Mobile="mobile")
    part = decided("Patients", "patients", ID="patient_id", **{"Mobile Phone": "mobile"})
    both = mapping.extend(whole, part)
    assert list(both.tables["Patients"].columns) == ["ID", "Mobile", "Mobile Phone"]
    assert mapping.extend(whole, whole) == whole


def test_a_resolved_rename_is_not_asked_again(schema: CanonicalSchema) -> None:
    """Once the new header is confirmed for the field, the absence of the old one is no question."""
    raw = export(table("Patients", "ID, Mobile Phone", ["1", "0412 000 001"]))
    whole = mapping.extend(
        decided("Patients", "patients", ID="patient_id", Mobile="mobile"),
        decided("Patients", "patients", ID="patient_id", **{"Mobile Phone": "mobile"}),
    )
    _, questions = mapping.replay(whole, raw, mapping.propose(raw, schema, knowledge()))
    assert questions == ()


def test_what_nobody_decided_on_is_no_part_of_the_reading(schema: CanonicalSchema) -> None:
    """New columns, new tables and new meanings of codes wait; a renamed file keeps its decisions."""
    raw = export(
        table("Patients 2026-12", "ID, Surname, Mobile, Fax, Flags", ["1", "Ito", "0412 000 001", "", "VIP"]),
        table("Widgets", "A7, Colour", ["1", "red"]),
    )
    before = decided("Patients", "patients", ID="patient_id", Surname="last_name", Mobile="mobile", Fax=None)
    replayed, _ = mapping.replay(before, raw, mapping.propose(raw, schema, knowledge()))
    used = mapping.decided_part(before, replayed)
    assert list(used.tables["Patients 2026-12"].columns) == ["ID", "Surname", "Mobile", "Fax"]
    assert "Widgets" not in used.tables
    assert used.values == before.values


def test_columns_are_present_or_absent_file_by_file() -> None:
    """A field is present where a decided column of the file stands for it; a parent's field counts for the parent; an absent
    table has no files. What another table of the same kind has a column for is none the less absent from this file."""
    before = SourceMap(
        {
            **decided("Patients", "patients", ID="patient_id", Mobile="mobile", Fax=None).tables,
            **decided("Archived", "patients", ID="patient_id", Mobile="mobile", Phone="home_phone").tables,
            **decided("Lines", "invoice_lines", Invoice="invoice_id", Fee="fee", Dated="invoices.date").tables,
        }
    )
    raw = export(table("Lines", "Invoice, Fee", ["1", "5"]))
    lines = raw.tables["Lines"].files[0]
    present = mapping.present_columns(before, raw)
    assert present == {lines: {"invoice_lines": frozenset({"invoice_id", "fee"})}}
    assert mapping.absent_columns(before, present)[lines].get("invoice_lines") is None
    assert mapping.absent_columns(before, present)[lines]["invoices"] == frozenset({"date"})
    raw = export(table("Patients", "ID", ["1"]), table("Archived", "ID, Mobile", ["2", "0412 000 001"]))
    (patients,), (archived,) = raw.tables["Patients"].files, raw.tables["Archived"].files
    present = mapping.present_columns(before, raw)
    absent = mapping.absent_columns(before, present)
    assert absent[patients]["patients"] == frozenset({"mobile", "home_phone"})
    assert absent[archived]["patients"] == frozenset({"home_phone"})
