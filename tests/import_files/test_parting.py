"""Which records go by a file, which by the API and why; which files can be made when."""

from __future__ import annotations

from collections.abc import Collection
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from migkit.import_files import AccountFacts, ExistingContact, Route, part, parting, ready, rounds_left, with_first_files, words_of
from migkit.model.account import AccountUser
from migkit.model.records import DesiredRecord

from .made import OWNER, Obj, note, organization, person, phone, plan

NOBODY = AccountFacts()


def why(*records: DesiredRecord, route: Route = Route.FILES, facts: AccountFacts = NOBODY) -> dict[str, str]:
    """Key → code of why it goes by the API."""
    return {key: message.code for key, message in part(records, plan(*records), route, facts).by_api.items()}


def test_a_plain_person_goes_by_a_file() -> None:
    found = part([person(1)], plan(person(1)), Route.FILES, NOBODY)
    assert found.by_file == ("patient:1",) and found.by_api == {}


@pytest.mark.parametrize(
    ("one", "other", "merges"),
    [
        ({"phones": [phone("+61 412 000 111")]}, {"phones": [phone("0412000111")]}, True),  # one number, written in two ways
        ({"emails": [phone("a@b.example", "home")]}, {"emails": [phone("A@B.example", "home")]}, True),
        ({"org": "family:1"}, {"org": "family:1"}, True),
        ({"phones": [phone("0412000111")]}, {"phones": [phone("0412000112")]}, False),
        ({}, {}, False),  # the name alone merges nobody
    ],
)
def test_of_one_name_those_who_share_something_would_be_merged(one: dict, other: dict, merges: bool) -> None:
    """Father and son of one name and one phone: both go by the API, for either could take the other's data."""
    people = [person(1, "Jon Snow", **one), person(2, "jon  snow", **other), organization(1, "Snow family")]
    found = why(*people)
    assert found == ({"patient:1": "import-merge", "patient:2": "import-merge"} if merges else {})


@pytest.mark.parametrize(
    ("one", "other", "merges"),
    [
        ("1 Hill St", "1 Hill Street", True),
        ("1 Hill St", "2 Hill St", False),
        ("1 Hill St", "", True),  # it may be anywhere
    ],
)
def test_organizations_of_one_name_that_may_share_an_address_would_be_merged(one: str, other: str, merges: bool) -> None:
    found = why(organization(1, "Nguyen family", one), organization(2, "Nguyen Family", other))
    assert found == ({"family:1": "import-merge", "family:2": "import-merge"} if merges else {})


def test_another_name_merges_nobody() -> None:
    assert why(person(1, "Ann", phones=[phone("0412000111")]), person(2, "Bob", phones=[phone("0412000111")])) == {}


def test_who_stands_in_the_account_counts() -> None:
    """A namesake with the same phone, or an organization of the name, that was there before."""
    there = (ExistingContact(Obj.PERSON, "Jon Snow", phones=("(04) 1200 0111",)), ExistingContact(Obj.ORGANIZATION, "Snow Family"))
    found = why(person(1, "Jon Snow", phones=[phone("0412000111")]), organization(1, "snow family"), facts=AccountFacts(existing=there))
    assert found == {"patient:1": "import-merge-there", "family:1": "import-merge-there"}


@pytest.mark.parametrize(
    ("phones", "goes"),
    [
        ([phone("1"), phone("2", "home", primary=False)], True),
        ([phone("1", "home"), phone("2", "mobile", primary=False)], False),  # the first column would be the primary one
        ([phone("1"), phone("2", "mobile", primary=False)], False),  # two of a kind
        ([phone("1", "family head")], False),  # a kind that Pipedrive does not have
    ],
)
def test_phones_fit_the_columns_or_go_by_the_api(phones: list, goes: bool) -> None:
    assert why(person(1, phones=phones)) == ({} if goes else {"patient:1": "import-contacts"})


@pytest.mark.parametrize(
    ("content", "files", "hybrid"),
    [
        ("<p>All well</p>", {}, {}),
        ("<p><b>Clinical note</b></p><p>All well</p>", {}, {"note:1": "import-html"}),  # the words stay, the bold does not
        ("<ul><li>one</li></ul>", {}, {"note:1": "import-html"}),
        ('<p><a href="https://x.example">x</a></p>', {"note:1": "import-html"}, {"note:1": "import-html"}),  # the address would be lost
        ("<p>RR &lt;120</p>", {"note:1": "import-html"}, {"note:1": "import-html"}),  # may be taken for a mark
        (f"<p>{'x' * 33_000}</p>", {"note:1": "import-long"}, {"note:1": "import-long"}),
    ],
)
def test_texts(content: str, files: dict, hybrid: dict) -> None:
    assert why(note(1, content)) == files
    assert why(note(1, content), route=Route.HYBRID) == hybrid


def test_original_times_are_kept_by_hybrid_and_given_up_by_files() -> None:
    dated = note(1, "<p>x</p>", add_time="2020-01-02 03:04:05")
    early = person(1, add_time="2019-03-01T00:00:00Z")
    assert why(dated, early) == {}
    assert why(dated, early, route=Route.HYBRID) == {"note:1": "import-promise", "patient:1": "import-promise"}
    assert why(dated, early, route=Route.API) == {"note:1": "import-api", "patient:1": "import-api"}


def test_the_rest() -> None:
    """Products never; fields of several options; matched records; what did not arrive; what came out wrong in this account."""
    product = DesiredRecord("product:1", Obj.PRODUCT, {"name": "Mouthguard"})
    alerts = person(2, **{"custom:Alerts": ["Penicillin"]})
    facts = AccountFacts(
        adopted=frozenset({"patient:3"}),
        tried={"patient:4": "", "patient:6": "Person not found."},
        not_carried={Obj.PERSON: frozenset({"custom:Date of birth"})},
    )
    born = person(5, **{"custom:Date of birth": "1980-01-01"})
    assert why(product, alerts, person(3), person(4), person(6), born, facts=facts) == {
        "product:1": "import-object", "patient:2": "import-field", "patient:3": "import-adopted", "patient:4": "import-not-arrived",
        "patient:5": "import-came-wrong", "patient:6": "import-skipped",
    }  # fmt: skip


def test_how_many_rounds_are_left() -> None:
    """Organizations, persons, deals, then activities and notes together: each that has records left is one."""
    assert rounds_left({}) == rounds_left({Obj.PERSON: 0}) == 0
    assert rounds_left({Obj.ORGANIZATION: 3, Obj.PERSON: 9, Obj.DEAL: 1, Obj.ACTIVITY: 5, Obj.NOTE: 5}) == 4
    assert rounds_left({Obj.ACTIVITY: 5, Obj.NOTE: 5}) == rounds_left({Obj.NOTE: 1}) == 1


@pytest.mark.parametrize(("others", "goes"), [((), True), ((("Ann Lee", True),), False), ((("ann  lee", False),), False)])
def test_an_owner_must_be_told_by_name(others: tuple, goes: bool) -> None:
    users = [AccountUser(1, "Ann Lee", OWNER, True), *(AccountUser(2, name, "b@x.example", active) for name, active in others)]
    assert why(person(1), facts=AccountFacts(users=tuple(users))) == ({} if goes else {"patient:1": "import-owner"})


def keys(records: Collection[DesiredRecord], stands: set[str], coming: set[str]) -> list[str]:
    return [record.key for record in ready(records, stands, coming)]


def test_an_object_waits_as_a_whole_for_what_is_coming() -> None:
    """Two persons of an organization that comes by a file keep all persons waiting; one whose organization was refused keeps nobody."""
    records = [organization(1, "A"), person(1, org="family:1"), person(2)]
    assert keys(records, set(), {"family:1", "patient:1", "patient:2"}) == ["family:1"]
    assert keys(records[1:], {"family:1"}, {"patient:1", "patient:2"}) == ["patient:1", "patient:2"]
    assert keys(records[1:], set(), {"patient:1", "patient:2"}) == ["patient:2"]


def test_an_object_with_many_begins_with_a_few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of three persons the first one goes ahead, even while another waits for an organization; once persons were carried, all that can."""
    monkeypatch.setattr(parting, "FIRST_FROM", 3)
    monkeypatch.setattr(parting, "FIRST_ROWS", 1)
    people = [person(1, org="family:1"), person(2), person(3)]
    first = with_first_files([], people, set(), carried=())
    assert [record.key for record in first] == ["patient:2"]
    assert [record.key for record in with_first_files(people[1:], people, set(), carried={Obj.PERSON})] == ["patient:2", "patient:3"]


def test_words_of_html() -> None:
    assert words_of("<p>One<br>two &amp; three</p><ul><li> four </li></ul>").text == "One\ntwo & three\nfour"


PIECES = (
    "<p>", "</p>", "<P>", "<br>", "<br/>", "<b>", "</b>", "<Strong >", "<i >", "</i >", "<li>", "</li>", "<ul class='a > b'>", "</ul>",
    '<a href="q?a=1&b=2">', "</a>", "&amp;", "&lt;", "&nbsp;", "&#39;", "&copy", "&", "<5 mm", "1 < 2", ">", " word ", "é", "\n",
)  # fmt: skip


class ByPython(HTMLParser):
    """The tags and words of some HTML as Python's own parser tells them."""

    def __init__(self, markup: str) -> None:
        super().__init__(convert_charrefs=True)
        self.opened: set[str] = set()
        self.said = ""
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.opened.add(tag)
        self.said += "\n" if tag == "br" else ""

    def handle_endtag(self, tag: str) -> None:
        self.said += "\n" if tag in ("p", "li") else ""

    def handle_data(self, data: str) -> None:
        self.said += data


@given(st.lists(st.sampled_from(PIECES), max_size=8).map("".join))
@settings(max_examples=300, deadline=None, derandomize=True)
def test_tags_and_words_are_those_that_pythons_parser_finds(markup: str) -> None:
    """Whatever stands in a note: its words, whether they are formed, and whether anything else is among them."""
    read = ByPython(markup)
    found = words_of(markup)
    assert found.text.split("\n") == ([line.strip() for line in read.said.split("\n") if line.strip()] or [""])
    assert found.is_formed == bool(read.opened & {"b", "strong", "i", "ul", "li"})
    assert found.is_marked == ("a" in read.opened or "<" in read.said)


def test_a_tag_that_never_ends_takes_no_longer_than_it_is_long() -> None:
    """A hundred thousand blanks in a tag without an end are read once, not once for each of them."""
    assert words_of("<p" + " " * 100_000).is_marked
