"""What a notebook shows: small objects that draw themselves as HTML in JupyterLab and in the rendered report alike."""

from __future__ import annotations

import html
import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from migkit import resources
from migkit.model.words import number_of
from migkit.running import IN_REPORT, NOTEBOOKS

ROWS_SHOWN = 200
"""A notebook that draws thousands of rows stops answering; the rest is in a file."""

TONES = {
    "critical": "bad", "warning": "warn", "info": "", "failed": "bad", "rejected": "bad", "held": "warn", "pending": "warn",
    "differing": "bad", "created": "good", "updated": "good", "matched": "good", "agrees": "good", "open": "warn", "passed": "good",
    "no match found": "bad", "inactive user": "warn", "fine": "good", "look": "warn", "stops the load": "bad", "confirmed": "good",
    "same": "good", "differs": "bad", "empty in Pipedrive": "bad", "only in Pipedrive": "warn",
}  # fmt: skip
"""Words that are drawn as a coloured pill in a column that judges."""

JUDGING = frozenset({"severity", "outcome", "state", "status", "result", "what", "verdict"})
NAMING = frozenset({"table", "object", "field", "fields", "in", "means"})
"""Columns whose values are names of ours (`clinical_notes`, `custom:Address`): shown as words."""
PROSE = frozenset({"what it means", "why", "who does what", "answer", "detail", "meaning", "gives up"})
"""Columns that hold sentences of ours."""
WIDE = 6
"""Columns beyond which those with long texts take less room."""
LONG = 40
"""Characters from which a column's texts need room: it is never squeezed to a word a line."""


@dataclass(frozen=True)
class View:
    """A piece of HTML. Jupyter asks for `_repr_html_`; plain text is what a terminal and a test see."""

    body: str
    text: str = ""

    def _repr_html_(self) -> str:
        return f'<div class="mk">{self.body}</div>'

    def __repr__(self) -> str:
        return self.text


def heading(practice: str, facts: Sequence[str] = ()) -> View:
    """Return whose report this is and what it rests on, style sheet included: shown once, in a notebook's first cell."""
    line = " · ".join(html.escape(fact) for fact in facts)
    head = f'<div class="practice">{html.escape(practice)}</div><div class="facts">{line}</div>'
    body = f'<style>{resources.load_text("report.css")}</style><div class="mk-head">{head}</div>'
    return View(body, f"{practice}\n{' · '.join(facts)}")


def table(
    frame: pd.DataFrame, caption: str = "", note: str = "", rows: int = ROWS_SHOWN, total: bool = False, decimals: int | None = None
) -> View:
    """Return a frame drawn as a table, at most `rows` long; with `total`, the last row is drawn as a total.

    A column's numbers have the decimals that the column needs, at most three, or `decimals` where given (2 for money).
    """
    if frame.empty:
        return note_box(f"{caption or 'Table'}: none.")
    shown = frame.head(rows)
    drawn = [_column(str(name), shown.iloc[:, place], decimals) for place, name in enumerate(frame.columns)]
    if "result" in shown.columns and "severity" in shown.columns:  # what passed need not alarm
        place = list(shown.columns).index("severity")
        failed = (shown["result"] == "failed").tolist()
        plain = [f"<td>{html.escape(str(value))}</td>" for value in shown["severity"]]
        drawn[place] = (drawn[place][0], [cell if bad else calm for cell, calm, bad in zip(drawn[place][1], plain, failed, strict=True)])
    head = "".join(title for title, _ in drawn)
    lines = ["<tr>" + "".join(cells) + "</tr>" for cells in zip(*(cells for _, cells in drawn), strict=True)]
    if total and len(shown) == len(frame):
        lines[-1] = lines[-1].replace("<tr>", '<tr class="total">', 1)
    hidden = len(frame) - rows
    more = f'<div class="more">{number_of(hidden, "more row is", "more rows are")} not shown here.</div>' if hidden > 0 else ""
    title = f"<caption>{html.escape(caption)}{f' <span class=note>{html.escape(note)}</span>' if note else ''}</caption>" if caption else ""
    long = sum('class="long"' in title for title, _ in drawn)
    many = ' class="many"' if long > 3 else ' class="wide"' if len(drawn) > WIDE else ""
    grid = f"<table{many}>{title}<thead><tr>{head}</tr></thead><tbody>{''.join(lines)}</tbody></table>"
    body = f'<div class="scroll" tabindex="0" role="group" aria-label="{html.escape(caption or "Table")}">{grid}</div>{more}'
    return View(body, f"{caption}\n{shown.to_string(index=False)}")


def cards(values: Mapping[str, Any], tones: Mapping[str, str] | None = None) -> View:
    """Return big numbers with their names; `tones` colours some of them (good | warn | bad)."""
    tones = tones or {}
    body = "".join(
        f'<div class="mk-card {tones.get(name, "")}"><b>{html.escape(format_value(value))}</b><span>{html.escape(name)}</span></div>'
        for name, value in values.items()
    )
    return View(f'<div class="mk-cards">{body}</div>', "\n".join(f"{name}: {format_value(value)}" for name, value in values.items()))


def note_box(text: str, tone: str = "") -> View:
    """Return one remark, coloured by tone (good | warn | bad)."""
    return View(f'<div class="mk-note {tone}">{sentence(text)}</div>', text)


def format_value(value: Any) -> str:
    """Return a value as people read it: thousands separated, no value as a dash."""
    if isinstance(value, Mapping):
        return ", ".join(f"{name}: {format_value(item)}" for name, item in value.items() if item is not None)
    if isinstance(value, (list, tuple, set, frozenset)):
        return ", ".join(format_value(item) for item in value)
    if value is None or value is pd.NA or value is pd.NaT or (isinstance(value, float) and pd.isna(value)):
        return "–"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int) or (isinstance(value, float) and value.is_integer() and abs(value) < 1e15):
        return f"{int(value):,}"
    if isinstance(value, float):
        return f"{value:,.2f}" if abs(value) >= 1 else f"{value:.3g}"
    if isinstance(value, pd.Timestamp):
        return value.strftime("%Y-%m-%d" if value == value.normalize() else "%Y-%m-%d %H:%M")
    return "tab" if value == "\t" else str(value)


def _column(name: str, values: pd.Series, decimals: int | None) -> tuple[str, list[str]]:
    """Return a column's head and cells as HTML."""
    title = html.escape(name.replace("_", " "))
    if pd.api.types.is_numeric_dtype(values) and not pd.api.types.is_bool_dtype(values):
        places = _decimals(values) if decimals is None else decimals
        return f'<th scope="col" class="num">{title}</th>', [_number(value, places) for value in values]
    texts = [format_value(value) for value in values]
    if name in NAMING:
        texts = [_named(text) for text in texts]
    kind = ' class="long"' if max(map(len, texts)) >= LONG else ""
    return f'<th scope="col"{kind}>{title}</th>', [
        _cell(text, kind, TONES.get(text) if name in JUDGING else None, name in PROSE) for text in texts
    ]


def _named(text: str) -> str:
    """Return names of ours as words, and labels of the account (`Invoice_Status__c`) as they stand there."""
    names = [name.strip().replace("custom:", "") for name in text.split(",")]
    return ", ".join(name if "__" in name else name.replace("_", " ") for name in names)


def _cell(text: str, kind: str, tone: str | None, is_prose: bool) -> str:
    if tone is not None:
        return f'<td><span class="pill {tone}">{html.escape(text)}</span></td>'
    return f"<td{kind}>{sentence(text) if is_prose else _breakable(text)}</td>"


def sentence(text: str) -> str:
    """Return a sentence of ours as HTML: what stands between backticks is a command or a name of a file; a page is linked by hand."""
    return _to_pages(re.sub(r"`([^`]+)`", r"<code>\1</code>", _breakable(text)))


def to_page(notebook: str, words: str) -> str:
    """Return HTML that opens another notebook where somebody works by hand; in a report, which holds one page, the words alone."""
    return words if os.environ.get(IN_REPORT) else f'<a href="{notebook}.ipynb">{words}</a>'


def _to_pages(said: str) -> str:
    return re.sub(rf"(?<![\w/])({'|'.join(NOTEBOOKS)})(?![\w.])", lambda found: to_page(found[1], found[1]), said)


def file_links(files: Mapping[str, Path], base: Path) -> View:
    """Return files by what they are, each with its path within the parent of `base`; by hand a link that is relative to `base`."""

    def drawn(path: Path) -> str:
        words = html.escape(path.relative_to(base.parent).as_posix())
        return words if os.environ.get(IN_REPORT) else f'<a href="{html.escape(os.path.relpath(path, base))}">{words}</a>'

    said = " · ".join(f"{html.escape(what)}: {drawn(path)}" for what, path in files.items())
    return View(f'<div class="more">{said}</div>', "\n".join(f"{what}: {path}" for what, path in files.items()))


def _breakable(text: str) -> str:
    """Return a text as HTML that may be broken after a slash or comma, a name also after an underscore or @, but not within a date."""
    places = r"(?<=/)(?=\S)|(?<=,)(?=[^\s\d])" if " " in text else r"(?<=[/,@])(?=\S)|(?<=_)(?=[^\s_]{2})"
    broken = "<wbr>".join(html.escape(part) for part in re.split(places, text))
    return re.sub(r"[\w-]*\d{4}-\d\d-\d\d", r'<span class="day">\g<0></span>', broken)


def _decimals(values: pd.Series) -> int:
    """Return how many decimals (0 to 3) the numbers of a column need."""
    known = [float(value) for value in values if not pd.isna(value)]
    return next((places for places in range(3) if all(round(value, places) == round(value, 3) for value in known)), 3)


def _number(value: Any, places: int) -> str:
    if pd.isna(value):
        return '<td class="num zero">–</td>'
    return f'<td class="num{"" if round(float(value), places) else " zero"}">{value:,.{places}f}</td>'
