"""What a payment is, as the columns of its own row say it together: its kind, its method, its sign, what of it went back."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd

from migkit.model.canonical import CanonicalTable

from .columns import spelled
from .log import Log, labels

_KIND_IN_METHOD = re.compile(
    r"""\b (?: (?P<refund>refund(?:s|ed)?)
    | (?P<credit>(?:bad\ debts?\s+)?writ(?:e|ten)[\s-]?offs?|bad\ debts?|w/o(?:ff)?|discounts?|waive[rd]s?
        |(?:courtesy|goodwill)(?:\ (?:credit|discount|adjustment)s?)?) | adjustments?
    | (?P<reversal>revers(?:al|ed)|charge-?back|dishonou?r(?:ed)?|bounced) | (?:void(?:ed)?|cancell?ed)
    | (?:applied|used|paid|transferr?(?:ed)?)\ from\ (?:(?:the|a)\ )?(?:deposit|credit|account|prepayment|balance) | account\ credit
    | ^from\ (?:(?:the|a|their|patient)\ )?(?:deposit|credit|account|prepayment|balance|package|retainer)s? | ^prepaid | package\ credit
    | (?:credit|deposit|prepayment)s?\ (?:balance|applied|used|transfer) | transfer\ of\ (?:deposit|credit|balance) ) \b""",
    re.IGNORECASE | re.VERBOSE,
)
"""Words in a way of paying that say that money went out, or that none came in: not at all, or long ago as a deposit."""
_BEGINS = r"^\s*(refund(?:s|ed)?|patient refund)\b"
"""How the text beside a payment begins that went out: `Refund - overpaid crown`."""
_SIDE = re.compile(r"(?:^|[\d\s.])(?P<side>CR|DR)\.?$|^(?P<before>CR|DR)\b", re.IGNORECASE)
"""On which side of the patient's account an amount stands: what a receipt credits came in."""
_PAYMENT = re.compile(r"\s+(?:payments?|receipts?|pmt)$|^(?:payment|receipt|paid)\s+(?:by|via|-)\s+", re.IGNORECASE)
"""What a way of paying may be called beside its name: `EFTPOS payment`, `Paid by Visa`."""
_CREDITED = 2
"""Receipts of a file that must be written as credits, and be most of them, when that is how the file writes money that comes in."""
_PAID_ON = re.compile(r"\b(?:paid|received|settled|banked|cleared|processed|payment)\b", re.IGNORECASE)
"""Headers of the day on which money came in."""
_GOES_OUT = re.compile(r"refund|revers|chargeback", re.IGNORECASE)
"""Names of files whose amounts are money that went out."""


SIDED = "_sided"
"""Column of whether an amount was marked with its side; only while a payment is read."""


def read_receipts(frame: pd.DataFrame, spec: CanonicalTable, log: Log) -> pd.DataFrame:
    """Return the payments with kind, method, sign and amount as the columns of their rows say them together."""
    kind, numbered = frame["kind"], frame["prepayment_number"].notna()
    for flag, value in (
        (numbered & frame["allocated_date"].notna(), "allocation"),
        (numbered & frame["invoice_id"].isna(), "prepayment"),
    ):
        rows = frame.index[kind.isna() & flag]
        if rows.empty:
            continue
        log.repair("payments", "kind", rows, "kind-from-columns", [None] * len(rows), [value] * len(rows))
        kind = kind.mask(frame.index.isin(rows), value).astype("string")
    frame["kind"] = kind
    _kind_and_method(frame, spec, log)
    back = frame.index[frame["reverses_id"].notna() & frame["reverses_id"].ne("0") & (frame["kind"].isna() | frame["kind"].eq("payment"))]
    log.repair("payments", "kind", back, "kind-from-columns", frame.loc[back, "kind"], ["reversal"] * len(back))
    frame.loc[back, "kind"] = "reversal"
    cancelled = frame["deleted"].fillna(False).astype(bool)
    taken_back = (frame["status"].eq("reversed").fillna(False) | cancelled) & ~frame["reversed"].fillna(False).astype(bool)
    back = frame.index[taken_back]
    log.repair("payments", "reversed", back, "status-from-flag", [None] * len(back), ["true"] * len(back))
    frame.loc[back, "reversed"] = True
    frame.loc[cancelled, "deleted"] = pd.NA  # a receipt that was cancelled is one that was reversed: another row may be its other side
    _receipts_as_credits(frame[~frame[SIDED].eq(True).fillna(False)] if SIDED in frame else frame, frame, log)
    _as_reversed(frame, log)
    _given_back(frame, log)
    return frame.drop(columns=SIDED) if SIDED in frame else frame


def _given_back(frame: pd.DataFrame, log: Log) -> None:
    """What a receipt's own row says went back is no money that stayed; where all of it did, the receipt is reversed.

    A row of its own for the refund, of the same patient and amount in the file, counts instead: nothing is taken off twice.
    """
    if frame["refunded"].isna().all():
        return
    alone = (
        frame["amount"].fillna(0).eq(0) & (frame["refunded"].abs() > 0).fillna(False) & (frame["kind"].isna() | frame["kind"].eq("payment"))
    )
    rows = frame.index[alone.fillna(False)]
    log.repair("payments", "kind", rows, "kind-from-columns", frame.loc[rows, "kind"], ["refund"] * len(rows))
    frame.loc[rows, "amount"], frame.loc[rows, "kind"] = frame.loc[rows, "refunded"].abs(), "refund"
    goes_out = frame["kind"].isin(("refund", "reversal")) | (frame["amount"] < 0).fillna(False)
    whose = ["_file", "patient_id"]
    told = set(frame.loc[goes_out, whose].assign(cents=frame["amount"].abs()).itertuples(index=False, name=None))
    rows = frame[((frame["refunded"].abs() > 0) & (frame["amount"] > 0) & ~goes_out).fillna(False)]
    again = [one in told for one in rows[whose].assign(cents=rows["refunded"].abs()).itertuples(index=False, name=None)]
    rows = rows[~np.array(again, dtype=bool)]
    left = rows["amount"] - rows["refunded"].abs()
    frame.loc[rows.index[left <= 0], "reversed"] = True
    part = rows[left > 0]
    frame.loc[part.index[part["status"].eq("reversed").fillna(False)], "reversed"] = pd.NA
    frame.loc[part.index, "amount"] = left[part.index]
    log.repair("payments", "amount", part.index, "part-refunded", part["amount"].astype("string"), left[part.index].astype("string"))
    log.find("part-refunded", "payments", labels(part), "refunded")


def _kind_and_method(frame: pd.DataFrame, spec: CanonicalTable, log: Log) -> None:
    """One column often says both: in that of the kinds, a way of paying is a payment; in that of the methods, a refund is a refund."""
    kinds, methods = spec.fields["kind"], spec.fields["method"]
    _credit_is_a_card(frame, spec, log)
    kind, method = frame["kind"], frame["method"]
    ways = (
        kind[~kind.isin(kinds.values) & method.isna()]
        .map(lambda text: spelled(_PAYMENT.sub("", text).strip(), methods), na_action="ignore")
        .dropna()
    )
    log.repair("payments", "kind", ways.index, "kind-is-method", kind[ways.index], ["payment"] * len(ways))
    frame.loc[ways.index, "kind"], frame.loc[ways.index, "method"] = "payment", ways.astype("string")
    said = method[kind.isna() & ~method.isin(methods.values)].map(lambda text: spelled(text.strip(), kinds), na_action="ignore").dropna()
    said = said[said != "payment"]
    log.repair("payments", "method", said.index, "method-is-kind", method[said.index], [None] * len(said))
    frame.loc[said.index, "kind"], frame.loc[said.index, "method"] = said.astype("string"), pd.NA
    _kind_within_method(frame, spec, log)
    begins = frame["reference"].str.extract(_BEGINS, flags=re.IGNORECASE)[0].str.casefold()
    rows = begins.index[frame["kind"].isna() & begins.notna()]
    log.repair("payments", "kind", rows, "kind-from-columns", [None] * len(rows), ["refund"] * len(rows))
    frame.loc[rows, "kind"] = "refund"


def _credit_is_a_card(frame: pd.DataFrame, spec: CanonicalTable, log: Log) -> None:
    """`Credit` among ways of paying (Cash, Debit, Cheque) is a card; beside kinds of payments it is a credit to the account."""
    methods = spec.fields["method"]
    for column, card in (("kind", "credit card"), ("method", spelled("credit card", methods))):
        if not any(text.strip().casefold() == "credit" for text in frame[column].dropna().unique()):
            continue
        for _, rows in frame.groupby("_file"):
            said = rows[column].str.strip().str.casefold()
            others = set(said.dropna()) - {"credit"}
            cards = rows.index[said.eq("credit").fillna(False)]
            if not others or not (rows.loc[cards, "amount"] > 0).fillna(False).all():
                continue
            if all(one in methods.values or spelled(_PAYMENT.sub("", one), methods) for one in others):
                log.repair("payments", column, cards, "credit-is-a-card", frame.loc[cards, column], [card] * len(cards))
                frame.loc[cards, column] = card


def _kind_within_method(frame: pd.DataFrame, spec: CanonicalTable, log: Log) -> None:
    """`EFTPOS Refund` is a refund by EFTPOS; a method that says void or cancelled is of a kind that nobody knows."""
    kind, method = frame["kind"], frame["method"]
    plain = (kind.isna() | kind.eq("payment")) & method.notna() & ~method.isin(spec.fields["method"].values)
    for row, text in method[plain].items():
        found = _KIND_IN_METHOD.search(str(text))
        if found is None:
            continue
        rest = _KIND_IN_METHOD.sub("", str(text)).strip(" -–/()[]:")
        rest = _PAYMENT.sub("", re.sub(r"^(?:by|via|of|to|from)\s+", "", rest, flags=re.IGNORECASE))
        kind[row] = next((name for name in ("refund", "reversal", "credit") if found[name]), str(text))
        method[row] = (spelled(rest, spec.fields["method"]) or rest or pd.NA) if kind[row] != text else pd.NA
        log.repair("payments", "method", [row], "method-is-kind", [text], [method[row]])
    frame["kind"], frame["method"] = kind, method


def read_unpaid(frame: pd.DataFrame, header: str, log: Log) -> None:
    """Where the day on which a row was paid (`Paid Date`) is there for some rows of a file and neither day nor method for others, these
    are instalments still to be paid. `header`: that of the column of days."""
    if "allocated_date" not in frame or not _PAID_ON.search(header):
        return
    for _, rows in frame.groupby("_file"):
        open_rows = rows.index[rows["date"].isna() & rows["method"].isna() & rows["status"].isna() & rows["allocated_date"].isna()]
        if len(open_rows) and rows["date"].notna().any() and rows.loc[rows["date"].notna(), "method"].notna().any():
            log.repair("payments", "status", open_rows, "status-from-date", [None] * len(open_rows), ["pending"] * len(open_rows))
            frame.loc[open_rows, "status"] = "pending"


def read_sides(text: pd.Series, cents: pd.Series) -> tuple[pd.Series, pd.Series]:
    """Return the amounts of payments (cents, from `text`), those marked CR as money that came in and DR as what went out, and which are."""
    found = text.str.strip().str.extract(_SIDE, expand=True)
    side = found["side"].fillna(found["before"]).str.upper()
    turned = cents.abs().mask(side.eq("DR").fillna(False), -cents.abs())
    return cents.mask(side.notna(), turned), side.notna()


def _receipts_as_credits(signed: pd.DataFrame, frame: pd.DataFrame, log: Log) -> None:
    """Where a file writes most of its receipts as credits (`-120.00`, `120.00 CR`), these came in, and the others went out."""
    plain = signed["kind"].isna() | signed["kind"].isin(("payment", "prepayment"))
    rows = signed.index[(plain & signed["amount"].notna() & signed["amount"].ne(0)).fillna(False)]
    for file, amounts in frame.loc[rows, "amount"].groupby(frame.loc[rows, "_file"]):
        if (amounts < 0).sum() >= _CREDITED and (amounts < 0).mean() > 1 / 2 and not _GOES_OUT.search(str(file)):
            log.repair("payments", "amount", amounts.index, "receipts-as-credits", amounts.astype("string"), (-amounts).astype("string"))
            log.find("receipts-as-credits", "payments", labels(frame, amounts.index), "amount", len(amounts))
            frame.loc[amounts.index, "amount"] = -amounts


def _as_reversed(frame: pd.DataFrame, log: Log) -> None:
    """Money that goes back goes the way that it came, to whom it came from: a reversal that says neither has both of what it reverses."""
    for name, rule in (("method", "method-from-reversed"), ("patient_id", "patient-from-receipt")):
        silent = frame[name].isna() & frame["reverses_id"].notna()
        if name == "patient_id":
            silent &= frame["patient_name"].isna()
        if not silent.any():
            continue
        known = frame[["payment_id", name]].dropna().drop_duplicates("payment_id").set_index("payment_id")[name]
        found = frame.loc[silent, "reverses_id"].map(known).dropna()
        log.repair("payments", name, found.index, rule, [None] * len(found), found)
        frame.loc[found.index, name] = found.astype("string")
