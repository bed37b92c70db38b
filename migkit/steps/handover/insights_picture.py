"""What to click for one Insights report, as a picture: a row for each step with its number, and the chart that it must show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from itertools import accumulate
from typing import Any

from migkit.migration import Migration
from migkit.report import View
from migkit.steps.handover.facts import local_of
from migkit.steps.handover.rebuild import reports

WIDTH, LEFT, ROW, FONT = 860, 510, 32, 12
"""Width of the whole and of the steps, height of a row, size of the letters: all in the picture's own units."""
BARS = 8
"""Bars that are drawn; a line below them says how many more the report shows."""
NAMES = 186
"""Room for the bars' names."""
_LETTER = 6.4
"""Width of a letter: the picture is drawn without knowing the fonts."""
_INK, _SOFT, _LINE, _WASH, _CHOSEN = "#1c2b33", "#55646c", "#c3cfd4", "#f4f7f8", "#0b6e6e"


def picture(report: Mapping[str, Any]) -> str:
    """Return the SVG of a report's steps, "" where Insights cannot show it.

    `report`: name, clicks (for each step where to look, then what to choose there), bars (name, figure in words, share of the longest
    from 0 to 1), must_show.
    """
    if not report["clicks"]:
        return ""
    height = max(len(report["clicks"]) * ROW, 44 + 24 * max(1, min(len(report["bars"]), BARS + 1))) + 16
    rows = "".join(_step(number, clicks, 8 + (number - 1) * ROW) for number, clicks in enumerate(report["clicks"], start=1))
    said = "; ".join(f"{number}. {': '.join(clicks)}" for number, clicks in enumerate(report["clicks"], start=1))
    frame = f'<rect x="{LEFT}" y="8" width="{WIDTH - LEFT - 1}" height="{height - 16}" rx="6" fill="#fff" stroke="{_LINE}"/>'
    label = escape(f"{report['name']}: {said}")
    return (
        f'<svg class="clicks" role="img" aria-label="{label}" viewBox="0 0 {WIDTH} {height}" '
        f'font-size="{FONT}" xmlns="http://www.w3.org/2000/svg">{rows}{frame}{_chart(report)}</svg>'
    )


def reports_to_build(migration: Migration) -> View | None:
    """Return what to click for each report of the practice's files, with the figure that it must show; None where they describe none."""
    recipes = migration.plan.documents.get("rebuild_recipes.json", {}).get("recipes", ())
    found = reports(recipes, local_of(migration))
    drawn = [(one["name"], picture(one) or "<p>Insights cannot show this figure.</p>", one["note"]) for one in found]
    body = "".join(f"<figure><figcaption>{escape(name)}</figcaption>{svg}<p>{escape(note)}</p></figure>" for name, svg, note in drawn)
    return View(body, "\n".join(name for name, _, _ in drawn)) if drawn else None


def _step(number: int, clicks: Sequence[str], top: int) -> str:
    """Draw one step: its number, where to look, and what to choose there, in the order of the clicks."""
    where, *chosen = clicks
    middle = top + ROW // 2 - 2
    circle = f'<circle cx="13" cy="{middle}" r="10" fill="{_CHOSEN}"/>' + _text(13, middle, str(number), "#fff", "middle", bold=True)
    label = _text(32, middle, where, _SOFT)
    start = 32 + max(84, len(where) * _LETTER + 14)
    room = LEFT - start - 12 - 8 * len(chosen)
    texts = _fitted(chosen, int((room - 16 * len(chosen)) / _LETTER))
    widths = [len(text) * _LETTER + 18 for text in texts]
    lefts = [start + before for before in accumulate((width + 8 for width in widths), initial=0.0)]
    chips = (
        f'<rect x="{left:.0f}" y="{middle - 11}" width="{width:.0f}" height="22" rx="5" fill="{_WASH}" stroke="{_CHOSEN}"/>'
        + _text(left + width / 2, middle, text, _INK, "middle")
        for left, width, text in zip(lefts, widths, texts, strict=False)
    )
    return f"<g>{circle}{label}{''.join(chips)}</g>"


def _fitted(texts: Sequence[str], letters: int) -> list[str]:
    """Return the texts, the last one shortened where all together have more letters than there is room for."""
    *first, last = texts or [""]
    room = max(letters - sum(map(len, first)), 8)
    return [*first, last if len(last) <= room else f"{last[: room - 2].rstrip(' ,')} …"]


def _chart(report: Mapping[str, Any]) -> str:
    """Draw the chart as it must look, or the one figure where there are no groups."""
    title = _text(LEFT + 14, 26, _fitted([report["name"]], 38)[0], _INK, bold=True)
    if not report["bars"]:
        figure = f'<text x="{LEFT + 14}" y="62" font-size="20" font-weight="700" fill="{_CHOSEN}">'
        return f"{title}{figure}{escape(report['must_show'])}</text>"
    bars = []
    for number, (name, shown, share) in enumerate(report["bars"][:BARS]):
        top = 42 + 24 * number
        long = max(2.0, 70 * float(share))
        bars.append(
            _text(LEFT + NAMES, top + 8, _fitted([str(name).partition("@")[0]], int((NAMES - 8) / _LETTER))[0], _SOFT, "end")
            + f'<rect x="{LEFT + NAMES + 6}" y="{top}" width="{long:.0f}" height="16" fill="{_CHOSEN}"/>'
            + _text(LEFT + NAMES + 10 + long, top + 8, str(shown), _INK)
        )
    if len(report["bars"]) > BARS:
        bars.append(_text(LEFT + NAMES, 42 + 24 * BARS + 8, f"and {len(report['bars']) - BARS} more", _SOFT, "end"))
    return title + "".join(bars)


def _text(x: float, y: float, text: str, colour: str, anchor: str = "start", *, bold: bool = False) -> str:
    weight = ' font-weight="700"' if bold else ""
    return f'<text x="{x:.0f}" y="{y + 4:.0f}" fill="{colour}" text-anchor="{anchor}"{weight}>{escape(text)}</text>'
