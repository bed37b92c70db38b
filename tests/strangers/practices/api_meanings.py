"""What the flattened columns of the API mean, in plain words: what somebody knows who has read its documentation."""

from __future__ import annotations

from typing import Any

REFS = {
    "patient": "patient number",
    "practitioner": "practitioner number",
    "business": "location number",
    "appointment": "appointment number",
    "appointment_type": "appointment type number",
    "account": "account number; a family shares one",
    "invoice": "invoice number (id)",
    "treatment_plan": "treatment plan number",
    "treatment_plan_item": "treatment plan item number, blank for none",
    "user": "user number",
}
COMMON = {
    "created_at": "when the record was made, UTC",
    "updated_at": "when the record was last changed, UTC",
    "deleted_at": "when the record was deleted, UTC; blank for never",
    "archived_at": "when the record was archived, UTC; blank for never",
    "links.self": "address of the record in the API",
}


def resource(what: str, own: str, refs: str = "", common: str = "links.self") -> dict[str, Any]:
    """`own` has one `name: meaning` a line; `refs` and `common` name what is said once for all above."""
    pairs = (line.split(": ", 1) for line in own.strip().splitlines())
    columns = {name.strip(): meaning for name, meaning in pairs}
    for name in refs.split():
        columns |= {f"{name}.id": REFS[name], f"{name}.links.self": f"address of it in the API; ends with the {REFS[name].split(';')[0]}"}
    return {"what": what, "columns": columns | {name: COMMON[name] for name in common.split()}, "values": {}}


PATIENT = """
id: patient number
title: title
first_name: first name
last_name: last name
preferred_first_name: nickname
date_of_birth: birth date
sex: gender
email: e-mail address (some are fillers)
address_1: street
address_2: unit, second address line
address_3: third address line
city: suburb
state: state
post_code: postcode
country: country
occupation: occupation
medicare: Medicare number
notes: note on the patient
reminder_type: how reminders are sent
accepted_privacy_policy: privacy policy accepted; blank for not answered
time_zone: time zone of the patient
old_reference_id: number in an earlier system
archived_reason: why archived; Deceased for the dead
practitioner.id: practitioner number of the usual dentist
business.id: location number of the usual location
patient_phone_numbers.0.phone_type: kind of the first phone: Mobile, Home, Work
patient_phone_numbers.0.number: first phone number, international without plus
patient_phone_numbers.1.phone_type: kind of the second phone
patient_phone_numbers.1.number: second phone number, international without plus
patient_phone_numbers.2.phone_type: kind of the third phone
patient_phone_numbers.2.number: third phone number, international without plus
custom_fields.sections.0.name: name of a section of own fields
custom_fields.sections.0.fields.0.name: name of the own field
custom_fields.sections.0.fields.0.value: health fund
custom_fields.sections.0.fields.1.name: name of the own field
custom_fields.sections.0.fields.1.value: member number at the health fund
dentist_recall_date: recall due date
dentist_recall_interval: recall interval, months
"""
APPOINTMENT = """
id: appointment number
starts_at: start, UTC
ends_at: end, UTC
patient_name: name of the patient, as text
patient_arrived: patient came
did_not_arrive: patient missed it
cancelled_at: when it was cancelled, UTC; blank for not
cancellation_reason: reason of the cancellation (code)
cancellation_reason_description: reason of the cancellation
cancellation_note: note on the cancellation
email_reminder_sent: reminder sent by e-mail
sms_reminder_sent: reminder sent by SMS
notes: note
"""
INVOICE = """
id: invoice number (id)
number: invoice number as printed
issue_date: invoice date, local
status: status (code)
status_description: status: Open, Paid, Void
net_amount: total without tax, after discounts
tax_amount: tax
total_amount: total with tax, after discounts
discounted_amount: sum of discounts
amount_outstanding: still owed when the row was fetched
invoice_to: addressee, several lines
notes: note
closed_at: when closed, UTC
"""
ITEM = """
id: invoice line number
code: item number
name: description
quantity: quantity
unit_price: unit fee before discount, without tax
discounted_amount: discount of the whole line
is_monetary_discount: the discount is an amount
net_price: line total without tax, after discount
tax_name: name of the tax
tax_rate: tax per cent
tax_amount: tax of the whole line
total_including_tax: line total with tax, after discount
tooth: tooth, FDI
"""
STAMPS = "deleted_at created_at updated_at links.self"
VISITS = "patient practitioner business appointment_type"
BILLS = "patient practitioner business appointment"

MEANINGS: dict[str, Any] = {
    "files": {
        "patients_page_*.csv": resource("Patients who are not archived.", PATIENT, "account", f"archived_at {STAMPS}"),
        "archived_patients_page_*.csv": resource("Archived patients, the dead among them.", PATIENT, "account", f"archived_at {STAMPS}"),
        "accounts_page_*.csv": resource(
            "Accounts: whoever shares one is a family; its patient answers for it.",
            """
            id: account number
            name: name of the holder
            current_balance: balance of all who share the account
            """,
            "patient",
            "created_at",
        ),
        "individual_appointments_page_*.csv": resource("Appointments that were not cancelled.", APPOINTMENT, VISITS, STAMPS),
        "cancelled_individual_appointments_page_*.csv": resource("Cancelled appointments.", APPOINTMENT, VISITS, STAMPS),
        "deleted_individual_appointments_page_*.csv": resource("Deleted appointments: made by mistake.", APPOINTMENT, VISITS, STAMPS),
        "appointment_types.csv": resource(
            "Types of appointment.",
            """
            id: appointment type number
            name: name of the type
            duration_in_minutes: usual length, minutes
            max_attendees: how many may attend
            """,
            "",
            "archived_at",
        ),
        "businesses.csv": resource(
            "Locations.",
            """
            id: location number
            business_name: name of the location
            city: suburb
            state: state
            post_code: postcode
            country: country
            time_zone_identifier: time zone
            """,
            "",
            "archived_at links.self",
        ),
        "practitioners.csv": resource(
            "Those who see patients.",
            """
            id: practitioner number
            title: title
            first_name: first name
            last_name: last name
            label: name as shown
            designation: profession
            active: still there
            default_business.id: location number of the usual location
            """,
            "user",
        ),
        "users.csv": resource(
            "Users of the system.",
            """
            id: user number
            email: e-mail address
            first_name: first name
            last_name: last name
            role: role
            user_active: may log in
            time_zone_identifier: time zone
            """,
            "",
            "",
        ),
        "invoices_page_*.csv": resource("Invoices as fetched on 2026-10-01, void ones left out.", INVOICE, BILLS, STAMPS),
        "invoices_updated_since_2026-10-01_page_*.csv": resource(
            "Invoices made or changed since: of one id the row with the later updated_at counts.", INVOICE, BILLS, STAMPS
        ),
        "deleted_invoices_page_*.csv": resource("Void invoices: count for nothing.", INVOICE, BILLS, STAMPS),
        "invoice_items_page_*.csv": resource("Lines of the invoices as fetched first.", ITEM, "invoice treatment_plan_item", STAMPS),
        "invoice_items_updated_since_2026-10-01_page_*.csv": resource(
            "Lines of invoices made or restated since: of one id the row with the later updated_at counts.",
            ITEM,
            "invoice treatment_plan_item",
            STAMPS,
        ),
        "deleted_invoice_items_page_*.csv": resource("Lines of void invoices.", ITEM, "invoice treatment_plan_item", STAMPS),
        "payments_page_*.csv": resource(
            "Payments; the explanations say which invoices they settle.",
            """
            id: payment number
            amount: amount, negative when it bounced
            amount_unexplained: amount that stands on no invoice (paid ahead)
            dated_on: date, local
            method: method of payment; Health fund where a fund paid
            health_fund.name: health fund that paid
            reference: note
            reverses.id: payment number of the payment that it takes back
            """
            + "".join(
                f"explanations.{place}.amount: amount used for the invoice\nexplanations.{place}.invoice.id: invoice number (id)\n"
                for place in range(6)
            ),
            "account patient",
            "deleted_at created_at links.self",
        ),
        "credit_notes.csv": resource(
            "Amounts taken off invoices afterwards.",
            """
            id: credit note number
            amount: amount taken off
            dated_on: date, local
            reason: reason
            patient.id: patient number
            """,
            "invoice",
            "",
        ),
        "treatment_plans_page_*.csv": resource(
            "Treatment plans. Completed; else declined; else accepted, in progress where an item is completed; else proposed.",
            """
            id: treatment plan number
            nickname: name of the plan
            start_date: date of the plan
            accepted_at: when accepted, UTC; blank for not
            declined_at: when declined, UTC; blank for not
            completed: completed
            completed_at: when completed, UTC
            private_treatment_value: total of the plan after discounts
            notes: note
            """,
            "patient practitioner",
            "created_at links.self",
        ),
        "treatment_plan_items_page_*.csv": resource(
            "Items of treatment plans.",
            """
            id: treatment plan item number
            patient.id: patient number
            practitioner.id: practitioner number
            code: item number
            nomenclature: description
            teeth.0: tooth, FDI
            surfaces: tooth surfaces
            quantity: quantity
            price: unit fee before discount
            discount_amount: discount of the whole line
            total_price: line total after discount
            completed: done
            completed_at: when done, UTC
            appointment.id: appointment number at which it was done
            """,
            "treatment_plan",
        ),
        "treatment_notes_page_*.csv": resource(
            "Clinical notes.",
            """
            id: clinical note number
            title: title of the note
            draft: not finished
            author_name: author
            content.sections.0.name: heading of the section
            content.sections.0.questions.0.name: question
            content.sections.0.questions.0.answer: text of the clinical note
            """,
            "patient practitioner",
            "created_at links.self",
        ),
        "communications_page_*.csv": resource(
            "Calls and messages.",
            """
            id: communication number
            type: by what means
            direction: direction
            content: text
            practitioner.id: practitioner number of who logged it
            """,
            "patient",
            "created_at",
        ),
        "patient_attachments_page_*.csv": resource(
            "Files kept on patients (the files themselves are not in the export).",
            """
            id: attachment number
            filename: file name
            content_type: kind of file
            size: size in bytes
            description: description
            content.links.self: address of the file in the API
            """,
            "patient",
            "created_at",
        ),
        "products.csv": resource(
            "Products for sale.",
            """
            id: product number
            item_code: product code
            name: name of the product
            price_including_tax: price with tax
            tax.name: name of the tax
            tax.rate: tax per cent
            stock_level: stock
            """,
            "",
            "archived_at",
        ),
    }
}
