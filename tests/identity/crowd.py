"""A made-up crowd for finding people twice: families, twins, flatmates, nursing homes, and second rows with realistic slips.

Nothing here knows how migkit decides: names, shares and slips are of its own making (`crowd_names.yaml`), so that what it
measures is not what the matcher was built from. Clean people first, rows after: `Crowd.person` says which row is whom.
"""

from __future__ import annotations

import random
import string
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import combinations
from pathlib import Path

import yaml

TODAY = date(2025, 6, 30)
NAMES = yaml.load((Path(__file__).parent / "crowd_names.yaml").read_text(), yaml.CSafeLoader)
SECOND_ROWS = 0.05  # of the people, of whom one in twenty has a third
TWINS = 0.015  # of births
HOMES = 7  # nursing homes for every 21,000 people
SHORT = {
    "Elizabeth": "Liz", "William": "Bill", "Margaret": "Peg", "Robert": "Bob", "Michael": "Mick", "Christopher": "Chris",
    "Matthew": "Matt", "Anthony": "Tony", "Andrew": "Andy", "Nicholas": "Nick", "Jennifer": "Jenny", "Patricia": "Pat",
    "Katherine": "Kate", "Catherine": "Cathy", "Samantha": "Sam", "Samuel": "Sam", "Benjamin": "Ben", "Joshua": "Josh", "Thomas":
    "Tom", "Rebecca": "Bec", "Alexander": "Alex", "Alexandra": "Alex", "Jacqueline": "Jackie", "Susan": "Sue", "Deborah": "Deb",
    "James": "Jim", "Edward": "Ted", "Geoffrey": "Geoff", "Gregory": "Greg", "Stephen": "Steve", "Steven": "Steve", "Timothy":
    "Tim", "Daniel": "Dan", "Joseph": "Joe", "Giuseppe": "Joe", "Konstantinos": "Con", "Dimitrios": "Jim", "Francesco": "Frank",
    "Antonio": "Tony", "Vincenzo": "Vince", "Zachary": "Zac", "Jacob": "Jake", "Kenneth": "Ken", "Ronald": "Ron", "Donald": "Don",
    "Raymond": "Ray", "Philip": "Phil", "Phillip": "Phil", "Leslie": "Les", "Peter": "Pete", "Charlotte": "Charlie", "Isabella":
    "Bella", "Matilda": "Tilly", "Abigail": "Abby", "Nikolaos": "Nick", "Panagiotis": "Peter", "Vasiliki": "Vicky",
}  # fmt: skip
# fmt: off
STREETS = [
    "High", "Station", "Church", "Park", "Victoria", "George", "Albert", "Bay", "Mill", "Grove", "Queen", "King", "Railway", "Main",
    "Elm", "Oak", "Wattle", "Banksia", "Acacia", "Grevillea", "Rose", "Ivy", "Fern", "Hill", "Ridge", "Lake", "River", "Creek", "Bridge",
    "Spring", "Union", "Gordon", "Napier", "Wellington", "Nelson", "Raglan", "Clarendon", "Moore", "Barkly", "Gipps", "Latrobe", "Hoddle",
    "Swan", "Punt", "Kooyong", "Tooronga", "Burke", "Warrigal", "Blackburn", "Springvale", "Jells", "Lincoln", "Derby", "Ascot", "Epsom",
    "Flemington", "Raleigh", "Gower", "Bell", "Murray", "Plenty", "Edwardes", "Spensley", "Wales", "Clarke", "Heidelberg", "Darebin",
    "Fulham", "Perry", "Yarra", "Studley",
]
KINDS = [
    ("Street", "St"), ("Road", "Rd"), ("Avenue", "Ave"), ("Court", "Ct"), ("Crescent", "Cres"), ("Drive", "Dr"),
    ("Place", "Pl"), ("Parade", "Pde"),
]
SUBURBS = [
    "Preston", "Reservoir", "Thornbury", "Northcote", "Coburg", "Brunswick", "Fawkner", "Glenroy", "Pascoe Vale", "Essendon", "Niddrie",
    "Keilor", "St Albans", "Sunshine", "Deer Park", "Footscray", "Yarraville", "Altona", "Werribee", "Tarneit", "Point Cook",
    "Craigieburn", "Epping", "Lalor", "Thomastown", "Bundoora", "Heidelberg", "Ivanhoe", "Kew", "Balwyn", "Box Hill", "Blackburn",
    "Ringwood", "Croydon", "Lilydale", "Glen Waverley", "Mount Waverley", "Clayton", "Springvale", "Noble Park", "Dandenong",
    "Cranbourne", "Berwick", "Pakenham", "Frankston",
]
# fmt: on
MAILS = [
    "gmail.com",
    "gmail.com",
    "gmail.com",
    "hotmail.com",
    "outlook.com",
    "yahoo.com.au",
    "bigpond.com",
    "icloud.com",
    "live.com.au",
    "optusnet.com.au",
]


@dataclass(frozen=True)
class Human:
    """One person as they are. `parents_contact` is a child reached through a parent."""

    first_name: str
    last_name: str
    birth_date: date
    gender: str
    title: str
    mobile: str
    home_phone: str
    email: str
    address_line1: str
    suburb: str
    postcode: str
    medicare_number: str
    medicare_irn: str


@dataclass
class Crowd:
    """Rows in canonical fields, as text; `person` gives each row's person, `patient_id` the key of both."""

    rows: list[dict[str, str]] = field(default_factory=list)
    person: dict[str, int] = field(default_factory=dict)

    def pairs(self) -> set[tuple[str, str]]:
        """Every pair of rows of one person."""
        of: dict[int, list[str]] = {}
        for key, who in self.person.items():
            of.setdefault(who, []).append(key)
        return {tuple(sorted(pair)) for keys in of.values() for pair in combinations(keys, 2)}  # type: ignore[misc]


def population(size: int = 21_000, seed: int = 1, twins: float = TWINS, homes: int = HOMES) -> Crowd:
    """`size` people and their rows; `twins` of births are two, `homes` are nursing homes for every 21,000 people."""
    return _Maker(random.Random(f"crowd {seed}"), twins, homes).population(size)


class _Maker:
    def __init__(self, rng: random.Random, twins: float, homes: int) -> None:
        self.rng, self.twins, self.homes = rng, twins, homes

    # ------------------------------------------------------------------ people

    def population(self, size: int) -> Crowd:
        people: list[Human] = []
        for _ in range(round(self.homes * size / 21_000) or 1):
            people += self.nursing_home()
        while len(people) < size:
            people += self.rng.choices([self.family, self.single, self.couple, self.flat], [46, 26, 22, 6])[0]()
        people = people[:size]
        self.rng.shuffle(people)
        made, rows = Crowd(), []
        for who, human in enumerate(people):
            rows.append((who, self.row(human)))
            if self.rng.random() < SECOND_ROWS:
                rows.append((who, self.second(human)))
                if self.rng.random() < SECOND_ROWS:
                    rows.append((who, self.second(human)))
        self.rng.shuffle(rows)
        for number, (who, row) in enumerate(rows, 1):
            made.rows.append({"patient_id": str(number), **row})
            made.person[str(number)] = who
        return made

    def nursing_home(self) -> list[Human]:
        home, phone, mail = self.address(), self.landline(), f"reception@{self.rng.choice(STREETS).lower()}lodge.com.au"
        people = []
        for _ in range(self.rng.randint(30, 60)):
            human = self.adult(self.origin(), (78, 100), home)
            own = self.rng.random() < 0.3
            people.append(
                replace(human, mobile=human.mobile if own else "", home_phone=phone, email=mail if self.rng.random() < 0.2 else "")
            )
        return people

    def single(self) -> list[Human]:
        return [self.adult(self.origin(), (18, 92), self.address())]

    def couple(self) -> list[Human]:
        return self._couple(self.origin(), (24, 88))

    def _couple(self, origin: str, ages: tuple[int, int]) -> list[Human]:
        home, phone = self.address(), self.landline() if self.rng.random() < 0.35 else ""
        him = replace(self.adult(origin, ages, home, "M"), home_phone=phone)
        age = max(20, (TODAY - him.birth_date).days // 365 + self.rng.randint(-7, 3))
        her = replace(self.adult(origin, (age, age), home, "F"), home_phone=phone)
        if self.rng.random() < 0.7 and her.last_name != "Kaur" and origin not in ("vietnamese", "chinese"):
            her = replace(her, last_name=him.last_name, title="Mrs")
        if self.rng.random() < 0.15:
            her = replace(her, email=him.email)
        if self.rng.random() < 0.05:
            her = replace(her, mobile=him.mobile)
        card = self.card()
        return [replace(him, medicare_number=card, medicare_irn="1"), replace(her, medicare_number=card, medicare_irn="2")]

    def family(self) -> list[Human]:
        origin = self.origin()
        parents = self._couple(origin, (28, 58))
        if self.rng.random() < 0.2:
            parents = parents[1:]
        him, her = parents[0], parents[-1]
        youngest = (TODAY - her.birth_date).days // 365 - 20
        born: list[date] = []
        for _ in range(self.rng.choices([1, 2, 3, 4], [32, 42, 20, 6])[0]):
            born += [self.birthday(0, max(1, min(youngest, 27)))] * (2 if self.rng.random() < self.twins else 1)
        children: list[Human] = []
        for line, day in enumerate(sorted(born), len(parents) + 1):
            children.append(self.child(origin, him, her, day, line, children))
        return [*parents, *children]

    def child(self, origin: str, him: Human, her: Human, day: date, line: int, others: list[Human]) -> Human:
        gender = self.rng.choice("MF")
        age = (TODAY - day).days // 365
        last = (
            "Kaur"
            if him.last_name == "Singh" and gender == "F"
            else "Singh"
            if him.last_name == "Kaur" and gender == "M"
            else him.last_name
        )
        twin = next((other for other in others if other.birth_date == day), None)
        taken = {other.first_name for other in others}
        first = self.first(origin, gender, day.year)
        if twin and self.rng.random() < 0.35:  # twins' names often sound or begin alike
            names = [self.first(origin, gender, day.year) for _ in range(60)]
            first = max((name for name in names if name not in taken), key=lambda name: _alike(name, twin.first_name), default=first)
        elif self.rng.random() < 0.015 and gender == "M" and him.gender == "M":
            first = him.first_name  # a son called as his father
        elif self.rng.random() < 0.004 and gender == "F":
            first = her.first_name
        while first in taken:
            first = self.first(origin, gender, day.year)
        parent = self.rng.choice([him, her, her])
        grown = age >= 16
        return replace(
            parent,
            first_name=first, last_name=last, birth_date=day, gender=gender,
            title=("Mr" if gender == "M" else "Ms") if age >= 18 else ("Master" if gender == "M" else "Miss"),
            mobile=self.mobile() if grown else parent.mobile,
            email=self.email(first, last, day) if grown else parent.email if self.rng.random() < 0.7 else "",
            medicare_number=her.medicare_number if age < 18 else self.card(),
            medicare_irn=(parent.medicare_irn if self.rng.random() < 0.03 else str(line)) if age < 18 else "1",
        )  # fmt: skip

    def flat(self) -> list[Human]:
        home, phone = self.address(unit=True), self.landline() if self.rng.random() < 0.2 else ""
        origin = self.origin() if self.rng.random() < 0.5 else ""
        return [replace(self.adult(origin or self.origin(), (19, 34), home), home_phone=phone) for _ in range(self.rng.randint(2, 5))]

    def adult(self, origin: str, ages: tuple[int, int], home: tuple[str, str, str], gender: str = "") -> Human:
        gender = gender or self.rng.choice("MF")
        born = self.birthday(*ages)
        if origin == "arabic" and self.rng.random() < 0.15:
            born = born.replace(month=1, day=1)  # day and month unknown where people fled from
        first, last = self.first(origin, gender, born.year), self.last(origin, gender)
        title = "Mr" if gender == "M" else self.rng.choices(["Mrs", "Ms", "Miss"], [45, 35, 20])[0]
        mobile = self.mobile() if (TODAY - born).days < 75 * 365 or self.rng.random() < 0.5 else ""
        mail = self.email(first, last, born) if self.rng.random() < 0.75 else ""
        phone = self.landline() if not mobile or self.rng.random() < 0.1 else ""
        return Human(first, last, born, gender, title, mobile, phone, mail, *home, self.card(), "1")

    # ------------------------------------------------------------------- values

    def origin(self) -> str:
        return self.rng.choices(list(NAMES), [names["share"] for names in NAMES.values()])[0]

    def last(self, origin: str, gender: str) -> str:
        names = NAMES[origin]
        if self.rng.random() < names["tail"]:
            front, back = names["tail_names"]
            return self.rng.choice(front) + self.rng.choice(back)
        name = self.rng.choices(list(names["last"]), list(names["last"].values()))[0]
        if name in ("Singh", "Kaur"):
            return "Singh" if gender == "M" else "Kaur"
        if self.rng.random() < names.get("double_last", 0.0):
            return f"{name} {self.rng.choices(list(names['last']), list(names['last'].values()))[0]}"
        return name

    def first(self, origin: str, gender: str, year: int) -> str:
        names = NAMES[origin]
        given = names["male" if gender == "M" else "female"]
        choices = given.get("any") or given["old" if year < 1957 else "mid" if year < 1990 else "young"]
        name = self.rng.choices(choices, [1 / (place + 9) for place in range(len(choices))])[0]
        middles = names.get("middle_male" if gender == "M" else "middle_female")
        return f"{self.rng.choice(middles)} {name}" if middles and self.rng.random() < 0.55 else name

    def birthday(self, youngest: int, oldest: int) -> date:
        return TODAY - timedelta(days=self.rng.randint(youngest * 365 + 30, oldest * 365 + 364))

    def address(self, unit: bool = False) -> tuple[str, str, str]:
        number = self.rng.randint(1, 180)
        place = self.rng.randrange(len(SUBURBS))
        street = f"{number} {self.rng.choice(STREETS)} {self.rng.choice(KINDS)[0]}"
        if unit or self.rng.random() < 0.2:
            street = f"{self.rng.randint(1, 24)}/{street}"
        return street, SUBURBS[place], str(3010 + 3 * place)

    def mobile(self) -> str:
        return f"04{self.rng.randint(0, 99):02d} {self.rng.randint(0, 999):03d} {self.rng.randint(0, 999):03d}"

    def landline(self) -> str:
        return f"03 9{self.rng.randint(200, 899)} {self.rng.randint(0, 9999):04d}"

    def email(self, first: str, last: str, born: date) -> str:
        one, two = (_plain(name) for name in (first, last))
        local = self.rng.choice(
            [f"{one}.{two}", f"{one}{two}", f"{one[0]}{two}", f"{one}{born.year % 100:02d}", f"{two}{one[0]}{self.rng.randint(1, 99)}"]
        )
        if self.rng.random() < 0.6:
            local += str(self.rng.randint(1, 999))
        return f"{local}@{self.rng.choice(MAILS)}"

    def card(self) -> str:
        digits = self.rng.choice("23456") + "".join(self.rng.choices(string.digits, k=7))
        check = sum(int(digit) * weight for digit, weight in zip(digits, (1, 3, 7, 9, 1, 3, 7, 9), strict=True)) % 10
        return f"{digits}{check}{self.rng.randint(1, 4)}"

    # --------------------------------------------------------------------- rows

    def row(self, human: Human) -> dict[str, str]:
        """The person as a desk writes them down: some things are not asked for, some are filled in for form's sake."""
        row = {**vars(human), "birth_date": human.birth_date.isoformat()}
        chance = self.rng.random
        for name, missing in (("title", 0.25), ("gender", 0.03), ("birth_date", 0.01), ("medicare_number", 0.45), ("home_phone", 0.3)):
            if chance() < missing:
                row[name] = ""
        if not row["medicare_number"]:
            row["medicare_irn"] = ""
        if chance() < 0.006:
            row["birth_date"] = self.rng.choice(["1900-01-01", "1900-01-01", "1970-01-01", "2000-01-01"])
        if not row["email"] and chance() < 0.1:
            row["email"] = self.rng.choice(["none@none.com", "noemail@noemail.com", "na@na.com"])
        if not row["mobile"] and chance() < 0.1:
            row["mobile"] = "0400 000 000"
        if (TODAY - human.birth_date).days < 200 and chance() < 0.3:
            row["first_name"] = self.rng.choice(["Baby", "Baby of"])
        return row

    def second(self, human: Human) -> dict[str, str]:
        """The same person entered once more, at another time or by another hand: one thing or two have changed or slipped."""
        row = self.row(human)
        changes = {
            self.blanks: 26, self.short: 12, self.slip_first: 8, self.slip_last: 8, self.slip_birth: 10, self.swap_birth: 3,
            self.moved: 12, self.married: 3, self.other_mobile: 8, self.other_mail: 8, self.slip_mobile: 5, self.words: 6,
            self.abbreviated: 10, self.capitals: 6, self.no_birth: 3,
        }  # fmt: skip
        for change in self.rng.choices(list(changes), list(changes.values()), k=self.rng.choices([0, 1, 2, 3], [15, 50, 27, 8])[0]):
            change(row, human)
        return row

    def blanks(self, row: dict[str, str], human: Human) -> None:
        for name in self.rng.sample(
            ["mobile", "home_phone", "email", "address_line1", "medicare_number", "title", "gender"], self.rng.randint(1, 4)
        ):
            row[name] = ""

    def short(self, row: dict[str, str], human: Human) -> None:
        row["first_name"] = SHORT.get(human.first_name, row["first_name"])

    def slip_first(self, row: dict[str, str], human: Human) -> None:
        row["first_name"] = self.slip(row["first_name"])

    def slip_last(self, row: dict[str, str], human: Human) -> None:
        row["last_name"] = self.slip(row["last_name"])

    def slip_birth(self, row: dict[str, str], human: Human) -> None:
        """A digit of the day, the month or the year."""
        born = human.birth_date
        day = self.rng.choice([timedelta(1), timedelta(-1), timedelta(10), timedelta(-10)])
        moved = self.rng.choice(
            [
                born + day,
                _safe(born.year + self.rng.choice([-10, -1, 1, 10]), born.month, born.day),
                _safe(born.year, born.month % 12 + 1, born.day),
            ]
        )
        row["birth_date"] = moved.isoformat()

    def swap_birth(self, row: dict[str, str], human: Human) -> None:
        if human.birth_date.day <= 12:
            row["birth_date"] = date(human.birth_date.year, human.birth_date.day, human.birth_date.month).isoformat()

    def no_birth(self, row: dict[str, str], human: Human) -> None:
        row["birth_date"] = ""

    def moved(self, row: dict[str, str], human: Human) -> None:
        row["address_line1"], row["suburb"], row["postcode"] = self.address()
        row["home_phone"] = ""

    def married(self, row: dict[str, str], human: Human) -> None:
        if human.gender == "F" and (TODAY - human.birth_date).days > 22 * 365:
            row["last_name"], row["title"] = self.last(self.origin(), "F"), "Mrs"

    def other_mobile(self, row: dict[str, str], human: Human) -> None:
        row["mobile"] = self.mobile()

    def other_mail(self, row: dict[str, str], human: Human) -> None:
        row["email"] = self.email(human.first_name, human.last_name, human.birth_date)

    def slip_mobile(self, row: dict[str, str], human: Human) -> None:
        if human.mobile:
            place = self.rng.randrange(2, len(human.mobile))
            row["mobile"] = human.mobile[:place] + self.rng.choice(string.digits) + human.mobile[place + 1 :]

    def words(self, row: dict[str, str], human: Human) -> None:
        """A word of the first name is left out, or the two names change places, as desks do with names that they do not know."""
        words = row["first_name"].split()
        if len(words) > 1:
            row["first_name"] = self.rng.choice([words[-1], "".join(words)])
        elif human.last_name in NAMES["chinese"]["last"] or human.last_name in NAMES["vietnamese"]["last"]:
            row["first_name"], row["last_name"] = row["last_name"], row["first_name"]

    def abbreviated(self, row: dict[str, str], human: Human) -> None:
        for long, brief in KINDS:
            row["address_line1"] = row["address_line1"].replace(f" {long}", f" {brief}")

    def capitals(self, row: dict[str, str], human: Human) -> None:
        for name in ("first_name", "last_name", "address_line1", "suburb"):
            row[name] = row[name].upper()

    def slip(self, word: str) -> str:
        """One letter left out, doubled, changed for another, or two that change places."""
        if len(word) < 4:
            return word
        place = self.rng.randrange(1, len(word) - 1)
        return self.rng.choice(
            [
                word[:place] + word[place + 1 :],
                word[:place] + word[place] + word[place:],
                word[:place] + self.rng.choice(string.ascii_lowercase) + word[place + 1 :],
                word[:place] + word[place + 1] + word[place] + word[place + 2 :],
            ]
        )


def _alike(one: str, two: str) -> int:
    """How many letters two names begin with, and whether they share a word."""
    together = next((n for n, (a, b) in enumerate(zip(one, two, strict=False)) if a != b), min(len(one), len(two)))
    return together + 3 * bool(set(one.split()) & set(two.split()))


def _plain(name: str) -> str:
    return "".join(letter for letter in name.lower() if letter.isalpha()) or "x"


def _safe(year: int, month: int, day: int) -> date:
    return min(date(year, month, min(day, 28)), TODAY)
