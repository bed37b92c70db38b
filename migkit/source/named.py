"""What the name of a file or sheet says of all its rows: `archived_patients.csv`, a sheet `Void` of invoices, `Refunds.xlsx`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

import pandas as pd

from migkit.model.canonical import CanonicalTable
from migkit.model.words import NUMBERS, spaced

from .columns import spelled
from .log import Log, labels
from .origins import day_of

_STATUSES = {
    "archived": "archived", "archive": "archived", "inactive": "inactive", "deceased": "deceased", "merged": "merged", "deleted": "deleted",
    "cancelled": "cancelled", "canceled": "cancelled", "cancellation": "cancelled", "cancellations": "cancelled", "declined": "declined",
    "accepted": "accepted", "rejected": "rejected", "void": "void", "voided": "void", "failed": "failed", "dishonoured": "dishonoured",
    "reversed": "reversed", "refunded": "refunded", "pending": "pending", "paid": "paid", "part paid": "part paid",
    "partially paid": "part paid", "unpaid": "unpaid", "not paid": "unpaid", "outstanding": "outstanding", "overdue": "overdue",
    "won": "won", "lost": "lost",
    "completed": "completed", "attended": "attended", "arrived": "arrived", "departed": "departed", "checked out": "checked out",
    "finished": "finished", "done": "done", "rescheduled": "rescheduled", "unable to attend": "unable to attend", "uta": "uta",
    "utas": "uta", "broken": "broken", "failed to attend": "failed to attend", "no shows": "no show", "no show": "no show",
    "noshow": "noshow", "noshows": "noshow", "missed": "missed", "not attended": "not attended", "did not arrive": "did not arrive",
    "did not attend": "did not attend", "dna": "dna", "dnas": "dna", "fta": "fta", "ftas": "fta",
}  # fmt: skip
"""Words of a name → the spelling of a status, which each table has or has not."""
_KINDS = {
    "refund": "refund", "refunds": "refund", "reversal": "reversal", "reversals": "reversal", "chargebacks": "reversal",
    "dishonours": "reversal", "credit note": "credit note", "credit notes": "credit note", "write off": "write off",
    "write offs": "write off", "writeoffs": "write off", "bad debts": "bad debt", "adjustment notes": "adjustment note",
    "adjustments": "credit adjustment", "discounts": "credit adjustment",
}  # fmt: skip
"""Words of a name → the spelling of a kind of payment or invoice."""
_METHODS = {
    "cash": "cash", "eftpos": "eftpos", "hicaps": "hicaps", "cheque": "cheque", "cheques": "cheque", "visa": "visa",
    "mastercard": "mastercard", "amex": "amex", "credit card": "credit card", "direct debit": "direct debit",
    "bank transfer": "bank transfer", "bank transfers": "bank transfer",
    "health fund": "health fund", "health funds": "health fund", "medicare": "medicare", "cdbs": "cdbs", "paypal": "paypal",
    "afterpay": "afterpay", "gift voucher": "gift voucher", "gift vouchers": "gift voucher",
}  # fmt: skip
"""Words of a name → the spelling of a way of paying, or of who pays beside the patient."""
_BESIDE = re.compile(
    r"\b(?:and|or|with|incl|including|all|plus|active|current|excl|excluding|except|without|no|non|not|less|minus|other than"
    r"|but|excluded|removed|omitted|left out|filtered|partly|part|partially|fully)\b"
    r"|[&+]"
)
"""Words beside which a name says nothing of all its rows: it holds others too, has left such rows out, or says it of half of each."""
_DAYS = frozenset({"payments", "invoices", "appointments"})
"""Tables whose rows happened on a day."""
_DENTIST = re.compile(r"\b(?:Dr|Doctor|Prof|Professor)\.?\s+[A-Z][\w'’-]+(?:\s+[A-Z][\w'’-]+)?")
"""A dentist in the name of a file or sheet."""
_CHAIR = re.compile(
    r"\b(?:surgery|chair|operatory|op|room)\s*(?:no\.?\s*|#\s*)?(?:\d{1,2}|[a-f])\b"
    r"(?!\s*[-/.]?\s*\d|\s*(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec))",
    re.IGNORECASE,
)
"""A chair in the name of a file or sheet, where what follows makes no date of its number."""
_OF_ALL_ROWS: tuple[tuple[str, tuple[str, ...], re.Pattern[str], str], ...] = (
    ("practitioner_name", ("practitioner_name", "practitioner_id"), _DENTIST, "provider-from-name"),
    ("chair", ("chair",), _CHAIR, "chair-from-name"),
)
"""Field, the fields of which no row may hold any, what says it in the name of a file or sheet, the rule."""
_WAITING = re.compile(r"\bcancell?ations? list\b")
"""What practices also call the list of those who would come earlier."""


def read_names_of_files(frame: pd.DataFrame, source: str, spec: CanonicalTable, headers: Mapping[str, str], log: Log) -> None:
    """Fill the status and the kind of rows that have none of their own by what their table, file or sheet is called.

    A name that says two things, or that speaks of others beside, says nothing. Parts of a record (lines, items) follow that, not the name
    of their file. Rows of a kind that are numbered as such (`headers`: field → the column's) keep their numbers apart from the others'.
    """
    if any(one.ref and one.required for one in spec.fields.values()):
        return
    for field, words, rule in (
        ("status", _STATUSES, "status-from-name"),
        ("kind", _KINDS, "kind-from-name"),
        ("method", _METHODS, "method-from-name"),
    ):
        if field not in spec.fields or not spec.fields[field].values or (field == "method" and spec.name != "payments"):
            continue
        for file in frame["_file"].unique():
            name = next((one for one in _names(source, str(file)) if _said(one, words, spec, field)), "")
            value = _said(name, words, spec, field)
            if not value:
                continue
            rows = frame.index[frame["_file"].eq(file) & frame[field].isna()]
            if len(rows) and not (_WAITING.search(name.casefold()) and frame.loc[rows, _cancelled(spec)].isna().all(axis=None)):
                if field == "kind":
                    _number_apart(frame, rows, spec, name, headers, log)
                    value = _if_all_take_off(frame.loc[rows], value, name)
                frame.loc[rows, field] = value
                log.find("said-by-name", spec.name, labels(frame, rows), field, name=name, value=value)
                log.repair(spec.name, field, rows, rule, [None] * len(rows), [value] * len(rows))


def read_days_of_files(frame: pd.DataFrame, spec: CanonicalTable, today: date, log: Log) -> None:
    """Give rows without any day that of their file's or sheet's name, where there is a file a day: `takings 2026-11-16.csv`, `…-17.csv`,
    or `Mon 16 Nov`, `Tue 17 Nov` of the year before `today`.

    One file alone may be called by the day on which it was exported.
    """
    if spec.name not in _DAYS:
        return
    fields = [name for name in ("date", "start_at") if name in spec.fields]
    days = {file: day_of(own_name(file), today) for file in sorted(map(str, frame["_file"].unique()))}
    if None in days.values() or len(set(days.values())) < max(2, len(days)) or frame[fields].notna().any(axis=None):
        return
    for file, day in days.items():
        rows = frame.index[frame["_file"].eq(file)]
        frame.loc[rows, "date"] = pd.Timestamp(day)
        log.find("said-by-name", spec.name, labels(frame, rows), "date", name=own_name(file), value=f"{day:%d %b %Y}")
        log.repair(spec.name, "date", rows, "date-from-name", [None] * len(rows), [str(day)] * len(rows))


def read_providers_of_files(frame: pd.DataFrame, source: str, spec: CanonicalTable, log: Log) -> None:
    """Give rows of a file or sheet that is called after a dentist (`Dr Lee`) or a chair (`Surgery 2`) this one, where no row names any."""
    if spec.name == "practitioners":
        return
    for field, beside, pattern, rule in _OF_ALL_ROWS:
        if field not in spec.fields:
            continue
        fields = [name for name in beside if name in spec.fields]
        for file in frame["_file"].unique():
            names = (name.replace("_", " ") for name in (own_name(str(file)), source))
            found = next((match for name in names if (match := pattern.search(name))), None)
            if found is None:
                continue
            rows = frame.index[frame["_file"].eq(file)]
            if frame.loc[rows, fields].isna().all(axis=None):
                frame.loc[rows, field] = found[0]
                log.find("said-by-name", spec.name, labels(frame, rows), field, name=own_name(str(file)), value=found[0])
                log.repair(spec.name, field, rows, rule, [None] * len(rows), [found[0]] * len(rows))


def share_names_of_files(table: str, frame: pd.DataFrame, log: Log) -> None:
    """Give rows of the same key (in place) the dentist and the chair that only the name of another one's file said: `Appts Dr Li.csv`
    beside `Appts all.csv`, where both show a booking, is no difference."""
    rules = {rule for *_, rule in _OF_ALL_ROWS}
    named = [row for one in log.repairs if one.table == table for row, rule in zip(one.rows, one.rules, strict=True) if rule in rules]
    if not named:
        return
    rows = frame[frame["_key"].isin(frame.loc[frame.index.intersection(named), "_key"]) & frame["_key"].duplicated(keep=False)]
    for field in (name for _, fields, *_ in _OF_ALL_ROWS for name in fields if name in frame):
        groups = rows.groupby("_key")[field]
        lacking = rows.index[rows[field].isna() & groups.transform("nunique").eq(1)]
        frame.loc[lacking, field] = groups.transform("first")[lacking]


def _number_apart(frame: pd.DataFrame, rows: pd.Index, spec: CanonicalTable, name: str, headers: Mapping[str, str], log: Log) -> None:
    """Begin the plain numbers of rows of a kind with that kind: credit note 1 (`Credit Note No`) is not invoice 1."""
    key = spec.key[0]
    called = [word.rstrip("s") for word in _words(headers.get(key, "")) if word not in NUMBERS]
    kind = next((one for one in sorted(_KINDS, key=len, reverse=True) if re.search(rf"\b{one}\b", " ".join(_words(name)))), "")
    singular = [word.rstrip("s") for word in kind.split()]
    names_another = any(field in headers for field in ("reverses_id", "invoice_id") if field != key)
    if key not in headers or not (called == singular or (not called and names_another)):
        return
    plain = rows[frame.loc[rows, key].str.fullmatch(r"\d+").fillna(False)]
    before, after = frame.loc[plain, key], "-".join(singular) + "-" + frame.loc[plain, key]
    log.repair(spec.name, key, plain, "number-of-kind", before, after)
    frame.loc[plain, key] = after


def _if_all_take_off(rows: pd.DataFrame, value: str, name: str) -> str:
    """Return the kind, but nobody's where credits have both signs: adjustments may add as well, and nothing says which do."""
    amounts = rows["amount"].dropna() if "amount" in rows else pd.Series(dtype="Int64")
    return name if value == "credit" and (amounts > 0).any() and (amounts < 0).any() else value


def kind_by_name(name: str, spec: CanonicalTable) -> str | None:
    """Return the kind (of invoice, of payment) that all rows of a file or sheet of this name are, None where it says none."""
    return _said(name, _KINDS, spec, "kind") if "kind" in spec.fields else None


def _cancelled(spec: CanonicalTable) -> list[str]:
    """Return the fields that prove that a booking was cancelled."""
    return [name for name in ("cancelled_at", "cancelled_reason", "cancelled") if name in spec.fields]


def _names(source: str, file: str) -> tuple[str, ...]:
    """Return what a file is called, and its table where that was not made of a part of the file's name (`part paid invoices`)."""
    own = own_name(file)
    return (own,) if set(_words(source)) <= set(_words(own)) else (source, own)


def _words(name: str) -> list[str]:
    return re.findall(r"[a-z]+|[&+]", spaced(name).casefold())


def own_name(file: str) -> str:
    """Return the name of a file without its folders and ending, or of the sheet in a workbook."""
    return file.rpartition("#")[2] if "#" in file else re.sub(r"\.\w+$", "", file.rpartition("/")[2])


def _said(name: str, words: dict[str, str], spec: CanonicalTable, field: str) -> str | None:
    """Return the one value of the field that a name says, None where it says none or several."""
    text = " ".join(_words(name))
    found = set()
    for phrase in sorted(words, key=len, reverse=True):
        if re.search(rf"\b{phrase}\b", text):
            text = re.sub(rf"\b{phrase}\b", " ", text)
            found.add(spelled(words[phrase], spec.fields[field]))
    found.discard(None)
    if _BESIDE.search(text):
        return None
    return found.pop() if len(found) == 1 else None
