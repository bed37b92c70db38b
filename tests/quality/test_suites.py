"""The suites find what is wrong, name the rows and nothing else, and stand aside where a column is absent."""

from __future__ import annotations

import json
from datetime import date

import pandas as pd
import pytest

from migkit import resources
from migkit.countries import country_of
from migkit.model.canonical import CanonicalSchema
from migkit.model.country import NO_COUNTRY
from migkit.model.outcomes import Finding, Severity
from migkit.model.tables import CanonicalTables
from migkit.quality import quality_digest, unaccepted, validate

FOLDER = resources.folder("expectations")


@pytest.fixture(scope="module")
def report(typed):
    frames = {
        "patients": typed(
            "patients",
            [
                {"patient_id": "1", "last_name": "Ng", "birth_date": "2030-01-01", "mobile": "+61412345678", "status": "active"},
                {"patient_id": "1", "last_name": None, "birth_date": "1980-01-01", "mobile": "0412", "status": "odd"},
            ],
        ),
        "invoices": typed("invoices", [{"invoice_id": "5", "patient_id": "1", "total": 1000, "status": "paid"}]),
        "invoice_lines": typed("invoice_lines", [{"invoice_id": "5", "total": 900, "item_code": "011", "_key": "invoice_line:a"}]),
    }
    return validate(CanonicalTables(frames, (), pd.DataFrame(), pd.DataFrame()), FOLDER, date(2026, 5, 1))


def test_every_planted_flaw_is_found_at_its_row(report):
    """A doubled id, a missing name, a birth date ahead, a broken phone, an unmapped status, a sum that is off: each at its line."""
    rows = report.failing_rows()

    found = {(check, line) for check, line in zip(rows["check"], rows["line"], strict=True)}
    assert found == {
        ("patients.patient_id.be-unique", 2),
        ("patients.patient_id.be-unique", 3),
        ("patients.last_name.not-be-null", 3),
        ("patients.birth_date.be-between", 2),
        ("patients.mobile.match-regex", 3),
        ("patients.status.be-in-set", 3),
        ("invoices.total / _lines_total.to-be-equal", 2),
    }


def test_a_column_that_the_export_lacks_is_not_applicable(report):
    """No e-mail column at all: its checks neither pass nor fail."""
    results = report.to_frame()

    assert set(results.loc[results["field"] == "email", "result"]) == {"not applicable"}


PRICED = [
    {"item_code": "011", "quantity": 1.0, "fee": 7000},
    {"item_code": "022", "quantity": 2.0, "fee": 5000},
    {"item_code": "615", "quantity": 1.0, "fee": 165000, "discount": 20000, "total": 145000},
]
"""70.00, 2 × 50.00 and 1,650.00 less 200.00: 1,620.00."""


@pytest.mark.parametrize(
    ("total", "items", "is_told"),
    [
        (162000, PRICED, False),
        (182000, PRICED, False),
        (172000, PRICED, True),
        (162000, [{**item, "total": None} for item in PRICED], False),
        (162000, [{**item, "total": None, "discount": -(item.get("discount") or 0)} for item in PRICED], False),
        (162000, [{"item_code": "0", "total": 162000}], False),
        (162000, [*PRICED, {"item_code": "9", "fee": 9900, "status": "cancelled"}], False),
        (162000, [*PRICED, {"item_code": "9", "fee": 9900, "deleted": True}], False),
        (162000, [*PRICED, {"item_code": "9", "fee": 9900}], True),
    ],
    ids=["net totals", "before the discount", "neither", "fees", "signed discounts", "totals alone", "cancelled", "deleted", "one more"],
)
def test_a_plan_s_items_count_as_their_rows_say(typed, total, items, is_told):
    """An item comes to its own total, else its fees less its discount, or before it where the plan's total is; what was cancelled or
    deleted is none of the plan."""
    plan = typed("treatment_plans", [{"plan_id": "1", "patient_id": "1", "total": total}])
    rows = typed("treatment_items", [{"item_id": str(number), "plan_id": "1", **item} for number, item in enumerate(items)])
    tables = CanonicalTables({"treatment_plans": plan, "treatment_items": rows}, (), pd.DataFrame(), pd.DataFrame())
    found = {one.check for one in validate(tables, FOLDER, date(2026, 5, 1)).findings}
    assert ("treatment_plans.total / _items_total.to-be-equal" in found) == is_told


def test_an_invoice_s_lines_count_as_their_rows_say(typed):
    """Lines without totals come to their fees less their discounts, one that is deleted or says none to nothing."""
    whole = [{"quantity": 2.0, "fee": 5000}, {"fee": 9000, "discount": 1000}, {"total": 2000}, {"fee": 7700, "deleted": True}]
    told = {}
    for name, lines in {"all": whole, "less": whole[1:], "free": [*whole, {"item_code": "9"}]}.items():
        invoice = typed("invoices", [{"invoice_id": "1", "patient_id": "1", "total": 20000}])
        rows = typed("invoice_lines", [{"line_id": str(number), "invoice_id": "1", **line} for number, line in enumerate(lines)])
        tables = CanonicalTables({"invoices": invoice, "invoice_lines": rows}, (), pd.DataFrame(), pd.DataFrame())
        found = {one.check for one in validate(tables, FOLDER, date(2026, 5, 1)).findings}
        told[name] = "invoices.total / _lines_total.to-be-equal" in found
    assert told == {"all": False, "less": True, "free": False}


def test_findings_never_carry_a_value(report):
    """Keys and counts only: the broken phone and the odd status are not in any message."""
    text = " ".join(str(f) + " ".join(f.keys) for f in report.findings)

    assert "0412" not in text and "odd" not in text


def test_an_accepted_finding_opens_again_when_it_grows():
    """Accepting three rows does not accept a fourth."""
    finding = Finding.of("expectation-failed", check="patients.status.be-in-set", severity=Severity.CRITICAL, count=4, rows=9, note="x")

    assert unaccepted([finding], {finding.name: {"count": 4}}) == ()
    assert unaccepted([finding], {finding.name: {"count": 3}}) == (finding,)
    assert unaccepted([finding], {}) == (finding,)


def test_the_gate_follows_suite_and_accepted_findings(tmp_path):
    """Another accepted finding, or another threshold, is another subject; who accepted it is not."""
    (tmp_path / "patients.json").write_text(json.dumps({"expectations": [1]}))
    first = quality_digest(tmp_path, {"a": {"count": 1, "by": "x"}})

    assert quality_digest(tmp_path, {"a": {"count": 1, "by": "y"}}) == first
    assert quality_digest(tmp_path, {"a": {"count": 2}}) != first
    (tmp_path / "patients.json").write_text(json.dumps({"expectations": [2]}))
    assert quality_digest(tmp_path, {"a": {"count": 1}}) != first


def test_every_table_has_a_suite_over_columns_that_exist(schema: CanonicalSchema):
    """One suite per canonical table; every expectation names a canonical column, a severity and a reason."""
    assert {path.stem for path in FOLDER.glob("*.json")} == set(schema.tables)
    for path in FOLDER.glob("*.json"):
        for expectation in json.loads(path.read_text())["expectations"]:
            columns = [expectation["kwargs"].get(name) for name in ("column", "column_A", "column_B")]
            known = set(schema[path.stem].fields) | {"_items_total", "_lines_total"}
            assert {c for c in columns if c} <= known, path.stem
            assert Severity(expectation["severity"]) and expectation["meta"]["note"]


def test_what_a_country_s_people_write_is_checked_by_its_own_rules(typed):
    """Postcodes, states and numbers of authorities are each country's; without a country they are not applicable."""
    row = {
        "patient_id": "1",
        "last_name": "Ng",
        "postcode": "1010",
        "state": "NSW",
        "medicare_number": "2123456701",
        "national_id": "ZAA0067",
    }
    frames = {"patients": typed("patients", [row])}
    checked = {}
    for code in ("AU", "NZ", "GB", ""):
        country = country_of(code) if code else NO_COUNTRY
        report = validate(CanonicalTables(frames, (), pd.DataFrame(), pd.DataFrame()), FOLDER, date(2026, 5, 1), country)
        results = report.to_frame().set_index("field")["result"]
        checked[code] = [results[name] for name in ("postcode", "state", "medicare_number", "national_id")]
    assert checked["AU"] == ["passed", "passed", "passed", "not applicable"]
    assert checked["NZ"] == ["passed", "not applicable", "not applicable", "passed"]
    assert checked["GB"] == ["failed", "not applicable", "not applicable", "failed"]
    assert checked[""] == ["not applicable"] * 4


@pytest.mark.parametrize(
    ("code", "field", "right", "wrong"),
    [
        (
            "AU",
            "medicare_number",
            ["2123456701", "2123 45670 1", "2123-45670-1", "21234567011", "2123 45670 1/2"],
            "2123 45670",
        ),
        ("NZ", "national_id", ["ZAA0067", "ZAA 0067", "ZAA-0067"], "ZAA 006"),
        ("IE", "national_id", ["1234567T", "1234567 T", "1234567TW"], "1234567"),
        ("US", "national_id", ["123456789", "123-45-6789", "123 45 6789"], "123 45 678"),
    ],
)
def test_blanks_and_hyphens_of_a_number_are_spelling(typed, code: str, field: str, right: list[str], wrong: str):
    """As cards print it; after a Medicare number that of the person on the card may stand. A digit too few is still found, as written."""
    rows = [{"patient_id": str(number), "last_name": "Ng", field: value} for number, value in enumerate([*right, wrong])]
    frames = {"patients": typed("patients", rows)}
    report = validate(CanonicalTables(frames, (), pd.DataFrame(), pd.DataFrame()), FOLDER, date(2026, 5, 1), country_of(code))
    failing = report.failing_rows()
    assert list(failing[failing["why"].str.contains("Medicare|national number")]["line"]) == [len(right) + 2]
    assert frames["patients"][field].tolist() == [*right, wrong]


@pytest.mark.filterwarnings("ignore:.*condition:DeprecationWarning", "ignore:.*row_condition:DeprecationWarning")
def test_a_check_of_some_rows_may_ask_about_any_column(typed, tmp_path):
    """A suite that somebody extends: its condition names a column that no check is about, and the rows that it leaves alone pass."""
    checked = {"column": "mobile", "regex": "^[+]61", "row_condition": 'status=="active"', "condition_parser": "pandas"}
    meta = {"note": "Mobiles of the active", "category": "format"}
    check = {"type": "expect_column_values_to_match_regex", "kwargs": checked, "severity": "warning", "meta": meta}
    (tmp_path / "patients.json").write_text(json.dumps({"name": "patients", "expectations": [check]}))
    numbers = {"1": ("0412 000 001", "inactive"), "2": ("0412 000 002", "active"), "3": ("+61412000003", "active")}
    rows = [{"patient_id": number, "mobile": mobile, "status": status} for number, (mobile, status) in numbers.items()]
    tables = CanonicalTables({"patients": typed("patients", rows)}, (), pd.DataFrame(), pd.DataFrame())
    assert list(validate(tables, tmp_path, date(2026, 5, 1)).failing_rows()["line"]) == [3]
