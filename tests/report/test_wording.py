"""Results in a practice's words."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from migkit.model.messages import Message
from migkit.model.messages.comparing import ENTRIES
from migkit.report import by_operation, rules_in_words, waiting_in_words


@pytest.mark.parametrize(
    ("outcome", "reason", "why", "who"),
    [
        ("rejected", Message.of("ragged-row"),
         "The line has more or fewer cells than its header.", "The analyst mends the line in the reject file."),
        ("rejected", Message.of("unreadable-field", field="due date"),
         "Its due date cannot be read.", "The analyst mends the value in the reject file."),
        ("held", Message.of("several-candidates", keys=("patient:3", "patient:4")),
         "The name that it gives fits several: patient:3, patient:4.", "The practice says which one is meant."),
        ("held", Message.of("missing-parent", key="patient:9"),
         "It belongs to patient:9, which the export lacks.", "The practice exports that too."),
        ("held", Message.of("no-patient"), "It names no patient.", "The practice names one; blocked time and breaks stay out."),
        ("held", Message.of("carrier-waits", key="plan:7", why=Message.of("no-date")),
         "It is part of plan:7, which waits: It has no date.", "Nobody: it comes with that one."),
        ("pending", Message.of("not-loaded"), "It is not loaded yet.", "The analyst runs the load again."),
        ("failed", Message.of("text", text="Kept before there were codes."), "Kept before there were codes.", "The analyst looks into it."),
    ],
)  # fmt: skip
def test_a_row_that_waits_says_why_and_who_does_what(outcome: str, reason: Message, why: str, who: str) -> None:
    """Reasons of reading, plan and load; a text that an older ledger kept stands as it is."""
    frame = pd.DataFrame([(outcome, "recalls", reason, 2, "Recalls.csv:4")], columns=["outcome", "table", "reason", "rows", "first"])
    assert waiting_in_words(frame).to_dict("records") == [
        {"outcome": outcome, "table": "recalls", "rows": 2, "why": why, "who does what": who, "first of them": "Recalls.csv:4"}
    ]


def test_every_rule_that_explains_a_difference_has_its_words() -> None:
    """The rules that comparing may name, read from where they are named; a rule without words would be shown without a meaning."""
    room = Path(__file__).parents[2] / "migkit"
    source = (
        (room / "compare" / "values.py").read_text()
        + (room / "compare" / "fields.py").read_text()
        + (room / "reconcile" / "fields.py").read_text()
        + (room / "reconcile" / "sides.py").read_text()
    )
    assert all(f'"{rule}"' in source for rule in (code.removeprefix("same-") for code in ENTRIES))
    shown = rules_in_words(pd.DataFrame([("set-order", "deal", "labels", 3)], columns=["rule", "object", "field", "records"]))
    assert shown["meaning"].tolist() == ["The same choices in another order."]


def test_operations_stand_side_by_side() -> None:
    """A row per object in the order of writing, a column per operation in words; what is not known stands last."""
    rows = [("person", "skip", 2), ("field", "create", 1), ("person", "failed", 1), ("person", "create", 4)]
    wide = by_operation(pd.DataFrame(rows, columns=["object", "operation", "records"]))
    assert wide.to_dict("records") == [
        {"object": "field", "new": 1, "already right": 0, "failed": 0},
        {"object": "person", "new": 4, "already right": 2, "failed": 1},
    ]


def test_nothing_is_nothing() -> None:
    """Empty results stay empty tables."""
    assert by_operation(pd.DataFrame(columns=["object", "operation", "records"])).empty
    assert waiting_in_words(pd.DataFrame(columns=["outcome", "table", "reason", "rows", "first"])).empty
