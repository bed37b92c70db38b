"""`RawExport` and the confirmed map → typed canonical tables: the order in which everything happens."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date
from zoneinfo import ZoneInfo

import pandas as pd

from migkit.model.canonical import PROVENANCE, CanonicalSchema, CanonicalTable
from migkit.model.country import NO_COUNTRY, Country
from migkit.model.mapping import CUSTOM, SourceMap
from migkit.model.messages import Message
from migkit.model.outcomes import Finding, Outcome, RowOutcome
from migkit.model.tables import CanonicalTables, RawExport, SourceFile

from .ahead import tell_ahead
from .allocations import Allocated, part_receipts
from .apart import tell_apart
from .apportioned import apportion
from .attachments import complete_attachments
from .checks import check
from .contacts import complete_area_codes
from .derive import derive
from .drawn import Views
from .family_invoices import join_family_invoices
from .gathered import gather_lines, is_of_lines
from .id_columns import bare_columns, files_by_number, tell_ids_of_another_column
from .keys import give_keys, lies_in, prefix_ids
from .log import Log, labels
from .named import share_names_of_files
from .note_lines import join_lines
from .numbered import numbered_otherwise
from .origins import Order, origin_of
from .patients_of_rows import complete_patients, make_patients
from .per_location import join_locations
from .practitioners_of_rows import make_practitioners
from .references import resolve
from .restated import replace_restated
from .rows_of_booking import join_bookings
from .sources import Context, Veto, empty_frame, orders_shown, parent_columns, type_headers, type_source
from .synthetic import add_covers, add_recalls, add_totals
from .takings import fold_same_bookings, fold_same_takings
from .targets import FAMILIES, NUMBERS, Targets
from .versions import choose_versions

_ONE_OF_SEVERAL = {
    "practitioners": join_locations,
    "clinical_notes": join_lines,
    "appointments": join_bookings,
    "invoices": join_family_invoices,
}
"""Table → what makes one record of several rows: a row for each location, line of a note, service of a booking, member of a family."""


def type_tables(
    raw: RawExport,
    source_map: SourceMap,
    schema: CanonicalSchema,
    *,
    today: date,
    timezone: str | None = None,
    timezones: Mapping[str, str] | None = None,
    country: Country = NO_COUNTRY,
    vetoes: Collection[Veto] = (),
    previous: CanonicalTables | None = None,
    versions: Mapping[tuple[str, str], str] | None = None,
) -> CanonicalTables:
    """Apply the confirmed map to the text tables.

    `today` is the snapshot's day; `timezone` (IANA) the practice's, needed for times with an offset, `timezones` those of its
    locations by name; `country` the practice's,
    by which phones, postcodes, dates and amounts are read (none: only what is written internationally is proven); `vetoes` are
    (table, field, rule) repairs that must not be applied; `previous` is the snapshot before, whose records a window export
    may refer to without repeating them; `versions` says which of two files counts where both have a record;
    Frames have a further column `_synthetic` (boolean): True for rows that stand for no physical row.
    Raises DataError where the map says something impossible (two columns to one field, an unknown field or transform).
    """
    log = Log()
    zones = {location: ZoneInfo(name) for location, name in (timezones or {}).items()}
    shown = orders_shown(raw, source_map, schema)
    context = Context(schema, source_map, ZoneInfo(timezone) if timezone else None, frozenset(vetoes), log, today, country, zones, shown)
    views = Views(raw, source_map)
    files = [file for source in raw.tables.values() for file in source.files]
    log.find("unused-key-prefix", None, [place for place in source_map.key_prefixes if not any(lies_in(file, place) for file in files)])
    _settle_unmapped(raw, views, log)
    _settle_unread(raw, source_map, log)
    tell_ids_of_another_column(raw, source_map, schema, log)
    typed = make_patients(_type_sources(raw, views, context), context.flattened, schema, previous, country, log)
    typed = make_practitioners(typed, schema, previous, log)
    add_century(typed, today, log)
    frames: dict[str, pd.DataFrame] = {}
    targets = Targets(
        schema,
        _with_previous(frames, previous, schema),
        by_number=files_by_number(raw, source_map, schema, NUMBERS),
        by_family=files_by_number(raw, source_map, schema, FAMILIES),
        bare=bare_columns(raw, source_map, schema),
        prefixes=frozenset(source_map.key_prefixes.values()),
    )
    homes = {file: name for name, source in raw.tables.items() if source.drawn is None for file in source.files}
    lines = frozenset(file for file, name in homes.items() if (known := source_map.tables.get(name)) and is_of_lines(known, schema))
    order = Order({name: origin_of(name, raw.files.get(name, SourceFile())) for name in homes}, versions or {})
    for table, spec in schema.tables.items():
        frame = typed.get(table)
        if frame is None:
            continue
        complete_area_codes(frame, spec, context.country, log)
        frame = gather_lines(derive(spec, frame, log), spec, lines, _ids_of(previous, spec), targets, log)
        tell_ahead(spec.name, frame, today, log)
        early = [name for name, ref in schema.refs(table).items() if ref.ref in frames or ref.ref not in typed]
        allocated = Allocated()
        if table == "payments":
            frame, allocated = part_receipts(frame, homes, log)
            frame = apportion(frame, frames.get("invoices"), frames.get("invoice_lines"), log)
        frame, held = resolve(table, frame, early, targets, log)
        if allocated.held:
            held = held.where(~held.index.isin(allocated.held), held.index.map(allocated.held))
        frame = give_keys(tell_apart(frame, spec, log), spec)
        log.place(table, frame)
        frame = allocated.settle(frame, log)
        share_names_of_files(table, frame, log)
        frame = _fold_shown_twice(table, frame, homes, context)
        held = held.reindex(frame.index)
        if table in _ONE_OF_SEVERAL:
            frame = _ONE_OF_SEVERAL[table](frame, log)
            held = held.reindex(frame.index)
        frame, waiting = replace_restated(table, frame, schema, homes, order, log)
        held = _hold_restated(table, frame, held.reindex(frame.index), frames, waiting, targets, log)
        frame, held = choose_versions(frame, held, spec, homes, order, log)
        frames[table] = _drop_held(table, frame, held.reindex(frame.index), targets, log)
        targets.frames = _with_previous(frames, previous, schema)
    _resolve_late(frames, typed, targets, previous, log)
    views.set_outcomes(frames, log)
    return _finish(raw, frames, targets, context, today)


def _fold_shown_twice(table: str, frame: pd.DataFrame, homes: Mapping[str, str], context: Context) -> pd.DataFrame:
    """Return the rows of a table without those that another report shows with their numbers."""
    if table == "payments":
        named = [one["health_fund"].dropna() for one in context.flattened.get(table, ()) if "health_fund" in one]
        return fold_same_takings(frame, homes, {row for one in named for row in one.index}, context.log)
    return fold_same_bookings(frame, homes, context.log) if table == "appointments" else frame


def _hold_restated(
    table: str,
    frame: pd.DataFrame,
    held: pd.Series,
    frames: dict[str, pd.DataFrame],
    waiting: Mapping[str, Message],
    targets: Targets,
    log: Log,
) -> pd.Series:
    """Records of which nobody knows which report's lines count wait with their lines; return the reasons of the lines."""
    link = next((ref for ref in targets.schema.refs(table).values() if ref.required), None)
    if link is None or not waiting:
        return held
    parent = str(link.ref)
    if parent in frames:
        reasons = frames[parent][targets.key(parent)].map(waiting)
        frames[parent] = _drop_held(parent, frames[parent], reasons, targets, log)
    said = frame[link.name].map(waiting)
    return held.where(said.isna(), said)


def add_century(typed: dict[str, pd.DataFrame], today: date, log: Log) -> None:
    """Nobody is born after the snapshot: a birth date read from a two-digit year goes back a hundred years, any other is none."""
    frame = typed.get("patients")
    if frame is None:
        return
    future = frame.index[(frame["birth_date"] > pd.Timestamp(today)).fillna(False)]
    born = [one for one in log.repairs if (one.table, one.field) == ("patients", "birth_date")]
    short = {row for one in born for row, rule in zip(one.rows, one.rules, strict=True) if rule == "date-short-year"}
    rows = [row for row in future if row in short]
    if rows:
        before = frame.loc[rows, "birth_date"]
        frame.loc[rows, "birth_date"] = before - pd.DateOffset(years=100)
        log.repair(
            "patients", "birth_date", rows, "date-century", before.dt.date.astype(str), frame.loc[rows, "birth_date"].dt.date.astype(str)
        )
    wrong = frame.index[(frame["birth_date"] > pd.Timestamp(today)).fillna(False)]
    if wrong.empty:
        return
    log.repair("patients", "birth_date", wrong, "born-in-future", frame.loc[wrong, "birth_date"].dt.date.astype(str), [None] * len(wrong))
    log.find("born-in-future", "patients", labels(frame, wrong), "birth_date")
    frame.loc[wrong, "birth_date"] = pd.NaT


def _type_sources(raw: RawExport, views: Views, context: Context) -> dict[str, pd.DataFrame]:
    """Return the typed rows of every canonical table that the export has, before keys and references."""
    parts: dict[str, list[pd.DataFrame]] = {}
    headers = []
    start: dict[str, int] = {}
    known = [one for one in context.source_map.tables.values() if one.source in raw.tables and one.table is not None]
    for table_map in sorted(known, key=lambda one: raw.tables[one.source].drawn is not None):
        source, table = raw.tables[table_map.source], str(table_map.table)
        frame, parents = type_source(views.with_repeated_marked(source), table_map, start.get(table, 0), context)
        views.starts[source.name] = (table, start.get(table, 0))
        start[table] = start.get(table, 0) + len(source.frame)
        parts.setdefault(table, []).append(frame)
        headers += [(parent, rows, parent_columns(table_map)[parent]) for parent, rows in parents.items()]
    for table, further in context.further.items():
        for frame in further:
            frame.index = pd.RangeIndex(start.get(table, 0), start.get(table, 0) + len(frame))
            start[table] = start.get(table, 0) + len(frame)
            context.log.place(table, frame)
            parts.setdefault(table, []).append(frame)
    made: dict[str, list[pd.DataFrame]] = {}
    for parent, rows, columns in headers:
        present = {name: column for name, column in columns.items() if column.column in rows}
        made.setdefault(parent, []).append(type_headers(rows, parent, start.get(parent, 0), present, context))
        start[parent] = start.get(parent, 0) + len(rows)
    whole: dict[str, pd.DataFrame] = {}
    renamed: dict[str, dict[str, str]] = {}
    for table in {**parts, **made}:
        own, repeated = (_prefixed(frames.get(table, []), context.schema[table], context) for frames in (parts, made))
        renamed[table] = numbered_otherwise(own, repeated, context.schema[table], context.log)
        if renamed[table]:
            repeated = repeated[~repeated[context.schema[table].key[0]].isin(renamed[table].keys())]
        whole[table] = _prefer_real(own, repeated, context.schema[table].key[0])
    for table, frame in whole.items():
        for name, spec in context.schema.refs(table).items():
            if otherwise := renamed.get(str(spec.ref)):
                frame[name] = frame[name].replace(otherwise)
    return whole


def _settle_unmapped(raw: RawExport, views: Views, log: Log) -> None:
    """Rows of tables that the map leaves out are excluded, by its reason; those of tables that it does not know wait and are told.

    Tables of which views are made are settled with these; a view has no physical rows of its own.
    """
    for name, source in raw.tables.items():
        table_map = views.source_map.tables.get(name)
        if (table_map is not None and table_map.table is not None) or name in views.sources():
            continue
        if source.drawn is not None:
            if table_map is None:
                log.find("unmapped-table", None, source.files, count=len(source.frame), name=name)
            continue
        outcome, reason = Outcome.HELD, Message.of("undecided-table")
        if table_map is not None:
            outcome, reason = Outcome.EXCLUDED, Message.of("left-out-by-map", why=table_map.reason or "no reason given")
        places = zip(source.frame["_file"], source.frame["_line"], strict=True)
        log.row_outcomes += [RowOutcome(str(file), int(line), "", "", outcome, reason) for file, line in places]
        if table_map is None:
            log.find("unmapped-table", None, source.files, count=len(source.frame), name=name)


def _settle_unread(raw: RawExport, source_map: SourceMap, log: Log) -> None:
    """Lines that were no rows are rejected rows of the table that their file belongs to."""
    home: dict[str, str] = {}
    for name, source in raw.tables.items():
        known = source_map.tables.get(name)
        for file in source.files if known is not None and known.table else ():
            home.setdefault(file, str(known.table) if known else "")
    is_reject = raw.lines["kind"].eq("reject")
    if not is_reject.any():
        return
    rejects = raw.lines[is_reject]
    for file, line, reason in zip(rejects["file"], rejects["line"], rejects["reason"], strict=True):
        log.row_outcomes.append(RowOutcome(str(file), int(line), home.get(str(file), ""), "", Outcome.REJECTED, Message.of(str(reason))))


def _prefixed(frames: Sequence[pd.DataFrame], spec: CanonicalTable, context: Context) -> pd.DataFrame:
    whole = pd.concat(frames) if len(frames) > 1 else frames[0] if frames else empty_frame(spec)
    return prefix_ids(whole, spec, context.source_map.key_prefixes)


def _prefer_real(own: pd.DataFrame, repeated: pd.DataFrame, key: str) -> pd.DataFrame:
    """Return a table's rows, and those made from repeated headers whose record has no row of its own."""
    if repeated.empty:
        return own
    alone = repeated[~repeated[key].isin(set(own[key].dropna()))]
    return pd.concat([own, alone]) if len(own) else alone


def _drop_held(table: str, frame: pd.DataFrame, held: pd.Series, targets: Targets, log: Log) -> pd.DataFrame:
    rows = held.notna()
    if rows.any():
        log.set_outcome(table, frame[rows], Outcome.HELD, held[rows], [""] * int(rows.sum()))
        targets.held.setdefault(table, set()).update(frame.loc[rows, targets.key(table)].dropna().astype(str))
        targets.without_patient.setdefault(table, []).extend(frame.loc[rows & held.eq(Message.of("no-patient")), "_key"])
        for reason in {one for one in held[rows] if one.code == "no-reference"}:
            log.find("names-no-parent", table, labels(frame, rows & held.eq(reason)), **dict(reason.parameters))
        return frame[~rows]
    return frame


def _resolve_late(
    frames: dict[str, pd.DataFrame], typed: dict[str, pd.DataFrame], targets: Targets, previous: CanonicalTables | None, log: Log
) -> None:
    """Resolve what points at a table that comes later, or at the table itself."""
    done: set[str] = set()
    for table in list(frames):
        late = [name for name, ref in targets.schema.refs(table).items() if ref.ref in typed and ref.ref not in done]
        done.add(table)
        if late:
            frames[table], held = resolve(table, frames[table], late, targets, log)
            frames[table] = _drop_held(table, frames[table], held, targets, log)
    targets.frames = _with_previous(frames, previous, targets.schema)


def _ids_of(previous: CanonicalTables | None, spec: CanonicalTable) -> frozenset[str]:
    frame = previous.frames.get(spec.name) if previous is not None else None
    return frozenset() if frame is None else frozenset(frame[spec.key[0]].dropna().astype(str))


def _with_previous(frames: dict[str, pd.DataFrame], previous: CanonicalTables | None, schema: CanonicalSchema) -> dict[str, pd.DataFrame]:
    """Return the tables that can be referred to: the new rows, and the previous snapshot's that they do not replace."""
    if previous is None:
        return dict(frames)
    seen = dict(frames)
    for table, before in previous.frames.items():
        key = schema[table].key[0]
        now = frames.get(table)
        seen[table] = before if now is None else pd.concat([now, before[~before[key].isin(now[key])]], ignore_index=True)
    return seen


def _finish(raw: RawExport, frames: dict[str, pd.DataFrame], targets: Targets, context: Context, today: date) -> CanonicalTables:
    schema, log = context.schema, context.log
    complete_patients(frames, context.flattened, context.country, log)
    add_covers(frames, schema, log)
    add_recalls(frames, schema, log)
    add_totals(frames)
    complete_attachments(frames, raw, schema, log)
    check(frames, targets, context.zone, today, log)
    whole = {}
    for table, spec in schema.tables.items():
        if table not in frames:
            whole[table] = empty_frame(spec)
            continue
        frame = frames[table].reset_index(drop=True)
        custom = [name for name in frame.columns if str(name).startswith(CUSTOM)]
        whole[table] = frame[[*spec.fields, *custom, *PROVENANCE, "_synthetic"]]
    findings = (*(f for f in raw.findings if f.code != "rejected-lines"), *_raw_rejects(raw, context.source_map), *log.all_findings())
    return CanonicalTables(whole, tuple(log.row_outcomes), log.repairs_frame(), raw.attachments, findings)


def _raw_rejects(raw: RawExport, source_map: SourceMap) -> list[Finding]:
    """The reader's findings about rejected lines, in the words of the canonical tables."""
    tables = {name: one.table for name, one in source_map.tables.items()}
    return [replace(f, table=tables.get(f.table or "")) for f in raw.findings if f.code == "rejected-lines"]
