"""What is shown is safe to show: escaped, masked, capped, and without anything loaded from elsewhere."""

from __future__ import annotations

import nbformat
import pandas as pd

from migkit.report import bars, cards, heading, mask, mask_frame, note_box, render, stacked, table


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
