"""The sheets: columns called as Pipedrive's fields, true days and numbers, ids as links; split at the limits; what the routes cost."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from openpyxl import load_workbook

from migkit.import_files import Route, dated, make_sheets, route_costs, sheets
from migkit.model.records import DesiredRecord
from migkit.report import Sheet, workbook

from .made import OWNER, Binding, Obj, note, organization, person, phone, plan


def rows(record: DesiredRecord) -> dict[str, object]:
    [sheet] = make_sheets([record], Binding())
    return dict(zip((column.header for column in sheet.columns), sheet.rows[0], strict=True))


def test_a_person() -> None:
    found = rows(person(1, "Ann", org="family:1", phones=[phone("+61412000111")], **{"custom:Date of birth": "1980-05-01"}))
    assert found == {
        "Person - Source_System_ID__c": "patient:1", "Organization - Pipedrive System ID": 72, "Person - Name": "Ann",
        "Person - Phone - Mobile": "+61412000111", "Person - Owner": "Ann Lee", "Person - Date of birth": date(1980, 5, 1),
    }  # fmt: skip


def test_an_activity_stands_on_the_importing_users_clock() -> None:
    """23:30 UTC on 2 March is 10:30 on the 3rd in Sydney; the note is its words, the marker its last line."""
    fields = {
        "subject": "Check-up", "due_date": "2026-03-02", "due_time": "23:30:00", "duration": "00:30:00", "done": True, "busy": False,
        "location": {"value": "Kew"}, "note": "<p>Chair 2</p><p>Source: appointment:7</p>",
    }  # fmt: skip
    links = {"type": "activity_type:Check-up", "person_id": "patient:1", "deal_id": "plan:1"}
    assert rows(DesiredRecord("appointment:7", Obj.ACTIVITY, fields, links=links, owner=OWNER)) == {
        "Activity - Type": "Check-up", "Person - Pipedrive System ID": 71, "Deal - Pipedrive System ID": 73,
        "Activity - Subject": "Check-up",
        "Activity - Due date": date(2026, 3, 3), "Activity - Due time": "10:30", "Activity - Duration": "00:30", "Activity - Done": "Done",
        "Activity - Free/busy": "Free", "Activity - Location": "Kew", "Activity - Note": "Chair 2\nSource: appointment:7",
        "Activity - Assigned to user": "Ann Lee",
    }  # fmt: skip


def test_a_deal() -> None:
    fields = {
        "title": "Crown", "value": 1200.5, "currency": "AUD", "status": "won", "won_time": "2026-01-31T20:00:00Z",
        "custom:Source_System_ID__c": "plan:1", "custom:Total": {"value": 99.0, "currency": "AUD"},
    }  # fmt: skip
    links = {"person_id": "patient:1", "stage_id": "stage:Plans/Accepted", "pipeline_id": "pipeline:Plans"}
    assert rows(DesiredRecord("plan:1", Obj.DEAL, fields, links=links, owner=OWNER)) == {
        "Deal - Source_System_ID__c": "plan:1", "Person - Pipedrive System ID": 71, "Deal - Pipeline": "Plans", "Deal - Stage": "Accepted",
        "Deal - Title": "Crown", "Deal - Value": 1200.5, "Deal - Currency": "AUD", "Deal - Status": "won",
        "Deal - Won time": datetime(2026, 2, 1, 7, 0), "Deal - Owner": "Ann Lee", "Deal - Total": 99.0, "Deal - Currency of Total": "AUD",
    }  # fmt: skip


def test_files_are_numbered_in_the_order_of_their_import_and_no_longer_than_allowed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "MOST_ROWS", 2)
    found = make_sheets([note(1, "<p>x</p>"), person(1), person(2), person(3), organization(1, "A")], Binding(), first=4)
    assert [(sheet.name, sheet.keys) for sheet in found] == [
        ("04-organizations.xlsx", ("family:1",)), ("05-persons.xlsx", ("patient:1", "patient:2")), ("06-persons.xlsx", ("patient:3",)),
        ("07-notes.xlsx", ("note:1",)),
    ]  # fmt: skip


def test_a_file_that_would_be_too_large_is_split(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "MOST_BYTES", 500)
    found = make_sheets([note(number, f"<p>{'x' * 300}</p>") for number in (1, 2)], Binding())
    assert [sheet.keys for sheet in found] == [("note:1",), ("note:2",)]


def test_the_workbook_holds_true_days_and_no_formula(tmp_path) -> None:
    """Read again by another library: a day is a day, a number a number, and a name that begins with = stays a text."""
    import pandas as pd

    [sheet] = make_sheets([person(1, "=1+1", **{"custom:Date of birth": "1980-05-01"})], Binding())
    frame = pd.DataFrame(list(sheet.rows), columns=[column.header for column in sheet.columns], dtype=object)
    workbook(tmp_path / "p.xlsx", [Sheet("persons", frame, dated=dated(sheet.columns))])
    page = load_workbook(tmp_path / "p.xlsx").worksheets[0]
    cells = {page.cell(1, place).value: page.cell(2, place) for place in range(1, page.max_column + 1)}
    assert cells["Person - Name"].value == "=1+1" and cells["Person - Name"].data_type == "s"
    assert cells["Person - Date of birth"].value == datetime(1980, 5, 1) and cells["Person - Date of birth"].is_date


def test_what_the_routes_cost() -> None:
    """Two persons, one with an original time: 10 tokens and 30 for set-up by the API; by files nothing but set-up and readings.

    The schema costs 133, once a command.
    """
    api, files, hybrid = route_costs(plan(person(1), person(2, add_time="2019-03-01T00:00:00Z")))
    assert (api.route, api.tokens, api.files, api.minutes) == (Route.API, 133 + 6 * 5 + 2 * 5, 0, 0)
    assert (files.tokens, files.by_file, files.rounds, files.minutes) == (3 * 133 + 30 + 10 + 20, 2, 1, 8)
    assert files.given_up == {"person add_time": 1} and hybrid.given_up == {}
    assert (hybrid.by_file, hybrid.by_api, hybrid.reasons, hybrid.tokens) == (1, 1, {"import-promise": 1}, 3 * 133 + 30 + 5 + 30)
