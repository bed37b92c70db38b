"""Treatment plans → Deals with their procedures; accounts → Deals in "Accounts"; both with invoices and payment history."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from migkit.model.messages import Message
from migkit.model.objects import ObjectType
from migkit.model.records import INVOICED, RECEIVED, DesiredRecord

from .activities import add_notes
from .billing import Account, gather_accounts
from .context import Context
from .people import Persons
from .procedures import procedures, treatment_plan_lines, treatment_plan_name, treatment_plan_total
from .rows import Row, natural
from .statements import LABELS, history_lines, invoice_lines
from .text import external_id_line, money, paragraphs, part_keys, split_html
from .times import NOON, noon, rfc3339

PLANS = "Treatment plans"
ITEM_STATUSES = (None, "planned", "completed", "cancelled")
"""What an item may be. Of any other word nobody knows whether it is part of what its plan comes to."""
ACCOUNTS = "Accounts"


@dataclass(frozen=True)
class Deals:
    """The planned deals."""

    records: Mapping[str, DesiredRecord]
    """Deal key → record: of treatment plans (`plan:7`), accounts, single invoices."""
    of_invoice: Mapping[str, str]
    """Invoice id → key of the deal that carries it; invoices in a note on the person are absent."""
    invoices: Mapping[str, Row]
    """Invoice key → its row with the status and balance that its payments make."""

    def of_treatment_plan(self, plan_id: str | None) -> DesiredRecord | None:
        """Return the deal of a treatment plan, None where there is none."""
        return self.records.get(f"plan:{plan_id}") if plan_id else None


def plan_deals(context: Context, persons: Persons) -> Deals:
    """Add the deals of plans and accounts with their notes and histories; settle plans, items, invoices, lines and payments."""
    plans = _plans(context, persons)
    treatment_plan_person = {key: str(persons.key(row)) for key, row in plans.items()}
    items = _items(context, persons, plans)
    accounts = gather_accounts(context, persons, treatment_plan_person)
    made = {}
    for key, row in plans.items():
        person = persons.records[treatment_plan_person[key]]
        account = accounts.get(key) or Account(key, person.key)
        made[key] = _plan_deal(context, persons, person, row, items.get(key, []), account)
    for key, account in sorted(accounts.items(), key=lambda pair: natural(pair[0])):
        person = persons.records[account.person]
        if key not in plans and key != account.person:
            made[key] = _account_deal(context, persons, person, account)
        _plan_billing(context, persons, person, account, made.get(key))
    of_invoice = {row["invoice_id"]: key for key, account in accounts.items() if key in made for row in account.invoices}
    return Deals(made, of_invoice, {row["_key"]: row for account in accounts.values() for row in account.invoices})


def _plans(context: Context, persons: Persons) -> dict[str, Row]:
    """Return the plans that go on; settles the others."""
    going = {}
    for row in context.rows("treatment_plans"):
        if row.get("status") and row["status"] not in context.map["plan_status"]:
            context.note_problem("unknown-plan-status", "treatment_plans", row["_key"])
            context.book.hold(row, Message.of("unknown-plan-status"))
        elif persons.required(row):
            going[row["_key"]] = row
            context.book.own(row, row["_key"])
    return going


def _items(context: Context, persons: Persons, plans: Mapping[str, Row]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in context.rows("treatment_items"):
        if persons.wait(row, ("plan_id", "treatment_plans")):
            continue
        key = f"plan:{row.get('plan_id')}"
        if key not in plans:
            context.book.hold(row, Message.of("missing-parent", key=key), key)
            continue
        if row.get("status") not in ITEM_STATUSES:
            context.note_problem("unknown-item-status", "treatment_items", row["_key"])
            context.book.hold(row, Message.of("unknown-item-status"))
            continue
        context.book.fold(row, key)
        found[key].append(row)
    for rows in found.values():
        rows.sort(key=lambda row: (row["visit"] if row.get("visit") is not None else 999, natural(row["_key"])))
    return found


def _plan_deal(
    context: Context, persons: Persons, person: DesiredRecord, row: Row, items: Sequence[Row], account: Account
) -> DesiredRecord:
    key, total = row["_key"], treatment_plan_total(context, row, items)
    target = context.map["plan_status"][row.get("status") or "proposed"]
    stage = "Accepted" if target["status"] == "lost" and row.get("accepted_date") else target["stage"]
    fields = {
        **_fields(
            context,
            account,
            row,
            title=f"{person.fields['name']} – {treatment_plan_name(context, row)}",
            value=total,
            status=target["status"],
            created=row.get("created_date"),
            **_closing(context, row, items, target["status"]),
            **procedures(context, items),
        ),
        **context.write.new_fields("treatment_items", items),
    }
    owner = context.owner(row.get("practitioner_id"), person.owner)
    sources = [key, *(item["_key"] for item in items), *_sources(account)]
    deal = _deal(context, persons, person, key, f"{PLANS}/{stage}", fields, owner, sources)
    lines = treatment_plan_lines(context, row, items, total)
    links = {"person_id": person.key, "deal_id": key}
    wave = persons.wave(person, current=target["status"] == "open", parents=[deal])
    add_notes(context, f"note:{key}", lines, _at_noon(row.get("created_date")), links=links, sources=[key], wave=wave)
    return deal


def _account_deal(context: Context, persons: Persons, person: DesiredRecord, account: Account) -> DesiredRecord:
    settled = "open" if account.invoices or account.paid else "paid"
    target = context.map["account_status"][account.status or settled]
    single = account.key.startswith("invoice:")
    may_name = any(part.name == "Billed to" and context.write.sends(part) for part in context.landing.texts["invoice"].parts)
    billed = f", billed to {account.payer if may_name else 'another'}" if account.payer else ""
    closing: dict[str, Any] = {}
    if target["status"] != "open" and account.last_day:
        closing[f"{target['status']}_time"] = rfc3339(noon(account.last_day, context.settings.zone_of(None)))
    if target["status"] == "lost":
        closing["lost_reason"] = "All invoices are void"
    fields = _fields(
        context,
        account,
        None,
        title=f"{person.fields['name']} – {'Invoice ' + account.key.partition(':')[2] if single else 'Account'}{billed}",
        value=account.invoiced,
        status=target["status"],
        created=account.first_day,
        **closing,
    )
    owners = [row.get("practitioner_id") for row in account.invoices if single]
    owner = context.owner(owners[0] if owners else None, person.owner)
    return _deal(context, persons, person, account.key, f"{ACCOUNTS}/{target['stage']}", fields, owner, _sources(account))


def _deal(
    context: Context,
    persons: Persons,
    person: DesiredRecord,
    key: str,
    stage: str,
    fields: Mapping[str, Any],
    owner: str,
    sources: Sequence[str],
) -> DesiredRecord:
    links = {
        "person_id": person.key,
        "org_id": person.links.get("org_id"),
        "pipeline_id": f"pipeline:{stage.partition('/')[0]}",
        "stage_id": f"stage:{stage}",
    }
    wave = persons.wave(person, current=fields["status"] == "open")
    return context.add(key, ObjectType.DEAL, fields, links=links, owner=owner, wave=wave, sources=sources)


def _fields(context: Context, account: Account, row: Row | None, **made: Any) -> dict[str, Any]:
    write = context.write
    lines = [line for lines in account.lines.values() for line in lines]
    return {
        **write.fields(
            ObjectType.DEAL,
            row,
            currency=context.currency,
            source_ids=account.key,
            invoice_status=LABELS.get(account.status or ""),
            invoice_total=account.invoiced if account.invoices else None,  # not known, where one of them is not
            paid_total=account.paid if account.postings else account.stated_paid,
            **made,
        ),
        **write.new_fields("treatment_plans", [row] if row else []),
        **write.new_fields("invoices", account.invoices),
        **write.new_fields("invoice_lines", lines),
        **write.new_fields("payments", account.payments),
    }


def _plan_billing(context: Context, persons: Persons, person: DesiredRecord, account: Account, deal: DesiredRecord | None) -> None:
    """Add the itemised invoices as a note and the payments as a done activity; settle the rows behind them."""
    note, links = f"note:invoices:{account.key}", {"person_id": person.key, "deal_id": deal.key if deal else None}
    if account.invoices:
        rows = [*account.invoices, *(line for lines in account.lines.values() for line in lines)]
        open_ = account.status in ("overdue", "part_paid", "open")
        latest = max((row["date"] for row in account.invoices if row.get("date")), default=None)
        wave = persons.wave(person, current=open_, parents=[deal])
        lines = invoice_lines(context.write, account)
        stated = {INVOICED: account.invoiced_in_part[1]} if context.write.sends(context.landing.texts["invoiced"].parts[0]) else {}
        sources = [row["_key"] for row in rows]
        add_notes(context, note, lines, _at_noon(latest), links=links, sources=sources, wave=wave, amounts=stated)
        for row in rows:
            if deal is not None and deal.key == row["_key"]:
                context.book.own(row, deal.key)
            else:
                context.book.fold(row, deal.key if deal else note)
    if account.postings:
        _history(context, persons, person, account, deal)


def _history(context: Context, persons: Persons, person: DesiredRecord, account: Account, deal: DesiredRecord | None) -> None:
    write = context.write
    parts = split_html(paragraphs(history_lines(write, account)))
    kind = context.map["activity_types"]["payments"]["name"]
    subject = f"{kind}: {len(account.postings)} {'entry' if len(account.postings) == 1 else 'entries'}"
    if write.sends(write.landing.entry(ObjectType.ACTIVITY, "subject"), "payments.amount"):
        subject += f", {money(account.paid)} {context.currency}"
    last = max((posting.on for posting in account.postings if posting.on), default=context.today)
    links = {"type": f"activity_type:{kind}", "person_id": person.key, "deal_id": deal.key if deal else None}
    owner = (deal or person).owner
    wave = persons.wave(person, current=False, parents=[deal])
    sources = [posting.source for posting in account.postings]
    for number, (key, part) in enumerate(zip(part_keys(f"history:{account.key}", len(parts)), parts, strict=True), start=1):
        part_of = f" (part {number} of {len(parts)})" if len(parts) > 1 else ""
        fields = {
            **write.fields(ObjectType.ACTIVITY, None, subject=subject + part_of, due_date=last.isoformat(), done=True, busy=False),
            "note": part + paragraphs([external_id_line(key)]),
        }
        said = {RECEIVED: account.paid} if number == 1 and write.sends(write.landing.texts["payments_total"].parts[0]) else {}
        context.add(
            key,
            ObjectType.ACTIVITY,
            fields,
            links=links,
            owner=owner,
            wave=wave,
            sources=sources,
            amounts=said,
        )


def _closing(context: Context, row: Row, items: Sequence[Row], status: str) -> dict[str, Any]:
    """Return won_time or lost_time at noon of the closing date; where the export has none, of the latest date known."""
    if status == "open":
        return {}
    exact = row.get("completed_date" if status == "won" else "declined_date")
    if exact is None:
        context.note_problem("no-closing-date", "treatment_plans", row["_key"])
        done = [item["completed_date"] for item in items if item.get("completed_date")]
        known = [row.get(name) for name in ("accepted_date", "presented_date", "created_date")]
        exact = max([*done, *(moment for moment in known if moment)], default=None)
    return {f"{status}_time": rfc3339(noon(exact, context.settings.zone_of(None)))} if exact else {}


def _sources(account: Account) -> list[str]:
    """Return the keys of the rows behind an account; its own key is no row's."""
    return [row["_key"] for row in account.invoices] + [posting.source for posting in account.postings]


def _at_noon(moment: datetime | None) -> datetime | None:
    """Return noon of a bare date, so that a note stands on its day for every reader."""
    return moment.replace(hour=NOON) if moment else None
