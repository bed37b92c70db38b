"""What is said to have happened after the day of the export has not happened yet."""

from __future__ import annotations

from datetime import date

import pandas as pd

from .log import Log, labels

_OVER = ("completed", "did_not_attend")
"""Statuses of a visit that is over."""


def tell_ahead(table: str, frame: pd.DataFrame, today: date, log: Log) -> None:
    """Take payments of days to come for ones that are due, and visits of days to come, said to be over, for booked ones; each is said."""
    tomorrow = pd.Timestamp(today) + pd.Timedelta(days=1)
    if table == "payments":
        said = frame["status"].isna() | frame["status"].eq("received")
        rows = frame.index[((frame["date"] >= tomorrow) & said).fillna(False)]
        _set(table, frame, rows, "pending", "payment-ahead", log)
    if table == "invoices":
        log.find("invoice-ahead", table, labels(frame, (frame["date"] >= tomorrow).fillna(False)), "date")
        log.find("due-before-date", table, labels(frame, (frame["due_date"] < frame["date"]).fillna(False)), "due_date")
    if table == "appointments":
        days = frame["date"].fillna(frame["start_at"])
        rows = frame.index[((days >= tomorrow) & frame["status"].isin(_OVER)).fillna(False)]
        _set(table, frame, rows, "booked", "visit-ahead", log)


def _set(table: str, frame: pd.DataFrame, rows: pd.Index, status: str, code: str, log: Log) -> None:
    log.repair(table, "status", rows, "status-from-date", frame.loc[rows, "status"], [status] * len(rows))
    frame.loc[rows, "status"] = status
    log.find(code, table, labels(frame, rows), "status")
