"""Source tables that look like a table of ours and are not: bills of laboratories, sums a patient, suppliers, leave, movements of stock."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from migkit.model.tables import RawExport
from migkit.model.words import NUMBERS
from migkit.source import OWED, RECEIVED, kind_by_name

from .evidence import Evidence
from .names import split_words
from .own_numbers import is_bare, numbers_of
from .proposals import ColumnProposal, TableProposal
from .ranking import essential
from .reading import Reading
from .table_names import TableName

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
_OTHER_PARTS = {"treatment_items": "invoice_lines", "invoice_lines": "treatment_items"}
"""Parts of a plan and of an invoice say the same of what was done: whose number stands in their rows tells them apart."""
_HALF, _NEARLY_ALL = 0.5, 0.9
"""Share of the rows below which, and from which, parts have the number of their record."""
_NEAR = 0.75
"""Nearness of names from which a file is called like its table."""

_SCHEDULES = frozenset({"schedule", "schedules", "instalment", "instalments", "installment", "installments"})
"""What a table is called of what somebody agreed to pay."""
_CHARGES = frozenset({"charge", "charges"})
"""What a table is called each of whose rows is charged by itself, without an invoice."""
_ALL_BUT_THE_NUMBER = 2 / 3
"""Share of what an invoice cannot lack that charges have: whose they are and how much, without the invoice's number."""
_CHAIRS = 2
"""Columns of chairs or dentists from which a table of times is an appointment book."""
_TITLED = re.compile(r"(?:dr|mr|mrs|ms|miss|prof)\b", re.IGNORECASE)


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
    if _is_grid(evidence, reading.source):
        return "but it is an appointment book with a column a chair or a dentist: have it exported as a list, with a row a booking"
    if not evidence.schema[reading.table].joins and essential(evidence, reading) == 0:
        return "but no column holds anything that such a table cannot lack"
    if _nobodys(evidence, reading):
        return "but no column says whose each row is"
    if reading.table == "patients" and not _OTHERS.isdisjoint(split_words(reading.source)):
        return "but its name speaks of other people than patients"
    if reading.table == "patients" and (column := _named_beside_patients(evidence, reading)):
        return f"but patients name its rows by {column}, several of them perhaps one row: a view that joins the two says whose each is"
    if column := _belongs_to(evidence, reading):
        return f"but its rows have ids of their own, and say in {column} which of the {reading.table.replace('_', ' ')} they belong to"
    if reading.table not in BILLED:
        return ""
    homeless = [name for i, name in enumerate(reading.columns) if i not in reading.chosen]
    keyed = [reading.column_of(field) for field in evidence.schema[reading.table].key]
    if words := issuers(reading.source, [*homeless, *filter(None, keyed)]):
        return f"but {', '.join(words)} speaks of what others bill, or of vouchers"
    if reading.table == "payments" and any(name.noun in _SCHEDULES for name in map(evidence.table_names.read, _names(evidence, reading))):
        return "but its name speaks of what is to be paid, which is not what was received"
    if reading.table == "payments" and _not_when_nor_how(evidence, reading):
        return "but its name speaks of something else, and no column says when or how anything was paid"
    if _one_row_a_patient(evidence, reading):
        return "but it has one row a patient, and neither a number nor a day: sums, it seems"
    return ""


def parts_of_another(evidence: Evidence, readings: Mapping[str, Reading], table: str | None) -> str | None:
    """Return what parts of a record are, where hardly any row has the number of the record that they are likeliest a part of, and nearly
    all have one of the other kind: lines of invoices, of which some name a quote. None where that is no question."""
    other = _OTHER_PARTS.get(table or "")
    if other is None:
        return None
    own, others = (_share_with_parent(evidence, readings[one], one) for one in (str(table), other))
    return other if own is not None and own < _HALF and (others or 0.0) >= _NEARLY_ALL else None


def _names(evidence: Evidence, reading: Reading) -> Sequence[str]:
    return evidence.export.raw.tables[reading.source].names


def is_of_charges(evidence: Evidence, invoices: Reading) -> bool:
    """Return whether a table is called charges, and says of each row when, to whom and how much, and of no invoice that it stands on."""
    names = [evidence.table_names.read(name) for name in evidence.export.raw.tables[invoices.source].names]
    if all(name.noun not in _CHARGES for name in names) or not invoices.column_of("date"):
        return False
    return essential(evidence, invoices) >= _ALL_BUT_THE_NUMBER and not invoices.column_of("invoice_id")


def own_number(evidence: Evidence, source: str, columns: Mapping[str, ColumnProposal]) -> str:
    """Return the column without a home that numbers the rows of a table, "" where none does, or several do: a code is what was done."""
    profiles = evidence.export.profiles
    free = [name for name, one in columns.items() if one.choice is None and (split_words(name) or ("",))[-1] in NUMBERS - {"code"}]
    found = [name for name in free if profiles[source, name].filled and profiles[source, name].uniqueness == 1.0]
    return found[0] if len(found) == 1 else ""


def _is_grid(evidence: Evidence, source: str) -> bool:
    """Return whether rows are times of day and all other columns, of one kind each, hold texts: an appointment book as it is printed."""
    first, *others = evidence.export.raw.tables[source].columns
    kinds = {re.sub(r"\W*\d+\W*", "", name).casefold() for name in others}
    clock = evidence.export.profiles[source, first]
    if len(others) < _CHAIRS or clock.uniqueness < 1.0 or clock.share("time") < 1.0:
        return False
    alike = len(kinds) == 1 or all(evidence.table_names.says(name, "practitioners") or _TITLED.match(name) for name in others)
    written = [evidence.export.profiles[source, name] for name in others]
    return alike and any(one.filled for one in written) and all(one.share("number", "money", "yes or no") == 0.0 for one in written)


def is_price_list(evidence: Evidence, readings: Mapping[str, Reading], table: str | None) -> bool:
    """Return whether what looks like parts of a plan or an invoice names neither, nor a patient, and is what the practice charges: one row
    an item, with a price, and nothing that is counted or summed."""
    if table not in _OTHER_PARTS or not _nobodys(evidence, readings[table]):
        return False
    products = readings["products"]
    columns = {target: products.column_of(target) for target in ("code", "name", "description", "unit_price", "stock")}
    item = columns["code"] or columns["name"] or columns["description"]
    whole = len(products.chosen) == len(products.columns) and columns["unit_price"] and not columns["stock"]
    return bool(whole and item and evidence.export.profiles[products.source, item].uniqueness == 1.0)


def _share_with_parent(evidence: Evidence, reading: Reading, table: str) -> float | None:
    """Return the share of the rows that have the number of their record, 0-1; None where no column is that, or there are no rows."""
    reference = next(name for name, spec in evidence.schema.refs(table).items() if spec.required)
    column = reading.column_of(reference)
    seen = evidence.export.profiles[reading.source, column] if column else None
    return seen.filled / seen.rows if seen and seen.rows else None


def shown_by_another(raw: RawExport, found: Mapping[str, TableProposal], source: str) -> str:
    """Return the table of the same kind beside which a part of a ledger would count the same money twice, "" where there is none."""

    def is_part(name: str) -> bool:
        return not {OWED, RECEIVED}.isdisjoint(raw.tables[name].columns)

    own = found[source].table
    if own not in BILLED or not is_part(source):
        return ""
    others = (name for name, one in found.items() if one.table == own and not is_part(name) and len(raw.tables[name].frame))
    return next(others, "")


def _nobodys(evidence: Evidence, reading: Reading) -> bool:
    """Return whether such rows name a patient, or a record of one, and these do neither: leave that staff takes is no appointment."""
    table, known = evidence.schema[reading.table], evidence.table_names
    refs = [group for group in table.essentials if any(table.fields[name].ref for name in group)]
    if all(any(reading.column_of(name) for name in group) for group in refs):
        return False
    names = [known.read(name) for name in evidence.export.raw.tables[reading.source].names]
    others = [nouns for other in evidence.schema.tables if other not in (reading.table, "patients") for nouns in known.nouns(other)]
    called = any(known.same_noun(name, reading.table) and set(name.described).isdisjoint(others) for name in names)
    return not called and not any(known.says(column, "patients") for column in reading.columns)


def _named_beside_patients(evidence: Evidence, reading: Reading) -> str:
    """Return the column that would be the patients' number, where another table has it beside that: the `Address_ID` of addresses."""
    key, known = reading.column_of("patient_id"), evidence.table_names
    if key is None or known.says(key, "patients") or is_bare(evidence, key):
        return ""
    for name, table in evidence.export.raw.tables.items():
        alike = [one for one in table.columns if name != reading.source and split_words(one) == split_words(key)]
        numbers = [one for one in table.columns if known.says(one, "patients") and split_words(one)[-1] in NUMBERS]
        if alike and any(evidence.export.profiles[name, one].uniqueness == 1.0 for one in numbers):  # each row another patient
            return key
    return ""


def _belongs_to(evidence: Evidence, reading: Reading) -> str:
    """Return the column that is called like the table's key, where another one is the rows' own number: movements of stock have an `ID`,
    and a `Product ID` that is the product's; credit notes a `Credit Note No`, and the `Invoice No` that they credit."""
    key_of, known = evidence.schema[reading.table].key, evidence.table_names
    names = [(name, known.read(name)) for name in evidence.export.raw.tables[reading.source].names]
    if len(key_of) != 1 or any(_is_called_so(evidence, name, read, reading.table) for name, read in names):
        return ""
    exact, refs = reading.names.exact[:, reading.targets.index(key_of[0])], evidence.schema.refs(reading.table)
    for _, read in names:
        numbers = numbers_of(evidence, read, reading.table, reading.columns, exact)
        key = reading.column_of(key_of[0])
        own = [i for i in numbers.own if i not in reading.chosen or reading.targets[reading.chosen[i]] not in refs]  # `ID`, the patient's
        if not own or not numbers.belongs or key not in [reading.columns[i] for i in (*own, *numbers.belongs)]:
            continue
        meant = reading.chosen.get(numbers.belongs[0])
        if meant is None or reading.targets[meant] not in refs:
            return reading.columns[numbers.belongs[0]]
    return ""


def takes_off(evidence: Evidence, payments: Reading) -> bool:
    """Return whether a table's name says that its rows take something off an invoice or receipt that each names: credit notes, write-offs.

    Read as `payments`, where such rows are known by their kind: they bring no money.
    """
    names, spec = evidence.export.raw.tables[payments.source].names, evidence.schema[payments.table]
    if not any(kind_by_name(name, spec) for name in names) or essential(evidence, payments) < 1.0:
        return False
    return any(payments.column_of(name) for name in ("invoice_id", "reverses_id"))


def is_of_a_kind(evidence: Evidence, invoices: Reading) -> bool:
    """Return whether a table's name says that its rows are invoices of a kind (credit notes), and its columns are those of invoices, with
    a number of their own."""
    names, spec = evidence.export.raw.tables[invoices.source].names, evidence.schema[invoices.table]
    if not any(kind_by_name(name, spec) for name in names) or essential(evidence, invoices) < 1.0:
        return False
    return bool(invoices.column_of(spec.key[0]))


def _is_called_so(evidence: Evidence, name: str, read: TableName, table: str) -> bool:
    """Return whether a file is called nearly like its table, and its noun is no other word for many things."""
    if not read.noun:
        return True
    near = evidence.matcher.compare_tables(name, [evidence.schema[table]])[table] >= _NEAR
    return near and (not read.plural or evidence.table_names.same_noun(read, table))


def _not_when_nor_how(evidence: Evidence, reading: Reading) -> bool:
    """Return whether rows are called something else than payments and say neither the day nor the way: notes about invoices, with sums."""
    known, names = evidence.table_names, evidence.export.raw.tables[reading.source].names
    said = [read for read in map(known.read, names) if read.noun]
    if not said or any(known.same_noun(read, reading.table) for read in said) or takes_off(evidence, reading):
        return False
    return not any(map(reading.column_of, ("date", "allocated_date", "method", "kind")))


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
