"""References between tables: by id or another number of the row; by name only where no id is given and one candidate exists.

An id that is given and not found is never replaced by a name: the row is held, with the id and the namesakes as candidates. Where a name
itself stands in the column of ids (`Bill To: Kline, Ruth`), it is one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

import numpy as np
import pandas as pd

from migkit.model.among import among
from migkit.model.canonical import CanonicalField
from migkit.model.messages import Message

from .contradicted import refuse_links
from .log import Log, labels
from .names import A_NAME
from .namesakes import SAID
from .references_by_name import candidates, fill_by_name, ids_beside_names, namesakes_of, tell_contradictions
from .targets import Targets

_OPTIONAL_TARGETS = frozenset({"families"})
"""Tables whose ids mean something even where the export lacks the table: equal ids belong together."""
_WORDS = r"\s*[^\W\d_][^\d@]*"
"""A text without digits."""
_DIGIT = re.compile(r"\d")
_THEMSELVES = frozenset(
    {"patient", "self", "same", "own", "private", "pat", "y", "yes", "n", "no", "none", "n/a", "na", "client", "themselves"}
)
"""Words for whom a row is about, where it says who is billed."""
_PATIENT_FROM = ("invoice_id", "plan_id", "appointment_id", "note_id")


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
        if name == "patient_id" and table == "payments":
            _patient_of_invoice(frame, targets, log)
        must = (name == "patient_id" or reference.required) and table != reference.ref
        reasons = _resolve_field(table, frame, reference, targets, log, must)
        if name == "patient_id":
            _patient_from_others(table, frame, targets, log, reasons)
            _patient_by_contact(table, frame, targets, log, reasons)
        if must:
            held = held.where(held.notna() | reasons.isna(), reasons)
    parents = {name: (each, targets.key(name)) for name, each in targets.frames.items()}
    refuse_links(frame, spec, wanted, parents, targets.bare, log)
    return frame, held


def _resolve_field(table: str, frame: pd.DataFrame, spec: CanonicalField, targets: Targets, log: Log, must: bool) -> pd.Series:
    """Resolve one field in place; return reasons of rows that stay open."""
    name, target = spec.name, str(spec.ref)
    prefix = targets.schema[target].prefix
    ids = targets.ids(target)
    if targets.frame(target) is None and target in _OPTIONAL_TARGETS:
        return pd.Series(None, index=frame.index, dtype=object)
    if frame[name].isna().all() and not (spec.ref_name and frame[spec.ref_name].notna().any()):
        targets.numbers(target), targets.names(target)  # known as the target is now, whether or not rows say anything
        return pd.Series([_unnamed(target) if must else None] * len(frame), index=frame.index, dtype=object)
    if not must:
        _part_words(table, frame, spec, targets, log)
    of_several = _all_by_number(table, frame, spec, targets, log) | _all_by_family(table, frame, spec, targets, log)
    given = frame[name].astype("string")
    unknown = given.notna() & ~among(given, ids)
    if unknown.any():
        renumbered = _by_number(given[unknown], ids, targets.numbers(target), targets.prefixes)
        unknown &= ~_replaced(table, frame, name, renumbered, "id-by-number", log)
        beside = ids_beside_names(given[unknown], ids, targets.numbers(target), targets.names(target))
        unknown &= ~_replaced(table, frame, name, beside, "id-beside-name", log)
    reasons = pd.Series(None, index=frame.index, dtype=object)
    nothing = named = unknown
    if unknown.any():
        nothing = unknown & given.eq("0")  # Open Dental and others write 0 for none
        named = unknown & given.str.fullmatch(A_NAME).fillna(False)
    texts = given.where(named)
    if spec.ref_name:
        texts = texts.where(named | ~(given.isna() | nothing), frame[spec.ref_name])
    by_name = texts.notna()
    absent = unknown & ~nothing & ~named
    if absent.any():
        held_ids = targets.held.get(target, set())
        reasons[absent] = [
            Message.of("parent-held", key=f"{prefix}:{value}") if value in held_ids else _missing(f"{prefix}:{value}", namesakes)
            for value, namesakes in zip(given[absent], namesakes_of(frame.loc[absent], spec, prefix, targets.names(target)), strict=True)
        ]
        targets.missing.setdefault(target, set()).update(value for value in given[absent] if value not in held_ids)
    if target == "patients" and SAID[0] in frame:
        tell_contradictions(table, frame.loc[given.notna() & ~unknown], spec, targets, log)
    if by_name.any():
        reasons[by_name] = fill_by_name(table, frame, spec, texts[by_name].astype(str), targets, log, must)
    reasons[[*of_several]] = [*of_several.values()]
    if must:
        reasons[(given.isna() | nothing) & ~by_name & reasons.isna()] = _unnamed(target)
    else:
        log.find("unknown-reference", table, labels(frame, absent), name, target=target)
    empty = nothing & ~by_name
    if (gone := empty if must else empty | absent).any():
        frame.loc[gone, name] = pd.NA
    return reasons


def _replaced(table: str, frame: pd.DataFrame, name: str, meant: pd.Series, rule: str, log: Log) -> np.ndarray:
    """Write (in place) the ids that are meant, where any are; return which rows these are."""
    if len(meant):
        log.repair(table, name, meant.index, rule, frame.loc[meant.index, name].astype("string"), meant)
        frame.loc[meant.index, name] = meant
    return frame.index.isin(meant.index)


def _part_words(table: str, frame: pd.DataFrame, spec: CanonicalField, targets: Targets, log: Log) -> None:
    """Take words for no ids (in place) where each id of the target has a digit: `Medibank Private` among those who are billed is a name,
    `Self` is whom the row is about anyway."""
    text = frame[spec.name].astype("string")
    words = text.str.fullmatch(_WORDS).fillna(False)
    if not words.any() or not all(map(_DIGIT.search, targets.ids(str(spec.ref)))):
        return
    themselves = text.str.strip().str.casefold().isin(_THEMSELVES) & (spec.ref == "patients")
    given = text[words & themselves if spec.ref_name is None else words]
    log.repair(table, spec.name, given.index, "words-no-id", given, [None] * len(given))
    frame.loc[given.index, spec.name] = pd.NA
    if spec.ref_name:
        named = given[~themselves[given.index]]
        frame.loc[named.index, spec.ref_name] = frame.loc[named.index, spec.ref_name].fillna(named)


def _all_by_number(table: str, frame: pd.DataFrame, spec: CanonicalField, targets: Targets, log: Log) -> dict[int, Message]:
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
        is_id, is_number = among(given, ids), among(given, numbers.keys() | shared.keys())
        is_called = file in targets.by_number.get((table, spec.name), ())
        if is_called or (is_number.all() and not is_id.all()) or _names_say_number(frame, given, spec, targets):
            meant = given[among(given, numbers.keys())].map(numbers).astype("string")
            log.repair(table, spec.name, meant.index, "id-by-number", given[meant.index], meant)
            frame.loc[meant.index, spec.name] = meant
            several = given[among(given, shared.keys())]
            prefix = targets.schema[str(spec.ref)].prefix
            open_rows |= {int(row): candidates(list(shared[number]), prefix, str(spec.ref)) for row, number in several.items()}
            log.find("number-of-several", table, labels(frame, several.index), spec.name, target=str(spec.ref))
            frame.loc[several.index, spec.name] = pd.NA
        elif (is_number & ~is_id).any():
            log.find("id-or-number", table, labels(frame, given.index[is_id & is_number]), spec.name, target=str(spec.ref))
    return open_rows


def _all_by_family(table: str, frame: pd.DataFrame, spec: CanonicalField, targets: Targets, log: Log) -> dict[int, Message]:
    """Where a file refers by the number of a family, as its column is called, no value is an id, whatever ids there are.

    A family of one is that one; of several the one is meant whom the row names. Returns the reasons of rows of which nobody knows whose
    they are, and their ids are emptied.
    """
    target = str(spec.ref)
    files = targets.by_family.get((table, spec.name), frozenset()) - targets.by_number.get((table, spec.name), frozenset())
    families = targets.families(target) if files else {}
    open_rows: dict[int, Message] = {}
    for file in sorted(files):
        given = frame.loc[frame["_file"].eq(file) & frame[spec.name].notna(), spec.name].astype("string")
        if not among(given, families.keys()).any():
            continue
        texts = frame.loc[given.index, spec.ref_name] if spec.ref_name else pd.Series(pd.NA, index=given.index)
        meant: dict[int, str] = {}
        for row, number, text in zip(given.index, given, texts, strict=True):
            members = families.get(number, ())
            named = [] if pd.isna(text) else [one for one in targets.names(target).candidates(str(text)) if one in members]
            if one := next((some[0] for some in (members, named) if len(some) == 1), None):
                meant[row] = one
            elif members:
                open_rows[row] = candidates(list(members), targets.schema[target].prefix, target)
            else:
                open_rows[row] = Message.of("missing-parent", key=f"family:{number}")
        log.repair(table, spec.name, [*meant], "id-by-number", given[[*meant]], [*meant.values()])
        several = [row for row in open_rows if row in given.index and given[row] in families]
        log.find("number-of-several", table, labels(frame, pd.Index(several, dtype=frame.index.dtype)), spec.name, target=target)
        frame.loc[given.index, spec.name] = pd.Series(meant, dtype="string").reindex(given.index)
    return open_rows


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
        if len(same) == 1 and value.isdecimal():
            return next(iter(same))
        shared = [value.removeprefix(prefix) for prefix in prefixes if prefix and value.startswith(prefix)]
        known = (one if one in ids else numbers.get(one) for one in shared if not any(i.startswith(value[: -len(one)]) for i in ids))
        return next((one for one in known if one), None)

    return given.map({value: meant(value) for value in given.unique()}).dropna().astype("string")


def _unnamed(target: str) -> Message:
    return Message.of("no-patient") if target == "patients" else Message.of("no-reference", target=target)


def _missing(key: str, namesakes: tuple[str, ...]) -> Message:
    return Message.of("missing-but-named", key=key, keys=namesakes) if namesakes else Message.of("missing-parent", key=key)


def _patient_of_invoice(frame: pd.DataFrame, targets: Targets, log: Log) -> None:
    """Where a payment names its invoice and, for its patient, nobody whom the practice has (`Medibank Private`, `Patient`), the patient of
    the invoice is meant: the name is who paid."""
    invoices = targets.frame("invoices")
    rows = frame.index[frame["patient_id"].isna() & frame["patient_name"].notna() & frame["invoice_id"].notna()]
    if invoices is None or rows.empty:
        return
    index, whose = targets.names("patients"), invoices.drop_duplicates("invoice_id").set_index("invoice_id")["patient_id"]
    nobody = [row for row in rows if not index.candidates(text := str(frame.at[row, "patient_name"])) and not index.turned(text)]
    found = frame.loc[nobody, "invoice_id"].map(whose).dropna()
    log.repair("payments", "patient_id", found.index, "patient-from-invoice", [None] * len(found), found)
    frame.loc[found.index, "patient_id"] = found.astype("string")
    themselves = frame.loc[found.index, "patient_name"].str.strip().str.casefold().isin(_THEMSELVES)
    frame.loc[themselves.index[themselves], "patient_name"] = pd.NA


def _patient_from_others(table: str, frame: pd.DataFrame, targets: Targets, log: Log, reasons: pd.Series) -> None:
    """Where a row names no patient but an invoice, plan or appointment that does, that patient is meant."""
    if frame["patient_id"].notna().all():
        return
    for name in _PATIENT_FROM:
        spec = targets.schema[table].fields.get(name)
        source = targets.frame(str(spec.ref)) if spec else None
        if source is None or "patient_id" not in source:
            continue
        patients = dict(zip(source[targets.key(str(spec.ref))], source["patient_id"], strict=True)) if spec else {}
        rows = frame.index[frame["patient_id"].isna() & reasons.eq(Message.of("no-patient")) & among(frame[name], patients.keys())]
        found = frame.loc[rows, name].map(patients).dropna()
        log.repair(table, "patient_id", found.index, f"patient-from-{name.removesuffix('_id')}", [None] * len(found), found)
        frame.loc[found.index, "patient_id"] = found.astype("string")
        reasons[found.index] = None


def _patient_by_contact(table: str, frame: pd.DataFrame, targets: Targets, log: Log, reasons: pd.Series) -> None:
    """Where a row says of its patient no more than an e-mail address or a phone that one patient alone has, that one is meant."""
    if frame["patient_id"].notna().all():
        return
    for name in SAID[1:]:
        rows = frame.index[reasons.eq(Message.of("no-patient")) & frame[name].notna()] if name in frame else []
        if not len(rows):
            continue
        found = frame.loc[rows, name].map(targets.particulars().alone(name)).dropna()
        log.repair(table, "patient_id", found.index, "patient-by-contact", [None] * len(found), found)
        frame.loc[found.index, "patient_id"] = found.astype("string")
        reasons[found.index] = None
