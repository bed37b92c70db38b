"""The money proof: what the export says against what the plan's records say, to the cent."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from migkit.model.objects import ObjectType
from migkit.model.outcomes import Outcome
from migkit.model.records import INVOICED, RECEIVED, Plan
from migkit.model.tables import CanonicalTables

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
    lines = [
        line("invoices, not void", [(row, cents) for row, cents in totals if row.get("status") != "void"], _stated(plan, INVOICED)),
        line("invoices, void", [(row, cents) for row, cents in totals if row.get("status") == "void"], None),
        line("money received", received, _stated(plan, RECEIVED)),
        *(line(f"payments: {kind}", pairs, None) for kind, pairs in by_kind.items()),
        line("treatment plans", [(row, int(row["total"])) for row in plans if row.get("total") is not None], _deal_values(tables, plan)),
    ]
    return pd.DataFrame(lines, columns=COLUMNS)


def _stated(plan: Plan, measure: str) -> int:
    return sum(record.amounts.get(measure, 0) for record in plan.records.values())


def _deal_values(tables: CanonicalTables, plan: Plan) -> int:
    priced = set(tables["treatment_plans"].loc[tables["treatment_plans"]["total"].notna(), "_key"])
    return sum(
        round(record.fields["value"] * 100) for key, record in plan.records.items() if key in priced and record.object is ObjectType.DEAL
    )
