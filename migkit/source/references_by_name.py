"""References by name: where a row gives a name and no id, or both in one cell; and what names say against the ids beside them."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pandas as pd

from migkit.model.canonical import CanonicalField
from migkit.model.messages import Message

from .log import Log, labels
from .names import NameIndex
from .namesakes import SAID
from .targets import Targets

_LONGEST = 200
"""Characters beyond which a cell is no id with a name."""
_OTHERS_TOO = frozenset({"bill_to_name"})
"""Names that need not be those of records: an insurer is billed, and no patient."""
_ID_AND_NAME = re.compile(
    r"#?(?P<first>[\w/-]*\d[\w/-]*)[\s:,.–-]+(?P<after>[^\W\d].*)|(?P<before>[^\W\d].*?)[\s,:–-]*[(\[#-]\s*(?P<last>[\w/-]*\d[\w/-]*)[)\]]?"
)
"""`P001 Weber, Anna` or `Weber, Anna (P001)`: an id, and a name."""

_NO_CHANCE = 3
"""Rows of a file that must all give another one's id before it is no slip, but the numbers of something else."""


def fill_by_name(
    table: str, frame: pd.DataFrame, spec: CanonicalField, texts: pd.Series, targets: Targets, log: Log, must: bool
) -> pd.Series:
    """Fill ids from a name that one record has, by row in `texts`; return reasons for the others."""
    target = str(spec.ref)
    prefix, index = targets.schema[target].prefix, targets.names(target)
    known = {text: index.candidates(text) for text in texts.unique()}
    known |= {text: [one] for text, one in _named_with_id([t for t, ids in known.items() if not ids], target, targets).items()}
    found = texts.map(known)
    if target == "practitioners":
        known |= _by_code([text for text, ids in known.items() if not ids], target, targets)
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
        row: _born_otherwise(known[text], prefix) if known[text] and not found[row] else candidates(found[row], prefix, target)
        for row, text in open_rows.items()
    }
    then = "held" if must else "the reference was left empty"
    for code, is_known in (("ambiguous-reference", True), ("unknown-name", False)):
        some = frame.loc[[row for row, text in open_rows.items() if bool(known[text]) is is_known]]
        if not is_known and (spec.ref_name in _OTHERS_TOO or (target == "practitioners" and not targets.ids(target))):
            continue  # without a list of staff the name stands as it is written
        log.find(code, table, labels(some), spec.name, column=spec.ref_name or spec.name, target=target, then=then)
    return pd.Series(said, dtype=object).reindex(texts.index).astype(object)


def ids_beside_names(given: pd.Series, ids: set[str], numbers: Mapping[str, str], names: NameIndex) -> pd.Series:
    """Return the ids of cells that hold an id and a name, where the record with this id has this name."""

    def meant(value: str) -> str | None:
        found = _ID_AND_NAME.fullmatch(value.strip()) if len(value) < _LONGEST else None
        if not found:
            return None
        one = found["first"] or found["last"]
        one = one if one in ids else numbers.get(one)
        return one if one and one in names.candidates((found["after"] or found["before"]).strip()) else None

    return given.map({value: meant(value) for value in given.unique()}).dropna().astype("string")


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
    found = ids_beside_names(given, targets.ids(target), targets.numbers(target), targets.names(target))
    return {str(given[place]): str(one) for place, one in found.items()}


def _by_code(texts: list[str], target: str, targets: Targets) -> dict[str, list[str]]:
    """Return the id of the record whose id or code stands where a name should: `MK` under Dentist."""
    numbers = {code.casefold(): one for code, one in targets.numbers(target).items()} | {one.casefold(): one for one in targets.ids(target)}
    return {text: [numbers[text.strip().casefold()]] for text in texts if text.strip().casefold() in numbers}


def tell_contradictions(table: str, rows: pd.DataFrame, spec: CanonicalField, targets: Targets, log: Log) -> None:
    """Say which rows name a patient by id and give the birth date of another, or the name of others alone."""
    told = rows.index[rows[SAID[0]].notna()]  # most exports say none: then nobody need know what the patients say of themselves
    wrong = [row for row in told if targets.particulars().contradicts(rows.loc[row], str(rows.at[row, spec.name]))]
    log.find("patient-contradicted", table, labels(rows, wrong), spec.name)
    if spec.ref_name and rows[spec.ref_name].notna().any():
        pairs = rows[[spec.name, spec.ref_name]].dropna().astype(str)
        known = {text: targets.names(str(spec.ref)).candidates(text) for text in pairs[spec.ref_name].unique()}
        others = [row for row, one, text in pairs.itertuples() if known[text] and one not in known[text]]
        files = rows.loc[[row for row, _, text in pairs.itertuples() if known[text]], "_file"].groupby(rows["_file"])
        strange = {file for file, checked in files if len(checked) >= _NO_CHANCE and set(checked.index) <= set(others)}
        of_others = rows.loc[others, "_file"].isin(strange)
        log.find("named-as-others", table, labels(rows, of_others.index[of_others]), spec.name)
        log.find("named-as-another", table, labels(rows, of_others.index[~of_others]), spec.name)


def namesakes_of(rows: pd.DataFrame, spec: CanonicalField, prefix: str, index: NameIndex) -> list[tuple[str, ...]]:
    """Return for each row which records have the name that it gives: candidates for a person to decide on, never taken by themselves."""
    if not spec.ref_name:
        return [()] * len(rows)
    texts = rows[spec.ref_name]
    found = {text: index.candidates(str(text)) for text in texts.dropna().unique()}
    keys = {text: tuple(f"{prefix}:{one}" for one in ids) for text, ids in found.items()}
    return [keys[text] if pd.notna(text) else () for text in texts]


def candidates(ids: list[str], prefix: str, target: str) -> Message:
    """Return the reason of a row whose name several records have, or none."""
    if ids:
        return Message.of("several-candidates", keys=tuple(f"{prefix}:{one}" for one in ids))
    return Message.of("no-candidate", target=target)


def _born_otherwise(ids: list[str], prefix: str) -> Message:
    return Message.of("born-otherwise", keys=tuple(f"{prefix}:{one}" for one in ids))
