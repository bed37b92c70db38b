"""The mapping review without a browser: what is shown first, what a click does, what is saved, what undo takes back."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pandas as pd
import pytest

from migkit import mapping
from migkit.countries import country_of
from migkit.migration.defaults import knowledge, load_map
from migkit.model.canonical import CanonicalSchema
from migkit.model.errors import UsageError
from migkit.model.mapping import ColumnMap, SourceMap, dump_mapping, parse_mapping
from migkit.model.tables import RawExport, SourceTable
from migkit.widgets import MappingReview
from migkit.widgets import mapping_view as view
from migkit.widgets.mapping_preview import LandingPreviews, previews
from migkit.widgets.mapping_state import ReviewState
from migkit.workspace import Settings, Workspace

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)


def made_export() -> RawExport:
    patients = pd.DataFrame(
        {
            "Patient ID": [str(n) for n in range(1, 9)],
            "Surname": ["Ito", "Kaur", "Lee", "Ng", "Roy", "Sen", "Tan", "Wu"],
            "First Name": ["Mei", "Ana", "Kim", "Bo", "Cy", "Di", "Ed", "Flo"],
            "Mobile": ["0412 000 00" + str(n) for n in range(8)],
            "Hygiene club": ["Gold", None, None, None, None, None, None, "Silver"],
        },
        dtype="string",
    )
    visits = pd.DataFrame(
        {
            "Appointment ID": [str(n) for n in range(12)],
            "Patient ID": [str(1 + n % 8) for n in range(12)],
            "Start": ["04/10/2026 14:30"] * 12,
            "Status": (["Booked", "Done", "Qqq"] * 4),
        },
        dtype="string",
    )
    tables = {"Patients": SourceTable("Patients", patients, ("Patients.csv",)), "Visits": SourceTable("Visits", visits, ("Visits.csv",))}
    return RawExport(tables, pd.DataFrame(), pd.DataFrame())


@pytest.fixture
def saved() -> list[SourceMap]:
    return []


@pytest.fixture
def state(schema: CanonicalSchema, saved: list[SourceMap]) -> ReviewState:
    raw = made_export()
    proposals = mapping.propose(raw, schema, knowledge(), tables={"Patients": "patients", "Visits": "appointments"})
    return ReviewState(
        mapping.draft(proposals), raw, proposals, schema, by="Ann", save=saved.append, now=lambda: NOW,
    )  # fmt: skip


def standings(state: ReviewState, source: str) -> dict[str, str]:
    return {line.column: line.state for line in state.columns(source)}


def test_what_needs_a_look_comes_first(state: ReviewState) -> None:
    """A column without a home stands before the certain ones, and its table before the finished."""
    lines = state.columns("Patients")
    assert (lines[0].column, lines[0].state) == ("Hygiene club", "attention")
    assert standings(state, "Patients")["Surname"] == "certain"


def test_the_certain_are_accepted_at_once_and_saved_at_once(state: ReviewState, saved: list[SourceMap]) -> None:
    """One click accepts exactly the certain ones, signed; one save; one undo takes all of them back."""
    accepted = state.accept_certain("Patients")
    after = standings(state, "Patients")
    assert accepted == 4
    assert [name for name, standing in after.items() if standing == "done"] == ["Patient ID", "Surname", "First Name", "Mobile"]
    assert after["Hygiene club"] == "attention"
    assert state.column("Patients", "Surname").at == "2026-11-22T09:30:00+00:00"
    assert len(saved) == 1
    assert state.undo() == "accept 4 columns of Patients"
    assert saved[1].tables["Patients"].columns["Surname"].state == "proposed"
    assert state.undo() == ""


def test_what_has_no_home_is_left_out_a_table_at_once(state: ReviewState, saved: list[SourceMap]) -> None:
    """Exactly the columns for which nothing fits and that nobody decided are left out: signed, with a reason, undone as one."""
    columns = state.columns("Patients")
    assert state.homeless("Patients") == ["Hygiene club"]
    state.leave_out("Patients", "Mobile", "not needed")
    assert state.leave_out_homeless("Patients") == 1
    left = state.column("Patients", "Hygiene club")
    assert (left.to, left.state, left.by, bool(left.reason)) == (None, "confirmed", "Ann", True)
    assert state.column("Patients", "Mobile").reason == "not needed"
    assert standings(state, "Patients")["Surname"] == "certain"
    assert state.homeless("Patients") == [] and state.leave_out_homeless("Patients") == 0
    assert state.undo() == "leave out 1 column of Patients" and state.undo() == "leave out Mobile"
    assert state.columns("Patients") == columns and len(saved) == 4


def test_a_table_is_decided_as_another_one_of_its_kind(schema: CanonicalSchema, saved: list[SourceMap]) -> None:
    """Open columns follow the same headers of a table of the same kind, with their codes; what was decided here stays, undone as one."""
    raw = made_export()
    archived = SourceTable("Archived", raw.tables["Patients"].frame.assign(Since="2019"), ("Archived.csv",))
    raw = RawExport({**raw.tables, "Archived": archived}, raw.lines, raw.attachments)
    kinds = {"Patients": "patients", "Visits": "appointments", "Archived": "patients"}
    proposals = mapping.propose(raw, schema, knowledge(), tables=kinds)
    state = ReviewState(mapping.draft(proposals), raw, proposals, schema, by="Ann", save=saved.append, now=lambda: NOW)
    assert state.like("Archived") == ("", [])
    state.set_target("Patients", "Mobile", "work_phone")
    state.set_target("Patients", "Hygiene club", "status")
    state.leave_out("Patients", "Surname", "not needed")
    state.set_target("Archived", "Surname", "last_name")
    assert state.like("Archived") == ("Patients", ["Mobile", "Hygiene club"]) and state.like("Visits") == ("", [])
    assert state.decide_as("Archived") == 2
    assert {name: column.to for name, column in state.table("Archived").columns.items() if column.state == "confirmed"} == {
        "Surname": "last_name", "Mobile": "work_phone", "Hygiene club": "status",
    }  # fmt: skip
    assert [value.value for value, _ in state.values("Archived", "Hygiene club")] == ["Gold", "Silver"]
    assert state.undo() == "decide 2 columns of Archived as in Patients" and state.decided("Archived") == 1


def test_what_is_empty_in_one_table_decides_nothing_in_another(schema: CanonicalSchema, saved: list[SourceMap]) -> None:
    """Why they were archived stands only with archived patients: leaving it out where it is always empty does not leave it out there."""
    raw = made_export()
    frame = raw.tables["Patients"].frame
    tables = {
        "Patients": SourceTable("Patients", frame.assign(Why=pd.Series([None] * 8, dtype="string")), ("Patients.csv",)),
        "Archived": SourceTable("Archived", frame.assign(Why=pd.Series(["Deceased"] * 8, dtype="string")), ("Archived.csv",)),
    }
    raw = RawExport({**raw.tables, **tables}, raw.lines, raw.attachments)
    proposals = mapping.propose(raw, schema, knowledge(), tables={"Patients": "patients", "Visits": "appointments", "Archived": "patients"})
    state = ReviewState(mapping.draft(proposals), raw, proposals, schema, by="Ann", save=saved.append, now=lambda: NOW)
    for column in ("Why", "Mobile"):
        state.leave_out("Patients", column, "not needed")
    assert state.like("Archived") == ("Patients", ["Mobile"])
    state.leave_out("Archived", "Why", "not needed")
    state.reopen("Patients", "Why")
    assert state.like("Patients")[1] == ["Why"]


def test_a_column_that_is_always_empty_is_certain(state: ReviewState, schema: CanonicalSchema, saved: list[SourceMap]) -> None:
    """Nothing is left behind with a column that holds nothing and has no home: it wants no look of its own, one with values does."""
    raw = made_export()
    frame = raw.tables["Patients"].frame.assign(Zzq=pd.Series([None] * 8, dtype="string"))
    raw = RawExport({**raw.tables, "Patients": SourceTable("Patients", frame, ("Patients.csv",))}, raw.lines, raw.attachments)
    proposals = mapping.propose(raw, schema, knowledge(), tables={"Patients": "patients", "Visits": "appointments"})
    state = ReviewState(mapping.draft(proposals), raw, proposals, schema, by="Ann", save=saved.append, now=lambda: NOW)
    assert state.column("Patients", "Zzq").to is None
    assert {name: standings(state, "Patients")[name] for name in ("Zzq", "Hygiene club")} == {"Zzq": "certain", "Hygiene club": "attention"}


def test_what_is_written_at_the_top_is_true() -> None:
    """All decided beside a conflict is not called confirmed; names that differ at their ends stay apart when they are cut."""
    done = mapping.Progress(9, 7, 2, 0)
    assert "everything is confirmed" in view.summary(done, 0, "")
    assert "everything is confirmed" not in view.summary(done, 2, "") and "the conflicts are not" in view.summary(done, 2, "")
    names = [f"patient_phone_numbers.{n}.{part}" for n in range(3) for part in ("number", "phone_type")]
    assert len({view.shorten(name, 21) for name in names}) == 6 and max(len(view.shorten(name, 21)) for name in names) == 21
    assert view.shorten("Surname", 21) == "Surname"


def test_a_conflict_is_shown_where_it_is_made(state: ReviewState) -> None:
    """Giving a taken field to a second column turns both into conflicts and names them; undo clears it."""
    state.set_target("Patients", "Hygiene club", "last_name")
    assert {name for name, standing in standings(state, "Patients").items() if standing == "conflict"} == {"Hygiene club", "Surname"}
    assert [f.code for f in state.conflicts_of("Patients", "Surname")] == ["field-taken-twice"]
    assert state.conflicts_of("Visits") == [] or all(f.code != "field-taken-twice" for f in state.conflicts_of("Visits"))
    state.undo()
    assert "conflict" not in standings(state, "Patients").values()


def test_a_field_is_found_as_people_write_it(state: ReviewState) -> None:
    """Title or name, upper or lower case; an unknown one is answered with the nearest."""
    assert state.find_target("Patients", "work PHONE ") == "work_phone"
    assert state.find_target("Patients", "birth_date") == "birth_date"
    with pytest.raises(UsageError, match="is it email"):
        state.find_target("Patients", "E-mail")


def test_left_out_and_new_field_need_their_reason_and_label(state: ReviewState, saved: list[SourceMap]) -> None:
    """Without a reason or a label nothing is changed and nothing saved."""
    for attempt in (
        lambda: state.leave_out("Patients", "Hygiene club", "  "),
        lambda: state.set_new_field("Patients", "Hygiene club", "", "enum"),
    ):
        with pytest.raises(UsageError):
            attempt()
    assert saved == []
    state.set_new_field("Patients", "Hygiene club", "Hygiene club", "enum")
    assert state.said("Patients", "Hygiene club") == "new field “Hygiene club”"


def test_codes_are_decided_one_by_one(state: ReviewState) -> None:
    """Known spellings have a meaning, the unknown one waits as a warning until it is given one."""
    decided = {value.value: meaning for value, meaning in state.values("Visits", "Status")}
    assert decided == {"Booked": "booked", "Done": "completed", "Qqq": None}
    assert [f.code for f in state.conflicts_of("Visits", "Status")] == ["value-without-meaning"]
    state.set_value("Visits", "Status", "Qqq", "cancelled")
    assert state.conflicts_of("Visits", "Status") == []
    assert state.meanings("Visits", "Status") == ["completed", "booked", "cancelled", "did_not_attend"]


def test_a_code_means_what_its_field_can_hold_and_nothing_else(state: ReviewState, saved: list) -> None:
    """A word of one's own is refused with the list; a meaning may be written as people write it."""
    before = len(saved)
    for attempt in (
        lambda: state.set_value("Visits", "Status", "Qqq", "not yet"),
        lambda: state.set_values("Visits", "Status", ["Qqq"], "x"),
    ):
        with pytest.raises(UsageError, match=r"choose one of completed, booked, cancelled, did not attend\. Nothing was changed\."):
            attempt()
    assert len(saved) == before
    state.set_value("Visits", "Status", "Qqq", "Did not attend")
    assert {v.value: meaning for v, meaning in state.values("Visits", "Status")}["Qqq"] == "did_not_attend"


def test_another_column_for_a_coded_field_asks_its_own_codes(state: ReviewState) -> None:
    """Status moves from one column to another: the codes of the new one are asked, those of the old one no longer."""
    state.raw.tables["Visits"].frame["State"] = pd.Series(["Zzz", "Done"] * 6, dtype="string")
    state.source_map.tables["Visits"].columns["State"] = ColumnMap("State")  # type: ignore[index]
    state.leave_out("Visits", "Status", "not kept up")
    state.set_target("Visits", "State", "status")
    assert {v.value: meaning for v, meaning in state.values("Visits", "State")} == {"Done": "completed", "Zzz": None}
    assert [f.count for f in state.conflicts_of("Visits", "State")] == [6]


def test_another_table_is_proposed_anew(state: ReviewState) -> None:
    """Saying that a file holds leads proposes its columns for leads; undo brings the old proposals back."""
    state.set_table("Patients", "leads")
    assert state.column("Patients", "Surname").to == "last_name"
    assert state.table("Patients").table == "leads"
    assert ("Source", "source") in state.targets("Patients")
    state.undo()
    assert state.table("Patients").table == "patients"


def test_a_whole_table_is_left_out_with_a_reason(state: ReviewState) -> None:
    """Every column is then reviewed, and deliberately ignored."""
    state.leave_out_table("Visits", "kept in the old system")
    assert set(standings(state, "Visits").values()) == {"ignored"}
    assert state.progress.ignored == 4


def test_the_preview_is_what_the_field_will_show(schema: CanonicalSchema, state: ReviewState) -> None:
    """Local time becomes UTC with daylight saving, a mobile E.164, an id its key, a code its meaning."""
    there = LandingPreviews(load_map(), schema)

    def shown(table: str, column: str, home: str) -> tuple[str, str]:
        mapped = state.column(table, column)
        destination = there.of(home, mapped)
        made = previews(
            state.examples(table, column)[:1], home, mapped, state.source_map, schema, destination, "Australia/Sydney", country_of("AU")
        )
        return destination.label, made[0]

    assert shown("Visits", "Start", "appointments") == ("Activity · Due date, Due time", "2026-10-04 03:30 UTC")
    assert shown("Patients", "Mobile", "patients") == ("Person · Phones", "+61412000000")
    label, key = shown("Patients", "Patient ID", "patients")
    assert (label.partition(",")[0], key) == ("Person · Source_System_ID__c", "patient:1")
    assert shown("Visits", "Status", "appointments") == ("Activity · Subject, Done, Busy, “Status” in the note, Type", "booked")
    assert shown("Patients", "Hygiene club", "patients") == ("Not taken over", "—")


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace.create(tmp_path / "w", Settings("Practice", "Australia/Sydney", "AUD", "http://localhost:1", "lite", 1))


def test_the_widget_saves_every_click_and_opens_where_it_was_left(workspace: Workspace, schema: CanonicalSchema) -> None:
    """Accepting a table writes the decision file; a new widget over the same workspace shows it."""
    raw = made_export()
    review = MappingReview(workspace, raw, schema=schema, by="Ann")
    review._tables.value = "Patients"
    review._accept_all.click()
    review._columns.value = "Hygiene club"
    review._editor._comment.value = "ask the practice"
    document = workspace.read_decision("mapping")
    assert document["tables"]["Patients"]["columns"]["Surname"]["by"] == "Ann"
    assert document["tables"]["Patients"]["columns"]["Hygiene club"]["comment"] == "ask the practice"
    again = MappingReview(workspace, raw, schema=schema, by="Ben")
    assert again.state.source_map == parse_mapping(document)
    assert dump_mapping(again.state.source_map) == document


def test_two_tabs_on_one_review_lose_nothing(workspace: Workspace, schema: CanonicalSchema) -> None:
    """A click in a tab that does not know what the other saved changes nothing and shows the map as it is; the next click counts."""
    raw = made_export()
    ann, ben = (MappingReview(workspace, raw, schema=schema, by=name) for name in ("Ann", "Ben"))
    ann.state.leave_out("Patients", "Hygiene club", "not needed")
    ben._tables.value = "Visits"
    ben._accept_all.click()
    assert "changed elsewhere" in ben._error.value
    assert ben.state.column("Patients", "Hygiene club").reason == "not needed"
    ben._accept_all.click()
    assert ben._error.value == ""
    tables = workspace.read_decision("mapping")["tables"]
    assert tables["Patients"]["columns"]["Hygiene club"]["by"] == "Ann"
    assert tables["Visits"]["columns"]["Start"]["by"] == "Ben"


def test_a_file_broken_by_hand_is_not_written_over(workspace: Workspace, schema: CanonicalSchema) -> None:
    """A click after the file was edited into nonsense changes nothing and names the line."""
    review = MappingReview(workspace, made_export(), schema=schema, by="Ann")
    path = workspace.write_decision("mapping", {"version": 1})
    path.write_text("tables:\n  Patients: [\n")
    review._accept_all.click()
    assert "line 3" in review._error.value
    assert path.read_text() == "tables:\n  Patients: [\n"


def test_a_later_export_asks_only_about_the_difference(workspace: Workspace, schema: CanonicalSchema) -> None:
    """A new and a renamed column are named at the top and wait for a look; everything else stays confirmed."""
    raw = made_export()
    first = MappingReview(workspace, raw, schema=schema, by="Ann")
    for line in first.state.columns("Patients"):
        first.state.accept("Patients", line.column)
    later = raw.tables["Patients"].frame.rename(columns={"Mobile": "Mobile phone"}).assign(Fax="none")
    changed = RawExport({**raw.tables, "Patients": SourceTable("Patients", later, ("Patients.csv",))}, raw.lines, raw.attachments)
    again = MappingReview(workspace, changed, schema=schema, by="Ben")
    shown = again._top.children[1].value
    assert "Fax of Patients is new" in shown
    assert "Mobile phone of Patients looks like Mobile under a new name" in shown
    left = [column for source, column in mapping.unconfirmed(again.state.source_map) if source == "Patients"]
    assert sorted(left) == ["Fax", "Mobile phone"]


def test_values_are_masked_until_asked_for(workspace: Workspace, schema: CanonicalSchema) -> None:
    """A surname is shown by its shape; the switch shows it; a bad click says why in one sentence."""
    review = MappingReview(workspace, made_export(), schema=schema)
    review._tables.value = "Patients"
    review._columns.value = "Surname"
    assert "Kaur" not in review._editor._preview.value
    review._reveal.value = True
    assert "Kaur" in review._editor._preview.value
    review._editor._reason.value = " "
    review._editor._leave.click()
    assert "needs a reason" in review._error.value


def test_markup_in_an_export_stays_text(workspace: Workspace, schema: CanonicalSchema) -> None:
    """Headers and values from the export are escaped wherever they are shown."""
    frame = pd.DataFrame({"<img src=x>": ["<script>alert(1)</script>"], "Patient ID": ["1"]}, dtype="string")
    raw = RawExport({"P<b>": SourceTable("P<b>", frame, ("<i>.csv",))}, pd.DataFrame(), pd.DataFrame())
    review = MappingReview(workspace, raw, schema=schema)
    review._reveal.value = True
    review._columns.value = "<img src=x>"
    shown = "".join(
        w.value for w in (review._table_head, review._editor._head, review._editor._preview, review._editor._why, review._editor._notes)
    )
    assert "<script>" not in shown
    assert "<img" not in shown
    assert "<i>.csv" not in shown


@pytest.mark.parametrize(
    ("header", "said"), [("Finalised", "Not deleted or void"), ("Valid", "Not deleted or void"), ("Voided", "Deleted or void")]
)
def test_a_column_that_says_the_opposite_is_shown_so(schema: CanonicalSchema, header: str, said: str) -> None:
    """An invoice that is finalised is not deleted: whoever reads `Finalised → Deleted` would take it out."""
    bills = pd.DataFrame(
        {"Invoice No": ["1", "2"], "Patient ID": ["7", "8"], "Total": ["9.00", "8.00"], header: ["Yes", "No"]}, dtype="string"
    )
    raw = RawExport({"Bills": SourceTable("Bills", bills, ("Bills.csv",))}, pd.DataFrame(), pd.DataFrame())
    decided = {"Invoice No": "invoice_id", "Patient ID": "patient_id", "Total": "total", header: "deleted"}
    columns = {name: {"to": to, "state": "confirmed"} for name, to in decided.items()}
    source_map = parse_mapping({"version": 1, "tables": {"Bills": {"table": "invoices", "columns": columns}}})
    review = ReviewState(source_map, raw, mapping.propose(raw, schema, knowledge()), schema, by="Ann", save=lambda _: None, now=lambda: NOW)
    assert review.said("Bills", header) == said
