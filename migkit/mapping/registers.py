"""Source tables that look like a table of ours and are not: bills of laboratories, sums a patient, suppliers, leave, movements of stock."""

from __future__ import annotations

from collections.abc import Iterable

from .evidence import Evidence
from .names import split_words
from .ranking import essential
from .reading import Reading

BILLED = ("invoices", "invoice_lines", "payments")
"""Tables of what the practice bills and receives."""
_ISSUERS = frozenset(
    {"lab", "labs", "laboratory", "laboratories", "supplier", "suppliers", "vendor", "vendors", "creditor", "creditors", "payroll"}
    | {"expense", "expenses", "voucher", "vouchers", "purchaser"}
)
"""Words of who bills the practice, and of what it owes."""
_OF_ISSUERS = frozenset({"id", "no", "number", "name", "code", "ref", "reference", "invoice", "bill", "gift"})
"""Words beside which such a word still says who issued a row: `Lab Invoice No`; a `Lab Fee` is part of the practice's own price."""
_LEAST_ROWS = 3
"""Rows from which it is no chance that each is of another patient."""


_OTHERS = frozenset(
    {"supplier", "suppliers", "vendor", "vendors", "creditors", "labs", "laboratories", "referrer", "referrers", "referral", "referrals"}
    | {"emergency", "kin", "holder", "holders", "guarantor", "guarantors", "payer", "payers", "payor", "payors", "insurer", "insurers"}
)
"""Words of a table's name by which its rows are other people than patients."""
_NEAR = 0.75
"""Nearness of names from which a file is called like its table."""


def issuers(source: str, columns: Iterable[str]) -> tuple[str, ...]:
    """Return what says that somebody else than the practice issued what a table holds: its name, or one of these columns."""
    told = (source,) if _speaks(source) else ()
    return (*told, *(name for name in columns if _speaks(name) and set(split_words(name)) <= _ISSUERS | _OF_ISSUERS))


def _speaks(name: str) -> bool:
    return not _ISSUERS.isdisjoint(split_words(name))


def why_no_table(evidence: Evidence, reading: Reading) -> str:
    """Return in words what speaks against a source table being what it is read as, "" where nothing does.

    Such a table is asked about rather than proposed: what the practice owes, or sums, would count as patients' debts and payments.
    """
    if not evidence.schema[reading.table].joins and essential(evidence, reading) == 0:
        return "but no column holds anything that such a table cannot lack"
    if _nobodys(evidence, reading):
        return "but no column says whose each row is"
    if reading.table == "patients" and not _OTHERS.isdisjoint(split_words(reading.source)):
        return "but its name speaks of other people than patients"
    if column := _belongs_to(evidence, reading):
        return f"but its rows have ids of their own, and say in {column} which of the {reading.table.replace('_', ' ')} they belong to"
    if reading.table not in BILLED:
        return ""
    homeless = [name for i, name in enumerate(reading.columns) if i not in reading.chosen]
    keyed = [reading.column_of(field) for field in evidence.schema[reading.table].key]
    if words := issuers(reading.source, [*homeless, *filter(None, keyed)]):
        return f"but {', '.join(words)} speaks of what others bill, or of vouchers"
    if _one_row_a_patient(evidence, reading):
        return "but it has one row a patient, and neither a number nor a day: sums, it seems"
    return ""


def _nobodys(evidence: Evidence, reading: Reading) -> bool:
    """Return whether such rows name a patient, or a record of one, and these do neither: leave that staff takes is no appointment."""
    table, known = evidence.schema[reading.table], evidence.table_names
    refs = [group for group in table.essentials if any(table.fields[name].ref for name in group)]
    if all(any(reading.column_of(name) for name in group) for group in refs):
        return False
    names = evidence.export.raw.tables[reading.source].names
    called = any(known.same_noun(known.read(name), reading.table) for name in names)
    return not called and not any(known.says(column, "patients") for column in reading.columns)


def _belongs_to(evidence: Evidence, reading: Reading) -> str:
    """Return the column that is called like the table's key, where another one seems to be the rows' own whose name does not say whose.

    Such rows are something that the table's records have: movements of stock have an `ID`, and a `Product ID` that is the product's.
    """
    key_of, known = evidence.schema[reading.table].key, evidence.table_names
    names = evidence.export.raw.tables[reading.source].names
    table = [evidence.schema[reading.table]]
    if len(key_of) != 1 or any(evidence.matcher.compare_tables(name, table)[reading.table] >= _NEAR for name in names):
        return ""
    j = reading.targets.index(key_of[0])
    alike = [column for i, column in enumerate(reading.columns) if reading.names.exact[i, j] or reading.chosen.get(i) == j]
    named = [column for column in alike if known.says(column, reading.table)]
    return named[0] if named and len(named) < len(alike) else ""


def _one_row_a_patient(evidence: Evidence, reading: Reading) -> bool:
    """Return whether each row is another patient's, without a day, and without a column that is called like a number of such a record."""
    patient = reading.column_of("patient_id") or reading.column_of("patient_name")
    if patient is None or reading.column_of("date") or reading.column_of("invoice_id" if reading.table == "invoice_lines" else "due_date"):
        return False
    j = reading.targets.index(evidence.schema[reading.table].key[0])
    key = next((i for i, target in reading.chosen.items() if target == j), None)
    seen = evidence.export.profiles[reading.source, patient]
    called = key is not None and (reading.names.exact[key, j] or evidence.export.profiles[reading.source, reading.columns[key]].filled == 0)
    return not called and seen.filled >= _LEAST_ROWS and seen.distinct == seen.filled
