"""What amounts say beside those of the same rows: sums, and so many times a price."""

from __future__ import annotations

from made import export, table

from migkit.countries import anywhere
from migkit.mapping.evidence import read_evidence
from migkit.mapping.looks import LOOKS


def looks_of(header: str, *rows: list[str]) -> dict[str, dict[str, float]]:
    """Return column → look → number."""
    found = read_evidence(export(table("t", header, *rows)), anywhere()).looks
    return {column: dict(zip(LOOKS, seen, strict=True)) for (_, column), seen in found.items()}


def test_what_is_paid_and_owed_makes_the_total() -> None:
    """The total is the sum of the two, they are its parts; rows in which nothing is paid or owed tell nothing."""
    amounts = [(62.5, 60.0), (118.4, 0.0), (199.0, 99.5), (330.0, 130.2), (45.6, 20.3), (75.9, 10.1), (88.8, 44.4)]
    seen = looks_of("total, paid, owed", *[[f"{total:.2f}", f"{paid:.2f}", f"{total - paid:.2f}"] for total, paid in amounts])
    assert (seen["total"]["sum"], seen["paid"]["sum"], seen["owed"]["sum"]) == (1.0, 0.0, 0.0)
    assert (seen["total"]["addend"], seen["paid"]["addend"], seen["owed"]["addend"]) == (0.0, 1.0, 1.0)


def test_so_many_at_a_price_make_the_line() -> None:
    """Where there is one of everything, nothing is told: any two equal columns would do."""
    several = [(2, 62.5), (3, 118.4), (1, 199.0), (2, 45.6), (4, 8.95), (2, 75.9), (3, 12.2)]
    seen = looks_of("count, each, line", *[[str(count), f"{each:.2f}", f"{count * each:.2f}"] for count, each in several])
    assert (seen["line"]["product"], seen["each"]["factor"], seen["count"]["factor"]) == (1.0, 1.0, 1.0)
    single = looks_of("count, each, line", *[["1", f"{each:.2f}", f"{each:.2f}"] for _, each in several])
    assert single["line"]["product"] == 0.0


def test_numbers_in_runs_and_different_clocks_are_seen() -> None:
    """Lines bear their invoice's number one after the other; a booking's clock has many hours, a day kept as an instant has one."""
    rows = [
        [str(700 + n // 3), f"{n % 28 + 1:02d}/03/2026 {8 + n % 9:02d}:{15 * (n % 4):02d}", f"{n % 28 + 1:02d}/03/2026 14:00"]
        for n in range(30)
    ]
    seen = looks_of("invoice, starts, made", *rows)
    assert 0.6 < seen["invoice"]["in runs"] < 0.75
    assert (seen["starts"]["clocks"], seen["made"]["clocks"]) == (1.0, 0.1)
