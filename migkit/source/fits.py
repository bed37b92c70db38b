"""Would an export fit into memory? Told from its files alone, before the first of them is read."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable
from pathlib import Path, PurePosixPath

from migkit.foreign.archive import DAMAGED, MOST_UNPACKED
from migkit.model.errors import MachineError

from .files import PAGES, TEXT_TABLES, WORKBOOKS, Found

PROGRAM, A_BYTE, A_CELL = 300 * 10**6, 4, 220
"""Bytes of memory that a migration takes: without an export, for each byte of its tables, for each of their cells. Measured in one process
from reading to the plan and its checks, which is when most is held: 2.5 million cells took .7 GB, 25 million 5.5; cells of 10 MB four times
their size (`docs/performance.md`)."""
SEPARATORS = (b",", b";", b"\t", b"|", b"\n")
SAMPLE = 1 << 20
"""Bytes that are looked at where a file begins, in its middle and at its end."""
XML_A_CELL = 30
"""Bytes of a workbook's XML that one cell takes at least."""


def check_fits(files: Iterable[Found], memory: int, place: Path) -> None:
    """Raise MachineError where an export's tables would take more than `memory` bytes, from reading to planning."""
    needs = {found.name: _need(found) for found in files}
    need = PROGRAM + sum(needs.values())
    if need <= memory:
        return
    largest = max(needs, key=needs.__getitem__)
    raise MachineError(
        f"The export {place} would take about {_spoken(need)} of memory ({largest} alone {_spoken(needs[largest])}), and {_spoken(memory)} "
        "may be taken: half of what this machine has, or `memory` of migration.toml. Nothing was read. Where the machine has more, write "
        f'`memory = "{-(-need // 10**9)} GB"` under [machine] in migration.toml; else use a larger one, or leave out of the export what '
        "does not move."
    )


def _need(found: Found) -> int:
    """Return the bytes of memory that a file's tables take; none for a file that is refused or is no table."""
    ending = PurePosixPath(found.name).suffix.lower()
    if found.refused or ending not in TEXT_TABLES | WORKBOOKS | PAGES:
        return 0
    size = found.path.stat().st_size
    if ending in WORKBOOKS and zipfile.is_zipfile(found.path):
        try:
            with zipfile.ZipFile(found.path) as bundle:
                size = sum(member.file_size for member in bundle.infolist())
        except DAMAGED:
            return 0  # damaged: what reads it says so, within its own limits
        return (A_BYTE + A_CELL // XML_A_CELL) * size if size <= MOST_UNPACKED else 0  # a larger one is refused
    return A_BYTE * size + A_CELL * _cells(found.path, size)


def _cells(path: Path, size: int) -> int:
    """Return about how many cells a text has: as many as its commonest separator stands in it."""
    looked_at = b""
    with path.open("rb") as file:
        for start in (0, size // 2, size - SAMPLE):
            file.seek(max(0, start))
            looked_at += file.read(SAMPLE)
    return max(map(looked_at.count, SEPARATORS)) * size // max(1, len(looked_at))


def _spoken(size: int) -> str:
    return f"{size / 10**9:.1f} GB" if size >= 10**9 else f"{-(-size // 10**6)} MB"
