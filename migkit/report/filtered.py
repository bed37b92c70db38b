"""A table that can be sorted, searched and filtered in JupyterLab; in a report it is the plain one."""

from __future__ import annotations

import html
import json
import os

import pandas as pd

from migkit.model.words import number_of
from migkit.report.view import ROWS_SHOWN, View, table
from migkit.running import IN_REPORT

CELLS = 60_000
"""How many cells a page holds of one table: some 2 MB. A notebook with 200,000 rows in it opens in no browser."""
_loaded: list[str] = []
"""The library's script, once it stands in an output of this kernel's notebook: a megabyte that need not be there twice."""


_NAMED_PAGES = "function () {{ this.api().table().container().querySelector('nav')?.setAttribute('aria-label', {}) }}"
"""Two tables on one page would have two landmarks of one name: screen readers could not tell them apart."""


def explore(frame: pd.DataFrame, caption: str = "", note: str = "", rows: int = ROWS_SHOWN) -> View:
    """Return a frame as a table to sort, search and filter by column, ten rows a page; nothing is loaded from elsewhere.

    Of a frame too large for a page its beginning is shown, and how much is not. In a report, where nobody can click, it is `table`, at
    most `rows` long.
    """
    if os.environ.get(IN_REPORT) or frame.empty:
        return table(frame, caption, note, rows)
    from itables import JavascriptFunction, options, to_html_datatable
    from itables.javascript import generate_init_offline_itables_html

    script = "" if _loaded else generate_init_offline_itables_html(options.dt_bundle)
    _loaded[:] = ["loaded"]
    most = max(rows, CELLS // len(frame.columns))
    hidden = len(frame) - most
    named = frame.head(most).rename(columns=lambda name: str(name).replace("_", " ")).rename_axis(columns=None).reset_index(drop=True)
    words = [name for name in named if not pd.api.types.is_numeric_dtype(named[name])]
    named[words] = named[words].astype(object).where(named[words].notna(), "")
    drawn = to_html_datatable(
        named,
        connected=False,
        showIndex=False,
        column_filters="footer",
        classes="display compact",
        style="width:100%;table-layout:auto",
        maxBytes=0,
        pageLength=10,
        lengthMenu=[10, 50, 200],
        drawCallback=JavascriptFunction(_NAMED_PAGES.format(json.dumps(f"Pages of {caption or 'the table'}"))),
    )
    lacks = f"{number_of(hidden, 'more row is', 'more rows are')} not shown here, and not found by searching or filtering."
    more = f'<div class="more">{lacks}</div>' if hidden > 0 else ""
    head = f"<b>{html.escape(caption)}</b> <span class='facts'>{html.escape(note)}</span>" if caption else ""
    return View(f"{head}{script}<div style='overflow-x:auto'>{drawn}</div>{more}", f"{caption}\n{frame.head(rows).to_string(index=False)}")
