"""Makes the people of a practice: families, twins, namesakes, the dead and the archived, phones as they are typed."""

from __future__ import annotations

import random
import unicodedata
from datetime import date, timedelta

from . import names
from .model import Dentist, Person, Phone, Site, World


class Town:
    """Makes persons for one world; `rng` decides, so a seed gives the same town."""

    def __init__(self, world: World, rng: random.Random, area: str, *, duplicates: bool, prospects: bool) -> None:
        self.world, self.rng, self.area = world, rng, area
        self.duplicates, self.prospects = duplicates, prospects
        self.numbers: set[str] = set()
        self.keys: set[tuple[str, str, date | None]] = set()

    def fill(self, count: int) -> None:
        """Make `count` persons with every kind of awkwardness at least once."""
        special = [self.twins, self.father_and_son]
        room = count - max(1, count // 100)  # namesakes come last, since they need somebody to be a namesake of
        copies = max(1, count // 80) if self.duplicates else 0
        while len(self.world.persons) < room - copies:
            if special:
                special.pop(0)()
            else:
                self.household()
        del self.world.persons[max(room - copies, 1) :]
        heads = {person.n for person in self.world.persons}
        for person in self.world.persons:
            if person.head.n not in heads:
                person.head = person
        while len(self.world.persons) < count - copies:
            self.namesake()
        self.statuses()
        for _ in range(copies):
            self.duplicate()
        self.never_merge()

    # -- one person --------------------------------------------------------------------------------------------------------------

    def person(self, last: str, home: dict, birth: date | None, gender: str, first: str = "") -> Person:
        """One person at the address `home`; the name and birth date are nobody else's."""
        rng = self.rng
        while True:
            name = first or rng.choice(names.FEMALE if gender == "F" else names.MALE)
            if (name, last, birth) not in self.keys:
                break
            last = last if first == "" else rng.choice(names.LAST)
        self.keys.add((name, last, birth))
        child = birth is not None and birth.year >= 2010
        title = "" if rng.random() < 0.2 else ("Miss" if gender == "F" else "Master") if child else ""
        if not child and rng.random() < 0.85:
            title = rng.choice(("Mrs", "Ms", "Ms", "Dr")) if gender == "F" else rng.choice(("Mr", "Mr", "Mr", "Dr"))
        site = rng.choices(self.world.sites, weights=[3, 2])[0]
        created = self.world.today - timedelta(days=rng.randrange(40, 3000))
        if birth and created < birth:
            created = birth + timedelta(days=900)
        person = Person(
            n=len(self.world.persons) + 1,
            title=title,
            first=name,
            middle=rng.choice(names.FEMALE if gender == "F" else names.MALE) if rng.random() < 0.25 else "",
            last=last,
            preferred=names.NICKNAMES.get(name, "") if rng.random() < 0.7 else "",
            birth=birth,
            gender=gender,
            site=site,
            dentist=rng.choice([dentist for dentist in self.world.dentists if dentist.active]),
            created=created,
            fund=rng.choice(names.FUNDS) if rng.random() < 0.5 else "",
            note=""
            if rng.random() < 0.9
            else rng.choice(("Prefers mornings.\nNervous patient", 'Likes to be called "Doc"', "Für Rückruf: nach 17 Uhr")),
            **home,
        )
        if person.fund:
            person.member_no = str(rng.randrange(10_000_000, 99_999_999))
        person.head = person
        self.world.persons.append(person)
        return person

    def adult(self, last: str, home: dict) -> Person:
        """Somebody of age, with a phone and an e-mail of their own as a rule."""
        rng = self.rng
        birth = None if rng.random() < 0.04 else date(rng.randrange(1938, 2006), rng.randrange(1, 13), rng.randrange(1, 29))
        person = self.person(last, home, birth, rng.choice("FM"))
        if rng.random() < 0.9:
            person.mobile = self.mobile()
        if rng.random() < 0.12:
            person.work = self.landline()
        if rng.random() < 0.8:
            person.email = self.email(person)
        elif rng.random() < 0.5:
            person.filler_email = rng.choice(names.FILLER_EMAILS)
        return person

    def child(self, last: str, home: dict, parent: Person, birth: date | None = None, gender: str = "", first: str = "") -> Person:
        """A child, who is reached through a parent."""
        rng = self.rng
        birth = birth or date(rng.randrange(2010, 2023), rng.randrange(1, 13), rng.randrange(1, 29))
        person = self.person(last, home, birth, gender or rng.choice("FM"), first)
        person.fund, person.member_no = parent.fund, parent.member_no
        if rng.random() < 0.8:
            person.mobile = parent.mobile
        if rng.random() < 0.6:
            person.email = parent.email
        person.head, person.site, person.dentist = parent.head, parent.site, parent.dentist
        return person

    def address(self) -> dict:
        """The columns of an address."""
        rng = self.rng
        site = rng.choice(self.world.sites)
        street = f"{rng.randrange(1, 240)} {rng.choice(names.STREETS)}"
        unit = f"Unit {rng.randrange(1, 30)}" if rng.random() < 0.15 else ""
        if rng.random() < 0.05:
            return dict.fromkeys(("street", "street2", "suburb", "state", "postcode", "country"), "")
        town = {"suburb": site.suburb, "state": site.state, "postcode": site.postcode, "country": "Australia"}
        return {"street": street, "street2": unit, **town}

    def last_name(self) -> str:
        """A family name."""
        return self.rng.choice(names.DOUBLE_LAST) if self.rng.random() < 0.03 else self.rng.choice(names.LAST)

    def email(self, person: Person) -> str:
        """An address nobody has; example domains only."""
        plain = "".join(letter for letter in unicodedata.normalize("NFKD", f"{person.first}.{person.last}").lower() if letter.isascii())
        plain = "".join(letter for letter in plain if letter.isalnum() or letter == ".")
        return f"{plain}{person.n}@{self.rng.choice(('example.com', 'example.org', 'mail.example.net', 'example.com.au'))}"

    def mobile(self) -> Phone:
        """A mobile number: one in twelve from abroad."""
        rng = self.rng
        while True:
            if rng.random() < 0.08:
                digits = f"{rng.randrange(10**6):06d}"
                e164, typed = rng.choice(
                    (
                        (f"+6421{digits}", f"+64 21 {digits[:3]} {digits[3:]}"),
                        (f"+447700900{digits[:3]}", f"0011 44 7700 900{digits[:3]}"),
                        (f"+4915123{digits}", f"+49 151 23{digits}"),
                        (f"+1202555{digits[:2]}{digits[2:4]}", f"+1 (202) 555-{digits[:4]}"),
                    )
                )
            else:
                digits = f"4915{rng.randrange(10**5):05d}"
                e164 = f"+61{digits}"
                typed = rng.choice(
                    (
                        f"0{digits[:3]} {digits[3:6]} {digits[6:]}",
                        f"0{digits[:3]} {digits[3:6]} {digits[6:]}",
                        f"0{digits}",
                        f"+61 {digits[:3]} {digits[3:6]} {digits[6:]}",
                        f"0{digits[:3]}-{digits[3:6]}-{digits[6:]}",
                    )
                )
            if e164 not in self.numbers:
                self.numbers.add(e164)
                return Phone(e164, typed)

    def landline(self) -> Phone:
        """A landline of the practice's area."""
        rng = self.rng
        while True:
            digits = f"7010{rng.randrange(10**4):04d}"
            e164 = f"+61{self.area}{digits}"
            if e164 not in self.numbers:
                self.numbers.add(e164)
                short = f"{digits[:4]} {digits[4:]}"
                return Phone(e164, rng.choice((f"(0{self.area}) {short}", f"0{self.area} {short}", f"0{self.area}{digits}")))

    # -- households --------------------------------------------------------------------------------------------------------------

    def household(self) -> list[Person]:
        """One to five people at an address."""
        rng = self.rng
        last, home = self.last_name(), self.address()
        first = self.adult(last, home)
        people = [first]
        shape = rng.random()
        if shape > 0.5:
            if shape < 0.92:
                second = self.adult(last if rng.random() < 0.85 else self.last_name(), home)
                second.head, second.site = first, first.site
                if rng.random() < 0.25 and first.email:
                    second.email, second.filler_email = first.email, ""
                people.append(second)
            if shape > 0.65:
                people += [self.child(last, home, first) for _ in range(rng.choice((1, 1, 2, 2, 3)))]
        phone = self.landline() if rng.random() < 0.4 else None
        for person in people:
            person.home = phone
        return people

    def twins(self) -> None:
        """A family with twins of almost one name."""
        last, home = self.last_name(), self.address()
        parent = self.adult(last, home)
        parent.mobile = parent.mobile or self.mobile()
        birth = date(2015, 6, 17)
        for first in ("Mila", "Mia"):
            twin = self.child(last, home, parent, birth, "F", first)
            twin.mobile, twin.email = parent.mobile, parent.email

    def father_and_son(self) -> None:
        """Two of one name in one house."""
        last, home = self.last_name(), self.address()
        first = self.rng.choice(names.MALE)
        father = self.person(last, home, date(1961, 3, 4), "M", first)
        father.mobile, father.home = self.mobile(), self.landline()
        son = self.person(father.last, home, date(1994, 11, 30), "M", first)
        son.mobile, son.home, son.head, son.site = self.mobile(), father.home, father, father.site

    def namesake(self) -> None:
        """Somebody who shares a name with a stranger."""
        other = self.rng.choice([person for person in self.world.persons if person.adult and person.birth and person.head is person])
        birth = date(self.rng.randrange(1940, 2004), self.rng.randrange(1, 13), self.rng.randrange(1, 29))
        person = self.person(other.last, self.address(), birth, other.gender, other.first)
        person.mobile, person.email = self.mobile(), ""

    def duplicate(self) -> None:
        """The same human keyed in twice; the second record was archived."""
        own = [person for person in self.world.persons if person.adult and person.birth and person.mobile and person.head is person]
        other = self.rng.choice([person for person in own if person.copy_of is None])
        copy = Person(**{**other.__dict__, "n": len(self.world.persons) + 1})
        copy.head, copy.copy_of, copy.status, copy.status_on = copy, other, "archived", self.world.today - timedelta(days=400)
        copy.email, copy.preferred, copy.middle, copy.work = "", "", "", None
        self.world.persons.append(copy)

    def statuses(self) -> None:
        """Some died, some were archived, some are inactive, some only asked."""
        rng, today = self.rng, self.world.today
        people = [person for person in self.world.persons if person.adult]
        rng.shuffle(people)
        count = len(self.world.persons)
        heads = {each.head.n for each in self.world.persons if each.head is not each}  # those who answer for others
        heads |= {each.n for each in self.world.persons if each.head is not each}
        for status, share in (("deceased", 0.02), ("archived", 0.05), ("inactive", 0.04), ("prospective", 0.03 if self.prospects else 0)):
            for _ in range(max(1 if share else 0, round(count * share))):
                alone = [each for each in people if status != "prospective" or each.n not in heads]
                person = alone[-1]
                people.remove(person)
                person.status = status
                person.status_on = today - timedelta(days=rng.randrange(20, 500))
                person.created = min(person.created, person.status_on - timedelta(days=rng.randrange(200, 900)))
                if person.birth:
                    person.created = max(person.created, person.birth)
                if status == "prospective":
                    person.created = today - timedelta(days=rng.randrange(3, 60))

    def never_merge(self) -> None:
        """Every two people whom a careless rule would make one."""
        pairs = self.world.never_merge
        people = self.world.persons
        for place, one in enumerate(people):
            for two in people[place + 1 :]:
                if one.copy_of is two or two.copy_of is one:
                    continue
                if (one.first, one.last) == (two.first, two.last):
                    pairs.append((one, two, "two people of one name; the birth dates differ"))
                elif one.last == two.last and one.birth and one.birth == two.birth and one.head is two.head:
                    pairs.append((one, two, "twins: one birth date, one address, one phone"))
                elif one.mobile and two.mobile and one.mobile.e164 == two.mobile.e164:
                    pairs.append((one, two, "family sharing a mobile number"))
                elif one.email and one.email == two.email:
                    pairs.append((one, two, "family sharing an e-mail address"))


def staff(sites: list[Site], domain: str) -> list[Dentist]:
    """Four who see patients and one who has left."""
    rows = (
        ("Dr", "Ottilie", "Farnsworth", "dentist", 0, True),
        ("Dr", "Ravindra", "Kulkarni", "dentist", 1, True),
        ("Dr", "Søren", "Halvorsen", "prosthodontist", 0, True),
        ("Ms", "Bronagh", "O'Leary", "hygienist", 0, True),
        ("Dr", "Humphrey", "Blackburne", "dentist", 0, False),
    )
    plain = {"Søren": "soren", "O'Leary": "oleary"}
    return [
        Dentist(
            n, title, first, last, role, sites[site], f"{plain.get(first, first.lower())}.{plain.get(last, last.lower())}@{domain}", active
        )
        for n, (title, first, last, role, site, active) in enumerate(rows, 1)
    ]
