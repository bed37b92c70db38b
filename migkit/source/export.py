"""An export folder → `RawExport`: every table file read, every line accounted for, everything else listed."""

from __future__ import annotations

import hashlib
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import starmap
from pathlib import Path, PurePosixPath

import pandas as pd

from migkit.foreign import ForeignReader
from migkit.foreign.markup import markup_kind
from migkit.foreign.sheet import Refused
from migkit.model.errors import DataError, UsageError
from migkit.model.outcomes import Finding
from migkit.model.tables import RawExport, SourceFile, SourceTable
from migkit.model.words import in_list
from migkit.workspace import half_of_machine

from .annotations import with_annotations, without_errors
from .beside import gaps, sides
from .csvfile import Records, read_first_lines, read_records
from .declared import APART, NOTHING_DECLARED, TOGETHER, Declarations, Declared
from .dialect import Dialect, detect_dialect
from .encoding import CODE_PAGES, Unreadable, detect_encoding
from .files import ARCHIVES, DATABASES, DOCUMENTS, PAGES, TEXT_TABLES, WORKBOOKS, Found, content_type, time_written, walk
from .fits import check_fits
from .header import Header, find_header, given_header
from .letters import mend_letters
from .nodata import TEXT_ENDINGS, no_data
from .running_balances import running_balances
from .shapes import NOT_CARRIED, RUNNING, Shape, parted, shaped, shapes_frame
from .sheet import Lines, Sheet, read_sheets
from .stack import stack
from .totals import check_totals, stated_sums

NO_TABLE = "a text that is no table"
_OLE = bytes.fromhex("D0CF11E0A1B11AE1")
"""First bytes of an old or an encrypted workbook."""
_ATTACHMENT_COLUMNS = ["path", "sha256", "size", "content_type"]


def read_export(
    place: Path | str,
    times: Mapping[str, str] | None = None,
    declarations: Declarations = NOTHING_DECLARED,
    memory: int | None = None,
) -> RawExport:
    """Read every file of an export, a folder, a zip or a single file; text only, nothing interpreted.

    A file that cannot be read costs a finding (`empty-file`, `file-damaged`, …) and one reject line, not the others.
    `times`: file → when it was last written, as received (ISO); None: as the files lie there. `declarations`: what a person said of
    files whose layout is guessed wrong. `memory`: bytes that a migration of it may take; None: half of what the machine has.
    Raises UsageError where the place does not exist, MachineError, before anything is read, where it would take more memory, DataError
    where nothing in it could be read.
    """
    root = Path(place)
    if not root.exists():
        raise UsageError(f"The export {root} does not exist: check the path.")
    sheets: list[Sheet] = []
    refused: list[tuple[str, Unreadable]] = []
    attachments: list[dict[str, object]] = []
    documents: dict[str, str] = {}
    noted: list[Finding] = []
    written: dict[str, str] = {}
    with tempfile.TemporaryDirectory() as scratch, ForeignReader() as reader:
        every = list(walk(root, Path(scratch)))
        check_fits(every, half_of_machine() if memory is None else memory, root)
        for found in every:
            declared = declarations.of(found.name)
            if empty := "declared to hold no data" if declared.holds == "nothing" else "" if declared.holds else no_data(found):
                documents[found.name] = empty
                continue
            try:
                read = list(_read_file(found, reader, noted, declarations))
            except Unreadable as why:
                refused.append((found.name, why))
                continue
            if read:
                sheets += read
                written.update(dict.fromkeys((sheet.file for sheet in read), time_written(found, times)))
            elif _is_document(found.name):
                documents[found.name] = NO_TABLE
            else:
                if _may_be_table(found):
                    noted.append(Finding.of("table-under-other-ending", keys=(found.name,), file=found.name))
                attachments.append(_describe(found))
    if not sheets:
        because = f" The first that failed: {_refusal(*refused[0])}" if refused else ""
        raise DataError(f"No table could be read from the export {root}: it holds no readable CSV or Excel file with a header.{because}")
    sheets, letters = _mended(sheets)
    totals = list(check_totals(sheets))
    sums = {(sheet.file, len(sheet.table)): stated_sums(sheet) for sheet in sheets}
    sheets, shapes = _shaped(sheets, written, declarations)
    tables, cells = parted(stack(sheets))
    orders = {file: order for table in tables.values() for file, order in table.orders.items()}
    files = {
        sheet.file: SourceFile(
            " · ".join(sheet.header.titles),
            written[sheet.file],
            tuple(dict.fromkeys(sheet.footers)),
            _by_column(sums.get((sheet.file, len(sheet.table)), {}), sheet, orders.get(sheet.file, ())),
        )
        for sheet in sheets
    }
    return RawExport(
        tables=tables,
        lines=_lines(sheets, refused),
        attachments=pd.DataFrame(attachments, columns=_ATTACHMENT_COLUMNS).astype(
            {"path": "string", "sha256": "string", "size": "int64", "content_type": "string"}
        ),
        findings=(
            *starmap(_refusal, refused),
            *noted,
            *letters,
            *_unread(documents),
            *_zipped(attachments),
            *_rejected(tables, sheets),
            *totals,
            *_told(shapes),
        ),
        documents=documents,
        anatomy=_anatomy(tables, sheets),
        files=files,
        shapes=shapes_frame([*shapes, *cells]),
    )


def _shaped(sheets: list[Sheet], written: dict[str, str], declarations: Declarations) -> tuple[list[Sheet], list[Shape]]:
    """Return the tables that the sheets hold once their layout is understood; `written` gains the names of the new ones."""
    done, shapes = [], []
    for sheet, running in zip(sheets, running_balances(sheets), strict=True):
        parts, found = shaped(sheet, declarations.of(sheet.file), running)
        written.update(dict.fromkeys((part.file for part in parts), written[sheet.file]))
        done += parts
        shapes += found
    return done, shapes


def _by_column(sums: Mapping[str, int], sheet: Sheet, order: Sequence[str]) -> dict[str, int]:
    """Return what the total rows of a file say by the columns of its table (`order`: what its own columns became)."""
    homes = dict(zip(sheet.own, order, strict=False))
    return {homes[column]: cents for column, cents in sums.items() if homes.get(column)}


def _told(shapes: list[Shape]) -> Iterator[Finding]:
    """Yield a finding for each thing of the layout that leaves something out."""
    codes = {NOT_CARRIED: "heads-left-empty", RUNNING: "running-balance"}
    for one in shapes:
        if one.what in codes:
            yield Finding.of(codes[one.what], count=one.rows, keys=(one.file,), file=one.file, columns=in_list(one.columns))


def _read_file(found: Found, reader: ForeignReader, noted: list[Finding], declarations: Declarations) -> Iterator[Sheet]:
    """Yield the tables of one file; none where it is no table file; `noted` gains what there is to say of them. Raises Unreadable."""
    if found.refused:
        raise Unreadable(found.refused)
    declared = declarations.of(found.name)
    ending = PurePosixPath(found.name).suffix.lower()
    if declared.holds and ending not in TEXT_TABLES | WORKBOOKS | PAGES:
        ending = ".csv"
    suffix = _true_suffix(found.path, ending)
    if suffix in TEXT_TABLES:
        yield from _read_text(found, suffix, noted, declared)
    elif suffix in ("html", "xml"):
        encoding = detect_encoding(found.path).name if suffix == "html" else ""
        yield from _read_foreign(found, reader, suffix, encoding, noted, declarations)
    elif suffix in WORKBOOKS:
        yield from _read_foreign(found, reader, "workbook", "", noted, declarations)
    elif suffix in ARCHIVES:
        raise Unreadable("archive-not-opened")
    elif suffix in DATABASES:
        raise Unreadable("file-is-database")


def _read_foreign(
    found: Found, reader: ForeignReader, kind: str, encoding: str, noted: list[Finding], declarations: Declarations
) -> Iterator[Sheet]:
    if found.path.stat().st_size == 0:
        raise Unreadable("empty-file")
    try:
        sheets = reader.read(found.path, kind, encoding)
    except Refused as why:
        raise Unreadable(why.code) from None
    bearing = False
    for one in sheets:
        name = f"{found.name}#{one.name}"
        declared = declarations.of(name)
        for left, header, rows, place in _tables_beside(one.rows, name, declared, noted):
            bearing = True
            records = [Records(list(range(1, len(rows) + 1)), rows)]
            for sheet in read_sheets(place, header, records, in_text=False, declared=declared):
                marked, findings = with_annotations(sheet, one.annotations, left)
                noted += findings
                yield marked
    if not bearing:
        raise Unreadable("sheet-without-table" if kind == "workbook" else "file-without-table")


def _tables_beside(
    rows: list[list[str]], name: str, declared: Declared, noted: list[Finding]
) -> Iterator[tuple[int, Header, list[list[str]], str]]:
    """Yield each table of a sheet, from left to right: the column where it begins, its header, its rows, what it is called."""
    if declared.header:
        yield 0, given_header(declared.header, rows), rows, name
        return
    found, is_open = sides(rows, apart=declared.beside == APART) if declared.beside != TOGETHER else ([], False)
    if is_open and not declared.beside:
        noted.append(Finding.of("may-be-two-tables", keys=(name,), file=name))
    for number, side in enumerate(found):
        yield side.left, side.header, side.cut(rows), name if number == 0 else f"{name}{'/' if '#' in name else '#'}{side.called}"
    header = None if found else find_header(rows)
    if header is not None:
        yield 0, header, rows, name


def _true_suffix(path: Path, suffix: str) -> str:
    """Return the suffix that the content deserves, whatever the name says; `html` and `xml` for tables in markup."""
    if suffix not in TEXT_TABLES | WORKBOOKS | PAGES:
        return suffix
    with path.open("rb") as file:
        head = file.read(4096)
    if suffix in WORKBOOKS and head.startswith((_OLE, b"PK\3\4", b"\x09")):
        return suffix
    if kind := markup_kind(head):
        return kind if suffix not in PAGES or kind == "xml" else suffix
    if head.startswith((_OLE, b"PK\3\4")) and suffix in TEXT_TABLES:
        return ".xlsx"
    return ".csv" if suffix in WORKBOOKS and head and b"\0" not in head[4:] else suffix


def _read_text(found: Found, suffix: str, noted: list[Finding], declared: Declared) -> Iterator[Sheet]:
    dialect = detect_dialect(found.path, declared.separator)
    head = read_first_lines(found.path, dialect)
    header = given_header(declared.header, head) if declared.header else find_header(head)
    is_table = suffix != ".txt" or declared.holds or (header is not None and _is_tabular(head[header.index :]))
    sheets = _beside_in_text(found, dialect, noted, declared) if is_table and not declared.header and gaps(head) else []
    if not sheets and (header is None or not is_table):
        if suffix == ".txt":
            return
        raise Unreadable("file-without-table")
    if not sheets and header is not None:
        records = read_records(found.path, dialect, len(header.names))
        sheets = read_sheets(found.name, header, records, in_text=True, declared=declared)
    for sheet in sheets:
        yield replace(sheet, suspicious=dialect.suspicious, encoding=dialect.encoding, separator=dialect.separator)


def _beside_in_text(found: Found, dialect: Dialect, noted: list[Finding], declared: Declared) -> Iterable[Sheet]:
    """Return the tables that stand beside each other in a text file, which is read as a whole for that; none where it holds one."""
    whole = Records()
    for chunk in read_records(found.path, dialect, 0):
        whole.lines += chunk.lines
        whole.rows += chunk.rows
        whole.broken += chunk.broken
    tables = list(_tables_beside(whole.rows, found.name, declared, noted))
    read: list[Sheet] = []
    for number, (_, header, rows, name) in enumerate(tables if len(tables) > 1 else ()):
        records = [Records(whole.lines, rows, broken=whole.broken if number == 0 else [])]
        read += read_sheets(name, header, records, in_text=False, declared=declared)
    return read


def _may_be_table(found: Found) -> bool:
    """Return whether a file under another ending reads like a table."""
    if found.refused or PurePosixPath(found.name).suffix.lower() not in TEXT_ENDINGS:
        return False
    try:
        head = read_first_lines(found.path, detect_dialect(found.path))
    except Unreadable:
        return False
    filled = [row for row in head if any(cell.strip() for cell in row)]
    return len(filled) > 2 and len(filled[0]) > 2 and _is_tabular(filled)


def _is_tabular(rows: list[list[str]]) -> bool:
    """Tell a table in a .txt file from prose with commas: nearly all of its lines that have cells have the header's number of them.

    Lines without a separator are what a report prints around a table, as long as they are fewer: `3 records selected`.
    """
    filled = [row for row in rows if any(cell.strip() for cell in row)]
    several = [row for row in filled if len(row) > 1]
    alike = sum(len(row) == len(filled[0]) for row in several)
    return alike > 1 and alike >= 0.8 * len(several) and 2 * len(several) > len(filled)


def _is_document(name: str) -> bool:
    """A text beside the tables is a document; the same in a subfolder is something that was attached."""
    path = PurePosixPath(name)
    return len(path.parts) == 1 and path.suffix.lower() in DOCUMENTS | {".txt"}


def _describe(found: Found) -> dict[str, object]:
    with found.path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return {"path": found.name, "sha256": digest, "size": found.path.stat().st_size, "content_type": content_type(found.name)}


def _lines(sheets: list[Sheet], refused: list[tuple[str, Unreadable]]) -> pd.DataFrame:
    every = [(sheet.file, sheet.lines) for sheet in sheets]
    for name, why in refused:
        one = Lines()
        one.add(1, "reject", why.code, "")
        every.append((name, one))
    every.sort(key=lambda pair: pair[0])
    return pd.DataFrame(
        {
            "file": pd.Series([file for file, lines in every for _ in lines.line], dtype="string"),
            "line": pd.Series([line for _, lines in every for line in lines.line], dtype="int64"),
            "kind": pd.Series([kind for _, lines in every for kind in lines.kind], dtype="string"),
            "reason": pd.Series([reason for _, lines in every for reason in lines.reason], dtype="string"),
            "text": pd.Series([text for _, lines in every for text in lines.text], dtype="string"),
        }
    )


def _anatomy(tables: dict[str, SourceTable], sheets: list[Sheet]) -> pd.DataFrame:
    home = {file: table.name for table in tables.values() for file in table.files}
    rows = []
    for sheet in sheets:
        kinds, reasons = Counter(sheet.lines.kind), Counter(sheet.lines.reason)
        rows.append(
            {
                "file": sheet.file,
                "table": home[sheet.file],
                "encoding": sheet.encoding or "workbook",
                "separator": sheet.separator,
                "header_line": sheet.header_line,
                "title_rows": reasons["title"],
                "blank_rows": reasons["blank"],
                "total_rows": reasons["total"],
                "repeated_headers": reasons["repeated header"],
                "other_layout": kinds["layout"] - sum(reasons[one] for one in ("title", "header", "blank", "total", "repeated header")),
                "rows": kinds["row"],
                "rejects": kinds["reject"],
            }
        )
    return pd.DataFrame(rows).sort_values("file", ignore_index=True)


def _mended(sheets: list[Sheet]) -> tuple[list[Sheet], list[Finding]]:
    """Return the sheets with what was encoded twice put right, and what there is to say of letters and encodings."""
    done, found = [], []
    for sheet in sheets:
        table, twice, lost = mend_letters(sheet.table) if sheet.suspicious else (sheet.table, {}, {})
        done.append(replace(sheet, table=table))
        if sheet.suspicious:
            done[-1], errors = without_errors(done[-1])
            found += errors
        if twice:
            found.append(_letters("encoded-twice", sheet.file, twice))
        if lost:
            found.append(_letters("lost-letters", sheet.file, lost))
        if sheet.encoding in CODE_PAGES:
            found.append(Finding.of("guessed-encoding", keys=(sheet.file,), file=sheet.file, encoding=CODE_PAGES[sheet.encoding]))
    return done, found


def _letters(code: str, file: str, cells: Mapping[str, int]) -> Finding:
    """Return a finding about letters in a file's columns: column → cells."""
    return Finding.of(code, count=sum(cells.values()), keys=(file,), file=file, columns=in_list(cells))


def _refusal(name: str, why: Unreadable) -> Finding:
    return Finding.of(why.code, keys=(name,), file=name)


_BOOKS = {".vcf": "unread-contacts", ".ics": "unread-calendar"}
"""Endings of what holds records and is no table → what is said of it."""


def _unread(documents: dict[str, str]) -> Iterator[Finding]:
    data = sorted(name for name in documents if PurePosixPath(name).suffix.lower() in (".json", ".xml"))
    if data:
        yield Finding.of("unread-document", keys=data)
    for suffix, code in _BOOKS.items():
        if books := sorted(name for name in documents if PurePosixPath(name).suffix.lower() == suffix):
            yield Finding.of(code, keys=books)
            data += books
    texts = sorted(name for name, why in documents.items() if why == NO_TABLE and name not in data)
    if texts:
        yield Finding.of("text-without-table", keys=texts)


def _zipped(attachments: list[dict[str, object]]) -> Iterator[Finding]:
    inside = [str(one["path"]) for one in attachments if ".zip/" in str(one["path"]).casefold()]
    archives = sorted({path[: path.casefold().index(".zip/") + 4] for path in inside})
    if inside:
        yield Finding.of("attachment-in-zip", count=len(inside), keys=archives, archives=len(archives))


def _rejected(tables: dict[str, SourceTable], sheets: list[Sheet]) -> Iterator[Finding]:
    for table in tables.values():
        lines = [
            f"{sheet.file}:{line}"
            for sheet in sheets
            if sheet.file in table.files
            for line, kind in zip(sheet.lines.line, sheet.lines.kind, strict=True)
            if kind == "reject"
        ]
        if lines:
            yield Finding.of("rejected-lines", table=table.name, keys=lines, name=table.name)
