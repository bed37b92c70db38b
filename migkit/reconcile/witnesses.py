"""Witnesses: what the practice or its files state, beside the same counted in the files, in the plan and in Pipedrive.

The proof that the plan arrived says nothing of whether the plan is right. These figures do, so nothing here knows how the plan is
made: the files are counted from their typed rows, plan and Pipedrive from what their records hold.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd

from migkit.load import Binder, Ledger, find_aliases
from migkit.model.account import AccountSchema
from migkit.model.objects import ObjectType
from migkit.model.records import CUSTOM, Plan
from migkit.model.tables import CanonicalTables

from .readback import ReadBack

Figure = Mapping[str, int]
"""Key of what counts → what it adds: 1, or cents. The figure is their sum."""
Span = tuple[date, date]
"""First and last day."""

EXPLAINED = 20
"""Keys that a witness names at most."""
_NOT_PATIENTS = ("merged", "deleted")
_OUT = ("reversal", "refund")


@dataclass(frozen=True)
class Measure:
    """What can be stated and counted."""

    title: str
    is_money: bool = False
    is_dated: bool = False
    """Whether it is counted over a period."""


MEASURES: Mapping[str, Measure] = {
    "patients": Measure("Patients"),
    "active_patients": Measure("Active patients"),
    "appointments": Measure("Appointments", is_dated=True),
    "booked_appointments": Measure("Appointments still to come", is_dated=True),
    "invoiced": Measure("Invoiced, without void invoices", is_money=True),
    "received": Measure("Money received, less reversals and refunds", is_money=True),
    "balances": Measure("Balances: what patients owe, less what they paid ahead", is_money=True),
    "receivables": Measure("Receivables: what patients owe", is_money=True),
    "plans": Measure("Treatment plans", is_money=True),
}
"""Name → measure, in the order in which they are shown."""


@dataclass(frozen=True)
class Statement:
    """A figure that somebody states."""

    measure: str
    value: int
    """Cents for money, else a number."""
    by: str
    """Who or what states it: a person, a file."""
    span: Span | None = None
    parts: Figure | None = None
    """What it is made of, where the statement itself says so: patient key → balance."""
    files: Figure | None = None
    """What the files say to it, where that is no figure of `MEASURES`: rows below a title."""
    title: str = ""
    """What it is, where that is no figure of `MEASURES`."""


@dataclass(frozen=True)
class Witness:
    """A statement beside what was counted; None where it was not, or cannot be."""

    statement: Statement
    files: int | None
    plan: int | None
    pipedrive: int | None
    rows: tuple[str, ...]
    """Keys in which the counts differ from each other, or from the parts of the statement; up to `EXPLAINED`."""
    differing: int
    """How many such keys there are."""

    @property
    def difference(self) -> int | None:
        """What was counted last on the way to Pipedrive, less what is stated."""
        last = next((count for count in (self.pipedrive, self.plan, self.files) if count is not None), None)
        return None if last is None else last - self.statement.value


@dataclass(frozen=True)
class Deal:
    """Money of one deal, in cents."""

    person: str
    invoiced: int = 0
    paid: int = 0
    value: int = 0


@dataclass(frozen=True)
class Records:
    """What records hold of that which can be counted, from the plan or from Pipedrive alike."""

    persons: Mapping[str, str] = field(default_factory=dict)
    """Key of a patient's person → status as Pipedrive shows it."""
    deals: Mapping[str, Deal] = field(default_factory=dict)
    visits: Mapping[str, tuple[date, bool]] = field(default_factory=dict)
    """Appointment key → local day, and whether it is done."""


def witness(statement: Statement, files: Figure | None, plan: Figure | None, pipedrive: Figure | None) -> Witness:
    """Put a statement beside the counts, and name the keys in which they differ."""
    known = [figure for figure in (statement.parts, files, plan, pipedrive) if figure is not None]
    keys = dict.fromkeys(key for figure in known for key in figure)
    differing = [key for key in keys if len({figure.get(key, 0) for figure in known}) > 1]
    return Witness(statement, _sum(files), _sum(plan), _sum(pipedrive), tuple(differing[:EXPLAINED]), len(differing))


def _sum(figure: Figure | None) -> int | None:
    return None if figure is None else sum(figure.values())


# -- counted from the files ---------------------------------------------------------------------------------------------


def count_files(tables: CanonicalTables, measure: str, person_of: Mapping[str, str], span: Span | None = None) -> Figure:
    """Return a figure from the typed rows; `person_of` is patient key → key of the person that somebody decided it to be."""
    counter: Callable[[], Figure] = {
        "patients": lambda: _patients(tables, person_of, active=False),
        "active_patients": lambda: _patients(tables, person_of, active=True),
        "appointments": lambda: _visits(tables, span, booked=False),
        "booked_appointments": lambda: _visits(tables, span, booked=True),
        "invoiced": lambda: _by_person(_invoices(tables), person_of),
        "received": lambda: _by_person(_payments(tables), person_of),
        "balances": lambda: _balances(tables, person_of),
        "receivables": lambda: _owing(_balances(tables, person_of)),
        "plans": lambda: _plans(tables),
    }[measure]
    return counter()


def _patients(tables: CanonicalTables, person_of: Mapping[str, str], *, active: bool) -> Figure:
    frame = tables["patients"]
    status = frame["status"].fillna("active")
    counts = status.eq("active") & ~frame["archived"].fillna(False).astype(bool) if active else ~status.isin(_NOT_PATIENTS)
    return {person_of.get(str(key), str(key)): 1 for key in frame.loc[counts, "_key"]}


def _visits(tables: CanonicalTables, span: Span | None, *, booked: bool) -> Figure:
    frame = tables["appointments"]
    if booked:
        frame = frame[frame["status"].fillna("booked").eq("booked")]
    moments = frame["start_at"].fillna(frame["date"])
    days = zip(frame["_key"], moments, strict=True)
    return {str(key): 1 for key, moment in days if pd.notna(moment) and _within(moment.date(), span)}


def _plans(tables: CanonicalTables) -> Figure:
    plans, items = tables["treatment_plans"], tables["treatment_items"]
    sums: dict[str, int] = defaultdict(int)
    for row in _rows(items[items["status"].fillna("planned").ne("cancelled")], "plan_id", *_LINE):
        sums[str(row["plan_id"])] += _line(row) or 0
    totals = zip(plans["_key"], plans["plan_id"], plans["total"], strict=True)
    return {str(key): int(total) if pd.notna(total) else sums[str(plan)] for key, plan, total in totals}


def _invoices(tables: CanonicalTables) -> dict[str, tuple[str, int]]:
    """Return invoice id → (patient key, cents) of those that are not void and whose total the files say."""
    lines: dict[str, list[int | None]] = defaultdict(list)
    for row in _rows(tables["invoice_lines"], "invoice_id", *_LINE):
        lines[str(row["invoice_id"])].append(_line(row))
    found = {}
    for row in _rows(tables["invoices"], "invoice_id", "patient_id", "net", "gst", "total", "status"):
        own = lines[str(row["invoice_id"])]
        by_lines = sum(cents for cents in own if cents is not None) if own and None not in own else None
        net = None if pd.isna(row["net"]) else int(row["net"]) + (0 if pd.isna(row["gst"]) else int(row["gst"]))
        total = int(row["total"]) if pd.notna(row["total"]) else net if net is not None else by_lines
        if total is not None and row["status"] != "void":
            found[str(row["invoice_id"])] = (f"patient:{row['patient_id']}", total)
    return found


_LINE = ("total", "fee", "quantity", "discount")


def _rows(frame: pd.DataFrame, *columns: str) -> list[dict[str, Any]]:
    """Return these columns of each row: whole rows of dozens take ten times as long."""
    return frame[list(columns)].to_dict("records")  # type: ignore[return-value]


def _line(row: Mapping[str, Any]) -> int | None:
    if pd.notna(row["total"]):
        return int(row["total"])
    if pd.isna(row["fee"]):
        return None
    quantity = 1 if pd.isna(row["quantity"]) else row["quantity"]
    return round(row["fee"] * quantity) - (0 if pd.isna(row["discount"]) else abs(int(row["discount"])))


def _payments(tables: CanonicalTables) -> dict[str, tuple[str, int]]:
    """Return payment key → (patient key of the account that it went to, cents); what was allocated from one account to another is none.

    A receipt that is marked as reversed counts for nothing, unless a reversal of the same patient and amount takes it back.
    """
    owner = {str(row["invoice_id"]): row["patient_id"] for row in _rows(tables["invoices"], "invoice_id", "patient_id")}
    received = _rows(tables["payments"], "_key", "patient_id", "invoice_id", "amount", "kind", "reversed")
    rows = [row for row in received if pd.notna(row["amount"]) and row["kind"] not in ("allocation", "credit")]
    taken = Counter((row["patient_id"], abs(int(row["amount"]))) for row in rows if row["kind"] in _OUT)
    found = {}
    for row in rows:
        cents = -abs(int(row["amount"])) if row["kind"] in _OUT else int(row["amount"])
        if row["reversed"] is True and row["kind"] not in _OUT:
            pair = (row["patient_id"], cents)
            cents = cents if taken[pair] > 0 else 0
            taken[pair] -= 1
        patient = owner.get(str(row["invoice_id"]), row["patient_id"]) if pd.notna(row["invoice_id"]) else row["patient_id"]
        found[str(row["_key"])] = (f"patient:{patient}", cents)
    return found


def _by_person(rows: Mapping[str, tuple[str, int]], person_of: Mapping[str, str]) -> Figure:
    sums: dict[str, int] = defaultdict(int)
    for patient, cents in rows.values():
        sums[person_of.get(patient, patient)] += cents
    return sums


def _balances(tables: CanonicalTables, person_of: Mapping[str, str]) -> Figure:
    invoiced, received = _by_person(_invoices(tables), person_of), _by_person(_payments(tables), person_of)
    return {key: invoiced.get(key, 0) - received.get(key, 0) for key in {**invoiced, **received}}


def _owing(balances: Figure) -> Figure:
    return {key: cents for key, cents in balances.items() if cents > 0}


def _within(day: date, span: Span | None) -> bool:
    return span is None or span[0] <= day <= span[1]


# -- counted from records -----------------------------------------------------------------------------------------------


def count_records(records: Records, measure: str, span: Span | None = None) -> Figure:
    """Return a figure from records; money by person, as the practice states it."""
    if measure in ("patients", "active_patients"):
        no = tuple(status.capitalize() for status in _NOT_PATIENTS)
        every = measure == "patients"
        return {key: 1 for key, status in records.persons.items() if (status not in no if every else status in ("", "Active"))}
    if measure in ("appointments", "booked_appointments"):
        every = measure == "appointments"
        return {key: 1 for key, (day, done) in records.visits.items() if _within(day, span) and (every or not done)}
    if measure == "plans":
        return {key: deal.value for key, deal in records.deals.items() if key.startswith("plan:")}
    sums: dict[str, int] = defaultdict(int)
    for deal in records.deals.values():
        amounts = {"invoiced": deal.invoiced, "received": deal.paid}
        sums[deal.person] += amounts.get(measure, deal.invoiced - deal.paid)
    return _owing(sums) if measure == "receivables" else sums


def records_of_plan(plan: Plan, zone: ZoneInfo) -> Records:
    """Return what the planned records hold."""
    persons, deals, visits = {}, {}, {}
    for key, record in plan.records.items():
        if record.object is ObjectType.PERSON and key.startswith("patient:"):
            persons[key] = str(record.fields.get(f"{CUSTOM}Patient status") or "")
        elif record.object is ObjectType.DEAL:
            values = record.fields
            invoiced, paid = (_cents(values.get(f"{CUSTOM}{label}")) for label in ("Total_Invoice__c", "Total_Paid__c"))
            deals[key] = Deal(record.links.get("person_id", ""), invoiced, paid, _cents(values.get("value")))
        elif record.object is ObjectType.ACTIVITY and key.startswith("appointment:"):
            values = record.fields
            visits[key] = (_day(values, zone), bool(values.get("done")))
    return Records(persons, deals, visits)


def records_of_target(plan: Plan, ledger: Ledger, readback: ReadBack, account: AccountSchema, zone: ZoneInfo) -> Records:
    """Return what those of the planned records hold that stand in Pipedrive, by the keys of the plan."""
    aliases, binder = find_aliases(plan, ledger), Binder(account, ledger)
    images: dict[str, Mapping[str, Any]] = {}
    person_of: dict[Any, str] = {}
    for key, record in plan.records.items():
        entry = ledger.entry(aliases.get(key, key))
        image = readback.get(record.object, entry.target_id) if entry is not None and entry.is_live else None
        if image is not None and entry is not None:
            images[key] = image
            if record.object is ObjectType.PERSON:
                person_of[entry.target_id] = key
    persons, deals, visits = {}, {}, {}
    status = binder.field("person", "Patient status")
    labels: dict[Any, str] = {id: label for label, id in status.options.items()} if status else {}
    invoiced, paid = (binder.name(ObjectType.DEAL, f"{CUSTOM}{label}") or "" for label in ("Total_Invoice__c", "Total_Paid__c"))
    for key, image in images.items():
        kind = plan.records[key].object
        if kind is ObjectType.PERSON and key.startswith("patient:"):
            persons[key] = labels.get(image.get(status.code) if status else None, "")
        elif kind is ObjectType.DEAL:
            person = person_of.get(image.get("person_id"), "")
            deals[key] = Deal(person, _cents(image.get(invoiced)), _cents(image.get(paid)), _cents(image.get("value")))
        elif kind is ObjectType.ACTIVITY and key.startswith("appointment:"):
            visits[key] = (_day(image, zone), bool(image.get("done")))
    return Records(persons, deals, visits)


def _cents(value: Any) -> int:
    amount = value.get("value") if isinstance(value, Mapping) else value
    return round(float(amount or 0) * 100)


def _day(values: Mapping[str, Any], zone: ZoneInfo) -> date:
    """Return the local day of an activity: a time is UTC, a bare date is a day."""
    if not values.get("due_time"):
        return date.fromisoformat(values["due_date"])
    moment = datetime.fromisoformat(f"{values['due_date']}T{values['due_time']}")
    return moment.replace(tzinfo=UTC).astimezone(zone).date()
