"""Reading text tables, measured: rows a second and peak memory, and records read right, beside the readers of other libraries.

speed     a clean CSV of N rows x 25 columns (CRLF, quoted line ends), each reader in a process of its own, CPU seconds
records   awkward files with the rows written down by hand: how many of these each reader yields, how many it invents

    python bench/reader.py [--rows N]

Ours also finds encoding, separator, header and totals, and accounts for every line; the others are told or guess the separator.
"""

from __future__ import annotations

import csv
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import click
import duckdb
import pandas as pd

from migkit.source import read_export

Rows = list[tuple[str, ...]]
COLUMNS = 25

AWKWARD: dict[str, tuple[str, Rows]] = {
    "plain": ("a,b,c\n1,2,3\n4,5,6\n", [("1", "2", "3"), ("4", "5", "6")]),
    "line ends in a cell": ('a,b,c\r\n1,"x\r\ny",3\r\n', [("1", "x\r\ny", "3")]),
    "short row": ("a,b,c\n1,2\n4,5,6\n7,8,\n", [("4", "5", "6"), ("7", "8", "")]),
    "long row": ("a,b,c\n1,2,3,4\n4,5,6\n", [("4", "5", "6")]),
    "unclosed quote": ('a,b,c\n1,"2,3\n4,5,6\n7,8,9\n', [("4", "5", "6"), ("7", "8", "9")]),
    "text after a quote": ('a,b,c\n1,"un"x,3\n4,5,6\n', [("1", '"un"x', "3"), ("4", "5", "6")]),
    "quotes in a quoted cell": ('a,b,c\n1,"x "y" z",3\n4,5,6\n', [("1", 'x "y" z', "3"), ("4", "5", "6")]),
    "semicolons": ("a;b;c\n1;2,5;3\n4;5,5;6\n", [("1", "2,5", "3"), ("4", "5,5", "6")]),
    "title above": ("Recall Report,,\n,,\na,b,c\n1,2,3\n", [("1", "2", "3")]),
    "total below": ("a,b,c\nx,y,3\nz,w,4\nTotal,,7\n", [("x", "y", "3"), ("z", "w", "4")]),
    "header again": ("a,b,c\n1,2,3\na,b,c\n4,5,6\n", [("1", "2", "3"), ("4", "5", "6")]),
}


def _ours(path: Path) -> Rows:
    table = next(iter(read_export(path.parent).tables.values()))
    return list(table.frame[table.columns].fillna("").itertuples(index=False, name=None))


def _csv(path: Path) -> Rows:
    with path.open(newline="", encoding="utf-8") as file:
        return [tuple(row) for row in list(csv.reader(file))[1:] if row]


def _pandas(path: Path) -> Rows:
    return list(pd.read_csv(path, dtype=str, keep_default_na=False).itertuples(index=False, name=None))


def _duckdb(path: Path) -> Rows:
    return [tuple("" if cell is None else cell for cell in row) for row in duckdb.read_csv(str(path), all_varchar=True).fetchall()]


READERS: dict[str, Callable[[Path], Rows]] = {"migkit": _ours, "csv": _csv, "pandas": _pandas, "duckdb": _duckdb}
FAST: dict[str, Callable[[Path], object]] = {
    "migkit": lambda path: read_export(path.parent),
    "csv": lambda path: sum(1 for _ in csv.reader(path.open(newline="", encoding="utf-8"))),
    "pandas": lambda path: pd.read_csv(path, dtype=str, keep_default_na=False),
    "duckdb": lambda path: duckdb.read_csv(str(path), all_varchar=True).fetch_arrow_table(),
}
"""`csv` only counts; the others end with a table in memory."""


def _write(path: Path, rows: int) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        out = csv.writer(file)
        out.writerow([f"Column {number}" for number in range(COLUMNS)])
        for number in range(rows):
            note = 'line one\r\nline "two"' if number % 10 == 0 else "plain"
            out.writerow([number, "Zoë", "Smith", note, *["abcdefgh"] * (COLUMNS - 4)])


def _measure(reader: str, path: Path) -> None:
    begin = time.process_time()
    FAST[reader](path)
    seconds = time.process_time() - begin
    click.echo(f"{seconds:.2f} {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f}")


def _speed(rows: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "patients.csv"
        _write(path, rows)
        click.echo(f"speed: {rows:,} rows x {COLUMNS} columns, {path.stat().st_size / 1e6:.0f} MB")
        for reader in FAST:
            told = subprocess.run([sys.executable, __file__, "--measure", reader, str(path)], capture_output=True, text=True, check=True)
            seconds, megabytes = (float(word) for word in told.stdout.split())
            click.echo(f"  {reader:8} {seconds:7.2f} s of CPU  {rows / seconds:12,.0f} rows/s  {megabytes:7,.0f} MB at the most")


def _records() -> None:
    click.echo(
        f"records: {sum(len(rows) for _, rows in AWKWARD.values())} rows in {len(AWKWARD)} awkward files (right, invented, files refused)"
    )
    for name, reader in READERS.items():
        right, invented, refused = 0, 0, []
        for case, (text, rows) in AWKWARD.items():
            with tempfile.TemporaryDirectory() as folder:
                path = Path(folder) / "patients.csv"
                path.write_text(text, encoding="utf-8", newline="")
                try:
                    found = Counter(reader(path))
                except Exception:  # a reader that gives up refuses the file
                    refused.append(case)
                    continue
            right += (found & Counter(rows)).total()
            invented += (found - Counter(rows)).total()
        click.echo(f"  {name:8} {right:3} right {invented:3} invented   refused: {', '.join(refused) or '-'}")


@click.command()
@click.option("--rows", default=500_000, show_default=True, help="Rows of the clean file.")
@click.option("--measure", nargs=2, hidden=True)
def main(rows: int, measure: tuple[str, str] | None) -> None:
    """Print both tables."""
    if measure:
        _measure(measure[0], Path(measure[1]))
        return
    _records()
    _speed(rows)


if __name__ == "__main__":
    main()
