"""What follows for certain from other columns of the same row: names, times, statuses, numbers of lines."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from .keys import normalise
from .log import Log, labels
from .names import remark_of, split_name

FOLLOWING = {
    "patients": ("full_name",),
    "practitioners": ("full_name",),
    "leads": ("full_name",),
    "appointments": ("start_at", "end_at", "duration"),
}
"""Fields by table that follow from others of the row wherever no column gives them."""
_PARTS = (
    ("first_name", "first", "split-name"),
    ("last_name", "last", "split-name"),
    ("title", "title", ""),
    ("preferred_name", "preferred", "split-nickname"),
    ("former_last_name", "former", "split-former"),
)
"""Field, part of a whole name, rule."""
_WHOLE = {"patients": "full_name", "practitioners": "full_name", "leads": "full_name"}


def derive(table: str, frame: pd.DataFrame, log: Log) -> pd.DataFrame:
    """Return the typed frame with derived fields filled where they were empty; nothing that was given is overwritten."""
    frame = frame.copy()
    if table in _WHOLE:
        _names(table, frame, log)
    if "name_remark" in frame:
        frame["name_remark"] = frame["full_name"].map(lambda name: remark_of(name) or None, na_action="ignore").astype("string")
    step = _STEPS.get(table)
    return step(frame, log) if step else frame


def _names(table: str, frame: pd.DataFrame, log: Log) -> None:
    rows = frame.index[frame["full_name"].notna() & frame["first_name"].isna() & frame["last_name"].isna()]
    texts = frame.loc[rows, "full_name"].astype(str)
    parts = {text: split_name(text) for text in texts.unique()}
    for name, part, rule in _PARTS:
        if name not in frame:
            continue
        values = texts.map({text: getattr(one, part) or None for text, one in parts.items()}).dropna()
        values = values[frame.loc[values.index, name].isna()]
        frame.loc[values.index, name] = values.astype("string")
        if rule:
            log.repair(table, name, values.index, rule, texts[values.index], values)
        if rule in ("split-nickname", "split-former"):
            log.find(rule, table, labels(frame.loc[values.index]), name)
    joined = (frame["first_name"].fillna("") + " " + frame["last_name"].fillna("")).str.strip()
    frame["full_name"] = frame["full_name"].fillna(joined.where(joined.ne("")))


def _patients(frame: pd.DataFrame, log: Log) -> pd.DataFrame:
    status, archived, merged = frame["status"], frame["archived"].fillna(False).astype(bool), frame["merged_into_id"].notna()
    archived |= frame["archived_date"].notna() & status.isna()  # who came back may keep the day
    died = frame["deceased"].fillna(False).astype(bool) | frame["deceased_date"].notna()
    for flag, value, weaker in (
        (died, "deceased", ("active", "inactive", "archived")),
        (archived, "archived", ("active", "inactive")),
        (merged, "merged", ("active", "inactive", "archived")),
    ):
        rows = frame.index[flag & (status.isna() | status.isin(weaker))]
        log.repair("patients", "status", rows, "status-from-flag", status[rows], [value] * len(rows))
        status = status.mask(frame.index.isin(rows), value).astype("string")
    frame["status"] = status
    return frame


def _appointments(frame: pd.DataFrame, log: Log) -> pd.DataFrame:
    start = frame["start_at"].fillna(_at(frame["date"], frame["start_time"]))
    frame["start_at"] = start
    frame["date"] = frame["date"].fillna(start.dt.normalize())
    frame["start_time"] = frame["start_time"].fillna(
        start.dt.strftime("%H:%M").astype("string").where(frame["start_time"].isna() & start.notna())
    )
    end = frame["end_at"].fillna(_at(frame["date"], frame["end_time"]))
    stated = pd.to_timedelta(frame["duration"].astype("Float64").astype("float64"), unit="m")
    next_day = end + pd.Timedelta(days=1)
    end = end.where(~((end < start) & (next_day - start).eq(stated)), next_day)  # over midnight, as its length says
    backwards = end < start
    length = ((end - start).dt.total_seconds() / 60).round().astype("Int64").mask(backwards)
    mended = (backwards & stated.notna()).fillna(False)
    log.find("end-before-start", "appointments", labels(frame[mended]), "end_at")
    wrong = frame["duration"].notna() & length.notna() & frame["duration"].ne(length)
    log.find("duration-mismatch", "appointments", labels(frame[wrong.fillna(False)]), "duration")
    frame["duration"] = frame["duration"].mask(wrong.fillna(False), length).fillna(length)
    frame["end_at"] = (
        end.mask(mended)
        .fillna(start + pd.to_timedelta(frame["duration"].astype("Float64").astype("float64"), unit="m"))
        .astype("datetime64[us]")
    )
    return frame


def _treatment_items(frame: pd.DataFrame, log: Log) -> pd.DataFrame:
    """An item with the day on which it was done is done."""
    rows = frame.index[frame["status"].isna() & frame["completed_date"].notna()]
    log.repair("treatment_items", "status", rows, "status-from-date", [None] * len(rows), ["completed"] * len(rows))
    frame.loc[rows, "status"] = "completed"
    return frame


def _invoice_lines(frame: pd.DataFrame, _log: Log) -> pd.DataFrame:
    """Lines without a number get one by their content, so that it does not depend on the order of the rows."""
    rows = frame[frame["line_no"].isna() & frame["invoice_id"].notna()]
    if rows.empty:
        return frame
    order = rows[["_file", "invoice_id"]].copy()
    for name in ("item_code", "tooth", "description", "quantity", "fee", "total"):
        order[name] = rows[name].map(normalise)
    ranked = order.sort_values(list(order.columns), kind="stable")
    numbers = ranked.groupby(["_file", "invoice_id"]).cumcount() + 1
    frame.loc[numbers.index, "line_no"] = numbers.astype("Int64")
    return frame


def _payments(frame: pd.DataFrame, log: Log) -> pd.DataFrame:
    kind, numbered = frame["kind"], frame["prepayment_number"].notna()
    for flag, value in (
        (numbered & frame["allocated_date"].notna(), "allocation"),
        (numbered & frame["invoice_id"].isna(), "prepayment"),
    ):
        rows = frame.index[kind.isna() & flag]
        log.repair("payments", "kind", rows, "kind-from-columns", [None] * len(rows), [value] * len(rows))
        kind = kind.mask(frame.index.isin(rows), value).astype("string")
    frame["kind"] = kind
    _method_of_reversed(frame, log)
    return frame


def _method_of_reversed(frame: pd.DataFrame, log: Log) -> None:
    """Money that goes back goes the way that it came: a reversal without a method has that of the payment that it reverses."""
    known = frame[frame["payment_id"].notna() & frame["method"].notna()].drop_duplicates("payment_id").set_index("payment_id")["method"]
    method = frame.loc[frame["method"].isna() & frame["reverses_id"].notna(), "reverses_id"].map(known).dropna()
    log.repair("payments", "method", method.index, "method-from-reversed", [None] * len(method), method)
    frame.loc[method.index, "method"] = method.astype("string")


_STEPS: dict[str, Callable[[pd.DataFrame, Log], pd.DataFrame]] = {
    "patients": _patients,
    "appointments": _appointments,
    "treatment_items": _treatment_items,
    "invoice_lines": _invoice_lines,
    "payments": _payments,
}


def _at(day: pd.Series, clock: pd.Series) -> pd.Series:
    """Return day and `HH:MM` as one moment; NaT where either is missing."""
    minutes = clock.str.slice(0, 2).astype("Int64") * 60 + clock.str.slice(3, 5).astype("Int64")
    return (day + pd.to_timedelta(minutes.astype("Float64").astype("float64"), unit="m")).astype("datetime64[us]")
