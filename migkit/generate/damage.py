"""Put every known flaw into an export, at its rate, and remember where.

A row is chosen by a draw of its own key, so the second export has the same flaws in the same rows. Rows that something
else refers to are never made unreadable: a flaw that costs a row strikes leaves only.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from .flaws import CELL_FLAWS, ROW_RATES, CellFlaw, bare, ragged, stray, unclosed
from .layouts import total_row
from .practice import Practice, Record
from .render import cell
from .sheets import Row, Sheet
from .words import draw, plain

LAST_FIRST = ("practitioners", "payments", "invoices", "clinical_notes", "communications")
"""Tables that write names of staff as `Last, First`."""
OVERLAP = timedelta(days=3)
"""A newer payment report begins this much before its month."""


@dataclass
class Flaw:
    """One flaw; file and line are those of the row once it is written."""

    kind: str
    effect: str
    sheet: Sheet | None = None
    row: Row | None = None
    key: str = ""
    name: str = ""
    """Canonical field."""
    before: Any = None
    after: Any = None
    also: list[str] = field(default_factory=list)
    """Other keys that it concerns: candidates, the survivor, the other booking."""

    def plain(self) -> dict[str, Any]:
        """Return the flaw as JSON."""
        where = {"file": self.sheet.name if self.sheet else "", "line": self.row.line if self.row else None}
        what = {"table": self.sheet.table if self.sheet else "", "key": self.key, "field": self.name}
        seen = {"before": _json(self.before), "after": _json(self.after), "also": self.also}
        return {"kind": self.kind, "effect": self.effect, **where, **what, **seen}


def _json(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


class Damage:
    """Spoils the sheets of one export."""

    def __init__(self, practice: Practice, sheets: list[Sheet], seed: int) -> None:
        self.practice, self.sheets, self.seed = practice, sheets, seed
        self.flaws: list[Flaw] = []
        self._spoiled: set[tuple[int, str]] = set()

    def of(self, table: str) -> list[Sheet]:
        """Return the sheets of one table."""
        return [sheet for sheet in self.sheets if sheet.table == table]

    def choose(self, kind: str, rate: float, rows: Iterable[tuple[Sheet, Row]]) -> list[tuple[Sheet, Row]]:
        """Return about `rate` of the rows, one at least where there are any."""
        drawn = [(draw(self.seed, kind, row.key), sheet, row) for sheet, row in rows]
        chosen = [(sheet, row) for chance, sheet, row in drawn if chance < rate]
        return chosen or [(sheet, row) for _, sheet, row in sorted(drawn, key=lambda entry: entry[0])[:1]]

    def note(self, kind: str, effect: str, sheet: Sheet | None, row: Row | None, **rest: Any) -> None:
        """Remember a flaw."""
        self.flaws.append(Flaw(kind, effect, sheet, row, **({"key": row.key} if row else {}) | rest))

    # -- cells ------------------------------------------------------------------------------------------------------

    def spoil_cells(self) -> None:
        """Put the flaws of single cells."""
        for flaw in CELL_FLAWS:
            for table, name in flaw.where:
                self._spoil(flaw, table, name)

    def _spoil(self, flaw: CellFlaw, table: str, name: str) -> None:
        able = []
        for sheet in self.of(table):
            if name not in sheet.fields:
                continue
            place = sheet.fields.index(name)
            for row in sheet.data():
                value = row.cells[place]
                if value is not None and (id(row), name) not in self._spoiled and flaw.change(value, sheet.is_workbook) is not None:
                    able.append((sheet, row))
        for sheet, row in self.choose(f"{flaw.kind}/{name}", flaw.rate, able):
            place = sheet.fields.index(name)
            before, after = row.cells[place], flaw.change(row.cells[place], sheet.is_workbook)
            row.cells[place] = after
            self._spoiled.add((id(row), name))
            self.note(flaw.kind, flaw.effect, sheet, row, name=name, before=before, after=after)

    # -- rows -------------------------------------------------------------------------------------------------------

    def overlap_payments(self) -> None:
        """Let each newer payment report begin a few days early: rows repeated, some with the amount that was altered since."""
        index = self.practice.index("payments")
        received = [s for s in self.of("payments") if "Allocation" not in s.path]
        altered: dict[int, dict[str, Record]] = defaultdict(dict)
        for number in range(1, len(received)):
            older, newer = received[number - 1], received[number]
            month = min(index[_id(row)]["date"] for row in newer.data())[:7]
            usual = (date.fromisoformat(f"{month}-01") - OVERLAP).isoformat()
            start = min(usual, max(index[_id(row)]["date"] for row in older.data()))
            shared = [row for row in older.data() if index[_id(row)]["date"] >= start]
            newer.rows[:0] = [Row(list(row.cells), key=row.key) for row in shared]
            if len(newer.above) > 1:
                newer.above[1].cells[0] = newer.above[1].cells[0].replace(f"01/{month[5:]}/{month[:4]} to", f"{_day(start)} to")
            changed = {row.key for _, row in self.choose("changed-amount", ROW_RATES["changed-amount"], ((older, row) for row in shared))}
            for row, again in zip(shared, newer.rows, strict=False):
                kind = "changed-amount" if row.key in changed else "repeated-row"
                amount = older.fields.index("amount")
                if kind == "changed-amount":
                    record = index[_id(row)]
                    altered[number - 1][record["payment_id"]] = record | {"amount": record["amount"] - 500}
                    row.cells[amount] = cell("payments", "amount", record["amount"] - 500, native=older.is_workbook)
                self.note(
                    kind, "repeated", older, row, name="amount", before=again.cells[amount], after=row.cells[amount], also=[newer.name]
                )
        for number, sheet in enumerate(received):
            records = [altered[number].get(_id(row), index[_id(row)]) for row in sheet.data()]
            sheet.below[-1] = total_row(sheet, records)

    def name_instead_of_id(self) -> None:
        """Blank the patient's id in some recalls, where the name says it alone; two patients of one name make it a guess."""
        by_name: dict[tuple[str, str], list[str]] = defaultdict(list)
        for patient in self.practice["patients"]:
            for given in {patient["first_name"], patient["preferred_name"]} - {None}:
                by_name[(plain(patient["last_name"]), plain(given))].append(patient["patient_id"])
        names = {p["patient_id"]: (plain(p["last_name"]), plain(p["first_name"])) for p in self.practice["patients"]}
        for sheet in self.of("recalls"):
            place = sheet.fields.index("patient_id")
            rows = [(sheet, row) for row in sheet.data()]
            alone = [(s, row) for s, row in rows if len(by_name[names[row.cells[place]]]) == 1]
            doubled = [(s, row) for s, row in rows if len(by_name[names[row.cells[place]]]) > 1]
            for kind, effect, able in (("name-for-id", "repaired", alone), ("ambiguous-name", "held", doubled)):
                for _, row in self.choose(kind, ROW_RATES[kind], able):
                    before, row.cells[place] = row.cells[place], None
                    candidates = [f"patient:{patient}" for patient in by_name[names[before]]]
                    self.note(kind, effect, sheet, row, name="patient_id", before=before, also=candidates)

    def repeat_rows(self) -> None:
        """Print some messages and recalls twice, the second time further down."""
        for table in ("communications", "recalls"):
            for sheet in self.of(table):
                for _, row in self.choose("repeated-row", ROW_RATES["repeated-row"], [(sheet, row) for row in sheet.data()]):
                    again = Row(list(row.cells), key=row.key)
                    sheet.rows.insert(min(len(sheet.rows), sheet.rows.index(row) + 7), again)
                    self.note("repeated-row", "repeated", sheet, again)

    def lose_patients(self) -> None:
        """Leave out some patients that appointments refer to: the export is incomplete, which must stop a load."""
        seen = {a["patient_id"] for a in self.practice["appointments"]}
        housed = {key for household in self.practice.households for key in household["members"]}
        firsts = {self.practice.persons[p] for p in self.practice.variations} | set(self.practice.variations)
        for sheet in self.of("patients"):
            able = [(sheet, r) for r in sheet.data() if _id(r) in seen and r.key not in housed and _id(r) not in firsts]
            gone = {row.key for _, row in self.choose("missing-patient", ROW_RATES["missing-patient"], able)}
            sheet.rows = [row for row in sheet.rows if row.key not in gone]
            for key in sorted(gone):
                self.note("missing-patient", "absent", sheet, None, key=key)

    def add_layout(self) -> None:
        """Leave blank rows between patients and families, and print the header again inside long tables."""
        for table in ("patients", "families"):
            for sheet in self.of(table):
                for _, row in self.choose("blank-row", ROW_RATES["blank-row"], [(sheet, row) for row in sheet.data()]):
                    sheet.rows.insert(sheet.rows.index(row), Row([], layout="blank"))
        longest = max(self.of("invoices"), key=lambda sheet: len(sheet.rows))
        for sheet in [*self.of("appointments")[:1], longest]:
            sheet.rows.insert(len(sheet.rows) // 2, Row(list(sheet.headers), layout="header"))

    # -- text -------------------------------------------------------------------------------------------------------

    def break_text(self) -> None:
        """Break the text of some delimited rows: ragged, unclosed and stray quotes."""
        self._break("ragged-row", "communications", "rejected", ragged)
        self._break("ragged-row", "recalls", "rejected", ragged)
        self._break("unclosed-quote", "communications", "rejected", unclosed)
        self._break("stray-quote", "leads", "either", stray)
        self._break("bare-quote", "appointments", "read", bare)

    def _break(self, kind: str, table: str, effect: str, change: Callable[[Sheet, Row], str | None]) -> None:
        noted = {id(flaw.row) for flaw in self.flaws}
        for sheet in self.of(table):
            if sheet.is_workbook:
                continue
            again = Counter(row.key for row in sheet.data())
            able = [(sheet, r) for r in sheet.data() if id(r) not in noted and again[r.key] == 1 and r.text is None and change(sheet, r)]
            for _, row in self.choose(kind, ROW_RATES[kind], able):
                row.text = change(sheet, row)
                self.note(kind, effect, sheet, row)

    # -- what is there anyway -----------------------------------------------------------------------------------------

    def note_shape(self) -> None:
        """Remember layout rows, encodings, separators, stacked files and awkward truths."""
        stacked = Counter(sheet.table for sheet in self.sheets)
        for sheet in self.sheets:
            self._note_layout(sheet)
            if stacked[sheet.table] > 1:
                self.note("stacked-file", "read", sheet, None)
            if {"practitioner_name", "full_name", "author"} & set(sheet.fields) and sheet.table in (
                "practitioners",
                "payments",
                "invoices",
            ):
                self.note("last-first-name", "read", sheet, None)
            if sheet.is_workbook:
                continue
            for kind, is_so in (
                (f"encoding-{sheet.encoding}", sheet.encoding != "utf-8"),
                ("separator-semicolon", sheet.separator == ";"),
                ("separator-tab", sheet.separator == "\t"),
                ("crlf", sheet.newline == "\r\n"),
            ):
                if is_so:
                    self.note(kind, "read", sheet, None)
            for row in sheet.data():
                text = "" if row.text is not None else "".join(value for value in row.cells if isinstance(value, str))
                for kind, mark in (("embedded-newline", "\n"), ("embedded-quote", '"')):
                    if mark in text:
                        self.note(kind, "read", sheet, row)
        self._note_conditions()

    def _note_layout(self, sheet: Sheet) -> None:
        for row in [*sheet.above, *sheet.rows, *sheet.below]:
            if row.layout:
                kind = {"header": "repeated-header"}.get(row.layout, f"{row.layout}-row")
                self.note("merged-title-cell" if row.merged else kind, "layout", sheet, row)

    def _note_conditions(self) -> None:
        place = {row.key: (sheet, row) for sheet in self.sheets for row in sheet.data()}
        for condition in self.practice.conditions:
            for key in condition["keys"]:
                if key in place:
                    effect = "held" if condition["kind"] == "booking-without-patient" else "found"
                    self.note(condition["kind"], effect, *place[key], also=[k for k in condition["keys"] if k != key])
        for patient in self.practice["patients"]:
            key = f"patient:{patient['patient_id']}"
            if patient["patient_id"] in self.practice.variations and key in place:
                kind = "tombstone" if patient["status"] == "merged" else "second-record"
                self.note(kind, "found", *place[key], also=[f"patient:{self.practice.persons[patient['patient_id']]}"])

    def counts(self) -> dict[str, int]:
        """Return kind → number of flaws."""
        return dict(sorted(Counter(flaw.kind for flaw in self.flaws).items()))


def spoil(practice: Practice, sheets: list[Sheet], seed: int, *, missing_patients: bool) -> Damage:
    """Spoil the sheets in place and return what was done."""
    damage = Damage(practice, sheets, seed)
    damage.overlap_payments()
    damage.name_instead_of_id()
    damage.spoil_cells()
    damage.repeat_rows()
    damage.break_text()
    damage.add_layout()
    if missing_patients:
        damage.lose_patients()
    return damage


RATES = {flaw.kind: flaw.rate for flaw in CELL_FLAWS} | ROW_RATES


def _id(row: Row) -> str:
    return row.key.partition(":")[2]


def _day(text: str) -> str:
    return "/".join(reversed(text.split("-")))
