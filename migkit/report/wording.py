"""Tables of results in a practice's words: why rows wait, what to do about it and who, what a rule says."""

from __future__ import annotations

import pandas as pd

from migkit.model.messages import Message
from migkit.model.objects import ObjectType

OPERATIONS = {
    "create": "new",
    "update": "changed",
    "adopt": "completed",
    "delete": "taken away",
    "hold": "waiting",
    "skip": "already right",
}
"""Operation on a record → how its column is called; others keep their name and stand last."""


def waiting_in_words(frame: pd.DataFrame) -> pd.DataFrame:
    """Return rows that did not arrive as `Proof.waiting` groups them, with each reason in words: why, and who does what."""
    reasons = [(str(reason), reason.action) for reason in frame["reason"]]
    words = pd.DataFrame(reasons, columns=["why", "who does what"], index=frame.index)
    return pd.concat([frame[["outcome", "table", "rows"]], words, frame[["first"]].rename(columns={"first": "first of them"})], axis=1)


def rules_in_words(frame: pd.DataFrame) -> pd.DataFrame:
    """Return values normalised, by rule (rule, object, field, records), with what each rule says."""
    meaning = frame["rule"].map({rule: str(Message.of(f"same-{rule}")) for rule in frame["rule"].unique()})
    return frame[["object", "field", "records", "rule"]].assign(meaning=meaning)


def by_operation(frame: pd.DataFrame) -> pd.DataFrame:
    """Return a count of records (object, operation, records) with a row per object, as written, and a column per operation."""
    wide = frame.pivot_table(index="object", columns="operation", values="records", aggfunc="sum", fill_value=0)
    order = [kind.value for kind in ObjectType if kind.value in wide.index]
    known = [name for name in OPERATIONS if name in wide.columns]
    wide = wide.loc[order, [*known, *(name for name in wide.columns if name not in OPERATIONS)]]
    return wide.rename(columns=OPERATIONS).rename_axis(None, axis=1).reset_index()
