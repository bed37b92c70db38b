"""Cells mended by hand are laid over each export as long as they hold what they held; a line that could not be read becomes a row."""

from __future__ import annotations

import pytest

from migkit.source import Mend, RowName, apply_mends, name_row, read_export, unread_lines

PATIENTS = "Patient ID,Name,Email\n1,Ann,ann@example.com\n2,Bo,\n3,Cy,\n"
CALLS = 'Patient,Day,Note\n1,01/02/2026,called\n2,02/02/2026\n3,03/02/2026,"left, open\n'
BO = RowName("Patient ID", "2")


@pytest.fixture
def read(tmp_path):
    """(Patients.csv, Calls.csv) → the export as read."""

    def made(patients=PATIENTS, calls=CALLS):
        (tmp_path / "Patients.csv").write_text(patients)
        (tmp_path / "Calls.csv").write_text(calls)
        return read_export(tmp_path)

    return made


def emails(raw):
    return raw.tables["Patients"].frame["Email"].fillna("").tolist()


def test_a_cell_is_mended_where_it_holds_what_it_held(read):
    """The one cell, and nothing else; the files' own reading stays as it was."""
    raw = read()
    mended = apply_mends(raw, [Mend("Patients", BO, "Email", "", "bo@example.com")])
    assert emails(mended.raw) == ["ann@example.com", "bo@example.com", ""]
    assert emails(raw) == ["ann@example.com", "", ""]
    assert [(file, line) for _, file, line in mended.done] == [("Patients.csv", 3)]
    assert not mended.otherwise and not mended.lost


def test_the_row_is_known_again_elsewhere_in_a_later_export(read):
    """By its own number, wherever it stands there."""
    later = read(patients="Patient ID,Name,Email\n9,Di,di@example.com\n2,Bo,\n")
    assert emails(apply_mends(later, [Mend("Patients", BO, "Email", "", "bo@example.com")]).raw) == ["di@example.com", "bo@example.com"]


def test_another_value_stays_and_is_told(read):
    """The practice wrote another address meanwhile: theirs counts. The very same one is nothing to tell."""
    mend = Mend("Patients", BO, "Email", "", "bo@example.com")
    theirs = apply_mends(read(patients=PATIENTS.replace("2,Bo,", "2,Bo,bo@practice.example")), [mend])
    assert emails(theirs.raw)[1] == "bo@practice.example"
    assert [m for m, _, _ in theirs.otherwise] == [mend] and not theirs.done
    same = apply_mends(read(patients=PATIENTS.replace("2,Bo,", "2,Bo,bo@example.com")), [mend])
    assert not same.otherwise and not same.lost


def test_a_row_that_is_not_there_is_told(read):
    """By number, and by what a row without one held."""
    mends = [
        Mend("Patients", RowName("Patient ID", "7"), "Email", "", "x@example.com"),
        Mend("Calls", RowName("", "0" * 20), "Note", "", "x"),
    ]
    assert apply_mends(read(), mends).lost == tuple(mends)


def test_a_row_without_a_number_is_known_by_what_it_holds(read):
    """Two calls of one patient differ in their day: the one that was mended is found again, on another line."""
    raw = read(calls="Patient,Day,Note\n1,01/02/2026,called\n1,02/02/2026,called\n")
    name = name_row(raw.tables["Calls"], 1, "Patient")
    assert name.column == ""
    later = read(calls="Patient,Day,Note\n5,05/02/2026,rang\n1,01/02/2026,called\n1,02/02/2026,called\n")
    mended = apply_mends(later, [Mend("Calls", name, "Note", "called", "called twice")])
    assert mended.raw.tables["Calls"].frame["Note"].tolist() == ["rang", "called", "called twice"]


def test_a_line_that_could_not_be_read_becomes_a_row(read):
    """Its cells stand in the columns that they were in; the finding that counts unread lines counts one less."""
    raw = read()
    unread = {line: (name, cells) for _, line, name, cells in unread_lines(raw, "Calls")}
    assert set(unread) == {3, 4}
    name, cells = unread[3]
    assert cells == {"Patient": "2", "Day": "02/02/2026", "Note": ""}
    mended = apply_mends(raw, [Mend("Calls", name, "Note", "", "asked for a recall")])
    assert mended.raw.tables["Calls"].frame[["Patient", "Note", "_line"]].values.tolist() == [
        ["1", "called", 2],
        ["2", "asked for a recall", 3],
    ]
    kinds = {(row.file, row.line): row.kind for row in mended.raw.lines.itertuples()}
    assert kinds["Calls.csv", 3] == "row" and kinds["Calls.csv", 4] == "reject"
    assert [finding.count for finding in mended.raw.findings if finding.code == "rejected-lines"] == [1]
    assert [finding.count for finding in raw.findings if finding.code == "rejected-lines"] == [2]
