"""What a value looks like is told at once, whatever stands in it: no pattern may try the same text in ever more ways."""

from __future__ import annotations

import pandas as pd
import pytest

from migkit.mapping.shapes import profile

NOTE = (
    "O/E UL/UR n/a, p/c none, r/v 6/12, b/w 4/52, tx o/o, w/o pain, f/u 2/7, "
    "perio 3/2/3/2/3/2/2/3/3/2/3/2/4/5/3 mm BOP y/n, u/s scale and polish"
)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (NOTE, "prose"),
        ("/".join(["3"] * 2000), ""),
        ("\\\\srv\\" + "a\\" * 5000, ""),
        ("a@" * 5000 + "b", ""),
        ("1 " * 20_000 + "x", "prose"),
        ("<b " * 20_000, "prose"),
        (" -" * 10_000 + "1", "prose"),
        ("A" + " " * 50_000 + "b c d e", "prose"),
        ("(" * 10_000 + "4", ""),
        ("M: " + "1 " * 20_000, "prose"),
        ("<p>scaled</p>", "markup"),
        ("xrays/2026/12.jpg", "path"),
        ("C:\\Scans\\2026\\12.jpg", "path"),
    ],
)
def test_a_long_value_of_any_make_is_told_at_once(text: str, kind: str) -> None:
    """A clinical note with 35 slashes took minutes, each two of them four times as long; here every row would never end."""
    kinds = profile(pd.Series([text], dtype="string")).kinds
    assert kinds.get(kind) == 1.0 if kind else not kinds


def test_a_phone_behind_the_word_for_its_kind_is_a_phone() -> None:
    """As reports print it: what kind it is before it, whose it is and further numbers after it; other words before digits make no phone."""
    phones = ["M: 0491 570 006", "H: (07) 5550 1234", "Mob. +61 491 570 156 (parent) / H: 07 5550 1234", "(W): 07-5550-4321", "0491570110"]
    assert profile(pd.Series(phones, dtype="string")).share("phone") == 1.0
    others = ["Ref: 0491 570 006", "M: Smith", "T: 16", "H 12345678"]
    assert profile(pd.Series(others, dtype="string")).share("phone") == 0.0
