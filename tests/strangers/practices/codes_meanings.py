"""What the columns of the database dump mean, in plain words: what somebody knows who has read the schema's documentation."""

from __future__ import annotations

from typing import Any

NO_DATE = {"0001-01-01": "no date", "0001-01-01 00:00:00": "no date"}


def table(what: str, columns: str, **values: dict[str, str]) -> dict[str, Any]:
    """`columns` has one `name: meaning` a line."""
    pairs = (line.split(": ", 1) for line in columns.strip().splitlines())
    return {"what": what, "columns": {name.strip(): meaning for name, meaning in pairs}, "values": values}


MEANINGS: dict[str, Any] = {
    "files": {
        "patient.csv": table(
            "One row per person, also the deleted, the dead and those who only enquired.",
            """
            PatNum: patient number
            LName: last name
            FName: first name
            MiddleI: middle name or initial
            Preferred: nickname
            PatStatus: status of the patient (code)
            Gender: gender (code)
            Position: marital status or child (code)
            Birthdate: birth date
            SSN: national number, not used here
            Address: street
            Address2: unit, second address line
            City: suburb
            State: state
            Zip: postcode
            HmPhone: home phone
            WkPhone: work phone
            WirelessPhone: mobile phone
            Guarantor: patient number of the head of the family, who answers for the account; one's own number where nobody else does
            Email: e-mail address (some are fillers)
            EstBalance: balance of this patient, dollars
            PriProv: provider number of the usual dentist
            SecProv: provider number of the usual hygienist, 0 for none
            BillingType: definition number of the billing type
            AddrNote: remark on address and phone
            FamFinUrgNote: urgent financial note of the family
            MedUrgNote: urgent medical note
            ApptModNote: note for the appointment book
            ChartNumber: paper chart number, not used here
            Bal_0_30: owed by the family up to 30 days, with the guarantor only
            Bal_31_60: owed by the family 31 to 60 days, with the guarantor only
            Bal_61_90: owed by the family 61 to 90 days, with the guarantor only
            BalOver90: owed by the family over 90 days, with the guarantor only
            InsEst: expected from funds for the family
            BalTotal: balance of the whole family, with the guarantor only
            DateFirstVisit: date of the first visit
            ClinicNum: clinic number of the usual location
            HasIns: I where the patient has a health fund
            Premed: needs premedication (1 yes)
            PreferConfirmMethod: preferred way to confirm (code)
            PreferContactMethod: preferred way of contact (code)
            Language: language
            Title: title
            ResponsParty: patient number of who decides on treatment, 0 for none
            SuperFamily: patient number of the head of a group of families, 0 for none
            TxtMsgOk: text messages allowed (code)
            Country: country
            DateTimeDeceased: when the patient died
            SecDateEntry: date on which the record was made
            DateTStamp: when the record was last changed
            """,
            PatStatus={
                "0": "patient (active)",
                "1": "not a patient",
                "2": "inactive",
                "3": "archived",
                "4": "deleted",
                "5": "deceased",
                "6": "prospective (a lead)",
            },
            Gender={"0": "male", "1": "female", "2": "unknown", "3": "other"},
            Position={"0": "single", "1": "married", "2": "child", "3": "widowed", "4": "divorced"},
            TxtMsgOk={"0": "unknown", "1": "yes", "2": "no"},
            Birthdate=NO_DATE,
            DateTimeDeceased=NO_DATE,
        ),
        "appointment.csv": table(
            "Appointments of all kinds; planned ones and notes on the schedule are in here too.",
            """
            AptNum: appointment number
            PatNum: patient number
            AptStatus: status of the appointment (code)
            Pattern: length: each character is five minutes
            Confirmed: definition number of the state of confirmation
            Op: operatory number (chair)
            Note: note; the reason of a cancellation stands on its last line
            ProvNum: provider number of the dentist, 0 where only a hygienist is named
            ProvHyg: provider number of the hygienist, 0 for none
            AptDateTime: start, local time of the practice
            NextAptNum: appointment number of the planned appointment it came from
            UnschedStatus: definition number of the state on the unscheduled list
            IsNewPatient: first visit (1 yes)
            ProcDescript: summary of procedures, not filled here
            Assistant: employee number of the assistant
            ClinicNum: clinic number of the location
            IsHygiene: hygiene appointment (1 yes)
            DateTimeArrived: when the patient arrived, local time
            AppointmentTypeNum: appointment type number, 0 for none
            SecDateTEntry: when it was booked
            Priority: priority (code)
            """,
            AptStatus={
                "1": "scheduled (booked)",
                "2": "complete (kept)",
                "3": "on the unscheduled list",
                "5": "broken: missed if its procedure is D9986, cancelled if D9987",
                "6": "planned, has no date",
                "7": "note on the schedule, no appointment",
            },
            AptDateTime=NO_DATE,
            DateTimeArrived=NO_DATE,
        ),
        "appointmenttype.csv": table(
            "Types of appointment.",
            """
            AppointmentTypeNum: appointment type number
            AppointmentTypeName: name of the type
            Pattern: usual length: each character is five minutes
            IsHidden: no longer used (1 yes)
            """,
        ),
        "procedurelog.csv": table(
            "Procedures: planned, done and deleted; the lines of invoices.",
            """
            ProcNum: procedure number
            PatNum: patient number
            AptNum: appointment number, 0 for none
            ProcDate: date performed (of a planned one: date planned)
            ProcFee: unit fee before discount, dollars, GST included
            Surf: tooth surfaces
            ToothNum: tooth, FDI
            ToothRange: range of teeth
            Priority: definition number of the priority
            ProcStatus: status of the procedure (code)
            ProvNum: provider number
            PlannedAptNum: appointment number of the planned appointment
            ClinicNum: clinic number of the location
            CodeNum: procedure code number (see procedurecode)
            UnitQty: quantity, multiplies the fee
            DateTP: date on which it was planned
            DateComplete: date on which it was set complete
            StatementNum: statement number of the invoice on which it stands, 0 for none
            BillingNote: note for the account
            Discount: discount of the whole line, dollars, while planned; for a done procedure the discount that counts is in adjustment
            TaxAmt: estimated tax, not used here
            """,
            ProcStatus={
                "1": "treatment planned",
                "2": "complete",
                "3": "existing, own",
                "4": "existing, other",
                "5": "referred out",
                "6": "deleted: counts for nothing",
                "7": "condition",
                "8": "planned in an inactive plan",
            },
        ),
        "procedurecode.csv": table(
            "What can be done and sold.",
            """
            CodeNum: procedure code number
            ProcCode: item number
            Descript: description
            AbbrDesc: short description
            ProcCat: category, not used here
            IsHygiene: done by a hygienist (1 yes)
            """,
        ),
        "procnote.csv": table(
            "Clinical notes, appended to procedures.",
            """
            ProcNoteNum: clinical note number
            PatNum: patient number
            ProcNum: procedure number
            EntryDateTime: when it was written, local time
            UserNum: user number of the author
            Note: text of the clinical note
            """,
        ),
        "treatplan.csv": table(
            "Treatment plans. A saved plan's items are in proctp; those of an active or inactive one are procedures, by treatplanattach.",
            """
            TreatPlanNum: treatment plan number
            PatNum: patient number
            DateTP: date of the plan
            Heading: name of the plan
            Note: note of the plan
            ResponsParty: patient number of who decides, 0 for none
            DocNum: document number of the signed copy, 0 for none
            TPStatus: status of the plan (code)
            TPType: with fund or with discount plan (code)
            DateTSigned: when the patient signed it (accepted)
            UserNumPresenter: user number of who presented it
            SecDateEntry: date on which it was entered
            """,
            TPStatus={
                "0": "saved; unsigned = proposed; signed = accepted, in progress where some procedures are complete, completed where all",
                "1": "active, not signed: proposed",
                "2": "inactive: declined or set aside",
            },
            DateTSigned=NO_DATE,
        ),
        "treatplanattach.csv": table(
            "Which procedures belong to an active or inactive plan.",
            """
            TreatPlanAttachNum: row number
            TreatPlanNum: treatment plan number
            ProcNum: procedure number
            Priority: definition number of the priority
            """,
        ),
        "proctp.csv": table(
            "Items of saved plans, as they were quoted.",
            """
            ProcTPNum: plan item number
            TreatPlanNum: treatment plan number
            PatNum: patient number
            ProcNumOrig: procedure number of the item; whether it is done and on which invoice stands there
            ItemOrder: order within the plan
            Priority: definition number of the priority
            ToothNumTP: tooth, FDI
            Surf: tooth surfaces
            ProcCode: item number
            Descript: description
            FeeAmt: fee of the whole line before discount (fee times quantity), dollars
            PriInsAmt: expected from the fund
            SecInsAmt: expected from a second fund
            PatAmt: line total that the patient pays, dollars
            Discount: discount of the whole line, dollars
            ProvNum: provider number
            DateTP: date planned
            ClinicNum: clinic number of the location
            """,
        ),
        "statement.csv": table(
            "Statements; here all are invoices (IsInvoice 1). Total = its procedures + its adjustments.",
            """
            StatementNum: invoice number
            PatNum: patient number
            DateSent: invoice date
            DateRangeFrom: first day covered
            DateRangeTo: last day covered
            Note: note of the invoice
            NoteBold: bold note
            Mode_: how it was sent (code)
            SinglePatient: for one patient (1 yes)
            IsSent: sent (1 yes)
            IsReceipt: printed as a receipt (1 yes)
            IsInvoice: is an invoice (1 yes)
            IsInvoiceCopy: is a copy (1 yes)
            StatementType: type
            """,
            Mode_={"0": "mail", "1": "in person", "2": "e-mail", "3": "electronic"},
        ),
        "adjustment.csv": table(
            "Amounts added to or (negative) taken off an account: discounts of done procedures, later credits.",
            """
            AdjNum: adjustment number
            AdjDate: date
            AdjAmt: amount, dollars, negative takes off
            PatNum: patient number
            AdjType: definition number of the kind
            ProvNum: provider number
            AdjNote: note
            ProcDate: date of the procedure
            ProcNum: procedure number it belongs to
            DateEntry: date entered
            ClinicNum: clinic number
            StatementNum: statement number of the invoice on which it stands; 0 = came later, a credit
            """,
        ),
        "payment.csv": table(
            "Money received from people; how it is used stands in paysplit.",
            """
            PayNum: payment number
            PayType: definition number of the method, 0 for a transfer of no amount
            PayDate: date
            PayAmt: amount, dollars, negative when it bounced
            CheckNum: cheque number
            BankBranch: bank branch
            PayNote: note
            IsSplit: split (1 yes), not kept up here
            PatNum: patient number of who paid
            ClinicNum: clinic number
            DateEntry: date entered
            """,
        ),
        "paysplit.csv": table(
            "What a payment was used for, procedure by procedure.",
            """
            SplitNum: split number
            SplitAmt: amount, dollars
            PatNum: patient number of whose account it went to
            PayNum: payment number
            ProvNum: provider number
            PayPlanNum: payment plan number, 0 for none
            DatePay: date
            ProcNum: procedure number that it pays, 0 for none
            UnearnedType: definition number; other than 0 = prepayment
            ClinicNum: clinic number
            AdjNum: adjustment number that it counteracts, 0 for none
            """,
        ),
        "claim.csv": table(
            "Claims to health funds.",
            """
            ClaimNum: claim number
            PatNum: patient number
            DateService: date of service
            DateSent: date sent
            ClaimStatus: status of the claim (code)
            DateReceived: date of the answer
            PlanNum: fund plan number
            ProvTreat: provider number
            ClaimFee: amount billed, dollars
            InsPayAmt: amount that the fund paid, dollars
            ClaimType: P primary
            InsSubNum: subscription number
            """,
            ClaimStatus={"S": "sent, not answered", "R": "received"},
        ),
        "claimproc.csv": table(
            "Per procedure what a fund was asked and paid; estimates too.",
            """
            ClaimProcNum: row number
            ProcNum: procedure number
            ClaimNum: claim number, 0 for an estimate
            PatNum: patient number
            ProvNum: provider number
            FeeBilled: fee billed, dollars
            InsPayEst: expected from the fund, dollars; counts for nothing
            DedApplied: deductible
            Status: status (code)
            InsPayAmt: paid by the fund, dollars
            Remarks: remarks of the fund
            ClaimPaymentNum: fund payment number, 0 for none
            PlanNum: fund plan number
            DateCP: date of payment
            WriteOff: written off, dollars
            Percentage: percentage covered, -1 blank
            InsSubNum: subscription number
            """,
            Status={
                "0": "not received: no money yet",
                "1": "received: InsPayAmt was paid",
                "2": "pre-authorisation",
                "6": "estimate: no money",
            },
        ),
        "claimpayment.csv": table(
            "Money received from funds.",
            """
            ClaimPaymentNum: fund payment number
            CheckDate: date
            CheckAmt: amount, dollars
            CheckNum: cheque number
            CarrierName: health fund
            ClinicNum: clinic number
            """,
        ),
        "carrier.csv": table(
            "Health funds.",
            """
            CarrierNum: health fund number
            CarrierName: name of the health fund
            Phone: phone of the fund
            ElectID: electronic id
            IsHidden: no longer used (1 yes)
            """,
        ),
        "insplan.csv": table(
            "A fund's plans.",
            """
            PlanNum: fund plan number
            GroupName: group
            GroupNum: group number
            CarrierNum: health fund number
            PlanType: type
            """,
        ),
        "inssub.csv": table(
            "Who is a member of a fund.",
            """
            InsSubNum: subscription number
            PlanNum: fund plan number
            Subscriber: patient number of the member
            DateEffective: valid from
            DateTerm: valid to
            SubscriberID: member number at the fund
            """,
        ),
        "patplan.csv": table(
            "Who is covered by a membership.",
            """
            PatPlanNum: row number
            PatNum: patient number of who is covered
            Ordinal: first or second fund
            Relationship: relationship to the member (code)
            PatID: suffix of the member number, not used here
            InsSubNum: subscription number
            """,
            Relationship={"0": "self", "1": "spouse", "2": "child"},
        ),
        "provider.csv": table(
            "Dentists and hygienists.",
            """
            ProvNum: provider number
            Abbr: short name
            ItemOrder: order
            LName: last name
            FName: first name
            MI: middle initial
            Suffix: degree
            IsSecondary: hygienist (1 yes)
            IsHidden: has left (1 yes)
            NationalProvID: provider number at the funds
            StateLicense: registration number
            EmailAddressNum: e-mail address number
            ProvStatus: status (code)
            """,
            ProvStatus={"0": "active", "1": "has left"},
        ),
        "emailaddress.csv": table(
            "E-mail addresses of the practice and its staff.",
            """
            EmailAddressNum: e-mail address number
            EmailUsername: e-mail address
            SenderAddress: sender, not used here
            """,
        ),
        "userod.csv": table(
            "Users of the system.",
            """
            UserNum: user number
            UserName: login name
            ProvNum: provider number, 0 for reception
            IsHidden: has left (1 yes)
            """,
        ),
        "clinic.csv": table(
            "Locations.",
            """
            ClinicNum: clinic number
            Description: name of the location
            Abbr: short name
            City: suburb
            State: state
            Zip: postcode
            """,
        ),
        "operatory.csv": table(
            "Chairs.",
            """
            OperatoryNum: operatory number
            OpName: name of the chair
            Abbrev: short name
            ItemOrder: order
            IsHidden: no longer used (1 yes)
            ClinicNum: clinic number
            """,
        ),
        "definition.csv": table(
            "What the definition numbers mean.",
            """
            DefNum: definition number
            Category: category (code)
            ItemOrder: order
            ItemName: meaning
            ItemValue: extra value; - for an adjustment that takes off
            IsHidden: no longer used (1 yes)
            """,
            Category={
                "1": "kinds of adjustment",
                "2": "states of confirmation",
                "4": "billing types",
                "10": "methods of payment",
                "13": "recall and unscheduled states",
                "18": "image categories",
                "20": "priorities",
                "27": "kinds of communication",
                "29": "kinds of prepayment",
            },
        ),
        "commlog.csv": table(
            "Calls, messages and letters.",
            """
            CommlogNum: communication number
            PatNum: patient number
            CommDateTime: when, local time
            CommType: definition number of the kind
            Note: text
            Mode_: by what means (code)
            SentOrReceived: direction (code)
            UserNum: user number of who logged it
            """,
            Mode_={"0": "none", "1": "e-mail", "2": "mail", "3": "phone", "4": "in person", "5": "text"},
            SentOrReceived={"0": "neither", "1": "sent", "2": "received"},
        ),
        "document.csv": table(
            "Files kept on patients (the files themselves are not in the export).",
            """
            DocNum: document number
            Description: description
            DateCreated: when it was made
            DocCategory: definition number of the category
            PatNum: patient number
            FileName: file name
            ImgType: kind of image (code)
            ToothNumbers: teeth
            Note: note
            """,
        ),
        "recall.csv": table(
            "When patients should come again.",
            """
            RecallNum: recall number
            PatNum: patient number
            DateDueCalc: due date as computed
            DateDue: due date
            DatePrevious: last done
            RecallInterval: interval, coded: years x 16777216 + months x 65536 + weeks x 256 + days
            RecallStatus: definition number of the state, 0 for none
            Note: note
            IsDisabled: switched off (1 yes)
            RecallTypeNum: recall type number
            DateScheduled: date of the appointment made
            """,
        ),
        "recalltype.csv": table(
            "Types of recall.",
            """
            RecallTypeNum: recall type number
            Description: name
            DefaultInterval: usual interval, coded as in recall
            Procedures: item numbers
            """,
        ),
    }
}
