"""A profile holds shapes and frequencies and nothing of anybody; the look-alike made from it is read as the practice's own export is."""

from __future__ import annotations

import json
import re
from collections import Counter

import pytest

from migkit.generate import generate, generate_lookalike
from migkit.mapping import draft
from migkit.model.errors import DataError, UsageError
from migkit.source.profile import rounded, shape_of
from migkit.steps import Migration
from migkit.steps.profile import write_profile
from migkit.workspace import Settings, Workspace

SETTINGS = Settings("Acme Dental", "Australia/Sydney", "AUD", "http://127.0.0.1:1", "growth", 1, 20, {})
OURS = {"name", "kind", "file", "sheet", "field", "holds", "to", "format", "encoding", "separator"}
"""What a profile says in words of the toolkit, of headers and of files."""


def opened(folder, export):
    workspace = Workspace.create(folder, SETTINGS)
    workspace.add_snapshot(export)
    return Migration.open(workspace.path)


@pytest.fixture(scope="module")
def practice(tmp_path_factory):
    folder = tmp_path_factory.mktemp("profile")
    made = generate(folder / "practice", patients=30, seed=5)
    return folder, opened(folder / "acme", made.export), json.loads(made.truth.read_text())


@pytest.fixture(scope="module")
def profile(practice):
    folder, migration, _ = practice
    return json.loads(write_profile(migration, folder / "profile.json").read_text())


def told(document):
    """Every string of a profile but what it says in its own words: the values that it tells."""
    if isinstance(document, dict):
        for key, value in document.items():
            if not isinstance(value, (dict, list, str)):
                yield key
            if key not in OURS:
                yield from told(value)
    elif isinstance(document, list):
        for value in document:
            yield from told(value)
    elif isinstance(document, str):
        yield document


def test_no_value_that_stands_under_five_times_is_in_it(practice, profile):
    """Counted over the files as they are: neither a rare value of its own column nor one that is rare everywhere."""
    _, migration, _ = practice
    everywhere = Counter()
    for table in migration.raw.tables.values():
        for column in table.columns:
            everywhere.update(table.frame[column].dropna().tolist())
    said = set(told(profile))
    assert {value for value in said if 0 < everywhere[value] < 5} == set()
    assert len([value for value in said if everywhere[value] >= 5]) > 30
    for table in profile["tables"]:
        for column in table["columns"]:
            counts = migration.raw.tables[table["name"]].frame[column["name"]].value_counts()
            assert all(counts[value] >= 5 for value in column.get("values", {})), column["name"]


def test_nobodys_name_stands_anywhere_in_it(practice, profile):
    """Neither patients nor staff, however often they stand in the files; nor a phone, an address of e-mail or a day of birth."""
    *_, truth = practice
    text = json.dumps(profile, ensure_ascii=False)
    surnames = {one["last_name"] for table in ("patients", "practitioners") for one in truth["tables"][table] if len(one["last_name"]) > 3}
    assert {name for name in surnames if re.search(rf"\b{re.escape(name)}\b", text)} == set()
    for field in ("email", "mobile", "birth_date", "address_line1"):
        assert not [one[field] for one in truth["tables"]["patients"] if one.get(field) and str(one[field]) in text]


def test_the_lookalike_is_read_as_the_practice_is(practice, profile):
    """All tables and all but a few columns are proposed the same; rows refer to rows that are there; nobody is somebody of the practice."""
    folder, migration, truth = practice
    export = generate_lookalike(folder / "look", folder / "profile.json", seed=2)
    look = opened(folder / "look-acme", export)
    was, now = draft(migration.proposals), draft(look.proposals)
    assert {name: table.table for name, table in now.tables.items()} == {name: table.table for name, table in was.tables.items()}
    columns = [(one.to, now.tables[name].columns[one.column].to) for name, table in was.tables.items() for one in table.columns.values()]
    same = sum(before == after for before, after in columns)
    assert len(columns) > 200 and same / len(columns) >= 0.97, same
    assert {row.reason.code for row in look.tables.row_outcomes if row.reason} <= {"no-patient"}  # as full as the practice's own columns
    rows = {table.table: len(look.raw.tables[name].frame) for name, table in now.tables.items()}
    assert rows["patients"] == 30 and rows["appointments"] == rounded(len(migration.raw.tables["Appointments"].frame))
    people = {(one["first_name"], one["last_name"], one["birth_date"]) for one in truth["tables"]["patients"]}
    made = look.tables["patients"]
    found = zip(made["first_name"], made["last_name"], made["birth_date"].astype(str), strict=True)
    assert not people & set(found)


def test_it_grows_with_its_patients_and_is_made_the_same_again(practice, profile, tmp_path):
    """Twice the patients, twice the visits, as many dentists; the same seed makes the same bytes."""
    folder, *_ = practice
    one, two = (generate_lookalike(tmp_path / name, folder / "profile.json", patients=60) for name in ("one", "two"))
    lines = {path.name: len(path.read_bytes().splitlines()) for path in one.glob("*.csv")}
    assert lines["Patients.csv"] == 61
    practitioners = next(table for table in profile["tables"] if table["holds"] == "practitioners")
    assert lines["Practitioners.csv"] == practitioners["rows"] + 1
    assert {path.name: path.read_bytes() for path in one.glob("*.csv")} == {path.name: path.read_bytes() for path in two.glob("*.csv")}


def test_what_cannot_be_is_said(tmp_path):
    """No profile, and a folder that holds something."""
    (tmp_path / "no.json").write_text("[]")
    with pytest.raises(DataError, match="is no profile"):
        generate_lookalike(tmp_path / "new", tmp_path / "no.json")
    (tmp_path / "p.json").write_text('{"tables": []}')
    with pytest.raises(UsageError, match="holds something already"):
        generate_lookalike(tmp_path, tmp_path / "p.json")


@pytest.mark.parametrize(
    ("text", "shape"),
    [
        ("INV-10017", "INV-#####"),
        ("0412 345 678", "#### ### ###"),
        ("Nguyễn, Đức", "^~~~~~, ^~~"),
        ("SMITH12", "^^^^^##"),
        ("2100037B", "#######B"),
    ],
)
def test_a_shape_tells_no_word(text, shape):
    """Digits and letters are masked; a short sign in capitals stays."""
    assert shape_of(text) == shape


def test_figures_are_rounded_to_two_that_count():
    """Sums and shares cannot be recognised."""
    assert [rounded(number) for number in (1234, 0.4567, 7, 99.6, 0)] == [1200, 0.46, 7, 100, 0]
