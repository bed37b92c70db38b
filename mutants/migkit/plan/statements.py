"""An account in words: its invoices itemised, its payments as a table that ends in their sum."""

from __future__ import annotations

from .billing import Account
from .rows import Row
from .text import day, money

LABELS = {"overdue": "Overdue", "part_paid": "Part paid", "open": "Open", "paid": "Paid", "void": "Void"}
_PSEUDO = {"997": "opening balance or deposit (pseudo-item 997)"}


def invoice_lines(account: Account, *, itemised: bool = True) -> list[str]:
    """Return the invoices of an account, oldest first, each with its items: lines of a note."""
    text = []
    for row in account.invoices:
        facts = [
            f"Invoice {row['invoice_id']}",
            day(row.get("date")),
            LABELS.get(row["_status"], row["_status"]),
            f"total {money(row['_total'])}",
            f"GST {money(row['gst'])}" if row.get("gst") else "",
            f"balance {money(row['balance'])}" if row.get("balance") else "",
            f"due {day(row['due_date'])}" if row.get("due_date") else "",
            f"billed to {row['_payer']}" if row.get("_payer") else "",
            row["_provider"],
            row.get("notes") or "",
        ]
        text.append(" · ".join(fact for fact in facts if fact))
        text += [f"– {_item(line)}" for line in account.lines.get(row["invoice_id"], ())] if itemised else []
    return text


def history_lines(account: Account, currency: str) -> list[str]:
    """Return the payment table of an account, oldest first; its last line is the sum."""
    table = [f"{day(posting.on)} · {posting.text} · {money(posting.cents)}" for posting in account.postings]
    return [*table, f"Total: {money(account.paid)} {currency}"]


def _item(line: Row) -> str:
    facts = [
        " ".join(str(part) for part in (line.get("item_code"), line.get("description")) if part),
        _PSEUDO.get(line.get("item_code") or "", ""),
        f"tooth {line['tooth']}" if line.get("tooth") else "",
        f"× {line['quantity']:g}" if line.get("quantity") not in (None, 1) else "",
        f"discount {money(line['discount'])}" if line.get("discount") else "",
        f"GST {money(line['gst'])}" if line.get("gst") else "",
        line.get("practitioner_name") or "",
        money(line["total"] if line.get("total") is not None else line.get("fee") or 0),
    ]
    return ", ".join(fact for fact in facts if fact)
