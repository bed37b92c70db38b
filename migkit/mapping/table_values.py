"""What a table is, by what its columns hold and how it hangs together with the others, whatever it and they are called.

People have names and birth dates and are what other tables name; bookings have times on a grid, some to come; lines have an item's code,
an amount and a number that repeats. A first look takes each table by itself, a second one knows what the first made of the tables that it
names, and that name it. Both are softmax regressions on the `SIGNS` of made-up exports (`templates/tables.json`, `bench/fit_tables.py`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from migkit.model.canonical import CanonicalSchema

from .looks import LOOKS

if TYPE_CHECKING:
    from .evidence import Export

NONE = "none"
MOST = 6.0
"""Log of how many times less likely than the likeliest kind a kind may be by what a table holds."""
SETTINGS = ("workflows", "reports")
"""Tables that are known by their headers alone."""
_AT = {name: number for number, name in enumerate(LOOKS)}
_REFERS = 0.8
"""Share of a column's values that stand in a key from which the one names the other."""
_VOCABULARY = 3
"""Different words from which they are a list of codes."""
_SILENCE = 3
"""Rows of a table that say half of what many say."""
_COUNTED = ("money", "phone", "mobile", "yes no", "codes", "prose", "past only", "whole number", "refers", "date only")
"""Signs of which it matters whether two or three columns have them."""


class _Look:
    """One column's looks by name."""

    def __init__(self, looks: np.ndarray) -> None:
        self._looks = looks

    def __getitem__(self, name: str) -> float:
        return float(self._looks[_AT[name]])

    def like(self, *kinds: str) -> float:
        return max(self[f"like {kind}"] for kind in kinds)


def column_signs(looks: np.ndarray) -> dict[str, float]:
    """Return what a column with such looks says of its table, each 0 or 1."""
    c = _Look(looks)
    dated, unique, words, length = c["dated"] >= 0.7, c["unique"], c["words"] * 5, c["length"] * 40
    name, number = c.like("person's name", "name, last first"), c["number"] >= 0.9 and not dated
    ident, prose = c.like("id") >= 0.8 and not dated, c.like("prose")
    money = c.like("money") >= 0.6 and number and (c["cents"] > 0.05 or c.like("money") >= 0.9)
    phone = c.like("phone") > 0.6 and c["nought first"] > 0.5
    mail, mobile = c.like("e-mail") > 0.6, c.like("mobile") > 0.5
    birth = dated and c["over fifteen years"] > 0.3 and c["years spread"] > 0.4
    timed = dated and c["clock"] > 0.6 and c["clocks"] > 0.6
    slot = timed and c["odd minutes"] < 0.1 and c["odd seconds"] < 0.1
    time = c.like("time") > 0.6 and not dated
    short = c["letters"] > 0.5 and 2 <= words <= 6 and name < 0.6 and prose < 0.4 and not dated
    refers = ident and c["refers"] > _REFERS
    signs = {
        "birth": birth,
        "e-mail": mail,
        "e-mail unique": mail and unique > 0.7,
        "mobile": mobile,
        "phone": phone and not mobile,
        "phone unique": (mobile or phone) and unique > 0.7,
        "street": c.like("street") > 0.5,
        "postcode": c.like("postcode") > 0.6 and not money and unique < 0.9 and c["small"] < 0.2,
        "state": c.like("state") > 0.6,
        "place": c["with postcode"] > 0.7,
        "given": c["given names"] > 0.5 and words < 1.5 and length < 12 and not dated,
        "whole unique": name > 0.6 and unique > 0.85,
        "whole repeats": name > 0.6 and 0.2 < unique <= 0.85,
        "whole few": name > 0.6 and unique <= 0.2,
        "title": c.like("honorific") > 0.6,
        "gender": c.like("gender") > 0.9 and c["up to 3"] > 0,
        "future some": dated and 0.01 < c["in future"] <= 0.5,
        "future most": dated and c["in future"] > 0.5,
        "past only": dated and not birth and c["in future"] <= 0.01 and c["last year"] + c["one to six years"] > 0.6,
        "date only": dated and not timed and not birth,
        "slot": slot,
        "stamp": timed and c["odd minutes"] > 0.3,
        "future slot": slot and c["in future"] > 0.01,
        "time": time,
        "time later": time and c["later"] > 0.8,
        "minutes": number and c.like("minutes") > 0.8 and not money and c["fives"] > 0.9 and c["nought"] < 0.3 and unique < 0.4,
        "money": money,
        "money few": money and unique < 0.2,
        "money negative": money and c["negative"] > 0.02,
        "money nought": money and c["nought"] > 0.5,
        "largest": money and c["largest"] > 0.6,
        "sum": c["sum"] > 0.7,
        "product": c["product"] > 0.7,
        "item": c.like("item code") > 0.6 and not money and unique < 0.6,
        "tooth": c.like("tooth") > 0.8 and not money and c["nought"] < 0.1 and c["fives"] < 0.8,
        "surfaces": c.like("surfaces") > 0.6 and c["upper"] > 0.9,
        "prose": prose > 0.4,
        "long prose": prose > 0.4 and length > 45,
        "prose unique": prose > 0.4 and unique > 0.6,
        "markup": c.like("markup") > 0.3,
        "short text": short,
        "text few": short and unique < 0.2,
        "text unique": short and unique > 0.9,
        "path": c.like("path") > 0.5,
        "url": c.like("web address") > 0.5,
        "fund": c.like("health fund") > 0.5,
        "medicare": c.like("medicare number") > 0.8 and unique > 0.5,
        "provider": c.like("provider number") > 0.8 and unique > 0.8,
        "yes no": c.like("yes or no") > 0.9 and c["up to 3"] > 0,
        "codes": c.like("a few codes") > 0.8 and c["letters"] > 0.6,
        "key": ident and c["all unique"] > 0,
        "referred": c["referred"] > 0,
        "refers": refers,
        "refers repeats": refers and 0.05 < unique < 0.9,
        "refers unique": refers and unique >= 0.9,
        "refers few": refers and unique <= 0.05,
        "in runs": refers and c["in runs"] > 0.3 and 0.1 < unique < 0.9,
        "small number": number and c["small"] > 0.9 and not money,
        "whole number": number and not money and not ident and c["cents"] < 0.01,
    }
    return {name: float(sign) for name, sign in signs.items()}


def _table_signs(columns: Sequence[Mapping[str, float]], words: Sequence[frozenset[str]], spellings: Mapping[str, frozenset[str]]) -> dict:
    """Return the signs of a table's columns together: that one has each, that two or three have, and what several make together."""
    found = {name: max((c[name] for c in columns), default=0.0) for name in _BLANK}
    for name in _COUNTED:
        count = sum(c[name] for c in columns)
        found |= {f"two {name}": float(count >= 2), f"three {name}": float(count >= 3)}
    for name, known in spellings.items():
        said = (len(one & known) / len(one) for one in words if len(one) >= _VOCABULARY)
        found[f"says {name}"] = max(said, default=0.0)
    person = max(found["given"], found["whole unique"])
    line = max(found["item"], found["tooth"]) * found["money"]
    return found | {
        "person": person * max(found["e-mail"], found["mobile"], found["phone"], found["street"]),
        "person born": found["birth"] * max(person, found["whole repeats"]),
        "booked": max(found["future slot"], found["future some"] * found["time"]) * (1 + found["minutes"]) / 2,
        "line": line,
        "line of many": line * found["refers repeats"],
        "paid how": found["says payments.method"] * found["money"],
        "narrow": float(len(columns) <= 5),
        "wide": float(len(columns) >= 20),
        "columns": min(len(columns), 40) / 40,
    }


_BLANK = column_signs(np.zeros(len(LOOKS)))


@dataclass(frozen=True)
class Holdings:
    """What the tables of one export hold."""

    tables: Sequence[str]
    signs: np.ndarray
    """Tables by signs."""
    refers: np.ndarray
    """Tables by tables: 1 where a column of the first holds the ids of the second."""


def holdings(export: Export, schema: CanonicalSchema) -> tuple[Holdings, tuple[str, ...]]:
    """Return what the tables that have rows hold, and the names of the signs."""
    spellings = {f"{t}.{f}": spec.spellings for t, table in schema.tables.items() for f, spec in table.fields.items() if spec.values}
    tables = [name for name in export.raw.tables if any((name, column) in export.looks for column in export.raw.tables[name].columns)]
    place = {name: number for number, name in enumerate(tables)}
    refers = np.zeros((len(tables), len(tables)))
    for (source, _), keys in export.structure.shares.items():
        for (target, _), share in keys.items():
            if target != source and share > _REFERS and source in place and target in place:
                refers[place[source], place[target]] = 1.0
    rows = np.array([len(export.raw.tables[name].frame) for name in tables], dtype=float)
    named = refers.sum(axis=0)
    top = int(named.argmax()) if tables else 0
    found = []
    for number, name in enumerate(tables):
        columns = [column for column in export.raw.tables[name].columns if (name, column) in export.looks]
        signs = [column_signs(export.looks[name, column]) for column in columns]
        words = [export.words.get((name, column), frozenset()) for column in columns]
        found.append(
            _table_signs(signs, words, spellings)
            | {
                "rows": float(np.log(max(rows[number], 1) / max(rows.max(), 1))),
                "few rows": float(rows[number] < 15),
                "many rows": float(rows[number] > 0.6 * rows.max()),
                "named by": min(named[number], 5) / 5,
                "is named": float(named[number] > 0),
                "names": min(refers[number].sum(), 4) / 4,
                "most named": float(number == top and named[number] > 1),
                "names the most named": refers[number, top],
                "more than the most named": float(rows[number] > 1.1 * rows[top]),
            }
        )
    names = tuple(found[0]) if found else ()
    return Holdings(tables, np.array([[signs[name] for name in names] for signs in found]), refers), names


@dataclass(frozen=True)
class TableModel:
    """The two fitted regressions: log-odds of each kind of table by sign."""

    kinds: tuple[str, ...]
    """Canonical tables, and `NONE`."""
    signs: tuple[str, ...]
    first: np.ndarray
    """Kinds by signs and a constant."""
    second: np.ndarray
    """The same, after the signs what the other tables are by the first look: `around`."""

    def lift(self, export: Export, schema: CanonicalSchema) -> dict[str, dict[str, float]]:
        """Return source table → canonical table → log of how much likelier it is than none by what it holds, brought to -1 to 1.

        Tables without rows are left out, and so are canonical tables that the model does not know.
        """
        held, names = holdings(export, schema)
        if not held.tables:
            return {}
        assert names == self.signs, "templates/tables.json was fitted on other signs: run bench/fit_tables.py"
        likely = shares(self.second, around(held, shares(self.first, held.signs)))
        odds = np.log(np.maximum(likely / likely.max(axis=1, keepdims=True), np.exp(-MOST))) / MOST
        odds -= odds[:, [self.kinds.index(NONE)]]
        counts = np.array([len(export.raw.tables[name].frame) for name in held.tables])
        odds *= (counts / (counts + _SILENCE))[:, None]
        return {
            name: {kind: float(odd) for kind, odd in zip(self.kinds, row, strict=True) if kind != NONE}
            for name, row in zip(held.tables, odds, strict=True)
        }


def shares(weights: np.ndarray, signs: np.ndarray) -> np.ndarray:
    """Return tables by kinds: probabilities that add up to 1 by table."""
    from scipy.special import softmax

    return softmax(np.hstack([signs, np.ones((len(signs), 1))]) @ weights.T, axis=1)


def around(held: Holdings, likely: np.ndarray) -> np.ndarray:
    """Return the signs with, by kind, the likeliest of the tables that each table names, of those that name it, and of all others."""
    names = (held.refers[:, :, None] * likely[None]).max(axis=1)
    named = (held.refers.T[:, :, None] * likely[None]).max(axis=1)
    others = np.array(
        [np.delete(likely, i, axis=0).max(axis=0) if len(likely) > 1 else np.zeros(likely.shape[1]) for i in range(len(likely))]
    )
    return np.hstack([held.signs, names[:, :-1], named[:, :-1], others[:, :-1]])


def read_table_model(document: Mapping[str, Any]) -> TableModel:
    """Return the fitted model that the parsed `templates/tables.json` holds."""
    kinds = tuple(document["first"])
    first, second = (np.array([document[look][kind] for kind in kinds]) for look in ("first", "second"))
    return TableModel(kinds, tuple(document["signs"]), first, second)
