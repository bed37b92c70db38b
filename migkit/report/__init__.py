"""Result objects → tables, charts, reports; runs notebooks through papermill and renders them."""

from migkit.report.charts import bars, stacked
from migkit.report.filtered import explore
from migkit.report.masking import mask, mask_frame
from migkit.report.notebooks import IN_REPORT, NOTEBOOKS, NotebookFailed, one_sentence_errors, render, run_notebook
from migkit.report.view import View, cards, format_value, heading, note_box, table

__all__ = [
    "IN_REPORT",
    "NOTEBOOKS",
    "NotebookFailed",
    "View",
    "bars",
    "cards",
    "explore",
    "format_value",
    "heading",
    "mask",
    "mask_frame",
    "note_box",
    "one_sentence_errors",
    "render",
    "run_notebook",
    "stacked",
    "table",
]
