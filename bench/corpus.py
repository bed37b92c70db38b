"""Strangers' files, read one by one: what becomes of each, and every cell beside what a second reader says of it.

    python bench/corpus.py DIR [--most N] [--seconds 60]

Each file is read by `read_export` in a process of its own. Printed: counts by kind of file and result (read, refused by finding code, no
table, traceback, hang, memory over 2 GiB), and for the files read the cells that differ from openpyxl (.xlsx), python-calamine (.xls,
.ods) or the csv module (text), by kind of difference with examples. Put there what public test suites have; nothing of it is committed.
"""

from __future__ import annotations

import csv
import json
import os
import random
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import click
import openpyxl
import python_calamine

from migkit.foreign.text import cell_text
from migkit.model.errors import MigkitError
from migkit.model.tables import RawExport
from migkit.source import read_export
from migkit.source.dialect import detect_dialect

Grid = dict[int, list[str]]
"""Row number, from 1 → cells."""
MEMORY = 2 << 30


def _openpyxl(path: Path) -> Iterator[tuple[str, Grid]]:
    book = openpyxl.load_workbook(path, data_only=True)
    for sheet in book.worksheets:
        yield sheet.title, {n: [cell_text(cell) for cell in row] for n, row in enumerate(sheet.iter_rows(values_only=True), start=1)}


def _calamine(path: Path) -> Iterator[tuple[str, Grid]]:
    book = python_calamine.CalamineWorkbook.from_path(path)
    for name in book.sheet_names:
        rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
        yield name, {n: [cell_text(cell) for cell in row] for n, row in enumerate(rows, start=1)}


def _csv(path: Path) -> Iterator[tuple[str, Grid]]:
    dialect = detect_dialect(path)
    grid: Grid = {}
    with dialect.open(path) as text:
        reader = csv.reader(text, delimiter=dialect.separator, quotechar=dialect.quote, skipinitialspace=dialect.blanks)
        before = 0
        for row in reader:
            grid[before + 1] = row
            before = reader.line_num
    yield "", grid


SECOND: dict[str, Callable[[Path], Iterator[tuple[str, Grid]]]] = {
    **dict.fromkeys((".xlsx", ".xlsm"), _openpyxl),
    **dict.fromkeys((".xls", ".ods"), _calamine),
    **dict.fromkeys((".csv", ".tsv", ".tab", ".txt"), _csv),
}


def _differences(raw: RawExport, path: Path) -> tuple[int, Counter[str], dict[str, str]]:
    """Return how many cells were compared, and the differing ones by kind with an example of each."""
    second = dict(SECOND[path.suffix.lower()](path))
    compared, kinds, examples = 0, Counter[str](), dict[str, str]()
    for table in raw.tables.values():
        for file, order in table.orders.items():
            grid = second.get(file.partition("#")[2].partition("/")[0])
            if grid is None or "/" in file.partition("#")[2]:
                continue
            mine = table.frame[table.frame["_file"].eq(file)]
            for line, cells in zip(mine["_line"], mine[[name for name in order if name]].fillna("").itertuples(index=False), strict=True):
                theirs = grid.get(int(line), [])
                places = [position for position, name in enumerate(order) if name]
                for position, cell in zip(places, cells, strict=True):
                    other = theirs[position] if position < len(theirs) else ""
                    compared += 1
                    if (kind := _kind(str(cell), other)) and kind:
                        kinds[kind] += 1
                        examples.setdefault(kind, f"{file}:{line} {order[position]!r}: {str(cell)[:40]!r} / {other[:40]!r}")
    return compared, kinds, examples


def _kind(mine: str, other: str) -> str:
    if mine == other or mine.split() == other.split():
        return ""
    if other.startswith("#") and not mine:
        return "error cell, emptied and told"
    if not other:
        return "empty for the other"
    if not mine:
        return "empty for us"
    try:
        a, b = float(mine.rstrip("%")), float(other)
        return "" if abs(a - b) <= 1e-9 * abs(b) else "a percentage" if mine.endswith("%") else "another number"
    except ValueError:
        pass
    try:
        float(other)
    except ValueError:
        return "another text"
    return "a number as its format shows it"


def _read(path: Path) -> dict[str, Any]:
    begin = time.monotonic()
    told: dict[str, Any] = {"kind": path.suffix.lower()}
    try:
        raw = read_export(path)
    except MigkitError as error:
        told["result"] = "refused: " + ("; ".join(str(error).split(" The first that failed: ")[1:])[-90:] or "no table")
    except BaseException as error:
        told["result"] = f"TRACEBACK {type(error).__name__}"
        told["trace"] = traceback.format_exc()[-1500:]
    else:
        told["result"] = "read"
        told["findings"] = sorted({finding.code for finding in raw.findings})
        if path.suffix.lower() in SECOND:
            try:
                told["compared"], told["differing"], told["examples"] = _differences(raw, path)
            except Exception as error:
                told["second"] = f"second reader gave up: {type(error).__name__}"
    told["seconds"] = time.monotonic() - begin
    return told


def _apart(path: Path, seconds: int, scratch: Path) -> dict[str, Any]:
    """Read one file in a forked process, so that neither a hang nor an abort ends the run."""
    answer = scratch / "answer.json"
    answer.unlink(missing_ok=True)
    child = os.fork()
    if not child:
        os.setpgid(0, 0)
        signal.alarm(seconds)
        with Path(os.devnull).open("w") as nowhere:
            os.dup2(nowhere.fileno(), 2)
        answer.write_text(json.dumps(_read(path)), encoding="utf-8")
        os._exit(0)
    _, status, usage = os.wait4(child, 0)
    told: dict[str, Any] = json.loads(answer.read_text(encoding="utf-8")) if answer.exists() and not status else {}
    if status:
        told = {"kind": path.suffix.lower(), "result": "HANG" if os.WTERMSIG(status) == signal.SIGALRM else f"ABORT {status}"}
    told["memory"] = usage.ru_maxrss * 1024
    return told


@click.command()
@click.argument("folder", type=click.Path(exists=True, path_type=Path))
@click.option("--most", default=0, help="Take so many files, chosen at random.")
@click.option("--seconds", default=60, show_default=True)
def main(folder: Path, most: int, seconds: int) -> None:
    """Print what became of the files, and the differences by kind."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    if most and len(files) > most:
        files = sorted(random.Random(1).sample(files, most))
    results: defaultdict[str, Counter[str]] = defaultdict(Counter)
    kinds, compared = Counter[str](), 0
    examples: defaultdict[str, list[str]] = defaultdict(list)
    findings, bad, second = Counter[str](), [], Counter[str]()
    slowest: list[tuple[float, str]] = []
    with tempfile.TemporaryDirectory() as scratch:
        for number, path in enumerate(files, start=1):
            told = _apart(path, seconds, Path(scratch))
            result = "MEMORY" if told["memory"] > MEMORY else told["result"]
            results[told["kind"]][result.partition(":")[0]] += 1
            findings.update(told.get("findings", ()))
            compared += told.get("compared", 0)
            kinds.update(told.get("differing", {}))
            second.update([told["second"]] if "second" in told else [])
            slowest.append((told.get("seconds", seconds), path.name))
            for kind, example in told.get("examples", {}).items():
                examples[kind].append(f"{path.relative_to(folder)} {example.partition(' ')[2]}")
            if result.isupper() or result.startswith(("TRACEBACK", "ABORT")):
                bad.append(f"{path.relative_to(folder)}: {result}\n{told.get('trace', '')}")
            if number % 100 == 0:
                click.echo(f"{number}/{len(files)}", err=True)
    click.echo(f"{len(files)} files")
    for suffix, counts in sorted(results.items()):
        click.echo(f"  {suffix or '-':6} " + ", ".join(f"{result} {count}" for result, count in counts.most_common()))
    click.echo("findings: " + ", ".join(f"{code} {count}" for code, count in findings.most_common()))
    click.echo(f"cells compared with a second reader: {compared:,}; differing {kinds.total():,}")
    for kind, count in kinds.most_common():
        click.echo(f"  {kind}: {count:,} in {len(examples[kind])} files")
        for example in examples[kind][:6]:
            click.echo(f"      {example}")
    click.echo("second reader: " + (", ".join(f"{what} {count}" for what, count in second.most_common()) or "read all"))
    click.echo("slowest: " + ", ".join(f"{name} {taken:.1f} s" for taken, name in sorted(slowest, reverse=True)[:5]))
    for one in bad:
        click.echo(one)
    sys.exit(bool(bad))


if __name__ == "__main__":
    main()
