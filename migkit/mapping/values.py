"""What the values of a column say it is, whatever it is called.

A softmax regression fitted on made-up exports (`templates/values.json`, by `bench/fit_mapping.py`) says how much likelier than usual
each concept is, given how the values look.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from migkit.model.canonical import CanonicalSchema

from .looks import LOOKS

MOST = 4.0
"""Log of how many times likelier or less likely than usual a concept may become by its values."""
OTHER = "other"
_UNSEEN = 0.05
"""Share of tables that are taken to have a column which came into the schema after the fit."""
_RARE = 0.01
"""Share of tables that have a column below which it is as rare as can be: its logarithm to base 10 is -2."""


def concept_of(schema: CanonicalSchema, table: str, field: str) -> str:
    """Return what kind of thing stands in a field, as far as values can tell: a key, a reference, or a named concept."""
    spec = schema[table].fields[field]
    if field in schema[table].key:
        return "key"
    if spec.ref:
        return f"ref {spec.ref}" if spec.ref in ("patients", "practitioners") else "ref parent" if spec.required else "ref"
    named = _CONCEPTS.get(f"{table}.{field}") or _CONCEPTS.get(field)
    return named or ("code" if spec.type == "code" and not spec.values else f"{table}.{field}" if spec.values else spec.type)


_CONCEPTS: Mapping[str, str] = {
    **dict.fromkeys(("full_name", "patient_name", "head_name", "family_head_name"), "person"),
    **dict.fromkeys(("practitioner_name", "author", "practitioners.full_name", "booked_by"), "staff"),
    **dict.fromkeys(("start_at", "end_at"), "start_at"),
    **dict.fromkeys(("created_at", "booked_at", "created_date"), "created"),
    **dict.fromkeys(("at", "modified_at"), "modified"),
    **dict.fromkeys(("health_fund", "fund"), "fund"),
    **dict.fromkeys(("health_fund_number", "member_number", "patient_number", "reference", "prepayment_number"), "number of something"),
    **dict.fromkeys(("card_ref", "health_fund_card_ref", "medicare_irn", "priority", "line_no", "visit"), "small number"),
    **dict.fromkeys(("notes", "content", "message"), "prose"),
    **dict.fromkeys(("date", "last_visit", "first_visit"), "date"),
    **dict.fromkeys(("referred_by", "source"), "source"),
    **dict.fromkeys(("employer", "supplier", "families.name"), "firm"),
    "patient_birth_date": "birth_date",
    "patient_email": "email",
    **{
        name: name
        for name in (
            "first_name", "last_name", "middle_name", "preferred_name", "former_last_name", "title", "birth_date", "email", "address_line1",
            "address_line2", "suburb", "state", "postcode", "country", "occupation", "relationship", "medicare_number", "medicare_expiry",
            "national_id", "dva_number", "next_visit", "balance", "due_date", "start_time", "end_time", "duration", "chair", "location",
            "type",
            "description", "quantity", "fee", "gst", "discount", "total", "net", "paid", "amount", "provider_number", "ahpra_number",
            "role",
            "mobile", "home_phone", "work_phone", "alerts", "cancelled_reason", "interest", "subject", "stock", "item_code", "tooth",
            "surfaces",
        )
    },
    "clinical_notes.title": "subject", "treatment_plans.name": "plan name", "products.name": "product", "practitioners.title": "title",
    "products.code": "product code", "practitioners.code": "staff", "products.description": "prose", "unit_price": "fee", "cost_price":
    "fee", "written_off": "discount",
}  # fmt: skip


_GROUPS: Mapping[str, str] = {
    concept: group
    for group, concepts in {
        "money": ("fee", "gst", "discount", "total", "net", "paid", "amount", "balance", "money"),
        "phone": ("mobile", "home_phone", "work_phone", "phone"),
        "one name": ("first_name", "last_name", "middle_name", "preferred_name", "former_last_name"),
        "whole name": ("person", "name"),
        "number": ("quantity", "stock", "duration", "small number"),
        "id": ("key", "ref", "ref parent", "ref patients", "ref practitioners"),
        "day": ("date", "datetime", "created", "modified", "due_date", "next_visit", "start_at"),
        "time": ("start_time", "end_time"),
        "text": ("prose", "text", "description", "subject", "plan name", "alerts"),
        "label": (
            *("type", "role", "relationship", "source", "interest", "cancelled_reason", "location", "chair", "occupation", "firm"),
            *("product", "code", "product code"),
        ),
    }.items()
    for concept in concepts
}
"""Concept → what it is one of. Values tell the groups apart in any system; within one they do so by habits of the system: whether a fee
has cents, how its staff is named."""


def group_of(concept: str) -> str:
    """Return the group that a concept is one of; lists of codes are labels, and what is in no group is one by itself."""
    return _GROUPS.get(concept, "label" if concept.endswith((".status", ".kind", ".direction", ".method")) else concept)


@dataclass(frozen=True)
class ValueModel:
    """The fitted regression: log-odds of each concept by look."""

    concepts: tuple[str, ...]
    weights: np.ndarray
    """Concepts by `LOOKS` and a constant."""
    usual: np.ndarray
    """Log of each concept's share among the columns that it was fitted on."""
    fields: Mapping[str, float]
    """`<table>/<target>` → share of such tables that have a column for it; where nothing else tells two fields apart, this does."""

    def common(self, table: str, target: str) -> float:
        """Return how common it is that such a table has such a column, 0 to 1: 1 where every one has it."""
        return 1.0 + float(np.log10(max(self.fields.get(f"{table}/{target}", _UNSEEN), _RARE))) / 2

    def lift(self, looks: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Return by concept how much likelier than usual its group is, and how much likelier than usual it is within the group.

        Both are logs cut at ±`MOST` and brought to ±1.
        """
        odds = self.weights @ np.append(looks, 1.0)
        likely = np.exp(odds - odds.max())
        usual = np.exp(self.usual)
        alike = self._alike
        group = np.log(np.maximum(alike @ (likely / likely.sum()), 1e-12)) - np.log(alike @ (usual / usual.sum()))
        whole = np.log(np.maximum(likely / likely.sum(), 1e-12)) - np.log(usual / usual.sum())
        return np.clip(group, -MOST, MOST) / MOST, np.clip(whole - group, -MOST, MOST) / MOST

    @cached_property
    def _alike(self) -> np.ndarray:
        """Concepts by concepts: 1 where two are of one group."""
        groups = np.array([group_of(concept) for concept in self.concepts])
        return (groups[:, None] == groups[None, :]).astype(float)


def read_value_model(document: Mapping[str, Any]) -> ValueModel:
    """Return the fitted model that the parsed `templates/values.json` holds."""
    assert tuple(document["looks"]) == LOOKS, "templates/values.json was fitted on other looks: run bench/fit_mapping.py"
    return ValueModel(
        tuple(document["weights"]), np.array(list(document["weights"].values())), np.array(document["usual"]), document["fields"]
    )
