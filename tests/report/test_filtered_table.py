"""A table to filter in JupyterLab, a plain one in a report; what is shown of dates and of nested values."""

from __future__ import annotations

import re

import pandas as pd
import pytest

from migkit.report import IN_REPORT, explore, format_value, mask

FRAME = pd.DataFrame({"a_b": ["<script>x</script>", "2"], "n": [1, 2]})


def test_a_report_gets_the_plain_table(monkeypatch: pytest.MonkeyPatch) -> None:
    """No script at all where nobody can click."""
    monkeypatch.setenv(IN_REPORT, "1")
    body = explore(FRAME, "Files").body
    assert "<script" not in body and "<caption>Files" in body


def test_jupyterlab_gets_filters_without_any_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """The library's script is in the page, and nothing is loaded from elsewhere; markup in a value is not run."""
    monkeypatch.delenv(IN_REPORT, raising=False)
    monkeypatch.setattr("migkit.report.filtered._loaded", [])
    first, second = explore(FRAME, "Files").body, explore(FRAME, "Files").body
    assert "injectCSS" in first and "<script>x" not in first
    assert "src=" not in first and " from 'https" not in first
    assert len(first) > 500_000 > len(second)
    assert "Pages of Files" in second  # each table names its pages, so that screen readers can tell them apart


def test_each_filter_stands_below_its_column(monkeypatch: pytest.MonkeyPatch) -> None:
    """A counted table has a name over its columns, which is no column: heads and filters are the columns alone."""
    monkeypatch.delenv(IN_REPORT, raising=False)
    monkeypatch.setattr("migkit.report.filtered._loaded", ["loaded"])
    counted = pd.DataFrame({"field": ["name", "value"], "same": [2, 1]}).rename_axis(columns="result")
    heads = re.findall(r"([a-z]*)</th>", explore(counted, "Counted").body)
    assert heads == ["field", "same"] * (len(heads) // 2)


def test_a_table_too_large_for_a_page_shows_its_beginning(monkeypatch: pytest.MonkeyPatch) -> None:
    """60,000 cells at most, and what is not there is said; a small one is there whole."""
    monkeypatch.delenv(IN_REPORT, raising=False)
    monkeypatch.setattr("migkit.report.filtered._loaded", ["loaded"])
    large = pd.DataFrame({name: range(30_001) for name in ("a", "b", "c", "d")})
    body = explore(large, "Rows").body
    assert "[14999," in body and "[15000," not in body
    assert "15,001 more rows are not shown here, and not found by searching or filtering." in body
    assert "not shown here" not in explore(FRAME, "Files").body


def test_dates_are_masked_as_days_and_nested_values_are_read_aloud() -> None:
    """A birth date shows no midnight; a document in a cell is words, not Python."""
    assert mask(pd.Timestamp("1980-05-01")) == "9999-99-99"
    assert format_value({"offset": 2, "unit": "days", "text": None}) == "offset: 2, unit: days"
