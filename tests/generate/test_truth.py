"""The clean truth: every table is there, every sum holds to the cent, every reference leads somewhere."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import phonenumbers
import yaml

from migkit.resources import folder

from .conftest import PATIENTS, Made

RECORDS = {  # per 200 patients, at least
    "practitioners": 9, "families": 20, "patients": 200, "appointments": 560, "treatment_plans": 110, "treatment_items": 350,
    "invoices": 230, "invoice_lines": 400, "payments": 220, "health_funds": 90, "clinical_notes": 190, "attachments": 55, "products": 40,
    "leads": 38, "communications": 240, "recalls": 120, "workflows": 8, "reports": 6,
}  # fmt: skip


NOT_MADE = {"tasks"}
"""Canonical tables of which no practice is made: only some systems have them."""


def canonical() -> dict[str, Any]:
    tables = yaml.safe_load((folder("templates") / "canonical.yaml").read_text(encoding="utf-8"))["tables"]
    return {name: spec for name, spec in tables.items() if name not in NOT_MADE}


def test_every_canonical_table_has_its_volume_of_records(made: Made) -> None:
    """All tables of the practice are filled, at about the volumes that one of this size has."""
    assert set(RECORDS) == set(canonical())
    fixed = {"practitioners", "products", "workflows", "reports"}
    for table, least in RECORDS.items():
        assert len(made.tables[table]) >= (least if table in fixed else least * PATIENTS // 200), table
    assert len(made.tables["patients"]) == PATIENTS


def test_fields_and_codes_are_canonical(made: Made) -> None:
    """Records use canonical field names and, in closed code fields, canonical values; all else is `custom:`."""
    for table, spec in canonical().items():
        for record in made.tables[table]:
            for name, value in record.items():
                if name.startswith("custom:"):
                    continue
                assert name in spec["fields"], (table, name)
                closed = spec["fields"][name].get("values")
                if closed and value is not None:
                    assert value in closed, (table, name, value)


def test_ids_are_unique_and_references_resolve(made: Made) -> None:
    """Ids are unique within a table; a reference is empty or leads to a record."""
    ids = {table: [r[spec["key"][0]] for r in made.tables[table]] for table, spec in canonical().items()}
    for table, spec in canonical().items():
        assert len(set(ids[table])) == len(ids[table]), table
        for name, field in spec["fields"].items():
            target = set(ids[field["ref"]]) if field.get("ref") else None
            if target is not None:
                lost = [r[name] for r in made.tables[table] if r.get(name) and r[name] not in target]
                assert not lost, (table, name, lost[:3])


def test_plan_totals_are_the_sum_of_their_items(made: Made) -> None:
    """A plan's total is the sum of quantity × fee over its items that are not cancelled."""
    sums: Counter[str] = Counter()
    for item in made.tables["treatment_items"]:
        sums[item["plan_id"]] += item["quantity"] * item["fee"] if item["status"] != "cancelled" else 0
    assert all(plan["total"] == sums[plan["plan_id"]] > 0 for plan in made.tables["treatment_plans"])


def test_invoices_are_the_sum_of_their_lines(made: Made) -> None:
    """Net, GST and total of an invoice are those of its lines; GST is a tenth of what is taxed."""
    net: Counter[str] = Counter()
    gst: Counter[str] = Counter()
    for line in made.tables["invoice_lines"]:
        assert line["total"] == line["quantity"] * line["fee"] - line["discount"] + line["gst"]
        if line["gst"]:
            assert abs(line["gst"] * 10 - line["quantity"] * line["fee"]) <= 10 * line["quantity"]
        net[line["invoice_id"]] += line["total"] - line["gst"]
        gst[line["invoice_id"]] += line["gst"]
    for invoice in made.tables["invoices"]:
        number = invoice["invoice_id"]
        assert (invoice["net"], invoice["gst"], invoice["total"]) == (net[number], gst[number], net[number] + gst[number])


def test_payments_explain_what_is_paid_and_what_is_owed(made: Made) -> None:
    """Paid = payments + allocations + reversals; balance = total − paid; no prepayment is allocated beyond itself."""
    paid: Counter[str] = Counter()
    left: Counter[str] = Counter()
    for payment in made.tables["payments"]:
        if payment["kind"] in ("payment", "allocation", "reversal"):
            paid[payment["invoice_id"]] += payment["amount"]
        if payment["prepayment_number"]:
            left[payment["prepayment_number"]] += payment["amount"] * (-1 if payment["kind"] == "allocation" else 1)
    for invoice in made.tables["invoices"]:
        assert invoice["paid"] == paid[invoice["invoice_id"]]
        assert invoice["balance"] == (0 if invoice["status"] == "void" else invoice["total"] - invoice["paid"])
        if invoice["status"] == "paid":
            assert invoice["balance"] == 0
    assert left
    assert all(amount >= 0 for amount in left.values())
    kinds = {payment["kind"] for payment in made.tables["payments"]}
    assert kinds == {"payment", "prepayment", "allocation", "reversal", "refund"}
    assert any(line["item_code"] == "997" for line in made.tables["invoice_lines"])
    assert any(p["reference"] and "997" in p["reference"] and p["method"] == "other" for p in made.tables["payments"])
    assert any(i["bill_to_id"] not in (None, i["patient_id"]) for i in made.tables["invoices"])


def test_report_numbers_follow_from_the_records(made: Made) -> None:
    """The control figures of two reports agree with a count of the records made here."""
    numbers = {r["name"]: made.truth["sums"]["reports"][r["report_id"]] for r in made.tables["reports"]}
    revenue: Counter[str] = Counter()
    for invoice in made.tables["invoices"]:
        if invoice["date"].startswith("2026-10") and invoice["status"] != "void":
            revenue[invoice["practitioner_name"]] += invoice["total"]
    assert numbers["Revenue by dentist"] == {"total": sum(revenue.values()), "groups": dict(sorted(revenue.items()))}
    states = Counter(a["status"] for a in made.tables["appointments"] if a["date"].startswith("2026-10"))
    assert numbers["Appointments by status"] == {"total": sum(states.values()), "groups": dict(sorted(states.items()))}


def test_patients_are_of_every_kind(made: Made) -> None:
    """Every status, under-18s, no e-mail, non-ASCII names, families that share contact data, twins and namesakes are there."""
    patients = made.tables["patients"]
    assert {p["status"] for p in patients} == {"active", "inactive", "archived", "deceased", "merged", "deleted"}
    assert 0.08 < sum(p["email"] is None for p in patients) / len(patients) < 0.25
    assert any(p["birth_date"] and p["birth_date"] > "2008-10-31" for p in patients)
    assert any(not p["last_name"].isascii() for p in patients)
    assert any("'" in p["last_name"] or "-" in p["last_name"] for p in patients)
    assert any(p["first_name"].startswith("Baby of ") for p in patients)
    assert any(p["former_last_name"] for p in patients)
    assert {p["custom:Hygiene Club"] for p in patients} == {None, "Gold", "Silver", "Bronze"}
    by_key = {f"patient:{p['patient_id']}": p for p in patients}
    traits = defaultdict(list)
    for key, trait in made.truth["traits"].items():
        traits[trait].append(by_key[key])
    assert set(traits) == {"twin", "same-name-child", "newborn"}
    assert any(
        a is not b and a["birth_date"] == b["birth_date"] and a["first_name"] != b["first_name"]
        for a in traits["twin"]
        for b in traits["twin"]
    )
    son = traits["same-name-child"][0]
    fathers = [p for p in patients if (p["first_name"], p["last_name"]) == (son["first_name"], son["last_name"]) and p is not son]
    assert any(f["address_line1"] == son["address_line1"] and f["birth_date"] < son["birth_date"] for f in fathers)


def test_persons_and_households_cover_the_patients(made: Made) -> None:
    """Every patient is of one person; tombstones point at their person; a household's head is its first member."""
    ids = {f"patient:{p['patient_id']}" for p in made.tables["patients"]}
    members = [key for cluster in made.truth["persons"].values() for key in cluster]
    assert sorted(members) == sorted(ids)
    for patient in made.tables["patients"]:
        if patient["status"] == "merged":
            cluster = made.truth["persons"][f"patient:{patient['merged_into_id']}"]
            assert f"patient:{patient['patient_id']}" in cluster
    doubled = sum(len(cluster) - 1 for cluster in made.truth["persons"].values())
    assert doubled == round(0.05 * PATIENTS) == len(made.truth["variations"])
    kinds = {household["kind"] for household in made.truth["households"]}
    assert kinds == {"household", "employer"}
    homes = [h for h in made.truth["households"] if h["kind"] == "household"]
    assert all(h["head"] == h["members"][0] and len(h["members"]) > 1 for h in homes)


def test_phones_are_possible_australian_numbers(made: Made) -> None:
    """Phones of the truth are E.164 and valid for the phone library that cleaning relies on."""
    for patient in made.tables["patients"]:
        for name in ("mobile", "home_phone"):
            if patient[name]:
                number = phonenumbers.parse(patient[name], None)
                assert phonenumbers.is_valid_number(number), patient[name]


def test_daylight_saving_hours_are_booked(made: Made) -> None:
    """One booking lies in an hour that never was in Sydney, one in an hour that was twice."""
    zone = ZoneInfo(made.truth["practice"]["timezone"])

    def kind(text: str) -> str:
        local = datetime.fromisoformat(text)
        first, second = (local.replace(tzinfo=zone, fold=fold).utcoffset() or timedelta() for fold in (0, 1))
        return "plain" if first == second else "never" if first < second else "twice"

    found = Counter(kind(a["start_at"]) for a in made.tables["appointments"])
    assert found["never"] == found["twice"] == 1


def test_some_clinical_notes_are_unsafe_and_some_too_long(made: Made) -> None:
    """Notes hold script, and three of them are longer than 100 KB."""
    notes = made.tables["clinical_notes"]
    assert sum(len(n["content"].encode()) > 102_400 for n in notes) == 3
    assert any("<script>" in n["content"] for n in notes)
