"""What follows for certain from other columns of the same row: names, times, statuses, numbers of lines."""

from __future__ import annotations

import re
from collections.abc import Callable

import numpy as np
import pandas as pd

from migkit.model.canonical import CanonicalTable

from .columns import spelled
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
_PAYMENT = re.compile(r"\s+(?:payments?|receipts?|pmt)$|^(?:payment|receipt|paid)\s+(?:by|via|-)\s+", re.IGNORECASE)
"""What a way of paying may be called beside its name: `EFTPOS payment`, `Paid by Visa`."""
_EARLIEST = 5
"""Hour before which no practice sees patients; midnight itself is a day without a time."""
_FIRST_DAYS = (pd.Timestamp(1899, 12, 30), pd.Timestamp(1899, 12, 31), pd.Timestamp(1900, 1, 1))
"""Days on which databases and spreadsheets put a time of day that has no day."""
_PROPORTIONAL = 2
"""Different taxes that must be the same share of their price before they are amounts; one is enough where the share is a usual rate."""
_USUAL_RATES = (10.0, 12.5, 15.0, 20.0)
_CREDITED = 2
"""Receipts of a file that must be written as credits, and be most of them, when that is how the file writes money that comes in."""
_GOES_OUT = re.compile(r"refund|revers|chargeback", re.IGNORECASE)
"""Names of files whose amounts are money that went out."""
_WHOLE = {"patients": "full_name", "practitioners": "full_name", "leads": "full_name"}


def derive(spec: CanonicalTable, frame: pd.DataFrame, log: Log) -> pd.DataFrame:
    """Return the typed frame with derived fields filled where they were empty.

    What was given is not overwritten, but for payments that say one thing under another's header (`_payments`).
    """
    frame = frame.copy()
    _clocks_without_day(frame, spec, log)
    if spec.name in _WHOLE:
        _names(spec.name, frame, log)
    if "name_remark" in frame:
        frame["name_remark"] = frame["full_name"].map(lambda name: remark_of(name) or None, na_action="ignore").astype("string")
    step = _STEPS.get(spec.name)
    return step(frame, spec, log) if step else frame


def _clocks_without_day(frame: pd.DataFrame, spec: CanonicalTable, log: Log) -> None:
    """A time of day is written by some databases as a moment on their first day: no day is known by it.

    Where the table has a field for the time alone (`start_time` beside `start_at`), it is that one's; else nothing is known.
    """
    for name in [name for name, one in spec.fields.items() if one.type == "datetime"]:
        days = frame[name].dt.normalize()
        rows = frame.index[days.isin(_FIRST_DAYS) & frame[name].ne(days)]
        if rows.empty:
            continue
        before = frame.loc[rows, name]
        clock = name.removesuffix("_at") + "_time"
        after = before.dt.strftime("%H:%M").astype("string")
        if clock in spec.fields:
            frame.loc[rows, clock] = frame.loc[rows, clock].fillna(after)
        log.repair(
            spec.name, name, rows, "clock-without-day", before.astype("string"), after if clock in spec.fields else [None] * len(rows)
        )
        log.find("clock-without-day", spec.name, labels(frame.loc[rows]), name)
        frame.loc[rows, name] = pd.NaT


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


def _patients(frame: pd.DataFrame, _spec: CanonicalTable, log: Log) -> pd.DataFrame:
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


def _appointments(frame: pd.DataFrame, _spec: CanonicalTable, log: Log) -> pd.DataFrame:
    _status_of_booking(frame, log)
    start = _with_clock(frame["start_at"], frame["start_time"]).fillna(_at(frame["date"], frame["start_time"]))
    frame["start_at"] = start
    otherwise = (frame["date"].notna() & start.notna() & start.dt.normalize().ne(frame["date"])).fillna(False)
    log.find("day-contradicted", "appointments", labels(frame[otherwise]), "start_at")
    frame["date"] = frame["date"].fillna(start.dt.normalize())
    frame["start_time"] = frame["start_time"].fillna(
        start.dt.strftime("%H:%M").astype("string").where(frame["start_time"].isna() & start.notna())
    )
    end = _with_clock(frame["end_at"], frame["end_time"]).fillna(_at(frame["date"], frame["end_time"]))
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
    hours = frame["start_at"].dt.hour + frame["start_at"].dt.minute / 60
    night = (hours > 0) & (hours < _EARLIEST)
    log.find("bookings-at-night", "appointments", labels(frame[night.fillna(False)]), "start_at")
    return frame


def _status_of_booking(frame: pd.DataFrame, log: Log) -> None:
    """A booking that was cancelled or not attended says so in a column of its own, whatever its status still is."""
    for flag, value in (
        (frame["did_not_attend"].fillna(False).astype(bool), "did_not_attend"),
        (
            frame["cancelled"].fillna(False).astype(bool) | frame["cancelled_at"].notna(),
            "cancelled",
        ),
    ):
        rows = frame.index[flag & (frame["status"].isna() | frame["status"].eq("booked"))]
        log.repair("appointments", "status", rows, "status-from-flag", frame.loc[rows, "status"], [value] * len(rows))
        frame.loc[rows, "status"] = value


def _treatment_items(frame: pd.DataFrame, _spec: CanonicalTable, log: Log) -> pd.DataFrame:
    """An item with the day on which it was done is done."""
    rows = frame.index[frame["status"].isna() & frame["completed_date"].notna()]
    log.repair("treatment_items", "status", rows, "status-from-date", [None] * len(rows), ["completed"] * len(rows))
    frame.loc[rows, "status"] = "completed"
    return frame


def _invoice_lines(frame: pd.DataFrame, _spec: CanonicalTable, _log: Log) -> pd.DataFrame:
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


def _invoices(frame: pd.DataFrame, _spec: CanonicalTable, log: Log) -> pd.DataFrame:
    """A credit note takes off an invoice, however its amounts are signed."""
    for name in ("total", "net", "gst", "paid", "balance"):
        rows = frame.index[(frame["kind"].eq("credit") & (frame[name] > 0)).fillna(False)]
        log.repair(
            "invoices", name, rows, "credit-note-sign", frame.loc[rows, name].astype("string"), (-frame.loc[rows, name]).astype("string")
        )
        frame.loc[rows, name] = -frame.loc[rows, name]
    return frame


def _recalls(frame: pd.DataFrame, _spec: CanonicalTable, log: Log) -> pd.DataFrame:
    rows = frame.index[frame["do_not_recall"].fillna(False).astype(bool) & (frame["status"].isna() | frame["status"].eq("due"))]
    log.repair("recalls", "status", rows, "status-from-flag", frame.loc[rows, "status"], ["cancelled"] * len(rows))
    frame.loc[rows, "status"] = "cancelled"
    return frame


def _products(frame: pd.DataFrame, _spec: CanonicalTable, log: Log) -> pd.DataFrame:
    """A tax that is in proportion to the price is an amount, not a rate: 15.00 of 150.00 is 10 %."""
    priced = frame[frame["gst"].notna() & (frame["unit_price"] > 0).fillna(False)]
    shares = (priced["gst"].astype("float64") * 10_000 / priced["unit_price"].astype("float64")).round(1)
    some = shares[shares > 0]
    taxes = priced.loc[some.index, "gst"]
    proven = taxes.nunique() >= _PROPORTIONAL or (some.isin(_USUAL_RATES).all() and taxes.astype("float64").ne(some).any())
    if some.empty or some.nunique() > 1 or not proven:
        return frame
    log.repair("products", "gst", some.index, "tax-as-amount", priced.loc[some.index, "gst"].astype("string"), some.astype("string"))
    frame.loc[some.index, "gst"] = some.astype("Float64")
    return frame


def _payments(frame: pd.DataFrame, spec: CanonicalTable, log: Log) -> pd.DataFrame:
    kind, numbered = frame["kind"], frame["prepayment_number"].notna()
    for flag, value in (
        (numbered & frame["allocated_date"].notna(), "allocation"),
        (numbered & frame["invoice_id"].isna(), "prepayment"),
    ):
        rows = frame.index[kind.isna() & flag]
        log.repair("payments", "kind", rows, "kind-from-columns", [None] * len(rows), [value] * len(rows))
        kind = kind.mask(frame.index.isin(rows), value).astype("string")
    frame["kind"] = kind
    _kind_and_method(frame, spec, log)
    cancelled = frame["deleted"].fillna(False).astype(bool)
    taken_back = (frame["status"].eq("reversed").fillna(False) | cancelled) & ~frame["reversed"].fillna(False).astype(bool)
    back = frame.index[taken_back]
    log.repair("payments", "reversed", back, "status-from-flag", [None] * len(back), ["true"] * len(back))
    frame.loc[back, "reversed"] = True
    frame.loc[cancelled, "deleted"] = pd.NA  # a receipt that was cancelled is one that was reversed: another row may be its other side
    _receipts_as_credits(frame, log)
    _method_of_reversed(frame, log)
    _given_back(frame, log)
    return frame


def _given_back(frame: pd.DataFrame, log: Log) -> None:
    """What a receipt's own row says went back is no money that stayed; where all of it did, the receipt is reversed.

    A row of its own for the refund, of the same patient and amount in the file, counts instead: nothing is taken off twice.
    """
    goes_out = frame["kind"].isin(("refund", "reversal")) | (frame["amount"] < 0).fillna(False)
    whose = ["_file", "patient_id"]
    told = set(frame.loc[goes_out, whose].assign(cents=frame["amount"].abs()).itertuples(index=False, name=None))
    rows = frame[((frame["refunded"].abs() > 0) & (frame["amount"] > 0) & ~goes_out).fillna(False)]
    again = [one in told for one in rows[whose].assign(cents=rows["refunded"].abs()).itertuples(index=False, name=None)]
    rows = rows[~np.array(again, dtype=bool)]
    left = rows["amount"] - rows["refunded"].abs()
    frame.loc[rows.index[left <= 0], "reversed"] = True
    part = rows[left > 0]
    frame.loc[part.index[part["status"].eq("reversed").fillna(False)], "reversed"] = pd.NA
    frame.loc[part.index, "amount"] = left[part.index]
    log.repair("payments", "amount", part.index, "part-refunded", part["amount"].astype("string"), left[part.index].astype("string"))
    log.find("part-refunded", "payments", labels(part), "refunded")


def _kind_and_method(frame: pd.DataFrame, spec: CanonicalTable, log: Log) -> None:
    """One column often says both: in that of the kinds, a way of paying is a payment; in that of the methods, a refund is a refund."""
    kinds, methods = spec.fields["kind"], spec.fields["method"]
    kind, method = frame["kind"], frame["method"]
    ways = (
        kind[~kind.isin(kinds.values) & method.isna()]
        .map(lambda text: spelled(_PAYMENT.sub("", text).strip(), methods), na_action="ignore")
        .dropna()
    )
    log.repair("payments", "kind", ways.index, "kind-is-method", kind[ways.index], ["payment"] * len(ways))
    frame.loc[ways.index, "kind"], frame.loc[ways.index, "method"] = "payment", ways.astype("string")
    said = method[kind.isna() & ~method.isin(methods.values)].map(lambda text: spelled(text.strip(), kinds), na_action="ignore").dropna()
    said = said[said != "payment"]
    log.repair("payments", "method", said.index, "method-is-kind", method[said.index], [None] * len(said))
    frame.loc[said.index, "kind"], frame.loc[said.index, "method"] = said.astype("string"), pd.NA


def _receipts_as_credits(frame: pd.DataFrame, log: Log) -> None:
    """Where a file writes most of its receipts as credits (`-120.00`, `120.00 CR`), these came in, and the others went out."""
    plain = frame["kind"].isna() | frame["kind"].isin(("payment", "prepayment"))
    rows = frame.index[(plain & frame["amount"].notna() & frame["amount"].ne(0)).fillna(False)]
    for file, amounts in frame.loc[rows, "amount"].groupby(frame.loc[rows, "_file"]):
        if (amounts < 0).sum() >= _CREDITED and (amounts < 0).mean() > 1 / 2 and not _GOES_OUT.search(str(file)):
            log.repair("payments", "amount", amounts.index, "receipts-as-credits", amounts.astype("string"), (-amounts).astype("string"))
            log.find("receipts-as-credits", "payments", labels(frame.loc[amounts.index]), "amount", len(amounts))
            frame.loc[amounts.index, "amount"] = -amounts


def _method_of_reversed(frame: pd.DataFrame, log: Log) -> None:
    """Money that goes back goes the way that it came: a reversal without a method has that of the payment that it reverses."""
    known = frame[frame["payment_id"].notna() & frame["method"].notna()].drop_duplicates("payment_id").set_index("payment_id")["method"]
    method = frame.loc[frame["method"].isna() & frame["reverses_id"].notna(), "reverses_id"].map(known).dropna()
    log.repair("payments", "method", method.index, "method-from-reversed", [None] * len(method), method)
    frame.loc[method.index, "method"] = method.astype("string")


_STEPS: dict[str, Callable[[pd.DataFrame, CanonicalTable, Log], pd.DataFrame]] = {
    "patients": _patients,
    "appointments": _appointments,
    "treatment_items": _treatment_items,
    "invoices": _invoices,
    "invoice_lines": _invoice_lines,
    "recalls": _recalls,
    "products": _products,
    "payments": _payments,
}


def _with_clock(moment: pd.Series, clock: pd.Series) -> pd.Series:
    """Return moments in which a day without a time of its own (midnight) has the `HH:MM` beside it."""
    bare = moment.notna() & moment.eq(moment.dt.normalize()) & clock.notna()
    return moment.mask(bare, _at(moment, clock))


def _at(day: pd.Series, clock: pd.Series) -> pd.Series:
    """Return day and `HH:MM` as one moment; NaT where either is missing."""
    minutes = clock.str.slice(0, 2).astype("Int64") * 60 + clock.str.slice(3, 5).astype("Int64")
    return (day + pd.to_timedelta(minutes.astype("Float64").astype("float64"), unit="m")).astype("datetime64[us]")
