"""One source table under its map → typed rows of its canonical table, and of the parents whose columns its rows repeat."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from zoneinfo import ZoneInfo

import pandas as pd

from migkit.model.canonical import DTYPES, CanonicalField, CanonicalSchema, CanonicalTable
from migkit.model.country import NO_COUNTRY, Country
from migkit.model.errors import DataError
from migkit.model.mapping import CUSTOM, ColumnMap, NewField, SourceMap, TableMap
from migkit.model.messages import Message
from migkit.model.outcomes import Outcome
from migkit.model.tables import RawExport, SourceTable

from .addends import after_percentage, applied_part, find_addends
from .columns import Reading, Shown, TypedColumn, orders_by_header, orders_of, type_column, type_files, type_zones
from .contacts import FURTHER, as_cells, keep_further, keeps_further
from .currencies import foreign_by_row, with_currency
from .done_items import PATIENT_OF, part_items
from .family_invoices import part_family_lines
from .gathered import gathered_columns, under_headers
from .keys import ALIKE, ALL_CELLS, COUNTED
from .log import Log, Repaired, labels
from .named import read_days_of_files, read_names_of_files, read_providers_of_files
from .names import same_person
from .receipts import SIDED, read_sides, read_unpaid
from .status_words import read_status_words
from .transforms import TRANSFORMS, transform_of
from .unread import tell_prices, tell_unread
from .weekdays import orders_by_weekdays, weekday_columns

_IN_CREDIT = re.compile(r"^(?!.*\b(?:debit|debt|or)\b).*\b(?:credit|prepaid|prepayment|deposit)s?\b", re.IGNORECASE)
"""Headers of balances that are the patient's money: `Credit Balance`."""
_THOUSANDS = re.compile(r"-?[^\w.,-]?\s?[1-9]\d{0,2}\.\d{3}")
"""`1.250`: a thousand and more, or one and a quarter."""
LOCATION = "location"
"""The field that says where, and so by which clock, a row's times are."""
_NEW_TYPES = {"double": "number", "monetary": "money", "date": "date", "phone": "phone"}
"""Pipedrive type of a new field → canonical type; text for every other."""

Veto = tuple[str, str, str]
"""(table, field, rule)."""

_DROPPED = frozenset({"phone-remark", "email-remark", "unreadable-phone", "unreadable-email"})
"""Problems whose rest has no place in some tables: said otherwise there."""


@dataclass(frozen=True)
class Context:
    """What typing any column needs to know."""

    schema: CanonicalSchema
    source_map: SourceMap
    zone: ZoneInfo | None
    vetoes: frozenset[Veto]
    log: Log
    today: date
    country: Country = NO_COUNTRY
    zones: Mapping[str, ZoneInfo] = field(default_factory=dict)
    """Location → its zone, where the practice has several."""
    shown: Mapping[str, Shown] = field(default_factory=dict)
    """File → which orders its dates prove."""
    flattened: dict[str, list[pd.DataFrame]] = field(default_factory=dict)
    """Canonical table → what its rows say of the patients whom they name, as typed columns of these, by row number."""
    further: dict[str, list[pd.DataFrame]] = field(default_factory=dict)
    """Canonical table → its typed rows that are made of rows of source tables of another one."""

    def reading(self, table: str, name: str, column: ColumnMap) -> Reading:
        """Return how the field is to be read from a column."""
        rules = frozenset(rule for of, field, rule in self.vetoes if (of, field) == (table, name))
        order = TRANSFORMS[column.transform].date_order if column.transform else ""
        proven: Counter[str] = Counter()
        for shown in self.shown.values():
            proven.update(shown)
        return Reading(self.source_map.values.get(f"{table}.{name}", {}), rules, self.zone, self.country, order, self.shown, proven)


def orders_shown(raw: RawExport, source_map: SourceMap, schema: CanonicalSchema) -> Mapping[str, Shown]:
    """Return for each file which orders the dates, or weekdays beside them, prove in those of its columns that mean dates."""
    found: dict[str, Counter[str]] = {}
    for one in source_map.tables.values():
        source = raw.tables.get(one.source)
        if source is None or one.table not in schema.tables:
            continue
        weekdays: list[str] | None = None
        for column in one.columns.values():
            owner, _, name = (column.to or "").rpartition(".")
            spec = schema[owner or str(one.table)].fields.get(name) if (owner or one.table) in schema.tables else None
            if spec is None or spec.type not in ("date", "datetime") or column.column not in source.frame:
                continue
            for file, texts in source.frame[column.column].dropna().groupby(source.frame["_file"]):
                shown = found.setdefault(str(file), Counter())
                different = [str(text).strip() for text in texts.unique()]
                shown.update(orders_of(different))
                shown.update(orders_by_header(column.column, different))
                weekdays = weekday_columns(source) if weekdays is None else weekdays
                for beside in weekdays:
                    shown.update(orders_by_weekdays(texts, source.frame.loc[texts.index, beside]))
    return found


def empty_frame(spec: CanonicalTable, rows: int = 0, start: int = 0) -> pd.DataFrame:
    """Return a typed frame of NA with every canonical column, provenance and `_synthetic`."""
    dtypes = (*((name, DTYPES[field.type]) for name, field in spec.fields.items()), ("_file", "string"), ("_line", ""), ("_key", "string"))
    return _of_nothing(dtypes, pd.RangeIndex(start, start + rows)) if rows or start else _without_rows(dtypes).copy(deep=False)


@lru_cache(maxsize=64)
def _without_rows(dtypes: tuple[tuple[str, str], ...]) -> pd.DataFrame:
    return _of_nothing(dtypes, pd.RangeIndex(0))


def _of_nothing(dtypes: Collection[tuple[str, str]], index: pd.RangeIndex) -> pd.DataFrame:
    nothing = {
        dtype: pd.Series(pd.NaT if dtype == "datetime64[us]" else pd.NA, index=index, dtype=dtype)
        for dtype in {dtype for _, dtype in dtypes} - {""}
    }
    nothing[""] = pd.Series(0, index=index, dtype="int64")
    columns = {name: nothing[dtype] for name, dtype in dtypes}  # shared until one of them is written
    columns["_synthetic"] = pd.Series(False, index=index, dtype="boolean")
    return pd.DataFrame(columns, index=index, copy=False)


def type_source(source: SourceTable, table_map: TableMap, start: int, context: Context) -> tuple[pd.DataFrame, dict[str, pd.DataFrame]]:
    """Return the typed rows of one source table (row numbers from `start`) and raw parent rows by parent table.

    Rows whose key or required field is empty or unreadable are rejected and left out.
    """
    if table_map.table not in context.schema.tables:
        known = ", ".join(context.schema.tables)
        raise DataError(f"The map takes {source.name} for {table_map.table}, which is no table of the schema: choose one of {known}.")
    spec = context.schema[str(table_map.table)]
    raw = source.frame.reset_index(drop=True)
    raw.index = pd.RangeIndex(start, start + len(raw))
    frame = empty_frame(spec, len(raw), start)
    frame["_file"], frame["_line"] = raw["_file"].astype("string"), raw["_line"].astype("int64")
    if "_synthetic" in raw:
        frame["_synthetic"] = raw["_synthetic"]
    own, parents = _targets(source, table_map, context.schema)
    _keep_flattened(raw, spec.name, parents, context)
    _settle_amount(raw, source, table_map, own, context.log)
    if spec.name in COUNTED:
        frame[ALL_CELLS] = _told_apart(raw, source, spec.name)
    _tell_doubled(raw, source, own, context.log)
    _tell_unread(raw, source, table_map, own, context)
    foreign = foreign_by_row(raw, source.columns, context.country)
    bad = pd.Series(None, index=frame.index, dtype=object)
    plan = parents.get("treatment_plans", {})
    without = "plan_id" if spec.name == "treatment_items" and plan.keys() & {"patient_id", "patient_name"} else ""
    for name, column in sorted(own.items(), key=lambda pair: pair[0] != LOCATION):  # by it an instant is read
        field_spec = as_cells(_field(spec, name, column.new_field))
        text = _transformed(raw[column.column], column, field_spec)
        text = with_currency(text, foreign) if field_spec.type == "money" else text
        typed = _type(text, frame, field_spec, spec, column, context)
        _tell_scale(text, typed, frame, field_spec, spec.name, column, context.log)
        if name not in FURTHER:  # whose lines other columns add to, too
            frame[name] = _under_headers(raw, frame, gathered_columns(table_map, name, source.columns), field_spec, spec, context, typed)
        _read_signs(frame, text, typed, spec.name, name, column, context.log)
        keep_further(frame, name, typed)
        wrong = {*raw.index[typed.problems["position"]]}
        if (field_spec.required and name != without) or name in spec.key:
            empty = frame[name].isna() & bad.isna()
            spoken = name.replace("_", " ")
            bad[empty] = [Message.of("unreadable-field" if row in wrong else "missing-field", field=spoken) for row in frame.index[empty]]
    _read_beside(frame, raw, source.name, own, spec, context)
    context.log.place(spec.name, frame)
    if (is_bad := bad.notna()).any():
        rejected = frame[is_bad]
        context.log.set_outcome(spec.name, rejected, Outcome.REJECTED, bad[is_bad], [""] * len(rejected))
        context.log.find("rejected-rows", spec.name, labels(rejected))
        frame = frame[~is_bad]
    if "option" in own and "treatment_plans" in parents:
        _part_alternatives(frame, context.log)
    if without:
        frame = _part_without_plan(frame, raw, plan, context)
    headers = {}
    for parent, columns in parents.items():
        frame = frame.drop(index=_hold_lines_of_several(raw.loc[frame.index], frame, spec.name, parent, columns, context))
        headers[parent] = _headers(raw.loc[frame.index], frame, spec.name, parent, columns, context)
    return frame, headers


def _told_apart(raw: pd.DataFrame, source: SourceTable, table: str) -> pd.Series:
    """Return what tells rows of one file apart; a view may show one row of its source again."""
    if table in ALIKE and source.drawn is None:
        return raw.index.to_series().astype("string")
    return pd.util.hash_pandas_object(raw[list(source.columns)], index=False).astype("string")


def _read_beside(
    frame: pd.DataFrame, raw: pd.DataFrame, source: str, own: Mapping[str, ColumnMap], spec: CanonicalTable, context: Context
) -> None:
    """Fill (in place) what is said beside the cells of a field: after a status, in the names of files and sheets, in headers."""
    if "status" in own:

        def typed(text: pd.Series, field: CanonicalField) -> pd.Series:
            return type_column(text, field, context.reading(spec.name, field.name, own["status"])).values

        read_status_words(frame, raw[own["status"].column], spec, typed, context.log)
    read_names_of_files(frame, source, spec, {name: column.column for name, column in own.items()}, context.log)
    read_days_of_files(frame, spec, context.today, context.log)
    read_providers_of_files(frame, source, spec, context.log)
    read_unpaid(frame, own["date"].column if "date" in own else "", context.log)


def _keep_flattened(raw: pd.DataFrame, table: str, parents: dict[str, dict[str, ColumnMap]], context: Context) -> None:
    """Take out of `parents` what rows say of records that they name without being a part of them, and keep it, typed as these have it."""
    for of in context.schema.flattened_into(table):
        columns, found = parents.pop(of, {}), pd.DataFrame(index=raw.index)
        for name, column in columns.items():
            spec = _field(context.schema[of], name, None)
            found[name] = type_column(_transformed(raw[column.column], column, spec), spec, context.reading(of, name, column)).values
        if columns:
            context.flattened.setdefault(table, []).append(found)


def _settle_amount(raw: pd.DataFrame, source: SourceTable, table_map: TableMap, own: dict[str, ColumnMap], log: Log) -> None:
    """Put in `own` the column of what was billed or paid where another one than the map's says it."""
    table = str(table_map.table)
    if (whole := {"payments": "amount", "invoices": "total"}.get(table, "")) in own:
        own[whole] = _after_discount(raw, source, table_map, whole, own[whole], log)
    if table == "payments" and {"payment_id", "amount"} <= own.keys():
        own["amount"] = _applied(raw, source, table_map, own["payment_id"].column, own["amount"], log)


def _after_discount(raw: pd.DataFrame, source: SourceTable, table_map: TableMap, name: str, column: ColumnMap, log: Log) -> ColumnMap:
    """Return the column that holds what was billed or paid: of a total, its discount and what is left, the last. It is said, and so is
    every other sum that the columns beside make."""
    if (share := after_percentage(raw, column.column)) is not None:
        rate, net = share
        about = {"name": source.name, "column": column.column, "billed": net, "rate": rate}
        log.find("total-before-percentage", table_map.table, [source.name], name, len(raw), **about)
        return replace(column, column=net)
    sums = find_addends(raw, column.column, _unread(source, table_map))
    if sums is None:
        return column
    billed, table, keys = sums.after_discount(column.column), table_map.table, [source.name]
    if billed is None:
        log.find(
            "amount-of-parts", table, keys, name, sums.rows, name=source.name, whole=sums.whole, parts=sums.parts, column=column.column
        )
    elif billed != column.column:
        log.find("total-before-discount", table, keys, name, sums.rows, name=source.name, column=column.column, billed=billed)
    return replace(column, column=billed or column.column)


def _applied(raw: pd.DataFrame, source: SourceTable, table_map: TableMap, number: str, column: ColumnMap, log: Log) -> ColumnMap:
    """Return the column of what each row of a receipt applies, where the other one repeats the receipt; where that would leave a part of
    some receipt out, nothing is changed and it is critical."""
    found = applied_part(raw, number, column.column, _unread(source, table_map))
    if found is None:
        return column
    applied, left = found
    code = "receipt-left-in-part" if left else "receipt-in-each-row"
    log.find(code, "payments", [source.name], "amount", left or len(raw), name=source.name, column=column.column, applied=applied)
    return column if left else replace(column, column=applied)


def _unread(source: SourceTable, table_map: TableMap) -> list[str]:
    """Return the columns that mean nothing."""
    used = {one.column for one in table_map.columns.values() if one.to or one.new_field}
    return [one for one in source.columns if one not in used]


def _tell_unread(raw: pd.DataFrame, source: SourceTable, table_map: TableMap, own: Mapping[str, ColumnMap], context: Context) -> None:
    unread = _unread(source, table_map)
    tell_unread(raw, source.name, str(table_map.table), unread, context.zone, context.log)
    if table_map.table == "products" and "unit_price" in own:
        tell_prices(raw, source.name, own["unit_price"].column, unread, context.log)


def _read_signs(frame: pd.DataFrame, text: pd.Series, typed: TypedColumn, table: str, name: str, column: ColumnMap, log: Log) -> None:
    """Give amounts (in place) the sign that is written beside them, or that their header says."""
    if table == "payments" and name == "amount" and not column.transform:
        frame[name], frame[SIDED] = read_sides(text, typed.values)
        log.find("receipts-by-side", table, labels(frame, frame[SIDED]), name)
    elif name == "balance" and _IN_CREDIT.search(column.column):
        frame[name] = -typed.values.abs()
        log.find("balance-in-credit", table, labels(frame, (typed.values.abs() > 0).fillna(False)), name, column=column.column)


def _tell_scale(
    text: pd.Series, typed: TypedColumn, frame: pd.DataFrame, spec: CanonicalField, table: str, column: ColumnMap, log: Log
) -> None:
    """Say of which amounts the header says that they are cents, and where points may part thousands and were not read so."""
    if column.transform or spec.type != "money":
        return
    if transform_of(column, spec) == "cents":
        log.find("amounts-in-cents", table, labels(frame, text.notna()), spec.name)
    elif _points_part(text) and "money-comma" not in set(typed.repairs["rule"]):
        rows = frame[text.str.contains(".", regex=False).fillna(False)]
        log.find("decimals-or-thousands", table, labels(rows), spec.name, column=column.column)


def _points_part(text: pd.Series) -> bool:
    """Return whether every point of a column of amounts stands before three digits, and nothing proves it to part cents."""
    pointed = [one.strip() for one in text.dropna().unique() if "." in one]
    return bool(pointed) and all(map(_THOUSANDS.fullmatch, pointed))


def _tell_doubled(raw: pd.DataFrame, source: SourceTable, own: Mapping[str, ColumnMap], log: Log) -> None:
    """Say where a column means a field and another of the same header (`Amount`, `Amount (2)`), without a home, says something else."""
    used = {column.column for column in own.values()}
    for name, column in own.items():
        first = re.sub(r" \(\d+\)$", "", column.column)
        for other in source.columns:
            if other not in used and other != column.column and re.sub(r" \(\d+\)$", "", other) == first:
                rows = raw[raw[other].notna() & raw[other].ne(raw[column.column])]
                places = rows["_file"].astype(str) + ":" + rows["_line"].astype(str)
                log.find("header-twice", table=None, keys=list(places), field=name, name=source.name, column=column.column, other=other)


def _part_without_plan(frame: pd.DataFrame, raw: pd.DataFrame, plan: Mapping[str, ColumnMap], context: Context) -> pd.DataFrame:
    """Return the items but those that name no plan and are done: these are kept as rows of notes. `plan`: what rows say of the plan."""
    loose = frame[frame["plan_id"].isna()]
    if loose.empty:
        return frame
    spec, notes = context.schema["treatment_plans"], context.schema["clinical_notes"]
    whose = {}
    for name in PATIENT_OF.intersection(plan):
        text = _transformed(raw.loc[loose.index, plan[name].column], plan[name], spec.fields[name])
        whose[name] = type_column(text, spec.fields[name], context.reading(spec.name, name, plan[name])).values
    left, made = part_items(loose, whose, notes, empty_frame(notes, len(loose)), context.today, context.log)
    context.further.setdefault(notes.name, []).append(made)
    return pd.concat([frame[frame["plan_id"].notna()], left]).sort_index()


def _part_alternatives(frame: pd.DataFrame, log: Log) -> None:
    """The alternatives of one plan number, of which one is chosen, are plans of their own: they never add up."""
    options = frame["option"].map(lambda text: text.casefold(), na_action="ignore")
    rows = frame.index[options.notna() & options.groupby([frame["_file"], frame["plan_id"]]).transform("nunique").gt(1)]
    parted = frame.loc[rows, "plan_id"] + "/" + frame.loc[rows, "option"]
    log.repair("treatment_items", "plan_id", rows, "alternative-of-plan", frame.loc[rows, "plan_id"], parted)
    frame.loc[rows, "plan_id"] = parted


def _hold_lines_of_several(
    raw: pd.DataFrame, frame: pd.DataFrame, table: str, parent: str, columns: Mapping[str, ColumnMap], context: Context
) -> pd.Index:
    """Return the lines whose number stands for several patients: nobody can say whose its sum is. They are held."""
    link, spec = _link(table, parent, context), context.schema[parent]
    told = next((columns[name].column for name in ("patient_id", "patient_name") if name in columns), None)
    if told is None:
        return frame.index[:0]
    if parent == "invoices":
        part_family_lines(raw, frame, link, columns, context.log)
    whose = raw[told].map({text: same_person(text) for text in raw[told].dropna().unique()})
    rows = frame[whose.groupby([frame["_file"], frame[link]]).transform("nunique").gt(1) & frame[link].notna()]
    context.log.set_outcome(table, rows, Outcome.HELD, [Message.of("header-of-several")] * len(rows), [""] * len(rows))
    context.log.find("header-of-several", parent, dict.fromkeys(f"{spec.prefix}:{one}" for one in rows[link]))
    return rows.index


def _link(table: str, parent: str, context: Context) -> str:
    """Return the field by which rows of `table` name their parent. Raises DataError where there is none."""
    link = next((name for name, spec in context.schema.refs(table).items() if spec.ref == parent), None)
    if link is None:
        raise DataError(f"The map sends columns to {parent}, which the rows do not refer to: map the column that names their {parent}.")
    return link


def type_headers(headers: pd.DataFrame, parent: str, start: int, columns: Mapping[str, ColumnMap], context: Context) -> pd.DataFrame:
    """Return typed parent rows made of the header columns that item rows repeat, marked `_synthetic`."""
    spec = context.schema[parent]
    headers = headers.reset_index(drop=True)
    headers.index = pd.RangeIndex(start, start + len(headers))
    frame = empty_frame(spec, len(headers), start)
    frame["_file"], frame["_line"] = headers["_file"].astype("string"), headers["_line"].astype("int64")
    frame["_synthetic"] = True
    frame["_synthetic"] = frame["_synthetic"].astype("boolean")
    frame[spec.key[0]] = headers["_id"].astype("string")
    for name, column in columns.items():
        field_spec = _field(spec, name, None)
        text = _transformed(headers[column.column], column, field_spec)
        frame[name] = _type(text, frame, field_spec, spec, column, context).values
    context.log.place(spec.name, frame)
    return frame


def parent_columns(table_map: TableMap) -> dict[str, dict[str, ColumnMap]]:
    """Return parent table → field → column for the columns mapped to a parent's field (`invoices.date`)."""
    found: dict[str, dict[str, ColumnMap]] = {}
    for column in table_map.columns.values():
        parent, _, name = (column.to or "").partition(".")
        if name:
            found.setdefault(parent, {})[name] = column
    return found


def _targets(
    source: SourceTable, table_map: TableMap, schema: CanonicalSchema
) -> tuple[dict[str, ColumnMap], dict[str, dict[str, ColumnMap]]]:
    spec = schema[str(table_map.table)]
    own: dict[str, ColumnMap] = {}
    present = set(source.columns)
    for column in table_map.columns.values():
        name = f"{CUSTOM}{column.new_field.label}" if column.new_field else column.to
        if not name or column.column not in present:
            continue
        parent, _, inner = name.partition(".") if not column.new_field else (name, "", "")
        known = schema.tables.get(parent) if inner else spec
        if not column.new_field and (known is None or (inner or name) not in known.fields):
            raise DataError(
                f"The map sends {source.name}.{column.column} to {name}, which is no field of the schema: choose another target."
            )
        if inner:
            continue
        if name in own and name in spec.fields and spec.fields[name].gathers:
            continue
        if name in own:
            raise DataError(
                f"The map sends two columns of {source.name} to {name} ({own[name].column} and {column.column}): leave one out."
            )
        own[name] = column
    parents = {
        parent: {name: column for name, column in columns.items() if column.column in present}
        for parent, columns in parent_columns(table_map).items()
    }
    return own, parents


def _field(spec: CanonicalTable, name: str, new: NewField | None) -> CanonicalField:
    if new is None:
        return spec.fields[name]
    return CanonicalField(name, _NEW_TYPES.get(new.type, "text"), new.label)


def _transformed(text: pd.Series, column: ColumnMap, spec: CanonicalField) -> pd.Series:
    chosen = transform_of(column, spec)
    if not chosen:
        return text
    if chosen not in TRANSFORMS:
        raise DataError(
            f"The map names the transform {chosen!r} for {column.column}, which does not exist: use one of {', '.join(TRANSFORMS)}."
        )
    step = TRANSFORMS[chosen].apply
    return text.map({value: step(value) for value in text.dropna().unique()}).astype("string")


def _type(
    text: pd.Series, frame: pd.DataFrame, spec: CanonicalField, home: CanonicalTable, column: ColumnMap, context: Context
) -> TypedColumn:
    """Type one column of a canonical table, write down repairs and findings."""
    name, table = spec.name, home.name
    files, reading = frame["_file"], context.reading(table, name, column)
    by_zone = context.zones and LOCATION in home.fields
    typed = type_zones(text, files, context.zones, frame[LOCATION], spec, reading) if by_zone else type_files(text, files, spec, reading)
    if len(typed.repairs):
        rows = text.index.to_numpy()[typed.repairs["position"]].tolist()
        context.log.repairs.append(Repaired(table, name, rows, *(typed.repairs[one].tolist() for one in ("rule", "before", "after"))))
    for code, positions in typed.problems.groupby("code")["position"] if len(typed.problems) else ():
        rows = text.index.to_numpy()[positions]
        said = f"{code}-dropped" if code in _DROPPED and not keeps_further(home) else str(code)
        context.log.problem(said, table, name, rows)
    return typed


def _under_headers(
    raw: pd.DataFrame,
    frame: pd.DataFrame,
    columns: Sequence[ColumnMap],
    spec: CanonicalField,
    home: CanonicalTable,
    context: Context,
    typed: TypedColumn,
) -> pd.Series:
    """Return the values of a field: those of its one column as typed, or the texts of several `columns`, each under its header."""
    if len(columns) <= 1:
        return typed.values
    parts = {one.column: _type(_transformed(raw[one.column], one, spec), frame, spec, home, one, context).values for one in columns}
    return under_headers(parts, spec.type)


def _headers(
    raw: pd.DataFrame, frame: pd.DataFrame, table: str, parent: str, columns: Mapping[str, ColumnMap], context: Context
) -> pd.DataFrame:
    """Return one raw row per parent and file: the first text of each header column among its lines."""
    link = _link(table, parent, context)
    names = list(dict.fromkeys(column.column for column in columns.values()))
    lines = raw[[*names, "_file", "_line"]].assign(_id=frame[link])
    lines = lines[lines["_id"].notna()]
    grouped = lines.groupby(["_file", "_id"], sort=False)
    several = grouped[names].nunique().gt(1)
    for name in names:
        differing = several.index[several[name]]
        keys = [f"{context.schema[parent].prefix}:{one}" for _, one in differing]
        context.log.find("header-differs", parent, keys, column=name)
    return grouped[[*names, "_line"]].first().reset_index()
