"""Compare desired, sent and read-back values: normalise what a known server rule explains, name the rule, judge the rest. Pure."""

from .fields import COMPARATORS, FieldResult, State, compare_field, fitting
from .images import put_back, same, three_way

__all__ = ["COMPARATORS", "FieldResult", "State", "compare_field", "fitting", "put_back", "same", "three_way"]


from mutmut.mutation.trampoline import wrap_in_trampoline as _mutmut_mutated, MutantDict
