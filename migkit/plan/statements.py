"""An account in words: its invoices itemised, its payments as a table that ends in their sum."""

from __future__ import annotations

from .billing import Account
from .landing import Writer
from .rows import Row
from .settlement import line_amount
from .text import money

LABELS = {"overdue": "Overdue", "part_paid": "Part paid", "open": "Open", "paid": "Paid", "credit": "Credit", "void": "Void"}
_PSEUDO = {"997": "opening balance or deposit (pseudo-item 997)"}


def invoice_lines(write: Writer, account: Account) -> list[str]:
    """Return the invoices of an account, oldest first, each with its items and all with their sum: lines of a note."""
    text = []
    for row in account.invoices:
        status, total = LABELS.get(row["_status"], row["_status"]), row["total"]
        unknown = total is None or None
        text.append(
            write.line(
                "invoice",
                row,
                status=status,
                total=total,
                no_total=unknown,
                credited=row["_credited"],
                balance=row.get("balance"),
                payer=row["_payer"],
                provider=row["_provider"],
            )
        )
        text += [f"– {item}" for line in account.lines.get(row["invoice_id"], ()) if (item := _item(write, line))]
    without, others = account.invoiced_in_part
    in_part = f"{without} {'invoice has' if without == 1 else 'invoices have'} no total, the others come to {money(others)}"
    return [*text, *write.parts("invoiced", None, invoiced=account.invoiced, invoiced_in_part=in_part if without else None)]


def history_lines(write: Writer, account: Account) -> list[str]:
    """Return the payment table of an account, oldest first; its last line is the sum."""
    return [*(posting.line for posting in account.postings), *write.parts("payments_total", None, total=account.paid)]


def _item(write: Writer, line: Row) -> str:
    return write.line(
        "invoice_item",
        line,
        procedure=" ".join(str(part) for part in (line.get("item_code"), line.get("description")) if part),
        pseudo_item=_PSEUDO.get(line.get("item_code") or ""),
        quantity=line["quantity"] if line.get("quantity") not in (None, 1) else None,
        total=amount if (amount := line_amount(line)) is not None else line.get("fee"),
    )
