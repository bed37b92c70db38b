"""Codes are found, set together, and brought together where spellings may be one; each press is one step that Undo takes back."""

from __future__ import annotations

import pandas as pd
import pytest

from migkit import mapping
from migkit.mapping import ValueProposal
from migkit.migration.defaults import knowledge
from migkit.model.canonical import CanonicalSchema
from migkit.model.errors import UsageError
from migkit.model.tables import RawExport, SourceTable
from migkit.widgets import MappingReview
from migkit.widgets.code_clusters import clusters, fingerprint
from migkit.widgets.mapping_state import ReviewState
from migkit.workspace import Settings, Workspace

STATUS = ["Qqq done"] * 3 + ["QQQ Done."] * 2 + ["Qqq late"] * 2 + ["Booked"] * 4 + ["Zap 1", "Zap 2"]


def made_export() -> RawExport:
    count = len(STATUS)
    visits = pd.DataFrame(
        {
            "Appointment ID": [str(n) for n in range(count)],
            "Patient ID": [str(n) for n in range(count)],
            "Start": ["04/10/2026 14:30"] * count,
            "Status": STATUS,
        },
        dtype="string",
    )
    return RawExport({"Visits": SourceTable("Visits", visits, ("Visits.csv",))}, pd.DataFrame(), pd.DataFrame())


@pytest.fixture
def state(schema: CanonicalSchema) -> ReviewState:
    raw = made_export()
    proposals = mapping.propose(raw, schema, knowledge(), tables={"Visits": "appointments"})
    made = ReviewState(mapping.draft(proposals), raw, proposals, schema, by="Ann", save=lambda _: None)
    made.set_target("Visits", "Status", "status")
    for code in ("Qqq done", "QQQ Done.", "Qqq late", "Zap 1", "Zap 2"):
        made.set_value("Visits", "Status", code, None)
    return made


def decided(state: ReviewState) -> dict[str, str | None]:
    return {value.value: meaning for value, meaning in state.values("Visits", "Status")}


def test_spellings_that_may_be_one_are_grouped() -> None:
    """Case, signs, the order of words and one letter; never a digit, and never short codes of other letters."""
    rows = {
        "Check-up & clean": 9,
        "clean and check up": 2,
        "Hygeine visit": 1,
        "Hygiene visit": 8,
        "DNA": 3,
        "DNR": 2,
        "Visit 1": 2,
        "Visit 2": 2,
    }
    found = clusters([ValueProposal(value, None, 0.0, number) for value, number in rows.items()])
    assert [[one.value for one in group] for group in found] == [
        ["Check-up & clean", "clean and check up"],
        ["Hygiene visit", "Hygeine visit"],
    ]
    assert fingerprint("Čheck-up, UP") == "check up"


def test_codes_are_found_and_set_together(state: ReviewState) -> None:
    """By a text, in the code or what it means; those without a meaning alone; one step to take back."""
    assert state.codes_like("Visits", "Status", "qqq") == ["Qqq done", "QQQ Done.", "Qqq late"]
    assert state.codes_like("Visits", "Status", "booked", only_open=True) == []
    before = decided(state)
    assert state.set_values("Visits", "Status", state.codes_like("Visits", "Status", "qqq"), "cancelled") == 3
    assert {code for code, meaning in decided(state).items() if meaning == "cancelled"} == {"Qqq done", "QQQ Done.", "Qqq late"}
    assert state.undo() == "meaning of 3 codes"
    assert decided(state) == before


def test_spellings_of_one_code_are_brought_together(state: ReviewState) -> None:
    """They follow the one that has a meaning; where none has one of a list of meanings, that is asked for first."""
    (group,) = state.code_clusters("Visits", "Status")
    assert [one.value for one in group] == ["Qqq done", "QQQ Done."]
    with pytest.raises(UsageError, match="Say first what “Qqq done” means"):
        state.join_codes("Visits", "Status", group)
    state.set_value("Visits", "Status", "QQQ Done.", "completed")
    assert state.join_codes("Visits", "Status", group) == 2
    assert decided(state)["Qqq done"] == decided(state)["QQQ Done."] == "completed"
    assert state.code_clusters("Visits", "Status") == []


def test_the_widget_sets_what_it_shows(schema: CanonicalSchema, tmp_path) -> None:  # type: ignore[no-untyped-def]
    """Typed into the facet, the list is shorter, the button says how many it sets, and sets these alone; another column begins anew."""
    workspace = Workspace.create(tmp_path / "w", Settings("Practice", "Australia/Sydney", "AUD", "http://localhost:1", "lite", 1))
    review = MappingReview(workspace, made_export(), schema=schema, by="Ann")
    review._tables.value = "Visits"
    review._columns.value = "Status"
    codes = review._editor._codes
    codes._find.value = "zap"
    assert [value for _, value in codes._codes.options] == ["Zap 1", "Zap 2"]
    assert codes._set_all.description == "Set it for all 2 shown"
    codes._meaning.value = "booked"
    codes._set_all.click()
    values = workspace.read_decision("mapping")["values"]["appointments.status"]
    assert values["Zap 1"] == values["Zap 2"] == "booked" and "Qqq late" not in values
    review._columns.value = "Start"
    review._columns.value = "Status"
    assert codes._find.value == "" and len(codes._codes.options) == len(set(STATUS))
