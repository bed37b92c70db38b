"""What the product says of rows that did not arrive, found by the truth's own keys.

A row of the outcome table is traced to the truth by its source id; in the practice of printed reports, which has no ids, by what
stands on its line of the file.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import openpyxl
import pandas as pd

from migkit.model.outcomes import Finding

ARRIVED = {"created", "updated", "unchanged", "matched", "merged-into", "folded-into", "exported"}
HOMES = {
    "invoice": ("statement.csv", "invoices", "Transactions"),
    "invoice line": ("procedurelog.csv", "invoice_items", "Transactions"),
    "payment": ("payment.csv", "payments", "Transactions"),
    "claimpayment": ("claimpayment.csv",),
    "plan item": ("procedurelog.csv", "treatplanattach.csv"),
    "recall": ("recall.csv", "Recalls Due"),
}
"""Kind → beginnings of the names of the files that tell it; where all rows of one are left out, that is the reason."""


@dataclass
class Settled:
    """Why rows did not arrive."""

    reasons: dict[str, str] = field(default_factory=dict)
    """`kind:key` → outcome and reason."""
    left_out: frozenset[str] = frozenset()
    """Files of which no row was taken."""
    phones: frozenset[str] = frozenset()
    """Ids of patients of whom a finding says that a number of theirs is kept as it is written."""

    def why(self, kind: str, *key: str) -> str | None:
        """The stated reason, None where there is none."""
        told = self.reasons.get(f"{kind}:{'|'.join(key)}")
        home = next((file for start in HOMES.get(kind, ()) for file in self.left_out if file.startswith(start)), None)
        return told or (f"{home} is left out" if home else None)


def settled(rows: pd.DataFrame, export: Path, findings: Iterable[Finding] = ()) -> Settled:
    """Return the reasons of an outcome table (file, line, table, key, outcome, reason), and what the findings say of phones."""
    names = rows["file"].map(lambda file: str(file).partition("/")[2] or str(file))
    gone = ~rows["outcome"].isin(ARRIVED)
    out = frozenset(names[gone & rows["outcome"].eq("excluded")]) - frozenset(names[~rows["outcome"].eq("excluded")])
    reasons = {str(row.key): f"{row.outcome}: {row.reason}" for row in rows[gone].itertuples() if row.key and row.outcome != "repeated"}
    at = {
        (file, int(line)): f"{outcome}: {reason}"
        for file, line, outcome, reason in zip(names, rows["line"], rows["outcome"], rows["reason"], strict=True)
    }
    lost = {(file, int(line)) for file, line, is_gone in zip(names, rows["line"], gone, strict=True) if is_gone}
    for book in sorted(export.glob("*.xlsx")):
        for keys, place in printed(book):
            if place in lost:
                reasons |= dict.fromkeys(keys, at[place])
    phones = frozenset(key.partition(":")[2] for one in findings if one.code == "unproven-phone" for key in one.keys)
    return Settled(reasons, frozenset(name.partition("#")[0] for name in out), phones)


def printed(path: Path) -> Iterator[tuple[list[str], tuple[str, int]]]:
    """Yield the truth's keys of every line of a printed report that has one, with file and line."""
    for sheet in openpyxl.load_workbook(path, read_only=True):
        day, patient, plan = "", "", ""
        for line, row in enumerate(sheet.iter_rows(values_only=True), start=1):
            cells = [*row, *[None] * 12]
            first = str(cells[0] or "")
            place = (f"{path.name}#{sheet.title}", line)
            if first.startswith("Patient: "):
                patient = _person(first)
            elif first.startswith("Plan: "):
                plan = _plan(first, patient)
            if path.stem == "Appointment Book" and cells[1] and cells[3]:
                day = _iso(cells[0]) or day
                clock = _clock(cells[1])
                if clock:
                    yield [f"appointment:{sheet.title}|{day}T{clock}"], place
            elif path.stem == "Clinical Notes" and cells[1] and cells[3]:
                day = _iso(cells[0]) or day
                yield [f"note:{patient}|{day}T{cells[1]}:00"], place
            elif path.stem == "Treatment Plans" and cells[1] and plan:
                yield [f"plan:{plan}", f"plan item:{plan}"], place
            elif path.stem == "Recalls Due" and isinstance(cells[5], datetime):
                yield [f"recall:{first}|{_iso(cells[1]) or ''}|{_iso(cells[5])}"], place


def _person(text: str) -> str:
    """`Patient: Last, First Middle (Nick), Title   DOB: 15/01/1997` → `Last, First|1997-01-15`."""
    name, _, born = text.removesuffix(" (continued)").partition(": ")[2].partition("   DOB: ")
    last, _, rest = name.partition(", ")
    given = rest.partition(",")[0].partition(" (")[0].split(" ")[0]
    return f"{last}, {given}|{_iso(born.split('   ')[0]) or ''}"


def _plan(text: str, patient: str) -> str:
    heading, _, rest = text.removeprefix("Plan: ").removesuffix(" (continued)").partition("   Dated: ")
    return f"{patient}|{_iso(rest.split('   ')[0])}|{heading}"


def _iso(value: object) -> str | None:
    if isinstance(value, datetime):
        return value.date().isoformat()
    text = str(value or "").split(" ")[-1]
    try:
        return datetime.strptime(text, "%d/%m/%Y").date().isoformat()  # a day has no zone
    except ValueError:
        return None


def _clock(value: object) -> str | None:
    try:
        return datetime.strptime(str(value), "%I:%M %p").strftime("%H:%M")  # a time of day has no zone
    except ValueError:
        return None
