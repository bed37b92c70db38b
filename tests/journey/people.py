"""Persons, organizations and the people who were in the account before, as the truth says they must stand."""

from __future__ import annotations

import re
from typing import Any

from .target import CONTRACT, SOURCE, Record, Target
from .truth import Row, Truth, day, money, v2

HEADS = "family head"


def organizations(truth: Truth) -> dict[str, Record]:
    """Household or employer key → Organization."""
    found = {}
    for home in truth.households:
        family = truth.tables["families"].get(home["key"].removeprefix("family:"))
        rows = truth.groups[home["head"] or home["members"][0]]
        record = {
            "name": home["name"] or f"{rows[0]['last_name']} family",
            "address": address(family or rows[0]),
            "owner": owner(truth, rows),
            SOURCE: home["key"],
            "Organization kind": home["kind"].capitalize(),
        }
        if family:
            record["add_time"] = v2(truth.utc(family["created_at"]))
        found[home["key"]] = record
    return found


def persons(truth: Truth) -> dict[str, Record]:
    """Person key → Person: patients, and enquirers who are no patients."""
    found = {key: _patient(truth, key, rows) for key, rows in truth.groups.items()}
    for lead in truth.rows("leads"):
        if truth.lead_person(lead) == f"person:lead:{lead['lead_id']}":
            found[f"person:lead:{lead['lead_id']}"] = _enquirer(truth, lead)
    return found


def _patient(truth: Truth, key: str, rows: list[Row]) -> Record:
    merged = {name: next((row[name] for row in rows if row[name] is not None), None) for name in rows[0]}
    emails = {row["email"]: HEADS if truth.theirs(key, row["email"]) else "home" for row in rows if row["email"]}
    phones = {
        row[name]: HEADS if truth.theirs(key, row[name]) else label
        for name, label in (("mobile", "mobile"), ("home_phone", "home"), ("work_phone", "work"))
        for row in rows
        if row[name]
    }
    flag = None if "home" in emails.values() else "Only the family head's e-mail" if emails else "No e-mail on file"
    status = "archived" if rows[0]["archived"] and rows[0]["status"] == "active" else rows[0]["status"]
    covers = _covers(truth, rows)
    first = covers[0] if covers else dict.fromkeys(("fund", "member_number", "coverage", "card_ref", "valid_from", "valid_to"))
    record = {
        "name": _name(rows[0]),
        "emails": emails,
        "phones": phones,
        "org": next((home["key"] for home in truth.households if key in home["members"]), None),
        "owner": owner(truth, rows),
        "add_time": v2(truth.utc(min(row["created_at"] for row in rows))),
        SOURCE: ", ".join(sorted((f"patient:{row['patient_id']}" for row in rows), key=lambda one: one != key)),
        "Date of birth": merged["birth_date"],
        "Address": address(merged),
        "Patient status": CONTRACT["patient_status"][status],
        "No e-mail": flag,
        "Insurance_Provider__c": first["fund"],
        "Policy_Number__c": first["member_number"],
        "Coverage_Pct__c": first["coverage"],
        "Other health funds": {(cover["fund"], cover["member_number"]) for cover in covers[1:]} or None,
        "Last visit": merged["last_visit"],
        "Patient details": _details(truth, merged, first, rows),
    }
    return {name: value for name, value in record.items() if value is not None}


def _details(truth: Truth, merged: Row, cover: Row, rows: list[Row]) -> set[str]:
    span = " ".join(f"{word} {day(cover[name])}" for word, name in (("from", "valid_from"), ("until", "valid_to")) if cover[name])
    others = ", ".join(f"patient:{row['patient_id']}" for row in rows[1:])
    values: dict[str, Any] = merged | {
        "first_visit": day(merged["first_visit"]),
        "next_visit": day(merged["next_visit"]),
        "balance": f"{money(merged['balance'])} AUD",
        "sms_opt_out": "yes" if any(row["sms_opt_out"] for row in rows) else "no",
        "cover_card": cover["card_ref"],
        "cover_span": span,
        "merged_ids": others,
        "contact_remarks": "; ".join(  # the sheet writes the phones before the e-mail
            text
            for row in rows
            for text in sorted(truth.as_written[f"patient:{row['patient_id']}"], key=lambda one: one.startswith("email"))
        ),
    }
    left_out = {"medicare_number", "medicare_irn", "medicare_expiry", "dva_number"}
    contract = CONTRACT["texts"]["patient_details"]["lines"]
    promised = {label: line.get("make") or line["from"].removeprefix("patients.") for label, line in contract.items()}
    lines = [(label, values.get(name)) for label, name in promised.items() if name not in left_out]
    return {f"{label}: {value}" for label, value in lines if value}


def _covers(truth: Truth, rows: list[Row]) -> list[Row]:
    """A person's funds: those that go on before those that have ended, then by priority."""
    ids = {row["patient_id"] for row in rows}
    mine = [cover for cover in truth.rows("health_funds") if cover["patient_id"] in ids]
    return sorted(mine, key=lambda cover: (bool(cover["valid_to"] and cover["valid_to"] < truth.today), cover["priority"]))


def _enquirer(truth: Truth, lead: Row) -> Record:
    record = {
        "name": lead["full_name"],
        "emails": {lead["email"]: "home"} if lead["email"] else {},
        "phones": {lead["phone"]: "mobile"} if lead["phone"] else {},
        "owner": truth.user(lead["practitioner_id"]),
        SOURCE: f"person:lead:{lead['lead_id']}",
        "No e-mail": None if lead["email"] else "No e-mail on file",
    }
    return {name: value for name, value in record.items() if value is not None}


def adopted(truth: Truth, target: Target, found: dict[str, Record]) -> dict[str, Record]:
    """Who was in the account before and is certainly the same: their values stay, blanks are filled, lists joined item by item."""
    found = dict(found)
    number = {record["id"]: key for key, record in target.persons.ours.items()}
    for match in truth.document["account_persons"]:
        before, key = truth.account["persons"][match["index"]], match["patient"]
        if number.get(match["index"] + 1) != key:
            truth.explained[f"not adopted: {match['how']}"] += 1
            continue
        truth.explained[f"adopted, theirs kept: {match['how']}"] += 1
        ours = found[key]
        theirs = {item["value"].casefold(): item["label"] for item in before["emails"]}
        phones = {item["value"]: item["label"] for item in before["phones"]}
        known = {international(value) for value in phones}
        mail = {value: label for value, label in ours["emails"].items() if value.casefold() not in theirs}
        found[key] = ours | {
            "name": before["name"],
            "owner": before["owner"],
            "emails": theirs | mail,
            "phones": phones | {value: label for value, label in ours["phones"].items() if value not in known},
            **{f"{label} [{_type(truth, label)}]": value for label, value in before["custom"].items()},
        }
        found[key].pop("add_time")
    return found


def theirs(truth: Truth) -> dict[int, Record]:
    """The persons of the account by id, as they were: ids are given in order."""
    homes = [home["name"] for home in truth.account["organizations"]]
    return {
        number: {
            "name": before["name"],
            "emails": {item["value"]: item["label"] for item in before["emails"]},
            "phones": {item["value"]: item["label"] for item in before.get("phones", [])},
            "owner": before["owner"],
            **({"org": f"theirs {homes.index(before['organization']) + 1}"} if before.get("organization") else {}),
            **{f"{label} [{_type(truth, label)}]": value for label, value in before.get("custom", {}).items()},
        }
        for number, before in enumerate(truth.account["persons"], start=1)
    }


def _type(truth: Truth, label: str) -> str:
    return str(next(field["type"] for field in truth.account["fields"] if field["label"] == label))


def as_found(record: Record) -> Record:
    """A person as read, its lists as value → label and its details as a set of lines."""
    shaped = dict(record)
    for name in ("emails", "phones"):
        shaped[name] = {value: label for value, label, _ in record[name]}
        assert [primary for _, _, primary in record[name]] == [place == 0 for place in range(len(record[name]))], record
    if "Patient details" in record:
        shaped["Patient details"] = set(record["Patient details"].split("\n"))
    if "Other health funds" in record:
        parts = [line.split(", ") for line in record["Other health funds"].split("\n")]
        shaped["Other health funds"] = {(fund, number.removeprefix("no. ")) for fund, number, *_ in parts}
    return {name: value for name, value in shaped.items() if value is not None}


def owner(truth: Truth, rows: list[Row]) -> str:
    """The user of the first practitioner named, else the fallback."""
    return truth.user(next((row["practitioner_id"] for row in rows if row["practitioner_id"]), None))


def address(row: Row) -> str | None:
    """An address in one line."""
    town = " ".join(row[part] for part in ("suburb", "state", "postcode") if row[part])
    parts = (row["address_line1"], row.get("address_line2"), town, row.get("country"))
    return ", ".join(part for part in parts if part) or None


def international(number: str) -> str:
    """An Australian number in E.164."""
    digits = re.sub(r"\D", "", number)
    return f"+{digits}" if digits.startswith("61") else f"+61{digits.removeprefix('0')}"


def _name(row: Row) -> str:
    return " ".join(row[part] for part in ("first_name", "middle_name", "last_name") if row[part])
