"""The headers that the practice system gives its columns, and the files of the dump."""

PATIENTS = {
    "Patient ID": "patient_id", "Patient No": "patient_number", "Title": "title", "First Name": "first_name", "Last Name": "last_name",
    "Maiden Name": "former_last_name", "Preferred Name": "preferred_name", "DOB": "birth_date", "Gender": "gender", "Mobile": "mobile",
    "Home Phone": "home_phone", "Email": "email", "Address": "address_line1", "Suburb": "suburb", "State": "state",
    "Postcode": "postcode", "Country": "country", "Occupation": "occupation", "Employer": "employer", "Family ID": "family_id",
    "Family Head ID": "family_head_id", "Relationship": "relationship", "Health Fund": "health_fund", "Member No": "health_fund_number",
    "Card Ref": "health_fund_card_ref", "Medicare No": "medicare_number", "IRN": "medicare_irn", "Medicare Expiry": "medicare_expiry",
    "DVA No": "dva_number", "Provider ID": "practitioner_id", "Referred By": "referred_by", "Patient Flags": "alerts",
    "First Visit": "first_visit", "Last Visit": "last_visit", "Next Appointment": "next_visit", "Balance": "balance",
    "SMS Opt Out": "sms_opt_out", "Status": "status", "Archived": "archived", "Merged Into": "merged_into_id",
    "Hygiene Club": "custom:Hygiene Club", "Favourite Music": "custom:Favourite Music", "Created": "created_at", "Modified": "modified_at",
}  # fmt: skip
COLUMNS: dict[str, dict[str, str]] = {
    "practitioners": {
        "Provider ID": "practitioner_id", "Code": "code", "Name": "full_name", "Title": "title", "First Name": "first_name",
        "Last Name": "last_name", "Type": "role", "Provider Number": "provider_number", "AHPRA No": "ahpra_number", "Email": "email",
        "Phone": "phone", "Location": "location", "Active": "active",
    },
    "families": {
        "Family ID": "family_id", "Family Name": "name", "Account Type": "kind", "Family Head ID": "head_id", "Address": "address_line1",
        "Suburb": "suburb", "State": "state", "Postcode": "postcode", "Phone": "phone", "Email": "email", "Created": "created_at",
    },
    "patients": PATIENTS,
    "appointments": {
        "Appointment ID": "appointment_id", "Patient ID": "patient_id", "Date": "date", "Start Time": "start_time", "End Time": "end_time",
        "Duration": "duration", "Provider ID": "practitioner_id", "Chair": "chair", "Location": "location", "Type": "type",
        "Status": "status", "Notes": "notes", "Booked By": "booked_by", "Booked On": "booked_at", "Online Booking": "online_booking",
        "Cancelled Reason": "cancelled_reason", "Plan ID": "plan_id", "Modified": "modified_at",
    },
    "treatment_plans": {
        "Plan ID": "plan_id", "Patient ID": "patient_id", "Plan Name": "name", "Status": "status", "Created": "created_date",
        "Presented": "presented_date", "Accepted": "accepted_date", "Completed": "completed_date", "Declined": "declined_date",
        "Provider ID": "practitioner_id", "Total": "total", "Notes": "notes",
    },
    "treatment_items": {
        "Item ID": "item_id", "Plan ID": "plan_id", "Visit": "visit", "Item Code": "item_code", "Description": "description",
        "Tooth": "tooth", "Surfaces": "surfaces", "Qty": "quantity", "Fee": "fee", "GST": "gst", "Fund Rebate": "fund_rebate",
        "Gap": "gap", "Item Status": "status", "Completed On": "completed_date", "Appointment ID": "appointment_id",
        "Provider ID": "practitioner_id",
    },
    "invoices": {
        "Invoice No": "invoice_id", "Invoice Date": "date", "Due Date": "due_date", "Patient ID": "patient_id", "Bill To ID": "bill_to_id",
        "Provider ID": "practitioner_id", "Plan ID": "plan_id", "Net": "net", "GST": "gst", "Total": "total", "Paid": "paid",
        "Balance": "balance", "Status": "status", "Notes": "notes",
    },
    "invoice_lines": {
        "Line ID": "line_id", "Invoice No": "invoice_id", "Line": "line_no", "Item": "item_code", "Description": "description",
        "Tooth": "tooth", "Qty": "quantity", "Fee": "fee", "Discount": "discount", "GST": "gst", "Total": "total",
        "Dentist": "practitioner_name",
    },
    "payments": {
        "Receipt No": "payment_id", "Payment Date": "date", "Patient ID": "patient_id", "Invoice No": "invoice_id",
        "Payment Type": "kind", "Method": "method", "Amount": "amount", "Reference": "reference", "Reversed": "reversed",
        "PP No": "prepayment_number", "Alloc Date": "allocated_date", "Dentist": "practitioner_name",
    },
    "health_funds": {
        "Cover ID": "cover_id", "Patient ID": "patient_id", "Fund": "fund", "Member Number": "member_number", "Card Ref": "card_ref",
        "Coverage %": "coverage", "Priority": "priority", "Valid From": "valid_from", "Valid To": "valid_to",
    },
    "clinical_notes": {
        "Note ID": "note_id", "Patient ID": "patient_id", "Note Date": "at", "Provider ID": "practitioner_id", "Author": "author",
        "Title": "title", "Content": "content", "Appointment ID": "appointment_id", "Plan ID": "plan_id",
    },
    "attachments": {
        "Attachment ID": "attachment_id", "Patient ID": "patient_id", "Invoice No": "invoice_id", "Note ID": "note_id",
        "File Name": "file_name", "Path": "path", "Category": "category", "Description": "description", "Created": "created_at",
    },
    "products": {
        "Product ID": "product_id", "SKU": "code", "Product Name": "name", "Description": "description", "Unit Price": "unit_price",
        "Cost Price": "cost_price", "GST %": "gst", "Stock": "stock", "Supplier": "supplier", "Category": "category", "Active": "active",
    },
    "leads": {
        "Enquiry ID": "lead_id", "Enquiry Date": "created_at", "Name": "full_name", "Phone": "phone", "Email": "email",
        "Source": "source", "Interest": "interest", "Preferred Location": "location", "Status": "status", "Estimated Value": "value",
        "Converted Patient ID": "converted_patient_id", "Provider ID": "practitioner_id", "Notes": "notes",
    },
    "communications": {
        "Communication ID": "communication_id", "Patient ID": "patient_id", "Date": "at", "Type": "kind",
        "Direction": "direction", "Subject": "subject", "Content": "content", "Author": "author", "Outcome": "outcome",
    },
    "recalls": {
        "Recall ID": "recall_id", "Patient ID": "patient_id", "Patient": "patient_name", "Type": "type", "Interval": "interval",
        "Due": "due_date", "Last Sent": "last_sent", "Method": "method", "Status": "status", "Send To": "send_to",
        "Provider ID": "practitioner_id",
    },
    "workflows": {
        "Workflow ID": "workflow_id", "Name": "name", "Trigger": "trigger", "Timing": "timing", "Channel": "channel",
        "Audience": "audience", "Message": "message", "Enabled": "enabled",
    },
    "reports": {
        "Report ID": "report_id", "Report Name": "name", "Description": "description", "Measure": "measure", "Grouping": "grouping",
        "Filter": "filter", "Period": "period", "Schedule": "schedule",
    },
}  # fmt: skip
"""Canonical table → header → canonical field, as the dump has them."""

TIDY_FILES = {  # path, encoding, separator, newline
    "practitioners": ("Practitioners.csv", "utf-8-sig", ",", "\r\n"),
    "families": ("Families.csv", "utf-8", ";", "\n"),
    "patients": ("Patients.csv", "utf-8-sig", ",", "\r\n"),
    "appointments": ("Appointments.csv", "cp1252", ",", "\n"),
    "treatment_plans": ("TreatmentPlans.csv", "utf-8", ",", "\r\n"),
    "treatment_items": ("TreatmentPlanItems.tsv", "utf-8", "\t", "\n"),
    "invoices": ("Invoices.csv", "utf-8", ",", "\n"),
    "invoice_lines": ("InvoiceLines.csv", "utf-8", ";", "\r\n"),
    "payments": ("Payments {first} to {last}.csv", "utf-8", ",", "\n"),
    "health_funds": ("HealthFunds.csv", "utf-8", ",", "\n"),
    "clinical_notes": ("ClinicalNotes.csv", "utf-8", ",", "\r\n"),
    "attachments": ("Attachments/index.csv", "utf-8", ",", "\n"),
    "products": ("Stock List.xlsx", "", "", ""),
    "leads": ("Enquiries.tsv", "utf-16", "\t", "\r\n"),
    "communications": ("Communications.csv", "cp1252", ",", "\r\n"),
    "recalls": ("Recalls.csv", "utf-8", ",", "\n"),
    "workflows": ("Workflows.csv", "utf-8", ",", "\n"),
    "reports": ("Reports.csv", "utf-8", ",", "\n"),
}

RECEIVED_COLUMNS = {
    "Receipt No": "payment_id", "Payment Date": "date", "Patient ID": "patient_id", "Patient": "patient_name",
    "Dentist": "practitioner_name", "Payment Type": "kind", "Method": "method", "PP No": "prepayment_number",
    "Invoice No": "invoice_id", "Amount": "amount", "Reversed": "reversed", "Reference": "reference",
}  # fmt: skip
ALLOCATED_COLUMNS = {
    "Receipt No": "payment_id", "Payment Date": "date", "Alloc Date": "allocated_date", "Dentist": "practitioner_name",
    "Patient ID": "patient_id", "Patient": "patient_name", "Payment Type": "kind", "Method": "method", "PP No": "prepayment_number",
    "Amount": "amount", "Reversed": "reversed", "Invoice No": "invoice_id",
}  # fmt: skip
