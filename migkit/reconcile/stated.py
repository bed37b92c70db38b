"""What the files of an export state about each other: balance columns, debtors' lists, dashboards, counts in titles.

Debtors' lists and dashboards are read from the raw tables, whatever the map makes of them: they prove the way through it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

import pandas as pd

from migkit.model.mapping import SourceMap
from migkit.model.outcomes import Outcome
from migkit.model.tables import CanonicalTables, RawExport, SourceTable
from migkit.model.words import spaced

from .witnesses import MEASURES, Statement

_KNOWN = 0.6
"""Share of a list's rows whose patient must be known before it is one of patients."""
_DEBTORS = re.compile(r"debtor|\b(?:aged|age?ing)\b|receivable|outstanding|\bow(?:ing|es?)\b", re.IGNORECASE)
"""Names and titles of lists of who owes."""
_OWED = re.compile(
    r"(?:total|balance|owing|outstanding|owed|(?:amount|total|balance)[\s_]*(?:due|owing|outstanding|balance))", re.IGNORECASE
)
_AGED = re.compile(
    r"current|(?:over|>)?\s*\d+\s*(?:\+|days?|-\s*\d+(?:\s*days?)?)?\s*(?:days?)?\+?|\d+\s*to\s*\d+(?:\s*days?)?", re.IGNORECASE
)
"""Headers of what is owed since so many days."""
_AMOUNT = re.compile(
    r"(?P<open>\()?\s*(?P<sign>-)?\s*[$€£]?\s*(?P<sign2>-)?(?P<whole>\d[\d,]*)(?:\.(?P<cents>\d\d?))?\s*\)?\s*(?P<side>CR|DR)?",
    re.IGNORECASE,
)
_SAID: Mapping[str, str] = {
    "patients": r"(?:total |all )?(?:number of )?(?:patients|clients)",
    "active_patients": r"(?:number of |total )?active (?:patients|clients)",
    "appointments": r"(?:total |all )?(?:number of )?appointments",
    "invoiced": r"(?:total )?(?:invoiced|billed|billings|invoices? total|gross production)",
    "received": r"(?:total )?(?:received|receipts|payments received|collections|takings)",
    "receivables": r"(?:total |accounts )?(?:receivables?|debtors|debt|outstanding|owing)(?: balance| debtors| accounts)?",
    "plans": r"(?:total )?(?:treatment plans?)(?: value| total)",
}
"""Measure → what a dashboard calls it. Figures of a period are none of these: the dashboard does not say of which."""


def stated_balances(tables: CanonicalTables, person_of: Mapping[str, str]) -> Iterable[Statement]:
    """Yield what the patients' own balance column adds up to, where there is one."""
    patients = tables["patients"]
    known = patients[patients["balance"].notna()]
    if len(known):
        parts: dict[str, int] = defaultdict(int)
        for key, cents in zip(known["_key"], known["balance"], strict=True):
            parts[person_of.get(str(key), str(key))] += int(cents)
        files = ", ".join(sorted({str(file) for file in known["_file"]}))
        yield Statement("balances", sum(parts.values()), f"balance column of {files}", parts=parts)


def stated_debtors(
    raw: RawExport, tables: CanonicalTables, person_of: Mapping[str, str], read: Collection[str] = ()
) -> Iterable[Statement]:
    """Yield what each list of debtors adds up to, patient by patient.

    A row whose patient is not known counts under its place. `read`: source tables whose balances the map reads as the patients' own.
    """
    names = _patients_by_name(tables)
    for source in raw.tables.values():
        called = " ".join((source.name, source.title, *source.files))
        owed = _owed_column(source)
        if source.name in read or source.drawn is not None or not _DEBTORS.search(called.replace("_", " ")) or not owed:
            continue
        who = max(
            (source.frame[column].map(names, na_action="ignore") for column in source.columns), key=lambda found: int(found.notna().sum())
        )
        rows = source.frame[owed].notna().any(axis=1)
        if not rows.any() or who[rows].notna().mean() < _KNOWN:
            continue
        parts: dict[str, int] = defaultdict(int)
        for row in source.frame.index[rows]:
            place = f"{source.frame.at[row, '_file']}:{source.frame.at[row, '_line']}"
            key = place if pd.isna(who[row]) else person_of.get(str(who[row]), str(who[row]))
            parts[key] += sum(_cents(source.frame.at[row, column]) or 0 for column in owed)
        owing = {key: cents for key, cents in parts.items() if cents > 0}
        yield Statement("receivables", sum(owing.values()), f"debtors' list {', '.join(source.files)}", parts=owing)


def _owed_column(source: SourceTable) -> list[str]:
    """Return the column of what each row owes in all, else those of what it owes since so many days."""
    named = [one for one in source.columns if _OWED.fullmatch(one.strip()) or _AGED.fullmatch(one.strip())]
    cells = {one: source.frame[one].dropna().unique() for one in named}
    amounts = [one for one in named if len(cells[one]) and all(_cents(text) is not None for text in cells[one])]
    whole = [one for one in amounts if _OWED.fullmatch(one.strip())]
    return whole[-1:] or amounts


def stated_figures(raw: RawExport) -> Iterable[Statement]:
    """Yield the figures of dashboards: tables that hold a name and a figure in each row, or one row of figures under their names."""
    for source in raw.tables.values():
        files = ", ".join(source.files)
        if source.drawn is not None:
            continue
        if len(source.columns) == len(("name", "figure")):
            pairs = list(source.frame[list(source.columns)].dropna().astype(str).itertuples(index=False, name=None))
        elif len(source.frame) == 1:
            pairs = [(name, str(source.frame[name].iloc[0])) for name in source.columns if pd.notna(source.frame[name].iloc[0])]
        else:
            continue
        for label, text in pairs:
            spoken = spaced(label).replace(":", " ").strip()
            measure = next((one for one, said in _SAID.items() if re.fullmatch(said, spoken, re.IGNORECASE)), None)
            cents = _cents(text)
            if measure is not None and cents is not None and (MEASURES[measure].is_money or cents % 100 == 0):
                yield Statement(measure, cents if MEASURES[measure].is_money else cents // 100, f"“{spoken}” in {files}")


_SUMMED = (("invoiced", "invoices", "total"), ("received", "payments", "amount"), ("plans", "treatment_plans", "total"))
"""Measure, and the canonical table and field whose total rows state it."""


def stated_totals(raw: RawExport, source_map: SourceMap, tables: CanonicalTables, whole: CanonicalTables) -> Iterable[Statement]:
    """Yield what the total rows of a practice's reports say of all that was invoiced, received or planned, less what is void there.

    `tables` are those of this export alone, `whole` with what earlier ones said. Only where every file of that money has such totals and no
    row of it stands in two of them, where nothing of an earlier export stays beside them, and where all receipts are plain ones: whether a
    report takes off what it lists as refunded is not known.
    """
    for measure, table, name in _SUMMED:
        frame = tables[table]
        maps = [one for one in source_map.tables.values() if one.table == table and one.source in raw.tables]
        sums = [
            raw.files[file].sums.get(column)
            for one in maps
            for column in [next((c.column for c in one.columns.values() if c.to == name), "")]
            for file in raw.tables[one.source].files
        ]
        again = any(one.table == table and one.outcome is Outcome.REPEATED for one in tables.row_outcomes)
        plain = table != "payments" or (frame["kind"].fillna("payment").eq("payment") & ~frame["reversed"].fillna(False)).all()
        beside = set(whole[table]["_key"]) != set(frame["_key"])
        if not sums or None in sums or again or not plain or beside:
            continue
        void = frame.loc[frame["status"].eq("void"), name].sum() if table == "invoices" else 0
        files = ", ".join(file for one in maps for file in raw.tables[one.source].files)
        less = " (less void invoices)" if void else ""
        yield Statement(measure, sum(cents or 0 for cents in sums) - int(void), f"total rows of {files}{less}")


def _patients_by_name(tables: CanonicalTables) -> dict[str, str]:
    """Return id, number or name → patient key, those that several patients have left out."""
    patients = tables["patients"]
    found: dict[str, set[str]] = defaultdict(set)
    first, last = patients["first_name"].fillna(""), patients["last_name"].fillna("")
    for texts in (patients["patient_id"], patients["patient_number"], patients["full_name"], first + " " + last, last + ", " + first):
        for text, key in zip(texts.dropna().astype(str), patients.loc[texts.dropna().index, "_key"].astype(str), strict=True):
            if text.strip(" ,"):
                found[text].add(key)
    return {text: next(iter(keys)) for text, keys in found.items() if len(keys) == 1}


def _cents(text: object) -> int | None:
    found = _AMOUNT.fullmatch(str(text).strip())
    if not found:
        return None
    cents = int(found["whole"].replace(",", "")) * 100 + int((found["cents"] or "0").ljust(2, "0"))
    is_credit = bool(found["open"] or found["sign"] or found["sign2"] or (found["side"] or "").upper() == "CR")
    return -cents if is_credit else cents


_COUNTED = re.compile(
    r"(?<![\d.,/:-])(\d{1,3}(?:,\d{3})+|\d+)\s+(?:records?|rows?|entries|patients?|clients?|appointments?|invoices?|payments?|receipts?|items)\b"
    r"|\b(?:count|records|rows|number of \w+|total \w+s)\s*[:=]\s*(\d{1,3}(?:,\d{3})+|\d+)(?![\d.,/:-]*\d)",
    re.IGNORECASE,
)


def stated_counts(raw: RawExport) -> Iterable[Statement]:
    """Yield what a title, or a line below the rows, says of how many rows there are, with the rows that are.

    Several different counts below rows are those of parts of the file.
    """
    rows = raw.lines[raw.lines["kind"].eq("row")].groupby("file").size()
    for name, file in raw.files.items():
        if found := _COUNTED.search(file.title):
            value = int((found[1] or found[2]).replace(",", ""))
            counted = {name: int(rows.get(name, 0))}
            yield Statement("rows", value, f"title of {name}", files=counted, title="Rows below a title")
        below = [found for text in file.footers if (found := _COUNTED.fullmatch(text))]
        if len(below) == 1:
            value = int((below[0][1] or below[0][2]).replace(",", ""))
            yield Statement("rows", value, f"foot of {name}", files={name: int(rows.get(name, 0))}, title="Rows above a count")
