"""What the machine proposes, for tables written out here and for the header lists of real systems."""

from __future__ import annotations

import json
import random
import sys
from pathlib import Path

import pandas as pd
import pytest
from made import export, table

from migkit import mapping
from migkit.countries import country_of
from migkit.mapping.codes import value_proposals
from migkit.migration.defaults import knowledge
from migkit.model.canonical import CanonicalSchema

BENCH = Path(__file__).parents[2] / "bench"


def meanings(proposals: mapping.Proposals, source: str) -> dict[str, str | None]:
    return {name: column.choice for name, column in proposals.tables[source].columns.items()}


def test_headers_alone_are_answered(schema: CanonicalSchema) -> None:
    """A file without rows is proposed from its names: abbreviations, camelCase and words run together included."""
    raw = export(table("pt_export", "PtID, LName, FName, DateOfBirth, hmphone, Cell, E-Mail Addr, Zip Code, Sex, ShoeSize"))
    proposed = mapping.propose(raw, schema, knowledge())
    assert proposed.tables["pt_export"].table == "patients"
    assert meanings(proposed, "pt_export") == {
        "PtID": "patient_id", "LName": "last_name", "FName": "first_name", "DateOfBirth": "birth_date", "hmphone": "home_phone",
        "Cell": "mobile", "E-Mail Addr": "email", "Zip Code": "postcode", "Sex": "gender", "ShoeSize": None,
    }  # fmt: skip


def test_paths_and_glued_beginnings_are_read(schema: CanonicalSchema) -> None:
    """Of `patient.name.firstName` the last step counts, of `contact.id` the last two; `pfirstname` is `firstname` where many begin so."""
    paths = export(table("patients", "patient.identity.firstName, Patient: Surname, patient.identity.dob, address.street, contact.email"))
    assert meanings(mapping.propose(paths, schema, knowledge()), "patients") == {
        "patient.identity.firstName": "first_name", "Patient: Surname": "last_name", "patient.identity.dob": "birth_date",
        "address.street": "address_line1", "contact.email": "email",
    }  # fmt: skip
    glued = export(table("patients", "xfirstname, xlastname, xdob, xmobile, xpostcode"))
    assert list(meanings(mapping.propose(glued, schema, knowledge()), "patients").values()) == [
        "first_name", "last_name", "birth_date", "mobile", "postcode",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "header", "wanted"),
    [
        ("acme-appointments-2026", "Date, Location, First Name, Last Name, Email, Practitioner, Service, Duration", "appointments"),
        ("export1", "Patient Name, Patient Phone, Patient Email, Appointment Date, Appointment Time, Doctor", "appointments"),
        ("west branch leads", "First Name, Last Name, Email, Phone, Lead Source, Lead Status", "leads"),
        ("contacts_v2", "First Name, Last Name, Email, Phone, Created At", "patients"),
        ("sales invoices", "Invoice Number, Invoice Date, Customer, Item, Description, Quantity, Unit Price, Amount", "invoice_lines"),
    ],
)
def test_a_file_is_known_by_what_its_headers_speak_of(schema: CanonicalSchema, name: str, header: str, wanted: str) -> None:
    """Unknown words of a file's name do not hide the known one, and a diary that carries the patient's columns stays a diary."""
    assert mapping.propose(export(table(name, header)), schema, knowledge()).tables[name].table == wanted


def test_lines_that_carry_their_invoice_are_lines(schema: CanonicalSchema) -> None:
    """Repeated invoice numbers with items are invoice lines; date, patient and status go to the invoice."""
    rows = [
        [str(100 + n // 2), "03/02/2026", str(1040 + n // 2), "Ito, Mei", item, what, str(n + 11), "$50.00", "Paid"]
        for n, (item, what) in enumerate([("011", "Exam"), ("114", "Scale"), ("022", "X-ray"), ("521", "Filling")] * 5)
    ]
    raw = export(
        table("Billing", "Invoice No, Invoice Date, Patient ID, Dentist, Item, Description, Tooth, Line Total, Invoice Status", *rows)
    )
    proposed = mapping.propose(raw, schema, knowledge())
    assert proposed.tables["Billing"].table == "invoice_lines"
    assert meanings(proposed, "Billing") == {
        "Invoice No": "invoice_id", "Invoice Date": "invoices.date", "Patient ID": "invoices.patient_id", "Dentist": "practitioner_name",
        "Item": "item_code", "Description": "description", "Tooth": "tooth", "Line Total": "total", "Invoice Status": "invoices.status",
    }  # fmt: skip


def test_one_row_an_invoice_is_an_invoice(schema: CanonicalSchema) -> None:
    """The same header without items, each number once, is a table of invoices."""
    rows = [[f"INV-{n}", "03/02/2026", "Ito, Mei", "55.00", "0.00", "Paid"] for n in range(12)]
    proposed = mapping.propose(export(table("Report", "Invoice No, Date, Patient, Total, Balance, Status", *rows)), schema, knowledge())
    assert proposed.tables["Report"].table == "invoices"
    assert meanings(proposed, "Report")["Invoice No"] == "invoice_id"


def test_values_speak_where_headers_do_not(schema: CanonicalSchema) -> None:
    """Columns named c1, c2, … are known by their values: mobiles, e-mails, birth dates, states."""
    rng = random.Random(5)

    def row(n: int) -> list[str]:
        born = f"{rng.randint(1, 28):02d}/0{rng.randint(1, 9)}/{rng.randint(1940, 2015)}"
        return [f"04{rng.randint(10**7, 10**8 - 1)}", f"someone{n}@example.com", born, rng.choice(["NSW", "VIC", "QLD"]), rng.choice("MF")]

    rows = [row(n) for n in range(40)]
    proposed = mapping.propose(export(table("t1", "c1, c2, c3, c4, c5", *rows)), schema, knowledge(), tables={"t1": "patients"})
    assert meanings(proposed, "t1") == {"c1": "mobile", "c2": "email", "c3": "birth_date", "c4": "state", "c5": "gender"}


def test_a_reference_is_evidence_in_words(schema: CanonicalSchema) -> None:
    """A key says which columns of other tables refer to it, a reference how many of its values are keys there."""
    patients = table("Patients", "Patient ID, Last Name, First Name", *[[str(1000 + n), "Ito", f"Mei{n}"] for n in range(30)])
    visits = table("Visits", "Visit ID, Patient, Date, Start", *[[str(n), str(1000 + n % 20), "01/02/2026", "09:00"] for n in range(60)])
    proposed = mapping.propose(export(patients, visits), schema, knowledge(), tables={"Patients": "patients", "Visits": "appointments"})
    key = proposed.tables["Patients"].columns["Patient ID"].candidates[0]
    reference = proposed.tables["Visits"].columns["Patient"].candidates[0]
    assert "100% distinct and referred to by Visits.Patient" in key.evidence
    assert (reference.target, "100% of the values are ids of patients" in reference.evidence) == ("patient_id", True)


def test_two_columns_never_take_one_field(schema: CanonicalSchema) -> None:
    """Whatever the names, one assignment decides."""
    raw = export(table("Patients", "Mobile, Mobile Phone, Cell, Mobile No, Cell Phone, Last Name, DOB"))
    taken = [to for to in meanings(mapping.propose(raw, schema, knowledge()), "Patients").values() if to]
    assert len(taken) == len(set(taken))


def test_codes_are_proposed_with_their_meaning(schema: CanonicalSchema) -> None:
    """Known spellings get the canonical value, variants of one open value one spelling, the unknown nothing."""
    status = ["Booked", "Completed", "FTA", "UTA", "Qqq"]
    rows = [[str(n), str(n), "01/02/2026", status[n % 5], ["Check-up", "check up", "CHECK-UP"][n % 3]] for n in range(30)]
    proposed = mapping.propose(export(table("Appointments", "Appointment ID, Patient ID, Date, Status, Type", *rows)), schema, knowledge())
    codes = {field: {v.value: v.choice for v in values} for field, values in proposed.values.items()}
    assert codes["appointments.status"] == {
        "Booked": "booked",
        "Completed": "completed",
        "FTA": "did_not_attend",
        "UTA": "cancelled",
        "Qqq": None,
    }
    assert set(codes["appointments.type"].values()) == {"CHECK-UP"}


def test_codes_of_yes_and_no_are_asked_where_they_are_others(schema: CanonicalSchema) -> None:
    """Of 0, 1 and 2 nobody knows what they mean: all three are asked. Yes and No explain themselves."""
    rows = [[str(n), "Ng", "Ada", str(n % 3), ["Yes", "No"][n % 2]] for n in range(30)]
    proposed = mapping.propose(
        export(table("Patients", "Patient ID, Last Name, First Name, SMS Consent, Deceased", *rows)), schema, knowledge()
    )
    codes = {field: {v.value: v.choice for v in values} for field, values in proposed.values.items()}
    assert codes["patients.sms_consent"] == {"0": "no", "1": "yes", "2": None}
    assert "patients.deceased" not in codes


@pytest.mark.parametrize(
    ("field", "value", "meaning"),
    [
        ("appointments.status", "Cancelled - short notice", "cancelled"),
        ("appointments.status", "Not attended", "did_not_attend"),
        ("appointments.status", "Cancled", "cancelled"),
        ("appointments.status", "Not cancelled", None),
        ("invoices.status", "Not paid", "open"),
        ("invoices.status", "Paid by Visa", "paid"),
        ("patients.status", "Non-Active", None),
        ("patients.status", "Dead", "deceased"),
        ("payments.method", "EFTPOS - Visa", "eftpos"),
        ("payments.method", "HICAPS EFTPOS", "hicaps"),
        ("payments.kind", "Reversed payment", "reversal"),
    ],
)
def test_a_strange_code_means_what_its_words_say(schema: CanonicalSchema, field: str, value: str, meaning: str | None) -> None:
    """A code of several words means the known one in it; turned round (`not`, `non-`) it never means that."""
    owner, _, name = field.partition(".")
    (proposed,) = value_proposals(field, schema[owner].fields[name], pd.Series({value: 3}))
    assert proposed.choice == meaning


def test_codes_and_initials_stand_for_one_practitioner(schema: CanonicalSchema) -> None:
    """`KN` and `K. Nguyen` are Dr Kim Nguyen; `Costa` alone is nobody where two have that name."""
    staff = table(
        "Providers", "Provider ID, Code, Name", ["1", "KN", "Dr Kim Nguyen"], ["2", "AC", "Dr Ana Costa"], ["3", "BC", "Dr Bo Costa"]
    )
    seen = ["KN", "K. Nguyen", "A Costa", "Costa"]
    diary = table(
        "Appointments", "Appointment ID, Patient ID, Date, Provider", *[[str(n), "1", "01/02/2026", seen[n % 4]] for n in range(16)]
    )
    proposed = mapping.propose(export(staff, diary), schema, knowledge()).values["appointments.practitioner_name"]
    assert {v.value: v.choice for v in proposed} == {
        "KN": "Dr Kim Nguyen",
        "K. Nguyen": "Dr Kim Nguyen",
        "A Costa": "Dr Ana Costa",
        "Costa": "Costa",
    }


def test_practitioners_are_brought_to_their_own_spelling(schema: CanonicalSchema) -> None:
    """`Nguyen, Kim` in the diary is the `Dr Kim Nguyen` of the practitioners' list."""
    staff = table("Providers", "Provider ID, Name", ["1", "Dr Kim Nguyen"], ["2", "Dr Ana Costa"])
    diary = table(
        "Appointments", "Appointment ID, Patient ID, Date, Provider", *[[str(n), "1", "01/02/2026", "Nguyen, Kim"] for n in range(12)]
    )
    proposed = mapping.propose(export(staff, diary), schema, knowledge())
    assert {v.value: v.choice for v in proposed.values["appointments.practitioner_name"]} == {"Nguyen, Kim": "Dr Kim Nguyen"}


def test_the_document_for_the_door_is_plain_json_and_names_nobody(schema: CanonicalSchema) -> None:
    """`to_json` can be dumped, and holds no patient's value."""
    rows = [[str(n), f"Zwingli{n}", "0499 111 222"] for n in range(5)]
    text = json.dumps(mapping.propose(export(table("Patients", "Patient ID, Surname, Mobile", *rows)), schema, knowledge()).to_json())
    assert "Zwingli" not in text
    assert "0499" not in text
    assert '"to": "last_name"' in text


def test_an_empty_export_and_an_empty_table_are_answered(schema: CanonicalSchema) -> None:
    """No tables, no columns: an answer without proposals."""
    assert mapping.propose(export(), schema, knowledge()).tables == {}
    empty = table("x", "a").__class__("x", table("x", "a").frame.iloc[:, :0], ("x.csv",))
    assert meanings(mapping.propose(export(empty), schema, knowledge()), "x") == {}


@pytest.fixture
def bench(monkeypatch: pytest.MonkeyPatch) -> object:
    monkeypatch.syspath_prepend(str(BENCH))
    yield pytest.importorskip("mapping_data")
    sys.modules.pop("mapping_data", None)


@pytest.mark.parametrize(("name", "least"), [("Nookal", 0.95), ("CareStack", 0.85), ("Semble", 0.85)])
def test_real_headers_find_their_home(schema: CanonicalSchema, bench: object, name: str, least: float) -> None:
    """The short version of bench/mapping.py: one system that was tuned on, two that were not."""
    system = next(s for s in bench.read_systems() if s.name == name)  # type: ignore[attr-defined]
    figures = bench.score(bench.answers(system, mapping.propose(system.raw, schema, knowledge())))  # type: ignore[attr-defined]
    assert figures["right first"] >= least
    assert figures["in first three"] >= 0.95


def test_a_number_that_tells_the_rows_apart_is_the_key_where_nothing_else_is(schema: CanonicalSchema) -> None:
    """Patients known by their chart number alone: it is their id, and the appointments that name it refer to them."""
    patients = table("clients", "Chart No, Surname, Given name, DOB", *([str(1000 + n), "Lee", f"Ann{n}", "01/02/1980"] for n in range(30)))
    visits = table("bookings", "Booking, Chart No, Date", *([str(n), str(1000 + n % 30), "01/02/2026"] for n in range(60)))
    proposed = mapping.propose(export(patients, visits), schema, knowledge())
    assert meanings(proposed, "clients")["Chart No"] == "patient_id"
    assert meanings(proposed, "bookings")["Chart No"] == "patient_id"
    both = table("clients", "Patient ID, Chart No, Surname, Given name, DOB", ["1", "1000", "Lee", "Ann", "01/02/1980"])
    assert meanings(mapping.propose(export(both), schema, knowledge()), "clients")["Chart No"] == "patient_number"


def test_codes_say_what_a_column_is_whatever_it_is_called(schema: CanonicalSchema) -> None:
    """A column `State` of Complete, Scheduled, Cancelled and FTA is the appointment's status, not a state of Australia."""
    codes = ["Complete", "Scheduled", "Cancelled", "FTA"]
    visits = table("bookings", "Booking, Client, State, Date", *([str(n), "Ann Lee", codes[n % 4], "01/02/2026"] for n in range(20)))
    assert meanings(mapping.propose(export(visits), schema, knowledge()), "bookings")["State"] == "status"


@pytest.mark.parametrize(
    ("code", "number"), [("AU", "0412 345 678"), ("NZ", "021 123 4567"), ("GB", "07400 123456"), ("IE", "085 012 3456")]
)
def test_a_mobile_number_looks_as_its_country_writes_it(code: str, number: str) -> None:
    """Each country's own, and none where nothing of another's is one; of no named country, any's is."""
    from migkit.countries import anywhere
    from migkit.mapping.shapes import profile

    column = pd.Series([number], dtype="string")
    assert profile(column, country=country_of(code)).share("mobile") == profile(column, country=anywhere()).share("mobile") == 1
    others = {"AU", "NZ", "GB", "IE"} - {code}
    assert not any(profile(column, country=country_of(other)).share("mobile") for other in others)


@pytest.mark.parametrize(
    ("table_name", "header", "values", "field"),
    [
        ("Patients", "Patient Name", ["Guru Singh", "Prince Nelson", "Jane (DO NOT CALL) Doe", "Smith, Mary (Molly)"], "full_name"),
        ("Patients", "Patient Name", ["Baker", "Butcher", "Mason", "Cook"], "full_name"),
        ("Patients", "Account Name", ["Acme Pty Ltd", "Dent & Co", "Shire Council", "Ng Holdings"], "employer"),
        ("Patients", "Patient No", ["17", "18", "19", "20"], "patient_number"),
        ("Invoices", "Invoice No", ["I1", "I2", "I3", "I4"], "invoice_id"),
        ("Invoices", "Patient Name", ["Lee, Ann", "Ng, Bob", "Oz, Cy", "Po, Di"], "patient_name"),
        ("Practitioners", "Provider Name", ["Dr Ann Lee", "Dr Bob Ng", "Kim", "Locum"], "full_name"),
    ],
)
def test_a_header_that_is_spelled_out_means_what_it_says(
    schema: CanonicalSchema, table_name: str, header: str, values: list[str], field: str
) -> None:
    """However few rows there are and however they look, a known spelling is no other field's with a word left out."""
    headers = {"Patients": "Patient ID, DOB", "Invoices": "Date, Total", "Practitioners": "Staff ID, Role"}[table_name]
    rows = [[str(n), f"0{n}/02/1980", value] for n, value in enumerate(values, start=1)]
    found = mapping.propose(
        export(table(table_name, f"{headers}, {header}", *rows)), schema, knowledge(), tables={table_name: table_name.lower()}
    )
    assert found.tables[table_name].columns[header].choice == field


def test_a_doubted_table_without_a_column_that_has_a_home_is_none(schema: CanonicalSchema) -> None:
    """Widgets and colours are nobody's staff, though letters with digits may be ids: nothing of the table is proposed."""
    raw = export(table("Widgets", "Widget, Colour", ["A7", "red"], ["B2", "blue"]))
    proposed = mapping.propose(raw, schema, knowledge()).tables["Widgets"]
    assert (proposed.table, {column.choice for column in proposed.columns.values()}) == (None, {None})


@pytest.mark.parametrize(
    ("name", "header", "value", "field"),
    [
        ("appointments", "Date (dd/mm/yyyy)", "07/12/2026", "date"),
        ("appointments", "Time (24h)", "09:00", "start_time"),
        ("appointments", "Starts at [dd-mm-yyyy hh:mm]", "07-12-2026 09:00", "start_at"),
        ("patients", "DOB (dd/mm/yy)", "05/05/85", "birth_date"),
        ("patients", "Mob", "0411 222 201", "mobile"),
        ("patients", "Archived (Y/N)", "N", "archived"),
        ("leads", "Your name", "Orla Keane", "full_name"),
        ("invoices", "Fee", "200.00", "total"),
    ],
)
def test_short_words_and_how_to_write_a_value_cost_no_meaning(
    schema: CanonicalSchema, name: str, header: str, value: str, field: str
) -> None:
    """A hint in brackets, `Mob`, and what a form calls its fields."""
    beside = {"patients": "Patient ID, Last Name, First Name", "leads": "Timestamp, Email address, Message"}
    rows = [[str(n), str(n), str(n), value] for n in range(1, 5)]
    columns = beside.get(name, "Invoice No, Patient ID, Balance" if name == "invoices" else "Appointment ID, Patient ID, Type")
    made = mapping.propose(export(table(name, f"{columns}, {header}", *rows)), schema, knowledge())
    assert made.tables[name].columns[header].choice == field


def test_what_items_say_of_their_plan_is_the_plan_s(schema: CanonicalSchema) -> None:
    """A report of plans in detail, one row an item: status and day stand with each, and are those of the plan."""
    rows = [
        ["610", "Crown", "Proposed", "07/09/2026", "11", "022", "Radiograph", "48.60"],
        ["610", "Crown", "Proposed", "07/09/2026", "11", "521", "Restoration", "178.90"],
        ["611", "Fillings", "Completed", "08/09/2026", "12", "941", "Anaesthesia", "0.00"],
        ["611", "Fillings", "Completed", "08/09/2026", "12", "011", "Examination", "85.00"],
    ]
    detail = table("Plan Detail", "Plan ID,Plan Name,Plan Status,Plan Date,Patient ID,Item Code,Item Description,Fee", *rows)
    people = table("Patients", "Patient ID,First Name,Last Name,DOB", ["11", "Ann", "Ng", "02/03/1980"], ["12", "Bo", "Oz", "04/05/1990"])
    found = mapping.propose(export(people, detail), schema, knowledge()).tables["Plan Detail"]
    chosen = {column: one.choice for column, one in found.columns.items()}
    assert found.table == "treatment_items"
    assert [chosen[one] for one in ("Plan Status", "Plan Date", "Plan Name")] == [
        "treatment_plans.status", "treatment_plans.created_date", "treatment_plans.name",
    ]  # fmt: skip


def test_a_stage_in_words_is_the_estimate_s_status(schema: CanonicalSchema) -> None:
    """`Accepted 12/9/26` and `Presented` are no second visits, with a day behind them or without."""
    stages = ("Accepted 12/9/26", "Declined - too dear", "Presented", "Completed 1/10/26")
    items = (("613", "Crown", "1200.00"), ("022", "Xray", "48.00"), ("521", "Filling", "180.00"))
    rows = [[f"{610 + i}", f"{1 + i:02}/09/2026", f"{11 + i % 2}", *item, stages[i % 4]] for i in range(12) for item in items[: 1 + i % 3]]
    people = table("Patients", "Patient ID,First Name,Last Name,DOB", ["11", "Ann", "Ng", "02/03/1980"], ["12", "Bo", "Oz", "04/05/1990"])
    raw = export(people, table("Estimates", "Estimate No,Date,Patient ID,Item,Description,Fee,Stage", *rows))
    found = mapping.propose(raw, schema, knowledge())
    assert found.tables["Estimates"].columns["Stage"].choice == "treatment_plans.status"
    assert {one.value: one.choice for one in found.values["treatment_plans.status"]} == {
        "Accepted 12/9/26": "accepted", "Declined - too dear": "declined", "Presented": "proposed", "Completed 1/10/26": "completed",
    }  # fmt: skip
