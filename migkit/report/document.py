"""A document for people who are not at the keyboard: one HTML page, and the same printed as PDF. Nothing is loaded from elsewhere."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from jinja2 import Environment, StrictUndefined

from migkit import resources
from migkit.model.words import exports_of, in_days, number_of
from migkit.report.local import Local

NO_PRINTER = (
    "Handover.pdf was not made, because the library Pango that draws it is not on this computer "
    "(Debian: apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0): print index.html from any browser."
)
"""What is said where no PDF can be made."""


def page(template: str, local: Local, values: Mapping[str, Any]) -> str:
    """Return the HTML that `templates/<template>` makes of `values`; numbers, money and days are written as `local` does.

    Filters: `shown` (any cell), `day`, `moment`, `cells` (of rows), `money` (the numbers of a row), `counted(one, many)`,
    `in_days`, `exports_of` (of days).
    Every value is escaped.
    """
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=False)
    environment.filters |= {
        "shown": local.value,
        "day": local.day,
        "moment": local.moment,
        "cells": lambda rows: [list(row.values()) for row in rows],
        "money": lambda row: [local.money(cell) if isinstance(cell, (int, float)) else cell for cell in row],
        "exports_of": exports_of,
        "in_days": in_days,
        "counted": lambda number, one, many="": number_of(int(number), one, many),
    }
    text = resources.load_text(template)
    return environment.from_string(text).render(**values)


def print_pdf(html: str, target: Path) -> str:
    """Print a page to `target` as A4 PDF, with bookmarks, numbered pages, and tags for screen readers.

    Return "" or, where none can be made, why in one sentence.
    """
    for name in ("weasyprint", "fontTools"):
        logging.getLogger(name).setLevel(logging.ERROR)
    try:
        from weasyprint import HTML  # costs 1 s; loads Pango
    except OSError:
        return NO_PRINTER
    HTML(string=html, base_url=str(target.parent), url_fetcher=_nothing_from_elsewhere).write_pdf(target, pdf_variant="pdf/ua-1")
    return ""


def _nothing_from_elsewhere(url: str, *_: Any, **__: Any) -> Any:
    """Refuse whatever is not part of the page itself: a pack is made with the network off."""
    from weasyprint import default_url_fetcher

    if url.startswith("data:"):
        return default_url_fetcher(url)
    raise ValueError(f"{url} is not part of the page")
