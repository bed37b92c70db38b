"""What building the plan tells: in words that fit the number, and nothing that reading has told already."""

from migkit.model.messages import Message
from migkit.model.outcomes import Finding, Severity
from migkit.plan import new_findings

from .frames import plan

PATIENT = {"patient_id": "12", "first_name": "Anna", "last_name": "Rossi", "status": "active"}


def test_one_row_is_told_in_the_singular() -> None:
    """One note without text, then two: noun and verb follow the number."""
    notes = [{"note_id": str(number), "patient_id": "12", "at": "2026-02-02 11:05"} for number in (1, 2)]
    told = [plan({"patients": [PATIENT], "clinical_notes": notes[:many]}).findings[0] for many in (1, 2)]
    assert [str(one) for one in told] == [
        "1 clinical note has neither text nor title and is left out.",
        "2 clinical notes have neither text nor title and are left out.",
    ]


def test_a_condition_is_told_once() -> None:
    """The plan's word for what reading found is dropped, in the same table and for as many rows; what is more, or elsewhere, stays."""

    def found(code: str, table: str, count: int) -> Finding:
        return Finding(Message(code), Severity.WARNING, table, count=count)

    read = (found("ambiguous-local-time", "appointments", 2), found("attachment-file-missing", "attachments", 1))
    twice = found("ambiguous-hour", "appointments", 2)
    elsewhere = found("ambiguous-hour", "communications", 1)
    more = found("file-missing", "attachments", 3)
    other = found("no-date", "appointments", 1)
    assert new_findings(read, (twice, elsewhere, more, other)) == (elsewhere, more, other)
