"""What follows for certain from other columns of the same row: names, times, statuses, numbers of lines."""

from __future__ import annotations

import re
from collections.abc import Callable

import pandas as pd

from migkit.model.canonical import YES_NO, CanonicalTable

from .keys import normalise
from .log import Log, labels
from .names import remark_of, split_name
from .receipts import read_receipts
from .transforms import NOBODY

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
_EARLIEST = 5
"""Hour before which no practice sees patients; midnight itself is a day without a time."""
_FIRST_DAYS = (pd.Timestamp(1899, 12, 30), pd.Timestamp(1899, 12, 31), pd.Timestamp(1900, 1, 1))
"""Days on which databases and spreadsheets put a time of day that has no day."""
_AFTER_FIRST_DAYS = max(_FIRST_DAYS) + pd.Timedelta(days=1)
_PROPORTIONAL = 2
"""Different taxes that must be the same share of their price before they are amounts; one is enough where the share is a usual rate."""
_USUAL_RATES = (10.0, 12.5, 15.0, 20.0)
_LONGEST = pd.Timedelta(hours=12)
"""A patient's visit beyond which its end or length was misread."""
_CREDITED = 3
"""Invoices of a file that must all be below nought before that is the file's view of them, not credit notes."""
_TAKES_OFF = re.compile(r"credit|refund|adjust|write|reversal|discount", re.IGNORECASE)
"""Names of files whose rows take something off."""
_TERMS = frozenset({"cash", "cash sale", "account", "on account", "eftpos", "cod"})
"""Kinds of sale beside which `Credit` is one as well."""
_WHOLE = {"patients": "full_name", "practitioners": "full_name", "leads": "full_name"}


def derive(spec: CanonicalTable, frame: pd.DataFrame, log: Log) -> pd.DataFrame:
    """Return the typed frame with derived fields filled where they were empty.

    What was given is not overwritten, but for payments that say one thing under another's header (`receipts.py`).
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
        if not (frame[name] < _AFTER_FIRST_DAYS).any():
            continue
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
        log.find("clock-without-day", spec.name, labels(frame, rows), name)
        frame.loc[rows, name] = pd.NaT


def _names(table: str, frame: pd.DataFrame, log: Log) -> None:
    rows = frame.index[frame["full_name"].notna() & frame["first_name"].isna() & frame["last_name"].isna()]
    if len(rows):
        _split_names(table, frame, rows, log)
    if frame["full_name"].isna().any():
        joined = (frame["first_name"].fillna("") + " " + frame["last_name"].fillna("")).str.strip()
        frame["full_name"] = frame["full_name"].fillna(joined.where(joined.ne("")))


def _split_names(table: str, frame: pd.DataFrame, rows: pd.Index, log: Log) -> None:
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
            log.find(rule, table, labels(frame, values.index), name)


def _patients(frame: pd.DataFrame, spec: CanonicalTable, log: Log) -> pd.DataFrame:
    nobody = _noughts(frame["merged_into_id"])
    frame.loc[nobody[~frame.loc[nobody, "merged_into_id"].isin(frame["patient_id"])], "merged_into_id"] = pd.NA
    frame.loc[_noughts(frame["family_id"]), "family_id"] = pd.NA
    status, archived, merged = frame["status"], frame["archived"].fillna(False).astype(bool), frame["merged_into_id"].notna()
    archived |= frame["archived_date"].notna() & status.isna()  # who came back may keep the day
    died = frame["deceased"].fillna(False).astype(bool) | frame["deceased_date"].notna()
    for flag, value, weaker in (
        (frame["active"].eq(False).fillna(False), "inactive", ("active",)),
        (died, "deceased", ("active", "inactive", "archived")),
        (archived, "archived", ("active", "inactive")),
        (merged, "merged", ("active", "inactive", "archived")),
    ):
        if not flag.any():
            continue
        rows = frame.index[flag & (status.isna() | status.isin(weaker) | ~status.isin(spec.fields["status"].values))]
        log.repair("patients", "status", rows, "status-from-flag", status[rows], [value] * len(rows))
        status = status.mask(frame.index.isin(rows), value).astype("string")
    frame["status"] = status
    return frame


def _noughts(ids: pd.Series) -> pd.Index:
    """Return the rows whose id is the 0 (`00`, `0-0`) that databases write for none."""
    return pd.Index([row for row, one in ids.dropna().items() if one and not one.strip("0-")], dtype=ids.index.dtype)


def _appointments(frame: pd.DataFrame, _spec: CanonicalTable, log: Log) -> pd.DataFrame:
    _status_of_booking(frame, log)
    start = _with_clock(frame["start_at"], frame["start_time"]).fillna(at_clock(frame["date"], frame["start_time"]))
    frame["start_at"] = start
    otherwise = (frame["date"].notna() & start.notna() & start.dt.normalize().ne(frame["date"])).fillna(False)
    log.find("day-contradicted", "appointments", labels(frame, otherwise), "start_at")
    frame["date"] = frame["date"].fillna(start.dt.normalize())
    frame["start_time"] = frame["start_time"].fillna(
        start.dt.strftime("%H:%M").astype("string").where(frame["start_time"].isna() & start.notna())
    )
    end = _with_clock(frame["end_at"], frame["end_time"]).fillna(at_clock(frame["date"], frame["end_time"]))
    stated = pd.to_timedelta(frame["duration"].astype("Float64").astype("float64"), unit="m")
    next_day = end + pd.Timedelta(days=1)
    end = end.where(~((end < start) & (next_day - start).eq(stated)), next_day)  # over midnight, as its length says
    backwards = end < start
    length = ((end - start).dt.total_seconds() / 60).round().astype("Int64").mask(backwards)
    mended = (backwards & stated.notna()).fillna(False)
    log.find("end-before-start", "appointments", labels(frame, mended), "end_at")
    wrong = frame["duration"].notna() & length.notna() & frame["duration"].ne(length)
    log.find("duration-mismatch", "appointments", labels(frame, wrong.fillna(False)), "duration")
    frame["duration"] = frame["duration"].mask(wrong.fillna(False), length).fillna(length)
    frame["end_at"] = (
        end.mask(mended)
        .fillna(start + pd.to_timedelta(frame["duration"].astype("Float64").astype("float64"), unit="m"))
        .astype("datetime64[us]")
    )
    lasting = frame["end_at"] - frame["start_at"]
    log.find("bookings-of-hours", "appointments", labels(frame, (lasting > _LONGEST).fillna(False)), "duration")
    hours = frame["start_at"].dt.hour + frame["start_at"].dt.minute / 60
    night = (hours > 0) & (hours < _EARLIEST)
    log.find("bookings-at-night", "appointments", labels(frame, night.fillna(False)), "start_at")
    return frame


def _status_of_booking(frame: pd.DataFrame, log: Log) -> None:
    """A booking that was cancelled, attended or not says so in a column of its own, whatever its status still is.

    Nobody attends what was cancelled: that it was cancelled counts first. Where no column says who did not attend, who did tells it.
    """
    attended, missed = frame["attended"], frame["did_not_attend"]
    for flag, value in (
        (frame["cancelled"].fillna(False).astype(bool) | frame["cancelled_at"].notna() | _says_why(frame), "cancelled"),
        (missed.fillna(False).astype(bool) | (attended.eq(False).fillna(False) & missed.isna().all()), "did_not_attend"),
        (attended.fillna(False).astype(bool), "completed"),
    ):
        rows = frame.index[flag & (frame["status"].isna() | frame["status"].eq("booked"))]
        log.repair("appointments", "status", rows, "status-from-flag", frame.loc[rows, "status"], [value] * len(rows))
        frame.loc[rows, "status"] = value
        frame.loc[rows, "status_words"] = pd.NA


def _says_why(frame: pd.DataFrame) -> pd.Series:
    """Return which bookings give the reason why they were cancelled: where most of a file's rows do, the column says something else."""
    why = frame["cancelled_reason"].map(lambda text: NOBODY.fullmatch(text.strip()) is None, na_action="ignore").eq(True).fillna(False)
    return why & why.groupby(frame["_file"]).transform("mean").lt(0.5)


def _treatment_items(frame: pd.DataFrame, _spec: CanonicalTable, log: Log) -> pd.DataFrame:
    """An item with the day on which it was done is done; one that the patient did not accept is not planned any more."""
    rows = frame.index[frame["status"].isna() & frame["completed_date"].notna()]
    log.repair("treatment_items", "status", rows, "status-from-date", [None] * len(rows), ["completed"] * len(rows))
    frame.loc[rows, "status"] = "completed"
    declined = frame.index[frame["accepted"].eq(False).fillna(False) & (frame["status"].isna() | frame["status"].eq("planned"))]
    log.repair("treatment_items", "status", declined, "status-from-flag", frame.loc[declined, "status"], ["cancelled"] * len(declined))
    frame.loc[declined, "status"] = "cancelled"
    return frame


def _treatment_plans(frame: pd.DataFrame, _spec: CanonicalTable, log: Log) -> pd.DataFrame:
    """A plan without a status is as far as its days say: completed, else accepted or declined, whichever came last."""
    accepted, declined = frame["accepted_date"], frame["declined_date"]
    by_days = pd.Series(pd.NA, index=frame.index, dtype="string")
    by_days = by_days.mask(accepted.notna(), "accepted")
    by_days = by_days.mask(declined.notna() & (accepted.isna() | (declined >= accepted)), "declined")
    by_days = by_days.mask(frame["completed_date"].notna(), "completed")
    off = frame.index[frame["active"].eq(False).fillna(False) & (frame["status"].isna() | frame["status"].eq("proposed"))]
    log.repair("treatment_plans", "status", off, "status-from-flag", frame.loc[off, "status"], ["declined"] * len(off))
    frame.loc[off, "status"] = "declined"
    rows = frame.index[frame["status"].isna() & by_days.notna()]
    log.repair("treatment_plans", "status", rows, "status-from-date", [None] * len(rows), by_days[rows])
    early = frame["status"].eq("proposed").fillna(False) & by_days.notna()
    log.find("status-behind-days", "treatment_plans", labels(frame, early), "status")
    frame.loc[rows, "status"] = by_days[rows]
    return frame


def _clinical_notes(frame: pd.DataFrame, _spec: CanonicalTable, log: Log) -> pd.DataFrame:
    """Where nothing says of which visit a note is, it is of the day on which it was entered; its status may say what marks say."""
    for status, mark in (("deleted", "deleted"), ("draft", "draft")):
        said = frame.index[frame["status"].eq(status).fillna(False) & frame[mark].isna()]
        log.repair("clinical_notes", mark, said, "status-from-flag", [None] * len(said), ["true"] * len(said))
        frame.loc[said, mark] = True
    rows = frame.index[frame["at"].isna() & frame["entered_at"].notna()]
    frame.loc[rows, "at"] = frame.loc[rows, "entered_at"]
    frame.loc[frame["entered_at"].eq(frame["at"]).fillna(False), "entered_at"] = pd.NaT
    return frame


def _invoice_lines(frame: pd.DataFrame, _spec: CanonicalTable, log: Log) -> pd.DataFrame:
    """Lines without a number get one by their content, so that it does not depend on the order of the rows."""
    void = frame.index[frame["status"].eq("void").fillna(False) & frame["deleted"].isna()]
    log.repair("invoice_lines", "deleted", void, "status-from-flag", [None] * len(void), ["true"] * len(void))
    frame.loc[void, "deleted"] = True
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
    """A credit note takes off an invoice, however its amounts are signed; what is paid by a column of its own is paid."""
    _terms_of_sale(frame, log)
    _invoices_as_credits(frame, log)
    _net_by_balance(frame, log)
    _due_before_payment(frame, log)
    paid = frame.index[frame["is_paid"].eq(True).fillna(False) & frame["status"].isna()]
    log.repair("invoices", "status", paid, "status-from-flag", [None] * len(paid), ["paid"] * len(paid))
    frame.loc[paid, "status"] = "paid"
    credits = frame["kind"].eq("credit")
    for name in ("total", "net", "gst", "paid", "balance") if credits.any() else ():
        rows = frame.index[(credits & (frame[name] > 0)).fillna(False)]
        log.repair(
            "invoices", name, rows, "credit-note-sign", frame.loc[rows, name].astype("string"), (-frame.loc[rows, name]).astype("string")
        )
        frame.loc[rows, name] = -frame.loc[rows, name]
    return frame


def _terms_of_sale(frame: pd.DataFrame, log: Log) -> None:
    """`Credit` in a file that says `Cash` of other invoices says how it is to be paid, and is no credit note: nobody knows then."""
    for _, kinds in frame["kind"].dropna().groupby(frame["_file"]):
        credits = kinds.index[kinds.eq("credit")]
        if len(credits) and kinds.str.casefold().isin(_TERMS).any():
            frame.loc[credits, "kind"] = "Credit"
            log.problem("unknown-code", "invoices", "kind", credits)


def _invoices_as_credits(frame: pd.DataFrame, log: Log) -> None:
    """Where every total of a file is below nought and nothing says credit, its view is the patient's account: these were billed."""
    for file, rows in frame[frame["total"].notna() & frame["total"].ne(0)].groupby("_file"):
        if len(rows) < _CREDITED or (rows["total"] > 0).any() or rows["kind"].notna().any() or _TAKES_OFF.search(str(file)):
            continue
        whole = frame.index[frame["_file"].eq(file)]
        for name in ("total", "net", "gst", "paid", "balance"):
            below = frame.loc[whole, name].dropna()
            if len(below) and not (below > 0).any():
                log.repair("invoices", name, below.index, "invoices-as-credits", below.astype("string"), (-below).astype("string"))
                frame.loc[below.index, name] = -below
        log.find("invoices-as-credits", "invoices", labels(rows), "total", len(rows))


def _net_by_balance(frame: pd.DataFrame, log: Log) -> None:
    """Where total and GST together are what is paid and owed, and the total alone never is, the total of the file is without GST."""
    for _, rows in frame[
        (frame["gst"] > 0).fillna(False) & frame["total"].notna() & frame["balance"].notna() & frame["net"].isna()
    ].groupby("_file"):
        stated = rows["balance"] + rows["paid"].fillna(0)
        if stated.eq(rows["total"] + rows["gst"]).any() and not stated.eq(rows["total"]).any():
            whole = frame[frame["_file"].eq(rows["_file"].iloc[0]) & frame["total"].notna() & frame["net"].isna()]
            log.repair(
                "invoices",
                "total",
                whole.index,
                "total-without-tax",
                whole["total"].astype("string"),
                (whole["total"] + whole["gst"].fillna(0)).astype("string"),
            )
            log.find("total-without-tax", "invoices", labels(whole), "total")
            frame.loc[whole.index, "net"] = whole["total"]
            frame.loc[whole.index, "total"] = whole["total"] + whole["gst"].fillna(0)


def _due_before_payment(frame: pd.DataFrame, log: Log) -> None:
    """Where a file gives no total, and what is due is what was paid in half of its paid rows and never less, what was due before is meant:
    it is the total."""
    known = frame["paid"].notna() & frame["balance"].notna()
    for file, rows in frame[known & (frame["paid"] > 0).fillna(False)].groupby("_file"):
        whole = frame.index[frame["_file"].eq(file)]
        settled = rows["paid"].eq(rows["balance"])
        if frame.loc[whole, ["total", "net"]].notna().any(axis=None) or settled.mean() < 1 / 2 or (rows["paid"] > rows["balance"]).any():
            continue
        due = frame.loc[whole[known[whole]], ["balance", "paid"]]
        left = due["balance"] - due["paid"]
        log.repair("invoices", "balance", due.index, "due-before-payment", due["balance"].astype("string"), left.astype("string"))
        log.find("due-before-payment", "invoices", labels(frame, due.index), "balance")
        frame.loc[due.index, "total"], frame.loc[due.index, "balance"] = due["balance"], left


def _recalls(frame: pd.DataFrame, spec: CanonicalTable, log: Log) -> pd.DataFrame:
    """A recall that columns of their own call done or not wanted is not due, whatever its status still is."""
    spellings = {one: value for value, known in spec.fields["status"].values.items() for one in (value, *known)}
    outcome = frame["outcome"].str.strip().str.casefold().map(spellings)
    unwanted = frame["do_not_recall"].eq(True).fillna(False) | frame["active"].eq(False).fillna(False)
    said = [(outcome.eq(value).fillna(False), value) for value in ("booked", "completed", "cancelled")]
    for flag, value in (*said, (frame["completed_date"].notna(), "completed"), (unwanted, "cancelled")):
        rows = frame.index[flag & (frame["status"].isna() | frame["status"].isin(("due", "sent")))]
        log.repair("recalls", "status", rows, "status-from-flag", frame.loc[rows, "status"], [value] * len(rows))
        frame.loc[rows, "status"] = value
    return frame


def _tasks(frame: pd.DataFrame, _spec: CanonicalTable, log: Log) -> pd.DataFrame:
    """A task with a day on which it was done is done, whatever its status still is."""
    rows = frame.index[frame["completed_date"].notna() & (frame["status"].isna() | frame["status"].eq("open"))]
    log.repair("tasks", "status", rows, "status-from-flag", frame.loc[rows, "status"], ["completed"] * len(rows))
    frame.loc[rows, "status"] = "completed"
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


def _leads(frame: pd.DataFrame, _spec: CanonicalTable, log: Log) -> pd.DataFrame:
    """Yes where the patient's id is expected says that the enquiry was converted, and not to whom."""
    said = frame["converted_patient_id"].str.strip().str.casefold()
    yes = frame.index[said.isin(("yes", "converted", *YES_NO["yes"][:2])).fillna(False) & frame["status"].isna()]
    log.repair("leads", "status", yes, "status-from-flag", [None] * len(yes), ["converted"] * len(yes))
    frame.loc[yes, "status"] = "converted"
    frame.loc[said.isin(("yes", "no", "converted", *YES_NO["yes"][:2], *YES_NO["no"][:2])).fillna(False), "converted_patient_id"] = pd.NA
    return frame


_STEPS: dict[str, Callable[[pd.DataFrame, CanonicalTable, Log], pd.DataFrame]] = {
    "patients": _patients,
    "appointments": _appointments,
    "treatment_plans": _treatment_plans,
    "treatment_items": _treatment_items,
    "clinical_notes": _clinical_notes,
    "invoices": _invoices,
    "invoice_lines": _invoice_lines,
    "recalls": _recalls,
    "tasks": _tasks,
    "products": _products,
    "leads": _leads,
    "payments": read_receipts,
}


def _with_clock(moment: pd.Series, clock: pd.Series) -> pd.Series:
    """Return moments in which a day without a time of its own (midnight) has the `HH:MM` beside it."""
    bare = moment.notna() & moment.eq(moment.dt.normalize()) & clock.notna()
    return moment.mask(bare, at_clock(moment, clock)) if bare.any() else moment


def at_clock(day: pd.Series, clock: pd.Series) -> pd.Series:
    """Return day and `HH:MM` as one moment; NaT where either is missing."""
    minutes = clock.str.slice(0, 2).astype("Int64") * 60 + clock.str.slice(3, 5).astype("Int64")
    return (day + pd.to_timedelta(minutes.astype("Float64").astype("float64"), unit="m")).astype("datetime64[us]")
