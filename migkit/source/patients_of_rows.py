"""What the rows of other tables say of their patients beside the name: birth date, phone and e-mail, address, cover.

Where the export has a patient list, the patient's own row counts: what it lacks is filled in where all rows agree, and a difference is
said. Where there is none, the patients are made of these rows: one who has a name alone is not, nobody could be reached by it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import pandas as pd

from migkit.model.canonical import CanonicalSchema
from migkit.model.country import Country
from migkit.model.tables import CanonicalTables

from .log import Log
from .names import same_person
from .namesakes import OWN, SAID
from .sources import empty_frame

_BORN, _PHONE, _EMAIL = SAID
_ADDRESS = ("address_line1", "address_line2", "suburb", "state", "postcode")
_OF_THE_ROW = ("patient_id", "patient_name", *SAID, "_file", "_line", "_table")
Flattened = Mapping[str, Sequence[pd.DataFrame]]
"""Canonical table → what its rows say of the patients whom they name, as typed columns of these, by row number."""
_FURTHER = {_PHONE: "other_phones", _EMAIL: "other_emails"}
"""Where a patient's further phones and e-mails stand as text."""


def make_patients(
    typed: Mapping[str, pd.DataFrame],
    flattened: Flattened,
    schema: CanonicalSchema,
    previous: CanonicalTables | None,
    country: Country,
    log: Log,
) -> dict[str, pd.DataFrame]:
    """Return the tables with patients made (`_synthetic`) of what rows say of theirs, where no export has a patient list.

    `flattened`: what the map takes for further fields of the patients.

    One id is one patient. Without ids, rows of one name are one patient where their birth date is the same; without birth dates, where
    their e-mail is, else their phone. A row that leaves open which of several it means is settled with the references.
    """
    known = previous.frames.get("patients") if previous is not None else None
    if "patients" in typed or (known is not None and len(known)):
        return dict(typed)
    rows = _rows(typed, flattened)
    further = [name for name in rows if name in schema["patients"].flattened]
    telling = [*SAID, *further] if rows["patient_id"].notna().any() else [*SAID]
    rows = rows[rows["patient_name"].notna() & rows[telling].notna().any(axis=1)]
    if rows.empty:
        return dict(typed)
    rows = rows.assign(_who=_who(rows)).dropna(subset="_who")
    groups = rows.groupby("_who", sort=False)
    first = groups[["patient_id", "patient_name", *SAID, *further, "_file", "_line"]].first()
    made = empty_frame(schema["patients"], len(first))
    for name, source in {"patient_id": "patient_id", "full_name": "patient_name", "birth_date": _BORN, "email": _EMAIL}.items():
        made[name] = first[source].astype(made[name].dtype).array  # where nobody says any, no type is left of it
    for name in further:
        made[name] = first[name].astype(made[name].dtype).array
    _fill_phones(made, pd.Series(first[_PHONE].array, index=made.index).dropna(), country)
    made["_file"], made["_line"] = first["_file"].astype("string").array, first["_line"].astype("int64").array
    made["_synthetic"] = pd.array([True] * len(made), dtype="boolean")
    places = made["_file"] + ":" + made["_line"].astype("string")
    log.find("patients-made", "patients", places, name=", ".join(rows["_table"].unique()))
    for name in (*SAID, *further):
        several = groups[name].nunique().gt(1)
        log.find("header-differs", "patients", places[several.to_numpy()], column=name.replace("_", " "))
    return {"patients": made, **typed}


def complete_patients(frames: dict[str, pd.DataFrame], flattened: Flattened, country: Country, log: Log) -> None:
    """Fill what patients lack by what all rows that name them say, and tell which rows say something else.

    A phone or e-mail that another patient has is filled in for nobody: a parent's stands in the child's bookings. Of an address that a
    patient has, nothing is filled in: it may be another one's part.
    """
    telling = {
        table: frame
        for table, frame in frames.items()
        if _BORN in frame and (table in flattened or any(frame[name].notna().any() for name in SAID))
    }
    if "patients" not in frames or not telling:
        return
    rows = _rows(telling, flattened)
    rows = rows[rows["patient_id"].notna()]
    if rows.empty:
        return
    patients = frames["patients"].copy()
    known = patients[~patients["_synthetic"].fillna(False).astype(bool)]
    for name, own in {_BORN: ("birth_date",), **OWN}.items():
        _tell_several(known, rows, name, own, log)
        said = rows[["patient_id", name]].dropna().drop_duplicates()
        if said.empty:
            continue
        mine = known.set_index("patient_id")[[*own]].stack().dropna()
        has = said["patient_id"].isin(mine.index.get_level_values(0))
        if name != _BORN and has.any():
            _tell_differences(known, name, own, said[has], log)
        single = said[~has & said["patient_id"].isin(known["patient_id"])].drop_duplicates("patient_id", keep=False)
        single = single[~single[name].isin(mine) & ~single[name].duplicated(keep=False)] if name != _BORN else single
        values = known["patient_id"].map(single.set_index("patient_id")[name]).dropna()
        if name == _PHONE:
            _fill_phones(patients, values, country)
        else:
            patients.loc[values.index, own[0]] = values.astype(patients[own[0]].dtype)
        log.repair("patients", own[0], values.index, "from-other-rows", [None] * len(values), values.astype(str))
    _fill_further(patients, known, rows, log)
    frames["patients"] = patients


def _fill_further(patients: pd.DataFrame, known: pd.DataFrame, rows: pd.DataFrame, log: Log) -> None:
    """Fill (in place) the further fields of the patients that all rows say alike."""
    placed = known.loc[known[[*_ADDRESS]].notna().any(axis=1), "patient_id"]
    moved = {one for name in rows.columns.intersection(_ADDRESS) for one in _several(rows, name)}
    for name in rows.columns.intersection(patients.columns).difference(_OF_THE_ROW):
        _tell_several(known, rows, name, (name,), log)
        said = rows[["patient_id", name]].dropna().drop_duplicates()
        mine = known.set_index("patient_id")[name].dropna()
        both = said[said["patient_id"].isin(mine.index)]
        differs = both[both[name].map(_plain) != both["patient_id"].map(mine[~mine.index.duplicated()]).map(_plain)]
        log.find("patient-differs", "patients", known.loc[known["patient_id"].isin(differs["patient_id"]), "_key"], name)
        single = said[~said["patient_id"].isin(mine.index)].drop_duplicates("patient_id", keep=False).set_index("patient_id")[name]
        if name in OWN[_PHONE]:
            single = single[~single.isin(known[[*OWN[_PHONE]]].stack()) & ~single.duplicated(keep=False)]
        if name in _ADDRESS:
            single = single.drop(index=[*single.index.intersection([*placed, *moved])])
        values = known["patient_id"].map(single).dropna()
        patients.loc[values.index, name] = values.astype(patients[name].dtype)
        log.repair("patients", name, values.index, "from-other-rows", [None] * len(values), values.astype(str))


def _several(rows: pd.DataFrame, name: str) -> list[str]:
    """Return the patients of whom rows say several values of a field."""
    said = rows[["patient_id", name]].dropna().drop_duplicates()
    if not said["patient_id"].duplicated().any():
        return []
    different = said.assign(**{name: said[name].map(_plain)}).drop_duplicates()
    return different.loc[different["patient_id"].duplicated(), "patient_id"].astype(str).unique().tolist()


def _plain(value: object) -> str:
    """Return a value without case, signs and blanks, as two writings of one address are compared."""
    return re.sub(r"\W+", "", str(value).casefold())


def _tell_several(known: pd.DataFrame, rows: pd.DataFrame, name: str, own: tuple[str, ...], log: Log) -> None:
    """Say of which patients rows say several values of a field that their own row lacks: none is filled in."""
    if several := _several(rows, name):
        lacking = known[[*own]].isna().all(axis=1)
        log.find("rows-differ-of-patient", "patients", known.loc[lacking & known["patient_id"].isin(several), "_key"], own[0])


def _tell_differences(known: pd.DataFrame, name: str, own: tuple[str, ...], said: pd.DataFrame, log: Log) -> None:
    values = known.set_index("patient_id")[[*own, _FURTHER[name]]].astype("string")
    whole = values.fillna("").agg("\n".join, axis=1)
    other = [one for one, value in said.itertuples(index=False, name=None) if str(value) not in whole.get(one, str(value))]
    keys = known.loc[known["patient_id"].isin(other), "_key"]
    log.find("patient-differs", "patients", keys, own[0])


def _rows(frames: Mapping[str, pd.DataFrame], flattened: Flattened) -> pd.DataFrame:
    """Return what the rows of all tables say of their patients, with the further fields that any of them says."""
    columns = ["patient_id", "patient_name", *SAID, "_file", "_line"]
    found = []
    for table, frame in frames.items():
        if _BORN in frame:
            further = [pd.concat(flattened[table]).reindex(frame.index).astype(object)] if table in flattened else []
            found.append(pd.concat([frame[columns].astype(object), *further], axis=1).assign(_table=table))
    rows = pd.concat(found, ignore_index=True) if found else pd.DataFrame(columns=[*columns, "_table"])
    return rows.where(rows.notna() & rows.ne("0"), None) if len(rows) else rows


def _who(rows: pd.DataFrame) -> pd.Series:
    """Return by row the patient that it tells of, None where it is one of those of other rows."""
    if rows["patient_id"].notna().any():
        return rows["patient_id"]
    name = rows["patient_name"].map(lambda text: same_person(str(text)))
    by = pd.Series(None, index=rows.index, dtype=object)
    for _, group in rows.groupby(name, sort=False):
        telling = next(column for column in (_BORN, _EMAIL, _PHONE) if group[column].notna().any())
        by[group.index] = group[telling].map(str, na_action="ignore")
    return (name + "|" + by).where(by.notna(), None)


def _fill_phones(patients: pd.DataFrame, phones: pd.Series, country: Country) -> None:
    """Write phones where they belong: a number that looks like no mobile of the country is one of a home."""
    shape = country.shapes.get("mobile", "")
    mobile = phones.astype("string").str.fullmatch(shape) if shape else pd.Series(True, index=phones.index)
    for field, some in (("mobile", mobile), ("home_phone", ~mobile.astype(bool))):
        rows = phones.index[some.astype(bool)]
        patients.loc[rows, field] = phones[rows].astype("string")
