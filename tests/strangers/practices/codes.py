"""Practice 1: a dump of a normalised database, in the tables of Open Dental (see README.md): numbers for everything."""

from __future__ import annotations

import random
from collections import defaultdict
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from . import codes_meanings, names, truth
from .care import Diary
from .files import write_csv, write_json
from .model import Appointment, Books, Invoice, Line, Payment, Person, Plan, Site, World
from .people import Town, staff

TODAY = date(2026, 10, 30)
NO_DAY, NO_TIME = "0001-01-01", "0001-01-01 00:00:00"
PATIENT_STATUS = {"active": 0, "inactive": 2, "archived": 3, "deceased": 5, "prospective": 6}
APPOINTMENT_STATUS = {"booked": 1, "kept": 2, "cancelled": 5, "missed": 5}
DEFINITIONS = (
    (11, 1, "Discount", "-"),
    (12, 1, "Goodwill credit", "-"),
    (13, 1, "Bad debt written off", "-"),
    (21, 2, "Unconfirmed", ""),
    (22, 2, "Confirmed", ""),
    (41, 4, "Standard account", ""),
    (42, 4, "Collections", ""),
    (101, 10, "Cash", ""),
    (102, 10, "EFTPOS", ""),
    (103, 10, "Direct deposit", ""),
    (104, 10, "Visa", ""),
    (131, 13, "Left message", ""),
    (181, 18, "BWs", ""),
    (182, 18, "Patient documents", ""),
    (201, 20, "1 - next", ""),
    (202, 20, "2 - later", ""),
    (271, 27, "Misc", ""),
    (272, 27, "Appt related", ""),
    (273, 27, "Financial", ""),
    (291, 29, "Prepayment", ""),
)
DEF = {text: number for number, _, text, _ in DEFINITIONS}
DISCOUNT, PREPAID = DEF["Discount"], DEF["Prepayment"]


def money(cents: int) -> str:
    """A double as a dump prints it: 195.25, 45.5, 120, 0."""
    return f"{cents / 100:.2f}".rstrip("0").rstrip(".")


def at(value: datetime | None) -> str:
    """A time, or the year one for none."""
    return f"{value:%Y-%m-%d %H:%M:%S}" if value else NO_TIME


def on(value: date | None) -> str:
    """A day, or the year one for none."""
    return f"{value:%Y-%m-%d}" if value else NO_DAY


def pat(person: Person) -> int:
    """PatNum."""
    return person.n + 16


def apt(visit: Appointment) -> int:
    """AptNum."""
    return visit.n + 300


def statement(invoice: Invoice) -> int:
    """StatementNum of an invoice."""
    return invoice.n + 2000


class Dump:
    """Fills the tables of one world."""

    def __init__(self, world: World, rng: random.Random) -> None:
        self.world, self.rng, self.books = world, rng, Books(world)
        self.tables: dict[str, list[dict[str, Any]]] = defaultdict(list)
        self.proc_of_line: dict[int, int] = {}
        self.proc_of_item: dict[int, int] = {}
        self.room: dict[int, int] = {}  # cents of a procedure that no payment covers yet
        self.splits: dict[int, list[tuple[Line, Invoice, int]]] = {}
        self.claim_payment: dict[int, int] = {}
        self.pay_num: dict[int, int] = {}
        self.extra: dict[str, list[dict[str, Any]]] = defaultdict(list)
        self.sub_of: dict[int, int] = {}

    def add(self, table: str, key: str, **row: Any) -> int:
        """Append a row numbered in its table; gives the number."""
        number = row.pop("number", None) or len(self.tables[table]) + 1
        self.tables[table].append({key: number, **row})
        return number

    def fill(self) -> None:
        """All tables, parents first."""
        self.lists()
        self.patients()
        self.insurance()
        self.appointments()
        self.invoices()
        self.plans()
        self.money()
        self.rest()
        self.strays()

    # -- lists -----------------------------------------------------------------------------------------------------------------------

    def lists(self) -> None:
        """What the rest points at: clinics, providers, codes, definitions."""
        world = self.world
        for number, category, text, value in DEFINITIONS:
            self.tables["definition"].append(
                {"DefNum": number, "Category": category, "ItemOrder": number % 10, "ItemName": text, "ItemValue": value, "IsHidden": 0}
            )
        for site in world.sites:
            self.add(
                "clinic",
                "ClinicNum",
                Description=site.name,
                Abbr=site.suburb[:4].upper(),
                City=site.suburb,
                State=site.state,
                Zip=site.postcode,
            )
        for place, kind in enumerate(("Chair 1", "Chair 2", "Hygiene", "Chair A"), 1):
            self.add(
                "operatory", "OperatoryNum", OpName=kind, Abbrev=f"OP{place}", ItemOrder=place, IsHidden=0, ClinicNum=2 if place == 4 else 1
            )
        for each in world.dentists:
            mail = self.add("emailaddress", "EmailAddressNum", EmailUsername=each.email, SenderAddress="")
            self.add(
                "provider",
                "ProvNum",
                Abbr=f"{each.first[0]}{each.last[:3]}".upper(),
                ItemOrder=each.n,
                LName=each.last,
                FName=each.first,
                MI="",
                Suffix="BDSc" if each.title == "Dr" else "",
                IsSecondary=int(each.role == "hygienist"),
                IsHidden=int(not each.active),
                NationalProvID=f"{4_000_000 + each.n * 1111}{'ABCDE'[each.n - 1]}",
                StateLicense=f"DEN000{each.n}77{each.n}",
                EmailAddressNum=mail,
                ProvStatus=0 if each.active else 1,
            )
            self.add("userod", "UserNum", UserName=each.first.lower(), ProvNum=each.n, IsHidden=int(not each.active))
        self.add("userod", "UserNum", UserName="reception", ProvNum=0, IsHidden=0)
        for text, minutes in names.APPOINTMENT_TYPES:
            self.add("appointmenttype", "AppointmentTypeNum", AppointmentTypeName=text, Pattern="X" * (minutes // 5), IsHidden=0)
        codes = [(code, text) for code, text, *_ in (*names.EXAMS, *names.TREATMENTS, *names.PRODUCTS)]
        for code, text in [*codes, ("D9986", "Missed appointment"), ("D9987", "Cancelled appointment")]:
            self.add("procedurecode", "CodeNum", ProcCode=code, Descript=text, AbbrDesc=text[:12], ProcCat=0, IsHygiene=int(code == "114"))
        self.code_num = {row["ProcCode"]: row["CodeNum"] for row in self.tables["procedurecode"]}
        self.add("recalltype", "RecallTypeNum", Description="Exam & clean", DefaultInterval=6 * 65536, Procedures="012,114")

    def patients(self) -> None:
        """One row a person; family sums stand with the guarantor only."""
        families: dict[int, list[Person]] = defaultdict(list)
        for person in self.world.persons:
            families[person.head.n].append(person)
        for person in self.world.persons:
            family = families[person.n] if person.head is person else []
            ages = self.books.ageing(family)
            self.tables["patient"].append(
                {
                    "PatNum": pat(person),
                    "LName": person.last,
                    "FName": person.first,
                    "MiddleI": person.middle,
                    "Preferred": person.preferred,
                    "PatStatus": PATIENT_STATUS[person.status],
                    "Gender": {"M": 0, "F": 1}[person.gender],
                    "Position": 0 if person.adult else 2,
                    "Birthdate": on(person.birth),
                    "SSN": "",
                    "Address": person.street,
                    "Address2": person.street2,
                    "City": person.suburb,
                    "State": person.state,
                    "Zip": person.postcode,
                    "HmPhone": person.home.typed if person.home else "",
                    "WkPhone": person.work.typed if person.work else "",
                    "WirelessPhone": person.mobile.typed if person.mobile else "",
                    "Guarantor": pat(person.head),
                    "Email": person.email or person.filler_email,
                    "EstBalance": money(self.books.balance(person)),
                    "PriProv": person.dentist.n,
                    "SecProv": 0,
                    "BillingType": DEF["Standard account"],
                    "AddrNote": person.note,
                    "FamFinUrgNote": "",
                    "MedUrgNote": "Penicillin!" if person.n % 17 == 0 else "",
                    "ApptModNote": "",
                    "ChartNumber": "",
                    "Bal_0_30": money(ages[0]),
                    "Bal_31_60": money(ages[1]),
                    "Bal_61_90": money(ages[2]),
                    "BalOver90": money(ages[3]),
                    "InsEst": 0,
                    "BalTotal": money(sum(self.books.balance(each) for each in family)),
                    "DateFirstVisit": on(self.first_visit(person)),
                    "ClinicNum": person.site.n,
                    "HasIns": "I" if person.fund else "",
                    "Premed": 0,
                    "PreferConfirmMethod": 0,
                    "PreferContactMethod": 0,
                    "Language": "",
                    "Title": person.title,
                    "ResponsParty": 0,
                    "SuperFamily": 0,
                    "TxtMsgOk": 2 if person.n % 13 == 0 else 0,
                    "Country": person.country,
                    "DateTimeDeceased": f"{on(person.status_on)} 00:00:00" if person.status == "deceased" else NO_TIME,
                    "SecDateEntry": on(person.created),
                    "DateTStamp": f"{on(person.status_on or person.created)} 09:12:44",
                }
            )

    def first_visit(self, person: Person) -> date | None:
        """The day of the first visit that took place."""
        return min(
            (visit.start.date() for visit in self.world.appointments if visit.person is person and visit.outcome == "kept"), default=None
        )

    def insurance(self) -> None:
        """Funds, their plans, who subscribes, who is covered."""
        for place, fund in enumerate(names.FUNDS, 1):
            self.add("carrier", "CarrierNum", CarrierName=fund, Phone="13 00 00", ElectID=f"{place:03d}", IsHidden=0)
            self.add("insplan", "PlanNum", GroupName="Extras", GroupNum="", CarrierNum=place, PlanType="")
        subs: dict[str, int] = {}
        for person in self.world.persons:
            if not person.fund:
                continue
            if person.member_no not in subs:
                subs[person.member_no] = self.add(
                    "inssub",
                    "InsSubNum",
                    PlanNum=names.FUNDS.index(person.fund) + 1,
                    Subscriber=pat(person),
                    DateEffective=NO_DAY,
                    DateTerm=NO_DAY,
                    SubscriberID=person.member_no,
                )
            sub = self.sub_of[person.n] = subs[person.member_no]
            own = self.tables["inssub"][sub - 1]["Subscriber"] == pat(person)
            self.add("patplan", "PatPlanNum", PatNum=pat(person), Ordinal=1, Relationship=0 if own else 2, PatID="", InsSubNum=sub)

    # -- care ------------------------------------------------------------------------------------------------------------------------

    def appointments(self) -> None:
        """Visits; why one was broken stands in a procedure of no fee."""
        kinds = [kind for kind, _ in names.APPOINTMENT_TYPES]
        for visit in self.world.appointments:
            status = APPOINTMENT_STATUS[visit.outcome]
            self.appointment_row(
                apt(visit),
                pat(visit.person),
                status,
                visit.start,
                visit.minutes,
                AppointmentTypeNum=kinds.index(visit.kind) + 1,
                ProvNum=0 if visit.dentist.role == "hygienist" and visit.n % 3 == 0 else visit.dentist.n,
                ProvHyg=visit.dentist.n if visit.dentist.role == "hygienist" else 0,
                IsHygiene=int(visit.dentist.role == "hygienist"),
                Note="\n".join(text for text in (visit.note, visit.reason) if text),
                ClinicNum=visit.site.n,
                Confirmed=DEF["Confirmed"] if visit.outcome == "kept" else DEF["Unconfirmed"],
                SecDateTEntry=f"{on(visit.booked_on)} 10:00:00",
            )
            if status == 5:
                code = "D9986" if visit.outcome == "missed" else "D9987"
                self.procedure(visit.person, code, 0, 1, 2, visit.start.date(), visit.dentist.n, visit.site, AptNum=apt(visit))

    def appointment_row(self, number: int, patient: int, status: int, start: datetime | None, minutes: int, **more: Any) -> None:
        """One row of table appointment."""
        row = {
            "AptNum": number,
            "PatNum": patient,
            "AptStatus": status,
            "Pattern": ("/" + "X" * (minutes // 5 - 2) + "/") if minutes > 10 else "X" * (minutes // 5),
            "Confirmed": DEF["Unconfirmed"],
            "Op": 1,
            "Note": "",
            "ProvNum": 1,
            "ProvHyg": 0,
            "AptDateTime": at(start),
            "NextAptNum": 0,
            "UnschedStatus": 0,
            "IsNewPatient": 0,
            "ProcDescript": "",
            "Assistant": 0,
            "ClinicNum": 1,
            "IsHygiene": 0,
            "DateTimeArrived": at(start - timedelta(minutes=4)) if start and status == 2 else NO_TIME,
            "AppointmentTypeNum": 0,
            "SecDateTEntry": NO_TIME,
            "Priority": 0,
        }
        self.tables["appointment"].append(row | more)

    def procedure(
        self, person: Person, code: str, fee: int, quantity: int, status: int, day: date | None, provider: int, site: Site, **more: Any
    ) -> int:
        """One row of table procedurelog; gives its number."""
        row = {
            "PatNum": pat(person),
            "AptNum": 0,
            "ProcDate": on(day),
            "ProcFee": money(fee),
            "Surf": "",
            "ToothNum": "",
            "ToothRange": "",
            "Priority": 0,
            "ProcStatus": status,
            "ProvNum": provider,
            "PlannedAptNum": 0,
            "ClinicNum": site.n,
            "CodeNum": self.code_num[code],
            "UnitQty": quantity,
            "DateTP": NO_DAY,
            "DateComplete": on(day) if status == 2 else NO_DAY,
            "StatementNum": 0,
            "BillingNote": "",
            "Discount": 0,
            "TaxAmt": 0,
        }
        return self.add("procedurelog", "ProcNum", **(row | more))

    def invoices(self) -> None:
        """An invoice is a statement with IsInvoice; its procedures and discounts point at it."""
        for invoice in self.world.invoices:
            self.tables["statement"].append(
                {
                    "StatementNum": statement(invoice),
                    "PatNum": pat(invoice.person),
                    "DateSent": on(invoice.day),
                    "DateRangeFrom": on(invoice.day),
                    "DateRangeTo": on(invoice.day),
                    "Note": f"Replaces {statement(invoice.replaces)}" if invoice.replaces else "",
                    "NoteBold": "",
                    "Mode_": 1,
                    "SinglePatient": 1,
                    "IsSent": 1,
                    "IsReceipt": 0,
                    "IsInvoice": 1,
                    "IsInvoiceCopy": 0,
                    "StatementType": "NotSet",
                }
            )
            for line in invoice.lines:
                number = self.procedure(
                    invoice.person,
                    line.code,
                    line.fee,
                    line.quantity,
                    6 if invoice.void else 2,
                    invoice.day,
                    invoice.dentist.n,
                    invoice.site,
                    AptNum=apt(invoice.appointment) if invoice.appointment else 0,
                    ToothNum=line.tooth,
                    Surf=line.surfaces,
                    DateTP=on(line.plan.day if line.plan else invoice.day),
                    StatementNum=statement(invoice),
                    Discount=money(line.discount) if line.item or invoice.void else 0,  # what is deleted keeps its own
                )
                self.proc_of_line[line.n] = number
                self.room[line.n] = line.total
                if line.item and not invoice.void:
                    self.proc_of_item[line.item.n] = number
                if line.discount and not invoice.void:
                    self.adjust(invoice, line, -line.discount, DISCOUNT, invoice.day, statement(invoice), "")

    def adjust(self, invoice: Invoice, line: Line, cents: int, kind: int, day: date, bill: int, note: str) -> None:
        """One row of table adjustment."""
        self.add(
            "adjustment",
            "AdjNum",
            AdjDate=on(day),
            AdjAmt=money(cents),
            PatNum=pat(invoice.person),
            AdjType=kind,
            ProvNum=invoice.dentist.n,
            AdjNote=note,
            ProcDate=on(invoice.day),
            ProcNum=self.proc_of_line[line.n],
            DateEntry=on(day),
            ClinicNum=invoice.site.n,
            StatementNum=bill,
        )

    def plans(self) -> None:
        """Signed or superseded plans are saved (lines in proctp); the newest proposal is active, a declined plan inactive."""
        active: dict[int, Plan] = {}
        for plan in self.world.plans:
            if plan.status == "proposed":
                active[plan.person.n] = plan
        for plan in self.world.plans:
            saved = plan.status in ("accepted", "in progress", "completed") or (
                plan.status == "proposed" and active[plan.person.n] is not plan
            )
            status = 0 if saved else 2 if plan.status == "declined" else 1
            number = self.add(
                "treatplan",
                "TreatPlanNum",
                PatNum=pat(plan.person),
                DateTP=on(plan.day),
                Heading=plan.heading,
                Note=plan.note,
                ResponsParty=0,
                DocNum=0,
                TPStatus=status,
                TPType=0,
                DateTSigned=f"{on(plan.signed)} 00:00:00" if plan.signed else NO_TIME,
                UserNumPresenter=plan.dentist.n,
                SecDateEntry=on(plan.day),
            )
            left = [item for item in plan.items if item.done is None]
            planned = 0
            if left and plan.status in ("accepted", "in progress"):
                planned = 90000 + plan.n
                minutes = 30 + 15 * len(left)
                self.appointment_row(planned, pat(plan.person), 6, None, minutes, ProvNum=plan.dentist.n, ClinicNum=plan.person.site.n)
                self.extra["planned_appointments"].append(
                    {"key": str(planned), "patient": str(pat(plan.person)), "plan": str(number), "minutes": minutes, "start_local": None}
                )
            for item in left:
                self.proc_of_item[item.n] = self.procedure(
                    plan.person,
                    item.code,
                    item.fee,
                    item.quantity,
                    8 if plan.status == "declined" else 1,
                    plan.day,
                    plan.dentist.n,
                    plan.person.site,
                    ToothNum=item.tooth,
                    Surf=item.surfaces,
                    DateTP=on(plan.day),
                    PlannedAptNum=planned,
                    Discount=money(item.discount),
                    Priority=DEF["1 - next"],
                )
                if plan.person.fund and status == 1:
                    self.claim_row(plan.person, self.proc_of_item[item.n], 0, 6, plan.dentist.n, item.total, estimate=item.total // 2)
            for order, item in enumerate(plan.items):
                if saved:
                    self.add(
                        "proctp",
                        "ProcTPNum",
                        TreatPlanNum=number,
                        PatNum=pat(plan.person),
                        ProcNumOrig=self.proc_of_item[item.n],
                        ItemOrder=order,
                        Priority=DEF["1 - next"],
                        ToothNumTP=item.tooth,
                        Surf=item.surfaces,
                        ProcCode=item.code,
                        Descript=item.text,
                        FeeAmt=money(item.fee * item.quantity),
                        PriInsAmt=0,
                        SecInsAmt=0,
                        PatAmt=money(item.total),
                        Discount=money(item.discount),
                        ProvNum=plan.dentist.n,
                        DateTP=on(plan.day),
                        ClinicNum=plan.person.site.n,
                    )
                else:
                    self.add("treatplanattach", "TreatPlanAttachNum", TreatPlanNum=number, ProcNum=self.proc_of_item[item.n], Priority=0)

    # -- money -----------------------------------------------------------------------------------------------------------------------

    def spread(self, invoice: Invoice, cents: int) -> list[tuple[Line, int]]:
        """Share an amount over the invoice's procedures, first come first served."""
        shares = []
        for line in invoice.lines:
            share = min(cents, self.room[line.n])
            if share:
                self.room[line.n] -= share
                shares.append((line, share))
                cents -= share
        if cents:  # what a credit left over-covered
            shares.append((invoice.lines[0], cents))
            self.room[invoice.lines[0].n] -= cents
        return shares

    def money(self) -> None:
        """Payments with their splits; a fund's money by claim; a deposit used later is a transfer of no amount."""
        for payment in self.world.payments:
            if payment.reverses:
                self.splits[payment.n] = [(line, invoice, -cents) for line, invoice, cents in self.splits[payment.reverses.n]]
                for line, _, cents in self.splits[payment.n]:
                    self.room[line.n] -= cents
            else:
                self.splits[payment.n] = [
                    (line, invoice, share) for invoice, cents in payment.parts for line, share in self.spread(invoice, cents)
                ]
            if payment.fund:
                self.fund_payment(payment)
                continue
            number = self.payment_row(payment.payer, payment.day, payment.amount, DEF[payment.method], payment.note)
            self.pay_num[payment.n] = number
            for line, invoice, cents in self.splits[payment.n]:
                self.split(number, pat(invoice.person), cents, payment.day, self.proc_of_line[line.n], invoice.dentist.n, 0)
            ahead = payment.amount - sum(cents for _, cents in payment.parts)
            if ahead:
                self.split(number, pat(payment.payer), ahead, payment.day, 0, payment.payer.dentist.n, PREPAID)
        for payment in self.world.payments:
            for invoice, cents, day in payment.applied:
                number = self.payment_row(payment.payer, day, 0, 0, "Income transfer")
                self.split(number, pat(payment.payer), -cents, day, 0, payment.payer.dentist.n, PREPAID)
                for line, share in self.spread(invoice, cents):
                    self.split(number, pat(invoice.person), share, day, self.proc_of_line[line.n], invoice.dentist.n, 0)
                self.extra["transfers"].append(
                    {"key": str(number), "from_payment": self.payment_key(payment), "invoice": str(statement(invoice)), "cents": cents}
                )
        for credit in self.world.credits:
            self.adjust(credit.invoice, credit.invoice.lines[0], -credit.cents, DEF[credit.reason], credit.day, 0, credit.reason)
        waiting = [
            invoice
            for invoice in self.world.invoices
            if invoice.person.fund and self.books.open(invoice) > 0 and not self.books.paid[invoice.n] and (TODAY - invoice.day).days < 200
        ]
        for invoice in waiting[: max(2, len(waiting) // 3)]:  # claims sent, nothing received: nothing that counts
            claim = self.claim(invoice, "S", 0, NO_DAY)
            for line in invoice.lines:
                self.claim_row(invoice.person, self.proc_of_line[line.n], claim, 0, invoice.dentist.n, line.total, estimate=line.total // 2)

    def payment_row(self, person: Person, day: date, cents: int, kind: int, note: str) -> int:
        """One row of table payment."""
        return self.add(
            "payment",
            "PayNum",
            PayType=kind,
            PayDate=on(day),
            PayAmt=money(cents),
            CheckNum="",
            BankBranch="",
            PayNote=note,
            IsSplit=0,
            PatNum=pat(person),
            ClinicNum=person.site.n,
            DateEntry=on(day),
        )

    def split(self, number: int, patient: int, cents: int, day: date, proc: int, provider: int, unearned: int) -> None:
        """One row of table paysplit."""
        self.add(
            "paysplit",
            "SplitNum",
            SplitAmt=money(cents),
            PatNum=patient,
            PayNum=number,
            ProvNum=provider,
            PayPlanNum=0,
            DatePay=on(day),
            ProcNum=proc,
            UnearnedType=unearned,
            ClinicNum=1,
            AdjNum=0,
        )

    def claim(self, invoice: Invoice, status: str, paid: int, received: str) -> int:
        """One row of table claim."""
        return self.add(
            "claim",
            "ClaimNum",
            PatNum=pat(invoice.person),
            DateService=on(invoice.day),
            DateSent=on(invoice.day),
            ClaimStatus=status,
            DateReceived=received,
            PlanNum=names.FUNDS.index(invoice.person.fund) + 1,
            ProvTreat=invoice.dentist.n,
            ClaimFee=money(invoice.total),
            InsPayAmt=money(paid),
            ClaimType="P",
            InsSubNum=self.sub_of[invoice.person.n],
        )

    def fund_payment(self, payment: Payment) -> None:
        """A fund's cheque, its claim and what it paid on each procedure."""
        number = self.add(
            "claimpayment",
            "ClaimPaymentNum",
            CheckDate=on(payment.day),
            CheckAmt=money(payment.amount),
            CheckNum="",
            CarrierName=payment.fund,
            ClinicNum=payment.payer.site.n,
        )
        self.claim_payment[payment.n] = number
        claim = self.claim(payment.parts[0][0], "R", payment.amount, on(payment.day))
        for line, invoice, cents in self.splits[payment.n]:
            proc = self.proc_of_line[line.n]
            self.claim_row(
                invoice.person, proc, claim, 1, invoice.dentist.n, line.total, estimate=cents, paid=cents, cheque=number, day=payment.day
            )

    def claim_row(
        self,
        person: Person,
        proc: int,
        claim: int,
        status: int,
        provider: int,
        billed: int,
        *,
        estimate: int,
        paid: int = 0,
        cheque: int = 0,
        day: date | None = None,
    ) -> None:
        """One row of table claimproc."""
        self.add(
            "claimproc",
            "ClaimProcNum",
            ProcNum=proc,
            ClaimNum=claim,
            PatNum=pat(person),
            ProvNum=provider,
            FeeBilled=money(billed),
            InsPayEst=money(estimate),
            DedApplied=0,
            Status=status,
            InsPayAmt=money(paid),
            Remarks="",
            ClaimPaymentNum=cheque,
            PlanNum=names.FUNDS.index(person.fund) + 1,
            DateCP=on(day),
            WriteOff=0,
            Percentage=-1,
            InsSubNum=self.sub_of[person.n],
        )

    # -- the rest --------------------------------------------------------------------------------------------------------------------

    def rest(self) -> None:
        """Notes, calls, recalls, documents, a deleted test patient."""
        first_proc: dict[int, int] = {}
        for row in self.tables["procedurelog"]:
            first_proc.setdefault(row["AptNum"], row["ProcNum"])
        for note in self.world.notes:
            if note.kind == "clinical":
                proc = first_proc.get(apt(note.appointment), 0) if note.appointment else 0
                self.add(
                    "procnote",
                    "ProcNoteNum",
                    PatNum=pat(note.person),
                    ProcNum=proc,
                    EntryDateTime=at(note.at),
                    UserNum=note.dentist.n,
                    Note=note.text,
                )
            else:
                self.commlog(pat(note.person), note.at, DEF["Misc"], note.text, note.dentist.n)
        for person in self.world.persons:
            if person.status == "prospective":
                when = datetime.combine(person.created, datetime.min.time()) + timedelta(hours=11)
                self.commlog(pat(person), when, DEF["Misc"], "Enquiry: price of implants?\nWants to be rung back", 6)
        for recall in self.world.recalls:
            self.add(
                "recall",
                "RecallNum",
                PatNum=pat(recall.person),
                DateDueCalc=on(recall.due),
                DateDue=on(recall.due),
                DatePrevious=on(recall.last),
                RecallInterval=recall.months * 65536,
                RecallStatus=0,
                Note="",
                IsDisabled=int(recall.disabled),
                RecallTypeNum=1,
                DateScheduled=NO_DAY,
            )
        for document in self.world.documents:
            self.add(
                "document",
                "DocNum",
                Description=document.text,
                DateCreated=f"{on(document.day)} 12:00:00",
                DocCategory=DEF["Patient documents"],
                PatNum=pat(document.person),
                FileName=document.name,
                ImgType=0,
                ToothNumbers="",
                Note="",
            )
        deleted = dict(self.tables["patient"][0]) | dict.fromkeys(
            ("WirelessPhone", "HmPhone", "WkPhone", "Email", "Address", "Preferred"), ""
        )
        number = pat(self.world.persons[-1]) + 1
        deleted |= {"PatNum": number, "Guarantor": number, "LName": "TEST", "FName": "Zzz", "PatStatus": 4, "EstBalance": 0, "BalTotal": 0}
        deleted |= {"Birthdate": NO_DAY, "Bal_0_30": 0, "Bal_31_60": 0, "Bal_61_90": 0, "BalOver90": 0, "DateFirstVisit": NO_DAY}
        self.tables["patient"].append(deleted | {"AddrNote": "", "Title": "", "MiddleI": "", "HasIns": "", "DateTimeDeceased": NO_TIME})
        self.extra["deleted_patients"].append(
            {"key": str(number), "why": "PatStatus 4 = deleted in the source: a test patient, nothing hangs on it"}
        )

    def commlog(self, patient: int, when: datetime, kind: int, text: str, user: int) -> int:
        """One row of table commlog."""
        return self.add(
            "commlog",
            "CommlogNum",
            PatNum=patient,
            CommDateTime=at(when),
            CommType=kind,
            Note=text,
            Mode_=3,
            SentOrReceived=1,
            UserNum=user,
        )

    def strays(self) -> None:
        """Rows whose patient was purged: nobody may get them."""
        gone = pat(self.world.persons[-1]) + 40
        for step in range(max(2, len(self.world.appointments) // 150)):
            number = 80000 + step
            self.appointment_row(number, gone + step, 2, datetime(2025, 3, 3 + step % 20, 9, 30), 45, Note="moved from old system")
            self.stray("appointment", str(number), gone + step)
        self.stray("commlog", str(self.commlog(gone, datetime(2025, 3, 4, 10), DEF["Misc"], "Wants records sent on", 6)), gone)
        number = len(self.tables["payment"]) + 1
        self.tables["payment"].append(
            dict(self.tables["payment"][0]) | {"PayNum": number, "PatNum": gone, "PayAmt": "85.5", "PayDate": "2025-03-03", "PayNote": ""}
        )
        self.split(number, gone, 8550, date(2025, 3, 3), 0, 1, 0)
        self.stray("payment", str(number), gone, cents=8550)
        self.stray("paysplit", str(len(self.tables["paysplit"])), gone, cents=8550)
        note = self.world.persons[0]
        self.appointment_row(85000, pat(note), 7, datetime(2026, 11, 4, 8, 0), 20, Note="Staff meeting, leave free", ProvNum=1)
        self.extra["not_appointments"].append({"key": "85000", "why": "AptStatus 7 = a note on the schedule, not a visit"})

    def stray(self, table: str, key: str, patient: int, cents: int | None = None) -> None:
        """Say in the truth that a row belongs to nobody."""
        row = {"file": f"{table}.csv", "key": key, "absent_id": str(patient), "why": f"PatNum {patient} is not in patient.csv"}
        self.extra["unattachable"].append(row | ({"cents": cents} if cents is not None else {}))

    def payment_key(self, payment: Payment) -> str:
        """Key of a payment in the truth: which table, which number."""
        return f"claimpayment {self.claim_payment[payment.n]}" if payment.fund else f"payment {self.pay_num[payment.n]}"


def world(patients: int, seed: int) -> World:
    """The practice's world: two locations in Queensland."""
    rng = random.Random(f"codes {seed}")
    sites = [
        Site(1, "Larkspur Dental Paddington", "Paddington", "QLD", "4064", "Australia/Brisbane"),
        Site(2, "Larkspur Dental Wynnum", "Wynnum", "QLD", "4178", "Australia/Brisbane"),
    ]
    made = World("Larkspur Dental", TODAY, sites, staff(sites, "larkspur.example.com"))
    Town(made, rng, "7", duplicates=True, prospects=True).fill(patients)
    Diary(made, rng, first_day=date(2024, 1, 8), restate=None).fill()
    return made


def write(target: Path, patients: int, seed: int) -> dict[str, Any]:
    """Write export/, truth.json and meanings.json under `target`; gives the truth."""
    made = world(patients, seed)
    dump = Dump(made, random.Random(f"codes dump {seed}"))
    dump.fill()
    for table, rows in dump.tables.items():
        write_csv(target / "export" / f"{table}.csv", rows)
    plan_num = {plan.n: str(place) for place, plan in enumerate(made.plans, 1)}
    facts = truth.of_world(
        made,
        truth.Keys(
            person=lambda person: str(pat(person)),
            dentist=lambda each: str(each.n),
            appointment=lambda visit: str(apt(visit)),
            plan=lambda plan: plan_num[plan.n],
            invoice=lambda invoice: str(statement(invoice)),
            payment=dump.payment_key,
        ),
    )
    fit_to_files(facts)
    facts |= dump.extra
    write_json(target / "truth.json", facts)
    write_json(target / "meanings.json", codes_meanings.MEANINGS)
    return facts


def fit_to_files(facts: dict[str, Any]) -> None:
    """Take out of the truth what this layout cannot say."""
    void = {invoice["key"] for invoice in facts["invoices"] if invoice["status"] == "void"}
    for plan in facts["plans"]:  # proctp points at the procedure that counts, not at the deleted one of a void invoice
        plan["invoices"] = [key for key in plan["invoices"] if key not in void]
    for invoice in facts["invoices"]:
        if invoice["key"] in void:
            invoice["plans"] = []
            for line in invoice["lines"]:
                line["plan"] = None
        for line in invoice["lines"]:
            line["tax_cents"] = 0  # fees include GST here
    for visit in facts["appointments"]:  # the reason of a cancellation stands at the end of the note
        visit["note"] = "\n".join(text for text in (visit["note"], visit["reason"]) if text)
        visit["reason"] = ""
    for person in facts["patients"] + facts["leads"]:
        if person["status"] != "deceased":
            person["status_on"] = None
