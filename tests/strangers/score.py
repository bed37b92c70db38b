"""A loaded account against the truth that a stranger wrote beside his export: what is wrong, and by how much.

The account is read by plain HTTP (account.py). Of the product's own word only one thing is used: which rows it says that it held,
rejected or left out, so that what is missing can be told from what was lost in silence.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from .account import Account, details, ids_of, procedures
from .people import Book, words
from .rows import Settled

Facts = Mapping[str, Any]
KINDS = ("values", "values, said", "money", "wrong person", "missing", "missing, said why", "extra")
EXAMPLES = 5
FILES = {"appointment": "appointment", "commlog": "communication", "communication": "communication", "note": "note"}
"""Word of a file's name → prefix of its records' keys."""
_OUTCOMES = {"kept": "Completed", "booked": "Booked", "cancelled": "Cancelled", "missed": "Did not attend"}
_PREFIX = {"cancelled": "Cancelled: ", "missed": "Did not attend: "}
METHODS = {
    "EFTPOS": ("EFTPOS",),
    "Visa": ("EFTPOS", "Visa"),
    "Cash": ("Cash",),
    "Direct deposit": ("Direct", "Direct deposit"),
    "HICAPS": ("HICAPS",),
}
"""Method of a payment → words that say it: a card is a card."""
_PLAN = {
    "proposed": ("Proposed", "open"),
    "accepted": ("Accepted", "open"),
    "in progress": ("In progress", "open"),
    "completed": ("Completed", "won"),
    "declined": (None, "lost"),
}


@dataclass
class Score:
    """What is wrong, by object and kind."""

    counts: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    """Object → kind → how many; `expected` is how many the truth has, `cents` how much money is wrong."""
    faults: Counter[str] = field(default_factory=Counter)
    """`object.field` → wrong values, `object: kind` → the other faults."""
    said: Counter[str] = field(default_factory=Counter)
    """`object.field` → values that stand as the export writes them, of which a finding says that they could not be read for sure."""
    examples: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    """`object, kind` → up to five sentences."""

    def note(self, thing: str, kind: str, example: str, *, name: str = "") -> None:
        """Count one fault."""
        self.counts[thing][kind] += 1
        self.faults[f"{thing}.{name}" if name else f"{thing}: {kind}"] += 1
        told = self.examples[f"{thing}, {kind}"]
        if len(told) < EXAMPLES and not any(name and f" {name}: " in each for each in told[: EXAMPLES - 1]):
            told.append(example)

    def tell(self, thing: str, name: str) -> None:
        """Count a value that is not read, and of which it is said."""
        self.counts[thing]["values, said"] += 1
        self.said[f"{thing}.{name}"] += 1

    def compare(self, thing: str, key: str, found: Facts, wanted: Facts, money: Iterable[str] = ()) -> None:
        """Count the fields of a record that are not as wanted; those named in `money` are in cents."""
        for name, value in wanted.items():
            if found.get(name) == value:
                continue
            kind = "money" if name in money else "values"
            self.note(thing, kind, f"{key} {name}: {found.get(name)!r} for {value!r}", name=name)
            if kind == "money":
                self.counts[thing]["cents"] += abs((found.get(name) or 0) - (value or 0))

    def table(self) -> list[list[str]]:
        """A row per object: expected and the kinds of faults; money with the cents."""
        rows = [["", "expected", *KINDS, "cents"]]
        for thing, counts in self.counts.items():
            rows.append([thing, *(str(counts[kind]) for kind in ("expected", *KINDS, "cents"))])
        return rows


def score(truth: Facts, url: str, token: str, settled: Settled) -> Score:
    """Compare the account at `url` with the truth."""
    account, found = Account(url, token), Score()
    book = Book(truth, account)
    for part in (_people, _households, _leads, _appointments, _plans, _invoices, _payments, _notes, _recalls, _unattachable, _totals):
        part(truth, account, book, settled, found)
    for key in account.twice:
        found.note("records", "extra", f"{key} stands there twice")
    return found


def _missing(found: Score, thing: str, key: str, why: str | None) -> None:
    found.note(thing, "missing, said why" if why else "missing", f"{key}: {why or 'no trace'}")


def _people(truth: Facts, account: Account, book: Book, settled: Settled, found: Score) -> None:
    for wanted in truth["patients"]:
        key, record = wanted["key"], book.record(wanted["key"])
        found.counts["patients"]["expected"] += 1
        if record is None:
            _missing(found, "patients", key, settled.why("patient", key))
            continue
        if book.is_second(key):
            continue  # the record is the other one's
        own = details(record)
        address = wanted["address"]
        told = record.get("Address") or ""
        shown = {
            "name": words(record["name"]),
            "birth date": record.get("Date of birth"),
            "phones": {value for value, _, _ in record["phones"]},
            "e-mails": {value for value, _, _ in record["emails"]},
            "address": not [part for part in (address[name] for name in ("street", "suburb", "state", "postcode")) if part not in told],
            "status": (record.get("Patient status") or "").casefold(),
            "title": own.get("Title", "").rstrip("."),
            "preferred": own.get("Preferred name", ""),
            "gender": own.get("Gender", "")[:1].upper(),
            "fund": record.get("Insurance_Provider__c") or "",
            "member number": record.get("Policy_Number__c") or "",
            "note": _bare([wanted["note"]]) in _bare(book.remarks(key)),
            "balance": _signed(own["Balance"]) if "Balance" in own else wanted["balance_cents"],  # not every system has one per patient
        }
        right = {
            "name": words(f"{wanted['first']} {wanted['middle']} {wanted['last']}"),
            "birth date": wanted["birth_date"],
            "phones": {phone["e164"] for phone in wanted["phones"]},
            "e-mails": set(wanted["emails"]),
            "address": True,
            "status": wanted["status"],
            "title": wanted["title"],
            "preferred": wanted["preferred"],
            "gender": wanted["gender"] if wanted["gender"] in ("F", "M") else shown["gender"],
            "fund": wanted["fund"],
            "member number": wanted["member_number"],
            "note": True,
            "balance": wanted["balance_cents"],
        }
        is_told = any(one.partition(":")[2] in settled.phones for one in ids_of(record))
        if is_told and shown["phones"] != right["phones"] and _as_written(shown["phones"]) == _as_written(right["phones"]):
            found.tell("patients", "phones")
            shown["phones"] = right["phones"]
        found.compare("patients", key, shown, right, money=["balance"])
    for pair in truth["never_merge"]:
        if (one := book.record(pair["a"])) is not None and one is book.record(pair["b"]):
            found.note("never merge", "values", f"{pair['a']} and {pair['b']} are one person: {pair['why']}")
    found.counts["never merge"]["expected"] = len(truth["never_merge"])
    for pair in truth["same_person"]:
        found.counts["same person"]["expected"] += 1
        if book.record(pair["a"]) is not book.record(pair["b"]):
            found.note("same person", "values", f"{pair['a']} and {pair['b']} stand apart")
    deleted = {each["key"] for each in truth.get("deleted_patients", ())}
    for record in book.strangers():
        if not {one.partition(":")[2] for one in ids_of(record)} <= deleted:
            found.note("patients", "extra", f"{', '.join(ids_of(record))} {record['name']} is nobody's")


def _as_written(phones: Iterable[str]) -> set[str]:
    """Return the digits of phone numbers without the plus or what is dialled for it from Australia: an export may lack the one or have the
    other."""
    return {re.sub(r"^0011", "", re.sub(r"\D", "", phone)) for phone in phones}


def _signed(balance: str) -> int:
    match = re.match(r"(-?[\d,]+\.\d\d)", balance)
    return int(re.sub(r"[,.]", "", match[1])) if match else 0


def _households(truth: Facts, account: Account, book: Book, settled: Settled, found: Score) -> None:
    lives: dict[str, set[int]] = defaultdict(set)
    for record in account.persons.values():
        if record.get("org") and (account.organizations.get(record["org"]) or {}).get("Organization kind") == "Household":
            lives[record["org"]].add(record["id"])
    right = []
    for home in truth["households"]:
        members = {record["id"] for key in home["members"] if (record := book.record(key))}
        right.append(members)
        if not home["certain"]:
            continue
        found.counts["households"]["expected"] += 1
        if len(members) > 1 and members not in lives.values():
            near = [name for name, ids in lives.items() if ids & members]
            found.note("households", "values", f"{home['head']} with {len(members) - 1} others: {near or 'no household'}", name="members")
    for name, ids in lives.items():
        if len(ids) > 1 and not any(ids <= members for members in right):
            found.note("households", "extra", f"{name}: {len(ids)} people who are no household")


def _leads(truth: Facts, account: Account, book: Book, settled: Settled, found: Score) -> None:
    for wanted in truth["leads"]:
        found.counts["leads"]["expected"] += 1
        if f"lead:{wanted['key']}" not in account.leads:
            _missing(found, "leads", wanted["key"], settled.why("patient", wanted["key"]))


def _appointments(truth: Facts, account: Account, book: Book, settled: Settled, found: Score) -> None:
    loaded = account.of("appointment")
    seen = {}
    suburbs = {each["name"]: each["suburb"] for each in truth["practice"]["locations"]}
    staff = {each["key"]: each["last"] for each in truth["staff"]}
    at_time = {(each["due_date"], each["due_time"], last_name(labelled_line(each, "Provider"))): key for key, each in loaded.items()}
    for wanted in truth["appointments"]:
        found.counts["appointments"]["expected"] += 1
        start = wanted["start_utc"]
        name = f"appointment:{wanted['key']}"
        if book.named:
            name = at_time.get((start[:10], start[11:16], staff[wanted["dentist"]]), "")
        record = loaded.get(name)
        if record is None:
            if not wanted.get("ambiguous"):
                _missing(found, "appointments", wanted["key"], settled.why("appointment", wanted["key"]))
            continue
        seen[name] = True
        if wanted.get("ambiguous") or not book.is_of(record["person"], wanted["patient"]):
            found.note("appointments", "wrong person", f"{wanted['key']} stands with {record['person']}, not {wanted['patient']}")
            continue
        where = labelled_line(record, "Location")
        lines = " ".join(record["lines"])
        shown = {
            "start": f"{record['due_date']}T{record['due_time']}",
            "minutes": _minutes(record["duration"]),
            "subject": record["subject"],
            "outcome": labelled_line(record, "Status"),
            "done": record["done"],
            "dentist": last_name(labelled_line(record, "Provider")),
            "location": where,
            "note": " ".join(wanted["note"].split()) in lines,
            "reason": wanted["reason"] in lines,
        }
        right = {
            "start": start[:16],
            "minutes": wanted["minutes"],
            "subject": _PREFIX.get(wanted["outcome"], "") + wanted["type"],
            "outcome": _OUTCOMES[wanted["outcome"]],
            "done": wanted["outcome"] != "booked",
            "dentist": staff[wanted["dentist"]],
            "location": where if where in (wanted["location"], suburbs[wanted["location"]]) else wanted["location"],
            "note": True,
            "reason": True,
        }
        found.compare("appointments", wanted["key"], shown, right)
    for key in loaded.keys() - seen.keys():
        found.note("appointments", "extra", f"{key} on {loaded[key]['due_date']} is in no truth")


def labelled_line(record: Facts, label: str) -> str:
    """What stands behind a label in an activity's text."""
    return next((line.partition(": ")[2] for line in record["lines"] if line.startswith(f"{label}: ")), "")


def last_name(spoken: str) -> str:
    """`Dr Fiona O'Sullivan` or `Sullivan, Dr Fiona` → the last name."""
    return spoken.partition(",")[0] if "," in spoken else spoken.split(" ")[-1]


def _minutes(clock: str | None) -> int | None:
    return int(clock[:2]) * 60 + int(clock[3:5]) if clock else None


def _plans(truth: Facts, account: Account, book: Book, settled: Settled, found: Score) -> None:
    loaded = {key: deal for key, deal in account.deals.items() if deal["pipeline"] == "Treatment plans"}
    seen = set()
    for wanted in truth["plans"]:
        found.counts["plans"]["expected"] += 1
        found.counts["plan items"]["expected"] += len(wanted["items"])
        key = next(
            (
                key
                for key, deal in loaded.items()
                if (key == f"plan:{wanted['key']}" if not book.named else _is_plan(deal, wanted, book)) and key not in seen
            ),
            None,
        )
        if key is None:
            _missing(found, "plans", wanted["key"], settled.why("plan", wanted["key"]))
            for _ in wanted["items"]:
                _missing(found, "plan items", wanted["key"], settled.why("plan", wanted["key"]))
            continue
        seen.add(key)
        deal = loaded[key]
        if not book.is_of(deal["person"], wanted["patient"]):
            found.note("plans", "wrong person", f"{wanted['key']} stands with {deal['person']}, not {wanted['patient']}")
            continue
        stage, status = _PLAN[wanted["status"]]
        shown = {
            "heading": wanted["heading"] if wanted["heading"] in deal["title"] else deal["title"],
            "date": deal.get("Source created"),
            "status": (deal["stage"] if stage else None, deal["status"]),
            "total": deal["value"],
            "invoiced": (deal.get("Total_Invoice__c") or ("", 0))[1],
            "paid": (deal.get("Total_Paid__c") or ("", 0))[1],
        }
        right = {
            "heading": wanted["heading"],
            "date": wanted["date"],
            "status": (stage, status),
            "total": wanted["total_cents"],
            "invoiced": wanted["invoiced_cents"],
            "paid": wanted["paid_cents"],
        }
        found.compare("plans", wanted["key"], shown, right, money=["total", "invoiced", "paid"])
        _items(wanted, procedures(deal), found, settled)
    for key in loaded.keys() - seen:
        found.note("plans", "extra", f"{key} {loaded[key]['title']} is in no truth")


def _is_plan(deal: Facts, wanted: Facts, book: Book) -> bool:
    return (
        wanted["heading"] in deal["title"]
        and deal.get("Source created") == wanted["date"]
        and book.is_of(deal["person"], wanted["patient"])
    )


def _items(plan: Facts, shown: list[dict[str, Any]], found: Score, settled: Settled) -> None:
    left = list(shown)
    for wanted in plan["items"]:
        fits = [item for item in left if item["name"].startswith(wanted["code"]) and item.get("tooth", "") == wanted["tooth"]]
        fits.sort(key=lambda item: (item.get("surfaces", "") != wanted["surfaces"], item.get("fee") != wanted["fee_cents"]))
        if not fits:
            _missing(found, "plan items", f"{plan['key']} {wanted['code']}", settled.why("plan item", plan["key"]))
            continue
        item = fits[0]
        left.remove(item)
        one = {
            "description": wanted["description"] in item["name"],
            "surfaces": item.get("surfaces", ""),
            "quantity": float(item.get("qty", 1)),
            "fee": item.get("fee"),
            "discount": item.get("discount", 0),
            "done": item["done"],
        }
        right = {
            "description": True,
            "surfaces": wanted["surfaces"],
            "quantity": float(wanted["quantity"]),
            "fee": wanted["fee_cents"],
            "discount": wanted["discount_cents"],
            "done": wanted["done"],
        }
        found.compare("plan items", f"{plan['key']} {wanted['code']}", one, right, money=["fee"])
    for item in left:
        found.note("plan items", "extra", f"{plan['key']} {item['name']} is in no truth")


def _invoices(truth: Facts, account: Account, book: Book, settled: Settled, found: Score) -> None:
    for wanted in truth["invoices"]:
        found.counts["invoices"]["expected"] += 1
        found.counts["invoice lines"]["expected"] += len(wanted["lines"])
        told = account.invoices.get(wanted["key"], [])
        if not told:
            _missing(found, "invoices", wanted["key"], settled.why("invoice", wanted["key"]))
            for _ in wanted["lines"]:
                _missing(found, "invoice lines", wanted["key"], settled.why("invoice line", wanted["key"]))
            continue
        if len(told) > 1:
            found.note("invoices", "extra", f"{wanted['key']} is told {len(told)} times")
        one = told[0]
        if not book.is_of(one["person"], wanted["patient"]):
            found.note("invoices", "wrong person", f"{wanted['key']} stands with {one['person']}, not {wanted['patient']}")
            continue
        status = "open" if one["status"] == "overdue" and wanted["status"] == "open" else one["status"]
        status = "part paid" if one["status"] == "overdue" and wanted["status"] == "part paid" else status
        shown = {"date": one["date"], "status": status, "total": one.get("total"), "open": one.get("balance", wanted["open_cents"])}
        right = {"date": wanted["date"], "status": wanted["status"], "total": wanted["total_cents"], "open": wanted["open_cents"]}
        found.compare("invoices", wanted["key"], shown, right, money=["total", "open"])
        have = Counter((line["code"], line.get("last")) for line in one["lines"])
        need = Counter((line["code"], line["total_cents"]) for line in wanted["lines"])
        for code, cents in (need - have).elements():
            if any(line["code"] == code for line in one["lines"]):
                found.note("invoice lines", "money", f"{wanted['key']} {code}: not {cents}", name="total")
                found.counts["invoice lines"]["cents"] += cents
            else:
                _missing(found, "invoice lines", f"{wanted['key']} {code}", settled.why("invoice line", wanted["key"]))
        for code, cents in (have - need).elements():
            if not any(line["code"] == code for line in wanted["lines"]):
                found.note("invoice lines", "extra", f"{wanted['key']} {code} of {cents}")
    for key in account.invoices.keys() - {wanted["key"] for wanted in truth["invoices"]}:
        found.note("invoices", "extra", f"{key} is in no truth")


def _payments(truth: Facts, account: Account, book: Book, settled: Settled, found: Score) -> None:
    patient_of = {invoice["key"]: invoice["patient"] for invoice in truth["invoices"]}
    kept = set()
    for wanted in truth["payments"]:
        found.counts["payments"]["expected"] += 1
        kind, _, number = wanted["key"].rpartition(" ")
        number = f"CP{number}" if kind == "claimpayment" else number  # the files number them apart from receipts
        entries = account.receipts.get(number, [])
        if not entries:
            _missing(found, "payments", wanted["key"], settled.why(kind or "payment", number.removeprefix("CP")))
            continue
        kept.add(number)
        allowed = {wanted["payer"], *(patient_of[part["invoice"]] for part in wanted["invoices"] if part["invoice"] in patient_of)}
        for entry in entries:
            if not any(book.is_of(entry["person"], one) for one in allowed):
                found.note("payments", "wrong person", f"{wanted['key']} stands with {entry['person']}, not {sorted(allowed)}")
        shown = {"amount": sum(entry["cents"] for entry in entries), "date": entries[0]["date"]}
        known = METHODS[wanted["method"]]
        shown["method"] = wanted["method"] if any(word in entries[0]["words"].split(" · ") for word in known) else entries[0]["words"]
        right = {"amount": wanted["amount_cents"], "date": wanted["date"], "method": wanted["method"]}
        found.compare("payments", wanted["key"], shown, right, money=["amount"])
    moved = {transfer["key"] for transfer in truth.get("transfers", ())}
    for number in account.receipts.keys() - kept:
        entries = account.receipts[number]
        is_moved = number in moved or all("Allocation" in entry["words"] for entry in entries)
        if is_moved and not sum(entry["cents"] for entry in entries):
            continue  # money that was there before, a deposit that is used: what one account gains, another one, or itself, loses
        found.note("payments", "extra", f"receipt {number} is in no truth")


def _notes(truth: Facts, account: Account, book: Book, settled: Settled, found: Score) -> None:
    clinical = [note for note in account.notes.values() if note["lines"] and note["lines"][0].startswith("Clinical note")]
    calls = list(account.of("communication").values())
    zones = {ZoneInfo(each["time_zone"]) for each in truth["practice"]["locations"]}
    left = [(note, _bare(note["lines"][1:]), note["add_time"][:16]) for note in clinical]
    left += [(call, _bare(call["lines"]), f"{call['due_date']} {call['due_time']}") for call in calls]
    for wanted in truth["notes"]:
        found.counts["notes"]["expected"] += 1
        text = _bare([wanted["text"]])
        local = datetime.fromisoformat(wanted["at_local"])  # the truth does not say at which location
        at = {local.replace(tzinfo=zone).astimezone(UTC).strftime("%Y-%m-%d %H:%M") for zone in zones}
        same = [each for each in left if text in each[1]]
        own = [each for each in same if book.is_of(each[0]["person"], wanted["patient"])]
        own.sort(key=lambda each: each[2] not in at)
        if own:
            left.remove(own[0])
            found.compare("notes", f"{wanted['patient']} {wanted['at_local']}", {"time": own[0][2] in at}, {"time": True})
        elif stray := [each for each in same if each[2] in at]:
            found.note("notes", "wrong person", f"{wanted['patient']} {wanted['at_local']} stands with {stray[0][0]['person']}")
            left.remove(stray[0])
        else:
            _missing(
                found, "notes", f"{wanted['patient']} {wanted['at_local']}", settled.why("note", wanted["patient"], wanted["at_local"])
            )
    for note, _, when in left:
        if book.is_lead(note["person"]):
            continue
        found.note("notes", "extra", f"{when} with {note['person']} is in no truth")


def _bare(lines: Iterable[str]) -> str:
    return " ".join(" ".join(lines).split())


def _recalls(truth: Facts, account: Account, book: Book, settled: Settled, found: Score) -> None:
    left = account.of("recall")
    for wanted in truth["recalls"]:
        found.counts["recalls"]["expected"] += 1
        due = {key: each for key, each in left.items() if each["due_date"] == wanted["due"]}
        key = next((key for key, each in due.items() if book.is_of(each["person"], wanted["patient"])), None)
        others = {each["patient"] for each in truth["recalls"] if each["due"] == wanted["due"]} - {wanted["patient"]}
        stray = next((key for key, each in due.items() if not any(book.is_of(each["person"], one) for one in others)), None)
        if key is None and stray is not None:
            found.note("recalls", "wrong person", f"{wanted['patient']} {wanted['due']} stands with {left.pop(stray)['person']}")
            continue
        if key is None:
            _missing(found, "recalls", f"{wanted['patient']} {wanted['due']}", settled.why("recall", wanted["patient"], wanted["due"]))
            continue
        record = left.pop(key)
        shown = {"kind": wanted["kind"] in record["subject"], "open": not record["done"]}
        found.compare("recalls", f"{wanted['patient']} {wanted['due']}", shown, {"kind": True, "open": not wanted["disabled"]})
    for key, record in left.items():
        found.note("recalls", "extra", f"{key} on {record['due_date']} with {record['person']} is in no truth")


def _unattachable(truth: Facts, account: Account, book: Book, settled: Settled, found: Score) -> None:
    for row in truth["unattachable"]:
        found.counts["nobody's rows"]["expected"] += 1
        kind = next((kind for word, kind in FILES.items() if word in row["file"]), "")
        keys = [] if book.named else [f"{kind}:{row['key']}"]
        paid = account.receipts.get(row["key"], []) if "pay" in row["file"] and "split" not in row["file"] else []
        if loaded := [key for key in keys if key in account.activities or key in account.notes] + [each["words"] for each in paid]:
            found.note("nobody's rows", "wrong person", f"{row['file']} {row['key']} came in as {loaded}")


def _totals(truth: Facts, account: Account, book: Book, settled: Settled, found: Score) -> None:
    sums = {"invoiced": "Total_Invoice__c", "received": "Total_Paid__c"}
    shown = {name: sum((deal.get(label) or ("", 0))[1] for deal in account.deals.values()) for name, label in sums.items()}
    right = {name: truth["totals"][f"{name}_cents"] for name in sums}
    found.counts["practice"]["expected"] = len(right)
    found.compare("practice", "all deals", shown, right, money=right)
