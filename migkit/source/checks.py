"""What can be found wrong across rows: missing patients, double bookings, totals that their lines do not make."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pandas as pd

from migkit.model.outcomes import Severity
from migkit.model.words import number_of

from .log import Log
from .references import Targets

_TAKING_PLACE = ("booked", "completed")
_BOOKING = ["patient_id", "start_at", "chair", "practitioner_id", "practitioner_name"]
"""What two bookings of one visit have in common."""


def check(frames: dict[str, pd.DataFrame], targets: Targets, zone: ZoneInfo | None, log: Log) -> None:
    """Write findings; nothing is changed. Clock times are looked at where the practice's zone is known."""
    _missing_patients(targets, log)
    _bookings_without_patient(targets, log)
    if "appointments" in frames:
        _double_bookings(frames["appointments"], log)
        _clock_changes(frames["appointments"], zone, log)
    _totals(frames, log, "invoices", "invoice_lines", "invoice_id", "invoice-total-mismatch")
    _totals(frames, log, "treatment_plans", "treatment_items", "plan_id", "plan-total-mismatch")


def _missing_patients(targets: Targets, log: Log) -> None:
    missing = sorted(targets.missing.get("patients", ()))
    log.find(
        "missing-patients",
        Severity.CRITICAL,
        f"{number_of(len(missing), 'patient is', 'patients are')} "
        "referred to by other tables but absent from the patient table: the export may leave out archived, "
        "inactive or deleted patients; export again with every patient, or accept that what belongs to the missing is held.",
        "patients",
        [f"patient:{one}" for one in missing],
    )


def _bookings_without_patient(targets: Targets, log: Log) -> None:
    keys = targets.without_patient.get("appointments", [])
    log.find(
        "booking-without-patient",
        Severity.INFO,
        f"{number_of(len(keys), 'appointment names no patient and is', 'appointments name no patient and are')} "
        "held: breaks, meetings, blocked time.",
        "appointments",
        keys,
    )


def _double_bookings(appointments: pd.DataFrame, log: Log) -> None:
    taking = appointments[appointments["status"].isna() | appointments["status"].isin(_TAKING_PLACE)]
    named = taking[taking["patient_id"].notna() & taking["start_at"].notna()]
    again = named[named.duplicated(_BOOKING, keep=False)]
    log.find(
        "repeated-booking",
        Severity.WARNING,
        f"{number_of(len(again), 'appointment has', 'appointments have')} the same patient, start, chair and provider as another one.",
        "appointments",
        again["_key"],
    )
    taking = taking.drop(index=again.index[again.duplicated(_BOOKING)])
    provider = taking["practitioner_id"].fillna(taking["practitioner_name"])
    room = (taking["location"].fillna("") + "\x1f" + taking["chair"]).astype("string")
    for code, who, resource in (("double-booked-chair", "chair", room), ("double-booked-provider", "provider", provider)):
        keys = _overlapping(taking, resource)
        log.find(
            code,
            Severity.WARNING,
            f"{number_of(len(keys), 'appointment overlaps', 'appointments overlap')} "
            f"with another one of the same {who}: look in the practice system.",
            "appointments",
            keys,
        )


def _clock_changes(appointments: pd.DataFrame, zone: ZoneInfo | None, log: Log) -> None:
    starts = appointments[appointments["start_at"].notna()]
    if zone is None or starts.empty:
        return
    never = starts["start_at"].dt.tz_localize(zone, nonexistent="NaT", ambiguous=False).isna()
    twice = starts["start_at"].dt.tz_localize(zone, nonexistent="shift_forward", ambiguous="NaT").isna()
    for code, rows, what, policy in (
        ("nonexistent-local-time", never, "never was", "nonexistent_hour"),
        ("ambiguous-local-time", twice, "was twice", "ambiguous_hour"),
    ):
        log.find(
            code,
            Severity.WARNING,
            f"{number_of(int(rows.sum()), 'appointment starts', 'appointments start')} "
            f"at an hour that {what} on that day, because the clocks were changed: correct the time, or let the policy {policy} decide.",
            "appointments",
            starts.loc[rows, "_key"],
            "start_at",
        )


def _overlapping(appointments: pd.DataFrame, resource: pd.Series) -> list[str]:
    """Return keys of appointments whose time overlaps with another's of the same resource, in time order."""
    known = appointments.assign(_resource=resource)
    known = known[known["_resource"].notna() & known["start_at"].notna() & (known["end_at"] > known["start_at"])]
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
    header = header[header["total"].notna() & header[link].isin(lines[link])]
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
    log.find(
        code,
        Severity.WARNING,
        f"{number_of(len(wrong), f'record of {parents} has', f'records of {parents} have')} "
        "a total that is not the sum of the lines: the total counts, look at the lines.",
        parents,
        wrong["_key"],
        "total",
    )
