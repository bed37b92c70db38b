"""What can be found wrong across rows: missing patients, double bookings, totals that their lines do not make."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

import pandas as pd

from migkit.model.outcomes import Severity
from migkit.model.words import number_of

from .log import Log
from .references import Targets

LONGEST_NAME = 255
"""Characters of a person's name in Pipedrive."""
_NAME_REMARKS = {
    "do_not_contact": ("that the patient is not to be contacted", "the policy do_not_contact_names can opt them out of messages"),
    "test": ("Test", "the policy test_patients can leave them out"),
    "archived": ("that the file is archived or closed", "the policy archived_names can take that for their status"),
    "deceased": ("that the patient has died", "set the status in the practice system, or by a cleaning step"),
    "duplicate": ("that the file is a duplicate", "decide in 25_people whose"),
}
"""Remark in a name → what it says, and what can be chosen."""
_TAKING_PLACE = ("booked", "completed")
_BOOKING = ["patient_id", "start_at", "chair", "practitioner_id", "practitioner_name"]
"""What two bookings of one visit have in common."""


def check(frames: dict[str, pd.DataFrame], targets: Targets, zone: ZoneInfo | None, today: date, log: Log) -> None:
    """Write findings; nothing is changed. Clock times are looked at where the practice's zone is known; `today` is the snapshot's day."""
    if "patients" in frames:
        _names(frames["patients"], log)
        if "appointments" in frames:
            _bookings_of_the_deceased(frames["patients"], frames["appointments"], today, log)
    _missing_patients(targets, log)
    _bookings_without_patient(targets, log)
    if "appointments" in frames:
        _double_bookings(frames["appointments"], log)
        _clock_changes(frames["appointments"], zone, log)
    _totals(frames, log, "invoices", "invoice_lines", "invoice_id", "total", "invoice-total-mismatch")
    _totals(frames, log, "treatment_plans", "treatment_items", "plan_id", "fee", "plan-total-mismatch")


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


def _names(patients: pd.DataFrame, log: Log) -> None:
    for kind, (what, choice) in _NAME_REMARKS.items():
        keys = patients.loc[patients["name_remark"].eq(kind).fillna(False), "_key"]
        log.find(
            f"name-says-{kind.replace('_', '-')}",
            Severity.WARNING,
            f"{number_of(len(keys), 'name says', 'names say')} {what}: the name is loaded as it is written; {choice}.",
            "patients",
            keys,
            "full_name",
        )
    long = patients[patients["full_name"].str.len().gt(LONGEST_NAME).fillna(False)]
    log.find(
        "name-cut",
        Severity.WARNING,
        f"{number_of(len(long), 'name is', 'names are')} longer than the {LONGEST_NAME} characters that Pipedrive keeps: "
        "the rest is cut off, shorten it in the practice system.",
        "patients",
        long["_key"],
        "full_name",
    )


def _bookings_of_the_deceased(patients: pd.DataFrame, appointments: pd.DataFrame, today: date, log: Log) -> None:
    died = patients.loc[patients["status"].eq("deceased").fillna(False), "patient_id"]
    ahead = appointments["start_at"].fillna(appointments["date"]) >= pd.Timestamp(today)
    still = appointments[appointments["patient_id"].isin(died) & ahead & appointments["status"].fillna("booked").eq("booked")]
    log.find(
        "booking-of-deceased",
        Severity.WARNING,
        f"{number_of(len(still), 'appointment ahead is', 'appointments ahead are')} of patients who have died: cancel them in the practice "
        "system, or they are loaded as booked.",
        "appointments",
        still["_key"],
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


def _totals(frames: dict[str, pd.DataFrame], log: Log, parents: str, items: str, link: str, amount: str, code: str) -> None:
    """Compare a record's total with the sum of its lines, which may be with or without GST, times their quantity or not."""
    if parents not in frames or items not in frames:
        return
    header, lines = frames[parents], frames[items]
    header = header[header["total"].notna() & header[link].isin(lines[link])]
    quantity = lines["quantity"].fillna(1.0)
    plain = lines.assign(
        _plain=lines[amount].astype("Float64"),
        _times=(lines[amount].astype("Float64") * quantity).round(),
        _gst=lines["gst"].astype("Float64"),
    )
    sums = plain.groupby(link)[["_plain", "_times", "_gst"]].sum()
    stated = header["total"].astype("Float64")
    right = pd.Series(False, index=header.index)
    for column in ("_plain", "_times"):
        total = header[link].map(sums[column])
        right |= stated.eq(total) | stated.eq(total + header[link].map(sums["_gst"]))
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
