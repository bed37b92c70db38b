"""A made-up town of families with known duplicates: the hard cases of a dental practice's patient list, in numbers.

Families share surname, address, phones and e-mail; there are twins, fathers and sons of one name, newborns entered as "Baby of",
share houses and couples with two surnames. Duplicate rows carry short forms, typos, turned dates, maiden names, new addresses,
new phones and gaps. The same seed gives the same town.
"""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any

import pandas as pd


def _words(text: str) -> list[str]:
    return text.split()


WOMEN = _words(
    "Margaret Elizabeth Catherine Susan Jennifer Patricia Christine Deborah Rebecca Victoria Alexandra Samantha Amanda Jessica Olivia "
    "Charlotte Amelia Isla Mia Grace Ruby Sophie Emily Hannah Lucy Zoe Ella Chloe Matilda Harriet Priya Mei Fatima Thi Giulia Ingrid "
    "Abigail Josephine Katherine Penelope Philippa Stephanie Theresa Veronica Wendy Yvonne Heather Gillian Fiona Eleanor Dorothy Beverley"
)
MEN = _words(
    "William Robert James Thomas Michael Richard Christopher Anthony Andrew Nicholas Benjamin Matthew Daniel Samuel Joshua Alexander "
    "Oliver Jack Noah Leo Henry Lucas Ethan Max Archie Harrison Hudson Charlie George Edward Wei Ahmed Giuseppe Van Raj Lars "
    "Frederick Gregory Jeffrey Kenneth Lawrence Leonard Patrick Peter Raymond Ronald Stephen Timothy Vincent Walter Douglas Gerald"
)
SHORT = {
    "Margaret": "Maggie", "Elizabeth": "Liz", "Catherine": "Cathy", "Susan": "Sue", "Jennifer": "Jenny", "Patricia": "Pat",
    "Christine": "Chris", "Deborah": "Deb", "Rebecca": "Bec", "Victoria": "Vicky", "Samantha": "Sam", "Amanda": "Mandy",
    "Jessica": "Jess", "Charlotte": "Lottie", "William": "Bill", "Robert": "Bob", "James": "Jim", "Thomas": "Tom",
    "Michael": "Mick", "Richard": "Dick", "Christopher": "Chris", "Anthony": "Tony", "Andrew": "Andy", "Nicholas": "Nick",
    "Benjamin": "Ben", "Matthew": "Matt", "Daniel": "Dan", "Samuel": "Sam", "Joshua": "Josh", "Alexander": "Alex",
    "Katherine": "Kate", "Josephine": "Jo", "Stephanie": "Steph", "Frederick": "Fred", "Gregory": "Greg", "Kenneth": "Ken",
    "Stephen": "Steve", "Timothy": "Tim", "Edward": "Ted", "Patrick": "Paddy", "Abigail": "Abby", "Theresa": "Terry",
}  # fmt: skip
STREETS = _words("Station Church Park High Hill Victoria Albert George King Queen Ocean River Mill School Railway Wattle Banksia Acacia")
KINDS = ("Street", "Road", "Avenue", "Court", "Drive", "Lane")
HEADS = _words("Smi Jo Wil Bro Tay Nguy And Tho Whi Mar Cla Mor Rob Wal Mit Cam Fra Ste Ham Sul Pap Kow Ros Ban Che Kha Sin Tra Fer Mul")
TAILS = _words(
    "th nes liams wn lor en erson mas te tin ke ris inson ker chell eron ser wart ilton livan as alski si erjee ng n gh nson ez ler"
)


def town(families: int, seed: int = 1, duplicates: float = 0.08) -> tuple[pd.DataFrame, dict[str, str], dict[str, str]]:
    """Return (patients, person of row, family of row): rows in columns of `migkit.identity.COLUMNS`, index `patient:<n>`."""
    rng = random.Random(seed)
    rows: list[dict[str, Any]] = []
    for number in range(families):
        rows += _family(rng, number)
    for person, row in enumerate(rows):
        row |= {"person": f"p{person}"}
    copies = [_copy(rng, row) for row in rows if rng.random() < duplicates for _ in range(1 if rng.random() < 0.85 else 2)]
    rows += copies
    rng.shuffle(rows)
    frame = pd.DataFrame(rows, index=[f"patient:{n}" for n in range(1, len(rows) + 1)])
    person, family = frame.pop("person").to_dict(), frame.pop("family").to_dict()
    frame["birth_date"] = pd.to_datetime(frame["birth_date"]).astype("datetime64[us]")
    return frame, person, family


def _family(rng: random.Random, number: int) -> list[dict[str, Any]]:
    surname = _surname(rng)
    home = {
        "address_line1": f"{rng.randint(1, 180)} {rng.choice(STREETS)} {rng.choice(KINDS)}",
        "suburb": f"{rng.choice(STREETS)}{rng.choice(('ville', 'ton', ' Park', ' Heights'))}",
        "postcode": str(2000 + rng.randint(0, 60)),
        "home_phone": f"02{rng.randint(90000000, 99999999)}" if rng.random() < 0.5 else None,
    }
    card = str(rng.randint(20000000, 69999999)) + "1" + str(rng.randint(1, 9))
    shape = rng.choices(("single", "couple", "family", "one parent", "share house"), (30, 20, 35, 10, 5))[0]
    born = date(1940, 1, 1) + timedelta(days=rng.randint(0, 365 * 58))
    adults = [_person(rng, rng.choice("fm"), surname, born, home)]
    if shape in ("couple", "family"):
        other = "m" if adults[0]["gender"] == "f" else "f"
        theirs = surname if rng.random() < 0.75 else _surname(rng)
        adults.append(_person(rng, other, theirs, born + timedelta(days=rng.randint(-2000, 2000)), home))
    if shape == "share house":
        adults += [_person(rng, rng.choice("fm"), _surname(rng), born + timedelta(days=rng.randint(-900, 900)), home) for _ in range(2)]
    children: list[dict[str, Any]] = []
    if shape in ("family", "one parent"):
        births = [born + timedelta(days=rng.randint(365 * 20, 365 * 38)) for _ in range(rng.choice((1, 2, 2, 3)))]
        if rng.random() < 0.06:
            births.append(births[0])
        for birth in births:
            child = _person(rng, rng.choice("fm"), surname, birth, home)
            while child["first_name"] in {c["first_name"] for c in children}:
                child["first_name"] = rng.choice(WOMEN if child["gender"] == "f" else MEN)
            child |= {"email": adults[-1]["email"], "mobile": adults[-1]["mobile"]} if rng.random() < 0.8 else {"email": None}
            children.append(child)
        same_sex = [c for c in children if c["gender"] == adults[0]["gender"]]
        if same_sex and rng.random() < 0.08:
            same_sex[0]["first_name"] = adults[0]["first_name"]
    members = adults + children
    if len(adults) == 2 and rng.random() < 0.4:
        adults[1]["email"] = adults[0]["email"]
    for place, member in enumerate(members):
        member |= {"family": f"f{number}"}
        if rng.random() < 0.6 and shape != "share house":
            member |= {"medicare_number": card, "medicare_irn": str(place + 1) if rng.random() < 0.9 else None}
    return members


def _person(rng: random.Random, gender: str, surname: str, born: date, home: dict[str, Any]) -> dict[str, Any]:
    first = rng.choice(WOMEN if gender == "f" else MEN)
    return {
        "first_name": first,
        "last_name": surname,
        "former_last_name": None,
        "preferred_name": None,
        "birth_date": born if rng.random() < 0.97 else None,
        "gender": gender if rng.random() < 0.95 else None,
        "mobile": f"04{rng.randint(10000000, 99999999)}" if rng.random() < 0.9 else None,
        "email": f"{first}.{surname}{rng.randint(1, 999)}@mail.example".lower() if rng.random() < 0.75 else None,
        "medicare_number": None,
        "medicare_irn": None,
        **home,
    }


def _copy(rng: random.Random, row: dict[str, Any]) -> dict[str, Any]:
    """Return the same person entered again, one to three things being different."""
    copy = dict(row)
    damages = rng.sample(
        ("short", "short", "typo", "typo", "turned", "digit", "maiden", "moved", "moved", "phone", "phone", "gaps", "gaps", "no date",
         "none", "none", "swapped", "baby"), rng.choice((1, 1, 2, 3)),
    )  # fmt: skip
    born = copy["birth_date"]
    for damage in damages:
        if damage == "short":
            copy["first_name"] = SHORT.get(copy["first_name"], copy["first_name"])
        elif damage == "typo":
            field = rng.choice(("first_name", "last_name"))
            copy[field] = _typo(rng, copy[field])
        elif damage == "turned" and born and born.day <= 12:
            copy["birth_date"] = date(born.year, born.day, born.month)
        elif damage == "digit" and born:
            copy["birth_date"] = born + timedelta(days=rng.choice((1, -1, 10, 365)))
        elif damage == "maiden" and copy["gender"] == "f":
            copy["former_last_name"] = copy["last_name"] if rng.random() < 0.5 else None
            copy["last_name"] = _surname(rng)
        elif damage == "moved":
            copy |= {
                "address_line1": f"{rng.randint(1, 180)} {rng.choice(STREETS)} {rng.choice(KINDS)}",
                "postcode": str(2000 + rng.randint(0, 60)),
            }
            copy |= {"home_phone": None}
        elif damage == "phone":
            copy["mobile"] = f"04{rng.randint(10000000, 99999999)}"
        elif damage == "gaps":
            copy |= dict.fromkeys(rng.sample(("email", "mobile", "address_line1", "medicare_irn", "gender"), 2))
        elif damage == "no date":
            copy["birth_date"] = None
        elif damage == "swapped":
            copy |= {"first_name": copy["last_name"], "last_name": copy["first_name"]}
        elif damage == "baby" and born and born.year > 2005:
            copy["first_name"] = "Baby of " + rng.choice(WOMEN)
    return copy


def _surname(rng: random.Random) -> str:
    common = int(len(HEADS) * len(TAILS) * rng.random() ** 2)
    return HEADS[common % len(HEADS)] + TAILS[common // len(HEADS) % len(TAILS)]


def _typo(rng: random.Random, name: str) -> str:
    place = rng.randrange(1, max(2, len(name) - 1))
    kind = rng.choice(("drop", "double", "swap", "change"))
    if kind == "drop" and len(name) > 3:
        return name[:place] + name[place + 1 :]
    if kind == "swap":
        return name[:place] + name[place + 1 : place + 2] + name[place] + name[place + 2 :]
    return name[:place] + (name[place] if kind == "double" else rng.choice("aeioulnrst")) + name[place + (kind == "change") :]
