"""Treatment plans → Deals with their procedures; accounts → Deals in "Accounts"; both with invoices and payment history."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from migkit.model.records import ObjectType

from .activities import add_notes
from .billing import Account, gather_accounts
from .context import Context, make
from .policies import is_sent
from .procedures import plan_lines, plan_name, plan_total, procedures
from .rows import Row, natural
from .setup import custom_values, new_values
from .statements import LABELS, history_lines, invoice_lines
from .text import amount, marker, money, paragraphs, part_keys, short, split_html
from .times import noon, rfc3339

PLANS = "Treatment plans"
ACCOUNTS = "Accounts"


def plan_deals(context: Context) -> dict[str, str]:
    """Add the deals of plans and accounts with their notes and histories; settle plans, items, invoices, lines and payments.

    Returns invoice id → key of the deal that carries it; invoices in a note on the person are absent.
    """
    plans = _plans(context)
    items = _items(context, plans)
    accounts = gather_accounts(context)
    for key, row in plans.items():
        _plan_deal(context, key, row, items.get(key, []), accounts.get(key) or Account(key, context.plan_person[key]))
    for key, account in sorted(accounts.items(), key=lambda pair: natural(pair[0])):
        if key in plans:
            _plan_billing(context, account, deal=key)
        elif key == account.person:
            _plan_billing(context, account, deal=None)
        else:
            _account_deal(context, account)
            _plan_billing(context, account, deal=key)
    return {row["invoice_id"]: key for key, account in accounts.items() if key != account.person for row in account.invoices}


def _plans(context: Context) -> dict[str, Row]:
    """Return the plans that go on; settles the others, and tells the context whose they are."""
    going = {}
    for row in context.rows("treatment_plans"):
        if context.waits(row, ("patient_id", "patients")):
            continue
        person = context.person(row)
        if person is None:
            context.note_problem("no-patient", "treatment_plans", row["_key"])
            context.book.hold(row, "it names no patient")
            continue
        going[row["_key"]] = row
        context.plan_person[row["_key"]] = person
        context.book.own(row, row["_key"])
    return going


def _items(context: Context, plans: Mapping[str, Row]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in context.rows("treatment_items"):
        if context.waits(row, ("plan_id", "treatment_plans")):
            continue
        key = f"plan:{row.get('plan_id')}"
        if key not in plans:
            context.book.hold(row, f"{key}, which it belongs to, is not in the export", key)
            continue
        context.book.fold(row, key)
        found[key].append(row)
    for rows in found.values():
        rows.sort(key=lambda row: (row["visit"] if row.get("visit") is not None else 999, natural(row["_key"])))
    return found


def _plan_deal(context: Context, key: str, row: Row, items: Sequence[Row], account: Account) -> None:
    person = context.plan_person[key]
    total = plan_total(context, row, items)
    stand = context.map["plan_status"][row.get("status") or "proposed"]
    stage = "Accepted" if stand["status"] == "lost" and row.get("accepted_date") else stand["stage"]
    closing = _closing(context, row, items, stand["status"])
    fields = {
        "title": short(f"{context.made[person].fields['name']} – {plan_name(context, row)}"),
        "value": amount(total),
        "currency": context.currency,
        "status": stand["status"],
        **closing,
        **_custom(context, account, [row], {"source_ids": key, "created": row.get("created_date"), **procedures(items)}),
        **new_values(context, "treatment_items", items),
    }
    owner = context.owner(row.get("practitioner_id"), context.made[person].owner)
    _deal(context, key, PLANS, stage, fields, person, owner, [key, *(item["_key"] for item in items), *_sources(account)])
    lines = plan_lines(context, row, items, total)
    current = stand["status"] == "open"
    add_notes(context, f"note:{key}", lines, _noonish(row.get("created_date")), person=person, deal=key, sources=[key], current=current)


def _account_deal(context: Context, account: Account) -> None:
    settled = "paid" if account.paid == 0 else "open"
    stand = context.map["account_status"][account.status or settled]
    single = account.key.startswith("invoice:")
    name = context.made[account.person].fields["name"]
    closing: dict[str, Any] = {}
    if stand["status"] != "open" and account.last_day:
        closing[f"{stand['status']}_time"] = rfc3339(noon(account.last_day, context.settings.zone_of(None)))
    if stand["status"] == "lost":
        closing["lost_reason"] = "All invoices are void"
    fields = {
        "title": short(f"{name} – {'Invoice ' + account.key.partition(':')[2] if single else 'Account'}"),
        "value": amount(account.invoiced),
        "currency": context.currency,
        "status": stand["status"],
        **closing,
        **_custom(context, account, [], {"source_ids": account.key, "created": account.first_day}),
    }
    owners = [row.get("practitioner_id") for row in account.invoices if single]
    owner = context.owner(owners[0] if owners else None, context.made[account.person].owner)
    _deal(context, account.key, ACCOUNTS, stand["stage"], fields, account.person, owner, _sources(account))


def _deal(
    context: Context, key: str, pipeline: str, stage: str, fields: Mapping[str, Any], person: str, owner: str, sources: Sequence[str]
) -> None:
    links = {
        "person_id": person,
        "org_id": context.made[person].links.get("org_id"),
        "pipeline_id": f"pipeline:{pipeline}",
        "stage_id": f"stage:{pipeline}/{stage}",
    }
    wave = context.wave(person, current=fields["status"] == "open")
    make(context, key, ObjectType.DEAL, fields, links=links, owner=owner, wave=wave, sources=sources)


def _custom(context: Context, account: Account, rows: Sequence[Row], values: Mapping[str, Any]) -> dict[str, Any]:
    billed = {
        "invoice_status": LABELS.get(account.status or ""),
        "invoice_total": account.invoiced if account.invoices else None,
        "paid_total": account.paid if account.postings else None,
    }
    return {
        **custom_values(context, "deal", {**values, **billed}),
        **new_values(context, "treatment_plans", rows),
        **new_values(context, "invoices", account.invoices),
        **new_values(context, "invoice_lines", [line for lines in account.lines.values() for line in lines]),
        **new_values(context, "payments", account.payments),
    }


def _plan_billing(context: Context, account: Account, deal: str | None) -> None:
    """Add the itemised invoices as a note and the payments as a done activity; settle the rows behind them."""
    person = account.person
    note = f"note:invoices:{account.key}"
    if account.invoices:
        rows = [*account.invoices, *(line for lines in account.lines.values() for line in lines)]
        open_ = account.status in ("overdue", "part_paid", "open")
        itemised = is_sent(context.map, "Procedures", "health")
        lines = [*invoice_lines(account, itemised=itemised), f"Invoiced: {money(account.invoiced)} {context.currency}"]
        latest = max((row["date"] for row in account.invoices if row.get("date")), default=None)
        add_notes(context, note, lines, _noonish(latest), person=person, deal=deal, sources=[row["_key"] for row in rows], current=open_)
        for row in rows:
            if deal is not None and deal == row["_key"]:
                context.book.own(row, deal)
            else:
                context.book.fold(row, deal or note)
    if account.postings:
        _history(context, account, deal)


def _history(context: Context, account: Account, deal: str | None) -> None:
    parts = split_html(paragraphs(history_lines(account, context.currency)))
    kind = context.map["activity_types"]["payments"]["name"]
    entries = f"{len(account.postings)} {'entry' if len(account.postings) == 1 else 'entries'}"
    last = max((posting.on for posting in account.postings if posting.on), default=context.today)
    owner = context.made[deal or account.person].owner
    wave = context.wave(account.person, current=False, parents=[account.person, deal])
    sources = [posting.source for posting in account.postings]
    for number, (key, part) in enumerate(zip(part_keys(f"history:{account.key}", len(parts)), parts, strict=True), start=1):
        part_of = f" (part {number} of {len(parts)})" if len(parts) > 1 else ""
        fields = {
            "subject": f"{kind}: {entries}, {money(account.paid)} {context.currency}{part_of}",
            "due_date": last.isoformat(),
            "done": True,
            "busy": False,
            "note": part + paragraphs([marker(key)]),
        }
        links = {"type": f"activity_type:{kind}", "person_id": account.person, "deal_id": deal}
        make(context, key, ObjectType.ACTIVITY, fields, links=links, owner=owner, wave=wave, sources=sources, marker=marker(key))


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


def _noonish(moment: datetime | None) -> datetime | None:
    """Return noon of a bare date, so that a note stands on its day for every reader."""
    return moment.replace(hour=12) if moment else None
