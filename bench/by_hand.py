"""The same export by hand: in pandas row by row with its cells cleaned and checked, and in polars without any checks."""

from __future__ import annotations

import json
import re
import time
import warnings
from pathlib import Path
from typing import Any

import pandas as pd

_DATE = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})|(\d{4})-(\d{1,2})-(\d{1,2})")
_MONEY = re.compile(r"\$?-?[\d,]+\.\d\d")


def by_pandas(export: Path) -> float:
    """Return the CPU seconds of a plain script: each cell is trimmed, read as a date or amount where it looks like one, and what was
    changed is noted with file and line; each column is checked for its share of blanks and doubles; a payload is made of each row."""
    started, payloads = time.process_time(), 0
    for path in _tables(export):
        try:
            frame = pd.read_csv(
                path, dtype=str, keep_default_na=False, on_bad_lines="skip", encoding_errors="replace", sep=None, engine="python"
            )
        except (ValueError, pd.errors.ParserError):
            continue
        repairs: list[tuple[Any, ...]] = []
        checks = {name: (frame[name].eq("").mean(), frame[name].duplicated().mean()) for name in frame}
        for line, row in frame.iterrows():
            payload = {}
            for name, value in row.items():
                clean = _clean(str(value))
                if str(clean) != value:
                    repairs.append((path.name, line, name, value, clean))
                payload[str(name)] = clean
            payloads += len(json.dumps(payload))
        assert checks
    return time.process_time() - started


def _clean(text: str) -> Any:
    bare = re.sub(r"\s+", " ", text).strip()
    if found := _DATE.fullmatch(bare):
        return pd.to_datetime(bare, dayfirst=found[1] is not None, errors="coerce").date().isoformat()
    return round(float(bare.replace("$", "").replace(",", "")) * 100) if _MONEY.fullmatch(bare) else bare


def by_polars(export: Path) -> tuple[float, float] | None:
    """Return the CPU seconds of reading every table as text with its cells trimmed, and of a payload a row; None where it is missing."""
    try:
        import polars as pl
    except ImportError:
        return None
    started, frames = time.process_time(), []
    warnings.simplefilter("ignore")  # it says which files it loses rows of
    for path in _tables(export):
        try:
            separator = "\t" if path.suffix == ".tsv" else ","
            frame = pl.read_csv(
                path, infer_schema=False, separator=separator, ignore_errors=True, truncate_ragged_lines=True, encoding="utf8-lossy"
            )
        except pl.exceptions.PolarsError:
            continue
        frames.append(frame.with_columns(pl.all().str.strip_chars()))
    reading, started = time.process_time() - started, time.process_time()
    for frame in frames:
        frame.write_ndjson()
    return reading, time.process_time() - started


def _tables(export: Path) -> list[Path]:
    return sorted((*export.rglob("*.csv"), *export.rglob("*.tsv")))
