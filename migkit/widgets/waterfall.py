"""What spoke for and against two rows being one person, as bars that start where the one before ended; drawn as HTML."""

from __future__ import annotations

import html
import re

_PART = re.compile(r"(.+) ([+-]\d+\.\d)$")
FIRST, LAST = "to begin with", "rather than a relative"
"""What is known before any answer, and the second weighing: not against strangers but against a relative under one roof."""


def waterfall(weights: str) -> str:
    """Return the picture of `weights` (`to begin with -14.2; first name +7.1; …`, in log2 of the odds); "" for none.

    A bar to the right makes one person likelier, each unit doubling the odds; a bar to the left makes it less likely. The line
    marks even odds.
    """
    parts = [(match[1], float(match[2])) for part in weights.split("; ") if (match := _PART.match(part))]
    relatives = [weight for title, weight in parts if title == LAST]
    steps = [(title, weight) for title, weight in parts if title != LAST]
    if not steps:
        return ""
    bars, at = [], 0.0
    for title, weight in steps:
        bars.append((title, at, at + weight, "for" if weight >= 0 else "against"))
        at += weight
    bars.append(("rather than strangers", 0.0, at, "end"))
    bars += [(LAST, 0.0, weight, "end") for weight in relatives]
    low = min(min(start, end) for _, start, end, _ in bars)
    span = max(max(start, end) for _, start, end, _ in bars) - low or 1.0
    rows = "".join(_bar(title, start, end, kind, low, span) for title, start, end, kind in bars)
    return (
        '<div class="fall"><div class="count">What spoke for (to the right) and against (to the left) one person; each unit doubles or '
        f"halves the odds, the line is even odds</div><table><tbody>{rows}</tbody></table></div>"
    )


def _bar(title: str, start: float, end: float, kind: str, low: float, span: float) -> str:
    left, width = 100 * (min(start, end) - low) / span, 100 * abs(end - start) / span
    bar = f'<i class="{kind}" style="left:{left:.1f}%;width:{width:.1f}%"></i><u style="left:{100 * -low / span:.1f}%"></u>'
    return f'<tr><th>{html.escape(title)}</th><td><div class="track">{bar}</div></td><td class="n">{end - start:+.1f}</td></tr>'
