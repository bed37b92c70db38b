"""Maps for tests: source tables and columns to canonical fields, written short."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import cache, partial

from migkit.countries import country_of
from migkit.model.canonical import CanonicalSchema, CanonicalTable, parse_schema
from migkit.model.mapping import ColumnMap, NewField, SourceMap, TableMap
from migkit.model.tables import RawExport
from migkit.resources import load_yaml

AU = country_of("AU")


@cache
def schema() -> CanonicalSchema:
    return parse_schema(load_yaml("canonical.yaml"))


def table_map(source: str, table: str | None, columns: Mapping[str, str], reason: str = "") -> TableMap:
    """`columns`: source column → `field`, `field|transform`, `parent.field`, or `+Label:type` for a new custom field."""
    return TableMap(source, table, {name: _column(name, target) for name, target in columns.items()}, reason)


def source_map(*tables: TableMap, values: Mapping[str, Mapping[str, str]] | None = None) -> SourceMap:
    return SourceMap({one.source: one for one in tables}, values or {})


def _column(name: str, target: str) -> ColumnMap:
    if target.startswith("+"):
        label, _, kind = target[1:].partition(":")
        return ColumnMap(name, new_field=NewField(label, kind), state="confirmed")
    field, _, transform = target.partition("|")
    return ColumnMap(name, to=field, transform=transform, state="confirmed")


CORE_REPORTS = source_map(
    table_map(
        "Patient List",
        "patients",
        {
            "Patient ID": "patient_id",
            "Patient No": "patient_number",
            "Title": "title",
            "First Name": "first_name",
            "Last Name": "last_name",
            "Preferred Name": "preferred_name",
            "DOB": "birth_date",
            "Gender": "gender",
            "Mobile": "mobile",
            "Home Phone": "home_phone",
            "Email": "email",
            "Address": "address_line1",
            "Suburb": "suburb",
            "State": "state",
            "Postcode": "postcode",
            "Family Head": "family_head_name",
            "Relationship": "relationship",
            "Health Fund": "health_fund",
            "Member No": "health_fund_number",
            "Card Ref": "health_fund_card_ref",
            "Medicare No": "medicare_number",
            "IRN": "medicare_irn",
            "Provider": "practitioner_name",
            "Status": "status",
            "Archived": "archived",
            "Merged Into": "merged_into_id",
            "Balance": "balance",
            "Created": "created_at",
            "Hygiene Club": "+Hygiene Club:enum",
        },
    ),
    table_map(
        "Provider List",
        "practitioners",
        {
            "Provider ID": "practitioner_id",
            "Code": "code",
            "Name": "full_name",
            "Type": "role",
            "Provider Number": "provider_number",
            "AHPRA No": "ahpra_number",
            "Email": "email",
            "Location": "location",
            "Active": "active",
        },
    ),
    table_map(
        "Appointment Book",
        "appointments",
        {
            "Appointment ID": "appointment_id",
            "Patient ID": "patient_id",
            "Date": "date",
            "Start Time": "start_time",
            "End Time": "end_time",
            "Duration": "duration",
            "Provider": "practitioner_name",
            "Chair": "chair",
            "Type": "type",
            "Status": "status",
            "Notes": "notes",
            "Booked By": "booked_by",
            "Booked On": "booked_at",
            "Online Booking": "online_booking",
            "Cancelled Reason": "cancelled_reason",
        },
    ),
    table_map(
        "InvoiceCreatedReport",
        "invoices",
        {
            "Invoice No": "invoice_id",
            "Invoice Date": "date",
            "Patient": "patient_name",
            "Dentist": "practitioner_name",
            "Net": "net",
            "GST": "gst",
            "Total": "total",
            "Paid": "paid",
            "Balance": "balance",
            "Status": "status",
        },
    ),
    table_map(
        "PaymentReceivedReport",
        "payments",
        {
            "Receipt No": "payment_id",
            "Payment Date": "date",
            "Patient": "patient_name",
            "Dentist": "practitioner_name",
            "Method": "method",
            "PP No": "prepayment_number",
            "Invoice No": "invoice_id",
            "Amount": "amount",
            "Reversed": "reversed",
            "Reference": "reference",
        },
    ),
    table_map(
        "PaymentAllocationReport",
        "payments",
        {
            "Alloc Date": "allocated_date",
            "Dentist": "practitioner_name",
            "Patient": "patient_name",
            "PP No": "prepayment_number",
            "PP Amount": "amount",
            "Invoice No": "invoice_id",
        },
    ),
)

DUMP_WITH_DAMAGE = source_map(
    table_map(
        "patients",
        "patients",
        {
            "Patient ID": "patient_id",
            "Title": "title",
            "First Name": "first_name",
            "Last Name": "last_name",
            "DOB": "birth_date",
            "Gender": "gender",
            "Mobile": "mobile",
            "Home Phone": "home_phone",
            "Email": "email",
            "Address": "address_line1",
            "Suburb": "suburb",
            "State": "state",
            "Postcode": "postcode",
            "Medicare No": "medicare_number",
            "IRN": "medicare_irn",
            "Family Head": "family_head_name",
            "Status": "status",
            "Merged Into": "merged_into_id",
            "Balance": "balance",
        },
    ),
    table_map(
        "appointments",
        "appointments",
        {
            "Appointment ID": "appointment_id",
            "Patient": "patient_name",
            "Date": "date",
            "Start Time": "start_time",
            "Duration": "duration",
            "Provider": "practitioner_name",
            "Chair": "chair",
            "Type": "type",
            "Status": "status",
            "Notes": "notes",
        },
    ),
    table_map(
        "practitioners",
        "practitioners",
        {
            "Provider ID": "practitioner_id",
            "Code": "code",
            "Name": "full_name",
            "Type": "role",
            "Provider Number": "provider_number",
            "Email": "email",
            "Active": "active",
        },
    ),
    table_map(
        "invoices",
        "invoices",
        {
            "Invoice No": "invoice_id",
            "Invoice Date": "date",
            "Patient ID": "patient_id",
            "Dentist": "practitioner_name",
            "Net": "net",
            "GST": "gst",
            "Total": "total",
            "Paid": "paid",
            "Balance": "balance",
            "Status": "status",
        },
    ),
    table_map(
        "invoice_lines",
        "invoice_lines",
        {
            "Invoice No": "invoice_id",
            "Line": "line_no",
            "Item": "item_code",
            "Description": "description",
            "Tooth": "tooth",
            "Qty": "quantity",
            "Fee": "fee",
            "Discount": "discount",
            "GST": "gst",
            "Total": "total",
        },
    ),
    table_map(
        "clinical_notes",
        "clinical_notes",
        {"Note ID": "note_id", "Patient ID": "patient_id", "Date": "at", "Author": "author", "Title": "title", "Content": "content"},
    ),
)

OTHER_SYSTEM = source_map(
    table_map(
        "patient",
        "patients",
        {
            "PatNum": "patient_id",
            "LName": "last_name",
            "FName": "first_name",
            "MiddleI": "middle_name",
            "Preferred": "preferred_name",
            "PatStatus": "status",
            "Gender": "gender",
            "Birthdate": "birth_date",
            "Address": "address_line1",
            "Address2": "address_line2",
            "City": "suburb",
            "State": "state",
            "Zip": "postcode",
            "HmPhone": "home_phone",
            "WkPhone": "work_phone",
            "WirelessPhone": "mobile",
            "Email": "email",
            "Guarantor": "family_head_id",
            "PriProv": "practitioner_id",
            "EstBalance": "balance",
            "ChartNumber": "patient_number",
            "DateFirstVisit": "first_visit",
            "TxtMsgOk": "sms_consent",
            "MedUrgNote": "alerts",
        },
    ),
    table_map(
        "appointment",
        "appointments",
        {
            "AptNum": "appointment_id",
            "PatNum": "patient_id",
            "AptStatus": "status",
            "Pattern": "duration|pattern-minutes",
            "Op": "chair",
            "Note": "notes",
            "ProvNum": "practitioner_id",
            "AptDateTime": "start_at",
        },
    ),
    table_map(
        "Cancellation List",
        "appointments",
        {
            "Card No": "patient_id",
            "Patient Name": "patient_name",
            "For Provider": "practitioner_name",
            "Appointed By": "booked_by",
            "Date": "date",
            "Time": "start_time",
            "Status": "status",
        },
    ),
    table_map(
        "provider",
        "practitioners",
        {
            "ProvNum": "practitioner_id",
            "Abbr": "code",
            "LName": "last_name",
            "FName": "first_name",
            "Specialty": "role",
            "StateLicense": "ahpra_number",
            "IsHidden": "active",
        },
    ),
    table_map(
        "treatplan",
        "treatment_plans",
        {
            "TreatPlanNum": "plan_id",
            "PatNum": "patient_id",
            "DateTP": "created_date",
            "Heading": "name",
            "TPStatus": "status",
            "DateTSigned": "accepted_date",
            "Note": "notes",
        },
    ),
    table_map(
        "proctp",
        "treatment_items",
        {
            "ProcTPNum": "item_id",
            "TreatPlanNum": "plan_id",
            "ToothNumTP": "tooth",
            "Surf": "surfaces",
            "ProcCode": "item_code",
            "Descript": "description",
            "FeeAmt": "fee",
        },
    ),
    table_map(
        "recall",
        "recalls",
        {"RecallNum": "recall_id", "PatNum": "patient_id", "DateDue": "due_date", "RecallInterval": "interval", "RecallTypeNum": "type"},
    ),
    table_map(
        "treatment_notes",
        "clinical_notes",
        {"id": "note_id", "title": "title", "content": "content", "author_name": "author", "patient": "patient_id", "created_at": "at"},
    ),
)


def by_synonyms(raw: RawExport) -> SourceMap:
    """Map a raw export by the schema's own header synonyms: table by name, column by header; the rest become new fields."""
    tables = []
    for source in raw.tables.values():
        name = source.name.casefold()
        called = [one for one in schema().tables.values() if name in one.synonyms or name.replace(" ", "") in one.synonyms]
        spec = next((one for one in called if one.name == name), None) or next(iter(called), None)
        spec = spec or max(schema().tables.values(), key=partial(_homes, source.columns))
        taken: dict[str, str] = {}
        for column in source.columns:
            home = _home(column, spec, taken=set(taken.values()))
            taken[column] = home or f"+{column}:enum"
        tables.append(table_map(source.name, spec.name, taken))
    return source_map(*tables)


def _home(column: str, spec: CanonicalTable, taken: Collection[str] = ()) -> str | None:
    word = column.casefold()
    fields = [field for field in spec.fields.values() if word in field.synonyms and field.name not in taken]
    exact = [field for field in fields if field.name.replace("_", " ") == word]
    return (exact or fields)[0].name if fields else None


def _homes(columns: Sequence[str], spec: CanonicalTable) -> int:
    return sum(_home(column, spec) is not None for column in columns)
