"""Lines of a record that a later report shows again: the later report's lines replace the earlier one's, as a whole."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping

import pandas as pd

from migkit.model.canonical import CanonicalSchema
from migkit.model.messages import Message
from migkit.model.outcomes import Outcome

from .keys import OWN, joined_text
from .log import Log
from .origins import Order, Place, undecided_pairs
from .versions import STATED_ELSEWHERE, at, find_undecided, places

_NUMBERING = ("line_no",)
"""Fields that number the lines of one file: what two files call line 2 may be two lines."""


_PAGE = re.compile(r"((?:page|part|chunk|batch)[\s_-]*)\d+(?=[^/\d]*$)", re.IGNORECASE)
"""The number of a page at the end of a file's name: `items_page_2.csv`."""


def replace_restated(
    table: str, frame: pd.DataFrame, schema: CanonicalSchema, homes: Mapping[str, str], order: Order, log: Log
) -> tuple[pd.DataFrame, dict[str, Message]]:
    """Return the frame with one file's lines per record, and the ids of records whose lines wait, with the reason.

    Files of one source table that show the same record: with the same lines they count once; parts of one record by different
    practitioners belong together; of different ones the latest file's count. `homes`: file → source table.
    """
    link = next((ref for ref in schema.refs(table).values() if ref.required), None)
    if link is None or frame.empty:
        return frame, {}
    spec, parent = schema[table], schema[str(link.ref)]
    source = frame["_file"].astype(str).map(lambda file: homes.get(file, ""))
    shown = pd.DataFrame({"source": source, "parent": frame[link.name], "file": frame["_file"].astype(str)})
    several = shown.groupby(["source", "parent"])["file"].nunique()
    pairs = several.index[several > 1]
    if pairs.empty:
        return frame, {}
    own = [name for name in frame.columns if name not in (*OWN, *STATED_ELSEWHERE, *_NUMBERING, *spec.key)]
    content = joined_text(frame, own)
    versions = _Versions()
    groups = shown.groupby(["source", "parent"]).groups
    for pair in pairs:
        _settle(frame, frame.loc[groups[pair]], str(pair[1]), content, order, versions)
    for code, replaced in (("same-row", versions.again), ("older-version", versions.stale)):
        reasons = [Message.of(code, place=at(frame, winner)) for winner in replaced.values()]
        refs = [str(frame.at[winner, "_key"]) for winner in replaced.values()]
        log.set_outcome(table, frame.loc[list(replaced)], Outcome.REPEATED, reasons, refs)
    keys = [f"{parent.prefix}:{one}" for one in versions.sums]
    before, now = (_money(sum(pair[side] for pair in versions.sums.values())) for side in (0, 1))
    log.find("restated-record", parent.name, keys, before=before, now=now)
    for files, rows in sorted(versions.undecided.items()):
        find_undecided(table, files, frame.assign(_key=parent.prefix + ":" + frame[link.name].astype("string")), rows, log)
    return frame.drop(index=[*versions.again, *versions.stale]), versions.waiting


class _Versions:
    def __init__(self) -> None:
        self.again: dict[int, int] = {}
        self.stale: dict[int, int] = {}
        self.sums: dict[str, tuple[int, int]] = {}
        """Parent id → sum of the lines before and now, in cents."""
        self.waiting: dict[str, Message] = {}
        self.undecided: dict[tuple[str, str], list[int]] = {}


def _settle(frame: pd.DataFrame, lines: pd.DataFrame, parent: str, content: pd.Series, order: Order, versions: _Versions) -> None:
    files = {str(file): list(rows) for file, rows in lines.groupby("_file").groups.items()}
    said = {file: tuple(sorted(Counter(content[rows]).items())) for file, rows in files.items()}
    if _are_parts(frame, files) or _are_pages(files):
        return
    spots = [(_newest(frame, file, rows), said[file]) for file, rows in files.items()]
    latest, _ = order.latest(spots)
    if latest is None:
        for pair in undecided_pairs(order, spots):
            versions.undecided.setdefault(pair, []).extend(lines.index)
        versions.waiting[parent] = Message.of("undecided-version", places=tuple(sorted(files)))
        return
    counting = min((file for file in files if said[file] == said[latest.file]), key=lambda file: (file != latest.file, file))
    kept = {text: row for row, text in zip(files[counting], content[files[counting]], strict=True)}
    before = None
    for file, rows in files.items():
        if file == counting:
            continue
        for row in rows:
            same = kept.get(content[row])
            (versions.again if said[file] == said[counting] else versions.stale)[row] = same if same is not None else files[counting][0]
        if said[file] != said[counting]:
            before = _sum(frame, rows)
    if before is not None:
        versions.sums[parent] = (before, _sum(frame, files[counting]))


def _are_parts(frame: pd.DataFrame, files: Mapping[str, list[int]]) -> bool:
    """Return whether the files show a record's lines by practitioner, each its own: parts, no versions."""
    if "practitioner_name" not in frame:
        return False
    names = [set(frame.loc[rows, "practitioner_name"].dropna()) for rows in files.values()]
    return all(names) and sum(len(one) for one in names) == len(set().union(*names))


def _are_pages(files: Iterable[str]) -> bool:
    """Return whether files are called alike but for the number of their page: an invoice's lines go on on the next one."""
    names = [_PAGE.sub(r"\1", file) for file in files]
    return len(set(names)) == 1 and all(_PAGE.search(file) for file in files)


def _newest(frame: pd.DataFrame, file: str, rows: list[int]) -> Place:
    moments = [place.modified for place in places(frame, rows) if place.modified]
    return Place(file, int(frame.loc[rows, "_line"].min()), max(moments, default=None))


def _sum(frame: pd.DataFrame, rows: list[int]) -> int:
    lines = frame.loc[rows]
    each = lines["fee"].astype("Float64") * lines["quantity"].fillna(1.0)
    total = lines["total"].astype("Float64").fillna(each) if "total" in lines else each
    return int(total.fillna(0).round().sum())


def _money(cents: int) -> str:
    return f"{cents / 100:,.2f}"
