"""What a notebook shows: small objects that draw themselves as HTML in JupyterLab and in the rendered report alike."""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import pandas as pd

from migkit import resources

ROWS_SHOWN = 200
"""A notebook that draws thousands of rows stops answering; the rest is in a file."""

TONES = {
    "critical": "bad", "warning": "warn", "info": "", "failed": "bad", "rejected": "bad", "held": "warn", "pending": "warn",
    "differing": "bad", "created": "good", "updated": "good", "matched": "good", "agrees": "good", "open": "warn", "passed": "good",
    "no match found": "bad", "inactive user": "warn",
}  # fmt: skip
"""Words that are drawn as a coloured pill wherever they stand alone in a cell."""


@dataclass(frozen=True)
class View:
    """A piece of HTML. Jupyter asks for `_repr_html_`; plain text is what a terminal and a test see."""

    body: str
    text: str = ""

    def _repr_html_(self) -> str:
        return f'<div class="mk">{self.body}</div>'

    def __repr__(self) -> str:
        return self.text


@cache
def stylesheet() -> str:
    """Return the style sheet that every view relies on."""
    return (resources.folder("templates") / "report.css").read_text(encoding="utf-8")


def heading(practice: str, facts: Sequence[str] = ()) -> View:
    """Return whose report this is and what it rests on, style sheet included: shown once, in a notebook's first cell."""
    line = " · ".join(html.escape(fact) for fact in facts)
    head = f'<div class="practice">{html.escape(practice)}</div><div class="facts">{line}</div>'
    body = f'<style>{stylesheet()}</style><div class="mk-head">{head}</div>'
    return View(body, f"{practice}\n{' · '.join(facts)}")


def table(frame: pd.DataFrame, caption: str = "", note: str = "", rows: int = ROWS_SHOWN, total: bool = False) -> View:
    """Return a frame drawn as a table, at most `rows` long; with `total`, the last row is drawn as a total."""
    if frame.empty:
        return note_box(f"{caption or 'Table'}: nothing to show.")
    numeric = [pd.api.types.is_numeric_dtype(frame[column]) and not pd.api.types.is_bool_dtype(frame[column]) for column in frame.columns]
    head = "".join(
        f'<th class="num">{html.escape(title)}</th>' if num else f"<th>{html.escape(title)}</th>"
        for title, num in zip((str(name).replace("_", " ") for name in frame.columns), numeric, strict=True)
    )
    shown = frame.head(rows)
    lines = []
    for number, values in enumerate(shown.itertuples(index=False, name=None)):
        last = total and number == len(frame) - 1
        cells = "".join(_cell(value, num) for value, num in zip(values, numeric, strict=True))
        lines.append(f'<tr class="total">{cells}</tr>' if last else f"<tr>{cells}</tr>")
    more = f'<div class="more">{len(frame) - rows:,} more rows are not shown here.</div>' if len(frame) > rows else ""
    title = f"<caption>{html.escape(caption)}{f' <span class=note>{html.escape(note)}</span>' if note else ''}</caption>" if caption else ""
    body = f'<div class="scroll"><table>{title}<thead><tr>{head}</tr></thead><tbody>{"".join(lines)}</tbody></table></div>{more}'
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
    return View(f'<div class="mk-note {tone}">{html.escape(text)}</div>', text)


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


def _cell(value: Any, numeric: bool) -> str:
    text = format_value(value)
    if numeric:
        return f'<td class="num{" zero" if text in ("0", "–") else ""}">{text}</td>'
    if text in TONES:
        return f'<td><span class="pill {TONES[text]}">{text}</span></td>'
    return f"<td>{html.escape(text)}</td>"
