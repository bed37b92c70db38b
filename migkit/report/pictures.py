"""Pictures of an export: how full its columns are, rows by month with the gaps, which table refers to which."""

from __future__ import annotations

import html
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from migkit.report.charts import ACCENT, INK, canvas, drawn
from migkit.report.view import View

if TYPE_CHECKING:
    from matplotlib.patches import Patch

_BAD = "#b3261e"
_STEPS = ((99.95, "f5"), (75, "f4"), (50, "f3"), (25, "f2"), (0.05, "f1"), (-1, "f0"))
"""Percent filled from which a step of colour counts, fullest first."""


def fill_map(columns: pd.DataFrame, caption: str) -> View:
    """Return a line per table with a box per column, coloured by how full it is. `columns`: table, column, filled % (0 to 100)."""
    lines = []
    for name, own in columns.groupby("table", sort=False):
        boxes = "".join(
            f'<li class="{_step(filled)}"><span>{html.escape(str(column))}</span> <b>{filled:.0f} %</b></li>'
            for column, filled in zip(own["column"], own["filled %"], strict=True)
        )
        lines.append(f'<div class="mk-fill"><div class="name">{html.escape(str(name))}</div><ul>{boxes}</ul></div>')
    said = "; ".join(
        f"{row.table}.{row.column}: {row[-1]:.0f} %" for row in columns[["table", "column", "filled %"]].itertuples(index=False)
    )
    return View(f"<figure><figcaption>{html.escape(caption)}</figcaption>{''.join(lines)}</figure>", f"{caption}\n{said}")


def _step(filled: float) -> str:
    return next(name for least, name in _STEPS if filled >= least)


def months(counts: pd.DataFrame, gaps: Mapping[str, list[pd.Period]], caption: str) -> View:
    """Return rows by month, a line per table: the darker the more; a month in `gaps` is framed in red.

    `counts`: index month, a column per table.
    """
    figure = canvas(0.9 + 0.34 * len(counts.columns))
    axes = figure.add_subplot()
    shares = (counts / counts.max().clip(lower=1)).T
    axes.imshow(shares, aspect="auto", cmap="GnBu", vmin=0, vmax=1.15, interpolation="nearest")
    axes.set_yticks(range(len(shares)), [str(name).replace("_", " ") for name in shares.index])
    months = list(counts.index)
    every = max(1, round(len(months) / 10))
    ticks = range(0, len(months), every)
    axes.set_xticks(list(ticks), [f"{months[place]:%b %y}" for place in ticks])
    for line, name in enumerate(shares.index):
        for month in gaps.get(name, ()):
            place = months.index(month)
            axes.add_patch(_frame(place, line))
    for side in axes.spines.values():
        side.set_visible(False)
    axes.tick_params(length=0, labelsize=9, labelcolor=INK)
    said = "; ".join(f"{name}: {', '.join(f'{month:%b %Y}' for month in found)} without a row" for name, found in gaps.items() if found)
    return drawn(figure, caption, said or "no month without a row between others")


def _frame(place: int, line: int) -> Patch:
    from matplotlib.patches import Rectangle

    return Rectangle((place - 0.5, line - 0.5), 1, 1, fill=False, edgecolor=_BAD, linewidth=1.6)


@dataclass(frozen=True)
class Reference:
    """How rows of one table refer to another."""

    source: str
    target: str
    found: int
    """References to a row that is there."""
    missing: int
    """References to a row that is not."""


def references(rows: Mapping[str, int], refs: list[Reference], caption: str) -> View:
    """Return the tables as boxes, and who refers to whom from left to right; red where rows refer to what is not there.

    `rows`: table → its rows.
    """
    named = {name: rows[name] for name in rows if any(name in (ref.source, ref.target) for ref in refs)}
    layers = _layers(named, refs)
    tallest = max(map(len, layers), default=1)
    figure = canvas(0.4 + 0.74 * tallest)
    axes = figure.add_subplot()
    axes.set_xlim(-0.45, len(layers) - 0.55)
    axes.set_ylim(tallest - 0.4, -0.6)
    axes.axis("off")
    places = {}
    for column, names in enumerate(layers):
        for line, name in enumerate(names):
            words = name.replace("_", "\n") + f"\n{rows[name]:,} rows"
            places[name] = at = (column, (line + 0.5) * tallest / len(names) - 0.5)
            axes.text(*at, words, fontsize=7.5, color=INK, ha="center", va="center", zorder=2, bbox=_BOX)  # the lines end beneath
    for ref in refs:
        (x1, y1), (x2, y2) = places[ref.source], places[ref.target]
        arrow = {
            "arrowstyle": "-", "color": _BAD if ref.missing else _ARROW, "lw": 1.4 if ref.missing else 0.8, "shrinkA": 0, "shrinkB": 0,
            "connectionstyle": "arc3,rad=0.06",
        }  # fmt: skip
        axes.annotate("", xy=(x2, y2), xytext=(x1, y1), arrowprops=arrow, zorder=1)
        if ref.missing:
            near = (x1 * 0.55 + x2 * 0.45, y1 * 0.55 + y2 * 0.45)
            axes.text(*near, f"{ref.missing:,} not found", fontsize=7.5, color=_BAD, ha="center", va="center", zorder=3, bbox=_LABEL)
    said = "; ".join(f"{ref.source} → {ref.target}: {ref.found:,} found, {ref.missing:,} not found" for ref in refs)
    return drawn(figure, caption, said or "no table refers to another")


_ARROW = "#a9b8bf"
_BOX = {"boxstyle": "round,pad=0.35", "facecolor": "#f5f8f9", "edgecolor": ACCENT, "linewidth": 0.9}
_LABEL = {"boxstyle": "round,pad=0.15", "facecolor": "white", "edgecolor": "none", "alpha": 0.9}


def _layers(rows: Mapping[str, int], refs: list[Reference]) -> list[list[str]]:
    """Return the tables in columns: each stands left of those that it refers to; rings are cut where they close."""
    targets = {name: sorted({ref.target for ref in refs if ref.source == name} - {name}) for name in rows}
    depth: dict[str, int] = {}

    def deep(name: str, above: tuple[str, ...]) -> int:
        if name not in depth:
            depth[name] = max((deep(one, (*above, name)) + 1 for one in targets[name] if one not in above), default=0)
        return depth[name]

    for name in rows:
        deep(name, ())
    most = max(depth.values(), default=0)
    layers = [sorted(name for name in rows if depth[name] == most - column) for column in range(most + 1)]
    places: dict[str, float] = {}
    for names in reversed(layers):  # what is referred to comes first, and those that refer to it stand as near as they can
        near = {name: [places[one] for one in targets[name] if one in places] for name in names}
        names.sort(key=lambda name: (sum(near[name]) / len(near[name]) if near[name] else 0.5, name))
        places |= {name: (line + 0.5) / len(names) for line, name in enumerate(names)}
    return layers
