"""Charts as SVG inside the page: they print well, cost nothing to carry and need no network."""

from __future__ import annotations

import html
import io
from collections.abc import Mapping
from typing import TYPE_CHECKING

import pandas as pd

from migkit.report.view import View

if TYPE_CHECKING:
    from matplotlib.figure import Figure

INK, SOFT, ACCENT = "#1c2b33", "#5b6b73", "#0b6e6e"
PALETTE = {
    "created": "#0b6e6e", "updated": "#3c9d9b", "unchanged": "#9cc5c4", "matched": "#6a8caf",
    "merged-into": "#b7c9dd", "folded-into": "#9fb4bd", "exported": "#8e7cc3", "repeated": "#e2e2e8", "excluded": "#e6e0c8",
    "rejected": "#b3261e", "held": "#e39b2d", "failed": "#7f1d18", "pending": "#f2cf8f",
}  # fmt: skip


def bars(values: pd.Series, caption: str, unit: str = "") -> View:
    """Return a horizontal bar chart of a series (index = label, value = length), in its order, top to bottom."""
    figure = canvas(0.5 + 0.32 * len(values))
    axes = figure.add_subplot()
    labels = [str(label).replace("_", " ") for label in values.index][::-1]
    lengths = [float(value) for value in values][::-1]
    axes.barh(labels, lengths, color=ACCENT, height=0.62)
    for place, length in enumerate(lengths):
        label = f"{length:,.0f}{unit}"
        axes.annotate(label, (length, place), xytext=(4, 0), textcoords="offset points", va="center", color=SOFT, fontsize=9)
    _clean(axes, len(labels))
    axes.set_xticks([])
    axes.spines["bottom"].set_visible(False)
    axes.margins(x=0.14)
    return drawn(figure, caption, "; ".join(f"{label}: {value:,.0f}{unit}" for label, value in values.items()))


def stacked(frame: pd.DataFrame, caption: str, colours: Mapping[str, str] = PALETTE) -> View:
    """Return one bar a row of `frame`, its columns as shares of 100 %; rows without any value are left out."""
    shares = frame.loc[frame.sum(axis=1) > 0]
    shares = shares.div(shares.sum(axis=1), axis=0) * 100
    figure = canvas(0.9 + 0.32 * len(shares))
    axes = figure.add_subplot()
    left = pd.Series(0.0, index=shares.index)
    rows = shares.iloc[::-1]
    for name in rows.columns:
        if rows[name].sum() > 0:
            axes.barh(
                [str(i).replace("_", " ") for i in rows.index],
                rows[name],
                left=left[rows.index],
                color=colours.get(str(name), SOFT),
                label=str(name),
                height=0.62,
            )
            left = left.add(rows[name])
    _clean(axes, len(shares))
    axes.set_xlim(0, 100)
    axes.set_xticks([0, 50, 100], ["0 %", "50 %", "100 %"])
    axes.legend(loc="upper center", bbox_to_anchor=(0.45, -0.06 if len(shares) > 6 else -0.3), ncols=5, frameon=False, fontsize=9)
    return drawn(figure, caption, "shares of each row; the numbers stand in the table beside it")


def _clean(axes: object, bars: int) -> None:
    axes.set_ylim(-0.6, bars - 0.4)  # type: ignore[attr-defined]
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)  # type: ignore[attr-defined]
    axes.tick_params(axis="both", length=0, labelsize=9, labelcolor=INK)  # type: ignore[attr-defined]


def canvas(height: float) -> Figure:
    """Return an empty figure as wide as a page, `height` inches high."""
    from matplotlib.figure import Figure  # costs 0.3 s, which most commands need not spend

    return Figure(figsize=(7.6, max(height, 0.8)))


def drawn(figure: Figure, caption: str, described: str) -> View:
    """Return the figure under its caption; `described` is what a screen reader says of it."""
    from matplotlib import rc_context
    from matplotlib.backends.backend_svg import FigureCanvasSVG

    buffer = io.StringIO()
    with rc_context({"svg.hashsalt": "migkit", "svg.fonttype": "none", "font.family": "sans-serif"}):
        FigureCanvasSVG(figure).print_figure(buffer, format="svg", bbox_inches="tight", metadata={"Date": None, "Creator": None})
    svg = buffer.getvalue()
    title, label = html.escape(caption), html.escape(f"{caption}: {described}")
    drawing = svg[svg.index("<svg") :].replace("<svg", f'<svg role="img" aria-label="{label}"', 1)
    return View(f"<figure><figcaption>{title}</figcaption>{drawing}</figure>", caption)
