"""Compare desired, sent and read-back values: normalise what a known server rule explains, name the rule, judge the rest. Pure."""

from .fields import COMPARATORS, FieldResult, State, compare_field, fitting
from .images import put_back, same, three_way, unchanged
from .lost_answer import answered, stands
from .values import item_key

__all__ = [
    "COMPARATORS",
    "FieldResult",
    "State",
    "answered",
    "compare_field",
    "fitting",
    "item_key",
    "put_back",
    "same",
    "stands",
    "three_way",
    "unchanged",
]
