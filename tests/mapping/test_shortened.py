"""Words without their vowels are read as the one known word that they are short for; letters beside a phone say which."""

from __future__ import annotations

import pytest
from made import export, table

from migkit import mapping
from migkit.mapping.names import matcher_of
from migkit.migration.defaults import knowledge
from migkit.model.canonical import CanonicalSchema


@pytest.mark.parametrize(
    ("header", "ideas"),
    [
        ("PAY_MTHD", ("payment", "method")),
        ("MED_ALRT", ("medical", "alert")),
        ("RCL_TYP", ("recall", "type")),
        ("DOC_PTH", ("document", "path")),
        ("EMAIL_ADR", ("email", "address")),
        ("ACPT_DT", ("acpt", "date")),
        ("4th", ("4", "th")),
        ("TTL", ("ttl",)),
        ("FTA_CNT", ("fta", "cnt")),
        ("Chart", ("chart",)),
    ],
)
def test_what_a_shortened_header_says(schema: CanonicalSchema, header: str, ideas: tuple[str, ...]) -> None:
    """`mthd` is method alone; `ttl` may be total or title, a cent says nothing, and two letters may be anything that no list has."""
    assert matcher_of(schema, knowledge().lexicon).lexicon.ideas(header) == ideas


PHONES = {
    "home_phone": ["HPhone", "Ph (H)", "H Ph", "PhoneH", "HPHONE", "Tel (H)", "hph", "Phone (AH)", "A/H Phone", "Ph No (H)", "Phone_H"],
    "work_phone": ["WPhone", "Ph (W)", "W Ph", "PhoneW", "WPHONE", "Tel (W)", "wph", "Phone (BH)", "B/H Phone", "Ph No (B)", "Phone_W"],
    "mobile": ["MPhone", "Ph (M)", "M Ph", "PhoneM", "MPHONE", "Tel (M)", "mph", "Ph: M", "Phone-M", "Ph No (M)", "Phone_C"],
}


@pytest.mark.parametrize("names", [*zip(*PHONES.values(), strict=True)])
@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0)])
def test_a_letter_beside_a_phone_says_which(schema: CanonicalSchema, names: tuple[str, str, str], order: tuple[int, int, int]) -> None:
    """Home, work or mobile, in whichever order the columns stand."""
    cells = [("", "02 9555 0602", "0412 555 001"), ("02 9555 0501", "", "0412 555 002"), ("02 9555 0503", "02 9555 0604", "")]
    rows = [[str(n), "Ann", f"Baker{n}", f"0{n + 1}/02/1980", *(cells[n % 3][place] for place in order)] for n in range(6)]
    headers = ", ".join(["Patient ID, First Name, Last Name, DOB", *(names[place] for place in order)])
    found = mapping.propose(export(table("patients", headers, *rows)), schema, knowledge()).tables["patients"].columns
    assert [found[name].choice for name in names] == ["home_phone", "work_phone", "mobile"]


@pytest.mark.parametrize(("header", "ideas"), [("Initial M", ("initial",)), ("Address (H)", ("address",)), ("Phone A", ("phone",))])
def test_a_letter_beside_anything_else_says_nothing(schema: CanonicalSchema, header: str, ideas: tuple[str, ...]) -> None:
    """No home, mobile or work is meant."""
    assert matcher_of(schema, knowledge().lexicon).lexicon.ideas(header) == ideas


def test_headers_of_a_database_without_vowels_are_certain(schema: CanonicalSchema) -> None:
    """A table of recalls whose headers have no vowels."""
    rows = [[str(900 + n), str(100 + n), ["EX", "HY"][n % 2], f"2027-0{n % 9 + 1}-10", ["SMS", "Email"][n % 2]] for n in range(24)]
    recalls = table("RCLS", "RCL_ID, PAT_ID, RCL_TYP, DUE_DT, RCL_MTHD", *rows)
    found = mapping.propose(export(recalls), schema, knowledge()).tables["RCLS"]
    chosen = {name: one.choice for name, one in found.columns.items()}
    assert (found.table, chosen) == (
        "recalls",
        {"RCL_ID": "recall_id", "PAT_ID": "patient_id", "RCL_TYP": "type", "DUE_DT": "due_date", "RCL_MTHD": "method"},
    )


def test_an_app_book_holds_chairs(schema: CanonicalSchema) -> None:
    """An appointment's `AppBook` is the chair's column in the book."""
    rows = [[str(5000 + n), str(100 + n), "03/12/2026", "09:00", "30", f"Chair {n % 3 + 1}"] for n in range(24)]
    diary = table("Appointments", "AppID, PatientID, AppDate, StartTime, Length, AppBook", *rows)
    assert mapping.propose(export(diary), schema, knowledge()).tables["Appointments"].columns["AppBook"].choice == "chair"
