"""What cells of phones and e-mails hold beyond their first value: further numbers, addresses, remarks; nothing of it is dropped.

They stand in fields of their own, a line each, `<field> <value>`: `home_phone +61299991234`. So a later export that lacks the
column of one of them can keep just its lines. What a column of such a field itself holds stands there under that field's name:
`other_phones +61295551309`. In names of fields of several words `_` stands for the blank.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace

import pandas as pd

from migkit.model.canonical import CanonicalField, CanonicalTable
from migkit.model.country import Country

from .cells.contacts import with_area_code
from .columns import TypedColumn
from .log import Log

PHONES, EMAILS, REMARKS = "other_phones", "other_emails", "contact_remarks"
FURTHER = (PHONES, EMAILS, REMARKS)
"""Fields of a table of people."""
_READ_AS = {PHONES: "phone", EMAILS: "email"}


def keeps_further(spec: CanonicalTable) -> bool:
    """Return whether the table's records have a place for more than one number, and for remarks."""
    return REMARKS in spec.fields


def as_cells(spec: CanonicalField) -> CanonicalField:
    """Return the field as its cells are read: those of further phones as phones, though the field is a text of lines."""
    return replace(spec, type=_READ_AS.get(spec.name, spec.type))


def keep_further(frame: pd.DataFrame, name: str, typed: TypedColumn) -> None:
    """Add to the frame what the cells of the field `name` hold beyond their value, and the value where that itself is a further one."""
    if REMARKS not in frame:
        return
    further = typed.further
    if name in FURTHER:
        values = typed.values.reset_index(drop=True).dropna()
        first = pd.DataFrame({"position": values.index, "value": values.astype(object).array, "is_remark": name == REMARKS})
        further = pd.concat([first, further]) if len(further) else first
    if further.empty:
        return
    kinds = further["is_remark"].map({True: REMARKS, False: EMAILS if name.endswith(("email", EMAILS)) else PHONES})
    lines = (_label(name) + " " + further["value"].str.replace("\n", " ")).groupby([kinds, further["position"]]).agg("\n".join)
    for kind in kinds.unique():
        added = lines[kind]
        rows = frame.index[added.index.astype("int64")]
        before = frame.loc[rows, kind]
        frame.loc[rows, kind] = [text if pd.isna(known) else f"{known}\n{text}" for known, text in zip(before, added, strict=True)]


def _label(name: str) -> str:
    """Return the name of a field as one word."""
    return re.sub(r"\s", "_", name)


def carried_lines(now: pd.Series, earlier: pd.Series, lacking: Collection[str]) -> pd.Series:
    """Return the lines of one of these fields with the earlier lines of the fields that the export has no column for."""

    labels = {_label(name) for name in lacking}

    def of_lacking(text: object) -> list[str]:
        return [line for line in text.split("\n") if line.partition(" ")[0] in labels] if isinstance(text, str) else []

    both = [[*([text] if isinstance(text, str) else []), *of_lacking(before)] for text, before in zip(now, earlier, strict=True)]
    return pd.Series(["\n".join(lines) or None for lines in both], index=now.index, dtype="string")


def complete_area_codes(frame: pd.DataFrame, table: CanonicalTable, country: Country, log: Log) -> None:
    """A number without its area code takes that of the row's postcode, where it is certain."""
    if "postcode" not in frame or frame["postcode"].isna().all():
        return
    for name in (name for name, spec in table.fields.items() if spec.type == "phone"):
        if frame[name].isna().all():
            continue
        is_local = frame[name].notna() & ~frame[name].str.startswith("+").fillna(False) & frame["postcode"].notna()
        if not is_local.any():
            continue
        local = frame.loc[is_local, [name, "postcode"]]
        whole = pd.Series(
            [with_area_code(number, postcode, country) for number, postcode in zip(local[name], local["postcode"], strict=True)],
            index=local.index,
            dtype="string",
        ).dropna()
        log.repair(table.name, name, whole.index, "phone-area", frame.loc[whole.index, name], whole)
        log.solved("unproven-phone", table.name, name, whole.index)
        frame.loc[whole.index, name] = whole
