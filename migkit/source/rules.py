"""The rules of cleaning by their code: what each did, in words, and which of them a person may veto."""

from __future__ import annotations

from migkit.model.messages import CATALOGUE, Message
from migkit.model.messages.repairs import VETOABLE

_FAMILIES = {
    "unreadable-": ("rule-unreadable", "kind"),
    "patient-from-": ("rule-patient-from", "table"),
    "cleaning:": ("rule-own-cleaning", "name"),
}
"""How a rule begins that names what it was about → its code, and the parameter that the rest of it is."""


def rule_in_words(rule: str) -> str:
    """Return what a rule of the repairs table did, in words; one of an older log that the catalogue lacks, as it stands."""
    for start, (code, parameter) in _FAMILIES.items():
        if rule.startswith(start):
            return str(Message.of(code, **{parameter: rule.removeprefix(start)}))
    return str(Message.of(_code(rule))) if _code(rule) in CATALOGUE else rule.replace("-", " ")


def can_be_vetoed(rule: str) -> bool:
    """Return whether a veto turns this rule off; the others read what stands there and change nothing that was readable."""
    return _code(rule) in VETOABLE


def _code(rule: str) -> str:
    return f"rule-{rule}"
