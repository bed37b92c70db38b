"""What undoing the move would come to on the day of the handover: a preview, in the figures of the page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from datetime import timedelta
from typing import Any

from migkit.load import Ledger, Origin, RollbackResult
from migkit.migration import Migration, import_rounds
from migkit.model.cost import daily_tokens
from migkit.model.errors import BudgetExhausted, GateClosed
from migkit.model.objects import DATA_OBJECTS, OBJECTS, ObjectType
from migkit.preflight.days import ROLLBACK_PROMISE_H
from migkit.steps.rollback import roll_back

REVERSED, KEPT = "reversed", "kept"


def preview_of_undoing(migration: Migration) -> RollbackResult | None:
    """Return what a rollback would do now; None where nothing is written, files wait to be imported, or the day's tokens do not last."""
    if migration.ledger.last_write() is None:
        return None
    try:
        return roll_back(migration, preview=True)
    except (GateClosed, BudgetExhausted):
        return None


def undoing(migration: Migration, preview: RollbackResult | None) -> dict[str, Any]:
    """Return what undoing everything comes to, and until when it was promised (ISO moment, "" while nothing is written).

    Without a preview the records are those of the ledger, and how many would be kept is not known (None): files wait to be imported, or
    the day's tokens did not last.
    """
    ledger, settings = migration.ledger, migration.workspace.settings
    found, tokens = _previewed(preview, ledger) if preview else _of_the_ledger(ledger)
    per_day = int(daily_tokens(settings.subscription_plan, settings.seats) * (100 - settings.reserve_pct) / 100)
    last = ledger.last_write()
    return {
        "to_delete": _sum(found, True, DATA_OBJECTS),
        "setup_to_delete": _sum(found, True, [kind for kind in ObjectType if kind not in DATA_OBJECTS]),
        "to_put_back": _sum(found, False, DATA_OBJECTS),
        "kept": sum(row.bucket == KEPT and row.object in DATA_OBJECTS for row in preview.rows) if preview else None,
        "waits_for_import": import_rounds.waiting(migration.workspace) is not None,
        "last_written": last.isoformat(timespec="seconds") if last else "",
        "promised_until": (last + timedelta(hours=ROLLBACK_PROMISE_H)).isoformat(timespec="seconds") if last else "",
        "days": round(tokens / per_day, 1),
    }


Counts = Counter[tuple[ObjectType, bool]]
"""(Object, whether the move made it) → records that would be deleted or put back."""


def _previewed(preview: RollbackResult, ledger: Ledger) -> tuple[Counts, int]:
    entries = ledger.entries()
    undone = [row for row in preview.rows if row.bucket == REVERSED]
    return Counter((row.object, entries[row.key].origin is Origin.CREATED) for row in undone), preview.tokens


def _of_the_ledger(ledger: Ledger) -> tuple[Counts, int]:
    found = Counter((entry.object, entry.origin is Origin.CREATED) for entry in ledger.entries(live=True).values())
    prices = {kind: OBJECTS[kind].price for kind in ObjectType}
    tokens = sum(
        number * (prices[kind].delete if is_made else prices[kind].update + prices[kind].one) for (kind, is_made), number in found.items()
    )
    return found, tokens


def _sum(found: Counts, is_made: bool, objects: Collection[ObjectType]) -> int:
    return sum(number for (kind, made), number in found.items() if made is is_made and kind in objects)
