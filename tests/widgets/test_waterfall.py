"""The picture of what spoke for and against a pair."""

from __future__ import annotations

import re

from migkit.widgets.waterfall import waterfall

WEIGHTS = "to begin with -10.0; first name +8.0; birth date +14.0; gender -2.0; rather than a relative +3.0"


def test_each_bar_begins_where_the_one_before_ended() -> None:
    """From -10 to 12 on a scale of 22: the bars follow one another, the two sums begin at even odds."""
    bars = re.findall(r'<i class="(\w+)" style="left:([\d.]+)%;width:([\d.]+)%">', waterfall(WEIGHTS))
    assert bars == [
        ("against", "0.0", "45.5"),
        ("for", "0.0", "36.4"),
        ("for", "36.4", "63.6"),
        ("against", "90.9", "9.1"),
        ("end", "45.5", "45.5"),
        ("end", "45.5", "13.6"),
    ]
    assert [*re.findall(r'class="n">([+-][\d.]+)', waterfall(WEIGHTS))] == ["-10.0", "+8.0", "+14.0", "-2.0", "+10.0", "+3.0"]


def test_what_was_not_weighed_has_no_picture() -> None:
    """A pair decided by hand has none."""
    assert waterfall("") == ""
