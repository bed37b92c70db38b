"""Made-up people in families, with known duplicates: the truth that identity work is measured against.

Everything is drawn for whole columns at once, so 200,000 people take seconds.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd

from .words import plain, words

SIZES = ([1, 2, 3, 4, 5], [0.42, 0.22, 0.14, 0.15, 0.07])
"""Household sizes and their shares."""
TODAY = np.datetime64("2026-10-31")
DOMAINS = np.array(["example.com", "example.net", "example.org"], dtype=object)
COLUMNS = (
    "patient_id", "first_name", "last_name", "former_last_name", "preferred_name", "birth_date", "gender", "mobile", "home_phone",
    "email", "address_line1", "suburb", "state", "postcode", "medicare_number", "medicare_irn",
)  # fmt: skip


def people(n: int, seed: int = 1, duplicates: float = 0.03) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return (people, truth) for `n` rows of which the share `duplicates` are second records of somebody else in the table.

    `people` has `COLUMNS` (text, NaN where empty; `birth_date` datetime64[us], NaT where unknown), rows in no order, phones in E.164.
    `truth` has a row per person row: patient_id, person (id of the first record of the same human), household (number),
    position (0 head, 1 partner, 2+ child), variation (how a second record differs, "" for first records), trait
    (twin, same-name-child, newborn, or "").
    """
    if n < 1:
        raise ValueError("people() needs n of at least 1")
    rng = np.random.default_rng(seed)
    extra = round(n * duplicates)
    frame, truth = _families(n - extra, rng)
    doubles, doubles_truth = _second_records(frame, truth, extra, rng)
    order = rng.permutation(n)
    frame = pd.concat([frame, doubles], ignore_index=True).iloc[order].reset_index(drop=True)
    truth = pd.concat([truth, doubles_truth], ignore_index=True).iloc[order].reset_index(drop=True)
    return frame[list(COLUMNS)], truth


def _families(n: int, rng: np.random.Generator) -> tuple[pd.DataFrame, pd.DataFrame]:
    sizes = rng.choice(SIZES[0], size=n, p=SIZES[1])
    sizes = sizes[: int(np.searchsorted(np.cumsum(sizes), n)) + 1]
    home = np.repeat(np.arange(len(sizes)), sizes)[:n]
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    position = np.arange(n) - starts[home]
    head = starts[home]
    names = words("names")
    female = rng.random(n) < 0.5
    partner = position == 1
    female[partner] = ~female[head[partner]]
    own_surname = rng.integers(0, len(names["surnames"]), n)
    surname = np.where(position == 0, own_surname, own_surname[head])
    keeps_own = partner & (rng.random(n) < 0.25)
    surname = np.where(keeps_own, own_surname, surname)
    first = np.where(female, rng.integers(0, len(names["female"]), n), rng.integers(0, len(names["male"]), n))
    born = _births(position, head, rng)
    trait = np.full(n, "", dtype=object)

    previous = np.maximum(np.arange(n) - 1, 0)
    twin = _some(position >= 3, 0.12, rng)
    first[twin & (first == first[previous])] += 1  # twins of one name would be one person to anybody
    same_name = _some((position == 2) & ~female & ~female[head], 0.10, rng)
    first[same_name], surname[same_name] = first[head[same_name]], surname[head[same_name]]
    newborn = _some((position >= 2) & ~same_name & ~twin & ~np.append(twin[1:], False), 0.03, rng)
    born[newborn] = (TODAY - rng.integers(5, 60, n).astype("timedelta64[D]"))[newborn]
    born[twin] = born[previous[twin]]
    trait[twin], trait[previous[twin]], trait[same_name], trait[newborn] = "twin", "twin", "same-name-child", "newborn"

    surnames = np.array(names["surnames"], dtype=object)
    given = np.where(female, _take(names["female"], first), _take(names["male"], first))
    given[newborn] = [f"Baby of {name}" for name in given[head[newborn]]]
    family_name = surnames[surname]
    maiden = female & partner & ~keeps_own & (rng.random(n) < 0.45)
    former = _only(surnames[own_surname], maiden & (own_surname != surname))
    short = {name: forms[0] for name, forms in names["nicknames"].items()}
    nick = np.array([short.get(name) for name in given], dtype=object)
    preferred = _only(nick, rng.random(n) < 0.4)

    frame = pd.DataFrame({
        "patient_id": (1001 + np.arange(n)).astype(str).astype(object), "first_name": given, "last_name": family_name,
        "former_last_name": former, "preferred_name": preferred, "birth_date": born.astype("datetime64[us]"),
        "gender": np.where(female, "female", "male").astype(object),
    })  # fmt: skip
    _contacts(frame, home, position, head, rng)
    truth = pd.DataFrame({
        "patient_id": frame["patient_id"], "person": frame["patient_id"], "household": home, "position": position,
        "variation": np.full(n, "", dtype=object), "trait": trait,
    })  # fmt: skip
    return frame, truth


def _births(position: np.ndarray, head: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Return birth days: grown-up heads, partners of about their age, children at least 18 years younger than the head."""
    n = len(position)
    with_children = np.isin(head, head[position >= 2])
    age = np.where(with_children, rng.integers(26 * 365, 58 * 365, n), rng.integers(20 * 365, 92 * 365, n))
    age = np.where(position == 1, np.maximum(age[head] + rng.integers(-2200, 2200, n), 20 * 365), age)
    oldest = np.minimum(25 * 365, age[head] - 18 * 365)  # a share of it, not cut off at it: cut off, siblings would be born on one day
    age = np.where(position >= 2, 400 + ((oldest - 400) * rng.random(n)).astype(int), age)
    return TODAY - np.maximum(age, 90).astype("timedelta64[D]")


def _contacts(frame: pd.DataFrame, home: np.ndarray, position: np.ndarray, head: np.ndarray, rng: np.random.Generator) -> None:
    """Give phones, e-mails, addresses and Medicare cards; children mostly carry the family head's."""
    n, homes = len(frame), int(home.max()) + 1
    places = words("places")
    mobiles = _unique_numbers(n, 3 * 10**7, rng) + 10**7
    mobile = np.array([f"+614{number:08d}" for number in mobiles], dtype=object)
    own = (position == 0) | ((position == 1) & (rng.random(n) < 0.8))
    mobile = np.where(own, mobile, mobile[head])
    mobile = _only(mobile, rng.random(n) >= 0.07)

    local = np.array([f"{plain(a)}.{plain(b)}" for a, b in zip(frame["first_name"], frame["last_name"], strict=True)], dtype=object)
    serial = _unique_numbers(n, max(10 * n, 1000), rng).astype(str).astype(object)
    email = local + serial + "@" + DOMAINS[rng.integers(0, len(DOMAINS), n)]
    shared = ((position == 1) & (rng.random(n) < 0.3)) | (position >= 2)
    email = np.where(shared, email[head], email)
    email = _only(email, rng.random(n) >= 0.15)

    suburb = rng.integers(0, len(places["suburbs"]), homes)
    suburb[0] = next(
        place for place, where in enumerate(places["suburbs"]) if where[2].startswith("0")
    )  # one postcode with a zero at least
    where = [places["suburbs"][index] for index in suburb]
    road = _take(places["streets"], rng.integers(0, len(places["streets"]), homes))
    kind = _take(places["street_types"], rng.integers(0, len(places["street_types"]), homes))
    number = rng.integers(1, 240, homes).astype(str).astype(object)
    unit = np.where(rng.random(homes) < 0.2, rng.integers(1, 30, homes).astype(str).astype(object) + "/", "")
    street = unit + number + " " + road + " " + kind
    lines = _unique_numbers(homes, 9_000_000, rng) + 90_000_000
    landline = np.array([f"+61{places['area_codes'][w[1]]}{line}" for w, line in zip(where, lines, strict=True)], dtype=object)
    landline = _only(landline, rng.random(homes) < 0.35)
    cards = np.array([_medicare(number) for number in _unique_numbers(homes, 4 * 10**6, rng)], dtype=object)
    has_card = rng.random(homes) < 0.75
    cards = _only(cards, has_card)

    frame["mobile"], frame["home_phone"], frame["email"] = mobile, landline[home], email
    frame["address_line1"] = street[home]
    for column, index in (("suburb", 0), ("state", 1), ("postcode", 2)):
        frame[column] = np.array([w[index] for w in where], dtype=object)[home]
    frame["medicare_number"] = cards[home]
    frame["medicare_irn"] = _only((position + 1).astype(str).astype(object), has_card[home])


def _medicare(number: int) -> str:
    """Return a card number with a right check digit (weights 1 3 7 9 1 3 7 9, modulo 10) and issue 1."""
    digits = f"{20_000_000 + number * 10 + number % 7:08d}"
    check = sum(weight * int(digit) for weight, digit in zip((1, 3, 7, 9, 1, 3, 7, 9), digits, strict=True)) % 10
    return f"{digits}{check}1"


# -- second records of the same human -------------------------------------------------------------------------------


def _second_records(frame: pd.DataFrame, truth: pd.DataFrame, count: int, rng: np.random.Generator) -> tuple[pd.DataFrame, pd.DataFrame]:
    eligible = np.flatnonzero((truth["trait"] == "").to_numpy())
    if count > len(eligible):
        raise ValueError("people() cannot make more second records than there are people")
    chosen = rng.choice(eligible, size=count, replace=False)
    names = list(VARIATIONS)
    records: list[dict[str, Any]] = []
    applied: list[str] = []
    for row in frame.iloc[chosen].astype(object).where(frame.iloc[chosen].notna(), None).to_dict("records"):
        # the first variation, in drawn order, that this record can show at all
        tries = ((names[index], VARIATIONS[names[index]](row, rng)) for index in rng.permutation(len(names)))
        name, changed = next((name, changed) for name, changed in tries if changed is not None)
        records.append(row | changed)
        applied.append(name)
    doubles = pd.DataFrame(records, columns=frame.columns).astype(frame.dtypes.to_dict())
    doubles["patient_id"] = (1001 + len(frame) + np.arange(count)).astype(str).astype(object)
    doubles_truth = truth.iloc[chosen].assign(patient_id=doubles["patient_id"].to_numpy(), variation=applied)
    return doubles, doubles_truth


def _typo(row: dict[str, Any], rng: np.random.Generator) -> dict[str, Any] | None:
    name = row["last_name"]
    if len(name) < 5:
        return None
    at = int(rng.integers(1, len(name) - 2))
    swapped = name[:at] + name[at + 1] + name[at] + name[at + 2 :]
    return {"last_name": swapped} if swapped != name else {"last_name": name[:at] + name[at + 1 :]}


def _nickname(row: dict[str, Any], rng: np.random.Generator) -> dict[str, Any] | None:
    forms = words("names")["nicknames"].get(row["first_name"])
    return {"first_name": forms[int(rng.integers(0, len(forms)))], "preferred_name": None} if forms else None


def _maiden(row: dict[str, Any], _: np.random.Generator) -> dict[str, Any] | None:
    return {"last_name": row["former_last_name"], "former_last_name": None} if row["former_last_name"] else None


def _swapped_birthday(row: dict[str, Any], _: np.random.Generator) -> dict[str, Any] | None:
    born = row["birth_date"]
    swappable = born.day <= 12 and born.day != born.month and born.replace(month=born.day, day=born.month) <= pd.Timestamp(TODAY)
    return {"birth_date": born.replace(month=born.day, day=born.month)} if swappable else None


def _no_birthday(row: dict[str, Any], _: np.random.Generator) -> dict[str, Any] | None:
    return {"birth_date": pd.NaT, "medicare_number": None, "medicare_irn": None} if row["email"] or row["mobile"] else None


def _new_mobile(row: dict[str, Any], rng: np.random.Generator) -> dict[str, Any] | None:
    return {"mobile": f"+614{int(rng.integers(0, 10**7)):08d}"} if row["mobile"] else None


def _no_contact(_: dict[str, Any], __: np.random.Generator) -> dict[str, Any] | None:
    return {"email": None, "home_phone": None, "medicare_number": None, "medicare_irn": None}


def _moved(_: dict[str, Any], rng: np.random.Generator) -> dict[str, Any] | None:
    suburbs = words("places")["suburbs"]
    suburb, state, postcode = suburbs[int(rng.integers(0, len(suburbs)))]
    return {
        "address_line1": f"{int(rng.integers(1, 200))} New Rd",
        "suburb": suburb,
        "state": state,
        "postcode": postcode,
        "home_phone": None,
    }


def _same_again(_: dict[str, Any], __: np.random.Generator) -> dict[str, Any] | None:
    return {}


VARIATIONS: dict[str, Callable[[dict[str, Any], np.random.Generator], dict[str, Any] | None]] = {
    "typo": _typo, "nickname": _nickname, "maiden-name": _maiden, "day-month-swapped": _swapped_birthday, "no-birth-date": _no_birthday,
    "new-mobile": _new_mobile, "no-contact": _no_contact, "moved": _moved, "same-again": _same_again,
}  # fmt: skip
"""How a second record differs from the first; each returns the changed columns, None where this record cannot show it."""


def _some(eligible: np.ndarray, share: float, rng: np.random.Generator) -> np.ndarray:
    """Return a mask over about `share` of the eligible, and over one of them at least."""
    mask = eligible & (rng.random(len(eligible)) < share)
    if not mask.any() and eligible.any():
        mask[int(np.argmax(eligible))] = True
    return mask


def _only(values: np.ndarray, keep: np.ndarray) -> np.ndarray:
    """Return the values with None where they are not kept."""
    kept = values.astype(object)
    kept[~keep] = None
    return kept


def _take(values: list[str], index: np.ndarray) -> np.ndarray:
    return np.array(values, dtype=object)[index % len(values)]


def _unique_numbers(count: int, below: int, rng: np.random.Generator) -> np.ndarray:
    """Return `count` different numbers below `below`, in no order."""
    return rng.choice(below, size=count, replace=False)
