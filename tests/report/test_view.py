"""What is shown is safe to show: escaped, masked, capped, and without anything loaded from elsewhere."""

from __future__ import annotations

import re

import nbformat
import pandas as pd
import pytest

from migkit.report import Reference, bars, cards, file_links, heading, mask, mask_frame, note_box, references, render, stacked, table


def test_pages_and_files_are_links_by_hand_and_words_in_a_report(tmp_path, monkeypatch):
    """A report is read elsewhere, where neither lies beside it; a name of a page in a path is no page."""
    runs, notebooks = tmp_path / "runs" / "r1", tmp_path / "notebooks"
    monkeypatch.delenv("MIGKIT_IN_REPORT", raising=False)
    drawn = note_box("Next: 25_people (approve owners); reports/25_people.html tells more.").body
    assert '<a href="25_people.ipynb">25_people</a> (approve' in drawn and drawn.count("<a ") == 1
    links = file_links({"All of them": runs / "delta.csv"}, notebooks)
    assert '<a href="../runs/r1/delta.csv">runs/r1/delta.csv</a>' in links.body
    monkeypatch.setenv("MIGKIT_IN_REPORT", "1")
    assert "<a " not in note_box("Next: 25_people.").body
    assert "All of them: runs/r1/delta.csv" in file_links({"All of them": runs / "delta.csv"}, notebooks).body


def test_text_is_escaped():
    """Markup in a value is shown, not run."""
    body = table(pd.DataFrame({"a": ["<script>x</script>"]}), caption="<b>")._repr_html_()

    assert "<script>" not in body and "&lt;script&gt;" in body and "&lt;b&gt;" in body


def test_long_tables_are_cut_and_say_so():
    """Three of five rows are drawn, and the reader is told about the other two."""
    body = table(pd.DataFrame({"n": range(5)}), rows=3).body

    assert body.count("<tr>") == 4 and "2 more rows" in body


def test_masking_keeps_shape_only():
    """A phone becomes digits' places; a long word keeps its first letter; nothing stays nothing."""
    assert mask("+61 412 345 678") == "+99 999 999 999"
    assert mask("O'Brien") == "O'xxxxx"
    assert mask(pd.NA) == ""


def test_only_sensitive_fields_are_masked(schema, typed):
    """The name is masked, the status is not."""
    masked = mask_frame(typed("patients", [{"patient_id": "1", "last_name": "Nguyen", "status": "active"}]), schema, "patients")

    assert masked.loc[0, "last_name"] == "Nxxxxx"
    assert masked.loc[0, "status"] == "active"


def test_rendered_page_is_self_contained_and_without_code(tmp_path):
    """No address but names of namespaces, no source code; a chart and a table stand in it."""
    views = [
        heading("Acme Dental"),
        cards({"n": 3}),
        note_box("x"),
        bars(pd.Series({"a": 1}), "c"),
        stacked(pd.DataFrame({"held": [1]}, index=["p"]), "s"),
    ]
    outputs = [nbformat.v4.new_output("display_data", {"text/html": view._repr_html_()}) for view in views]
    cell = nbformat.v4.new_code_cell("secret_call()", outputs=outputs)
    path = tmp_path / "10_audit.ipynb"
    nbformat.write(nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell("# Audit"), cell]), path)

    page = render(path).read_text()

    assert "<title>Audit</title>" in page and "secret_call" not in page and page.count("<svg") == 2
    assert not [part for part in ("src=", "@import", "cdn", "https://") if part in page]


def test_what_passed_does_not_alarm():
    """A critical check that failed is red, one that passed is plain; a word is judged only in a column that judges."""
    frame = pd.DataFrame({"severity": ["critical", "critical"], "result": ["failed", "passed"], "choice": ["open", "open"]})
    rows = table(frame).body.split("<tr>")[2:]

    assert '<td><span class="pill bad">critical</span></td>' in rows[0]
    assert "<td>critical</td>" in rows[1] and '<span class="pill good">passed</span>' in rows[1]
    assert all("<td>open</td>" in row for row in rows)


def test_numbers_of_a_column_have_the_same_decimals():
    """As many as the column needs; money always two; nothing is a dash."""
    body = table(pd.DataFrame({"share": [100.0, 99.9, None], "rows": [1200, 0, 3]})).body

    assert [cell.split("</td>")[0] for cell in body.split('<td class="num')[1:]] == [
        '">100.0', '">1,200', '">99.9', ' zero">0', ' zero">–', '">3',
    ]  # fmt: skip
    assert '<td class="num">-100.00</td>' in table(pd.DataFrame({"paid": [-100.0, 5.0]}), decimals=2).body


def test_names_are_words_and_days_stay_whole():
    """`clinical_notes` and `custom:Address` are read as words; a file's name may break after its folder, not within a day."""
    body = table(pd.DataFrame({"table": ["clinical_notes"], "field": ["custom:Address"], "file": ["01-2026-10-31/Notes.csv"]})).body

    assert "<td>clinical notes</td><td>Address</td>" in body
    assert '<td><span class="day">01-2026-10-31</span>/<wbr>Notes.csv</td>' in body


def test_a_label_of_the_account_stays_as_it_is_and_no_number_is_broken():
    """`Invoice_Status__c` is what Pipedrive shows; names have a blank after a comma; 100,000 stays on one line."""
    frame = pd.DataFrame(
        {"fields": ["custom:Invoice_Status__c,due_date"], "why": ["Between 1 and 100,000: `migkit explain KEY` shows a,b & c."]}
    )
    body = table(frame).body

    assert "<td>Invoice_Status__c, due date</td>" in body
    assert "100,000: <code>migkit explain KEY</code> shows a,<wbr>b &amp; c." in body


def test_lines_between_tables_run_from_box_to_box():
    """Three tables in a row: two lines are drawn, each as long as the distance between two boxes, none cut short by a third."""
    refs = [Reference("lines", "invoices", 9, 0), Reference("invoices", "patients", 4, 0)]
    drawn = references({"lines": 9, "invoices": 4, "patients": 2}, refs, "Who refers to whom")
    curves = re.findall(r'd="M ([\d.]+) [\d.]+ \nQ [\d. ]+ ([\d.]+) [\d.]+ \n"', drawn.body)
    lengths = [float(end) - float(start) for start, end in curves]

    assert len(lengths) == 2 and lengths[0] == pytest.approx(lengths[1], rel=0.01) and lengths[0] > 100


def test_a_chart_tells_its_numbers_and_a_table_its_heads():
    """A screen reader gets the caption with every value; markup in a caption is shown; heads are column heads."""
    chart = bars(pd.Series({"clinical_notes": 1200}), "Rows <b>", " %").body

    assert 'role="img" aria-label="Rows &lt;b&gt;: clinical_notes: 1,200 %"' in chart
    assert "<figcaption>Rows &lt;b&gt;</figcaption>" in chart
    assert '<th scope="col">a</th>' in table(pd.DataFrame({"a": ["x"]})).body
