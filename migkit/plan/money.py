"""The money proof: what the export says against what the plan's records say, to the cent."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

import pandas as pd

from migkit.model.objects import ObjectType
from migkit.model.outcomes import Outcome
from migkit.model.records import INVOICED, RECEIVED, Plan
from migkit.model.tables import CanonicalTables

from .procedures import sum_of_items
from .rows import Row, records
from .settlement import CREDIT, annulled, signed, undecided, with_receipts, with_totals

COLUMNS = ["measure", "export_cents", "plan_cents", "held_cents", "excluded_cents", "difference_cents"]


def money_summary(tables: CanonicalTables, plan: Plan) -> pd.DataFrame:
    """Return one row per measure, in cents: export = plan + held + excluded + difference, and the difference must be 0.

    Measures: invoices (not void), invoices (void), money received, payments by kind, treatment plans. The plan's side of the
    first, of money received and of plans is what the records state (notes, payment histories, deal values), not the tables. An invoice
    whose total is not known counts for nothing on either side.
    """
    place = {f"{row.file}:{row.line}": row.outcome for row in plan.row_outcomes}

    def stopped(row: Row, *outcomes: Outcome) -> bool:
        return place.get(f"{row['_file']}:{row['_line']}") in outcomes

    def line(measure: str, pairs: Iterable[tuple[Row, int]], planned: int | None) -> dict[str, int | str]:
        pairs = list(pairs)
        held = sum(cents for row, cents in pairs if stopped(row, Outcome.HELD))
        left_out = sum(cents for row, cents in pairs if stopped(row, Outcome.EXCLUDED))
        total = sum(cents for _, cents in pairs)
        plan_cents = total - held - left_out if planned is None else planned
        return dict(zip(COLUMNS, (measure, total, plan_cents, held, left_out, total - plan_cents - held - left_out), strict=True))

    invoices, payments, plans = (records(name, tables[name]) for name in ("invoices", "payments", "treatment_plans"))
    payments = with_receipts(payments)
    counted = [row for row in payments if not undecided(row)]
    totals = [(row, row["total"] or 0) for row in with_totals(invoices, records("invoice_lines", tables["invoice_lines"]), counted)]
    kinds = sorted({row.get("kind") or "payment" for row in payments})
    by_kind = {kind: [(row, int(row.get("amount") or 0)) for row in payments if (row.get("kind") or "payment") == kind] for kind in kinds}
    void = annulled(payments)
    received = [(row, 0 if row["_key"] in void else signed(row)) for row in payments if row.get("kind") not in ("allocation", CREDIT)]
    items = records("treatment_items", tables["treatment_items"])
    goes_on: list[Row] = []
    waiting: list[Row] = []
    for row in items:
        (waiting if stopped(row, Outcome.HELD, Outcome.EXCLUDED) else goes_on).append(row)
    worth = _worth(plans, goes_on, waiting)
    lines = [
        line("invoices, not void", [(row, cents) for row, cents in totals if row.get("status") != "void"], _stated(plan, INVOICED)),
        line("invoices, void", [(row, cents) for row, cents in totals if row.get("status") == "void"], None),
        line("money received", received, _stated(plan, RECEIVED)),
        *(line(f"payments: {kind}", pairs, None) for kind, pairs in by_kind.items()),
        line("treatment plans", worth, _deal_values(plan, {str(row["_key"]) for row, _ in worth})),
    ]
    return pd.DataFrame(lines, columns=COLUMNS)


def _stated(plan: Plan, measure: str) -> int:
    return sum(record.amounts.get(measure, 0) for record in plan.records.values())


def _worth(plans: Sequence[Row], items: Iterable[Row], waiting: Iterable[Row]) -> list[tuple[Row, int]]:
    """Return what the plans come to whose total is known, in cents: their own, else the sum of their items; and, of plans without one of
    their own, the items that are held or left out, each by itself."""
    of_plan: dict[object, list[Row]] = {}
    for item in items:
        of_plan.setdefault(item.get("plan_id"), []).append(item)
    stated = {row.get("plan_id") for row in plans if row.get("total") is not None}
    totals = [(row, row["total"] if row.get("total") is not None else sum_of_items(of_plan.get(row.get("plan_id"), ()))) for row in plans]
    apart = [(item, sum_of_items([item])) for item in waiting if item.get("plan_id") not in stated]
    return [(row, int(total)) for row, total in (*totals, *apart) if total is not None]


def _deal_values(plan: Plan, keys: Collection[str]) -> int:
    found = (record for key, record in plan.records.items() if key in keys and record.object is ObjectType.DEAL)
    return sum(round((record.fields.get("value") or 0) * 100) for record in found)
