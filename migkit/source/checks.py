"""What can be found wrong across rows: missing patients, double bookings, totals that their lines do not make."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import date
from zoneinfo import ZoneInfo

import pandas as pd

from migkit.model.among import among

from .log import Log
from .targets import Targets

LONGEST_NAME = 255
"""Characters of a person's name in Pipedrive."""
_NAME_REMARKS = ("do_not_contact", "test", "archived", "deceased", "duplicate")
"""Remarks that stand in names, as they are typed."""
_TAKING_PLACE = ("booked", "completed")
_BOOKING = ["patient_id", "start_at", "chair", "practitioner_id", "practitioner_name"]
"""What two bookings of one visit have in common."""

_MOST_OF_THEM, _A_FEW = 0.5, 2
"""Share and number above which it is no chance that bookings ahead are of patients who have left, or that receipts are taken back."""
_MONTHS = 12
_LONG_BEFORE = pd.Timedelta(days=28)
_NO_CHANCE = 2
"""Receipts of a file long before their invoices from which it is no slip."""


def check(frames: dict[str, pd.DataFrame], targets: Targets, zone: ZoneInfo | None, today: date, log: Log) -> None:
    """Write findings; nothing is changed. Clock times are looked at where the practice's zone is known; `today` is the snapshot's day."""
    if "patients" in frames:
        _names(frames["patients"], log)
        if "appointments" in frames:
            _bookings_of_who_left(frames["patients"], frames["appointments"], today, log)
        if "recalls" in frames:
            _recalls_of_the_deceased(frames["patients"], frames["recalls"], log)
    _missing_patients(targets, log)
    _bookings_without_patient(targets, log)
    if "appointments" in frames:
        _double_bookings(frames["appointments"], log)
        _clock_changes(frames["appointments"], zone, log)
    if "attachments" in frames:
        _folders(frames["attachments"], targets.ids("patients"), log)
    if "payments" in frames:
        _mostly_reversed(frames["payments"], log)
    if "payments" in frames and "invoices" in frames:
        _paid_before_billed(frames["payments"], frames["invoices"], log)
    _totals(frames, log, "invoices", "invoice_lines", "invoice_id", "invoice-total-mismatch")
    _totals(frames, log, "treatment_plans", "treatment_items", "plan_id", "plan-total-mismatch")


def _folders(attachments: pd.DataFrame, ids: Collection[str], log: Log) -> None:
    """Say which files lie in a folder that is called by the id of another patient than the row's."""
    known = attachments[attachments["path"].notna() & attachments["patient_id"].notna()]
    folders = known["path"].map(lambda path: [part for part in str(path).replace("\\", "/").split("/")[:-1] if part in ids])
    other = [bool(parts) and one not in parts for parts, one in zip(folders, known["patient_id"], strict=True)]
    log.find("folder-of-another", "attachments", known.loc[other, "_key"], "path")


def _missing_patients(targets: Targets, log: Log) -> None:
    missing = sorted(targets.missing.get("patients", ()))
    log.find("missing-patients", "patients", [f"patient:{one}" for one in missing])


def _bookings_without_patient(targets: Targets, log: Log) -> None:
    for table, keys in targets.without_patient.items():
        log.find("booking-without-patient" if table == "appointments" else "no-patient", table, keys)


_SEVERAL = re.compile(r"\w\s*(?:&|\+)\s*\w|\w\s+and\s+\w|\w\s+(?:family|household)$", re.IGNORECASE)
"""Names of two people, or of a family: `Orla & Sean Keane`, `The Stone Family`."""


def _names(patients: pd.DataFrame, log: Log) -> None:
    for kind in _NAME_REMARKS if patients["name_remark"].notna().any() else ():
        keys = patients.loc[patients["name_remark"].eq(kind).fillna(False), "_key"]
        log.find(f"name-says-{kind.replace('_', '-')}", "patients", keys, "full_name")
    named = [(key, name) for key, name in zip(patients["_key"], patients["full_name"], strict=True) if pd.notna(name)]
    log.find("name-of-several", "patients", [key for key, name in named if _SEVERAL.search(name)], "full_name")
    log.find("name-cut", "patients", [key for key, name in named if len(name) > LONGEST_NAME], "full_name", limit=LONGEST_NAME)


def _who_are(patients: pd.DataFrame, *statuses: str) -> pd.Series:
    return patients.loc[patients["status"].isin(statuses).fillna(False), "patient_id"]


def _recalls_of_the_deceased(patients: pd.DataFrame, recalls: pd.DataFrame, log: Log) -> None:
    is_open = recalls["status"].isna() | recalls["status"].isin(("due", "sent"))
    log.find("recall-of-deceased", "recalls", recalls.loc[recalls["patient_id"].isin(_who_are(patients, "deceased")) & is_open, "_key"])


def _bookings_of_who_left(patients: pd.DataFrame, appointments: pd.DataFrame, today: date, log: Log) -> None:
    ahead = appointments["start_at"].fillna(appointments["date"]) >= pd.Timestamp(today)
    is_booked = appointments["status"].fillna("booked").eq("booked")
    still = appointments.loc[ahead & is_booked & appointments["patient_id"].notna(), ["patient_id", "_key"]]
    log.find("booking-of-deceased", "appointments", still.loc[still["patient_id"].isin(_who_are(patients, "deceased")), "_key"])
    left = still.loc[still["patient_id"].isin(_who_are(patients, "inactive", "archived")), "_key"]
    if len(left) > max(len(still) * _MOST_OF_THEM, _A_FEW):
        log.find("bookings-of-inactive", "appointments", left, of=len(still))


def _double_bookings(appointments: pd.DataFrame, log: Log) -> None:
    takes_place = appointments["status"].isna() | appointments["status"].isin(_TAKING_PLACE)
    taking = appointments.loc[takes_place, [*_BOOKING, "end_at", "location", "_key"]]
    named = taking[taking["patient_id"].notna() & taking["start_at"].notna()]
    again = named[named.duplicated(_BOOKING, keep=False)]
    log.find("repeated-booking", "appointments", again["_key"])
    taking = taking.drop(index=again.index[again.duplicated(_BOOKING)])
    provider = taking["practitioner_id"].fillna(taking["practitioner_name"])
    room = (taking["location"].fillna("") + "\x1f" + taking["chair"]).astype("string")
    log.find("double-booked-chair", "appointments", _overlapping(taking, room))
    log.find("double-booked-provider", "appointments", _overlapping(taking, provider))


def _paid_before_billed(payments: pd.DataFrame, invoices: pd.DataFrame, log: Log) -> None:
    """Say of which files most receipts are of a month or more before the invoice that they name, and with day and month the other way
    round all are of the day or later: a spreadsheet of another country has read them."""
    days = dict(zip(invoices["invoice_id"], invoices["date"], strict=True))
    billed = payments["invoice_id"].map(days).astype("datetime64[us]")  # of no invoice left there is no type
    known = payments[billed.notna() & payments["date"].notna() & (payments["amount"] > 0).fillna(False)]
    early = known["date"] + _LONG_BEFORE < billed[known.index]
    if early.sum() < _NO_CHANCE:
        return
    may_turn = known["date"].dt.day.le(_MONTHS) & known["date"].dt.day.ne(known["date"].dt.month)
    for _, rows in known[may_turn | known["date"].dt.day.eq(known["date"].dt.month)].groupby("_file"):
        of_file = known[known["_file"].eq(rows["_file"].iloc[0])]
        wrong = rows[early[rows.index]]
        if len(of_file) > len(rows) or len(wrong) < _NO_CHANCE or 2 * len(wrong) < len(rows):
            continue
        turned = pd.to_datetime({"year": rows["date"].dt.year, "month": rows["date"].dt.day, "day": rows["date"].dt.month})
        if (turned >= billed[rows.index]).all():
            log.find("paid-before-billed", "payments", wrong["_key"], "date")


def _mostly_reversed(payments: pd.DataFrame, log: Log) -> None:
    """Say that most receipts are taken back by a yes, which no practice does: the column says something else."""
    back = payments.loc[payments["reversed"].fillna(False).astype(bool) & payments["status"].isna(), "_key"]
    if len(back) > max(len(payments) * _MOST_OF_THEM, _A_FEW):
        log.find("mostly-reversed", "payments", back, "reversed", of=len(payments))


def _clock_changes(appointments: pd.DataFrame, zone: ZoneInfo | None, log: Log) -> None:
    starts = appointments[appointments["start_at"].notna()]
    if zone is None or starts.empty:
        return
    never = starts["start_at"].dt.tz_localize(zone, nonexistent="NaT", ambiguous=False).isna()
    twice = starts["start_at"].dt.tz_localize(zone, nonexistent="shift_forward", ambiguous="NaT").isna()
    log.find("nonexistent-local-time", "appointments", starts.loc[never, "_key"], "start_at")
    log.find("ambiguous-local-time", "appointments", starts.loc[twice, "_key"], "start_at")


def _overlapping(appointments: pd.DataFrame, resource: pd.Series) -> list[str]:
    """Return keys of appointments whose time overlaps with another's of the same resource, in time order."""
    known = appointments[["start_at", "end_at", "_key"]].assign(_resource=resource)
    known = known[known["_resource"].notna() & known["start_at"].notna() & (known["end_at"] > known["start_at"])]
    if len(known) < 2:
        return []
    known = known.sort_values(["_resource", "start_at", "_key"])
    latest = known.groupby("_resource")["end_at"].cummax()
    same = known["_resource"].eq(known["_resource"].shift())
    late = same & (known["start_at"] < latest.shift())
    following = known.groupby("_resource")["start_at"].shift(-1)
    early = following < known["end_at"]
    return [str(key) for key in known.loc[late | early, "_key"]]


def _totals(frames: dict[str, pd.DataFrame], log: Log, parents: str, items: str, link: str, code: str) -> None:
    """Compare a record's total with the sum of its lines: their line totals, or their fees times their quantity or not, less
    discounts or not, with or without GST."""
    if parents not in frames or items not in frames:
        return
    header, lines = frames[parents], frames[items]
    header = header[header["total"].notna() & among(header[link], lines[link])]
    fee, quantity = lines["fee"].astype("Float64"), lines["quantity"].fillna(1.0)
    stated, discount = lines["total"].astype("Float64"), lines["discount"].astype("Float64").fillna(0).abs()
    units = (fee * quantity).round()
    readings = {"line": stated.fillna(units - discount), "bare": stated.fillna(fee), "unit": fee, "units": units, "less": units - discount}
    summed = lines.assign(**readings, _gst=lines["gst"].astype("Float64")).groupby(link)[[*readings, "_gst"]].sum()
    total = header["total"].astype("Float64")
    right = pd.Series(False, index=header.index)
    for reading in readings:
        found = header[link].map(summed[reading])
        right |= total.eq(found) | total.eq(found + header[link].map(summed["_gst"]))
    wrong = header[~right]
    log.find(code, parents, wrong["_key"], "total")
