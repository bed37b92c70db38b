"""Who lives together: declared families, heads, shared homes; keys that stay; whose contact data it is."""

from __future__ import annotations

from typing import Any

import pytest

from migkit.identity import find_households, resolve
from migkit.model.people import Household
from tests.identity.made import patient, tables, who_is_who

HOME = {"address_line1": "1 Hill Street", "suburb": "Kew", "postcode": "3101"}


def households(patients: list[dict], families: list[dict] | None = None, **more: Any) -> list[Household]:
    made = tables(patients=patients, families=families or [])
    survivors = {f"patient:{row['patient_id']}": f"patient:{row['patient_id']}" for row in patients}
    return list(find_households(made, survivors, **more)[0])


def keyed(found: list[Household]) -> dict[str, list[str]]:
    return {household.key: [member.partition(":")[2] for member in household.members] for household in found}


def test_a_declared_family_keeps_its_id_whatever_its_members_are() -> None:
    """A families row is one household under its own id, head first; one without members is still there."""
    families = [{"family_id": "F1", "name": "Lee family", "head_id": "2"}, {"family_id": "F2", "name": "Gone"}]
    found = households([patient(1, "Tim Lee", family_id="F1"), patient(2, "Ann Lee", family_id="F1"), patient(3, "Bo Ek")], families)
    assert keyed(found) == {"family:F1": ["2", "1"], "family:F2": []}
    assert (found[0].name, found[0].head, found[0].kind) == ("Lee family", "patient:2", "household")


def test_family_heads_make_a_household_through_chains() -> None:
    """Members that name a head, also over a head's head, are one household under the smallest id; a circle makes none."""
    rows = [patient(9, "Ann Lee"), patient(4, "Tim Lee", family_head_id="9"), patient(5, "Zoe Lee", family_head_id="4")]
    rows += [patient(20, "A B", family_head_id="21"), patient(21, "C D", family_head_id="20")]
    found = households(rows)
    assert keyed(found) == {"household:4": ["9", "4", "5"]}
    assert found[0].head == "patient:9"


def test_an_address_with_a_name_makes_a_household_and_either_alone_does_not() -> None:
    """Address and last name make a household; same name and suburb, or one phone at two known addresses, do not."""
    rows = [
        patient(1, "Ann Lee", **HOME),
        patient(2, "Bo Lee", **HOME | {"address_line1": "1 hill st."}),
        patient(3, "Cy Lee", **HOME | {"address_line1": "7 Hill Street"}, mobile="+61412000111"),
        patient(4, "Di Lee", **HOME | {"address_line1": "8 Far Road"}, mobile="+61412000111"),
        patient(5, "Ed Lee", mobile="+61412000111"),
    ]
    assert keyed(households(rows[:4])) == {"household:1": ["1", "2"]}
    assert keyed(households(rows))["household:3"] == ["3", "4", "5"]


def test_undeclared_people_join_the_one_family_they_live_with() -> None:
    """Who shares an address with members of one declared family joins it; with members of two, nobody is guessed."""
    rows = [patient(1, "Ann Lee", family_id="F1", **HOME), patient(2, "Bo Lee", family_id="F2", address_line1="9 Far Rd", postcode="3000")]
    rows += [patient(3, "Cy Lee", **HOME)]
    assert keyed(households(rows)) == {"family:F1": ["1", "3"], "family:F2": ["2"]}
    rows[1] |= HOME
    assert keyed(households(rows)) == {"family:F1": ["1"], "family:F2": ["2"]}


def test_employers_are_told_apart_from_households() -> None:
    """An employer is one by its declared kind, by a company's name, or by its employees' rows; a household comes first."""
    families = [{"family_id": "E1", "name": "Acme Mining", "kind": "employer"}, {"family_id": "E2", "name": "Blue Pty Ltd"}]
    rows = [
        patient(1, "A B", family_id="E1"),
        patient(2, "C D", family_id="E2"),
        patient(3, "E F", employer="Rivers Council"),
        patient(4, "G H", employer="rivers council", **HOME),
        patient(5, "I H", **HOME),
        patient(6, "K L"),
    ]
    found = households(rows, families)
    assert keyed(found) == {"family:E1": ["1"], "family:E2": ["2"], "employer:rivers-council": ["3"], "household:4": ["4", "5"]}
    assert {h.key: h.kind for h in found if h.kind == "employer"}.keys() == {"family:E1", "family:E2", "employer:rivers-council"}
    other = keyed(households(rows, families, organization="employer"))
    assert other["employer:rivers-council"] == ["3", "4"]
    assert "household:4" not in other


def test_a_value_that_a_crowd_shares_ties_nobody_together() -> None:
    """Nine people at one address (a nursing home) are no household."""
    assert households([patient(n, f"P{n} Q{n}", **HOME) for n in range(1, 10)]) == []


def test_flatmates_are_no_household() -> None:
    """One address and other last names make none; with a phone in common they do, unless each names a guarantor of their own."""
    rows = [patient(1, "Ann Lee", **HOME), patient(2, "Bo Ek", **HOME), patient(3, "Cy Ray", **HOME)]
    assert households(rows) == []
    shared = [row | {"home_phone": "+61398765432"} for row in rows]
    assert keyed(households(shared)) == {"household:1": ["1", "2", "3"]}
    assert households([row | {"family_head_id": row["patient_id"]} for row in shared]) == []


def test_a_contact_that_means_none_ties_nobody() -> None:
    """Three strangers with the reception's filler e-mail or phone and no address are no household."""
    for filler in ({"email": "none@none.com"}, {"email": "noemail@clinic.example"}, {"mobile": "0400 000 000"}):
        assert households([patient(n, name, **filler) for n, name in ((1, "Bob Tan"), (2, "Cy Adams"), (3, "Di Ng"))]) == []


@pytest.mark.parametrize(("born", "inherits"), [("2012-02-03", True), ("1948-02-03", False), ("1972-02-03", False)])
def test_only_who_is_younger_by_a_generation_has_the_heads_phone(born: str, inherits: bool) -> None:
    """Ann heads the home since Tim names her: another child's phone is hers, a grandmother's or a brother's is their own too."""
    phone = {"mobile": "+61412000111"}
    rows = [
        patient(1, "Ann Lee", "1980-05-01", **HOME, **phone),
        patient(2, "Tim Lee", "2012-02-03", family_head_id="1"),
        patient(3, "Jo Lee", born, **HOME, **phone),
    ]
    people = resolve(tables(patients=rows), {})
    assert [(home.head, home.members) for home in people.households] == [("patient:1", ("patient:1", "patient:2", "patient:3"))]
    assert people.inherited == ({"patient:3": ("mobile",)} if inherits else {})


def test_a_household_keeps_the_key_it_was_loaded_under() -> None:
    """When the member whose id made the key leaves, or the head changes, the key that most members had before stays."""
    rows = [patient(n, f"{first} Lee", **HOME) for n, first in ((1, "Ann"), (2, "Bo"), (3, "Cy"))]
    assert keyed(households(rows)) == {"household:1": ["1", "2", "3"]}
    before = {f"patient:{n}": "household:1" for n in (1, 2, 3)}
    rows[0] |= {"address_line1": "7 Own Ct"}
    found = keyed(households([*rows, patient(9, "Mo Lee", address_line1="7 Own Court", postcode="3101")], known=before))
    assert found == {"household:1": ["2", "3"], "household:9": ["1", "9"]} or found == {
        "household:1": ["2", "3"],
        "household:9": ["9", "1"],
    }


def test_two_rows_that_may_be_one_person_found_no_home() -> None:
    """As long as nobody decided whether they are one, a second row of somebody is no family; with anybody else there it is."""
    rows = [patient(1, "Ann Lee", "1980-03-04", **HOME), patient(2, "Ann Lee", "1980-04-03", **HOME), patient(3, "Bo Lee", **HOME)]
    unreviewed = [("patient:1", "patient:2")]
    assert households(rows[:2], unreviewed=unreviewed) == []
    assert keyed(households(rows, unreviewed=unreviewed)) == {"household:1": ["1", "2", "3"]}
    people = who_is_who(rows[:2], {})
    assert people.pairs["band"].tolist() == ["review"]
    assert people.households == ()
    apart = {"pairs": [{"left": "patient:1", "right": "patient:2", "decision": "different", "by": "Kim", "at": "2026-11-01", "why": "two"}]}
    assert len(who_is_who(rows[:2], {"identity": apart}).households) == 1


def test_members_are_persons_and_the_key_outlives_a_merge() -> None:
    """A household lists survivors only; its key comes from the smallest id of all their rows, so a merge does not change it."""
    rows = [
        patient(1, "Ann Lee", "1980-05-01", email="ann@x.example", created_at="2022-01-01", **HOME),
        patient(5, "Ann Lee", "1980-05-01", email="ann@x.example", created_at="2020-01-01", **HOME),
        patient(7, "Tim Lee", "2012-02-03", **HOME),
    ]
    people = resolve(tables(patients=rows), {})
    assert people.survivors["patient:1"] == "patient:5"
    assert keyed(list(people.households)) == {"household:1": ["5", "7"]}


def test_a_child_is_no_head() -> None:
    """Of an undeclared household the child who carries the mother's phone is not its head, though her birth date is missing."""
    shared = {"mobile": "+61412000222", "email": "ann@lee.example"}
    rows = [
        patient(7, "Tim Lee", "2018-03-05", **HOME, **shared),
        patient(8, "Bo Lee", "1990-01-02", **HOME, mobile="+61412000333"),
        patient(9, "Ann Lee", None, **HOME, **shared),
    ]
    assert [home.head for home in households(rows)] == ["patient:9"]


def test_inherited_contact_data_is_the_heads() -> None:
    """A member's phone and e-mail are marked where they are the declared head's; an undeclared head gives to children only."""
    shared = {"mobile": "+61412000111", "email": "lee@x.example"}
    rows = [
        patient(1, "Ann Lee", "1980-05-01", **shared),
        patient(2, "Tim Lee", "2012-02-03", family_head_id="1", **shared),
        patient(3, "Kim Lee", "1979-05-01", family_head_id="1", email="kim@x.example", mobile="+61412000111"),
    ]
    assert resolve(tables(patients=rows), {}).inherited == {"patient:2": ("mobile", "email"), "patient:3": ("mobile",)}
    for row in rows:
        row |= HOME | {"family_head_id": None}
    assert resolve(tables(patients=rows), {}).inherited == {"patient:2": ("mobile", "email")}


def test_a_child_s_second_record_inherits_like_the_first() -> None:
    """A second record without a birth date does not make the mother's phone the child's own."""
    phone = {"mobile": "+61412000111"}
    rows = [
        patient(1, "Ann Lee", "1980-05-01", **HOME, **phone),
        patient(2, "Tim Lee", "2012-02-03", **HOME, **phone),
        patient(3, "Tim Lee", None, **HOME, **phone, status="merged", merged_into_id="2"),
    ]
    assert resolve(tables(patients=rows), {}).inherited == {"patient:2": ("mobile",), "patient:3": ("mobile",)}


def test_inherited_contact_data_is_no_evidence_of_identity() -> None:
    """A head's e-mail in two children's rows is not among the evidence that compares them."""
    rows = [
        patient(1, "Ann Lee", "1980-05-01", email="lee@x.example"),
        patient(2, "Tim Lee", "2012-02-03", family_head_id="1", email="lee@x.example"),
        patient(3, "Timothy Lee", "2012-02-03", family_head_id="1", email="lee@x.example"),
    ]
    evidence = resolve(tables(patients=rows), {}).pairs.set_index(["left", "right"])["evidence"]
    assert "first name: short form" in evidence["patient:2", "patient:3"]
    assert "e-mail" not in evidence["patient:2", "patient:3"]


def test_whom_a_person_said_to_live_in_no_household_has_none() -> None:
    """Of three at one address, one said to live elsewhere leaves two; two of them said so leave no household at all; an employer stays."""
    rows = [patient(1, "Ann Lee", **HOME), patient(2, "Bo Lee", **HOME), patient(3, "Cy Lee", employer="Rivers Council", **HOME)]
    assert keyed(households(rows)) == {"household:1": ["1", "2", "3"]}
    assert keyed(households(rows, alone=["patient:3"])) == {"household:1": ["1", "2"], "employer:rivers-council": ["3"]}
    assert keyed(households(rows, alone=["patient:1", "patient:2"])) == {"employer:rivers-council": ["3"]}


def test_a_declared_family_or_head_keeps_those_whom_nobody_took_out() -> None:
    """A family's other members stay in it; a head whose only dependant lives elsewhere is no household."""
    rows = [patient(1, "Ann Lee", family_id="F1"), patient(2, "Bo Lee", family_id="F1")]
    assert keyed(households(rows, [{"family_id": "F1", "name": "Lee family"}], alone=["patient:2"])) == {"family:F1": ["1"]}
    assert keyed(households([patient(9, "Ann Lee"), patient(4, "Tim Lee", family_head_id="9")], alone=["patient:4"])) == {}
