"""References between tables: by id or another number of the row; by name only where no id is given and one candidate exists.

An id that is given and not found is never replaced by a name: the row is held, with the id and the namesakes as candidates. Where a name
itself stands in the column of ids (`Bill To: Kline, Ruth`), it is one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import pandas as pd

from migkit.model.canonical import CanonicalField, CanonicalSchema
from migkit.model.mapping import SourceMap
from migkit.model.messages import Message
from migkit.model.tables import RawExport

from .contradicted import refuse_links
from .log import Log, labels
from .names import NameIndex, index_names
from .namesakes import SAID, Particulars, read_particulars

_NUMBERS = {"patients": "patient_number", "practitioners": "code"}
"""Second column of a table by which others may refer to it."""
_OPTIONAL_TARGETS = frozenset({"families"})
"""Tables whose ids mean something even where the export lacks the table: equal ids belong together."""
_NAME = r"[^\W\d_][^\d]*[\s,][^\d]*[^\W\d_][^\d]*"
"""Two words or more and no digit: no id."""
_NUMBER_WORDS = re.compile(r"\b(?:no|nr|num|number|id|code)\b\.?|#")
_SHORT = {"acc": "account", "acct": "account", "pat": "patient", "pt": "patient", "cust": "customer", "mem": "member"}
_LONGEST = 200
"""Characters beyond which a cell is no id with a name."""
_PATIENT_FROM = ("invoice_id", "plan_id", "appointment_id", "note_id")


@dataclass
class Targets:
    """The tables that can be referred to so far."""

    schema: CanonicalSchema
    frames: Mapping[str, pd.DataFrame]
    held: dict[str, set[str]] = field(default_factory=dict)
    """Table → ids of rows that are held: known, but not going on."""
    _ids: dict[str, set[str]] = field(default_factory=dict)
    _names: dict[str, NameIndex] = field(default_factory=dict)
    _numbers: dict[str, dict[str, str]] = field(default_factory=dict)
    _particulars: Particulars | None = None
    missing: dict[str, set[str]] = field(default_factory=dict)
    """Table → ids that are referred to and nowhere to be found."""
    without_patient: dict[str, list[str]] = field(default_factory=dict)
    """Table → keys of held rows that name no patient at all."""
    by_number: Mapping[tuple[str, str], frozenset[str]] = field(default_factory=dict)
    """(table, field) → files whose column is called like the second number of what it refers to (`Old Patient No`)."""
    prefixes: frozenset[str] = frozenset()
    """What ids of single folders or files begin with; a table that all of them share has none."""

    def frame(self, table: str) -> pd.DataFrame | None:
        """Return the typed table, None where the export has none."""
        return self.frames.get(table)

    def key(self, table: str) -> str:
        """Return the id field of a table."""
        return self.schema[table].key[0]

    def ids(self, table: str) -> set[str]:
        """Return all ids of a table."""
        if table not in self._ids:
            frame = self.frame(table)
            self._ids[table] = set() if frame is None else set(frame[self.key(table)].dropna().astype(str))
        return self._ids[table]

    def numbers(self, table: str) -> dict[str, str]:
        """Return second number → id, only where one row has the number."""
        if table not in self._numbers:
            frame, column = self.frame(table), _NUMBERS.get(table)
            known = frame[frame[column].notna()].drop_duplicates(column, keep=False) if frame is not None and column else None
            pairs = {} if known is None else dict(zip(known[column].astype(str), known[self.key(table)].astype(str), strict=True))
            self._numbers[table] = pairs
        return self._numbers[table]

    def shared_numbers(self, table: str) -> dict[str, tuple[str, ...]]:
        """Return second number → ids, where several rows have the number: a family's account."""
        frame, column = self.frame(table), _NUMBERS.get(table)
        if frame is None or column is None:
            return {}
        known = frame[frame[column].notna() & frame[column].duplicated(keep=False)]
        ids = known[self.key(table)].astype(str).groupby(known[column].astype(str)).agg(tuple)
        return {str(number): some for number, some in ids.items() if len(set(some)) > 1}

    def particulars(self) -> Particulars:
        """Return what the patients' own rows say of each."""
        if self._particulars is None:
            self._particulars = read_particulars(self.frame("patients"))
        return self._particulars

    def names(self, table: str) -> NameIndex:
        """Return the index of a table's names."""
        if table not in self._names:
            frame = self.frame(table)
            self._names[table] = index_names(pd.DataFrame() if frame is None else frame, self.key(table))
        return self._names[table]


def files_by_number(raw: RawExport, source_map: SourceMap, schema: CanonicalSchema) -> dict[tuple[str, str], frozenset[str]]:
    """Return (table, field) → files whose referring column is called like the second number of what it refers to."""

    def headers(table: str, field: str) -> set[str]:
        return {
            _called(column.column)
            for one in source_map.tables.values()
            if one.table == table and one.source in raw.tables
            for column in one.columns.values()
            if column.to == field
        }

    called = {
        table: headers(table, number) - headers(table, schema[table].key[0]) for table, number in _NUMBERS.items() if table in schema.tables
    }
    found: dict[tuple[str, str], frozenset[str]] = {}
    for one in source_map.tables.values():
        for column in one.columns.values() if one.table in schema.tables and one.source in raw.tables else ():
            spec = schema[str(one.table)].fields.get(column.to or "")
            if spec is not None and spec.ref != one.table and _called(column.column) in called.get(spec.ref or "", ()):
                place = str(one.table), spec.name
                found[place] = found.get(place, frozenset()) | frozenset(raw.tables[one.source].files)
    return found


def _called(header: str) -> str:
    """Return what a header is called apart from the words for a number: `Chart #`, `Chart No` and `Chart Number` are one."""
    plain = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", header).replace("_", " ").casefold()
    words = re.findall(r"[^\W\d_]+|\d+", _NUMBER_WORDS.sub(" ", plain))
    return " ".join(_SHORT.get(word, word) for word in words)


def resolve(table: str, frame: pd.DataFrame, names: Iterable[str], targets: Targets, log: Log) -> tuple[pd.DataFrame, pd.Series]:
    """Resolve the reference fields `names` of a frame.

    Returns the frame with ids filled or emptied, and per row the reason why it must be held (None where it need not be).
    """
    frame = frame.copy()
    spec = targets.schema[table]
    held = pd.Series(None, index=frame.index, dtype=object)
    wanted = sorted(names, key=lambda name: name == "patient_id")  # the patient last: the others may name it
    for name in wanted:
        reference = spec.fields[name]
        must = (name == "patient_id" or reference.required) and table != reference.ref
        reasons = _resolve_field(table, frame, reference, targets, log, must)
        if name == "patient_id":
            _patient_from_others(table, frame, targets, log, reasons)
            _patient_by_contact(table, frame, targets, log, reasons)
        if must:
            held = held.where(held.notna() | reasons.isna(), reasons)
    refuse_links(frame, spec, wanted, {name: (each, targets.key(name)) for name, each in targets.frames.items()}, log)
    return frame, held


def _resolve_field(table: str, frame: pd.DataFrame, spec: CanonicalField, targets: Targets, log: Log, must: bool) -> pd.Series:
    """Resolve one field in place; return reasons of rows that stay open."""
    name, target = spec.name, str(spec.ref)
    prefix = targets.schema[target].prefix
    ids = targets.ids(target)
    if targets.frame(target) is None and target in _OPTIONAL_TARGETS:
        return pd.Series(None, index=frame.index, dtype=object)
    of_several = _all_by_number(table, frame, spec, targets, log)
    given = frame[name].astype("string")
    unknown = given.notna() & ~given.isin(ids)
    renumbered = _by_number(given[unknown], ids, targets.numbers(target), targets.prefixes)
    if len(renumbered):
        log.repair(table, name, renumbered.index, "id-by-number", given[renumbered.index], renumbered)
        frame.loc[renumbered.index, name] = renumbered
        unknown &= ~frame.index.isin(renumbered.index)
    beside = _beside_name(given[unknown], ids, targets.numbers(target), targets.names(target))
    if len(beside):
        log.repair(table, name, beside.index, "id-beside-name", given[beside.index], beside)
        frame.loc[beside.index, name] = beside
        unknown &= ~frame.index.isin(beside.index)
    reasons = pd.Series(None, index=frame.index, dtype=object)
    nothing = unknown & given.eq("0")  # Open Dental and others write 0 for none
    named = unknown & given.str.fullmatch(_NAME).fillna(False)
    texts = given.where(named)
    if spec.ref_name:
        texts = texts.where(named | ~(given.isna() | nothing), frame[spec.ref_name])
    by_name = texts.notna()
    absent = unknown & ~nothing & ~named
    if absent.any():
        held_ids = targets.held.get(target, set())
        reasons[absent] = [
            Message.of("parent-held", key=f"{prefix}:{value}") if value in held_ids else _missing(f"{prefix}:{value}", namesakes)
            for value, namesakes in zip(given[absent], _namesakes(frame.loc[absent], spec, prefix, targets.names(target)), strict=True)
        ]
        targets.missing.setdefault(target, set()).update(value for value in given[absent] if value not in held_ids)
    if target == "patients" and SAID[0] in frame:
        _tell_contradictions(table, frame.loc[given.notna() & ~unknown], spec, targets, log)
    if by_name.any():
        reasons[by_name] = _by_name(table, frame, spec, texts[by_name].astype(str), targets, log, must)
    reasons[of_several.index] = of_several
    if must:
        reasons[(given.isna() | nothing) & ~by_name & reasons.isna()] = (
            Message.of("no-patient") if target == "patients" else Message.of("no-reference", target=target)
        )
    else:
        log.find("unknown-reference", table, labels(frame.loc[absent]), name, target=target)
    empty = nothing & ~by_name
    frame.loc[empty if must else empty | absent, name] = pd.NA
    return reasons


def _all_by_number(table: str, frame: pd.DataFrame, spec: CanonicalField, targets: Targets, log: Log) -> pd.Series:
    """Where a file refers by the second number, a value that is another record's id too means the number all the same.

    A file does so whose column is called like that number, whose every value is one while some are no ids, or whose names all say so.
    Where some values are only ids and others only numbers, nobody knows which the rest are, and it is said. Returns the reasons of rows
    whose number several records have: nobody knows whose they are, and their ids are emptied.
    """
    ids, numbers, shared = targets.ids(str(spec.ref)), targets.numbers(str(spec.ref)), targets.shared_numbers(str(spec.ref))
    both = frame[spec.name].isin([*(one for one, meant in numbers.items() if one in ids and meant != one), *(ids & shared.keys())])
    open_rows: dict[int, Message] = {}
    for file in frame.loc[both, "_file"].unique():
        given = frame.loc[frame["_file"].eq(file) & frame[spec.name].notna(), spec.name].astype("string")
        is_id, is_number = given.isin(ids), given.isin(numbers.keys() | shared.keys())
        is_called = file in targets.by_number.get((table, spec.name), ())
        if is_called or (is_number.all() and not is_id.all()) or _names_say_number(frame, given, spec, targets):
            meant = given[given.isin(numbers.keys())].map(numbers).astype("string")
            log.repair(table, spec.name, meant.index, "id-by-number", given[meant.index], meant)
            frame.loc[meant.index, spec.name] = meant
            several = given[given.isin(shared.keys())]
            prefix = targets.schema[str(spec.ref)].prefix
            open_rows |= {int(row): _candidates(list(shared[number]), prefix, str(spec.ref)) for row, number in several.items()}
            log.find("number-of-several", table, labels(frame.loc[several.index]), spec.name, target=str(spec.ref))
            frame.loc[several.index, spec.name] = pd.NA
        elif (is_number & ~is_id).any():
            log.find("id-or-number", table, labels(frame.loc[given.index[is_id & is_number]]), spec.name, target=str(spec.ref))
    return pd.Series(open_rows, dtype=object)


def _names_say_number(frame: pd.DataFrame, given: pd.Series, spec: CanonicalField, targets: Targets) -> bool:
    """Return whether every name beside a value is that of the record with this number, and none that of the record with this id."""
    if not spec.ref_name:
        return False
    index, numbers = targets.names(str(spec.ref)), targets.numbers(str(spec.ref))
    texts = frame.loc[given.index, spec.ref_name].dropna().astype(str)
    meant = [(value, index.candidates(text)) for value, text in zip(given[texts.index], texts, strict=True)]
    return bool(meant) and all(value not in ids and numbers.get(value) in ids for value, ids in meant)


def _by_number(given: pd.Series, ids: set[str], numbers: Mapping[str, str], prefixes: Iterable[str]) -> pd.Series:
    """Return the ids meant by values that are no ids: another number of the row, the id with other leading noughts, or the id of a
    table that has no prefix."""
    if given.empty:
        return given
    bare: dict[str, set[str]] = {}
    for one in ids:
        bare.setdefault(one.lstrip("0") or "0", set()).add(one)

    def meant(value: str) -> str | None:
        if value in numbers:
            return numbers[value]
        same = bare.get(value.lstrip("0"), set())
        if len(same) == 1 and value.isdigit():
            return next(iter(same))
        shared = [value.removeprefix(prefix) for prefix in prefixes if prefix and value.startswith(prefix)]
        known = (one if one in ids else numbers.get(one) for one in shared if not any(i.startswith(value[: -len(one)]) for i in ids))
        return next((one for one in known if one), None)

    return given.map({value: meant(value) for value in given.unique()}).dropna().astype("string")


_ID_AND_NAME = re.compile(
    r"#?(?P<first>[\w/-]*\d[\w/-]*)[\s:,.–-]+(?P<after>[^\W\d].*)|(?P<before>[^\W\d].*?)[\s,:–-]*[(\[#-]\s*(?P<last>[\w/-]*\d[\w/-]*)[)\]]?"
)
"""`P001 Weber, Anna` or `Weber, Anna (P001)`: an id, and a name."""


def _beside_name(given: pd.Series, ids: set[str], numbers: Mapping[str, str], names: NameIndex) -> pd.Series:
    """Return the ids of cells that hold an id and a name, where the record with this id has this name."""

    def meant(value: str) -> str | None:
        found = _ID_AND_NAME.fullmatch(value.strip()) if len(value) < _LONGEST else None
        if not found:
            return None
        one = found["first"] or found["last"]
        one = one if one in ids else numbers.get(one)
        return one if one and one in names.candidates((found["after"] or found["before"]).strip()) else None

    return given.map({value: meant(value) for value in given.unique()}).dropna().astype("string")


def _by_name(table: str, frame: pd.DataFrame, spec: CanonicalField, texts: pd.Series, targets: Targets, log: Log, must: bool) -> pd.Series:
    """Fill ids from a name that one record has, by row in `texts`; return reasons for the others."""
    target = str(spec.ref)
    prefix, index = targets.schema[target].prefix, targets.names(target)
    known = {text: index.candidates(text) for text in texts.unique()}
    known |= {text: [one] for text, one in _named_with_id([t for t, ids in known.items() if not ids], target, targets).items()}
    found = texts.map(known)
    if target == "patients":
        known |= _last_names_first(found, texts, frame["_file"], index)
        found = texts.map(known)
    if target == "patients" and SAID[0] in frame:
        told = frame.loc[texts.index, list(SAID)].notna().any(axis=1)
        for row in texts.index[told]:
            found[row] = targets.particulars().left(frame.loc[row], known[texts[row]])
    single = found[found.map(len).eq(1)].map(lambda ids: ids[0])
    log.repair(table, spec.name, single.index, "ref-by-name", [None] * len(single), single)
    frame.loc[single.index, spec.name] = single.astype("string")
    open_rows = texts.drop(single.index)
    frame.loc[open_rows.index, spec.name] = pd.NA
    said = {
        row: _born_otherwise(known[text], prefix) if known[text] and not found[row] else _candidates(found[row], prefix, target)
        for row, text in open_rows.items()
    }
    then = "held" if must else "the reference was left empty"
    for code, is_known in (("ambiguous-reference", True), ("unknown-name", False)):
        some = frame.loc[[row for row, text in open_rows.items() if bool(known[text]) is is_known]]
        log.find(code, table, labels(some), spec.name, column=spec.ref_name or spec.name, target=target, then=then)
    return pd.Series(said, dtype=object).reindex(texts.index).astype(object)


def _last_names_first(found: pd.Series, texts: pd.Series, files: pd.Series, index: NameIndex) -> dict[str, list[str]]:
    """Return the ids of names that are read last name first, as those of their file prove that can be read in no other way.

    A name that fits one person in either order, in a file that proves neither, may mean both. `found`: ids of `texts` as they stand.
    """
    read: dict[str, list[str]] = {}
    for _, rows in texts.groupby(files[texts.index]):
        straight = {text: found[row] for row, text in rows.items()}
        turned = {text: index.turned(text) for text in straight}
        proves_last_first = any(turned[text] and not ids for text, ids in straight.items())
        proves_first_last = any(ids and not turned[text] and "," not in text for text, ids in straight.items())
        for text, ids in turned.items():
            if not ids or ids == straight[text] or (proves_first_last and not proves_last_first):
                continue
            read[text] = ids if proves_last_first and not proves_first_last else sorted({*ids, *straight[text]})
    return read


def _named_with_id(texts: list[str], target: str, targets: Targets) -> dict[str, str]:
    """Return the id that a text holds beside a name, where the record with this id has this name: `Weber, Anna (P001)`."""
    given = pd.Series(texts, dtype="string")
    found = _beside_name(given, targets.ids(target), targets.numbers(target), targets.names(target))
    return {str(given[place]): str(one) for place, one in found.items()}


def _born_otherwise(ids: list[str], prefix: str) -> Message:
    return Message.of("born-otherwise", keys=tuple(f"{prefix}:{one}" for one in ids))


def _tell_contradictions(table: str, rows: pd.DataFrame, spec: CanonicalField, targets: Targets, log: Log) -> None:
    """Say which rows name a patient by id and give the birth date of another, or the name of others alone."""
    told = rows[rows[SAID[0]].notna()]  # most exports say none: then nobody need know what the patients say of themselves
    wrong = [row for row in told.index if targets.particulars().contradicts(told.loc[row], str(told.at[row, spec.name]))]
    log.find("patient-contradicted", table, labels(rows.loc[wrong]), spec.name)
    if spec.ref_name:
        pairs = rows[[spec.name, spec.ref_name]].dropna().astype(str)
        known = {text: targets.names(str(spec.ref)).candidates(text) for text in pairs[spec.ref_name].unique()}
        others = [row for row, one, text in pairs.itertuples() if known[text] and one not in known[text]]
        log.find("named-as-another", table, labels(rows.loc[others]), spec.name)


def _namesakes(rows: pd.DataFrame, spec: CanonicalField, prefix: str, index: NameIndex) -> list[tuple[str, ...]]:
    """Return for each row which records have the name that it gives: candidates for a person to decide on, never taken by themselves."""
    if not spec.ref_name:
        return [()] * len(rows)
    texts = rows[spec.ref_name]
    found = {text: index.candidates(str(text)) for text in texts.dropna().unique()}
    keys = {text: tuple(f"{prefix}:{one}" for one in ids) for text, ids in found.items()}
    return [keys[text] if pd.notna(text) else () for text in texts]


def _missing(key: str, namesakes: tuple[str, ...]) -> Message:
    return Message.of("missing-but-named", key=key, keys=namesakes) if namesakes else Message.of("missing-parent", key=key)


def _candidates(ids: list[str], prefix: str, target: str) -> Message:
    if ids:
        return Message.of("several-candidates", keys=tuple(f"{prefix}:{one}" for one in ids))
    return Message.of("no-candidate", target=target)


def _patient_from_others(table: str, frame: pd.DataFrame, targets: Targets, log: Log, reasons: pd.Series) -> None:
    """Where a row names no patient but an invoice, plan or appointment that does, that patient is meant."""
    for name in _PATIENT_FROM:
        spec = targets.schema[table].fields.get(name)
        source = targets.frame(str(spec.ref)) if spec else None
        if source is None or "patient_id" not in source:
            continue
        patients = dict(zip(source[targets.key(str(spec.ref))], source["patient_id"], strict=True)) if spec else {}
        rows = frame.index[frame["patient_id"].isna() & reasons.eq(Message.of("no-patient")) & frame[name].isin(patients.keys())]
        found = frame.loc[rows, name].map(patients).dropna()
        log.repair(table, "patient_id", found.index, f"patient-from-{name.removesuffix('_id')}", [None] * len(found), found)
        frame.loc[found.index, "patient_id"] = found.astype("string")
        reasons[found.index] = None


def _patient_by_contact(table: str, frame: pd.DataFrame, targets: Targets, log: Log, reasons: pd.Series) -> None:
    """Where a row says of its patient no more than an e-mail address or a phone that one patient alone has, that one is meant."""
    for name in SAID[1:]:
        rows = frame.index[reasons.eq(Message.of("no-patient")) & frame[name].notna()] if name in frame else []
        if not len(rows):
            continue
        found = frame.loc[rows, name].map(targets.particulars().alone(name)).dropna()
        log.repair(table, "patient_id", found.index, "patient-by-contact", [None] * len(found), found)
        frame.loc[found.index, "patient_id"] = found.astype("string")
        reasons[found.index] = None
