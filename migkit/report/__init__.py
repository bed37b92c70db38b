"""Result objects → tables, charts, reports."""

from migkit.report.charts import bars, stacked
from migkit.report.document import page, print_pdf
from migkit.report.filtered import explore
from migkit.report.local import Local
from migkit.report.masking import mask, mask_frame
from migkit.report.pictures import Reference, fill_map, months, references
from migkit.report.sentences import one_sentence_errors
from migkit.report.spreadsheet import Sheet, csv_text, workbook
from migkit.report.view import View, cards, file_links, format_value, heading, note_box, table, to_page
from migkit.report.wording import by_operation, rules_in_words, waiting_in_words
from migkit.running import IN_REPORT, NOTEBOOKS, NotebookFailed, render, run_notebook

__all__ = [
    "IN_REPORT",
    "NOTEBOOKS",
    "Local",
    "NotebookFailed",
    "Reference",
    "Sheet",
    "View",
    "bars",
    "by_operation",
    "cards",
    "csv_text",
    "explore",
    "file_links",
    "fill_map",
    "format_value",
    "heading",
    "mask",
    "mask_frame",
    "months",
    "note_box",
    "one_sentence_errors",
    "page",
    "print_pdf",
    "references",
    "render",
    "rules_in_words",
    "run_notebook",
    "stacked",
    "table",
    "to_page",
    "waiting_in_words",
    "workbook",
]
